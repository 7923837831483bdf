"""How the Context sheet looks: part 1 of the report, one printed page."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.parts import band, finish, headline, rows_table, set_widths, status_rules
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import CONTEXT_BLOCKS, CONTEXT_PAGE, CONTEXT_TABLES

_WIDTHS = {"A": 1.5, "B": 26, "C": 68, "D": 3, "E": 44, "F": 17, "G": 17, "H": 27, "I": 1.5}
_TEXT: dict[str, Any] = {"text_wrap": True, "font_size": 11}
_LABEL: dict[str, Any] = {"bold": True, "font_size": 11}
_OBJECTIVES: tuple[dict[str, Any], ...] = (
    {"bold": True, "text_wrap": True},
    {},
    {"align": "right", "indent": 1},
    {"align": "center", "bold": True, "text_wrap": True},
)
_PALETTE = "$J$1"


def draw_context(b: Builder, sheet: Worksheet) -> None:
    set_widths(sheet, _WIDTHS)
    sheet.set_column("J:K", 10, None, {"hidden": True})
    band(b, sheet, "B1", CONTEXT_BLOCKS["context_period"], CONTEXT_BLOCKS["context_title"])
    headline(b, sheet, "H", text_wrap=True)
    sheet.set_row(2, 54)
    sheet.set_row(3, 10)
    status_rules(b, sheet, "B3", "$K$3", _PALETTE)
    tables = CONTEXT_TABLES
    rows_table(b, sheet, tables["facts"], (_LABEL, _TEXT), (20, 30))
    rows_table(b, sheet, tables["objectives"], _OBJECTIVES, (20, 30), (3, 3), _PALETTE)
    rows_table(b, sheet, tables["messages"], (_LABEL, _TEXT), (20, 34))
    rows_table(b, sheet, tables["parts"], (_LABEL, _TEXT), (20, 22))
    for row in (19, 26):
        sheet.set_row(row, 10)
    finish(b, sheet, contract.CONTEXT, CONTEXT_PAGE, 1, repeat=True)
