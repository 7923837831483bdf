"""A report finds stale figures in the computed columns of Posts while it reads them, and puts the right ones there."""

from __future__ import annotations

import math
import re
import zipfile

import numpy as np
import pytest

from tests.helpers.books import cell_of, edit, parts_of, raw
from xlkpi.excel.posts import calculated
from xlkpi.ooxml import columns
from xlkpi.ooxml.cells import SharedStrings
from xlkpi.ooxml.columns import read_columns
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.scanner import DIVIDED_BY_ZERO, EMPTY, NOT_AVAILABLE, OTHER

POSTS_PART = "xl/worksheets/sheet6.xml"  # of the template
STALE = {
    "another number": b"><v>0.5</v>",
    "a number in its last visible digit": b"><v>0.0512</v>",
    "no function here": b' t="e"><v>#NAME?</v>',
    "not available": b' t="e"><v>#N/A</v>',
    "nothing": b' t="str"><v></v>',
    "never calculated": b"><v/>",
    "no value": b">",
    "a text": b' t="str"><v>soon</v>',
    "a tiny number": b"><v>5.1E-9</v>",
}


@pytest.mark.parametrize("name", STALE)
def test_a_report_puts_right_what_a_formula_shows(tmp_path, run, sample, name):
    path, out = sample(), tmp_path / "out.xlsx"
    fresh = parts_of(path)[POSTS_PART]
    attributes, _, value = STALE[name].partition(b">")
    edit(
        path,
        {
            POSTS_PART: lambda d: re.sub(
                rb'(<c r="AH3" s="\d+")[^>]*(><f>.*?</f>)<v>[^<]*</v>',
                lambda m: m[1] + attributes + m[2] + value,
                d,
                count=1,
            )
        },
    )
    assert parts_of(path)[POSTS_PART] != fresh
    assert run("report", path, "-o", out).code in (0, 1)
    assert parts_of(out)[POSTS_PART] == fresh, "the figure, and nothing else"


def test_a_figure_typed_without_excel_reaches_the_computed_columns(tmp_path, run, sample):
    path, out = sample(), tmp_path / "out.xlsx"
    edit(
        path,
        {POSTS_PART: lambda d: re.sub(rb'(<c r="I5" s="\d+">)<v>[^<]*</v>', rb"\1<v>1000</v>", d)},
    )
    assert run("report", path, "-o", out).code in (0, 1)
    parts = [cell_of(path, "Posts", f"{letters}5") for letters in "LMNOP"]
    interactions = sum(v for v in parts if isinstance(v, float | int))
    found = [
        float(re.search(rb'<c r="AH5"[^>]*><f>.*?</f><v>([^<]*)</v>', parts_of(p)[POSTS_PART])[1])
        for p in (path, out)
    ]
    assert found[0] != pytest.approx(found[1])
    assert found[1] == pytest.approx(interactions / 1000)
    without = [re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts_of(p)[POSTS_PART]) for p in (path, out)]
    assert without[0] == without[1], "formulas, looks and inputs stay"


def test_fresh_posts_keep_their_very_bytes(tmp_path, run, sample, language, monkeypatch):
    """Neither the text of the sheet nor the way it is packed changes, and nobody reads it a second time."""
    path, out = sample(language), tmp_path / "out.xlsx"
    monkeypatch.setattr(
        calculated, "refresh_computed", lambda package: pytest.fail("nothing is stale")
    )
    assert run("report", path, "-o", out, language=language).code in (0, 1)
    packed = []
    for book in (path, out):
        with zipfile.ZipFile(book) as archive:
            entry = archive.getinfo(POSTS_PART)
            start = entry.header_offset
            packed.append(
                (
                    book.read_bytes()[
                        start : start + 30 + len(entry.filename) + entry.compress_size
                    ],
                    entry.CRC,
                )
            )
    assert packed[0] == packed[1]


def test_formulas_of_the_users_own_are_left_alone(tmp_path, run, sample):
    path, out = sample(), tmp_path / "out.xlsx"
    edit(
        path,
        {
            POSTS_PART: lambda d: re.sub(
                rb'(<c r="AI4" s="\d+")[^>]*><f>.*?</f><v>[^<]*</v>',
                rb"\1><f>40+2</f><v>42</v>",
                d,
                count=1,
            )
        },
    )
    before = parts_of(path)[POSTS_PART]
    assert b"<f>40+2</f>" in before
    assert run("report", path, "-o", out).code in (0, 1)
    assert parts_of(out)[POSTS_PART] == before


def test_check_and_json_write_nothing_and_look_at_nothing(run, sample, monkeypatch):
    monkeypatch.setattr(
        calculated, "refresh_computed", lambda package: pytest.fail("nothing is written")
    )
    path = sample()
    edit(
        path,
        {
            POSTS_PART: lambda d: re.sub(
                rb'(<c r="AH3" s="\d+"><f>.*?</f>)<v>[^<]*</v>', rb"\1<v>9</v>", d, count=1
            )
        },
    )
    before = path.read_bytes()
    assert run("report", path, "--json").code in (0, 1)
    assert path.read_bytes() == before


SHOWN = {
    "0.25": 0.25,
    "-12": -12.0,
    "0.034512345678901234": 0.034512345678901234,
    "123456789.12345679": 123456789.12345679,
    "1.2345678901234567E-05": 1.2345678901234567e-05,
    "12345678901234567890": 12345678901234567890.0,
    "3E5": 3e5,
    "0": 0.0,
    "": EMPTY,
    "#N/A": NOT_AVAILABLE,
    "#DIV/0!": DIVIDED_BY_ZERO,
    "#NAME?": OTHER,
    "#N/Abc": OTHER,
    "soon": OTHER,
}


@pytest.mark.parametrize("slow", [False, True])
def test_what_formulas_show_is_read_whatever_it_is(tmp_path, monkeypatch, slow):
    """Fast or slow: figures as near as they are compared, errors by their code, and cells without a formula left out."""
    rows = "".join(
        f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}"'
        + (' t="e"' if text[:1] == "#" else ' t="str"' if text in ("", "soon") else "")
        + f'><f>C{i}*2</f><v>{text}</v></c><c r="C{i}"><v>7</v></c></row>'
        for i, text in enumerate(SHOWN, 2)
    )
    path = tmp_path / "book.xlsx"
    raw(
        path,
        f'{rows}<row r="40"><c r="B40"><f>1</f></c></row><row r="41"><c r="A41"><v>1</v></c></row>',
    )
    if slow:
        monkeypatch.setattr(columns.Scanner, "scan", lambda self, band: None)
    with Package(path) as package:
        bands = list(
            read_columns(
                package, "xl/worksheets/sheet2.xml", SharedStrings(package), [0], 1, 99, (), [1]
            )
        )
    found = dict(
        zip(
            np.concatenate([b.rows for b in bands]).tolist(),
            np.concatenate([b.columns[1].numbers for b in bands]).tolist(),
            strict=True,
        )
    )
    for i, (text, value) in enumerate(SHOWN.items(), 2):
        assert found[i] == (value if abs(value) >= EMPTY else pytest.approx(value, rel=1e-10)), text
    assert found[40] == EMPTY
    assert slow or math.isnan(found[41])
