"""The machine as installer and doctor see it: where Excel and this user keep their files, and which Python runs."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path

ADDIN = "xlkpi.xlam"
CONFIGURATION = "xlkpi.conf"
SCRIPT = "xlkpi.applescript"
BITS = (64, 32)
_MAC_FOR_EVERYONE = Path(
    "/Library/Application Support/Microsoft/Office365/User Content.localized/Startup.localized/Excel"
)

#: Reads one registry key: its values by name in lower case, nothing where there is no such key.
#: Raises OSError where Windows does not let it be read.
Registry = Callable[[str], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One user on one machine.  Tests build it on a folder of their own, with another system's layout."""

    platform: str  # as sys.platform: win32, darwin, or a system without Excel
    home: Path
    roaming: Path  # Windows: %APPDATA%
    python: Path  # the Python that runs now
    prefix: Path  # its environment
    base: Path  # the Python that the environment was made from
    registry: Registry
    excel_runs: Callable[[], bool]
    short_path: Callable[
        [str], str
    ]  # Windows: a path's 8.3 form; the path itself where there is none
    code_page: str  # Windows: the codec that starting a program goes through
    serves: str  # what the add-in's Python must be able to import
    xlwings: str  # installed version
    bits: int  # of this Python
    for_everyone: tuple[Path, ...] = ()  # folders of all users that Excel also starts from

    @classmethod
    def of_this_machine(cls) -> Profile:
        home = Path.home()
        windows = sys.platform == "win32"
        return cls(
            platform=sys.platform,
            home=home,
            roaming=Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"),
            python=Path(sys.executable),
            prefix=Path(sys.prefix),
            base=Path(sys.base_prefix),
            registry=_read_registry,
            excel_runs=_excel_runs,
            short_path=_short_path,
            code_page="mbcs" if windows else "ascii",
            # The COM server needs pywin32, which an environment can lack or have broken.
            serves="xlkpi.excel.udf, xlwings.com_server" if windows else "xlkpi.excel.udf, xlwings",
            xlwings=version("xlwings"),
            bits=64 if sys.maxsize > 2**32 else 32,
            for_everyone=(_MAC_FOR_EVERYONE,) if sys.platform == "darwin" else (),
        )

    @classmethod
    def elsewhere(cls, platform: str) -> Profile:
        """The layout of another system, to be told about: no folder of this machine is in it."""
        unknown = Path()
        return cls(
            platform,
            Path("~"),
            Path("%APPDATA%"),
            unknown,
            unknown,
            unknown,
            lambda key: {},
            lambda: False,
            lambda path: path,
            "ascii",
            "",
            "",
            64,
        )

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def mac(self) -> bool:
        return self.platform == "darwin"

    @property
    def has_excel(self) -> bool:
        """Whether Excel exists for this system."""
        return self.windows or self.mac

    @property
    def _mac_content(self) -> Path:
        return (
            self.home
            / "Library"
            / "Group Containers"
            / "UBF8T346G9.Office"
            / "User Content.localized"
        )

    @property
    def startup(self) -> Path:
        """The user's XLSTART: a trusted location whose files Excel opens when it starts."""
        return (
            self.roaming / "Microsoft" / "Excel" / "XLSTART"
            if self.windows
            else self._mac_content / "Startup.localized" / "Excel"
        )

    @property
    def addin(self) -> Path:
        return self.startup / ADDIN

    @property
    def configuration(self) -> Path:
        """The one file that the add-in's VBA reads; on macOS in Excel's own container, where it may."""
        return (
            self.roaming / "xlkpi"
            if self.windows
            else self.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
        ) / CONFIGURATION

    @property
    def script(self) -> Path | None:
        """macOS: the AppleScript through which Excel may start a program."""
        return (
            self.home / "Library" / "Application Scripts" / "com.microsoft.Excel" / SCRIPT
            if self.mac
            else None
        )

    @property
    def targets(self) -> tuple[Path, ...]:
        """Every file that an installation writes."""
        return tuple(
            path for path in (self.configuration, self.script, self.addin) if path is not None
        )

    @property
    def addins(self) -> Path:
        """Where Excel keeps add-ins that a person ticked."""
        return (
            self.roaming / "Microsoft" / "AddIns"
            if self.windows
            else self._mac_content / "Add-Ins.localized"
        )

    @property
    def interpreter(self) -> Path:
        """The Python that Excel is to start; on Windows the one without a console window."""
        silent = self.python.with_name("pythonw.exe")
        return silent if self.windows and silent.is_file() else self.python

    @property
    def from_the_store(self) -> bool:
        """Windows hides from Excel what a Python of the Microsoft Store writes below AppData."""
        return self.windows and any(
            "windowsapps" in str(path).casefold() for path in (self.base, self.python)
        )

    @property
    def pin(self) -> str:
        """The only version of xlwings that fits: the DLL's name carries it."""
        pins = [
            text.partition("==")[2]
            for text in requires("xlkpi") or ()
            if text.startswith("xlwings==")
        ]
        return pins[0].split(";")[0].strip()

    def dll(self, bits: int) -> Path | None:
        """xlwings' DLL for an Excel of so many bits, which need not be this Python's."""
        name = f"xlwings{bits}-{self.pin}.dll"
        folders = (self.interpreter.parent, self.interpreter.parent.parent, self.prefix)
        return next((folder / name for folder in folders if (folder / name).is_file()), None)

    def can_serve(self, interpreter: Path) -> str:
        """Why this interpreter cannot serve the add-in; nothing when it can.

        It is started as Excel starts it: isolated, and without the folders that an activated environment puts on PATH.
        """
        paths = [
            p
            for p in os.environ.get("PATH", "").split(os.pathsep)
            if p and not Path(p).is_relative_to(self.prefix)
        ]
        try:
            done = subprocess.run(
                [str(interpreter), "-I", "-B", "-c", f"import {self.serves}"],
                capture_output=True,
                timeout=120,
                env=os.environ | {"PATH": os.pathsep.join(paths)},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return type(error).__name__
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return (
            "" if done.returncode == 0 else lines[-1] if lines else f"exit code {done.returncode}"
        )


def excel_listed(table: str, session: int) -> bool:
    """Whether tasklist's CSV shows an Excel of this Windows session: other users of a server have their own."""
    rows = csv.reader(table.splitlines())
    return any(
        len(row) > 3 and row[0].casefold() == "excel.exe" and row[3] == str(session) for row in rows
    )


def _excel_runs() -> bool:
    """Where this cannot be found out, the lock that Excel keeps on its files still stops the installation."""
    if sys.platform == "win32":
        import ctypes

        session = ctypes.c_ulong()
        kernel = ctypes.windll.kernel32
        kernel.ProcessIdToSessionId(kernel.GetCurrentProcessId(), ctypes.byref(session))
        tasklist = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "tasklist.exe"
        return excel_listed(
            _output(str(tasklist), "/FI", "IMAGENAME eq EXCEL.EXE", "/FO", "CSV", "/NH"),
            session.value,
        )
    if sys.platform == "darwin":
        return bool(
            _output("/usr/bin/pgrep", "-x", "-U", str(os.getuid()), "Microsoft Excel").strip()
        )
    return False


def _output(*command: str) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=30,
            stdin=subprocess.DEVNULL,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", "replace")


def _short_path(path: str) -> str:
    if sys.platform == "win32":
        import ctypes

        room = ctypes.create_unicode_buffer(32_768)
        if ctypes.windll.kernel32.GetShortPathNameW(path, room, len(room)):
            return room.value
    return path


def _read_registry(key: str) -> Mapping[str, object]:
    values: dict[str, object] = {}
    if sys.platform == "win32":
        import winreg

        root, _, path = key.partition("\\")
        hive = winreg.HKEY_CURRENT_USER if root == "HKCU" else winreg.HKEY_LOCAL_MACHINE
        try:
            # A 32-bit Python would be shown the 32-bit programs' own view.
            with winreg.OpenKey(
                hive, path, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            ) as opened:
                for i in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, i)
                    values[name.casefold()] = value
        except FileNotFoundError:
            return {}
    return values
