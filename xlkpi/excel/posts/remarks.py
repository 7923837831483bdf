"""What an import says about cells that it could not fill, a filter that is set, and formulas that need a look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.excel.posts.cells import PostValues
from xlkpi.excel.posts.formulas import cells_named
from xlkpi.excel.posts.references import FormulaReference
from xlkpi.excel.posts.room import Room
from xlkpi.excel.posts.slots import Slot
from xlkpi.excel.posts.table import PostTable
from xlkpi.intake.posts import PostChanges, Value

Updates = Mapping[int, Mapping[str, Value]]

# -- formulas that stay --------------------------------------------------------------------------


def formulas_in_updated_rows(
    posts: PostTable, updates: Updates, fillable: Mapping[str, Slot]
) -> Iterator[Finding]:
    """Cells that hold a formula and for which an update has a value."""
    formulas = posts.survey.formulas
    for row, values in updates.items() if formulas else ():
        for id, value in values.items():
            if id in fillable and (row, fillable[id].column) in formulas:
                yield _formula_kept(posts, id, row, value)


def formulas_in_blank_rows(
    posts: PostTable, change: PostChanges, fillable: Mapping[str, Slot], room: Room
) -> Iterator[Finding]:
    """The same for rows that were blank but for a formula, and get a post."""
    for row, column in sorted(posts.survey.formulas):
        id = posts.ids[column]
        if row in room.rows and row <= posts.body_end and row != posts.total and id in fillable:
            value = change.added[id][row - room.first] if id in change.added else None
            if value is not None:
                yield _formula_kept(posts, id, row, value)


def _formula_kept(posts: PostTable, id: str, row: int, value: Value) -> Finding:
    return Finding(
        codes.FORMULA_KEPT,
        effect=Text("the imported value was not written", "la valeur importée n’a pas été écrite"),
        value="" if value is None else f"{value}",
        **posts.grid.cell(id, row),
    )


# -- values that do not fit ----------------------------------------------------------------------


def unfit_values(
    posts: PostTable,
    cells: PostValues,
    added: Mapping[str, Sequence[Value]],
    updates: Updates,
    fillable: Mapping[str, Slot],
    room: Room,
) -> Iterator[Finding]:
    """Texts that are cut and figures that no cell can hold, each with its cell."""
    for id, values in added.items():
        if id in fillable:
            for i, fault in cells.faults(values):
                yield _value_fault(posts, fault, id, room.first + i, values[i])
    for row, update in updates.items():
        for id, value in update.items():
            if not (type(value) is float and value - value == 0) and (fault := cells.fault(value)):
                yield _value_fault(posts, fault, id, row, value)


def _value_fault(posts: PostTable, fault: str, id: str, row: int, value: Value) -> Finding:
    if fault == "long":
        return Finding(
            codes.TEXT_CUT,
            value=f"{str(value)[:40]}…",
            **posts.grid.cell(id, row),
        )
    return Finding(
        codes.VALUE_FITS_NO_CELL,
        effect=Text("the cell stays empty", "la cellule reste vide"),
        value=f"{value}",
        **posts.grid.cell(id, row),
    )


# -- filters and formulas elsewhere --------------------------------------------------------------


def filter_set(posts: PostTable) -> Iterator[Finding]:
    filtered = posts.survey.tail if posts.table is None else posts.package.read(posts.table.part)
    if re.search(rb"<(?:\w+:)?filterColumn\b", filtered):
        yield Finding(
            codes.FILTER_ON_POSTS,
            sheet=posts.sheet.name,
        )


def own_formulas(posts: PostTable) -> Finding:
    """The user's own formulas get new values from Excel only."""
    return Finding(
        codes.OWN_FORMULAS_KEPT,
        sheet=posts.sheet.name,
    )


def fixed_ranges(
    posts: PostTable, elsewhere: Sequence[FormulaReference], room: Room
) -> Iterator[Finding]:
    """Formulas and charts that name rows of posts by address, and miss the new ones."""
    for reference in (*elsewhere, *posts.charted()):
        if _stops_short(posts, reference.text, room):
            yield _fixed_range(posts, reference)


def _stops_short(posts: PostTable, formula: str, room: Room) -> bool:
    """Whether a formula names rows of posts by address and ends before the new ones."""
    return any(
        bottom > top
        and bottom > posts.header
        and posts.last <= bottom < room.end
        and top <= posts.header + 1
        and left <= posts.right
        and right >= posts.left
        for top, left, bottom, right in cells_named(formula, posts.sheet.name)
    )


def _fixed_range(posts: PostTable, reference: FormulaReference) -> Finding:
    return Finding(
        codes.ADDRESS_STOPS_SHORT,
        effect=Text("the new posts are missing there", "les nouveaux posts y manquent"),
        fix=Text(
            "name the column instead, such as {name}[{header}]",
            "désignez plutôt la colonne, par exemple {name}[{header}]",
        ).format(name=posts.shown_name, header=next(iter(posts.grid.headers.values()))),
        sheet=reference.sheet,
        cell=reference.address,
        value=reference.text[:80],
    )
