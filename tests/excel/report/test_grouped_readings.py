"""A report on several campaigns tells each reading once, with its campaigns; their priorities stay in the JSON."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.helpers.books import tiny
from xlkpi.core.insight.analysis import group_readings
from xlkpi.core.insight.phrases import names
from xlkpi.excel.jobs.report import Request, read_report
from xlkpi.excel.workbook import contract, layout

#: Of the same make; what each aims at is missed by more and more.
CAMPAIGNS = ("Spring", "Summer", "Winter")


def posts(campaign: str, month: int) -> list[dict]:
    return [
        {
            "Post ID": f"{campaign}{day}",
            "Date": date(2026, month, day),
            "Campaign": campaign,
            "Influencer": ("Ana", "Ben")[day % 2],
            "Network": "Instagram",
            "Format": "Reel",
            "Reach": 10_000,
            "Impressions": 15_000,
            "Likes": 100,
            "Comments": 5,
            "Shares": 2,
            "Clicks": 20,
            "Conversions": 2,
            "Revenue": 100,
            "Cost": 500,
        }
        for day in range(1, 7)
    ]


@pytest.fixture
def three(tmp_path):
    """Three campaigns with the same problems, the last one the worst of them."""
    targets = {
        "Reach": 90_000,
        "Engagement rate": 0.05,
        "Conversions": 40,
        "CPM": 10,
        "Impressions": 200_000,
        "Cost per acquisition (CPA)": 60,
    }
    worse = {name: factor for factor, name in enumerate(CAMPAIGNS, start=1)}
    objectives = [
        {
            "Campaign": name,
            "KPI": kpi,
            "Target": target / worse[name]
            if kpi in ("CPM", "Cost per acquisition (CPA)")
            else target * worse[name],
        }
        for name in CAMPAIGNS
        for kpi, target in targets.items()
    ]
    return tiny(
        tmp_path / "three.xlsx",
        objectives=objectives,
        posts=[p for month, name in enumerate(CAMPAIGNS, start=3) for p in posts(name, month)],
    )


def told(path, language="en") -> list[tuple[str, ...]]:
    """The rows of the readings: KPI and campaigns, what is seen, what to do."""
    table = layout.ANALYSIS_TABLES["readings"]
    sheet = openpyxl.load_workbook(path)[contract.ANALYSIS.label.in_(language)]
    rows = [[c.value for c in row if c.value is not None] for row in sheet[table.ref][2:]]
    return [(row[1], row[3], row[5]) for row in rows if row]


def test_the_six_rows_say_six_different_things(three, run):
    run("report", three, "--in-place")
    rows = told(three)
    assert len(rows) == layout.ANALYSIS_TABLES["readings"].rows
    assert len({(about.partition(" · ")[0], action) for about, _, action in rows}) == len(rows)


def test_a_reading_names_its_campaigns_the_worst_first_with_its_figures(three, run, language):
    run("report", three, "--in-place", "--lang", language)
    colon = {"en": ": ", "fr": "\u00a0: "}[language]
    rows = told(three, language)
    shared = [(about, seen) for about, seen, _ in rows if "Winter" in about]
    assert len(shared) >= 4
    for about, seen in shared:
        assert about.endswith(" · Winter, Summer, Spring")
        assert seen.startswith(f"Winter{colon}")


def test_the_json_keeps_each_campaigns_own_priority(three, run):
    said = run("report", three, "-o", three.with_name("out.xlsx"), "--json").json
    assert len({p["campaign"] for p in said["priorities"]}) == 3
    for rule in {p["rule"] for p in said["priorities"] if p["kpi"] == "reach"}:
        mine = [
            p["campaign"] for p in said["priorities"] if (p["rule"], p["kpi"]) == (rule, "reach")
        ]
        assert sorted(mine) == list(CAMPAIGNS)
    keys = [(r["campaign"], r["rule"], r["kpi"]) for r in said["recommendations"]]
    assert len(keys) == len(set(keys)) > 3 * layout.ANALYSIS_TABLES["readings"].rows // 2


def test_each_campaign_keeps_its_own_actions_to_follow_up(three, run):
    run("report", three, "--in-place")
    sheet = openpyxl.load_workbook(three)["Actions"]
    campaigns = [row[3] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
    assert set(campaigns) == set(CAMPAIGNS)


def test_the_terminal_names_three_different_things_to_do(three, run):
    said = (
        run("report", three, "-o", three.with_name("out.xlsx"))
        .out.partition("To do first:\n")[2]
        .splitlines()[:3]
    )
    assert len({line.partition(" · ")[0] for line in said}) == 3
    assert all("Winter, Summer, Spring – " in line for line in said)


def test_one_campaign_alone_is_not_named_beside_its_readings(three, run):
    run("report", three, "--in-place", "--campaign", "Winter")
    assert not [about for about, seen, _ in told(three) if "Winter" in about + seen]


def test_no_reading_is_lost_or_told_twice(three):
    readings = read_report(three, Request(), date(2026, 6, 1))[0].analysis.readings
    groups = group_readings(readings)
    assert sum(len(group.campaigns) for group in groups) == len(readings)
    assert [g.worst.good for g in groups] == sorted(g.worst.good for g in groups), (
        "strengths stand last"
    )
    assert [g.worst.priority.score for g in groups if not g.worst.good] == sorted(
        (g.worst.priority.score for g in groups if not g.worst.good), reverse=True
    )


@pytest.mark.parametrize("room", range(12, 40))
def test_names_never_take_more_room_than_there_is(room, language):
    said = names(["Spring glow", "Winter care", "Autumn"], room).in_(language)
    assert len(said) <= room
    assert said.endswith({"en": ("Autumn", "+2 more"), "fr": ("Autumn", "+2 autres")}[language])
    assert names(["Spring glow"], room).in_(language) == "Spring glow"
