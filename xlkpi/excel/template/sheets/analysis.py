"""How the Analysis sheet looks: comparisons, quality and recommendations, a printed page each."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.parts import band, extent, finish, rows_table, section, set_widths
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import (
    ANALYSIS_BLOCKS,
    ANALYSIS_PAGE,
    ANALYSIS_PAGES,
    ANALYSIS_TABLES,
)
from xlkpi.excel.workbook.palette import BAND, MET

_NAME: dict[str, Any] = {"bold": True, "shrink": True}
_TEXT: dict[str, Any] = {}
_SMALL: dict[str, Any] = {"text_wrap": True, "font_size": 9}
_RIGHT: dict[str, Any] = {"align": "right", "indent": 1}
_CENTRE: dict[str, Any] = {"align": "center", "bold": True}
_COUNT = {**_RIGHT, "num_format": "#,##0"}
_COMPARED = (_NAME, _RIGHT, _RIGHT, {**_RIGHT, "bold": True}, {**_CENTRE, "shrink": True})
_SOURCED = (
    _NAME,
    {"shrink": True},
    _RIGHT,
    _RIGHT,
    {**_RIGHT, "bold": True},
    {**_CENTRE, "shrink": True},
    _RIGHT,
    {"font_size": 9, "shrink": True, "indent": 1},
)
_SEGMENT = ({"shrink": True}, _NAME, _RIGHT, _RIGHT, {**_RIGHT, "bold": True}, {"align": "center"})
#: Table → how its columns look, heights of header and rows, columns that take the status colour.
_LOOKS: dict[
    str, tuple[tuple[dict[str, Any], ...], tuple[float, float], tuple[int, int] | None]
] = {
    "previous": (_COMPARED, (18, 18), (3, 4)),
    "trend": (_COMPARED, (18, 18), (3, 4)),
    "peers": ((_NAME, {"font_size": 9, "shrink": True}, *[_RIGHT] * 6), (30, 19), None),
    "benchmarks": (_SOURCED, (18, 18), (4, 5)),
    "ads": (_SOURCED, (18, 18), (4, 5)),
    "campaigns": (
        (
            _NAME,
            {"shrink": True},
            {"shrink": True},
            {"shrink": True},
            _CENTRE,
            _COUNT,
            *[_RIGHT] * 5,
        ),
        (18, 18),
        None,
    ),
    "criteria": (
        (
            _NAME,
            _TEXT,
            {**_RIGHT, "bold": True},
            _RIGHT,
            {"align": "center", "font_color": MET.bar},
        ),
        (18, 18),
        None,
    ),
    "scores": ((_NAME, {**_RIGHT, "bold": True}), (18, 18), None),
    "months": ((_NAME, _RIGHT, _COUNT), (18, 18), None),
    "influencers": ((_NAME, *[_RIGHT] * 4, {"indent": 1, "shrink": True}), (18, 18), None),
    "tiers": ((_NAME, _COUNT, *[_RIGHT] * 4), (18, 18), None),
    "audience": (_SEGMENT, (18, 18), None),
    "audience_more": (_SEGMENT, (18, 18), None),
    "funnel": (
        (
            _NAME,
            _CENTRE,
            {**_RIGHT, "bold": True},
            _RIGHT,
            *[{"indent": 1, "shrink": True}] * 3,
            {"bold": True, "shrink": True},
        ),
        (18, 18),
        (1, 1),
    ),
    "readings": (
        (
            _CENTRE,
            {"bold": True, "text_wrap": True},
            _SMALL,
            _SMALL,
            _SMALL,
            {**_SMALL, "bold": True},
        ),
        (18, 36),
        (0, 0),
    ),
    "decisions": (
        (
            _NAME,
            {"shrink": True},
            {"shrink": True},
            _COUNT,
            _CENTRE,
            {**_SMALL, "font_size": 8, "indent": 1},
        ),
        (18, 20),
        (4, 4),
    ),
}


_WIDTHS = {"A": 1.5, "B": 26, "C:Q": 12, "R": 1.5}


def draw_analysis(b: Builder, sheet: Worksheet) -> None:
    set_widths(sheet, _WIDTHS)
    sheet.set_column("S:U", 10, None, {"hidden": True})
    band(b, sheet, "B1", ANALYSIS_BLOCKS["analysis_period"], ANALYSIS_BLOCKS["analysis_title"])
    title = b.f(bold=True, font_size=15, font_color=BAND)
    for name, (_, row) in ANALYSIS_PAGES.items():
        _, first, _, last = extent(ANALYSIS_BLOCKS[f"analysis_page_{name}"])
        for column in range(first, last + 1):
            sheet.write_blank(row - 1, column, None, title)
        sheet.set_row(row - 1, 28)
    for name, (looks, heights, judged) in _LOOKS.items():
        rows_table(b, sheet, ANALYSIS_TABLES[name], looks, heights, judged, "$T$1")
    for table in ANALYSIS_TABLES.values():
        sheet.set_row(table.bottom, 8)
    section(b, sheet, "B80:Q80")  # the audience's second half goes on beside its first
    finish(b, sheet, contract.ANALYSIS, ANALYSIS_PAGE, len(ANALYSIS_PAGES), repeat=True)
