"""The posts of a workbook as a stream of frames, with what was odd in their cells noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Place
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.posts.cells import PostCells
from xlkpi.excel.reading.posts.rows import blank_rows, picked, totals_rows, value_at
from xlkpi.excel.reading.posts.same import SamePosts, again
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.grid import Grid, is_blank, shown
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import CellColumn, ColumnBand

_FRAME_ROWS = 40_000
_TEXTS = ("post_id", "date", "campaign", "influencer", "network", "format", "snapshot_date")
_UNREAD = ("url", "promo_code", "note")
_FIGURES = (ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.SCORE)


class Watch(Protocol):
    """Is shown the computed columns of the posts while they are read, see ``posts.computed.Freshness``."""

    def look(self, posts: pd.DataFrame, shown: dict[str, NDArray[np.float64]]) -> None: ...
    def look_at_blanks(self, shown: dict[str, NDArray[np.float64]]) -> None: ...


@dataclass(slots=True)
class Rows:
    """How many rows of Posts there are, and how many of them are no posts; the report knows which posts it used."""

    total: int = 0
    excluded: int = 0
    blank: int = 0


@dataclass(slots=True)
class _Filled:
    """The rows of a band that hold something: their sheet rows, cells by column id, and what formulas show."""

    rows: NDArray[np.int64]
    cells: dict[str, CellColumn]
    results: dict[str, NDArray[np.float64]]


def _nowhere(finding: Finding) -> None:
    """On a second reading: everything has been noted on the first."""


class PostStream:
    """Iterating yields frames of posts that can be used; ``balance`` and the notes fill meanwhile."""

    def __init__(
        self,
        book: Book,
        grid: Grid,
        only_campaign: str | None,
        influencers: Iterable[str],
        note: Callable[[Finding], None] = _nowhere,
        watch: Watch | None = None,
        without: NDArray[np.int64] | None = None,
    ) -> None:
        self.book, self.grid, self.only_campaign = book, grid, only_campaign
        self.note, self._watch = note, watch
        self.balance = Rows()
        self.skip = np.array([], dtype=np.int64) if without is None else without
        self._same = SamePosts()
        self._read = PostCells(book, grid, only_campaign, influencers, note)
        columns = [c for c in (*grid.spec.columns, *grid.spec.extra) if c.id in grid.columns]
        self._numeric = [c for c in columns if c.kind in _FIGURES]
        self._flags = [c for c in columns if c.kind is ColumnKind.FLAG]
        self._computed = [c for c in columns if c.kind is ColumnKind.COMPUTED and watch is not None]

    def campaign_names(self) -> dict[str, str]:
        """Campaigns seen in the posts: folded name → name."""
        return self._read.campaigns

    def campaign_place(self, key: str) -> Place:
        """The first cell that names a campaign."""
        return self.grid.cell("campaign", self._read.first_rows[key])

    def place(self, column: str, row: int) -> Place:
        """Where a figure of a post stands."""
        return self.grid.cell(column, row)

    def duplicates(self) -> NDArray[np.int64]:
        """Rows whose post stands again with a newer snapshot (or further down, for equal ones)."""
        older = self._same.older()
        for row, counted in older:
            self.note(again(self.grid, row, counted))
        return np.array([row for row, _ in older], dtype=np.int64)

    # -- frames --------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Frames of some ten thousand posts: large enough to add up fast, small enough to forget."""
        waiting: list[pd.DataFrame] = []
        for frame in self._frames():
            waiting.append(frame)
            if sum(map(len, waiting)) >= _FRAME_ROWS:
                yield pd.concat(waiting, ignore_index=True)
                waiting = []
        if waiting:
            yield pd.concat(waiting, ignore_index=True)

    def _frames(self) -> Iterator[pd.DataFrame]:
        counted = self.grid.header  # the last row that the balance knows of
        for band in self._bands():
            filled = self._filled(band)
            if not len(filled.rows):
                continue
            # Blank rows count when a post follows, written in the file or not; those that merely end the table do not.
            passed = int(filled.rows[-1]) - counted
            counted += passed
            self.balance.blank += passed - len(filled.rows)
            self.balance.total += passed
            frame = self._frame(filled)
            if len(frame):
                yield frame
        self._read.tell_stored_as_text()

    def _wanted(self) -> list[str]:
        """The columns that are read, by id."""
        texts = [id for id in _TEXTS if id in self.grid.columns]
        return [*texts, *(c.id for c in (*self._numeric, *self._flags))]

    def _bands(self) -> Iterator[ColumnBand]:
        grid, index = self.grid, self.grid.columns
        return self.book.cells.columns(
            grid.sheet,
            [index[id] for id in self._wanted()],
            grid.header + 1,
            grid.end,
            [index[id] for id in _UNREAD if id in index],
            [index[c.id] for c in self._computed],
        )

    def _filled(self, band: ColumnBand) -> _Filled:
        rows, index = band.rows, self.grid.columns
        cells = {id: band.columns[index[id]] for id in self._wanted()}
        for id in _UNREAD:
            if id in index:
                self._read.tell_unread(id, band.columns[index[id]], rows)
        blank = blank_rows(cells, len(rows))
        results = {c.id: band.columns[index[c.id]].numbers for c in self._computed}
        no_totals = rows != self.grid.totals
        if self._watch is not None:
            self._watch.look_at_blanks({id: of[blank & no_totals] for id, of in results.items()})
        at = np.flatnonzero(~blank & no_totals)
        return _Filled(
            rows[at],
            {id: picked(column, at) for id, column in cells.items()},
            {id: of[at] for id, of in results.items()},
        )

    def _frame(self, filled: _Filled) -> pd.DataFrame:
        rows, cells, read = filled.rows, filled.cells, self._read
        data: dict[str, object] = {"row": rows}
        data["post_id"] = read.ids(cells.get("post_id"), rows)
        data["day"] = read.days(cells.get("date"), rows, "date")
        read.totals.clear()
        for id in ("campaign", "influencer", "network", "format"):
            data[id] = read.labels(id, cells.get(id), rows)
        data |= {c.id: read.numbers(c, cells[c.id], rows) for c in self._numeric}
        data |= {c.id: read.yes_no(c, cells[c.id], rows) for c in self._flags}
        frame = pd.DataFrame(data, copy=False)
        if self._watch is not None:
            self._watch.look(frame, filled.results)
        keep = self._usable(frame, cells)
        self._same.remember(
            frame, read.days(cells.get("snapshot_date"), rows, "snapshot_date"), keep
        )
        if len(self.skip):
            keep &= ~np.isin(rows, self.skip)
        self.balance.excluded += int(len(rows) - keep.sum())
        return frame if keep.all() else frame[keep]

    # -- which rows are posts ------------------------------------------------------------------

    def _usable(self, frame: pd.DataFrame, cells: dict[str, CellColumn]) -> NDArray[np.bool_]:
        """Rows that are posts: not totals, not remarks under the table, and of a known campaign."""
        keep = np.ones(len(frame), dtype=bool)
        self._drop_totals(frame, cells, keep)
        nameless = pd.isna(frame["campaign"].to_numpy()) & keep
        self._drop_remarks(frame, cells, keep)
        nameless &= keep
        if nameless.any():
            if self.only_campaign is not None:
                frame.loc[nameless, "campaign"] = self.only_campaign
            else:
                keep &= ~nameless
                self._tell_nameless(frame, cells, nameless)
        return keep

    def _drop_totals(
        self, frame: pd.DataFrame, cells: dict[str, CellColumn], keep: NDArray[np.bool_]
    ) -> None:
        for id, found in (("post_id", totals_rows(cells.get("post_id"))), *self._read.totals):
            for i in found:
                if keep[i]:
                    keep[i] = False
                    self._exclude(
                        frame,
                        i,
                        id,
                        str(value_at(cells[id], i)),
                        Text("this is a totals row", "c’est une ligne de total"),
                        Text(
                            "delete it from the table, or leave it",
                            "supprimez-la du tableau, ou laissez-la",
                        ),
                    )

    def _drop_remarks(
        self, frame: pd.DataFrame, cells: dict[str, CellColumn], keep: NDArray[np.bool_]
    ) -> None:
        something = np.isfinite(frame["day"].to_numpy())
        for id in ("network", "influencer"):
            something |= frame[id].notna().to_numpy()
        for column in self._numeric:
            something |= np.isfinite(frame[column.id].to_numpy())
        for i in np.flatnonzero(keep & ~something).tolist():
            keep[i] = False
            first = next(id for id in cells if not is_blank(value_at(cells[id], i)))
            self._exclude(
                frame,
                i,
                first,
                shown(value_at(cells[first], i)),
                Text(
                    "this row has no date, no network and no figures: it is not a post",
                    "cette ligne n’a ni date, ni réseau, ni chiffres : ce n’est pas un post",
                ),
                Text(
                    "move remarks to the Note column", "déplacez les remarques dans la colonne Note"
                ),
            )

    def _tell_nameless(
        self, frame: pd.DataFrame, cells: dict[str, CellColumn], nameless: NDArray[np.bool_]
    ) -> None:
        place = "campaign" if "campaign" in self.grid.columns else next(iter(self.grid.columns))
        for i in np.flatnonzero(nameless).tolist():
            if "campaign" in cells and isinstance(value_at(cells["campaign"], i), CellError):
                continue  # told as what it is
            self._exclude(
                frame,
                i,
                place,
                "",
                Text("this post names no campaign", "ce post n’indique pas de campagne"),
                codes.OBJECTIVE_WITHOUT_CAMPAIGN.fix,
            )

    def _exclude(
        self, frame: pd.DataFrame, i: int, column: str, value: str, reason: Text, fix: Text
    ) -> None:
        self.note(
            Finding(
                codes.POST_LEFT_OUT,
                reason,
                Text("left out of every KPI", "exclu de tous les KPI"),
                fix,
                value=value,
                **self.grid.cell(column, int(frame["row"].iloc[i])),
            )
        )
