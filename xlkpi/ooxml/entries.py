"""The entries of a workbook's archive: whether they lie in order, what they are called, and how one is copied raw."""

from __future__ import annotations

import zipfile
from typing import IO

_CHUNK = 1 << 20
_LOCAL_HEADER = 30  # bytes before the name of an entry


def is_orderly(archive: zipfile.ZipFile) -> bool:
    """Whether entries lie one after the other, each in its own place, packed as Office Open XML allows.

    Entries on top of each other make the densest bombs, and would be cut short when they are copied; LZMA asks for
    gigabytes in its first five bytes.  Source: ISO/IEC 29500-2, annex C (only DEFLATE), APPNOTE.TXT 6.3.10, 4.3.7.
    """
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        if entry.header_offset < end or entry.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            return False
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    return end <= archive.start_dir


def use_slashes(archive: zipfile.ZipFile) -> None:
    """Call parts ``xl/workbook.xml`` that a program called ``xl\\workbook.xml``, as some on Windows do."""
    for entry in archive.infolist():
        if "\\" in entry.filename:
            del archive.NameToInfo[entry.filename]
            entry.filename = entry.filename.replace("\\", "/")
            archive.NameToInfo[entry.filename] = entry


def fresh_entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without a clock in it, so that the same report is the same file."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def copy_raw(source: IO[bytes], entry: zipfile.ZipInfo, end: int, out: zipfile.ZipFile) -> None:
    """Append one entry to ``out`` byte for byte: local header, compressed data and descriptor.

    zipfile has no public call for this; the four attributes used have kept their meaning since
    Python 2 and tests/ooxml/test_package.py notices if that ends.
    """
    source.seek(entry.header_offset)
    entry = _clone(entry)
    entry.header_offset = out.fp.tell()  # type: ignore[union-attr]
    left = end - source.tell()
    while left > 0:
        piece = source.read(min(left, _CHUNK))
        if not piece:
            break
        out.fp.write(piece)  # type: ignore[union-attr]
        left -= len(piece)
    out.filelist.append(entry)
    out.NameToInfo[entry.filename] = entry
    out.start_dir = out.fp.tell()  # type: ignore[union-attr]
    out._didModify = True  # type: ignore[attr-defined]


def _clone(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    twin = zipfile.ZipInfo(entry.filename, entry.date_time)
    for name in zipfile.ZipInfo.__slots__:
        if hasattr(entry, name):
            setattr(twin, name, getattr(entry, name))
    return twin
