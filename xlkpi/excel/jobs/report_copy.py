"""A throw-away copy of a workbook that holds its report and nothing else, for a program that prints it."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from xlkpi.excel.workbook.blocks import find_blocks, printed_sheets
from xlkpi.ooxml.cells import SharedStrings, shared_strings
from xlkpi.ooxml.package import Package, SheetPart, serialise

#: Relationships of a sheet to what people said about it.
_PEOPLE = {"comments", "threadedComment", "vmlDrawing", "legacyDrawing"}
_CONTENT_TYPES = "[Content_Types].xml"


def write_report_only(book: Path, copy: Path) -> None:
    """Copy the report and nothing else: the copy stands in a folder for temporary files, and posts name people.

    Cells keep their values, texts move into the cells, and every part that the report does not need is left out.
    """
    with Package(book) as package:
        sheets = printed_sheets(find_blocks(package))
        strings = shared_strings(package)
        needed = _parts_of_the_book(package)
        for sheet in sheets:
            _stand_alone(package, sheet, strings)
            needed |= {sheet.part, *_reached(package, sheet.part)}
        _only_sheets(package, [sheet.name for sheet in sheets])
        _keep_only(package, needed)
        package.write(copy)


def _parts_of_the_book(package: Package) -> set[str]:
    """What a workbook is without its sheets: its styles, its theme, and which program wrote it."""
    book = package.workbook_part
    needed = {
        _CONTENT_TYPES,
        package.rels_name(""),
        book,
        package.styles_part,
        package.rels_name(book),
    }
    needed |= {part for kind, part in package.relations(book).values() if kind == "theme"}
    for kind, part in package.relations("").values():
        if kind == "extended-properties":
            needed.add(part)
            _only_program(package, part)
    return needed


def _stand_alone(package: Package, sheet: SheetPart, strings: SharedStrings) -> None:
    """Let a sheet stand without the list of texts, the formulas' inputs and the other sheets."""
    root = package.tree(sheet.part)
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        _freeze(cell, strings)
    for view in root.iterfind("{*}sheetViews/{*}sheetView"):
        view.attrib.pop("tabSelected", None)
    package.changed[sheet.part] = serialise(root)


def _keep_only(package: Package, needed: set[str]) -> None:
    """Take every other part out of the package, and out of the lists that name it."""
    package.removed |= set(package.names()) - needed
    for name in needed:
        if name.endswith(".rels"):
            relations = package.relations(_owner(name))
            gone = [id for id, (_, part) in relations.items() if part not in needed]
            _drop(package, name, gone, "Id")
    _drop(package, _CONTENT_TYPES, [f"/{part}" for part in package.removed], "PartName")


def _freeze(cell: etree._Element, strings: SharedStrings) -> None:
    """Let a cell stand alone: its result instead of its formula, its text instead of a number in the list of texts."""
    for formula in cell.findall("{*}f"):
        cell.remove(formula)
    if cell.get("t") == "s":
        text = strings[int(cell.findtext("{*}v") or 0)]
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        namespace = etree.QName(cell).namespace
        etree.SubElement(
            etree.SubElement(cell, f"{{{namespace}}}is"), f"{{{namespace}}}t"
        ).text = text


def _reached(package: Package, part: str) -> set[str]:
    """What a sheet points at, on and on: its drawing, charts, pictures and tables, and the relationships between them."""
    found, waiting = set[str](), [part]
    while waiting:
        at = waiting.pop()
        if package.has(package.rels_name(at)):
            found.add(package.rels_name(at))
            for kind, target in package.relations(at).values():
                if kind not in _PEOPLE and target not in found and package.has(target):
                    found.add(target)
                    waiting.append(target)
    return found


def _owner(rels: str) -> str:
    """``xl/_rels/workbook.xml.rels`` → ``xl/workbook.xml``."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _only_sheets(package: Package, wanted: Sequence[str]) -> None:
    """Keep these sheets, in this order, and the names that belong to them."""
    root = package.tree(package.workbook_part)
    sheets = root.find("{*}sheets")
    before = {str(i): sheet.get("name") for i, sheet in enumerate(sheets)}
    kept = {sheet.get("name"): sheet for sheet in sheets if sheet.get("name") in wanted}
    sheets[:] = [kept[name] for name in wanted]
    for sheet in sheets:
        sheet.attrib.pop("state", None)
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    for name in root.findall("{*}definedNames/{*}definedName"):
        sheet_name = before.get(name.get("localSheetId", ""))
        if sheet_name in wanted:
            name.set("localSheetId", str(wanted.index(sheet_name)))
        else:
            name.getparent().remove(name)
    for child in list(root):
        if etree.QName(child).localname in ("externalReferences", "pivotCaches", "extLst"):
            root.remove(child)
    package.changed[package.workbook_part] = serialise(root)


def _only_program(package: Package, part: str) -> None:
    """Of the properties, keep which program wrote the file: LibreOffice reads charts by that program's habits."""
    root = package.tree(part)
    for child in list(root):
        if etree.QName(child).localname not in ("Application", "AppVersion"):
            root.remove(child)
    package.changed[part] = serialise(root)


def _drop(package: Package, part: str, values: list[str], attribute: str) -> None:
    """Take entries out of a list, by one of their attributes."""
    root = package.tree(part)
    for entry in [e for e in root if e.get(attribute) in values]:
        root.remove(entry)
    package.changed[part] = serialise(root)
