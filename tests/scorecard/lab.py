"""Runs commands each in a forked child of one warm process: limits, kills and watches, without a second of start-up.

``Lab`` is the side of the tests; run as a program this file is the warm process.  A job and its answer are one
line of JSON each.  A child that dies, or that is stopped, is an answer like any other.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """What became of a job."""

    code: int  # exit code; minus the signal that ended it
    out: str
    err: str
    seconds: float  # on the clock
    cpu: float  # of the processor
    grown: int  # bytes above the idle process, at the highest
    stopped: bool  # it took longer than it was given
    events: list[list[str]]

    @property
    def codes(self) -> set[str]:
        """The finding codes it named."""
        return {
            word.strip("[]") for word in (self.out + self.err).split() if word.startswith("[XK")
        }


class Lab:
    """The warm process and a line to it."""

    def __init__(self) -> None:
        path = os.pathsep.join(
            p for p in (str(TESTS.parent), os.environ.get("PYTHONPATH", "")) if p
        )
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.scorecard.lab"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"},
        )

    def __enter__(self) -> Lab:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def run(self, *arguments: object, **more: Any) -> Outcome:
        """Run ``xlkpi *arguments``.

        Args:
            language: of the messages.
            memory: bytes that it may take above what the warm process has.
            seconds: after which it is killed.
            watch: record files, sockets and programs that are opened.
        """
        return self.do("command", arguments=[str(a) for a in arguments], **more)

    def saves(self, fates: Sequence[Mapping[str, Any]], *arguments: object) -> list[Outcome]:
        """Run a command up to its save, and from there once for each fate, in a process of its own.

        A fate is where to save (``target``) and what befalls it: ``kill_after``, seconds after the beginning of the save;
        ``file_size``, bytes that no file may outgrow, as on a full disk; ``fault``, (name of an error, number of the call to
        the file system that fails, folder); ``user``, id of the user to be.
        """
        said = self.do(
            "command", arguments=[str(a) for a in arguments], fates=list(fates), seconds=600
        )
        assert not said.code, said
        return [Outcome(**json.loads(line)) for line in said.out.splitlines()]

    def call(self, name: str, *arguments: object, **more: Any) -> Any:
        """Call ``module:function`` with JSON arguments; its answer as JSON, or the Outcome of a child that died."""
        said = self.do("call", name=name, arguments=list(arguments), **more)
        if said.code:
            return said
        return json.loads(said.out.splitlines()[-1])

    def do(self, job: str, **more: Any) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"job": job, **more}) + "\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))


# -- the warm process ------------------------------------------------------------------------------


def _serve() -> None:
    _warm_up()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")  # the children write to 1 themselves
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(_forked(json.loads(line))) + "\n")
        answers.flush()


def _warm_up() -> None:
    """Let every command load what it needs, so that a child's time and memory are those of its work."""
    from openpyxl import load_workbook  # noqa: F401

    import xlkpi.cli
    from tests.helpers import books
    from xlkpi.excel.template import missing_sheets  # noqa: F401

    with (
        tempfile.TemporaryDirectory() as name,
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
    ):
        folder = Path(name)
        books.tiny(folder / "book.xlsx", books.changed(books.POSTS, 1, Reach="12,3k?"))
        (folder / "bad.xlsx").write_bytes(b"")
        with contextlib.redirect_stdout(nothing), contextlib.redirect_stderr(nothing):
            for words in (
                ["check", "book.xlsx"],
                ["report", "book.xlsx"],
                ["report", "book-report.xlsx", "--json"],
                ["check", "bad.xlsx"],
            ):
                xlkpi.cli.run([words[0], str(folder / words[1]), *words[2:]])


def _forked(job: Mapping[str, Any]) -> dict[str, Any]:
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.TemporaryFile() as seen,
    ):
        started = time.perf_counter()
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            _child(job, seen.fileno())
        status, usage, stopped = _wait(child, started + job.get("seconds", 60))
        took = time.perf_counter() - started
        seen.seek(0)
        lines = seen.read().splitlines()
        idle = int(lines.pop(0)) if lines else 0
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": _text(out),
            "err": _text(err),
            "seconds": took,
            "cpu": usage.ru_utime + usage.ru_stime,
            "grown": max(usage.ru_maxrss * 1024 - idle, 0),
            "stopped": stopped,
            "events": [json.loads(line) for line in lines],
        }


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "replace"))


def _wait(child: int, until: float) -> tuple[int, resource.struct_rusage, bool]:
    pause = 0.001
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return status, usage, False
        if time.perf_counter() > until:
            os.kill(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            return status, usage, True
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _child(job: Mapping[str, Any], seen: int) -> None:
    code = 70
    try:
        os.write(seen, f"{_resident()}\n".encode())
        _limit(job)
        code = _work(job, seen)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _limit(job: Mapping[str, Any]) -> None:
    if "memory" in job:
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + job["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _work(job: Mapping[str, Any], seen: int) -> int:
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115 - for the child's life
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    if job.get("watch"):
        _watch(seen)
    if "fates" in job:
        return _branch(job)
    if job["job"] == "call":
        import importlib

        module, _, function = job["name"].partition(":")
        print(json.dumps(getattr(importlib.import_module(module), function)(*job["arguments"])))
        return 0
    import xlkpi.cli

    os.environ["XLKPI_LANG"] = job.get("language", "en")
    return xlkpi.cli.run(job["arguments"])


# -- what may befall a child -----------------------------------------------------------------------


def _watch(seen: int) -> None:
    """Write down what is opened, from now on."""
    kinds = (
        "socket.",
        "subprocess.",
        "os.exec",
        "os.posix_spawn",
        "os.system",
        "ctypes.dlopen",
        "urllib.",
        "ftplib.",
    )

    def hook(event: str, arguments: Sequence[Any]) -> None:
        if event == "open" or event.startswith(kinds):
            how = arguments[1] if event == "open" and len(arguments) > 1 else ""
            flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            os.write(
                seen,
                (
                    json.dumps(
                        [
                            event,
                            os.fsdecode(arguments[0])
                            if isinstance(arguments[0], (str, bytes, os.PathLike))
                            else str(arguments[0]),
                            "w" if writes else str(how or "r"),
                        ]
                    )
                    + "\n"
                ).encode(),
            )

    sys.addaudithook(hook)


class _AllTried(BaseException):
    """Every fate was met; the command itself saves nothing."""


def _branch(job: Mapping[str, Any]) -> int:
    """Run the command; where it saves, fork for each fate, and let each child go on as if it were the only one."""
    import xlkpi.cli
    from xlkpi.excel.jobs import report as reporting
    from xlkpi.excel.posts import write as growing
    from xlkpi.ooxml.save import save

    answers: list[dict[str, Any]] = []
    speaks: int | None = None  # where a child says what became of it

    def parting(
        package: Any, target: Path, seen: object = None
    ) -> None:  # each fate has a file of its own
        nonlocal speaks
        for fate in job["fates"]:
            reader, writer = os.pipe()
            started = time.perf_counter()
            child = os.fork()
            if not child:
                speaks = writer
                sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
                _meet(fate)
                save(package, Path(fate["target"]))
                return
            os.close(writer)
            status, usage, stopped = _wait(child, started + 60)
            with os.fdopen(reader, encoding="utf-8") as said:
                out, err = json.loads(said.read() or '["", ""]')
            answers.append(
                {
                    "code": os.waitstatus_to_exitcode(status),
                    "out": out,
                    "err": err,
                    "seconds": time.perf_counter() - started,
                    "cpu": usage.ru_utime + usage.ru_stime,
                    "grown": 0,
                    "stopped": stopped,
                    "events": [],
                }
            )
        raise _AllTried

    reporting.save = growing.save = parting
    try:
        code = xlkpi.cli.run(job["arguments"])
    except _AllTried:
        print("\n".join(map(json.dumps, answers)))
        return 0
    if speaks is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        os.write(speaks, json.dumps([sys.stdout.getvalue(), sys.stderr.getvalue()]).encode())  # type: ignore[attr-defined]
    return code


def _meet(fate: Mapping[str, Any]) -> None:
    """Arm what befalls the save that begins now."""
    if "file_size" in fate:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (fate["file_size"], resource.RLIM_INFINITY))
    if "kill_after" in fate:
        after = fate["kill_after"]
        threading.Thread(
            target=lambda: (time.sleep(after), os.kill(os.getpid(), signal.SIGKILL)), daemon=True
        ).start()
    if "user" in fate:
        os.setgroups([])
        os.setegid(fate["user"])
        os.seteuid(fate["user"])
    if "fault" in fate:
        _fail(*fate["fault"])


#: Calls of the operating system that a save makes, as Python's audit hooks name them.
CALLS = ("open", "os.rename", "os.chmod", "os.remove", "tempfile.mkstemp")


def _fail(name: str, number: int, folder: str) -> None:
    """Let the ``number``-th call that touches ``folder`` fail; syncing counts too."""
    left = number

    def strike() -> None:
        nonlocal left
        left -= 1
        if not left:
            code = getattr(errno, name)
            raise OSError(code, os.strerror(code))

    def hook(event: str, arguments: Sequence[Any]) -> None:
        if event in CALLS and arguments and str(arguments[0]).startswith(folder):
            strike()

    fsync = os.fsync

    def failing(handle: int) -> None:
        strike()
        fsync(handle)

    os.fsync = failing
    sys.addaudithook(hook)


def chance(*words: object) -> random.Random:
    """Random numbers that depend on nothing but these words."""
    return random.Random("/".join(map(str, words)))


if __name__ == "__main__":
    _serve()
