"""What a person sees who presses a button: a filled sheet, or a box that says what to do; never an exception."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from tests.excel.live import calc
from tests.helpers.books import POSTS, changed, tiny
from xlkpi.core import catalogue
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel import ribbon
from xlkpi.excel.buttons import desk
from xlkpi.excel.buttons.desk import MAX_SHOWN
from xlkpi.excel.jobs import pdf
from xlkpi.excel.live import book as openbook
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.ribbon import press
from xlkpi.excel.workbook import palette

ACTIONS = {"report": ("",), "check": (), "pdf": ("",), "import": ("export.csv",), "help": ()}


def boxes(app) -> str:
    return "\n".join(text for text, _ in app.impl.alerts)


def plain(path: Path) -> Path:
    """A workbook that has nothing to do with campaigns."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Invoices"
    book.save(path)
    return path


# -- Generate report ---------------------------------------------------------------------------------


def test_the_button_fills_the_report_and_shows_it(app, sample, opened):
    book = opened(sample())
    press("report", "", "en")
    assert calc.page(book, "Report")[2, 2] == "Spring glow"
    assert book.impl.activated == "Report"
    assert not app.impl.alerts, "a report that went well shows itself"
    assert any("reading" in str(text) for text in app.impl.bars)
    assert (app.status_bar, app.calculation, app.screen_updating) == (False, "automatic", True)


def test_the_menu_chooses_what_the_report_covers(app, sample, opened):
    book = opened(sample(), read_only=True)
    press("report", "all", "en")
    assert "All campaigns" in str(calc.page(book, "Report")[2, 2])
    assert "[XK707]" in boxes(app), "a book that is open read-only must be saved under another name"
    book.impl.read_only = False
    press("report", "2026-03", "en")
    page = calc.page(book, "Report")
    assert (page[2, 2], page[1, 9]) == ("Spring glow", "1 Mar 2026 – 31 Mar 2026")
    assert len(app.impl.alerts) == 1


def test_a_period_that_is_none_is_explained(app, tmp_path: Path, opened):
    opened(tiny(tmp_path / "book.xlsx"))
    for language, example in (("en", "2026-Q1"), ("fr", "2026-T1")):
        press("report", "spring", language)
        assert "[XK703]" in boxes(app)
        assert example in boxes(app)
    assert app.impl.writes == 0


def test_this_campaign_must_be_known(app, sample, opened):
    book = opened(sample())
    cell = book.names["setting_campaign"].refers_to.rpartition("!")[2]
    calc.enter(book, "Settings", cell, None)
    press("report", "this", "en")
    assert "[XK704]" in boxes(app)
    assert "Spring glow, Winter care" in boxes(app)


def test_a_box_holds_some_findings_and_names_the_sheet_for_the_rest(app, tmp_path: Path, opened):
    objectives = [{"Campaign": "Spring", "KPI": f"Reech {n}", "Target": 3} for n in range(20)]
    path = tmp_path / "book.xlsx"
    opened(tiny(path, objectives=objectives))
    press("check", "en")
    text, mode = app.impl.alerts[0]
    assert text.count("[XK205]") == MAX_SHOWN
    assert "12 more: see the Checks sheet" in text
    assert mode == "critical"


def test_a_box_counts_what_it_does_not_show(app, tmp_path: Path, opened):
    """Fifty of five hundred are listed one by one; the others count all the same."""
    export = tmp_path / "bad.csv"
    rows = [f"p{n},2026-03-01,Instagram,Ana,abc{n},10" for n in range(500)]
    export.write_text("\n".join(["Post ID,Date,Network,Influencer,Reach,Likes", *rows]))
    opened(tiny(tmp_path / "book.xlsx"))
    press("import", str(export), "en")
    text, _ = app.impl.alerts[0]
    assert text.count("[XK335]") == MAX_SHOWN
    others = re.search(r"… and (\d+) more: “xlkpi import” in a terminal", text)
    assert others
    assert int(others[1]) >= 500 - MAX_SHOWN


# -- workbooks that have no report ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "language", "name"),
    [("report", "en", "invoices-campaign.xlsx"), ("check", "fr", "invoices-campagne.xlsx")],
)
def test_a_workbook_that_is_no_campaign_gets_an_offer(
    app, tmp_path: Path, opened, action, language, name
):
    path = plain(tmp_path / "invoices.xlsx")
    before = path.read_bytes()
    opened(path)
    app.impl.answers = ["no"]
    press(action, *ACTIONS[action], language)
    assert name in boxes(app)
    assert not (tmp_path / name).exists()
    app.impl.answers = ["yes"]
    press(action, *ACTIONS[action], language)
    assert (tmp_path / name).exists()
    assert [book.name for book in app.books] == ["invoices.xlsx", name]
    assert path.read_bytes() == before
    assert "XK" not in boxes(app), "an offer is no error"


def test_an_offer_never_takes_the_name_of_another_file(app, tmp_path: Path, opened):
    opened(plain(tmp_path / "invoices.xlsx"))
    (tmp_path / "invoices-campaign.xlsx").write_text("mine")
    app.impl.answers = ["yes"]
    press("report", "", "en")
    assert (tmp_path / "invoices-campaign.xlsx").read_text() == "mine"
    assert (tmp_path / "invoices-campaign-2.xlsx").exists()


def test_a_campaign_without_a_report_sheet_gets_one_in_a_file_of_its_own(
    app, tmp_path: Path, opened
):
    path = tiny(tmp_path / "plan.xlsx")
    book = opened(path)
    calc.enter(book, "Posts", "G2", [[2000]])  # the reach of the first post: typed, not saved yet
    app.impl.answers = ["yes"]
    press("report", "", "en")
    assert "save plan.xlsx" in boxes(app)
    assert [b.name for b in app.books] == ["plan.xlsx", "plan-report.xlsx"]
    report = app.books["plan-report.xlsx"]
    assert calc.page(report, "Report")[2, 2] == "Spring"
    assert "Report" not in [sheet.name for sheet in book.sheets]
    assert calc.page(report, "Report")[7, 4] == 2000 + 3000 + 500, "what was typed last is in it"


def test_a_book_that_was_never_saved_is_told_so(app, opened, language):
    book = app.books.add()
    book.set_mock_caller()
    for action, codes in {"report": "XK702", "pdf": "XK702", "check": "XK702"}.items():
        app.impl.alerts.clear()
        press(action, *ACTIONS[action], language)
        assert f"[{codes}]" in boxes(app), action


def test_without_a_workbook_the_box_says_what_to_open(app, language):
    for action, words in ACTIONS.items():
        app.impl.alerts.clear()
        press(action, *words, language)
        assert "[XK907]" in boxes(app), action
    assert {"en": "Enable Editing", "fr": "Activer la modification"}[language] in boxes(app)


@pytest.mark.parametrize("name", ["xlkpi.conf", "XLWINGS.CONF", "code.py"])
def test_books_with_code_for_other_programs_are_not_touched(app, tmp_path: Path, opened, name):
    """xlwings would take its interpreter from such a sheet, or run the Python in it."""
    path = tmp_path / "book.xlsx"
    opened(tiny(path, **{name: [{"INTERPRETER": "evil.exe"}]}))
    for action in ("report", "check", "pdf", "help"):
        app.impl.alerts.clear()
        press(action, *ACTIONS[action], "en")
        assert "[XK904]" in boxes(app), action
        assert name in boxes(app)
    assert app.impl.writes == 0


def test_a_refused_write_is_a_box_with_what_excel_said(app, sample, opened):
    book = opened(sample())
    before = calc.page(book, "Report")
    app.impl.fail_at = 9
    press("report", "", "en")
    text, mode = app.impl.alerts[0]
    assert "[XK410]" in text
    assert "locked by another user" in text
    assert mode == "critical"
    assert calc.page(book, "Report") == before
    assert (app.status_bar, app.calculation, app.screen_updating) == (False, "automatic", True)


# -- Check data ----------------------------------------------------------------------------------------


def test_check_fills_the_checks_sheet_only(app, long_book, opened, run):
    book = opened(long_book)
    before = calc.page(book, "Report")
    press("check", "en")
    assert calc.page(book, "Report") == before
    page = calc.page(book, "Checks")
    said = run("check", long_book, "--json").json
    rows = sorted(row for row, column in page if column == 1 and row > 4)
    assert sorted(page[row, 1] for row in rows) == sorted(f["code"] for f in said["findings"])
    assert f"{said['rows']['total']} rows" in str(page[2, 1])
    assert "[XK305]" in boxes(app)
    assert book.impl.activated == "Checks"
    press("report", "", "en")
    text, mode = app.impl.alerts[-1]
    assert text.startswith("The report is written, with this to note:")
    assert text.count("[XK305]") == 3
    assert mode == "info"
    assert calc.page(book, "Report")[7, 2] == "Reach"


def test_clean_data_is_told_as_such(app, tmp_path: Path, opened):
    posts = [{**row, "Format": "Post"} for row in POSTS]
    opened(tiny(tmp_path / "book.xlsx", posts=posts))
    press("check", "fr")
    text, _ = app.impl.alerts[0]
    assert text == "Données contrôlées\u00a0: rien à signaler." or "XK" in text


def test_check_tells_without_a_checks_sheet_too(app, tmp_path: Path, opened):
    opened(tiny(tmp_path / "book.xlsx", posts=changed(POSTS, 1, Reach="12k?")))
    press("check", "en")
    assert "[XK301]" in boxes(app)
    assert "Posts!" in boxes(app)


# -- New campaign, Import, PDF, doctor -------------------------------------------------------------------


@pytest.mark.parametrize(("example", "title"), [("sample", "Matins d’avoine"), ("", None)])
def test_a_new_campaign_is_written_and_opened(app, tmp_path: Path, example, title):
    path = tmp_path / "mine.xlsx"
    press("new", str(path), "fr", example, "en")
    assert [book.name for book in app.books] == ["mine.xlsx"]
    assert calc.page(app.books["mine.xlsx"], "Rapport").get((2, 2)) == title
    assert not app.impl.alerts


def test_a_new_campaign_never_replaces_a_file(app, tmp_path: Path):
    path = tmp_path / "mine.xlsx"
    path.write_text("mine")
    press("new", str(path), "en", "", "en")
    press("new", str(tmp_path / "mine.xls"), "en", "", "en")
    press("new", "", "en", "", "en")  # the file dialog was cancelled
    assert path.read_text() == "mine"
    assert "[XK408]" in boxes(app)
    assert "[XK409]" in boxes(app)
    assert len(app.impl.alerts) == 2


def test_the_pdf_holds_the_report_and_nothing_else(app, sample, opened, tmp_path: Path):
    book = opened(sample("fr"))
    press("report", "", "fr")
    press("pdf", str(tmp_path / "made.pdf"), "fr")
    assert "made.pdf" in boxes(app)
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "made.pdf"), "-"], capture_output=True, check=True
    )
    text = re.sub(r"\s+", " ", done.stdout.decode())
    for part in (
        "Éclat de printemps",
        "Résultats face aux objectifs",
        "Par influenceur",
        "▼ En retard",
    ):
        assert part in text
    assert done.stdout.count(b"\f") == 7, "context, results, dashboard, three of analysis, actions"
    picture = subprocess.run(
        ["pdftoppm", "-r", "40", str(tmp_path / "made.pdf")], capture_output=True, check=True
    ).stdout
    for fill in (palette.MET.fill, palette.MISSED.fill, palette.MET.bar):
        assert picture.count(bytes.fromhex(fill)) > 50, (
            "the colours of the verdicts and of the charts must be drawn"
        )
    visible = {sheet.name: sheet.visible for sheet in book.sheets}
    assert visible.pop("Listes") is False
    assert all(visible.values()), "sheets that were left out of the PDF must come back"
    press("pdf", "", "fr")
    assert (tmp_path / "campaign.pdf").exists()


def test_the_sheet_in_front_stays_there_after_a_pdf(app, sample, opened, tmp_path: Path):
    """The sheets that are left out are hidden meanwhile, and Excel then brings another one to the front."""
    book = opened(sample())
    press("report", "", "en")
    book.sheets["Posts"].activate()
    press("pdf", str(tmp_path / "made.pdf"), "en")
    assert book.sheets.active.name == "Posts"


def test_the_pdf_button_keeps_a_file_that_is_not_its_own(app, sample, opened, tmp_path: Path):
    """A signed contract of that name is kept as a dated copy, which is named; a PDF of ours is replaced without one."""
    opened(sample())
    press("report", "", "en")
    target = tmp_path / "made.pdf"
    target.write_bytes(b"%PDF-1.7 a signed contract")
    press("pdf", str(target), "en")
    (kept,) = tmp_path.glob("made.*.bak.pdf")
    assert kept.read_bytes() == b"%PDF-1.7 a signed contract"
    assert kept.name in boxes(app)
    assert pdf.is_ours(target)
    press("pdf", str(target), "en")
    assert len(list(tmp_path.glob("*.bak.pdf"))) == 1


def test_a_pdf_that_cannot_be_made_is_explained(app, sample, opened, tmp_path: Path):
    book = opened(sample())
    press("pdf", str(tmp_path / "no such folder" / "a.pdf"), "en")
    assert "[XK401]" in boxes(app)
    book.impl.doc.protect("")
    press("pdf", str(tmp_path / "a.pdf"), "en")
    assert "[XK413]" in boxes(app)
    opened(tiny(tmp_path / "tiny.xlsx"))
    press("pdf", str(tmp_path / "a.pdf"), "en")
    assert "[XK414]" in boxes(app)
    assert not (tmp_path / "a.pdf").exists()


def test_the_set_up_check_is_shown_in_a_box(app, language, monkeypatch):
    monkeypatch.setattr(ribbon, "diagnose", lambda spoken: [f"[ok] {spoken}", "[wrong] this"])
    press("doctor", language)
    assert app.impl.alerts == [(f"[ok] {language}\n[wrong] this", "info")]


# -- KPI help --------------------------------------------------------------------------------------------


def select(app, book: xw.Book, sheet: str, cell: str) -> None:
    app.impl.selected = book.sheets[sheet].range(cell).impl


HELPED = (
    ("Report", "B9", "engagement_rate"),
    ("Report", "E9", "engagement_rate"),
    ("Objectives", "D4", "engagement_rate"),
    ("Posts", "I5", "reach"),
    ("Posts", "AH3", "engagement_rate"),
    ("KPI", "A4", None),
)


def test_help_explains_the_kpi_of_the_cell(app, sample, opened, put, reports):
    """By its name, by the name in its row, by the header of its column, by the function in it; in the language of Excel."""
    book = opened(sample())
    put(book, reports["spring"])
    for sheet, cell, id in HELPED:
        for language in LANGUAGES:
            select(app, book, sheet, cell)
            press("help", language)
            text = app.impl.alerts[-1][0]
            kpi = (
                catalogue.kpi(id) if id else next(k for k in catalogue.KPIS if k.excel_name in text)
            )
            for part in (kpi.label, kpi.help, kpi.formula, kpi.how):
                assert part.in_(language) in text, (sheet, cell)


def test_help_explains_the_function_in_a_formula(app, tmp_path: Path, opened):
    path = tmp_path / "mine.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Mine")
        for row, formula in enumerate(
            ("=SUM(1,ROI(200,100))", '=KPI_STATUS(1,2,"roi")', "=SUM(1,2)")
        ):
            sheet.write_formula(row, 0, formula, None, 1)
    book = opened(path)
    said = []
    for cell in ("A1", "A2", "A3"):
        select(app, book, "Mine", cell)
        press("help", "en")
        said.append(app.impl.alerts[-1][0])
    assert catalogue.kpi("roi").help.en in said[0]
    assert "KPI_STATUS" in said[1]
    assert "tolerance" in said[1]
    assert "Select a cell" in said[2]


def test_help_without_a_selected_cell_says_how_to_get_it(app, tmp_path: Path, opened, language):
    opened(plain(tmp_path / "book.xlsx"))
    press("help", language)
    assert "ENGAGEMENT_RATE(" in boxes(app)


# -- nothing gets out --------------------------------------------------------------------------------------


def boom(*_: object) -> None:
    raise KeyError("secret value of the user")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bug_is_told_as_one(app, tmp_path: Path, opened, monkeypatch, capsys, language):
    opened(tiny(tmp_path / "book.xlsx"))
    monkeypatch.setattr(OpenCampaign, "has", lambda *_: True)
    monkeypatch.setattr(OpenCampaign, "report", boom)
    press("report", "", language)
    text, mode = app.impl.alerts[0]
    assert "[XK900]" in text
    assert "KeyError" in text
    assert "ribbon.py:" in text
    assert "Traceback" not in text
    assert "secret" not in text
    assert mode == "critical"
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("XLKPI_DEBUG", "1")
    press("report", "", language)
    assert "Traceback" in capsys.readouterr().err


def test_a_button_that_does_not_exist_is_a_bug_too(app):
    press("explode", "en")
    press("report")
    assert "[XK900]" in boxes(app)


def test_excels_own_errors_are_no_bug(app, tmp_path: Path, opened, monkeypatch):
    def busy(*_: object) -> None:
        raise calc.com_error(-2147418111, "Call was rejected by callee.", None, None)

    opened(tiny(tmp_path / "book.xlsx"))
    monkeypatch.setattr(openbook.OpenCells, "read", busy)
    press("report", "", "en")
    assert "[XK706]" in boxes(app)
    assert "Call was rejected" in boxes(app)


def test_nothing_gets_out_even_when_no_box_can_be_shown(
    app, tmp_path: Path, opened, monkeypatch, capsys
):
    opened(tiny(tmp_path / "book.xlsx"))
    monkeypatch.setattr(calc.App, "alert", boom)
    press("report", "spring", "en")
    assert "[XK703]" in capsys.readouterr().err
    assert app.status_bar is False


def test_press_without_any_excel_speaks_on_the_error_channel(monkeypatch, capsys):
    monkeypatch.setattr(
        desk,
        "xw",
        SimpleNamespace(Book=SimpleNamespace(caller=boom), apps=SimpleNamespace(active=None)),
    )
    press("report", "", "fr")
    assert "[XK907]" in capsys.readouterr().err


# -- the Mac's way in --------------------------------------------------------------------------------------


def test_the_mac_names_the_workbook_on_the_command_line(app, opened, monkeypatch, tmp_path: Path):
    opened(tiny(tmp_path / "other.xlsx"))
    app.books.open(tiny(tmp_path / "a=b c.xlsx", posts=changed(POSTS, 1, Reach="12k?")))
    words = [
        "check",
        "en",
        f"--wb={tmp_path / 'a=b c.xlsx'}",
        "--from_xl=1",
        "--app=/Applications/Microsoft Excel.app",
    ]
    monkeypatch.setattr(sys, "argv", ["ribbon.py", *words])
    ribbon.main(words)
    assert "12k?" in boxes(app)


@pytest.mark.parametrize(
    "words",
    [
        ["report", "", "en", "--wb=", "--from_xl=1", "--app=x"],
        ["report", "", "en", "--wb=/gone.xlsx", "--from_xl=1", "--app=x"],
    ],
)
def test_a_mac_without_a_workbook_is_told_so(app, monkeypatch, words):
    monkeypatch.setattr(sys, "argv", ["ribbon.py", *words])
    ribbon.main(words)
    assert "[XK907]" in boxes(app)


# -- Windows: the add-in opens what Python has made ----------------------------------------------------------


def test_on_windows_the_addin_opens_a_new_campaign(app, tmp_path: Path, opened, monkeypatch):
    """Excel binds an add-in's functions when their formulas are entered anew, which the add-in's VBA does."""
    opened(plain(tmp_path / "invoices.xlsx"))
    monkeypatch.setattr(sys, "platform", "win32")
    app.impl.answers = ["yes"]
    press("report", "", "en")
    assert app.impl.macros == [
        ("'xlkpi.xlam'!OpenCampaign", (str(tmp_path / "invoices-campaign.xlsx"),))
    ]
    press("new", str(tmp_path / "new.xlsx"), "en", "", "en")
    assert (tmp_path / "new.xlsx").exists()
    assert len(app.impl.macros) == 1, "the VBA that called opens it itself"
    assert [book.name for book in app.books] == ["invoices.xlsx"]


def test_without_the_addin_a_new_campaign_is_opened_all_the_same(
    app, tmp_path: Path, opened, monkeypatch
):
    opened(plain(tmp_path / "invoices.xlsx"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(calc.App, "run", boom)
    app.impl.answers = ["yes"]
    press("report", "", "en")
    assert [book.name for book in app.books] == ["invoices.xlsx", "invoices-campaign.xlsx"]
