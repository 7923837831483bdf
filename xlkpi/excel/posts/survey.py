"""One reading of the Posts sheet of a closed workbook: its last rows, what stands below them, and its formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from xlkpi.excel.posts.formulas import OURS, OwnFormulas
from xlkpi.excel.workbook.grid import Grid
from xlkpi.files.refusals import damaged
from xlkpi.ooxml.cells import LAST_ROW, Band, column_index, column_letters, cut, unescape
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.rows import has_content, plain, positions

NumberedRow = tuple[int, str]  # row number and text of a row of the sheet part
Asked = Callable[[int, str], bool] | None  # row and column id
SHARED = re.compile(r'\bsi="(\d+)"')


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
    formulas: set[tuple[int, int]] = field(
        default_factory=set
    )  # cells asked about that hold a formula
    others: bool = False  # there are formulas that are not ours
    shared: dict[str, tuple[int, int, str]] = field(
        default_factory=dict
    )  # si → row, column and text of its master


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the table stands: rows of the sheet, columns counted from 0."""

    header: int
    left: int
    bottom: int  # its totals row included
    right: int
    body_end: int  # the last row of its body

    @property
    def columns(self) -> range:
        return range(self.left, self.right + 1)


class Surveyor:
    """Reads the sheet part once, band by band."""

    def __init__(
        self, grid: Grid, extent: Extent, own: OwnFormulas, asked: Asked, name: str
    ) -> None:
        """``asked`` names cells of which it matters whether they hold a formula; ``name`` is the file's."""
        self._extent, self._own, self._asked, self._name = extent, own, asked, name
        self._columns: Mapping[str, int] = grid.columns
        self._ids = {column_letters(index): id for id, index in grid.columns.items()}
        #: Computed column → our formula as the sheet writes it, the same in every row.
        self._known: dict[str, str] = {}
        self._found = Survey()
        self._found.ours = {id: bytearray(LAST_ROW + 2) for id in OURS if id in grid.columns}

    def survey(self, package: Package, part: str) -> Survey:
        found, previous = self._found, 0
        begun, tail = False, []
        for piece in cut(package.stream(part), self._name):
            if isinstance(piece, Band):
                band = plain(piece, previous, self._name)
                text = band.text.decode("utf-8", "surrogateescape")
                found.prefix, found.root_tag = band.prefix.decode(), band.root_tag
                rows = positions(text, found.prefix, previous, self._name)
                previous = rows[-1][0] if rows else previous
                self._look_at_rows(text, rows)
                self._look_at_formulas(text)
            elif begun:
                tail.append(piece)
            begun = True
        found.tail = b"".join(tail)
        if not previous:
            raise damaged(self._name)
        return found

    def _look_at_rows(self, text: str, rows: list[tuple[int, int, int]]) -> None:
        """Keep the last rows of the table and the first thing below it."""
        found, extent = self._found, self._extent
        contents: list[NumberedRow] = []
        bodies: list[NumberedRow] = []
        for number, start, end in reversed(rows):
            if number <= extent.header or (len(contents) == 2 and len(bodies) >= 2):
                break
            row = text[start:end]
            if number > extent.bottom:
                self._look_below(number, row)
            elif number > extent.body_end:
                found.totals = row
            else:
                bodies.append((number, row))
                if len(contents) < 2 and self._has_content(row):
                    contents.append((number, row))
        found.contents = [*found.contents, *reversed(contents)][-2:]
        found.bodies = [*found.bodies, *reversed(bodies[:2])][-2:]

    def _look_below(self, number: int, row: str) -> None:
        below = self._found.below
        used = has_content(row, self._found.prefix, self._extent.columns, formulas=True)
        if used is not None and (below is None or number < below[0]):
            self._found.below = number, used

    def _has_content(self, row: str) -> bool:
        found, columns = self._found, self._extent.columns
        return has_content(row, found.prefix, columns, formulas=False) is not None

    # -- formulas --------------------------------------------------------------------------------

    def _look_at_formulas(self, text: str) -> None:
        p = self._found.prefix
        if f"<{p}f" not in text:
            return
        cell, end, ours = f'<{p}c r="', f"</{p}f>", self._found.ours
        for match in re.finditer(rf"<{p}f\b([^<>]*)>", text):
            attributes, begin = match[1], match.end()
            start = text.rfind(cell, 0, match.start()) + len(cell)
            letters, row = self._place(text[start : text.find('"', start)])
            id = self._ids.get(letters, "")
            known = self._known.get(id)
            if known and text.startswith(known, begin):
                ours[id][row] = 1
                continue
            said = None if attributes.endswith("/") else text[begin : text.find(end, begin)]
            self._look_at_formula(id, letters, row, said, attributes, end)

    def _place(self, address: str) -> tuple[str, int]:
        letters = address.rstrip("0123456789")
        row = int(address[len(letters) :] or 0)
        if not (
            letters.isascii() and letters.isupper() and len(letters) <= 3 and 0 < row <= LAST_ROW
        ):
            raise damaged(self._name)
        return letters, row

    def _look_at_formula(
        self, id: str, letters: str, row: int, said: str | None, attributes: str, end: str
    ) -> None:
        """One formula that is not a known one of ours; ``said`` is its text where it has one of its own."""
        found = self._found
        shared = SHARED.search(attributes)
        if shared and said:
            found.shared[shared[1]] = row, column_index(letters), unescape(said)
        if id in found.ours and self._is_ours(id, row, said, shared[1] if shared else ""):
            found.ours[id][row] = 1
            if said and "#This Row" in said:
                self._known[id] = said + end
            return
        found.others = True
        if self._asked is not None and id and self._asked(row, id):
            found.formulas.add((row, self._columns[id]))

    def _is_ours(self, id: str, row: int, said: str | None, shared: str) -> bool:
        if said:
            return self._own.is_ours(id, said, row)
        master = self._found.shared.get(shared)
        return (
            master is not None
            and master[1] == self._columns[id]
            and self._found.ours[id][master[0]] == 1
        )
