"""The posts of a source, looked at and added up: those in the report's scope, and the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from xlkpi.core import codes
from xlkpi.core.assemble.job import Job
from xlkpi.core.assemble.source import Posts
from xlkpi.core.campaign import Period
from xlkpi.core.checks.french_rules import FrenchRules
from xlkpi.core.checks.plausibility import Plausibility
from xlkpi.core.days import day_of, number_of
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.insight.comparisons import previous_period
from xlkpi.core.names import fold
from xlkpi.core.sums.tally import Tally
from xlkpi.core.texts import Text

Look = Callable[[Any], None]


@dataclass(slots=True)
class Added:
    """What has been added up, with the days of each campaign and how many posts are in scope."""

    tally: Tally
    rest: Tally  # posts out of scope
    before: Tally  # those of them that were published in the period before
    extents: dict[str, Period] = field(default_factory=dict)  # by folded campaign
    used: int = 0
    other: int = 0


def add_posts(job: Job) -> tuple[Posts, Added]:
    """Look at all posts of the source and add them up; of a post that stands twice, the last row counts.

    Raises:
        Refused: the source found what no report can be made of.
    """
    source, settings = job.source, job.settings
    posts = source.posts(job.only)
    sense = Plausibility(source.note, posts.place, settings, job.campaigns, job.known, job.today)
    rules = FrenchRules(settings, job.campaigns)
    added = add_up(job, posts, (sense.look, rules.look))
    sense.tell()
    older = posts.duplicates()
    if len(older):
        posts = source.posts(job.only, without=older)
        rules = FrenchRules(settings, job.campaigns)
        added = add_up(job, posts, (rules.look,))
    rules.tell(source.note, posts.place)
    if source.refusals:
        raise Refused(*source.refusals, *source.all_findings())
    return posts, added


def add_up(job: Job, posts: Posts, looks: tuple[Look, ...]) -> Added:
    rest, before = (Tally(job.settings, job.basis, best=0, daily=False) for _ in range(2))
    added = Added(Tally(job.settings, job.basis, largest=_largest(job)), rest, before)
    for native in posts:
        for look in looks:
            look(native)
        frame = nw.from_native(native)
        _widen(added.extents, frame)
        inside, outside = _split(frame, _in_scope(frame, job, job.settings.period))
        added.used += len(inside)
        added.other += len(outside)
        _add(added.tally, inside)
        _add(added.rest, outside)
        if job.settings.period is not None and len(outside):
            earlier = _in_scope(outside, job, previous_period(job.settings.period))
            _add(added.before, _split(outside, earlier)[0])
    return added


def _largest(job: Job) -> set[str]:
    """Measures that have a target as a sum: what the largest post has is what a missing one could hold."""
    kpis = [objective.kpi for objective in job.objectives]
    return {kpi.inputs[0] for kpi in kpis if len(kpi.inputs) == 1}


def _add(tally: Tally, posts: Any) -> None:
    if len(posts):
        tally.add(nw.to_native(posts))


def _widen(extents: dict[str, Period], frame: Any) -> None:
    """The first and the last day of each campaign, with those of one more frame."""
    day = nw.col("day")
    ends = frame.group_by("campaign").agg(day.min().alias("first"), day.max().alias("last"))
    for row in ends.rows(named=True):
        if row["first"] is not None and row["first"] == row["first"]:
            found = Period(day_of(row["first"]), day_of(row["last"]))
            key = fold(row["campaign"] or "")
            known = extents.get(key, found)
            extents[key] = Period(min(known.start, found.start), max(known.end, found.end))


def _in_scope(frame: Any, job: Job, period: Period | None) -> Any | None:
    """Which posts are of the campaigns asked for and of a period; None for all."""
    if job.wanted is None and period is None:
        return None
    inside = nw.lit(True)
    if job.wanted is not None:
        names = frame["campaign"].unique().to_list()
        own = [n for n in names if n is not None and fold(n) in job.wanted]
        inside = nw.col("campaign").is_in(own)
    if period is not None:
        day = nw.col("day")
        within = (day >= number_of(period.start)) & (day <= number_of(period.end))
        inside = inside & within.fill_null(False)
    return inside


def _split(frame: Any, inside: Any | None) -> tuple[Any, Any]:
    if inside is None:
        return frame, frame.head(0)
    marked = frame.with_columns(inside.alias("_inside"))
    return tuple(marked.filter(nw.col("_inside") == side).drop("_inside") for side in (True, False))


def check_scope(job: Job, added: Added) -> None:
    """Refuse what cannot be reported on, with the names that could."""
    names = ", ".join(c.name for c in job.campaigns.values())
    wanted = job.wanted
    if wanted is not None and not wanted & job.campaigns.keys():
        raise refuse(
            codes.NO_SUCH_CAMPAIGN,
            fix=Text("choose one of: {names}", "choisissez parmi : {names}").format(
                names=names or "-"
            ),
            value=job.settings.campaign,
        )
    if not added.used:
        raise _no_posts_in_scope() if added.other else _no_posts()


def _no_posts_in_scope() -> Refused:
    return refuse(
        codes.NO_POSTS,
        Text(
            "no post belongs to this campaign and period",
            "aucun post n’appartient à cette campagne et à cette période",
        ),
        Text(
            "check the Campaign and Date columns of Posts, or ask for another period",
            "vérifiez les colonnes Campagne et Date de Posts, ou demandez une autre période",
        ),
    )


def _no_posts() -> Refused:
    return refuse(
        codes.NO_POSTS,
        fix=Text(
            "fill the Posts sheet, one row a post",
            "remplissez la feuille Posts, une ligne par post",
        ),
    )
