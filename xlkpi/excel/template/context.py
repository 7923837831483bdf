"""How the Context sheet looks: part 1 of the report, one printed page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.template import build as look
from xlkpi.excel.template.parts import band, finish, rows_table, status_rules
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import CONTEXT_BLOCKS, CONTEXT_PAGE, CONTEXT_TABLES

if TYPE_CHECKING:
    from xlkpi.excel.template.build import _Builder

_WIDTHS = {"A": 1.5, "B": 26, "C": 68, "D": 3, "E": 44, "F": 17, "G": 17, "H": 27, "I": 1.5}
_TEXT: dict[str, Any] = {"text_wrap": True, "font_size": 11}
_LABEL: dict[str, Any] = {"bold": True, "font_size": 11}


def draw_context(b: _Builder, sheet: Worksheet) -> None:
    for letters, width in _WIDTHS.items():
        sheet.set_column(f"{letters}:{letters}", width)
    sheet.set_column("J:K", 10, None, {"hidden": True})
    band(b, sheet, "B1", CONTEXT_BLOCKS["context_period"], CONTEXT_BLOCKS["context_title"])
    sheet.write_blank(
        "B3",
        None,
        b.f(
            bold=True,
            font_size=14,
            align="center",
            bg_color=look.WATCH_FILL,
            font_color=look.WATCH_INK,
            text_wrap=True,
        ),
    )
    sheet.merge_range("C3:H3", "", b.f(font_size=13, text_wrap=True, bg_color=look.SOFT, indent=1))
    sheet.set_row(2, 54)
    sheet.set_row(3, 10)
    status_rules(b, sheet, "B3", "$K$3", "$J$1")
    rows_table(b, sheet, CONTEXT_TABLES["facts"], (_LABEL, _TEXT), (20, 30))
    rows_table(
        b,
        sheet,
        CONTEXT_TABLES["objectives"],
        (
            {"bold": True, "text_wrap": True},
            {},
            {"align": "right", "indent": 1},
            {"align": "center", "bold": True, "text_wrap": True},
        ),
        (20, 30),
        (3, 3),
        "$J$1",
    )
    rows_table(b, sheet, CONTEXT_TABLES["messages"], (_LABEL, _TEXT), (20, 34))
    rows_table(b, sheet, CONTEXT_TABLES["parts"], (_LABEL, _TEXT), (20, 22))
    for row in (19, 26):
        sheet.set_row(row, 10)
    finish(b, sheet, contract.CONTEXT, CONTEXT_PAGE, 1, repeat=True)
