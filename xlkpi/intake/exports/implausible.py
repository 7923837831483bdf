"""Figures that cannot be: told, and read as they stand."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.intake.exports.draft import ExportDraft

_CELLS_NAMED = 50


def check_views(draft: ExportDraft) -> None:
    """No views beside people who were reached: an export that lacks the figure writes 0."""
    views, reach = draft.values.get("views"), draft.values.get("reach")
    if not views or not reach or 0.0 not in views:
        return
    wrong = [
        i
        for i, (seen, reached) in enumerate(zip(views, reach, strict=True))
        if seen == 0 and isinstance(reached, float | int) and reached > 0
    ]
    if not wrong:
        return
    id = next(
        id
        for id in draft.platform.columns
        if draft.platform.renamed.get(id, id) == "views" and id in draft.names.found
    )
    draft.findings.add(
        Finding(
            codes.NO_VIEWS_BESIDE_REACH,
            Text(
                "no views beside people who were reached: {n} post{n:|s}, the first with a reach of {reach}",
                "aucune vue alors que des personnes ont été touchées : {n} post{n:|s}, le premier avec une portée de {reach}",
            ).format(n=len(wrong), reach=f"{reach[wrong[0]]:.12g}"),
            Text(
                "views and what is computed from them are too low",
                "les vues et ce qui en dépend sont trop faibles",
            ),
            count=len(wrong),
            cells=tuple(draft.place(id, i)["cell"] for i in wrong[:_CELLS_NAMED]),
            **draft.place(id, wrong[0]),
        )
    )
