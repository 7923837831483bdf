"""What a cell gets back: figures, Excel's own errors, and columns that pair up as Excel pairs them."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from xlkpi.core import catalogue, formulas
from xlkpi.core.kpi import Kpi
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.functions import values as cellvalues
from xlkpi.excel.functions.declared import FUNCTIONS, Function
from xlkpi.excel.functions.values import DIV0, ERRORS, NA, NUM, REF, VALUE

FORMULAS = tuple(f for f in FUNCTIONS if f.kpi is not None and f.name != "EMV")
each_formula = pytest.mark.parametrize("function", FORMULAS, ids=lambda f: f.name)
Cell = Callable[..., Any]


def kpi_of(function: Function) -> Kpi:
    assert function.kpi is not None
    return catalogue.kpi(function.kpi)


def figures(function: Function, start: int = 0) -> list[float]:
    """A different figure for each argument."""
    return [7.0 + 4.0 * (start + i) for i in range(len(function.arguments))]


def test_every_kpi_that_is_computed_has_a_cell_function():
    """A sum needs no function: Excel has SUM.  Brand fit alone passes its mark on, checked."""
    named = {f.kpi: f.name for f in FUNCTIONS if f.kpi}
    without = {k.id for k in catalogue.KPIS} - named.keys()
    assert {k.compute for k in catalogue.KPIS if k.id in without} == {formulas.total}
    assert all(catalogue.kpi(id).excel_name == name for id, name in named.items())
    assert {f.name for f in FUNCTIONS if f.kpi is None} == {
        "KPI_VARIANCE",
        "KPI_STATUS",
        "KPI_NAME",
        "KPI_WHY",
        "TIER",
        "UTM_LINK",
    }


@each_formula
def test_a_cell_has_the_number_of_the_catalogue(function: Function):
    values = figures(function)
    assert function.call(*values) == float(kpi_of(function).compute(*values))  # type: ignore[arg-type]


@each_formula
def test_one_cell_and_a_column_of_cells_give_the_same_number(function: Function):
    """The short cut for single cells is the same arithmetic, to the last bit."""
    draw = random.Random(function.name)
    rows = [
        [
            draw.choice(
                (
                    0.0,
                    1.0,
                    draw.uniform(-1e6, 1e6),
                    draw.uniform(0, 1),
                    10 ** draw.uniform(-300, 300),
                )
            )
            for _ in function.arguments
        ]
        for _ in range(300)
    ]
    column = function.call(
        *(tuple((row[i],) for row in rows) for i in range(len(function.arguments)))
    )
    assert [value for (value,) in column] == [function.call(*row) for row in rows]  # type: ignore[attr-defined]


@each_formula
def test_an_unknown_figure_is_not_available_and_a_text_is_no_figure(function: Function):
    for i in range(len(function.arguments)):
        for blank in (None, "", "  ", "\u00a0\u202f"):
            assert function.call(*figures(function)[:i], blank, *figures(function)[i + 1 :]) == NA
        for text in ("12 k", "12", "n/a", True, False):
            assert function.call(*figures(function)[:i], text, *figures(function)[i + 1 :]) == VALUE


@each_formula
def test_an_error_in_an_argument_comes_through_unchanged(function: Function):
    for i in range(len(function.arguments)):
        for error in ERRORS:
            values: list[Any] = figures(function)
            values[i] = error
            assert function.call(*values) == error
            assert function.call(*(((v,), (v,)) for v in values)) == [(error,), (error,)]


@each_formula
def test_a_zero_denominator_divides_by_zero(function: Function):
    kpi, values = kpi_of(function), figures(function)
    values[-1] = 0.0
    if kpi.compute in (formulas.share_of, formulas.share_positive, formulas.net_sentiment):
        values = [0.0] * len(values)
    elif kpi.compute in (formulas.difference, formulas.clv, formulas.total):
        assert isinstance(function.call(*values), float)
        return
    assert function.call(*values) == DIV0
    assert function.call(*(((v,), (v,)) for v in values)) == [(DIV0,), (DIV0,)]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ROAS", (1e308, 1e-10)),
        ("CPM", (1e308, 1.0)),
        ("CLV", (1e200, 1e200, 1.0, 1.0)),
        ("SHARE_OF_VOICE", (1e308, 1e308)),
        ("BRAND_RECALL", (1e308, -1e308)),
        ("FOLLOWER_GROWTH", (1e308, -1e308)),
        ("PROFIT_ROI", (1e300, 1e300, 5.0)),
    ],
)
def test_what_is_too_large_is_a_number_error_and_not_infinite(
    cell: Cell, name: str, values: tuple[float, ...]
):
    assert cell(name, *values) == NUM
    assert cell(name, *(((v,), (v,)) for v in values)) == [(NUM,), (NUM,)]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (REF, DIV0, REF),
        (None, REF, REF),
        ("text", REF, REF),
        (None, "text", NA),
        ("text", None, VALUE),
        (5.0, None, NA),
    ],
)
def test_of_several_errors_those_that_were_given_win_then_the_first(
    cell: Cell, first: Any, second: Any, told: int
):
    assert cell("ROI", first, second) == told
    assert cell("ROI", ((first,), (1.0,)), second)[0] == (told,)


@pytest.mark.parametrize(
    ("given", "figure"),
    [
        (2, 2.0),
        (Decimal("2.5"), 2.5),
        (date(2026, 3, 2), 46083.0),
        (datetime(2026, 3, 2, 12), 46083.5),
        (-2146826000, -2146826000.0),
        (10**400, NUM),
        (math.inf, NUM),
        (math.nan, NA),
        (object(), VALUE),
        (1j, VALUE),
    ],
)
def test_whatever_com_may_carry_is_a_figure_or_an_error(given: Any, figure: float):
    assert cellvalues.number(given) == figure
    assert type(cellvalues.number(given)) is type(figure)


def test_no_cell_shows_minus_zero(cell: Cell):
    for value in (cell("ROAS", 0.0, -5.0), cell("ROAS", ((0.0,), (0.0,)), -5.0)[0][0]):
        assert math.copysign(1, value) == 1


# -- shapes ------------------------------------------------------------------------------------


def test_a_column_gives_a_column_and_one_cell_a_cell(cell: Cell):
    assert cell("ROAS", ((6.0,), (8.0,)), ((3.0,), (2.0,))) == [(2.0,), (4.0,)]
    assert cell("ROAS", ((6.0,),), ((3.0,),)) == 2.0
    assert cell("ROAS", ((6.0,),), 3.0) == 2.0


def test_a_single_figure_is_repeated_along_a_column(cell: Cell):
    assert cell("ROAS", ((6.0,), (8.0,)), 2.0) == [(3.0,), (4.0,)]
    assert cell("ROAS", 6.0, ((3.0, 2.0),)) == [(2.0, 3.0)]


def test_a_row_and_a_column_make_a_table(cell: Cell):
    assert cell("ROAS", ((6.0,), (12.0,)), ((1.0, 2.0, 3.0),)) == [
        (6.0, 3.0, 2.0),
        (12.0, 6.0, 4.0),
    ]


def test_an_array_of_one_row_is_a_row(cell: Cell):
    assert cell("ROAS", (6.0, 8.0), 2.0) == [(3.0, 4.0)]
    assert cell("ROAS", [[6.0], [8.0]], 2.0) == [(3.0,), (4.0,)]


def test_beyond_the_shorter_column_there_is_nothing(cell: Cell):
    """As in Excel's own formulas, ``{6;8;9}/{3;2}`` for one; an error in the longer one still is the first."""
    assert cell("ROAS", ((6.0,), (8.0,), (9.0,)), ((3.0,), (2.0,))) == [(2.0,), (4.0,), (NA,)]
    assert cell("ROAS", ((6.0,), (8.0,), (DIV0,)), ((3.0,), (2.0,))) == [(2.0,), (4.0,), (DIV0,)]
    assert cell("ROAS", ((6.0, 8.0),), ((3.0, 2.0, 1.0), (6.0, 4.0, 1.0))) == [
        (2.0, 4.0, NA),
        (1.0, 2.0, NA),
    ]


def test_words_and_figures_pair_up_alike():
    """EMV takes both: the network of a post must stand beside its own impressions."""
    for height, width, rows, columns in itertools.product((1, 2, 3), repeat=4):
        shape = max(height, rows), max(width, columns)
        table = tuple(tuple(float(10 * r + c) for c in range(width)) for r in range(height))
        fitted = cellvalues.figures(table).fitted(shape)
        codes = cellvalues.first_errors((fitted.given, fitted.judged), shape)
        figures = cellvalues.in_cells(fitted.values, codes)
        assert figures == cellvalues.in_rows(cellvalues.spread_out(table, shape), shape[1])


def test_gaps_in_a_column_stay_where_they_are(cell: Cell):
    assert cell(
        "ROAS", ((6.0,), (None,), ("x",), (REF,), (5.0,)), ((3.0,), (1.0,), (1.0,), (1.0,), (0.0,))
    ) == [(2.0,), (NA,), (VALUE,), (REF,), (DIV0,)]


@pytest.mark.parametrize(
    "odd", [(), ((),), ((1.0, 2.0), (3.0,)), ((1.0,), 2.0), [[1.0], [2.0, 3.0]]]
)
def test_what_has_no_shape_is_a_value_error(cell: Cell, odd: Any):
    assert cell("ROAS", odd, 2.0) == VALUE
    assert cell("KPI_NAME", odd) == VALUE
    assert cell("EMV", "Instagram", None, odd) == VALUE


def test_a_row_times_a_column_beyond_any_sheet_is_refused_at_once(cell: Cell):
    row, column = (tuple(range(5_000)),), tuple((float(i),) for i in range(5_000))
    assert cell("ROAS", row, column) == cell("KPI_VARIANCE", row, column, "roi") == NUM
    assert cell("EMV", "Instagram", None, row, column) == NUM


def test_a_missing_argument_is_a_blank_one(cell: Cell):
    assert cell("ROAS", 6.0) == cell("ROAS") == NA
    assert cell("ROAS", ((6.0,), (7.0,))) == [(NA,), (NA,)]


# -- what the function wizard shows ------------------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_help_fits_the_function_wizard_in_both_languages(function: Function):
    """Excel cuts at 255 characters."""
    for text in (function.help, *(a.help for a in function.arguments)):
        for language in LANGUAGES:
            assert 0 < len(text.in_(language)) <= 255
            assert "\n" not in text.in_(language)
        assert text.en != text.fr


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.name)
def test_optional_arguments_come_last(function: Function):
    optional = [a.optional for a in function.arguments]
    assert optional == sorted(optional)


def test_a_result_depends_on_nothing_but_the_arguments():
    """Whatever was asked before, in whatever order; caches are by value."""
    asked = [
        ("TIER", (6e4, (("A", 1), ("B", 5e4)))),
        ("TIER", (6e4, (("A", True), ("B", 5e4)))),
        ("TIER", (6e4, (("A", 1.0), ("B", float(REF))))),
    ]
    calls = {f.name: f.call for f in FUNCTIONS}
    forwards = [calls[name](*values) for name, values in asked]
    backwards = [calls[name](*values) for name, values in reversed(asked)]
    assert forwards == backwards[::-1] == ["B", VALUE, "A"]
