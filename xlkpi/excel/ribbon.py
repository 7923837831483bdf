"""What each ribbon button calls: one action in, a filled workbook or a message box out, never an exception.

On Windows Excel calls ``press`` through the COM server; on a Mac it runs ``python -m xlkpi.excel.ribbon``.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten, Refused
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.excel.addin.doctor import diagnose
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.buttons.imports import import_posts
from xlkpi.excel.buttons.kpihelp import kpi_help
from xlkpi.excel.buttons.new import new_campaign
from xlkpi.excel.buttons.pdf import export_pdf
from xlkpi.excel.buttons.report import check_data, generate_report
from xlkpi.excel.live.writes import why

#: Errors by which Excel itself, on Windows and on a Mac, answers a call.
_EXCELS_OWN = {"com_error", "CommandError", "ExcelBusyError"}


def set_up_check(desk: Desk) -> None:
    """Show what ``xlkpi doctor`` says."""
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


def press(action: str, *args: str) -> None:
    """Do what a button says.  The last argument is the language of Excel: ``en`` or ``fr``."""
    language: Language = "fr" if args and args[-1] == "fr" else "en"
    words = args[:-1] if args and args[-1] in LANGUAGES else args
    desk = Desk(language)
    try:
        ACTIONS[action](desk, *words)
    except Refused as refused:
        desk.show(refused.findings, refused=True)
    except NotWritten as problem:
        desk.show([problem.finding])
    except Exception as error:  # noqa: BLE001  a button ends in a message, never in an exception
        _debug(error)
        if type(error).__name__ in _EXCELS_OWN:
            desk.show([_refused_by_excel(error)])
        else:
            desk.say(_bug(error, language), critical=True)
    finally:
        desk.clear_status()


def _refused_by_excel(error: Exception) -> Finding:
    reason = Text(
        "Excel answered with an error ({why})",
        "Excel a répondu par une erreur ({why})",
    )
    return Finding(codes.EXCEL_ERROR, reason.format(why=why(error)))


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
