"""The look without a company's template: 16:9, the workbook's navy, blue and orange, three layouts."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from xlkpi.deck.company import bare
from xlkpi.excel.workbook import palette

_INCH = 914_400
_WIDTH, _HEIGHT = int(13.333 * _INCH), int(7.5 * _INCH)
_LEFT, _ROOM = _INCH // 2, _WIDTH - _INCH
#: Layouts that are kept, by type.
_KEPT = ("title", "obj", "titleOnly")
_COLOURS = {
    "dk1": palette.INK,
    "lt1": palette.PAPER,
    "dk2": palette.BAND,
    "lt2": palette.SOFT,
    "accent1": palette.MET.bar,
    "accent2": palette.MISSED.bar,
    "accent3": palette.WATCH.bar,
    "accent4": palette.LIGHT_BLUE,
    "accent5": palette.PALE_BLUE,
    "accent6": palette.BAND,
    "hlink": palette.MET.bar,
    "folHlink": palette.WATCH.bar,
}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def presentation() -> Any:
    """An empty presentation in our look, made from the one that python-pptx brings."""
    made = bare(Presentation())
    made.slide_width, made.slide_height = _WIDTH, _HEIGHT
    for layout in list(made.slide_layouts):
        if layout._element.get("type") not in _KEPT:
            made.slide_layouts.remove(layout)
    master = made.slide_master
    _theme(master)
    _master(master)
    for layout in made.slide_layouts:
        kind = layout._element.get("type")
        for shape in layout.placeholders:
            if kind == "title" and shape.placeholder_format.idx in (0, 1):
                continue
            place = shape._element.spPr.find(qn("a:xfrm"))
            if place is not None:  # where the master has it
                shape._element.spPr.remove(place)
        if kind == "title":
            _cover(layout)
    return made


def _theme(master: Any) -> None:
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
    scheme = root.find(f"{_A}themeElements/{_A}clrScheme")
    assert scheme is not None
    for name, colour in _COLOURS.items():
        entry = scheme.find(_A + name)
        assert entry is not None
        for child in list(entry):
            entry.remove(child)
        etree.SubElement(entry, f"{_A}srgbClr", val=colour)
    for owner, name in ((root, "xlkpi"), (scheme, "xlkpi")):
        owner.set("name", name)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


#: Where the master has its title, contents, date, footer and slide number: left, top, width, height.
_PLACES = (
    (_LEFT, 0.32, _ROOM, 0.8),
    (_LEFT, 1.3, _ROOM, 5.45),
    (_LEFT, 7.02, 2 * _INCH, 0.3),
    (_LEFT, 7.02, 9 * _INCH, 0.3),
    (_WIDTH - _LEFT - 2 * _INCH, 7.02, 2 * _INCH, 0.3),
)
_TITLE, _DATE, _FOOTER = 0, 2, 3


def _master(master: Any) -> None:
    """Title left and bold, contents under it, footer below."""
    for i, shape in enumerate(list(master.placeholders)):
        left, top, width, height = _PLACES[i]
        shape.left, shape.top = left, int(top * _INCH)
        shape.width, shape.height = width, int(height * _INCH)
        if i == _DATE:  # a date says when the file was opened, not what it is about
            shape._element.getparent().remove(shape._element)
        if i == _FOOTER:
            for level in shape._element.iter(f"{_A}lvl1pPr"):
                level.set("algn", "l")
        if i in (_TITLE, _FOOTER):
            shape._element.txBody.find(qn("a:bodyPr")).set("lIns", "0")
    for layout in master.slide_layouts:
        for shape in list(layout.placeholders):
            if shape._element.xpath(".//p:ph[@type='dt']"):
                shape._element.getparent().remove(shape._element)
    _title_style(master)
    master.shapes._spTree.append(_rule())


def _title_style(master: Any) -> None:
    title = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    style = title.find(qn("a:defRPr"))
    style.set("sz", "2800")
    style.set("b", "1")
    style.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", "tx2")


def _rule() -> Any:
    """The line under the title."""
    return parse_xml(
        f'<p:cxnSp {nsdecls("p", "a")}><p:nvCxnSpPr><p:cNvPr id="99" name="Rule"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{_LEFT}" y="{int(1.14 * _INCH)}"/><a:ext cx="{_ROOM}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="19050"><a:solidFill><a:schemeClr val="accent1"/>'
        "</a:solidFill></a:ln></p:spPr></p:cxnSp>"
    )


def _cover(layout: Any) -> None:
    """White on navy, without the master's line."""
    layout._element.set("showMasterSp", "0")
    layout._element.cSld.insert(
        0,
        parse_xml(
            f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr>'
            "</p:bg>"
        ),
    )
    for shape in layout.placeholders:
        idx = shape.placeholder_format.idx
        if idx not in (0, 1):
            _write(shape, 12, False, None)
            continue
        top, height = (2.0, 1.5) if idx == 0 else (3.7, 2.6)
        shape.left, shape.top, shape.width, shape.height = (
            _INCH,
            int(top * _INCH),
            _WIDTH - 2 * _INCH,
            int(height * _INCH),
        )
        _write(shape, 40 if idx == 0 else 20, idx == 0, "b" if idx == 0 else "t")


def _write(shape: Any, size: int, bold: bool, anchor: str | None) -> None:
    """White letters, from the left (those of the footer as they are)."""
    body = shape._element.txBody
    style = body.find(qn("a:lstStyle"))
    for child in list(style):
        style.remove(child)
    if anchor:
        body.find(qn("a:bodyPr")).set("anchor", anchor)
        body.find(qn("a:bodyPr")).set("lIns", "0")
    start = '<a:lvl1pPr marL="0" indent="0" algn="l">' if anchor else "<a:lvl1pPr>"
    style.append(
        parse_xml(
            f'{start.replace(">", " " + nsdecls("a") + ">", 1)}{"<a:buNone/>" if anchor else ""}<a:defRPr sz="{size * 100}" '
            f'b="{int(bold)}"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
    )
