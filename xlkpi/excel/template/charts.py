"""Native charts of the template's sheets, bound to the blocks that the report writes.

Blue, grey and orange stand under either palette: a chart cannot follow the setting, and these are told apart by
any eye.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import FONT, Builder
from xlkpi.excel.template.parts import extent
from xlkpi.excel.workbook import palette
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.formats import SHARE_OF_BAR
from xlkpi.excel.workbook.layout import SHEET_BLOCKS

LETTERS: dict[str, Any] = {"name": FONT, "size": 9, "color": palette.INK}
LINE = {"color": "#" + palette.RULE}
BAR = "#" + palette.MET.bar
NONE = {"none": True}
#: Colour of a met, a watched and a missed objective.
_VERDICTS = (palette.MET, palette.WATCH, palette.MISSED)


class Charts:
    """The charts of one sheet; blocks are named without the sheet's own word."""

    def __init__(self, b: Builder, sheet: Worksheet, spec: Sheet) -> None:
        self.b, self.sheet, self.spec = b, sheet, spec

    def block(self, id: str, column: int) -> list[Any]:
        """The body of one column of a block, for a series."""
        top, left, bottom, _ = self._extent(id)
        return [self.b.name(self.spec), top + 1, left + column, bottom, left + column]

    def series(self, id: str, column: int, **more: Any) -> dict[str, Any]:
        """A column of a block over its first column, named by its header."""
        top, left, _, _ = self._extent(id)
        return {
            "name": [self.b.name(self.spec), top, left + column],
            "categories": self.block(id, 0),
            "values": self.block(id, column),
            **more,
        }

    def _extent(self, id: str) -> tuple[int, int, int, int]:
        return extent(SHEET_BLOCKS[self.spec.id][f"{self.spec.id}_{id}"])

    def gauge(self, id: str) -> Any:
        """A ring of which the lower half is unseen: done, still to do, the rest."""
        chart = self.b.book.add_chart({"type": "doughnut"})
        points = [
            {"fill": {"color": BAR}},
            {"fill": LINE},
            {"fill": NONE, "border": NONE},
        ]
        chart.add_series(self.series(id, 0) | {"values": self.block(id, 1), "points": points})
        chart.set_rotation(270)
        chart.set_hole_size(62)
        chart.set_legend(NONE)
        chart.set_title(NONE)
        return chart

    def attainment(self, id: str, gap: int) -> Any:
        """Bars of how much of each objective is attained, a series for each verdict."""
        chart = self.b.book.add_chart({"type": "bar", "subtype": "stacked"})
        for column, colours in enumerate(_VERDICTS, start=1):
            fill = {"color": "#" + colours.bar}
            labels = figures(SHARE_OF_BAR, "inside_end", color="#" + palette.PAPER)
            chart.add_series(self.series(id, column, fill=fill, gap=gap, data_labels=labels))
        return chart

    def place(self, chart: Any, at: str, width: float, height: float, alt: Text) -> None:
        """Put a chart over its cells, transparent, with the text that is read aloud in its place."""
        chart.set_size({"width": width, "height": height})
        chart.set_chartarea({"border": NONE, "fill": NONE})
        self.sheet.insert_chart(
            at,
            chart,
            {"description": self.b.t(alt), "object_position": 1, "x_offset": 2, "y_offset": 2},
        )


def points_to_pixels(points: float) -> int:
    return int(points * 4 / 3)


def figures(code: str | None, position: str, **font: Any) -> dict[str, Any]:
    """Figures beside bars or points; without a ``code`` of their own these look as they do in the cells."""
    own = {"num_format": code} if code else {}
    return {"value": True, **own, "font": {**LETTERS, "bold": True, **font}, "position": position}


def line_style() -> dict[str, Any]:
    """Of a line with its points."""
    return {"color": BAR, "width": 2.25}


def marker(size: int) -> dict[str, Any]:
    return {"type": "circle", "size": size, "fill": {"color": BAR}, "border": {"color": BAR}}
