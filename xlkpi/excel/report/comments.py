"""What people typed into an earlier report, read back so that the next one keeps it: comments and actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlkpi.core import catalogue
from xlkpi.core.insight.actions import Action
from xlkpi.core.insight.phrases import DELETED, DRAFT
from xlkpi.core.names import fold
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES, Text
from xlkpi.excel.report import actions as render_actions
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.blocks import Block, find_blocks, table_ends, top_left
from xlkpi.ooxml.package import Package, TablePart
from xlkpi.ooxml.sheet import SheetTexts, sheet_texts


class Comment(NamedTuple):
    """What a person made of the comment on a KPI."""

    campaign: str
    kpi: str  # id
    comment: str  # theirs; empty where they wrote none
    declined: str = ""  # the words of the draft that they deleted, in the language it stood in


Comments = dict[str, Comment]  # by campaign and KPI, as ``KpiLine.key``


def with_comments(report: Report, comments: Mapping[str, Comment]) -> Report:
    """The report with what people made of its comments."""
    return report.with_comments(
        {key: one.comment for key, one in comments.items()},
        {key: one.declined for key, one in comments.items()},
    )


def with_older(comments: Comments, older: Comments) -> Comments:
    """The comments of a workbook and those of its earlier report: a comment there wins, a deletion where there is none."""
    found = dict(comments)
    for key, one in older.items():
        if one.comment or (one.declined and not (key in found and found[key].comment)):
            found[key] = one
    return found


def read_comments(package: Package) -> Comments:
    """What people typed beside the KPIs, shown now or kept from before, by campaign and KPI."""
    blocks = find_blocks(package)
    sheets = {b.sheet.part: b.sheet for name, b in blocks.items() if name.startswith("report_")}
    return comments_among(
        blocks, {part: sheet_texts(package, sheet) for part, sheet in sheets.items()}
    )


def comments_among(blocks: Mapping[str, Block], cells: Mapping[str, SheetTexts]) -> Comments:
    """The same, from the texts of each sheet that holds blocks, by sheet part."""
    found: Comments = {}
    if "report_comments" in blocks:
        block = blocks["report_comments"]
        found |= _of_other_reports(block, cells[block.sheet.part])
    for name, keys in (("report_kpis", "report_keys"), ("report_kpis_more", "report_keys_more")):
        if name in blocks and keys in blocks:
            block, hidden = blocks[name], blocks[keys]
            found |= _beside_kpis(block, cells[block.sheet.part], hidden, cells[hidden.sheet.part])
    return found


def _of_other_reports(block: Block, texts: SheetTexts) -> Comments:
    """Comments on KPIs that this report does not show, which an earlier one wrote below it."""
    found: Comments = {}
    for row in range(block.top + 1, texts.last + 1):
        campaign, label, comment = (texts.at(row, block.left + i) for i in range(3))
        kpi = catalogue.find(label)
        if campaign and kpi and comment:
            deleted = _after(DELETED, comment)
            typed = comment if deleted is None else ""
            found[f"{fold(campaign)}|{kpi.id}"] = Comment(campaign, kpi.id, typed, deleted or "")
    return found


def _beside_kpis(block: Block, texts: SheetTexts, hidden: Block, keys: SheetTexts) -> Comments:
    """Comments beside the KPIs; the hidden block says whose each is, and the draft that we wrote."""
    found: Comments = {}
    drafts = hidden.left + 2 if hidden.right >= hidden.left + 2 else None
    for offset in range(1, block.bottom - block.top + 1):
        row = hidden.top + offset
        key = keys.at(row, hidden.left + 1)
        if "|" not in key:
            continue
        campaign, id = key.rsplit("|", 1)
        typed = texts.at(block.top + offset, block.right)
        draft = None if drafts is None else keys.at(row, drafts)
        declined = "" if typed or not draft else _after(DRAFT, draft) or ""
        found[f"{fold(campaign)}|{id}"] = Comment(campaign, id, persons(typed, draft), declined)
    return found


def _after(mark: Text, text: str) -> str | None:
    """What stands behind a mark of ours, in whichever language and with whichever spaces; None without it."""
    ours = [word for language in LANGUAGES for word in (mark.in_(language), mark.fr)]
    found = next((word.strip() for word in ours if text.startswith(word.strip())), None)
    return None if found is None else text[len(found) :].strip()


def persons(typed: str, draft: str | None) -> str:
    """A person's comment: empty for a draft of ours, without our mark for a draft that a person has changed.

    Args:
        draft: what we wrote into the cell; None in a workbook that does not keep it, where the mark alone tells.
    """
    changed = _after(DRAFT, typed)
    if changed is None:
        return typed
    return "" if draft is None or typed == draft else changed


def read_actions(package: Package) -> tuple[Action, ...]:
    """The list of actions as it stands."""
    block = find_blocks(package).get("actions_list")
    if block is None:
        return ()
    return actions_among(block, sheet_texts(package, block.sheet), package.tables, package.date1904)


def actions_among(
    block: Block, cells: SheetTexts, tables: Iterable[TablePart], date1904: bool
) -> tuple[Action, ...]:
    """The same, from the cells of its sheet: the rows of its table, and on to the first blank one."""
    end = table_ends(tables).get(top_left(block), block.top)
    width, rows = len(contract.ACTIONS.columns), []
    for number in range(block.top + 1, max(end, cells.last) + 1):
        row = cells.rows.get(number, {})
        values = {i: row[block.left + i] for i in range(width) if block.left + i in row}
        if number > end and not any(value not in (None, "") for value in values.values()):
            break
        rows.append(values)
    return render_actions.read(rows, date1904)
