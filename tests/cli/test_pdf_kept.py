"""What stands where the PDF of a report will: only a PDF of ours that nobody has touched is replaced without a copy."""

from __future__ import annotations

import os
import sys

import pytest

from tests.helpers.books import tiny
from xlkpi.excel.jobs import pdf

#: A stand-in for LibreOffice: the shortest PDF with an end, in the folder that it is told to write to.
_OFFICE = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && folder=$2; shift; done
printf '%%PDF-1.7\\n%s\\ntrailer\\n<<>>\\nstartxref\\n9\\n%%%%EOF\\n' "$PAGES" > "$folder/report.pdf"
"""

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="Excel is asked first there"
)


@pytest.fixture
def report(tmp_path, run, monkeypatch):
    """Makes the report of a small workbook with its PDF; the printed pages may be chosen."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").write_text(_OFFICE)
    (programs / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    source = tiny(tmp_path / "book.xlsx")

    def make(*options, pages="page 1", language="en", output=tmp_path / "out.xlsx"):
        monkeypatch.setenv("PAGES", pages)
        return run("report", source, "-o", output, "--pdf", *options, language=language)

    return make


def copies(tmp_path):
    return sorted(tmp_path.glob("*.bak.pdf"))


def test_a_foreign_pdf_is_kept_as_a_dated_copy_and_named(tmp_path, report, language):
    (tmp_path / "out.pdf").write_bytes(b"%PDF-1.4 the signed contract")
    said = report(language=language)
    assert said.code == 0, said.err
    (copy,) = copies(tmp_path)
    assert copy.read_bytes() == b"%PDF-1.4 the signed contract"
    assert ("Le PDF d’avant" if language == "fr" else "The PDF as it was") in said.out
    assert str(copy) in said.out
    assert b"page 1" in (tmp_path / "out.pdf").read_bytes()


def test_our_own_untouched_pdf_is_replaced_without_a_copy(tmp_path, report):
    report()
    said = report(pages="page 2")
    assert said.code == 0, said.err
    assert not copies(tmp_path)
    assert "as it was" not in said.out
    assert b"page 2" in (tmp_path / "out.pdf").read_bytes()


@pytest.mark.parametrize(
    "touch",
    [
        lambda data: (
            data + b"5 0 obj a remark endobj\nstartxref\n99\n%%EOF\n"
        ),  # as PDF readers save remarks
        lambda data: data.replace(b"page 1", b"page X"),
        lambda data: data[:-3],
        lambda data: data.replace(b"%xlkpi ", b"%xlkpi 00"),
        lambda data: b"",
    ],
    ids=["remark", "text", "cut", "mark", "empty"],
)
def test_a_pdf_of_ours_that_was_changed_is_kept(tmp_path, report, touch):
    report()
    path = tmp_path / "out.pdf"
    changed = touch(path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    assert report().code == 0
    assert [copy.read_bytes() for copy in copies(tmp_path)] == [changed]


def test_a_pdf_of_another_report_is_kept(tmp_path, report):
    """Somebody who gives last quarter's PDF this name wants to keep it."""
    report()
    (tmp_path / "out.pdf").rename(tmp_path / "other.pdf")
    last = (tmp_path / "other.pdf").read_bytes()
    assert report(output=tmp_path / "other.xlsx").code == 0
    assert [copy.read_bytes() for copy in copies(tmp_path)] == [last]


def test_with_json_the_copy_is_named_on_the_error_channel(tmp_path, report):
    (tmp_path / "out.pdf").write_bytes(b"mine")
    said = report("--json")
    assert said.json
    assert str(copies(tmp_path)[0]) in said.err


def test_a_folder_of_that_name_is_told(tmp_path, report, language):
    (tmp_path / "out.pdf").mkdir()
    said = report(language=language)
    assert (said.code, said.codes & {"XK401"}) == (4, {"XK401"})
    assert ("pas le PDF" if language == "fr" else "the PDF was not") in said.err
    assert (tmp_path / "out.pdf").is_dir()


def test_a_pdf_that_cannot_be_replaced_stays_whole_and_leaves_nothing_beside_it(
    tmp_path, report, monkeypatch
):
    (tmp_path / "out.pdf").write_bytes(b"mine")
    replace = os.replace

    def refuse(source, target):
        if str(target).endswith("out.pdf"):
            raise PermissionError(13, "open elsewhere")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    said = report()
    assert (said.code, said.codes & {"XK401"}) == (4, {"XK401"})
    assert (tmp_path / "out.pdf").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "book.xlsx",
        "out.pdf",
        "out.xlsx",
        "programs",
    ]


def test_the_demo_keeps_a_pdf_that_stands_in_its_folder(tmp_path, report, run):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "campaign-report.pdf").write_bytes(b"mine")
    said = run("demo", tmp_path / "demo", "--sample", "small")
    (copy,) = (tmp_path / "demo").glob("*.bak.pdf")
    assert copy.read_bytes() == b"mine"
    assert str(copy) in said.out


def test_the_mark_moves_nothing_that_a_reader_follows(tmp_path):
    """A reader looks for the last startxref and goes to the offset it names; the file still ends with its end mark."""
    from datetime import datetime

    made = b"%PDF-1.7\n1 0 obj\nxref\ntrailer\nstartxref\n17\n%%EOF"
    pdf.place(made, tmp_path / "a.pdf", datetime.now())
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(made[: made.index(b"startxref")])
    assert data.endswith(made[made.index(b"startxref") :])
    assert pdf.is_ours(tmp_path / "a.pdf")
