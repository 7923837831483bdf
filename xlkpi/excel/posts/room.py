"""Where new posts go: below the last one, in blank rows of the table first; what stands in their way is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Text
from xlkpi.excel.posts.formulas import cells_named
from xlkpi.excel.posts.table import PostTable
from xlkpi.ooxml.cells import LAST_ROW, column_letters, split_range


@dataclass(frozen=True, slots=True)
class Room:
    """Rows of the sheet for the new posts; none where there are no new ones."""

    first: int  # of the new posts
    end: int  # the last of them
    moved: int = 0  # by how many rows the total moves down
    lowest: int = 0  # the last row that the table needs, its total included

    @property
    def count(self) -> int:
        return self.end + 1 - self.first

    @property
    def rows(self) -> range:
        return range(self.first, self.end + 1)


def room_for(posts: PostTable, count: int) -> Room:
    """Where ``count`` new posts go, and by how much the total moves down.

    Raises:
        Refused: there is no room.
    """
    first, end = posts.last + 1, posts.last + count
    if not count:
        return Room(first, end)
    moved = max(0, end + 1 - posts.total) if posts.total is not None else 0
    room = Room(first, end, moved, max(end, (posts.total or 0) + moved))
    _require_rows(posts, room)
    if posts.table is not None and room.lowest > posts.bottom:
        _require_free_rows(posts, room)
    if moved:
        _require_no_reference_to_total(posts)
    return room


def _require_rows(posts: PostTable, room: Room) -> None:
    """A sheet has only so many rows."""
    if room.lowest > LAST_ROW:
        raise refuse(
            codes.NO_ROOM_FOR_POSTS,
            Text(
                "{n} new post{n:|s} {n:does|do} not fit below row {last}: a sheet has 1,048,576 rows",
                "{n} {n:nouveau post ne tient|nouveaux posts ne tiennent} pas sous la ligne {last} : une feuille "
                "a 1 048 576 lignes",
            ).format(n=room.count, last=posts.last),
            sheet=posts.sheet.name,
        )


# -- rows below the table ------------------------------------------------------------------------


def _require_free_rows(posts: PostTable, room: Room) -> None:
    """The rows below the table must be free in its columns."""
    hit = posts.survey.below
    if hit is None or hit[0] > room.lowest:
        hit = next(_in_the_way(posts, room), None)
    if hit is not None:
        raise refuse(
            codes.SOMETHING_BELOW_POSTS,
            Text(
                "something stands below the table, where {n} row{n: is|s are} needed",
                "quelque chose se trouve sous le tableau, où il faut {n} ligne{n:|s}",
            ).format(n=room.lowest - posts.bottom),
            Text(
                "move it to another sheet or to the right of the table; if it is posts, drag the table’s lower right "
                "corner over them; then import again",
                "déplacez-le sur une autre feuille ou à droite du tableau ; si ce sont des posts, étirez le coin "
                "inférieur droit du tableau jusqu’à eux ; puis réimportez",
            ),
            sheet=posts.sheet.name,
            cell=f"{column_letters(hit[1])}{hit[0]}",
        )


def _in_the_way(posts: PostTable, room: Room) -> Iterator[tuple[int, int]]:
    """Where merged cells and other tables meet the rows that are needed: row and column."""
    merged = re.findall(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([^"']*)""", posts.survey.tail)
    tables = [
        table.ref
        for table in posts.package.tables
        if table.sheet == posts.sheet and table is not posts.table
    ]
    for ref in (*(ref.decode() for ref in merged), *tables):
        try:
            top, left, bottom, right = split_range(ref)
        except ValueError:
            continue
        beside = right < posts.left or left > posts.right
        if not beside and bottom > posts.bottom and top <= room.lowest:
            yield max(top, posts.bottom + 1), left


# -- a total that moves --------------------------------------------------------------------------


def _require_no_reference_to_total(posts: PostTable) -> None:
    """A formula that names the totals row by address would point at a post after the move."""
    for reference in posts.references(own_sheet=True):
        mine, cell = reference.sheet == posts.sheet.name, reference.cell
        if mine and cell and cell[0] == posts.total and cell[1] in posts.columns:
            continue
        if _names_total(posts, reference.text, None if mine else posts.sheet.name):
            raise refuse(
                codes.TOTALS_ROW_NAMED,
                fix=Text(
                    "remove the total (Table Design > Total Row), import, and put it back; or write "
                    "SUM({name}[…]) instead of an address",
                    "retirez le total (Création de tableau > Ligne Total), importez, puis remettez-le ; ou écrivez "
                    "SOMME({name}[…]) plutôt qu’une adresse",
                ).format(name=posts.shown_name),
                sheet=reference.sheet,
                cell=reference.address,
                value=f"={reference.text}"[:80],
            )


def _names_total(posts: PostTable, formula: str, sheet: str | None) -> bool:
    total = posts.total
    assert total is not None
    return any(
        top <= total <= bottom < LAST_ROW and left <= posts.right and right >= posts.left
        for top, left, bottom, right in cells_named(formula, sheet)
    )
