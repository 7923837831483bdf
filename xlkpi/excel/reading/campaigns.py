"""The sheets Campaigns and Objectives → what is planned, and which figures are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlkpi.core import catalogue, codes
from xlkpi.core.campaign import Campaign, Objective
from xlkpi.core.findings import LONGEST_VALUE, Finding
from xlkpi.core.kpi import Kpi
from xlkpi.core.names import fold
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.rows import TableRow, rows_in, table_rows
from xlkpi.excel.reading.targets import read_target
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.contract import ColumnKind

#: Figures of a campaign that are shares: none of them exceeds 100 %.
_SHARES = frozenset(
    {"margin", "recall_exposed", "recall_control", "preference_exposed", "preference_control"}
)

# -- Campaigns ---------------------------------------------------------------------------------------


def read_campaigns(book: Book) -> dict[str, Campaign]:
    """Campaigns by folded name, in the order of the sheet; of two rows with one name the first counts."""
    found: dict[str, Campaign] = {}
    for row in table_rows(book, contract.CAMPAIGNS, "campaign"):
        if row.name("campaign"):
            campaign = found.setdefault(fold(row.name("campaign")), _campaign(row))
            if campaign.start and campaign.end and campaign.end < campaign.start:
                book.note(_ends_early(row, campaign.start, campaign.end))
    return found


def _campaign(row: TableRow) -> Campaign:
    return Campaign(
        name=row.name("campaign"),
        objective_type=choices.choice(choices.OBJECTIVE_TYPES, row.name("objective_type")) or "",
        status=choices.choice(choices.STATUSES, row.name("status")) or "",
        measures=_measures(row),
        start=row.day("start"),
        end=row.day("end"),
        advertiser=row.name("advertiser"),
    )


def _measures(row: TableRow) -> dict[str, float]:
    """The figures of a campaign by measure."""
    found = {}
    for column in (*row.grid.spec.columns, *row.grid.spec.extra):
        if column.id in catalogue.MEASURES:
            money = row.book.settings.currency if column.kind is ColumnKind.MONEY else ""
            if (number := row.number(column.id, currency=money)) is not None:
                found[column.id] = _share(row, column.id, number)
    return found


def _share(row: TableRow, measure: str, number: float) -> float:
    """A margin of 40 is one of 40 %."""
    if measure not in _SHARES or not 1 < abs(number) <= 100:
        return number
    row.book.note(
        Finding(
            codes.SHARE_WITHOUT_PERCENT,
            Text(
                "a share without % is read as {n}%", "une part sans % est lue comme {n}\u00a0%"
            ).format(n=f"{number:g}"),
            value=f"{number:g}",
            **row.place(measure),
        )
    )
    return number / 100


def _ends_early(row: TableRow, start: date, end: date) -> Finding:
    return Finding(
        codes.ENDS_BEFORE_START,
        Text(
            "this is before the campaign starts ({day})",
            "c’est avant le début de la campagne ({day})",
        ).format(day=Text(start.isoformat(), f"{start:%d/%m/%Y}")),
        Text(
            "the dates of its posts are not checked",
            "les dates de ses posts ne sont pas contrôlées",
        ),
        value=end.isoformat(),
        **row.place("end"),
    )


# -- Objectives --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Objectives:
    """The rows of the sheet; where not one KPI is known, the findings that say so."""

    rows: tuple[Objective, ...]
    unknown: tuple[Finding, ...]


def read_objectives(book: Book) -> Objectives:
    """Every row of Objectives.

    Raises:
        Refused: there is no table of objectives.
    """
    found: list[Objective] = []
    unknown: list[Finding] = []
    for row in rows_in(book, book.require(contract.OBJECTIVES)):
        name = row.shown("kpi").strip()[:LONGEST_VALUE]
        kpi = catalogue.find(name) if name else None
        if kpi is not None:
            found.append(_objective(row, kpi))
        elif name or "target" in row:
            unknown.append(_unknown_kpi(row, name))
    if found:  # one line that is not understood never takes the others with it
        for finding in unknown:
            book.note(finding)
        unknown = []
    return Objectives(tuple(found), tuple(unknown))


def _objective(row: TableRow, kpi: Kpi) -> Objective:
    target = read_target(row, kpi)
    return Objective(
        campaign=row.name("campaign"),
        kpi=kpi,
        target=target.value,
        upper=target.upper,
        doubt=target.doubt,
        tolerance=_tolerance(row),
        objective=_purpose(row) if "objective" in row.grid.columns else None,
        review_date=row.day("review_date"),
        place=(row.grid.sheet.name, str(row.place("kpi")["cell"])),
    )


def _purpose(row: TableRow) -> str:
    """The id of an objective type, or an objective in the user's own words."""
    said = row.name("objective")
    return choices.choice(choices.OBJECTIVE_TYPES, said) or said


def _tolerance(row: TableRow) -> float | None:
    tolerance = row.number("tolerance")
    if tolerance is None or 0 <= tolerance <= 1:
        return tolerance
    row.book.note(
        Finding(
            codes.TOLERANCE_OUT_OF_RANGE,
            effect=Text(
                "the tolerance of Settings is used", "la tolérance des Paramètres est utilisée"
            ),
            value=f"{tolerance:g}",
            **row.place("tolerance"),
        )
    )
    return None


def _unknown_kpi(row: TableRow, name: str) -> Finding:
    near = catalogue.suggest(name) if name else None
    fix = codes.UNKNOWN_KPI.fix
    if near:
        fix = Text(
            "did you mean {en}? Otherwise pick one from the list (xlkpi kpis)",
            "vouliez-vous dire {fr} ? Sinon choisissez dans la liste (xlkpi kpis)",
        ).format(en=near.label.en, fr=near.label.fr)
    reason = (
        codes.UNKNOWN_KPI.meaning
        if name
        else Text("this row has a target but no KPI", "cette ligne a une cible mais pas de KPI")
    )
    effect = Text("this target is not in the report", "cette cible n’est pas dans le rapport")
    return Finding(codes.UNKNOWN_KPI, reason, effect, fix, value=name, **row.place("kpi"))
