"""Temporary files of runs that were killed: told from those of runs that are writing, and removed."""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

_ABANDONED = 3_600  # seconds since a temporary file was last written
_PLACED = 60  # seconds in which a written file is put in place; while it is open Windows itself protects it


def writer() -> str:
    """What a temporary file's name holds before its random part, so that another run knows whose it is."""
    return f"{os.getpid()}_"


def sweep(folder: Path, start: str, end: str) -> None:
    """Remove files called ``start``, writer, eight random characters, ``end``; another run may be writing one now."""
    ours = re.compile(rf"{re.escape(start)}(?:(\d+)_)?[a-z0-9_]{{8}}{re.escape(end)}")
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            made = ours.fullmatch(left.name)
            if made and not _in_use(left, int(made[1] or 0)):
                left.unlink()


def _in_use(left: Path, writer: int) -> bool:
    """Whether the process that made it lives.

    Its number may belong to another one by now: age ends the doubt, for no run writes nothing for so long.
    """
    age = time.time() - left.stat().st_mtime
    if age > _ABANDONED or not writer:
        return False
    if os.name == "nt":  # asking after a process by os.kill would end it there
        return age < _PLACED
    try:
        os.kill(writer, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
