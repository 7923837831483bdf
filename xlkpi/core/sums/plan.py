"""Which figures of a group are added up, so that every KPI can be told from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import KPIS, MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.sums.derive import WEIGHT
from xlkpi.core.sums.gaps import PARTS, PRIVATE
from xlkpi.core.sums.table import SumColumn, count, most, total

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
#: Figures of a post that a cost is divided by, or that are divided by a cost: the cost of posts that lack them is
#: left out.
PAID_FOR = ("exposures", "impressions", "views", "clicks", "emv")
_PRIVATE_PARTS = tuple(dict.fromkeys(part for parts in PRIVATE.values() for part in parts))


def plan(
    settings: Settings, columns: Iterable[str], daily: bool, largest: tuple[str, ...] = ()
) -> tuple[SumColumn, ...]:
    """The columns of a table of sums.

    Args:
        columns: of the posts, derived ones included.
        daily: for groups by day, which have the figures of posts only.
        largest: measures of which the most that one post has is asked for.
    """
    have = set(columns)
    kpis = [k for k in KPIS if not daily or (k.id in GROUP_KPIS and not is_booked(settings, k))]
    measures = {"posts", *PARTS, *(n for k in kpis for n in settings.inputs(k))}
    if not daily:
        measures |= {*MEASURES, WEIGHT}
    found = [c for m in sorted(measures & have) for c in (total(m), count(m))]
    found += [c for kpi in kpis for c in _pairs(settings, kpi, have)]
    if not daily and "cost" in have:
        known = [x for x in PAID_FOR if x in have]
        found += [c for x in known for c in (total("cost", x), total(WEIGHT, x))]
    found += [most(m) for m in largest if m in have]
    return tuple(dict.fromkeys(found))


def of_posts(settings: Settings, kpi: Kpi) -> tuple[str, ...]:
    """The inputs of a KPI that posts have, money and results included."""
    return tuple(n for n in settings.inputs(kpi) if n in MEASURES and not MEASURES[n].per_campaign)


def is_booked(settings: Settings, kpi: Kpi) -> bool:
    """Whether money or results are among its inputs."""
    return any(MEASURES[n].booked for n in of_posts(settings, kpi))


def is_share_of_interactions(settings: Settings, kpi: Kpi) -> bool:
    """Likes, comments, shares, or several of them, as a share of all interactions."""
    inputs = settings.inputs(kpi)
    return inputs[1:] == ("interactions",) and inputs[0] in (*PARTS, "conversations")


def _pairs(settings: Settings, kpi: Kpi, have: set[str]) -> Iterator[SumColumn]:
    """The sums of a KPI's inputs over the posts that have all of them."""
    inputs = of_posts(settings, kpi)
    if len(inputs) < 2 or not have.issuperset(inputs):
        return
    if is_booked(settings, kpi) or is_share_of_interactions(settings, kpi):
        return
    yield from (total(name, *inputs) for name in inputs)
    yield count(*inputs)
    if any(counts_interactions(name) for name in inputs):
        yield from (total(part, *inputs) for part in _PRIVATE_PARTS if part in have)


def counts_interactions(measure: str) -> bool:
    return measure in ("interactions", "authentic_interactions")
