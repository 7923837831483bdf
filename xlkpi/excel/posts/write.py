"""Writes posts into the Posts sheet of a closed workbook: the table grows, formulas and looks follow, all else stays.

The sheet part is rewritten as it streams by, so that 100,000 rows need no more memory than a hundred.  New texts are
written inline rather than added to the shared strings: that part, which may be the largest of the book, then keeps its
bytes, the file does not get larger, and Excel moves them there itself at its next save.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from lxml import etree

from xlkpi.core.findings import Finding, Severity, refuse
from xlkpi.core.texts import Language, Text
from xlkpi.excel.posts import formulas as follow
from xlkpi.excel.posts.cells import (
    INPUTS,
    NAMES,
    Computing,
    PostCells,
    Wardrobe,
    as_input,
    differs,
    given_frame,
)
from xlkpi.excel.posts.held import existing
from xlkpi.excel.posts.table import PostTable
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.workbook.contract import Kind
from xlkpi.files.saving import backed_up
from xlkpi.intake.posts import Change, Value
from xlkpi.ooxml.cells import LAST_ROW, column_index, column_letters, split_range, unescape
from xlkpi.ooxml.package import Package, serialise
from xlkpi.ooxml.rows import (
    BLANK,
    Content,
    Editor,
    Edits,
    Result,
    RowMould,
    Tail,
    Target,
    Whole,
    Writer,
    cell_pattern,
    escaped,
    rewrite,
    stretch,
    stretch_dimension,
)
from xlkpi.ooxml.save import save

__all__ = ["Saved", "Written", "existing", "refresh_computed", "save_change", "write"]

#: Rows made at a time: large enough for NumPy, small enough to forget.
_CHUNK = 5_000
#: About how many bytes a new row adds to the sheet part: three formulas of ours and some thirty figures.
_ROW_BYTES = 2_600
_MAX_TOLD = 20
RowEdit = Callable[[int, str | None], str]  # row number and text (None: no such row) → its new text


class Written(NamedTuple):
    """What ``write`` did; ``left_out`` are ids of columns that the table lacks or computes itself."""

    updated: int
    added: int
    left_out: list[str]
    findings: tuple[Finding, ...] = ()


class Saved(NamedTuple):
    written: Written
    path: Path
    backup: Path | None


def save_change(
    source: Path,
    target: Path,
    change: Change,
    language: Language | None,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Saved:
    """Write a change into a workbook file; ``target`` may be ``source``, which then keeps a dated backup.

    A change that changes nothing leaves a workbook that is updated in place exactly as it is, without a backup.

    Args:
        language: of the words to write, such as formats; None for the workbook's own.

    Raises:
        Refused: the posts cannot be written into this workbook; nothing was written.
        NotWritten: the target cannot be written; what was there is untouched.
    """
    with Package(source) as package:
        package.progress = progress
        written = write(package, change, language or Workbook(package).edition)
        in_place = target.exists() and source.samefile(target)
        if in_place and not (written.updated or written.added):
            return Saved(written, target, None)
        with backed_up(target, now, in_place) as backup:
            save(package, target)
    return Saved(written, target, backup)


def write(package: Package, change: Change, language: Language) -> Written:
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
        return Written(0, 0, [])
    writing = _Writing(package, change, language)
    written = Written(
        len(writing.updates), writing.count, writing.left_out, tuple(writing.findings)
    )
    if written.updated or written.added:
        writing.apply()
    return written


def refresh_computed(package: Package) -> int:
    """Give the template's formulas of Posts (engagement rate, ROI, EMV) the values that our core computes.

    A file edited where the cell functions are not installed holds ``#NAME?`` or old figures in them.  Formulas that a
    user has changed are left alone; when nothing is stale the sheet keeps its bytes.

    Returns:
        The number of rows that got new values.
    """
    posts = PostTable(package)
    stale = _stale(posts)
    if not stale.rows:
        return 0
    editor = Editor(posts.survey.prefix)
    targets, contents = stale.targets(posts), stale.contents(stale.rows)

    def start() -> RowEdit:
        values = iter(contents)
        return lambda row, text: (
            editor.row(text, row, targets, next(values)) if text is not None else ""
        )

    name, edits = posts.name, Edits(stale.rows, start)
    package.rewrite(posts.sheet.part, lambda pieces: rewrite(pieces, edits, name))
    return len(stale.rows)


# -- values of our formulas ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Results:
    """Cached values for formulas of ours, by row, rows rising; None leaves a cell alone."""

    rows: list[int]
    values: dict[str, list[float | str | None]]

    def targets(self, posts: PostTable) -> list[Target]:
        return [
            Target(posts.grid.columns[id], column_letters(posts.grid.columns[id]))
            for id in self.values
        ]

    def contents(self, rows: Sequence[int]) -> list[tuple[Result, ...]]:
        """For each of these rows, one result a column."""
        places = [bisect_left(self.rows, row) for row in rows]
        known = [
            place < len(self.rows) and self.rows[place] == row
            for place, row in zip(places, rows, strict=True)
        ]
        columns = [
            [
                Result(values[place]) if there else Result(None)
                for place, there in zip(places, known, strict=True)
            ]
            for values in self.values.values()
        ]
        return list(zip(*columns, strict=True))


def _stale(posts: PostTable) -> _Results:
    """Rows whose formulas of ours hold another value than our core computes."""
    ours = {
        id: np.frombuffer(posts.survey.ours[id], dtype=np.uint8)
        for id in posts.computed
        if posts.survey.ours[id].count(1)
    }
    results = _Results([], {id: [] for id in ours})
    if not ours:
        return results
    computing = Computing(posts)
    for rows, frame, cells in computing.frames(tuple(ours)):
        values = computing.values(frame)
        wrong = {
            id: mine[rows].astype(bool) & differs(cells[id], values[id])
            for id, mine in ours.items()
        }
        for i in np.flatnonzero(np.logical_or.reduce(list(wrong.values()))).tolist():
            results.rows.append(int(rows[i]))
            for id in ours:
                results.values[id].append(values[id][i] if wrong[id][i] else None)
    return results


def _after_updates(
    posts: PostTable, updates: Mapping[int, Mapping[str, Value]], language: Language
) -> _Results:
    """Values of our formulas in rows that are updated."""
    ours = {
        id: posts.survey.ours[id]
        for id in posts.computed
        if any(posts.survey.ours[id][r] for r in updates)
    }
    results = _Results([], {id: [] for id in ours})
    if not ours:
        return results
    computing = Computing(posts)
    wanted = np.array(sorted(updates), dtype=np.int64)
    for rows, frame, _ in computing.frames():
        places = np.flatnonzero(np.isin(rows, wanted, assume_unique=True))
        if not len(places):
            continue
        frame, numbers = frame.iloc[places].reset_index(drop=True), rows[places].tolist()
        for id in (*INPUTS, *NAMES):
            new = [(i, updates[row][id]) for i, row in enumerate(numbers) if id in updates[row]]
            if new:
                values = frame[id].to_numpy(copy=True)
                values[[i for i, _ in new]] = as_input(id, [value for _, value in new], language)
                frame[id] = values
        computed = computing.values(frame)
        results.rows += numbers
        for id, mine in ours.items():
            results.values[id] += [
                v if mine[r] else None for r, v in zip(numbers, computed[id], strict=True)
            ]
    return results


# -- writing -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Slot(Target):
    """One column of the table, as new rows get it."""

    id: str = ""
    kind: Kind | None = None
    element: Callable[[int], str] | None = None  # the formula of a row
    fixed: bool = False  # it is the same in every row
    ours: bool = False  # our core computes its value


class _Writing:
    """Decides everything when it is made, and changes nothing before ``apply``."""

    def __init__(self, package: Package, change: Change, language: Language) -> None:
        self.package, self.change, self.language = package, change, language
        updates, added = change.updates, change.added
        self.posts = posts = PostTable(
            package, lambda row, id: id in added or (row in updates and id in updates[row])
        )
        self.count = change.count
        self.findings: list[Finding] = []
        self.editor = Editor(posts.survey.prefix)
        self.writer = Writer(posts.survey.prefix)
        self.cells = PostCells(package, self.writer, language)
        self.wardrobe = Wardrobe(package)
        self.slots = self._slots()
        self.fillable = {
            s.id: s
            for s in self.slots
            if s.id and s.element is None and s.kind is not Kind.COMPUTED
        }
        self.left_out = self._left_out()
        self.updates = {
            row: kept for row, values in updates.items() if (kept := self._kept(row, values))
        }
        self.first, self.end, self.moved, self.lowest = (
            posts.last + 1,
            posts.last + self.count,
            0,
            0,
        )
        if self.count:
            self._make_room()
        self._tell_values()
        if self.count or self.updates:
            self.results = _after_updates(posts, self.updates, language)
            self._tell_formulas()

    def _slots(self) -> list[_Slot]:
        posts, following = self.posts, self.posts.following()
        slots = []
        for index in posts.columns:
            id = posts.ids.get(index, "")
            slot = _Slot(
                index, column_letters(index), posts.style(index), None, id, posts.kinds.get(id)
            )
            formula = following.get(index)
            if formula is not None:
                slot.element = formula.element(posts.survey.prefix, slot.letters)
                slot.fixed, slot.ours = formula.fixed, formula.ours
                slot.style += formula.metadata
            elif slot.kind is not None:
                slot.dress = self.wardrobe.for_kind(slot.kind)
                slot.style = slot.dress(slot.style) if slot.dress and self.count else slot.style
            slots.append(slot)
        return slots

    def _left_out(self) -> list[str]:
        """Ids with a value for which the table has no column, or one that it computes."""
        given = {
            id for id, values in self.change.added.items() if any(v is not None for v in values)
        }
        given.update(
            id
            for values in self.change.updates.values()
            for id, v in values.items()
            if v is not None
        )
        return sorted(given - self.fillable.keys())

    def _kept(self, row: int, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The values of an updated row that can be written: where a formula stands, it stays."""
        formulas = self.posts.survey.kept
        if not formulas and self.fillable.keys() >= values.keys():
            return values
        kept: dict[str, Value] = {}
        for id, value in values.items():
            slot = self.fillable.get(id)
            if slot is not None and (row, slot.column) in formulas:
                self._tell(_formula_kept(self.posts, id, row, value))
            elif slot is not None:
                kept[id] = value
        return kept

    def _tell(self, finding: Finding) -> None:
        if sum(f.code == finding.code for f in self.findings) < _MAX_TOLD:
            self.findings.append(finding)

    # -- room ----------------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Where the new rows go, and by how much the total moves down.

        Raises:
            Refused: there is no room.
        """
        posts = self.posts
        if posts.total is not None:
            self.moved = max(0, self.end + 1 - posts.total)
        self.lowest = max(self.end, (posts.total or 0) + self.moved)
        if self.lowest > LAST_ROW:
            raise refuse(
                "XK350",
                Text(
                    "{n} new post{n:|s} {n:does|do} not fit below row {last}: a sheet has 1,048,576 rows",
                    "{n} {n:nouveau post ne tient|nouveaux posts ne tiennent} pas sous la ligne {last} : une feuille "
                    "a 1 048 576 lignes",
                ).format(n=self.count, last=posts.last),
                Text(
                    "start a new workbook for them, or delete posts of past campaigns",
                    "ouvrez un nouveau classeur pour eux, ou supprimez des posts de campagnes passées",
                ),
                sheet=posts.sheet.name,
            )
        if posts.table is not None and self.lowest > posts.bottom:
            self._require_free_rows()
        if self.moved:
            self._require_no_reference_to_total()
        self._tell_filter()
        for row, column in sorted(posts.survey.kept):  # of rows that were blank but for a formula
            id = posts.ids[column]
            if (
                self.first <= row <= min(self.end, posts.body_end)
                and row != posts.total
                and id in self.fillable
            ):
                value = self.change.added[id][row - self.first] if id in self.change.added else None
                if value is not None:
                    self._tell(_formula_kept(posts, id, row, value))

    def _require_free_rows(self) -> None:
        """The rows below the table must be free in its columns."""
        hit = self.posts.survey.below
        if hit is None or hit[0] > self.lowest:
            hit = self._something_merged() or self._another_table()
        if hit is not None:
            raise refuse(
                "XK351",
                Text(
                    "something stands below the table, where {n} row{n: is|s are} needed",
                    "quelque chose se trouve sous le tableau, où il faut {n} ligne{n:|s}",
                ).format(n=self.lowest - self.posts.bottom),
                Text(
                    "move it to another sheet or to the right of the table; if it is posts, drag the table’s lower right "
                    "corner over them; then import again",
                    "déplacez-le sur une autre feuille ou à droite du tableau ; si ce sont des posts, étirez le coin "
                    "inférieur droit du tableau jusqu’à eux ; puis réimportez",
                ),
                sheet=self.posts.sheet.name,
                cell=f"{column_letters(hit[1])}{hit[0]}",
            )

    def _in_the_way(self, ref: str) -> tuple[int, int] | None:
        """Where a range meets the rows that are needed."""
        posts = self.posts
        try:
            top, left, bottom, right = split_range(ref)
        except ValueError:
            return None
        free = (
            bottom <= posts.bottom or top > self.lowest or right < posts.left or left > posts.right
        )
        return None if free else (max(top, posts.bottom + 1), left)

    def _something_merged(self) -> tuple[int, int] | None:
        refs = re.findall(
            rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([^"']*)""", self.posts.survey.tail
        )
        return next((hit for ref in refs if (hit := self._in_the_way(ref.decode()))), None)

    def _another_table(self) -> tuple[int, int] | None:
        others = [
            t
            for t in self.package.tables
            if t.sheet == self.posts.sheet and t is not self.posts.table
        ]
        return next((hit for table in others if (hit := self._in_the_way(table.ref))), None)

    def _require_no_reference_to_total(self) -> None:
        """A formula that names the totals row by address would point at a post after the move."""
        posts, total = self.posts, self.posts.total
        assert total is not None
        for sheet, cell, text in posts.references(own_sheet=True):
            mine = sheet == posts.sheet.name
            if mine and cell and cell[0] == total and cell[1] in posts.columns:
                continue
            for top, left, bottom, right in follow.cells_named(
                text, None if mine else posts.sheet.name
            ):
                if (
                    top <= total <= bottom < LAST_ROW
                    and left <= posts.right
                    and right >= posts.left
                ):
                    raise refuse(
                        "XK354",
                        Text(
                            "this formula names the totals row of Posts, which has to move down",
                            "cette formule désigne la ligne de total de Posts, qui doit descendre",
                        ),
                        Text(
                            "remove the total (Table Design > Total Row), import, and put it back; or write "
                            "SUM({name}[…]) instead of an address",
                            "retirez le total (Création de tableau > Ligne Total), importez, puis remettez-le ; ou écrivez "
                            "SOMME({name}[…]) plutôt qu’une adresse",
                        ).format(name=posts.shown_name),
                        sheet=sheet,
                        cell=f"{column_letters(cell[1])}{cell[0]}" if cell else "",
                        value=f"={text}"[:80],
                    )

    # -- what is told --------------------------------------------------------------------------

    def _tell_values(self) -> None:
        """Texts that are cut and figures that no cell can hold, each with its cell."""
        for id, values in self.change.added.items():
            if id in self.fillable:
                for i, fault in self.cells.faults(values):
                    self._tell(_value_fault(self.posts, fault, id, self.first + i, values[i]))
        for row, kept in self.updates.items():
            for id, value in kept.items():
                if not (type(value) is float and value - value == 0) and (
                    fault := self.cells.fault(value)
                ):
                    self._tell(_value_fault(self.posts, fault, id, row, value))

    def _tell_formulas(self) -> None:
        """Formulas of the user's get new values from Excel only; those that name fixed rows miss the new posts."""
        elsewhere = list(self.posts.references())
        self.recalculate = bool(elsewhere) or self.posts.survey.others
        if self.recalculate:
            self.findings.append(
                Finding(
                    "XK357",
                    Severity.INFO,
                    Text(
                        "formulas of your own were kept; Excel computes them when it opens the file",
                        "vos propres formules ont été conservées ; Excel les calcule à l’ouverture du fichier",
                    ),
                    sheet=self.posts.sheet.name,
                )
            )
        if not self.count:
            return
        fixed = [(sheet, cell, text) for sheet, cell, text in elsewhere if self._stops_short(text)]
        fixed += [("", None, text) for text in self.posts.charted() if self._stops_short(text)]
        for sheet, cell, text in fixed:
            self._tell(_fixed_range(self.posts, sheet, cell, text))

    def _stops_short(self, formula: str) -> bool:
        """Whether a formula names rows of posts by address and ends before the new ones."""
        posts = self.posts
        return any(
            bottom > top
            and bottom > posts.header
            and posts.last <= bottom < self.end
            and top <= posts.header + 1
            and left <= posts.right
            and right >= posts.left
            for top, left, bottom, right in follow.cells_named(formula, posts.sheet.name)
        )

    def _tell_filter(self) -> None:
        posts = self.posts
        filtered = posts.survey.tail if posts.table is None else self.package.read(posts.table.part)
        if re.search(rb"<(?:\w+:)?filterColumn\b", filtered):
            self._tell(
                Finding(
                    "XK355",
                    Severity.INFO,
                    Text(
                        "a filter is set on Posts; the new rows are shown whatever it says",
                        "un filtre est actif sur Posts ; les nouvelles lignes sont affichées quoi qu’il dise",
                    ),
                    fix=Text(
                        "in Excel choose Data > Reapply",
                        "dans Excel, choisissez Données > Réappliquer",
                    ),
                    sheet=posts.sheet.name,
                )
            )

    # -- rows ----------------------------------------------------------------------------------

    def apply(self) -> None:
        """Put the edits into the package."""
        self.wardrobe.save()
        wanted: Sequence[int] = sorted(self.updates)
        if self.count:
            new = [*range(self.first, self.end + 1), *([self.lowest] if self.moved else [])]
            wanted = sorted({*wanted, *new}) if wanted else new
        around = (self._head, self._tail) if self.count else (None, None)
        edits, name = Edits(wanted, self._row_editor, *around), self.posts.name
        self.package.rewrite(
            self.posts.sheet.part,
            lambda pieces: rewrite(pieces, edits, name),
            self.count * _ROW_BYTES,
        )
        if self.count:
            self._grow_table()
            if any(slot.element for slot in self.slots) or self.moved:
                self.package.drop_calculation_chain()
        if self.recalculate:
            _calculate_on_opening(self.package)
        self.package.forget()

    def _row_editor(self) -> RowEdit:
        """Gives the new text of one wanted row after the other."""
        posts, editor = self.posts, self.editor
        new, updated = self._new_rows(), self._updated_rows()
        mould = RowMould(
            posts.survey.prefix, posts.row_look, [(s.letters, s.style) for s in self.slots]
        )
        target = self.lowest if self.moved else None  # of the total

        def edit(row: int, text: str | None) -> str:
            if self.first <= row <= self.end:
                tails, values = next(new)
                return mould(row, tails) if text is None else self._filled(row, text, tails, values)
            if row == target:
                contents: Sequence[Content] = self._moved_total()
                return (
                    editor.new(row, posts.row_look, self.slots, contents)
                    if text is None
                    else editor.row(text, row, self.slots, contents)
                )
            targets, contents = next(updated)
            return (
                editor.new(row, "", targets, contents)
                if text is None
                else editor.row(text, row, targets, contents)
            )

        return edit

    def _updated_rows(self) -> Iterator[tuple[Sequence[Target], Sequence[Content]]]:
        """What to write into the updated rows, one after the other; rows with the same columns are made together."""
        rows, updates = sorted(self.updates), self.updates
        computed = self.results.targets(self.posts)
        for start in range(0, len(rows), _CHUNK):
            for ids, alike in groupby(
                rows[start : start + _CHUNK], lambda row: tuple(updates[row])
            ):
                group = list(alike)
                slots = [self.fillable[id] for id in ids]
                columns: list[Sequence[Content]] = [
                    self.cells.tails(s.id, s.kind, [updates[row][s.id] for row in group])  # type: ignore[arg-type]
                    for s in slots
                ]
                columns += zip(*self.results.contents(group), strict=True)
                targets: list[Target] = [*slots, *computed]
                order = sorted(range(len(targets)), key=lambda i: targets[i].column)
                targets = [targets[i] for i in order]
                for contents in zip(*(columns[i] for i in order), strict=True):
                    yield targets, contents

    def _new_rows(self) -> Iterator[tuple[tuple[Tail, ...], tuple[float | str | None, ...]]]:
        """Contents of the new rows, one after the other, and the values of their formulas."""
        computing = Computing(self.posts) if any(s.ours for s in self.slots) else None
        for start in range(0, self.count, _CHUNK):
            stop = min(start + _CHUNK, self.count)
            part = {
                id: values[start:stop]
                for id, values in self.change.added.items()
                if id in self.fillable
            }
            results = (
                computing.values(given_frame(part, stop - start, self.language))
                if computing
                else {}
            )
            rows = range(self.first + start, self.first + stop)
            columns: list[Sequence[Tail]] = []
            values: list[Sequence[float | str | None]] = []
            for slot in self.slots:
                if slot.element is not None:
                    said: Sequence[float | str | None] = (
                        results[slot.id] if slot.ours else [None] * len(rows)
                    )
                    columns.append(
                        self.writer.same_formula(slot.element(0), said)
                        if slot.fixed
                        else [
                            self.writer.formula(slot.element(row), value)
                            for row, value in zip(rows, said, strict=True)
                        ]
                    )
                    values.append(said)
                elif slot.id in part and slot.kind is not None:
                    columns.append(self.cells.tails(slot.id, slot.kind, part[slot.id]))
                else:
                    columns.append([BLANK] * len(rows))
            results_by_row = zip(*values, strict=True) if values else iter([()] * len(rows))
            yield from zip(zip(*columns, strict=True), results_by_row, strict=True)

    def _filled(
        self, row: int, text: str, tails: tuple[Tail, ...], values: tuple[float | str | None, ...]
    ) -> str:
        """A new post in a row that is there: a blank one of the table, or one with cells beside the table."""
        ready = (
            row <= self.posts.body_end and row != self.posts.total and self.posts.table is not None
        )
        targets: list[Target] = []
        contents: list[Content] = []
        computed = iter(values)
        for slot, tail in zip(self.slots, tails, strict=True):
            value = next(computed) if slot.element is not None else None
            if ready and slot.element is None and slot.id not in self.fillable:
                continue  # the user's column, whatever its blank cell looks like
            content: Content = Whole(slot.style + tail)
            if ready:
                content = tail if slot.element is None else Result(value, tail)
            targets.append(slot)
            contents.append(content)
        return self.editor.row(text, row, targets, contents, show=True)

    def _moved_total(self) -> list[Content]:
        """The cells of the totals row in their new place; its formulas reach the new rows."""
        p, total = self.posts.survey.prefix, self.posts.total
        cells = {column_index(m[1]): m for m in cell_pattern(p).finditer(self.posts.total_text)}
        own = re.compile(rf"(?<=[A-Z]){total}(?!\d)")
        contents: list[Content] = []
        for slot in self.slots:
            found, text = cells.get(slot.column), "/>"
            if found is not None:
                inside = re.sub(
                    rf"(<{p}f\b[^>]*>)([^<]*)(</{p}f>)", self._moved_formula, found[3] or ""
                )
                inside = re.sub(
                    rf'(<{p}f\b[^>]*?\bref=")([^"]*)',
                    lambda m: m[1] + own.sub(str(self.lowest), m[2]),
                    inside,
                )
                text = f"{found[2]}>{inside}</{p}c>" if inside else f"{found[2]}/>"
            contents.append(Whole(text))
        return contents

    def _moved_formula(self, match: re.Match[str]) -> str:
        try:
            moved = follow.own_row_moved(
                unescape(match[2]), self.posts.total or 0, self.moved, self.posts.last
            )
        except ValueError:
            return match[0]
        return match[1] + escaped(moved) + match[3]

    # -- around the rows -----------------------------------------------------------------------

    def _longer(self, ref: str) -> str:
        """A range that covers the table's last row for posts, stretched over the new ones."""
        posts, total = self.posts, self.posts.total
        try:
            top, left, bottom, right = split_range(ref)
        except ValueError:
            return ref
        if right < posts.left or left > posts.right:
            return ref
        if self.moved and top == bottom == total:
            return _ref(top + self.moved, left, bottom + self.moved, right)
        one_cell = top == bottom and posts.data_end > posts.header + 1
        if one_cell or not top <= posts.data_end <= bottom:
            return ref
        wanted = (
            total + self.moved
            if total is not None and bottom >= total
            else max(self.end, posts.data_end)
        )
        return _ref(top, left, wanted, right) if bottom < wanted else ref

    def _tail(self, tail: bytes) -> bytes:
        return stretch(tail, self._longer)

    def _head(self, head: bytes) -> bytes:
        posts = self.posts

        def larger(ref: str) -> str:
            try:
                top, left, bottom, right = split_range(ref)
            except ValueError:
                return ref
            return _ref(
                min(top, posts.header),
                min(left, posts.left),
                max(bottom, self.lowest),
                max(right, posts.right),
            )

        return stretch_dimension(head, larger)

    def _grow_table(self) -> None:
        """The table's range, its filter's and its sort's."""
        posts = self.posts
        grown = self.lowest - posts.bottom
        if posts.table is None or grown <= 0:
            return
        root = self.package.tree(posts.table.part)
        root.set("ref", _ref(posts.header, posts.left, self.lowest, posts.right))
        for element in root.iter("{*}autoFilter", "{*}sortState", "{*}sortCondition"):
            try:
                top, left, bottom, right = split_range(element.get("ref", ""))
            except ValueError:
                continue
            if bottom == posts.body_end:
                element.set("ref", _ref(top, left, bottom + grown, right))
        self.package.changed[posts.table.part] = serialise(root)


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


def _calculate_on_opening(package: Package) -> None:
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


# -- findings ------------------------------------------------------------------------------------------


def _formula_kept(posts: PostTable, id: str, row: int, value: Value) -> Finding:
    return Finding(
        "XK353",
        Severity.EXCLUDED,
        Text(
            "this cell holds a formula, which was kept; the imported value was not written",
            "cette cellule contient une formule, qui a été conservée ; la valeur importée n’a pas été écrite",
        ),
        fix=Text(
            "delete the formula and import again if you want the platform’s figure",
            "supprimez la formule puis réimportez pour obtenir le chiffre de la plateforme",
        ),
        value="" if value is None else f"{value}",
        **posts.grid.cell(id, row),
    )


def _value_fault(posts: PostTable, fault: str, id: str, row: int, value: Value) -> Finding:
    if fault == "long":
        return Finding(
            "XK356",
            Severity.WARNING,
            Text(
                "Excel holds 32,767 characters in a cell; this text was cut there",
                "Excel accepte 32 767 caractères par cellule ; ce texte a été coupé",
            ),
            value=f"{str(value)[:40]}…",
            **posts.grid.cell(id, row),
        )
    return Finding(
        "XK359",
        Severity.EXCLUDED,
        Text("no cell can hold this value", "aucune cellule ne peut contenir cette valeur"),
        Text("the cell stays empty", "la cellule reste vide"),
        Text("correct it in the export, or type it", "corrigez-la dans l’export, ou saisissez-la"),
        value=f"{value}",
        **posts.grid.cell(id, row),
    )


def _fixed_range(posts: PostTable, sheet: str, cell: tuple[int, int] | None, text: str) -> Finding:
    return Finding(
        "XK358",
        Severity.WARNING,
        Text(
            "this formula or chart names rows of Posts by address and stops before the new ones",
            "cette formule ou ce graphique désigne des lignes de Posts par adresse et s’arrête avant les nouvelles",
        ),
        Text("the new posts are missing there", "les nouveaux posts y manquent"),
        Text(
            "name the column instead, such as {name}[{header}]",
            "désignez plutôt la colonne, par exemple {name}[{header}]",
        ).format(name=posts.shown_name, header=next(iter(posts.grid.headers.values()))),
        sheet=sheet,
        cell=f"{column_letters(cell[1])}{cell[0]}" if cell else "",
        value=text[:80],
    )
