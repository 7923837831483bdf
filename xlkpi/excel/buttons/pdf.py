"""The button Export PDF: the report of the open workbook, printed by Excel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlkpi.core.texts import Text
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.buttons.offers import never_saved
from xlkpi.excel.live import pdf
from xlkpi.excel.live.book import file_of


def export_pdf(desk: Desk, path: str = "") -> None:
    """Write the report sheet as a PDF, beside the workbook when no path is given."""
    book = desk.book
    file = file_of(book)
    if not path and file is None:
        raise never_saved(book)
    target = Path(path) if path else file.with_suffix(".pdf")  # type: ignore[union-attr]
    assert desk.status is not None
    saved = pdf.export_pdf(book, target, desk.status, datetime.now())
    written = (
        Text("PDF written: {path}", "PDF créé : {path}")
        if saved is None
        else Text(
            "PDF written: {path}\nThe file that stood there is kept as {copy}.",
            "PDF créé : {path}\nLe fichier qui s’y trouvait est gardé sous {copy}.",
        )
    )
    desk.say(desk.text(written, path=target, copy=saved.name if saved else ""))
