"""A workbook's report as PDF by LibreOffice, in a profile of its own that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from xlkpi.core.texts import Language
from xlkpi.excel.jobs.report_copy import write_report_only

_SECONDS = 180
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value>
</prop></item></oor:items>
"""


def find() -> str | None:
    """The program, where it is installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    usual = (
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        Path(os.environ.get("PROGRAMFILES", "C:/Program Files"))
        / "LibreOffice/program/soffice.exe",
    )
    return next((str(path) for path in usual if path.exists()), None)


def pdf_of(office: str, book: Path, language: Language) -> bytes:
    """The report of ``book`` as PDF; empty where LibreOffice could not make it."""
    with tempfile.TemporaryDirectory(prefix="xlkpi-") as folder:
        copy = Path(folder) / f"report{book.suffix}"
        write_report_only(book, copy)
        command = [
            office,
            f"-env:UserInstallation={_profile(Path(folder), language).as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf:calc_pdf_Export",
            "--outdir",
            folder,
            str(copy),
        ]
        try:
            subprocess.run(
                command,
                capture_output=True,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                check=False,
            )
            return copy.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            return b""


def _profile(folder: Path, language: Language) -> Path:
    """A profile that formats figures as the language does."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    locale = "fr-FR" if language == "fr" else "en-GB"
    (profile / "user" / "registrymodifications.xcu").write_text(
        _PROFILE.format(locale=locale), encoding="utf-8"
    )
    return profile
