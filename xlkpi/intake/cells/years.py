"""The years of days that are written without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from xlkpi.core.texts import Text
from xlkpi.intake.cells.dates import Yearless


def with_years(days: Sequence[Yearless], today: date) -> list[date | None]:
    """The years of days that have none: the last such days up to ``today``, in the order in which they stand."""
    steps = [_step(a, b) for a, b in pairwise(days)]
    for forward in (True, False):
        signed = steps if forward else [-s for s in steps]
        plain = all((a <= b) if forward else (a >= b) for a, b in pairwise(days))
        if all(0 <= s <= _LONGEST_STEP for s in signed) or (plain and len(days) > 2):
            series = list(reversed(days)) if forward else list(days)
            ordered = _backwards(series, today)
            return list(reversed(ordered)) if forward else ordered
    return [_last(day, today) for day in days]


_LONGEST_STEP = 45  # days between two lines of a series; posts in no order jump further


def _step(a: Yearless, b: Yearless) -> int:
    """Days from ``a`` to ``b`` by the shorter way round the year."""
    apart = (date(2024, b.month, b.day) - date(2024, a.month, a.day)).days
    return (apart + 183) % 366 - 183


def _backwards(series: Sequence[Yearless], today: date) -> list[date | None]:
    """Days of a series from the last one back, each not after the one before it."""
    found: list[date | None] = []
    limit = today
    for day in series:
        latest = _last(day, limit)
        found.append(latest)
        limit = latest or limit
    return found


def _last(day: Yearless, limit: date) -> date | None:
    """The last such day up to ``limit``; 29 February waits for its leap year."""
    for year in range(limit.year, limit.year - 9, -1):
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            continue
        if found <= limit:
            return found
    return None


def years_text(days: Sequence[date]) -> Text:
    first, last = min(days), max(days)
    return Text(
        "dates without a year were read as {a} to {b}", "dates sans année lues du {c} au {d}"
    ).format(a=first.isoformat(), b=last.isoformat(), c=f"{first:%d/%m/%Y}", d=f"{last:%d/%m/%Y}")
