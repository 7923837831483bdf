"""Days → months, and the points of the chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from xlkpi.core.aggregate import Sums, Tally
from xlkpi.core.campaign import Period, Settings
from xlkpi.core.days import day_of
from xlkpi.core.groups import values_of_one
from xlkpi.core.lines import Group

#: A chart of more points is no chart.
MAX_POINTS = 12


def months_and_trend(
    tally: Tally, settings: Settings
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Months, and the finest of day, week and month that gives at most MAX_POINTS points."""
    days = {day_of(k[0]): sums for k, sums in tally.groups("day").items() if k[0] is not None}
    if not days:
        return (), ()
    months = _rolled(days, lambda d: d.replace(day=1), settings)
    span = (max(days) - min(days)).days + 1
    if span <= MAX_POINTS:
        return months, _rolled(days, lambda d: d, settings)
    weeks = _rolled(days, lambda d: d - timedelta(days=d.weekday()), settings)
    if (weeks[-1].period.start - weeks[0].period.start).days // 7 < MAX_POINTS:  # type: ignore[union-attr]
        return months, weeks
    return months, months[-MAX_POINTS:]


def _rolled(
    days: Mapping[date, Sums], start_of: Callable[[date], date], settings: Settings
) -> tuple[Group, ...]:
    found: dict[date, Sums] = {}
    last: dict[date, date] = {}
    for day in sorted(days):
        start = start_of(day)
        found[start] = found[start] + days[day] if start in found else days[day]
        last[start] = day
    return tuple(
        Group(
            (start.isoformat(),),
            sums.posts,
            values_of_one(sums, settings),
            Period(start, last[start]),
        )
        for start, sums in found.items()
    )
