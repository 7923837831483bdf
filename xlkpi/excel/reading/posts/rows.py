"""Which rows of Posts are posts, and which are totals, repeated headers or remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core.checks import totals
from xlkpi.core.checks.totals import Label, Signs
from xlkpi.core.names import normalise
from xlkpi.excel.workbook.contract import ColumnKind, Sheet
from xlkpi.excel.workbook.grid import is_blank
from xlkpi.ooxml.columns import CellColumn

Flags = NDArray[np.bool_]

#: Columns of figures; the first two are added up.
ADDED = (ColumnKind.COUNT, ColumnKind.MONEY)
FIGURES = (*ADDED, ColumnKind.SCORE)
#: What makes out a post, besides its id and its link.
DESCRIBING = ("day", "influencer", "network")
#: A total of totals is found once the totals below it are.
_ROUNDS = 6
#: How the words for a total begin: most ids and links do not.
_NO_LABEL = frozenset("0123456789hH")
_LABEL_STARTS = frozenset(word[:3] for word in (*totals.WORDS, *totals.CERTAIN)) | {"Σ", "∑"}


@dataclass(slots=True)
class FilledRows:
    """Rows of a band that hold something: their sheet rows, cells by column id, and what formulas show."""

    rows: NDArray[np.int64]
    cells: dict[str, CellColumn]
    results: dict[str, NDArray[np.float64]]

    def only(self, keep: Flags) -> FilledRows:
        if keep.all():
            return self
        at = np.flatnonzero(keep)
        return FilledRows(
            self.rows[at],
            {id: picked(column, at) for id, column in self.cells.items()},
            {id: of[at] for id, of in self.results.items()},
        )


# -- cells of a column -------------------------------------------------------------------------------


def value_at(column: CellColumn, i: int) -> object:
    """What stands in a cell of a column, whichever kind it is."""
    if column.others is not None and column.others[i] is not None:
        return column.others[i]
    return None if np.isnan(column.numbers[i]) else float(column.numbers[i])


def picked(column: CellColumn, at: NDArray[np.int64]) -> CellColumn:
    """Some cells of a column."""
    return CellColumn(column.numbers[at], None if column.others is None else column.others[at])


def filled_cells(column: CellColumn | None, length: int) -> Flags:
    """Cells that hold more than blanks."""
    if column is None:
        return np.zeros(length, dtype=bool)
    found: Flags = np.isfinite(column.numbers)
    if column.others is not None:
        found |= np.array(
            [
                v is not None and (type(v) is not str or not v.isspace()) and v != ""
                for v in column.others
            ],
            dtype=bool,
        )
    return found


def blank_rows(columns: dict[str, CellColumn], length: int) -> Flags:
    blank = np.ones(length, dtype=bool)
    for column in columns.values():
        blank &= np.isnan(column.numbers)
    for column in columns.values():
        if column.others is not None and blank.any():
            at = np.flatnonzero(blank)
            blank[at] = [is_blank(value) for value in column.others[at]]
    return blank


def labels_in(cells: CellColumn | None, length: int) -> NDArray[np.int64]:
    """What the texts of a column of ids, dates or links say about their rows, see ``totals.Label``."""
    found = np.zeros(length, dtype=np.int64)
    if cells is not None and cells.others is not None:
        texts = cells.others.tolist()
        words = [i for i, v in enumerate(texts) if type(v) is str and v[:1] not in _NO_LABEL]
        for i in words:
            text = texts[i]
            if text.isalpha() or " " in text or text[:3].lower() in _LABEL_STARTS:
                found[i] = totals.label(text)
    return found


def totals_rows(cells: CellColumn | None) -> list[int]:
    """Positions whose text says that the row is a total."""
    length = 0 if cells is None else len(cells.numbers)
    found: list[int] = np.flatnonzero(labels_in(cells, length) >= Label.WORD).tolist()
    return found


def says_total(value: object) -> bool:
    """Whether a cell says that its row is a total."""
    return isinstance(value, str) and totals.label(value) >= Label.WORD


# -- repeated headers --------------------------------------------------------------------------------


def repeated_headers(filled: FilledRows, spec: Sheet) -> Flags:
    """Rows most of whose cells repeat the headers of their columns, two of them at least."""
    found = np.zeros(len(filled.rows), dtype=bool)
    names = {c.id: c.names for c in (*spec.columns, *spec.extra)}
    figures = [c.id for c in (*spec.columns, *spec.extra) if c.kind in FIGURES]
    for id in figures:
        if id in filled.cells and filled.cells[id].others is not None:
            for i in _repeating(filled.cells[id], names[id], range(len(found))):
                found[i] = True
    for i in np.flatnonzero(found).tolist():
        held = [id for id in filled.cells if not is_blank(value_at(filled.cells[id], i))]
        same = [id for id in held if _repeating(filled.cells[id], names[id], (i,))]
        found[i] = len(same) >= 2 and len(same) >= 0.5 * len(held)
    return found


def _repeating(cells: CellColumn, names: Set[str], at: Iterable[int]) -> list[int]:
    """The cells among some that say the name of their column."""
    if cells.others is None:
        return []
    others = cells.others
    return [i for i in at if type(v := others[i]) is str and len(v) < 60 and normalise(v) in names]


# -- totals ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """Of each row: a total; a post that looks like one; made of formulas, or of figures, that are sums."""

    totals: Flags
    doubtful: Flags
    adding: Flags
    sums: Flags


class RowJudge:
    """Tells totals from posts, band by band, by what all the rows so far have."""

    def __init__(self, figures: Sequence[str]) -> None:
        self.figures = figures  # columns that are added up
        self._sums = totals.RunningSums(len(figures))
        self._rows = self._named = self._nameless = 0
        self._have = dict.fromkeys((*DESCRIBING, "identity"), 0)

    def judge(
        self,
        frame: pd.DataFrame,
        identity: Flags,
        labels: Mapping[str, NDArray[np.int64]],
        adding: Flags,
        counted: NDArray[np.float64],
    ) -> RowVerdict:
        """
        Args:
            identity: rows with an id or a link.
            labels: what the texts of a row say, by column, see ``totals.Label``.
            adding: rows whose figures are formulas that add up others.
            counted: 1 for rows that are posts because somebody says so; NaN for all others.

        Returns:
            Which rows are totals; they are not added up.
        """
        figures = frame[list(self.figures)].to_numpy(dtype=float, na_value=np.nan)
        has = {id: frame[id].notna().to_numpy() for id in DESCRIBING}
        signs = self._signs(figures, identity, has, labels, adding)
        forced = counted == 1
        out = np.zeros(len(frame), dtype=bool)
        if (
            identity.all() and not signs.formulas.any() and not signs.odd.any()
        ):  # posts, all of them
            self._remember(figures, has, identity, signs, out)
            return RowVerdict(out, out, out, out)
        for _ in range(_ROUNDS):
            matches = self._sums.compare(figures, ~out, signs.odd)
            found = totals.left_out(signs, matches.strong) & ~forced
            if (found == out).all():
                break
            out = found
        self._remember(figures, has, identity, signs, out)
        doubtful = totals.doubtful(signs, matches) & ~out & ~forced
        return RowVerdict(out, doubtful, adding, matches.strong)

    def _signs(
        self,
        figures: NDArray[np.float64],
        identity: Flags,
        has: Mapping[str, Flags],
        labels: Mapping[str, NDArray[np.int64]],
        adding: Flags,
    ) -> Signs:
        known = np.isfinite(figures).any(axis=1) | adding
        described = np.sum([has[id] for id in DESCRIBING], axis=0)
        named = identity | (described > 0)
        rows = self._rows + len(figures)
        usual = {
            id: self._have[id] + int(of.sum()) > rows / 2
            for id, of in (*has.items(), ("identity", identity))
        }
        none = np.zeros(len(figures), dtype=np.int64)
        return Signs(
            known,
            identity,
            described,
            np.sum([~has[id] for id in DESCRIBING if usual[id]], axis=0) + none,
            ~identity & usual["identity"],
            np.max([none, *(of for id, of in labels.items() if id != "campaign")], axis=0),
            labels.get("campaign", none),
            adding,
            self._named + int(named.sum()) >= self._nameless + int((~named & known).sum())
            and self._named + int(named.sum()) > 0,
        )

    def _remember(
        self,
        figures: NDArray[np.float64],
        has: Mapping[str, Flags],
        identity: Flags,
        signs: Signs,
        out: Flags,
    ) -> None:
        self._sums.add(figures[~out])
        self._rows += int((~out).sum())
        for id, of in (*has.items(), ("identity", identity)):
            self._have[id] += int((of & ~out).sum())
        self._named += int((signs.named & ~out).sum())
        self._nameless += int((~signs.named & signs.figures).sum())
