"""A campaign workbook as the reader sees it: its cells, its tables, its settings, and what was found odd in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath
from typing import Any

from xlkpi.core.campaign import Settings
from xlkpi.core.findings import Finding, Findings
from xlkpi.core.texts import Language
from xlkpi.excel.reading.cells import FileCells, WorkbookCells
from xlkpi.excel.reading.merged import holding_columns, last_rows
from xlkpi.excel.reading.settings import read_settings
from xlkpi.excel.reading.tables import TableFinder, edition_of, missing_column, no_table
from xlkpi.excel.reading.values import CellValues
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.grid import Grid, is_blank
from xlkpi.ooxml.cells import LAST_ROW
from xlkpi.ooxml.package import Package

#: What is asked of a workbook, in the order in which its findings are listed; the ones about posts are what a
#: report adds before it reads the posts, what is in their rows, and what it adds afterwards.
QUESTIONS = (
    "file",
    *(spec.id for spec in contract.SHEETS),
    "rates",
    "inputs",
    "known",
    "before posts",
    "post rows",
    "after posts",
)


class Book:
    """Cells, tables and settings of a workbook.

    Each question that is asked of it collects its findings apart, so that neither the order of the
    questions nor how often they are asked changes what is found.
    """

    def __init__(self, book: Package | WorkbookCells) -> None:
        self.cells: WorkbookCells = FileCells(book) if isinstance(book, Package) else book
        self._grids: dict[str, Grid | None] = {}
        self._areas: dict[str, dict[tuple[str, int], int]] = {}  # merged ones of a small table
        self._notes: dict[str, Findings] = {}
        self.noted: set[tuple[str, str]] = (
            set()
        )  # cells of the small tables that a finding is about
        self._question = "before posts"
        self._changes: dict[str, Any] = {}

    @property
    def name(self) -> str:
        return PurePath(self.cells.name).stem

    @cached_property
    def edition(self) -> Language:
        """The language of its sheet names."""
        return edition_of(self.cells)

    @cached_property
    def values(self) -> CellValues:
        return CellValues(self.edition, self.cells.date1904, self.note)

    # -- findings ------------------------------------------------------------------------------

    def note(self, finding: Finding) -> None:
        """Keep a finding of the question that is being answered."""
        self.notes_of(self._question).add(finding)
        if finding.table and finding.table != contract.POSTS.id:
            self.noted.add((finding.sheet, finding.cell))

    def notes_of(self, question: str) -> Findings:
        return self._notes.setdefault(question, Findings())

    def notes_anew(self, question: str) -> Findings:
        """For a question that is answered again: its findings so far are forgotten."""
        self._notes.pop(question, None)
        return self.notes_of(question)

    @contextmanager
    def answering(self, question: str) -> Iterator[None]:
        """What is noted meanwhile belongs to this question."""
        before, self._question = self._question, question
        try:
            yield
        finally:
            self._question = before

    def all_findings(self) -> tuple[Finding, ...]:
        """Everything noted so far, question by question."""
        return tuple(f for q in QUESTIONS if q in self._notes for f in self._notes[q].all())

    # -- tables --------------------------------------------------------------------------------

    def grid(self, spec: Sheet) -> Grid | None:
        """The table of this name, else the sheet of this name, with its headers matched; None if neither is there."""
        if spec.id not in self._grids:
            finder = TableFinder(self.cells, self.notes_of(spec.id).add)
            self._grids[spec.id] = finder.find(spec)
        return self._grids[spec.id]

    def require(self, spec: Sheet) -> Grid:
        """The same; Refused where it is not there, or has not the columns without which there is no report."""
        found = self.grid(spec)
        if found is None:
            raise no_table(spec, self.cells)
        if (refused := missing_column(found)) is not None:
            raise refused
        return found

    def records(self, grid: Grid) -> Iterator[tuple[int, dict[str, object]]]:
        """Rows of a small table: sheet row number and values by column id, blanks left out; blank rows skipped.

        A merged area holds for all its rows.
        """
        by_index = {index: id for id, index in grid.columns.items()}
        above: dict[str, tuple[int, object]] = {}  # the last row that held a value, and the value
        held = holding_columns(grid)
        for number, row in self.cells.rows(grid.sheet, grid.header + 1, grid.end):
            if number == grid.totals:
                continue
            values = {by_index[i]: v for i, v in row.items() if i in by_index and not is_blank(v)}
            if not values:
                continue
            above |= {id: (number, values[id]) for id in held if id in values}
            gaps = [id for id in held if id in above and id not in values]
            ends = self._merged(grid, held) if gaps else {}
            values |= {id: above[id][1] for id in gaps if ends.get((id, above[id][0]), 0) >= number}
            yield number, values

    def _merged(self, grid: Grid, columns: list[str]) -> dict[tuple[str, int], int]:
        if grid.spec.id not in self._areas:
            last = min(grid.end, LAST_ROW)
            self._areas[grid.spec.id] = last_rows(self.cells, grid, columns, grid.header + 1, last)
        return self._areas[grid.spec.id]

    # -- settings ------------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """Of the workbook: what its Settings say, else the language of its headers."""
        return self.settings.language

    @property
    def settings(self) -> Settings:
        return replace(self._settings, **self._changes) if self._changes else self._settings

    def override(self, **changes: Any) -> None:
        """Report by these settings, whatever the Settings sheet says."""
        self._changes |= changes

    @cached_property
    def _settings(self) -> Settings:
        grid, default = self.grid(contract.SETTINGS), Settings(language=self.edition)
        if grid is None or not {"setting", "value"} <= grid.columns.keys():
            return default
        with self.answering(contract.SETTINGS.id):
            return read_settings(grid, self.records(grid), self.values, default)
