"""Tables of the template's sheets: header, body in the look of its columns, formulas with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.excel.samples.model import SampleRows
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.workbook.contract import Column, Sheet
from xlkpi.excel.workbook.formats import money_format
from xlkpi.excel.workbook.palette import RULE


@dataclass(frozen=True, slots=True)
class Computed:
    """Columns that hold formulas: column id → formula, and column id → the values that it has now."""

    formulas: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def value(self, id: str, row: int) -> Any:
        known = self.values.get(id, ())
        return known[row] if row < len(known) else ""


def write_table(
    b: Builder,
    sheet: Worksheet,
    spec: Sheet,
    records: SampleRows,
    computed: Computed | None = None,
    *,
    rows: int = 1,
    row0: int = 0,
    freeze: int = 1,
    plain: bool = False,
    autofilter: bool = True,
) -> int:
    """Write a table with its header at ``row0``; returns the number of body rows.

    Args:
        rows: body rows at least; those without a record are blank.
        freeze: columns on the left that stay in view.
        plain: the table is to be read, not filled in.
    """
    computed, count = computed or Computed(), max(len(records), rows, 1)
    looks = [
        _plain_look(b) if plain else _look(b, c, c.id in computed.formulas) for c in spec.columns
    ]
    add_table(b, sheet, spec, row0, count, looks, computed.formulas, autofilter)
    for c, column in enumerate(spec.columns):
        sheet.set_column(c, c, column.width)
    for r in range(count):
        record = records[r] if r < len(records) else {}
        for c, (column, look) in enumerate(zip(spec.columns, looks, strict=True)):
            if (formula := computed.formulas.get(column.id)) is not None:
                b.formula(sheet, row0 + 1 + r, c, formula, look, computed.value(column.id, r))
            else:
                b.write(sheet, row0 + 1 + r, c, record.get(column.id), look)
    sheet.set_row(row0, 32)
    sheet.freeze_panes(row0 + 1, freeze)
    sheet.repeat_rows(row0)
    return count


def add_table(
    b: Builder,
    sheet: Worksheet,
    spec: Sheet,
    row0: int,
    count: int,
    looks: Sequence[Format],
    formulas: Mapping[str, str] | None = None,
    autofilter: bool = False,
) -> None:
    """The table itself, named after its sheet: columns, their formats and formulas."""
    formulas = formulas or {}
    columns = [
        {"header": b.t(column.label), "header_format": b.header(), "format": look}
        | ({"formula": formulas[column.id]} if column.id in formulas else {})
        for column, look in zip(spec.columns, looks, strict=True)
    ]
    options = {
        "name": b.table_name(spec),
        "style": None,
        "columns": columns,
        "autofilter": autofilter,
    }
    sheet.add_table(row0, 0, row0 + count, len(spec.columns) - 1, options)


def with_extra_columns(spec: Sheet, records: SampleRows) -> Sheet:
    """The sheet with the columns that only some workbooks have, at its end, where the example fills them."""
    used = {id for record in records for id in record}
    return replace(spec, columns=(*spec.columns, *(c for c in spec.extra if c.id in used)))


def _plain_look(b: Builder) -> Format:
    return b.f(text_wrap=True, valign="vcenter", border=1, border_color=RULE)


def _look(b: Builder, column: Column, computed: bool) -> Format:
    if not computed:
        return b.cell(column)
    formats = {
        "engagement_rate": "0.0%",
        "roi": "0.0%",
        "emv": money_format(b.currency, b.language),
    }
    return b.cell(column, True, num_format=formats.get(column.id, "General"))
