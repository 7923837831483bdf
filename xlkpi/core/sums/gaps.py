"""Which parts of the interactions a post lacks, and which of them its network and format give at all.

Likes, comments, shares, saves and clicks are given by networks and formats as they please.  A part that nobody gives
for a network and format is not counted there; one that some posts give and others leave blank is a gap of those
others, which then leave every rate that counts interactions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import narwhals as nw

from xlkpi.core.campaign import Settings

#: Counts that a network or a format may not have at all; how often a post was seen, every post has.
PARTS = ("likes", "comments", "shares", "saves", "clicks")
#: Format → parts that only its author sees.  Likes of a Story are private and make no public count
#: (Instagram, "Private Story Likes", 2022-02-14).
PRIVATE: Mapping[str, tuple[str, ...]] = {"Story": ("likes",)}


def unread(measure: str) -> str:
    """The column that marks, with 1, where a cell of a measure holds something that is no figure."""
    return f"{measure}_unread"


class Gaps:
    """Reads and writes the number that says which parts a post lacks: one bit for each, then one for each that is
    there and cannot be read, and two for its cost.
    """

    def __init__(self, settings: Settings) -> None:
        chosen = (p for p in settings.interactions if p not in PARTS)
        self.parts = (*PARTS, *chosen, "cost")
        self.interactions = settings.interactions
        self._blank = {part: 1 << i for i, part in enumerate(self.parts)}
        self._unread = {part: 1 << (i + len(self.parts)) for i, part in enumerate(self.parts)}

    def of_each_post(self, have: set[str]) -> Any:
        """The column of these numbers."""
        bits = [nw.lit(float(sum(b for p, b in self._blank.items() if p not in have)))]
        bits += [
            nw.when(nw.col(part).is_null()).then(nw.lit(float(bit))).otherwise(nw.lit(0.0))
            for part, bit in self._blank.items()
            if part in have
        ]
        bits += [
            nw.when(nw.col(unread(part)) > 0).then(nw.lit(float(bit))).otherwise(nw.lit(0.0))
            for part, bit in self._unread.items()
            if unread(part) in have
        ]
        return nw.sum_horizontal(*bits)

    def lacks(self, gaps: int, part: str) -> bool:
        return bool(gaps & self._blank[part])

    def is_unread(self, gaps: int, part: str) -> bool:
        return bool(gaps & self._unread[part])

    def given(self, rows: Iterable[tuple[Any, Any, int]]) -> dict[tuple[Any, Any], frozenset[str]]:
        """Network and format → the parts that its posts give.

        A part that only the author sees is given where every post has it.

        Args:
            rows: network, format and gaps of posts.
        """
        found: dict[tuple[Any, Any], set[str]] = {}
        lacked: dict[tuple[Any, Any], set[str]] = {}
        for network, format, gaps in rows:
            own = found.setdefault((network, format), set())
            own.update(p for p in self.parts if not self.lacks(gaps, p) or self.is_unread(gaps, p))
            lacked.setdefault((network, format), set()).update(self._lacked(gaps))
        return {
            key: frozenset(own - (set(PRIVATE.get(key[1], ())) & lacked[key]))
            for key, own in found.items()
        }

    def _lacked(self, gaps: int) -> Iterator[str]:
        return (part for part in self.parts if self.lacks(gaps, part))

    def complete(self, gaps: int, given: frozenset[str], parts: Iterable[str]) -> bool:
        """Whether a post has all of ``parts`` that its network and format give; none at all is no answer."""
        wanted = [part for part in parts if part in given]
        return bool(wanted) and not any(self.lacks(gaps, part) for part in wanted)
