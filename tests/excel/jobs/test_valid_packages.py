"""What we write is valid Office Open XML by an independent validator, because Excel repairs or refuses what is not."""

from __future__ import annotations

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.helpers import books
from xlkpi.excel.template.build import build


def problems(path) -> list[str]:
    found = OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path))
    return [str(error) for error in found.errors]


def test_the_empty_template_is_valid(tmp_path, language):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(build(language))
    assert problems(path) == []


@pytest.mark.parametrize(
    "more", [[], ["--period", "2025-11..2026-05"]], ids=["one page", "second block of KPIs"]
)
def test_a_filled_report_is_valid(tmp_path, run, sample, more):
    out = tmp_path / "out.xlsx"
    run("report", sample(), "-o", out, *more)
    assert problems(out) == []


def test_a_report_added_to_a_foreign_workbook_is_valid(tmp_path, run):
    out = tmp_path / "out.xlsx"
    assert run("report", books.tiny(tmp_path / "book.xlsx"), "-o", out).code == 0
    assert problems(out) == []
