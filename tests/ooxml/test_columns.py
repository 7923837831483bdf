"""The fast reader of the large table gives what the thorough one gives, whatever the sheet looks like."""

from __future__ import annotations

import contextlib
import math
import threading
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.books import inline, raw
from xlkpi.core.findings import Refused
from xlkpi.ooxml import columns
from xlkpi.ooxml.cells import (
    Band,
    CellError,
    SharedStrings,
    column_index,
    column_letters,
    read_rows,
    split_range,
)
from xlkpi.ooxml.columns import read_columns
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.scanner import EMPTY, NOT_AVAILABLE, OTHER

WANTED = [0, 1, 2, 25, 26, 27, 701, 702, 16383]
PART = "xl/worksheets/sheet2.xml"

texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).map(lambda t: t.replace("_x", "_y"))
numbers = st.one_of(
    st.integers(-(10**18), 10**18).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str),
    st.sampled_from(
        [
            "0",
            "-0",
            "1.",
            ".5",
            "1E5",
            "1e-7",
            "+3",
            " 12 ",
            "0.1",
            "123456789012345",
            "1234567890123456",
            "0.000000000000001",
            "999999999999999.9",
            "-12.50",
            "1.7976931348623157E308",
            "4.9E-324",
        ]
    ),
)


@st.composite
def cell(draw, address: str, shared: list[str]) -> str:
    """One cell of any kind that a spreadsheet program writes."""
    kind = draw(
        st.sampled_from(
            [
                "n",
                "nn",
                "s",
                "rich",
                "inline",
                "str",
                "b",
                "e",
                "empty",
                "styled",
                "f",
                "fs",
                "fs",
                "fn",
            ]
        )
    )
    text, number = escape(draw(texts)), draw(numbers)
    if kind in ("s", "rich"):
        shared.append(
            f"<si><r><t>{text}</t></r><r><rPr><b/></rPr><t xml:space='preserve'>{text}</t></r></si>"
            if kind == "rich"
            else f"<si><t xml:space='preserve'>{text}</t></si>"
        )
    kept = ' xml:space="preserve"'
    type, inside = {
        "n": ("", f"<v>{number}</v>"),
        "nn": ("n", f"<v>{number}</v>"),
        "s": ("s", f"<v>{len(shared) - 1}</v>"),
        "rich": ("s", f"<v>{len(shared) - 1}</v>"),
        "inline": ("inlineStr", f"<is><t{draw(st.sampled_from(['', kept]))}>{text}</t></is>"),
        "str": ("str", f'<f>A1&amp;"x"</f><v>{text}</v>'),
        "b": ("b", f"<v>{draw(st.sampled_from('01'))}</v>"),
        "e": ("e", f"<v>{draw(st.sampled_from(['#N/A', '#DIV/0!', '#NAME?']))}</v>"),
        "empty": ("", None),
        "styled": ("", ""),
        "f": ("", f"<f>1+1</f><v>{number}</v>"),
        "fs": ("", f'<f t="shared" ref="A1:A9" si="0">B1*2</f><v>{number}</v>'),
        "fn": ("", "<f>1+1</f>"),
    }[kind]
    attributes = [
        *draw(st.sampled_from([[], ['s="0"'], ['s="12345"'], ['s="7"', 'cm="1"'], ["s='3'"]])),
        *([f't="{type}"'] if type else []),
    ]
    if draw(st.sampled_from([False, False, True])):
        attributes.reverse()
    start = " ".join([f'<c r="{address}"', *attributes])
    space = draw(st.sampled_from(["", "", "", " "]))
    return f"{start}/>" if inside is None else f"{start}{space}>{inside}</c>"


@st.composite
def sheets(draw) -> tuple[str, str]:
    """The inside of a sheetData, and of the shared strings that it uses."""
    shared: list[str] = []
    numbers = sorted(draw(st.sets(st.integers(1, 1_048_576), min_size=1, max_size=12)))
    space = draw(st.sampled_from(["", "", "", "", "\n  "]))
    before = draw(st.sampled_from([False, False, False, True]))
    rows = []
    for number in numbers:
        columns = sorted(draw(st.sets(st.sampled_from([*WANTED, 3, 9, 30, 500]), max_size=6)))
        body = "".join(space + draw(cell(f"{column_letters(c)}{number}", shared)) for c in columns)
        attributes = draw(
            st.sampled_from(["", ' spans="1:9"', ' ht="20" customHeight="1"', ' hidden="1"'])
        )
        opening = f'<row{attributes} r="{number}"' if before else f'<row r="{number}"{attributes}'
        rows.append(
            f"{space}{opening}/>"
            if not body and draw(st.booleans())
            else f"{space}{opening}>{body}{space}</row>"
        )
    return "".join(rows), "".join(shared)


def both(path: Path) -> tuple[dict, dict]:
    """Row → column → value by either reader; blank values left out."""
    with Package(path) as package:
        strings = SharedStrings(package)
        slow = {
            n: {c: v for c, v in row.items() if c in WANTED and v != ""}
            for n, row in read_rows(package, PART, strings)
        }
        fast: dict[int, dict[int, object]] = {}
        for band in read_columns(package, PART, strings, WANTED, 1, 1_048_576):
            for i, number in enumerate(band.rows.tolist()):
                values: dict[int, object] = {}
                for index, column in band.columns.items():
                    other = None if column.others is None else column.others[i]
                    if other not in (None, ""):
                        assert np.isnan(column.numbers[i])
                        values[index] = other
                    elif not np.isnan(column.numbers[i]):
                        values[index] = float(column.numbers[i])
                fast[number] = values
    return fast, slow


@settings(
    max_examples=250,
    report_multiple_bugs=False,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(sheets())
def test_fast_reader_equals_the_thorough_one(tmp_path_factory, sheet):
    body, shared = sheet
    path = raw(tmp_path_factory.mktemp("columns") / "book.xlsx", body, shared=shared)
    fast, slow = both(path)
    assert fast == slow
    for number, row in slow.items():
        for index, value in row.items():
            if isinstance(value, float) and value == 0:
                assert math.copysign(1, value) == math.copysign(1, fast[number][index])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.lists(
            st.one_of(
                texts,
                st.floats(-1e15, 1e15),
                st.integers(-(10**15), 10**15),
                st.booleans(),
                st.none(),
            ),
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_readers_agree_with_openpyxl_on_files_it_wrote(tmp_path_factory, rows):
    book = openpyxl.Workbook()
    book.active.title = "Objectives"
    sheet = book.create_sheet("Posts")
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # not a formula, whatever it begins with
    path = tmp_path_factory.mktemp("openpyxl") / "book.xlsx"
    book.save(path)
    seen = openpyxl.load_workbook(path)["Posts"]
    expected = {
        (r, c): float(v) if type(v) in (int, float) else v
        for r, row in enumerate(seen.iter_rows(values_only=True), 1)
        for c, v in enumerate(row)
        if v is not None
    }
    fast, slow = both(path)
    for found in (fast, slow):
        got = {(r, c): v for r, row in found.items() for c, v in row.items()}
        assert got == {at: v for at, v in expected.items() if at[1] in WANTED}


def test_bands_join_without_a_seam(tmp_path):
    """A sheet of several megabytes is read in pieces that cut rows anywhere."""
    rows = [[f"p{i}" + "x" * (i % 97), i % 7 and "Instagram", i, i / 8] for i in range(30_000)]
    path = raw(tmp_path / "book.xlsx", inline(rows))
    fast, slow = both(path)
    assert len(fast) == len(rows)
    assert fast == slow
    assert [fast[i + 1].get(2) for i in range(30_000)] == [float(i) for i in range(30_000)]


def test_first_and_last_row_are_respected(tmp_path):
    path = raw(tmp_path / "book.xlsx", inline([[f"p{i}", i] for i in range(100)]))
    with Package(path) as package:
        strings = SharedStrings(package)
        bands = list(read_columns(package, PART, strings, [0], 11, 20))
        assert [n for band in bands for n in band.rows.tolist()] == list(range(11, 21))
        assert [n for n, _ in read_rows(package, PART, strings, 11, 20)] == list(range(11, 21))


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1"><v>12x</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>&bad;</v></c></row>',
        '<row r="99999999999999999999"><c r="A1"><v>1</v></c></row>',
        '<row r="-5"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_broken_cells_are_refused_not_misread(tmp_path, run, body):
    path = raw(
        tmp_path / "book.xlsx",
        inline([["Post ID", "Network", "Reach"], ["p", "X", 1]]) + body,
        shared="<si><t>a</t></si>",
    )
    said = run("report", path, "--json")
    assert said.code != 70, said.err


@pytest.mark.parametrize("kind", ["shared", "array", "dataTable", "normal"])
def test_a_formulas_own_attributes_do_not_change_its_number(tmp_path, kind):
    """Filling a formula down gives ``<f t="shared">``: its 1.234 read as text would be 1234 in a French workbook."""
    body = "".join(
        f'<row r="{r}"><c r="A{r}"><f t="{kind}" ref="A1:A9" si="0">B{r}*2</f><v>1.234</v></c>'
        f'<c r="B{r}" t="str"><f t="{kind}" ref="B1:B9" si="1">"x"</f><v>x</v></c></row>'
        for r in (1, 2)
    )
    fast, slow = both(raw(tmp_path / "book.xlsx", body))
    assert fast == slow == {1: {0: 1.234, 1: "x"}, 2: {0: 1.234, 1: "x"}}


def test_errors_of_cells_are_kept_as_errors(tmp_path):
    body = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>NA()</f></c></row>'
    fast, slow = both(raw(tmp_path / "book.xlsx", body))
    assert fast == slow == {1: {0: CellError("#N/A"), 1: CellError("")}}


@given(st.integers(0, 16_383))
def test_column_letters_come_back(index):
    assert column_index(column_letters(index)) == index
    assert column_letters(index) == openpyxl.utils.get_column_letter(index + 1)


def test_ranges_are_read_from_either_corner():
    assert split_range("$C$9:$A$1") == split_range("A1:C9") == (1, 0, 9, 2)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c r=\"A1\" t='s'><v>1</v></c>", "b"),
        ("<c r=\"A1\" t='n'><v>12</v></c>", 12.0),
        ('<c r="A1" s="" t=\'s\'><v>1</v></c>', "b"),
        ("<c r=\"A1\" t='inlineStr'><is><t>x</t></is></c>", "x"),
        ('<c r="A1"><v>5</v></c><c r="A1" t="s"><v>1</v></c>', "b"),
        ('<c r="A1" t="s"><v>1</v></c><c r="A1"><v>5</v></c>', 5.0),
        ('<c r="A1"><v>1</v><v>2</v></c>', 1.0),
        ('<c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c>', 1.0),
        ('<c r="A1"/><v>3</v>', None),
        ('<c r="A1" t="str"><f>B1</f></c>', None),
        ("<is><t>x</t></is>", None),
        ('<c r="A1" t="inlineStr"><is><t>x\r\ny</t></is></c>', "x\ny"),
        ('<c r="A1" foo=\' t="s"\'><v>5</v></c>', 5.0),
    ],
)
def test_unusual_cells_are_read_as_xml_says(tmp_path, cell, value):
    """Of two values the right one, and no index of a text taken for a number."""
    path = raw(
        tmp_path / "book.xlsx",
        f'<row r="1">{cell}</row>',
        shared="<si><t>a</t></si><si><t>b</t></si>",
    )
    fast, slow = both(path)
    assert fast == slow == {1: {} if value is None else {0: value}}


def test_an_address_that_is_shorter_than_its_row_does_not_hide_a_cells_type(tmp_path):
    body = '<row r="1000000"><c r="A1" t="s" s="1"><v>0</v></c></row>'
    path = raw(tmp_path / "book.xlsx", body, shared="<si><t>a</t></si>")
    fast, slow = both(path)
    assert fast == slow == {1_000_000: {0: "a"}}


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>5</v></c></row>',
        '<row r="1"><c r="AA"><v>5</v></c></row>',
    ],
    ids=["half a text", "four letters", "no row"],
)
def test_what_the_thorough_reader_refuses_is_not_read_fast(tmp_path, body):
    path = raw(tmp_path / "book.xlsx", body, shared="<si><t>a</t></si>")
    with Package(path) as package, pytest.raises(Refused):
        list(read_columns(package, PART, SharedStrings(package), WANTED, 1, 1_048_576))


def test_a_formula_without_a_result_is_told_in_columns_that_are_only_watched(tmp_path):
    """openpyxl writes an empty ``<v>`` beside each formula."""
    path = raw(
        tmp_path / "book.xlsx",
        '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f></c></row>',
    )
    with Package(path) as package:
        (band,) = read_columns(package, PART, SharedStrings(package), [], 1, 9, watched=[0, 1])
        assert [band.columns[i].others[0] for i in (0, 1)] == [CellError(""), CellError("")]


@pytest.mark.parametrize(
    ("type", "value", "shown"),
    [
        ("", "-123456789012345678", -123456789012345678.0),
        ("", "-1234567890123456.5", -1234567890123456.5),
        ("", "123456789012345678", 123456789012345678.0),
        ("", "-0.05123456789012345", -0.05123456789012345),
        ("", "-1.234567890123456E-05", -1.234567890123456e-05),
        (' t="str"', "12", OTHER),
        (' t="b"', "1", OTHER),
        (' t="str"', "#N/A", OTHER),
        (' t="e"', "#N/A", NOT_AVAILABLE),
        (' t="str"', "", EMPTY),
    ],
)
def test_what_a_formula_shows_is_a_number_only_where_its_cell_holds_one(
    tmp_path, type, value, shown
):
    """Sixteen characters of ``-123456789012345678`` are another number, a thousand times nearer to zero."""
    path = raw(
        tmp_path / "book.xlsx", f'<row r="1"><c r="A1"{type}><f>B1</f><v>{value}</v></c></row>'
    )
    with Package(path) as package:
        (band,) = read_columns(package, PART, SharedStrings(package), [1], 1, 9, shown=[0])
        assert band.columns[0].numbers.tolist() == [pytest.approx(shown, rel=1e-11)]


def test_rows_that_go_back_are_refused_even_where_a_band_ends_between_them(tmp_path, monkeypatch):
    path = raw(tmp_path / "book.xlsx", "")
    one = Band(b'<row r="7"><c r="A7"><v>5</v></c></row>', b"", b"<worksheet>")
    monkeypatch.setattr(columns, "bands", lambda *_: iter((one, one)))
    with Package(path) as package, pytest.raises(Refused):
        list(read_columns(package, PART, SharedStrings(package), [0], 1, 9))


@pytest.mark.parametrize("end", ["closed", "refused", "wanted no more"])
def test_no_thread_outlives_a_reading_that_ends_early(tmp_path, end):
    rows = [[f"p{i}", i] for i in range(60_000)]
    body = inline(rows) + (
        '<row r="60001"><c r="A60001" t="s"><v>9</v></c></row>' if end == "refused" else ""
    )
    path, before = raw(tmp_path / "book.xlsx", body), threading.active_count()
    with Package(path) as package:
        found = read_columns(
            package,
            PART,
            SharedStrings(package),
            [0, 1],
            1,
            9 if end == "wanted no more" else 99_999,
        )
        if end == "closed":
            next(found)
            found.close()
        else:
            with pytest.raises(Refused) if end == "refused" else contextlib.nullcontext():
                list(found)
        assert threading.active_count() == before
