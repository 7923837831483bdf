"""The report of an open workbook as PDF, by the Excel that has it open."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Text
from xlkpi.excel.jobs.pdf import is_ours, sign
from xlkpi.excel.live.book import has_fixed_structure
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.statusbar import StatusBar, meanwhile
from xlkpi.excel.live.writes import why
from xlkpi.excel.workbook.blocks import printed_sheets
from xlkpi.files.saving import backup


def export_pdf(book: xw.Book, target: Path, status: StatusBar, now: datetime) -> Path | None:
    """Write the report, all its pages, as a PDF, and return the dated copy of what stood there.

    A PDF of ours that nobody has changed is replaced without a copy.

    Raises:
        NotWritten: there is no report, or Excel could not write the file; a dated copy then stays beside it.
    """
    status.say(Text("writing the PDF…", "écriture du PDF…"))
    blocks = OpenCampaign(book, status).blocks
    if "report_kpis" not in blocks:
        raise NotWritten(Finding(codes.NO_REPORT_YET, sheet=book.name))
    if has_fixed_structure(book):
        raise NotWritten(Finding(codes.WORKBOOK_PROTECTED, sheet=book.name))
    try:
        if not target.parent.is_dir():
            raise FileNotFoundError(target.parent)
        changed = os.path.lexists(target) and not is_ours(target)
        saved = backup(target, now) if changed else None
        with meanwhile(book.app, screen_updating=False), _same_sheet_in_front(book):
            book.to_pdf(target, include=[sheet.name for sheet in printed_sheets(blocks)])
        sign(target)
    except NotWritten:
        raise
    except Exception as error:
        raise _not_written(target, error) from error
    return saved


@contextlib.contextmanager
def _same_sheet_in_front(book: xw.Book) -> Iterator[None]:
    """The sheets that are left out are hidden meanwhile: Excel brings another one to the front, and leaves it there."""
    front = None
    with contextlib.suppress(Exception):
        front = book.sheets.active
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            if front is not None:
                front.activate()


def _not_written(target: Path, error: Exception) -> NotWritten:
    return NotWritten(
        Finding(
            codes.NOT_WRITTEN,
            Text(
                "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
            ).format(why=why(error)),
            fix=Text(
                "close it in your PDF reader and check your rights, or choose another folder",
                "fermez-le dans votre lecteur PDF et vérifiez vos droits, ou choisissez un autre dossier",
            ),
            sheet=target.name,
        )
    )
