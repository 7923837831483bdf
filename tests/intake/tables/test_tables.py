"""Tables are read from whatever people send; no figure ever lands under another header without being told."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.scorecard.scorecard import times
from xlkpi.core.findings import MAX_LISTED, Refused, Severity
from xlkpi.files.kinds import FileKind
from xlkpi.intake.tables import contents
from xlkpi.intake.tables.table import SourceTable
from xlkpi.ooxml import formats
from xlkpi.ooxml import received as sheets
from xlkpi.ooxml.cells import column_letters

HEADER = "Post ID,Account,Publish time,Views,Likes"
ROWS = ["1001,léa,2026-03-01,10,1", "1002,léa,2026-03-02,20,2", "1003,zoé,2026-03-03,30,3"]


def text_tables(text: str | bytes, name: str = "t.csv") -> list[SourceTable]:
    data = text if isinstance(text, bytes) else text.encode()
    return contents.of_bytes(data, name, FileKind.TEXT)


def one(text: str | bytes) -> SourceTable:
    [table] = text_tables(text)
    return table


def read_or_refused(read: Callable[[], list[SourceTable]]) -> tuple[list[SourceTable], list[str]]:
    """What was read, or the codes of the refusal."""
    try:
        return read(), []
    except Refused as refused:
        return [], [f.code for f in refused.findings]


def lines(*rows: str, end: str = "\r\n") -> str:
    return end.join(rows) + end


PLAIN = lines(HEADER, *ROWS)
READ = [
    ["1001", "1002", "1003"],
    ["léa", "léa", "zoé"],
    ["2026-03-01", "2026-03-02", "2026-03-03"],
    ["10", "20", "30"],
    ["1", "2", "3"],
]


# -- encoding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_the_encoding_is_found_by_evidence(codec: str):
    assert one(PLAIN.encode(codec)).columns == READ


def test_a_mark_of_big_endian_is_understood():
    assert one(b"\xfe\xff" + PLAIN.encode("utf-16-be")).columns == READ


def test_cyrillic_code_pages_are_told_from_western_ones():
    text = lines("Post ID;Автор;Просмотры", "1;Мария Иванова;10", "2;Анна;20")
    table = one(text.encode("cp1251"))
    assert table.header == ("Post ID", "Автор", "Просмотры")
    assert table.columns[1] == ["Мария Иванова", "Анна"]
    assert table.facts[0].en == "encoding Windows-1251"


def test_typographic_apostrophes_of_windows_are_kept():
    assert one(lines("ID;Mentions J’aime", "1;2").encode("cp1252")).header == (
        "ID",
        "Mentions J’aime",
    )


def test_a_few_broken_bytes_in_utf8_do_not_turn_it_into_something_else():
    data = (
        lines(HEADER, *["1001,léa 🎉 à Évry,2026-03-01,10,1"] * 60)
        .encode()
        .replace(b"\xf0\x9f\x8e\x89", b"\xf0\x9f", 1)
    )
    table = one(data)
    assert table.columns[1][1] == "léa 🎉 à Évry"
    assert [f.code for f in table.findings] == ["XK367"]


def test_accents_saved_in_the_wrong_encoding_are_put_right():
    broken = lines("Identifiant;Durée (s);Vues", "1;2;« été »").encode().decode("cp1252").encode()
    table = one(broken)
    assert table.header == ("Identifiant", "Durée (s)", "Vues")
    assert table.columns[2] == ["« été »"]
    assert [(f.code, f.severity) for f in table.findings] == [("XK343", Severity.INFO)]


def test_empty_characters_are_dropped_and_told():
    table = one(PLAIN.replace("1001", "10\x0001"))
    assert table.columns == READ
    assert [f.code for f in table.findings] == ["XK343"]


# -- delimiter, quotes ------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_delimiter_is_found_by_evidence(delimiter: str, end: str):
    assert one(lines(HEADER, *ROWS, end=end).replace(",", delimiter)).columns == READ


def test_decimal_commas_do_not_pass_for_delimiters():
    text = lines("Post ID;Vues;Portée;Temps", "1;1,5;2,5;3,5", "2;2,5;3,5;4,5", "3;2,5;3,5;4,5")
    assert one(text).columns[1] == ["1,5", "2,5", "2,5"]


def test_commas_within_captions_do_not_pass_for_delimiters():
    rows = [f'{i};"one, two, three, four, five";{i}' for i in range(30)]
    assert len(one(lines("Post ID;Caption;Views", *rows)).header) == 3


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;;;;;"])
def test_a_sep_line_names_the_delimiter_and_is_no_row(first: str):
    table = one(lines(first, *(line.replace(",", ";") for line in (HEADER, *ROWS))))
    assert table.columns == READ
    assert table.rows == [2, 3, 4]


def test_line_breaks_within_quotes_belong_to_the_caption():
    table = one(lines("Post ID,Caption,Views", '1,"one\ntwo, ""three""\n\nfour",10', "2,plain,20"))
    assert table.columns == [["1", "2"], ['one\ntwo, "three"\n\nfour', "plain"], ["10", "20"]]
    assert table.rows == [2, 3]


@pytest.mark.parametrize("tail", ["", ";;;;", ";;"])
def test_lines_that_are_one_quoted_cell_are_split_again(tail: str):
    rows = (HEADER, *ROWS[:2], '1003,"z, oé",2026-03-03,30,3')
    wrapped = [f'"{line.replace(chr(34), chr(34) * 2)}"{tail}' for line in rows]
    table = one(lines(*wrapped))
    assert table.columns == [READ[0], ["léa", "léa", "z, oé"], *READ[2:]]
    assert [f.code for f in table.findings] == ["XK344"]


def test_excel_wraps_only_the_lines_that_hold_quotes():
    table = one(lines(HEADER, ROWS[0], '"1002,""l, éa"",2026-03-02,20,2"', ROWS[2]))
    assert table.columns[1] == ["léa", "l, éa", "zoé"]


def test_quoted_cells_on_every_line_are_not_taken_for_wrapped_lines():
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(
        [HEADER.split(","), *(r.split(",") for r in ROWS)]
    )
    table = one(text.getvalue())
    assert table.columns == READ
    assert table.findings == ()


def test_a_quote_that_is_never_closed_costs_its_own_line_only():
    """Otherwise the next post's figures would land on this one."""
    table = one(
        lines(
            "Post ID,Caption,Views",
            '1,"never closed,10',
            '2,"closed",20',
            "3,plain,30",
            '4,"so ""what""",40',
        )
    )
    assert table.columns == [["2", "3", "4"], ["closed", "plain", 'so "what"'], ["20", "30", "40"]]
    assert table.rows == [3, 4, 5]
    assert [(f.code, f.cell, f.severity) for f in table.findings] == [
        ("XK342", "A2", Severity.EXCLUDED)
    ]
    assert table.excluded == 1


def test_a_stray_quote_costs_its_own_line_only():
    table = one(lines("Post ID,Caption,Views", '1,"She said "hi" to me",10', '2,"ok",20'))
    assert (table.columns[0], table.columns[2]) == (["2"], ["20"])
    assert [f.code for f in table.findings] == ["XK342"]


def test_an_inch_mark_in_the_middle_is_a_character():
    assert one(lines("Post ID,Caption,Views", '1,a 5" pipe,10', "2,b,20")).columns[1] == [
        'a 5" pipe',
        "b",
    ]


# -- ragged rows (R14) ------------------------------------------------------------------------------


def test_a_row_with_a_cell_too_many_is_left_out():
    table = one(lines(HEADER, ROWS[0], "1002,l,éa,2026-03-02,20,2", ROWS[2]))
    assert table.columns[3] == ["10", "30"]
    assert table.rows == [2, 4]
    assert [(f.code, f.cell) for f in table.findings] == [("XK340", "A3")]
    assert table.excluded == 1


def test_surplus_empty_cells_are_no_trouble():
    table = one(lines(HEADER, *(row + ",," for row in ROWS)))
    assert table.columns == READ
    assert table.findings == ()


def test_surplus_empty_cells_on_some_rows_are_told():
    """A separator too many and an empty last cell look the same."""
    table = one(lines(HEADER, ROWS[0], ROWS[1] + ",", ROWS[2]))
    assert table.columns == READ
    assert [(f.code, f.cell) for f in table.findings] == [("XK341", "A3")]


def test_a_separator_too_many_before_an_empty_cell_shifts_nothing():
    table = one(lines(HEADER, *ROWS, "1004,,zoé,2026-03-04,40,"))
    assert table.columns == READ
    assert [(f.code, f.cell) for f in table.findings] == [("XK340", "A5")]


def test_a_row_without_a_cell_in_the_middle_is_left_out():
    table = one(lines(HEADER, ROWS[0], "1002,2026-03-02,20,2", ROWS[2]))
    assert table.columns[3] == ["10", "30"]
    assert [(f.code, f.cell) for f in table.findings] == [("XK340", "A3")]


def test_a_row_that_lacks_empty_cells_at_its_end_is_filled_up_and_told():
    table = one(lines(HEADER + ",Note", ROWS[0] + ",ok", ROWS[1] + ",", ROWS[2]))
    assert table.columns[:5] == READ
    assert table.columns[5] == ["ok", "", ""]
    assert [(f.code, f.cell, f.severity) for f in table.findings] == [
        ("XK341", "A4", Severity.WARNING)
    ]


def test_a_row_that_lacks_figures_is_left_out():
    """Nothing says which of its figures are missing."""
    table = one(lines(HEADER, *ROWS, "1004,zoé,2026-03-04,40"))
    assert table.columns == READ
    assert [f.code for f in table.findings] == ["XK340"]


def test_a_line_that_a_line_break_cut_in_two_shifts_nothing():
    table = one(lines(HEADER, ROWS[0], "1002,l", "éa,2026-03-02,20,2", ROWS[2]))
    assert table.columns == [[column[0], column[2]] for column in READ]
    assert {f.cell for f in table.findings} == {"A3", "A4"}


@settings(max_examples=times(150, 40), deadline=None)
@given(st.data())
def test_a_ragged_row_never_shifts_columns_silently(data: st.DataObject):
    """Every cell says where it belongs; one that stands elsewhere must be in a row that is told."""
    width, height = data.draw(st.integers(3, 7)), data.draw(st.integers(1, 12))
    rows = [
        [f"c{c}r{r}" if data.draw(st.booleans()) or c == 0 else "" for c in range(width)]
        for r in range(height)
    ]
    for row in rows:
        for _ in range(data.draw(st.integers(0, 2))):
            if data.draw(st.booleans()) and len(row) > 1:
                del row[data.draw(st.integers(0, len(row) - 1))]
            else:
                row.insert(data.draw(st.integers(0, len(row))), "x")
    text = io.StringIO()
    csv.writer(text).writerows([[f"Name {c}" for c in range(width)], *rows])
    whole = {r for r, row in enumerate(rows, 2) if len(row) == width}
    whole |= {
        r for r, row in enumerate(rows, 2) if len({len(row) for row in rows}) == 1
    }  # every line alike
    for table in text_tables(text.getvalue()):
        told = {f.cell for f in table.findings}
        for c, column in enumerate(table.columns):
            for cell, row in zip(column, table.rows, strict=True):
                if str(cell).startswith("c"):
                    assert str(cell).startswith(f"c{c}r") or f"A{row}" in told or row in whole


_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_texts, min_size=4, max_size=4), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
)
def test_what_a_csv_writer_wrote_comes_back(rows: list[list[str]], delimiter: str):
    text = io.StringIO()
    body = [[f"{i}"] + [c.replace("\r", "") for c in row] for i, row in enumerate(rows)]
    csv.writer(text, delimiter=delimiter).writerows(
        [["Post ID", "One", "Two", "Three", "Four"], *body]
    )
    table = one(text.getvalue())
    assert [list(row) for row in zip(*table.columns, strict=True)] == body
    assert table.findings == ()


# -- headers, titles, stacked tables ----------------------------------------------------------------


def test_title_lines_above_the_header_are_passed_over():
    body = [line.replace(",", ";") for line in (HEADER, *ROWS)]
    table = one(lines("Posts of March;;;;", "Agency Été, 01/04/2026;;;;", "", *body))
    assert table.columns == READ
    assert table.rows == [5, 6, 7]
    assert table.title == ("Posts of March", "Agency Été, 01/04/2026")


def test_trailing_empty_columns_are_dropped():
    table = one(lines(HEADER + ",,,", *(row + ",,," for row in ROWS)))
    assert table.header == tuple(HEADER.split(","))
    assert table.columns == READ


def test_a_line_of_groups_tells_equal_names_apart():
    table = one(
        lines(
            ",,Organic,,Paid,", "Post ID,Date,Reach,Views,Reach,Views", "1,2026-03-01,10,20,30,40"
        )
    )
    assert table.header == (
        "Post ID",
        "Date",
        "Organic › Reach",
        "Organic › Views",
        "Paid › Reach",
        "Paid › Views",
    )


def test_a_line_of_groups_above_different_names_changes_nothing():
    table = one(lines("Post,,Figures,", "Post ID,Date,Reach,Views", "1,2026-03-01,10,20"))
    assert table.header == ("Post ID", "Date", "Reach", "Views")


def test_a_line_that_explains_the_header_is_no_row():
    table = one(
        lines(
            "Post ID,Posted,Reach,Views",
            "The id,The day,Lifetime: people,Lifetime: plays",
            "1,2026-03-01,10,20",
            "2,2026-03-02,30,40",
        )
    )
    assert table.header == ("Post ID", "Posted", "Reach", "Views")
    assert table.columns[2] == ["10", "30"]
    assert [(f.code, f.cell) for f in table.findings] == [("XK392", "A2")], (
        "it is said, should it be a post after all"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [
            "a1,Ana,,,Spring",
            "a2,Ben,10,20,Spring",
            "a3,Cid,30,40,Spring",
        ],  # the first post has no figures yet
        ["a1,Ana,Spring,,,", "a2,Ben,10,20,Spring", "a3,Cid,30,40,Spring"],  # and one cell too many
        [
            "a1,Ana,,,Spring",
            "a2,Ben,7,10,20,Spring",
            "a3,Cid,30,40,Spring",
        ],  # another row has slipped to the right
        ["a1,Ana,,,Spring", "a2,Ben,7,10,20"],
    ],
)
def test_a_first_post_without_figures_is_no_explanation(rows: list[str]):
    table = one(lines("Post ID,Influencer,Reach,Views,Campaign", *rows))
    told = {f.cell for f in table.findings}
    assert {f"A{n}" for n in range(2, len(rows) + 2)} <= {f"A{n}" for n in table.rows} | told
    assert len(table.rows) + table.excluded == len(rows)


def test_stacked_tables_are_several_tables():
    text = lines(
        "# ---",
        "# Traffic: by channel",
        "# Start date: 20260501",
        "Channel,Sessions",
        "Organic,600",
        "Direct,400",
        "",
        "# ---",
        "Date,Sessions",
        "20260501,10",
    )
    first, second = text_tables(text)
    assert (first.header, first.columns) == (
        ("Channel", "Sessions"),
        [["Organic", "Direct"], ["600", "400"]],
    )
    assert (second.header, second.columns, second.rows) == (
        ("Date", "Sessions"),
        [["20260501"], ["10"]],
        [10],
    )
    assert first.title[0] == "# ---"
    assert second.source == "t.csv (2)"


def test_stacked_blocks_with_titles_are_several_tables():
    text = lines(
        '"Age & gender"',
        '"","Women","Men"',
        '"18-24","12%","8%"',
        "",
        '"Top cities"',
        '"City","Share"',
        '"Lyon","12%"',
    )
    assert [t.header for t in text_tables(text)] == [("", "Women", "Men"), ("City", "Share")]


def test_a_blank_line_among_posts_is_counted_and_shifts_no_row_number():
    table = one(lines(HEADER, ROWS[0], "", ROWS[1], ",,,,", ROWS[2], "", ""))
    assert table.columns[0] == ["1001", "1002", "1003"]
    assert table.rows == [2, 4, 6]
    assert table.blank == 2


def test_a_column_named_with_a_hash_is_no_comment():
    assert one(lines("#,Post ID,Views", "1,1001,10")).header == ("#", "Post ID", "Views")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "just words, and more words\nno figures at all", "1,2,3\n4,5,6", "a"]
)
def test_text_without_a_header_is_no_table_or_one_without_figures(text: str):
    assert all(table.header for table in text_tables(text))


def test_a_file_without_a_table_is_refused(tmp_path: Path):
    path = tmp_path / "figures.csv"
    path.write_text("1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        contents.read(path)
    assert refused.value.findings[0].code == "XK133"


@pytest.mark.parametrize("count", range(25))
def test_no_text_is_too_strange_to_read_or_refuse(count: int, tmp_path: Path):
    """Bytes thrown at random, and a real file with bytes changed."""
    rng = random.Random(count)
    data = bytearray(PLAIN.encode() * 20) if count % 2 else bytearray(rng.randbytes(4000))
    for _ in range(60):
        data[rng.randrange(len(data))] = rng.choice(b'"\0\n\r,;\xff\xfe\xc3a')
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    found, codes = read_or_refused(lambda: contents.read(path))
    assert all({len(c) for c in table.columns} <= {len(table.rows)} for table in found)
    assert all(code.startswith("XK1") for code in codes)


# -- workbooks --------------------------------------------------------------------------------------


def book(fill: Callable[[Workbook], None]) -> bytes:
    workbook = Workbook()
    fill(workbook)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def sheet_tables(data: bytes) -> list[SourceTable]:
    return contents.of_bytes(data, "b.xlsx", FileKind.XLSX)


def written(write: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True, **options})
    write(workbook)
    workbook.close()
    return data.getvalue()


def _kinds_of_cells(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("All posts")
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    clock = workbook.add_format({"num_format": "h:mm:ss"})
    money = workbook.add_format({"num_format": '#,##0.00 "day€"'})
    sheet.write_row(0, 0, ["Post ID", "Date", "Length", "Cost", "Views", "Flag", "Likes"])
    sheet.write_row(1, 0, ["1"])
    sheet.write_datetime(1, 1, datetime(2026, 3, 4), day)
    sheet.write_number(1, 2, 90 / 86_400, clock)
    sheet.write_number(1, 3, 12.5, money)
    sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    sheet.write_boolean(1, 5, True)
    sheet.write_formula(1, 6, "=SUM(A1:A2)", None, "")


@pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}])
def test_cells_of_a_workbook_are_what_excel_shows(options: dict[str, object]):
    [table] = sheet_tables(written(_kinds_of_cells, **options))
    assert table.source == "b.xlsx › All posts"
    assert [c[0] for c in table.columns[:6]] == [
        "1",
        date(2026, 3, 4),
        "0:01:30",
        12.5,
        "#DIV/0!",
        True,
    ]


def test_a_formula_never_calculated_is_shown_as_a_formula():
    data = book(
        lambda b: [b.active.append(row) for row in (["Post ID", "Views"], ["1", "=SUM(1,2)"])]
    )
    assert sheet_tables(data)[0].columns[1] == ["=SUM(1,2)"]


def test_strict_workbooks_do_not_read_as_empty():
    data = written(_kinds_of_cells)
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            new.writestr(
                name,
                part.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            )
    assert sheet_tables(strict.getvalue())[0].columns[3] == [12.5]


def test_a_stray_cell_to_the_right_of_a_sheet_shifts_nothing():
    data = book(
        lambda b: [
            b.active.append(row)
            for row in (["Post ID", "Views"], ["1", 10], ["2", 20, None, None, "checked"], ["3"])
        ]
    )
    [table] = sheet_tables(data)
    assert table.columns == [["1", "2", "3"], [10, 20, None]]
    assert [(f.code, f.severity) for f in table.findings] == [("XK391", Severity.INFO)]


def test_hidden_rows_count_and_are_stated():
    def fill(b: Workbook) -> None:
        for row in (["Post ID", "Views"], ["1", 10], ["2", 20]):
            b.active.append(row)
        b.active.row_dimensions[3].hidden = True

    [table] = sheet_tables(book(fill))
    assert table.columns[1] == [10, 20]
    assert table.facts[0].en.endswith(": 1")


def test_blank_rows_part_stacked_tables_of_a_sheet():
    data = book(
        lambda b: [
            b.active.append(row)
            for row in (
                ["Notes of the agency"],
                [],
                ["Post ID", "Views"],
                ["1", 10],
                [],
                ["Country", "Share"],
                ["FR", 0.5],
            )
        ]
    )
    assert [(t.header, t.rows) for t in sheet_tables(data)] == [
        (("Post ID", "Views"), [4]),
        (("Country", "Share"), [7]),
    ]


def test_phonetic_readings_are_no_part_of_a_text():
    data = written(lambda b: b.add_worksheet().write_row(0, 0, ["Post ID", "Views"]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sharedStrings.xml"):
                part = part.replace(
                    b"<t>Views</t>", b"<r><t>Vie</t></r><r><t>ws</t></r><rPh><t>x</t></rPh>"
                )
            new.writestr(name, part)
    assert sheet_tables(out.getvalue())[0].header == ("Post ID", "Views")


def _with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written(_kinds_of_cells))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-40]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="A2"', b'r="2A"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B2"', b'r="ZZZZ2"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="2"', b'<row r="-2"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>7</v>", b"<v>70000</v>")),
        (
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY a "b">]>', 1),
        ),
        (
            "xl/sharedStrings.xml",
            lambda xml: xml.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY a "b">]>', 1),
        ),
        ("xl/workbook.xml", lambda xml: b"<nothing/>"),
        ("xl/styles.xml", lambda xml: b"not xml"),
        ("_rels/.rels", lambda xml: b"<Relationships/>"),
    ],
)
def test_a_damaged_workbook_is_refused_or_read_never_a_crash(
    part: str, change: Callable[[bytes], bytes]
):
    assert set(read_or_refused(lambda: sheet_tables(_with_part(part, change)))[1]) <= {
        "XK107",
        "XK112",
    }


def test_a_cell_in_the_last_corner_costs_no_time():
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Post ID", "Views"])
        sheet.write_row(1, 0, ["1", 10])
        sheet.write_string(1_048_575, 16_383, "here")

    [table] = sheet_tables(written(fill))
    assert table.columns[1][:1] == [10]


def test_more_cells_than_any_export_has_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MAX_CELLS", 5)
    with pytest.raises(Refused) as refused:
        sheet_tables(written(_kinds_of_cells))
    assert refused.value.findings[0].code == "XK109"


def test_a_part_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MAX_PART", 200)
    with pytest.raises(Refused) as refused:
        sheet_tables(written(_kinds_of_cells))
    assert refused.value.findings[0].code == "XK109"


XLS = Path(__file__).parents[1] / "exports" / "samples" / "linkedin_page_en.xls"


def test_excel_97_workbooks_are_read():
    metrics, posts = contents.read(XLS)
    assert (metrics.source, posts.source) == (
        "linkedin_page_en.xls › Metrics",
        "linkedin_page_en.xls › All posts",
    )
    assert posts.columns[posts.header.index("Impressions")] == [5210, 3105, 20_044]
    assert (posts.header_row, posts.title[0][:20]) == (2, "Aggregated engagemen")


@pytest.mark.parametrize("count", range(30))
def test_a_damaged_excel_97_workbook_is_refused_or_read_never_a_crash(count: int):
    rng = random.Random(count)
    data = bytearray(XLS.read_bytes())
    for _ in range(rng.randrange(1, 400)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    _, codes = read_or_refused(lambda: contents.of_bytes(bytes(data), "b.xls", FileKind.XLS))
    assert set(codes) <= {"XK102", "XK107", "XK109"}


# -- formats that show a day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""),
        ("0.00", ""),
        ('#,##0 "days"', ""),
        ("[$-40C]d mmm yyyy", "day"),
        ("dd/mm/yyyy", "day"),
        ("[Red]0.00;[Magenta]-0.00", ""),
        ("h:mm:ss", "time"),
        ("[h]:mm", "time"),
        ("yyyy-mm-dd hh:mm", "day"),
        ("@", ""),
        ("TT.MM.JJJJ", "day"),
        ("0.00E+00", ""),
        ("mmm", "day"),
        ("mm:ss", "time"),
        ('0 "€"', ""),
        ("# ?/?", ""),
    ],
)
def test_a_number_format_says_whether_a_number_is_a_day(code: str, shown: str):
    assert formats.shows(code) == shown


# -- small things -----------------------------------------------------------------------------------


def test_columns_are_called_as_in_excel():
    assert [column_letters(i) for i in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert column_letters(18_278) == "AAAA", "a text file has columns beyond those of a sheet"


def test_long_lists_of_findings_are_cut_and_counted():
    table = one(lines(HEADER, *ROWS, *["1004,zoé,2026-03-04,40,4,5"] * 80))
    assert len([f for f in table.findings if f.code == "XK340"]) == MAX_LISTED + 1
    assert "30 more" in table.findings[-1].reason.en
    assert table.findings[-1].count == 30
    assert table.excluded == 80
