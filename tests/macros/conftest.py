"""Fixtures for the add-in: its file, and Excels that have it loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.macros import interpreted
from xlkpi.core.texts import Language
from xlkpi.excel.addin import build as addin

LANGUAGE_IDS = {"en": 1033, "fr": 1036}


@pytest.fixture(scope="session")
def built() -> bytes:
    """The add-in as the build makes it."""
    return addin.build()


@pytest.fixture(scope="session")
def file(built: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in as a file under its own name."""
    path = tmp_path_factory.mktemp("addin") / "xlkpi.xlam"
    path.write_bytes(built)
    return path


@pytest.fixture
def installed(tmp_path: Path) -> Callable[..., Path]:
    """Writes what install writes on a fake drive: configuration and DLLs; keys given as None are left out."""

    def write(platform: str = "win64", **changes: str | None) -> Path:
        drive = tmp_path / "drive"
        if platform == "mac":
            values = {"interpreter": "/Users/ana/xlkpi/bin/python", "version": "0.1.0"}
            folder = drive / "Users/ana/Library/Containers/com.microsoft.Excel/Data"
        else:
            values = {
                "interpreter": interpreted.PYTHON,
                "dll64": "C:\\py\\xlwings64-0.37.8.dll",
                "dll32": "C:\\py\\xlwings32-0.37.8.dll",
                "version": "0.1.0",
                "made": "C:\\Users\\x=y",
            }
            folder = drive / "Users/Zoé 日本/AppData/Roaming/xlkpi"
            (drive / "py").mkdir(parents=True, exist_ok=True)
            for bits in (64, 32):
                (drive / "py" / f"xlwings{bits}-0.37.8.dll").touch()
        folder.mkdir(parents=True, exist_ok=True)
        values |= changes
        end, codec = ("\n", "utf-8") if platform == "mac" else ("\r\n", "utf-16-le")
        lines = [f"{key}={value}{end}" for key, value in values.items() if value is not None]
        (folder / "xlkpi.conf").write_bytes("".join(lines).encode(codec))
        return drive

    return write


@pytest.fixture
def excel(
    file: Path, installed: Callable[..., Path], tmp_path: Path
) -> Callable[..., interpreted.Excel]:
    """Starts an Excel, such as ``excel("fr", functions={"ROI": ...})``; ``ready`` waits until it has prepared everything,
    ``drive`` is a folder of one's own instead of an installation.
    """

    def start(
        language: Language = "en",
        platform: str = "win64",
        drive: Path | None = None,
        addin: Path = file,
        book: bool = True,
        ready: bool = False,
        functions: dict[str, Any] | None = None,
        press: Callable[..., None] = lambda *_: None,
        **more: Any,
    ) -> interpreted.Excel:
        made = interpreted.Excel(
            addin,
            drive or installed(platform),
            platform,
            more.pop("language_id", LANGUAGE_IDS[language]),
            environment=more.pop(
                "environment",
                {
                    "APPDATA": interpreted.APPDATA,
                    "HOME": "/Users/ana/Library/Containers/com.microsoft.Excel/Data",
                },
            ),
            **more,
        )
        made.dll.serve = lambda command: interpreted.ComServer(functions or {}, press)
        if not ready:  # what is planned for later takes a second of the test
            made.planned.clear()
        made.advance(0)
        if book:
            made.app.add_workbook()
        return made

    return start
