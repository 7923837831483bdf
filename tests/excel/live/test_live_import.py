"""The ribbon's Import writes what `xlkpi import` writes, into the workbook that is open."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.excel.live import calc
from tests.helpers.books import POSTS, Formula, edit, parts_of, tiny
from xlkpi.excel.jobs.imports import import_files
from xlkpi.excel.live import posts as liveposts
from xlkpi.excel.live.book import OpenCells
from xlkpi.excel.posts.existing import existing
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.ribbon import press
from xlkpi.excel.workbook import contract
from xlkpi.ooxml.package import Package

SAMPLES = Path(__file__).parents[2] / "intake" / "exports" / "samples"


def posts_of(book: Workbook) -> dict[str, list[object]]:
    found = existing(book)
    return {"row": list(found.rows), **{id: list(values) for id, values in found.columns.items()}}


def in_file(path: Path) -> dict[str, list[object]]:
    with Package(path) as package:
        return posts_of(Workbook(package))


@pytest.mark.parametrize(
    "export", ["instagram_content_en.csv", "youtube_table_fr_narrow_spaces.csv", "x_content_en.csv"]
)
def test_the_button_writes_what_the_command_line_writes(
    app, sample, opened, tmp_path, export, language
):
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
    computed = (
        book.sheets[grid.sheet.name].range((after["row"][-1], grid.columns["roi"] + 1)).formula
    )
    assert computed.startswith("="), "the computed columns follow"
    assert app.status_bar is False


def with_totals(path: Path, kind: str) -> Path:
    """Three posts and a total: the table's own totals row, one typed into the table, one after a blank row of it."""
    blank = [{}] if kind == "after a blank row" else []
    own = 5 + len(blank)
    total = {
        "Post ID": "Total",
        "Reach": Formula("=SUM(G2:G4)", 4500),
        "Impressions": Formula("=SUM(H2:H4)", 6100),
        "Likes": Formula(f"=H{own}/G{own}", 6100 / 4500),
    }
    tiny(path, [*POSTS, *blank, total])
    if kind == "its own":
        table = next(
            n for n, d in parts_of(path).items() if n.startswith("xl/tables/") and b'"Posts"' in d
        )
        edit(
            path,
            {
                table: lambda d: d.replace(b'totalsRowShown="0"', b'totalsRowCount="1"').replace(
                    b'autoFilter ref="A1:O5"', b'autoFilter ref="A1:O4"'
                )
            },
        )
    return path


@pytest.mark.parametrize("kind", ["its own", "typed", "after a blank row"])
def test_a_totals_row_moves_down_as_in_a_closed_file(app, opened, tmp_path, kind):
    path = with_totals(tmp_path / "open.xlsx", kind)
    closed = Path(shutil.copy(path, tmp_path / "closed.xlsx"))
    import_files([SAMPLES / "instagram_content_en.csv"], closed, datetime.now())
    book = opened(path)
    press("import", str(SAMPLES / "instagram_content_en.csv"), "en")
    assert not [text for text, _ in app.impl.alerts if "[XK373" in text or "[XK4" in text], (
        app.impl.alerts
    )
    assert posts_of(Workbook(OpenCells(book))) == in_file(closed)
    here, there = calc.page(book, "Posts"), calc.page(opened(closed), "Posts")
    total = max(row for row, _ in there)
    assert {at: value for at, value in here.items() if at[0] < total} == {
        at: value for at, value in there.items() if at[0] < total
    }
    assert (here[total, 1], there[total, 1]) == ("Total", "Total")
    assert here[total, 7] == sum(
        value for (row, column), value in here.items() if column == 7 and 1 < row < total
    )
    grid = book.sheets["Posts"]
    assert grid.range((total, 8)).formula == f"=SUM(H2:H{total - 1})"
    assert grid.range((total, 9)).formula == f"=H{total}/G{total}"
    assert grid.tables[0].range.last_cell.row == total


def test_a_refused_write_leaves_the_totals_row_where_it_was(app, opened, tmp_path, monkeypatch):
    book = opened(with_totals(tmp_path / "open.xlsx", "its own"))
    before, ends = calc.page(book, "Posts"), calc.table_ends(book)
    monkeypatch.setattr(liveposts, "_put", refuse_to_write)
    press("import", str(SAMPLES / "instagram_content_en.csv"), "en")
    assert "[XK4" in app.impl.alerts[-1][0]
    after = calc.page(book, "Posts")
    assert {
        at: (before.get(at), after.get(at))
        for at in {*before, *after}
        if before.get(at) != after.get(at)
    } == {}
    assert calc.table_ends(book) == ends
    assert book.sheets["Posts"].range("H5").formula == "=SUM(H2:H4)"


def refuse_to_write(*_: object) -> None:
    raise OSError("the application refuses")


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
