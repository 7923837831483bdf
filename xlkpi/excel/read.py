"""A campaign workbook → settings, campaigns, objectives, rates, and the posts as a stream of frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xlkpi.core import catalogue
from xlkpi.core.campaign import Campaign, Objective, Rate, Settings, period_of
from xlkpi.core.catalogue import fold, normalise
from xlkpi.core.checks import Benchmark, Known
from xlkpi.core.findings import Finding, Place, Severity, refuse
from xlkpi.core.insight.inputs import Inputs
from xlkpi.core.kpi import Kpi, Unit
from xlkpi.core.texts import Language, Text
from xlkpi.excel import contract, spellings
from xlkpi.excel.cells import (
    LAST_ROW,
    CellError,
    Row,
    column_letters,
    read_rows,
    shared_strings,
    split_address,
    split_range,
)
from xlkpi.excel.columns import Column as CellColumn
from xlkpi.excel.columns import ColumnBand, read_columns
from xlkpi.excel.contract import Column, Kind, Sheet
from xlkpi.excel.foreign import foreign
from xlkpi.excel.package import Package, SheetPart, TablePart
from xlkpi.intake.guard import damaged
from xlkpi.intake.numbers import (
    EXPONENT,
    MISSING,
    Written,
    date_serial,
    is_ambiguous,
    parse_date,
    parse_number,
    serial_date,
    written,
)

#: So many findings of one kind in one column are listed; the rest is counted in one more.
MAX_LISTED = 50
_HEADER_ROWS = 30
_LONGEST_VALUE = 200     # characters of a cell that a finding quotes
_NAMED = 4               # cells that a finding about many of them names
#: Rates that may well have a target over 150 %.
_RETURNS = {"roi", "profit_roi", "sales_uplift", "follower_growth", "audience_evolution", "profit_on_investment"}
_NO_EFFECT = Text("", "")
_DEFAULT_USED = Text("the default is used", "la valeur par défaut est utilisée")
_NO_RATE = Text("this rate is not used", "ce barème n’est pas utilisé")
#: What is lost with a name that is an error.
_LOST = {
    ("campaigns", "campaign"): Text("its dates and figures are left out", "ses dates et ses chiffres sont exclus"),
    ("objectives", "campaign"): Text("this objective is left out", "cet objectif est exclu"),
    **{("references", id): _NO_RATE for id in ("kind", "network", "item", "value", "currency")},
}
_FRAME_ROWS = 40_000
_TOTALS = {"total", "totals", "totaux", "grand total", "total general", "somme", "sum", "summe"}
_TOTAL_STARTS = {word[:3] for word in _TOTALS}
_YES = {"yes", "oui", "y", "o", "true", "vrai", "1", "x", "ok"}
_NO = {"no", "non", "n", "false", "faux", "0"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Where one of our tables stands: its sheet, header row, last row and the columns that were recognised."""

    spec: Sheet
    sheet: SheetPart
    header: int
    end: int                         # last row that can be ours: another table may start below
    totals: int | None               # the totals row of an Excel table
    columns: dict[str, int]          # column id → sheet column index
    headers: dict[str, str]          # column id → what the header cell says

    def cell(self, column: str, row: int) -> Place:
        """Keyword arguments of a Finding about one cell."""
        return {
            "sheet": self.sheet.name,
            "cell": f"{column_letters(self.columns[column])}{row}",
            "header": self.headers[column],
            "table": self.spec.id,
        }


@dataclass(slots=True)
class Rows:
    """How many rows of Posts there are, and how many of them are no posts; the report knows which posts it used."""

    total: int = 0
    excluded: int = 0
    blank: int = 0


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
        self, sheet: SheetPart, wanted: list[int], first: int, last: int, watched: Sequence[int] = (),
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
        self, sheet: SheetPart, wanted: list[int], first: int, last: int, watched: Sequence[int] = (),
        shown: Sequence[int] = (),
    ) -> Iterator[ColumnBand]:
        return read_columns(self.package, sheet.part, self.strings, wanted, first, last, list(watched), list(shown))


class Workbook:
    """A campaign workbook opened for reading.

    Findings collect in ``findings`` while it is read; what makes a report impossible raises Refused.
    """

    def __init__(self, book: Package | Cells) -> None:
        self.cells: Cells = FileCells(book) if isinstance(book, Package) else book
        self.findings: list[Finding] = []
        self._more: dict[tuple[str, str], list[Finding]] = {}
        self._grids: dict[str, Grid | None] = {}
        self._muted = False
        self.watch: Watch | None = None           # looks at the computed columns of the posts as they are read
        self.refusals: tuple[Finding, ...] = ()   # objectives whose KPI is unknown: told once the posts are read
        for finding in foreign(book) if isinstance(book, Package) else ():
            self.note(finding)

    @property
    def name(self) -> str:
        return PurePath(self.cells.name).stem

    # -- findings ------------------------------------------------------------------------------

    def note(self, finding: Finding) -> None:
        """Keep a finding; beyond MAX_LISTED of one kind in one column they are only counted."""
        if self._muted:
            return
        if len(finding.value) > _LONGEST_VALUE:
            finding = replace(finding, value=f"{finding.value[:_LONGEST_VALUE]}…")
        alike = self._more.setdefault((finding.code, finding.header), [])
        alike.append(finding) if len(alike) < MAX_LISTED else alike.append(alike[-1])
        if len(alike) <= MAX_LISTED:
            self.findings.append(finding)

    def unmute(self) -> None:
        """Findings count again: the posts have been read."""
        self._muted = False

    def all_findings(self) -> tuple[Finding, ...]:
        """Everything noted, with a line for each kind that was cut short."""
        cut = [
            replace(
                alike[0], cell="", value="",
                reason=Text("{n} more like the ones listed", "{n} de plus comme ceux de la liste")
                .format(n=len(alike) - MAX_LISTED),
            )
            for alike in self._more.values() if len(alike) > MAX_LISTED
        ]
        return (*self.findings, *cut)

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
                Text("there is no table or sheet named {en}", "il n’y a ni tableau ni feuille nommé {fr}")
                .format(en=" / ".join(dict.fromkeys(spec.label)), fr=" / ".join(dict.fromkeys(reversed(spec.label)))),
                Text("add it, or start from a new workbook: xlkpi new campaign.xlsx (sheets found: {names})",
                     "ajoutez-le, ou partez d’un nouveau classeur : xlkpi new campagne.xlsx (feuilles : {names})")
                .format(names=names),
                sheet=self.cells.name,
            )
        for wanted in spec.required:
            if not any(id in found.columns for id in wanted.split("|")):
                labels = [c.label for c in (*spec.columns, *spec.extra) if c.id in wanted.split("|")]
                raise refuse(
                    "XK202",
                    Text("the column {en} is missing", "la colonne {fr} est absente")
                    .format(en=" or ".join(t.en for t in labels), fr=" ou ".join(t.fr for t in labels)),
                    Text("add a column with this header to row {row}", "ajoutez une colonne de ce nom en ligne {row}")
                    .format(row=found.header),
                    sheet=found.sheet.name, cell=f"A{found.header}",
                )
        return found

    def _find(self, spec: Sheet) -> Grid | None:
        for table in self.cells.tables:
            if normalise(table.name) in spec.names:
                try:
                    first, left, last, right = split_range(table.ref)
                    below = [split_range(t.ref) for t in self.cells.tables
                             if t.sheet == table.sheet and t is not table]
                except ValueError:
                    raise damaged(self.cells.name) from None
                row = next(iter(self.cells.rows(table.sheet, first, first)), (first, {}))[1]
                texts = {c: row.get(c, name) for c, name in zip(range(left, right + 1), table.columns, strict=False)}
                end = min((top - 1 for top, *_ in below if top > last), default=LAST_ROW)
                return self._match(spec, table.sheet, first, texts, end, last if table.totals_row else None, True)
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
        self, spec: Sheet, sheet: SheetPart, header: int, texts: dict[int, object], end: int = LAST_ROW,
        totals: int | None = None, is_table: bool = False,
    ) -> Grid:
        columns: dict[str, int] = {}
        headers: dict[str, str] = {}
        exact = {name: c for c in reversed((*spec.columns, *spec.extra)) for name in c.names}
        for index, text in texts.items():
            column = exact.get(normalise(text[:_LONGEST_VALUE])) if isinstance(text, str) else None
            if column and column.id not in columns:
                columns[column.id], headers[column.id] = index, str(text).strip()
            elif column and is_table:
                self.note(Finding(
                    "XK207", Severity.WARNING,
                    Text("there are two columns for the same figure; the first one is read",
                         "deux colonnes désignent la même donnée ; la première est lue"),
                    fix=Text("rename or delete one of them", "renommez ou supprimez l’une d’elles"),
                    sheet=sheet.name, cell=f"{column_letters(index)}{header}", header=str(text),
                ))
        return Grid(spec, sheet, header, end, totals, columns, headers)

    def records(self, grid: Grid) -> Iterator[tuple[int, dict[str, object]]]:
        """Rows of a small table: sheet row number and values by column id, blanks left out; blank rows skipped."""
        by_index = {index: id for id, index in grid.columns.items()}
        for number, row in self.cells.rows(grid.sheet, grid.header + 1, grid.end):
            if number == grid.totals:
                continue
            values = {by_index[i]: v for i, v in row.items() if i in by_index and not _blank(v)}
            if values:
                yield number, values

    # -- single values -------------------------------------------------------------------------

    def number(
        self, grid: Grid, column: str, row: int, value: object, effect: Text = _NO_EFFECT, currency: str = ""
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
        self.note(_bad_cell(grid, column, row, value, effect, currency))
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
                self.note(Finding(
                    "XK316", Severity.WARNING,
                    Text("day and month could be the other way round; it was read as {day}",
                         "jour et mois pourraient être inversés ; lu comme le {day}")
                    .format(day=Text(f"{found.day} {found:%B %Y}", f"{found:%d/%m/%Y} (jour/mois/année)")),
                    fix=Text("type it as a date, or as 2026-03-31", "saisissez une vraie date, ou 2026-03-31"),
                    value=value, **grid.cell(column, row)))
        if found is None:
            self.note(_bad_date(grid, column, row, value))
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
        names = {normalise(s.name) for s in self.cells.sheets} | {normalise(t.name) for t in self.cells.tables}
        french = sum(normalise(s.label.fr) in names for s in contract.SHEETS if s.label.en != s.label.fr)
        english = sum(normalise(s.label.en) in names for s in contract.SHEETS if s.label.en != s.label.fr)
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
                    self._bad_setting(grid, row, _shown(value), setting)
            else:
                said[setting.id] = _shown(value).strip()
        counted = tuple(c for c in contract.INTERACTIONS if said.get(f"count_{c}", "yes") == "yes")
        start, end = said.get("period_start"), said.get("period_end")
        period = None
        if isinstance(start, date):
            kind = str(said.get("period", "quarter"))
            if kind != "from_to" or isinstance(end, date):
                period = period_of(kind, start, end if isinstance(end, date) else None)
        known = {k: said[k] for k in ("language", "scope", "campaign", "denominator", "emv_method", "tolerance",
                                      "palette") if k in said}
        currency = str(said.get("currency", default.currency)).strip().upper() or default.currency
        currency = _CURRENCY_SIGNS.get(currency, currency)
        if not (currency.isascii() and currency.isalpha() and len(currency) == 3):
            rows = {normalise(str(record.get("setting", ""))): row for row, record in self.records(grid)}
            setting = next(s for s in contract.SETTING_ROWS if s.id == "currency")
            self._bad_setting(grid, next(rows[n] for n in map(normalise, (setting.id, *setting.label)) if n in rows),
                              currency, setting)
            currency = default.currency
        return replace(default, **known, currency=currency,  # type: ignore[arg-type]
                       interactions=counted or default.interactions, period=period)

    def _bad_setting(self, grid: Grid, row: int, value: str, setting: contract.Setting) -> None:
        default = setting.choices[str(setting.default)] if setting.choices else Text(*[f"{setting.default}"] * 2)
        self.note(Finding(
            "XK308", Severity.WARNING,
            Text("this is not one of the choices for {name}", "ce n’est pas un choix possible pour {name}")
            .format(name=setting.label),
            Text("the default is used: {default}", "la valeur par défaut est utilisée : {default}")
            .format(default=default),
            Text("pick a value from the list", "choisissez une valeur dans la liste") if setting.choices
            else setting.explanation,
            value=value, **grid.cell("value", row),
        ))

    # -- campaigns and objectives --------------------------------------------------------------

    def campaigns(self) -> dict[str, Campaign]:
        """Campaigns by normalised name, in the order of the sheet."""
        grid = self.grid(contract.CAMPAIGNS)
        if grid is None or "campaign" not in grid.columns:
            return {}
        found: dict[str, Campaign] = {}
        for row, record in self.records(grid):
            name = _name(record.get("campaign"))
            if not name:
                continue
            measures = {}
            for column in (*grid.spec.columns, *grid.spec.extra):
                if column.id in record and column.id in catalogue.MEASURES:
                    money = self.settings.currency if column.kind is Kind.MONEY else ""
                    number = self.number(grid, column.id, row, record[column.id], currency=money)
                    if number is not None:
                        measures[column.id] = number
            campaign = found.setdefault(fold(name), Campaign(
                name=name,
                objective_type=contract.choice(contract.OBJECTIVE_TYPES, str(record.get("objective_type", ""))) or "",
                status=contract.choice(contract.STATUSES, str(record.get("status", ""))) or "",
                start=self.day(grid, "start", row, record.get("start")),
                end=self.day(grid, "end", row, record.get("end")),
                measures=measures,
            ))
            if campaign.start and campaign.end and campaign.end < campaign.start:
                self.note(_ends_early(grid, row, campaign.start, campaign.end))
        return found

    def objectives(self) -> tuple[Objective, ...]:
        """Every row of Objectives whose KPI is in the catalogue; the others become ``refusals``."""
        grid = self.require(contract.OBJECTIVES)
        found, unknown = [], []
        for row, record in self.records(grid):
            name = _shown(record.get("kpi", "")).strip()[:_LONGEST_VALUE]
            if not name:
                if "target" in record:
                    unknown.append(_unknown_kpi(grid, row, "", None))
                continue
            kpi = catalogue.find(name)
            if kpi is None:
                unknown.append(_unknown_kpi(grid, row, name, catalogue.suggest(name)))
                continue
            target = self._target(grid, row, record.get("target"), kpi)
            tolerance = self.number(grid, "tolerance", row, record["tolerance"]) if "tolerance" in record else None
            found.append(Objective(
                campaign=_name(record.get("campaign")),
                kpi=kpi,
                target=target,
                tolerance=self._tolerance(grid, row, tolerance),
                objective=_objective(record.get("objective")) if "objective" in grid.columns else None,
                review_date=self.day(grid, "review_date", row, record.get("review_date")),
                place=(grid.sheet.name, f"{column_letters(grid.columns['kpi'])}{row}"),
            ))
        self.refusals = tuple(unknown)
        return tuple(found)

    def _tolerance(self, grid: Grid, row: int, tolerance: float | None) -> float | None:
        if tolerance is None or 0 <= tolerance <= 1:
            return tolerance
        self.note(Finding(
            "XK318", Severity.WARNING, Text("a tolerance goes from 0% to 100%", "une tolérance va de 0\u00a0% à 100\u00a0%"),
            Text("the tolerance of Settings is used", "la tolérance des Paramètres est utilisée"),
            Text("type it with %, such as 10%", "saisissez-la avec %, par exemple 10\u00a0%"),
            value=f"{tolerance:g}", **grid.cell("tolerance", row)))
        return None

    def _target(self, grid: Grid, row: int, value: object, kpi: Kpi) -> float | None:
        target = self.number(grid, "target", row, value, Text("no variance for this KPI", "pas d’écart pour ce KPI"),
                             self.settings.currency if kpi.unit is Unit.MONEY else "")
        typed = "%" not in str(value) and kpi.id not in _RETURNS
        if target is not None and kpi.unit is Unit.PERCENT and typed and abs(target) > 1.5:
            # 3 typed in a cell that is not formatted as a percentage: a rate of 300 % is never a target
            # people set, except for a return.
            self.note(Finding(
                "XK310", Severity.WARNING,
                Text("a rate is stored as a fraction, so this target reads {shown}",
                     "un taux est stocké en fraction : cette cible se lit {shown}")
                .format(shown=Text(f"{target:.0%}", f"{target * 100:.0f}\u00a0%")),
                fix=Text("if you mean {n} %, type {n}%", "si vous voulez dire {n}\u00a0%, saisissez {n}%")
                .format(n=f"{target:g}"),
                value=f"{target:g}", **grid.cell("target", row),
            ))
        return target

    def rates(self) -> tuple[Rate, ...]:
        """EMV rates of the References sheet; the shipped table when the workbook has no such sheet."""
        return self._rates

    @cached_property
    def _rates(self) -> tuple[Rate, ...]:
        from xlkpi.excel.references import SHIPPED_RATES

        grid = self.grid(contract.REFERENCES)
        if grid is None or not {"kind", "value"} <= grid.columns.keys():
            return SHIPPED_RATES
        found: list[Rate] = []
        for row, record in self.records(grid):
            kind = contract.choice(contract.REFERENCE_KINDS, str(record.get("kind", "")))
            if kind not in ("cpm", "interaction") or "value" not in record:
                continue
            value = self.number(grid, "value", row, record["value"])
            network = str(record.get("network", "")).strip()
            if value is None or not network:
                continue
            rate = Rate(
                kind, spellings.network(network),
                spellings.rate_item(kind, str(record.get("item", ""))), value,
                str(record.get("currency", "")).strip().upper() or self.settings.currency,
                str(record.get("source", "")).strip(), self.day(grid, "date", row, record.get("date")),
            )
            if value < 0 or any((r.kind, r.network, r.item, r.currency) == (
                    rate.kind, rate.network, rate.item, rate.currency) for r in found):
                self.note(Finding(
                    "XK317", Severity.WARNING,
                    Text("a rate is negative, or stands twice for the same use; this row is not used",
                         "un barème est négatif, ou figure deux fois pour le même usage ; cette ligne n’est pas utilisée"),
                    fix=Text("keep one row for each network and use", "gardez une ligne par réseau et par usage"),
                    value=f"{value:g}", **grid.cell("value", row)))
                continue
            found.append(rate)
        return tuple(found)

    # -- posts ---------------------------------------------------------------------------------

    def posts(self, only_campaign: str | None, without: NDArray[np.int64] | None = None) -> PostStream:
        """The posts as a stream of pandas frames.

        Args:
            only_campaign: the campaign of posts that name none, when the workbook has just one.
            without: sheet rows to leave out, on a second reading; what is odd has been noted on the first.
        """
        self._muted = without is not None
        return PostStream(self, self.require(contract.POSTS), only_campaign, without)

    # -- what the checks compare with ------------------------------------------------------------

    def inputs(self) -> Inputs:
        return Inputs()

    def known_names(self) -> Known:
        """Influencers with their handles, networks, formats and benchmarks; read after everything else but the posts.

        Cells of the small tables that hold an error, and that nobody has needed so far, are told on the way.
        """
        influencers: list[str] = []
        networks, formats = list(contract.NETWORKS), [name for label in contract.FORMATS.values() for name in label]
        benchmarks: list[Benchmark] = []
        told = {(f.sheet, f.cell) for f in (*self.findings, *self.refusals)}
        for spec in (contract.CAMPAIGNS, contract.OBJECTIVES, contract.INFLUENCERS, contract.REFERENCES):
            grid = self.grid(spec)
            for row, record in self.records(grid) if grid is not None else ():
                assert grid is not None
                self._tell_errors(grid, row, record, told)
                if spec is contract.INFLUENCERS:
                    influencers += filter(None, (_name(record.get(id)) for id in ("influencer", "handle")))
                elif spec is contract.REFERENCES:
                    networks += filter(None, [_name(record.get("network"))])
                    kind = contract.choice(contract.REFERENCE_KINDS, _name(record.get("kind")))
                    if kind == "cpm":
                        formats += filter(None, [_name(record.get("item"))])
                    elif kind == "benchmark" and "unit" in record:
                        benchmarks.append(Benchmark(_name(record["unit"]), _name(record.get("note")),
                                                    grid.cell("unit", row)))
        return Known(influencers, networks, formats, benchmarks)

    def _tell_errors(self, grid: Grid, row: int, record: dict[str, object], told: set[tuple[str, str]]) -> None:
        computed = {c.id for c in grid.spec.columns if c.kind is Kind.COMPUTED}
        for id, value in record.items():
            where = grid.cell(id, row)
            if isinstance(value, CellError) and id not in computed and (where["sheet"], where["cell"]) not in told:
                found = _bad_cell(grid, id, row, value, _LOST.get((grid.spec.id, id), _NO_EFFECT))
                self.note(found if found.effect.en else replace(found, severity=Severity.WARNING))

    def objective_place(self, objective: Objective, column: str) -> Place:
        """Another cell of an objective's row; its KPI's where the workbook has no such column."""
        grid = self.require(contract.OBJECTIVES)
        return grid.cell(column if column in grid.columns else "kpi", split_address(objective.place[1])[0])


_CURRENCY_SIGNS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP"}


class PostStream:
    """Iterating yields frames of posts that can be used; ``balance`` and the workbook's findings fill meanwhile."""

    def __init__(
        self, book: Workbook, grid: Grid, only_campaign: str | None, without: NDArray[np.int64] | None
    ) -> None:
        self.book, self.grid, self.only_campaign = book, grid, only_campaign
        self.balance = Rows()
        self.skip = np.array([], dtype=np.int64) if without is None else without
        self._watch = book.watch if without is None else None
        self._ids: list[NDArray[np.uint64]] = []
        self._at: list[NDArray[np.int64]] = []
        self._snapshots: list[NDArray[np.float64]] = []
        self._campaigns: dict[str, str] = {}
        self.first_rows: dict[str, int] = {}             # campaign, normalised → the first row that names it
        self._names: dict[str, dict[str, str]] = {"influencer": {}, "network": {}, "format": {}}
        self._fixed: dict[str, tuple[int, str, list[int]]] = {}   # column → how many, the first text, first rows
        self._totals: list[tuple[str, list[int]]] = []   # of the band at hand: column, positions of totals rows

    @cached_property
    def _numeric(self) -> list[Column]:
        kinds = (Kind.COUNT, Kind.MONEY, Kind.SCORE)
        return [c for c in (*self.grid.spec.columns, *self.grid.spec.extra)
                if c.kind in kinds and c.id in self.grid.columns]

    @cached_property
    def _flags(self) -> list[Column]:
        return [c for c in (*self.grid.spec.columns, *self.grid.spec.extra)
                if c.kind is Kind.FLAG and c.id in self.grid.columns]

    def campaign_names(self) -> dict[str, str]:
        """Campaigns seen in the posts: normalised name → name."""
        return self._campaigns

    def campaign_place(self, key: str) -> Place:
        """The first cell that names a campaign."""
        return self.grid.cell("campaign", self.first_rows[key])

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Frames of some ten thousand posts: large enough to add up fast, small enough to forget."""
        waiting: list[pd.DataFrame] = []
        for frame in self._frames():
            waiting.append(frame)
            if sum(map(len, waiting)) >= _FRAME_ROWS:
                yield pd.concat(waiting, ignore_index=True)
                waiting = []
        if waiting:
            yield pd.concat(waiting, ignore_index=True)

    def _frames(self) -> Iterator[pd.DataFrame]:
        grid = self.grid
        texts = [c for c in ("post_id", "date", "campaign", "influencer", "network", "format", "snapshot_date")
                 if c in grid.columns]
        ids = [*texts, *(c.id for c in self._numeric), *(c.id for c in self._flags)]
        wanted = {grid.columns[id]: id for id in ids}
        watched = {grid.columns[id]: id for id in ("url", "promo_code", "note") if id in grid.columns}
        computed = {grid.columns[c.id]: c.id for c in grid.spec.columns
                    if c.kind is Kind.COMPUTED and c.id in grid.columns} if self._watch is not None else {}
        bands = self.book.cells.columns(grid.sheet, list(wanted), grid.header + 1, grid.end, list(watched), list(computed))
        counted = grid.header     # the last row that the balance knows of
        for band in bands:
            columns = {id: band.columns[index] for index, id in wanted.items()}
            rows = band.rows
            for index, id in watched.items():
                self._tell_unread(id, band.columns[index], rows)
            blank = _blank_rows(columns, len(rows))
            shown = {id: band.columns[index].numbers for index, id in computed.items()}
            if self._watch is not None:
                self._watch.look_at_blanks({id: codes[blank & (rows != grid.totals)] for id, codes in shown.items()})
            filled = np.flatnonzero(~(blank | (rows == grid.totals)))
            if not len(filled):
                continue
            # Blank rows count when a post follows, written in the file or not; those that merely end the table do not.
            passed = int(rows[filled[-1]]) - counted
            counted += passed
            self.balance.blank += passed - len(filled)
            self.balance.total += passed
            frame = self._frame(columns, rows, filled, shown)
            if len(frame):
                yield frame
        self._tell_fixed()

    def _frame(
        self, columns: dict[str, CellColumn], rows: NDArray[np.int64], filled: NDArray[np.int64],
        shown: dict[str, NDArray[np.float64]],
    ) -> pd.DataFrame:
        rows = rows[filled]
        pick = {id: CellColumn(c.numbers[filled], None if c.others is None else c.others[filled])
                for id, c in columns.items()}
        data: dict[str, object] = {"row": rows}
        data["post_id"] = self._post_ids(pick.get("post_id"), rows)
        days = self._days(pick.get("date"), rows, "date")
        data["day"] = days
        self._totals.clear()
        for id in ("campaign", "influencer", "network", "format"):
            data[id] = self._labels(id, pick.get(id), rows)
        for column in self._numeric:
            data[column.id] = self._numbers(column, pick[column.id], rows)
        for column in self._flags:
            data[column.id] = self._yes_no(column, pick[column.id], rows)
        frame = pd.DataFrame(data, copy=False)
        if self._watch is not None:
            self._watch.look(frame, {id: codes[filled] for id, codes in shown.items()})
        keep = self._usable(frame, pick)
        snapshots = self._days(pick.get("snapshot_date"), rows, "snapshot_date")
        self._remember_ids(frame, snapshots, keep)
        if len(self.skip):
            keep &= ~np.isin(rows, self.skip)
        self.balance.excluded += int(len(rows) - keep.sum())
        return frame if keep.all() else frame[keep]

    def _usable(self, frame: pd.DataFrame, pick: dict[str, CellColumn]) -> NDArray[np.bool_]:
        """Rows that are posts: not totals, not remarks under the table, and of a known campaign."""
        keep = np.ones(len(frame), dtype=bool)
        figures = np.zeros(len(frame), dtype=bool)
        for column in self._numeric:
            figures |= np.isfinite(frame[column.id].to_numpy())
        for id, found in (("post_id", _totals_rows(pick.get("post_id"))), *self._totals):
            for i in found:
                if keep[i]:
                    keep[i] = False
                    self._exclude(
                        frame, i, id, str(_at(pick[id], i)),
                        Text("this is a totals row", "c’est une ligne de total"),
                        Text("delete it from the table, or leave it", "supprimez-la du tableau, ou laissez-la"))
        campaign = frame["campaign"].to_numpy()
        nameless = pd.isna(campaign) & keep
        dated = np.isfinite(frame["day"].to_numpy())
        known_network = frame["network"].notna().to_numpy() | frame["influencer"].notna().to_numpy()
        for i in np.flatnonzero(keep & ~figures & ~dated & ~known_network).tolist():
            keep[i] = nameless[i] = False
            first = next(id for id in pick if not _blank(_at(pick[id], i)))
            self._exclude(frame, i, first, _shown(_at(pick[first], i)),
                          Text("this row has no date, no network and no figures: it is not a post",
                               "cette ligne n’a ni date, ni réseau, ni chiffres : ce n’est pas un post"),
                          Text("move remarks to the Note column", "déplacez les remarques dans la colonne Note"))
        if nameless.any():
            if self.only_campaign is not None:
                frame.loc[nameless, "campaign"] = self.only_campaign
            else:
                for i in np.flatnonzero(nameless).tolist():
                    keep[i] = False
                    if "campaign" in pick and isinstance(_at(pick["campaign"], i), CellError):
                        continue      # told as what it is
                    place = "campaign" if "campaign" in self.grid.columns else next(iter(self.grid.columns))
                    self._exclude(frame, i, place, "", Text("this post names no campaign", "ce post n’indique pas "
                                  "de campagne"), Text("choose its campaign", "choisissez sa campagne"))
        return keep

    def _exclude(self, frame: pd.DataFrame, i: int, column: str, value: str, reason: Text, fix: Text) -> None:
        self.book.note(Finding(
            "XK306", Severity.EXCLUDED, reason, Text("left out of every KPI", "exclu de tous les KPI"), fix,
            value=value, **self.grid.cell(column, int(frame["row"].iloc[i])),
        ))

    def _numbers(self, column: Column, cells: CellColumn, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        numbers = cells.numbers
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711 - element-wise on an object array
                value = cells.others[i]
                if isinstance(value, str):
                    parsed = parse_number(value, self.book.edition, figure=column.kind is not Kind.SCORE,
                                          currency=self.book.settings.currency if column.kind is Kind.MONEY else "")
                    if isinstance(parsed, float):
                        numbers[i] = parsed
                        self._stored_as_text(column.id, int(rows[i]), value)
                        continue
                    if parsed is MISSING:
                        continue
                self.book.note(_bad_cell(self.grid, column.id, int(rows[i]), value, _effect(column.id),
                                         self.book.settings.currency if column.kind is Kind.MONEY else ""))
        wrong = numbers < 0
        if wrong.any():
            for i in np.flatnonzero(wrong):
                self.book.note(Finding(
                    "XK305", Severity.EXCLUDED,
                    Text("a count or an amount cannot be negative", "un nombre ou un montant ne peut être négatif"),
                    _effect(column.id), Text("correct it, or leave the cell empty", "corrigez, ou laissez vide"),
                    value=f"{numbers[i]:g}", **self.grid.cell(column.id, int(rows[i])),
                ))
            numbers[wrong] = np.nan
        return numbers

    def _yes_no(self, column: Column, cells: CellColumn, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        result = np.where(np.isin(cells.numbers, (0, 1)), cells.numbers, np.nan)
        wrong = np.isfinite(cells.numbers) & np.isnan(result)
        if cells.others is not None:
            codes, words = pd.factorize(cells.others)
            for code, word in enumerate(words):
                said = normalise(str(word))
                if said in _YES or said in _NO:
                    result[codes == code] = float(said in _YES)
                elif not _blank(word):
                    wrong |= codes == code
        for i in np.flatnonzero(wrong).tolist():
            self.book.note(Finding(
                "XK311", Severity.EXCLUDED, Text("this is neither yes nor no", "ce n’est ni oui ni non"),
                _effect(column.id), Text("choose Yes or No", "choisissez Oui ou Non"),
                value=_shown(_at(cells, i)), **self.grid.cell(column.id, int(rows[i])),
            ))
        return result

    def _days(self, cells: CellColumn | None, rows: NDArray[np.int64], id: str) -> NDArray[np.float64]:
        """Dates as whole Excel day numbers, NaN where unknown."""
        if cells is None:
            return np.full(len(rows), np.nan)
        serials = np.floor(cells.numbers) + (1462 if self.book.cells.date1904 else 0)
        bad = np.isfinite(serials) & ((serials < 61) | (serials >= 2_958_466))
        for i in np.flatnonzero(bad):
            self.book.note(_bad_date(self.grid, id, int(rows[i]), float(cells.numbers[i])))
        serials[bad] = np.nan
        if cells.others is not None:
            for i in np.flatnonzero(cells.others != None):  # noqa: E711
                day = self.book.day(self.grid, id, int(rows[i]), cells.others[i])
                serials[i] = np.nan if day is None else date_serial(day)
        return serials

    def _labels(self, id: str, cells: CellColumn | None, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Names in one spelling each; None where blank."""
        result = np.full(len(rows), None, dtype=object)
        if cells is None:
            return result
        if cells.others is not None:
            codes, texts = pd.factorize(cells.others)
            for code, text in enumerate(texts):
                if isinstance(text, CellError):
                    self._tell_errors(id, text, rows[codes == code])
                    continue
                if id == "campaign":
                    self.first_rows.setdefault(fold(_shown(text)), int(rows[int(np.argmax(codes == code))]))
                if normalise(_shown(text)) in _TOTALS:
                    self._totals.append((id, np.flatnonzero(codes == code).tolist()))
            names = np.array([self._canonical(id, _name(text)) for text in texts] + [None], dtype=object)
            result = names[codes]        # code -1, a blank, picks the None at the end
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            result[i] = self._canonical(id, _shown(float(cells.numbers[i])))
        return result

    def _canonical(self, id: str, name: str) -> str | None:
        key = fold(name)
        if not key:
            return None
        if id == "campaign":
            return self._campaigns.setdefault(key, name)
        if id == "network" and (known := spellings.network(name)) in contract.NETWORKS:
            return known
        if id == "format":
            name = spellings.format_name(name)
        return self._names[id].setdefault(fold(name), name)

    def _post_ids(self, cells: CellColumn | None, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Ids as text.  A number of 16 digits or more has lost its last ones in Excel."""
        ids = np.full(len(rows), None, dtype=object)
        if cells is None:
            return ids
        if cells.others is not None:
            ids[:] = [v.strip() if type(v) is str else None for v in cells.others]
            for at in [at for at, v in enumerate(cells.others) if type(v) is CellError]:
                self._tell_errors("post_id", cells.others[at], rows[at:at + 1])
            for at in [at for at, v in enumerate(ids) if v and "E+" in v and EXPONENT.fullmatch(v)]:
                self._damaged_id(int(rows[at]), ids[at])
                ids[at] = None
        for i in np.flatnonzero(np.isfinite(cells.numbers)):
            number = float(cells.numbers[i])
            ids[i] = f"{number:.0f}" if number == int(number) else repr(number)
            if abs(number) >= 1e15:
                self._damaged_id(int(rows[i]), ids[i])
                ids[i] = None
        return ids

    def _remember_ids(self, frame: pd.DataFrame, snapshots: NDArray[np.float64], keep: NDArray[np.bool_]) -> None:
        """Note each post's id so that ``duplicates`` can find the same post twice, 24 bytes a post."""
        ids = frame["post_id"].fillna("").to_numpy(dtype=object)      # pandas makes NaN, which is true, of a missing text
        named = keep & np.array([bool(v) for v in ids])
        if named.any():
            networks = frame["network"].fillna("").to_numpy(dtype=object)[named]
            self._ids.append(pd.util.hash_array(ids[named], categorize=False) ^ pd.util.hash_array(networks))
            self._at.append(frame["row"].to_numpy()[named])
            self._snapshots.append(snapshots[named])

    def duplicates(self) -> NDArray[np.int64]:
        """Rows whose post stands again with a newer snapshot (or further down, for equal ones)."""
        if not self._ids:
            return np.array([], dtype=np.int64)
        ids, at = np.concatenate(self._ids), np.concatenate(self._at)
        snapshots = np.nan_to_num(np.concatenate(self._snapshots), nan=-1.0)
        order = np.lexsort((at, snapshots, ids))
        same_as_next = np.append(ids[order][1:] == ids[order][:-1], False)
        older: NDArray[np.int64] = at[order][same_as_next]
        counted = _last_of_run(at[order], same_as_next)
        by_row = np.argsort(older)
        for again, other in zip(older[by_row].tolist(), counted[by_row].tolist(), strict=True):
            self.book.note(Finding(
                "XK307", Severity.EXCLUDED,
                Text("the same post stands on row {n}", "le même post figure à la ligne {n}").format(n=other),
                Text("the newest snapshot counts, this row does not",
                     "le relevé le plus récent compte, cette ligne non"),
                Text("delete one of the two rows", "supprimez l’une des deux lignes"),
                **self.grid.cell("post_id", again),
            ))
        return np.sort(older)

    def _tell_fixed(self) -> None:
        if self.book._muted:
            return
        for id, (count, text, rows) in self._fixed.items():
            where = self.grid.cell(id, rows[0])
            more = ", ".join(str(self.grid.cell(id, row)["cell"]) for row in rows[1:]) + (
                "…" if count > len(rows) else "")
            self.book.findings.append(Finding(
                "XK312", Severity.INFO,
                Text("this is a figure stored as text, read as a number", "c’est un chiffre stocké en texte, lu comme un "
                     "nombre") if count == 1 else
                Text("this is a figure stored as text, read as a number; {n} more in this column ({cells})",
                     "c’est un chiffre stocké en texte, lu comme un nombre ; {n} de plus dans cette colonne ({cells})")
                .format(n=count - 1, cells=more),
                value=text[:_LONGEST_VALUE], **where,
            ))
        self._fixed.clear()

    def _stored_as_text(self, id: str, row: int, text: str) -> None:
        """A figure that was read from a text: how many there are, and the first cells."""
        count, first, rows = self._fixed.get(id, (0, text, []))
        self._fixed[id] = count + 1, first, rows if len(rows) == _NAMED else [*rows, row]

    def _damaged_id(self, row: int, shown: str) -> None:
        self.book.note(Finding(
            "XK309", Severity.WARNING,
            Text("Excel kept only 15 digits of this id", "Excel n’a gardé que 15 chiffres de cet identifiant"),
            Text("duplicates cannot be told for this post", "doublons indétectables pour ce post"),
            Text("format the column as Text and paste the id again",
                 "mettez la colonne au format Texte et recollez l’identifiant"),
            value=shown, **self.grid.cell("post_id", row)))

    def _tell_errors(self, id: str, error: CellError, rows: NDArray[np.int64]) -> None:
        """Cells that hold an error where a name or an id should stand."""
        effect = {
            "post_id": Text("duplicates cannot be told for this post", "doublons indétectables pour ce post"),
            "campaign": Text("left out of every KPI", "exclu de tous les KPI"),
        }.get(id, Text("the post counts, but under no name", "le post compte, mais sous aucun nom"))
        if id == "campaign" and self.only_campaign is not None:
            effect = Text("the post counts for {c}", "le post compte pour {c}").format(c=self.only_campaign)
        for row in rows.tolist():
            self.book.note(_bad_cell(self.grid, id, row, error, effect))

    def _tell_unread(self, id: str, cells: CellColumn, rows: NDArray[np.int64]) -> None:
        """Errors in columns that no KPI reads."""
        if cells.others is not None:
            for i, value in enumerate(cells.others):
                if isinstance(value, CellError):
                    found = _bad_cell(self.grid, id, int(rows[i]), value, _NO_EFFECT)
                    self.book.note(replace(found, severity=Severity.WARNING))

    def place(self, column: str, row: int) -> Place:
        """Where a figure of a post stands."""
        return self.grid.cell(column, row)


# -- small helpers ---------------------------------------------------------------------------------


def _at(column: CellColumn, i: int) -> object:
    if column.others is not None and column.others[i] is not None:
        return column.others[i]
    return None if np.isnan(column.numbers[i]) else float(column.numbers[i])


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _blank_rows(columns: dict[str, CellColumn], length: int) -> NDArray[np.bool_]:
    blank = np.ones(length, dtype=bool)
    for column in columns.values():
        blank &= np.isnan(column.numbers)
    for column in columns.values():
        if column.others is not None and blank.any():
            at = np.flatnonzero(blank)
            blank[at] = [_blank(value) for value in column.others[at]]
    return blank


def _totals_rows(cells: CellColumn | None) -> list[int]:
    """Positions whose text says that the row is a total."""
    if cells is None or cells.others is None:
        return []
    return [i for i, value in enumerate(cells.others)
            if type(value) is str and value[:3].lower() in _TOTAL_STARTS and normalise(value) in _TOTALS]


def _shown(value: object) -> str:
    """A cell's value as a person sees it."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool):
        return str(value).upper()
    return str(value)


@cache
def _name(value: object) -> str:
    """A cell as a name; one that holds an error names nothing."""
    return "" if value is None or isinstance(value, CellError) else _shown(value).strip()


def _objective(said: object) -> str:
    """The id of an objective type, or an objective of the user's own."""
    return contract.choice(contract.OBJECTIVE_TYPES, _name(said)) or _name(said)


def _last_of_run(values: NDArray[np.int64], same_as_next: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each value that is the same as its next: the one that ends the run."""
    ends = np.flatnonzero(~same_as_next)
    found: NDArray[np.int64] = values[ends[np.searchsorted(ends, np.flatnonzero(same_as_next))]]
    return found


def _ends_early(grid: Grid, row: int, start: date, end: date) -> Finding:
    return Finding(
        "XK508", Severity.WARNING,
        Text("this is before the campaign starts ({day})", "c’est avant le début de la campagne ({day})")
        .format(day=Text(start.isoformat(), f"{start:%d/%m/%Y}")),
        Text("the dates of its posts are not checked", "les dates de ses posts ne sont pas contrôlées"),
        Text("check both dates", "vérifiez les deux dates"),
        value=end.isoformat(), **grid.cell("end", row))


def _effect(measure: str) -> Text:
    """Which KPIs a missing figure is left out of: the first ones in the catalogue's order."""
    from xlkpi.core.campaign import DEFAULT_INTERACTIONS

    names = {measure, *(("interactions",) if measure in DEFAULT_INTERACTIONS else ())}
    touched = [k.label for k in catalogue.KPIS if names & set(k.inputs)][:4]
    if not touched:
        return Text("left out", "exclu")
    return Text("left out of {en}", "exclu de {fr}").format(
        en=", ".join(t.en for t in touched), fr=", ".join(t.fr for t in touched))


def _bad_cell(
    grid: Grid, column: str, row: int, value: object, effect: Text, currency: str = ""
) -> Finding:
    where = grid.cell(column, row)
    if isinstance(value, CellError) and not value.text:
        return Finding(
            "XK303", Severity.EXCLUDED,
            Text("this formula was never calculated", "cette formule n’a jamais été calculée"), effect,
            Text("open the workbook in Excel, save it, and try again",
                 "ouvrez le classeur dans Excel, enregistrez-le et recommencez"), **where)
    if isinstance(value, CellError):
        return Finding(
            "XK302", Severity.EXCLUDED, Text("this cell holds an error", "cette cellule contient une erreur"), effect,
            Text("correct the formula, or leave the cell empty", "corrigez la formule, ou laissez la cellule vide"),
            value=value.text, **where)
    figure = written(value) if currency and isinstance(value, str) else None
    if isinstance(figure, Written) and figure.currencies and currency.casefold() not in figure.currencies.split():
        return Finding(
            "XK301", Severity.EXCLUDED,
            Text("this is an amount in another currency than the workbook’s ({c})",
                 "c’est un montant dans une autre devise que celle du classeur ({c})").format(c=currency), effect,
            Text("convert it to {c} and type the figure alone", "convertissez-le en {c} et saisissez le chiffre seul")
            .format(c=currency), value=str(value), **where)
    return Finding(
        "XK301", Severity.EXCLUDED, Text("this is not a number", "ce n’est pas un nombre"), effect,
        Text("type the figure alone, such as 12000, or leave the cell empty if it is unknown",
             "saisissez le chiffre seul, par exemple 12000, ou laissez vide s’il est inconnu"),
        value=_shown(value), **where)


def _bad_date(grid: Grid, column: str, row: int, value: object) -> Finding:
    return Finding(
        "XK304", Severity.EXCLUDED, Text("this is not a date", "ce n’est pas une date"),
        Text("left out of trends and of period reports", "exclu des tendances et des rapports par période"),
        Text("type a date such as 2026-03-31", "saisissez une date comme 31/03/2026"),
        value=_shown(value), **grid.cell(column, row))


def _unknown_kpi(grid: Grid, row: int, name: str, near: Kpi | None) -> Finding:
    fix = Text("pick a KPI from the list (xlkpi kpis shows all of them)",
               "choisissez un KPI dans la liste (xlkpi kpis les montre tous)")
    if near:
        fix = Text("did you mean {en}? Otherwise pick one from the list (xlkpi kpis)",
                   "vouliez-vous dire {fr} ? Sinon choisissez dans la liste (xlkpi kpis)").format(
            en=near.label.en, fr=near.label.fr)
    reason = Text("this is not a known KPI", "ce KPI est inconnu") if name else Text(
        "this row has a target but no KPI", "cette ligne a une cible mais pas de KPI")
    return Finding("XK205", Severity.ERROR, reason, fix=fix, value=name, **grid.cell("kpi", row))
