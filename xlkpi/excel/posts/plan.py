"""What a change does to the Posts sheet of a closed workbook: decided as a whole, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core.findings import Finding, Findings
from xlkpi.core.texts import Language
from xlkpi.excel.posts import remarks
from xlkpi.excel.posts.calculated import CachedResults, after_updates
from xlkpi.excel.posts.cells import PostValues, Wardrobe
from xlkpi.excel.posts.references import FormulaReference
from xlkpi.excel.posts.room import Room, room_for
from xlkpi.excel.posts.slots import Slot, slots_of
from xlkpi.excel.posts.table import PostTable
from xlkpi.intake.posts import PostChanges, Value
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.rows import Writer


@dataclass(frozen=True, slots=True)
class PostsPlan:
    """Where the posts of a change go, and what is written into which cell."""

    package: Package
    change: PostChanges
    language: Language
    posts: PostTable
    cells: PostValues
    wardrobe: Wardrobe
    slots: Sequence[Slot]
    fillable: Mapping[str, Slot]  # column id → its slot, where an import may write
    updates: Mapping[int, Mapping[str, Value]]  # row → what can be written of an update
    room: Room
    elsewhere: Sequence[FormulaReference]  # formulas of the user's that may name posts

    @property
    def writes(self) -> bool:
        return bool(self.updates or self.room.count)

    @property
    def left_out(self) -> list[str]:
        """Ids with a value for which the table has no column, or one that it computes."""
        added, updates = self.change.added, self.change.updates
        given = {id for id, values in added.items() if any(v is not None for v in values)}
        given.update(id for row in updates.values() for id, v in row.items() if v is not None)
        return sorted(given - self.fillable.keys())

    @property
    def recalculates(self) -> bool:
        """There are formulas whose values Excel alone can compute."""
        return bool(self.elsewhere) or self.posts.survey.others

    def results(self) -> CachedResults:
        """Values of our formulas in the rows that are updated."""
        return after_updates(self.posts, self.updates, self.language)

    def findings(self) -> tuple[Finding, ...]:
        collected = Findings()
        collected.extend(self._findings())
        return collected.all()

    def _findings(self) -> Iterator[Finding]:
        posts, change, fillable, room = self.posts, self.change, self.fillable, self.room
        yield from remarks.formulas_in_updated_rows(posts, change.updates, fillable)
        if room.count:
            yield from remarks.filter_set(posts)
            yield from remarks.formulas_in_blank_rows(posts, change, fillable, room)
        yield from remarks.unfit_values(
            posts, self.cells, change.added, self.updates, fillable, room
        )
        if self.writes and self.recalculates:
            yield remarks.own_formulas(posts)
        if room.count:
            yield from remarks.fixed_ranges(posts, self.elsewhere, room)


def plan_posts(package: Package, change: PostChanges, language: Language) -> PostsPlan:
    """Read the sheet and decide; nothing is changed.

    Raises:
        Refused: there is no table of posts, it has no header row, something stands in its way, or the sheet is full.
    """
    updates, added = change.updates, change.added
    posts = PostTable(
        package, lambda row, id: id in added or (row in updates and id in updates[row])
    )
    wardrobe = Wardrobe(package)
    slots = slots_of(posts, wardrobe, new_rows=change.count > 0)
    fillable = {slot.id: slot for slot in slots if slot.fillable}
    room = room_for(posts, change.count)
    return PostsPlan(
        package,
        change,
        language,
        posts,
        PostValues(package, Writer(posts.survey.prefix), language),
        wardrobe,
        slots,
        fillable,
        _writable(posts, updates, fillable),
        room,
        list(posts.references()),
    )


def _writable(
    posts: PostTable, updates: remarks.Updates, fillable: Mapping[str, Slot]
) -> remarks.Updates:
    """The values of updated rows that can be written: where a formula stands, it stays."""
    formulas = posts.survey.formulas
    found: dict[int, Mapping[str, Value]] = {}
    for row, values in updates.items():
        writable = values
        if formulas or not fillable.keys() >= values.keys():
            writable = {
                id: value
                for id, value in values.items()
                if id in fillable and (row, fillable[id].column) not in formulas
            }
        if writable:
            found[row] = writable
    return found
