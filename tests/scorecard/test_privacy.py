"""R21: nothing leaves the machine, and what stands in a workbook stays out of messages, logs and temporary files."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.helpers import books
from tests.scorecard.scorecard import NIGHTLY

#: Runs a command and writes down sockets, and every file that was written, with what it held when it went away.
WATCHED = """
import json, os, sys
log = open(sys.argv.pop(1), "a", encoding="utf-8")
keep = sys.argv.pop(1)
written, count = set(), 0
def saved(path):
    global count
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return
    count += 1
    with open(f"{keep}/{count}", "wb") as file:
        file.write(data)
    log.write(json.dumps(["held", os.path.abspath(path), f"{keep}/{count}"]) + "\\n")
busy = False
def hook(event, arguments):
    global busy
    if busy:
        return
    busy = True
    try:
        if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
            log.write(json.dumps(["socket", event, str(arguments)]) + "\\n")
        elif event == "subprocess.Popen":
            log.write(json.dumps(["program", str(arguments[0]), str(arguments[1])]) + "\\n")
        elif event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
            if isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
                path = os.path.abspath(os.fsdecode(arguments[0]))
                if path not in (log.name, os.devnull) and not path.startswith(keep):
                    written.add(path)
        elif event in ("os.remove", "os.rename") and os.fsdecode(arguments[0]) in written:
            saved(os.fsdecode(arguments[0]))
    finally:
        busy = False
sys.addaudithook(hook)
import shutil
rmtree = shutil.rmtree
def watched_rmtree(folder, *more, **options):
    global busy
    busy = True
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".xlsx", ".xlsm", ".xml", ".txt", ".csv", ".log")):
                saved(os.path.join(place, name))
    busy = False
    rmtree(folder, *more, **options)
shutil.rmtree = watched_rmtree
from xlkpi.cli import main
try:
    main(sys.argv[1:])
finally:
    busy = True
    for path in written:
        log.write(json.dumps(["written", path]) + "\\n")
        if os.path.exists(path):
            saved(path)
    log.close()
"""
PLANTED, INFLUENCERS, POSTS = 200, 20, 30


def planted() -> list[str]:
    """Two hundred personal texts, each unlike anything else."""
    return [
        f"{kind}-{i:03d}-{'qzxjvk'[i % 6]}{i * 7919 % 99991:05d}{tail}"
        for i in range(PLANTED // 5)
        for kind, tail in (
            ("ana", "@example.com"),
            ("+33 6", " phone"),
            ("iban FR76", " account"),
            ("note to self", " private"),
            ("street", " 12 bis"),
        )
    ]


def handles() -> list[str]:
    """Those that stand on Influencers, and are proposed where a name is unknown."""
    return planted()[INFLUENCERS + 4 * POSTS : INFLUENCERS + 4 * POSTS + 20]


@pytest.fixture(scope="module")
def private(tmp_path_factory) -> Path:
    """A workbook with the personal texts in ids, addresses, names, handles, notes, comments, names and properties."""
    secrets = iter(planted())
    influencers = [next(secrets) for _ in range(INFLUENCERS)]
    posts = [
        {
            "Post ID": next(secrets),
            "Date": books.POSTS[0]["Date"],
            "Campaign": "Spring",
            "Influencer": influencers[i % INFLUENCERS],
            "Network": "X",
            "URL": f"https://example.com/{next(secrets)}",
            "Reach": 1_000 + i,
            "Likes": 10 + i,
            "Cost": 5,
            "Promo code": next(secrets),
            "Note": next(secrets),
        }
        for i in range(POSTS)
    ]
    people = [
        {"Influencer": name, "Network": "X", "Handle": next(secrets), "Theme": next(secrets)}
        for name in influencers[:10]
    ]
    assert [v for row in people for k, v in row.items() if k in ("Handle", "Theme")] == handles()
    rest = list(secrets)
    assert len(rest) >= 40

    def extend(book: object) -> None:
        book.set_properties({"author": rest[0], "manager": rest[1], "comments": rest[2]})  # type: ignore[attr-defined]
        sheet = book.add_worksheet("Notes")  # type: ignore[attr-defined]
        for i, text in enumerate(rest[3:]):
            sheet.write_string(i, 0, text)
            if i < 5:
                sheet.write_comment(i, 0, text)

    return books.tiny(
        tmp_path_factory.mktemp("private") / "book.xlsx",
        posts,
        extend=extend,
        Influencers=people,
        Campaigns=[{"Campaign": "Spring", "Notes": rest[3]}],
    )


#: Command → whether its output is the answer that was asked for: it quotes names of influencers, as JSON ids of posts too.
COMMANDS: dict[str, tuple[tuple[str, ...], bool]] = {
    "report": (("report", "{book}", "-o", "{out}/out.xlsx"), True),
    "report as JSON": (("report", "{book}", "--json"), True),
    "report in place": (("report", "{copy}", "--in-place"), True),
    "report in French": (("report", "{book}", "-o", "{out}/fr.xlsx", "--lang", "fr"), True),
    "check": (("check", "{book}"), True),
    "check as JSON": (("check", "{book}", "--json"), True),
    "new": (("new", "{out}/new.xlsx"), False),
    "sample": (("new", "{out}/sample.xlsx", "--sample"), False),
    "KPIs": (("kpis", "--json"), False),
    "refused": (("report", "{broken}"), False),
    "not written": (("report", "{book}", "-o", "{out}/no/such/folder.xlsx"), False),
    "demo": (("demo", "{out}/demo"), False),
    "import": (("import", "{export}", "--into", "{copy}", "--campaign", "Spring"), True),
    "report as PDF": (("report", "{book}", "-o", "{out}/pdf.xlsx", "--pdf"), True),
}
_REDUCED = ("check", "refused", "import", "report as PDF")


@pytest.mark.parametrize("name", COMMANDS if NIGHTLY else _REDUCED)
def test_nothing_leaves_the_machine_or_stays_behind(tmp_path, figures, private, libreoffice, name):
    out, temporary, home, held = (tmp_path / n for n in ("out", "temporary", "home", "held"))
    for folder in (out, temporary, home, held):
        folder.mkdir()
    (out / "copy.xlsx").write_bytes(private.read_bytes())
    (tmp_path / "broken.xlsx").write_bytes(private.read_bytes()[:-100])
    export(tmp_path / "export.csv")
    words, is_answer = COMMANDS[name]
    words = tuple(
        w.format(
            book=private,
            copy=out / "copy.xlsx",
            out=out,
            broken=tmp_path / "broken.xlsx",
            export=tmp_path / "export.csv",
        )
        for w in words
    )
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(log), str(held), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ
        | {
            "TMPDIR": str(temporary),
            "HOME": str(home),
            "XLKPI_LANG": "en",
            "PYTHONIOENCODING": "utf-8",
        },
        cwd=tmp_path,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 1, 3, 4), done.stderr
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    with figures.case("R21"):
        assert not [e for e in events if e[0] == "socket"]
        assert all(
            "soffice" in e[1] or "libreoffice" in e[1] for e in events if e[0] == "program"
        ), events
        # Files are written where they were asked for, or in the folder for temporary files, and gone from there.
        places = [Path(e[1]) for e in events if e[0] == "written"]
        assert all(p.is_relative_to(out) or p.is_relative_to(temporary) for p in places), places
        assert [p for p in temporary.rglob("*") if p.is_file()] == []
        assert [
            p for p in home.rglob("*") if p.is_file() and told(p.read_bytes())
        ] == []  # LibreOffice writes there
        # The pages that LibreOffice prints stand in a private folder while it does, with the names that are on them, and
        # the themes, which Context lists; no handle, id, address or note.
        page = {*planted()[:INFLUENCERS], *handles()[1::2]} if "--pdf" in words else set()
        for event in events:
            if event[0] == "held" and Path(event[1]).is_relative_to(temporary):
                assert set(told(Path(event[2]).read_bytes())) <= page, event[1]
        said = set(told((done.stdout + done.stderr).encode()))
        ids = planted()[INFLUENCERS : INFLUENCERS + 4 * POSTS : 4] if "--json" in words else []
        assert said <= ({*planted()[:INFLUENCERS], *handles(), *ids} if is_answer else set())


def export(path: Path) -> None:
    """An export by the same people, with texts that are no business of Posts."""
    secrets = planted()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["Post ID", "Influencer", "Network", "Date", "Reach", "Likes", "Note", "Private remark"]
        )
        writer.writerows(
            [f"new-{i}", secrets[i], "X", "2026-03-20", 500 + i, 5 + i, *secrets[-2 * i - 2 :][:2]]
            for i in range(10)
        )


def told(data: bytes) -> list[str]:
    """The planted texts that stand in a file, or in the parts of one that is packed."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
    found = set(re.findall(rb"(?:ana|\+33 6|iban FR76|note to self|street)-\d{3}-", data))
    return [
        text
        for text in planted()
        if text.encode().split(b"-")[0] + b"-" + text.split("-")[1].encode() + b"-" in found
    ]


def test_the_planted_texts_would_be_found(private):
    """In the workbook itself all of them stand."""
    assert len(set(planted())) == PLANTED
    assert len(told(private.read_bytes())) >= PLANTED - 2


def test_a_bug_tells_nothing_of_the_workbook(tmp_path, run, figures, monkeypatch):
    from xlkpi.excel.jobs import report as filereport

    def broken(*_: object, **__: object) -> None:
        raise ValueError(planted()[0])

    monkeypatch.setattr(filereport, "read_report", broken)
    monkeypatch.delenv("XLKPI_DEBUG", raising=False)
    said = run("check", books.tiny(tmp_path / "book.xlsx"))
    with figures.case("R21"):
        assert said.code == 70
        assert told((said.out + said.err).encode()) == []
