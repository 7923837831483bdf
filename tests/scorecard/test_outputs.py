"""R20: what is written opens everywhere, and every text comes back letter by letter."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from python_calamine import CalamineWorkbook

from tests.helpers import books
from tests.scorecard.lab import Lab, chance
from tests.scorecard.scorecard import times
from xlkpi.core import catalogue
from xlkpi.core.names import fold, same_name, tidy
from xlkpi.excel.jobs import report as filereport
from xlkpi.excel.report import render
from xlkpi.excel.report.comments import Comment, read_comments
from xlkpi.excel.report.fill import apply
from xlkpi.ooxml.cells import escape_x
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.save import save


def recipes() -> list[tuple[str, dict[str, object], tuple[str, ...]]]:
    """Fifty workbooks and how they are reported on: languages, 1 to 12 KPIs, periods, foreign books, tables or none."""
    dice = chance("outputs")
    measured = [
        k
        for k in catalogue.KPIS
        if set(k.inputs) <= {*(h.lower() for h in books.POSTS[0]), "interactions"}
    ]
    found: list[tuple[str, dict[str, object], tuple[str, ...]]] = []
    for number in range(46):
        kpis = dice.sample(measured, 1 + number % 12)
        book: dict[str, object] = {
            "objectives": [
                {"Campaign": "Spring", "KPI": k.label.en, "Target": dice.choice((0.05, 10, 5_000))}
                for k in kpis
            ],
            "tables": number % 3 != 1,
            "first_row": number % 4,
            "first_column": number % 2,
            "names": {"Posts": "Publications" if number % 5 == 4 else "Posts"},
        }
        if number % 6 == 2:
            book["Report"] = [{"Mine": "keep me"}]
        if number % 7 == 3:
            book["Settings"] = [
                {"Setting": "Colours", "Value": "Green / red"},
                {"Setting": "Currency", "Value": "USD"},
            ]
        if number % 7 == 5:
            book["posts"] = [
                {**row, "Influencer": "=1+1", "Campaign": "Spring", "Reach": None if i else "12k?"}
                for i, row in enumerate(books.POSTS)
            ]
        more = ["--lang", "fr" if number % 2 else "en"]
        if number % 5 == 1:
            more += ["--period", dice.choice(("2026-03", "2026-Q1", "2026"))]
        found.append(("tiny", book, tuple(more)))
    return [
        ("sample", {"language": "en"}, ("--lang", "fr")),
        found[0],
        ("prefixed", {}, ()),
        *found[1:],
        ("sample", {"language": "fr"}, ()),
        ("sample", {"language": "en"}, ("--period", "2025-11..2026-05")),
    ]


def made(folder: Path, number: int, sample, lab: Lab) -> tuple[Path, Path]:
    """The ``number``-th workbook and its report."""
    from tests.scorecard.hostile import PLAIN

    kind, book, more = recipes()[number]
    source, out = folder / f"book{number}.xlsx", folder / f"out{number}.xlsx"
    if kind == "sample":
        sample(book["language"]).rename(source)
    elif kind == "prefixed":
        books.raw(source, PLAIN, prefix="x", shared="<si><t>x</t></si>")
    else:
        books.tiny(source, **book)  # type: ignore[arg-type]
    said = lab.run("report", source, "-o", out, *more)
    assert said.code in (0, 1), said
    if number % 3 == 1:  # a report that is made anew over an older one
        said = lab.run("report", out, "--in-place", *more)
        assert said.code in (0, 1), said
    return source, out


def problems(path: Path) -> set[str]:
    return {
        str(error)
        for error in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(str(path)).errors
    }


def test_outputs_open_in_every_reader(tmp_path, lab: Lab, figures, sample, libreoffice):
    """Accepted: no problem that the workbook did not have, and each reader finds the same figures in it."""
    count = times(50, 3)
    wanted: dict[str, str] = {}
    for number in range(count):
        with figures.case("R20"):
            source, out = made(tmp_path, number, sample, lab)
            found = problems(out)
            assert not found or found <= problems(source), number
            book = openpyxl.load_workbook(out, data_only=True)
            sheet = next(
                s
                for s in book
                if s.title.startswith(("Report", "Rapport")) and s["B6"].value == "KPI"
            )
            twin = (
                CalamineWorkbook.from_path(out)
                .get_sheet_by_name(sheet.title)
                .to_python(skip_empty_area=False)
            )
            for row in range(7, 14):
                for column in range(2, 7):
                    here, there = sheet.cell(row, column).value, twin[row - 1][column - 1]
                    assert here == there or (here is None and there == ""), (
                        number,
                        row,
                        column,
                        here,
                        there,
                    )
            wanted[out.stem] = f"{sheet.title}|{sheet['B7'].value}"
    started = time.perf_counter()
    folder = tmp_path / "csv"
    _converted([tmp_path / f"{stem}.xlsx" for stem in wanted], folder)
    for stem, said in wanted.items():
        title, _, kpi = said.partition("|")
        text = (folder / f"{stem}-{title}.csv").read_text(encoding="utf-8")
        assert kpi in text, (stem, kpi)
    figures.add("R20", 0, 0, time.perf_counter() - started)


def _converted(paths: list[Path], folder: Path) -> None:
    """Every sheet of every workbook as CSV, by one LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office is not None
    folder.mkdir()
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        capture_output=True,
        timeout=900,
        check=True,
        stdin=subprocess.DEVNULL,
    )


# -- texts -----------------------------------------------------------------------------------------

TEXTS = times(10_000, 1_000)
_SHAPES = (
    "é",
    "e\u0301",
    "ﬁ",
    "Å",
    "A\u030a",
    "שלום \u202eabc\u202c",
    "مرحبا\u200f",
    "\u2066x\u2069",
    "👩\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "🇫🇷",
    "1️⃣",
    "ไทย",
    "नमस्ते",
    "日本語",
    "한국어",
    "𝔘𝔫𝔦",
    "\U00020000",
    "\U000e0041",
    "\U0010fffd",
    "\ue000",
    "a\u00a0b",
    "a\u202fb",
    "a\u00adb",
    "a\u200bb",
    "\ufeff",
    "=1+1",
    "+1",
    "-1",
    "@a",
    "'a",
    '"a"',
    "a,b;c\td",
    "two\nlines",
    "<b>&amp;</b>",
    "]]>",
    "&#65;",
    "_x0041_",
    "_x005F_x0041_",
    "_x000D_",
    "_X0041_",
    "_x00_",
    "#N/A",
    "1e5",
    "0012",
    "TRUE",
    "2026-03-01",
    "12k",
    "%s{0}\\n",
    "\u2028",
    "\u0085",
    "ß",
    "İ",
    "ı",
    "ſ",
    "Σσς",
    "null",
    "none",
    "nan",
    "\u0300",
    "·" * 50,
    "x" * 500,
)


def texts() -> Iterator[str]:
    """Ten thousand texts at night: known trouble, then every plane of Unicode; no two alike, none with a blank at an end.

    Halves of characters and U+FFFE cannot stand in a file; control characters are tried below.
    """
    dice = chance("texts")
    for i in range(TEXTS):
        if i < TEXTS // 2:
            inner = (
                "".join(dice.choice(_SHAPES) for _ in range(i // len(_SHAPES)))
                + _SHAPES[i % len(_SHAPES)]
            )
        else:
            plane = dice.choice((0, 0, 0, 1, 1, 2, 3, 14, 15, 16))
            inner = "".join(
                filter(
                    _fits,
                    (
                        chr(plane << 16 | dice.randrange(1 << 16))
                        for _ in range(dice.randint(1, 30))
                    ),
                )
            )
        yield f"{i}·{inner}·"


def _fits(char: str) -> bool:
    return unicodedata.category(char) not in ("Cs", "Cc") and ord(char) & 0xFFFF not in (
        0xFFFE,
        0xFFFF,
    )


def test_texts_come_back_from_posts(tmp_path, lab: Lab, figures):
    """As influencers and ids of as many posts, from shared strings, through the report and its JSON.

    Two spellings of one name are one influencer, whose label is one of them.
    """
    wanted = list(texts())
    strings = "".join(
        f'<si><t xml:space="preserve">{escape(_escaped(text))}</t></si>' for text in wanted
    )
    rows = "".join(
        f'<row r="{i + 2}"><c r="A{i + 2}" t="s"><v>{i}</v></c><c r="B{i + 2}" t="s"><v>{i}</v></c>'
        f'<c r="C{i + 2}"><v>5</v></c></row>'
        for i in range(len(wanted))
    )
    path = books.raw(
        tmp_path / "book.xlsx",
        books.inline([["Post ID", "Influencer", "Reach"]]) + rows,
        shared=strings,
    )
    said = lab.run("report", path, "--json", seconds=300)
    assert said.code in (0, 1), said.err[-500:]
    found = {group["label"] for group in json.loads(said.out)["by_influencer"]}
    people = {same_name(label) for label in found}
    frame, _ = books.posts_of(path)
    for text, id in zip(wanted, frame["post_id"], strict=True):
        with figures.case("R20 texts"):
            assert id == tidy(text)  # what nobody sees tells no two ids apart
            assert tidy(text) in found or same_name(text) in people


def test_texts_come_back_from_comments_and_campaigns(tmp_path, run, figures):
    """As campaigns and comments in a report: read back by us, by openpyxl, and from the report of the report."""
    path, out = books.tiny(tmp_path / "book.xlsx"), tmp_path / "out.xlsx"
    assert run("report", path, "-o", out).code == 0
    wanted = {f"{fold(text)}|reach": Comment(text, "reach", text) for text in texts()}
    assert len(wanted) == TEXTS, "two of the texts are one name"
    report, language = filereport.read_report(out, filereport.Request(), date(2026, 4, 1))
    with Package(out) as package:
        apply(package, render.render(report, language, wanted))
        save(package, out)
    assert run("report", out, "--in-place").code == 0
    with Package(out) as package:
        kept = read_comments(package)
    block = [[c.value for c in row] for row in openpyxl.load_workbook(out)["Report"]["B96:D10200"]]
    cells = {row[0]: row[2] for row in block if row[0]}
    for key, one in wanted.items():
        with figures.case("R20 texts"):
            assert kept[key] == one
            seen = openpyxl.utils.escape.unescape(cells[_escaped(one.comment)])
            assert seen == one.comment


def _escaped(text: str) -> str:
    """How a text stands in a file, where ``_x0041_`` would mean A; openpyxl shows it so."""
    return escape_x(text)


@pytest.mark.parametrize("code", [*range(1, 32), 127, *range(128, 160, 7)])
def test_control_characters_come_back_from_posts(tmp_path, code):
    """Excel stores them as ``_x0007_``; a line break in a cell is one."""
    text = f"a{chr(code)}b"
    posts = [
        {**row, "Post ID": f"{i}{text}", "Influencer": text} for i, row in enumerate(books.POSTS)
    ]
    frame, _ = books.posts_of(books.tiny(tmp_path / "book.xlsx", posts))
    assert frame["post_id"].tolist() == [f"{i}{text}" for i in range(3)]
    assert set(frame["influencer"]) == {text}
