"""The large table as columns: NumPy finds the cells of a band of sheet XML and reads its numbers.

Speed is the reason (README, benchmarks): one Python step per cell costs more than the whole report may.
Every shortcut is checked on the band itself; a band of any other shape than the plain one that
spreadsheet programs write goes to ``cells.rows_of``, which is slower and knows all of SpreadsheetML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlkpi.excel.cells import (
    UNCALCULATED,
    Band,
    CellError,
    SharedStrings,
    bands,
    decode,
    rows_of,
)
from xlkpi.excel.package import Package
from xlkpi.intake import guard

_LESS, _GREATER, _QUOTE, _SPACE, _SLASH = b"<>\" /"
_TEXT_TAG = re.compile(rb"<(?:\w+:)?t\b[^>]*?(?<!/)>([^<]*)<")
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.S)
_MAX_DIGITS = 15  # up to here an integer and a power of ten divide to the correctly rounded double


@dataclass(slots=True)
class Column:
    """One column of a band: its numbers (NaN elsewhere) and its other values (None elsewhere)."""

    numbers: NDArray[np.float64]
    others: NDArray[np.object_] | None = None  # str, bool, CellError; made when the first one turns up

    def put(self, rows: object, values: object) -> None:
        if self.others is None:
            self.others = np.full(len(self.numbers), None, dtype=object)
        self.others[rows] = values


@dataclass(slots=True)
class ColumnBand:
    rows: NDArray[np.int64]      # sheet row numbers
    columns: dict[int, Column]   # by column index, the wanted ones


def read_columns(
    package: Package, part: str, strings: SharedStrings, wanted: list[int], first: int, last: int
) -> Iterator[ColumnBand]:
    """Rows ``first`` to ``last`` of the wanted columns, a band at a time."""
    previous = 0
    for band in bands(package, part):
        found = _scan(band, strings, wanted, package.path.name)
        if found is None:
            found = _slow(band, strings, wanted, previous, package.path.name)
        previous = int(found.rows[-1]) if len(found.rows) else previous
        inside = (found.rows >= first) & (found.rows <= last)
        if inside.all():
            if len(found.rows):
                yield found
        elif inside.any():
            yield _slice(found, int(inside.argmax()), len(inside) - int(inside[::-1].argmax()))
        if previous > last:
            return


def _slice(band: ColumnBand, start: int, stop: int) -> ColumnBand:
    return ColumnBand(
        band.rows[start:stop],
        {
            index: Column(c.numbers[start:stop], None if c.others is None else c.others[start:stop])
            for index, c in band.columns.items()
        },
    )


def _slow(band: Band, strings: SharedStrings, wanted: list[int], previous: int, name: str) -> ColumnBand:
    rows = list(rows_of(band, strings, previous, name))
    columns = {index: Column(np.full(len(rows), np.nan)) for index in wanted}
    for i, (_, values) in enumerate(rows):
        for index in wanted:
            value = values.get(index)
            if type(value) is float:
                columns[index].numbers[i] = value
            elif value is not None:
                columns[index].put(i, value)
    return ColumnBand(np.array([number for number, _ in rows], dtype=np.int64), columns)


def _scan(band: Band, strings: SharedStrings, wanted: list[int], name: str) -> ColumnBand | None:
    """The band by NumPy, or None when its shape is not the plain one."""
    text = band.text
    if band.prefix or b"<!" in text:
        return None
    buffer = np.frombuffer(text + b"\0" * 32, dtype=np.uint8)
    tags = np.flatnonzero(buffer == _LESS)
    one, two = buffer[tags + 1], buffer[tags + 2]
    is_cell = (one == ord("c")) & ((two == _SPACE) | (two == _GREATER) | (two == _SLASH))
    row_tags = tags[(one == ord("r")) & (two == ord("o"))]
    numbers = re.findall(rb'<row\s(?:[^>]*?\s)?r="(\d+)"', text)
    if len(numbers) != len(row_tags):
        return None
    rows = np.array(numbers, dtype="S").astype(np.int64)
    cells = np.flatnonzero(is_cell)
    start = tags[cells]
    address = start + 6
    if not (text.count(b'<c r="') == len(cells) and (np.diff(rows) > 0).all()):
        return None
    column = _column_of(buffer, address)
    keep = np.isin(column, wanted)
    cells, start, column = cells[keep], start[keep], column[keep]
    after = tags[cells + 1]                       # the tag that follows the cell's own
    if not (buffer[after - 1] == _GREATER).all():  # indented XML
        return None
    row = np.searchsorted(row_tags, start) - 1
    kind, kind2 = _types(buffer, start, after)
    first = buffer[after + 1]
    has_value = (first == ord("v")) & (buffer[after + 2] == _GREATER)
    empty = buffer[after - 2] == _SLASH            # <c r="A1" s="3"/>
    empty |= (first == _SLASH)                     # <c r="A1"></c>
    begin = after + 3
    end = tags[cells + 2] if len(cells) else begin
    plain = has_value & ~empty
    is_number = plain & ((kind == 0) | (kind == ord("n")))
    is_shared = plain & (kind == ord("s")) & (kind2 == _QUOTE)
    value, exact = _decimals(buffer, begin, end, is_number | is_shared)
    found = {index: Column(np.full(len(rows), np.nan)) for index in wanted}
    for index, target in found.items():
        here = column == index
        direct = here & is_number & exact
        target.numbers[row[direct]] = value[direct]
        shared = here & is_shared & exact
        if shared.any():
            try:
                target.put(row[shared], strings.take(value[shared].astype(np.int64)))
            except IndexError:
                raise guard.damaged(name) from None
        for i in np.flatnonzero(here & ~empty & ~direct & ~shared):
            stop = text.find(b"</c>", start[i])
            _put(target, int(row[i]), text[start[i]:stop], chr(kind[i]) + chr(kind2[i]), strings, name)
    return ColumnBand(rows, found)


def _column_of(buffer: NDArray[np.uint8], address: NDArray[np.int64]) -> NDArray[np.int64]:
    """Column index from the letters at ``address``: one to three of them."""
    column = buffer[address].astype(np.int64) - 64
    for offset in (1, 2):
        letter = buffer[address + offset].astype(np.int64) - 64
        more = (letter >= 1) & (letter <= 26)
        if offset == 2:
            more &= buffer[address + 1] >= 65
        column = np.where(more, column * 26 + letter, column)
    return column - 1


def _types(
    buffer: NDArray[np.uint8], start: NDArray[np.int64], after: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The first two characters of each cell's ``t`` attribute; 0 where there is none."""
    quotes = np.flatnonzero((buffer[2:-2] == ord("=")) & (buffer[1:-3] == ord("t")) & (buffer[:-4] == _SPACE)) + 4
    kind, kind2 = np.zeros(len(start), np.uint8), np.zeros(len(start), np.uint8)
    if len(quotes):
        nearest = np.searchsorted(quotes, start)
        at = quotes[np.minimum(nearest, len(quotes) - 1)]
        own = (at > start) & (at < after)
        kind[own], kind2[own] = buffer[at[own]], buffer[at[own] + 1]
    return kind, kind2


def _decimals(
    buffer: NDArray[np.uint8], begin: NDArray[np.int64], end: NDArray[np.int64], where: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read ``-123.45`` between ``begin`` and ``end``; the second array says where that was the whole truth."""
    negative = buffer[begin] == ord("-")
    position = begin + negative
    length = np.where(where, end - position, 0)
    exact = where & (length > 0) & (length <= _MAX_DIGITS + 1)
    whole = np.zeros(len(begin), np.int64)
    decimals = np.zeros(len(begin), np.int64)
    seen_point = np.zeros(len(begin), bool)
    for k in range(int(length[exact].max(initial=0))):
        active = exact & (k < length)
        digit = buffer[position + np.minimum(k, length)].astype(np.int64) - 48
        point = active & (digit == ord(".") - 48) & ~seen_point
        number = active & (digit >= 0) & (digit <= 9)
        exact &= ~active | point | number
        whole = np.where(number, whole * 10 + digit, whole)
        decimals += number & seen_point
        seen_point |= point
    exact &= (length - seen_point) <= _MAX_DIGITS
    exact &= (length - seen_point) > 0
    value = whole / 10.0 ** decimals
    return np.where(negative, -value, value), exact


def _put(target: Column, row: int, cell: bytes, kind: str, strings: SharedStrings, name: str) -> None:
    """One cell that is neither a plain number nor a shared string: the same rules as ``cells``."""
    if kind == "in":
        text = decode(b"".join(_TEXT_TAG.findall(_PHONETIC.sub(b"", cell))))
        if text:
            target.put(row, text)
        return
    match = re.search(rb"<v\b[^>]*(?<!/)>([^<]+)</v>", cell)
    if not match:
        if b"<f" in cell and kind != "st":
            target.put(row, UNCALCULATED)
        return
    value = match[1]
    try:
        if kind in ("\0\0", 'n"'):
            target.numbers[row] = float(value)
        elif kind == 's"':
            target.put(row, strings[int(value)])
        elif kind == 'b"':
            target.put(row, value.strip() == b"1")
        elif kind == 'e"':
            target.put(row, CellError(decode(value)))
        else:
            target.put(row, decode(value))
    except (ValueError, IndexError):
        raise guard.damaged(name) from None
