"""`xlkpi import`: any export of a network lands in Posts with every number, or ends in a sentence."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from xlkpi.excel.posts.existing import existing
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.intake.exports import loading
from xlkpi.ooxml.package import Package

SAMPLES = Path(__file__).parents[1] / "intake" / "exports" / "samples"
EXPORT = SAMPLES / "instagram_content_en.csv"


def posts(path: Path) -> int:
    with Package(path) as package:
        return len(existing(Workbook(package)).rows)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_export_is_added_and_the_workbook_as_it_was_is_kept(run, sample, language):
    book = sample(language)
    before, bytes_before = posts(book), digest(book)
    said = run("import", EXPORT, "--into", book, language=language)
    assert said.code in (0, 1)
    assert posts(book) > before
    [backup] = [p for p in book.parent.iterdir() if ".bak" in p.name]
    assert digest(backup) == bytes_before
    assert str(backup) in said.out


def test_the_same_export_again_changes_nothing(run, sample):
    book = sample()
    run("import", EXPORT, "--into", book)
    once = digest(book)
    said = run("import", EXPORT, "--into", book)
    assert digest(book) == once
    assert "Nothing changed" in said.out


def test_a_dry_run_writes_nothing_and_says_what_it_would(run, sample):
    book = sample()
    before = digest(book)
    said = run("import", EXPORT, "--into", book, "--dry-run", "--json")
    assert digest(book) == before
    assert said.json["added"] > 0
    assert said.json["written"] is None
    assert [p.name for p in book.parent.iterdir() if ".bak" in p.name] == []


def test_a_dry_run_says_at_its_end_that_nothing_was_written(run, sample, language):
    said = run("import", EXPORT, "--into", sample(language), "--dry-run", language=language)
    assert said.out.rstrip().endswith("(--dry-run).")


@pytest.fixture
def saved(tmp_path):
    """Writes a TikTok export of one post of 7 March 2020, as a file that was saved at a certain time."""

    def write(name: str, likes: int, at: datetime) -> Path:
        path = tmp_path / name
        path.write_text(
            "Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
            f"a,https://www.tiktok.com/@tom/video/7480001112223334445,2020-03-07 17:00,{likes},5,1,3100\n"
        )
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    return write


def last_post(book: Path) -> tuple[object, object]:
    """Likes and day of the figures of the lowest row of Posts."""
    with Package(book) as package:
        columns = existing(Workbook(package)).columns
        return columns["likes"][-1], columns["snapshot_date"][-1]


def test_an_older_file_after_a_newer_one_changes_nothing_and_says_so(run, sample, saved):
    book = sample()
    run("import", saved("may.csv", 900, datetime(2020, 5, 2, 12)), "--into", book)
    assert last_post(book) == (900, date(2020, 5, 2))
    said = run("import", saved("april.csv", 400, datetime(2020, 4, 2, 12)), "--into", book)
    assert last_post(book) == (900, date(2020, 5, 2))
    assert "[XK333]" in said.out + said.err


def test_of_two_files_of_one_day_the_one_saved_later_counts_in_any_order(run, sample, saved):
    files = [
        saved("a.csv", 900, datetime(2020, 5, 2, 18)),
        saved("b.csv", 400, datetime(2020, 5, 2, 9)),
    ]
    for name, order in (("one.xlsx", files), ("other.xlsx", files[::-1])):
        book = sample().rename(files[0].parent / name)
        run("import", *order, "--into", book)
        assert last_post(book)[0] == 900


def test_a_file_that_claims_to_be_older_than_its_posts_is_of_today(run, sample, saved):
    book = sample()
    run("import", saved("unzipped.csv", 900, datetime(2010, 1, 1, 12)), "--into", book)
    assert last_post(book) == (900, date.today())


def test_imported_posts_are_in_the_next_report(run, sample):
    book = sample()
    before = run("report", book, "--json").json["rows"]["total"]
    added = run("import", EXPORT, "--into", book, "--campaign", "Spring glow", "--json").json[
        "added"
    ]
    assert run("report", book, "--json").json["rows"]["total"] == before + added


@pytest.mark.parametrize(
    "name", ["customers_fr.csv", "analyst_notes_en.csv", "shopify_orders_en.csv"]
)
def test_a_file_of_another_kind_is_refused_by_name(run, sample, language, name):
    book = sample(language)
    before = digest(book)
    said = run("import", SAMPLES / name, "--into", book, language=language)
    assert said.code == 3
    assert name in said.err
    assert "[XK13" in said.err
    assert digest(book) == before


def test_one_wrong_file_takes_no_good_one_with_it(run, sample, language):
    book = sample(language)
    before = posts(book)
    said = run("import", SAMPLES / "customers_fr.csv", EXPORT, "--into", book, language=language)
    assert said.code == 1
    assert posts(book) > before
    assert "customers_fr.csv" in said.out
    assert "[XK130]" in said.out


def test_files_of_which_none_is_an_export_change_nothing(run, sample):
    book = sample()
    before = digest(book)
    said = run(
        "import", SAMPLES / "customers_fr.csv", SAMPLES / "shopify_orders_en.csv", "--into", book
    )
    assert said.code == 3
    assert digest(book) == before


def test_a_fault_of_ours_in_one_file_leaves_the_others_alone(run, sample, monkeypatch, tmp_path):
    book = sample()
    before = posts(book)
    (tmp_path / "broken.csv").write_bytes(EXPORT.read_bytes())
    load = loading.load

    def failing(path, *args, **more):
        if path.name == "broken.csv":
            raise IndexError
        return load(path, *args, **more)

    monkeypatch.setattr(loading, "load", failing)
    said = run("import", EXPORT, tmp_path / "broken.csv", "--into", book)
    assert (said.code, posts(book) > before) == (1, True)
    assert "broken.csv" in said.out
    assert "[XK141]" in said.out


def test_a_profile_is_written_once_and_used_again(run, sample, tmp_path):
    book, profile = sample(), tmp_path / "agency.json"
    table = SAMPLES / "generic_agency_fr_cp1252.csv"
    first = run("import", table, "--into", book, "--profile", profile)
    assert first.code in (0, 1), first.err
    assert profile.exists()
    assert "XK371" in first.out
    once = digest(book)
    run("import", table, "--into", book, "--profile", profile)
    assert digest(book) == once


POLISH = "Influencer;Network;Date;Views\nGędek Święty;Instagram;15.11.2025;1000\n"


def test_the_encoding_of_a_file_can_be_said(run, sample, tmp_path, language):
    path = tmp_path / "polish.csv"
    path.write_bytes(POLISH.encode("cp1250"))
    told = run("import", path, "--into", sample(language), "--dry-run", language=language)
    assert "[XK148]" in told.out
    assert "--encoding" in told.out
    said = run(
        "import",
        path,
        "--into",
        sample(language),
        "--encoding",
        "CP1250",
        "--json",
        language=language,
    )
    assert "XK148" not in said.out
    assert any("Gędek Święty" in finding["value"] for finding in said.json["findings"])


@pytest.mark.parametrize("name", ["klingon", "base64", "hex"])
def test_an_encoding_that_is_none_is_a_wrong_option(run, sample, tmp_path, language, name):
    said = run("import", EXPORT, "--into", sample(language), "--encoding", name, language=language)
    assert said.code == 2
    assert "--encoding" in said.err
