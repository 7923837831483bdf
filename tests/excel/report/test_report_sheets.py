"""The sheets around the Report: filled in both languages, sentences instead of empty frames, also in an older workbook."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from lxml import etree

from tests.helpers.books import POSTS, cell_of, tiny
from xlkpi.core.texts import Text
from xlkpi.excel.jobs.report_copy import write_report_only
from xlkpi.excel.report.compared import with_others
from xlkpi.excel.samples.campaigns import example_of
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract, layout
from xlkpi.ooxml.package import Package

NEW = (contract.CONTEXT, contract.DASHBOARD, contract.ANALYSIS, contract.ACTIONS)


def texts(path, sheet: str) -> list[str]:
    return [
        str(v)
        for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
        for v in row
        if v is not None
    ]


def hidden(path, sheet: str) -> set[int]:
    return {
        n for n, row in openpyxl.load_workbook(path)[sheet].row_dimensions.items() if row.hidden
    }


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
    for name, old in (
        ("report_keys", "'Report'!$P$6:$Q$13"),
        ("report_keys_more", "'Report'!$P$42:$Q$62"),
    ):
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
    assert not [
        n
        for n in empty
        if not n.endswith(("_note", "_more", "_ids")) and not n.startswith("report_")
    ]


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
    for sentence in (
        "No marks yet",
        "No audience known",
        "One campaign in this report",
        "Peers need three influencers",
    ):
        assert any(text.startswith(sentence) for text in page), sentence
    assert "Criterion" not in page
    assert "Segment" not in page
    table = layout.ANALYSIS_TABLES["audience"]
    assert {*range(table.top + 1, table.bottom + 1)} <= hidden(path, "Analysis"), (
        "its empty rows are out of sight"
    )
    assert table.top not in hidden(path, "Analysis"), "the sentence is not"


def test_a_budget_of_one_campaign_among_several_is_not_told_as_no_budget(tmp_path, run):
    posts = [*POSTS[:2], {**POSTS[2], "Campaign": "Autumn"}]
    aims = [{"Campaign": name, "KPI": "Reach", "Target": 500} for name in ("Spring", "Autumn")]
    known = [{"Campaign": "Spring", "Budget": 900}, {"Campaign": "Autumn"}]
    path = tiny(tmp_path / "book.xlsx", posts, aims, Campaigns=known)
    assert run("report", path, "--in-place").code in (0, 1)
    assert "€300 spent, a campaign has no budget" in texts(path, "Context")
    assert "€300 spent, a campaign has no budget" in texts(path, "Dashboard")


def test_why_rates_are_not_compared_is_readable_where_their_names_are_cut_off():
    others = [
        (f"Instagram, {n}", Text("counted on followers", "calculé sur les abonnés"))
        for n in range(20)
    ]
    said = with_others(None, others)
    assert said is not None
    assert said.en.startswith("Not compared (counted on followers): Instagram, 0")
    assert said.fr.startswith("Non comparés (calculé sur les abonnés) : Instagram, 0")


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
    data = [
        name
        for name in layout.DASHBOARD_BLOCKS
        if name.removeprefix("dashboard_")
        in ("attainment", "funnel", "months", "influencers", "met", "budget")
    ]
    assert len(data) == 6
    for name in data:
        assert int(re.search(r"\d+", layout.DASHBOARD_BLOCKS[name])[0]) > last
    sheet = openpyxl.load_workbook(path)["Dashboard"]
    assert isinstance(sheet["C42"].value or sheet["D42"].value or sheet["E42"].value, (int, float))


@pytest.mark.parametrize("palette", ["blue_orange", "green_red"])
def test_the_bars_of_attainment_say_their_verdict_without_colour(run, sample, palette):
    """In grey print, and under either palette: the sign of each bar is that of its one figure."""
    path = sample()
    book = openpyxl.load_workbook(path)
    cell = next(row[1] for row in book["Settings"].iter_rows() if row[0].value == "Colours")
    cell.value = choices.PALETTES[palette].en
    book.save(path)
    run("report", path, "--in-place")
    book = openpyxl.load_workbook(path)
    assert book["Report"]["P1"].value == palette
    for name in ("report", "dashboard"):
        sheet = book[{"report": "Report", "dashboard": "Dashboard"}[name]]
        rows = [
            [c.value for c in row]
            for row in sheet[layout.SHEET_BLOCKS[name][f"{name}_attainment"]][1:]
        ]
        signs = {
            "".join(
                sign for sign, share in zip("▲●▼", row[1:], strict=True) if share is not None
            ): row[0][0]
            for row in rows
            if row[0]
        }
        assert len(signs) > 1
        assert all(sign == shown for sign, shown in signs.items())


def test_a_kpi_with_a_long_campaign_name_keeps_to_its_two_lines(tmp_path, run):
    """What would be cut off below ends in an ellipsis, and says all the same of how many posts it is."""
    long = "Autumn, the launch of the whole range without added sugar"
    posts = [
        *POSTS[:2],
        {**POSTS[2], "Campaign": long},
        {**POSTS[2], "Campaign": long, "Post ID": "p9", "Reach": None},
    ]
    aims = [
        {"Campaign": name, "KPI": "Cost per thousand impressions (CPM)", "Target": 5}
        for name in ("Spring", long)
    ]
    path = tiny(tmp_path / "book.xlsx", posts, aims)
    run("report", path, "--in-place")
    labels = [
        row[0].value
        for row in openpyxl.load_workbook(path)["Report"][layout.REPORT_BLOCKS["report_kpis"]][1:3]
    ]
    assert all(
        len(label) <= 60 and label.startswith("Cost per thousand impressions (CPM)")
        for label in labels
    )
    assert labels[1].endswith("…")


# -- the influencers' third chart ------------------------------------------------------------------

TITLES = {
    "roi": Text("Influencers: ROI", "Influenceurs : ROI"),
    "emv_ratio": Text("Influencers: EMV ÷ spend", "Influenceurs : EMV ÷ dépenses"),
}


def third_chart(path, language="en") -> tuple[str, str, list, set[str], str]:
    """Its title, the name of its series, the figures, their number formats, and the sentence under it."""
    sheet = openpyxl.load_workbook(path)[contract.DASHBOARD.label.in_(language)]
    column = [row[3] for row in sheet[layout.DASHBOARD_BLOCKS["dashboard_influencers"]]]
    figures = [c for c in column[1:] if c.value is not None]
    title, note = (
        sheet[layout.DASHBOARD_BLOCKS[f"dashboard_{name}"].partition(":")[0]].value
        for name in ("section_by_roi", "by_roi_note")
    )
    return (
        title,
        column[0].value,
        [c.value for c in figures],
        {c.number_format for c in figures},
        note,
    )


def test_an_awareness_campaign_shows_what_its_spend_brought_in_media_value(tmp_path, run, language):
    """It has no revenue, so no ROI: the chart would stay empty and ask for sales that nobody planned."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(language, example_of("awareness", language)))
    said = run("report", path, "--in-place", "--json", "--lang", language).json["by_influencer"][:8]
    assert [g["roi"] for g in said] == [None] * 8
    title = TITLES["emv_ratio"].in_(language)
    known = [g["emv_ratio"] for g in said]
    assert third_chart(path, language) == (
        title,
        title,
        pytest.approx(known),
        {'0.0"\u00a0×";"−"0.0"\u00a0×"'},
        None,
    )


def test_its_tables_end_in_what_the_spend_brought_too(tmp_path, run, language):
    """Influencers and networks on the Report, tiers on Analysis: never a column of dashes where another figure is known."""
    path = tmp_path / "book.xlsx"
    for example, title in (
        ("awareness", Text("EMV ÷ spend", "EMV ÷ dép.")),
        ("conversion", Text("ROI", "ROI")),
    ):
        path.write_bytes(build(language, example_of(example, language)))
        run("report", path, "--in-place", "--lang", language)
        book = openpyxl.load_workbook(path)
        for spec, block in (
            (contract.REPORT, "report_by_influencer"),
            (contract.REPORT, "report_by_network"),
            (contract.ANALYSIS, "analysis_tiers"),
        ):
            rows = [
                [c.value for c in row if c.value is not None]
                for row in book[spec.label.in_(language)][layout.SHEET_BLOCKS[spec.id][block]]
            ]
            header = next(i for i, row in enumerate(rows) if title.in_(language) in row)
            assert rows[header][-1] == title.in_(language), block
            assert isinstance(rows[header + 1][-1], float), block


def test_one_known_roi_is_enough_for_the_chart_to_show_roi(tmp_path, run):
    posts = [{**post, "Revenue": None} for post in POSTS[:2]]
    path = tiny(tmp_path / "book.xlsx", posts=[*posts, POSTS[2]])
    run("report", path, "--in-place")
    assert third_chart(path) == (
        TITLES["roi"].en,
        TITLES["roi"].en,
        [pytest.approx(-2 / 3)],
        {'0%;"−"0%'},
        None,
    )
    path = tiny(tmp_path / "none.xlsx", posts=[{**post, "Revenue": None} for post in POSTS])
    run("report", path, "--in-place")
    assert third_chart(path)[0] == TITLES["emv_ratio"].en


def test_without_costs_the_empty_chart_says_what_either_needs(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx", posts=[{**post, "Revenue": None, "Cost": None} for post in POSTS]
    )
    run("report", path, "--in-place")
    title, series, figures, _, note = third_chart(path)
    assert (title, series, figures) == (TITLES["roi"].en, TITLES["roi"].en, [])
    assert all(word in note for word in ("Cost", "Revenue", "Impressions", "EMV ÷ spend"))


def test_the_figures_of_the_chart_are_written_as_in_its_cells(template, language):
    """A percentage and a multiple take turns there; a format of the labels' own would be wrong for one of them."""
    with zipfile.ZipFile(io.BytesIO(template(language))) as book:
        charts = [
            etree.fromstring(book.read(n))
            for n in book.namelist()
            if n.startswith("xl/charts/chart")
        ]
        drawings = b"".join(
            book.read(n) for n in book.namelist() if n.startswith("xl/drawings/drawing")
        ).decode()
    mine = [
        c for c in charts if any((f.text or "").endswith("$E$72:$E$79") for f in c.iter("{*}f"))
    ]
    assert len(mine) == 1
    assert mine[0].find(".//{*}dLbls/{*}showVal") is not None
    assert mine[0].find(".//{*}dLbls/{*}numFmt") is None
    assert Text("EMV ÷ spend", "EMV ÷ dépenses").in_(language) in drawings, (
        "as the alternative text says"
    )


def test_a_workbook_of_the_version_before_gets_the_new_sheets(run, older):
    said = run("report", older, "--in-place", "--json")
    assert said.code in (0, 1)
    book = openpyxl.load_workbook(older)
    assert [s for s in book.sheetnames if s in {spec.label.en for spec in NEW}] == [
        spec.label.en for spec in NEW
    ]
    assert len(book["Dashboard"]._charts) == 10
    assert said.json["kpis"][0]["comment"] == "typed long ago"
    for _ in range(2):
        again = run("report", older, "--in-place", "--json").json
        assert again["kpis"][0]["comment"] == "typed long ago"
        assert [line["comment"] for line in again["kpis"][1:]] == [""] * 5, (
            "drafts are known by their mark alone"
        )
    assert openpyxl.load_workbook(older).sheetnames == book.sheetnames, "they are added once"


def test_the_copy_for_a_pdf_holds_the_report_in_the_order_of_its_parts(tmp_path, run, older):
    run("report", older, "--in-place")
    write_report_only(older, tmp_path / "copy.xlsx")
    with Package(tmp_path / "copy.xlsx") as package:
        assert [s.name for s in package.sheets] == [
            "Context",
            "Report",
            "Dashboard",
            "Analysis",
            "Actions",
        ]
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert str(book["Analysis"].print_area).count(",") == 2, "each sheet keeps its own pages"
    assert book["Dashboard"].print_area.endswith("$A$1:$R$37")
    handles = {
        str(c.value) for c in openpyxl.load_workbook(older)["Influencers"]["C"][1:] if c.value
    }
    with Package(tmp_path / "copy.xlsx") as package:
        everything = b"".join(package.read(n) for n in package.names())
    assert handles
    assert not [h for h in handles if h.encode() in everything], "what is on no page is in no copy"
