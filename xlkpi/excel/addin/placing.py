"""Puts several files in place, all or none: every one is staged first, and what was there comes back on failure."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten, system_reason
from xlkpi.core.texts import Text
from xlkpi.files.leftovers import writer


def place(wanted: Mapping[Path, bytes], folders: Mapping[Path, Path]) -> None:
    """Replace all files or none.

    Args:
        folders: where each of them is staged.

    Raises:
        NotWritten: one of them cannot be written; every file is as it was.
    """
    staging = _Staging(folders)
    path = Path()
    try:
        for path, data in wanted.items():
            staging.stage(path, data)
        for path in wanted:
            staging.put(path)
    except OSError as error:
        staging.put_all_back()
        raise _not_installed(path, error) from None
    finally:
        staging.clear()


def remove(paths: Iterable[Path]) -> list[Path]:
    """Remove files one after the other, and return their paths.

    Raises:
        NotWritten: one of them cannot be removed; those before it are gone.
    """
    removed: list[Path] = []
    for path in paths:
        try:
            path.unlink()
        except OSError as error:
            raise _not_removed(path, error, removed) from None
        removed.append(path)
    return removed


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove those that are empty, the deepest first."""
    for folder in sorted(set(folders), key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


class _Staging:
    """Temporary files beside those they replace, copies of what stood there, and the folders made for them."""

    def __init__(self, folders: Mapping[Path, Path]) -> None:
        self._folders = folders
        self._new: dict[Path, Path] = {}
        self._old: dict[Path, Path] = {}
        self._placed: list[Path] = []
        self._made: list[Path] = []

    def stage(self, path: Path, data: bytes) -> None:
        self._made += [folder for folder in path.parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = self._folders[path]
        if os.path.lexists(path):
            self._old[path] = stage(path, path.read_bytes(), folder)
            os.utime(self._old[path], ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
        self._new[path] = stage(path, data, folder)

    def put(self, path: Path) -> None:
        self._new[path].replace(path)
        self._placed.append(path)

    def put_all_back(self) -> None:
        for path in self._placed:
            with contextlib.suppress(OSError):
                if path in self._old:
                    self._old[path].replace(path)
                else:
                    path.unlink()

    def clear(self) -> None:
        for temporary in (*self._new.values(), *self._old.values()):
            with contextlib.suppress(OSError):
                temporary.unlink()
        remove_empty(self._made)


def stage(path: Path, data: bytes, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.{writer()}", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


# -- what went wrong ---------------------------------------------------------------------------------

_NOTHING_DONE = Text(
    "nothing was written, what was there is as it was",
    "rien n’a été écrit, ce qui était là est intact",
)


def _not_installed(path: Path, error: OSError) -> NotWritten:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        reason, fix = (
            codes.DISK_FULL.meaning,
            Text(
                "free some space and run the command again",
                "libérez de la place et relancez la commande",
            ),
        )
    else:
        reason = Text(
            "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
        ).format(why=system_reason(error))
        fix = _RIGHTS
    return NotWritten(Finding(codes.NOT_INSTALLED, reason, _NOTHING_DONE, fix, sheet=str(path)))


def _not_removed(path: Path, error: OSError, removed: Sequence[Path]) -> NotWritten:
    names = ", ".join(map(str, removed))
    return NotWritten(
        Finding(
            codes.NOT_REMOVED,
            Text(
                "the file cannot be removed ({why})", "le fichier ne peut être supprimé ({why})"
            ).format(why=system_reason(error)),
            Text(f"already removed: {names}", f"déjà supprimé : {names}")
            if removed
            else Text("nothing was removed", "rien n’a été supprimé"),
            _RIGHTS,
            sheet=str(path),
        )
    )


_RIGHTS = Text(
    "quit Excel, check that you may change this folder (on a Mac: System Settings, Privacy & Security, let the "
    "terminal reach the data of other applications), and run the command again",
    "quittez Excel, vérifiez que vous pouvez modifier ce dossier (sur Mac : Réglages Système, Confidentialité et "
    "sécurité, laissez le terminal accéder aux données d’autres apps), et relancez la commande",
)
