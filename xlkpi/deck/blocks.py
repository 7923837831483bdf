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

from xlkpi.core import words
from xlkpi.core.variance import Status
from xlkpi.deck import look, measure
from xlkpi.deck.layouts import EMU, Box
from xlkpi.deck.slide import Slide, clean

#: Sizes of letters that are tried, the first that lets everything fit is taken; for a slide 7.5 inches high.
SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
#: Inside a cell: left and right, top and bottom, in points.
_SIDES, _ENDS = 5.0, 2.5
#: "No Style, No SlideTable": a built-in style of PowerPoint, so that lines and colours are the theme's and not Office's.
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
#: A chart lower than this share of the slide is hard to read: rows are left out first.
_LOW = 0.2
#: A word as long as this is an address or the like, and breaks where its column ends.
_UNBROKEN = 30
#: Letters of a table and of what stands beside it: larger ones only break its words.
_TABLE = 15.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``lead`` is the one that is read first."""

    text: str
    bold: bool = False
    lead: bool = False
    most: int = 6  # lines


@dataclass(frozen=True, slots=True)
class TableCell:
    text: str
    status: Status | None = None  # coloured by it; sign and word are in the text
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A table: ``widths`` are shares, ``right`` the columns that hold figures, ``hidden`` the rows already left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()
    hidden: int = 0
    most: int = 3  # lines of a cell
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart; ``least`` and ``most`` are the heights it needs and may grow to, as shares of the slide's."""

    draw: Callable[[Slide, Box], None]
    least: float = 0.25
    most: float = 0.62


SlideBlock = Sentence | SlideTable | Chart


def place(slide: Slide, box: Box, blocks: Sequence[SlideBlock | None]) -> None:
    """Draw from the top down: letters get smaller until everything fits, then tables lose rows and say how many."""
    chosen: list[SlideBlock] = [b for b in blocks if b is not None]
    gap = int(6 * slide.deck.scale * EMU)
    room = box.height - gap * max(len(chosen) - 1, 0)
    size = _fitting_size(chosen, slide, box, room)
    while _total(chosen, slide, box, size) > room and _shorten(chosen):
        pass
    charts = sum(isinstance(b, Chart) for b in chosen)
    spare = max(room - _total(chosen, slide, box, size), 0) // charts if charts else 0
    top = box.top
    for block in chosen:
        height = _height(block, slide, box, size)
        if isinstance(block, Chart):
            height = min(height + spare, int(block.most * slide.deck.height))
        _draw(slide, Box(box.left, top, box.width, height), block, size)
        top += height + gap


def _fitting_size(blocks: Sequence[SlideBlock], slide: Slide, box: Box, room: int) -> float:
    """The largest letters with which everything fits and no table breaks a word; else the smallest."""
    largest = _TABLE if any(isinstance(b, SlideTable) for b in blocks) else SIZES[0]
    scaled = [size * slide.deck.scale for size in SIZES if size <= largest]
    fitting = [s for s in scaled if _total(blocks, slide, box, s) <= room] or scaled[-1:]
    whole = (s for s in fitting if not any(_breaks(b, slide, box, s) for b in blocks))
    return next(whole, fitting[-1])


def under_lead(slide: Slide, text: str) -> Box:
    """Draw the sentence that is read first over the whole width; the room under it."""
    block, size = Sentence(text, lead=True, most=2), 15.0 * slide.deck.scale
    height = _height(block, slide, slide.area, size)
    _sentence(slide, Box(slide.area.left, slide.area.top, slide.area.width, height), block, size)
    return slide.area.below(height + int(10 * slide.deck.scale * EMU))


# -- fitting ---------------------------------------------------------------------------------------


def _total(blocks: Sequence[SlideBlock], slide: Slide, box: Box, size: float) -> int:
    return sum(_height(block, slide, box, size) for block in blocks)


def _height(block: SlideBlock, slide: Slide, box: Box, size: float) -> int:
    if isinstance(block, Chart):
        return int(block.least * slide.deck.height)
    if isinstance(block, Sentence):
        points = _say_size(block, size)
        needed = measure.lines(
            block.text, box.width / EMU - 4, points, slide.deck.font, block.bold or block.lead
        )
        count = min(needed, block.most)
        return int(count * points * measure.LEADING * EMU)
    rows = len(block.rows) + 1
    return sum(_row_height(block, i, slide, box, size) for i in range(rows)) + (
        _line(size) if block.hidden else 0
    )


def _line(size: float) -> int:
    return int((size * measure.LEADING + 2 * _ENDS) * EMU)


def _row_height(table: SlideTable, index: int, slide: Slide, box: Box, size: float) -> int:
    """Of a row, the header being 0."""
    most = 1
    for cell, width in zip(_cells(table, index), _points(table, slide, box, size), strict=True):
        most = max(
            most, min(measure.lines(cell.text, width, size, slide.deck.font, cell.bold), table.most)
        )
    return int((most * size * measure.LEADING + 2 * _ENDS) * EMU)


def _cells(table: SlideTable, index: int) -> list[TableCell]:
    """Of a row, the header being 0: bold where it shows so; a verdict's sign and words stay together."""
    if not index:
        return [TableCell(text, bold=True) for text in table.header]
    given = [
        cell if isinstance(cell, TableCell) else TableCell(cell) for cell in table.rows[index - 1]
    ]
    return [
        cell
        if cell.status is None
        else replace(cell, text=cell.text.replace(" ", "\u00a0"), bold=True)
        for cell in given
    ]


def _breaks(block: SlideBlock, slide: Slide, box: Box, size: float) -> bool:
    """Whether a table would break a figure, or a word, in two."""
    if not isinstance(block, SlideTable):
        return False
    for index in range(len(block.rows) + 1):
        for c, (cell, width) in enumerate(
            zip(_cells(block, index), _points(block, slide, box, size), strict=True)
        ):
            if any(
                len(w) < _UNBROKEN and measure.width(w, size, slide.deck.font, cell.bold) > width
                for w in _words(block, c, cell)
            ):
                return True
    return False


def _points(table: SlideTable, slide: Slide, box: Box, size: float) -> list[float]:
    """Room for text in each column."""
    return [width - 2 * _SIDES for width in _widths(table, box.width / EMU, size, slide.deck.font)]


@lru_cache(maxsize=256)
def _widths(table: SlideTable, room: float, size: float, factor: float) -> tuple[float, ...]:
    """Of the columns, in points: by their shares, and columns that would break a figure or a word take from the others."""
    widths = [room * share / sum(table.widths) for share in table.widths]
    needed = [0.0] * len(widths)
    for index in range(len(table.rows) + 1):
        for c, cell in enumerate(_cells(table, index)):
            words = [w for w in _words(table, c, cell) if len(w) < _UNBROKEN]
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


def _words(table: SlideTable, column: int, cell: TableCell) -> list[str]:
    """What must not break: a figure, or each word of a text."""
    return [cell.text] if column in table.right else cell.text.split(" ")


def _shorten(blocks: list[SlideBlock]) -> bool:
    """Make charts lower, take a row off the longest table, a line off the longest text; False: no more to take."""
    if _lower(blocks, _LOW):
        return True
    tables = [
        (len(b.rows), i, b)
        for i, b in enumerate(blocks)
        if isinstance(b, SlideTable) and len(b.rows) > 1
    ]
    if tables:
        _, i, table = max(tables, key=lambda t: t[0])
        blocks[i] = replace(table, rows=table.rows[:-1], hidden=table.hidden + 1)
        return True
    texts = [
        (b.most, i)
        for i, b in enumerate(blocks)
        if isinstance(b, Sentence | SlideTable) and b.most > 1
    ]
    if texts:
        most, i = max(texts)
        text = blocks[i]
        assert isinstance(text, Sentence | SlideTable)
        blocks[i] = replace(text, most=most - 1)
        return True
    return _lower(blocks, 0.1)


def _lower(blocks: list[SlideBlock], least: float) -> bool:
    charts = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Chart) and b.least > least]
    for i, chart in charts:
        blocks[i] = replace(chart, least=max(chart.least * 0.9, least))
    return bool(charts)


# -- drawing -----------------------------------------------------------------------------------------


def _draw(slide: Slide, box: Box, block: SlideBlock, size: float) -> None:
    if isinstance(block, Sentence):
        _sentence(slide, box, block, size)
    elif isinstance(block, SlideTable):
        _table(slide, box, block, size)
    else:
        block.draw(slide, box)


def _say_size(block: Sentence, size: float) -> float:
    return size * 1.15 if block.lead else size


def _sentence(slide: Slide, box: Box, block: Sentence, size: float) -> None:
    points = _say_size(block, size)
    shape = slide.raw.shapes.add_textbox(box.left, box.top, box.width, box.height)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    bold = block.bold or block.lead
    text = measure.clip(
        clean(block.text), block.most, box.width / EMU - 4, points, slide.deck.font, bold
    )
    for i, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size = line, Pt(points)
        slide.deck.paint(run.font)
        if bold:
            run.font.bold = True


def _table(slide: Slide, box: Box, given: SlideTable, size: float) -> None:
    count = len(given.rows) + 1 + bool(given.hidden)
    frame = slide.raw.shapes.add_table(count, len(given.header), *box.sides)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(given.alt)[:800])
    table = frame.table
    table._tbl.tblPr.find("{*}tableStyleId").text = _PLAIN_TABLE
    table.horz_banding = False
    room = _points(given, slide, box, size)
    for column, points in zip(table.columns, room, strict=True):
        column.width = int((points + 2 * _SIDES) * EMU)
    for r in range(len(given.rows) + 1):
        table.rows[r].height = _row_height(given, r, slide, box, size)
        for c, cell in enumerate(_cells(given, r)):
            text = measure.clip(
                _one_line(cell), given.most, room[c], size, slide.deck.font, cell.bold
            )
            _fill(slide, table.cell(r, c), replace(cell, text=text), size, r == 0, c in given.right)
    if given.hidden:
        _hidden_rows(slide, table, given, box, size)


def _one_line(cell: TableCell) -> str:
    return clean(cell.text).replace("\n", " ")


def _hidden_rows(slide: Slide, table: Any, given: SlideTable, box: Box, size: float) -> None:
    """The last row: how many rows were left out."""
    last, columns = len(table.rows) - 1, len(given.header)
    table.rows[last].height = _line(size)
    text = words.MORE.format(n=given.hidden).in_(slide.deck.language)
    text = measure.clip(text, given.most, box.width / EMU, size, slide.deck.font)
    for c in range(columns):
        _fill(slide, table.cell(last, c), TableCell(text if c == 0 else ""), size)
    if columns > 1:
        table.cell(last, 0).merge(table.cell(last, columns - 1))


def _fill(
    slide: Slide,
    cell: Any,
    given: TableCell,
    size: float,
    head: bool = False,
    right: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = int(_SIDES * EMU)
    cell.margin_top = cell.margin_bottom = int(_ENDS * EMU)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = given.text, Pt(size), given.bold
    slide.deck.paint(run.font)
    if given.status is not None:
        colours = look.ink(given.status, slide.deck.settings)
        cell.fill.solid()
        cell.fill.fore_color.rgb = look.rgb(colours.fill)
        run.font.color.rgb = look.rgb(colours.text)
    _underline(slide, cell, head)


def _underline(slide: Slide, cell: Any, head: bool) -> None:
    """A line under the cell: the theme's accent under the header, else a faint one."""
    line = parse_xml(f'<a:lnB {nsdecls("a")} w="{19050 if head else 6350}"/>')
    line.append(
        parse_xml(f'<a:solidFill {nsdecls("a")}><a:schemeClr val="accent1"/></a:solidFill>')
        if head
        else slide.deck.faint()
    )
    cell._tc.get_or_add_tcPr().insert(0, line)
