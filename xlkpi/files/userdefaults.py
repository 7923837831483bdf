"""A user's own defaults: one small file in the platform's usual place, read when a command runs.

``defaults.toml`` in ``folder()``::

    language = "fr"              # or "en"
    palette = "blue_orange"      # or "green_red"
    tolerance = 0.05             # how far from its target a figure may be and still be on target
    currency = "EUR"
    deck_template = "~/brand.potx"

Language and deck template hold for every command, the others for new workbooks: a workbook that exists has its own
Settings, and they win.  A missing file is no defaults; a line that cannot be used is told and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlkpi.core.texts import LANGUAGES, Language

NAME = "defaults.toml"
PALETTES = ("blue_orange", "green_red")


@dataclass(frozen=True, slots=True)
class UserDefaults:
    """What the file says; None where it says nothing.  ``unusable``: the lines that were left out."""

    language: Language | None = None
    palette: str | None = None
    tolerance: float | None = None
    currency: str | None = None
    deck_template: Path | None = None
    unusable: tuple[str, ...] = ()


def folder() -> Path:
    """Where xlkpi keeps what belongs to a user: these defaults, and the mappings of unknown tables."""
    import platformdirs

    return Path(platformdirs.user_config_dir("xlkpi", appauthor=False, roaming=True))


def path() -> Path:
    return folder() / NAME


def read() -> UserDefaults:
    """The defaults of this user, today."""
    place = path()
    try:
        text = place.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return UserDefaults(unusable=(NAME,) if place.exists() else ())
    import tomllib

    try:
        return _of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return UserDefaults(unusable=(f"{NAME}: {error}",))


def _of(said: dict[str, Any]) -> UserDefaults:
    taken: dict[str, Any] = {}
    unusable = []
    for key, value in said.items():
        understood = _UNDERSTOOD[key](value) if key in _UNDERSTOOD else None
        if understood is None:
            unusable.append(f"{key} = {value!r}")
        else:
            taken[key] = understood
    return UserDefaults(**taken, unusable=tuple(unusable))


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str | None]:
    return lambda value: value if value in choices else None


def _tolerance(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 1 else None


def currency_code(value: Any) -> str | None:
    """The three letters of a currency, in capitals; None where it is no code."""
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if re.fullmatch("[A-Z]{3}", code) else None


def _file(value: Any) -> Path | None:
    return Path(value).expanduser() if isinstance(value, str) and value.strip() else None


_UNDERSTOOD: dict[str, Callable[[Any], Any]] = {
    "language": _one_of(LANGUAGES),
    "palette": _one_of(PALETTES),
    "tolerance": _tolerance,
    "currency": currency_code,
    "deck_template": _file,
}
