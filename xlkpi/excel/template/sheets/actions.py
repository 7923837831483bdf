"""How the Actions sheet looks: a table that people work in, so its rows grow and nothing is locked."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.core.insight.phrases import BAND_SIGNS
from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.parts import initial
from xlkpi.excel.template.tables import add_table
from xlkpi.excel.template.validations import DATE, described, pick
from xlkpi.excel.workbook import choices, contract, palette
from xlkpi.excel.workbook.formats import DAY
from xlkpi.excel.workbook.layout import ACTIONS_BLOCKS
from xlkpi.excel.workbook.palette import BAND, FAINT, INPUT_FILL, INPUT_INK, QUIET, RULE, WATCH

_HEADER = 3  # the table's row, from 0
_ROWS = 1_000  # that carry lists and colours; more actions than these are no plan
_TYPED = ("owner", "due", "state")  # what a person fills in, in the look of every input cell
_STATE = Text(
    "Where the action stands; done and dropped ones go to the end at the next report.",
    "Où en est l’action ; faites et abandonnées passent à la fin au prochain rapport.",
)
_DUE = Text("When it is to be done.", "Pour quand.")


def draw_actions(b: Builder, sheet: Worksheet) -> None:
    _columns(b, sheet)
    _table(b, sheet)
    sheet.set_row(0, 26)
    sheet.set_row(_HEADER, 22)
    sheet.set_row(_HEADER + 1, 30)  # two lines of text; the rows below follow it
    _lists(b, sheet)
    _strike_closed(b, sheet)
    _colour_priorities(b, sheet)
    b.block_names(ACTIONS_BLOCKS, contract.ACTIONS)
    initial(b, sheet, ACTIONS_BLOCKS)
    sheet.freeze_panes(_HEADER + 1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_margins(0.3, 0.3, 0.35, 0.5)
    sheet.set_footer("&L&9&A&R&9&P / &N")


def _columns(b: Builder, sheet: Worksheet) -> None:
    """The look of each whole column: rows that Excel adds to the table take it over."""
    columns = contract.ACTIONS.columns
    for c, column in enumerate(columns):
        hidden = {"hidden": column.id == "key"}
        sheet.set_column(c, c, column.width, _look(b, column.id, listed=False), hidden)
    sheet.set_column("L:L", 10, None, {"hidden": True})
    for row in range(_HEADER):
        for c in range(len(columns)):
            sheet.write_blank(row, c, None, b.f())


def _table(b: Builder, sheet: Worksheet) -> None:
    looks = [_look(b, column.id) for column in contract.ACTIONS.columns]
    sheet.write_blank(0, 0, None, b.f(bold=True, font_size=16, font_color=BAND))
    sheet.write_blank(1, 0, None, b.f(italic=True, font_color=QUIET))
    add_table(b, sheet, contract.ACTIONS, _HEADER, 1, looks, autofilter=True)
    for c, look in enumerate(looks):
        sheet.write_blank(_HEADER + 1, c, None, look)


def _look(b: Builder, id: str, listed: bool = True) -> Format:
    """The look of a column; of its cells in the list, with a rule below and the fill of what people type."""
    style: dict[str, Any] = {
        "text_wrap": True,
        "valign": "vcenter",
        "font_size": 10,
        "locked": False,
    }
    if listed:
        style |= {"bottom": 1, "bottom_color": RULE}
        style |= {"bg_color": INPUT_FILL} if id in _TYPED else {}
    if id in ("due", "first"):
        style |= {"num_format": DAY, "align": "left"}
    if id in ("priority", "action", "kpi"):
        style["bold"] = True
    if id in _TYPED:
        style["font_color"] = INPUT_INK
    if id == "key":
        style |= {"text_wrap": False, "font_color": FAINT}
    return b.f(**style)


def _at(id: str) -> int:
    return [column.id for column in contract.ACTIONS.columns].index(id)


def _lists(b: Builder, sheet: Worksheet) -> None:
    """What state and date accept, and the help beside them."""
    states = [b.t(text) for text in choices.ACTION_STATES.values()]
    for id, rule, message in (
        ("state", pick(states), _STATE),
        ("due", {**DATE, "error_type": "information"}, _DUE),
    ):
        help = described(b, contract.ACTIONS.column(id).label, message)
        first, at = _HEADER + 1, _at(id)
        sheet.data_validation(first, at, _ROWS, at, {**rule, **help})


def _strike_closed(b: Builder, sheet: Worksheet) -> None:
    """What is done or dropped; LibreOffice shows one rule a cell, so this one comes first."""
    closed = '",$H5="'.join(b.t(choices.ACTION_STATES[id]) for id in ("done", "dropped"))
    rule = {
        "type": "formula",
        "criteria": f'=OR($H5="{closed}")',
        "format": b.rule_format(font_color=WATCH.bar, font_strikeout=True),
    }
    sheet.conditional_format(_HEADER + 1, 1, _ROWS, len(contract.ACTIONS.columns) - 1, rule)


def _colour_priorities(b: Builder, sheet: Worksheet) -> None:
    """The priority in the colour of what is missed or to watch, by the sign in front of it."""
    signs = dict(zip(("missed", "watch"), BAND_SIGNS.values(), strict=False))
    for name, status, colours in palette.verdicts():
        if status in signs:
            look = b.rule_format(bg_color=colours.fill, font_color=colours.text)
            criteria = f'=AND(LEFT($A5,3)="{signs[status]}",$L$1="{name}")'
            rule = {"type": "formula", "criteria": criteria, "format": look}
            sheet.conditional_format(_HEADER + 1, 0, _ROWS, 0, rule)
