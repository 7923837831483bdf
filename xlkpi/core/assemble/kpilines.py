"""Objectives and sums → the lines of the report's main table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlkpi.core import codes
from xlkpi.core.assemble.job import Job
from xlkpi.core.assemble.verdicts import doubt_of, with_gaps, withheld
from xlkpi.core.campaign import Campaign, Objective, Period
from xlkpi.core.checks.results import impossible
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MIN_COVERAGE, KpiLine
from xlkpi.core.names import fold
from xlkpi.core.sums.grouped import Sums
from xlkpi.core.sums.groups import measurable
from xlkpi.core.texts import Text
from xlkpi.core.variance import Reason, Status, Variance, compare


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums that lines are told from."""

    by_name: Mapping[str, Sums]  # by folded campaign
    collaborations: Mapping[tuple[Any, ...], Sums]  # by campaign and influencer
    extents: Mapping[str, Period]  # folded campaign → days of its posts
    campaigns: Sequence[Campaign]  # in scope


def lines_of(job: Job, figures: Figures) -> list[KpiLine]:
    """One line for each objective in scope; what is left out is told."""
    lines: dict[str, KpiLine] = {}
    for objective, name in _in_scope(job, figures):
        line = _line(job, objective, name, figures)
        if line.key in lines:
            job.source.note(_second_target(objective))
        else:
            lines[line.key] = line
    return list(lines.values())


def _in_scope(job: Job, figures: Figures) -> Iterator[tuple[Objective, str]]:
    """The objectives of the campaigns in scope, each with the campaign it is of."""
    several = len(figures.campaigns) > 1
    shown = figures.by_name if job.wanted is None else job.wanted
    single = job.only if job.only is not None else "" if several else figures.campaigns[0].name
    for objective in job.objectives:
        name = objective.campaign or single
        if not name:
            job.source.note(_of_no_campaign(objective))
        elif fold(name) in shown:
            yield objective, name


def _line(job: Job, objective: Objective, name: str, figures: Figures) -> KpiLine:
    settings, kpi = job.settings, objective.kpi
    sums = figures.by_name.get(fold(name), Sums.none())
    campaign = job.campaigns.get(fold(name), Campaign(name))
    actual = sums.measured(kpi, campaign.measures) if measurable(kpi) else None
    coverage = sums.coverage(kpi) if measurable(kpi) else None
    low = actual is not None and coverage is not None and coverage < MIN_COVERAGE
    actual = None if low else actual
    tolerance = settings.tolerance if objective.tolerance is None else objective.tolerance
    target, upper = objective.target, objective.upper
    variance = compare(actual, target, kpi.unit, kpi.judged, tolerance, upper)
    wrong = impossible(kpi, actual)
    if wrong is not None and variance.is_judged:
        variance = withheld(variance, Reason.IMPOSSIBLE, wrong)
    doubt = objective.doubt or doubt_of(kpi, actual, target, settings.currency)
    if doubt is not None and variance.is_judged:
        variance = withheld(variance, Reason.DOUBTFUL_TARGET, doubt)
        if objective.doubt is None:
            job.source.note(_in_doubt(objective, doubt))
    if upper is None:
        variance = with_gaps(variance, kpi, actual, target, sums, settings)
    if low and variance.reason is Reason.NO_ACTUAL:
        variance = replace(variance, reason=Reason.LOW_COVERAGE)
    elif _holds_part_only(job, kpi, campaign, figures) and variance.value is not None:
        variance = Variance(None, False, variance.attainment, Status.UNKNOWN, Reason.PARTIAL_PERIOD)
    return KpiLine(
        name,
        kpi,
        target,
        actual,
        variance,
        coverage,
        label_campaign=len(figures.campaigns) > 1,
        posts=sums.posts,
        tolerance=tolerance,
        upper=upper,
    )


def _holds_part_only(job: Job, kpi: Kpi, campaign: Campaign, figures: Figures) -> bool:
    """Whether the period has only a part of what the target of a whole campaign is about."""
    if job.settings.period is None or kpi.unit.in_points or not _is_sum(kpi):
        return False
    extent = figures.extents.get(fold(campaign.name))
    start = campaign.start or (extent.start if extent else None)
    end = campaign.end or (extent.end if extent else None)
    return bool(start and end and Period(start, end) not in job.settings.period)


def _is_sum(kpi: Kpi) -> bool:
    """A count or an amount grows with the days it covers; a ratio does not."""
    return len(kpi.inputs) == 1


def _of_no_campaign(objective: Objective) -> Finding:
    return Finding(
        codes.OBJECTIVE_WITHOUT_CAMPAIGN,
        effect=Text("left out of the report", "exclu du rapport"),
        sheet=objective.place[0],
        cell=objective.place[1],
        table="objectives",
        value=objective.kpi.label.en,
    )


def _in_doubt(objective: Objective, doubt: Text) -> Finding:
    return Finding(
        codes.TARGET_IN_DOUBT,
        doubt,
        sheet=objective.place[0],
        cell=objective.place[1],
        table="objectives",
        value=objective.kpi.label.en,
    )


def _second_target(objective: Objective) -> Finding:
    return Finding(
        codes.TWO_TARGETS,
        sheet=objective.place[0],
        cell=objective.place[1],
        table="objectives",
        value=objective.kpi.label.en,
    )
