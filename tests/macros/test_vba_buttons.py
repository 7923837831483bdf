"""The ribbon and its macros through the add-in's own VBA: what Python is told, what the user is told, and the status bar."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from pyopenvba.apps.excel._model import Range, Workbook, Workbooks
from pyopenvba.interpreter._values import error

from tests.macros.interpreted import PYTHON, ComServer, to_python
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.addin.texts import texts
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build

PDF = "C:\\Users\\Ana\\spring.pdf"
NEW = "C:\\Users\\Ana\\printemps – été.xlsx"
EXPORT = ["C:\\in\\a.csv", "C:\\in\\b & c.zip"]
MODULE = "xlkpi.excel.ribbon"


def said(key: str, language: str, value: str = "") -> str:
    return texts()[key].in_(language).replace("{0}", value)


@pytest.fixture
def pressed(excel):
    """Starts an Excel and keeps what Python's press was given."""

    def start(*arguments, **more):
        calls = []
        book = excel(*arguments, press=lambda *words: calls.append(words), **more)
        return book, calls

    return start


# -- each button ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "picks", "words"),
    [
        ("xlkpiReport", [], ("report", "")),
        ("xlkpiReportThis", [], ("report", "this")),
        ("xlkpiReportAll", [], ("report", "all")),
        ("xlkpiReportPeriod", [" 2026-Q1 "], ("report", "2026-Q1")),
        ("xlkpiCheck", [], ("check",)),
        ("xlkpiImport", [EXPORT], ("import", *EXPORT)),
        ("xlkpiPdf", [PDF], ("pdf", PDF)),
        ("xlkpiHelp", [], ("help",)),
        ("xlkpiDoctor", [], ("doctor",)),
        ("xlkpiNewEnglish", [NEW], ("new", NEW, "en", "")),
        ("xlkpiNewFrench", [NEW], ("new", NEW, "fr", "")),
        ("xlkpiNewEnglishSample", [NEW], ("new", NEW, "en", "sample")),
        ("xlkpiNewFrenchSample", [NEW], ("new", NEW, "fr", "sample")),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_tells_python_what_to_do(pressed, id, picks, words, language):
    """The language of Excel comes last; the status bar says what goes on, and is given back."""
    book, calls = pressed(language)
    book.picks = list(picks)
    book.click(id)
    assert calls == [(*words, language)]
    assert book.statuses == [said(f"status.{words[0]}", language), False]
    assert book.boxes == []


def test_every_control_of_the_ribbon_is_pressed_above(file):
    """A button that a later version adds must not be forgotten by VBA or by these tests."""
    with zipfile.ZipFile(file) as package:
        ribbon = package.read("customUI/customUI14.xml").decode()
    clickable = set(re.findall(r'id="(\w+)"[^>]*onAction="XlkpiClicked"', ribbon))
    parameters = next(
        m for m in test_a_button_tells_python_what_to_do.pytestmark if "id" in m.args[0]
    ).args[1]
    assert clickable == {id for id, *_ in parameters}


@pytest.mark.parametrize(
    ("macro", "words"),
    [
        ("GenerateReport", ("report", "")),
        ("CheckData", ("check",)),
        ("KpiHelp", ("help",)),
        ("SetupCheck", ("doctor",)),
        ("ImportData", ("import", *EXPORT)),
        ("ExportPdf", ("pdf", PDF)),
    ],
)
def test_a_button_is_also_a_macro_without_arguments(pressed, macro, words):
    """For Alt+F8 and for a shape on a sheet."""
    book, calls = pressed()
    book.picks = [EXPORT if macro == "ImportData" else PDF]
    book.run(macro)
    assert calls == [(*words, "en")]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(6, [("new", NEW, "fr", "sample", "fr")]), (7, [("new", NEW, "fr", "", "fr")]), (2, [])],
    ids=["yes", "no", "cancel"],
)
def test_the_macro_for_a_new_campaign_asks_for_the_example(pressed, answer, words):
    book, calls = pressed("fr")
    book.app.answer_dialogs(answer)
    book.picks = [NEW]
    book.run("NewCampaign")
    assert calls == words


@pytest.mark.parametrize("id", ["xlkpiImport", "xlkpiPdf", "xlkpiNewEnglish", "xlkpiReportPeriod"])
def test_cancelling_a_dialog_does_nothing(pressed, id):
    book, calls = pressed()
    book.click(id)
    assert (len(book.asked), calls, book.statuses, book.boxes) == (1, [], [], [])


def test_an_empty_period_does_nothing(pressed):
    book, calls = pressed()
    book.picks = ["  "]
    book.click("xlkpiReportPeriod")
    assert calls == []


def test_dialogs_speak_the_language_of_excel(pressed):
    book, _ = pressed("fr")
    for id in ("xlkpiImport", "xlkpiPdf", "xlkpiNewFrench", "xlkpiReportPeriod"):
        book.click(id)
    assert book.asked == [
        (
            "open",
            "Exports et tableaux (*.csv;*.xlsx;*.xls;*.zip),*.csv;*.xlsx;*.xls;*.zip",
            said("ask.import", "fr"),
        ),
        ("save", "Book1.pdf", said("ask.pdf", "fr")),
        ("save", "campagne.xlsx", said("ask.new", "fr")),
        ("input", said("ask.period", "fr"), said("xlkpiReportPeriod", "fr")),
    ]


def test_python_works_on_the_workbook_in_front(pressed):
    book, calls = pressed()
    front = book.app.add_workbook()
    servers = []
    book.dll.serve = lambda command: (
        servers.append(ComServer({}, lambda *words: calls.append(words))) or servers[-1]
    )
    book.click("xlkpiReport")
    assert servers[0].attributes == {("xlwings._xlwindows", "BOOK_CALLER"): front}
    assert servers[0].calls == [(MODULE, "press", "report", "", "en")]


def test_what_a_user_types_travels_as_data(pressed):
    """Never inside Python code or a command line."""
    evil = "'); import os; os.system('calc') #\" & calc $(CLSID) \u202e"
    book, calls = pressed()
    book.picks = [evil]
    book.click("xlkpiReportPeriod")
    assert calls == [("report", evil, "en")]
    assert all(evil not in command for command, _ in book.dll.commands)


# -- the ribbon's texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_tips_speak_the_language_of_excel(excel, file, language):
    with zipfile.ZipFile(file) as package:
        ribbon = package.read("customUI/customUI14.xml").decode()
    book = excel(language, book=False)
    for element in re.findall(r"<(?!menuSeparator|splitButton)\w+ id=[^>]*>", ribbon):
        id = re.search(r' id="(\w+)"', element).group(1)
        assert book.said_by_ribbon("XlkpiLabel", id) == said(id, language)
        if "getSupertip" in element:
            assert book.said_by_ribbon("XlkpiTip", id) == said(f"{id}.tip", language)
            assert book.said_by_ribbon("XlkpiSupertip", id) == said(f"{id}.help", language)


@pytest.mark.parametrize(
    ("language_id", "country", "language"),
    [
        (1036, "", "fr"),
        (3084, "", "fr"),
        (2060, "", "fr"),
        (1033, "", "en"),
        (1031, "", "en"),
        (2057, "France", "en"),
        (None, "France", "fr"),
        (None, "", "en"),
    ],
    ids=[
        "France",
        "Canada",
        "Belgium",
        "US",
        "German",
        "UK in France",
        "unknown in France",
        "unknown",
    ],
)
def test_every_french_is_french_and_every_other_language_english(
    pressed, language_id, country, language
):
    """Excel for Mac may not tell its language; then its country does."""
    book, calls = pressed(language_id=language_id, country=country)
    book.click("xlkpiHelp")
    assert calls == [("help", language)]


@pytest.fixture
def textless(built, tmp_path):
    """The add-in without its texts."""
    path = tmp_path / "textless" / "xlkpi.xlam"
    path.parent.mkdir()
    with zipfile.ZipFile(io.BytesIO(built)) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(
                entry,
                data.replace(b'name="texts"', b'name="other"')
                if "workbook.xml" in entry.filename
                else data,
            )
    return path


def test_the_ribbon_shows_without_its_texts(excel, textless):
    """The ids, rather than an error message for each control."""
    book = excel(addin=textless)
    assert book.said_by_ribbon("XlkpiLabel", "xlkpiReport") == "xlkpiReport"
    book.click("xlkpiReport")
    assert book.status is False


# -- help in the function wizard ---------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_knows_the_help_of_every_function_and_argument(excel, language):
    book = excel(language, ready=True)
    assert set(book.described) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        helps = tuple(argument.help.in_(language) for argument in function.arguments)
        assert book.described[function.name] == (
            function.help.in_(language),
            "Influence KPI",
            helps,
        )


def test_describing_the_functions_leaves_excel_as_it_was(excel):
    """The add-in is a visible workbook for a moment; nobody may see it, and nobody is asked to save it."""
    book = excel(ready=True)
    application = book.app.application
    assert book.is_addin
    assert book.app.workbooks()[0].saved
    assert (application.screen_updating, application.enable_events) == (True, True)


# -- what may go wrong -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "id", ["xlkpiReport", "xlkpiReportPeriod", "xlkpiCheck", "xlkpiImport", "xlkpiPdf"]
)
def test_without_a_workbook_the_user_is_told_so(pressed, id):
    book, calls = pressed(book=False)
    book.click(id)
    assert book.boxes == [said("message.XK907", "en")]
    assert (calls, book.asked) == ([], [])


@pytest.mark.parametrize("id", ["xlkpiHelp", "xlkpiDoctor", "xlkpiNewEnglish"])
def test_some_buttons_need_no_workbook(pressed, id):
    book, calls = pressed(book=False)
    book.picks = [NEW]
    book.click(id)
    assert len(calls) == 1


@pytest.mark.parametrize(
    "sheet", ["xlkpi.conf", "_xlkpi.conf", "xlwings.conf", "evil.py", "EVIL.PY"]
)
@pytest.mark.parametrize(
    "id", ["xlkpiReport", "xlkpiReportPeriod", "xlkpiCheck", "xlkpiImport", "xlkpiPdf"]
)
def test_a_workbook_that_brings_settings_or_code_is_refused(pressed, sheet, id):
    book, calls = pressed()
    book.app.workbook.sheets_[0].name = sheet
    book.click(id)
    assert book.boxes == [said("message.XK904", "en", sheet)]
    assert (calls, book.asked, book.dll.commands) == ([], [], [])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"interpreter": None}, "C:\\Users\\Zoé 日本\\AppData\\Roaming\\xlkpi\\xlkpi.conf"),
        ({"dll64": None}, "xlwings64-0.37.8.dll"),
        ({"dll64": "C:\\gone\\xlwings64-0.37.8.dll"}, "C:\\gone\\xlwings64-0.37.8.dll"),
    ],
    ids=["no interpreter", "no DLL named", "DLL gone"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incomplete_installation_is_told_with_what_to_do(
    pressed, installed, language, change, reason
):
    book, calls = pressed(language, drive=installed(**change))
    book.click("xlkpiReport")
    assert book.boxes == [said("message.XK901", language, reason)]
    assert (calls, book.status) == ([], False)


def test_a_missing_configuration_is_told_with_its_place(pressed, tmp_path):
    book, _ = pressed(drive=tmp_path)
    book.click("xlkpiCheck")
    assert book.boxes == [
        said("message.XK901", "en", "C:\\Users\\Zoé 日本\\AppData\\Roaming\\xlkpi\\xlkpi.conf")
    ]


def test_a_python_that_does_not_start_is_told_with_the_reason(pressed):
    book, _ = pressed()
    book.dll.fails = "Could not activate Python COM server, hr = 80004005"
    book.click("xlkpiReport")
    assert book.boxes == [said("message.XK901", "en", book.dll.fails)]
    assert book.statuses[-1] is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_in_python_is_told_and_the_status_bar_given_back(excel, language):
    """press never raises; a broken installation (a module that cannot be imported) does."""

    def broken(*words):
        raise ImportError("cannot import name 'live'")

    book = excel(language, press=broken)
    book.click("xlkpiReport")
    assert book.boxes == [
        said(
            "message.XK905",
            language,
            "Unexpected Python Error: ImportError: cannot import name 'live'",
        )
    ]
    assert book.status is False


class Dying(ComServer):
    """A server that dies while it works."""

    dead = False

    def alive(self):
        return not self.dead

    def _guarded(self, call, *arguments):
        self.dead = True
        self._answer()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_server_that_dies_during_the_work_is_told_and_started_again(excel, language):
    book = excel(language)
    book.dll.serve = lambda command: Dying({}, lambda *_: None)
    book.click("xlkpiReport")
    assert book.boxes == [said("message.XK902", language)]
    assert book.status is False
    book.dll.serve = lambda command: ComServer(
        {"BRAND_FIT": lambda value: [[value]]}, lambda *_: None
    )
    book.advance(3)
    assert [mode for _, mode in book.dll.commands] == [1, 1]
    assert book.cell("BRAND_FIT", 4.0) == 4.0


def test_a_server_that_died_before_is_started_without_a_word(pressed):
    book, calls = pressed()
    first = Dying({}, lambda *_: None)
    first.dead = True
    working, book.dll.serve = book.dll.serve, lambda command: first
    book.click("xlkpiHelp")
    book.vba.dialogs.clear()
    book.dll.serve = working
    book.click("xlkpiReport")
    assert calls == [("report", "", "en")]
    assert book.boxes == []


# -- a new campaign is opened ---------------------------------------------------------------------------


@pytest.fixture
def makes(excel, tmp_path):
    """An Excel whose Python writes a campaign workbook when it is asked for a new one."""

    def start(platform="win64", **more):
        def press(action, path, language, example, spoken):
            if action == "new" and not book.real(path).exists():
                book.real(path).parent.mkdir(parents=True, exist_ok=True)
                book.real(path).write_bytes(
                    build(language, worked_example(language) if example else None)
                )

        book = excel(platform=platform, press=press, **more)
        return book

    return start


@pytest.fixture
def entered(monkeypatch):
    """The formulas that were entered again, as place and formula.

    pyOpenVBA reads no Formula2 with a structured reference; here it is what Formula is, as in a table's column.
    """
    seen: list[tuple[str, str]] = []
    new, old = Range._vba_members["formula2"], Range._vba_members["formula"]

    def enter(target, value):
        assert to_python(value) == to_python(
            target.vba_get("Formula")
        )  # the same formula, so nothing to write
        seen.append(
            (
                str(target.vba_get("Address")),
                str(target.vba_get("Cells", [1, 1]).vba_get("Formula")),
            )
        )

    monkeypatch.setattr(new, "getter", old.getter)
    monkeypatch.setattr(new, "setter", enter)
    return seen


def opened(book) -> list[str]:
    return [each.name for each in book.app.workbooks()]


@pytest.fixture
def drive_opens(monkeypatch):
    """Workbooks.Open finds files on the drive that stands for C:."""
    spec = Workbooks._vba_members["open"]
    original = spec.getter

    def open_there(books, path):
        return original(books, str(books.application.excel.real(path)))

    monkeypatch.setattr(spec, "getter", open_there)


@pytest.mark.parametrize("id", ["xlkpiNewEnglishSample", "xlkpiNewFrenchSample"])
def test_a_new_campaign_is_opened_and_its_formulas_are_entered_again(
    makes, entered, drive_opens, id
):
    """Excel binds a function of an add-in only when the formula is entered in Excel."""
    book = makes()
    book.picks = [NEW]
    book.click(id)
    assert opened(book)[-1] == "printemps – été.xlsx"
    assert book.boxes == []
    functions = {
        name for _, formula in entered for name in re.findall(r"\b([A-Z_]{3,})\(", formula)
    }
    assert {"ENGAGEMENT_RATE", "ROI", "EMV"} <= functions
    for (
        _,
        formula,
    ) in entered:  # nothing else is touched: a formula of Excel's own is bound as it is
        assert any(f"{function.name}(" in formula for function in FUNCTIONS), formula
    tables = {table.vba_get("Name") for table in book.tables()}
    assert "Posts" in tables
    assert book.app.application.screen_updating is True


def test_a_column_with_formulas_in_some_rows_is_entered_cell_by_cell(makes, entered, drive_opens):
    book = makes()
    book.picks = [NEW]
    book.click("xlkpiNewEnglishSample")
    posts = next(table for table in book.tables() if table.vba_get("Name") == "Posts")
    column = next(c for c in posts.vba_get("ListColumns").vba_items() if c.vba_get("Name") == "ROI")
    body = column.vba_get("DataBodyRange")
    body.vba_get("Cells", [2, 1]).vba_set("Value", 0.5)
    entered.clear()
    book.run("BindFunctions", book.app.workbook)
    assert body.vba_get("Cells", [2, 1]).vba_get("Value") == 0.5
    alone = [address for address, formula in entered if "ROI(" in formula and ":" not in address]
    assert len(alone) == int(body.vba_get("Count")) - 1


def test_an_older_excel_enters_formulas_in_its_own_way(makes, drive_opens, monkeypatch):
    """Excel 2019 and before have no Formula2; VBA that named it early would not even compile there."""
    again: list[str] = []
    new, old = Range._vba_members["formula2"], Range._vba_members["formula"]

    def missing(*_):
        raise error(438)

    monkeypatch.setattr(new, "getter", missing)
    monkeypatch.setattr(
        old, "setter", lambda target, value: again.append(str(target.vba_get("Address")))
    )
    book = makes()
    book.picks = [NEW]
    book.click("xlkpiNewEnglishSample")
    assert again
    assert book.boxes == []


def test_a_file_that_was_there_before_is_not_opened_as_new(makes, drive_opens):
    """Python never writes over a file and has told why."""
    book = makes()
    book.real(NEW).parent.mkdir(parents=True)
    book.real(NEW).write_bytes(build("en"))
    book.picks = [NEW]
    before = opened(book)
    book.click("xlkpiNewEnglish")
    assert opened(book) == before


def test_a_campaign_that_python_has_opened_is_not_opened_again(excel, monkeypatch):
    """Excel would ask whether to lose the changes."""
    opens = []
    monkeypatch.setattr(
        Workbooks._vba_members["open"], "getter", lambda books, path: opens.append(path)
    )
    monkeypatch.setattr(
        Workbook._vba_members["fullname"],
        "getter",
        lambda book: book.name if not book.path else f"{book.path}\\{book.name}",
    )

    def press(action, path, *_):
        book.real(path).parent.mkdir(parents=True)
        book.real(path).write_bytes(b"")
        front = book.app.add_workbook()
        front.path, front.name = path.upper().rsplit("\\", 1)

    book = excel(press=press)
    book.picks = [NEW]
    book.click("xlkpiNewEnglish")
    assert (opens, book.boxes) == ([], [])


def test_nothing_is_opened_when_python_made_nothing(pressed, drive_opens):
    book, _ = pressed()
    book.picks = [NEW]
    before = opened(book)
    book.click("xlkpiNewEnglish")
    assert (opened(book), book.boxes) == (before, [])


def test_a_campaign_that_excel_cannot_open_is_told(makes, monkeypatch):
    def refuse(books, path):
        raise error(1004, "Excel cannot open the file")

    monkeypatch.setattr(Workbooks._vba_members["open"], "getter", refuse)
    book = makes()
    book.picks = [NEW]
    book.click("xlkpiNewEnglish")
    assert book.boxes == [said("message.XK906", "en", NEW)]


# -- macOS ------------------------------------------------------------------------------------------------

MAC_NEW = "/Users/ana/campagne d'été.xlsx"
TAIL = ["--wb=Book1", "--from_xl=1", "--app=/Applications/Microsoft Excel.app"]


@pytest.mark.parametrize(
    ("id", "picks", "words"),
    [
        ("xlkpiReport", [], ["report", ""]),
        ("xlkpiReportPeriod", ["2026"], ["report", "2026"]),
        ("xlkpiImport", ["/Users/ana/a b.csv"], ["import", "/Users/ana/a b.csv"]),
        ("xlkpiPdf", ["/Users/ana/r.pdf"], ["pdf", "/Users/ana/r.pdf"]),
        ("xlkpiNewFrench", [MAC_NEW], ["new", MAC_NEW, "fr", ""]),
        ("xlkpiDoctor", [], ["doctor"]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_macos_a_button_goes_through_the_applescript(excel, language, id, picks, words):
    book = excel(language, platform="mac")
    book.picks = list(picks)
    book.click(id)
    assert book.scripts == [["/Users/ana/xlkpi/bin/python", *words, language, *TAIL]]
    assert book.statuses == [said(f"status.{words[0]}", language), False]
    assert book.boxes == []


@pytest.mark.parametrize(
    "home",
    ["/Users/ana/Library/Containers/com.microsoft.Excel/Data", "/Users/ana"],
    ids=["sandboxed", "not sandboxed"],
)
def test_on_macos_the_configuration_is_in_excels_container(excel, home):
    book = excel(platform="mac", environment={"HOME": home})
    book.click("xlkpiHelp")
    assert set(book.looked_at) == {
        "/Users/ana/Library/Containers/com.microsoft.Excel/Data/xlkpi.conf"
    }
    assert len(book.scripts) == 1


def test_on_macos_a_missing_applescript_is_told(excel):
    book = excel("fr", platform="mac", script_answer=None)
    book.click("xlkpiReport")
    assert book.boxes == [said("message.XK903", "fr")]
    assert book.status is False


def test_on_macos_a_missing_python_is_told(excel):
    book = excel(platform="mac", script_answer="missing")
    book.click("xlkpiReport")
    assert book.boxes == [said("message.XK901", "en", "/Users/ana/xlkpi/bin/python")]


def test_on_macos_a_missing_configuration_is_told(excel, tmp_path):
    book = excel(platform="mac", drive=tmp_path)
    book.click("xlkpiReport")
    assert book.boxes == [
        said(
            "message.XK901",
            "en",
            "/Users/ana/Library/Containers/com.microsoft.Excel/Data/xlkpi.conf",
        )
    ]
    assert book.scripts == []


def test_on_macos_python_opens_the_new_campaign_itself(excel):
    """It goes on in the background; Excel, which does not wait for it, could only open what is not there yet."""
    book = excel(platform="mac")
    book.picks = [MAC_NEW]
    before = opened(book)
    book.click("xlkpiNewFrench")
    assert (opened(book), book.planned) == (before, [])


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_the_shell_takes_every_word_of_the_applescript_as_one(tmp_path):
    """AppleScript's ``quoted form of`` puts a text between single quotes, as this test does."""
    words = [
        "report",
        "",
        "a b",
        "d'été",
        "$(touch planted)",
        "`touch planted`",
        "; touch planted",
        '"x"',
        "\\",
        "*",
        "--wb=x",
    ]

    def quoted_form_of(word: str) -> str:
        return "'" + word.replace("'", "'\\''") + "'"

    line = "printf '%s\\n'" + "".join(" " + quoted_form_of(word) for word in words)
    done = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == words
    assert list(tmp_path.iterdir()) == []


def test_the_python_of_the_configuration_is_the_one_that_serves(excel):
    book = excel()
    book.click("xlkpiHelp")
    assert book.dll.commands[0][0].startswith(f'"{PYTHON}" -I -B -c ')
