"""Text stays text: whatever stands in a cell never becomes a formula, a link or markup in what is written."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest
from lxml import etree

from tests.helpers.books import OBJECTIVES, POSTS, cell_of, parts_of, tiny
from tests.helpers.payloads import PAYLOADS


def formulas(path) -> list[tuple[str, str]]:
    """Every formula of a workbook by part."""
    found = []
    for name, data in parts_of(path).items():
        if re.match(r"xl/worksheets/sheet\d+\.xml", name):
            found += [
                (name, f.text or "")
                for f in etree.fromstring(data).iterfind("{*}sheetData/{*}row/{*}c/{*}f")
            ]
    return found


def texts(path) -> set[str]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        value
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, str)
    }


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_every_column_gives_no_formula(tmp_path, run, payload):
    posts = [
        {
            **row,
            "Post ID": f"{payload}{i}",
            "Campaign": payload,
            "Influencer": payload,
            "Network": payload,
            "Format": payload,
            "URL": payload,
            "Promo code": payload,
            "Note": payload,
            payload or "x": payload,
        }
        for i, row in enumerate(POSTS)
    ]
    objectives = [
        {**row, "Campaign": payload, "Objective": payload, "Notes": payload} for row in OBJECTIVES
    ]
    campaigns = [
        {
            "Campaign": payload,
            "Objective type": payload,
            "Status": payload,
            "Start": date(2026, 3, 1),
            "Notes": payload,
        }
    ]
    path = tiny(tmp_path / "book.xlsx", posts, objectives, Campaigns=campaigns, tables=False)
    said = run("report", path)
    assert said.code in (0, 1, 3), said.err
    if said.code == 3:  # a name that is all signs may be no name at all; it must be said
        assert said.codes
        return
    out = tmp_path / "book-report.xlsx"
    assert formulas(out) == []
    assert not [
        n for n, d in parts_of(out).items() if b'TargetMode="External"' in d or "externalLink" in n
    ]
    shown = texts(out)
    assert any(payload.strip() in text for text in shown)
    assert not any(text.startswith("'=") and payload[:1] != "'" for text in shown), (
        "no apostrophe is added"
    )


def test_text_in_figure_columns_is_quoted_not_run(tmp_path, run):
    posts = [
        *POSTS,
        *(
            {**POSTS[0], "Post ID": f"x{i}", "Reach": p, "Date": p, "Ad disclosed": p, "Cost": p}
            for i, p in enumerate(PAYLOADS)
        ),
    ]
    path = tiny(tmp_path / "book.xlsx", posts)
    said = run("report", path)
    assert said.code == 1, said.err
    out = tmp_path / "book-report.xlsx"
    assert formulas(out) == []
    quoted = {
        row[3]
        for row in openpyxl.load_workbook(out)["Checks"].iter_rows(min_row=5, values_only=True)
    }
    assert {"=1+1", "@handle", "+1+1", "-1+1"} <= quoted


def test_unknown_kpi_name_is_quoted_in_the_message(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx", objectives=[{"Campaign": "Spring", "KPI": "=1+{x}%s", "Target": 1}]
    )
    said = run("report", path)
    assert said.code == 3
    assert '"=1+{x}%s"' in said.err


def test_formulas_of_the_workbook_are_the_same_before_and_after(tmp_path, run, sample):
    path = sample()
    assert run("report", path).code in (0, 1)
    assert sorted(f for _, f in formulas(path)) == sorted(
        f for _, f in formulas(tmp_path / "campaign-report.xlsx")
    )


def test_text_that_no_xml_can_hold_is_written_without_it(tmp_path, run):
    """Control characters reach a workbook by their escapes; the report must still open."""
    posts = [{**row, "Influencer": "Ana_x0000__x0007__x001F_ B"} for row in POSTS]
    assert run("report", tiny(tmp_path / "book.xlsx", posts)).code == 0
    assert any("Ana" in text for text in texts(tmp_path / "book-report.xlsx"))


@pytest.mark.parametrize(
    "name",
    [
        "Ünïcödé ‘quotes’",
        "日本語キャンペーン",
        "🌞🌊",
        "עברית",
        "a\u0301e\u0301",
        "x" * 300,
        "tab\there",
        "two\nlines",
        "_x0041_",
        "R&D <2026>",
        "100 % été",
    ],
)
def test_names_come_back_letter_by_letter(tmp_path, run, name):
    posts = [{**row, "Campaign": name} for row in POSTS]
    objectives = [{**row, "Campaign": name} for row in OBJECTIVES]
    path = tiny(tmp_path / "book.xlsx", posts, objectives)
    assert run("report", path, "--json").json["campaigns"] == [name]
    assert run("report", path).code == 0
    assert cell_of(tmp_path / "book-report.xlsx", "Report", "B2") == name
