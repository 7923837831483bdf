"""What people typed into an earlier report, read back so that the next one keeps it: comments and actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlkpi.core import catalogue
from xlkpi.core.catalogue import fold
from xlkpi.core.insight.actions import Action
from xlkpi.core.insight.phrases import DRAFT
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel import contract, render_actions
from xlkpi.excel.filefill import Block, Texts, find_blocks, place, table_ends, texts_of
from xlkpi.excel.package import Package, TablePart

Comments = dict[str, tuple[str, str, str]]  # key → campaign, KPI id, comment


def read_comments(package: Package) -> Comments:
    """What people typed beside the KPIs, shown now or kept from before, by campaign and KPI."""
    blocks = find_blocks(package)
    sheets = {b.sheet.part: b.sheet for name, b in blocks.items() if name.startswith("report_")}
    return comments_among(blocks, {part: texts_of(package, sheet) for part, sheet in sheets.items()})


def comments_among(blocks: Mapping[str, Block], cells: Mapping[str, Texts]) -> Comments:
    """The same, from the texts of each sheet that holds blocks, by sheet part."""
    found: Comments = {}
    if "report_comments" in blocks:
        block = blocks["report_comments"]
        texts = cells[block.sheet.part]
        for row in range(block.top + 1, texts.last + 1):
            campaign, label, comment = (texts.at(row, block.left + i) for i in range(3))
            kpi = catalogue.find(label)
            if campaign and kpi and comment:
                found[f"{fold(campaign)}|{kpi.id}"] = (campaign, kpi.id, comment)
    for name, keys in (("report_kpis", "report_keys"), ("report_kpis_more", "report_keys_more")):
        if name not in blocks or keys not in blocks:
            continue
        block, key_block = blocks[name], blocks[keys]
        texts, key_texts = cells[block.sheet.part], cells[key_block.sheet.part]
        drafts = key_block.left + 2 if key_block.right >= key_block.left + 2 else None
        for offset in range(1, block.bottom - block.top + 1):
            row = key_block.top + offset
            key = key_texts.at(row, key_block.left + 1)
            if "|" in key:
                campaign, id = key.rsplit("|", 1)
                said = texts.at(block.top + offset, block.right)
                draft = None if drafts is None else key_texts.at(row, drafts)
                found[f"{fold(campaign)}|{id}"] = (campaign, id, persons(said, draft))
    return found


def persons(said: str, draft: str | None) -> str:
    """A person's comment: empty for a draft of ours, without our mark for a draft that a person has changed.

    Args:
        draft: what we wrote into the cell; None in a workbook that does not keep it, where the mark alone tells.
    """
    marks = [mark for language in LANGUAGES for mark in (DRAFT.in_(language), DRAFT.fr)]
    mark = next((m for m in marks if said.startswith(m.strip())), None)
    if mark is None:
        return said
    if draft is None or said == draft:
        return ""
    return said[len(mark.strip()):].strip()


def read_actions(package: Package) -> tuple[Action, ...]:
    """The list of actions as it stands."""
    block = find_blocks(package).get("actions_list")
    if block is None:
        return ()
    return actions_among(block, texts_of(package, block.sheet), package.tables, package.date1904)


def actions_among(block: Block, cells: Texts, tables: Iterable[TablePart], date1904: bool) -> tuple[Action, ...]:
    """The same, from the cells of its sheet: the rows of its table, and on to the first blank one."""
    end = table_ends(tables).get(place(block), block.top)
    width, rows = len(contract.ACTIONS.columns), []
    for number in range(block.top + 1, max(end, cells.last) + 1):
        row = cells.rows.get(number, {})
        values = {i: row[block.left + i] for i in range(width) if block.left + i in row}
        if number > end and not any(value not in (None, "") for value in values.values()):
            break
        rows.append(values)
    return render_actions.read(rows, date1904)
