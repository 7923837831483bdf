"""Values of the computed columns of Posts, from the same core as the report, so that a file reads right
where no cell function is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw
import pandas as pd

from xlkpi.core import formulas
from xlkpi.core.aggregate import derive
from xlkpi.core.campaign import Settings, emv_basis
from xlkpi.excel import contract
from xlkpi.excel.contract import Kind
from xlkpi.excel.references import SHIPPED_RATES


def computed_columns(posts: Sequence[Mapping[str, Any]], settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Engagement rate, ROI and EMV of each post; ``#N/A`` where the cell function would return it."""
    numeric = [c.id for c in contract.POSTS.columns if c.kind in (Kind.COUNT, Kind.MONEY)]
    frame = pd.DataFrame({id: pd.Series([p.get(id) for p in posts], dtype="float64") for id in numeric})
    for id in ("network", "format"):
        frame[id] = [p.get(id) for p in posts]
    known = {k: settings[k] for k in ("currency", "denominator", "emv_method") if k in settings}
    chosen = replace(Settings(), **known)
    derived = nw.to_native(derive(nw.from_native(frame), chosen, emv_basis(chosen, SHIPPED_RATES)))
    results = {
        "engagement_rate": formulas.ratio(derived["interactions"], derived[chosen.denominator]),
        "roi": formulas.roi(derived["revenue"], derived["cost"]),
        "emv": derived["emv"].to_numpy(),
    }
    zero = {"engagement_rate": derived[chosen.denominator], "roi": derived["cost"]}
    return {
        id: ["#DIV/0!" if id in zero and zero[id].iloc[i] == 0 else "#N/A" if v != v else float(v)
             for i, v in enumerate(values)]
        for id, values in results.items()
    }
