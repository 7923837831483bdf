"""How much of what a figure is made of is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xlkpi.core import codes
from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MIN_COVERAGE, Counting, KpiLine
from xlkpi.core.names import fold
from xlkpi.core.sums.grouped import Sums
from xlkpi.core.sums.plan import is_booked, of_posts
from xlkpi.core.texts import Text

_NAMED = 10


def costless(collaborations: Mapping[tuple[Any, ...], Sums]) -> Iterator[Finding]:
    """Results of influencers whose cost is unknown make every return look better than it is."""
    without = [
        key
        for key, sums in collaborations.items()
        if key[1] is not None
        and sums.unknown_cost
        and (sums.total("revenue") or sums.total("conversions"))
    ]
    # paid in one campaign, unknown in another
    several = len({fold(key[0] or "") for key in collaborations}) > 1
    names = sorted(
        {f"{key[1]} ({key[0]})" if several and key[0] else str(key[1]) for key in without}
    )
    if names and any(sums.total("cost") is not None for sums in collaborations.values()):
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
    """A figure that not all posts, or not all of the money, have the data for: partial, or not shown at all."""
    share = line.coverage or 0
    shown = share >= MIN_COVERAGE
    return Finding(
        codes.PARTIAL_KPI,
        _share_said(line.kpi, settings, share).format(
            en=line.label.en, fr=line.label.fr, p=int(share * 100)
        ),
        Text("it is shown as partial", "il est affiché comme partiel")
        if shown
        else Text("it is not shown", "il n’est pas affiché"),
        _gaps(line.kpi, sums, settings),
    )


def _share_said(kpi: Kpi, settings: Settings, share: float) -> Text:
    if not share:
        return Text("{en}: no post has the data", "{fr} : aucun post n’a les données")
    inputs = of_posts(settings, kpi)
    if len(inputs) > 1 and "cost" in inputs:
        return Text(
            "{en}: only {p}% of the cost enters, with what it was paid for",
            "{fr} : seuls {p}\u00a0% du coût entrent, avec ce qu’il a payé",
        )
    if len(inputs) > 1 and is_booked(settings, kpi):
        return Text(
            "{en}: only {p}% of the results enter", "{fr} : seuls {p}\u00a0% des résultats entrent"
        )
    return Text(
        "{en}: only {p}% of the posts have the data",
        "{fr} : seuls {p}\u00a0% des posts ont les données",
    )


#: What people fill in for a figure that is derived from several columns, or from one that says yes or no.
_MADE_OF = {
    "conversations": ("comments", "shares"),
    "emv": ("impressions", "views"),
    "exposures": ("impressions", "views"),
    "key_message_known": ("key_message",),
    "content_score_known": ("content_score",),
    "followers_known": ("followers",),
    "reusable_known": ("reusable",),
    "reusable_posts": ("reusable",),
}
_COST = Text("Cost (one figure per collaboration)", "Coût (un chiffre par collaboration)")


def _gaps(kpi: Kpi, sums: Sums, settings: Settings) -> Text:
    """Which columns of Posts to complete, with how many posts have them."""
    names = [n for id in settings.inputs(kpi) for n in _columns(id, sums, settings)]
    unique = dict.fromkeys(names)
    return Text("complete on Posts: {names}", "complétez dans Posts : {names}").format(
        names=Text(", ".join(n.en for n in unique), ", ".join(n.fr for n in unique))
    )


def _columns(id: str, sums: Sums, settings: Settings) -> list[Text]:
    """What a measure lacks, each column with the posts that have it among those that should."""
    if id == "cost":
        return [_COST]
    if MEASURES[id].per_campaign or MEASURES[id].booked or sums.known(id) >= sums.posts:
        return []
    made_of = _made_of(id, settings)
    lacking = [c for c in made_of if sums.known(c) < sums.expected(c)]
    # of several columns that nobody gives, any will do
    return [_told(c, sums) for c in lacking or made_of]


def _made_of(id: str, settings: Settings) -> tuple[str, ...]:
    if id == "interactions":
        return settings.interactions
    if id == "authentic_interactions":
        return (*settings.interactions, "suspicious_interactions")
    return _MADE_OF.get(id, (id,))


def _told(column: str, sums: Sums) -> Text:
    return Text("{name} ({n}/{of} post{of:|s})", "{name} ({n}/{of} post{of:|s})").format(
        name=MEASURES[column].label,
        n=sums.known(column),
        of=sums.expected(column) or sums.posts,
    )


# -- how figures are counted -----------------------------------------------------------------------


def not_given(counting: Counting) -> Iterator[Finding]:
    """Parts of the interactions that a network and format does not give, said once for all of them."""
    if not counting.not_given:
        return
    places = [
        Text("{place} ({parts})", "{place} ({parts})").format(
            place=" ".join(filter(None, (network, format))) or "–",
            parts=Text(
                *(", ".join(MEASURES[part].label[i].lower() for part in parts) for i in (0, 1))
            ),
        )
        for network, format, parts in counting.not_given[:_NAMED]
    ]
    yield Finding(
        codes.PART_NOT_GIVEN,
        Text("nobody gives, for {names}", "personne ne donne, pour {names}").format(
            names=Text(*("; ".join(place[i] for place in places) for i in (0, 1)))
        ),
        Text("interactions there are counted without", "les interactions y sont comptées sans"),
    )


def views_counted(counting: Counting) -> Iterator[Finding]:
    """Views that stand in for impressions."""
    if counting.views_for_impressions:
        yield Finding(
            codes.VIEWS_AS_IMPRESSIONS,
            Text(
                "{n} post{n: gives|s give} views and no impressions",
                "{n} post{n: donne|s donnent} des vues et pas d’impressions",
            ).format(n=counting.views_for_impressions),
            Text(
                "their views count as impressions in CPM, CPI, CTR, frequency, impression rate and EMV",
                "leurs vues comptent comme impressions dans CPM, CPI, CTR, répétition, taux d’impression et EMV",
            ),
            codes.VIEWS_AS_IMPRESSIONS.fix,
        )
