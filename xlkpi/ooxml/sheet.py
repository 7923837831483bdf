"""One sheet as a tree whose cells can be changed, and as texts to be read back; for sheets of some hundred rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from xlkpi.files import refusals
from xlkpi.ooxml.cells import column_letters, escape_x, read_rows, shared_strings, split_address
from xlkpi.ooxml.package import MAIN, Package, SheetPart, serialise

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell


def storable(text: str) -> str:
    """A text without what no cell can hold."""
    return _ILLEGAL.sub("", text[:_LONGEST])


class SheetTree:
    """The cells of one sheet part, editable."""

    def __init__(self, package: Package, sheet: SheetPart) -> None:
        self.part = sheet.part
        self.root = package.tree(sheet.part)
        self.data = self.root.find("{*}sheetData")
        if self.data is None:
            raise refusals.damaged(package.path.name)
        self.formulas_removed = False
        self.ns = etree.QName(self.root).namespace or MAIN
        self.rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}  # row → column → cell
        try:
            for line in self.data.iterfind("{*}row"):
                if line.get("r"):
                    cells: dict[int, etree._Element] = {}
                    for cell in line.iterfind("{*}c"):
                        cells.setdefault(split_address(cell.get("r", "A1"))[1], cell)
                    self.rows[int(line.get("r"))], self._cells[int(line.get("r"))] = line, cells
        except ValueError:
            raise refusals.damaged(package.path.name) from None
        self._last = max(self.rows, default=0)

    def row(self, number: int) -> etree._Element:
        found = self.rows.get(number)
        if found is None:
            found = etree.Element(f"{{{self.ns}}}row", r=str(number))
            following = (
                min((n for n in self.rows if n > number), default=None)
                if number < self._last
                else None
            )
            self._last = max(self._last, number)
            if following is None:
                self.data.append(found)
            else:
                self.rows[following].addprevious(found)
            self.rows[number], self._cells[number] = found, {}
        return found

    def cell(self, row: int, column: int, create: bool = True) -> etree._Element | None:
        line = self.row(row) if create else self.rows.get(row)
        cells = self._cells.get(row, {})
        if line is None or column in cells or not create:
            return cells.get(column)
        following = min((c for c in cells if c > column), default=None)
        new = etree.Element(f"{{{self.ns}}}c", r=f"{column_letters(column)}{row}")
        if following is None:
            line.append(new)
        else:
            cells[following].addprevious(new)
        cells[column] = new
        return new

    def put(
        self, row: int, column: int, value: str | float | None, style: str | None = None
    ) -> None:
        """Write a value; an empty one empties the cell but keeps its look."""
        if value is None or value == "" or value != value:
            cell = self.cell(row, column, create=style is not None)
            if cell is not None:
                self._empty(cell)
        else:
            cell = self.cell(row, column)
            assert cell is not None
            self._empty(cell)
            if isinstance(value, str):
                cell.set("t", "inlineStr")
                text = etree.SubElement(
                    etree.SubElement(cell, f"{{{self.ns}}}is"), f"{{{self.ns}}}t"
                )
                text.text = escape_x(storable(value))
                if text.text != text.text.strip() or "\n" in text.text:
                    text.set(_XML_SPACE, "preserve")
            else:
                etree.SubElement(cell, f"{{{self.ns}}}v").text = repr(float(value)).removesuffix(
                    ".0"
                )
        if style is not None and cell is not None:
            cell.set("s", style)

    def level(self, model: int, rows: Iterable[int]) -> None:
        """Give rows without a height of their own the one of a model row."""
        height = self.row(model).get("ht")
        for row in rows if height else ():
            if "ht" not in self.row(row).attrib:
                self.row(row).set("ht", height)
                self.row(row).set("customHeight", "1")

    def hide(self, row: int, hidden: bool) -> None:
        line = self.row(row)
        if hidden:
            line.set("hidden", "1")
        else:
            line.attrib.pop("hidden", None)

    def _empty(self, cell: etree._Element) -> None:
        self.formulas_removed |= cell.find("{*}f") is not None
        for child in list(cell):
            cell.remove(child)
        for attribute in ("t", "cm", "vm"):
            cell.attrib.pop(attribute, None)

    def save(self, package: Package) -> None:
        if self.formulas_removed:
            package.drop_calculation_chain()
        for row in self.rows.values():
            row.attrib.pop("spans", None)  # only a hint, and stale now
        dimension = self.root.find("{*}dimension")
        if dimension is not None and self.rows:
            columns = [split_address(c.get("r"))[1] for c in self.data.iter("{*}c") if c.get("r")]
            dimension.set("ref", f"A1:{column_letters(max(columns, default=0))}{max(self.rows)}")
        package.changed[self.part] = serialise(self.root)


class SheetTexts:
    """The cells of a sheet as text, for reading back what a report holds."""

    def __init__(self, rows: Mapping[int, Mapping[int, object]]) -> None:
        self.rows = rows
        self.last = max(rows, default=0)

    def at(self, row: int, column: int) -> str:
        value = self.rows.get(row, {}).get(column)
        if isinstance(value, float):
            return f"{value:.15g}"
        return value.strip() if isinstance(value, str) else ""


def sheet_texts(package: Package, sheet: SheetPart) -> SheetTexts:
    package.refuse_large(sheet.part)
    return SheetTexts(dict(read_rows(package, sheet.part, shared_strings(package))))
