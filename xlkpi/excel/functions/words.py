"""The cell functions that take or give words: verdicts, names, tiers, links and what an error means."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from xlkpi.core import catalogue
from xlkpi.core.kpi import Kpi
from xlkpi.core.texts import Text
from xlkpi.core.variance import DEFAULT_TOLERANCE, STATUS_WORDS, Status, Variance, compare
from xlkpi.excel.functions.values import (
    DIV0,
    ERRORS,
    NA,
    NAME,
    NULL,
    NUM,
    REF,
    VALUE,
    Raw,
    Rows,
    is_blank,
    is_error,
    is_many,
    number,
    rows_of,
    spread,
)
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.references import REFERENCES

#: The longest text a cell holds.
_LONGEST = 32_767


# -- arguments ---------------------------------------------------------------------------------


def _language(said: Raw) -> Any:
    """``en`` unless it is said otherwise; an error code for another word."""
    if is_blank(said):
        return "en"
    return (type(said) is str and choices.choice(choices.LANGUAGE_NAMES, said)) or VALUE


def _kpi(said: Raw) -> Kpi | int:
    if is_blank(said):
        return NA
    return (catalogue.find(said) if type(said) is str else None) or VALUE


def _tolerance(said: Raw) -> float | int:
    if is_blank(said):
        return DEFAULT_TOLERANCE
    value = number(said)
    return NUM if value < 0 and type(value) is float else value


# -- target against actual ---------------------------------------------------------------------


def kpi_variance(actual: Raw, target: Raw, kpi: Raw) -> Raw:
    """As a fraction: relative for counts and money, in points for rates, as in the report."""
    return spread(_variance, actual, target, kpi)


def kpi_status(
    actual: Raw, target: Raw, kpi: Raw, language: Raw = None, tolerance: Raw = None
) -> Raw:
    """The report's verdict in a word."""
    return spread(_status, actual, target, kpi, language, tolerance)


def _variance(actual: Raw, target: Raw, kpi: Raw) -> Raw:
    found = _compared(actual, target, kpi, DEFAULT_TOLERANCE)
    if type(found) is int:
        return found
    return DIV0 if found.value is None else found.value + 0.0


def _status(actual: Raw, target: Raw, kpi: Raw, language: Raw, tolerance: Raw) -> Raw:
    chosen, allowed = _language(language), _tolerance(tolerance)
    found = _compared(actual, target, kpi, allowed)
    for code in (found, chosen, allowed):
        if type(code) is int:
            return code
    return STATUS_WORDS[found.status].in_(chosen)


def _compared(actual: Raw, target: Raw, kpi: Raw, tolerance: float) -> Any:
    """A variance, without a value where the target is 0; or the error code that says why there is none."""
    entry, wanted, reached = _kpi(kpi), number(target), number(actual)
    for code in (reached, wanted, entry):
        if type(code) is int:
            return code
    found: Variance = compare(reached, wanted, entry.unit, entry.judged, tolerance)  # type: ignore[union-attr]
    return NUM if found.status is Status.UNKNOWN else found


# -- names -------------------------------------------------------------------------------------


def kpi_name(kpi: Raw, language: Raw = None) -> Raw:
    return spread(_name, kpi, language)


def _name(kpi: Raw, language: Raw) -> Raw:
    entry, chosen = _kpi(kpi), _language(language)
    for code in (entry, chosen):
        if type(code) is int:
            return code
    return entry.label.in_(chosen)  # type: ignore[union-attr]


_WHY: dict[int, Text] = {
    NA: Text(
        "Unknown: a figure is missing, or the network has no EMV rate. If every KPI cell shows it, check the "
        "installation.",
        "Inconnu : il manque un chiffre, ou le réseau n’a pas de barème d’EMV. Si toutes les cellules de KPI sont "
        "ainsi, vérifiez l’installation.",
    ),
    DIV0: Text(
        "Not measurable: it would divide by zero (no reach, nothing spent, a target of 0).",
        "Non mesurable : il faudrait diviser par zéro (aucune portée, aucune dépense, cible à 0).",
    ),
    VALUE: Text(
        "An argument is not what is expected: text instead of a figure, or a name that is not known.",
        "Un argument n’est pas celui attendu : du texte au lieu d’un chiffre, ou un nom inconnu.",
    ),
    NUM: Text(
        "A figure is out of bounds, or the result is too large.",
        "Un chiffre est hors limites, ou le résultat est trop grand.",
    ),
    NAME: Text(
        "Excel does not know a name in the formula: a slip of the pen, or the add-in is not installed.",
        "Excel ne connaît pas un nom de la formule : faute de frappe, ou complément non installé.",
    ),
    REF: Text(
        "The formula points to cells that are no longer there.",
        "La formule vise des cellules qui n’existent plus.",
    ),
    NULL: Text(
        "Two ranges in the formula have no cell in common; a separator may be missing.",
        "Deux plages de la formule n’ont aucune cellule commune ; il manque peut-être un séparateur.",
    ),
}
_ROOM = Text(
    "The results have no room: empty the cells below and to the right.",
    "Les résultats n’ont pas la place : videz les cellules en dessous et à droite.",
)
_ELSEWHERE = Text(
    "The error {name} comes from a cell that the formula uses.",
    "L’erreur {name} vient d’une cellule que la formule utilise.",
)


def kpi_why(value: Raw, language: Raw = None) -> Raw:
    """What an error in a cell means; empty for anything else."""
    return spread(_why, value, language, explains=True)


def _why(value: Raw, language: Raw) -> Raw:
    chosen = _language(language)
    if type(chosen) is int:
        return chosen
    if not is_error(value):
        return ""
    if ERRORS.get(value) == "#SPILL!":
        return _ROOM.in_(chosen)
    return _WHY.get(value, _ELSEWHERE.format(name=ERRORS.get(value, "?"))).in_(chosen)


# -- tiers -------------------------------------------------------------------------------------

_KIND, _ITEM, _BOUND = (
    next(i for i, c in enumerate(contract.REFERENCES.columns) if c.id == id)
    for id in ("kind", "item", "value")
)
_SHIPPED: dict[str, tuple[tuple[str, float], ...]] = {
    language: tuple(
        (r.item.in_(language), float(r.value or 0)) for r in REFERENCES if r.kind == "tier"
    )
    for language in ("en", "fr")
}


def tier(followers: Raw, tiers: Raw = None, language: Raw = None) -> Raw:
    """The name of the highest tier whose bound the followers reach; ``#N/A`` below the first."""
    bounds: Any = None
    if is_blank(tiers) or is_error(tiers):
        pass
    elif is_many(tiers):
        rows = tuple(map(tuple, rows_of(tiers)))
        bounds = _bounds(rows, tuple(map(type, chain.from_iterable(rows))))
    else:
        bounds = VALUE
    given = tiers if is_error(tiers) else None
    return spread(lambda count, _, said: _tier(count, bounds, said), followers, given, language)


def _tier(followers: Raw, bounds: Any, language: Raw) -> Raw:
    count, chosen = number(followers), _language(language)
    for code in (count, bounds, chosen):
        if type(code) is int:
            return code
    return next(
        (name for name, bound in reversed(bounds or _SHIPPED[chosen]) if count >= bound), NA
    )


@lru_cache(maxsize=16)
def _bounds(table: Rows, types: tuple[type, ...]) -> tuple[tuple[str, float], ...] | int:
    """Names and lower bounds, rising: two columns, or the tier rows of a table laid out as References.

    ``types`` belongs to the memory's key, as 1 and TRUE are equal.
    """
    if len(table[0]) > _BOUND:
        table = [
            row
            for row in table
            if not is_error(row[_KIND])
            and choices.choice(choices.REFERENCE_KINDS, str(row[_KIND] or "")) == "tier"
        ]
        pairs = [(row[_ITEM], row[_BOUND]) for row in table]
    elif len(table[0]) == 2:
        pairs = [(name, bound) for name, bound in table if not (is_blank(name) and is_blank(bound))]
    else:
        return VALUE
    found = []
    for name, bound in pairs:
        value = number(bound)
        for code in (name, value):
            if is_error(code):
                return int(code)
        if is_blank(name) or type(name) is not str:
            return NA if is_blank(name) else VALUE
        found.append((name.strip(), float(value)))
    return tuple(sorted(found, key=lambda pair: pair[1])) or NA


# -- links -------------------------------------------------------------------------------------


def utm_link(url: Raw, source: Raw, medium: Raw, campaign: Raw, content: Raw = None) -> Raw:
    """The address with its utm parameters; those that it already has are replaced, all else in it is kept."""
    return spread(_link, url, source, medium, campaign, content)


def _link(url: Raw, *values: Raw) -> Raw:
    words = [_word(value) for value in (url, *values)]
    for i, word in enumerate(words):
        if type(word) is int and not (i == len(words) - 1 and is_blank(values[-1])):
            return word
    address, *said = words
    try:
        parts = urlsplit(address)
    except ValueError:
        return VALUE
    if (
        parts.scheme.lower() not in ("http", "https")
        or not parts.hostname
        or " " in address
        or not address.isprintable()
    ):
        return VALUE
    ours = [
        (f"utm_{name}", word)
        for name, word in zip(("source", "medium", "campaign", "content"), said, strict=True)
        if type(word) is str
    ]
    names = {name for name, _ in ours}
    kept = [
        p for p in parts.query.split("&") if p and unquote(p.partition("=")[0]).lower() not in names
    ]
    query = "&".join((*kept, *(f"{name}={quote(word, safe='')}" for name, word in ours)))
    link = urlunsplit(parts._replace(query=query))
    return link if len(link) <= _LONGEST else VALUE


def _word(value: Raw) -> Any:
    """A word as it goes into a link; a figure such as the year 2026 as it is shown."""
    if is_blank(value):
        return NA
    if type(value) is str:
        return value.strip()
    figure = number(value)
    if type(figure) is int:
        return figure
    return f"{figure:.0f}" if figure == math.floor(figure) and abs(figure) < 1e15 else repr(figure)
