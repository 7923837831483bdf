"""What is doubted about posts, objectives and benchmarks; and what is not, because doubt about good figures is noise."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.core.memory import Book, aim, post
from xlkpi.core import catalogue
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Objective, Settings
from xlkpi.core.checks.benchmarks import divisor
from xlkpi.core.checks.declared import Benchmark, Known
from xlkpi.core.emv import Rate
from xlkpi.core.findings import MAX_LISTED, Finding, Place, Severity
from xlkpi.core.texts import LANGUAGES, typeset

TODAY = date(2026, 6, 1)
RESULTS = {
    "reach": 1000,
    "impressions": 1500,
    "likes": 50,
    "comments": 5,
    "shares": 2,
    "saves": 3,
    "clicks": 9,
    "content_score": 4.0,
    "cost": 100,
}
GOOD = post(**RESULTS)
MARCH = (Campaign("Spring", start=date(2026, 3, 1), end=date(2026, 3, 31)),)
NAMES = Known(
    ("Lina", "Noé", "@maya.o"), ("Instagram", "TikTok", "YouTube"), ("Reel", "Post", "Story")
)
RATES = tuple(Rate("cpm", network, "", 10.0, "EUR") for network in NAMES.networks)


def bad(**values: Any) -> dict[str, Any]:
    """The good post with something else in it."""
    return {**GOOD, **values}


def findings(*posts: dict[str, Any], **more: Any) -> list[Finding]:
    """What is said about a campaign of these posts, beside what every report may say."""
    book = Book(
        posts,
        more.pop("aims", (aim("reach", 1000),)),
        tariff=more.pop("tariff", RATES),
        declared=more.pop("declared", NAMES),
        known=more.pop("known", MARCH),
        **more,
    )
    build(book, TODAY)
    return book.findings


def told(code: str, *posts: dict[str, Any], **more: Any) -> list[Finding]:
    return [f for f in findings(*posts, **more) if f.code == code]


def cells(*args: Any, **more: Any) -> list[str]:
    return [f.cell for f in told(*args, **more)]


# -- posts ------------------------------------------------------------------------------------------

#: Code → a post that deserves it, and the cell that is named; posts stand from row 2 on.
DEFECTS: dict[str, tuple[dict[str, Any], str]] = {
    "XK319": (bad(reach=2000), "reach:3"),
    "XK320": (bad(reach=60), "reach:3"),
    "XK321": (bad(content_score=7), "content_score:3"),
    "XK322": (bad(day=post(TODAY + timedelta(days=2))["day"]), "date:3"),
    "XK323": (bad(day=post(date(2026, 4, 1))["day"]), "date:3"),
    "XK324": (bad(influencer="Somebody"), "influencer:3"),
    "XK325": (bad(network="Mastodon"), "network:3"),
    "XK326": (bad(format="Reeel"), "format:3"),
}


def test_a_good_campaign_is_not_doubted():
    assert findings(GOOD, GOOD, bad(format="Story", network="TikTok", influencer="Noé")) == []


@pytest.mark.parametrize("code", DEFECTS)
def test_each_defect_is_told_once_at_its_cell(code):
    post_, cell = DEFECTS[code]
    assert [(f.code, f.cell) for f in findings(GOOD, post_, GOOD)] == [(code, cell)]


@pytest.mark.parametrize("code", DEFECTS)
def test_each_defect_speaks_both_languages(code):
    (found,) = told(code, GOOD, DEFECTS[code][0])
    said = {language: found.message(language) for language in LANGUAGES}
    assert all("{" not in text and found.value in text for text in said.values())
    assert found.reason.en != found.reason.fr
    assert found.effect.en != found.effect.fr
    assert ("Effect:" in said["en"], "Effet\u00a0:" in said["fr"]) == (True, True)
    assert said["fr"] == typeset(said["fr"])


@pytest.mark.parametrize(
    "good",
    [
        bad(reach=1500),
        bad(reach=69),
        bad(content_score=1),
        bad(content_score=5),
        bad(content_score=None),
        bad(reach=None),
        bad(impressions=None),
        bad(reach=None, impressions=None),
        bad(likes=None, comments=None),
        bad(day=post(date(2026, 3, 1))["day"]),
        bad(day=post(date(2026, 3, 31))["day"]),
        bad(day=None),
        bad(influencer="LINA"),
        bad(influencer="maya.o"),
        bad(influencer="@Maya.O"),
        bad(influencer=None),
        bad(network="instagram"),
        bad(network=None),
        bad(format="Podcast"),
        bad(format=None),
    ],
    ids=str,
)
def test_what_can_be_is_not_doubted(good):
    doubted = {f.code for f in findings(GOOD, good)} & DEFECTS.keys()
    assert not doubted


def test_a_post_of_tomorrow_may_be_one_from_the_other_side_of_the_world():
    tomorrow = post(TODAY + timedelta(days=1))["day"]
    assert not told("XK322", GOOD, bad(day=tomorrow), known=(Campaign("Spring"),))


def test_a_planned_post_lies_in_the_future_rightly():
    """Its row has a date, an influencer and perhaps a fee, but no result yet."""
    planned = post(date(2026, 9, 1), cost=500, followers=10_000)
    assert not told("XK322", GOOD, planned)
    assert not told("XK323", GOOD, planned)


def test_engagement_is_held_against_what_the_rate_divides_by():
    by_views = Settings(denominator="views")
    assert cells("XK320", GOOD, bad(views=10), settings=by_views) == ["views:3"]
    assert told("XK320", GOOD, bad(views=10), settings=by_views)[0].effect.en.startswith(
        "the engagement rate"
    )


def test_under_a_rate_by_followers_reach_still_bounds_the_interactions():
    by_followers = Settings(denominator="followers")
    (found,) = told("XK320", GOOD, bad(reach=60, followers=20), settings=by_followers)
    assert found.cell == "reach:3"
    assert found.effect.en == "the figure is used as it is"


def test_interactions_that_are_not_counted_do_not_exceed_reach():
    """Clicks can: one person clicks more than once, and who does not count them does not care."""
    quiet = Settings(interactions=("likes", "comments"))
    assert not told("XK320", GOOD, bad(clicks=5000), settings=quiet)
    assert cells("XK320", GOOD, bad(clicks=5000)) == ["reach:3"]


def test_a_campaign_without_an_end_has_no_last_day():
    assert not told("XK323", GOOD, known=(Campaign("Spring", start=date(2026, 3, 1)),))
    assert cells(
        "XK323",
        bad(day=post(date(2026, 2, 1))["day"]),
        known=(Campaign("Spring", start=date(2026, 3, 1)),),
    ) == ["date:2"]
    assert not told("XK323", GOOD)


def test_dates_of_a_campaign_that_ends_before_it_starts_prove_nothing():
    swapped = (Campaign("Spring", start=date(2026, 3, 31), end=date(2026, 3, 1)),)
    assert not told("XK323", GOOD, known=swapped)


def test_posts_of_other_campaigns_are_looked_at_too():
    """Check means the whole workbook, whichever campaign the report is on."""
    both = (*MARCH, Campaign("Winter", start=date(2026, 1, 1), end=date(2026, 1, 31)))
    winter = bad(campaign="Winter", day=post(date(2026, 1, 5))["day"], reach=9999)
    assert cells("XK319", GOOD, winter, known=both, settings=Settings(campaign="Spring")) == [
        "reach:3"
    ]


def test_the_second_reading_says_nothing_twice():
    twice = [bad(post_id="a", reach=5000), bad(post_id="a"), GOOD]
    assert cells("XK319", *twice) == ["reach:2"]


@pytest.mark.parametrize("count", [MAX_LISTED - 1, MAX_LISTED, MAX_LISTED + 1, 3 * MAX_LISTED])
def test_many_alike_are_all_counted_and_the_first_ones_named(count):
    found = told("XK319", *[bad(reach=5000 + i) for i in range(count)])
    assert sum(f.count for f in found) == count
    assert [f.cell for f in found[:MAX_LISTED]] == [
        f"reach:{i}" for i in range(2, min(count, MAX_LISTED) + 2)
    ]


# -- names ------------------------------------------------------------------------------------------


def test_names_are_not_doubted_where_none_is_declared():
    assert findings(bad(influencer="A", format="B", network="TikTok"), declared=Known()) == []


def test_a_strange_name_is_told_once_with_its_first_cell_and_its_posts():
    posts = [GOOD, *[bad(influencer=name) for name in ("Zoe", "ZOE", "Zoé")]]
    for size in (1, 2, 1000):
        (found,) = told("XK324", *posts, size=size)
        assert found.cell == "influencer:3"
        assert found.effect.en == "posts under this name: 3"
        assert found.value == "Zoe"


def test_a_slip_of_the_pen_is_a_warning_and_names_what_was_meant():
    (found,) = told("XK376", bad(influencer="Linna"))
    assert found.severity is Severity.WARNING
    assert "Lina" in found.fix.en
    assert "Lina" in found.fix.fr


def test_a_name_of_its_own_is_a_remark():
    assert [f.severity for f in told("XK324", bad(influencer="Somebody Else"))] == [Severity.INFO]


def test_a_network_that_is_none_is_not_told_again_for_its_missing_rate():
    said = findings(bad(network="Mastodon"))
    assert [f.code for f in said] == ["XK325"]
    assert "EMV" in said[0].effect.en


def test_a_network_without_a_rate_is_told_as_before():
    assert [f.code for f in findings(bad(network="YouTube"), tariff=RATES[:2])] == ["XK503"]
    assert [f.code for f in findings(bad(network=None))] == ["XK503"]


# -- likes only --------------------------------------------------------------------------------------

LIKES = post(reach=1000, likes=50)


def test_a_campaign_with_likes_alone_is_named():
    (found,) = told("XK329", LIKES, LIKES)
    assert "Spring" in found.reason.en
    assert "Spring" in found.reason.fr
    assert (found.sheet, found.cell) == ("", "")


@pytest.mark.parametrize("other", ["comments", "shares", "saves", "clicks"])
def test_one_known_figure_of_another_interaction_is_enough(other):
    assert not told("XK329", LIKES, {**LIKES, other: 0})


def test_who_counts_only_likes_knows_it():
    assert not told("XK329", LIKES, settings=Settings(interactions=("likes",)))


def test_only_the_campaign_that_lacks_them_is_named():
    both = (Campaign("Spring"), Campaign("Winter"))
    for size in (1, 1000):
        found = told("XK329", GOOD, {**LIKES, "campaign": "Winter"}, known=both, size=size)
        assert [f.reason.en.split(":")[0] for f in found] == ["Winter"]


def test_a_campaign_without_any_figure_is_not_one_with_likes_alone():
    assert not told("XK329", post(reach=10), {**LIKES, "campaign": "Spring", "likes": None})


# -- objectives --------------------------------------------------------------------------------------


def goal(
    kpi: str,
    objective: str | None = "awareness",
    review: date | None = None,
    campaign: str = "Spring",
) -> Objective:
    return dataclasses.replace(
        aim(kpi, 100, campaign),
        objective=objective,
        review_date=review,
        place=("Objectives", f"C-{kpi}"),
    )


def about(code: str, *aims: Objective, **more: Any) -> list[Finding]:
    return told(code, GOOD, aims=aims, **more)


def test_a_kpi_without_objective_is_a_remark_at_its_cell():
    (found,) = about("XK327", goal("reach"), goal("impressions", ""))
    assert (found.severity, found.cell, found.header) == (
        Severity.INFO,
        "C-impressions",
        "objective",
    )
    assert found.reason.en.startswith("Impressions")


def test_objectives_that_nobody_states_are_one_remark():
    assert [f.cell for f in about("XK327", goal("reach", ""), goal("impressions", ""))] == [
        "C-reach"
    ]


def test_a_workbook_without_the_column_is_not_asked_for_objectives():
    assert not about("XK327", goal("reach", None), goal("impressions", None))


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (None, None),
        (date(2026, 12, 1), None),
        (date(2025, 12, 1), None),
        (date(2025, 11, 30), Severity.INFO),
        (date(2025, 6, 1), Severity.INFO),
        (date(2025, 5, 31), Severity.WARNING),
        (date(2019, 1, 1), Severity.WARNING),
    ],
)
def test_a_review_is_asked_for_after_six_months_and_urged_after_twelve(day, severity):
    found = about("XK388", goal("reach", review=day)) + about("XK328", goal("reach", review=day))
    assert [f.severity for f in found] == ([] if severity is None else [severity])
    assert all(f.header == "review_date" for f in found)


def test_kpis_reviewed_on_one_old_day_are_told_together():
    old, older = date(2025, 1, 1), date(2024, 1, 1)
    found = about(
        "XK328",
        goal("reach", review=old),
        goal("impressions", review=older),
        goal("likes", review=old),
    )
    assert [f.cell for f in found] == ["C-reach", "C-impressions"]
    assert "Reach and 1 more" in found[0].reason.en
    assert "more:" not in found[1].reason.en


def test_kpis_of_a_closed_campaign_need_no_review():
    closed = (dataclasses.replace(MARCH[0], status="closed"),)
    assert not about("XK328", goal("reach", review=date(2019, 1, 1)), known=closed)


# -- benchmarks --------------------------------------------------------------------------------------


def benchmark(unit: str, note: str = "", cell: str = "E9") -> Benchmark:
    return Benchmark(
        unit, note, Place(sheet="References", cell=cell, header="Unit", table="references")
    )


def compared(*found: Benchmark, kpi: str = "engagement_rate", **more: Any) -> list[Finding]:
    return told(
        "XK507",
        GOOD,
        aims=(aim(kpi, 0.05),),
        declared=dataclasses.replace(NAMES, benchmarks=found),
        **more,
    )


@pytest.mark.parametrize(
    "unit", ["(likes + comments) ÷ followers", "(likes + commentaires) ÷ abonnés", "% per follower"]
)
def test_a_benchmark_on_another_base_is_told(unit):
    (found,) = compared(benchmark(unit))
    assert (found.severity, found.cell) == (Severity.INFO, "E9")
    assert "followers" in found.reason.en
    assert "abonnés" in found.reason.fr
    assert "reach" in found.reason.en


@pytest.mark.parametrize(
    "silent",
    [
        lambda: compared(benchmark("interactions ÷ reach")),
        lambda: compared(benchmark("%")),
        lambda: compared(benchmark("÷ followers"), kpi="reach"),
        lambda: compared(benchmark("÷ followers"), settings=Settings(denominator="followers")),
        lambda: compared(
            benchmark("÷ followers", "By followers: not to be compared with a rate by reach.")
        ),
        lambda: compared(
            benchmark("÷ abonnés", "Sur les abonnés : à ne pas comparer à un taux sur la portée.")
        ),
    ],
    ids=[
        "the same base",
        "no base",
        "no engagement objective",
        "base of the settings",
        "its note says so",
        "in French",
    ],
)
def test_no_benchmark_is_doubted_without_reason(silent: Callable[[], list[Finding]]):
    assert silent() == []


def test_benchmarks_on_one_other_base_are_one_remark():
    found = compared(
        benchmark("÷ followers", cell="E3"),
        benchmark("÷ views", cell="E4"),
        benchmark("÷ abonnés", cell="E5"),
    )
    assert [f.cell for f in found] == ["E3", "E4"]
    assert "1 more" in found[0].reason.en


@pytest.mark.parametrize(
    ("unit", "base"),
    [
        ("(likes + comments) ÷ followers", "followers"),
        ("interactions / reach", "reach"),
        ("engagement par vue", "views"),
        ("clics ÷ impressions", "impressions"),
        ("% des abonnés", "followers"),
        ("reach ÷ followers", "followers"),
        ("per interaction", None),
        ("", None),
        ("preach", None),
    ],
)
def test_a_divisor_is_read_from_words(unit, base):
    assert divisor(unit) == base


def test_every_denominator_of_the_settings_can_be_read():
    for base in ("reach", "impressions", "followers", "views"):
        for label in catalogue.MEASURES[base].label:
            assert divisor(f"interactions ÷ {label}") == base
