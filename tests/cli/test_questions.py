"""On a terminal an import asks for the columns of a table that it does not know, once; elsewhere nothing waits."""

from __future__ import annotations

import json
import os
import select
import sys
import time
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from xlkpi.cli.questions import Questions
from xlkpi.excel.jobs import imports as fileimport
from xlkpi.excel.posts.existing import existing
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.intake.profiles import files as profile_files
from xlkpi.ooxml.package import Package

TABLE = """Ref;Jour;Qui;Audience vue;Coeurs;Humeur
https://agence.example/1;03/04/2026;Lea;1 200;30;bonne
https://agence.example/2;05/04/2026;Lea;900;20;moyenne
"""
NEAR = """Lien;Date;Influenceur;Likes;Cmmentaires;Humeur
https://www.instagram.com/p/A/;13/04/2026;Lea;30;4;bonne
"""


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    """The folder of profiles of a user who has none yet."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "settings"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "suivi avril.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def ask(sample, language):
    """Imports a table in a terminal whose user types these lines; gives what was said, the exit code, the workbook."""
    from datetime import datetime

    book = sample(language)

    def call(path: Path, *lines: str, dry_run: bool = False):
        now = datetime(2026, 11, 20)

        @click.command()
        def command() -> None:
            done = fileimport.import_files(
                [path],
                book,
                now,
                dry_run=dry_run,
                ask=Questions(language, now.date(), keep=not dry_run),
            )
            click.echo(done.report.as_text(language))

        return CliRunner().invoke(command, input="".join(f"{line}\n" for line in lines)), book

    return call


def imported(book: Path) -> dict[str, list[object]]:
    """The last rows of Posts."""
    with Package(book) as package:
        return {id: list(values)[-2:] for id, values in existing(Workbook(package)).columns.items()}


def test_columns_are_asked_one_by_one_and_kept_as_a_profile(ask, table):
    said, book = ask(
        table, "y", "URL", "Date", "influenceur", "Reach", "likes", "", "insta", "", "y"
    )
    assert said.exit_code == 0, said.output
    posts = imported(book)
    assert (posts["reach"], posts["likes"], posts["network"]) == (
        [1200, 900],
        [30, 20],
        ["Instagram"] * 2,
    )
    assert "Audience vue (1 200, 900)" in said.output
    [profile] = profile_files.saved()
    assert profile.name == "suivi avril"
    assert dict(profile.columns) == {
        "Ref": "url",
        "Jour": "date",
        "Qui": "influencer",
        "Audience vue": "reach",
        "Coeurs": "likes",
    }
    assert (profile.network, profile.order) == ("Instagram", "dmy")


def test_figures_of_a_workbook_are_shown_as_they_were_typed(ask, tmp_path):
    workbook = openpyxl.Workbook()
    for row in (
        ["Ref", "Jour", "Audience vue"],
        ["https://agence.example/1", "13/04/2026", 9200],
        ["x", "14/04/2026", 0.5],
    ):
        workbook.active.append(row)
    workbook.save(tmp_path / "suivi.xlsx")
    said, _ = ask(tmp_path / "suivi.xlsx", "y", "", "", "", "")
    assert "Audience vue (9200, 0.5)" in said.output


def test_what_was_asked_once_is_not_asked_again(ask, table):
    ask(table, "y", "URL", "Date", "Influencer", "Reach", "Likes", "", "instagram", "n", "y")
    again, book = ask(table)
    assert again.exit_code == 0, again.output
    assert "?" not in again.output
    assert [str(day) for day in imported(book)["date"]] == ["2026-03-04", "2026-05-04"]


def test_enter_leaves_a_column_out_and_a_near_name_is_offered(ask, tmp_path, language):
    path = tmp_path / "agence.csv"
    path.write_text(NEAR, encoding="utf-8")
    said, book = ask(path, "", "", "")
    assert said.exit_code == 0, said.output
    assert f"[{'Commentaires' if language == 'fr' else 'Comments'}]" in said.output
    assert imported(book)["comments"][-1] == 4
    [profile] = profile_files.saved()
    assert "Humeur" not in profile.columns


def test_a_table_that_is_no_list_of_posts_is_refused_as_before(ask, table):
    said, _ = ask(table, "")
    assert said.exit_code == 1
    assert said.exception.findings[0].code == "XK130"
    assert profile_files.saved() == []


def test_unknown_and_repeated_names_are_asked_again(ask, table, language):
    said, _ = ask(
        table,
        "y",
        "Horoscope",
        "?",
        "URL",
        "Date",
        "Influencer",
        "Reach",
        "Reach",
        "Likes",
        "-",
        "",
        "",
        "y",
    )
    assert said.exit_code == 0, said.output
    assert (
        "Posts n’a pas de colonne de ce nom"
        if language == "fr"
        else "Posts has no column of this name"
    ) in said.output
    assert (
        "est déjà lu dans" if language == "fr" else "is read from “Audience vue” already"
    ) in said.output
    assert ("Note du contenu" if language == "fr" else "Content score") in said.output


@pytest.mark.parametrize(
    "answers",
    [("y",), ("y", "URL", "Date", "Influencer", "Reach", "Likes", "", "", "", "n")],
    ids=["input ends", "no to the mapping"],
)
def test_stopping_writes_nothing(ask, table, answers):
    said, book = ask(table, *answers)
    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit)
    assert profile_files.saved() == []
    assert not list(book.parent.glob("*.bak*"))


def test_a_dry_run_asks_and_keeps_nothing(ask, table):
    said, book = ask(
        table, "y", "URL", "Date", "Influencer", "Reach", "Likes", "", "", "", "y", dry_run=True
    )
    assert said.exit_code == 0, said.output
    assert profile_files.saved() == []
    assert not list(book.parent.glob("*.bak*"))


def test_control_characters_of_a_file_do_not_reach_the_terminal(
    ask, run, sample, tmp_path, language
):
    path = tmp_path / "x.csv"
    path.write_text(
        NEAR.replace("Humeur", "Hum\x1b[2Jeur").replace("bonne", "\x1b]0x\x07"), encoding="utf-8"
    )
    said, _ = ask(path, "", "", "")
    asked, _, report = said.output.partition(
        "La correspondance" if language == "fr" else "The mapping"
    )
    assert "Hum [2Jeur (]0x)" in asked
    assert report
    by_command = run("import", path, "--into", sample(language), language=language).out
    assert "Hum [2Jeur" in by_command
    assert not {"\x1b", "\x07"} & {*asked, *by_command}


def test_without_a_terminal_nothing_waits_and_open_columns_are_findings(
    run, sample, tmp_path, language
):
    path = tmp_path / "agence.csv"
    path.write_text(NEAR, encoding="utf-8")
    said = run("import", path, "--into", sample(language), "--json", language=language)
    assert said.code == 0, said.err
    told = [f["message"] for f in said.json["findings"] if f["code"] == "XK136"]
    assert len(told) == 2
    assert "Cmmentaires" in told[0]
    assert "Humeur" in told[1]
    assert profile_files.saved() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")
def test_a_person_at_a_terminal_is_asked(table, sample, tmp_path):
    """The whole command in a process of its own, on a pseudo terminal."""
    import pty

    book = sample("fr")
    environment = os.environ | {
        "XLKPI_LANG": "fr",
        "XDG_CONFIG_HOME": str(tmp_path / "settings"),
        "TERM": "dumb",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.execve(
            sys.executable,
            [sys.executable, "-m", "xlkpi", "import", str(table), "--into", str(book)],
            environment,
        )
    answers = ["o", "URL", "Date", "Influencer", "Reach", "Likes", "", "Instagram", "", ""]
    shown = b""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        if not select.select([terminal], [], [], 0.1)[0]:
            if answers and shown.rstrip(b" ").endswith((b":", b"]")):
                os.write(terminal, f"{answers.pop(0)}\n".encode())
                shown += b"\n"
            continue
        try:
            piece = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, shown.decode()
    assert not answers
    [kept] = (tmp_path / "settings" / "xlkpi" / "profiles").glob("*.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["network"] == "Instagram"
    assert imported(book)["likes"] == [30, 20]
