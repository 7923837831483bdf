"""Two programs write one workbook: both changes arrive, or one of them says that it did not."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.books import POSTS, tiny
from xlkpi.core.findings import NotWritten
from xlkpi.excel.jobs import report as reports
from xlkpi.excel.jobs.imports import import_files
from xlkpi.files import saving, seen
from xlkpi.files.saving import backup, replacing
from xlkpi.files.seen import SeenFile

NOW = datetime(2026, 12, 1, 12)
NIGHTLY = os.environ.get("XLKPI_NIGHTLY") == "1"


def written(path: Path, text: bytes) -> Path:
    path.write_bytes(text)
    return path


# -- one file is replaced by another ---------------------------------------------------------------


def test_a_file_that_is_as_it_was_read_is_replaced(tmp_path):
    target = written(tmp_path / "a.xlsx", b"old")
    with replacing(target, seen=SeenFile.of(target)) as new:
        new.write_bytes(b"new")
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("kind", ["longer", "same length", "same length and time", "gone"])
def test_a_file_that_was_saved_meanwhile_stays(tmp_path, kind, language):
    target = written(tmp_path / "a.xlsx", b"old")
    before, status = SeenFile.of(target), target.stat()

    def meanwhile() -> None:
        if kind == "gone":
            target.unlink()
            return
        other = written(tmp_path / "b.xlsx", b"newer" if kind == "longer" else b"New")
        os.replace(other, target)
        if kind.endswith("time"):
            os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))

    with pytest.raises(NotWritten) as problem, replacing(target, seen=before) as new:
        new.write_bytes(b"new" if meanwhile() is None else b"")
    assert problem.value.finding.code == "XK417"
    assert "again" in problem.value.finding.fix.en
    assert problem.value.finding.fix.in_(language)
    left = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert left == ({} if kind == "gone" else {"a.xlsx": b"newer" if kind == "longer" else b"New"})


def test_a_file_whose_time_alone_changed_is_the_same_file(tmp_path):
    target = written(tmp_path / "a.xlsx", b"old")
    before = SeenFile.of(target)
    os.utime(target, (1, 1))
    with replacing(target, seen=before) as new:
        new.write_bytes(b"new")
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(
    sys.platform not in ("linux", "darwin"), reason="needs a system that swaps names"
)
@pytest.mark.parametrize("saves", [1, 2])
def test_a_save_in_the_very_moment_is_put_back(tmp_path, monkeypatch, saves):
    """Between the last look at the file and its replacement another program saves it, once or twice."""
    target = written(tmp_path / "a.xlsx", b"old")
    before, swap = SeenFile.of(target), seen._swap
    turns = iter(range(9))

    def just_before(one: Path, other: Path) -> bool:
        turn = next(turns)
        if turn < saves:
            os.replace(written(tmp_path / "c.xlsx", b"theirs %d" % turn), target)
        return swap(one, other)

    monkeypatch.setattr(seen, "_swap", just_before)
    with pytest.raises(NotWritten), replacing(target, seen=before) as new:
        new.write_bytes(b"ours")
    assert target.read_bytes() == b"theirs %d" % (saves - 1)


def test_without_swapping_the_file_is_replaced_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(seen, "_swap", lambda one, other: False)
    target = written(tmp_path / "a.xlsx", b"old")
    with replacing(target, seen=SeenFile.of(target)) as new:
        new.write_bytes(b"new")
    assert target.read_bytes() == b"new"


def test_a_read_only_file_is_not_replaced(tmp_path, sample, run, language):
    path = sample(language)
    data = path.read_bytes()
    path.chmod(0o444)
    said = run("report", path, "--in-place", language=language)
    assert (said.code, said.codes) == (4, {"XK418"})
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


# -- backups ---------------------------------------------------------------------------------------


def test_backups_made_at_one_moment_each_have_a_name(tmp_path):
    path = written(tmp_path / "a.xlsx", b"as it was")
    made: list[Path] = []
    threads = [threading.Thread(target=lambda: made.append(backup(path, NOW))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 12
    assert {p.read_bytes() for p in made} == {b"as it was"}
    assert len(list(tmp_path.iterdir())) == 13


def test_where_files_cannot_be_linked_a_backup_is_made_all_the_same(tmp_path, monkeypatch):
    path = written(tmp_path / "a.xlsx", b"as it was")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(saving.os, "link", refuse)
    first, second = backup(path, NOW), backup(path, NOW)
    assert first != second
    assert first.read_bytes() == second.read_bytes() == b"as it was"


def test_a_killed_backup_is_swept_by_the_next_run(tmp_path):
    path = written(tmp_path / "a.xlsx", b"as it was")
    program = (
        "import os, sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from xlkpi.files import saving\n"
        "saving.os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "saving.backup(Path(sys.argv[1]), datetime(2026, 12, 1))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    with replacing(path) as new:
        new.write_bytes(b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


# -- whole jobs ------------------------------------------------------------------------------------

LINKED = [
    {**row, "URL": f"https://www.instagram.com/p/ZZZZZZZZZ{n:02}/"} for n, row in enumerate(POSTS)
]
EXPORT = (
    "Link,Date,Influencer,Network,Reach,Likes\n"
    "https://www.instagram.com/p/{name}/,2026-03-0{day},Ana Lopez,Instagram,1000,50\n"
)


def export(folder: Path, name: str, day: int) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(EXPORT.format(name=name, day=day), encoding="utf-8")
    return path


def posts_of(path: Path) -> set[str]:
    sheet = openpyxl.load_workbook(path)["Posts"]
    return {
        str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if "instagram.com/p/" in str(cell.value)
    }


def commands(folder: Path, book: Path) -> dict[str, list[str]]:
    return {
        "first": ["import", str(export(folder, "AAAAAAAAAAA", 1)), "--into", str(book)],
        "second": ["import", str(export(folder, "BBBBBBBBBBB", 2)), "--into", str(book)],
        "report": ["report", str(book), "--in-place"],
    }


PAIRS = [("first", "second"), ("first", "report"), ("report", "first")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_two_runs_at_one_moment_both_arrive_or_one_says_that_it_did_not(tmp_path, pair):
    """Six pairs of runs in CI, two hundred nightly; none of them loses a post in silence."""
    original = tmp_path / "original.xlsx"
    tiny(original, LINKED)
    before = posts_of(original)
    words = commands(tmp_path, tmp_path / "book.xlsx")
    chance = random.Random(7)
    wanted = {
        "first": {"https://www.instagram.com/p/AAAAAAAAAAA/"},
        "second": {"https://www.instagram.com/p/BBBBBBBBBBB/"},
        "report": set(),
    }
    program = "import sys, xlkpi.cli; sys.exit(xlkpi.cli.run(sys.argv[1:]))"
    for _ in range(67 if NIGHTLY else 2):
        shutil.copy(original, tmp_path / "book.xlsx")
        runs = []
        for name in pair:
            runs.append(
                subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-c", program, *words[name]],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=os.environ | {"XLKPI_LANG": "en"},
                )
            )
            time.sleep(chance.uniform(0, 0.05))
        said = [run.communicate()[1].decode() for run in runs]
        arrived = posts_of(tmp_path / "book.xlsx")
        for name, run, text in zip(pair, runs, said, strict=True):
            assert run.returncode in (0, 1, 4), text
            if run.returncode == 4:
                assert "XK417" in text
            else:
                assert wanted[name] <= arrived
        assert before <= arrived
        assert any(run.returncode != 4 for run in runs)


@pytest.mark.parametrize("job", ["import", "report"])
def test_a_sync_client_that_replaces_the_file_wins_and_is_told(tmp_path, monkeypatch, job):
    book, theirs = tmp_path / "book.xlsx", tmp_path / "theirs.xlsx"
    tiny(book, LINKED)
    shutil.copy(book, theirs)
    edited = openpyxl.load_workbook(theirs)
    edited["Posts"]["A1"].comment = openpyxl.comments.Comment("theirs", "a colleague")
    edited.save(theirs)
    newer = theirs.read_bytes()
    write = saving.temporary

    def sync(target: Path):
        if target == book and theirs.exists():
            os.replace(theirs, book)
        return write(target)

    monkeypatch.setattr(saving, "temporary", sync)
    if job == "import":
        files = [export(tmp_path, "AAAAAAAAAAA", 1)]
        done = import_files(files, book, NOW)
        assert done.path == book
        assert posts_of(book) == posts_of_bytes(tmp_path, newer) | {
            "https://www.instagram.com/p/AAAAAAAAAAA/"
        }
        comments = openpyxl.load_workbook(book)["Posts"]["A1"].comment
        assert "theirs" in comments.text
    else:
        with pytest.raises(NotWritten) as problem:
            reports.write_report(book, book, reports.Request(), NOW)
        assert problem.value.finding.code == "XK417"
        assert book.read_bytes() == newer
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".~")]


def posts_of_bytes(folder: Path, data: bytes) -> set[str]:
    return posts_of(written(folder / "theirs-again.xlsx", data))
