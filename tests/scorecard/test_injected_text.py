"""R7: whatever stands in a text column, of a workbook or of an export, is written as the text that it is.

The program writes no CSV, so nowhere does an apostrophe stand before a text.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from tests.helpers.books import parts_of
from tests.helpers.payloads import PAYLOADS
from tests.helpers.planting import Book
from tests.scorecard.scorecard import times
from tests.scorecard.test_links import outward
from xlkpi.core.names import tidy
from xlkpi.core.texts import Language
from xlkpi.excel.posts.existing import existing
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.ooxml.package import Package

#: Marks among the payloads that an id is freed of.
INVISIBLE = re.compile(r"[\u200b\u202e]")
Place = tuple[contract.Sheet, str, int]


def places() -> list[Place]:
    """A cell in each text column of the input sheets; what names the campaign and its KPIs has its own test."""
    rows = {
        contract.POSTS: 9,
        contract.INFLUENCERS: 3,
        contract.CAMPAIGNS: 2,
        contract.OBJECTIVES: 5,
        contract.REFERENCES: 7,
    }
    return [
        (spec, column.id, row)
        for spec, row in rows.items()
        for column in spec.columns
        if column.kind in (ColumnKind.TEXT, ColumnKind.ID, ColumnKind.CHOICE)
        and column.id not in ("campaign", "kpi")
    ]


def formulas(path: Path) -> set[str]:
    """Every formula of a workbook, row numbers apart: those of a table are written again for each row."""
    found = set()
    for name, data in parts_of(path).items():
        if name.startswith("xl/worksheets/sheet"):
            found |= {
                re.sub(r"\d+", "#", f.text or "") for f in etree.fromstring(data).iter("{*}f")
            }
    return found


def count_of_formulas(path: Path) -> int:
    return sum(
        data.count(b"<f>") + data.count(b"<f ")
        for name, data in parts_of(path).items()
        if "/worksheets/sheet" in name
    )


def texts(path: Path, sheet: str) -> dict[str, object]:
    """Address → what stands there, by a reader that is not ours; a formula is none of it."""
    cells = [cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row]
    return {
        cell.coordinate: openpyxl.utils.escape.unescape(cell.value)
        for cell in cells
        if isinstance(cell.value, str) and cell.data_type != "f"
    }


def test_thirty_payloads_and_more_are_tried():
    assert len(set(PAYLOADS)) >= 30
    assert len(places()) >= 20


@pytest.mark.parametrize("turn", range(times(len(PAYLOADS), 2)))
def test_text_of_a_workbook_stays_text(tmp_path, run, figures, turn):
    """Each turn puts another payload into each column; all turns together put each into each."""
    language: Language = ("en", "fr")[turn % 2]  # type: ignore[assignment]
    wanted = {place: PAYLOADS[(turn + i) % len(PAYLOADS)] for i, place in enumerate(places())}
    made = Book(build(language, worked_example(language)), language)
    book, out = tmp_path / "book.xlsx", tmp_path / "out.xlsx"
    book.write_bytes(made.with_cells(wanted))
    said = run("report", book, "-o", out, language=language)
    assert said.code in (0, 1), said.err
    with figures.case("R8"):
        assert outward(out) <= outward(book)
    assert formulas(out) == formulas(book)
    assert count_of_formulas(out) == count_of_formulas(book)
    seen = {spec: texts(out, spec.label.in_(language)) for spec in {spec for spec, *_ in wanted}}
    for (spec, column, row), text in wanted.items():
        with figures.case("R7"):
            assert seen[spec][made.address(spec, column, row)] == text, (column, text)
    apart = [
        text
        for text in texts(out, contract.CHECKS.label.in_(language)).values()
        if str(text).startswith("'=")
    ]
    assert set(apart) <= {"'=1+1"}, "no apostrophe is put before a text"


@pytest.mark.parametrize("turn", range(0, len(PAYLOADS), times(1, 15)))
def test_a_name_of_a_campaign_or_a_kpi_stays_text(tmp_path, run, figures, turn):
    """Where a name is no KPI, its line is left out and the name quoted; strictly, nothing is written."""
    payload = PAYLOADS[turn]
    made = Book(build("en", worked_example("en")), "en")
    book, out = tmp_path / "book.xlsx", tmp_path / "out.xlsx"
    posts = len(worked_example("en").posts)
    cells: dict[Place, str] = {(contract.CAMPAIGNS, "campaign", 2): payload}
    cells |= {(contract.OBJECTIVES, "campaign", row): payload for row in range(2, 8)}
    cells |= {(contract.POSTS, "campaign", row): payload for row in range(2, posts + 2)}
    book.write_bytes(made.with_cells(cells))
    said = run("report", book, "-o", out)
    with figures.case("R7"):
        assert said.code in (0, 1, 3), said.err
        if said.code != 3:
            assert formulas(out) == formulas(book)
            assert any(payload.strip() in str(text) for text in texts(out, "Report").values())
            assert outward(out) <= outward(book)
    book.write_bytes(made.with_cells({(contract.OBJECTIVES, "kpi", 4): payload}))
    said = run("report", book, "-o", tmp_path / "none.xlsx", "--strict")
    with figures.case("R7"):
        assert said.code == 3
        assert payload.strip() in said.err
        assert not (tmp_path / "none.xlsx").exists()


# -- imports ----------------------------------------------------------------------------------------

#: Column of a table → whether its text is kept as it stands; networks and formats must be known ones, else they stay empty.
COLUMNS = {
    "Post ID": "post_id",
    "Campaign": "campaign",
    "Influencer": "influencer",
    "URL": "url",
    "Promo code": "promo_code",
    "Network": "",
    "Format": "",
    "Note": "",
}


def export(path: Path, separator: str) -> list[dict[str, str]]:
    """A row for each payload; each column begins with another one, so that all stand in all."""
    rows = [
        {
            name: PAYLOADS[(i + c) % len(PAYLOADS)] + (f"{i}" if name == "Post ID" else "")
            for c, name in enumerate(COLUMNS)
        }
        for i in range(len(PAYLOADS))
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow([*COLUMNS, "Date", "Reach", "Likes"])
        writer.writerows(
            [*row.values(), "2026-03-05", 1_000 + i, 10 + i] for i, row in enumerate(rows)
        )
    return rows


def imported(book: Path, after: int) -> dict[str, list[object]]:
    with Package(book) as package:
        return {
            id: list(values)[after:] for id, values in existing(Workbook(package)).columns.items()
        }


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("fr", ";")])
def test_text_of_a_csv_stays_text(tmp_path, run, figures, sample, language, separator):
    book, file, out = sample(language), tmp_path / "posts.csv", tmp_path / "out.xlsx"
    rows = export(file, separator)
    before, linked, posts = formulas(book), outward(book), len(worked_example(language).posts)
    said = run("import", file, "--into", book, language=language)
    assert said.code in (0, 1), said.err
    found = imported(book, posts)
    for i, row in enumerate(rows):
        for name, id in COLUMNS.items():
            with figures.case("R7"):
                _is_text(name, row[name], found[id or name.lower()][i])
    assert formulas(book) == before
    assert outward(book) == linked
    cells = set(texts(book, "Posts").values())
    assert {"@handle", "-5", "+1+1", '=HYPERLINK("https://example.com","x")'} <= cells, (
        "as openpyxl sees it"
    )
    said = run("report", book, "-o", out, language=language)
    with figures.case("R8"):
        assert said.code in (0, 1), said.err
        assert formulas(out) == before
        assert outward(out) == linked


def _is_text(name: str, typed: str, found: object) -> None:
    """As it was typed, blanks at the ends apart; an id also without marks that nobody sees and Excel's own apostrophe."""
    if name in ("Network", "Format"):
        assert found in (None, "post"), "only a word such as text names a format"
    elif name == "Note":
        assert found is None, "remarks are not imported, and said to be"
    elif name == "Post ID":
        assert str(found) == INVISIBLE.sub("", typed.strip()).removeprefix("'"), (name, typed)
    else:
        assert str(found) == tidy(typed), (name, typed)  # unseen characters tell nothing apart


def test_text_of_instagrams_export_stays_text(tmp_path, run, figures, sample):
    """The account and the link stand in Posts; the description, where anyone may write anything, does not."""
    book, file = sample("en"), tmp_path / "content.csv"
    typed = ("Account username", "Account name", "Description", "Permalink")
    with (Path(__file__).parents[1] / "intake/exports/samples/instagram_content_en.csv").open(
        encoding="utf-8-sig"
    ) as source:
        first = next(csv.DictReader(source))
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, first)
        writer.writeheader()
        for i, payload in enumerate(PAYLOADS):
            writer.writerow(
                first | dict.fromkeys(typed, payload) | {"Post ID": f"1791234567{i:07d}"}
            )
    before, linked, posts = formulas(book), outward(book), len(worked_example("en").posts)
    said = run("import", file, "--into", book)
    assert said.code in (0, 1), said.err
    found = imported(book, posts)["influencer"]
    for payload, who in zip(PAYLOADS, found, strict=True):
        with figures.case("R7"):
            assert str(who) == tidy(payload)
    assert formulas(book) == before
    assert outward(book) == linked
