"""How the Report sheet looks: cell formats, colour rules, charts and names.  The fill only writes values into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.report import parts as render_parts
from xlkpi.excel.template import build as look
from xlkpi.excel.template.parts import (
    band,
    column_header,
    extent,
    initial,
    points_to_pixels,
    section,
    status_rules,
)
from xlkpi.excel.workbook import contract, layout

if TYPE_CHECKING:
    from xlkpi.excel.template.build import _Builder

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
_FONT: dict[str, Any] = {"name": "Calibri", "size": 9, "color": look.INK}


def draw_report(b: _Builder, sheet: Worksheet) -> None:
    for letters, width in _WIDTHS.items():
        sheet.set_column(f"{letters}:{letters}", width)
    sheet.set_column("P:R", 10, None, {"hidden": True})
    for row in range(layout_last_row()):
        sheet.set_row(row, _height(row))
    _head(b, sheet)
    _kpi_block(b, sheet, "report_kpis", "report_keys", table=True)
    _kpi_block(b, sheet, "report_kpis_more", "report_keys_more", table=False)
    _blocks(b, sheet)
    _charts(b, sheet)
    for name, ref in layout.REPORT_BLOCKS.items():
        b.block_name(name, contract.REPORT, ref)
    initial(b, sheet, layout.REPORT_BLOCKS)
    sheet.print_area(layout.PAGE)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(0.3, 0.3, 0.35, 0.5)
    sheet.center_horizontally()
    sheet.repeat_rows(0, 1)
    sheet.set_h_pagebreaks([39])
    sheet.set_footer("&L&9&A&R&9&P / &N")
    sheet.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True, "objects": True}
    )


def layout_last_row() -> int:
    return max(extent(ref)[2] for ref in layout.REPORT_BLOCKS.values()) + 1


def _head(b: _Builder, sheet: Worksheet) -> None:
    band(b, sheet, "B1", "I1:N1", "B2:N2")
    sheet.write_blank(
        "B3",
        None,
        b.f(
            bold=True,
            font_size=14,
            align="center",
            bg_color=look.WATCH_FILL,
            font_color=look.WATCH_INK,
        ),
    )
    sheet.merge_range("C3:N3", "", b.f(font_size=13, text_wrap=True, bg_color=look.SOFT, indent=1))
    status_rules(b, sheet, "B3", "$P$3", "$P$1")
    for name in layout.REPORT_BLOCKS:
        if name.startswith("report_section_"):
            ref = layout.REPORT_BLOCKS[name]
            section(b, sheet, ref, quiet=extent(ref)[0] > 60)


def _kpi_block(b: _Builder, sheet: Worksheet, name: str, keys: str, table: bool) -> None:
    top, left, bottom, right = extent(layout.REPORT_BLOCKS[name])
    line: dict[str, Any] = {"bottom": 1, "bottom_color": look.RULE}
    formats = (
        b.f(**line, bold=True, text_wrap=True),
        b.f(**line, align="right"),
        b.f(**line, align="right", bold=True),
        b.f(**line, align="right", bold=True),
        b.f(**line, align="center", bold=True, text_wrap=True, font_size=10),
        b.f(
            **line,
            text_wrap=True,
            locked=False,
            font_size=10,
            bg_color=look.INPUT_FILL,
            font_color=look.INPUT_INK,
        ),
    )
    header = (
        [column_header(b)]
        + [column_header(b, align="right")] * 3
        + [column_header(b, align="center")]
        + [column_header(b)]
    )
    if table:
        sheet.add_table(
            top,
            left,
            bottom,
            right,
            {
                "name": b.table_name(contract.REPORT),
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": b.t(c.label), "header_format": h}
                    for c, h in zip(contract.REPORT.columns, header, strict=True)
                ],
            },
        )
    for column, style in enumerate(formats, start=left):
        if not table:
            sheet.write_blank(top, column, None, header[column - left])
        for row in range(top + 1, bottom + 1):
            sheet.write_blank(row, column, None, style)
    key_row, key_column, _, _ = extent(layout.REPORT_BLOCKS[keys])
    key = f"${chr(65 + key_column)}{key_row + 2}"
    status_rules(b, sheet, (top + 1, left + 3, bottom, left + 4), key, "$P$1")
    comment, draft = (f"${chr(65 + column)}{top + 2}" for column in (right, key_column + 2))
    sheet.conditional_format(
        top + 1,
        right,
        bottom,
        right,
        {  # a draft is not a person's word, and looks it
            "type": "formula",
            "criteria": f'=AND({draft}<>"",{comment}={draft})',
            "format": b.book.add_format({"italic": True, "font_color": "5B6876"}),
        },
    )


def _blocks(b: _Builder, sheet: Worksheet) -> None:
    line: dict[str, Any] = {"bottom": 1, "bottom_color": look.RULE}
    money = render_parts.money_format(b.currency, b.language)
    figures = {
        "report_by_influencer": ("General", "#,##0", "0.0%", money, "0.0%"),
        "report_by_network": ("General", "#,##0", "#,##0", "0.0%", money, "0.0%"),
    }
    for name, formats in figures.items():
        top, left, bottom, _ = extent(layout.REPORT_BLOCKS[name])
        for i, code in enumerate(formats):
            side = {"align": "right", "indent": 1} if i else {}
            sheet.write_blank(top, left + i, None, column_header(b, **side))
            for row in range(top + 1, bottom + 1):
                sheet.write_blank(
                    row, left + i, None, b.f(**line, **side, num_format=code, font_size=10)
                )
    top, left, bottom, _ = extent(layout.REPORT_BLOCKS["report_spend"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(**line))
        sheet.write_blank(row, left + 1, None, b.f(**line, bold=True, align="right"))
    top, left, bottom, _ = extent(layout.REPORT_BLOCKS["report_posts"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(font_size=9, shrink=True, indent=1))
    sheet.merge_range(
        layout.REPORT_BLOCKS["report_gauge_text"],
        "",
        b.f(bold=True, font_size=14, align="center", font_color=look.BAND),
    )
    top, left, bottom, _ = extent(layout.REPORT_BLOCKS["report_method"])
    for row in range(top, bottom + 1):
        sheet.write_blank(row, left, None, b.f(font_size=8, font_color="5B6876"))
        sheet.set_row(row, 12)
    quiet: dict[str, Any] = {"font_size": 9, "font_color": "9AA5B1"}
    for name, formats in {
        "report_attainment": ("General", "0%", "0%", "0%"),
        "report_trend": ("General", "#,##0", "0.0%"),
        "report_gauge": ("General", "0"),
        "report_comments": ("General",) * 3,
    }.items():
        top, left, bottom, _ = extent(layout.REPORT_BLOCKS[name])
        for row in range(top, bottom + 1):
            for i, code in enumerate(formats):
                sheet.write_blank(row, left + i, None, b.f(**quiet, num_format=code))


def _charts(b: _Builder, sheet: Worksheet) -> None:
    name = b.name(contract.REPORT)
    quiet_line = {"color": "#" + look.RULE}

    def block(id: str, column: int) -> list[Any]:
        top, left, bottom, _ = extent(layout.REPORT_BLOCKS[id])
        return [name, top + 1, left + column, bottom, left + column]

    def header(id: str, column: int) -> list[Any]:
        top, left, _, _ = extent(layout.REPORT_BLOCKS[id])
        return [name, top, left + column]

    def place(chart: Any, ref: str, alt: Text, rows: int, width: int) -> None:
        height = sum(
            points_to_pixels(_height(r)) for r in range(extent(ref)[0], extent(ref)[0] + rows)
        )
        chart.set_size({"width": width, "height": height - 4})
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"fill": {"none": True}})
        sheet.insert_chart(
            ref,
            chart,
            {"description": b.t(alt), "object_position": 1, "x_offset": 2, "y_offset": 2},
        )

    def pixels(columns: str) -> int:
        return sum(int(_WIDTHS[c] * 7 + 5) for c in columns)

    # Blue, grey and orange under either palette: a chart cannot follow the setting, and these are told apart by any eye.
    bars = b.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in ((1, look.MET_BAR), (2, look.WATCH_BAR), (3, look.MISS_BAR)):
        bars.add_series(
            {
                "name": header("report_attainment", column),
                "categories": block("report_attainment", 0),
                "values": block("report_attainment", column),
                "fill": {"color": "#" + colour},
                "gap": 45,
                "data_labels": {
                    "value": True,
                    "num_format": "0%;;",
                    "font": {**_FONT, "color": "#FFFFFF", "bold": True},
                    "position": "inside_end",
                },
            }
        )
    bars.set_x_axis(
        {
            "num_format": "0%",
            "label_position": "none",
            "major_gridlines": {"visible": True, "line": quiet_line},
            "min": 0,
            "line": {"none": True},
        }
    )
    bars.set_y_axis(
        {"reverse": True, "num_font": _FONT, "line": quiet_line, "major_tick_mark": "none"}
    )
    bars.set_legend({"position": "bottom", "font": _FONT})
    place(
        bars,
        "I6",
        Text(
            "Bar chart: how much of each objective is attained; ▲ blue met, ● grey to watch, ▼ orange behind.",
            "Barres : part de chaque objectif atteinte ; ▲ bleu atteint, ● gris à surveiller, ▼ orange en retard.",
        ),
        8,
        pixels("IJKLMN"),
    )

    gauge = b.book.add_chart({"type": "doughnut"})
    top, left, bottom, _ = extent(layout.REPORT_BLOCKS["report_gauge"])
    gauge.add_series(
        {
            "name": header("report_gauge", 0),
            "categories": [name, top + 1, left, bottom, left],
            "values": [name, top + 1, left + 1, bottom, left + 1],
            "points": [
                {"fill": {"color": "#" + look.MET_BAR}},
                {"fill": {"color": "#" + look.RULE}},
                {"fill": {"none": True}, "border": {"none": True}},
            ],
        }
    )
    gauge.set_rotation(270)
    gauge.set_hole_size(62)
    gauge.set_legend({"none": True})
    gauge.set_title({"none": True})
    place(
        gauge,
        "D16",
        Text(
            "Gauge: how many objectives are met out of those with a verdict.",
            "Jauge : nombre d’objectifs atteints parmi ceux qui ont un verdict.",
        ),
        8,
        pixels("DEF"),
    )

    trend = b.book.add_chart({"type": "column"})
    trend.add_series(
        {
            "name": header("report_trend", 1),
            "categories": block("report_trend", 0),
            "values": block("report_trend", 1),
            "fill": {"color": "#B7CFE2"},
            "gap": 60,
        }
    )
    line = b.book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": header("report_trend", 2),
            "categories": block("report_trend", 0),
            "values": block("report_trend", 2),
            "y2_axis": True,
            "smooth": False,
            "line": {"color": "#" + look.MET_BAR, "width": 2.25},
            "marker": {
                "type": "circle",
                "size": 5,
                "fill": {"color": "#" + look.MET_BAR},
                "border": {"color": "#" + look.MET_BAR},
            },
        }
    )
    trend.combine(line)
    trend.set_x_axis({"num_font": _FONT, "line": quiet_line, "major_tick_mark": "none"})
    trend.set_y_axis(
        {
            "num_font": _FONT,
            "num_format": "#,##0",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": quiet_line},
            "min": 0,
        }
    )
    line.set_y2_axis({"num_font": _FONT, "num_format": "0.0%", "line": {"none": True}, "min": 0})
    trend.set_legend({"position": "bottom", "font": _FONT})
    place(
        trend,
        "G16",
        Text(
            "Trend: reach as bars and engagement rate as a line, by day, week or month.",
            "Tendance : portée en barres et taux d’engagement en courbe, par jour, semaine ou mois.",
        ),
        7,
        pixels("GHIJKLMN"),
    )


def _height(row: int) -> float:
    """Row heights in points, tuned so that the page is filled; a KPI and its campaign may take two lines."""
    more, _, end, _ = extent(layout.REPORT_BLOCKS["report_kpis_more"])
    return _HEIGHTS.get(row, 28 if 6 <= row <= 12 or more < row <= end else 20)
