"""A campaign workbook → settings, campaigns, objectives, rates, and the posts as a stream of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import catalogue
from xlkpi.core.campaign import Campaign, Objective, Rate, Settings, period_of
from xlkpi.core.catalogue import fold, normalise
from xlkpi.core.checks.plausibility import Known
from xlkpi.core.findings import Finding, Place, Severity, refuse
from xlkpi.core.insight.inputs import Inputs
from xlkpi.core.kpi import Kpi, Unit
from xlkpi.core.texts import Language, Text
from xlkpi.excel.reading.alike import CODES, Alike
from xlkpi.excel.reading.inputs import read_inputs, read_known, read_rates
from xlkpi.excel.reading.posts import PostStream
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Kind, Sheet
from xlkpi.excel.workbook.foreign import foreign
from xlkpi.excel.workbook.grid import (
    LONGEST_VALUE,
    TYPE_A_FIGURE,
    Grid,
    bad_cell,
    bad_date,
    is_blank,
    name_of,
    shown,
)
from xlkpi.files.refusals import damaged
from xlkpi.intake.numbers import MISSING, is_ambiguous, parse_date, parse_number, serial_date
from xlkpi.ooxml.cells import (
    LAST_ROW,
    Row,
    column_letters,
    read_rows,
    shared_strings,
    split_address,
    split_range,
)
from xlkpi.ooxml.columns import ColumnBand, read_columns
from xlkpi.ooxml.package import Package, SheetPart, TablePart

#: So many findings of one kind in one column are listed; the rest is counted in one more.
MAX_LISTED = 50
_HEADER_ROWS = 30
#: Rates that may well have a target over 150 %.
_RETURNS = {
    "roi",
    "profit_roi",
    "sales_uplift",
    "follower_growth",
    "audience_evolution",
    "profit_on_investment",
}
_NO_EFFECT = Text("", "")
_DEFAULT_USED = Text("the default is used", "la valeur par défaut est utilisée")


class Cells(Protocol):
    """What the reader asks of a workbook: of its file, or of the application that has it open."""

    @property
    def name(self) -> str: ...
    @property
    def sheets(self) -> tuple[SheetPart, ...]: ...
    @property
    def tables(self) -> tuple[TablePart, ...]: ...
    @property
    def date1904(self) -> bool: ...
    def rows(self, sheet: SheetPart, first: int, last: int) -> Iterator[Row]: ...
    def columns(
        self,
        sheet: SheetPart,
        wanted: list[int],
        first: int,
        last: int,
        watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        """Columns in bands of rows; of those ``watched`` only errors and formulas without a value matter.

        ``shown``: further columns as ``columns.read_columns`` knows them; only asked of closed workbooks.
        """


class Watch(Protocol):
    """Is shown the computed columns of the posts while they are read, see ``computed.Freshness``."""

    def look(self, posts: pd.DataFrame, shown: dict[str, NDArray[np.float64]]) -> None: ...
    def look_at_blanks(self, shown: dict[str, NDArray[np.float64]]) -> None: ...


class FileCells:
    """The cells of a closed workbook."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strings = shared_strings(package)
        self.name, self.sheets, self.tables = package.path.name, package.sheets, package.tables
        self.date1904 = package.date1904

    def rows(self, sheet: SheetPart, first: int, last: int) -> Iterator[Row]:
        return read_rows(self.package, sheet.part, self.strings, first, last)

    def columns(
        self,
        sheet: SheetPart,
        wanted: list[int],
        first: int,
        last: int,
        watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        return read_columns(
            self.package, sheet.part, self.strings, wanted, first, last, list(watched), list(shown)
        )


class Workbook:
    """A campaign workbook opened for reading.

    Findings collect in ``findings`` while it is read; what makes a report impossible raises Refused.
    """

    def __init__(self, book: Package | Cells) -> None:
        self.cells: Cells = FileCells(book) if isinstance(book, Package) else book
        self.findings: list[Finding] = []
        self._more: dict[tuple[str, str], list[Finding]] = {}
        self._alike: dict[tuple[str, Text], Alike] = {}
        self._grids: dict[str, Grid | None] = {}
        self._muted = False
        self.watch: Watch | None = (
            None  # looks at the computed columns of the posts as they are read
        )
        self.refusals: tuple[
            Finding, ...
        ] = ()  # objectives whose KPI is unknown: told once the posts are read
        for finding in foreign(book) if isinstance(book, Package) else ():
            self.note(finding)

    @property
    def name(self) -> str:
        return PurePath(self.cells.name).stem

    # -- findings ------------------------------------------------------------------------------

    def note(self, finding: Finding) -> None:
        """Keep a finding; rows left out are told by reason, of others those beyond MAX_LISTED of one kind in one column
        are only counted."""
        if self._muted:
            return
        if len(finding.value) > LONGEST_VALUE:
            finding = replace(finding, value=f"{finding.value[:LONGEST_VALUE]}…")
        if finding.code in CODES:
            self._alike.setdefault((finding.code, finding.reason), Alike(len(self.findings))).add(
                finding
            )
            return
        alike = self._more.setdefault((finding.code, finding.header), [])
        alike.append(finding) if len(alike) < MAX_LISTED else alike.append(alike[-1])
        if len(alike) <= MAX_LISTED:
            self.findings.append(finding)

    def unmute(self) -> None:
        """Findings count again: the posts have been read."""
        self._muted = False

    def all_findings(self) -> tuple[Finding, ...]:
        """Everything noted, with a line for each kind that was cut short or is told by reason."""
        cut = [
            replace(
                alike[0],
                cell="",
                value="",
                count=len(alike) - MAX_LISTED,
                reason=Text(
                    "{n} more like the ones listed", "{n} de plus comme ceux de la liste"
                ).format(n=len(alike) - MAX_LISTED),
            )
            for alike in self._more.values()
            if len(alike) > MAX_LISTED
        ]
        found = list(self.findings)
        for rows in reversed(
            self._alike.values()
        ):  # from the last on, so that no place before it moves
            found[rows.at : rows.at] = rows.findings()
        return (*found, *cut)

    # -- tables --------------------------------------------------------------------------------

    def grid(self, spec: Sheet) -> Grid | None:
        """The table of this name, else the sheet of this name, with its headers matched; None if neither is there."""
        if spec.id not in self._grids:
            self._grids[spec.id] = self._find(spec)
        return self._grids[spec.id]

    def require(self, spec: Sheet) -> Grid:
        found = self.grid(spec)
        if found is None:
            names = ", ".join(s.name for s in self.cells.sheets)
            raise refuse(
                "XK201",
                Text(
                    "there is no table or sheet named {en}",
                    "il n’y a ni tableau ni feuille nommé {fr}",
                ).format(
                    en=" / ".join(dict.fromkeys(spec.label)),
                    fr=" / ".join(dict.fromkeys(reversed(spec.label))),
                ),
                Text(
                    "add it, or start from a new workbook: xlkpi new campaign.xlsx (sheets found: {names})",
                    "ajoutez-le, ou partez d’un nouveau classeur : xlkpi new campagne.xlsx (feuilles : {names})",
                ).format(names=names),
                sheet=self.cells.name,
            )
        for wanted in spec.required:
            if not any(id in found.columns for id in wanted.split("|")):
                labels = [
                    c.label for c in (*spec.columns, *spec.extra) if c.id in wanted.split("|")
                ]
                raise refuse(
                    "XK202",
                    Text("the column {en} is missing", "la colonne {fr} est absente").format(
                        en=" or ".join(t.en for t in labels), fr=" ou ".join(t.fr for t in labels)
                    ),
                    Text(
                        "add a column with this header to row {row}",
                        "ajoutez une colonne de ce nom en ligne {row}",
                    ).format(row=found.header),
                    sheet=found.sheet.name,
                    cell=f"A{found.header}",
                )
        return found

    def _find(self, spec: Sheet) -> Grid | None:
        for table in self.cells.tables:
            if normalise(table.name) in spec.names:
                try:
                    first, left, last, right = split_range(table.ref)
                    below = [
                        split_range(t.ref)
                        for t in self.cells.tables
                        if t.sheet == table.sheet and t is not table
                    ]
                except ValueError:
                    raise damaged(self.cells.name) from None
                row = next(iter(self.cells.rows(table.sheet, first, first)), (first, {}))[1]
                texts = {
                    c: row.get(c, name)
                    for c, name in zip(range(left, right + 1), table.columns, strict=False)
                }
                end = min((top - 1 for top, *_ in below if top > last), default=LAST_ROW)
                return self._match(
                    spec, table.sheet, first, texts, end, last if table.totals_row else None, True
                )
        for sheet in self.cells.sheets:
            if normalise(sheet.name) in spec.names:
                best: Grid | None = None
                for number, row in self.cells.rows(sheet, 1, _HEADER_ROWS):
                    grid = self._match(spec, sheet, number, row)
                    if grid.columns and (best is None or len(grid.columns) > len(best.columns)):
                        best = grid
                return best or Grid(spec, sheet, 1, LAST_ROW, None, {}, {})
        return None

    def _match(
        self,
        spec: Sheet,
        sheet: SheetPart,
        header: int,
        texts: dict[int, object],
        end: int = LAST_ROW,
        totals: int | None = None,
        is_table: bool = False,
    ) -> Grid:
        columns: dict[str, int] = {}
        headers: dict[str, str] = {}
        exact = {name: c for c in reversed((*spec.columns, *spec.extra)) for name in c.names}
        for index, text in texts.items():
            column = exact.get(normalise(text[:LONGEST_VALUE])) if isinstance(text, str) else None
            if column and column.id not in columns:
                columns[column.id], headers[column.id] = index, str(text).strip()
            elif column and is_table:
                self.note(
                    Finding(
                        "XK207",
                        Severity.WARNING,
                        Text(
                            "there are two columns for the same figure; the first one is read",
                            "deux colonnes désignent la même donnée ; la première est lue",
                        ),
                        fix=Text(
                            "rename or delete one of them", "renommez ou supprimez l’une d’elles"
                        ),
                        sheet=sheet.name,
                        cell=f"{column_letters(index)}{header}",
                        header=str(text),
                    )
                )
        return Grid(spec, sheet, header, end, totals, columns, headers)

    def records(self, grid: Grid) -> Iterator[tuple[int, dict[str, object]]]:
        """Rows of a small table: sheet row number and values by column id, blanks left out; blank rows skipped."""
        by_index = {index: id for id, index in grid.columns.items()}
        for number, row in self.cells.rows(grid.sheet, grid.header + 1, grid.end):
            if number == grid.totals:
                continue
            values = {by_index[i]: v for i, v in row.items() if i in by_index and not is_blank(v)}
            if values:
                yield number, values

    # -- single values -------------------------------------------------------------------------

    def number(
        self,
        grid: Grid,
        column: str,
        row: int,
        value: object,
        effect: Text = _NO_EFFECT,
        currency: str = "",
        fix: Text = TYPE_A_FIGURE,
    ) -> float | None:
        """A cell as a number; what is not one, or an amount in another ``currency``, becomes a finding and None."""
        if value is None or isinstance(value, float):
            return value
        if isinstance(value, str):
            parsed = parse_number(value, self.edition, currency=currency)
            if isinstance(parsed, float):
                return parsed
            if parsed is MISSING:
                return None
        self.note(bad_cell(grid, column, row, value, effect, currency, fix))
        return None

    def day(self, grid: Grid, column: str, row: int, value: object) -> date | None:
        """A cell as a date; what is not one becomes a finding and None."""
        if value is None:
            return None
        found = None
        if isinstance(value, float):
            found = serial_date(value, self.cells.date1904)
        elif isinstance(value, str):
            found = parse_date(value)
            if found is not None and is_ambiguous(value):
                self.note(
                    Finding(
                        "XK316",
                        Severity.WARNING,
                        Text(
                            "day and month could be the other way round; it was read as {day}",
                            "jour et mois pourraient être inversés ; lu comme le {day}",
                        ).format(
                            day=Text(
                                f"{found.day} {found:%B %Y}", f"{found:%d/%m/%Y} (jour/mois/année)"
                            )
                        ),
                        fix=Text(
                            "type it as a date, or as 2026-03-31",
                            "saisissez une vraie date, ou 2026-03-31",
                        ),
                        value=value,
                        **grid.cell(column, row),
                    )
                )
        if found is None:
            self.note(bad_date(grid, column, row, value))
        return found

    # -- settings ------------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """Of the workbook: what its Settings say, else the language of its headers."""
        return self.settings.language

    @property
    def settings(self) -> Settings:
        if not hasattr(self, "_settings"):
            self._settings = Settings(language=self.edition)
            self._settings = self._read_settings(self._settings)
        return self._settings

    def override(self, **changes: Any) -> None:
        """Report by these settings, whatever the Settings sheet says."""
        self._settings = replace(self.settings, **changes)

    @cached_property
    def edition(self) -> Language:
        """French when the workbook's sheet names are the French ones: its texts are read as the French write."""
        names = {normalise(s.name) for s in self.cells.sheets} | {
            normalise(t.name) for t in self.cells.tables
        }
        french = sum(
            normalise(s.label.fr) in names for s in contract.SHEETS if s.label.en != s.label.fr
        )
        english = sum(
            normalise(s.label.en) in names for s in contract.SHEETS if s.label.en != s.label.fr
        )
        return "fr" if french > english else "en"

    def _read_settings(self, default: Settings) -> Settings:
        grid = self.grid(contract.SETTINGS)
        if grid is None or not {"setting", "value"} <= grid.columns.keys():
            return default
        by_name = {normalise(name): s for s in contract.SETTING_ROWS for name in (s.id, *s.label)}
        said: dict[str, object] = {}
        for row, record in self.records(grid):
            setting = by_name.get(normalise(str(record.get("setting", ""))))
            value = record.get("value")
            if setting is None or value is None:
                continue
            if setting.choices is not None:
                chosen = contract.choice(setting.choices, str(value))
                if chosen is None:
                    self._bad_setting(grid, row, str(value), setting)
                    continue
                said[setting.id] = chosen
            elif setting.kind is Kind.DATE:
                said[setting.id] = self.day(grid, "value", row, value)
            elif setting.kind is Kind.PERCENT:
                number = self.number(grid, "value", row, value, _DEFAULT_USED)
                if number is not None and 0 <= number <= 1:
                    said[setting.id] = number
                elif number is not None:
                    self._bad_setting(grid, row, shown(value), setting)
            else:
                said[setting.id] = shown(value).strip()
        counted = tuple(c for c in contract.INTERACTIONS if said.get(f"count_{c}", "yes") == "yes")
        start, end = said.get("period_start"), said.get("period_end")
        period = None
        if isinstance(start, date):
            kind = str(said.get("period", "quarter"))
            if kind != "from_to" or isinstance(end, date):
                period = period_of(kind, start, end if isinstance(end, date) else None)
        known = {
            k: said[k]
            for k in (
                "language",
                "scope",
                "campaign",
                "denominator",
                "emv_method",
                "tolerance",
                "palette",
            )
            if k in said
        }
        currency = str(said.get("currency", default.currency)).strip().upper() or default.currency
        currency = _CURRENCY_SIGNS.get(currency, currency)
        if not (currency.isascii() and currency.isalpha() and len(currency) == 3):
            rows = {
                normalise(str(record.get("setting", ""))): row for row, record in self.records(grid)
            }
            setting = next(s for s in contract.SETTING_ROWS if s.id == "currency")
            self._bad_setting(
                grid,
                next(rows[n] for n in map(normalise, (setting.id, *setting.label)) if n in rows),
                currency,
                setting,
            )
            currency = default.currency
        return replace(
            default,
            **known,  # type: ignore[arg-type]
            currency=currency,
            interactions=counted or default.interactions,
            period=period,
            french_rules=said.get("french_rules", "yes") == "yes",
        )

    def _bad_setting(self, grid: Grid, row: int, value: str, setting: contract.Setting) -> None:
        default = (
            setting.choices[str(setting.default)]
            if setting.choices
            else Text(*[f"{setting.default}"] * 2)
        )
        self.note(
            Finding(
                "XK308",
                Severity.WARNING,
                Text(
                    "this is not one of the choices for {name}",
                    "ce n’est pas un choix possible pour {name}",
                ).format(name=setting.label),
                Text(
                    "the default is used: {default}",
                    "la valeur par défaut est utilisée : {default}",
                ).format(default=default),
                Text("pick a value from the list", "choisissez une valeur dans la liste")
                if setting.choices
                else setting.explanation,
                value=value,
                **grid.cell("value", row),
            )
        )

    # -- campaigns and objectives --------------------------------------------------------------

    def campaigns(self) -> dict[str, Campaign]:
        """Campaigns by normalised name, in the order of the sheet."""
        grid = self.grid(contract.CAMPAIGNS)
        if grid is None or "campaign" not in grid.columns:
            return {}
        found: dict[str, Campaign] = {}
        for row, record in self.records(grid):
            name = name_of(record.get("campaign"))
            if not name:
                continue
            measures = {}
            for column in (*grid.spec.columns, *grid.spec.extra):
                if column.id in record and column.id in catalogue.MEASURES:
                    money = self.settings.currency if column.kind is Kind.MONEY else ""
                    number = self.number(grid, column.id, row, record[column.id], currency=money)
                    if number is not None:
                        measures[column.id] = number
            campaign = found.setdefault(
                fold(name),
                Campaign(
                    name=name,
                    objective_type=contract.choice(
                        contract.OBJECTIVE_TYPES, str(record.get("objective_type", ""))
                    )
                    or "",
                    status=contract.choice(contract.STATUSES, str(record.get("status", ""))) or "",
                    start=self.day(grid, "start", row, record.get("start")),
                    end=self.day(grid, "end", row, record.get("end")),
                    measures=measures,
                    advertiser=name_of(record.get("advertiser")),
                ),
            )
            if campaign.start and campaign.end and campaign.end < campaign.start:
                self.note(_ends_early(grid, row, campaign.start, campaign.end))
        return found

    def objectives(self) -> tuple[Objective, ...]:
        """Every row of Objectives whose KPI is in the catalogue; the others become ``refusals``."""
        grid = self.require(contract.OBJECTIVES)
        found, unknown = [], []
        for row, record in self.records(grid):
            name = shown(record.get("kpi", "")).strip()[:LONGEST_VALUE]
            if not name:
                if "target" in record:
                    unknown.append(_unknown_kpi(grid, row, "", None))
                continue
            kpi = catalogue.find(name)
            if kpi is None:
                unknown.append(_unknown_kpi(grid, row, name, catalogue.suggest(name)))
                continue
            target = self._target(grid, row, record.get("target"), kpi)
            tolerance = (
                self.number(grid, "tolerance", row, record["tolerance"])
                if "tolerance" in record
                else None
            )
            found.append(
                Objective(
                    campaign=name_of(record.get("campaign")),
                    kpi=kpi,
                    target=target,
                    tolerance=self._tolerance(grid, row, tolerance),
                    objective=_objective(record.get("objective"))
                    if "objective" in grid.columns
                    else None,
                    review_date=self.day(grid, "review_date", row, record.get("review_date")),
                    place=(grid.sheet.name, f"{column_letters(grid.columns['kpi'])}{row}"),
                )
            )
        self.refusals = tuple(unknown)
        return tuple(found)

    def _tolerance(self, grid: Grid, row: int, tolerance: float | None) -> float | None:
        if tolerance is None or 0 <= tolerance <= 1:
            return tolerance
        self.note(
            Finding(
                "XK318",
                Severity.WARNING,
                Text(
                    "a tolerance goes from 0% to 100%", "une tolérance va de 0\u00a0% à 100\u00a0%"
                ),
                Text(
                    "the tolerance of Settings is used", "la tolérance des Paramètres est utilisée"
                ),
                Text("type it with %, such as 10%", "saisissez-la avec %, par exemple 10\u00a0%"),
                value=f"{tolerance:g}",
                **grid.cell("tolerance", row),
            )
        )
        return None

    def _target(self, grid: Grid, row: int, value: object, kpi: Kpi) -> float | None:
        target = self.number(
            grid,
            "target",
            row,
            value,
            Text("no variance for this KPI", "pas d’écart pour ce KPI"),
            self.settings.currency if kpi.unit is Unit.MONEY else "",
        )
        typed = "%" not in str(value) and kpi.id not in _RETURNS
        if target is not None and kpi.unit is Unit.PERCENT and typed and abs(target) > 1.5:
            # 3 typed in a cell that is not formatted as a percentage: a rate of 300 % is never a target
            # people set, except for a return.
            self.note(
                Finding(
                    "XK310",
                    Severity.WARNING,
                    Text(
                        "a rate is stored as a fraction, so this target reads {shown}",
                        "un taux est stocké en fraction : cette cible se lit {shown}",
                    ).format(shown=Text(f"{target:.0%}", f"{target * 100:.0f}\u00a0%")),
                    fix=Text(
                        "if you mean {n}%, type {n}%",
                        "si vous voulez dire {n}\u00a0%, saisissez {n}%",
                    ).format(n=f"{target:g}"),
                    value=f"{target:g}",
                    **grid.cell("target", row),
                )
            )
        return target

    # -- besides posts and objectives ----------------------------------------------------------

    def rates(self) -> tuple[Rate, ...]:
        """EMV rates of the References sheet; the shipped table when the workbook has no such sheet."""
        return self._rates

    def inputs(self) -> Inputs:
        """References, influencers, reviews and audiences; read once, and before the posts."""
        return self._inputs

    @cached_property
    def _rates(self) -> tuple[Rate, ...]:
        return read_rates(self)

    @cached_property
    def _inputs(self) -> Inputs:
        return read_inputs(self)

    def known_names(self) -> Known:
        """Influencers with their handles, networks, formats and benchmarks; read after everything else but the posts."""
        self.inputs()  # tells what is wrong with its cells better than known_names would
        return read_known(self)

    # -- posts ---------------------------------------------------------------------------------

    def posts(
        self, only_campaign: str | None, without: NDArray[np.int64] | None = None
    ) -> PostStream:
        """The posts as a stream of pandas frames.

        Args:
            only_campaign: the campaign of posts that name none, when the workbook has just one.
            without: sheet rows to leave out, on a second reading; what is odd has been noted on the first.
        """
        self._muted = without is not None
        return PostStream(self, self.require(contract.POSTS), only_campaign, without)

    def objective_place(self, objective: Objective, column: str) -> Place:
        """Another cell of an objective's row; its KPI's where the workbook has no such column."""
        grid = self.require(contract.OBJECTIVES)
        return grid.cell(
            column if column in grid.columns else "kpi", split_address(objective.place[1])[0]
        )


_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP"}


# -- small helpers ---------------------------------------------------------------------------------


def _objective(said: object) -> str:
    """The id of an objective type, or an objective of the user's own."""
    return contract.choice(contract.OBJECTIVE_TYPES, name_of(said)) or name_of(said)


def _ends_early(grid: Grid, row: int, start: date, end: date) -> Finding:
    return Finding(
        "XK508",
        Severity.WARNING,
        Text(
            "this is before the campaign starts ({day})",
            "c’est avant le début de la campagne ({day})",
        ).format(day=Text(start.isoformat(), f"{start:%d/%m/%Y}")),
        Text(
            "the dates of its posts are not checked",
            "les dates de ses posts ne sont pas contrôlées",
        ),
        Text("check both dates", "vérifiez les deux dates"),
        value=end.isoformat(),
        **grid.cell("end", row),
    )


def _unknown_kpi(grid: Grid, row: int, name: str, near: Kpi | None) -> Finding:
    fix = Text(
        "pick a KPI from the list (xlkpi kpis shows all of them)",
        "choisissez un KPI dans la liste (xlkpi kpis les montre tous)",
    )
    if near:
        fix = Text(
            "did you mean {en}? Otherwise pick one from the list (xlkpi kpis)",
            "vouliez-vous dire {fr} ? Sinon choisissez dans la liste (xlkpi kpis)",
        ).format(en=near.label.en, fr=near.label.fr)
    reason = (
        Text("this is not a known KPI", "ce KPI est inconnu")
        if name
        else Text("this row has a target but no KPI", "cette ligne a une cible mais pas de KPI")
    )
    return Finding("XK205", Severity.ERROR, reason, fix=fix, value=name, **grid.cell("kpi", row))
