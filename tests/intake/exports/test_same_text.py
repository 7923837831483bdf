"""A figure is read alike whether it is typed into the workbook or imported, and a count is a whole number."""

from __future__ import annotations

import math

import pytest

from tests.helpers.books import POSTS, posts_of, tiny
from tests.intake.cells.test_spellings import BLANKS, BY_LANGUAGE, REFUSED, SAME_IN_BOTH
from tests.intake.exports.made_files import codes_of, read, sheet, written
from xlkpi.core.texts import LANGUAGES, Language

SPELLINGS = [*SAME_IN_BOTH, *BY_LANGUAGE, *BLANKS, *REFUSED]


def imported(folder, text: str, column: str) -> float | None:
    """The figure of a file that holds nothing but this post; None for what is none."""
    quoted = text.replace('"', '""')
    path = written(folder, f'Post ID;Network;{column}\np1;Instagram;"{quoted}"\n')
    figures = read(path).columns.get(column.casefold())
    return figures[0] if figures else None


@pytest.mark.parametrize("column", ["Likes", "Revenue"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spelling_is_read_alike_by_import_and_workbook(tmp_path, language: Language, column):
    rows = [
        {**POSTS[0], "Post ID": f"p{n}", column: text} for n, text in enumerate(SPELLINGS) if text
    ]
    settings = [{"Setting": "Currency", "Value": "EUR"}]
    book = tiny(tmp_path / "book.xlsx", rows, Settings=settings)
    frame, _ = posts_of(book)
    typed = dict(zip(frame["post_id"], frame[column.casefold()].tolist(), strict=True))
    differ = {}
    for n, text in enumerate(SPELLINGS):
        here, there = typed.get(f"p{n}", math.nan), imported(tmp_path, text, column)
        if (None if math.isnan(here) else here) != there and not ("\r" in text or "\n" in text):
            differ[text] = here, there
    assert not differ


# -- counts -----------------------------------------------------------------------------------------

GROUPED = {
    "a rounded figure beside three decimals": (["1.2K", "8.500"], [1200, 8500]),
    "a rounded figure with a comma": (["9,9K", "12,345"], [9900, 12345]),
    "millions": (["1.1M", "12.345", "7"], [1.1e6, 12345, 7]),
    "both marks": (["1.234", "1,234"], [1234, 1234]),
    "one cell alone": (["3.141"], [3141]),
    "beside a decimal that does not belong there": (["12,5", "8.500", "8,500"], [12.5, 8500, 8500]),
    "groups of three": (["1.234.567", "8.500"], [1234567, 8500]),
}


@pytest.mark.parametrize("name", GROUPED)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_three_digits_after_a_mark_are_thousands_of_a_count(tmp_path, name, kind):
    texts, values = GROUPED[name]
    rows = [[f"p{n}", "Instagram", text] for n, text in enumerate(texts)]
    header = ["Post ID", "Network", "Reach"]
    if kind == "xlsx":
        path = sheet(tmp_path, [header, *rows])
    else:
        path = written(tmp_path, "\n".join(";".join(row) for row in [header, *rows]) + "\n")
    assert list(read(path).columns["reach"]) == values


@pytest.mark.parametrize(
    ("text", "shown"), [("12,5", "12.5"), ("0.034", "0.034"), ("1.23456K", "1234.56")]
)
def test_a_count_that_is_no_whole_number_is_told(tmp_path, text, shown):
    path = written(
        tmp_path, f"Post ID;Network;Views;Likes\np0;X;10;5\np1;X;{text};5\np2;X;{text};6\n"
    )
    export = read(path)
    [finding] = export.findings
    assert (finding.code, finding.cell, finding.count) == ("XK146", "C3", 2)
    assert finding.cells == ("C3", "C4")
    assert f"read as {shown}" in finding.message("en")
    assert f"lu {shown.replace('.', ',')}" in finding.message("fr")


def test_a_count_of_a_workbook_that_is_no_whole_number_is_told(tmp_path):
    path = sheet(tmp_path, [["Post ID", "Network", "Views"], ["p1", "X", 12.5], ["p2", "X", 3.0]])
    assert codes_of(read(path)) == ["XK146"]


def test_amounts_seconds_and_scores_may_have_decimals(tmp_path):
    text = "Post ID;Network;Revenue;Cost;Content score\np1;X;12,50;1.234,5;4,5\n"
    export = read(written(tmp_path, text))
    assert codes_of(export) == []
    assert [export.columns[id][0] for id in ("revenue", "cost", "content_score")] == [
        12.5,
        1234.5,
        4.5,
    ]


def test_a_count_below_0_is_left_out_as_in_the_workbook(tmp_path):
    export = read(written(tmp_path, "Post ID;Network;Views;Likes\np1;X;-5;(3)\np2;X;7;2\n"))
    assert list(export.columns["views"]) == [None, 7]
    assert codes_of(export) == ["XK335", "XK335"]
