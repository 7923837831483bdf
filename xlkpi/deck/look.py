"""Colours of verdicts on slides, by the palette chosen in the workbook; everything else takes the template's own."""

from __future__ import annotations

from typing import NamedTuple

from pptx.dml.color import RGBColor

from xlkpi.core.campaign import Settings
from xlkpi.core.variance import Status
from xlkpi.excel.template import build as book


class Ink(NamedTuple):
    """Fill of a cell, colour of the text on it, and colour of a bar, as RRGGBB."""

    fill: str
    text: str
    bar: str


_GREY = Ink(book.WATCH_FILL, book.WATCH_INK, book.WATCH_BAR)
_BLUE_ORANGE = {
    Status.MET: Ink(book.MET_FILL, book.MET_INK, book.MET_BAR),
    Status.WATCH: _GREY,
    Status.MISSED: Ink(book.MISS_FILL, book.MISS_INK, book.MISS_BAR),
}
_GREEN_RED = {
    Status.MET: Ink(book.GREEN_FILL, book.GREEN_INK, "2E7D32"),
    Status.WATCH: Ink(book.YELLOW_FILL, book.YELLOW_INK, "BF9000"),
    Status.MISSED: Ink(book.RED_FILL, book.RED_INK, "C00000"),
}


def ink(status: Status, settings: Settings) -> Ink:
    return (_GREEN_RED if settings.palette == "green_red" else _BLUE_ORANGE).get(status, _GREY)


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]
