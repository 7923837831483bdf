"""From the sums of a report to the material of its analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.aggregate import Sums, Tally
from xlkpi.core.campaign import Campaign, Period, Settings
from xlkpi.core.days import day_of
from xlkpi.core.groups import measurable, values_of, values_of_one
from xlkpi.core.insight.analyse import Material, declared, followers_of
from xlkpi.core.insight.comparisons import Earlier, OwnRate, Values, previous_period
from xlkpi.core.insight.inputs import BenchmarkRate, Inputs
from xlkpi.core.lines import MIN_COVERAGE, Group, KpiLine
from xlkpi.core.names import fold


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report knows before it is analysed, besides its sums."""

    settings: Settings
    today: date
    campaigns: Sequence[Campaign]  # in scope
    declared: Mapping[str, Campaign]  # all, by folded name
    extents: Mapping[str, Period]
    lines: tuple[KpiLine, ...]
    measures: Mapping[str, float]  # of the campaigns in scope, together
    inputs: Inputs


def material(
    g: Gathered,
    tally: Tally,
    rest: Tally,
    by_name: Mapping[str, Sums],
    groups: Mapping[str, tuple[Group, ...]],
    months: Sequence[Group],
) -> Material:
    """Args:
    by_name: folded campaign → sums of its posts in scope.
    groups: dimension → figures of its groups in scope.
    """
    by_campaign = {
        key: Group(
            (g.declared[key].name if key in g.declared else key,),
            sums.posts,
            _reliable(sums, g.settings, g.declared[key].measures if key in g.declared else {}),
        )
        for key, sums in by_name.items()
    }
    return Material(
        settings=g.settings,
        today=g.today,
        title=", ".join(c.name for c in g.campaigns[:3]),
        campaigns=g.campaigns,
        extents=g.extents,
        lines=g.lines,
        totals=_reliable(tally.total(), g.settings, g.measures),
        by_campaign=by_campaign,
        by_influencer=groups["influencer"],
        by_network=groups["network"],
        by_tier=_tiers(tally, groups["influencer"], g),
        months=months,
        accounts={
            (str(k[0]), str(k[1] or "")): sums.posts
            for k, sums in tally.groups("account").items()
            if k[0]
        },
        rates=_rates(tally, groups["influencer"], g),
        earlier=_earlier(by_campaign, rest, g),
        before=_before(rest, g),
        budget=g.measures.get("budget"),
        planned=g.measures.get("posts_planned"),
        inputs=g.inputs,
    )


def _reliable(sums: Sums, settings: Settings, measures: Mapping[str, float]) -> Values:
    """Every KPI that enough of the posts have the data for."""
    values = {}
    for kpi in catalogue.KPIS:
        if measurable(kpi):
            coverage = sums.coverage(kpi, settings)
            enough = coverage is None or coverage >= MIN_COVERAGE
            values[kpi.id] = sums.value(kpi, settings, measures) if enough else None
    return values


def _tiers(tally: Tally, influencers: Sequence[Group], g: Gathered) -> tuple[Group, ...]:
    """Figures by tier, the largest tier first; influencers of no known tier last, under an empty name."""
    known, references = declared(g.inputs.influencers), g.inputs.references
    tier = {group.label: references.tier_of(followers_of(group, known)) for group in influencers}
    sums: dict[str, list[Sums]] = {}
    for (name,), own in tally.groups("influencer").items():
        sums.setdefault(tier.get(str(name or ""), ""), []).append(own)
    order = [
        *(t.label for t in reversed(references.tiers) if t.label in sums),
        *([""] if "" in sums else []),
    ]
    if order in ([""], []):
        return ()
    added = [reduce(lambda a, b: a + b, sums[label]) for label in order]
    return tuple(
        Group((label,), own.posts, values)
        for label, own, values in zip(order, added, values_of(added, g.settings), strict=True)
    )


def _rates(tally: Tally, influencers: Sequence[Group], g: Gathered) -> dict[BenchmarkRate, OwnRate]:
    """The engagement rate as each benchmark counts it, where every post of that kind has the figures."""
    known = declared(g.inputs.influencers)
    followers = {group.label: followers_of(group, known) for group in influencers}
    networks = {str(name or "") for (name,) in tally.groups("network")}
    found = {}
    for b in g.inputs.references.benchmarks:
        if b.network and b.network not in networks:
            continue
        own = [
            sums
            for (name, network), sums in tally.groups("account").items()
            if (not b.network or network == b.network)
            and _of_size(followers.get(str(name or "")), b.bounds)
        ]
        found[b] = OwnRate(
            sum(sums.posts for sums in own), _rate(own, b.numerator or ("interactions",), b.base)
        )
    return found


def _of_size(followers: float | None, bounds: tuple[float, float] | None) -> bool:
    return bounds is None or (followers is not None and bounds[0] <= followers < bounds[1])


def _rate(groups: Sequence[Sums], numerator: Sequence[str], base: str) -> float | None:
    if any(sums.known.get(m) != sums.posts for sums in groups for m in (*numerator, base)):
        return None
    above, below = (
        sum(sums.totals.get(m, 0.0) for sums in groups for m in names)
        for names in (numerator, (base,))
    )
    return above / below if below else None


def _earlier(by_campaign: Mapping[str, Group], rest: Tally, g: Gathered) -> tuple[Earlier, ...]:
    """The campaigns of the workbook: those in scope, and the others with posts."""
    sums: dict[str, Sums] = {}
    if g.settings.period is None:
        for (name,), own in rest.groups("campaign").items():
            key = fold(str(name or ""))
            if key:
                sums[key] = sums[key] + own if key in sums else own
    figures: dict[str, Values] = {key: group.values for key, group in by_campaign.items()}
    figures |= {
        key: values_of_one(own, g.settings, g.declared[key].measures if key in g.declared else None)
        for key, own in sums.items()
    }
    found = []
    for key, values in figures.items():
        campaign, extent = g.declared.get(key), g.extents.get(key)
        start = (campaign.start if campaign else None) or (extent.start if extent else None)
        found.append(
            Earlier(
                campaign.name if campaign else key,
                campaign.objective_type if campaign else "",
                start,
                values,
            )
        )
    return tuple(found)


def _before(rest: Tally, g: Gathered) -> Values | None:
    """What was published in the period before, by the campaigns that the report is on."""
    if g.settings.period is None:
        return None
    earlier = previous_period(g.settings.period)
    wanted = fold(g.settings.campaign) if g.settings.campaign else None
    days: list[Sums] = [
        sums
        for (name, day), sums in rest.groups("campaign_day").items()
        if _in(earlier, day) and (wanted is None or fold(str(name or "")) == wanted)
    ]
    return values_of_one(reduce(lambda a, b: a + b, days), g.settings) if days else None


def _in(period: Period, day: Any) -> bool:
    return day is not None and period.start <= day_of(day) <= period.end
