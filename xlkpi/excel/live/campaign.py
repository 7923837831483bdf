"""The campaign workbook that is open in Excel: its report as it stands, and its blocks filled in place.

Everything is read and computed first; then the blocks are written in one go.  When a write fails, those
before it are taken back.
"""

from __future__ import annotations

import contextlib
from datetime import date
from functools import cached_property

import xlwings as xw

from xlkpi.core import codes
from xlkpi.core.assemble.build import build
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.insight.actions import Action
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.jobs.report import Request, with_actions
from xlkpi.excel.live import writes
from xlkpi.excel.live.book import OpenCells, numbered
from xlkpi.excel.live.fillplan import FillPlan
from xlkpi.excel.live.statusbar import StatusBar
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report.checks import check_links, checks
from xlkpi.excel.report.comments import Comments, actions_among, comments_among, with_comments
from xlkpi.excel.report.parts import Fill
from xlkpi.excel.report.render import render
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.blocks import Block, blocks_among
from xlkpi.excel.workbook.layout import PREFIXES
from xlkpi.ooxml.sheet import SheetTexts


class OpenCampaign:
    """One look at an open campaign workbook: its report, and the blocks to fill."""

    def __init__(self, book: xw.Book, status: StatusBar) -> None:
        self.book, self.status = book, status
        self.cells = OpenCells(book, status.reading)
        self.source = Workbook(self.cells)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        names = {}
        for entry in self.book.names:
            name = entry.name
            if name.startswith(PREFIXES):
                with contextlib.suppress(Exception):  # a name that points nowhere any more
                    names[name] = (entry.refers_to or "").removeprefix("=")
        return blocks_among(names, self.cells.sheets)

    @property
    def is_campaign(self) -> bool:
        return any(
            self.source.grid(spec) is not None for spec in (contract.OBJECTIVES, contract.POSTS)
        )

    def has(self, block: str) -> bool:
        return block in self.blocks

    # -- reading -------------------------------------------------------------------------------

    def report(self, request: Request, today: date, scope: str = "") -> tuple[Report, Language]:
        """The report of the workbook as it stands, with the comments it holds.

        Args:
            scope: ``this`` campaign or ``all`` of them, whatever the settings say; empty for the settings.

        Raises:
            Refused: as for a report on the closed workbook.
        """
        self.status.say(Text("reading the workbook…", "lecture du classeur…"))
        if scope == "all":
            self.source.override(scope="all", campaign="")
        elif scope == "this":
            self.source.override(scope="campaign")
        report = build(self.source, today, request.campaign, request.period)
        if scope == "this" and not report.settings.campaign and len(report.campaigns) > 1:
            raise _several_campaigns(report)
        language = request.language or self.source.language
        report = with_comments(report, self.comments)
        return with_actions(report, self.actions, today, language), language

    @cached_property
    def comments(self) -> Comments:
        sheets = {b.sheet.part for name, b in self.blocks.items() if name.startswith("report_")}
        return comments_among(
            self.blocks,
            {name: SheetTexts(dict(numbered(self.cells.whole(name)))) for name in sheets},
        )

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        block = self.blocks.get("actions_list")
        if block is None:
            return ()
        cells = SheetTexts(dict(numbered(self.cells.whole(block.sheet.name))))
        return actions_among(block, cells, self.cells.tables, self.cells.date1904)

    # -- filling -------------------------------------------------------------------------------

    def fill(self, report: Report, language: Language) -> None:
        """Write every sheet that the report fills.

        Raises:
            NotWritten: Excel refused; the sheets are as they were.
        """
        self._write(
            render(
                with_comments(report, self.comments), language, self.comments, self.cells.date1904
            )
        )

    def fill_checks(self, report: Report, language: Language) -> None:
        self._write(Fill(checks(report, language), {}, False, check_links(report)))

    def _write(self, fill: Fill) -> None:
        plan = FillPlan(self.cells, self.blocks, fill)
        if wanted := plan.writes():
            writes.make(wanted, self.cells, self.status, plan.stands_as_before)


def _several_campaigns(report: Report) -> Refused:
    return refuse(
        codes.CAMPAIGN_NOT_CHOSEN,
        fix=Text(
            "choose one under “Campaign” in Settings: {names}; or report on all campaigns",
            "choisissez-en une sous « Campagne » dans Paramètres : {names} ; ou demandez toutes les campagnes",
        ).format(names=", ".join(report.campaigns)),
    )
