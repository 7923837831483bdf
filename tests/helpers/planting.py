"""Puts one value into one cell of a workbook that exists, as a person would type it; the rest of the file stays."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from tests.helpers.books import Formula
from xlkpi.core.texts import Language
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.ooxml.cells import column_letters

_EPOCH = date(1899, 12, 30)


class Book:
    """A workbook made from the template, kept as its parts."""

    def __init__(self, data: bytes, language: Language) -> None:
        self.language = language
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def part(self, spec: Sheet) -> str:
        return f"xl/worksheets/sheet{1 + contract.SHEETS.index(spec)}.xml"

    def address(self, spec: Sheet, column: str, row: int) -> str:
        """A cell of a table by its column id and its row on the sheet."""
        return f"{column_letters([c.id for c in spec.columns].index(column))}{row}"

    def with_cells(self, changes: Mapping[tuple[Sheet, str, int], Any]) -> bytes:
        """The file with other values in some cells; a cell keeps its look."""
        parts = dict(self.parts)
        for (spec, column, row), value in changes.items():
            name = self.part(spec)
            parts[name] = _put(parts[name], self.address(spec, column, row), value)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return out.getvalue()


def _put(sheet: bytes, address: str, value: Any) -> bytes:
    found = re.search(rb'<c r="%s"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % address.encode(), sheet)
    assert found, f"the template has no cell {address}"
    cell = f'<c r="{address}"{(found[1] or b"").decode()}{_content(value)}'
    return sheet[: found.start()] + cell.encode() + sheet[found.end() :]


def _content(value: Any) -> str:
    """What stands behind a cell's address and look."""
    if value is None:
        return "/>"
    if isinstance(value, Formula):
        if value.value is None:
            return f"><f>{escape(value.text[1:])}</f></c>"
        return f' t="e"><f>{escape(value.text[1:])}</f><v>{value.value}</v></c>'
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(_spelt(value))}</t></is></c>'
    if isinstance(value, date):
        value = (value - _EPOCH).days
    return f"><v>{value}</v></c>"


def _spelt(text: str) -> str:
    """A text as it stands in a file: there ``_x0041_`` means A, and some characters cannot stand otherwise."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: f"_x{ord(found[0]):04X}_", text)
