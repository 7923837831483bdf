"""The Checks sheet: balance of the rows, coverage of the KPIs, findings, and the cells they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from xlkpi.core import wording
from xlkpi.core.findings import Finding, by_severity
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.parts import Link, Links, Row
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import LINKED_FINDINGS, MARKED_CELLS

_TITLE = Text("Checks of the data", "Contrôles des données")
_MARKED = Text(
    "Cells marked on their sheets: empty this column to remove the marking",
    "Cellules signalées dans leurs feuilles : videz cette colonne pour ôter les marques",
)
#: Cells of one finding that are highlighted: a kind of many leaves room for the others.
_MARKED_EACH = 50
_PLACE = [c.id for c in contract.CHECKS.columns].index("place")


def blank(language: Language) -> Mapping[str, Sequence[Row]]:
    """The blocks before anything is checked."""
    return {
        "checks_title": [[_TITLE.in_(language)]],
        "checks_findings": [_header(language)],
        "checks_cells": [[_MARKED.in_(language)]],
    }


def checks(report: Report, language: Language) -> Mapping[str, Sequence[Row]]:
    """The blocks of the sheet."""
    found = by_severity(report.findings)
    keys = islice(_keys(found), MARKED_CELLS)
    return {
        "checks_title": [[_TITLE.in_(language)]],
        "checks_balance": [[wording.balance_line(report, language)]],
        "checks_coverage": [[wording.coverage_line(report, language)]],
        "checks_findings": [_header(language), *(_finding(f, language) for f in found)],
        "checks_cells": [[_MARKED.in_(language)], *([key] for key in keys)],
    }


def check_links(report: Report) -> Mapping[str, Links]:
    """From the place of each finding to its cell, or to its sheet; the gravest ones where there are very many."""
    return {
        "checks_findings": {
            (row, _PLACE): Link(finding.sheet, finding.cell or "A1")
            for row, finding in enumerate(by_severity(report.findings)[:LINKED_FINDINGS], start=1)
            if finding.sheet
        }
    }


def _header(language: Language) -> Row:
    return [column.label.in_(language) for column in contract.CHECKS.columns]


def _keys(findings: Sequence[Finding]) -> Iterator[str]:
    """How the highlight rules of the input sheets know the cells: by the table, whatever its sheet is called."""
    for finding in findings:
        if finding.table:
            yield from (f"{finding.table}!{cell}" for cell in finding.addresses(_MARKED_EACH))


def _finding(finding: Finding, language: Language) -> Row:
    return [
        finding.code,
        finding.word(language),
        finding.place,
        finding.value,
        finding.reason.in_(language),
        finding.effect.in_(language),
        finding.fix.in_(language),
    ]
