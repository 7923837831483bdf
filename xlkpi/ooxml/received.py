"""The sheets of an .xlsx or .xls that someone sent, as rows of cells: errors stay visible, dates are dates.

A workbook's cells are read by ``cells``, as those of our own workbooks are.  Ours say in their columns what a number is; here
the number format has to say it, and a decimal number that Excel took for a date must still be seen as one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree

from xlkpi.core.findings import Refused
from xlkpi.files import refusals
from xlkpi.ooxml.cells import (
    UNCALCULATED,
    CellError,
    bands,
    numbered_rows,
    placed_cells,
    shared_strings,
    value_of,
)
from xlkpi.ooxml.formats import Shows, day_or_time, styles_that_show
from xlkpi.ooxml.package import Package, SheetPart

Cell = str | float | bool | date | None


class ErrorCell(str):
    """What Excel shows in a cell that holds an error; or the formula, of one that was never calculated."""

    __slots__ = ()


#: A sheet that is read into memory; 100,000 rows of 30 columns are three million.
MAX_CELLS = 20_000_000
#: Bytes of one part once inflated: 20 million cells are about 800 MB.
MAX_PART = 1 << 30
_GAP = 50  # so many missing rows are kept as blank ones; a longer gap is told as one


@dataclass(slots=True)
class ReceivedGrid:
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


def read_xls(data: bytes, name: str) -> list[ReceivedGrid]:
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
    except Exception:  # noqa: BLE001  xlrd trusts the file: a damaged one ends in any error there is
        raise refusals.damaged(name) from None


def _xls_sheet(book, sheet) -> ReceivedGrid:  # type: ignore[no-untyped-def]
    grid = ReceivedGrid(sheet.name)
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
        return day_or_time(float(value), "day" if value >= 1 else "time", bool(book.datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return ErrorCell(xlrd.error_text_from_code.get(value, "#ERROR!"))
    return None


# -- .xlsx ------------------------------------------------------------------------------------------


def read_xlsx(data: bytes, name: str) -> list[ReceivedGrid]:
    """The sheets of an .xlsx or .xlsm, transitional or strict; damage, entities and giant sheets end in Refused."""
    with Package(Path(name), data) as package:
        if any(part.file_size > MAX_PART for part in package.zip.infolist()):
            raise refusals.too_large(name)
        if not package.main_part:
            raise refusals.damaged(name)
        reader = _Reader(package, name)
        return [reader.grid(sheet) for sheet in package.sheets]


class _Reader:
    """Reads sheet after sheet, all of them together of a size that memory holds."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name, self.left = package, name, MAX_CELLS
        self.date1904, self.strings = package.date1904, shared_strings(package)
        self.shown: Mapping[str, Shows] = styles_that_show(package)

    def grid(self, sheet: SheetPart) -> ReceivedGrid:
        grid, previous = ReceivedGrid(sheet.name), 0
        for band in bands(self.package, sheet.part):
            for number, row in numbered_rows(band, previous, self.name):
                previous, cells = number, self._cells(row)
                if any(value is not None for value in cells):
                    grid.add(number, cells)
                    grid.hidden += row.get("hidden") in ("1", "true")
        return grid

    def _cells(self, row: etree._Element) -> list[Cell]:
        cells: list[Cell] = []
        for column, cell in placed_cells(row, self.name):
            value = self._value(cell)
            if column == len(cells):
                cells.append(value)
            elif column < len(cells):
                cells[column] = value
            else:
                cells += [*[None] * (column - len(cells)), value]
        self.left -= len(cells)
        if self.left < 0:
            raise refusals.too_large(self.name)
        return cells

    def _value(self, cell: etree._Element) -> Cell:
        value = value_of(cell, self.strings, self.name)
        if type(value) is float:
            shown = self.shown.get(cell.get("s", "0"))
            return day_or_time(value, shown, self.date1904) if shown else value
        if isinstance(value, CellError):
            formula = cell.findtext("{*}f") or "…"
            return ErrorCell(f"={formula}" if value == UNCALCULATED else value.text)
        return value  # type: ignore[return-value]   # str, bool or None
