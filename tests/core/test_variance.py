"""Target against actual: the article's table, direction before sign, and a reason wherever there is no verdict."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core import catalogue
from xlkpi.core.catalogue import KPIS
from xlkpi.core.kpi import Better, Unit
from xlkpi.core.variance import DEFAULT_TOLERANCE, REASONS, Reason, Status, compare

amounts = st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) > 1e-6)
positive = st.integers(1, 10**9)
units = st.sampled_from(Unit)
sides = st.sampled_from([Better.HIGHER, Better.LOWER])
tolerances = st.integers(0, 100).map(lambda percent: percent / 100)


def judge(
    id: str, actual: float | None, target: float | None, tolerance: float = DEFAULT_TOLERANCE
):
    kpi = catalogue.kpi(id)
    return compare(actual, target, kpi.unit, kpi.judged, tolerance)


# -- the table of the article ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "target", "actual", "value", "kind", "status"),
    [
        ("reach", 1_000_000, 950_000, -0.05, "relative", Status.WATCH),
        ("engagement_rate", 0.03, 0.042, 0.012, "points", Status.MET),
        ("conversions", 500, 470, -0.06, "relative", Status.WATCH),
        ("positive_sentiment", 0.85, 0.90, 0.05, "points", Status.MET),
    ],
)
def test_the_table_of_the_article_comes_out_exactly(id, target, actual, value, kind, status):
    """Counts in relative percent, rates in points: relative, +1.2 pt would read +40 %."""
    found = judge(id, actual, target)
    assert found.value == value
    assert found.kind == kind
    assert found.status is status
    assert found.reason is None


# -- direction, not sign ---------------------------------------------------------------------------


def test_a_cost_above_its_target_is_a_shortfall():
    assert judge("cpa", 25, 20).value == 0.25
    assert judge("cpa", 25, 20).status is Status.MISSED
    assert judge("cpa", 15, 20).value == -0.25
    assert judge("cpa", 15, 20).status is Status.MET


def test_a_bounce_rate_above_its_target_is_a_shortfall():
    assert judge("bounce_rate", 0.60, 0.50).value == 0.1
    assert judge("bounce_rate", 0.60, 0.50).status is Status.MISSED
    assert judge("bounce_rate", 0.40, 0.50).status is Status.MET


@pytest.mark.parametrize("kpi", [k for k in KPIS if k.better is Better.NEUTRAL], ids=lambda k: k.id)
@pytest.mark.parametrize("actual", [0.5, 1.0, 2.0])
def test_a_neutral_kpi_has_a_variance_and_no_verdict(kpi, actual):
    found = compare(actual, 1.0, kpi.unit, kpi.better)
    assert found.value == actual - 1
    assert found.status is Status.NEUTRAL
    assert found.reason is None


def test_money_varies_in_relative_percent():
    assert judge("emv", 18_000, 20_000).value == -0.1
    assert judge("emv", 18_000, 20_000).kind == "relative"


def test_a_return_below_zero_keeps_its_direction():
    """ROI −20 % against a target of −50 % is 30 points better."""
    assert judge("roi", -0.2, -0.5).value == 0.3
    assert judge("roi", -0.2, -0.5).status is Status.MET
    assert judge("roi", -0.8, -0.5).status is Status.MISSED


# -- zero and blank --------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [None, math.nan, math.inf])
def test_without_a_target_there_is_no_variance(target):
    found = judge("reach", 950_000, target)
    assert (found.value, found.attainment, found.status, found.reason) == (
        None,
        None,
        Status.UNKNOWN,
        Reason.NO_TARGET,
    )


@pytest.mark.parametrize("actual", [None, math.nan, math.inf])
def test_without_an_actual_there_is_no_variance(actual):
    found = judge("engagement_rate", actual, 0.03)
    assert (found.value, found.attainment, found.status, found.reason) == (
        None,
        None,
        Status.UNKNOWN,
        Reason.NO_ACTUAL,
    )


@pytest.mark.parametrize(
    ("kpi", "actual", "status"),
    [
        ("negative_mentions", 0, Status.MET),
        ("negative_mentions", 12, Status.MISSED),
        ("conversions", 470, Status.MET),
        ("followers", 470, Status.NEUTRAL),
    ],
)
def test_a_count_is_judged_by_a_target_of_zero_without_a_relative_variance(kpi, actual, status):
    found = judge(kpi, actual, 0)
    assert (found.value, found.status, found.reason) == (None, status, Reason.ZERO_TARGET)


@pytest.mark.parametrize(
    ("actual", "value", "attained", "status"),
    [
        (2.0, 0.0, 1.0, Status.MET),
        (3.0, 0.0, 1.0, Status.MET),
        (4.0, 0.0, 1.0, Status.MET),
        (4.2, 0.05, 4 / 4.2, Status.WATCH),
        (5.0, 0.25, 0.8, Status.MISSED),
        (1.0, -0.5, 0.5, Status.MISSED),
    ],
)
def test_a_range_is_met_between_its_ends(actual, value, attained, status):
    found = compare(actual, 2, Unit.TIMES, Better.NEUTRAL, 0.1, upper=4)
    assert (found.value, found.status) == (pytest.approx(value), status)
    assert found.attainment == pytest.approx(attained)


def test_a_plan_for_the_spend_is_not_to_be_exceeded():
    assert judge("spend", 1_000, 1_000).status is Status.MET
    assert judge("spend", 1_090, 1_000).status is Status.WATCH
    assert judge("spend", 1_110, 1_000).status is Status.MISSED


def test_a_rate_is_compared_in_points_with_a_target_of_zero():
    found = judge("roi", 0.05, 0)
    assert (found.value, found.attainment, found.status, found.reason) == (
        0.05,
        None,
        Status.MET,
        None,
    )
    assert judge("roi", -0.05, 0).status is Status.WATCH
    assert judge("roi", -0.25, 0).status is Status.MISSED


def test_an_actual_of_zero_is_a_result():
    found = judge("conversions", 0, 500)
    assert (found.value, found.attainment, found.status) == (-1, 0, Status.MISSED)


def test_every_reason_is_said_in_both_languages():
    assert set(REASONS) == set(Reason)
    assert all(text.en and text.fr and text.en != text.fr for text in REASONS.values())


def test_a_variance_does_not_change():
    with pytest.raises(FrozenInstanceError):
        judge("reach", 1, 2).value = 0


# -- tolerance -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        (1_000, Status.MET),
        (1_001, Status.MET),
        (999, Status.WATCH),
        (900, Status.WATCH),
        (899, Status.MISSED),
    ],
)
def test_the_tolerance_includes_its_bounds(actual, status):
    assert judge("reach", actual, 1_000, tolerance=0.1).status is status


@pytest.mark.parametrize(
    ("actual", "status"),
    [(20, Status.MET), (20.01, Status.WATCH), (22, Status.WATCH), (22.01, Status.MISSED)],
)
def test_the_tolerance_of_a_cost_lies_above_its_target(actual, status):
    assert judge("cpa", actual, 20, tolerance=0.1).status is status


@pytest.mark.parametrize(
    ("actual", "status"), [(0.03, Status.MET), (0.027, Status.WATCH), (0.0269, Status.MISSED)]
)
def test_the_tolerance_of_a_rate_is_a_share_of_its_target(actual, status):
    """Ten percent of 3 % is 0.3 points; ten points would let every rate pass."""
    assert judge("engagement_rate", actual, 0.03, tolerance=0.1).status is status


@given(target=positive, percent=st.integers(1, 99), unit=units)
def test_a_shortfall_of_exactly_the_tolerance_is_to_watch(target, percent, unit):
    """Binary dust must not decide a status."""
    for better, share in ((Better.HIGHER, 100 - percent), (Better.LOWER, 100 + percent)):
        assert (
            compare(target * share / 100, target, unit, better, percent / 100).status
            is Status.WATCH
        )


@given(target=positive, gap=positive, unit=units)
def test_without_a_tolerance_nothing_is_merely_to_watch(target, gap, unit):
    assert compare(target - gap, target, unit, Better.HIGHER, 0).status is Status.MISSED
    assert compare(target, target, unit, Better.HIGHER, 0).status is Status.MET


# -- for any figures -------------------------------------------------------------------------------


@given(
    actual=amounts, target=amounts, unit=units, better=st.sampled_from(Better), tolerance=tolerances
)
def test_a_verdict_comes_with_a_variance_and_no_verdict_with_a_reason(
    actual, target, unit, better, tolerance
):
    found = compare(actual, target, unit, better, tolerance)
    assert (found.value is None) == (found.reason is not None)
    if found.status is Status.UNKNOWN or found.value is None:
        assert found.reason is not None
    assert (found.status is not Status.UNKNOWN) == (
        found.value is not None
        or (found.reason is Reason.ZERO_TARGET and target == 0 and math.isfinite(actual))
    )
    assert found.in_points == (unit is Unit.PERCENT)
    assert (found.status is Status.NEUTRAL) == (
        better is Better.NEUTRAL and found.status is not Status.UNKNOWN
    )


@given(
    actual=st.floats(allow_nan=True, allow_infinity=True),
    target=st.floats(allow_nan=True, allow_infinity=True),
    unit=units,
    better=st.sampled_from(Better),
)
def test_no_figures_give_infinity_or_an_error(actual, target, unit, better):
    found = compare(actual, target, unit, better)
    assert found.value is None or math.isfinite(found.value)
    assert found.attainment is None or math.isfinite(found.attainment)


@given(actual=positive, target=positive, unit=units, better=sides, tolerance=tolerances)
def test_better_is_never_judged_worse(actual, target, unit, better, tolerance):
    order = [Status.MISSED, Status.WATCH, Status.MET]
    nearer = actual + 1 if better is Better.HIGHER else actual - 1
    one, two = (compare(a, target, unit, better, tolerance).status for a in (actual, nearer))
    assert order.index(two) >= order.index(one)


@given(actual=positive, target=positive, unit=units, tolerance=tolerances)
def test_higher_and_lower_are_mirror_images(actual, target, unit, tolerance):
    mirrored = 2 * target - actual
    assert (
        compare(actual, target, unit, Better.HIGHER, tolerance).status
        is compare(mirrored, target, unit, Better.LOWER, tolerance).status
    )


@given(actual=positive, target=positive)
def test_the_value_is_the_plain_arithmetic(actual, target):
    count, rate = (
        compare(actual, target, unit, Better.HIGHER) for unit in (Unit.COUNT, Unit.PERCENT)
    )
    assert count.value == pytest.approx((actual - target) / target, abs=1e-11)
    assert rate.value == actual - target
    assert count.attainment == rate.attainment == actual / target
