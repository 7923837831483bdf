"""What a cell function gets and gives: numbers, texts, blanks and Excel's own errors, for one cell or many.

A raw value is what COM carries: ``float``, ``str``, ``bool``, ``None`` for a blank and an ``int`` for an error;
a range is a tuple of row tuples, an array constant of one row a flat tuple.  Two arguments of different
shape pair up as in Excel's own formulas: one cell, one row or one column is repeated, and what lies beyond
the smaller of two ranges is ``#N/A``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xlkpi.core import formulas
from xlkpi.core.days import serial_of

Raw = Any
Rows = Sequence[Sequence[Raw]]
Codes = NDArray[np.int64]

#: Excel's errors as COM carries them: 0x800A0000 plus the number that CVErr takes.
_FIRST = -2146828288
NULL, DIV0, VALUE, REF, NAME, NUM, NA = (
    _FIRST + n for n in (2000, 2007, 2015, 2023, 2029, 2036, 2042)
)
ERRORS: dict[int, str] = {
    NULL: "#NULL!",
    DIV0: "#DIV/0!",
    VALUE: "#VALUE!",
    REF: "#REF!",
    NAME: "#NAME?",
    NUM: "#NUM!",
    NA: "#N/A",
    _FIRST + 2043: "#GETTING_DATA",
    _FIRST + 2045: "#SPILL!",
    _FIRST + 2046: "#CONNECT!",
    _FIRST + 2047: "#BLOCKED!",
    _FIRST + 2048: "#UNKNOWN!",
    _FIRST + 2049: "#FIELD!",
    _FIRST + 2050: "#CALC!",
}
_ERROR_CODES = range(_FIRST + 2000, _FIRST + 2100)  # those of Excel versions to come included
#: A row and a column together can ask for more cells than any sheet has use for.
MAX_CELLS = 4 << 20


def is_error(value: Raw) -> bool:
    return type(value) is int and value in _ERROR_CODES


def is_blank(value: Raw) -> bool:
    """An empty cell, or one in which nothing but spaces can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def number(value: Raw) -> float | int:
    """The figure in a cell as a float; an error code where there is none: unknown is ``#N/A``, text ``#VALUE!``."""
    kind = type(value)
    if kind is float:
        return value if math.isfinite(value) else NA if value != value else NUM
    if is_blank(value):
        return NA
    if is_error(value):
        return int(value)
    if kind is bool or kind is str:
        return VALUE
    if isinstance(value, date):
        return serial_of(value)
    try:
        return (
            number(float(value)) if isinstance(value, Real) or hasattr(value, "as_tuple") else VALUE
        )
    except (OverflowError, ValueError):
        return NUM


def is_many(value: Raw) -> bool:
    return isinstance(value, (tuple, list))


def rows_of(value: Raw) -> Rows:
    """A range, an array or one cell as rows; what has no rectangular shape is one ``#VALUE!``."""
    if not is_many(value):
        return ((value,),)
    if not value:
        return ((VALUE,),)
    if not is_many(value[0]):
        return (value,)
    return value if value[0] and len(set(map(len, value))) == 1 else ((VALUE,),)


def shape_of(grids: Iterable[Rows]) -> tuple[int, int]:
    heights, widths = zip(*((len(rows), len(rows[0])) for rows in grids), strict=True)
    return max(heights), max(widths)


# -- figures: many at once ---------------------------------------------------------------------


class FigureArray(NamedTuple):
    """A range as an array, NaN where there is no figure: ``given`` has the errors that stood in cells, ``judged``
    the codes for what is blank or no number.  Errors that were given come first, whichever argument they are in.
    """

    values: NDArray[np.float64]
    given: Codes | None = None
    judged: Codes | None = None

    def fitted(self, shape: tuple[int, int]) -> FigureArray:
        """Repeated over ``shape`` where it is one wide or one high; ``#N/A`` beyond it otherwise."""
        have = self.values.shape
        if have == shape:
            return self
        height, width = (h if h > 1 else want for h, want in zip(have, shape, strict=True))
        values = np.broadcast_to(self.values, (height, width))
        given, judged = (
            None if codes is None else np.broadcast_to(codes, (height, width)) for codes in self[1:]
        )
        if (height, width) == shape:
            return FigureArray(values, given, judged)
        beyond = ((0, shape[0] - height), (0, shape[1] - width))
        if given is None:
            given = np.zeros((height, width), dtype=np.int64)
        return FigureArray(
            np.pad(values, beyond, constant_values=np.nan),
            np.pad(given, beyond, constant_values=NA),
            None if judged is None else np.pad(judged, beyond),
        )


def figures(rows: Rows, blank: int = NA) -> FigureArray:
    """All figures of a range; ``blank`` is the code of an empty cell, 0 where one may be empty."""
    shape = len(rows), len(rows[0])
    flat = [cell for (cell,) in rows] if shape[1] == 1 else list(chain.from_iterable(rows))
    if {float, type(None)}.issuperset(map(type, flat)):
        values = np.array(flat, dtype=float).reshape(shape)
        if np.isfinite(values).all():
            return FigureArray(values)
        judged = np.where(np.isnan(values), blank, np.where(np.isinf(values), NUM, 0))
        return FigureArray(np.where(np.isinf(values), np.nan, values), None, judged)
    cells = [number(value) for value in flat]
    values = np.array([cell if type(cell) is float else np.nan for cell in cells])
    given = np.array([raw if is_error(raw) else 0 for raw in flat], dtype=np.int64)
    judged = np.array(
        [
            0 if type(cell) is float else blank if is_blank(raw) else cell
            for cell, raw in zip(cells, flat, strict=True)
        ],
        dtype=np.int64,
    )
    return FigureArray(values.reshape(shape), given.reshape(shape), judged.reshape(shape))


def first_errors(parts: Iterable[Codes | None], shape: tuple[int, int]) -> Codes:
    """Cell by cell the first error code; 0 where there is none."""
    codes = np.zeros(shape, dtype=np.int64)
    for errors in parts:
        if errors is not None:
            codes = np.where(codes == 0, errors, codes)
    return codes


def in_cells(values: NDArray[np.float64], codes: Codes) -> Raw:
    """An array as a list of row tuples; a single one as a cell."""
    flat: list[Raw] = (values + 0.0).ravel().tolist()  # + 0.0: a cell knows no minus zero
    for i in np.flatnonzero(codes).tolist():
        flat[i] = int(codes.flat[i])
    return in_rows(flat, values.shape[1])


def in_rows(cells: list[Raw], width: int) -> Raw:
    return cells[0] if len(cells) == 1 else list(zip(*[iter(cells)] * width, strict=True))


def computed(compute: Callable[..., Any], values: Sequence[Raw]) -> Raw:
    """A formula of the core over cells: the figure, or the error that says why there is none."""
    if not any(map(is_many, values)):
        return _computed_once(compute, values)
    grids = [rows_of(value) for value in values]
    shape = shape_of(grids)
    if shape[0] * shape[1] > MAX_CELLS:
        return NUM
    parts = [figures(rows).fitted(shape) for rows in grids]
    codes = first_errors((*(part.given for part in parts), *(part.judged for part in parts)), shape)
    inputs = [part.values for part in parts]
    result = np.asarray(compute(*inputs), dtype=float)
    if (undefined := np.isnan(result) & (codes == 0)).any():
        with np.errstate(all="ignore"):
            codes = np.where(
                undefined, np.where(formulas.divisor(compute, inputs) == 0, DIV0, NUM), codes
            )
    return in_cells(result, codes)


def _computed_once(compute: Callable[..., Any], values: Sequence[Raw]) -> Raw:
    for value in values:
        if is_error(value):
            return value
    cells = [number(value) for value in values]
    for cell in cells:
        if type(cell) is int:
            return cell
    result = compute(*cells)
    if result == result:
        return result + 0.0
    return DIV0 if formulas.divisor(compute, cells) == 0 else NUM


# -- anything else: cell by cell ---------------------------------------------------------------


def spread(function: Callable[..., Raw], *values: Raw, explains: bool = False) -> Raw:
    """``function`` of each cell; an error in an argument comes through, unless the function ``explains`` the first."""
    if not any(map(is_many, values)):
        return _once(function, values, explains)
    grids = [rows_of(value) for value in values]
    shape = shape_of(grids)
    if shape[0] * shape[1] > MAX_CELLS:
        return NUM
    columns = [spread_out(rows, shape) for rows in grids]
    return in_rows(
        [_once(function, cells, explains) for cells in zip(*columns, strict=True)], shape[1]
    )


def spread_out(rows: Rows, shape: tuple[int, int]) -> list[Raw]:
    """The cells one after the other, repeated over ``shape`` as ``Figures.fitted`` repeats figures."""
    height, width = len(rows), len(rows[0])
    if height == width == 1:
        return [rows[0][0]] * (shape[0] * shape[1])
    wide = (
        rows
        if width == shape[1]
        else [
            tuple(row) * shape[1] if width == 1 else (*row, *(NA,) * (shape[1] - width))
            for row in rows
        ]
    )
    beyond = [(NA,) * shape[1]] * (shape[0] - height)
    return list(chain.from_iterable([*wide] * shape[0] if height == 1 else [*wide, *beyond]))


def _once(function: Callable[..., Raw], cells: Sequence[Raw], explains: bool) -> Raw:
    for cell in cells[explains:]:
        if is_error(cell):
            return cell
    return function(*cells)
