"""A company's template: its masters, layouts, theme and slide size, without its slides and without what could harm."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.package import Package

from xlkpi.core import codes
from xlkpi.core.campaign import Settings
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.texts import Text
from xlkpi.deck.slide import Deck
from xlkpi.files import guard, refusals

_KINDS = {
    CT.PML_PRESENTATION_MAIN,
    CT.PML_PRES_MACRO_MAIN,
    CT.PML_TEMPLATE_MAIN,
    CT.PML_SLIDESHOW_MAIN,
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
}
_DOCTYPE = re.compile(rb"\0?".join(bytes((c,)) for c in b"<!DOCTYPE"))  # in UTF-8 and in UTF-16
#: Relationships to slides that are left out, and to what belongs to the file: views, macros, authors, previews, seals.
_LEFT_OUT = (
    "/slide",
    "/viewProps",
    "/presProps",
    "/commentAuthors",
    "/authors",
    "/vbaProject",
    "/tags",
    "/printerSettings",
)
_OF_THE_FILE = (
    "/thumbnail",
    "/core-properties",
    "/extended-properties",
    "/custom-properties",
    "/origin",
)
#: Of presentation.xml: what names slides, and the password that editing would ask for.
_ABOUT_SLIDES = ("sldIdLst", "custShowLst", "modifyVerifier", "extLst", "photoAlbum", "custDataLst")


def read(path: Path) -> bytes:
    """The template's bytes, once a slide could be made from it.

    Raises:
        Refused: it is not a presentation, it is damaged, protected by a password, or hostile.
    """
    guard.check_presentation(path)
    try:
        data = path.read_bytes()
        if _declares_doctype(data):
            raise _hostile(path.name)
        made = presentation(data)
        if not any(len(master.slide_layouts) for master in made.slide_masters):
            raise _without_layouts(path.name)
        trial = Deck(made, "en", Settings())
        trial.cover("x", ["x"])
        trial.slide("x").notes(["x"])
        made.save(io.BytesIO())
    except Refused:
        raise
    except Exception:  # noqa: BLE001  python-pptx meets a damaged package with whatever its parts happen to raise
        raise refusals.damaged(path.name) from None
    return data


def _declares_doctype(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _DOCTYPE.search(archive.read(part))
            for part in archive.namelist()
            if part.lower().endswith((".xml", ".rels"))
        )


def _hostile(name: str) -> Refused:
    return refuse(
        codes.DOCTYPE,
        Text(
            "a part of the presentation declares a DOCTYPE, which PowerPoint never writes (a possible attack)",
            "une partie de la présentation déclare un DOCTYPE, ce que PowerPoint n’écrit jamais (attaque possible)",
        ),
        Text(
            "choose a template saved by PowerPoint",
            "choisissez un modèle enregistré par PowerPoint",
        ),
        sheet=name,
    )


def _without_layouts(name: str) -> Refused:
    return refuse(
        codes.NO_PRESENTATION,
        Text(
            "this presentation has no layout that a slide could be made from",
            "cette présentation n’a aucune disposition à partir de laquelle créer une diapositive",
        ),
        Text(
            "choose your company’s template (.potx), or a presentation made from it",
            "choisissez le modèle de votre entreprise (.potx), ou une présentation créée avec lui",
        ),
        sheet=name,
    )


def presentation(data: bytes) -> Any:
    """An empty presentation that looks like the template."""
    package = Package.open(io.BytesIO(data))
    part: Any = package.main_document_part
    if (
        part._content_type not in _KINDS
    ):  # asked by its public name, it could not be changed any more
        raise ValueError(part._content_type)
    part._content_type = CT.PML_PRESENTATION_MAIN
    return bare(part.presentation)


def bare(made: Any) -> Any:
    """The presentation without its slides and without what belongs to them or to its file."""
    part = made.part
    for child in list(made._element):
        if child.tag.rpartition("}")[2] in _ABOUT_SLIDES:
            made._element.remove(child)
    _drop(part, _LEFT_OUT)
    _drop(part.package, _OF_THE_FILE)
    for master in made.slide_masters:
        for owner in (master, *master.slide_layouts):
            for id in _drop(owner.part, ("/slide",)):
                for link in owner._element.xpath(
                    f".//*[@r:id='{id}']"
                ):  # a button that leads to a slide
                    link.getparent().remove(link)
    return made


def _drop(owner: Any, kinds: tuple[str, ...]) -> list[str]:
    """Take relationships away, and with them the parts that nothing else reaches; their ids."""
    gone = [id for id, one in owner._rels.items() if one.reltype.endswith(kinds)]
    for id in gone:
        owner._rels.pop(id)
    return gone
