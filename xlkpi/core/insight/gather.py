"""From the sums of a report to the material of its analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core import catalogue
from xlkpi.core.campaign import Campaign, Period, Settings
from xlkpi.core.insight.analyse import Material, declared, followers_of
from xlkpi.core.insight.comparisons import Earlier, OwnRate, Values
from xlkpi.core.insight.inputs import BenchmarkRate, Inputs
from xlkpi.core.lines import MIN_COVERAGE, Group, KpiLine
from xlkpi.core.names import fold
from xlkpi.core.sums.grouped import Grouped, Sums
from xlkpi.core.sums.groups import measurable, values_of
from xlkpi.core.sums.tally import Tally


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
    before: Tally,
    groups: Mapping[str, tuple[Group, ...]],
    months: Sequence[Group],
) -> Material:
    """Args:
    before: posts of the period before.
    groups: dimension → figures of its groups in scope.
    """
    by_campaign = _by_campaign(tally, g)
    return Material(
        settings=g.settings,
        today=g.today,
        title=", ".join(c.name for c in g.campaigns[:3]),
        campaigns=g.campaigns,
        extents=g.extents,
        lines=g.lines,
        totals=_reliable(tally.grouped_total(), [g.measures])[0],
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
        before=_before(before),
        budget=g.measures.get("budget"),
        planned=g.measures.get("posts_planned"),
        inputs=g.inputs,
    )


_MEASURABLE = tuple(kpi.id for kpi in catalogue.KPIS if measurable(kpi))


def _reliable(groups: Grouped, measures: Sequence[Mapping[str, float]]) -> list[Values]:
    """Every KPI that enough of the posts have the data for."""
    return values_of(groups, _MEASURABLE, measures, MIN_COVERAGE)


def _by_campaign(tally: Tally, g: Gathered) -> dict[str, Group]:
    """Folded campaign → its figures."""
    found = tally.labelled(lambda name: fold(name or ""), "campaign")
    known = [g.declared.get(key, Campaign(key)) for key in found.keys]
    values = _reliable(found, [campaign.measures for campaign in known])
    return {
        key: Group((campaign.name,), round(posts), own)
        for key, campaign, posts, own in zip(
            found.keys, known, found.posts.tolist(), values, strict=True
        )
    }


def _tiers(tally: Tally, influencers: Sequence[Group], g: Gathered) -> tuple[Group, ...]:
    """Figures by tier, the largest tier first; influencers of no known tier last, under an empty name."""
    known, references = declared(g.inputs.influencers), g.inputs.references
    tier = {group.label: references.tier_of(followers_of(group, known)) for group in influencers}
    found = tally.labelled(lambda name: tier.get(str(name or ""), ""), "influencer")
    order = [t.label for t in reversed(references.tiers) if t.label in found.keys]
    order += [""] if "" in found.keys else []
    if order in ([""], []):
        return ()
    groups = {
        label: Group((label,), round(posts), values)
        for label, posts, values in zip(
            found.keys, found.posts.tolist(), values_of(found), strict=True
        )
    }
    return tuple(groups[label] for label in order)


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
    if any(sums.known(m) != sums.posts for sums in groups for m in (*numerator, base)):
        return None
    above, below = (
        sum((sums.total(m) or 0.0) for sums in groups for m in names)
        for names in (numerator, (base,))
    )
    return above / below if below else None


def _earlier(by_campaign: Mapping[str, Group], rest: Tally, g: Gathered) -> tuple[Earlier, ...]:
    """The campaigns of the workbook: those in scope, and the others with posts."""
    figures: dict[str, Values] = {key: group.values for key, group in by_campaign.items()}
    if g.settings.period is None:
        others = rest.labelled(lambda name: fold(str(name or "")), "campaign")
        measures = [g.declared.get(key, Campaign(key)).measures for key in others.keys]
        own = values_of(others, measures=measures)
        figures |= {key: values for key, values in zip(others.keys, own, strict=True) if key}
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


def _before(before: Tally) -> Values | None:
    """What was published in the period before, by the campaigns that the report is on."""
    found = before.grouped_total()
    return values_of(found)[0] if found.keys else None
