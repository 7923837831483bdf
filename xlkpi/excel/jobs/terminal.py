"""A report as text for the terminal: headline, the KPI table, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core import figures, wording, words
from xlkpi.core.insight.analysis import GroupedReading, PriorityBand, group_readings
from xlkpi.core.insight.phrases import names
from xlkpi.core.lines import KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text

#: Actions that are named.
_ACTIONS = 3
#: Characters that their campaigns may take.
_NAMES = 60


def as_text(report: Report, language: Language) -> str:
    lines = [
        f"{wording.title(report, language)} · {wording.period(report, language)}",
        wording.headline(report, language),
    ]
    if spend := wording.spend_line(report, language):
        lines.append(spend)
    if report.kpis:
        lines += ["", *_table(report, language)]
    return "\n".join([*lines, *_next_steps(report, language)])


_HEADERS = (
    words.KPI,
    words.TARGET,
    words.ACTUAL,
    words.VARIANCE,
    Text("Data", "Données"),
    words.STATUS,
)


def _table(report: Report, language: Language) -> list[str]:
    """The KPIs in columns: names to the left, figures to the right."""
    rows = [[header.in_(language) for header in _HEADERS]]
    rows += [_cells(line, report.settings.currency, language) for line in report.kpis]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADERS))]
    return ["  ".join(_justified(row, widths)).rstrip() for row in rows]


def _cells(line: KpiLine, currency: str, language: Language) -> list[str]:
    return [
        line.label.in_(language),
        figures.target(line, currency).in_(language),
        figures.figure(line.actual, line.kpi.unit, currency, language),
        figures.variance(line, language),
        figures.coverage(line).in_(language),
        wording.status(line, language),
    ]


def _justified(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    label, *middle, status = row
    right = [cell.rjust(width) for cell, width in zip(middle, widths[1:-1], strict=True)]
    return [label.ljust(widths[0]), *right, status]


def _next_steps(report: Report, language: Language) -> list[str]:
    """The weakest stage and the most pressing actions."""
    analysis = report.analysis
    lines = ["", analysis.funnel.reason.in_(language)] if analysis.funnel.weakest else []
    pressing = [
        t
        for t in group_readings(analysis.problems)
        if t.worst.priority.band is not PriorityBand.MONITOR
    ][:_ACTIONS]
    if pressing:
        lines += ["", Text("To do first:", "À faire d’abord :").in_(language)]
        lines += [
            f"  {_about(t, report, language)} – {t.worst.action.in_(language)}" for t in pressing
        ]
    return lines


def _about(grouped: GroupedReading, report: Report, language: Language) -> str:
    """The KPI of a reading, and the campaigns it holds for where the report is on several."""
    label = grouped.worst.kpi.label.in_(language)
    return (
        f"{label} · {names(grouped.campaigns, _NAMES).in_(language)}"
        if len(report.campaigns) > 1
        else label
    )
