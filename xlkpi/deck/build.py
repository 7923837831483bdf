"""A Report → the bytes of a deck: the same report and template give the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement

from xlkpi.core import wording
from xlkpi.core.report import Report
from xlkpi.core.texts import Language
from xlkpi.deck import advice, company, compared, house, quality, results
from xlkpi.deck.slide import Deck, clean
from xlkpi.deck.slidetexts import SlideTexts
from xlkpi.ooxml.package import parse

#: One function a slide, in order.
SLIDES = (
    results.cover,
    results.context,
    results.results,
    results.funnel,
    quality.quality,
    advice.recommendations,
    advice.decisions,
    compared.comparisons,
    compared.method,
)
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
_OURS = "docProps/custom.xml"
_PROPERTY = "xlkpi"
_NO_DIGEST = "0" * 16
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM = (
    _HEAD
    + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="' + _PROPERTY + '">'
    "<vt:lpwstr>{digest}</vt:lpwstr></property></Properties>"
)
_EXPECTED = (
    (
        RT.PRES_PROPS,
        CT.PML_PRES_PROPS,
        "presProps",
        f"{_HEAD}<p:presentationPr {nsdecls('a', 'r', 'p')}/>",
    ),
    (RT.VIEW_PROPS, CT.PML_VIEW_PROPS, "viewProps", f"{_HEAD}<p:viewPr {nsdecls('a', 'r', 'p')}/>"),
    (
        RT.TABLE_STYLES,
        CT.PML_TABLE_STYLES,
        "tableStyles",
        f'{_HEAD}<a:tblStyleLst {nsdecls("a")} def="{{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}}"/>',
    ),
)
#: ZIP entries carry a time; none is true for a file that depends on its report alone.
_TIME = (1980, 1, 1, 0, 0, 0)


def build(report: Report, language: Language, today: date, template: bytes | None = None) -> bytes:
    """The deck, in our look or in that of ``template`` (bytes that ``company.read`` has let through)."""
    presentation = house.presentation() if template is None else company.presentation(template)
    title = wording.title(report, language)
    footer = " · ".join(filter(None, (title, wording.period(report, language))))
    deck = Deck(presentation, language, report.settings, footer)
    texts = SlideTexts(report, language)
    for slide in SLIDES:
        slide(deck, texts)
    _complete(presentation)
    _language(presentation, _LANGUAGES[language])
    _properties(presentation, title, language, today)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _signed(buffer.getvalue())


def is_ours(data: bytes, name: str) -> bool | None:
    """True: a deck of ours as it was written; False: ours, and a person has changed it; None: not ours."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _OURS not in archive.namelist():
            return None
        for one in parse(archive.read(_OURS), name):
            if one.get("name") == _PROPERTY:
                return "".join(map(str, one.itertext())).strip() == _digest(archive)
    return None


# -- pieces ------------------------------------------------------------------------------------------


def _complete(presentation: Any) -> None:
    """Parts and entries that PowerPoint writes and python-pptx does not; PowerPoint repairs files without them."""
    part = presentation.part
    held = {one.reltype for one in part.rels.values()}
    for kind, content_type, name, xml in _EXPECTED:
        if kind not in held:
            part.relate_to(
                Part(PackURI(f"/ppt/{name}.xml"), content_type, part.package, xml.encode()), kind
            )
    notes = [id for id, one in part.rels.items() if one.reltype == RT.NOTES_MASTER]
    if notes and presentation._element.find(qn("p:notesMasterIdLst")) is None:
        presentation._element.find(qn("p:sldMasterIdLst")).addnext(
            parse_xml(
                f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{notes[0]}"/></p:notesMasterIdLst>'
            )
        )


def _language(presentation: Any, tag: str) -> None:
    """Say which language the texts are in: spelling is checked, and read aloud, in it."""
    for slide in presentation.slides:
        elements = [slide._element]
        if slide.has_notes_slide:
            elements.append(slide.notes_slide._element)
        for element in elements:
            for run in element.iter(qn("a:r"), qn("a:fld")):
                if run.find(qn("a:rPr")) is None:
                    run.insert(0, OxmlElement("a:rPr"))
                run.find(qn("a:rPr")).set("lang", tag)


def _properties(presentation: Any, title: str, language: Language, today: date) -> None:
    """Whose deck it is; nothing of the template's author stays."""
    core, day = presentation.core_properties, datetime.combine(today, time())
    core.title, core.language = clean(title)[:255], _LANGUAGES[language]
    core.author = core.last_modified_by = "xlkpi"
    core.subject = core.keywords = core.comments = core.category = core.content_status = (
        core.identifier
    ) = core.version = ""
    core.created = core.modified = day
    core.revision = 1
    package = presentation.part.package
    part = Part(
        PackURI("/" + _OURS),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        package,
        _CUSTOM.format(digest=_NO_DIGEST).encode(),
    )
    package.relate_to(part, RT.CUSTOM_PROPERTIES)


def _signed(data: bytes) -> bytes:
    """The package with fixed times and a digest of its parts, by which a later run sees that nobody has changed it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        digest = _digest(made)
        for name in made.namelist():
            part = _CUSTOM.format(digest=digest).encode() if name == _OURS else made.read(name)
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            written.writestr(entry, part)
    return buffer.getvalue()


def _digest(archive: zipfile.ZipFile) -> str:
    """Of every part but the properties."""
    digest = hashlib.sha256()
    for entry in sorted(archive.infolist(), key=lambda e: e.filename):
        if not entry.filename.startswith("docProps/"):
            digest.update(f"{entry.filename}:{entry.CRC:08x};".encode())
    return digest.hexdigest()[:16]
