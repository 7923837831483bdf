"""The same post on two rows: found by its network and id, however far apart they stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.grid import Grid


class SamePosts:
    """Remembers the id of each post, 24 bytes a post."""

    def __init__(self) -> None:
        self._ids: list[NDArray[np.uint64]] = []
        self._at: list[NDArray[np.int64]] = []
        self._snapshots: list[NDArray[np.float64]] = []

    def remember(
        self, frame: pd.DataFrame, snapshots: NDArray[np.float64], keep: NDArray[np.bool_]
    ) -> None:
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

    def older(self) -> list[tuple[int, int]]:
        """Rows whose post stands again with a newer snapshot (or further down, for equal ones), and where."""
        if not self._ids:
            return []
        ids, at = np.concatenate(self._ids), np.concatenate(self._at)
        snapshots = np.nan_to_num(np.concatenate(self._snapshots), nan=-1.0)
        order = np.lexsort((at, snapshots, ids))
        same_as_next = np.append(ids[order][1:] == ids[order][:-1], False)
        older: NDArray[np.int64] = at[order][same_as_next]
        counted = _last_of_run(at[order], same_as_next)
        return sorted(zip(older.tolist(), counted.tolist(), strict=True))


def again(grid: Grid, row: int, counted: int) -> Finding:
    """A row whose post counts from another row."""
    return Finding(
        codes.POST_TWICE,
        Text("the same post stands on row {n}", "le même post figure à la ligne {n}").format(
            n=counted
        ),
        Text(
            "the newest snapshot counts, this row does not",
            "le relevé le plus récent compte, cette ligne non",
        ),
        **grid.cell("post_id", row),
    )


def _last_of_run(values: NDArray[np.int64], same_as_next: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each value that is the same as its next: the one that ends the run."""
    ends = np.flatnonzero(~same_as_next)
    found: NDArray[np.int64] = values[ends[np.searchsorted(ends, np.flatnonzero(same_as_next))]]
    return found
