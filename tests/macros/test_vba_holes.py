"""What somebody plants beside or inside a workbook changes nothing; with xlwings' own VBA and command it would.

The add-in's command is the one that its VBA builds; it runs with a real Python in a folder full of traps.  Only its
server, which needs Windows, is replaced, and from within that Python's environment: the command line stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import textwrap
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import MISSING, Interpreter, VBAObject, method

import xlkpi
from tests.macros.interpreted import PYTHON

#: Modules that xlkpi, xlwings or Python itself might import late, or that a workbook's project might be called.
PLANTED = (
    "xlkpi",
    "xlwings",
    "pandas",
    "numpy",
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32com",
    "lxml",
    "openpyxl",
    "babel",
    "narwhals",
    "click",
    "xlsxwriter",
    "sitecustomize",
    "usercustomize",
    "campaign",
    "evil",
    "ast",
    "asyncio",
    "calendar",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "fractions",
    "inspect",
    "json",
    "logging",
    "pickle",
    "random",
    "secrets",
    "statistics",
    "subprocess",
    "tempfile",
    "uuid",
    "zipfile",
)
SHEETS = ("xlkpi.conf", "_xlkpi.conf", "xlwings.conf", "evil.py")
CONFIGURATIONS = (
    "xlkpi.conf",
    "xlwings.conf",
    "campaign.conf",
    "campaign.xlsx.conf",
    ".xlwings/xlwings.conf",
)
EVIL = "C:\\Users\\mallory\\python.exe"

#: Runs when that Python starts: takes the server's place, which then tries every planted name and tells what it got.
REPLACED = """\
import importlib.machinery, json, sys, types

NAMES = {names!r}

def report(clsid):
    import importlib
    found = {{}}
    for name in NAMES:
        try:
            found[name] = getattr(importlib.import_module(name), "__file__", None)
        except ImportError:
            found[name] = None
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    print(json.dumps({{"clsid": clsid, "found": found, "files": [f for f in files if f], "path": sys.path,
                      "isolated": sys.flags.isolated, "writes_bytecode": not sys.dont_write_bytecode}}))

class After(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name not in ("xlwings", "xlkpi.excel.udf"):
            return None
        spec = super().find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module
            def exec_module(module):
                run(module)
                if name == "xlwings":
                    module.serve = report       # as xlwings has it on Windows
                elif hasattr(module, "ENGAGEMENT_RATE"):
                    module.ENGAGEMENT_RATE.__xlfunc__ = {{}}
            spec.loader.exec_module = exec_module
        return spec

server = types.ModuleType("xlwings.com_server")
server.serve = report
sys.modules["xlwings.com_server"] = server
sys.meta_path.insert(0, After)
"""


@dataclass
class Traps:
    """Three folders full of modules and configurations, and a file in which each module notes that it ran."""

    folders: dict[str, Path]
    ran: Path

    @property
    def sprung(self) -> set[str]:
        return (
            set(self.ran.read_text(encoding="utf-8").split("\n")) - {""}
            if self.ran.exists()
            else set()
        )

    def holds(self, file: str) -> bool:
        return any(Path(file).is_relative_to(folder) for folder in self.folders.values())


@pytest.fixture
def traps(tmp_path) -> Traps:
    made = Traps(
        {name: tmp_path / name for name in ("downloads", "current", "pythonpath")},
        tmp_path / "ran.txt",
    )
    for place, folder in made.folders.items():
        folder.mkdir()
        for name in PLANTED:
            note = f"open({str(made.ran)!r}, 'a').write({f'{place}/{name}'!r} + chr(10))\n"
            (folder / f"{name}.py").write_text(note, encoding="utf-8")
        for name in CONFIGURATIONS:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(
                f'"INTERPRETER_WIN","{EVIL}"\ninterpreter={EVIL}\n', encoding="utf-8"
            )
    return made


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """A Python of its own, as install asks for, with this xlkpi in it and its server replaced."""
    folder = tmp_path_factory.mktemp("environment")
    venv.EnvBuilder(symlinks=os.name != "nt").create(folder)
    bin, site = (
        ("Scripts", "Lib/site-packages")
        if os.name == "nt"
        else ("bin", f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages")
    )
    root = Path(xlkpi.__file__).parents[1]
    (folder / site / "real.pth").write_text(
        f"{sysconfig.get_path('purelib')}\n{root}\n", encoding="utf-8"
    )
    (folder / site / "sitecustomize.py").write_text(
        REPLACED.format(names=PLANTED), encoding="utf-8"
    )
    return folder / bin / "python"


def run(
    python: Path, command: str, traps: Traps, where: str = "current", pythonpath: bool = True
) -> dict:
    """Run a server command as the DLL would: its own CLSID in it, no shell, in a folder and with an environment."""
    words = shlex.split(command.replace("$(CLSID)", "{11111111-2222-3333-4444-555555555555}"))
    environment = {"PATH": os.environ["PATH"], "HOME": str(traps.folders["downloads"])}
    if pythonpath:
        environment |= {
            "PYTHONPATH": str(traps.folders["pythonpath"]),
            "PYTHONSTARTUP": str(traps.folders["current"] / "evil.py"),
        }
    done = subprocess.run(
        [python, *words[1:]],
        cwd=traps.folders.get(where, traps.ran.parent),
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return json.loads(done.stdout) if done.stdout.startswith("{") else {"failed": done.stderr}


@pytest.fixture
def poisoned(excel, traps):
    """An Excel whose workbook in front lies among the traps and brings sheets with settings and code."""

    def start():
        book = excel(functions={"BRAND_FIT": lambda value: [[value]]})
        front = book.app.workbook
        front.path, front.name = str(traps.folders["downloads"]), "campaign.xlsx"
        for name in SHEETS:
            sheet = front.vba_get("Sheets").vba_get("Add")
            sheet.name = name
            sheet.vba_get("Range", ["A1"]).vba_set("Value", "INTERPRETER_WIN")
            sheet.vba_get("Range", ["B1"]).vba_set("Value", EVIL)
        return book

    return start


def command_of(book) -> str:
    """The command that the VBA hands to the DLL when a cell is computed."""
    assert book.cell("BRAND_FIT", 4.0) == 4.0
    ((command, mode),) = book.dll.commands
    assert mode == 1
    return command


def test_the_trap_has_forty_modules():
    assert len(set(PLANTED)) == 40


def test_no_planted_module_is_imported(poisoned, python, traps):
    """R9: beside the workbook, in the current folder, in PYTHONPATH."""
    told = run(python, command_of(poisoned()), traps)
    assert "failed" not in told, told
    assert traps.sprung == set()
    assert [file for file in told["files"] if traps.holds(file)] == []
    assert [name for name, file in told["found"].items() if file and traps.holds(file)] == []
    assert [entry for entry in told["path"] if traps.holds(entry) or entry in ("", ".")] == []
    assert told["isolated"] == 1
    assert told["clsid"] == "{11111111-2222-3333-4444-555555555555}"
    # It is the real thing that ran: the server's module, the cell functions and xlwings.
    loaded = {Path(file).name for file in told["files"]}
    assert {"serve.py", "udf.py", "functions.py"} <= loaded
    assert told["found"]["xlkpi"] == xlkpi.__file__


def test_nothing_is_written_beside_the_workbook(poisoned, python, traps):
    before = {folder: sorted(folder.rglob("*")) for folder in traps.folders.values()}
    told = run(python, command_of(poisoned()), traps)
    assert told["writes_bytecode"] is False
    assert {folder: sorted(folder.rglob("*")) for folder in traps.folders.values()} == before


def test_no_planted_configuration_is_read(poisoned):
    """Neither a file beside the workbook nor a sheet inside it chooses the program that Excel starts."""
    book = poisoned()
    assert command_of(book).startswith(f'"{PYTHON}" ')
    assert {path.rpartition("\\")[2] for path in book.looked_at} == {"xlkpi.conf"}
    assert all(
        path.startswith("C:\\Users\\Zoé 日本\\AppData\\Roaming\\xlkpi\\") for path in book.looked_at
    )
    book.click("xlkpiReport")  # and the buttons do not touch such a book at all
    assert "[XK904]" in book.boxes[0]


def test_on_macos_the_ribbons_python_is_isolated_too(excel, python, traps):
    book = excel(platform="mac")
    book.click("xlkpiHelp")
    words = book.scripts[0]
    script = (Path(xlkpi.__file__).parents[1] / "macros" / "xlkpi.applescript").read_text(
        encoding="ascii"
    )
    switches = re.search(r'interpreter & "([^"]+)"', script).group(1)
    done = subprocess.run(
        [python, *shlex.split(switches), *words[1:]],
        cwd=traps.folders["current"],
        capture_output=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(traps.folders["pythonpath"])},
        timeout=120,
        check=False,
        text=True,
    )
    assert traps.sprung == set()
    assert "No module named" not in done.stderr


# -- the same with xlwings' own text: these tests can fail -------------------------------------------------


def xlwings_vba() -> str:
    """The VBA of the pinned xlwings, without the comments behind directives that pyOpenVBA cannot read."""
    text = (Path(xlwings.__file__).parent / "xlwings.bas").read_bytes().decode("cp1252")
    return re.sub(r"(?m)^(\s*#.*?)\s*'.*$", r"\1", text)


def xlwings_command(python: Path, workbook: Path) -> str:
    """The command that xlwings builds for its server with the defaults of its settings, evaluated from its own text."""
    (line,) = re.findall(r"(?m)^\s*tail = .*serve.*$", xlwings_vba())
    vba = Interpreter()
    vba.add_module(
        textwrap.dedent(f"""\
        Function Tail(PYTHONPATH As String, LicenseKeyEnvString As String) As String
        {line.strip().replace("tail =", "Tail =")}
        End Function
    """),
        name="M",
    )
    return f'"{python}"' + str(vba.run("Tail", [f"true;{workbook};{workbook};;;;", ""]))


@pytest.mark.parametrize(
    ("place", "where", "pythonpath"),
    [
        ("current", "current", False),
        ("pythonpath", "elsewhere", True),
        ("downloads", "elsewhere", False),
    ],
    ids=["current folder", "PYTHONPATH", "beside the workbook"],
)
def test_with_xlwings_own_command_planted_modules_run(python, traps, place, where, pythonpath):
    command = xlwings_command(python, traps.folders["downloads"] / "campaign.xlsx")
    run(python, command, traps, where, pythonpath)
    assert {note.partition("/")[0] for note in traps.sprung} == {place}


class _Shell(VBAObject):
    @method
    def ExpandEnvironmentStrings(self, text: object = MISSING) -> object:
        return text


def test_with_xlwings_own_vba_a_sheet_chooses_the_program():
    app = ExcelApplication()
    sheet = app.add_workbook().sheets_[0]
    sheet.name = "xlwings.conf"
    for row, (key, value) in enumerate(
        [("INTERPRETER_WIN", EVIL), ("PYTHONPATH", "C:\\Users\\mallory")], 1
    ):
        sheet.vba_get("Range", [f"A{row}"]).vba_set("Value", key)
        sheet.vba_get("Range", [f"B{row}"]).vba_set("Value", value)
    real = app.interpreter.create_com
    app.interpreter.create_com = lambda name: _Shell() if name == "WScript.Shell" else real(name)
    app.add_module(xlwings_vba(), name="xlwings")
    assert app.evaluate('GetConfig("INTERPRETER_WIN")') == EVIL
