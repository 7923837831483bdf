"""A report from a campaign held in memory: scope, verdicts, coverage, odd input, and what it says in words and JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.core.memory import Book, aim, post
from xlkpi.core import asjson, figures, variance, wording
from xlkpi.core.assemble.build import build
from xlkpi.core.assemble.trend import MAX_POINTS
from xlkpi.core.campaign import Campaign, Period, Settings, parse_period
from xlkpi.core.catalogue import KPIS, MEASURES
from xlkpi.core.emv import Rate
from xlkpi.core.findings import Refused, Severity
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MAX_KPIS, KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import REASONS, Reason, Status

TODAY = date(2026, 11, 22)
NBSP = "\u00a0"

#: The article's table, met by two posts.
ARTICLE = (
    post(
        date(2026, 3, 2),
        influencer="Lina",
        network="Instagram",
        format="Reel",
        reach=600_000,
        likes=30_000,
        conversions=300,
        positive_comments=700,
        neutral_comments=50,
        negative_comments=50,
        cost=8_000,
        revenue=21_000,
        impressions=900_000,
    ),
    post(
        date(2026, 4, 9),
        influencer="Noé",
        network="TikTok",
        format="Video",
        reach=350_000,
        likes=9_900,
        conversions=170,
        positive_comments=200,
        neutral_comments=0,
        negative_comments=0,
        cost=2_000,
        revenue=4_000,
        impressions=400_000,
    ),
)
ARTICLE_AIMS = (
    aim("reach", 1_000_000),
    aim("engagement_rate", 0.03),
    aim("conversions", 500),
    aim("positive_sentiment", 0.85),
)
TARIFF = (
    Rate("cpm", "Instagram", "", 10.0, "EUR", "a guide", date(2025, 5, 13)),
    Rate("cpm", "TikTok", "", 20.0, "EUR", "a study", date(2026, 1, 31)),
    Rate("cpm", "YouTube", "", 35.0, "EUR", "not used", date(2019, 1, 1)),
)
TWO = (
    Campaign(
        "Spring", start=date(2026, 3, 1), end=date(2026, 4, 30), measures={"budget": 12_000.0}
    ),
    Campaign("Winter", start=date(2026, 1, 1), end=date(2026, 1, 31), measures={"budget": 3_000.0}),
)
WINTER = post(
    date(2026, 1, 15),
    campaign="Winter",
    influencer="Zoë",
    network="TikTok",
    reach=50_000,
    likes=5_000,
    conversions=40,
    cost=1_000,
    revenue=500,
)


def article(**more: Any) -> Book:
    return Book(ARTICLE, ARTICLE_AIMS, tariff=TARIFF, **more)


def both(**more: Any) -> Book:
    """Two campaigns, both with targets."""
    aims = (*ARTICLE_AIMS, aim("reach", 40_000, "Winter"), aim("engagement_rate", 0.2, "Winter"))
    return Book((*ARTICLE, WINTER), aims, known=TWO, **more)


def line(report: Report, id: str, campaign: str = "Spring") -> KpiLine:
    return next(k for k in report.kpis if k.kpi.id == id and k.campaign == campaign)


def one(id: str, target: float | None, *posts: dict[str, Any], **more: Any) -> KpiLine:
    """The line of one KPI over a few posts."""
    report = build(Book(posts, (aim(id, target),), **more), TODAY)
    assert len(report.kpis) == 1
    return report.kpis[0]


# -- the article ------------------------------------------------------------------------------------


def test_the_table_of_the_article_comes_out_exactly():
    report = build(article(), TODAY)
    assert [
        (k.kpi.id, k.target, k.actual, k.variance.value, k.variance.kind, k.variance.status.value)
        for k in report.kpis
    ] == [
        ("reach", 1_000_000, 950_000, -0.05, "relative", "watch"),
        ("engagement_rate", 0.03, 0.042, 0.012, "points", "met"),
        ("conversions", 500, 470, -0.06, "relative", "watch"),
        ("positive_sentiment", 0.85, 0.90, 0.05, "points", "met"),
    ]
    assert report.status is Status.WATCH


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["−5.0%", f"+1.2{NBSP}pt", "−6.0%", f"+5.0{NBSP}pt"]),
        ("fr", [f"−5,0{NBSP}%", f"+1,2{NBSP}pt", f"−6,0{NBSP}%", f"+5,0{NBSP}pt"]),
    ],
)
def test_variances_read_as_in_the_article(language, shown):
    assert [figures.variance(k, language) for k in build(article(), TODAY).kpis] == shown


def test_kpis_keep_the_order_of_the_objectives():
    report = build(Book(ARTICLE, ARTICLE_AIMS[::-1]), TODAY)
    assert [k.kpi.id for k in report.kpis] == [a.kpi.id for a in ARTICLE_AIMS[::-1]]


# -- scope ------------------------------------------------------------------------------------------


def test_a_report_on_a_campaign_holds_that_campaign_only():
    report = build(both(), TODAY, campaign="Winter")
    assert report.campaigns == ("Winter",)
    assert report.posts == 1
    assert report.totals["reach"] == 50_000
    assert {k.campaign for k in report.kpis} == {"Winter"}
    assert (report.balance.used, report.balance.other, report.balance.total) == (1, 2, 3)


def test_a_campaign_is_found_however_it_is_typed():
    assert build(both(), TODAY, campaign="  WINTER ").campaigns == ("Winter",)
    assert build(both(settings=Settings(campaign="winter")), TODAY).campaigns == ("Winter",)


def test_a_report_on_all_campaigns_tells_them_apart():
    report = build(both(settings=Settings(scope="all")), TODAY)
    assert report.campaigns == ("Spring", "Winter")
    assert report.totals["reach"] == 1_000_000
    assert report.spend.budget == 15_000
    assert line(report, "reach", "Winter").actual == 50_000
    assert line(report, "reach", "Winter").label.en == "Reach · Winter"
    assert [(g.label, g.posts) for g in report.by_campaign] == [("Spring", 2), ("Winter", 1)]


def test_without_a_choice_all_campaigns_are_reported_and_it_is_said():
    book = both()
    assert build(book, TODAY).campaigns == ("Spring", "Winter")
    assert "XK502" in book.codes


def test_campaigns_and_groups_add_up_to_the_whole():
    report = build(both(settings=Settings(scope="all")), TODAY)
    for groups in (
        report.by_campaign,
        report.by_influencer,
        report.by_network,
        report.by_format,
        report.by_period,
        report.trend,
    ):
        assert sum(g.posts for g in groups) == report.posts
        for id in ("reach", "interactions", "conversions", "revenue", "spend"):
            assert sum(g.values[id] or 0 for g in groups) == report.totals[id], id


def test_a_report_on_a_period_holds_what_was_published_in_it():
    report = build(both(), TODAY, period=parse_period("2026-01..2026-03"))
    assert report.campaigns == ("Spring", "Winter")
    assert report.totals["reach"] == 650_000
    assert report.period == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert report.balance.other == 1


def test_the_days_at_both_ends_belong_to_a_period():
    assert build(article(), TODAY, period=Period(date(2026, 3, 2), date(2026, 4, 9))).posts == 2


def test_a_campaign_in_a_period_is_both():
    report = build(both(), TODAY, campaign="Spring", period=parse_period("2026-04"))
    assert report.campaigns == ("Spring",)
    assert report.totals["reach"] == 350_000


def test_a_period_in_the_settings_counts():
    chosen = Settings(scope="period", period=parse_period("2026-Q1"))
    assert build(both(settings=chosen), TODAY).totals["reach"] == 650_000


def test_a_campaign_asked_for_wins_over_the_period_of_the_settings():
    chosen = Settings(scope="period", period=parse_period("2026-Q1"))
    assert build(both(settings=chosen), TODAY, campaign="Spring").totals["reach"] == 950_000


def test_months_of_a_campaign_reconcile_with_the_campaign():
    months = [
        build(article(), TODAY, period=parse_period(m)).totals for m in ("2026-03", "2026-04")
    ]
    whole = build(article(), TODAY).totals
    for id in ("reach", "conversions", "revenue", "spend", "interactions"):
        assert sum(m[id] for m in months) == whole[id]


# -- a period that holds part of a campaign ----------------------------------------------------------


def test_a_count_is_not_judged_on_part_of_its_campaign():
    """Half the days of a campaign cannot be behind the whole campaign's target."""
    found = line(build(both(), TODAY, period=parse_period("2026-03")), "reach")
    assert found.actual == 600_000
    assert (found.variance.value, found.variance.status, found.variance.reason) == (
        None,
        Status.UNKNOWN,
        Reason.PARTIAL_PERIOD,
    )


def test_a_rate_is_judged_on_part_of_its_campaign():
    found = line(build(both(), TODAY, period=parse_period("2026-03")), "engagement_rate")
    assert found.actual == 0.05
    assert found.variance.status is Status.MET


def test_a_count_is_judged_when_the_period_holds_the_whole_campaign():
    report = build(both(), TODAY, period=parse_period("2026"))
    assert line(report, "reach").variance.status is Status.WATCH
    assert line(report, "reach", "Winter").variance.status is Status.MET


def test_without_campaign_dates_the_days_of_the_posts_decide():
    march, year = (
        line(build(article(), TODAY, period=parse_period(p)), "reach") for p in ("2026-03", "2026")
    )
    assert march.variance.reason is Reason.PARTIAL_PERIOD
    assert year.variance.reason is None


# -- what cannot be measured -------------------------------------------------------------------------


def test_a_gifted_collaboration_has_no_roi_and_says_so():
    found = one("roi", 0.5, post(cost=0, revenue=900))
    assert (found.actual, found.variance.value, found.variance.status, found.variance.reason) == (
        None,
        None,
        Status.UNKNOWN,
        Reason.NO_ACTUAL,
    )


def test_a_gifted_collaboration_spends_nothing_but_earns():
    spend = build(Book([post(cost=0, revenue=900, impressions=1_000)], tariff=TARIFF), TODAY).spend
    assert (spend.spent, spend.revenue, spend.emv, spend.roi, spend.emv_ratio) == (
        0,
        900,
        10,
        None,
        None,
    )


@pytest.mark.parametrize("reach", [None, 0])
def test_without_reach_there_is_no_engagement_rate(reach):
    found = one("engagement_rate", 0.03, post(likes=340, reach=reach))
    assert (found.actual, found.variance.status, found.variance.reason) == (
        None,
        Status.UNKNOWN,
        Reason.NO_ACTUAL,
    )


def test_a_target_of_zero_is_answered():
    found = one("conversions", 0, post(conversions=470))
    assert (found.actual, found.variance.value, found.variance.reason) == (
        470,
        None,
        Reason.ZERO_TARGET,
    )


def test_a_blank_target_is_answered():
    found = one("reach", None, post(reach=470))
    assert (found.actual, found.variance.value, found.variance.reason) == (
        470,
        None,
        Reason.NO_TARGET,
    )


def test_a_neutral_kpi_is_not_judged():
    report = build(Book([post(impressions=500, reach=100)], [aim("frequency", 4)]), TODAY)
    assert report.kpis[0].variance.status is Status.NEUTRAL
    assert report.kpis[0].variance.value == 0.25
    assert report.judged == ()
    assert report.status is Status.UNKNOWN


def test_attainment_as_an_objective_is_answered():
    """It has no columns of its own."""
    assert one("attainment", 1, post(reach=5)).variance.reason is Reason.NO_ACTUAL


@pytest.fixture(scope="module", params=["nothing", "everything"])
def all_kpis(request: pytest.FixtureRequest) -> tuple[str, Report]:
    """Every KPI of the catalogue has a target, and nothing or everything is known."""
    known = {} if request.param == "nothing" else {m.id: 1.0 for m in MEASURES.values()}
    spring = Campaign("Spring", measures=known)
    book = Book([post(**known)], [aim(k.id, 2) for k in KPIS], known=[spring], tariff=TARIFF)
    return request.param, build(book, TODAY)


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)
def test_every_kpi_can_be_an_objective(kpi: Kpi, all_kpis: tuple[str, Report]):
    known, report = all_kpis
    found = line(report, kpi.id)
    assert (found.actual is not None) == (
        (known == "everything" and kpi.id != "attainment") or kpi.id == "posts"
    )
    assert (found.variance.reason is None) == (found.actual is not None)


def test_a_report_on_every_kpi_is_json(all_kpis: tuple[str, Report]):
    for language in LANGUAGES:
        json.dumps(asjson.as_json(all_kpis[1], language), allow_nan=False)


# -- coverage ----------------------------------------------------------------------------------------


def some_reach(known: int, of: int = 10) -> list[dict[str, Any]]:
    return [post(likes=10, reach=100 if i < known else None) for i in range(of)]


@pytest.mark.parametrize("known", [10, 9, 8])
def test_a_kpi_is_whole_from_80_percent_of_the_posts_on(known):
    found = one("engagement_rate", 0.1, *some_reach(known))
    assert (found.partial, found.actual, found.coverage) == (False, 0.1, known / 10)


@pytest.mark.parametrize("known", [7, 6, 5])
def test_a_kpi_is_partial_below_80_percent(known):
    found = one("engagement_rate", 0.1, *some_reach(known))
    assert (found.partial, found.actual, found.variance.status) == (True, 0.1, Status.MET)


@pytest.mark.parametrize("known", [4, 1])
def test_a_kpi_is_not_told_below_half_of_the_posts(known):
    found = one("engagement_rate", 0.1, *some_reach(known))
    assert (found.actual, found.variance.value, found.variance.status, found.variance.reason) == (
        None,
        None,
        Status.UNKNOWN,
        Reason.LOW_COVERAGE,
    )


@pytest.mark.parametrize(
    ("kpi", "posts", "fix"),
    [
        ("engagement_rate", some_reach(4), "Portée (4/10 posts)"),
        ("reach", some_reach(6), "Portée (6/10 posts)"),
        ("likes", [post(likes=1), post(), post()], "Likes (1/3 posts)"),
        (
            "cpm",
            [
                post(cost=1, impressions=5),
                post(influencer="Noé", impressions=5),
                post(influencer="Zoë", impressions=5),
            ],
            "Coût (un chiffre par collaboration)",
        ),
        (
            "conversation_share",
            [post(likes=1, comments=1), *[post(likes=1)] * 2],
            "Commentaires (1/3 posts)",
        ),
    ],
)
def test_low_coverage_names_the_columns_to_complete(kpi, posts, fix):
    book = Book(posts, [aim(kpi, 0.1)])
    build(book, TODAY)
    [found] = [f for f in book.findings if f.code == "XK504"]
    assert found.fix.fr == f"complétez dans Posts : {fix}"


def test_data_that_no_post_has_are_not_told_as_a_small_share():
    book = Book([post(likes=1)], [aim("share_of_voice", 0.1)])
    build(book, TODAY)
    [found] = [f for f in book.findings if f.code == "XK504"]
    assert (found.reason.en, found.reason.fr) == (
        "Share of voice: no post has the data",
        "Part de voix : aucun post n’a les données",
    )


@pytest.mark.parametrize(("known", "findings"), [(10, 0), (8, 0), (7, 1), (4, 1)])
def test_low_coverage_is_a_finding(known, findings):
    book = Book(some_reach(known), [aim("engagement_rate", 0.1)])
    build(book, TODAY)
    assert book.codes.count("XK504") == findings


def test_a_total_over_half_of_the_posts_is_not_told_as_the_whole():
    assert one("reach", 1_000, *some_reach(4)).variance.reason is Reason.LOW_COVERAGE


def test_sales_and_fees_need_not_stand_on_every_post():
    found = one("roi", 0.1, post(cost=100), post(revenue=200), *[post() for _ in range(8)])
    assert (found.actual, found.partial) == (1, False)


# -- objectives that need a word ---------------------------------------------------------------------


def test_of_two_targets_for_one_kpi_the_first_counts_and_it_is_said():
    book = Book(ARTICLE, [aim("reach", 900_000), aim("reach", 2_000_000)])
    assert [k.target for k in build(book, TODAY).kpis] == [900_000]
    assert book.codes.count("XK314") == 1


def test_the_same_kpi_in_two_campaigns_is_no_duplicate():
    book = both(settings=Settings(scope="all"))
    assert sum(k.kpi.id == "reach" for k in build(book, TODAY).kpis) == 2
    assert "XK314" not in book.codes


@pytest.mark.parametrize(("count", "said"), [(MAX_KPIS, False), (MAX_KPIS + 1, True)])
def test_more_than_seven_kpis_are_kept_and_remarked_on(count, said):
    ids = (
        "reach",
        "impressions",
        "interactions",
        "likes",
        "conversions",
        "revenue",
        "spend",
        "roi",
    )
    aims = [aim(id, 1) for id in ids]
    book = Book(ARTICLE, aims[:count])
    assert len(build(book, TODAY).kpis) == count
    assert ("XK501" in book.codes) is said


def test_an_objective_without_a_campaign_belongs_to_the_only_one():
    report = build(Book(ARTICLE, [aim("reach", 1_000_000, campaign="")]), TODAY)
    assert [(k.campaign, k.variance.value) for k in report.kpis] == [("Spring", -0.05)]


def test_an_objective_without_a_campaign_among_several_is_left_out_and_it_is_said():
    book = Book(
        (*ARTICLE, WINTER), [aim("reach", 1_000_000, campaign="")], Settings(scope="all"), TWO
    )
    assert build(book, TODAY).kpis == ()
    assert "XK313" in book.codes


def test_without_objectives_there_are_figures_and_no_verdict():
    book = Book(ARTICLE)
    report = build(book, TODAY)
    assert report.status is Status.UNKNOWN
    assert report.totals["reach"] == 950_000
    assert "XK208" in book.codes


def test_a_tolerance_of_its_own_wins_over_the_general_one():
    posts = [post(reach=850)]
    assert one("reach", 1_000, *posts).variance.status is Status.MISSED
    assert (
        one("reach", 1_000, *posts, settings=Settings(tolerance=0.15)).variance.status
        is Status.WATCH
    )
    strict = build(Book(posts, [aim("reach", 1_000, tolerance=0)], Settings(tolerance=0.5)), TODAY)
    assert strict.kpis[0].variance.status is Status.MISSED


@pytest.mark.parametrize(
    ("reached", "status"),
    [
        ((100, 100, 100), Status.MET),
        ((100, 95, 100), Status.WATCH),
        ((100, 50, 100), Status.WATCH),
        ((50, 50, 100), Status.MISSED),
        ((95, 95, 95), Status.WATCH),
    ],
)
def test_the_overall_status_weighs_the_lines(reached, status):
    """Met when all are, behind when more than half are missed, else to watch."""
    figures = dict(zip(("reach", "likes", "clicks"), reached, strict=True))
    assert build(Book([post(**figures)], [aim(id, 100) for id in figures]), TODAY).status is status


# -- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("book", "asked", "code"),
    [
        (Book([]), {}, "XK203"),
        (both(), {"campaign": "Autumn"}, "XK204"),
        (both(), {"period": parse_period("2020")}, "XK203"),
        (both(), {"campaign": "Winter", "period": parse_period("2026-03")}, "XK203"),
        (both(settings=Settings(scope="period")), {}, "XK206"),
    ],
    ids=[
        "no posts",
        "unknown campaign",
        "empty period",
        "empty campaign in period",
        "period without start",
    ],
)
def test_what_cannot_be_reported_on_is_refused_with_what_to_do(book, asked, code):
    with pytest.raises(Refused) as refused:
        build(book, TODAY, **asked)
    (finding,) = refused.value.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert all((*finding.reason, *finding.fix))


def test_an_unknown_campaign_is_answered_with_those_there_are():
    with pytest.raises(Refused, match=r'"Autumn".*Spring, Winter.*\[XK204\]'):
        build(both(), TODAY, campaign="Autumn")


# -- the posts ---------------------------------------------------------------------------------------


def test_the_same_post_counts_once():
    twice = [
        post(post_id="a", reach=100),
        post(post_id="b", reach=10),
        post(post_id="a", reach=150),
    ]
    report = build(Book(twice, [aim("reach", 160)]), TODAY)
    assert report.totals["reach"] == 160
    assert (report.balance.total, report.balance.used, report.balance.excluded) == (3, 2, 1)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_how_the_posts_are_handed_over_changes_nothing(size):
    """Rates, too: they are ratios of the sums over all frames."""
    posts = [*ARTICLE, WINTER, post(likes=900), post(reach=5_000), post(None, reach=100, likes=1)]
    aims = (*ARTICLE_AIMS, aim("ctr", 0.1), aim("reach", 40_000, "Winter"))
    whole, parts = (
        build(Book(posts, aims, Settings(scope="all"), TWO, size=n), TODAY) for n in (1000, size)
    )
    assert parts == whole


def test_the_campaign_and_its_only_influencer_have_the_same_rates():
    """The whole and a group that is the whole cannot differ, whichever figures are missing."""
    posts = [post(likes=60, reach=600), post(likes=40, reach=400), post(likes=900), post(reach=50)]
    report = build(Book(posts, [aim("engagement_rate", 0.1)]), TODAY)
    (group,) = report.by_influencer
    assert (
        report.totals["engagement_rate"] == group.values["engagement_rate"] == report.kpis[0].actual
    )
    assert {id: report.totals[id] for id in group.values} == dict(group.values)


def test_groups_stand_by_falling_reach():
    posts = [post(influencer=n, reach=r) for n, r in (("A", 5), ("B", 50), ("C", 20), ("B", 1))]
    found = build(Book(posts), TODAY).by_influencer
    assert [(g.label, g.values["reach"]) for g in found] == [("B", 51), ("C", 20), ("A", 5)]


def test_a_format_is_told_with_its_network():
    assert {g.label for g in build(article(), TODAY).by_format} == {
        "Instagram · Reel",
        "TikTok · Video",
    }


def test_months_are_calendar_months():
    report = build(article(), TODAY)
    found = {g.label: g.values["reach"] for g in report.by_period}
    assert found == {"2026-03-01": 600_000, "2026-04-01": 350_000}
    assert report.period == Period(date(2026, 3, 2), date(2026, 4, 9))


@pytest.mark.parametrize(
    ("days", "points"), [(1, 1), (12, 12), (13, 3), (60, 9), (400, MAX_POINTS)]
)
def test_the_trend_has_a_readable_number_of_points(days, points):
    posts = [post(date.fromordinal(date(2026, 3, 1).toordinal() + i), reach=1) for i in range(days)]
    trend = build(Book(posts), TODAY).trend
    assert len(trend) in (points, points + 1) if 12 < days < 85 else len(trend) == points
    assert len(trend) <= MAX_POINTS
    assert [g.period.start for g in trend] == sorted(g.period.start for g in trend)


def test_undated_posts_count_in_the_totals_and_not_in_the_trend():
    report = build(Book([post(reach=10), post(None, reach=5)]), TODAY)
    assert report.totals["reach"] == 15
    assert sum(g.values["reach"] for g in report.trend) == 10


def test_emv_names_the_rates_behind_it():
    report = build(article(), TODAY)
    assert report.spend.emv == 900 * 10 + 400 * 20
    assert report.emv.method == "impressions"
    assert report.emv.currency == "EUR"
    assert report.emv.oldest == date(2025, 5, 13)
    assert report.emv.sources == ("a guide", "a study")


def test_posts_without_an_emv_rate_are_a_finding():
    book = Book([*ARTICLE, post(network="Twitch", impressions=10)], tariff=TARIFF)
    report = build(book, TODAY)
    assert report.spend.emv == 17_000
    (said,) = [f for f in book.findings if f.code == "XK503"]
    assert "Twitch" in said.message("en")
    assert "Twitch" in said.message("fr")


def test_spend_is_told_with_its_return():
    spend = build(both(), TODAY, campaign="Spring").spend
    assert (spend.budget, spend.spent, spend.revenue, spend.roi) == (12_000, 10_000, 25_000, 1.5)
    assert spend.used == pytest.approx(10 / 12)


# -- an immutable value ------------------------------------------------------------------------------


def parts(value: Any, path: str = "report") -> Iterator[tuple[str, Any]]:
    """A report and everything in it."""
    yield path, value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from parts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from parts(item, f"{path}[{i}]")


def test_nothing_in_a_report_can_be_set():
    for path, value in parts(build(both(tariff=TARIFF), TODAY)):
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                with pytest.raises(dataclasses.FrozenInstanceError):
                    setattr(value, field.name, None)
        assert not isinstance(value, list | set), path


@pytest.mark.parametrize(
    "figures", [lambda r: r.totals, lambda r: r.by_influencer[0].values], ids=["totals", "group"]
)
def test_the_figures_of_a_report_cannot_be_changed(figures):
    with pytest.raises(TypeError):
        figures(build(article(), TODAY))["reach"] = 0


def test_comments_make_a_new_report():
    report = build(both(), TODAY)
    spoken = report.with_comments({"spring|reach": "Started late", "autumn|reach": "another one"})
    assert line(spoken, "reach").comment == "Started late"
    assert line(spoken, "reach", "Winter").comment == ""
    assert all(k.comment == "" for k in report.kpis)


def test_comments_belong_to_campaign_and_kpi_in_every_language():
    keys = [k.key for k in build(both(), TODAY).kpis]
    assert len(set(keys)) == len(keys)
    assert keys[0] == "spring|reach"


def test_the_same_input_gives_the_same_report():
    assert build(both(), TODAY) == build(both(), TODAY)


# -- JSON --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_holds_the_whole_report(language):
    found = json.loads(
        json.dumps(asjson.as_json(build(both(tariff=TARIFF), TODAY), language), allow_nan=False)
    )
    assert found.keys() >= {
        "kpis",
        "headline",
        "totals",
        "by_influencer",
        "by_network",
        "by_period",
        "findings",
    }
    for kpi in found["kpis"]:
        assert kpi.keys() >= {
            "id",
            "label",
            "target",
            "actual",
            "variance",
            "variance_kind",
            "status",
            "comment",
        }
        assert kpi["variance_kind"] in ("relative", "points")
        assert kpi["status"] in ("met", "watch", "missed", "neutral", "unknown")
    assert found["totals"].keys() >= {k.id for k in KPIS} - {"attainment"}
    assert [row["influencer"] for row in found["by_influencer"]] == ["Lina", "Noé", "Zoë"]
    assert [row["network"] for row in found["by_network"]] == ["Instagram", "TikTok"]
    assert [row["period"] for row in found["by_period"]] == ["2026-01", "2026-03", "2026-04"]
    assert found["rows"] == {"total": 3, "used": 3, "other": 0, "excluded": 0, "blank": 0}
    assert found["language"] == language


def test_json_gives_ratios_and_variances_as_fractions():
    found = {k["id"]: k for k in asjson.as_json(build(article(), TODAY), "en")["kpis"]}
    rate = found["engagement_rate"]
    assert (rate["target"], rate["actual"], rate["variance"], rate["variance_kind"]) == (
        0.03,
        0.042,
        0.012,
        "points",
    )
    assert (found["reach"]["variance"], found["reach"]["variance_kind"]) == (-0.05, "relative")


#: What is worded in the language of the report.
SENTENCES = {
    "label",
    "draft",
    "reason",
    "reasons",
    "headline",
    "language",
    "evidence",
    "reading",
    "action",
    "look_at",
    "against",
    "why_not",
}


def without_sentences(found: Any) -> Any:
    if isinstance(found, dict):
        return {k: without_sentences(v) for k, v in found.items() if k not in SENTENCES}
    return [without_sentences(v) for v in found] if isinstance(found, list) else found


def test_json_says_the_same_figures_in_both_languages():
    report = build(both(), TODAY)
    en, fr = (asjson.as_json(report, language) for language in LANGUAGES)
    assert [k["label"] for k in fr["kpis"]] != [k["label"] for k in en["kpis"]]
    for found in (en, fr):
        found["findings"] = [row["code"] for row in found["findings"]]
    assert without_sentences(en) == without_sentences(fr)


def test_json_gives_the_reason_where_there_is_no_verdict():
    (kpi,) = asjson.as_json(build(Book([post(cost=0, revenue=9)], [aim("roi", 0.5)]), TODAY), "fr")[
        "kpis"
    ]
    assert (kpi["actual"], kpi["variance"], kpi["status"]) == (None, None, "unknown")
    assert kpi["reason"] == REASONS[Reason.NO_ACTUAL].in_("fr")


def test_json_tells_a_typed_zero_from_an_unknown_figure():
    totals = asjson.as_json(build(Book([post(clicks=0, reach=5)]), TODAY), "en")["totals"]
    assert (totals["clicks"], totals["saves"], totals["posts"]) == (0, None, 1)


# -- in words ----------------------------------------------------------------------------------------


def headline(language: Any, figures: dict[str, float], targets: dict[str, float]) -> str:
    return wording.headline(
        build(Book([post(**figures)], [aim(k, v) for k, v in targets.items()]), TODAY), language
    )


def test_the_headline_says_how_many_what_is_behind_and_what_leads():
    report = build(article(), TODAY)
    assert wording.headline(report, "en") == (
        f"2 of 4 targets met; furthest behind: Conversions (−6.0%); ahead: Engagement rate (+1.2{NBSP}pt)."
    )
    assert wording.headline(report, "fr") == (
        f"2 objectifs sur 4 atteints{NBSP}; le plus en retard{NBSP}: Conversions (−6,0{NBSP}%){NBSP}; "
        f"en avance{NBSP}: Taux d’engagement (+1,2{NBSP}pt)."
    )


@pytest.mark.parametrize(
    ("reached", "en", "fr"),
    [
        (
            (100, 120),
            "All 2 targets are met; ahead: Likes (+20.0%).",
            f"Les 2 objectifs sont atteints{NBSP}; en avance{NBSP}: Likes (+20,0{NBSP}%).",
        ),
        ((100, 100), "All 2 targets are met.", "Les 2 objectifs sont atteints."),
        (
            (100, 50),
            "1 of 2 targets met; furthest behind: Likes (−50.0%).",
            f"1 objectif sur 2 atteint{NBSP}; le plus en retard{NBSP}: Likes (−50,0{NBSP}%).",
        ),
        (
            (90, 50),
            "None of the 2 targets is met; furthest behind: Likes (−50.0%).",
            f"Aucun des 2 objectifs n’est atteint{NBSP}; le plus en retard{NBSP}: Likes (−50,0{NBSP}%).",
        ),
    ],
)
def test_the_headline_counts_in_grammatical_sentences(reached, en, fr):
    figures = dict(zip(("reach", "likes"), reached, strict=True))
    targets = {"reach": 100, "likes": 100}
    assert headline("en", figures, targets) == en
    assert headline("fr", figures, targets) == fr


@pytest.mark.parametrize(
    ("reached", "en", "fr"),
    [
        (100, "The target is met.", "L’objectif est atteint."),
        (
            80,
            "The target is not met; furthest behind: Reach (−20.0%).",
            f"L’objectif n’est pas atteint{NBSP}; le plus en retard{NBSP}: Portée (−20,0{NBSP}%).",
        ),
    ],
)
def test_the_headline_of_one_target_is_in_the_singular(reached, en, fr):
    assert headline("en", {"reach": reached}, {"reach": 100}) == en
    assert headline("fr", {"reach": reached}, {"reach": 100}) == fr


def test_the_headline_counts_the_targets_that_lack_data():
    targets = {"reach": 100, "likes": 100, "saves": 5, "clicks": 9}
    assert (
        headline("en", {"reach": 100, "likes": 100}, targets)
        == "All 2 targets with data are met; 2 without enough data."
    )
    assert headline("fr", {"reach": 100, "likes": 100}, targets) == (
        f"Les 2 objectifs mesurés sont atteints{NBSP}; 2 sans données suffisantes."
    )
    assert headline("en", {"reach": 90, "likes": 100}, targets).startswith(
        "1 of 2 targets met; 2 without enough data; furthest behind: Reach"
    )


def test_a_target_of_a_campaign_that_is_nowhere_else_is_told_once():
    book = Book(
        [post(reach=100)], [aim("reach", 90), aim("likes", 5, "Sprng"), aim("saves", 5, "Sprng")]
    )
    build(book, TODAY)
    [found] = [f for f in book.findings if f.code == "XK315"]
    assert (found.severity, found.value) == (Severity.WARNING, "Sprng")
    assert found.fix.en == "did you mean Spring? Otherwise add it to Campaigns"


def test_a_target_of_a_planned_campaign_is_no_finding():
    book = Book([post(reach=100)], [aim("reach", 90), aim("likes", 5, "Winter")], known=TWO)
    build(book, TODAY)
    assert "XK315" not in book.codes


def test_a_cost_above_its_target_leads_the_headline_as_behind():
    assert headline("en", {"cost": 300, "conversions": 10}, {"cpa": 20}) == (
        "The target is not met; furthest behind: Cost per acquisition (CPA) (+50.0%)."
    )


def test_without_targets_the_headline_gives_the_figures():
    report = build(Book(ARTICLE), TODAY)
    assert (
        wording.headline(report, "en") == "2 posts, 39,900 interactions; no target to compare with."
    )
    assert (
        wording.headline(report, "fr")
        == f"2 posts, 39\u202f900 interactions{NBSP}; aucune cible à comparer."
    )


def test_the_headline_names_the_campaign_when_there_are_several():
    said = wording.headline(build(both(), TODAY), "en")
    assert "Engagement rate · Winter" in said


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "€10,000 spent (83.3% of the budget), €25,000 of revenue, ROI +150.0%."),
        (
            "fr",
            f"10\u202f000{NBSP}€ dépensés (83,3{NBSP}% du budget), 25\u202f000{NBSP}€ de chiffre d’affaires, "
            f"ROI +150,0{NBSP}%.",
        ),
    ],
)
def test_spend_and_return_are_one_sentence(language, sentence):
    assert wording.spend_line(build(both(), TODAY, campaign="Spring"), language) == sentence


def test_nothing_is_said_of_a_spend_nobody_knows():
    assert wording.spend_line(build(Book([post(reach=1)]), TODAY), "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_footer_names_what_stands_behind_the_figures(language):
    text = " ".join(wording.method_lines(build(both(tariff=TARIFF), TODAY), language))
    own = {
        "en": ("reach", "not de-duplicated", "3 used"),
        "fr": ("portée", "non dédupliquée", "3 utilisés"),
    }
    for word in ("CPM", "EUR", "a guide", "2025", *own[language]):
        assert word in text


def test_the_title_is_what_is_reported_on():
    assert wording.title(build(both(), TODAY, campaign="Winter"), "fr") == "Winter"
    assert wording.title(build(both(), TODAY), "fr") == "Toutes les campagnes"
    assert wording.period(build(article(), TODAY), "en") == "2 Mar 2026 – 9 Apr 2026"
    assert wording.period(build(article(), TODAY), "fr") == "du 2 mars 2026 au 9 avr. 2026"


@pytest.mark.parametrize("texts", [variance.STATUS_WORDS, wording.OVERALL], ids=["line", "overall"])
def test_every_status_has_a_word_and_a_sign(texts):
    """Never colour alone."""
    assert set(texts) == set(wording.STATUS_SIGNS) == set(Status)
    assert all(text.en and text.fr and text.en != text.fr for text in texts.values())
