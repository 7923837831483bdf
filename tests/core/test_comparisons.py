"""Comparisons: only of what may be compared, and the reason in words where it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.memory import Book, aim, post
from xlkpi.core import catalogue
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Period, Settings
from xlkpi.core.insight.analysis import Comparison
from xlkpi.core.insight.comparisons import previous_period
from xlkpi.core.insight.facts import changed
from xlkpi.core.insight.inputs import (
    AdRate,
    AudienceRow,
    BenchmarkRate,
    Influencer,
    Inputs,
    References,
    Review,
    Tier,
)
from xlkpi.core.insight.quality import weighted
from xlkpi.core.report import Report
from xlkpi.core.variance import Status

TODAY = date(2026, 11, 1)
SPRING, WINTER = (
    Campaign("Spring", "sales", start=date(2026, 3, 1)),
    Campaign("Winter", "sales", start=date(2025, 12, 1)),
)


def report(rows, known=(SPRING,), settings=None, aims=(), given=None, **how) -> Report:
    return build(
        Book(rows, aims, settings or Settings(campaign="Spring"), known, given=given or Inputs()),
        TODAY,
        **how,
    )


def of_kind(found: Report, kind: str) -> list[Comparison]:
    return [c for c in found.analysis.comparisons if c.kind == kind]


def with_campaigns(*others: Campaign, objective: str = "sales") -> Comparison:
    rows = [
        post(likes=50, reach=1000),
        *(post(campaign=o.name, likes=40, reach=1000) for o in others),
    ]
    known = (Campaign("Spring", objective, start=date(2026, 3, 1)), *others)
    (found,) = of_kind(report(rows, known), "previous")
    return found


# -- against an earlier campaign (C31) ------------------------------------------------------------------


def test_a_campaign_is_compared_with_the_last_one_of_the_same_objective():
    older = Campaign("Autumn", "sales", start=date(2025, 9, 1))
    found = with_campaigns(older, WINTER, Campaign("Buzz", "awareness", start=date(2026, 2, 1)))
    assert found.against.en == "Winter"
    (rate,) = [c for c in found.changes if c.kpi.id == "engagement_rate"]
    assert (rate.now, rate.before, rate.change, rate.in_points, rate.status) == (
        0.05,
        0.04,
        0.01,
        True,
        Status.MET,
    )


def test_campaigns_of_different_objectives_are_not_compared_and_it_says_so():
    found = with_campaigns(Campaign("Buzz", "awareness", start=date(2026, 2, 1)))
    assert not found.changes
    assert found.why_not
    assert "Buzz" in found.why_not.en
    assert "objectif est autre" in found.why_not.fr


@pytest.mark.parametrize(
    ("others", "objective", "words"),
    [
        ((), "sales", "no earlier campaign"),
        ((Campaign("Later", "sales", start=date(2026, 9, 1)),), "sales", "no earlier campaign"),
        ((WINTER,), "", "no objective type"),
    ],
)
def test_where_nothing_can_be_compared_the_reason_is_given(others, objective, words):
    found = with_campaigns(*others, objective=objective)
    assert not found.changes
    assert found.why_not
    assert words in found.why_not.en


# -- against the period before, and trends (C12, C20) ---------------------------------------------------


@given(st.dates(date(1901, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_where_this_one_starts(start, days):
    period = Period(start, start + timedelta(days=days))
    before = previous_period(period)
    assert before.end == period.start - timedelta(days=1)
    assert before.start <= before.end


def test_a_period_is_compared_with_the_one_before():
    rows = [
        post(day=date(2026, 2, 5), reach=100, likes=4),
        post(day=date(2026, 3, 5), reach=200, likes=16),
        post(day=date(2026, 1, 5), reach=9000, likes=1),
    ]
    found = report(rows, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
    (one,) = of_kind(found, "previous")
    assert one.against.fr == "1er févr. 2026 – 28 févr. 2026"
    assert {c.kpi.id: (c.before, c.now) for c in one.changes}["reach"] == (100, 200)


def test_a_period_without_one_before_says_so():
    found = report(
        [post(day=date(2026, 3, 5), reach=200)], period=Period(date(2026, 3, 1), date(2026, 3, 31))
    )
    assert "No post was published" in of_kind(found, "previous")[0].why_not.en


def test_five_percent_in_three_months_is_a_positive_dynamic():
    """The example of the KPI article."""
    rows = [
        post(day=date(2026, m, 5), reach=10_000, likes=likes)
        for m, likes in ((1, 400), (2, 410), (3, 420))
    ]
    (trend,) = of_kind(report(rows), "trend")
    assert trend.reading.en == "Engagement rate +5% over three months: positive dynamic"
    assert trend.reading.fr == "Taux d’engagement +5\u00a0% sur trois mois : dynamique positive"
    rows[2]["likes"] = 418
    below = of_kind(report(rows), "trend")[0].reading
    assert below.en == "Engagement rate +4.5% over three months: stable"
    assert "+4,5\u00a0% sur trois mois" in below.fr


def test_a_trend_that_misses_its_first_month_says_which_month_has_no_post():
    """Posts in five months, none in August: "posts of three months are needed" would send people looking for a fault."""
    rows = [post(day=date(2026, m, 5), reach=1000, likes=10) for m in (4, 5, 6, 9, 10)]
    (trend,) = of_kind(report(rows), "trend")
    assert (
        trend.why_not.en
        == "A trend sets the last month beside the one two months before it, which has no post."
    )
    assert (
        trend.why_not.fr
        == "La tendance compare le dernier mois à celui d’il y a deux mois, qui n’a aucun post."
    )


@pytest.mark.parametrize(("people", "compared"), [(2, 0), (3, 3)])
def test_peers_begin_with_three_influencers_as_the_sheet_says(people, compared):
    names = "ABC"[:people]
    rows = [post(influencer=n, reach=1000, likes=10) for n in names]
    given = Inputs(
        References(tiers=(Tier("Nano", 0),)), tuple(Influencer(n, followers=500) for n in names)
    )
    assert len(of_kind(report(rows, given=given), "peers")) == compared


def test_a_change_that_reads_as_none_is_neither_better_nor_worse():
    change = changed(catalogue.kpi("ctr"), 0.0040, 0.0044, 0.05)
    assert change.status is Status.WATCH
    assert changed(catalogue.kpi("ctr"), 0.0040, 0.0050, 0.05).status is Status.MISSED


def test_months_and_campaigns_reconcile_with_the_whole_to_the_cent():
    rows = [
        post(
            day=date(2026, m, d),
            campaign=c,
            cost=m * 10.37 + d,
            revenue=d * 99.99,
            reach=m * 1000 + d,
        )
        for m in (1, 2, 3)
        for d in (1, 9, 28)
        for c in ("Spring", "Winter")
    ]
    known, whole = (SPRING, WINTER), Settings(scope="all")
    everything = report(rows, known, whole)
    for kpi in ("spend", "revenue", "reach"):
        total = round(everything.totals[kpi], 2)
        months = [
            report(rows, known, whole, period=Period(date(2026, m, 1), date(2026, m, 28)))
            for m in (1, 2, 3)
        ]
        campaigns = [report(rows, known, campaign=c.name) for c in known]
        for parts in (months, campaigns, everything.by_period, everything.by_campaign):
            values = [p.totals[kpi] if isinstance(p, Report) else p.values[kpi] for p in parts]
            assert round(sum(values), 2) == total


def test_all_campaigns_stand_in_one_view():
    rows = [post(reach=1000), post(campaign="Winter", reach=500)]
    found = report(
        rows,
        (SPRING, WINTER),
        Settings(scope="all"),
        [aim("reach", 900), aim("reach", 900, "Winter")],
    )
    assert [
        (c.campaign, c.met, c.judged, c.group.values["reach"]) for c in found.analysis.campaigns
    ] == [("Spring", 1, 1, 1000), ("Winter", 0, 1, 500)]


# -- among peers, benchmarks, ads -------------------------------------------------------------------------

TIERS = (Tier("Nano", 0), Tier("Micro", 10_000))


def test_an_influencer_is_set_beside_peers_of_the_same_tier_and_network_only():
    people = {"A": 12_000, "B": 15_000, "C": 20_000, "D": 500}
    rows = [post(influencer=n, reach=1000, likes=10 * (i + 1)) for i, n in enumerate(people)]
    rows.append(post(influencer="E", network="TikTok", reach=1000, likes=500))
    given = Inputs(
        References(tiers=TIERS), tuple(Influencer(n, followers=f) for n, f in people.items())
    )
    found = {c.subject: c for c in of_kind(report(rows, given=given), "peers")}
    assert set(found) == {"A", "B", "C"}
    rate = next(c for c in found["A"].changes if c.kpi.id == "engagement_rate")
    assert (rate.now, rate.before, rate.status) == (0.01, 0.025, Status.MISSED)
    assert found["A"].against.en == "median of 2 others: Micro, Instagram"


def benchmark(
    base="followers", network="Instagram", numerator=("likes", "comments")
) -> BenchmarkRate:
    return BenchmarkRate(network, "All", 0.02, numerator, base, "A study", date(2022, 8, 1))


@pytest.mark.parametrize(("base", "rate"), [("followers", 0.03), ("reach", 0.3)])
def test_a_benchmark_is_met_by_the_rate_on_its_own_base(base, rate):
    rows = [post(likes=20, comments=10, followers=1000, reach=100, impressions=None)]
    (line,) = report(rows, given=Inputs(References((benchmark(base),)))).analysis.benchmarks
    assert (line.actual, line.gap, line.status, line.why_not) == (
        rate,
        pytest.approx(rate - 0.02),
        Status.MET,
        None,
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (benchmark("views"), "which the posts do not give"),
        (benchmark(""), "does not say what it divides by"),
    ],
)
def test_a_benchmark_on_another_base_is_not_compared(found, words):
    rows = [post(likes=20, comments=10, followers=1000, reach=100)]
    (line,) = report(rows, given=Inputs(References((found,)))).analysis.benchmarks
    assert line.actual is None
    assert line.gap is None
    assert words in line.why_not.en


def test_a_benchmark_of_a_size_is_met_by_influencers_of_that_size():
    rows = [
        post(influencer=name, likes=likes, comments=0, followers=size)
        for name, likes, size in (("A", 20, 900), ("B", 90, 9000))
    ]
    sizes = [
        replace(benchmark(), label=label)
        for label in ("Nano, 0.5–5 k", "Micro, 5–20 k", "Macro, over 1 M")
    ]
    nano, micro, macro = report(rows, given=Inputs(References(tuple(sizes)))).analysis.benchmarks
    assert (nano.actual, micro.actual) == (pytest.approx(20 / 900), 0.01)
    assert macro.actual is None
    assert macro.why_not.en == "no influencer of this size took part"


def test_a_benchmark_of_a_network_without_posts_is_left_out():
    assert not report(
        [post(likes=1)], given=Inputs(References((benchmark(network="YouTube"),)))
    ).analysis.benchmarks


def test_the_same_spend_in_paid_ads_stands_beside_the_campaign():
    """A sponsored post of 1,000 € beside ads of 1,000 € (influence KPI article)."""
    ads = tuple(
        AdRate("Meta Ads", *rate)
        for rate in (("cpm", 8.0, "EUR"), ("cpm", 8.0, "USD"), ("cpa", 40, "EUR"))
    )
    rows = [post(cost=1000.0, impressions=200_000)]
    same, dollars, unknown = report(rows, given=Inputs(References(ads=ads))).analysis.ads
    assert (same.actual, same.bought, same.status) == (5.0, 125_000, Status.MET)
    assert dollars.bought is None
    assert dollars.status is Status.UNKNOWN
    assert "not converted" in dollars.why_not.en
    assert unknown.why_not
    assert unknown.actual is None


# -- quality and audience -----------------------------------------------------------------------------------


def test_weights_of_the_workbook_count():
    reviews = (
        Review("Spring", "Lina", {"coherence": 5, "tone": 1}, rights=True),
        Review("Spring", "Lina", {"coherence": 5}, rights=False),
        Review("Winter", "Lina", {"tone": 1}),
    )
    rows = [post(reach=1, content_score=2)]
    found = report(
        rows, given=Inputs(References(weights={"coherence": 3.0}), reviews=reviews)
    ).analysis.quality
    assert found.content == pytest.approx((5 * 3 + 1) / 4)
    assert found.by_influencer[0].content == found.content
    assert found.reusable == 0.5
    assert report(rows).analysis.quality.content == 2
    assert weighted([(3, 0), (None, 1)]) is None


def test_sentiment_is_told_in_time_and_per_influencer():
    rows = [
        post(
            day=date(2026, m, 5),
            influencer=n,
            positive_comments=p,
            neutral_comments=0,
            negative_comments=10 - p,
        )
        for m, n, p in ((1, "A", 8), (2, "B", 4))
    ]
    found = report(rows).analysis.quality
    assert [(p.start.month, share) for p, share, _ in found.by_month] == [(1, 0.8), (2, 0.4)]
    assert {q.influencer: q.sentiment for q in found.by_influencer} == {"A": 0.8, "B": 0.4}


def test_an_audience_changes_between_two_surveys():
    surveys = ((1, "18-24", 0.4), (1, "25+", 0.6), (3, "18-24", 0.5), (3, "25+", 0.5))
    rows = [
        AudienceRow(
            "Lina", date(2026, month, 1), "Age", segment, share, in_target=segment == "18-24"
        )
        for month, segment, share in surveys
    ]
    found = report([post(reach=1)], given=Inputs(audience=tuple(rows))).analysis.audience
    young = found.segments[0]
    assert (young.first, young.last, young.change, found.in_target) == (
        0.4,
        0.5,
        pytest.approx(0.1),
        0.5,
    )


def test_an_audience_is_weighted_by_followers():
    rows = (
        AudienceRow("A", None, "Gender", "Women", 0.8),
        AudienceRow("B", None, "Gender", "Women", 0.2),
    )
    people = (Influencer("A", followers=30_000), Influencer("B", followers=10_000))
    found = report(
        [post(influencer="A"), post(influencer="B", likes=1)],
        given=Inputs(influencers=people, audience=rows),
    )
    (women,) = found.analysis.audience.segments
    assert (women.last, women.first, women.change) == (pytest.approx(0.65), None, None)


def test_tiers_add_up_to_the_whole():
    people = tuple(
        Influencer(n, followers=f) for n, f in (("A", 500), ("B", 20_000), ("C", 30_000))
    )
    rows = [post(influencer=n, reach=r) for n, r in (("A", 1), ("B", 10), ("C", 100), ("D", 1000))]
    tiers = report(rows, given=Inputs(References(tiers=TIERS), people)).analysis.by_tier
    assert [(g.label, g.posts, g.values["reach"]) for g in tiers] == [
        ("Micro", 2, 110),
        ("Nano", 1, 1),
        ("", 1, 1000),
    ]
