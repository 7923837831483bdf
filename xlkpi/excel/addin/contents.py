"""What an installation writes: the add-in, its configuration and, on macOS, its AppleScript, byte for byte."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Text
from xlkpi.excel.addin.machine import ADDIN, BITS, SCRIPT, Profile


def contents(profile: Profile) -> dict[Path, bytes]:
    """Every file of an installation with its bytes, the configuration first and the add-in last.

    Raises:
        Refused: a path cannot be written down so that Excel can use it, or a DLL is missing.
    """
    wanted = {profile.configuration: configuration(profile)}
    if profile.script:
        wanted[profile.script] = applescript()
    wanted[profile.addin] = addin()
    return wanted


@cache
def addin() -> bytes:
    """The add-in of this version: shipped in the wheel, built here when xlkpi runs from a clone."""
    shipped = files("xlkpi").joinpath("data", ADDIN)
    if shipped.is_file():
        return shipped.read_bytes()
    from xlkpi.excel.addin.build import build

    return build()


def applescript() -> bytes:
    """The AppleScript of this version, with the line ends of macOS however it was checked out."""
    from xlkpi.excel.addin.build import macros

    return macros().joinpath(SCRIPT).read_bytes().replace(b"\r\n", b"\n")


def configuration(profile: Profile) -> bytes:
    """``key=value`` lines: the Python to start, xlwings' DLLs, the version, and the folders that install made.

    Raises:
        Refused: as for ``contents``.
    """
    values = [("interpreter", spellable(profile, profile.interpreter))]
    if profile.windows:
        # Loaded by a function that knows Unicode, and found again by the file's own name: never in a short form.
        values += [(f"dll{bits}", str(path)) for bits, path in _dlls(profile).items()]
    values.append(("version", version("xlkpi")))
    values += [("made", str(folder)) for folder in _made(profile) if str(folder).isprintable()]
    end, codec = _spelling(profile)
    return "".join(f"{key}={value}{end}" for key, value in values).encode(codec, "surrogatepass")


def read_configuration(profile: Profile) -> list[tuple[str, str]]:
    """The configuration's keys and values as the add-in's VBA reads them; empty when there is none."""
    end, codec = _spelling(profile)
    lines = (read_bytes(profile.configuration) or b"").decode(codec, "replace").split(end)
    return [(key, value) for key, sign, value in (line.partition("=") for line in lines) if sign]


def _spelling(profile: Profile) -> tuple[str, str]:
    """Line end and codec: VBA turns UTF-16 bytes into a String as they are, Excel for Mac reads the file as text."""
    return ("\r\n", "utf-16-le") if profile.windows else ("\n", "utf-8")


def _dlls(profile: Profile) -> dict[int, Path]:
    found = {bits: path for bits in BITS if (path := profile.dll(bits))}
    if not found:
        raise refuse(
            codes.DLL_MISSING,
            fix=Text(
                f'run: "{profile.python}" -m pip install --force-reinstall xlwings=={profile.pin}',
                f'lancez : "{profile.python}" -m pip install --force-reinstall xlwings=={profile.pin}',
            ),
            sheet=str(profile.prefix),
        )
    return found


def _made(profile: Profile) -> list[Path]:
    """The folders that uninstall may remove: those made now, and those made by the installation before."""
    missing = [folder for folder in _parents(profile) if not folder.exists()]
    return sorted({*missing, *made_before(profile)})


def made_before(profile: Profile) -> list[Path]:
    """Only folders above our own files count, whatever the configuration says."""
    allowed = _parents(profile)
    return [
        Path(value)
        for key, value in read_configuration(profile)
        if key == "made" and Path(value) in allowed
    ]


def _parents(profile: Profile) -> list[Path]:
    return [folder for target in profile.targets for folder in target.parents]


def spellable(profile: Profile, path: Path) -> str:
    """A path as Excel can pass it on when it starts Python.

    Windows starts it by a function that knows only the ANSI code page, so a folder outside it is given in its
    short 8.3 form.  A path that could end the quoted command, or that xlwings' DLL would expand, is refused.
    """
    text = str(path)
    if profile.windows and not _encodes(text, profile.code_page):
        text = str(Path(profile.short_path(str(path.parent))) / path.name)
    unusable = r'["\x00-\x1f]|\$\(' if profile.windows else r"""["'`$|\\\x00-\x1f\x7f]"""
    if re.search(unusable, text) or not _encodes(text, profile.code_page):
        raise refuse(
            codes.UNUSABLE_FOLDER_NAME,
            sheet=str(path),
        )
    return text


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec, "strict")
    except UnicodeEncodeError:
        return False
    return True


def read_bytes(path: Path) -> bytes | None:
    """None for a file that is not there or cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None
