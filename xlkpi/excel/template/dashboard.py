"""How the Dashboard sheet looks: native charts on a page, bound to the blocks below it.

Each chart shows one series, told by its title and its direct labels, never by a colour: it reads in grey print.
A sentence lies under each chart, which is transparent: it shows where there is nothing to draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template import build as look
from xlkpi.excel.template.parts import QUIET, band, extent, finish, points_to_pixels, section
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import DASHBOARD_BLOCKS, DASHBOARD_PAGE

if TYPE_CHECKING:
    from xlkpi.excel.template.build import _Builder

_COLUMN, _ROW = 13.0, 23.0
_FONT: dict[str, Any] = {"name": "Calibri", "size": 9, "color": look.INK}
_LINE = {"color": "#" + look.RULE}
_BAR = "#" + look.MET_BAR
#: Thousands and millions by their letter, so that a label fits its bar.
_BRIEF = '[>=1000000]0.0,,"\u00a0M";[>=1000]0,"\u00a0k";0'


def draw_dashboard(b: _Builder, sheet: Worksheet) -> None:
    sheet.set_column("A:A", 1.5)
    sheet.set_column("B:Q", _COLUMN)
    sheet.set_column("R:R", 1.5)
    for row in range(2, 100):
        sheet.set_row(row, _ROW)
    band(b, sheet, "B1", DASHBOARD_BLOCKS["dashboard_period"], DASHBOARD_BLOCKS["dashboard_title"])
    for row in (2, 13, 24):
        sheet.set_row(row, 9)
    for name, ref in DASHBOARD_BLOCKS.items():
        if "_section_" in name:
            section(b, sheet, ref, quiet=name.endswith("_data"))
        elif name.endswith("_note"):
            sheet.merge_range(
                ref,
                "",
                b.f(font_size=9, italic=True, font_color=QUIET, align="center", text_wrap=True),
            )
        elif name.endswith("_text"):
            sheet.merge_range(
                ref, "", b.f(bold=True, font_size=18, align="center", font_color=look.BAND)
            )
    _matrix(b, sheet)
    _data(b, sheet)
    _Charts(b, sheet).draw()
    finish(b, sheet, contract.DASHBOARD, DASHBOARD_PAGE, 1, repeat=False)


def _matrix(b: _Builder, sheet: Worksheet) -> None:
    """The further up and left, the sooner: shades of grey that print, and the counts say the rest."""
    top, left, bottom, right = extent(DASHBOARD_BLOCKS["dashboard_matrix"])
    for column in range(left, right + 1):
        sheet.write_blank(
            top,
            column,
            None,
            b.f(
                font_size=9,
                bold=True,
                shrink=True,
                font_color=look.BAND,
                align="center" if column > left else "left",
            ),
        )
    shades = (
        ("BCC7D3", "D5DCE4", look.SOFT),
        ("D5DCE4", "E6EBF0", look.SOFT),
        ("E6EBF0", look.SOFT, look.PAPER),
    )
    for i, row in enumerate(range(top + 1, bottom + 1, 3)):
        sheet.merge_range(
            row, left, row + 2, left, "", b.f(font_size=9, bold=True, font_color=look.BAND)
        )
        for c, shade in enumerate(shades[i]):
            sheet.merge_range(
                row,
                left + 1 + c,
                row + 2,
                left + 1 + c,
                "",
                b.f(
                    font_size=16,
                    bold=True,
                    align="center",
                    bg_color=shade,
                    border=1,
                    border_color=look.PAPER,
                ),
            )
    assert right == left + 3


def _data(b: _Builder, sheet: Worksheet) -> None:
    formats = {
        "attainment": ("General", "0%", "0%", "0%"),
        "funnel": ("General", "0%"),
        "months": ("General", "#,##0", "0.0%", "0.0%"),
        "influencers": ("General", "#,##0", "0.0%", "0%"),
        "met": ("General", "0"),
        "budget": ("General", "0%"),
    }
    for name, codes in formats.items():
        top, left, bottom, _ = extent(DASHBOARD_BLOCKS[f"dashboard_{name}"])
        for row in range(top, bottom + 1):
            for i, code in enumerate(codes):
                sheet.write_blank(
                    row, left + i, None, b.f(font_size=9, font_color="9AA5B1", num_format=code)
                )


class _Charts:
    def __init__(self, b: _Builder, sheet: Worksheet) -> None:
        self.b, self.sheet, self.name = b, sheet, b.name(contract.DASHBOARD)

    def draw(self) -> None:
        self._gauge(
            "met",
            "B5",
            3,
            Text(
                "Gauge: objectives met out of those with a verdict.",
                "Jauge : objectifs atteints parmi ceux qui ont un verdict.",
            ),
        )
        self._gauge(
            "budget",
            "E5",
            3,
            Text(
                "Gauge: share of the budget that is spent.",
                "Jauge : part du budget qui est dépensée.",
            ),
        )
        self._attainment("H5", 5)
        self._bars(
            "funnel",
            1,
            "M5",
            5,
            9,
            "0%",
            Text(
                "Bar chart: how much of its objectives each stage of the funnel attains; ▼ is the weakest.",
                "Barres : part de ses objectifs que chaque étape du tunnel atteint ; ▼ la plus faible.",
            ),
        )
        self._trend(
            1,
            "B16",
            5,
            _BRIEF,
            Text(
                "Trend: reach by month, as a line with its figures.",
                "Tendance : portée par mois, en courbe avec ses chiffres.",
            ),
        )
        self._trend(
            2,
            "G16",
            6,
            "0.0%",
            Text(
                "Trend: engagement rate by month, as a line with its figures.",
                "Tendance : taux d’engagement par mois, en courbe avec ses chiffres.",
            ),
        )
        self._trend(
            3,
            "M16",
            5,
            "0%",
            Text(
                "Trend: share of positive comments by month, as a line with its figures.",
                "Tendance : part de commentaires positifs par mois, en courbe avec ses chiffres.",
            ),
        )
        for column, at, code, low, en, fr in (
            (1, "B27", _BRIEF, 0, "reach", "portée"),
            (2, "F27", "0.0%", 0, "engagement rate", "taux d’engagement"),
            (
                3,
                "J27",
                None,
                None,
                "ROI, or EMV ÷ spend where no ROI is known (the title above it says which),",
                "ROI, ou EMV ÷ dépenses si aucun ROI n’est connu (le titre au-dessus dit lequel),",
            ),
        ):
            self._bars(
                "influencers",
                column,
                at,
                4,
                10,
                code,
                Text(
                    f"Bar chart: {en} of each influencer, in the same order as in the charts beside it.",
                    f"Barres : {fr} de chaque influenceur, dans le même ordre que les graphiques voisins.",
                ),
                low,
            )

    # -- pieces --------------------------------------------------------------------------------

    def _block(self, id: str, column: int) -> list[Any]:
        top, left, bottom, _ = extent(DASHBOARD_BLOCKS[f"dashboard_{id}"])
        return [self.name, top + 1, left + column, bottom, left + column]

    def _header(self, id: str, column: int) -> list[Any]:
        top, left, _, _ = extent(DASHBOARD_BLOCKS[f"dashboard_{id}"])
        return [self.name, top, left + column]

    def _place(
        self,
        chart: Any,
        ref: str,
        columns: int,
        rows: int,
        alt: Text,
        plot: dict[str, float] | None = None,
    ) -> None:
        chart.set_size(
            {
                "width": columns * int(_COLUMN * 7 + 5) - 6,
                "height": points_to_pixels(rows * _ROW) - 4,
            }
        )
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"fill": {"none": True}, **({"layout": plot} if plot else {})})
        chart.set_title({"none": True})
        self.sheet.insert_chart(
            ref,
            chart,
            {"description": self.b.t(alt), "object_position": 1, "x_offset": 2, "y_offset": 2},
        )

    def _gauge(self, id: str, ref: str, columns: int, alt: Text) -> None:
        gauge = self.b.book.add_chart({"type": "doughnut"})
        gauge.add_series(
            {
                "name": self._header(id, 0),
                "categories": self._block(id, 0),
                "values": self._block(id, 1),
                "points": [
                    {"fill": {"color": _BAR}},
                    {"fill": {"color": "#" + look.RULE}},
                    {"fill": {"none": True}, "border": {"none": True}},
                ],
            }
        )
        gauge.set_rotation(270)
        gauge.set_hole_size(62)
        gauge.set_legend({"none": True})
        self._place(gauge, ref, columns, 9, alt)

    def _attainment(self, ref: str, columns: int) -> None:
        bars = self.b.book.add_chart({"type": "bar", "subtype": "stacked"})
        for column, colour in ((1, look.MET_BAR), (2, look.WATCH_BAR), (3, look.MISS_BAR)):
            bars.add_series(
                {
                    "name": self._header("attainment", column),
                    "categories": self._block("attainment", 0),
                    "values": self._block("attainment", column),
                    "fill": {"color": "#" + colour},
                    "gap": 40,
                    "data_labels": {
                        "value": True,
                        "num_format": "0%;;",
                        "position": "inside_end",
                        "font": {**_FONT, "color": "#FFFFFF", "bold": True},
                    },
                }
            )
        self._axes(bars)
        bars.set_legend({"none": True})
        self._place(
            bars,
            ref,
            columns,
            9,
            Text(
                "Bar chart: how much of each objective is attained; ▲ is met, ● to watch, ▼ behind.",
                "Barres : part de chaque objectif atteinte ; ▲ atteint, ● à surveiller, ▼ en retard.",
            ),
        )

    def _axes(self, bars: Any, low: float | None = 0) -> None:
        bars.set_x_axis(
            {
                "label_position": "none",
                "major_gridlines": {"visible": False},
                "major_tick_mark": "none",
                "line": {"none": True},
                **({} if low is None else {"min": low}),
            }
        )
        bars.set_y_axis(
            {
                "reverse": True,
                "num_font": _FONT,
                "line": _LINE,
                "major_tick_mark": "none",
                "label_position": "low",
            }
        )

    def _bars(
        self,
        id: str,
        column: int,
        ref: str,
        columns: int,
        rows: int,
        code: str | None,
        alt: Text,
        low: float | None = 0,
    ) -> None:
        """Bars with their figures; without a ``code`` of their own these look as they do in the cells."""
        bars = self.b.book.add_chart({"type": "bar"})
        bars.add_series(
            {
                "name": self._header(id, column),
                "categories": self._block(id, 0),
                "values": self._block(id, column),
                "fill": {"color": _BAR},
                "gap": 40,
                "data_labels": {
                    "value": True,
                    **({"num_format": code} if code else {}),
                    "font": {**_FONT, "bold": True},
                    "position": "outside_end",
                },
            }
        )
        self._axes(bars, low)
        bars.set_legend({"none": True})
        self._place(bars, ref, columns, rows, alt)

    def _trend(self, column: int, ref: str, columns: int, code: str, alt: Text) -> None:
        line = self.b.book.add_chart({"type": "line"})
        line.add_series(
            {
                "name": self._header("months", column),
                "categories": self._block("months", 0),
                "values": self._block("months", column),
                "line": {"color": _BAR, "width": 2.25},
                "marker": {
                    "type": "circle",
                    "size": 6,
                    "fill": {"color": _BAR},
                    "border": {"color": _BAR},
                },
                "data_labels": {
                    "value": True,
                    "num_format": code,
                    "font": {**_FONT, "bold": True},
                    "position": "above",
                },
            }
        )
        line.set_x_axis({"num_font": _FONT, "line": _LINE, "major_tick_mark": "none"})
        line.set_y_axis(
            {
                "label_position": "none",
                "min": 0,
                "line": {"none": True},
                "major_tick_mark": "none",
                "major_gridlines": {"visible": False},
            }
        )
        line.set_legend({"none": True})
        line.show_blanks_as("gap")
        self._place(
            line, ref, columns, 9, alt, {"x": 0.04, "y": 0.16, "width": 0.92, "height": 0.66}
        )
