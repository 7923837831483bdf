"""Slides on what the figures stand beside: earlier campaigns, peers, published rates, paid ads; and on the method."""

from __future__ import annotations

from xlkpi.core import figures, wording
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.insight.analysis import Comparison
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck.blocks import Block, Grid, Say, place
from xlkpi.deck.page import Deck
from xlkpi.deck.teller import Teller

#: More than any slide holds: what is longer is not even measured.
_MOST = 12


def comparisons(deck: Deck, tell: Teller) -> None:
    page = deck.page(tell.both("Comparisons and benchmarks", "Comparaisons et repères"))
    then, others = (
        [*_previous(tell), *_trend(tell)],
        [*_peers(tell), *_benchmarks(tell), *_ads(tell)],
    )
    if all(any(isinstance(b, Grid) for b in blocks) for blocks in (then, others)):
        left, right = page.area.columns(5, 5, gap=page.gap)
        place(page, left, then)
        place(page, right, others)
    else:  # a column of two sentences beside a full one wastes half of the slide
        place(page, page.area, [*then, *others])
    a = tell.report.analysis
    dated = [*((b.source, b.date) for b in a.benchmarks), *((ad.source, ad.date) for ad in a.ads)]
    sources = dict.fromkeys(
        f"{source} {figures.day(day, tell.language)}".strip() for source, day in dated if source
    )
    tell.notes(
        page,
        Text(
            "Only like is compared with like: campaigns of the same objective, rates on the same base, amounts in the same "
            "currency, influencers of the same tier and network.",
            "On ne compare que ce qui est comparable : campagnes de même objectif, taux de même base, montants de même "
            "devise, influenceurs de même catégorie et réseau.",
        ),
        [tell.both("Sources: {s}.", "Sources : {s}.", s="; ".join(sources))] if sources else (),
    )


def _previous(tell: Teller) -> list[Block]:
    found = [c for c in tell.report.analysis.comparisons if c.kind == "previous"]
    told = [c for c in found if c.changes]
    blocks: list[Block] = []
    for c in told[:2]:
        blocks += [Say(_against(c, tell), bold=True), _changes(c, tell)]
    if len(told) > 2:
        blocks.append(
            Say(
                tell.both(
                    "… and {n} more campaign{n:|s}",
                    "… et {n} campagne{n:|s} de plus",
                    n=len(told) - 2,
                )
            )
        )
    reasons = dict.fromkeys(tell.t(c.why_not) for c in found if c.why_not)
    blocks += [Say(reason) for reason in list(reasons)[:3]]
    return blocks or [
        Say(tell.both("Nothing earlier to compare with.", "Rien d’antérieur à quoi comparer."))
    ]


def _against(comparison: Comparison, tell: Teller) -> str:
    who = f"{comparison.subject} – " if len(tell.report.campaigns) > 1 else ""
    return who + tell.both("Compared with {a}", "Par rapport à {a}", a=comparison.against)


def _changes(comparison: Comparison, tell: Teller) -> Grid:
    header = tuple(
        tell.t(h)
        for h in (
            Text("KPI", "KPI"),
            Text("Now", "Maintenant"),
            Text("Before", "Avant"),
            Text("Change", "Évolution"),
            Text("Reading", "Lecture"),
        )
    )
    rows = tuple(
        (
            tell.t(c.kpi.label),
            tell.of(c.kpi, c.now),
            tell.of(c.kpi, c.before),
            tell.change(c),
            tell.beside(c.status),
        )
        for c in comparison.changes
    )
    return Grid(
        header,
        rows,
        (2.8, 1.5, 1.5, 1.4, 2),
        frozenset((1, 2, 3)),
        alt=tell.both("Table: figures now and before", "Tableau : chiffres actuels et antérieurs"),
    )


def _trend(tell: Teller) -> list[Block]:
    found = [c for c in tell.report.analysis.comparisons if c.kind == "trend"]
    said = [c.reading or c.why_not for c in found]
    return [Say(tell.t(text)) for text in said if text is not None]


def _peers(tell: Teller) -> list[Block]:
    rows = []
    for c in tell.report.analysis.comparisons:
        rate = next((x for x in c.changes if x.kpi.id == "engagement_rate"), None)
        if c.kind == "peers" and rate is not None:
            rows.append((c.subject, tell.t(c.against), tell.change(rate), tell.beside(rate.status)))
    if not rows:
        return []
    header = tuple(
        tell.t(h)
        for h in (
            Text("Influencer", "Influenceur"),
            Text("Compared with", "Par rapport à"),
            Text("Eng. rate", "Taux d’eng."),
            Text("Reading", "Lecture"),
        )
    )
    return [
        Grid(
            header,
            tuple(rows[:_MOST]),
            (2.2, 3, 1.3, 2),
            frozenset((2,)),
            max(len(rows) - _MOST, 0),
            alt=tell.both(
                "Table: influencers among their peers", "Tableau : influenceurs parmi leurs pairs"
            ),
        )
    ]


def _benchmarks(tell: Teller) -> list[Block]:
    lines = sorted(tell.report.analysis.benchmarks, key=lambda b: b.status is Status.UNKNOWN)
    if not lines:
        return [
            Say(
                tell.both(
                    "No published rate in References is about the networks of this campaign.",
                    "Aucun taux publié dans Références ne porte sur les réseaux de cette campagne.",
                )
            )
        ]
    header = tuple(
        tell.t(h)
        for h in (
            Text("Benchmark", "Repère"),
            Text("Published", "Publié"),
            Text("Campaign", "Campagne"),
            Text("Reading", "Lecture"),
        )
    )
    rows = []
    for b in lines[:_MOST]:
        base = tell.t(MEASURES[b.base].label).lower() if b.base in MEASURES else ""
        name = " · ".join(
            filter(
                None, (b.network, b.label, tell.both("by {b}", "par {b}", b=base) if base else "")
            )
        )
        rows.append(
            (
                name,
                tell.figure(b.value, Unit.PERCENT),
                tell.figure(b.actual, Unit.PERCENT),
                tell.beside(b.status, b.why_not),
            )
        )
    return [
        Grid(
            header,
            tuple(rows),
            (3.4, 1.3, 1.4, 2.4),
            frozenset((1, 2)),
            len(lines) - len(rows),
            alt=tell.both(
                "Table: published engagement rates", "Tableau : taux d’engagement publiés"
            ),
        )
    ]


def _ads(tell: Teller) -> list[Block]:
    lines = sorted(tell.report.analysis.ads, key=lambda ad: ad.status is Status.UNKNOWN)
    if not lines:
        return [
            Say(
                tell.both(
                    "Paid ads: no price or return of ads in References to compare with.",
                    "Publicité : aucun prix ni retour publicitaire dans Références à quoi comparer.",
                )
            )
        ]
    header = tuple(
        tell.t(h)
        for h in (
            Text("Paid ads", "Publicité"),
            Text("Ads", "Pub."),
            Text("Campaign", "Campagne"),
            Text("Reading", "Lecture"),
        )
    )
    rows = tuple(
        (
            f"{ad.channel} · {tell.t(ad.kpi.label)}",
            tell.of(ad.kpi, ad.reference),
            tell.of(ad.kpi, ad.actual),
            tell.beside(ad.status, ad.why_not),
        )
        for ad in lines[:_MOST]
    )
    return [
        Grid(
            header,
            rows,
            (3.4, 1.3, 1.4, 2.4),
            frozenset((1, 2)),
            len(lines) - len(rows),
            alt=tell.both(
                "Table: the campaign beside paid ads",
                "Tableau : la campagne à côté de la publicité",
            ),
        )
    ]


# -- method ------------------------------------------------------------------------------------------


def method(deck: Deck, tell: Teller) -> None:
    report, language = tell.report, tell.language
    page = deck.page(tell.both("Method", "Méthode"))
    excluded = report.balance.excluded
    lines = [
        *wording.method_lines(report, language),
        wording.coverage_line(report, language),
        tell.both(
            "Status: met, the target is reached; to watch, short of it by at most {p} of the target (unless an "
            "objective has its own tolerance); behind, by more.",
            "Statut : atteint, l’objectif est atteint ; à surveiller, manqué d’au plus {p} de l’objectif (sauf "
            "tolérance propre à un objectif) ; en retard, de plus.",
            p=tell.figure(report.settings.tolerance, Unit.PERCENT),
        ),
        tell.both(
            "Attainment of a cost: target ÷ actual, so that longer is always better.",
            "Taux d’atteinte d’un coût : objectif ÷ réel, pour que plus long soit toujours mieux.",
        ),
        tell.both(
            "Excluded rows: {n}. The Checks sheet of the workbook says why.",
            "Lignes exclues : {n}. La feuille Contrôles du classeur dit pourquoi.",
            n=excluded,
        )
        if excluded
        else "",
    ]
    place(page, page.area, [Say(line, most=4) for line in lines if line])
    tell.notes(
        page,
        Text(
            "For those who ask how a figure was made.",
            "Pour qui demande comment un chiffre est fait.",
        ),
        [
            f"{line.kpi.label.in_(language)} = {line.kpi.formula.in_(language)}"
            for line in {k.kpi.id: k for k in report.kpis}.values()
        ],
    )
