"""Where a deck is written, and what is never written over."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pptx import Presentation

from tests.deck import companies


def test_the_deck_stands_beside_the_report_in_its_language(tmp_path, run, sample, language):
    said = run("report", sample(language, "spring.xlsx"), "--pptx", language=language)
    assert said.code == 0
    deck = tmp_path / {"en": "spring-report.pptx", "fr": "spring-rapport.pptx"}[language]
    assert str(deck) in said.out
    assert len(Presentation(str(deck)).slides) == 9


def test_the_workbook_may_follow_the_option(tmp_path, run, sample):
    assert run("report", "--pptx", sample()).code == 0
    assert (tmp_path / "campaign-report.pptx").exists()


def test_the_deck_goes_where_it_is_asked_to(tmp_path, run, sample):
    assert run("report", sample(), "--pptx", tmp_path / "board.pptx").code == 0
    assert [p.name for p in tmp_path.glob("*.pptx")] == ["board.pptx"]


def test_a_template_alone_asks_for_a_deck(tmp_path, run, sample):
    (tmp_path / "company.potx").write_bytes(companies.dark(potx=True))
    assert run("report", sample(), "--pptx-template", tmp_path / "company.potx").code == 0
    assert Presentation(str(tmp_path / "campaign-report.pptx")).slide_width == 9_144_000


def test_in_place_the_deck_still_stands_beside(tmp_path, run, sample):
    assert run("report", sample(), "--in-place", "--pptx").code == 0
    assert (tmp_path / "campaign-report.pptx").exists()


def test_json_stays_alone_on_the_output(run, sample):
    said = run("report", sample(), "--json", "--pptx")
    assert said.json["status"] == "watch"
    assert "campaign-report.pptx" in said.err


@pytest.mark.parametrize("name", ["deck.ppt", "deck", "deck.pdf"])
def test_a_deck_has_to_be_named_as_one(tmp_path, run, sample, name):
    said = run("report", sample(), f"--pptx={tmp_path / name}")
    assert said.code == 2
    assert ".pptx" in said.err
    assert [p.name for p in tmp_path.iterdir()] == ["campaign.xlsx"]


def test_an_untouched_deck_is_refreshed_without_a_copy(tmp_path, run, sample):
    book = sample()
    run("report", book, "--pptx")
    first = (tmp_path / "campaign-report.pptx").read_bytes()
    assert run("report", book, "--pptx").code == 0
    assert (tmp_path / "campaign-report.pptx").read_bytes() == first
    assert len(list(tmp_path.glob("*.pptx"))) == 1


def test_a_deck_that_a_person_has_changed_is_kept_as_a_dated_copy(tmp_path, run, sample):
    book, deck = sample(), tmp_path / "campaign-report.pptx"
    run("report", book, "--pptx")
    edited = Presentation(str(deck))
    edited.slides[1].shapes.title.text_frame.text = "My own title"
    edited.save(str(deck))
    mine = deck.read_bytes()
    said = run("report", book, "--pptx")
    assert said.code == 0
    copies = [p for p in tmp_path.glob("*.pptx") if p != deck]
    assert [copy.read_bytes() for copy in copies] == [mine]
    assert str(copies[0]) in said.out
    assert Presentation(str(deck)).slides[1].shapes.title.text_frame.text == "1. Context"


@pytest.mark.parametrize(
    "foreign",
    [companies.plain(), companies.dark(), b"my notes", b""],
    ids=["a deck", "a template", "a text", "nothing"],
)
def test_a_file_that_is_not_ours_is_left_and_nothing_is_written(tmp_path, run, sample, foreign):
    book, deck = sample(), tmp_path / "campaign-report.pptx"
    deck.write_bytes(foreign)
    said = run("report", book, "--pptx")
    assert (said.code, said.codes) == (4, {"XK407"})
    assert deck.read_bytes() == foreign
    assert not (tmp_path / "campaign-report.xlsx").exists()


def test_the_template_itself_is_never_written_over(tmp_path, run, sample):
    template = tmp_path / "company.pptx"
    made = companies.dark()
    template.write_bytes(made)
    said = run("report", sample(), "--pptx", template, "--pptx-template", template)
    assert (said.code, said.codes) == (4, {"XK407"})
    assert template.read_bytes() == made


def test_a_folder_that_is_not_there_is_said(tmp_path, run, sample):
    said = run("report", sample(), "--pptx", tmp_path / "none" / "deck.pptx")
    assert said.code == 4
    assert "XK403" in said.codes


def test_nobody_waits_for_the_deck_who_has_not_asked_for_one(sample):
    """python-pptx takes half a second to load."""
    asked = (
        "import sys; from xlkpi.cli import run; run(['report', sys.argv[1]]); "
        "print('loaded:', sorted(m for m in sys.modules if m.split('.')[0] == 'pptx'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, str(sample())],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "loaded: []" in done.stdout


def test_two_processes_write_the_same_bytes(tmp_path, sample):
    """Neither the clock nor the order of a set is in the file."""
    asked = (
        "import sys; from datetime import date; from pathlib import Path; from xlkpi.deck.build import build; "
        "from xlkpi.excel.jobs import report as f; "
        "report, language = f.read_report(Path(sys.argv[1]), f.Request(), date(2026, 11, 22)); "
        "Path(sys.argv[2]).write_bytes(build(report, language, date(2026, 11, 22)))"
    )
    book = sample()
    for name in ("a.pptx", "b.pptx"):
        subprocess.run(
            [sys.executable, "-c", asked, str(book), str(tmp_path / name)], check=True, timeout=120
        )
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()
