"""What the application shows and does while a button works: the status bar, and settings that are put back."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import xlwings as xw

from xlkpi.core.texts import Language, Text


class StatusBar:
    """What the status bar says while a button works: what, how far, and for how long already."""

    EVERY = 0.3  # seconds between two updates: each one costs a trip to Excel

    def __init__(self, app: xw.App, language: Language) -> None:
        self.app, self.language = app, language
        self.started, self.shown = time.monotonic(), 0.0

    def say(self, doing: Text) -> None:
        now = time.monotonic()
        if now - self.shown >= self.EVERY:
            self.shown = now
            with contextlib.suppress(Exception):  # no report fails for its progress
                self.app.status_bar = (
                    f"xlkpi: {doing.in_(self.language)} ({now - self.started:.0f} s)"
                )

    def reading(self, done: int, total: int) -> None:
        figures = {"done": f"{done:,}", "total": f"{total:,}"}
        french = {name: text.replace(",", "\u202f") for name, text in figures.items()}
        self.say(
            Text(
                "reading posts… {done} of {total}".format(**figures),
                "lecture des posts… {done} sur {total}".format(**french),
            )
        )

    def clear(self) -> None:
        with contextlib.suppress(Exception):
            self.app.status_bar = False


@contextlib.contextmanager
def meanwhile(app: xw.App, **wanted: object) -> Iterator[None]:
    """Properties of the application for as long as the block runs; each is put back as it was, whatever happens."""
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with contextlib.suppress(Exception):
                setattr(app, name, value)
