"""How values are assigned to cells so that Excel keeps them as they are: texts as texts, blanks as blanks."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from xlkpi.excel.workbook.blocks import Block
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.sheet import storable

Content = str | float | None
#: Excel refuses an array that holds a longer text than this; such a cell is written by itself.
_ARRAY_TEXT = 8_000


def stored(value: Content) -> Content:
    """What a cell will hold of a value: blank for an empty text and for an unknown figure."""
    if isinstance(value, str):
        return storable(value) or None
    return None if value is None or value != value else float(value)


def typed(value: object) -> str | float | bool:
    """What is assigned so that the cell holds ``value``.

    Excel reads an assigned text as if it were typed: “Mar 2026” would become a date, “-5” a number, “=…” a formula.
    The apostrophe says that it is a text; it is no part of it.
    """
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    return f"'{value}" if isinstance(value, str) else value  # type: ignore[return-value]


def put(sheet: xw.Sheet, block: Block, last: int, values: Mapping[tuple[int, int], object]) -> None:
    """Assign a block in one call; ``values`` are as typed."""
    long = {
        at: text for at, text in values.items() if isinstance(text, str) and len(text) > _ARRAY_TEXT
    }
    rows = tuple(
        tuple("" if (r, c) in long else values[r, c] for c in range(block.left, block.right + 1))
        for r in range(block.top, last + 1)
    )
    sheet.range((block.top, block.left + 1), (last, block.right + 1)).raw_value = rows
    for (r, c), text in long.items():
        sheet.range((r, c + 1)).raw_value = text
