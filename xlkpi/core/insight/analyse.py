"""Sums, objectives and inputs → an Analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.campaign import Campaign, Period, Settings
from xlkpi.core.insight import comparisons, decisions, funnel, quality, readings
from xlkpi.core.insight.analysis import Analysis, Audience, CampaignLine, Comparison, Context
from xlkpi.core.insight.comparisons import Earlier, OwnRate, Values
from xlkpi.core.insight.decisions import Candidate
from xlkpi.core.insight.facts import Facts
from xlkpi.core.insight.inputs import BenchmarkRate, Influencer, Inputs, Review
from xlkpi.core.lines import Group, KpiLine
from xlkpi.core.names import fold, same_name
from xlkpi.core.variance import Status

#: Objective types that are to pay back (typology of six objectives, influence KPI article).
SELLING = frozenset({"conversion", "sales", "leads"})
#: So many campaigns are read one by one; a workbook of hundreds is still told as a whole.
_READ = 30


@dataclass(frozen=True, slots=True)
class Material:
    """What an analysis is made of; everything is in scope but ``earlier`` and ``before``."""

    settings: Settings
    today: date
    title: str
    campaigns: Sequence[Campaign]  # in scope, with posts
    extents: Mapping[str, Period]  # folded campaign → days of its posts
    lines: Sequence[KpiLine]
    totals: Values  # every KPI
    by_campaign: Mapping[str, Group]  # folded campaign → every KPI
    by_influencer: Sequence[Group]
    by_network: Sequence[Group]
    by_tier: Sequence[Group]
    months: Sequence[Group]
    accounts: Mapping[tuple[str, str], int]  # influencer, network → posts
    rates: Mapping[BenchmarkRate, OwnRate]
    earlier: Sequence[Earlier]  # campaigns, in scope or not
    before: Values | None  # the previous period; None where it has no posts
    budget: float | None
    planned: float | None
    inputs: Inputs


def analyse(m: Material) -> Analysis:
    step = m.inputs.references.threshold("trend") or 0.0
    people = _people(m)
    past = _past(m, step)
    trend = comparisons.trend(m.title, m.months, step)
    sells = all(c.objective_type in SELLING for c in m.campaigns) if m.campaigns else False
    found = [
        reading
        for campaign in m.campaigns[:_READ]
        for reading in readings.read(_facts(m, campaign, past, trend), campaign, m.today)
    ]
    return Analysis(
        context=_context(m, people),
        funnel=funnel.read(m.lines, m.totals, m.settings),
        readings=tuple(readings.ranked(found)),
        decisions=decisions.decide(people, m.totals, sells, m.inputs.references, m.settings),
        comparisons=(*past, trend, *comparisons.peers(people, step)),
        benchmarks=tuple(comparisons.benchmarks(m.inputs.references, m.rates, step)),
        ads=tuple(comparisons.ads(m.inputs.references, m.totals, m.settings)),
        campaigns=_campaigns(m),
        by_tier=tuple(m.by_tier),
        quality=quality.quality(
            _in_scope(m), m.by_influencer, m.months, m.totals, m.inputs.references
        ),
        audience=_audience(m),
    )


def declared(influencers: Sequence[Influencer]) -> Mapping[str, Influencer]:
    """By name and by handle, as ``checks.same_name`` spells them; the first of a name counts."""
    found: dict[str, Influencer] = {}
    for one in influencers:
        for name in (one.name, one.handle):
            if name:
                found.setdefault(same_name(name), one)
    return found


def followers_of(group: Group, known: Mapping[str, Influencer]) -> float | None:
    """As declared on Influencers, else the mean of the influencer's posts."""
    one = known.get(same_name(group.label))
    return (
        one.followers
        if one is not None and one.followers is not None
        else group.values.get("followers")
    )


def _people(m: Material) -> tuple[Candidate, ...]:
    known = declared(m.inputs.influencers)
    posts: dict[str, dict[str, int]] = {}
    for (influencer, network), count in m.accounts.items():
        posts.setdefault(influencer, {})[network] = count
    people = []
    for group in m.by_influencer:
        if group.label:
            own, said = posts.get(group.label, {}), known.get(same_name(group.label))
            network = max(own, key=lambda n: own[n], default="") or (said.network if said else "")
            tier = m.inputs.references.tier_of(followers_of(group, known))
            people.append(Candidate(group.label, network, tier, group.posts, group.values))
    return tuple(people)


def _past(m: Material, step: float) -> tuple[Comparison, ...]:
    if m.settings.period is not None:
        return (
            comparisons.with_previous_period(m.title, m.settings.period, m.totals, m.before, step),
        )
    return tuple(
        comparisons.with_earlier(
            c.name,
            c.objective_type,
            _start(c, m),
            m.by_campaign[fold(c.name)].values,
            [e for e in m.earlier if fold(e.name) != fold(c.name)],
            step,
        )
        for c in m.campaigns[:_READ]
        if fold(c.name) in m.by_campaign
    )


def _start(campaign: Campaign, m: Material) -> date | None:
    extent = m.extents.get(fold(campaign.name))
    return campaign.start or (extent.start if extent else None)


def _facts(m: Material, campaign: Campaign, past: Sequence[Comparison], trend: Comparison) -> Facts:
    lines = {line.kpi.id: line for line in m.lines if fold(line.campaign) == fold(campaign.name)}
    own = [
        c for c in past if m.settings.period is not None or fold(c.subject) == fold(campaign.name)
    ]
    if len(m.campaigns) == 1:
        own = [trend, *own]  # the earlier campaign says more than the months within this one
    group = m.by_campaign.get(fold(campaign.name))
    values = m.totals if len(m.campaigns) == 1 else group.values if group else {}
    return Facts(
        campaign.name,
        lines,
        values,
        {change.kpi.id: change for c in own for change in c.changes},
        m.inputs.references,
        m.settings,
        not campaign.objective_type or campaign.objective_type in SELLING,
    )


def _context(m: Material, people: Sequence[Candidate]) -> Context:
    order = [tier.label for tier in reversed(m.inputs.references.tiers)]
    tiers: dict[str, int] = {}
    for one in people:
        tiers[one.tier] = tiers.get(one.tier, 0) + 1
    known = declared(m.inputs.influencers)
    taking_part = [
        known[same_name(one.influencer)] for one in people if same_name(one.influencer) in known
    ]
    return Context(
        objective_types=tuple(
            dict.fromkeys(c.objective_type for c in m.campaigns if c.objective_type)
        ),
        statuses=tuple(dict.fromkeys(c.status for c in m.campaigns if c.status)),
        networks=tuple(
            (g.label, g.posts) for g in sorted(m.by_network, key=lambda g: -g.posts) if g.label
        ),
        influencers=len(people),
        tiers=tuple(
            sorted(tiers.items(), key=lambda t: order.index(t[0]) if t[0] in order else len(order))
        ),
        countries=_common(one.country for one in taking_part),
        languages=_common(one.language for one in taking_part),
        themes=_common(one.theme for one in taking_part),
        posts=sum(g.posts for g in m.by_campaign.values()),
        posts_planned=m.planned,
        budget=m.budget,
    )


def _common(names: Iterable[str]) -> tuple[str, ...]:
    """The names, the most frequent first."""
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda n: -counts[n]))


def _campaigns(m: Material) -> tuple[CampaignLine, ...]:
    lines = []
    for c in m.campaigns:
        group = m.by_campaign.get(fold(c.name))
        if group is None:
            continue
        own = [line for line in m.lines if fold(line.campaign) == fold(c.name)]
        judged = [line for line in own if line.variance.is_judged]
        period = m.extents.get(fold(c.name))
        if c.start and c.end and c.start <= c.end:
            period = Period(c.start, c.end)
        lines.append(
            CampaignLine(
                c.name,
                c.objective_type,
                c.status,
                period,
                sum(line.variance.status is Status.MET for line in judged),
                len(judged),
                group,
            )
        )
    return tuple(lines)


def _in_scope(m: Material) -> list[Review]:
    names = {fold(c.name) for c in m.campaigns}
    return [r for r in m.inputs.reviews if not r.campaign or fold(r.campaign) in names]


def _audience(m: Material) -> Audience:
    known = declared(m.inputs.influencers)
    present = {}
    for group in m.by_influencer:
        if group.label:
            present[same_name(group.label)] = followers_of(group, known)
    rows = [r for r in m.inputs.audience if same_name(r.influencer) in present or not present]
    followers = {
        fold(r.influencer): value
        for r in rows
        if (value := present.get(same_name(r.influencer))) is not None
    }
    return quality.audience(rows, followers)
