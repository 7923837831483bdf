"""A user's mistake is told in their language: what, in which cell, with which effect and fix; nothing is written."""

from __future__ import annotations

import re

import openpyxl
import pytest

from tests.helpers.books import OBJECTIVES, POSTS, changed, tiny

FRENCH_SHEETS = {"Objectives": "Objectifs", "Posts": "Posts"}


def refused(said, language: str, code: str, *parts: str) -> None:
    """Exit code 3, one message in the user's language with these parts, nothing on standard output."""
    assert said.code == 3, said.err
    assert not said.out
    assert said.codes == {code}, said.err
    assert "Traceback" not in said.err
    for part in (
        *parts,
        "Solution" if language == "fr" else "Fix:",
        "Rien n’a été écrit" if language == "fr" else "Nothing was written",
    ):
        assert part in said.err, said.err


def only(tmp_path, *names: str) -> None:
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("sheet", ["Posts", "Objectives"])
def test_missing_sheet(tmp_path, run, language, command, sheet):
    path = tiny(tmp_path / "book.xlsx", **{sheet.lower(): None})
    name = {"Posts": "Posts", "Objectives": "Objectives" if language == "en" else "Objectifs"}[
        sheet
    ]
    other = ({"Posts", "Objectives"} - {sheet}).pop()
    refused(run(command, path, language=language), language, "XK201", name, other, "xlkpi new")
    only(tmp_path, "book.xlsx")


@pytest.mark.parametrize(
    ("sheet", "column", "words"),
    [("objectives", "KPI", ("KPI", "KPI")), ("objectives", "Target", ("Target", "Cible"))],
)
def test_missing_column(tmp_path, run, language, sheet, column, words):
    rows = [{k: v for k, v in row.items() if k != column} for row in OBJECTIVES]
    path = tiny(tmp_path / "book.xlsx", **{sheet: rows})
    refused(
        run("report", path, language=language),
        language,
        "XK202",
        words[language == "fr"],
        "Objectives!A1",
    )
    only(tmp_path, "book.xlsx")


def test_posts_without_any_figure(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", [{"Post ID": "p1", "Date": "2026-03-01", "Network": "X"}])
    refused(
        run("report", path, language=language),
        language,
        "XK202",
        "Posts!A1",
        "Reach" if language == "en" else "Portée",
    )
    only(tmp_path, "book.xlsx")


@pytest.mark.parametrize("posts", [[], [dict.fromkeys(POSTS[0])]], ids=["no rows", "blank rows"])
def test_no_posts(tmp_path, run, language, posts):
    path = tiny(tmp_path / "book.xlsx", posts)
    refused(run("report", path, language=language), language, "XK203", "Posts")
    only(tmp_path, "book.xlsx")


def test_fresh_template_has_no_posts(tmp_path, run, language):
    assert run("new", tmp_path / "fresh.xlsx", language=language).code == 0
    refused(run("report", tmp_path / "fresh.xlsx", language=language), language, "XK203", "Posts")
    only(tmp_path, "fresh.xlsx")


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("Engagment rate", ("Engagement rate", "Taux d’engagement")),
        ("Taux d'engagemnt", ("Engagement rate", "Taux d’eng")),
        ("Impresions", ("Impressions", "Impressions")),
        ("zzzqqq", None),
    ],
)
def test_unknown_kpi(tmp_path, run, language, said, near):
    path = tiny(tmp_path / "book.xlsx", objectives=changed(OBJECTIVES, 1, KPI=said))
    meant = (near[language == "fr"],) if near else ()
    told = run("report", path, "--json", "--lang", language, language=language)
    assert told.code == 1
    assert [line["id"] for line in told.json["kpis"]] == ["reach", "conversions"]
    (finding,) = [f for f in told.json["findings"] if f["code"] == "XK205"]
    assert finding["cell"] == "B3"
    assert all(part in finding["message"] for part in (said, "xlkpi kpis", *meant))
    strict = run("report", path, "--strict", language=language)
    assert (strict.code, strict.out) == (3, "")
    only(tmp_path, "book.xlsx")


def test_all_unknown_kpis_are_told_at_once(tmp_path, run, language):
    objectives = [{**row, "KPI": f"{row['KPI']} zz"} for row in OBJECTIVES]
    said = run("report", tiny(tmp_path / "book.xlsx", objectives=objectives), language=language)
    assert said.err.count("[XK205]") == 3
    assert said.code == 3


def test_target_without_a_kpi(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", objectives=changed(OBJECTIVES, 2, KPI=None))
    told = run("report", path, "--json", "--lang", language, language=language)
    assert told.code == 1
    assert [f["cell"] for f in told.json["findings"] if f["code"] == "XK205"] == ["B4"]
    assert len(told.json["kpis"]) == 2


def test_an_abbreviation_is_asked_about_by_its_full_name(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", objectives=changed(OBJECTIVES, 1, KPI="Eng. rate"))
    message = next(
        f["message"]
        for f in run("report", path, "--json", "--lang", language, language=language).json[
            "findings"
        ]
        if f["code"] == "XK205"
    )
    assert ("Engagement rate" if language == "en" else "Taux d’engagement") in message


@pytest.mark.parametrize("setting", [True, False])
def test_unknown_campaign(tmp_path, run, language, setting):
    settings = [{"Setting": "Campaign", "Value": "Winter" if setting else ""}]
    path = tiny(tmp_path / "book.xlsx", Settings=settings)
    said = run("report", path, *([] if setting else ["--campaign", "Winter"]), language=language)
    refused(said, language, "XK204", "Winter", "Spring")
    only(tmp_path, "book.xlsx")


def test_period_without_posts(tmp_path, run, language):
    refused(
        run("report", tiny(tmp_path / "book.xlsx"), "--period", "2031", language=language),
        language,
        "XK203",
    )
    only(tmp_path, "book.xlsx")


def test_period_asked_for_without_a_start(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", Settings=[{"Setting": "Report on", "Value": "A period"}])
    start = "Period start" if language == "en" else "Début de période"
    refused(run("report", path, language=language), language, "XK206", start)


# -- text where a number should be: the report is written, without it ------------------------------


def test_text_in_a_number_cell_is_named_and_left_out(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12,3k?"))
    said = run("report", path, "--lang", language)
    assert said.code == 1
    assert said.codes >= {"XK301"}
    for part in (
        "Posts!G3",
        "12,3k?",
        "Reach" if language == "en" else "Portée",
        "Effect" if language == "en" else "Effet",
    ):
        assert part in said.err, said.err
    name = "book-report.xlsx" if language == "en" else "book-rapport.xlsx"
    only(tmp_path, "book.xlsx", name)
    checks = openpyxl.load_workbook(tmp_path / name)["Checks" if language == "en" else "Contrôles"]
    row = next(row for row in checks.iter_rows(min_row=5, values_only=True) if row[0] == "XK301")
    assert row[2] == "Posts!G3 (Reach)"
    assert row[3] == "12,3k?"


@pytest.mark.parametrize("command", ["report", "check"])
def test_findings_are_said_in_the_users_language(tmp_path, run, language, command):
    """The workbook is English; what the terminal says is for who sits before it."""
    path = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12,3k?"))
    said = run(command, path, language=language)
    assert ("n’est pas un nombre" if language == "fr" else "not a number") in said.err


def test_strict_refuses_what_would_be_left_out(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12,3k?"))
    for arguments in (
        ["report", path, "--strict"],
        ["report", path, "--strict", "--json"],
        ["report", path, "--strict", "--in-place"],
    ):
        before = path.read_bytes()
        refused(run(*arguments, language=language), language, "XK301", "Posts!G3", "12,3k?")
        assert path.read_bytes() == before
        only(tmp_path, "book.xlsx")
    assert run("check", path, "--strict", language=language).code == 3


def test_strict_changes_nothing_for_a_clean_workbook(tmp_path, run):
    assert run("report", tiny(tmp_path / "book.xlsx"), "--strict").code == 0
    only(tmp_path, "book.xlsx", "book-report.xlsx")


def test_check_names_every_problem_at_once_and_writes_nothing(tmp_path, run, language):
    posts = changed(changed(changed(POSTS, 0, Reach="a lot"), 1, Likes=-3), 2, Date="soon")
    path = tiny(tmp_path / "book.xlsx", posts, Settings=[{"Setting": "Tolerance", "Value": 7}])
    said = run("check", path, "--lang", language)
    assert said.code == 1
    assert said.codes >= {"XK301", "XK305", "XK304", "XK308"}
    assert ("3 rows = 3 used" if language == "en" else "3 lignes = 3 utilisées") in said.out
    for cell in ("Posts!G2", "Posts!I3", "Posts!B4", "Settings!B2"):
        assert cell in said.err
    only(tmp_path, "book.xlsx")


def test_check_of_a_clean_workbook(tmp_path, run, language):
    said = run("check", tiny(tmp_path / "book.xlsx"), language=language)
    assert said.code == 0
    assert ("Nothing to report." if language == "en" else "Rien à signaler.") in said.out
    assert not said.err


def test_a_thousand_problems_stay_readable(tmp_path, run):
    posts = [{**POSTS[0], "Post ID": f"p{i}", "Reach": "oops"} for i in range(1000)]
    said = run("check", tiny(tmp_path / "book.xlsx", posts))
    assert said.err.count("[XK301]") == 51
    assert "950" in said.err


# -- usage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "period",
    [
        "2026-13",
        "Q1",
        "2026-Q5",
        "2026-03-32",
        "..",
        "2026..",
        "2026-04..2026-03",
        "",
        "soon",
        "26",
        "2026-3-5-7",
        "²026",
        "9999999",
    ],
)
def test_bad_period(tmp_path, run, language, period):
    path = tiny(tmp_path / "book.xlsx")
    said = run("report", path, "--period", period, language=language)
    assert said.code == 2, said.err
    assert "2026-Q1" in said.err
    assert ("écrivez" if language == "fr" else "write") in said.err
    only(tmp_path, "book.xlsx")


@pytest.mark.parametrize(
    "period",
    ["2026", "2026-Q1", "2026-T1", "2026-03", "2026-03-01..2026-03-31", "2026-02..2026-03"],
)
def test_good_period(tmp_path, run, period):
    said = run("report", tiny(tmp_path / "book.xlsx"), "--period", period, "--json")
    assert said.code == 0, said.err
    assert said.json["rows"]["used"] == 3
    assert said.json["scope"] == "period"


USAGE = [
    ("report",),
    ("report", "a.xlsx", "b.xlsx"),
    ("report", "a.xlsx", "--no-such"),
    ("nosuch",),
    ("report", "--campaign"),
    ("report", "a.xlsx", "--lang", "de"),
    ("new",),
    ("new", "book.csv"),
    ("new", "book.xlsx", "--lang", "xx"),
    ("kpis", "Engagment"),
    ("check",),
    ("demo", "a", "b"),
    ("report", "a.xlsx", "--json=yes"),
    ("report", "a.xlsx", "--in-place", "-o", "b.xlsx"),
]
ENGLISH = re.compile(
    r"\b(no such|missing|argument|invalid|is not one of|got unexpected|requires|does not take|did you "
    r"mean|must|possible options|error|usage:|help:)\b",
    re.I,
)
FRENCH = re.compile(
    r"\b(il manque|inconnue?|valeur|doit|aide|attend|vouliez|choisissez|s’excluent)\b", re.I
)


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage_is_told_in_one_language(tmp_path, run, monkeypatch, language, arguments):
    monkeypatch.chdir(tmp_path)
    said = run(*arguments, language=language)
    assert said.code == 2, said.err
    assert "xlkpi" in said.err
    assert "--help" in said.err
    assert not said.out
    foreign = (ENGLISH if language == "fr" else FRENCH).findall(said.err)
    assert not foreign, said.err
    assert list(tmp_path.iterdir()) == []


def test_output_onto_the_workbook_itself_needs_in_place(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx")
    before = path.read_bytes()
    said = run("report", path, "-o", path, language=language)
    assert said.code == 2
    assert "--in-place" in said.err
    assert path.read_bytes() == before


def test_a_mistake_never_shows_a_traceback(tmp_path, shell, language):
    """In a process of its own, where Python itself could still complain on the way out."""
    said = shell("report", tmp_path / "no.xlsx", language=language)
    assert (said.code, said.out) == (3, "")
    assert len(said.err.strip().splitlines()) == 2


def test_only_findings_are_said_on_the_error_channel(tmp_path, shell, sample):
    """Libraries' warnings mean nothing to a marketer."""
    assert shell("report", tiny(tmp_path / "book.xlsx")).err == ""
    for line in shell("report", sample()).err.splitlines():
        assert re.search(r"\[XK\d{3}\]$", line), line
