"""Templates as companies have them, and as attackers would; made here, so that nobody's brand is needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from pptx import Presentation
from pptx.util import Cm

NAVY, GOLD, FONT = "101828", "F5B301", "Verdana"
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"


def repacked(data: bytes, edit: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The package with its parts edited (None: left out) and others added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = edit(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return buffer.getvalue()


def saved(presentation) -> bytes:
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def dark(potx: bool = False) -> bytes:
    """4:3, white on dark, gold accents, Verdana, with two sample slides in a section, a note and a person's name."""
    made = Presentation()
    made.core_properties.author = "Jane Designer"
    for text in ("Sample title", "Sample contents"):
        slide = made.slides.add_slide(made.slide_layouts[0])
        slide.shapes.title.text = text
        slide.notes_slide.notes_text_frame.text = "Confidential sample note"
    section = (
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        b'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="Samples" '
        b'id="{11111111-1111-1111-1111-111111111111}"><p14:sldIdLst><p14:sldId id="256"/><p14:sldId id="257"/>'
        b"</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
    )

    def edit(name: str, part: bytes) -> bytes:
        if name == "ppt/theme/theme1.xml":
            for old, new in ((b"Calibri", FONT), (b"4F81BD", GOLD), (b"1F497D", NAVY)):
                part = part.replace(old, new.encode())
        if name == "ppt/slideMasters/slideMaster1.xml":
            part = part.replace(b'bg1="lt1" tx1="dk1"', b'bg1="dk2" tx1="lt1"')
        if name == "ppt/presentation.xml":
            start = (
                part.index(b"<p:extLst>")
                if b"<p:extLst>" in part
                else part.index(b"</p:presentation>")
            )
            part = part[:start] + section + b"</p:presentation>"
        return (
            part.replace(PRESENTATION.encode(), TEMPLATE.encode())
            if potx and name == "[Content_Types].xml"
            else part
        )

    return repacked(saved(made), edit)


def without_titles() -> bytes:
    """Layouts that hold nothing at all, on an A4 page."""
    made = Presentation()
    made.slide_width, made.slide_height = Cm(29.7), Cm(21)
    for layout in made.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    return saved(made)


def plain() -> bytes:
    return saved(Presentation())


def bomb() -> bytes:
    """A template whose theme unpacks to 200 MB of spaces."""
    return repacked(
        plain(),
        lambda name, part: part + b" " * (200 << 20) if name.endswith("theme1.xml") else part,
    )


def with_entity() -> bytes:
    return repacked(
        plain(),
        lambda name, part: (
            part.replace(
                b"<p:presentation ",
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p:presentation ',
                1,
            )
            if name == "ppt/presentation.xml"
            else part
        ),
    )


def without_layouts() -> bytes:
    made = Presentation()
    for layout in list(made.slide_layouts):
        made.slide_layouts.remove(layout)
    return saved(made)


def damaged() -> bytes:
    return repacked(
        plain(),
        lambda name, part: part[: len(part) // 2] if name == "ppt/presentation.xml" else part,
    )


def without_master() -> bytes:
    return repacked(
        plain(),
        lambda name, part: None if name.startswith("ppt/slideMasters/slideMaster") else part,
    )
