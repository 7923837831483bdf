"""Days → months, and the points of the chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from xlkpi.core.campaign import Period
from xlkpi.core.days import day_of
from xlkpi.core.lines import Group
from xlkpi.core.sums.groups import values_of
from xlkpi.core.sums.tally import DAY, PLACE, Tally

#: A chart of more points is no chart.
MAX_POINTS = 12

Start = Callable[[date], date]


def months_and_trend(tally: Tally) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Months, and the finest of day, week and month that gives at most MAX_POINTS points."""
    days = sorted(day_of(key[0]) for key in tally.grouped("day").keys if key[0] is not None)
    if not days:
        return (), ()
    months = _points(tally, "month", PLACE, _month_of_number, days, _month_of)
    span = (days[-1] - days[0]).days + 1
    if span <= MAX_POINTS:
        return months, _points(tally, "day", DAY, day_of, days, lambda day: day)
    first, last = _week_of(days[0]), _week_of(days[-1])
    if (last - first).days // 7 < MAX_POINTS:
        return months, _points(tally, "day", DAY, lambda n: _week_of(day_of(n)), days, _week_of)
    return months, months[-MAX_POINTS:]


def _points(
    tally: Tally,
    column: str,
    base: tuple[str, ...],
    start: Callable[[float], date],
    days: Sequence[date],
    start_of: Start,
) -> tuple[Group, ...]:
    """Groups of the days that begin on one day, with the last of them that has a post."""

    def label(number: Any) -> date | None:
        return None if number is None else start(number)

    last = {start_of(day): day for day in days}
    found = tally.labelled(label, column, base)
    groups = [
        Group((first.isoformat(),), round(posts), values, Period(first, last[first]))
        for first, posts, values in zip(
            found.keys, found.posts.tolist(), values_of(found), strict=True
        )
        if first is not None
    ]
    return tuple(sorted(groups, key=lambda group: group.key))


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _month_of_number(months: float) -> date:
    return date(int(months) // 12, int(months) % 12 + 1, 1)


def _week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
