"""The Posts table of a closed workbook as it stands: where it ends, and what its last row looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openpyxl.formula.translate import Translator, TranslatorError

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.posts import references
from xlkpi.excel.posts.formulas import Formula, OwnFormulas
from xlkpi.excel.posts.references import FormulaReference
from xlkpi.excel.posts.survey import SHARED, Asked, Extent, NumberedRow, Surveyor
from xlkpi.excel.reading.posts.rows import says_total
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.ooxml.cells import (
    LAST_ROW,
    Band,
    column_index,
    column_letters,
    read_rows,
    rows_of,
    shared_strings,
    split_range,
    unescape,
)
from xlkpi.ooxml.package import Package, TablePart
from xlkpi.ooxml.rows import cell_pattern, look_of_row, style_of

_METADATA = re.compile(r' cm="\d+"')


@dataclass(frozen=True, slots=True)
class Following:
    """The formula of a column, for its new rows."""

    formula: Formula
    array: (
        bool  # stored as an array formula of one cell, as Excel does with functions that may spill
    )
    metadata: str  # the attribute that says so, of the cell
    ours: bool  # our core computes its value

    def element(self, prefix: str, letters: str) -> Callable[[int], str]:
        """Row → the XML of the formula."""
        formula, p = self.formula, prefix
        if self.array:
            return lambda row: f'<{p}f t="array" ref="{letters}{row}">{formula.at(row)}</{p}f>'
        return lambda row: f"<{p}f>{formula.at(row)}</{p}f>"

    @property
    def fixed(self) -> bool:
        """It is the same text in every row."""
        return not (self.array or self.formula.moves)


class PostTable:
    """Rows are sheet rows, columns count from 0."""

    def __init__(self, package: Package, asked: Asked = None) -> None:
        """Read the sheet once; ``asked`` names cells of which it matters whether they hold a formula.

        Raises:
            Refused: there is no table of posts, or it has no header row.
        """
        self.package, self.name = package, package.path.name
        self.book = Workbook(package)
        self.strings = shared_strings(package)
        self.grid = self.book.require(contract.POSTS)
        self.sheet = self.grid.sheet
        self.ids = {index: id for id, index in self.grid.columns.items()}
        self.kinds: dict[str, ColumnKind] = {
            c.id: c.kind for c in (*self.grid.spec.columns, *self.grid.spec.extra)
        }
        self.table = self._table()
        extent = self._extent()
        self.header, self.bottom, self.body_end = extent.header, extent.bottom, extent.body_end
        self.left, self.right, self.columns = extent.left, extent.right, extent.columns
        self.own = OwnFormulas(self.grid.columns, self.grid.headers)
        surveyor = Surveyor(self.grid, extent, self.own, asked, self.name)
        self.survey = surveyor.survey(package, self.sheet.part)
        self._find_end()

    def _table(self) -> TablePart | None:
        found = next(
            (t for t in self.package.tables if normalise(t.name) in self.grid.spec.names), None
        )
        if found is not None and self.package.tree(found.part).get("headerRowCount") == "0":
            raise refuse(
                codes.NO_HEADER_ROW,
                Text(
                    "the table {name} has no header row",
                    "le tableau {name} n’a pas de ligne d’en-têtes",
                ).format(name=found.name),
                sheet=found.sheet.name,
            )
        return found

    def _extent(self) -> Extent:
        """A plain sheet has columns as far as it has headers."""
        if self.table is not None:
            header, left, bottom, right = split_range(self.table.ref)
            return Extent(header, left, bottom, right, bottom - bool(self.table.totals_row))
        header = self.grid.header
        row = next(iter(read_rows(self.package, self.sheet.part, self.strings, header, header)))[1]
        left, right = min(self.ids), max(self.ids)
        while right + 1 in row:
            right += 1
        while left - 1 in row:
            left -= 1
        return Extent(header, left, LAST_ROW, right, LAST_ROW)

    # -- its end -------------------------------------------------------------------------------

    def _find_end(self) -> None:
        """The last post, the totals row (of the table, or typed), and the row that new ones are modelled on."""
        contents, bodies = self.survey.contents, self.survey.bodies
        self.last = contents[-1][0] if contents else self.header
        self.total: int | None = self.bottom if self.body_end < self.bottom else None
        self.total_text = self.survey.totals
        if self.total is None and contents and self._says_total(contents[-1]):
            self.total, self.total_text = contents[-1]
            self.last = contents[0][0] if len(contents) == 2 else self.header
            bodies = [row for row in (*contents, *bodies) if row[0] < self.total]
        self._model: NumberedRow = bodies[-1] if bodies else (self.header, "")
        self._model_cells = {
            column_index(m[1]): (m[2], m[3] or "")
            for m in cell_pattern(self.survey.prefix).finditer(self._model[1])
        }

    def _says_total(self, row: NumberedRow) -> bool:
        band = Band(
            row[1].encode("utf-8", "surrogateescape"),
            self.survey.prefix.encode(),
            self.survey.root_tag,
        )
        values = next(iter(rows_of(band, self.strings, row[0] - 1, self.name)))[1]
        names = [
            self.grid.columns.get(id, -1)
            for id in ("post_id", "campaign", "influencer", "network", "format")
        ]
        return any(says_total(values.get(i)) for i in (self.left, *names))

    @property
    def computed(self) -> list[str]:
        """The computed columns that the table has, from left to right."""
        return sorted(self.survey.ours, key=lambda id: self.grid.columns[id])

    @property
    def data_end(self) -> int:
        """The last row for posts: of the table's body, or of what stands on a plain sheet."""
        if self.table is None:
            return self.last
        return self.total - 1 if self.total is not None else self.body_end

    # -- looks and formulas of new rows ----------------------------------------------------------

    @property
    def row_look(self) -> str:
        return look_of_row(self._model[1]) if self._model[1] else ""

    def style(self, index: int) -> str:
        return style_of(self._model_cells.get(index, ("", ""))[0])

    def following(self) -> dict[int, Following]:
        """Columns whose formula new rows take over.

        The calculated columns of the table, and the formulas of the last row in columns that no export fills: what
        stands in one cell of an input column is a post's own.
        """
        calculated = self._calculated()
        found = {}
        for index in self.columns:
            id = self.ids.get(index, "")
            fillable = bool(id) and self.kinds[id] is not ColumnKind.COMPUTED
            if fillable and index not in calculated:
                continue
            attributes, inside = self._model_cells.get(index, ("", ""))
            formula, array = self._formula_in(index, inside)
            if index in calculated and (formula is None or not formula.moves):
                text, array = calculated[index]
                formula = _formula(text, self._model[0]) or formula
            if formula is not None:
                ours = id in self.survey.ours and self.own.is_ours(
                    id, formula.at(formula.row), formula.row
                )
                metadata = _METADATA.search(attributes)
                found[index] = Following(
                    formula, array, metadata[0] if metadata and array else "", ours
                )
        return found

    def _calculated(self) -> dict[int, tuple[str, bool]]:
        """Calculated columns of the table: the formula, and whether it is stored as an array."""
        if self.table is None:
            return {}
        columns = self.package.tree(self.table.part).findall("{*}tableColumns/{*}tableColumn")
        found = {}
        for index, column in zip(self.columns, columns, strict=False):
            formula = column.find("{*}calculatedColumnFormula")
            if formula is not None and formula.text:
                found[index] = formula.text, formula.get("array") in ("1", "true")
        return found

    def _formula_in(self, index: int, inside: str) -> tuple[Formula | None, bool]:
        """The formula of a cell of the model row, a shared one resolved; and whether it is stored as an array."""
        p, row = self.survey.prefix, self._model[0]
        found = re.search(rf"<{p}f\b([^>]*?)(?:/>|>([^<]*)</{p}f>)", inside)
        if found is None:
            return None, False
        text, shared = unescape(found[2] or ""), SHARED.search(found[1])
        if not text and shared and shared[1] in self.survey.shared:
            master_row, master_column, said = self.survey.shared[shared[1]]
            try:
                text = Translator(
                    f"={said}", f"{column_letters(master_column)}{master_row}"
                ).translate_formula(f"{column_letters(index)}{row}")[1:]
            except (TranslatorError, ValueError):
                return None, False
        return (_formula(text, row) if text else None), 't="array"' in found[1]

    # -- what refers to it -----------------------------------------------------------------------

    @property
    def shown_name(self) -> str:
        return self.table.name if self.table is not None else self.sheet.name

    def references(self, own_sheet: bool = False) -> Iterator[FormulaReference]:
        """Formulas that may name posts, as ``references.references`` finds them."""
        table = self.table.name if self.table is not None else ""
        return references.references(self.package, self.sheet, table, own_sheet)

    def charted(self) -> Iterator[FormulaReference]:
        """Ranges that charts draw."""
        return references.charted(self.package)


def _formula(text: str, row: int) -> Formula | None:
    try:
        return Formula(text, row)
    except ValueError:
        return None
