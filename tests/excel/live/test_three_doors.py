"""The promise that holds the house up: the same campaign gives the same numbers in a cell, behind the button, on the
command line.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.excel.live import calc, campaigns
from tests.excel.live.campaigns import Drawn
from xlkpi.core import catalogue
from xlkpi.core.catalogue import KPIS
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.functions.values import is_error, rows_of
from xlkpi.excel.jobs import report as filereport
from xlkpi.excel.jobs.report import Request
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.statusbar import StatusBar
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract
from xlkpi.ooxml.cells import split_address
from xlkpi.ooxml.package import Package

#: All of them every night, and as many as fit into an ordinary run.
NUMBERS = range(50) if os.environ.get("XLKPI_NIGHTLY") else range(3)
EXACT = {"rel": 1e-12, "abs": 1e-12}
OF_KPI = {function.kpi: function for function in FUNCTIONS if function.kpi}


@pytest.fixture(scope="module")
def books(office, tmp_path_factory):
    """One empty campaign workbook of each language, open for the whole module."""
    found = {}
    for language in LANGUAGES:
        path = tmp_path_factory.mktemp("books") / f"{language}.xlsx"
        path.write_bytes(build(language))
        found[language] = office.books.open(path)
    yield found
    for book in found.values():
        book.close()


def same(one: object, two: object, where: str = "") -> None:
    """Equal all the way down; numbers to 1e-12."""
    if isinstance(one, dict):
        assert isinstance(two, dict)
        assert one.keys() == two.keys(), where
        for key in one:
            same(one[key], two[key], f"{where}.{key}")
    elif isinstance(one, list):
        assert isinstance(two, list)
        assert len(one) == len(two), where
        for i, (a, b) in enumerate(zip(one, two, strict=True)):
            same(a, b, f"{where}[{i}]")
    elif isinstance(one, float):
        assert two == pytest.approx(one, **EXACT), where
    else:
        assert one == two, where


@pytest.mark.parametrize("number", NUMBERS)
def test_cell_button_and_command_line_agree(tmp_path: Path, office, books, run, number):
    drawn = campaigns.made(number)
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(build(drawn.language, campaigns.as_sample(drawn)))
    said = run("report", path, "--json", "-o", tmp_path / "filed.xlsx", language=drawn.language)
    assert said.code in (0, 1), said.err
    book = books[drawn.language]
    campaigns.type_in(book, drawn)
    button = OpenCampaign(book, StatusBar(office, "en"))
    report, language = button.report(Request(), filereport.datetime.now().date())
    button.fill(report, language)

    found = json.loads(filereport.as_json(report, language))
    # The open workbook is the same for all draws, and its list of actions keeps what other campaigns asked for.
    found["actions"] = [
        row for row in found["actions"] if row["campaign"] in said.json["campaigns"]
    ]
    same(found, said.json)
    _same_on_the_sheet(book, drawn, said.json["kpis"])
    checks = contract.CHECKS.label.in_(drawn.language)
    assert calc.links(book, checks) == _links(tmp_path / "filed.xlsx", checks)
    _same_in_cells(drawn, said.json["totals"])


def _links(path: Path, name: str) -> dict[tuple[int, int], str]:
    """Where the cells of a sheet lead to, as the file says."""
    with Package(path) as package:
        part = next(sheet.part for sheet in package.sheets if sheet.name == name)
        found = {
            link.get("ref"): link.get("location")
            for link in package.tree(part).iterfind("{*}hyperlinks/{*}hyperlink")
        }
    return {
        (row, column + 1): place
        for ref, place in found.items()
        for row, column in [split_address(ref)]
    }


def _same_on_the_sheet(book, drawn: Drawn, lines: list[dict]) -> None:
    """The KPI table as it is written: target and actual of each line."""
    page = calc.page(book, contract.REPORT.label.in_(drawn.language))
    rows = [*range(7, 14), *range(43, 63)]
    for row, line in zip(rows, lines, strict=False):
        assert str(page[row, 2]).startswith(line["label"])
        same(line["target"], page.get((row, 3)))
        same(line["actual"], page.get((row, 4)))
    assert len(lines) >= 1


def _same_in_cells(drawn: Drawn, totals: dict[str, float | None]) -> None:
    """Each KPI function over the sums gives the report's figure, and an Excel error where the report has none."""
    compared = 0
    for id, arguments in campaigns.cells(
        drawn, {k.id: k for k in KPIS if k.id in OF_KPI and k.id != "emv"}
    ):
        found = OF_KPI[id].call(*arguments)
        if totals[id] is None:
            assert is_error(found), f"{id}: {found} in a cell, nothing in the report"
        else:
            assert found == pytest.approx(totals[id], **EXACT), id
            compared += 1
    assert compared >= (10 if len(campaigns.in_scope(drawn)) > 5 else 0)
    values = [
        value
        for row in rows_of(OF_KPI["emv"].call(*campaigns.emv_arguments(drawn)))
        for value in row
    ]
    known = [value for value in values if not is_error(value)]
    assert (sum(known) if known else None) == (
        None if totals["emv"] is None else pytest.approx(totals["emv"], **EXACT)
    )


def test_the_drawn_campaigns_are_of_every_kind():
    """The comparison is worth what it is made on."""
    drawn = [campaigns.made(number) for number in range(50)]
    assert {len(d.posts) for d in drawn} >= {1, 60}
    assert {len(d.campaigns) for d in drawn} == {1, 2, 3}
    for name, offered in (
        ("denominator", choices.DENOMINATORS),
        ("emv_method", choices.EMV_METHODS),
    ):
        assert {d.settings[name] for d in drawn} == set(offered)
    assert {d.settings["scope"] for d in drawn} == {"campaign", "all"}
    assert {d.language for d in drawn} == set(LANGUAGES)
    posts = [post for d in drawn for post in d.posts]
    assert any(post["cost"] == 0 for post in posts)
    assert any(post["reach"] is None for post in posts)
    assert {catalogue.find(o["kpi"]).id for d in drawn for o in d.objectives} >= {
        "engagement_rate",
        "roi",
        "emv",
        "ctr",
    }
