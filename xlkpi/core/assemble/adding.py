"""The posts of a source, looked at and added up: those in the report's scope, and the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from xlkpi.core import codes
from xlkpi.core.aggregate import BASES, Tally
from xlkpi.core.assemble.job import Job
from xlkpi.core.assemble.source import Posts
from xlkpi.core.campaign import Period
from xlkpi.core.checks.french_rules import FrenchRules
from xlkpi.core.checks.plausibility import Plausibility
from xlkpi.core.days import day_of, number_of
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.names import fold
from xlkpi.core.texts import Text

Look = Callable[[Any], None]


@dataclass(slots=True)
class Added:
    """What has been added up, with the days of each campaign and how many posts are in scope."""

    tally: Tally
    rest: Tally  # posts out of scope, by campaign and day: what a report may be compared with
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
    added = Added(
        Tally(job.settings, job.basis), Tally(job.settings, job.basis, best=0, bases=BASES[1:])
    )
    for native in posts:
        for look in looks:
            look(native)
        frame = nw.from_native(native)
        _widen(added.extents, frame)
        inside, outside = _in_scope(frame, job)
        added.used += len(inside)
        added.other += len(outside)
        for some, tally in ((inside, added.tally), (outside, added.rest)):
            if len(some):
                tally.add(nw.to_native(some))
    return added


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


def _in_scope(frame: Any, job: Job) -> tuple[Any, Any]:
    """The posts that are reported on, and the others."""
    wanted, period = job.wanted, job.settings.period
    if wanted is None and period is None:
        return frame, frame.head(0)
    inside = nw.lit(True)
    if wanted is not None:
        names = frame["campaign"].unique().to_list()
        own = [n for n in names if n is not None and fold(n) in wanted]
        inside = nw.col("campaign").is_in(own)
    if period is not None:
        day = nw.col("day")
        within = (day >= number_of(period.start)) & (day <= number_of(period.end))
        inside = inside & within.fill_null(False)
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
