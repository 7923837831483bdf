"""The buttons Generate report and Check data: the open workbook’s report, or its findings alone."""

from __future__ import annotations

import contextlib
from datetime import datetime

from xlkpi.core import codes
from xlkpi.core.campaign import Period, parse_period
from xlkpi.core.findings import Finding, Severity, refuse
from xlkpi.core.report import Report
from xlkpi.core.texts import Text
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.buttons.offers import offer_campaign, offer_report_file
from xlkpi.excel.jobs.report import Request
from xlkpi.excel.live.book import is_read_only
from xlkpi.excel.live.campaign import OpenCampaign


def generate_report(desk: Desk, scope: str = "") -> None:
    """Fill the report of the open workbook.  ``scope`` is ``this``, ``all``, a period, or empty for its settings."""
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return offer_campaign(desk)
    request = Request(period=None if scope in ("", "this", "all") else _period(scope))
    if not campaign.has("report_kpis"):
        return offer_report_file(desk, request)
    report, language = campaign.report(
        request, datetime.now().date(), scope if scope in ("this", "all") else ""
    )
    campaign.fill(report, language)
    _show(campaign, "report_kpis")
    _show_what_deserves_a_look(desk, report)


def check_data(desk: Desk) -> None:
    """Check the data and fill the Checks sheet only."""
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return offer_campaign(desk)
    report, language = campaign.report(Request(), datetime.now().date())
    if campaign.has("checks_findings"):
        campaign.fill_checks(report, language)
        _show(campaign, "checks_findings")
    if report.findings:
        desk.show(report.findings)
    else:
        desk.say(
            desk.text(
                Text(
                    "The data was checked: nothing to report.",
                    "Données contrôlées : rien à signaler.",
                )
            )
        )


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError:
        raise refuse(codes.NOT_A_PERIOD, value=text) from None


def _show(campaign: OpenCampaign, block: str) -> None:
    """Bring the sheet of a block to the front, unless its user has hidden it."""
    with contextlib.suppress(Exception):
        campaign.cells.sheet(campaign.blocks[block].sheet.name).activate()


def _show_what_deserves_a_look(desk: Desk, report: Report) -> None:
    """A box only when something deserves it: a report that went well shows itself."""
    findings = [f for f in report.findings if f.severity is Severity.EXCLUDED]
    if is_read_only(desk.book):
        findings.append(_read_only(desk.book.name))
    if findings:
        opening = Text(
            "The report is written, with this to note:",
            "Le rapport est fait, avec ces remarques :",
        )
        desk.show(findings, desk.text(opening))


def _read_only(book: str) -> Finding:
    return Finding(
        codes.READ_ONLY,
        effect=Text(
            "the report is on the screen, not in the file",
            "le rapport est à l’écran, pas dans le fichier",
        ),
        sheet=book,
    )
