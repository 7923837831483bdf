"""A workbook's report as PDF: by Excel where it runs, else by LibreOffice, else a finding that says what to install."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Language, Text
from xlkpi.excel.jobs import libreoffice
from xlkpi.excel.workbook.blocks import find_blocks, printed_sheets
from xlkpi.files.saving import backed_up, temporary, write_bytes
from xlkpi.ooxml.package import Package

#: The comment by which a PDF of ours is known again: a digest of its name and of all its other bytes.
_MARK = re.compile(rb"%xlkpi ([0-9a-f]{64})\n(?=startxref)")
_ONLY_BOOK = Text(
    "the workbook was written, the PDF was not", "le classeur a été écrit, pas le PDF"
)
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
    return place(data or _by_libreoffice(book, target, language), target, now)


def place(data: bytes, target: Path, now: datetime) -> Path | None:
    """Put a PDF in its place whole or not at all, with our mark; the dated copy of what stood there, or None.

    Raises:
        NotWritten: it cannot be written; what was there is untouched.
    """
    try:
        with backed_up(target, now, os.path.lexists(target) and not is_ours(target)) as saved:
            write_bytes(_signed(data, target.name), target)
    except NotWritten as problem:
        fix = _CLOSE if problem.finding.code == codes.NOT_WRITTEN else problem.finding.fix
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
            names: list[int | str] = [sheet.name for sheet in printed_sheets(find_blocks(package))]
        with temporary(target) as made:
            with xlwings.App(visible=False, add_book=False) as app:
                opened = app.books.open(str(book), update_links=False, read_only=True)
                opened.to_pdf(str(made), include=names)
                opened.close()
            return made.read_bytes()
    except Exception:  # noqa: BLE001  whatever COM or AppleScript raises: LibreOffice is tried next
        return b""


def _by_libreoffice(book: Path, target: Path, language: Language) -> bytes:
    office = libreoffice.find()
    if office is None:
        raise NotWritten(
            Finding(
                codes.NO_PDF_PROGRAM,
                effect=_ONLY_BOOK,
                sheet=target.name,
            )
        )
    data = libreoffice.pdf_of(office, book, language)
    if not data:
        raise _not_made(target)
    return data


def _not_made(target: Path) -> NotWritten:
    return NotWritten(
        Finding(
            codes.PDF_NOT_MADE,
            effect=_ONLY_BOOK,
            sheet=target.name,
        )
    )
