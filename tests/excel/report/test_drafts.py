"""Where nobody commented, the report offers what its figures say, as a draft; a person's words always win."""

from __future__ import annotations

import openpyxl
import pytest

from tests.helpers.books import cell_of
from xlkpi.excel.report.comments import Comment, persons, with_older

WORD = {"en": "Draft: ", "fr": "Brouillon\u00a0: "}


def comment(path, row: int, sheet: str = "Report") -> str:
    return str(cell_of(path, sheet, f"G{row}") or "")


def put(path, cell: str, text: str | None, sheet: str = "Report") -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = text
    book.save(path)


def test_a_draft_stands_where_nobody_commented(run, sample, language):
    path = sample(language)
    sheet = {"en": "Report", "fr": "Rapport"}[language]
    said = run("report", path, "--in-place", "--json", language=language)
    drafts = [line["draft"] for line in said.json["kpis"]]
    assert any(drafts)
    assert all(line["comment"] == "" for line in said.json["kpis"])
    assert [comment(path, 7 + i, sheet) for i in range(6)] == [
        WORD[language] + d if d else "" for d in drafts
    ]


def test_a_draft_is_never_read_back_as_a_persons_comment(run, sample):
    path = sample()
    for language in ("en", "fr", "en"):
        said = run("report", path, "--in-place", "--json", "--lang", language)
        assert all(line["comment"] == "" for line in said.json["kpis"])
    assert comment(path, 10).startswith(WORD["en"]), "it follows the language of the report"
    assert cell_of(path, "Report", "B96") is None, "a draft is no comment to be kept for later"


def test_a_persons_comment_wins_over_the_draft(run, sample):
    path = sample()
    run("report", path, "--in-place")
    put(path, "G10", "The shop was closed")
    line = run("report", path, "--in-place", "--json").json["kpis"][3]
    assert line["comment"] == "The shop was closed"
    assert line["draft"]
    assert comment(path, 10) == "The shop was closed"


def test_a_changed_draft_becomes_its_authors(run, sample):
    path = sample()
    run("report", path, "--in-place")
    draft = comment(path, 10)
    put(path, "G10", f"{draft} Agreed with Ana.")
    run("report", path, "--in-place")
    assert comment(path, 10) == draft.removeprefix(WORD["en"]) + " Agreed with Ana."


def test_a_draft_that_a_person_made_theirs_by_taking_the_mark_off_stays(run, sample):
    path = sample()
    run("report", path, "--in-place")
    taken = comment(path, 10).removeprefix(WORD["en"])
    put(path, "G10", taken)
    assert run("report", path, "--in-place", "--json").json["kpis"][3]["comment"] == taken


# -- a deleted draft -------------------------------------------------------------------------------


def test_a_deleted_draft_stays_deleted(run, sample):
    """Also in the other language, and without a word of it in the JSON."""
    path = sample()
    run("report", path, "--in-place")
    put(path, "G10", None)
    for language in ("en", "fr", "fr", "en"):
        line = run("report", path, "--in-place", "--json", "--lang", language).json["kpis"][3]
        assert (line["comment"], line["draft"]) == ("", None)
        assert comment(path, 10) == ""
        assert comment(path, 9).startswith(WORD[language]), "the other drafts are offered as before"


def test_another_reading_is_offered_where_a_draft_was_deleted(run, sample):
    path = sample()
    run("report", path, "--in-place")
    put(path, "G10", None)
    put(path, "R10", "Draft: what an earlier report read")
    run("report", path, "--in-place")
    assert comment(path, 10).startswith(WORD["en"])


def test_a_deleted_draft_is_remembered_over_reports_on_other_campaigns(run, sample, language):
    path = sample()
    run("report", path, "--in-place")
    put(path, "G10", None)
    run("report", path, "--in-place", "--campaign", "Winter care", "--lang", language)
    row = [str(cell_of(path, "Report", f"{letter}96")) for letter in "BCD"]
    assert row[0] == "Spring glow"
    assert row[2].startswith(
        {"en": "Deleted draft: ", "fr": "Brouillon supprimé\u00a0: "}[language]
    )
    run("report", path, "--in-place", "--campaign", "Winter care", "--lang", language)
    run("report", path, "--in-place")
    assert comment(path, 10) == ""
    assert cell_of(path, "Report", "B96") is None
    put(path, "R10", None)
    run("report", path, "--in-place")
    assert comment(path, 10).startswith(WORD["en"]), "whoever deletes the note too is asked again"


def test_a_draft_deleted_in_a_report_of_its_own_stays_deleted_there(run, sample):
    path = sample()
    out = path.with_name("campaign-report.xlsx")
    run("report", path)
    put(out, "G10", None)
    for _ in range(2):
        run("report", path)
        assert comment(out, 10) == ""
    put(path.with_name("campaign-report.xlsx"), "G10", "The shop was closed")
    run("report", path)
    assert comment(out, 10) == "The shop was closed"


@pytest.mark.parametrize(
    ("mine", "older", "wins"),
    [
        (("", ""), ("", "few clicks"), ("", "few clicks")),
        (("mine", ""), ("", "few clicks"), ("mine", "")),
        (("mine", ""), ("theirs", ""), ("theirs", "")),
        (("", "few clicks"), ("", ""), ("", "few clicks")),
        (("", "few clicks"), ("theirs", ""), ("theirs", "")),
    ],
)
def test_a_deletion_never_takes_away_a_comment(mine, older, wins):
    found = with_older(
        {"spring|ctr": Comment("Spring", "ctr", *mine)},
        {"spring|ctr": Comment("Spring", "ctr", *older)},
    )
    assert found["spring|ctr"] == ("Spring", "ctr", *wins)


@pytest.mark.parametrize(
    ("said", "draft", "theirs"),
    [
        ("Draft: few clicks", "Draft: few clicks", ""),
        ("Draft: few clicks", None, ""),
        ("Brouillon\u00a0: peu de clics", None, ""),
        ("Brouillon : peu de clics", None, ""),
        ("Draft: few clicks!", "Draft: few clicks", "few clicks!"),
        ("Draft: mine", "", "mine"),
        ("few clicks", "Draft: few clicks", "few clicks"),
        ("Drafted by Ana", None, "Drafted by Ana"),
        ("", "Draft: few clicks", ""),
    ],
)
def test_whose_a_comment_is(said, draft, theirs):
    """Without a note of what was drafted (a workbook of an earlier version) the mark alone tells."""
    assert persons(said, draft) == theirs
