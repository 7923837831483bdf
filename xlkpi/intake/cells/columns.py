"""What a whole column of an export says: numbers, dates and ids, decided by all its cells and not one by one."""

from __future__ import annotations

import re
from datetime import date

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.intake.cells.datecolumn import Dates, dates
from xlkpi.intake.cells.dates import MONTHS, unaccented
from xlkpi.intake.cells.idcolumn import Ids, ids
from xlkpi.intake.cells.numbercolumn import Numbers, numbers
from xlkpi.intake.cells.numbers import (
    EXPONENT,
    Cell,
    WrittenNumber,
    parse_number,
    written,
)

__all__ = [
    "Cell",
    "Dates",
    "Ids",
    "Numbers",
    "dates",
    "excel_made_a_date",
    "explain",
    "ids",
    "numbers",
]


_DAY_AND_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
_SHORT_DATE = re.compile(r"(\d{1,2}|[^\W\d_]{3,9}\.?)[-/. ]+(\d{2,4}|\d{1,2}|[^\W\d_]{3,9}\.?)\.?")


def excel_made_a_date(cell: Cell) -> bool:
    """Whether a cell that should hold a figure is what Excel makes of one: ``1.2`` became 2-Jan or 01/02/2026.

    It does so on opening a CSV whose decimal mark is not that of the computer; the figure cannot be had back.
    """
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    text = cell.strip()
    if _DAY_AND_TIME.fullmatch(text):
        return parse_number(text) is None
    short = _SHORT_DATE.fullmatch(text)
    if not short:
        return False
    words = [unaccented(part.rstrip(".")) for part in short.groups()]
    return sum(w in MONTHS for w in words) == 1 and sum(w.isdigit() for w in words) == 1


def explain(cell: Cell, *, figure: bool = True, currency: str = "") -> tuple[Text, Text]:
    """Why a cell that ``numbers`` calls bad is no number, and what to do about it."""
    text = cell.strip() if isinstance(cell, str) else ""
    if excel_made_a_date(cell):
        return codes.FIGURE_BECAME_DATE.meaning, codes.FIGURE_BECAME_DATE.fix
    if EXPONENT.fullmatch(text):
        return _SHORTENED, codes.FIGURE_BECAME_DATE.fix
    if text.startswith("#"):
        return codes.ERROR_IN_CELL.meaning, codes.ERROR_IN_CELL.fix
    found = written(text) if text else None
    if isinstance(found, WrittenNumber):
        if found.percent and figure:
            return _A_PERCENTAGE, _TAKE_THE_FIGURE
        if found.currencies and currency.casefold() not in found.currencies.split():
            return _OTHER_CURRENCY.format(currency=currency), _CONVERT
    return codes.NOT_A_NUMBER.meaning, codes.NOT_A_NUMBER.fix


_SHORTENED = Text("Excel shortened this figure", "Excel a abrégé ce chiffre")
_A_PERCENTAGE = Text(
    "this is a percentage where a figure is wanted", "c’est un pourcentage et non un chiffre"
)
_TAKE_THE_FIGURE = Text(
    "take the column with the figure itself", "prenez la colonne du chiffre lui-même"
)
_OTHER_CURRENCY = Text("this amount is not in {currency}", "ce montant n’est pas en {currency}")
_CONVERT = Text(
    "convert it, or leave the cell empty", "convertissez-le, ou laissez la cellule vide"
)
