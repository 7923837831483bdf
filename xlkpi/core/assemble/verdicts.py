"""When a figure is known well enough to be judged: what is missing may hold a shortfall, or hide one."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.core.campaign import Settings
from xlkpi.core.figures import shown
from xlkpi.core.kpi import Better, Kpi, Unit
from xlkpi.core.lines import FULL_COVERAGE
from xlkpi.core.sums.grouped import MissingFigures, Sums
from xlkpi.core.sums.plan import is_booked, of_posts
from xlkpi.core.texts import Text
from xlkpi.core.variance import Reason, Status, Variance


def with_gaps(
    variance: Variance,
    kpi: Kpi,
    actual: float | None,
    target: float | None,
    sums: Sums,
    settings: Settings,
) -> Variance:
    """The same, or without a verdict where what is missing could change it for the worse, or for the better."""
    if not variance.is_judged or actual is None or target is None or not sums.posts:
        return variance
    inputs = of_posts(settings, kpi)
    if len(inputs) == 1 and len(settings.inputs(kpi)) == 1:
        missing = sums.missing(kpi)
        if _could_turn(variance.status, kpi.judged, actual, target, missing):
            return withheld(variance, Reason.NOT_ESTABLISHED, _what_is_missing(missing, sums.posts))
    elif is_booked(settings, kpi) and variance.status is not Status.MISSED:
        return _flattered(variance, kpi, sums)
    return variance


def _could_turn(
    status: Status, better: Better, actual: float, target: float, missing: MissingFigures
) -> bool:
    """Whether the missing posts could hold a shortfall, or what would exceed a limit."""
    most = round(actual + missing.could_hold, 9)
    if better is Better.HIGHER:
        return status is not Status.MET and bool(missing.count) and most >= target
    return better is Better.LOWER and status is Status.MET and bool(missing.count) and most > target


def _flattered(variance: Variance, kpi: Kpi, sums: Sums) -> Variance:
    """A cost that is unknown, or one whose results are, makes a return look better than it may be."""
    unknown = sums.unknown_cost_of(kpi)
    if "cost" in kpi.inputs and unknown > 0:
        return withheld(
            variance,
            Reason.UNKNOWN_COST,
            Text(
                "not judged: {p}% of the cost is unknown",
                "non jugé : {p}\u00a0% du coût sont inconnus",
            ).format(p=max(1, round(unknown * 100))),
        )
    idle = sums.cost_without_result(kpi)
    if "cost" in kpi.inputs and idle > round(1 - FULL_COVERAGE, 9):
        return withheld(
            variance,
            Reason.UNKNOWN_RESULT,
            Text(
                "not judged: {p}% of the cost has no known result",
                "non jugé : {p}\u00a0% du coût n’ont pas de résultat connu",
            ).format(p=round(idle * 100)),
        )
    return variance


#: A target is in doubt where it is so far from the figure as it is typed, and not in another unit.
_FAR = 10.0
#: How a target may be meant: so many times what is typed.
_UNITS = {
    Unit.COUNT: (1_000.0, 1_000_000.0),
    Unit.MONEY: (1_000.0, 1_000_000.0),
    Unit.PERCENT: (0.01,),
    Unit.SECONDS: (60.0, 3_600.0),
    Unit.HOURS: (24.0, 1 / 60),
}


def doubt_of(kpi: Kpi, actual: float | None, target: float | None, currency: str) -> Text | None:
    """The question whether a target is in another unit: a reach of 500 thousand typed as 500."""
    if not actual or not target or actual < 0 or target < 0 or _is_near(actual, target):
        return None
    in_thousands = kpi.unit in (Unit.COUNT, Unit.MONEY)
    if in_thousands and len(kpi.inputs) > 1:  # nobody types a price per unit in thousands
        return None
    meant = next(
        (f * target for f in _UNITS.get(kpi.unit, ()) if _is_near(actual, f * target)), None
    )
    if meant is None:
        return None
    return Text(
        "not judged: is the target {t}, or {m}?", "non jugé : la cible est-elle {t}, ou {m} ?"
    ).format(t=shown(target, kpi.unit, currency), m=shown(meant, kpi.unit, currency))


def _is_near(actual: float, target: float) -> bool:
    return 1 / _FAR < actual / target < _FAR


def withheld(variance: Variance, reason: Reason, detail: Text) -> Variance:
    return replace(variance, value=None, status=Status.UNKNOWN, reason=reason, detail=detail)


def _what_is_missing(missing: MissingFigures, posts: int) -> Text:
    if missing.collaborations:
        return Text(
            "not established: {n} influencer{n:|s} without a figure",
            "non établi : {n} influenceur{n:|s} sans chiffre",
        ).format(n=missing.count)
    return Text(
        "not established: {n} of {of} post{of:|s} {n:is|are} missing",
        "non établi : {n} post{n:|s} sur {of} {n:manque|manquent}",
    ).format(n=missing.count, of=posts)
