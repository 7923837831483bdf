"""The arithmetic: worked examples per formula, and what every KPI answers to zero, unknown and absurd figures."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.core import catalogue, formulas
from xlkpi.core.catalogue import KPIS
from xlkpi.core.kpi import Kpi

each_kpi = pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)

nan = math.nan
#: Figures at the edges of what a cell can hold.
EDGES = (0.0, -0.0, nan, 1.0, 1e-300, 1.7e308, -1.7e308)
#: Any figure a cell can hold, the unknown one and those that no campaign has included.
figures = st.one_of(
    st.sampled_from(EDGES),
    st.floats(allow_nan=True, allow_infinity=False),
    st.integers(0, 10**12).map(float),
)

#: Id, inputs in the catalogue's order, value: one worked example for every KPI that is not a plain sum.
EXAMPLES = (
    ("frequency", (250_000, 100_000), 2.5),
    ("target_coverage", (30_000, 120_000), 0.25),
    ("in_target_share", (30_000, 40_000), 0.75),
    ("impression_rate", (60_000, 50_000), 1.2),
    ("reach_rate", (20_000, 50_000), 0.4),
    ("follower_growth", (11_500, 10_000), 0.15),
    ("share_of_voice", (300, 900), 0.25),
    ("key_message_impact", (6, 8), 0.75),
    ("followers", (300_000, 4), 75_000),
    ("audience_evolution", (9_000, 12_000), -0.25),
    ("post_delivery_rate", (9, 12), 0.75),
    ("engagement_rate", (4_200, 100_000), 0.042),
    ("conversation_share", (300, 1_200), 0.25),
    ("likes_in_interactions", (900, 1_200), 0.75),
    ("comments_in_interactions", (120, 1_200), 0.1),
    ("shares_in_interactions", (60, 1_200), 0.05),
    ("ctr", (500, 40_000), 0.0125),
    ("engagement_per_post", (1_200, 8), 150),
    ("sends_per_reach", (150, 10_000), 0.015),
    ("video_completion", (18, 60), 0.3),
    ("pages_per_session", (900, 300), 3),
    ("bounce_rate", (60, 100), 0.4),
    ("session_duration", (9_000, 100), 90),
    ("conversion_rate", (30, 1_000), 0.03),
    ("average_order_value", (12_000, 150), 80),
    ("sales_uplift", (1_300, 1_000), 0.3),
    ("cpa", (5_000, 250), 20),
    ("cac", (5_000, 100), 50),
    ("cpl", (5_000, 400), 12.5),
    ("roi", (15_000, 10_000), 0.5),
    ("profit_roi", (30_000, 0.4, 10_000), 0.2),
    ("roas", (15_000, 10_000), 1.5),
    ("cpe", (500, 2_000), 0.25),
    ("cpm", (500, 100_000), 5),
    ("cpi", (500, 100_000), 0.005),
    ("cpc", (500, 1_000), 0.5),
    ("cpv", (500, 25_000), 0.02),
    ("cost_per_post", (5_000, 4), 1_250),
    ("cost_per_thousand_followers", (500, 25_000), 20),
    ("emv_ratio", (18_000, 10_000), 1.8),
    ("positive_sentiment", (90, 4, 6), 0.9),
    ("net_sentiment", (90, 4, 6), 0.84),
    ("authenticity", (950, 50), 0.95),
    ("content_quality", (21, 5), 4.2),
    ("reusable_content", (3, 4), 0.75),
    ("brand_recall", (0.32, 0.20), 0.12),
    ("brand_preference", (0.18, 0.20), -0.02),
    ("attainment", (950_000, 1_000_000), 0.95),
    ("clv", (60, 4, 3, 0.5), 360),
    ("retention_rate", (110, 30, 100), 0.8),
    ("customer_change", (105, 110), -5),
    ("open_rate", (250, 1_000), 0.25),
    ("email_click_rate", (30, 1_000), 0.03),
    ("deliverability", (980, 1_000), 0.98),
    ("response_rate", (45, 60), 0.75),
    ("handling_time", (36, 24), 1.5),
    ("profit_margin", (2_000, 10_000), 0.2),
    ("profit_on_investment", (2_000, 8_000), 0.25),
)

#: What an undefined result comes from: zero in the denominator, id and inputs.
UNDEFINED = (
    ("engagement_rate", (340, 0)),
    ("roi", (15_000, 0)),
    ("roas", (15_000, 0)),
    ("emv_ratio", (900, 0)),
    ("cpa", (500, 0)),
    ("cpm", (500, 0)),
    ("cpe", (0, 0)),
    ("ctr", (0, 0)),
    ("conversion_rate", (3, 0)),
    ("positive_sentiment", (0, 0, 0)),
    ("net_sentiment", (0, 0, 0)),
    ("share_of_voice", (0, 0)),
    ("authenticity", (0, 0)),
    ("follower_growth", (500, 0)),
    ("sales_uplift", (500, 0)),
    ("bounce_rate", (0, 0)),
    ("retention_rate", (10, 10, 0)),
    ("profit_roi", (500, 0.4, 0)),
    ("content_quality", (0, 0)),
)


# -- worked examples -------------------------------------------------------------------------------


@pytest.mark.parametrize(("id", "inputs", "value"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_worked_example(id: str, inputs: tuple[float, ...], value: float):
    assert catalogue.kpi(id).compute(*inputs) == pytest.approx(value, rel=1e-12)


def test_every_kpi_that_is_not_a_plain_sum_has_a_worked_example():
    assert {k.id for k in KPIS if len(k.inputs) > 1} == {id for id, *_ in EXAMPLES}


@pytest.mark.parametrize("kpi", [k for k in KPIS if len(k.inputs) == 1], ids=lambda kpi: kpi.id)
def test_a_plain_sum_stays_what_it_is(kpi: Kpi):
    assert kpi.compute(950_000) == 950_000
    assert kpi.compute(0) == 0


@pytest.mark.parametrize(("id", "inputs"), UNDEFINED, ids=[u[0] for u in UNDEFINED])
def test_without_a_denominator_nothing_is_measured(id: str, inputs: tuple[float, ...]):
    """A 0 % would read as "target missed", an infinity as a triumph."""
    assert math.isnan(catalogue.kpi(id).compute(*inputs))


def test_roi_is_not_roas():
    assert formulas.roi(10_000, 10_000) == 0
    assert catalogue.kpi("roas").compute(10_000, 10_000) == 1


def test_a_gifted_collaboration_costs_nothing_per_result():
    """Spend 0 is a fact: the cost per conversion is 0, only the return on it cannot be told."""
    assert catalogue.kpi("cpa").compute(0, 25) == 0
    assert catalogue.kpi("cpm").compute(0, 25_000) == 0
    assert math.isnan(catalogue.kpi("roi").compute(2_000, 0))


# -- every KPI, every figure -----------------------------------------------------------------------


@each_kpi
def test_all_zero_is_answered(kpi: Kpi):
    result = kpi.compute(*[0] * len(kpi.inputs))
    assert isinstance(result, float)
    assert result == 0 or math.isnan(result)


@each_kpi
@pytest.mark.parametrize("unknown", [nan, None], ids=["nan", "none"])
def test_an_unknown_input_makes_the_kpi_unknown(kpi: Kpi, unknown: float | None):
    for position in range(len(kpi.inputs)):
        inputs: list[float | None] = [10.0] * len(kpi.inputs)
        inputs[position] = unknown
        assert math.isnan(kpi.compute(*inputs)), kpi.inputs[position]


@each_kpi
def test_scalars_give_a_float(kpi: Kpi):
    assert type(kpi.compute(*[7] * len(kpi.inputs))) is float


@each_kpi
def test_an_empty_column_gives_an_empty_column(kpi: Kpi):
    assert kpi.compute(*[np.array([])] * len(kpi.inputs)).shape == (0,)


@each_kpi
def test_the_arguments_are_left_as_they_were(kpi: Kpi):
    columns = [np.array([0.0, 5.0, nan]) for _ in kpi.inputs]
    kpi.compute(*columns)
    for column in columns:
        np.testing.assert_array_equal(column, [0.0, 5.0, nan])


@each_kpi
@settings(max_examples=10)
@given(data=st.data())
def test_arrays_give_what_scalars_give(kpi: Kpi, data: st.DataObject):
    row = st.tuples(*[figures] * len(kpi.inputs))
    rows = data.draw(st.lists(row, min_size=1, max_size=6))
    together = kpi.compute(*map(np.array, zip(*rows, strict=True)))
    assert together.shape == (len(rows),)
    np.testing.assert_array_equal(together, [kpi.compute(*values) for values in rows])


@each_kpi
def test_lists_and_a_shared_scalar_are_columns_too(kpi: Kpi):
    """``=CPM(Posts[Cost], 1000)``: one argument may be a single cell."""
    first, *others = [[10, 20, None], *[4.0] * (len(kpi.inputs) - 1)]
    expected = [kpi.compute(value, *others) for value in (10, 20, None)]
    np.testing.assert_array_equal(kpi.compute(first, *others), expected)


@each_kpi
@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_no_figures_give_infinity_or_an_error(kpi: Kpi):
    for inputs in itertools.product(EDGES, repeat=len(kpi.inputs)):
        assert not math.isinf(kpi.compute(*inputs)), inputs


# -- EMV -------------------------------------------------------------------------------------------


def test_emv_by_impressions():
    assert formulas.earned_media_value(100_000, 10) == 1_000


def test_emv_by_interactions():
    """One Reel, 10,000 likes at 0.07 and 200 comments at 3.46."""
    value = formulas.earned_media_value(nan, nan, ((10_000, 0.07), (200, 3.46)))
    assert value == pytest.approx(1_392)


def test_emv_by_both():
    value = formulas.earned_media_value(100_000, 10, ((10_000, 0.07), (200, 3.46)))
    assert value == pytest.approx(2_392)


def test_an_unknown_part_of_emv_is_left_out():
    assert formulas.earned_media_value(100_000, 10, ((nan, 0.07),)) == 1_000
    assert formulas.earned_media_value(nan, 10, ((100, 0.5),)) == 50


def test_emv_of_nothing_known_is_unknown():
    assert math.isnan(formulas.earned_media_value(nan, 10, ((nan, 0.07),)))
    assert math.isnan(formulas.earned_media_value(100_000, nan))


def test_emv_of_columns():
    values = formulas.earned_media_value(
        np.array([1000, nan, nan]), 10, ((np.array([1, 2, nan]), 0.5),)
    )
    np.testing.assert_array_equal(values, [10.5, 1.0, nan])
