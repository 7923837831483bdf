"""A Report → what stands in each named block: values and number formats, the same for file and open workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from xlkpi.core import catalogue, figures, wording
from xlkpi.core.findings import Finding, by_severity
from xlkpi.core.insight.phrases import DELETED, DRAFT
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import MAX_KPIS, Group, KpiLine, PostLine, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text, cut
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report import actions as render_actions
from xlkpi.excel.report import analysis as render_analysis
from xlkpi.excel.report import context as render_context
from xlkpi.excel.report import dashboard as render_dashboard
from xlkpi.excel.report.parts import (
    GROUP_FIGURES,
    NAMELESS,
    Cell,
    Fill,
    Link,
    Links,
    Page,
    Row,
    attainment,
    group_cells,
    short,
    shown,
)
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.formats import POINTS, RELATIVE, number_format
from xlkpi.excel.workbook.layout import (
    GROUP_ROWS,
    KPI_ROWS,
    LINKED_FINDINGS,
    MARKED_CELLS,
    MORE_ROWS,
    SPEND_ROWS,
    TREND_ROWS,
)

if TYPE_CHECKING:
    from xlkpi.excel.report.kept import Kept

SECTIONS: dict[str, Text] = {
    "report_brand": Text("INFLUENCE KPI REPORT", "RAPPORT KPI D’INFLUENCE"),
    "report_section_kpis": Text("Results against objectives", "Résultats face aux objectifs"),
    "report_section_attainment": Text(
        "Attainment of each objective", "Taux d’atteinte de chaque objectif"
    ),
    "report_section_spend": Text("Spend and return", "Dépenses et retour"),
    "report_section_gauge": Text("Objectives met", "Objectifs atteints"),
    "report_section_trend": Text(
        "Trend: reach (bars) and engagement rate (line)",
        "Tendance : portée (barres) et taux d’engagement (courbe)",
    ),
    "report_section_influencer": Text("By influencer", "Par influenceur"),
    "report_section_network": Text("By network and format", "Par réseau et format"),
    "report_section_posts": Text(
        "Best and weakest posts (engagement rate)", "Meilleurs et moins bons posts (taux d’eng.)"
    ),
    "report_section_data": Text(
        "Data of the charts above (written by the report)",
        "Données des graphiques ci-dessus (écrites par le rapport)",
    ),
    "report_section_comments": Text(
        "Comments kept for the KPIs of other reports",
        "Commentaires conservés pour les KPI d’autres rapports",
    ),
}
_MORE = Text("More KPIs", "Autres KPI")
_EMPTY_PAGE = Text(
    "Fill Objectives and Posts, then generate the report.",
    "Remplissez Objectifs et Posts, puis générez le rapport.",
)


def blank(language: Language) -> Fill:
    """The report of a workbook that has not been reported on: titles and headers only."""
    blocks: dict[str, Sequence[Row]] = {
        name: [[text.in_(language)]] for name, text in SECTIONS.items()
    }
    blocks["report_headline"] = [[_EMPTY_PAGE.in_(language)]]
    blocks["report_kpis"] = [_kpi_header(language)]
    blocks["report_by_influencer"] = [_influencer_header("roi", language)]
    blocks["report_by_network"] = [_network_header("roi", language)]
    blocks["report_palette"] = [["blue_orange"]]
    blocks["report_language"] = [[language]]
    blocks["report_comments"] = [_comments_header(language)]
    blocks["checks_title"] = [[_CHECKS_TITLE.in_(language)]]
    blocks["checks_findings"] = [[c.label.in_(language) for c in contract.CHECKS.columns]]
    blocks["checks_cells"] = [[_MARKED.in_(language)]]
    for sheet in (render_context, render_analysis, render_dashboard, render_actions):
        blocks |= sheet.blank(language).blocks
    return Fill(blocks, {}, False)


def render(
    report: Report, language: Language, kept: Mapping[str, Kept], date1904: bool = False
) -> Fill:
    """Every block of every sheet that the report fills.

    Args:
        kept: what people made of the comments, by key, including those of KPIs not shown now.
        date1904: how the workbook counts days.
    """
    fill = _report(report, language, kept)
    pages: tuple[Page, ...] = (
        render_context.context(report, language),
        render_dashboard.dashboard(report, language),
        render_analysis.analysis(report, language),
        render_actions.actions(report, language, date1904),
    )
    blocks, hidden = dict(fill.blocks), dict(fill.hidden)
    for page in pages:
        blocks |= page.blocks
        hidden |= page.hidden
    return Fill(blocks, hidden, fill.second_page, fill.links)


def _report(report: Report, language: Language, kept: Mapping[str, Kept]) -> Fill:
    """The Report and Checks sheets."""
    first, more = report.kpis[:MAX_KPIS], report.kpis[MAX_KPIS : MAX_KPIS + MORE_ROWS]
    blocks: dict[str, Sequence[Row]] = {
        name: [[text.in_(language)]] for name, text in SECTIONS.items()
    }
    blocks["report_period"] = [[wording.period(report, language)]]
    blocks["report_title"] = [[wording.title(report, language)]]
    blocks["report_status"] = [
        [f"{wording.STATUS_SIGNS[report.status]} {wording.OVERALL[report.status].in_(language)}"]
    ]
    blocks["report_status_id"] = [[report.status.value]]
    blocks["report_headline"] = [
        [
            "\n".join(
                filter(
                    None, (wording.headline(report, language), wording.spend_line(report, language))
                )
            )
        ]
    ]
    blocks["report_palette"] = [[report.settings.palette]]
    blocks["report_language"] = [[language]]
    blocks["report_kpis"] = [_kpi_header(language), *(_kpi_row(k, report, language) for k in first)]
    blocks["report_keys"] = [["", "", ""], *(_key_row(k, report, language) for k in first)]
    blocks["report_section_more"] = [[_MORE.in_(language) if more else None]]
    blocks["report_kpis_more"] = (
        [_kpi_header(language), *(_kpi_row(k, report, language) for k in more)] if more else []
    )
    blocks["report_keys_more"] = (
        [["", "", ""], *(_key_row(k, report, language) for k in more)] if more else []
    )
    blocks["report_spend"] = _spend(report, language)
    gain = return_of((*report.by_influencer, *report.by_format))
    blocks["report_by_influencer"] = [
        _influencer_header(gain, language),
        *_influencers(report, gain, language),
    ]
    blocks["report_by_network"] = [
        _network_header(gain, language),
        *_networks(report, gain, language),
    ]
    blocks["report_posts"] = _posts(report, language)
    blocks["report_method"] = [[line] for line in wording.method_lines(report, language)]
    bars = [row for k in first if (row := _attainment(k, language))]
    blocks["report_attainment"] = [_attainment_header(language), *bars]
    blocks["report_trend"] = [_trend_header(language), *_trend(report, language)]
    met, judged = report.count(Status.MET), len(report.judged)
    blocks["report_gauge"] = [
        [SECTIONS["report_section_gauge"].in_(language), ""],
        ["✓", met],
        ["", max(judged - met, 0 if judged else 1)],
        ["", judged or 1],
    ]
    blocks["report_gauge_text"] = [
        [Text("{m} of {n}", "{m} sur {n}").format(m=met, n=judged).in_(language) if judged else "–"]
    ]
    visible = {k.key for k in (*first, *more)}
    stored = [
        [one.campaign, _kpi_label(one.kpi, language), said]
        for key, one in kept.items()
        if key not in visible and (said := one.comment or _deleted(one, language))
    ]
    blocks["report_comments"] = [_comments_header(language), *stored]
    blocks |= checks(report, language)
    hidden = {
        "report_attainment": KPI_ROWS - len(bars),
        "report_kpis_more": MORE_ROWS - len(more),
        "report_trend": TREND_ROWS - len(report.trend),
    }
    return Fill(blocks, hidden, bool(more), check_links(report))


def _kpi_label(id: str, language: Language) -> str:
    """The label of a KPI; its id when a newer version wrote it."""
    try:
        return catalogue.kpi(id).label.in_(language)
    except KeyError:
        return id


# -- KPI table ---------------------------------------------------------------------------------


def _kpi_header(language: Language) -> Row:
    return [c.label.in_(language) for c in contract.REPORT.columns]


#: Characters that fit into a KPI's cell; a campaign's name may be longer.
_TWO_LINES = 60


def _kpi_row(line: KpiLine, report: Report, language: Language) -> Row:
    unit, currency = line.kpi.unit, report.settings.currency
    points = line.variance.in_points
    value = line.variance.value
    partial = ""
    if line.partial and line.actual is not None:
        partial = (
            Text(" (partial: {p} %)", " (partiel : {p} %)")
            .format(p=int((line.coverage or 0) * 100))
            .in_(language)
        )
    return [
        short(line.label.in_(language), _TWO_LINES - len(partial)) + partial,
        Cell(line.target, number_format(unit, line.target, currency, language)),
        Cell(line.actual, number_format(unit, line.actual, currency, language)),
        Cell(
            value * 100 if points and value is not None else value,
            POINTS if points else RELATIVE[language],
        ),
        wording.status(line, language),
        line.comment or _draft(line, report, language),
    ]


def _key_row(line: KpiLine, report: Report, language: Language) -> Row:
    """What stays out of sight beside a KPI: status, whose comment it is, and the draft if one stands there."""
    draft = _draft(line, report, language)
    if draft is None and line.declined:
        draft = (
            DRAFT.in_(language) + line.declined
        )  # beside an empty comment: its draft was deleted
    return [line.variance.status.value, line.tag, None if line.comment else draft]


def _deleted(one: Kept, language: Language) -> str:
    return DELETED.in_(language) + one.declined if one.declined else ""


def _draft(line: KpiLine, report: Report, language: Language) -> str | None:
    """What the figures say, marked as a draft: for a person to take over, change or delete."""
    said = report.analysis.draft(line)
    return None if said is None else DRAFT.in_(language) + said.in_(language)


def _attainment_header(language: Language) -> Row:
    return ["", *(STATUS_WORDS[s].in_(language) for s in (Status.MET, Status.WATCH, Status.MISSED))]


#: Characters that a bar of the chart has for its label.
_BAR_LABEL = 34


def _attainment(line: KpiLine, language: Language) -> Row | None:
    share = attainment(line)
    if share is None:
        return None
    statuses = (Status.MET, Status.WATCH, Status.MISSED)
    sign = wording.STATUS_SIGNS[
        line.variance.status
    ]  # what the colour of its bar says, for grey print and any eye
    return [
        f"{sign} {cut(line.label.in_(language), _BAR_LABEL)}",
        *(share if line.variance.status is s else None for s in statuses),
    ]


# -- the other blocks --------------------------------------------------------------------------


def _spend(report: Report, language: Language) -> list[Row]:
    spend, currency = report.spend, report.settings.currency
    rows: list[tuple[Text, float | None, Unit]] = [
        (Text("Budget", "Budget"), spend.budget, Unit.MONEY),
        (Text("Spent", "Dépensé"), spend.spent, Unit.MONEY),
        (Text("Budget used", "Budget consommé"), spend.used, Unit.PERCENT),
        (Text("Revenue", "Chiffre d’affaires"), spend.revenue, Unit.MONEY),
        (Text("ROI", "ROI"), spend.roi, Unit.PERCENT),
        (Text("EMV", "EMV"), spend.emv, Unit.MONEY),
        (Text("EMV ÷ spend", "EMV ÷ dépenses"), spend.emv_ratio, Unit.TIMES),
    ]
    assert len(rows) == SPEND_ROWS
    return [
        [text.in_(language), shown(value, unit, currency, language)] for text, value, unit in rows
    ]


def _influencer_header(gain: str, language: Language) -> Row:
    return [
        t.in_(language)
        for t in (
            Text("Influencer", "Influenceur"),
            Text("Reach", "Portée"),
            Text("Eng. rate", "Taux d’eng."),
            Text("Spent", "Dépensé"),
            wording.RETURNS[gain],
        )
    ]


def _network_header(gain: str, language: Language) -> Row:
    return [
        t.in_(language)
        for t in (
            Text("Network · format", "Réseau · format"),
            Text("Posts", "Posts"),
            Text("Reach", "Portée"),
            Text("Eng. rate", "Taux d’eng."),
            Text("Spent", "Dépensé"),
            wording.RETURNS[gain],
        )
    ]


def _top(groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], int]:
    """The first groups that fit, and how many do not."""
    if len(groups) <= GROUP_ROWS:
        return groups, 0
    return groups[: GROUP_ROWS - 1], len(groups) - GROUP_ROWS + 1


def _others(count: int, width: int, language: Language) -> list[Row]:
    text = Text("… and {n} more", "… et {n} autre{n:|s}")
    return [[text.format(n=count).in_(language), *[None] * (width - 1)]] if count else []


def _influencers(report: Report, gain: str, language: Language) -> list[Row]:
    groups, left = _top(report.by_influencer)
    rows: list[Row] = [
        [
            g.label or NAMELESS.in_(language),
            *group_cells(g, (*GROUP_FIGURES, gain), report, language),
        ]
        for g in groups
    ]
    return rows + _others(left, 5, language)


def _networks(report: Report, gain: str, language: Language) -> list[Row]:
    groups, left = _top(report.by_format)
    rows: list[Row] = [
        [
            " · ".join(filter(None, g.key)) or NAMELESS.in_(language),
            g.posts,
            *group_cells(g, (*GROUP_FIGURES, gain), report, language),
        ]
        for g in groups
    ]
    return rows + _others(left, 6, language)


def _posts(report: Report, language: Language) -> list[Row]:
    def line(post: PostLine, sign: str) -> Row:
        rate = figures.figure(post.engagement_rate, Unit.PERCENT, "", language)
        parts = [
            rate,
            post.influencer,
            " ".join(filter(None, (post.network, post.format))),
            figures.day(post.day, language),
        ]
        return [f"{sign} " + " · ".join(filter(None, parts))]

    best = [line(p, "▲") for p in report.best]
    weak = [line(p, "▼") for p in reversed(report.weakest)]
    return [*best, [None], *weak] if weak else list(best)


def _trend_header(language: Language) -> Row:
    return [
        "",
        Text("Reach", "Portée").in_(language),
        Text("Engagement rate", "Taux d’engagement").in_(language),
    ]


def _trend(report: Report, language: Language) -> list[Row]:
    rate = number_format(Unit.PERCENT, None, "", language)
    return [
        [label, g.values["reach"], Cell(g.values["engagement_rate"], rate)]
        for label, g in zip(wording.trend_labels(report, language), report.trend, strict=True)
    ]


def _comments_header(language: Language) -> Row:
    return [
        t.in_(language)
        for t in (Text("Campaign", "Campagne"), Text("KPI", "KPI"), Text("Comment", "Commentaire"))
    ]


# -- checks ------------------------------------------------------------------------------------

_CHECKS_TITLE = Text("Checks of the data", "Contrôles des données")
_MARKED = Text(
    "Cells marked on their sheets: empty this column to remove the marking",
    "Cellules signalées dans leurs feuilles : videz cette colonne pour ôter les marques",
)
#: Below this many characters the KPIs with all their data are named, above it they are counted.
_COVERAGE_LENGTH = 300
_MARKED_EACH = (
    50  # cells of one finding that are highlighted: a kind of many leaves room for the others
)
_PLACE = [c.id for c in contract.CHECKS.columns].index("place")


def checks(report: Report, language: Language) -> dict[str, Sequence[Row]]:
    """The blocks of the Checks sheet: balance, coverage of the KPIs, findings, and the cells they are about."""
    balance = report.balance
    text = Text(
        "{total} row{total:|s} = {used} used + {other} of other campaigns or periods + {excluded} excluded + {blank} blank",
        "{total} ligne{total:|s} = {used} utilisée{used:|s} + {other} d’autres campagnes ou périodes + {excluded} "
        "exclue{excluded:|s} + {blank} vide{blank:|s}",
    ).format(
        total=balance.total,
        used=balance.used,
        other=balance.other,
        excluded=balance.excluded,
        blank=balance.blank,
    )
    found = by_severity(report.findings)
    return {
        "checks_title": [[_CHECKS_TITLE.in_(language)]],
        "checks_balance": [[text.in_(language)]],
        "checks_coverage": [[coverage(report, language)]],
        "checks_findings": [
            [c.label.in_(language) for c in contract.CHECKS.columns],
            *(_finding(f, language) for f in found),
        ],
        "checks_cells": [
            [_MARKED.in_(language)],
            *([key] for key in islice(_keys(found), MARKED_CELLS)),
        ],
    }


def check_links(report: Report) -> dict[str, Links]:
    """From the place of each finding to its cell, or to its sheet; the gravest ones where there are very many."""
    return {
        "checks_findings": {
            (row, _PLACE): Link(finding.sheet, finding.cell or "A1")
            for row, finding in enumerate(by_severity(report.findings)[:LINKED_FINDINGS], start=1)
            if finding.sheet
        }
    }


def coverage(report: Report, language: Language) -> str:
    """Of how many posts each KPI has its data: incomplete ones first, with their figures."""
    counted = [line for line in report.kpis if line.coverage is not None]
    parts = [
        Text("{k} {n}/{posts} post{posts:|s} ({p})", "{k} {n}/{posts} post{posts:|s} ({p})")
        .format(
            k=line.label,
            n=round((line.coverage or 0) * line.posts),
            posts=line.posts,
            p=figures.coverage(line),
        )
        .in_(language)
        for line in counted
        if (line.coverage or 0) < 1
    ]
    whole = [line.label.in_(language) for line in counted if (line.coverage or 0) >= 1]
    names = ", ".join(whole)
    if len(names) > _COVERAGE_LENGTH:
        names = Text("{n} KPI{n:|s}", "{n} KPI").format(n=len(whole)).in_(language)
    if whole:
        parts.append(
            Text("complete for {names}", "complètes pour {names}").format(names=names).in_(language)
        )
    if not parts:
        return ""
    return (
        Text("Data of the KPIs: {parts}", "Données des KPI : {parts}")
        .format(parts=" · ".join(parts))
        .in_(language)
    )


def _keys(findings: Sequence[Finding]) -> Iterator[str]:
    """How the highlight rules of the input sheets know the cells: by the table, whatever its sheet is called."""
    for finding in findings:
        if finding.table:
            yield from (f"{finding.table}!{cell}" for cell in finding.addresses(_MARKED_EACH))


def _finding(finding: Finding, language: Language) -> Row:
    return [
        finding.code,
        finding.word(language),
        finding.place,
        finding.value,
        finding.reason.in_(language),
        finding.effect.in_(language),
        finding.fix.in_(language),
    ]
