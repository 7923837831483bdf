"""The finished report as LibreOffice shows it: its seven pages, each with what belongs on it, in both languages."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib

import pytest

from tests.helpers.books import OBJECTIVES, tiny
from xlkpi.excel.jobs.pdf import is_ours

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice is not installed",
)


def pages(pdf: bytes) -> int:
    """Page objects, also those that stand in compressed object streams."""
    text = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            text += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", text))


def sheets(path) -> list[str]:
    """The text of each page of a PDF."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return [re.sub(r"\s+", " ", page) for page in done.stdout.decode().split("\f")[:-1]]


def words(path) -> str:
    return " ".join(sheets(path))


TITLES = {
    "en": (
        "1 · CONTEXT",
        "INFLUENCE KPI REPORT",
        "2 · DASHBOARD",
        "2 · Results compared",
        "3 · Quality",
        "4 · Recommendations",
        "First proposed",
    ),
    "fr": (
        "1 · CONTEXTE",
        "RAPPORT KPI D’INFLUENCE",
        "2 · TABLEAU DE BORD",
        "2 · Résultats comparés",
        "3 · Qualité",
        "4 · Recommandations",
        "Proposée le",
    ),
}


def test_sample_report_is_seven_pages_with_its_headline(tmp_path, run, sample, language):
    path = sample(language)
    said = run("report", path, "--pdf", language=language)
    assert said.code == 0, said.err
    word = "report" if language == "en" else "rapport"
    pdf = tmp_path / f"campaign-{word}.pdf"
    assert pdf.name in said.out
    assert pages(pdf.read_bytes()) == 7
    assert [title in page for title, page in zip(TITLES[language], sheets(pdf), strict=True)] == [
        True
    ] * 7
    text = words(pdf)
    headline = run("report", path, "--json", language=language).json["headline"]
    assert " ".join(headline.split()[:5]) in text
    for part in {
        "en": (
            "Spring glow",
            "Results against objectives",
            "To watch",
            "Behind",
            "Best and weakest posts",
            "Engagement rate",
            "+0.7 pt",
            "By influencer",
        ),
        "fr": (
            "Éclat de printemps",
            "Résultats face aux objectifs",
            "À surveiller",
            "En retard",
            "Taux d’engagement",
            "+0,7 pt",
            "Par influenceur",
        ),
    }[language]:
        assert part in text, f"{part!r} is not on the page"
    assert "#NAME" not in text
    assert "#REF" not in text
    assert "###" not in text, "a column is too narrow"


def test_many_kpis_take_a_second_page_of_results(tmp_path, run):
    kpis = (
        "Reach",
        "Impressions",
        "Likes",
        "Comments",
        "Shares",
        "Clicks",
        "Conversions",
        "Revenue",
        "CPM",
    )
    path = tiny(
        tmp_path / "book.xlsx",
        objectives=[{**OBJECTIVES[0], "KPI": kpi, "Target": 10} for kpi in kpis],
    )
    said = run("report", path, "--pdf")
    assert said.code == 0, said.err
    assert "XK501" in said.codes
    assert pages((tmp_path / "book-report.pdf").read_bytes()) == 8


def test_pdf_of_a_report_with_another_sheet_name(tmp_path, run):
    """A workbook that has its own sheet called Report: the page must still be ours."""
    path = tiny(tmp_path / "book.xlsx", Report=[{"Mine": "private notes"}])
    assert run("report", path, "--pdf").code == 0
    text = words(tmp_path / "book-report.pdf")
    assert is_ours(tmp_path / "book-report.pdf"), (
        "the mark stands in a real PDF too, and readers do not mind it"
    )
    assert "private notes" not in text
    assert "Results against objectives" in text


def test_without_excel_and_libreoffice_the_message_says_what_to_install(
    tmp_path, run, sample, monkeypatch, language
):
    monkeypatch.setenv("PATH", str(tmp_path))
    said = run("report", sample(language), "--pdf", language=language)
    assert said.code == 4
    assert "XK404" in said.codes
    assert "LibreOffice" in said.err
    assert list(tmp_path.glob("*-r*port.xlsx")), "the workbook itself was written"


@pytest.mark.parametrize("name", ["empty", "example"])
def test_libreoffice_opens_the_template(tmp_path, libreoffice, template, sample, language, name):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template(language) if name == "empty" else sample(language).read_bytes())
    assert libreoffice(path).stat().st_size > 10_000
