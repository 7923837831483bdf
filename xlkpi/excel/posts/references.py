"""Formulas and charts of a workbook that name its posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlkpi.ooxml.cells import bands, column_index, column_letters, unescape
from xlkpi.ooxml.package import Package, SheetPart


class FormulaReference(NamedTuple):
    """A formula that may name posts: its sheet, its row and column, its text; a defined name has no cell."""

    sheet: str
    cell: tuple[int, int] | None
    text: str

    @property
    def address(self) -> str:
        return f"{column_letters(self.cell[1])}{self.cell[0]}" if self.cell else ""


def references(
    package: Package, posts: SheetPart, table: str, own_sheet: bool = False
) -> Iterator[FormulaReference]:
    """Formulas that may name posts; of a defined name, its name stands for the sheet.

    Args:
        posts: the sheet of the posts.
        table: the name of its table; empty where there is none.
        own_sheet: the formulas of the Posts sheet too, but for those that speak of their own row only.
    """
    quoted = posts.name.replace("'", "''")
    marks = (f"{posts.name}!", f"{quoted}'!", *((f"{table}[",) if table else ()))
    for name, text in package.defined_names.items():
        if not name.startswith("_xlnm.") and any(mark in text for mark in marks):
            yield FormulaReference(name, None, text)
    for sheet in package.sheets:
        mine = sheet.part == posts.part
        if mine and not own_sheet:
            continue
        for row, column, text in _formulas(package, sheet.part):
            if (mine and "#This Row" not in text) or any(mark in text for mark in marks):
                yield FormulaReference(sheet.name, (row, column), text)


def charted(package: Package) -> Iterator[FormulaReference]:
    """Ranges that charts draw."""
    for name in package.names():
        if name.startswith("xl/charts/chart"):
            for text in re.findall(rb"<(?:\w+:)?f>([^<]+)</", package.read(name)):
                yield FormulaReference("", None, unescape(text.decode("utf-8", "replace")))


def _formulas(package: Package, part: str) -> Iterator[tuple[int, int, str]]:
    """Every formula written out in a sheet part: row, column, text."""
    for band in bands(package, part):
        p = band.prefix.decode()
        if f"<{p}f".encode() not in band.text:
            continue
        text = band.text.decode("utf-8", "replace")
        for match in re.finditer(
            rf'<{p}c\b[^<>]*?\br="([A-Z]{{1,3}})(\d{{1,7}})"[^<>]*><{p}f\b[^<>]*>([^<]+)</{p}f>',
            text,
        ):
            yield int(match[2]), column_index(match[1]), unescape(match[3])
