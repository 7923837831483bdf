"""What a file is by its content, whatever its name says: told from its first bytes and the names of its parts."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import BinaryIO

from xlkpi.files import ole


class FileKind(Enum):
    """What a file is, by its content."""

    XLSX = "xlsx"  # also .xlsm
    XLS = "xls"  # Excel 97-2003
    ZIP = "zip"  # several files, as networks send them
    TEXT = "text"  # columns of text: CSV, TSV
    EMPTY = "empty"
    PASSWORD = "password"  # noqa: S105  a word, not a password
    DAMAGED = "damaged"
    WEB_PAGE = "web page"
    XML = "xml"
    JSON = "json"
    PDF = "pdf"
    PICTURE = "picture"
    VIDEO = "video"
    WORD = "word"
    POWERPOINT = "powerpoint"
    MAIL = "mail"
    CARDS = "cards"  # addresses or appointments
    LOCK = "lock"  # what Excel puts beside a workbook that is open
    XLSB = "xlsb"
    OPEN_DOCUMENT = "open document"
    NUMBERS = "numbers"
    LINK = "link"  # a pointer to a file on a web drive
    ARCHIVE = "archive"  # packed in a way that is not read
    PROSE = "prose"  # text without columns
    WIDE = "wide"  # text of four bytes a character
    UNKNOWN = "unknown"


#: What can be imported.
EXPORTS = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ZIP, FileKind.TEXT})

_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"II*\0", FileKind.PICTURE),
    (b"MM\0*", FileKind.PICTURE),
    (b"8BPS", FileKind.PICTURE),
    (b"\x1a\x45\xdf\xa3", FileKind.VIDEO),
    (b"ID3", FileKind.VIDEO),
    (b"OggS", FileKind.VIDEO),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ", FileKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", FileKind.ARCHIVE),
    (b"{\\rtf", FileKind.WORD),
)
_PICTURE_BRANDS = (
    b"heic",
    b"heix",
    b"mif1",
    b"msf1",
    b"avif",
)  # ISO base media files that hold a picture
_WEB = (
    b"<html",
    b"<!doctype html",
    b"<table",
    b"<meta",
    b"<head",
    b"<body",
    b"<style",
    b"<!--",
    b"<div",
    b"mime-version:",
)
_MAIL_LINE = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|Content-Type): ", re.M
)
_LINKS = (b"docs.google.com", b'"doc_id"', b"[internetshortcut]", b"drive.google.com")


def of_start(head: bytes, file: BinaryIO) -> FileKind:
    """The kind of a file that is no ZIP; ``head``: its first 64 KB."""
    if head[:8] == ole.SIGNATURE:
        return _ole_kind(file)
    if head[4:8] == b"ftyp":
        return FileKind.PICTURE if head[8:12] in _PICTURE_BRANDS else FileKind.VIDEO
    if head[:4] == b"RIFF":
        return FileKind.PICTURE if head[8:12] == b"WEBP" else FileKind.VIDEO
    for signature, found in _SIGNATURES:
        if head.startswith(signature) and not (signature == b"BM" and _is_text(head)):
            return found
    return _text_kind(head)


def is_packed(head: bytes) -> bool:
    """Whether these are the first bytes of an archive that is not read."""
    return any(
        head.startswith(signature) for signature, found in _SIGNATURES if found is FileKind.ARCHIVE
    )


def of_zip(names: set[str]) -> FileKind:
    """The kind of a ZIP by the names of its parts."""
    lower = {n.lower() for n in names}
    if any(n.startswith("xl/workbook") and n.endswith(".bin") for n in lower):
        return FileKind.XLSB
    if "mimetype" in lower and "encrypted-package" in lower:
        return FileKind.PASSWORD
    if "mimetype" in lower and "content.xml" in lower:
        return FileKind.OPEN_DOCUMENT
    if any(n.endswith(".iwa") for n in lower) or "index.zip" in lower:
        return FileKind.NUMBERS
    if "[Content_Types].xml" not in names:
        return FileKind.ZIP
    if not any(n.startswith("xl/") for n in lower):
        if any(n.startswith("word/") for n in lower):
            return FileKind.WORD
        if any(n.startswith("ppt/") for n in lower):
            return FileKind.POWERPOINT
    return FileKind.XLSX


def _ole_kind(file: BinaryIO) -> FileKind:
    container = ole.Container(file)
    streams = container.streams
    if not streams:
        return FileKind.DAMAGED
    if "EncryptedPackage" in streams:
        return FileKind.PASSWORD
    book = streams.get("Workbook") or streams.get("Book")
    if book:
        return (
            FileKind.PASSWORD if ole.is_encrypted_book(container.start_of(book)) else FileKind.XLS
        )
    for stream, found in (
        ("WordDocument", FileKind.WORD),
        ("PowerPoint Document", FileKind.POWERPOINT),
        ("__properties_version1.0", FileKind.MAIL),
    ):
        if stream in streams:
            return found
    return FileKind.UNKNOWN


def _text_kind(head: bytes) -> FileKind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if not start or not head.strip(b"\xff\xfe\0 \t\r\n"):
        return FileKind.EMPTY
    if b"<svg" in start[:300] and start.startswith(b"<"):
        return FileKind.PICTURE
    if start.startswith((b"begin:vcard", b"begin:vcalendar")):
        return FileKind.CARDS
    if len(_MAIL_LINE.findall(head[:4000])) > 1 and _MAIL_LINE.match(head):
        return FileKind.MAIL
    if start.startswith(b"<?xml") or start.startswith(_WEB):
        is_page = b"<html" in start or start.startswith(_WEB)
        return FileKind.WEB_PAGE if is_page else FileKind.XML
    if any(mark in head[:2000].lower() for mark in _LINKS) and (start.startswith((b"{", b"["))):
        return FileKind.LINK
    if start.startswith((b"{", b"[")) and (
        start[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]") or _is_json(head)
    ):
        return FileKind.JSON
    if not _is_text(head):
        return FileKind.WIDE if head[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else FileKind.UNKNOWN
    return (
        FileKind.TEXT if any(mark in head for mark in (b",", b";", b"\t", b"|")) else FileKind.PROSE
    )


def _is_json(head: bytes) -> bool:
    try:
        json.loads(head)
    except (ValueError, RecursionError):
        return False
    return True


def _is_text(head: bytes) -> bool:
    """Whether these are characters: in UTF-8, in UTF-16, or in a code page of one byte a character."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") and head[2:4] != b"\0\0":
        head = head.decode("utf-16", "replace").encode()
    elif b"\0" in head[:2]:  # Latin letters in UTF-16 without its mark
        head = head.decode("utf-16-le" if head[1] == 0 else "utf-16-be", "replace").encode()
    controls = head.translate(None, _NO_CONTROLS)
    return b"\0" not in controls and len(controls) <= max(
        4, len(head) // 500
    )  # captions hold a stray one


#: Every byte but the control characters that no text has; 0x1A ends files of old programs.
_NO_CONTROLS = bytes(set(range(256)) - (set(range(32)) - {9, 10, 11, 12, 13, 0x1A}))
