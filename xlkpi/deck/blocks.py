"""What stands in a column of a slide: sentences, tables and charts, sized so that all of it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck import look, measure
from xlkpi.deck.page import EMU, Box, Page, clean

#: Sizes of letters that are tried, the first that lets everything fit is taken; for a slide 7.5 inches high.
SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
#: Inside a cell: left and right, top and bottom, in points.
_SIDES, _ENDS = 5.0, 2.5
#: "No Style, No Grid": a built-in style of PowerPoint, so that lines and colours are the theme's and not Office's.
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
#: A chart lower than this share of the slide is hard to read: rows are left out first.
_LOW = 0.2
#: A word as long as this is an address or the like, and breaks where its column ends.
_UNBROKEN = 30
#: Letters of a table and of what stands beside it: larger ones only break its words.
_TABLE = 15.0
_MORE = Text("… and {n} more", "… et {n} de plus")


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence; ``lead`` is the one that is read first."""

    text: str
    bold: bool = False
    lead: bool = False
    most: int = 6  # lines


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    status: Status | None = None  # coloured by it; sign and word are in the text
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``widths`` are shares, ``right`` the columns that hold figures, ``hidden`` the rows already left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    hidden: int = 0
    most: int = 3  # lines of a cell
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart; ``least`` and ``most`` are the heights it needs and may grow to, as shares of the slide's."""

    draw: Callable[[Page, Box], None]
    least: float = 0.25
    most: float = 0.62


Block = Say | Grid | Chart


def place(page: Page, box: Box, blocks: Sequence[Block | None]) -> None:
    """Draw from the top down: letters get smaller until everything fits, then tables lose rows and say how many."""
    chosen: list[Block] = [b for b in blocks if b is not None]
    gap = int(6 * page.deck.scale * EMU)
    room = box.height - gap * max(len(chosen) - 1, 0)
    largest = _TABLE if any(isinstance(b, Grid) for b in chosen) else SIZES[0]
    scaled = [size * page.deck.scale for size in SIZES if size <= largest]
    fitting = [s for s in scaled if _total(chosen, page, box, s) <= room] or scaled[-1:]
    size = next(
        (s for s in fitting if not any(_breaks(b, page, box, s) for b in chosen)), fitting[-1]
    )
    while _total(chosen, page, box, size) > room and _shorten(chosen):
        pass
    charts = sum(isinstance(b, Chart) for b in chosen)
    spare = max(room - _total(chosen, page, box, size), 0) // charts if charts else 0
    top = box.top
    for block in chosen:
        height = _height(block, page, box, size)
        if isinstance(block, Chart):
            height = min(height + spare, int(block.most * page.deck.height))
        own = Box(box.left, top, box.width, height)
        if isinstance(block, Say):
            _say(page, own, block, size)
        elif isinstance(block, Grid):
            _grid(page, own, block, size)
        else:
            block.draw(page, own)
        top += height + gap


def under_lead(page: Page, text: str) -> Box:
    """Draw the sentence that is read first over the whole width; the room under it."""
    block, size = Say(text, lead=True, most=2), 15.0 * page.deck.scale
    height = _height(block, page, page.area, size)
    _say(page, Box(page.area.left, page.area.top, page.area.width, height), block, size)
    return page.area.below(height + int(10 * page.deck.scale * EMU))


# -- fitting ---------------------------------------------------------------------------------------


def _total(blocks: Sequence[Block], page: Page, box: Box, size: float) -> int:
    return sum(_height(block, page, box, size) for block in blocks)


def _height(block: Block, page: Page, box: Box, size: float) -> int:
    if isinstance(block, Chart):
        return int(block.least * page.deck.height)
    if isinstance(block, Say):
        points = _say_size(block, size)
        needed = measure.lines(
            block.text, box.width / EMU - 4, points, page.deck.font, block.bold or block.lead
        )
        count = min(needed, block.most)
        return int(count * points * measure.LEADING * EMU)
    rows = len(block.rows) + 1
    return sum(_row_height(block, i, page, box, size) for i in range(rows)) + (
        _line(size) if block.hidden else 0
    )


def _line(size: float) -> int:
    return int((size * measure.LEADING + 2 * _ENDS) * EMU)


def _row_height(grid: Grid, index: int, page: Page, box: Box, size: float) -> int:
    """Of a row, the header being 0."""
    most = 1
    for cell, width in zip(_cells(grid, index), _points(grid, page, box, size), strict=True):
        most = max(
            most, min(measure.lines(cell.text, width, size, page.deck.font, cell.bold), grid.most)
        )
    return int((most * size * measure.LEADING + 2 * _ENDS) * EMU)


def _cells(grid: Grid, index: int) -> list[Cell]:
    """Of a row, the header being 0: bold where it shows so; a verdict's sign and words stay together."""
    if not index:
        return [Cell(text, bold=True) for text in grid.header]
    given = [cell if isinstance(cell, Cell) else Cell(cell) for cell in grid.rows[index - 1]]
    return [
        cell
        if cell.status is None
        else replace(cell, text=cell.text.replace(" ", "\u00a0"), bold=True)
        for cell in given
    ]


def _breaks(block: Block, page: Page, box: Box, size: float) -> bool:
    """Whether a table would break a figure, or a word, in two."""
    if not isinstance(block, Grid):
        return False
    for index in range(len(block.rows) + 1):
        for c, (cell, width) in enumerate(
            zip(_cells(block, index), _points(block, page, box, size), strict=True)
        ):
            if any(
                len(w) < _UNBROKEN and measure.width(w, size, page.deck.font, cell.bold) > width
                for w in _words(block, c, cell)
            ):
                return True
    return False


def _points(grid: Grid, page: Page, box: Box, size: float) -> list[float]:
    """Room for text in each column."""
    return [width - 2 * _SIDES for width in _widths(grid, box.width / EMU, size, page.deck.font)]


@lru_cache(maxsize=256)
def _widths(grid: Grid, room: float, size: float, factor: float) -> tuple[float, ...]:
    """Of the columns, in points: by their shares, and columns that would break a figure or a word take from the others."""
    widths = [room * share / sum(grid.widths) for share in grid.widths]
    needed = [0.0] * len(widths)
    for index in range(len(grid.rows) + 1):
        for c, cell in enumerate(_cells(grid, index)):
            words = [w for w in _words(grid, c, cell) if len(w) < _UNBROKEN]
            widest = max((measure.width(w, size, factor, cell.bold) for w in words), default=0.0)
            needed[c] = max(needed[c], widest + 2 * _SIDES + 1)
    wanting = [max(n - w, 0.0) for n, w in zip(needed, widths, strict=True)]
    spare = [max(w - n, 0.0) for n, w in zip(needed, widths, strict=True)]
    moved = min(sum(wanting), sum(spare))
    if not moved:
        return tuple(widths)
    return tuple(
        w + moved * (up / sum(wanting) - down / sum(spare))
        for w, up, down in zip(widths, wanting, spare, strict=True)
    )


def _words(grid: Grid, column: int, cell: Cell) -> list[str]:
    """What must not break: a figure, or each word of a text."""
    return [cell.text] if column in grid.right else cell.text.split(" ")


def _shorten(blocks: list[Block]) -> bool:
    """Make charts lower, take a row off the longest table, a line off the longest text; False: no more to take."""
    if _lower(blocks, _LOW):
        return True
    tables = [
        (len(b.rows), i, b) for i, b in enumerate(blocks) if isinstance(b, Grid) and len(b.rows) > 1
    ]
    if tables:
        _, i, table = max(tables, key=lambda t: t[0])
        blocks[i] = replace(table, rows=table.rows[:-1], hidden=table.hidden + 1)
        return True
    texts = [(b.most, i) for i, b in enumerate(blocks) if isinstance(b, Say | Grid) and b.most > 1]
    if texts:
        most, i = max(texts)
        text = blocks[i]
        assert isinstance(text, Say | Grid)
        blocks[i] = replace(text, most=most - 1)
        return True
    return _lower(blocks, 0.1)


def _lower(blocks: list[Block], least: float) -> bool:
    charts = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Chart) and b.least > least]
    for i, chart in charts:
        blocks[i] = replace(chart, least=max(chart.least * 0.9, least))
    return bool(charts)


# -- drawing -----------------------------------------------------------------------------------------


def _say_size(block: Say, size: float) -> float:
    return size * 1.15 if block.lead else size


def _say(page: Page, box: Box, block: Say, size: float) -> None:
    points = _say_size(block, size)
    shape = page.slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    bold = block.bold or block.lead
    text = measure.clip(
        clean(block.text), block.most, box.width / EMU - 4, points, page.deck.font, bold
    )
    for i, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size = line, Pt(points)
        page.deck.paint(run.font)
        if bold:
            run.font.bold = True


def _grid(page: Page, box: Box, grid: Grid, size: float) -> None:
    count = len(grid.rows) + 1 + bool(grid.hidden)
    frame = page.slide.shapes.add_table(
        count, len(grid.header), box.left, box.top, box.width, box.height
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(grid.alt)[:800])
    table = frame.table
    table._tbl.tblPr.find("{*}tableStyleId").text = _PLAIN_TABLE
    table.horz_banding = False
    room = _points(grid, page, box, size)
    for column, points in zip(table.columns, room, strict=True):
        column.width = int((points + 2 * _SIDES) * EMU)
    for r in range(len(grid.rows) + 1):
        table.rows[r].height = _row_height(grid, r, page, box, size)
        for c, cell in enumerate(_cells(grid, r)):
            _fill(
                page,
                table.cell(r, c),
                cell,
                size,
                room[c],
                grid,
                head=r == 0,
                right=c in grid.right,
            )
    if grid.hidden:
        table.rows[count - 1].height = _line(size)
        said = _MORE.format(n=grid.hidden).in_(page.deck.language)
        for c in range(len(grid.header)):
            _fill(
                page,
                table.cell(count - 1, c),
                Cell(said if c == 0 else ""),
                size,
                box.width / EMU,
                grid,
            )
        if len(grid.header) > 1:
            table.cell(count - 1, 0).merge(table.cell(count - 1, len(grid.header) - 1))


def _fill(
    page: Page,
    cell: Any,
    given: Cell,
    size: float,
    width: float,
    grid: Grid,
    head: bool = False,
    right: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = int(_SIDES * EMU)
    cell.margin_top = cell.margin_bottom = int(_ENDS * EMU)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = measure.clip(
        clean(given.text).replace("\n", " "), grid.most, width, size, page.deck.font, given.bold
    )
    run.font.size, run.font.bold = Pt(size), given.bold
    page.deck.paint(run.font)
    if given.status is not None:
        colours = look.ink(given.status, page.deck.settings)
        cell.fill.solid()
        cell.fill.fore_color.rgb = look.rgb(colours.fill)
        run.font.color.rgb = look.rgb(colours.text)
    _underline(page, cell, head)


def _underline(page: Page, cell: Any, head: bool) -> None:
    """A line under the cell: the theme's accent under the header, else a faint one."""
    line = parse_xml(f'<a:lnB {nsdecls("a")} w="{19050 if head else 6350}"/>')
    line.append(
        parse_xml(f'<a:solidFill {nsdecls("a")}><a:schemeClr val="accent1"/></a:solidFill>')
        if head
        else page.deck.faint()
    )
    cell._tc.get_or_add_tcPr().insert(0, line)
