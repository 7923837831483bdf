"""Whatever stands in the cells, a function answers with a finite figure, a text or an error of Excel's own.

20,000 draws for each function with ``XLKPI_NIGHTLY=1``, a few hundred otherwise.
"""

from __future__ import annotations

import math
import os
import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.excel.functions.com import MISSING, Com, Time
from xlkpi.core.catalogue import KPIS
from xlkpi.excel.functions.declared import FUNCTIONS, Function
from xlkpi.excel.functions.values import ERRORS, NA, VALUE, is_error

DRAWS, THROUGH_COM = (20_000, 200) if os.environ.get("XLKPI_NIGHTLY") == "1" else (250, 20)
WORDS = (
    "",
    " ",
    "\u00a0",
    "Instagram",
    "tiktok",
    "Reel",
    "Story",
    "both",
    "Impressions × CPM",
    "en",
    "Français",
    "EUR",
    "usd",
    "https://example.com/a?b=1#c",
    "http://[",
    "javascript:1",
    "12",
    "#N/A",
    "=1+1",
    "\x00",
    "\ud800",
    "é" * 300,
    "tier",
    "cpm",
    "EMV : CPM",
    "Catégorie : dès (abonnés)",
    *(k.id for k in KPIS[:20]),
    *(k.label.fr for k in KPIS[:20]),
)
FIGURES = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.1,
    1e-320,
    5e-324,
    1e308,
    -1e308,
    1.7976931348623157e308,
    1e15,
    2.0**53,
    46083.0,
    math.nan,
    math.inf,
    -math.inf,
)
ODDS = (
    None,
    True,
    False,
    0,
    7,
    -2146826246.0,
    10**400,
    MISSING,
    MISSING + 5,
    Decimal("1.5"),
    date(2026, 3, 2),
    Time(2026, 3, 2),
    *ERRORS,
)
#: What Excel can never hand over, but another caller might.
IMPOSSIBLE = (
    (),
    ((),),
    ((1.0,), (1.0, 2.0)),
    (((1.0,),),),
    [[1.0, None], ["x", 2.0]],
    {"a": 1},
    b"x",
    1j,
    object(),
)


SUITABLE: dict[str, Any] = {
    "network": "Instagram",
    "post_format": None,
    "method": None,
    "rates": None,
    "currency_code": "USD",
    "kpi": "roi",
    "language": "fr",
    "tolerance": None,
    "tiers": None,
    "url": "https://example.com/?a=1",
    "source": "x",
    "medium": "y",
    "campaign": "z",
    "content": None,
}


def one(draw: random.Random) -> Any:
    kind = draw.random()
    if kind < 0.35:
        return draw.choice(
            (draw.uniform(-10, 1e6), 10 ** draw.uniform(-320, 308), draw.choice(FIGURES))
        )
    return draw.choice(WORDS) if kind < 0.65 else draw.choice(ODDS)


def some(draw: random.Random) -> Any:
    """A cell, a range, now and then the impossible."""
    kind = draw.random()
    if kind < 0.6:
        return one(draw)
    if kind > 0.97:
        return draw.choice(IMPOSSIBLE)
    height, width = draw.choice(((1, 1), (1, 3), (3, 1), (2, 3), (4, 4), (2, 9)))
    return tuple(tuple(one(draw) for _ in range(width)) for _ in range(height))


def is_cell(value: Any) -> bool:
    if type(value) is float:
        return math.isfinite(value)
    return is_error(value) or (type(value) is str and len(value) <= 32_767)


def is_answer(value: Any) -> bool:
    """A cell, or rows of one length; ``CallUDF`` makes a flat row of a single one."""
    if not isinstance(value, (list, tuple)):
        return is_cell(value)
    rows = value if isinstance(value[0], (list, tuple)) else [value]
    return len({len(row) for row in rows}) == 1 and all(is_cell(v) for row in rows for v in row)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_a_cell_never_shows_a_crash(function: Function):
    draw = random.Random(function.name)
    kinds = set()
    for _ in range(DRAWS):
        # Half of the draws suit the argument, so that the functions get beyond their first check.
        values = [
            some(draw) if draw.random() < 0.5 else SUITABLE.get(a.name, draw.uniform(0, 1e5))
            for a in function.arguments
        ]
        answer = function.call(*values)
        assert is_answer(answer), (values, answer)
        kinds.add(answer if is_error(answer) else type(answer))
    assert {NA, VALUE, list} <= kinds
    assert float in kinds or str in kinds


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_nor_does_it_through_the_server(function: Function, com: Com):
    draw = random.Random(function.name)
    asked = []
    while len(asked) < THROUGH_COM:
        values = tuple(some(draw) for _ in function.arguments)
        if not any(
            isinstance(v, (dict, complex)) or type(v) is object for v in values
        ):  # no wire carries these
            asked.append(values)
    for values, answer in zip(asked, com.ask("calls", function.name, asked), strict=True):
        assert is_answer(answer), (values, answer)


def test_a_function_that_fails_inside_is_a_value_error(monkeypatch: pytest.MonkeyPatch):
    """The last net: a defect of ours is an error in one cell, never a server that stops."""
    from xlkpi.excel.functions import values as cellvalues
    from xlkpi.excel.functions import words as cellwords

    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    calls = {f.name: f.call for f in FUNCTIONS}
    monkeypatch.setattr(cellwords, "kpi_name", broken)
    monkeypatch.setattr(cellvalues, "computed", broken)
    assert calls["KPI_NAME"]("roi") == calls["ROI"](((5.0,),), 5.0) == VALUE
