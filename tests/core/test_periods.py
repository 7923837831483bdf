"""Periods as people ask for them: month, two months, quarter, year, from–to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core.campaign import Period, add_months, month_end, parse_period, period_of
from xlkpi.core.days import day_of, number_of

days = st.dates(date(1900, 3, 1), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-T3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-05", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026-03-05..2026-04-17", date(2026, 3, 5), date(2026, 4, 17)),
        ("2026-01..2026-02", date(2026, 1, 1), date(2026, 2, 28)),
        ("2026-Q1..2026-Q2", date(2026, 1, 1), date(2026, 6, 30)),
        ("2025-11..2026", date(2025, 11, 1), date(2026, 12, 31)),
        ("  2026-03 ", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-03-01 .. 2026-03-31", date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_period_is_read(asked: str, start: date, end: date):
    assert parse_period(asked) == Period(start, end)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "..",
        "spring",
        "26-03",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-Q0",
        "2026-Q",
        "2026-02-30",
        "2026/03",
        "03-2026",
        "2026-03..",
        "..2026-03",
        "2026-04..2026-03",
        "2026-03-05..2026-03-04",
        "2026-W10",
        "0000",
        "２０２６",
        "2026-01..2026-02..2026-03",
        "2026-1_2",
        "2026-+3",
        "2026-99999999999999999999",
    ],
)
def test_what_is_not_a_period_is_refused(asked: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller words it
        parse_period(asked)


@given(st.text(alphabet="0123456789-QT. _+aé", max_size=24))
def test_any_text_is_a_period_or_refused(text: str):
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert period.start <= period.end


@given(days, days)
def test_two_days_joined_are_the_days_between(one: date, two: date):
    first, last = sorted((one, two))
    assert parse_period(f"{first.isoformat()}..{last.isoformat()}") == Period(first, last)


@given(days)
def test_a_month_begins_on_the_first_and_ends_before_the_next(day: date):
    month = period_of("month", day)
    assert month.start == day.replace(day=1)
    assert month.end + timedelta(1) == add_months(day, 1)
    assert parse_period(f"{day:%Y-%m}".zfill(7)) == month


@given(days, st.sampled_from(["month", "two_months", "quarter", "year"]))
def test_the_period_around_a_day_holds_it(day: date, kind: str):
    period = period_of(kind, day)
    assert Period(day, day) in period
    assert period.start.day == 1
    assert period.end == month_end(period.end)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    assert months == {"month": 1, "two_months": 2, "quarter": 3, "year": 12}[kind]


@given(days)
def test_a_quarter_is_one_of_four(day: date):
    quarter = period_of("quarter", day)
    assert quarter.start.month in (1, 4, 7, 10)
    assert quarter == parse_period(f"{day.year:04d}-Q{(day.month + 2) // 3}")


def test_two_months_begin_with_the_month_that_is_given():
    assert period_of("two_months", date(2025, 12, 15)) == Period(
        date(2025, 12, 1), date(2026, 1, 31)
    )


def test_from_to_needs_no_end():
    assert period_of("from_to", date(2026, 3, 5), date(2026, 3, 9)) == Period(
        date(2026, 3, 5), date(2026, 3, 9)
    )
    assert period_of("from_to", date(2026, 3, 5)) == Period(date(2026, 3, 5), date(2026, 3, 5))


def test_both_ends_belong_to_a_period():
    march = parse_period("2026-03")
    assert march in march
    assert Period(date(2026, 3, 31), date(2026, 3, 31)) in march
    assert Period(date(2026, 3, 31), date(2026, 4, 1)) not in march
    assert march not in Period(date(2026, 3, 2), date(2026, 3, 31))


@given(days)
def test_day_numbers_are_those_of_spreadsheets(day: date):
    assert day_of(number_of(day)) == day
    assert day_of(number_of(day) + 0.75) == day
    assert number_of(date(2026, 3, 1)) == 46_082
