"""Slides on what the campaign is and what it reached: context, results against objectives, funnel and trend."""

from __future__ import annotations

from collections.abc import Callable

from xlkpi.core import figures, wording, words
from xlkpi.core.insight.analysis import StageReading
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck import charts
from xlkpi.deck.blocks import Chart, Sentence, SlideBlock, SlideTable, TableCell, place, under_lead
from xlkpi.deck.charts import Bar, Draw
from xlkpi.deck.slide import Deck
from xlkpi.deck.slidetexts import SlideTexts
from xlkpi.excel.workbook.choices import OBJECTIVE_TYPES, STATUSES

#: Objectives on one slide; the workbook has them all.
_MOST = 12
_NAMES = 8  # networks, campaigns: as many bars or rows


def cover(deck: Deck, texts: SlideTexts) -> None:
    report, language = texts.report, texts.language
    status = wording.overall(report.status, language)
    kind = texts.both("Influence KPI report", "Rapport KPI d’influence")
    slide = deck.cover(
        wording.title(report, language),
        [
            " · ".join(filter(None, (kind, wording.period(report, language)))),
            status,
            wording.headline(report, language),
        ],
    )
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(wording.method_lines(report, language))


# -- 1: context --------------------------------------------------------------------------------------


_CONTEXT_NOTES = Text(
    "What was set out, with whom and where. Figures below are read against it.",
    "Ce qui était prévu, avec qui et où. Les chiffres qui suivent se lisent par rapport à cela.",
)


def context(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("1. Context", "1. Contexte"))
    facts = [(texts.t(label), fact) for label, fact in _facts(texts)]
    table = SlideTable(
        (texts.t(words.THE_CAMPAIGN), ""),
        tuple((TableCell(label, bold=True), fact) for label, fact in facts if fact),
        (2, 4),
        alt=texts.both("Table: what the campaign is", "Tableau : ce qu’est la campagne"),
    )
    left, right = slide.area.columns(5.5, 4.5, gap=slide.gap)
    missing = ", ".join(label.lower() for label, fact in facts if not fact)
    absent = texts.both("Not in the workbook: {m}.", "Absents du classeur : {m}.", m=missing)
    place(slide, left, [table, Sentence(absent) if missing else None])
    several = len(texts.report.analysis.campaigns) > 1
    place(slide, right, [_campaigns(texts) if several else None, _networks(texts)])
    texts.notes(slide, _CONTEXT_NOTES)


def _facts(texts: SlideTexts) -> list[tuple[Text, str]]:
    """Label and value, which is empty where it is not known."""
    c, t = texts.report.analysis.context, texts.t
    types = (t(OBJECTIVE_TYPES[o]) for o in c.objective_types if o in OBJECTIVE_TYPES)
    statuses = (t(STATUSES[s]) for s in c.statuses if s in STATUSES)
    budget = texts.figure(c.budget, Unit.MONEY) if c.budget is not None else ""
    return [
        (words.PERIOD, wording.period(texts.report, texts.language)),
        (words.OBJECTIVE_TYPE, ", ".join(types)),
        (words.CAMPAIGN_STAGE, ", ".join(statuses)),
        (words.BUDGET, budget),
        (words.POSTS, _posts(texts)),
        (words.INFLUENCERS, _people(texts)),
        (Text("Networks", "Réseaux"), ", ".join(name for name, _ in c.networks)),
        (words.COUNTRIES, ", ".join(c.countries)),
        (words.LANGUAGES, ", ".join(c.languages)),
        (words.THEMES, ", ".join(c.themes)),
    ]


def _posts(texts: SlideTexts) -> str:
    c = texts.report.analysis.context
    posts = texts.figure(c.posts, Unit.COUNT)
    if c.posts_planned is None:
        return posts
    planned = texts.figure(c.posts_planned, Unit.COUNT)
    return texts.t(words.OF_PLANNED.format(n=posts, m=planned, of=c.posts_planned))


def _people(texts: SlideTexts) -> str:
    """How many influencers, and of which tiers."""
    c = texts.report.analysis.context
    people = texts.figure(c.influencers, Unit.COUNT) if c.influencers else ""
    tiers = ", ".join(f"{count} {label}" for label, count in c.tiers if label)
    return f"{people} ({tiers})" if people and tiers else people


def _networks(texts: SlideTexts) -> SlideBlock:
    networks = texts.report.analysis.context.networks
    if not networks:
        return Sentence(
            texts.both("No post names its network.", "Aucun post n’indique son réseau.")
        )
    title = texts.both("Posts by network", "Posts par réseau")
    found = [Bar(name, count) for name, count in networks[:_NAMES]]
    alt = charts.described(
        title, [(b.label, texts.figure(b.value, Unit.COUNT)) for b in found], texts.language
    )
    return Chart(charts.bars(title, found, "#,##0", alt), 0.3)


_CAMPAIGNS_HEADER = (words.CAMPAIGN, words.OBJECTIVES_MET, words.REACH)


def _campaigns(texts: SlideTexts) -> SlideBlock:
    lines = texts.report.analysis.campaigns
    rows = tuple(
        (
            line.campaign,
            texts.t(words.OF.format(m=line.met, n=line.judged)) if line.judged else "–",
            texts.figure(line.group.values.get("reach"), Unit.COUNT),
        )
        for line in lines[:_NAMES]
    )
    return SlideTable(
        texts.header(*_CAMPAIGNS_HEADER),
        rows,
        (3, 1.5, 1.5),
        frozenset((1, 2)),
        max(len(lines) - _NAMES, 0),
        alt=texts.both("Table: the campaigns", "Tableau : les campagnes"),
    )


# -- 2: results --------------------------------------------------------------------------------------

_NO_OBJECTIVES = Text(
    "No objective is set for this campaign: fill in Objectives, and the results are judged.",
    "Aucun objectif n’est fixé pour cette campagne : remplissez Objectifs, et les résultats seront jugés.",
)
_RESULTS_NOTES = Text(
    "Rates vary in points, counts and amounts in percent. Met: the target is reached, in the direction that is good "
    "for the KPI; to watch: short of it within the tolerance; behind: beyond it.",
    "Les taux varient en points, les nombres et montants en pourcentage. Atteint : l’objectif est atteint, dans le "
    "sens favorable au KPI ; à surveiller : manqué dans la tolérance ; en retard : au-delà.",
)
_HEADER = (
    words.KPI,
    words.TARGET,
    words.ACTUAL,
    words.VARIANCE,
    words.STATUS,
)
_ALT = Text(
    "Table: each KPI with its target, actual, variance and status",
    "Tableau : chaque KPI avec objectif, réel, écart et statut",
)
_NO_ATTAINMENT = Text(
    "No objective can be judged, so there is no attainment to draw.",
    "Aucun objectif ne peut être jugé : pas de taux d’atteinte à tracer.",
)


def results(deck: Deck, texts: SlideTexts) -> None:
    report, language = texts.report, texts.language
    slide = deck.slide(
        texts.both("2. Results against objectives", "2. Résultats face aux objectifs")
    )
    room = under_lead(slide, wording.headline(report, language))
    spend = wording.spend_line(report, language)
    spent = Sentence(spend) if spend else None
    if report.kpis:
        left, right = room.columns(6.2, 3.8, gap=slide.gap)
        place(slide, left, [_table(texts), spent])
        place(slide, right, [_attainment(texts)])
    else:
        place(slide, room, [Sentence(texts.t(_NO_OBJECTIVES)), spent])
    comments = [f"{k.label.in_(language)} – {k.comment}" for k in report.kpis if k.comment]
    texts.notes(slide, _RESULTS_NOTES, comments)


def _table(texts: SlideTexts) -> SlideTable:
    lines = texts.report.kpis[:_MOST]
    return SlideTable(
        texts.header(*_HEADER),
        tuple(_row(line, texts) for line in lines),
        (3, 1.5, 1.5, 1.25, 2.1),
        frozenset((1, 2, 3)),
        len(texts.report.kpis) - len(lines),
        alt=texts.t(_ALT),
    )


def _row(line: KpiLine, texts: SlideTexts) -> tuple[TableCell | str, ...]:
    return (
        _name(line, texts),
        texts.t(figures.target(line, texts.report.settings.currency)),
        texts.of(line.kpi, line.actual),
        figures.variance(line, texts.language),
        texts.status(line),
    )


def _name(line: KpiLine, texts: SlideTexts) -> str:
    partial = texts.both(" (partial: {p})", " (partiel : {p})", p=figures.coverage(line))
    return texts.t(line.label) + (partial if line.partial and line.actual is not None else "")


def _attainment(texts: SlideTexts) -> SlideBlock:
    found = [
        Bar(texts.t(line.label), line.attained, line.variance.status)
        for line in texts.report.kpis[:_MOST]
        if line.attained is not None
    ]
    if not found:
        return Sentence(texts.t(_NO_ATTAINMENT))
    title = texts.both("Attainment (line: 100%)", "Taux d’atteinte (trait : 100 %)")
    return Chart(charts.attainment(title, found, _alt(title, found, texts)), 0.4)


def _alt(title: str, found: list[Bar], texts: SlideTexts) -> str:
    return charts.described(
        title, [(b.label, texts.figure(b.value, Unit.PERCENT)) for b in found], texts.language
    )


# -- funnel and trend ----------------------------------------------------------------------------------


_FUNNEL_HEADER = (
    words.STAGE,
    Text("Leading figures", "Chiffres clés"),
    words.STATUS,
)
_FUNNEL_ALT = Text(
    "Table: figures of each stage of the funnel", "Tableau : chiffres de chaque étape du tunnel"
)
_FUNNEL_NOTES = Text(
    "A stage is as good as the mean of its objectives, each counted up to 100%: one far exceeded does not hide another "
    "one missed. Trend: posts by the day they were published.",
    "Une étape vaut la moyenne de ses objectifs, chacun compté jusqu’à 100 % : un objectif largement dépassé n’en "
    "cache pas un autre manqué. Tendance : posts selon leur jour de parution.",
)


def funnel(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("Funnel and trend", "Tunnel et tendance"))
    room = under_lead(slide, texts.t(texts.report.analysis.funnel.reason))
    left, right = room.columns(5, 5, gap=slide.gap)
    place(slide, left, [_stages(texts), _stage_table(texts)])
    place(slide, right, _trend(texts))
    texts.notes(slide, _FUNNEL_NOTES)


def _stage_table(texts: SlideTexts) -> SlideTable:
    rows = tuple(
        (
            TableCell(texts.t(STAGE_WORDS[s.stage]), bold=True),
            _figures(s, texts),
            _stage_status(s, texts),
        )
        for s in texts.report.analysis.funnel.stages
    )
    header = texts.header(*_FUNNEL_HEADER)
    return SlideTable(header, rows, (1.6, 4, 1.7), alt=texts.t(_FUNNEL_ALT))


def _figures(stage: StageReading, texts: SlideTexts) -> str:
    shown = " · ".join(
        f"{texts.t(kpi.label)} {texts.of(kpi, value)}" for kpi, value in stage.figures
    )
    return shown or texts.both("no data", "pas de données")


def _stage_status(stage: StageReading, texts: SlideTexts) -> TableCell:
    if stage.status is Status.UNKNOWN:
        return TableCell(texts.both("– No objective", "– Sans objectif"))
    return TableCell(wording.overall(stage.status, texts.language), stage.status)


def _stages(texts: SlideTexts) -> SlideBlock | None:
    found = [
        Bar(texts.t(STAGE_WORDS[s.stage]), s.attainment, s.status)
        for s in texts.report.analysis.funnel.stages
        if s.attainment is not None
    ]
    if not found:
        return None  # the sentence above says so
    title = texts.both("Objectives attained, by stage", "Objectifs atteints, par étape")
    return Chart(charts.attainment(title, found, _alt(title, found, texts)), 0.27)


_NO_TREND = Text(
    "Posts of one day, or without a date, draw no trend.",
    "Des posts d’un seul jour, ou sans date, ne tracent pas de tendance.",
)
_NO_REACH = Text(
    "No post has a reach, so its trend is not drawn.",
    "Aucun post n’a de portée : sa tendance n’est pas tracée.",
)
_NO_RATE = Text(
    "No engagement rate can be computed, so its trend is not drawn.",
    "Aucun taux d’engagement n’est calculable : sa tendance n’est pas tracée.",
)


def _trend(texts: SlideTexts) -> list[SlideBlock]:
    if len(wording.trend_labels(texts.report, texts.language)) < 2:
        return [Sentence(texts.t(_NO_TREND))]
    return [
        _trend_of("reach", Unit.COUNT, charts.columns, texts.t(words.REACH), texts)
        or Sentence(texts.t(_NO_REACH)),
        _trend_of(
            "engagement_rate", Unit.PERCENT, charts.line, texts.t(words.ENGAGEMENT_RATE), texts
        )
        or Sentence(texts.t(_NO_RATE)),
    ]


def _trend_of(
    id: str, unit: Unit, draw: Callable[..., Draw], title: str, texts: SlideTexts
) -> Chart | None:
    """One KPI over time; None where no point is known."""
    values = [group.values.get(id) for group in texts.report.trend]
    if all(value is None for value in values):
        return None
    labels = wording.trend_labels(texts.report, texts.language)
    pairs = [(label, texts.figure(v, unit)) for label, v in zip(labels, values, strict=True)]
    alt = charts.described(title, pairs, texts.language)
    return Chart(draw(title, labels, values, texts.format(unit), alt), 0.25)
