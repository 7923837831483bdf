"""The live door: reads the tables of the workbook that is open in Excel and fills its report in place.

Everything is read and computed first; then the blocks are written in one go.  When a write fails, those
before it are taken back.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.assemble.build import build
from xlkpi.core.findings import Finding, NotWritten, Refused, refuse
from xlkpi.core.insight.actions import Action
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.jobs import pdf
from xlkpi.excel.jobs.report import Request, with_actions
from xlkpi.excel.live import book as openbook
from xlkpi.excel.live.book import OpenCells, numbered
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report.checks import check_links, checks
from xlkpi.excel.report.comments import Comments, actions_among, comments_among, with_comments
from xlkpi.excel.report.fill import block_cells
from xlkpi.excel.report.parts import Fill
from xlkpi.excel.report.render import render
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.blocks import (
    Block,
    absolute,
    blocks_among,
    printed_sheets,
    table_ends,
    top_left,
)
from xlkpi.excel.workbook.layout import GROWING, PAGE, PAGE_WITH_MORE, PREFIXES
from xlkpi.files.saving import backup
from xlkpi.ooxml.cells import CellError, split_range
from xlkpi.ooxml.sheet import SheetTexts, storable

Content = str | float | None
#: Excel refuses an array that holds a longer text than this; such a cell is written by itself.
_ARRAY_TEXT = 8_000


class Status:
    """What the status bar says while a button works: what, how far, and for how long already."""

    EVERY = 0.3  # seconds between two updates: each one costs a trip to Excel

    def __init__(self, app: xw.App, language: Language) -> None:
        self.app, self.language = app, language
        self.started, self.shown = time.monotonic(), 0.0

    def say(self, doing: Text) -> None:
        now = time.monotonic()
        if now - self.shown >= self.EVERY:
            self.shown = now
            with contextlib.suppress(Exception):  # no report fails for its progress
                self.app.status_bar = (
                    f"xlkpi: {doing.in_(self.language)} ({now - self.started:.0f} s)"
                )

    def reading(self, done: int, total: int) -> None:
        figures = {"done": f"{done:,}", "total": f"{total:,}"}
        french = {name: text.replace(",", "\u202f") for name, text in figures.items()}
        self.say(
            Text(
                "reading posts… {done} of {total}".format(**figures),
                "lecture des posts… {done} sur {total}".format(**french),
            )
        )

    def give_back(self) -> None:
        with contextlib.suppress(Exception):
            self.app.status_bar = False


@contextlib.contextmanager
def meanwhile(app: xw.App, **wanted: object) -> Iterator[None]:
    """Properties of the application for as long as the block runs; each is put back as it was, whatever happens."""
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with contextlib.suppress(Exception):
                setattr(app, name, value)


@dataclass(frozen=True, slots=True)
class Change:
    """One write, and how it is taken back."""

    block: str
    sheet: str
    make: Callable[[], None]
    undo: Callable[[], None]


class OpenCampaign:
    """One look at an open campaign workbook: its report, and the blocks to fill."""

    def __init__(self, book: xw.Book, status: Status) -> None:
        self.book, self.status = book, status
        self.cells = OpenCells(book, status.reading)
        self.source = Workbook(self.cells)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        names = {}
        for entry in self.book.names:
            name = entry.name
            if name.startswith(PREFIXES):
                with contextlib.suppress(Exception):  # a name that points nowhere any more
                    names[name] = (entry.refers_to or "").removeprefix("=")
        return blocks_among(names, self.cells.sheets)

    @property
    def is_campaign(self) -> bool:
        return any(
            self.source.grid(spec) is not None for spec in (contract.OBJECTIVES, contract.POSTS)
        )

    def has(self, block: str) -> bool:
        return block in self.blocks

    # -- reading -------------------------------------------------------------------------------

    def report(self, request: Request, today: date, scope: str = "") -> tuple[Report, Language]:
        """The report of the workbook as it stands, with the comments it holds.

        Args:
            scope: ``this`` campaign or ``all`` of them, whatever the settings say; empty for the settings.

        Raises:
            Refused: as the file door.
        """
        self.status.say(Text("reading the workbook…", "lecture du classeur…"))
        if scope == "all":
            self.source.override(scope="all", campaign="")
        elif scope == "this":
            self.source.override(scope="campaign")
        report = build(self.source, today, request.campaign, request.period)
        if scope == "this" and not report.settings.campaign and len(report.campaigns) > 1:
            raise refuse(
                codes.CAMPAIGN_NOT_CHOSEN,
                fix=Text(
                    "choose one under “Campaign” in Settings: {names}; or report on all campaigns",
                    "choisissez-en une sous « Campagne » dans Paramètres : {names} ; ou demandez toutes les campagnes",
                ).format(names=", ".join(report.campaigns)),
            )
        language = request.language or self.source.language
        return with_actions(
            with_comments(report, self.comments), self.actions, today, language
        ), language

    @cached_property
    def comments(self) -> Comments:
        sheets = {b.sheet.part for name, b in self.blocks.items() if name.startswith("report_")}
        return comments_among(
            self.blocks,
            {name: SheetTexts(dict(numbered(self.cells.whole(name)))) for name in sheets},
        )

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        block = self.blocks.get("actions_list")
        if block is None:
            return ()
        cells = SheetTexts(dict(numbered(self.cells.whole(block.sheet.name))))
        return actions_among(block, cells, self.cells.tables, self.cells.date1904)

    # -- filling -------------------------------------------------------------------------------

    def fill(self, report: Report, language: Language) -> None:
        """Write every sheet that the report fills.

        Raises:
            NotWritten: Excel refused; the sheets are as they were.
        """
        self._write(
            render(
                with_comments(report, self.comments), language, self.comments, self.cells.date1904
            )
        )

    def fill_checks(self, report: Report, language: Language) -> None:
        self._write(Fill(checks(report, language), {}, False, check_links(report)))

    def _write(self, fill: Fill) -> None:
        plan = _Plan(self, fill)
        changes = plan.changes()
        if changes:
            self.make(changes, plan.stands_as_before)

    def make(
        self, changes: Sequence[Change], stands_as_before: Callable[[], bool] = lambda: False
    ) -> None:
        """Make the changes one after the other; when Excel refuses one, those before it are taken back.

        Raises:
            NotWritten: Excel refused; the sheets are as they were.
        """
        quiet = meanwhile(self.book.app, screen_updating=False, calculation="manual")
        with quiet, contextlib.ExitStack() as stack:
            for name in dict.fromkeys(change.sheet for change in changes):
                stack.enter_context(openbook.unprotected(self.cells.sheet(name)))
            made: list[Change] = []
            try:
                for change in changes:
                    self.status.say(
                        Text("writing {name}…", "écriture de {name}…").format(name=change.sheet)
                    )
                    made.append(change)
                    change.make()
            except Exception as error:
                stuck = [change for change in reversed(made) if not _undone(change)]
                if stuck == made[-1:] and stands_as_before():
                    stuck = []  # what refuses the write refuses to be put back too, and nothing was written
                raise _not_filled(error, made[-1], stuck) from error


def _undone(change: Change) -> bool:
    try:
        change.undo()
    except Exception:
        return False
    return True


def why(error: BaseException) -> str:
    """What the application says about an error, in its own words: Excel's stand in the third part of a COM error."""
    told = [
        text
        for part in error.args
        for text in (part if isinstance(part, tuple) else (part,))
        if isinstance(text, str)
    ]
    return max(told, key=len)[:200] if told else type(error).__name__


def _not_filled(error: Exception, change: Change, stuck: Sequence[Change]) -> NotWritten:
    reason = Text(
        "Excel refused to write {block} ({why})", "Excel a refusé d’écrire {block} ({why})"
    ).format(block=change.block, why=why(error))
    if stuck:
        return NotWritten(
            Finding(
                codes.REPORT_PARTLY_FILLED,
                reason,
                Text(
                    "part of the report could not be put back: {names}",
                    "une partie du rapport n’a pu être rétablie : {names}",
                ).format(names=", ".join(dict.fromkeys(change.block for change in stuck))),
                sheet=change.sheet,
            )
        )
    return NotWritten(
        Finding(
            codes.REPORT_NOT_FILLED,
            reason,
            Text("the report is as it was before", "le rapport est tel qu’il était"),
            sheet=change.sheet,
        )
    )


# -- what a fill changes -------------------------------------------------------------------------


class _Plan:
    """Compares a fill with what stands in the book: the writes that are needed, each with what it replaces."""

    def __init__(self, campaign: OpenCampaign, fill: Fill) -> None:
        self.cells, self.blocks = campaign.cells, campaign.blocks
        self.pages = {
            b.sheet.name: campaign.cells.whole(b.sheet.name) for b in self.blocks.values()
        }
        self.fill, self.ends = fill, table_ends(campaign.cells.tables)
        self._wanted: dict[str, dict[tuple[int, int], Content]] = {}
        self._formulas: dict[str, Sequence[Sequence[object]]] = {}

    def changes(self) -> list[Change]:
        here = {name: rows for name, rows in self.fill.blocks.items() if name in self.blocks}
        found: list[Change] = []
        for name, rows in here.items():
            block = self.blocks[name]
            last = self._last(block, len(rows)) if name in GROWING else block.bottom
            cells = list(block_cells(block, rows, last))
            values = self._values(name, block, last, cells)
            unlink, link = self._links(name, block, last, bool(values))
            found += [*self._table(name, block, len(rows)), *unlink, *values, *link]
            found += self._formats(
                name, block, {(r, c): code for r, c, _, code in cells if code is not None}
            )
        for name, count in self.fill.hidden.items():
            if name in self.blocks:
                found += self._hidden(name, self.blocks[name], count)
        if found and "report_kpis" in here:
            found += self._page(self.blocks["report_kpis"])
        return [*found, *map(self._verification, self._wanted)]

    def stands_as_before(self) -> bool:
        """Whether every cell of the plan holds what it held when the plan was made."""
        try:
            return all(
                found == self._at(sheet, *at)
                for sheet in self._wanted
                for at, found in self._read(sheet).items()
            )
        except Exception:
            return False

    def _last(self, block: Block, rows: int) -> int:
        return max(
            block.top + rows - 1, self._last_filled(block), self.ends.get(top_left(block), 0)
        )

    def _last_filled(self, block: Block) -> int:
        """Where a growing block ended until now: the last row before a blank one."""
        page, row = self.pages[block.sheet.name], block.top
        while row < len(page) and any(
            value is not None for value in page[row][block.left : block.right + 1]
        ):
            row += 1
        return row

    # -- values --------------------------------------------------------------------------------

    def _values(
        self,
        name: str,
        block: Block,
        last: int,
        cells: Sequence[tuple[int, int, Content, str | None]],
    ) -> list[Change]:
        new = {(r, c): _stored(value) for r, c, value, _ in cells}
        old = {at: self._at(block.sheet.name, *at) for at in new}
        formulas = {
            at: text for at in new if (text := self._formula(block.sheet.name, *at, old[at]))
        }
        if new == old and not formulas:
            return []
        sheet = self.cells.sheet(block.sheet.name)
        self._wanted.setdefault(sheet.name, {}).update(new)
        after = {at: typed(value) for at, value in new.items()}
        before = {at: formulas.get(at) or typed(value) for at, value in old.items()}
        return [
            Change(
                name,
                sheet.name,
                lambda: _put(sheet, block, last, after),
                lambda: _put(sheet, block, last, before),
            )
        ]

    def _at(self, sheet: str, row: int, column: int) -> object:
        page = self.pages[sheet]
        return page[row - 1][column] if row <= len(page) and column < len(page[row - 1]) else None

    def _formula(self, sheet: str, row: int, column: int, value: object) -> str:
        """The formula in a cell; a text that merely looks like one is none."""
        if sheet not in self._formulas:
            bottom, right = self.cells.extent(sheet)
            read = self.cells.sheet(sheet).range((1, 1), (bottom, right)).formula
            self._formulas[sheet] = read if isinstance(read, (tuple, list)) else ((read,),)
        page = self._formulas[sheet]
        text = page[row - 1][column] if row <= len(page) and column < len(page[row - 1]) else ""
        return text if isinstance(text, str) and text.startswith("=") and text != value else ""

    def _verification(self, sheet: str) -> Change:
        """Read back what was written: figures to the last digit, texts still texts, blanks blank.

        A text that Excel turned into a date, or a figure that it rounded, would be a wrong report.
        """

        def verify() -> None:
            read = self._read(sheet)
            for at, value in self._wanted[sheet].items():
                if not isinstance(read[at], str) if isinstance(value, str) else read[at] != value:
                    raise ValueError(f"{value!r} became {read[at]!r} in row {at[0]}")

        return Change(sheet, sheet, verify, lambda: None)

    def _read(self, sheet: str) -> dict[tuple[int, int], object]:
        """What stands now in the cells of the plan, asked for in one call."""
        wanted = self._wanted[sheet]
        page = self.cells.read(
            sheet, 1, 1, max(row for row, _ in wanted), max(column for _, column in wanted) + 1
        )
        return {(row, column): page[row - 1][column] for row, column in wanted}

    # -- links ---------------------------------------------------------------------------------

    def _links(
        self, name: str, block: Block, last: int, values_change: bool
    ) -> tuple[list[Change], list[Change]]:
        """What to do about a block's links before its values are written, and after: never at the same time as them."""
        if name not in self.fill.links or last <= block.top or not openbook.has_links():
            return [], []
        sheet = self.cells.sheet(block.sheet.name)
        area = sheet.range((block.top + 1, block.left + 1), (last, block.right + 1))
        sheets = {part.name for part in self.cells.sheets}
        wanted = {
            (block.top + row, block.left + column + 1): ("", link.location)
            for (row, column), link in self.fill.links[name].items()
            if link.sheet in sheets
        }
        before = openbook.links_in(area)
        if before == wanted and (not values_change or not wanted):
            return [], []
        corners = _corners({**before, **wanted})
        looks = openbook.looks_of(sheet.range(*corners))
        ((_, model),) = openbook.looks_of(sheet.range((block.top + 1, corners[0][1])))
        clear = partial(openbook.clear_links, area)

        def back() -> None:
            clear()
            openbook.add_links(area, before)
            openbook.put_looks(looks)

        def link() -> None:
            openbook.add_links(area, wanted)
            openbook.put_looks(
                [(sheet.range(*_corners(wanted)), model)]
            )  # new rows look like the first

        def unlink() -> None:
            clear()
            openbook.put_looks(looks)

        return (
            [Change(name, sheet.name, clear, back)] if before else [],
            [Change(name, sheet.name, link, unlink)] if wanted else [],
        )

    # -- number formats, hidden rows, table, page --------------------------------------------------

    def _formats(
        self, name: str, block: Block, codes: Mapping[tuple[int, int], str]
    ) -> list[Change]:
        sheet = self.cells.sheet(block.sheet.name)
        found = []
        for top, left, bottom, right, code in rectangles(codes):
            area = sheet.range((top, left + 1), (bottom, right + 1))
            before = area.number_format
            if before == code:
                continue
            olds = (
                [(area, before)]
                if isinstance(before, str)
                else [(cell, cell.number_format) for cell in area]
            )
            found.append(
                Change(
                    name,
                    sheet.name,
                    _set(area, "number_format", code),
                    _set_all(olds, "number_format"),
                )
            )
        return found

    def _hidden(self, name: str, block: Block, count: int) -> list[Change]:
        sheet = self.cells.sheet(block.sheet.name)
        found = []
        first = block.bottom - count + 1
        for top, bottom, hide in ((block.top + 1, first - 1, False), (first, block.bottom, True)):
            if top > bottom:
                continue
            rows = sheet.range((top, 1), (bottom, 1)).rows
            if (before := rows.hidden) == hide:
                continue
            each = [sheet.range((row, 1)).rows for row in range(top, bottom + 1)]
            olds = [(rows, before)] if before is not None else [(row, row.hidden) for row in each]
            found.append(
                Change(name, sheet.name, _set(rows, "hidden", hide), _set_all(olds, "hidden"))
            )
        return found

    def _table(self, name: str, block: Block, rows: int) -> list[Change]:
        """The table of a growing block ends where its rows end."""
        for part in self.cells.tables if name in GROWING else ():
            top, left, bottom, right = split_range(part.ref)
            if part.sheet.name != block.sheet.name or (top, left) != (block.top, block.left):
                continue
            sheet = self.cells.sheet(part.sheet.name)
            resize = sheet.tables[part.name].resize
            after, before = (
                partial(resize, sheet.range((top, left + 1), (last, right + 1)))
                for last in (top + max(rows - 1, 1), bottom)
            )
            if bottom != top + max(rows - 1, 1):
                return [Change(name, sheet.name, after, before)]
        return []

    def _page(self, block: Block) -> list[Change]:
        """The print area holds the second block of KPIs when it is used; one that a user set is theirs."""
        sheet = self.cells.sheet(block.sheet.name)
        pages = {absolute(PAGE): 1, absolute(PAGE_WITH_MORE): 2}
        wanted = absolute(PAGE_WITH_MORE if self.fill.second_page else PAGE)
        try:
            before = sheet.page_setup.print_area
        except Exception:  # Excel knows no page where no printer is installed
            return []
        if before not in pages or before == wanted:
            return []

        def turn(area: str) -> None:
            sheet.page_setup.print_area = area
            openbook.set_pages_tall(sheet, pages[area])

        return [Change("Print_Area", sheet.name, lambda: turn(wanted), lambda: turn(before))]


def _corners(cells: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    rows, columns = zip(*cells, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))


def _set(target: object, attribute: str, value: object) -> Callable[[], None]:
    return lambda: setattr(target, attribute, value)


def _set_all(olds: Sequence[tuple[object, object]], attribute: str) -> Callable[[], None]:
    def put_back() -> None:
        for target, value in olds:
            setattr(target, attribute, value)

    return put_back


def rectangles(codes: Mapping[tuple[int, int], str]) -> list[tuple[int, int, int, int, str]]:
    """Cells of one number format that stand together, as (top, left, bottom, right, code): one call each.

    >>> rectangles({(1, 1): "0", (1, 2): "0", (2, 1): "0", (2, 2): "0", (3, 1): "0%"})
    [(1, 1, 2, 2, '0'), (3, 1, 3, 1, '0%')]
    """
    runs: list[tuple[int, int, int, str]] = []  # row, first and last column, code
    for (row, column), code in sorted(codes.items()):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1 and runs[-1][3] == code:
            runs[-1] = (row, runs[-1][1], column, code)
        else:
            runs.append((row, column, column, code))
    found = []
    for (left, right, code), group in groupby(
        sorted(runs, key=lambda run: (run[1:], run[0])), key=lambda run: run[1:]
    ):
        rows = [row for row, *_ in group]
        starts = [row for row in rows if row - 1 not in rows]
        ends = [row for row in rows if row + 1 not in rows]
        found += [
            (top, left, bottom, right, code) for top, bottom in zip(starts, ends, strict=True)
        ]
    return sorted(found)


def _stored(value: Content) -> Content:
    """What a cell will hold of a value: blank for an empty text and for an unknown figure."""
    if isinstance(value, str):
        return storable(value) or None
    return None if value is None or value != value else float(value)


def typed(value: object) -> str | float | bool:
    """What is assigned so that the cell holds ``value``.

    Excel reads an assigned text as if it were typed: “Mar 2026” would become a date, “-5” a number, “=…” a formula.
    The apostrophe says that it is a text; it is no part of it.
    """
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    return f"'{value}" if isinstance(value, str) else value  # type: ignore[return-value]


def _put(
    sheet: xw.Sheet, block: Block, last: int, values: Mapping[tuple[int, int], object]
) -> None:
    """Assign a block in one call; ``values`` are as typed."""
    long = {
        at: text for at, text in values.items() if isinstance(text, str) and len(text) > _ARRAY_TEXT
    }
    rows = tuple(
        tuple("" if (r, c) in long else values[r, c] for c in range(block.left, block.right + 1))
        for r in range(block.top, last + 1)
    )
    sheet.range((block.top, block.left + 1), (last, block.right + 1)).raw_value = rows
    for (r, c), text in long.items():
        sheet.range((r, c + 1)).raw_value = text


# -- the other buttons -----------------------------------------------------------------------------


def refuse_code_sheets(book: xw.Book) -> None:
    """Books with sheets that xlwings would take settings or Python code from are not touched.

    Raises:
        Refused: there is such a sheet.
    """
    names = [
        sheet.name for sheet in book.sheets if sheet.name.casefold().endswith((".conf", ".py"))
    ]
    if names:
        raise Refused(
            *(
                Finding(
                    codes.SETTINGS_SHEET,
                    effect=Text(
                        "nothing was read and nothing was run", "rien n’a été lu ni exécuté"
                    ),
                    sheet=name,
                )
                for name in names
            )
        )


def export_pdf(book: xw.Book, target: Path, status: Status, now: datetime) -> Path | None:
    """Write the report, all its pages, as a PDF, and return the dated copy of what stood there.

    A PDF of ours that nobody has changed is replaced without a copy.

    Raises:
        NotWritten: there is no report, or Excel could not write the file; a dated copy then stays beside it.
    """
    status.say(Text("writing the PDF…", "écriture du PDF…"))
    blocks = OpenCampaign(book, status).blocks
    if "report_kpis" not in blocks:
        raise NotWritten(
            Finding(
                codes.NO_REPORT_YET,
                sheet=book.name,
            )
        )
    if openbook.has_fixed_structure(book):
        raise NotWritten(
            Finding(
                codes.WORKBOOK_PROTECTED,
                sheet=book.name,
            )
        )
    try:
        if not target.parent.is_dir():
            raise FileNotFoundError(target.parent)
        saved = backup(target, now) if os.path.lexists(target) and not pdf.is_ours(target) else None
        with meanwhile(book.app, screen_updating=False):
            book.to_pdf(target, include=[sheet.name for sheet in printed_sheets(blocks)])
        pdf.sign(target)
    except NotWritten:
        raise
    except Exception as error:
        raise NotWritten(
            Finding(
                codes.NOT_WRITTEN,
                Text(
                    "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
                ).format(why=why(error)),
                fix=Text(
                    "close it in your PDF reader and check your rights, or choose another folder",
                    "fermez-le dans votre lecteur PDF et vérifiez vos droits, ou choisissez un autre dossier",
                ),
                sheet=target.name,
            )
        ) from error
    return saved
