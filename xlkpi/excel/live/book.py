"""A workbook that is open in Excel, as the reader asks for it: sheets, tables and cells, in few calls.

What differs between Excel for Windows and Excel for Mac stands in this module and nowhere else.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.checks.totals import adds_up
from xlkpi.core.days import EPOCHS
from xlkpi.core.findings import Finding, NotWritten, Refused
from xlkpi.core.texts import Text
from xlkpi.excel.functions.values import ERRORS, is_error
from xlkpi.ooxml.cells import CellError, Row, column_letters, split_range
from xlkpi.ooxml.columns import CellColumn, ColumnBand
from xlkpi.ooxml.lookups import Area
from xlkpi.ooxml.package import SheetPart, TablePart

Progress = Callable[[int, int], None] | None

#: Rows asked for at once: some 600,000 cells, half a second of Excel's time and a few dozen megabytes.
CHUNK = 20_000
#: A sheet of no more cells than this is read whole, once.
_SMALL = 100_000


class OpenCells:
    """The cells of an open workbook, as they stand now; to be forgotten after one look at the book."""

    def __init__(self, book: xw.Book, progress: Progress = None) -> None:
        self.book, self.progress = book, progress
        self.name: str = book.name
        self._sheets: dict[str, xw.Sheet] = {}
        self._extents: dict[str, tuple[int, int]] = {}
        self._whole: dict[str, list[tuple[object, ...]]] = {}

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        self._sheets = {sheet.name: sheet for sheet in self.book.sheets}
        return tuple(SheetPart(name, name) for name in self._sheets)

    @cached_property
    def tables(self) -> tuple[TablePart, ...]:
        found = []
        for part in self.sheets:
            for table in self.sheet(part.name).tables:
                ref = table.range.address.replace("$", "")
                _, left, _, right = split_range(ref)
                found.append(
                    TablePart(
                        table.name,
                        part,
                        "",
                        ref,
                        ("",) * (right - left + 1),
                        bool(table.show_totals),
                    )
                )
        return tuple(found)

    @cached_property
    def date1904(self) -> bool:
        api = self.book.api
        return bool(api.date_1904.get() if sys.platform == "darwin" else api.Date1904)

    def sheet(self, name: str) -> xw.Sheet:
        if name not in self._sheets:
            self._sheets[name] = self.book.sheets[name]
        return self._sheets[name]

    def extent(self, sheet: str) -> tuple[int, int]:
        """The last row and the last column in use, counted from 1."""
        if sheet not in self._extents:
            used = self.sheet(sheet).used_range
            height, width = used.shape
            self._extents[sheet] = used.row + height - 1, used.column + width - 1
        return self._extents[sheet]

    def read(
        self, sheet: str, top: int, left: int, bottom: int, right: int
    ) -> list[tuple[object, ...]]:
        """Values as a file holds them: float, str, bool or CellError, None for a blank.  Everything counts from 1."""
        return [tuple(map(self._value, row)) for row in self._raw(sheet, top, left, bottom, right)]

    def whole(self, sheet: str) -> list[tuple[object, ...]]:
        """The sheet from A1 to its last cell, read once."""
        if sheet not in self._whole:
            self._whole[sheet] = self.read(sheet, 1, 1, *self.extent(sheet))
        return self._whole[sheet]

    def rows(self, sheet: SheetPart, first: int, last: int) -> Iterator[Row]:
        height, width = self.extent(sheet.name)
        last = min(last, height)
        if height * width <= _SMALL:
            yield from numbered(self.whole(sheet.name)[first - 1 : last], first)
            return
        for start in range(first, last + 1, CHUNK):
            stop = min(start + CHUNK - 1, last)
            yield from numbered(self.read(sheet.name, start, 1, stop, width), start)

    def columns(
        self,
        sheet: SheetPart,
        wanted: list[int],
        first: int,
        last: int,
        watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        assert not shown, "what formulas show is Excel's business where it is open"
        wanted = [*wanted, *watched]
        height, _ = self.extent(sheet.name)
        last = min(last, height)
        left, right = min(wanted), max(wanted)
        for start in range(first, last + 1, CHUNK):
            stop = min(start + CHUNK - 1, last)
            cells = list(zip(*self._raw(sheet.name, start, left + 1, stop, right + 1), strict=True))
            yield ColumnBand(
                np.arange(start, stop + 1), {i: self._column(cells[i - left]) for i in wanted}
            )
            if self.progress:
                self.progress(stop - first + 1, last - first + 1)

    def merged(self, sheet: SheetPart, columns: Sequence[int], first: int, last: int) -> list[Area]:
        """Areas of merged cells in some columns; Excel says of a range whether it has any, so halves are asked."""
        last = min(last, self.extent(sheet.name)[0])
        found: dict[Area, None] = {}
        for column in columns:
            waiting = [(first, last)] if first <= last else []
            while waiting:
                top, bottom = waiting.pop()
                cells = self.sheet(sheet.name).range((top, column + 1), (bottom, column + 1))
                if cells.merge_cells is False:
                    continue
                if top == bottom:
                    found[split_range(cells.merge_area.address.replace("$", ""))] = None
                else:
                    middle = (top + bottom) // 2
                    waiting += [(top, middle), (middle + 1, bottom)]
        return list(found)

    def adding(
        self, sheet: SheetPart, columns: Sequence[int], first: int, last: int
    ) -> set[tuple[int, int]]:
        """Row and column of cells whose formulas add up other rows of their column."""
        last = min(last, self.extent(sheet.name)[0])
        found = set()
        for column in columns:
            letters = column_letters(column)
            cells = self.sheet(sheet.name).range((first, column + 1), (last, column + 1)).formula
            for row, formula in enumerate(_listed(cells), first):
                if (
                    isinstance(formula, str)
                    and formula[:1] == "="
                    and adds_up(formula, letters, row)
                ):
                    found.add((row, column))
        return found

    def _column(self, cells: Sequence[object]) -> CellColumn:
        if {float, type(None)}.issuperset(map(type, cells)):
            return CellColumn(np.array(cells, dtype=float))
        values = [self._value(cell) for cell in cells]
        column = CellColumn(np.array([v if type(v) is float else np.nan for v in values]))
        for i, value in enumerate(values):
            if value is not None and type(value) is not float:
                column.put(i, value)
        return column

    def _raw(
        self, sheet: str, top: int, left: int, bottom: int, right: int
    ) -> Sequence[Sequence[Any]]:
        """What the application answers, as rows: it gives one cell without any, and a Mac one row as a flat list."""
        cells = self.sheet(sheet).range((top, left), (bottom, right))
        # Value2, for Value would round amounts of currency to four decimals and turn dates into objects.
        raw = _mac_values(cells) if sys.platform == "darwin" else cells.api.Value2
        if not isinstance(raw, (tuple, list)):
            return ((raw,),)
        if not isinstance(raw[0], (tuple, list)):
            return (raw,) if top == bottom else [(value,) for value in raw]
        return raw

    def _value(self, raw: Any) -> object:
        """One cell: blanks, errors and dates come in different dress on each system."""
        kind = type(raw)
        if kind is float or kind is bool or raw is None:
            return raw
        if kind is str:
            return raw or None
        if kind is int:
            return CellError(ERRORS.get(raw, "#ERROR!")) if is_error(raw) else float(raw)
        if isinstance(raw, datetime):
            return (raw.replace(tzinfo=None) - EPOCHS[self.date1904]).total_seconds() / 86_400
        return raw if isinstance(raw, CellError) else None  # a Mac's "missing value" is a blank


def _listed(column: Any) -> list[Any]:
    """A column of formulas as a list: the application gives one cell without any, others as rows or flat."""
    cells = column if isinstance(column, list | tuple) else [column]
    return [cell[0] if isinstance(cell, list | tuple) else cell for cell in cells]


def numbered(rows: Sequence[tuple[object, ...]], first: int = 1) -> Iterator[Row]:
    """Rows as the reader takes them: sheet row number, and values by column index."""
    for number, values in enumerate(rows, first):
        yield number, {i: value for i, value in enumerate(values) if value is not None}


def _mac_values(cells: xw.Range) -> Any:
    """A Mac does not tell errors from blanks; what the cell shows does, so that is asked for where something is missing."""
    values = cells.raw_value
    rows = values if isinstance(values, list) and isinstance(values[0], list) else None
    if rows is None or all(isinstance(v, (float, int, str, datetime)) for row in rows for v in row):
        return values
    shown = cells.api.string_value.get()
    for row, texts in zip(rows, shown, strict=True):
        for i, (value, text) in enumerate(zip(row, texts, strict=True)):
            if (
                not isinstance(value, (float, int, str, datetime))
                and isinstance(text, str)
                and text[:1] == "#"
            ):
                row[i] = CellError(text)
    return rows


# -- the book and its sheets ---------------------------------------------------------------------


def file_of(book: xw.Book) -> Path | None:
    """Where the book is saved; None for one that never was, or that only the cloud has."""
    try:
        path = Path(book.fullname)
    except Exception:  # noqa: BLE001  xlwings finds no local copy of a file in the cloud
        return None
    return path if path.is_absolute() and path.exists() else None


def refuse_code_sheets(book: xw.Book) -> None:
    """Books with sheets that xlwings would take settings or Python code from are not touched.

    Raises:
        Refused: there is such a sheet.
    """
    names = [
        sheet.name for sheet in book.sheets if sheet.name.casefold().endswith((".conf", ".py"))
    ]
    if names:
        raise Refused(*map(_code_sheet, names))


def _code_sheet(name: str) -> Finding:
    return Finding(
        codes.SETTINGS_SHEET,
        effect=Text("nothing was read and nothing was run", "rien n’a été lu ni exécuté"),
        sheet=name,
    )


def is_read_only(book: xw.Book) -> bool:
    return bool(book.api.read_only.get() if sys.platform == "darwin" else book.api.ReadOnly)


def has_fixed_structure(book: xw.Book) -> bool:
    """Whether its sheets are protected against being hidden, added and moved."""
    return bool(
        book.api.protect_structure.get() if sys.platform == "darwin" else book.api.ProtectStructure
    )


def set_pages_tall(sheet: xw.Sheet, pages: int) -> None:
    if sys.platform == "darwin":
        sheet.api.page_setup_object.fit_to_pages_tall.set(pages)
    else:
        sheet.api.PageSetup.FitToPagesTall = pages


# -- links ---------------------------------------------------------------------------------------

#: By row and column, counted from 1: what a cell leads to, outside the workbook and within it.
Places = Mapping[tuple[int, int], tuple[str, str]]
_FONT = ("Name", "Size", "Bold", "Italic", "Underline", "Color")


def has_links() -> bool:
    """Excel for Mac makes links that nobody here could try, and takes the look of a cell away with them: left alone."""
    return sys.platform != "darwin"


def links_in(area: xw.Range) -> Places:
    """Where the cells of an area lead to."""
    links, found = area.api.Hyperlinks, {}
    for i in range(1, links.Count + 1):
        link = links(i)
        found[link.Range.Row, link.Range.Column] = link.Address or "", link.SubAddress or ""
    return found


def clear_links(area: xw.Range) -> None:
    """Take the links of an area off; the look of the cells stays, which Excel's Hyperlinks.Delete would reset."""
    area.api.ClearHyperlinks()


def add_links(area: xw.Range, places: Places) -> None:
    """Let cells of an area lead elsewhere.  Excel gives them its style for links: ``put_looks`` afterwards."""
    for (row, column), (address, place) in places.items():
        cell = area.sheet.range((row, column)).api
        cell.Hyperlinks.Add(Anchor=cell, Address=address, SubAddress=place)


Looks = Sequence[tuple[xw.Range, tuple[Any, ...]]]


def looks_of(cells: xw.Range) -> Looks:
    """Font and lock of the cells: once for all of them where they are alike, else cell by cell."""
    look = _look(cells)
    return [(cells, look)] if None not in look else [(cell, _look(cell)) for cell in cells]


def _look(cells: xw.Range) -> tuple[Any, ...]:
    api = cells.api
    return (*(getattr(api.Font, name) for name in _FONT), api.Locked)


def put_looks(looks: Looks) -> None:
    for cells, (*font, locked) in looks:
        api = cells.api
        for name, value in zip(_FONT, font, strict=True):
            setattr(api.Font, name, value)
        api.Locked = locked


# -- protection ----------------------------------------------------------------------------------

#: What a protected sheet may allow, in the order in which Excel's Protect takes them.
_ALLOWED = (
    "FormattingCells",
    "FormattingColumns",
    "FormattingRows",
    "InsertingColumns",
    "InsertingRows",
    "InsertingHyperlinks",
    "DeletingColumns",
    "DeletingRows",
    "Sorting",
    "Filtering",
    "UsingPivotTables",
)


@contextlib.contextmanager
def unprotected(sheet: xw.Sheet) -> Iterator[None]:
    """Take the protection off and put it back as it was; ours has no password.

    Excel's way to let programs write on protected sheets ends when the file is closed, and never lets a table grow.
    """
    protect = _unprotect_on_mac(sheet) if sys.platform == "darwin" else _unprotect(sheet)
    try:
        yield
    finally:
        if protect is not None:
            protect()


def _unprotect(sheet: xw.Sheet) -> Callable[[], object] | None:
    api = sheet.api
    if not api.ProtectContents:
        return None
    allowed = [bool(getattr(api.Protection, f"Allow{name}")) for name in _ALLOWED]
    objects, scenarios = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios)
    with contextlib.suppress(Exception):
        api.Unprotect("")  # without any argument Excel would ask the user for the password
    if api.ProtectContents:
        raise _locked(sheet)
    return lambda: api.Protect("", objects, True, scenarios, False, *allowed)


def _unprotect_on_mac(sheet: xw.Sheet) -> Callable[[], object] | None:
    api = sheet.api
    if not api.protect_contents.get():
        return None
    names = ["allow_formatting_cells", "allow_formatting_columns", "allow_formatting_rows"]
    allowed = {name: getattr(api.protection_object, name).get() for name in names}
    objects, scenarios = api.protect_drawing_objects.get(), api.protect_scenarios.get()
    with contextlib.suppress(Exception):
        api.unprotect(password="")
    if api.protect_contents.get():
        raise _locked(sheet)
    return lambda: api.protect_worksheet(
        drawing_objects=objects, worksheet_contents=True, scenarios=scenarios, **allowed
    )


def _locked(sheet: xw.Sheet) -> NotWritten:
    return NotWritten(
        Finding(
            codes.SHEET_PROTECTED,
            effect=Text("nothing was written", "rien n’a été écrit"),
            sheet=sheet.name,
        )
    )
