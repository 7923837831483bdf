"""Verdicts where something is missing, in doubt or impossible: none is given that what is missing could turn."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.memory import Book, aim, post
from xlkpi.core import asjson, wording
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Objective
from xlkpi.core.lines import KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import Reason, Status

TODAY = date(2026, 11, 22)
NBSP = "\u00a0"


def report(aims: dict[str, float], *posts: dict[str, Any], **more: Any) -> Report:
    return build(Book(posts, [aim(id, target) for id, target in aims.items()], **more), TODAY)


def line(id: str, target: float, *posts: dict[str, Any], **more: Any) -> KpiLine:
    return report({id: target}, *posts, **more).kpis[0]


def said(line: KpiLine) -> tuple[str, str]:
    return tuple(wording.status(line, language) for language in LANGUAGES)  # type: ignore[return-value]


def of_six(known: int, reach: float = 5_000) -> list[dict[str, Any]]:
    return [post(likes=1, reach=reach if i < known else None) for i in range(6)]


# -- sums of which a part is missing -----------------------------------------------------------------


def test_a_shortfall_that_the_missing_posts_could_hold_is_not_established():
    """Five of six posts of 5,000 give 25,000: the sixth may well bring the 30,000."""
    found = line("reach", 30_000, *of_six(5))
    assert (found.actual, found.variance.status, found.variance.value) == (
        25_000,
        Status.UNKNOWN,
        None,
    )
    assert said(found) == (
        "– not established: 1 of 6 posts is missing",
        f"– non établi{NBSP}: 1 post sur 6 manque",
    )


def test_a_shortfall_beyond_what_the_missing_posts_could_hold_is_one():
    assert line("reach", 31_000, *of_six(5)).variance.status is Status.MISSED


def test_a_target_that_is_reached_is_met_whatever_is_missing():
    assert line("reach", 25_000, *of_six(5)).variance.status is Status.MET


def test_a_limit_that_the_missing_posts_could_exceed_is_not_kept_yet():
    few = [post(negative_mentions=2), post(negative_mentions=1), post()]
    assert line("negative_mentions", 4, *few).variance.reason is Reason.NOT_ESTABLISHED
    assert line("negative_mentions", 5, *few).variance.status is Status.MET
    assert line("negative_mentions", 2, *few).variance.status is Status.MISSED


def test_results_that_an_influencer_has_not_given_yet_are_missing_too():
    posts = [post(conversions=40), post(influencer="Noé", conversions=50), post(influencer="Zoë")]
    found = line("conversions", 120, *posts)
    assert found.variance.reason is Reason.NOT_ESTABLISHED
    assert said(found)[0] == "– not established: 1 influencer without a figure"
    assert said(found)[1] == f"– non établi{NBSP}: 1 influenceur sans chiffre"
    assert line("conversions", 90, *posts).variance.status is Status.MET
    assert line("conversions", 900, *posts).variance.status is Status.MISSED


def test_what_is_not_established_is_no_problem_to_act_on():
    made = report({"reach": 30_000}, *of_six(5))
    assert [r.kpi.id for r in made.analysis.problems] == []
    assert wording.headline(made, "en").startswith("6 posts")


# -- money of which a part is unknown ------------------------------------------------------------------


def paid(unknown: int, **more: Any) -> list[dict[str, Any]]:
    known = [
        post(influencer=f"paid{i}", cost=100, impressions=10_000, conversions=10, revenue=300)
        for i in range(5)
    ]
    return known + [
        post(influencer=f"open{i}", impressions=10_000, conversions=10, revenue=300, **more)
        for i in range(unknown)
    ]


@pytest.mark.parametrize(("id", "target"), [("cpm", 20), ("cpa", 20), ("roi", 1), ("roas", 2)])
def test_a_return_that_an_unknown_cost_flatters_is_not_judged(id, target):
    assert line(id, target, *paid(0)).variance.status is Status.MET
    found = line(id, target, *paid(1))
    assert (found.variance.status, found.variance.reason) == (Status.UNKNOWN, Reason.UNKNOWN_COST)
    assert found.actual == line(id, target, *paid(0)).actual
    assert said(found) == (
        "– not judged: 17% of the cost is unknown",
        f"– non jugé{NBSP}: 17{NBSP}% du coût sont inconnus",
    )


def test_a_cost_that_cannot_be_read_is_an_unknown_one():
    assert line("cpm", 20, *paid(1, cost_unread=1.0)).variance.reason is Reason.UNKNOWN_COST
    half_read = [*paid(0), post(influencer="paid0", cost_unread=1.0)]
    assert line("cpa", 20, *half_read).variance.reason is Reason.UNKNOWN_COST


def test_a_miss_stays_a_miss():
    assert line("roi", 5, *paid(1)).variance.status is Status.MISSED


def test_money_without_a_known_result_flatters_too():
    silent = [post(influencer=f"silent{i}", cost=100, impressions=1) for i in range(2)]
    found = line("cpa", 20, *paid(0), *silent)
    assert found.variance.reason is Reason.UNKNOWN_RESULT
    assert "29% of the cost has no known result" in said(found)[0]


def test_a_spend_within_its_plan_is_judged_when_all_costs_are_known():
    assert line("spend", 500, *paid(0)).variance.status is Status.MET
    assert line("spend", 550, *paid(1)).variance.reason is Reason.NOT_ESTABLISHED
    assert line("spend", 600, *paid(1)).variance.status is Status.MET
    assert line("spend", 480, *paid(1)).variance.status is Status.WATCH
    assert line("spend", 400, *paid(1)).variance.status is Status.MISSED


# -- targets -----------------------------------------------------------------------------------------


def test_a_target_in_thousands_is_asked_about_and_never_in_the_headline():
    made = report({"reach": 500, "likes": 3}, post(reach=447_375, likes=3))
    assert (made.kpis[0].variance.status, made.kpis[0].variance.reason) == (
        Status.UNKNOWN,
        Reason.DOUBTFUL_TARGET,
    )
    assert said(made.kpis[0])[0] == "– not judged: is the target 500, or 500,000?"
    assert "Reach" not in wording.headline(made, "en")
    assert [f.code for f in made.findings if f.code == "XK209"] == ["XK209"]


def test_a_target_far_exceeded_is_met_and_not_boasted_of():
    made = report({"likes": 3}, post(likes=90))
    assert made.kpis[0].variance.status is Status.MET
    assert wording.headline(made, "en") == "The target is met."


def test_a_range_reads_as_one_everywhere():
    posts = [post(reach=100, impressions=300)]
    objective = Objective("Spring", aim("frequency", 2).kpi, 2, upper=4)
    made = build(Book(posts, [objective]), TODAY)
    assert made.kpis[0].variance.status is Status.MET
    assert asjson.as_json(made, "en")["kpis"][0]["target_to"] == 4
    often = build(Book([post(reach=100, impressions=700)], [objective]), TODAY)
    assert often.kpis[0].variance.status is Status.MISSED
    problem = often.analysis.problems[0]
    assert problem.evidence.en == f"Frequency 7.0{NBSP}×, target 2.0{NBSP}×–4.0{NBSP}× (+75.0%)"
    assert problem.rule == "too_often"


def test_a_limit_of_none_is_told_with_both_figures():
    made = report({"negative_mentions": 0}, post(negative_mentions=12))
    assert made.kpis[0].variance.status is Status.MISSED
    assert "(12 for 0)" in wording.headline(made, "en")
    assert made.analysis.funnel.stages[3].attainment == 0
    none = report({"negative_mentions": 0}, post(negative_mentions=0))
    assert none.kpis[0].variance.status is Status.MET
    assert none.analysis.funnel.stages[3].attainment == 1


# -- impossible results ----------------------------------------------------------------------------------


def test_what_cannot_be_is_told_and_not_judged():
    spring = Campaign("Spring", measures={"target_audience": 1_000.0})
    book = Book([post(target_reach=1_800)], [aim("target_coverage", 0.5)], known=[spring])
    made = build(book, TODAY)
    assert (made.kpis[0].actual, made.kpis[0].variance.status) == (1.8, Status.UNKNOWN)
    assert said(made.kpis[0])[0] == "– 180.0% cannot be: 0.0% to 100.0%"
    [finding] = [f for f in made.findings if f.code == "XK512"]
    assert finding.reason.en == "Target coverage: 180.0% cannot be: 0.0% to 100.0%"
    assert "Portée dans la cible" in finding.fix.fr


def test_authenticity_below_zero_cannot_be():
    posts = [post(likes=10, suspicious_interactions=30)]
    assert line("authenticity", 0.8, *posts).variance.reason is Reason.IMPOSSIBLE
