"""Sums of groups of posts as a table: what each group is, and its figures in columns that say what they add up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class SumColumn(NamedTuple):
    """A figure of a group: the sum of a measure, how many posts have it, or the most that one post has.

    ``among`` restricts it to posts that have all of these measures too.
    """

    what: str  # sum, count, most
    measure: str
    among: tuple[str, ...] = ()


def total(measure: str, *among: str) -> SumColumn:
    return SumColumn("sum", measure, _all(measure, among))


def count(measure: str, *among: str) -> SumColumn:
    """How many posts have a measure; the same whichever of several is named first."""
    of, *others = sorted({measure, *among})
    return SumColumn("count", of, _all(of, others))


def most(measure: str) -> SumColumn:
    return SumColumn("most", measure)


def _all(measure: str, among: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({measure, *among})) if set(among) - {measure} else ()


@dataclass(frozen=True)
class SumTable:
    """Rows are groups: ``by`` what, and the key of each.  Columns are figures; no post is counted in two rows."""

    by: tuple[str, ...]
    keys: list[tuple[Any, ...]]
    columns: tuple[SumColumn, ...]
    figures: Floats  # a line for each column

    def __getitem__(self, column: SumColumn) -> Floats:
        """The figures of a column; zeros where nobody has the measure."""
        at = self._at.get(column)
        return np.zeros(len(self.keys)) if at is None else self.figures[at]

    @cached_property
    def _at(self) -> dict[SumColumn, int]:
        return {column: i for i, column in enumerate(self.columns)}

    def with_more(self, other: SumTable) -> SumTable:
        """Both, with the rows of one key added up.

        Raises:
            ValueError: it has other columns.
        """
        if (self.by, self.columns) != (other.by, other.columns):
            unlike = {*self.by, *self.columns} ^ {*other.by, *other.columns}
            raise ValueError(f"other columns than before: {sorted(map(str, unlike))}")
        which, keys = codes(self.keys + other.keys)
        both = np.concatenate((self.figures, other.figures), axis=1)
        figures = [
            _most(which, line, len(keys))
            if column.what == "most"
            else added(which, line, len(keys))
            for column, line in zip(self.columns, both, strict=True)
        ]
        return SumTable(self.by, keys, self.columns, np.array(figures))


def codes(keys: Sequence[Hashable]) -> tuple[NDArray[np.int64], list[Any]]:
    """A number for each key, and the keys by their numbers.

    >>> codes(["b", "a", "b"])[1]
    ['b', 'a']
    """
    known: dict[Hashable, int] = {}
    which = [known.setdefault(key, len(known)) for key in keys]
    return np.array(which, dtype=np.int64), list(known)


def added(which: NDArray[np.int64], values: Floats, groups: int) -> Floats:
    """The sum of the values of each group."""
    return np.bincount(which, values, groups).astype(float)


def _most(which: NDArray[np.int64], values: Floats, groups: int) -> Floats:
    found = np.zeros(groups)
    np.maximum.at(found, which, values)
    return found


F = TypeVar("F", bound=Callable[..., Any])


def once(method: F) -> F:
    """A method of an object that never changes: what it gave is given again."""
    name = f"_once_{method.__name__}"

    @wraps(method)
    def remembered(self: Any, *args: Hashable) -> Any:
        known = self.__dict__.setdefault(name, {})
        if args not in known:
            known[args] = method(self, *args)
        return known[args]

    return remembered  # type: ignore[return-value]
