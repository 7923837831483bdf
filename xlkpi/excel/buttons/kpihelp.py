"""The button KPI help: which KPI the selected cell means, and what is to be said of it."""

from __future__ import annotations

import re

import xlwings as xw

from xlkpi.core import catalogue
from xlkpi.core.kpi import Kpi
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.live.book import OpenCells
from xlkpi.excel.workbook import contract
from xlkpi.ooxml.cells import split_range


def kpi_help(desk: Desk) -> None:
    """Explain the KPI that the active cell names, computes or stands under."""
    book, selected = desk.book, desk.app.selection if desk.app is not None else None
    for text in _names_at(book, selected) if selected is not None else ():
        if (explained := _explain(text, desk.language)) is not None:
            return desk.say(explained)
    desk.say(
        desk.text(
            Text(
                "Select a cell that names a KPI, that uses one of its functions (such as =ENGAGEMENT_RATE(…)), or that stands "
                "under its header; then press “KPI help”. All KPIs are on the KPI sheet of a campaign workbook.",
                "Sélectionnez une cellule qui nomme un KPI, qui utilise une de ses fonctions (comme =ENGAGEMENT_RATE(…)), ou qui se "
                "trouve sous son en-tête ; puis cliquez sur « Aide KPI ». Tous les KPI sont dans la feuille KPI d’un classeur "
                "de campagne.",
            )
        )
    )


def _names_at(book: xw.Book, selected: xw.Range) -> list[str]:
    """What could name a KPI: functions of the cell's formula, its text, its row's KPI, its column's header."""
    cells, sheet = OpenCells(book), selected.sheet.name
    row, column = selected.row, selected.column
    formula = selected.sheet.range((row, column)).formula
    found = (
        re.findall(r"([A-Z][A-Z_]*)\(", formula.upper())
        if isinstance(formula, str) and formula[:1] == "="
        else []
    )
    found.append(_plain(cells.read(sheet, row, column, row, column)[0][0]))
    for table in cells.tables:
        top, left, bottom, right = split_range(table.ref)
        if table.sheet.name == sheet and top < row <= bottom and left < column <= right + 1:
            headers, values = (
                list(map(_plain, cells.read(sheet, at, left + 1, at, right + 1)[0]))
                for at in (top, row)
            )
            found += [
                v
                for h, v in zip(headers, values, strict=True)
                if normalise(h) in contract.OBJECTIVES.column("kpi").names
            ]
            found.append(headers[column - left - 1])
    return found


def _plain(value: object) -> str:
    """A label without the campaign and the remark that a report adds to it."""
    return re.split(r" · | \((?:partial|partiel)", str(value or ""))[0].strip()


def _explain(name: str, language: Language) -> str | None:
    """Label, definition, formula and use of a KPI; help and arguments of another function; None for any other text."""
    function = next((f for f in FUNCTIONS if f.name == name), None)
    kpi = (
        catalogue.find(name)
        if function is None or function.kpi is None
        else catalogue.kpi(function.kpi)
    )
    if function is not None and kpi is None:
        arguments = [f"– {a.name}: {a.help.in_(language)}" for a in function.arguments]
        return "\n".join([f"{function.name}\n\n{function.help.in_(language)}\n", *arguments])
    return None if kpi is None else _about(kpi, language)


def _about(kpi: Kpi, language: Language) -> str:
    parts = [
        " – ".join(filter(None, (kpi.label.in_(language), kpi.function))),
        kpi.help.in_(language),
    ]
    for heading, text in (
        (Text("Formula: {t}", "Formule : {t}"), kpi.formula),
        (Text("How to use it: {t}", "Comment l’utiliser : {t}"), kpi.how),
    ):
        if text.in_(language):
            parts.append(heading.format(t=text).in_(language))
    return "\n\n".join(parts)
