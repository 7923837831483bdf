"""xlwings' own Windows server on any machine: its ``XLPython.CallUDF``, with pywin32 replaced, in a process of its own.

Everything between Excel's COM call and our functions is the real code of the pinned xlwings; only what
pywin32 would do on the wire is missing.  The process keeps the replacements away from the other tests.

    with Com() as com:
        com.call("ENGAGEMENT_RATE", 340.0, 10_000.0)    # 0.034
"""

from __future__ import annotations

import datetime as dt
import os
import pickle
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

MODULE = "xlkpi.excel.udf"
#: What pywin32 hands over for an argument that was left out.
MISSING = -2147352572
_PYWIN32 = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32event",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.util",
    "win32com.server.policy",
    "win32com.server.dispatcher",
)

ROOT = Path(__file__).parents[3]


class Time(dt.datetime):
    """A date as pywin32 delivers it."""


class Raised(Exception):
    """The server raised: Excel would show no value at all."""


# -- in the server's process -----------------------------------------------------------------------


def pywin32() -> None:
    """Put stand-ins where pywin32 and Windows' part of ctypes would be."""
    import asyncio
    import concurrent.futures
    import ctypes

    import pandas

    # Loaded before the platform is another one, like all that asks for it.
    assert asyncio
    assert concurrent.futures.ThreadPoolExecutor
    assert pandas
    for name in _PYWIN32:
        sys.modules[name] = MagicMock(name=name)
    for name in _PYWIN32:
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])

    class ComError(Exception):
        pass

    def unwrap(value: object) -> None:
        raise ComError("not one of our objects")

    stands_in: dict[str, Any] = sys.modules  # type: ignore[assignment]
    stands_in["pywintypes"].TimeType = Time
    stands_in["pywintypes"].com_error = stands_in["pythoncom"].com_error = ComError
    stands_in["pythoncom"].__file__ = "pythoncom.dll"
    stands_in["win32com.server.util"].unwrap = unwrap
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(sys.modules["win32com.client"], name, type(name, (), {}))
    for name in ("PyDLL", "windll", "oledll", "WinDLL"):
        setattr(ctypes, name, MagicMock(name=name))


def windows() -> Any:
    """Import xlwings as Windows would and return the object that Excel talks to.  Changes this process for good."""
    pywin32()
    here, sys.platform = sys.platform, "win32"
    try:
        import xlwings
    finally:
        sys.platform = here
    from xlwings import com_server

    assert xlwings.func.__module__ == "xlwings.udfs", (
        "the decorators of Windows are the ones in use"
    )
    return com_server.XLPython()


def registered(functions: dict[str, Callable[..., object]], name: str = "asked") -> str:
    """A module that ``CallUDF`` finds, with these functions in it."""
    module = types.ModuleType(name)
    module.__file__ = f"{name}.py"
    vars(module).update(functions)
    sys.modules[name] = module
    return name


def _signatures() -> dict[str, Any]:
    """What xlwings has noted about every registered function."""
    from xlkpi.excel import udf

    return {
        name: value.__xlfunc__ for name, value in vars(udf).items() if hasattr(value, "__xlfunc__")
    }


def served() -> list[str]:
    """What ``serve`` does to COM until the first message says that Excel is gone."""
    from xlkpi.excel.serve import serve

    done: list[str] = []
    pythoncom: Any = sys.modules["pythoncom"]
    pythoncom.CoRegisterClassObject = lambda *_: done.append("registered")
    pythoncom.PumpWaitingMessages = lambda: done.append("pumped") or True
    pythoncom.CoRevokeClassObject = lambda _: done.append("revoked")
    event: Any = sys.modules["win32event"]
    event.MsgWaitForMultipleObjects.return_value = event.WAIT_OBJECT_0
    serve("{506e67c3-55b5-48c3-a035-eed5deea7d6d}")
    print("still able to print", flush=True)
    return done


def across(answer: object, by_reference: list[object]) -> object:
    """An answer as pywin32 hands it to Excel: of a tuple the first value, and the others go into the arguments."""
    if not isinstance(answer, tuple):
        return answer
    answer, *others = answer
    by_reference[: len(others)] = others[: len(by_reference)]
    return answer


def _called(python: Any, name: str, *args: object) -> tuple[object, list[object]]:
    """What Excel gets, and the module, the name and the arguments as they are afterwards."""
    by_reference: list[object] = [MODULE, name, args]
    answer = python.CallUDF(MODULE, name, args, None, None)
    return across(answer, by_reference), by_reference


def _answers() -> None:
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not end up among the answers
    python = windows()
    asked: dict[str, Callable[..., object]] = {
        "call": lambda name, *args: _called(python, name, *args),
        "calls": lambda name, many: [_called(python, name, *args)[0] for args in many],
        "signatures": _signatures,
    }
    while True:
        try:
            what, args = pickle.load(calls)
        except EOFError:
            return
        try:
            answer: tuple[bool, object] = True, asked[what](*args)
        except Exception as e:
            answer = False, f"{type(e).__name__}: {e}"
        pickle.dump(answer, answers)
        answers.flush()


# -- in the test's process -------------------------------------------------------------------------


class Com:
    """The server, started on first use; ``call`` is what a cell does."""

    def __enter__(self) -> Com:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.excel.functions.com"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def ask(self, what: str, *args: object) -> Any:
        pipes = self.process
        assert pipes.stdin is not None
        assert pipes.stdout is not None
        pickle.dump((what, args), pipes.stdin)
        pipes.stdin.flush()
        worked, answer = pickle.load(pipes.stdout)
        if not worked:
            raise Raised(answer)
        return answer

    def call(self, name: str, *args: object) -> Any:
        answer, afterwards = self.ask("call", name, *args)
        assert afterwards == [MODULE, name, args], "what Excel gave is as it was"
        return answer


if __name__ == "__main__":
    # Pickles name this module as the tests import it.
    sys.modules["tests.excel.functions.com"] = sys.modules[__name__]
    Time.__module__ = "tests.excel.functions.com"
    _answers()
