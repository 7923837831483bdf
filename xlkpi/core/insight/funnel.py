"""Visibility → engagement → conversion, with brand and budget across: where the funnel is weakest, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlkpi.core import catalogue
from xlkpi.core.campaign import Settings
from xlkpi.core.figures import shown, target
from xlkpi.core.insight.analysis import Funnel, StageReading
from xlkpi.core.insight.facts import shortfall
from xlkpi.core.kpi import Better, Stage
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status

#: The figures that show a stage, the telling ones first (Metricool, 15 KPI, 2025-09-16).
LEADING: dict[Stage, tuple[str, ...]] = {
    Stage.VISIBILITY: ("reach", "impressions", "target_coverage", "views", "new_followers"),
    Stage.ENGAGEMENT: ("engagement_rate", "interactions", "ctr"),
    Stage.CONVERSION: ("conversions", "cpa", "roi", "conversion_rate", "leads", "revenue"),
    Stage.BRAND: ("positive_sentiment", "authenticity", "brand_fit", "content_quality"),
    Stage.BUDGET: ("cpe", "cpm", "emv_ratio"),
}
STAGE_WORDS: dict[Stage, Text] = {
    Stage.VISIBILITY: Text("Visibility", "Visibilité"),
    Stage.ENGAGEMENT: Text("Engagement", "Engagement"),
    Stage.CONVERSION: Text("Conversion", "Conversion"),
    Stage.BRAND: Text("Brand image", "Image de marque"),
    Stage.BUDGET: Text("Budget", "Budget"),
}
_SHOWN = 3


def read(
    lines: Sequence[KpiLine], values: Mapping[str, float | None], settings: Settings
) -> Funnel:
    """The five stages and the weakest of those that have objectives with a verdict."""
    stages = tuple(_stage(stage, lines, values) for stage in LEADING)
    judged = [s for s in stages if s.attainment is not None]
    if not judged:
        return Funnel(
            stages,
            None,
            Text(
                "No stage has an objective with a verdict, so none can be called the weakest.",
                "Aucune étape n’a d’objectif jugé : aucune ne peut être dite la plus faible.",
            ),
        )
    weakest = min(judged, key=lambda s: s.attainment or 0.0)
    behind = [line for line in weakest.lines if line.variance.status is not Status.MET]
    if not behind:
        return Funnel(
            stages,
            None,
            Text(
                "Every stage with an objective is on target.",
                "Toutes les étapes qui ont un objectif sont à l’objectif.",
            ),
        )
    worst = max(behind, key=shortfall)
    reason = Text(
        "{s} is the weakest stage: {k} at {v} for a target of {t}.",
        "{s} est l’étape la plus faible : {k} à {v} pour un objectif de {t}.",
    ).format(
        s=STAGE_WORDS[weakest.stage],
        k=worst.label,
        v=shown(worst.actual, worst.kpi.unit, settings.currency),
        t=target(worst, settings.currency),
    )
    return Funnel(stages, weakest.stage, reason)


def _stage(
    stage: Stage, lines: Sequence[KpiLine], values: Mapping[str, float | None]
) -> StageReading:
    own = tuple(line for line in lines if line.kpi.stage is stage and line.variance.is_judged)
    wanted = dict.fromkeys([*(line.kpi.id for line in own), *LEADING[stage]])
    known = [(catalogue.kpi(id), values.get(id)) for id in wanted if values.get(id) is not None]
    shares = [attained(line) for line in own]
    missed, met = (
        sum(line.variance.status is s for line in own) for s in (Status.MISSED, Status.MET)
    )
    status = (
        Status.UNKNOWN
        if not own
        else Status.MET
        if met == len(own)
        else (Status.MISSED if missed and missed >= met else Status.WATCH)
    )
    return StageReading(
        stage, tuple(known[:_SHOWN]), own, sum(shares) / len(shares) if shares else None, status
    )


def attained(line: KpiLine) -> float:
    """Share of an objective that is attained, at most 1: a stage is not saved by one objective far exceeded."""
    if line.variance.status is Status.MET:
        return 1.0
    share = line.variance.attainment
    if share is None:
        return 0.0
    if line.kpi.judged is Better.LOWER and line.upper is None:
        share = 1 / share if share > 0 else 1.0
    return min(max(share, 0.0), 1.0)
