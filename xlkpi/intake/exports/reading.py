"""One table of a recognised kind → an Export: its rows sorted, its columns read, its posts named, its total checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xlkpi.core import codes
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.identify import identify, ids_within
from xlkpi.intake.exports.implausible import check_views
from xlkpi.intake.exports.platform import Names, Platform
from xlkpi.intake.exports.rows import sort_rows
from xlkpi.intake.exports.totals import check_totals
from xlkpi.intake.exports.values import convert
from xlkpi.intake.posts import COLUMNS, Export, RowBalance, Value
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import SourceTable


def read(
    platform: Platform, table: SourceTable, names: Names, today: date, currency: str = ""
) -> Export:
    """The posts of a table of this kind."""
    draft = ExportDraft(platform, table, names, today, currency)
    sort_rows(draft)
    convert(draft)
    if platform.finish is not None:
        platform.finish(draft)
    identify(draft)
    check_totals(draft)
    check_views(draft)
    if platform.handle_in_url and "account" not in draft.values:
        draft.values["account"] = list(
            ids_within(platform.handle_in_url, draft.values.get("url", []))
        )
    return export(draft)


def wanted(platform: Platform) -> Mapping[str, Sequence[str]]:
    """Column id → the names that its header may have."""
    return platform.names or headers.aliases(platform.id)


def match(platform: Platform, table: SourceTable) -> Names:
    """The columns of a table that have one of the kind's names."""
    language = None if platform.names else headers.language(table.header, platform.id)
    return Names(headers.candidates(table.header, wanted(platform)), language)


def export(draft: ExportDraft) -> Export:
    count = len(draft.at)
    accounts = draft.values.get("account") or draft.values.get("account_name") or [None] * count
    kept: dict[str, Sequence[Value]] = {
        id: values
        for id, values in draft.values.items()
        if id in COLUMNS and any(v is not None for v in values)
    }
    if count:
        if draft.platform.network:
            kept["network"] = [draft.platform.network] * count
        kept.setdefault("snapshot_date", [draft.snapshot] * count)
    used = {
        draft.table.header[i]: draft.became.get(id, id)
        for id, indexes in draft.names.found.items()
        if id in draft.platform.columns
        for i in indexes
    }
    used = {header: id for header, id in used.items() if id in COLUMNS}
    lost = draft.lost + draft.table.excluded
    if not count and not lost:
        draft.note(
            codes.NO_ROWS,
        )
    return Export(
        kind=draft.platform.id,
        source=draft.table.source,
        name=draft.platform.name,
        columns=kept,
        rows=draft.table.rows if draft.has_all else [draft.table.rows[i] for i in draft.at],
        accounts=accounts,  # type: ignore[arg-type]
        balance=RowBalance(
            len(draft.table.rows) + draft.table.excluded + draft.table.blank,
            count,
            len(draft.totals),
            lost,
            draft.blank,
        ),
        recognised=used,
        ignored=tuple(h for h in draft.table.header if h and h not in used),
        decisions=(*draft.table.facts, *draft.decisions),
        findings=draft.findings.all(),
        is_addition=draft.platform.is_addition,
    )
