"""Where the blocks of the sheets that the report fills stand in a fresh template.

Positions are the template builder's; the fill takes from here only how many rows a block holds and what the
printed page is.  A filled workbook is found by its defined names, so a user may insert rows and move blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

#: How the names of our blocks begin: one word a sheet.
PREFIXES = ("context_", "report_", "dashboard_", "analysis_", "actions_", "checks_")

LAST_COLUMN = "N"  # of the printed page
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
    "report_keys": "P6:R13",  # status id, comment key and drafted comment of each row, hidden
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
    "report_keys_more": "P42:R62",
    "report_palette": "P1",
    "report_language": "Q1",
    "report_fingerprint": "P2",
    "report_section_data": "B65:G65",
    "report_attainment": "B66:E73",
    "report_trend": "B75:D87",
    "report_gauge": "B89:C92",
    "report_section_comments": "B94:G94",
    "report_comments": "B95:D95",  # header; the rows below it grow as they are needed
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
    "checks_findings": "A4:G4",  # header; grows
    "checks_cells": f"I4:I{4 + MARKED_CELLS}",  # header, then one address a row, hidden
}
ACTIONS_BLOCKS: dict[str, str] = {
    "actions_title": "A1:I1",
    "actions_summary": "A2:I2",
    "actions_palette": "L1",
    "actions_list": "A4:J4",  # header; grows
}
#: Blocks of which only the header has a fixed place: the rows below belong to them.
GROWING = frozenset({"report_comments", "checks_findings", "actions_list"})


@dataclass(frozen=True, slots=True)
class Table:
    """A block that shows rows: a sentence, a header, the rows; each column is so many cells of the sheet wide."""

    top: int  # sheet row of the sentence; the section's title stands above
    left: str
    spans: tuple[int, ...]
    rows: int
    ids: str = ""  # hidden column with the status id of each row
    plain: bool = False  # rows only: neither sentence nor header

    @property
    def height(self) -> int:
        return self.rows if self.plain else self.rows + 2

    @property
    def right(self) -> str:
        return chr(ord(self.left) + sum(self.spans) - 1)

    @property
    def bottom(self) -> int:
        return self.top + self.height - 1

    @property
    def ref(self) -> str:
        return f"{self.left}{self.top}:{self.right}{self.bottom}"

    @property
    def section(self) -> str:
        return f"{self.left}{self.top - 1}:{self.right}{self.top - 1}"

    @property
    def ids_ref(self) -> str:
        return f"{self.ids}{self.top}:{self.ids}{self.bottom}"


def _blocks(prefix: str, tables: dict[str, Table]) -> dict[str, str]:
    """Each table with its title and, where it has any, its hidden ids."""
    found = {}
    for name, table in tables.items():
        found[f"{prefix}_section_{name}"] = table.section
        found[f"{prefix}_{name}"] = table.ref
        if table.ids:
            found[f"{prefix}_{name}_ids"] = table.ids_ref
    return found


# -- Context: part 1, one page --------------------------------------------------------------------

CONTEXT_TABLES: dict[str, Table] = {
    "facts": Table(6, "B", (1, 1), 14, plain=True),
    "objectives": Table(6, "E", (1, 1, 1, 1), 12, ids="K"),
    "messages": Table(22, "B", (1, 6), 5, plain=True),
    "parts": Table(29, "B", (1, 6), 4, plain=True),
}
CONTEXT_BLOCKS: dict[str, str] = {
    "context_brand": "B1",
    "context_period": "E1:H1",
    "context_title": "B2:H2",
    "context_status": "B3",
    "context_headline": "C3:H3",
    "context_palette": "J1",
    "context_status_id": "K3",
    **_blocks("context", CONTEXT_TABLES),
}
CONTEXT_PAGE = "A1:I33"

# -- Analysis: comparisons of part 2, parts 3 and 4, a page each ------------------------------------

ANALYSIS_TABLES: dict[str, Table] = {
    "previous": Table(5, "B", (1, 1, 1, 1, 2), 7, ids="T"),
    "trend": Table(5, "I", (3, 1, 1, 1, 3), 7, ids="U"),
    "peers": Table(16, "B", (1, 3, 2, 2, 2, 2, 2, 2), 6),
    "benchmarks": Table(26, "B", (1, 3, 1, 1, 1, 2, 2, 5), 6, ids="T"),
    "ads": Table(36, "B", (1, 3, 1, 1, 1, 2, 2, 5), 5, ids="T"),
    "campaigns": Table(45, "B", (1, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1), 5),
    "criteria": Table(56, "B", (1, 1, 1, 1, 2), 9),
    "scores": Table(56, "I", (3, 1), 9),
    "months": Table(56, "N", (2, 1, 1), 9),
    "influencers": Table(69, "B", (1, 1, 1, 1, 1, 3), 8),
    "tiers": Table(69, "K", (2, 1, 1, 1, 1, 1), 8),
    "audience": Table(81, "B", (1, 2, 1, 1, 1, 2), 8),
    "audience_more": Table(81, "K", (1, 2, 1, 1, 1, 1), 8),
    "funnel": Table(95, "B", (1, 2, 1, 1, 3, 3, 3, 2), 5, ids="T"),
    "readings": Table(104, "B", (1, 2, 2, 3, 4, 4), 6, ids="T"),
    "decisions": Table(114, "B", (1, 1, 1, 1, 2, 10), 10, ids="T"),
}
#: Where the pages begin: each has its title in its first row, under the band that is printed on all of them.
ANALYSIS_PAGES = {
    "compared": ("A1:R52", 3),
    "quality": ("A54:R91", 54),
    "recommendations": ("A93:R126", 93),
}
ANALYSIS_BLOCKS: dict[str, str] = {
    "analysis_brand": "B1",
    "analysis_period": "L1:Q1",
    "analysis_title": "B2:Q2",
    "analysis_palette": "T1",
    **{f"analysis_page_{name}": f"B{row}:Q{row}" for name, (_, row) in ANALYSIS_PAGES.items()},
    **_blocks("analysis", ANALYSIS_TABLES),
}
ANALYSIS_PAGE = ",".join(area for area, _ in ANALYSIS_PAGES.values())

# -- Dashboard: charts above, their data below -------------------------------------------------------

DASHBOARD_MONTHS, DASHBOARD_INFLUENCERS = 12, 8
DASHBOARD_BLOCKS: dict[str, str] = {
    "dashboard_brand": "B1",
    "dashboard_period": "L1:Q1",
    "dashboard_title": "B2:Q2",
    "dashboard_section_met": "B4:D4",
    "dashboard_section_budget": "E4:G4",
    "dashboard_section_attainment": "H4:L4",
    "dashboard_section_funnel": "M4:Q4",
    "dashboard_met_text": "B10:D11",
    "dashboard_met_note": "B12:D12",
    "dashboard_budget_text": "E10:G11",
    "dashboard_budget_note": "E12:G12",
    "dashboard_attainment_note": "H8:L9",
    "dashboard_funnel_note": "M8:Q9",
    "dashboard_section_reach": "B15:F15",
    "dashboard_section_rate": "G15:L15",
    "dashboard_section_sentiment": "M15:Q15",
    "dashboard_reach_note": "B19:F20",
    "dashboard_rate_note": "G19:L20",
    "dashboard_sentiment_note": "M19:Q20",
    "dashboard_section_by_reach": "B26:E26",
    "dashboard_section_by_rate": "F26:I26",
    "dashboard_section_by_roi": "J26:M26",
    "dashboard_by_reach_note": "B30:E31",
    "dashboard_by_rate_note": "F30:I31",
    "dashboard_by_roi_note": "J30:M31",
    "dashboard_section_matrix": "N26:Q26",
    "dashboard_matrix": "N27:Q36",  # each row of the matrix is three rows of the sheet high
    "dashboard_section_data": "B40:G40",
    "dashboard_attainment": "B41:E48",
    "dashboard_funnel": "B50:C55",
    "dashboard_months": "B57:E69",
    "dashboard_influencers": "B71:E79",
    "dashboard_met": "B81:C84",
    "dashboard_budget": "B86:C89",
}
DASHBOARD_PAGE = "A1:R37"

#: Sheet id → its blocks.
SHEET_BLOCKS: dict[str, dict[str, str]] = {
    "context": CONTEXT_BLOCKS,
    "report": REPORT_BLOCKS,
    "dashboard": DASHBOARD_BLOCKS,
    "analysis": ANALYSIS_BLOCKS,
    "actions": ACTIONS_BLOCKS,
    "checks": CHECKS_BLOCKS,
}
#: The pages of the whole report, as they are printed one after the other; Checks is for whoever keeps the data.
PRINTED = ("context", "report", "dashboard", "analysis", "actions")
