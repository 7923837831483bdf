"""What a button offers where the open workbook is no campaign or has no report: a workbook made beside it."""

from __future__ import annotations

import contextlib
import sys
from datetime import datetime
from pathlib import Path

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.texts import Text
from xlkpi.excel.addin.machine import ADDIN
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.jobs.new import create
from xlkpi.excel.jobs.report import Request, write_report
from xlkpi.excel.live.book import file_of

_NO_CAMPAIGN = Text(
    "{book} is not a campaign yet: it has no Objectives and no Posts.\n\n"
    "xlkpi does not add its sheets to a workbook that is open, because they could stay tied to another file. "
    "It can make a campaign workbook beside it, {new}, and open that one; {book} stays as it is.\n\nMake {new}?",
    "{book} n’est pas encore une campagne : il n’a ni Objectifs ni Posts.\n\n"
    "xlkpi n’ajoute pas ses feuilles à un classeur ouvert, car elles pourraient rester liées à un autre fichier. "
    "Il peut créer un classeur de campagne à côté, {new}, et l’ouvrir ; {book} reste tel quel.\n\nCréer {new} ?",
)
_NO_REPORT = Text(
    "{book} has no Report sheet.\n\nxlkpi can save {book}, make {new} beside it – the same workbook with the report and "
    "the checks added – and open that one.\n\nSave and make {new}?",
    "{book} n’a pas de feuille Rapport.\n\nxlkpi peut enregistrer {book}, créer {new} à côté – le même classeur avec le "
    "rapport et les contrôles en plus – et l’ouvrir.\n\nEnregistrer et créer {new} ?",
)


def offer_campaign(desk: Desk) -> None:
    """A workbook that is no campaign.

    Sheets that are copied between workbooks can keep ties to the one they come from (names, lists, charts), and
    there is no way here to see that they do not: a workbook of its own is offered instead.
    """
    book = desk.book
    file = file_of(book)
    if file is None:
        raise refuse(
            codes.NEVER_SAVED,
            Text(
                "this workbook is not a campaign, and it was never saved on this computer, so none can be made "
                "beside it",
                "ce classeur n’est pas une campagne et n’a jamais été enregistré sur cet "
                "ordinateur : impossible d’en créer une à côté",
            ),
            Text(
                "press “New campaign”, or save this workbook and press again",
                "cliquez sur « Nouvelle campagne », ou enregistrez ce classeur et recommencez",
            ),
            sheet=book.name,
        )
    target = _free(file.with_name(f"{file.stem}-{desk.text(Text('campaign', 'campagne'))}.xlsx"))
    if desk.ask(desk.text(_NO_CAMPAIGN, book=book.name, new=target.name)):
        create(target, desk.language)
        open_new(desk, target)


def offer_report_file(desk: Desk, request: Request) -> None:
    """A campaign without a Report sheet: the file writer adds one, in a file of its own."""
    book = desk.book
    file = file_of(book)
    if file is None:
        raise never_saved(book)
    target = file.with_name(f"{file.stem}-{desk.text(Text('report', 'rapport'))}{file.suffix}")
    if desk.ask(desk.text(_NO_REPORT, book=book.name, new=target.name)):
        book.save()
        written = write_report(file, target, request, datetime.now())
        open_new(desk, written.path)


def open_new(desk: Desk, path: Path) -> None:
    """Open a new campaign.  On Windows the add-in's VBA does it, so that Excel binds the functions in its cells."""
    if desk.app is None:
        return
    if sys.platform == "win32":
        with contextlib.suppress(Exception):
            desk.app.macro(f"'{ADDIN}'!OpenCampaign")(str(path))
            return
    desk.app.books.open(path)


def _free(path: Path) -> Path:
    names = (path.with_stem(f"{path.stem}-{n}") for n in range(2, 1_000))
    return path if not path.exists() else next(name for name in names if not name.exists())


def never_saved(book: xw.Book) -> Refused:
    return refuse(codes.NEVER_SAVED, sheet=book.name)
