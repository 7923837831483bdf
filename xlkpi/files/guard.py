"""The gate: what a file is by its content, before anything parses it; a refusal is typed and says the fix."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xlkpi.core import codes
from xlkpi.core.findings import Refused
from xlkpi.core.texts import Text
from xlkpi.files import kinds, refusals
from xlkpi.files.kinds import EXPORTS, FileKind

MAX_FILE = 300 << 20  # bytes on disk: a full sheet of posts is about 150 MB
MAX_PART = 4 << 30  # bytes of one part once inflated; a full sheet with our formulas is 2.2 GB
MAX_TOTAL = 6 << 30
MAX_RATIO = 200  # inflated ÷ compressed, looked at above GRACE only
GRACE = 8 << 20
MAX_ENTRIES = 5_000
MAX_MEMBERS = 500  # files in a ZIP of exports; networks send one to a dozen
MAX_UNPACKED = 1 << 30  # bytes of all of them
#: Bytes of a presentation's XML, held in memory as trees; a company's template has 1 to 5 MB.
MAX_MARKUP = 64 << 20
#: Bytes of a ZIP's list of contents: 5,000 entries with long names fit three times.
_MAX_DIRECTORY = 4 << 20
_HEAD = 1 << 16
#: What zipfile and zlib raise on a damaged archive.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
    ValueError,
    OSError,
)

_JUNK = ("__macosx/", "thumbs.db", "desktop.ini")


def check(path: Path) -> None:
    """Raise Refused unless ``path`` is a plain, readable .xlsx or .xlsm container of reasonable size."""
    with _opened(path, refusals.CHOOSE_WORKBOOK) as file:
        found = _kind(file, path.name)
        if found is not FileKind.XLSX:
            raise refusals.refused(found, path.name, refusals.CHOOSE_WORKBOOK)
        _check_parts(_entries(file, path.name), path.name, MAX_ENTRIES, MAX_PART, MAX_TOTAL)


def check_presentation(path: Path) -> None:
    """Raise Refused unless ``path`` is a plain PowerPoint presentation or template of reasonable size."""
    name = path.name
    with _opened(path, refusals.CHOOSE_PRESENTATION) as file:
        found = _kind(file, name)
        if found is FileKind.PASSWORD:
            raise refusals.encrypted_presentation(name)
        if found in (FileKind.EMPTY, FileKind.DAMAGED):
            raise refusals.refused(found, name, refusals.CHOOSE_PRESENTATION)
        file.seek(0)
        if found is not FileKind.POWERPOINT or file.read(2) != b"PK":
            raise refusals.no_presentation(name)
        entries = _entries(file, name)
        _check_parts(entries, name, MAX_ENTRIES, MAX_FILE, MAX_UNPACKED)
        markup = (e.file_size for e in entries if e.filename.lower().endswith((".xml", ".rels")))
        if sum(markup) > MAX_MARKUP:
            raise refusals.too_large(name)


def check_export(path: Path) -> FileKind:
    """XLSX, XLS, ZIP or TEXT; anything else, and anything hostile in them, raises Refused."""
    with _opened(path, refusals.CHOOSE_EXPORT) as file:
        return _check_export(file, path.name)


def check_member(data: bytes, name: str) -> FileKind:
    """The same for a file out of a ZIP, ``data`` being all of it: XLSX, XLS or TEXT."""
    found = _check_export(io.BytesIO(data), name) if data else FileKind.EMPTY
    if found not in EXPORTS - {FileKind.ZIP}:
        if found is FileKind.ZIP:
            raise refusals.nested(name)
        raise refusals.refused(found, name, refusals.CHOOSE_EXPORT)
    return found


def members(path: Path) -> list[str]:
    """Names of the files in a ZIP that ``check_export`` has let through, without what the Mac and Windows add."""
    with zipfile.ZipFile(path) as archive:
        return [
            e.filename for e in archive.infolist() if not e.is_dir() and not _is_junk(e.filename)
        ]


def kind(path: Path) -> FileKind:
    """What ``path`` is by its content; Refused only if it cannot be opened or is too large to be looked at."""
    with _opened(path, refusals.CHOOSE_EXPORT) as file:
        return _kind(file, path.name)


# -- opening ---------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path, wanted: Text) -> Iterator[BinaryIO]:
    """The file, open, not too large; a file that cannot be opened is refused."""
    name = path.name
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, a device read for ever
            raise refusals.not_openable(name, 0)
        file = path.open("rb")
    except FileNotFoundError:
        raise refusals.no_file(name) from None
    except IsADirectoryError:
        raise refusals.folder(name, wanted) from None
    except OSError as error:
        raise refusals.not_openable(name, error.errno or 0) from None
    with file:
        if status.st_size > MAX_FILE:
            raise refusals.too_large(name)
        try:
            yield file
        except OSError as error:
            raise refusals.not_openable(name, error.errno or 0) from None


# -- what it is ------------------------------------------------------------------------------------


def _kind(file: BinaryIO, name: str) -> FileKind:
    head = file.read(_HEAD)
    if not head:
        return FileKind.EMPTY
    if name.startswith("~$") and len(head) < 1024:
        return FileKind.LOCK
    if head[:2] != b"PK":
        return kinds.of_start(head, file)
    try:
        return kinds.of_zip({_slashed(entry.filename) for entry in _entries(file, name)})
    except Refused as refused:
        if refused.findings[0].code != codes.DAMAGED_FILE:
            raise
        return FileKind.DAMAGED


# -- ZIP containers --------------------------------------------------------------------------------


def _check_export(file: BinaryIO, name: str) -> FileKind:
    found = _kind(file, name)
    if found not in EXPORTS:
        raise refusals.refused(found, name, refusals.CHOOSE_EXPORT)
    if found is FileKind.XLSX:
        _check_parts(_entries(file, name), name, MAX_ENTRIES, MAX_PART, MAX_TOTAL)
    if found is FileKind.ZIP:
        entries = _entries(file, name)
        if not entries:
            raise refusals.empty_archive(name)
        _check_parts(entries, name, MAX_MEMBERS, MAX_FILE, MAX_UNPACKED)
        _refuse_nested(file, entries, name)
    return found


def _entries(file: BinaryIO, name: str) -> list[zipfile.ZipInfo]:
    """The list of contents of a ZIP, unless it is longer than any honest one."""
    size, offset = _directory(file)
    if size is None or size > offset:
        raise refusals.damaged(name)
    if size > _MAX_DIRECTORY:
        raise refusals.too_large(name)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except _BROKEN:
        raise refusals.damaged(name) from None


def _directory(file: BinaryIO) -> tuple[int | None, int]:
    """Bytes of a ZIP's list of contents and where its end record stands; None without such a record.

    Asked before zipfile reads the list: it would hold millions of entries in memory.
    Source: APPNOTE.TXT 6.3.10, 4.3.14 and 4.3.16.
    """
    end = file.seek(0, io.SEEK_END)
    start = file.seek(max(end - (1 << 16) - 22, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return None, end
    size: int = struct.unpack_from("<I", tail, at + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF and wide >= 0 and at - wide >= 56:
        size = struct.unpack_from("<Q", tail, wide + 40)[0]
    return size, start + at


def _check_parts(
    entries: list[zipfile.ZipInfo], name: str, most: int, largest: int, total: int
) -> None:
    names = [_slashed(entry.filename) for entry in entries]
    fix = refusals.SAVE_AS if "[Content_Types].xml" in names else refusals.FRESH_COPY
    if len(entries) > most:
        raise refusals.too_large(name)
    if len({n.lower() for n in names}) != len(names):
        raise refusals.part_twice(name, fix)
    for entry in entries:
        if entry.flag_bits & 1:
            raise refusals.encrypted(name)
        if _is_unsafe(entry.filename):
            raise refusals.unsafe_path(name, fix)
        if entry.file_size > largest or _is_dense(entry):
            raise refusals.too_large(name)
    if sum(entry.file_size for entry in entries) > total:
        raise refusals.too_large(name)


def _is_dense(entry: zipfile.ZipInfo) -> bool:
    """Whether it inflates as only a bomb does."""
    return entry.file_size > max(GRACE, MAX_RATIO * max(entry.compress_size, 1))


def _slashed(part: str) -> str:
    """A part's name as it should be written; some programs on Windows write it with backslashes."""
    return part.replace("\\", "/")


def _is_unsafe(part: str) -> bool:
    """Whether unpacking it would write beside the folder that was meant."""
    return (
        part.startswith(("/", "\\"))
        or ".." in part.replace("\\", "/").split("/")
        or part[1:2] == ":"
    )


def _is_junk(part: str) -> bool:
    lower = part.lower()
    return (
        lower.startswith(_JUNK[0])
        or lower.rsplit("/", 1)[-1].startswith(".")
        or lower.rsplit("/", 1)[-1] in _JUNK
    )


def _refuse_nested(file: BinaryIO, entries: list[zipfile.ZipInfo], name: str) -> None:
    """A ZIP in a ZIP hides its size; workbooks, which are ZIPs too, are looked at when they are unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in entries:
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise refusals.refused(FileKind.ARCHIVE, name, refusals.CHOOSE_EXPORT)
                if entry.is_dir() or _is_junk(entry.filename):
                    continue
                with archive.open(entry) as member:
                    head = member.read(8)
                is_book = entry.filename.lower().endswith((".xlsx", ".xlsm"))
                if kinds.is_packed(head) or (head[:2] == b"PK" and not is_book):
                    raise refusals.nested(name)
    except _BROKEN:
        raise refusals.damaged(name) from None
