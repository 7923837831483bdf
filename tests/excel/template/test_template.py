"""The campaign workbook that the product ships: complete, reproducible and usable in both languages."""

from __future__ import annotations

import io
import math
import os
import re
import subprocess
import sys
import zipfile
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from xlkpi.core import catalogue
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract, layout

ROOT = Path(__file__).parents[3]
GROWING = (
    "campaigns",
    "objectives",
    "influencers",
    "posts",
    "reviews",
    "audience",
    "references",
    "actions",
)


@pytest.fixture(
    scope="module",
    params=[(lang, kind) for lang in LANGUAGES for kind in ("empty", "example")],
    ids="-".join,
)
def made(request):
    """Language, bytes, openpyxl's view with formulas and parts of a fresh workbook."""
    lang, kind = request.param
    data = build(lang, worked_example(lang) if kind == "example" else None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return lang, data, openpyxl.load_workbook(io.BytesIO(data)), parts


@pytest.fixture(scope="module")
def values(made):
    return openpyxl.load_workbook(io.BytesIO(made[1]), data_only=True)


def test_committed_template_is_a_fresh_build():
    """Whoever changes the builder rebuilds the file in the same commit."""
    assert (ROOT / "workbook_template.xlsx").read_bytes() == build("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_builds_are_byte_identical(lang, template):
    """Also in another process, whose sets and dictionaries are hashed in another order."""
    program = f"import sys; from xlkpi.excel.template.build import build; sys.stdout.buffer.write(build({lang!r}))"
    for seed in ("1", "2"):
        other = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        assert other.stdout == template(lang)
    assert build(lang, worked_example(lang)) == build(lang, worked_example(lang))


def test_every_sheet_has_the_table_of_its_name_with_all_headers(made):
    lang, _, book, _ = made
    for spec in filter(lambda spec: spec.columns, contract.SHEETS):
        sheet = book[spec.label.in_(lang)]
        table = sheet.tables[spec.label.in_(lang).replace("-", "_")]
        top = next(iter(sheet[table.ref]))
        assert [cell.value for cell in top] == [column.label.in_(lang) for column in spec.columns]
        assert [column.name for column in table.tableColumns] == [
            column.label.in_(lang) for column in spec.columns
        ]


def test_readme_of_the_french_edition_is_called_lisez_moi():
    book = openpyxl.load_workbook(io.BytesIO(build("fr")))
    assert book.sheetnames[0] == "LISEZ-MOI"
    assert "LISEZ_MOI" in book["LISEZ-MOI"].tables


def test_sheets_stand_in_the_order_of_the_contract(made):
    lang, _, book, _ = made
    assert book.sheetnames[: len(contract.SHEETS)] == [
        spec.label.in_(lang) for spec in contract.SHEETS
    ]


def test_every_name_of_the_layout_is_defined(made):
    lang, _, book, _ = made
    for spec in filter(lambda spec: spec.id in layout.SHEET_BLOCKS, contract.SHEETS):
        blocks = layout.SHEET_BLOCKS[spec.id]
        assert all(name.startswith(layout.PREFIXES) for name in blocks)
        for name, ref in blocks.items():
            sheet, at = next(iter(book.defined_names[name].destinations))
            assert (sheet, at.replace("$", "")) == (spec.label.in_(lang), ref)


def test_every_setting_has_a_name_that_points_at_its_value(made):
    lang, _, book, _ = made
    for setting in choices.SETTING_ROWS:
        sheet, at = next(iter(book.defined_names[f"setting_{setting.id}"].destinations))
        row = int(at.rpartition("$")[2])
        assert book[sheet].cell(row, 1).value == setting.label.in_(lang)


def test_defined_names_are_not_cell_addresses(made):
    """Excel refuses to open a workbook whose name could be a cell, such as EMV1."""
    for name in made[2].defined_names:
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[rRcC]\d*", name)


def test_computed_columns_carry_their_values(made, values):
    """A file reads right where no cell function is installed."""
    lang, _, book, _ = made
    for spec in filter(lambda spec: spec.columns, contract.SHEETS):
        computed = {
            c.label.in_(lang) for c in spec.columns if c.kind is contract.ColumnKind.COMPUTED
        }
        sheet, seen = book[spec.label.in_(lang)], values[spec.label.in_(lang)]
        table = sheet.tables[spec.label.in_(lang).replace("-", "_")]
        headers, *body = sheet[table.ref]
        for i, header in enumerate(headers):
            if header.value not in computed:
                continue
            for row in body:
                assert str(row[i].value).startswith("="), (
                    f"{sheet.title}!{row[i].coordinate} is no formula"
                )
                filled = any(
                    cell.value is not None
                    for cell in row
                    if cell.column != row[i].column and not str(cell.value).startswith("=")
                )
                cached = seen[row[i].coordinate].value
                assert not filled or cached is not None, (
                    f"{sheet.title}!{row[i].coordinate} has no cached value"
                )


def test_cached_figures_equal_the_formula_by_hand(values, made):
    lang = made[0]
    sheet = values[contract.POSTS.label.in_(lang)]
    at = {column.id: i for i, column in enumerate(contract.POSTS.columns)}
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[at["reach"]]]
    for row in rows:
        interactions = sum(row[at[c]] or 0 for c in choices.INTERACTIONS)
        assert row[at["engagement_rate"]] == pytest.approx(
            interactions / row[at["reach"]], rel=1e-12
        )
        if row[at["cost"]]:
            assert row[at["roi"]] == pytest.approx(
                (row[at["revenue"]] - row[at["cost"]]) / row[at["cost"]], rel=1e-12
            )
        else:
            assert row[at["roi"]] == "#DIV/0!"


def test_opening_recalculates_nothing(made):
    """Without the add-in a recalculation would turn every KPI function into #NAME?."""
    calc = etree.fromstring(made[3]["xl/workbook.xml"]).find("{*}calcPr")
    assert calc is not None
    assert calc.get("fullCalcOnLoad", "0") in ("0", "false")
    assert not any(name.endswith("calcChain.xml") for name in made[3])


def test_formulas_use_only_functions_of_every_excel(made):
    """FREQUENCY, LET or FILTER would need array or new-version marks that older programs lack."""
    known = {
        "IF",
        "COUNT",
        "SUMPRODUCT",
        "INDEX",
        "LOOKUP",
        "EDATE",
        "TODAY",
        "MATCH",
        "FALSE",
        *(kpi.excel_name for kpi in catalogue.KPIS),
    }
    for name, data in made[3].items():
        if name.startswith("xl/worksheets/sheet"):
            for formula in etree.fromstring(data).iterfind("{*}sheetData/{*}row/{*}c/{*}f"):
                plain = re.sub(r'"[^"]*"', '""', formula.text or "")
                assert formula.get("t") != "array"
                assert set(re.findall(r"([A-Z_][A-Z_0-9.]*)\(", plain)) <= known, formula.text


def test_computed_columns_call_the_cell_functions(made):
    lang, _, book, _ = made
    sheet = book[contract.POSTS.label.in_(lang)]
    row = {header.value: cell.value for header, cell in zip(sheet[1], sheet[2], strict=True)}
    for id, function in (("engagement_rate", "ENGAGEMENT_RATE("), ("roi", "ROI("), ("emv", "EMV(")):
        assert function in row[contract.POSTS.column(id).label.in_(lang)]


def test_choice_and_figure_columns_are_validated_with_a_message(made):
    lang, _, book, _ = made
    kinds = contract.ColumnKind
    for id in ("campaigns", "objectives", "posts", "reviews", "audience"):
        spec = next(s for s in contract.SHEETS if s.id == id)
        sheet = book[spec.label.in_(lang)]
        for i, column in enumerate(spec.columns, start=1):
            if column.kind not in (
                kinds.CHOICE,
                kinds.DATE,
                kinds.COUNT,
                kinds.MONEY,
                kinds.PERCENT,
                kinds.FLAG,
                kinds.SCORE,
            ):
                continue
            letter = openpyxl.utils.get_column_letter(i)
            rules = [v for v in sheet.data_validations.dataValidation if f"{letter}2" in v.sqref]
            assert len(rules) == 1, f"{sheet.title}!{letter} ({column.id})"
            assert rules[0].prompt, f"{sheet.title}!{letter} ({column.id})"


def test_validation_texts_fit_excels_limits(made):
    for sheet in made[2]:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.errorTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 255
            if rule.type == "list" and rule.formula1.startswith('"'):
                assert len(rule.formula1) <= 257


def test_validation_speaks_the_readers_language(made):
    """Text of the other edition must not slip in."""
    lang, _, book, _ = made
    settings = book[contract.SETTINGS.label.in_(lang)]
    prompts = {rule.prompt for rule in settings.data_validations.dataValidation}
    assert prompts == {s.explanation.in_(lang)[:255] for s in choices.SETTING_ROWS}


def test_choosing_an_objective_proposes_its_kpis(made):
    """The rule on the KPI column picks one column of kpi_lists; each column is the objective's own set."""
    lang, _, book, _ = made
    sheet = book[contract.OBJECTIVES.label.in_(lang)]
    rule = next(v for v in sheet.data_validations.dataValidation if "C2" in v.sqref)
    for name in ("objective_types", "kpi_lists", "kpi_counts", "all_kpis"):
        assert name in book.defined_names
        assert name in rule.formula1

    def block(name: str) -> list[list[object]]:
        title, at = next(iter(book.defined_names[name].destinations))
        return [[cell.value for cell in row] for row in book[title][at.replace("$", "")]]

    types, counts, lists = block("objective_types")[0], block("kpi_counts")[0], block("kpi_lists")
    assert types == [t.in_(lang) for t in choices.OBJECTIVE_TYPES.values()]
    for i, id in enumerate(choices.OBJECTIVE_TYPES):
        wanted = [kpi.label.in_(lang) for kpi in catalogue.KPIS if id in kpi.objectives]
        column = [row[i] for row in lists]
        assert wanted, f"{id} proposes no KPI"
        assert counts[i] == len(wanted)
        assert column[: len(wanted)] == wanted
        assert not any(column[len(wanted) :])
    assert [row[0] for row in block("all_kpis")] == [kpi.label.in_(lang) for kpi in catalogue.KPIS]


def test_sheets_that_do_not_grow_are_protected_without_a_password(made):
    lang, _, book, _ = made
    for spec in contract.SHEETS:
        protection = book[spec.label.in_(lang)].protection
        assert protection.sheet is (spec.id not in GROWING), spec.id
        assert not protection.password
        assert protection.hashValue is None


def test_input_cells_are_unlocked_and_computed_ones_locked(made):
    lang, _, book, _ = made
    settings = book[contract.SETTINGS.label.in_(lang)]
    assert not any(
        settings.cell(r, 2).protection.locked for r in range(2, len(choices.SETTING_ROWS) + 2)
    )
    posts = book[contract.POSTS.label.in_(lang)]
    for i, column in enumerate(contract.POSTS.columns, start=1):
        assert posts.cell(2, i).protection.locked is (column.kind is contract.ColumnKind.COMPUTED)
    report = book[contract.REPORT.label.in_(lang)]
    assert not report["G7"].protection.locked, "comments are typed on the protected report"
    assert report["B7"].protection.locked


def test_the_report_prints_on_one_landscape_a4_page(made):
    lang, _, book, _ = made
    sheet = book[contract.REPORT.label.in_(lang)]
    assert sheet.print_area.replace("$", "").endswith(layout.PAGE)
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    assert sheet.print_title_rows.replace("$", "") == "1:2"
    assert sheet.oddFooter.right.text


def test_the_other_pages_of_the_report_are_printed_one_by_one(made):
    """Several print areas are as many pages, also where a fit to the page makes Excel ignore manual breaks."""
    lang, _, book, _ = made
    for spec, page in (
        (contract.CONTEXT, layout.CONTEXT_PAGE),
        (contract.DASHBOARD, layout.DASHBOARD_PAGE),
        (contract.ANALYSIS, layout.ANALYSIS_PAGE),
    ):
        sheet = book[spec.label.in_(lang)]
        areas = [
            area.rpartition("!")[2].replace("$", "") for area in str(sheet.print_area).split(",")
        ]
        assert areas == page.split(",")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (
            1,
            len(areas),
        )
        assert sheet.page_setup.orientation == "landscape"


def test_every_sheet_freezes_its_headers_and_has_a_footer(made):
    lang, _, book, _ = made
    for spec in contract.SHEETS:
        sheet = book[spec.label.in_(lang)]
        assert sheet.oddFooter.right.text, spec.id
        assert spec.id in ("context", "report", "dashboard", "analysis") or sheet.freeze_panes, (
            spec.id
        )


def test_charts_have_alt_text_in_the_workbooks_language(made):
    lang, _, _, parts = made
    drawings = [
        etree.fromstring(data)
        for name, data in parts.items()
        if name.startswith("xl/drawings/drawing")
    ]
    texts = [e.get("descr", "") for drawing in drawings for e in drawing.iter("{*}cNvPr")]
    assert len(texts) == 3 + 10, "the Report's and the Dashboard's"
    assert all(len(text) > 30 for text in texts)
    words = {"en": ("Bar chart", "Gauge", "Trend"), "fr": ("Barres", "Jauge", "Tendance")}[lang]
    assert all(any(text.startswith(word) for text in texts) for word in words)


def test_status_rules_exist_for_both_palettes(made):
    lang, _, book, _ = made
    for spec in (contract.CONTEXT, contract.REPORT, contract.ANALYSIS):
        rules = [
            rule
            for ranges in book[spec.label.in_(lang)].conditional_formatting
            for rule in ranges.rules
        ]
        formulas = " ".join(f for rule in rules for f in rule.formula)
        for word in ("met", "watch", "missed", "blue_orange", "green_red"):
            assert f'"{word}"' in formulas, spec.id


#: How linear red, green and blue reach an eye without red, green or blue cones (Machado, Oliveira and Fernandes, 2009).
_EYES = {
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour: str, eye: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour as an eye sees it, in CIE L*a*b*, where distances are as large as they look."""
    plain = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in plain]
    r, g, b = (min(max(sum(w * c for w, c in zip(row, linear, strict=True)), 0), 1) for row in eye)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", _EYES)
def test_colour_blind_readers_tell_the_verdicts_of_a_chart_apart(made, eye):
    """A chart cannot follow the palette of the settings, so its colours are those that every eye tells apart.

    Met and behind are what matters most. A green and a red bar (those of the slides) are 22 apart without green cones.
    """
    green, red = (seen(colour, _EYES["without green"]) for colour in ("2E7D32", "C00000"))
    assert math.dist(green, red) < 30, "the measure knows the colours to avoid"
    stacked = 0
    for name, data in made[3].items():
        root = etree.fromstring(data) if name.startswith("xl/charts/chart") else None
        if root is None or root.find(".//{*}grouping[@val='stacked']") is None:
            continue
        stacked += 1
        bars = [e.get("val") for e in root.iterfind(".//{*}ser/{*}spPr/{*}solidFill/{*}srgbClr")]
        met, watch, missed = (seen(colour, _EYES[eye]) for colour in bars)
        assert math.dist(met, missed) > 80
        assert all(math.dist(one, two) > 20 for one, two in combinations((met, watch, missed), 2))
    assert stacked == 2, "attainment on the Report and on the Dashboard"


def test_post_ids_are_text_cells(made):
    lang, _, book, _ = made
    sheet = book[contract.POSTS.label.in_(lang)]
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, 1)
        assert cell.number_format == "@"
        assert cell.value is None or isinstance(cell.value, str)


def test_calamine_reads_what_openpyxl_reads(made, values):
    lang, data, _, _ = made
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == values.sheetnames
    name = contract.POSTS.label.in_(lang)
    rows = book.get_sheet_by_name(name).to_python()
    assert rows[0] == [cell.value for cell in values[name][1]]
    assert [row[0] for row in rows[1:]] == [
        cell.value or "" for cell in values[name]["A"][1 : len(rows)]
    ]


def test_one_language_only(made):
    """Headers, settings and titles of the other edition must not appear."""
    lang, _, book, _ = made
    other = "en" if lang == "fr" else "fr"
    foreign = {s.label.in_(other) for s in (*contract.SHEETS, *choices.SETTING_ROWS)}
    foreign |= {c.label.in_(other) for s in contract.SHEETS for c in s.columns}
    foreign -= {s.label.in_(lang) for s in (*contract.SHEETS, *choices.SETTING_ROWS)}
    foreign -= {c.label.in_(lang) for s in contract.SHEETS for c in s.columns}
    foreign -= {kpi.label.in_(lang) for kpi in catalogue.KPIS} | {
        m.label.in_(lang) for m in catalogue.MEASURES.values()
    }
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            assert not foreign & {value for value in row if isinstance(value, str)}, sheet.title
