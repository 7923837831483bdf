"""What a number format shows: 45000 is a count, or a day, or a time, and only the style of its cell says which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from xlkpi.core.days import serial_date
from xlkpi.ooxml.package import Package

Shows = Literal["", "day", "time"]

#: Built-in number formats that show a day (14 to 22, 27 to 36, 50 to 58) or a time of day (18 to 21, 45 to 47).
#: Source: ECMA-376 part 1, 18.8.30.
_DAYS = {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47}


def shows(code: str) -> Shows:
    """What a number format shows: a day, a time alone, or neither."""
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0].lower())
    if plain.strip() in ("", "general", "standard", "@"):
        return ""
    # French and German files keep the invariant letters; j and a are seen too
    if re.search("[dyj]|m{3}|aa", plain):
        return "day"
    if re.search("[hs]", plain):
        return "time"
    return "day" if re.fullmatch(r"[m/\-. ]+", plain) else ""


def styles_that_show(package: Package) -> Mapping[str, Shows]:
    """Style indexes, as cells name them, that show a day or a time alone."""
    if not package.has(package.styles_part):
        return {}
    root = package.tree(package.styles_part)
    own = {
        f.get("numFmtId"): shows(f.get("formatCode", ""))
        for f in root.iterfind("{*}numFmts/{*}numFmt")
    }
    found: dict[str, Shows] = {}
    for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        id = style.get("numFmtId", "0")
        shown = own[id] if id in own else _built_in(id)
        if shown:
            found[str(index)] = shown
    return found


def _built_in(id: str) -> Shows:
    number = int(id) if id.isascii() and id.isdigit() else 0
    return "day" if number in _DAYS else "time" if number in _TIMES else ""


def day_or_time(value: float, shown: Shows, date1904: bool) -> date | str | float:
    """A serial number as Excel shows it: the day, or ``1:05:30`` for a time; the number where it is neither."""
    if shown == "day":
        return serial_date(value, date1904) or value
    if shown != "time" or not 0 <= value < 10_000:
        return value
    seconds = round(value * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
