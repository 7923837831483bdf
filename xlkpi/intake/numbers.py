"""Numbers and dates as people type them and platforms export them: read exactly, or not at all."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta

from xlkpi.core.texts import Language

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"))
_SPACES = "\u0020\u00a0\u202f\u2009\u2007\u2008\t"
_MISSING = {"", "-", "--", "—", "–", "n/a", "na", "n.a.", "nan", "null", "none", "undefined", "nc", "n.c.", "nd"}
_UNITS = {"k": 1e3, "m": 1e6, "md": 1e9, "b": 1e9, "bn": 1e9}
_NUMBER = re.compile(r"([+-]?)([0-9][0-9.,' ]*|[.,][0-9]+)([a-z]{0,2})")
_GROUPED = {
    ",": re.compile(r"[0-9]{1,3}(,[0-9]{3})+"),
    ".": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+"),
    " ": re.compile(r"[0-9]{1,3}( [0-9]{3})+"),
    "'": re.compile(r"[0-9]{1,3}('[0-9]{3})+"),
}


_CURRENCIES = {"€": "eur", "euro": "eur", "euros": "eur", "$": "usd", "us$": "usd", "£": "gbp"}
_MARK = r"(€|us\$|\$|£|euros?|eur|usd|gbp|chf|cad|aud|jpy|sek|nok|dkk|pln)"
_CURRENCY, _CURRENCY_AFTER = re.compile(rf"^{_MARK}"), re.compile(rf"{_MARK}$")


class Missing:
    """What a cell says when it says that there is no figure: a dash, ``n/a``, ``undefined``."""


MISSING = Missing()


def parse_number(
    text: str, language: Language = "en", *, figure: bool = False, currency: str = ""
) -> float | Missing | None:
    """The number a person wrote, ``MISSING`` for a written blank, None when it is not a number.

    Spaces of every kind, ``1 234,5``, ``1.234,5``, ``1,234.5``, ``12k``, ``1,1M``, ``3,4 %``, ``(500)``,
    currency signs, full-width and Arabic digits are read; ``1_000``, ``0x1F`` and ``1e5`` are not.
    ``1,234`` is one thousand in English and one and a bit in French: ``language`` decides, unless the
    figure itself does.  A ``figure`` is a count or an amount: it has no three decimals, so ``2,500`` is two
    thousand five hundred everywhere, and it is no percentage.  In another ``currency`` than the workbook's it
    is not its figure.

    >>> parse_number("1\u202f234,5 €", "fr")
    1234.5
    """
    if any(unicodedata.category(c) == "No" for c in text):
        return None      # a superscript or a circled digit is a footnote mark, not a figure
    folded = unicodedata.normalize("NFKC", text.translate(_DROPPED)).strip(_SPACES).casefold()
    folded = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in folded)
    folded = folded.replace("\u066b", ".").replace("\u066c", ",").replace("−", "-").replace("’", "'")
    for space in _SPACES:
        folded = folded.replace(space, " ")
    if folded in _MISSING:
        return MISSING
    negative = folded.startswith("(") and folded.endswith(")")
    folded = folded[1:-1] if negative else folded
    percent = folded.endswith("%")
    money = _CURRENCY.match(folded) or _CURRENCY_AFTER.search(folded)
    if money and currency and _CURRENCIES.get(money[1], money[1]) != currency.casefold():
        return None
    if percent and figure:
        return None
    folded = _CURRENCY_AFTER.sub("", _CURRENCY.sub("", folded)).removesuffix("%").strip()
    match = _NUMBER.fullmatch(folded)
    if not match or (match[3] and match[3] not in _UNITS):
        return None
    plain = _plain(match[2].strip(), language, bool(match[3]), figure)
    if plain is None:
        return None
    value = float(plain) * _UNITS.get(match[3], 1)
    if not math.isfinite(value):
        return None
    value = round(value, 6) if match[3] else value
    return (-value if negative or match[1] == "-" else value) / (100 if percent else 1)


def _plain(digits: str, language: Language, scaled: bool, figure: bool) -> str | None:
    """Digits with their marks → digits with a decimal point; None when the marks make no sense."""
    marks = [c for c in digits if not c.isdigit()]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, fraction = digits.rpartition(last)
    if len(set(marks)) == 1 and last in ",.":
        if len(marks) > 1:
            return digits.replace(last, "") if _GROUPED[last].fullmatch(digits) else None
        thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0" and not scaled
        if thousands and (figure or (last == ",") == (language == "en")):
            return whole + fraction
        return f"{whole or '0'}.{fraction}" if fraction else None
    if last in ",." and marks.count(last) == 1:
        group = marks[0]
        if set(marks[:-1]) == {group} and _GROUPED[group].fullmatch(whole) and fraction:
            return whole.replace(group, "") + "." + fraction
        return None
    if len(set(marks)) == 1 and _GROUPED[last].fullmatch(digits):
        return digits.replace(last, "")
    return None


_DATE = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ,].*)?")


def parse_date(text: str) -> date | None:
    """A written date: ISO, or day and month in the order that the figures prove, else day first as in our workbooks.

    >>> parse_date("03/04/2026")
    datetime.date(2026, 4, 3)
    """
    match = _DATE.fullmatch(text.translate(_DROPPED).strip())
    if not match:
        return None
    first, second, third = (int(g) for g in match.groups())
    try:
        if len(match[1]) == 4:
            return date(first, second, third)
        year = third + 2000 if third < 100 else third
        return date(year, *((first, second) if second > 12 else (second, first)))
    except ValueError:
        return None


def is_ambiguous(text: str) -> bool:
    """Whether day and month of a written date could be the other way round."""
    match = _DATE.fullmatch(text.translate(_DROPPED).strip())
    return bool(match) and len(match[1]) < 4 and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12  # type: ignore[index]


def serial_date(serial: float, date1904: bool = False) -> date | None:
    """Excel's day number as a date; None outside 1900-03-01 … 9999-12-31."""
    serial += 1462 if date1904 else 0
    if not 61 <= serial < 2_958_466:
        return None
    return (datetime(1899, 12, 30) + timedelta(days=int(serial))).date()


def date_serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days
