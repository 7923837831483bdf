"""The finest sums of a report's posts, and what can be said of each only when all posts are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.campaign import Settings
from xlkpi.core.kpi import Kpi
from xlkpi.core.names import fold, same_name
from xlkpi.core.sums.gaps import PARTS, PRIVATE, Gaps
from xlkpi.core.sums.plan import counts_interactions, is_share_of_interactions, of_posts
from xlkpi.core.sums.table import Floats, SumTable, added, codes, count, once, total

#: Derived measures, and the parts that they are made of where it is not the settings' own set.
_CONVERSATIONS = ("comments", "shares")


@dataclass(frozen=True, slots=True)
class Entering:
    """What each row brings to a KPI."""

    inputs: tuple[Floats | None, ...]  # in the KPI's order; None is a figure of the campaign
    given: Floats  # above 0 where the row brings anything
    #: How much enters, and of how much: posts, money or results.  The least of these shares is the coverage.
    shares: tuple[tuple[Floats, Floats], ...] = ()


class Rows:
    """Sums by campaign, influencer, network, format, month and gaps; a KPI of any group adds up some of them."""

    def __init__(self, table: SumTable, settings: Settings) -> None:
        self.table, self.settings = table, settings
        self.gaps = Gaps(settings)

    def __len__(self) -> int:
        return len(self.table.keys)

    @once
    def by(self, *names: str) -> list[tuple[Any, ...]]:
        """The part of each row's key that has these columns; None for one that the posts do not have."""
        nothing = [None] * len(self)
        return list(zip(*(self._columns.get(name, nothing) for name in names), strict=True))

    @cached_property
    def _columns(self) -> dict[str, Sequence[Any]]:
        return dict(zip(self.table.by, zip(*self.table.keys, strict=True), strict=False))

    @cached_property
    def posts(self) -> Floats:
        return self.table[count("posts")]

    # -- parts ---------------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> list[tuple[Any, Any, int]]:
        return [(n, f, int(gaps or 0)) for n, f, gaps in self.by("network", "format", "gaps")]

    @cached_property
    def given(self) -> dict[tuple[Any, Any], frozenset[str]]:
        """Network and format → the parts of the interactions that its posts give."""
        return self.gaps.given(self._places)

    def _mask(self, true: Iterable[bool]) -> Floats:
        return np.fromiter(true, dtype=float, count=len(self))

    @once
    def complete(self, parts: tuple[str, ...]) -> Floats:
        """1 where the posts have all of the parts that their network and format give."""
        return self._mask(
            self.gaps.complete(gaps, self.given[network, format], parts)
            for network, format, gaps in self._places
        )

    @cached_property
    def answered(self) -> Floats:
        """1 where all interactions are known that the network and format give."""
        return self.complete(self.settings.interactions)

    @once
    def gives(self, measure: str) -> Floats:
        """1 where a post of the same network and format has a measure."""
        which, names = codes(self.by("network", "format"))
        found = added(which, self.given_by(measure), len(names)) > 0
        return found[which].astype(float)

    def expected(self, measure: str) -> Floats:
        """The posts that should have a measure: those of a network and format that gives it."""
        return self.posts * self._is_given(measure)

    @once
    def _is_given(self, measure: str) -> Floats:
        """1 where the network and format give a measure, as far as they may not."""
        if measure not in PARTS:
            return np.ones(len(self))
        return self._mask(measure in self.given[n, f] for n, f, _ in self._places)

    @cached_property
    def _not_counted(self) -> dict[str, Floats]:
        """Part that only its author sees → 1 where its figures are not counted, as not all posts have it."""
        parts = {part for own in PRIVATE.values() for part in own}
        return {
            part: self._mask(
                part in PRIVATE.get(f, ()) and part not in self.given[n, f]
                for n, f, _ in self._places
            )
            for part in parts
            if part in self.settings.interactions
        }

    def counted(self, measure: str, *among: str) -> Floats:
        """The sum of a measure over posts that have the others too; of interactions, of those that are counted."""
        found = self.table[total(measure, *among)]
        if counts_interactions(measure):
            for part, dropped in self._not_counted.items():
                found = found - dropped * self.table[total(part, *among)]
        return found

    @once
    def given_by(self, measure: str) -> Floats:
        """How many posts have a measure; of interactions, any that is counted."""
        found = self.table[count(measure)]
        return found * self._has_counted if counts_interactions(measure) else found

    @cached_property
    def _has_counted(self) -> Floats:
        found: Floats = np.maximum.reduce(
            [
                (1 - self._not_counted.get(part, 0.0))
                * self._mask(not self.gaps.lacks(gaps, part) for _, _, gaps in self._places)
                for part in self.settings.interactions
            ],
            initial=0.0,
        )
        return found

    @once
    def known(self, measure: str) -> Floats:
        """How many posts have a measure; of interactions, all that their network and format give."""
        whole = self.answered if counts_interactions(measure) else self._is_given(measure)
        return self.table[count(measure)] * whole

    # -- KPIs of posts ---------------------------------------------------------------------------------

    def entering(self, kpi: Kpi) -> Entering:
        """What each row brings to a KPI that has neither money nor results among its inputs."""
        names = of_posts(self.settings, kpi)
        if is_share_of_interactions(self.settings, kpi):
            return self._share_of_interactions(names[0])
        if len(names) < 2:
            return self._one(kpi, names)
        complete = self.table[count(*names)]
        whole = np.ones(len(self))
        if any(map(counts_interactions, names)):
            whole = self.answered
        sums = tuple(self.counted(name, *names) * whole for name in names)
        expected = np.minimum.reduce([self.expected(name) for name in names])
        return Entering(sums, complete * whole, ((complete * whole, expected),))

    def _one(self, kpi: Kpi, names: tuple[str, ...]) -> Entering:
        """One figure of the posts, with figures of the campaign or without."""
        inputs = tuple(
            self.counted(name) if name in names else None for name in self.settings.inputs(kpi)
        )
        if not names:
            return Entering(inputs, self.posts)
        (name,) = names
        return Entering(inputs, self.given_by(name), ((self.known(name), self.expected(name)),))

    def _share_of_interactions(self, part: str) -> Entering:
        """A part of the interactions over the posts whose interactions are complete: a post of a network and format
        that does not give the part has none of it, so that all parts together are the whole.
        """
        parts = _CONVERSATIONS if part == "conversations" else (part,)
        counted = float(set(parts) <= set(self.settings.interactions))
        complete = self.table[count("interactions")] * self.answered * counted
        own = sum(
            (self.table[total(p)] * (1 - self._not_counted.get(p, 0.0)) for p in parts),
            np.zeros(len(self)),
        )
        given = sum((self.table[count(p)] for p in parts), np.zeros(len(self)))
        return Entering(
            (own * self.answered * counted, self.counted("interactions") * self.answered * counted),
            given * self.answered * counted,
            ((complete, self.posts),),
        )

    # -- collaborations --------------------------------------------------------------------------------

    @cached_property
    def collaborations(self) -> tuple[NDArray[np.int64], list[Any]]:
        """A number for the campaign and influencer of each row, and their names.

        Posts without an influencer are nobody's: those with a cost stand apart from those without.
        """
        keys = []
        for campaign, influencer, gaps in self.by("campaign", "influencer", "gaps"):
            name = same_name(influencer) if influencer else ""
            unpaid = not name and self.gaps.lacks(int(gaps or 0), "cost")
            keys.append((fold(campaign or ""), name, unpaid))
        return codes(keys)
