"""The target of an objective as it is typed: a figure, a range, or one whose unit has to be guessed or asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Better, Kpi, Unit
from xlkpi.core.texts import Text
from xlkpi.excel.reading.rows import TableRow
from xlkpi.intake.cells.numbers import parse_number

#: Rates that may well have a target over 150 %.
RETURNS = frozenset(
    {
        "roi",
        "profit_roi",
        "sales_uplift",
        "follower_growth",
        "audience_evolution",
        "profit_on_investment",
    }
)
#: Nobody has a rate of more than this in mind, unless 35 means 35 %.
_HIGHEST_RATE = 1.5
_SECONDS_A_DAY, _LONGEST_TIME = 86_400, 3_600
_RANGE = re.compile(
    r"\s*(?:between|from|entre|de)?\s*(?P<low>[^–—-]*?\d[^–—-]*?)\s*(?:–|—|-|\.\.|\b(?:to|and|à|a|et)\b)"
    r"\s*(?P<high>[^–—-]*\d[^–—-]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadTarget:
    """``upper`` is the end of a range; ``doubt`` is the question that stands in for a verdict."""

    value: float | None
    upper: float | None = None
    doubt: Text | None = None


def read_target(row: TableRow, kpi: Kpi) -> ReadTarget:
    found = _range(row, kpi)
    if found is not None:
        return found
    target = row.number(
        "target",
        Text("no variance for this KPI", "pas d’écart pour ce KPI"),
        row.book.settings.currency if kpi.unit is Unit.MONEY else "",
    )
    return ReadTarget(None) if target is None else _in_unit(row, kpi, target)


# -- ranges ------------------------------------------------------------------------------------------


def _range(row: TableRow, kpi: Kpi) -> ReadTarget | None:
    """``2–4``, of a KPI that is neither better high nor better low."""
    said = row.value("target")
    if not isinstance(said, str) or kpi.judged is not Better.NEUTRAL:
        return None
    match = _RANGE.fullmatch(said)
    ends = [parse_number(end, row.book.edition) for end in match.groups()] if match else []
    if len(ends) != 2 or not all(isinstance(end, float) for end in ends):
        return None
    low, high = sorted(ends)  # type: ignore[type-var]
    return ReadTarget(low, high)  # type: ignore[arg-type]


# -- units -------------------------------------------------------------------------------------------


def _in_unit(row: TableRow, kpi: Kpi, target: float) -> ReadTarget:
    with_percent = "%" in row.shown("target")
    if kpi.unit is Unit.PERCENT and not with_percent:
        return _rate(row, kpi, target)
    if kpi.unit is Unit.SECONDS and 0 < target < 1:
        return _time(row, target)
    if kpi.unit is Unit.COUNT and (with_percent or 0 < target < 1):
        return _asked(
            row,
            target,
            Text(
                "is the target a share? {k} is a count",
                "la cible est-elle une part ? {k} est un nombre",
            ).format(k=kpi.label),
        )
    return ReadTarget(target)


def _rate(row: TableRow, kpi: Kpi, target: float) -> ReadTarget:
    """35 is 35 % of what cannot be 3,500 %; a return of 50 may be both."""
    if kpi.id in RETURNS:
        if abs(target) < 10:
            return ReadTarget(target)
        return _asked(
            row,
            target,
            Text(
                "is the target {a}% or {b}%?", "la cible est-elle {a}\u00a0% ou {b}\u00a0% ?"
            ).format(a=f"{target:g}", b=f"{target * 100:g}"),
        )
    if abs(target) <= _HIGHEST_RATE:
        return ReadTarget(target)
    row.book.note(
        Finding(
            codes.TARGET_IS_FRACTION,
            Text(
                "a rate without % is read as {n}%", "un taux sans % est lu comme {n}\u00a0%"
            ).format(n=f"{target:g}"),
            value=f"{target:g}",
            **row.place("target"),
        )
    )
    return ReadTarget(target / 100)


def _time(row: TableRow, target: float) -> ReadTarget:
    """A duration typed as a time is a part of a day; 3:00 is three hours to Excel, and hardly to who typed it."""
    seconds = round(target * _SECONDS_A_DAY, 3)
    if seconds < _LONGEST_TIME:
        return ReadTarget(seconds)
    minutes, rest = divmod(round(seconds / 60), 60)
    said = f"{minutes}:{rest:02}"
    return _asked(
        row,
        target,
        Text(
            "is the target {t} in minutes and seconds, or in hours?",
            "la cible {t} est-elle en minutes et secondes, ou en heures ?",
        ).format(t=said),
    )


def _asked(row: TableRow, target: float, question: Text) -> ReadTarget:
    row.book.note(
        Finding(
            codes.TARGET_IN_DOUBT,
            question,
            value=row.shown("target"),
            **row.place("target"),
        )
    )
    return ReadTarget(target, doubt=question)
