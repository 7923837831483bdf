"""Where the tables of a campaign workbook stand: found by their name, else by the name of their sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.findings import LONGEST_VALUE, Finding, Refused, refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.reading.cells import WorkbookCells
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Column, Sheet
from xlkpi.excel.workbook.grid import Grid
from xlkpi.files.refusals import damaged
from xlkpi.ooxml.cells import LAST_ROW, column_letters, split_range
from xlkpi.ooxml.package import SheetPart, TablePart

_HEADER_ROWS = 30


@dataclass(frozen=True, slots=True)
class TableFinder:
    """Finds a table and matches its headers; a column that stands there twice is noted."""

    cells: WorkbookCells
    note: Callable[[Finding], None]

    def find(self, spec: Sheet) -> Grid | None:
        """The table of this name, else the sheet of this name; None if neither is there."""
        for table in self.cells.tables:
            if normalise(table.name) in spec.names:
                return self._in_table(spec, table)
        for sheet in self.cells.sheets:
            if normalise(sheet.name) in spec.names:
                return self._on_sheet(spec, sheet)
        return None

    def _in_table(self, spec: Sheet, table: TablePart) -> Grid:
        try:
            header, left, last, right = split_range(table.ref)
            tops = [
                split_range(t.ref)[0]
                for t in self.cells.tables
                if t.sheet == table.sheet and t is not table
            ]
        except ValueError:
            raise damaged(self.cells.name) from None
        row = next(iter(self.cells.rows(table.sheet, header, header)), (header, {}))[1]
        names = zip(range(left, right + 1), table.columns, strict=False)
        columns, again = matched(spec, {c: row.get(c, name) for c, name in names})
        for index, text in again:
            self._note_twice(table.sheet, header, index, text)
        end = min((top - 1 for top in tops if top > last), default=LAST_ROW)
        totals = last if table.totals_row else None
        return Grid(
            spec,
            table.sheet,
            header,
            end,
            totals,
            {id: index for id, (index, _) in columns.items()},
            {id: said for id, (_, said) in columns.items()},
        )

    def _on_sheet(self, spec: Sheet, sheet: SheetPart) -> Grid:
        """The header row is the one of the first rows that names most columns."""
        best, header = dict[str, tuple[int, str]](), 1
        for number, row in self.cells.rows(sheet, 1, _HEADER_ROWS):
            columns, _ = matched(spec, row)
            if len(columns) > len(best):
                best, header = columns, number
        indexes = {id: index for id, (index, _) in best.items()}
        headers = {id: said for id, (_, said) in best.items()}
        return Grid(spec, sheet, header, LAST_ROW, None, indexes, headers)

    def _note_twice(self, sheet: SheetPart, header: int, index: int, text: str) -> None:
        self.note(
            Finding(
                codes.TWO_COLUMNS_FOR_ONE,
                sheet=sheet.name,
                cell=f"{column_letters(index)}{header}",
                header=text,
            )
        )


def matched(
    spec: Sheet, texts: Mapping[int, object]
) -> tuple[dict[str, tuple[int, str]], list[tuple[int, str]]]:
    """Column id → its index and header, and the headers that name a column again."""
    exact: dict[str, Column] = {
        name: c for c in reversed((*spec.columns, *spec.extra)) for name in c.names
    }
    found: dict[str, tuple[int, str]] = {}
    again: list[tuple[int, str]] = []
    for index, text in texts.items():
        if (
            not isinstance(text, str)
            or (column := exact.get(normalise(text[:LONGEST_VALUE]))) is None
        ):
            continue
        if column.id in found:
            again.append((index, text))
        else:
            found[column.id] = index, text.strip()
    return found, again


def edition_of(cells: WorkbookCells) -> Language:
    """French when the workbook's sheet names are the French ones: its texts are read as the French write."""
    names = {normalise(s.name) for s in cells.sheets} | {normalise(t.name) for t in cells.tables}
    labels = [s.label for s in contract.SHEETS if s.label.en != s.label.fr]
    french = sum(normalise(label.fr) in names for label in labels)
    english = sum(normalise(label.en) in names for label in labels)
    return "fr" if french > english else "en"


# -- what makes a report impossible ------------------------------------------------------------------


def no_table(spec: Sheet, cells: WorkbookCells) -> Refused:
    return refuse(
        codes.NO_TABLE_OR_SHEET,
        Text(
            "there is no table or sheet named {en}",
            "il n’y a ni tableau ni feuille nommé {fr}",
        ).format(
            en=" / ".join(dict.fromkeys(spec.label)),
            fr=" / ".join(dict.fromkeys(reversed(spec.label))),
        ),
        Text(
            "add it, or start from a new workbook: xlkpi new campaign.xlsx (sheets found: {names})",
            "ajoutez-le, ou partez d’un nouveau classeur : xlkpi new campagne.xlsx (feuilles : {names})",
        ).format(names=", ".join(s.name for s in cells.sheets)),
        sheet=cells.name,
    )


def missing_column(grid: Grid) -> Refused | None:
    """The refusal of a table without a column that it cannot do without; None where all are there."""
    for wanted in (w.split("|") for w in grid.spec.required):
        if any(id in grid.columns for id in wanted):
            continue
        labels = [c.label for c in (*grid.spec.columns, *grid.spec.extra) if c.id in wanted]
        return refuse(
            codes.COLUMN_MISSING,
            Text("the column {en} is missing", "la colonne {fr} est absente").format(
                en=" or ".join(t.en for t in labels), fr=" ou ".join(t.fr for t in labels)
            ),
            Text(
                "add a column with this header to row {row}",
                "ajoutez une colonne de ce nom en ligne {row}",
            ).format(row=grid.header),
            sheet=grid.sheet.name,
            cell=f"A{grid.header}",
        )
    return None
