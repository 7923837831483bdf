"""What people look up: the References sheet, and the dictionary of the KPIs."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue, figures
from xlkpi.core.checks.scope import STALE_MONTHS
from xlkpi.core.kpi import Better, Kpi, Stage
from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.tables import Computed, write_table
from xlkpi.excel.template.validations import VALIDATED_ROWS, Validations
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.palette import BAND, MISSED
from xlkpi.excel.workbook.references import REFERENCE_DATE, REFERENCES, Reference

# -- references ------------------------------------------------------------------------------------

_UNDATED = Text("undated", "sans date")
_STALE = Text("▼ older than 12 months", "▼ plus de 12 mois")
_CURRENT = Text("● current", "● à jour")
_KIND = Text("What the value is for.", "À quoi sert la valeur.")


def draw_references(b: Builder, sheet: Worksheet) -> None:
    records, ages = _rows(b)
    spec = contract.REFERENCES
    write_table(
        b, sheet, spec, records, Computed({"age": _age_formula(b)}, {"age": ages}), freeze=3
    )
    value = [c.id for c in spec.columns].index("value")
    for row, reference in enumerate(REFERENCES, start=1):
        look = b.cell(spec.columns[value], num_format=reference.number_format)
        b.write(sheet, row, value, records[row - 1]["value"], look)
    _names(b)
    rules = Validations(b, sheet, spec)
    rules.choice("kind", choices.REFERENCE_KINDS.values(), _KIND)
    rules.computed("age")
    _mark_stale(b, sheet)


def _rows(b: Builder) -> tuple[list[dict[str, Any]], list[str]]:
    """The shipped references and those of the example, with how old each is.

    The example's own take the place of shipped ones for the same use; the others follow.
    """
    shipped = [_record(b, reference) for reference in REFERENCES]
    ages = [_age(b, reference.date) for reference in REFERENCES]
    own = {_use(record): record for record in b.sample.references}
    records = [own.pop(_use(record), record) for record in shipped]
    current = b.t(_CURRENT)
    ages = [
        current if new is not old else age
        for new, old, age in zip(records, shipped, ages, strict=True)
    ]
    return [*records, *own.values()], [*ages, *([current] * len(own))]


def _use(record: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(record[id] for id in ("kind", "network", "item", "currency"))


def _record(b: Builder, reference: Reference) -> dict[str, Any]:
    return {
        "kind": b.t(choices.REFERENCE_KINDS[reference.kind]),
        "network": reference.network,
        "item": b.t(reference.item),
        "value": reference.value,
        "unit": b.t(reference.unit),
        "currency": reference.currency,
        "source": reference.source,
        "date": reference.date,
        "note": b.t(reference.note),
    }


def _age_formula(b: Builder) -> str:
    source = b.this_row(contract.REFERENCES, "date")
    undated, stale, current = map(b.t, (_UNDATED, _STALE, _CURRENT))
    return (
        f'=IF({source}="","{undated}",IF(EDATE({source},{STALE_MONTHS})<TODAY(),'
        f'"{stale}","{current}"))'
    )


def _age(b: Builder, dated: date | None) -> str:
    """What the formula gave on the day on which the references were looked up."""
    if dated is None:
        return b.t(_UNDATED)
    months = (REFERENCE_DATE.year - dated.year) * 12 + REFERENCE_DATE.month - dated.month
    return b.t(_STALE if months >= STALE_MONTHS else _CURRENT)


def _names(b: Builder) -> None:
    """What formulas look up.

    Without the Freshness column: it holds TODAY(), and whatever depends on that is recalculated on opening,
    which would turn EMV into #NAME? where the add-in is missing.
    """
    spec = contract.REFERENCES
    tiers = [i for i, r in enumerate(REFERENCES, start=2) if r.kind == "tier"]
    name = f"'{b.name(spec)}'"
    first, last = b.t(spec.columns[0].label), b.t(spec.column("date").label)
    b.book.define_name("reference_values", f"={b.table_name(spec)}[[{first}]:[{last}]]")
    b.book.define_name("tier_names", f"={name}!$C${tiers[0]}:$C${tiers[-1]}")
    b.book.define_name("tier_bounds", f"={name}!$D${tiers[0]}:$D${tiers[-1]}")


def _mark_stale(b: Builder, sheet: Worksheet) -> None:
    at = [c.id for c in contract.REFERENCES.columns].index("age")
    look = b.rule_format(bg_color=MISSED.fill, font_color=MISSED.text)
    rule = {"type": "text", "criteria": "begins with", "value": "▼", "format": look}
    sheet.conditional_format(1, at, VALIDATED_ROWS, at, rule)


# -- dictionary ------------------------------------------------------------------------------------

_DIRECTIONS = {
    Better.HIGHER: Text("▲ higher", "▲ plus haut"),
    Better.LOWER: Text("▼ lower", "▼ plus bas"),
    Better.NEUTRAL: Text("– neutral", "– neutre"),
}
_STAGES = {
    Stage.VISIBILITY: Text("Visibility", "Visibilité"),
    Stage.ENGAGEMENT: Text("Engagement", "Engagement"),
    Stage.CONVERSION: Text("Conversion", "Conversion"),
    Stage.BUDGET: Text("Budget", "Budget"),
    Stage.BRAND: Text("Brand", "Image de marque"),
    Stage.OTHER: Text("Outside the funnel", "Hors tunnel"),
}
_GOOD_KPI = Text("A good KPI is…", "Un bon KPI est…")
_CRITERIA = (
    Text("clear: everyone reads it the same way", "clair : tout le monde le lit de la même façon"),
    Text(
        "measurable and reliable: its data can be checked",
        "mesurable et fiable : ses données se vérifient",
    ),
    Text(
        "tied to an objective, with a target that is realistic",
        "lié à un objectif, avec une cible réaliste",
    ),
    Text(
        "actionable: you know what you would do if it moved",
        "activable : on sait quoi faire s’il bouge",
    ),
    Text(
        "few: five to seven for a report, three or four for a board",
        "peu nombreux : cinq à sept pour un rapport, trois ou quatre pour une direction",
    ),
    Text("reviewed every 6 to 12 months", "revu tous les 6 à 12 mois"),
)


def draw_dictionary(b: Builder, sheet: Worksheet) -> None:
    """The KPI sheet: every KPI with its definition, formula and use."""
    records = [_entry(b, kpi) for kpi in catalogue.KPIS]
    count = write_table(b, sheet, contract.DICTIONARY, records, plain=True)
    for row in range(1, count + 1):
        sheet.set_row(row, 62)
    sheet.fit_to_pages(2, 0)
    b.say(sheet, count + 2, 0, _GOOD_KPI, bold=True, font_color=BAND)
    for row, text in enumerate(_CRITERIA, start=count + 3):
        sheet.write_string(row, 0, f"☐ {b.t(text)}")
    sheet.protect(
        "", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
    )


def _entry(b: Builder, kpi: Kpi) -> dict[str, Any]:
    measures = [catalogue.MEASURES[i].label for i in kpi.inputs if i in catalogue.MEASURES]
    return {
        "name": b.t(kpi.label),
        "function": kpi.function,
        "definition": b.t(kpi.help),
        "formula": b.t(kpi.formula),
        "inputs": ", ".join(map(b.t, measures)),
        "unit": b.t(figures.UNIT_WORDS[kpi.unit]),
        "direction": b.t(_DIRECTIONS[kpi.better]),
        "stage": b.t(_STAGES[kpi.stage]),
        "objective": ", ".join(b.t(choices.OBJECTIVE_TYPES[o]) for o in kpi.objectives),
        "why": b.t(kpi.why),
        "how": b.t(kpi.how),
        "source": kpi.source,
    }
