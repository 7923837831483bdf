"""R8: what a workbook is linked to is told and not followed; what we write is linked to nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from tests.helpers import books
from tests.scorecard import hostile
from tests.scorecard.hostile import BOOK, CASES, DDE, pack, raw_parts, with_link, with_sheet

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def formula(text: str) -> dict[str, bytes]:
    """A workbook with this formula in a figure's cell, its last result beside it."""
    return raw_parts(
        books.inline([["Post ID", "Network", "Reach"], ["p0", "X", 3]])
        + (
            f'<row r="3"><c r="A3" t="str"><v>p1</v></c><c r="B3" t="str"><v>X</v></c><c r="C3"><f>{text}</f><v>5</v></c></row>'
        )
    )


def hyperlink(target: str) -> dict[str, bytes]:
    parts = hostile.tiny()
    name = "xl/worksheets/_rels/sheet2.xml.rels"
    parts[name] = parts[name].replace(
        b"</Relationships>", hostile.link("hyperlink", target) + b"</Relationships>"
    )
    return parts


#: What stands in the workbook → code, what the finding quotes, and where it points.
TOLD = {
    "a workbook": (with_link(BOOK), "XK360", "file:///C:/prices.xlsx", ""),
    "a workbook on a share": (
        with_link(BOOK, r"\\server\share\prices.xlsx"),
        "XK360",
        r"\\server\share\prices.xlsx",
        "",
    ),
    "a workbook on a web site": (
        with_link(BOOK, "https://example.com/p.xlsx"),
        "XK360",
        "https://example.com/p.xlsx",
        "",
    ),
    "a workbook that is gone": (with_link(BOOK, "p.xlsx", "xlPathMissing"), "XK360", "p.xlsx", ""),
    "another add-in": (
        with_link(BOOK, "file:///C:/other.xlam"),
        "XK360",
        "file:///C:/other.xlam",
        "",
    ),
    "DDE": (with_link(DDE, ""), "XK362", "cmd|/C calc", ""),
    "DDE in a formula": (formula("cmd|'/C calc'!A0"), "XK362", "cmd|'/C calc'!A0", "Posts!C3"),
    "DDE in a formula, with a sign": (
        formula("+MSEXCEL|'\\..\\x'!A"),
        "XK362",
        "MSEXCEL",
        "Posts!C3",
    ),
    "a share in a formula": (
        formula(r"'\\server\share\[p.xlsx]S'!A1"),
        "XK360",
        r"\\server\share",
        "Posts!C3",
    ),
    "macros": (hostile.tiny(**{"xl/vbaProject.bin": b"\xd0\xcf"}), "XK361", "", ""),
    "settings of xlwings": (with_sheet("xlwings.conf"), "XK363", "", "xlwings.conf"),
    "a program of xlwings": (with_sheet("Main.PY"), "XK363", "", "Main.PY"),
    "hyperlink to a share": (
        hyperlink(r"\\server\share\a.docx"),
        "XK364",
        r"\\server\share\a.docx",
        "Posts",
    ),
    "hyperlink to a file": (
        hyperlink("file:///C:/Windows/x.lnk"),
        "XK364",
        "file:///C:/Windows/x.lnk",
        "Posts",
    ),
    "hyperlink to a program": (hyperlink("ms-msdt:/id"), "XK364", "ms-msdt:/id", "Posts"),
    "picture elsewhere": (
        hostile._changed(hostile._tiny(), {})
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": hostile._tiny()[
                "xl/worksheets/_rels/sheet1.xml.rels"
            ].replace(
                b"</Relationships>",
                hostile.link("image", "http://example.com/pixel.png") + b"</Relationships>",
            )
        },
        "XK364",
        "http://example.com/pixel.png",
        "Objectives",
    ),
    "a connection": (
        hostile.tiny(
            **{
                "xl/connections.xml": f'<connections xmlns="{_SPREADSHEET}"><connection id="1" name="q" '
                'type="4"/></connections>'.encode()
            }
        ),
        "XK365",
        "q",
        "",
    ),
}
#: Nothing to tell: posts have addresses, and our own add-in is a link in Excel's eyes.
UNTOLD = {
    "hyperlink to a post": hyperlink("https://www.instagram.com/p/abc/"),
    "hyperlink typed short": hyperlink("instagram.com/p/abc"),
    "hyperlink to a mail address": hyperlink("mailto:ana@example.com"),
    "our add-in": with_link(BOOK, "file:///C:/Users/a/AppData/Roaming/Microsoft/AddIns/xlkpi.xlam"),
    "a formula with a bar in a text": formula('IF(1,"a|b!c",2)'),
    "a formula": formula("SUM(Posts!A1:A2)"),
}


def written(path: Path, parts: dict[str, bytes]) -> Path:
    path.write_bytes(pack([hostile.Entry.of(name, data) for name, data in parts.items()]))
    return path


@pytest.mark.parametrize("name", TOLD)
def test_what_a_workbook_is_linked_to_is_told(tmp_path, run, figures, language, name):
    parts, code, value, place = TOLD[name]
    path = written(tmp_path / "book.xlsx", parts)
    said = run("check", path, "--json", language=language)
    with figures.case("R8"):
        assert said.code == 0, said.err
        found = [f for f in said.json["findings"] if f["code"].startswith("XK36")]
        assert [f["code"] for f in found] == [code], found
        assert value in found[0]["value"]
        assert "!".join(filter(None, (found[0]["sheet"], found[0]["cell"]))) == place
        assert found[0]["severity"] in ("info", "warning")
        assert found[0]["effect"]
        assert found[0]["fix"]


@pytest.mark.parametrize("name", UNTOLD)
def test_what_is_no_danger_is_not_told(tmp_path, run, name):
    said = run("check", written(tmp_path / "book.xlsx", UNTOLD[name]), "--json")
    assert said.code == 0, said.err
    assert not [f for f in said.json["findings"] if f["code"].startswith("XK36")]


def outward(path: Path) -> set[str]:
    """Everything in a workbook that leads out of it: external relationships, links to other books, formulas to them."""
    found = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            found |= {
                f"{name}: {m}" for m in re.findall(rb'<[^<>]*TargetMode="External"[^<>]*>', data)
            }
            found |= {f"{name}: {m}" for m in re.findall(rb"<(?:ddeLink|oleLink)[^<>]*>", data)}
            if name.startswith(("xl/worksheets/sheet", "xl/charts/", "xl/workbook.xml")):
                found |= {
                    f"{name}: {m}"
                    for m in re.findall(
                        rb"<(?:\w+:)?(?:f|definedName)\b[^<>]*>[^<]*(?:\||\[\d|\\\\|https?:)[^<]*<",
                        data,
                    )
                }
    return found


@pytest.mark.parametrize("name", TOLD)
def test_a_report_is_linked_to_nothing_that_its_workbook_is_not(tmp_path, run, figures, name):
    path = written(tmp_path / "book.xlsx", TOLD[name][0])
    assert run("report", path, "-o", tmp_path / "out.xlsx").code == 0
    with figures.case("R8"):
        assert outward(tmp_path / "out.xlsx") == outward(path)


@pytest.mark.parametrize("command", [("new", "out.xlsx"), ("new", "out.xlsx", "--sample")])
def test_a_new_workbook_is_linked_to_nothing(
    tmp_path, run, figures, monkeypatch, language, command
):
    monkeypatch.chdir(tmp_path)
    assert run(*command, language=language).code == 0
    with figures.case("R8"):
        assert outward(tmp_path / "out.xlsx") == set()


def test_the_corpus_of_hostile_files_has_these_too():
    assert {"link to another workbook", "DDE", "macros", "data connection"} <= set(CASES)
