"""When two names are one: of columns and KPIs, of people and campaigns."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def normalise(name: str) -> str:
    """Fold a header or a name: accents, apostrophes, soft hyphens, case, spaces and punctuation do not count.

    >>> normalise("Taux d’engagement\\u00a0(%)")
    'taux d engagement'
    """
    folded = unicodedata.normalize("NFKD", name.replace("\u00ad", "").replace("ı", "i"))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """When two names of people or campaigns are one: case, accents and spacing do not count, all else does.

    >>> fold(" Été  A+ ")
    'ete a+'
    """
    folded = unicodedata.normalize("NFKD", name.replace("\u00ad", "").replace("’", "'"))
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).casefold().split())


def same_name(name: str) -> str:
    """When two names are one; a handle is the same with and without its @."""
    return fold(name).lstrip("@ ")
