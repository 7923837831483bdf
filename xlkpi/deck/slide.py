"""The slides of a deck: title, the room below it, footer and speaker notes, in the layouts of a template."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from xlkpi.core.campaign import Settings
from xlkpi.core.texts import Language, cut, visible
from xlkpi.deck import layouts, measure
from xlkpi.deck.layouts import BODIES, EMU, TITLE_SIZE, TITLES, UPPER, Box, box_of, placeholder
from xlkpi.ooxml.sheet import storable

#: Height of the slide for which sizes are given: 7.5 inches, as PowerPoint's own.
_USUAL_HEIGHT = 6_858_000
#: A footer stands on one line.
_FOOTER = 70
#: Letters of a cover's lines, and how far those of a title may shrink; for a slide 7.5 inches high.
_COVER_SIZES, _SMALLEST_TITLE = (20, 18, 16, 14, 12, 11, 10), 12


def clean(text: str) -> str:
    """A text that a slide can hold: no control characters, nothing that XML forbids."""
    return storable(visible(text)).replace("\t", " ")


class Deck:
    """A presentation that is being made, and what is known of its template."""

    def __init__(
        self, presentation: Any, language: Language, settings: Settings, footer: str = ""
    ) -> None:
        self.presentation, self.language, self.settings = presentation, language, settings
        self.footer = cut(clean(footer), _FOOTER)
        self.width, self.height = int(presentation.slide_width), int(presentation.slide_height)
        self.scale = self.height / _USUAL_HEIGHT
        self.font = measure.font_factor(layouts.minor_font(presentation))
        known = [one for master in presentation.slide_masters for one in master.slide_layouts]
        self.cover_layout = layouts.cover_layout(known)
        self.layout = layouts.contents_layout(known, self.height)
        self.head = self._head()
        self.area = self._area()
        self.ink = layouts.text_colour(self.layout.slide_master)

    def cover(self, title: str, lines: Sequence[str]) -> Any:
        """The title slide: its subtitle takes ``lines``; where the layout has none, a box under the title does."""
        raw = self.presentation.slides.add_slide(self.cover_layout)
        heading = placeholder(raw, TITLES)
        self._title(raw, title)
        body, box = self._subtitle(raw, heading)
        self._cover_lines(body, lines, box)
        layouts.remove_empty(raw, keep=(heading, body))
        self._footer(raw, self.cover_layout)
        return raw

    def slide(self, title: str) -> Slide:
        raw = self.presentation.slides.add_slide(self.layout)
        heading = self._title(raw, title)
        layouts.remove_empty(raw, keep=(heading,))
        self._footer(raw, self.layout)
        return Slide(self, raw, self.area)

    def paint(self, font: Any) -> None:
        """Letters of a table, a chart or a box in the colour of the template's texts."""
        properties = font._rPr
        for old in properties.findall(qn("a:solidFill")):
            properties.remove(old)
        properties.insert(0, deepcopy(self.ink))

    def faint(self) -> Any:
        """A fill for lines that guide and do not speak: the same colour, most of the way to white."""
        fill = deepcopy(self.ink)
        for colour in fill:
            for old in list(colour):
                colour.remove(old)
            for tag, share in (("lumMod", 25_000), ("lumOff", 75_000)):
                colour.append(parse_xml(f'<a:{tag} {nsdecls("a")} val="{share}"/>'))
        return fill

    # -- cover -----------------------------------------------------------------------------------

    def _subtitle(self, raw: Any, heading: Any | None) -> tuple[Any, Box]:
        """Where the cover's lines go: the subtitle, or a box of our own where it is missing or too low."""
        body = placeholder(raw, (PP_PLACEHOLDER.SUBTITLE, *BODIES))
        if body is not None and (box := box_of(body)).height >= self.height // 12:
            return body, box
        below = max(box_of(heading).bottom if heading is not None else 0, self.height // 2)
        top = min(below, self.height * 3 // 4)
        box = Box(self.width // 12, top, self.width * 5 // 6, self.height // 5)
        if body is None:
            return raw.shapes.add_textbox(*box.sides), box
        _move(body, box)
        return body, box

    def _cover_lines(self, body: Any, lines: Sequence[str], box: Box) -> None:
        width, room = box.width / EMU - 16, box.height / EMU - 8
        texts = [clean(line) for line in lines if line]
        for size in _COVER_SIZES:
            points = size * self.scale
            count = sum(measure.lines(text, width, points, self.font) for text in texts)
            if count * points * measure.LEADING <= room:
                break
        else:
            texts = [measure.clip(text, 2, width, points, self.font) for text in texts]
        frame = body.text_frame
        frame.word_wrap = True
        for i, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size = text, Pt(points)

    # -- title and footer ------------------------------------------------------------------------

    def _title(self, raw: Any, text: str) -> Any:
        """Into the title's placeholder, made smaller where it would not fit; into a box where the layout has none."""
        shape = placeholder(raw, TITLES)
        if shape is None:
            shape = raw.shapes.add_textbox(*self.head.sides)
            shape.name = "Title"
            self._fit_title(shape, clean(text), TITLE_SIZE * self.scale, inherited=False)
            return shape
        if raw.slide_layout is self.layout and box_of(shape) != self.head:
            _move(shape, self.head)
        size = layouts.title_size(shape)
        self._fit_title(shape, clean(text), size, inherited=True)
        return shape

    def _fit_title(self, shape: Any, text: str, size: float, inherited: bool) -> None:
        """Letters get smaller until the title fits; ``inherited``: the layout gives them their size."""
        box = box_of(shape)
        points, width, room = size, box.width / EMU - 16, box.height / EMU - 8

        def needed() -> float:
            count = measure.lines(text, width, points, self.font, bold=True)
            return count * points * measure.LEADING

        while points > _SMALLEST_TITLE * self.scale and needed() > max(
            room, points * measure.LEADING
        ):
            points -= 1
        most = max(int(room / (points * measure.LEADING)), 1)
        frame = shape.text_frame
        frame.text = measure.clip(text, most, width, points, self.font, bold=True)
        if points < size or not inherited:
            for paragraph in frame.paragraphs:
                paragraph.font.size = Pt(points)

    def _footer(self, raw: Any, layout: Any) -> None:
        """Slide number and footer text where the layout has a place for them."""
        for place in layouts.footers(layout):
            number = place.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER
            if number or self.footer:
                raw.shapes._spTree.append(self._footer_shape(raw, place, number))

    def _footer_shape(self, raw: Any, place: Any, number: bool) -> Any:
        kind, name = ("sldNum", "Slide Number") if number else ("ftr", "Footer")
        # The theme's font by name: LibreOffice takes a footer without any for one of its own, in a font of its own.
        run = f'<a:r><a:rPr><a:latin typeface="+mn-lt"/></a:rPr><a:t>{escape(self.footer)}</a:t></a:r>'
        if number:
            run = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
        return parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{raw.shapes._next_shape_id}" '
            f'name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="{kind}" sz="quarter" idx="{place.placeholder_format.idx}"/></p:nvPr>'
            f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
        )

    # -- places ----------------------------------------------------------------------------------

    def _head(self) -> Box:
        """Where the title of a slide stands: as in the layout, or at the top where the layout has it in the middle."""
        title = placeholder(self.layout, TITLES)
        box = box_of(title) if title is not None else Box(0, 0, 0, self.height)
        if box.bottom <= self.height * UPPER and box.width >= self.width // 3:
            return box
        return Box(self.width // 20, self.height // 30, self.width * 9 // 10, self.height // 8)

    def _area(self) -> Box:
        """Where the template has its contents; a plain rectangle under the title where that cannot be told."""
        master = self.layout.slide_master
        owners = [
            self.layout,
            *(o for o in master.slide_layouts if o._element.get("type") in ("obj", "tx")),
            master,
        ]
        bottoms = [box_of(shape).top for shape in layouts.footers(self.layout)]
        floor = min((top for top in bottoms if top > self.height * 0.7), default=self.height)
        for body in filter(None, map(layouts.body_box, owners)):
            top = max(body.top, self.head.bottom)
            box = Box(body.left, top, body.width, min(body.bottom, floor) - top)
            inside = (
                box.left >= 0 and box.left + box.width <= self.width and box.bottom <= self.height
            )
            if inside and box.width >= self.width * 0.6 and box.height >= self.height * 0.5:
                return box
        top = self.head.bottom + self.height // 60
        return Box(
            self.width // 20, top, self.width * 9 // 10, min(int(self.height * 0.92), floor) - top
        )


class Slide:
    """A slide and its room."""

    def __init__(self, deck: Deck, raw: Any, area: Box) -> None:
        self.deck, self.raw, self.area = deck, raw, area  # raw: python-pptx's own

    @property
    def gap(self) -> int:
        return int(self.deck.width * 0.02)

    def notes(self, lines: Sequence[str]) -> None:
        frame = self.raw.notes_slide.notes_text_frame
        if frame is not None:  # a notes master of a template may have no place for text
            frame.text = "\n".join(clean(line) for line in lines if line)


def _move(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.sides
