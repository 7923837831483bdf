"""Native charts: PowerPoint draws them, and their figures stand in a sheet behind each, to be edited."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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

from xlkpi.core import wording, words
from xlkpi.core.texts import Language, cut
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.deck import look
from xlkpi.deck.layouts import Box
from xlkpi.deck.slide import Slide, clean

_LETTERS = 10.0
#: Characters of a name that leave room for the bars.
_LABEL = 36
_VERDICTS = (Status.MET, Status.WATCH, Status.MISSED)
#: A day for the sheets behind the charts: their bytes depend on their figures alone.
_DAY = datetime(2026, 1, 1)
#: Of a share of an objective, the scale's end: beyond, lines at each 100 % would fill the chart.
_LINED = 6.0


Draw = Callable[[Slide, Box], None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart; with a status it is coloured by it, and its label begins with the sign."""

    label: str
    value: float | None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """What a chart shows: a series is a name and a value for each label."""

    title: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    number_format: str
    alt: str


def percent(language: Language, digits: int = 0) -> str:
    """A number format: French sets a space before the sign."""
    return ("0.0" if digits else "0") + ("\\ %" if language == "fr" else "%")


def attainment(title: str, bars: Sequence[Bar], alt: str) -> Draw:
    """Bars of shares of an objective, one series a verdict; the line at 100 % is the objective."""

    def draw(slide: Slide, box: Box) -> None:
        shares = _by_verdict(title, bars, alt, slide.deck.language)
        chart = _add(slide, box, XL_CHART_TYPE.BAR_CLUSTERED, shares)
        plot, top = chart.plots[0], max((b.value or 0.0 for b in bars), default=1.0)
        plot.overlap, plot.gap_width = 100, 45
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale = 0, max(top, 1.0) * 1.2
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
        axis.has_major_gridlines = top <= _LINED
        if axis.has_major_gridlines:
            axis.major_unit = 1
            _faint(slide, axis.major_gridlines)
        chart.category_axis.reverse_order = True
        for one, status in zip(plot.series, _VERDICTS, strict=True):
            one.format.fill.solid()
            one.format.fill.fore_color.rgb = look.rgb(look.ink(status, slide.deck.settings).bar)
            _labels(slide, one, shares.number_format)
        _legend(slide, chart)

    return draw


def _by_verdict(title: str, bars: Sequence[Bar], alt: str, language: Language) -> ChartFigures:
    signs = wording.STATUS_SIGNS
    labels = [f"{signs[b.status]} {b.label}" if b.status else b.label for b in bars]
    series = [
        (
            f"{signs[status]} {STATUS_WORDS[status].in_(language)}",
            [b.value if b.status is status else None for b in bars],
        )
        for status in _VERDICTS
    ]
    return ChartFigures(title, labels, series, percent(language), alt)


def bars(
    title: str, items: Sequence[Bar], number_format: str, alt: str, top: float | None = None
) -> Draw:
    """Bars of one series, in the template's first colour."""
    labels, values = [b.label for b in items], [b.value for b in items]
    return several(ChartFigures(title, labels, [("", values)], number_format, alt), top)


def several(given: ChartFigures, top: float | None = None) -> Draw:
    """Bars side by side, the last series in the template's first colour, those before it fainter."""
    named = [(name or given.title, values) for name, values in given.series]
    shown = replace(given, series=named)

    def draw(slide: Slide, box: Box) -> None:
        chart = _add(slide, box, XL_CHART_TYPE.BAR_CLUSTERED, shown)
        chart.plots[0].gap_width = 45
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale = 0, top
        axis.has_major_gridlines = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.format.line.fill.background()
        chart.category_axis.reverse_order = True
        for i, one in enumerate(chart.plots[0].series):
            _fill(one)
            if i < len(named) - 1:
                one.format.fill.fore_color.brightness = 0.6
            else:  # labels of both would stand over each other
                _labels(slide, one, shown.number_format)
        if len(named) > 1:
            _legend(slide, chart)

    return draw


def columns(
    title: str, labels: Sequence[str], values: Sequence[float | None], number_format: str, alt: str
) -> Draw:
    """Upright bars over time."""
    given = ChartFigures(title, labels, [(title, values)], number_format, alt)

    def draw(slide: Slide, box: Box) -> None:
        chart = _add(slide, box, XL_CHART_TYPE.COLUMN_CLUSTERED, given)
        chart.plots[0].gap_width = 50
        _fill(chart.plots[0].series[0])
        _scale(slide, chart, number_format)

    return draw


def line(
    title: str, labels: Sequence[str], values: Sequence[float | None], number_format: str, alt: str
) -> Draw:
    """A line over time; a point where nothing is known is left open."""
    given = ChartFigures(title, labels, [(title, values)], number_format, alt)

    def draw(slide: Slide, box: Box) -> None:
        chart = _add(slide, box, XL_CHART_TYPE.LINE_MARKERS, given)
        one = chart.plots[0].series[0]
        one.smooth = False
        one.format.line.width = Pt(2.25)
        one.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        one.marker.size = 6
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_2
        one.marker.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        _scale(slide, chart, number_format)

    return draw


def described(title: str, pairs: Sequence[tuple[str, str]], language: Language) -> str:
    """Alternative text of a chart: what it is and every figure in it, for those who hear it."""
    colon = words.COLON.in_(language)
    return f"{title}{colon}" + "; ".join(f"{label} {value}" for label, value in pairs) + "."


# -- pieces ------------------------------------------------------------------------------------------


def _add(slide: Slide, box: Box, kind: XL_CHART_TYPE, given: ChartFigures) -> Any:
    """The chart with its figures, in the letters of the template; colours and scales are the caller's."""
    labels = [cut(clean(label), _LABEL) for label in given.labels]
    data: Any = CategoryChartData(number_format=given.number_format)  # type: ignore[no-untyped-call]
    data.categories = labels
    for name, values in given.series:
        data.add_series(clean(name), values)
    frame = slide.raw.shapes.add_chart(kind, *box.sides, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(given.alt)[:1500])
    chart = frame.chart
    blob = _sheet(labels, given.series, given.number_format)
    chart.part.chart_workbook.update_from_xlsx_blob(blob)
    chart.font.size = Pt(_LETTERS * slide.deck.scale)
    slide.deck.paint(chart.font)
    chart.has_legend = False
    _title(slide, chart, given.title)
    _axes(slide, chart)
    return chart


def _title(slide: Slide, chart: Any, title: str) -> None:
    chart.has_title = True
    run = chart.chart_title.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = clean(title), Pt(12 * slide.deck.scale), True
    slide.deck.paint(run.font)
    chart.chart_title.include_in_layout = False


def _axes(slide: Slide, chart: Any) -> None:
    axis = chart.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _faint(slide, axis)
    chart.value_axis.major_tick_mark = XL_TICK_MARK.NONE
    for id in chart._chartSpace.iter(
        qn("c:axId"), qn("c:crossAx")
    ):  # python-pptx gives them a sign; they have none
        id.set("val", str(int(id.get("val")) & 0x7FFFFFFF))


def _fill(series: Any) -> None:
    """In the template's first colour."""
    series.format.fill.solid()
    series.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


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


def _scale(slide: Slide, chart: Any, number_format: str) -> None:
    axis = chart.value_axis
    axis.minimum_scale = 0
    axis.has_major_gridlines = True
    _faint(slide, axis.major_gridlines)
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False


def _faint(slide: Slide, part: Any) -> None:
    """Lines that guide and do not speak."""
    line = part.format.line
    line.width = Pt(0.75)
    line.fill.solid()
    properties = line._get_or_add_ln()
    properties.replace(properties.find(qn("a:solidFill")), slide.deck.faint())


def _labels(slide: Slide, series: Any, number_format: str) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(_LETTERS * slide.deck.scale)
    slide.deck.paint(labels.font)


def _legend(slide: Slide, chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(_LETTERS * slide.deck.scale)
    slide.deck.paint(chart.legend.font)
