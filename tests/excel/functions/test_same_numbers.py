"""Cell = report: on generated campaigns the cell functions give the figures of ``report.build``.

The sums are added up post by post in plain Python.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.core.memory import Book, Post, aim, post
from tests.core.plain import Plain
from xlkpi.core import catalogue
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Campaign, Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.catalogue.measures import CAMPAIGN_MEASURES, POST_MEASURES
from xlkpi.core.report import Report
from xlkpi.core.variance import STATUS_WORDS, Reason
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.references import SHIPPED_RATES

Cell = Callable[..., Any]
TODAY = date(2026, 11, 22)
EXACT = 1e-12
#: What a report holds back for what it knows beside the two figures of a cell.
WITHHELD = {
    Reason.DOUBTFUL_TARGET,
    Reason.IMPOSSIBLE,
    Reason.LOW_COVERAGE,
    Reason.PARTIAL_PERIOD,
    Reason.CAMPAIGN_FIGURE,
    Reason.NOT_ESTABLISHED,
    Reason.UNKNOWN_COST,
    Reason.UNKNOWN_RESULT,
}
CAMPAIGNS = range(60 if os.environ.get("XLKPI_NIGHTLY") == "1" else 8)
NAMES = {f.kpi: f.name for f in FUNCTIONS if f.kpi}
ASKED = ("engagement_rate", "roi", "emv", "cpa", "reach", "ctr", "frequency")
EMV_FIGURES = ("impressions", "views", "likes", "comments", "shares", "saves", "clicks")


def known(draw: random.Random, gaps: float, low: float, high: float) -> float | None:
    return None if draw.random() < gaps else float(draw.randint(int(low), int(high)))


def campaign(number: int) -> Book:
    """A campaign whose posts have gaps, whose settings are any, and where anything may be zero."""
    draw = random.Random(number)
    gaps = draw.choice((0.0, 0.1, 0.5))
    settings = Settings(
        currency=draw.choice(("EUR", "USD")),
        emv_method=draw.choice(tuple(choices.EMV_METHODS)),
        denominator=draw.choice(tuple(choices.DENOMINATORS)),
        interactions=tuple(draw.sample(choices.INTERACTIONS, draw.randint(1, 5))),
    )
    columns = [m.id for m in POST_MEASURES if draw.random() < 0.9]
    posts = []
    for _ in range(draw.randint(1, 40)):
        figures = {id: known(draw, gaps, 0, 10 ** draw.randint(0, 6)) for id in columns}
        flags = {id: draw.choice((0.0, 1.0, None)) for id in ("key_message", "reusable")}
        posts.append(
            post(
                date(2026, 3, 2) + timedelta(draw.randint(0, 60)),
                network=draw.choice(("Instagram", "TikTok", "X")),
                format=draw.choice(("Reel", "Story", None)),
                influencer=draw.choice(("Lina", "Omar")),
                **figures,
                **flags,
            )
        )
    measures = {
        m.id: round(draw.uniform(0.1, 1e5), 3) for m in CAMPAIGN_MEASURES if draw.random() < 0.9
    }
    aims = [aim(id, round(draw.uniform(0.01, 100), 4)) for id in ASKED]
    return Book(posts, aims, settings, [Campaign("Spring", measures=measures)], SHIPPED_RATES)


def emv_of(cell: Cell, row: Post, settings: Settings) -> float | None:
    value = cell(
        "EMV",
        row["network"],
        row["format"],
        *map(row.get, EMV_FIGURES),
        settings.emv_method,
        None,
        settings.currency,
    )
    return value if type(value) is float else None


@cache
def reported(number: int) -> tuple[Book, Report]:
    book = campaign(number)
    return book, build(book, TODAY)


@pytest.fixture(params=CAMPAIGNS)
def made(request: pytest.FixtureRequest) -> tuple[Book, Report]:
    return reported(request.param)


def test_a_cell_has_the_figure_of_the_report(cell: Cell, made: tuple[Book, Report]):
    book, report = made
    posts = [{**p, "row": row} for row, p in enumerate(book.rows)]
    plain = Plain(posts, book.settings, book.tariff, dict(book.known[0].measures))
    for id, value in report.totals.items():
        if id not in NAMES or id == "emv":
            continue
        shown = cell(NAMES[id], *plain.sums(catalogue.kpi(id), {p["row"] for p in posts}))
        if value is None:
            assert type(shown) is int, (id, shown)
        else:
            assert shown == pytest.approx(value, rel=EXACT, abs=EXACT), id


def test_the_emv_of_the_cells_adds_up_to_that_of_the_report(cell: Cell, made: tuple[Book, Report]):
    book, report = made
    values = [v for row in book.rows if (v := emv_of(cell, row, book.settings)) is not None]
    expected = (
        pytest.approx(report.totals["emv"], rel=EXACT) if report.totals["emv"] is not None else None
    )
    assert (sum(values) if values else None) == expected


def test_variance_and_verdict_of_a_cell_are_those_of_the_report(
    cell: Cell, made: tuple[Book, Report]
):
    _, report = made
    for line in report.kpis:
        asked = line.actual, line.target, line.kpi.id
        if line.variance.reason in WITHHELD:
            continue
        if line.variance.value is None:
            assert type(cell("KPI_VARIANCE", *asked)) is int
        else:
            assert cell("KPI_VARIANCE", *asked) == pytest.approx(
                line.variance.value, rel=EXACT, abs=EXACT
            )
            word = STATUS_WORDS[line.variance.status].in_("fr")
            assert cell("KPI_STATUS", *asked, "fr", report.settings.tolerance) == word
    assert any(line.variance.reason is None for line in report.kpis), "none was compared"


def test_enough_of_the_catalogue_is_compared():
    """Those that a campaign cannot hold (an attainment of anything) are held to their formula elsewhere."""
    measurable = {k.id for k in catalogue.KPIS if set(k.inputs) <= MEASURES.keys()}
    compared = {
        id for n in CAMPAIGNS for id, value in reported(n)[1].totals.items() if value is not None
    }
    assert set(NAMES) - measurable == {"attainment"}
    assert set(NAMES) & measurable - compared == set()
