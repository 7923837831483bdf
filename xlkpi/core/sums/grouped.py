"""The finest sums put together into groups, and the KPIs of each group."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MIN_COVERAGE
from xlkpi.core.sums.money import Money
from xlkpi.core.sums.plan import is_booked, of_posts
from xlkpi.core.sums.rows import Entering, Rows
from xlkpi.core.sums.table import Floats, added, codes, count, most, once, total

Measures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MissingFigures:
    """What a sum lacks: so many posts or collaborations, each of which may have as much as the largest known one."""

    count: int
    largest: float
    collaborations: bool = False

    @property
    def could_hold(self) -> float:
        return self.count * self.largest


class Grouped:
    """Groups of rows by a label for each row."""

    def __init__(self, rows: Rows | None, labels: Sequence[Hashable]) -> None:
        self.rows = rows
        self._which, self.keys = codes(labels)
        self._entered: dict[str, _Entered] = {}

    @classmethod
    def none(cls) -> Grouped:
        return cls(None, [])

    def sums(self) -> dict[Any, Sums]:
        return {key: Sums(self, i) for i, key in enumerate(self.keys)}

    def added(self, values: Floats) -> Floats:
        return added(self._which, values, len(self.keys))

    @cached_property
    def money(self) -> Money:
        assert self.rows is not None
        return Money(self.rows)

    @cached_property
    def posts(self) -> Floats:
        return np.zeros(0) if self.rows is None else self.added(self.rows.posts)

    @cached_property
    def is_whole(self) -> Floats:
        """1 where all rows of a row's collaboration are in one group."""
        of, names = self.money.of, self.money.names
        first = np.full(len(names), len(self.keys))
        np.minimum.at(first, of, self._which)
        last = np.zeros(len(names), dtype=np.int64)
        np.maximum.at(last, of, self._which)
        whole: Floats = (first == last).astype(float)[of]
        return whole

    # -- measures --------------------------------------------------------------------------------------

    @once
    def totals(self, measure: str) -> Floats:
        """Sums of what is known of a measure; NaN where nobody has it."""
        assert self.rows is not None
        if measure == "cost":
            own, given = self.money.cost(), self.money.each(self.rows.table[count("cost")])
        else:
            own, given = self.rows.counted(measure), self.rows.given_by(measure)
        return np.where(self.added(given) > 0, self.added(own), np.nan)

    @once
    def known(self, measure: str) -> Floats:
        """How many posts have a measure."""
        assert self.rows is not None
        return self.added(self.rows.known(measure))

    @once
    def expected(self, measure: str) -> Floats:
        """How many posts should have a measure: those of a network and format that gives it."""
        assert self.rows is not None
        return self.added(self.rows.expected(measure))

    # -- KPIs --------------------------------------------------------------------------------------------

    def _of(self, kpi: Kpi) -> _Entered:
        if kpi.id not in self._entered:
            assert self.rows is not None
            booked = is_booked(self.rows.settings, kpi)
            with np.errstate(all="ignore"):  # what is too large becomes unknown in the end
                brought = (
                    self.money.entering(kpi, self.is_whole) if booked else self.rows.entering(kpi)
                )
                self._entered[kpi.id] = self._together(kpi, brought)
        return self._entered[kpi.id]

    def _together(self, kpi: Kpi, brought: Entering) -> _Entered:
        inputs = [None if values is None else self.added(values) for values in brought.inputs]
        if kpi.id == "cost_per_thousand_followers":
            inputs[1] = self.money.followers(
                self._which.astype(float), len(self.keys), brought.given
            )
        shares = [(self.added(part), self.added(of)) for part, of in brought.shares]
        return _Entered(tuple(inputs), self.added(brought.given) > 0, _least(shares, self.posts))

    def coverage(self, kpi: Kpi) -> Floats:
        """Share of the posts, or of the money, that enters a KPI; NaN where nothing can be missing."""
        return self._of(kpi).coverage

    def values(self, kpi: Kpi, measures: Sequence[Measures | None] = ()) -> Floats:
        """The KPI of each group, NaN where it is not measurable; a ratio with money too where most of it is left out.

        Args:
            measures: figures of the campaign, for each group.
        """
        found = self.measured(kpi, measures)
        if len(of_posts(self.rows.settings, kpi)) > 1 and is_booked(self.rows.settings, kpi):  # type: ignore[union-attr]
            with np.errstate(invalid="ignore"):
                found = np.where(self.coverage(kpi) < MIN_COVERAGE, np.nan, found)
        return found

    def measured(self, kpi: Kpi, measures: Sequence[Measures | None] = ()) -> Floats:
        """The KPI of each group over what enters, however little it is."""
        entered = self._of(kpi)
        assert self.rows is not None
        names = self.rows.settings.inputs(kpi)
        inputs = [
            _of_campaigns(name, measures, len(self.keys)) if own is None else own
            for name, own in zip(names, entered.inputs, strict=True)
        ]
        found = np.atleast_1d(np.asarray(kpi.compute(*inputs), dtype=float))
        return np.where(entered.given & np.isfinite(found), found, np.nan)

    # -- what is missing -----------------------------------------------------------------------------------

    @once
    def unknown_cost(self) -> Floats:
        """The share of the cost that is unknown, as far as it can be guessed; of the posts where nothing was paid."""
        money = self.money
        known = self.added(money.cost() * money.is_known("cost"))
        unknown = self.added(money.unknown_cost)
        if money.cost_per_post <= 0:
            unknown = self.added(money.rows.posts * (1 - money.is_known("cost")))
            known = self.posts - unknown
        with np.errstate(all="ignore"):
            return np.nan_to_num(unknown / (known + unknown))

    def lacking(self, kpi: Kpi) -> tuple[Floats, Floats]:
        """Shares of the cost that a ratio lacks: what is unknown though the rest is known, and what has no result."""
        rows, money = self.rows, self.money
        assert rows is not None
        others = [n for n in of_posts(rows.settings, kpi) if n != "cost"]
        has = np.ones(len(rows))
        for name in others:
            booked = MEASURES[name].booked
            has = has * (money.is_known(name) if booked else money.each(rows.known(name)) > 0)
        weight = money.cost() if money.cost_per_post > 0 else rows.posts
        guess = money.unknown_cost if money.cost_per_post > 0 else rows.posts
        known = money.is_known("cost")
        entering, idle = self.added(weight * known * has), self.added(weight * known * (1 - has))
        unknown = self.added(guess * (1 - known) * has)
        with np.errstate(all="ignore"):
            return (
                np.nan_to_num(unknown / (entering + unknown)),
                np.nan_to_num(idle / (entering + idle)),
            )

    def missing(self, kpi: Kpi, group: int) -> MissingFigures:
        """What the sum of one measure lacks in a group."""
        rows, (name,) = self.rows, of_posts(self.rows.settings, kpi)  # type: ignore[union-attr]
        assert rows is not None
        own = (self._which == group).astype(float)
        if not MEASURES[name].booked:
            lacking = (rows.expected(name) - rows.known(name)) * own
            largest = float((rows.table[most(name)] * own).max(initial=0.0))
            return MissingFigures(round(float(lacking.sum())), largest)
        of, names = self.money.of, self.money.names
        known = self.money.is_known(name)
        amounts = added(of, rows.table[total(name)] * own, len(names))
        lacking_ones = len({c for c, o, k in zip(of, own, known, strict=True) if o and not k})
        return MissingFigures(lacking_ones, float(amounts.max(initial=0.0)), collaborations=True)


@dataclass(frozen=True, slots=True)
class _Entered:
    """What the groups have for a KPI."""

    inputs: tuple[Floats | None, ...]
    given: NDArray[np.bool_]
    coverage: Floats


def _least(shares: list[tuple[Floats, Floats]], posts: Floats) -> Floats:
    """The least of the shares of each group, without binary dust; NaN where there is none."""
    with np.errstate(all="ignore"):
        found = [
            np.where(of > 0, np.minimum(np.round(part / of, 12), 1.0), np.nan)
            for part, of in shares
        ]
    return np.fmin.reduce(found) if found else np.full(len(posts), np.nan)


def _of_campaigns(name: str, measures: Sequence[Measures | None], groups: int) -> Floats:
    if not measures:
        return np.full(groups, np.nan)
    return np.array([(own or {}).get(name, np.nan) for own in measures], dtype=float)


class Sums:
    """One group."""

    def __init__(self, grouped: Grouped, index: int) -> None:
        self._grouped, self._index = grouped, index

    @classmethod
    def none(cls) -> Sums:
        """The sums of no posts."""
        return cls(Grouped.none(), -1)

    def _one(self, values: Floats) -> float | None:
        found = float(values[self._index])
        return found if math.isfinite(found) else None

    @property
    def posts(self) -> int:
        return round(float(self._grouped.posts[self._index])) if self._index >= 0 else 0

    def total(self, measure: str) -> float | None:
        """The sum of what is known of a measure; None where nobody has it."""
        return self._one(self._grouped.totals(measure)) if self.posts else None

    def known(self, measure: str) -> int:
        """How many posts have a measure."""
        return round(self._one(self._grouped.known(measure)) or 0) if self.posts else 0

    def expected(self, measure: str) -> int:
        """How many posts should have a measure: those of a network and format that gives it."""
        return round(self._one(self._grouped.expected(measure)) or 0) if self.posts else 0

    def value(self, kpi: Kpi, campaign: Measures | None = None) -> float | None:
        """The KPI of this group, or None where it is not measurable."""
        return self._told(self._grouped.values, kpi, campaign)

    def measured(self, kpi: Kpi, campaign: Measures | None = None) -> float | None:
        """The KPI over what enters it, however little it is."""
        return self._told(self._grouped.measured, kpi, campaign)

    def _told(self, values: Any, kpi: Kpi, campaign: Measures | None) -> float | None:
        if not self.posts:
            return None
        return self._one(values(kpi, [campaign] * len(self._grouped.keys)))

    def coverage(self, kpi: Kpi) -> float | None:
        """Share of the posts, or of the money, that enters the KPI; None where nothing can be missing."""
        return self._one(self._grouped.coverage(kpi)) if self.posts else None

    def unknown_cost_of(self, kpi: Kpi) -> float:
        """The share of the cost that a ratio lacks, as it is unknown though the rest is known."""
        return self._one(self._grouped.lacking(kpi)[0]) or 0.0 if self.posts else 0.0

    def cost_without_result(self, kpi: Kpi) -> float:
        """The share of the known cost of which the result is unknown."""
        if not self.posts or not any(
            MEASURES[n].booked for n in kpi.inputs if n in MEASURES and n != "cost"
        ):
            return 0.0
        return self._one(self._grouped.lacking(kpi)[1]) or 0.0

    def missing(self, kpi: Kpi) -> MissingFigures:
        return self._grouped.missing(kpi, self._index) if self.posts else MissingFigures(0, 0.0)

    @property
    def unknown_cost(self) -> float:
        """The share of the cost that is unknown, as far as it can be guessed."""
        return self._one(self._grouped.unknown_cost()) or 0.0 if self.posts else 0.0
