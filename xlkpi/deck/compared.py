"""Slides on what the figures stand beside: earlier campaigns, peers, published rates, paid ads; and on the method."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core import figures, wording, words
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.insight.analysis import BenchmarkLine, Comparison
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck.blocks import Sentence, SlideBlock, SlideTable, TableCell, place
from xlkpi.deck.slide import Deck
from xlkpi.deck.slidetexts import SlideTexts

#: More than any slide holds: what is longer is not even measured.
_MOST = 12


_NOTES = Text(
    "Only like is compared with like: campaigns of the same objective, rates on the same base, amounts in the same "
    "currency, influencers of the same tier and network.",
    "On ne compare que ce qui est comparable : campagnes de même objectif, taux de même base, montants de même "
    "devise, influenceurs de même catégorie et réseau.",
)


def comparisons(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("Comparisons and benchmarks", "Comparaisons et repères"))
    then = [*_previous(texts), *_trend(texts)]
    others = [*_peers(texts), *_benchmarks(texts), *_ads(texts)]
    if all(any(isinstance(b, SlideTable) for b in blocks) for blocks in (then, others)):
        left, right = slide.area.columns(5, 5, gap=slide.gap)
        place(slide, left, then)
        place(slide, right, others)
    else:  # a column of two sentences beside a full one wastes half of the slide
        place(slide, slide.area, [*then, *others])
    sources = _sources(texts)
    said = texts.both("Sources: {s}.", "Sources : {s}.", s=sources)
    texts.notes(slide, _NOTES, [said] if sources else ())


def _sources(texts: SlideTexts) -> str:
    """Of the published rates and the prices of ads, each with its date."""
    a = texts.report.analysis
    dated = [*((b.source, b.date) for b in a.benchmarks), *((ad.source, ad.date) for ad in a.ads)]
    named = (f"{source} {figures.day(day, texts.language)}" for source, day in dated if source)
    return "; ".join(dict.fromkeys(name.strip() for name in named))


def _previous(texts: SlideTexts) -> list[SlideBlock]:
    found = [c for c in texts.report.analysis.comparisons if c.kind == "previous"]
    told = [c for c in found if c.changes]
    blocks: list[SlideBlock] = []
    for c in told[:2]:
        blocks += [Sentence(_against(c, texts), bold=True), _changes(c, texts)]
    if len(told) > 2:
        blocks.append(
            Sentence(
                texts.both(
                    "… and {n} more campaign{n:|s}",
                    "… et {n} campagne{n:|s} de plus",
                    n=len(told) - 2,
                )
            )
        )
    reasons = dict.fromkeys(texts.t(c.why_not) for c in found if c.why_not)
    blocks += [Sentence(reason) for reason in list(reasons)[:3]]
    return blocks or [
        Sentence(
            texts.both("Nothing earlier to compare with.", "Rien d’antérieur à quoi comparer.")
        )
    ]


def _against(comparison: Comparison, texts: SlideTexts) -> str:
    who = f"{comparison.subject} – " if len(texts.report.campaigns) > 1 else ""
    return who + texts.both("Compared with {a}", "Par rapport à {a}", a=comparison.against)


_CHANGES_HEADER = (
    words.KPI,
    words.NOW,
    words.BEFORE,
    words.CHANGE,
    words.READING,
)
_CHANGES_ALT = Text("Table: figures now and before", "Tableau : chiffres actuels et antérieurs")


def _changes(comparison: Comparison, texts: SlideTexts) -> SlideTable:
    rows = tuple(
        (
            texts.t(c.kpi.label),
            texts.of(c.kpi, c.now),
            texts.of(c.kpi, c.before),
            texts.change(c),
            texts.beside(c.status),
        )
        for c in comparison.changes
    )
    return SlideTable(
        texts.header(*_CHANGES_HEADER),
        rows,
        (2.8, 1.5, 1.5, 1.4, 2),
        frozenset((1, 2, 3)),
        alt=texts.t(_CHANGES_ALT),
    )


def _trend(texts: SlideTexts) -> list[SlideBlock]:
    found = [c for c in texts.report.analysis.comparisons if c.kind == "trend"]
    said = [c.reading or c.why_not for c in found]
    return [Sentence(texts.t(text)) for text in said if text is not None]


_PEERS_HEADER = (
    words.INFLUENCER,
    words.COMPARED_WITH,
    words.short(words.ENGAGEMENT_RATE),
    words.READING,
)
_PEERS_ALT = Text(
    "Table: influencers among their peers", "Tableau : influenceurs parmi leurs pairs"
)


def _peers(texts: SlideTexts) -> list[SlideBlock]:
    rows = []
    for c in texts.report.analysis.comparisons:
        rate = next((x for x in c.changes if x.kpi.id == "engagement_rate"), None)
        if c.kind == "peers" and rate is not None:
            beside = texts.beside(rate.status)
            rows.append((c.subject, texts.t(c.against), texts.change(rate), beside))
    if not rows:
        return []
    table = SlideTable(
        texts.header(*_PEERS_HEADER),
        tuple(rows[:_MOST]),
        (2.2, 3, 1.3, 2),
        frozenset((2,)),
        max(len(rows) - _MOST, 0),
        alt=texts.t(_PEERS_ALT),
    )
    return [table]


# -- published rates, and paid ads -------------------------------------------------------------------

_NO_BENCHMARKS = Text(
    "No published rate in References is about the networks of this campaign.",
    "Aucun taux publié dans Références ne porte sur les réseaux de cette campagne.",
)
_BENCHMARKS_HEADER = (
    words.BENCHMARK,
    words.PUBLISHED,
    words.CAMPAIGN,
    words.READING,
)
_BENCHMARKS_ALT = Text("Table: published engagement rates", "Tableau : taux d’engagement publiés")
_NO_ADS = Text(
    "Paid ads: no price or return of ads in References to compare with.",
    "Publicité : aucun prix ni retour publicitaire dans Références à quoi comparer.",
)
_ADS_HEADER = (
    words.PAID_ADS,
    Text("Ads", "Pub."),
    words.CAMPAIGN,
    words.READING,
)
_ADS_ALT = Text(
    "Table: the campaign beside paid ads", "Tableau : la campagne à côté de la publicité"
)


def _benchmarks(texts: SlideTexts) -> list[SlideBlock]:
    lines = sorted(texts.report.analysis.benchmarks, key=lambda b: b.status is Status.UNKNOWN)
    if not lines:
        return [Sentence(texts.t(_NO_BENCHMARKS))]
    rows = [
        (
            _benchmark(b, texts),
            texts.figure(b.value, Unit.PERCENT),
            texts.figure(b.actual, Unit.PERCENT),
            texts.beside(b.status, b.why_not),
        )
        for b in lines
    ]
    return [_outside(texts.header(*_BENCHMARKS_HEADER), rows, texts.t(_BENCHMARKS_ALT))]


def _benchmark(line: BenchmarkLine, texts: SlideTexts) -> str:
    base = texts.t(MEASURES[line.base].label).lower() if line.base in MEASURES else ""
    by = texts.both("by {b}", "par {b}", b=base) if base else ""
    return " · ".join(filter(None, (line.network, line.label, by)))


def _ads(texts: SlideTexts) -> list[SlideBlock]:
    lines = sorted(texts.report.analysis.ads, key=lambda ad: ad.status is Status.UNKNOWN)
    if not lines:
        return [Sentence(texts.t(_NO_ADS))]
    rows = [
        (
            f"{ad.channel} · {texts.t(ad.kpi.label)}",
            texts.of(ad.kpi, ad.reference),
            texts.of(ad.kpi, ad.actual),
            texts.beside(ad.status, ad.why_not),
        )
        for ad in lines
    ]
    return [_outside(texts.header(*_ADS_HEADER), rows, texts.t(_ADS_ALT))]


def _outside(
    header: tuple[str, ...], rows: Sequence[tuple[TableCell | str, ...]], alt: str
) -> SlideTable:
    """What stands outside, its figure, the campaign's own, and how the two compare."""
    return SlideTable(
        header,
        tuple(rows[:_MOST]),
        (3.4, 1.3, 1.4, 2.4),
        frozenset((1, 2)),
        max(len(rows) - _MOST, 0),
        alt=alt,
    )


# -- method ------------------------------------------------------------------------------------------

_STATUS = Text(
    "Status: met, the target is reached; to watch, short of it by at most {p} of the target (unless an "
    "objective has its own tolerance); behind, by more.",
    "Statut : atteint, l’objectif est atteint ; à surveiller, manqué d’au plus {p} de l’objectif (sauf "
    "tolérance propre à un objectif) ; en retard, de plus.",
)
_COSTS = Text(
    "Attainment of a cost: target ÷ actual, so that longer is always better.",
    "Taux d’atteinte d’un coût : objectif ÷ réel, pour que plus long soit toujours mieux.",
)
_EXCLUDED = Text(
    "Excluded rows: {n}. The Checks sheet of the workbook says why.",
    "Lignes exclues : {n}. La feuille Contrôles du classeur dit pourquoi.",
)
_METHOD_NOTES = Text(
    "For those who ask how a figure was made.", "Pour qui demande comment un chiffre est fait."
)


def method(deck: Deck, texts: SlideTexts) -> None:
    report, language = texts.report, texts.language
    slide = deck.slide(texts.both("Method", "Méthode"))
    tolerance = texts.figure(report.settings.tolerance, Unit.PERCENT)
    excluded = report.balance.excluded
    lines = [
        *wording.method_lines(report, language),
        wording.coverage_line(report, language),
        texts.t(_STATUS.format(p=tolerance)),
        texts.t(_COSTS),
        texts.t(_EXCLUDED.format(n=excluded)) if excluded else "",
    ]
    place(slide, slide.area, [Sentence(line, most=4) for line in lines if line])
    kpis = {k.kpi.id: k.kpi for k in report.kpis}.values()
    formulas = [f"{texts.t(kpi.label)} = {texts.t(kpi.formula)}" for kpi in kpis]
    texts.notes(slide, _METHOD_NOTES, formulas)
