"""What a template says of its slides: layouts, places, sizes and colours of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

EMU = 12_700  # a point
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
BODIES = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
_FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
#: A title that ends below this share of the slide is that of a cover, and leaves no room under it.
UPPER = 0.4
#: Of a title's size where neither layout nor master says one.
TITLE_SIZE = 28.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def sides(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.width, self.height

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


def cover_layout(layouts: Sequence[Any]) -> Any:
    """The layout of a first slide: by its type, else the first that has a centred title or a subtitle, else the first."""
    by_type = [
        layout
        for layout in layouts
        if layout._element.get("type") in ("title", "titleOnly", "ctrTitle")
    ]
    titled = [
        layout
        for layout in layouts
        if placeholder(layout, (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)) is not None
    ]
    first = [layout for layout in by_type if layout._element.get("type") == "title"]
    return (first or titled or by_type or list(layouts))[0]


def contents_layout(layouts: Sequence[Any], height: int) -> Any:
    """The layout for contents: with a title at the top, best a title alone, else as little as possible beside it."""

    def rank(layout: Any) -> tuple[bool, bool, bool, int]:
        kind, title = layout._element.get("type"), placeholder(layout, (PP_PLACEHOLDER.TITLE,))
        headed = title is not None and box_of(title).bottom <= height * UPPER
        return not headed, kind != "titleOnly", kind == "title", len(list(layout.placeholders))

    return min(layouts, key=rank)


def placeholder(owner: Any, kinds: Sequence[Any]) -> Any | None:
    for kind in kinds:
        for shape in owner.placeholders:
            if shape.placeholder_format.type is kind and shape.has_text_frame:
                return shape
    return None


def footers(owner: Any) -> list[Any]:
    return [shape for shape in owner.placeholders if shape.placeholder_format.type in _FOOTERS]


def body_box(owner: Any) -> Box | None:
    shape = placeholder(owner, BODIES)
    return None if shape is None or shape.width is None or shape.left is None else box_of(shape)


def box_of(shape: Any) -> Box:
    return Box(*(int(side or 0) for side in (shape.left, shape.top, shape.width, shape.height)))


def remove_empty(slide: Any, keep: Sequence[Any]) -> None:
    """Placeholders that nothing fills ask to be clicked while the deck is edited."""
    kept = [shape._element for shape in keep if shape is not None]
    for shape in list(slide.placeholders):
        if shape._element not in kept:
            shape._element.getparent().remove(shape._element)


def title_size(shape: Any) -> float:
    """Points, as the layout or its master gives them."""
    layout = shape.part.slide_layout
    owners = [
        p._element
        for owner in (layout, layout.slide_master)
        if (p := placeholder(owner, TITLES)) is not None
    ]
    places = [(element, ".//a:lstStyle") for element in owners]
    for element, path in (*places, (layout.slide_master._element, "./p:txStyles/p:titleStyle")):
        if found := element.xpath(path + "/a:lvl1pPr/a:defRPr/@sz"):
            return max(min(float(found[0]) / 100, 96.0), 12.0)
    return TITLE_SIZE


def text_colour(master: Any) -> Any:
    """The colour of the master's texts, as an element: most templates leave it to the theme."""
    body = placeholder(master, BODIES)
    styles = (
        [] if body is None else body._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill")
    )
    styles += master._element.xpath("./p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/a:solidFill")
    return (
        styles[0]
        if styles
        else parse_xml(f'<a:solidFill {nsdecls("a")}><a:schemeClr val="tx1"/></a:solidFill>')
    )


def minor_font(presentation: Any) -> str:
    """The font of texts in the theme; empty where it cannot be told."""
    for relation in presentation.slide_masters[0].part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            font = parse_xml(relation.target_part.blob).find(".//{*}minorFont/{*}latin")
            return "" if font is None else font.get("typeface", "")
    return ""
