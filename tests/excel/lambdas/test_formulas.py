"""The LAMBDA formulas keep to what Excel stores and accepts, whatever functions the catalogue has."""

from __future__ import annotations

import re

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.template import lambdas
from xlkpi.excel.workbook import contract

NAMES = lambdas.names()
BY_NAME = pytest.mark.parametrize("name", NAMES, ids=lambda n: n.name)


def bare(formula: str) -> str:
    """A stored formula without its texts."""
    return re.sub(r'"[^"]*"', '""', formula)


def bound(formula: str) -> set[str]:
    return set(re.findall(r"_xl[po][mp]\.(\w+)", bare(formula)))


def test_every_formula_of_the_catalogue_has_its_row():
    """A KPI added with an existing formula needs nothing; a new formula needs a row in ``EXPRESSIONS``."""
    missing = {k.compute.__name__ for k in catalogue.KPIS if k.compute not in lambdas.EXPRESSIONS}
    assert not missing, f"no Excel expression for {missing}"


def test_every_cell_function_is_in_the_edition():
    assert {f.name for f in FUNCTIONS} <= {n.name for n in NAMES}
    assert {f.name for f in FUNCTIONS if f.kpi is None} <= lambdas.OWN.keys()


def test_arguments_are_those_of_the_function():
    for function in FUNCTIONS:
        stored = next(n for n in NAMES if n.name == function.name).stored
        head = (
            re.match(r"_xlfn\.LAMBDA\(((?:_xl[po][mp]\.\w+,)+)", stored)[1].rstrip(",").split(",")
        )
        wanted = [
            ("_xlop." if a.optional else "_xlpm.") + lambdas.bound(a) for a in function.arguments
        ]
        assert head[: len(wanted)] == wanted


@BY_NAME
def test_formula_is_stored_as_excel_stores_it(name):
    """A missing prefix shows #NAME? in Excel; a bracketed or bare parameter makes it drop the name."""
    stored = bare(name.stored)
    assert stored.count("(") == stored.count(")")
    assert not re.search(r"\s|\[|\]", stored)
    assert not re.search(r"(?<![\w.])\.[a-z]", stored), "a bound name without its prefix"
    plain = re.sub(r"_xlfn\.(_xlws\.)?", "", name.stored)
    assert Worksheet()._prepare_formula(plain, expand_future_functions=True) == name.stored
    for word in re.findall(r"(?<![\w.])([a-z]\w*)", stored):
        assert word.startswith(("words_", "kpi_table", "shipped_rates")), (
            f"{word} is neither bound nor a name"
        )


@BY_NAME
def test_formula_keeps_to_excels_limits(name):
    assert len(name.stored) <= 8192
    assert all(len(text) <= 257 for text in re.findall(r'"[^"]*"', name.stored))
    assert all(0 < len(text) <= 255 for text in (name.help.in_("en"), name.help.in_("fr")))


@BY_NAME
def test_parameters_are_no_cells_and_no_names(name, made):
    """R and C are references to Excel; a table or name of the workbook would come first in other programs."""
    taken = {n.name.lower() for n in NAMES} | {
        s.label.in_(lang).lower() for s in contract.SHEETS for lang in ("en", "fr")
    }
    for parameter in bound(name.stored):
        assert parameter not in {"r", "c"}
        assert not re.fullmatch(r"[a-z]{1,3}\d+", parameter)
        assert parameter not in taken


def test_names_are_unlike_all_others(made, tmp_path, language):
    """To Excel capitals do not count, and a table's name is a name too: a clash would be repaired away."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(made(language))
    book = openpyxl.load_workbook(path)
    names = [n.lower() for n in book.defined_names] + [
        t.lower() for sheet in book for t in sheet.tables
    ]
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)
    assert not [n for n in names if re.fullmatch(r"[a-z]{1,3}\d+|[rc]\d*", n)]


def test_optional_arguments_are_tested_for_being_left_out():
    """Excel marks them in the parameter list alone; in the body they are like any other."""
    stored = next(n for n in NAMES if n.name == "KPI_NAME").stored
    assert stored.startswith("_xlfn.LAMBDA(_xlpm.kpi_,_xlop.language,")
    assert "_xlfn.ISOMITTED(_xlpm.language)" in stored
