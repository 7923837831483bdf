"""How figures and days read in French and English (Babel does the locales)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from babel import dates, numbers

from xlkpi.core.campaign import Period
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import LANGUAGES, Language, Text

UNIT_WORDS: dict[Unit, Text] = {
    Unit.COUNT: Text("count", "nombre"),
    Unit.MONEY: Text("amount", "montant"),
    Unit.PERCENT: Text("%", "%"),
    Unit.TIMES: Text("×", "×"),
    Unit.SCORE: Text("mark out of 5", "note sur 5"),
    Unit.SECONDS: Text("seconds", "secondes"),
    Unit.HOURS: Text("hours", "heures"),
}
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
LOCALES: dict[Language, str] = {"en": "en_GB", "fr": "fr_FR"}


def figure(value: float | None, unit: Unit, currency: str, language: Language) -> str:
    """A value for a sentence or the terminal: ``4,2 %``, ``12 500 €``, ``1.8 ×``; a dash when unknown."""
    locale = LOCALES[language]
    if value is None:
        return "–"
    if unit is Unit.PERCENT:
        return _rounded(value * 100, 1, locale) + ("\u00a0%" if language == "fr" else "%")
    if unit is Unit.MONEY:
        text = _rounded(value, 2 if value and abs(value) < 100 else 0, locale)
        sign = CURRENCY_SIGNS.get(currency, currency)
        if language == "fr" or len(sign) > 1:
            return f"{text}\u00a0{sign}"
        minus, number = ("−", text[1:]) if text.startswith("−") else ("", text)
        return f"{minus}{sign}{number}"
    if unit in (Unit.TIMES, Unit.SCORE):
        text = _rounded(value, 1, locale)
        return f"{text}\u00a0×" if unit is Unit.TIMES else text
    return _rounded(value, 0 if abs(value) >= 10 or value == int(value) else 1, locale)


def shown(value: float | None, unit: Unit, currency: str) -> Text:
    """A figure as it reads in a sentence, in both languages."""
    return Text(*(figure(value, unit, currency, language) for language in LANGUAGES))


def target(line: KpiLine, currency: str) -> Text:
    """The target of a line; of a range, both ends."""
    low = shown(line.target, line.kpi.unit, currency)
    if line.upper is None:
        return low
    return Text("{low}–{high}", "{low}–{high}").format(
        low=low, high=shown(line.upper, line.kpi.unit, currency)
    )


#: Decimal refuses by default what takes more than 28 digits; a float may take 309 and two decimals.
_ANY_LENGTH = Context(prec=320)


def _rounded(value: float, digits: int, locale: str) -> str:
    """Half away from zero, as spreadsheets round, so that a sentence and the cell beside it agree."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    with localcontext(_ANY_LENGTH):
        exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return numbers.format_decimal(exact, pattern, locale=locale).replace("-", "−")


def variance(line: KpiLine, language: Language) -> str:
    """``+1.2 pt`` or ``−5.0 %``; a dash when undefined."""
    value = line.variance.value
    return "–" if value is None else signed(value, line.variance.in_points, language)


def signed(value: float, in_points: bool, language: Language) -> str:
    """A fraction as a change: ``+1.2 pt`` or ``−5.0 %``."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    text = _rounded(abs(value) * 100, 1, LOCALES[language])
    unit = "\u00a0pt" if in_points else "\u00a0%" if language == "fr" else "%"
    return f"{sign}{text}{unit}"


def coverage(line: KpiLine) -> Text:
    """Share of the posts that have the data, ``92%``, never rounded up to all; empty where posts are not what counts."""
    if line.coverage is None:
        return Text("", "")
    percent = int(line.coverage * 100 + 1e-9)
    return Text(f"{percent}%", f"{percent}\u00a0%")


def day(value: date | None, language: Language) -> str:
    """A day with its year; the first of a month is « 1er » in French.

    >>> day(date(2026, 5, 1), "fr")
    '1er mai 2026'
    """
    return _written(value, "d MMM y", language) if value else ""


def day_of_year(value: date, language: Language) -> str:
    """A day where its year is known."""
    return _written(value, "d MMM", language)


def month(value: Period, language: Language) -> str:
    return _written(value.start, "MMM y", language)


def span(period: Period, language: Language) -> str:
    """From day to day; a single day stands alone.

    >>> span(Period(date(2026, 3, 2), date(2026, 4, 9)), "fr")
    'du 2 mars 2026 au 9 avr. 2026'
    """
    first, last = day(period.start, language), day(period.end, language)
    if first == last:
        return first
    return Text("{f} – {l}", "du {f} au {l}").format(f=first, l=last).in_(language)


def _written(value: date, pattern: str, language: Language) -> str:
    text = dates.format_date(value, pattern, locale=LOCALES[language])
    first = language == "fr" and value.day == 1 and pattern.startswith("d ")
    return text.replace("1", "1er", 1) if first else text
