"""Sums per campaign, influencer, network, format and day, written once over narwhals.

Rates of a group are ratios of sums, never means of rates.  A rate between two figures of a post (engagement,
clicks, sentiment) counts only the posts where both are known, so a post without reach does not inflate
the engagement rate.  Money and results (``Measure.booked``) are booked per collaboration, on whichever
post: they enter as totals.  The same code runs on pandas, DuckDB and PySpark.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from xlkpi.core import emv, formulas
from xlkpi.core.campaign import DEFAULT_INTERACTIONS, Settings
from xlkpi.core.catalogue import KPIS, MEASURES
from xlkpi.core.emv import EmvBasis
from xlkpi.core.kpi import Kpi

#: Group by → the columns that make the key.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "campaign": ("campaign",),
    "influencer": ("influencer",),
    "network": ("network",),
    "format": ("network", "format"),
    "day": ("day",),
    "collaboration": ("campaign", "influencer"),
    "account": ("influencer", "network"),
    "campaign_day": ("campaign", "day"),
}
KEYS = ("campaign", "influencer", "network", "format")
#: The KPIs of every group: influencer, network, format, period.  The campaign has all of the catalogue.
GROUP_KPIS = (
    "reach",
    "impressions",
    "views",
    "interactions",
    "engagement_rate",
    "clicks",
    "ctr",
    "conversions",
    "conversion_rate",
    "revenue",
    "spend",
    "emv",
    "emv_ratio",
    "roi",
    "cpa",
    "cpe",
    "cpm",
    "positive_sentiment",
    "new_followers",
    "authenticity",
    "content_quality",
    "reusable_content",
    "followers",
)
#: What posts are grouped by, once for each frame: sums add up, so every dimension is summed from one of the two.
BASES = (KEYS, DIMENSIONS["campaign_day"])


@dataclass(frozen=True, slots=True)
class Sums:
    """One group's sums.  ``known`` counts the posts that have the figure; a figure nobody has is absent."""

    posts: int
    totals: Mapping[str, float]
    known: Mapping[str, int]
    paired: Mapping[str, tuple[float, ...]]  # KPI id → sums of its inputs over complete posts
    complete: Mapping[str, int]  # KPI id → posts where every input is known

    def total(self, measure: str) -> float | None:
        return self.totals.get(measure)

    def inputs(
        self, kpi: Kpi, settings: Settings, campaign: Mapping[str, float]
    ) -> tuple[float, ...] | None:
        """What ``kpi.compute`` gets for this group, or None when an input is unknown."""
        if kpi.id in self.paired:
            return self.paired[kpi.id] if self.complete[kpi.id] else None
        found = []
        for name in settings.inputs(kpi):
            value = campaign.get(name) if MEASURES[name].per_campaign else self.totals.get(name)
            if value is None:
                return None
            found.append(value)
        return tuple(found)

    def value(
        self, kpi: Kpi, settings: Settings, campaign: Mapping[str, float] | None = None
    ) -> float | None:
        """The KPI of this group, or None where it is not measurable."""
        inputs = self.inputs(kpi, settings, campaign or {})
        if inputs is None:
            return None
        result = float(kpi.compute(*inputs))  # type: ignore[arg-type]
        return result if math.isfinite(result) else None

    def coverage(self, kpi: Kpi, settings: Settings) -> float | None:
        """Share of the posts that have what the KPI needs; None where posts are not what it is made of."""
        if not self.posts:
            return None
        if kpi.id in self.complete:
            return self.complete[kpi.id] / self.posts
        names = [
            n for n in settings.inputs(kpi) if not (MEASURES[n].per_campaign or MEASURES[n].booked)
        ]
        return min((self.known.get(n, 0) / self.posts for n in names), default=None)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.posts + other.posts,
            _add(self.totals, other.totals),
            _add(self.known, other.known),
            {
                k: tuple(
                    map(
                        sum,
                        zip(*(s.paired[k] for s in (self, other) if k in s.paired), strict=True),
                    )
                )
                for k in {**self.paired, **other.paired}
            },
            _add(self.complete, other.complete),
        )


def _add(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    return {k: one.get(k, 0) + two.get(k, 0) for k in {**one, **two}}


def paired_kpis(settings: Settings, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """KPIs that relate two or more figures of the same post → those figures, as far as the data has them."""
    have = set(columns)
    found = {}
    for kpi in KPIS:
        inputs = settings.inputs(kpi)
        if (
            len(inputs) > 1
            and have.issuperset(inputs)
            and not any(MEASURES[n].per_campaign or MEASURES[n].booked for n in inputs)
        ):
            found[kpi.id] = inputs
    return found


# -- posts → figures derived from them ---------------------------------------------------------


def valued(frame: Any, settings: Settings, basis: EmvBasis) -> Any:
    """Add the interactions and the EMV of each post.

    Args:
        frame: narwhals frame of posts; one column per measure, null where unknown.
    """
    have = set(frame.collect_schema().names())
    if (
        isinstance(frame, nw.DataFrame) and "network" in have
    ):  # most rates are of networks that no post here is of
        basis = basis.of(set(frame["network"].unique().to_list()))
    parts = [c for c in settings.interactions if c in have]
    return frame.with_columns(
        _sum_of_known(parts).alias("interactions"), _emv(basis, have).alias("emv")
    )


def derive(frame: Any, settings: Settings, basis: EmvBasis) -> Any:
    """Add what the catalogue computes from the columns of a post: interactions, EMV, counts of answers.

    Args:
        frame: as for ``valued``.
    """
    have = set(frame.collect_schema().names())
    frame = valued(frame, settings, basis).with_columns(
        nw.lit(1.0).alias("posts"),
        _sum_of_known([c for c in ("comments", "shares") if c in have]).alias("conversations"),
        *(
            _is_known(c).alias(f"{c}_known")
            for c in ("key_message", "content_score", "followers")
            if c in have
        ),
    )
    if "reusable" in have:
        frame = frame.with_columns(
            nw.col("reusable").alias("reusable_posts"),
            _is_known("reusable").alias("reusable_known"),
        )
    if "suspicious_interactions" in have:
        real = nw.col("interactions") - nw.col("suspicious_interactions")
        frame = frame.with_columns(real.alias("authentic_interactions"))
    return frame


def _is_known(column: str) -> Any:
    return nw.when(~nw.col(column).is_null()).then(nw.lit(1.0)).otherwise(nw.lit(None))


def _sum_of_known(columns: list[str]) -> Any:
    """Row by row; null only where every one of them is."""
    if not columns:
        return nw.lit(None).cast(nw.Float64)
    known = nw.any_horizontal(*(~nw.col(c).is_null() for c in columns), ignore_nulls=True)
    return nw.when(known).then(nw.sum_horizontal(*columns)).otherwise(nw.lit(None))


def _emv(basis: EmvBasis, have: set[str]) -> Any:
    """Each post's earned media value; null where no rate or no figure applies."""
    value = nw.lit(None).cast(nw.Float64)
    for network in dict.fromkeys(rate.network for rate in basis.rates):
        cpms, each = emv.emv_prices((r for r in basis.rates if r.network == network), basis.method)
        parts = formulas.emv_parts(
            _exposure(have),
            _cpm(cpms),
            ((nw.col(measure), price) for measure, price in each if measure in have),
        )
        if parts:
            known = reduce(lambda a, b: a | b, (~p.is_null() for p in parts))
            total = reduce(
                lambda a, b: a + b,
                (nw.when(~p.is_null()).then(p).otherwise(nw.lit(0.0)) for p in parts),
            )
            mine = (nw.col("network") == network) & known
            value = nw.when(mine).then(total).otherwise(value)
    return value


def _exposure(have: set[str]) -> Any | None:
    """Impressions, or views where a network gives no impressions: a view is shown once, as an impression is."""
    columns = [c for c in ("impressions", "views") if c in have]
    return nw.coalesce(*columns) if columns else None


def _cpm(cpms: Mapping[str, float]) -> Any | None:
    """The price of a post's own format, else that of every format."""
    value: Any = nw.lit(cpms.get("")).cast(nw.Float64)
    for format, price in cpms.items():
        if format:
            value = nw.when(nw.col("format") == format).then(nw.lit(price)).otherwise(value)
    return value if cpms else None


# -- sums --------------------------------------------------------------------------------------


class Tally:
    """Adds up posts a frame at a time; a million posts never stand in memory together."""

    def __init__(
        self,
        settings: Settings,
        basis: EmvBasis,
        best: int = 3,
        bases: tuple[tuple[str, ...], ...] = BASES,
    ) -> None:
        self.settings, self.basis, self.best, self.bases = settings, basis, best, bases
        self._added: dict[tuple[str, ...], _Added] = {}  # by base
        self._groups: dict[str, dict[tuple[Any, ...], Sums]] = {}
        self._ranked: list[dict[str, Any]] = []
        self._pairs: dict[str, tuple[str, ...]] = {}

    def add(self, native: Any) -> None:
        """Add a frame of posts (pandas, DuckDB, PySpark …) that are in the report's scope.

        Raises:
            ValueError: it has other columns than the frames before.
        """
        with _many_columns():
            self._add(nw.from_native(native))

    def _add(self, posts: Any) -> None:
        frame = derive(posts, self.settings, self.basis)
        columns = frame.collect_schema().names()
        self._pairs = paired_kpis(self.settings, columns)
        full = _full_columns(frame, columns)
        frame = frame.with_columns(
            *(
                nw.when(_all_known(inputs))
                .then(nw.col(name))
                .otherwise(nw.lit(None))
                .alias(f"{kpi}:{name}")
                for kpi, inputs in self._pairs.items()
                if not full.issuperset(inputs)
                for name in inputs
            )
        )
        for keys in self.bases:
            present = tuple(k for k in keys if k in columns)
            if present:
                kpis = None if keys is KEYS else GROUP_KPIS
                sums = _sums(frame, present, columns, full, self._pairs, self.settings, kpis)
                self._added[keys] = (
                    self._added[keys].with_more(sums) if keys in self._added else sums
                )
        self._groups.clear()
        self._rank(frame, columns)

    def _rank(self, frame: Any, columns: list[str]) -> None:
        """Keep the posts at both ends by engagement rate."""
        top, bottom = self.settings.inputs(_ENGAGEMENT)
        if bottom not in columns or not self.best:
            return
        shown = [c for c in ("row", "post_id", "day", *KEYS, "url") if c in columns]
        rated = frame.filter(_all_known((top, bottom)) & (nw.col(bottom) > 0)).select(
            *shown, top, bottom, (nw.col(top) / nw.col(bottom)).alias("engagement_rate")
        )
        order = ["engagement_rate", *(["row"] if "row" in columns else [])]
        for descending in (True, False):
            ends = _collect(rated.sort(*order, descending=descending).head(self.best)).rows(
                named=True
            )
            posts = ({k: None if v != v else v for k, v in post.items()} for post in ends)
            self._ranked.extend(post for post in posts if post not in self._ranked)
        ranked = sorted(self._ranked, key=lambda r: r["engagement_rate"], reverse=True)
        middle = ranked[self.best : -self.best]
        self._ranked = [r for r in ranked if r not in middle]

    def groups(self, dimension: str) -> dict[tuple[Any, ...], Sums]:
        """The sums of each group, keyed by the columns of ``DIMENSIONS``; a blank key is None."""
        if dimension not in self._groups:
            keys = DIMENSIONS[dimension]
            base = self._added.get(next(b for b in self.bases if set(keys) <= set(b)))
            self._groups[dimension] = (
                {}
                if base is None or not set(keys) <= set(base.by)
                else self._sums_of(base.rolled_up(keys, self._wanted(dimension)))
            )
        return self._groups[dimension]

    def _sums_of(self, added: _Added) -> dict[tuple[Any, ...], Sums]:
        """Each group's own sums."""
        at = {name: i for i, name in enumerate(added.names)}
        measures = [
            (m, at[f"sum|{m}"], at[f"n|{m}"])
            for m in (n[2:] for n in at if n.startswith("n|"))
            if ":" not in m
        ]
        pairs = [
            (kpi, [at[f"sum|{kpi}:{name}"] for name in inputs], at[f"n|{kpi}:{inputs[0]}"])
            for kpi, inputs in self._pairs.items()
            if f"n|{kpi}:{inputs[0]}" in at
        ]
        return {
            key: Sums(
                posts=int(row[at["n|posts"]]),
                totals={m: row[sum_] for m, sum_, n in measures if row[n]},
                known={m: int(row[n]) for m, _, n in measures},
                paired={kpi: tuple(row[i] for i in sums) for kpi, sums, _ in pairs},
                complete={kpi: int(row[n]) for kpi, _, n in pairs},
            )
            for key, row in zip(added.keys, added.figures.T.tolist(), strict=True)
        }

    def _wanted(self, dimension: str) -> set[str] | None:
        """Measures and KPIs that are asked of the groups of a dimension; None is all."""
        if dimension == "campaign":
            return None
        if dimension == "account":
            return {
                "posts",
                "interactions",
                *DEFAULT_INTERACTIONS,
                "followers",
                "reach",
                "impressions",
                "views",
            }
        ids = COLLABORATION_KPIS if dimension == "collaboration" else GROUP_KPIS
        kpis = [k for k in KPIS if k.id in ids]
        return {"posts", *ids, *(name for k in kpis for name in self.settings.inputs(k))}

    def total(self) -> Sums:
        return reduce(lambda a, b: a + b, self.groups("campaign").values(), Sums(0, {}, {}, {}, {}))

    def best_posts(self) -> list[dict[str, Any]]:
        ranked = sorted(self._ranked, key=lambda r: r["engagement_rate"], reverse=True)
        return ranked[: min(self.best, (len(ranked) + 1) // 2)]

    def weakest_posts(self) -> list[dict[str, Any]]:
        ranked = sorted(self._ranked, key=lambda r: r["engagement_rate"])
        return ranked[: min(self.best, len(ranked) // 2)]


#: What is asked of a collaboration: has it a cost, has it results.
COLLABORATION_KPIS = ("spend", "revenue", "conversions")
_ENGAGEMENT = next(kpi for kpi in KPIS if kpi.id == "engagement_rate")


def _all_known(columns: Iterable[str]) -> Any:
    return reduce(lambda a, b: a & b, (~nw.col(c).is_null() for c in columns))


@contextmanager
def _many_columns() -> Iterator[None]:
    """pandas warns that narwhals adds more than a hundred columns one by one; they are summed once and dropped."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="DataFrame is highly fragmented")
        yield


def _collect(frame: Any) -> Any:
    return frame.collect(backend="pandas") if isinstance(frame, nw.LazyFrame) else frame


def _full_columns(frame: Any, columns: list[str]) -> set[str]:
    """Measures without a single unknown: their counts and pairs need no adding up.  A lazy frame is not asked."""
    measures = [c for c in columns if c in MEASURES]
    if isinstance(frame, nw.LazyFrame):
        return {"posts"}
    known = frame.select(nw.col(*measures).count()).rows(named=True)[0]
    return {c for c in measures if known[c] == known["posts"]}


def _sums(
    frame: Any,
    keys: tuple[str, ...],
    columns: list[str],
    full: set[str],
    pairs: dict[str, tuple[str, ...]],
    settings: Settings,
    kpis: tuple[str, ...] | None,
) -> _Added:
    """For each group ``sum|x`` and ``n|x`` (how many posts have it) for what ``kpis``, or every KPI, is made of."""
    chosen = [k for k in KPIS if kpis is None or k.id in kpis]
    paired = {k.id: pairs[k.id] for k in chosen if k.id in pairs}
    whole = {k: inputs for k, inputs in paired.items() if full.issuperset(inputs)}
    partly = {k: inputs for k, inputs in paired.items() if k not in whole}
    needed = {"posts", *(name for k in chosen for name in settings.inputs(k))}
    if kpis is None:
        needed |= set(MEASURES)
    measures = [c for c in columns if c in needed and c in MEASURES]
    summed = [*measures, *(f"{k}:{name}" for k, inputs in partly.items() for name in inputs)]
    counted = [
        *(c for c in measures if c not in full or c == "posts"),
        *(f"{k}:{i[0]}" for k, i in partly.items()),
    ]
    grouped = _collect(
        frame.group_by(*keys).agg(
            *(nw.col(c).sum().alias(f"sum|{c}") for c in summed),
            *(nw.col(c).count().alias(f"n|{c}") for c in counted),
        )
    )
    figures = {c: _known(grouped[c].to_numpy()) for c in grouped.columns if c not in keys}
    posts = figures["n|posts"]
    figures |= {f"n|{c}": posts for c in measures if c in full}
    for k, inputs in whole.items():
        figures |= {
            f"n|{k}:{inputs[0]}": posts,
            **{f"sum|{k}:{name}": figures[f"sum|{name}"] for name in inputs},
        }
    rows = zip(*(_names(grouped[key]) for key in keys), strict=True)
    return _Added(
        keys,
        list(rows),
        tuple(sorted(figures)),
        np.array([figures[name] for name in sorted(figures)]),
    )


@dataclass(frozen=True, slots=True)
class _Added:
    """Sums of groups: ``by`` what, the groups' keys, and for each ``sum|x`` and ``n|x`` a row of figures."""

    by: tuple[str, ...]
    keys: list[tuple[Any, ...]]
    names: tuple[str, ...]
    figures: NDArray[np.float64]

    def with_more(self, other: _Added) -> _Added:
        if (self.by, self.names) != (other.by, other.names):
            raise ValueError(
                f"other columns than before: {sorted({*self.by, *self.names} ^ {*other.by, *other.names})}"
            )
        both = np.concatenate((self.figures, other.figures), axis=1)
        return _Added(self.by, self.keys + other.keys, self.names, both).rolled_up(self.by, None)

    def rolled_up(self, by: tuple[str, ...], wanted: set[str] | None) -> _Added:
        """Sums by fewer keys; of ``wanted`` measures and KPIs, or all."""
        parts = [self.by.index(key) for key in by]
        groups: dict[tuple[Any, ...], int] = {}
        which = np.array(
            [groups.setdefault(tuple(key[i] for i in parts), len(groups)) for key in self.keys],
            dtype=np.int64,
        )
        kept = [
            i
            for i, name in enumerate(self.names)
            if wanted is None or name.partition("|")[2].partition(":")[0] in wanted
        ]
        figures = np.array([np.bincount(which, self.figures[i], len(groups)) for i in kept])
        return _Added(by, list(groups), tuple(self.names[i] for i in kept), figures)


def _names(column: Any) -> list[Any]:
    """The names that groups are keyed by; a blank is None, whichever of the four kinds of blank a library uses."""
    return [
        None if unknown or name != name else name
        for name, unknown in zip(column.to_list(), column.is_null().to_list(), strict=True)
    ]


def _known(sums: Any) -> NDArray[np.float64]:
    """The sum of nothing but unknowns is 0; how many posts it counts says so."""
    figures = np.asarray(sums, dtype=float)
    return np.where(np.isnan(figures), 0.0, figures)
