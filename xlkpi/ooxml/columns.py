"""The large table as columns: NumPy finds the cells of a band of sheet XML and reads its numbers.

Speed is the reason (README, benchmarks): one Python step per cell costs more than the whole report may.
Every shortcut is checked on the band itself; a band of any other shape than the plain one that
spreadsheet programs write goes to ``cells.rows_of``, which is slower and knows all of SpreadsheetML.
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
from xlkpi.ooxml.cells import (
    LAST_COLUMN,
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
from xlkpi.ooxml.digits import MAX_DIGITS, Words, decimals, quoted, word, words_of
from xlkpi.ooxml.package import Package

_LESS, _GREATER, _QUOTE = b'<>"'
_ROW, _CELL, _INLINE = b'<row r="', b'<c r="', b"<is><t>"
_TYPE = re.compile(rb"""<c(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+t\s*=\s*["'](..)""", re.S)
_ROOM = 32  # bytes that a look ahead may go beyond a band
_MORE_DIGITS = np.array(
    [0, *(10**n for n in range(1, 7))]
)  # from each of these on, a row's number has one digit more
#: What a cell with a formula shows, where that is no number: stands among the numbers of a ``shown`` column.
NOT_AVAILABLE, DIVIDED_BY_ZERO, EMPTY, OTHER = np.inf, -np.inf, 1e308, -1e308
#: First characters of the tags of a plain band, and what stands after the last one; no comments, no extensions.
_PLAIN = np.isin(np.arange(256), list(b"cvfrit/\0"))
_ERRORS = {b"#N/A</v>": NOT_AVAILABLE, b"#DIV/0!<": DIVIDED_BY_ZERO}


@dataclass(slots=True)
class Column:
    """One column of a band: its numbers (NaN elsewhere) and its other values (None elsewhere)."""

    numbers: NDArray[np.float64]
    others: NDArray[np.object_] | None = (
        None  # str, bool, CellError; made when the first one turns up
    )

    def put(self, rows: int | NDArray[np.int64], values: object) -> None:
        if self.others is None:
            self.others = np.full(len(self.numbers), None, dtype=object)
        self.others[rows] = values


@dataclass(slots=True)
class ColumnBand:
    rows: NDArray[np.int64]  # sheet row numbers
    columns: dict[int, Column]  # by column index, the wanted ones


#: Bands are put together up to about so many rows before they are dealt out to columns.
_GATHERED_ROWS = 4_000
_BANDS_AHEAD = 4  # inflated while an earlier one is scanned


@dataclass(slots=True)
class _Cells:
    """The wanted cells of one band, flat: where each stands and what it holds."""

    rows: NDArray[np.int64]  # sheet row numbers of the band
    row: NDArray[np.int64]  # of each cell: position in ``rows``
    column: NDArray[np.int64]
    value: NDArray[np.float64]  # a number, or the index of a shared string
    shared: NDArray[np.bool_]
    others: list[tuple[int, int, object]]  # position in ``rows``, column, value: the rare kinds
    inline: tuple[
        NDArray[np.int64], NDArray[np.int64], NDArray[np.object_]
    ]  # the same three for inline texts


@dataclass(frozen=True, slots=True)
class _Asked:
    """Columns by what is wanted of them, see ``read_columns``."""

    wanted: Sequence[int]
    watched: Sequence[int]
    shown: Sequence[int]


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
            or one of the codes above; NaN for cells without a formula.
    """
    count = 0
    name = package.path.name
    gathered: list[_Cells] = []
    for found in _scanned(package, part, _Asked(wanted, watched, shown), strings):
        gathered.append(found)
        count += len(found.rows)
        if count >= _GATHERED_ROWS:
            yield from _deal(gathered, strings, [*wanted, *watched, *shown], first, last, name)
            gathered, count = [], 0
        if found.rows[-1] > last:
            break
    if gathered:
        yield from _deal(gathered, strings, [*wanted, *watched, *shown], first, last, name)


def _scanned(
    package: Package, part: str, asked: _Asked, strings: SharedStrings
) -> Iterator[_Cells]:
    """What each band of rows holds."""
    name, previous = package.path.name, 0
    scanner = _Scanner(asked, strings, name)
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
    gathered: list[_Cells],
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
    found = {}
    for index in wanted:
        target = found[index] = Column(np.full(len(rows), np.nan))
        start, stop = np.searchsorted(column, (index, index + 1))
        at, figures, texts = row[start:stop], value[start:stop], shared[start:stop]
        if texts.any():
            try:
                target.put(at[texts], strings.take(_whole(figures[texts])))
            except IndexError:
                raise refusals.damaged(name) from None
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
            index: Column(c.numbers[start:stop], None if c.others is None else c.others[start:stop])
            for index, c in band.columns.items()
        },
    )


def _slow(band: Band, strings: SharedStrings, asked: _Asked, previous: int, name: str) -> _Cells:
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
    return _Cells(
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


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags of a band.  Row, cell, value and formula tags are given as numbers of tags, ``at`` says where each stands."""

    text: bytes
    buffer: NDArray[np.uint8]
    words: Words
    at: NDArray[np.int64]  # of all tags, and of one more at the end
    rows: NDArray[np.int64]  # sheet row numbers
    cell: NDArray[np.int64]
    row: NDArray[np.int64]  # of each cell: position in ``rows``
    column: NDArray[np.int64]  # of each cell
    owner: NDArray[np.int64]  # of each tag: the number of the cell it belongs to
    value: NDArray[np.int64]
    formula: NDArray[np.int64]
    inline: NDArray[np.int64]

    def cell_text(self, number: int) -> bytes:
        """A cell, and what stands up to the next one."""
        end = self.at[self.cell[number + 1]] if number + 1 < len(self.cell) else len(self.text)
        return self.text[self.at[self.cell[number]] : end]


class _Scanner:
    """Finds cells by NumPy: where the tags of a band stand and what they are called says nearly all of it."""

    def __init__(self, asked: _Asked, strings: SharedStrings, name: str) -> None:
        self.wanted, self.shown = np.zeros((2, LAST_COLUMN), dtype=bool)
        self.wanted[list(asked.wanted)] = True
        self.watched = self.wanted.copy()  # these too, for what is wrong in them
        self.watched[list(asked.watched)] = True
        self.shown[list(asked.shown)] = True
        self.strings, self.name = strings, name
        self._less = np.empty(
            0, dtype=bool
        )  # reused: a fresh array costs ten times the comparison itself
        self._texts: dict[bytes, str] = {}

    def scan(self, band: Band) -> _Cells | None:
        """The wanted cells of a band, or None when its shape is not the plain one."""
        tags = None if band.prefix else self._tags(band.text)
        if tags is None:
            return None
        at, words = tags.at, tags.words
        valued = tags.owner[tags.value]  # which cell each value belongs to
        begin, end = at[tags.value] + 3, at[tags.value + 1]
        results = self._results(tags, valued, begin, end)
        silent = self._without_value(tags, valued[begin < end])
        mine = self.watched[tags.column[valued]]
        begin, end, valued = begin[mine], end[mine], valued[mine]
        kind, kind2 = _types(tags, valued)
        mine = self.wanted[tags.column[valued]] | ((kind == ord("e")) & (kind2 == _QUOTE))
        begin, end, valued, kind, kind2 = (
            found[mine] for found in (begin, end, valued, kind, kind2)
        )
        shared = (kind == ord("s")) & (kind2 == _QUOTE)
        number = (kind == 0) | ((kind == ord("n")) & (kind2 == _QUOTE))
        value, exact = decimals(words, begin, end, number | shared)
        others = [
            (int(tags.row[i]), int(tags.column[i]), self._other(tags.cell_text(i), said))
            for i, said in zip(
                valued[~exact].tolist(), _said(kind[~exact], kind2[~exact]), strict=True
            )
        ]
        (holders, texts), silent = self._inline(tags, silent)
        inline = tags.row[holders], tags.column[holders], texts
        for i in silent.tolist():
            cell = tags.cell_text(i)
            said = _type_of(cell, 0, cell.index(b"<", 1)).decode("latin-1")
            others.append((int(tags.row[i]), int(tags.column[i]), self._other(cell, said)))
        valued, value, shared = valued[exact], value[exact], shared[exact]
        if results is not None:
            holders, codes = results
            valued, value = np.concatenate((valued, holders)), np.concatenate((value, codes))
            shared = np.concatenate((shared, np.zeros(len(holders), dtype=bool)))
        return _Cells(
            tags.rows, tags.row[valued], tags.column[valued], value, shared, others, inline
        )

    def _tags(self, text: bytes) -> _Tags | None:
        """The tags of a band; None when it is not the plain shape that spreadsheet programs write."""
        data = text + b"<" + bytes(_ROOM)  # one tag more: every tag has a next one
        buffer, words = np.frombuffer(data, dtype=np.uint8), words_of(data)
        if len(self._less) < len(buffer):
            self._less = np.empty(len(buffer), dtype=bool)
        at = np.flatnonzero(np.equal(buffer, np.uint8(_LESS), out=self._less[: len(buffer)]))
        name = buffer[at + 1]
        if not _PLAIN[name].all():
            return None
        of_cell = name == ord("c")
        cell, value, formula, row, inline = (
            np.flatnonzero(of_cell),
            *(np.flatnonzero(name == ord(c)) for c in "vfri"),
        )
        inline = inline[buffer[at[inline] + 2] == ord("s")]
        row = row[buffer[at[row] + 2] == ord("o")]
        rows, numbered = quoted(words, at[row] + len(_ROW))
        opening = words[at[cell]]
        column = _columns_of(opening, at[cell], buffer)
        plain = (
            (words[at[row]] == word(_ROW)).all()
            and numbered.all()
            and _rise(rows)
            and (opening & 0xFFFF_FFFF_FFFF == word(_CELL)).all()
            and (column >= 0).all()
            and (buffer[at[value] + 2] == _GREATER).all()
            and (words[at[value + 1]] == word(b"</v></c>")).all()
            and _in_order(row, cell)
            and all(_in_order(cell, inner) for inner in (value, formula, inline))
        )
        if not plain:
            return None
        of_row = np.repeat(
            np.arange(len(row)), np.diff(np.searchsorted(cell, row), append=len(cell))
        )
        if (
            np.diff(of_row * LAST_COLUMN + column) <= 0
        ).any():  # of a cell that stands there twice the last one counts
            return None
        owner = np.cumsum(of_cell) - 1
        return _Tags(
            text, buffer, words, at, rows, cell, of_row, column, owner, value, formula, inline
        )

    def _results(
        self,
        tags: _Tags,
        valued: NDArray[np.int64],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
        """Cells of the ``shown`` columns that have a formula, and what it shows."""
        holders = tags.owner[tags.formula]
        holders = holders[self.shown[tags.column[holders]]]
        if not len(holders):
            return None
        which = np.full(len(tags.cell), -1)
        which[valued] = np.arange(len(valued))
        at = which[holders]
        has = at >= 0
        codes = np.full(len(holders), EMPTY)
        first, last = begin[at[has]], end[at[has]]
        # Sixteen characters after the sign are near enough of a long number; not of one that ends in an exponent.
        powers = np.zeros(len(first), dtype=bool)
        for k in range(2, 6):
            powers |= (tags.buffer[last - k] | 32) == ord("e")
        kind, kind2 = _types(tags, holders[has])
        number = (kind == 0) | ((kind == ord("n")) & (kind2 == _QUOTE))
        longest = first + MAX_DIGITS + 1 + (tags.buffer[first] == ord("-"))
        value, near = decimals(
            tags.words, first, np.where(powers, last, np.minimum(last, longest)), number
        )
        text = ~number & (first < last)
        value[text], near[text] = OTHER, True
        opening = tags.words[first]
        for said, code in _ERRORS.items():
            value[text & (kind == ord("e")) & (opening == word(said))] = code
        for i in np.flatnonzero(~near).tolist():
            value[i] = _shown(tags.text[first[i] : last[i]])
        codes[has] = value
        return holders, codes

    def _without_value(self, tags: _Tags, valued: NDArray[np.int64]) -> NDArray[np.int64]:
        """Cells that hold text inline, or a formula that was never calculated: no ``<v>``, yet not blank."""
        silent = np.zeros(len(tags.cell), dtype=bool)
        texts, results = tags.owner[tags.inline], tags.owner[tags.formula]
        silent[texts[self.wanted[tags.column[texts]]]] = True
        silent[results[self.watched[tags.column[results]]]] = True
        silent[valued] = False
        return np.flatnonzero(silent)

    def _inline(
        self, tags: _Tags, silent: NDArray[np.int64]
    ) -> tuple[tuple[NDArray[np.int64], NDArray[np.object_]], NDArray[np.int64]]:
        """Texts of cells that hold nothing but ``t="inlineStr"><is><t>text</t></is>``, and the cells that are left."""
        at, words = tags.at, tags.words
        first = (
            tags.cell[silent] + 1
        )  # the tag that should be <is>, with <t>, </t>, </is> to follow
        third = np.minimum(first + 2, len(at) - 1)
        plain = (words[at[first] - 15] == word(b' t="inli')) & (
            words[at[first] - 8] == word(b'ineStr">')
        )
        plain &= words[at[first]] & 0xFF_FFFF_FFFF_FFFF == word(_INLINE)
        plain &= words[at[third]] == word(b"</t></is")
        begin, end = at[first[plain]] + len(_INLINE), at[third[plain]]
        texts = np.empty(len(begin), dtype=object)
        texts[:] = [
            self._decoded(tags.text[b:e]) for b, e in zip(begin.tolist(), end.tolist(), strict=True)
        ]
        return (silent[plain], texts), silent[~plain]

    def _decoded(self, raw: bytes) -> str | None:
        found = self._texts.get(raw)
        if found is None:
            if len(self._texts) > 20_000:
                self._texts.clear()
            found = self._texts[raw] = decode(raw)
        return found or None

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
            raise refusals.damaged(self.name) from None
        if kind == 'b"':
            return value.strip() == b"1"
        return CellError(decode(value)) if kind == 'e"' else decode(value)


def _types(tags: _Tags, cells: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The first two characters of each cell's ``t`` attribute; 0 where there is none."""
    kind, kind2 = np.zeros((2, len(cells)), dtype=np.uint8)
    start, close = tags.at[tags.cell[cells]], tags.at[tags.cell[cells] + 1] - 1
    ending = tags.words[close - 7]  # what the opening tag ends with
    short = ending >> 8 & 0xFF_FF00_FFFF_FFFF == word(b' t="\0">')
    kind[short], kind2[short] = (ending[short] >> 40 & 0xFF).astype(np.uint8), _QUOTE
    text = (ending == word(b't="str">')) & (tags.buffer[close - 8] == ord(" "))
    kind[text], kind2[text] = b"st"
    # Most of the others have a style and nothing else: no type has room between the address and the end.
    column, digits = tags.column[cells], np.searchsorted(_MORE_DIGITS, tags.rows, "right")
    quote = start + len(_CELL) + 1 + (column >= 26) + (column >= 702) + digits[tags.row[cells]]
    room, ending = (
        close - quote,
        tags.words[quote - 1],
    )  # from the last digit, if the address is as long as it should be
    none = (ending - ord("0") & 0xFF) < 10
    none &= (room == 1) & (ending >> 8 & 0xFF == _QUOTE) | (room < 12) & (
        ending >> 8 & 0xFF_FFFF_FFFF == word(b'" s="')
    )
    for i in np.flatnonzero(~(short | text | none)).tolist():
        kind[i], kind2[i] = _type_of(tags.text, int(start[i]), int(close[i]) + 1)
    return kind, kind2


def _type_of(text: bytes, start: int, end: int) -> bytes:
    """The first two characters of a ``t`` attribute, the end of a short one told by ``"``; two zeros without any."""
    found = _TYPE.match(text, start, end)
    return found[1].replace(b"'", b'"') if found else bytes(2)


def _said(kind: NDArray[np.uint8], kind2: NDArray[np.uint8]) -> list[str]:
    return [chr(a) + chr(b) for a, b in zip(kind.tolist(), kind2.tolist(), strict=True)]


def _shown(text: bytes) -> float:
    """What a formula shows, as ``read_columns`` gives it, where that is not a plain number."""
    if not text:
        return EMPTY
    with contextlib.suppress(ValueError):
        figure = finite(text.decode("ascii", "replace"))
        return figure if isinstance(figure, float) else OTHER
    return OTHER


def _columns_of(
    opening: Words, tags: NDArray[np.int64], buffer: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """Column index of each cell from the letters of its address; -1 for what is no address."""
    column = _TWO_LETTERS[(opening >> 48).astype(np.int64)]
    two = np.flatnonzero(column >= 26)
    next = tags[two] + len(_CELL) + 2
    third = buffer[next].astype(np.int64) - ord("A")
    three = (third >= 0) & (third < 26)
    column[two[three]] = (column[two[three]] + 1) * 26 + third[three]
    digit = buffer[next + three]
    column[two[(digit < ord("0")) | (digit > ord("9"))]] = -1
    column[column >= LAST_COLUMN] = -1
    return column


def _two_letters() -> NDArray[np.int64]:
    """The first two characters of an address, as a number of 16 bits → the column that they name, or -1."""
    found = np.full(1 << 16, -1)
    letters = np.arange(26)
    for digit in b"0123456789":
        found[digit << 8 | letters + ord("A")] = letters
    for second in range(26):
        found[second + ord("A") << 8 | letters + ord("A")] = (letters + 1) * 26 + second
    return found


_TWO_LETTERS = _two_letters()


def _rise(rows: NDArray[np.int64]) -> bool:
    return not len(rows) or bool(rows[0] > 0 and rows[-1] <= LAST_ROW and (np.diff(rows) > 0).all())


def _in_order(outer: NDArray[np.int64], inner: NDArray[np.int64]) -> bool:
    """Whether no tag of the inner kind stands before the first of the outer kind."""
    return not len(inner) or bool(len(outer) and outer[0] < inner[0])
