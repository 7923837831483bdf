"""What the reader asks of a workbook, and how its file answers; ``live.book`` answers for one that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from xlkpi.ooxml.cells import Row, read_rows, shared_strings
from xlkpi.ooxml.columns import ColumnBand, read_columns
from xlkpi.ooxml.package import Package, SheetPart, TablePart


class WorkbookCells(Protocol):
    """Sheets, tables and cells of a workbook: of its file, or of the application that has it open."""

    @property
    def name(self) -> str: ...
    @property
    def sheets(self) -> tuple[SheetPart, ...]: ...
    @property
    def tables(self) -> tuple[TablePart, ...]: ...
    @property
    def date1904(self) -> bool: ...
    def rows(self, sheet: SheetPart, first: int, last: int) -> Iterator[Row]: ...
    def columns(
        self,
        sheet: SheetPart,
        wanted: list[int],
        first: int,
        last: int,
        watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        """Columns in bands of rows; of those ``watched`` only errors and formulas without a value matter.

        ``shown``: further columns as ``columns.read_columns`` knows them; only asked of closed workbooks.
        """


class FileCells:
    """The cells of a closed workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strings = shared_strings(package)
        self.name, self.sheets, self.tables = package.path.name, package.sheets, package.tables
        self.date1904 = package.date1904

    def rows(self, sheet: SheetPart, first: int, last: int) -> Iterator[Row]:
        return read_rows(self.package, sheet.part, self.strings, first, last)

    def columns(
        self,
        sheet: SheetPart,
        wanted: list[int],
        first: int,
        last: int,
        watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        return read_columns(
            self.package, sheet.part, self.strings, wanted, first, last, list(watched), list(shown)
        )
