"""One slide of a template: its title, the room below it, its footer and its speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from xlkpi.core.campaign import Settings
from xlkpi.core.texts import Language, visible
from xlkpi.deck import measure
from xlkpi.ooxml.sheet import storable

#: Height of the slide for which sizes are given: 7.5 inches, as PowerPoint's own.
_USUAL_HEIGHT = 6_858_000
EMU = 12_700  # a point
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_BODIES = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
_FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
#: A title that ends below this share of the slide is that of a cover, and leaves no room under it.
_UPPER = 0.4
#: Of a title's size where neither layout nor master says one.
_TITLE_SIZE = 28.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def columns(self, *shares: float, gap: int = 0) -> list[Box]:
        """Side by side, in these proportions."""
        room, left, found = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            width = int(room * share / sum(shares))
            found.append(Box(left, self.top, width, self.height))
            left += width + gap
        return found

    def below(self, height: int) -> Box:
        """What is left under the first ``height``."""
        return Box(self.left, self.top + height, self.width, max(self.height - height, 0))


def clean(text: str) -> str:
    """A text that a slide can hold: no control characters, nothing that XML forbids."""
    return storable(visible(text)).replace("\t", " ")


#: A footer stands on one line.
_FOOTER = 70


class Deck:
    """A presentation that is being made, and what is known of its template."""

    def __init__(
        self, presentation: Any, language: Language, settings: Settings, footer: str = ""
    ) -> None:
        self.presentation, self.language, self.settings, self.footer = (
            presentation,
            language,
            settings,
            clean(footer),
        )
        if len(self.footer) > _FOOTER:
            self.footer = self.footer[: _FOOTER - 1].rstrip() + "…"
        self.width, self.height = int(presentation.slide_width), int(presentation.slide_height)
        self.scale = self.height / _USUAL_HEIGHT
        self.font = measure.font_factor(_minor_font(presentation))
        layouts = [
            layout for master in presentation.slide_masters for layout in master.slide_layouts
        ]
        self.cover_layout = _cover(layouts)
        self.layout = _plain(layouts, self.height)
        self.head = self._head()
        self.area = self._area()
        self.ink = _ink(self.layout.slide_master)

    def cover(self, title: str, lines: Sequence[str]) -> Any:
        """The title slide: its subtitle takes ``lines``; where the layout has none, a box under the title does."""
        slide = self.presentation.slides.add_slide(self.cover_layout)
        heading = _placeholder(slide, _TITLES)
        body = _placeholder(slide, (PP_PLACEHOLDER.SUBTITLE, *_BODIES))
        self._title(slide, title)
        box = _box(body) if body is not None else None
        if body is None or box is None or box.height < self.height // 12:
            top = max(_box(heading).bottom if heading is not None else 0, self.height // 2)
            box = Box(
                self.width // 12,
                min(top, self.height * 3 // 4),
                self.width * 5 // 6,
                self.height // 5,
            )
            if body is None:
                body = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
            else:
                body.left, body.top, body.width, body.height = (
                    box.left,
                    box.top,
                    box.width,
                    box.height,
                )
        self._cover_lines(body, lines, box)
        _remove_empty(slide, keep=(heading, body))
        self._footer(slide, self.cover_layout)
        return slide

    def _cover_lines(self, body: Any, lines: Sequence[str], box: Box) -> None:
        width, room = box.width / EMU - 16, box.height / EMU - 8
        texts = [clean(line) for line in lines if line]
        for size in (20, 18, 16, 14, 12, 11, 10):
            points = size * self.scale
            needed = (
                sum(measure.lines(t, width, points, self.font) for t in texts)
                * points
                * measure.LEADING
            )
            if needed <= room:
                break
        else:
            texts = [measure.clip(t, 2, width, points, self.font) for t in texts]
        frame = body.text_frame
        frame.word_wrap = True
        for i, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size = text, Pt(points)

    def page(self, title: str) -> Page:
        slide = self.presentation.slides.add_slide(self.layout)
        heading = self._title(slide, title)
        _remove_empty(slide, keep=(heading,))
        self._footer(slide, self.layout)
        return Page(self, slide, self.area)

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

    # -- pieces ----------------------------------------------------------------------------------

    def _title(self, slide: Any, text: str) -> Any:
        """Into the title's placeholder, made smaller where it would not fit; into a box where the layout has none."""
        text, shape = clean(text), _placeholder(slide, _TITLES)
        head, known = self.head, shape is not None
        if shape is None:
            shape = slide.shapes.add_textbox(head.left, head.top, head.width, head.height)
            shape.name = "Title"
        elif slide.slide_layout is self.layout and _box(shape) != head:
            shape.left, shape.top, shape.width, shape.height = (
                head.left,
                head.top,
                head.width,
                head.height,
            )
        size, box = (
            _title_size(shape, self.presentation) if known else _TITLE_SIZE * self.scale,
            _box(shape),
        )
        points, width, room = size, box.width / EMU - 16, box.height / EMU - 8
        while points > 12 * self.scale and measure.lines(
            text, width, points, self.font, bold=True
        ) * points * measure.LEADING > max(room, points * measure.LEADING):
            points -= 1
        text = measure.clip(
            text,
            max(int(room / (points * measure.LEADING)), 1),
            width,
            points,
            self.font,
            bold=True,
        )
        frame = shape.text_frame
        frame.text = text
        if points < size or not known:
            for paragraph in frame.paragraphs:
                paragraph.font.size = Pt(points)
        return shape

    def _footer(self, slide: Any, layout: Any) -> None:
        """Slide number and footer text where the layout has a place for them."""
        for place in _footers(layout):
            kind = place.placeholder_format.type
            if kind is PP_PLACEHOLDER.FOOTER and not self.footer:
                continue
            number = kind is PP_PLACEHOLDER.SLIDE_NUMBER
            # The theme's font by name: LibreOffice takes a footer without any for one of its own, in a font of its own.
            run = f'<a:r><a:rPr><a:latin typeface="+mn-lt"/></a:rPr><a:t>{escape(self.footer)}</a:t></a:r>'
            if number:
                run = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
            slide.shapes._spTree.append(
                parse_xml(
                    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{slide.shapes._next_shape_id}" '
                    f'name="{"Slide Number" if number else "Footer"}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
                    f'<p:ph type="{"sldNum" if number else "ftr"}" sz="quarter" idx="{place.placeholder_format.idx}"/></p:nvPr>'
                    f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
                )
            )

    def _head(self) -> Box:
        """Where the title of a page stands: as in the layout, or at the top where the layout has it in the middle."""
        title = _placeholder(self.layout, _TITLES)
        box = _box(title) if title is not None else Box(0, 0, 0, self.height)
        if box.bottom <= self.height * _UPPER and box.width >= self.width // 3:
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
        footers = [_box(shape).top for shape in _footers(self.layout)]
        floor = min((top for top in footers if top > self.height * 0.7), default=self.height)
        for body in filter(None, map(_body, owners)):
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


class Page:
    """A slide and its room."""

    def __init__(self, deck: Deck, slide: Any, area: Box) -> None:
        self.deck, self.slide, self.area = deck, slide, area

    @property
    def gap(self) -> int:
        return int(self.deck.width * 0.02)

    def notes(self, lines: Sequence[str]) -> None:
        frame = self.slide.notes_slide.notes_text_frame
        if frame is not None:  # a notes master of a template may have no place for text
            frame.text = "\n".join(clean(line) for line in lines if line)


# -- reading a template ----------------------------------------------------------------------------


def _cover(layouts: Sequence[Any]) -> Any:
    """The layout of a first slide: by its type, else the first that has a centred title or a subtitle, else the first."""
    by_type = [
        layout
        for layout in layouts
        if layout._element.get("type") in ("title", "titleOnly", "ctrTitle")
    ]
    titled = [
        layout
        for layout in layouts
        if _placeholder(layout, (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)) is not None
    ]
    first = [layout for layout in by_type if layout._element.get("type") == "title"]
    return (first or titled or by_type or list(layouts))[0]


def _plain(layouts: Sequence[Any], height: int) -> Any:
    """The layout for contents: with a title at the top, best a title alone, else as little as possible beside it."""

    def rank(layout: Any) -> tuple[bool, bool, bool, int]:
        kind, title = layout._element.get("type"), _placeholder(layout, (PP_PLACEHOLDER.TITLE,))
        headed = title is not None and _box(title).bottom <= height * _UPPER
        return not headed, kind != "titleOnly", kind == "title", len(list(layout.placeholders))

    return min(layouts, key=rank)


def _placeholder(owner: Any, kinds: Sequence[Any]) -> Any | None:
    for kind in kinds:
        for shape in owner.placeholders:
            if shape.placeholder_format.type is kind and shape.has_text_frame:
                return shape
    return None


def _footers(owner: Any) -> list[Any]:
    return [shape for shape in owner.placeholders if shape.placeholder_format.type in _FOOTERS]


def _body(owner: Any) -> Box | None:
    shape = _placeholder(owner, _BODIES)
    return None if shape is None or shape.width is None or shape.left is None else _box(shape)


def _box(shape: Any) -> Box:
    return Box(*(int(side or 0) for side in (shape.left, shape.top, shape.width, shape.height)))


def _remove_empty(slide: Any, keep: Sequence[Any]) -> None:
    """Placeholders that nothing fills ask to be clicked while the deck is edited."""
    kept = [shape._element for shape in keep if shape is not None]
    for shape in list(slide.placeholders):
        if shape._element not in kept:
            shape._element.getparent().remove(shape._element)


def _title_size(shape: Any, presentation: Any) -> float:
    """Points, as the layout or its master gives them."""
    layout = shape.part.slide_layout
    owners = [
        p._element
        for owner in (layout, layout.slide_master)
        if (p := _placeholder(owner, _TITLES)) is not None
    ]
    places = [(element, ".//a:lstStyle") for element in owners]
    for element, path in (*places, (layout.slide_master._element, "./p:txStyles/p:titleStyle")):
        if found := element.xpath(path + "/a:lvl1pPr/a:defRPr/@sz"):
            return max(min(float(found[0]) / 100, 96.0), 12.0)
    return _TITLE_SIZE


def _ink(master: Any) -> Any:
    """The colour of the master's texts, as an element: most templates leave it to the theme."""
    body = _placeholder(master, _BODIES)
    styles = (
        [] if body is None else body._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill")
    )
    styles += master._element.xpath("./p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/a:solidFill")
    return (
        styles[0]
        if styles
        else parse_xml(f'<a:solidFill {nsdecls("a")}><a:schemeClr val="tx1"/></a:solidFill>')
    )


def _minor_font(presentation: Any) -> str:
    """The font of texts in the theme; empty where it cannot be told."""
    for relation in presentation.slide_masters[0].part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            font = parse_xml(relation.target_part.blob).find(".//{*}minorFont/{*}latin")
            return "" if font is None else font.get("typeface", "")
    return ""
