"""What a report is asked to be on, and what the workbook declares for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlkpi.core import codes
from xlkpi.core.assemble.source import Posts, Source
from xlkpi.core.campaign import Campaign, Objective, Period, Settings
from xlkpi.core.checks import benchmarks, objectives, scope
from xlkpi.core.checks.declared import Known
from xlkpi.core.emv import EmvBasis, emv_basis
from xlkpi.core.findings import refuse
from xlkpi.core.names import fold


@dataclass(slots=True)
class Job:
    """One report to be made."""

    source: Source
    today: date
    settings: Settings
    campaigns: dict[str, Campaign]  # by folded name: declared, named by an objective or a post
    declared: frozenset[str]  # folded names of those that Campaigns declares
    objectives: tuple[Objective, ...]
    basis: EmvBasis
    known: Known
    only: str | None  # the campaign of posts that name none
    wanted: set[str] | None  # folded names of the campaigns in scope; None for all


def job_of(source: Source, today: date, campaign: str | None, period: Period | None) -> Job:
    settings = asked(source.settings, campaign, period)
    campaigns = dict(source.campaigns())
    declared = frozenset(campaigns)
    aims = tuple(source.objectives())
    for objective in aims:
        if objective.campaign:
            campaigns.setdefault(fold(objective.campaign), Campaign(objective.campaign))
    only = next(iter(campaigns.values())).name if len(campaigns) == 1 else None
    if not campaigns:
        only = source.name
    return Job(
        source=source,
        today=today,
        settings=settings,
        campaigns=campaigns,
        declared=declared,
        objectives=aims,
        basis=emv_basis(settings, source.rates()),
        known=source.known_names(),
        only=only,
        wanted=_wanted(settings, only, campaigns),
    )


def _wanted(
    settings: Settings, only: str | None, campaigns: Mapping[str, Campaign]
) -> set[str] | None:
    if settings.campaign and settings.scope in ("campaign", "period"):
        return {fold(settings.campaign)}
    if settings.scope == "campaign" and only is not None and campaigns:
        return {fold(only)}
    return None


def asked(settings: Settings, campaign: str | None, period: Period | None) -> Settings:
    """The settings of this report: a campaign and a period that are asked for win over the sheet.

    Raises:
        Refused: a period is asked for, and none is given.
    """
    if campaign is not None:
        settings = replace(settings, scope="campaign", campaign=campaign, period=None)
    if period is not None:
        chosen = "" if settings.scope == "all" else settings.campaign
        settings = replace(settings, scope="period", period=period, campaign=campaign or chosen)
    elif settings.scope != "period":
        settings = replace(settings, period=None)
    if settings.scope == "period" and settings.period is None:
        raise refuse(
            codes.PERIOD_WITHOUT_START,
        )
    return settings


def check_declarations(job: Job) -> None:
    """Objectives and benchmarks, before any post is read."""
    for finding in (
        *objectives.objectives(
            job.objectives, job.campaigns, job.source.objective_place, job.today
        ),
        *benchmarks.benchmarks(job.known.benchmarks, job.objectives, job.settings),
    ):
        job.source.note(finding)


def add_campaigns_of_posts(job: Job, posts: Posts) -> None:
    """Campaigns that only posts name become campaigns of the job, and are told where others are declared."""
    known = dict(job.campaigns)
    stated = {key: c for key, c in job.campaigns.items() if key in job.declared}
    for key, name in posts.campaign_names().items():
        if known and key not in known:
            job.source.note(scope.undeclared(name, posts.campaign_place(key), known))
        job.campaigns.setdefault(key, Campaign(name))
        stated.setdefault(key, Campaign(name))
    for finding in scope.targets_of_nothing(job.objectives, stated, job.source.objective_place):
        job.source.note(finding)
