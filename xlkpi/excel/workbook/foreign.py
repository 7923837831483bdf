"""What a workbook brings that reaches beyond it: links, macros, DDE, connections.  Nothing of it is followed; it is told.

A marketer opens in Excel what an agency mailed, and Excel may ask, fetch or run; here it is said before.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Finding, Place
from xlkpi.core.texts import Text
from xlkpi.ooxml.package import Package

#: Our own add-in: Excel stores each of its cell functions as a link to it.
_OURS = "xlkpi.xlam"
_MACROS = {"vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "control", "activeXControl"}
_SIGNATURES = "_xmlsignatures/"
_CODE_SHEETS = (".conf", ".py")
#: Relationships that leave the file and harm nobody; external workbooks are told by their own part.
_HARMLESS = ("http://", "https://", "mailto:", "tel:", "#")
_SMALL = (
    4 << 20
)  # bytes of a sheet whose formulas are looked through: a large one would take as long as the report
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>\s*<(?:\w+:)?f\b[^<>]*>([^<]*)<'
)
_DDE = re.compile(rb"^[^\"(]*[\w.'&; ]\|")  # service|topic!item, outside a text
_SHARE = re.compile(rb"^[^\"]*'\\\\")

_UNTOUCHED = Text(
    "nothing was opened or run; figures are those that were saved in the workbook",
    "rien n’a été ouvert ni exécuté ; les chiffres sont ceux enregistrés dans le classeur",
)


def foreign(package: Package) -> Iterator[Finding]:
    """Findings about what reaches beyond the file, one for each target; severity INFO or WARNING."""
    relations = package.relations(package.workbook_part)
    parts: dict[str, list[str]] = {}
    for kind, part in relations.values():
        parts.setdefault(kind, []).append(part)
    yield from _linked_books(package, parts.get("externalLink", []))
    if parts.keys() & _MACROS or _has_macro_project(package):
        yield _finding(codes.MACROS)
    for sheet in package.workbook.iterfind("{*}sheets/{*}sheet"):
        name = sheet.get("name", "")
        if name.casefold().endswith(_CODE_SHEETS):
            yield _finding(codes.SETTINGS_SHEET_IGNORED, sheet=name)
    yield from _linked_things(package)
    yield from _connections(package, parts.get("connections", []))
    yield from _formulas(package)
    yield from signature(package)


def signature(package: Package) -> Iterator[Finding]:
    """What to know of a workbook that someone signed."""
    if any(name.lower().startswith(_SIGNATURES) for name in package.names()):
        yield Finding(
            codes.SIGNATURE_LOST,
            effect=Text(
                "Excel will show the signature of the written workbook as not valid",
                "Excel signalera la signature du classeur écrit comme non valide",
            ),
        )


def _has_macro_project(package: Package) -> bool:
    return any(name.lower().endswith("vbaproject.bin") for name in package.names())


def _finding(code: Code, value: str = "", **where: str) -> Finding:
    place = Place(sheet=where.get("sheet", ""), cell=where.get("cell", ""))
    return Finding(code, effect=_UNTOUCHED, value=value, **place)


def _linked_books(package: Package, parts: list[str]) -> Iterator[Finding]:
    for part in parts:
        if not package.has(part):
            continue
        kinds = {
            etree.QName(child).localname for child in package.tree(part).iterchildren(etree.Element)
        }
        targets = [target for _, target in _outward(package, package.rels_name(part))]
        if kinds & {"ddeLink", "oleLink"}:
            link = next(package.tree(part).iterfind("{*}ddeLink"), None)
            said = (
                [] if link is None else [f"{link.get('ddeService', '')}|{link.get('ddeTopic', '')}"]
            )
            yield _dde(", ".join(said or targets))
        elif any(
            not target.lower().replace("\\", "/").endswith(_OURS) for target in targets or [""]
        ):
            yield _book(", ".join(targets))


def _book(target: str, **where: str) -> Finding:
    return _finding(
        codes.LINKED_WORKBOOK,
        target,
        **where,
    )


def _dde(target: str, **where: str) -> Finding:
    return _finding(
        codes.DATA_FROM_PROGRAM,
        target,
        **where,
    )


def _outward(package: Package, rels: str) -> list[tuple[str, str]]:
    """(last word of the type, target) of each relationship that leaves the file."""
    if not package.has(rels) or b"External" not in package.read(rels):
        return []
    return [
        (rel.get("Type", "").rpartition("/")[2], rel.get("Target", ""))
        for rel in package.tree(rels).iterfind("{*}Relationship")
        if rel.get("TargetMode") == "External"
    ]


def _linked_things(package: Package) -> Iterator[Finding]:
    """Hyperlinks to files and network shares, and pictures or objects that lie elsewhere."""
    sheets = {package.rels_name(s.part): s.name for s in package.sheets}
    for rels in package.names():
        if (
            not rels.endswith(".rels")
            or posixpath.basename(posixpath.dirname(posixpath.dirname(rels))) == "externalLinks"
        ):
            continue
        for kind, target in _outward(package, rels):
            if kind == "hyperlink" and (target.lower().startswith(_HARMLESS) or _is_plain(target)):
                continue
            yield _finding(
                codes.LINK_TO_COMPUTER,
                target,
                sheet=sheets.get(rels, ""),
            )


def _is_plain(target: str) -> bool:
    """Whether a target without a scheme is a web address typed short, such as ``instagram.com/p/1``."""
    return bool(re.match(r"[\w-]+(\.[\w-]+)+(/|$)", target)) and "\\" not in target


def _connections(package: Package, parts: list[str]) -> Iterator[Finding]:
    for part in parts or [n for n in package.names() if n == "xl/connections.xml"]:
        if package.has(part):
            names = [c.get("name", "") for c in package.tree(part).iterfind("{*}connection")]
            yield _finding(
                codes.OUTSIDE_DATA,
                ", ".join(names[:5]),
            )


def _formulas(package: Package) -> Iterator[Finding]:
    for sheet in package.sheets:
        size = (
            package.zip.NameToInfo[sheet.part].file_size
            if sheet.part in package.zip.NameToInfo
            else 0
        )
        data = package.read(sheet.part) if size <= _SMALL else b""
        if b"|" not in data and b"\\\\" not in data:
            continue
        for match in _FORMULA.finditer(data):
            cell, formula = match[1].decode(), match[2].decode("utf-8", "replace")
            if _DDE.match(match[2]):
                yield _dde(formula, sheet=sheet.name, cell=cell)
            elif _SHARE.match(match[2]):
                yield _book(formula, sheet=sheet.name, cell=cell)


__all__ = ["foreign"]
