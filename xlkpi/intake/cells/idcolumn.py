"""A whole column of an export as ids: text from end to end, and what Excel has damaged."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from xlkpi.intake.cells.dates import INVISIBLE
from xlkpi.intake.cells.numbers import EXPONENT, Cell


@dataclass(frozen=True, slots=True)
class Ids:
    """A column of ids as text.  What Excel has damaged is None and listed: it would match the wrong post."""

    values: list[str | None]
    damaged: list[int]


_DIGITS_KEPT = 15  # of a number in Excel
_THROUGH_A_FLOAT = re.compile(r"([0-9]+)\.0")


#: Digits of the shortest ids that networks give: X's of 2008 have nine.
_FEWEST_DIGITS = 9
#: Characters of the longest id that may only count rows.
LONGEST_COUNT = 24
_COUNTING = re.compile(
    rf"(?:#|№|(?:n|no|nr|num|row|line|ligne|zeile|fila|linha|post|publication|beitrag|video|vidéo|reel)\b\W{{0,3}}|n°)?"
    rf"\s*([0-9]{{1,{_FEWEST_DIGITS - 1}}})(?:\.0)?[.)]?",
    re.IGNORECASE,
)


def is_counting(id: str) -> bool:
    """Whether an id only counts rows: ``1``, ``#2``, ``N° 3``, ``Post 4``; no network's ids are that short.

    >>> is_counting("12"), is_counting("Post 3"), is_counting("p3"), is_counting("17912345678900000")
    (True, True, False, False)
    """
    return len(id) < LONGEST_COUNT and bool(_COUNTING.fullmatch(id.strip()))


def are_running(ids: Sequence[str]) -> bool:
    """Whether such ids follow each other as the numbers of rows do, rather than as those of a data base."""
    found = [_COUNTING.fullmatch(id.strip()) for id in ids]
    numbers = [int(match[1]) for match in found if match]
    steps = [b - a for a, b in pairwise(numbers)]
    return max(numbers, default=0) < 10_000 and sum(abs(s) == 1 for s in steps) >= 0.5 * len(steps)


def ids(cells: Sequence[Cell]) -> Ids:
    """A column as ids, text from end to end.

    Spaces around them go (YouTube puts one before an id that begins with "-"), and so do ``="…"`` and a leading
    apostrophe.  A number of more than 15 digits, one with an exponent, and ``#NAME?`` are damaged; so are texts of
    more than 15 digits that all end in zeros after the 15th.
    """
    values: list[str | None] = []
    damaged: list[int] = []
    for i, cell in enumerate(cells):
        if isinstance(cell, str) and cell.isdigit() and cell.isascii():
            values.append(cell)
            continue
        text = _id(cell)
        values.append(text or None)
        if text is None:
            damaged.append(i)
    rounded = _rounded(values)
    for i in rounded:
        values[i] = None
    return Ids(values, sorted([*damaged, *rounded]))


def _id(cell: Cell) -> str | None:
    """An id, "" for an empty cell, None for a damaged one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _id_of_text(cell)
    if isinstance(cell, bool | date) or not math.isfinite(cell):
        return None
    return f"{cell:.0f}" if cell == int(cell) and abs(cell) < 10**_DIGITS_KEPT else None


def _id_of_text(text: str) -> str | None:
    plain = text.strip() if text.isascii() else text.translate(INVISIBLE).strip()
    if plain.startswith('="') and plain.endswith('"') and len(plain) > 2:
        plain = plain[2:-1].strip()
    elif plain[:1] == "'":
        plain = plain[1:].strip()
    if EXPONENT.fullmatch(plain) or plain in _ERRORS:
        return None
    if match := _THROUGH_A_FLOAT.fullmatch(plain):
        return match[1] if len(match[1]) <= _DIGITS_KEPT else None
    return "" if plain in ("-", "—", "–", "--") else plain


_ERRORS = {
    "#NAME?",
    "#NOM?",
    "#VALUE!",
    "#VALEUR!",
    "#REF!",
    "#N/A",
    "#DIV/0!",
    "#NUM!",
    "#NOMBRE!",
    "#NULL!",
    "#NUL!",
    "#WERT!",
    "#NV",
    "#BEZUG!",
    "#ZAHL!",
    "#¿NOMBRE?",
    "#¡VALOR!",
    "#NOME?",
    "#VALOR!",
    "########",
}


def _rounded(values: Sequence[str | None]) -> list[int]:
    """Indexes of ids that end in zeros after the 15th digit, where chance does not explain how many there are."""
    long = [i for i, v in enumerate(values) if v and len(v) > _DIGITS_KEPT and v.isdigit()]
    zeros = [i for i in long if values[i][-1] == "0" and not values[i][_DIGITS_KEPT:].strip("0")]  # type: ignore[index]
    if not zeros:
        return []
    expected = sum(10.0 ** (_DIGITS_KEPT - len(values[i])) for i in long)  # type: ignore[arg-type]
    alone = len(zeros) == len(long) == 1 and len(values[zeros[0]]) >= 19  # type: ignore[arg-type]
    return zeros if alone or (len(zeros) > 1 and len(zeros) > 10 * expected) else []
