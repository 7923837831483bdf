"""The Posts table of a closed workbook as it stands: where it ends, what its last row looks like, what refers to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.formula.translate import Translator, TranslatorError

from xlkpi.core.findings import refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.posts import formulas as follow
from xlkpi.excel.reading.postrows import TOTALS
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Kind
from xlkpi.files.refusals import damaged
from xlkpi.ooxml.cells import (
    LAST_ROW,
    Band,
    bands,
    column_index,
    column_letters,
    cut,
    read_rows,
    rows_of,
    shared_strings,
    split_range,
    unescape,
)
from xlkpi.ooxml.package import Package, TablePart
from xlkpi.ooxml.rows import cell_pattern, has_content, look_of_row, plain, positions, style_of

NumberedRow = tuple[int, str]  # row number and text of a row of the sheet part
_SHARED = re.compile(r'\bsi="(\d+)"')
_METADATA = re.compile(r' cm="\d+"')


@dataclass(slots=True)
class Survey:
    """What one reading of the sheet part tells."""

    prefix: str = ""
    root_tag: bytes = b""
    tail: bytes = b""  # the part after the rows
    contents: list[NumberedRow] = field(default_factory=list)  # the last two rows with content
    bodies: list[NumberedRow] = field(default_factory=list)  # the last two rows of the table's body
    totals: str = ""  # the totals row of the table
    below: tuple[int, int] | None = None  # row and column of the first cell in use under the table
    ours: dict[str, bytearray] = field(
        default_factory=dict
    )  # computed column → 1 for rows that hold our formula
    kept: set[tuple[int, int]] = field(default_factory=set)  # cells asked about that hold a formula
    others: bool = False  # there are formulas that are not ours
    shared: dict[str, tuple[int, int, str]] = field(
        default_factory=dict
    )  # si → row, column and text of its master


@dataclass(frozen=True, slots=True)
class Following:
    """The formula of a column, for its new rows."""

    formula: follow.Formula
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

    def __init__(self, package: Package, asked: Callable[[int, str], bool] | None = None) -> None:
        """Read the sheet once; ``asked`` (row, column id) names cells of which it matters whether they hold a formula.

        Raises:
            Refused: there is no table of posts, or it has no header row.
        """
        self.package, self.name = package, package.path.name
        self.book = Workbook(package)
        self.strings = shared_strings(package)
        self.grid = self.book.require(contract.POSTS)
        self.sheet = self.grid.sheet
        self.ids = {index: id for id, index in self.grid.columns.items()}
        self.kinds: dict[str, Kind] = {
            c.id: c.kind for c in (*self.grid.spec.columns, *self.grid.spec.extra)
        }
        self.table = self._table()
        self.header, self.left, self.bottom, self.right = self._extent()
        self.body_end = (
            self.bottom - 1 if self.table is not None and self.table.totals_row else self.bottom
        )
        self.columns = range(self.left, self.right + 1)
        self.own = follow.OwnFormulas(self.grid.columns, self.grid.headers)
        self._known: dict[
            str, str
        ] = {}  # computed column → our formula as the sheet writes it, the same in every row
        self.survey = self._surveyed(asked)
        self._find_end()

    def _table(self) -> TablePart | None:
        found = next(
            (t for t in self.package.tables if normalise(t.name) in self.grid.spec.names), None
        )
        if found is not None and self.package.tree(found.part).get("headerRowCount") == "0":
            raise refuse(
                "XK352",
                Text(
                    "the table {name} has no header row",
                    "le tableau {name} n’a pas de ligne d’en-têtes",
                ).format(name=found.name),
                Text(
                    "in Excel tick Table Design > Header Row, save, and import again",
                    "dans Excel, cochez Création de tableau > Ligne d’en-tête, enregistrez et réimportez",
                ),
                sheet=found.sheet.name,
            )
        return found

    def _extent(self) -> tuple[int, int, int, int]:
        """Header row, first column, last row, last column.  A plain sheet has columns as far as it has headers."""
        if self.table is not None:
            return split_range(self.table.ref)
        header = self.grid.header
        row = next(iter(read_rows(self.package, self.sheet.part, self.strings, header, header)))[1]
        left, right = min(self.ids), max(self.ids)
        while right + 1 in row:
            right += 1
        while left - 1 in row:
            left -= 1
        return header, left, LAST_ROW, right

    # -- reading the sheet ---------------------------------------------------------------------

    def _surveyed(self, asked: Callable[[int, str], bool] | None) -> Survey:
        found, previous = Survey(), 0
        found.ours = {id: bytearray(LAST_ROW + 2) for id in follow.OURS if id in self.grid.columns}
        begun, tail = False, []
        for piece in cut(self.package.stream(self.sheet.part), self.name):
            if isinstance(piece, Band):
                band = plain(piece, previous, self.name)
                text = band.text.decode("utf-8", "surrogateescape")
                found.prefix, found.root_tag = band.prefix.decode(), band.root_tag
                rows = positions(text, found.prefix, previous, self.name)
                previous = rows[-1][0] if rows else previous
                self._look_at_rows(found, text, rows)
                self._look_at_formulas(found, text, asked)
            elif begun:
                tail.append(piece)
            begun = True
        found.tail = b"".join(tail)
        if not previous:
            raise damaged(self.name)
        return found

    def _look_at_rows(self, found: Survey, text: str, rows: list[tuple[int, int, int]]) -> None:
        """Keep the last rows of the table and the first thing below it."""
        contents: list[NumberedRow] = []
        bodies: list[NumberedRow] = []
        for number, start, end in reversed(rows):
            if number <= self.header or (len(contents) == 2 and len(bodies) >= 2):
                break
            row = text[start:end]
            if number > self.bottom:
                used = has_content(row, found.prefix, self.columns, formulas=True)
                if used is not None and (found.below is None or number < found.below[0]):
                    found.below = number, used
            elif number > self.body_end:
                found.totals = row
            else:
                bodies.append((number, row))
                if (
                    len(contents) < 2
                    and has_content(row, found.prefix, self.columns, formulas=False) is not None
                ):
                    contents.append((number, row))
        found.contents = [*found.contents, *reversed(contents)][-2:]
        found.bodies = [*found.bodies, *reversed(bodies[:2])][-2:]

    def _look_at_formulas(
        self, found: Survey, text: str, asked: Callable[[int, str], bool] | None
    ) -> None:
        p = found.prefix
        if f"<{p}f" not in text:
            return
        ids = {column_letters(index): id for index, id in self.ids.items()}
        end = f"</{p}f>"
        cell = f'<{p}c r="'
        for match in re.finditer(rf"<{p}f\b([^<>]*)>", text):
            attributes, begin = match[1], match.end()
            start = text.rfind(cell, 0, match.start()) + len(cell)
            address = text[start : text.find('"', start)]
            letters = address.rstrip("0123456789")
            row = int(address[len(letters) :] or 0)
            if not (
                letters.isascii()
                and letters.isupper()
                and len(letters) <= 3
                and 0 < row <= LAST_ROW
            ):
                raise damaged(self.name)
            id = ids.get(letters, "")
            known = self._known.get(id)
            if known and text.startswith(known, begin):
                found.ours[id][row] = 1
                continue
            said = None if attributes.endswith("/") else text[begin : text.find(end, begin)]
            shared = _SHARED.search(attributes)
            if shared and said:
                found.shared[shared[1]] = row, column_index(letters), unescape(said)
            if id in found.ours and self._is_ours(
                found, id, row, said, shared[1] if shared else ""
            ):
                found.ours[id][row] = 1
                if said and "#This Row" in said:
                    self._known[id] = said + end
                continue
            found.others = True
            if asked is not None and id and asked(row, id):
                found.kept.add((row, self.grid.columns[id]))

    def _is_ours(self, found: Survey, id: str, row: int, said: str | None, shared: str) -> bool:
        if said:
            return self.own.is_ours(id, said, row)
        master = found.shared.get(shared)
        return (
            master is not None
            and master[1] == self.grid.columns[id]
            and found.ours[id][master[0]] == 1
        )

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
        return any(
            isinstance(said := values.get(i), str) and normalise(said) in TOTALS
            for i in (self.left, *names)
        )

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
            fillable = bool(id) and self.kinds[id] is not Kind.COMPUTED
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

    def _formula_in(self, index: int, inside: str) -> tuple[follow.Formula | None, bool]:
        """The formula of a cell of the model row, a shared one resolved; and whether it is stored as an array."""
        p, row = self.survey.prefix, self._model[0]
        found = re.search(rf"<{p}f\b([^>]*?)(?:/>|>([^<]*)</{p}f>)", inside)
        if found is None:
            return None, False
        text, shared = unescape(found[2] or ""), _SHARED.search(found[1])
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

    def references(
        self, own_sheet: bool = False
    ) -> Iterator[tuple[str, tuple[int, int] | None, str]]:
        """Formulas that may name Posts: sheet, row and column, text; a defined name has its name and no cell.

        Args:
            own_sheet: the formulas of the Posts sheet too, but for those that speak of their own row only.
        """
        quoted = self.sheet.name.replace("'", "''")
        marks = (
            f"{self.sheet.name}!",
            f"{quoted}'!",
            *((f"{self.table.name}[",) if self.table is not None else ()),
        )
        for name, text in self.package.defined_names.items():
            if not name.startswith("_xlnm.") and any(mark in text for mark in marks):
                yield name, None, text
        for sheet in self.package.sheets:
            mine = sheet.part == self.sheet.part
            if mine and not own_sheet:
                continue
            for row, column, said in _formulas(self.package, sheet.part):
                if (mine and "#This Row" not in said) or any(mark in said for mark in marks):
                    yield sheet.name, (row, column), said

    def charted(self) -> Iterator[str]:
        """Ranges that charts draw."""
        for name in self.package.names():
            if name.startswith("xl/charts/chart"):
                for said in re.findall(rb"<(?:\w+:)?f>([^<]+)</", self.package.read(name)):
                    yield unescape(said.decode("utf-8", "replace"))


def _formula(text: str, row: int) -> follow.Formula | None:
    try:
        return follow.Formula(text, row)
    except ValueError:
        return None


def _formulas(package: Package, part: str) -> Iterator[tuple[int, int, str]]:
    """Every formula written out in a sheet part: row, column, text."""
    for band in bands(package, part):
        p = band.prefix.decode()
        if f"<{p}f".encode() not in band.text:
            continue
        text = band.text.decode("utf-8", "replace")
        for match in re.finditer(
            rf'<{p}c\b[^<>]*?\br="([A-Z]{{1,3}})(\d{{1,7}})"[^<>]*><{p}f\b[^<>]*>([^<]+)</{p}f>',
            text,
        ):
            yield int(match[2]), column_index(match[1]), unescape(match[3])
