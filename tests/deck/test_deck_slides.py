"""A deck says what its report says: every part, in both languages, with native charts that hold the report's figures."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.deck import companies, reports
from xlkpi.core import figures, wording
from xlkpi.core.texts import LANGUAGES
from xlkpi.deck.build import build

PARTS = {
    "en": [
        "1. Context",
        "2. Results against objectives",
        "Funnel and trend",
        "3. Quality and audience",
        "4. Recommendations",
        "4. Recommendations: influencers",
        "Comparisons and benchmarks",
        "Method",
    ],
    "fr": [
        "1. Contexte",
        "2. Résultats face aux objectifs",
        "Tunnel et tendance",
        "3. Qualité et audience",
        "4. Recommandations",
        "4. Recommandations\u00a0: influenceurs",
        "Comparaisons et repères",
        "Méthode",
    ],
}
KINDS = {"example": reports.example, "crowded": reports.crowded, "empty": reports.empty}


@pytest.fixture(scope="module")
def decks():
    """Made once: (kind of report, language) → its deck, opened; a company's dark template for the kind "dark"."""
    made = {}
    for language in LANGUAGES:
        for kind, report in KINDS.items():
            made[kind, language] = reports.opened(build(report(language), language, reports.TODAY))
        made["dark", language] = reports.opened(
            build(reports.crowded(language), language, reports.TODAY, companies.dark())
        )
    return made


def slide(deck, title: str):
    return next(
        s
        for s in deck.slides
        if s.shapes.title is not None and s.shapes.title.text_frame.text == title
    )


def cells(chart) -> list[tuple[object, ...]]:
    """The sheet behind a chart."""
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


@pytest.mark.parametrize("kind", [*KINDS, "dark"])
def test_every_part_is_there_in_order(decks, language, kind):
    deck = decks[kind, language]
    assert [s.shapes.title.text_frame.text for s in deck.slides][1:] == PARTS[language]


def test_the_title_slide_says_campaign_period_status_and_headline(decks, language):
    report, said = reports.example(language), reports.texts(decks["example", language].slides[0])
    for wanted in (
        wording.title(report, language),
        wording.period(report, language),
        wording.headline(report, language),
        f"{wording.STATUS_SIGNS[report.status]} {wording.OVERALL[report.status].in_(language)}",
    ):
        assert wanted in said


def test_the_table_of_results_says_what_the_report_says(decks, language):
    report = reports.example(language)
    table = next(
        s.table for s in slide(decks["example", language], PARTS[language][1]).shapes if s.has_table
    )
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows][1:]
    currency = report.settings.currency
    assert rows == [
        [
            text.replace("\u00a0", " ")
            for text in (
                k.label.in_(language),
                figures.figure(k.target, k.kpi.unit, currency, language),
                figures.figure(k.actual, k.kpi.unit, currency, language),
                figures.variance(k, language),
                wording.status(k, language),
            )
        ]
        for k in report.kpis
    ]


def test_the_chart_of_attainment_holds_the_reports_figures(decks, language):
    report = reports.example(language)
    chart = next(
        s.chart for s in slide(decks["example", language], PARTS[language][1]).shapes if s.has_chart
    )
    drawn = [
        next(v for v in values if v is not None)
        for values in zip(*(s.values for s in chart.plots[0].series), strict=True)
    ]
    assert drawn == [k.attained for k in report.kpis]
    assert [label[2:] for label in chart.plots[0].categories] == [
        k.label.in_(language) for k in report.kpis
    ]


def test_the_charts_of_the_trend_hold_the_reports_figures(decks, language):
    report = reports.example(language)
    drawn = [
        list(s.chart.plots[0].series[0].values)
        for s in slide(decks["example", language], PARTS[language][2]).shapes
        if s.has_chart
    ]
    assert [g.values["reach"] for g in report.trend] in drawn
    assert [g.values["engagement_rate"] for g in report.trend] in drawn


def test_behind_every_chart_stands_a_sheet_with_the_same_figures(decks, language):
    for kind in ("example", "crowded"):
        for chart in reports.charts(decks[kind, language]):
            head, *rows = cells(chart)
            plot = chart.plots[0]
            assert [row[0] for row in rows] == [str(c) for c in plot.categories]
            for i, series in enumerate(plot.series, start=1):
                assert head[i] == series.name
                for row, value in zip(rows, series.values, strict=True):  # a sheet keeps 16 digits
                    assert row[i] == (None if value is None else pytest.approx(value, rel=1e-14))


def test_a_name_that_looks_like_a_formula_stays_text(decks, language):
    held = [
        cell
        for chart in reports.charts(decks["crowded", language])
        for row in cells(chart)
        for cell in row
    ]
    assert any("HYPERLINK" in str(cell) for cell in held)
    for chart in reports.charts(decks["crowded", language]):
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert {
            cell.data_type
            for row in book.active.iter_rows()
            for cell in row
            if cell.value is not None
        } <= {"s", "n"}


def test_a_verdict_is_a_sign_and_a_word_and_not_a_colour_alone(decks, language):
    signs = {*wording.STATUS_SIGNS.values()}
    for kind in KINDS:
        for one in decks[kind, language].slides:
            for cell in (
                c for s in one.shapes if s.has_table for row in s.table.rows for c in row.cells
            ):
                if cell._tc.xpath("./a:tcPr/a:solidFill"):
                    assert cell.text[0] in signs
                    assert len(cell.text) > 3


@pytest.mark.parametrize("kind", [*KINDS, "dark"])
def test_charts_and_tables_have_alternative_text(decks, language, kind):
    for one in decks[kind, language].slides:
        for shape in one.shapes:
            if shape.has_chart or shape.has_table:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 10


def test_alternative_text_of_a_chart_tells_its_figures(decks, language):
    chart = next(
        s for s in slide(decks["example", language], PARTS[language][1]).shapes if s.has_chart
    )
    told = chart._element.nvGraphicFramePr.cNvPr.get("descr")
    for line in reports.example(language).kpis:
        assert line.label.in_(language) in told


def test_speaker_notes_tell_the_method(decks, language):
    method = wording.method_lines(reports.example(language), language)
    for one in decks["example", language].slides:
        notes = one.notes_slide.notes_text_frame.text
        assert all(line in notes for line in method)


def test_a_comment_goes_into_the_notes_of_the_results(language):
    report = reports.example(language)
    report = replace(
        report, kpis=(replace(report.kpis[0], comment="Paid boost on 12 March"), *report.kpis[1:])
    )
    deck = reports.opened(build(report, language, reports.TODAY))
    assert (
        "Paid boost on 12 March"
        in slide(deck, PARTS[language][1]).notes_slide.notes_text_frame.text
    )


def test_a_part_without_data_says_what_is_missing(decks, language):
    deck = decks["empty", language]
    for title in PARTS[language][:-1]:
        said = reports.texts(slide(deck, title)).removeprefix(title)
        assert any(len(line) > 30 and line.endswith(".") for line in said.split("\n")), title
    assert reports.charts(deck) == []


@pytest.mark.parametrize("kind", [*KINDS, "dark"])
def test_nothing_overlaps_and_nothing_leaves_the_slide(decks, language, kind):
    deck = decks[kind, language]
    for one in deck.slides:
        boxes = [(s.name, s.left, s.top, s.left + s.width, s.top + _height(s)) for s in one.shapes]
        for _, left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= deck.slide_width
            assert bottom <= deck.slide_height
        for a, b in itertools.combinations(boxes, 2):
            apart = a[3] <= b[1] or b[3] <= a[1] or a[4] <= b[2] or b[4] <= a[2]
            assert apart, (one.shapes.title.text_frame.text, a[0], b[0])


def _height(shape) -> int:
    return sum(row.height for row in shape.table.rows) if shape.has_table else shape.height


def test_what_does_not_fit_is_counted(decks, language):
    said = reports.texts(slide(decks["crowded", language], PARTS[language][5]))
    report = reports.crowded(language)
    table = next(
        s.table for s in slide(decks["crowded", language], PARTS[language][5]).shapes if s.has_table
    )
    left_out = len(report.analysis.decisions) - (len(table.rows) - 2)
    assert left_out > 0
    assert {"en": f"… and {left_out} more", "fr": f"… et {left_out} de plus"}[language] in said


def test_decisions_that_ask_for_a_change_are_not_what_is_left_out(decks, language):
    table = next(
        s.table for s in slide(decks["crowded", language], PARTS[language][5]).shapes if s.has_table
    )
    signs = [row.cells[3].text[0] for row in list(table.rows)[1:-1]]
    assert signs == sorted(signs, key="▼●▲–".index)
    assert signs[0] == "▼"


def test_letters_are_never_too_small_to_read(decks, language):
    for kind in ("crowded", "dark"):
        deck = decks[kind, language]
        smallest = 9 * deck.slide_height / 6_858_000
        sizes = [
            run.font.size.pt
            for one in deck.slides
            for s in one.shapes
            if s.has_table
            for row in s.table.rows
            for cell in row.cells
            for p in cell.text_frame.paragraphs
            for run in p.runs
        ]
        assert min(sizes) >= smallest - 0.01


def test_texts_say_which_language_they_are_in(decks, language):
    for one in decks["example", language].slides:
        for element in (one._element, one.notes_slide._element):
            found = element.xpath(".//a:r/a:rPr/@lang")
            assert set(found) == {{"en": "en-GB", "fr": "fr-FR"}[language]}


def test_the_workbooks_palette_is_used(language):
    def fills(report) -> set[str]:
        deck = reports.opened(build(report, language, reports.TODAY))
        return set(
            slide(deck, PARTS[language][1])._element.xpath(
                ".//a:tc/a:tcPr/a:solidFill/a:srgbClr/@val"
            )
        )

    report = reports.example(language)
    assert fills(report) == {"CFE8F7", "EDEDED", "FCE0C8"}
    assert fills(replace(report, settings=replace(report.settings, palette="green_red"))) == {
        "C6EFCE",
        "FFEB9C",
        "FFC7CE",
    }


def test_characters_that_no_file_can_hold_are_left_out(language):
    report = replace(reports.example(language), campaigns=("Bell\x07 and\ufffe \ud800half",))
    deck = reports.opened(build(report, language, reports.TODAY))
    assert deck.slides[0].shapes.title.text_frame.text.startswith("Bell")


def test_the_same_report_gives_the_same_bytes(language):
    report = reports.crowded(language)
    assert build(report, language, reports.TODAY) == build(report, language, reports.TODAY)


@pytest.mark.parametrize("kind", ["example", "crowded", "empty", "dark", "no titles"])
def test_a_deck_is_a_valid_package(tmp_path, language, kind):
    template = {"dark": companies.dark(potx=True), "no titles": companies.without_titles()}.get(
        kind
    )
    path = tmp_path / "deck.pptx"
    path.write_bytes(
        build(KINDS.get(kind, reports.crowded)(language), language, reports.TODAY, template)
    )
    assert [
        str(e) for e in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path)).errors
    ] == []


def test_advice_on_several_campaigns_is_told_once_with_their_names(language):
    report = reports.example(language)
    three = tuple(
        replace(r, campaign=name)
        for name in ("Spring", "Summer", "Winter")
        for r in report.analysis.readings
    )
    deck = reports.opened(
        build(
            replace(
                report,
                campaigns=("Spring", "Summer", "Winter"),
                analysis=replace(report.analysis, readings=three),
            ),
            language,
            reports.TODAY,
        )
    )
    table = next(s.table for s in slide(deck, PARTS[language][4]).shapes if s.has_table)
    seen = [row.cells[1].text for row in itertools.islice(table.rows, 1, None)]
    told = [text for text in seen if text.startswith("Spring, Summer, Winter – ")]
    assert len(told) == len(set(told)) >= 2
    assert not any(text.startswith(("Spring – ", "Summer – ", "Winter – ")) for text in seen)
