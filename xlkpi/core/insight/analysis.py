"""What an analysis says, as immutable values: every output renders them and computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlkpi.core.campaign import Period
from xlkpi.core.figures import shown
from xlkpi.core.insight.inputs import Criterion
from xlkpi.core.kpi import Kpi, Stage
from xlkpi.core.lines import Group, KpiLine
from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.core.variance import Status

# -- part 1: context -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Context:
    """What the campaign set out to do, and with whom."""

    objective_types: tuple[str, ...]  # ids of choices.OBJECTIVE_TYPES, of the campaigns in scope
    statuses: tuple[str, ...]  # ids of choices.STATUSES
    networks: tuple[tuple[str, int], ...]  # name, posts; most posts first
    influencers: int
    tiers: tuple[tuple[str, int], ...]  # label ("" unknown), influencers; largest tier first
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    posts: int
    posts_planned: float | None
    budget: float | None


# -- part 2: figures (the report's own lines) and the funnel --------------------------------------


@dataclass(frozen=True, slots=True)
class StageReading:
    """One stage of the funnel: its leading figures, its verdict, and how much of its objectives is attained."""

    stage: Stage
    figures: tuple[tuple[Kpi, float | None], ...]  # three at most
    lines: tuple[KpiLine, ...]  # objectives of this stage that have a verdict
    attainment: float | None  # mean share attained, each line at most 100 %; None without verdict
    status: Status


@dataclass(frozen=True, slots=True)
class Funnel:
    stages: tuple[StageReading, ...]  # visibility, engagement, conversion, brand, budget
    weakest: Stage | None
    reason: Text  # why it is, or why none can be named


# -- part 4: readings, priorities, decisions ------------------------------------------------------


class PriorityBand(Enum):
    """When to act on a reading."""

    NOW = "now"
    NEXT = "next_cycle"
    MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class Priority:
    """Impact × urgency × ease, each from 1 to 3 (KPI report article, 2025): the higher the score, the sooner."""

    impact: int  # 3 strong, 2 moderate, 1 low
    urgency: int  # 3 immediate, 2 next cycle, 1 monitoring
    ease: int  # 3 easy, 2 needs optimisation, 1 to watch

    @property
    def score(self) -> int:
        return self.impact * self.urgency * self.ease

    @property
    def band(self) -> PriorityBand:
        """What is urgent and strong cannot wait, however hard it is; what is not urgent is watched."""
        if self.urgency == 1:
            return PriorityBand.MONITOR
        if self.urgency == 3 and (self.impact == 3 or self.score >= 12):
            return PriorityBand.NOW
        return PriorityBand.NEXT


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading rule that applies: what is seen, what it means, what to do."""

    rule: str  # id of the rule
    campaign: str
    kpi: Kpi  # the KPI it is about
    good: bool  # a strength to build on, not a problem
    evidence: Text  # the figures that made it apply
    meaning: Text
    action: Text
    causes: Text  # where to look: channel, content, budget, season …
    priority: Priority
    source: str
    gap: float = 0.0  # how far from where it should be, as a share; 0 for a strength

    @property
    def key(self) -> str:
        """What an action that a person follows up belongs to, over every refresh."""
        return f"{self.campaign}|{self.rule}|{self.kpi.id}"


@dataclass(frozen=True, slots=True)
class GroupedReading:
    """A reading as it is reported: once, however many campaigns it holds for."""

    worst: Reading  # of the campaign where it is worst: its figures, its priority
    campaigns: tuple[str, ...]  # all that it holds for, the worst first


def group_readings(readings: Iterable[Reading]) -> tuple[GroupedReading, ...]:
    """Readings that come down to the same advice on the same KPI as one, in the order of the most pressing of each."""
    alike: dict[tuple[bool, str, str], list[Reading]] = {}
    for reading in readings:
        alike.setdefault((reading.good, reading.kpi.id, reading.action.en), []).append(reading)
    found = []
    for group in alike.values():
        group.sort(key=lambda r: (-r.priority.score, -r.priority.impact, -r.gap))
        found.append(GroupedReading(group[0], tuple(dict.fromkeys(r.campaign for r in group))))
    return tuple(found)


class Verdict(Enum):
    KEEP = "keep"
    ADJUST = "adjust"
    STOP = "stop"
    TOO_LITTLE = "too_little_data"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to go on with an influencer, and the indicators that say so."""

    influencer: str
    network: str
    tier: str
    posts: int
    verdict: Verdict
    rank: int | None  # by return, from 1; None where no return is known
    marks: tuple[tuple[Kpi, int], ...]  # indicators that counted: 1 good, 0 between, −1 bad
    values: Mapping[str, float | None]  # KPI id → value
    currency: str
    too_little: Text | None = None  # what is missing for a verdict

    @property
    def reasons(self) -> tuple[Text, ...]:
        """One for each indicator that counted, the telling ones first; worded on demand, as influencers may be many."""
        signs = {1: "▲", 0: "●", -1: "▼"}
        said = [
            Text("{s} {k} {v}", "{s} {k} {v}").format(
                s=signs[mark],
                k=kpi.label,
                v=shown(self.values.get(kpi.id), kpi.unit, self.currency),
            )
            for kpi, mark in self.marks
        ]
        return tuple([self.too_little, *said] if self.too_little else said)


# -- comparisons -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One KPI now and before (or here and there)."""

    kpi: Kpi
    now: float | None
    before: float | None
    change: float | None  # a fraction: relative, or points for a rate
    in_points: bool
    status: Status  # MET better, MISSED worse, WATCH about the same, NEUTRAL, UNKNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures beside a reference of the same kind; or, with ``why_not``, why they are not compared."""

    kind: str  # previous, trend, peers
    subject: str  # campaign, or influencer
    against: Text  # what it is compared with
    changes: tuple[Change, ...] = ()
    why_not: Text | None = None
    reading: Text | None = None  # in a sentence, where there is one to say


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """A published rate beside the campaign's rate on that very base."""

    network: str
    label: str
    value: float
    base: str  # measure id; "" unknown
    actual: float | None  # the campaign's, on the benchmark's base
    gap: float | None  # actual − value, a fraction (points)
    status: Status
    source: str
    date: date | None
    why_not: Text | None = None


@dataclass(frozen=True, slots=True)
class AdLine:
    """A cost or return of the campaign beside the same of paid ads for the same spend."""

    channel: str
    kpi: Kpi
    actual: float | None
    reference: float
    change: float | None  # relative, or points for a rate
    status: Status
    bought: (
        float | None
    )  # what the campaign's spend would have bought there: impressions, clicks, conversions …
    source: str
    date: date | None
    why_not: Text | None = None


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign among all of the workbook that are reported on."""

    campaign: str
    objective_type: str
    status: str
    period: Period | None
    met: int
    judged: int
    group: Group


# -- part 3: quality and audience ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InfluencerQuality:
    influencer: str
    content: float | None  # 1 to 5
    fit: float | None  # 1 to 5
    authenticity: float | None
    sentiment: float | None  # positive share
    rights: bool | None
    rights_until: date | None


@dataclass(frozen=True, slots=True)
class Quality:
    """What cannot be counted, scored the same way each time."""

    content: float | None  # weighted mean of the criteria, 1 to 5
    fit: float | None
    criteria: tuple[tuple[Criterion, float | None, float], ...]  # criterion, mean mark, weight
    authenticity: float | None
    positive: float | None
    net: float | None
    by_month: tuple[tuple[Period, float | None, int], ...]  # positive share, posts
    by_influencer: tuple[InfluencerQuality, ...]
    reusable: float | None  # share of posts or reviews with rights


@dataclass(frozen=True, slots=True)
class Segment:
    dimension: str
    segment: str
    first: float | None  # share at the first survey; None with one survey only
    last: float
    change: float | None  # points, a fraction
    in_target: bool | None


@dataclass(frozen=True, slots=True)
class Audience:
    segments: tuple[Segment, ...]
    in_target: float | None  # share of the last survey that is in the target
    influencers: int  # of whom audience rows are known
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Analysis:
    context: Context
    funnel: Funnel
    readings: tuple[Reading, ...]  # the most pressing first, strengths last
    decisions: tuple[Decision, ...]  # by rank, then those without one
    comparisons: tuple[Comparison, ...]  # previous, trend, then peers
    benchmarks: tuple[BenchmarkLine, ...]
    ads: tuple[AdLine, ...]
    campaigns: tuple[CampaignLine, ...]
    by_tier: tuple[Group, ...]
    quality: Quality
    audience: Audience

    @property
    def problems(self) -> tuple[Reading, ...]:
        return tuple(r for r in self.readings if not r.good)

    @property
    def grouped_readings(self) -> tuple[GroupedReading, ...]:
        """The readings for people: the same problem of three campaigns is one, not the three first ones."""
        return group_readings(self.readings)

    def draft(self, line: KpiLine) -> Text | None:
        """What a comment on this KPI could say: its most pressing reading, a strength only where there is no problem.

        None too where a person has deleted these very words; another reading is offered again.
        """
        own = [r for r in self.readings if r.kpi is line.kpi and r.campaign == line.campaign]
        if not own or line.declined in [own[0].meaning.in_(language) for language in LANGUAGES]:
            return None
        return own[0].meaning
