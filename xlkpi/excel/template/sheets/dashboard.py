"""How the Dashboard sheet looks: native charts on a page, bound to the blocks below it.

Each chart shows one series, named by its title and its direct labels, never by a colour: it reads in grey print.
A sentence lies under each chart, which is transparent: it shows where there is nothing to draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.charts import (
    BAR,
    LETTERS,
    LINE,
    NONE,
    Charts,
    figures,
    line_style,
    marker,
    points_to_pixels,
)
from xlkpi.excel.template.parts import band, extent, finish, section, set_widths
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import DASHBOARD_BLOCKS, DASHBOARD_PAGE
from xlkpi.excel.workbook.palette import BAND, FAINT, PAPER, QUIET, SOFT

_COLUMN, _ROW = 13.0, 23.0
_WIDTHS = {"A": 1.5, "B:Q": _COLUMN, "R": 1.5}
#: Thousands and millions by their letter, so that a label fits its bar.
_BRIEF = '[>=1000000]0.0,,"\u00a0M";[>=1000]0,"\u00a0k";0'
#: Greys of the matrix: the further up and left, the sooner.
_SHADES = (
    ("BCC7D3", "D5DCE4", SOFT),
    ("D5DCE4", "E6EBF0", SOFT),
    ("E6EBF0", SOFT, PAPER),
)
#: Block of chart data → the number formats of its columns.
_DATA = {
    "attainment": ("General", "0%", "0%", "0%"),
    "funnel": ("General", "0%"),
    "months": ("General", "#,##0", "0.0%", "0.0%"),
    "influencers": ("General", "#,##0", "0.0%", "0%"),
    "met": ("General", "0"),
    "budget": ("General", "0%"),
}


def draw_dashboard(b: Builder, sheet: Worksheet) -> None:
    set_widths(sheet, _WIDTHS)
    for row in range(2, 100):
        sheet.set_row(row, _ROW)
    band(b, sheet, "B1", DASHBOARD_BLOCKS["dashboard_period"], DASHBOARD_BLOCKS["dashboard_title"])
    for row in (2, 13, 24):
        sheet.set_row(row, 9)
    _texts(b, sheet)
    _matrix(b, sheet)
    _data(b, sheet)
    _charts(Charts(b, sheet, contract.DASHBOARD))
    finish(b, sheet, contract.DASHBOARD, DASHBOARD_PAGE, 1, repeat=False)


def _texts(b: Builder, sheet: Worksheet) -> None:
    """Titles, the sentences under the charts, and the figures in the gauges."""
    note: dict[str, Any] = {"font_size": 9, "italic": True, "font_color": QUIET}
    figure: dict[str, Any] = {"bold": True, "font_size": 18, "font_color": BAND}
    for name, ref in DASHBOARD_BLOCKS.items():
        if "_section_" in name:
            section(b, sheet, ref, quiet=name.endswith("_data"))
        elif name.endswith("_note"):
            sheet.merge_range(ref, "", b.f(**note, align="center", text_wrap=True))
        elif name.endswith("_text"):
            sheet.merge_range(ref, "", b.f(**figure, align="center"))


def _matrix(b: Builder, sheet: Worksheet) -> None:
    """Impact by urgency, in shades of grey that print; the counts say the rest."""
    top, left, bottom, right = extent(DASHBOARD_BLOCKS["dashboard_matrix"])
    assert right == left + 3
    label: dict[str, Any] = {"font_size": 9, "bold": True, "font_color": BAND}
    for column in range(left, right + 1):
        side = "center" if column > left else "left"
        sheet.write_blank(top, column, None, b.f(**label, shrink=True, align=side))
    for shades, row in zip(_SHADES, range(top + 1, bottom + 1, 3), strict=True):
        sheet.merge_range(row, left, row + 2, left, "", b.f(**label))
        for column, shade in enumerate(shades, start=left + 1):
            look = b.f(
                font_size=16,
                bold=True,
                align="center",
                bg_color=shade,
                border=1,
                border_color=PAPER,
            )
            sheet.merge_range(row, column, row + 2, column, "", look)


def _data(b: Builder, sheet: Worksheet) -> None:
    for name, codes in _DATA.items():
        top, left, bottom, _ = extent(DASHBOARD_BLOCKS[f"dashboard_{name}"])
        for row in range(top, bottom + 1):
            for column, code in enumerate(codes, start=left):
                look = b.f(font_size=9, font_color=FAINT, num_format=code)
                sheet.write_blank(row, column, None, look)


# -- charts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ChartPlace:
    """Where a chart stands: its first cell, and how many columns and rows it covers."""

    at: str
    columns: int
    rows: int


_MET = Text(
    "Gauge: objectives met out of those with a verdict.",
    "Jauge : objectifs atteints parmi ceux qui ont un verdict.",
)
_BUDGET = Text(
    "Gauge: share of the budget that is spent.", "Jauge : part du budget qui est dépensée."
)
_ATTAINMENT = Text(
    "Bar chart: how much of each objective is attained; ▲ is met, ● to watch, ▼ behind.",
    "Barres : part de chaque objectif atteinte ; ▲ atteint, ● à surveiller, ▼ en retard.",
)
_FUNNEL = Text(
    "Bar chart: how much of its objectives each stage of the funnel attains; ▼ is the weakest.",
    "Barres : part de ses objectifs que chaque étape du tunnel atteint ; ▼ la plus faible.",
)
#: Place, format of the figures and alternative text of each trend, by its column of the data.
_TRENDS = (
    (
        _ChartPlace("B16", 5, 9),
        _BRIEF,
        Text(
            "Trend: reach by month, as a line with its figures.",
            "Tendance : portée par mois, en courbe avec ses chiffres.",
        ),
    ),
    (
        _ChartPlace("G16", 6, 9),
        "0.0%",
        Text(
            "Trend: engagement rate by month, as a line with its figures.",
            "Tendance : taux d’engagement par mois, en courbe avec ses chiffres.",
        ),
    ),
    (
        _ChartPlace("M16", 5, 9),
        "0%",
        Text(
            "Trend: share of positive comments by month, as a line with its figures.",
            "Tendance : part de commentaires positifs par mois, en courbe avec ses chiffres.",
        ),
    ),
)
_EACH = Text(
    "Bar chart: {w} of each influencer, in the same order as in the charts beside it.",
    "Barres : {w} de chaque influenceur, dans le même ordre que les graphiques voisins.",
)
#: First cell, format and lowest value of each small chart of the influencers, and what it shows; by column.
_INFLUENCERS: tuple[tuple[str, str | None, int | None, Text], ...] = (
    ("B27", _BRIEF, 0, Text("reach", "portée")),
    ("F27", "0.0%", 0, Text("engagement rate", "taux d’engagement")),
    (
        "J27",
        None,
        None,
        Text(
            "ROI, or EMV ÷ spend where no ROI is known (the title above it says which),",
            "ROI, ou EMV ÷ dépenses si aucun ROI n’est connu (le titre au-dessus dit lequel),",
        ),
    ),
)
#: Where the line stands in its chart, as shares of it: the figures need room above and at the sides.
_PLOT = {"x": 0.04, "y": 0.16, "width": 0.92, "height": 0.66}


def _charts(charts: Charts) -> None:
    _place(charts, charts.gauge("met"), _ChartPlace("B5", 3, 9), _MET)
    _place(charts, charts.gauge("budget"), _ChartPlace("E5", 3, 9), _BUDGET)
    attainment = charts.attainment("attainment", gap=40)
    _bar_axes(attainment, 0)
    _place(charts, attainment, _ChartPlace("H5", 5, 9), _ATTAINMENT)
    _place(charts, _bars(charts, "funnel", 1, "0%", 0), _ChartPlace("M5", 5, 9), _FUNNEL)
    for column, (place, code, alt) in enumerate(_TRENDS, start=1):
        _place(charts, _trend(charts, column, code), place, alt, {"layout": _PLOT})
    for column, (at, form, low, shown) in enumerate(_INFLUENCERS, start=1):
        bars = _bars(charts, "influencers", column, form, low)
        _place(charts, bars, _ChartPlace(at, 4, 10), _EACH.format(w=shown))


def _place(
    charts: Charts, chart: Any, place: _ChartPlace, alt: Text, plot: dict[str, Any] | None = None
) -> None:
    """Without a title: it stands in the cells above."""
    chart.set_plotarea({"fill": NONE, **(plot or {})})
    chart.set_title(NONE)
    width = place.columns * int(_COLUMN * 7 + 5) - 6
    charts.place(chart, place.at, width, points_to_pixels(place.rows * _ROW) - 4, alt)


def _bars(charts: Charts, id: str, column: int, code: str | None, low: int | None) -> Any:
    """Bars with their figures, from ``low`` on."""
    bars = charts.b.book.add_chart({"type": "bar"})
    labels = figures(code, "outside_end")
    bars.add_series(charts.series(id, column, fill={"color": BAR}, gap=40, data_labels=labels))
    _bar_axes(bars, low)
    return bars


def _bar_axes(bars: Any, low: int | None) -> None:
    bars.set_x_axis(
        {
            "label_position": "none",
            "major_gridlines": {"visible": False},
            "major_tick_mark": "none",
            "line": NONE,
            **({} if low is None else {"min": low}),
        }
    )
    bars.set_y_axis(
        {
            "reverse": True,
            "num_font": LETTERS,
            "line": LINE,
            "major_tick_mark": "none",
            "label_position": "low",
        }
    )
    bars.set_legend(NONE)


def _trend(charts: Charts, column: int, code: str) -> Any:
    """A line with a figure at each month."""
    line = charts.b.book.add_chart({"type": "line"})
    style = {"line": line_style(), "marker": marker(6), "data_labels": figures(code, "above")}
    line.add_series(charts.series("months", column, **style))
    line.set_x_axis({"num_font": LETTERS, "line": LINE, "major_tick_mark": "none"})
    line.set_y_axis(
        {
            "label_position": "none",
            "min": 0,
            "line": NONE,
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
        }
    )
    line.set_legend(NONE)
    line.show_blanks_as("gap")
    return line
