"""What a workbook says besides posts and objectives, and that a bad cell there is told, never a crash."""

from __future__ import annotations

from datetime import date

import pytest

from tests.helpers.books import Formula, tiny
from xlkpi.core.findings import Finding, Severity
from xlkpi.core.insight.inputs import CRITERIA, THRESHOLDS, Inputs, References
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.reading.rates import numerator
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.references import REFERENCES, THRESHOLD_ROWS
from xlkpi.ooxml.package import Package

PEOPLE = [
    {"Influencer": "Ana", "Network": "insta", "Followers": 12_000, "Theme": "Food"},
    {"Influencer": "Ben", "Network": "TikTok", "Followers": "80 000"},
]


@pytest.fixture
def read(tmp_path):
    """A small workbook with further sheets → its inputs and its findings."""

    def read(**sheets) -> tuple[Inputs, list[Finding]]:
        with Package(tiny(tmp_path / "book.xlsx", **{"Influencers": PEOPLE, **sheets})) as package:
            book = Workbook(package)
            return book.inputs(), book.all_findings()

    return read


@pytest.fixture(params=LANGUAGES)
def shipped(request, tmp_path) -> tuple[str, Inputs, list[Finding]]:
    """What is read back from a fresh workbook of each language, with rows on the two optional sheets."""
    fr = request.param == "fr"
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        build(
            request.param,
            Sample(
                influencers=[{"influencer": "Ana", "network": "Instagram", "followers": 12_000}],
                campaigns=[{"campaign": "Spring"}],
                reviews=[
                    {
                        "campaign": "Spring",
                        "influencer": "Ana",
                        "coherence": 4.5,
                        "past": 2,
                        "rights": "Oui" if fr else "Yes",
                        "rights_until": date(2027, 3, 31),
                    }
                ],
                audience=[
                    {
                        "influencer": "Ana",
                        "date": date(2026, 3, 1),
                        "dimension": "Genre" if fr else "Gender",
                        "segment": "F",
                        "share": 0.7,
                        "in_target": "Oui" if fr else "Yes",
                    },
                    {
                        "influencer": "Ana",
                        "date": date(2026, 3, 1),
                        "dimension": "Genre" if fr else "Gender",
                        "segment": "M",
                        "share": 0.3,
                        "in_target": "Non" if fr else "No",
                    },
                ],
            ),
        )
    )
    with Package(path) as package:
        book = Workbook(package)
        return request.param, book.inputs(), book.all_findings()


def test_every_threshold_and_weight_has_its_row_on_references():
    assert {
        id: r.value
        for id, r in zip(
            THRESHOLD_ROWS, [r for r in REFERENCES if r.kind == "threshold"], strict=True
        )
    } == THRESHOLDS
    assert [(r.item, r.value) for r in REFERENCES if r.kind == "weight"] == [
        (c.label, c.weight) for c in CRITERIA
    ]


def test_a_fresh_workbook_gives_back_what_it_ships(shipped):
    """The labels of thresholds and weights are read in the language in which they were written."""
    _, inputs, findings = shipped
    references = inputs.references
    assert not findings
    assert (dict(references.thresholds), dict(references.weights)) == (
        THRESHOLDS,
        {c.id: c.weight for c in CRITERIA},
    )
    assert [t.followers for t in references.tiers] == [0, 10_000, 50_000, 500_000, 1_000_000]
    assert references.tier_of(12_000) == "Micro"
    assert {(b.numerator, b.base) for b in references.benchmarks} == {
        (("likes", "comments"), "followers")
    }
    assert len(references.benchmarks) == sum(r.kind == "benchmark" for r in REFERENCES)
    assert [(a.channel, a.kpi, a.value, a.currency) for a in references.ads] == [
        ("Meta Ads", "cpm", 8.15, "USD"),
        ("TikTok Ads", "cpm", 2.97, "USD"),
        ("YouTube Ads", "cpm", 2.16, "USD"),
    ]
    assert all(a.source and a.date for a in references.ads)


def test_reviews_and_audience_are_read_in_both_languages(shipped):
    _, inputs, _ = shipped
    review = inputs.reviews[0]
    assert (review.campaign, review.influencer, dict(review.marks)) == (
        "Spring",
        "Ana",
        {"coherence": 4.5, "past": 2.0},
    )
    assert (review.rights, review.rights_until) == (True, date(2027, 3, 31))
    assert [(a.segment, a.share, a.in_target, a.day) for a in inputs.audience] == [
        ("F", 0.7, True, date(2026, 3, 1)),
        ("M", 0.3, False, date(2026, 3, 1)),
    ]


def test_a_workbook_without_these_sheets_works_as_before(tmp_path):
    with Package(tiny(tmp_path / "book.xlsx", References=None)) as package:
        book = Workbook(package)
        assert book.inputs() == Inputs()
        assert not book.all_findings()


def test_influencers_are_read_with_one_spelling_of_their_network(read):
    inputs, findings = read()
    assert [(i.name, i.network, i.followers, i.theme) for i in inputs.influencers] == [
        ("Ana", "Instagram", 12_000.0, "Food"),
        ("Ben", "TikTok", 80_000.0, ""),
    ]
    assert not findings


@pytest.mark.parametrize(
    ("sheet", "row", "code", "severity"),
    [
        ("Reviews", {"Influencer": "Ana", "Tone": 7}, "XK381", Severity.EXCLUDED),
        ("Reviews", {"Influencer": "Ana", "Tone": 0.5}, "XK381", Severity.EXCLUDED),
        ("Reviews", {"Influencer": "Ana", "Tone": "good"}, "XK301", Severity.EXCLUDED),
        (
            "Reviews",
            {"Influencer": "Ana", "Tone": Formula("=1/0", "#DIV/0!")},
            "XK302",
            Severity.EXCLUDED,
        ),
        (
            "Reviews",
            {"Influencer": "Ana", "Tone": 3, "Re-use rights": "maybe"},
            "XK311",
            Severity.EXCLUDED,
        ),
        (
            "Reviews",
            {"Influencer": "Ana", "Tone": 3, "Rights until": "soon"},
            "XK304",
            Severity.EXCLUDED,
        ),
        ("Reviews", {"Influencer": "Anna", "Tone": 3}, "XK384", Severity.WARNING),
        (
            "Reviews",
            {"Influencer": "Ana", "Tone": 3, "Campaign": "Sprong"},
            "XK384",
            Severity.WARNING,
        ),
        ("Reviews", {"Influencer": None, "Tone": 3}, "XK390", Severity.EXCLUDED),
        (
            "Audience",
            {"Influencer": "Ana", "Dimension": "Age", "Segment": "18-24", "Share": 45},
            "XK382",
            Severity.EXCLUDED,
        ),
        (
            "Audience",
            {"Influencer": "Ana", "Dimension": "Age", "Segment": "18-24", "Share": -0.1},
            "XK382",
            Severity.EXCLUDED,
        ),
        (
            "Audience",
            {"Influencer": "Ana", "Dimension": "Age", "Segment": "18-24", "Share": "lots"},
            "XK301",
            Severity.EXCLUDED,
        ),
        (
            "Audience",
            {"Influencer": "Ana", "Dimension": "Age", "Segment": "18-24", "Share": 0.45},
            "XK389",
            Severity.INFO,
        ),
        (
            "Audience",
            {"Influencer": "Zoe", "Dimension": "Age", "Segment": "all", "Share": 1},
            "XK384",
            Severity.WARNING,
        ),
        (
            "Audience",
            {
                "Influencer": "Ana",
                "Dimension": "Age",
                "Segment": "all",
                "Share": 1,
                "In target": "?",
            },
            "XK311",
            Severity.EXCLUDED,
        ),
        (
            "References",
            {
                "Reference": "Reading threshold",
                "Applies to": "Trend: something moves form",
                "Value": 0.1,
            },
            "XK380",
            Severity.WARNING,
        ),
        (
            "References",
            {"Reference": "Criterion weight", "Applies to": "Tone", "Value": -1},
            "XK380",
            Severity.WARNING,
        ),
        (
            "References",
            {"Reference": "Paid ads", "Applies to": "Reach", "Value": 3},
            "XK380",
            Severity.WARNING,
        ),
        (
            "References",
            {"Reference": "Paid ads", "Applies to": "CPM", "Value": 0},
            "XK380",
            Severity.WARNING,
        ),
        (
            "References",
            {"Reference": "Tier: from followers", "Applies to": "Nano", "Value": "few"},
            "XK301",
            Severity.EXCLUDED,
        ),
    ],
)
def test_a_bad_cell_is_told_with_its_place_effect_and_fix(read, sheet, row, code, severity):
    padding = {
        "Reviews": {"Influencer": "Ben", "Tone": 3},
        "References": {"Reference": "", "Currency": "EUR"},
    }
    _, findings = read(**{sheet: [row, padding.get(sheet, {"Influencer": ""})]})
    assert [(f.code, f.severity) for f in findings] == [(code, severity)]
    found = findings[0]
    assert (found.sheet, found.table) == (sheet, sheet.lower())
    assert found.cell.endswith("2")
    assert found.fix.en
    assert found.fix.fr
    assert found.effect.en or code == "XK304"


@pytest.mark.parametrize(
    ("sheet", "row", "advice"),
    [
        ("Reviews", {"Influencer": "Ana", "Tone": "good"}, "1 to 5"),
        (
            "Audience",
            {"Influencer": "Ana", "Dimension": "Age", "Segment": "18-24", "Share": "lots"},
            "35%",
        ),
    ],
)
def test_what_to_type_in_place_of_a_text_fits_the_column(read, sheet, row, advice):
    _, findings = read(**{sheet: [row, {"Influencer": "Ben"}]})
    assert advice in findings[0].fix.en
    assert "12000" not in findings[0].fix.en


def test_shares_of_more_than_everybody_are_a_warning(read):
    rows = [
        {
            "Influencer": "Ana",
            "Date": date(2026, 3, 1),
            "Dimension": "Age",
            "Segment": s,
            "Share": 0.6,
        }
        for s in "ab"
    ]
    inputs, findings = read(Audience=rows)
    assert [(f.code, f.severity, f.cell) for f in findings] == [("XK383", Severity.WARNING, "E2")]
    assert "120%" in findings[0].reason.en
    assert len(inputs.audience) == 2


def test_two_surveys_are_two_sums(read):
    rows = [
        {
            "Influencer": "Ana",
            "Date": date(2026, month, 1),
            "Dimension": "Age",
            "Segment": s,
            "Share": 0.5,
        }
        for month in (3, 6)
        for s in "ab"
    ]
    assert not read(Audience=rows)[1]


def test_a_stranger_is_told_once_and_his_rows_are_kept(read):
    inputs, findings = read(
        Reviews=[{"Influencer": "Anna", "Tone": 3}, {"Influencer": "anna", "Tone": 4}]
    )
    assert [f.value for f in findings] == ["Anna"]
    assert "Ana" in findings[0].fix.en
    assert len(inputs.reviews) == 2


def test_thresholds_said_twice_count_once(read):
    inputs, findings = read(
        References=[
            {
                "Reference": "Reading threshold",
                "Applies to": "Trend: something moves from",
                "Value": 0.1,
            },
            {
                "Reference": "Seuil de lecture",
                "Applies to": "Tendance : il y a mouvement dès",
                "Value": 0.2,
            },
        ]
    )
    assert inputs.references.threshold("trend") == 0.1
    assert [f.code for f in findings] == ["XK380"]


def test_an_edited_threshold_wins_and_a_missing_one_has_its_working_value(read):
    inputs, _ = read(
        References=[
            {"Reference": "Reading threshold", "Applies to": "Keep: ROI from", "Value": "25 %"}
        ]
    )
    assert inputs.references.threshold("roi:keep") == 0.25
    assert inputs.references.threshold("roi:stop") == References().threshold("roi:stop") == -0.5


def test_a_cost_of_ads_without_currency_is_in_the_workbooks(read):
    inputs, _ = read(
        References=[
            {
                "Reference": "Paid ads",
                "Network": "Meta Ads",
                "Applies to": "Coût par clic",
                "Value": 0.4,
            },
            {"Reference": "Paid ads", "Network": "Meta Ads", "Applies to": "ROI", "Value": 0.8},
        ]
    )
    assert [(a.kpi, a.value, a.currency) for a in inputs.references.ads] == [
        ("cpc", 0.4, "EUR"),
        ("roi", 0.8, ""),
    ]


def test_a_network_of_ads_is_no_network_of_posts(read, tmp_path):
    path = tiny(
        tmp_path / "ads.xlsx",
        References=[
            {"Reference": "Paid ads", "Network": "Meta Ads", "Applies to": "CPM", "Value": 8}
        ],
    )
    with Package(path) as package:
        assert "Meta Ads" not in Workbook(package).known_names().networks


def test_an_error_is_told_once_although_two_look_at_it(tmp_path):
    path = tiny(
        tmp_path / "book.xlsx",
        Influencers=PEOPLE,
        Reviews=[
            {
                "Influencer": "Ana",
                "Tone": Formula("=1/0", "#DIV/0!"),
                "Notes": Formula("=1/0", "#DIV/0!"),
            }
        ],
    )
    with Package(path) as package:
        book = Workbook(package)
        book.known_names()
    assert sorted(f.header for f in book.all_findings()) == ["Notes", "Tone"]


@pytest.mark.parametrize(
    ("unit", "counted"),
    [
        ("(likes + comments) ÷ followers", ("likes", "comments")),
        ("(likes + commentaires + partages) / vues", ("likes", "comments", "shares")),
        ("interactions ÷ reach", ()),
        ("likes", ()),
        ("", ()),
    ],
)
def test_the_interactions_of_a_benchmark_are_read_from_its_unit(unit, counted):
    assert numerator(unit) == counted


def test_a_report_is_made_of_a_workbook_with_bad_reviews(tmp_path):
    """The checks list them; nothing else suffers."""
    from xlkpi.excel.jobs.report import Request, read_report

    path = tiny(
        tmp_path / "book.xlsx", Influencers=PEOPLE, Reviews=[{"Influencer": "Ana", "Tone": 9}]
    )
    report = read_report(path, Request(), date(2026, 11, 22))[0]
    assert [f.place for f in report.findings if f.code == "XK381"] == ["Reviews!B2 (Tone)"]


def test_the_optional_sheets_follow_posts():
    ids = [sheet.id for sheet in contract.SHEETS]
    assert ids[ids.index("posts") :][:3] == ["posts", "reviews", "audience"]
