"""The ribbon's Import writes what `xlkpi import` writes, into the workbook that is open."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from xlkpi.excel import contract, held
from xlkpi.excel.fileimport import import_files
from xlkpi.excel.openbook import OpenCells
from xlkpi.excel.package import Package
from xlkpi.excel.read import Workbook
from xlkpi.excel.ribbon import press

SAMPLES = Path(__file__).parents[1] / "intake" / "exports" / "samples"


def posts_of(book: Workbook) -> dict[str, list[object]]:
    found = held.existing(book)
    return {"row": list(found.rows), **{id: list(values) for id, values in found.columns.items()}}


def in_file(path: Path) -> dict[str, list[object]]:
    with Package(path) as package:
        return posts_of(Workbook(package))


@pytest.mark.parametrize("export", ["instagram_content_en.csv", "youtube_table_fr_narrow_spaces.csv", "x_content_en.csv"])
def test_the_button_writes_what_the_command_line_writes(app, sample, opened, tmp_path, export, language):
    path = sample()
    closed = Path(shutil.copy(path, tmp_path / "closed.xlsx"))
    import_files([SAMPLES / export], closed, datetime.now())
    before = in_file(path)
    book = opened(path)
    press("import", str(SAMPLES / export), language)
    assert not [text for text, _ in app.impl.alerts if "[XK4" in text], app.impl.alerts
    after = posts_of(Workbook(OpenCells(book)))
    there = in_file(closed)
    assert after.keys() == there.keys()
    for id, values in there.items():
        assert after[id] == values, id
    assert len(after["row"]) > len(before["row"])
    grid = Workbook(OpenCells(book)).grid(contract.POSTS)
    computed = book.sheets[grid.sheet.name].range((after["row"][-1], grid.columns["roi"] + 1)).formula
    assert computed.startswith("="), "the computed columns follow"
    assert app.status_bar is False


def test_the_same_export_again_changes_nothing(app, sample, opened):
    book = opened(sample())
    press("import", str(SAMPLES / "instagram_content_en.csv"), "en")
    once = posts_of(Workbook(OpenCells(book)))
    press("import", str(SAMPLES / "instagram_content_en.csv"), "en")
    assert posts_of(Workbook(OpenCells(book))) == once
    assert "0 posts added, 0 updated" in app.impl.alerts[-1][0]


def test_a_file_that_is_no_export_ends_in_a_sentence(app, sample, opened, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 hello")
    book = opened(sample())
    before = posts_of(Workbook(OpenCells(book)))
    press("import", str(letter), "fr")
    assert "PDF" in app.impl.alerts[-1][0]
    assert posts_of(Workbook(OpenCells(book))) == before
