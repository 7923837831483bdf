"""The total row as a check sum: rows that do not add up to it are not all of the posts."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.intake.cells import columns
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.platform import Holds
from xlkpi.intake.notes import column_letters

#: Figures whose rows add up to the total row; reach and followers do not.
_ADDITIVE = ("views", "likes", "comments", "shares", "cost")


def check_totals(draft: ExportDraft) -> None:
    """The total row as a check sum: rows that do not add up to it are not all of the posts."""
    if draft.lost or draft.table.excluded:
        return
    for row in draft.totals:
        for id in _ADDITIVE:
            if id in draft.names.found and draft.platform.columns.get(id) in (
                Holds.COUNT,
                Holds.MONEY,
            ):
                cell = draft.table.columns[draft.names.found[id][0]][row]
                said = columns.numbers([cell], language=draft.language).values[0]
                summed = sum(v for v in draft.values.get(id, ()) if isinstance(v, float | int))
                if said and abs(summed - said) > max(0.005 * said, 1):
                    _wrong_total(draft, id, row, said, summed)


def _wrong_total(draft: ExportDraft, id: str, row: int, said: float, summed: float) -> None:
    index = draft.names.found[id][0]
    draft.note(
        codes.TOTAL_DIFFERS,
        Text(
            "the total row says {said}, the posts add up to {summed}",
            "la ligne de total indique {said}, la somme des posts est {summed}",
        ).format(said=f"{said:.12g}", summed=f"{summed:.12g}"),
        Text("the total row is not imported", "la ligne de total n’est pas importée"),
        header=draft.table.header[index],
        cell=f"{column_letters(index)}{draft.table.rows[row]}",
    )
