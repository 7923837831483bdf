"""The Actions sheet: what was proposed and what people made of it, written and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xlkpi.core.days import DAYS_TO_1904, day_of, number_of
from xlkpi.core.insight.actions import DONE, DROPPED, TODO, Action
from xlkpi.core.names import normalise
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.parts import Cell, Page, Row
from xlkpi.excel.workbook import choices, contract

TITLE = Text("Actions", "Actions")
_DATE = "dd/mm/yyyy"
#: What people paste or type in place of the list's word: in French the other gender, or the other verb.
_ALSO_SAID = {
    normalise(said): state
    for state, words in {
        DONE: ("fait", "terminé", "terminée", "fini", "finie", "finished"),
        DROPPED: ("abandonné", "annulé", "annulée", "cancelled", "canceled"),
    }.items()
    for said in words
}
_NOTHING = Text(
    "Nothing to act on: no reading rule calls for anything. Add your own actions in the rows of the table.",
    "Rien à engager : aucune règle de lecture ne signale de problème. Ajoutez vos actions dans les lignes du tableau.",
)
_KEPT = Text(
    "{n} open, {d} done or dropped. Owner, date, state and your own rows and words stay at every report.",
    "{n} ouverte{n:|s}, {d} faite{d:|s} ou abandonnée{d:|s}. Responsable, date, état, vos lignes et vos mots restent à "
    "chaque rapport.",
)


def blank(language: Language) -> Page:
    page = Page("actions", {}, language)
    page.text("title", TITLE)
    page.text("palette", "blue_orange")
    page.rows("list", [_header(language)])
    return page


def actions(report: Report, language: Language, date1904: bool) -> Page:
    """The blocks of the Actions sheet."""
    page = blank(language)
    closed = sum(row.closed for row in report.actions)
    page.text(
        "summary",
        _KEPT.format(n=len(report.actions) - closed, d=closed) if report.actions else _NOTHING,
    )
    page.text("palette", report.settings.palette)
    rows = [_row(row, language, date1904) for row in report.actions]
    page.rows("list", [_header(language), *rows])
    return page


def _header(language: Language) -> Row:
    return [column.label.in_(language) for column in contract.ACTIONS.columns]


def _row(row: Action, language: Language, date1904: bool) -> Row:
    states = choices.ACTION_STATES
    state = states[row.state].in_(language) if row.state in states else row.state
    key = f"{row.key}#{row.marks}" if row.key else None
    return [
        row.priority,
        row.action,
        row.kpi,
        row.campaign,
        row.why,
        row.owner,
        _day(row.due, date1904),
        state,
        _day(row.first, date1904),
        key,
    ]


def _day(value: date | str | None, date1904: bool) -> Cell:
    if isinstance(value, date):
        return Cell(float(number_of(value, date1904)), _DATE)
    return Cell(value, _DATE)


# -- reading back --------------------------------------------------------------------------------


def read(rows: Sequence[Mapping[int, object]], date1904: bool) -> tuple[Action, ...]:
    """The rows of the list: values by place in the row, blank rows left out."""
    found = []
    for values in rows:
        cells = {column.id: values.get(i) for i, column in enumerate(contract.ACTIONS.columns)}
        if any(_text(value) for id, value in cells.items() if id != "key"):
            found.append(_read(cells, date1904))
    return tuple(found)


def _read(cells: Mapping[str, object], date1904: bool) -> Action:
    texts = {id: _text(value) for id, value in cells.items()}
    key, _, marks = texts["key"].rpartition("#")
    said = normalise(texts["state"])
    state = (
        choices.choice(choices.ACTION_STATES, said)
        or _ALSO_SAID.get(said)
        or texts["state"]
        or TODO
    )
    return Action(
        priority=texts["priority"],
        action=texts["action"],
        kpi=texts["kpi"],
        campaign=texts["campaign"],
        why=texts["why"],
        owner=texts["owner"],
        due=_read_day(cells["due"], date1904),
        state=state,
        first=_read_day(cells["first"], date1904),
        key=key,
        marks=marks if key else "",
    )


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.strip() if isinstance(value, str) else ""


def _read_day(value: object, date1904: bool) -> date | str | None:
    if isinstance(value, float) and 1 <= value < 2_958_466:  # the last day that Excel knows
        return day_of(int(value) + (DAYS_TO_1904 if date1904 else 0))
    return _text(value) or None
