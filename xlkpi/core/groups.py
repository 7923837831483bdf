"""Sums → the figures of a group: influencer, network, format, campaign, period."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from xlkpi.core import catalogue
from xlkpi.core.aggregate import GROUP_KPIS, Sums, Tally
from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import Group


def measurable(kpi: Kpi) -> bool:
    return all(name in MEASURES for name in kpi.inputs)


def values_of_one(
    sums: Sums, settings: Settings, campaign: Mapping[str, float] | None = None
) -> Mapping[str, float | None]:
    return values_of([sums], settings, campaign)[0]


def values_of(
    groups: list[Sums], settings: Settings, campaign: Mapping[str, float] | None = None
) -> list[Mapping[str, float | None]]:
    """The KPIs of many groups: each formula runs once, over all of them."""
    values: list[dict[str, float | None]] = [{} for _ in groups]
    for id in GROUP_KPIS:
        kpi = catalogue.kpi(id)
        unknown = (np.nan,) * len(settings.inputs(kpi))
        inputs = np.array(
            [sums.inputs(kpi, settings, campaign or {}) or unknown for sums in groups], dtype=float
        )
        results = (
            np.atleast_1d(np.asarray(kpi.compute(*inputs.T), dtype=float))
            if groups
            else np.empty(0)
        )
        for row, result in zip(values, results, strict=True):
            row[id] = float(result) if np.isfinite(result) else None
    return [MappingProxyType(row) for row in values]


def groups_of(tally: Tally, dimension: str, settings: Settings) -> tuple[Group, ...]:
    """Groups by falling reach, interactions, posts; the nameless one keeps an empty label."""
    found = tally.groups(dimension)
    groups = [
        Group(tuple(str(part) if part is not None else "" for part in key), sums.posts, values)
        for (key, sums), values in zip(
            found.items(), values_of(list(found.values()), settings), strict=True
        )
    ]
    return tuple(
        sorted(
            groups,
            key=lambda g: (
                -(g.values["reach"] or 0),
                -(g.values["interactions"] or 0),
                -g.posts,
                g.key,
            ),
        )
    )
