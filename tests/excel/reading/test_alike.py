"""Rows left out for one reason: one line on the terminal and on Checks, every cell in the JSON."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.helpers.books import POSTS, posts_of, tiny
from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text

CAMPAIGNS = [
    {"Campaign": "Spring"},
    {"Campaign": "Autumn"},
]  # two: a post without campaign belongs to neither
TOTAL = {"Post ID": "Total", "Reach": 4500}
REMARK = {"Post ID": "Source: the agency"}
NAMELESS = {**POSTS[0], "Campaign": None}


@pytest.fixture
def crowded(tmp_path):
    """3 posts, then 300 times a total under two posts without campaign, then four remarks and one total of another name."""
    rows = [
        row
        for n in range(300)
        for row in ({**NAMELESS, "Post ID": f"a{n}"}, {**NAMELESS, "Post ID": f"b{n}"}, TOTAL)
    ]
    return tiny(tmp_path / "book.xlsx", [*POSTS, *rows, *[REMARK] * 4], Campaigns=CAMPAIGNS)


def test_each_reason_is_one_line_with_its_count_and_first_cells(run, crowded, language):
    said = run("check", crowded, language=language)
    lines = [line for line in said.err.splitlines() if "XK306" in line]
    assert len(lines) == 3, said.err
    for count, cells in (
        ("300", "A7, A10, A13, A16, A19 …"),
        ("600", "C5:C6, C8:C9"),
        ("4", "A905:A908"),
    ):
        word = "lignes\u00a0:" if language == "fr" else "rows:"
        assert any(f"({count} {word} {cells}" in line for line in lines), lines


def test_the_checks_sheet_has_the_same_lines_linked_and_its_cells_are_marked(
    tmp_path, run, crowded, language
):
    run("report", crowded, "-o", tmp_path / "out.xlsx", "--lang", language)
    sheet = load_workbook(tmp_path / "out.xlsx")["Contrôles" if language == "fr" else "Checks"]
    rows = [row for row in sheet.iter_rows(max_col=7) if row[0].value == "XK306"]
    assert len(rows) == 3
    assert all(row[2].hyperlink for row in rows)
    marked = {row[0] for row in sheet.iter_rows(min_col=9, max_col=9, values_only=True)}
    assert {
        "posts!A7",
        "posts!A10",
        "posts!C5",
        "posts!C6",
        "posts!C8",
        "posts!A905",
        "posts!A908",
    } <= marked


def test_json_names_every_row(run, crowded):
    found = [f for f in run("check", crowded, "--json").json["findings"] if f["code"] == "XK306"]
    assert sum(f["count"] for f in found) == 904
    cells = [cell for f in found for ranges in f["cells"] for cell in expanded(ranges)]
    assert len(cells) == len(set(cells)) == 904
    assert {f"A{row}" for row in range(7, 905, 3)} < set(cells)


def expanded(cells: str) -> list[str]:
    first, _, last = cells.partition(":")
    return [f"{first[0]}{row}" for row in range(int(first[1:]), int((last or first)[1:]) + 1)]


def test_up_to_three_alike_are_told_one_by_one(tmp_path):
    _, found = posts_of(tiny(tmp_path / "book.xlsx", [*POSTS, *[TOTAL] * 3], tables=False))
    assert [(f.code, f.cell, f.count) for f in found] == [
        ("XK306", "A5", 1),
        ("XK306", "A6", 1),
        ("XK306", "A7", 1),
    ]
    _, found = posts_of(tiny(tmp_path / "book.xlsx", [*POSTS, *[TOTAL] * 4], tables=False))
    assert [(f.code, f.cell, f.cells, f.value) for f in found] == [
        ("XK306", "A5", ("A5:A8",), "Total")
    ]


def test_differing_words_are_not_quoted_as_if_they_were_one(tmp_path):
    totals = [{**TOTAL, "Post ID": word} for word in ("Total", "Totaux", "Grand total", "TOTAL")]
    _, found = posts_of(tiny(tmp_path / "book.xlsx", [*POSTS, *totals], tables=False))
    assert [(f.value, f.header, f.count) for f in found] == [("", "Post ID", 4)]


@pytest.mark.parametrize(
    ("cells", "most", "wanted"),
    [
        ((), 5, ["B2"]),
        (("B2:B4", "D9"), 50, ["B2", "B3", "B4", "D9"]),
        (("B2:B900000",), 3, ["B2", "B3", "B4"]),
        (("AB10", "AB12:AB13", "AB15"), 3, ["AB10", "AB12", "AB13"]),
    ],
)
def test_a_finding_knows_its_first_cells(cells, most, wanted):
    finding = Finding(codes.POST_LEFT_OUT, Text("a", "a"), cell="B2", cells=cells)
    assert finding.addresses(most) == wanted
