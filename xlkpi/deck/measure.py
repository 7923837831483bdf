"""How much room a text takes, without its font: widths of Arial, scaled for the fonts that companies use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: Height of a line, as a multiple of the size of its letters.
LEADING = 1.2
#: Em widths of Arial (Adobe's metrics of Helvetica), rounded up: a text that is thought too wide only gets smaller.
_CLASSES = (("iljI.,;:'’|!·", 0.28), ("tfr()[]-– \u00a0\u202f/", 0.34), ("mwMW%@—…", 0.9))
_WIDTHS = {character: width for characters, width in _CLASSES for character in characters}
_BOLD = 1.07
#: Width of a font's text beside the same in Arial.
_FONTS = {
    "calibri": 0.92,
    "carlito": 0.92,
    "aptos": 0.98,
    "garamond": 0.9,
    "times new roman": 0.92,
    "arial narrow": 0.84,
    "verdana": 1.19,
    "tahoma": 1.02,
    "montserrat": 1.16,
    "poppins": 1.14,
    "courier new": 1.25,
    "consolas": 1.1,
}
_OTHER_FONT = 1.05


def font_factor(name: str) -> float:
    """How wide a font runs beside Arial; a little wider when it is not known."""
    return (
        1.0
        if name.lower() in ("arial", "helvetica", "liberation sans")
        else _FONTS.get(name.lower(), _OTHER_FONT)
    )


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Width in multiples of the size of the letters."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 0.72 if character.isupper() else 0.54 if character.isalpha() else 0.57


def width(text: str, size: float, factor: float, bold: bool = False) -> float:
    """Points that a text takes on one line."""
    return ems(text) * size * factor * (_BOLD if bold else 1.0)


@lru_cache(maxsize=4096)  # sizes are tried one after the other
def lines(text: str, points: float, size: float, factor: float, bold: bool = False) -> int:
    """How many lines ``text`` takes in a width of ``points`` when its letters have ``size`` points."""
    room = max(points / (size * factor * (_BOLD if bold else 1.0)), 1.0)
    return sum(1 for _ in _broken(text, room))


def clip(
    text: str, most: int, points: float, size: float, factor: float, bold: bool = False
) -> str:
    """The text, or as much of it as ``most`` lines hold, and an ellipsis."""
    text = text[
        : most * 600
    ]  # a line of a slide holds far less, and a cell may hold 32,767 characters
    if lines(text, points, size, factor, bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines(text[:middle].rstrip() + "…", points, size, factor, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip(" ,;:.") + "…"


def _broken(text: str, room: float) -> Iterator[None]:
    """One item a line: words wrap, and a word longer than a line breaks where the line ends."""
    for paragraph in text.split("\n"):
        used = 0.0
        yield
        for word in paragraph.split(" "):
            taken = ems(word)
            if used and used + 0.34 + taken > room:
                yield
                used = 0.0
            while taken > room:
                yield
                taken -= room
            used += (0.34 if used else 0.0) + taken
