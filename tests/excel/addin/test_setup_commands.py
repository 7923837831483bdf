"""xlkpi install, uninstall, doctor and addin build as a user meets them."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from xlkpi.excel.addin import contents
from xlkpi.excel.addin import install as setup
from xlkpi.excel.addin.machine import Profile, excel_listed

COMMANDS = (("install",), ("uninstall",), ("doctor",), ("addin",), ("addin", "build"))
ENGLISH = re.compile(
    r"\b(the|of|and|with|show|usage:|commands|write|for|this|remove|user|developers|path)\b", re.I
)
FRENCH = re.compile(
    r"\b(le|la|les|des|avec|afficher|commandes|pour|cet|supprimer|utilisateur|chemin)\b", re.I
)
elsewhere_only = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="this system has an Excel"
)


@pytest.fixture
def at_home(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """The command line on a machine of this kind."""
    monkeypatch.setattr(Profile, "of_this_machine", classmethod(lambda cls: profile))
    return profile


# -- help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_one_language(run, language, command):
    said = run(*command, "--help", language=language)
    assert (said.code, said.err) == (0, "")
    text = re.sub(r"--[a-z-]+|xlkpi [a-z ]+", "", said.out)
    assert not (ENGLISH if language == "fr" else FRENCH).findall(text), text


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_both_languages_offer_the_same_options(run, command):
    en, fr = (
        set(re.findall(r"--[a-z-]+", run(*command, "--help", language=lang).out))
        for lang in ("en", "fr")
    )
    assert en == fr


# -- where there is no Excel -------------------------------------------------------------------------


@elsewhere_only
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_without_excel_the_command_explains_itself(run, language, command):
    said = run(command, language=language)
    assert (said.code, said.err) == (0, "")
    for path in (
        r"%APPDATA%\Microsoft\Excel\XLSTART\xlkpi.xlam",
        r"%APPDATA%\xlkpi\xlkpi.conf",
        "~/Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/xlkpi.xlam",
        "~/Library/Containers/com.microsoft.Excel/Data/xlkpi.conf",
        "~/Library/Application Scripts/com.microsoft.Excel/xlkpi.applescript",
    ):
        assert f"  {path}\n" in said.out
    assert ("nothing was done here" if language == "en" else "rien n’a été fait ici") in said.out
    assert "xlkpi report" in said.out


@elsewhere_only
def test_doctor_checks_what_can_be_checked_without_excel(run, language):
    said = run("doctor", language=language)
    assert (said.code, said.err) == (0, ""), said.out
    assert all(line.startswith("[ok]") for line in said.out.splitlines())
    assert sys.executable in said.out
    data = run("doctor", "--json", language=language).json
    assert data["well"] is True
    assert [line["check"] for line in data["lines"]] == [
        "python",
        "xlwings",
        "isolated",
        "defaults",
        "edition",
    ]
    assert [line["message"] for line in data["lines"]] == said.out.splitlines()


@elsewhere_only
def test_lang_option_beats_the_environment(run):
    assert "rien n’a été fait" in run("install", "--lang", "fr", language="fr").out
    assert "[ok] Python :" in run("doctor", "--lang", "fr", language="fr").out.replace(
        "\u00a0", " "
    )


# -- where there is one --------------------------------------------------------------------------------


def test_a_whole_life(at_home, run, language):
    told = run("install", language=language)
    assert (told.code, told.err) == (0, "")
    assert str(at_home.addin) in told.out
    assert "Influence KPI" in told.out
    assert run("doctor", language=language).code == 0
    assert ("Nothing to do" if language == "en" else "Rien à faire") in run(
        "install", language=language
    ).out
    at_home.addin.write_bytes(b"old")
    ill = run("doctor", language=language)
    assert (ill.code, ill.err) == (1, "")
    assert ill.out.splitlines()[0].startswith(
        "[wrong] Add-in:" if language == "en" else "[à corriger] Complément\u00a0:"
    )
    told = run("uninstall", language=language)
    assert (told.code, told.err) == (0, "")
    assert str(at_home.addin) in told.out
    again = run("uninstall", language=language)
    assert again.code == 0
    assert ("Nothing to do" if language == "en" else "Rien à faire") in again.out


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_open_excel_is_told_in_one_line(profile, run, language, command, monkeypatch):
    setup.install(profile)
    monkeypatch.setattr(
        Profile,
        "of_this_machine",
        classmethod(lambda cls: replace(profile, excel_runs=lambda: True)),
    )
    said = run(command, language=language)
    assert (said.code, said.codes, said.out) == (3, {"XK601"}, "")
    assert ("quit Excel" if language == "en" else "quittez toutes les fenêtres d’Excel") in said.err
    assert profile.addin.exists()


def test_a_folder_that_refuses_is_told_in_one_line(at_home, run, language):
    at_home.startup.parent.mkdir(parents=True, exist_ok=True)
    at_home.startup.write_text("in the way", encoding="utf-8")
    said = run("install", language=language)
    assert (said.code, said.codes, said.out) == (4, {"XK606"}, "")
    assert len(said.err.splitlines()) == 1


def test_doctor_json_names_what_is_wrong(at_home, run):
    data = run("doctor", "--json").json
    assert data["well"] is False
    assert {line["check"] for line in data["lines"] if line["sign"] == "wrong"} >= {
        "addin",
        "configuration",
    }


# -- addin build -----------------------------------------------------------------------------------


def test_addin_build_writes_the_add_in_that_install_copies(tmp_path, run, language):
    said = run("addin", "build", tmp_path / "mine.xlam", language=language)
    assert (said.code, said.err) == (0, "")
    assert "mine.xlam" in said.out
    assert (tmp_path / "mine.xlam").read_bytes() == contents.addin()


def test_addin_build_is_called_xlkpi_xlam_unless_asked(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("addin", "build").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["xlkpi.xlam"]


def test_addin_build_never_replaces_a_workbook(tmp_path, run, language):
    book = tmp_path / "campaign.xlsx"
    book.write_bytes(b"precious")
    assert run("addin", "build", book, language=language).code == 2
    assert book.read_bytes() == b"precious"


# -- this machine ------------------------------------------------------------------------------------


def test_the_profile_is_this_users_and_this_pythons():
    here = Profile.of_this_machine()
    assert here.python == Path(sys.executable)
    assert here.xlwings == here.pin == "0.37.8"
    assert here.home == Path.home()


@pytest.mark.parametrize(
    ("table", "runs"),
    [
        ('"EXCEL.EXE","4711","Console","1","120,000 K"\r\n', True),
        ('"Excel.exe","4711","RDP-Tcp#3","1","120\ufffd000 K"\r\n', True),
        (
            '"EXCEL.EXE","4711","RDP-Tcp#4","2","120,000 K"\r\n',
            False,
        ),  # another user of the same server
        ("INFO: No tasks are running which match the specified criteria.\r\n", False),
        (
            "Information\ufffd: aucune t\ufffdche en service ne correspond aux crit\ufffdres.\r\n",
            False,
        ),
        ('"EXCELSIOR.EXE","1","Console","1","1 K"\r\n', False),
        ("", False),
    ],
)
def test_excel_is_seen_in_the_list_of_programs(table, runs):
    assert excel_listed(table, 1) is runs


def test_finding_out_about_excel_never_fails():
    assert Profile.of_this_machine().excel_runs() in (True, False)
    assert Profile.of_this_machine().registry(r"HKCU\Software\No such key") == {}


def test_install_needs_nothing_but_the_package(tmp_path, shell):
    """Run from another folder, by the module."""
    said = shell("doctor", "--json", cwd=tmp_path)
    assert said.code == 0, said.out
    assert json.loads(said.out)["well"] is True
