"""Native charts: PowerPoint draws them, and their figures stand in a sheet behind each, to be edited."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from xlkpi.core import wording
from xlkpi.core.texts import Language, Text, cut
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.deck import look
from xlkpi.deck.page import Box, Page, clean

_LETTERS = 10.0
#: Characters of a name that leave room for the bars.
_LABEL = 36
_VERDICTS = (Status.MET, Status.WATCH, Status.MISSED)
#: A day for the sheets behind the charts: their bytes depend on their figures alone.
_DAY = datetime(2026, 1, 1)
#: Of a share of an objective, the scale's end: beyond, lines at each 100 % would fill the chart.
_LINED = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart; with a status it is coloured by it, and its label begins with the sign."""

    label: str
    value: float | None
    status: Status | None = None


def percent(language: Language, digits: int = 0) -> str:
    """A number format: French sets a space before the sign."""
    return ("0.0" if digits else "0") + ("\\ %" if language == "fr" else "%")


def attainment(title: str, bars: Sequence[Bar], alt: str) -> Callable[[Page, Box], None]:
    """Bars of shares of an objective, one series a verdict; the line at 100 % is the objective."""

    def draw(page: Page, box: Box) -> None:
        language = page.deck.language
        names = [f"{wording.STATUS_SIGNS[s]} {STATUS_WORDS[s].in_(language)}" for s in _VERDICTS]
        labels = [
            f"{wording.STATUS_SIGNS[b.status]} {b.label}" if b.status else b.label for b in bars
        ]
        series = [
            (name, [b.value if b.status is s else None for b in bars])
            for name, s in zip(names, _VERDICTS, strict=True)
        ]
        chart = _chart(
            page, box, XL_CHART_TYPE.BAR_CLUSTERED, title, labels, series, percent(language), alt
        )
        plot, top = chart.plots[0], max((b.value or 0.0 for b in bars), default=1.0)
        plot.overlap, plot.gap_width = 100, 45
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale = 0, max(top, 1.0) * 1.2
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
        axis.has_major_gridlines = top <= _LINED
        if axis.has_major_gridlines:
            axis.major_unit = 1
            _faint(page, axis.major_gridlines)
        chart.category_axis.reverse_order = True
        for one, status in zip(plot.series, _VERDICTS, strict=True):
            one.format.fill.solid()
            one.format.fill.fore_color.rgb = look.rgb(look.ink(status, page.deck.settings).bar)
            _labels(page, one, percent(language))
        _legend(page, chart)

    return draw


def bars(
    title: str, items: Sequence[Bar], number_format: str, alt: str, top: float | None = None
) -> Callable[[Page, Box], None]:
    """Bars of one series, in the template's first colour."""
    return several(
        title, [b.label for b in items], [("", [b.value for b in items])], number_format, alt, top
    )


def several(
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    number_format: str,
    alt: str,
    top: float | None = None,
) -> Callable[[Page, Box], None]:
    """Bars side by side, the last series in the template's first colour, those before it fainter."""

    def draw(page: Page, box: Box) -> None:
        named = [(name or title, values) for name, values in series]
        chart = _chart(
            page, box, XL_CHART_TYPE.BAR_CLUSTERED, title, labels, named, number_format, alt
        )
        chart.plots[0].gap_width = 45
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale = 0, top
        axis.has_major_gridlines = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
        chart.category_axis.reverse_order = True
        for i, one in enumerate(chart.plots[0].series):
            one.format.fill.solid()
            one.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
            if i < len(series) - 1:
                one.format.fill.fore_color.brightness = 0.6
            else:  # labels of both would stand over each other
                _labels(page, one, number_format)
        if len(series) > 1:
            _legend(page, chart)

    return draw


def columns(
    title: str, labels: Sequence[str], values: Sequence[float | None], number_format: str, alt: str
) -> Callable[[Page, Box], None]:
    """Upright bars over time."""

    def draw(page: Page, box: Box) -> None:
        chart = _chart(
            page,
            box,
            XL_CHART_TYPE.COLUMN_CLUSTERED,
            title,
            labels,
            [(title, values)],
            number_format,
            alt,
        )
        chart.plots[0].gap_width = 50
        one = chart.plots[0].series[0]
        one.format.fill.solid()
        one.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        _scale(page, chart, number_format)

    return draw


def line(
    title: str, labels: Sequence[str], values: Sequence[float | None], number_format: str, alt: str
) -> Callable[[Page, Box], None]:
    """A line over time; a point where nothing is known is left open."""

    def draw(page: Page, box: Box) -> None:
        chart = _chart(
            page,
            box,
            XL_CHART_TYPE.LINE_MARKERS,
            title,
            labels,
            [(title, values)],
            number_format,
            alt,
        )
        one = chart.plots[0].series[0]
        one.smooth = False
        one.format.line.width = Pt(2.25)
        one.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        one.marker.size = 6
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_2
        one.marker.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        _scale(page, chart, number_format)

    return draw


def told(title: str, pairs: Sequence[tuple[str, str]], language: Language) -> str:
    """Alternative text of a chart: what it is and every figure in it, for those who hear it."""
    colon = Text(": ", "\u00a0: ").in_(language)
    return f"{title}{colon}" + "; ".join(f"{label} {value}" for label, value in pairs) + "."


# -- pieces ------------------------------------------------------------------------------------------


def _chart(
    page: Page,
    box: Box,
    kind: XL_CHART_TYPE,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    number_format: str,
    alt: str,
) -> Any:
    labels = [cut(clean(label), _LABEL) for label in labels]
    data: Any = CategoryChartData(number_format=number_format)  # type: ignore[no-untyped-call]
    data.categories = labels
    for name, values in series:
        data.add_series(clean(name), values)
    frame = page.slide.shapes.add_chart(kind, box.left, box.top, box.width, box.height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt)[:1500])
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(labels, series, number_format))
    chart.font.size = Pt(_LETTERS * page.deck.scale)
    page.deck.paint(chart.font)
    chart.has_legend = False
    chart.has_title = True
    run = chart.chart_title.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = clean(title), Pt(12 * page.deck.scale), True
    page.deck.paint(run.font)
    chart.chart_title.include_in_layout = False
    axis = chart.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _faint(page, axis)
    chart.value_axis.major_tick_mark = XL_TICK_MARK.NONE
    for id in chart._chartSpace.iter(
        qn("c:axId"), qn("c:crossAx")
    ):  # python-pptx gives them a sign; they have none
        id.set("val", str(int(id.get("val")) & 0x7FFFFFFF))
    return chart


def _sheet(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], number_format: str
) -> bytes:
    """The sheet behind a chart, where the chart expects its figures.  Text stays text: a name such as ``=1+1`` too."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _DAY})
    sheet, style = book.add_worksheet("Sheet1"), book.add_format({"num_format": number_format})
    for row, label in enumerate(labels, start=1):
        sheet.write_string(row, 0, label)
    for column, (name, values) in enumerate(series, start=1):
        sheet.write_string(0, column, clean(name))
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, style)
    book.close()
    return buffer.getvalue()


def _scale(page: Page, chart: Any, number_format: str) -> None:
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.has_major_gridlines = True
    _faint(page, axis.major_gridlines)
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False


def _faint(page: Page, part: Any) -> None:
    """Lines that guide and do not speak."""
    line = part.format.line
    line.width = Pt(0.75)
    line.fill.solid()
    properties = line._get_or_add_ln()
    properties.replace(properties.find(qn("a:solidFill")), page.deck.faint())


def _labels(page: Page, series: Any, number_format: str) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(_LETTERS * page.deck.scale)
    page.deck.paint(labels.font)


def _legend(page: Page, chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(_LETTERS * page.deck.scale)
    page.deck.paint(chart.legend.font)
