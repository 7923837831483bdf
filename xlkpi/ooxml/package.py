"""An .xlsx or .xlsm as a set of parts: read what is asked for, rewrite what is touched, copy all else raw.

With ``rows``, ``columns`` and ``digits`` it is level with readers written in Rust at a third of their memory; that is what
parts read as streams and bytes copied raw are for, and nothing else breaks where a part is read or written more plainly.
openpyxl is never used to load and save a user's book: it drops slicers, sparklines, threaded comments
and whatever else it does not know.  Here an untouched part keeps its very compressed bytes.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import IO, Any, cast

from lxml import etree

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Text
from xlkpi.files import guard, refusals
from xlkpi.ooxml.entries import copy_raw, fresh_entry, is_orderly, use_slashes
from xlkpi.ooxml.utf8 import in_utf8

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 1 << 20
#: What reading an entry of a damaged archive raises.
_BROKEN = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
#: A part that is made before it is written stands in memory up to so many bytes, then in a temporary file.
_SPOOLED = 8 << 20
_LARGEST_TREE = (
    32 << 20
)  # bytes of a part that is parsed whole: a sheet's 65,000 links are 16 MB, styles seldom 1 MB
_DOCTYPE = re.compile(rb"\0?".join(bytes((c,)) for c in b"<!DOCTYPE"))  # in UTF-8 and in UTF-16
_LARGE = 32 << 20  # reading more than this takes more than a moment
_STREAM_LEVEL = 4  # of 9: three times as fast as zlib's usual 6 on sheets, for an eighth more bytes
_ZIP64_FROM = 1_900 << 20  # bytes of a part; without ZIP64 zipfile stops at 2 GiB


def parse(xml: bytes, name: str) -> etree._Element:
    """Parse one part: no entities, no network, a refusal instead of an exception for broken XML.

    The parser's own limits stay: elements 256 deep and texts of 10 MB, which no spreadsheet program comes near.
    """
    if _DOCTYPE.search(xml):
        raise refusals.has_doctype(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise refusals.damaged(name) from None
    if root.getroottree().docinfo.doctype:
        raise refusals.has_doctype(name)
    return root


def serialise(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """An Excel table: where it stands and what its header cells say."""

    name: str
    sheet: SheetPart
    part: str
    ref: str
    columns: tuple[str, ...]
    totals_row: bool


class Package:
    """A workbook file, open for reading, with the changes to come held beside it."""

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        """Open ``path``; or ``data``, which is a whole workbook and known to be harmless, as if it stood there."""
        if data is None:
            guard.check(path)
        self.path = path
        try:
            self.zip = zipfile.ZipFile(path if data is None else io.BytesIO(data))
        except (zipfile.BadZipFile, OSError):
            raise refusals.damaged(path.name) from None
        if not is_orderly(self.zip):
            self.zip.close()
            raise refusals.damaged(path.name)
        use_slashes(self.zip)
        self.changed: dict[str, bytes] = {}
        self.rewritten: dict[
            str, Callable[[], Iterator[bytes]]
        ] = {}  # large parts, made anew whenever they are read
        self._growth: dict[str, int] = {}  # about how many bytes longer they are
        self._packed: dict[str, zipfile.ZipFile] = {}  # those of them that are made already
        self.removed: set[str] = set()
        self.strings: Any = None  # cells.SharedStrings, once read
        self.progress: Callable[[int, int], None] | None = (
            None  # told of bytes read and of all bytes of a large part
        )

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.zip.close()
        for part in list(self._packed):
            self._unpack(part)
        if kind is MemoryError:
            raise refusals.too_large(self.path.name) from None

    # -- parts -------------------------------------------------------------------------------

    def has(self, part: str) -> bool:
        return part in self.changed or (part in self.zip.NameToInfo and part not in self.removed)

    def names(self) -> list[str]:
        return [
            n
            for n in (*self.zip.namelist(), *(self.changed.keys() - self.zip.NameToInfo.keys()))
            if n not in self.removed
        ]

    def read(self, part: str) -> bytes:
        if part in self.changed:
            return self.changed[part]
        if part in self.rewritten:
            return b"".join(self.rewritten[part]())
        try:
            size = self.zip.getinfo(part).file_size
            with self.zip.open(part) as file:
                return file.read(
                    size + 1
                )  # without a number zipfile inflates all there is, whatever was declared
        except _BROKEN:
            raise refusals.damaged(self.path.name) from None

    def tree(self, part: str) -> etree._Element:
        """A part as a tree; Refused when it is large, or not the list that its name promises."""
        self.refuse_large(part)
        root = parse(self.read(part), self.path.name)
        if not _is_sound(root, part):
            raise refusals.damaged(self.path.name)
        return root

    def refuse_large(self, part: str) -> None:
        """Refuse a part that is to be held in memory whole and that only an attack makes so large."""
        if (
            part not in self.changed
            and part in self.zip.NameToInfo
            and (self.zip.NameToInfo[part].file_size > _LARGEST_TREE)
        ):
            raise refusals.too_large(self.path.name)

    def stream(self, part: str) -> Iterator[bytes]:
        """The inflated part in pieces of a megabyte; a lie about its size ends in a refusal."""
        if part in self.changed:
            yield self.changed[part]
        elif part in self.rewritten:
            yield from self.rewritten[part]()
        else:
            yield from in_utf8(self._inflate(part))

    def _inflate(self, part: str) -> Iterator[bytes]:
        done = 0
        try:
            with self.zip.open(part) as file:
                size = self.zip.NameToInfo[part].file_size
                while piece := file.read(_CHUNK):
                    done += len(piece)
                    if self.progress and size > _LARGE:
                        self.progress(done, size)
                    if done > guard.MAX_PART:
                        raise refusals.too_large(self.path.name)
                    yield piece
        except _BROKEN:
            raise refusals.damaged(self.path.name) from None

    # -- relationships and the workbook part ---------------------------------------------------

    @staticmethod
    def rels_name(part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, target part); external targets are left out."""
        name = self.rels_name(part)
        if not self.has(name):
            return {}
        found = {}
        for rel in self.tree(name).iterfind("{*}Relationship"):
            if rel.get("TargetMode") == "External":
                continue
            target = rel.get("Target", "")
            base = "" if target.startswith("/") else posixpath.dirname(part)
            full = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
            found[rel.get("Id", "")] = (
                rel.get("Type", "").rpartition("/")[2] if "/" in rel.get("Type", "") else "",
                full,
            )
        return found

    @cached_property
    def main_part(self) -> str:
        """The part that the package is about; empty where it has none."""
        parts = (part for kind, part in self.relations("").values() if kind == "officeDocument")
        return next((part for part in parts if self.has(part)), "")

    @cached_property
    def workbook_part(self) -> str:
        if self.main_part:
            return self.main_part
        raise refuse(
            codes.ZIP_ARCHIVE,
            fix=Text(
                "choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)"
            ),
            sheet=self.path.name,
        )

    @cached_property
    def workbook(self) -> etree._Element:
        return self.tree(self.workbook_part)

    def forget(self) -> None:
        """Drop what was derived from parts that have since been changed."""
        for name in ("workbook", "sheets", "tables", "defined_names", "styles_part"):
            self.__dict__.pop(name, None)

    @cached_property
    def date1904(self) -> bool:
        properties = self.workbook.find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        relations = self.relations(self.workbook_part)
        found = []
        for sheet in self.workbook.iterfind("{*}sheets/{*}sheet"):
            id = next((v for k, v in sheet.attrib.items() if etree.QName(k).localname == "id"), "")
            kind, part = relations.get(str(id), ("", ""))
            if kind == "worksheet" and self.has(part):
                found.append(SheetPart(sheet.get("name", ""), part))
        return tuple(found)

    @cached_property
    def tables(self) -> tuple[TablePart, ...]:
        found = []
        for sheet in self.sheets:
            for kind, part in self.relations(sheet.part).values():
                if kind == "table" and self.has(part):
                    root = self.tree(part)
                    columns = tuple(
                        c.get("name", "") for c in root.iterfind("{*}tableColumns/{*}tableColumn")
                    )
                    name = root.get("displayName") or root.get("name", "")
                    totals = root.get("totalsRowCount", "0") not in ("0", "")
                    found.append(
                        TablePart(name, sheet, part, root.get("ref", "A1"), columns, totals)
                    )
        return tuple(found)

    @cached_property
    def defined_names(self) -> dict[str, str]:
        """Workbook-wide names and what they refer to; names of a single sheet are left out."""
        return {
            n.get("name", ""): (n.text or "").strip()
            for n in self.workbook.iterfind("{*}definedNames/{*}definedName")
            if n.get("localSheetId") is None
        }

    @cached_property
    def shared_strings_part(self) -> str:
        return next(
            (
                t
                for kind, t in self.relations(self.workbook_part).values()
                if kind == "sharedStrings"
            ),
            "",
        )

    @cached_property
    def styles_part(self) -> str:
        """The style sheet; empty where the workbook has none."""
        parts = (t for kind, t in self.relations(self.workbook_part).values() if kind == "styles")
        return next((part for part in parts if self.has(part)), "")

    # -- writing -------------------------------------------------------------------------------

    def rewrite(
        self, part: str, change: Callable[[Iterator[bytes]], Iterator[bytes]], growth: int = 0
    ) -> None:
        """Let ``change`` turn the part as it is now into another, piece by piece, whenever it is read or written.

        A sheet of a million posts never stands in memory whole.  ``change`` must give the same bytes each time.

        Args:
            growth: about how many bytes longer the part becomes.
        """
        data = self.changed.pop(part, None)
        earlier = self.rewritten.get(part)

        def before() -> Iterator[bytes]:
            if data is not None:
                return iter((data,))
            return earlier() if earlier else in_utf8(self._inflate(part))

        self._unpack(part)
        self.rewritten[part] = lambda: change(before())
        self._growth[part] = self._growth.get(part, 0) + growth

    def crc(self, part: str) -> int:
        """CRC-32 of the part as it will be written."""
        if part in self.rewritten and part not in self.changed:
            with contextlib.suppress(OSError):  # no room for it: then it is made twice
                return self._made(part).NameToInfo[part].CRC
        if part in self.rewritten or part in self.changed:
            found = 0
            for piece in self.stream(part):
                found = zlib.crc32(piece, found)
            return found
        return self.zip.NameToInfo[part].CRC

    def _made(self, part: str) -> zipfile.ZipFile:
        """A rewritten part as it will stand in the file; ``write`` takes it from here, so that it is made only once."""
        if part not in self._packed:
            file = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - lives as long as the archive
            try:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
                    self._write_pieces(self.zip.NameToInfo[part], self.rewritten[part](), out)
                self._packed[part] = zipfile.ZipFile(file)
            except BaseException:
                file.close()
                raise
        return self._packed[part]

    def _unpack(self, part: str) -> None:
        """Forget what was made of a part; an archive leaves a file open that it did not open itself."""
        if made := self._packed.pop(part, None):
            with contextlib.closing(cast("IO[bytes]", made.fp)):
                made.close()

    def add_part(self, part: str, data: bytes, content_type: str, kind: str) -> None:
        """Add the one part of its kind that the workbook refers to; ``kind``: the last word of its relationship's type."""
        self.changed[part] = data
        types, holder = self.tree(CONTENT_TYPES), self.rels_name(self.workbook_part)
        rels = self.tree(holder)
        family = next((t for r in rels if (t := r.get("Type", "")).endswith("/worksheet")), "")
        _remove(types, "PartName", f"/{part}")
        for old in [r for r in rels if r.get("Type", "").endswith(f"/{kind}")]:
            rels.remove(old)  # it led to no part
        taken = {r.get("Id") for r in rels}
        etree.SubElement(
            types,
            f"{{{etree.QName(types).namespace}}}Override",
            PartName=f"/{part}",
            ContentType=content_type,
        )
        etree.SubElement(
            rels,
            f"{{{PACKAGE_RELATIONS}}}Relationship",
            Id=next(id for n in count(1) if (id := f"rIdXk{kind.capitalize()}{n}") not in taken),
            Type=(family or f"{RELATIONS}/worksheet").removesuffix("worksheet") + kind,
            Target=posixpath.relpath(part, posixpath.dirname(self.workbook_part)),
        )
        self.changed[CONTENT_TYPES], self.changed[holder] = serialise(types), serialise(rels)
        self.forget()

    def drop_calculation_chain(self) -> None:
        """Forget the order of calculation, which Excel makes anew: a stale one counts as damage."""
        for id, (kind, part) in self.relations(self.workbook_part).items():
            if kind == "calcChain":
                self.removed.add(part)
                for holder, attribute, value in (
                    (self.rels_name(self.workbook_part), "Id", id),
                    (CONTENT_TYPES, "PartName", f"/{part}"),
                ):
                    root = self.tree(holder)
                    _remove(root, attribute, value)
                    self.changed[holder] = serialise(root)

    def write(self, target: Path) -> None:
        """Write the book with its changes to ``target``: touched parts anew, every other entry as it was."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            entries = sorted(self.zip.infolist(), key=lambda entry: entry.header_offset)
            ends = [*(entry.header_offset for entry in entries[1:]), self.zip.start_dir]
            for entry, end in zip(entries, ends, strict=True):
                if entry.filename not in self.removed:
                    self._write_entry(entry, end, out)
            for part, data in self.changed.items():
                if part not in self.zip.NameToInfo:
                    out.writestr(fresh_entry(part), data)

    def _write_entry(self, entry: zipfile.ZipInfo, end: int, out: zipfile.ZipFile) -> None:
        """Write one entry of the old file, which stands there up to ``end``."""
        source = self.zip.fp  # the file that was read, even if another one has taken its name since
        assert source is not None
        part = entry.filename
        if part in self.changed:
            out.writestr(fresh_entry(part), self.changed[part])
        elif part in self._packed:
            made = self._packed[part]
            copy_raw(made.fp, made.NameToInfo[part], made.start_dir, out)  # type: ignore[arg-type]
        elif part in self.rewritten:
            self._write_pieces(entry, self.rewritten[part](), out)
        elif part != entry.orig_filename:  # its own header calls it by the other name
            self._write_pieces(entry, self._inflate(part), out)
        else:
            copy_raw(source, entry, end, out)

    def _write_pieces(
        self, entry: zipfile.ZipInfo, pieces: Iterator[bytes], out: zipfile.ZipFile
    ) -> None:
        # ZIP64 only where the part may need it: Excel repairs, with a warning, files that use it without need.
        large = entry.file_size + self._growth.get(entry.filename, 0) > _ZIP64_FROM
        fresh = fresh_entry(entry.filename)
        fresh._compresslevel = _STREAM_LEVEL  # type: ignore[attr-defined]   # zipfile has no public way before 3.13
        with out.open(fresh, "w", force_zip64=large) as file:
            for piece in pieces:
                file.write(piece)


def _remove(root: etree._Element, attribute: str, value: str) -> None:
    """Take out the entries that have this value."""
    for entry in [e for e in root if e.get(attribute) == value]:
        root.remove(entry)


def _is_sound(root: etree._Element, part: str) -> bool:
    """Whether it is the list that it should be, and the numbers by which others refer to its entries are numbers."""
    kind = etree.QName(root).localname
    if part == CONTENT_TYPES:
        return bool(kind == "Types")
    if kind == "workbook":
        return all(
            _is_count(s.get("sheetId")) for s in root.iterfind("{*}sheets/{*}sheet")
        ) and all(
            _is_count(n.get("localSheetId", "0"))
            for n in root.iterfind("{*}definedNames/{*}definedName")
        )
    if kind == "styleSheet" or posixpath.basename(part) == "styles.xml":
        formats = root.iterfind("{*}numFmts/{*}numFmt")
        return bool(kind == "styleSheet") and all(_is_count(f.get("numFmtId")) for f in formats)
    return kind != "table" or _is_count(root.get("id", "0"))


def _is_count(said: str | None) -> bool:
    return said is not None and said.isascii() and said.isdigit() and len(said) < 11
