"""The Dashboard sheet: the data of its charts, the figures beside them, and a sentence where a chart would be empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlkpi.core import figures, wording, words
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.phrases import IMPACT_WORDS, URGENCY_WORDS
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import MAX_KPIS, Group, KpiLine, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report.parts import Cell, Page, Row, short
from xlkpi.excel.workbook.formats import number_format, with_minus
from xlkpi.excel.workbook.layout import DASHBOARD_INFLUENCERS, DASHBOARD_MONTHS

BRAND = Text("2 · DASHBOARD", "2 · TABLEAU DE BORD")
TITLES: dict[str, Text] = {
    "met": words.OBJECTIVES_MET,
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
    for name, title in TITLES.items():
        page.text(f"section_{name}", title)
    return page


def dashboard(report: Report, language: Language) -> Page:
    """The blocks of the Dashboard sheet, with the rows that its charts are to skip."""
    page = blank(language)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    _gauges(page, report)
    _attainment(page, report)
    _funnel(page, report)
    _months(page, report)
    _influencers(page, report)
    page.rows("matrix", _matrix(report, language))
    return page


def _gauges(page: Page, report: Report) -> None:
    met, judged = report.count(Status.MET), len(report.judged)
    page.text("met_text", words.OF.format(m=met, n=judged) if judged else "–")
    page.text("met_note", wording.overall(report.status, page.language))
    page.rows("met", _half(TITLES["met"].in_(page.language), met, judged))
    used, spend, currency = report.spend.used, report.spend, report.settings.currency
    page.text("budget_text", figures.figure(used, Unit.PERCENT, "", page.language))
    spent, budget = (figures.shown(x, Unit.MONEY, currency) for x in (spend.spent, spend.budget))
    page.text("budget_note", _budget_note(report).format(s=spent, b=budget))
    page.rows("budget", _half(TITLES["budget"].in_(page.language), min(used or 0.0, 1.0), 1.0))


def _budget_note(report: Report) -> Text:
    """Under the gauge: spent of budget, or which of the two is not known."""
    spend = report.spend
    if spend.used is not None:
        return Text("{s} of {b}", "{s} sur {b}")
    if spend.spent is not None:
        return wording.without_budget(report)
    if spend.budget is not None:
        return Text("No cost known.", "Coûts inconnus.")
    return Text("No budget and cost known.", "Budget et coûts inconnus.")


def _half(title: str, done: float, whole: float) -> list[Row]:
    """A ring of which the lower half is unseen: done, still to do, the rest."""
    return [[title, ""], ["✓", done], ["", max(whole - done, 0) if whole else 1], ["", whole or 1]]


def _attainment(page: Page, report: Report) -> None:
    header: Row = ["", *(STATUS_WORDS[s].in_(page.language) for s in _JUDGED)]
    lines = [line for line in report.kpis[:MAX_KPIS] if line.attained is not None]
    _data(page, "attainment", [header, *(_bar(line, page.language) for line in lines)], MAX_KPIS)


def _bar(line: KpiLine, language: Language) -> Row:
    status = line.variance.status
    return [
        f"{wording.STATUS_SIGNS[status]} {short(line.label.in_(language), 30)}",
        *(line.attained if status is one else None for one in _JUDGED),
    ]


def _funnel(page: Page, report: Report) -> None:
    funnel, language = report.analysis.funnel, page.language
    rows: list[Row] = [
        [
            ("▼ " if one.stage is funnel.weakest else "") + STAGE_WORDS[one.stage].in_(language),
            one.attainment,
        ]
        for one in funnel.stages
        if one.attainment is not None
    ]
    header: Row = ["", words.ATTAINMENT.in_(language)]
    _data(page, "funnel", [header, *rows], len(STAGE_WORDS))


def _data(page: Page, name: str, rows: Sequence[Row], most: int) -> None:
    """The data of a chart below its header; a sentence where there is nothing to draw."""
    page.rows(name, rows)
    page.hide(name, most - len(rows) + 1)
    page.text(f"{name}_note", "" if len(rows) > 1 else _NO_TARGET)


_MONTHS = {"reach": "reach", "rate": "engagement_rate", "sentiment": "positive_sentiment"}


def _months(page: Page, report: Report) -> None:
    """Reach, engagement rate and sentiment of each month, a chart each."""
    language, months = page.language, report.by_period[-DASHBOARD_MONTHS:]
    header: Row = ["", *(TITLES[name].in_(language) for name in _MONTHS)]
    page.rows("months", [header, *(_month(group, language) for group in months)])
    page.hide("months", DASHBOARD_MONTHS - len(months))
    for name, id in _MONTHS.items():
        page.text(f"{name}_note", "" if _known(months, id) else _NO_MONTHS[name])


def _month(group: Group, language: Language) -> Row:
    reach, *rates = (group.values.get(id) for id in _MONTHS.values())
    form = number_format(Unit.PERCENT, None, "", language)
    label = figures.month(group.period, language) if group.period else group.label
    return [label, reach, *(Cell(rate, form) for rate in rates)]


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
    page.text("section_by_roi", gain.title)
    header = (words.INFLUENCER, TITLES["by_reach"], TITLES["by_rate"], gain.title)
    rows = [_influencer(group, gain, language) for group in groups]
    page.rows("influencers", [[title.in_(language) for title in header], *rows])
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
        _Return("roi", TITLES["by_roi"], {"en": with_minus("0%"), "fr": with_minus("0\\ %")}),
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
