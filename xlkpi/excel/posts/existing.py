"""What a workbook holds before an import, as the merge wants it: posts in columns, influencers, campaign names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.days import serial_date
from xlkpi.core.texts import Language
from xlkpi.excel.reading.posts.rows import blank_rows, totals_rows
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.grid import shown
from xlkpi.intake.cells.numbers import parse_date, parse_number
from xlkpi.intake.merge.plan import ExistingPosts, InfluencerRow
from xlkpi.intake.posts import Value
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import CellColumn

_NAMES = ("post_id", "campaign", "influencer", "network")  # where a totals row says that it is one
_WHOLE_ID = 1e15  # Excel keeps 15 digits: a longer number is no longer the id it was


class FigureColumn(Sequence[Value]):
    """A column of numbers with few other values, eight bytes a post."""

    def __init__(self, numbers: NDArray[np.float64], others: dict[int, Value]) -> None:
        self._numbers, self._others = numbers, others

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return list(self)[at]
        if at in self._others:
            return self._others[at]
        number = float(self._numbers[at])
        return number if number == number else None

    def __iter__(self) -> Iterator[Value]:
        values: list[Value] = self._numbers.astype(object).tolist()
        for i in np.flatnonzero(np.isnan(self._numbers)).tolist():
            values[i] = self._others.get(i)
        return iter(values)


def existing(book: Workbook) -> ExistingPosts:
    """The posts of an open workbook; its columns are the ones that the table has and that an import may fill.

    Formats, and yes or no, stand by their ids, networks by the name that we use, dates as dates.  A blank cell, an
    error and a formula without a value are None, and so is an id that Excel has rounded.

    Raises:
        Refused: there is no table of posts.
    """
    grid = book.require(contract.POSTS)
    kinds = {c.id: c.kind for c in (*grid.spec.columns, *grid.spec.extra)}
    ids = [id for id in grid.columns if kinds[id] is not ColumnKind.COMPUTED]
    rows: list[int] = []
    parts: dict[str, list[CellColumn]] = {id: [] for id in ids}
    for band in book.cells.columns(
        grid.sheet, [grid.columns[id] for id in ids], grid.header + 1, grid.end
    ):
        columns = {id: band.columns[grid.columns[id]] for id in ids}
        filled = _filled(columns, band.rows, grid.totals)
        rows += band.rows[filled].tolist()
        for id, column in columns.items():
            others = None if column.others is None else column.others[filled]
            parts[id].append(CellColumn(column.numbers[filled], others))
    return ExistingPosts(
        rows,
        {id: _column(id, kinds[id], parts[id], book.edition, book.cells.date1904) for id in ids},
    )


def _filled(
    columns: dict[str, CellColumn], rows: NDArray[np.int64], totals: int | None
) -> NDArray[np.int64]:
    """Places of the rows that hold a post: neither blank nor a total."""
    blank = blank_rows(columns, len(rows)) | (rows == totals)
    for id in _NAMES:
        blank[totals_rows(columns.get(id))] = True
    return np.flatnonzero(~blank)


def influencers(book: Workbook) -> list[InfluencerRow]:
    """The rows of Influencers that name somebody."""
    grid = book.grid(contract.INFLUENCERS)
    if grid is None:
        return []
    said = (
        {id: shown(record.get(id, "")).strip() for id in ("influencer", "handle", "network")}
        for _, record in book.records(grid)
    )
    return [
        InfluencerRow(one["influencer"], one["handle"], one["network"])
        for one in said
        if one["influencer"] or one["handle"]
    ]


def campaign_names(book: Workbook) -> list[str]:
    """The campaigns of the sheet Campaigns, in its order."""
    return [campaign.name for campaign in book.campaigns().values()]


# -- columns -------------------------------------------------------------------------------------------


def _column(
    id: str, kind: ColumnKind, parts: list[CellColumn], language: Language, date1904: bool
) -> Sequence[Value]:
    numbers = (
        np.concatenate([part.numbers for part in parts]) if parts else np.array([], dtype=float)
    )
    others = _others(parts)
    if kind in (ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.SCORE):
        return FigureColumn(
            numbers, {i: _number(value, kind, language) for i, value in others.items()}
        )
    read = _reader(id, kind, date1904)
    known: dict[object, Value] = {}
    values: list[Value] = [None] * len(numbers)
    for i in np.flatnonzero(~np.isnan(numbers)).tolist():
        values[i] = _known(known, read, float(numbers[i]))
    for i, value in others.items():
        values[i] = (
            read(value) if kind in (ColumnKind.ID, ColumnKind.TEXT) else _known(known, read, value)
        )
    return values


def _others(parts: list[CellColumn]) -> dict[int, object]:
    """Values that are no numbers, by their place in the column; errors are left out."""
    found, at = {}, 0
    for part in parts:
        if part.others is not None:
            found.update(
                {
                    at + i: value
                    for i, value in enumerate(part.others.tolist())
                    if value is not None and not isinstance(value, CellError)
                }
            )
        at += len(part.numbers)
    return found


def _known(known: dict[object, Value], read: Callable[[object], Value], value: object) -> Value:
    key = (type(value), value)
    if key not in known:
        known[key] = read(value)
    return known[key]


def _number(value: object, kind: ColumnKind, language: Language) -> Value:
    """A figure that stands as text; what is none stays as it is typed."""
    if isinstance(value, bool):
        return float(value)
    parsed = parse_number(str(value), language, figure=kind is not ColumnKind.SCORE)
    return parsed if isinstance(parsed, float) else str(value).strip() or None


def _reader(id: str, kind: ColumnKind, date1904: bool) -> Callable[[object], Value]:
    """How a cell of a column that holds no figures is read."""
    if kind is ColumnKind.DATE:
        return lambda value: (
            serial_date(value, date1904)
            if isinstance(value, float)
            else parse_date(str(value)) or _text(value)
        )
    if kind is ColumnKind.FLAG:
        return _yes_no
    if id == "network":
        return lambda value: spellings.network(_text(value) or "") or None
    if id == "format":
        return lambda value: choices.choice(choices.FORMATS, _text(value) or "") or _text(value)
    if kind is ColumnKind.ID:
        return lambda value: (
            None if isinstance(value, float) and abs(value) >= _WHOLE_ID else _text(value)
        )
    return _text


def _text(value: object) -> str | None:
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return str(value).strip() or None


def _yes_no(value: object) -> Value:
    if isinstance(value, (bool, float)):
        return {0.0: "no", 1.0: "yes"}.get(float(value), f"{value:g}")
    return choices.choice(choices.YES_NO, _text(value) or "") or _text(value)
