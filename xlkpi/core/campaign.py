"""What a report starts from, as plain values: settings, periods, campaigns and objectives."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core.kpi import Kpi
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import DEFAULT_TOLERANCE

#: Likes, comments, shares and clicks are the set of Metricool, 15 KPI, 2025-09-16; saves are added where a
#: network reports them, and the report's footer names the set.
DEFAULT_INTERACTIONS = ("likes", "comments", "shares", "saves", "clicks")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    start: date
    end: date

    def __contains__(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices on the Settings sheet; every one has a working default."""

    language: Language = "en"
    currency: str = "EUR"
    scope: str = "campaign"  # campaign, all, period
    campaign: str = ""
    period: Period | None = None
    denominator: str = "reach"  # of the engagement rate: reach, impressions, followers, views
    interactions: tuple[str, ...] = DEFAULT_INTERACTIONS
    emv_method: str = "impressions"  # impressions, interactions, both
    tolerance: float = DEFAULT_TOLERANCE
    palette: str = "blue_orange"
    french_rules: bool = True
    views_count: bool = True  # as impressions, where a post gives views only
    gifts_count: bool = True  # gifts are part of the cost, at their value

    def inputs(self, kpi: Kpi) -> tuple[str, ...]:
        """The measures a KPI is computed from under these settings."""
        if kpi.id == "engagement_rate":
            return ("interactions", self.denominator)
        if self.views_count and len(kpi.inputs) > 1:
            return tuple("exposures" if n == "impressions" else n for n in kpi.inputs)
        return kpi.inputs


@dataclass(frozen=True, slots=True)
class Campaign:
    name: str
    objective_type: str = ""
    status: str = ""
    start: date | None = None
    end: date | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    advertiser: str = ""  # empty where the workbook has one advertiser only


@dataclass(frozen=True, slots=True)
class Objective:
    """One target: a KPI of one campaign.  ``place`` is where it stands, for findings."""

    campaign: str
    kpi: Kpi
    target: float | None
    tolerance: float | None = None
    upper: float | None = None  # the end of a range that starts with ``target``
    doubt: Text | None = None  # what is asked about the target, in place of a verdict
    objective: str | None = None  # None where the workbook has no such column
    review_date: date | None = None
    place: tuple[str, str] = ("", "")


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The first day of the month ``months`` after ``day``'s month."""
    index = min(
        day.year * 12 + day.month - 1 + months, 9999 * 12 + 11
    )  # the calendar ends in December 9999
    return date(index // 12, index % 12 + 1, 1)


def period_of(kind: str, start: date, end: date | None = None) -> Period:
    """The month, two months, quarter or year around ``start``, or from ``start`` to ``end``."""
    if kind == "month":
        return Period(start.replace(day=1), month_end(start))
    if kind == "two_months":
        return Period(start.replace(day=1), month_end(add_months(start, 1)))
    if kind == "quarter":
        first = date(start.year, start.month - (start.month - 1) % 3, 1)
        return Period(first, month_end(add_months(first, 2)))
    if kind == "year":
        return Period(date(start.year, 1, 1), date(start.year, 12, 31))
    return Period(start, end or start)


def parse_period(text: str) -> Period:
    """``2026``, ``2026-Q1``, ``2026-03``, ``2026-03-05`` or two of them joined by ``..``; ValueError otherwise.

    >>> parse_period("2026-Q1")
    Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
    """
    first, dots, last = text.strip().partition("..")
    if dots:
        period = Period(_one_period(first).start, _one_period(last).end)
        if period.end < period.start:
            raise ValueError(text)
        return period
    return _one_period(first)


def _one_period(text: str) -> Period:
    """A quarter is Q1 in English and T1 in French."""
    match = re.fullmatch(
        r"([0-9]{4})(?:-[QTqt]([1-4])|-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", text.strip()
    )
    if not match:
        raise ValueError(text)
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if quarter:
        return period_of("quarter", date(year, quarter * 3, 1))
    if month is None:
        return period_of("year", date(year, 1, 1))
    if day is None:
        return period_of("month", date(year, month, 1))
    exact = date(year, month, day)
    return Period(exact, exact)
