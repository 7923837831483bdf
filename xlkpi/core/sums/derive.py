"""What follows from the columns of one post: interactions, exposures, EMV, counts of answers, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import narwhals as nw

from xlkpi.core import formulas
from xlkpi.core.campaign import Settings
from xlkpi.core.emv import EmvBasis, emv_prices
from xlkpi.core.sums.gaps import Gaps

#: What a collaboration's cost is spread by: people reached, or views where a post gives no reach.
WEIGHT = "weight"


def valued(frame: Any, settings: Settings, basis: EmvBasis) -> Any:
    """Add the interactions and the EMV of each post.

    Args:
        frame: narwhals frame of posts; one column per measure, null where unknown.
    """
    have = set(frame.collect_schema().names())
    if isinstance(frame, nw.DataFrame) and "network" in have:
        # most rates are of networks that no post here is of
        basis = basis.of(set(frame["network"].unique().to_list()))
    parts = [c for c in settings.interactions if c in have]
    return frame.with_columns(
        _sum_of_known(parts).alias("interactions"),
        _emv(basis, have, settings.views_count).alias("emv"),
    )


def derive(frame: Any, settings: Settings, basis: EmvBasis) -> Any:
    """Add what the catalogue computes from the columns of a post.

    Args:
        frame: as for ``valued``.
    """
    frame = valued(_with_gifts(frame, settings), settings, basis)
    have = set(frame.collect_schema().names())
    frame = frame.with_columns(
        nw.lit(1.0).alias("posts"),
        _sum_of_known([c for c in ("comments", "shares") if c in have]).alias("conversations"),
        _first_known(have, *exposure(settings.views_count)).alias("exposures"),
        _first_known(have, "reach", "views").alias(WEIGHT),
        Gaps(settings).of_each_post(have).alias("gaps"),
        _month(have).alias("month"),
        *(_is_known(c).alias(f"{c}_known") for c in _ANSWERED if c in have),
    )
    if "reusable" in have:
        frame = frame.with_columns(
            nw.col("reusable").alias("reusable_posts"),
            _is_known("reusable").alias("reusable_known"),
        )
    if "suspicious_interactions" in have:
        real = nw.col("interactions") - nw.col("suspicious_interactions")
        frame = frame.with_columns(real.alias("authentic_interactions"))
    return frame


def _with_gifts(frame: Any, settings: Settings) -> Any:
    """Gifts are part of the cost, at their value."""
    have = set(frame.collect_schema().names())
    if not settings.gifts_count or "gift_value" not in have:
        return frame
    spent = [c for c in ("cost", "gift_value") if c in have]
    return frame.with_columns(_sum_of_known(spent).alias("cost"))


#: Columns whose mean is asked for, or the share of those that answer yes.
_ANSWERED = ("key_message", "content_score", "followers")


def exposure(views_count: bool) -> tuple[str, ...]:
    """The columns that say how often a post was shown, the first known one counts: a view is shown once, as an
    impression is, and some networks give nothing else.
    """
    return ("impressions", "views") if views_count else ("impressions",)


def _is_known(column: str) -> Any:
    return nw.when(~nw.col(column).is_null()).then(nw.lit(1.0)).otherwise(nw.lit(None))


def _sum_of_known(columns: list[str]) -> Any:
    """Row by row; null only where every one of them is."""
    if not columns:
        return nw.lit(None).cast(nw.Float64)
    known = nw.any_horizontal(*(~nw.col(c).is_null() for c in columns), ignore_nulls=True)
    return nw.when(known).then(nw.sum_horizontal(*columns)).otherwise(nw.lit(None))


def _first_known(have: set[str], *columns: str) -> Any:
    present = [c for c in columns if c in have]
    return nw.coalesce(*present) if present else nw.lit(None).cast(nw.Float64)


def _month(have: set[str]) -> Any:
    """Months counted from year 0, from days as spreadsheets count them; null where a post has no date.

    By the arithmetic of the civil calendar (years that begin in March, so that leap days come last): the same
    expression serves every data frame library.
    """
    if "day" not in have:
        return nw.lit(None).cast(nw.Float64)
    day = nw.col("day").floor() + _TO_MARCH_0000
    era = (day / 146_097).floor()
    of_era = day - era * 146_097
    year = (
        (of_era - (of_era / 1_460).floor() + (of_era / 36_524).floor() - (of_era / 146_096).floor())
        / 365
    ).floor()
    of_year = of_era - (365 * year + (year / 4).floor() - (year / 100).floor())
    from_march = ((5 * of_year + 2) / 153).floor()
    return (year + era * 400) * 12 + from_march + 2


#: From the first day that spreadsheets count, 30 December 1899, to 1 March of the year 0.
_TO_MARCH_0000 = 693_899


# -- earned media value --------------------------------------------------------------------------


def _emv(basis: EmvBasis, have: set[str], views_count: bool) -> Any:
    """Each post's earned media value; null where no rate or no figure applies."""
    value = nw.lit(None).cast(nw.Float64)
    shown = [c for c in exposure(views_count) if c in have]
    for network in dict.fromkeys(rate.network for rate in basis.rates):
        own = (rate for rate in basis.rates if rate.network == network)
        cpms, each = emv_prices(own, basis.method)
        parts = formulas.emv_parts(
            nw.coalesce(*shown) if shown else None,
            _cpm(cpms),
            ((nw.col(measure), price) for measure, price in each if measure in have),
        )
        if parts:
            known = reduce(lambda a, b: a | b, (~p.is_null() for p in parts))
            total = reduce(lambda a, b: a + b, map(_or_nothing, parts))
            value = nw.when((nw.col("network") == network) & known).then(total).otherwise(value)
    return value


def _or_nothing(part: Any) -> Any:
    return nw.when(~part.is_null()).then(part).otherwise(nw.lit(0.0))


def _cpm(cpms: Mapping[str, float]) -> Any | None:
    """The price of a post's own format, else that of every format."""
    value: Any = nw.lit(cpms.get("")).cast(nw.Float64)
    for format, price in cpms.items():
        if format:
            value = nw.when(nw.col("format") == format).then(nw.lit(price)).otherwise(value)
    return value if cpms else None
