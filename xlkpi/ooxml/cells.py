"""Cells of one sheet, read in bands as the part is inflated: flat memory, errors kept, nothing shifted.

A full sheet holds a million posts; python-calamine and openpyxl hold all of it in memory, and calamine
drops error cells.  Small tables are read here by lxml; the large one by ``excel/columns``, which takes
the same bands and hands any band of unusual shape back to this module.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from xml.sax.saxutils import escape

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from xlkpi.core.findings import Refused
from xlkpi.files import refusals
from xlkpi.ooxml.package import Package, parse

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ROW_DIGITS = len(str(LAST_ROW))
#: Bytes of what stands before the rows of a sheet, or before the first text: looks for 16,384 columns are 2 MB.
_LONGEST_HEAD = 4 << 20
#: Bytes of one row, or of one text: forty cells with the longest text that Excel takes are 5 MB.
_LONGEST_ROW = 16 << 20
_REPEATED = 20_000  # texts that are remembered, so that one in many cells is decoded once
Row = tuple[int, dict[int, object]]  # sheet row number; values by column index, blanks left out


@dataclass(frozen=True, slots=True)
class CellError:
    """What stands in a cell instead of a value: ``#N/A``, ``#DIV/0!`` … or a formula never calculated."""

    text: str


UNCALCULATED = CellError("")


def column_index(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26."""
    return int(column_index_from_string(letters)) - 1


@cache
def column_letters(index: int) -> str:
    """``0`` → A, ``26`` → AA, also beyond the columns of a sheet: a text file may have more."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_range(ref: str) -> tuple[int, int, int, int]:
    """``A1:C9`` → (first row, first column, last row, last column), columns from 0; a cell is a range of one.

    Raises:
        ValueError: not a range of cells, or one beyond the sheet.
    """
    try:
        left, top, right, bottom = range_boundaries(ref.upper())
    except TypeError:
        raise ValueError(ref) from None
    if (
        None in (left, top, right, bottom)
        or max(top, bottom) > LAST_ROW
        or max(left, right) > LAST_COLUMN
    ):
        raise ValueError(ref)
    return min(top, bottom), min(left, right) - 1, max(top, bottom), max(left, right) - 1


def split_address(address: str) -> tuple[int, int]:
    """``$B$7`` → (row 7, column 1)."""
    return split_range(address)[:2]


# Each pattern stops at the next tag: one that looks further takes hours for a text made of nothing but openings.
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b(?:[^<]++|<(?!/?(?:\w+:)?rPh\b))*+</(?:\w+:)?rPh>")
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^<>]*(?<!/)>([^<]*)</(?:\w+:)?t>")


def rich_text(item: bytes) -> bytes:
    """The runs of a shared or inline string joined, without the readings that Japanese texts carry beside them."""
    return b"".join(_TEXT.findall(_PHONETIC.sub(b"", item) if b"rPh" in item else item))


class SharedStrings:
    """The shared strings of a book, kept as one run of bytes: a million posts have two million of them."""

    _ITEM = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.S)
    _PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')

    def __init__(self, package: Package) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])
        self._decoded: dict[int, str] = {}  # a repeated string is one object
        for items, close in _string_items(package):
            texts = self._PLAIN.findall(items)
            if len(texts) != items.count(close) or b"si/>" in items:
                texts = [
                    rich_text(match[1] or b"") for match in self._ITEM.finditer(_plainer(items))
                ]
            ends = accumulate(map(len, texts), initial=len(self._data))
            next(ends)
            self._ends.extend(ends)
            self._data += b"".join(texts)

    def __getitem__(self, index: int) -> str:
        found = self._decoded.get(index)
        if found is None:
            if not 0 <= index < len(self._ends) - 1:
                raise IndexError(index)
            if len(self._decoded) >= _REPEATED:
                self._decoded.clear()
            found = decode(bytes(self._data[self._ends[index] : self._ends[index + 1]]))
            self._decoded[index] = found
        return found

    def take(self, indexes: NDArray[np.int64]) -> NDArray[np.object_]:
        """Many strings at once; IndexError when one does not exist.  A repeated string is one object."""
        unique, inverse = np.unique(indexes, return_inverse=True)
        if len(unique) and not (unique[0] >= 0 and unique[-1] < len(self._ends) - 1):
            raise IndexError(indexes)
        data, ends = self._data, self._ends
        texts = np.empty(len(unique), dtype=object)
        texts[:] = [
            _unescaped(data[ends[i] : ends[i + 1]].decode("utf-8", "replace"))
            for i in unique.tolist()
        ]
        return texts[inverse]


def _string_items(package: Package) -> Iterator[tuple[bytes, bytes]]:
    """The shared strings of a book, many whole ones at a time, and what each of them ends with."""
    name = package.path.name
    part = package.shared_strings_part
    rest, close = b"", b""
    for piece in package.stream(part) if part and package.has(part) else ():
        rest += piece
        if not close:
            opening = re.search(rb"<((?:\w+:)?)sst\b[^<>]*>", rest)
            if b"<!DOCTYPE" in rest[: opening.start() if opening else None]:
                raise refusals.has_doctype(name)
            if not opening:
                _refuse_endless(rest, name, _LONGEST_HEAD)
                continue
            close, rest = b"</" + opening[1] + b"si>", rest[opening.end() :]
        end = rest.rfind(close) + len(close)
        if end < len(close):
            _refuse_endless(rest, name)
            continue
        yield rest[:end], close
        rest = rest[end:]


_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.S)


def _plainer(xml: bytes) -> bytes:
    """XML without comments, which would part a text or a number, and with sections of raw characters written as text."""
    if b"<!" not in xml and b"<?" not in xml:
        return xml
    return _ASIDE.sub(
        lambda aside: escape((aside[1] or b"").decode("latin-1")).encode("latin-1"), xml
    )


def _refuse_endless(rest: bytes, name: str, most: int = _LONGEST_ROW) -> None:
    """Refuse what is still unfinished after so many bytes; it would be gathered, and searched again and again."""
    if len(rest) > most:
        raise refusals.too_large(name)


_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10})));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def escape_x(text: str) -> str:
    """``_x0041_`` as it must be written to be read as these seven characters, and not as an A."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def unescape_x(text: str) -> str:
    """Undo SpreadsheetML's ``_x000D_`` escapes; half a character, which no file can hold, becomes U+FFFD."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    if _HALVES.search(text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def unescape(text: str) -> str:
    """Undo XML's references.  Python's own ``html.unescape`` reads ``&#128;`` as a euro sign, and stops at long numbers."""
    return _REFERENCE.sub(_referred, text)


def _referred(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2], 16) if match[2] else int(match[3])
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def decode(raw: bytes) -> str:
    """The text of an element cut out of XML as bytes."""
    return _unescaped(raw.decode("utf-8", "replace"))


def _unescaped(text: str) -> str:
    if "\r" in text:  # XML, section 2.11: every end of line is one line feed
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (
        unescape_x(unescape(text) if "&" in text else text) if "&" in text or "_x" in text else text
    )


def shared_strings(package: Package) -> SharedStrings:
    """The shared strings of a package, read once."""
    if package.strings is None:
        package.strings = SharedStrings(package)
    found: SharedStrings = package.strings
    return found


@dataclass(frozen=True, slots=True)
class Band:
    """Whole rows of a sheet as text, with the root tag that makes them XML again."""

    text: bytes
    prefix: bytes
    root_tag: bytes


def bands(package: Package, part: str) -> Iterator[Band]:
    """Cut a sheet part into bands of whole rows of about a megabyte each."""
    begun = False
    for piece in cut(package.stream(part), package.path.name):
        if isinstance(piece, Band):
            yield piece
        elif begun:
            return
        begun = True


def cut(pieces: Iterator[bytes], name: str) -> Iterator[Band | bytes]:
    """A sheet part as what stands before its rows, its rows in bands, and what follows them, piece by piece.

    Joined they are the part again, byte for byte.
    """
    head, rest, opening, root_tag = _head(pieces, name)
    yield head
    if opening[2]:  # a sheet without rows
        yield rest
        yield from pieces
        return
    prefix = opening[1]
    row_end, data_end = b"</" + prefix + b"row>", b"</" + prefix + b"sheetData>"
    for piece in chain((b"",), pieces):
        rest += piece
        stop = rest.find(data_end)
        # What stands before the last row's start is whole rows, self-closing ones among them.
        whole = (
            stop
            if stop >= 0
            else max(rest.rfind(row_end) + len(row_end), rest.rfind(b"<" + prefix + b"row"))
        )
        if whole > len(row_end):
            yield Band(rest[:whole], prefix, root_tag)
            rest = rest[whole:]
        if stop >= 0:
            yield rest
            yield from pieces
            return
        _refuse_endless(rest, name)
    raise refusals.damaged(name)


def _head(pieces: Iterator[bytes], name: str) -> tuple[bytes, bytes, re.Match[bytes], bytes]:
    """What stands before the rows of a sheet part, what was read beyond it, the tag that opens the rows, and the root tag."""
    rest = b""
    for piece in pieces:
        rest += piece
        opening = re.search(rb"<((?:\w+:)?)sheetData\s*(/?)>", rest)
        root = re.search(rb"<(?:\w+:)?worksheet\b[^<>]*>", rest)
        if b"<!DOCTYPE" in rest[: opening.start() if opening else None]:
            raise refusals.has_doctype(name)
        if opening and root:
            return rest[: opening.end()], rest[opening.end() :], opening, root[0]
        _refuse_endless(rest, name, _LONGEST_HEAD)
    raise refusals.damaged(name)


def rows_of(band: Band, strings: SharedStrings, previous: int, name: str) -> Iterator[Row]:
    """The values of the rows of one band; ``previous`` numbers rows that do not say theirs."""
    for number, row in numbered_rows(band, previous, name):
        values: dict[int, object] = {}
        for column, cell in placed_cells(row, name):
            value = value_of(cell, strings, name)
            if value is not None:
                values[column] = value
        yield number, values


def numbered_rows(band: Band, previous: int, name: str) -> Iterator[tuple[int, etree._Element]]:
    """The row elements of one band, by a real XML parser, with their numbers."""
    root_name = re.match(rb"<([\w:]+)", band.root_tag)[1]  # type: ignore[index]
    begin, text, end = band.root_tag, _plainer(band.text), b"</" + root_name + b">"
    try:
        root = parse(begin + text + end, name)
    except Refused:
        root = parse(begin + _mended(text) + end, name)
    for row in root.iterchildren(f"{root.tag[: -len('worksheet')]}row"):
        previous = place_of_row(row.get("r"), previous, name)
        yield previous, row


def placed_cells(row: etree._Element, name: str) -> Iterator[tuple[int, etree._Element]]:
    """The cells of a row with their columns; one that does not say its place follows the one before it."""
    column = -1
    for cell in row.iterchildren(f"{row.tag[: -len('row')]}c"):
        address = cell.get("r")
        column = place_of_cell(address, name) if address else column + 1
        yield column, cell


def _mended(text: bytes) -> bytes:
    """XML without the characters that none may hold, as programs that do not know this rule write it.

    Control characters become what SpreadsheetML writes for them, ``_x0007_``; halves of a character U+FFFD.  NUL stays,
    and is refused: no program writes it, but a damaged disk does.
    """
    said = _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text.decode("utf-8", "replace"))
    return _REFERENCE.sub(_legal, said).encode()


def _legal(reference: re.Match[str]) -> str:
    char = _referred(reference)
    if reference[1] or not _ILLEGAL.match(char):
        return "\ufffd" if char == "\ufffd" else reference[0]
    return f"_x{ord(char):04X}_"


def place_of_cell(address: str, name: str) -> int:
    """The column of a cell's address."""
    letters = address.rstrip("0123456789")
    column = _column_of(letters)
    if column is None or not 0 < len(address) - len(letters) <= _ROW_DIGITS:
        raise refusals.damaged(name)
    return column


@lru_cache(maxsize=LAST_COLUMN)
def _column_of(letters: str) -> int | None:
    """The column that is called so; None where none is."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return None
    return column_index(letters)


def place_of_row(said: str | None, previous: int, name: str) -> int:
    """The number of a row; one that does not say it follows the previous one."""
    number = (
        previous + 1
        if said is None
        else int(said)
        if said.isascii() and said.isdigit() and len(said) < 9
        else 0
    )
    if not previous < number <= LAST_ROW:
        raise refusals.damaged(name)
    return number


def finite(text: str) -> float | CellError:
    """The number that a cell holds; what is none that can be counted with, ``1e999`` or ``nan``, is an error in the cell.

    Raises:
        ValueError: no number in XML, which knows neither ``1_000`` nor the digits of other scripts, though Python does.
    """
    if "_" in text or not text.isascii():
        raise ValueError(text)
    number = float(text)
    return number if math.isfinite(number) else CellError(text)


def string_index(text: str) -> int:
    """Which shared string a cell means.

    Raises:
        ValueError: that is no whole number.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def value_of(cell: etree._Element, strings: SharedStrings, name: str) -> object:
    """What a cell holds: a float, str, bool or CellError; None for a blank one."""
    kind, space = cell.get("t", "n"), cell.tag[:-1]
    if kind == "inlineStr":
        runs = (t.text or "" for t in cell.iter(f"{space}t") if not _is_reading(t))
        return unescape_x("".join(runs)) or None
    text = None
    for element in cell.iterchildren(f"{space}v"):  # findtext takes ten times as long
        text = element.text
        break
    if not text:
        calculated = kind == "str" or next(cell.iterchildren(f"{space}f"), None) is None
        return None if calculated else UNCALCULATED
    try:
        if kind == "n":
            return finite(text)
        if kind == "s":
            return strings[string_index(text)] or None
    except (ValueError, IndexError):
        raise refusals.damaged(name) from None
    if kind == "b":
        return text.strip() == "1"
    return (
        CellError(unescape_x(text)) if kind == "e" else unescape_x(text)
    )  # str, d and other texts


def _is_reading(text: etree._Element) -> bool:
    """Whether a text is the reading that a Japanese one carries beside it."""
    return bool(text.getparent().tag.endswith("rPh"))


def read_rows(
    package: Package, part: str, strings: SharedStrings, first: int = 1, last: int = LAST_ROW
) -> Iterator[Row]:
    """Rows ``first`` to ``last`` of a sheet, those that exist."""
    previous = 0
    for band in bands(package, part):
        for number, values in rows_of(band, strings, previous, package.path.name):
            previous = number
            if number > last:
                return
            if number >= first:
                yield number, values
