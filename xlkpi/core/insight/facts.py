"""What is known of a campaign's KPIs, and what can be said of one: low, high, rising or falling, and by how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlkpi.core import catalogue, figures
from xlkpi.core.campaign import Settings
from xlkpi.core.figures import shown
from xlkpi.core.insight.analysis import Change
from xlkpi.core.insight.inputs import References
from xlkpi.core.kpi import Better, Kpi, Stage
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.core.variance import Status


class Is(Enum):
    """States that a reading rule asks for."""

    LOW = "low"  # behind its target, else below its threshold
    HIGH = "high"
    POOR = "poor"  # below a threshold, whatever the target
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Seen:
    """A state that holds: the figures that show it, and how far it is from where it should be.

    ``gap`` is the distance on the wrong side, as a share of target, threshold or earlier value; 0 on the right side.
    """

    kpi: Kpi
    evidence: Text
    gap: float
    line: KpiLine | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One campaign: its objectives, its figures, how they changed, and the thresholds to read them by."""

    campaign: str
    lines: Mapping[str, KpiLine]  # KPI id → objective
    values: Mapping[str, float | None]  # KPI id → figure
    changes: Mapping[str, Change]  # KPI id → against an earlier period or campaign of the same kind
    references: References
    settings: Settings
    sells: bool = True  # an objective of awareness alone does not ask for a return

    def see(self, id: str, wanted: Is) -> Seen | None:
        """A state of a KPI, judged by its target, else by a threshold; rising and falling by an earlier figure."""
        if wanted in (Is.RISING, Is.FALLING):
            return self._changed(id, wanted)
        line = self.lines.get(id)
        if wanted is not Is.POOR and line is not None and line.variance.is_judged:
            return self._against_target(line, wanted)
        return self._against_threshold(id, wanted)

    def _against_target(self, line: KpiLine, wanted: Is) -> Seen | None:
        lower = line.kpi.judged is Better.LOWER
        met = line.variance.status is Status.MET
        if line.upper is not None:
            return self._against_range(line, wanted)
        if met is not ((wanted is Is.HIGH) is not lower):  # low cost is good, high reach is good
            return None
        return Seen(line.kpi, self._against(line), 0.0 if met else shortfall(line), line)

    def _against_range(self, line: KpiLine, wanted: Is) -> Seen | None:
        assert line.actual is not None
        assert line.target is not None
        assert line.upper is not None
        outside = line.actual > line.upper if wanted is Is.HIGH else line.actual < line.target
        return Seen(line.kpi, self._against(line), shortfall(line), line) if outside else None

    def _against_threshold(self, id: str, wanted: Is) -> Seen | None:
        kpi, value = catalogue.kpi(id), self.values.get(id)
        threshold = self.references.threshold(f"{id}:{wanted.value}")
        if value is None or threshold is None or (kpi.stage is Stage.CONVERSION and not self.sells):
            return None
        low = wanted in (Is.LOW, Is.POOR)
        if not (value <= threshold if low else value >= threshold):
            return None
        gap = abs(value - threshold) / abs(threshold) if threshold else abs(value)
        wrong = low is (kpi.better is not Better.LOWER)
        words = Text("{k} {v}, threshold {t}", "{k} {v}, seuil {t}").format(
            k=kpi.label, v=self._shown(kpi, value), t=self._shown(kpi, threshold)
        )
        return Seen(
            kpi, words, gap if wrong or kpi.better is Better.NEUTRAL else 0.0, self.lines.get(id)
        )

    def _changed(self, id: str, wanted: Is) -> Seen | None:
        change = self.changes.get(id)
        if change is None or change.now is None or not change.before:
            return None
        share = change.now / change.before - 1
        step = self.references.threshold("trend") or 0.0
        if not (share >= step if wanted is Is.RISING else share <= -step):
            return None
        wrong = (wanted is Is.RISING) is (change.kpi.better is Better.LOWER)
        words = Text("{k} {v}, before {b}", "{k} {v}, auparavant {b}").format(
            k=change.kpi.label,
            v=self._shown(change.kpi, change.now),
            b=self._shown(change.kpi, change.before),
        )
        return Seen(change.kpi, words, abs(share) if wrong else 0.0, self.lines.get(id))

    def _against(self, line: KpiLine) -> Text:
        return Text("{k} {v}, target {t} ({d})", "{k} {v}, objectif {t} ({d})").format(
            k=line.kpi.label,
            v=self._shown(line.kpi, line.actual),
            t=figures.target(line, self.settings.currency),
            d=Text(*(figures.variance(line, language) for language in LANGUAGES)),
        )

    def _shown(self, kpi: Kpi, value: float | None) -> Text:
        return shown(value, kpi.unit, self.settings.currency)


def shortfall(line: KpiLine) -> float:
    """How far an objective is missed, as a share of its target; 0 where it is met.

    Of a target of 0 there is no share: the figure itself counts, as a whole at most.
    """
    if line.target is None or line.actual is None or line.variance.status is Status.MET:
        return 0.0
    end = line.target
    if line.upper is not None and line.actual > line.target:
        end = line.upper
    gap = (
        (line.actual - end) / abs(end)
        if end
        else math.copysign(min(abs(line.actual), 1.0), line.actual)
    )
    if line.upper is not None:
        return abs(gap)
    return max(0.0, gap if line.kpi.judged is Better.LOWER else -gap)


#: Points are shown to a tenth: a change that reads 0.0 is none.
_SHOWN_POINTS = 0.001


def changed(kpi: Kpi, now: float | None, before: float | None, step: float) -> Change:
    """Two figures of a KPI: relative change, or points for a rate; better, worse, or about the same.

    Args:
        step: a relative change smaller than this is no change (5 % over three months is one: KPI article, 2025).
    """
    points = kpi.unit.in_points
    if now is None or before is None or (not before and not points):
        return Change(kpi, now, before, None, points, Status.UNKNOWN)
    gap = round(now - before, 12)
    relative = gap / abs(before) if before else gap
    if kpi.better is Better.NEUTRAL:
        status = Status.NEUTRAL
    elif abs(relative) < step or (points and abs(gap) < _SHOWN_POINTS / 2):
        status = Status.WATCH
    else:
        status = Status.MET if (relative > 0) is (kpi.better is Better.HIGHER) else Status.MISSED
    return Change(kpi, now, before, gap if points else relative, points, status)
