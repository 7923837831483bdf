"""What a report says, as an immutable value that every output renders and nothing computes from again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from xlkpi.core.campaign import Period, Settings
from xlkpi.core.emv import EmvBasis
from xlkpi.core.findings import Finding
from xlkpi.core.insight.actions import Action
from xlkpi.core.insight.analysis import Analysis
from xlkpi.core.lines import Balance, Counting, Group, KpiLine, PostLine, Spend
from xlkpi.core.variance import Status


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says, in no language and no layout."""

    campaigns: tuple[str, ...]
    settings: Settings
    period: Period | None  # days of the posts, or the period asked for
    kpis: tuple[KpiLine, ...]
    totals: Mapping[str, float | None]  # KPI id → value over everything in scope
    posts: int
    spend: Spend
    by_campaign: tuple[Group, ...]
    by_influencer: tuple[Group, ...]
    by_network: tuple[Group, ...]
    by_format: tuple[Group, ...]
    by_period: tuple[Group, ...]  # calendar months
    trend: tuple[Group, ...]  # at most MAX_POINTS days, weeks or months, for the chart
    best: tuple[PostLine, ...]
    weakest: tuple[PostLine, ...]
    emv: EmvBasis
    balance: Balance
    analysis: Analysis
    findings: tuple[Finding, ...] = ()
    #: What is followed up: proposals, and what people made of earlier ones.
    actions: tuple[Action, ...] = ()
    counting: Counting = field(default_factory=Counting)

    def count(self, status: Status) -> int:
        return sum(line.variance.status is status for line in self.kpis)

    @property
    def judged(self) -> tuple[KpiLine, ...]:
        """Lines that have a verdict: neither neutral nor unknown."""
        return tuple(k for k in self.kpis if k.variance.is_judged)

    @property
    def status(self) -> Status:
        """Overall: met when every judged target is, missed when at least as many are missed as met, else to watch."""
        if not self.judged:
            return Status.UNKNOWN
        if self.count(Status.MET) == len(self.judged):
            return Status.MET
        missed = self.count(Status.MISSED)
        return Status.MISSED if missed and missed >= self.count(Status.MET) else Status.WATCH

    def with_comments(
        self, comments: Mapping[str, str], declined: Mapping[str, str] | None = None
    ) -> Report:
        """The report with what people made of the comments: their own, and the drafts they deleted, by KPI line."""
        no = declined or {}
        return replace(
            self,
            kpis=tuple(
                replace(
                    k, comment=comments.get(k.key, k.comment), declined=no.get(k.key, k.declined)
                )
                for k in self.kpis
            ),
        )
