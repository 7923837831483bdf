"""Imported posts in Posts: the table grows, looks and formulas follow, and nothing else in the file changes."""

from __future__ import annotations

import io
import json
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from tests.excel.jobs.test_injection import PAYLOADS, formulas
from tests.excel.jobs.test_lossless import digest, rich
from tests.helpers.books import POSTS, Formula, cell_of, edit, inline, parts_of, raw, tiny
from tests.scorecard.scorecard import times
from xlkpi.core.findings import Refused
from xlkpi.excel.posts import formulas as follow
from xlkpi.excel.posts.calculated import refresh_computed
from xlkpi.excel.posts.existing import campaign_names, existing, influencers
from xlkpi.excel.posts.write import WrittenPosts, save_change, write
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.intake.exports import loading
from xlkpi.intake.merge import plan as merging
from xlkpi.intake.posts import PostChanges
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.save import save

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 4, 2, 12, 0, 0)
POSTS_PART = "xl/worksheets/sheet6.xml"  # of the template
SNAPSHOT = date(2026, 4, 1)


def some(count: int, **more) -> dict[str, list]:
    """Columns of so many new posts."""
    return {
        "post_id": [f"1790000000000{i:05d}" for i in range(count)],
        "date": [date(2026, 3, 1 + i % 28) for i in range(count)],
        "campaign": ["Spring"] * count,
        "influencer": ["Ana"] * count,
        "network": ["Instagram"] * count,
        "format": [("reel", "story", "carousel")[i % 3] for i in range(count)],
        "url": [f"https://www.instagram.com/p/{i:011d}/" for i in range(count)],
        "reach": [1000.0 + i for i in range(count)],
        "impressions": [1500.0 + i for i in range(count)],
        "likes": [50.0 + i for i in range(count)],
        "snapshot_date": [SNAPSHOT] * count,
        **more,
    }


def put(path: Path, change: PostChanges, target: Path | None = None, language=None) -> WrittenPosts:
    return save_change(path, target or path, change, language, NOW).written


def codes(written: WrittenPosts) -> list[str]:
    return [finding.code for finding in written.findings]


def refused(path: Path, change: PostChanges) -> list:
    """The findings of a refusal; the file must be as it was."""
    before = path.read_bytes()
    with pytest.raises(Refused) as error:
        put(path, change)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    return list(error.value.findings)


def look(cell) -> tuple:
    return (
        cell.number_format,
        cell.fill.fgColor.rgb,
        cell.font.color.rgb,
        cell.font.i,
        cell.border.left.style,
        cell.alignment.indent,
        cell.protection.locked,
    )


@pytest.fixture
def empty(tmp_path, template):
    def write(language="en"):
        path = tmp_path / "campaign.xlsx"
        path.write_bytes(template(language))
        return path

    return write


def sheet_of(path: Path, values: bool = False, name: str = "Posts"):
    return openpyxl.load_workbook(path, data_only=values)[name]


def columns_of(posts) -> dict[str, list]:
    """Records of the worked example as an importer gives them."""
    ids = [c.id for c in contract.POSTS.columns if c.kind is not ColumnKind.COMPUTED]
    return {
        id: [float(v) if isinstance(v := post.get(id), int) else v for post in posts] for id in ids
    }


# -- growing -----------------------------------------------------------------------------------------


def test_imported_posts_look_and_compute_as_if_they_had_always_been_there(
    tmp_path, empty, language
):
    """The same campaign typed and imported: every cell of Posts has the same value, formula and look."""
    example = worked_example(language)
    path = empty(language)
    written = put(path, PostChanges(added=columns_of(example.posts)))
    assert written == (0, len(example.posts), [], ())
    typed = build(language, Sample({"language": language}, posts=example.posts))
    wanted = openpyxl.load_workbook(io.BytesIO(typed))["Posts"]
    wanted_values = openpyxl.load_workbook(io.BytesIO(typed), data_only=True)["Posts"]
    found, values = sheet_of(path), sheet_of(path, values=True)
    assert found.dimensions == wanted.dimensions
    assert (
        found.tables["Posts"].ref
        == found.tables["Posts"].autoFilter.ref
        == wanted.tables["Posts"].ref
    )
    for row in wanted.iter_rows():
        for cell in row:
            mine = found[cell.coordinate]
            assert mine.value == cell.value, cell.coordinate
            assert look(mine) == look(cell), cell.coordinate
            said, meant = values[cell.coordinate].value, wanted_values[cell.coordinate].value
            assert said == (pytest.approx(meant) if isinstance(meant, float) else meant), (
                cell.coordinate
            )


def test_blank_rows_of_the_table_are_filled_before_it_grows(empty):
    path = empty()
    assert put(path, PostChanges(added=some(5)))[:2] == (0, 5)
    sheet = sheet_of(path)
    assert sheet.tables["Posts"].ref == "A1:AJ21"
    assert [sheet.cell(r, 9).value for r in range(1, 8)] == [
        "Reach",
        1000,
        1001,
        1002,
        1003,
        1004,
        None,
    ]
    assert put(path, PostChanges(added=some(20)))[:2] == (0, 20)
    sheet = sheet_of(path)
    assert sheet.tables["Posts"].ref == sheet.tables["Posts"].autoFilter.ref == "A1:AJ26"
    assert sheet.dimensions == "A1:AJ26"
    assert [sheet.cell(r, 9).value for r in (6, 7, 26)] == [1004, 1000, 1019]


def test_values_are_written_in_the_way_of_their_column(empty):
    path = empty("fr")
    put(
        path,
        PostChanges(
            added={
                "post_id": ["1790000000000000123", "007", "9"],
                "date": [date(2026, 3, 31), None, date(1900, 3, 1)],
                "network": ["TikTok", "X", None],
                "format": ["video", "carousel", "unheard of"],
                "reach": [0.0, None, 12.5],
                "key_message": ["yes", "no", None],
                "ad_disclosed": [1.0, 0.0, "Oui"],
                "content_score": [4.5, None, None],
                "promo_code": ["10", "ANA10", None],
                "note": ["-5", "@ana", "été"],
            }
        ),
    )
    sheet = sheet_of(path)
    at = {cell.value: cell.column for cell in sheet[1]}

    def column(header):
        return [sheet.cell(r, at[header]).value for r in (2, 3, 4)]

    assert column("ID du post") == ["1790000000000000123", "007", "9"]
    assert column("Date") == [datetime(2026, 3, 31), None, datetime(1900, 3, 1)]
    assert column("Format") == ["Vidéo", "Carrousel", "unheard of"]
    assert column("Portée") == [0, None, 12.5]
    assert column("Message clé") == ["Oui", "Non", None]
    assert column("Mention publicitaire") == ["Oui", "Non", "Oui"]
    assert column("Code promo") == ["10", "ANA10", None]
    assert column("Note") == ["-5", "@ana", "été"]
    assert sheet.cell(2, at["ID du post"]).data_type == "s"


def test_validations_and_formats_reach_the_new_rows(tmp_path):
    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        sheet.conditional_format("G2:G4", {"type": "cell", "criteria": ">", "value": 1000})
        sheet.conditional_format("H2:H4", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("G4", {"type": "cell", "criteria": "<", "value": 3})
        sheet.conditional_format("Z2:Z4", {"type": "cell", "criteria": "<", "value": 3})
        sheet.data_validation("E2:E4", {"validate": "list", "source": ["Instagram", "TikTok"]})
        sheet.data_validation("A2:A900", {"validate": "any", "input_message": "an id > 1"})
        sheet.ignore_errors({"number_stored_as_text": "A2:A4"})

    path = tiny(tmp_path / "book.xlsx", extend=extend)
    put(path, PostChanges(added=some(996)))
    sheet = sheet_of(path)
    assert sheet.tables["Posts"].ref == "A1:O1000"
    assert {str(v.sqref) for v in sheet.data_validations.dataValidation} == {"E2:E1000", "A2:A1000"}
    assert {str(f.sqref) for f in sheet.conditional_formatting} == {
        "G2:G1000",
        "H2:H1000",
        "G4",
        "Z2:Z4",
    }
    text = parts_of(path)["xl/worksheets/sheet2.xml"].decode()
    assert "<xm:sqref>H2:H1000</xm:sqref>" in text
    assert '<ignoredError sqref="A2:A1000"' in text


def test_every_other_part_keeps_its_bytes(tmp_path):
    path = rich(tmp_path / "book")
    before = parts_of(path)
    put(path, PostChanges({2: {"reach": 7.0}}, some(40)), tmp_path / "out.xlsx")
    after = parts_of(tmp_path / "out.xlsx")
    assert after.keys() == before.keys()
    posts = next(
        n
        for n, d in before.items()
        if n.startswith("xl/worksheets/") and b'r="D9"' not in d and b"slicer" in d
    )
    table = next(n for n, d in before.items() if n.startswith("xl/tables/") and b'"Posts"' in d)
    styles = {"xl/styles.xml"}  # this book's ids are General: they get the text format
    assert {n for n in before if after[n] != before[n]} == {posts, table} | styles
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "out.xlsx") as new:
        for name in before.keys() - {posts, table} - styles:
            a, b = old.getinfo(name), new.getinfo(name)
            assert (a.CRC, a.compress_size, a.date_time) == (b.CRC, b.compress_size, b.date_time), (
                "copied, not repacked"
            )


def test_updates_change_their_cells_and_nothing_else(sample):
    path = sample()
    before = parts_of(path)
    assert put(path, PostChanges({3: {"likes": 4321.0, "note": "seen"}, 17: {"reach": None}})) == (
        2,
        0,
        [],
        (),
    )
    after = parts_of(path)
    assert {n for n in before if after[n] != before[n]} == {POSTS_PART}
    cell = re.compile(r'<c r="(\w+)"[^>]*?(?:/>|>.*?</c>)')
    old, new = (
        {m[1]: m[0] for m in cell.finditer(parts[POSTS_PART].decode())} for parts in (before, after)
    )
    assert old.keys() == new.keys()
    assert {at for at in old if old[at] != new[at]} == {"L3", "AG3", "I17", "AH3", "AH17"}, (
        "with the rates made from them"
    )
    assert cell.sub("", before[POSTS_PART].decode()) == cell.sub("", after[POSTS_PART].decode())
    sheet = sheet_of(path)
    assert (sheet["L3"].value, sheet["AG3"].value, sheet["I17"].value) == (4321, "seen", None)
    assert sheet["L3"].number_format == sheet["L4"].number_format


def test_computed_columns_hold_what_the_report_would_say(sample):
    """Of new and of updated rows: a file must read right where no cell function is installed."""
    path = sample()
    put(
        path,
        PostChanges(
            {
                2: {
                    "likes": 0.0,
                    "comments": 0.0,
                    "shares": 0.0,
                    "saves": 0.0,
                    "clicks": 50.0,
                    "reach": 1000.0,
                    "revenue": 300.0,
                    "cost": 100.0,
                }
            },
            {
                "network": ["Instagram", "Instagram", "X", None],
                "format": ["reel", "reel", None, None],
                "reach": [1000.0, 0.0, None, None],
                "likes": [40.0, 1.0, None, None],
                "impressions": [2000.0, None, None, None],
                "revenue": [None, 50.0, None, None],
                "cost": [None, 0.0, None, None],
                "post_id": ["a", "b", "c", "d"],
            },
        ),
    )
    sheet = sheet_of(path, values=True)
    last = sheet.max_row
    assert [sheet.cell(2, c).value for c in (34, 35)] == [pytest.approx(0.05), pytest.approx(2.0)]
    assert sheet.cell(last - 3, 34).value == pytest.approx(0.04)
    assert sheet.cell(last - 3, 35).value == "#N/A"
    assert sheet.cell(last - 3, 36).value > 0
    assert [sheet.cell(last - 2, c).value for c in (34, 35)] == ["#DIV/0!", "#DIV/0!"]
    assert [sheet.cell(last, c).value or "" for c in (34, 35, 36)] == [""] * 3
    texts = {
        c.value for row in sheet_of(path).iter_rows(min_row=2, min_col=34, max_col=34) for c in row
    }
    assert len(texts) == 1, "one formula in the whole column"


def test_computed_columns_follow_the_settings_and_rates_of_the_workbook(tmp_path):
    settings = {"denominator": "views", "emv_method": "interactions", "count_saves": "no"}
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(build("en", Sample(settings)))
    put(
        path,
        PostChanges(
            added={
                "network": ["Instagram"],
                "format": ["reel"],
                "views": [1000.0],
                "likes": [40.0],
                "saves": [500.0],
                "reach": [1.0],
            }
        ),
    )
    sheet = sheet_of(path, values=True)
    assert sheet["AH2"].value == pytest.approx(0.04)
    book = openpyxl.load_workbook(path)
    for row in book["References"].iter_rows(min_row=2):
        if row[0].value == "EMV: value per interaction" and row[1].value == "Instagram":
            row[3].value = 2
    book.save(path)
    put(path, PostChanges(added={"network": ["Instagram"], "likes": [40.0]}))
    assert sheet_of(path, values=True)["AJ3"].value == pytest.approx(80)


def test_a_report_counts_the_new_posts(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    put(path, PostChanges(added=some(10)))
    report = run("report", path, "--json").json
    reach = next(k for k in report["kpis"] if k["id"] == "reach")
    assert reach["actual"] == 4500 + sum(1000 + i for i in range(10))


def test_an_empty_change_leaves_every_byte(tmp_path, sample):
    path = sample()
    before = path.read_bytes(), path.stat().st_mtime_ns
    for change in (
        PostChanges(),
        PostChanges({}, {}),
        PostChanges({}, {"reach": []}),
        PostChanges({5: {"bookmarks": 3.0}}),
    ):
        saved = save_change(path, path, change, None, NOW)
        assert saved.written[:2] == (0, 0)
        assert saved.backup is None
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_import_in_place_keeps_a_dated_copy(tmp_path, sample):
    path = sample()
    before = path.read_bytes()
    saved = save_change(path, path, PostChanges(added=some(1)), None, NOW)
    assert saved.backup == tmp_path / "campaign.2026-04-02-120000.bak.xlsx"
    assert saved.backup.read_bytes() == before


def test_an_unchanged_export_imports_to_zero_changes(tmp_path, language):
    """What is read back is what was written, in every column and in both languages."""
    source, path = tmp_path / "export.csv", tmp_path / "campaign.xlsx"
    header = (
        "Post ID,Account username,Description,Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,"
        "Shares,Follows,Comments,Saves"
    )
    kinds = ("IG reel", "IG image", "IG carousel", "IG story")
    source.write_text(
        "\n".join(
            (
                header,
                *(
                    f"1790000000000{i:05d},ana.b,a caption,03/{1 + i % 28:02d}/2026 08:15,https://www.instagram.com/p/C{i:010d}/,"
                    f"{kinds[i % 4]},,Lifetime,{2000 + i},{1000 + i},{50 + i},3,,{i},1"
                    for i in range(40)
                ),
            )
        ),
        encoding="utf-8",
    )
    path.write_bytes(
        build(
            language,
            Sample(
                {"language": language},
                campaigns=[{"campaign": "Spring"}],
                influencers=[{"influencer": "Ana", "handle": "@ana.b", "network": "Instagram"}],
            ),
        )
    )
    for wanted in (40, 0):
        loaded = loading.load(source, SNAPSHOT)
        with Package(path) as package:
            book = Workbook(package)
            change, _ = merging.plan(
                loaded.exports,
                existing(book),
                influencers(book),
                today=SNAPSHOT,
                campaigns=campaign_names(book),
            )
        assert put(path, change)[:3] == (0, wanted, [])
        assert change.is_empty == (wanted == 0)
    sheet = sheet_of(path)
    assert [sheet.cell(2, c).value for c in (1, 2, 3, 4, 5)] == [
        "179000000000000000",
        datetime(2026, 3, 1),
        "Spring",
        "Ana",
        "Instagram",
    ]


def test_columns_that_the_table_lacks_are_given_back(tmp_path):
    path = tiny(tmp_path / "book.xlsx")
    written = put(
        path,
        PostChanges(
            {2: {"saves": 3.0, "reach": 8.0}}, some(2, bookmarks=[None, 1.0], emv=[9.0, 9.0])
        ),
    )
    assert written[:3] == (1, 2, ["bookmarks", "emv", "saves", "snapshot_date", "url"])
    assert sheet_of(path).max_column == 15


def test_extra_measures_are_written_where_the_table_has_them(tmp_path):
    path = tiny(
        tmp_path / "book.xlsx", [{**post, "Bookmarks": 1, "Profile visits": None} for post in POSTS]
    )
    assert (
        put(
            path, PostChanges(added=some(1, bookmarks=[12.0], url=[None], snapshot_date=[None]))
        ).left_out
        == []
    )
    assert sheet_of(path)["P5"].value == 12


# -- what users make of their table --------------------------------------------------------------------


def test_a_totals_row_moves_down(tmp_path):
    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        sheet.write_formula("G5", "=SUBTOTAL(109,Posts[Reach])", None, 4500)
        sheet.write_formula("H5", "=SUM(H2:H4)", None, 6100)
        sheet.write_formula("I5", "=H5/G5", None, 1.3)
        sheet.write_string("A5", "Total")
        sheet.write_string("T5", "beside")
        sheet.conditional_format("A5:O5", {"type": "no_blanks"})
        sheet.conditional_format("G2:G5", {"type": "no_errors"})

    path = tiny(tmp_path / "book.xlsx", [*POSTS, {}], totals=False, extend=extend)
    table = next(
        n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
    )
    edit(
        path,
        {
            table: lambda d: d.replace(b'totalsRowShown="0"', b'totalsRowCount="1"').replace(
                b'autoFilter ref="A1:O5"', b'autoFilter ref="A1:O4"'
            )
        },
    )
    put(path, PostChanges(added=some(6)))
    sheet = sheet_of(path)
    assert sheet.tables["Posts"].ref == "A1:O11"
    assert sheet.tables["Posts"].autoFilter.ref == "A1:O10"
    assert [sheet.cell(r, 7).value for r in range(4, 12)] == [
        500,
        *range(1000, 1006),
        "=SUBTOTAL(109,Posts[Reach])",
    ]
    assert [sheet["A11"].value, sheet["H11"].value, sheet["I11"].value] == [
        "Total",
        "=SUM(H2:H10)",
        "=H11/G11",
    ]
    assert sheet["A5"].value == "179000000000000000"
    assert (sheet["T5"].value, sheet["T11"].value) == ("beside", None)
    assert {str(f.sqref) for f in sheet.conditional_formatting} == {"A11:O11", "G2:G11"}
    assert put(path, PostChanges(added=some(1)))[1] == 1
    assert sheet_of(path)["H12"].value == "=SUM(H2:H11)"


@pytest.mark.parametrize("tables", [True, False])
def test_a_total_that_somebody_typed_moves_down_too(tmp_path, run, tables):
    path = tiny(
        tmp_path / "book.xlsx",
        [*POSTS, {"Post ID": "Total", "Reach": Formula("=SUM(G2:G4)", 4500)}],
        tables=tables,
    )
    put(path, PostChanges(added=some(3)))
    sheet = sheet_of(path)
    assert [sheet.cell(r, 1).value for r in range(4, 9)] == [
        "p3",
        "179000000000000000",
        "179000000000000001",
        "179000000000000002",
        "Total",
    ]
    assert sheet["G8"].value == "=SUM(G2:G7)"
    reach = next(k for k in run("report", path, "--json").json["kpis"] if k["id"] == "reach")
    assert reach["actual"] == 4500 + 3003


def test_a_total_that_is_named_by_address_is_not_moved(tmp_path):
    def extend(book):
        book.add_worksheet("Mine").write_formula("B2", "=Posts!G5*2", None, 9000)

    path = tiny(
        tmp_path / "book.xlsx", [*POSTS, {"Post ID": "Total", "Reach": 4500}], extend=extend
    )
    (finding,) = refused(path, PostChanges(added=some(3)))
    assert (finding.code, finding.sheet, finding.cell) == ("XK354", "Mine", "B2")


@pytest.mark.parametrize("what", ["text", "merged", "table", "formula"])
def test_what_stands_below_the_table_is_never_written_over(tmp_path, what):
    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        if what == "text":
            sheet.write_string("C9", "remarks of Ana")
        elif what == "formula":
            sheet.write_formula("C9", "=1+1", None, 2)
        elif what == "merged":
            sheet.merge_range("B9:D9", "")
        else:
            sheet.add_table("B9:C12", {"name": "Mine"})

    path = tiny(tmp_path / "book.xlsx", extend=extend)
    (finding,) = refused(path, PostChanges(added=some(5)))
    assert (finding.code, finding.sheet) == ("XK351", "Posts")
    assert finding.cell[1:] == "9"
    assert put(path, PostChanges(added=some(4)))[1] == 4, "up to it there is room"
    assert sheet_of(path).tables["Posts"].ref == "A1:O8"


def test_what_stands_below_beside_the_table_stays(tmp_path):
    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        sheet.write_string("Q6", "my remark")
        sheet.set_row(6, 45)

    path = tiny(tmp_path / "book.xlsx", extend=extend)
    put(path, PostChanges(added=some(5)))
    sheet = sheet_of(path)
    assert sheet.tables["Posts"].ref == "A1:O9"
    assert (sheet["Q6"].value, sheet["A6"].value, sheet.row_dimensions[7].height) == (
        "my remark",
        "179000000000000001",
        45,
    )


def test_a_table_without_header_row_is_refused(tmp_path):
    path = tiny(tmp_path / "book.xlsx")
    table = next(
        n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
    )
    edit(path, {table: lambda d: d.replace(b"<table ", b'<table headerRowCount="0" ')})
    assert [f.code for f in refused(path, PostChanges(added=some(1)))] == ["XK352"]


def test_more_posts_than_a_sheet_has_rows_are_refused(tmp_path):
    rows = inline([["Post ID", "Network", "Reach"]]) + inline([["p1", "X", 5]], first=1_048_570)
    path = raw(tmp_path / "book.xlsx", rows)
    (finding,) = refused(path, PostChanges(added=some(7)))
    assert finding.code == "XK350"
    assert put(path, PostChanges(added=some(6)))[1] == 6
    assert cell_of(path, "Posts", "C1048576") == 1005


def test_a_formula_that_a_user_put_into_a_figure_is_kept(tmp_path):
    path = tiny(
        tmp_path / "book.xlsx", [{**POSTS[0], "Reach": Formula("=900+100", 1000)}, *POSTS[1:]]
    )
    written = put(path, PostChanges({2: {"reach": 5.0, "likes": 81.0}, 3: {"reach": 6.0}}))
    assert written[:2] == (2, 0)
    (finding,) = [f for f in written.findings if f.code == "XK353"]
    assert (finding.cell, finding.header, finding.value) == ("G2", "Reach", "5.0")
    sheet = sheet_of(path)
    assert (sheet["G2"].value, sheet["I2"].value, sheet["G3"].value) == ("=900+100", 81, 6)
    assert put(path, PostChanges({2: {"reach": 5.0}}))[:2] == (0, 0)


def test_a_formula_in_a_blank_row_is_kept_too(tmp_path):
    path = tiny(tmp_path / "book.xlsx", [*POSTS, {"Impressions": Formula("=G5*2", 0)}, {}])
    written = put(path, PostChanges(added=some(2)))
    (finding,) = [f for f in written.findings if f.code == "XK353"]
    assert (finding.cell, finding.value) == ("H5", "1500.0")
    sheet = sheet_of(path)
    assert [sheet["G5"].value, sheet["H5"].value, sheet["H6"].value] == [1000, "=G5*2", 1501]


def test_a_users_own_columns_stay_empty_or_follow_their_formula(tmp_path):
    rows = [
        {
            **post,
            "Remark": "mine",
            "Twice": Formula(f"=G{i}*2+$A$1", 1),
            "Share": Formula(f"=Objectives!A{i}&H{i}", "x"),
        }
        for i, post in enumerate(POSTS, start=2)
    ]
    path = tiny(
        tmp_path / "book.xlsx", rows, extend=lambda book: setattr(book, "calc_on_load", False)
    )
    assert b"fullCalcOnLoad" not in parts_of(path)["xl/workbook.xml"]
    written = put(path, PostChanges(added=some(2)))
    assert "XK357" in codes(written)
    sheet = sheet_of(path)
    assert [sheet.cell(6, c).value for c in (16, 17, 18)] == [
        None,
        "=G6*2+$A$1",
        "=Objectives!A6&H6",
    ]
    assert b'fullCalcOnLoad="1"' in parts_of(path)["xl/workbook.xml"]
    assert cell_of(path, "Posts", "P5") is None


def test_shared_formulas_follow(tmp_path):
    rows = [{**post, "Twice": Formula(f"=G{i}*2", 1)} for i, post in enumerate(POSTS, start=2)]
    path = tiny(tmp_path / "book.xlsx", rows)
    edit(
        path,
        {
            "xl/worksheets/sheet2.xml": lambda d: (
                d.replace(b"<f>G2*2</f>", b'<f t="shared" ref="P2:P4" si="0">G2*2</f>')
                .replace(b"<f>G3*2</f>", b'<f t="shared" si="0"/>')
                .replace(b"<f>G4*2</f>", b'<f t="shared" si="0"/>')
            )
        },
    )
    put(path, PostChanges(added=some(2)))
    text = parts_of(path)["xl/worksheets/sheet2.xml"].decode()
    assert "<f>G5*2</f>" in text
    assert "<f>G6*2</f>" in text
    assert '<f t="shared" ref="P2:P4" si="0">G2*2</f>' in text


def test_calculated_columns_of_the_table_are_never_filled(tmp_path):
    """A column that the user's table computes is the user's, also when an export has it."""

    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        for row in (1, 2, 3):
            sheet.write_formula(row, 7, "=Posts[[#This Row],[Reach]]*2", None, 1)

    path = tiny(tmp_path / "book.xlsx", extend=extend)
    table = next(
        n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
    )
    edit(
        path,
        {
            table: lambda d: d.replace(
                b'name="Impressions"/>',
                b'name="Impressions"><calculatedColumnFormula>Posts[[#This Row],[Reach]]*2'
                b"</calculatedColumnFormula></tableColumn>",
            )
        },
    )
    written = put(path, PostChanges(added=some(1)))
    assert "impressions" in written.left_out
    assert sheet_of(path)["H5"].value == "=Posts[[#This Row],[Reach]]*2"


def test_formulas_stored_as_arrays_of_one_cell_follow(empty):
    """So Excel keeps what calls a LAMBDA: with cell metadata, and the range of the cell itself."""
    path = empty()
    table = next(
        n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
    )
    edit(
        path,
        {
            POSTS_PART: lambda d: re.sub(
                rb'<c r="(AH\d+)" s="(\d+)"><f>',
                rb'<c r="\1" s="\2" cm="1"><f t="array" ref="\1">',
                d,
            ),
            table: lambda d: d.replace(
                b"<calculatedColumnFormula>", b'<calculatedColumnFormula array="1">', 1
            ),
        },
    )
    put(path, PostChanges(added=some(22)))
    text = parts_of(path)[POSTS_PART].decode()
    for row in (2, 21, 22, 23):
        cell = rf'<c r="AH{row}" s="\d+" cm="1"><f t="array" ref="AH{row}">IF\(.*?</f><v>0\.\d+</v></c>'
        assert re.search(cell, text), row
    assert re.search(r'<c r="AI22" s="\d+" t="e"><f>IF', text)


@pytest.mark.parametrize("chain", [True, False])
def test_the_order_of_calculation_is_forgotten_when_formulas_are_added(empty, chain):
    path = empty()
    if chain:
        edit(
            path,
            {
                "xl/calcChain.xml": b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b'<c r="AH2" i="6"/></calcChain>',
                "xl/_rels/workbook.xml.rels": lambda d: d.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdCC" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                    b'relationships/calcChain" Target="calcChain.xml"/></Relationships>',
                ),
                "[Content_Types].xml": lambda d: d.replace(
                    b"</Types>",
                    b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.spreadsheetml.calcChain+xml"/></Types>',
                ),
            },
        )
    put(path, PostChanges(added=some(30)))
    assert not [n for n, d in parts_of(path).items() if "calcChain" in n or b"calcChain" in d]


def test_a_workbook_without_formulas_of_its_own_is_not_recalculated_on_opening(empty):
    """Without the add-in a recalculation turns our columns into #NAME?."""
    path = empty()
    before = parts_of(path)["xl/workbook.xml"]
    assert codes(put(path, PostChanges(added=some(30)))) == []
    assert parts_of(path)["xl/workbook.xml"] == before


def test_formulas_and_charts_that_name_fixed_rows_are_told(tmp_path):
    def extend(book):
        sheet = book.add_worksheet("Mine")
        sheet.write_formula("A1", "=SUM(Posts!G2:G4)", None, 4500)
        sheet.write_formula("A2", "=SUM(Posts[Reach])", None, 4500)
        sheet.write_formula("A3", "=Posts!G2", None, 1000)
        sheet.write_formula("A4", "=SUM(Posts!G:G)", None, 4500)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Posts!$G$2:$G$4"})
        sheet.insert_chart("D2", chart)

    path = tiny(tmp_path / "book.xlsx", extend=extend)
    written = put(path, PostChanges(added=some(2)))
    assert codes(written) == ["XK357", "XK358", "XK358"]
    assert [(f.sheet, f.cell) for f in written.findings[1:]] == [("Mine", "A1"), ("", "")]


def test_filtered_and_hidden_rows(tmp_path):
    """New posts are to be seen, also in blank rows that a filter hid; hidden posts stay hidden."""

    def extend(book):
        sheet = book.get_worksheet_by_name("Posts")
        for row in (2, 4, 5):
            sheet.set_row(row, None, None, {"hidden": True})

    path = tiny(tmp_path / "book.xlsx", [*POSTS, {}, {}], extend=extend)
    table = next(
        n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
    )
    edit(
        path,
        {
            table: lambda d: d.replace(
                b'<autoFilter ref="A1:O6"/>',
                b'<autoFilter ref="A1:O6"><filterColumn colId="4"><filters><filter val="Instagram"/>'
                b"</filters></filterColumn></autoFilter>",
            )
        },
    )
    written = put(path, PostChanges(added=some(3)))
    assert "XK355" in codes(written)
    sheet = sheet_of(path)
    assert [r for r in range(1, 9) if sheet.row_dimensions[r].hidden] == [3]
    assert sheet.tables["Posts"].autoFilter.ref == "A1:O7"
    assert sheet.tables["Posts"].autoFilter.filterColumn[0].colId == 4


def test_rows_take_over_the_height_of_the_last_one(tmp_path):
    path = tiny(
        tmp_path / "book.xlsx",
        extend=lambda book: book.get_worksheet_by_name("Posts").set_row(3, 30),
    )
    put(path, PostChanges(added=some(2)))
    assert [sheet_of(path).row_dimensions[r].height for r in (4, 5, 6)] == [30, 30, 30]


@pytest.mark.parametrize("tables", [True, False])
def test_moved_and_renamed_columns_are_found_by_their_names(tmp_path, tables):
    posts = [
        {
            "Portée": 5,
            "Mine": "x",
            "Lien": "u",
            "Plateforme": "X",
            "Identifiant de la publication": "1",
        }
    ]
    path = tiny(tmp_path / "book.xlsx", posts, tables=tables, first_row=3, first_column=2)
    put(path, PostChanges({5: {"reach": 6.0}}, some(2)))
    sheet = sheet_of(path)
    assert [c.value for c in sheet[7]][2:] == [
        1001,
        None,
        "https://www.instagram.com/p/00000000001/",
        "Instagram",
        "179000000000000001",
    ]
    assert sheet["C5"].value == 6


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"strict": True},
        {"prefix": "x"},
        {"shared": "<si><t>p1</t></si>"},
        {"styles": False},
        {"workbook_pr": '<workbookPr date1904="1"/>'},
    ],
    ids=["plain", "strict", "prefixed", "shared", "no styles", "1904"],
)
def test_odd_but_valid_workbooks_are_written_in_their_own_way(tmp_path, run, more):
    path = raw(
        tmp_path / "book.xlsx",
        inline([["Post ID", "Network", "Reach", "Date"], ["p1", "X", 5, 46000]]),
        **more,
    )
    put(path, PostChanges({2: {"reach": 6.0}}, some(3)))
    assert [cell_of(path, "Posts", a) for a in ("A2", "C2", "A5", "B5", "C5")] == [
        "p1",
        6,
        "179000000000000002",
        "Instagram",
        1002,
    ]
    days = 46084 - (1462 if "workbook_pr" in more else 0)
    assert cell_of(path, "Posts", "D5") == days
    text = parts_of(path)["xl/worksheets/sheet2.xml"].decode()
    assert ("<x:c " in text) == (more.get("prefix") == "x")
    assert "<c " not in text or not more.get("prefix")
    assert run("report", path, "--json").code in (0, 1)


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c t='inlineStr'><is><t>Post ID</t></is></c><c t='inlineStr'><is><t>Reach</t></is></c></row>"
        "<row><c t='inlineStr'><is><t>p1</t></is></c><c><v>5</v></c></row>",
        '<row r="1"><c t="inlineStr" r="A1"><is><t>Post ID</t></is></c><c t="inlineStr" r="B1"><is><t>Reach</t></is></c></row>'
        '<!-- a <c r="B2"> --><row spans="1:2" r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[p1]]></t></is></c>'
        '<c r="B2"><v>5</v></c></row>',
    ],
    ids=["without addresses", "comments and CDATA"],
)
def test_unusual_xml_is_edited_in_the_right_place(tmp_path, rows):
    path = raw(tmp_path / "book.xlsx", rows)
    put(path, PostChanges({2: {"reach": 6.0}}, {"post_id": ["p2"], "reach": [7.0]}))
    found = [cell_of(path, "Posts", address) for address in ("A1", "B1", "A2", "B2", "A3", "B3")]
    assert found == ["Post ID", "Reach", "p1", 6, "p2", 7]


def test_dates_and_ids_get_a_fitting_look_where_the_column_has_none(tmp_path):
    """A date in a General cell shows as 46082; a long id in one becomes a number when somebody edits it."""
    posts = [{"Post ID": "p1", "Date": "1 March", "Reach": 5}]
    path = tiny(tmp_path / "book.xlsx", posts)
    before = parts_of(path)["xl/styles.xml"]
    put(path, PostChanges({2: {"date": date(2026, 3, 1), "post_id": "17" * 9}}, some(1)))
    sheet = sheet_of(path)
    for row in (2, 3):
        assert sheet.cell(row, 2).is_date
        assert sheet.cell(row, 1).number_format == "@"
        assert sheet.cell(row, 3).number_format == "General"
    assert parts_of(path)["xl/styles.xml"] != before


# -- values that are trouble -----------------------------------------------------------------------------


def test_text_is_text_whatever_it_begins_with(tmp_path, sample):
    path = sample()
    before = sorted(f for _, f in formulas(path))
    ids = (
        "post_id",
        "campaign",
        "influencer",
        "network",
        "format",
        "url",
        "promo_code",
        "note",
        "key_message",
    )
    count = len(PAYLOADS)
    put(
        path,
        PostChanges(
            {2 + i: {"note": p, "url": p, "influencer": p} for i, p in enumerate(PAYLOADS)},
            {id: list(PAYLOADS) for id in (*ids, "reach", "likes")},
        ),
    )
    said = [f for _, f in formulas(path)]
    assert set(said) == set(before), "only the table's own formulas"
    assert len(said) == len(before) + 3 * count
    with Package(path) as package:
        there = existing(Workbook(package))
    for id in ("campaign", "influencer", "url"):
        assert list(there.columns[id])[-count:] == [p.strip() or None for p in PAYLOADS]
    sheet = sheet_of(path)
    shown = [sheet.cell(r, 33).value for r in range(sheet.max_row - count + 1, sheet.max_row + 1)]
    assert [s.replace("_x000D_", "\r").replace("_x005F_", "_") for s in shown] == list(PAYLOADS)
    assert sheet.cell(sheet.max_row, 33).data_type == "s"


def test_control_characters_and_odd_letters_come_back(tmp_path):
    texts = [
        "a\x00b\x07",
        "\x1f",
        "line\r\nbreak",
        "tab\t",
        "_x0041_",
        " spaced ",
        "🌞日本語",
        "\ufffe",
        "a\ud800b",
        "<&>\"'",
    ]
    path = tiny(tmp_path / "book.xlsx", [{**post, "Note": "n"} for post in POSTS])
    put(path, PostChanges(added={"post_id": [str(i) for i in range(len(texts))], "note": texts}))
    found = [cell_of(path, "Posts", f"P{5 + i}") for i in range(len(texts))]
    assert found == [*texts[:8], "a\ufffdb", texts[9]]


def test_text_that_is_too_long_is_cut_and_told(tmp_path):
    path = tiny(tmp_path / "book.xlsx", [{**post, "Note": "n"} for post in POSTS])
    written = put(
        path,
        PostChanges(
            {2: {"note": "y" * 40_000}},
            {"post_id": ["a", "b"], "note": ["🌞" * 20_000, "x" * 32_767]},
        ),
    )
    assert [(f.code, f.cell) for f in written.findings] == [("XK356", "P5"), ("XK356", "P2")]
    assert len(cell_of(path, "Posts", "P2")) == 32_767
    assert cell_of(path, "Posts", "P5") == "🌞" * 16_383
    assert cell_of(path, "Posts", "P6") == "x" * 32_767


def test_figures_that_no_cell_can_hold_are_told(tmp_path):
    path = tiny(tmp_path / "book.xlsx")
    written = put(
        path,
        PostChanges(
            {3: {"reach": float("-inf")}},
            {
                "post_id": ["a", "b"],
                "reach": [float("inf"), float("nan")],
                "date": [date(1899, 1, 1), date(2026, 1, 1)],
            },
        ),
    )
    assert {(f.code, f.cell) for f in written.findings} == {
        ("XK359", "G5"),
        ("XK359", "B5"),
        ("XK359", "G3"),
    }
    assert [cell_of(path, "Posts", a) for a in ("G5", "G6", "B5", "G3")] == [None] * 4


# -- cached values ----------------------------------------------------------------------------------------


def stale(text: bytes) -> bytes:
    """As Excel leaves rows that were edited where the add-in is not installed."""
    text = re.sub(
        rb'(<c r="AH[3-5]" s="\d+")(><f>.*?</f>)<v>[^<]*</v>', rb'\1 t="e"\2<v>#NAME?</v>', text
    )
    return re.sub(rb'(<c r="AJ7" s="\d+"><f>.*?</f>)<v>[^<]*</v>', rb"\1<v>1</v>", text)


def test_stale_values_of_our_formulas_are_refreshed(tmp_path, sample):
    path = sample()
    fresh = parts_of(path)
    with Package(path) as package:
        assert refresh_computed(package) == 0
        assert not package.rewritten
    edit(path, {POSTS_PART: stale})
    assert parts_of(path)[POSTS_PART] != fresh[POSTS_PART]
    with Package(path) as package:
        assert refresh_computed(package) == 4
        save(package, tmp_path / "out.xlsx")
    assert parts_of(tmp_path / "out.xlsx") == fresh


def test_formulas_that_a_user_changed_are_not_ours_to_refresh(sample):
    path = sample()
    edit(
        path,
        {
            POSTS_PART: lambda d: stale(d).replace(
                b"[Followers]:[Clicks]])=0,", b"[Followers]:[Clicks]])=1,", 7
            )
        },
    )
    with Package(path) as package:
        assert (
            refresh_computed(package) == 2
        )  # three formulas a row: rows 2 and 3 are the user's now


def test_a_row_filled_in_after_a_refresh_shows_nothing_for_a_post_without_figures(empty):
    with Package(empty()) as package:
        assert refresh_computed(package) == 0


def test_our_formulas_are_known_as_the_template_writes_them(language, empty):
    with Package(empty(language)) as package:
        grid = Workbook(package).require(contract.POSTS)
        own = follow.OwnFormulas(grid.columns, grid.headers)
        for sheet, text in formulas(package.path):
            if sheet == POSTS_PART:
                column = next(id for id in follow.OURS if own.is_ours(id, text, 2))
                assert not own.is_ours(column, text.replace("0", "1"), 2)
    addresses = (
        'IF(COUNT(H7:P7)=0,"",engagement_rate(IF(SUMPRODUCT(interaction_weights*(L7:P7<>""))=0,"",'
        "SUMPRODUCT(L7:P7, interaction_weights)),"
        "INDEX($H7:$K7,engagement_base)))"
    )
    assert own.is_ours("engagement_rate", addresses, 7)
    assert not own.is_ours("engagement_rate", addresses, 8)
    assert own.is_ours("roi", 'IF(COUNT(H7:P7)=0,"",[1]!ROI(V7,W7))', 7)


# -- what is there before an import -------------------------------------------------------------------------


def test_existing_posts_are_read_as_importers_give_them(tmp_path, language):
    example = worked_example(language)
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(build(language, example))
    with Package(path) as package:
        there = existing(Workbook(package))
    assert list(there.rows) == list(range(2, 2 + len(example.posts)))
    wanted = columns_of(example.posts)
    assert there.columns.keys() == wanted.keys(), (
        "every column of the table, the computed ones left out"
    )
    by_word = {t.in_(language): id for t, id in ((t, id) for id, t in choices.FORMATS.items())}
    flags = {t.in_(language): id for id, t in choices.YES_NO.items()}
    for id, values in wanted.items():
        meant = [by_word[v] for v in values] if id == "format" else values
        if id in ("key_message", "ad_disclosed"):
            meant = [flags[v] for v in values]
        assert list(there.columns[id]) == meant, id
        assert [there.columns[id][i] for i in range(len(meant))] == meant, id


def test_existing_values_that_are_odd(tmp_path):
    posts = [
        {
            "Post ID": 12345,
            "Network": "insta",
            "Reach": "1 234,5",
            "Likes": "oops",
            "Date": "31/03/2026",
            "Format": "REEL",
            "Ad disclosed": True,
            "Clicks": Formula("=1/0", "#DIV/0!"),
            "Note": " n ",
        },
        {
            "Post ID": 1.8e17,
            "Network": "Mastodon",
            "Reach": 7,
            "Format": "GIF",
            "Ad disclosed": "vrai",
        },
        {"Post ID": None},
        {"Post ID": "Total", "Reach": 8},
    ]
    with Package(tiny(tmp_path / "book.xlsx", posts)) as package:
        there = existing(Workbook(package))
    assert list(there.rows) == [2, 3]
    said = {id: list(values) for id, values in there.columns.items()}
    assert said == {
        "post_id": ["12345", None],
        "network": ["Instagram", "Mastodon"],
        "reach": [1234.5, 7.0],
        "likes": ["oops", None],
        "date": [date(2026, 3, 31), None],
        "format": ["reel", "GIF"],
        "ad_disclosed": ["yes", "vrai"],
        "clicks": [None, None],
        "note": ["n", None],
    }


# -- files that open -----------------------------------------------------------------------------------------


def grown(tmp_path, kind: str) -> Path:
    if kind == "foreign":
        path = rich(tmp_path / "book")
    else:
        path = tmp_path / "campaign.xlsx"
        path.write_bytes(build("fr", worked_example("fr") if kind == "example" else None))
    change = PostChanges(
        {2: {"reach": 12.0, "note": "=1+1"}}, some(120, note=["\x07 <&> été"] * 120)
    )
    assert put(path, change, tmp_path / "out.xlsx").added == 120
    return tmp_path / "out.xlsx"


@pytest.mark.parametrize("kind", ["empty", "example", "foreign"])
def test_the_grown_workbook_opens_everywhere(tmp_path, libreoffice, kind):
    path = grown(tmp_path, kind)
    if kind != "foreign":  # whose slicers are made by hand
        assert [
            str(e) for e in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path)).errors
        ] == []
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert not any(entry.extract_version > 20 for entry in archive.infolist()), (
            "Excel repairs needless ZIP64"
        )
    assert "#REF" not in str([c.value for row in sheet_of(path).iter_rows() for c in row])
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Posts").to_python()
    assert sum(str(row[0]).startswith("1790000000000") for row in rows) == 120
    assert libreoffice(path).read_bytes().startswith(b"%PDF")


def test_libreoffice_reads_the_new_rows_as_they_were_meant(tmp_path):
    import shutil

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = grown(tmp_path, "empty")
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "lo"),
            str(path),
        ],
        capture_output=True,
        timeout=180,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    sheet = openpyxl.load_workbook(tmp_path / "lo" / "out.xlsx", data_only=True)["Posts"]
    last = 121 if sheet["A2"].value else 122
    assert sheet.tables["Posts"].ref.startswith("A1:AJ12")
    assert [sheet.cell(last, c).value for c in (1, 2, 6, 9)] == [
        "179000000000000119",
        datetime(2026, 3, 8),
        "Carrousel",
        1119,
    ]
    assert sheet.cell(last, 34).value == pytest.approx((50 + 119) / 1119)


# -- size ------------------------------------------------------------------------------------------------------

_LARGE = """
import json, resource, sys, time, zipfile, zlib
from datetime import date, datetime
from pathlib import Path
from xlkpi.excel.posts.write import save_change
from xlkpi.ooxml.package import Package
from xlkpi.intake.posts import PostChanges
path, mode, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
counters = ("reach", "impressions", "views", "likes", "comments", "shares", "saves")
if mode == "add":
    change = PostChanges({}, {
        "post_id": [f"179{i:015d}" for i in range(count)], "date": [date(2026, 3, 1)] * count,
        "network": ["Instagram"] * count, "format": ["reel"] * count,
        "url": [f"https://www.instagram.com/p/{i:011d}/" for i in range(count)],
        **{id: [float(i % 9000 + k) for i in range(count)] for k, id in enumerate(counters)}})
else:
    change = PostChanges({2 + i: {id: float(i % 9000 + k + 1) for k, id in enumerate(counters)} for i in range(count)}, {})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
written = save_change(path, path, change, None, datetime.now()).written
seconds = time.process_time() - start
megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet6.xml")
start = time.process_time()
zlib.compress(sheet)
print(json.dumps({"updated": written.updated, "added": written.added, "megabytes": megabytes,
                  "floors": seconds / (time.process_time() - start)}))
"""


def test_many_rows_take_seconds_and_no_memory_to_speak_of(tmp_path, empty):
    """Beside the change itself, which its maker holds: the sheet of 190 MB never stands in memory.

    The measure of time is what merely packing the sheet costs on the same machine at the same moment.
    """
    path, count = empty(), times(100_000, 25_000)
    for mode, wanted in (
        ("add", {"updated": 0, "added": count}),
        ("update", {"updated": count, "added": 0}),
    ):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _LARGE, str(path), mode, str(count)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert said.items() >= wanted.items()
        assert said["megabytes"] < 150, said
        assert said["floors"] < 12, said
    with Package(path) as package:
        rows = dict.fromkeys((2, count // 2, count + 1))
        there = existing(Workbook(package))
        assert len(there.rows) == count
        assert [there.columns["reach"][row - 2] for row in rows] == [
            1.0,
            (count // 2 - 2) % 9000 + 1,
            (count - 1) % 9000 + 1,
        ]


# -- saving ------------------------------------------------------------------------------------------------------


def test_a_killed_import_leaves_the_old_or_the_new_file(tmp_path, sample):
    path = sample()
    old = path.read_bytes()
    put(path, PostChanges({2: {"reach": 3.0}}, some(3000)), tmp_path / "new.xlsx")
    new = (tmp_path / "new.xlsx").read_bytes()
    program = (
        "import os, sys, threading, time\n"
        "from datetime import datetime\nfrom pathlib import Path\n"
        "from tests.excel.posts.test_posts_growing import NOW, some\n"
        "from xlkpi.excel.posts import write\nfrom xlkpi.intake.posts import PostChanges\n"
        "after = float(sys.argv[2])\n"
        "save = write.save\n"
        "def watched(package, target, seen):\n"
        "    threading.Thread(target=lambda: (time.sleep(after), os.kill(os.getpid(), 9)), daemon=True).start()\n"
        "    save(package, target, seen)\n"
        "write.save = watched\n"
        "path = Path(sys.argv[1])\n"
        "write.save_change(path, path, PostChanges({2: {'reach': 3.0}}, some(3000)), None, NOW)\n"
        "time.sleep(after + 5)\n"
    )
    chance = random.Random(11)
    with Package(path) as package:
        write(package, PostChanges({2: {"reach": 3.0}}, some(3000)), "en")
        started = time.perf_counter()
        save(package, tmp_path / "timed.xlsx")
        length = time.perf_counter() - started
    outcomes = set()
    for turn in range(times(8, 4)):
        path.write_bytes(old)
        done = subprocess.run(
            [
                sys.executable,
                "-W",
                "ignore",
                "-c",
                program,
                str(path),
                str(turn and chance.uniform(0, 1.2 * length)),
            ],
            capture_output=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr[-500:]
        after = path.read_bytes()
        assert after in (old, new), "the file is damaged"
        outcomes.add(after == new)
    assert False in outcomes
    path.write_bytes(old)
    put(path, PostChanges({2: {"reach": 3.0}}))
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".~campaign")]


def test_the_source_is_never_touched_when_another_target_is_named(tmp_path, sample):
    path = sample()
    before = digest(path), path.stat().st_mtime_ns
    put(path, PostChanges(added=some(2)), tmp_path / "out.xlsx")
    assert (digest(path), path.stat().st_mtime_ns) == before


def test_the_same_change_gives_the_same_bytes(tmp_path, sample):
    path = sample()
    for name in ("a.xlsx", "b.xlsx"):
        put(path, PostChanges({2: {"reach": 3.0}}, some(30)), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_is_written_is_what_a_second_reading_of_the_package_gives(sample):
    """Reports read the package between a change and its saving."""
    with Package(sample()) as package:
        write(package, PostChanges({2: {"reach": 3.0}}, some(3)), "en")
        there = existing(Workbook(package))
        assert there.columns["reach"][0] == 3.0
        assert there.columns["post_id"][-1] == "179000000000000002"
        write(package, PostChanges({2: {"reach": 4.0}}, some(2)), "en")
        there = existing(Workbook(package))
        assert there.columns["reach"][0] == 4.0
        assert list(there.columns["post_id"])[-2:] == ["179000000000000000", "179000000000000001"]


def test_a_damaged_sheet_is_refused_before_anything_is_written(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Posts").write_row(0, 0, ["Post ID", "Reach"])
    book.close()
    edit(path, {"xl/worksheets/sheet1.xml": lambda d: d[: d.index(b"</sheetData>")]})
    assert {f.code for f in refused(path, PostChanges(added=some(1)))} == {"XK107"}
