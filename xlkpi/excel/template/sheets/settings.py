"""The Settings sheet, and the hidden sheet of lists that the drop-downs offer."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue
from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.tables import write_table
from xlkpi.excel.template.validations import DATE, SHARE, described, from_name
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.choices import Setting
from xlkpi.excel.workbook.contract import Column, ColumnKind
from xlkpi.excel.workbook.formats import DAY
from xlkpi.excel.workbook.palette import FAINT

_PICK = Text("Pick a value from the list.", "Choisissez une valeur dans la liste.")
_TYPE_DATE = Text("Type a date.", "Saisissez une date.")
_TYPE_SHARE = Text("Type a percentage from 0% to 100%.", "Saisissez un pourcentage de 0 % à 100 %.")
_USED = Text("Used by the formulas of Posts", "Utilisé par les formules de Posts")
_NUMBER_FORMATS = {ColumnKind.PERCENT: "0%", ColumnKind.DATE: DAY}


def draw_lists(b: Builder, sheet: Worksheet) -> None:
    """What the drop-downs offer: objective types, and for each the KPIs that suit it."""
    types = list(choices.OBJECTIVE_TYPES.items())
    depth = 0
    for c, (id, label) in enumerate(types, start=1):
        proposed = [b.t(k.label) for k in catalogue.KPIS if id in k.objectives]
        depth = max(depth, len(proposed))
        sheet.write_string(0, c, b.t(label))
        sheet.write_number(1, c, len(proposed))
        for r, name in enumerate(proposed, start=2):
            sheet.write_string(r, c, name)
    for r, kpi in enumerate(catalogue.KPIS):
        sheet.write_string(r, len(types) + 2, b.t(kpi.label))
    name, end, column = sheet.get_name(), xl_col_to_name(len(types)), xl_col_to_name(len(types) + 2)
    b.book.define_name("objective_types", f"={name}!$B$1:${end}$1")
    b.book.define_name("kpi_counts", f"={name}!$B$2:${end}$2")
    b.book.define_name("kpi_lists", f"={name}!$B$3:${end}${2 + depth}")
    b.book.define_name("all_kpis", f"={name}!${column}$1:${column}${len(catalogue.KPIS)}")


def draw_settings(b: Builder, sheet: Worksheet) -> None:
    spec, rows = contract.SETTINGS, choices.SETTING_ROWS
    records = [{"setting": b.t(s.label), "explanation": b.t(s.explanation)} for s in rows]
    write_table(b, sheet, spec, records, plain=True, autofilter=False)
    for r, setting in enumerate(rows, start=1):
        _setting(b, sheet, r, setting)
        b.book.define_name(f"setting_{setting.id}", f"='{b.name(spec)}'!$B${r + 1}")
        sheet.set_row(r, 20)
    _for_formulas(b, sheet, len(rows) + 3)
    sheet.protect()


def _setting(b: Builder, sheet: Worksheet, row: int, setting: Setting) -> None:
    value = b.sample.settings.get(
        setting.id, b.language if setting.id == "language" else setting.default
    )
    look = b.cell(
        Column(setting.id, setting.label, setting.kind),
        num_format=_NUMBER_FORMATS.get(setting.kind, "General"),
        align="left",
    )
    b.write(sheet, row, 1, b.t(setting.choices[value]) if setting.choices else value, look)
    help = described(b, setting.label, setting.explanation)
    sheet.data_validation(row, 1, row, 1, {**help, **_rule(b, setting)})


def _rule(b: Builder, setting: Setting) -> dict[str, Any]:
    """What the setting's cell accepts."""
    if setting.choices:
        names = list(dict.fromkeys(b.t(t) for t in setting.choices.values()))
        return {"validate": "list", "source": names, "error_message": b.t(_PICK)}
    if setting.id == "campaign":
        return from_name("campaign_list")
    if setting.kind is ColumnKind.DATE:
        return {**DATE, "error_message": b.t(_TYPE_DATE)}
    if setting.kind is ColumnKind.PERCENT:
        return {**SHARE, "error_message": b.t(_TYPE_SHARE)}
    return {  # a currency
        "validate": "length",
        "criteria": "between",
        "minimum": 3,
        "maximum": 3,
        "error_message": b.t(setting.explanation)[:255],
    }


def _for_formulas(b: Builder, sheet: Worksheet, row: int) -> None:
    """Numbers that the Posts formulas need from the settings: interaction weights, column of the base."""
    grey, yes = b.f(font_color=FAINT, font_size=9), b.t(choices.YES_NO["yes"])
    sheet.write_string(row, 0, b.t(_USED), grey)
    for i, id in enumerate(choices.INTERACTIONS):
        counted = str(b.sample.settings.get(f"count_{id}", "yes")) == "yes"
        formula = f'=IF(setting_count_{id}="{yes}",1,0)'
        sheet.write_formula(row, 3 + i, formula, grey, int(counted))
    bases = ("followers", "reach", "impressions", "views")
    names = ",".join(f'"{b.t(choices.DENOMINATORS[base])}"' for base in bases)
    chosen = bases.index(str(b.sample.settings.get("denominator", "reach"))) + 1
    sheet.write_formula(row, 8, f"=MATCH(setting_denominator,{{{names}}},0)", grey, chosen)
    where = f"'{b.name(contract.SETTINGS)}'"
    b.book.define_name("interaction_weights", f"={where}!$D${row + 1}:$H${row + 1}")
    b.book.define_name("engagement_base", f"={where}!$I${row + 1}")
