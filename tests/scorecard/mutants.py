"""Workbooks with something broken in them by chance, always the same for a number; tried in batches.

A batch runs in a child process of the lab: a hang is cut off by a clock, and a death tells which mutant it was.
"""

from __future__ import annotations

import random
import re
import signal
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.helpers import books
from tests.scorecard.lab import chance

SECONDS = 10
NUMBERS = (
    b"-1",
    b"0",
    b"1",
    b"4294967296",
    b"99999999999999999999",
    b"1e308",
    b"1e999",
    b"-0",
    b"nan",
    b"0.1",
    b"2958466",
    b"61",
    b"60",
    b"1048577",
    b"16385",
    b"",
    b"x",
    b"1_0",
    b"1,5",
    b" 7 ",
    b"0x10",
    b"\xd9\xa3",
    b"9" * 400,
)
TEXTS = (
    b"",
    b" ",
    b"=1+1",
    b"#REF!",
    b"_x0000_",
    b"_xD800_",
    b"&#0;",
    b"&#xD800;",
    b"&bad;",
    b"<",
    b"]]>",
    b"\0",
    b"\xff",
    b"\xe2\x80\xae",
    b"A1:XFD1048576",
    b"Total",
    b"Spring",
    b"Posts",
    b"reach",
    b"2026-02-30",
    b"31/12/9999",
    b"12k",
    b"1,234",
    b"../../x",
    b"http://127.0.0.1:9/",
    b"s",
    b"inlineStr",
    b"e",
    b"b",
    b"str",
    b"true",
    b"%s{0}",
    b"x" * 40_000,
)
#: Parts that the program reads are broken more often than others.
_WEIGHTS = (
    ("worksheets/sheet", 6),
    ("workbook.xml", 4),
    ("sharedStrings", 4),
    ("tables/", 3),
    ("styles", 3),
    ("_rels", 3),
    ("Content_Types", 2),
    ("drawings", 1),
    ("charts", 1),
)


@cache
def origins() -> tuple[bytes, ...]:
    """A small workbook, the same with its report, and the worked example in French."""
    from xlkpi.excel.jobs.report import Request, write_report
    from xlkpi.excel.samples.small import sample
    from xlkpi.excel.template.build import build

    with tempfile.TemporaryDirectory() as name:
        book, out = Path(name) / "book.xlsx", Path(name) / "out.xlsx"
        books.tiny(
            book,
            Settings=[
                {"Setting": "Report on", "Value": "All campaigns"},
                {"Setting": "Tolerance", "Value": 0.1},
            ],
            Campaigns=[{"Campaign": "Spring", "Start": date(2026, 3, 1), "Budget": 500}],
        )
        write_report(book, out, Request(), datetime(2026, 4, 1))
        return book.read_bytes(), out.read_bytes(), build("fr", sample("fr"))


def mutant(number: int) -> bytes:
    """The ``number``-th broken workbook."""
    dice = chance("mutant", number)
    data = origins()[dice.choices((0, 1, 2), (6, 3, 1))[0]]
    if dice.random() < 0.15:
        return _container(data, dice)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        dice.choices((_bytes, _attribute, _number, _tag, _text, _part), (2, 4, 3, 4, 3, 1))[0](
            parts, dice
        )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _container(data: bytes, dice: random.Random) -> bytes:
    """Flips, cuts, repeats and fills in the file itself; its list of contents is hit as often as its data."""
    broken = bytearray(data)
    start = (
        broken.rfind(b"PK\5\6") - 1
        if dice.random() < 0.2
        else broken.find(b"PK\1\2")
        if dice.random() < 0.5
        else 0
    )
    at = dice.randrange(start, len(broken))
    length = dice.choice((1, 1, 2, 4, 40, 4_000))
    how = dice.randrange(5)
    if how == 0:
        for _ in range(dice.randint(1, 8)):
            broken[dice.randrange(start, len(broken))] ^= 1 << dice.randrange(8)
    elif how == 1:
        del broken[at : at + length]
    elif how == 2:
        broken[at:at] = broken[at : at + length]
    elif how == 3:
        broken[at : at + length] = dice.randbytes(length)
    else:
        broken[at : at + 4] = dice.choice(
            (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"PK\1\2")
        )
    return bytes(broken)


def _chosen(parts: dict[str, bytes], dice: random.Random) -> str:
    names = sorted(parts)
    return dice.choices(names, [next((w for mark, w in _WEIGHTS if mark in n), 1) for n in names])[
        0
    ]


def _at(pattern: bytes) -> Callable[[bytes, random.Random], re.Match[bytes] | None]:
    compiled = re.compile(pattern)

    def find(xml: bytes, dice: random.Random) -> re.Match[bytes] | None:
        found = list(compiled.finditer(xml))
        return dice.choice(found) if found else None

    return find


_ATTRIBUTE = _at(rb'\s([\w:]+)="([^"<]*)"')
_DIGITS = _at(rb"-?\d+(\.\d+)?")
_CONTENT = _at(rb">([^<]+)<")
_TAG = _at(rb"<[^<>]*>")
_ELEMENT = _at(rb"<(\w+)\b[^<>]*(?:/>|>[^<]*</\1>|>(?:<\w+[^<>]*>[^<]*</\w+>)*</\1>)")


def _put(parts: dict[str, bytes], name: str, start: int, stop: int, new: bytes) -> None:
    parts[name] = parts[name][:start] + new + parts[name][stop:]


def _bytes(parts: dict[str, bytes], dice: random.Random) -> None:
    name = _chosen(parts, dice)
    broken = bytearray(parts[name])
    for _ in range(dice.choice((1, 1, 3, 20)) if broken else 0):
        broken[dice.randrange(len(broken))] = dice.choice(
            (dice.randrange(256), 0, 60, 62, 34, 38, 47, 32)
        )
    parts[name] = bytes(broken)


def _attribute(parts: dict[str, bytes], dice: random.Random) -> None:
    name = _chosen(parts, dice)
    if found := _ATTRIBUTE(parts[name], dice):
        how = dice.randrange(4)
        if how == 0:
            _put(parts, name, found.start(), found.end(), b"")
        elif how == 1:
            _put(parts, name, found.start(), found.end(), found[0] * 2)
        else:
            _put(
                parts,
                name,
                found.start(2),
                found.end(2),
                dice.choice(NUMBERS if how == 2 else TEXTS).replace(b"<", b"&lt;"),
            )


def _number(parts: dict[str, bytes], dice: random.Random) -> None:
    name = _chosen(parts, dice)
    if found := _DIGITS(parts[name], dice):
        _put(parts, name, found.start(), found.end(), dice.choice(NUMBERS))


def _text(parts: dict[str, bytes], dice: random.Random) -> None:
    name = _chosen(parts, dice)
    if found := _CONTENT(parts[name], dice):
        _put(parts, name, found.start(1), found.end(1), dice.choice(TEXTS + NUMBERS))


def _tag(parts: dict[str, bytes], dice: random.Random) -> None:
    """Leave out, repeat, rename or move a tag or an element."""
    name = _chosen(parts, dice)
    find = dice.choice((_TAG, _ELEMENT, _ELEMENT))
    if not (found := find(parts[name], dice)):
        return
    how = dice.randrange(5)
    if how == 0:
        _put(parts, name, found.start(), found.end(), b"")
    elif how == 1:
        _put(parts, name, found.start(), found.end(), found[0] * dice.choice((2, 2, 50)))
    elif how == 2:
        other = find(parts[name], dice)
        _put(parts, name, found.start(), found.end(), other[0] if other else b"")
    elif how == 3:
        _put(parts, name, found.start(), found.end(), re.sub(rb"\w+", b"zz", found[0], count=1))
    else:
        other_name = _chosen(parts, dice)
        if other := _TAG(parts[other_name], dice):
            _put(parts, other_name, other.end(), other.end(), found[0])


def _part(parts: dict[str, bytes], dice: random.Random) -> None:
    """Leave out, empty, exchange or rename a whole part."""
    name = _chosen(parts, dice)
    how = dice.randrange(4)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name] = b""
    elif how == 2:
        other = _chosen(parts, dice)
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[dice.choice((name.upper(), f"x/{name}", name.replace("1", "2")))] = parts.pop(name)


# -- trying them -----------------------------------------------------------------------------------


class _TooLong(Exception):
    pass


def batch(first: int, last: int, folder: str, every: int) -> dict[str, Any]:
    """Check mutants ``first`` to ``last``, and report on one in ``every``.

    Returns:
        ``failed``: [number, what happened] of each that ended in anything but a report or a typed refusal;
        ``read``, ``refused``: how many; ``slowest``: seconds of processor time.
    """
    import time

    failed: list[tuple[int, str]] = []
    read, slowest = 0, 0.0
    path, progress = Path(folder) / f"{first}.xlsx", Path(folder) / f"{first}.now"

    def ring(*_: object) -> None:
        raise _TooLong

    signal.signal(signal.SIGPROF, ring)
    for number in range(first, last):
        data = mutant(number)
        progress.write_text(str(number))
        path.write_bytes(data)
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            read += _try(path, number % every == 0)
        except Exception as error:
            failed.append((number, _told(error)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - started)
    path.unlink()
    return {"failed": failed, "read": read, "slowest": slowest}


def _try(path: Path, reports: bool) -> bool:
    """Whether it was read; a refusal must be typed and say what to do."""
    from xlkpi.core.findings import Refused, Severity
    from xlkpi.excel.jobs.report import Request, as_json, read_report, write_report
    from xlkpi.excel.jobs.terminal import as_text

    try:
        if reports:
            out = path.with_suffix(".out.xlsx")
            out.unlink(missing_ok=True)
            made = write_report(path, out, Request(), datetime(2026, 4, 1)).report
            with zipfile.ZipFile(out) as archive:
                assert len(set(archive.namelist())) == len(archive.namelist())
        else:
            made = read_report(path, Request(), date(2026, 4, 1))[0]
    except Refused as refused:
        findings = refused.findings
        assert findings
        assert any(
            f.severity is Severity.ERROR
            and f.code.startswith("XK")
            and all(f.reason)
            and all(f.fix)
            for f in findings
        )
        for finding in findings:
            assert finding.message("en")
            assert finding.message("fr")
        return False
    balance = made.balance
    assert balance.total == balance.used + balance.other + balance.excluded + balance.blank, balance
    for language in ("en", "fr"):
        as_text(made, language)
        as_json(made, language)
        for finding in made.findings:
            finding.message(language).encode()
    return True


def _told(error: Exception) -> str:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "/xlkpi/" in f.filename]
    where = ours[-1] if ours else last
    return f"{type(error).__name__}: {error} at {Path(where.filename).name}:{where.lineno} ({where.line})"[
        :400
    ]
