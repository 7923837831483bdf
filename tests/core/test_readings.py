"""The reading rules: each of them applies where it should, says what to do, and is ranked as the articles say."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.memory import MARCH, Book, aim, post
from xlkpi.core import catalogue
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Settings
from xlkpi.core.insight import funnel, readings
from xlkpi.core.insight.analysis import Analysis, Priority, PriorityBand
from xlkpi.core.insight.facts import Facts, Is, changed
from xlkpi.core.insight.inputs import References
from xlkpi.core.insight.rulebook import RULES, Rule
from xlkpi.core.kpi import Better, Stage
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import Status, compare

TODAY = date(2026, 11, 1)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def line(id: str, actual: float, target: float, campaign: str = "Spring") -> KpiLine:
    kpi = catalogue.kpi(id)
    return KpiLine(campaign, kpi, target, actual, compare(actual, target, kpi.unit, kpi.better))


def facts(
    lines: list[KpiLine] = (),
    values: dict | None = None,
    before: dict | None = None,
    sells: bool = True,
) -> Facts:
    values = {one.kpi.id: one.actual for one in lines} | (values or {})
    changes = {
        id: changed(catalogue.kpi(id), values[id], earlier, 0.05)
        for id, earlier in (before or {}).items()
    }
    return Facts(
        "Spring",
        {one.kpi.id: one for one in lines},
        values,
        changes,
        References(),
        Settings(),
        sells,
    )


def read(found: Facts, objective: str = "conversion", end: date | None = date(2026, 5, 1)) -> dict:
    return {r.rule: r for r in readings.read(found, Campaign("Spring", objective, end=end), TODAY)}


def showing(rule: Rule) -> Facts:
    """A campaign in which every condition of a rule holds, by a wide margin."""
    lines, values, before = [], {}, {}
    for id, state in rule.when:
        if state is Is.POOR:
            values[id] = 0.1
        elif state in (Is.RISING, Is.FALLING):
            values[id], before[id] = (0.5, 0.2) if state is Is.RISING else (0.2, 0.5)
        elif catalogue.kpi(id).better is Better.NEUTRAL:
            values[id] = 9.0
        else:
            lines.append(line(id, *((9.0, 4.0) if state is Is.HIGH else (0.2, 0.5))))
    return facts(lines, values, before)


@each_rule
def test_a_rule_applies_where_its_conditions_hold(rule):
    assert readings.applies(rule, showing(rule))


@each_rule
def test_a_rule_is_silent_where_nothing_is_known(rule):
    assert readings.applies(rule, facts()) is None


@each_rule
def test_a_rule_is_silent_in_the_opposite_case(rule):
    """Low for high, falling for rising, in its first condition."""
    opposite = {
        Is.LOW: Is.HIGH,
        Is.HIGH: Is.LOW,
        Is.RISING: Is.FALLING,
        Is.FALLING: Is.RISING,
        Is.POOR: Is.HIGH,
    }
    (id, state), *others = rule.when
    if catalogue.kpi(id).better is Better.NEUTRAL:
        found = facts(values={id: 1.0})
    else:
        found = showing(Rule(rule.id, ((id, opposite[state]), *others), *[None] * 5, ""))
    assert readings.applies(rule, found) is None


@each_rule
def test_a_rule_speaks_both_languages_and_fits_beside_its_kpi(rule):
    for text in (rule.meaning, rule.action, *rule.causes):
        assert all(side.strip() for side in text)
    assert all(len(rule.meaning.in_(language)) <= 110 for language in LANGUAGES)
    assert rule.source


def test_rules_have_names_of_their_own():
    assert len({rule.id for rule in RULES}) == len(RULES)


# -- the rules of the articles ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "lines", "values", "before"),
    [
        ("seen_but_not_bought", [("reach", 1200, 1000), ("conversions", 50, 100)], {}, {}),
        ("falling_engagement", [], {"engagement_rate": 0.03}, {"engagement_rate": 0.04}),
        ("weak_clicks", [("ctr", 0.004, 0.01)], {}, {}),
        ("costly_acquisition", [("cpa", 60, 38)], {}, {}),
        ("costly_engagement", [("cpe", 2.0, 0.5)], {}, {}),
        ("rising_customer_cost", [], {"cac": 60}, {"cac": 50}),
        ("rising_reach_cost", [], {"cpm": 12}, {"cpm": 10}),
        ("opened_not_clicked", [("email_click_rate", 0.01, 0.05)], {"open_rate": 0.30}, {}),
        ("too_often", [], {"frequency": 6.0}, {}),
        ("weak_conversion_rate", [], {"conversion_rate": 0.01}, {}),
        ("opened", [], {"open_rate": 0.25}, {}),
        ("costly_leads", [("cpl", 30, 20)], {}, {}),
        ("off_target", [("target_coverage", 0.1, 0.4)], {}, {}),
        ("doubtful_interactions", [], {"authenticity": 0.5}, {}),
        ("media_value_below_spend", [], {"emv_ratio": 0.6}, {}),
        ("negative_return", [], {"roi": -0.2}, {}),
        ("seen_badly", [("reach", 1200, 1000)], {"positive_sentiment": 0.3}, {}),
    ],
)
def test_each_rule_of_the_articles_is_read(rule, lines, values, before):
    assert rule in read(facts([line(*one) for one in lines], values, before))


def test_an_exploding_cpa_is_acted_on_now_and_a_slight_drop_of_reach_is_watched():
    """The two examples of the KPI article."""
    found = read(facts([line("cpa", 62, 38), line("reach", 950_000, 1_000_000)]))
    assert found["costly_acquisition"].priority.band is PriorityBand.NOW
    assert found["short_reach"].priority.band is PriorityBand.MONITOR
    assert list(found) == ["costly_acquisition", "short_reach"]


def test_a_slight_drop_is_only_watched_even_where_it_is_the_objective():
    found = read(facts([line("reach", 950_000, 1_000_000)]), objective="awareness")
    assert found["short_reach"].priority.band is PriorityBand.MONITOR


def test_what_is_still_running_can_still_be_saved():
    late = facts([line("reach", 500, 1000)])
    assert read(late, "awareness", end=date(2026, 12, 1))["short_reach"].priority.urgency == 3
    assert read(late, "awareness", end=date(2026, 5, 1))["short_reach"].priority.urgency == 2


@pytest.mark.parametrize("impact", [1, 2, 3])
@pytest.mark.parametrize("urgency", [1, 2, 3])
@pytest.mark.parametrize("ease", [1, 2, 3])
def test_priority_is_the_product_of_the_three_axes(impact, urgency, ease):
    made = Priority(impact, urgency, ease)
    assert made.score == impact * urgency * ease
    assert (made.band is PriorityBand.MONITOR) is (urgency == 1)
    if (impact, urgency) == (3, 3):
        assert made.band is PriorityBand.NOW


def test_two_figures_together_say_more_than_one():
    found = read(facts([line("reach", 1200, 1000), line("conversions", 50, 100)]))
    assert "seen_but_not_bought" in found
    assert "few_conversions" not in found


@pytest.mark.parametrize(
    "kpi", [k for k in catalogue.KPIS if k.better is not Better.NEUTRAL], ids=lambda k: k.id
)
def test_every_objective_that_is_behind_is_spoken_of(kpi):
    actual, target = (9.0, 3.0) if kpi.better is Better.LOWER else (0.3, 0.9)
    assert any(
        r.kpi is kpi and not r.good for r in read(facts([line(kpi.id, actual, target)])).values()
    )


def test_an_awareness_campaign_is_not_asked_for_a_return():
    """Not all campaigns aim at sales (La Maison de l'Influence)."""
    assert "negative_return" not in read(facts(values={"roi": -0.9}, sells=False), "awareness")
    assert "negative_return" in read(facts([line("roi", -0.9, 0.2)], sells=False), "awareness")


def test_a_threshold_of_the_workbook_replaces_ours():
    mine = Facts(
        "Spring",
        {},
        {"frequency": 6.0},
        {},
        References(thresholds={"frequency:high": 8.0}),
        Settings(),
    )
    assert "too_often" not in read(mine)


def test_evidence_names_the_figures_in_both_languages():
    reading = read(facts([line("cpa", 62, 38)]))["costly_acquisition"]
    assert "€62.00, target €38.00 (+63.2%)" in reading.evidence.in_("en")
    assert "62,00\u00a0€, objectif 38,00\u00a0€ (+63,2\u00a0%)" in reading.evidence.in_("fr")


# -- the funnel ------------------------------------------------------------------------------------------


def test_the_weakest_stage_is_named_with_its_reason():
    lines = [
        line("reach", 990, 1000),
        line("engagement_rate", 0.05, 0.04),
        line("conversions", 40, 100),
    ]
    found = funnel.read(lines, {one.kpi.id: one.actual for one in lines}, Settings())
    assert found.weakest is Stage.CONVERSION
    assert (
        found.reason.en == "Conversion is the weakest stage: Conversions at 40 for a target of 100."
    )
    assert [s.stage for s in found.stages] == list(funnel.LEADING)
    assert [s.status for s in found.stages][:3] == [Status.WATCH, Status.MET, Status.MISSED]


def test_one_objective_far_exceeded_does_not_hide_another_that_is_missed():
    lines = [
        line("reach", 9000, 1000),
        line("impressions", 500, 1000),
        line("engagement_rate", 0.036, 0.04),
    ]
    assert funnel.read(lines, {}, Settings()).weakest is Stage.VISIBILITY


@pytest.mark.parametrize("lines", [[], [line("reach", 1000, 1000)]])
def test_no_stage_is_called_weak_without_a_missed_objective(lines):
    found = funnel.read(lines, {}, Settings())
    assert found.weakest is None
    assert all(found.reason)


# -- on a whole report ---------------------------------------------------------------------------------


def analysis(book: Book, **how: object) -> Analysis:
    return build(book, TODAY, **how).analysis


def test_a_draft_comment_is_the_most_pressing_reading_of_its_kpi():
    book = Book(
        [post(reach=1000, conversions=5, cost=500.0)], [aim("conversions", 50), aim("reach", 900)]
    )
    report = build(book, TODAY)
    drafts = {k.kpi.id: report.analysis.draft(k) for k in report.kpis}
    assert (
        drafts["conversions"]
        == next(r for r in report.analysis.readings if r.kpi.id == "conversions").meaning
    )
    assert drafts["reach"] is None


def test_each_campaign_of_a_report_is_read_by_itself():
    posts = [post(reach=1000, conversions=5), post(campaign="Summer", reach=10, conversions=50)]
    book = Book(
        posts,
        [aim("conversions", 50), aim("reach", 900, "Summer")],
        Settings(scope="all"),
        known=[Campaign("Spring", "sales"), Campaign("Summer", "awareness")],
    )
    found = {(r.campaign, r.kpi.id) for r in analysis(book).problems}
    assert {("Spring", "conversions"), ("Summer", "reach")} <= found


def test_a_figure_that_few_posts_have_is_not_read():
    posts = [
        post(day=MARCH, reach=1000, impressions=1000, clicks=0),
        *[post(reach=1000) for _ in range(9)],
    ]
    assert not any(r.kpi.id == "ctr" for r in analysis(Book(posts, [aim("ctr", 0.01)])).readings)
