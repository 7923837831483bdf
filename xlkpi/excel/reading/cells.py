"""What the reader asks of a workbook, and how its file answers; ``live.book`` answers for one that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Protocol

from xlkpi.ooxml.cells import Row, read_rows, shared_strings
from xlkpi.ooxml.columns import ColumnBand, read_columns
from xlkpi.ooxml.lookups import Area, adding_cells, merged_areas
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

    def merged(
        self, sheet: SheetPart, columns: Sequence[int], first: int, last: int
    ) -> Sequence[Area]:
        """Areas of merged cells that reach into some columns of rows ``first`` to ``last``, or more of them."""

    def adding(
        self, sheet: SheetPart, columns: Sequence[int], first: int, last: int
    ) -> Set[tuple[int, int]]:
        """Row and column of cells there, or elsewhere too, whose formulas add up other rows of their column."""


class FileCells:
    """The cells of a closed workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strings = shared_strings(package)
        self.name, self.sheets, self.tables = package.path.name, package.sheets, package.tables
        self.date1904 = package.date1904
        self._merged: dict[str, list[Area]] = {}
        self._adding: dict[str, Set[tuple[int, int]]] = {}

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

    def merged(
        self, sheet: SheetPart, columns: Sequence[int], first: int, last: int
    ) -> Sequence[Area]:
        if sheet.part not in self._merged:
            self._merged[sheet.part] = merged_areas(self.package, sheet.part)
        return self._merged[sheet.part]

    def adding(
        self, sheet: SheetPart, columns: Sequence[int], first: int, last: int
    ) -> Set[tuple[int, int]]:
        if sheet.part not in self._adding:
            self._adding[sheet.part] = adding_cells(self.package, sheet.part)
        return self._adding[sheet.part]
