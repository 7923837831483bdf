"""The columns of the Posts table as new rows get them: a look, a formula that follows, or a place for a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlkpi.excel.posts.cells import Wardrobe
from xlkpi.excel.posts.table import PostTable
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.ooxml.cells import column_letters
from xlkpi.ooxml.rows import Target


@dataclass(slots=True)
class Slot(Target):
    """One column of the table, as new rows get it."""

    id: str = ""
    kind: ColumnKind | None = None
    element: Callable[[int], str] | None = None  # the formula of a row
    fixed: bool = False  # it is the same in every row
    ours: bool = False  # our core computes its value

    @property
    def fillable(self) -> bool:
        """An import may write values into it."""
        return bool(self.id) and self.element is None and self.kind is not ColumnKind.COMPUTED


def slots_of(posts: PostTable, wardrobe: Wardrobe, new_rows: bool) -> list[Slot]:
    """One for each column of the table, from left to right."""
    following = posts.following()
    slots = []
    for index in posts.columns:
        id = posts.ids.get(index, "")
        slot = Slot(index, column_letters(index), posts.style(index), None, id, posts.kinds.get(id))
        formula = following.get(index)
        if formula is not None:
            slot.element = formula.element(posts.survey.prefix, slot.letters)
            slot.fixed, slot.ours = formula.fixed, formula.ours
            slot.style += formula.metadata
        elif slot.kind is not None:
            slot.dress = wardrobe.for_kind(slot.kind)
            slot.style = slot.dress(slot.style) if slot.dress and new_rows else slot.style
        slots.append(slot)
    return slots
