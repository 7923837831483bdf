"""Number formats of cells and charts: locale-neutral codes, which Excel shows the reader's way."""

from __future__ import annotations

from xlkpi.core import figures
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Language

#: Of a variance: points or relative, always with its sign.
POINTS = '+0.0"\u00a0pt";"−"0.0"\u00a0pt";0.0"\u00a0pt"'
RELATIVE = {"en": '+0.0%;"−"0.0%;0.0%', "fr": '+0.0\\ %;"−"0.0\\ %;0.0\\ %'}
#: Of a bar's share of its objective; a bar of 0 shows none.
SHARE_OF_BAR = "0%;;"
DAY = "dd/mm/yyyy"


def money_format(currency: str, language: Language, digits: int = 0) -> str:
    """A number format with the currency on the side where the language has it."""
    sign = figures.CURRENCY_SIGNS.get(currency, currency)
    number = "#,##0" + ("." + "0" * digits if digits else "")
    if language == "fr" or len(sign) > 1:
        return f'{number}\\ "{sign}"'
    return f'"{sign}"{number}'


def number_format(unit: Unit, value: float | None, currency: str, language: Language) -> str:
    """The format of a figure of this unit, with the minus sign that texts have.

    >>> number_format(Unit.PERCENT, None, "", "en")
    '0.0%;"−"0.0%'
    """
    return with_minus(_unsigned(unit, value, currency, language))


def with_minus(code: str) -> str:
    """A number format with the minus sign of texts, −, in place of a hyphen."""
    return f'{code};"−"{code}'


def _unsigned(unit: Unit, value: float | None, currency: str, language: Language) -> str:
    """Of an amount or a count also by its size."""
    if unit is Unit.MONEY:
        return money_format(currency, language, 2 if value and abs(value) < 100 else 0)
    if unit is Unit.PERCENT:
        return "0.0\\ %" if language == "fr" else "0.0%"
    if unit is Unit.TIMES:
        return '0.0"\u00a0×"'
    if unit in (Unit.SCORE, Unit.HOURS):
        return "0.0"
    if unit is Unit.COUNT and value is not None and value != int(value) and abs(value) < 100:
        return "0.0"
    return "#,##0"
