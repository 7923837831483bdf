"""Adds up posts a frame at a time, written once over narwhals: pandas, DuckDB and PySpark give the same sums.

Rates of a group are ratios of sums, never means of rates.  A rate between two figures of a post (engagement,
clicks, sentiment) counts only the posts where both are known, so a post without reach does not inflate
the engagement rate.  Money and results (``Measure.booked``) are booked per collaboration, on whichever
post; ``money`` says how they enter a ratio and a group.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from typing import Any

import narwhals as nw
import numpy as np

from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.emv import EmvBasis
from xlkpi.core.sums.derive import WEIGHT, derive
from xlkpi.core.sums.gaps import Gaps
from xlkpi.core.sums.grouped import Grouped, Sums
from xlkpi.core.sums.plan import plan
from xlkpi.core.sums.ranking import Kind, Ranking
from xlkpi.core.sums.rows import Rows
from xlkpi.core.sums.table import Floats, SumColumn, SumTable, count

#: What posts are grouped by as they are added up: sums add up, so every dimension follows from one of the two.
PLACE = ("campaign", "influencer", "network", "format", "month", "gaps")
DAY = ("day", "network", "format", "gaps")
#: Group by → the columns that make the key.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "campaign": ("campaign",),
    "influencer": ("influencer",),
    "network": ("network",),
    "format": ("network", "format"),
    "month": ("month",),
    "day": ("day",),
    "collaboration": ("campaign", "influencer"),
    "account": ("influencer", "network"),
}


class Tally:
    """The sums of posts; a million of them never stand in memory together."""

    def __init__(
        self,
        settings: Settings,
        basis: EmvBasis,
        best: int = 3,
        daily: bool = True,
        largest: Iterable[str] = (),
    ) -> None:
        """Args:
        best: so many posts at both ends are remembered.
        daily: whether sums by day are asked for.
        largest: measures of which the most that one post has is asked for.
        """
        self.settings, self.basis = settings, basis
        self._bases = (PLACE, DAY) if daily else (PLACE,)
        self._largest = tuple(largest)
        self._tables: dict[tuple[str, ...], SumTable] = {}
        self._rows: dict[tuple[str, ...], Rows] = {}
        self._grouped: dict[Hashable, Grouped] = {}
        self._ranking = Ranking(settings, best)

    def add(self, native: Any) -> None:
        """Add a frame of posts (pandas, DuckDB, PySpark …) that are in the report's scope.

        Raises:
            ValueError: it has other columns than the frames before.
        """
        with _many_columns():
            self._add(nw.from_native(native))

    def _add(self, posts: Any) -> None:
        frame = derive(posts, self.settings, self.basis)
        columns = frame.collect_schema().names()
        full = _full_columns(frame, columns)
        for base in self._bases:
            table = _sums(
                frame,
                tuple(key for key in base if key in columns),
                plan(self.settings, columns, base is DAY, self._largest),
                full,
            )
            known = self._tables.get(base)
            self._tables[base] = table if known is None else known.with_more(table)
        self._rows.clear()
        self._grouped.clear()
        self._ranking.add(frame, columns)

    def rows(self, base: tuple[str, ...] = PLACE) -> Rows | None:
        """The finest sums, with all that follows from knowing every post; None where no post has been added."""
        if base not in self._rows and base in self._tables:
            self._rows[base] = Rows(self._tables[base], self.settings)
        return self._rows.get(base)

    def grouped(self, dimension: str) -> Grouped:
        """The groups of a dimension, keyed by the columns of ``DIMENSIONS``; a blank key is None."""
        if dimension not in self._grouped:
            keys = DIMENSIONS[dimension]
            rows = self.rows(DAY if dimension == "day" else PLACE)
            if rows is None or not set(keys) <= set(rows.table.by):
                self._grouped[dimension] = Grouped.none()
            else:
                self._grouped[dimension] = Grouped(rows, rows.by(*keys))
        return self._grouped[dimension]

    def groups(self, dimension: str) -> dict[tuple[Any, ...], Sums]:
        return self.grouped(dimension).sums()

    def labelled(
        self, label: Callable[[Any], Hashable], column: str, base: tuple[str, ...] = PLACE
    ) -> Grouped:
        """Groups by a label for the names in one column."""
        rows = self.rows(base)
        if rows is None:
            return Grouped.none()
        return Grouped(rows, [label(name) for (name,) in rows.by(column)])

    def total(self) -> Sums:
        return self.grouped_total().sums().get((), Sums.none())

    def grouped_total(self) -> Grouped:
        """Everything as one group; none where there is no post."""
        return self.labelled(lambda _: (), "gaps")

    def best_posts(self) -> list[dict[str, Any]]:
        return self._ranking.ends(self._is_complete())[0]

    def weakest_posts(self) -> list[dict[str, Any]]:
        return self._ranking.ends(self._is_complete())[1]

    def _is_complete(self) -> Callable[[Kind], bool]:
        rows, gaps = self.rows(), Gaps(self.settings)
        given = {} if rows is None else rows.given

        def is_complete(kind: Kind) -> bool:
            network, format, lacking = kind
            return gaps.complete(lacking, given[network, format], self.settings.interactions)

        return is_complete


# -- from a frame to a table -----------------------------------------------------------------------


def _sums(
    frame: Any, keys: tuple[str, ...], columns: tuple[SumColumn, ...], full: set[str]
) -> SumTable:
    """One row for each group.  Columns over posts of which none lacks a figure are those without a condition."""
    if not keys:
        frame, keys = frame.with_columns(nw.lit(0.0).alias("gaps")), ("gaps",)
    plain = {column: _without_conditions(column, full) for column in columns}
    names = {column: f"_{i}" for i, column in enumerate(dict.fromkeys(plain.values()))}
    conditions = {c.among: None for c in names if c.among}
    marks = {among: f"_among{i}" for i, among in enumerate(conditions)}
    if marks:
        frame = frame.with_columns(*(all_known(among).alias(mark) for among, mark in marks.items()))
        frame = frame.with_columns(
            *(
                nw.when(nw.col(marks[c.among])).then(nw.col(c.measure)).alias(f"{name}given")
                for c, name in names.items()
                if c.among
            )
        )
    grouped = _collect(
        frame.group_by(*keys).agg(
            *(
                _AGGREGATE[c.what](nw.col(f"{name}given" if c.among else c.measure)).alias(name)
                for c, name in names.items()
            )
        )
    )
    figures = {column: _known(grouped[name].to_numpy()) for column, name in names.items()}
    rows = list(zip(*(_names(grouped[key]) for key in keys), strict=True))
    lines = [figures[plain[column]] for column in columns]
    return SumTable(keys, rows, columns, np.array(lines).reshape(len(columns), len(rows)))


_AGGREGATE: dict[str, Callable[[Any], Any]] = {
    "sum": lambda column: column.sum(),
    "count": lambda column: column.count(),
    "most": lambda column: column.max(),
}


def _without_conditions(column: SumColumn, full: set[str]) -> SumColumn:
    """The same figure told more simply, where no post lacks what it is conditional on."""
    among = tuple(m for m in column.among if m not in full)
    if column.what == "count":
        lacking = sorted({column.measure, *among} - full) or ["posts"]
        return count(*lacking)
    return column if set(among) - {column.measure} else SumColumn(column.what, column.measure)


def all_known(columns: Iterable[str]) -> Any:
    return reduce(lambda a, b: a & b, (~nw.col(c).is_null() for c in columns))


@contextmanager
def _many_columns() -> Iterator[None]:
    """pandas warns that narwhals adds more than a hundred columns one by one; they are summed once and dropped."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="DataFrame is highly fragmented")
        yield


def _collect(frame: Any) -> Any:
    return frame.collect(backend="pandas") if isinstance(frame, nw.LazyFrame) else frame


def _full_columns(frame: Any, columns: list[str]) -> set[str]:
    """Measures without a single unknown: their counts and pairs need no adding up.  A lazy frame is not asked."""
    measures = [c for c in columns if c in MEASURES or c == WEIGHT]
    if isinstance(frame, nw.LazyFrame):
        return {"posts"}
    known = frame.select(nw.col(*measures).count()).rows(named=True)[0]
    return {c for c in measures if known[c] == known["posts"]}


def _names(column: Any) -> list[Any]:
    """The names that groups are keyed by; a blank is None, whichever of the four kinds of blank a library uses."""
    return [
        None if unknown or name != name else name
        for name, unknown in zip(column.to_list(), column.is_null().to_list(), strict=True)
    ]


def _known(sums: Any) -> Floats:
    """The sum of nothing but unknowns is 0; how many posts it counts says so."""
    figures = np.asarray(sums, dtype=float)
    return np.where(np.isnan(figures), 0.0, figures)
