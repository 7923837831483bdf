"""Which rows of a table are posts: not the blank ones, the totals, the remarks, the header over again."""

from __future__ import annotations

from itertools import compress

from xlkpi.core.names import normalise
from xlkpi.intake.cells.texts import is_blank, plain_text
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.tables.table import Cell

#: First cells of total rows, EN FR DE ES PT.
TOTALS = frozenset(
    (
        "total",
        "totals",
        "grand total",
        "totaux",
        "total general",
        "total global",
        "gesamt",
        "gesamtsumme",
        "summe",
        "totales",
        "totais",
        "total geral",
        "somme",
        "sum",
    )
)
#: How a blank cell or the word for a total may begin; "" begins with "".
_SUSPECT = frozenset(
    ("", " ", "\t", "\u00a0", "\u202f", *(c for word in TOTALS for c in (word[0], word[0].upper())))
)


def sort_rows(draft: ExportDraft) -> None:
    """Tell posts from blank rows, total rows and footers."""
    key = draft.table.columns[_key_column(draft)]
    if draft.table.is_text and not {cell[:1] for cell in key} & _SUSPECT:  # type: ignore[index]
        return
    kept = bytearray(b"\1") * len(key)
    for i in [
        i
        for i, cell in enumerate(key)
        if cell is None or (type(cell) is str and cell[:1] in _SUSPECT)
    ]:
        cell = key[i]
        if is_blank(cell) or is_total(cell):
            kept[i] = not _passed_over(draft, i, cell)
    if not all(kept):
        draft.at = list(compress(range(len(kept)), kept))


def _key_column(draft: ExportDraft) -> int:
    for id in draft.platform.key:
        if id in draft.names.found:
            return draft.names.found[id][0]
    return min(indexes[0] for indexes in draft.names.found.values())


def _passed_over(draft: ExportDraft, i: int, key: Cell) -> bool:
    """Whether row ``i`` is no post; which kind of row it is, is counted."""
    row = [column[i] for column in draft.table.columns]
    filled = [cell for cell in row if not is_blank(cell)]
    if not filled:
        draft.blank += 1
    elif (
        is_total(filled[0])
        or is_total(key)
        or (draft.platform.is_total is not None and draft.platform.is_total(draft, i))
        or _is_footer(draft, filled)
        or (len(row) > 2 and [plain_text(c) for c in row] == list(draft.table.header))
    ):
        draft.totals.append(i)
    else:
        return False
    return True


def _is_footer(draft: ExportDraft, filled: list[Cell]) -> bool:
    """A remark on a line of its own, below or among the posts."""
    return (
        len(filled) == 1
        and type(filled[0]) is str
        and len(draft.table.header) > 2
        and " " in filled[0].strip()
    )


def is_total(cell: Cell) -> bool:
    return type(cell) is str and len(cell) < 24 and normalise(cell) in TOTALS
