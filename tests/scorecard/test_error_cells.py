"""R16, at the door of imports: a cell that holds an error, or a formula that was never calculated, is told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.helpers import books
from tests.scorecard.tables import ERRORS
from xlkpi.intake.exports import loading
from xlkpi.ooxml.received import Cell

TODAY = date(2026, 11, 22)
COLUMNS = (
    "Post ID",
    "Network",
    "Influencer",
    "Date",
    "Reach",
    "Impressions",
    "Likes",
    "Comments",
    "Cost",
    "Campaign",
    "Promo code",
    "URL",
    "Format",
)
WHOLE: tuple[Cell, ...] = (
    "Instagram",
    "Ana",
    46_090,
    9_000,
    12_000,
    300,
    20,
    50,
    "Spring",
    "ANA10",
    "https://www.instagram.com/p/abc/",
    "Reel",
)


def sheet(path: Path, wrong: str) -> dict[str, str]:
    """Posts as a workbook, the n-th with the error in the n-th column: place → column."""
    rows = "".join(books.inline([[f"p{n}", *WHOLE]], n + 2) for n in range(len(COLUMNS) + 3))
    places = {f"{chr(65 + n)}{n + 2}": name for n, name in enumerate(COLUMNS)}
    for place in places:
        head, _, tail = rows.partition(f'<c r="{place}"')
        inside = f' t="e"><v>{wrong}</v>' if wrong else "><f>1+1</f>"
        rows = f'{head}<c r="{place}"{inside}</c>{tail.partition("</c>")[2]}'
    books.raw(path, books.inline([COLUMNS]) + rows, objectives="")
    return places


@pytest.mark.parametrize("wrong", ERRORS, ids=lambda error: error or "never calculated")
def test_an_import_tells_every_error_cell(tmp_path, figures, wrong):
    path = tmp_path / "posts.xlsx"
    places = sheet(path, wrong)
    (export,) = loading.load(path, TODAY, currency="EUR").exports
    told = {f.cell: f for f in export.findings}
    for place, name in places.items():
        with figures.case("R16"):
            assert place in told, (name, place, [f.message("en") for f in export.findings])
            assert told[place].value == (wrong or "=1+1")
    values = {value for column in export.columns.values() for value in column}
    assert not values & {wrong or None, "=1+1"} - {None}, "no error is a name or an id"
    assert export.balance.read == len(COLUMNS) + 3


def test_the_same_as_text_is_text(tmp_path):
    """Someone may be called so; only what Excel stores as an error is one."""
    path = books.raw(
        tmp_path / "posts.xlsx",
        books.inline([COLUMNS, ["p1", "Instagram", "#REF!", *WHOLE[2:]]]),
        objectives="",
    )
    (export,) = loading.load(path, TODAY, currency="EUR").exports
    assert list(export.accounts) == ["#REF!"]
    assert export.findings == ()
