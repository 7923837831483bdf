"""Merged cells of Posts: what stands in the first row of an area holds for all its rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.excel.reading.cells import WorkbookCells
from xlkpi.excel.reading.merged import holding_columns, last_rows
from xlkpi.excel.reading.posts.rows import value_at
from xlkpi.excel.workbook.grid import Grid
from xlkpi.ooxml.columns import CellColumn

#: A blank one of these is worth a look at the merged areas, which takes as long as reading a large table.
_TELLING = ("campaign", "influencer", "network", "date")
_FEW_ROWS = 5_000  # in a table of so many, any blank is


def _held(column: CellColumn) -> NDArray[np.bool_]:
    """Cells that hold anything at all: those of a merged area that are none of its first hold nothing."""
    held: NDArray[np.bool_] = np.isfinite(column.numbers)
    if column.others is not None:
        held |= pd.notna(column.others)
    return held


class MergedCells:
    """Fills the blank rows of merged areas, band by band."""

    def __init__(self, cells: WorkbookCells, grid: Grid) -> None:
        self.cells, self.grid = cells, grid
        self._columns = holding_columns(grid)
        self._above: dict[str, tuple[int, object]] = {}  # column → the last row that held a value

    def fill(self, cells: dict[str, CellColumn], rows: NDArray[np.int64]) -> None:
        """Write the values of merged areas into the blank cells of rows that hold something."""
        length = len(rows)
        filled = {id: _held(cells[id]) for id in self._columns if id in cells}
        if not length or all(of.all() for of in filled.values()):
            return
        some = np.any([*filled.values(), *(np.isfinite(c.numbers) for c in cells.values())], axis=0)
        gaps = {
            id: some & ~of
            for id, of in filled.items()
            if (of.any() or id in self._above) and (some & ~of).any()
        }
        if not any(of.any() for id, of in gaps.items() if id in _TELLING or rows[-1] < _FEW_ROWS):
            gaps = {}
        first = min([int(rows[0]), *(row for row, _ in self._above.values())])
        ends = last_rows(self.cells, self.grid, gaps, first, int(rows[-1])) if gaps else {}
        for id, of in filled.items():
            before = self._above.get(id)
            if of.any():
                last = int(np.flatnonzero(of)[-1])
                self._above[id] = int(rows[last]), value_at(cells[id], last)
            if id in gaps and ends:
                cells[id] = self._filled(id, cells[id], rows, (of, gaps[id]), ends, before)

    def _filled(
        self,
        id: str,
        column: CellColumn,
        rows: NDArray[np.int64],
        flags: tuple[NDArray[np.bool_], NDArray[np.bool_]],
        ends: dict[tuple[str, int], int],
        before: tuple[int, object] | None,
    ) -> CellColumn:
        of, gaps = flags
        found = CellColumn(
            column.numbers.copy(), None if column.others is None else column.others.copy()
        )
        above = np.maximum.accumulate(np.where(of, np.arange(len(rows)), -1))
        for i in np.flatnonzero(gaps).tolist():
            at = int(above[i])
            if at < 0 and before is None:
                continue
            row, value = (int(rows[at]), value_at(column, at)) if at >= 0 else before or (0, None)
            if ends.get((id, row), 0) >= rows[i]:
                if isinstance(value, float):
                    found.numbers[i] = value
                else:
                    found.put(i, value)
        return found
