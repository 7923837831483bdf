"""Fills the blocks of the report's sheets in a closed workbook: values and number formats only, all else stays.

A sheet that is filled is rewritten by lxml, which keeps what it does not know; every other part of the
file keeps its compressed bytes.  The look comes from the cells themselves: a number format is changed by
cloning the cell's own style, so that a company's colours survive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from xlkpi.excel.report.parts import Cell, Fill, Links, Row
from xlkpi.excel.workbook.blocks import Block, absolute, find_blocks, table_ends, top_left
from xlkpi.excel.workbook.layout import GROWING, PAGE, PAGE_WITH_MORE
from xlkpi.ooxml.cells import column_letters, split_range
from xlkpi.ooxml.package import Package, TablePart, parse, serialise
from xlkpi.ooxml.sheet import SheetTree
from xlkpi.ooxml.styles import Styles


def block_cells(
    block: Block, rows: Sequence[Row], last: int
) -> Iterator[tuple[int, int, str | float | None, str | None]]:
    """Row, column, value and number format of each cell down to row ``last``: no old value stays."""
    for r in range(block.top, last + 1):
        values = rows[r - block.top] if r - block.top < len(rows) else ()
        for c in range(block.left, block.right + 1):
            given = values[c - block.left] if c - block.left < len(values) else None
            yield (r, c, *given) if isinstance(given, Cell) else (r, c, given, None)


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
            tree, styles, block, rows, ends.get(top_left(block), 0) if name in GROWING else None
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


def _write_block(
    tree: SheetTree, styles: Styles, block: Block, rows: Sequence[Row], end: int | None
) -> None:
    """Write a block.  ``end`` is the last row of the table of one that grows; rows within it are the block's."""
    last, grows = block.bottom, end is not None
    if end is not None:
        last = max(block.top + len(rows) - 1, _last_filled(tree, block), end)
    for r, c, value, code in block_cells(block, rows, last):
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
    holder = _hyperlinks(tree)
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


def _hyperlinks(tree: SheetTree) -> etree._Element:
    """The links of a sheet; an empty list, where the schema wants it, when there is none."""
    holder = tree.root.find("{*}hyperlinks")
    if holder is None:
        holder = etree.Element(f"{{{tree.ns}}}hyperlinks")
        behind = (e for e in tree.root if isinstance(e.tag, str))
        first = next((e for e in behind if etree.QName(e).localname in _AFTER_LINKS), None)
        tree.root.append(holder) if first is None else first.addprevious(holder)
    return holder


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
                top, left, _, right = split_range(table.ref)
            except ValueError:  # a table of the user's, nowhere
                continue
            if table.sheet.part == block.sheet.part and (top, left) == (block.top, block.left):
                ref = table.ref
                if name in GROWING:
                    bottom = top + max(len(rows) - 1, 1)
                    ref = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                _fit_table(package, table, [str(v) for v in rows[0]], ref)


def _fit_table(package: Package, table: TablePart, headers: Sequence[str], ref: str) -> None:
    """Give a table the names of its columns, and its range."""
    root = package.tree(table.part)
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    before = [c.get("name") for c in columns]
    if ref != table.ref:
        root.set("ref", ref)
        filter = root.find("{*}autoFilter")
        if filter is not None:
            filter.set("ref", ref)
    for column, header in zip(columns, headers, strict=False):
        column.set("name", header)
    if before != headers or ref != table.ref:
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
