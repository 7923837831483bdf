"""The open workbook gets the very report that its file would get, and a failure leaves it as it was."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.excel.live import calc
from tests.helpers.books import POSTS, Formula, changed, tiny
from xlkpi.core.campaign import parse_period
from xlkpi.core.findings import NotWritten, Refused, by_severity
from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.excel.jobs import report as filereport
from xlkpi.excel.jobs.report import Request
from xlkpi.excel.live import book as openbook
from xlkpi.excel.live import fillplan
from xlkpi.excel.live.book import OpenCells
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.statusbar import StatusBar
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report.checks import check_links
from xlkpi.excel.samples.campaigns import example_of
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract, layout
from xlkpi.ooxml.package import Package

NOW = datetime(2026, 11, 22, 12)
REPORT = {"en": "Report", "fr": "Rapport"}
SHEETS = [next(spec for spec in contract.SHEETS if spec.id == id) for id in layout.SHEET_BLOCKS]
TODAY = NOW.date()
NAMES = [spec.label.en for spec in SHEETS]
CHECKS = {"en": "Checks", "fr": "Contrôles"}
FORMULA = 16  # com.sun.star.sheet.CellFlags
FINGERPRINT = (2, 16)  # of the file, which only the file door knows
COMMENTS = {f"G{row}" for row in range(7, 14)}


def everything(book) -> tuple[object, ...]:
    """All that a fill may change: values, formats, hidden rows, links, tables, print area, protection."""
    return (
        *(look(book, name) for name in NAMES for look in (calc.page, calc.looks, calc.hidden_rows)),
        calc.links(book, "Checks"),
        calc.fonts(book, "Checks"),
        calc.table_ends(book),
        book.sheets["Report"].page_setup.print_area,
        [book.sheets[name].api.ProtectContents for name in NAMES],
    )


def same_report(one, two) -> None:
    """Reports are equal, findings first: they say best where two doors part."""
    assert one.findings == two.findings
    assert one == two


# -- the same report -------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "pages"), [("en", 1), ("fr", 1), ("en", 2)])
def test_every_cell_equals_the_file_door(
    tmp_path: Path, sample, long_book, opened, fill, language, pages
):
    """Values, number formats, hidden rows and the print area of every sheet that is filled, also with two pages of KPIs."""
    path = sample(language) if pages == 1 else long_book
    filed = filereport.write_report(path, tmp_path / "filed.xlsx", Request(), NOW)
    book = opened(path)
    report = fill(book)
    same_report(report, filed.report)
    theirs = opened(filed.path)
    for sheet in (spec.label.in_(language) for spec in SHEETS):
        wanted = calc.page(theirs, sheet)
        if sheet == REPORT[language]:
            wanted.pop(FINGERPRINT, None)
        assert calc.page(book, sheet) == wanted
        assert calc.looks(book, sheet) == calc.looks(theirs, sheet)
        assert calc.hidden_rows(book, sheet) == calc.hidden_rows(theirs, sheet)
        assert calc.links(book, sheet) == calc.links(theirs, sheet)
        linked = calc.links(book, sheet)
        assert [calc.fonts(book, sheet)[at] for at in linked] == [
            calc.fonts(theirs, sheet)[at] for at in linked
        ]
    linked = [f for f in report.findings if f.sheet]
    assert len(calc.links(book, CHECKS[language])) == len(linked)
    assert linked or pages == 1
    assert calc.table_ends(book) == calc.table_ends(theirs)
    for made in (book, theirs):
        assert made.sheets[REPORT[language]].page_setup.print_area == (
            "$A$1:$N$38" if pages == 1 else "$A$1:$N$62"
        )
        assert made.sheets[REPORT[language]].api.PageSetup.FitToPagesTall == pages
    assert len(calc.page(book, REPORT[language])) > 150


def test_the_dashboard_of_an_awareness_campaign_is_the_files_too(tmp_path: Path, opened, fill):
    """Its third chart of the influencers changes its subject: title, figures and number formats change together."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(build("fr", example_of("awareness", "fr")))
    filed = filereport.write_report(path, tmp_path / "filed.xlsx", Request(), NOW)
    book = opened(path)
    fill(book)
    theirs, sheet = opened(filed.path), contract.DASHBOARD.label.fr
    assert calc.page(book, sheet) == calc.page(theirs, sheet)
    assert calc.looks(book, sheet) == calc.looks(theirs, sheet)
    assert Text("", "Influenceurs : EMV ÷ dépenses").in_("fr") in calc.page(book, sheet).values()


def test_a_second_run_writes_nothing(app, sample, opened, put, reports):
    book = opened(sample())
    put(book, reports["spring"])
    before, writes = everything(book), app.impl.writes
    put(book, reports["spring"])
    assert app.impl.writes == writes > 30
    assert everything(book) == before


def test_the_saved_workbook_reads_back_with_the_same_report(
    tmp_path: Path, sample, opened, put, reports
):
    """What the live door writes is what the file door finds: the two can take turns."""
    book = opened(sample())
    put(book, reports["spring"])
    calc.enter(book, "Report", "G9", "Reels did it")
    book.save(tmp_path / "saved.xlsx")
    read_back = filereport.read_report(tmp_path / "saved.xlsx", Request(), TODAY)[0]
    assert read_back.kpis[2].comment == "Reels did it"
    same_report(read_back.with_comments({read_back.kpis[2].key: ""}), reports["spring"])


def test_requests_mean_the_same_at_both_doors(app, sample, opened):
    path = sample()
    book = opened(path)
    request = Request(campaign="Winter care", period=parse_period("2025-11"), language="fr")
    filed = filereport.read_report(path, request, TODAY)
    same_report(OpenCampaign(book, StatusBar(app, "en")).report(request, TODAY)[0], filed[0])
    whole = OpenCampaign(book, StatusBar(app, "en")).report(Request(), TODAY, "all")[0]
    assert whole.campaigns == ("Spring glow", "Winter care"), (
        "all of them, whatever the settings say"
    )


def test_a_workbook_moved_about_by_its_user_is_still_found(sample, opened, put, reports):
    """Blocks are found by their names: inserted rows and a renamed sheet change nothing."""
    book = opened(sample())
    put(book, reports["spring"])
    sheet = book.impl.doc.Sheets.getByName("Report")
    sheet.unprotect("")
    sheet.Rows.insertByIndex(3, 2)
    sheet.Name = "Our report"
    put(book, reports["winter"])
    page = calc.page(book, "Our report")
    assert page[2, 2] == "Winter care"
    assert (page[8, 2], page[27, 2]) == ("KPI", "Influencer")


def test_actions_keep_what_was_typed_beside_them(sample, opened, put, reports, fill):
    """Owner, date, state and a row of one's own, as the file door keeps them; a second press changes nothing."""
    book = opened(sample())
    fill(book)
    page = calc.page(book, "Actions")
    rows = max(row for row, column in page if column == 2)
    calc.enter(book, "Actions", "F5", "Ana")
    calc.enter(book, "Actions", f"B{rows + 1}", "Call the printer")
    calc.enter(book, "Actions", "H5", "Done")
    action = page[5, 2]
    for _ in range(2):
        report = fill(book)
        page = calc.page(book, "Actions")
        assert (page[rows + 1, 2], page[rows + 1, 6], page[rows + 1, 8]) == (
            action,
            "Ana",
            "Done",
        ), "done ones last"
        assert page[rows, 2] == "Call the printer"
        assert report.actions[-1].owner == "Ana"
    assert calc.table_ends(book)["Actions"].endswith(str(rows + 1))


# -- reading ---------------------------------------------------------------------------------------

ODD = {
    "as it should be": {},
    "texts for figures": {
        "posts": changed(POSTS, 1, Reach="12,3k?", Likes="1 234", Cost="€150", Clicks="—")
    },
    "errors": {
        "posts": changed(
            POSTS,
            0,
            Reach=Formula("=NA()", "#N/A"),
            Likes=Formula("=1/0", "#DIV/0!"),
            Date=Formula("=NA()", "#N/A"),
        )
    },
    "a formula": {"posts": changed(POSTS, 0, Reach=Formula("=500+500", 1000))},
    "negative": {"posts": changed(POSTS, 2, Likes=-4, Revenue=-1)},
    "dates as texts": {
        "posts": changed(POSTS, 0, Date="03/04/2026") + changed(POSTS, 1, Date="soon")[1:2]
    },
    "dates with a time": {"posts": changed(POSTS, 0, Date=46083.75)},
    "yes and no": {
        "posts": [
            {**POSTS[0], "Key message": value} for value in (True, False, "non", "perhaps", 1)
        ]
    },
    "twice": {"posts": [*POSTS, {**POSTS[0], "Reach": 1500, "Snapshot date": date(2026, 3, 30)}]},
    "blank rows": {"posts": [POSTS[0], {}, {}, POSTS[1], {}, POSTS[2], {}]},
    "a total": {"posts": [*POSTS, {"Post ID": "Total", "Reach": 4500}]},
    "a totals row": {"posts": [*POSTS, {"Reach": 4500}], "totals": True},
    "no tables": {"tables": False},
    "somewhere else": {"first_row": 7, "first_column": 3},
    "long ids": {
        "posts": [{**row, "Post ID": 17841400000000000 + i} for i, row in enumerate(POSTS)]
    },
    "one post": {"posts": POSTS[:1]},
    "unnamed": {"posts": [{**row, "Campaign": None} for row in POSTS]},
    "1904": {"options": {"date_1904": True}},
    "french": {"names": {"Objectives": "Objectifs", "Posts": "Publications"}},
    "settings": {
        "Settings": [
            {"Setting": "Currency", "Value": "euros"},
            {"Setting": "Tolerance", "Value": 0.2},
            {"Setting": "EMV method", "Value": "guess"},
        ]
    },
}


def read(book: Workbook) -> tuple[object, ...]:
    """Everything that a report starts from, and what was found odd."""
    start = book.settings, book.campaigns(), book.objectives(), book.rates()
    stream = book.posts("Spring")
    posts = pd.concat(list(stream) or [pd.DataFrame()]).to_dict("records")
    return (
        *start,
        str(posts),
        stream.duplicates().tolist(),
        stream.balance,
        book.all_findings(),
        book.refusals,
    )


@pytest.mark.parametrize("name", ODD)
def test_odd_workbooks_are_read_as_from_their_file(tmp_path: Path, opened, name):
    """The same figures and the same findings, in the same cells."""
    path = tiny(tmp_path / "book.xlsx", **ODD[name])
    with Package(path) as package:
        filed = read(Workbook(package))
    assert read(Workbook(OpenCells(opened(path)))) == filed


@pytest.mark.parametrize(
    "book",
    [
        {"posts": None},
        {"objectives": None},
        {"posts": []},
        {"objectives": [{"Campaign": "Spring", "KPI": "Reech", "Target": 3}]},
    ],
)
def test_what_the_file_door_refuses_is_refused(tmp_path: Path, app, opened, book):
    path = tiny(tmp_path / "book.xlsx", **book)
    with pytest.raises(Refused) as filed:
        filereport.read_report(path, Request(), TODAY)
    campaign = OpenCampaign(opened(path), StatusBar(app, "en"))
    with pytest.raises(Refused) as refused:
        campaign.report(Request(), TODAY)
    assert refused.value.findings == filed.value.findings


def test_hidden_and_filtered_rows_count(tmp_path: Path, opened):
    book = opened(tiny(tmp_path / "book.xlsx"))
    before = read(Workbook(OpenCells(book)))
    book.sheets["Posts"].range("A3:A4").rows.hidden = True
    assert read(Workbook(OpenCells(book))) == before


@pytest.mark.parametrize("rows", [1, 7])
def test_no_row_is_lost_between_two_readings(tmp_path: Path, sample, opened, monkeypatch, rows):
    """A large table is read some thousand rows at a time; here, some rows at a time."""
    book = opened(sample() if rows > 1 else tiny(tmp_path / "book.xlsx", **ODD["blank rows"]))
    whole = read(Workbook(OpenCells(book)))
    monkeypatch.setattr(openbook, "CHUNK", rows)
    monkeypatch.setattr(openbook, "_SMALL", 0)
    assert read(Workbook(OpenCells(book))) == whole


def test_what_was_typed_since_the_last_saving_counts(tmp_path: Path, opened):
    book = opened(tiny(tmp_path / "book.xlsx"))
    calc.enter(book, "Posts", "G2", 9876)
    assert "9876.0" in str(read(Workbook(OpenCells(book))))


# -- writing ---------------------------------------------------------------------------------------

TYPED = (
    "=1+1",
    "-5",
    "+33",
    "@ana",
    "Mar 2026",
    "12",
    "1/2",
    "TRUE",
    "#N/A",
    "'quoted'",
    "1e5",
    " spaced ",
    "x" * 9000,
)


def test_texts_stay_texts(sample, opened, put, reports):
    """Excel reads an assigned text as if it were typed; none of these may become a formula, a date or a number."""
    book = opened(sample())
    for names in (TYPED[:6], TYPED[6:12]):
        groups = tuple(
            replace(group, key=(name,))
            for group, name in zip(reports["spring"].by_influencer, names, strict=False)
        )
        put(book, replace(reports["spring"], by_influencer=groups))
        page = calc.page(book, "Report")
        assert [page[row, 2] for row in range(26, 32)] == list(names)
        assert not book.impl.doc.Sheets.getByName("Report").queryContentCells(FORMULA).Count


def test_comments_come_back_as_they_were_typed(long_book, opened, put, reports):
    """Each beside its KPI and its campaign, on both pages, through other campaigns and languages."""
    book = opened(long_book)
    put(book, reports["long"])
    rows = [*range(7, 14), *range(43, 43 + len(TYPED) - 7)]
    for row, text in zip(rows, TYPED, strict=True):
        calc.enter(book, "Report", f"G{row}", text)
    put(book, reports["winter"])
    page = calc.page(book, "Report")
    theirs = [
        page[row, 7] for row in rows if not str(page.get((row, 7), "Draft: ")).startswith("Draft: ")
    ]
    assert not theirs, "a remark on one campaign must not stand beside another"
    put(book, reports["long"], "fr")
    page = calc.page(book, "Report")
    assert page[7, 2] == "Portée"
    assert [page[row, 7] for row in rows] == [text.strip() for text in TYPED]


def test_an_erased_comment_stays_erased(sample, opened, put, reports):
    book = opened(sample())
    put(book, reports["spring"])
    calc.enter(book, "Report", "G7", "oops")
    put(book, reports["spring"], "fr")
    assert calc.page(book, "Report")[7, 7] == "oops"
    calc.enter(book, "Report", "G7", None)
    put(book, reports["spring"])
    assert (7, 7) not in calc.page(book, "Report")


def test_a_deleted_draft_stays_deleted_at_either_door(tmp_path: Path, sample, opened, fill):
    book = opened(sample())
    fill(book)
    at = next(
        row
        for row in range(7, 13)
        if str(calc.page(book, "Report").get((row, 7), "")).startswith("Draft: ")
    )
    calc.enter(book, "Report", f"G{at}", None)
    fill(book)
    assert (at, 7) not in calc.page(book, "Report")
    book.save(tmp_path / "saved.xlsx")
    report = filereport.read_report(tmp_path / "saved.xlsx", Request(), TODAY)[0]
    assert report.analysis.draft(report.kpis[at - 7]) is None
    assert report.kpis[at - 7].declined


def test_no_old_row_stays(long_book, opened, put, reports):
    """A small report over a large one leaves nothing of it, in growing blocks either."""
    book = opened(long_book)
    put(book, reports["long"])
    assert calc.page(book, "Report")[43, 2]
    assert calc.table_ends(book)["Checks"] == f"$A$4:$G${4 + len(reports['long'].findings)}"
    put(
        book,
        replace(
            reports["winter"],
            kpis=reports["winter"].kpis[:1],
            findings=reports["winter"].findings[:1],
        ),
    )
    page = calc.page(book, "Report")
    assert not [(row, column) for row, column in page if row in range(8, 14) and column < 8]
    assert not [at for at in page if 42 <= at[0] <= 62]
    assert max(row for row, _ in calc.page(book, "Checks")) == 5
    assert calc.table_ends(book)["Checks"] == "$A$4:$G$5"


def test_links_lead_to_the_cells_of_the_last_findings(sample, long_book, opened, put, reports):
    """A shorter list leaves no link of the longer one, another language keeps them, and the cells look as before."""
    book = opened(long_book)
    put(
        book,
        replace(
            reports["long"], findings=tuple(replace(f, sheet="") for f in reports["long"].findings)
        ),
    )
    assert calc.links(book, "Checks") == {}
    looked = calc.fonts(book, "Checks")[5, 3]
    put(book, reports["long"])
    wanted = {
        (4 + row, 3): f"'{f.sheet}'!{f.cell or 'A1'}"
        for row, f in enumerate(by_severity(reports["long"].findings), 1)
        if f.sheet
    }
    assert len(wanted) >= 3
    assert calc.links(book, "Checks") == wanted
    assert {calc.fonts(book, "Checks")[at] for at in wanted} == {looked}
    put(book, reports["long"], "fr")
    assert calc.links(book, "Checks") == wanted
    put(book, replace(reports["long"], findings=reports["long"].findings[:1]))
    assert len(calc.links(book, "Checks")) == 1
    put(book, replace(reports["long"], findings=()))
    assert calc.links(book, "Checks") == {}
    assert book.sheets["Checks"].api.ProtectContents


def test_findings_that_only_moved_are_linked_anew(sample, opened, put, reports):
    """The words of a finding may be the same while its cell is another."""
    book = opened(sample())
    first, *_ = [f for f in reports["long"].findings if f.sheet and f.cell]
    put(book, replace(reports["long"], findings=(first,)))
    put(book, replace(reports["long"], findings=(replace(first, sheet="Objectives"),)))
    assert calc.links(book, "Checks") == {(5, 3): f"'Objectives'!{first.cell}"}


def test_very_many_findings_are_linked_as_far_as_excel_is_quick(reports):
    finding = next(f for f in reports["long"].findings if f.sheet and f.cell)
    many = replace(reports["long"], findings=(finding,) * 2_000)
    assert len(check_links(many)["checks_findings"]) == layout.LINKED_FINDINGS


def test_check_data_links_its_findings_and_marks_their_cells(app, long_book, opened):
    book = opened(long_book)
    campaign = OpenCampaign(book, StatusBar(app, "en"))
    report, language = campaign.report(Request(), TODAY)
    campaign.fill_checks(report, language)
    assert len(calc.links(book, "Checks")) == len([f for f in report.findings if f.sheet]) > 0
    page = calc.page(book, "Checks")
    keys = [
        f"{f.table}!{f.cell}" if f.table and f.cell else None for f in by_severity(report.findings)
    ]
    assert [page.get((5 + i, 9)) for i in range(len(keys))] == keys
    assert any(keys)


# -- failures --------------------------------------------------------------------------------------


def refused_fill(put, book, report) -> NotWritten:
    with pytest.raises(NotWritten) as refused:
        put(book, report, "fr")
    return refused.value


def test_a_refused_write_leaves_the_report_as_it_was(app, long_book, opened, put, reports):
    """Whichever write fails: blocks, formats, hidden rows, tables, protection, screen and calculation are put back."""
    book = opened(long_book)
    put(book, reports["long"])
    done = app.impl.writes
    put(book, reports["winter"], "fr")
    total = app.impl.writes - done
    put(book, reports["long"])
    calc.enter(book, "Report", "G7", "mine")
    app.calculation = "semiautomatic"
    before = everything(book)
    for k in (
        range(1, total)
        if os.environ.get("XLKPI_NIGHTLY")
        else (1, total // 3, total // 2, total - 5)
    ):
        app.impl.fail_at = app.impl.writes + k
        finding = refused_fill(put, book, reports["winter"]).finding
        assert finding.code == "XK410"
        assert "locked by another user" in finding.message("en")
        assert everything(book) == before, f"write {k} of {total}"
        assert (app.calculation, app.screen_updating) == ("semiautomatic", True)
    put(book, reports["winter"])
    assert everything(book) != before


def test_formulas_that_a_person_put_into_the_report_survive_a_failure(
    app, sample, opened, put, reports
):
    book = opened(sample())
    put(book, reports["spring"])
    book.impl.doc.Sheets.getByName("Report").unprotect("")
    book.sheets["Report"].range("G8").impl.range.setFormulaArray((("=1+1",),))
    app.impl.fail_at = app.impl.writes + 30
    refused_fill(put, book, reports["winter"])
    assert book.sheets["Report"].range("G8").formula == "=1+1"


def test_a_report_that_cannot_be_put_back_says_so(app, sample, opened, put, reports, monkeypatch):
    book = opened(sample())
    app.impl.fail_at = app.impl.writes + 5
    put_block = fillplan.put

    def once(sheet, block, last, values):  # Excel stays locked: nothing can be put back either
        if app.impl.writes >= app.impl.fail_at > 0:
            raise calc.com_error("locked")
        put_block(sheet, block, last, values)

    monkeypatch.setattr(fillplan, "put", once)
    finding = refused_fill(put, book, reports["winter"]).finding
    assert finding.code == "XK411"
    assert "without saving" in finding.message("en")


def test_a_figure_that_excel_changed_is_not_kept(sample, opened, put, reports, monkeypatch):
    """Everything is read back: a text that became a date, or a rounded figure, takes the whole fill back."""
    book = opened(sample())
    put(book, reports["spring"])
    before = everything(book)
    typed, spoilt = fillplan.typed, []

    def rounding(value):
        if isinstance(value, float) and not spoilt:
            spoilt.append(value)
            return value + 1e-9
        return typed(value)

    monkeypatch.setattr(fillplan, "typed", rounding)
    finding = refused_fill(put, book, reports["winter"]).finding
    assert finding.code == "XK410"
    assert "became" in finding.message("en")
    assert everything(book) == before


def test_sheets_stay_protected_as_they_were(sample, opened, put, reports):
    book = opened(sample())
    allowed = (True, False, *[True, False] * 5, True)
    for name in ("Report", "Checks"):
        book.impl.kept_protection[name] = allowed
    put(book, reports["spring"])
    for name in ("Report", "Checks"):
        assert book.sheets[name].api.ProtectContents
        assert book.impl.kept_protection[name] == allowed
    book.impl.doc.Sheets.getByName("Report").unprotect("")
    put(book, reports["winter"])
    assert [book.sheets[name].api.ProtectContents for name in ("Report", "Checks")] == [False, True]


def test_a_password_of_the_users_is_respected(sample, opened, put, reports):
    book = opened(sample())
    before = calc.page(book, "Report")
    book.impl.doc.Sheets.getByName("Report").unprotect("")
    book.impl.doc.Sheets.getByName("Report").protect("secret")
    assert refused_fill(put, book, reports["spring"]).finding.code == "XK412"
    assert calc.page(book, "Report") == before
    assert book.sheets["Checks"].api.ProtectContents


# -- the status bar --------------------------------------------------------------------------------


def test_the_status_bar_tells_how_far_and_for_how_long(app, sample, opened, monkeypatch):
    monkeypatch.setattr(openbook, "CHUNK", 10)
    monkeypatch.setattr(StatusBar, "EVERY", 0)
    status = StatusBar(app, "fr")
    campaign = OpenCampaign(opened(sample("fr")), status)
    campaign.fill(*campaign.report(Request(), TODAY))
    said = [str(text) for text in app.impl.bars]
    for part in (
        "lecture du classeur…",
        "lecture des posts… 20 sur",
        "écriture de Rapport…",
        "écriture de Contrôles…",
    ):
        assert any(part in text for text in said), part
    assert all(text.startswith("xlkpi: ") and text.endswith(" s)") for text in said)
    status.clear()
    assert app.status_bar is False


def test_large_numbers_of_posts_are_readable(app, monkeypatch):
    monkeypatch.setattr(StatusBar, "EVERY", 0)
    for language in LANGUAGES:
        StatusBar(app, language).reading(40_000, 100_000)
    assert app.impl.bars == [
        "xlkpi: reading posts… 40,000 of 100,000 (0 s)",
        "xlkpi: lecture des posts… 40\u202f000 sur 100\u202f000 (0 s)",
    ]


def test_the_status_bar_is_not_written_all_the_time(app):
    status = StatusBar(app, "en")
    for done in range(1000):
        status.reading(done, 1000)
    assert len(app.impl.bars) <= 2


# -- a Mac's answers -------------------------------------------------------------------------------


class Nothing:
    """A Mac's ``missing value``."""


class MacRange:
    """What appscript answers for a range: errors are missing there, and only the text in the cell tells of them."""

    def __init__(self, values: list[list[object]], shown: list[list[str]]) -> None:
        self.raw_value = values
        self.api = type(
            "Api", (), {"string_value": type("Command", (), {"get": staticmethod(lambda: shown)})}
        )()


def test_errors_are_told_from_blanks_on_a_mac():
    """Nothing here can run a Mac's Excel: the answers are those that xlwings' own Mac module expects."""
    cells = MacRange(
        [[1.0, Nothing(), ""], ["a", Nothing(), 2.0]], [["1", "#DIV/0!", ""], ["a", "", "2"]]
    )
    read = openbook._mac_values(cells)
    book = type("Book", (), {"name": "b", "api": None})()
    value = openbook.OpenCells(book)._value
    assert [list(map(value, row)) for row in read] == [
        [1.0, openbook.CellError("#DIV/0!"), None],
        ["a", None, 2.0],
    ]


@pytest.mark.parametrize(("date1904", "serial"), [(False, 46113.5), (True, 44651.5)])
def test_dates_that_come_as_dates_become_the_books_own_numbers(date1904, serial):
    cells = openbook.OpenCells(type("Book", (), {"name": "b"})())
    cells.__dict__["date1904"] = date1904
    assert cells._value(datetime(2026, 4, 1, 12)) == serial
