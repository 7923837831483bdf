"""What a button works with: the application, the active workbook, the status bar, and message boxes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import PurePath
from typing import Any

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Severity, by_severity, refuse
from xlkpi.core.texts import Language, Text
from xlkpi.excel.live.book import refuse_code_sheets
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.statusbar import StatusBar

TITLE = "Influence KPI (xlkpi)"
#: For a box of Windows itself, which no window owns: MB_SETFOREGROUND and MB_TOPMOST, else it opens behind Excel.
_IN_FRONT = 0x10000 | 0x40000
MAX_SHOWN = 8  # findings that fit in a message box
MORE_ON_CHECKS = Text(
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
        self.status = StatusBar(self.app, language) if self.app is not None else None

    @cached_property
    def book(self) -> xw.Book:
        """The active workbook; refused where there is none or where it holds code for other programs."""
        if self._book is None:
            raise refuse(codes.NO_WORKBOOK)
        refuse_code_sheets(self._book)
        return self._book

    def campaign(self) -> OpenCampaign:
        book = self.book
        assert self.status is not None
        return OpenCampaign(book, self.status)

    def text(self, text: Text, **values: object) -> str:
        return text.format(**values).in_(self.language) if values else text.in_(self.language)

    def say(self, text: str, critical: bool = False) -> None:
        self._alert(text, "ok", "critical" if critical else "info")

    def ask(self, text: str) -> bool:
        return self._alert(text, "yes_no", "info") == "yes"

    def show(
        self,
        findings: Sequence[Finding],
        opening: str = "",
        more: Text = MORE_ON_CHECKS,
        refused: bool = False,
    ) -> None:
        """Findings in a box: problems first, as many as can be read at once.

        Args:
            more: says where the others are.
            refused: nothing was done because of them, whatever each of them alone would be.
        """
        first = by_severity(findings)
        shown = [opening] if opening else []
        shown += [f.message(self.language) for f in first[:MAX_SHOWN]]
        if beyond := sum(f.count for f in first[MAX_SHOWN:]):
            shown.append(self.text(more, n=beyond))
        critical = refused or any(f.severity is Severity.ERROR for f in findings)
        self.say("\n\n".join(shown), critical)

    def _alert(self, text: str, buttons: str, mode: str) -> str | None:
        """A message box of Excel; where there is no Excel to show it, the system's, or the error channel."""
        self.clear_status()
        with contextlib.suppress(Exception):
            if self.app is not None:
                return self.app.alert(text, TITLE, buttons, mode)
        with contextlib.suppress(Exception):
            if sys.platform == "win32":
                import ctypes

                ctypes.windll.user32.MessageBoxW(0, text, TITLE, _IN_FRONT)
            else:
                print(text, file=sys.stderr)
        return None

    def clear_status(self) -> None:
        if self.status is not None:
            self.status.clear()


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
