"""EMV in a cell: the core's prices and arithmetic over one post or a column of posts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np

from xlkpi.core import formulas
from xlkpi.core.campaign import Settings
from xlkpi.core.emv import Rate, emv_basis, emv_prices
from xlkpi.excel.functions import values as cellvalues
from xlkpi.excel.functions.values import NA, NUM, VALUE, Raw, Rows, is_blank, is_error, is_many
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.references import SHIPPED_RATES

_MEASURES = ("impressions", "views", *choices.INTERACTIONS)
#: Where a table of rates has what: the columns of the References sheet, which ``reference_values`` begins with.
_AT = {c.id: i for i, c in enumerate(contract.REFERENCES.columns)}
_DEFAULT = Settings()

#: What one post's figures are worth: the price of a thousand impressions (NaN for none), and of one of each
#: measure by its place in ``_MEASURES``.
Prices = tuple[float, tuple[tuple[int, float], ...]]


def emv(network: Raw, post_format: Raw, *rest: Raw) -> Raw:
    """Earned media value of a post, in the currency of the rates.

    A blank figure is unknown and left out; ``#N/A`` where no rate of the network or no figure applies.
    """
    figures, (method, rates, currency) = rest[:7], rest[7:]
    words = (network, post_format, method, currency)
    table = None if is_blank(rates) else rates if is_many(rates) or is_error(rates) else VALUE
    if any(map(is_many, (*words, *figures))):
        return _many(words, figures, table)
    for given in (network, post_format, *figures, method, rates, currency):
        if is_error(given):
            return given
    name = _named(network, post_format)
    if isinstance(name, int):
        return name
    counts = [math.nan if is_blank(figure) else cellvalues.number(figure) for figure in figures]
    for count in counts:
        if type(count) is int:
            return count
    prices = _priced(name, method, table, currency)
    if isinstance(prices, int):
        return prices
    value = _value(prices, counts)
    return value + 0.0 if value == value else NA if np.isnan(_parts(prices, counts)).all() else NUM


def _many(words: Sequence[Raw], figures: Sequence[Raw], table: Raw) -> Raw:
    """Posts of the same network, format, method and currency are valued together."""
    grids = [cellvalues.rows_of(word) for word in words]
    numbers = [cellvalues.rows_of(figure) for figure in figures]
    shape = cellvalues.shape_of((*grids, *numbers))
    if shape[0] * shape[1] > cellvalues.MAX_CELLS:
        return NUM
    parts = [cellvalues.figures(rows, blank=0).fitted(shape) for rows in numbers]
    counts = [part.values.ravel() for part in parts]
    posts = _Posts(shape)
    for group, cells in _groups(grids, shape):
        posts.value(cells, group, table, [count[cells] for count in counts])
    given, judged = (part.given for part in parts), (part.judged for part in parts)
    codes = cellvalues.first_errors(
        (posts.unnamed, *given, posts.unset, posts.nameless, *judged, posts.priceless), shape
    )
    return cellvalues.in_cells(posts.values, codes)


class _Posts:
    """What posts are worth, and cell by cell the error codes that their words and prices give."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.values = np.full(shape, np.nan)
        self.unnamed, self.unset, self.nameless, self.priceless = (
            np.zeros(shape, np.int64) for _ in range(4)
        )

    def value(self, cells: Any, words: tuple[Raw, ...], table: Raw, counts: Sequence[Any]) -> None:
        """Value the posts of some cells (flat positions), which have the same words."""
        network, post_format, method, currency = words
        self.unnamed.flat[cells] = _error_of(network, post_format)
        self.unset.flat[cells] = _error_of(method, table, currency)
        name = _named(network, post_format)
        if isinstance(name, int):
            self.nameless.flat[cells] = name
            return
        prices = _priced(name, method, table, currency)
        if isinstance(prices, int):
            self.priceless.flat[cells] = prices
            return
        self.values.flat[cells] = value = _value(prices, counts)
        unknown = np.isnan(np.broadcast_arrays(*_parts(prices, counts))).all(axis=0)
        self.priceless.flat[cells] = np.where(np.isnan(value), np.where(unknown, NA, NUM), 0)


def _error_of(*values: Raw) -> int:
    return next((value for value in values if is_error(value)), 0)


def _groups(grids: Sequence[Rows], shape: tuple[int, int]) -> list[tuple[tuple[Raw, ...], Any]]:
    """The distinct combinations of words, each with the cells (flat positions) that have it."""
    if all(len(rows) == len(rows[0]) == 1 for rows in grids):
        return [(tuple(rows[0][0] for rows in grids), slice(None))]
    found: dict[tuple[Any, ...], list[int]] = {}
    columns = [cellvalues.spread_out(rows, shape) for rows in grids]
    # With its type: 1 and TRUE are equal to Python, not to a reader.
    kinds = (
        tuple(zip(map(type, words), words, strict=True)) for words in zip(*columns, strict=True)
    )
    for i, key in enumerate(kinds):
        found.setdefault(key, []).append(i)
    return [(tuple(word for _, word in key), np.array(cells)) for key, cells in found.items()]


# -- one post ----------------------------------------------------------------------------------


def _exposure(counts: Sequence[Any]) -> Any:
    """Impressions, or views where there are none, as in the report."""
    impressions, views = counts[:2]
    if type(impressions) is float:
        return impressions if impressions == impressions else views
    return np.where(np.isnan(impressions), views, impressions)


def _value(prices: Prices, counts: Sequence[Any]) -> Any:
    cpm, each = prices
    return formulas.earned_media_value(
        _exposure(counts), cpm, tuple((counts[i], price) for i, price in each)
    )


def _parts(prices: Prices, counts: Sequence[Any]) -> list[Any]:
    cpm, each = prices
    with np.errstate(all="ignore"):
        return formulas.emv_parts(_exposure(counts), cpm, ((counts[i], price) for i, price in each))


def _named(network: Raw, post_format: Raw) -> tuple[str, str] | int:
    for word in (network, post_format):
        if is_error(word):
            return int(word)
        if not (is_blank(word) or type(word) is str):
            return VALUE
    if is_blank(network):
        return NA
    return spellings.network(network), "" if is_blank(post_format) else spellings.format_name(
        post_format.strip()
    )


def _priced(name: tuple[str, str], method: Raw, table: Raw, currency: Raw) -> Prices | int:
    chosen = _method(method)
    for code in (chosen, table):
        if type(code) is int:
            return code
    code = _currency(currency)
    if type(code) is int:
        return code
    if table is None:
        return _prices(name, chosen, code, SHIPPED_RATES)
    rates = _rates(_frozen(table), tuple(map(type, chain.from_iterable(table))), code)
    return rates if isinstance(rates, int) else _prices(name, chosen, code, rates)


def _method(said: Raw) -> Any:
    if is_error(said):
        return said
    if is_blank(said):
        return _DEFAULT.emv_method
    return (type(said) is str and choices.choice(choices.EMV_METHODS, said)) or VALUE


def _currency(said: Raw) -> Any:
    if is_error(said):
        return said
    if is_blank(said):
        return _DEFAULT.currency
    return said.strip().upper() if type(said) is str else VALUE


@lru_cache(maxsize=256)
def _prices(
    name: tuple[str, str], method: str, currency: str, rates: tuple[Rate, ...]
) -> Prices | int:
    network, post_format = name
    basis = emv_basis(replace(_DEFAULT, emv_method=method, currency=currency), rates)
    mine = [rate for rate in basis.rates if rate.network == network]
    for rate in mine:
        if type(rate.value) is int:
            return rate.value
    cpms, each = emv_prices(mine, method)
    cpm = cpms.get(post_format, cpms.get("", math.nan))
    return cpm, tuple(
        (_MEASURES.index(measure), price) for measure, price in each if measure in _MEASURES
    )


# -- a table of rates --------------------------------------------------------------------------


def _frozen(table: Rows) -> Rows:
    return table if type(table) is tuple and type(table[0]) is tuple else tuple(map(tuple, table))


@lru_cache(maxsize=16)
def _rates(table: Rows, types: tuple[type, ...], currency: str) -> tuple[Rate, ...] | int:
    """The rates of a table laid out as References; an error among its names comes through.

    ``types`` belongs to the memory's key, as 1 and TRUE are equal.  A rate that is no figure keeps its error code,
    which comes through where that rate is needed.
    """
    found: dict[tuple[str, ...], Rate] = {}
    if len(table[0]) <= _AT["value"]:
        return VALUE
    for row in table:
        names = [
            row[_AT[id]] if _AT[id] < len(row) else None
            for id in ("kind", "network", "item", "currency")
        ]
        if code := _error_of(*names):
            return code
        kind, network, item, money = ("" if is_blank(name) else str(name).strip() for name in names)
        id = choices.choice(choices.REFERENCE_KINDS, kind)
        value = row[_AT["value"]]
        if id not in ("cpm", "interaction") or not network or is_blank(value):
            continue
        rate = Rate(
            id,
            spellings.network(network),
            spellings.rate_item(id, item),
            cellvalues.number(value),
            money.upper() or currency,
        )
        if rate.value >= 0 or type(rate.value) is int:
            found.setdefault((rate.kind, rate.network, rate.item, rate.currency), rate)
    return tuple(found.values())
