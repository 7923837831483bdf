"""The new text of each row of Posts that a change touches: updated rows, new ones, and a total that moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from xlkpi.excel.posts.cells import Computing, given_frame
from xlkpi.excel.posts.formulas import own_row_moved
from xlkpi.excel.posts.plan import PostsPlan
from xlkpi.excel.posts.slots import Slot
from xlkpi.intake.posts import Value
from xlkpi.ooxml.cells import column_index, unescape
from xlkpi.ooxml.rows import (
    BLANK,
    Content,
    Editor,
    Result,
    RowEdit,
    RowMould,
    Tail,
    Target,
    Whole,
    cell_pattern,
    escaped,
)

#: Rows made at a time: large enough for NumPy, small enough to forget.
_CHUNK = 5_000
Results = Sequence[float | str | None]


class RowTexts:
    """Gives the new text of one wanted row after the other."""

    def __init__(self, plan: PostsPlan) -> None:
        self._plan, self._posts, self._room = plan, plan.posts, plan.room
        self._prefix = plan.posts.survey.prefix
        self._editor, self._writer = Editor(self._prefix), plan.cells.writer
        self._results = plan.results()  # of the sheet as it stands before it is rewritten
        self._total = plan.room.lowest if plan.room.moved else None  # its new row

    @property
    def wanted(self) -> Sequence[int]:
        """The rows to touch, rising."""
        updated = sorted(self._plan.updates)
        new = [*self._room.rows, *([self._total] if self._total else [])]
        return sorted({*updated, *new}) if updated else new

    def start(self) -> RowEdit:
        """An edit of the wanted rows, from the first."""
        posts, plan, room = self._posts, self._plan, self._room
        new, updated = self._new_rows(), self._updated_rows()
        mould = RowMould(self._prefix, posts.row_look, [(s.letters, s.style) for s in plan.slots])

        def edit(row: int, text: str | None) -> str:
            if row in room.rows:
                tails, results = next(new)
                return (
                    mould(row, tails) if text is None else self._filled(row, text, tails, results)
                )
            if row == self._total:
                return self._edited(row, text, plan.slots, self._moved_total(), posts.row_look)
            return self._edited(row, text, *next(updated))

        return edit

    def _edited(
        self,
        row: int,
        text: str | None,
        targets: Sequence[Target],
        contents: Sequence[Content],
        look: str = "",
    ) -> str:
        """A row with these contents; ``look`` is for one that is not there yet."""
        if text is None:
            return self._editor.new(row, look, targets, contents)
        return self._editor.row(text, row, targets, contents)

    # -- updated rows ----------------------------------------------------------------------------

    def _updated_rows(self) -> Iterator[tuple[Sequence[Target], Sequence[Content]]]:
        """What to write into the updated rows, one after the other; rows with the same columns are made together."""
        updates = self._plan.updates
        rows = sorted(updates)
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            for ids, group in groupby(chunk, lambda row: tuple(updates[row])):
                yield from self._with_columns(ids, list(group))

    def _with_columns(
        self, ids: Sequence[str], rows: Sequence[int]
    ) -> Iterator[tuple[Sequence[Target], Sequence[Content]]]:
        """Rows whose updates have values for the same columns."""
        plan = self._plan
        slots = [plan.fillable[id] for id in ids]
        columns: list[Sequence[Content]] = [
            self._tails(slot, [plan.updates[row][slot.id] for row in rows]) for slot in slots
        ]
        columns += zip(*self._results.contents(rows), strict=True)
        targets: list[Target] = [*slots, *self._results.targets(self._posts)]
        order = sorted(range(len(targets)), key=lambda i: targets[i].column)
        targets = [targets[i] for i in order]
        for contents in zip(*(columns[i] for i in order), strict=True):
            yield targets, contents

    def _tails(self, slot: Slot, values: Sequence[Value]) -> list[Tail]:
        assert slot.kind is not None, "a fillable column is one of ours"
        return self._plan.cells.tails(slot.id, slot.kind, values)

    # -- new rows --------------------------------------------------------------------------------

    def _new_rows(self) -> Iterator[tuple[tuple[Tail, ...], tuple[float | str | None, ...]]]:
        """Contents of the new rows, one after the other, and the values of their formulas."""
        plan, count = self._plan, self._room.count
        computing = Computing(self._posts) if any(s.ours for s in plan.slots) else None
        for start in range(0, count, _CHUNK):
            stop = min(start + _CHUNK, count)
            rows = range(self._room.first + start, self._room.first + stop)
            given = {
                id: values[start:stop]
                for id, values in plan.change.added.items()
                if id in plan.fillable
            }
            computed: Mapping[str, Results] = {}
            if computing is not None:
                computed = computing.values(given_frame(given, len(rows), plan.language))
            results = [
                computed[s.id] if s.ours else [None] * len(rows)
                for s in plan.slots
                if s.element is not None
            ]
            columns = self._columns(rows, given, iter(results))
            results_by_row = zip(*results, strict=True) if results else iter([()] * len(rows))
            yield from zip(zip(*columns, strict=True), results_by_row, strict=True)

    def _columns(
        self, rows: range, given: Mapping[str, Sequence[Value]], results: Iterator[Results]
    ) -> list[Sequence[Tail]]:
        """The cells of new rows, column by column."""
        columns: list[Sequence[Tail]] = []
        for slot in self._plan.slots:
            if slot.element is not None:
                columns.append(self._formula_tails(slot, rows, next(results)))
            elif slot.id in given:
                columns.append(self._tails(slot, given[slot.id]))
            else:
                columns.append([BLANK] * len(rows))
        return columns

    def _formula_tails(self, slot: Slot, rows: range, results: Results) -> Sequence[Tail]:
        element = slot.element
        assert element is not None
        if slot.fixed:
            return self._writer.same_formula(element(0), results)
        return [
            self._writer.formula(element(row), value)
            for row, value in zip(rows, results, strict=True)
        ]

    def _filled(self, row: int, text: str, tails: tuple[Tail, ...], results: Results) -> str:
        """A new post in a row that is there: a blank one of the table, or one with cells beside the table."""
        posts = self._posts
        in_table = posts.table is not None and row <= posts.body_end and row != posts.total
        targets: list[Target] = []
        contents: list[Content] = []
        computed = iter(results)
        for slot, tail in zip(self._plan.slots, tails, strict=True):
            value = next(computed) if slot.element is not None else None
            if in_table and slot.element is None and not slot.fillable:
                continue  # the user's column, whatever its blank cell looks like
            content: Content = Whole(slot.style + tail)
            if in_table:
                content = tail if slot.element is None else Result(value, tail)
            targets.append(slot)
            contents.append(content)
        return self._editor.row(text, row, targets, contents, show=True)

    # -- a total that moves ----------------------------------------------------------------------

    def _moved_total(self) -> list[Content]:
        """The cells of the totals row in their new place; its formulas reach the new rows."""
        posts = self._posts
        cells = {
            column_index(m[1]): m for m in cell_pattern(self._prefix).finditer(posts.total_text)
        }
        contents: list[Content] = []
        for slot in self._plan.slots:
            found, text = cells.get(slot.column), "/>"
            if found is not None:
                inside = self._moved_inside(found[3] or "")
                text = f"{found[2]}>{inside}</{self._prefix}c>" if inside else f"{found[2]}/>"
            contents.append(Whole(text))
        return contents

    def _moved_inside(self, inside: str) -> str:
        p = self._prefix
        own = re.compile(rf"(?<=[A-Z]){self._posts.total}(?!\d)")
        inside = re.sub(rf"(<{p}f\b[^>]*>)([^<]*)(</{p}f>)", self._moved_formula, inside)
        return re.sub(
            rf'(<{p}f\b[^>]*?\bref=")([^"]*)',
            lambda m: m[1] + own.sub(str(self._total), m[2]),
            inside,
        )

    def _moved_formula(self, match: re.Match[str]) -> str:
        posts = self._posts
        try:
            moved = own_row_moved(
                unescape(match[2]), posts.total or 0, self._room.moved, posts.last
            )
        except ValueError:
            return match[0]
        return match[1] + escaped(moved) + match[3]
