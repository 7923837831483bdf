"""How the posts at hand decide what is counted: parts that nobody gives, views for impressions, costs that are spread."""

from __future__ import annotations

import numpy as np

from xlkpi.core.lines import Counting
from xlkpi.core.sums.gaps import PARTS
from xlkpi.core.sums.money import Money
from xlkpi.core.sums.rows import Rows
from xlkpi.core.sums.table import count, total


def counting_of(rows: Rows | None) -> Counting:
    if rows is None or not len(rows):
        return Counting()
    settings, table = rows.settings, rows.table
    views = table[count("exposures")] - table[count("impressions")]
    gifts = float(table[total("gift_value")].sum())
    return Counting(
        not_given=_not_given(rows),
        views_for_impressions=round(float(views.sum())) if settings.views_count else 0,
        without_impressions=() if settings.views_count else _without_impressions(rows),
        spread=_spread(rows),
        gifts=gifts if settings.gifts_count and table[count("gift_value")].any() else None,
    )


def _not_given(rows: Rows) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Parts that some networks and formats give, and the networks and formats that do not."""
    counted = [part for part in rows.settings.interactions if part in PARTS]
    somewhere = {part for given in rows.given.values() for part in given}
    found = []
    for (network, format), given in rows.given.items():
        lacking = tuple(p for p in counted if p in somewhere and p not in given)
        if lacking and set(counted) & given:
            found.append((network or "", format or "", lacking))
    return tuple(sorted(found))


def _without_impressions(rows: Rows) -> tuple[str, ...]:
    """Networks of which no post says how often it was shown, though others do."""
    shown = rows.table[count("impressions")] > 0
    pairs = list(zip((str(n or "–") for (n,) in rows.by("network")), shown, strict=True))
    giving = {name for name, is_shown in pairs if is_shown}
    return tuple(sorted({name for name, _ in pairs} - giving)) if giving else ()


def _spread(rows: Rows) -> int:
    """Collaborations that have a cost, and not one on each of their posts."""
    money = Money(rows)
    spread = (money.each(rows.table[count("cost")]) > 0) & (money.is_on_each_post("cost") == 0)
    return len(set(np.asarray(money.of)[spread].tolist()))
