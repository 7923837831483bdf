"""Builds the campaign workbook, empty or with a worked example, in French or English.

The same input gives the same bytes: the committed ``workbook_template.xlsx`` is held equal to a fresh build.
"""

from __future__ import annotations

import io
from datetime import datetime
from importlib.metadata import version

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.sheets.actions import draw_actions
from xlkpi.excel.template.sheets.analysis import draw_analysis
from xlkpi.excel.template.sheets.checks import MARKED_SHEETS, draw_checks, mark_cells
from xlkpi.excel.template.sheets.context import draw_context
from xlkpi.excel.template.sheets.dashboard import draw_dashboard
from xlkpi.excel.template.sheets.inputs import (
    draw_audience,
    draw_campaigns,
    draw_influencers,
    draw_objectives,
    draw_posts,
    draw_reviews,
)
from xlkpi.excel.template.sheets.readme import draw_readme
from xlkpi.excel.template.sheets.references import draw_dictionary, draw_references
from xlkpi.excel.template.sheets.report import draw_report
from xlkpi.excel.template.sheets.settings import draw_lists, draw_settings
from xlkpi.excel.workbook import contract, layout
from xlkpi.excel.workbook.contract import Edition
from xlkpi.excel.workbook.palette import BAND, INPUT_TAB, MET

_TITLE = Text("Influence campaign KPI workbook", "Classeur KPI de campagne d’influence")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
#: Sheet id → the function that draws it, in the order in which they are drawn.
_INPUTS = {
    "readme": draw_readme,
    "settings": draw_settings,
    "campaigns": draw_campaigns,
    "objectives": draw_objectives,
    "influencers": draw_influencers,
    "posts": draw_posts,
    "reviews": draw_reviews,
    "audience": draw_audience,
    "references": draw_references,
}
_OUTPUTS = {
    "kpi": draw_dictionary,
    "context": draw_context,
    "report": draw_report,
    "dashboard": draw_dashboard,
    "analysis": draw_analysis,
    "actions": draw_actions,
    "checks": draw_checks,
}


def build(language: Language, sample: Sample | None = None, edition: Edition = "addin") -> bytes:
    """The workbook as a file's bytes; the edition ``lambda`` brings its own cell functions."""
    buffer = io.BytesIO()
    book, sample = _new_book(buffer, language), sample or Sample()
    if edition == "addin":
        _assemble(Builder(book, language, sample))
        book.close()
        return buffer.getvalue()
    from xlkpi.excel.template.lambdabook import LambdaBuilder, finish

    _assemble(LambdaBuilder(book, language, sample))
    book.close()
    return finish(buffer.getvalue(), language)


def _new_book(buffer: io.BytesIO, language: Language) -> Workbook:
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    # No recalculation on opening: without the add-in it would turn every KPI function into #NAME?.
    book.calc_on_load = False
    book.calc_id = 191029
    book.set_properties(
        {
            "title": _TITLE.in_(language),
            "author": "xlkpi",
            "comments": f"xlkpi {version('xlkpi')}",
            "created": datetime(2026, 1, 1),
        }
    )
    return book


def _assemble(b: Builder) -> None:
    """Add the sheets in their order, then draw them."""
    sheets = {s.id: b.book.add_worksheet(b.name(s)) for s in contract.SHEETS}
    lists = b.book.add_worksheet("Lists" if b.language == "en" else "Listes")
    for sheet in sheets.values():
        _page(sheet)
    draw_lists(b, lists)
    for id, draw in _INPUTS.items():
        draw(b, sheets[id])
    for spec in MARKED_SHEETS:
        mark_cells(b, sheets[spec.id], spec)
    for id, draw in _OUTPUTS.items():
        draw(b, sheets[id])
    b.cell_functions(lists)
    lists.hide()
    _colour_tabs(sheets)
    sheets["report" if b.sample.posts else "readme"].activate()


def _page(sheet: Worksheet) -> None:
    """How a sheet is printed unless it says otherwise."""
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&9&A&C&9&F&R&9&P / &N")


def _colour_tabs(sheets: dict[str, Worksheet]) -> None:
    colours = {
        "readme": BAND,
        **dict.fromkeys(layout.SHEET_BLOCKS, MET.bar),
        **dict.fromkeys(("objectives", "posts"), INPUT_TAB),
    }
    for id, colour in colours.items():
        sheets[id].set_tab_color(colour)
