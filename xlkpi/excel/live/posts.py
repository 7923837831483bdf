"""Writes imported posts into the open workbook; Excel itself carries formats and formulas along as the table grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.days import number_of
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Language, Text
from xlkpi.excel.live import writes
from xlkpi.excel.live.assigning import typed
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.writes import Write
from xlkpi.excel.posts import formulas as follow
from xlkpi.excel.posts.cells import WORDS, as_text, fitting
from xlkpi.excel.posts.existing import existing
from xlkpi.excel.reading.posts.rows import says_total
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.intake.posts import PostChanges, Value
from xlkpi.ooxml.cells import LAST_ROW, split_range
from xlkpi.ooxml.package import TablePart

#: Columns in which a totals row that somebody typed says that it is one.
_NAMING = ("post_id", "campaign", "influencer", "network", "format")


def write_posts(campaign: OpenCampaign, change: PostChanges) -> tuple[int, int]:
    """Write a change into the table of posts; what was there stays when Excel refuses a write.

    Returns:
        Rows updated, rows added.

    Raises:
        Refused: there is no table of posts, or something stands where new rows go.
        NotWritten: Excel refused; the sheet is as it was.
    """
    plan = _PostWrites(campaign)
    wanted = [*plan.grown(change.count), *plan.updates(change), *plan.added(change)]
    if wanted:
        writes.make(wanted, campaign.cells, campaign.status)
    return len(change.updates), change.count


class _PostWrites:
    """The writes that a change needs, each with what it replaces."""

    def __init__(self, campaign: OpenCampaign) -> None:
        self.source, self.cells = campaign.source, campaign.cells
        self.grid = self.source.require(contract.POSTS)
        self.kinds = {c.id: c.kind for c in (*self.grid.spec.columns, *self.grid.spec.extra)}
        self.sheet: xw.Sheet = campaign.book.sheets[self.grid.sheet.name]
        self.language: Language = self.source.edition
        #: The first row below the last post, or below the header.
        self.first = max(existing(self.source).rows, default=self.grid.header) + 1
        self.fresh = LAST_ROW + 1  # rows from here on do not stand yet: they will be inserted

    def _table(self) -> TablePart:
        for part in self.cells.tables:
            if (
                part.sheet.name == self.grid.sheet.name
                and split_range(part.ref)[0] == self.grid.header
            ):
                return part
        raise refuse(
            codes.POSTS_NOT_IN_TABLE,
            sheet=self.grid.sheet.name,
        )

    # -- room ------------------------------------------------------------------------------------

    def grown(self, count: int) -> list[Write]:
        """The table, long enough for ``count`` more posts; a totals row moves down, and its formulas reach the new rows."""
        if not count:
            return []
        part = self._table()
        top, left, bottom, right = split_range(part.ref)
        last = self.first + count - 1
        total = self._total(part)
        if total is not None:
            return self._above_total(part, total, last - total + 1) if last >= total else []
        if last <= bottom:
            return []
        self._require_room(bottom + 1, left, last, right)
        resize = self.sheet.tables[part.name].resize
        area = [self.sheet.range((top, left + 1), (end, right + 1)) for end in (last, bottom)]
        return [
            Write(part.name, self.sheet.name, partial(resize, area[0]), partial(resize, area[1]))
        ]

    def _total(self, part: TablePart) -> int | None:
        """The totals row of the table, or the one that somebody typed below the last post."""
        _, left, bottom, right = split_range(part.ref)
        if part.totals_row:
            return bottom
        if self.first > bottom:
            return None
        named = [self.grid.columns[id] - left for id in _NAMING if id in self.grid.columns]
        below = self.cells.read(self.grid.sheet.name, self.first, left + 1, bottom, right + 1)
        return next(
            (
                row
                for row, values in enumerate(below, self.first)
                for i in (0, *named)
                if says_total(values[i])
            ),
            None,
        )

    def _above_total(self, part: TablePart, total: int, extra: int) -> list[Write]:
        """Rows of the table inserted above its totals: Excel itself keeps what refers to them."""
        _, left, bottom, right = split_range(part.ref)
        self._require_room(bottom + 1, left, bottom + extra, right)
        self.fresh = total
        room = self.sheet.range((total, left + 1), (total + extra - 1, right + 1))
        changes = [
            Write(
                part.name,
                self.sheet.name,
                partial(self._insert, part, room, extra),
                partial(room.delete, "up"),
            )
        ]
        for column in range(left + 1, right + 2):
            said = self.sheet.range((total, column)).formula
            if isinstance(said, str) and said.startswith("="):
                wanted = f"={follow.own_row_moved(said[1:], total, extra, self.first - 1)}"
                cell = self.sheet.range((total + extra, column))
                if wanted != said:
                    changes.append(
                        Write("", self.sheet.name, partial(_say, cell, wanted), lambda: None)
                    )
        return changes

    def _insert(self, part: TablePart, room: xw.Range, extra: int) -> None:
        room.insert("down")
        top, left, bottom, right = split_range(part.ref)
        table = self.sheet.tables[part.name]
        if table.range.last_cell.row < bottom + extra:
            table.resize(self.sheet.range((top, left + 1), (bottom + extra, right + 1)))

    def _require_room(self, top: int, left: int, bottom: int, right: int) -> None:
        if bottom > LAST_ROW:
            raise refuse(
                codes.NO_ROOM_FOR_POSTS,
                fix=Text("start a new workbook for them", "créez un nouveau classeur pour eux"),
                sheet=self.grid.sheet.name,
            )
        height, _ = self.cells.extent(self.grid.sheet.name)
        if top > height:
            return
        below = self.cells.read(self.grid.sheet.name, top, left + 1, min(bottom, height), right + 1)
        for row, values in enumerate(below, top):
            if any(value is not None for value in values):
                raise refuse(
                    codes.SOMETHING_BELOW_POSTS,
                    sheet=self.grid.sheet.name,
                    cell=f"A{row}",
                )

    # -- values ----------------------------------------------------------------------------------

    def added(self, change: PostChanges) -> list[Write]:
        found = [
            self._column(id, [(self.first + i, value) for i, value in enumerate(values)])
            for id, values in change.added.items()
            if self._takes(id)
        ]
        return [c for column in found for c in column] + (
            self._formulas(change.count) if change.count else []
        )

    def updates(self, change: PostChanges) -> list[Write]:
        by_column: dict[str, list[tuple[int, Value]]] = {}
        for row, values in sorted(change.updates.items()):
            for id, value in values.items():
                if self._takes(id):
                    by_column.setdefault(id, []).append((row, value))
        return [c for id, cells in by_column.items() for c in self._column(id, cells)]

    def _takes(self, id: str) -> bool:
        return id in self.grid.columns and self.kinds[id] is not ColumnKind.COMPUTED

    def _column(self, id: str, cells: Sequence[tuple[int, Value]]) -> list[Write]:
        """One write for each run of rows; a cell that holds a formula is never written over."""
        column = self.grid.columns[id] + 1
        found = []
        for run in _runs(cells):
            area = self.sheet.range((run[0][0], column), (run[-1][0], column))
            before = [
                old if row < self.fresh else ""
                for (row, _), old in zip(run, _as_column(area.formula), strict=True)
            ]
            values = [self._content(id, value) for _, value in run]
            after = [
                old if isinstance(old, str) and old.startswith("=") else typed(new)
                for old, new in zip(before, values, strict=True)
            ]
            texts = [
                f"'{old}" if isinstance(old, str) and old and not old.startswith("=") else old
                for old in before
            ]
            found.append(
                Write(id, self.sheet.name, partial(_put, area, after), partial(_put, area, texts))
            )
        return found

    def _content(self, id: str, value: Value) -> str | float | None:
        kind = self.kinds[id]
        if value is None or value != value:
            return None
        if isinstance(value, str) or kind in WORDS:
            return fitting(as_text(id, kind, value, self.language))
        if isinstance(value, date):
            return float(number_of(value, self.cells.date1904))
        return float(value)

    def _formulas(self, count: int) -> list[Write]:
        """The computed columns of the new rows, where Excel has not carried them along."""
        found = []
        for id, index in self.grid.columns.items():
            if self.kinds[id] is not ColumnKind.COMPUTED or self.first - 1 <= self.grid.header:
                continue
            formula = self.sheet.range((self.first - 1, index + 1)).formula
            if isinstance(formula, str) and formula.startswith("="):
                area = self.sheet.range(
                    (self.first, index + 1), (self.first + count - 1, index + 1)
                )
                found.append(
                    Write(id, self.sheet.name, partial(_carry, area, formula), lambda: None)
                )
        return found


def _say(cell: xw.Range, formula: str) -> None:
    if cell.formula != formula:
        cell.formula = ((formula,),)


def _carry(area: xw.Range, formula: str) -> None:
    there = _as_column(area.formula)
    if not all(there):
        area.formula = tuple((formula,) for _ in there)


def _put(area: xw.Range, values: Iterable[object]) -> None:
    area.raw_value = tuple((value,) for value in values)


def _as_column(read: object) -> list[object]:
    if not isinstance(read, (tuple, list)):
        return [read]
    return [row[0] if isinstance(row, (tuple, list)) else row for row in read]


def _runs(cells: Sequence[tuple[int, Value]]) -> list[list[tuple[int, Value]]]:
    """Cells of rows that follow one another."""
    runs: list[list[tuple[int, Value]]] = [[cells[0]]] if cells else []
    for (before, _), cell in pairwise(cells):
        if cell[0] == before + 1:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs
