"""Merged cells: what stands in the first row of an area holds for all its rows."""

from __future__ import annotations

from collections.abc import Iterable

from xlkpi.excel.reading.cells import WorkbookCells
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.grid import Grid

#: Names, days and words hold for all rows of an area; a figure counts once, where it stands.
_HOLDING = (ColumnKind.CHOICE, ColumnKind.DATE, ColumnKind.FLAG, ColumnKind.TEXT)
_REMARKS = ("note", "notes", "url", "explanation", "promo_code")


def holding_columns(grid: Grid) -> list[str]:
    """The columns whose merged areas hold for all their rows."""
    return [
        c.id
        for c in (*grid.spec.columns, *grid.spec.extra)
        if c.kind in _HOLDING and c.id in grid.columns and c.id not in _REMARKS
    ]


def last_rows(
    cells: WorkbookCells, grid: Grid, columns: Iterable[str], first: int, last: int
) -> dict[tuple[str, int], int]:
    """Column and first row of each merged area of several rows → its last row."""
    ids = {grid.columns[id]: id for id in columns}
    areas = cells.merged(grid.sheet, [*ids], first, last)
    return {(ids[left], top): end for top, left, end, _ in areas if end > top and left in ids}
