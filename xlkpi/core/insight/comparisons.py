"""Figures beside what they may be compared with, and the reason where they may not."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from xlkpi.core import catalogue, figures
from xlkpi.core.campaign import Period, Settings, add_months, month_end
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.insight.analysis import AdLine, BenchmarkLine, Change, Comparison
from xlkpi.core.insight.decisions import Candidate
from xlkpi.core.insight.facts import changed
from xlkpi.core.insight.inputs import BenchmarkRate, References
from xlkpi.core.kpi import Better
from xlkpi.core.lines import Group
from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.core.variance import Status

#: What is set side by side: one figure or two for each stage of the funnel.
COMPARED = (
    "reach",
    "impressions",
    "engagement_rate",
    "ctr",
    "conversions",
    "revenue",
    "spend",
    "cpm",
    "cpe",
    "cpa",
    "roi",
    "positive_sentiment",
)
PEER_KPIS = ("reach", "engagement_rate", "cpm", "cpe", "roi")
#: Ratios only: the first and the last month are seldom whole.
TREND_KPIS = ("engagement_rate", "ctr", "cpm", "positive_sentiment")
#: A median of fewer peers says nothing.
MIN_PEERS = 2
TREND_MONTHS = 3
Values = Mapping[str, float | None]


# -- against an earlier period or campaign -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """A campaign, or the same campaigns in an earlier period: what the present figures may be compared with."""

    name: str
    objective_type: str
    start: date | None
    values: Values


def previous_period(period: Period) -> Period:
    """The same number of whole months before, or of days.

    >>> previous_period(Period(date(2026, 4, 1), date(2026, 6, 30)))
    Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31))
    """
    if period.start.day == 1 and period.end == month_end(period.end):
        months = (
            (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        )
        if period.start.year > 1900:
            start = add_months(period.start, -months)
            return Period(start, month_end(add_months(period.end, -months)))
    days = (period.end - period.start).days + 1
    return Period(period.start - timedelta(days=days), period.start - timedelta(days=1))


def with_earlier(
    subject: str,
    objective_type: str,
    start: date | None,
    now: Values,
    others: Sequence[Earlier],
    step: float,
) -> Comparison:
    """A campaign against the latest one before it that has the same objective (campaigns of different objectives are
    never compared: La Maison de l'Influence, what to avoid).
    """
    before = [o for o in others if start is None or o.start is None or o.start < start]
    same = [o for o in before if o.objective_type == objective_type]
    if objective_type and same:
        last = max(same, key=lambda o: o.start or date.min)
        return Comparison(
            "previous",
            subject,
            Text(last.name, last.name),
            _changes(COMPARED, now, last.values, step),
        )
    nothing = Text("an earlier campaign", "une campagne antérieure")
    if not before:
        return Comparison(
            "previous",
            subject,
            nothing,
            why_not=Text(
                "There is no earlier campaign in this workbook to compare with.",
                "Aucune campagne antérieure dans ce classeur : pas de comparaison.",
            ),
        )
    if not objective_type:
        return Comparison(
            "previous",
            subject,
            nothing,
            why_not=Text(
                "This campaign has no objective type, and only campaigns of the same objective are compared: "
                "fill it in on Campaigns.",
                "Cette campagne n’a pas de type d’objectif, et seules des campagnes de même objectif se comparent : "
                "remplissez-le dans Campagnes.",
            ),
        )
    names = ", ".join(o.name for o in before[:5])
    return Comparison(
        "previous",
        subject,
        nothing,
        why_not=Text(
            "Not compared with {names}: another objective, and each kind of campaign follows its own logic.",
            "Pas de comparaison avec {names} : l’objectif est autre, et chaque type de campagne a sa logique.",
        ).format(names=names),
    )


def with_previous_period(
    subject: str, period: Period, now: Values, before: Values | None, step: float
) -> Comparison:
    earlier = previous_period(period)
    against = Text(
        *(
            " – ".join(figures.day(day, language) for day in (earlier.start, earlier.end))
            for language in LANGUAGES
        )
    )
    if before is None:
        return Comparison(
            "previous",
            subject,
            against,
            why_not=Text(
                "No post was published in the period before ({p}).",
                "Aucun post publié sur la période précédente ({p}).",
            ).format(p=against),
        )
    return Comparison("previous", subject, against, _changes(COMPARED, now, before, step))


def _changes(ids: Sequence[str], now: Values, before: Values, step: float) -> tuple[Change, ...]:
    """Rates and unit costs are better or worse; a volume follows the size of what is compared, and is neither."""
    found = (changed(catalogue.kpi(id), now.get(id), before.get(id), step) for id in ids)
    known = (c for c in found if c.now is not None and c.before is not None)
    return tuple(c if c.kpi.has_function else replace(c, status=Status.NEUTRAL) for c in known)


def trend(subject: str, months: Sequence[Group], step: float) -> Comparison:
    """The last month with posts against the one two months before it: +5 % in three months is a positive dynamic."""
    against = Text("three months", "trois mois")
    by_start = {g.period.start: g for g in months if g.period is not None}
    last = max(by_start, default=None)
    first = by_start.get(add_months(last, 1 - TREND_MONTHS)) if last is not None else None
    if last is None or first is None:
        return Comparison(
            "trend",
            subject,
            against,
            why_not=Text(
                "A trend sets the last month beside the one two months before it, which has no post.",
                "La tendance compare le dernier mois à celui d’il y a deux mois, qui n’a aucun post.",
            ),
        )
    changes = _changes(TREND_KPIS, by_start[last].values, first.values, step)
    rate = next((c for c in changes if c.kpi.id == "engagement_rate"), None)
    return Comparison("trend", subject, against, changes, reading=_dynamic(rate) if rate else None)


def _dynamic(change: Change) -> Text:
    word = {
        Status.MET: Text("positive dynamic", "dynamique positive"),
        Status.MISSED: Text("negative dynamic", "dynamique négative"),
    }.get(change.status, Text("stable", "stable"))
    share = change.now / change.before - 1 if change.now is not None and change.before else 0.0
    shown = _percent(share, change.status is Status.WATCH)
    return Text(
        "Engagement rate {p}% over three months: {w}",
        "Taux d’engagement {p}\u00a0% sur trois mois : {w}",
    ).format(p=Text(shown, shown.replace(".", ",")), w=word)


def _percent(share: float, is_below: bool) -> str:
    """A tenth where there is one; what stays below the step is never rounded up to it.

    >>> _percent(0.05, False), _percent(0.0496, True), _percent(-0.124, False)
    ('+5', '+4.9', '−12.4')
    """
    tenths = math.trunc(round(share * 1000, 6)) if is_below else round(share * 1000)
    return f"{tenths / 10:+.1f}".removesuffix(".0").replace("-", "−")


# -- influencers among their peers --------------------------------------------------------------------


def peers(candidates: Sequence[Candidate], step: float) -> Iterator[Comparison]:
    """Each influencer against the median of the others of the same tier on the same network."""
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for one in candidates:
        groups.setdefault((one.tier, one.network), []).append(one)
    known = {
        key: {
            id: sorted(v for c in group if (v := c.values.get(id)) is not None) for id in PEER_KPIS
        }
        for key, group in groups.items()
    }
    for one in candidates:
        key = one.tier, one.network
        others = len(groups[key]) - 1
        if all(key) and others >= MIN_PEERS:
            middle = {id: _median_without(known[key][id], one.values.get(id)) for id in PEER_KPIS}
            changes = _changes(PEER_KPIS, one.values, middle, step)
            if changes:
                against = Text(
                    "median of {n} other{n:|s}: {t}, {w}", "médiane de {n} autre{n:|s} : {t}, {w}"
                ).format(n=others, t=one.tier, w=one.network)
                yield Comparison("peers", one.influencer, against, changes)


def _median_without(ordered: Sequence[float], own: float | None) -> float | None:
    """The median of the others' values, themselves among ``ordered``; None where fewer than MIN_PEERS are known.

    >>> _median_without([1.0, 2.0, 4.0, 9.0], 4.0)
    2.0
    """
    gap = len(ordered) if own is None else bisect_left(ordered, own)
    count = len(ordered) - (own is not None)
    if count < MIN_PEERS:
        return None
    low, high = (ordered[i + (i >= gap)] for i in ((count - 1) // 2, count // 2))
    return (low + high) / 2


# -- benchmarks and paid ads -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnRate:
    """The campaign's rate as a benchmark counts it: same network, same size of influencer, same base."""

    posts: int
    rate: float | None


def benchmarks(
    references: References, rates: Mapping[BenchmarkRate, OwnRate], step: float
) -> Iterator[BenchmarkLine]:
    """Published rates of the networks in scope, each beside the campaign's own, counted the same way.

    Args:
        rates: by benchmark; one of a network without posts is absent.
    """
    for b in references.benchmarks:
        own = rates.get(b)
        if own is None:
            continue
        why_not = None
        if not b.base:
            why_not = Text(
                "the reference does not say what it divides by", "la référence ne dit pas sa base"
            )
        elif not own.posts:
            why_not = Text(
                "no influencer of this size took part",
                "aucun influenceur de cette taille n’a participé",
            )
        elif own.rate is None:
            why_not = Text(
                "counted by {b}, which the posts do not give",
                "calculé sur : {b}, absents des posts",
            ).format(b=Text(*(side.lower() for side in MEASURES[b.base].label)))
        compared = changed(catalogue.kpi("engagement_rate"), own.rate, b.value, step)
        yield BenchmarkLine(
            b.network,
            b.label,
            b.value,
            b.base,
            own.rate,
            compared.change,
            compared.status,
            b.source,
            b.date,
            why_not,
        )


#: What a price buys: KPI → how many units the same money buys.
_PER = {"cpm": 1000.0, "cpc": 1.0, "cpe": 1.0, "cpa": 1.0, "cpl": 1.0, "cpv": 1.0}


def ads(references: References, values: Values, settings: Settings) -> Iterator[AdLine]:
    """What the same spend would have cost or brought as paid ads (influence KPI article: a post of 1,000 € beside ads
    of 1,000 €); prices in another currency are named, never converted.
    """
    spend = values.get("spend")
    for rate in references.ads:
        kpi, actual = catalogue.kpi(rate.kpi), values.get(rate.kpi)
        foreign = bool(rate.currency) and rate.currency.upper() != settings.currency.upper()
        compared = changed(kpi, None if foreign else actual, rate.value, 0.0)
        status = compared.status
        if kpi.better is Better.LOWER and compared.change == 0:
            status = Status.WATCH
        why_not = None
        if foreign:
            why_not = Text(
                "in {c}: amounts are not converted", "en {c} : les montants ne sont pas convertis"
            ).format(c=rate.currency)
        elif actual is None:
            why_not = Text(
                "the campaign’s own figure is not known",
                "le chiffre de la campagne n’est pas connu",
            )
        bought = (
            spend / rate.value * _PER[rate.kpi]
            if not foreign and spend and rate.value and rate.kpi in _PER
            else None
        )
        yield AdLine(
            rate.channel,
            kpi,
            actual,
            rate.value,
            compared.change,
            status,
            bought,
            rate.source,
            rate.date,
            why_not,
        )
