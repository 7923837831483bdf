"""How much of what a figure is made of is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlkpi.core import codes
from xlkpi.core.aggregate import Sums
from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MIN_COVERAGE, KpiLine
from xlkpi.core.names import fold
from xlkpi.core.texts import Text

_NAMED = 10


def costless(collaborations: Mapping[tuple[Any, ...], Sums]) -> Iterator[Finding]:
    """Results of influencers whose cost is unknown make every return look better than it is."""
    without = [
        key
        for key, sums in collaborations.items()
        if key[1] is not None
        and "cost" not in sums.totals
        and (sums.totals.get("revenue") or sums.totals.get("conversions"))
    ]
    # paid in one campaign, unknown in another
    several = len({fold(key[0] or "") for key in collaborations}) > 1
    names = sorted(
        {f"{key[1]} ({key[0]})" if several and key[0] else str(key[1]) for key in without}
    )
    if names and any("cost" in sums.totals for sums in collaborations.values()):
        yield Finding(
            codes.NO_COST,
            Text("no cost is known for {names}", "aucun coût connu pour {names}").format(
                names=", ".join(names[:_NAMED])
            ),
            Text(
                "ROI, CPA and the other costs look better than they are",
                "le ROI, le CPA et les autres coûts paraissent meilleurs qu’ils ne sont",
            ),
        )


def incomplete(line: KpiLine, sums: Sums, settings: Settings) -> Finding:
    """A figure that not all posts have the data for: partial, or not shown at all."""
    share = line.coverage or 0
    reason = Text("{en}: no post has the data", "{fr} : aucun post n’a les données")
    if share:
        reason = Text(
            "{en}: only {p}% of the posts have the data",
            "{fr} : seuls {p}\u00a0% des posts ont les données",
        )
    return Finding(
        codes.PARTIAL_KPI,
        reason.format(en=line.label.en, fr=line.label.fr, p=int(share * 100)),
        Text(
            "it is shown as partial" if share >= MIN_COVERAGE else "it is not shown",
            "il est affiché comme partiel" if share >= MIN_COVERAGE else "il n’est pas affiché",
        ),
        _gaps(line.kpi, sums, settings),
    )


#: What people fill in for a figure that is derived from several columns, or from one that says yes or no.
_MADE_OF = {
    "conversations": ("comments", "shares"),
    "emv": ("impressions", "views"),
    "key_message_known": ("key_message",),
    "content_score_known": ("content_score",),
    "followers_known": ("followers",),
    "reusable_known": ("reusable",),
    "reusable_posts": ("reusable",),
}


def _gaps(kpi: Kpi, sums: Sums, settings: Settings) -> Text:
    """Which columns of Posts to complete, with how many posts have them."""
    made_of = {
        **_MADE_OF,
        "interactions": settings.interactions,
        "authentic_interactions": (*settings.interactions, "suspicious_interactions"),
    }
    names: dict[Text, None] = {}
    for id in settings.inputs(kpi):
        known = sums.known.get(id, 0)
        if id == "cost":
            names[
                Text("Cost (one figure per collaboration)", "Coût (un chiffre par collaboration)")
            ] = None
        elif not (MEASURES[id].per_campaign or MEASURES[id].booked or known >= sums.posts):
            for column in made_of.get(id, (id,)):
                count = Text("{name} ({n}/{of} post{of:|s})", "{name} ({n}/{of} post{of:|s})")
                names[
                    count.format(
                        name=MEASURES[column].label, n=sums.known.get(column, 0), of=sums.posts
                    )
                ] = None
    return Text("complete on Posts: {names}", "complétez dans Posts : {names}").format(
        names=Text(", ".join(n.en for n in names), ", ".join(n.fr for n in names))
    )
