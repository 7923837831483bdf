"""The Settings sheet → the settings of a report; what is no choice there is noted, and the default used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlkpi.core import codes
from xlkpi.core.campaign import Period, Settings, period_of
from xlkpi.core.findings import Finding
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.reading.values import CellValues
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.choices import Setting
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.grid import Grid, shown

_DEFAULT_USED = Text("the default is used", "la valeur par défaut est utilisée")
_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP"}
#: Settings of the sheet that the core knows by the same name.
_SAME_NAME = (
    "language",
    "currency",
    "scope",
    "campaign",
    "denominator",
    "emv_method",
    "tolerance",
    "palette",
)

#: Settings that are on unless the sheet says no.
_YES_NO = ("french_rules", "views_count", "gifts_count")

Record = Mapping[str, object]


def read_settings(
    grid: Grid, records: Iterable[tuple[int, Record]], values: CellValues, default: Settings
) -> Settings:
    """What the rows of the sheet say; ``default`` for everything else."""
    by_name = {normalise(name): s for s in choices.SETTING_ROWS for name in (s.id, *s.label)}
    reader = _SettingReader(grid, values)
    said: dict[str, object] = {}
    for row, record in records:
        setting = by_name.get(normalise(shown(record.get("setting", ""))))
        if setting is None or "value" not in record:
            continue
        value = reader.value(setting, row, record["value"])
        if value is not None:
            said[setting.id] = value
    counted = tuple(c for c in choices.INTERACTIONS if said.get(f"count_{c}", "yes") == "yes")
    return replace(
        default,
        **{id: said[id] for id in _SAME_NAME if id in said},  # type: ignore[arg-type]
        interactions=counted or default.interactions,
        period=_period(said),
        **{id: said.get(id, "yes") == "yes" for id in _YES_NO},  # type: ignore[arg-type]
    )


def _period(said: Mapping[str, object]) -> Period | None:
    start, end = said.get("period_start"), said.get("period_end")
    kind = str(said.get("period", "quarter"))
    last = end if isinstance(end, date) else None
    if not isinstance(start, date) or (kind == "from_to" and last is None):
        return None
    return period_of(kind, start, last)


@dataclass(frozen=True, slots=True)
class _SettingReader:
    grid: Grid
    values: CellValues

    def value(self, setting: Setting, row: int, value: object) -> object:
        """The value of one setting; None, and a finding, for what it cannot be."""
        if setting.kind is ColumnKind.DATE:
            return self.values.day(self.grid, "value", row, value)
        found: object = None
        if setting.choices is not None:
            found = choices.choice(setting.choices, shown(value))
        elif setting.kind is ColumnKind.PERCENT:
            found = self.values.number(self.grid, "value", row, value, _DEFAULT_USED)
            if found is None or 0 <= found <= 1:
                return found
            found = None
        elif setting.id == "currency":
            found = currency_code(shown(value))
        else:
            return shown(value).strip()
        if found is None:
            self._note_no_choice(setting, row, value)
        return found

    def _note_no_choice(self, setting: Setting, row: int, value: object) -> None:
        default = Text(*[f"{setting.default}"] * 2)
        fix = setting.explanation
        if setting.choices:
            default = setting.choices[str(setting.default)]
            fix = codes.NOT_A_CHOICE.fix
        self.values.note(
            Finding(
                codes.NOT_A_CHOICE,
                Text(
                    "this is not one of the choices for {name}",
                    "ce n’est pas un choix possible pour {name}",
                ).format(name=setting.label),
                Text(
                    "the default is used: {default}",
                    "la valeur par défaut est utilisée : {default}",
                ).format(default=default),
                fix,
                value=shown(value),
                **self.grid.cell("value", row),
            )
        )


def currency_code(said: str) -> str | None:
    """Three letters for a currency that is written so, or as a sign; None for anything else.

    >>> currency_code(" eur "), currency_code("£"), currency_code("dollars")
    ('EUR', 'GBP', None)
    """
    code = said.strip().upper()
    code = _CURRENCY_SIGNS.get(code, code)
    return code if code.isascii() and code.isalpha() and len(code) == 3 else None
