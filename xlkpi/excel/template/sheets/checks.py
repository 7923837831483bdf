"""The Checks sheet, and the rules that mark on their sheets the cells that it lists."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.report import checks
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.tables import add_table
from xlkpi.excel.template.validations import VALIDATED_ROWS
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.layout import CHECKS_BLOCKS
from xlkpi.excel.workbook.palette import (
    BAND,
    COMPUTED_INK,
    FAINT,
    LINK_INK,
    MARK_BORDER,
    MARK_FILL,
    MARK_INK,
    RULE,
)

_HEADER = 3  # the table's row, from 0
#: Columns beside a table that are marked too: people add some of their own.
_SPARE_COLUMNS = 6
#: Sheets that people fill in.
MARKED_SHEETS = (
    contract.SETTINGS,
    contract.CAMPAIGNS,
    contract.OBJECTIVES,
    contract.INFLUENCERS,
    contract.POSTS,
    contract.REVIEWS,
    contract.AUDIENCE,
    contract.REFERENCES,
)


def draw_checks(b: Builder, sheet: Worksheet) -> None:
    for c, column in enumerate(contract.CHECKS.columns):
        sheet.set_column(c, c, column.width)
    _head(b, sheet)
    _findings(b, sheet)
    sheet.set_column("I:I", 24, None, {"hidden": True})
    marked = str(checks.blank(b.language)["checks_cells"][0][0])
    sheet.write_string("I4", marked, b.f(font_color=FAINT, font_size=9))
    sheet.set_row(_HEADER, 22)
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.repeat_rows(_HEADER)
    b.block_names(CHECKS_BLOCKS, contract.CHECKS)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _head(b: Builder, sheet: Worksheet) -> None:
    """Title, balance of the rows, coverage of the KPIs."""
    title = str(checks.blank(b.language)["checks_title"][0][0])
    sheet.write_string(0, 0, title, b.f(bold=True, font_size=16, font_color=BAND))
    sheet.write_blank(1, 0, None, b.f(font_size=12))
    coverage = b.f(text_wrap=True, valign="top", font_color=COMPUTED_INK)
    sheet.merge_range(2, 0, 2, len(contract.CHECKS.columns) - 1, "", coverage)
    sheet.set_row(2, 32)


def _findings(b: Builder, sheet: Worksheet) -> None:
    looks = [_look(b, column.id) for column in contract.CHECKS.columns]
    add_table(b, sheet, contract.CHECKS, _HEADER, 1, looks)
    for c, look in enumerate(looks):
        sheet.write_blank(_HEADER + 1, c, None, look)


def _look(b: Builder, id: str) -> Format:
    link = {"font_color": LINK_INK, "underline": 1} if id == "place" else {}
    return b.f(text_wrap=True, valign="top", bottom=1, bottom_color=RULE, **link)


def mark_cells(b: Builder, sheet: Worksheet, spec: Sheet) -> None:
    """One rule that marks the cells which Checks lists; deleting it, or the list, takes the marks off.

    It names the table by its id, so that a renamed sheet keeps its marks; the fills that a user gave to cells stay
    below it.  Excel looks at visible cells only, but LibreOffice at all of them, 25 µs each, whenever it opens the
    book: hence no more rows than those that are validated.
    """
    formula = f'=ISNUMBER(MATCH("{spec.id}!"&ADDRESS(ROW(),COLUMN(),4),checks_cells,0))'
    look = b.rule_format(
        bg_color=MARK_FILL, font_color=MARK_INK, border=1, border_color=MARK_BORDER
    )
    last = len(spec.columns) + _SPARE_COLUMNS - 1
    rule = {"type": "formula", "criteria": formula, "format": look}
    sheet.conditional_format(1, 0, VALIDATED_ROWS, last, rule)
