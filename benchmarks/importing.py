"""Imports of 100,000 posts: how long pandas.read_csv takes for the same file, and what writing them into Posts costs.

    python benchmarks/importing.py                  an Instagram-like CSV of 100,000 rows into an empty campaign workbook
    python benchmarks/importing.py --rows 10000
    python benchmarks/importing.py --held 100000    into a workbook that already holds so many posts

Prints a Markdown table: ``pandas.read_csv``; writing new rows; writing new figures of the same posts; the floor of a
writing, which is deflating the sheet part that comes out; the import, reading, merging and writing; the bar for it, five
times ``read_csv`` and the cost of writing the new rows; and ``xlkpi import``, the whole command with the start of
Python.  Each step runs in a process of its own; memory is the peak that the system counted for it, with the interpreter and
the libraries in it.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import sys
import time
import zipfile
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

from run import DATA, HERE, Run, best, machine, run

# Header names: Meta Business Suite EN, as read by public parsers, seen 2026-11; the values are invented.
HEADER = (
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Likes",
    "Shares",
    "Follows",
    "Comments",
    "Saves",
)
KINDS = (
    ("IG reel", "reel"),
    ("IG image", "post"),
    ("IG carousel", "carousel"),
    ("IG story", "story"),
)
FIRST_DAY, SNAPSHOT = date(2026, 1, 1), date(2026, 4, 30)
COUNTERS = {
    "views": 11,
    "reach": 12,
    "likes": 13,
    "shares": 14,
    "new_followers": 15,
    "comments": 16,
    "saves": 17,
}


def make_csv(path: Path, count: int) -> None:
    """An invented export; the same for every run."""
    chance = random.Random(2026)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(HEADER)
        for i in range(count):
            reach = chance.randint(1_000, 90_000)
            likes = reach // chance.randint(15, 40)
            who, moment = i % 500, datetime(2026, 1, 1, 8) + timedelta(minutes=1.5 * i)
            out.writerow(
                (
                    f"{17_900_000_000_000_000 + 7 * i}",
                    f"{17_841_400_000_000_000 + who}",
                    f"creator.{who}",
                    f"Creator {who}",
                    f"Spring, day {i % 90}: a “caption” of the usual length, with a line\nbreak, emoji 🌷 and #hashtags #spring",
                    chance.randint(5, 90),
                    f"{moment:%m/%d/%Y %H:%M}",
                    f"https://www.instagram.com/p/C{i:010d}/",
                    KINDS[i % len(KINDS)][0],
                    "",
                    "Lifetime",
                    reach + chance.randint(0, reach),
                    reach,
                    likes,
                    reach // 300,
                    reach // 900,
                    likes // 12,
                    reach // 250,
                )
            )


def columns(path: Path) -> dict[str, list]:
    """The export as an importer gives it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    kinds = dict(KINDS)
    return {
        "post_id": [r[0] for r in rows],
        "date": [datetime.strptime(r[6][:10], "%m/%d/%Y").date() for r in rows],
        "campaign": ["Spring"] * len(rows),
        "influencer": [r[2] for r in rows],
        "network": ["Instagram"] * len(rows),
        "format": [kinds[r[8]] for r in rows],
        "url": [r[7] for r in rows],
        **{id: [float(r[at]) for r in rows] for id, at in COUNTERS.items()},
        "snapshot_date": [SNAPSHOT] * len(rows),
    }


# -- the steps, each in its own process --------------------------------------------------------------------


def step_pandas(source: Path) -> float:
    import pandas as pd

    started = time.perf_counter()
    pd.read_csv(source)
    return time.perf_counter() - started


def step_write(source: Path, book: Path, target: Path, again: bool) -> float:
    """Write the posts as new rows, or, ``again``, their figures of a later day into the last rows of the table."""
    from xlkpi.excel.posts.existing import existing
    from xlkpi.excel.posts.write import save_change
    from xlkpi.excel.reading.workbook import Workbook
    from xlkpi.intake.posts import PostChanges
    from xlkpi.ooxml.package import Package

    found = columns(source)
    change = PostChanges({}, found)
    if again:
        with Package(book) as package:
            rows = list(existing(Workbook(package)).rows)[-len(found["post_id"]) :]
        change = PostChanges(
            {row: {id: found[id][i] + 1 for id in COUNTERS} for i, row in enumerate(rows)}, {}
        )
    del found
    started = time.perf_counter()
    save_change(book, target, change, "en", datetime(2026, 4, 30))
    return time.perf_counter() - started


def step_import(source: Path, book: Path, target: Path) -> float:
    """The import, from the open question to the closed file; it keeps no mapping and asks nothing."""
    from xlkpi.excel.jobs.imports import import_files

    shutil.copyfile(book, target)
    started = time.perf_counter()
    import_files([source], target, datetime(2026, 4, 30))
    return time.perf_counter() - started


def step_floor(book: Path) -> float:
    """Deflating the Posts sheet of a workbook, at the level that the writer uses."""
    with zipfile.ZipFile(book) as archive:
        sheet = max(
            (i for i in archive.infolist() if i.filename.startswith("xl/worksheets/")),
            key=lambda i: i.file_size,
        )
        text = archive.read(sheet)
    started = time.perf_counter()
    zlib.compress(text, 4)
    return time.perf_counter() - started


def measure(rows: int, held: int) -> list[tuple[str, ...]]:
    source, book, out, again = (
        DATA / name for name in ("import.csv", "import.xlsx", "import-out.xlsx", "import-2.xlsx")
    )
    make_csv(source, rows)
    if held:
        from run import workbook

        shutil.copyfile(workbook(held, True), book)
    else:
        from workbook import mould

        book.write_bytes(mould(rows))

    def step(name: str, *arguments: object) -> tuple[float, float]:
        done = best(3, sys.executable, HERE / "importing.py", "--step", name, *map(str, arguments))
        return float(json.loads(done.output)), done.megabytes

    reading = step("pandas", source)
    adding = step("add", source, book, out)
    updating = step("update", source, out, again)
    floor = step("floor", out)
    table = [("Step", "Time", "Peak memory", "÷ read_csv"), ("---", "---:", "---:", "---:")]
    for name, (seconds, megabytes) in (
        ("`pandas.read_csv`", reading),
        (f"writing {rows:,} new rows", adding),
        (f"writing new figures of {rows:,} rows", updating),
        ("floor: deflating the sheet part", floor),
    ):
        table.append(
            (name, f"{seconds:.2f} s", f"{megabytes:.0f} MB", f"{seconds / reading[0]:.1f} ×")
        )
    importing = step("import", source, book, again)
    whole = min((command(source, book, again) for _ in range(3)), key=lambda r: r.seconds)
    bar = 5 * reading[0] + adding[0]
    table += [
        (
            "**the import**",
            f"**{importing[0]:.2f} s**",
            f"{importing[1]:.0f} MB",
            f"{importing[0] / reading[0]:.1f} ×",
        ),
        (
            "bar: 5 × `read_csv` + writing new rows",
            f"{bar:.2f} s",
            "",
            f"the import takes {importing[0] / bar:.0%} of it",
        ),
        (
            "`xlkpi import`, the whole command",
            f"{whole.seconds:.2f} s",
            f"{whole.megabytes:.0f} MB",
            f"{whole.seconds / reading[0]:.1f} ×",
        ),
    ]
    for backup in DATA.glob("import-2.*.bak.xlsx"):
        backup.unlink()
    out.unlink(missing_ok=True)
    again.unlink(missing_ok=True)
    return table


def command(source: Path, book: Path, target: Path) -> Run:
    """The whole command on a fresh copy of a workbook."""
    shutil.copyfile(book, target)
    return run(sys.executable, "-m", "xlkpi", "import", source, "--into", target)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--held", type=int, default=0)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        name, *paths = asked.step[0], *map(Path, asked.step[1:])
        steps = {
            "pandas": step_pandas,
            "floor": step_floor,
            "import": step_import,
            "add": lambda *p: step_write(*p, again=False),
            "update": lambda *p: step_write(*p, again=True),
        }
        print(json.dumps(steps[name](*paths)))
        return
    DATA.mkdir(exist_ok=True)
    table = measure(asked.rows, asked.held)
    print(
        "\n".join(
            [
                *("| " + " | ".join(row) + " |" for row in table),
                "",
                f"{asked.rows:,} rows of an Instagram-like CSV of {(DATA / 'import.csv').stat().st_size / 1e6:.0f} MB "
                f"into a workbook with {asked.held:,} posts; best of three.",
                "",
                f"Measured on: {machine()}",
            ]
        )
    )


if __name__ == "__main__":
    main()
