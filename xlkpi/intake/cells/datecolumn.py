"""A whole column of an export as days: what one cell leaves open, the others decide."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlkpi.core.days import serial_date
from xlkpi.core.texts import Text
from xlkpi.intake.cells.dates import YEARS, Open, Yearless, read
from xlkpi.intake.cells.dayorder import SWAPPED, choose_order, swapped_by_excel
from xlkpi.intake.cells.numbers import MISSING, Cell, written
from xlkpi.intake.cells.years import with_years, years_text


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of days.  ``ambiguous``: day and month could be the other way round; the value is the day first."""

    values: list[date | None]
    bad: list[int]
    ambiguous: list[int]
    decision: (
        Text | None
    )  # how day and month, or missing years, were read; None when nothing was open


def dates(cells: Sequence[Cell], *, order: str | None = None, today: date | None = None) -> Dates:
    """A column as days; times and zones are left out, the day counts as written.

    ``03/04/2026`` alone is ambiguous.  In this order: a part over 12 anywhere in the column shows which one is the day
    (cells that contradict the others are bad); 03.04.2026 is day first; ``order`` ("dmy" or "mdy") is the rule of the
    platform; only one order leaves no day after ``today``; else the cells are listed as ambiguous and read day first,
    as in our workbooks.  Days without a year are the last ones up to ``today``, and a series stays in order over New
    Year; without ``today`` they are bad.  Numbers are Excel's days (of 1904 workbooks: add 1462 before).
    Never raises.

    >>> dates(["04/03/2026", "04/28/2026"]).values
    [datetime.date(2026, 4, 3), datetime.date(2026, 4, 28)]
    """
    column = _Days(cells)
    column.put_in_order(order, today)
    column.add_years(today)
    return Dates(column.values, sorted(column.bad), sorted(column.ambiguous), _joined(column.said))


class _Days:
    """A column while what its cells leave open is decided."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        known: dict[str, date | Open | Yearless | None] = {}
        self.cells = cells
        self.found = [_read_day(cell, known) for cell in cells]
        self.values: list[date | None] = [f if type(f) is date else None for f in self.found]
        self.bad = {
            i
            for i, (cell, f) in enumerate(zip(cells, self.found, strict=True))
            if f is None and not _is_blank(cell)
        }
        self.ambiguous: set[int] = set()
        self.said: list[Text] = []

    def put_in_order(self, order: str | None, today: date | None) -> None:
        """Which part of ``03/04/2026`` is the day."""
        opened = [(i, f) for i, f in enumerate(self.found) if type(f) is Open]
        if not opened:
            return
        counted = Counter(f for _, f in opened)
        chosen = choose_order(counted, order, today)
        days = {f: f.in_order(chosen.order) for f in counted}
        for i, f in opened:
            self.values[i] = days[f]
        self.bad |= {i for i, f in opened if days[f] is None}
        if not chosen.is_sure:
            self.ambiguous |= {i for i, f in opened if f.is_ambiguous and days[f]}
        if any(f.is_ambiguous for f in counted) or len(chosen.proofs) > 1:
            self.said.append(chosen.why)
        swapped = swapped_by_excel(self.cells, self.values, counted)
        if swapped:
            self.ambiguous |= {*swapped}
            self.said.append(SWAPPED)

    def add_years(self, today: date | None) -> None:
        """The year of ``19 avril``; without a day to count back from, such days are bad."""
        yearless = [(i, f) for i, f in enumerate(self.found) if type(f) is Yearless]
        if not yearless:
            return
        days = with_years([f for _, f in yearless], today) if today else [None] * len(yearless)
        for (i, _), day in zip(yearless, days, strict=True):
            self.values[i] = day
        self.bad |= {i for (i, _), day in zip(yearless, days, strict=True) if day is None}
        known = [day for day in days if day]
        if known:
            self.said.append(years_text(known))


def _read_day(
    cell: Cell, known: dict[str, date | Open | Yearless | None]
) -> date | Open | Yearless | None:
    if isinstance(cell, str):
        if cell not in known:
            known[cell] = _day_of_text(cell)
        return known[cell]
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or not math.isfinite(cell):
        return None
    day = serial_date(cell) if cell < 1e6 else None
    if day is not None:
        return day if day.year in YEARS else None
    return read(f"{cell:.0f}") if cell == int(cell) and cell < 1e9 else None


_SERIAL = re.compile(r"[3-6][0-9]{4}(?:[.,][0-9]+)?")
_SERIAL_YEARS = range(
    2004, 2070
)  # a date cell saved as CSV in format General; networks are not older


def _day_of_text(text: str) -> date | Open | Yearless | None:
    found = read(text)
    if found is None and _SERIAL.fullmatch(text.strip()):
        day = serial_date(float(text.strip().replace(",", ".")))
        return day if day and day.year in _SERIAL_YEARS else None
    return found


def _is_blank(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not cell or written(cell) is MISSING
    return cell is None


def _joined(said: Sequence[Text]) -> Text | None:
    if not said:
        return None
    return Text("; ".join(t.en for t in said), " ; ".join(t.fr for t in said))
