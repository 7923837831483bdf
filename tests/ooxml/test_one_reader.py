"""One reader: a cell of a workbook and the same cell of a file that someone sent hold the same value, however odd it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.helpers.books import edit, inline, raw
from xlkpi.core.findings import Refused
from xlkpi.ooxml.cells import UNCALCULATED, CellError, SharedStrings, read_rows
from xlkpi.ooxml.columns import read_columns
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.received import ErrorCell, read_xlsx

PART = "xl/worksheets/sheet2.xml"
HEAD = ["Post ID", "Network", "Influencer", "Date", "Reach", "Likes"]


def thorough(path: Path) -> dict[int, dict[int, object]]:
    """What a small sheet of a workbook holds."""
    with Package(path) as package:
        return {n: row for n, row in read_rows(package, PART, SharedStrings(package)) if row}


def fast(path: Path) -> dict[int, dict[int, object]]:
    """What the large sheet of a workbook holds."""
    found: dict[int, dict[int, object]] = {}
    with Package(path) as package:
        for band in read_columns(package, PART, SharedStrings(package), [0, 1, 2], 1, 99):
            for i, number in enumerate(band.rows.tolist()):
                for index, column in band.columns.items():
                    other = None if column.others is None else column.others[i]
                    if other not in (None, ""):
                        found.setdefault(number, {})[index] = other
                    elif not np.isnan(column.numbers[i]):
                        found.setdefault(number, {})[index] = float(column.numbers[i])
    return found


def sent(path: Path) -> dict[int, dict[int, object]]:
    """What the same sheet holds for an import, its errors as a workbook's reader calls them."""
    [grid] = [grid for grid in read_xlsx(path.read_bytes(), path.name) if grid.name == "Posts"]
    return {
        number: {column: _as_error(cell) for column, cell in enumerate(row) if cell is not None}
        for number, row in zip(grid.numbers, grid.rows, strict=True)
        if row
    }


def _as_error(cell: object) -> object:
    if not isinstance(cell, ErrorCell):
        return cell
    return UNCALCULATED if cell.startswith("=") else CellError(str(cell))


def number(text: str) -> str:
    return f'<c r="A1"><v>{text}</v></c>'


def text(inside: str) -> str:
    return f'<c r="A1" t="inlineStr"><is>{inside}</is></c>'


#: Python reads some of these as numbers.
NO_NUMBERS = (
    "1_000", "12x", "0x1F", "TRUE", "1,5", "1 000", "--1", "1e", "١٢", "１２", "१२", "½", "&#x661;"
)  # fmt: skip
TOO_LARGE = ("1e999", "-1e999", "nan", "NaN", "inf", "-Infinity")
CELLS: dict[str, tuple[str, str, object]] = {
    **{f"number {said}": (number(said), "", CellError(said)) for said in TOO_LARGE},
    "number with spaces": (number(" 12 "), "", 12.0),
    "number with a plus": (number("+3"), "", 3.0),
    "number in references": (number("&#49;2"), "", 12.0),
    "number called one": ('<c r="A1" t="n"><v>1e999</v></c>', "", CellError("1e999")),
    "number with a comment": (number("1<!-- no -->2"), "", 12.0),
    "formula without a number": ('<c r="A1"><f>B1</f><v>1e999</v></c>', "", CellError("1e999")),
    "formula never calculated": ('<c r="A1"><f>1+1</f></c>', "", UNCALCULATED),
    "formula never calculated, empty": ('<c r="A1"><f>1+1</f><v/></c>', "", UNCALCULATED),
    "error": ('<c r="A1" t="e"><v>#N/A</v></c>', "", CellError("#N/A")),
    "error with a reference": ('<c r="A1" t="e"><v>#N&#47;A</v></c>', "", CellError("#N/A")),
    "yes": ('<c r="A1" t="b"><v>1</v></c>', "", True),
    "day of a strict file": ('<c r="A1" t="d"><v>2026-03-04</v></c>', "", "2026-03-04"),
    "inline": (text("<t>a &amp; b</t>"), "", "a & b"),
    "inline, in runs": (text("<r><t>a</t></r><r><t> b</t></r>"), "", "a b"),
    "inline, with a reading": (text("<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>"), "", "東京"),
    "inline, a reading alone": (text("<rPh sb='0' eb='2'><t>トウキョウ</t></rPh>"), "", None),
    "inline, half a character": (text("<t>a_xD800_b</t>"), "", "a\ufffdb"),
    "inline, two halves": (text("<t>_xD83D__xDE00_</t>"), "", "😀"),
    "inline, half a character by number": (text("<t>a&#xD800;b</t>"), "", "a\ufffdb"),
    "inline, no character by number": (text("<t>a&#0;b&#x110000;</t>"), "", "a\ufffdb\ufffd"),
    "inline, a bell by number": (text("<t>a&#7;b</t>"), "", "a\x07b"),
    "inline, a bell": (text("<t>a_x0007_b</t>"), "", "a\x07b"),
    "inline, raw characters": (text("<t><![CDATA[a < b & c]]></t>"), "", "a < b & c"),
    "inline, a comment": (text("<t>a<!-- no -->b</t>"), "", "ab"),
    "of a formula": ('<c r="A1" t="str"><f>B1</f><v>a_xDC00_</v></c>', "", "a\ufffd"),
    **{
        f"shared {name}": ('<c r="A1" t="s"><v>1</v></c>', f"<si><t>first</t></si><si>{inside}</si>", value)
        for name, (inside, value) in {
            "plain": ("<t>b</t>", "b"),
            "nothing": ("", None),
            "runs": ("<r><t>a</t></r><r><rPr><b/></rPr><t xml:space='preserve'> b</t></r>", "a b"),
            "with a reading": ("<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>", "東京"),
            "runs with readings": ("<r><t>東</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>ト</t></rPh>", "東京"),
            "a reading alone": ("<rPh sb='0' eb='2'><t>トウキョウ</t></rPh>", None),
            "half a character": ("<t>a_xD800_b</t>", "a\ufffdb"),
            "two halves": ("<t>_xD83D__xDE00_</t>", "😀"),
            "half a character by number": ("<t>a&#xDFFF;b</t>", "a\ufffdb"),
            "a bell by number": ("<t>a&#7;b</t>", "a\x07b"),
            "raw characters": ("<t><![CDATA[a < b & c]]></t>", "a < b & c"),
            "a comment": ("<t>a<!-- no -->b</t>", "ab"),
        }.items()
    },
    "shared, with spaces": ('<c r="A1" t="s"><v> 0 </v></c>', "<si><t>a</t></si>", "a"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "shared", "value"), CELLS.values(), ids=CELLS)
def test_every_cell_is_the_same_for_a_report_and_for_an_import(tmp_path, cell, shared, value):
    path = raw(tmp_path / "book.xlsx", f'<row r="1">{cell}</row>', shared=shared or None)
    expected = {1: {0: value}} if value is not None else {}
    assert thorough(path) == expected
    assert fast(path) == expected
    assert sent(path) == expected


@pytest.mark.parametrize(("cell", "shared", "value"), CELLS.values(), ids=CELLS)
def test_every_cell_is_the_same_behind_a_prefix(tmp_path, cell, shared, value):
    """Such a sheet always goes through the XML parser."""
    path = raw(
        tmp_path / "book.xlsx",
        f'<row r="1">{cell}</row>',
        shared=shared or None,
        prefix="x",
    )
    assert (
        thorough(path) == fast(path) == sent(path) == ({1: {0: value}} if value is not None else {})
    )


@pytest.mark.parametrize("said", NO_NUMBERS)
@pytest.mark.parametrize("kind", ["", ' t="n"', ' s="0"'])
def test_what_is_no_number_where_one_must_stand_is_damage_for_both(tmp_path, said, kind):
    """A thousand for 1_000 would be a guess; no program that writes workbooks writes it."""
    path = raw(tmp_path / "book.xlsx", f'<row r="1"><c r="A1"{kind}><v>{said}</v></c></row>')
    for reader in (thorough, fast, sent):
        with pytest.raises(Refused) as refused:
            reader(path)
        assert refused.value.findings[0].code == "XK107"


@pytest.mark.parametrize("index", ["1_0", "١", "-1", "0.5", "x", "99", "1e0"])
def test_a_shared_text_that_does_not_exist_is_damage_for_both(tmp_path, index):
    path = raw(
        tmp_path / "book.xlsx",
        f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>',
        shared="<si><t>a</t></si>" * 11,
    )
    for reader in (thorough, fast, sent):
        with pytest.raises(Refused) as refused:
            reader(path)
        assert refused.value.findings[0].code == "XK107"


def test_broken_characters_are_replaced_for_both(tmp_path):
    """Half a character as bytes, which is no UTF-8: a program that cuts captions by units of UTF-16 writes it."""
    path = edit(
        raw(tmp_path / "book.xlsx", f'<row r="1">{text("<t>a#b</t>")}</row>'),
        {PART: lambda xml: xml.replace(b"#", b"\xed\xa0\x80")},
    )
    assert thorough(path) == fast(path) == sent(path) == {1: {0: "a\ufffd\ufffd\ufffdb"}}


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"]
)
def test_parts_in_another_encoding_are_read_as_they_say(tmp_path, encoding):
    def recoded(xml: bytes) -> bytes:
        said = encoding if not encoding.startswith("utf-16-") else "utf-16"
        return xml.decode().replace('encoding="UTF-8"', f'encoding="{said}"').encode(encoding)

    header = b'<?xml version="1.0" encoding="UTF-8"?>'
    path = raw(
        tmp_path / "book.xlsx",
        f'<row r="1"><c r="A1" t="s"><v>0</v></c>{text("<t>été</t>").replace("A1", "B1")}</row>',
        shared="<si><t>déjà</t></si>",
    )
    edit(path, {PART: recoded, "xl/sharedStrings.xml": lambda xml: recoded(header + xml)})
    assert thorough(path) == fast(path) == sent(path) == {1: {0: "déjà", 1: "été"}}


@pytest.mark.parametrize("said", ["1e999", "nan", "-Infinity"])
def test_a_cell_that_cannot_be_counted_with_is_told_at_its_place_by_both(
    tmp_path, run, sample, language, said
):
    path = raw(tmp_path / "sent.xlsx", _sent_posts().replace("<v>1234</v>", f"<v>{said}</v>"))
    report = run("report", path, "--json", language=language)
    told = {f["cell"]: f for f in report.json["findings"]}
    assert (told["E2"]["code"], told["E2"]["value"]) == ("XK302", said)
    imported = run("import", path, "--into", sample(language), "--json", language=language)
    assert imported.code == 1
    [finding] = [f for f in imported.json["findings"] if f["cell"] == "E2"]
    assert finding["value"] == said


@pytest.mark.parametrize("said", ["1_000", "١٢", "12x", "1,5"])
def test_a_file_with_what_is_no_number_is_refused_by_both(tmp_path, run, sample, language, said):
    path = raw(tmp_path / "sent.xlsx", _sent_posts().replace("<v>1234</v>", f"<v>{said}</v>"))
    book = sample(language)
    before = book.read_bytes()
    for command in (("report", path), ("import", path, "--into", book)):
        said_so = run(*command, language=language)
        assert (said_so.code, said_so.codes) == (3, {"XK107"})
    assert book.read_bytes() == before


def _sent_posts() -> str:
    posts = [
        ["p1", "Instagram", "Ana", 46_090, 1_234, 12],
        ["p2", "Instagram", "Ana", 46_091, 99, 3],
    ]
    return inline([HEAD, *posts])
