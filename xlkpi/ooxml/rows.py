"""Rows of a sheet part, rewritten while the part streams by: what is not touched keeps its bytes.

With ``package``, ``columns`` and ``digits`` it is level with readers written in Rust at a third of their memory.  That is
why rows are cut and joined as text; nothing else breaks where a sheet is changed as a tree instead, as ``sheet`` does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from xlkpi.files import refusals
from xlkpi.ooxml.cells import (
    LAST_ROW,
    Band,
    column_index,
    column_letters,
    cut,
    escape_x,
    place_of_cell,
    place_of_row,
)
from xlkpi.ooxml.package import parse

#: Excel takes so many UTF-16 units in a cell.
LONGEST_TEXT = 32_767
_ODD = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBERED = re.compile(r'(?s) (?:spans|r)="[^"]*"')
_HIDDEN = re.compile(r""" (?:hidden|collapsed)=(?:"[^"]*"|'[^']*')""")
_TYPE = re.compile(r"""\st=(?:"[^"]*"|'[^']*')""")
_STYLE = re.compile(r"""\ss=["'](\d+)["']""")
_WRITTEN_AT_ONCE = 500


# -- what goes into a cell ---------------------------------------------------------------------------

#: Everything of a cell after its address and style: ``><v>12</v></c>``, or ``/>`` for a blank one.
Tail = str


class Whole(NamedTuple):
    """Everything of a cell after its address, its style included."""

    text: str


class Result(NamedTuple):
    """A formula's new cached value, as ``computed_values`` gives it; the formula and the look stay.

    ``value`` None leaves the cell as it is; ``otherwise`` goes into a cell that is blank or missing.
    """

    value: float | str | None
    otherwise: Tail | None = None


Content = Tail | Whole | Result
BLANK: Tail = "/>"


class Writer:
    """Values as the XML of cells, in the prefix that the part writes before its element names (mostly none)."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        p = prefix
        self.close = f"</{p}c>"
        self._open, self._shut = f"><{p}v>", f"</{p}v></{p}c>"
        self._text = f' t="inlineStr"><{p}is><{p}t>{{}}</{p}t></{p}is></{p}c>'
        self._spaced = (
            f' t="inlineStr"><{p}is><{p}t xml:space="preserve">{{}}</{p}t></{p}is></{p}c>'
        )

    def number(self, value: float) -> Tail:
        return f"{self._open}{shown(value)}{self._shut}"

    def numbers(self, values: Sequence[float | None]) -> list[Tail]:
        """Many at once; blank for None."""
        open, shut = self._open, self._shut
        return [
            BLANK
            if v is None or v - v != 0
            else f"{open}{v:.0f}{shut}"
            if type(v) is float and v.is_integer() and -1e15 < v < 1e15
            else f"{open}{shown(v)}{shut}"
            for v in values
        ]

    def text(self, value: str) -> Tail:
        """Text, whatever it begins with; never a formula."""
        if not value:
            return BLANK
        plain = value[0] > " " and value[-1] > " " and "\n" not in value
        return (self._text if plain else self._spaced).format(
            value if not _ODD.search(value) else escaped(value)
        )

    def formula(self, element: str, value: float | str | None) -> Tail:
        """A formula element with its value; None for one that only a spreadsheet program can compute."""
        if value is None:
            return f">{element}{self.close}"
        kind, said = cached(value)
        return f"{kind}>{element}<{self.prefix}v>{said}{self._shut}"

    def same_formula(self, element: str, values: Sequence[float | str | None]) -> list[Tail]:
        """The same element in many rows, each with its value."""
        begin, shut = f">{element}<{self.prefix}v>", self._shut
        return [
            f"{begin}{v!r}{shut}" if type(v) is float else self.formula(element, v) for v in values
        ]


def shown(value: float) -> str:
    """A number as SpreadsheetML writes it, exact to the last bit."""
    return repr(float(value)).removesuffix(".0") if type(value) is not int else str(value)


def escaped(text: str) -> str:
    """Text for an element: markup escaped, and what XML cannot hold as ``_x0007_``, as Excel writes it."""
    text = escape_x(_SURROGATE.sub("\ufffd", text))
    return escape(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


@lru_cache(maxsize=256)
def _cached_text(value: str) -> tuple[str, str]:
    return (' t="e"' if value.startswith("#") else ' t="str"'), escaped(value)


def cached(value: float | str) -> tuple[str, str]:
    """A formula's value as its type attribute and its text."""
    return _cached_text(value) if isinstance(value, str) else ("", shown(value))


# -- bands of plain shape ------------------------------------------------------------------------------


def plain(band: Band, previous: int, name: str) -> Band:
    """The band with a number on every row and an address, first of all attributes, on every cell.

    Spreadsheet programs write it so; a band of another shape goes through the XML parser.
    """
    if _is_plain(band):
        return band
    root_name = re.match(rb"<([\w:]+)", band.root_tag)[1]  # type: ignore[index]
    root = parse(band.root_tag + band.text + b"</" + root_name + b">", name)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    declared = [
        f' xmlns{f":{prefix}" if prefix else ""}="{uri}"'.encode()
        for prefix, uri in root.nsmap.items()
    ]
    rows = []
    for row in root.iterfind("{*}row"):
        previous = place_of_row(row.get("r"), previous, name)
        _number(row, previous, name)
        xml = etree.tostring(row, encoding="UTF-8", with_tail=False)
        xml = xml[xml.index(b"?>\n") + 3 :] if xml.startswith(b"<?xml") else xml
        for said in declared:
            xml = xml.replace(said, b"", 1)
        rows.append(xml)
    return Band(b"".join(rows), band.prefix, band.root_tag)


def _is_plain(band: Band) -> bool:
    p, text = band.prefix, band.text
    return (
        b"<!" not in text
        and b"<?" not in text
        and text.count(b"<" + p + b"row") == text.count(b"<" + p + b'row r="')
        and text.count(b"<" + p + b"c") == text.count(b"<" + p + b'c r="')
    )


def _number(row: etree._Element, number: int, name: str) -> None:
    """Write a row's number and its cells' addresses where they belong."""
    _first(row, "r", str(number))
    column = -1
    for cell in row.iterfind("{*}c"):
        column = place_of_cell(cell.get("r"), name) if cell.get("r") else column + 1
        _first(cell, "r", f"{column_letters(column)}{number}")


def _first(element: etree._Element, name: str, value: str) -> None:
    rest = [(k, v) for k, v in element.attrib.items() if k != name]
    element.attrib.clear()
    element.set(name, value)
    for key, other in rest:
        element.set(key, other)


def positions(text: str, prefix: str, previous: int, name: str) -> list[tuple[int, int, int]]:
    """Row number, start and end of every row of a plain band; ``previous`` is the row before it."""
    found = list(re.finditer(rf'<{prefix}row r="(\d{{1,7}})"', text))
    numbers, starts = [int(match[1]) for match in found], [match.start() for match in found]
    if any(a >= b for a, b in pairwise((previous, *numbers, LAST_ROW + 1))):
        raise refusals.damaged(name)
    return list(zip(numbers, starts, [*starts[1:], len(text)], strict=True))


def cell_pattern(prefix: str) -> re.Pattern[str]:
    """Cells of a plain row: letters of the address, attributes, inside (None for an empty element)."""
    return re.compile(
        rf'<{prefix}c r="([A-Z]{{1,3}})\d+"([^<>]*?)(?:/>|>((?:[^<]++|<(?!/?{prefix}c\b))*+)</{prefix}c>)'
    )


def style_of(attributes: str) -> str:
    """The ``s`` attribute among a cell's attributes, written out; nothing for the default style."""
    found = _STYLE.search(attributes)
    return f' s="{found[1]}"' if found else ""


# -- editing -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Target:
    """A column to write into, the look of a cell that is new, and what becomes of the look of one that stands there."""

    column: int
    letters: str
    style: str = ""
    dress: Callable[[str], str] | None = None


class Editor:
    """Writes cells into rows of plain shape."""

    def __init__(self, prefix: str) -> None:
        self.prefix = p = prefix
        self._cells = cell_pattern(p)
        self._formula = re.compile(rf"<{p}f\b[^>]*?(?:/>|>[^<]*</{p}f>)", re.S)
        self._value = re.compile(rf"<{p}v>([^<]+)</")
        self._begin, self._close, self._row_close = f'<{p}c r="', f"</{p}c>", f"</{p}row>"
        self._has_formula = f"<{p}f"
        self._places: dict[int, int] = {}  # column → which cell of its row it was in the last one
        self._styles: dict[str, str] = {}

    def row(
        self,
        text: str,
        number: int,
        targets: Sequence[Target],
        contents: Sequence[Content],
        show: bool = False,
    ) -> str:
        """A row with cells put in, in the order of their columns; ``show`` unhides it."""
        if show:
            opening, rest = text[: text.index(">")], text[text.index(">") :]
            text = _HIDDEN.sub("", opening) + rest
        cells = text.split(self._begin)  # the row's opening, then each cell from its address on
        places, count, close = self._places, len(cells), self._close
        for target, content in zip(targets, contents, strict=True):
            address = f'{target.letters}{number}"'
            place = places.get(target.column, 0)
            if place >= count or not cells[place].startswith(address):
                place = self._find(cells, address, target.column)
                if place < 0:
                    return self._merged(text, number, targets, contents)
            cell = cells[place]
            after = len(address)
            opened = cell.index(">", after)
            if cell[opened - 1] == "/":
                attributes, inside, end = cell[after : opened - 1], "", opened + 1
            else:
                end = cell.index(close, opened)
                attributes, inside, end = (
                    cell[after:opened],
                    cell[opened + 1 : end],
                    end + len(close),
                )
            cells[place] = (
                f"{address}{self._replaced(target, content, attributes, inside)}{cell[end:]}"
            )
        return self._begin.join(cells)

    def _find(self, cells: list[str], address: str, column: int) -> int:
        """Which of the cells is this one; -1 when the row lacks it.  Rows of a table mostly have the same cells."""
        found = next((i for i, cell in enumerate(cells) if cell.startswith(address)), -1)
        self._places[column] = max(found, 0)
        return found

    def _style(self, attributes: str) -> str:
        found = self._styles.get(attributes)
        if found is None:
            found = self._styles[attributes] = style_of(attributes)
        return found

    def _replaced(self, target: Target, content: Content, attributes: str, inside: str) -> str:
        """What follows the address of a cell that stands there.  A formula is never written over by a value."""
        has_formula = self._has_formula in inside
        if type(content) is str:
            if has_formula:
                return f"{attributes}>{inside}{self._close}"
            style = self._style(attributes)
            return (target.dress(style) if target.dress and content != BLANK else style) + content
        if isinstance(content, Whole):
            return content.text
        assert isinstance(content, Result)
        if not inside and content.otherwise is not None:
            return self._style(attributes) + content.otherwise
        if not has_formula or content.value is None or self._holds(inside, content.value):
            return f"{attributes}>{inside}{self._close}" if inside else f"{attributes}/>"
        formula = self._formula.search(inside)
        kind, value = cached(content.value)
        p = self.prefix
        kept = _TYPE.sub("", attributes) if " t=" in attributes else attributes
        return f"{kept}{kind}>{formula[0] if formula else ''}<{p}v>{value}</{p}v>{self._close}"

    def _holds(self, inside: str, value: float | str) -> bool:
        """Whether a formula's figure is right as it stands, to all digits that its writer gave."""
        found = self._value.search(inside) if type(value) is float else None
        try:
            return found is not None and math.isclose(float(found[1]), value, rel_tol=1e-14)  # type: ignore[arg-type]
        except ValueError:
            return False

    def _merged(
        self, text: str, number: int, targets: Sequence[Target], contents: Sequence[Content]
    ) -> str:
        """The same for a row that lacks some of the cells."""
        opened = text.index(">")
        opening = text[:opened].removesuffix("/")
        opening = re.sub(r' spans="[^"]*"', "", opening, count=1)  # only a hint, and stale now
        cells: dict[int, str] = {}
        last = opened + 1
        for match in self._cells.finditer(text, opened + 1):
            cells[column_index(match[1])], last = match[0], match.end()
        for target, content in zip(targets, contents, strict=True):
            key = f'<{self.prefix}c r="{target.letters}{number}"'
            there = self._cells.match(cells[target.column]) if target.column in cells else None
            if there is not None:
                cells[target.column] = key + self._replaced(
                    target, content, there[2], there[3] or ""
                )
            elif isinstance(content, Whole):
                cells[target.column] = key + content.text
            else:
                tail = content.otherwise if isinstance(content, Result) else content
                if tail is not None:
                    cells[target.column] = f"{key}{target.style}{tail}"
        after = text[last:] if self._row_close in text else self._row_close + text[last:]
        return f"{opening}>{''.join(cells[i] for i in sorted(cells))}{after}"

    def new(
        self, number: int, attributes: str, targets: Sequence[Target], contents: Sequence[Content]
    ) -> str:
        """A row that was not there."""
        return self._merged(
            f'<{self.prefix}row r="{number}"{attributes}/>', number, targets, contents
        )


def look_of_row(text: str) -> str:
    """The attributes of a row that another one may take over: its height, not its number, span or hiding."""
    opening = text[text.index("row") + 3 : text.index(">")].removesuffix("/")
    return _HIDDEN.sub("", _NUMBERED.sub("", opening)).rstrip()


class RowMould:
    """Rows that all have the same look: only their number and the contents of their cells differ."""

    def __init__(self, prefix: str, attributes: str, columns: Sequence[tuple[str, str]]) -> None:
        """``columns``: letters and style of each cell, in order."""
        cells = "".join(f'<{prefix}c r="{letters}\0"{style}%s' for letters, style in columns)
        opening = f'<{prefix}row r="\0"{attributes}>'.replace("%", "%%")
        self._text = f"{opening}{cells}</{prefix}row>"

    def __call__(self, number: int, tails: tuple[Tail, ...]) -> str:
        return self._text.replace("\0", str(number)) % tails


#: Row number and text (None where there is no such row) → its new text.
RowEdit = Callable[[int, str | None], str]


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to become of a sheet part.

    ``wanted``: the rows to touch, rising.  ``edit`` gets a row's text, or None where there is no such row, and gives
    the new text; it is called once for each wanted row, in order.
    """

    wanted: Sequence[int]
    start: Callable[[], RowEdit]
    head: Callable[[bytes], bytes] | None = None
    tail: Callable[[bytes], bytes] | None = None


def rewrite(pieces: Iterator[bytes], edits: Edits, name: str) -> Iterator[bytes]:
    """The part with its edits, piece by piece; bands without a wanted row pass as they are."""
    editing, previous, begun = _Editing(edits), 0, False
    stream = cut(pieces, name)
    for piece in stream:
        if isinstance(piece, Band):
            band = plain(piece, previous, name)
            text, prefix = band.text.decode("utf-8", "surrogateescape"), band.prefix.decode()
            rows = positions(text, prefix, previous, name)
            previous = rows[-1][0] if rows else previous
            if editing.next_row > previous:
                yield piece.text
            else:
                yield editing.band(text, rows).encode("utf-8", "surrogateescape")
        elif not begun:
            begun = True
            yield edits.head(piece) if edits.head else piece
        else:
            yield from editing.rest()
            after = b"".join((piece, *(p for p in stream if isinstance(p, bytes))))
            yield edits.tail(after) if edits.tail else after


class _Editing:
    """Edits on their way through a sheet: which row is to be edited next."""

    def __init__(self, edits: Edits) -> None:
        self._edit, self._wanted, self._at = edits.start(), edits.wanted, 0

    @property
    def next_row(self) -> int:
        return self._wanted[self._at] if self._at < len(self._wanted) else LAST_ROW + 1

    def band(self, text: str, rows: Sequence[tuple[int, int, int]]) -> str:
        """A band with its wanted rows edited, and those put in that it lacks; ``rows`` as ``positions`` gives them."""
        edit, wanted, at, count = self._edit, self._wanted, self._at, len(self._wanted)
        out, done = [], 0
        for number, start, end in rows:
            if at == count or number < wanted[at]:
                continue
            out.append(text[done:start])
            while at < count and wanted[at] < number:
                out.append(edit(wanted[at], None))
                at += 1
            done = start
            if at < count and wanted[at] == number:
                out.append(edit(number, text[start:end]))
                at += 1
                done = end
        self._at = at
        out.append(text[done:])
        return "".join(out)

    def rest(self) -> Iterator[bytes]:
        """The wanted rows that stand behind all others."""
        for first in range(self._at, len(self._wanted), _WRITTEN_AT_ONCE):
            rows = self._wanted[first : first + _WRITTEN_AT_ONCE]
            yield "".join(self._edit(row, None) for row in rows).encode("utf-8", "surrogateescape")


def has_content(
    text: str, prefix: str, columns: Mapping[int, object] | range, formulas: bool
) -> int | None:
    """The first of these columns in which a row holds something; formulas count only when asked for."""
    for match in cell_pattern(prefix).finditer(text):
        index, inside = column_index(match[1]), match[3] or ""
        if index not in columns or not inside:
            continue
        if f"<{prefix}f" in inside:
            if formulas:
                return index
        elif re.search(rf"<{prefix}(?:v|t)\b[^>]*>[^<]", inside):
            return index
    return None
