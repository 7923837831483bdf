"""A Report → what stands in each named block: values and number formats, the same for file and open workbook."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.core.lines import MAX_KPIS
from xlkpi.core.report import Report
from xlkpi.core.texts import Language
from xlkpi.excel.report import actions, analysis, checks, context, dashboard, results
from xlkpi.excel.report.comments import Comment
from xlkpi.excel.report.parts import Fill, Page


def blank(language: Language) -> Fill:
    """The report of a workbook that has not been reported on: titles and headers only."""
    blocks = {**results.blank(language).blocks, **checks.blank(language)}
    for sheet in (context, analysis, dashboard, actions):
        blocks |= sheet.blank(language).blocks
    return Fill(blocks, {}, False)


def render(
    report: Report, language: Language, typed: Mapping[str, Comment], date1904: bool = False
) -> Fill:
    """Every block of every sheet that the report fills.

    Args:
        typed: what people made of the comments, by key, including those of KPIs not shown now.
        date1904: how the workbook counts days.
    """
    first = results.results(report, language, typed)
    blocks = {**first.blocks, **checks.checks(report, language)}
    hidden = first.hidden
    pages: tuple[Page, ...] = (
        context.context(report, language),
        dashboard.dashboard(report, language),
        analysis.analysis(report, language),
        actions.actions(report, language, date1904),
    )
    for page in pages:
        blocks |= page.blocks
        hidden |= page.hidden
    return Fill(blocks, hidden, len(report.kpis) > MAX_KPIS, checks.check_links(report))
