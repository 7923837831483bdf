"""R1, R2, R6: sixty ways and more to crash, stall or trick a reader of workbooks; each is read, or refused with its fix."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

import xlkpi
from tests.scorecard import hostile
from tests.scorecard.hostile import CASES, Case
from tests.scorecard.lab import TESTS, Lab, Outcome
from tests.scorecard.scorecard import NIGHTLY

MEMORY = 1 << 30
SECONDS = 60
#: Code may be loaded while a command runs; nothing else that is not the user's is read.
CODE = (sys.prefix, sys.base_prefix, str(Path(xlkpi.__file__).parent), str(TESTS))
SECRET = "the canary's own words"


def chosen() -> list[Case]:
    """At night all of them; else every refusal, and a third of what is read."""
    return [
        c
        for c in CASES.values()
        if NIGHTLY
        or (
            not c.heavy
            and (c.codes or c.reported or hashlib.sha256(c.name.encode()).digest()[0] % 3 == 0)
        )
    ]


def test_there_are_at_least_sixty_of_them():
    assert len(CASES) >= 60
    assert len(chosen()) >= 60


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    """A file that nothing but an entity names."""
    path = tmp_path_factory.mktemp("elsewhere") / "canary.txt"
    path.write_text(SECRET)
    hostile.CANARY = path
    return path


@pytest.mark.parametrize("case", chosen(), ids=lambda case: case.name)
def test_a_hostile_workbook_is_read_or_refused(tmp_path, lab: Lab, figures, canary, case: Case):
    path, out = tmp_path / "book.xlsx", tmp_path / "out.xlsx"
    case.make(path)
    for command, codes in (("check", case.codes), ("report", case.reported)):
        if command == "report" and not (
            NIGHTLY or codes != case.codes or (not codes and len(case.name) % 2)
        ):
            continue
        said = lab.run(
            command,
            path,
            *(["-o", out] if command == "report" else []),
            language="en",
            watch=True,
            memory=MEMORY,
            seconds=SECONDS,
        )
        with figures.case("R1"):
            answered(said, codes)
            assert out.exists() == (command == "report" and not codes)
        figures.worst("R1", "slowest", said.cpu, "s")
        figures.worst("R1", "largest", said.grown / (1 << 20), "MB")
        if codes and not case.heavy:
            with figures.case("R2"):
                assert said.cpu <= 1, said
                assert said.grown <= 64 << 20, said
            figures.worst("R2", "slowest", said.cpu, "s")
            figures.worst("R2", "largest", said.grown / (1 << 20), "MB")
        with figures.case("R6"):
            untricked(said, tmp_path)
    if out.exists():
        with zipfile.ZipFile(out) as archive:
            written = b"".join(
                archive.read(n)
                for n in archive.namelist()
                if archive.getinfo(n).file_size < 10 << 20
            )
        with figures.case("R6"):
            assert SECRET.encode() not in written
            assert b"aaaaaaaaaaaaaaaaaaaa" not in written
    for left in (path, out):
        left.unlink(missing_ok=True)


def answered(said: Outcome, codes: frozenset[str]) -> None:
    """Read (0 or 1), or refused (3) with one of these codes, once, and what to do."""
    assert not said.stopped, said
    assert "Traceback" not in said.err, said.err
    if not codes:
        assert said.code in (0, 1), said
        return
    assert said.code == 3, said
    assert said.codes <= codes, said
    assert len(said.codes) == 1, said
    assert "Fix:" in said.err, said
    assert not said.out


def untricked(said: Outcome, folder: Path) -> None:
    """No entity expanded, no file opened but the user's own, nothing fetched, nothing run."""
    strange = [
        event
        for event in said.events
        if event[0] != "open"
        or not (event[1].startswith(str(folder)) or (event[2] == "r" and event[1].startswith(CODE)))
    ]
    assert not strange, strange
    for text in (SECRET, "root:", "aaaaaaaaaaaaaaaaaaaa"):
        assert text not in said.out + said.err
