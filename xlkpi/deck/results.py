"""Slides on what the campaign is and what it reached: context, results against objectives, funnel and trend."""

from __future__ import annotations

from xlkpi.core import figures, wording
from xlkpi.core.insight.analysis import StageReading
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck import charts
from xlkpi.deck.blocks import Block, Cell, Chart, Grid, Say, place, under_lead
from xlkpi.deck.charts import Bar
from xlkpi.deck.page import Deck
from xlkpi.deck.teller import Teller
from xlkpi.excel.workbook.choices import OBJECTIVE_TYPES, STATUSES

#: Objectives on one slide; the workbook has them all.
_MOST = 12
_NAMES = 8  # networks, campaigns: as many bars or rows


def cover(deck: Deck, tell: Teller) -> None:
    report, language = tell.report, tell.language
    status = wording.overall(report.status, language)
    kind = tell.both("Influence KPI report", "Rapport KPI d’influence")
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


def context(deck: Deck, tell: Teller) -> None:
    page = deck.page(tell.both("1. Context", "1. Contexte"))
    known, missing = _facts(tell)
    facts = Grid(
        (tell.both("The campaign", "La campagne"), ""),
        tuple((Cell(k, bold=True), v) for k, v in known),
        (2, 4),
        alt=tell.both("Table: what the campaign is", "Tableau : ce qu’est la campagne"),
    )
    left, right = page.area.columns(5.5, 4.5, gap=page.gap)
    absent = tell.both(
        "Not in the workbook: {m}.", "Absents du classeur : {m}.", m=", ".join(missing)
    )
    place(page, left, [facts, Say(absent) if missing else None])
    place(
        page,
        right,
        [_campaigns(tell) if len(tell.report.analysis.campaigns) > 1 else None, _networks(tell)],
    )
    tell.notes(
        page,
        Text(
            "What was set out, with whom and where. Figures below are read against it.",
            "Ce qui était prévu, avec qui et où. Les chiffres qui suivent se lisent par rapport à cela.",
        ),
    )


def _facts(tell: Teller) -> tuple[list[tuple[str, str]], list[str]]:
    """Label and value of what is known, and labels of what is not."""
    c, t = tell.report.analysis.context, tell.t
    posts = tell.figure(c.posts, Unit.COUNT)
    if c.posts_planned is not None:
        posts = tell.both(
            "{n} of {p} planned",
            "{n} sur {p} prévu{of:e|es}",
            n=posts,
            of=c.posts_planned,
            p=tell.figure(c.posts_planned, Unit.COUNT),
        )
    people = tell.figure(c.influencers, Unit.COUNT) if c.influencers else ""
    tiers = ", ".join(f"{count} {label}" for label, count in c.tiers if label)
    rows = [
        (Text("Period", "Période"), wording.period(tell.report, tell.language)),
        (
            Text("Objective", "Objectif"),
            ", ".join(t(OBJECTIVE_TYPES[o]) for o in c.objective_types if o in OBJECTIVE_TYPES),
        ),
        (Text("Status", "Statut"), ", ".join(t(STATUSES[s]) for s in c.statuses if s in STATUSES)),
        (
            Text("Budget", "Budget"),
            tell.figure(c.budget, Unit.MONEY) if c.budget is not None else "",
        ),
        (Text("Posts", "Publications"), posts),
        (
            Text("Influencers", "Influenceurs"),
            f"{people} ({tiers})" if people and tiers else people,
        ),
        (Text("Networks", "Réseaux"), ", ".join(name for name, _ in c.networks)),
        (Text("Countries", "Pays"), ", ".join(c.countries)),
        (Text("Languages", "Langues"), ", ".join(c.languages)),
        (Text("Themes", "Thèmes"), ", ".join(c.themes)),
    ]
    return [(t(k), v) for k, v in rows if v], [t(k).lower() for k, v in rows if not v]


def _networks(tell: Teller) -> Block:
    networks = tell.report.analysis.context.networks
    if not networks:
        return Say(tell.both("No post names its network.", "Aucun post n’indique son réseau."))
    title = tell.both("Posts by network", "Publications par réseau")
    found = [Bar(name, count) for name, count in networks[:_NAMES]]
    alt = charts.told(
        title, [(b.label, tell.figure(b.value, Unit.COUNT)) for b in found], tell.language
    )
    return Chart(charts.bars(title, found, "#,##0", alt), 0.3)


def _campaigns(tell: Teller) -> Block:
    lines = tell.report.analysis.campaigns
    rows = tuple(
        (
            line.campaign,
            tell.both("{m} of {n}", "{m} sur {n}", m=line.met, n=line.judged)
            if line.judged
            else "–",
            tell.figure(line.group.values.get("reach"), Unit.COUNT),
        )
        for line in lines[:_NAMES]
    )
    return Grid(
        (
            tell.both("Campaign", "Campagne"),
            tell.both("Targets met", "Objectifs atteints"),
            tell.both("Reach", "Portée"),
        ),
        rows,
        (3, 1.5, 1.5),
        frozenset((1, 2)),
        max(len(lines) - _NAMES, 0),
        alt=tell.both("Table: the campaigns", "Tableau : les campagnes"),
    )


# -- 2: results --------------------------------------------------------------------------------------


def results(deck: Deck, tell: Teller) -> None:
    report, language = tell.report, tell.language
    page = deck.page(tell.both("2. Results against objectives", "2. Résultats face aux objectifs"))
    room = under_lead(page, wording.headline(report, language))
    spend = wording.spend_line(report, language)
    if report.kpis:
        left, right = room.columns(6.2, 3.8, gap=page.gap)
        place(page, left, [_table(tell), Say(spend) if spend else None])
        place(page, right, [_attainment(tell)])
    else:
        place(
            page,
            room,
            [
                Say(
                    tell.both(
                        "No objective is set for this campaign: fill in Objectives, and the results are judged.",
                        "Aucun objectif n’est fixé pour cette campagne : remplissez Objectifs, et les résultats seront jugés.",
                    )
                ),
                Say(spend) if spend else None,
            ],
        )
    comments = [f"{k.label.in_(language)} – {k.comment}" for k in report.kpis if k.comment]
    tell.notes(
        page,
        Text(
            "Rates vary in points, counts and amounts in percent. Met: the target is reached, in the direction that is good "
            "for the KPI; to watch: short of it within the tolerance; behind: beyond it.",
            "Les taux varient en points, les nombres et montants en pourcentage. Atteint : l’objectif est atteint, dans le "
            "sens favorable au KPI ; à surveiller : manqué dans la tolérance ; en retard : au-delà.",
        ),
        comments,
    )


def _table(tell: Teller) -> Grid:
    lines = tell.report.kpis[:_MOST]
    header = tuple(
        tell.t(h)
        for h in (
            Text("KPI", "KPI"),
            Text("Target", "Objectif"),
            Text("Actual", "Réel"),
            Text("Variance", "Écart"),
            Text("Status", "Statut"),
        )
    )
    rows = tuple(
        (
            _name(line, tell),
            tell.of(line.kpi, line.target),
            tell.of(line.kpi, line.actual),
            figures.variance(line, tell.language),
            tell.status(line),
        )
        for line in lines
    )
    return Grid(
        header,
        rows,
        (3, 1.5, 1.5, 1.25, 2.1),
        frozenset((1, 2, 3)),
        len(tell.report.kpis) - len(lines),
        alt=tell.both(
            "Table: each KPI with its target, actual, variance and status",
            "Tableau : chaque KPI avec objectif, réel, écart et statut",
        ),
    )


def _name(line: KpiLine, tell: Teller) -> str:
    partial = tell.both(" (partial: {p})", " (partiel : {p})", p=figures.coverage(line))
    return tell.t(line.label) + (partial if line.partial and line.actual is not None else "")


def _attainment(tell: Teller) -> Block:
    judged = [
        (line, share) for line in tell.report.kpis[:_MOST] if (share := line.attained) is not None
    ]
    if not judged:
        return Say(
            tell.both(
                "No objective can be judged, so there is no attainment to draw.",
                "Aucun objectif ne peut être jugé : pas de taux d’atteinte à tracer.",
            )
        )
    title = tell.both("Attainment (line: 100%)", "Taux d’atteinte (trait : 100 %)")
    found = [Bar(tell.t(line.label), share, line.variance.status) for line, share in judged]
    return Chart(charts.attainment(title, found, _alt(title, found, tell)), 0.4)


def _alt(title: str, found: list[Bar], tell: Teller) -> str:
    return charts.told(
        title, [(b.label, tell.figure(b.value, Unit.PERCENT)) for b in found], tell.language
    )


# -- funnel and trend ----------------------------------------------------------------------------------


def funnel(deck: Deck, tell: Teller) -> None:
    page = deck.page(tell.both("Funnel and trend", "Tunnel et tendance"))
    stages = tell.report.analysis.funnel.stages
    left, right = under_lead(page, tell.t(tell.report.analysis.funnel.reason)).columns(
        5, 5, gap=page.gap
    )
    rows = tuple(
        (Cell(tell.t(STAGE_WORDS[s.stage]), bold=True), _figures(s, tell), _stage_status(s, tell))
        for s in stages
    )
    header = tuple(
        tell.t(h)
        for h in (
            Text("Stage", "Étape"),
            Text("Leading figures", "Chiffres clés"),
            Text("Status", "Statut"),
        )
    )
    table = Grid(
        header,
        rows,
        (1.6, 4, 1.7),
        alt=tell.both(
            "Table: figures of each stage of the funnel",
            "Tableau : chiffres de chaque étape du tunnel",
        ),
    )
    place(page, left, [_stages(tell), table])
    place(page, right, _trend(tell))
    tell.notes(
        page,
        Text(
            "A stage is as good as the mean of its objectives, each counted up to 100%: one far exceeded does not hide another "
            "one missed. Trend: posts by the day they were published.",
            "Une étape vaut la moyenne de ses objectifs, chacun compté jusqu’à 100 % : un objectif largement dépassé n’en "
            "cache pas un autre manqué. Tendance : publications selon leur jour de parution.",
        ),
    )


def _figures(stage: StageReading, tell: Teller) -> str:
    shown = " · ".join(f"{tell.t(kpi.label)} {tell.of(kpi, value)}" for kpi, value in stage.figures)
    return shown or tell.both("no data", "pas de données")


def _stage_status(stage: StageReading, tell: Teller) -> Cell:
    if stage.status is Status.UNKNOWN:
        return Cell(tell.both("– No objective", "– Sans objectif"))
    return Cell(wording.overall(stage.status, tell.language), stage.status)


def _stages(tell: Teller) -> Block | None:
    found = [
        Bar(tell.t(STAGE_WORDS[s.stage]), s.attainment, s.status)
        for s in tell.report.analysis.funnel.stages
        if s.attainment is not None
    ]
    if not found:
        return None  # the sentence above says so
    title = tell.both("Objectives attained, by stage", "Objectifs atteints, par étape")
    return Chart(charts.attainment(title, found, _alt(title, found, tell)), 0.27)


def _trend(tell: Teller) -> list[Block]:
    report, language = tell.report, tell.language
    labels = wording.trend_labels(report, language)
    if len(labels) < 2:
        return [
            Say(
                tell.both(
                    "Posts of one day, or without a date, draw no trend.",
                    "Des posts d’un seul jour, ou sans date, ne tracent pas de tendance.",
                )
            )
        ]
    blocks: list[Block] = []
    for id, unit, draw, title, nothing in (
        (
            "reach",
            Unit.COUNT,
            charts.columns,
            Text("Reach", "Portée"),
            Text(
                "No post has a reach, so its trend is not drawn.",
                "Aucun post n’a de portée : sa tendance n’est pas tracée.",
            ),
        ),
        (
            "engagement_rate",
            Unit.PERCENT,
            charts.line,
            Text("Engagement rate", "Taux d’engagement"),
            Text(
                "No engagement rate can be computed, so its trend is not drawn.",
                "Aucun taux d’engagement n’est calculable : sa tendance n’est pas tracée.",
            ),
        ),
    ):
        values = [g.values.get(id) for g in report.trend]
        if all(v is None for v in values):
            blocks.append(Say(tell.t(nothing)))
            continue
        alt = charts.told(
            tell.t(title),
            [(label, tell.figure(v, unit)) for label, v in zip(labels, values, strict=True)],
            language,
        )
        blocks.append(Chart(draw(tell.t(title), labels, values, tell.format(unit), alt), 0.25))
    return blocks
