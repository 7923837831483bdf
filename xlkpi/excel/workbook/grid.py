"""One table of a workbook found by its headers, and its single cells: what they say, and why they cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Place
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.intake.cells.numbers import WrittenNumber, written
from xlkpi.ooxml.cells import CellError, column_letters
from xlkpi.ooxml.package import SheetPart

YES = {"yes", "oui", "y", "o", "true", "vrai", "1", "x", "ok"}
NO = {"no", "non", "n", "false", "faux", "0"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Where one of our tables stands: its sheet, header row, last row and the columns that were recognised."""

    spec: Sheet
    sheet: SheetPart
    header: int
    end: int  # last row that can be ours: another table may start below
    totals: int | None  # the totals row of an Excel table
    columns: dict[str, int]  # column id → sheet column index
    headers: dict[str, str]  # column id → what the header cell says

    def cell(self, column: str, row: int) -> Place:
        """Keyword arguments of a Finding about one cell."""
        return {
            "sheet": self.sheet.name,
            "cell": f"{column_letters(self.columns[column])}{row}",
            "header": self.headers[column],
            "table": self.spec.id,
        }


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: object) -> str:
    """A cell's value as a person sees it."""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool):
        return str(value).upper()
    return str(value)


@cache
def name_of(value: object) -> str:
    """A cell as a name; one that holds an error names nothing."""
    return "" if value is None or isinstance(value, CellError) else shown(value).strip()


TYPE_A_FIGURE = codes.NOT_A_NUMBER.fix


def bad_cell(
    grid: Grid,
    column: str,
    row: int,
    value: object,
    effect: Text,
    currency: str = "",
    fix: Text = TYPE_A_FIGURE,
) -> Finding:
    """What is wrong with a cell that should be a number.  ``fix``: what to type there, where it is not a count.

    Without an ``effect`` no KPI reads the cell: an error there is worth a look, and nothing is left out for it.
    """
    code, reason = codes.NOT_A_NUMBER, codes.NOT_A_NUMBER.meaning
    if isinstance(value, CellError):
        code = _ERRORS[bool(value.text), bool(effect.en)]
        reason, fix = code.meaning, code.fix
    elif is_amount_in_another_currency(value, currency):
        reason, fix = (text.format(c=currency) for text in _OTHER_CURRENCY)
    return Finding(
        code,
        reason,
        effect,
        fix,
        value=shown(value),
        **grid.cell(column, row),
    )


_OTHER_CURRENCY = (
    Text(
        "this is an amount in another currency than the workbook’s ({c})",
        "c’est un montant dans une autre devise que celle du classeur ({c})",
    ),
    Text(
        "convert it to {c} and type the figure alone",
        "convertissez-le en {c} et saisissez le chiffre seul",
    ),
)
#: Whether the cell holds an error (or a formula without any value), whether a KPI reads it → code.
_ERRORS = {
    (True, True): codes.ERROR_IN_CELL,
    (True, False): codes.ERROR_IN_UNUSED_CELL,
    (False, True): codes.NEVER_CALCULATED,
    (False, False): codes.UNUSED_CELL_NEVER_CALCULATED,
}


def is_amount_in_another_currency(value: object, currency: str) -> bool:
    """Whether a text is an amount whose sign or letters are not those of ``currency``; never without one."""
    figure = written(value) if currency and isinstance(value, str) else None
    return (
        isinstance(figure, WrittenNumber)
        and bool(figure.currencies)
        and currency.casefold() not in figure.currencies.split()
    )


def bad_date(grid: Grid, column: str, row: int, value: object) -> Finding:
    return Finding(
        codes.NOT_A_DATE,
        effect=Text(
            "left out of trends and of period reports",
            "exclu des tendances et des rapports par période",
        ),
        value=shown(value),
        **grid.cell(column, row),
    )
