"""What each ribbon button calls: one action in, a filled workbook or a message box out, never an exception.

On Windows Excel calls ``press`` through the COM server; on a Mac it runs ``python -m xlkpi.excel.ribbon``.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

import xlwings as xw

from xlkpi.core import catalogue, codes
from xlkpi.core.campaign import parse_period
from xlkpi.core.findings import Finding, NotWritten, Refused, Severity, by_severity, refuse
from xlkpi.core.kpi import Kpi
from xlkpi.core.names import normalise
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.excel.addin.machine import ADDIN
from xlkpi.excel.jobs.new import create
from xlkpi.excel.jobs.report import Request, write_report
from xlkpi.excel.live import book as openbook
from xlkpi.excel.live import campaign as live
from xlkpi.excel.workbook import contract
from xlkpi.ooxml.cells import split_range

TITLE = "Influence KPI (xlkpi)"
#: So many findings fit in a message box; the rest stands on the Checks sheet.
MAX_SHOWN = 8
#: Errors by which Excel itself, on Windows and on a Mac, answers a call.
_EXCELS_OWN = {"com_error", "CommandError", "ExcelBusyError"}
_MORE = Text(
    "… and {n} more: see the Checks sheet.", "… et {n} de plus : voir la feuille Contrôles."
)


class Desk:
    """What an action works with: the application, the active workbook if there is one, and the user's language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._book: xw.Book | None = _unless_it_fails(_caller)
        self.app: xw.App | None = _unless_it_fails(
            lambda: self._book.app if self._book is not None else xw.apps.active
        )
        self.status = live.Status(self.app, language) if self.app is not None else None

    @cached_property
    def book(self) -> xw.Book:
        """The active workbook; refused where there is none or where it holds code for other programs."""
        if self._book is None:
            raise refuse(
                codes.NO_WORKBOOK,
            )
        live.refuse_code_sheets(self._book)
        return self._book

    def campaign(self) -> live.OpenCampaign:
        book = self.book
        assert self.status is not None
        return live.OpenCampaign(book, self.status)

    def text(self, text: Text, **values: object) -> str:
        return text.format(**values).in_(self.language) if values else text.in_(self.language)

    def say(self, text: str, critical: bool = False) -> None:
        self._alert(text, "ok", "critical" if critical else "info")

    def ask(self, text: str) -> bool:
        return self._alert(text, "yes_no", "info") == "yes"

    def tell(self, findings: Sequence[Finding], opening: str = "") -> None:
        """Findings in a box: problems first, as many as can be read at once."""
        lines = [f.message(self.language) for f in by_severity(findings)]
        shown = [opening] if opening else []
        shown += lines[:MAX_SHOWN]
        if len(lines) > MAX_SHOWN:
            shown.append(self.text(_MORE, n=len(lines) - MAX_SHOWN))
        self.say("\n\n".join(shown), any(f.severity is Severity.ERROR for f in findings))

    def _alert(self, text: str, buttons: str, mode: str) -> str | None:
        """A message box of Excel; where there is no Excel to show it, the system's, or the error channel."""
        self.give_back()
        with contextlib.suppress(Exception):
            if self.app is not None:
                return self.app.alert(text, TITLE, buttons, mode)
        with contextlib.suppress(Exception):
            if sys.platform == "win32":
                import ctypes

                ctypes.windll.user32.MessageBoxW(0, text, TITLE, 0)
            else:
                print(text, file=sys.stderr)
        return None

    def give_back(self) -> None:
        if self.status is not None:
            self.status.give_back()


def _caller() -> xw.Book | None:
    """The workbook whose ribbon was pressed."""
    said = next((word.partition("=")[2] for word in sys.argv[1:] if word.startswith("--wb=")), None)
    if said is None:
        return xw.Book.caller()
    app = xw.apps.active  # on a Mac; xlwings itself would cut the name at a second "="
    return app.books[PurePath(said).name] if app is not None and said else None


def _unless_it_fails(find: Callable[[], Any]) -> Any:
    """Without a workbook xlwings raises, and so does Excel while it is starting or closing: that is nothing, then."""
    with contextlib.suppress(Exception):
        return find()
    return None


# -- actions -----------------------------------------------------------------------------------------


def generate_report(desk: Desk, scope: str = "") -> None:
    """Fill the report of the open workbook.  ``scope`` is ``this``, ``all``, a period, or empty for its settings."""
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return _offer_campaign(desk)
    request = Request(period=None if scope in ("", "this", "all") else _period(scope))
    if not campaign.has("report_kpis"):
        return _offer_report_file(desk, request)
    report, language = campaign.report(
        request, datetime.now().date(), scope if scope in ("this", "all") else ""
    )
    campaign.fill(report, language)
    _show(campaign, "report_kpis")
    _tell_done(desk, report, campaign)


def check_data(desk: Desk) -> None:
    """Check the data and fill the Checks sheet only."""
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return _offer_campaign(desk)
    report, language = campaign.report(Request(), datetime.now().date())
    if campaign.has("checks_findings"):
        campaign.fill_checks(report, language)
        _show(campaign, "checks_findings")
    if report.findings:
        desk.tell(report.findings)
    else:
        desk.say(
            desk.text(
                Text(
                    "The data was checked: nothing to report.",
                    "Données contrôlées : rien à signaler.",
                )
            )
        )


def new_campaign(desk: Desk, path: str, language: str = "en", example: str = "") -> None:
    """Write a new campaign workbook and open it; on Windows the VBA that waits for this does the opening."""
    if not path:
        return
    target = Path(path) if Path(path).suffix else Path(f"{path}.xlsx")
    create(target, "fr" if language == "fr" else "en", "usual" if example == "sample" else None)
    if sys.platform != "win32":
        _open_new(desk, target)


def import_posts(desk: Desk, *paths: str) -> None:
    """Bring exports of the networks into the Posts of the open workbook, and tell what became of every row."""
    from xlkpi.excel.jobs.imports import plan
    from xlkpi.excel.live import posts as liveposts
    from xlkpi.excel.posts.existing import existing

    if not any(paths):
        return
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return _offer_campaign(desk)
    campaign.status.say(Text("reading the exports…", "lecture des exports…"))
    change, report = plan(
        campaign.source, [Path(path) for path in paths if path], datetime.now().date()
    )
    last = max(
        existing(campaign.source).rows, default=campaign.source.require(contract.POSTS).header
    )
    updated, added = liveposts.write_posts(campaign, change, last)
    desk.tell(
        report.findings,
        desk.text(
            Text(
                "{n} post{n:|s} added, {u} updated, {s} unchanged.",
                "{n} post{n:|s} ajouté{n:|s}, {u} mis à jour, {s} inchangé{s:|s}.",
            ),
            n=added,
            u=updated,
            s=report.total("unchanged"),
        ),
    )


def export_pdf(desk: Desk, path: str = "") -> None:
    """Write the report sheet as a PDF, beside the workbook when no path is given."""
    book = desk.book
    file = openbook.file_of(book)
    if not path and file is None:
        raise _never_saved(book)
    target = Path(path) if path else file.with_suffix(".pdf")  # type: ignore[union-attr]
    assert desk.status is not None
    saved = live.export_pdf(book, target, desk.status, datetime.now())
    said = (
        Text("PDF written: {path}", "PDF créé : {path}")
        if saved is None
        else Text(
            "PDF written: {path}\nThe file that stood there is kept as {copy}.",
            "PDF créé : {path}\nLe fichier qui s’y trouvait est gardé sous {copy}.",
        )
    )
    desk.say(desk.text(said, path=target, copy=saved.name if saved else ""))


def kpi_help(desk: Desk) -> None:
    """Explain the KPI that the active cell names, computes or stands under."""
    book, selected = desk.book, desk.app.selection if desk.app is not None else None
    for text in _names_at(book, selected) if selected is not None else ():
        if (explained := _explain(text, desk.language)) is not None:
            return desk.say(explained)
    desk.say(
        desk.text(
            Text(
                "Select a cell that names a KPI, that uses one of its functions (such as =ENGAGEMENT_RATE(…)), or that stands "
                "under its header; then press “KPI help”. All KPIs are on the KPI sheet of a campaign workbook.",
                "Sélectionnez une cellule qui nomme un KPI, qui utilise une de ses fonctions (comme =ENGAGEMENT_RATE(…)), ou qui se "
                "trouve sous son en-tête ; puis cliquez sur « Aide KPI ». Tous les KPI sont dans la feuille KPI d’un classeur "
                "de campagne.",
            )
        )
    )


def set_up_check(desk: Desk) -> None:
    """Show what ``xlkpi doctor`` says."""
    from xlkpi.excel.addin.doctor import diagnose

    desk.say("\n".join(diagnose(desk.language)))


ACTIONS: dict[str, Callable[..., None]] = {
    "report": generate_report,
    "new": new_campaign,
    "import": import_posts,
    "check": check_data,
    "pdf": export_pdf,
    "help": kpi_help,
    "doctor": set_up_check,
}


# -- report: what else can be done ---------------------------------------------------------------------


def _period(text: str) -> Any:
    try:
        return parse_period(text)
    except ValueError:
        raise refuse(
            codes.NOT_A_PERIOD,
            value=text,
        ) from None


def _show(campaign: live.OpenCampaign, block: str) -> None:
    """Bring the sheet of a block to the front, unless its user has hidden it."""
    with contextlib.suppress(Exception):
        campaign.cells.sheet(campaign.blocks[block].sheet.name).activate()


def _tell_done(desk: Desk, report: Report, campaign: live.OpenCampaign) -> None:
    """A box only when something deserves a look: a report that went well shows itself."""
    findings = [f for f in report.findings if f.severity is Severity.EXCLUDED]
    if openbook.is_read_only(desk.book):
        findings.append(
            Finding(
                codes.READ_ONLY,
                effect=Text(
                    "the report is on the screen, not in the file",
                    "le rapport est à l’écran, pas dans le fichier",
                ),
                sheet=desk.book.name,
            )
        )
    if findings:
        desk.tell(
            findings,
            desk.text(
                Text(
                    "The report is written, with this to note:",
                    "Le rapport est fait, avec ces remarques :",
                )
            ),
        )


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


def _offer_campaign(desk: Desk) -> None:
    """A workbook that is no campaign.

    Sheets that are copied between workbooks can keep ties to the one they come from (names, lists, charts), and
    there is no way here to see that they do not: a workbook of its own is offered instead.
    """
    book = desk.book
    file = openbook.file_of(book)
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
        _open_new(desk, target)


def _offer_report_file(desk: Desk, request: Request) -> None:
    """A campaign without a Report sheet: the file door adds one, in a file of its own."""
    book = desk.book
    file = openbook.file_of(book)
    if file is None:
        raise _never_saved(book)
    target = file.with_name(f"{file.stem}-{desk.text(Text('report', 'rapport'))}{file.suffix}")
    if desk.ask(desk.text(_NO_REPORT, book=book.name, new=target.name)):
        book.save()
        written = write_report(file, target, request, datetime.now())
        _open_new(desk, written.path)


def _open_new(desk: Desk, path: Path) -> None:
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


def _never_saved(book: xw.Book) -> Refused:
    return refuse(
        codes.NEVER_SAVED,
        sheet=book.name,
    )


# -- help: which KPI is meant ----------------------------------------------------------------------------


def _names_at(book: xw.Book, selected: xw.Range) -> list[str]:
    """What could name a KPI: functions of the cell's formula, its text, its row's KPI, its column's header."""
    cells, sheet = openbook.OpenCells(book), selected.sheet.name
    row, column = selected.row, selected.column
    formula = selected.sheet.range((row, column)).formula
    found = (
        re.findall(r"([A-Z][A-Z_]*)\(", formula.upper())
        if isinstance(formula, str) and formula[:1] == "="
        else []
    )
    found.append(_plain(cells.read(sheet, row, column, row, column)[0][0]))
    for table in cells.tables:
        top, left, bottom, right = split_range(table.ref)
        if table.sheet.name == sheet and top < row <= bottom and left < column <= right + 1:
            headers, values = (
                list(map(_plain, cells.read(sheet, at, left + 1, at, right + 1)[0]))
                for at in (top, row)
            )
            found += [
                v
                for h, v in zip(headers, values, strict=True)
                if normalise(h) in contract.OBJECTIVES.column("kpi").names
            ]
            found.append(headers[column - left - 1])
    return found


def _plain(value: object) -> str:
    """A label without the campaign and the remark that a report adds to it."""
    return re.split(r" · | \((?:partial|partiel)", str(value or ""))[0].strip()


def _explain(name: str, language: Language) -> str | None:
    """Label, definition, formula and use of a KPI; help and arguments of another function; None for any other text."""
    from xlkpi.excel.functions.declared import FUNCTIONS

    function = next((f for f in FUNCTIONS if f.name == name), None)
    kpi = (
        catalogue.find(name)
        if function is None or function.kpi is None
        else catalogue.kpi(function.kpi)
    )
    if function is not None and kpi is None:
        arguments = [f"– {a.name}: {a.help.in_(language)}" for a in function.arguments]
        return "\n".join([f"{function.name}\n\n{function.help.in_(language)}\n", *arguments])
    return None if kpi is None else _about(kpi, language)


def _about(kpi: Kpi, language: Language) -> str:
    parts = [
        " – ".join(filter(None, (kpi.label.in_(language), kpi.function))),
        kpi.help.in_(language),
    ]
    for heading, text in (
        (Text("Formula: {t}", "Formule : {t}"), kpi.formula),
        (Text("How to use it: {t}", "Comment l’utiliser : {t}"), kpi.how),
    ):
        if text.in_(language):
            parts.append(heading.format(t=text).in_(language))
    return "\n\n".join(parts)


# -- the way in --------------------------------------------------------------------------------------------


def press(action: str, *args: str) -> None:
    """Do what a button says.  The last argument is the language of Excel: ``en`` or ``fr``."""
    language: Language = "fr" if args and args[-1] == "fr" else "en"
    words = args[:-1] if args and args[-1] in LANGUAGES else args
    desk = Desk(language)
    try:
        ACTIONS[action](desk, *words)
    except Refused as refused:
        desk.tell(refused.findings)
    except NotWritten as problem:
        desk.tell([problem.finding])
    except Exception as error:
        _debug(error)
        if type(error).__name__ in _EXCELS_OWN:
            desk.tell(
                [
                    Finding(
                        codes.EXCEL_ERROR,
                        Text(
                            "Excel answered with an error ({why})",
                            "Excel a répondu par une erreur ({why})",
                        ).format(why=live.why(error)),
                    )
                ]
            )
        else:
            desk.say(_bug(error, language), critical=True)
    finally:
        desk.give_back()


def _bug(error: Exception, language: Language) -> str:
    """Where it happened in our code, and nothing of the user's data."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{Path(f.filename).name}:{f.lineno}" for f in frames if "xlkpi" in Path(f.filename).parts
    ]
    details = f"xlkpi {version('xlkpi')}, {type(error).__name__}, {' < '.join(reversed(ours[-3:]))}"
    return (
        Text(
            "xlkpi met a bug; it is not your mistake. Save your workbook under another name, and send this line with the name "
            "of the button to those who gave you xlkpi:\n\n{details} [{code}]",
            "xlkpi a rencontré un bogue ; ce n’est pas votre faute. Enregistrez votre classeur sous un autre nom, et envoyez "
            "cette ligne avec le nom du bouton à ceux qui vous ont fourni xlkpi :\n\n{details} [{code}]",
        )
        .format(details=details, code=codes.BUG)
        .in_(language)
    )


def _debug(error: Exception) -> None:
    if os.environ.get("XLKPI_DEBUG") and sys.stderr is not None:
        traceback.print_exception(error)


def main(words: Sequence[str]) -> None:
    """``report this en --wb=book.xlsx --from_xl=1 --app=…``: what the Mac's AppleScript runs."""
    args = [word for word in words if not word.startswith(("--wb=", "--from_xl", "--app="))]
    press(*args) if args else None


if __name__ == "__main__":
    main(sys.argv[1:])
