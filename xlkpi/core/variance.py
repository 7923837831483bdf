"""Target against actual: relative percent or percentage points, judged by direction, turned into a status."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from xlkpi.core.kpi import Better, Unit
from xlkpi.core.texts import Text

#: A shortfall up to this share of the target is "to watch", not "missed"; editable on the Settings sheet.
#: Source: lower bound of the two-threshold example of insightsoftware, seen 2026-11 (−10 % / +20 %).
DEFAULT_TOLERANCE = 0.10


class Status(Enum):
    MET = "met"
    WATCH = "watch"
    MISSED = "missed"
    NEUTRAL = "neutral"
    UNKNOWN = "unknown"


STATUS_WORDS: dict[Status, Text] = {
    Status.MET: Text("Met", "Atteint"),
    Status.WATCH: Text("To watch", "À surveiller"),
    Status.MISSED: Text("Behind", "En retard"),
    Status.NEUTRAL: Text("For information", "Pour information"),
    Status.UNKNOWN: Text("Not measurable", "Non mesurable"),
}


class Reason(Enum):
    """Why a variance or a status could not be told."""

    NO_TARGET = "no_target"
    ZERO_TARGET = "zero_target"
    NO_ACTUAL = "no_actual"
    DOUBTFUL_TARGET = "doubtful_target"
    IMPOSSIBLE = "impossible"
    LOW_COVERAGE = "low_coverage"
    PARTIAL_PERIOD = "partial_period"
    CAMPAIGN_FIGURE = "campaign_figure"
    NOT_ESTABLISHED = "not_established"
    UNKNOWN_COST = "unknown_cost"
    UNKNOWN_RESULT = "unknown_result"


#: The usual words; a variance whose ``detail`` knows more has words of its own.
REASONS: dict[Reason, Text] = {
    Reason.NO_TARGET: Text("no target set", "aucun objectif chiffré"),
    Reason.ZERO_TARGET: Text(
        "target is 0: no relative variance", "objectif à 0 : pas d’écart relatif"
    ),
    Reason.NO_ACTUAL: Text("not measurable: data missing", "non mesurable : données absentes"),
    Reason.DOUBTFUL_TARGET: Text(
        "not judged: is the target in this unit?",
        "non jugé : la cible est-elle dans cette unité ?",
    ),
    Reason.IMPOSSIBLE: Text("not judged: this cannot be", "non jugé : ce résultat est impossible"),
    Reason.LOW_COVERAGE: Text(
        "less than half of the posts have the data", "moins de la moitié des posts ont les données"
    ),
    Reason.PARTIAL_PERIOD: Text(
        "the period holds part of the campaign only",
        "la période ne couvre qu’une partie de la campagne",
    ),
    Reason.CAMPAIGN_FIGURE: Text(
        "a figure of the whole campaign beside those of a period",
        "un chiffre de toute la campagne face à ceux d’une période",
    ),
    Reason.NOT_ESTABLISHED: Text("not established: data missing", "non établi : données absentes"),
    Reason.UNKNOWN_COST: Text(
        "not judged: part of the cost is unknown", "non jugé : une partie du coût est inconnue"
    ),
    Reason.UNKNOWN_RESULT: Text(
        "not judged: part of the cost has no known result",
        "non jugé : une partie du coût n’a pas de résultat connu",
    ),
}


@dataclass(frozen=True, slots=True)
class Variance:
    """``value`` is a fraction: −0.05 is −5 % (relative) or −5 pt (points); None where it is undefined."""

    value: float | None
    in_points: bool
    attainment: float | None  # actual ÷ target, a fraction; None where undefined
    status: Status
    reason: Reason | None = None
    detail: Text | None = None  # the reason with its figures

    @property
    def is_judged(self) -> bool:
        return self.status in (Status.MET, Status.WATCH, Status.MISSED)

    @property
    def why(self) -> Text | None:
        """Why there is no variance or no verdict."""
        return REASONS[self.reason] if self.detail is None and self.reason else self.detail

    @property
    def kind(self) -> str:
        return "points" if self.in_points else "relative"


def _known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def compare(
    actual: float | None,
    target: float | None,
    unit: Unit,
    better: Better,
    tolerance: float = DEFAULT_TOLERANCE,
    upper: float | None = None,
) -> Variance:
    """Compare one KPI with its target.

    Counts and money vary in relative percent, rates in percentage points.  The status looks at the
    direction that is better for this KPI, never at the sign: a CPA above its target is a shortfall.
    The tolerance is a share of the target for both kinds; where the target is 0 it is read as the
    KPI's own unit, and a count has a verdict and no variance.  A neutral KPI gets its variance and
    no judgement, unless its target is a range.

    Args:
        actual, target: in the KPI's unit (rates as fractions); None or NaN when unknown.
        tolerance: fraction of the target, at least 0.
        upper: the end of a range that starts with ``target``.

    >>> compare(950_000, 1_000_000, Unit.COUNT, Better.HIGHER).value
    -0.05
    >>> compare(0.042, 0.03, Unit.PERCENT, Better.HIGHER).value
    0.012
    """
    points = unit.in_points
    if not _known(target):
        return Variance(None, points, None, Status.UNKNOWN, Reason.NO_TARGET)
    if not _known(actual):
        return Variance(None, points, None, Status.UNKNOWN, Reason.NO_ACTUAL)
    assert actual is not None
    assert target is not None
    if upper is not None and _known(upper):
        return _in_range(actual, target, upper, points, tolerance)
    gap, relative = _gaps(actual, target)
    value = gap if points else relative
    attainment = actual / target if target > 0 else None
    if not math.isfinite(value) or (attainment is not None and not math.isfinite(attainment)):
        return Variance(None, points, None, Status.UNKNOWN, Reason.ZERO_TARGET)  # as good as 0
    status = Status.NEUTRAL
    if better is not Better.NEUTRAL:
        status = _judged(relative if better is Better.HIGHER else -relative, tolerance)
    if target == 0 and not points:
        return Variance(None, points, None, status, Reason.ZERO_TARGET)
    return Variance(value, points, attainment, status)


def _gaps(actual: float, target: float) -> tuple[float, float]:
    """Absolute and relative; twelve digits are far below any figure's precision and take binary dust off."""
    gap = round(actual - target, 12)
    return gap, round(gap / abs(target), 12) if target else gap


def _judged(favourable: float, tolerance: float) -> Status:
    if favourable >= 0:
        return Status.MET
    return Status.WATCH if favourable >= -tolerance else Status.MISSED


def _in_range(actual: float, low: float, high: float, points: bool, tolerance: float) -> Variance:
    """Met between the two ends, both included; outside, the distance from the nearer end counts."""
    low, high = min(low, high), max(low, high)
    if low <= actual <= high:
        return Variance(0.0, points, 1.0, Status.MET)
    end = low if actual < low else high
    gap, relative = _gaps(actual, end)
    share = actual / end if actual < low else end / actual
    attained = share if end > 0 and actual > 0 else None
    return Variance(
        gap if points else relative, points, attained, _judged(-abs(relative), tolerance)
    )
