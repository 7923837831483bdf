"""Workbooks put together as Excel would not do it: style sheets without styles, names with backslashes, a signature."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.helpers.books import OBJECTIVES, POSTS, edit, inline, parts_of, raw, tiny
from xlkpi.excel.posts.write import save_change
from xlkpi.files import guard
from xlkpi.files.kinds import FileKind
from xlkpi.intake.posts import PostChanges

STYLES = "xl/styles.xml"
TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EXPORT = (
    "Post ID,Publish time,Permalink,Reach,Likes,Comments,Shares,Saves\n"
    "17900000000000001,03/20/2026 10:00,https://www.instagram.com/p/A/,100,10,1,1,1\n"
)
#: Children of a workbook in the order of the schema.  Source: ECMA-376 part 1, 18.2.27.
ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "extLst",
]


def changed(path: Path, changes: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> Path:
    """The workbook with some parts changed, and those without a new text taken out."""
    edit(path, {name: change for name, change in changes.items() if change is not None})
    parts = {n: d for n, d in parts_of(path).items() if n not in changes or changes[n] is not None}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def without(*patterns: bytes) -> Callable[[bytes], bytes]:
    """Cuts the elements that hold one of these texts."""

    def cut(xml: bytes) -> bytes:
        root = etree.fromstring(xml)
        for child in list(root):
            if any(pattern in etree.tostring(child) for pattern in patterns):
                root.remove(child)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return cut


def assert_every_part_has_a_type(path: Path) -> None:
    root = etree.fromstring(parts_of(path)[TYPES])
    defaults = {d.get("Extension", "").lower() for d in root.iterfind("{*}Default")}
    overrides = [o.get("PartName", "") for o in root.iterfind("{*}Override")]
    assert len(set(overrides)) == len(overrides)
    for name in parts_of(path).keys() - {TYPES}:
        assert f"/{name}" in overrides or name.rpartition(".")[2].lower() in defaults, name


def assert_looks_exist(path: Path) -> None:
    """Every cell names a style that there is: Excel repairs a file where one does not."""
    parts = parts_of(path)
    styles = etree.fromstring(parts[STYLES])
    count = len(styles.find("{*}cellXfs"))
    order = [etree.QName(e).localname for e in styles]
    lists = [
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
        "dxfs",
    ]
    assert [name for name in lists if name in order] == [name for name in order if name in lists]
    for part, data in parts.items():
        if part.startswith("xl/worksheets/sheet"):
            for cell in etree.fromstring(data).iter("{*}c"):
                assert int(cell.get("s", "0")) < count, (part, cell.get("r"))
    for xf in styles.find("{*}cellXfs"):
        for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            assert int(xf.get(attribute, "0")) < len(styles.find(f"{{*}}{name}"))


# -- style sheets ------------------------------------------------------------------------------------

ODD_STYLES: dict[str, Mapping[str, bytes | Callable[[bytes], bytes] | None]] = {
    "empty": {STYLES: f'<styleSheet xmlns="{MAIN}"/>'.encode()},
    "empty lists": {STYLES: f'<styleSheet xmlns="{MAIN}"><fonts/><fills/><cellXfs/></styleSheet>'.encode()},
    "only looks of cells": {
        STYLES: f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf/></cellXfs><dxfs/></styleSheet>'.encode()
    },
    "none": {
        STYLES: None,
        TYPES: without(b"styles"),
        "xl/_rels/workbook.xml.rels": without(b"styles"),
    },
    "none, though something refers to it": {STYLES: None},
}  # fmt: skip


@pytest.mark.parametrize("changes", ODD_STYLES.values(), ids=ODD_STYLES)
def test_a_book_without_styles_gets_its_report(tmp_path, run, language, changes):
    path, out = tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    for name, data in parts_of(path).items():  # its own cells name no style, as in such files
        if name.startswith("xl/worksheets/sheet"):
            edit(path, {name: etree.tostring(_unstyled(data))})
    changed(path, changes)
    assert run("check", path, language=language).code == 0
    said = run("report", path, "-o", out, language=language)
    assert said.code == 0, said.err
    assert_every_part_has_a_type(out)
    assert_looks_exist(out)
    openpyxl.load_workbook(out)
    assert run("report", out, "--in-place", language=language).code == 0


def _unstyled(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    for element in root.iter():
        for attribute in ("s", "style", "dxfId"):
            element.attrib.pop(attribute, None)
    for rule in [*root.iter("{*}conditionalFormatting")]:
        rule.getparent().remove(rule)
    return root


@pytest.mark.parametrize("changes", ODD_STYLES.values(), ids=ODD_STYLES)
def test_days_imported_into_a_book_without_styles_look_like_days(tmp_path, run, changes):
    """46090 in a cell without a look is a count."""
    head = ["Post ID", "Network", "Influencer", "Date", "Permalink", "Reach", "Likes"]
    path, export = raw(tmp_path / "book.xlsx", inline([head])), tmp_path / "posts.csv"
    changed(path, changes)
    export.write_text(EXPORT)
    said = run("import", export, "--into", path)
    assert said.code in (0, 1), said.err
    assert_every_part_has_a_type(path)
    assert_looks_exist(path)
    cell = openpyxl.load_workbook(path)["Posts"]["D2"]
    assert (cell.is_date, cell.value) == (True, datetime(2026, 3, 20))


# -- content types, names --------------------------------------------------------------------------------


def test_parts_of_relationships_get_a_type_where_each_had_its_own(tmp_path, run, language):
    """LibreOffice 5 lists each of them; ours would be parts without a type, which Excel calls damage."""
    path, out = tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    rels = [name for name in parts_of(path) if name.endswith(".rels")]

    def one_by_one(xml: bytes) -> bytes:
        root = etree.fromstring(without(b'Extension="rels"')(xml))
        for name in rels:
            etree.SubElement(
                root,
                f"{{{etree.QName(root).namespace}}}Override",
                PartName=f"/{name}",
                ContentType="application/vnd.openxmlformats-package.relationships+xml",
            )
        return etree.tostring(root)

    edit(path, {TYPES: one_by_one})
    assert run("report", path, "-o", out, language=language).code == 0
    assert_every_part_has_a_type(out)


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<functionGroups><functionGroup name='Ours'/></functionGroups>",
        "<externalReferences/>",
        "<functionGroups><functionGroup name='Ours'/></functionGroups><externalReferences/>",
    ],
    ids=["nothing", "function groups", "links", "both"],
)
def test_defined_names_stand_where_the_schema_wants_them(tmp_path, run, language, between):
    path, out = raw(tmp_path / "book.xlsx", inline(_rows())), tmp_path / "out.xlsx"
    after = (between + "<calcPr calcId='0'/>").encode()
    edit(path, {"xl/workbook.xml": lambda xml: xml.replace(b"</sheets>", b"</sheets>" + after)})
    said = run("report", path, "-o", out, language=language)
    assert said.code in (0, 1), said.err
    names = [etree.QName(e).localname for e in etree.fromstring(parts_of(out)["xl/workbook.xml"])]
    assert "definedNames" in names
    assert names == sorted(names, key=ORDER.index)


def _rows() -> list[list[object]]:
    heads = ["Post ID", "Campaign", "Influencer", "Network", "Reach", "Impressions"]
    return [heads, *([post[head] for head in heads] for post in POSTS)]


# -- names with backslashes --------------------------------------------------------------------------------


def backslashed(path: Path) -> Path:
    """As some programs on Windows pack: ``xl\\workbook.xml``."""
    parts = parts_of(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("/", "\\"), data)
    return path


def test_parts_named_with_backslashes_are_read_and_written(tmp_path, run, language):
    plain, odd = tiny(tmp_path / "plain.xlsx"), backslashed(tiny(tmp_path / "odd.xlsx"))
    outs = [tmp_path / "plain-out.xlsx", tmp_path / "odd-out.xlsx"]
    for path, out in zip((plain, odd), outs, strict=True):
        said = run("report", path, "-o", out, language=language)
        assert said.code == 0, said.err
    before, after = (parts_of(out) for out in outs)
    assert after.keys() == before.keys(), "names have slashes in what is written"
    report = next(n for n, d in before.items() if b"report_kpis" in d)
    assert after[report] == before[report]
    with zipfile.ZipFile(outs[1]) as archive:
        assert archive.testzip() is None
    openpyxl.load_workbook(outs[1])
    assert run("report", outs[1], "--in-place", language=language).code == 0


def test_an_export_with_backslashes_is_imported(tmp_path, run, sample, language):
    head = ["Post ID", "Network", "Influencer", "Date", "Permalink", "Reach", "Likes"]
    row = ["17900000000000009", "Instagram", "Ana", 46_090, "https://www.instagram.com/p/B/", 90, 9]
    path = backslashed(raw(tmp_path / "sent.xlsx", inline([head, row])))
    said = run("import", path, "--into", sample(language), "--json", language=language)
    assert said.code in (0, 1), said.err
    assert said.json["added"] == 1


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "xl\\workbook.bin"], FileKind.XLSB),
        (["[Content_Types].xml", "word\\document.xml"], FileKind.WORD),
        (["[Content_Types].xml", "ppt\\presentation.xml"], FileKind.POWERPOINT),
    ],
)
def test_what_a_file_is_does_not_hang_on_its_slashes(tmp_path, names, kind):
    path = tmp_path / "file.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    assert guard.kind(path) is kind


def test_a_part_that_is_there_with_either_slash_is_refused(tmp_path, run, language):
    path = tiny(tmp_path / "book.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl\\workbook.xml", b"<workbook/>")
    said = run("report", path, language=language)
    assert said.code == 3
    assert "XK110" in said.codes


# -- signatures --------------------------------------------------------------------------------------------


def signed(path: Path) -> Path:
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    link = f'<Relationship Id="rIdSig" Type="{origin}" Target="_xmlsignatures/origin.sigs"/>'
    kind = "application/vnd.openxmlformats-package.digital-signature-origin"
    return edit(
        path,
        {
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/sig1.xml": b"<Signature/>",
            "_rels/.rels": lambda xml: xml.replace(b"</Rel", link.encode() + b"</Rel"),
            TYPES: lambda xml: xml.replace(
                b"<Override",
                f'<Default Extension="sigs" ContentType="{kind}"/><Override'.encode(),
                1,
            ),
        },
    )


WORDS = {"en": "digitally signed", "fr": "signé numériquement"}


def test_a_signed_workbook_gets_a_note_that_its_signature_no_longer_holds(tmp_path, run, language):
    path = signed(tiny(tmp_path / "book.xlsx"))
    said = run("report", path, "-o", tmp_path / "out.xlsx", "--json", language=language)
    [finding] = [f for f in said.json["findings"] if f["code"] == "XK419"]
    assert (said.code, finding["severity"]) == (0, "info")
    assert WORDS[language] in run("check", path, language=language).err
    assert {n: d for n, d in parts_of(path).items() if "sig" in n} == {
        n: d for n, d in parts_of(tmp_path / "out.xlsx").items() if "sig" in n
    }


def test_an_import_into_a_signed_workbook_says_so(tmp_path, run, language):
    path, export = signed(tiny(tmp_path / "book.xlsx")), tmp_path / "posts.csv"
    export.write_text(EXPORT)
    said = run("import", export, "--into", path, language=language)
    assert said.code in (0, 1)
    assert WORDS[language] in said.err + said.out
    assert "XK419" not in run("import", export, "--into", path, language=language).codes, (
        "nothing is written the second time"
    )


def test_a_workbook_that_nobody_signed_gets_no_such_note(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx", POSTS, OBJECTIVES)
    assert "XK419" not in run("report", path).codes


# -- looks of what is updated ------------------------------------------------------------------------------


def test_a_day_put_into_a_cell_without_its_look_names_a_style_that_there_is(tmp_path):
    """The look is chosen when the cell is met; the style sheet must be written after that."""
    rows = inline([["Post ID", "Network", "Influencer", "Date", "Reach"], ["p1", "X", "Ana", 1, 5]])
    date_cell = '<c r="D2"><v>1</v></c>'
    assert date_cell in rows
    path = raw(tmp_path / "book.xlsx", rows.replace(date_cell, '<c r="D2" s="0"/>'))
    out = tmp_path / "out.xlsx"
    save_change(path, out, PostChanges({2: {"date": date(2026, 3, 4)}}, {}), None, datetime.now())
    assert_looks_exist(out)
    found = openpyxl.load_workbook(out)["Posts"]["D2"]
    assert (found.is_date, found.value) == (True, datetime(2026, 3, 4))
