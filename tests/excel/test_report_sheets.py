"""The sheets around the Report: filled in both languages, sentences instead of empty frames, also in an older workbook."""

from __future__ import annotations

import re

import openpyxl
import pytest
from books import cell_of, tiny

from xlkpi.excel import contract, layout
from xlkpi.excel.package import Package
from xlkpi.excel.pdf import _report_only

NEW = (contract.CONTEXT, contract.DASHBOARD, contract.ANALYSIS, contract.ACTIONS)


def texts(path, sheet: str) -> list[str]:
    return [str(v) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True) for v in row
            if v is not None]


def hidden(path, sheet: str) -> set[int]:
    return {n for n, row in openpyxl.load_workbook(path)[sheet].row_dimensions.items() if row.hidden}


@pytest.fixture
def older(run, sample):
    """A workbook of the version before: without the new sheets, and without a note of drafts."""
    path = sample()
    run("report", path, "--in-place")
    book = openpyxl.load_workbook(path)
    for spec in NEW:
        del book[spec.label.en]
    for name in list(book.defined_names):
        if name.startswith(("context_", "dashboard_", "analysis_", "actions_")):
            del book.defined_names[name]
    for name, old in (("report_keys", "'Report'!$P$6:$Q$13"), ("report_keys_more", "'Report'!$P$42:$Q$62")):
        book.defined_names[name].attr_text = old
    book["Report"]["G7"].value = "typed long ago"
    book.save(path)
    return path


def test_every_block_of_the_layout_is_filled_or_blank_on_purpose(run, sample, language):
    path = sample(language)
    run("report", path, "--in-place", "--lang", language)
    book = openpyxl.load_workbook(path)
    empty = []
    for id, blocks in layout.SHEET_BLOCKS.items():
        sheet = book[next(s for s in contract.SHEETS if s.id == id).label.in_(language)]
        for name, ref in blocks.items():
            cells = sheet[ref]
            flat = [cells] if not isinstance(cells, tuple) else [c for row in cells for c in row]
            if all(c.value is None for c in flat):
                empty.append(name)
    assert not [n for n in empty if "_section_" in n and "_more" not in n]
    assert not [n for n in empty if not n.endswith(("_note", "_more", "_ids")) and not n.startswith("report_")]


def test_ten_seconds_are_enough_on_the_first_page(run, sample, language):
    path = sample(language)
    said = run("report", path, "--in-place", "--json", "--lang", language).json
    page = contract.CONTEXT.label.in_(language)
    assert str(cell_of(path, page, "B3"))[0] in "▲●▼"
    assert said["headline"] in str(cell_of(path, page, "C3"))
    assert said["funnel"]["reason"] in texts(path, page), "where the funnel is weak"


def test_without_data_a_sentence_says_what_to_fill_in_and_no_header_stands_alone(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    assert run("report", path, "--in-place").code in (0, 1)
    page = texts(path, "Analysis")
    for sentence in ("No marks yet", "No audience known", "One campaign in this report"):
        assert any(text.startswith(sentence) for text in page), sentence
    assert "Criterion" not in page
    assert "Segment" not in page
    table = layout.ANALYSIS_TABLES["audience"]
    assert {*range(table.top + 1, table.bottom + 1)} <= hidden(path, "Analysis"), "its empty rows are out of sight"
    assert table.top not in hidden(path, "Analysis"), "the sentence is not"


def test_tables_side_by_side_keep_the_rows_of_the_longer_one(run, sample):
    path = sample()
    run("report", path, "--in-place")
    one, two = layout.ANALYSIS_TABLES["previous"], layout.ANALYSIS_TABLES["trend"]
    sheet = openpyxl.load_workbook(path)["Analysis"]
    for table in (one, two):
        for row in range(table.top, table.bottom + 1):
            if sheet[f"{table.left}{row}"].value is not None:
                assert row not in hidden(path, "Analysis")


def test_numbers_are_numbers_and_every_colour_has_its_word(run, sample):
    path = sample()
    run("report", path, "--in-place")
    sheet = openpyxl.load_workbook(path)["Analysis"]
    for name, table in layout.ANALYSIS_TABLES.items():
        if not table.ids:
            continue
        for row in range(table.top + 2, table.bottom + 1):
            if sheet[f"{table.ids}{row}"].value in ("met", "watch", "missed"):
                shown = " ".join(str(c.value) for c in sheet[row] if isinstance(c.value, str))
                assert re.search("[▲●▼]", shown), f"{name} row {row}"
    previous = layout.ANALYSIS_TABLES["previous"]
    assert isinstance(sheet[f"C{previous.top + 2}"].value, (int, float))


def test_dashboard_data_stands_below_its_page(run, sample):
    path = sample()
    run("report", path, "--in-place")
    last = int(re.sub(r"\D", "", layout.DASHBOARD_PAGE.partition(":")[2]))
    data = [name for name in layout.DASHBOARD_BLOCKS if name.removeprefix("dashboard_") in (
        "attainment", "funnel", "months", "influencers", "met", "budget")]
    assert len(data) == 6
    for name in data:
        assert int(re.search(r"\d+", layout.DASHBOARD_BLOCKS[name])[0]) > last
    sheet = openpyxl.load_workbook(path)["Dashboard"]
    assert isinstance(sheet["C42"].value or sheet["D42"].value or sheet["E42"].value, (int, float))


def test_a_workbook_of_the_version_before_gets_the_new_sheets(run, older):
    said = run("report", older, "--in-place", "--json")
    assert said.code in (0, 1)
    book = openpyxl.load_workbook(older)
    assert [s for s in book.sheetnames if s in {spec.label.en for spec in NEW}] == [spec.label.en for spec in NEW]
    assert len(book["Dashboard"]._charts) == 10
    assert said.json["kpis"][0]["comment"] == "typed long ago"
    for _ in range(2):
        again = run("report", older, "--in-place", "--json").json
        assert again["kpis"][0]["comment"] == "typed long ago"
        assert [line["comment"] for line in again["kpis"][1:]] == [""] * 5, "drafts are known by their mark alone"
    assert openpyxl.load_workbook(older).sheetnames == book.sheetnames, "they are added once"


def test_the_copy_for_a_pdf_holds_the_report_in_the_order_of_its_parts(tmp_path, run, older):
    run("report", older, "--in-place")
    _report_only(older, tmp_path / "copy.xlsx")
    with Package(tmp_path / "copy.xlsx") as package:
        assert [s.name for s in package.sheets] == ["Context", "Report", "Dashboard", "Analysis", "Actions"]
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert str(book["Analysis"].print_area).count(",") == 2, "each sheet keeps its own pages"
    assert book["Dashboard"].print_area.endswith("$A$1:$R$37")
    handles = {str(c.value) for c in openpyxl.load_workbook(older)["Influencers"]["C"][1:] if c.value}
    with Package(tmp_path / "copy.xlsx") as package:
        everything = b"".join(package.read(n) for n in package.names())
    assert handles
    assert not [h for h in handles if h.encode() in everything], "what is on no page is in no copy"
