"""A file as it was when it was read, so that nobody's later save of it is written over."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SWAP = 2  # RENAME_EXCHANGE of renameat2 on Linux, RENAME_SWAP of renamex_np on macOS
_HERE = -100  # AT_FDCWD


@dataclass(frozen=True, slots=True)
class SeenFile:
    """Size, time and content of a file at one moment; taken before the file is read."""

    size: int
    time: int
    file: int
    digest: bytes

    @classmethod
    def of(cls, path: Path) -> SeenFile | None:
        """None where there is no such file to read: whoever reads it then says why."""
        try:
            with path.open("rb") as opened:
                status = os.fstat(opened.fileno())
                digest = hashlib.file_digest(opened, "sha256").digest()
        except OSError:
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, digest)

    def is_still(self, path: Path) -> bool:
        """Whether the same content stands at ``path``; where only its time differs, the content decides."""
        try:
            status = path.stat()
        except OSError:
            return False
        if status.st_size != self.size:
            return False
        if (status.st_mtime_ns, status.st_ino) == (self.time, self.file):
            return True
        now = SeenFile.of(path)
        return now is not None and now.digest == self.digest


def put_unless_changed(new: Path, target: Path, seen: SeenFile | None) -> bool:
    """Put ``new`` in the place of ``target`` where that is still as it was ``seen``; False, and nothing done, where not.

    ``target`` must exist where ``seen`` says so; without ``seen`` the file is replaced whatever it is.
    At any moment a whole file stands at ``target``.  What another program puts there in the very moment is swapped
    back, on systems that can swap two names (Linux, macOS).
    """
    if seen is None:
        new.replace(target)
        return True
    with _alone(target.parent):
        if not seen.is_still(target):
            return False
        ours = new.stat().st_ino
        if not _swap(new, target):
            new.replace(target)
            return True
        if seen.is_still(new):
            return True
        _swap(new, target)
        if new.stat().st_ino != ours:  # yet another save came between: the newest stays
            _swap(new, target)
        return False


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One run of ours at a time puts files in place in this folder, where the system can tell."""
    if sys.platform == "win32":
        yield  # the temporary file is open there, and Windows lets nobody replace an open file
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two names at once; False where system or file system cannot."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(first, second, _SWAP) == 0)
        return bool(libc.renameat2(_HERE, first, _HERE, second, _SWAP) == 0)
    except (AttributeError, OSError, TypeError):
        return False
