"""Exports and workbooks made for tests of the merge, and the workbook once a change is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlkpi.excel.workbook import contract
from xlkpi.intake.merge import plan as merging
from xlkpi.intake.merge.plan import ExistingPosts, ImportReport, InfluencerRow
from xlkpi.intake.posts import Export, PostChanges, RowBalance, Value

TODAY = date(2026, 11, 20)
LENA = InfluencerRow("Lena Brews", "@Lena.Brews", "Instagram")
THEO = InfluencerRow("Théo", "theo.runs", "TikTok")
CAMPAIGN = {"campaigns": ["Spring"]}


def export(
    *rows: dict[str, Value],
    kind: str = "instagram_content",
    network: str | None = "Instagram",
    snapshot: date = TODAY,
    account: str | None = "lena.brews",
    source: str = "posts.csv",
    **more: object,
) -> Export:
    """An export of rows as they would be read; ``account`` of a row wins over the common one."""
    rows = tuple(dict(row) for row in rows)
    accounts = [row.pop("account", account) for row in rows]
    ids = list(dict.fromkeys(id for row in rows for id in row))
    columns: dict[str, list[Value]] = {id: [row.get(id) for row in rows] for id in ids}
    if network and "network" not in columns:
        columns["network"] = [network] * len(rows)
    columns.setdefault("snapshot_date", [snapshot] * len(rows))
    return Export(
        kind,
        source,
        columns,
        range(2, len(rows) + 2),
        accounts,
        RowBalance(len(rows), len(rows)),
        **more,
    )  # type: ignore[arg-type]


def held(*rows: dict[str, Value], first: int = 5) -> ExistingPosts:
    """A workbook with the columns of the template."""
    ids = [c.id for c in contract.POSTS.columns if c.kind is not contract.ColumnKind.COMPUTED]
    return ExistingPosts(
        range(first, first + len(rows)), {id: [row.get(id) for row in rows] for id in ids}
    )


def plan(
    exports: Export | Sequence[Export],
    book: ExistingPosts | None = None,
    people: Sequence[InfluencerRow] = (LENA, THEO),
    campaign: str = "",
    **more: object,
) -> tuple[PostChanges, ImportReport]:
    exports = [exports] if isinstance(exports, Export) else exports
    return merging.plan(
        exports, book or ExistingPosts(), people, campaign, TODAY, **{**CAMPAIGN, **more}
    )  # type: ignore[arg-type]


def after(book: ExistingPosts, change: PostChanges) -> ExistingPosts:
    """The workbook once the change is written; columns that its table lacks are not."""
    count = change.count
    ids = list(book.columns or held().columns)
    columns: dict[str, list[Value]] = {}
    for id in ids:
        old = list(book.columns.get(id, [None] * len(book.rows)))
        for row, cells in change.updates.items():
            if id in cells:
                old[list(book.rows).index(row)] = cells[id]
        columns[id] = old + list(change.added.get(id, [None] * count))
    last = max(book.rows, default=4)
    return ExistingPosts([*book.rows, *range(last + 1, last + 1 + count)], columns)


def codes(report: ImportReport) -> list[str]:
    return [f.code for f in report.findings]
