"""The total row as a check sum: rows that do not add up to it are not all of the posts."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.intake.cells.columns import numbers
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.platform import Holds
from xlkpi.ooxml.cells import column_letters

#: Figures whose rows add up to the total row; reach and followers do not.
_ADDITIVE = (
    "views",
    "impressions",
    "likes",
    "comments",
    "shares",
    "saves",
    "clicks",
    "cost",
    "revenue",
)


_SUMMED = (Holds.COUNT, Holds.MONEY)
_TOLERANCE = 0.005  # YouTube counts videos that were deleted since in its total


def check_totals(draft: ExportDraft) -> None:
    """Every figure of a total row against the sum of the posts that were read."""
    for row in draft.sums:
        for id in _summed(draft):
            said = _figure(draft, id, row)
            summed = sum(v for v in draft.values.get(id, ()) if isinstance(v, float | int))
            if said and abs(summed - said) > max(_TOLERANCE * said, 0.5):
                _wrong_total(draft, id, row, said, summed)


def is_sum(draft: ExportDraft, i: int) -> bool:
    """Whether the figures of value ``i``, which names no post, are those of the others added up."""
    compared = 0
    for id in _summed(draft):
        own = draft.column(draft.platform.renamed.get(id, id))
        if isinstance(said := own[i], float | int) and said > 0:
            others = [v for k, v in enumerate(own) if k != i and isinstance(v, float | int)]
            if len(others) < 2 or abs(sum(others) - said) > _TOLERANCE * said:
                return False
            compared += 1
    return compared > 0


def _summed(draft: ExportDraft) -> list[str]:
    columns = draft.platform.columns
    return [id for id in _ADDITIVE if id in draft.names.found and columns.get(id) in _SUMMED]


def _figure(draft: ExportDraft, id: str, row: int) -> float | None:
    cell = draft.table.columns[draft.names.found[id][0]][row]
    return numbers([cell], language=draft.language).values[0]


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
