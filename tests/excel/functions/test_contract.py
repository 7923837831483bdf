"""Each function through xlwings' own Windows server code: ``XLPython.CallUDF`` with pywin32 replaced."""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import FORMULAE

from tests.excel.functions.com import MISSING, Com, Raised, Time
from xlkpi.excel.functions.declared import FUNCTIONS, Function
from xlkpi.excel.functions.values import DIV0, ERRORS, NA, VALUE

FORMULAS = tuple(f for f in FUNCTIONS if f.kpi is not None and f.name != "EMV")
each_formula = pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.name)
each_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
#: One sound argument for each name that is not a figure.
SOUND: dict[str, Any] = {
    "network": "Instagram",
    "post_format": "Reel",
    "method": "both",
    "rates": None,
    "currency_code": "EUR",
    "kpi": "CPA",
    "language": "fr",
    "tolerance": 0.1,
    "value": DIV0,
    "tiers": None,
    "url": "https://example.com/",
    "source": "instagram",
    "medium": "influencer",
    "campaign": "spring",
    "content": "reel-1",
}
ROOT = Path(__file__).parents[3]


def sound(function: Function, row: int = 0) -> list[Any]:
    return [SOUND.get(a.name, 3.0 + 5.0 * i + row) for i, a in enumerate(function.arguments)]


# -- what crosses ------------------------------------------------------------------------------


@each_function
def test_a_cell_gets_a_plain_value(function: Function, com: Com):
    result = com.call(function.name, *sound(function))
    assert type(result) in (float, str)
    assert result == function.call(*sound(function))


@each_formula
def test_a_text_a_blank_and_an_error_reach_the_cell_as_errors(function: Function, com: Com):
    for i in range(len(function.arguments)):
        for given, told in (
            ("many", VALUE),
            (None, NA),
            ("", NA),
            (True, VALUE),
            *((e, e) for e in ERRORS),
        ):
            values = sound(function)
            values[i] = given
            assert com.call(function.name, *values) == told
            assert com.call(function.name, *(((v,), (v,)) for v in values)) == [(told,), (told,)]


@each_function
def test_ranges_of_every_shape_spill_in_that_shape(function: Function, com: Com):
    """A single row comes back flat, a single cell as a cell: that is xlwings' doing.

    It comes as a list: of a tuple pywin32 would hand on the first value and write the others into Excel's arguments.
    """
    for rows, columns in ((1, 1), (1, 3), (3, 1), (2, 3)):
        table = [[sound(function, 10 * r + c) for c in range(columns)] for r in range(rows)]
        told = [tuple(function.call(*cell) for cell in row) for row in table]
        ranges = [
            tuple(tuple(cell[i] for cell in row) for row in table)
            if a.name not in ("rates", "tiers")
            else None
            for i, a in enumerate(function.arguments)
        ]
        assert com.call(function.name, *ranges) == (
            told if rows > 1 else list(told[0]) if columns > 1 else told[0][0]
        )


@each_formula
def test_a_date_is_the_number_that_excel_counts(function: Function, com: Com):
    values = sound(function)
    assert com.call(function.name, Time(2026, 3, 2), *values[1:]) == com.call(
        function.name, 46083.0, *values[1:]
    )


@each_function
def test_optional_arguments_may_be_left_out(function: Function, com: Com):
    needed = [v for v, a in zip(sound(function), function.arguments, strict=True) if not a.optional]
    left_out = [MISSING] * (len(function.arguments) - len(needed))
    blank = [None] * len(left_out)
    result = com.call(function.name, *needed, *left_out)
    assert type(result) in (float, str)
    assert result == com.call(function.name, *needed, *blank)


def test_an_array_that_excel_computed_is_as_good_as_a_range(com: Com):
    """``Posts[Likes]+Posts[Comments]`` arrives as an array; an array constant of one row is flat."""
    assert com.call("ROAS", ((6.0,), (8.0,)), 2.0) == [(3.0,), (4.0,)]
    assert com.call("ROAS", (6.0, 8.0), 2.0) == [3.0, 4.0]
    assert com.call("ROAS", (6.0,), 2.0) == 3.0


def test_twelve_months_in_a_row_are_twelve_numbers(com: Com):
    """``=ENGAGEMENT_RATE(B2:M2,B3:M3)`` answered January only, and the arguments were written over."""
    interactions, reach = tuple(float(n) for n in range(1, 13)), (100.0,) * 12
    rates = com.call("ENGAGEMENT_RATE", (interactions,), (reach,))
    assert rates == [n / 100 for n in range(1, 13)]


def test_a_column_of_emv_spills_and_keeps_its_errors(com: Com):
    networks = (("Instagram",), ("BeReal",), (None,), (DIV0,))
    figures = ((1000.0,), (1000.0,), (1000.0,), (1000.0,))
    assert com.call("EMV", networks, None, figures, *(MISSING,) * 9) == [
        (10.0,),
        (NA,),
        (NA,),
        (DIV0,),
    ]


def test_words_come_back_as_words(com: Com):
    assert com.call("KPI_STATUS", 4.0, 5.0, "CPA", "fr", MISSING) == "Atteint"
    assert com.call("KPI_WHY", 4.0, MISSING) == ""
    assert com.call("TIER", ((900.0,), (2e6,)), MISSING, MISSING) == [("Nano",), ("Mega",)]


def test_a_function_that_is_not_there_is_told_to_the_wrapper(com: Com):
    with pytest.raises(Raised, match="AttributeError"):
        com.call("NO_SUCH_FUNCTION", 1.0)


# -- what works on Windows ---------------------------------------------------------------------

#: Visual Basic's own words (MS-VBAL 3.3.5.2), none of which can name an argument.
VBA_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    abs addressof alias and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint
    circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare defbool defbyte defcur
    defdate defdbl defdec defint deflng defobj defsng defstr defvar dim do doevents double each else elseif empty end endif
    enum eqv erase error event exit false fix for friend function get global gosub goto if imp implements in input inputb
    int integer is lbound len lenb let like line lock long longlong longptr loop lset me mid midb mod name new next not
    nothing null object on open option optional or paramarray pset preserve print private property public put raiseevent
    redim rem reset resume return rset scale seek select set sgn shared single spc static step stop string sub tab then to
    true type typeof ubound unlock until variant wend while width with withevents write xor
""",
    )
)


@pytest.fixture(scope="module")
def signatures(com: Com) -> dict[str, Any]:
    return com.ask("signatures")


def test_xlwings_knows_every_function_and_no_other(signatures: dict[str, Any]):
    assert sorted(signatures) == sorted(f.name for f in FUNCTIONS)


@each_function
def test_values_cross_raw_in_the_order_of_the_arguments(
    function: Function, signatures: dict[str, Any]
):
    """Any other conversion takes errors for blanks; hints such as ``float | None`` break every call."""
    noted = signatures[function.name]
    assert [a["name"] for a in noted["args"]] == [a.name for a in function.arguments]
    assert all(a["options"] == {"convert": "raw"} for a in noted["args"])
    assert noted["ret"]["options"] == {"convert": "raw"}
    assert not any(a["vararg"] for a in noted["args"])
    assert ["optional" in a for a in noted["args"]] == [a.optional for a in function.arguments]
    assert not noted["volatile"]
    assert noted["async_mode"] is None
    assert noted["category"] == "Influence KPI"


@each_function
def test_names_are_legal_in_vba_and_excel(function: Function):
    """Never a built-in, never letters and digits (EMV1 is a cell), never a word of Visual Basic or Python."""
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", function.name)
    assert function.name not in FORMULAE
    names = [a.name for a in function.arguments]
    assert len(names) == len(set(names))
    for name in names:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert name not in VBA_WORDS | {
            "caller",
            "r",
            "c",
            "rc",
        }  # xlwings fills in a caller by itself
        assert not keyword.iskeyword(name)


def test_the_module_needs_neither_windows_nor_a_data_frame_library():
    """Cold start is what a user feels first; on macOS and Linux the module is merely there."""
    code = (
        "import sys\n"
        "for name in ('pandas', 'narwhals', 'openpyxl', 'lxml', 'babel'): sys.modules[name] = None\n"
        "from xlkpi.excel import udf\n"
        "print(udf.ROAS(6.0, 3.0), udf.KPI_NAME('roi'), udf.TIER(5e4), udf.EMV('X', None, 1.0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == f"[[2.0]] [['Return on investment (ROI)']] [['Mid']] [[{NA}]]"


# -- the server --------------------------------------------------------------------------------

_SERVE = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.excel.functions import com
com.pywin32()
sys.platform = "win32"
{{setup}}
done = com.served()
open({{out!r}}, "w").write(" ".join(done))
"""


@pytest.mark.parametrize(
    "setup",
    ["", "sys.stdout = sys.stderr = None", "os.environ['XLWINGS_ON_SERVER'] = 'true'"],
    ids=["console", "pythonw", "environment"],
)
def test_the_server_starts_and_ends_with_excel(tmp_path: Path, setup: str):
    """Under pythonw nobody listens to what is printed; a setting of another product must not change what is served."""
    out = tmp_path / "done"
    subprocess.run(
        [sys.executable, "-c", _SERVE.format(setup=setup, out=str(out))], timeout=60, check=True
    )
    assert out.read_text() == "registered pumped revoked"


def test_without_the_decorators_there_is_no_server():
    """Every cell would get an exception; the add-in notices that the process has ended."""
    from xlkpi.excel.serve import serve

    with pytest.raises(ImportError, match="pywin32"):
        serve("{506e67c3-55b5-48c3-a035-eed5deea7d6d}")
