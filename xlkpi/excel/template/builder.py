"""What every sheet of the template is drawn with: the book, its language, its cell formats and its names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.workbook.contract import Column, ColumnKind, Sheet
from xlkpi.excel.workbook.formats import DAY, money_format
from xlkpi.excel.workbook.palette import (
    BAND,
    COMPUTED_INK,
    INK,
    INPUT_FILL,
    INPUT_INK,
    PAPER,
    RULE,
    SOFT,
)

FONT = "Calibri"
#: Kind of a column → the number format of its cells; amounts take the currency of the book.
_NUMBER_FORMATS = {
    ColumnKind.ID: "@",
    ColumnKind.TEXT: "@",
    ColumnKind.DATE: DAY,
    ColumnKind.COUNT: "#,##0",
    ColumnKind.PERCENT: "0.0%",
    ColumnKind.SCORE: "0.0",
}
_INDENTED = (ColumnKind.TEXT, ColumnKind.CHOICE, ColumnKind.ID, ColumnKind.FLAG)


class Builder:
    """One workbook that is being built; an edition may bring cell functions of its own."""

    def __init__(self, book: Workbook, language: Language, sample: Sample) -> None:
        self.book, self.language, self.sample = book, language, sample
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.currency = str(sample.settings.get("currency", "EUR"))

    # -- what an edition may change ------------------------------------------------------------

    def formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, look: Format, value: Any
    ) -> None:
        """A formula with the value that it has now."""
        sheet.write_formula(row, column, formula, look, value)

    def cell_functions(self, lists: Worksheet) -> None:
        """Names that bring cell functions with them; none where the add-in has the functions."""

    def about_edition(self) -> tuple[Text, ...]:
        """What the README sheet says about where the cell functions come from."""
        return ()

    # -- words and names -----------------------------------------------------------------------

    def t(self, text: Text) -> str:
        return text.in_(self.language)

    def name(self, sheet: Sheet) -> str:
        return self.t(sheet.label)

    def table_name(self, sheet: Sheet) -> str:
        return self.name(sheet).replace("-", "_")

    def this_row(self, spec: Sheet, *ids: str) -> str:
        """A structured reference to one column, or to a span of them, of the formula's own row."""
        columns = ":".join(f"[{self.t(spec.column(id).label)}]" for id in ids)
        return f"{self.table_name(spec)}[[#This Row],{columns}]"

    def whole_column(self, spec: Sheet, index: int = 0) -> str:
        """A structured reference to all cells of a column."""
        return f"{self.table_name(spec)}[{self.t(spec.columns[index].label)}]"

    def block_names(self, blocks: Mapping[str, str], spec: Sheet) -> None:
        """The defined names by which the report finds its blocks again."""
        for name, ref in blocks.items():
            self.book.define_name(name, f"='{self.name(spec)}'!{absolute(ref)}")

    # -- cells ---------------------------------------------------------------------------------

    def f(self, **properties: Any) -> Format:
        """A cell format: these properties over the usual ones, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            usual = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}
            self._formats[key] = self.book.add_format({**usual, **properties})
        return self._formats[key]

    def rule_format(self, **properties: Any) -> Format:
        """What a conditional format changes in a cell."""
        return self.book.add_format(properties)

    def header(self) -> Format:
        return self.f(
            bold=True, font_color=PAPER, bg_color=BAND, text_wrap=True, border=1, border_color=BAND
        )

    def cell(self, column: Column, computed: bool = False, **more: Any) -> Format:
        """The one look of an input cell, and the one of a computed cell, with the column's number format."""
        look = {"border": 1, "border_color": RULE, **more}
        if "num_format" not in more and (code := self._number_format(column)):
            look["num_format"] = code
        if column.kind in _INDENTED or column.id in ("tier", "age"):
            look["indent"] = 1
        if computed:
            return self.f(bg_color=SOFT, font_color=COMPUTED_INK, italic=True, **look)
        return self.f(bg_color=INPUT_FILL, font_color=INPUT_INK, locked=False, **look)

    def _number_format(self, column: Column) -> str | None:
        if column.kind is ColumnKind.MONEY:
            return money_format(self.currency, self.language, 2)
        return _NUMBER_FORMATS.get(column.kind)

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
        """A value as what it is: a text that begins with = stays text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, look)
        else:
            sheet.write_number(row, column, value, look)

    def say(self, sheet: Worksheet, row: int, column: int, text: Text, **look: Any) -> None:
        """A text in the book's language."""
        sheet.write_string(row, column, self.t(text), self.f(**look))


def absolute(ref: str) -> str:
    """``B2:N2`` → ``$B$2:$N$2``."""
    return ":".join(f"${part[0]}${part[1:]}" for part in ref.split(":"))
