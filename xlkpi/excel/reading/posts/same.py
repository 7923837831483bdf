"""The same post on two rows: found by its id, its link, or because the rows are alike, however far apart they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.grid import Grid
from xlkpi.intake import links

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
#: What a row is known by: an id is certain, a link nearly, and rows that are merely alike are asked about.
_ID, _LINK, _ALIKE = range(3)
_FEW = 5_000  # posts whose links are all read
_SEED = np.uint64(0x9E3779B97F4A7C15)
_MARK = np.dtype(
    [
        ("key", np.uint64),
        ("row", np.uint32),
        ("snapshot", np.float32),
        ("kind", np.uint8),
        ("who", np.uint32),  # 0 unknown
        ("day", np.int32),  # 0 unknown
        ("id", np.uint32),  # 0 none
        ("figures", np.uint32),
    ]
)


@dataclass(frozen=True, slots=True)
class Again:
    """A row whose post stands again on another row; ``sure`` or to be asked about."""

    row: int
    other: int
    column: str  # where it shows
    sure: bool


@dataclass(slots=True)
class SamePosts:
    """Remembers what each post is known by, some fifty bytes a post."""

    _marks: list[NDArray[np.void]] = field(default_factory=list)
    _rows: int = 0
    _idless: bool = False  # a post with a link and without an id was seen

    def remember(
        self,
        frame: pd.DataFrame,
        urls: NDArray[np.object_] | None,
        snapshots: NDArray[np.float64],
        keep: Flags,
        figures: Sequence[str],
    ) -> None:
        """Some posts; ``figures`` are the columns that two rows must agree in to be alike."""
        posts = frame[keep] if not keep.all() else frame
        if not len(posts):
            return
        ids = _texts(posts["post_id"])
        networks = _texts(posts["network"])
        found = np.zeros(len(posts), dtype=_MARK)
        found["row"], found["snapshot"] = posts["row"], np.nan_to_num(snapshots[keep], nan=-1.0)
        found["day"] = np.nan_to_num(posts["day"].to_numpy())
        found["who"] = _hashed(_texts(posts["influencer"])) >> np.uint64(32)
        sums = _figures(posts[list(figures)].to_numpy(dtype=float, na_value=np.nan))
        found["figures"] = sums >> np.uint64(32)
        named, of_ids, of_networks = ids != "", _hashed(ids), _hashed(networks)
        found["id"] = np.where(named, of_ids >> np.uint64(32) | np.uint64(1), np.uint64(0))
        self._add(found, named, _ID, of_ids ^ of_networks)
        linked = self._add_links(found, None if urls is None else urls[keep], ids, networks)
        alike = ~named & ~linked & (found["who"] != 0) & (found["day"] != 0)
        if alike.any():
            alike &= (posts[list(figures)] > 0).sum(axis=1).to_numpy() >= 2
            about = of_networks * _SEED ^ _hashed(_texts(posts["format"]))
            about ^= _hashed(_texts(posts["campaign"])) * np.uint64(3) ^ found["who"] ^ sums
            self._add(found, alike, _ALIKE, about * _SEED ^ found["day"].astype(np.uint64))

    def _add_links(
        self,
        found: NDArray[np.void],
        urls: NDArray[np.object_] | None,
        ids: NDArray[np.object_],
        networks: NDArray[np.object_],
    ) -> Flags:
        """What links lead to: read from each, but for the posts with an id of a large table where all have one."""
        if urls is None:
            return np.zeros(len(found), dtype=bool)
        urls = np.array([url if type(url) is str else "" for url in urls], dtype=object)
        self._rows += len(found)
        self._idless |= bool(((ids == "") & (urls != "")).any())
        closely = (ids == "") | self._idless | (self._rows < _FEW)
        where, codes = _linked(np.where(closely, urls, ""), networks)
        linked: Flags = codes != ""
        self._add(found, linked & (codes != ids), _LINK, _hashed(codes) ^ _hashed(where))
        self._add(found, ~closely & (urls != ""), _LINK, _hashed(urls))
        return linked

    def _add(self, found: NDArray[np.void], which: Flags, kind: int, keys: Hashes) -> None:
        if which.any():
            marks = found[which]
            marks["kind"], marks["key"] = kind, keys[which]
            self._marks.append(marks)

    def tell(self, grid: Grid, note: Callable[[Finding], None]) -> NDArray[np.int64]:
        """Note every row whose post stands again; the ones that do not count."""
        found = self.again()
        for again in found:
            note(_twice(grid, again) if again.sure else _perhaps_twice(grid, again))
        return np.array([again.row for again in found if again.sure], dtype=np.int64)

    def again(self) -> list[Again]:
        """Rows whose post stands again with a newer snapshot, or further down for equal ones, by row."""
        if not self._marks:
            return []
        marks = np.concatenate(self._marks)
        keys = np.sort(marks["key"])
        marks = marks[np.isin(marks["key"], keys[1:][keys[1:] == keys[:-1]])]
        order = np.lexsort((marks["row"], marks["snapshot"], marks["key"]))
        same = np.flatnonzero(marks["key"][order][1:] == marks["key"][order][:-1])
        if not len(same):
            return []
        ends = _ends_of_runs(marks["key"][order])
        found: dict[int, Again] = {}
        for at in same.tolist():
            mark, last = marks[order[at]], marks[order[ends[at]]]
            row, other = int(mark["row"]), int(last["row"])
            if row == other:
                continue
            kind = max(int(mark["kind"]), int(last["kind"]))
            one = Again(row, other, _COLUMNS[kind], _is_sure(kind, mark, last))
            if row not in found or (one.sure and not found[row].sure):
                found[row] = one
        return [found[row] for row in sorted(found)]


def _twice(grid: Grid, again: Again) -> Finding:
    return Finding(
        codes.POST_TWICE,
        Text("the same post stands on row {n}", "le même post figure à la ligne {n}").format(
            n=str(again.other)
        ),
        Text(
            "the newest snapshot counts, this row does not",
            "le relevé le plus récent compte, cette ligne non",
        ),
        Text(
            "delete one of the two rows, or type Yes in a column “Count this row” to count both",
            "supprimez l’une des deux lignes, ou saisissez Oui dans une colonne « Compter cette ligne » pour compter les deux",
        ),
        **grid.cell(again.column, again.row),
    )


def _perhaps_twice(grid: Grid, again: Again) -> Finding:
    reason = Text(
        "influencer, day and figures are those of row {n}: it may be the same post",
        "influenceur, jour et chiffres sont ceux de la ligne {n} : c’est peut-être le même post",
    )
    if again.column == "url":
        reason = Text(
            "the same link stands on row {n}, for another influencer or day",
            "le même lien figure à la ligne {n}, pour un autre influenceur ou jour",
        )
    return Finding(
        codes.PERHAPS_TWICE,
        reason.format(n=str(again.other)),
        Text("both rows count", "les deux lignes comptent"),
        **grid.cell(again.column, again.row),
    )


_COLUMNS = ("post_id", "url", "influencer")


def _is_sure(kind: int, one: np.void, other: np.void) -> bool:
    """An id settles it; so does a link, unless influencer, day or id say that one of the links was pasted wrongly."""
    if kind != _LINK:
        return kind == _ID
    agree = all(
        one[part] == other[part] or not one[part] or not other[part]
        for part in ("who", "day", "id")
    )
    return agree or bool(one["who"] == other["who"] and one["figures"] == other["figures"])


def _ends_of_runs(keys: Hashes) -> NDArray[np.int64]:
    """For each place of a sorted array, where the run of its value ends."""
    ends = np.flatnonzero(np.append(keys[1:] != keys[:-1], True))
    found: NDArray[np.int64] = ends[np.searchsorted(ends, np.arange(len(keys)))]
    return found


def _texts(column: pd.Series) -> NDArray[np.object_]:
    """Texts of a column, empty where there is none: pandas makes NaN, which is true, of a missing one."""
    return column.fillna("").to_numpy(dtype=object)


def _hashed(texts: NDArray[np.object_]) -> Hashes:
    hashes: Hashes = pd.util.hash_array(texts, categorize=False)
    return np.where(texts == "", np.uint64(0), hashes)


def _figures(figures: NDArray[np.float64]) -> Hashes:
    """One number for the figures of each row; equal figures give equal numbers, to the last digit."""
    bits = np.nan_to_num(figures, nan=-1.0).view(np.uint64)
    odd = np.arange(figures.shape[1], dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    with np.errstate(over="ignore"):
        summed: Hashes = (bits * (odd * _SEED)).sum(axis=1, dtype=np.uint64)
        return (summed ^ (summed >> np.uint64(29))) * _SEED


def _linked(
    urls: NDArray[np.object_], networks: NDArray[np.object_]
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Network and code of the post that each link leads to; empty where it leads to none."""
    where = np.full(len(networks), "", dtype=object)
    codes = where.copy()
    for i in np.flatnonzero(urls != "").tolist():
        found = links.post_within(urls[i])
        if found is not None:
            where[i], codes[i] = found
    return where, codes
