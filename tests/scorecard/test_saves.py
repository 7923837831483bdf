"""R10, R11, R12: whatever happens during a save, the file there is the old one or the new one; inputs stay as they are."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.books import POSTS, changed, tiny
from tests.scorecard.lab import Lab, chance
from tests.scorecard.scorecard import times

NOBODY = 65534


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith((".~", "tmp", "~")))


@pytest.fixture
def book(tmp_path) -> Path:
    """A workbook with a second campaign, so that two reports of it differ."""
    winter = [{**row, "Post ID": f"w{i}", "Campaign": "Winter"} for i, row in enumerate(POSTS)]
    return tiny(tmp_path / "book.xlsx", [*POSTS, *winter])


def test_killed_saves_leave_the_old_or_the_new_report(tmp_path, lab: Lab, figures, book):
    """R10.  Moments are spread over the whole save; the last run takes away what the killed ones left."""
    folder, spare = tmp_path / "reports", tmp_path / "spare.xlsx"
    folder.mkdir()
    words = ("report", book, "-o", spare, "--campaign")
    assert lab.run(*words, "Winter").code == 0
    old = spare.read_bytes()
    assert lab.run(*words, "Spring").code == 0
    new = spare.read_bytes()
    assert old != new
    count, dice = times(500, 16), chance("kills")
    targets = [folder / f"{i}.xlsx" for i in range(count)]
    for target in targets:
        target.write_bytes(old)
    # How long a save takes here and now: moments reach beyond it, so that some saves end first.
    tried = lab.saves([{"target": str(spare)}] * 5, *words, "Spring")
    length = sorted(said.seconds for said in tried)[2]
    fates = [
        {"target": str(target), "kill_after": dice.uniform(0, 1.2 * length)} for target in targets
    ]
    outcomes, died = [], 0
    for said, target in zip(lab.saves(fates, *words, "Spring"), targets, strict=True):
        died += said.code == -signal.SIGKILL
        with figures.case("R10"):
            assert target.read_bytes() in (old, new), "the file is damaged"
            assert said.code in (0, -signal.SIGKILL), said
        outcomes.append(target.read_bytes() == new)
    left = len(leftovers(folder))
    figures.worst("R10", "killed", died, "")
    figures.worst("R10", "temporary files left by them", left, "")
    assert died >= count // 4, "most saves ended before they could be killed"
    assert left, "no save was killed while it was writing"
    assert count < 100 or set(outcomes) == {False, True}
    with figures.case("R10"):
        again = lab.saves([{"target": str(target)} for target in targets], *words, "Spring")
        assert {said.code for said in again} == {0}
        assert leftovers(folder) == []
        assert all(target.read_bytes() == new for target in targets)


# -- the disk says no ------------------------------------------------------------------------------

_ERRORS = (
    "ENOSPC",
    "EDQUOT",
    "EIO",
    "EROFS",
    "EACCES",
    "EPERM",
    "EBUSY",
    "ENOMEM",
    "ETXTBSY",
    "EFBIG",
    "ENODEV",
    "ENAMETOOLONG",
)
#: Calls of a save that must succeed, by their number: the temporary file made, opened for writing, synced, read back, given
#: its rights, put in place.
_CALLS = range(1, 9)


def faults() -> list[tuple[str, Any]]:
    """Kinds of faults with their measure, well mixed: any first part of the list has all kinds."""
    dice = chance("faults")
    full = [
        ("full disk", dice.choice((0, 1, 100, 1_000, 4_096, 20_000, dice.randrange(20_000))))
        for _ in range(90)
    ]
    calls = [("error", (name, number)) for name in _ERRORS for number in _CALLS]
    mixed = [
        *full,
        *calls,
        *[("read-only folder", i) for i in range(10)],
        *[("locked target", i) for i in range(10)],
        *[("small disk", 4_096 + 1_500 * i) for i in range(10)],
    ]
    dice.shuffle(mixed)
    return mixed


def test_disk_faults_leave_the_old_report(tmp_path, lab: Lab, figures, book):
    """R11.  Where a fault cannot be made (no root, another file system) another one is tried instead."""
    words = ("report", book, "-o", tmp_path / "spare.xlsx", "--campaign")
    assert lab.run(*words, "Winter").code == 0
    old = (tmp_path / "spare.xlsx").read_bytes()
    assert lab.run(*words, "Spring").code == 0
    new = (tmp_path / "spare.xlsx").read_bytes()
    count, tried = times(200, 24), []
    with ExitStack() as undone:
        met = []
        for number, (kind, measure) in enumerate(faults()):
            folder = tmp_path / f"{number}"
            folder.mkdir()
            fate = _prepared(kind, measure, folder, old, undone)
            if fate is not None:
                met.append((kind, measure, folder, fate))
        _open_to_all(tmp_path)
        answers = lab.saves(
            [{"target": str(folder / "out.xlsx"), **fate} for _, _, folder, fate in met],
            *words,
            "Spring",
        )
        for (kind, measure, folder, _), said in zip(met, answers, strict=True):
            found = (folder / "out.xlsx").read_bytes()
            if kind == "error" and said.code == 0:
                # The second attempt at a call succeeded, or it was one that may fail, such as syncing the folder.
                assert found == new, measure
                continue
            if len(tried) == count:
                break
            tried.append(kind)
            with figures.case("R11"):
                assert said.code == 4, (kind, measure, said)
                assert said.codes <= {"XK401", "XK402", "XK418"}, said
                assert len(said.codes) == 1, said
                assert "Traceback" not in said.err
                assert found == old, (kind, measure)
                assert [p.name for p in folder.iterdir()] == ["out.xlsx"], (kind, measure)
    assert len(tried) == count, f"only {len(tried)} faults could be made here"
    assert {"full disk", "error"} <= set(tried)


def _prepared(
    kind: str, measure: Any, folder: Path, old: bytes, undone: ExitStack
) -> dict[str, Any] | None:
    """Put the old report into the folder and make the fault; None where it cannot be made."""
    out, root = folder / "out.xlsx", os.geteuid() == 0
    fate: dict[str, Any] = {}
    if kind == "small disk":
        if (
            not root
            or not shutil.which("mount")
            or subprocess.run(
                [
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    f"size={(len(old) + measure) // 4096 * 4096}",
                    "tmpfs",
                    str(folder),
                ],
                capture_output=True,
                check=False,
            ).returncode
        ):
            return None
        undone.callback(subprocess.run, ["umount", str(folder)], check=True)
    out.write_bytes(old)
    if kind == "full disk":
        fate = {"file_size": measure}
    elif kind == "error":
        name, number = measure
        fate = {"fault": [name, number, str(folder)]}
    elif kind == "read-only folder":
        folder.chmod(0o555)
        undone.callback(folder.chmod, 0o755)
        fate = {"user": NOBODY} if root else {}
    elif kind == "locked target":
        if not _locked(out, True):
            return None
        undone.callback(_locked, out, False)
    return fate


def _open_to_all(folder: Path) -> None:
    """Let another user reach a folder of pytest's."""
    for place in (folder, *folder.parents):
        if place == Path(place.anchor) or place.stat().st_mode & 0o005 == 0o005:
            break
        place.chmod(place.stat().st_mode | 0o055)


def _locked(path: Path, lock: bool) -> bool:
    """Make a file one that cannot be replaced, even by root; False where that cannot be done."""
    if os.geteuid() != 0 or not shutil.which("chattr"):
        return False
    return (
        subprocess.run(
            ["chattr", "+i" if lock else "-i", str(path)], capture_output=True, check=False
        ).returncode
        == 0
    )


# -- inputs stay as they are -----------------------------------------------------------------------


def digests(folder: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()
    }


def test_inputs_keep_every_byte(tmp_path, lab: Lab, figures, sample):
    """R12: every command that reads a workbook, with every option that writes none of it, over a clean, a faulty and a
    broken one; ``--in-place`` alone changes it.
    """
    inputs, outputs = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    outputs.mkdir()
    sample().rename(inputs / "sample.xlsx")
    tiny(inputs / "clean.xlsx")
    tiny(inputs / "faulty.xlsx", changed(POSTS, 1, Reach="12,3k?"))
    (inputs / "broken.xlsx").write_bytes((inputs / "clean.xlsx").read_bytes()[:-50])
    assert lab.run("report", inputs / "clean.xlsx", "-o", inputs / "reported.xlsx").code == 0
    before = digests(inputs)
    options = [
        ("check",),
        ("check", "--json"),
        ("check", "--strict"),
        ("check", "--lang", "fr"),
        ("report", "--json"),
        ("report", "-o", outputs / "a.xlsx"),
        ("report", "-o", outputs / "a.xlsx", "--json"),
        ("report", "-o", outputs / "b.xlsx", "--strict"),
        ("report", "-o", outputs / "c.xlsx", "--lang", "fr"),
        ("report", "-o", outputs / "d.xlsx", "--period", "2026-03"),
        ("report", "-o", outputs / "e.xlsx", "--campaign", "Spring"),
        ("report", "-o", outputs / "f.xlsm"),
    ]
    runs = [(name, option) for name in before for option in options]
    for name, (command, *more) in runs if times(1, 0) else runs[::5]:
        said = lab.run(command, inputs / name, *more)
        with figures.case("R12"):
            assert said.code in (0, 1, 3, 4), said
            assert digests(inputs) == before, (name, command, more)
    assert lab.run("report", inputs / "clean.xlsx", "--in-place").code == 0
    after = digests(inputs)
    assert after.pop("clean.xlsx") != before["clean.xlsx"]
    kept = next(n for n in after if ".bak" in n)
    assert after.pop(kept) == before.pop("clean.xlsx")
    assert after == before
