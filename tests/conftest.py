"""Fixtures shared by all tests: sample workbooks and the command line, in this process and in its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from xlkpi import cli
from xlkpi.core.texts import LANGUAGES, Language


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> set[str]:
        """The finding codes it named."""
        return {
            word.strip("[]") for word in (self.out + self.err).split() if word.startswith("[XK")
        }


# Random tests draw the same examples on every machine, however slow it is.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# Whoever runs the tests may have defaults of their own.
os.environ["XDG_CONFIG_HOME"] = os.path.join(os.path.dirname(__file__), "no-such-folder")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


@cache
def _made(language: Language, example: bool) -> bytes:
    from xlkpi.excel.samples.small import sample
    from xlkpi.excel.template.build import build

    return build(language, sample(language) if example else None)


@pytest.fixture(scope="session")
def template() -> Callable[[Language], bytes]:
    """The empty workbook's bytes in a language."""
    return lambda language: _made(language, False)


@pytest.fixture
def sample(tmp_path: Path) -> Callable[..., Path]:
    """Writes the worked example, its report still to be made."""

    def write(language: Language = "en", name: str = "campaign.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(_made(language, True))
        return path

    return write


@pytest.fixture(scope="session")
def run() -> Callable[..., Said]:
    """Runs a command in this process, as a user who speaks ``language`` would: ``run("check", path)``."""

    def call(*arguments: object, language: Language = "en") -> Said:
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            patch.setenv("XLKPI_LANG", language)
            code = cli.run([str(a) for a in arguments])
        return Said(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture(scope="session")
def shell() -> Callable[..., Said]:
    """Runs a command in a process of its own."""

    def call(
        *arguments: object, language: Language = "en", cwd: Path | None = None, **more: Any
    ) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "xlkpi", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ
            | {"XLKPI_LANG": language, "PYTHONIOENCODING": "utf-8"}
            | more.pop("env", {}),
            cwd=cwd,
            timeout=120,
            check=False,
            **more,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Converts a workbook to PDF with LibreOffice and returns the PDF; the test is skipped where it is missing."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("office") / "profile"

    def convert(book: Path) -> Path:
        folder = tmp_path_factory.mktemp("pdf")
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(book),
            ],
            capture_output=True,
            timeout=180,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        made = folder / f"{book.stem}.pdf"
        assert made.exists(), f"LibreOffice did not open {book.name}"
        return made

    return convert
