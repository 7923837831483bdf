"""A user's profile on Windows and on macOS, as real folders, with a Python that really starts."""

from __future__ import annotations

import shlex
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from xlkpi.excel.addin.machine import Profile

#: What people are called: accents, spaces, an apostrophe, letters outside every Western code page.
NAME = "Zoé d’Été O'Brien 陈"


class Registry(dict[str, dict[str, object]]):
    """A registry: keys and names without regard to case, and some that may not be read."""

    locked: tuple[str, ...] = ()

    def __call__(self, key: str) -> Mapping[str, object]:
        if any(key.casefold().endswith(end.casefold()) for end in self.locked):
            raise PermissionError(key)
        found = next(
            (values for name, values in self.items() if name.casefold() == key.casefold()), {}
        )
        return {name.casefold(): value for name, value in found.items()}


def python_at(path: Path, command: str = sys.executable) -> Path:
    """A program at ``path`` that is this Python."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec {shlex.quote(command)} "$@"\n', encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return path


def on_windows(root: Path, name: str = NAME) -> Profile:
    home, env = root / "Users" / name, root / "kpi env"
    roaming = home / "AppData" / "Roaming"
    (roaming / "Microsoft").mkdir(parents=True)
    for program in ("python.exe", "pythonw.exe"):
        python_at(env / "Scripts" / program)
    for bits in (32, 64):
        (env / f"xlwings{bits}-0.37.8.dll").write_bytes(b"MZ")
    return _profile("win32", root, home, roaming, env / "Scripts" / "python.exe", env, "cp1252")


def on_mac(root: Path) -> Profile:
    home, env = root / "Users" / "zoe", root / "kpi env"
    (home / "Library" / "Containers" / "com.microsoft.Excel" / "Data").mkdir(parents=True)
    return _profile("darwin", root, home, home, python_at(env / "bin" / "python"), env, "ascii")


def _profile(
    platform: str, root: Path, home: Path, roaming: Path, python: Path, env: Path, code_page: str
) -> Profile:
    return Profile(
        platform=platform,
        home=home,
        roaming=roaming,
        python=python,
        prefix=env,
        base=root / "Python311",
        registry=Registry(),
        excel_runs=lambda: False,
        short_path=lambda path: path,
        code_page=code_page,
        serves="xlkpi.core.texts",  # what the add-in really needs has a test of its own
        xlwings="0.37.8",
        bits=64,
    )


SYSTEMS: dict[str, Callable[[Path], Profile]] = {"windows": on_windows, "mac": on_mac}


def listing(root: Path) -> dict[str, tuple[bytes, int]]:
    """Everything below a folder: bytes and time of change of files, folders as such."""
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns)
        if path.is_file()
        else (b"", 0)
        for path in sorted(root.rglob("*"))
    }
