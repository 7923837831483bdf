"""Days as spreadsheets count them."""

from __future__ import annotations

from datetime import date, timedelta

_EPOCH = date(1899, 12, 30)


def day_of(number: float) -> date:
    """The date of a day number as spreadsheets count them."""
    return _EPOCH + timedelta(days=int(number))


def number_of(day: date) -> int:
    return (day - _EPOCH).days
