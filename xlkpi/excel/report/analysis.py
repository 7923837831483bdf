"""The Analysis sheet: three printed pages, comparisons, quality and recommendations."""

from __future__ import annotations

from xlkpi.core import wording
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.compared import comparisons
from xlkpi.excel.report.parts import Page
from xlkpi.excel.report.quality import quality
from xlkpi.excel.report.recommendations import recommendations
from xlkpi.excel.workbook.layout import ANALYSIS_TABLES

BRAND = Text("2 TO 4 · ANALYSIS", "2 À 4 · ANALYSE")
PAGES = {
    "compared": Text("2 · Results compared", "2 · Résultats comparés"),
    "quality": Text("3 · Quality", "3 · Qualité"),
    "recommendations": Text("4 · Recommendations", "4 · Recommandations"),
}


def blank(language: Language) -> Page:
    page = Page("analysis", ANALYSIS_TABLES, language)
    page.text("brand", BRAND)
    page.text("palette", "blue_orange")
    for name, title in PAGES.items():
        page.text(f"page_{name}", title)
    return page


def analysis(report: Report, language: Language) -> Page:
    """The blocks of the Analysis sheet."""
    page = blank(language)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    page.text("palette", report.settings.palette)
    comparisons(page, report)
    quality(page, report)
    recommendations(page, report)
    return page
