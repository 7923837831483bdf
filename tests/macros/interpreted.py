"""An Excel that runs the add-in's VBA as it stands: pyOpenVBA interprets it, this module lends it what lies outside.

Outside are the Windows functions and the DLL that VBA declares, files, dialogs, the clock and the COM server.  Each is
lent with the habits of the real one that the VBA must cope with: OnTime is ignored while a cell is computed, functions
of a hidden workbook cannot be described, a dead server raises an error.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application, Workbook
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    Interpreter,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    VBARuntimeError,
    member,
    method,
    parse_module,
    setter,
)
from pyopenvba.interpreter import _ast as ast
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._preprocess import strip_directives
from pyopenvba.interpreter._runtime import ModuleRuntime, Slot, _bare
from pyopenvba.interpreter._values import error

PLATFORMS = {
    "win64": {"VBA7": True, "Win64": True, "Win32": True, "Mac": False},
    "win32": {"VBA7": True, "Win64": False, "Win32": True, "Mac": False},
    "mac": {"VBA7": True, "Win64": True, "Win32": False, "Mac": True},
}
#: A user whose name no ANSI code page of Western Europe can spell.
APPDATA = "C:\\Users\\Zoé 日本\\AppData\\Roaming"
#: The Python that install wrote down.
PYTHON = "C:\\Program Files\\xlkpi\\Scripts\\pythonw.exe"
START = datetime(2026, 3, 2, 9, 0, 0)
FIRST_ERROR = -2146828288  # &H800A0000: an Excel error crosses COM as this plus its number
DEAD, PYTHON_ERROR = (
    -2147023170,
    -2147467259,
)  # the remote procedure call failed; what pywin32 raises for an exception


# -- values across COM -----------------------------------------------------------------------------


def to_python(value: object) -> Any:
    """A VBA value as pywin32 delivers it: numbers float, Excel errors int, arrays tuples of rows."""
    if isinstance(value, VBAArray):
        (low, high), *more = value.bounds
        if not more:
            return tuple(to_python(value.get([i])) for i in range(low, high + 1))
        return tuple(
            tuple(to_python(value.get([i, j])) for j in range(more[0][0], more[0][1] + 1))
            for i in range(low, high + 1)
        )
    if isinstance(value, VBAErrorValue):
        return FIRST_ERROR + value.number
    if isinstance(value, PythonObject):
        return value.held
    if value is EMPTY or value is NOTHING:
        return None
    return int(value) if isinstance(value, VBAInt) else value


def to_vba(value: Any) -> object:
    """A Python value as VBA receives it: nested tuples become one array with lower bounds 0."""
    if isinstance(value, tuple | list):
        if value and isinstance(value[0], tuple | list):
            array = VBAArray([(0, len(value) - 1), (0, len(value[0]) - 1)])
            for i, row in enumerate(value):
                for j, cell in enumerate(row):
                    array.set([i, j], to_vba(cell))
            return array
        return VBAArray([(0, len(value) - 1)], items=[to_vba(item) for item in value])
    if value is None:
        return EMPTY
    return (
        VBAInt(value, "Long") if isinstance(value, int) and not isinstance(value, bool) else value
    )


#: How a cell shows the errors.
ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2045: "#SPILL!",
    2050: "#CALC!",
}


def shown(value: object) -> Any:
    """What a cell shows: errors by their names, so that a number which only looks like one is seen."""
    if isinstance(value, VBAErrorValue):
        return ERRORS[value.number]
    if isinstance(value, VBAArray):
        rows, *columns = [range(low, high + 1) for low, high in value.bounds]
        return [
            [shown(value.get([i, j])) for j in columns[0]] if columns else shown(value.get([i]))
            for i in rows
        ]
    return to_python(value)


class PythonObject(VBAObject):
    """A Python value that VBA holds without looking into it."""

    vba_type_name = "XLPythonObject"

    def __init__(self, held: Any) -> None:
        self.held = held


Udf = Callable[..., Any]


class ComServer(VBAObject):
    """xlwings' COM server as far as VBA uses it; it answers as long as ``alive`` says so."""

    vba_type_name = "XLPython"

    def __init__(self, functions: Mapping[str, Udf], press: Callable[..., None]) -> None:
        self.functions, self.pressed = functions, press
        self.calls: list[tuple[Any, ...]] = []
        self.attributes: dict[tuple[str, str], object] = {}

    def alive(self) -> bool:
        return True

    def _answer(self) -> None:
        if not self.alive():
            raise error(DEAD, "The remote procedure call failed.")

    @method
    def Str(self, obj: object = MISSING) -> object:
        self._answer()
        return str(to_python(obj))

    @method
    def Module(self, module: object = MISSING) -> object:
        self._answer()
        return PythonObject(str(module))

    @method
    def TupleFromArray(self, elements: object = MISSING) -> object:
        self._answer()
        return PythonObject(to_python(elements))

    @method
    def SetAttr(
        self, obj: object = MISSING, attr: object = MISSING, value: object = MISSING
    ) -> object:
        self._answer()
        self.attributes[to_python(obj), str(attr)] = value
        return EMPTY

    @method
    def Call(
        self, obj: object = MISSING, name: object = MISSING, arguments: object = MISSING
    ) -> object:
        self._answer()
        call = (to_python(obj), str(name), *to_python(arguments))
        self.calls.append(call)
        self._guarded(self.pressed, *call[2:])
        return PythonObject(None)

    @method
    def CallUDF(
        self, script: object = MISSING, fname: object = MISSING, args: object = MISSING
    ) -> object:
        self._answer()
        call = (str(script), str(fname), *to_python(args))
        self.calls.append(call)
        return to_vba(across(collapsed(self.udf(*call))))

    def udf(self, script: str, name: str, *arguments: Any) -> Any:
        return self._guarded(self.functions[name], *arguments)

    def _guarded(self, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except VBARuntimeError:
            raise
        except Exception as raised:
            raise error(
                PYTHON_ERROR, f"Unexpected Python Error: {type(raised).__name__}: {raised}"
            ) from None


def collapsed(rows: Any) -> Any:
    """As xlwings gives a result back: one cell as itself, one row as its cells."""
    if isinstance(rows, list | tuple) and len(rows) == 1 and isinstance(rows[0], list | tuple):
        return rows[0][0] if len(rows[0]) == 1 else rows[0]
    return rows


def across(answer: Any) -> Any:
    """As pywin32 hands an answer on: of a tuple the first value alone; it writes the others over the arguments."""
    return answer[0] if isinstance(answer, tuple) else answer


class ChildServer(ComServer):
    """A server in a process of its own: it is asked over a pipe and can really die."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__({}, lambda *_: None)
        self.process = process

    def ask(self, question: str) -> str:
        try:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(question + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except OSError:
            answer = ""
        if not answer:
            raise error(DEAD, "The remote procedure call failed.")
        return answer.strip()

    def alive(self) -> bool:
        return self.ask("ping") == "pong"

    def udf(self, script: str, name: str, *arguments: Any) -> Any:
        return float(self.ask(" ".join([name, *map(repr, arguments)])))


# -- what lies outside VBA ---------------------------------------------------------------------------


class Dll:
    """xlwings' DLL: starts the command that it is given, and ends what it started."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, int]] = []
        self.fails = ""
        self.serve: Callable[[str], ComServer] = lambda command: ComServer({}, lambda *_: None)

    def activate(self, answer: Slot, command: object, mode: object) -> object:
        self.commands.append((str(command), int(mode)))  # type: ignore[call-overload]
        if self.fails:
            answer.set(self.fails)
            return VBAInt(1, "Long")
        if int(mode) == 1:  # type: ignore[call-overload]
            answer.set(self.serve(str(command)))
        return VBAInt(0, "Long")


class _Stream(VBAObject):
    vba_type_name = "TextStream"

    def __init__(self, text: str) -> None:
        self.text = text

    @method
    def ReadAll(self) -> object:
        return self.text


class _Files(VBAObject):
    """Scripting.FileSystemObject over the folder that stands for drive C:."""

    vba_type_name = "FileSystemObject"

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def FileExists(self, path: object = MISSING) -> object:
        self.excel.looked_at.append(str(path))
        return self.excel.real(str(path)).is_file()

    @method
    def OpenTextFile(
        self,
        path: object = MISSING,
        mode: object = MISSING,
        create: object = MISSING,
        format: object = MISSING,
    ) -> object:
        assert (mode, create, format) == (1, False, -1), "read only, never create, UTF-16"
        self.excel.looked_at.append(str(path))
        file = self.excel.real(str(path))
        if not file.is_file():
            raise error(53)
        return _Stream(file.read_bytes().decode("utf-16-le"))


class _Language(VBAObject):
    vba_type_name = "LanguageSettings"

    def __init__(self, number: int) -> None:
        self.number = number

    @method
    def LanguageID(self, id: object = MISSING) -> object:
        assert id == 2, "the language of the user interface"
        return VBAInt(self.number, "Long")


class Control(VBAObject):
    """The ribbon control that a callback is handed."""

    vba_type_name = "IRibbonControl"

    def __init__(self, id: str) -> None:
        self.id = id

    @member
    def ID(self) -> object:
        return self.id


class _Host(Application):
    """Excel's Application with the members that pyOpenVBA leaves out."""

    vba_type_name = "Application"
    excel: Excel

    @member
    def StatusBar(self) -> object:
        return self.status_bar

    @setter("StatusBar")
    def _set_status(self, value: object) -> None:
        self.status_bar = value
        self.excel.statuses.append(value)

    @member
    def LanguageSettings(self) -> object:
        if self.excel.language_id is None:
            raise error(438)
        return _Language(self.excel.language_id)

    @member
    def International(self, Index: object = MISSING) -> object:
        return VBAInt(33 if self.excel.country == "France" else 1, "Long")

    @member
    def Path(self) -> object:
        return "/Applications/Microsoft Excel.app"

    @method
    def OnTime(
        self,
        EarliestTime: object = MISSING,
        Procedure: object = MISSING,
        LatestTime: object = MISSING,
        Schedule: object = MISSING,
    ) -> object:
        excel = self.excel
        due = EarliestTime.to_datetime() if isinstance(EarliestTime, VBADate) else EarliestTime
        assert isinstance(due, datetime)
        assert str(Procedure).startswith("'xlkpi.xlam'!"), Procedure
        name = str(Procedure).partition("!")[2]
        if Schedule is False:
            if (due, name) not in excel.planned:
                raise error(1004)
            excel.planned.remove((due, name))
        elif not excel.computing:
            excel.planned.append((due, name))
        return EMPTY

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        Category: object = MISSING,
        ArgumentDescriptions: object = MISSING,
    ) -> object:
        if self.excel.is_addin:
            raise error(1004, "Cannot edit a macro on a hidden workbook.")
        helps = () if ArgumentDescriptions is MISSING else to_python(ArgumentDescriptions)
        self.excel.described[str(Macro)] = (str(Description), str(Category), helps)
        return EMPTY

    @method
    def CalculateFull(self) -> object:
        self.excel.recalculate()
        return EMPTY

    @method
    def GetOpenFilename(
        self,
        FileFilter: object = MISSING,
        FilterIndex: object = MISSING,
        Title: object = MISSING,
        ButtonText: object = MISSING,
        MultiSelect: object = MISSING,
    ) -> object:
        self.excel.asked.append(("open", FileFilter, Title))
        return self._chosen()

    @method
    def GetSaveAsFilename(
        self,
        InitialFilename: object = MISSING,
        FileFilter: object = MISSING,
        FilterIndex: object = MISSING,
        Title: object = MISSING,
        ButtonText: object = MISSING,
    ) -> object:
        self.excel.asked.append(("save", InitialFilename, Title))
        return self._chosen()

    @method
    def InputBox(
        self,
        Prompt: object = MISSING,
        Title: object = MISSING,
        Default: object = MISSING,
        Left: object = MISSING,
        Top: object = MISSING,
        HelpFile: object = MISSING,
        HelpContextID: object = MISSING,
        Type: object = MISSING,
    ) -> object:
        self.excel.asked.append(("input", Prompt, Title))
        return self._chosen()

    def _chosen(self) -> object:
        """What the user picks next; False is Cancel, a list several files."""
        chosen = self.excel.picks.pop(0) if self.excel.picks else False
        if isinstance(chosen, list):  # Excel counts the chosen files from 1
            return VBAArray([(1, len(chosen))], items=list(chosen))
        return chosen


def _is_addin(book: Workbook) -> object:
    return book.application.excel.is_addin


def _set_is_addin(book: Workbook, value: object) -> None:
    assert book.name == "xlkpi.xlam"
    book.application.excel.is_addin = bool(value)


Workbook.vba_add_member(MemberSpec("IsAddin", "property", getter=_is_addin, setter=_set_is_addin))


class _Vba(Interpreter):
    """pyOpenVBA's interpreter, with the functions and statements that need a machine around them."""

    def __init__(self, excel: Excel, host: ExcelBridge) -> None:
        super().__init__(host)
        self.excel = excel
        self.declared: dict[str, ast.DeclareDef] = {}
        self.pointers: list[Slot] = []
        self.open_files: dict[int, bytes] = {}
        self._intrinsics = {
            **self._intrinsics,
            "environ": lambda vba, args, named: excel.environment[args[0]],
            "freefile": lambda vba, args, named: VBAInt(1, "Integer"),
            "lof": lambda vba, args, named: VBAInt(len(self.open_files[int(args[0])]), "Long"),
            "applescripttask": lambda vba, args, named: excel.applescript(*args),
        }

    def _call_name(
        self, callee: Any, args: Any, frame: Any, *, statement_context: bool = False
    ) -> object:
        key = _bare(callee.name)
        if key == "strptr":
            return self._pointer(args[0].value, frame)
        if declared := self.declared.get(key):
            procedure = ast.Procedure(kind="function", name=declared.name, params=declared.params)
            given, _ = self._arguments(args, frame, procedure=procedure)
            return self.excel.declared(declared, given)
        return super()._call_name(callee, args, frame, statement_context=statement_context)

    def _pointer(self, expression: Any, frame: Any) -> object:
        slot = (
            self.lookup(expression.name, frame, want_slot=True)
            if isinstance(expression, ast.Name)
            else None
        )
        self.pointers.append(
            slot if isinstance(slot, Slot) else Slot(self.evaluate(expression, frame))
        )
        return VBAInt(len(self.pointers) - 1, "LongLong")

    def _execute(self, statement: Any, frame: Any) -> None:
        """VBA's own file statements, in the three forms that the add-in uses (macOS)."""
        if not isinstance(statement, ast.Unsupported):
            super()._execute(statement, frame)
            return
        words = statement.text.split()
        number = int(frame.locals["handle"].get())
        if words[0] == "Open":
            assert words[1:] == [
                "ConfigurationPath",
                "(",
                ")",
                "For",
                "Binary",
                "Access",
                "Read",
                "As",
                "#",
                "handle",
            ]
            path = str(self.run("ConfigurationPath"))
            self.excel.looked_at.append(path)
            if not self.excel.real(path).is_file():
                raise error(53)
            self.open_files[number] = self.excel.real(path).read_bytes()
        elif words[0] == "Get":
            assert words[1:] == ["#", "handle", ",", ",", "bytes"]
            frame.locals["bytes"].get().items[:] = [
                VBAInt(b, "Byte") for b in self.open_files[number]
            ]
        else:
            assert words == ["Close", "#", "handle"]
            self.open_files.pop(number, None)

    def create_com(self, class_name: str) -> object:
        return (
            _Files(self.excel)
            if class_name == "Scripting.FileSystemObject"
            else super().create_com(class_name)
        )


@cache
def parsed(addin: Path, platform: str) -> list[ast.Module]:
    """The modules inside an add-in file, compiled for a platform."""
    with ExcelFile(addin) as file:
        modules = [
            (m.name, m.source, "standard" if m.kind.name == "standard" else "document")
            for m in file.vba_project().modules
        ]
    # pyOpenVBA does not know WithEvents; `Excel.event` does what it stands for.
    return [
        parse_module(
            strip_directives(
                source.replace("WithEvents app As", "app As"),
                module=name,
                constants=PLATFORMS[platform],
            ),
            name=name,
            kind=kind,
        )
        for name, source, kind in modules
    ]


@dataclass
class Excel:
    """One Excel with the add-in loaded from its file, on one platform and in one language."""

    addin: Path
    drive: Path
    platform: str = "win64"
    language_id: int | None = 1033
    country: str = ""
    computing: bool = False
    is_addin: bool = True
    dll: Dll = field(default_factory=Dll)
    environment: dict[str, str] = field(default_factory=dict)
    planned: list[tuple[datetime, str]] = field(default_factory=list)
    statuses: list[object] = field(default_factory=list)
    described: dict[str, tuple[str, str, Any]] = field(default_factory=dict)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    picks: list[object] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    scripts: list[list[str]] = field(default_factory=list)
    script_answer: str | None = "started"
    cells: dict[str, tuple[str, tuple[object, ...]]] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = ExcelApplication.open(self.addin, with_vba=False)
        host = self.app.application
        host.__class__ = _Host
        host.excel = self
        host.active_book = None  # an add-in is never the workbook in front
        self.vba = _Vba(self, ExcelBridge(host))
        self.app.interpreter = host.interpreter = self.vba
        for module in parsed(self.addin, self.platform):
            self.vba.modules[module.name.lower()] = ModuleRuntime(module, self.vba)
            self.vba.declared |= {declared.name.lower(): declared for declared in module.declares}
            if module.kind == "document":
                self.vba.bind_document(
                    module.name, self.vba.host.global_object(module.name.lower())
                )
        self.now = START
        self.app.freeze_clock(self.now)
        self.event("Workbook_Open")

    # -- the user's side -----------------------------------------------------------------------

    def run(self, macro: str, *arguments: object) -> Any:
        return self.vba.run(macro, list(arguments))

    def click(self, id: str) -> None:
        self.run("XlkpiClicked", Control(id))

    def said_by_ribbon(self, callback: str, id: str) -> str:
        slot = Slot()
        self.run(callback, Control(id), slot)
        return str(slot.get())

    @property
    def boxes(self) -> list[str]:
        """Every message box so far."""
        return [prompt for kind, prompt, _, _ in self.vba.dialogs if kind == "MsgBox"]

    @property
    def status(self) -> object:
        return self.app.application.status_bar

    def cell(self, function: str, *arguments: object) -> object:
        """A cell's value: what its formula gives while Excel computes; then the sheet's event."""
        value = self._computed(function, arguments)
        self.event("app_SheetCalculate", NOTHING)
        return value

    def _computed(self, function: str, arguments: tuple[object, ...]) -> object:
        self.computing = True
        try:
            return shown(self.vba.run(function, [EMPTY if a is None else a for a in arguments]))
        finally:
            self.computing = False

    def recalculate(self) -> None:
        for address, (function, arguments) in self.cells.items():
            self.values[address] = self._computed(function, arguments)
        self.event("app_SheetCalculate", NOTHING)

    def range(self, address: str, values: Sequence[Sequence[object]] | None = None) -> object:
        """A range of the workbook in front, filled with values when given."""
        sheet = self.app.workbook.sheets_[0]
        target = sheet.vba_get("Range", [address])
        if values is not None:
            for i, row in enumerate(values):
                for j, value in enumerate(row):
                    if value is None:
                        continue
                    target.vba_get("Cells", [VBAInt(i + 1), VBAInt(j + 1)]).vba_set("Value", value)
        return target

    # -- Excel's side --------------------------------------------------------------------------

    def event(self, name: str, *arguments: object) -> None:
        """Excel calls a procedure of ThisWorkbook; its own events only once somebody hears them."""
        runtime = self.vba.module("ThisWorkbook")
        assert runtime.document is not None
        if name.startswith("app_") and runtime.document.variables["app"].get() is NOTHING:
            return
        self.vba.initialise()
        self.vba.call(runtime.procedure(name), runtime, list(arguments), {}, me=runtime.document)

    def advance(self, seconds: float) -> None:
        """Time passes while Excel is idle: what is planned runs when it is due."""
        end = self.now + timedelta(seconds=seconds)
        while due := [plan for plan in self.planned if plan[0] <= end]:
            plan = min(due)
            self.planned.remove(plan)
            self.now = max(self.now, plan[0])
            self.app.freeze_clock(self.now)
            self.run(plan[1])
        self.now = end
        self.app.freeze_clock(self.now)

    def declared(self, function: Any, given: list[object]) -> object:
        """A Windows function or the DLL's, by the name under which VBA declares it."""
        if function.name == "XLPyDLLActivateAuto":
            bits = "32" if self.platform == "win32" else "64"
            assert function.library == f"xlwings{bits}-0.37.8.dll"
            assert self.loaded, "called by its bare name before it was loaded from its own folder"
            answer, command, mode = given
            assert isinstance(answer, Slot)
            return self.dll.activate(
                answer, to_python(self.vba._by_value(command)), self.vba._by_value(mode)
            )
        assert function.library == "kernel32"
        slots = [self.vba.pointers[int(self.vba._by_value(p))] for p in given[:2]]  # type: ignore[call-overload]
        if function.name == "LoadLibraryW":
            path = str(slots[0].get())
            self.loaded += [path] * self.real(path).is_file()
            return VBAInt(self.real(path).is_file(), "LongLong")
        assert function.name == "GetEnvironmentVariableW"
        value = self.environment.get(str(slots[0].get()), "")
        slots[1].set(value + str(slots[1].get())[len(value) :])
        return VBAInt(len(value), "Long")

    def applescript(self, file: object, handler: object, parameter: object) -> object:
        if self.script_answer is None:
            raise error(5)
        assert (file, handler) == ("xlkpi.applescript", "XlkpiPress")
        self.scripts.append(str(parameter).split("\x1f"))
        return self.script_answer

    def real(self, path: str) -> Path:
        """The file that stands for a path of the user's machine."""
        return self.drive.joinpath(*PureWindowsPath(path.replace("/", "\\")).parts[1:])

    # -- tables -------------------------------------------------------------------------------

    def tables(self) -> Iterator[Any]:
        for sheet in self.app.workbook.sheets_:
            yield from sheet.vba_get("ListObjects").vba_items()
