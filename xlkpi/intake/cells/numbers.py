"""Numbers as people type them and platforms export them: read exactly, or not at all."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from xlkpi.core.texts import Language
from xlkpi.intake.cells.dates import INVISIBLE, is_ambiguous, parse_date

__all__ = [
    "EXPONENT",
    "MISSING",
    "Cell",
    "Meaning",
    "Missing",
    "WrittenNumber",
    "is_ambiguous",
    "parse_date",
    "parse_number",
    "reading",
    "value",
    "written",
]

_SPACES = "\u0020\u00a0\u202f\u2009\u2007\u2008\u2005\u2006\u200a\u3000\t\r\n"
_LONGEST = 64  # characters of a figure; what is longer is a sentence or an attack
_MISSING = {
    "",
    "-",
    "--",
    "---",
    "—",
    "–",
    "n/a",
    "na",
    "n.a.",
    "n. a.",
    "nan",
    "null",
    "(null)",
    "none",
    "undefined",
    "nc",
    "n.c.",
    "nd",
    "n.d.",
    "n/d",
    "s/d",
    "s. d.",
    "k.a.",
    "k. a.",
    "no data",
    "not available",
    "non disponible",
    "indisponible",
    "aucune donnée",
    "keine angabe",
    "nicht verfügbar",
    "sin datos",
    "no disponible",
    "sem dados",
    "não disponível",
}
#: Not "mil" (a thousand in Spanish, a million in spoken English), "mn" (minutes in French) nor "b" (a billion in
#: English, a thousand in Turkish): what could be read wrong a thousandfold is listed instead.
_UNITS = {
    "k": 1e3,
    "mille": 1e3,
    "millier": 1e3,
    "milliers": 1e3,
    "tsd": 1e3,
    "tausend": 1e3,
    "thousand": 1e3,
    "тыс": 1e3,
    "m": 1e6,
    "mi": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "millionen": 1e6,
    "millón": 1e6,
    "millones": 1e6,
    "milhão": 1e6,
    "milhões": 1e6,
    "млн": 1e6,
    "md": 1e9,
    "mds": 1e9,
    "mrd": 1e9,
    "mrds": 1e9,
    "mld": 1e9,
    "bn": 1e9,
    "bi": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "bilhão": 1e9,
    "bilhões": 1e9,
    "milliard": 1e9,
    "milliards": 1e9,
    "milliarden": 1e9,
    "млрд": 1e9,
}
_DOLLARS = "usd cad aud nzd sgd hkd mxn ars clp cop"
#: What stands beside an amount → the currencies that it may mean.
_CURRENCIES = {
    "€": "eur",
    "euro": "eur",
    "euros": "eur",
    "£": "gbp",
    "£gb": "gbp",
    "uk£": "gbp",
    "£e": "egp",
    "$": _DOLLARS,
    "us$": "usd",
    "$us": "usd",
    "$ us": "usd",
    "u$s": "usd",
    "ca$": "cad",
    "c$": "cad",
    "$ca": "cad",
    "$ ca": "cad",
    "a$": "aud",
    "au$": "aud",
    "nz$": "nzd",
    "hk$": "hkd",
    "s$": "sgd",
    "mx$": "mxn",
    "r$": "brl",
    "¥": "jpy cny",
    "₹": "inr",
    "rs": "inr",
    "rs.": "inr",
    "fr.": "chf",
    "sfr.": "chf",
    "kr": "sek nok dkk",
    "kr.": "sek nok dkk",
    "zł": "pln",
    "kč": "czk",
    "ft": "huf",
    "lei": "ron",
    "₽": "rub",
    "руб": "rub",
    "руб.": "rub",
    "₺": "try",
    "tl": "try",
    "₴": "uah",
    "₩": "krw",
    "₪": "ils",
    "dh": "mad aed",
    "dt": "tnd",
    "da": "dzd",
    "cfa": "xof xaf",
    "fcfa": "xof xaf",
}
_CODES = (
    "eur usd gbp chf cad aud nzd sgd hkd mxn ars clp cop jpy cny inr brl sek nok dkk pln czk huf ron rub try uah "
    "ils aed sar mad tnd dzd egp xof xaf xpf krw thb zar"
)
_CURRENCIES |= {code: code for code in _CODES.split()}
_MARK = "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True)))
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_BARE = re.compile(r"(-?)([0-9][0-9.,' ]{0,63})")
_CORE = re.compile(r"([^0-9]*?)((?:[.,](?=[0-9]))?[0-9][0-9.,' ]*)([^0-9]*)")
_BEFORE = re.compile(rf"(?P<open>\(?) ?(?P<sign>[+-]?) ?(?P<mark>{_MARK}|%)? ?(?P<inner>[+-]?) ?")
_AFTER = re.compile(
    rf" ?(?:(?P<unit>{_UNIT})(?:\.|(?![^\W\d_])|(?=eur|usd|gbp|chf)) ?)?"
    rf"(?P<mark>{_MARK})? ?(?P<percent>%?) ?(?P<close>\)?)"
)
_SAFE = re.compile(r'="([^"]*)"')  # how some programs keep Excel from touching a figure
_SHAPE = re.compile(
    r"((?:[0-9]{1,3}([ '.,\u202f\u00a0])[0-9]{3}(?:\2[0-9]{3})*)|[0-9]*)(?:([.,])([0-9]+))?"
)
_OTHER = {",": ".", ".": ","}
_FOLDED = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        "\u066b": ".",
        "\u066c": ",",
        "\u066a": "%",
        "−": "-",
        "\u2010": "-",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)


#: A cell of a table: text of a CSV, or what a spreadsheet holds; an empty one is None or "".
Cell = str | float | bool | date | None
#: How Excel shows a number that is too long for its column: 1.79E+16.
EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+", re.IGNORECASE)


class Missing:
    """What a cell says when it says that there is no figure: a dash, ``n/a``, ``undefined``."""


MISSING = Missing()


class WrittenNumber(NamedTuple):
    """A figure taken apart; which of its marks is the decimal one may still be open."""

    digits: str  # with their marks, every space an ordinary one, every apostrophe straight
    negative: bool = False
    scale: float = 1.0  # 1000 for "k"
    percent: bool = False
    currencies: str = ""  # what the sign beside it may mean, codes apart by spaces


class Meaning(NamedTuple):
    """What digits and marks can mean."""

    plain: str  # digits with a decimal point; of an ambiguous figure with its mark as thousands
    decimal: str = ""  # the decimal mark that the figure itself proves, "" if it proves none
    mark: str = ""  # of an ambiguous figure ("1,234"): the mark in question
    other: str = ""  # and the figure with this mark as the decimal one


def parse_number(
    text: str, language: Language = "en", *, figure: bool = False, currency: str = ""
) -> float | Missing | None:
    """The number a person wrote, ``MISSING`` for a written blank, None when it is not a number.

    Spaces of every kind, ``1 234,5``, ``1.234,5``, ``1,234.5``, ``12k``, ``1,1M``, ``3,4 %``, ``(500)``,
    currency signs, full-width and Arabic digits are read; ``1_000``, ``0x1F`` and ``1e5`` are not.
    ``1,234`` is one thousand in English and one and a bit in French: ``language`` decides, unless the
    figure itself does; for a whole column see ``columns.numbers``.  A ``figure`` is a count or an amount: it has
    no three decimals, so ``2,500`` is two thousand five hundred everywhere, and it is no percentage.  In another
    ``currency`` than the workbook's it is not its figure.

    >>> parse_number("1\u202f234,5 €", "fr")
    1234.5
    """
    found = written(text)
    if found is None or isinstance(found, Missing):
        return found
    read = reading(found.digits, found.scale != 1)
    if read is None:
        return None
    as_decimal = bool(read.mark) and not figure and (read.mark == ",") != (language == "en")
    return value(found, read.other if as_decimal else read.plain, figure=figure, currency=currency)


def written(text: str) -> WrittenNumber | Missing | None:
    """A figure taken apart, ``MISSING`` for a written blank, None for what is no figure."""
    spaced = text if text.isascii() else text.replace("\u202f", " ").replace("\u00a0", " ")
    if bare := _BARE.fullmatch(spaced):
        return WrittenNumber(bare[2].rstrip(), bare[1] == "-")
    found = _apart(spaced) if len(text) <= _LONGEST else None
    if found is None:
        folded = _fold(text)
        if folded is None or folded in _MISSING:
            return None if folded is None else MISSING
        found = _apart(folded)
    return found


def _apart(text: str) -> WrittenNumber | None:
    match = _CORE.fullmatch(text)
    beside = _beside(match[1], match[3]) if match else None
    return WrittenNumber(match[2].rstrip(), *beside) if match and beside else None


@lru_cache(maxsize=1 << 12)
def _beside(before: str, after: str) -> tuple[bool, float, bool, str] | None:
    """What stands before and after the digits: negative, scale, percent, currencies; None if it belongs to no figure."""
    if not before and not after:
        return False, 1.0, False, ""
    left, right = _folded(before, strip=False), _folded(after, strip=False)
    first = _BEFORE.fullmatch(left) if left is not None else None
    last = _AFTER.fullmatch(right) if right is not None else None
    if not first or not last:
        return None
    signs = first["sign"] + first["inner"]
    bracketed = bool(first["open"])
    marks = [m for m in (first["mark"], last["mark"]) if m and m != "%"]
    percent = bool(last["percent"]) + (first["mark"] == "%")
    currencies = _currencies(marks)
    if (
        len(signs) > 1
        or (signs and bracketed)
        or bracketed != bool(last["close"])
        or percent > 1
        or (percent and marks)
        or (marks and not currencies)
    ):
        return None
    return bracketed or signs == "-", _UNITS.get(last["unit"] or "", 1.0), bool(percent), currencies


def _fold(text: str) -> str | None:
    """A text without the wrapping that keeps Excel from touching it, folded; None for what cannot be a figure."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if safe := _SAFE.fullmatch(text):
        text = safe[1]
    folded = _folded(text)
    return (
        folded[1:] if folded and folded[0] == "'" and len(folded) > 1 else folded
    )  # Excel's "this is text"


def _folded(text: str, *, strip: bool = True) -> str | None:
    """Figures, spaces, dashes and apostrophes in one spelling each."""
    if not text.isascii():
        if any(unicodedata.category(c) == "No" for c in text):
            return None  # a superscript or a circled digit is a footnote mark, not a figure
        text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
        text = "".join(
            str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text
        )
    folded = text.translate(_FOLDED).casefold()
    return folded.strip() if strip else folded


def _currencies(marks: list[str]) -> str:
    """Currencies that all signs agree on; "" when there is no sign or they disagree."""
    meant = [set(_CURRENCIES[mark].split()) for mark in marks]
    return " ".join(sorted(set.intersection(*meant))) if meant else ""


def reading(digits: str, scaled: bool = False) -> Meaning | None:
    """What digits with marks can mean; None when the marks make no sense.  A ``scaled`` figure has a decimal mark.

    >>> reading("1.234,5")
    Meaning(plain='1234.5', decimal=',', mark='', other='')
    """
    match = _SHAPE.fullmatch(digits)
    if not match or not digits:
        return None
    whole, group, decimal, fraction = match.groups()
    if decimal:
        if group == decimal:
            return None
        return Meaning(f"{whole.replace(group, '') if group else whole or '0'}.{fraction}", decimal)
    if not group:
        return Meaning(whole)
    plain = whole.replace(group, "")
    if group not in ",.":
        return Meaning(plain)
    if whole.count(group) > 1:
        return Meaning(plain, _OTHER[group])
    as_decimal = whole.replace(group, ".")
    if whole[0] == "0":
        return Meaning(as_decimal, group)
    return Meaning(as_decimal) if scaled else Meaning(plain, mark=group, other=as_decimal)


def value(found: WrittenNumber, plain: str, *, figure: bool, currency: str) -> float | None:
    """The figure of ``found`` whose digits read ``plain``; None if it is none of this column's."""
    if found.percent and figure:
        return None
    if found.currencies and currency and currency.casefold() not in found.currencies.split():
        return None
    number = float(plain) * found.scale
    if not math.isfinite(number):
        return None
    if found.scale != 1:
        number = round(number, 6)
    return (-number if found.negative else number) / (100 if found.percent else 1)
