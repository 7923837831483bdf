"""Fills the Report and Checks sheets of a closed workbook: values and number formats only, all else stays.

A sheet that is filled is rewritten by lxml, which keeps what it does not know; every other part of the
file keeps its compressed bytes.  The look comes from the cells themselves: a number format is changed by
cloning the cell's own style, so that a company's colours survive.
"""

from __future__ import annotations

import contextlib
import copy
import errno
import hashlib
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE

from xlkpi.core.findings import Finding, NotWritten, Severity, system_reason
from xlkpi.core.texts import Text
from xlkpi.excel.report.parts import Cell, Fill, Links, Row
from xlkpi.excel.workbook.layout import GROWING, PAGE, PAGE_WITH_MORE, PREFIXES
from xlkpi.files import guard, marks
from xlkpi.files.leftovers import sweep, writer
from xlkpi.ooxml.cells import column_letters, read_rows, shared_strings, split_address, split_range
from xlkpi.ooxml.package import MAIN, Package, SheetPart, TablePart, parse, serialise

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
#: Rows and columns that a block of ours may have, rows and columns that a user inserted into it among them.
_LARGEST_BLOCK = (2_000, 200)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Block:
    """A defined name resolved to its sheet and range."""

    def __init__(self, sheet: SheetPart, ref: str) -> None:
        self.sheet = sheet
        self.top, self.left, self.bottom, self.right = split_range(ref.replace("$", ""))
        if (
            self.bottom - self.top >= _LARGEST_BLOCK[0]
            or self.right - self.left >= _LARGEST_BLOCK[1]
        ):
            raise ValueError(ref)

    def cells(
        self, rows: Sequence[Row], last: int
    ) -> Iterator[tuple[int, int, str | float | None, str | None]]:
        """Row, column, value and number format of each cell down to row ``last``: no old value stays."""
        for r in range(self.top, last + 1):
            values = rows[r - self.top] if r - self.top < len(rows) else ()
            for c in range(self.left, self.right + 1):
                given = values[c - self.left] if c - self.left < len(values) else None
                yield (r, c, *given) if isinstance(given, Cell) else (r, c, given, None)


def find_blocks(package: Package) -> dict[str, Block]:
    """Our defined names that point at a range of an existing sheet."""
    return blocks_among(package.defined_names, package.sheets)


def blocks_among(names: Mapping[str, str], parts: Iterable[SheetPart]) -> dict[str, Block]:
    """Ours among a workbook's defined names, given as name → what it refers to."""
    sheets = {s.name.casefold(): s for s in parts}
    found = {}
    for name, text in names.items():
        if name.startswith(PREFIXES):
            sheet_name, _, ref = text.rpartition("!")
            sheet = sheets.get(sheet_name.strip("'").replace("''", "'").casefold())
            if sheet is not None:
                try:
                    found[name] = Block(sheet, ref)
                except ValueError:
                    continue
    return found


def storable(text: str) -> str:
    """A text without what no cell can hold."""
    return _ILLEGAL.sub("", text[:_LONGEST])


class SheetTree:
    """The cells of one sheet part, editable."""

    def __init__(self, package: Package, sheet: SheetPart) -> None:
        self.part = sheet.part
        self.root = package.tree(sheet.part)
        self.data = self.root.find("{*}sheetData")
        if self.data is None:
            raise guard.damaged(package.path.name)
        self.formulas_removed = False
        self.ns = etree.QName(self.root).namespace or MAIN
        self.rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}  # row → column → cell
        try:
            for line in self.data.iterfind("{*}row"):
                if line.get("r"):
                    cells: dict[int, etree._Element] = {}
                    for cell in line.iterfind("{*}c"):
                        cells.setdefault(split_address(cell.get("r", "A1"))[1], cell)
                    self.rows[int(line.get("r"))], self._cells[int(line.get("r"))] = line, cells
        except ValueError:
            raise guard.damaged(package.path.name) from None
        self._last = max(self.rows, default=0)

    def row(self, number: int) -> etree._Element:
        found = self.rows.get(number)
        if found is None:
            found = etree.Element(f"{{{self.ns}}}row", r=str(number))
            following = (
                min((n for n in self.rows if n > number), default=None)
                if number < self._last
                else None
            )
            self._last = max(self._last, number)
            if following is None:
                self.data.append(found)
            else:
                self.rows[following].addprevious(found)
            self.rows[number], self._cells[number] = found, {}
        return found

    def cell(self, row: int, column: int, create: bool = True) -> etree._Element | None:
        line = self.row(row) if create else self.rows.get(row)
        cells = self._cells.get(row, {})
        if line is None or column in cells or not create:
            return cells.get(column)
        following = min((c for c in cells if c > column), default=None)
        new = etree.Element(f"{{{self.ns}}}c", r=f"{column_letters(column)}{row}")
        if following is None:
            line.append(new)
        else:
            cells[following].addprevious(new)
        cells[column] = new
        return new

    def put(
        self, row: int, column: int, value: str | float | None, style: str | None = None
    ) -> None:
        """Write a value; an empty one empties the cell but keeps its look."""
        if value is None or value == "" or value != value:
            cell = self.cell(row, column, create=style is not None)
            if cell is not None:
                self._empty(cell)
        else:
            cell = self.cell(row, column)
            assert cell is not None
            self._empty(cell)
            if isinstance(value, str):
                cell.set("t", "inlineStr")
                text = etree.SubElement(
                    etree.SubElement(cell, f"{{{self.ns}}}is"), f"{{{self.ns}}}t"
                )
                text.text = _LOOKS_ESCAPED.sub("_x005F_", storable(value))
                if text.text != text.text.strip() or "\n" in text.text:
                    text.set(_XML_SPACE, "preserve")
            else:
                etree.SubElement(cell, f"{{{self.ns}}}v").text = repr(float(value)).removesuffix(
                    ".0"
                )
        if style is not None and cell is not None:
            cell.set("s", style)

    def level(self, model: int, rows: Iterable[int]) -> None:
        """Give rows without a height of their own the one of a model row."""
        height = self.row(model).get("ht")
        for row in rows if height else ():
            if "ht" not in self.row(row).attrib:
                self.row(row).set("ht", height)
                self.row(row).set("customHeight", "1")

    def hide(self, row: int, hidden: bool) -> None:
        line = self.row(row)
        if hidden:
            line.set("hidden", "1")
        else:
            line.attrib.pop("hidden", None)

    def _empty(self, cell: etree._Element) -> None:
        self.formulas_removed |= cell.find("{*}f") is not None
        for child in list(cell):
            cell.remove(child)
        for attribute in ("t", "cm", "vm"):
            cell.attrib.pop(attribute, None)

    def save(self, package: Package) -> None:
        if self.formulas_removed:
            package.drop_calculation_chain()
        for row in self.rows.values():
            row.attrib.pop("spans", None)  # only a hint, and stale now
        dimension = self.root.find("{*}dimension")
        if dimension is not None and self.rows:
            columns = [split_address(c.get("r"))[1] for c in self.data.iter("{*}c") if c.get("r")]
            dimension.set("ref", f"A1:{column_letters(max(columns, default=0))}{max(self.rows)}")
        package.changed[self.part] = serialise(self.root)


class Styles:
    """Number formats for cells that keep everything else of their look."""

    def __init__(self, package: Package) -> None:
        self.package, self.part = package, package.styles_part
        self.root = package.tree(self.part)
        self.ns = etree.QName(self.root).namespace or MAIN
        self.xfs = self.root.find("{*}cellXfs")
        self.changed = False
        self._known: dict[tuple[str, str], str] = {}

    def with_format(self, style: str, code: str) -> str:
        """The id of a style that is ``style`` with this number format."""
        key = (style, code)
        if key not in self._known:
            self._known[key] = self._find(style, code)
        return self._known[key]

    def _find(self, style: str, code: str) -> str:
        format_id = self._format_id(code)
        xfs = list(self.xfs)
        base = xfs[int(style)] if style.isdecimal() and int(style) < len(xfs) else xfs[0]
        if base.get("numFmtId", "0") == format_id:
            return style
        clone = copy.deepcopy(base)
        clone.set("numFmtId", format_id)
        clone.set("applyNumberFormat", "1")
        wanted = etree.tostring(clone, method="c14n")
        for i, xf in enumerate(xfs):
            if xf.get("numFmtId") == format_id and etree.tostring(xf, method="c14n") == wanted:
                return str(i)
        self.xfs.append(clone)
        self.xfs.set("count", str(len(xfs) + 1))
        self.changed = True
        return str(len(xfs))

    def _format_id(self, code: str) -> str:
        if code in BUILTIN_FORMATS_REVERSE:
            return str(BUILTIN_FORMATS_REVERSE[code])
        formats = self.root.find("{*}numFmts")
        if formats is None:
            formats = etree.Element(f"{{{self.ns}}}numFmts", count="0")
            self.root.insert(0, formats)
        used = {163}
        for entry in formats:
            used.add(int(entry.get("numFmtId", "0")))
            if entry.get("formatCode") == code:
                return str(entry.get("numFmtId"))
        id = str(max(used) + 1)
        etree.SubElement(formats, f"{{{self.ns}}}numFmt", numFmtId=id, formatCode=code)
        formats.set("count", str(len(formats)))
        self.changed = True
        return id

    def save(self) -> None:
        if self.changed:
            self.package.changed[self.part] = serialise(self.root)


# -- reading back -------------------------------------------------------------------------------


class Texts:
    """The cells of a sheet as text, for reading back what a report holds."""

    def __init__(self, rows: Mapping[int, Mapping[int, object]]) -> None:
        self.rows = rows
        self.last = max(rows, default=0)

    def at(self, row: int, column: int) -> str:
        value = self.rows.get(row, {}).get(column)
        if isinstance(value, float):
            return f"{value:.15g}"
        return value.strip() if isinstance(value, str) else ""


def texts_of(package: Package, sheet: SheetPart) -> Texts:
    package.refuse_large(sheet.part)
    return Texts(dict(read_rows(package, sheet.part, shared_strings(package))))


# -- filling -------------------------------------------------------------------------------------


def apply(package: Package, fill: Fill) -> None:
    """Write every block of ``fill`` that the workbook has a name for into the package's changed parts."""
    blocks = find_blocks(package)
    styles = Styles(package)
    ends = table_ends(package.tables)
    trees: dict[str, SheetTree] = {}
    for name, rows in fill.blocks.items():
        block = blocks.get(name)
        if block is None:
            continue
        if block.sheet.part not in trees:
            trees[block.sheet.part] = SheetTree(package, block.sheet)
        tree = trees[block.sheet.part]
        if name in fill.links:
            _link(package, tree, block, len(rows), fill.links[name])
        _write_block(
            tree, styles, block, rows, ends.get(place(block), 0) if name in GROWING else None
        )
        hidden = fill.hidden.get(name)
        if hidden is not None:
            for row in range(block.top + 1, block.bottom + 1):
                tree.hide(row, row > block.bottom - hidden)
    _rename_table_columns(package, blocks, fill)
    for tree in trees.values():
        tree.save(package)
    styles.save()
    _set_page(package, blocks, fill.second_page)


def place(block: Block) -> tuple[str, int, int]:
    """Where a block begins: what ties a growing one to its table."""
    return block.sheet.name, block.top, block.left


def table_ends(tables: Iterable[TablePart]) -> dict[tuple[str, int, int], int]:
    """The last row of each table, by where it begins."""
    ends = {}
    for table in tables:
        with contextlib.suppress(ValueError):  # a table of the user's, nowhere
            top, left, bottom, _ = split_range(table.ref)
            ends[table.sheet.name, top, left] = bottom
    return ends


def _write_block(
    tree: SheetTree, styles: Styles, block: Block, rows: Sequence[Row], end: int | None
) -> None:
    """Write a block.  ``end`` is the last row of the table of one that grows; rows within it are the block's."""
    last, grows = block.bottom, end is not None
    if end is not None:
        last = max(block.top + len(rows) - 1, _last_filled(tree, block), end)
    for r, c, value, code in block.cells(rows, last):
        style = None
        cell = tree.cell(r, c, create=False)
        if grows and cell is None and r < block.top + len(rows):
            model = tree.cell(block.top + 1, c, create=False)
            style = model.get("s") if model is not None else None
        if code is not None:
            style = styles.with_format(
                cell.get("s", "0") if cell is not None else style or "0", code
            )
        tree.put(r, c, value, style)
    if grows and rows:
        tree.level(block.top + 1, range(block.top + 2, block.top + len(rows)))


def _last_filled(tree: SheetTree, block: Block) -> int:
    """Where a growing block ended until now: the last row before a blank one; what stands further down is not ours."""
    row = block.top
    while any(
        (cell := tree.cell(row + 1, c, create=False)) is not None and len(cell)
        for c in range(block.left, block.right + 1)
    ):
        row += 1
    return row


#: What may stand behind the hyperlinks of a sheet, in the order of the schema.
_AFTER_LINKS = {
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}


def _link(package: Package, tree: SheetTree, block: Block, rows: int, links: Links) -> None:
    """Let cells of a block lead to other cells, in place of the links it had; to be called before it is written."""
    holder = tree.root.find("{*}hyperlinks")
    if holder is None:
        holder = etree.Element(f"{{{tree.ns}}}hyperlinks")
        behind = next(
            (
                e
                for e in tree.root
                if isinstance(e.tag, str) and etree.QName(e).localname in _AFTER_LINKS
            ),
            None,
        )
        tree.root.append(holder) if behind is None else behind.addprevious(holder)
    last = max(block.top + rows - 1, _last_filled(tree, block))
    for old in list(holder):
        if _inside(old.get("ref", ""), block.top + 1, block.left, last, block.right):
            holder.remove(old)
    sheets = {s.name for s in package.sheets}
    for (row, column), link in links.items():
        if link.sheet in sheets:
            etree.SubElement(
                holder,
                f"{{{tree.ns}}}hyperlink",
                location=link.location,
                ref=f"{column_letters(block.left + column)}{block.top + row}",
            )
    if not len(holder):
        tree.root.remove(holder)


def _inside(ref: str, top: int, left: int, bottom: int, right: int) -> bool:
    try:
        first, start, last, end = split_range(ref)
    except ValueError:
        return False
    return top <= first and last <= bottom and left <= start and end <= right


def _rename_table_columns(package: Package, blocks: Mapping[str, Block], fill: Fill) -> None:
    """A table's column names must equal its header cells, also when the report changes its language."""
    for name in ("report_kpis", "checks_findings", "actions_list"):
        block = blocks.get(name)
        rows = fill.blocks.get(name)
        if block is None or not rows:
            continue
        for table in package.tables:
            try:
                top, left, bottom, right = split_range(table.ref)
            except ValueError:  # a table of the user's, nowhere
                continue
            if table.sheet.part != block.sheet.part or (top, left) != (block.top, block.left):
                continue
            root = package.tree(table.part)
            columns = root.findall("{*}tableColumns/{*}tableColumn")
            headers = [str(v) for v in rows[0]]
            before = [c.get("name") for c in columns]
            if name in GROWING:
                bottom = top + max(len(rows) - 1, 1)
                ref = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                root.set("ref", ref)
                filter = root.find("{*}autoFilter")
                if filter is not None:
                    filter.set("ref", ref)
            for column, header in zip(columns, headers, strict=False):
                column.set("name", header)
            if before != headers or root.get("ref") != table.ref:
                package.changed[table.part] = serialise(root)


def _set_page(package: Package, blocks: Mapping[str, Block], second_page: bool) -> None:
    """Let the print area hold the second block of KPIs when, and only when, it is used."""
    block = blocks.get("report_kpis")
    if block is None:
        return
    index = next(i for i, s in enumerate(_all_sheets(package)) if s == block.sheet.name)
    root = package.tree(package.workbook_part)
    ours = {absolute(PAGE), absolute(PAGE_WITH_MORE)}
    for name in root.iterfind("{*}definedNames/{*}definedName"):
        if name.get("name") == "_xlnm.Print_Area" and name.get("localSheetId") == str(index):
            sheet, _, ref = (name.text or "").rpartition("!")
            wanted = absolute(PAGE_WITH_MORE if second_page else PAGE)
            if ref in ours and ref != wanted:  # a print area that a user set is theirs
                name.text = f"{sheet}!{wanted}"
                package.changed[package.workbook_part] = serialise(root)
                tree = parse(package.read(block.sheet.part), package.path.name)
                setup = tree.find("{*}pageSetup")
                if setup is not None:
                    setup.set("fitToHeight", "2" if second_page else "1")
                    package.changed[block.sheet.part] = serialise(tree)


def _all_sheets(package: Package) -> list[str]:
    return [s.get("name", "") for s in package.workbook.iterfind("{*}sheets/{*}sheet")]


def absolute(ref: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", ref)


# -- saving --------------------------------------------------------------------------------------


def save(package: Package, target: Path) -> None:
    """Write the package to ``target`` so that the file there is at any moment the old one or the new one.

    A temporary sibling is written, synced, opened again and compared, then put in place.

    Raises:
        NotWritten: the folder or the file cannot be written; what was there is untouched.
    """
    marks.require_closed(target)
    target = Path(os.path.realpath(target))
    try:
        with temporary(target) as new:
            package.write(new)
            with new.open("rb+") as file:
                os.fsync(file.fileno())
            _verify(package, new)
            package.zip.close()  # Windows does not replace a file that is open, and the target may be the source
            _put(new, target)
    except (OSError, zipfile.BadZipFile) as error:
        raise _not_written(target, error) from None


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


def _verify(package: Package, path: Path) -> None:
    """The new file has every part, and the parts that were written read back as they were meant."""
    with zipfile.ZipFile(path) as written:
        if set(written.namelist()) != set(package.names()):
            raise zipfile.BadZipFile("parts missing")
        for part, data in package.changed.items():
            if written.read(part) != data:
                raise zipfile.BadZipFile(part)
        for part in package.rewritten.keys() - package.changed.keys():
            with written.open(
                part
            ) as file:  # its checksum, taken while it was made, is compared at the end
                while file.read(1 << 20):
                    pass
        for part in ("[Content_Types].xml", package.workbook_part):
            written.read(part)


def _not_written(target: Path, error: Exception) -> NotWritten:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        code, reason, fix = (
            "XK402",
            Text("the disk is full", "le disque est plein"),
            Text(
                "free some space, or choose another folder with -o",
                "libérez de la place, ou choisissez un autre dossier avec -o",
            ),
        )
    elif number == errno.ENOENT:
        code, reason, fix = (
            "XK403",
            Text("there is no such folder", "ce dossier n’existe pas"),
            Text(
                "create the folder, or choose another one with -o",
                "créez le dossier, ou choisissez-en un autre avec -o",
            ),
        )
    else:
        why: Text | str = system_reason(number) if number else type(error).__name__
        reason = Text(
            "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
        ).format(why=why)
        code, fix = (
            "XK401",
            Text(
                "close it in Excel and check your rights, or choose another file with -o",
                "fermez-le dans Excel et vérifiez vos droits, ou choisissez un autre fichier avec -o",
            ),
        )
    return NotWritten(
        Finding(
            code,
            Severity.ERROR,
            reason,
            Text(
                "nothing was written, the old file is as it was",
                "rien n’a été écrit, l’ancien fichier est intact",
            ),
            fix,
            sheet=target.name,
        )
    )


def write_bytes(data: bytes, target: Path) -> None:
    """Write a file whole or not at all.

    Raises:
        NotWritten: as for ``save``.
    """
    target = Path(os.path.realpath(target))
    try:
        with temporary(target) as new:
            with new.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _put(new, target)
    except OSError as error:
        raise _not_written(target, error) from None


@contextlib.contextmanager
def kept(path: Path, now: datetime, wanted: bool) -> Iterator[Path | None]:
    """A dated copy of ``path`` where it is ``wanted``; gone again when what should replace it cannot be written."""
    saved = backup(path, now) if wanted else None
    try:
        yield saved
    except NotWritten:
        if saved is not None:
            with contextlib.suppress(OSError):
                saved.unlink()
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


def _fingerprint(package: Package) -> str:
    """A digest of every part that we do not fill: it changes when a person saves the book in a spreadsheet."""
    ours = {b.sheet.part for b in find_blocks(package).values()}
    digest = hashlib.sha256()
    for part in sorted(package.names()):
        if part not in ours:
            digest.update(f"{part}:{package.crc(part):08x};".encode())
    return digest.hexdigest()[:16]


def sign(package: Package) -> None:
    """Note the fingerprint on the (already filled) report, so that the next run knows whether a person changed it."""
    block = find_blocks(package).get("report_fingerprint")
    if block is not None:
        tree = SheetTree(package, block.sheet)
        tree.put(block.top, block.left, _fingerprint(package))
        tree.save(package)


def is_untouched(package: Package) -> bool:
    """Whether a report is as we wrote it."""
    block = find_blocks(package).get("report_fingerprint")
    if block is None:
        return False
    return texts_of(package, block.sheet).at(block.top, block.left) == _fingerprint(package)
