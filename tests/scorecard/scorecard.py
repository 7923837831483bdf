"""What the scorecard promises, how often each promise is tried, and the table of the figures that were reached."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

NIGHTLY = os.environ.get("XLKPI_NIGHTLY") == "1"

#: Rules in the order of the table, and what each promises.
PROMISES = {
    "R1": "hostile workbooks are read, or refused with one code and its fix; no traceback, no killed process",
    "R2": "they are refused within 1 s of processor time and 64 MB above the idle process",
    "R3": "mutants of three workbooks: no crash, none over 10 s, no error without a code",
    "R4": "causes of “cannot open” have a code of their own",
    "R5": "rows × 8 of a full sheet are read at 60 s for 1,048,576 rows or faster",
    "R6": "no XML entity is expanded, no other file is opened",
    "R7": "texts that look like formulas, links or markup, in every text column, by workbook and by CSV: no new formula, "
    "the text as it was typed",
    "R8": "no external link, DDE or network share is written; those in the input are reported",
    "R9": "modules and configurations planted around a workbook: none is imported or read",
    "R10": "kill -9 during a save over an existing report: the old file or the new one; nothing is left behind",
    "R11": "disk faults: exit code 4, the old file byte for byte",
    "R12": "runs without --in-place leave the input byte for byte",
    "R13": "generated tables: read = used + other + excluded + blank, and every column's sum, to the cent",
    "R14": "CSV files with ragged rows: no figure in another column without its row being told, no whole row lost",
    "R15": "spellings of numbers and days, columns of days, ids: read exactly, or listed",
    "R16": "error cells and formulas never calculated are reported with their exact cell",
    "R17": "random arguments for each cell function: no exception, no NaN or infinity, only Excel’s own errors",
    "R18": "cell, button and command line agree to 1e-12 on generated campaigns",
    "R19": "defects put into clean workbooks are told, at their very cell; of all that is told at least 98 % is the defect",
    "R20": "outputs are accepted by openxml-audit, openpyxl, calamine and LibreOffice",
    "R20 texts": "texts of every script come back from Posts, comments and names letter by letter",
    "R21": "no socket is opened; no personal text stands in messages that are no answer, or in temporary files",
    "R22": "the add-in is built byte for byte the same, wherever it is built; .ci/run does so with the wheel",
    "R23": "the server of the cell functions killed: cells show #N/A and are right again within 3 s",
}


@dataclass
class _Row:
    cases: int = 0
    passed: int = 0
    seconds: float = 0
    worst: dict[str, tuple[float, str]] = field(default_factory=dict)


class Figures:
    """Counts cases; one that raises was not passed."""

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}

    @contextmanager
    def case(self, rule: str, count: int = 1) -> Iterator[None]:
        assert rule in PROMISES
        row = self.rows.setdefault(rule, _Row())
        row.cases += count
        started = time.perf_counter()
        try:
            yield
            row.passed += count
        finally:
            row.seconds += time.perf_counter() - started

    def add(self, rule: str, cases: int, passed: int, seconds: float) -> None:
        row = self.rows.setdefault(rule, _Row())
        row.cases, row.passed, row.seconds = (
            row.cases + cases,
            row.passed + passed,
            row.seconds + seconds,
        )

    def worst(self, rule: str, what: str, value: float, unit: str) -> None:
        """Keep the largest of these."""
        row = self.rows.setdefault(rule, _Row())
        row.worst[what] = max(row.worst.get(what, (0.0, unit)), (value, unit))

    def markdown(self) -> str:
        lines = [
            "| # | Promise | Cases | Passed | Seconds | |",
            "| --- | --- | ---: | ---: | ---: | --- |",
        ]
        for rule, promise in PROMISES.items():
            if (row := self.rows.get(rule)) is not None:
                said = ", ".join(
                    f"{what} {value:,.{0 if value >= 10 or not unit else 2}f} {unit}".strip()
                    for what, (value, unit) in row.worst.items()
                )
                lines.append(
                    f"| {rule} | {promise} | {row.cases:,} | {row.passed:,} | {row.seconds:,.0f} | {said} |"
                )
        return "\n".join([*lines, "", _machine()])


def _machine() -> str:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / (1 << 20)
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("xlkpi", "pandas", "numpy", "lxml")
    )
    return (
        f"Measured on: {cpu}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {libraries}; {date.today()}; "
        f"{'full' if NIGHTLY else 'reduced'} numbers."
    )


def times(full: int, reduced: int) -> int:
    """How often something is tried: ``full`` at night."""
    return full if NIGHTLY else reduced
