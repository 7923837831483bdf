"""What an import changes in Posts: counters are lifetime totals, so a post takes its newest figures, never their sum.

Nothing is lost on the way: an empty cell overwrites nothing, what a person typed in a column that an export does not
carry stays, and what describes a post (campaign, influencer, format, note) is only ever filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Refused, refuse
from xlkpi.core.names import fold
from xlkpi.core.texts import Text
from xlkpi.intake.memory import collector_paused
from xlkpi.intake.merge.existing import ExistingPosts
from xlkpi.intake.merge.identity import InfluencerNames, InfluencerRow
from xlkpi.intake.merge.merging import Merge
from xlkpi.intake.merge.report import Imported, ImportReport
from xlkpi.intake.posts import Export, PostChanges

__all__ = ["ExistingPosts", "ImportReport", "Imported", "InfluencerRow", "plan"]


@collector_paused()
def plan(
    exports: Sequence[Export],
    held: ExistingPosts,
    influencers: Sequence[InfluencerRow],
    campaign: str = "",
    today: date | None = None,
    *,
    campaigns: Sequence[str] = (),
    passed_over: Sequence[Finding] = (),
) -> tuple[PostChanges, ImportReport]:
    """What to write so that Posts holds the newest figures of every post.

    A post is known by network and id, else by its link, else (sheets kept by hand) by day, network and influencer.
    Several exports are taken in the order of their days; of one post the newest row counts, the last one of equals.

    Args:
        held: what the workbook holds.
        campaign: of new posts, and of those of the workbook that name none; else the only one of ``campaigns``, for
            new posts alone.
        campaigns: names that the workbook knows.
        today: day of an export that does not say its own.
        passed_over: findings of the files, to stand in the report.

    Raises:
        Refused: XK332, the workbook has no campaign of this name.
    """
    chosen = _campaign(campaign, campaigns)
    merge = Merge(
        held,
        InfluencerNames(influencers),
        chosen,
        today or date.max,
        is_said=bool(campaign.strip()),
    )
    for finding in passed_over:
        merge.findings.add(finding)
    order = sorted(
        range(len(exports)),
        key=lambda i: (exports[i].is_addition, exports[i].snapshot or today or date.max),
    )
    for at in order:
        merge.is_last = at == order[-1]
        merge.take(at, exports[at])
    if merge.refused and len(merge.refused) == len(exports):
        raise Refused(*merge.refused.values())
    if merge.cells.count and not chosen:
        merge.tell_open_campaign(campaigns)
    merge.cells.finish()
    return merge.cells.change(), merge.report(exports)


def _campaign(said: str, known: Sequence[str]) -> str:
    by_name = {fold(name): name for name in reversed(known)}
    if not said.strip():
        return known[0] if len(by_name) == 1 else ""
    if fold(said) in by_name or not known:
        return by_name.get(fold(said), said.strip())
    near = get_close_matches(fold(said), by_name, n=1)
    names = ", ".join(by_name[n] for n in near) or ", ".join(list(known)[:10])
    raise refuse(
        codes.NO_SUCH_CAMPAIGN_TO_IMPORT,
        fix=Text(
            "choose one that it has ({names}), or add it to Campaigns first",
            "choisissez-en une qu’il contient ({names}), ou ajoutez-la d’abord à Campagnes",
        ).format(names=names),
        value=said,
    )
