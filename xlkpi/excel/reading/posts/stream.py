"""The posts of a workbook as a stream of frames, with what was odd in their cells noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core.checks.totals import Label
from xlkpi.core.findings import Finding, Place
from xlkpi.core.names import fold
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.posts import leftout
from xlkpi.excel.reading.posts.cells import Declared, PostColumns
from xlkpi.excel.reading.posts.leftout import LeftOut, RowReason
from xlkpi.excel.reading.posts.merged import MergedCells
from xlkpi.excel.reading.posts.rows import (
    ADDED,
    FIGURES,
    FilledRows,
    Flags,
    RowJudge,
    blank_rows,
    filled_cells,
    labels_in,
    picked,
    repeated_headers,
    value_at,
)
from xlkpi.excel.reading.posts.same import SamePosts
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.grid import Grid, is_blank, shown
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import ColumnBand

_FRAME_ROWS = 40_000
_TEXTS = ("post_id", "url", "date", "campaign", "influencer", "network", "format", "snapshot_date")
_UNREAD = ("promo_code", "note")
_COUNTED = "count_row"
_FEW_ROWS = 4_000  # the formulas of so many are looked at whatever they hold


class Watch(Protocol):
    """Is shown the computed columns of the posts while they are read, see ``posts.computed.Freshness``."""

    def look(self, posts: pd.DataFrame, shown: dict[str, NDArray[np.float64]]) -> None: ...
    def look_at_blanks(self, shown: dict[str, NDArray[np.float64]]) -> None: ...


@dataclass(slots=True)
class PostBalance:
    """How many rows of Posts there are, and how many of them are no posts; the report knows which posts it used."""

    total: int = 0
    excluded: int = 0
    blank: int = 0


def _nowhere(finding: Finding) -> None:
    """On a second reading: everything has been noted on the first."""


class PostStream:
    """Iterating yields frames of posts that can be used; ``balance`` and the notes fill meanwhile."""

    def __init__(
        self,
        book: Book,
        grid: Grid,
        only_campaign: str | None,
        declared: Declared,
        note: Callable[[Finding], None] = _nowhere,
        watch: Watch | None = None,
        without: NDArray[np.int64] | None = None,
    ) -> None:
        self.book, self.grid, self.only_campaign = book, grid, only_campaign
        self.note, self._watch = note, watch
        self.balance = PostBalance()
        self.skip = np.array([], dtype=np.int64) if without is None else without
        columns = [c for c in (*grid.spec.columns, *grid.spec.extra) if c.id in grid.columns]
        self._numeric = [c for c in columns if c.kind in FIGURES]
        self._flags = [c for c in columns if c.kind is ColumnKind.FLAG and c.id != _COUNTED]
        self._counted = next((c for c in columns if c.id == _COUNTED), None)
        self._computed = [c for c in columns if c.kind is ColumnKind.COMPUTED and watch is not None]
        self._added = [c.id for c in self._numeric if c.kind in ADDED]
        self._counts = [c.id for c in self._numeric if c.kind is ColumnKind.COUNT]
        self._read = PostColumns(book, grid, only_campaign, declared, note)
        self._out, self._nobody = (LeftOut(grid, book.settings.currency) for _ in range(2))
        self._anybody = False  # whether any post names its influencer
        self._judge, self._same = RowJudge(self._added), SamePosts()
        self._merged = MergedCells(book.cells, grid)
        self._campaigns: dict[str, tuple[str, int]] = {}  # folded → name, the first row

    def campaign_names(self) -> dict[str, str]:
        """Campaigns of the posts: folded name → name."""
        return {key: name for key, (name, _) in self._campaigns.items()}

    def campaign_place(self, key: str) -> Place:
        """The first cell that names a campaign."""
        return self.grid.cell("campaign", self._campaigns[key][1])

    def place(self, column: str, row: int) -> Place:
        """Where a figure of a post stands."""
        return self.grid.cell(column, row)

    def duplicates(self) -> NDArray[np.int64]:
        """Rows whose post stands again with a newer snapshot (or further down, for equal ones)."""
        return self._same.tell(self.grid, self.note)

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
            self.balance.excluded += len(filled.rows) - len(frame)
            if len(frame):
                yield frame
        self._out.tell(self.note)
        if self._anybody:
            self._nobody.tell(self.note)
        self._read.tell_stored_as_text()

    def _wanted(self) -> list[str]:
        """The columns that are read, by id."""
        texts = [id for id in _TEXTS if id in self.grid.columns]
        counted = [self._counted] if self._counted else []
        return [*texts, *(c.id for c in (*self._numeric, *self._flags, *counted))]

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

    def _filled(self, band: ColumnBand) -> FilledRows:
        rows, index = band.rows, self.grid.columns
        cells = {id: band.columns[index[id]] for id in self._wanted()}
        for id in ("url", *_UNREAD):
            if id in index:
                self._read.tell_unread(id, band.columns[index[id]], rows)
        self._read.settle(set())
        self._merged.fill(cells, rows)
        blank = blank_rows({id: of for id, of in cells.items() if id != _COUNTED}, len(rows))
        results = {c.id: band.columns[index[c.id]].numbers for c in self._computed}
        no_totals = rows != self.grid.totals
        if self._watch is not None:
            self._watch.look_at_blanks({id: of[blank & no_totals] for id, of in results.items()})
        at = np.flatnonzero(~blank & no_totals)
        return FilledRows(
            rows[at],
            {id: picked(column, at) for id, column in cells.items()},
            {id: of[at] for id, of in results.items()},
        )

    def _frame(self, filled: FilledRows) -> pd.DataFrame:
        """The posts among the filled rows of a band."""
        rows, counted = self._admitted(filled)
        frame = self._parsed(rows)
        if self._watch is not None:
            self._watch.look(frame, rows.results)
        keep = np.ones(len(frame), dtype=bool)
        self._drop_totals(frame, rows, keep, counted)
        self._drop_remarks(frame, rows, keep)
        self._read.settle(set(rows.rows[~keep].tolist()))
        self._drop_nameless(frame, rows, keep)
        self._remember(frame, rows, keep, counted)
        if len(self.skip):
            keep &= ~np.isin(rows.rows, self.skip)
        return frame if keep.all() else frame[keep]

    def _admitted(self, filled: FilledRows) -> tuple[FilledRows, NDArray[np.float64]]:
        """The rows that are not headers, nor out by their own word; and which are posts by their own word (1)."""
        headers = repeated_headers(filled, self.grid.spec)
        for i in np.flatnonzero(headers).tolist():
            self._leave_out(leftout.HEADER, filled, i)
        filled = filled.only(~headers)
        if self._counted is None:
            return filled, np.full(len(filled.rows), np.nan)
        counted = self._read.yes_no(self._counted, filled.cells[_COUNTED], filled.rows)
        for i in np.flatnonzero(counted == 0).tolist():
            self._leave_out(leftout.NOT_COUNTED, filled, i, _COUNTED)
        return filled.only(counted != 0), counted[counted != 0]

    def _parsed(self, filled: FilledRows) -> pd.DataFrame:
        rows, cells, read = filled.rows, filled.cells, self._read
        data: dict[str, object] = {"row": rows}
        data["post_id"] = read.ids(cells.get("post_id"), rows)
        data["day"] = read.days(cells.get("date"), rows, "date")
        data["campaign"] = read.names("campaign", cells.get("campaign"), rows)
        networks = read.names("network", cells.get("network"), rows)
        data["influencer"] = read.influencers(cells.get("influencer"), rows, networks)
        data["network"] = networks
        data["format"] = read.names("format", cells.get("format"), rows)
        data |= {c.id: read.numbers(c, cells[c.id], rows) for c in self._numeric}
        data |= {c.id: read.yes_no(c, cells[c.id], rows) for c in self._flags}
        return pd.DataFrame(data, copy=False)

    # -- which rows are posts ------------------------------------------------------------------

    def _drop_totals(
        self, frame: pd.DataFrame, filled: FilledRows, keep: Flags, counted: NDArray[np.float64]
    ) -> None:
        length, cells = len(frame), filled.cells
        labels = self._read.labels | {
            id: labels_in(cells.get(id), length) for id in ("post_id", "date", "url")
        }
        identity = frame["post_id"].notna().to_numpy() & (labels["post_id"] == 0)
        if not identity.all():
            for id in ("post_id", "url"):
                identity |= filled_cells(cells.get(id), length) & (labels[id] == 0)
        named_so = labels["post_id"] >= Label.WORD  # nothing but a total is called so
        labels["post_id"][named_so], identity[named_so] = Label.CERTAIN, False
        adding = self._adding(filled, identity)
        verdict = self._judge.judge(frame, identity, labels, adding, counted)
        for i in np.flatnonzero(verdict.totals | verdict.doubtful).tolist():
            said = max(labels, key=lambda id: (labels[id][i], id != "campaign"))
            place = said if labels[said][i] else self._first_figure(frame, i)
            reason = leftout.LOOKS_LIKE_A_TOTAL
            if verdict.totals[i]:
                keep[i] = False
                reason = leftout.total(
                    bool(labels[said][i]), bool(verdict.adding[i]), bool(verdict.sums[i])
                )
            self._leave_out(reason, filled, i, place, frame)

    def _adding(self, filled: FilledRows, identity: Flags) -> Flags:
        """Rows most of whose figures are formulas that add up other rows."""
        rows, found = filled.rows, np.zeros(len(filled.rows), dtype=bool)
        is_small = self.balance.total < _FEW_ROWS
        if not len(rows) or (identity.all() and not is_small):
            return found
        columns = [self.grid.columns[id] for id in self._added]
        cells = self.book.cells.adding(self.grid.sheet, columns, int(rows[0]), int(rows[-1]))
        if cells:
            for i, row in enumerate(rows.tolist()):
                sums = sum((row, column) in cells for column in columns)
                if sums:
                    held = sum(not is_blank(value_at(filled.cells[id], i)) for id in self._added)
                    found[i] = sums >= 0.5 * held and (sums >= 2 or not identity[i])
        return found

    def _first_figure(self, frame: pd.DataFrame, i: int) -> str:
        """The column to point at for a row that nothing names."""
        known = (id for id in self._added if np.isfinite(frame[id].iloc[i]))
        return next(known, next(iter(self.grid.columns)))

    def _drop_remarks(self, frame: pd.DataFrame, filled: FilledRows, keep: Flags) -> None:
        something = np.isfinite(frame["day"].to_numpy())
        for id in ("network", "influencer"):
            something |= frame[id].notna().to_numpy()
        for column in self._numeric:
            something |= np.isfinite(frame[column.id].to_numpy())
        for i in np.flatnonzero(keep & ~something).tolist():
            keep[i] = False
            self._leave_out(leftout.REMARK, filled, i)

    def _drop_nameless(self, frame: pd.DataFrame, filled: FilledRows, keep: Flags) -> None:
        nameless = pd.isna(frame["campaign"].to_numpy()) & keep
        if not nameless.any():
            return
        if self.only_campaign is not None:
            frame.loc[nameless, "campaign"] = self.only_campaign
            return
        keep &= ~nameless
        place = "campaign" if "campaign" in self.grid.columns else next(iter(self.grid.columns))
        campaigns = filled.cells.get("campaign")
        for i in np.flatnonzero(nameless).tolist():
            if campaigns is None or not isinstance(value_at(campaigns, i), CellError):
                self._leave_out(leftout.NO_CAMPAIGN, filled, i, place, frame)

    def _leave_out(
        self,
        reason: RowReason,
        filled: FilledRows,
        i: int,
        column: str = "",
        frame: pd.DataFrame | None = None,
        among: LeftOut | None = None,
    ) -> None:
        """Collect a row for a reason; ``column`` is where it shows, the first cell that holds something by default."""
        column = column or next(
            id for id, of in filled.cells.items() if not is_blank(value_at(of, i))
        )
        weights = {
            id: float(frame[id].iloc[i] if frame is not None else filled.cells[id].numbers[i])
            for id in leftout.WEIGHED
            if id in self.grid.columns
        }
        told = column in filled.cells and column not in self._added
        value = value_at(filled.cells[column], i) if told else None
        (among or self._out).add(
            reason,
            column,
            int(filled.rows[i]),
            "" if is_blank(value) or isinstance(value, CellError) else shown(value),
            {id: weight for id, weight in weights.items() if weight > 0},
        )

    # -- what is remembered --------------------------------------------------------------------

    def _remember(
        self, frame: pd.DataFrame, filled: FilledRows, keep: Flags, counted: NDArray[np.float64]
    ) -> None:
        """The campaigns of the posts, and what each post is known by."""
        cells, posts = filled.cells, frame[keep]
        firsts = posts.drop_duplicates("campaign")
        for name, row in zip(firsts["campaign"], firsts["row"], strict=True):
            self._campaigns.setdefault(fold(name), (name, int(row)))
        self._tell_nobody(frame, filled, keep)
        days = self._read.days(cells.get("snapshot_date"), filled.rows, "snapshot_date")
        self._read.settle(set())
        urls = cells["url"].others if "url" in cells else None
        self._same.remember(frame, urls, days, keep & ~(counted == 1), self._counts)

    def _tell_nobody(self, frame: pd.DataFrame, filled: FilledRows, keep: Flags) -> None:
        """Posts that name no influencer, where others do."""
        named = frame["influencer"].notna().to_numpy()
        self._anybody |= bool(named.any())
        if self._anybody and "influencer" in self.grid.columns:
            influencers = filled.cells["influencer"]
            for i in np.flatnonzero(keep & ~named).tolist():
                if not isinstance(value_at(influencers, i), CellError):
                    reason = leftout.NO_INFLUENCER
                    self._leave_out(reason, filled, i, "influencer", frame, self._nobody)
