"""Values of the template's formulas in Posts (engagement rate, ROI, EMV) as our core computes them: the cached results.

A file edited where the cell functions are not installed holds ``#NAME?`` or old figures in them, and rows that an
import updates or adds need theirs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from xlkpi.core.texts import Language
from xlkpi.excel.posts.cells import INPUTS, NAMES, Computing, as_input, differs
from xlkpi.excel.posts.table import PostTable
from xlkpi.intake.posts import Value
from xlkpi.ooxml.cells import column_letters
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.rows import Editor, Edits, Result, RowEdit, Target, rewrite


def refresh_computed(package: Package) -> int:
    """Give the template's formulas of Posts (engagement rate, ROI, EMV) the values that our core computes.

    A file edited where the cell functions are not installed holds ``#NAME?`` or old figures in them.  Formulas that a
    user has changed are left alone; when nothing is stale the sheet keeps its bytes.

    Returns:
        The number of rows that got new values.
    """
    posts = PostTable(package)
    stale = _stale(posts)
    if not stale.rows:
        return 0
    editor = Editor(posts.survey.prefix)
    targets, contents = stale.targets(posts), stale.contents(stale.rows)

    def start() -> RowEdit:
        values = iter(contents)
        return lambda row, text: (
            editor.row(text, row, targets, next(values)) if text is not None else ""
        )

    name, edits = posts.name, Edits(stale.rows, start)
    package.rewrite(posts.sheet.part, lambda pieces: rewrite(pieces, edits, name))
    return len(stale.rows)


@dataclass(slots=True)
class CachedResults:
    """Cached values for formulas of ours, by row, rows rising; None leaves a cell alone."""

    rows: list[int]
    values: dict[str, list[float | str | None]]

    def targets(self, posts: PostTable) -> list[Target]:
        return [
            Target(posts.grid.columns[id], column_letters(posts.grid.columns[id]))
            for id in self.values
        ]

    def contents(self, rows: Sequence[int]) -> list[tuple[Result, ...]]:
        """For each of these rows, one result a column."""
        places = [bisect_left(self.rows, row) for row in rows]
        known = [
            place < len(self.rows) and self.rows[place] == row
            for place, row in zip(places, rows, strict=True)
        ]
        columns = [
            [
                Result(values[place]) if there else Result(None)
                for place, there in zip(places, known, strict=True)
            ]
            for values in self.values.values()
        ]
        return list(zip(*columns, strict=True))


def _stale(posts: PostTable) -> CachedResults:
    """Rows whose formulas of ours hold another value than our core computes."""
    ours = {
        id: np.frombuffer(posts.survey.ours[id], dtype=np.uint8)
        for id in posts.computed
        if posts.survey.ours[id].count(1)
    }
    results = CachedResults([], {id: [] for id in ours})
    if not ours:
        return results
    computing = Computing(posts)
    for rows, frame, cells in computing.frames(tuple(ours)):
        values = computing.values(frame)
        wrong = {
            id: mine[rows].astype(bool) & differs(cells[id], values[id])
            for id, mine in ours.items()
        }
        for i in np.flatnonzero(np.logical_or.reduce(list(wrong.values()))).tolist():
            results.rows.append(int(rows[i]))
            for id in ours:
                results.values[id].append(values[id][i] if wrong[id][i] else None)
    return results


def after_updates(
    posts: PostTable, updates: Mapping[int, Mapping[str, Value]], language: Language
) -> CachedResults:
    """Values of our formulas in rows that are updated."""
    ours = {
        id: posts.survey.ours[id]
        for id in posts.computed
        if any(posts.survey.ours[id][r] for r in updates)
    }
    results = CachedResults([], {id: [] for id in ours})
    if not ours:
        return results
    computing = Computing(posts)
    for numbers, frame in _rows_of(computing, sorted(updates)):
        _put_updates(frame, [updates[row] for row in numbers], language)
        computed = computing.values(frame)
        results.rows += numbers
        for id, mine in ours.items():
            results.values[id] += [
                v if mine[r] else None for r, v in zip(numbers, computed[id], strict=True)
            ]
    return results


def _rows_of(
    computing: Computing, wanted: Sequence[int]
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    """The inputs of these rows as they stand, some at a time."""
    sought = np.array(wanted, dtype=np.int64)
    for rows, frame, _ in computing.frames():
        places = np.flatnonzero(np.isin(rows, sought, assume_unique=True))
        if len(places):
            yield rows[places].tolist(), frame.iloc[places].reset_index(drop=True)


def _put_updates(
    frame: pd.DataFrame, updates: Sequence[Mapping[str, Value]], language: Language
) -> None:
    """Inputs that are updated take their new values."""
    for id in (*INPUTS, *NAMES):
        new = [(i, update[id]) for i, update in enumerate(updates) if id in update]
        if new:
            values = frame[id].to_numpy(copy=True)
            values[[i for i, _ in new]] = as_input(id, [value for _, value in new], language)
            frame[id] = values
