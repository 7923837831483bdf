"""The list of actions: what a report proposes joins what people made of earlier ones, and nothing of theirs is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xlkpi.core import catalogue
from xlkpi.core.insight.actions import DOING, DONE, DROPPED, MOST, TODO, Action, joined, merge
from xlkpi.core.insight.analysis import Priority, Reading
from xlkpi.core.texts import LANGUAGES, Text

FIRST, NEXT = date(2026, 3, 1), date(2026, 4, 1)


def problem(
    rule: str = "weak_clicks",
    campaign: str = "Spring",
    evidence: str = "CTR 0.4 %",
    kpi: str = "ctr",
) -> Reading:
    return Reading(
        rule,
        campaign,
        catalogue.kpi(kpi),
        False,
        Text(evidence, f"{evidence} (fr)"),
        Text("m", "m"),
        Text(f"Fix {rule}", f"Corriger {rule}"),
        Text("content", "contenu"),
        Priority(3, 3, 3),
        "source",
    )


def run(problems, before=(), campaigns=("Spring",), today=NEXT, language="en"):
    return merge(problems, campaigns, before, today, language)


def test_a_first_report_proposes_its_problems_in_their_order():
    rows = run([problem("a"), problem("b", kpi="cpa")], today=FIRST)
    assert [(r.action, r.state, r.first, r.owner) for r in rows] == [
        ("Fix a", TODO, FIRST, ""),
        ("Fix b", TODO, FIRST, ""),
    ]
    assert not any(r.touched for r in rows)
    assert [r.kpi for r in rows] == [catalogue.kpi("ctr").label.en, catalogue.kpi("cpa").label.en]


def test_ten_a_campaign_are_enough():
    found = [problem(f"r{n}", c) for n in range(15) for c in ("Spring", "Winter")]
    rows = run(found, campaigns=("Spring", "Winter"))
    assert [sum(r.campaign == c for r in rows) for c in ("Spring", "Winter")] == [MOST, MOST]


@pytest.mark.parametrize(
    "theirs",
    [
        {"owner": "Ana"},
        {"due": date(2026, 5, 1)},
        {"due": "after Easter"},
        {"state": DOING},
        {"state": "waiting for legal"},
        {"action": "Ask Léa first"},
        {"why": "our own reason"},
        {"priority": "today!"},
    ],
)
def test_what_a_person_typed_stays_at_every_report(theirs):
    rows = run([problem()], today=FIRST)
    rows = [replace(rows[0], **theirs)]
    for evidence in ("CTR 0.3 %", "CTR 0.2 %"):
        rows = run([problem(evidence=evidence)], rows)
        assert len(rows) == 1
        assert {name: getattr(rows[0], name) for name in theirs} == theirs
        assert rows[0].first == FIRST, "the day it was first proposed"
    assert rows[0].why == theirs.get("why", "CTR 0.2 %"), "what nobody touched follows the figures"


def test_untouched_proposals_follow_the_language():
    rows = run([problem()], run([problem()], language="en"), language="fr")
    assert [(r.action, r.why) for r in rows] == [("Corriger weak_clicks", "CTR 0.4 % (fr)")]


def test_an_untouched_proposal_that_nothing_calls_for_goes():
    assert run([], run([problem()])) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_touched_one_stays_and_says_so_and_comes_back_to_life(language):
    row = replace(run([problem()])[0], owner="Ana")
    gone = run([], [row], language=language)
    assert [(r.owner, r.action) for r in gone] == [("Ana", "Fix weak_clicks")]
    assert gone[0].priority == {"en": "No longer signalled", "fr": "N’est plus signalée"}[language]
    again = run([], gone, language="en")
    assert again[0].priority == "No longer signalled"
    back = run([problem()], again)
    assert back[0].priority == run([problem()])[0].priority
    assert back[0].owner == "Ana"


def test_rows_of_other_campaigns_and_a_persons_own_rows_stay():
    winter = run([problem(campaign="Winter")], campaigns=("Winter",))
    own = Action("Call the printer", campaign="Spring", owner="Noé")
    rows = run([problem()], [*winter, own])
    assert [r.action for r in rows] == ["Fix weak_clicks", "Fix weak_clicks", "Call the printer"]
    assert rows[1:] == (winter[0], own)


def test_done_and_dropped_sink_to_the_end():
    rows = run([problem("a"), problem("b"), problem("c")])
    rows = run(
        [problem("a"), problem("b"), problem("c")],
        [replace(rows[0], state=DONE), replace(rows[1], state=DROPPED), rows[2]],
    )
    assert [(r.action, r.state) for r in rows] == [
        ("Fix c", TODO),
        ("Fix a", DONE),
        ("Fix b", DROPPED),
    ]


def test_a_renamed_case_of_the_campaign_is_the_same_campaign():
    row = replace(run([problem(campaign="spring GLOW")])[0], owner="Ana")
    assert [
        r.owner for r in run([problem(campaign="Spring glow")], [row], campaigns=("Spring glow",))
    ] == ["Ana"]


def test_a_copied_row_is_its_owners_and_does_not_multiply():
    row = replace(run([problem()])[0], owner="Ana")
    rows = [row, replace(row, owner="Noé")]
    for _ in range(3):
        rows = run([problem()], rows)
        assert [(r.owner, bool(r.key)) for r in rows] == [("Ana", True), ("Noé", False)]


def test_a_damaged_key_loses_no_row():
    rows = run(
        [problem()],
        [Action("x", key="no bars", marks="?"), Action("y", key="Spring|gone|ctr", marks="")],
    )
    assert {r.action for r in rows} == {"Fix weak_clicks", "x", "y"}


def test_the_lists_of_a_workbook_and_of_its_report_become_one():
    proposed = run([problem("a"), problem("b")])
    source = [
        replace(proposed[0], owner="Ana"),
        proposed[1],
        Action("only in the workbook"),
        Action("in both"),
    ]
    older = [proposed[0], replace(proposed[1], owner="Noé"), Action("in both", owner="Zoé")]
    rows = joined(source, older)
    assert [(r.action, r.owner) for r in rows] == [
        ("Fix a", "Ana"),
        ("Fix b", "Noé"),
        ("in both", "Zoé"),
        ("only in the workbook", ""),
    ]
    assert joined([], older) == tuple(older)
    assert joined(source, []) == tuple(source)


def test_merging_twice_changes_nothing():
    before = [*run([problem("a"), problem("b")]), Action("own")]
    once = run([problem("a")], [replace(before[1], state=DONE), before[0], before[2]])
    assert run([problem("a")], once) == once
