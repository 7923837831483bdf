"""A company's template gives its look and nothing else; one that is none, or means harm, is refused before anything is
written.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.deck import companies, reports
from xlkpi.deck import company
from xlkpi.deck.build import build


@pytest.fixture(scope="module")
def branded():
    return {
        potx: build(reports.example("en"), "en", reports.TODAY, companies.dark(potx))
        for potx in (False, True)
    }


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("potx", [False, True], ids=["pptx", "potx"])
def test_its_size_masters_fonts_and_colours_are_used(branded, potx):
    template, made = parts(companies.dark(potx)), parts(branded[potx])
    for name in ("ppt/theme/theme1.xml", "ppt/slideMasters/slideMaster1.xml"):
        assert companies.FONT.encode() in made["ppt/theme/theme1.xml"]
        assert made[name].count(b"<") == template[name].count(b"<"), name
    deck = reports.opened(branded[potx])
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert len(deck.slide_layouts) == 11


@pytest.mark.parametrize("potx", [False, True], ids=["pptx", "potx"])
def test_its_sample_slides_notes_sections_and_authors_stay_behind(branded, potx):
    everything = b"".join(parts(branded[potx]).values())
    for left in (b"Sample", b"Confidential", b"Jane Designer", b"sectionLst"):
        assert left not in everything
    assert len(reports.opened(branded[potx]).slides) == 9


def test_a_deck_made_from_a_potx_is_a_presentation(branded):
    types = parts(branded[True])["[Content_Types].xml"]
    assert companies.PRESENTATION.encode() in types
    assert companies.TEMPLATE.encode() not in types


def test_titles_stand_in_the_templates_title_placeholder(branded):
    for slide in reports.opened(branded[False]).slides:
        assert slide.shapes.title.placeholder_format.idx == 0
        assert (
            slide.shapes.title._element.spPr.find("{*}xfrm") is None
        )  # it stays where the template has it


def test_no_placeholder_is_left_to_be_clicked(branded):
    for slide in reports.opened(branded[False]).slides:
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_charts_take_the_templates_colours_and_letters_those_of_its_texts(branded):
    for chart in reports.charts(reports.opened(branded[False])):
        colours = chart._chartSpace.xpath(".//c:txPr//a:solidFill/a:schemeClr/@val")
        assert set(colours) == {"tx1"}
    drawn = b"".join(part for name, part in parts(branded[False]).items() if "charts/chart" in name)
    assert b'schemeClr val="accent1"' in drawn


def test_layouts_without_a_title_still_give_titled_slides():
    deck = reports.opened(
        build(reports.example("fr"), "fr", reports.TODAY, companies.without_titles())
    )
    assert (deck.slide_width, deck.slide_height) == (10_692_000, 7_560_000)
    said = [reports.texts(slide).split("\n")[0] for slide in deck.slides]
    assert said[1] == "1. Contexte"
    assert said[-1] == "Méthode"


def test_macros_of_a_template_stay_behind(tmp_path):
    """A .pptx may hold none: PowerPoint would not open it."""
    macro = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )

    def edit(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return part.replace(companies.PRESENTATION.encode(), macro.encode())
        return (
            part.replace(b"</Relationships>", relation)
            if name == "ppt/_rels/presentation.xml.rels"
            else part
        )

    data = companies.repacked(companies.plain(), edit, **{"ppt/vbaProject.bin": b"macro"})
    path = tmp_path / "macros.pptm"
    path.write_bytes(data)
    made = parts(build(reports.example("en"), "en", reports.TODAY, company.read(path)))
    assert "ppt/vbaProject.bin" not in made
    assert b"macroEnabled" not in made["[Content_Types].xml"]


#: A presentation with a password and a workbook with one are the same container from outside.
FILES = Path(__file__).parents[1] / "intake" / "files"
HOSTILE = {
    "a text": (lambda: b"hello, world", "XK129"),
    "a workbook": (lambda: (FILES / "plain.xlsx").read_bytes(), "XK129"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "XK129"),
    "nothing": (lambda: b"", "XK101"),
    "half a file": (lambda: companies.plain()[:9_000], "XK107"),
    "a damaged part": (companies.damaged, "XK107"),
    "no master": (companies.without_master, "XK107"),
    "no layout": (companies.without_layouts, "XK129"),
    "a bomb": (companies.bomb, "XK109"),
    "an entity": (companies.with_entity, "XK112"),
    "a password": (lambda: (FILES / "password.xlsx").read_bytes(), "XK102"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_template_or_means_harm_is_refused_and_nothing_is_written(
    tmp_path, run, sample, language, name
):
    make, code = HOSTILE[name]
    template = tmp_path / "company.pptx"
    template.write_bytes(make())
    book = sample(language)
    before = sorted(p.name for p in tmp_path.iterdir())
    said = run("report", book, "--pptx-template", template, language=language)
    assert (said.code, said.codes) == (3, {code})
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_template_that_is_not_there_is_said(tmp_path, run, sample):
    said = run("report", sample(), "--pptx-template", tmp_path / "none.potx")
    assert (said.code, said.codes) == (3, {"XK115"})
