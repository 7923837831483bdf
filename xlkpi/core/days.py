"""Days as spreadsheets count them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from xlkpi.core.texts import Text

#: Day 0 of the two calendars of Excel, by whether a workbook counts from 1904.
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
#: What the numbers of the calendar of 1904 lack.
DAYS_TO_1904 = 1462
#: Day numbers that mean one day in every spreadsheet: from 1 March 1900, as Excel counts a 29 February 1900,
#: to 31 December 9999.
FIRST_SERIAL, END_OF_SERIALS = 61, 2_958_466
_EPOCH = EPOCHS[False].date()


def day_of(number: float) -> date:
    """The date of a day number as spreadsheets count them."""
    return _EPOCH + timedelta(days=int(number))


def number_of(day: date, date1904: bool = False) -> int:
    """The day number of a date; of a moment, that of its day."""
    whole = date(day.year, day.month, day.day)
    return (whole - _EPOCH).days - (DAYS_TO_1904 if date1904 else 0)


def serial_of(day: date) -> float:
    """Excel's day number; the time of day is its fraction."""
    whole = float(number_of(day))
    if not isinstance(day, datetime):
        return whole
    return whole + (day.hour * 3600 + day.minute * 60 + day.second + day.microsecond / 1e6) / 86400


def serial_date(serial: float, date1904: bool = False) -> date | None:
    """Excel's day number as a date; None outside 1900-03-01 … 9999-12-31."""
    serial += DAYS_TO_1904 if date1904 else 0
    return day_of(serial) if FIRST_SERIAL <= serial < END_OF_SERIALS else None


def dated(day: date | None) -> Text:
    """A day in figures, for a finding; an ellipsis where it is open."""
    return Text(day.isoformat(), f"{day:%d/%m/%Y}") if day else Text("…", "…")
