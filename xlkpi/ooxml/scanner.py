"""Finds the cells of a band of sheet XML by NumPy: where its tags stand and what they are called says nearly all of it.

Every shortcut is checked on the band itself; a band of any other shape than the plain one that spreadsheet programs
write is left to ``cells.rows_of``.  The docstring of ``columns`` follows one band through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    decode,
    finite,
    rich_text,
    string_index,
    unescape,
)
from xlkpi.ooxml.digits import MAX_DIGITS, Words, decimals, quoted, word, words_of

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
class FoundCells:
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
class Asked:
    """Columns by what is wanted of them, see ``read_columns``."""

    wanted: Sequence[int]
    watched: Sequence[int]
    shown: Sequence[int]


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


class Scanner:
    """Finds cells by NumPy: where the tags of a band stand and what they are called says nearly all of it."""

    def __init__(self, asked: Asked, strings: SharedStrings, name: str) -> None:
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

    def scan(self, band: Band) -> FoundCells | None:
        """The wanted cells of a band, or None when its shape is not the plain one."""
        tags = None if band.prefix else self._tags(band.text)
        if tags is None:
            return None
        valued = tags.owner[tags.value]  # which cell each value belongs to
        begin, end = tags.at[tags.value] + 3, tags.at[tags.value + 1]
        results = self._results(tags, valued, begin, end)
        silent = self._without_value(tags, valued[begin < end])
        (valued, value, shared), others = self._values(tags, valued, begin, end)
        (holders, texts), silent = self._inline(tags, silent)
        inline = tags.row[holders], tags.column[holders], texts
        for i in silent.tolist():
            cell = tags.cell_text(i)
            said = _type_of(cell, 0, cell.index(b"<", 1)).decode("latin-1")
            others.append((int(tags.row[i]), int(tags.column[i]), self._other(cell, said)))
        if results is not None:
            holders, codes = results
            valued, value = np.concatenate((valued, holders)), np.concatenate((value, codes))
            shared = np.concatenate((shared, np.zeros(len(holders), dtype=bool)))
        return FoundCells(
            tags.rows, tags.row[valued], tags.column[valued], value, shared, others, inline
        )

    def _values(
        self,
        tags: _Tags,
        valued: NDArray[np.int64],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> tuple[
        tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]],
        list[tuple[int, int, object]],
    ]:
        """Cells with a ``<v>``: those that hold a number or name a shared string, and the few others one by one."""
        mine = self.watched[tags.column[valued]]
        begin, end, valued = begin[mine], end[mine], valued[mine]
        kind, kind2 = _types(tags, valued)
        mine = self.wanted[tags.column[valued]] | ((kind == ord("e")) & (kind2 == _QUOTE))
        begin, end, valued, kind, kind2 = (
            found[mine] for found in (begin, end, valued, kind, kind2)
        )
        shared = (kind == ord("s")) & (kind2 == _QUOTE)
        value, exact = decimals(tags.words, begin, end, _are_numbers(kind, kind2) | shared)
        others = [
            (int(tags.row[i]), int(tags.column[i]), self._other(tags.cell_text(i), said))
            for i, said in zip(
                valued[~exact].tolist(), _said(kind[~exact], kind2[~exact]), strict=True
            )
        ]
        return (valued[exact], value[exact], shared[exact]), others

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
        cell, value, formula, row, inline = (np.flatnonzero(name == ord(c)) for c in "cvfri")
        inline = inline[buffer[at[inline] + 2] == ord("s")]
        row = row[buffer[at[row] + 2] == ord("o")]
        numbers, numbered = quoted(words, at[row] + len(_ROW))
        column = _columns_of(words[at[cell]], at[cell], buffer)
        ordered = _in_order(row, cell) and all(_in_order(cell, t) for t in (value, formula, inline))
        if not (ordered and numbered.all() and _rise(numbers)):
            return None
        place = np.repeat(
            np.arange(len(row)), np.diff(np.searchsorted(cell, row), append=len(cell))
        )
        owner = np.cumsum(name == ord("c")) - 1
        tags = _Tags(
            text, buffer, words, at, numbers, cell, place, column, owner, value, formula, inline
        )
        return tags if _are_plain(tags, row) else None

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
        codes[has] = _shown_by(tags, holders[has], begin[at[has]], end[at[has]])
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
        value = unescape(match[1].decode("utf-8", "replace"))
        try:
            if kind in ("\0\0", 'n"'):
                return finite(value)
            if kind == 's"':
                return self.strings[string_index(value)] or None
        except (ValueError, IndexError):
            raise refusals.damaged(self.name) from None
        if kind == 'b"':
            return value.strip() == "1"
        return CellError(decode(match[1])) if kind == 'e"' else decode(match[1])


def _are_plain(tags: _Tags, row: NDArray[np.int64]) -> bool:
    """Whether rows, cells and values are written as spreadsheet programs write them, each cell once; ``row``: the row tags."""
    at, words, opening = tags.at, tags.words, tags.words[tags.at[tags.cell]]
    return bool(
        (words[at[row]] == word(_ROW)).all()
        and (opening & 0xFFFF_FFFF_FFFF == word(_CELL)).all()
        and (tags.column >= 0).all()
        and (tags.buffer[at[tags.value] + 2] == _GREATER).all()
        and (words[at[tags.value + 1]] == word(b"</v></c>")).all()
        # of a cell that stands there twice the last one counts
        and (np.diff(tags.row * LAST_COLUMN + tags.column) > 0).all()
    )


def _are_numbers(kind: NDArray[np.uint8], kind2: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which cells say that they hold a number, or say nothing, which is the same."""
    numbers: NDArray[np.bool_] = (kind == 0) | ((kind == ord("n")) & (kind2 == _QUOTE))
    return numbers


def _shown_by(
    tags: _Tags, cells: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What the formulas of these cells show, which stands from ``first`` to ``last``."""
    # Sixteen characters after the sign are near enough of a long number; not of one that ends in an exponent.
    powers = np.zeros(len(first), dtype=bool)
    for k in range(2, 6):
        powers |= (tags.buffer[last - k] | 32) == ord("e")
    kind, kind2 = _types(tags, cells)
    number = _are_numbers(kind, kind2)
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
    return value


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
    try:
        figure = finite(text.decode("ascii", "replace"))
    except ValueError:
        return OTHER
    return figure if isinstance(figure, float) else OTHER


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
