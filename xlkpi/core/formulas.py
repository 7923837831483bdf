"""The arithmetic of every KPI: small functions over scalars and NumPy arrays alike.

One rule for the undefined: a zero or unknown denominator, or any unknown input, gives NaN,
"not measurable".  It is never 0 and never infinity, so a gifted collaboration (cost 0) has no ROI
and a post without reach has no engagement rate.  Counts never turn blank into zero either.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, ParamSpec

import numpy as np
from numpy.typing import ArrayLike

P = ParamSpec("P")
Number = Any  # float in, float out; array in, array out


def _plain(result: Number) -> Number:
    """A float for scalars, the array otherwise; what overflowed is unknown, never infinite."""
    if type(result) is float:
        return result if math.isfinite(result) else math.nan
    result = np.where(np.isfinite(result), result, np.nan)
    return float(result) if result.ndim == 0 else result


def _quiet(function: Callable[P, Number]) -> Callable[P, Number]:
    """NaN is an answer here, not a mistake: NumPy need not warn."""

    @wraps(function)
    def quiet(*args: P.args, **kwargs: P.kwargs) -> Number:
        for arg in args:
            if type(arg) is not float:
                break
        else:
            return function(*args, **kwargs)  # plain floats never warn
        with np.errstate(all="ignore"):
            return function(*args, **kwargs)

    return quiet


def _array(value: ArrayLike | None) -> Number:
    """A float stays one: for a single cell an array would cost ten times the arithmetic, which is the same."""
    if type(value) is float:
        return value
    return np.asarray(np.nan if value is None else value, dtype=float)


@_quiet
def ratio(numerator: ArrayLike, denominator: ArrayLike) -> Number:
    """``numerator / denominator`` element by element; NaN where the denominator is 0 or either is unknown.

    >>> ratio(340, 10_000)
    0.034
    >>> ratio(340, 0)
    nan
    """
    top, bottom = _array(numerator), _array(denominator)
    if type(top) is float and type(bottom) is float:
        return _plain(top / bottom) if bottom and math.isfinite(bottom) else math.nan
    return _plain(top / np.where((bottom == 0) | np.isinf(bottom), np.nan, bottom))


@_quiet
def total(value: ArrayLike) -> Number:
    """A count or an amount that is already a sum; unknown stays unknown.

    >>> total(950_000)
    950000.0
    """
    return _plain(_array(value))


@_quiet
def per_thousand(spend: ArrayLike, impressions: ArrayLike) -> Number:
    """Cost of a thousand impressions, in the currency of ``spend`` (CPM).

    >>> per_thousand(500, 100_000)
    5.0
    """
    return _plain(_array(ratio(spend, impressions)) * 1000)


@_quiet
def difference(value: ArrayLike, reference: ArrayLike) -> Number:
    """``value - reference``; points when both are rates (brand recall: exposed minus control group)."""
    return _plain(_array(value) - _array(reference))


@_quiet
def growth(end: ArrayLike, start: ArrayLike) -> Number:
    """Change relative to the start, as a fraction; NaN from a start of 0.

    >>> growth(1_100, 1_000)
    0.1
    """
    return ratio(_array(end) - _array(start), start)


@_quiet
def roi(revenue: ArrayLike, spend: ArrayLike) -> Number:
    """Return on investment: (revenue − spend) ÷ spend, a fraction (0.5 is +50 %).

    Never EMV and never revenue alone: tools that report "revenue ÷ spend" as ROI mean ROAS.
    NaN for spend 0 (a gifted collaboration has no return on money).

    Source: Metricool, 15 KPI, 2025-09-16.

    >>> roi(15_000, 10_000)
    0.5
    """
    return ratio(_array(revenue) - _array(spend), spend)


@_quiet
def profit_roi(revenue: ArrayLike, margin: ArrayLike, spend: ArrayLike) -> Number:
    """Return counted on margin: (revenue × margin − spend) ÷ spend; ``margin`` is a fraction of revenue."""
    return roi(_array(revenue) * _array(margin), spend)


@_quiet
def share_of(own: ArrayLike, others: ArrayLike) -> Number:
    """``own / (own + others)``: share of voice, share of authentic interactions."""
    return ratio(own, _array(own) + _array(others))


@_quiet
def share_positive(positive: ArrayLike, neutral: ArrayLike, negative: ArrayLike) -> Number:
    """Positive comments as a share of all classified ones, neutral included in the base.

    >>> share_positive(90, 4, 6)
    0.9
    """
    return ratio(positive, _array(positive) + _array(neutral) + _array(negative))


@_quiet
def net_sentiment(positive: ArrayLike, neutral: ArrayLike, negative: ArrayLike) -> Number:
    """(positive − negative) ÷ all classified comments, from −1 to 1."""
    base = _array(positive) + _array(neutral) + _array(negative)
    return ratio(_array(positive) - _array(negative), base)


@_quiet
def retention(end: ArrayLike, new: ArrayLike, start: ArrayLike) -> Number:
    """Share of the customers at the start who are still there: (end − new) ÷ start."""
    return ratio(_array(end) - _array(new), start)


@_quiet
def complement(part: ArrayLike, whole: ArrayLike) -> Number:
    """``1 - part / whole``: bounce rate from engaged sessions."""
    return _plain(1 - _array(ratio(part, whole)))


@_quiet
def clv(
    order_value: ArrayLike, orders_per_year: ArrayLike, years: ArrayLike, margin: ArrayLike = 1.0
) -> Number:
    """Customer lifetime value, in the currency of ``order_value``: value × orders a year × years × margin."""
    result = _array(order_value) * _array(orders_per_year) * _array(years) * _array(margin)
    return _plain(result)


mean = ratio


@_quiet
def earned_media_value(
    impressions: ArrayLike,
    cpm: ArrayLike,
    interactions: tuple[tuple[ArrayLike, ArrayLike], ...] = (),
) -> Number:
    """What the same exposure would have cost in advertising, in the currency of the rates.

    ``impressions × cpm / 1000`` plus, for each pair in ``interactions``, ``count × value``.
    Pass NaN or 0 for a part that the method does not use: an unknown part is left out, and the
    result is NaN only when every part is unknown.

    Args:
        impressions: count; scalar or array.
        cpm: money per thousand impressions of that network.
        interactions: pairs (count, money per interaction).

    Source: Influspy, KPI influence marketing (cost per impression and per engagement across networks);
    the rates themselves are dated rows of the References sheet.

    >>> earned_media_value(100_000, 10)
    1000.0
    """
    parts = emv_parts(
        _array(impressions), _array(cpm), ((_array(n), _array(value)) for n, value in interactions)
    )
    if all(type(part) is float for part in parts):
        known_parts = [part for part in parts if part == part]
        return _plain(float(sum(known_parts))) if known_parts else math.nan
    stacked = np.stack(np.broadcast_arrays(*parts))
    known = ~np.isnan(stacked)
    return _plain(np.where(known.any(axis=0), np.where(known, stacked, 0.0).sum(axis=0), np.nan))


def emv_parts(
    exposure: Number, cpm: Number, interactions: Iterable[tuple[Number, Number]]
) -> list[Number]:
    """What an EMV adds up.  Plain operators, so that figures, arrays and columns of a data frame will do."""
    priced = [] if exposure is None or cpm is None else [exposure * cpm / 1000]
    return [*priced, *(count * value for count, value in interactions)]


_OF_THE_SUM = (share_of, share_positive, net_sentiment)
_UNDIVIDED = (total, difference, clv)


def divisor(formula: Callable[..., object], inputs: Sequence[Number]) -> Number:
    """What a formula of this module divides by, so that "divided by zero" and "too large" can be told apart.

    >>> divisor(roi, (15_000, 0))
    0
    """
    if formula in _UNDIVIDED:
        return 1
    return sum(inputs) if formula in _OF_THE_SUM else inputs[-1]
