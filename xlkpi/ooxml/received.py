"""The sheets of an .xlsx or .xls that someone sent, as rows of cells: errors stay visible, dates are dates.

``excel/cells`` reads our own workbooks, whose columns say what a number is; here the number format has to say
whether 45000 is a count or a day, and a decimal number that Excel took for a date must still be seen as one.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from lxml import etree

from xlkpi.core.days import serial_date
from xlkpi.core.findings import Refused
from xlkpi.files import refusals

Cell = str | float | bool | date | None


class Wrong(str):
    """What Excel shows in a cell that holds an error; or the formula, of one that was never calculated."""

    __slots__ = ()


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
#: A sheet that is read into memory; 100,000 rows of 30 columns are three million.
MAX_CELLS = 20_000_000
#: Bytes of one part once inflated: 20 million cells are about 800 MB.
MAX_PART = 1 << 30
_GAP = 50  # so many missing rows are kept as blank ones; a longer gap is told as one
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
#: Built-in number formats that show a day (14 to 22, 27 to 36, 50 to 58) or a time of day (18 to 21, 45 to 47).
#: Source: ECMA-376 part 1, 18.8.30.
_DAYS = {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}


@dataclass(slots=True)
class Grid:
    """One sheet: its rows, the row number of each, and how many of them are hidden."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hidden: int = 0

    def add(self, number: int, cells: list[Cell]) -> None:
        """Append a row; rows missing before it stand as blank ones, since blank lines part stacked tables."""
        last = self.numbers[-1] if self.numbers else number - 1
        missing = range(last + 1, number)
        for blank in missing if len(missing) <= _GAP else missing[:1]:
            self.rows.append([])
            self.numbers.append(blank)
        self.rows.append(cells)
        self.numbers.append(number)


# -- .xls -------------------------------------------------------------------------------------------


def read_xls(data: bytes, name: str) -> list[Grid]:
    """The sheets of an Excel 97-2003 workbook, by xlrd; whatever is wrong with one ends in Refused."""
    import xlrd  # type: ignore[import-untyped]

    try:
        with xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), ragged_rows=True
        ) as book:
            return [_xls_sheet(book, sheet) for sheet in book.sheets()]
    except Refused:
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise refusals.encrypted(name) from None
        raise refusals.damaged(name) from None
    except Exception:  # xlrd trusts the file: a damaged one ends in any error there is
        raise refusals.damaged(name) from None


def _xls_sheet(book, sheet) -> Grid:  # type: ignore[no-untyped-def]
    grid = Grid(sheet.name)
    for index in range(sheet.nrows):
        row = [_xls_cell(book, cell.ctype, cell.value) for cell in sheet.row(index)]
        if any(value is not None for value in row):
            grid.add(index + 1, row)
    return grid


def _xls_cell(book, kind: int, value) -> Cell:  # type: ignore[no-untyped-def]
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return str(value) or None
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    if kind == xlrd.XL_CELL_DATE:
        return _day_or_time(float(value), bool(book.datemode), day=value >= 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Wrong(xlrd.error_text_from_code.get(value, "#ERROR!"))
    return None


# -- .xlsx ------------------------------------------------------------------------------------------


def read_xlsx(data: bytes, name: str) -> list[Grid]:
    """The sheets of an .xlsx or .xlsm, transitional or strict; damage, entities and giant sheets end in Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_Book(archive, name).grids())
    except etree.XMLSyntaxError:
        raise refusals.damaged(name) from None
    except (
        KeyError,
        ValueError,
        IndexError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        OverflowError,
    ):
        raise refusals.damaged(name) from None


class _Book:
    """What the sheets of a workbook share: its texts, its number formats, its first day."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self.name, self.left = archive, name, MAX_CELLS
        self.part = next(
            (target for kind, target in self.relations("").values() if kind == "officeDocument"), ""
        )
        if self.part not in archive.NameToInfo:
            raise refusals.damaged(name)
        root = self.tree(self.part)
        properties = root.find("{*}workbookPr")
        self.date1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.sheets = [
            (s.get("name", ""), s.get(_RELATION) or s.get(_STRICT_RELATION) or "")
            for s in root.iterfind("{*}sheets/{*}sheet")
        ]
        related = self.relations(self.part)
        self.strings = self._strings(
            next((t for k, t in related.values() if k == "sharedStrings"), "")
        )
        self.days, self.times = self._formats(
            next((t for k, t in related.values() if k == "styles"), "")
        )
        self.parts = {id: target for id, (kind, target) in related.items() if kind == "worksheet"}

    def grids(self) -> Iterator[Grid]:
        for title, id in self.sheets:
            if self.parts.get(id) in self.archive.NameToInfo:
                yield self._grid(title, self.parts[id])

    # -- parts ---------------------------------------------------------------------------------------

    def _check_size(self, part: str) -> None:
        """zipfile reads no more than an entry says it has, so what it says is enough."""
        if self.archive.NameToInfo[part].file_size > MAX_PART:
            raise refusals.too_large(self.name)

    def tree(self, part: str) -> etree._Element:
        self._check_size(part)
        data = self.archive.read(part)
        if b"<!DOCTYPE" in data[:4096]:
            raise refusals.has_doctype(self.name)
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, target part)."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self.archive.NameToInfo:
            return {}
        found = {}
        for rel in self.tree(name).iterfind("{*}Relationship"):
            target = rel.get("Target", "")
            if rel.get("TargetMode") != "External":
                base = "" if target.startswith("/") else folder
                full = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
                found[rel.get("Id", "")] = (rel.get("Type", "").rsplit("/", 1)[-1], full)
        return found

    def elements(self, part: str, tag: str) -> Iterator[etree._Element]:
        """The elements of one name in a part, one after the other, each forgotten after its turn."""
        self._check_size(part)
        with self.archive.open(part) as file:
            if b"<!DOCTYPE" in file.read(4096):
                raise refusals.has_doctype(self.name)
        with self.archive.open(part) as file:
            for _, element in etree.iterparse(
                file,
                events=("end",),
                tag=f"{{*}}{tag}",
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
            ):
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]

    def _strings(self, part: str) -> list[str]:
        if part not in self.archive.NameToInfo:
            return []
        return [_runs(item) for item in self.elements(part, "si")]

    def _formats(self, part: str) -> tuple[set[str], set[str]]:
        """Style indexes, as cells name them, that show a day, and those that show a time alone."""
        if part not in self.archive.NameToInfo:
            return set(), set()
        root = self.tree(part)
        codes = {
            f.get("numFmtId"): f.get("formatCode", "")
            for f in root.iterfind("{*}numFmts/{*}numFmt")
        }
        days: set[str] = set()
        times: set[str] = set()
        for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
            format = style.get("numFmtId", "0")
            shown = (
                _shown(codes[format])
                if format in codes
                else ("day" if int(format) in _DAYS else "time" if int(format) in _TIMES else "")
            )
            if shown:
                (days if shown == "day" else times).add(str(index))
        return days, times

    # -- cells ---------------------------------------------------------------------------------------

    def _grid(self, title: str, part: str) -> Grid:
        grid, number = Grid(title), 0
        for row in self.elements(part, "row"):
            said = row.get("r")
            number = int(said) if said else number + 1
            if not (grid.numbers[-1] if grid.numbers else 0) < number <= LAST_ROW:
                raise refusals.damaged(self.name)
            cells = self._cells(row)
            if any(value is not None for value in cells):
                grid.add(number, cells)
                grid.hidden += row.get("hidden") in ("1", "true")
        return grid

    def _cells(self, row: etree._Element) -> list[Cell]:
        cells: list[Cell] = []
        space = row.tag[: row.tag.index("}") + 1] if row.tag[0] == "{" else ""
        cell_tag, value_tag = f"{space}c", f"{space}v"
        for cell in row.iterchildren(cell_tag):
            address = cell.get("r")
            column = _column(address.rstrip("0123456789")) if address else len(cells)
            if column != len(cells):
                if not len(cells) < column < LAST_COLUMN:
                    raise refusals.damaged(self.name)
                cells.extend([None] * (column - len(cells)))
            cells.append(self._value(cell, cell.findtext(value_tag)))
        self.left -= len(cells)
        if self.left < 0 or len(cells) > LAST_COLUMN:
            raise refusals.too_large(self.name)
        return cells

    def _value(self, cell: etree._Element, text: str | None) -> Cell:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _runs(cell) or None
        if not text:
            formula = cell.find("{*}f")
            # A formula that was never calculated has no value; what stands there is shown, and is no number.
            return None if formula is None or kind == "str" else Wrong(f"={formula.text or '…'}")
        if kind == "s":
            return self.strings[int(text)] or None
        if kind == "b":
            return text.strip() == "1"
        if kind == "n":
            return self._number(float(text), text, cell.get("s", "0"))
        if kind == "e":
            return Wrong(text)
        return _unescape(text)  # str, and d, the date of strict workbooks

    def _number(self, value: float, text: str, style: str) -> Cell:
        if not math.isfinite(value):
            return text
        if style in self.days or style in self.times:
            return _day_or_time(value, self.date1904, day=style in self.days)
        return value


def _runs(item: etree._Element) -> str:
    """The runs of a text joined, without the readings that Japanese texts carry beside them."""
    texts = list(item.iter("{*}t"))
    if len(texts) > 1:
        texts = [t for t in texts if not t.getparent().tag.endswith("rPh")]
    return _unescape("".join(t.text or "" for t in texts))


def _unescape(text: str) -> str:
    """Undo SpreadsheetML's ``_x000D_`` escapes."""
    return (
        re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
    )


@lru_cache(maxsize=1 << 15)
def _column(letters: str) -> int:
    """``AB`` → 27; ValueError for what no column is called."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shown(code: str) -> str:
    """What a number format shows: a day, a time alone, or neither."""
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0].lower())
    if plain.strip() in ("", "general", "standard", "@"):
        return ""
    if re.search(
        "[dyj]|m{3}|aa", plain
    ):  # French and German files keep the invariant letters; j and a are seen too
        return "day"
    if re.search("[hs]", plain):
        return "time"
    return "day" if re.fullmatch(r"[m/\-. ]+", plain) else ""


def _day_or_time(value: float, date1904: bool, *, day: bool) -> Cell:
    """A serial number as Excel shows it: the day, or ``1:05:30`` for a time; the number where it is neither."""
    if day:
        return serial_date(value, date1904) or value
    if not 0 <= value < 10_000:
        return value
    seconds = round(value * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


Reader = Callable[[bytes, str], list[Grid]]
