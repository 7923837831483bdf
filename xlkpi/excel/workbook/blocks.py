"""The blocks that the report fills, found in a workbook by their defined names."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping

from xlkpi.excel.workbook.layout import PREFIXES, PRINTED, SHEET_BLOCKS
from xlkpi.ooxml.cells import split_range
from xlkpi.ooxml.package import Package, SheetPart, TablePart

#: Rows and columns that a block of ours may have, rows and columns that a user inserted into it among them.
_LARGEST_BLOCK = (2_000, 200)


class Block:
    """A defined name resolved to its sheet and range."""

    def __init__(self, sheet: SheetPart, ref: str) -> None:
        self.sheet = sheet
        self.top, self.left, self.bottom, self.right = split_range(ref.replace("$", ""))
        if (
            self.bottom - self.top >= _LARGEST_BLOCK[0]
            or self.right - self.left >= _LARGEST_BLOCK[1]
        ):
            raise ValueError(ref)


def find_blocks(package: Package) -> dict[str, Block]:
    """Our defined names that point at a range of an existing sheet."""
    return blocks_among(package.defined_names, package.sheets)


def blocks_among(names: Mapping[str, str], parts: Iterable[SheetPart]) -> dict[str, Block]:
    """Ours among a workbook's defined names, given as name → what it refers to."""
    sheets = {s.name.casefold(): s for s in parts}
    found = {}
    for name, text in names.items():
        if name.startswith(PREFIXES):
            sheet_name, _, ref = text.rpartition("!")
            sheet = sheets.get(sheet_name.strip("'").replace("''", "'").casefold())
            if sheet is not None:
                try:
                    found[name] = Block(sheet, ref)
                except ValueError:
                    continue
    return found


def top_left(block: Block) -> tuple[str, int, int]:
    """Where a block begins: what ties a growing one to its table."""
    return block.sheet.name, block.top, block.left


def table_ends(tables: Iterable[TablePart]) -> dict[tuple[str, int, int], int]:
    """The last row of each table, by where it begins."""
    ends = {}
    for table in tables:
        with contextlib.suppress(ValueError):  # a table of the user's, nowhere
            top, left, bottom, _ = split_range(table.ref)
            ends[table.sheet.name, top, left] = bottom
    return ends


def absolute(ref: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", ref)


def printed_sheets(blocks: Mapping[str, Block]) -> list[SheetPart]:
    """The sheets of the report in the order of its parts: found by their blocks, for a user may have a "Report" too."""
    found = {}
    for id in PRINTED:
        names = [name for name in SHEET_BLOCKS[id] if name in blocks]
        if names:
            sheet = blocks[names[0]].sheet
            found[sheet.part] = sheet
    return list(found.values())
