"""The two complete examples: what a first-time user sees has to be believable, and to have something to say."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from xlkpi.core.findings import Severity
from xlkpi.core.insight.analysis import Verdict
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import Status
from xlkpi.excel.jobs.report import Request, read_report
from xlkpi.excel.samples.campaigns import SAMPLES, usual
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract

TODAY = date(2026, 11, 22)
TIERS = {
    "nano": (1, 10_000),
    "micro": (10_000, 50_000),
    "mid": (50_000, 500_000),
    "macro": (500_000, 1_000_000),
}


@pytest.fixture(scope="module", params=SAMPLES)
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def example(name) -> Sample:
    return SAMPLES[name]("en")


@pytest.fixture(scope="module")
def reports(name, tmp_path_factory) -> dict[str, Report]:
    """The example's report in each language."""
    folder = tmp_path_factory.mktemp(name)
    found = {}
    for language in LANGUAGES:
        path = folder / f"{language}.xlsx"
        path.write_bytes(build(language, SAMPLES[name](language)))
        found[language] = read_report(path, Request(), TODAY)[0]
    return found


@pytest.fixture(scope="module")
def report(reports) -> Report:
    return reports["en"]


def _tier(followers: float) -> str:
    return next(tier for tier, (low, high) in TIERS.items() if low <= followers < high)


def test_each_language_has_its_usual_example():
    assert {language: usual(language) for language in LANGUAGES} == {
        "fr": "awareness",
        "en": "conversion",
    }


def test_there_are_200_posts_and_two_campaigns_to_compare_with(name, example):
    """One of the same objective before it, smaller, and one of another objective."""
    first, before, other = example.campaigns
    posts = Counter(p["campaign"] for p in example.posts)
    label = choices.OBJECTIVE_TYPES[name].en
    assert first["objective_type"] == before["objective_type"] == label != other["objective_type"]
    assert posts[first["campaign"]] >= 200 > posts[before["campaign"]] > 20
    assert posts[other["campaign"]] > 20
    assert before["end"] < first["start"]


def test_influencers_are_of_every_size_on_several_networks(example):
    assert 12 <= len(example.influencers) <= 20
    assert {_tier(i["followers"]) for i in example.influencers} == set(TIERS)
    assert 3 <= len({i["network"] for i in example.influencers}) <= 4


def test_posts_lie_inside_their_campaign_over_all_its_weeks(example):
    for campaign in example.campaigns:
        days = [p["date"] for p in example.posts if p["campaign"] == campaign["campaign"]]
        assert campaign["start"] <= min(days) <= max(days) <= campaign["end"]
        weeks = {(day - campaign["start"]).days // 7 for day in days}
        assert len(weeks) >= ((campaign["end"] - campaign["start"]).days + 1) // 7 - 1


def test_engagement_falls_and_prices_rise_with_the_size_of_the_account(example):
    by_tier = defaultdict(lambda: defaultdict(float))
    for post in example.posts:
        tier = by_tier[_tier(post["followers"])]
        tier["interactions"] += sum(post[c] or 0 for c in choices.INTERACTIONS)
        tier["reach"] += post["reach"]
        tier["cost"] += post["cost"]
        tier["posts"] += 1
    rates = [by_tier[t]["interactions"] / by_tier[t]["reach"] for t in TIERS]
    fees = [by_tier[t]["cost"] / by_tier[t]["posts"] for t in TIERS]
    assert rates == sorted(rates, reverse=True)
    assert 0.01 < rates[-1] < rates[0] < 0.13
    assert fees == sorted(fees)
    assert 30 < fees[0] < 150 < 2_000 < fees[-1] < 12_000


def test_sales_are_counted_where_the_campaign_is_to_sell(example):
    """An awareness campaign is not judged by its return."""
    sells = {
        c["campaign"]: c["objective_type"] == choices.OBJECTIVE_TYPES["conversion"].en
        for c in example.campaigns
    }
    assert all((p["revenue"] is not None) is sells[p["campaign"]] for p in example.posts)


def test_no_figure_is_impossible(example):
    for post in example.posts:
        assert post["reach"] <= post["impressions"]
        assert sum(post[c] or 0 for c in choices.INTERACTIONS) < post["reach"]
        assert (post["conversions"] or 0) <= post["clicks"]
        judged = [post[f"{kind}_comments"] for kind in ("positive", "neutral", "negative")]
        assert min(judged) >= 0
        assert sum(judged) <= post["comments"]


def test_nothing_in_it_is_doubtful(report):
    """Remarks only: on the law, on the age of EMV rates, and on Stories, which have no public likes."""
    assert {f.severity for f in report.findings} <= {Severity.INFO}
    assert {f.code for f in report.findings} <= {"XK385", "XK386", "XK503", "XK505", "XK510"}


def test_both_languages_give_the_same_figures(reports):
    one, other = (reports[language] for language in LANGUAGES)
    assert [(k.kpi.id, k.actual, k.variance.status) for k in one.kpis] == [
        (k.kpi.id, k.actual, k.variance.status) for k in other.kpis
    ]
    assert [(d.influencer, d.verdict) for d in one.analysis.decisions] == [
        (d.influencer, d.verdict) for d in other.analysis.decisions
    ]


def test_seven_objectives_of_which_some_are_met_and_some_are_not(report):
    statuses = Counter(k.variance.status for k in report.kpis)
    assert len(report.kpis) == 7
    assert min(statuses[s] for s in (Status.MET, Status.WATCH, Status.MISSED)) >= 1


def test_some_influencers_are_kept_some_adjusted_some_stopped(report):
    verdicts = {d.verdict for d in report.analysis.decisions}
    assert {Verdict.KEEP, Verdict.ADJUST, Verdict.STOP} <= verdicts


def test_every_part_of_the_analysis_has_something_to_say(report):
    analysis = report.analysis
    assert analysis.funnel.weakest
    assert analysis.problems
    assert {c.kind for c in analysis.comparisons} >= {"previous", "trend", "peers"}
    assert any(line.why_not is None for line in analysis.ads)
    assert analysis.quality.content
    assert analysis.quality.fit
    assert analysis.quality.positive
    assert {s.dimension for s in analysis.audience.segments} == {"Age", "Gender", "Country"}
    assert analysis.audience.first != analysis.audience.last
    assert len(analysis.by_tier) == 4


def test_it_is_compared_with_the_smaller_campaign_of_its_objective(report, example):
    previous = next(
        c for c in report.analysis.comparisons if c.kind == "previous" and c.why_not is None
    )
    assert previous.against.en.startswith(example.campaigns[1]["campaign"])


def test_gifts_and_advertiser_have_their_columns_and_the_empty_template_has_not(example):
    """They are there for the French rules; a workbook that does not need them is not widened."""
    assert any(p["gift_value"] for p in example.posts)
    assert all(c["advertiser"] for c in example.campaigns)
    assert "gift_value" not in {c.id for c in contract.POSTS.columns}


def test_its_own_cost_of_ads_takes_the_place_of_the_row_to_fill(name):
    sample = SAMPLES[name]("en")
    used = {(r["network"], r["item"], r["currency"]) for r in sample.references}
    assert len(used) == len(sample.references)
