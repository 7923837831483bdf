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
    LOW_COVERAGE = "low_coverage"
    PARTIAL_PERIOD = "partial_period"


REASONS: dict[Reason, Text] = {
    Reason.NO_TARGET: Text("no target set", "aucun objectif chiffré"),
    Reason.ZERO_TARGET: Text(
        "target is 0: no relative variance", "objectif à 0 : pas d’écart relatif"
    ),
    Reason.NO_ACTUAL: Text("not measurable: data missing", "non mesurable : données absentes"),
    Reason.LOW_COVERAGE: Text(
        "less than half of the posts have the data", "moins de la moitié des posts ont les données"
    ),
    Reason.PARTIAL_PERIOD: Text(
        "the period holds part of the campaign only",
        "la période ne couvre qu’une partie de la campagne",
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
) -> Variance:
    """Compare one KPI with its target.

    Counts and money vary in relative percent, rates in percentage points.  The status looks at the
    direction that is better for this KPI, never at the sign: a CPA above its target is a shortfall.
    The tolerance is a share of the target for both kinds; for a rate whose target is 0 it is read
    as points.  A neutral KPI gets its variance and no judgement.

    Args:
        actual, target: in the KPI's unit (rates as fractions); None or NaN when unknown.
        tolerance: fraction of the target, at least 0.

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
    if target == 0 and not points:
        return Variance(None, points, None, Status.UNKNOWN, Reason.ZERO_TARGET)
    # Twelve digits are far below any figure's precision and take binary dust off the thresholds.
    gap = round(actual - target, 12)
    relative = round(gap / abs(target), 12) if target else gap
    value = gap if points else relative
    attainment = actual / target if target > 0 else None
    if not math.isfinite(value) or (attainment is not None and not math.isfinite(attainment)):
        return Variance(None, points, None, Status.UNKNOWN, Reason.ZERO_TARGET)  # as good as 0
    if better is Better.NEUTRAL:
        return Variance(value, points, attainment, Status.NEUTRAL)
    favourable = relative if better is Better.HIGHER else -relative
    if favourable >= 0:
        status = Status.MET
    elif favourable >= -tolerance:
        status = Status.WATCH
    else:
        status = Status.MISSED
    return Variance(value, points, attainment, status)
