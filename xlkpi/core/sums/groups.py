"""The figures of groups as a report has them: influencer, network, format, campaign, period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from xlkpi.core import catalogue
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import Group
from xlkpi.core.sums.grouped import Grouped, Measures
from xlkpi.core.sums.plan import GROUP_KPIS
from xlkpi.core.sums.tally import Tally

Values = Mapping[str, float | None]


def measurable(kpi: Kpi) -> bool:
    return all(name in MEASURES for name in kpi.inputs)


def values_of(
    groups: Grouped,
    kpis: Iterable[str] = GROUP_KPIS,
    measures: Sequence[Measures | None] = (),
    fewest: float = 0.0,
) -> list[Values]:
    """KPIs of groups: each formula runs once, over all of them.

    Args:
        measures: figures of the campaign, for each group.
        fewest: the share of the posts that must have the data.
    """
    values: list[dict[str, float | None]] = [{} for _ in groups.keys]
    for kpi in map(catalogue.kpi, kpis) if groups.keys else ():
        found = groups.values(kpi, measures)
        if fewest:
            with np.errstate(invalid="ignore"):
                found = np.where(groups.coverage(kpi) < fewest, np.nan, found)
        for row, value in zip(values, found.tolist(), strict=True):
            row[kpi.id] = value if value == value else None
    return [MappingProxyType(row) for row in values]


def groups_of(tally: Tally, dimension: str) -> tuple[Group, ...]:
    """Groups by falling reach, interactions, posts; the nameless one keeps an empty label."""
    found = tally.grouped(dimension)
    groups = [
        Group(tuple(str(part) if part is not None else "" for part in key), round(posts), values)
        for key, posts, values in zip(
            found.keys, found.posts.tolist(), values_of(found), strict=True
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
