"""What a report is made of: its KPI lines, its groups and posts, its spend and its balance of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xlkpi.core.campaign import Period
from xlkpi.core.kpi import Better, Kpi
from xlkpi.core.names import fold
from xlkpi.core.texts import Text
from xlkpi.core.variance import DEFAULT_TOLERANCE, Status, Variance

#: Below the first a KPI is not told at all, below the second it is marked partial.
MIN_COVERAGE, FULL_COVERAGE = 0.5, 0.8
#: Five to seven indicators keep a report readable (KPI report article, 2025).
MAX_KPIS = 7


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One row of the report's main table."""

    campaign: str
    kpi: Kpi
    target: float | None
    actual: float | None
    variance: Variance
    coverage: float | None = None  # share of the posts that have the data, where posts count
    comment: str = ""  # a person's, kept over every refresh
    label_campaign: bool = False  # several campaigns stand in this report
    posts: int = 0  # of its campaign, in this report
    tolerance: float = DEFAULT_TOLERANCE
    upper: float | None = None  # the end of a target that is a range
    declined: str = ""  # the draft that a person has deleted, in the language it stood in

    @property
    def key(self) -> str:
        """Campaign and KPI: what a comment belongs to, in every language."""
        return f"{fold(self.campaign)}|{self.kpi.id}"

    @property
    def tag(self) -> str:
        """The same, with the campaign as it is written: what the report keeps beside the row."""
        return f"{self.campaign}|{self.kpi.id}"

    @property
    def partial(self) -> bool:
        return self.coverage is not None and self.coverage < FULL_COVERAGE

    @property
    def attained(self) -> float | None:
        """Share of the objective that is reached: for costs, target ÷ actual, so that longer is always better."""
        share = self.variance.attainment
        if self.target == 0 and self.variance.is_judged and self.upper is None:
            return 1.0 if self.variance.status is Status.MET else 0.0
        if not self.variance.is_judged or share is None or share < 0:
            return None
        if self.kpi.judged is Better.LOWER and self.upper is None:
            return 1 / share if share else None
        return share

    @property
    def label(self) -> Text:
        if not self.label_campaign:
            return self.kpi.label
        return Text(*(f"{side} · {self.campaign}" for side in self.kpi.label))


@dataclass(frozen=True, slots=True)
class Group:
    """One influencer, network, format, campaign or period, with its sums and KPIs."""

    key: tuple[str, ...]
    posts: int
    values: Mapping[str, float | None]  # KPI id → value
    period: Period | None = None

    @property
    def label(self) -> str:
        return " · ".join(self.key)


def return_of(groups: Iterable[Group]) -> str:
    """The KPI that says what these groups brought: ROI, or EMV ÷ spend where none has an ROI, as where nothing is sold."""
    known = {
        id for group in groups for id in ("roi", "emv_ratio") if group.values.get(id) is not None
    }
    return "emv_ratio" if known == {"emv_ratio"} else "roi"


@dataclass(frozen=True, slots=True)
class PostLine:
    row: int
    post_id: str
    day: date | None
    influencer: str
    network: str
    format: str
    engagement_rate: float
    interactions: float


@dataclass(frozen=True, slots=True)
class Spend:
    """Budget and return, in the workbook's currency; ratios as fractions."""

    budget: float | None
    spent: float | None
    revenue: float | None
    emv: float | None
    roi: float | None
    emv_ratio: float | None

    @property
    def used(self) -> float | None:
        """Share of the budget that is spent."""
        return self.spent / self.budget if self.budget and self.spent is not None else None


@dataclass(frozen=True, slots=True)
class Counting:
    """How the figures of a report are counted, as far as the posts at hand decide it."""

    #: Network, format and the parts of the interactions that nobody gives there, though others do elsewhere.
    not_given: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    views_for_impressions: int = 0  # posts whose views stand in for impressions
    without_impressions: tuple[
        str, ...
    ] = ()  # networks left out where impressions only are counted
    spread: int = 0  # collaborations whose cost is spread over their posts
    gifts: float | None = None  # their value, as a part of the spend


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows of Posts: ``total = used + other + excluded + blank``."""

    total: int = 0
    used: int = 0
    other: int = 0
    excluded: int = 0
    blank: int = 0
