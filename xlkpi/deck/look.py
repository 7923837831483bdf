"""Colours of verdicts on slides, by the palette chosen in the workbook; everything else takes the template's own."""

from __future__ import annotations

from pptx.dml.color import RGBColor

from xlkpi.core.campaign import Settings
from xlkpi.core.variance import Status
from xlkpi.excel.workbook import palette
from xlkpi.excel.workbook.palette import VerdictColours


def ink(status: Status, settings: Settings) -> VerdictColours:
    """Fill, letters and bar of a verdict."""
    return palette.verdict(settings.palette, status.value)


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]
