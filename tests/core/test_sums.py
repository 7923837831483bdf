"""Sums and KPIs of every group, held against a second computation: plain Python, one post at a time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.core.memory import FIGURES, Post, frame, post
from tests.core.plain import Plain
from xlkpi.core import catalogue
from xlkpi.core.campaign import DEFAULT_INTERACTIONS, Settings
from xlkpi.core.catalogue import KPIS, MEASURES
from xlkpi.core.days import day_of, number_of
from xlkpi.core.emv import EmvBasis, Rate, emv_basis
from xlkpi.core.sums.grouped import Sums
from xlkpi.core.sums.plan import GROUP_KPIS, is_booked
from xlkpi.core.sums.tally import DIMENSIONS, Tally

FLAGS = ("key_message", "ad_disclosed", "reusable")
MONEY = ("revenue", "cost")
CAMPAIGN = {m.id: 2.0 + i for i, m in enumerate(MEASURES.values()) if m.per_campaign}
TARIFF = (
    Rate("cpm", "Instagram", "", 10.0, "EUR"),
    Rate("cpm", "Instagram", "Story", 4.0, "EUR"),
    Rate("cpm", "TikTok", "Video", 17.5, "EUR"),
    Rate("cpm", "YouTube", "", 20.0, "USD"),
    Rate("interaction", "Instagram", "likes", 0.07, "EUR"),
    Rate("interaction", "Instagram", "comments", 3.46, "EUR"),
    Rate("interaction", "TikTok", "likes", 0.09, "EUR"),
    Rate("interaction", "TikTok", "1000 views", 6.89, "EUR"),
    Rate("interaction", "X", "saves", 0.5, "EUR"),
)
MEASURED = tuple(k.id for k in KPIS if not set(k.inputs) - MEASURES.keys())
#: The columns of the template; and every column that is understood.
TEMPLATE = FIGURES[: FIGURES.index("content_score") + 1]
#: Examples are made from a seed, which cannot be shrunk.
MADE = (Phase.explicit, Phase.reuse, Phase.generate)


# -- posts to try it on ----------------------------------------------------------------------------


def invented(
    seed: int, count: int, unknown: float, columns: Sequence[str] = TEMPLATE
) -> list[dict[str, Any]]:
    """Posts of a few campaigns and people; ``unknown`` of the figures are missing and many are 0."""
    rng = random.Random(seed)

    def pick(*names: str | None) -> str | None:
        return (
            rng.choice([n for n in names if n is not None]) if rng.random() > unknown / 4 else None
        )

    def figure(name: str) -> float | None:
        if rng.random() < unknown:
            return None
        if name in FLAGS:
            return float(rng.random() < 0.5)
        if name == "content_score":
            return float(rng.randint(1, 5))
        size = rng.choice([0, 10, 1_000, 100_000])
        return rng.randint(0, size) / (100 if name in MONEY else 1)

    return [
        {
            "row": i,
            "post_id": f"p{i}",
            "campaign": pick("Spring", "Été 2026", "Winter"),
            "influencer": pick("Lina", "Noé", "Zoë"),
            "network": pick("Instagram", "TikTok", "YouTube", "X"),
            "format": pick("Reel", "Story", "Video"),
            "day": None
            if rng.random() < unknown / 4
            else float(number_of(date(2026, rng.choice([3, 4]), rng.randint(1, 4)))),
            **{c: figure(c) if c in columns else None for c in FIGURES},
        }
        for i in range(2, count + 2)
    ]


def cut(posts: list[Any], seed: int) -> list[list[Any]]:
    """The posts in one to four frames of any size, empty ones left out."""
    rng = random.Random(seed)
    cuts = sorted(rng.randint(0, len(posts)) for _ in range(rng.randint(0, 3)))
    return [posts[a:b] for a, b in zip([0, *cuts], [*cuts, len(posts)], strict=True) if a < b]


def tally(
    posts: Sequence[Post], choices: Settings, seed: int = 0, columns: Sequence[str] = FIGURES
) -> Tally:
    made = Tally(choices, emv_basis(choices, TARIFF))
    for part in cut(list(posts), seed):
        made.add(frame(part, columns))
    return made


def assert_same(found: Sums, truth: Plain, rows: set[int], kpis: Iterable[str]) -> None:
    """One group's KPIs and coverage are those of the second computation."""
    assert found.posts == len(rows)
    for kpi in map(catalogue.kpi, kpis):
        assert found.coverage(kpi) == near(truth.coverage(kpi, rows)), kpi.id
        assert found.value(kpi, CAMPAIGN) == near(truth.value(kpi, rows)), kpi.id


def near(expected: float | None) -> Any:
    return None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9)


choices = st.builds(
    Settings,
    denominator=st.sampled_from(["reach", "impressions", "followers", "views"]),
    interactions=st.sampled_from([DEFAULT_INTERACTIONS, ("likes", "comments"), ("shares",)]),
    emv_method=st.sampled_from(["impressions", "interactions", "both"]),
    views_count=st.booleans(),
    gifts_count=st.booleans(),
    currency=st.sampled_from(["EUR", "EUR", "EUR", "USD"]),
)


cases = {
    "seed": st.integers(0, 2**32),
    "count": st.integers(1, 30),
    "unknown": st.sampled_from([0, 0.2, 0.5, 0.9, 1]),
    "choices": choices,
    "columns": st.sampled_from([TEMPLATE, TEMPLATE, TEMPLATE, FIGURES, FIGURES[::2]]),
}


def kpis_of(dimension: str, choices: Settings) -> tuple[str, ...]:
    """What is asked of the groups of a dimension; of a day, nothing that is booked for a collaboration."""
    if dimension == "day":
        return tuple(id for id in GROUP_KPIS if not is_booked(choices, catalogue.kpi(id)))
    return MEASURED if dimension == "campaign" else GROUP_KPIS


def by_key(posts: Sequence[Post], keys: Sequence[str]) -> dict[tuple[Any, ...], set[int]]:
    """The rows of each group."""
    groups: dict[tuple[Any, ...], set[int]] = {}
    for p in posts:
        key = tuple(month_of(p["day"]) if k == "month" else p[k] for k in keys)
        groups.setdefault(key, set()).add(p["row"])
    return groups


def month_of(number: float | None) -> int | None:
    return None if number is None else day_of(number).year * 12 + day_of(number).month - 1


@settings(max_examples=25, phases=MADE, deadline=None)
@given(**cases)
def test_every_group_is_what_adding_up_by_hand_gives(seed, count, unknown, choices, columns):
    posts = invented(seed, count, unknown, columns)
    made, truth = tally(posts, choices, seed, columns), Plain(posts, choices, TARIFF, CAMPAIGN)
    assert_same(made.total(), truth, {p["row"] for p in posts}, MEASURED)
    for dimension, keys in DIMENSIONS.items():
        groups, found = by_key(posts, keys), made.groups(dimension)
        assert found.keys() == groups.keys(), dimension
        for key, rows in groups.items():
            assert_same(found[key], truth, rows, kpis_of(dimension, choices))


def assert_alike(one: Tally, two: Tally, choices: Settings) -> None:
    for dimension in DIMENSIONS:
        first, second = one.groups(dimension), two.groups(dimension)
        assert first.keys() == second.keys(), dimension
        for key, sums in first.items():
            assert second[key].posts == sums.posts
            for kpi in map(catalogue.kpi, kpis_of(dimension, choices)):
                assert second[key].coverage(kpi) == near(sums.coverage(kpi)), kpi.id
                assert second[key].value(kpi, CAMPAIGN) == near(sums.value(kpi, CAMPAIGN)), kpi.id
    assert [p["row"] for p in one.best_posts()] == [p["row"] for p in two.best_posts()]
    assert [p["row"] for p in one.weakest_posts()] == [p["row"] for p in two.weakest_posts()]


@settings(max_examples=4, phases=MADE, deadline=None)
@given(**cases)
def test_duckdb_adds_up_what_pandas_adds_up(seed, count, unknown, choices, columns):
    duckdb = pytest.importorskip("duckdb")
    posts = invented(seed, count, unknown, columns)
    columns_of_posts = frame(posts, columns)  # noqa: F841 - DuckDB finds it by its name
    one, two = tally(posts, choices, 0, columns), Tally(choices, emv_basis(choices, TARIFF))
    connection = duckdb.connect()
    two.add(connection.sql("select * from columns_of_posts"))
    assert_alike(one, two, choices)


@settings(max_examples=4, phases=MADE, deadline=None)
@given(**cases)
def test_how_the_posts_are_cut_into_frames_changes_nothing(seed, count, unknown, choices, columns):
    posts = invented(seed, count, unknown, columns)
    whole, parts = Tally(choices, emv_basis(choices, TARIFF)), tally(posts, choices, seed, columns)
    whole.add(frame(posts, columns))
    assert_alike(whole, parts, choices)


# -- the promises, one by one ----------------------------------------------------------------------


def total(*posts: Post, **chosen: Any) -> tuple[Sums, Settings]:
    picked = Settings(**chosen)
    return tally(
        posts, picked, columns=[c for c in FIGURES if any(c in p for p in posts)]
    ).total(), picked


def measure(
    id: str, *posts: Post, campaign: dict[str, float] | None = None, **chosen: Any
) -> float | None:
    sums, _ = total(*posts, **chosen)
    return sums.value(catalogue.kpi(id), campaign)


def test_a_rate_is_a_ratio_of_sums_not_a_mean_of_rates():
    """The mean of 10 % and 1 % would be 5.5 %."""
    assert (
        measure("engagement_rate", post(likes=100, reach=1_000), post(likes=90, reach=9_000))
        == 0.019
    )


def test_a_post_without_reach_does_not_inflate_the_engagement_rate():
    assert measure("engagement_rate", post(likes=100, reach=1_000), post(likes=900)) == 0.1


def test_a_post_without_interactions_does_not_dilute_the_engagement_rate():
    assert measure("engagement_rate", post(likes=100, reach=1_000), post(reach=9_000)) == 0.1


def test_interactions_of_posts_without_reach_still_count_as_interactions():
    assert measure("interactions", post(likes=100, reach=1_000), post(likes=900)) == 1_000


def test_a_figure_nobody_has_is_unknown_not_zero():
    sums, _ = total(post(likes=3, reach=None), post(likes=4))
    assert sums.total("reach") is None
    assert sums.total("clicks") is None
    assert sums.value(catalogue.kpi("reach")) is None
    assert sums.value(catalogue.kpi("clicks")) is None


def test_a_zero_that_was_typed_is_a_zero():
    assert measure("clicks", post(clicks=0)) == 0


def test_money_is_booked_per_collaboration():
    """A fee stands on one of three posts and the sales on another: together they are the campaign's ROI."""
    posts = (post(cost=1_000), post(revenue=1_500, conversions=10), post(reach=5))
    assert measure("roi", *posts) == 0.5
    assert measure("cpa", *posts) == 100


def test_a_fee_counts_once_for_all_posts_of_the_collaboration():
    assert measure("cpm", post(cost=500, impressions=40_000), post(impressions=60_000)) == 5


def test_a_gifted_collaboration_has_no_return():
    assert measure("roi", post(cost=0, revenue=900)) is None
    assert measure("emv_ratio", post(cost=0, impressions=1_000)) is None


def test_a_campaign_figure_meets_the_sums_of_the_posts():
    assert (
        measure(
            "share_of_voice",
            post(mentions=10),
            post(mentions=20),
            campaign={"competitor_mentions": 90},
        )
        == 0.25
    )
    assert measure("share_of_voice", post(mentions=10)) is None


@pytest.mark.parametrize(
    ("denominator", "expected"),
    [("reach", 0.1), ("impressions", 0.05), ("followers", 0.02), ("views", 0.025)],
)
def test_the_denominator_of_the_engagement_rate_is_a_choice(denominator: str, expected: float):
    figures = post(likes=100, reach=1_000, impressions=2_000, followers=5_000, views=4_000)
    assert measure("engagement_rate", figures, denominator=denominator) == expected


def test_the_interaction_set_is_a_choice():
    figures = post(likes=1, comments=2, shares=4, saves=8, clicks=16)
    assert measure("interactions", figures) == 31
    assert measure("interactions", figures, interactions=("likes", "comments", "shares")) == 7


def test_coverage_is_the_share_of_posts_that_have_the_data():
    sums, _ = total(post(likes=1, reach=10), post(likes=1), post(reach=10), post(likes=1, reach=10))
    assert sums.coverage(catalogue.kpi("reach")) == 0.75
    assert sums.coverage(catalogue.kpi("engagement_rate")) == 0.5


def test_a_fee_on_one_post_of_many_is_not_a_gap():
    sums, _ = total(post(cost=1_000), post(), post())
    assert sums.coverage(catalogue.kpi("spend")) == 1


def test_nameless_posts_stand_together():
    made = tally(
        [post(influencer=None, reach=1), post(influencer=None, reach=2), post(reach=4)], Settings()
    )
    assert {key: sums.total("reach") for key, sums in made.groups("influencer").items()} == {
        (None,): 3,
        ("Lina",): 4,
    }


def test_posts_without_a_date_stand_together():
    made = tally([post(None, likes=1), post(None, likes=2), post(likes=4)], Settings())
    assert made.groups("day")[(None,)].posts == 2


# -- EMV -------------------------------------------------------------------------------------------

REEL = post(impressions=100_000, views=150_000, likes=10_000, comments=200)


@pytest.mark.parametrize(
    ("method", "expected"), [("impressions", 1_000), ("interactions", 1_392), ("both", 2_392)]
)
def test_emv_follows_the_method(method: str, expected: float):
    assert measure("emv", REEL, emv_method=method) == pytest.approx(expected)


def test_emv_takes_views_where_a_network_gives_no_impressions():
    assert measure("emv", post(views=50_000)) == pytest.approx(500)


def test_a_format_with_its_own_cpm_uses_it():
    assert measure("emv", post(format="Story", impressions=10_000)) == pytest.approx(40)


def test_views_are_not_counted_twice():
    """Under both methods the exposure has the views; the value per 1,000 views would add them again."""
    clip = post(network="TikTok", format="Video", views=10_000, likes=100)
    assert measure("emv", clip, emv_method="both") == pytest.approx(175 + 9)
    assert measure("emv", clip, emv_method="interactions") == pytest.approx(68.9 + 9)


def test_currencies_are_never_mixed():
    assert measure("emv", post(network="YouTube", impressions=1_000), currency="EUR") is None
    assert measure(
        "emv", post(network="YouTube", impressions=1_000), currency="USD"
    ) == pytest.approx(20)


def test_a_network_without_a_rate_has_no_emv():
    assert measure("emv", post(network="LinkedIn", impressions=1_000)) is None
    assert measure("emv", post(network=None, impressions=1_000)) is None


def test_no_rates_at_all_is_no_emv():
    made = Tally(Settings(), EmvBasis("impressions", "EUR", ()))
    made.add(frame([REEL]))
    assert made.total().total("emv") is None


# -- best and weakest posts ------------------------------------------------------------------------


def rated(*percents: float, **more: Any) -> list[dict[str, Any]]:
    return [
        {**post(reach=100, likes=p, post_id=f"p{p}", **more), "row": i}
        for i, p in enumerate(percents, start=2)
    ]


def test_the_best_and_the_weakest_posts_are_named():
    made = tally(rated(5, 1, 9, 3, 7, 2, 8), Settings(), seed=3, columns=("reach", "likes"))
    assert [p["post_id"] for p in made.best_posts()] == ["p9", "p8", "p7"]
    assert [p["post_id"] for p in made.weakest_posts()] == ["p1", "p2", "p3"]


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("blank", ["", "day", "influencer", "format"])
def test_no_post_is_both_best_and_weakest_or_named_twice(count: int, blank: str):
    posts = rated(*range(1, count + 1), **({blank: None} if blank else {}))
    made = tally(posts, Settings(), columns=("reach", "likes"))
    named = [p["post_id"] for p in (*made.best_posts(), *made.weakest_posts())]
    assert len(named) == len(set(named)) == count


def test_a_post_without_reach_is_not_ranked():
    posts = [*rated(5), post(row=9, likes=9), post(row=10, likes=9, reach=0)]
    made = tally(posts, Settings(), columns=("reach", "likes"))
    assert [p["post_id"] for p in made.best_posts()] == ["p5"]


def test_values_stay_finite_whatever_is_summed():
    sums, _ = total(post(cost=1e308, revenue=1e308), post(cost=1e308, revenue=1e308))
    for kpi in map(catalogue.kpi, MEASURED):
        found = sums.value(kpi, CAMPAIGN)
        assert found is None or math.isfinite(found), kpi.id


def test_no_posts_are_no_groups():
    choices = Settings()
    found = Tally(choices, emv_basis(choices, ()))
    found.add(frame([post()]).head(0))
    assert all(found.groups(dimension) == {} for dimension in DIMENSIONS)
    assert found.total().posts == 0
    found.add(frame([post()]))
    assert found.total().posts == 1


def test_a_blank_name_is_one_group_in_every_dress_that_pandas_gives_it():
    posts = pd.DataFrame(
        {
            "row": range(6),
            "campaign": pd.Series(["a", None, float("nan"), pd.NA, pd.NaT, ""], dtype=object),
            "reach": 1.0,
        }
    )
    choices = Settings()
    for each in (posts, posts.assign(campaign=posts["campaign"].astype("string"))):
        found = Tally(choices, emv_basis(choices, ()))
        found.add(each)
        assert {names: sums.posts for names, sums in found.groups("campaign").items()} == {
            ("a",): 1,
            (None,): 4,
            ("",): 1,
        }


def test_frames_with_other_columns_are_refused_not_added_to_the_wrong_measure():
    """As many columns, other names: likes would be added to saves."""
    choices = Settings()
    for one, other in (("reach", "saves"), ("network", "influencer")):
        found = Tally(choices, emv_basis(choices, ()))
        found.add(pd.DataFrame({"campaign": ["a"], one: [1.0], "views": [1.0]}))
        with pytest.raises(ValueError, match="other columns"):
            found.add(pd.DataFrame({"campaign": ["a"], other: [2.0], "views": [1.0]}))
