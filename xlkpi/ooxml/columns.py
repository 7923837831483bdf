"""The large table as columns: level with readers written in Rust, in a third of their memory.

Speed is all that this module is for: without it nothing else breaks, since ``cells.read_rows`` gives the same values.
One Python step per cell costs more than the whole report may, so NumPy finds the cells of a band of sheet XML and reads
its numbers.  Every shortcut is checked on the band itself; a band of any other shape than the plain one that
spreadsheet programs write goes to ``cells.rows_of``, which is slower and knows all of SpreadsheetML.

One band, followed through.  It has one row with three cells: a shared string, a formula and an error.

>>> band = Band(
...     b'<row r="7"><c r="A7" t="s"><v>12</v></c><c r="C7" s="3"><f>A1/8</f><v>0.125</v></c>'
...     b'<c r="D7" t="e"><v>#N/A</v></c></row>', b"", b"<worksheet>")

1. ``scanner`` looks for all ``<`` at once.  They stand at 0, 11, 27, 32, 36, 40 …, and the letters after them say which
   tags these are: ``r c v / / c f / v / / c v / / /``, numbered from 0.
2. The one ``r`` is the row, and 7 its number.  Tags 1, 5 and 11 are cells; the letters of their addresses, read as one
   number of 16 bits each, are the columns 0, 2 and 3.  Tags 2, 8 and 12 are values, one in each of the three cells.
3. The eight characters before the ``>`` of a cell say what its value is: ``t="s"`` the index of a shared string,
   ``s="3"`` (a style, and no type) a number, ``t="e"`` an error.
4. ``digits`` reads 12 and 0.125 at once.  The error is no number, so that cell is read by itself.

>>> scanner = Scanner(Asked(wanted=[0, 2, 3], watched=[], shown=[]), strings=None, name="book.xlsx")
>>> found = scanner.scan(band)  # shared strings are looked up later
>>> found.rows.tolist(), found.column.tolist(), found.value.tolist(), found.shared.tolist()
([7], [0, 2], [12.0, 0.125], [True, False])
>>> found.others
[(0, 3, CellError(text='#N/A'))]

5. ``_deal`` puts the bands of some thousand rows together, sorts their cells by column, looks the shared strings up,
   and gives each column its numbers and its other values.
"""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlkpi.files import refusals
from xlkpi.ooxml.cells import UNCALCULATED, Band, CellError, SharedStrings, bands, rows_of
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.scanner import (
    DIVIDED_BY_ZERO,
    EMPTY,
    NOT_AVAILABLE,
    OTHER,
    Asked,
    FoundCells,
    Scanner,
)


@dataclass(slots=True)
class CellColumn:
    """One column of a band: its numbers (NaN elsewhere) and its other values (None elsewhere)."""

    numbers: NDArray[np.float64]
    #: str, bool, CellError; made when the first one turns up
    others: NDArray[np.object_] | None = None

    def put(self, rows: int | NDArray[np.int64], values: object) -> None:
        if self.others is None:
            self.others = np.full(len(self.numbers), None, dtype=object)
        self.others[rows] = values


@dataclass(slots=True)
class ColumnBand:
    rows: NDArray[np.int64]  # sheet row numbers
    columns: dict[int, CellColumn]  # by column index, the wanted ones


#: Bands are put together up to about so many rows before they are dealt out to columns.
_GATHERED_ROWS = 4_000
_BANDS_AHEAD = 4  # inflated while an earlier one is scanned


def read_columns(
    package: Package,
    part: str,
    strings: SharedStrings,
    wanted: list[int],
    first: int,
    last: int,
    watched: Sequence[int] = (),
    shown: Sequence[int] = (),
) -> Iterator[ColumnBand]:
    """Rows ``first`` to ``last`` of the wanted columns, some thousand rows at a time.

    Args:
        watched: further columns, of which only the cells that hold an error are wanted.
        shown: further columns, of which it is wanted what their formulas show: a number to eleven digits or more,
            or one of the codes in ``scanner``; NaN for cells without a formula.
    """
    name, columns = package.path.name, [*wanted, *watched, *shown]
    found = _scanned(package, part, Asked(wanted, watched, shown), strings)
    for gathered in _gathered(found, last):
        yield from _deal(gathered, strings, columns, first, last, name)


def _gathered(found: Iterator[FoundCells], last: int) -> Iterator[list[FoundCells]]:
    """Bands put together until they are worth dealing out; none beyond the row ``last``."""
    gathered: list[FoundCells] = []
    count = 0
    for cells in found:
        gathered.append(cells)
        count += len(cells.rows)
        if cells.rows[-1] > last:
            break
        if count >= _GATHERED_ROWS:
            yield gathered
            gathered, count = [], 0
    if gathered:
        yield gathered


def _scanned(
    package: Package, part: str, asked: Asked, strings: SharedStrings
) -> Iterator[FoundCells]:
    """What each band of rows holds."""
    name, previous = package.path.name, 0
    scanner = Scanner(asked, strings, name)
    with contextlib.closing(_ahead(bands(package, part), _BANDS_AHEAD)) as inflated:
        for band in inflated:
            found = scanner.scan(band) or _slow(band, strings, asked, previous, name)
            if len(found.rows):
                if found.rows[0] <= previous:
                    raise refusals.damaged(name)
                previous = int(found.rows[-1])
                yield found


def _ahead(inflated: Iterator[Band], most: int) -> Generator[Band]:
    """The same bands, inflated by a thread ahead of their use.

    zlib works outside Python's lock for a millisecond at a time.  A second thread for the scanning gains nothing: it would
    hand the lock over some forty times a band.
    """
    pool = ThreadPoolExecutor(1)
    try:
        waiting = deque(pool.submit(next, inflated, None) for _ in range(most))
        while (band := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(next, inflated, None))
            yield band
    finally:
        pool.shutdown(cancel_futures=True)


def _deal(
    gathered: list[FoundCells],
    strings: SharedStrings,
    wanted: list[int],
    first: int,
    last: int,
    name: str,
) -> Iterator[ColumnBand]:
    """Put cells into their columns; rows outside ``first`` to ``last`` are cut off."""
    rows = np.concatenate([g.rows for g in gathered])
    offsets = np.cumsum([0, *(len(g.rows) for g in gathered[:-1])])
    row = np.concatenate([g.row + offset for g, offset in zip(gathered, offsets, strict=True)])
    column = np.concatenate([g.column for g in gathered])
    order = np.argsort(column.astype(np.int16), kind="stable")
    row, column = row[order], column[order]
    value = np.concatenate([g.value for g in gathered])[order]
    shared = np.concatenate([g.shared for g in gathered])[order]
    found = {index: CellColumn(np.full(len(rows), np.nan)) for index in wanted}
    for index in wanted:
        here = slice(*np.searchsorted(column, (index, index + 1)))
        _fill(found[index], row[here], value[here], shared[here], strings, name)
    for g, offset in zip(gathered, offsets, strict=True):
        _add_rare(found, g, int(offset))
    inside = np.flatnonzero((rows >= first) & (rows <= last))
    if len(inside):
        yield _slice(ColumnBand(rows, found), int(inside[0]), int(inside[-1]) + 1)


def _fill(
    column: CellColumn,
    at: NDArray[np.int64],
    figures: NDArray[np.float64],
    texts: NDArray[np.bool_],
    strings: SharedStrings,
    name: str,
) -> None:
    """Numbers, and shared strings by their indexes, into one column."""
    if texts.any():
        try:
            column.put(at[texts], strings.take(_whole(figures[texts])))
        except IndexError:
            raise refusals.damaged(name) from None
        at, figures = at[~texts], figures[~texts]
    column.numbers[at] = figures


def _add_rare(found: dict[int, CellColumn], cells: FoundCells, offset: int) -> None:
    """Inline texts, and the cells that were read one by one."""
    at, columns, texts = cells.inline
    for index in np.unique(columns).tolist():
        here = columns == index
        found[index].put(at[here] + offset, texts[here])
    for position, index, other in cells.others:
        if isinstance(other, float):
            found[index].numbers[position + offset] = other
        elif other is not None:
            found[index].put(position + offset, other)


def _whole(figures: NDArray[np.float64]) -> NDArray[np.int64]:
    """Indexes; IndexError when one has a fraction."""
    indexes = figures.astype(np.int64)
    if (indexes != figures).any():
        raise IndexError(figures)
    return indexes


def _slice(band: ColumnBand, start: int, stop: int) -> ColumnBand:
    if (start, stop) == (0, len(band.rows)):
        return band
    return ColumnBand(
        band.rows[start:stop],
        {
            index: CellColumn(
                c.numbers[start:stop], None if c.others is None else c.others[start:stop]
            )
            for index, c in band.columns.items()
        },
    )


def _slow(band: Band, strings: SharedStrings, asked: Asked, previous: int, name: str) -> FoundCells:
    """A band of unusual shape, by the XML parser."""
    rows = list(rows_of(band, strings, previous, name))
    others = [
        (i, index, values[index])
        for i, (_, values) in enumerate(rows)
        for index in (*asked.wanted, *asked.watched)
        if index in values and (index not in asked.watched or isinstance(values[index], CellError))
    ]
    if asked.shown and re.search(
        rb"<(?:\w+:)?f\b", band.text
    ):  # which cells have one is not known here
        others += [
            (i, index, _code(values.get(index)))
            for i, (_, values) in enumerate(rows)
            for index in asked.shown
        ]
    none = np.array([], dtype=np.int64)
    return FoundCells(
        np.array([number for number, _ in rows], dtype=np.int64),
        none,
        none,
        none.astype(float),
        none.astype(bool),
        others,
        (none, none, none.astype(object)),
    )


def _code(value: object) -> float:
    """What a formula shows, as ``read_columns`` gives it."""
    if isinstance(value, float):
        return value
    if value is None or value == UNCALCULATED:
        return EMPTY
    text = value.text if isinstance(value, CellError) else ""
    return {"#N/A": NOT_AVAILABLE, "#DIV/0!": DIVIDED_BY_ZERO}.get(text, OTHER)
