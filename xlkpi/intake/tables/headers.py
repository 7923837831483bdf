"""Which column of an export is which: by name, however its network, language and program write it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files

from xlkpi.core.names import normalise
from xlkpi.intake.cells.dates import INVISIBLE

__all__ = ["aliases", "candidates", "duplicates", "language", "match", "normalise", "suggestions"]

_UNSEEN = INVISIBLE | {ord("ʼ"): " "}
#: Three letters that are no measure: "Revenue ROI" and "Cost CPM" are no amounts.
_CURRENCY = r"(?!roi|cpm|cpc|cpa|cpe|cpv|cpl|cac|emv|imv|ctr|aov|ltv|all|net)[a-z]{3}"
_NEAR = 0.82  # likeness from which a header is taken for a slip of the pen; "views" and "video views" stay below


def match(header: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Column id → index of its column.

    ``wanted``: column id → its names, the best one first.  A name counts when the whole header is that name,
    apart from accents, apostrophes, case, spaces and punctuation; never when it is only part of it: « Vues de
    vidéo de 3 secondes » is not « Vues ».  ``*`` in a name stands for a currency.  A column serves one id only, the
    first of ``wanted`` that names it; of two columns of one name the first counts.

    >>> match(["Identifiant de la publication", "Vues de 3 secondes"], {"post_id": ["Post ID", "Identifiant de \
la publication"], "views": ["Vues"]})
    {'post_id': 0}
    """
    return {id: found[0] for id, found in candidates(header, wanted).items()}


def candidates(header: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Column id → every column that has one of its names, in the order of the names.

    A file in two languages has « Type de publication » beside "Post type", each filled on some rows.
    """
    said = [_spelled(h) for h in header]
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for is_exact in (True, False):
        for id, names in wanted.items():
            for name in names:
                if ("*" in name) == is_exact:
                    continue
                for index in _named(said, name):
                    if index not in taken:
                        taken.add(index)
                        found.setdefault(id, []).append(index)
    return {id: found[id] for id in wanted if id in found}


def _spelled(header: str) -> str:
    """``normalise`` for a header as it stands in a file, with the marks that are not seen."""
    return normalise(header if header.isascii() else header.translate(_UNSEEN))


def _named(said: Sequence[str], name: str) -> Iterable[int]:
    if "*" not in name:
        plain = normalise(name)
        return [i for i, text in enumerate(said) if text == plain and plain]
    pattern = _pattern(name)
    return [i for i, text in enumerate(said) if pattern.fullmatch(text)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """``Estimated revenue (*)`` → "estimated revenue" and the code of a currency."""
    return re.compile(r"\s".join(_words(name)))


def _words(name: str) -> Iterable[str]:
    for i, part in enumerate(name.split("*")):
        if i:
            yield _CURRENCY
        if normalise(part):
            yield re.escape(normalise(part))


def duplicates(header: Sequence[str]) -> dict[str, list[int]]:
    """Names that stand over several columns, as first written → indexes."""
    places: dict[str, list[int]] = {}
    for index, text in enumerate(header):
        if _spelled(text):
            places.setdefault(_spelled(text), []).append(index)
    return {header[found[0]]: found for found in places.values() if len(found) > 1}


def suggestions(
    header: Sequence[str], wanted: Mapping[str, Sequence[str]]
) -> dict[int, tuple[str, str]]:
    """Index of a column that nothing matched → (column id, name) that its header nearly is.

    Only ids without a column are suggested, each once: to be asked or told, never to be taken silently.
    """
    matched = candidates(header, wanted)
    taken = {i for found in matched.values() for i in found}
    names = {
        normalise(n): (id, n)
        for id in reversed([*wanted])
        if id not in matched
        for n in reversed(wanted[id])
        if "*" not in n
    }
    found: dict[int, tuple[str, str]] = {}
    for index, text in enumerate(header):
        near = [] if index in taken else get_close_matches(_spelled(text), names, n=1, cutoff=_NEAR)
        if near and names[near[0]] not in found.values():
            found[index] = names[near[0]]
    return found


@cache
def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(files("xlkpi.intake").joinpath("aliases.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def aliases(kind: str, *ids: str) -> dict[str, tuple[str, ...]]:
    """Column id → names in every language, for one kind of export of ``aliases.toml``; all its ids, or the ones named.

    Raises KeyError for a kind or an id that the file does not have.
    """
    table = _table()[kind]
    return {
        id: tuple(name for names in table[id].values() for name in names) for id in ids or table
    }


def language(header: Sequence[str], kind: str) -> str | None:
    """Language that most of the headers are written in ("en", "fr", "de", "es", "pt"); None when it cannot be told."""
    said = {_spelled(h) for h in header}
    votes: dict[str, int] = {}
    for names in _table()[kind].values():
        for tongue, spelled in names.items():
            votes[tongue] = votes.get(tongue, 0) + any(normalise(name) in said for name in spelled)
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
