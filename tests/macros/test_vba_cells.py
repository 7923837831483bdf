"""Cell functions through the add-in's own VBA: what reaches Python, what a cell shows, and what happens when Python dies."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from tests.macros import interpreted
from tests.macros.interpreted import PYTHON, ChildServer, ComServer
from xlkpi.excel.functions.declared import FUNCTIONS

COMMAND = f'"{PYTHON}" -I -B -c "import xlkpi.excel.serve as s; s.serve(\'$(CLSID)\')"'


def command(start: int) -> str:
    """The command of a later start: the DLL gives each command a class of its own."""
    return COMMAND.replace("')\"", f"', {start})\"") if start > 1 else COMMAND


NA = "#N/A"


def echo(*values):
    return [[repr(values)]]


# -- arguments and results ---------------------------------------------------------------------------


def test_every_wrapper_hands_its_arguments_on_in_order(excel):
    seen = {}

    def keep(name):
        return lambda *values: [[seen.setdefault(name, values) and 1.0]]

    book = excel(functions={f.name: keep(f.name) for f in FUNCTIONS})
    for function in FUNCTIONS:
        arguments = [float(n) for n in range(len(function.arguments))]
        assert book.cell(function.name, *arguments) == 1.0
        assert seen[function.name] == tuple(arguments)


def test_arguments_left_out_arrive_as_blank(excel):
    book = excel(functions={f.name: echo for f in FUNCTIONS})
    for function in FUNCTIONS:
        required = [1.0 for argument in function.arguments if not argument.optional]
        missing = len(function.arguments) - len(required)
        assert book.cell(function.name, *required) == repr((*required, *(None,) * missing))


def test_a_cell_gives_what_the_function_gives(excel):
    """The real functions behind the wrappers: no figure changes on the way through VBA."""

    book = excel(functions={f.name: as_registered(f.call) for f in FUNCTIONS})
    for function in FUNCTIONS:
        arguments = [float(3 + n) for n in range(len(function.arguments))]
        expected = function.call(*arguments)
        if not isinstance(expected, list):
            shown = book.cell(function.name, *arguments)
            assert shown == interpreted.shown(
                interpreted.VBAErrorValue(expected - interpreted.FIRST_ERROR)
                if isinstance(expected, int)
                else expected
            )
    assert book.cell("ENGAGEMENT_RATE", 340.0, 10_000.0) == 0.034
    assert book.cell("ENGAGEMENT_RATE", 340.0, 0.0) == "#DIV/0!"
    assert book.cell("ENGAGEMENT_RATE", 340.0, None) == NA
    assert book.cell("ENGAGEMENT_RATE", "many", 10.0) == "#VALUE!"


def as_registered(call):
    """As udf.py hands a result to xlwings; a test of the functions holds it to that."""

    def rows(*values):
        result = call(*values)
        if type(result) is not list:
            return [[result]]
        return [list(result[0])] if len(result) == 1 else result

    return rows


def test_a_row_of_months_is_a_row_of_rates(excel):
    book = excel(functions={f.name: as_registered(f.call) for f in FUNCTIONS})
    months = range(1, 13)
    shown = book.cell(
        "ENGAGEMENT_RATE",
        book.range("A1:L1", [list(months)]),
        book.range("A2:L2", [[100] * 12]),
    )
    assert shown == [n / 100 for n in months]


@pytest.mark.parametrize(
    ("address", "values", "arrives"),
    [
        ("A1", [[5]], 5.0),
        ("A1", [["text"]], "text"),
        ("A1", [[True]], True),
        ("A1", None, None),
        ("A1:A3", [[1], [2], [3]], ((1.0,), (2.0,), (3.0,))),
        ("A1:C1", [[1, 2, 3]], ((1.0, 2.0, 3.0),)),
        ("A1:B2", [[1, "x"], [3, 4]], ((1.0, "x"), (3.0, 4.0))),
        ("A1:A3", [[1], [None], [3]], ((1.0,), (None,), (3.0,))),
    ],
    ids=["number", "text", "boolean", "blank", "column", "row", "block", "column with a blank"],
)
def test_a_range_arrives_as_its_values(excel, address, values, arrives):
    book = excel(functions={"BRAND_FIT": echo})
    assert book.cell("BRAND_FIT", book.range(address, values)) == repr((arrives,))


def test_an_error_in_a_range_arrives_as_its_code(excel):
    book = excel(functions={"BRAND_FIT": echo})
    book.app.workbook.sheets_[0].vba_get("Range", ["A1"]).vba_set(
        "Value", interpreted.VBAErrorValue(2007)
    )
    assert book.cell("BRAND_FIT", book.range("A1")) == "(-2146826281,)"


def test_an_argument_may_be_an_array_already(excel):
    """As in Posts[Likes]+Posts[Comments]."""
    book = excel(functions={"BRAND_FIT": echo})
    assert book.cell("BRAND_FIT", interpreted.to_vba(((1.0,), (2.0,)))) == repr((((1.0,), (2.0,)),))


def test_several_areas_at_once_are_a_wrong_argument(excel):
    book = excel(functions={"BRAND_FIT": lambda value: [[value]]})
    areas = book.app.application.vba_get("Union", [book.range("A1:A2"), book.range("C1:C2")])
    assert book.cell("BRAND_FIT", areas) == "#VALUE!"


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        ([[0.034]], 0.034),
        ([["Reach"]], "Reach"),
        ([[-2146826246]], NA),
        ([[-2146826281]], "#DIV/0!"),
        ([[-2146826288]], "#NULL!"),
        ([[-2146826238]], "#CALC!"),
        ([[7]], 7),
        ([[-2146828288]], -2146828288),
        ([[1.0, -2146826246]], [1.0, NA]),
        ([[1.0], [-2146826246], ["x"]], [[1.0], [NA], ["x"]]),
        ([[1.0, -2146826281], [-2146826259, "x"]], [[1.0, "#DIV/0!"], ["#NAME?", "x"]]),
    ],
    ids=str,
)
def test_error_codes_become_the_errors_of_excel(excel, result, shown):
    """As numbers they would be added up."""
    book = excel(functions={"BRAND_FIT": lambda value: result})
    assert book.cell("BRAND_FIT", 1.0) == shown


def test_cells_ask_the_one_module_and_say_nothing_of_the_workbook(excel):
    servers = []
    book = excel(functions={"BRAND_FIT": echo})
    book.dll.serve = lambda command: (
        servers.append(ComServer({"BRAND_FIT": echo}, lambda *_: None)) or servers[-1]
    )
    book.run("LoseServer")
    book.advance(3)
    book.cell("BRAND_FIT", 4.0)
    assert servers[-1].calls == [("xlkpi.excel.udf", "BRAND_FIT", 4.0)]


# -- the server is started -----------------------------------------------------------------------------


def test_the_server_runs_before_the_first_cell(excel):
    book = excel(ready=True)
    assert book.dll.commands == [(COMMAND, 1)]
    assert book.loaded == ["C:\\py\\xlwings64-0.37.8.dll"]


def test_excel_of_32_bits_loads_its_own_dll(excel):
    assert excel(platform="win32", ready=True).loaded == ["C:\\py\\xlwings32-0.37.8.dll"]


def test_the_command_is_the_same_whatever_workbook_is_in_front(excel):
    """One server for all workbooks, and nothing that a workbook says in the command."""
    book = excel(functions={"BRAND_FIT": echo})
    for name in ("campaign.xlsx", "évil & 'x' $(CLSID).xlsx"):
        front = book.app.add_workbook()
        front.name, front.path = name, "C:\\Users\\mallory\\Downloads"
        book.run("LoseServer")
        book.advance(3)
        book.cell("BRAND_FIT", 1.0)
    assert book.dll.commands == [(command(1), 1), (command(2), 1)]


def test_the_configuration_is_found_for_any_user_name(excel):
    """Environ$ and Open would have lost this one's."""
    book = excel(ready=True)
    assert set(book.looked_at) == {"C:\\Users\\Zoé 日本\\AppData\\Roaming\\xlkpi\\xlkpi.conf"}


@pytest.mark.parametrize(
    "trouble",
    [
        {"environment": {}},
        {"interpreter": None},
        {"interpreter": ""},
        {"interpreter": "python.exe"},
        {"interpreter": "..\\python.exe"},
        {"dll64": None},
        {"dll64": "xlwings64-0.37.8.dll"},
        {"dll64": "C:\\py\\xlwings64-0.37.7.dll"},
        {"dll64": "C:\\gone\\xlwings64-0.37.8.dll"},
        {"dll64": "C:\\py\\evil-xlwings64-0.37.8.dll"},
    ],
    ids=str,
)
def test_an_incomplete_installation_shows_na_and_starts_nothing(excel, installed, trouble):
    environment = {"environment": trouble["environment"]} if "environment" in trouble else {}
    drive = installed(**{key: value for key, value in trouble.items() if key != "environment"})
    for name in ("xlwings64-0.37.7.dll", "evil-xlwings64-0.37.8.dll"):  # DLLs that could be loaded
        (drive / "py" / name).touch()
    book = excel(drive=drive, **environment)
    assert book.cell("BRAND_FIT", 1.0) == NA
    assert (book.dll.commands, book.loaded, book.boxes) == ([], [], [])


def test_excel_opens_in_silence_without_an_installation(excel, tmp_path):
    book = excel(drive=tmp_path, ready=True)
    assert (book.boxes, book.statuses, book.dll.commands) == ([], [], [])
    assert book.cell("BRAND_FIT", 1.0) == NA


def test_a_server_that_does_not_start_is_not_tried_by_every_cell(excel):
    """10,000 cells that each wait for Python would freeze Excel."""
    book = excel(functions={"BRAND_FIT": echo})
    book.run("LoseServer")
    book.dll.fails = "Could not activate Python COM server"
    book.dll.commands.clear()
    book.advance(3)
    assert [book._computed("BRAND_FIT", (float(n),)) for n in range(200)] == [NA] * 200
    assert len(book.dll.commands) == 1


def test_a_server_that_never_starts_is_given_up_for_a_minute(excel):
    """No endless loop of starting and recalculating; somebody who edits after a while gets another attempt."""
    book = excel()
    book.dll.fails = "Could not activate Python COM server"
    book.run("LoseServer")
    book.dll.commands.clear()
    for _ in range(30):
        book.cell("BRAND_FIT", 1.0)
        book.advance(0.5)
    tried = len(book.dll.commands)
    assert 3 <= tried <= 15
    book.advance(30)
    assert len(book.dll.commands) == tried
    assert book.planned == []


def test_closing_the_add_in_ends_the_server_and_what_is_planned(excel):
    """A macro that is still planned would make Excel open the add-in again."""
    book = excel(ready=True)
    book.event("Workbook_BeforeClose", False)
    assert book.dll.commands == [(COMMAND, 1), (COMMAND, -1)]
    book = excel()
    book.run("LoseServer")
    book.event(
        "app_SheetCalculate", interpreted.NOTHING
    )  # nobody listens: BeforeClose of the other Excel, not this
    assert len(book.planned) == 1
    book.event("Workbook_BeforeClose", False)
    assert book.planned == []


# -- Python fails or dies --------------------------------------------------------------------------------


def test_a_function_that_fails_spoils_its_own_cell_only(excel):
    """The server lives: nothing is started again, and nothing is recalculated for ever."""
    book = excel(functions={"ROI": lambda *_: 1 / 0, "BRAND_FIT": lambda value: [[value]]})
    assert book.cell("ROI", 1.0, 2.0) == NA
    assert book.cell("BRAND_FIT", 4.0) == 4.0
    assert (len(book.dll.commands), book.planned) == (1, [])


def test_a_function_that_kills_the_server_does_not_keep_excel_busy(excel):
    """Each recalculation would start Python and kill it again."""

    class Mortal(ComServer):
        dead = False

        def alive(self):
            return not self.dead

        def udf(self, script, name, *arguments):
            if name == "ROI":
                self.dead = True
            self._answer()
            return [[arguments[0]]]

    book = excel()
    book.dll.serve = lambda command: Mortal({}, lambda *_: None)
    book.run("LoseServer")
    book.cells = {
        "A1": ("BRAND_FIT", (1.0,)),
        "A2": ("ROI", (1.0, 2.0)),
        "A3": ("BRAND_FIT", (3.0,)),
    }
    book.advance(3)
    book.recalculate()
    book.advance(30)
    assert book.values["A1"] == 1.0
    assert book.values["A2"] == NA
    assert len(book.dll.commands) <= 10
    assert book.planned == []


SERVER = textwrap.dedent("""\
    import sys
    for line in sys.stdin:
        name, *numbers = line.split()
        if name == "ping":
            print("pong", flush=True)
        else:
            print(float(numbers[0]) / float(numbers[1]), flush=True)
""")


@pytest.fixture
def killable(excel, tmp_path):
    """An Excel whose server is a process of its own, and the processes that it has had."""
    script = tmp_path / "server.py"
    script.write_text(SERVER, encoding="utf-8")
    processes: list[subprocess.Popen[str]] = []

    def start(line):
        assert line == command(len(processes) + 1)
        processes.append(
            subprocess.Popen(
                [sys.executable, "-I", "-S", str(script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return ChildServer(processes[-1])

    book = excel()
    book.dll.serve = start
    book.run("LoseServer")
    book.advance(3)
    yield book, processes
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close() if process.poll() is None else None
        process.stdout.close()


def test_cells_come_back_within_three_seconds_each_of_a_hundred_times(killable):
    """R23: a dead server means #N/A, never a frozen Excel, and the cells recover by themselves."""
    book, processes = killable
    book.cells = {f"A{n}": ("ENGAGEMENT_RATE", (float(n), 8.0)) for n in range(1, 5)}
    wanted = {
        address: arguments[0] / arguments[1] for address, (_, arguments) in book.cells.items()
    }
    book.recalculate()
    assert book.values == wanted
    slowest = 0.0
    for _ in range(100):
        processes[-1].kill()
        processes[-1].wait()
        died = book.now
        book.recalculate()
        assert NA in book.values.values()
        assert set(book.values.values()) <= {NA, *wanted.values()}
        assert len(book.planned) == 1
        while book.values != wanted:
            book.advance(0.25)
            assert (book.now - died).total_seconds() <= 3
        slowest = max(slowest, (book.now - died).total_seconds())
    assert len(processes) >= 101
    assert slowest <= 3
    assert book.boxes == []


def test_each_start_has_a_class_of_its_own(killable):
    """Under the class of a dead server COM may go on looking for that one, and no cell would come back."""
    book, processes = killable
    for _ in range(3):
        book.cell("ENGAGEMENT_RATE", 1.0, 8.0)
        processes[-1].kill()
        processes[-1].wait()
        book.cell("ENGAGEMENT_RATE", 1.0, 8.0)
        book.advance(5)
    lines = [line for line, mode in book.dll.commands if mode == 1]
    assert len(set(lines)) == len(lines) >= 3
    book.event("Workbook_BeforeClose", False)
    assert book.dll.commands[-1] == (lines[-1], -1), "the one that lives is ended"


def test_cells_come_back_after_the_editor_has_reset_all_variables(killable):
    """Who presses Reset in the VBA editor also loses the add-in's ear for Excel's events."""
    book, processes = killable
    book.cells = {"A1": ("ENGAGEMENT_RATE", (1.0, 8.0))}
    book.recalculate()
    book.vba.module("ThisWorkbook").document.variables["app"].set(interpreted.NOTHING)
    processes[-1].kill()
    processes[-1].wait()
    book.recalculate()
    book.advance(3)
    assert book.values == {"A1": 0.125}


def test_nothing_is_recalculated_when_no_cell_was_lost(excel):
    """A full calculation of everybody's workbooks takes its time."""
    book = excel(functions={"BRAND_FIT": echo})
    book.cells = {"A1": ("BRAND_FIT", (1.0,))}
    book.run("XlkpiRecover")
    assert book.values == {}


def test_a_cell_that_finds_the_server_dead_leaves_the_next_ones_alone(killable):
    """One cell shows #N/A; the next starts the server again, since its last start is long past."""
    book, processes = killable
    book.cell("ENGAGEMENT_RATE", 1.0, 8.0)
    book.advance(60)
    processes[-1].kill()
    processes[-1].wait()
    assert [book._computed("ENGAGEMENT_RATE", (float(n), 8.0)) for n in (1, 2, 3)] == [
        NA,
        0.25,
        0.375,
    ]


# -- macOS -------------------------------------------------------------------------------------------------


def test_on_macos_a_cell_shows_na_and_nothing_is_tried(excel):
    book = excel(platform="mac")
    assert book.cell("BRAND_FIT", 1.0) == NA
    book.advance(10)
    assert (book.planned, book.boxes, book.looked_at) == ([], [], [])


def test_the_fake_excel_ignores_ontime_in_a_cell_as_excel_does(excel):
    """Else a recovery that is planned by the cell itself would pass here and fail in Excel."""
    book = excel()
    book.computing = True
    book.app.application.OnTime(book.now, "'xlkpi.xlam'!XlkpiRecover")
    assert book.planned == []
