"""What a fill changes about a block beside its values: number formats, hidden rows, the end of its table, the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

import xlwings as xw

from xlkpi.excel.live.book import OpenCells, set_pages_tall
from xlkpi.excel.live.writes import Write
from xlkpi.excel.workbook.blocks import Block, absolute
from xlkpi.excel.workbook.layout import GROWING, PAGE, PAGE_WITH_MORE
from xlkpi.ooxml.cells import split_range


def formats(sheet: xw.Sheet, name: str, codes: Mapping[tuple[int, int], str]) -> list[Write]:
    """Number formats of a block's cells, by row and column."""
    found = []
    for top, left, bottom, right, code in rectangles(codes):
        area = sheet.range((top, left + 1), (bottom, right + 1))
        before = area.number_format
        if before == code:
            continue
        olds = (
            [(area, before)]
            if isinstance(before, str)
            else [(cell, cell.number_format) for cell in area]
        )
        make, undo = _set(area, "number_format", code), _set_all(olds, "number_format")
        found.append(Write(name, sheet.name, make, undo))
    return found


def hidden(sheet: xw.Sheet, name: str, block: Block, count: int) -> list[Write]:
    """The last ``count`` rows of a block out of sight, the others in sight."""
    found = []
    first = block.bottom - count + 1
    for top, bottom, hide in ((block.top + 1, first - 1, False), (first, block.bottom, True)):
        if top > bottom:
            continue
        rows = sheet.range((top, 1), (bottom, 1)).rows
        if (before := rows.hidden) == hide:
            continue
        each = [sheet.range((row, 1)).rows for row in range(top, bottom + 1)]
        olds = [(rows, before)] if before is not None else [(row, row.hidden) for row in each]
        found.append(Write(name, sheet.name, _set(rows, "hidden", hide), _set_all(olds, "hidden")))
    return found


def table_end(cells: OpenCells, name: str, block: Block, rows: int) -> list[Write]:
    """The table of a growing block ends where its rows end."""
    for part in cells.tables if name in GROWING else ():
        top, left, bottom, right = split_range(part.ref)
        if part.sheet.name != block.sheet.name or (top, left) != (block.top, block.left):
            continue
        sheet = cells.sheet(part.sheet.name)
        resize = sheet.tables[part.name].resize
        after, before = (
            partial(resize, sheet.range((top, left + 1), (last, right + 1)))
            for last in (top + max(rows - 1, 1), bottom)
        )
        if bottom != top + max(rows - 1, 1):
            return [Write(name, sheet.name, after, before)]
    return []


def page(sheet: xw.Sheet, second_page: bool) -> list[Write]:
    """The print area holds the second block of KPIs when it is used; one that a user set is theirs."""
    pages = {absolute(PAGE): 1, absolute(PAGE_WITH_MORE): 2}
    wanted = absolute(PAGE_WITH_MORE if second_page else PAGE)
    try:
        before = sheet.page_setup.print_area
    except Exception:  # noqa: BLE001  Excel knows no page where no printer is installed
        return []
    if before not in pages or before == wanted:
        return []

    def turn(area: str) -> None:
        sheet.page_setup.print_area = area
        set_pages_tall(sheet, pages[area])

    return [Write("Print_Area", sheet.name, lambda: turn(wanted), lambda: turn(before))]


def _set(target: object, attribute: str, value: object) -> Callable[[], None]:
    return lambda: setattr(target, attribute, value)


def _set_all(olds: Sequence[tuple[object, object]], attribute: str) -> Callable[[], None]:
    def put_back() -> None:
        for target, value in olds:
            setattr(target, attribute, value)

    return put_back


def rectangles(codes: Mapping[tuple[int, int], str]) -> list[tuple[int, int, int, int, str]]:
    """Cells of one number format that stand together, as (top, left, bottom, right, code): one call each.

    >>> rectangles({(1, 1): "0", (1, 2): "0", (2, 1): "0", (2, 2): "0", (3, 1): "0%"})
    [(1, 1, 2, 2, '0'), (3, 1, 3, 1, '0%')]
    """
    runs: list[tuple[int, int, int, str]] = []  # row, first and last column, code
    for (row, column), code in sorted(codes.items()):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1 and runs[-1][3] == code:
            runs[-1] = (row, runs[-1][1], column, code)
        else:
            runs.append((row, column, column, code))
    found = []
    for (left, right, code), group in groupby(
        sorted(runs, key=lambda run: (run[1:], run[0])), key=lambda run: run[1:]
    ):
        rows = [row for row, *_ in group]
        starts = [row for row in rows if row - 1 not in rows]
        ends = [row for row in rows if row + 1 not in rows]
        found += [
            (top, left, bottom, right, code) for top, bottom in zip(starts, ends, strict=True)
        ]
    return sorted(found)
