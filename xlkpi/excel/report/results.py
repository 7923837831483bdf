"""The Report sheet: KPIs against their objectives, spend and return, groups, posts, and the data of its charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlkpi.core import catalogue, figures, wording, words
from xlkpi.core.insight.phrases import DELETED, DRAFT
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import MAX_KPIS, Group, KpiLine, PostLine, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text, cut
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report.comments import Comment
from xlkpi.excel.report.parts import (
    GROUP_FIGURES,
    Cell,
    Page,
    Row,
    change,
    group_cells,
    short,
    shown,
    upto,
)
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.formats import POINTS, RELATIVE, number_format
from xlkpi.excel.workbook.layout import (
    GROUP_ROWS,
    KPI_ROWS,
    MORE_ROWS,
    SPEND_ROWS,
    TREND_ROWS,
)

#: Block, without the sheet's own word → what stands in it always.
TITLES: dict[str, Text] = {
    "brand": Text("INFLUENCE KPI REPORT", "RAPPORT KPI D’INFLUENCE"),
    "section_kpis": words.RESULTS_AGAINST_OBJECTIVES,
    "section_attainment": Text(
        "Attainment of each objective", "Taux d’atteinte de chaque objectif"
    ),
    "section_spend": Text("Spend and return", "Dépenses et retour"),
    "section_gauge": words.OBJECTIVES_MET,
    "section_trend": Text(
        "Trend: reach (bars) and engagement rate (line)",
        "Tendance : portée (barres) et taux d’engagement (courbe)",
    ),
    "section_influencer": Text("By influencer", "Par influenceur"),
    "section_network": Text("By network and format", "Par réseau et format"),
    "section_posts": Text(
        "Best and weakest posts (engagement rate)", "Meilleurs et moins bons posts (taux d’eng.)"
    ),
    "section_data": Text(
        "Data of the charts above (written by the report)",
        "Données des graphiques ci-dessus (écrites par le rapport)",
    ),
    "section_comments": Text(
        "Comments kept for the KPIs of other reports",
        "Commentaires conservés pour les KPI d’autres rapports",
    ),
}
_MORE_KPIS = Text("More KPIs", "Autres KPI")
_JUDGED = (Status.MET, Status.WATCH, Status.MISSED)


def _titled(language: Language) -> Page:
    page = Page("report", {}, language)
    for name, title in TITLES.items():
        page.text(name, title)
    return page


def blank(language: Language) -> Page:
    page = _titled(language)
    page.text("headline", words.EMPTY_PAGE)
    page.rows("kpis", [_kpi_header(language)])
    page.rows("by_influencer", [_influencer_header("roi", language)])
    page.rows("by_network", [_network_header("roi", language)])
    page.text("palette", "blue_orange")
    page.text("language", language)
    page.rows("comments", [_comments_header(language)])
    return page


def results(report: Report, language: Language, typed: Mapping[str, Comment]) -> Page:
    """The blocks of the Report sheet."""
    page = _titled(language)
    _head(page, report)
    _kpis(page, report)
    page.rows("spend", _spend(report, language))
    _groups(page, report)
    page.rows("posts", _posts(report, language))
    page.rows("method", [[line] for line in wording.method_lines(report, language)])
    _attainment(page, report)
    _trend(page, report)
    _gauge(page, report)
    _other_comments(page, report, typed)
    return page


def _head(page: Page, report: Report) -> None:
    page.text("period", wording.period(report, page.language))
    page.text("title", wording.title(report, page.language))
    page.text("status", wording.overall(report.status, page.language))
    page.text("status_id", report.status.value)
    page.text("headline", wording.summary(report, page.language))
    page.text("palette", report.settings.palette)
    page.text("language", page.language)


# -- KPI table ---------------------------------------------------------------------------------

#: Characters that fit into a KPI's cell; a campaign's name may be longer.
_TWO_LINES = 60


def _kpis(page: Page, report: Report) -> None:
    """The first KPIs, and those that need a second page."""
    first, more = report.kpis[:MAX_KPIS], report.kpis[MAX_KPIS : MAX_KPIS + MORE_ROWS]
    page.text("section_more", _MORE_KPIS if more else None)
    for suffix, lines in (("", first), ("_more", more)):
        shown = bool(lines) or not suffix
        page.rows(f"kpis{suffix}", _kpi_rows(lines, report, page.language) if shown else [])
        page.rows(f"keys{suffix}", _key_rows(lines, report, page.language) if shown else [])
    page.hide("kpis_more", MORE_ROWS - len(more))


def _kpi_header(language: Language) -> Row:
    return [c.label.in_(language) for c in contract.REPORT.columns]


def _kpi_rows(lines: Sequence[KpiLine], report: Report, language: Language) -> list[Row]:
    return [_kpi_header(language), *(_kpi_row(line, report, language) for line in lines)]


def _kpi_row(line: KpiLine, report: Report, language: Language) -> Row:
    unit, currency = line.kpi.unit, report.settings.currency
    partial = ""
    if line.partial and line.actual is not None:
        share = int((line.coverage or 0) * 100)
        partial = Text(" (partial: {p} %)", " (partiel : {p} %)").format(p=share).in_(language)
    return [
        short(line.label.in_(language), _TWO_LINES - len(partial)) + partial,
        _target(line, currency, language),
        Cell(line.actual, number_format(unit, line.actual, currency, language)),
        _variance(line, language),
        wording.status(line, language),
        line.comment or _draft(line, report, language),
    ]


def _target(line: KpiLine, currency: str, language: Language) -> Cell:
    if line.upper is not None:
        return Cell(figures.target(line, currency).in_(language))
    return Cell(line.target, number_format(line.kpi.unit, line.target, currency, language))


def _variance(line: KpiLine, language: Language) -> Cell:
    """Nothing where it is unknown: the status says why."""
    value, points = line.variance.value, line.variance.in_points
    cell = change(value, points, language)
    return Cell(None, POINTS if points else RELATIVE[language]) if value is None else cell


def _key_rows(lines: Sequence[KpiLine], report: Report, language: Language) -> list[Row]:
    return [["", "", ""], *(_key_row(line, report, language) for line in lines)]


def _key_row(line: KpiLine, report: Report, language: Language) -> Row:
    """What stays out of sight beside a KPI: status, whose comment it is, and the draft if one stands there."""
    draft = _draft(line, report, language)
    if draft is None and line.declined:
        draft = (
            DRAFT.in_(language) + line.declined
        )  # beside an empty comment: its draft was deleted
    return [line.variance.status.value, line.tag, None if line.comment else draft]


def _draft(line: KpiLine, report: Report, language: Language) -> str | None:
    """What the figures say, marked as a draft: for a person to take over, change or delete."""
    reading = report.analysis.draft(line)
    return None if reading is None else DRAFT.in_(language) + reading.in_(language)


# -- spend, groups, posts ----------------------------------------------------------------------


def _spend(report: Report, language: Language) -> list[Row]:
    spend, currency = report.spend, report.settings.currency
    rows: list[tuple[Text, float | None, Unit]] = [
        (words.BUDGET, spend.budget, Unit.MONEY),
        (words.SPENT, spend.spent, Unit.MONEY),
        (Text("Budget used", "Budget consommé"), spend.used, Unit.PERCENT),
        (catalogue.kpi("revenue").label, spend.revenue, Unit.MONEY),
        (words.ROI, spend.roi, Unit.PERCENT),
        (words.EMV, spend.emv, Unit.MONEY),
        (words.EMV_TO_SPEND, spend.emv_ratio, Unit.TIMES),
    ]
    assert len(rows) == SPEND_ROWS
    return [
        [text.in_(language), shown(value, unit, currency, language)] for text, value, unit in rows
    ]


def _influencer_header(gain: str, language: Language) -> Row:
    header = (
        words.INFLUENCER,
        words.REACH,
        words.short(words.ENGAGEMENT_RATE),
        words.SPENT,
        wording.RETURNS[gain],
    )
    return [text.in_(language) for text in header]


def _network_header(gain: str, language: Language) -> Row:
    first = (Text("Network · format", "Réseau · format"), words.POSTS)
    header = (
        *first,
        words.REACH,
        words.short(words.ENGAGEMENT_RATE),
        words.SPENT,
        wording.RETURNS[gain],
    )
    return [text.in_(language) for text in header]


def _groups(page: Page, report: Report) -> None:
    """What influencers and networks brought, by the return that is known."""
    language = page.language
    gain = return_of((*report.by_influencer, *report.by_format))

    def figures_of(group: Group) -> Row:
        return group_cells(group, (*GROUP_FIGURES, gain), report, language)

    def influencer(group: Group) -> Row:
        return [group.label or words.NAMELESS.in_(language), *figures_of(group)]

    def network(group: Group) -> Row:
        name = " · ".join(filter(None, group.key)) or words.NAMELESS.in_(language)
        return [name, group.posts, *figures_of(group)]

    people = upto(report.by_influencer, influencer, GROUP_ROWS, language, 5)
    networks = upto(report.by_format, network, GROUP_ROWS, language, 6)
    page.rows("by_influencer", [_influencer_header(gain, language), *people])
    page.rows("by_network", [_network_header(gain, language), *networks])


def _posts(report: Report, language: Language) -> list[Row]:
    best = [_post(post, "▲", language) for post in report.best]
    weak = [_post(post, "▼", language) for post in reversed(report.weakest)]
    return [*best, [None], *weak] if weak else best


def _post(post: PostLine, sign: str, language: Language) -> Row:
    parts = (
        figures.figure(post.engagement_rate, Unit.PERCENT, "", language),
        post.influencer,
        " ".join(filter(None, (post.network, post.format))),
        figures.day(post.day, language),
    )
    return [f"{sign} " + " · ".join(filter(None, parts))]


# -- data of the charts ------------------------------------------------------------------------

#: Characters that a bar of the chart has for its label.
_BAR_LABEL = 34


def _attainment(page: Page, report: Report) -> None:
    language = page.language
    bars = [_bar(k, language) for k in report.kpis[:MAX_KPIS] if k.attained is not None]
    header: Row = ["", *(STATUS_WORDS[status].in_(language) for status in _JUDGED)]
    page.rows("attainment", [header, *bars])
    page.hide("attainment", KPI_ROWS - len(bars))


def _bar(line: KpiLine, language: Language) -> Row:
    """Its sign says what the colour of its bar says, for grey print and any eye."""
    status = line.variance.status
    return [
        f"{wording.STATUS_SIGNS[status]} {cut(line.label.in_(language), _BAR_LABEL)}",
        *(line.attained if status is one else None for one in _JUDGED),
    ]


def _trend(page: Page, report: Report) -> None:
    language = page.language
    rate = number_format(Unit.PERCENT, None, "", language)
    labels = wording.trend_labels(report, language)
    rows: list[Row] = [
        [label, g.values["reach"], Cell(g.values["engagement_rate"], rate)]
        for label, g in zip(labels, report.trend, strict=True)
    ]
    header = (words.REACH, words.ENGAGEMENT_RATE)
    page.rows("trend", [["", *(text.in_(language) for text in header)], *rows])
    page.hide("trend", TREND_ROWS - len(report.trend))


def _gauge(page: Page, report: Report) -> None:
    met, judged = report.count(Status.MET), len(report.judged)
    page.rows(
        "gauge",
        [
            [TITLES["section_gauge"].in_(page.language), ""],
            ["✓", met],
            ["", max(judged - met, 0 if judged else 1)],
            ["", judged or 1],
        ],
    )
    page.text("gauge_text", words.OF.format(m=met, n=judged) if judged else "–")


# -- comments for other reports ----------------------------------------------------------------


def _comments_header(language: Language) -> Row:
    header = (words.CAMPAIGN, words.KPI, Text("Comment", "Commentaire"))
    return [text.in_(language) for text in header]


def _other_comments(page: Page, report: Report, typed: Mapping[str, Comment]) -> None:
    """Comments on KPIs that this report does not show, so that they are there when one does."""
    language = page.language
    visible = {k.key for k in report.kpis[: MAX_KPIS + MORE_ROWS]}
    stored = [
        [one.campaign, _kpi_label(one.kpi, language), comment]
        for key, one in typed.items()
        if key not in visible and (comment := one.comment or _deleted(one, language))
    ]
    page.rows("comments", [_comments_header(language), *stored])


def _deleted(one: Comment, language: Language) -> str:
    return DELETED.in_(language) + one.declined if one.declined else ""


def _kpi_label(id: str, language: Language) -> str:
    """The label of a KPI; its id when a newer version wrote it."""
    try:
        return catalogue.kpi(id).label.in_(language)
    except KeyError:
        return id
