"""What a person added to a workbook is still there after a report, also in the cases that are easy to forget."""

from __future__ import annotations

import zipfile

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from tests.helpers import books
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.blocks import find_blocks
from xlkpi.ooxml.package import Package


def test_names_left_by_a_deleted_report_sheet_do_not_stop_the_next_report(tmp_path, run):
    path = books.tiny(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    book.defined_names["report_kpis"] = DefinedName("report_kpis", attr_text="#REF!$B$6:$G$13")
    book.save(path)
    out = tmp_path / "out.xlsx"
    assert run("report", path, "-o", out).code == 0
    with Package(out) as package:
        assert find_blocks(package)["report_kpis"].sheet.name == "Report"


def test_a_note_below_the_kept_comments_stays(tmp_path, run, sample):
    out = tmp_path / "out.xlsx"
    run("report", sample(), "-o", out)
    book = openpyxl.load_workbook(out)
    book["Report"]["B120"] = "a note of mine"
    book.save(out)
    run("report", out, "--in-place")
    assert books.cell_of(out, "Report", "B120") == "a note of mine"


def test_a_formula_that_is_replaced_leaves_no_order_of_calculation_behind(tmp_path, run, sample):
    out = tmp_path / "out.xlsx"
    run("report", sample(), "-o", out)
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C7" i="7"/></calcChain>'
    part = f"xl/worksheets/sheet{contract.SHEETS.index(contract.REPORT) + 1}.xml"
    cell = b'<c r="C16"'
    with zipfile.ZipFile(out) as book:
        sheet = book.read(part)
    start = sheet.index(cell)
    end = sheet.index(b"</c>", start) + 4
    style = sheet[start:end].split(b' s="')[1].split(b'"')[0]
    formula = cell + b' s="' + style + b'"><f>1+1</f><v>2</v></c>'
    changed = books.edit(
        out,
        {
            part: sheet[:start] + formula + sheet[end:],
            "xl/calcChain.xml": chain,
            "[Content_Types].xml": lambda data: data.replace(
                b"</Types>",
                b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
                b'officedocument.spreadsheetml.calcChain+xml"/></Types>',
            ),
            "xl/_rels/workbook.xml.rels": lambda data: data.replace(
                b"</Relationships>",
                b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                b'relationships/calcChain" Target="calcChain.xml"/></Relationships>',
            ),
        },
    )
    assert run("report", changed, "--in-place").code == 0
    with zipfile.ZipFile(changed) as book:
        assert "xl/calcChain.xml" not in book.namelist()
        assert b"calcChain" not in book.read("[Content_Types].xml") + book.read(
            "xl/_rels/workbook.xml.rels"
        )


def test_a_campaign_that_nobody_declared_is_told_with_its_cell(tmp_path, run):
    path = books.tiny(tmp_path / "book.xlsx", books.changed(books.POSTS, 1, Campaign="Sprng"))
    found = [f for f in run("report", path, "--json").json["findings"] if f["code"] == "XK315"]
    assert [(f["cell"], f["value"]) for f in found] == [("C3", "Sprng")]
    assert "Spring" in found[0]["fix"]


def test_results_without_a_cost_are_told(tmp_path, run):
    posts = [
        {**row, "Influencer": name, "Revenue": 900, "Cost": cost}
        for row, name, cost in zip(
            books.POSTS, ("Ann", "Bob", "Cy"), (100, None, None), strict=True
        )
    ]
    report = run("report", books.tiny(tmp_path / "book.xlsx", posts), "--json").json
    assert [f["reason"] for f in report["findings"] if f["code"] == "XK506"] == [
        "no cost is known for Bob, Cy"
    ]


def test_a_cost_that_is_known_in_another_campaign_only_is_told_with_the_campaign(tmp_path, run):
    """ "No cost is known for Bob" beside the fee that Bob got in spring reads as a mistake of the report."""
    posts = [
        {**row, "Influencer": name, "Campaign": campaign, "Revenue": 900, "Cost": cost}
        for row, name, campaign, cost in zip(
            books.POSTS,
            ("Ann", "Bob", "Bob"),
            ("Spring", "Spring", "Autumn"),
            (100, 200, None),
            strict=True,
        )
    ]
    aims = [*books.OBJECTIVES, {"Campaign": "Autumn", "KPI": "Reach", "Target": 5000}]
    report = run("report", books.tiny(tmp_path / "book.xlsx", posts, aims), "--json").json
    assert [f["reason"] for f in report["findings"] if f["code"] == "XK506"] == [
        "no cost is known for Bob (Autumn)"
    ]


def test_an_influencer_is_named_as_the_influencers_sheet_spells_it(tmp_path, run):
    """The first post may be the one typed in a hurry; the client reads the declared name."""
    posts = [
        {**row, "Influencer": name}
        for row, name in zip(books.POSTS, ("lea fontaine ", "Zoé", "LÉA FONTAINE"), strict=True)
    ]
    book = books.tiny(
        tmp_path / "book.xlsx",
        posts,
        Influencers=[{"Influencer": "Léa Fontaine", "Network": "Instagram"}],
    )
    report = run("report", book, "--json").json
    assert {row["influencer"]: row["posts"] for row in report["by_influencer"]} == {
        "Léa Fontaine": 2,
        "Zoé": 1,
    }
