"""Workbooks as someone would build them to crash, stall or trick a reader; made afresh at every run.

Each case says what must become of it: ``READ``, or the code it is refused with.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.helpers import books

READ = ""
Parts = dict[str, bytes]
FILES = Path(__file__).resolve().parent.parent / "intake" / "files"


@dataclass(frozen=True)
class Case:
    name: str
    make: Callable[[Path], None]
    codes: frozenset[str]  # of ``check``; empty: it is read
    reported: frozenset[str]  # of ``report``
    heavy: bool = False  # only at night


CASES: dict[str, Case] = {}


def _case(
    name: str, codes: str = READ, report: str | None = None, heavy: bool = False
) -> Callable[[Any], Any]:
    """Register a maker: of the bytes of a file, of parts, or of entries."""

    def add(make: Callable[[], object]) -> Callable[[], object]:
        def write(path: Path) -> None:
            made = make()
            if isinstance(made, dict):
                made = pack([Entry.of(part, data) for part, data in made.items()])
            elif isinstance(made, list):
                made = pack(made)
            assert isinstance(made, bytes)
            path.write_bytes(made)

        assert name not in CASES, name
        CASES[name] = Case(
            name,
            write,
            frozenset(codes.split()),
            frozenset((codes if report is None else report).split()),
            heavy,
        )
        return make

    return add


# -- containers ------------------------------------------------------------------------------------


@dataclass
class Entry:
    """One file of a ZIP as it is written, every field of its headers ours to lie about."""

    name: bytes
    payload: bytes
    method: int
    crc: int
    size: int
    compressed: int
    flags: int = 0
    local: dict[str, Any] = field(default_factory=dict)  # fields that differ in the local header
    offset: int | None = None  # where the list of contents says that it stands
    extra: bytes = b""

    @classmethod
    def of(cls, name: str | bytes, data: bytes | Squeezed) -> Entry:
        raw = name if isinstance(name, bytes) else name.encode()
        if isinstance(data, Squeezed):
            return cls(raw, data.payload, 8, data.crc, data.size, len(data.payload))
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        payload = packer.compress(data) + packer.flush()
        return cls(raw, payload, 8, zlib.crc32(data), len(data), len(payload))


@dataclass(frozen=True)
class Squeezed:
    """Much data in few bytes: deflated blocks that stand many times."""

    payload: bytes
    size: int
    crc: int


def squeezed(
    block: bytes, times: int, head: bytes = b"", tail: bytes = b"", check: bool = True
) -> Squeezed:
    """``head``, ``times`` times ``block``, ``tail``; without ``check`` the checksum is left out."""

    def deflated(data: bytes) -> bytes:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)

    crc = zlib.crc32(head)
    for _ in range(times if check else 0):
        crc = zlib.crc32(block, crc)
    return Squeezed(
        deflated(head) + deflated(block) * times + deflated(tail) + b"\x03\0",
        len(head) + len(block) * times + len(tail),
        zlib.crc32(tail, crc),
    )


def pack(entries: Sequence[Entry], before: bytes = b"", after: bytes = b"") -> bytes:
    """A ZIP of these entries, lies included."""
    out = io.BytesIO()
    out.write(before)
    offsets = []
    for entry in entries:
        offsets.append(out.tell())
        said = {
            "name": entry.name,
            "method": entry.method,
            "crc": entry.crc,
            "size": entry.size,
            "compressed": entry.compressed,
            "flags": entry.flags,
        } | entry.local
        out.write(
            struct.pack(
                "<4sHHHHHIIIHH",
                b"PK\3\4",
                20,
                said["flags"],
                said["method"],
                0,
                33,
                said["crc"],
                said["compressed"],
                said["size"],
                len(said["name"]),
                0,
            )
        )
        out.write(said["name"])
        out.write(entry.payload)
    start = out.tell()
    for entry, offset in zip(entries, offsets, strict=True):
        out.write(
            struct.pack(
                "<4sHHHHHHIIIHHHHHII",
                b"PK\1\2",
                20,
                20,
                entry.flags,
                entry.method,
                0,
                33,
                entry.crc,
                entry.compressed,
                entry.size,
                len(entry.name),
                len(entry.extra),
                0,
                0,
                0,
                0,
                offset if entry.offset is None else entry.offset,
            )
        )
        out.write(entry.name + entry.extra)
    count = min(len(entries), 0xFFFF)
    out.write(
        struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, out.tell() - start, start, 0)
    )
    out.write(after)
    return out.getvalue()


# -- honest workbooks to start from ----------------------------------------------------------------


@cache
def _tiny() -> Mapping[str, bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return books.parts_of(books.tiny(Path(folder) / "book.xlsx"))


@cache
def _reported() -> Mapping[str, bytes]:
    """A workbook that holds its report."""
    import tempfile
    from datetime import datetime

    from xlkpi.excel.jobs.report import Request, write_report

    with tempfile.TemporaryDirectory() as folder:
        book, out = Path(folder) / "book.xlsx", Path(folder) / "out.xlsx"
        books.tiny(book)
        write_report(book, out, Request(), datetime(2026, 4, 1))
        return books.parts_of(out)


def tiny(**changes: bytes | Squeezed | None) -> Parts:
    """The parts of a small workbook with some replaced, added or (None) left out; names with their slashes as ``__``."""
    return _changed(_tiny(), changes)


def reported(**changes: bytes | Squeezed | None) -> Parts:
    return _changed(_reported(), changes)


def _changed(parts: Mapping[str, bytes], changes: Mapping[str, Any]) -> Parts:
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_rels", ".rels")
        if "/" not in name and "." not in name
        else name: data
        for name, data in changes.items()
    }
    return {name: data for name, data in {**parts, **named}.items() if data is not None}


def entries(parts: Mapping[str, Any] | None = None) -> list[Entry]:
    return [Entry.of(name, data) for name, data in (parts or _tiny()).items()]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    return pack([Entry.of(name, data) for name, data in parts.items()])


SHEET, OBJECTIVES, TABLE = (
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet1.xml",
    "xl/tables/table2.xml",
)
STRINGS, STYLES, WORKBOOK, TYPES = (
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "[Content_Types].xml",
)
RELS = "xl/_rels/workbook.xml.rels"
_REPORT_SHEET = re.compile(rb'codeName="[^"]*"')


def swapped(
    part: str, old: bytes, new: bytes, base: Mapping[str, bytes] | None = None, times: int = 1
) -> Parts:
    """A workbook with something in one part replaced; it must have been there."""
    parts = dict(base or _tiny())
    assert old in parts[part], (part, old)
    parts[part] = parts[part].replace(old, new, times)
    return parts


def grown(part: str, anchor: bytes, data: bytes, base: Mapping[str, bytes] | None = None) -> Parts:
    """A workbook with something put before an end tag."""
    return swapped(part, anchor, data + anchor, base)


def report_part() -> str:
    """The part of the Report sheet."""
    return next(
        n
        for n, d in _reported().items()
        if n.startswith("xl/worksheets/sheet") and b"INFLUENCE KPI" in d
    )


def posts(rows: str) -> bytes:
    """A workbook whose Posts sheet has these rows under its header."""
    return raw(books.inline([["Post ID", "Network", "Reach"]]) + rows)


def raw(sheet: str, **more: Any) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return books.raw(Path(folder) / "raw.xlsx", sheet, **more).read_bytes()


def raw_parts(sheet: str, **more: Any) -> Parts:
    with zipfile.ZipFile(io.BytesIO(raw(sheet, **more))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


#: A megabyte in six kilobytes: just less than what is refused for its ratio.
DENSE = bytes(random.Random(1).choices(b"abcdefghij", k=9_000)) + b"x" * (1 << 20)


PLAIN = books.inline([["Post ID", "Network", "Reach"], ["p1", "X", 5], ["p2", "X", 7]])


# -- bombs -----------------------------------------------------------------------------------------


_case("flat bomb", "XK109")(
    lambda: tiny(**{"xl/media/a.bin": squeezed(bytes(1 << 20), 3_000, check=False)})
)
_case("bomb of many parts", "XK109")(
    lambda: tiny(
        **{f"xl/media/{i}.bin": squeezed(bytes(1 << 20), 2_000, check=False) for i in range(4)}
    )
)
_case("sheet that is a bomb", "XK109")(
    lambda: tiny(
        **{SHEET: squeezed(b" " * (1 << 20), 3_000, b"<worksheet><sheetData>", check=False)}
    )
)


@_case("bomb that lies about its size", "XK107")
def _() -> list[Entry]:
    """The list of contents says one kilobyte; the data inflate to one gigabyte."""
    made = entries(tiny(**{SHEET: squeezed(b" " * (1 << 20), 1_000, check=False)}))
    for entry in made:
        if entry.name == SHEET.encode():
            entry.size = 1_000
    return made


@_case("entries on top of each other", "XK107")
def _() -> list[Entry]:
    """One block of data under two thousand names, as the densest bombs are built."""
    made = entries()
    end = sum(30 + len(e.name) + len(e.payload) for e in made)
    first = Entry.of("xl/media/0.bin", bytes(range(256)) * 4_000)
    twins = [
        Entry(b"xl/media/%d.bin" % i, b"", 8, first.crc, first.size, first.compressed, offset=end)
        for i in range(1, 2_000)
    ]
    return [*made, first, *twins]


def _nested(depth: int) -> bytes:
    data = bytes(1 << 20)
    for level in range(depth):
        data = zipped({f"{level}-{i}.zip": data for i in range(8)})
    return data


_case("archives in archives", "XK108")(lambda: _nested(6))
_case("archives in a workbook")(lambda: tiny(**{"xl/embeddings/a.zip": _nested(6)}))
_case("six thousand entries", "XK109")(
    lambda: tiny(**{f"xl/media/{i}.png": b"x" for i in range(6_000)})
)
_case("a million listed entries", "XK109")(
    lambda: (
        b"PK\3\4"
        + (b"PK\1\2" + bytes(42)) * 1_000_000
        + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 46_000_000, 4, 0)
    )
)
_case("text of 100 MB in a cell", "XK109")(
    lambda: (
        raw_parts("")
        | {
            SHEET: squeezed(
                DENSE,
                100,
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" '
                b't="inlineStr"><is><t>Post ID</t></is></c><c r="B1" t="inlineStr"><is><t>',
                b"</t></is></c></row></sheetData></worksheet>",
            )
        }
    )
)
_case("shared string of 100 MB", "XK109")(
    lambda: tiny(**{STRINGS: squeezed(DENSE, 100, b'<sst xmlns="x"><si><t>', b"</t></si></sst>")})
)
_case("two gigabytes before the rows", "XK109")(
    lambda: tiny(**{SHEET: squeezed(b"<!--" + DENSE + b"-->", 2_000, b"<worksheet>", check=False)})
)
_case("workbook part of a gigabyte", "XK109")(
    lambda: tiny(
        **{
            WORKBOOK: squeezed(
                b"<!--" + DENSE + b"-->", 1_000, b"<workbook>", b"</workbook>", check=False
            )
        }
    )
)
_case("styles of a gigabyte", READ, "XK109")(
    lambda: tiny(
        **{
            STYLES: squeezed(
                b"<!--" + DENSE + b"-->", 1_000, b"<styleSheet>", b"</styleSheet>", check=False
            )
        }
    )
)


# -- entities and other files ----------------------------------------------------------------------

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>"
)


def laughing(part: str, text: bytes | None = None) -> Parts:
    """A billion laughs before a part's root, told where ``text`` stands."""
    body = _tiny()[part].split(b"?>", 1)[1].lstrip()
    return tiny(**{part: LAUGHS + (body.replace(text, b"&j;", 1) if text else body)})


_case("entities in the shared strings", "XK112")(lambda: laughing(STRINGS, b"Spring"))
_case("entities in a sheet", "XK112")(lambda: laughing(SHEET))
_case("entities in the workbook", "XK112")(lambda: laughing(WORKBOOK, b"Objectives"))
_case("entities in the relationships", "XK112")(lambda: laughing(RELS))
_case("entities in a table", "XK112")(lambda: laughing(TABLE))
_case("entities in the list of types", "", "XK112")(lambda: laughing(TYPES))
_case("entities in the styles", "", "XK112")(lambda: laughing(STYLES))


@_case("entities behind a long comment", "XK112")
def _() -> Parts:
    body = _tiny()[STRINGS].split(b"?>", 1)[1].lstrip().replace(b"Spring", b"&j;", 1)
    return tiny(
        **{STRINGS: LAUGHS.replace(b"<!DOCTYPE", b"<!--" + b"x" * 5_000 + b"--><!DOCTYPE") + body}
    )


@_case("one long entity many times", "XK112")
def _() -> Parts:
    body = _tiny()[OBJECTIVES].split(b"?>", 1)[1].lstrip()
    head = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
    return tiny(
        **{
            OBJECTIVES: head
            + body.replace(
                b"<sheetData>", b'<sheetData><row r="1"><c>' + b"&a;" * 50_000 + b"</c></row>"
            )
        }
    )


def reading(canary: str, part: str) -> Parts:
    """A part that would have a file of ours read, were its entity followed."""
    body = _tiny()[part].split(b"?>", 1)[1].lstrip()
    head = (
        f'<!DOCTYPE x [<!ENTITY c SYSTEM "{canary}"><!ENTITY % p SYSTEM "{canary}"> %p;]>'.encode()
    )
    return tiny(**{part: head + body.replace(b"Spring", b"&c;", 1)})


CANARY = Path("/tmp/xlkpi-canary.txt")  # replaced by the test that watches it
_case("entity that is another file", "XK112")(lambda: reading(CANARY.as_uri(), STRINGS))
_case("entity that is an address", "XK112")(lambda: reading("http://127.0.0.1:9/x.dtd", WORKBOOK))
_case("grammar elsewhere", "XK112")(
    lambda: tiny(
        **{
            WORKBOOK: b'<!DOCTYPE workbook SYSTEM "file:///etc/passwd">'
            + _tiny()[WORKBOOK].split(b"?>", 1)[1]
        }
    )
)
_case("includes another file")(
    lambda: grown(
        WORKBOOK,
        b"</workbook>",
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
        b'href="file:///etc/passwd" parse="text"/>',
    )
)
_case("style sheet elsewhere")(
    lambda: tiny(
        **{
            WORKBOOK: b'<?xml-stylesheet type="text/xsl" href="file:///etc/passwd"?>'
            + _tiny()[WORKBOOK].split(b"?>", 1)[1].lstrip()
        }
    )
)


def link(kind: str, target: str, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationship Id="rIdE9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/>'
    ).encode()


def elsewhere(target: str, external: bool) -> Parts:
    """The Posts sheet is said to be in another place."""
    parts = dict(_tiny())
    mode = ' TargetMode="External"' if external else ""
    parts[RELS] = parts[RELS].replace(
        b'Target="worksheets/sheet2.xml"', f'Target="{target}"{mode}'.encode()
    )
    return parts


_case("sheet in another file", "XK201")(lambda: elsewhere("file:///etc/passwd", True))
_case("sheet on a web site", "XK201")(lambda: elsewhere("http://127.0.0.1:9/sheet.xml", True))
_case("sheet on a network share", "XK201")(lambda: elsewhere("\\\\server\\share\\sheet.xml", True))
_case("sheet outside the file", "XK201")(lambda: elsewhere("../../../../../../etc/passwd", False))
_case("sheet that is the workbook", "XK107 XK201 XK202 XK203")(
    lambda: elsewhere("workbook.xml", False)
)


# -- containers that lie ---------------------------------------------------------------------------


def lying(part: str, **fields: Any) -> list[Entry]:
    """A workbook whose list of contents lies about one entry."""
    made = entries()
    for entry in made:
        if entry.name == part.encode():
            for name, value in fields.items():
                setattr(entry, name, value(getattr(entry, name)) if callable(value) else value)
    return made


_case("same part twice", "XK110")(lambda: [*entries(), Entry.of(WORKBOOK, b"<workbook/>")])
_case("same part in capitals", "XK110")(
    lambda: [*entries(), Entry.of(WORKBOOK.upper(), b"<workbook/>")]
)
_case("path upwards", "XK111")(lambda: tiny(**{"../evil.xml": b"x"}))
_case("path upwards by backslashes", "XK111")(lambda: tiny(**{"xl\\..\\..\\evil.xml": b"x"}))
_case("path from the root", "XK111")(lambda: tiny(**{"/etc/evil.xml": b"x"}))
_case("path on a drive", "XK111")(lambda: tiny(**{"C:/evil.xml": b"x"}))
_case("path on a network share", "XK111")(lambda: tiny(**{"//server/share/evil.xml": b"x"}))
_case("password of Excel", "XK102")(lambda: (FILES / "password.xlsx").read_bytes())
_case("password on an entry", "XK102")(lambda: lying(SHEET, flags=1))
_case("wrong checksum of a sheet", "XK107")(lambda: lying(SHEET, crc=lambda crc: crc ^ 1))
_case("wrong checksum of the strings", "XK107")(lambda: lying(STRINGS, crc=0))
_case("wrong checksum of the workbook", "XK107")(lambda: lying(WORKBOOK, crc=lambda crc: crc ^ 1))
_case("sheet said to be shorter", "XK107")(lambda: lying(SHEET, size=100))
_case("sheet said to be longer")(lambda: lying(SHEET, size=lambda size: size + 100))
_case("packed sheet said to be shorter", "XK107")(lambda: lying(SHEET, compressed=10))
_case("packed sheet said to be longer", "XK107")(
    lambda: lying(SHEET, compressed=lambda size: size + 5_000_000)
)
_case("sheet beyond the end of the file", "XK107")(lambda: lying(SHEET, offset=0x7FFFFFF0))
_case("sheet inside another part", "XK107")(lambda: lying(SHEET, offset=55))
_case("another name in the local header", "XK107")(
    lambda: lying(SHEET, local={"name": b"xl/worksheets/sheet9.xml"})
)
_case("stored, not packed as said", "XK107")(lambda: lying(SHEET, method=0))
_case("broken packing", "XK107")(
    lambda: lying(SHEET, payload=lambda data: data[:40] + b"\xff" * 40 + data[80:])
)
for _method, _name in (
    (9, "Deflate64"),
    (12, "bzip2"),
    (14, "LZMA"),
    (93, "Zstandard"),
    (98, "PPMd"),
    (99, "AES"),
):
    _case(f"packed with {_name}", "XK107")(lambda method=_method: lying(SHEET, method=method))


@_case("LZMA that asks for four gigabytes", "XK107")
def _() -> list[Entry]:
    made = lying(SHEET, method=14, flags=2)
    for entry in made:
        if entry.method == 14:
            entry.payload = b"\x09\x14\x05\0\x5d" + struct.pack("<I", 0xFFFFFFF0) + bytes(64)
            entry.compressed = len(entry.payload)
    return made


for _share in (5, 25, 50, 75, 99):
    _case(f"cut off after {_share} %", "XK107")(
        lambda share=_share: (lambda data: data[: len(data) * share // 100])(pack(entries()))
    )
_case("cut off by one byte", "XK107")(lambda: pack(entries())[:-1])


# -- other files under this name -------------------------------------------------------------------

_case("old Excel", "XK103")(lambda: (FILES / "plain.xls").read_bytes())
_case("old Excel with a password", "XK102")(lambda: (FILES / "password.xls").read_bytes())
_case("web page", "XK104")(lambda: (FILES / "page.html").read_bytes())
_case("XML spreadsheet", "XK104")(lambda: (FILES / "spreadsheet2003.xml").read_bytes())
_case("LibreOffice", "XK118")(lambda: (FILES / "plain.ods").read_bytes())
_case("CSV", "XK105")(lambda: b"Post ID;Reach\np1;12\n")
_case("CSV in UTF-16", "XK105")(lambda: "Post ID\tReach\np1\t12\n".encode("utf-16"))
_case("PDF", "XK123")(lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(1_000))
_case("picture", "XK123")(lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000))
_case("Word", "XK122")(lambda: zipped({TYPES: b"<Types/>", "word/document.xml": b"<w/>"}))
_case("PowerPoint", "XK122")(lambda: zipped({TYPES: b"<Types/>", "ppt/presentation.xml": b"<p/>"}))
_case("binary workbook", "XK117")(lambda: zipped({TYPES: b"<Types/>", "xl/workbook.bin": b"\0"}))
_case("program", "XK106")(lambda: b"MZ\x90\0\3\0\0\0" + bytes(1_000))
_case("gzip", "XK125")(lambda: b"\x1f\x8b\x08" + bytes(100))
_case("nothing", "XK101")(lambda: b"")
_case("two letters", "XK107")(lambda: b"PK")
_case("half an OLE container", "XK107")(lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\xff" * 600)


def _ole_ring() -> bytes:
    """An OLE container whose chain of sectors never ends."""
    header = (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            1,
            1,
            0,
            4096,
            0xFFFFFFFE,
            0,
            0xFFFFFFFE,
            0,
        )
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header.ljust(512, b"\0") + struct.pack("<128I", *([1] * 128)) + bytes(512) * 4


_case("OLE sectors in a ring", "XK106 XK107")(_ole_ring)


# -- missing parts ---------------------------------------------------------------------------------

for _part, _codes, _reported_codes in (
    ("[Content_Types].xml", "XK108", "XK108"),
    ("_rels/.rels", "XK108", "XK108"),
    (WORKBOOK, "XK108", "XK108"),
    (RELS, "XK201", "XK201"),
    (OBJECTIVES, "XK201", "XK201"),
    (SHEET, "XK201", "XK201"),
    (STRINGS, "XK107", "XK107"),
    (STYLES, "", ""),
    (TABLE, "", ""),
    ("xl/worksheets/_rels/sheet2.xml.rels", "", ""),
    ("xl/theme/theme1.xml", "", ""),
    ("docProps/app.xml", "", ""),
):
    _case(f"without {_part}", _codes, _reported_codes)(lambda part=_part: tiny(**{part: None}))


# -- cells -----------------------------------------------------------------------------------------

_case("cell at XFD1048576")(
    lambda: posts(
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>5</v></c></row><row r="1048576">'
        '<c r="A1048576"><v>2</v></c><c r="C1048576"><v>7</v></c><c r="XFD1048576"><v>1'
        "</v></c></row>"
    )
)
for _address in (
    "XFE2",
    "ZZZ2",
    "AAAA2",
    "A0",
    "2A",
    "A",
    "a2",
    "A-2",
    "A99999999999",
    "A2:B3",
    "$A$2",
    "\u0391\uff12",
):
    _case(f"cell called {_address}", READ if _address in ("XFE2", "ZZZ2", "A0") else "XK107")(
        lambda address=_address: posts(
            f'<row r="2"><c r="{address}"><v>1</v></c><c r="C2"><v>5</v></c></row>'
        )
    )
for _row in ("0", "-1", "1048577", "99999999999999999999", "x", "1.5", ""):
    _case(f"row called {_row or 'nothing'}", "XK107")(
        lambda row=_row: posts(f'<row r="{row}"><c r="A2"><v>1</v></c><c r="C2"><v>5</v></c></row>')
    )
_case("rows backwards", "XK107")(
    lambda: posts("".join(f'<row r="{r}"><c r="C{r}"><v>5</v></c></row>' for r in (5, 4, 3)))
)
_case("same row twice", "XK107")(lambda: posts('<row r="2"><c r="C2"><v>5</v></c></row>' * 2))
_case("cells backwards")(
    lambda: posts(
        '<row r="2"><c r="C2"><v>5</v></c><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>'
    )
)
_case("cell of another row")(
    lambda: posts('<row r="2"><c r="A9"><v>1</v></c><c r="C900"><v>5</v></c></row>')
)
_case("cells without addresses")(
    lambda: posts("<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>" * 50)
)
_case("lying dimension")(
    lambda: {
        **raw_parts(PLAIN),
        SHEET: raw_parts(PLAIN)[SHEET].replace(
            b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
        ),
    }
)
_case("dimension that is none")(
    lambda: {
        **raw_parts(PLAIN),
        SHEET: raw_parts(PLAIN)[SHEET].replace(
            b"<sheetData>", b'<dimension ref="ZZZZ99999999:!"/><sheetData>'
        ),
    }
)
_case("lying count of strings")(
    lambda: swapped(
        STRINGS, re.search(rb'uniqueCount="\d+"', _tiny()[STRINGS])[0], b'uniqueCount="4294967295"'
    )
)  # type: ignore[index]
for _index in ("999999", "-1", "1e3", "9" * 30, "9" * 5_000, "x", ""):
    _case(
        f"string number {_index if len(_index) < 9 else f'of {len(_index)} digits'}",
        "XK107" if _index else READ,
    )(
        lambda index=_index: raw(
            books.inline([["Post ID", "Network", "Reach"]])
            + f'<row r="2"><c r="A2" t="s"><v>{index}'
            '</v></c><c r="C2"><v>5</v></c></row>',
            shared="<si><t>p1</t></si>",
        )
    )
_case("strings inside strings")(
    lambda: raw(
        books.inline([["Post ID", "Network", "Reach"], [None, "X", 5]]).replace(
            '<row r="2">', '<row r="2"><c r="A2" t="s"><v>0</v></c>'
        ),
        shared="<si>" * 200 + "<r><t>p1</t></r>" + "</si>" * 200,
    )
)
_case("numbers of a million digits")(
    lambda: posts(
        f'<row r="2"><c r="A2"><v>{"9" * 1_000_000}</v></c><c r="C2"><v>0.{"1" * 1_000_000}</v></c></row>'
    )
)
for _value in (
    "1e999",
    "nan",
    "inf",
    "-Infinity",
    "0x1F",
    "1_000",
    "１２",
    "1,5",
    "1e",
    "--1",
    " 5 ",
):
    _case(
        f"number {_value.strip()}",
        READ if _value in ("1e999", "nan", "inf", "-Infinity", " 5 ") else "XK107",
    )(
        lambda value=_value: posts(
            f'<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>{value}</v></c></row><row r="3"><c r="A3">'
            '<v>2</v></c><c r="C3"><v>5</v></c></row>'
        )
    )
_case("unknown kinds of cells")(
    lambda: posts(
        '<row r="2"><c r="A2" t="zzz"><v>1</v></c><c r="C2" t=""><v>5</v></c></row><row r="3"><c r="C3"><v>5</v>'
        "</c></row>"
    )
)
_case("error cells of every kind")(
    lambda: posts(
        "".join(
            f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}" t="str"><v>X</v></c><c r="C{i}" t="e"><v>{e}</v></c></row>'
            for i, e in enumerate(
                ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!"), 2
            )
        )
    )
)


def deep(tag: str, depth: int, inside: str = "") -> str:
    return f"<{tag}>" * depth + inside + f"</{tag}>" * depth


_case("a hundred thousand elements deep in a cell", "XK107")(
    lambda: posts(
        f'<row r="2"><c r="A2" t="inlineStr"><is>{deep("t", 100_000, "x")}</is></c><c r="C2"><v>5</v></c></row>'
    )
)
_case("a hundred thousand elements deep in the workbook", "XK107")(
    lambda: grown(WORKBOOK, b"</workbook>", deep("x", 100_000).encode())
)
_case("a hundred thousand elements deep in the styles", READ, "XK107")(
    lambda: grown(STYLES, b"</styleSheet>", deep("x", 100_000).encode())
)
_case("a hundred thousand elements deep in a table", "XK107")(
    lambda: grown(TABLE, b"</table>", deep("x", 100_000).encode())
)
_case("a hundred thousand elements deep in a string")(
    lambda: grown(STRINGS, b"</sst>", f"<si>{deep('r', 100_000, '<t>x</t>')}</si>".encode())
)
_case("attribute of 20 MB in a sheet", "XK109")(
    lambda: swapped(
        SHEET, b"<worksheet ", b'<worksheet huge="' + bytes(range(97, 123)) * 800_000 + b'" '
    )
)
_case("attribute of 20 MB in the workbook", "XK109")(
    lambda: swapped(
        WORKBOOK, b"<workbook ", b'<workbook huge="' + bytes(range(97, 123)) * 800_000 + b'" '
    )
)
_case("hundred thousand attributes")(
    lambda: swapped(
        SHEET,
        b"<worksheet ",
        b"<worksheet " + b" ".join(b'a%d="1"' % i for i in range(100_000)) + b" ",
    )
)
_case("hundred thousand namespaces")(
    lambda: swapped(
        WORKBOOK,
        b"<workbook ",
        b"<workbook " + b" ".join(b'xmlns:n%d="urn:%d"' % (i, i) for i in range(100_000)) + b" ",
    )
)


# -- patterns that could be searched for ever -------------------------------------------------------

_HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_HEADER = books.inline([["Post ID", "Network", "Reach"]]).encode()
_END = b"</sheetData></worksheet>"
for _name, _text in (
    ("texts", b"<t "),
    ("readings", b"<rPh>"),
    ("runs", b"<r><t>"),
    ("strings", b"<si>"),
    ("lists", b"<sst "),
):
    _case(
        f"openings of {_name} without end", "XK107 XK109" if _name in ("strings", "lists") else READ
    )(
        lambda name=_name, text=_text: (
            tiny(
                **{
                    STRINGS: b"<sst><si>" * (name != "lists")
                    + text * (7_000_000 // len(text))
                    + (b"</si></sst>" if name not in ("strings", "lists") else b"")
                }
            )
            if name in ("strings", "lists")
            else grown(STRINGS, b"</sst>", b"<si>" + text * (7_000_000 // len(text)) + b"</si>")
        )
    )
for _name, _text in (
    ("sheets", b"<worksheet "),
    ("rows", b"<row "),
    ("cells", b'<c r="C2">'),
    ("values", b"<v>"),
    ("formulas", b"<f>"),
    ("references", b"&#9"),
    ("spaces", b" "),
    ("less-than signs", b"<"),
):
    _case(
        f"openings of {_name} without end in a sheet",
        "XK203" if _name == "spaces" else "XK107 XK109",
    )(
        lambda name=_name, text=_text: {
            **raw_parts(PLAIN),
            SHEET: text * (7_000_000 // len(text))
            if name == "sheets"
            else _HEAD
            + _HEADER
            + b'<row r="2">'
            + text * (7_000_000 // len(text))
            + b"</row>"
            + _END,
        }
    )
_case("cells that do not end", "XK107 XK203")(
    lambda: {
        **raw_parts(PLAIN),
        SHEET: _HEAD
        + _HEADER
        + b"".join(
            b'<row r="%d"><c r="C%d" t="e"><v>#N/A</v></row>' % (r, r) for r in range(2, 150_000)
        )
        + _END,
    }
)
_case("formulas never calculated")(
    lambda: {
        **raw_parts(PLAIN),
        SHEET: _HEAD
        + _HEADER
        + b"".join(
            b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>p</t></is></c><c r="B%d" t="str"><v>X</v></c><c r="C%d"><f>1+1</f></c>'
            b"</row>" % (r, r, r, r)
            for r in range(2, 50_000)
        )
        + _END,
    }
)
for _name, _text in (
    ("digits", "1"),
    ("commas", "1,1"),
    ("spaces", " "),
    ("brackets", "("),
    ("signs", "-"),
    ("percents", "%"),
    ("points", "1."),
    ("apostrophes", "’1"),
    ("letters", "k"),
    ("accents", "e\u0301"),
    ("marks", "\u200f1"),
):
    _case(f"a megabyte of {_name} as a figure, a date and a name")(
        lambda text=_text: raw(
            books.inline(
                [
                    [
                        "Post ID",
                        "Network",
                        "Reach",
                        "Date",
                        "Campaign",
                        "Format",
                        "Influencer",
                        "Ad disclosed",
                        "Snapshot date",
                    ],
                    ["p1", "X", 5],
                    ["p2", *[text * (1_000_000 // len(text.encode()))] * 3, "Spring", *["X"] * 3],
                    ["p3", "X", 7, *[None] * 2, *[text * (1_000_000 // len(text.encode()))] * 4],
                ]
            )
        )
    )
_case("header of four megabytes", "XK202")(
    lambda: raw(books.inline([["Post ID", "é" * 2_000_000], ["p1", 5]]))
)
_case("unknown KPI of five megabytes", "XK205")(
    lambda: raw(
        PLAIN,
        objectives=books.inline(
            [["Campaign", "KPI", "Target"], ["Spring", "Reach rate " * 450_000, 1]]
        ),
    )
)
_case("reference of five thousand digits")(
    lambda: swapped(STRINGS, b"Ana", b"A&#" + b"9" * 5_000 + b";&#x" + b"F" * 5_000 + b";na")
)
_case("half characters in escapes")(
    lambda: swapped(STRINGS, b"<t>p1</t>", b"<t>_xD83D__xDE00__xD800__xDFFF__xD83D_</t>")
)
_case("half characters in every name")(
    lambda: raw(
        books.inline(
            [
                ["Post ID", "Network", "Reach", "Influencer", "Format", "Date", "Snapshot date"],
                *[["_xD800_"] * 2 + [5] + ["_xDFFF_"] * 4] * 3,
            ]
        )
    )
)


# -- too much of everything ------------------------------------------------------------------------


@_case("three thousand sheets")
def _() -> Parts:
    parts = dict(_tiny())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for i in range(10, 3_010):
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            f'<worksheet xmlns="{ns}"><sheetData/></worksheet>'.encode()
        )
    numbers = range(10, 3_010)
    for part, end, line in (
        (
            TYPES,
            b"</Types>",
            '<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="' + kind + '"/>',
        ),
        (
            RELS,
            b"</Relationships>",
            '<Relationship Id="rIdM{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/worksheet" Target="worksheets/sheet{i}.xml"/>',
        ),
        (WORKBOOK, b"</sheets>", '<sheet name="M{i}" sheetId="{i}" r:id="rIdM{i}"/>'),
    ):
        parts[part] = parts[part].replace(
            end, "".join(line.format(i=i) for i in numbers).encode() + end
        )
    return parts


_case("fifty thousand styles")(
    lambda: swapped(STYLES, b"</cellXfs>", b"<xf/>" * 50_000 + b"</cellXfs>")
)
_case("hundred thousand names")(
    lambda: grown(
        WORKBOOK,
        b"<calcPr",
        b"<definedNames>"
        + b"".join(
            b'<definedName name="report_%d">Posts!$A$%d</definedName>' % (i, i % 9_000 + 1)
            for i in range(100_000)
        )
        + b"</definedNames>",
    )
)


@_case("two thousand tables")
def _() -> Parts:
    parts = dict(_tiny())
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
    lines = []
    for i in range(10, 2_010):
        parts[f"xl/tables/table{i}.xml"] = (
            parts[TABLE].replace(b'"Posts"', b'"P%d"' % i).replace(b' id="2"', b' id="%d"' % i)
        )
        lines.append(f'<Relationship Id="rIdT{i}" Type="{kind}" Target="../tables/table{i}.xml"/>')
    parts[rels] = parts[rels].replace(
        b"</Relationships>", "".join(lines).encode() + b"</Relationships>"
    )
    return parts


_case("hundred thousand relationships")(
    lambda: grown(
        RELS,
        b"</Relationships>",
        b"".join(
            b'<Relationship Id="x%d" Type="urn:x" Target="y%d"/>' % (i, i) for i in range(100_000)
        ),
    )
)
_case("ten thousand columns")(
    lambda: raw(
        books.inline(
            [["Post ID", "Network", "Reach", *(f"c{i}" for i in range(10_000))], ["p1", "X", 5]]
        )
    )
)
_case("thousand headers for the same figure")(
    lambda: raw(
        books.inline([["Post ID", "Network", *["Reach"] * 1_000], ["p1", "X", *[5] * 1_000]])
    )
)


def _full(rows: int) -> Iterator[bytes]:
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    yield books.inline([["Post ID", "Network", "Reach"]]).encode()
    for first in range(2, rows + 1, 10_000):
        yield b"".join(
            b'<row r="%d"><c r="C%d"><v>%d</v></c></row>' % (r, r, r % 97)
            for r in range(first, min(first + 10_000, rows + 1))
        )
    yield b"</sheetData></worksheet>"


_case("a full sheet", heavy=True)(lambda: {**raw_parts(PLAIN), SHEET: b"".join(_full(1_048_576))})
_case("more rows than a sheet has", "XK107", heavy=True)(
    lambda: {**raw_parts(PLAIN), SHEET: b"".join(_full(1_048_600))}
)
_case("a full sheet without row numbers", heavy=True)(
    lambda: {
        **raw_parts(PLAIN),
        SHEET: (books.inline([["Post ID", "Network", "Reach"]]))
        .encode()
        .join(
            (
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>',
                b"".join(
                    b"<row><c/><c/><c><v>%d</v></c></row>" % (i * 7919 % 10_007)
                    for i in range(1_048_575)
                )
                + b"</sheetData></worksheet>",
            )
        ),
    }
)


# -- tables, names and places that do not exist ----------------------------------------------------

_REF = re.search(rb'<table [^>]*\bref="([^"]+)"', _tiny()[TABLE])[1]  # type: ignore[index]
for _ref, _codes in (
    ("A1:XFD99999999", "XK107"),
    ("A1:ZZZZ9", "XK107"),
    ("hello", "XK107"),
    ("", "XK107"),
    ("A1048570:O1048576", "XK203 XK202"),
    ("A1:A1", "XK202 XK203"),
    ("O4:A1", READ),
    ("A1:O1048576", READ),
    ("$A$1:$O$4", READ),
    ("Posts!A1:O4", "XK107"),
    ("A:O", "XK107"),
):
    _case(f"table at {_ref or 'nowhere'}", _codes)(
        lambda ref=_ref: swapped(TABLE, b'ref="' + _REF + b'"', f'ref="{ref}"'.encode(), times=2)
    )
_case("references at hello", "XK107")(
    lambda: swapped(
        "xl/tables/table3.xml",
        re.search(rb'ref="[^"]+"', _tiny()["xl/tables/table3.xml"])[0],  # type: ignore[index]
        b'ref="hello"',
        times=2,
    )
)


def named(name: bytes, place: bytes) -> Parts:
    """A workbook with a report, one block of which is said to be elsewhere."""
    parts = dict(_reported())
    pattern = re.compile(rb'(<definedName name="' + name + rb'"[^>]*>)[^<]*')
    assert pattern.search(parts[WORKBOOK]), name
    parts[WORKBOOK] = pattern.sub(lambda m: m[1] + place, parts[WORKBOOK])
    return parts


_case("report block as large as a sheet")(
    lambda: named(b"report_kpis", b"Report!$A$1:$XFD$1048576")
)
_case("report block of a whole column")(lambda: named(b"report_trend", b"Report!$B$1:$D$1048576"))
_case("report block that is no place")(lambda: named(b"report_kpis", b"#REF!"))
_case("report block on the posts")(lambda: named(b"report_title", b"Posts!$A$1:$O$4"))
_case("checks block at the end of the sheet")(
    lambda: named(b"checks_findings", b"Checks!$A$1048576:$G$1048576")
)


_case("report sheet of forty megabytes", "XK109")(
    lambda: {
        **_reported(),
        report_part(): squeezed(b"<!--" + DENSE + b"-->", 40, _reported()[report_part()]),
    }
)
_case("styles without lists")(
    lambda: tiny(
        **{
            STYLES: b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        }
    )
)
_case("styles that are something else", READ, "XK107")(lambda: tiny(**{STYLES: b"<html/>"}))
_case("formats numbered x", READ, "XK107")(
    lambda: swapped(
        STYLES,
        b"<fonts ",
        b'<numFmts count="1"><numFmt numFmtId="x" formatCode="0"/></numFmts><fonts ',
    )
)
_case("cells with styles that are none")(
    lambda: {
        **_reported(),
        report_part(): re.sub(rb' s="\d+"', b' s="x"', _reported()[report_part()]),
    }
)
_case("cells with styles that do not exist")(
    lambda: {
        **_reported(),
        report_part(): re.sub(rb' s="\d+"', b' s="99999"', _reported()[report_part()]),
    }
)
_case("cells with styles below nothing")(
    lambda: {
        **_reported(),
        report_part(): re.sub(rb' s="\d+"', b' s="-5"', _reported()[report_part()]),
    }
)
_case("sheets numbered x", "XK107")(lambda: swapped(WORKBOOK, b'sheetId="2"', b'sheetId="x"'))
_case("tables numbered x", "XK107")(lambda: swapped(TABLE, b' id="2"', b' id="x"'))
_case("list of types that is something else", READ, "XK107")(lambda: tiny(**{TYPES: b"<html/>"}))
_case("workbook without sheets", "XK201")(
    lambda: tiny(**{WORKBOOK: re.sub(rb"<sheets>.*</sheets>", b"", _tiny()[WORKBOOK])})
)
_case("workbook that is something else", "XK201")(lambda: tiny(**{WORKBOOK: b"<html/>"}))
_case("relationships that are something else", "XK201")(lambda: tiny(**{RELS: b"<html/>"}))
_case("sheet that is something else", "XK107")(lambda: tiny(**{SHEET: b"<html/>"}))
_case("all sheets have one name")(lambda: swapped(WORKBOOK, b'name="References"', b'name="Posts"'))
_case("name of a sheet of a megabyte")(
    lambda: swapped(WORKBOOK, b'name="References"', b'name="' + b"x" * 1_000_000 + b'"')
)
_case("name of a sheet that is a path")(
    lambda: swapped(WORKBOOK, b'name="References"', b'name="../../etc/passwd"')
)


# -- encodings -------------------------------------------------------------------------------------


def in_utf16(part: str) -> Parts:
    text = _tiny()[part].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return tiny(**{part: text.encode("utf-16")})


_case("workbook in UTF-16")(lambda: in_utf16(WORKBOOK))
_case("sheet in UTF-16")(lambda: in_utf16(SHEET))
_case("strings in UTF-16")(lambda: in_utf16(STRINGS))
_case("entities in UTF-16", "XK112")(
    lambda: tiny(
        **{
            WORKBOOK: (
                LAUGHS.decode() + _tiny()[WORKBOOK].decode().split("?>", 1)[1].lstrip()
            ).encode("utf-16")
        }
    )
)
_case("entities in UTF-7", "XK112 XK107")(
    lambda: tiny(
        **{
            WORKBOOK: b'<?xml version="1.0" encoding="UTF-7"?>'
            + LAUGHS.split(b"?>", 1)[1].replace(b"<!D", b"+ADwAIQ-D")
            + _tiny()[WORKBOOK].split(b"?>", 1)[1].lstrip()
        }
    )
)
_case("NUL bytes in the workbook", "XK107")(lambda: swapped(WORKBOOK, b"<sheets>", b"\0<sheets>"))
_case("NUL bytes in a sheet", "XK107")(lambda: swapped(SHEET, b"</sheetData>", b"\0\0</sheetData>"))
_case("NUL bytes in a string")(lambda: swapped(STRINGS, b"Spring", b"Sp\0ring"))
_case("bytes that are no UTF-8 in a string")(lambda: swapped(STRINGS, b"Ana", b"A\xff\xfe\x80na"))
_case("bytes that are no UTF-8 in the workbook", "XK107")(
    lambda: swapped(WORKBOOK, b"References", b"Ref\xff\xfe")
)
_case("half a character in a string")(lambda: swapped(STRINGS, b"Ana", b"An\xf0\x9f\x98"))
_case("surrogates in a string")(lambda: swapped(STRINGS, b"Ana", b"A&#xD800;na"))
_case("characters that XML forbids")(lambda: swapped(STRINGS, b"Ana", b"A&#0;&#1;\x07&#xFFFF;na"))
_case("character far beyond Unicode")(lambda: swapped(STRINGS, b"Ana", b"A&#x7FFFFFFFFFFF;na"))
_case("unknown entity in a string")(lambda: swapped(STRINGS, b"Ana", b"A&unknown;na"))


# -- what a stranger's workbook may bring ----------------------------------------------------------


def with_link(
    body: str, target: str = "file:///C:/prices.xlsx", kind: str = "externalLinkPath"
) -> Parts:
    """A workbook with a link to another one, as Excel stores it."""
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = grown(
        WORKBOOK,
        b"<calcPr",
        b'<externalReferences><externalReference r:id="rIdE9"/></externalReferences>',
    )
    parts[RELS] = parts[RELS].replace(
        b"</Relationships>",
        link("externalLink", "externalLinks/externalLink1.xml", False) + b"</Relationships>",
    )
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{ns}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{body}'
        "</externalLink>"
    ).encode()
    if target:
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + link(kind, target).replace(b"rIdE9", b"rId1")
            + b"</Relationships>"
        )
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>",
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>',
    )
    return parts


BOOK = '<externalBook r:id="rId1"><sheetNames><sheetName val="S"/></sheetNames></externalBook>'
DDE = '<ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems><ddeItem name="A0" advise="1"/></ddeItems></ddeLink>'
_case("link to another workbook")(lambda: with_link(BOOK))
_case("link to a network share")(lambda: with_link(BOOK, "file:///\\\\server\\share\\prices.xlsx"))
_case("link to a web site")(lambda: with_link(BOOK, "https://example.com/prices.xlsx"))
_case("DDE")(lambda: with_link(DDE, ""))
_case("macros")(
    lambda: tiny(**{"xl/vbaProject.bin": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2_000)})
)


def with_sheet(name: str) -> Parts:
    return swapped(WORKBOOK, b'name="References"', f'name="{name}"'.encode())


_case("sheet called xlwings.conf")(lambda: with_sheet("xlwings.conf"))
_case("sheet called main.py")(lambda: with_sheet("main.py"))
_case("picture on a network share")(
    lambda: tiny(
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": _tiny()[
                "xl/worksheets/_rels/sheet1.xml.rels"
            ].replace(
                b"</Relationships>",
                link("image", "file://server/share/x.png") + b"</Relationships>",
            )
        }
    )
)
_case("data connection")(
    lambda: tiny(
        **{
            "xl/connections.xml": b'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<connection id="1" name="q" type="4"><webPr url="http://127.0.0.1:9/"/></connection></connections>'
        }
    )
)
_case("strict OOXML")(lambda: raw(PLAIN, strict=True))
_case("prefixed OOXML")(lambda: raw(PLAIN, prefix="x"))
