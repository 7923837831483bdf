"""KPIs that serve no stated objective, and KPIs that nobody has reviewed for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from xlkpi.core import codes
from xlkpi.core.campaign import Campaign, Objective, add_months
from xlkpi.core.days import dated
from xlkpi.core.findings import Finding, Place
from xlkpi.core.names import fold
from xlkpi.core.texts import Text

#: A KPI is worth reviewing every 6 to 12 months (KPI report article, 2025).
REVIEW_MONTHS, REVIEW_LIMIT_MONTHS = 6, 12


def objectives(
    rows: Sequence[Objective],
    campaigns: Mapping[str, Campaign],
    cell: Callable[[Objective, str], Place],
    today: date,
) -> Iterator[Finding]:
    """KPIs that serve no stated objective, and KPIs that nobody has reviewed for 6 or 12 months.

    Args:
        campaigns: by folded name; the KPIs of one that is closed need no review any more.
        cell: an objective and a column id → where that cell stands.
    """
    stated = [row for row in rows if row.objective is not None]
    aimless = [row for row in stated if not row.objective]
    together = len(aimless) == len(stated) > 1  # nobody said it anywhere: one remark, not one a row
    for row in aimless[:1] if together else aimless:
        yield Finding(
            codes.NO_OBJECTIVE_SERVED,
            codes.NO_OBJECTIVE_SERVED.meaning
            if together
            else Text(
                "{k} serves no stated objective", "{k} ne sert aucun objectif déclaré"
            ).format(k=row.kpi.label),
            **cell(row, "objective"),
        )
    old: dict[date, list[Objective]] = {}
    for row in rows:
        campaign = campaigns.get(fold(row.campaign))
        if row.review_date and not (campaign and campaign.status == "closed"):
            old.setdefault(row.review_date, []).append(row)
    for day, group in old.items():
        months = next(
            (m for m in (REVIEW_LIMIT_MONTHS, REVIEW_MONTHS) if _later(day, m) < today), None
        )
        if months:
            yield _unreviewed(group, day, months, cell(group[0], "review_date"))


def _unreviewed(rows: Sequence[Objective], day: date, months: int, place: Place) -> Finding:
    said = (
        Text(
            "{k}: last reviewed on {day}, more than {n} months ago",
            "{k} : dernière révision le {day}, il y a plus de {n} mois",
        )
        if len(rows) == 1
        else Text(
            "{k} and {more} more: last reviewed on {day}, more than {n} months ago",
            "{k} et {more} de plus : dernière révision le {day}, il y a plus de {n} mois",
        )
    )
    return Finding(
        codes.REVIEW_OVERDUE if months == REVIEW_LIMIT_MONTHS else codes.REVIEW_DUE,
        said.format(k=rows[0].kpi.label, more=len(rows) - 1, day=dated(day), n=months),
        **place,
    )


def _later(day: date, months: int) -> date:
    return add_months(day, months).replace(day=min(day.day, 28))
