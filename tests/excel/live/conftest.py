"""A real LibreOffice for the live door, one for all tests of this folder, and the report filled in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.excel.live import calc
from xlkpi.core import catalogue
from xlkpi.core.report import Report
from xlkpi.core.texts import Language
from xlkpi.excel.jobs.report import Request, read_report
from xlkpi.excel.live.campaign import OpenCampaign
from xlkpi.excel.live.statusbar import StatusBar
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    running = calc.application()
    try:
        app = running.__enter__()
    except calc.Missing as missing:
        pytest.skip(f"the live door needs LibreOffice and its Python bridge: {missing}")
    yield app
    running.__exit__(None, None, None)


@pytest.fixture
def app(office: xw.App) -> Iterator[xw.App]:
    """The application with nothing open and nothing said."""
    office.impl.reset()
    yield office
    for book in list(office.books):
        book.close()
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


@pytest.fixture
def opened(app: xw.App) -> Callable[..., xw.Book]:
    """Opens a workbook and makes it the one whose ribbon is pressed."""

    def open_book(path: Path, **more: Any) -> xw.Book:
        book = app.books.open(path, **more)
        book.set_mock_caller()
        return book

    return open_book


@pytest.fixture
def fill(app: xw.App) -> Callable[..., Report]:
    """Reports on an open book as the button does, on a day that never changes."""

    def fill_report(book: xw.Book, request: Request | None = None, scope: str = "") -> Report:
        campaign = OpenCampaign(book, StatusBar(app, "en"))
        report, language = campaign.report(request or Request(), TODAY, scope)
        campaign.fill(report, language)
        return report

    return fill_report


@pytest.fixture
def put(app: xw.App) -> Callable[..., None]:
    """Fills a report that is made already into an open book."""

    def put_report(book: xw.Book, report: Report, language: Language = "en") -> None:
        OpenCampaign(book, StatusBar(app, "en")).fill(report, language)

    return put_report


@pytest.fixture(scope="session")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example with objectives for two pages and impossible figures."""
    example = worked_example("en")
    objective = example.objectives[0]
    example = replace(
        example,
        objectives=[{**objective, "kpi": name, "target": 10} for name in kpis(13, "en")],
        posts=[{**post, "reach": -5} if i < 3 else post for i, post in enumerate(example.posts)],
    )
    path = tmp_path_factory.mktemp("long") / "long.xlsx"
    path.write_bytes(build("en", example))
    return path


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, long_book: Path) -> dict[str, Report]:
    """Reports of the worked example, made once."""
    path = tmp_path_factory.mktemp("reports") / "book.xlsx"
    path.write_bytes(build("en", worked_example("en")))
    asked = {
        "spring": (path, Request()),
        "winter": (path, Request(campaign="Winter care")),
        "long": (long_book, Request()),
    }
    return {name: read_report(book, request, TODAY)[0] for name, (book, request) in asked.items()}


def kpis(count: int, language: Language) -> list[str]:
    """KPIs that the worked example has the figures for."""
    have = {
        "reach",
        "impressions",
        "views",
        "likes",
        "comments",
        "shares",
        "saves",
        "clicks",
        "cost",
        "revenue",
        "conversions",
        "interactions",
        "new_followers",
        "mentions",
    }
    return [kpi.label.in_(language) for kpi in catalogue.KPIS if set(kpi.inputs) <= have][:count]
