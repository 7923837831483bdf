"""How money and results, which are booked per collaboration, enter ratios and groups.

A collaboration is an influencer in a campaign.  Above and below the line of a ratio stand the same collaborations:
those of which every part is known.  Where each post of a collaboration has a cost of its own, it stays there; else
the collaboration's cost is spread over its posts by reach (views where a post gives no reach), equally where one of
them gives neither.  So the groups of a campaign add up to it.  A post that lacks what is paid for, though others of
its network and format have it, leaves the ratio with its share of the cost; where none has it, the collaboration is
paid for all the same.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.sums.derive import WEIGHT
from xlkpi.core.sums.plan import of_posts
from xlkpi.core.sums.rows import Entering, Rows
from xlkpi.core.sums.table import Floats, added, codes, count, once, total


class Money:
    """Costs and results of the rows of a report."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.of, self.names = rows.collaborations

    def each(self, values: Floats) -> Floats:
        """What all rows of a collaboration have together, for each of its rows."""
        found: Floats = added(self.of, values, len(self.names))[self.of]
        return found

    @cached_property
    def _posts(self) -> Floats:
        return self.each(self.rows.posts)

    @cached_property
    def _is_named(self) -> Floats:
        return np.array([bool(name) for _, name, _ in self.names], dtype=float)[self.of]

    @once
    def is_known(self, measure: str) -> Floats:
        """1 where the collaboration has the figure.  A cost of which a part cannot be read is not known."""
        found = self.each(self.rows.table[count(measure)]) > 0
        if measure == "cost":
            found &= self.each(self._unread) == 0
        return found.astype(float)

    @cached_property
    def _unread(self) -> Floats:
        gaps = self.rows.gaps
        return np.array(
            [gaps.is_unread(int(g or 0), "cost") for (g,) in self.rows.by("gaps")], dtype=float
        )

    @once
    def is_on_each_post(self, measure: str) -> Floats:
        """1 where every post of the collaboration has a figure of its own, or where the posts are nobody's."""
        own = self.each(self.rows.table[count(measure)]) >= self._posts
        return np.where(self._is_named > 0, own, 1.0)

    # -- cost ------------------------------------------------------------------------------------------

    @once
    def cost(self, paid_for: str = "") -> Floats:
        """The cost of each row, without that of posts that lack what is paid for."""
        table, rows = self.rows.table, self.rows
        if paid_for == "interactions":
            return self.cost() * np.where(rows.gives(paid_for) > 0, rows.answered, 1.0)
        if paid_for == "followers":
            return self.cost() * (self.followers_known > 0)
        own = table[total("cost", paid_for)] if paid_for else table[total("cost")]
        weights = table[total(WEIGHT, paid_for)] if paid_for else table[total(WEIGHT)]
        posts = table[count(paid_for)] if paid_for else rows.posts
        all_weights = self.each(table[total(WEIGHT)])
        by_weight = (self.each(table[count(WEIGHT)]) >= self._posts) & (all_weights > 0)
        with np.errstate(all="ignore"):
            share = np.where(by_weight, weights / all_weights, posts / self._posts)
        whole = self.each(table[total("cost")])
        # a whole share is the whole cost, to the last digit
        spread = np.where(share == 1, whole, whole * share)
        found = np.where(self.is_on_each_post("cost") > 0, own, spread)
        return np.where(rows.gives(paid_for) > 0, found, self.cost()) if paid_for else found

    @cached_property
    def cost_per_post(self) -> float:
        """The mean cost of a post whose collaboration has one: a guess at what an unknown cost may be."""
        known = self.is_known("cost")
        posts = float((self.rows.posts * known).sum())
        return float((self.cost() * known).sum()) / posts if posts else 0.0

    @cached_property
    def unknown_cost(self) -> Floats:
        """What the posts of collaborations without a known cost may have cost."""
        return self.rows.posts * self.cost_per_post * (1 - self.is_known("cost"))

    # -- entering --------------------------------------------------------------------------------------

    def entering(self, kpi: Kpi, is_whole: Floats) -> Entering:
        """What each row brings to a KPI with money or results among its inputs.

        Args:
            is_whole: 1 where all rows of the collaboration are in one of the groups that are asked for.
        """
        names = of_posts(self.rows.settings, kpi)
        if len(names) == 1:
            return self._one(kpi, names[0])
        paid_for = next((n for n in names if not MEASURES[n].booked), "")
        enters = np.multiply.reduce([self._is_complete(name, is_whole) for name in names])
        found = {name: self._value(name, paid_for) * enters for name in names}
        inputs = tuple(found.get(name) for name in self.rows.settings.inputs(kpi))
        given = enters * (self._has(paid_for) > 0) if paid_for else enters
        return Entering(inputs, given, self._shares(names, paid_for, found, enters))

    def _one(self, kpi: Kpi, name: str) -> Entering:
        table = self.rows.table
        own = self.cost() if name == "cost" else table[total(name)]
        inputs = tuple(own if n == name else None for n in self.rows.settings.inputs(kpi))
        if name != "cost":
            return Entering(inputs, table[count(name)])
        known = self.is_known("cost")
        given = (self.each(table[count("cost")]) > 0).astype(float)
        return Entering(inputs, given, ((self.rows.posts * known, self.rows.posts),))

    def _is_complete(self, name: str, is_whole: Floats) -> Floats:
        """1 where the collaboration has the figure, and its groups are known to have their part of it."""
        if not MEASURES[name].booked:
            return (self.each(self._has(name)) > 0).astype(float)
        known = self.is_known(name)
        if name == "cost":
            return known
        return known * np.maximum(self.is_on_each_post(name), is_whole)

    def _has(self, name: str) -> Floats:
        if name == "followers":
            return self.followers_known
        return self.rows.known(name)

    def _value(self, name: str, paid_for: str) -> Floats:
        rows = self.rows
        if name == "cost":
            return self.cost("" if paid_for == "posts" else paid_for)
        if name == "interactions":
            return rows.counted(name) * rows.answered
        return rows.table[total(name)]

    def _shares(
        self, names: tuple[str, ...], paid_for: str, found: dict[str, Floats], enters: Floats
    ) -> tuple[tuple[Floats, Floats], ...]:
        """The share of the money that enters, else of the results; and of the posts that should have clicks."""
        rows = self.rows
        if "cost" not in names:
            of = rows.table[total(names[0])]
            shares = [(found[names[0]], of)] if of.sum() > 0 else []
        elif self.cost_per_post > 0:
            known = self.cost() * self.is_known("cost") + self.unknown_cost
            shares = [(found["cost"], known * self._asked(paid_for))]
        else:  # all of it for nothing: posts count instead
            shares = [(rows.posts * enters, rows.posts * self._asked(paid_for))]
        if paid_for == "clicks":
            shares.append((rows.known("clicks"), rows.expected("clicks")))
        return tuple(shares)

    def _asked(self, paid_for: str) -> Floats:
        """1 where a ratio is asked for: who counts impressions only has left out the networks that give none."""
        if paid_for != "impressions":
            return np.ones(len(self.rows))
        return (self.each(self.rows.gives(paid_for)) > 0).astype(float)

    # -- followers ---------------------------------------------------------------------------------------

    @cached_property
    def _accounts(self) -> Floats:
        """A number for the influencer and network of each row."""
        which, _ = codes([(str(i or ""), n) for i, n in self.rows.by("influencer", "network")])
        return which.astype(float)

    @cached_property
    def followers_known(self) -> Floats:
        """1 where a post of the row's account says how many followers it has."""
        which = self._accounts.astype(np.int64)
        known = added(which, self.rows.table[count("followers")], int(which.max(initial=-1)) + 1)
        return (known[which] > 0).astype(float)

    def followers(self, groups: Floats, count_of_groups: int, given: Floats) -> Floats:
        """The followers of the accounts in each group, each account once: the mean of what its posts say."""
        which = self._accounts.astype(np.int64)
        size = int(which.max(initial=-1)) + 1
        with np.errstate(all="ignore"):
            mean = added(which, self.rows.table[total("followers")], size) / added(
                which, self.rows.table[count("followers")], size
            )
        pairs = {(int(g), int(a)) for g, a, w in zip(groups, which, given, strict=True) if w > 0}
        found = np.zeros(count_of_groups)
        for group, account in pairs:
            found[group] += mean[account]
        return found
