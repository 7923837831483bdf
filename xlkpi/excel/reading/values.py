"""Single cells as numbers and days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xlkpi.core import codes
from xlkpi.core.days import serial_date
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Language, Text
from xlkpi.excel.workbook.grid import TYPE_A_FIGURE, Grid, bad_cell, bad_date
from xlkpi.intake.cells.numbers import MISSING, is_ambiguous, parse_date, parse_number

_NO_EFFECT = Text("", "")


@dataclass(frozen=True, slots=True)
class CellValues:
    """Reads a cell as the workbook's language writes it; what cannot be read becomes a finding and None."""

    edition: Language
    date1904: bool
    note: Callable[[Finding], None]

    def number(
        self,
        grid: Grid,
        column: str,
        row: int,
        value: object,
        effect: Text = _NO_EFFECT,
        currency: str = "",
        fix: Text = TYPE_A_FIGURE,
    ) -> float | None:
        """A cell as a number; an amount in another ``currency`` is none.  ``fix``: what to type there instead."""
        if value is None or isinstance(value, float):
            return value
        if isinstance(value, str):
            parsed = parse_number(value, self.edition, currency=currency)
            if isinstance(parsed, float):
                return parsed
            if parsed is MISSING:
                return None
        self.note(bad_cell(grid, column, row, value, effect, currency, fix))
        return None

    def day(self, grid: Grid, column: str, row: int, value: object) -> date | None:
        """A cell as a date; one that can be read in two ways is read in ours, and noted."""
        if value is None:
            return None
        found = None
        if isinstance(value, float):
            found = serial_date(value, self.date1904)
        elif isinstance(value, str):
            found = parse_date(value)
            if found is not None and is_ambiguous(value):
                self.note(_ambiguous(grid, column, row, value, found))
        if found is None:
            self.note(bad_date(grid, column, row, value))
        return found


def _ambiguous(grid: Grid, column: str, row: int, value: str, found: date) -> Finding:
    day = Text(f"{found.day} {found:%B %Y}", f"{found:%d/%m/%Y} (jour/mois/année)")
    return Finding(
        codes.DAY_OR_MONTH,
        Text(
            "day and month could be the other way round; it was read as {day}",
            "jour et mois pourraient être inversés ; lu comme le {day}",
        ).format(day=day),
        value=value,
        **grid.cell(column, row),
    )
