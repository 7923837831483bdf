"""Posts, objectives and campaigns of a source → a Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.assemble.adding import Added, add_posts, check_scope
from xlkpi.core.assemble.job import Job, add_campaigns_of_posts, check_declarations, job_of
from xlkpi.core.assemble.kpilines import Figures, lines_of
from xlkpi.core.assemble.source import Posts, Source
from xlkpi.core.assemble.trend import months_and_trend
from xlkpi.core.campaign import Campaign, Period
from xlkpi.core.checks import coverage, results, scope
from xlkpi.core.checks.declared import strangers
from xlkpi.core.days import day_of
from xlkpi.core.emv import EmvBasis
from xlkpi.core.insight.analyse import analyse
from xlkpi.core.insight.gather import Gathered, material
from xlkpi.core.lines import Balance, KpiLine, PostLine, Spend
from xlkpi.core.names import fold
from xlkpi.core.report import Report
from xlkpi.core.sums.counting import counting_of
from xlkpi.core.sums.grouped import Sums
from xlkpi.core.sums.groups import groups_of, measurable
from xlkpi.core.sums.tally import Tally
from xlkpi.core.variance import Reason


def build(
    source: Source, today: date, campaign: str | None = None, period: Period | None = None
) -> Report:
    """Read a source and report on it.

    Args:
        source: a campaign workbook.
        today: for what depends on the calendar; the core has no clock.
        campaign: report on this one, whatever the settings say.
        period: report on what was published in this period, of the campaign chosen here or in the settings, else of all.

    Raises:
        Refused: no posts, an unknown campaign or KPI, a missing table.
    """
    job = job_of(source, today, campaign, period)
    check_declarations(job)
    posts, added = add_posts(job)
    add_campaigns_of_posts(job, posts)
    check_scope(job, added)
    return _report(job, posts, added)


def _report(job: Job, posts: Posts, added: Added) -> Report:
    tally, settings = added.tally, job.settings
    figures = _figures(job, added)
    for finding in coverage.costless(figures.collaborations):
        job.source.note(finding)
    counting = counting_of(tally.rows())
    for finding in (*coverage.not_given(counting), *coverage.views_counted(counting)):
        job.source.note(finding)
    months, trend = months_and_trend(tally)
    lines = lines_of(job, figures)
    _check_lines(job, added, figures, lines)
    groups = {d: groups_of(tally, d) for d in ("campaign", "influencer", "network", "format")}
    together = _campaign_measures(figures.campaigns)
    gathered = Gathered(
        settings,
        job.today,
        figures.campaigns,
        job.campaigns,
        added.extents,
        tuple(lines),
        together,
        job.source.inputs(),
    )
    analysis = analyse(material(gathered, tally, added.rest, added.before, groups, months))
    total = tally.total()
    totals = MappingProxyType(
        {k.id: total.value(k, together) for k in catalogue.KPIS if measurable(k)}
    )
    for finding in results.impossible_results(totals, settings):
        job.source.note(finding)
    return Report(
        campaigns=tuple(c.name for c in figures.campaigns),
        settings=settings,
        period=settings.period or _extent(tally),
        kpis=tuple(lines),
        totals=totals,
        posts=total.posts,
        spend=_spend(total, together),
        by_campaign=groups["campaign"],
        by_influencer=groups["influencer"],
        by_network=groups["network"],
        by_format=groups["format"],
        by_period=months,
        trend=trend,
        best=tuple(map(_post, tally.best_posts())),
        weakest=tuple(map(_post, tally.weakest_posts())),
        emv=_rates_used(job.basis, tally),
        balance=_balance(posts, added),
        analysis=analysis,
        findings=job.source.all_findings(),
        counting=counting,
    )


def _figures(job: Job, added: Added) -> Figures:
    by_name = added.tally.labelled(lambda name: fold(name or ""), "campaign").sums()
    in_scope = [c for k, c in job.campaigns.items() if k in by_name]
    return Figures(
        by_name,
        added.tally.groups("collaboration"),
        added.extents,
        in_scope or [Campaign(job.only or job.source.name)],
    )


def _campaign_measures(campaigns: Iterable[Campaign]) -> dict[str, float]:
    """Campaign figures of everything in scope: amounts add up only when every campaign has them."""
    rows = [c.measures for c in campaigns]
    if len(rows) == 1:
        return dict(rows[0])
    addable = ("budget", "baseline_sales", "period_sales", "posts_planned")
    return {m: sum(r[m] for r in rows) for m in addable if all(m in r for r in rows)}


def _extent(tally: Tally) -> Period | None:
    days = [key[0] for key in tally.groups("day") if key[0] is not None]
    return Period(day_of(min(days)), day_of(max(days))) if days else None


def _spend(total: Sums, together: Mapping[str, float]) -> Spend:
    figures = (
        total.value(catalogue.kpi(id)) for id in ("spend", "revenue", "emv", "roi", "emv_ratio")
    )
    return Spend(together.get("budget"), *figures)


def _balance(posts: Posts, added: Added) -> Balance:
    counted = posts.balance
    return Balance(counted.total, added.used, added.other, counted.excluded, counted.blank)


def _post(row: Mapping[str, Any]) -> PostLine:
    def text(name: str) -> str:
        value = row.get(name)
        return value if isinstance(value, str) else ""

    day = row.get("day")
    return PostLine(
        row=int(row["row"]) if row.get("row") is not None else 0,
        post_id=text("post_id"),
        day=day_of(day) if day is not None and day == day else None,
        influencer=text("influencer"),
        network=text("network"),
        format=text("format"),
        engagement_rate=float(row["engagement_rate"]),
        interactions=float(row["interactions"]),
    )


def _rates_used(basis: EmvBasis, tally: Tally) -> EmvBasis:
    return basis.of({key[0] for key in tally.groups("network")})


# -- what is odd about it ------------------------------------------------------------------------


def _check_lines(job: Job, added: Added, figures: Figures, lines: list[KpiLine]) -> None:
    """What there is to say of a report's targets, campaigns, rates and gaps."""
    note = job.source.note
    if not lines:
        note(scope.no_objective())
    for finding in scope.too_many(lines):
        note(finding)
    if job.settings.scope == "campaign" and job.wanted is None and len(job.campaigns) > 1:
        note(scope.all_together(len(job.campaigns)))
    for finding in scope.stale(_rates_used(job.basis, added.tally).oldest, job.today):
        note(finding)
    without = _unrated(job, added.tally)
    if without:
        note(scope.unrated(job.basis.currency, without))
    for line in lines:
        if line.partial or line.variance.reason is Reason.LOW_COVERAGE:
            note(coverage.incomplete(line, figures.by_name[fold(line.campaign)], job.settings))


def _unrated(job: Job, tally: Tally) -> dict[str, int]:
    """Networks without an EMV rate and their posts; a name that is no network is told where it stands."""
    rated = {rate.network for rate in job.basis.rates}
    strange = strangers(job.known.networks)
    return {
        key[0] or "-": sums.posts
        for key, sums in tally.groups("network").items()
        if key[0] not in rated and not strange(key[0] or "")
    }
