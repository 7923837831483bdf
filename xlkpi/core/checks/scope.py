"""What is odd about a report’s campaigns, objectives and rates."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from xlkpi.core import codes
from xlkpi.core.campaign import Campaign, Objective, add_months
from xlkpi.core.findings import Finding, Place
from xlkpi.core.lines import MAX_KPIS, KpiLine
from xlkpi.core.names import fold
from xlkpi.core.texts import Text

#: A reference value older than this is flagged.
STALE_MONTHS = 12
_NAMED = 10


def no_objective() -> Finding:
    return Finding(
        codes.NO_TARGET,
        effect=Text(
            "the report shows figures without a verdict",
            "le rapport montre des chiffres sans verdict",
        ),
    )


def too_many(lines: Iterable[KpiLine]) -> Iterator[Finding]:
    """Campaigns with more KPIs than anybody reads."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.campaign] = counts.get(line.campaign, 0) + 1
    for name, count in counts.items():
        if count > MAX_KPIS:
            yield Finding(
                codes.MANY_KPIS,
                Text(
                    "{name} has {n} KPIs; five to seven keep a report readable",
                    "{name} a {n} KPI ; cinq à sept gardent un rapport lisible",
                ).format(name=name, n=count),
                Text(
                    "the first {n} stand in the summary, the others below it",
                    "les {n} premiers sont dans la synthèse, les autres en dessous",
                ).format(n=MAX_KPIS),
            )


def all_together(campaigns: int) -> Finding:
    return Finding(
        codes.CAMPAIGNS_TOGETHER,
        Text(
            "no campaign is chosen, so all {n} are reported together",
            "aucune campagne n’est choisie : les {n} sont réunies",
        ).format(n=campaigns),
    )


def stale(oldest: date | None, today: date) -> Iterator[Finding]:
    """An EMV rate that has not been looked at for a year."""
    if oldest is None:
        return
    if add_months(oldest, STALE_MONTHS).replace(day=min(oldest.day, 28)) < today:
        yield Finding(
            codes.OLD_EMV_RATE,
            Text(
                "an EMV rate dates from {day}, more than {n} months ago",
                "un barème d’EMV date du {day}, il y a plus de {n} mois",
            ).format(day=Text(oldest.isoformat(), f"{oldest:%d/%m/%Y}"), n=STALE_MONTHS),
            Text("EMV uses it all the same", "l’EMV l’utilise tout de même"),
        )


def unrated(currency: str, posts: Mapping[str, int]) -> Finding:
    """Networks that have posts and no EMV rate."""
    return Finding(
        codes.NO_EMV_RATE,
        Text(
            "no EMV rate in {currency} for {names}",
            "pas de barème d’EMV en {currency} pour {names}",
        ).format(currency=currency, names=", ".join(sorted(posts)[:_NAMED])),
        Text(
            "{n} post{n: is|s are} left out of EMV",
            "{n} post{n: est exclu|s sont exclus} de l’EMV",
        ).format(n=sum(posts.values())),
    )


_MEANT_CAMPAIGN = Text(
    "did you mean {c}? Otherwise add it to Campaigns",
    "vouliez-vous dire {c} ? Sinon ajoutez-la à Campagnes",
)


def undeclared(name: str, place: Place, declared: Mapping[str, Campaign]) -> Finding:
    """A post's campaign that nobody declared: a slip of the pen makes posts vanish from a report."""
    near = difflib.get_close_matches(fold(name), declared, n=1, cutoff=0.6)
    fix = codes.UNKNOWN_CAMPAIGN.fix
    if near:
        fix = _MEANT_CAMPAIGN.format(c=declared[near[0]].name)
    return Finding(
        codes.UNKNOWN_CAMPAIGN,
        Text(
            "this campaign is neither in Campaigns nor in Objectives",
            "cette campagne n’est ni dans Campagnes ni dans Objectifs",
        ),
        Text(
            "its posts have no target and stand apart from the other campaigns",
            "ses posts n’ont pas de cible et sont à part des autres campagnes",
        ),
        fix,
        value=name,
        **place,
    )


def targets_of_nothing(
    objectives: Iterable[Objective],
    known: Mapping[str, Campaign],
    place: Callable[[Objective, str], Place],
) -> Iterator[Finding]:
    """Objectives of a campaign that is nowhere else, told once a campaign: no report shows them."""
    for key, objective in {
        fold(o.campaign): o for o in reversed(list(objectives)) if o.campaign
    }.items():
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        nowhere = codes.TARGETS_IN_NO_REPORT
        yield Finding(
            codes.UNKNOWN_CAMPAIGN if near else nowhere,
            nowhere.meaning,
            Text("its targets are in no report", "ses cibles ne sont dans aucun rapport"),
            _MEANT_CAMPAIGN.format(c=known[near[0]].name) if near else nowhere.fix,
            value=objective.campaign,
            **place(objective, "campaign"),
        )
