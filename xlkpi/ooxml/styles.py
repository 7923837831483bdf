"""The style sheet of a workbook: number formats for cells that keep everything else of their look.

A workbook may have an empty style sheet or none, as programs write it that only hand figures on; what ours need is
added then.
"""

from __future__ import annotations

import copy
import posixpath

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE

from xlkpi.ooxml.package import MAIN, Package, serialise

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
#: The lists of a style sheet in the order of the schema.  Source: ECMA-376 part 1, 18.8.39.
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
#: Lists that may not be empty, and what stands in them at least; the second fill is Excel's own.
_PLAIN = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": f"{_XF}/>",
    "cellXfs": f'{_XF} xfId="0"/>',
}


def _add_part(package: Package) -> None:
    namespace = etree.QName(package.workbook).namespace or MAIN
    part = posixpath.join(posixpath.dirname(package.workbook_part), "styles.xml")
    empty = etree.Element(f"{{{namespace}}}styleSheet", nsmap={None: namespace})
    package.add_part(part, serialise(empty), _TYPE, "styles")


class Styles:
    """Number formats for cells that keep everything else of their look."""

    def __init__(self, package: Package) -> None:
        if not package.styles_part:
            _add_part(package)
        self.package, self.part = package, package.styles_part
        self.root = package.tree(self.part)
        self.ns = etree.QName(self.root).namespace or MAIN
        self.changed = self._complete()
        self.xfs = self.root.find("{*}cellXfs")
        self._known: dict[tuple[str, str], str] = {}

    def _complete(self) -> bool:
        """Put in the lists that are missing or empty, each with what a cell without a style refers to."""
        missing = False
        for name, plain in _PLAIN.items():
            holder = self.root.find(f"{{*}}{name}")
            if holder is None:
                holder = etree.Element(f"{{{self.ns}}}{name}")
                self._insert(holder, name)
            if not len(holder):
                missing = True
                holder.extend(etree.fromstring(f'<x xmlns="{self.ns}">{plain}</x>'))
                holder.set("count", str(len(holder)))
        return missing

    def _insert(self, holder: etree._Element, name: str) -> None:
        """Put a list where the schema wants it."""
        behind = _ORDER[_ORDER.index(name) + 1 :]
        children = (e for e in self.root if isinstance(e.tag, str))
        following = next((e for e in children if etree.QName(e).localname in behind), None)
        self.root.append(holder) if following is None else following.addprevious(holder)

    def append(self, name: str, element: etree._Element) -> str:
        """Add a copy to one of the lists, such as ``fonts``; its index there."""
        holder = self.root.find(f"{{*}}{name}")
        if holder is None:
            holder = etree.Element(f"{{{self.ns}}}{name}")
            self._insert(holder, name)
        holder.append(copy.deepcopy(element))
        holder.set("count", str(len(holder)))
        self.changed = True
        return str(len(holder) - 1)

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
        return self.append("cellXfs", clone)

    def format_id(self, code: str) -> str:
        """The id of a number format, which is added where the workbook lacks it."""
        if code in BUILTIN_FORMATS_REVERSE:
            return str(BUILTIN_FORMATS_REVERSE[code])
        formats = self.root.find("{*}numFmts")
        if formats is None:
            formats = etree.Element(f"{{{self.ns}}}numFmts", count="0")
            self._insert(formats, "numFmts")
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
