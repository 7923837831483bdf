"""How the Actions sheet looks: a table that people work in, so its rows grow and nothing is locked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.insight.phrases import BAND_SIGNS
from xlkpi.core.texts import Text
from xlkpi.excel.template import build as look
from xlkpi.excel.template.parts import QUIET, initial, palettes
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.layout import ACTIONS_BLOCKS

if TYPE_CHECKING:
    from xlkpi.excel.template.build import _Builder

_ROWS = 1_000  # that carry lists and colours; more actions than these are no plan
_TYPED = ("owner", "due", "state")  # what a person fills in, in the look of every input cell


def draw_actions(b: _Builder, sheet: Worksheet) -> None:
    spec = contract.ACTIONS
    bodies = [_body(b, column.id) for column in spec.columns]
    for c, column in enumerate(spec.columns):
        # The look of the whole column: rows that Excel adds to the table take it over.
        sheet.set_column(
            c, c, column.width, _body(b, column.id, listed=False), {"hidden": column.id == "key"}
        )
    sheet.set_column("L:L", 10, None, {"hidden": True})
    for row in range(3):
        for c in range(len(spec.columns)):
            sheet.write_blank(row, c, None, b.f())
    sheet.write_blank(0, 0, None, b.f(bold=True, font_size=16, font_color=look.BAND))
    sheet.write_blank(1, 0, None, b.f(italic=True, font_color=QUIET))
    sheet.add_table(
        3,
        0,
        4,
        len(spec.columns) - 1,
        {
            "name": b.table_name(spec),
            "style": None,
            "autofilter": True,
            "columns": [
                {"header": b.t(c.label), "header_format": b.header(), "format": body}
                for c, body in zip(spec.columns, bodies, strict=True)
            ],
        },
    )
    for c, body in enumerate(bodies):
        sheet.write_blank(4, c, None, body)
    sheet.set_row(0, 26)
    sheet.set_row(3, 22)
    sheet.set_row(4, 30)  # two lines of text; the rows below follow it
    _rules(b, sheet)
    for name, ref in ACTIONS_BLOCKS.items():
        b.block_name(name, spec, ref)
    initial(b, sheet, ACTIONS_BLOCKS)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_margins(0.3, 0.3, 0.35, 0.5)
    sheet.set_footer("&L&9&A&R&9&P / &N")


def _body(b: _Builder, id: str, listed: bool = True) -> Any:
    """The look of a column; of its cells in the list, with a rule below and the fill of what people type."""
    style: dict[str, Any] = {
        "text_wrap": True,
        "valign": "vcenter",
        "font_size": 10,
        "locked": False,
    }
    if listed:
        style |= {
            "bottom": 1,
            "bottom_color": look.RULE,
            **({"bg_color": look.INPUT_FILL} if id in _TYPED else {}),
        }
    if id in ("due", "first"):
        style |= {"num_format": "dd/mm/yyyy", "align": "left"}
    if id in ("priority", "action", "kpi"):
        style["bold"] = True
    if id in _TYPED:
        style["font_color"] = look.INPUT_INK
    if id == "key":
        style |= {"text_wrap": False, "font_color": "9AA5B1"}
    return b.f(**style)


def _rules(b: _Builder, sheet: Worksheet) -> None:
    spec = contract.ACTIONS
    at = {column.id: i for i, column in enumerate(spec.columns)}
    states = [b.t(text) for text in contract.ACTION_STATES.values()]
    sheet.data_validation(
        4,
        at["state"],
        _ROWS,
        at["state"],
        {
            **b.pick(states),
            "input_title": b.t(spec.column("state").label),
            "input_message": b.t(
                Text(
                    "Where the action stands; done and dropped ones go to the end at the next report.",
                    "Où en est l’action ; faites et abandonnées passent à la fin au prochain rapport.",
                )
            ),
        },
    )
    sheet.data_validation(
        4,
        at["due"],
        _ROWS,
        at["due"],
        {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_type": "information",
            "input_title": b.t(spec.column("due").label),
            "input_message": b.t(Text("When it is to be done.", "Pour quand.")),
        },
    )
    closed = '",$H5="'.join(b.t(contract.ACTION_STATES[id]) for id in ("done", "dropped"))
    sheet.conditional_format(
        4,
        1,
        _ROWS,
        len(spec.columns) - 1,
        {  # LibreOffice shows one rule a cell
            "type": "formula",
            "criteria": f'=OR($H5="{closed}")',
            "format": b.book.add_format({"font_color": "7A8794", "font_strikeout": True}),
        },
    )
    signs = dict(zip(("missed", "watch"), BAND_SIGNS.values(), strict=False))
    for palette, status, fill, ink in palettes():
        if status in signs:
            sheet.conditional_format(
                4,
                0,
                _ROWS,
                0,
                {
                    "type": "formula",
                    "criteria": f'=AND(LEFT($A5,3)="{signs[status]}",$L$1="{palette}")',
                    "format": b.book.add_format({"bg_color": fill, "font_color": ink}),
                },
            )
