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
from xlkpi.files.seen import SeenFile, put_unless_changed

_UNTOUCHED = Text(
    "nothing was written, the old file is as it was",
    "rien n’a été écrit, l’ancien fichier est intact",
)


@contextlib.contextmanager
def replacing(
    target: Path, verify: Callable[[Path], None] | None = None, seen: SeenFile | None = None
) -> Iterator[Path]:
    """A new file to be written; it takes the place of ``target`` when the block ends well, and is gone when it does not.

    At any moment the file at ``target`` is the old one or the new one.

    Args:
        verify: looks at what was written, once it is synced; an OSError or BadZipFile of its own keeps the old file.
        seen: the file at ``target`` as it was read; where it is another one by now, it stays.

    Raises:
        NotWritten: the folder or the file cannot be written, or has changed since; what was there is untouched.
    """
    target = Path(os.path.realpath(target))
    _require_writable(target)
    try:
        with temporary(target) as new:
            yield new
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            if verify:
                verify(new)
            _put(new, target, seen)
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
            Path(name).unlink()


def _require_writable(target: Path) -> None:
    """A file that its owner has protected is not replaced, even where the folder would allow it."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return  # there is none yet, or it cannot be reached: writing says so
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise NotWritten(Finding(codes.WRITE_PROTECTED, effect=_UNTOUCHED, sheet=target.name))


def _put(new: Path, target: Path, seen: SeenFile | None) -> None:
    """Replace ``target``, whose rights stay, by a finished file beside it."""
    if target.exists():
        shutil.copymode(target, new)
    else:
        new.chmod(0o666 & ~_umask())
    if not put_unless_changed(new, target, seen):
        raise _changed_meanwhile(target)
    _sync_folder(target.parent)


def _changed_meanwhile(target: Path) -> NotWritten:
    stays = Text(
        "nothing was written, the newer file is as it was saved",
        "rien n’a été écrit, le fichier plus récent est resté tel quel",
    )
    return NotWritten(Finding(codes.SAVED_MEANWHILE, effect=stays, sheet=target.name))


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
    names = [path.with_name(f"{base}{f'-{n}' if n else ''}.bak{path.suffix}") for n in range(1_000)]
    try:
        with temporary(path) as copy:
            copy.write_bytes(path.read_bytes())
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            shutil.copymode(path, copy)
            return next(name for name in names if _taken_by(copy, name))
    except OSError as error:
        raise _not_written(names[0], error) from None


def _taken_by(copy: Path, name: Path) -> bool:
    """Give the finished copy a name that no file has, however many runs look for one at this moment."""
    try:
        os.link(copy, name)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: the name is reserved first
        if name.exists():
            return False
        with name.open("xb") as reserved:
            reserved.write(copy.read_bytes())
    return True
