"""Compares a fill with what stands in an open workbook: the writes that are needed, each with what it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import xlwings as xw

from xlkpi.excel.live import blocklooks
from xlkpi.excel.live.assigning import Content, put, stored, typed
from xlkpi.excel.live.blocklinks import link_writes, places
from xlkpi.excel.live.book import OpenCells, has_links
from xlkpi.excel.live.writes import Write
from xlkpi.excel.report.fill import block_cells
from xlkpi.excel.report.parts import Fill
from xlkpi.excel.workbook.blocks import Block, table_ends, top_left
from xlkpi.excel.workbook.layout import GROWING

BlockCells = Sequence[tuple[int, int, Content, str | None]]  # row, column, value, number format


class FillPlan:
    """Everything is read when the plan is made; a write changes nothing before it is made."""

    def __init__(self, cells: OpenCells, blocks: Mapping[str, Block], fill: Fill) -> None:
        self._cells, self._blocks, self._fill = cells, blocks, fill
        self._pages = {b.sheet.name: cells.whole(b.sheet.name) for b in blocks.values()}
        self._ends = table_ends(cells.tables)
        self._wanted: dict[str, dict[tuple[int, int], Content]] = {}
        self._formulas: dict[str, Sequence[Sequence[object]]] = {}

    def writes(self) -> list[Write]:
        blocks, fill = self._blocks, self._fill
        found: list[Write] = []
        for name in fill.blocks:
            if name in blocks:
                found += self._block(name, blocks[name])
        for name, count in fill.hidden.items():
            if name in blocks:
                found += blocklooks.hidden(self._sheet(blocks[name]), name, blocks[name], count)
        if found and "report_kpis" in blocks and "report_kpis" in fill.blocks:
            found += blocklooks.page(self._sheet(blocks["report_kpis"]), fill.second_page)
        return [*found, *map(self._verification, self._wanted)]

    def stands_as_before(self) -> bool:
        """Whether every cell of the plan holds what it held when the plan was made."""
        try:
            return all(
                found == self._at(sheet, *at)
                for sheet in self._wanted
                for at, found in self._read(sheet).items()
            )
        except Exception:  # noqa: BLE001  undoing goes on whatever one step says
            return False

    def _sheet(self, block: Block) -> xw.Sheet:
        return self._cells.sheet(block.sheet.name)

    # -- one block -------------------------------------------------------------------------------

    def _block(self, name: str, block: Block) -> Iterator[Write]:
        """The table first, then links off, values, links on, and number formats."""
        rows = self._fill.blocks[name]
        last = self._last(block, len(rows)) if name in GROWING else block.bottom
        cells = list(block_cells(block, rows, last))
        values = self._values(name, block, last, cells)
        unlink, link = self._links(name, block, last, bool(values))
        yield from blocklooks.table_end(self._cells, name, block, len(rows))
        yield from (*unlink, *values, *link)
        codes = {(r, c): code for r, c, _, code in cells if code is not None}
        yield from blocklooks.formats(self._sheet(block), name, codes)

    def _last(self, block: Block, rows: int) -> int:
        return max(
            block.top + rows - 1, self._last_filled(block), self._ends.get(top_left(block), 0)
        )

    def _last_filled(self, block: Block) -> int:
        """Where a growing block ended until now: the last row before a blank one."""
        page, row = self._pages[block.sheet.name], block.top
        while row < len(page) and any(
            value is not None for value in page[row][block.left : block.right + 1]
        ):
            row += 1
        return row

    def _links(
        self, name: str, block: Block, last: int, values_change: bool
    ) -> tuple[list[Write], list[Write]]:
        if name not in self._fill.links or last <= block.top or not has_links():
            return [], []
        sheets = (part.name for part in self._cells.sheets)
        wanted = places(block, self._fill.links[name], sheets)
        return link_writes(self._sheet(block), name, block, last, wanted, values_change)

    # -- values ----------------------------------------------------------------------------------

    def _values(self, name: str, block: Block, last: int, cells: BlockCells) -> list[Write]:
        new = {(r, c): stored(value) for r, c, value, _ in cells}
        old = {at: self._at(block.sheet.name, *at) for at in new}
        formulas = {
            at: text for at in new if (text := self._formula(block.sheet.name, *at, old[at]))
        }
        if new == old and not formulas:
            return []
        sheet = self._sheet(block)
        self._wanted.setdefault(sheet.name, {}).update(new)
        after = {at: typed(value) for at, value in new.items()}
        before = {at: formulas.get(at) or typed(value) for at, value in old.items()}
        return [
            Write(
                name,
                sheet.name,
                lambda: put(sheet, block, last, after),
                lambda: put(sheet, block, last, before),
            )
        ]

    def _at(self, sheet: str, row: int, column: int) -> object:
        return _cell(self._pages[sheet], row, column)

    def _formula(self, sheet: str, row: int, column: int, value: object) -> str:
        """The formula in a cell; a text that merely looks like one is none."""
        if sheet not in self._formulas:
            bottom, right = self._cells.extent(sheet)
            read = self._cells.sheet(sheet).range((1, 1), (bottom, right)).formula
            self._formulas[sheet] = read if isinstance(read, (tuple, list)) else ((read,),)
        text = _cell(self._formulas[sheet], row, column)
        return text if isinstance(text, str) and text.startswith("=") and text != value else ""

    def _verification(self, sheet: str) -> Write:
        """Read back what was written: figures to the last digit, texts still texts, blanks blank.

        A text that Excel turned into a date, or a figure that it rounded, would be a wrong report.
        """

        def verify() -> None:
            read = self._read(sheet)
            for at, value in self._wanted[sheet].items():
                if not isinstance(read[at], str) if isinstance(value, str) else read[at] != value:
                    raise ValueError(f"{value!r} became {read[at]!r} in row {at[0]}")

        return Write(sheet, sheet, verify, lambda: None)

    def _read(self, sheet: str) -> dict[tuple[int, int], object]:
        """What stands now in the cells of the plan, asked for in one call."""
        wanted = self._wanted[sheet]
        page = self._cells.read(
            sheet, 1, 1, max(row for row, _ in wanted), max(column for _, column in wanted) + 1
        )
        return {(row, column): page[row - 1][column] for row, column in wanted}


def _cell(page: Sequence[Sequence[object]], row: int, column: int) -> object:
    """A cell of a page, by row from 1 and column from 0; None beyond its ends."""
    return page[row - 1][column] if row <= len(page) and column < len(page[row - 1]) else None
