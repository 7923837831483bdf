"""The workbooks in examples/ are those that the program makes, with their reports filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.jobs.report import Request, read_report
from xlkpi.excel.samples.campaigns import SAMPLES, usual
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract

FOLDER = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_gives_the_figures_of_a_fresh_one(tmp_path, language):
    """Whoever changes the samples runs examples/render.py in the same commit."""
    name = usual(language)
    fresh = tmp_path / "fresh.xlsx"
    fresh.write_bytes(build(language, SAMPLES[name](language)))
    shipped, made = (
        read_report(path, Request(), TODAY)[0]
        for path in (FOLDER / f"{name}_{language}.xlsx", fresh)
    )
    assert [(k.kpi.id, k.target, k.actual) for k in shipped.kpis] == [
        (k.kpi.id, k.target, k.actual) for k in made.kpis
    ]
    assert shipped.balance == made.balance


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_holds_its_report_and_stays_small(language):
    path = FOLDER / f"{usual(language)}_{language}.xlsx"
    sheet = openpyxl.load_workbook(path, read_only=True)[contract.REPORT.label.in_(language)]
    said = {
        cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)
    }
    assert {"en": "Summer miles", "fr": "Matins d’avoine"}[language] in said
    assert path.stat().st_size < 400_000
