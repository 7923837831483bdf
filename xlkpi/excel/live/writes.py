"""Writes into an open workbook that happen all together: when the application refuses one, those before are taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Text
from xlkpi.excel.live.book import OpenCells, unprotected
from xlkpi.excel.live.statusbar import StatusBar, meanwhile


@dataclass(frozen=True, slots=True)
class Write:
    """One write, and how it is taken back."""

    block: str
    sheet: str
    make: Callable[[], None]
    undo: Callable[[], None]


def make(
    writes: Sequence[Write],
    cells: OpenCells,
    status: StatusBar,
    stands_as_before: Callable[[], bool] = lambda: False,
) -> None:
    """Make the writes one after the other; when Excel refuses one, those before it are taken back.

    Raises:
        NotWritten: Excel refused; the sheets are as they were.
    """
    quiet = meanwhile(cells.book.app, screen_updating=False, calculation="manual")
    with quiet, contextlib.ExitStack() as stack:
        for name in dict.fromkeys(write.sheet for write in writes):
            stack.enter_context(unprotected(cells.sheet(name)))
        made: list[Write] = []
        try:
            for write in writes:
                status.say(Text("writing {name}…", "écriture de {name}…").format(name=write.sheet))
                made.append(write)
                write.make()
        except Exception as error:
            stuck = [write for write in reversed(made) if not _undone(write)]
            if stuck == made[-1:] and stands_as_before():
                stuck = []  # what refuses the write refuses to be put back too, and nothing was written
            raise _not_filled(error, made[-1], stuck) from error


def _undone(write: Write) -> bool:
    try:
        write.undo()
    except Exception:  # noqa: BLE001  Excel answers with any COM error
        return False
    return True


def why(error: BaseException) -> str:
    """What the application says about an error, in its own words: Excel's stand in the third part of a COM error."""
    said = [
        text
        for part in error.args
        for text in (part if isinstance(part, tuple) else (part,))
        if isinstance(text, str)
    ]
    return max(said, key=len)[:200] if said else type(error).__name__


def _not_filled(error: Exception, write: Write, stuck: Sequence[Write]) -> NotWritten:
    reason = Text(
        "Excel refused to write {block} ({why})", "Excel a refusé d’écrire {block} ({why})"
    ).format(block=write.block, why=why(error))
    if stuck:
        return NotWritten(_not_put_back(reason, write, stuck))
    return NotWritten(
        Finding(
            codes.REPORT_NOT_FILLED,
            reason,
            Text("the report is as it was before", "le rapport est tel qu’il était"),
            sheet=write.sheet,
        )
    )


def _not_put_back(reason: Text, write: Write, stuck: Sequence[Write]) -> Finding:
    return Finding(
        codes.REPORT_PARTLY_FILLED,
        reason,
        Text(
            "part of the report could not be put back: {names}",
            "une partie du rapport n’a pu être rétablie : {names}",
        ).format(names=", ".join(dict.fromkeys(one.block for one in stuck))),
        sheet=write.sheet,
    )
