"""The workbook of the LAMBDA edition: valid, computed to the same values, and with the same report as the other."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.excel.lambdas.lambdaengine import CODES, same
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template import lambdas
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract

COMPUTED = ("engagement_rate", "roi", "emv")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(
    scope="module",
    params=[(lang, kind) for lang in LANGUAGES for kind in ("empty", "example")],
    ids="-".join,
)
def edition(request, made):
    """Language and bytes of a fresh workbook."""
    lang, kind = request.param
    return lang, made(lang, kind == "example")


def test_package_is_valid(made, language, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(made(language, True))
    assert [
        str(e) for e in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path)).errors
    ] == []


def test_builds_are_byte_identical(edition, made):
    lang, data = edition
    example = worked_example(lang) if data == made(lang, True) else None
    assert build(lang, example, "lambda") == data


def test_the_edition_is_marked_and_the_other_is_not(edition):
    """What the set-up check reads; the README sheet says it to people."""
    lang, data = edition
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.defined_names[contract.EDITION_NAME].attr_text == '"lambda"'
    lines = {
        str(cell.value) for row in book[contract.README.label.in_(lang)].iter_rows() for cell in row
    }
    assert any("LAMBDA" in line for line in lines)
    other = openpyxl.load_workbook(io.BytesIO(build(lang)))
    assert contract.EDITION_NAME not in other.defined_names
    assert not {n.name for n in lambdas.names()} & set(other.defined_names)


def test_only_what_the_edition_needs_is_different(edition, made):
    """The same sheets, tables and formats: Posts, README, the hidden lists and the names differ."""
    lang, data = edition
    one, two = (
        parts_of(data),
        parts_of(build(lang, worked_example(lang) if data == made(lang, True) else None)),
    )
    differ = {name for name in one if one[name] != two.get(name)}
    posts, readme = (contract.SHEETS.index(s) + 1 for s in (contract.POSTS, contract.README))
    assert differ <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/metadata.xml",
        "xl/sharedStrings.xml",
        "docProps/app.xml",
        f"xl/worksheets/sheet{posts}.xml",
        f"xl/worksheets/sheet{readme}.xml",
        f"xl/worksheets/sheet{len(contract.SHEETS) + 1}.xml",
        *(n for n in one if n.startswith("xl/tables/") and b'array="1"' in one[n]),
        *(n for n in one if n.startswith("xl/worksheets/") and _same_but_strings(one[n], two[n])),
    }
    assert set(one) - set(two) == {"xl/metadata.xml"}


def _same_but_strings(one: bytes, two: bytes) -> bool:
    """Sheets whose texts have other places in the list of shared strings."""
    return re.sub(rb't="s"><v>\d+<', b"", one) == re.sub(rb't="s"><v>\d+<', b"", two)


def test_cells_and_table_columns_are_written_as_excel_writes_them(edition):
    """A call of a LAMBDA may spill: stored otherwise Excel shows it with an @."""
    parts = parts_of(edition[1])
    sheet = parts[f"xl/worksheets/sheet{contract.SHEETS.index(contract.POSTS) + 1}.xml"].decode()
    cells = re.findall(
        r"<c ([^>]*)><f([^>]*)>([^<]*(?:ENGAGEMENT_RATE|ROI|EMV)\([^<]*)</f><v>([^<]*)</v>", sheet
    )
    assert len(cells) >= 3 * 20
    for attributes, kind, _, value in cells:
        assert 'cm="1"' in attributes
        assert (
            re.search(r'r="([A-Z]+\d+)"', attributes)[1]
            == re.fullmatch(r' t="array" ref="([A-Z]+\d+)"', kind)[1]
        )
        assert ('t="e"' in attributes) == value.startswith("#")
    table = next(
        data for name, data in parts.items() if name.startswith("xl/tables/") and b"ROI(" in data
    ).decode()
    assert (
        table.count('<calculatedColumnFormula array="1">')
        == table.count("<calculatedColumnFormula")
        == 3
    )


def test_names_carry_their_help(edition):
    lang, data = edition
    names = openpyxl.load_workbook(io.BytesIO(data)).defined_names
    for entry in lambdas.names():
        assert names[entry.name].comment == entry.help.in_(lang)
        assert names[entry.name].attr_text == entry.stored


@pytest.mark.parametrize(
    "settings",
    [(), (("currency", "USD"), ("emv_method", "both"), ("denominator", "impressions"))],
    ids=["as shipped", "dollars, both EMV methods, by impressions"],
)
def test_recalculated_posts_are_the_cached_ones(engine, made, language, settings):
    """The values that a file shows before Excel recalculates are those that it then computes."""
    data = made(language, True, settings)
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[
        contract.POSTS.label.in_(language)
    ]
    book = engine(language, True, settings)
    sheet = book.sheet(contract.POSTS.label.in_(language))
    columns = [i for i, c in enumerate(contract.POSTS.columns, start=1) if c.id in COMPUTED]
    for row in range(2, cached.max_row + 1):
        for column in columns:
            wanted = cached.cell(row, column).value
            found = book.value(sheet, row, column)
            assert same(found, CODES.get(wanted, wanted)), (
                f"row {row}, column {column}: {found} for {wanted}"
            )


def test_empty_rows_stay_empty(engine, language):
    book = engine(language)
    sheet = book.sheet(contract.POSTS.label.in_(language))
    assert {book.value(sheet, row, column) for row in (2, 5, 21) for column in (34, 35, 36)} == {
        None
    }


def test_report_is_that_of_the_other_edition(tmp_path, run, sample, made, language):
    theirs, ours = sample(language, "addin.xlsx"), tmp_path / "lambda.xlsx"
    ours.write_bytes(made(language, True))
    reports = [run("report", path, "--json", language=language) for path in (theirs, ours)]
    assert [said.code for said in reports] == [0, 0]
    one, two = (
        said.out.replace(path.name, "book")
        for said, path in zip(reports, (theirs, ours), strict=True)
    )
    assert one == two


def test_filling_the_report_keeps_the_functions(tmp_path, run, made, language):
    path, filled = tmp_path / "book.xlsx", tmp_path / "filled.xlsx"
    path.write_bytes(made(language, True))
    assert run("report", path, "-o", filled, language=language).code == 0
    before, after = parts_of(path.read_bytes()), parts_of(filled.read_bytes())
    for part in (
        "xl/metadata.xml",
        f"xl/worksheets/sheet{contract.SHEETS.index(contract.POSTS) + 1}.xml",
    ):
        assert after[part] == before[part]
    kept = openpyxl.load_workbook(filled).defined_names
    for entry in lambdas.names():
        assert (kept[entry.name].attr_text, kept[entry.name].comment) == (
            entry.stored,
            entry.help.in_(language),
        )
    assert contract.EDITION_NAME in kept


def test_libreoffice_opens_it(tmp_path, libreoffice, made):
    """It cannot compute LAMBDA; the file must open all the same."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(made("fr", True))
    assert libreoffice(path).stat().st_size > 10_000
