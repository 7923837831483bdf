"""How the Report sheet looks: cell formats, colour rules, charts and names.  The fill only writes values into it."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.charts import (
    LETTERS,
    LINE,
    NONE,
    Charts,
    line_style,
    marker,
    points_to_pixels,
)
from xlkpi.excel.template.parts import (
    band,
    column_header,
    extent,
    headline,
    initial,
    print_setup,
    section,
    set_widths,
    status_rules,
)
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.formats import money_format
from xlkpi.excel.workbook.layout import PAGE, REPORT_BLOCKS
from xlkpi.excel.workbook.palette import (
    BAND,
    FAINT,
    INPUT_FILL,
    INPUT_INK,
    PALE_BLUE,
    QUIET,
    RULE,
)

_WIDTHS = {
    "A": 1.5,
    "B": 29,
    "C": 12.5,
    "D": 12.5,
    "E": 12,
    "F": 17,
    "G": 44,
    "H": 2,
    "I": 24,
    "J": 8,
    "K": 12,
    "L": 11,
    "M": 11.5,
    "N": 11.5,
    "O": 2,
}
#: Row, from 0 → height in points.
_HEIGHTS = {
    0: 20,
    1: 34,
    2: 50,
    3: 10,
    4: 24,
    5: 22,
    13: 12,
    14: 24,
    22: 12,
    23: 24,
    24: 22,
    33: 10,
}
_PALETTE = "$P$1"
_LINE: dict[str, Any] = {"bottom": 1, "bottom_color": RULE}
#: Titles from this row on stand over the data of the charts.
_DATA = 60


def draw_report(b: Builder, sheet: Worksheet) -> None:
    set_widths(sheet, _WIDTHS)
    sheet.set_column("P:R", 10, None, {"hidden": True})
    for row in range(max(extent(ref)[2] for ref in REPORT_BLOCKS.values()) + 1):
        sheet.set_row(row, _height(row))
    _head(b, sheet)
    _kpi_block(b, sheet, "report_kpis", "report_keys", table=True)
    _kpi_block(b, sheet, "report_kpis_more", "report_keys_more", table=False)
    _groups(b, sheet)
    _texts(b, sheet)
    _chart_data(b, sheet)
    _charts(Charts(b, sheet, contract.REPORT))
    b.block_names(REPORT_BLOCKS, contract.REPORT)
    initial(b, sheet, REPORT_BLOCKS)
    sheet.print_area(PAGE)
    sheet.fit_to_pages(1, 1)
    sheet.set_h_pagebreaks([39])
    print_setup(sheet, repeat=True)


def _height(row: int) -> float:
    """Row heights in points, tuned so that the page is filled; a KPI and its campaign may take two lines."""
    more, _, end, _ = extent(REPORT_BLOCKS["report_kpis_more"])
    return _HEIGHTS.get(row, 28 if 6 <= row <= 12 or more < row <= end else 20)


def _head(b: Builder, sheet: Worksheet) -> None:
    band(b, sheet, "B1", "I1:N1", "B2:N2")
    headline(b, sheet, "N")
    status_rules(b, sheet, "B3", "$P$3", _PALETTE)
    for name, ref in REPORT_BLOCKS.items():
        if name.startswith("report_section_"):
            section(b, sheet, ref, quiet=extent(ref)[0] > _DATA)


# -- KPIs ------------------------------------------------------------------------------------------


def _kpi_block(b: Builder, sheet: Worksheet, name: str, keys: str, table: bool) -> None:
    """A block of KPIs; the first is a table, so that people may sort and filter it."""
    top, left, bottom, right = extent(REPORT_BLOCKS[name])
    looks, header = _kpi_looks(b), _kpi_header(b)
    if table:
        _kpi_table(b, sheet, (top, left, bottom, right), header)
    for column, look in enumerate(looks, start=left):
        if not table:
            sheet.write_blank(top, column, None, header[column - left])
        for row in range(top + 1, bottom + 1):
            sheet.write_blank(row, column, None, look)
    key_row, key_column, _, _ = extent(REPORT_BLOCKS[keys])
    key = f"${chr(65 + key_column)}{key_row + 2}"
    status_rules(b, sheet, (top + 1, left + 3, bottom, left + 4), key, _PALETTE)
    comment, draft = (f"${chr(65 + column)}{top + 2}" for column in (right, key_column + 2))
    rule = {  # a draft is not a person's word, and looks it
        "type": "formula",
        "criteria": f'=AND({draft}<>"",{comment}={draft})',
        "format": b.rule_format(italic=True, font_color=QUIET),
    }
    sheet.conditional_format(top + 1, right, bottom, right, rule)


def _kpi_looks(b: Builder) -> tuple[Format, ...]:
    """KPI, target, actual, variance, status, comment."""
    comment = {"font_size": 10, "bg_color": INPUT_FILL, "font_color": INPUT_INK}
    return (
        b.f(**_LINE, bold=True, text_wrap=True),
        b.f(**_LINE, align="right"),
        b.f(**_LINE, align="right", bold=True),
        b.f(**_LINE, align="right", bold=True),
        b.f(**_LINE, align="center", bold=True, text_wrap=True, font_size=10),
        b.f(**_LINE, **comment, text_wrap=True, locked=False),
    )


def _kpi_header(b: Builder) -> list[Format]:
    left, right, centre = (
        column_header(b),
        column_header(b, align="right"),
        column_header(b, align="center"),
    )
    return [left, right, right, right, centre, left]


def _kpi_table(
    b: Builder, sheet: Worksheet, where: tuple[int, int, int, int], header: list[Format]
) -> None:
    columns = [
        {"header": b.t(column.label), "header_format": look}
        for column, look in zip(contract.REPORT.columns, header, strict=True)
    ]
    name = b.table_name(contract.REPORT)
    options = {"name": name, "style": None, "autofilter": False, "columns": columns}
    sheet.add_table(*where, options)


# -- the other blocks ------------------------------------------------------------------------------


def _groups(b: Builder, sheet: Worksheet) -> None:
    """What influencers and networks brought."""
    money = money_format(b.currency, b.language)
    figures = {
        "report_by_influencer": ("General", "#,##0", "0.0%", money, "0.0%"),
        "report_by_network": ("General", "#,##0", "#,##0", "0.0%", money, "0.0%"),
    }
    for name, formats in figures.items():
        top, left, bottom, _ = extent(REPORT_BLOCKS[name])
        for i, code in enumerate(formats):
            side = {"align": "right", "indent": 1} if i else {}
            sheet.write_blank(top, left + i, None, column_header(b, **side))
            look = b.f(**_LINE, **side, num_format=code, font_size=10)
            for row in range(top + 1, bottom + 1):
                sheet.write_blank(row, left + i, None, look)


def _texts(b: Builder, sheet: Worksheet) -> None:
    """Spend, posts, the words in the gauge, and the method."""
    top, left, bottom, _ = extent(REPORT_BLOCKS["report_spend"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(**_LINE))
        sheet.write_blank(row, left + 1, None, b.f(**_LINE, bold=True, align="right"))
    top, left, bottom, _ = extent(REPORT_BLOCKS["report_posts"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(font_size=9, shrink=True, indent=1))
    gauge = b.f(bold=True, font_size=14, align="center", font_color=BAND)
    sheet.merge_range(REPORT_BLOCKS["report_gauge_text"], "", gauge)
    top, left, bottom, _ = extent(REPORT_BLOCKS["report_method"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(font_size=8, font_color=QUIET))
        sheet.set_row(row, 12)


def _chart_data(b: Builder, sheet: Worksheet) -> None:
    """What only the charts read, and comments for other reports."""
    for name, formats in {
        "report_attainment": ("General", "0%", "0%", "0%"),
        "report_trend": ("General", "#,##0", "0.0%"),
        "report_gauge": ("General", "0"),
        "report_comments": ("General",) * 3,
    }.items():
        top, left, bottom, _ = extent(REPORT_BLOCKS[name])
        for row in range(top, bottom + 1):
            for i, code in enumerate(formats):
                look = b.f(font_size=9, font_color=FAINT, num_format=code)
                sheet.write_blank(row, left + i, None, look)


# -- charts ----------------------------------------------------------------------------------------

_ATTAINMENT = Text(
    "Bar chart: how much of each objective is attained; ▲ blue met, ● grey to watch, ▼ orange behind.",
    "Barres : part de chaque objectif atteinte ; ▲ bleu atteint, ● gris à surveiller, ▼ orange en retard.",
)
_GAUGE = Text(
    "Gauge: how many objectives are met out of those with a verdict.",
    "Jauge : nombre d’objectifs atteints parmi ceux qui ont un verdict.",
)
_TREND = Text(
    "Trend: reach as bars and engagement rate as a line, by day, week or month.",
    "Tendance : portée en barres et taux d’engagement en courbe, par jour, semaine ou mois.",
)
_GRID = {"visible": True, "line": LINE}


def _charts(charts: Charts) -> None:
    _place(charts, _attainment(charts), "I6", 8, "IJKLMN", _ATTAINMENT)
    _place(charts, charts.gauge("gauge"), "D16", 8, "DEF", _GAUGE)
    _place(charts, _trend(charts), "G16", 7, "GHIJKLMN", _TREND)


def _place(charts: Charts, chart: Any, at: str, rows: int, columns: str, alt: Text) -> None:
    """Over so many rows and these columns."""
    top = extent(at)[0]
    height = sum(points_to_pixels(_height(row)) for row in range(top, top + rows)) - 4
    width = sum(int(_WIDTHS[column] * 7 + 5) for column in columns)
    chart.set_plotarea({"fill": NONE})
    charts.place(chart, at, width, height, alt)


def _attainment(charts: Charts) -> Any:
    bars = charts.attainment("attainment", gap=45)
    bars.set_x_axis(
        {
            "num_format": "0%",
            "label_position": "none",
            "major_gridlines": _GRID,
            "min": 0,
            "line": NONE,
        }
    )
    bars.set_y_axis({"reverse": True, "num_font": LETTERS, "line": LINE, "major_tick_mark": "none"})
    bars.set_legend({"position": "bottom", "font": LETTERS})
    return bars


def _trend(charts: Charts) -> Any:
    """Reach as columns, and the engagement rate as a line over them."""
    trend = charts.b.book.add_chart({"type": "column"})
    trend.add_series(charts.series("trend", 1, fill={"color": "#" + PALE_BLUE}, gap=60))
    line = charts.b.book.add_chart({"type": "line"})
    style = {"y2_axis": True, "smooth": False, "line": line_style(), "marker": marker(5)}
    line.add_series(charts.series("trend", 2, **style))
    trend.combine(line)
    trend.set_x_axis({"num_font": LETTERS, "line": LINE, "major_tick_mark": "none"})
    trend.set_y_axis(
        {
            "num_font": LETTERS,
            "num_format": "#,##0",
            "line": NONE,
            "major_gridlines": _GRID,
            "min": 0,
        }
    )
    line.set_y2_axis({"num_font": LETTERS, "num_format": "0.0%", "line": NONE, "min": 0})
    trend.set_legend({"position": "bottom", "font": LETTERS})
    return trend
