"""Page “Results compared” of the Analysis sheet: what the figures stand beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from xlkpi.core import catalogue, figures, wording, words
from xlkpi.core.insight.analysis import AdLine, BenchmarkLine, CampaignLine, Change, Comparison
from xlkpi.core.insight.phrases import CHANGE_WORDS
from xlkpi.core.kpi import Unit
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import Status
from xlkpi.excel.report.parts import (
    GROUP_FIGURES,
    Page,
    Row,
    abbreviation,
    change,
    group_cells,
    ids_of,
    short,
    shown,
    upto,
)
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.layout import ANALYSIS_TABLES

_Line = TypeVar("_Line", BenchmarkLine, AdLine)


def comparisons(page: Page, report: Report) -> None:
    """Earlier campaigns, the trend, peers, published rates, paid ads, and all campaigns side by side."""
    for table in (_PREVIOUS, _TREND):
        _changes(page, report, table)
    _peers(page, [c for c in report.analysis.comparisons if c.kind == "peers"])
    _benchmarks(page, report)
    _ads(page, report)
    _campaigns(page, report)


def _judged(status: Status, language: Language) -> str:
    """How a figure stands beside another: sign and word."""
    return f"{wording.STATUS_SIGNS[status]} {CHANGE_WORDS[status].in_(language)}"


# -- earlier campaigns, and the trend ----------------------------------------------------------------


class _ChangesTable(NamedTuple):
    kind: str
    title: Text
    nothing: Text  # in place of rows where no reason is known


_PREVIOUS = _ChangesTable(
    "previous",
    Text("Against what came before", "Face à ce qui précède"),
    Text(
        "Nothing earlier to compare with: keep earlier campaigns and their posts in this workbook.",
        "Rien d’antérieur à comparer : gardez les campagnes passées et leurs posts dans ce classeur.",
    ),
)
_TREND = _ChangesTable(
    "trend",
    Text("Trend over three months", "Tendance sur trois mois"),
    Text(
        "A trend needs dated posts over three months.",
        "Une tendance demande des posts datés sur trois mois.",
    ),
)
_CHANGES = (words.KPI, words.NOW, words.BEFORE, words.CHANGE, words.READING)


def _changes(page: Page, report: Report, table: _ChangesTable) -> None:
    """One comparison: the first that compares, else the first that says why not."""
    found = [c for c in report.analysis.comparisons if c.kind == table.kind]
    known = next((c for c in found if c.changes), found[0] if found else None)
    if known is None or not known.changes:
        why_not = known.why_not if known else None
        page.table(table.kind, table.title, why_not or table.nothing)
        return
    most = ANALYSIS_TABLES[table.kind].rows
    page.table(
        table.kind,
        table.title,
        _against(known, len(found) > 1),
        _CHANGES,
        upto(known.changes, lambda c: _change(c, report, page.language), most, page.language, 5),
        ids_of([c.status for c in known.changes], most),
    )


def _against(comparison: Comparison, several: bool) -> Text:
    """What a comparison is made with, and what it says."""
    parts = [comparison.against, *([comparison.reading] if comparison.reading else [])]
    sides = [". ".join(part[side].rstrip(".") for part in parts) + "." for side in (0, 1)]
    if several and comparison.subject:
        sides = [f"{comparison.subject}: {sides[0]}", f"{comparison.subject} : {sides[1]}"]
    return Text(*(short(side[:1].upper() + side[1:], 120) for side in sides))


def _change(line: Change, report: Report, language: Language) -> Row:
    currency = report.settings.currency
    return [
        short(line.kpi.label.in_(language), 42),
        shown(line.now, line.kpi.unit, currency, language),
        shown(line.before, line.kpi.unit, currency, language),
        change(line.change, line.in_points, language),
        _judged(line.status, language),
    ]


# -- peers -------------------------------------------------------------------------------------------

_PEERS = Text(
    "Influencers against their peers (same tier and network)",
    "Influenceurs face à leurs pairs (même catégorie et même réseau)",
)
_NO_PEERS = Text(
    "Peers need three influencers of one network and tier, each with Network and Followers on Influencers.",
    "Il faut trois influenceurs du même réseau et de la même catégorie, chacun avec Réseau et Abonnés dans "
    "Influenceurs.",
)
_HOW_PEERS = Text(
    "Difference from the peers’ figure; the sign in front says whether it is good.",
    "Écart au chiffre des pairs ; le signe placé devant dit s’il est favorable.",
)


def _peers(page: Page, found: Sequence[Comparison]) -> None:
    """Each influencer beside those of the same tier and network, a column per KPI."""
    spec, language = ANALYSIS_TABLES["peers"], page.language
    if not any(c.changes for c in found):
        why_not = next((c.why_not for c in found if c.why_not), None)
        page.table("peers", _PEERS, why_not or _NO_PEERS)
        return
    compared = dict.fromkeys(change.kpi.id for one in found for change in one.changes)
    kpis = list(compared)[: len(spec.spans) - 2]
    found = [*(c for c in found if c.changes), *(c for c in found if not c.changes)]
    page.table(
        "peers",
        _PEERS,
        _HOW_PEERS,
        (words.INFLUENCER, words.COMPARED_WITH, *(catalogue.kpi(id).label for id in kpis)),
        upto(found, lambda c: _peer(c, kpis, language), spec.rows, language, len(spec.spans)),
    )


def _peer(comparison: Comparison, kpis: Sequence[str], language: Language) -> Row:
    compared = comparison.changes or comparison.why_not is None
    against = comparison.against if compared else comparison.why_not
    assert against is not None
    changes = {c.kpi.id: c for c in comparison.changes}
    return [
        short(comparison.subject, 30),
        short(against.in_(language), 78),
        *(_gap(changes.get(id), language) for id in kpis),
    ]


def _gap(line: Change | None, language: Language) -> str:
    if line is None or line.change is None:
        return "–"
    figure = figures.signed(line.change, line.in_points, language)
    return (
        f"{wording.STATUS_SIGNS[line.status]} {figure}"
        if line.status is not Status.NEUTRAL
        else figure
    )


# -- published rates, and paid ads -------------------------------------------------------------------

_BENCHMARKS = Text("Against published benchmarks", "Face aux repères publiés")
_NO_BENCHMARKS = Text(
    "No published rate for these networks: add “Engagement benchmark” rows on References.",
    "Aucun taux publié pour ces réseaux : ajoutez des lignes « Repère d’engagement » dans Références.",
)
_HOW_BENCHMARKS = Text(
    "Engagement rates, each on the base of its source.",
    "Taux d’engagement, chacun sur la base de sa source.",
)
_BENCHMARK_HEADER = (
    words.NETWORK,
    words.BENCHMARK,
    words.CAMPAIGN,
    words.PUBLISHED,
    words.VARIANCE,
    words.READING,
    Text("Divided by", "Divisé par"),
    words.SOURCE,
)


def _benchmarks(page: Page, report: Report) -> None:
    lines, language = report.analysis.benchmarks, page.language
    if not lines:
        page.table("benchmarks", _BENCHMARKS, _NO_BENCHMARKS)
        return
    compared = [b for b in lines if b.why_not is None]
    others = [(f"{b.network} {b.label}".strip(), b.why_not) for b in lines if b.why_not]
    _sourced_table(
        page,
        "benchmarks",
        _BENCHMARKS,
        with_others(_HOW_BENCHMARKS if compared else None, others),
        _BENCHMARK_HEADER,
        compared,
        lambda b: _benchmark(b, language),
    )


def _sourced_table(
    page: Page,
    name: str,
    title: Text,
    sentence: Text | None,
    header: Sequence[Text],
    lines: Sequence[_Line],
    row: Callable[[_Line], Row],
) -> None:
    """The campaign beside figures that have a source and a date."""
    spec = ANALYSIS_TABLES[name]
    rows = upto(lines, row, spec.rows, page.language, len(spec.spans))
    page.table(name, title, sentence, header, rows, ids_of([b.status for b in lines], spec.rows))


def _benchmark(line: BenchmarkLine, language: Language) -> Row:
    known = catalogue.MEASURES.get(line.base)
    return [
        line.network,
        short(line.label, 40),
        shown(line.actual, Unit.PERCENT, "", language),
        shown(line.value, Unit.PERCENT, "", language),
        change(line.gap, True, language),
        _judged(line.status, language),
        known.label.in_(language) if known else line.base or "–",
        _source(line, language),
    ]


def _source(line: BenchmarkLine | AdLine, language: Language) -> str:
    return short(", ".join(filter(None, (line.source, figures.day(line.date, language)))), 90)


def with_others(sentence: Text | None, others: Sequence[tuple[str, Text]]) -> Text | None:
    """The sentence of a table, and what is not compared there with the reason, once for each reason."""
    if not others:
        return sentence
    by_reason: dict[Text, list[str]] = {}
    for name, why in others:
        by_reason.setdefault(why, []).append(name)
    parts = [
        Text("Not compared ({w}): {n}", "Non comparés ({w}) : {n}").format(
            n=", ".join(dict.fromkeys(names)), w=why
        )
        for why, names in by_reason.items()
    ]  # the reason first: a long list of names is cut off at its end
    whole = [*([sentence] if sentence else []), *parts]
    return Text(
        *(short(". ".join(part[side].rstrip(".") for part in whole) + ".", 230) for side in (0, 1))
    )


_ADS = Text("Against paid ads for the same spend", "Face à la publicité payante, à budget égal")
_NO_ADS = Text(
    "No reference of paid ads: add “Paid ads” rows (CPM, CPC, CPA …) on References.",
    "Aucune référence publicitaire : ajoutez des lignes « Publicité payante » (CPM, CPC, CPA…) dans Références.",
)
_HOW_ADS = Text("What {s} would have bought elsewhere.", "Ce que {s} auraient acheté ailleurs.")
_AD_HEADER = (
    Text("Channel", "Canal"),
    words.KPI,
    words.CAMPAIGN,
    words.short(words.PAID_ADS),
    words.VARIANCE,
    words.READING,
    Text("Would buy", "Achèterait"),
    words.SOURCE,
)


def _ads(page: Page, report: Report) -> None:
    lines, spent, language = report.analysis.ads, report.spend.spent, page.language
    if not lines:
        page.table("ads", _ADS, _NO_ADS)
        return
    compared = [a for a in lines if a.why_not is None]
    money = figures.figure(spent, Unit.MONEY, report.settings.currency, language)
    others = [
        (f"{a.channel} {abbreviation(a.kpi.label.en)}", a.why_not) for a in lines if a.why_not
    ]
    _sourced_table(
        page,
        "ads",
        _ADS,
        with_others(_HOW_ADS.format(s=money) if compared and spent is not None else None, others),
        _AD_HEADER,
        compared,
        lambda a: _ad(a, report, language),
    )


def _ad(line: AdLine, report: Report, language: Language) -> Row:
    unit, currency = line.kpi.unit, report.settings.currency
    bought = Unit.MONEY if line.kpi.id == "roi" else Unit.COUNT
    return [
        line.channel,
        short(line.kpi.label.in_(language), 40),
        shown(line.actual, unit, currency, language),
        shown(line.reference, unit, currency, language),
        change(line.change, unit.in_points, language),
        _judged(line.status, language),
        shown(line.bought, bought, currency, language),
        _source(line, language),
    ]


# -- all campaigns -----------------------------------------------------------------------------------

_CAMPAIGNS = Text("All campaigns in one view", "Toutes les campagnes d’un coup d’œil")
_ONE_CAMPAIGN = Text(
    "One campaign in this report; choose “All campaigns” in Settings to see them side by side.",
    "Une seule campagne dans ce rapport ; choisissez « Toutes les campagnes » dans Paramètres pour les voir "
    "côte à côte.",
)
_HOW_CAMPAIGNS = Text(
    "Only campaigns with the same objective type are to be compared.",
    "Ne se comparent que des campagnes du même type d’objectif.",
)
_CAMPAIGN_HEADER = (
    words.CAMPAIGN,
    words.OBJECTIVE_TYPE,
    words.PERIOD,
    words.CAMPAIGN_STAGE,
    words.short(words.OBJECTIVES_MET),
    words.POSTS,
    words.REACH,
    words.short(words.ENGAGEMENT_RATE),
    words.SPENT,
    words.ROI,
    words.EMV,
)


def _campaigns(page: Page, report: Report) -> None:
    lines, spec, language = report.analysis.campaigns, ANALYSIS_TABLES["campaigns"], page.language
    if len(lines) < 2:
        page.table("campaigns", _CAMPAIGNS, _ONE_CAMPAIGN)
        return
    page.table(
        "campaigns",
        _CAMPAIGNS,
        _HOW_CAMPAIGNS,
        _CAMPAIGN_HEADER,
        upto(lines, lambda c: _campaign(c, report, language), spec.rows, language, len(spec.spans)),
    )


def _campaign(line: CampaignLine, report: Report, language: Language) -> Row:
    types, statuses = choices.OBJECTIVE_TYPES, choices.STATUSES
    return [
        short(line.campaign, 30),
        types[line.objective_type].in_(language) if line.objective_type in types else "–",
        _dates(line, language),
        statuses[line.status].in_(language) if line.status in statuses else "–",
        f"{line.met}/{line.judged}" if line.judged else "–",
        line.group.posts,
        *group_cells(line.group, (*GROUP_FIGURES, "roi", "emv"), report, language),
    ]


def _dates(line: CampaignLine, language: Language) -> str:
    if line.period is None:
        return "–"
    days = (line.period.start, line.period.end)
    return " – ".join(dict.fromkeys(figures.day(day, language) for day in days))
