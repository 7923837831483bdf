"""The links of a block in an open workbook: those of before are taken off, those wanted are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import xlwings as xw

from xlkpi.excel.live import book as openbook
from xlkpi.excel.live.writes import Write
from xlkpi.excel.report.parts import Links
from xlkpi.excel.workbook.blocks import Block


def link_writes(
    sheet: xw.Sheet,
    name: str,
    block: Block,
    last: int,
    wanted: openbook.Places,
    values_change: bool,
) -> tuple[list[Write], list[Write]]:
    """What to do about a block's links before its values are written, and after: never at the same time as them."""
    area = sheet.range((block.top + 1, block.left + 1), (last, block.right + 1))
    before = openbook.links_in(area)
    if before == wanted and (not values_change or not wanted):
        return [], []
    corners = _corners({**before, **wanted})
    looks = openbook.looks_of(sheet.range(*corners))
    ((_, model),) = openbook.looks_of(sheet.range((block.top + 1, corners[0][1])))
    clear = partial(openbook.clear_links, area)

    def back() -> None:
        clear()
        openbook.add_links(area, before)
        openbook.put_looks(looks)

    def link() -> None:
        openbook.add_links(area, wanted)
        # new rows look like the first
        openbook.put_looks([(sheet.range(*_corners(wanted)), model)])

    def unlink() -> None:
        clear()
        openbook.put_looks(looks)

    return (
        [Write(name, sheet.name, clear, back)] if before else [],
        [Write(name, sheet.name, link, unlink)] if wanted else [],
    )


def places(
    block: Block, links: Links, sheets: Iterable[str]
) -> Mapping[tuple[int, int], tuple[str, str]]:
    """Where the cells of a block lead to, by row and column of the sheet; a sheet that is not there is left out."""
    known = set(sheets)
    return {
        (block.top + row, block.left + column + 1): ("", link.location)
        for (row, column), link in links.items()
        if link.sheet in known
    }


def _corners(cells: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    rows, columns = zip(*cells, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))
