"""A workbook's report as PDF: by Excel where it runs, else by LibreOffice, else a finding that says what to install."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from xlkpi.core.findings import Finding, NotWritten, Severity, system_reason
from xlkpi.core.texts import Language, Text
from xlkpi.excel.cells import SharedStrings, shared_strings
from xlkpi.excel.filefill import Block, find_blocks
from xlkpi.excel.layout import PRINTED, SHEET_BLOCKS
from xlkpi.excel.package import Package, SheetPart, serialise

_SECONDS = 180
#: Relationships of a sheet to what people said about it.
_PEOPLE = {"comments", "threadedComment", "vmlDrawing", "legacyDrawing"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value>
</prop></item></oor:items>
"""


def export(book: Path, target: Path, language: Language) -> None:
    """Write the report of ``book``, all its pages, as a PDF.

    Raises:
        NotWritten: neither Excel nor LibreOffice is there, or the one that is could not do it.
    """
    if sys.platform in ("win32", "darwin") and _by_excel(book, target):
        return
    office = _libreoffice()
    if office is None:
        raise NotWritten(Finding(
            "XK404", Severity.ERROR,
            Text("a PDF needs Excel or LibreOffice, and neither was found",
                 "un PDF demande Excel ou LibreOffice, et aucun n’a été trouvé"),
            Text("the workbook was written, the PDF was not", "le classeur a été écrit, pas le PDF"),
            Text("install LibreOffice (free, libreoffice.org), or print the Report sheet from Excel",
                 "installez LibreOffice (gratuit, libreoffice.org), ou imprimez la feuille Rapport depuis Excel"),
            sheet=target.name))
    _by_libreoffice(office, book, target, language)


def _by_excel(book: Path, target: Path) -> bool:
    """True when a running or startable Excel made the PDF."""
    try:
        import xlwings
    except ImportError:
        return False
    try:
        with Package(book) as package:
            names: list[int | str] = [sheet.name for sheet in printed(find_blocks(package))]
        with xlwings.App(visible=False, add_book=False) as app:
            opened = app.books.open(str(book), update_links=False, read_only=True)
            opened.to_pdf(str(target), include=names)
            opened.close()
    except Exception:  # whatever COM or AppleScript raises: LibreOffice is tried next
        return False
    return target.exists()


def _libreoffice() -> str | None:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    usual = (
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "LibreOffice/program/soffice.exe",
    )
    return next((str(path) for path in usual if path.exists()), None)


def _by_libreoffice(office: str, book: Path, target: Path, language: Language) -> None:
    with tempfile.TemporaryDirectory(prefix="xlkpi-") as folder:
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        locale = "fr-FR" if language == "fr" else "en-GB"
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(locale=locale), encoding="utf-8")
        copy = Path(folder) / f"report{book.suffix}"
        _report_only(book, copy)
        command = [office, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore",
                   "--convert-to", "pdf:calc_pdf_Export", "--outdir", folder, str(copy)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL, check=False)
        except (OSError, subprocess.TimeoutExpired):
            done = None
        made = copy.with_suffix(".pdf")
        if done is None or not made.exists():
            raise NotWritten(Finding(
                "XK406", Severity.ERROR,
                Text("LibreOffice could not make the PDF", "LibreOffice n’a pas pu produire le PDF"),
                Text("the workbook was written, the PDF was not", "le classeur a été écrit, pas le PDF"),
                Text("open the workbook in LibreOffice and export the sheets of the report from there",
                     "ouvrez le classeur dans LibreOffice et exportez-y les feuilles du rapport"),
                sheet=target.name))
        try:
            shutil.copyfile(made, target)
        except OSError as error:
            raise NotWritten(Finding(
                "XK401", Severity.ERROR,
                Text("the PDF cannot be written ({why})", "le PDF ne peut être écrit ({why})")
                .format(why=system_reason(error)),
                fix=Text("close it in your PDF reader and check your rights",
                         "fermez-le dans votre lecteur PDF et vérifiez vos droits"), sheet=target.name)) from None


def printed(blocks: Mapping[str, Block]) -> list[SheetPart]:
    """The sheets of the report in the order of its parts: found by their blocks, for a user may have a "Report" too."""
    found = {}
    for id in PRINTED:
        names = [name for name in SHEET_BLOCKS[id] if name in blocks]
        if names:
            sheet = blocks[names[0]].sheet
            found[sheet.part] = sheet
    return list(found.values())


def _report_only(book: Path, copy: Path) -> None:
    """A throw-away copy of the report and nothing else: it stands in a folder for temporary files, and posts name people.

    Cells keep their values, texts move into the cells, and every part that the report does not need is left out.
    """
    with Package(book) as package:
        sheets = printed(find_blocks(package))
        strings = shared_strings(package)
        needed = {"[Content_Types].xml", package.rels_name(""), package.workbook_part, package.styles_part,
                  package.rels_name(package.workbook_part)}
        for sheet in sheets:
            root = package.tree(sheet.part)
            for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
                _freeze(cell, strings)
            for view in root.iterfind("{*}sheetViews/{*}sheetView"):
                view.attrib.pop("tabSelected", None)
            package.changed[sheet.part] = serialise(root)
            needed |= {sheet.part, *_reached(package, sheet.part)}
        needed |= {part for kind, part in package.relations(package.workbook_part).values() if kind == "theme"}
        for part in (part for kind, part in package.relations("").values() if kind == "extended-properties"):
            needed.add(part)
            _only_program(package, part)
        _only_sheets(package, [sheet.name for sheet in sheets])
        package.removed |= set(package.names()) - needed
        for name in needed:
            if name.endswith(".rels"):
                gone = [id for id, (_, part) in package.relations(_owner(name)).items() if part not in needed]
                _drop(package, name, gone, "Id")
        _drop(package, "[Content_Types].xml", [f"/{part}" for part in package.removed], "PartName")
        package.write(copy)


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
        etree.SubElement(etree.SubElement(cell, f"{{{namespace}}}is"), f"{{{namespace}}}t").text = text


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
