"""The style sheet of a workbook: number formats for cells that keep everything else of their look."""

from __future__ import annotations

import copy

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE

from xlkpi.ooxml.package import MAIN, Package, serialise


class Styles:
    """Number formats for cells that keep everything else of their look."""

    def __init__(self, package: Package) -> None:
        self.package, self.part = package, package.styles_part
        self.root = package.tree(self.part)
        self.ns = etree.QName(self.root).namespace or MAIN
        self.xfs = self.root.find("{*}cellXfs")
        self.changed = False
        self._known: dict[tuple[str, str], str] = {}

    def with_format(self, style: str, code: str) -> str:
        """The id of a style that is ``style`` with this number format."""
        key = (style, code)
        if key not in self._known:
            self._known[key] = self._find(style, code)
        return self._known[key]

    def _find(self, style: str, code: str) -> str:
        format_id = self.format_id(code)
        xfs = list(self.xfs)
        base = xfs[int(style)] if style.isdecimal() and int(style) < len(xfs) else xfs[0]
        if base.get("numFmtId", "0") == format_id:
            return style
        clone = copy.deepcopy(base)
        clone.set("numFmtId", format_id)
        clone.set("applyNumberFormat", "1")
        wanted = etree.tostring(clone, method="c14n")
        for i, xf in enumerate(xfs):
            if xf.get("numFmtId") == format_id and etree.tostring(xf, method="c14n") == wanted:
                return str(i)
        self.xfs.append(clone)
        self.xfs.set("count", str(len(xfs) + 1))
        self.changed = True
        return str(len(xfs))

    def format_id(self, code: str) -> str:
        """The id of a number format, which is added where the workbook lacks it."""
        if code in BUILTIN_FORMATS_REVERSE:
            return str(BUILTIN_FORMATS_REVERSE[code])
        formats = self.root.find("{*}numFmts")
        if formats is None:
            formats = etree.Element(f"{{{self.ns}}}numFmts", count="0")
            self.root.insert(0, formats)
        used = {163}
        for entry in formats:
            used.add(int(entry.get("numFmtId", "0")))
            if entry.get("formatCode") == code:
                return str(entry.get("numFmtId"))
        id = str(max(used) + 1)
        etree.SubElement(formats, f"{{{self.ns}}}numFmt", numFmtId=id, formatCode=code)
        formats.set("count", str(len(formats)))
        self.changed = True
        return id

    def save(self) -> None:
        if self.changed:
            self.package.changed[self.part] = serialise(self.root)
