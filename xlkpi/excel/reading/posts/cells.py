"""The cells of Posts, column by column, as figures, days, names and ids; what was odd in them is noted."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import catalogue, codes
from xlkpi.core.campaign import DEFAULT_INTERACTIONS
from xlkpi.core.checks import totals
from xlkpi.core.checks.totals import Label
from xlkpi.core.days import number_of
from xlkpi.core.findings import LONGEST_VALUE, Finding
from xlkpi.core.names import People, fold, normalise, same_name, tidy
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.posts.rows import value_at
from xlkpi.excel.reading.values import CellValues
from xlkpi.excel.workbook import choices, spellings
from xlkpi.excel.workbook.contract import Column, ColumnKind
from xlkpi.excel.workbook.grid import (
    NO,
    YES,
    Grid,
    bad_cell,
    bad_date,
    is_blank,
    name_of,
    shown,
)
from xlkpi.intake.cells.numbers import EXPONENT, MISSING, parse_number
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import CellColumn

_NAMED = 4  # cells that a finding about many of them names
_NO_DUPLICATES = Text(
    "duplicates cannot be told for this post", "doublons indétectables pour ce post"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that a workbook declares: they are spelled as there, and are no words for a total."""

    people: People
    campaigns: Set[str] = frozenset()  # folded


class PostColumns:
    """Reads the columns of a band of rows; names keep one spelling over all bands."""

    def __init__(
        self,
        book: Book,
        grid: Grid,
        only_campaign: str | None,
        declared: Declared,
        note: Callable[[Finding], None],
    ) -> None:
        self.grid, self.only_campaign, self.declared = grid, only_campaign, declared
        self._tell = note
        self._pending: list[Finding] = []  # of the band at hand
        self.note = self._pending.append
        self.values = CellValues(book.edition, book.cells.date1904, self.note)
        self.currency = book.settings.currency
        self.labels: dict[str, NDArray[np.int64]] = {}  # of the band: what names say of their rows
        self._names: dict[str, dict[str, str]] = {
            id: {} for id in ("campaign", "influencer", "network", "format")
        }  # as the first post spells them
        self._seen: dict[str, dict[object, tuple[str | None, Label]]] = {
            id: {} for id in self._names
        }
        self._texts: list[tuple[str, int, str]] = []  # figures of the band that stand as text
        self._fixed: dict[
            str, tuple[int, str, list[int]]
        ] = {}  # column → how many, the first text, first rows

    def settle(self, dropped: Set[int]) -> None:
        """The band is done: what was noted counts, but for the rows that are no posts."""
        for finding in self._pending:
            row = int(finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
            if row not in dropped:
                self._tell(finding)
        for id, row, text in self._texts:
            if row not in dropped:
                count, first, rows = self._fixed.get(id, (0, text, []))
                self._fixed[id] = count + 1, first, rows if len(rows) == _NAMED else [*rows, row]
        self._pending.clear()
        self._texts.clear()

    # -- figures -------------------------------------------------------------------------------

    def numbers(
        self, column: Column, cells: CellColumn, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Figures of a column; NaN for what is none, or negative."""
        numbers = cells.numbers
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711 - element-wise on an object array
                found = self._number(column, cells.others[i], int(rows[i]))
                if found is not None:
                    numbers[i] = found
        wrong = numbers < 0
        if wrong.any():
            for i in np.flatnonzero(wrong):
                self.note(_negative(self.grid, column.id, int(rows[i]), float(numbers[i])))
            numbers[wrong] = np.nan
        return numbers

    def _number(self, column: Column, value: object, row: int) -> float | None:
        """A figure that stands as something else than a number."""
        currency = self.currency if column.kind is ColumnKind.MONEY else ""
        if isinstance(value, str):
            parsed = parse_number(
                value,
                self.values.edition,
                figure=column.kind is not ColumnKind.SCORE,
                currency=currency,
            )
            if isinstance(parsed, float):
                self._texts.append((column.id, row, value))
                return parsed
            if parsed is MISSING:
                return None
        self.note(bad_cell(self.grid, column.id, row, value, left_out_of(column.id), currency))
        return None

    def tell_stored_as_text(self) -> None:
        """How many figures of each column were read from texts, and the first cells."""
        for id, (count, text, rows) in self._fixed.items():
            self._tell(_stored_as_text(self.grid, id, count, text, rows))
        self._fixed.clear()

    def yes_no(
        self, column: Column, cells: CellColumn, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """1 for yes, 0 for no, NaN for neither."""
        result = np.where(np.isin(cells.numbers, (0, 1)), cells.numbers, np.nan)
        wrong = np.isfinite(cells.numbers) & np.isnan(result)
        if cells.others is not None:
            groups, words = pd.factorize(cells.others)
            for group, word in enumerate(words):
                said = normalise(str(word))
                if said in YES or said in NO:
                    result[groups == group] = float(said in YES)
                elif not is_blank(word):
                    wrong |= groups == group
        for i in np.flatnonzero(wrong).tolist():
            self.note(_neither(self.grid, column.id, int(rows[i]), value_at(cells, i)))
        return result

    # -- days ----------------------------------------------------------------------------------

    def days(
        self, cells: CellColumn | None, rows: NDArray[np.int64], id: str
    ) -> NDArray[np.float64]:
        """Dates as whole Excel day numbers, NaN where unknown."""
        if cells is None:
            return np.full(len(rows), np.nan)
        serials = np.floor(cells.numbers) + (1462 if self.values.date1904 else 0)
        bad = np.isfinite(serials) & ((serials < 61) | (serials >= 2_958_466))
        for i in np.flatnonzero(bad):
            self.note(bad_date(self.grid, id, int(rows[i]), float(cells.numbers[i])))
        serials[bad] = np.nan
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711
                day = self.values.day(self.grid, id, int(rows[i]), cells.others[i])
                serials[i] = np.nan if day is None else number_of(day)
        return serials

    # -- names ---------------------------------------------------------------------------------

    def influencers(
        self,
        cells: CellColumn | None,
        rows: NDArray[np.int64],
        networks: NDArray[np.object_],
    ) -> NDArray[np.object_]:
        """The declared names; a handle that several people have is told by the network of its row."""
        result, people = self.names("influencer", cells, rows), self.declared.people
        for name in {n for n in pd.unique(result) if isinstance(n, str) and people.several(n)}:
            for i in np.flatnonzero(result == name).tolist():
                result[i] = people.find(name, networks[i] or "") or name
        return result

    def names(
        self, id: str, cells: CellColumn | None, rows: NDArray[np.int64]
    ) -> NDArray[np.object_]:
        """Names in one spelling each; None where blank.  ``labels`` gets what they say of their rows."""
        result = np.full(len(rows), None, dtype=object)
        self.labels[id] = np.zeros(len(rows), dtype=np.int64)
        if cells is None:
            return result
        if cells.others is not None:
            groups, texts = pd.factorize(cells.others)
            for group, text in enumerate(texts):
                if isinstance(text, CellError):
                    self._tell_errors(id, text, rows[groups == group])
            known = [self._known(id, text) for text in texts]
            result = np.array([*(name for name, _ in known), None], dtype=object)[
                groups
            ]  # -1: a blank
            if any(kind for _, kind in known):
                self.labels[id] = np.array([*(kind for _, kind in known), 0])[groups]
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            result[i] = self._spelled(id, shown(float(cells.numbers[i])))
        return result

    def _known(self, id: str, text: object) -> tuple[str | None, Label]:
        """One text of a column of names: its spelling, and what it says about its row."""
        seen = self._seen[id]
        if text not in seen:
            seen[text] = self._spelled(id, tidy(name_of(text))), self._label(id, text)
        return seen[text]

    def _label(self, id: str, text: object) -> Label:
        """Whether a name says that its row is a total; a declared name does not."""
        said = shown(text)
        found = totals.label(said)
        if found == Label.NOTHING:
            return found
        if id == "campaign" and fold(said) in self.declared.campaigns:
            return Label.NOTHING
        if id == "influencer" and self.declared.people.find(said):
            return Label.NOTHING
        return found

    def _spelled(self, id: str, name: str) -> str | None:
        if not fold(name):
            return None
        if id == "network" and (known := spellings.network(name)) in choices.NETWORKS:
            return known
        if id == "format":
            name = spellings.format_name(name)
        if id == "influencer":
            found = self.declared.people.find(name)
            return found or self._names[id].setdefault(same_name(name) or fold(name), name)
        return self._names[id].setdefault(fold(name), name)

    def ids(self, cells: CellColumn | None, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Ids as text.  A number of 16 digits or more has lost its last ones in Excel."""
        ids = np.full(len(rows), None, dtype=object)
        if cells is None:
            return ids
        if cells.others is not None:
            ids[:] = [
                ((v.strip() if v.isascii() else tidy(v)) or None) if type(v) is str else None
                for v in cells.others
            ]
            for at in [at for at, v in enumerate(cells.others) if type(v) is CellError]:
                self._tell_errors("post_id", cells.others[at], rows[at : at + 1])
            for at in [at for at, v in enumerate(ids) if v and "E+" in v and EXPONENT.fullmatch(v)]:
                self.note(_damaged_id(self.grid, int(rows[at]), ids[at]))
                ids[at] = None
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            number = float(cells.numbers[i])
            ids[i] = f"{number:.0f}" if number == int(number) else repr(number)
            if abs(number) >= 1e15:
                self.note(_damaged_id(self.grid, int(rows[i]), ids[i]))
                ids[i] = None
        return ids

    # -- errors --------------------------------------------------------------------------------

    def _tell_errors(self, id: str, error: CellError, rows: NDArray[np.int64]) -> None:
        """Cells that hold an error where a name or an id should stand."""
        effect = {
            "post_id": _NO_DUPLICATES,
            "campaign": Text("left out of every KPI", "exclu de tous les KPI"),
        }.get(id, Text("the post counts, but under no name", "le post compte, mais sous aucun nom"))
        if id == "campaign" and self.only_campaign is not None:
            effect = Text("the post counts for {c}", "le post compte pour {c}").format(
                c=self.only_campaign
            )
        for row in rows.tolist():
            self.note(bad_cell(self.grid, id, row, error, effect))

    def tell_unread(self, id: str, cells: CellColumn, rows: NDArray[np.int64]) -> None:
        """Errors in columns that no KPI reads."""
        if cells.others is not None:
            for i, value in enumerate(cells.others):
                if isinstance(value, CellError):
                    self.note(bad_cell(self.grid, id, int(rows[i]), value, Text("", "")))


# -- what is said about a cell -----------------------------------------------------------------------


def left_out_of(measure: str) -> Text:
    """Which KPIs a missing figure is left out of: the first ones in the catalogue's order."""
    names = {measure, *(("interactions",) if measure in DEFAULT_INTERACTIONS else ())}
    touched = [k.label for k in catalogue.KPIS if names & set(k.inputs)][:4]
    if not touched:
        return Text("left out", "exclu")
    return Text("left out of {en}", "exclu de {fr}").format(
        en=", ".join(t.en for t in touched), fr=", ".join(t.fr for t in touched)
    )


def _negative(grid: Grid, id: str, row: int, number: float) -> Finding:
    return Finding(
        codes.NEGATIVE,
        effect=left_out_of(id),
        value=f"{number:g}",
        **grid.cell(id, row),
    )


def _neither(grid: Grid, id: str, row: int, value: object) -> Finding:
    return Finding(
        codes.NEITHER_YES_NOR_NO,
        effect=left_out_of(id),
        value=shown(value),
        **grid.cell(id, row),
    )


def _stored_as_text(grid: Grid, id: str, count: int, text: str, rows: list[int]) -> Finding:
    more = ", ".join(str(grid.cell(id, row)["cell"]) for row in rows[1:])
    reason = codes.FIGURE_STORED_AS_TEXT.meaning
    if count > 1:
        reason = Text(
            "{reason}; {n} more in this column ({cells})",
            "{reason} ; {n} de plus dans cette colonne ({cells})",
        ).format(reason=reason, n=count - 1, cells=more + ("…" if count > len(rows) else ""))
    return Finding(
        codes.FIGURE_STORED_AS_TEXT,
        reason,
        value=text[:LONGEST_VALUE],
        count=count,
        **grid.cell(id, rows[0]),
    )


def _damaged_id(grid: Grid, row: int, value: str) -> Finding:
    return Finding(
        codes.ID_DAMAGED_BY_EXCEL,
        effect=_NO_DUPLICATES,
        value=value,
        **grid.cell("post_id", row),
    )
