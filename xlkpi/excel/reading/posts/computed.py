"""Values of the computed columns of Posts, from the same core as the report, so that a file reads right
where no cell function is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import formulas
from xlkpi.core.campaign import Settings
from xlkpi.core.emv import Rate, emv_basis
from xlkpi.core.sums.derive import valued
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.references import SHIPPED_RATES
from xlkpi.ooxml.scanner import DIVIDED_BY_ZERO, EMPTY, NOT_AVAILABLE

#: The formulas show nothing for a post that has none of these.
FIGURES = ("followers", "reach", "impressions", "views", *choices.INTERACTIONS)
_SAID = {NOT_AVAILABLE: "#N/A", DIVIDED_BY_ZERO: "#DIV/0!", EMPTY: ""}
_INPUTS, _NAMES, _SHOWN = (*FIGURES, "revenue", "cost"), ("network", "format"), "shown "
_ROWS = 40_000  # compared at a time


def computed_columns(
    posts: Sequence[Mapping[str, Any]], settings: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Engagement rate, ROI and EMV of each post; ``#N/A`` where the cell function would return it."""
    numeric = [
        c.id for c in contract.POSTS.columns if c.kind in (ColumnKind.COUNT, ColumnKind.MONEY)
    ]
    frame = pd.DataFrame(
        {id: pd.Series([p.get(id) for p in posts], dtype="float64") for id in numeric}
    )
    for id in ("network", "format"):
        frame[id] = [p.get(id) for p in posts]
    known = {k: settings[k] for k in ("currency", "denominator", "emv_method") if k in settings}
    return computed_values(frame, replace(Settings(), **known), SHIPPED_RATES)


def computed_values(
    frame: pd.DataFrame, settings: Settings, rates: tuple[Rate, ...]
) -> dict[str, list[Any]]:
    """The three computed columns of posts, as their cells would show them.

    Args:
        frame: one column per measure, float64 and NaN where unknown, and the names ``network`` and ``format``;
            every measure from followers to clicks, revenue and cost must be there.

    Returns:
        Column id → a number, ``#N/A``, ``#DIV/0!``, or ``""`` for a post without any figure.
    """
    shown = {}
    for id, codes in _codes(frame, settings, rates).items():
        cells = codes.astype(object)
        for code, said in _SAID.items():
            cells[codes == code] = said
        shown[id] = cells.tolist()
    return shown


def _codes(
    frame: pd.DataFrame, settings: Settings, rates: tuple[Rate, ...]
) -> dict[str, NDArray[np.float64]]:
    """The same as numbers, with codes for what is none.

    The cell function counts views where a post gives no impressions, whatever the setting for the report.
    """
    settings = replace(settings, views_count=True)
    derived = nw.to_native(valued(nw.from_native(frame), settings, emv_basis(settings, rates)))
    results = {
        "engagement_rate": formulas.ratio(derived["interactions"], derived[settings.denominator]),
        "roi": formulas.roi(derived["revenue"], derived["cost"]),
        "emv": derived["emv"].to_numpy(),
    }
    zero = {"engagement_rate": derived[settings.denominator], "roi": derived["cost"]}
    blank = frame[list(FIGURES)].isna().all(axis=1).to_numpy()
    found = {}
    for id, values in results.items():
        codes = np.array(values, dtype=float)
        codes[np.isnan(codes)] = NOT_AVAILABLE
        if id in zero:
            codes[zero[id].to_numpy() == 0] = DIVIDED_BY_ZERO
        codes[blank] = EMPTY
        found[id] = codes
    return found


class Freshness:
    """Watches, while the posts are read for a report, whether their formulas show what our core computes.

    It does not know whose the formulas are: where it says stale, somebody has to look.
    """

    def __init__(self, basis: Callable[[], tuple[Settings, tuple[Rate, ...]]]) -> None:
        """``basis`` is asked when the first posts have been read."""
        self.stale = False
        self._basis = basis
        self._waiting: list[dict[str, NDArray[Any]]] = []
        self._rows = 0

    def look(self, posts: pd.DataFrame, shown: Mapping[str, NDArray[np.float64]]) -> None:
        """Some posts, and what their formulas show: codes of ``columns.read_columns``."""
        if self.stale or not len(posts):
            return
        have = {id: posts[id].to_numpy() for id in (*_INPUTS, *_NAMES) if id in posts}
        self._waiting.append(have | {_SHOWN + id: codes for id, codes in shown.items()})
        self._rows += len(posts)
        if self._rows >= _ROWS:
            self.tell()

    def look_at_blanks(self, shown: Mapping[str, NDArray[np.float64]]) -> None:
        """Rows without a post: their formulas show nothing."""
        self.stale |= any(
            bool((~np.isnan(codes) & (codes != EMPTY)).any()) for codes in shown.values()
        )

    def tell(self) -> bool:
        """Whether anything seen so far is stale."""
        if self._waiting and not self.stale:
            seen = {
                id: np.concatenate([part[id] for part in self._waiting]) for id in self._waiting[0]
            }
            unknown = dict.fromkeys(_INPUTS, np.nan) | dict.fromkeys(_NAMES)
            known = {id: values for id, values in seen.items() if not id.startswith(_SHOWN)}
            frame = pd.DataFrame(unknown | known, index=range(self._rows))
            expected = _codes(frame, *self._basis())
            self.stale = any(
                not _same(seen[_SHOWN + id], codes).all()
                for id, codes in expected.items()
                if _SHOWN + id in seen
            )
        self._waiting.clear()
        self._rows = 0
        return self.stale


def _same(shown: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where a formula shows what is expected, to the last digits; and where there is none."""
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(shown - expected) <= np.maximum(
            1e-9 * np.maximum(np.abs(shown), np.abs(expected)), 1e-12
        )
    either = ~np.isfinite(shown) | ~np.isfinite(expected)
    same: NDArray[np.bool_] = np.isnan(shown) | np.where(either, shown == expected, near)
    return same
