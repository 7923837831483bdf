"""Where the blocks of the Report and Checks sheets stand in a fresh template.

Positions are the template builder's; the fill takes from here only how many rows a block holds and what the
printed page is.  A filled workbook is found by its defined names, so a user may insert rows and move blocks.
"""

from __future__ import annotations

LAST_COLUMN = "N"             # of the printed page
KPI_ROWS, MORE_ROWS = 7, 20
GROUP_ROWS = 8
TREND_ROWS = 12
SPEND_ROWS = 7

#: Name → range on the Report sheet.  A block's first row is its header row where it has one.
REPORT_BLOCKS: dict[str, str] = {
    "report_brand": "B1",
    "report_period": "I1:N1",
    "report_title": "B2:N2",
    "report_status": "B3",
    "report_headline": "C3:N3",
    "report_status_id": "P3",
    "report_section_kpis": "B5:G5",
    "report_kpis": "B6:G13",
    "report_keys": "P6:Q13",            # status id and comment key of each row, hidden
    "report_section_attainment": "I5:N5",
    "report_section_spend": "B15:C15",
    "report_spend": "B16:C22",
    "report_section_gauge": "D15:F15",
    "report_gauge_text": "D20:F21",
    "report_section_trend": "G15:N15",
    "report_section_influencer": "B24:F24",
    "report_by_influencer": "B25:F33",
    "report_section_posts": "G24",
    "report_posts": "G25:G33",
    "report_section_network": "I24:N24",
    "report_by_network": "I25:N33",
    "report_method": "B35:B38",
    "report_section_more": "B41:G41",
    "report_kpis_more": "B42:G62",
    "report_keys_more": "P42:Q62",
    "report_palette": "P1",
    "report_language": "Q1",
    "report_fingerprint": "P2",
    "report_section_data": "B65:G65",
    "report_attainment": "B66:E73",
    "report_trend": "B75:D87",
    "report_gauge": "B89:C92",
    "report_section_comments": "B94:G94",
    "report_comments": "B95:D95",       # header; the rows below it grow as they are needed
}
PAGE = "A1:N38"
PAGE_WITH_MORE = "A1:N62"

#: Cells that the highlight rules of the input sheets may mark: spreadsheets look each visible cell up in this list.
MARKED_CELLS = 1_000
#: Findings whose place leads to its cell.  Excel takes a moment for each link, and no more than 65,530 on a sheet.
LINKED_FINDINGS = 500
CHECKS_BLOCKS: dict[str, str] = {
    "checks_title": "A1:G1",
    "checks_balance": "A2:G2",
    "checks_coverage": "A3:G3",
    "checks_findings": "A4:G4",         # header; grows
    "checks_cells": f"I4:I{4 + MARKED_CELLS}",      # header, then one address a row, hidden
}
#: Blocks of which only the header has a fixed place: the rows below belong to them.
GROWING = frozenset({"report_comments", "checks_findings"})
