"""What covers the last post covers the new ones too: the table, its filter, validations, formats, the used range."""

from __future__ import annotations

from lxml import etree

from xlkpi.excel.posts.room import Room
from xlkpi.excel.posts.table import PostTable
from xlkpi.ooxml.cells import column_letters, split_range
from xlkpi.ooxml.package import Package, serialise
from xlkpi.ooxml.ranges import stretch, stretch_dimension


class Stretching:
    """Ranges of the sheet and of the table, stretched over the rows of new posts."""

    def __init__(self, posts: PostTable, room: Room) -> None:
        self._posts, self._room = posts, room

    def tail(self, tail: bytes) -> bytes:
        """The part of the sheet after its rows."""
        return stretch(tail, self._longer)

    def head(self, head: bytes) -> bytes:
        """The part of the sheet before its rows."""
        return stretch_dimension(head, self._larger)

    def _longer(self, ref: str) -> str:
        """A range that covers the table's last row for posts, stretched over the new ones."""
        posts, room, total = self._posts, self._room, self._posts.total
        try:
            top, left, bottom, right = split_range(ref)
        except ValueError:
            return ref
        if right < posts.left or left > posts.right:
            return ref
        if room.moved and top == bottom == total:
            return _ref(top + room.moved, left, bottom + room.moved, right)
        one_cell = top == bottom and posts.data_end > posts.header + 1
        if one_cell or not top <= posts.data_end <= bottom:
            return ref
        wanted = (
            total + room.moved
            if total is not None and bottom >= total
            else max(room.end, posts.data_end)
        )
        return _ref(top, left, wanted, right) if bottom < wanted else ref

    def _larger(self, ref: str) -> str:
        """The used range, with the table in it."""
        posts = self._posts
        try:
            top, left, bottom, right = split_range(ref)
        except ValueError:
            return ref
        return _ref(
            min(top, posts.header),
            min(left, posts.left),
            max(bottom, self._room.lowest),
            max(right, posts.right),
        )

    def grow_table(self, package: Package) -> None:
        """The table's range, its filter's and its sort's."""
        posts, lowest = self._posts, self._room.lowest
        grown = lowest - posts.bottom
        if posts.table is None or grown <= 0:
            return
        root = package.tree(posts.table.part)
        root.set("ref", _ref(posts.header, posts.left, lowest, posts.right))
        for element in root.iter("{*}autoFilter", "{*}sortState", "{*}sortCondition"):
            try:
                top, left, bottom, right = split_range(element.get("ref", ""))
            except ValueError:
                continue
            if bottom == posts.body_end:
                element.set("ref", _ref(top, left, bottom + grown, right))
        package.changed[posts.table.part] = serialise(root)


def _ref(top: int, left: int, bottom: int, right: int) -> str:
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


_BEFORE_CALCULATION = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)


def calculate_on_opening(package: Package) -> None:
    """Ask Excel to compute every formula once when it opens the file."""
    root = package.tree(package.workbook_part)
    found = root.find("{*}calcPr")
    if found is None:
        last = [
            e
            for e in root
            if isinstance(e.tag, str) and etree.QName(e).localname in _BEFORE_CALCULATION
        ][-1]
        found = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        last.addnext(found)
    if found.get("fullCalcOnLoad") not in ("1", "true"):
        found.set("fullCalcOnLoad", "1")
        package.changed[package.workbook_part] = serialise(root)
