"""A workbook's report as PDF: by Excel where it runs, else by LibreOffice, else a finding that says what to install."""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lxml import etree

from xlkpi.core.findings import Finding, NotWritten, Severity
from xlkpi.core.texts import Language, Text
from xlkpi.excel.workbook.blocks import Block, find_blocks
from xlkpi.excel.workbook.layout import PRINTED, SHEET_BLOCKS
from xlkpi.files.saving import backed_up, temporary, write_bytes
from xlkpi.ooxml.cells import SharedStrings, shared_strings
from xlkpi.ooxml.package import Package, SheetPart, serialise

_SECONDS = 180
#: The comment by which a PDF of ours is known again: a digest of its name and of all its other bytes.
_MARK = re.compile(rb"%xlkpi ([0-9a-f]{64})\n(?=startxref)")
_ONLY_BOOK = Text(
    "the workbook was written, the PDF was not", "le classeur a été écrit, pas le PDF"
)
#: Relationships of a sheet to what people said about it.
_PEOPLE = {"comments", "threadedComment", "vmlDrawing", "legacyDrawing"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value>
</prop></item></oor:items>
"""
_CLOSE = Text(
    "close it in your PDF reader, check the folder and your rights, or choose another name for the report with -o",
    "fermez-le dans votre lecteur PDF, vérifiez le dossier et vos droits, ou choisissez un autre nom de rapport avec -o",
)


def export(book: Path, target: Path, language: Language, now: datetime) -> Path | None:
    """Write the report of ``book``, all its pages, as a PDF, and return the dated copy of what stood there.

    A PDF of ours for this very report that nobody has changed is replaced without a copy.

    Raises:
        NotWritten: neither Excel nor LibreOffice is there, or it could not do it, or the file cannot be written.
    """
    data = _by_excel(book, target) if sys.platform in ("win32", "darwin") else b""
    if not data:
        office = _libreoffice()
        if office is None:
            raise NotWritten(
                Finding(
                    "XK404",
                    Severity.ERROR,
                    Text(
                        "a PDF needs Excel or LibreOffice, and neither was found",
                        "un PDF demande Excel ou LibreOffice, et aucun n’a été trouvé",
                    ),
                    _ONLY_BOOK,
                    Text(
                        "install LibreOffice (free, libreoffice.org), or print the Report sheet from Excel",
                        "installez LibreOffice (gratuit, libreoffice.org), ou imprimez la feuille Rapport depuis Excel",
                    ),
                    sheet=target.name,
                )
            )
        data = _by_libreoffice(office, book, target, language)
    return place(data, target, now)


def place(data: bytes, target: Path, now: datetime) -> Path | None:
    """Put a PDF in its place whole or not at all, with our mark; the dated copy of what stood there, or None.

    Raises:
        NotWritten: it cannot be written; what was there is untouched.
    """
    try:
        with backed_up(target, now, os.path.lexists(target) and not is_ours(target)) as saved:
            write_bytes(_signed(data, target.name), target)
    except NotWritten as problem:
        fix = _CLOSE if problem.finding.code == "XK401" else problem.finding.fix
        raise NotWritten(replace(problem.finding, effect=_ONLY_BOOK, fix=fix)) from None
    return saved


def is_ours(path: Path) -> bool:
    """Whether a PDF is as we wrote it, and under the name it was written for; false also where that cannot be told."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    marks = list(_MARK.finditer(data))
    if not marks:
        return False
    last = marks[-1]
    return last[1].decode() == _digest(data[: last.start()] + data[last.end() :], path.name)


def sign(path: Path) -> None:
    """Put our mark into a PDF that Excel has just written, in place: only this one name may be open to us on macOS."""
    with contextlib.suppress(OSError):  # without a mark a copy of it is kept before the next one
        path.write_bytes(_signed(path.read_bytes(), path.name))


def _signed(data: bytes, name: str) -> bytes:
    """The same PDF with our mark, a comment before the last ``startxref``: no offset that a reader follows moves."""
    at = data.rfind(b"startxref")
    return (
        data if at < 0 else data[:at] + b"%%xlkpi %s\n" % _digest(data, name).encode() + data[at:]
    )


def _digest(data: bytes, name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()


def _by_excel(book: Path, target: Path) -> bytes:
    """The PDF that a running or startable Excel made; empty where it made none.

    It is written beside ``target``: on macOS Excel may not write into the folder for temporary files.
    """
    try:
        import xlwings
    except ImportError:
        return b""
    try:
        with Package(book) as package:
            names: list[int | str] = [sheet.name for sheet in printed(find_blocks(package))]
        with temporary(target) as made:
            with xlwings.App(visible=False, add_book=False) as app:
                opened = app.books.open(str(book), update_links=False, read_only=True)
                opened.to_pdf(str(made), include=names)
                opened.close()
            return made.read_bytes()
    except Exception:  # whatever COM or AppleScript raises: LibreOffice is tried next
        return b""


def _libreoffice() -> str | None:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    usual = (
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        Path(os.environ.get("PROGRAMFILES", "C:/Program Files"))
        / "LibreOffice/program/soffice.exe",
    )
    return next((str(path) for path in usual if path.exists()), None)


def _by_libreoffice(office: str, book: Path, target: Path, language: Language) -> bytes:
    with tempfile.TemporaryDirectory(prefix="xlkpi-") as folder:
        profile = Path(folder) / "profile" / "user"
        profile.mkdir(parents=True)
        locale = "fr-FR" if language == "fr" else "en-GB"
        (profile / "registrymodifications.xcu").write_text(
            _PROFILE.format(locale=locale), encoding="utf-8"
        )
        copy = Path(folder) / f"report{book.suffix}"
        _report_only(book, copy)
        command = [
            office,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:calc_pdf_Export",
            "--outdir",
            folder,
            str(copy),
        ]
        try:
            subprocess.run(
                command,
                capture_output=True,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                check=False,
            )
            return copy.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise NotWritten(
                Finding(
                    "XK406",
                    Severity.ERROR,
                    Text(
                        "LibreOffice could not make the PDF",
                        "LibreOffice n’a pas pu produire le PDF",
                    ),
                    _ONLY_BOOK,
                    Text(
                        "open the workbook in LibreOffice and export the sheets of the report from there",
                        "ouvrez le classeur dans LibreOffice et exportez-y les feuilles du rapport",
                    ),
                    sheet=target.name,
                )
            ) from None


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
        needed = {
            "[Content_Types].xml",
            package.rels_name(""),
            package.workbook_part,
            package.styles_part,
            package.rels_name(package.workbook_part),
        }
        for sheet in sheets:
            root = package.tree(sheet.part)
            for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
                _freeze(cell, strings)
            for view in root.iterfind("{*}sheetViews/{*}sheetView"):
                view.attrib.pop("tabSelected", None)
            package.changed[sheet.part] = serialise(root)
            needed |= {sheet.part, *_reached(package, sheet.part)}
        needed |= {
            part
            for kind, part in package.relations(package.workbook_part).values()
            if kind == "theme"
        }
        for part in (
            part for kind, part in package.relations("").values() if kind == "extended-properties"
        ):
            needed.add(part)
            _only_program(package, part)
        _only_sheets(package, [sheet.name for sheet in sheets])
        package.removed |= set(package.names()) - needed
        for name in needed:
            if name.endswith(".rels"):
                gone = [
                    id
                    for id, (_, part) in package.relations(_owner(name)).items()
                    if part not in needed
                ]
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
