"""How fast the cell functions answer, through xlwings' own Windows server code (``tests/excel/functions/com.py``).

    python benchmarks/functions.py

Prints a Markdown table: what was measured, the bar, met or not.  Only pywin32's part of a call is missing, on both
sides of every comparison.  Bars: a single cell costs at most 1.3 times an empty xlwings function as one would write it
(its default conversion); 100,000 rows at most a tenth of the same function under the default conversion; importing
``xlkpi.excel.udf`` adds at most 50 ms to importing xlwings.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from run import machine

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from tests.excel.functions import com  # noqa: E402

ROWS = 100_000
_IMPORT = f"""
import sys
sys.path.insert(0, {str(HERE.parent)!r})
from tests.excel.functions import com
com.windows()
import time
start = time.perf_counter()
import xlkpi.excel.udf
print(time.perf_counter() - start)
"""


def importing(times: int) -> float:
    """Seconds that importing ``udf`` takes once xlwings is there; the fastest of several processes."""
    runs = (
        subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True)
        for _ in range(times)
    )
    return min(float(run.stdout) for run in runs)


def fastest(calls: dict[str, Callable[[], object]], number: int, rounds: int) -> dict[str, float]:
    """Seconds of one call of each, taken in turns; the fastest round, as the others had to wait for something else."""
    found = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(number):
                call()
            found[name] = min(found[name], (time.perf_counter() - start) / number)
    return found


def functions() -> str:
    """A module with an empty function of two arguments, default and raw, and ours under the default conversion."""
    import xlwings as xw

    from xlkpi.excel.functions.declared import FUNCTIONS

    call = next(f.call for f in FUNCTIONS if f.name == "ENGAGEMENT_RATE")

    @xw.func
    def EMPTY(interactions, reach):  # type: ignore[no-untyped-def]
        return 0.0

    @xw.func
    @xw.arg("interactions", convert="raw")
    @xw.arg("reach", convert="raw")
    @xw.ret(convert="raw")
    def EMPTY_RAW(interactions, reach):  # type: ignore[no-untyped-def]
        return [[0.0]]

    @xw.func
    @xw.arg("interactions", ndim=2)  # else a column arrives, and would leave, as a row
    @xw.arg("reach", ndim=2)
    def CONVERTED(interactions, reach):  # type: ignore[no-untyped-def]
        return call(interactions, reach)

    return com.registered({f.__name__: f for f in (EMPTY, EMPTY_RAW, CONVERTED)})


def measured() -> list[tuple[str, str, str, str]]:
    loading = importing(9)
    python: Any = com.windows()
    other = functions()
    column = tuple((float(i),) for i in range(1, ROWS + 1))
    one = fastest(
        {
            "ours": lambda: python.CallUDF(
                com.MODULE, "ENGAGEMENT_RATE", (340.0, 10_000.0), None, None
            ),
            "default": lambda: python.CallUDF(other, "EMPTY", (340.0, 10_000.0), None, None),
            "raw": lambda: python.CallUDF(other, "EMPTY_RAW", (340.0, 10_000.0), None, None),
        },
        2_000,
        15,
    )
    many = fastest(
        {
            "ours": lambda: python.CallUDF(
                com.MODULE, "ENGAGEMENT_RATE", (column, column), None, None
            ),
            "default": lambda: python.CallUDF(other, "CONVERTED", (column, column), None, None),
        },
        1,
        5,
    )

    def row(what: str, figure: str, bar: str, met: bool) -> tuple[str, str, str, str]:
        return what, figure, bar, "met" if met else "**not met**"

    per_cell, per_column = one["ours"] / one["default"], many["ours"] / many["default"]
    return [
        row(
            "One cell, against an empty xlwings function",
            f"{one['ours'] * 1e6:.1f} µs against {one['default'] * 1e6:.1f} µs: {per_cell:.2f} ×",
            "1.3 ×",
            per_cell <= 1.3,
        ),
        (
            "One cell, against an empty one with raw conversion",
            f"{one['ours'] * 1e6:.1f} µs against {one['raw'] * 1e6:.1f} µs: {one['ours'] / one['raw']:.2f} ×",
            "none",
            "",
        ),
        row(
            f"{ROWS:,} rows in one call, against the default conversion",
            f"{many['ours'] * 1e3:.0f} ms against {many['default'] * 1e3:,.0f} ms: {per_column:.3f} ×",
            "0.1 ×",
            per_column <= 0.1,
        ),
        row(
            "Importing udf, on top of importing xlwings",
            f"{loading * 1e3:.0f} ms",
            "50 ms",
            loading <= 0.05,
        ),
    ]


def main() -> None:
    rows = [
        ("ENGAGEMENT_RATE through xlwings' server", "Measured", "Bar", ""),
        ("---",) * 4,
        *measured(),
    ]
    print("\n".join("| " + " | ".join(row) + " |" for row in rows))
    print(
        f"\n`python benchmarks/functions.py`; xlwings {version('xlwings')}.\n\nMeasured on: {machine()}"
    )


if __name__ == "__main__":
    main()
