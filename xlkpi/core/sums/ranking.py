"""The posts at both ends by engagement rate; a post whose interactions are known in part is not compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import narwhals as nw

from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import KPIS

#: What a ranked post is known by.
_SHOWN = ("row", "post_id", "day", "campaign", "influencer", "network", "format", "url")
_ENGAGEMENT = next(kpi for kpi in KPIS if kpi.id == "engagement_rate")

Post = dict[str, Any]
#: Network, format and gaps: whether posts are complete is known of them together, and only at the end.
Kind = tuple[Any, Any, Any]


class Ranking:
    """Keeps so many posts at both ends of each kind."""

    def __init__(self, settings: Settings, best: int) -> None:
        self.settings, self.size = settings, best
        self._kinds: dict[Kind, list[Post]] = {}

    def add(self, frame: Any, columns: list[str]) -> None:
        top, bottom = self.settings.inputs(_ENGAGEMENT)
        if bottom not in columns or not self.size:
            return
        shown = [c for c in _SHOWN if c in columns]
        known = ~nw.col(top).is_null() & ~nw.col(bottom).is_null() & (nw.col(bottom) > 0)
        rate = (nw.col(top) / nw.col(bottom)).alias("engagement_rate")
        rated = frame.filter(known).select(*shown, "gaps", top, bottom, rate)
        if isinstance(rated, nw.LazyFrame):
            rated = rated.collect(backend="pandas")
        order = ["engagement_rate", *(["row"] if "row" in columns else [])]
        rated = rated.sort(*order)
        for kind, places in _ends_of(rated, self.size).items():
            rows = rated[sorted(places)].rows(named=True)
            posts = [{k: None if v != v else v for k, v in row.items()} for row in rows]
            self._kinds[kind] = self._ends([*self._kinds.get(kind, ()), *posts])

    def _ends(self, posts: list[Post]) -> list[Post]:
        ranked = sorted(posts, key=_rate)
        return (
            ranked if len(ranked) <= 2 * self.size else ranked[: self.size] + ranked[-self.size :]
        )

    def ends(self, is_complete: Callable[[Kind], bool]) -> tuple[list[Post], list[Post]]:
        """The best and the weakest posts, none of them twice."""
        posts = [p for kind, own in self._kinds.items() if is_complete(kind) for p in own]
        ranked = sorted(posts, key=_rate)
        best = ranked[::-1][: min(self.size, (len(ranked) + 1) // 2)]
        return best, ranked[: min(self.size, len(ranked) // 2)]


def _rate(post: Post) -> tuple[float, float]:
    return post["engagement_rate"], post.get("row") or 0


def _ends_of(rated: Any, size: int) -> dict[Kind, set[int]]:
    """Where the first and the last posts of each kind stand in a sorted frame."""
    columns = [
        rated[c].to_list() if c in rated.columns else [None] * len(rated)
        for c in ("network", "format", "gaps")
    ]
    kinds = list(zip(*columns, strict=True))
    last = len(kinds) - 1
    found: dict[Kind, set[int]] = {}
    for kind, place in _first(kinds, size):
        found.setdefault(_named(kind), set()).add(place)
    for kind, place in _first(kinds[::-1], size):
        found.setdefault(_named(kind), set()).add(last - place)
    return found


def _first(kinds: Sequence[Kind], size: int) -> Iterator[tuple[Kind, int]]:
    """The first places of each kind; it ends when all kinds have enough."""
    counts = dict.fromkeys(kinds, 0)
    open_kinds = len(counts)
    for place, kind in enumerate(kinds):
        if counts[kind] < size:
            yield kind, place
            counts[kind] += 1
            open_kinds -= counts[kind] == size
        if not open_kinds:
            break


def _named(kind: Kind) -> Kind:
    """A blank name is None, whichever of the kinds of blank a library uses."""
    network, format, gaps = kind
    return (
        network if isinstance(network, str) else None,
        format if isinstance(format, str) else None,
        int(gaps),
    )
