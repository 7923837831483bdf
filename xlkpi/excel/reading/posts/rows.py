"""Which rows of Posts hold something, and which of them say that they are a total."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.names import normalise
from xlkpi.excel.workbook.grid import is_blank
from xlkpi.ooxml.columns import CellColumn

TOTALS = {"total", "totals", "totaux", "grand total", "total general", "somme", "sum", "summe"}
_TOTAL_STARTS = {word[:3] for word in TOTALS}


def value_at(column: CellColumn, i: int) -> object:
    """What stands in a cell of a column, whichever kind it is."""
    if column.others is not None and column.others[i] is not None:
        return column.others[i]
    return None if np.isnan(column.numbers[i]) else float(column.numbers[i])


def picked(column: CellColumn, at: NDArray[np.int64]) -> CellColumn:
    """Some cells of a column."""
    return CellColumn(column.numbers[at], None if column.others is None else column.others[at])


def blank_rows(columns: dict[str, CellColumn], length: int) -> NDArray[np.bool_]:
    blank = np.ones(length, dtype=bool)
    for column in columns.values():
        blank &= np.isnan(column.numbers)
    for column in columns.values():
        if column.others is not None and blank.any():
            at = np.flatnonzero(blank)
            blank[at] = [is_blank(value) for value in column.others[at]]
    return blank


def totals_rows(cells: CellColumn | None) -> list[int]:
    """Positions whose text says that the row is a total."""
    if cells is None or cells.others is None:
        return []
    return [
        i
        for i, value in enumerate(cells.others)
        if type(value) is str and value[:3].lower() in _TOTAL_STARTS and normalise(value) in TOTALS
    ]
