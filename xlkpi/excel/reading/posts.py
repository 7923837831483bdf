"""The posts of a workbook as a stream of frames, with what was odd in their cells told to the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import catalogue
from xlkpi.core.catalogue import fold, normalise
from xlkpi.core.findings import Finding, Place, Severity
from xlkpi.core.texts import Text
from xlkpi.excel.workbook import contract, spellings
from xlkpi.excel.workbook.contract import Column, Kind
from xlkpi.excel.workbook.grid import (
    LONGEST_VALUE,
    NO,
    YES,
    Grid,
    bad_cell,
    bad_date,
    is_blank,
    name_of,
    shown,
)
from xlkpi.intake.numbers import EXPONENT, MISSING, date_serial, parse_number
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import Column as CellColumn

if TYPE_CHECKING:
    from xlkpi.excel.reading.workbook import Workbook

_NAMED = 4  # cells that a finding about many of them names
_FRAME_ROWS = 40_000
TOTALS = {"total", "totals", "totaux", "grand total", "total general", "somme", "sum", "summe"}
_TOTAL_STARTS = {word[:3] for word in TOTALS}


@dataclass(slots=True)
class Rows:
    """How many rows of Posts there are, and how many of them are no posts; the report knows which posts it used."""

    total: int = 0
    excluded: int = 0
    blank: int = 0


class PostStream:
    """Iterating yields frames of posts that can be used; ``balance`` and the workbook's findings fill meanwhile."""

    def __init__(
        self,
        book: Workbook,
        grid: Grid,
        only_campaign: str | None,
        without: NDArray[np.int64] | None,
    ) -> None:
        self.book, self.grid, self.only_campaign = book, grid, only_campaign
        self.balance = Rows()
        self.skip = np.array([], dtype=np.int64) if without is None else without
        self._watch = book.watch if without is None else None
        self._ids: list[NDArray[np.uint64]] = []
        self._at: list[NDArray[np.int64]] = []
        self._snapshots: list[NDArray[np.float64]] = []
        self._campaigns: dict[str, str] = {}
        self.first_rows: dict[str, int] = {}  # campaign, normalised → the first row that names it
        self._names: dict[str, dict[str, str]] = {
            "influencer": {
                fold(known.name): known.name for known in reversed(book.inputs().influencers)
            },
            "network": {},
            "format": {},
        }  # as Influencers spells them, then as the first post does
        self._fixed: dict[
            str, tuple[int, str, list[int]]
        ] = {}  # column → how many, the first text, first rows
        self._totals: list[
            tuple[str, list[int]]
        ] = []  # of the band at hand: column, positions of totals rows

    @cached_property
    def _numeric(self) -> list[Column]:
        kinds = (Kind.COUNT, Kind.MONEY, Kind.SCORE)
        return [
            c
            for c in (*self.grid.spec.columns, *self.grid.spec.extra)
            if c.kind in kinds and c.id in self.grid.columns
        ]

    @cached_property
    def _flags(self) -> list[Column]:
        return [
            c
            for c in (*self.grid.spec.columns, *self.grid.spec.extra)
            if c.kind is Kind.FLAG and c.id in self.grid.columns
        ]

    def campaign_names(self) -> dict[str, str]:
        """Campaigns seen in the posts: normalised name → name."""
        return self._campaigns

    def campaign_place(self, key: str) -> Place:
        """The first cell that names a campaign."""
        return self.grid.cell("campaign", self.first_rows[key])

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
        grid = self.grid
        texts = [
            c
            for c in (
                "post_id",
                "date",
                "campaign",
                "influencer",
                "network",
                "format",
                "snapshot_date",
            )
            if c in grid.columns
        ]
        ids = [*texts, *(c.id for c in self._numeric), *(c.id for c in self._flags)]
        wanted = {grid.columns[id]: id for id in ids}
        watched = {
            grid.columns[id]: id for id in ("url", "promo_code", "note") if id in grid.columns
        }
        computed = (
            {
                grid.columns[c.id]: c.id
                for c in grid.spec.columns
                if c.kind is Kind.COMPUTED and c.id in grid.columns
            }
            if self._watch is not None
            else {}
        )
        bands = self.book.cells.columns(
            grid.sheet, list(wanted), grid.header + 1, grid.end, list(watched), list(computed)
        )
        counted = grid.header  # the last row that the balance knows of
        for band in bands:
            columns = {id: band.columns[index] for index, id in wanted.items()}
            rows = band.rows
            for index, id in watched.items():
                self._tell_unread(id, band.columns[index], rows)
            blank = blank_rows(columns, len(rows))
            codes = {id: band.columns[index].numbers for index, id in computed.items()}
            if self._watch is not None:
                self._watch.look_at_blanks(
                    {id: of[blank & (rows != grid.totals)] for id, of in codes.items()}
                )
            filled = np.flatnonzero(~(blank | (rows == grid.totals)))
            if not len(filled):
                continue
            # Blank rows count when a post follows, written in the file or not; those that merely end the table do not.
            passed = int(rows[filled[-1]]) - counted
            counted += passed
            self.balance.blank += passed - len(filled)
            self.balance.total += passed
            frame = self._frame(columns, rows, filled, codes)
            if len(frame):
                yield frame
        self._tell_fixed()

    def _frame(
        self,
        columns: dict[str, CellColumn],
        rows: NDArray[np.int64],
        filled: NDArray[np.int64],
        codes: dict[str, NDArray[np.float64]],
    ) -> pd.DataFrame:
        rows = rows[filled]
        pick = {
            id: CellColumn(c.numbers[filled], None if c.others is None else c.others[filled])
            for id, c in columns.items()
        }
        data: dict[str, object] = {"row": rows}
        data["post_id"] = self._post_ids(pick.get("post_id"), rows)
        days = self._days(pick.get("date"), rows, "date")
        data["day"] = days
        self._totals.clear()
        for id in ("campaign", "influencer", "network", "format"):
            data[id] = self._labels(id, pick.get(id), rows)
        for column in self._numeric:
            data[column.id] = self._numbers(column, pick[column.id], rows)
        for column in self._flags:
            data[column.id] = self._yes_no(column, pick[column.id], rows)
        frame = pd.DataFrame(data, copy=False)
        if self._watch is not None:
            self._watch.look(frame, {id: of[filled] for id, of in codes.items()})
        keep = self._usable(frame, pick)
        snapshots = self._days(pick.get("snapshot_date"), rows, "snapshot_date")
        self._remember_ids(frame, snapshots, keep)
        if len(self.skip):
            keep &= ~np.isin(rows, self.skip)
        self.balance.excluded += int(len(rows) - keep.sum())
        return frame if keep.all() else frame[keep]

    def _usable(self, frame: pd.DataFrame, pick: dict[str, CellColumn]) -> NDArray[np.bool_]:
        """Rows that are posts: not totals, not remarks under the table, and of a known campaign."""
        keep = np.ones(len(frame), dtype=bool)
        figures = np.zeros(len(frame), dtype=bool)
        for column in self._numeric:
            figures |= np.isfinite(frame[column.id].to_numpy())
        for id, found in (("post_id", totals_rows(pick.get("post_id"))), *self._totals):
            for i in found:
                if keep[i]:
                    keep[i] = False
                    self._exclude(
                        frame,
                        i,
                        id,
                        str(_at(pick[id], i)),
                        Text("this is a totals row", "c’est une ligne de total"),
                        Text(
                            "delete it from the table, or leave it",
                            "supprimez-la du tableau, ou laissez-la",
                        ),
                    )
        campaign = frame["campaign"].to_numpy()
        nameless = pd.isna(campaign) & keep
        dated = np.isfinite(frame["day"].to_numpy())
        known_network = frame["network"].notna().to_numpy() | frame["influencer"].notna().to_numpy()
        for i in np.flatnonzero(keep & ~figures & ~dated & ~known_network).tolist():
            keep[i] = nameless[i] = False
            first = next(id for id in pick if not is_blank(_at(pick[id], i)))
            self._exclude(
                frame,
                i,
                first,
                shown(_at(pick[first], i)),
                Text(
                    "this row has no date, no network and no figures: it is not a post",
                    "cette ligne n’a ni date, ni réseau, ni chiffres : ce n’est pas un post",
                ),
                Text(
                    "move remarks to the Note column", "déplacez les remarques dans la colonne Note"
                ),
            )
        if nameless.any():
            if self.only_campaign is not None:
                frame.loc[nameless, "campaign"] = self.only_campaign
            else:
                for i in np.flatnonzero(nameless).tolist():
                    keep[i] = False
                    if "campaign" in pick and isinstance(_at(pick["campaign"], i), CellError):
                        continue  # told as what it is
                    place = (
                        "campaign"
                        if "campaign" in self.grid.columns
                        else next(iter(self.grid.columns))
                    )
                    self._exclude(
                        frame,
                        i,
                        place,
                        "",
                        Text("this post names no campaign", "ce post n’indique pas de campagne"),
                        Text("choose its campaign", "choisissez sa campagne"),
                    )
        return keep

    def _exclude(
        self, frame: pd.DataFrame, i: int, column: str, value: str, reason: Text, fix: Text
    ) -> None:
        self.book.note(
            Finding(
                "XK306",
                Severity.EXCLUDED,
                reason,
                Text("left out of every KPI", "exclu de tous les KPI"),
                fix,
                value=value,
                **self.grid.cell(column, int(frame["row"].iloc[i])),
            )
        )

    def _numbers(
        self, column: Column, cells: CellColumn, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        numbers = cells.numbers
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711 - element-wise on an object array
                value = cells.others[i]
                if isinstance(value, str):
                    parsed = parse_number(
                        value,
                        self.book.edition,
                        figure=column.kind is not Kind.SCORE,
                        currency=self.book.settings.currency if column.kind is Kind.MONEY else "",
                    )
                    if isinstance(parsed, float):
                        numbers[i] = parsed
                        self._stored_as_text(column.id, int(rows[i]), value)
                        continue
                    if parsed is MISSING:
                        continue
                self.book.note(
                    bad_cell(
                        self.grid,
                        column.id,
                        int(rows[i]),
                        value,
                        _effect(column.id),
                        self.book.settings.currency if column.kind is Kind.MONEY else "",
                    )
                )
        wrong = numbers < 0
        if wrong.any():
            for i in np.flatnonzero(wrong):
                self.book.note(
                    Finding(
                        "XK305",
                        Severity.EXCLUDED,
                        Text(
                            "a count or an amount cannot be negative",
                            "un nombre ou un montant ne peut être négatif",
                        ),
                        _effect(column.id),
                        Text("correct it, or leave the cell empty", "corrigez, ou laissez vide"),
                        value=f"{numbers[i]:g}",
                        **self.grid.cell(column.id, int(rows[i])),
                    )
                )
            numbers[wrong] = np.nan
        return numbers

    def _yes_no(
        self, column: Column, cells: CellColumn, rows: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        result = np.where(np.isin(cells.numbers, (0, 1)), cells.numbers, np.nan)
        wrong = np.isfinite(cells.numbers) & np.isnan(result)
        if cells.others is not None:
            codes, words = pd.factorize(cells.others)
            for code, word in enumerate(words):
                said = normalise(str(word))
                if said in YES or said in NO:
                    result[codes == code] = float(said in YES)
                elif not is_blank(word):
                    wrong |= codes == code
        for i in np.flatnonzero(wrong).tolist():
            self.book.note(
                Finding(
                    "XK311",
                    Severity.EXCLUDED,
                    Text("this is neither yes nor no", "ce n’est ni oui ni non"),
                    _effect(column.id),
                    Text("choose Yes or No", "choisissez Oui ou Non"),
                    value=shown(_at(cells, i)),
                    **self.grid.cell(column.id, int(rows[i])),
                )
            )
        return result

    def _days(
        self, cells: CellColumn | None, rows: NDArray[np.int64], id: str
    ) -> NDArray[np.float64]:
        """Dates as whole Excel day numbers, NaN where unknown."""
        if cells is None:
            return np.full(len(rows), np.nan)
        serials = np.floor(cells.numbers) + (1462 if self.book.cells.date1904 else 0)
        bad = np.isfinite(serials) & ((serials < 61) | (serials >= 2_958_466))
        for i in np.flatnonzero(bad):
            self.book.note(bad_date(self.grid, id, int(rows[i]), float(cells.numbers[i])))
        serials[bad] = np.nan
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711
                day = self.book.day(self.grid, id, int(rows[i]), cells.others[i])
                serials[i] = np.nan if day is None else date_serial(day)
        return serials

    def _labels(
        self, id: str, cells: CellColumn | None, rows: NDArray[np.int64]
    ) -> NDArray[np.object_]:
        """Names in one spelling each; None where blank."""
        result = np.full(len(rows), None, dtype=object)
        if cells is None:
            return result
        if cells.others is not None:
            codes, texts = pd.factorize(cells.others)
            for code, text in enumerate(texts):
                if isinstance(text, CellError):
                    self._tell_errors(id, text, rows[codes == code])
                    continue
                if id == "campaign":
                    self.first_rows.setdefault(
                        fold(shown(text)), int(rows[int(np.argmax(codes == code))])
                    )
                if normalise(shown(text)) in TOTALS:
                    self._totals.append((id, np.flatnonzero(codes == code).tolist()))
            names = np.array(
                [self._canonical(id, name_of(text)) for text in texts] + [None], dtype=object
            )
            result = names[codes]  # code -1, a blank, picks the None at the end
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            result[i] = self._canonical(id, shown(float(cells.numbers[i])))
        return result

    def _canonical(self, id: str, name: str) -> str | None:
        key = fold(name)
        if not key:
            return None
        if id == "campaign":
            return self._campaigns.setdefault(key, name)
        if id == "network" and (known := spellings.network(name)) in contract.NETWORKS:
            return known
        if id == "format":
            name = spellings.format_name(name)
        return self._names[id].setdefault(fold(name), name)

    def _post_ids(self, cells: CellColumn | None, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Ids as text.  A number of 16 digits or more has lost its last ones in Excel."""
        ids = np.full(len(rows), None, dtype=object)
        if cells is None:
            return ids
        if cells.others is not None:
            ids[:] = [v.strip() if type(v) is str else None for v in cells.others]
            for at in [at for at, v in enumerate(cells.others) if type(v) is CellError]:
                self._tell_errors("post_id", cells.others[at], rows[at : at + 1])
            for at in [at for at, v in enumerate(ids) if v and "E+" in v and EXPONENT.fullmatch(v)]:
                self._damaged_id(int(rows[at]), ids[at])
                ids[at] = None
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            number = float(cells.numbers[i])
            ids[i] = f"{number:.0f}" if number == int(number) else repr(number)
            if abs(number) >= 1e15:
                self._damaged_id(int(rows[i]), ids[i])
                ids[i] = None
        return ids

    def _remember_ids(
        self, frame: pd.DataFrame, snapshots: NDArray[np.float64], keep: NDArray[np.bool_]
    ) -> None:
        """Note each post's id so that ``duplicates`` can find the same post twice, 24 bytes a post."""
        ids = (
            frame["post_id"].fillna("").to_numpy(dtype=object)
        )  # pandas makes NaN, which is true, of a missing text
        named = keep & np.array([bool(v) for v in ids])
        if named.any():
            networks = frame["network"].fillna("").to_numpy(dtype=object)[named]
            self._ids.append(
                pd.util.hash_array(ids[named], categorize=False) ^ pd.util.hash_array(networks)
            )
            self._at.append(frame["row"].to_numpy()[named])
            self._snapshots.append(snapshots[named])

    def duplicates(self) -> NDArray[np.int64]:
        """Rows whose post stands again with a newer snapshot (or further down, for equal ones)."""
        if not self._ids:
            return np.array([], dtype=np.int64)
        ids, at = np.concatenate(self._ids), np.concatenate(self._at)
        snapshots = np.nan_to_num(np.concatenate(self._snapshots), nan=-1.0)
        order = np.lexsort((at, snapshots, ids))
        same_as_next = np.append(ids[order][1:] == ids[order][:-1], False)
        older: NDArray[np.int64] = at[order][same_as_next]
        counted = _last_of_run(at[order], same_as_next)
        by_row = np.argsort(older)
        for again, other in zip(older[by_row].tolist(), counted[by_row].tolist(), strict=True):
            self.book.note(
                Finding(
                    "XK307",
                    Severity.EXCLUDED,
                    Text(
                        "the same post stands on row {n}", "le même post figure à la ligne {n}"
                    ).format(n=other),
                    Text(
                        "the newest snapshot counts, this row does not",
                        "le relevé le plus récent compte, cette ligne non",
                    ),
                    Text("delete one of the two rows", "supprimez l’une des deux lignes"),
                    **self.grid.cell("post_id", again),
                )
            )
        return np.sort(older)

    def _tell_fixed(self) -> None:
        if self.book._muted:
            return
        for id, (count, text, rows) in self._fixed.items():
            where = self.grid.cell(id, rows[0])
            more = ", ".join(str(self.grid.cell(id, row)["cell"]) for row in rows[1:]) + (
                "…" if count > len(rows) else ""
            )
            self.book.findings.append(
                Finding(
                    "XK312",
                    Severity.INFO,
                    Text(
                        "this is a figure stored as text, read as a number",
                        "c’est un chiffre stocké en texte, lu comme un nombre",
                    )
                    if count == 1
                    else Text(
                        "this is a figure stored as text, read as a number; {n} more in this column ({cells})",
                        "c’est un chiffre stocké en texte, lu comme un nombre ; {n} de plus dans cette colonne ({cells})",
                    ).format(n=count - 1, cells=more),
                    value=text[:LONGEST_VALUE],
                    **where,
                )
            )
        self._fixed.clear()

    def _stored_as_text(self, id: str, row: int, text: str) -> None:
        """A figure that was read from a text: how many there are, and the first cells."""
        count, first, rows = self._fixed.get(id, (0, text, []))
        self._fixed[id] = count + 1, first, rows if len(rows) == _NAMED else [*rows, row]

    def _damaged_id(self, row: int, shown: str) -> None:
        self.book.note(
            Finding(
                "XK309",
                Severity.WARNING,
                Text(
                    "Excel kept only 15 digits of this id",
                    "Excel n’a gardé que 15 chiffres de cet identifiant",
                ),
                Text(
                    "duplicates cannot be told for this post", "doublons indétectables pour ce post"
                ),
                Text(
                    "format the column as Text and paste the id again",
                    "mettez la colonne au format Texte et recollez l’identifiant",
                ),
                value=shown,
                **self.grid.cell("post_id", row),
            )
        )

    def _tell_errors(self, id: str, error: CellError, rows: NDArray[np.int64]) -> None:
        """Cells that hold an error where a name or an id should stand."""
        effect = {
            "post_id": Text(
                "duplicates cannot be told for this post", "doublons indétectables pour ce post"
            ),
            "campaign": Text("left out of every KPI", "exclu de tous les KPI"),
        }.get(id, Text("the post counts, but under no name", "le post compte, mais sous aucun nom"))
        if id == "campaign" and self.only_campaign is not None:
            effect = Text("the post counts for {c}", "le post compte pour {c}").format(
                c=self.only_campaign
            )
        for row in rows.tolist():
            self.book.note(bad_cell(self.grid, id, row, error, effect))

    def _tell_unread(self, id: str, cells: CellColumn, rows: NDArray[np.int64]) -> None:
        """Errors in columns that no KPI reads."""
        if cells.others is not None:
            for i, value in enumerate(cells.others):
                if isinstance(value, CellError):
                    found = bad_cell(self.grid, id, int(rows[i]), value, Text("", ""))
                    self.book.note(replace(found, severity=Severity.WARNING))

    def place(self, column: str, row: int) -> Place:
        """Where a figure of a post stands."""
        return self.grid.cell(column, row)


# -- small helpers ---------------------------------------------------------------------------------


def _at(column: CellColumn, i: int) -> object:
    if column.others is not None and column.others[i] is not None:
        return column.others[i]
    return None if np.isnan(column.numbers[i]) else float(column.numbers[i])


def blank_rows(columns: dict[str, CellColumn], length: int) -> NDArray[np.bool_]:
    blank = np.ones(length, dtype=bool)
    for column in columns.values():
        blank &= np.isnan(column.numbers)
    for column in columns.values():
        if column.others is not None and blank.any():
            at = np.flatnonzero(blank)
            blank[at] = [is_blank(value) for value in column.others[at]]
    return blank


def totals_rows(cells: CellColumn | None) -> list[int]:
    """Positions whose text says that the row is a total."""
    if cells is None or cells.others is None:
        return []
    return [
        i
        for i, value in enumerate(cells.others)
        if type(value) is str and value[:3].lower() in _TOTAL_STARTS and normalise(value) in TOTALS
    ]


def _last_of_run(values: NDArray[np.int64], same_as_next: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each value that is the same as its next: the one that ends the run."""
    ends = np.flatnonzero(~same_as_next)
    found: NDArray[np.int64] = values[ends[np.searchsorted(ends, np.flatnonzero(same_as_next))]]
    return found


def _effect(measure: str) -> Text:
    """Which KPIs a missing figure is left out of: the first ones in the catalogue's order."""
    from xlkpi.core.campaign import DEFAULT_INTERACTIONS

    names = {measure, *(("interactions",) if measure in DEFAULT_INTERACTIONS else ())}
    touched = [k.label for k in catalogue.KPIS if names & set(k.inputs)][:4]
    if not touched:
        return Text("left out", "exclu")
    return Text("left out of {en}", "exclu de {fr}").format(
        en=", ".join(t.en for t in touched), fr=", ".join(t.fr for t in touched)
    )
