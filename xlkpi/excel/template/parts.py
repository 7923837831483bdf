"""What the sheets of the report look like in common: band, titles, tables of rows, colour rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.report import render
from xlkpi.excel.template.builder import Builder, absolute
from xlkpi.excel.workbook import layout, palette
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.layout import Table
from xlkpi.excel.workbook.palette import BAND, FAINT, PAPER, QUIET, RULE, SOFT, WATCH

CellLook = Mapping[str, Any]
#: First row, first column, last row, last column, from 0.
Range = tuple[int, int, int, int]


def extent(ref: str) -> Range:
    first, _, last = ref.partition(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last or first))


def set_widths(sheet: Worksheet, widths: Mapping[str, float]) -> None:
    """Column letters, or a span of them, → width in characters."""
    for letters, width in widths.items():
        sheet.set_column(letters if ":" in letters else f"{letters}:{letters}", width)


def column_header(b: Builder, **more: Any) -> Format:
    return b.f(
        bold=True,
        bg_color=SOFT,
        font_color=BAND,
        bottom=1,
        bottom_color=RULE,
        **more,
    )


def status_rules(b: Builder, sheet: Worksheet, where: Range | str, key: str, chosen: str) -> None:
    """One rule per status and palette, driven by the status id: colour follows meaning, never sign.

    Args:
        key: the cell with the status id.
        chosen: the cell with the palette's id.
    """
    cells = (where,) if isinstance(where, str) else where
    for name, status, colours in palette.verdicts():
        criteria = f'=AND({key}="{status}",{chosen}="{name}")'
        look = b.rule_format(bg_color=colours.fill, font_color=colours.text)
        sheet.conditional_format(*cells, {"type": "formula", "criteria": criteria, "format": look})


def initial(b: Builder, sheet: Worksheet, blocks: Mapping[str, str]) -> None:
    """Titles and headers of a report that is still to be generated, without touching the formats."""
    for name, rows in render.blank(b.language).blocks.items():
        if name not in blocks:
            continue
        top, left, _, _ = extent(blocks[name])
        for r, row in enumerate(rows, start=top):
            for c, value in enumerate(row, start=left):
                if isinstance(value, str) and value:
                    style = sheet.table.get(r, {}).get(c)
                    sheet.write_string(r, c, value, getattr(style, "format", None))


def band(b: Builder, sheet: Worksheet, brand: str, period: str, title: str) -> None:
    """The two dark rows at the head of a page: what it is, of when, of which campaign."""
    colours: dict[str, Any] = {"bg_color": BAND, "font_color": PAPER}
    _, first, _, last = extent(title)
    for row in (0, 1):
        for column in range(first, last + 1):
            sheet.write_blank(row, column, None, b.f(**colours))
    sheet.write_blank(brand, None, b.f(**colours, font_size=10, bold=True, indent=1))
    sheet.merge_range(period, "", b.f(**colours, font_size=11, align="right", indent=1))
    sheet.merge_range(title, "", b.f(**colours, font_size=20, bold=True, indent=1))
    sheet.set_row(0, 20)
    sheet.set_row(1, 34)


def headline(b: Builder, sheet: Worksheet, last: str, **status: Any) -> None:
    """The third row of a page: the overall status in B3, and the sentence that is read first beside it."""
    grey: dict[str, Any] = {"bg_color": WATCH.fill, "font_color": WATCH.text}
    sheet.write_blank("B3", None, b.f(bold=True, font_size=14, align="center", **grey, **status))
    sentence = b.f(font_size=13, text_wrap=True, bg_color=SOFT, indent=1)
    sheet.merge_range(f"C3:{last}3", "", sentence)


def section(b: Builder, sheet: Worksheet, ref: str, quiet: bool = False) -> None:
    """The title of a block."""
    row, first, _, last = extent(ref)
    style = b.f(
        bold=True,
        font_size=9 if quiet else 12,
        font_color=FAINT if quiet else BAND,
        bottom=0 if quiet else 2,
        bottom_color=BAND,
    )
    for column in range(first, last + 1):
        sheet.write_blank(row, column, None, style)


def rows_table(
    b: Builder,
    sheet: Worksheet,
    table: Table,
    looks: Sequence[CellLook],
    heights: tuple[float, float],
    judged: tuple[int, int] | None = None,
    chosen: str = "",
) -> None:
    """Title, sentence, header and rows of a block; header and rows show their rules only where something is written.

    Args:
        looks: of each column's cells.
        heights: of the header and of a row, in points.
        judged: first and last column, from 0 within the table, that take the colour of the row's status.
        chosen: the cell with the palette's id.
    """
    section(b, sheet, table.section)
    body, left, bottom, right = extent(table.ref)
    sheet.set_row(body - 1, 23)
    if not table.plain:
        _sentence_and_header(b, sheet, table, looks, heights[0])
        body += 2
    for row in range(body, bottom + 1):
        sheet.set_row(row, heights[1])
        _cells(sheet, row, left, table.spans, [b.f(**{"font_size": 10, **one}) for one in looks])
    if judged is not None:
        first = left + sum(table.spans[: judged[0]])
        last = left + sum(table.spans[: judged[1] + 1]) - 1
        status_rules(b, sheet, (body, first, bottom, last), f"${table.ids}{body + 1}", chosen)
    _when_written(b, sheet, (body, left, bottom, right), bottom=1)


def _sentence_and_header(
    b: Builder, sheet: Worksheet, table: Table, looks: Sequence[CellLook], height: float
) -> None:
    top, left, _, right = extent(table.ref)
    for column in range(left, right + 1):
        sheet.write_blank(top, column, None, b.f(font_size=10, italic=True, font_color=QUIET))
    sheet.set_row(top, 17)
    sheet.set_row(top + 1, height)
    header: dict[str, Any] = {
        "bold": True,
        "font_color": BAND,
        "font_size": 10,
        "text_wrap": True,
    }
    sides = [{k: one[k] for k in ("align", "indent") if k in one} for one in looks]
    _cells(sheet, top + 1, left, table.spans, [b.f(**header, **side) for side in sides])
    _when_written(b, sheet, (top + 1, left, top + 1, right), bg_color=SOFT, bottom=1)


def _cells(
    sheet: Worksheet, row: int, left: int, spans: Sequence[int], styles: Iterable[Format]
) -> None:
    """One row of a table: cells that belong to a column are merged."""
    column = left
    for span, style in zip(spans, styles, strict=True):
        if span == 1:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.merge_range(row, column, row, column + span - 1, "", style)
        column += span


def _when_written(b: Builder, sheet: Worksheet, where: Range, **style: Any) -> None:
    row, column, _, _ = where
    criteria = f'=${chr(65 + column)}{row + 1}<>""'
    look = b.rule_format(bottom_color=RULE, **style)
    sheet.conditional_format(*where, {"type": "formula", "criteria": criteria, "format": look})


def finish(b: Builder, sheet: Worksheet, spec: Sheet, page: str, pages: int, repeat: bool) -> None:
    """Names, first words, page and protection of a sheet that the report fills."""
    blocks = layout.SHEET_BLOCKS[spec.id]
    b.block_names(blocks, spec)
    initial(b, sheet, blocks)
    # Each area of several is printed on a page of its own, also where “fit to page” ignores manual breaks.
    quoted = "'" + b.name(spec).replace("'", "''") + "'"
    sheet.print_area_range = ",".join(f"{quoted}!{absolute(area)}" for area in page.split(","))
    sheet.fit_to_pages(1, pages)
    print_setup(sheet, repeat)


def print_setup(sheet: Worksheet, repeat: bool) -> None:
    """Margins, footer and protection of a printed page; ``repeat``: its two dark rows stand on each."""
    sheet.set_margins(0.3, 0.3, 0.35, 0.5)
    sheet.center_horizontally()
    if repeat:
        sheet.repeat_rows(0, 1)
    sheet.set_footer("&L&9&A&R&9&P / &N")
    sheet.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True, "objects": True}
    )
