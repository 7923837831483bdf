"""The commands as a user meets them: help, languages, files, JSON and exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import version

import openpyxl
import pytest

from tests.helpers.books import POSTS, changed, tiny

COMMANDS = ((), ("new",), ("report",), ("check",), ("kpis",), ("demo",))
ENGLISH = re.compile(
    r"\b(the|of|and|with|show|usage:|commands|write|workbook|campaign workbook|command|file|folder|"
    r"period|name)\b",
    re.I,
)
FRENCH = re.compile(
    r"\b(le|la|les|des|avec|afficher|commandes|classeur|fichier|dossier|nom|langue|rapport|sans)\b",
    re.I,
)


def help_of(run, command, language) -> str:
    said = run(*command, "--help", language=language)
    assert said.code == 0
    assert not said.err
    return said.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c) or "xlkpi")
def test_help_is_in_one_language(run, language, command):
    text = re.sub(r"--[a-z-]+|xlkpi [a-z]+", "", help_of(run, command, language))
    if not command:  # the commands' own names are English words
        text = re.sub(r"^  (new|report|check|kpis|demo)\b", "", text, flags=re.M)
    assert not (ENGLISH if language == "fr" else FRENCH).findall(text), text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c) or "xlkpi")
def test_help_explains_every_option(run, language, command):
    text = help_of(run, command, language)
    assert "--help" in text
    options = text.split("Options", 1)[1]
    for option in re.findall(r"^  (?:-\w, )?(--[a-z-]+)", options, re.M):
        line = re.split(r"\n  -|\n\n", options[options.index(option) :])[0]
        assert len(re.sub(r"\s+", " ", line)) > len(option) + 10, option


@pytest.mark.parametrize("command", COMMANDS[1:], ids=" ".join)
def test_both_languages_offer_the_same_options(run, command):
    en, fr = (set(re.findall(r"--[a-z-]+", help_of(run, command, lang))) for lang in ("en", "fr"))
    assert en - {"--lang"} == fr - {"--lang"}


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["--version"], ["nosuch"]])
def test_help_imports_nothing_heavy(arguments):
    program = (
        "import sys; from xlkpi import cli; code = cli.run(sys.argv[1:]); "
        "print('\\nHEAVY', [m for m in ('pandas', 'numpy', 'narwhals', 'lxml', 'xlsxwriter', 'babel', 'openpyxl', "
        "'xlwings') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    assert "HEAVY []" in done.stdout


def test_version_is_the_installed_one(run):
    assert run("--version").out == f"xlkpi {version('xlkpi')}\n"


def test_module_and_environment_speak_the_users_language(shell):
    assert shell("--help", language="fr").out.replace("\u00a0", " ").startswith("Usage : xlkpi")
    assert shell("--help", language="en").out.startswith("Usage: xlkpi")


# -- new and demo ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [False, True])
def test_new_writes_a_workbook_in_the_users_language(tmp_path, run, language, sample):
    said = run("new", tmp_path / "mine", *(["--sample"] if sample else []), language=language)
    assert said.code == 0, said.err
    assert "mine.xlsx" in said.out
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    assert book.sheetnames[0] == ("README" if language == "en" else "LISEZ-MOI")
    assert bool(book["Posts"]["A2"].value) is sample


@pytest.mark.parametrize(
    ("arguments", "campaigns"),
    [
        (("--sample",), {"en": "Summer miles", "fr": "Matins d’avoine"}),
        (("--sample", "awareness"), {"en": "Oat mornings", "fr": "Matins d’avoine"}),
        (("--sample", "conversion"), {"en": "Summer miles", "fr": "Kilomètres d’été"}),
        (("--sample=small",), {"en": "Spring glow", "fr": "Éclat de printemps"}),
    ],
)
def test_new_with_the_example_that_was_asked_for(tmp_path, run, language, arguments, campaigns):
    said = run("new", tmp_path / "a.xlsx", *arguments, language=language)
    assert said.code == 0, said.err
    assert (
        openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True).worksheets[2]["A2"].value
        == campaigns[language]
    )


def test_a_path_after_sample_is_the_path(tmp_path, run):
    """The option worked without a value first, and may stand anywhere."""
    assert run("new", "--sample", tmp_path / "a.xlsx").code == 0
    assert (tmp_path / "a.xlsx").exists()


def test_an_example_that_there_is_not_is_refused_with_the_choices(tmp_path, run):
    said = run("new", tmp_path / "a.xlsx", "--sample=loyalty")
    assert said.code == 2
    assert "awareness" in said.err


def test_new_lang_option_beats_the_environment(tmp_path, run):
    assert run("new", tmp_path / "a.xlsx", "--lang", "fr", language="en").code == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "LISEZ-MOI"


def test_new_equals_the_template(tmp_path, run, language, template):
    run("new", tmp_path / "a.xlsx", language=language)
    assert (tmp_path / "a.xlsx").read_bytes() == template(language)


@pytest.mark.parametrize("more", [[], ["--sample"]])
def test_new_never_overwrites(tmp_path, run, language, more):
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"precious")
    said = run("new", path, *more, language=language)
    assert (said.code, said.codes) == (4, {"XK408"})
    assert path.read_bytes() == b"precious"


def test_new_into_a_missing_folder(tmp_path, run, language):
    said = run("new", tmp_path / "no" / "mine.xlsx", language=language)
    assert (said.code, said.codes) == (4, {"XK403"})


def test_demo_makes_a_campaign_and_its_report(tmp_path, run, monkeypatch, language):
    monkeypatch.setenv(
        "PATH", str(tmp_path)
    )  # without LibreOffice: the rest must work all the same
    monkeypatch.chdir(tmp_path)
    said = run("demo", language=language)
    assert said.code == 0, said.err
    folder = tmp_path / "xlkpi-demo"
    names = {
        "en": ["campaign-report.xlsx", "campaign.xlsx"],
        "fr": ["campagne-rapport.xlsx", "campagne.xlsx"],
    }[language]
    assert sorted(p.name for p in folder.iterdir()) == names
    for name in names:
        assert name in said.out
    assert "LibreOffice" in said.out


def test_demo_never_overwrites(tmp_path, run, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert run("demo").code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["xlkpi-demo", "xlkpi-demo-2"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "campaign-report.xlsx").write_bytes(b"precious")
    said = run("demo", "mine")
    assert said.code == 4
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["campaign-report.xlsx"]
    assert (tmp_path / "mine" / "campaign-report.xlsx").read_bytes() == b"precious"


# -- report ----------------------------------------------------------------------------------------


def test_report_says_where_it_is_and_what_it_found(run, sample, language):
    said = run("report", sample(language), language=language)
    assert said.code == 0, said.err
    assert ("campaign-report.xlsx" if language == "en" else "campaign-rapport.xlsx") in said.out
    assert ("3 of 6 targets met" if language == "en" else "3 objectifs sur 6 atteints") in said.out


def test_report_says_where_the_funnel_is_weakest_and_what_to_do_first(run, sample, language):
    out = run("report", sample(language), language=language).out
    weakest, first = {
        "en": (
            "Conversion is the weakest stage: Conversions at 937",
            "To do first:\n  Conversions – ",
        ),
        "fr": ("Conversion est l’étape la plus faible", "À faire d’abord :\n  Conversions – "),
    }[language]
    assert weakest in out
    assert first in out.replace("\u00a0", " ")


def test_report_language_is_the_workbooks_unless_asked(run, sample):
    assert run("report", sample("fr"), "--json", language="en").json["language"] == "fr"
    assert (
        run("report", sample("fr"), "--json", "--lang", "en", language="en").json["language"]
        == "en"
    )


def test_json_has_the_promised_shape(run, sample):
    report = run("report", sample(), "--json").json
    for key in (
        "kpis",
        "headline",
        "totals",
        "by_influencer",
        "by_network",
        "by_period",
        "findings",
    ):
        assert key in report
    assert report["kpis"]
    for kpi in report["kpis"]:
        assert kpi.keys() >= {
            "id",
            "label",
            "target",
            "actual",
            "variance",
            "variance_kind",
            "status",
            "comment",
        }
        assert re.fullmatch(r"[a-z][a-z0-9_]*", kpi["id"])
        assert kpi["variance_kind"] in ("relative", "points")
        assert kpi["status"] in ("met", "watch", "missed", "neutral", "unknown")
    rate = next(k for k in report["kpis"] if k["id"] == "engagement_rate")
    assert 0 < rate["actual"] < 1
    assert rate["variance"] == pytest.approx(rate["actual"] - rate["target"], abs=1e-9)
    assert {row["network"] for row in report["by_network"]} == {"Instagram", "TikTok", "YouTube"}
    assert all(re.fullmatch(r"\d{4}-\d{2}", row["period"]) for row in report["by_period"])
    assert sum(row["reach"] for row in report["by_influencer"]) == report["totals"]["reach"]


def test_json_alone_writes_nothing(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    assert run("report", path, "--json").code == 0
    assert list(tmp_path.iterdir()) == [path]


def test_json_with_an_output_writes_both(tmp_path, run):
    said = run("report", tiny(tmp_path / "book.xlsx"), "--json", "-o", tmp_path / "out.xlsx")
    assert said.json["kpis"][0]["actual"] == 4500
    assert "out.xlsx" in said.err
    assert (tmp_path / "out.xlsx").exists()


def test_json_is_pure_on_standard_output(tmp_path, shell):
    said = shell("report", tiny(tmp_path / "book.xlsx", changed(POSTS, 0, Reach="oops")), "--json")
    assert said.code == 1
    assert [f["cell"] for f in json.loads(said.out)["findings"] if f["code"] == "XK301"] == ["G2"]


def test_the_table_of_the_brief(tmp_path, run):
    """Reach −5 %, engagement rate +1.2 pt, conversions −6 %, positive sentiment +5 pt."""
    posts = [
        {
            "Post ID": "p1",
            "Date": "2026-03-02",
            "Network": "Instagram",
            "Influencer": "Ana",
            "Reach": 950_000,
            "Likes": 39_900,
            "Conversions": 470,
            "Positive comments": 90,
            "Neutral comments": 6,
            "Negative comments": 4,
        }
    ]
    objectives = [
        {"KPI": kpi, "Target": target}
        for kpi, target in (
            ("Reach", 1_000_000),
            ("Engagement rate", 0.03),
            ("Conversions", 500),
            ("Positive sentiment", 0.85),
        )
    ]
    report = run("report", tiny(tmp_path / "book.xlsx", posts, objectives), "--json").json
    assert [(k["variance_kind"], k["variance"]) for k in report["kpis"]] == [
        ("relative", -0.05),
        ("points", 0.012),
        ("relative", -0.06),
        ("points", 0.05),
    ]


def test_report_cells_equal_the_json(tmp_path, run, sample):
    path = sample()
    report = run("report", path, "--json").json
    assert run("report", path).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "campaign-report.xlsx")["Report"]
    for row, kpi in enumerate(report["kpis"], start=7):
        shown = [sheet.cell(row, c).value for c in range(2, 6)]
        variance = kpi["variance"] * (100 if kpi["variance_kind"] == "points" else 1)
        assert shown[0] == kpi["label"]
        assert shown[1:] == pytest.approx([kpi["target"], kpi["actual"], variance], rel=1e-12)


def test_campaign_and_period_narrow_the_report(run, sample):
    path = sample()
    whole = run("report", path, "--json").json["rows"]
    march = run("report", path, "--json", "--campaign", "spring GLOW", "--period", "2026-03").json[
        "rows"
    ]
    assert 0 < march["used"] < whole["used"]
    assert march["used"] + march["other"] == whole["used"] + whole["other"]


# -- kpis ------------------------------------------------------------------------------------------


def test_kpis_lists_the_whole_dictionary(run, language):
    from xlkpi.core import catalogue

    out = run("kpis", language=language).out
    assert len(out.splitlines()) == len(catalogue.KPIS)
    assert all(kpi.label.in_(language) in out and kpi.function in out for kpi in catalogue.KPIS)
    assert [k["id"] for k in run("kpis", "--json").json] == [k.id for k in catalogue.KPIS]


@pytest.mark.parametrize("name", ["engagement_rate", "Taux d’engagement", "ENGAGEMENT_RATE"])
def test_kpis_explains_one(run, language, name):
    said = run("kpis", name, language=language)
    assert said.code == 0
    assert "ENGAGEMENT_RATE" in said.out
    assert ("Formule :" if language == "fr" else "Formula:") in said.out.replace("\u00a0", " ")


def test_kpis_suggests_the_nearest(run, language):
    said = run("kpis", "engagment rate", language=language)
    assert said.code == 2
    assert ("Taux d’engagement" if language == "fr" else "Engagement rate") in said.err


def test_a_closed_pipe_is_no_error(shell):
    done = subprocess.run(
        f"{sys.executable} -m xlkpi kpis | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_output_survives_a_terminal_that_knows_only_ascii(sample):
    import os

    done = subprocess.run(
        [sys.executable, "-m", "xlkpi", "report", str(sample("fr")), "--lang", "fr"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_name_too_long_for_the_system_is_told(run, tmp_path, language):
    said = run(
        "report", tmp_path / "book.xlsx", "-o", tmp_path / f"{'x' * 300}.xlsx", language=language
    )
    assert (said.code, said.codes) == (4, {"XK401"}), said.err
