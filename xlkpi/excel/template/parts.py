"""What the sheets of the report look like in common: band, titles, tables of rows, colour rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.report import results as render
from xlkpi.excel.template import build as look
from xlkpi.excel.workbook import layout
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.layout import Table

if TYPE_CHECKING:
    from xlkpi.excel.template.build import _Builder

QUIET = "5B6876"


def extent(ref: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column, from 0."""
    first, _, last = ref.partition(":")
    return (*xl_cell_to_rowcol(first), *xl_cell_to_rowcol(last or first))


def absolute(ref: str) -> str:
    return ":".join(f"${part[0]}${part[1:]}" for part in ref.split(":"))


def points_to_pixels(points: float) -> int:
    return int(points * 4 / 3)


def column_header(b: _Builder, **more: Any) -> Any:
    return b.f(
        bold=True,
        bg_color=look.SOFT,
        font_color=look.BAND,
        bottom=1,
        bottom_color=look.RULE,
        **more,
    )


def status_rules(b: _Builder, sheet: Worksheet, where: Any, key: str, palette_cell: str) -> None:
    """One rule per status and palette, driven by the status id: colour follows meaning, never sign."""
    cells = (where,) if isinstance(where, str) else where
    for palette, status, fill, ink in palettes():
        sheet.conditional_format(
            *cells,
            {
                "type": "formula",
                "criteria": f'=AND({key}="{status}",{palette_cell}="{palette}")',
                "format": b.book.add_format({"bg_color": fill, "font_color": ink}),
            },
        )


def palettes() -> Iterable[tuple[str, str, str, str]]:
    """Palette, status id, fill and ink."""
    found = {
        "blue_orange": {
            "met": (look.MET_FILL, look.MET_INK),
            "watch": (look.WATCH_FILL, look.WATCH_INK),
            "missed": (look.MISS_FILL, look.MISS_INK),
        },
        "green_red": {
            "met": (look.GREEN_FILL, look.GREEN_INK),
            "watch": (look.YELLOW_FILL, look.YELLOW_INK),
            "missed": (look.RED_FILL, look.RED_INK),
        },
    }
    for palette, statuses in found.items():
        for status, (fill, ink) in statuses.items():
            yield palette, status, fill, ink


def initial(b: _Builder, sheet: Worksheet, blocks: Mapping[str, str]) -> None:
    """Titles and headers of a report that is still to be generated, without touching the formats."""
    for name, rows in render.blank(b.language).blocks.items():
        if name not in blocks:
            continue
        top, left, _, _ = extent(blocks[name])
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, str) and value:
                    style = sheet.table.get(top + r, {}).get(left + c)
                    sheet.write_string(top + r, left + c, value, getattr(style, "format", None))


def band(b: _Builder, sheet: Worksheet, brand: str, period: str, title: str) -> None:
    """The two dark rows at the head of a page: what it is, of when, of which campaign."""
    colours: dict[str, Any] = {"bg_color": look.BAND, "font_color": look.PAPER}
    _, first, _, last = extent(title)
    for row in (0, 1):
        for column in range(first, last + 1):
            sheet.write_blank(row, column, None, b.f(**colours))
    sheet.write_blank(brand, None, b.f(**colours, font_size=10, bold=True, indent=1))
    sheet.merge_range(period, "", b.f(**colours, font_size=11, align="right", indent=1))
    sheet.merge_range(title, "", b.f(**colours, font_size=20, bold=True, indent=1))
    sheet.set_row(0, 20)
    sheet.set_row(1, 34)


def section(b: _Builder, sheet: Worksheet, ref: str, quiet: bool = False) -> None:
    """The title of a block."""
    row, first, _, last = extent(ref)
    style = b.f(
        bold=True,
        font_size=9 if quiet else 12,
        font_color="9AA5B1" if quiet else look.BAND,
        bottom=0 if quiet else 2,
        bottom_color=look.BAND,
    )
    for column in range(first, last + 1):
        sheet.write_blank(row, column, None, style)


def cells_of(
    sheet: Worksheet, row: int, left: int, spans: Sequence[int], styles: Sequence[Any]
) -> None:
    """One row of a table: cells that belong to a column are merged."""
    column = left
    for span, style in zip(spans, styles, strict=True):
        if span == 1:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.merge_range(row, column, row, column + span - 1, "", style)
        column += span


def rows_table(
    b: _Builder,
    sheet: Worksheet,
    table: Table,
    looks: Sequence[Mapping[str, Any]],
    heights: tuple[float, float],
    judged: tuple[int, int] | None = None,
    palette_cell: str = "",
) -> None:
    """Title, sentence, header and rows of a block; header and rows show their rules only where something is written.

    Args:
        looks: of each column's cells.
        heights: of the header and of a row, in points.
        judged: first and last column, from 0 within the table, that take the colour of the row's status.
    """
    section(b, sheet, table.section)
    top, left, bottom, right = extent(table.ref)
    sheet.set_row(top - 1, 23)
    body = top
    if not table.plain:
        for column in range(left, right + 1):
            sheet.write_blank(top, column, None, b.f(font_size=10, italic=True, font_color=QUIET))
        sheet.set_row(top, 17)
        sheet.set_row(top + 1, heights[0])
        cells_of(
            sheet,
            top + 1,
            left,
            table.spans,
            [
                b.f(
                    bold=True,
                    font_color=look.BAND,
                    font_size=10,
                    text_wrap=True,
                    **{k: v for k, v in style.items() if k in ("align", "indent")},
                )
                for style in looks
            ],
        )
        body = top + 2
        _when_written(
            b, sheet, (top + 1, left, top + 1, right), {"bg_color": look.SOFT, "bottom": 1}
        )
    for row in range(body, bottom + 1):
        sheet.set_row(row, heights[1])
        cells_of(
            sheet, row, left, table.spans, [b.f(**{"font_size": 10, **style}) for style in looks]
        )
    if judged is not None:
        first = left + sum(table.spans[: judged[0]])
        last = left + sum(table.spans[: judged[1] + 1]) - 1
        status_rules(b, sheet, (body, first, bottom, last), f"${table.ids}{body + 1}", palette_cell)
    _when_written(b, sheet, (body, left, bottom, right), {"bottom": 1})


def _when_written(
    b: _Builder, sheet: Worksheet, where: tuple[int, int, int, int], style: dict[str, Any]
) -> None:
    row, column, _, _ = where
    sheet.conditional_format(
        *where,
        {
            "type": "formula",
            "criteria": f'=${chr(65 + column)}{row + 1}<>""',
            "format": b.book.add_format({"bottom_color": look.RULE, **style}),
        },
    )


def finish(b: _Builder, sheet: Worksheet, spec: Sheet, page: str, pages: int, repeat: bool) -> None:
    """Names, first words, page and protection of a sheet that the report fills."""
    blocks = layout.SHEET_BLOCKS[spec.id]
    for name, ref in blocks.items():
        b.block_name(name, spec, ref)
    initial(b, sheet, blocks)
    # Each area of several is printed on a page of its own, also where “fit to page” ignores manual breaks.
    quoted = "'" + b.name(spec).replace("'", "''") + "'"
    sheet.print_area_range = ",".join(f"{quoted}!{absolute(area)}" for area in page.split(","))
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(0.3, 0.3, 0.35, 0.5)
    sheet.center_horizontally()
    if repeat:
        sheet.repeat_rows(0, 1)
    sheet.set_footer("&L&9&A&R&9&P / &N")
    sheet.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True, "objects": True}
    )
