"""The colours of workbook, report and deck, as RRGGBB: sheets, slides and charts take theirs from here.

Verdicts have two palettes.  Blue and orange is the default: its pairs were measured for colour-blind readers
(deuteranopia ΔE 27 for the fills, 108 for the bars); Excel's own green and red are 5 apart there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class VerdictColours(NamedTuple):
    """Fill of a cell, colour of the text on it, and colour of a bar."""

    fill: str
    text: str
    bar: str


# -- the theme --------------------------------------------------------------------------------------

#: Text and paper, the dark band at the head of a page, thin rules, the ground of headers.
INK, PAPER, BAND, RULE, SOFT = "1F2A37", "FFFFFF", "16324F", "D5DCE4", "F3F6F9"
#: Remarks beside the figures, and data that only charts and macros read.
QUIET, FAINT = "5B6876", "9AA5B1"
#: What a person types, and what a formula shows.
INPUT_FILL, INPUT_INK, COMPUTED_INK = "FFF9E8", "3F3F76", "4A5568"
LINK_INK, INPUT_TAB = "0B5CAD", "E0A100"
#: A cell that Checks points at: violet on the cream of input cells (deuteranopia ΔE 35, protanopia 37), with a
#: border for those who see no colour.
MARK_FILL, MARK_INK, MARK_BORDER = "D3BFF0", "3D1E6D", "6B3FA0"
#: Two blues beside the ones of the verdicts: a second series, a pale one.
LIGHT_BLUE, PALE_BLUE = "56B4E9", "B7CFE2"

# -- verdicts ---------------------------------------------------------------------------------------

MET = VerdictColours("CFE8F7", "004B76", "0072B2")
WATCH = VerdictColours("EDEDED", "404040", "7A8794")
MISSED = VerdictColours("FCE0C8", "8A3B00", "D55E00")
#: Palette (an id of the setting) → status id → its colours.
VERDICTS: dict[str, dict[str, VerdictColours]] = {
    "blue_orange": {"met": MET, "watch": WATCH, "missed": MISSED},
    "green_red": {
        "met": VerdictColours("C6EFCE", "006100", "2E7D32"),
        "watch": VerdictColours("FFEB9C", "9C5700", "BF9000"),
        "missed": VerdictColours("FFC7CE", "9C0006", "C00000"),
    },
}


def verdict(palette: str, status: str) -> VerdictColours:
    """The colours of a status; grey for one that is no verdict, and the default palette for an unknown one.

    >>> verdict("green_red", "met").fill
    'C6EFCE'
    >>> verdict("blue_orange", "unknown") == WATCH
    True
    """
    return VERDICTS.get(palette, VERDICTS["blue_orange"]).get(status, WATCH)


def verdicts() -> Iterator[tuple[str, str, VerdictColours]]:
    """Palette, status id and colours, one after the other: a conditional format each."""
    for palette, statuses in VERDICTS.items():
        for status, colours in statuses.items():
            yield palette, status, colours
