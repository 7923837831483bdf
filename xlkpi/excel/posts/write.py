"""Writes posts into the Posts sheet of a closed workbook: the table grows, formulas and looks follow, all else stays.

The sheet part is rewritten as it streams by, so that 100,000 rows need no more memory than a hundred.  New texts are
written inline rather than added to the shared strings: that part, which may be the largest of the book, then keeps its
bytes, the file does not get larger, and Excel moves them there itself at its next save.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from xlkpi.core.findings import Finding
from xlkpi.core.texts import Language
from xlkpi.excel.posts.plan import PostsPlan, plan_posts
from xlkpi.excel.posts.rows import RowTexts
from xlkpi.excel.posts.stretching import Stretching, calculate_on_opening
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.workbook.foreign import signature
from xlkpi.files.saving import backed_up
from xlkpi.files.seen import SeenFile
from xlkpi.intake.posts import PostChanges
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.rows import Edits, rewrite
from xlkpi.ooxml.save import save

#: About how many bytes a new row adds to the sheet part: three formulas of ours and some thirty figures.
_ROW_BYTES = 2_600


class WrittenPosts(NamedTuple):
    """What ``write`` did; ``left_out`` are ids of columns that the table lacks or computes itself."""

    updated: int
    added: int
    left_out: list[str]
    findings: tuple[Finding, ...] = ()


class SavedPosts(NamedTuple):
    written: WrittenPosts
    path: Path
    backup: Path | None


def save_change(
    source: Path,
    target: Path,
    change: PostChanges,
    language: Language | None,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    seen: SeenFile | None = None,
) -> SavedPosts:
    """Write a change into a workbook file; ``target`` may be ``source``, which then keeps a dated backup.

    A change that changes nothing leaves a workbook that is updated in place exactly as it is, without a backup.

    Args:
        language: of the words to write, such as formats; None for the workbook's own.
        seen: the target as it was when the change was planned; where it is another one by now, it stays.

    Raises:
        Refused: the posts cannot be written into this workbook; nothing was written.
        NotWritten: the target cannot be written; what was there is untouched.
    """
    with Package(source) as package:
        package.progress = progress
        written = write(package, change, language or Workbook(package).edition)
        in_place = target.exists() and source.samefile(target)
        if in_place and not (written.updated or written.added):
            return SavedPosts(written, target, None)
        with backed_up(target, now, in_place) as backup:
            save(package, target, seen)
    return SavedPosts(written, target, backup)


def write(package: Package, change: PostChanges, language: Language) -> WrittenPosts:
    """Put a change into the Posts sheet of ``package``; ``ooxml.save`` then writes the file.

    Blank rows at the end of the table are filled before it grows.  Validations, conditional formats, cell styles and
    formulas follow; a totals row moves down.  A cell that holds a formula is never written over.  The change must not
    be altered before the file is written.

    Args:
        language: of the words for formats and for yes and no.

    Raises:
        Refused: there is no table of posts, it has no header row, something stands in its way, or the sheet is full.
    """
    if change.is_empty:
        return WrittenPosts(0, 0, [])
    plan = plan_posts(package, change, language)
    findings = (*plan.findings(), *(signature(package) if plan.writes else ()))
    written = WrittenPosts(len(plan.updates), plan.room.count, plan.left_out, findings)
    if plan.writes:
        _apply(plan)
    return written


def _apply(plan: PostsPlan) -> None:
    """Put the edits into the package."""
    package, posts, room = plan.package, plan.posts, plan.room
    rows, stretching = RowTexts(plan), Stretching(posts, room)
    around = (stretching.head, stretching.tail) if room.count else (None, None)
    edits, name = Edits(rows.wanted, rows.start, *around), posts.name
    package.rewrite(
        posts.sheet.part, lambda pieces: rewrite(pieces, edits, name), room.count * _ROW_BYTES
    )
    package.crc(
        posts.sheet.part
    )  # the rows are made, and looks found for the cells that stand there
    plan.wardrobe.save()
    if room.count:
        stretching.grow_table(package)
        if room.moved or any(slot.element for slot in plan.slots):
            package.drop_calculation_chain()
    if plan.recalculates:
        calculate_on_opening(package)
    package.forget()
