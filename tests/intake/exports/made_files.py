"""Small exports written by a test: a text as a file, and what is read of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from xlkpi.core.findings import Finding, Refused
from xlkpi.intake.exports import loading
from xlkpi.intake.posts import Export

TODAY = date(2026, 11, 20)


def written(folder: Path, text: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sheet(
    folder: Path, rows: Sequence[Sequence[object]], *merged: str, name: str = "t.xlsx"
) -> Path:
    """A workbook of one sheet; ``merged``: ranges, whose value stands in their first cell."""
    book = Workbook()
    page = book.active
    for row in rows:
        page.append(list(row))
    for ref in merged:
        page.merge_cells(ref)
    path = folder / name
    book.save(path)
    return path


def read(path: Path, **more) -> Export:
    """The one export of a file, whose rows must all be accounted for."""
    [export] = loading.load(path, TODAY, currency="EUR", **more).exports
    balance = export.balance
    assert balance.read == balance.taken + balance.totals + balance.excluded + balance.blank
    return export


def refused(path: Path, **more) -> Finding:
    try:
        loaded = loading.load(path, TODAY, currency="EUR", **more)
    except Refused as error:
        return error.findings[0]
    raise AssertionError(f"read: {[(e.kind, e.balance) for e in loaded.exports]}")


def codes_of(export: Export) -> list[str]:
    return [str(finding.code) for finding in export.findings]
