"""The functions that take or give words: verdicts, names, tiers, links, and what an error means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from xlkpi.core.catalogue import KPIS
from xlkpi.core.kpi import Better
from xlkpi.core.texts import LANGUAGES
from xlkpi.core.variance import STATUS_WORDS, Status, compare
from xlkpi.excel.functions.values import DIV0, ERRORS, NA, NUM, REF, VALUE
from xlkpi.excel.workbook.references import REFERENCES

Cell = Callable[..., Any]


# -- target against actual ---------------------------------------------------------------------


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)
def test_the_verdict_of_a_cell_is_that_of_the_report(cell: Cell, kpi: Any):
    for actual, target in (
        (95.0, 100.0),
        (80.0, 100.0),
        (120.0, 100.0),
        (0.031, 0.03),
        (-5.0, 10.0),
    ):
        found = compare(actual, target, kpi.unit, kpi.judged)
        assert cell("KPI_VARIANCE", actual, target, kpi.id) == found.value
        for language in LANGUAGES:
            assert cell("KPI_STATUS", actual, target, kpi.label.fr, language) == STATUS_WORDS[
                found.status
            ].in_(language)


def test_a_lower_cost_is_met_and_a_neutral_kpi_is_not_judged(cell: Cell):
    assert cell("KPI_STATUS", 4.0, 5.0, "CPA") == "Met"
    assert cell("KPI_STATUS", 6.0, 5.0, "CPA") == "Behind"
    assert cell("KPI_STATUS", 5.4, 5.0, "CPA", None, 0.05) == "Behind"
    assert cell("KPI_STATUS", 5.4, 5.0, "CPA", "Français", 0.1) == "À surveiller"
    neutral = next(k for k in KPIS if k.better is Better.NEUTRAL)
    assert cell("KPI_STATUS", 1.0, 5.0, neutral.id) == STATUS_WORDS[Status.NEUTRAL].en


@pytest.mark.parametrize(
    ("actual", "target", "kpi", "told"),
    [
        (None, 5.0, "roi", NA),
        (5.0, "", "roi", NA),
        (5.0, 5.0, None, NA),
        ("5", 5.0, "roi", VALUE),
        (5.0, 5.0, 3.0, VALUE),
        (5.0, 5.0, "no such KPI", VALUE),
        (1e308, -1e308, "roi", NUM),
        (1e308, 1e-10, "reach", NUM),
        (REF, DIV0, "roi", REF),
        ("text", 5.0, REF, REF),
    ],
)
def test_no_verdict_without_a_reason(cell: Cell, actual: Any, target: Any, kpi: Any, told: int):
    """A missing target is an error, never a word that a filter takes for a verdict."""
    assert (
        cell("KPI_VARIANCE", actual, target, kpi) == cell("KPI_STATUS", actual, target, kpi) == told
    )


def test_a_target_of_zero_has_a_verdict_and_no_relative_variance(cell: Cell):
    assert cell("KPI_VARIANCE", 12.0, 0.0, "negative_mentions") == DIV0
    assert cell("KPI_STATUS", 12.0, 0.0, "negative_mentions") == "Behind"
    assert cell("KPI_STATUS", 0.0, 0.0, "negative_mentions", "fr") == "Atteint"


def test_an_odd_language_or_tolerance_is_refused(cell: Cell):
    assert (
        cell("KPI_STATUS", 5.0, 5.0, "roi", "klingon")
        == cell("KPI_STATUS", 5.0, 5.0, "roi", 1.0)
        == VALUE
    )
    assert cell("KPI_STATUS", 5.0, 5.0, "roi", "en", "a bit") == VALUE
    assert cell("KPI_STATUS", 5.0, 5.0, "roi", "en", -0.1) == NUM


def test_verdicts_spill(cell: Cell):
    assert cell("KPI_STATUS", ((4.0,), (None,), (6.0,)), 5.0, "CPA") == [
        ("Met",),
        (NA,),
        ("Behind",),
    ]
    assert cell("KPI_VARIANCE", ((4.0, 6.0),), 5.0, (("CPA",), ("ROAS",))) == [
        (-0.2, 0.2),
        (-0.2, 0.2),
    ]


# -- names and errors --------------------------------------------------------------------------


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.id)
def test_every_kpi_can_be_named_in_both_languages(cell: Cell, kpi: Any):
    for said in (kpi.id, kpi.excel_name, kpi.label.en):
        assert cell("KPI_NAME", said, "fr") == kpi.label.in_("fr")
    assert cell("KPI_NAME", kpi.id) == kpi.label.en


def test_an_unknown_name_is_a_value_error(cell: Cell):
    assert cell("KPI_NAME", (("roi",), ("rio de janeiro",), (None,), (REF,))) == [
        ("Return on investment (ROI)",),
        (VALUE,),
        (NA,),
        (REF,),
    ]


def test_every_error_is_explained_in_both_languages(cell: Cell):
    for error in (*ERRORS, NA + 9):
        english, french = (cell("KPI_WHY", error, language) for language in LANGUAGES)
        assert english.endswith(".")
        assert french.endswith(".")
        assert english != french


def test_what_is_no_error_needs_no_word(cell: Cell):
    assert [cell("KPI_WHY", value) for value in (0.05, "Met", None, True)] == [""] * 4
    assert cell("KPI_WHY", ((0.05,), (DIV0,)), "fr")[0] == ("",)
    assert "zéro" in cell("KPI_WHY", ((0.05,), (DIV0,)), "fr")[1][0]
    assert cell("KPI_WHY", DIV0, REF) == REF


# -- tiers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("followers", "name"),
    [
        (0.0, "Nano"),
        (9_999.0, "Nano"),
        (10_000.0, "Micro"),
        (49_999.0, "Micro"),
        (500_000.0, "Macro"),
        (3e7, "Mega"),
        (-1.0, NA),
        (None, NA),
        ("many", VALUE),
        (True, VALUE),
        (DIV0, DIV0),
    ],
)
def test_the_shipped_tiers_begin_at_their_bound(cell: Cell, followers: Any, name: Any):
    assert cell("TIER", followers) == name


def test_tiers_may_be_a_users_own(cell: Cell):
    own = (("Big", 1_000.0), ("Small", 0.0), (None, None))
    assert cell("TIER", ((10.0,), (1_000.0,)), own) == [("Small",), ("Big",)]
    assert cell("TIER", 60_000.0, None, "fr") == "Intermédiaire"


def test_the_references_sheet_gives_its_tiers(cell: Cell):
    """The name ``reference_values`` holds rates and benchmarks too."""
    for language in LANGUAGES:
        table = tuple(
            (
                {"tier": "Tier: from followers"}.get(r.kind, r.kind),
                r.network,
                r.item.in_(language),
                r.value,
                r.unit.in_(language),
                r.currency,
                r.source,
                None,
            )
            for r in REFERENCES
        )
        assert cell("TIER", 60_000.0, table) == cell("TIER", 60_000.0, None, language)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ((("A", 0.0), ("B", REF)), REF),
        ((("A", 0.0), ("B", "x")), VALUE),
        (((None, 0.0),), NA),
        ((("A",),), VALUE),
        ((("cpm", "", "", 5.0),), NA),
        ("A", VALUE),
        (5.0, VALUE),
        (DIV0, DIV0),
        ((), VALUE),
    ],
)
def test_a_table_of_tiers_that_is_none_is_an_error(cell: Cell, table: Any, told: int):
    assert cell("TIER", 100.0, table) == told


# -- links -------------------------------------------------------------------------------------

LINKS = [
    (
        "https://shop.fr/p",
        "instagram",
        "influencer",
        "spring",
        "reel-1",
        "https://shop.fr/p?utm_source=instagram&utm_medium=influencer&utm_campaign=spring&utm_content=reel-1",
    ),
    (
        "https://shop.fr/p?id=7&size=L#top",
        "tik tok",
        "influence",
        "été & hiver",
        None,
        "https://shop.fr/p?id=7&size=L&utm_source=tik%20tok&utm_medium=influence"
        "&utm_campaign=%C3%A9t%C3%A9%20%26%20hiver#top",
    ),
    (
        "https://shop.fr/?utm_source=old&UTM_Medium=old&utm_content=kept&q=a%20b",
        "x",
        "post",
        2026.0,
        "",
        "https://shop.fr/?utm_content=kept&q=a%20b&utm_source=x&utm_medium=post&utm_campaign=2026",
    ),
]


@pytest.mark.parametrize(("url", "source", "medium", "campaign", "content", "link"), LINKS)
def test_a_link_carries_its_parameters_and_keeps_what_it_had(
    cell: Cell, url: str, source: str, medium: str, campaign: Any, content: Any, link: str
):
    assert cell("UTM_LINK", url, source, medium, campaign, content) == link
    assert cell("UTM_LINK", link, source, medium, campaign, content) == link  # twice is once
    assert re.fullmatch(r"[!-~]+", link)


@pytest.mark.parametrize(
    ("url", "source", "told"),
    [
        (None, "x", NA),
        ("https://a.fr", None, NA),
        ("https://a.fr", " ", NA),
        ("https://a.fr", True, VALUE),
        ("a.fr/page", "x", VALUE),
        ("javascript:alert(1)", "x", VALUE),
        ("https://", "x", VALUE),
        ("https://[a", "x", VALUE),
        ("https://a.fr/a b", "x", VALUE),
        ("https://a.fr/\x00", "x", VALUE),
        ("https://a.fr", DIV0, DIV0),
        ("https://a.fr", "x" * 40_000, VALUE),
        (5.0, "x", VALUE),
    ],
)
def test_what_is_no_web_address_gives_no_link(cell: Cell, url: Any, source: Any, told: int):
    assert cell("UTM_LINK", url, source, "influencer", "spring") == told


def test_links_spill(cell: Cell):
    links = cell("UTM_LINK", "https://a.fr", (("x",), (None,)), "m", "c")
    assert links == [("https://a.fr?utm_source=x&utm_medium=m&utm_campaign=c",), (NA,)]
