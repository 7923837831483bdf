"""How a file is replaced: written beside the old one, synced, then put in its place; or nothing is changed at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten, system_reason
from xlkpi.core.texts import Text
from xlkpi.files.leftovers import sweep, writer

_UNTOUCHED = Text(
    "nothing was written, the old file is as it was",
    "rien n’a été écrit, l’ancien fichier est intact",
)


@contextlib.contextmanager
def replacing(target: Path, verify: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """A new file to be written; it takes the place of ``target`` when the block ends well, and is gone when it does not.

    At any moment the file at ``target`` is the old one or the new one.

    Args:
        verify: looks at what was written, once it is synced; an OSError or BadZipFile of its own keeps the old file.

    Raises:
        NotWritten: the folder or the file cannot be written; what was there is untouched.
    """
    target = Path(os.path.realpath(target))
    try:
        with temporary(target) as new:
            yield new
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            if verify:
                verify(new)
            _put(new, target)
    except (OSError, zipfile.BadZipFile) as error:
        raise _not_written(target, error) from None


def write_bytes(data: bytes, target: Path) -> None:
    """Write a file whole or not at all.

    Raises:
        NotWritten: as for ``replacing``.
    """
    with replacing(target) as new:
        new.write_bytes(data)


@contextlib.contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """A new file beside ``target`` that tells who writes it; gone at the end, unless it was put in its place.

    What killed runs left there goes first.
    """
    start = f".~{target.stem}."
    sweep(target.parent, start, target.suffix)
    handle, name = tempfile.mkstemp(
        prefix=f"{start}{writer()}", suffix=target.suffix, dir=target.parent
    )
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _put(new: Path, target: Path) -> None:
    """Replace ``target``, whose rights stay, by a finished file beside it."""
    if target.exists():
        shutil.copymode(target, new)
    else:
        new.chmod(0o666 & ~_umask())
    os.replace(new, target)
    _sync_folder(target.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Best effort: the file itself is synced and in place, and some file systems cannot do this."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


_REASONS = {
    errno.ENOSPC: codes.DISK_FULL,
    errno.EDQUOT: codes.DISK_FULL,
    errno.EFBIG: codes.DISK_FULL,
    errno.ENOENT: codes.NO_SUCH_FOLDER,
}


def _not_written(target: Path, error: Exception) -> NotWritten:
    number = getattr(error, "errno", None)
    if code := _REASONS.get(number or 0):
        return NotWritten(Finding(code, effect=_UNTOUCHED, sheet=target.name))
    why: Text | str = system_reason(number) if number else type(error).__name__
    return NotWritten(
        Finding(
            codes.NOT_WRITTEN,
            Text(
                "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
            ).format(why=why),
            _UNTOUCHED,
            Text(
                "close it in Excel and check your rights, or choose another file with -o",
                "fermez-le dans Excel et vérifiez vos droits, ou choisissez un autre fichier avec -o",
            ),
            sheet=target.name,
        )
    )


@contextlib.contextmanager
def backed_up(path: Path, now: datetime, wanted: bool) -> Iterator[Path | None]:
    """A dated copy of ``path`` where it is ``wanted``; gone again when what should replace it cannot be written."""
    made = backup(path, now) if wanted else None
    try:
        yield made
    except NotWritten:
        if made is not None:
            with contextlib.suppress(OSError):
                made.unlink()
        raise


def backup(path: Path, now: datetime) -> Path:
    """A dated copy beside the file, never over another file."""
    base = f"{path.stem}.{now:%Y-%m-%d-%H%M%S}"
    names = (path.with_name(f"{base}{f'-{n}' if n else ''}.bak{path.suffix}") for n in range(1_000))
    copy_path = next(name for name in names if not name.exists())
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _not_written(copy_path, error) from None
    write_bytes(data, copy_path)
    return copy_path
