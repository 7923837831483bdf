"""Keep, adjust or stop: never on one indicator, with thresholds of one's own, ranked by return."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xlkpi.core.campaign import Settings
from xlkpi.core.insight.analysis import Verdict
from xlkpi.core.insight.decisions import VERDICT_WORDS, Candidate, decide
from xlkpi.core.insight.inputs import References

WHOLE = {"engagement_rate": 0.04, "cpa": 40.0, "cpm": 10.0, "roi": 0.2}
GOOD = {
    "roi": 0.5,
    "cpa": 30.0,
    "engagement_rate": 0.05,
    "positive_sentiment": 0.9,
    "authenticity": 0.95,
}
BAD = {
    "roi": -0.8,
    "cpa": 120.0,
    "engagement_rate": 0.01,
    "positive_sentiment": 0.4,
    "authenticity": 0.5,
}


def judged(values: dict, posts: int = 5, sells: bool = True, references: References | None = None):
    one = Candidate("Lina", "Instagram", "Micro", posts, values)
    (decision,) = decide([one], WHOLE, sells, references or References(), Settings())
    return decision


def test_good_indicators_that_agree_mean_keep():
    assert judged(GOOD).verdict is Verdict.KEEP


def test_bad_indicators_that_agree_mean_stop():
    assert judged(BAD).verdict is Verdict.STOP


@pytest.mark.parametrize("kpi", sorted(BAD))
def test_one_bad_indicator_never_stops_anybody(kpi):
    assert judged({**GOOD, kpi: BAD[kpi]}).verdict is Verdict.ADJUST


def test_nobody_is_kept_for_being_liked_alone():
    assert judged({**GOOD, "roi": -0.02}).verdict is Verdict.ADJUST


@pytest.mark.parametrize("kpi", sorted(GOOD))
def test_one_good_indicator_never_keeps_anybody(kpi):
    assert judged({**BAD, kpi: GOOD[kpi]}).verdict is Verdict.STOP
    assert judged({kpi: GOOD[kpi]}).verdict is Verdict.TOO_LITTLE


@pytest.mark.parametrize("kpi", sorted(BAD))
def test_one_known_indicator_is_too_little_to_judge(kpi):
    decision = judged({kpi: BAD[kpi]})
    assert decision.verdict is Verdict.TOO_LITTLE
    assert "one alone never decides" in decision.reasons[0].en


def test_one_post_is_too_little_to_judge():
    decision = judged(BAD, posts=1)
    assert decision.verdict is Verdict.TOO_LITTLE
    assert decision.reasons[0].fr == "posts : 1, il en faut au moins 2"


def test_an_awareness_campaign_is_judged_by_what_being_seen_costs_and_is_worth():
    values = {
        **BAD,
        "emv_ratio": 1.5,
        "cpm": 8.0,
        "engagement_rate": 0.05,
        "positive_sentiment": 0.9,
        "authenticity": 0.9,
    }
    decision = judged(values, sells=False)
    assert decision.verdict is Verdict.KEEP
    assert "roi" not in decision.values


@pytest.mark.parametrize(
    ("threshold", "value"), [("roi:stop", -0.9), ("sentiment:stop", 0.1), ("min_posts", 9)]
)
def test_thresholds_are_the_workbooks(threshold, value):
    values = {"roi": -0.8, "positive_sentiment": 0.4}
    assert judged(values).verdict is Verdict.STOP
    assert (
        judged(values, references=References(thresholds={threshold: value})).verdict
        is not Verdict.STOP
    )


def test_the_best_return_comes_first_and_the_unknown_last():
    people = [
        Candidate(name, "", "", 5, {**GOOD, "roi": roi})
        for name, roi in (("low", -0.5), ("none", None), ("high", 2.0), ("middle", 0.3))
    ]
    people[1] = replace(people[1], values={"engagement_rate": 0.1, "positive_sentiment": 0.9})
    found = decide(people, WHOLE, True, References(), Settings())
    assert [(d.influencer, d.rank) for d in found] == [
        ("high", 1),
        ("middle", 2),
        ("low", 3),
        ("none", None),
    ]


def test_every_verdict_has_its_word_and_every_reason_its_sign():
    assert set(VERDICT_WORDS) == set(Verdict)
    assert all(reason.en[0] in "▲●▼" and reason.fr[0] in "▲●▼" for reason in judged(GOOD).reasons)
    assert judged(BAD).reasons[0].fr.startswith("▼ ")
