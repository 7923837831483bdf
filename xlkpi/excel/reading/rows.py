"""A row of a small table, and what its cells say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Place
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.grid import NO, TYPE_A_FIGURE, YES, Grid, bad_cell, name_of, shown
from xlkpi.ooxml.cells import CellError

_NO_EFFECT = Text("", "")
_LEFT_OUT = Text("left out", "exclu")


@dataclass(frozen=True, slots=True)
class TableRow:
    """``record`` holds the values by column id, blanks left out."""

    book: Book
    grid: Grid
    row: int
    record: Mapping[str, object]

    def __contains__(self, column: str) -> bool:
        return column in self.record

    def value(self, column: str) -> object:
        return self.record.get(column)

    def name(self, column: str) -> str:
        """A cell as a name; empty where it is blank or holds an error."""
        return name_of(self.record.get(column))

    def shown(self, column: str) -> str:
        """A cell as a person sees it."""
        return shown(self.record.get(column, ""))

    def number(
        self,
        column: str,
        effect: Text = _NO_EFFECT,
        currency: str = "",
        fix: Text = TYPE_A_FIGURE,
    ) -> float | None:
        value = self.record.get(column)
        return self.book.values.number(self.grid, column, self.row, value, effect, currency, fix)

    def day(self, column: str) -> date | None:
        return self.book.values.day(self.grid, column, self.row, self.record.get(column))

    def yes_no(self, column: str) -> bool | None:
        value = self.record.get(column)
        if value is None:
            return None
        if isinstance(value, CellError):
            self.book.note(bad_cell(self.grid, column, self.row, value, _LEFT_OUT))
            return None
        said = normalise(shown(value))
        if said in YES or said in NO:
            return said in YES
        self.book.note(
            Finding(
                codes.NEITHER_YES_NOR_NO,
                effect=_LEFT_OUT,
                value=shown(value),
                **self.place(column),
            )
        )
        return None

    def place(self, column: str) -> Place:
        return self.grid.cell(column, self.row)


def table_rows(book: Book, spec: Sheet, *needed: str) -> Iterator[TableRow]:
    """Rows of a table that has the columns needed; none where it has not, or is not there."""
    grid = book.grid(spec)
    if grid is not None and set(needed) <= grid.columns.keys():
        yield from rows_in(book, grid)


def rows_in(book: Book, grid: Grid) -> Iterator[TableRow]:
    for row, record in book.records(grid):
        yield TableRow(book, grid, row, record)
