"""The Checks sheet: balance, coverage, findings that lead to their cells, and the marks on the input sheets."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import etree, html
from openxml_audit import FileFormat, OpenXmlValidator

from tests.helpers.books import POSTS, Formula, changed, edit, parts_of, tiny
from tests.helpers.planting import Book
from xlkpi.core.findings import Finding
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report import fill
from xlkpi.excel.report.parts import Link
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract, layout
from xlkpi.excel.workbook.blocks import find_blocks
from xlkpi.excel.workbook.contract import (
    CAMPAIGNS,
    CHECKS,
    INFLUENCERS,
    OBJECTIVES,
    REFERENCES,
    SETTINGS,
)
from xlkpi.excel.workbook.contract import POSTS as POSTS_SHEET
from xlkpi.excel.workbook.palette import MARK_FILL
from xlkpi.ooxml.cells import column_letters
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.sheet import SheetTree

INPUT = (
    SETTINGS,
    CAMPAIGNS,
    OBJECTIVES,
    INFLUENCERS,
    POSTS_SHEET,
    contract.REVIEWS,
    contract.AUDIENCE,
    REFERENCES,
)
CHECKS_PART = f"xl/worksheets/sheet{1 + contract.SHEETS.index(CHECKS)}.xml"
TOLERANCE = 2 + [s.id for s in choices.SETTING_ROWS].index("tolerance")
#: One defect on each input sheet, and two on Posts.
DEFECTS = {
    (SETTINGS, "value", TOLERANCE): "often",
    (CAMPAIGNS, "budget", 2): "35000 $",
    (OBJECTIVES, "target", 4): "5 %%",
    (INFLUENCERS, "notes", 3): Formula("=NA()", "#N/A"),
    (POSTS_SHEET, "reach", 5): "12,3k?",
    (POSTS_SHEET, "likes", 20): -5,
    (REFERENCES, "value", 2): -3,
}

#: What makes all sheets but Posts right again.
HEALED = {
    (SETTINGS, "value", TOLERANCE): 0.1,
    (CAMPAIGNS, "budget", 2): 35_000,
    (OBJECTIVES, "target", 4): 0.05,
    (INFLUENCERS, "notes", 3): None,
    (REFERENCES, "value", 2): 10,
}


def planted(path: Path, language, defects=DEFECTS) -> Path:
    """The worked example with some cells that are wrong."""
    path.write_bytes(Book(build(language, worked_example(language)), language).with_cells(defects))
    return path


def sheet_of(path: Path, spec: contract.Sheet, language="en"):
    return openpyxl.load_workbook(path)[spec.label.in_(language)]


def links(path: Path, language="en") -> dict[str, str]:
    """Cell of Checks → where it leads."""
    sheet = sheet_of(path, CHECKS, language)
    return {
        cell.coordinate: cell.hyperlink.location
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }


def marks(path: Path, language="en") -> list[str]:
    sheet = sheet_of(path, CHECKS, language)
    top, bottom = layout.CHECKS_BLOCKS["checks_cells"].split(":")
    return [row[0].value for row in sheet[f"{top}:{bottom}"][1:] if row[0].value]


# -- findings lead to their cells --------------------------------------------------------------------


def test_every_finding_leads_to_its_cell(tmp_path, run, language):
    book, out = planted(tmp_path / "book.xlsx", language), tmp_path / "out.xlsx"
    run("report", book, "-o", out, language=language)
    found = run("check", book, "--json", language=language).json["findings"]
    sheet, led = sheet_of(out, CHECKS, language), links(out, language)
    wanted = Counter(f"'{f['sheet']}'!{f['cell']}" for f in found if f["sheet"])
    assert Counter(led.values()) == wanted
    for address, location in led.items():
        shown = sheet[address].value
        assert shown.startswith(location.replace("'", "")), f"{shown} leads to {location}"
        assert address[0] == "C", "only the place is a link"


def test_links_stay_in_the_file(tmp_path, run):
    """No target outside: Excel would ask, and a stranger's server would learn."""
    out = tmp_path / "out.xlsx"
    run("report", planted(tmp_path / "book.xlsx", "en"), "-o", out)
    parts = parts_of(out)
    assert not any(b"External" in data for name, data in parts.items() if name.endswith(".rels"))
    assert not any(
        "HYPERLINK" in (f.text or "") for f in etree.fromstring(parts[CHECKS_PART]).iter("{*}f")
    )
    for link in etree.fromstring(parts[CHECKS_PART]).iter("{*}hyperlink"):
        assert set(link.attrib) == {"ref", "location"}


def test_links_of_before_go_and_those_of_a_person_stay(tmp_path, run):
    out = tmp_path / "out.xlsx"
    run("report", planted(tmp_path / "book.xlsx", "en"), "-o", out)
    before = links(out)
    own = (
        b'<hyperlink ref="J2" location="\'Posts\'!A1"/><hyperlink ref="A1" location="Report!A1"/>'
        b'<hyperlink ref="C60" location="Report!B2"/></hyperlinks>'
    )
    edit(out, {CHECKS_PART: lambda data: data.replace(b"</hyperlinks>", own)})
    (tmp_path / "healed.xlsx").write_bytes(Book(out.read_bytes(), "en").with_cells(HEALED))
    run("report", tmp_path / "healed.xlsx", "--in-place")
    after = links(tmp_path / "healed.xlsx")
    assert len(before) == len(DEFECTS)
    assert {"J2": "'Posts'!A1", "A1": "Report!A1", "C60": "Report!B2"}.items() <= after.items()
    assert sorted(v for k, v in after.items() if k not in ("J2", "A1", "C60")) == [
        "'Posts'!I5",
        "'Posts'!L20",
    ]
    assert problems(tmp_path / "healed.xlsx") == []


def test_no_findings_leave_no_links(tmp_path, run):
    book = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12?"))
    assert run("report", book, "--in-place").code == 1
    assert links(book)
    sheet = next(s for s in _parts(book) if s.name == "Posts").part
    edit(
        book,
        {sheet: lambda data: re.sub(rb'(<c r="G3")[^>]*>.*?</c>', rb"\1><v>3000</v></c>", data)},
    )
    run("report", book, "--in-place")
    assert not links(book)
    assert not marks(book)
    checks = next(s for s in _parts(book) if s.name == "Checks").part
    assert b"<hyperlinks" not in parts_of(book)[checks], "an empty list is not valid"


def _parts(path: Path):
    with Package(path) as package:
        return package.sheets


@pytest.mark.parametrize("name", ["Mes posts d'été", "Posts & co", "日本", "2026"])
def test_links_find_sheets_of_any_name(tmp_path, run, name):
    out = tmp_path / "out.xlsx"
    book = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12?"), names={"Posts": name})
    run("report", book, "-o", out)
    quoted = name.replace("'", "''")
    assert set(links(out).values()) == {f"'{quoted}'!G3"}
    assert marks(out) == ["posts!G3"], "the marks know the table, whatever its sheet is called"
    assert problems(out) == []


def test_a_place_in_no_sheet_gets_no_link(tmp_path):
    """A link to nowhere ends in "Reference isn't valid"."""
    path = planted(tmp_path / "book.xlsx", "en", {})
    with Package(path) as package:
        block = find_blocks(package)["checks_findings"]
        tree = SheetTree(package, block.sheet)
        fill._link(package, tree, block, 2, {(1, 2): Link("No such sheet", "A1")})
        assert tree.root.find("{*}hyperlinks") is None


def test_the_links_are_valid_for_the_validator(tmp_path, run, language):
    out = tmp_path / "out.xlsx"
    run("report", planted(tmp_path / "book.xlsx", language), "-o", out, language=language)
    assert problems(out) == []


def problems(path: Path) -> list[str]:
    return [str(e) for e in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path)).errors]


# -- marks -------------------------------------------------------------------------------------------


def rules(sheet) -> list[tuple[str, str]]:
    """Range and formula of each rule that reads the list of Checks."""
    return [
        (str(ranges.sqref), rule.formula[0])
        for ranges in sheet.conditional_formatting
        for rule in ranges.rules
        if rule.formula and "checks_cells" in rule.formula[0]
    ]


def test_each_input_sheet_has_one_rule_that_can_be_removed(template, language):
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    for spec in contract.SHEETS:
        found = rules(book[spec.label.in_(language)])
        assert len(found) == (spec in INPUT), spec.id
        for ranges, formula in found:
            assert f'"{spec.id}!"' in formula, (
                "the key does not depend on the sheet's name or language"
            )
            assert ranges.startswith("A2:")
            last = int(re.search(r"\d+$", ranges)[0])
            assert last <= 5_001, "LibreOffice evaluates every cell of it"


def test_the_list_of_marks_is_bounded_and_hidden(template, language):
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    sheet = book[CHECKS.label.in_(language)]
    assert sheet.column_dimensions["I"].hidden
    _, ref = next(iter(book.defined_names["checks_cells"].destinations))
    top, bottom = re.findall(r"\d+", ref)
    assert int(bottom) - int(top) == layout.MARKED_CELLS <= 2_000


def test_each_finding_with_a_cell_is_marked(tmp_path, run, language):
    book, out = planted(tmp_path / "book.xlsx", language), tmp_path / "out.xlsx"
    run("report", book, "-o", out, language=language)
    assert sorted(marks(out, language)) == sorted(
        f"{spec.id}!{_address(spec, column, row)}" for spec, column, row in DEFECTS
    )


def _address(spec: contract.Sheet, column: str, row: int) -> str:
    return (
        f"{openpyxl.utils.get_column_letter(1 + [c.id for c in spec.columns].index(column))}{row}"
    )


def test_a_foreign_workbook_gets_links_but_no_rules(tmp_path, run):
    out = tmp_path / "out.xlsx"
    run("report", tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach="12?")), "-o", out)
    book = openpyxl.load_workbook(out)
    assert not any(rules(book[name]) for name in book.sheetnames)
    assert links(out) == {"C5": "'Posts'!G3"}
    assert problems(out) == []


def test_marks_end_where_the_list_ends(tmp_path, run):
    """A workbook with more wrong cells than the list holds is still reported on; the list stays within its range."""
    posts = [
        {
            **POSTS[i % 3],
            "Post ID": f"p{i}",
            **dict.fromkeys(
                (
                    "Reach",
                    "Impressions",
                    "Likes",
                    "Comments",
                    "Shares",
                    "Clicks",
                    "Saves",
                    "Views",
                    "Leads",
                    "Mentions",
                    "Conversions",
                    "Revenue",
                    "Cost",
                    "Followers",
                    "New followers",
                    "New customers",
                    "Tags",
                    "Sends",
                    "Orders",
                    "Downloads",
                    "Sessions",
                    "Page views",
                ),
                "x?",
            ),
        }
        for i in range(60)
    ]
    out = tmp_path / "out.xlsx"
    said = run("report", tiny(tmp_path / "book.xlsx", posts), "-o", out)
    assert said.code == 1, said.err
    found = marks(out)
    assert len(found) == layout.MARKED_CELLS
    assert len(set(found)) == len(found)
    assert problems(out) == []


# -- balance and coverage ----------------------------------------------------------------------------


def test_the_sheet_opens_with_the_balance_and_the_data_of_each_kpi(tmp_path, run, language):
    defects = {(POSTS_SHEET, "reach", row): None for row in range(12, 22)}
    out = tmp_path / "out.xlsx"
    run("report", planted(tmp_path / "book.xlsx", language, defects), "-o", out, language=language)
    sheet = sheet_of(out, CHECKS, language)
    assert sheet["A2"].value.startswith(
        {"en": "50 rows = 40 used", "fr": "50 lignes = 40 utilisées"}[language]
    )
    assert {"en": "Reach 30/40 posts (75%)", "fr": "Portée 30/40 posts (75\u00a0%)"}[
        language
    ] in sheet["A3"].value
    assert {"en": "complete for Impressions, Cost", "fr": "complètes pour Impressions, Coût"}[
        language
    ] in sheet["A3"].value
    assert sheet["A4"].value == "Code"


def test_the_terminal_shows_the_data_of_each_kpi(tmp_path, run, language):
    defects = {(POSTS_SHEET, "reach", row): None for row in range(12, 22)}
    book = planted(tmp_path / "book.xlsx", language, defects)
    said = run("report", book, "-o", tmp_path / "out.xlsx", language=language).out.splitlines()
    header = next(line for line in said if line.startswith("KPI "))
    assert {"en": "Data", "fr": "Données"}[language] in header
    reach = next(
        line for line in said if line.startswith({"en": "Reach", "fr": "Portée"}[language])
    )
    assert {"en": "75%", "fr": "75\u00a0%"}[language] in reach
    kpis = run("report", book, "--json", language=language).json["kpis"]
    assert {k["id"]: k["coverage"] for k in kpis}["reach"] == 0.75


def test_where_posts_are_not_what_counts_the_column_stays_empty(tmp_path, run):
    """Sales are the campaign's: no post has them or lacks them."""
    objectives = [{"Campaign": "Spring", "KPI": "Sales uplift", "Target": 0.1}]
    book = tiny(
        tmp_path / "book.xlsx",
        objectives=objectives,
        Campaigns=[{"Campaign": "Spring", "Baseline sales": 10, "Sales in the period": 12}],
    )
    said = run("report", book, "-o", tmp_path / "out.xlsx")
    line = next(line for line in said.out.splitlines() if line.startswith("Sales uplift"))
    assert re.search(r"\+10\.0\u00a0pt\s+▲ Met$", line)
    assert sheet_of(tmp_path / "out.xlsx", CHECKS)["A3"].value is None


def test_the_worked_example_has_only_remarks_on_rates_on_contracts_and_on_saves_that_tiktok_does_not_give(
    run, sample, language
):
    said = {
        f["code"]
        for f in run("check", sample(language), "--json", language=language).json["findings"]
    }
    assert said <= {"XK505", "XK386", "XK510"}


# -- what the reader tells ---------------------------------------------------------------------------


def found_in(path: Path) -> list[Finding]:
    from xlkpi.core.assemble.build import build as report_on

    with Package(path) as package:
        return list(report_on(Workbook(package), date(2026, 6, 1)).findings)


def at(findings: list[Finding], code: str) -> list[str]:
    return [f"{f.sheet}!{f.cell}" for f in findings if f.code == code]


def test_a_post_that_stands_twice_is_told_with_both_rows(tmp_path):
    posts = [
        POSTS[0],
        {**POSTS[0], "Snapshot date": date(2026, 5, 1)},
        {**POSTS[0], "Snapshot date": date(2026, 4, 1)},
    ]
    found = found_in(tiny(tmp_path / "book.xlsx", posts))
    assert at(found, "XK307") == ["Posts!A2", "Posts!A4"]
    assert all(
        "row 3" in f.reason.en and "ligne 3" in f.reason.fr for f in found if f.code == "XK307"
    )


def test_figures_stored_as_text_name_their_cells_and_the_first_of_them(tmp_path):
    posts = [
        {**row, "Reach": f"{i} 000", "Post ID": f"p{i}"} for i, row in enumerate(POSTS * 3, start=1)
    ]
    (found,) = (f for f in found_in(tiny(tmp_path / "book.xlsx", posts)) if f.code == "XK312")
    assert (found.cell, found.value, found.header) == ("G2", "1 000", "Reach")
    assert "8 more" in found.reason.en
    assert "G3, G4, G5…" in found.reason.en
    assert "8 de plus" in found.reason.fr


def test_one_figure_stored_as_text_is_one(tmp_path):
    (found,) = found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 2, Reach="501")))
    assert (found.code, found.cell) == ("XK312", "G4")
    assert "more" not in found.reason.en


@pytest.mark.parametrize("column", ["Campaign", "Influencer", "Network", "Format", "Post ID"])
@pytest.mark.parametrize(
    ("value", "code"), [(Formula("=NA()", "#N/A"), "XK302"), (Formula("=A1", None), "XK303")]
)
def test_an_error_where_a_name_should_stand_is_told_and_names_nothing(
    tmp_path, column, value, code
):
    path = tiny(tmp_path / "book.xlsx", changed(POSTS, 1, **{column.replace(" ", "_"): value}))
    if value.value is None:
        part = next(s for s in _parts(path) if s.name == "Posts").part
        edit(path, {part: lambda data: re.sub(rb"(<f>A1</f>)<v>[^<]*</v>", rb"\1", data)})
    letter = "ABCDEF"[
        ["Post ID", "Date", "Campaign", "Influencer", "Network", "Format"].index(column)
    ]
    found = found_in(path)
    assert at(found, code) == [f"Posts!{letter}3"]
    assert not any("#N/A" in f.value for f in found if f.code != code)


@pytest.mark.parametrize(
    ("column", "value"), [("Cost", "500 $"), ("Revenue", "£90"), ("Cost", "12 CHF")]
)
def test_an_amount_in_another_currency_is_told_as_such(tmp_path, column, value):
    found = found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, **{column: value})))
    (one,) = (f for f in found if f.code == "XK301")
    assert "currency" in one.reason.en
    assert "EUR" in one.reason.en
    assert "devise" in one.reason.fr


@pytest.mark.parametrize("value", ["500 €", "EUR 500", "500"])
def test_an_amount_in_the_workbooks_currency_is_a_figure(tmp_path, value):
    assert not at(found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Cost=value))), "XK301")


def test_a_percentage_is_no_other_currency(tmp_path):
    (one,) = (
        f
        for f in found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Cost="5 %")))
        if f.code == "XK301"
    )
    assert "currency" not in one.reason.en


def test_budgets_and_targets_are_in_one_currency_too(tmp_path):
    book = tiny(
        tmp_path / "book.xlsx",
        Campaigns=[{"Campaign": "Spring", "Budget": "$900"}],
        objectives=[
            {"Campaign": "Spring", "KPI": "CPA", "Target": "£20"},
            {"Campaign": "Spring", "KPI": "Reach", "Target": 5000},
        ],
    )
    assert at(found_in(book), "XK301") == ["Campaigns!B2", "Objectives!C2"]


def test_rates_of_several_currencies_are_no_mix(tmp_path):
    rates = [
        {"Reference": "EMV: CPM", "Network": n, "Value": 10, "Currency": c, "Source": "x"}
        for n in ("Instagram", "TikTok")
        for c in ("EUR", "USD", "GBP")
    ]
    assert found_in(tiny(tmp_path / "book.xlsx", References=rates)) == []


def test_an_id_that_excel_turned_into_a_power_of_ten_is_damaged(tmp_path):
    """As text it would make every post of the column one and the same."""
    posts = [{**row, "Post ID": "1.79E+17"} for row in POSTS]
    found = found_in(tiny(tmp_path / "book.xlsx", posts))
    assert at(found, "XK309") == ["Posts!A2", "Posts!A3", "Posts!A4"]
    assert not at(found, "XK307")


def test_ids_that_only_look_like_numbers_are_ids(tmp_path):
    posts = [
        {**row, "Post ID": id} for row, id in zip(POSTS, ("12e4567", "1e5", "E+1"), strict=True)
    ]
    assert not at(found_in(tiny(tmp_path / "book.xlsx", posts)), "XK309")


def test_a_campaign_that_ends_before_it_starts_is_told(tmp_path):
    book = tiny(
        tmp_path / "book.xlsx",
        Campaigns=[{"Campaign": "Spring", "Start": date(2026, 4, 1), "End": date(2026, 3, 1)}],
    )
    found = found_in(book)
    assert at(found, "XK508") == ["Campaigns!C2"]
    assert [f.code for f in found] == ["XK508"], "its posts are not outside of it as well"


@pytest.mark.parametrize(
    ("sheet", "rows", "cell", "code"),
    [
        ("Campaigns", [{"Campaign": Formula("=NA()", "#N/A"), "Budget": 5}], "A2", "XK302"),
        (
            "Influencers",
            [{"Influencer": "Ana", "Handle": Formula("=NA()", "#N/A")}, {"Influencer": "Ben"}],
            "B2",
            "XK374",
        ),
        (
            "References",
            [
                {"Reference": "EMV: CPM", "Network": n, "Value": 5, "Currency": "EUR"}
                for n in (Formula("=NA()", "#N/A"), "Instagram", "TikTok")
            ],
            "B2",
            "XK302",
        ),
    ],
)
def test_errors_in_the_small_tables_are_told_once(tmp_path, sheet, rows, cell, code):
    found = found_in(tiny(tmp_path / "book.xlsx", **{sheet: rows}))
    assert [(f"{f.sheet}!{f.cell}", f.code) for f in found] == [(f"{sheet}!{cell}", code)]


def test_an_error_in_a_note_excludes_nothing(tmp_path, run):
    book = tiny(
        tmp_path / "book.xlsx",
        Influencers=[
            {"Influencer": "Ana", "Notes": Formula("=NA()", "#N/A")},
            {"Influencer": "Ben", "Notes": None},
        ],
    )
    said = run("check", book)
    assert (said.code, said.codes) == (0, {"XK374"})


# -- in LibreOffice ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory, run) -> Path:
    """A folder with reports in both languages and what LibreOffice makes of them: as web pages, the English one flat."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("shown")
    for language in LANGUAGES:
        book = planted(folder / f"book-{language}.xlsx", language)
        run("report", book, "-o", folder / f"{language}.xlsx", language=language)
    for kind, languages in (("html", LANGUAGES), ("fods", ("en",))):
        books = [str(folder / f"{name}.xlsx") for name in languages]
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                kind,
                "--outdir",
                str(folder),
                *books,
            ],
            capture_output=True,
            timeout=180,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    return folder


def test_libreoffice_marks_the_listed_cells_and_no_other(shown, language):
    """Its own evaluation of the rules: a page shows the colour that a cell has in the end."""
    wanted = {
        (spec.label.in_(language), _address(spec, column, row)) for spec, column, row in DEFECTS
    }
    found = violet(shown / f"{language}.html")
    legend = contract.README.label.in_(language)
    assert {place for place in found if place[0] != legend} == wanted
    assert len([place for place in found if place[0] == legend]) == 1, (
        "the legend of the first sheet"
    )


def violet(page: Path) -> set[tuple[str, str]]:
    """Sheet and address of the cells that have the colour of the marks."""
    root = html.fromstring(page.read_bytes())
    sheets = [name.text for name in root.iterfind(".//h1/em")]
    found = set()
    for sheet, table in zip(sheets, root.iterfind(".//table"), strict=True):
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(table.iterfind("tr")):
            c = 0
            for cell in row.iterfind("td"):
                while (r, c) in taken:
                    c += 1
                tall, wide = (int(cell.get(span) or 1) for span in ("rowspan", "colspan"))
                taken |= {(r + down, c + right) for down in range(tall) for right in range(wide)}
                if cell.get("bgcolor", "").lstrip("#").upper() == MARK_FILL:
                    found.add((sheet, f"{column_letters(c)}{r + 1}"))
    return found


def test_libreoffice_follows_the_links(shown):
    text = (shown / "en.fods").read_text(encoding="utf-8")
    led = {
        target.replace("&apos;", "")
        for target in re.findall(r'<text:a xlink:href="#([^"]*)"', text)
    }
    assert {"Posts.I5", "Posts.L20", "Campaigns.F2"} <= led


def test_a_rule_that_a_person_removed_stays_away(tmp_path, run):
    book = planted(tmp_path / "book.xlsx", "en")
    rule = re.compile(
        rb"<conditionalFormatting\b(?:(?!</cond).)*checks_cells.*?</conditionalFormatting>", re.S
    )
    part = next(s for s in _parts(book) if s.name == "Posts").part
    edit(book, {part: lambda data: rule.sub(b"", data)})
    run("report", book, "--in-place")
    assert rules(sheet_of(book, POSTS_SHEET)) == []
    assert "posts!I5" in marks(book), "the list is kept for whoever puts the rule back"


# -- formats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Reeel", "Reell", "Storry", "Carousell"])
def test_a_format_that_is_nearly_one_of_ours_is_told(tmp_path, name):
    """XK326: alike by four fifths."""
    (one,) = found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 2, Format=name)))
    assert (one.code, one.sheet, one.cell, one.value) == ("XK326", "Posts", "F4", name)
    assert "did you mean" in one.fix.en
    assert "vouliez-vous dire" in one.fix.fr


@pytest.mark.parametrize("name", ["Podcast", "Newsletter", "Rl", "Unboxing haul"])
def test_a_format_of_ones_own_is_nobodys_business(tmp_path, name):
    assert found_in(tiny(tmp_path / "book.xlsx", changed(POSTS, 2, Format=name))) == []
