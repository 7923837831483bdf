"""What a report does not fill keeps its bytes: slicers, sparklines, threaded comments, pictures, macros, looks."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from tests.helpers.books import OBJECTIVES, POSTS, cell_of, edit, inline, parts_of, raw, tiny
from xlkpi.excel.workbook import contract
from xlkpi.ooxml.cells import column_letters, split_address

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
VBA = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(range(256)) * 40
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MS = "http://schemas.microsoft.com/office"


def decorate(book) -> None:
    """A sheet with what only Excel and XlsxWriter know: sparklines, x14 data bars, a text box, a picture, a chart."""
    sheet = book.add_worksheet("Board")
    sheet.write_column("A1", [3, 1, 4, 1, 5])
    sheet.add_sparkline("B1", {"range": "Board!A1:A5", "markers": True})
    sheet.conditional_format(
        "A1:A5", {"type": "data_bar", "data_bar_2010": True, "bar_negative_color": "#FF0000"}
    )
    sheet.insert_textbox("D2", "Our spring campaign", {"fill": {"color": "#FFEECC"}})
    sheet.insert_image("D9", "logo.png", {"image_data": io.BytesIO(PNG), "description": "Logo"})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Board!$A$1:$A$5"})
    sheet.insert_chart("H2", chart)
    sheet.write_comment("A1", "a note")
    book.define_name("my_rate", "=Board!$A$3")


def inject(path, with_slicer_on: str = "xl/worksheets/sheet2.xml") -> None:
    """Add a threaded comment and a table slicer, as Excel 365 stores them."""

    def relation(xml: bytes, id: str, kind: str, target: str) -> bytes:
        link = f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>'
        return xml.replace(b"</Relationships>", link.encode() + b"</Relationships>")

    parts = parts_of(path)
    table = etree.fromstring(
        next(d for n, d in parts.items() if n.startswith("xl/tables/") and b'"Posts"' in d)
    )
    sheet_rels = with_slicer_on.replace("worksheets/", "worksheets/_rels/") + ".rels"
    board = next(
        n for n, d in parts.items() if n.startswith("xl/worksheets/sheet") and b"sparkline" in d
    )
    board_rels = board.replace("worksheets/", "worksheets/_rels/") + ".rels"
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        "".join(
            f'<Override PartName="/{part}" ContentType="{kind}"/>'
            for part, kind in (
                (
                    "xl/threadedComments/threadedComment1.xml",
                    "application/vnd.ms-excel.threadedcomments+xml",
                ),
                ("xl/persons/person.xml", "application/vnd.ms-excel.person+xml"),
                ("xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer+xml"),
                ("xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache+xml"),
            )
        ).encode()
        + b"</Types>",
    )
    parts |= {
        "[Content_Types].xml": types,
        "xl/threadedComments/threadedComment1.xml": (
            f'<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1" '
            'dT="2026-03-02T10:00:00.00" personId="{11111111-1111-1111-1111-111111111111}" '
            'id="{22222222-2222-2222-2222-222222222222}"><text>Well done?</text></threadedComment></ThreadedComments>'
        ).encode(),
        "xl/persons/person.xml": (
            f'<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments"><person displayName="A. Person" '
            'id="{11111111-1111-1111-1111-111111111111}" userId="1" providerId="None"/></personList>'
        ).encode(),
        "xl/slicers/slicer1.xml": (
            f'<slicers xmlns="{_MS}/spreadsheetml/2009/9/main"><slicer name="Network" cache="Slicer_Network" '
            'caption="Network" rowHeight="241300"/></slicers>'
        ).encode(),
        "xl/slicerCaches/slicerCache1.xml": (
            f'<slicerCacheDefinition xmlns="{_MS}/spreadsheetml/2009/9/main" name="Slicer_Network" sourceName="Network">'
            '<extLst><x:ext xmlns:x="'
            + _MAIN
            + '" uri="{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}"><x15:tableSlicerCache '
            f'xmlns:x15="{_MS}/spreadsheetml/2010/11/main" tableId="{table.get("id")}" column="5"/></x:ext></extLst>'
            "</slicerCacheDefinition>"
        ).encode(),
        board_rels: relation(
            parts[board_rels],
            "rIdT1",
            f"{_MS.replace('/office', '/office')}/2017/10/relationships/threadedComment",
            "../threadedComments/threadedComment1.xml",
        ),
        sheet_rels: relation(
            parts[sheet_rels], "rIdS1", f"{_MS}/2007/relationships/slicer", "../slicers/slicer1.xml"
        ),
        "xl/_rels/workbook.xml.rels": relation(
            relation(
                parts["xl/_rels/workbook.xml.rels"],
                "rIdP1",
                f"{_MS}/2017/10/relationships/person",
                "persons/person.xml",
            ),
            "rIdC1",
            f"{_MS}/2007/relationships/slicerCache",
            "slicerCaches/slicerCache1.xml",
        ),
        with_slicer_on: parts[with_slicer_on].replace(
            b"</worksheet>",
            (
                '<extLst><ext uri="{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}"><x14:slicerList xmlns:x14="'
                f'{_MS}/spreadsheetml/2009/9/main"><x14:slicer xmlns:r="{_REL}" r:id="rIdS1"/></x14:slicerList></ext>'
                "</extLst></worksheet>"
            ).encode(),
        ),
        "xl/workbook.xml": parts["xl/workbook.xml"].replace(
            b"</workbook>",
            (
                '<extLst><ext uri="{46BE6895-7355-4a93-B00E-2C351335B9C9}"><x15:slicerCaches xmlns:x15="'
                f'{_MS}/spreadsheetml/2010/11/main"><x14:slicerCache xmlns:x14="{_MS}/spreadsheetml/2009/9/main" '
                f'xmlns:r="{_REL}" r:id="rIdC1"/></x15:slicerCaches></ext></extLst></workbook>'
            ).encode(),
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def rich(path, suffix: str = ".xlsx"):
    """A foreign workbook with everything that other libraries lose, and our two tables."""
    path = path.with_suffix(suffix)

    def extend(book):
        decorate(book)
        if suffix == ".xlsm":
            (path.parent / "vba.bin").write_bytes(VBA)
            book.add_vba_project(str(path.parent / "vba.bin"))

    tiny(path, extend=extend)
    inject(path)
    return path


#: Parts that list the others: they grow when sheets are added, and only then.
LISTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def digest(path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module", params=[".xlsx", ".xlsm"])
def filled(request, tmp_path_factory, run):
    """A foreign workbook and its report, and a second report made from the first."""
    tmp_path = tmp_path_factory.mktemp("filled")
    source = rich(tmp_path / "book", request.param)
    before = digest(source)
    said = run("report", source, "-o", tmp_path / f"out{request.param}")
    assert said.code == 0, said.err
    again = run(
        "report", tmp_path / f"out{request.param}", "-o", tmp_path / f"again{request.param}"
    )
    assert again.code == 0, again.err
    assert digest(source) == before
    return source, tmp_path / f"out{request.param}", tmp_path / f"again{request.param}"


def test_without_our_sheets_every_part_but_the_lists_keeps_its_bytes(filled):
    before, after = parts_of(filled[0]), parts_of(filled[1])
    assert {n for n in before if after.get(n) != before[n]} <= LISTS
    new = after.keys() - before.keys()
    assert new
    assert all(re.match(r"xl/(worksheets|charts|drawings|tables)/", n) for n in new), new


def test_with_our_sheets_only_they_and_the_styles_change(filled):
    before, after = parts_of(filled[1]), parts_of(filled[2])
    assert after.keys() == before.keys()
    ours = after.keys() - parts_of(filled[0]).keys()
    assert {n for n in before if after[n] != before[n]} <= ours | {"xl/styles.xml"}


def test_the_lists_keep_every_entry_they_had(filled):
    before, after = parts_of(filled[0]), parts_of(filled[1])
    for name in LISTS - {"xl/styles.xml"}:
        old, new = (
            {
                etree.tostring(e, method="c14n")
                for e in etree.fromstring(parts[name]).iter()
                if len(e) == 0
            }
            for parts in (before, after)
        )
        lost = {e for e in old - new if b"docProps" not in e}
        assert not lost, f"{name} lost {lost}"
    assert b"slicerCaches" in after["xl/workbook.xml"]
    assert b"my_rate" in after["xl/workbook.xml"]


def test_styles_are_appended_never_renumbered(filled):
    """A cell refers to its look by number: the first looks must stay the first."""
    old, new = (etree.fromstring(parts_of(path)["xl/styles.xml"]) for path in filled[:2])
    for name in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
        before, after = old.find(f"{{*}}{name}"), new.find(f"{{*}}{name}")
        if before is None:
            continue
        plain = [etree.tostring(e, method="c14n") for e in before]
        assert [etree.tostring(e, method="c14n") for e in after][: len(plain)] == plain, name
        assert int(after.get("count", len(after))) == len(after), name


def test_every_part_has_a_type_and_every_relationship_a_target(filled):
    for path in filled[1:]:
        parts = parts_of(path)
        types = etree.fromstring(parts["[Content_Types].xml"])
        listed = [o.get("PartName") for o in types.iterfind("{*}Override")]
        defaults = {d.get("Extension") for d in types.iterfind("{*}Default")}
        assert len(listed) == len(set(listed))
        assert {n.lstrip("/") for n in listed} <= parts.keys()
        for name, data in parts.items():
            assert (
                f"/{name}" in listed
                or name.rpartition(".")[2] in defaults
                or name == "[Content_Types].xml"
            ), name
            if name.endswith(".rels"):
                folder = name.replace("_rels/", "").rpartition("/")[0]
                ids = [r.get("Id") for r in etree.fromstring(data)]
                assert len(ids) == len(set(ids)), name
                for rel in etree.fromstring(data):
                    if rel.get("TargetMode") != "External":
                        target = rel.get("Target")
                        full = (
                            target.lstrip("/") if target.startswith("/") else _join(folder, target)
                        )
                        assert full in parts, f"{name} points at {full}"


def _join(folder: str, target: str) -> str:
    steps = [s for s in folder.split("/") if s]
    for step in target.split("/"):
        steps.pop() if step == ".." else steps.append(step)
    return "/".join(steps)


def test_table_ids_and_names_stay_unique(filled):
    for path in filled[1:]:
        tables = [
            etree.fromstring(d) for n, d in parts_of(path).items() if n.startswith("xl/tables/")
        ]
        for attribute in ("id", "displayName"):
            found = [t.get(attribute).lower() for t in tables]
            assert len(found) == len(set(found)), attribute


def test_table_columns_equal_their_header_cells(filled):
    """Excel repairs the file, and says so, when they differ."""
    book = openpyxl.load_workbook(filled[2], keep_vba=True)
    for sheet in book:
        for table in sheet.tables.values():
            assert [c.name for c in table.tableColumns] == [
                str(c.value) for c in next(iter(sheet[table.ref]))
            ]


def test_macros_survive(filled):
    after = parts_of(filled[2])
    assert ("xl/vbaProject.bin" in after) == (filled[2].suffix == ".xlsm")
    if filled[2].suffix == ".xlsm":
        assert after["xl/vbaProject.bin"] == VBA
        assert b"macroEnabled" in after["[Content_Types].xml"]


def test_outputs_open_in_openpyxl_and_calamine(filled):
    for path in filled[1:]:
        book = openpyxl.load_workbook(path, data_only=True)
        assert book["Report"]["B7"].value == "Reach"
        assert book["Report"]["D7"].value == 4500
        assert book["Checks"]["A4"].value == "Code"
        assert book.sheetnames == CalamineWorkbook.from_path(path).sheet_names


def test_outputs_open_in_libreoffice(tmp_path, run, libreoffice):
    source = rich(tmp_path / "book")
    assert run("report", source, "-o", tmp_path / "out.xlsx").code == 0
    assert libreoffice(tmp_path / "out.xlsx").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "more", [{}, {"strict": True}, {"prefix": "x"}], ids=["plain", "strict", "prefixed"]
)
def test_an_added_report_speaks_the_workbooks_own_namespace(tmp_path, run, more):
    """Excel refuses a file that mixes strict and transitional parts."""
    path = raw(
        tmp_path / "book.xlsx", inline([["Post ID", "Network", "Reach"], ["p1", "X", 5]]), **more
    )
    said = run("report", path)
    assert said.code == 0, said.err
    wanted = "http://purl.oclc.org/ooxml/spreadsheetml/main" if more.get("strict") else _MAIN
    for name, data in parts_of(tmp_path / "book-report.xlsx").items():
        if re.match(r"xl/(workbook|styles|worksheets/sheet\d+|tables/table\d+)\.xml", name):
            spaces = {etree.QName(e).namespace for e in etree.fromstring(data).iter(etree.Element)}
            assert not spaces & (
                {_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"} - {wanted}
            ), name


def test_a_workbook_with_a_sheet_called_report_gets_ours_beside_it(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx", Report=[{"Mine": "keep me"}])
    assert run("report", path).code == 0
    book = openpyxl.load_workbook(tmp_path / "book-report.xlsx")
    assert book["Report"]["A2"].value == "keep me"
    assert book["Report KPI"]["D7"].value == 4500
    names = {t.lower() for sheet in book for t in sheet.tables}
    assert len(names) == sum(len(sheet.tables) for sheet in book)


def test_a_second_run_is_byte_identical(tmp_path, run, sample):
    source = sample()
    for name in ("a.xlsx", "b.xlsx"):
        assert run("report", source, "-o", tmp_path / name).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# -- looks and places that a user changed ----------------------------------------------------------


def test_users_colours_on_the_report_survive(tmp_path, run, sample):
    path = sample()
    book = openpyxl.load_workbook(path)
    pink = PatternFill("solid", fgColor="FFFF69B4")
    for address in ("B7", "C7", "D8", "E9", "G10", "B2", "C16", "K26"):
        book["Report"][address].fill = pink
    book.save(path)
    assert run("report", path).code in (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "campaign-report.xlsx")["Report"]
    for address in ("B7", "C7", "D8", "E9", "G10", "B2", "C16", "K26"):
        assert sheet[address].fill.fgColor.rgb == "FFFF69B4", address
    assert sheet["D9"].number_format == '0.0%;"−"0.0%'


def shifted(path, sheet_part: str, sheet: str, by: int, from_row: int) -> None:
    """Insert rows into a sheet as a spreadsheet program does: cells, ranges, names and tables move down."""

    def move(address: str) -> str:
        row, column = split_address(address)
        return f"{column_letters(column)}{row + by if row >= from_row else row}"

    def ranges(text: str) -> str:
        return " ".join(":".join(map(move, one.split(":"))) for one in text.split())

    parts = parts_of(path)
    root = etree.fromstring(parts[sheet_part])
    for element in root.iter(etree.Element):
        for name in ("ref", "sqref"):
            if element.get(name):
                element.set(name, ranges(element.get(name)))
        if etree.QName(element).localname == "c":
            element.set("r", move(element.get("r")))
        elif etree.QName(element).localname == "row" and int(element.get("r")) >= from_row:
            element.set("r", str(int(element.get("r")) + by))
    changes = {sheet_part: etree.tostring(root)}
    links = etree.fromstring(
        parts[sheet_part.replace("worksheets/", "worksheets/_rels/") + ".rels"]
    )
    for rel in links:
        if rel.get("Type").endswith("/table"):
            name = "xl" + rel.get("Target").lstrip(".")
            table = etree.fromstring(parts[name])
            table.set("ref", ranges(table.get("ref")))
            changes[name] = etree.tostring(table)
    workbook = etree.fromstring(parts["xl/workbook.xml"])
    for entry in workbook.iterfind("{*}definedNames/{*}definedName"):
        title, _, ref = (entry.text or "").rpartition("!")
        if title.strip("'") == sheet and re.fullmatch(r"\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", ref):
            entry.text = f"{title}!" + re.sub(
                r"([A-Z]+)(\d+)", r"$\1$\2", ranges(ref.replace("$", ""))
            )
    changes["xl/workbook.xml"] = etree.tostring(workbook)
    edit(path, changes)


def test_rows_inserted_above_the_blocks_move_the_report_along(tmp_path, run, sample):
    path = sample()
    part = f"xl/worksheets/sheet{contract.SHEETS.index(contract.REPORT) + 1}.xml"
    shifted(path, part, "Report", by=4, from_row=4)
    assert run("report", path).code in (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "campaign-report.xlsx")["Report"]
    assert [sheet.cell(11 + i, 2).value for i in range(3)] == [
        "Reach",
        "Impressions",
        "Engagement rate",
    ]
    assert sheet["B10"].value == "KPI"
    assert [sheet.cell(r, 2).value for r in range(4, 9)] == [None] * 5
    assert sheet.tables["Report"].ref == "B10:G17"


def test_columns_added_to_our_tables_survive(tmp_path, run):
    posts = [{**row, "My own score": i, "Agency": "Blue"} for i, row in enumerate(POSTS)]
    path = tiny(tmp_path / "book.xlsx", posts, [{**row, "Owner": "Ana"} for row in OBJECTIVES])
    assert run("report", path).code == 0
    before, after = parts_of(path), parts_of(tmp_path / "book-report.xlsx")
    for name in (
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",
        "xl/tables/table2.xml",
    ):
        assert after[name] == before[name]


def test_a_cell_beside_the_blocks_stays(tmp_path, run, sample):
    path = sample()
    book = openpyxl.load_workbook(path)
    book["Report"]["S5"] = "my remark"
    book["Checks"]["J2"] = "checked by Ana"
    book.save(path)
    assert run("report", path).code in (0, 1)
    assert cell_of(tmp_path / "campaign-report.xlsx", "Report", "S5") == "my remark"
    assert cell_of(tmp_path / "campaign-report.xlsx", "Checks", "J2") == "checked by Ana"


def test_fewer_results_leave_nothing_of_the_last_report(tmp_path, run, sample):
    """A shorter table must not keep rows of the longer one, nor the checks of yesterday."""
    path = sample()
    broken = openpyxl.load_workbook(path)
    for row in range(2, 12):
        broken["Posts"].cell(row, 9).value = "oops"
    broken.save(tmp_path / "broken.xlsx")
    assert run("report", tmp_path / "broken.xlsx", "-o", tmp_path / "out.xlsx").code == 1
    mended = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for row in range(2, 12):
        mended["Posts"].cell(row, 9).value = 1000
    for row in range(3, 8):
        mended["Objectives"].cell(row, 3).value = mended["Objectives"].cell(row, 4).value = None
    mended.save(tmp_path / "mended.xlsx")
    assert run("report", tmp_path / "mended.xlsx", "-o", tmp_path / "last.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "last.xlsx")
    assert [book["Report"].cell(r, 2).value for r in range(8, 14)] == [None] * 6
    codes = [cell.value for cell in book["Checks"]["A"][4:]]
    assert "XK301" not in codes
