"""The large table as columns: NumPy finds the cells of a band of sheet XML and reads its numbers.

Speed is the reason (README, benchmarks): one Python step per cell costs more than the whole report may.
Every shortcut is checked on the band itself; a band of any other shape than the plain one that
spreadsheet programs write goes to ``cells.rows_of``, which is slower and knows all of SpreadsheetML.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xlkpi.excel.cells import (
    LAST_ROW,
    UNCALCULATED,
    Band,
    CellError,
    SharedStrings,
    bands,
    decode,
    finite,
    rich_text,
    rows_of,
)
from xlkpi.excel.package import Package
from xlkpi.intake import guard

_LESS, _GREATER, _QUOTE, _SPACE, _SLASH = b"<>\" /"
_INLINE = b't="inlineStr"><is><t>'
_POWERS = 10.0 ** np.arange(17)
_MAX_DIGITS = 15  # up to here an integer and a power of ten divide to the correctly rounded double
#: What a cell with a formula shows, where that is no number: stands among the numbers of a ``shown`` column.
NOT_AVAILABLE, DIVIDED_BY_ZERO, EMPTY, OTHER = np.inf, -np.inf, 1e308, -1e308


@dataclass(slots=True)
class Column:
    """One column of a band: its numbers (NaN elsewhere) and its other values (None elsewhere)."""

    numbers: NDArray[np.float64]
    others: NDArray[np.object_] | None = None  # str, bool, CellError; made when the first one turns up

    def put(self, rows: int | NDArray[np.int64], values: object) -> None:
        if self.others is None:
            self.others = np.full(len(self.numbers), None, dtype=object)
        self.others[rows] = values


@dataclass(slots=True)
class ColumnBand:
    rows: NDArray[np.int64]      # sheet row numbers
    columns: dict[int, Column]   # by column index, the wanted ones


#: Bands are put together up to about so many rows before they are dealt out to columns.
_GATHERED_ROWS = 4_000
_LOOK_AHEAD = 6


@dataclass(slots=True)
class _Cells:
    """The wanted cells of one band, flat: where each stands and what it holds."""

    rows: NDArray[np.int64]          # sheet row numbers of the band
    row: NDArray[np.int64]           # of each cell: position in ``rows``
    column: NDArray[np.int64]
    value: NDArray[np.float64]       # a number, or the index of a shared string
    shared: NDArray[np.bool_]
    others: list[tuple[int, int, object]]   # position in ``rows``, column, value: the rare kinds
    inline: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.object_]]  # the same three for inline texts


@dataclass(frozen=True, slots=True)
class _Asked:
    """Columns by what is wanted of them, see ``read_columns``."""

    wanted: Sequence[int]
    watched: Sequence[int]
    shown: Sequence[int]


def read_columns(
    package: Package, part: str, strings: SharedStrings, wanted: list[int], first: int, last: int,
    watched: Sequence[int] = (), shown: Sequence[int] = (),
) -> Iterator[ColumnBand]:
    """Rows ``first`` to ``last`` of the wanted columns, some thousand rows at a time.

    Args:
        watched: further columns, of which only the cells that hold an error are wanted.
        shown: further columns, of which it is wanted what their formulas show: a number to eleven digits or more,
            or one of the codes above; NaN for cells without a formula.
    """
    previous, count = 0, 0
    name = package.path.name
    gathered: list[_Cells] = []
    asked = _Asked(wanted, watched, shown)
    wanted = [*wanted, *watched, *shown]
    for band, scanned in _scanned(package, part, asked, strings):
        found = scanned or _slow(band, strings, asked, previous, name)
        if len(found.rows):
            previous = int(found.rows[-1])
            gathered.append(found)
            count += len(found.rows)
        if count >= _GATHERED_ROWS:
            yield from _deal(gathered, strings, wanted, first, last, name)
            gathered, count = [], 0
        if previous > last:
            break
    if gathered:
        yield from _deal(gathered, strings, wanted, first, last, name)


def _scanned(
    package: Package, part: str, asked: _Asked, strings: SharedStrings
) -> Iterator[tuple[Band, _Cells | None]]:
    """Bands in order, each already scanned: two threads look ahead, since NumPy works outside Python's lock."""
    local = threading.local()

    def scan(band: Band) -> _Cells | None:
        if not hasattr(local, "scanner"):
            local.scanner = _Scanner(asked, strings, package.path.name)
        found: _Cells | None = local.scanner.scan(band)
        return found

    with ThreadPoolExecutor(2) as pool:
        ahead: deque[tuple[Band, Future[_Cells | None]]] = deque()
        for band in bands(package, part):
            ahead.append((band, pool.submit(scan, band)))
            if len(ahead) > _LOOK_AHEAD:
                done, result = ahead.popleft()
                yield done, result.result()
        for done, result in ahead:
            yield done, result.result()


def _deal(
    gathered: list[_Cells], strings: SharedStrings, wanted: list[int], first: int, last: int, name: str
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
    found = {}
    for index in wanted:
        target = found[index] = Column(np.full(len(rows), np.nan))
        start, stop = np.searchsorted(column, (index, index + 1))
        at, figures, texts = row[start:stop], value[start:stop], shared[start:stop]
        if texts.any():
            try:
                target.put(at[texts], strings.take(figures[texts].astype(np.int64)))
            except IndexError:
                raise guard.damaged(name) from None
            at, figures = at[~texts], figures[~texts]
        target.numbers[at] = figures
    for g, offset in zip(gathered, offsets, strict=True):
        at, columns, texts = g.inline
        for index in np.unique(columns).tolist():
            here = columns == index
            found[index].put(at[here] + offset, texts[here])
        for position, index, other in g.others:
            if isinstance(other, float):
                found[index].numbers[position + offset] = other
            elif other is not None:
                found[index].put(position + offset, other)
    inside = np.flatnonzero((rows >= first) & (rows <= last))
    if len(inside):
        yield _slice(ColumnBand(rows, found), int(inside[0]), int(inside[-1]) + 1)


def _slice(band: ColumnBand, start: int, stop: int) -> ColumnBand:
    if (start, stop) == (0, len(band.rows)):
        return band
    return ColumnBand(
        band.rows[start:stop],
        {
            index: Column(c.numbers[start:stop], None if c.others is None else c.others[start:stop])
            for index, c in band.columns.items()
        },
    )


def _slow(band: Band, strings: SharedStrings, asked: _Asked, previous: int, name: str) -> _Cells:
    """A band of unusual shape, by the XML parser."""
    rows = list(rows_of(band, strings, previous, name))
    others = [(i, index, values[index]) for i, (_, values) in enumerate(rows) for index in (*asked.wanted, *asked.watched)
              if index in values and (index not in asked.watched or isinstance(values[index], CellError))]
    if asked.shown and re.search(rb"<(?:\w+:)?f\b", band.text):      # which cells have one is not known here
        others += [(i, index, _code(values.get(index))) for i, (_, values) in enumerate(rows) for index in asked.shown]
    none = np.array([], dtype=np.int64)
    return _Cells(np.array([number for number, _ in rows], dtype=np.int64), none, none, none.astype(float),
                  none.astype(bool), others, (none, none, none.astype(object)))


def _code(value: object) -> float:
    """What a formula shows, as ``read_columns`` gives it."""
    if isinstance(value, float):
        return value
    if value is None or value == UNCALCULATED:
        return EMPTY
    text = value.text if isinstance(value, CellError) else ""
    return {"#N/A": NOT_AVAILABLE, "#DIV/0!": DIVIDED_BY_ZERO}.get(text, OTHER)


class _Scanner:
    """Finds cells by NumPy.  Its scratch arrays are reused: fresh ones cost ten times the comparison itself."""

    def __init__(self, asked: _Asked, strings: SharedStrings, name: str) -> None:
        self.wanted = np.zeros(16_384 + 26 * 26 * 26, dtype=bool)
        self.shown = self.wanted.copy()
        self.wanted[list(asked.wanted)] = True
        self.watched = self.wanted.copy()        # these too, for what is wrong in them
        self.watched[list(asked.watched)] = True
        self.shown[list(asked.shown)] = True
        self.strings, self.name = strings, name
        self._less = self._mark = np.empty(0, dtype=bool)
        self._texts: dict[bytes, str] = {}

    def _tags(self, buffer: NDArray[np.uint8], second: str) -> NDArray[np.int64]:
        """Positions of ``<`` followed by this character."""
        mark = self._mark[: len(buffer) - 1]
        np.equal(buffer[1:], np.uint8(ord(second)), out=mark)
        np.logical_and(mark, self._less[: len(mark)], out=mark)
        return np.flatnonzero(mark)

    def scan(self, band: Band) -> _Cells | None:
        """The wanted cells of a band, or None when its shape is not the plain one."""
        text = band.text
        if band.prefix or b"<!" in text:
            return None
        buffer = np.frombuffer(text + b"\0" * 32, dtype=np.uint8)
        if len(self._less) < len(buffer):
            self._less, self._mark = np.empty(len(buffer), dtype=bool), np.empty(len(buffer), dtype=bool)
        np.equal(buffer, np.uint8(_LESS), out=self._less[: len(buffer)])
        row_tags = self._tags(buffer, "r")
        row_tags = row_tags[buffer[row_tags + 2] == ord("o")]
        rows = _row_numbers(buffer, row_tags)
        cells = self._tags(buffer, "c")
        begin = self._tags(buffer, "v") + 3
        end_t = self._tags(buffer, "/")
        end = end_t[buffer[end_t + 2] == ord("v")]
        plain = (
            rows is not None
            and all((buffer[cells + 2 + i] == char).all() for i, char in enumerate(b' r="'))
            and len(begin) == len(end)
            and (buffer[begin - 1] == _GREATER).all()
            and (begin <= end).all()
        )
        if not plain or rows is None:
            return None
        column = _column_of(buffer, cells + 6)
        keep = self.watched[column]
        valued = np.searchsorted(cells, begin) - 1           # which cell each value belongs to
        formulas = self._tags(buffer, "f")
        results = self._results(buffer, cells, column, begin, end, valued, formulas)
        mine = keep[valued]
        begin, end, valued = begin[mine], end[mine], valued[mine]
        start = cells[valued]
        after = np.append(cells, len(text))[1:]              # where the next cell begins
        silent = self._without_value(buffer, cells, column, valued, formulas)
        if len(formulas):       # a formula has attributes of its own, t="shared" among them
            following = np.minimum(np.searchsorted(formulas, start), len(formulas) - 1)
            before = np.where(formulas[following] > start, np.minimum(formulas[following], begin), begin)
        else:
            before = begin
        closing = end_t[buffer[end_t + 2] == ord("t")]
        kind, kind2 = self._types(buffer, start, before)
        mine = self.wanted[column[valued]] | ((kind == ord("e")) & (kind2 == _QUOTE))
        begin, end, valued, start, kind, kind2 = (found[mine] for found in (begin, end, valued, start, kind, kind2))
        row = np.searchsorted(row_tags, start) - 1
        shared = (kind == ord("s")) & (kind2 == _QUOTE)
        number = (kind == 0) | ((kind == ord("n")) & (kind2 == _QUOTE))
        value, exact = _decimals(buffer, begin, end, number | shared)
        others = []
        for i in np.flatnonzero(~exact):
            cell = text[start[i]:after[valued[i]]]
            others.append((int(row[i]), int(column[valued[i]]), self._other(cell, chr(kind[i]) + chr(kind2[i]))))
        (holders, texts), silent = self._inline(text, buffer, cells, silent, closing)
        inline = (np.searchsorted(row_tags, cells[holders]) - 1, column[holders], texts)
        for i in silent:
            cell = text[cells[i]:after[i]]
            at = int(np.searchsorted(row_tags, cells[i]) - 1)
            others.append((at, int(column[i]), self._other(cell, "in" if b't="inlineStr"' in cell else "\0\0")))
        row, columns, value, shared = row[exact], column[valued][exact], value[exact], shared[exact]
        if results is not None:
            holders, codes = results
            row = np.concatenate((row, np.searchsorted(row_tags, cells[holders]) - 1))
            columns, value = np.concatenate((columns, column[holders])), np.concatenate((value, codes))
            shared = np.concatenate((shared, np.zeros(len(holders), dtype=bool)))
        return _Cells(rows, row, columns, value, shared, others, inline)

    def _results(
        self, buffer: NDArray[np.uint8], cells: NDArray[np.int64], column: NDArray[np.int64], begin: NDArray[np.int64],
        end: NDArray[np.int64], valued: NDArray[np.int64], formulas: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
        """Cells of the ``shown`` columns that have a formula, and what it shows."""
        holders = np.searchsorted(cells, formulas) - 1
        holders = holders[self.shown[column[holders]]]
        if not len(holders):
            return None
        at = np.searchsorted(valued, holders)
        has = at < len(valued)
        has[has] = valued[at[has]] == holders[has]
        codes = np.full(len(holders), EMPTY)
        first, last = begin[at[has]], end[at[has]]
        value = np.full(len(first), OTHER)
        value[first == last] = EMPTY
        value[_starts(buffer, first, b"#N/A<")] = NOT_AVAILABLE
        value[_starts(buffer, first, b"#DIV/0!<")] = DIVIDED_BY_ZERO
        # The first 16 characters of a long number are near enough; not of one that ends in an exponent.
        powers = np.zeros(len(first), dtype=bool)
        for k in range(2, 6):
            powers |= (buffer[last - k] | 32) == ord("e")
        figures, near = _decimals(buffer, first, np.where(powers, last, np.minimum(last, first + _MAX_DIGITS + 1)),
                                 np.ones(len(first), dtype=bool))
        value[near] = figures[near]
        for i in np.flatnonzero(~near & (value == OTHER) & (buffer[first] != ord("#"))).tolist():
            with contextlib.suppress(ValueError):
                figure = finite(buffer[first[i]:last[i]].tobytes().decode("ascii", "replace"))
                value[i] = figure if isinstance(figure, float) else OTHER
        codes[has] = value
        return holders, codes

    def _without_value(
        self, buffer: NDArray[np.uint8], cells: NDArray[np.int64], column: NDArray[np.int64], valued: NDArray[np.int64],
        formulas: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Cells that hold text inline, or a formula that was never calculated: no ``<v>``, yet not blank."""
        inline = self._tags(buffer, "i")
        inline = inline[buffer[inline + 2] == ord("s")]
        if not len(formulas) + len(inline):
            return formulas
        texts, results = np.searchsorted(cells, inline) - 1, np.searchsorted(cells, formulas) - 1
        holders = np.concatenate((texts[self.wanted[column[texts]]], results[self.watched[column[results]]]))
        return np.setdiff1d(np.unique(holders), valued, assume_unique=True)

    def _inline(
        self, text: bytes, buffer: NDArray[np.uint8], cells: NDArray[np.int64], silent: NDArray[np.int64],
        closing: NDArray[np.int64],
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.object_]], NDArray[np.int64]]:
        """Texts of cells that hold nothing but ``t="inlineStr"><is><t>text</t>``, and the cells that are left."""
        if not len(silent) or not len(closing):
            return (silent[:0], np.empty(0, dtype=object)), silent
        after = np.append(cells, len(text))[silent + 1]
        at = np.array([text.find(_INLINE, start, stop) for start, stop in
                       zip(cells[silent].tolist(), after.tolist(), strict=True)], dtype=np.int64)
        end = closing[np.minimum(np.searchsorted(closing, at), len(closing) - 1)]
        plain = (at >= 0) & (at < after) & (end > at) & (end < after)
        plain &= buffer[end + 4] == _LESS               # </t></is>: no second run
        begin = at[plain] + len(_INLINE)
        texts = np.empty(len(begin), dtype=object)
        texts[:] = [self._decoded(text[b:e]) for b, e in zip(begin.tolist(), end[plain].tolist(), strict=True)]
        return (silent[plain], texts), silent[~plain]

    def _decoded(self, raw: bytes) -> str | None:
        found = self._texts.get(raw)
        if found is None:
            if len(self._texts) > 20_000:
                self._texts.clear()
            found = self._texts[raw] = decode(raw)
        return found or None

    def _types(
        self, buffer: NDArray[np.uint8], start: NDArray[np.int64], before: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The first two characters of each cell's ``t`` attribute; 0 where there is none."""
        mark, letter = self._mark[: len(buffer) - 1], self._less[: len(buffer) - 1]   # the tags are found by now
        np.equal(buffer[1:], np.uint8(ord("=")), out=mark)
        np.equal(buffer[:-1], np.uint8(ord("t")), out=letter)
        np.logical_and(mark, letter, out=mark)
        quotes = np.flatnonzero(mark)
        quotes = quotes[buffer[quotes - 1] == _SPACE] + 3
        kind, kind2 = np.zeros(len(start), np.uint8), np.zeros(len(start), np.uint8)
        if len(quotes):
            at = quotes[np.minimum(np.searchsorted(quotes, start), len(quotes) - 1)]
            own = (at > start) & (at < before)
            kind[own], kind2[own] = buffer[at[own]], buffer[at[own] + 1]
        return kind, kind2

    def _other(self, cell: bytes, kind: str) -> object:
        """One cell that is neither a plain number nor a shared string: the same rules as ``cells``."""
        if kind == "in":
            return decode(rich_text(cell)) or None
        match = re.search(rb"<v\b[^>]*(?<!/)>([^<]+)</v>", cell)
        if not match:
            return UNCALCULATED if b"<f" in cell and kind != "st" else None
        value = match[1]
        try:
            if kind in ("\0\0", 'n"'):
                return finite(value.decode())
            if kind == 's"':
                return self.strings[int(value)] or None
        except (ValueError, IndexError):
            raise guard.damaged(self.name) from None
        if kind == 'b"':
            return value.strip() == b"1"
        return CellError(decode(value)) if kind == 'e"' else decode(value)


def _starts(buffer: NDArray[np.uint8], begin: NDArray[np.int64], text: bytes) -> NDArray[np.bool_]:
    """Where this text stands; a band ends with room for a short one."""
    found = np.ones(len(begin), dtype=bool)
    for i, char in enumerate(text):
        found &= buffer[begin + i] == char
    return found


def _row_numbers(buffer: NDArray[np.uint8], tags: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The numbers of rows that start ``<row r="12"``; None when one starts otherwise or they do not rise."""
    if not all((buffer[tags + i] == char).all() for i, char in enumerate(b'<row r="')):
        return None
    numbers = np.zeros(len(tags), np.int64)
    open_ = np.ones(len(tags), bool)
    for k in range(8, 16):
        digit = buffer[tags + k].astype(np.int64) - 48
        open_ &= (digit >= 0) & (digit <= 9)
        numbers = np.where(open_, numbers * 10 + digit, numbers)
    return numbers if (np.diff(numbers) > 0).all() and ((numbers > 0) & (numbers <= LAST_ROW)).all() else None


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
    pointed = np.zeros(len(begin), bool)
    open_ = np.flatnonzero(exact)                # cells whose k-th character is still to be read
    k = 0
    while len(open_):
        digit = buffer[position[open_] + k] - np.uint8(48)
        number = digit <= 9
        at = open_[number]
        whole[at] = whole[at] * 10 + digit[number]
        if not number.all():
            rest, digits = open_[~number], digit[~number]
            point = (digits == np.uint8(ord(".") + 256 - 48)) & ~pointed[rest]
            pointed[rest[point]] = True
            exact[rest[~point]] = False
        decimals[at] += pointed[at]
        k += 1
        open_ = open_[exact[open_] & (length[open_] > k)]
    exact &= (length - pointed <= _MAX_DIGITS) & (length > pointed)
    value = whole / _POWERS[np.minimum(decimals, _MAX_DIGITS + 1)]
    return np.where(negative, -value, value), exact
