"""The colours of a verdict: the same in workbook, report and deck, and readable by every eye."""

from __future__ import annotations

import re

import pytest

from xlkpi.core.variance import Status
from xlkpi.excel.workbook import choices, palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_palettes_are_those_that_the_setting_offers():
    assert list(palette.VERDICTS) == list(choices.PALETTES)


def test_every_verdict_has_its_colours_in_each_palette():
    verdicts = {Status.MET.value, Status.WATCH.value, Status.MISSED.value}
    assert all(set(colours) == verdicts for colours in palette.VERDICTS.values())


@pytest.mark.parametrize(("name", "status", "colours"), list(palette.verdicts()))
def test_text_on_a_verdict_can_be_read(name, status, colours):
    """4.5:1 is what WCAG asks for text."""
    assert contrast(colours.fill, colours.text) >= 4.5
    assert all(re.fullmatch("[0-9A-F]{6}", colour) for colour in colours)
