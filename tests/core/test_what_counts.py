"""What enters a rate, a ratio with money and a group: the rules, each with an example worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.memory import Book, aim, post
from xlkpi.core import wording
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Settings
from xlkpi.core.findings import Severity
from xlkpi.core.insight.inputs import Influencer, Inputs, References, Tier
from xlkpi.core.lines import Group, KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import Status

TODAY = date(2026, 11, 22)
TIKTOK = {"network": "TikTok", "format": "Video"}
STORY = {"format": "Story"}


def report(*posts: dict[str, Any], aims: dict[str, float] | None = None, **more: Any) -> Report:
    return build(book(*posts, aims=aims, **more), TODAY)


def book(*posts: dict[str, Any], aims: dict[str, float] | None = None, **more: Any) -> Book:
    return Book(posts, [aim(id, target) for id, target in (aims or {}).items()], **more)


def line(*posts: dict[str, Any], **aims: float) -> KpiLine:
    return report(*posts, aims=aims).kpis[0]


def group(groups: tuple[Group, ...], *key: str) -> Group:
    return next(g for g in groups if g.key == key)


# -- parts of the interactions ---------------------------------------------------------------------


def test_a_part_that_one_reel_gives_and_another_leaves_blank_is_a_gap_of_the_other():
    """Likes that a creator hides: 110 ÷ 1,000, not 120 ÷ 2,000."""
    found = line(
        post(reach=1_000, likes=100, comments=10),
        post(reach=1_000, comments=10),
        engagement_rate=0.1,
    )
    assert (found.actual, found.coverage, found.partial) == (0.11, 0.5, True)
    assert found.variance.status is Status.MET


def test_a_part_that_cannot_be_read_is_a_gap_even_where_nobody_else_gives_it():
    found = line(
        post(reach=1_000, likes=100, comments=10, saves=5, saves_unread=None),
        post(reach=1_000, likes=100, comments=10, saves=None, saves_unread=1.0),
        engagement_rate=0.1,
    )
    assert (found.actual, found.coverage) == (0.115, 0.5)
    alone = line(post(reach=1_000, likes=100, comments_unread=1.0), engagement_rate=0.1)
    assert (alone.actual, alone.coverage) == (None, 0)


def test_a_part_that_a_network_does_not_give_is_not_counted_there_and_said_once():
    posts = [
        post(reach=1_000, likes=100, saves=20),
        post(reach=1_000, likes=100, saves=20),
        *[post(reach=1_000, likes=60, **TIKTOK)] * 2,
    ]
    made = book(*posts, aims={"engagement_rate": 0.05})
    found = build(made, TODAY).kpis[0]
    assert (found.actual, found.coverage) == (0.09, 1.0)
    [said] = [f for f in made.findings if f.code == "XK510"]
    assert said.severity is Severity.INFO
    assert said.reason.en == "nobody gives, for TikTok Video (saves)"
    assert said.reason.fr == "personne ne donne, pour TikTok Video (enregistrements)"


def test_who_fills_likes_and_comments_everywhere_gets_a_rate_named_as_such():
    made = report(*[post(reach=1_000, likes=40, comments=10)] * 3, aims={"engagement_rate": 0.05})
    assert (made.kpis[0].actual, made.kpis[0].coverage) == (0.05, 1.0)
    assert "interactions (likes, comments) ÷ reach" in wording.method_lines(made, "en")[0]
    assert "interactions (likes, commentaires) ÷ portée" in wording.method_lines(made, "fr")[0]
    assert [f.code for f in made.findings if f.code == "XK510"] == []


def test_likes_of_a_story_are_not_counted_unless_every_story_has_them():
    half = [post(reach=500, likes=10, clicks=5, **STORY), post(reach=500, clicks=5, **STORY)]
    assert line(*half, engagement_rate=0.1).actual == 0.01
    assert line(*half, engagement_rate=0.1).coverage == 1
    every = [post(reach=500, likes=10, clicks=5, **STORY)] * 2
    assert line(*every, engagement_rate=0.1).actual == 0.03


def test_parts_of_the_interactions_never_sum_to_more_than_all_of_them():
    """Likes of one post and comments of another are no shares of one whole."""
    totals = report(
        post(reach=1, likes=100),
        post(reach=1, comments=100),
        post(reach=1, likes=80, comments=20),
        post(reach=1, likes=100, **TIKTOK),
    ).totals
    shares = [totals[f"{part}_in_interactions"] for part in ("likes", "comments")]
    assert shares == [0.9, 0.1]
    assert totals["shares_in_interactions"] is None


def test_a_post_known_in_part_is_neither_the_best_nor_the_weakest():
    made = report(
        post(row=2, post_id="whole", reach=100, likes=10, comments=1),
        post(row=3, post_id="fine", reach=100, likes=20, comments=1),
        post(row=4, post_id="hidden", reach=100, comments=1),
    )
    assert [p.post_id for p in (*made.best, *made.weakest)] == ["fine", "whole"]


# -- views for impressions ---------------------------------------------------------------------------

CPM_TIKTOK = [
    post(influencer="Ana", impressions=100_000, likes=4_000, cost=1_000),
    *[post(influencer="Ana", format="Post", impressions=100_000, likes=4_000)] * 3,
    post(influencer="Bob", views=900_000, likes=50_000, cost=3_000, **TIKTOK),
]


def test_views_stand_in_for_impressions_where_a_network_gives_none():
    made = report(*CPM_TIKTOK, aims={"cpm": 5})
    assert made.kpis[0].actual == pytest.approx(4_000 / 1_300_000 * 1_000)
    assert made.totals["cpi"] == pytest.approx(4_000 / 1_300_000)
    assert made.totals["impressions"] == 400_000
    assert "views stand in for impressions on 1 post" in wording.method_lines(made, "en")[1]
    assert "les vues tiennent lieu d’impressions sur 1 post" in wording.method_lines(made, "fr")[1]
    assert [f.code for f in made.findings if f.code == "XK511"] == ["XK511"]


def test_with_impressions_only_the_cost_of_tiktok_leaves_with_its_views():
    """$2.50: the 1,000 of Ana over her 400,000 impressions; who asks for impressions only has left out TikTok."""
    made = report(*CPM_TIKTOK, aims={"cpm": 5}, settings=Settings(views_count=False))
    assert (made.kpis[0].coverage, made.kpis[0].actual) == (1, 2.5)
    assert "impressions only, so without TikTok" in wording.method_lines(made, "en")[1]
    assert "impressions seules, donc sans TikTok" in wording.method_lines(made, "fr")[1]
    by_network = {g.label: g.values["cpm"] for g in made.by_network}
    assert by_network == {"Instagram": pytest.approx(2.5), "TikTok": None}


# -- money over the same collaborations ----------------------------------------------------------------

TIER = (
    post(influencer="Ana", reach=800, impressions=1_000, likes=40, revenue=500, cost=1_000),
    post(influencer="Bea", reach=800, impressions=1_000, likes=40, revenue=900),
)


def test_revenue_without_a_known_cost_is_not_in_the_return():
    people = (Influencer("Ana", followers=20_000), Influencer("Bea", followers=22_000))
    inputs = Inputs(References(tiers=(Tier("Micro", 10_000),)), people)
    made = report(*TIER, aims={"roi": 0.2}, given=inputs)
    assert made.kpis[0].actual == -0.5
    assert made.analysis.by_tier[0].values["roi"] == -0.5
    assert group(made.by_network, "Instagram").values["roi"] == -0.5
    assert group(made.by_influencer, "Bea").values["roi"] is None


def test_coverage_of_a_ratio_with_money_is_the_share_of_the_money():
    """An unknown cost is guessed at the usual cost of a post, to say how much of the money it is."""
    posts = [
        *[post(influencer="Ana", impressions=1_000, cost=100)] * 3,
        post(influencer="Bob", impressions=1_000),
    ]
    found = line(*posts, cpm=200)
    assert (found.actual, found.coverage, found.partial) == (100, 0.75, True)


def test_a_post_that_lacks_what_is_paid_for_leaves_with_its_share_of_the_cost():
    """A thousand for two Reels, and the impressions of one: 500 for 100,000."""
    posts = [post(reach=50, impressions=100_000, cost=1_000), post(reach=50)]
    found = line(*posts, cpm=5)
    assert (found.actual, found.coverage) == (5, 0.5)


def test_clicks_that_only_stories_have_are_paid_for_by_the_whole_collaboration():
    posts = [post(reach=900, cost=1_000), post(reach=100, clicks=200, **STORY)]
    found = line(*posts, cpc=5)
    assert (found.actual, found.coverage) == (5, 1)


# -- groups ------------------------------------------------------------------------------------------

FORMATS = (
    post(reach=800, impressions=1_000, likes=40, revenue=200, cost=1_000),
    post(reach=800, impressions=1_000, likes=40, revenue=1_800, **STORY),
)


def test_the_cost_of_a_collaboration_is_spread_over_its_formats():
    made = report(*FORMATS, aims={"roi": 0.5})
    assert made.kpis[0].actual == 1
    by_format = {g.key[1]: (g.values["spend"], g.values["roi"]) for g in made.by_format}
    assert by_format == {"Reel": (500, -0.6), "Story": (500, 2.6)}
    assert "spread by reach" in wording.method_lines(made, "en")[3]
    assert "réparti selon la portée" in wording.method_lines(made, "fr")[3]


def test_a_cost_goes_by_reach_then_by_views_then_in_equal_parts():
    def shares(*posts: dict[str, Any]) -> list[float | None]:
        return sorted((g.values["spend"] or 0 for g in report(*posts).by_format), reverse=True)

    fee = post(cost=1_000, reach=300, views=5)
    assert shares(fee, post(reach=100, views=90, **STORY)) == [750, 250]
    assert shares(fee, post(views=100, **STORY)) == [750, 250]
    assert shares(fee, post(**STORY)) == [500, 500]


@pytest.mark.parametrize("seed", range(20))
def test_groups_add_up_to_the_campaign_to_the_cent(seed):
    import random

    rng = random.Random(seed)
    posts = [
        post(
            date(2026, rng.choice([3, 4, 5]), 4),
            influencer=rng.choice(["Ana", "Bob", "Cléo"]),
            network=rng.choice(["Instagram", "TikTok"]),
            format=rng.choice(["Reel", "Story"]),
            reach=rng.choice([None, rng.randint(1, 9_999)]),
            cost=rng.choice([None, None, rng.randint(0, 99_999) / 100]),
            revenue=rng.choice([None, rng.randint(0, 99_999) / 100]),
        )
        for _ in range(rng.randint(1, 20))
    ]
    made = report(*posts)
    for id in ("spend", "revenue"):
        for groups in (made.by_network, made.by_format, made.by_influencer, made.by_period):
            added = sum(g.values[id] or 0 for g in groups)
            assert round(added, 2) == round(made.totals[id] or 0, 2), id


def test_results_that_a_collaboration_has_once_are_of_no_format():
    """Who booked all sales on the Reel has not said that the Story sold nothing."""
    made = report(post(reach=1, revenue=2_000, cost=1_000), post(reach=1, **STORY))
    assert made.totals["roi"] == 1
    assert [g.values["roi"] for g in made.by_format] == [None, None]


# -- gifts -------------------------------------------------------------------------------------------


def test_gifts_are_part_of_the_spend_at_their_value():
    posts = [post(cost=100, gift_value=50, revenue=300), post(influencer="Zoë", gift_value=20)]
    made = report(*posts)
    assert (made.totals["spend"], made.counting.gifts) == (170, 70)
    assert made.totals["roi"] == 1
    for language, said in zip(LANGUAGES, ("gifts of €70", "70,00\u00a0€ de cadeaux"), strict=True):
        assert said in wording.method_lines(made, language)[3]
    without = report(*posts, settings=Settings(gifts_count=False))
    assert (without.totals["spend"], without.counting.gifts) == (100, None)


def test_followers_of_an_account_count_once():
    posts = [post(followers=f, cost=30) for f in (9_000, 11_000)]
    assert report(*posts).totals["cost_per_thousand_followers"] == 6
