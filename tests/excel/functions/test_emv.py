"""EMV in a cell: the template's formula, the rates of a workbook, and one arithmetic with the report."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from xlkpi.core.texts import LANGUAGES, Language
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.functions.values import DIV0, NA, NUM, REF, VALUE
from xlkpi.excel.reading.posts.computed import computed_columns
from xlkpi.excel.samples.small import sample as example
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.references import REFERENCES

Cell = Callable[..., Any]
EMV = next(f for f in FUNCTIONS if f.name == "EMV")
#: A post's figures: impressions, views, likes, comments, shares, saves, clicks.
POST = (100_000.0, 80_000.0, 1_000.0, 50.0, 10.0, 20.0, 30.0)
FIGURES = ("impressions", "views", "likes", "comments", "shares", "saves", "clicks")


def references(language: Language = "en") -> tuple[tuple[Any, ...], ...]:
    """What the name ``reference_values`` hands over."""
    return tuple(
        (
            choices.REFERENCE_KINDS[r.kind].in_(language),
            r.network or None,
            r.item.in_(language),
            r.value,
            r.unit.in_(language),
            r.currency or None,
            r.source or None,
            45790.0 if r.date else None,
        )
        for r in REFERENCES
    )


def rates(*rows: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    """A table of (kind, network, item, value, currency)."""
    return tuple(
        (kind, network, item, value, "", currency) for kind, network, item, value, currency in rows
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_calls_emv_in_the_order_of_its_arguments(
    template: Callable[[Language], bytes], language: Language
):
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    tables = {t.name: t for sheet in book.worksheets for t in sheet.tables.values()}
    label = contract.POSTS.column("emv").label.in_(language)
    columns = tables[contract.POSTS.label.in_(language)].tableColumns
    formula = next(c.calculatedColumnFormula.attr_text for c in columns if c.name == label)
    inside = re.search(r"EMV\((.*?)\)+$", formula)
    assert inside is not None
    said = [
        re.sub(r".*\[#This Row\],\[(.*)\]\]", r"\1", part)
        for part in re.split(r",(?!\[)", inside[1])
    ]
    posts = [
        contract.POSTS.column(id).label.in_(language) for id in ("network", "format", *FIGURES)
    ]
    assert said[:11] == [*posts, "setting_emv_method", "reference_values"]
    assert said[11:] in ([], ["setting_currency"])
    assert [a.name for a in EMV.arguments] == [
        "network",
        "post_format",
        *FIGURES,
        "method",
        "rates",
        "currency_code",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", choices.EMV_METHODS)
@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_the_cell_shows_what_the_file_already_showed(
    cell: Cell, language: Language, method: str, currency: str
):
    """Excel recalculates the computed column with the add-in; the value stored in the file must not move."""
    posts = list(example(language).posts)
    stored = computed_columns(posts, {"emv_method": method, "currency": currency})["emv"]
    said = choices.EMV_METHODS[method].in_(language)
    for rate_table in (references(language), None):
        one_by_one = [
            cell(
                "EMV",
                p["network"],
                p.get("format"),
                *map(p.get, FIGURES),
                said,
                rate_table,
                currency,
            )
            for p in posts
        ]
        spilled = cell(
            "EMV",
            *(tuple((p.get(id),) for p in posts) for id in ("network", "format", *FIGURES)),
            said,
            rate_table,
            currency,
        )
        assert [v for (v,) in spilled] == one_by_one
        shown = ["#N/A" if v == NA else pytest.approx(v, rel=1e-12) for v in one_by_one]
        assert shown == stored


def test_the_shipped_rates_are_those_of_the_references_sheet(cell: Cell):
    assert cell("EMV", "Instagram", "Reel", *POST) == 1000.0
    assert cell("EMV", "Instagram", "Reel", *POST, "interactions") == pytest.approx(
        1000 * 0.07 + 50 * 3.46
    )
    assert cell("EMV", "TikTok", None, *POST, "both") == pytest.approx(
        1750 + 90 + 50 * 3.52 + 10 * 1.72
    )
    assert cell("EMV", "TikTok", None, *POST, "interactions") == pytest.approx(
        90 + 50 * 3.52 + 10 * 1.72 + 80 * 6.89
    )
    assert cell("EMV", "TikTok", None, *POST, None, None, "usd") == 650.0


def test_the_methods_may_be_said_as_in_settings_in_either_language(cell: Cell):
    for id, label in choices.EMV_METHODS.items():
        assert (
            len({cell("EMV", "TikTok", None, *POST, said) for said in (id, *label, id.upper())})
            == 1
        )


def test_currencies_are_never_mixed(cell: Cell):
    both = rates(
        ("cpm", "X", "", 2.0, "USD"), ("cpm", "X", "", 3.0, "EUR"), ("cpm", "Blog", "", 4.0, None)
    )
    assert [
        cell("EMV", "X", None, 1000.0, *(None,) * 7, both, code) for code in ("EUR", "USD", "GBP")
    ] == [3.0, 2.0, NA]
    assert (
        cell("EMV", "Blog", None, 1000.0, *(None,) * 7, both, "GBP") == 4.0
    )  # no currency: the workbook's


def test_a_format_of_its_own_beats_the_price_of_all(cell: Cell):
    table = rates(("cpm", "X", "All formats", 2.0, "EUR"), ("cpm", "X", "Story", 5.0, "EUR"))
    assert cell(
        "EMV", "twitter", (("story",), ("Reel",), (None,)), 1000.0, *(None,) * 7, table
    ) == [(5.0,), (2.0,), (2.0,)]


def test_unknown_figures_are_left_out_and_views_stand_in_for_impressions(cell: Cell):
    assert cell("EMV", "Instagram", None, None, 2_000.0) == 20.0
    assert cell("EMV", "Instagram", None, 0.0, 2_000.0) == 0.0
    assert cell(
        "EMV", "Instagram", None, None, None, 100.0, None, None, None, None, "interactions"
    ) == pytest.approx(7.0)
    assert cell("EMV", "Instagram", None, *(None,) * 7) == NA


def test_without_a_rate_there_is_no_emv(cell: Cell):
    assert cell("EMV", "BeReal", None, *POST) == cell("EMV", None, None, *POST) == NA
    assert (
        cell("EMV", "Instagram", None, *POST, None, rates(("benchmark", "Instagram", "", 1.0, "")))
        == NA
    )
    assert (
        cell("EMV", "Instagram", None, *POST, None, rates(("cpm", "Instagram", "", None, "EUR")))
        == NA
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({0: REF}, REF),
        ({0: 5.0}, VALUE),
        ({1: True}, VALUE),
        ({2: "many"}, VALUE),
        ({2: "many", 8: DIV0}, DIV0),
        ({0: None, 4: REF}, REF),
        ({9: "guess"}, VALUE),
        ({9: 1.0}, VALUE),
        ({9: REF, 10: DIV0}, REF),
        ({10: "table"}, VALUE),
        ({10: DIV0}, DIV0),
        ({10: (("cpm",),)}, VALUE),
        ({11: 5.0}, VALUE),
        ({11: REF}, REF),
        ({2: 1e308, 3: None}, NUM),
        ({10: rates(("cpm", "Instagram", "", REF, "EUR"))}, REF),
        ({10: rates(("cpm", "Instagram", "", "ten", "EUR"))}, VALUE),
        ({10: rates(("cpm", DIV0, "", 5.0, "EUR"))}, DIV0),
        ({10: rates(("cpm", "Instagram", "", -5.0, "EUR"))}, NA),
    ],
)
def test_what_is_wrong_shows_as_an_error_in_a_cell_and_in_a_column(
    cell: Cell, changed: dict[int, Any], told: int
):
    values: list[Any] = [
        "Instagram",
        "Reel",
        *POST,
        "both",
        rates(("cpm", "Instagram", "", 1e4, "EUR")),
        "EUR",
    ]
    for i, value in changed.items():
        values[i] = value
    assert cell("EMV", *values) == told
    columns = [v if i == 10 else ((v,), (v,)) for i, v in enumerate(values)]
    assert cell("EMV", *columns) == [(told,), (told,)]


def test_an_error_in_a_rate_that_is_not_needed_harms_nobody(cell: Cell):
    table = rates(
        ("cpm", "Instagram", "", 10.0, "EUR"),
        ("cpm", "X", "", REF, "EUR"),
        ("benchmark", "X", "", DIV0, ""),
    )
    assert cell("EMV", "Instagram", None, *POST, None, table) == 1000.0


def test_rates_are_remembered_by_value_and_kind(cell: Cell):
    """1 and TRUE are equal to Python; a rate typed as TRUE is none."""
    answers = [
        cell("EMV", "X", None, 1000.0, *(None,) * 7, rates(("cpm", "X", "", value, "EUR")))
        for value in (1.0, True, 1)
    ]
    assert answers == [1.0, VALUE, 1.0]


@pytest.mark.parametrize(
    ("said", "name"),
    [("ig", "Instagram"), ("TIK TOK", "TikTok"), ("Twitter", "X"), (" BeReal ", "BeReal")],
)
def test_networks_have_one_spelling(said: str, name: str):
    assert spellings.network(said) == name
