"""The KPI catalogue: every indicator once, as data, in the order in which it is shown."""

from __future__ import annotations

import difflib
import re
from functools import cache

from xlkpi.core.catalogue import brand, budget, conversion, engagement, general, traffic, visibility
from xlkpi.core.catalogue.measures import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.names import normalise

KPIS: tuple[Kpi, ...] = (
    *visibility.KPIS,
    *engagement.KPIS,
    *traffic.KPIS,
    *conversion.KPIS,
    *budget.KPIS,
    *brand.KPIS,
    *general.KPIS,
)

_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")

__all__ = ["KPIS", "MEASURES", "find", "kpi", "suggest"]


@cache
def _names() -> dict[str, Kpi]:
    names: dict[str, Kpi] = {}
    for entry in KPIS:
        for name in (entry.id, entry.excel_name, *entry.label, *entry.aliases):
            names.setdefault(normalise(name), entry)
    return names


@cache
def _by_id() -> dict[str, Kpi]:
    return {entry.id: entry for entry in KPIS}


def kpi(id: str) -> Kpi:
    """The entry with this id; KeyError for another."""
    return _by_id()[id]


def find(name: str) -> Kpi | None:
    """The KPI that a person means: label in either language, id, Excel name or alias.

    What stands in brackets may say the same once more (``Portée (Reach)``) or a detail (``Sentiment positif (%)``),
    but not another KPI.
    """
    found = _names().get(normalise(name))
    if found is None and (within := _BRACKETS.findall(name)):
        found = _names().get(normalise(_BRACKETS.sub(" ", name)))
        others = {_names().get(normalise(said)) for said in within} - {None, found}
        return None if others else found
    return found


def suggest(name: str) -> Kpi | None:
    """The nearest KPI to a name that ``find`` does not know, or None when nothing is near."""
    said = normalise(name)
    shortened = [known for known in _names() if _is_short_for(said.split(), known.split())]
    near = sorted(shortened, key=len) or difflib.get_close_matches(said, _names(), n=1, cutoff=0.6)
    return _names()[near[0]] if near else None


def _is_short_for(said: list[str], known: list[str]) -> bool:
    """``Eng. rate`` for ``Engagement rate``: as many words, each the beginning of its own, of three letters at least."""
    return len(said) == len(known) and all(
        len(short) >= 3 and word.startswith(short) for short, word in zip(said, known, strict=True)
    )
