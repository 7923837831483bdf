"""An .xlsx or .xlsm as a set of parts: read what is asked for, rewrite what is touched, copy all else raw.

openpyxl is never used to load and save a user's book: it drops slicers, sparklines, threaded comments
and whatever else it does not know.  Here an untouched part keeps its very compressed bytes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from lxml import etree

from xlkpi.core.findings import Refused, refuse
from xlkpi.core.texts import Text
from xlkpi.intake import guard

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHUNK = 512 << 10
_LARGE = 32 << 20       # reading more than this takes more than a moment


def parse(xml: bytes, name: str) -> etree._Element:
    """Parse one part: no entities, no network, a refusal instead of an exception for broken XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise guard.damaged(name) from None
    if root.getroottree().docinfo.doctype:
        raise has_doctype(name)
    return root


def has_doctype(name: str) -> Refused:
    return refuse(
        "XK112",
        Text("a part of the workbook declares a DOCTYPE, which Excel never writes (a possible attack)",
             "une partie du classeur déclare un DOCTYPE, ce qu’Excel n’écrit jamais (attaque possible)"),
        Text("ask the sender for a workbook saved by Excel",
             "demandez à l’expéditeur un classeur enregistré par Excel"),
        sheet=name,
    )


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
        """Open ``path``, or a workbook that we have just built, held in ``data``, as if it stood there."""
        if data is None:
            guard.check(path)
        self.path = path
        try:
            self.zip = zipfile.ZipFile(path if data is None else io.BytesIO(data))
        except (zipfile.BadZipFile, OSError):
            raise guard.damaged(path.name) from None
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self.strings: Any = None      # cells.SharedStrings, once read
        self.progress: Callable[[int, int], None] | None = None   # told of bytes read and of all bytes of a large part

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    # -- parts -------------------------------------------------------------------------------

    def has(self, part: str) -> bool:
        return part in self.changed or (part in self.zip.NameToInfo and part not in self.removed)

    def names(self) -> list[str]:
        return [n for n in (*self.zip.namelist(), *(self.changed.keys() - self.zip.NameToInfo.keys()))
                if n not in self.removed]

    def read(self, part: str) -> bytes:
        if part in self.changed:
            return self.changed[part]
        try:
            return self.zip.read(part)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise guard.damaged(self.path.name) from None

    def tree(self, part: str) -> etree._Element:
        return parse(self.read(part), self.path.name)

    def stream(self, part: str) -> Iterator[bytes]:
        """The inflated part in pieces of half a megabyte; a lie about its size ends in a refusal."""
        done = 0
        if part in self.changed:
            yield self.changed[part]
            return
        try:
            with self.zip.open(part) as file:
                size = self.zip.NameToInfo[part].file_size
                while piece := file.read(_CHUNK):
                    done += len(piece)
                    if self.progress and size > _LARGE:
                        self.progress(done, size)
                    if done > guard.MAX_PART:
                        raise guard._too_large(self.path.name)
                    yield piece
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise guard.damaged(self.path.name) from None

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
            found[rel.get("Id", "")] = (rel.get("Type", "").rsplit("/", 1)[-1], full)
        return found

    @cached_property
    def workbook_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and self.has(target):
                return target
        raise refuse("XK108", Text("this is a zip archive, not a workbook", "c’est une archive zip, pas un classeur"),
                     Text("choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)"),
                     sheet=self.path.name)

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
                    columns = tuple(c.get("name", "") for c in root.iterfind("{*}tableColumns/{*}tableColumn"))
                    name = root.get("displayName") or root.get("name", "")
                    totals = root.get("totalsRowCount", "0") not in ("0", "")
                    found.append(TablePart(name, sheet, part, root.get("ref", "A1"), columns, totals))
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
        return next((t for kind, t in self.relations(self.workbook_part).values() if kind == "sharedStrings"), "")

    @cached_property
    def styles_part(self) -> str:
        return next((t for kind, t in self.relations(self.workbook_part).values() if kind == "styles"), "")

    # -- writing -------------------------------------------------------------------------------

    def drop_calculation_chain(self) -> None:
        """Forget the order of calculation, which Excel makes anew: a stale one counts as damage."""
        for id, (kind, part) in self.relations(self.workbook_part).items():
            if kind == "calcChain":
                self.removed.add(part)
                for holder, attribute, value in (
                    (self.rels_name(self.workbook_part), "Id", id), ("[Content_Types].xml", "PartName", f"/{part}"),
                ):
                    root = self.tree(holder)
                    for entry in [e for e in root if e.get(attribute) == value]:
                        root.remove(entry)
                    self.changed[holder] = serialise(root)

    def write(self, target: Path) -> None:
        """Write the book with its changes to ``target``: touched parts anew, every other entry as it was."""
        source = self.zip.fp      # the file that was read, even if another one has taken its name since
        assert source is not None
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            entries = sorted(self.zip.infolist(), key=lambda entry: entry.header_offset)
            ends = [*(entry.header_offset for entry in entries[1:]), self.zip.start_dir]
            for entry, end in zip(entries, ends, strict=True):
                if entry.filename in self.removed:
                    continue
                if entry.filename in self.changed:
                    out.writestr(_entry(entry.filename), self.changed[entry.filename])
                else:
                    _copy_raw(source, entry, end, out)
            for part, data in self.changed.items():
                if part not in self.zip.NameToInfo:
                    out.writestr(_entry(part), data)


def _entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without a clock in it, so that the same report is the same file."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _copy_raw(source: IO[bytes], entry: zipfile.ZipInfo, end: int, out: zipfile.ZipFile) -> None:
    """Append one entry to ``out`` byte for byte: local header, compressed data and descriptor.

    zipfile has no public call for this; the four attributes used have kept their meaning since
    Python 2 and tests/excel/test_package.py notices if that ends.
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
