"""The list of streams in an OLE container, as old Office files are: enough to tell what such a file is.

Source: [MS-CFB] 2.2 header, 2.3 to 2.5 chains of sectors, 2.6 directory; [MS-XLS] 2.4.117 FilePass.
"""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAX_SECTORS = 64  # of the directory: 256 streams at least, an old workbook has about five
_NO_SECTOR = 0xFFFFFFFA  # from here on the numbers mean: end of chain, free, table
_MINI = 64  # bytes of a sector inside the stream of small streams
_START = 4096  # bytes of a stream that are looked at


class Stream(NamedTuple):
    """A stream as the directory lists it."""

    sector: int
    size: int


class Container:
    """An OLE file, open; whatever is wrong with it reads as nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        header = file.read(512).ljust(512, b"\0")
        self._shift: int = struct.unpack_from("<H", header, 30)[0]
        self._size = 1 << self._shift if self._shift in (9, 12) else 0
        (self._directory,) = struct.unpack_from("<I", header, 48)
        (self._cutoff,) = struct.unpack_from("<I", header, 56)
        (self._more_tables,) = struct.unpack_from("<I", header, 68)
        self._tables: list[int] = list(struct.unpack_from("<109I", header, 76))
        self.streams = self._read_directory() if header[:8] == SIGNATURE and self._size else {}

    def start_of(self, stream: Stream) -> bytes:
        """The first bytes of a stream, as far as they lie in one piece."""
        root = self.streams.get("Root Entry")
        if stream.size >= self._cutoff or root is None:
            return self._at((stream.sector + 1) * self._size, _START)
        skipped, inside = divmod(stream.sector * _MINI, self._size)
        number = root.sector
        for _ in range(min(skipped, 1 << 12)):
            number = self._next(number)
        return self._at((number + 1) * self._size + inside, _START) if number < _NO_SECTOR else b""

    def _read_directory(self) -> dict[str, Stream]:
        found: dict[str, Stream] = {}
        number = self._directory
        for _ in range(_MAX_SECTORS):
            data = self._at((number + 1) * self._size, self._size)
            for at in range(0, len(data) - 127, 128):
                name = data[at : at + 64].decode("utf-16-le", "ignore").split("\0", 1)[0]
                if name:
                    found.setdefault(name, Stream(*struct.unpack_from("<II", data, at + 116)))
            number = self._next(number)
            if number >= _NO_SECTOR:
                break
        return found

    def _next(self, number: int) -> int:
        """The sector that follows in the chain."""
        which, at = divmod(number, self._size // 4)
        while which >= len(
            self._tables
        ):  # the header lists 109 tables; further ones stand in a chain
            if self._more_tables >= _NO_SECTOR or len(self._tables) > 1 << 13:
                return _NO_SECTOR
            data = self._at((self._more_tables + 1) * self._size, self._size)
            if len(data) < self._size:
                return _NO_SECTOR
            *more, self._more_tables = struct.unpack(f"<{self._size // 4}I", data)
            self._tables += more
        data = self._at((self._tables[which] + 1) * self._size + at * 4, 4)
        return int.from_bytes(data, "little") if len(data) == 4 else _NO_SECTOR

    def _at(self, offset: int, size: int) -> bytes:
        if offset >= 1 << 40:
            return b""
        self._file.seek(offset)
        return self._file.read(size)


def is_encrypted_book(start: bytes) -> bool:
    """Whether the records at the start of a workbook stream ask for a password."""
    at = 0
    while at + 4 <= len(start):
        record, length = struct.unpack_from("<HH", start, at)
        if record == 0x2F:
            return True
        if record in (0x85, 0x0A):  # the list of sheets, or the end: it would have come before
            return False
        at += 4 + length
    return False
