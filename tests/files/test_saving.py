"""Whatever happens while a report is saved, the file there is the old one or the new one, never a half."""

from __future__ import annotations

import errno
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.books import POSTS, changed, tiny
from tests.scorecard.scorecard import times
from xlkpi.core.findings import NotWritten, system_reason
from xlkpi.files.saving import backup
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.save import save


def leftovers(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if p.name.startswith((".~", "tmp", "~"))]


def test_in_place_keeps_a_dated_copy_of_the_file_as_it_was(tmp_path, run, sample):
    path = sample()
    before = path.read_bytes()
    said = run("report", path, "--in-place")
    (copy,) = tmp_path.glob("*.bak.xlsx")
    assert copy.read_bytes() == before
    assert re.fullmatch(rf"campaign\.{datetime.now():%Y-%m-%d}-\d{{6}}\.bak\.xlsx", copy.name)
    assert copy.name in said.out
    assert path.read_bytes() != before
    assert openpyxl.load_workbook(path)["Report"]["B7"].value == "Reach"


def test_backups_of_the_same_second_do_not_replace_one_another(tmp_path):
    path = tiny(tmp_path / "book.xlsx")
    now = datetime(2026, 3, 31, 12, 0, 0)
    made = {backup(path, now) for _ in range(5)}
    assert len(made) == 5


def test_a_report_beside_the_workbook_leaves_it_alone(tmp_path, run, sample):
    path = sample()
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert run("report", path).code in (0, 1)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["campaign-report.xlsx", "campaign.xlsx"]


def test_a_link_is_followed_not_replaced(tmp_path, run, sample):
    (tmp_path / "real").mkdir()
    path = sample()
    real = tmp_path / "real" / "out.xlsx"
    assert run("report", path, "-o", real).code in (0, 1)
    (tmp_path / "link.xlsx").symlink_to(real)
    assert run("report", path, "-o", tmp_path / "link.xlsx").code in (0, 1)
    assert (tmp_path / "link.xlsx").is_symlink()
    assert not leftovers(tmp_path)


def test_rights_of_the_replaced_file_are_kept(tmp_path, run, sample):
    path = sample()
    path.chmod(0o640)
    run("report", path, "--in-place")
    assert path.stat().st_mode & 0o777 == 0o640


def test_killed_saves_leave_the_old_or_the_new_file(tmp_path, run, sample):
    """Twenty runs are killed at moments spread over the whole command; the last one tidies up."""
    path, out = sample(), tmp_path / "out.xlsx"
    assert run("report", path, "-o", out, "--campaign", "Winter care").code in (0, 1)
    old = out.read_bytes()
    (tmp_path / "new.xlsx").write_bytes(
        old
    )  # the actions of a report that is replaced are carried over
    assert run("report", path, "-o", tmp_path / "new.xlsx", "--campaign", "Spring glow").code in (
        0,
        1,
    )
    new = (tmp_path / "new.xlsx").read_bytes()
    program = (
        "import os, sys, threading, time\n"
        "from datetime import datetime\nfrom pathlib import Path\n"
        "from xlkpi.excel.jobs import report\nfrom xlkpi.excel.jobs.report import Request, write_report\n"
        "after = float(sys.argv[3])\n"
        "save = report.save\n"
        "def watched(package, target, seen):\n"
        "    threading.Thread(target=lambda: (time.sleep(after), os.kill(os.getpid(), 9)), daemon=True).start()\n"
        "    save(package, target, seen)\n"
        "report.save = watched\n"
        "write_report(Path(sys.argv[1]), Path(sys.argv[2]), Request(campaign='Spring glow'), datetime.now())\n"
        "time.sleep(after)\n"
    )
    chance = random.Random(7)
    started = time.perf_counter()
    with Package(path) as package:
        save(package, tmp_path / "timed.xlsx")
    length = time.perf_counter() - started
    outcomes, died = set(), 0
    kills = times(20, 8)
    for _ in range(kills):
        out.write_bytes(old)
        done = subprocess.run(
            [
                sys.executable,
                "-W",
                "ignore",
                "-c",
                program,
                str(path),
                str(out),
                str(chance.uniform(0, 1.5 * length)),
            ],
            capture_output=True,
            check=False,
        )
        died += done.returncode == -signal.SIGKILL
        after = out.read_bytes()
        assert after in (old, new), "the file is damaged"
        outcomes.add(after == new)
    assert died >= kills // 2
    assert run("report", path, "-o", out).code in (0, 1)
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("command", ["report", "new"])
def test_what_a_killed_run_left_is_gone_after_the_next(tmp_path, run, command):
    source, target = tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    (tmp_path / ".~out.k1ll3d00.xlsx").write_bytes(b"half a file")
    said = run("report", source, "-o", target) if command == "report" else run("new", target)
    assert said.code == 0, said.err
    assert not leftovers(tmp_path)


def test_temporary_files_of_other_targets_are_left_alone(tmp_path, run):
    """Another run may be saving them at this very moment."""
    source = tiny(tmp_path / "book.xlsx")
    others = [
        tmp_path / name
        for name in (".~other.abc12345.xlsx", ".~out.v2.abc12345.xlsx", "~$out.xlsx")
    ]
    for other in others:
        other.write_bytes(b"not ours")
    assert run("report", source, "-o", tmp_path / "out.xlsx").code == 0
    assert all(other.exists() for other in others)


def test_a_second_run_on_the_same_target_loses_nothing(tmp_path, run):
    """What a living process is writing stays; a dead one's, and one that is forgotten, goes."""
    source, target = tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    names = {
        who: tmp_path / f".~out.{number}_abcd1234.xlsx"
        for who, number in (("living", os.getpid()), ("other user's", 1), ("dead", dead.pid))
    }
    for path in names.values():
        path.write_bytes(b"half a file")
    assert run("report", source, "-o", target).code == 0
    assert {who for who, path in names.items() if path.exists()} == {"living", "other user's"}
    os.utime(names["living"], (0, 0))
    os.utime(names["other user's"], (0, 0))
    assert run("report", source, "-o", target).code == 0
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("command", ["new", "report", "check"])
def test_a_name_that_is_too_long_is_said_in_the_readers_language(tmp_path, run, language, command):
    said = run(command, tmp_path / f"{'n' * 300}.xlsx", language=language)
    assert said.code in (3, 4), said.err
    assert said.codes & {"XK401", "XK116"}
    assert {"en": "its name is too long", "fr": "son nom est trop long"}[language] in said.err


@pytest.mark.parametrize(
    "name",
    ["EACCES", "ENOSPC", "EROFS", "ENOENT", "EBUSY", "EDQUOT", "ENAMETOOLONG", "EISDIR", "ENOTTY"],
)
def test_what_the_system_answers_is_said_in_both_languages(name):
    number = getattr(errno, name)
    said = system_reason(OSError(number, os.strerror(number)))
    assert said.en != said.fr
    assert os.strerror(number) not in said


# -- the disk says no --------------------------------------------------------------------------------


def limited(bytes_: int):
    """Before the command runs: no file may grow beyond so many bytes, as on a full disk."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))

    return limit


@pytest.mark.parametrize("room", [0, 100, 5_000, 40_000])
def test_full_disk_leaves_the_old_report(tmp_path, run, shell, sample, room):
    path, out = sample(), tmp_path / "campaign-report.xlsx"
    assert run("report", path, "--campaign", "Winter care").code in (0, 1)
    old = out.read_bytes()
    said = shell("report", path, preexec_fn=limited(room))
    assert said.code == 4, said.err
    assert said.codes & {"XK402"}, said.err
    assert "Traceback" not in said.err
    assert out.read_bytes() == old
    assert sorted(p.name for p in tmp_path.iterdir()) == ["campaign-report.xlsx", "campaign.xlsx"]


def test_full_disk_while_the_report_sheets_are_added(tmp_path, shell):
    path = tiny(tmp_path / "book.xlsx")
    said = shell("report", path, preexec_fn=limited(5_000))
    assert said.code == 4, said.err
    assert said.codes & {"XK402"}, said.err
    assert [p.name for p in tmp_path.iterdir()] == ["book.xlsx"]


def test_full_disk_during_in_place_leaves_the_workbook(tmp_path, shell, sample):
    path = sample()
    before = path.read_bytes()
    said = shell("report", path, "--in-place", preexec_fn=limited(30_000))
    assert said.code == 4, said.err
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["campaign.xlsx"], "no half backup either"


@pytest.mark.parametrize(
    "arguments", [("new", "fresh.xlsx"), ("new", "fresh.xlsx", "--sample"), ("demo", "folder")]
)
def test_full_disk_while_a_new_workbook_is_written(tmp_path, shell, arguments):
    said = shell(*arguments, cwd=tmp_path, preexec_fn=limited(5_000))
    assert said.code == 4, said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.rglob("*.xlsx"))


@pytest.mark.parametrize("where", ["file.txt/out.xlsx", "missing/folder/out.xlsx", "a-folder.xlsx"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path, run, language, where):
    (tmp_path / "file.txt").write_text("I am no folder")
    (tmp_path / "a-folder.xlsx").mkdir()
    source = tiny(tmp_path / "book.xlsx")
    before = source.read_bytes()
    said = run("report", source, "-o", tmp_path / where, language=language)
    assert said.code == 4, said.err
    assert said.codes & {"XK401", "XK403", "XK407"}
    assert not said.out
    assert source.read_bytes() == before
    assert not leftovers(tmp_path)


def test_a_read_only_folder_is_refused(run):
    """Root may write everywhere, so this steps down to an ordinary user where it runs as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = tiny(folder / "book.xlsx")
        folder.chmod(0o555)
        before, user = sorted(folder.iterdir()), os.geteuid()
        try:
            if user == 0:
                os.seteuid(65534)
            said = run("report", path)
        finally:
            os.seteuid(user)
            folder.chmod(0o755)
        assert (said.code, said.codes) == (4, {"XK401"}), said.err
        assert sorted(folder.iterdir()) == before


def test_a_file_that_is_not_ours_is_never_replaced(tmp_path, run, language):
    source, target = tiny(tmp_path / "book.xlsx"), tmp_path / "thesis.xlsx"
    target.write_bytes(b"years of work")
    said = run("report", source, "-o", target, language=language)
    assert (said.code, said.codes) == (4, {"XK407"})
    assert target.read_bytes() == b"years of work"


def test_the_report_keeps_the_kind_of_its_source(tmp_path, run):
    """An .xlsm saved as .xlsx does not open in Excel."""
    source = tiny(tmp_path / "book.xlsx")
    said = run("report", source, "-o", tmp_path / "out.xlsm")
    assert (said.code, said.codes) == (4, {"XK405"})
    assert not (tmp_path / "out.xlsm").exists()


def test_a_damaged_write_is_noticed_before_the_old_file_goes(tmp_path, monkeypatch):
    """The new file is read back; a disk that lies must not cost the old one."""
    path, target = tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    target.write_bytes(b"old")
    fsync = os.fsync

    def corrupting(handle):
        size = os.fstat(handle).st_size
        if size > 1000:
            os.pwrite(handle, b"\xff" * 400, size // 2)
        fsync(handle)

    with Package(path) as package:
        package.changed["xl/worksheets/sheet2.xml"] = bytes(random.Random(1).randbytes(60_000))
        monkeypatch.setattr(os, "fsync", corrupting)
        with pytest.raises(NotWritten):
            save(package, target)
    assert target.read_bytes() == b"old"
    assert not leftovers(tmp_path)


def test_output_is_a_sound_zip(tmp_path, run):
    assert run("report", tiny(tmp_path / "book.xlsx", changed(POSTS, 0, Reach=7))).code == 0
    with zipfile.ZipFile(tmp_path / "book-report.xlsx") as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
