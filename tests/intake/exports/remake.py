"""The golden twins beside the samples, made anew: ``python -m tests.intake.exports.remake``; read the diff.

``NAME.expected.csv``: what is imported, a row a post.  ``NAME.expected.txt``: what is said about it, or why it is refused.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from xlkpi.core.findings import Finding, Refused
from xlkpi.core.names import normalise
from xlkpi.intake.cells import columns
from xlkpi.intake.exports import loading
from xlkpi.intake.exports.networks import elsewhere
from xlkpi.intake.posts import Export
from xlkpi.intake.tables import contents
from xlkpi.intake.tables.table import SourceTable

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 20)


def samples() -> list[Path]:
    return sorted(p for p in SAMPLES.iterdir() if ".expected." not in p.name)


def golden(path: Path) -> dict[str, str]:
    """Name of each twin of a sample → what it should hold."""
    try:
        loaded = loading.load(path, TODAY, currency="EUR")
    except Refused as refused:
        twins = {f"{path.name}.expected.txt": "refused\n" + _findings(refused.findings)}
        if refused.findings[0].code == "XK131":
            twins[f"{path.name}.expected.csv"] = _days(contents.read(path)[0])
        return twins
    twins = {}
    said = ""
    for export in loaded.exports:
        twins[f"{path.name}.expected.csv"] = _posts(export)
        said += _told(export)
    return twins | {f"{path.name}.expected.txt": said + _findings(loaded.passed_over)}


def _posts(export: Export) -> str:
    ids = sorted(id for id in export.columns if id != "snapshot_date")
    rows = zip(export.rows, export.accounts, *(export.columns[id] for id in ids), strict=True)
    return _csv([["row", "account", *ids], *([_shown(value) for value in row] for row in rows)])


def _days(table: SourceTable) -> str:
    """A series that is refused: its days and figures as the columns are read, years filled in."""
    at = next(
        i for i, h in enumerate(table.header) if normalise(h) in map(normalise, elsewhere.DAY)
    )
    days = columns.dates(table.columns[at], today=TODAY).values
    figures = [columns.numbers(c).values for i, c in enumerate(table.columns) if i != at]
    names = [h for i, h in enumerate(table.header) if i != at]
    return _csv(
        [["day", *names], *([_shown(v) for v in row] for row in zip(days, *figures, strict=True))]
    )


def _told(export: Export) -> str:
    balance = export.balance
    lines = [
        f"{export.kind}: {export.name.en} / {export.name.fr}",
        f"rows: {balance.read} = {balance.taken} taken + {balance.totals} totals + {balance.excluded} excluded + "
        f"{balance.blank} blank",
        *(f"read: {header} -> {id}" for header, id in export.recognised.items()),
        f"not read: {', '.join(export.ignored)}",
        *(f"decided: {decision.en}" for decision in export.decisions),
    ]
    return "\n".join(lines) + "\n" + _findings(export.findings)


def _findings(findings: tuple[Finding, ...] | list[Finding]) -> str:
    return "".join(f"{f.severity.value}: {f.message('en')}\n" for f in findings)


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main() -> None:
    wanted = {name: text for path in samples() for name, text in golden(path).items()}
    for old in SAMPLES.glob("*.expected.*"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (SAMPLES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
