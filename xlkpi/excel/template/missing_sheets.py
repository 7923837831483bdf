"""Adds the sheets that the report fills to a workbook that lacks them, leaving every other part as it is.

The sheets come from a fresh template: their cells, charts, colour rules and names are carried over, their
styles appended to the workbook's own, their texts written inline.
"""

from __future__ import annotations

import copy
import posixpath
import re
from functools import cache

from lxml import etree

from xlkpi.core.texts import Language
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.blocks import find_blocks
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.layout import PREFIXES, SHEET_BLOCKS
from xlkpi.ooxml.cells import SharedStrings
from xlkpi.ooxml.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    RELATIONS,
    Package,
    parse,
    serialise,
)
from xlkpi.ooxml.styles import Styles

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
#: ISO/IEC 29500 strict names of what the template uses.
_STRICT = {
    "spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "drawingml/2006/spreadsheetDrawing": "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    "drawingml/2006/chart": "http://purl.oclc.org/ooxml/drawingml/chart",
    "drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_STYLE_LISTS = (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))


#: What stands before the defined names of a workbook, the nearest first.  Source: ECMA-376 part 1, 18.2.27.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
#: A sheet is there when this block of it is.
_SIGN = {
    "context": "context_title",
    "report": "report_kpis",
    "dashboard": "dashboard_title",
    "analysis": "analysis_title",
    "actions": "actions_list",
    "checks": "checks_findings",
}


def add_missing_sheets(package: Package, language: Language) -> None:
    """Add the sheets whose blocks the workbook lacks; a workbook that has them is not touched."""
    blocks = find_blocks(package)
    missing = [
        spec for spec in contract.SHEETS if spec.id in SHEET_BLOCKS and _SIGN[spec.id] not in blocks
    ]
    if not missing:
        return
    with Package(package.path, _template(language)) as donor:
        if etree.QName(package.workbook).namespace == _STRICT["spreadsheetml/2006/main"]:
            _make_strict(donor)
        copier = _SheetCopier(package, donor)
        for spec in missing:
            copier.add(spec, language)
        copier.finish()
    package.forget()


@cache
def _template(language: Language) -> bytes:
    from xlkpi.excel.template.build import build

    return build(language)


def _make_strict(donor: Package) -> None:
    """Let the template speak the strict namespaces, as the workbook does."""
    for part in donor.names():
        data = donor.read(part)
        for name, strict in _STRICT.items():
            data = data.replace((_TRANSITIONAL + name).encode(), strict.encode())
        donor.changed[part] = data
    donor.forget()


class _SheetCopier:
    """Copies sheets from a fresh template (the donor) into a workbook."""

    def __init__(self, package: Package, donor: Package) -> None:
        self.package, self.donor = package, donor
        self.strings = SharedStrings(donor)
        self.formats = Styles(package)  # first of all: it may add a part
        self.donor_styles = donor.tree(donor.styles_part)
        self.types = package.tree(CONTENT_TYPES)
        self.donor_types = {
            o.get("PartName", ""): o.get("ContentType", "")
            for o in donor.tree(CONTENT_TYPES).iterfind("{*}Override")
        }
        self.workbook = package.tree(package.workbook_part)
        self.rels_part = package.rels_name(package.workbook_part)
        self.rels = package.tree(self.rels_part)
        self.renamed: dict[str, str] = {}  # donor sheet name → name here
        self._xfs: dict[str, str] = {}
        self._dxfs: dict[str, str] = {}
        self._taken = {n.lower() for n in package.names()}

    # -- parts ---------------------------------------------------------------------------------

    def _new_part(self, part: str) -> str:
        """The donor's part name, numbered on until the workbook has none like it."""
        stem, suffix = posixpath.splitext(re.sub(r"\d+(\.\w+)$", r"\1", part))
        n = 1
        while f"{stem}{n}{suffix}".lower() in self._taken:
            n += 1
        name = f"{stem}{n}{suffix}"
        self._taken.add(name.lower())
        etree.SubElement(
            self.types,
            etree.QName(etree.QName(self.types).namespace, "Override"),
            PartName=f"/{name}",
            ContentType=self.donor_types[f"/{part}"],
        )
        return name

    def add(self, spec: Sheet, language: Language) -> None:
        wanted = spec.label.in_(language)
        source = next(s for s in self.donor.sheets if s.name == wanted)
        name = self._sheet_name(wanted)
        self.renamed[wanted] = name
        part = self._new_part(source.part)
        root = self.donor.tree(source.part)
        for cell in root.iter("{*}c"):
            self._adopt_cell(cell)
        for rule in root.iter("{*}cfRule"):
            if rule.get("dxfId") is not None:
                rule.set("dxfId", self._dxf(rule.get("dxfId", "0")))
        for column in root.iter("{*}col"):
            if column.get("style"):
                column.set("style", self._xf(column.get("style", "0")))
        for view in root.iter("{*}sheetView"):
            view.attrib.pop("tabSelected", None)
        self._copy_relations(source.part, part)
        self.package.changed[part] = serialise(root)
        self._register(name, part)

    def _sheet_name(self, wanted: str) -> str:
        names = {s.get("name", "").casefold() for s in self.workbook.iterfind("{*}sheets/{*}sheet")}
        candidates = [wanted, f"{wanted} KPI", *(f"{wanted} KPI {n}" for n in range(2, 100))]
        return next(c for c in candidates if c.casefold() not in names)

    def _adopt_cell(self, cell: etree._Element) -> None:
        if cell.get("s"):
            cell.set("s", self._xf(cell.get("s", "0")))
        if cell.get("t") == "s":
            text = self.strings[int(cell.findtext("{*}v") or 0)]
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "inlineStr")
            namespace = etree.QName(cell).namespace
            holder = etree.SubElement(
                etree.SubElement(cell, f"{{{namespace}}}is"), f"{{{namespace}}}t"
            )
            holder.text = text

    def _copy_relations(self, source: str, target: str) -> None:
        """Copy what a part points at (drawing, charts, table), under names that are free here."""
        name = Package.rels_name(source)
        if not self.donor.has(name):
            return
        rels = self.donor.tree(name)
        for rel in rels.iterfind("{*}Relationship"):
            kind, part = self.donor.relations(source)[rel.get("Id", "")]
            new = self._new_part(part)
            rel.set("Target", posixpath.relpath(new, posixpath.dirname(target)))
            data = self.donor.read(part)
            if kind == "table":
                data = self._adopt_table(data)
            elif kind == "chart":
                data = self._adopt_chart(data)
            self.package.changed[new] = data
            self._copy_relations(part, new)
        self.package.changed[Package.rels_name(target)] = serialise(rels)
        self._give_relations_a_type()

    def _give_relations_a_type(self) -> None:
        """A type for the parts that hold relationships; LibreOffice 5 gave one to each of them instead."""
        defaults = self.types.iterfind("{*}Default")
        if not any(d.get("Extension", "").lower() == "rels" for d in defaults):
            space = etree.QName(self.types).namespace
            new = etree.Element(f"{{{space}}}Default", Extension="rels", ContentType=_RELS_TYPE)
            self.types.insert(0, new)

    def _adopt_table(self, data: bytes) -> bytes:
        root = parse(data, "template")
        used = {int(self.package.tree(t.part).get("id") or 0) for t in self.package.tables}
        used |= {
            int(parse(d, "template").get("id") or 0)
            for p, d in self.package.changed.items()
            if p.startswith("xl/tables/")
        }
        root.set("id", str(max(used, default=0) + 1))
        names = {t.name.casefold() for t in self.package.tables} | {
            n.casefold() for n in self.package.defined_names
        }
        name = root.get("name", "")
        if name.casefold() in names:
            name = next(
                f"{name}_{n}" for n in range(2, 100) if f"{name}_{n}".casefold() not in names
            )
        root.set("name", name)
        root.set("displayName", name)
        for column in root.iter("{*}tableColumn"):
            for attribute in ("dataDxfId", "headerRowDxfId"):
                if column.get(attribute) is not None:
                    column.set(attribute, self._dxf(column.get(attribute, "0")))
        return serialise(root)

    def _adopt_chart(self, data: bytes) -> bytes:
        """Point the chart at the sheet's name here."""
        root = parse(data, "template")
        for formula in root.iter("{*}f"):
            sheet, _, ref = (formula.text or "").rpartition("!")
            new = self.renamed.get(sheet.strip("'"))
            if new:
                formula.text = f"{_quoted(new)}!{ref}"
        return serialise(root)

    # -- styles --------------------------------------------------------------------------------

    def _xf(self, index: str) -> str:
        if index not in self._xfs:
            xf = copy.deepcopy(self.donor_styles.find("{*}cellXfs")[int(index)])
            for list_name, attribute in _STYLE_LISTS:
                element = self.donor_styles.find(f"{{*}}{list_name}")[int(xf.get(attribute, "0"))]
                xf.set(attribute, self.formats.append(list_name, element))
            xf.set("numFmtId", self._number_format(xf.get("numFmtId", "0")))
            xf.set("xfId", "0")
            self._xfs[index] = self.formats.append("cellXfs", xf)
        return self._xfs[index]

    def _number_format(self, id: str) -> str:
        if int(id) < 164:
            return id
        code = next(
            f.get("formatCode", "")
            for f in self.donor_styles.iterfind("{*}numFmts/{*}numFmt")
            if f.get("numFmtId") == id
        )
        return self.formats.format_id(code)

    def _dxf(self, index: str) -> str:
        if index not in self._dxfs:
            self._dxfs[index] = self.formats.append(
                "dxfs", self.donor_styles.find("{*}dxfs")[int(index)]
            )
        return self._dxfs[index]

    # -- workbook ------------------------------------------------------------------------------

    def _register(self, name: str, part: str) -> None:
        ids = {r.get("Id") for r in self.rels}
        rel_id = next(f"rIdXk{n}" for n in range(1, 1000) if f"rIdXk{n}" not in ids)
        folder = posixpath.dirname(self.package.workbook_part)
        kind = next(
            r.get("Type", "") for r in self.rels if r.get("Type", "").endswith("/worksheet")
        )
        etree.SubElement(
            self.rels,
            f"{{{PACKAGE_RELATIONS}}}Relationship",
            Id=rel_id,
            Type=kind,
            Target=posixpath.relpath(part, folder),
        )
        sheets = self.workbook.find("{*}sheets")
        number = max(int(s.get("sheetId", "0")) for s in sheets) + 1
        relations = next(
            (ns for ns in self.workbook.nsmap.values() if ns.endswith("/relationships")), RELATIONS
        )
        etree.SubElement(
            sheets,
            etree.QName(etree.QName(sheets).namespace, "sheet"),
            {"name": name, "sheetId": str(number), f"{{{relations}}}id": rel_id},
        )

    def finish(self) -> None:
        """Bring the defined names of the new sheets along and store the shared parts."""
        names = self._defined_names()
        self._remove_dead(names)
        self._add_names(names)
        names[:] = sorted(
            names, key=lambda n: (n.get("name", "").casefold(), int(n.get("localSheetId", "-1")))
        )
        self.package.changed[self.package.workbook_part] = serialise(self.workbook)
        self.package.changed[self.rels_part] = serialise(self.rels)
        self.formats.save()
        self.package.changed[CONTENT_TYPES] = serialise(self.types)

    def _defined_names(self) -> etree._Element:
        """The element that holds them, where the schema wants it."""
        names = self.workbook.find("{*}definedNames")
        if names is None:
            names = etree.Element(f"{{{etree.QName(self.workbook).namespace}}}definedNames")
            before = (self.workbook.find(f"{{*}}{name}") for name in _BEFORE_NAMES)
            next(found for found in before if found is not None).addnext(names)
        return names

    def _remove_dead(self, names: etree._Element) -> None:
        """Deleting our sheet in Excel leaves its names behind, pointing nowhere."""
        alive = find_blocks(self.package)
        for entry in list(names):
            name = entry.get("name", "")
            ours = name.startswith(PREFIXES) and entry.get("localSheetId") is None
            if ours and name not in alive:
                names.remove(entry)

    def _add_names(self, names: etree._Element) -> None:
        order = [s.get("name", "") for s in self.workbook.iterfind("{*}sheets/{*}sheet")]
        there = {n.get("name") for n in names if n.get("localSheetId") is None}
        for entry in self.donor.workbook.iterfind("{*}definedNames/{*}definedName"):
            text, name = entry.text or "", entry.get("name", "")
            sheet = self.renamed.get(text.partition("!")[0].strip("'"))
            if sheet is None or name in there:
                continue
            tag = f"{{{etree.QName(self.workbook).namespace}}}definedName"
            clone = etree.SubElement(names, tag, name=name)
            if entry.get("localSheetId") is not None:
                clone.set("localSheetId", str(order.index(sheet)))
            places = (piece.rpartition("!")[2] for piece in text.split(","))
            clone.text = ",".join(f"{_quoted(sheet)}!{place}" for place in places)


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[^\W\d]\w*", name) else "'" + name.replace("'", "''") + "'"
