"""Durations as exports write them, in seconds."""

from __future__ import annotations

import re

from xlkpi.intake.cells.numbers import Cell
from xlkpi.intake.cells.texts import plain_text

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,4}):(\d{2}(?:\.\d+)?)")
_UNITS = re.compile(
    r"(?:(\d+)\s*h(?:ours?|eures?)?\s*)?(?:(\d+)\s*m(?:in)?\s*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec)?)?",
    re.I,
)


def seconds(cell: Cell) -> float | None:
    """A duration in seconds: 90, ``1:30``, ``0:01:30``, ``1m 30s``; None for what is none.

    >>> seconds("0:12"), seconds("1:02:03"), seconds("1,5")
    (12.0, 3723.0, 1.5)
    """
    if type(cell) is float:
        return cell
    text = plain_text(cell)
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        return float(clock[1] or 0) * 3600 + float(clock[2]) * 60 + float(clock[3])
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return float(text.replace(",", "."))
    if (units := _UNITS.fullmatch(text)) and any(units.groups()):
        return sum(
            float((part or "0").replace(",", ".")) * size
            for part, size in zip(units.groups(), (3600, 60, 1), strict=True)
        )
    return None
