"""The Dashboard sheet: the data of its charts, the figures beside them, and a sentence where a chart would be empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlkpi.core import figures, wording
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.phrases import IMPACT_WORDS, URGENCY_WORDS
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import MAX_KPIS, Group, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report.parts import Cell, Page, Row, attainment, short
from xlkpi.excel.workbook.formats import number_format
from xlkpi.excel.workbook.layout import DASHBOARD_INFLUENCERS, DASHBOARD_MONTHS

BRAND = Text("2 · DASHBOARD", "2 · TABLEAU DE BORD")
SECTIONS: dict[str, Text] = {
    "met": Text("Objectives met", "Objectifs atteints"),
    "budget": Text("Budget used", "Budget consommé"),
    "attainment": Text("Attainment of each objective", "Taux d’atteinte de chaque objectif"),
    "funnel": Text("Funnel: attainment by stage", "Tunnel : atteinte par étape"),
    "reach": Text("Reach, by month", "Portée, par mois"),
    "rate": Text("Engagement rate, by month", "Taux d’engagement, par mois"),
    "sentiment": Text("Positive sentiment, by month", "Sentiment positif, par mois"),
    "by_reach": Text("Influencers: reach", "Influenceurs : portée"),
    "by_rate": Text("Influencers: engagement rate", "Influenceurs : taux d’engagement"),
    "by_roi": Text(
        "Influencers: ROI", "Influenceurs : ROI"
    ),  # or the other of _RETURNS, where no ROI can be known
    "matrix": Text("To act on: impact × urgency", "Où agir : impact × urgence"),
    "data": Text(
        "Data of the charts above (written by the report)",
        "Données des graphiques ci-dessus (écrites par le rapport)",
    ),
}
_JUDGED = (Status.MET, Status.WATCH, Status.MISSED)
_NO_TARGET = Text(
    "No verdict yet: set targets on Objectives.",
    "Pas encore de verdict : chiffrez les cibles dans Objectifs.",
)


def blank(language: Language) -> Page:
    page = Page("dashboard", {}, language)
    page.text("brand", BRAND)
    for name, title in SECTIONS.items():
        page.text(f"section_{name}", title)
    return page


def dashboard(report: Report, language: Language) -> Page:
    """The blocks of the Dashboard sheet, with the rows that its charts are to skip."""
    page = blank(language)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    _gauges(page, report)
    _bars(page, report)
    _months(page, report)
    _influencers(page, report)
    page.blocks["dashboard_matrix"] = _matrix(report, language)
    return page


def _gauges(page: Page, report: Report) -> None:
    met, judged, language = report.count(Status.MET), len(report.judged), page.language
    page.text(
        "met_text", Text("{m} of {n}", "{m} sur {n}").format(m=met, n=judged) if judged else "–"
    )
    page.text(
        "met_note",
        f"{wording.STATUS_SIGNS[report.status]} {wording.OVERALL[report.status].in_(language)}",
    )
    page.blocks["dashboard_met"] = _half(SECTIONS["met"].in_(language), met, judged)
    used, spend, currency = report.spend.used, report.spend, report.settings.currency
    page.text("budget_text", figures.figure(used, Unit.PERCENT, "", language))
    if used is not None:
        note = Text("{s} of {b}", "{s} sur {b}")
    elif spend.spent is not None:
        note = wording.without_budget(report)
    elif spend.budget is not None:
        note = Text("No cost known.", "Coûts inconnus.")
    else:
        note = Text("No budget and cost known.", "Budget et coûts inconnus.")
    page.text(
        "budget_note",
        note.format(
            s=figures.figure(spend.spent, Unit.MONEY, currency, language),
            b=figures.figure(spend.budget, Unit.MONEY, currency, language),
        ),
    )
    page.blocks["dashboard_budget"] = _half(
        SECTIONS["budget"].in_(language), min(used or 0.0, 1.0), 1.0
    )


def _half(title: str, done: float, whole: float) -> list[Row]:
    """A ring of which the lower half is unseen: done, still to do, the rest."""
    return [[title, ""], ["✓", done], ["", max(whole - done, 0) if whole else 1], ["", whole or 1]]


def _bars(page: Page, report: Report) -> None:
    language = page.language
    shares = [
        (line, share) for line in report.kpis[:MAX_KPIS] if (share := attainment(line)) is not None
    ]
    rows: list[Row] = []
    for line, share in shares:
        sign = wording.STATUS_SIGNS[line.variance.status]
        rows.append(
            [
                f"{sign} {short(line.label.in_(language), 30)}",
                *(share if line.variance.status is s else None for s in _JUDGED),
            ]
        )
    _data(
        page,
        "attainment",
        ["", *(STATUS_WORDS[s].in_(language) for s in _JUDGED)],
        rows,
        MAX_KPIS,
        page_note=_NO_TARGET,
    )
    funnel = report.analysis.funnel
    stages: list[Row] = []
    for stage in funnel.stages:
        if stage.attainment is not None:
            mark = "▼ " if stage.stage is funnel.weakest else ""
            stages.append([mark + STAGE_WORDS[stage.stage].in_(language), stage.attainment])
    _data(
        page,
        "funnel",
        ["", Text("Attained", "Atteint").in_(language)],
        stages,
        len(STAGE_WORDS),
        page_note=_NO_TARGET,
    )


def _data(
    page: Page, name: str, header: Row, rows: Sequence[Row], most: int, page_note: Text
) -> None:
    page.blocks[f"dashboard_{name}"] = [header, *rows]
    page.hide(name, most - len(rows))
    page.text(f"{name}_note", "" if rows else page_note)


def _months(page: Page, report: Report) -> None:
    language = page.language
    months = report.by_period[-DASHBOARD_MONTHS:]
    ids = ("reach", "engagement_rate", "positive_sentiment")
    rate = number_format(Unit.PERCENT, None, "", language)
    rows: list[Row] = [
        [
            figures.month(g.period, language) if g.period else g.label,
            g.values.get(ids[0]),
            *(Cell(g.values.get(id), rate) for id in ids[1:]),
        ]
        for g in months
    ]
    page.blocks["dashboard_months"] = [
        ["", *(SECTIONS[n].in_(language) for n in ("reach", "rate", "sentiment"))],
        *rows,
    ]
    page.hide("months", DASHBOARD_MONTHS - len(rows))
    for name, id in zip(("reach", "rate", "sentiment"), ids, strict=True):
        known = any(g.values.get(id) is not None for g in months)
        page.text(f"{name}_note", "" if known else _NO_MONTHS[name])


_NO_MONTHS = {
    "reach": Text(
        "Nothing to show yet: fill Date and Reach on Posts.",
        "Rien à montrer : saisissez Date et Portée dans Posts.",
    ),
    "rate": Text(
        "Nothing to show yet: fill Likes, Comments and Reach on Posts.",
        "Rien à montrer : saisissez likes, commentaires et portée dans Posts.",
    ),
    "sentiment": Text(
        "Nothing to show yet: fill the positive, neutral and negative comments on Posts.",
        "Rien à montrer : saisissez les commentaires positifs, neutres et négatifs dans Posts.",
    ),
}


def _influencers(page: Page, report: Report) -> None:
    """The influencers with most reach, in the same order in each of the three small charts."""
    language = page.language
    groups = [g for g in report.by_influencer if g.label][:DASHBOARD_INFLUENCERS]
    gain = _RETURNS[return_of(groups)]
    titles = {name: SECTIONS[name] for name in ("by_reach", "by_rate")} | {"by_roi": gain.title}
    page.text("section_by_roi", gain.title)
    page.blocks["dashboard_influencers"] = [
        [
            Text("Influencer", "Influenceur").in_(language),
            *(title.in_(language) for title in titles.values()),
        ],
        *(_influencer(g, gain, language) for g in groups),
    ]
    page.hide("influencers", DASHBOARD_INFLUENCERS - len(groups))
    for name, id in (("by_reach", "reach"), ("by_rate", "engagement_rate"), ("by_roi", gain.kpi)):
        page.text(f"{name}_note", "" if _known(groups, id) else _NO_INFLUENCER[name])


class _Return(NamedTuple):
    """What the third chart of the influencers shows."""

    kpi: str
    title: Text
    format: Mapping[Language, str]


_RETURNS = {
    one.kpi: one
    for one in (
        _Return("roi", SECTIONS["by_roi"], {"en": "0%", "fr": "0\\ %"}),
        _Return(
            "emv_ratio",
            Text("Influencers: EMV ÷ spend", "Influenceurs : EMV ÷ dépenses"),
            dict.fromkeys(LANGUAGES, number_format(Unit.TIMES, None, "", "en")),
        ),
    )
}


def _known(groups: Sequence[Group], id: str) -> bool:
    return any(g.values.get(id) is not None for g in groups)


_NO_INFLUENCER = {
    "by_reach": Text(
        "Fill Influencer and Reach on Posts.", "Saisissez Influenceur et Portée dans Posts."
    ),
    "by_rate": Text(
        "Fill Influencer, Likes and Reach on Posts.",
        "Saisissez Influenceur, Likes et Portée dans Posts.",
    ),
    "by_roi": Text(
        "ROI: fill Cost and Revenue on Posts. Where nothing is sold, Cost and Impressions give EMV ÷ spend.",
        "ROI : saisissez Coût et Chiffre d’affaires dans Posts. Sans ventes, Coût et Impressions donnent EMV ÷ "
        "dépenses.",
    ),
}


def _influencer(group: Group, gain: _Return, language: Language) -> Row:
    rate = number_format(Unit.PERCENT, None, "", language)
    return [
        short(group.label, 22),
        group.values.get("reach"),
        Cell(group.values.get("engagement_rate"), rate),
        Cell(group.values.get(gain.kpi), gain.format[language]),
    ]


def _matrix(report: Report, language: Language) -> list[Row]:
    """How many problems of each impact and urgency; three rows of the sheet for each of the matrix."""
    counts = {(i, u): 0 for i in IMPACT_WORDS for u in URGENCY_WORDS}
    for reading in report.analysis.problems:
        counts[reading.priority.impact, reading.priority.urgency] += 1
    rows: list[Row] = [
        [
            Text("Impact ↓  Urgency →", "Impact ↓  Urgence →").in_(language),
            *(word.in_(language) for word in URGENCY_WORDS.values()),
        ]
    ]
    for impact, word in IMPACT_WORDS.items():
        rows += [[word.in_(language), *(counts[impact, u] or "–" for u in URGENCY_WORDS)], [], []]
    return rows
