"""Values of the computed columns of Posts, from the same core as the report, so that a file reads right
where no cell function is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from xlkpi.core import formulas
from xlkpi.core.aggregate import derive
from xlkpi.core.campaign import Rate, Settings, emv_basis
from xlkpi.excel import contract
from xlkpi.excel.contract import Kind
from xlkpi.excel.references import SHIPPED_RATES

#: The formulas show nothing for a post that has none of these.
FIGURES = ("followers", "reach", "impressions", "views", *contract.INTERACTIONS)


def computed_columns(posts: Sequence[Mapping[str, Any]], settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Engagement rate, ROI and EMV of each post; ``#N/A`` where the cell function would return it."""
    numeric = [c.id for c in contract.POSTS.columns if c.kind in (Kind.COUNT, Kind.MONEY)]
    frame = pd.DataFrame({id: pd.Series([p.get(id) for p in posts], dtype="float64") for id in numeric})
    for id in ("network", "format"):
        frame[id] = [p.get(id) for p in posts]
    known = {k: settings[k] for k in ("currency", "denominator", "emv_method") if k in settings}
    return computed_values(frame, replace(Settings(), **known), SHIPPED_RATES)


def computed_values(frame: pd.DataFrame, settings: Settings, rates: tuple[Rate, ...]) -> dict[str, list[Any]]:
    """The three computed columns of posts, as their cells would show them.

    Args:
        frame: one column per measure, float64 and NaN where unknown, and the names ``network`` and ``format``;
            every measure from followers to clicks, revenue and cost must be there.

    Returns:
        Column id → a number, ``#N/A``, ``#DIV/0!``, or ``""`` for a post without any figure.
    """
    derived = nw.to_native(derive(nw.from_native(frame), settings, emv_basis(settings, rates)))
    results = {
        "engagement_rate": formulas.ratio(derived["interactions"], derived[settings.denominator]),
        "roi": formulas.roi(derived["revenue"], derived["cost"]),
        "emv": derived["emv"].to_numpy(),
    }
    zero = {"engagement_rate": derived[settings.denominator], "roi": derived["cost"]}
    blank = frame[list(FIGURES)].isna().all(axis=1).to_numpy()
    shown = {}
    for id, values in results.items():
        cells = np.asarray(values, dtype=float).astype(object)
        cells[np.isnan(np.asarray(values, dtype=float))] = "#N/A"
        if id in zero:
            cells[zero[id].to_numpy() == 0] = "#DIV/0!"
        cells[blank] = ""
        shown[id] = cells.tolist()
    return shown
