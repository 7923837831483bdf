"""Side by side in one run: this program, the naive way, and the floor, over workbooks of growing size.

    python benchmarks/run.py                    1,000 to 1,000,000 posts, the naive way up to 100,000
    python benchmarks/run.py --sizes 1000 10000
    python benchmarks/run.py --full             the naive way on 1,000,000 posts too (ten minutes and more)

Prints a Markdown table and writes it to ``benchmarks/last.md``.  Each command runs as a process of its own; its time
is the whole command's, its memory the peak that the system counted for it.  This process stays small on purpose:
Linux counts a parent's peak into its children.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
SIZES = (1_000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float
    output: str = ""


def run(*command: str | Path) -> Run:
    """Run a command to its end; its wall time and the peak of its memory."""
    log = DATA / "log.txt"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(c) for c in command],
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(encoding="utf-8", errors="replace")
    if process.returncode:
        sys.exit(f"{command[1:]} ended with {process.returncode}\n{said[-2_000:]}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(seconds, usage.ru_maxrss / scale, said)


def best(times: int, *command: str | Path) -> Run:
    """The fastest of several runs: the others had to wait for something else."""
    return min((run(*command) for _ in range(times)), key=lambda r: r.seconds)


def workbook(count: int, formulas: bool) -> Path:
    """A workbook of this size, made once and kept."""
    path = DATA / f"posts-{count}{'-formulas' if formulas else ''}.xlsx"
    if not path.exists() or path.stat().st_mtime < (HERE / "workbook.py").stat().st_mtime:
        part = path.with_suffix(".part")
        run(
            sys.executable,
            HERE / "workbook.py",
            str(count),
            part,
            *(["--formulas"] if formulas else []),
        )
        part.replace(path)
    return path


def measure(count: int, naive: bool, formulas: bool) -> list[str]:
    """One row of the table."""
    book, target = workbook(count, formulas), DATA / "report.xlsx"
    run(sys.executable, HERE / "floor.py", book)  # so that everyone reads from the page cache

    def ours() -> Run:
        target.unlink(missing_ok=True)
        return run(sys.executable, "-m", "xlkpi", "report", book, "-o", target)

    # In pairs, and of them the one in the middle: the machine may be slower a moment later.
    pairs = [
        (float(run(sys.executable, HERE / "floor.py", book).output), ours())
        for _ in range(5 if count <= 100_000 else 1)
    ]
    floor, mine = sorted(pairs, key=lambda pair: pair[1].seconds / pair[0])[len(pairs) // 2]
    row = [
        f"{count:,}",
        f"{book.stat().st_size / 1e6:.1f} MB",
        f"{floor:.3f} s",
        f"**{mine.seconds:.2f} s**",
        f"**{mine.megabytes:.0f} MB**",
        f"{mine.seconds / floor:.1f} ×",
    ]
    if naive:
        other = run(sys.executable, HERE / "naive.py", book, target)
        row += [
            f"{other.seconds:.1f} s",
            f"{other.megabytes:,.0f} MB",
            f"{other.seconds / mine.seconds:.1f} ×",
        ]
    else:
        row += ["not run", "", ""]
    target.unlink(missing_ok=True)
    print(" | ".join(row), file=sys.stderr, flush=True)
    return row


def help_line() -> str:
    """How long the help takes, against a Python that does nothing."""
    nothing, help = (
        best(15, sys.executable, "-c", "pass"),
        best(15, sys.executable, "-m", "xlkpi", "--help"),
    )
    return (
        f"`xlkpi --help`: {help.seconds * 1000:.0f} ms, {help.seconds / nothing.seconds:.1f} times "
        f"`python -c pass` ({nothing.seconds * 1000:.0f} ms); best of 15 runs each."
    )


def machine() -> str:
    """What the numbers were measured on."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(
            line.partition(":")[2].strip() for line in lines if line.startswith("model name")
        )
    except (OSError, StopIteration):
        pass
    try:
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
        cores = len(os.sched_getaffinity(0))
    except (AttributeError, ValueError):
        memory, cores = "unknown memory", os.cpu_count() or 0
    packages = ", ".join(
        f"{p} {version(p)}" for p in ("xlkpi", "pandas", "numpy", "lxml", "openpyxl")
    )
    return (
        f"{model}, {cores} cores, {memory}; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {packages}; {time.strftime('%Y-%m-%d')}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument(
        "--full", action="store_true", help="the naive way on more than 100,000 posts too"
    )
    parser.add_argument("--no-naive", action="store_true", help="leave the naive way out")
    parser.add_argument(
        "--formulas", action="store_true", help="with the three computed columns filled"
    )
    asked = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    rows = [
        measure(n, not asked.no_naive and (n <= 100_000 or asked.full), asked.formulas)
        for n in asked.sizes
    ]
    head = (
        "Posts",
        "File",
        "Floor",
        "xlkpi report",
        "Peak memory",
        "÷ floor",
        "Naive way",
        "Peak memory",
        "÷ xlkpi",
    )
    table = [head, ("---:",) * len(head), *rows]
    columns = "36 columns, three of them with formulas" if asked.formulas else "33 columns filled"
    text = (
        "\n".join(
            [
                *("| " + " | ".join(row) + " |" for row in table),
                "",
                f"{columns}; the floor is inflating the Posts sheet alone; whole commands;\n"
                "up to 100,000 posts each is measured five times in turn with its floor, and the pair of middle ratio is shown.",
                help_line(),
                "",
                f"Measured on: {machine()}",
            ]
        )
        + "\n"
    )
    (HERE / "last.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
