"""Dates as people type them and platforms export them: taken apart here, decided for a whole column in ``columns``."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

#: Characters without width that come along when figures are copied from web pages and right-to-left texts.
INVISIBLE = dict.fromkeys(
    (
        *map(ord, "\u00ad\u034f\u061c\u115f\u1160\u180e\u3164\ufeff\uffa0"),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
    )
)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u2008\t\r\n"), " ")
_LONGEST = 96  # characters, with weekday, time and the name of a time zone
YEARS = range(1900, 2101)

# English, French, German, Spanish and Portuguese, without accents; short forms as CLDR 46 and spreadsheets write them.
_MONTH_NAMES = (
    "january jan janvier janv januar jaenner janner enero ene janeiro",
    "february feb fevrier fevr fev februar febr febrero fevereiro",
    "march mar mars marz maerz mrz marzo marco",
    "april apr avril avr abril abr",
    "may mai mayo maio",
    "june jun juin juni junio junho",
    "july jul juillet juil juill juli julio julho",
    "august aug aout aou agosto ago",
    "september sep sept septembre septiembre setiembre set setembro",
    "october oct octobre oktober okt octubre outubro out",
    "november nov novembre noviembre novembro",
    "december dec decembre dezember dez diciembre dic dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAY_NAMES = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday",
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche",
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag",
    "lunes martes mie mier miercoles jue jueves vie viernes sab sabado dom domingo",
    "seg segunda ter terca qua quarta qui quinta sex sexta feira",
)
_WEEKDAYS = {name for names in _WEEKDAY_NAMES for name in names.split()}
_FILLERS = {
    "de",
    "del",
    "do",
    "of",
    "the",
    "le",
    "el",
    "o",
    "a",
    "at",
    "um",
    "den",
    "dem",
    "on",
    "as",
    "las",
}
_ZONE = r"z|utc|gmt|mesz|mez|[cwe]es?t|bst|[ecmp][sd]t|ist|jst|brt|art"
_CLOCK = re.compile(
    r"(?:(?<=\d)t|[ ,]+|^)"
    r"(?:\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|\d{1,2} h \d{2}(?: min \d{2} s)?|\d{1,2}\.\d{2}(?:(?= ?uhr)|:\d{2} h)"
    r"|\d{1,2}(?= ?[ap]\.? ?m\b))"
    rf" ?(?:[ap]\.? ?m\.?|uhr)? ?(?:(?:{_ZONE})\b)? ?(?:[+-]\d{{2}}:?\d{{2}}\b)? ?(?:\([^)]*\))?(?:[^\d]+$)?"
)
_LOOSE_END = re.compile(r"(?:[ ,·•|-]|\b(?:at|a|as|um|las))+$")
_FIGURES = re.compile(  # a date in figures and a time, as nearly all exports write them
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:(?:T| |, )\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp][Mm]|Z)?)?",
    re.ASCII,
)
_NUMERIC = re.compile(r"(\d{1,4})([-/. ]) ?(\d{1,2})\2 ?(\d{1,4})\.?")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|\.|o|a)(?![^\W\d_])")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_MONTH_AND_YEAR = re.compile(r"[^\W\d_]+\.?-\d{2}")  # "Jan-20": how Excel shows January 2020


class Open(NamedTuple):
    """``03/04/2026``: which part is the day is for the column to say; ``dotted``: 03.04.2026."""

    first: int
    second: int
    year: int
    dotted: bool = False

    def in_order(self, order: str) -> date | None:
        """The day if ``order`` is "dmy" or "mdy"; None when there is no such day."""
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return _day(self.year, month, day)

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders in which this is a day."""
        return tuple(order for order in ("dmy", "mdy") if self.in_order(order))

    @property
    def is_ambiguous(self) -> bool:
        """Whether both orders give a day, and not the same one."""
        return self.first != self.second and max(self.first, self.second) <= 12


class Yearless(NamedTuple):
    """``19 avril``."""

    month: int
    day: int


def read(text: str) -> date | Open | Yearless | None:
    """A written date taken apart; times and zones are left out: the day counts as written.

    >>> read("Tue, Jul 14, 2026"), read("1er mai 2026"), read("31 août")
    (datetime.date(2026, 7, 14), datetime.date(2026, 5, 1), Yearless(month=8, day=31))
    """
    if match := _FIGURES.fullmatch(text):
        return _numeric(*match.groups())
    if len(text) > _LONGEST:
        return None
    plain = unaccented(text.translate(INVISIBLE).translate(_SPACES).strip())
    plain = _LOOSE_END.sub("", _CLOCK.sub(" ", plain, count=1)).strip()
    word, _, rest = plain.partition(" ")
    if (
        word.rstrip(".,") in _WEEKDAYS
        and rest[:1].isdigit()
        and (match := _NUMERIC.fullmatch(rest))
    ):
        return _numeric(*match.groups())
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(*match.groups())
    if _COMPACT.fullmatch(plain):
        return _day(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    return _named(plain)


def unaccented(text: str) -> str:
    """Lower case, without accents: "Févr" → "fevr", the key of ``MONTHS``."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 12)
def _numeric(a: str, mark: str, b: str, c: str) -> date | Open | None:
    first, second = int(a), int(b)
    if len(a) == 4 or (len(a) == 2 and first > 31):
        return _day(_full_year(a), second, int(c)) if len(c) <= 2 else None
    if len(a) == 3 or len(c) not in (2, 4):
        return None
    found = Open(first, second, _full_year(c), mark == ".")
    if not found.orders:
        return None
    return found.in_order("dmy") if first == second else found


def _named(plain: str) -> date | Yearless | None:
    """A date with the name of a month, in any order."""
    if not any(c.isalpha() for c in plain) or _MONTH_AND_YEAR.fullmatch(plain):
        return None
    words: list[str] = _TOKEN.findall(_ORDINAL.sub("", plain))
    names = [w for w in words if w in MONTHS]
    if len(names) == 2 and names[0] in _WEEKDAYS:  # « mar. 14 juil. » : mardi
        words.remove(names[0])
        names = names[1:]
    figures = [w for w in words if w.isdigit()]
    if len(names) != 1 or any(
        not w.isdigit() and w not in MONTHS and w not in _WEEKDAYS and w not in _FILLERS
        for w in words
    ):
        return None
    month = MONTHS[names[0]]
    if len(figures) == 1:
        is_day = len(figures[0]) <= 2 and _day(2024, month, int(figures[0])) is not None
        return Yearless(month, int(figures[0])) if is_day else None
    if len(figures) != 2:
        return None
    year, day = figures if len(figures[0]) == 4 else reversed(figures)
    return (
        _day(_full_year(year), month, int(day)) if len(year) in (2, 4) and len(day) <= 2 else None
    )


def _full_year(text: str) -> int:
    """Two figures mean 1969 to 2068, as the C library reads them."""
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year > 68 else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# -- single cells, as the workbook reader asks for them --------------------------------------------


def parse_date(text: str) -> date | None:
    """A written date: ISO, a named month, or day and month in the order that the figures prove, else day first as in
    our workbooks.

    >>> parse_date("03/04/2026")
    datetime.date(2026, 4, 3)
    """
    found = None if text.strip().isdigit() else read(text)
    if isinstance(found, Open):
        return found.in_order("dmy") or found.in_order("mdy")
    return None if isinstance(found, Yearless) else found


def is_ambiguous(text: str) -> bool:
    """Whether day and month of a written date could be the other way round."""
    found = read(text)
    return isinstance(found, Open) and found.is_ambiguous
