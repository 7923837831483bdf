"""The spreadsheets among the samples, made from invented rows: ``python -m tests.intake.exports.made``.

The .xls is the same LinkedIn workbook, converted once by LibreOffice: xlrd reads that format and nothing here writes it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"

LINKEDIN_POSTS = [
    [
        "Post title",
        "Post link",
        "Post type",
        "Campaign name",
        "Posted by",
        "Created date",
        "Campaign start date",
        "Campaign end date",
        "Audience",
        "Impressions",
        "Views",
        "Offsite Views",
        "Clicks",
        "Click through rate (CTR)",
        "Likes",
        "Comments",
        "Reposts",
        "Follows",
        "Engagement rate",
        "Content Type",
    ],
    [
        "How we press coffee",
        "https://www.linkedin.com/feed/update/urn:li:activity:7240000000000000051",
        "Organic",
        "",
        "Ada Example",
        "09/03/2026",
        "",
        "",
        "All followers",
        5210,
        1010,
        3,
        120,
        0.023,
        88,
        12,
        5,
        2,
        0.0432,
        "Video",
    ],
    [
        "We are hiring",
        "https://www.linkedin.com/feed/update/urn:li:share:7240000000000000052",
        "Organic",
        "",
        "Ada Example",
        "09/17/2026",
        "",
        "",
        "All followers",
        3105,
        None,
        None,
        45,
        0.0145,
        40,
        3,
        1,
        None,
        0.0287,
        "Image",
    ],
    [
        "A long read",
        "https://www.linkedin.com/feed/update/urn:li:ugcPost:7240000000000000053",
        "Sponsored",
        "Autumn",
        "Ada Example",
        "10/02/2026",
        "10/02/2026",
        "10/30/2026",
        "Baristas",
        20044,
        None,
        None,
        910,
        0.0454,
        130,
        9,
        14,
        6,
        0.053,
        "Article",
    ],
]
LINKEDIN_METRICS = [
    [
        "Date",
        "Impressions (organic)",
        "Impressions (sponsored)",
        "Impressions (total)",
        "Unique impressions (organic)",
        "Clicks (organic)",
        "Reactions (organic)",
        "Comments (organic)",
        "Reposts (organic)",
        "Engagement rate (organic)",
    ],
    ["09/03/2026", 410, 0, 410, 300, 12, 9, 2, 1, 0.05],
    ["09/04/2026", 380, 0, 380, 290, 10, 8, 1, 0, 0.05],
]
META_ADS_EN = [
    [
        "Reporting starts",
        "Reporting ends",
        "Campaign name",
        "Ad set name",
        "Ad name",
        "Ad delivery",
        "Reach",
        "Impressions",
        "Amount spent (EUR)",
        "Link clicks",
        "Permalink",
    ],
    [date(2026, 9, 1), date(2026, 9, 30), "", "", "", "", 30120, 90110, 1200.5, 911, ""],
    [
        date(2026, 9, 1),
        date(2026, 9, 30),
        "Autumn press",
        "Lookalike",
        "Reel boost A",
        "active",
        15000,
        40100,
        500.25,
        400,
        "https://www.instagram.com/reel/DAbc1234567/",
    ],
    [
        date(2026, 9, 1),
        date(2026, 9, 30),
        "Autumn press",
        "Interest",
        "Reel boost B",
        "active",
        9000,
        30010,
        300.25,
        300,
        "https://www.instagram.com/reel/DAbc1234567/?utm_source=ads",
    ],
    [
        date(2026, 9, 1),
        date(2026, 9, 30),
        "Autumn press",
        "Interest",
        "Dark ad",
        "inactive",
        6120,
        20000,
        400,
        211,
        "",
    ],
]
META_ADS_FR = [
    [
        "Début des rapports",
        "Fin des rapports",
        "Nom de la campagne",
        "Diffusion",
        "Couverture",
        "Impressions",
        "Montant dépensé (EUR)",
        "Résultats",
    ],
    [date(2026, 9, 1), date(2026, 9, 30), "Rentrée poireaux", "active", 20100, 61000, 812.4, 55],
    [date(2026, 9, 1), date(2026, 9, 30), "Notoriété", "inactive", 9000, 20050, 240, 10],
    [date(2026, 9, 1), date(2026, 9, 30), None, None, 27050, 81050, 1052.4, None],
]
AGENCY = [
    ["Suivi d’influence – automne", None, None, None, None, None, None, None],
    [None, None, None, None, None, None, None, None],
    ["Publication", None, None, "Résultats", None, None, "Budget", None],
    [
        "Lien",
        "Date de publication",
        "Influenceur",
        "Portée",
        "Vues",
        "Likes",
        "Coût (EUR)",
        "Cmmentaires",
    ],
    [
        "https://www.instagram.com/reel/DBfr0000001/",
        date(2026, 9, 3),
        "@camille.cuisine",
        39004,
        48210,
        2310,
        1500,
        151,
    ],
    [
        "https://www.tiktok.com/@lea.bouge/video/7589999999999999930",
        date(2026, 9, 14),
        "Léa bouge",
        None,
        9500,
        "300",
        800.5,
        22,
    ],
    [
        "https://www.instagram.com/p/DBfr0000002/",
        "à venir",
        "@camille.cuisine",
        "#N/A",
        15204,
        None,
        None,
        None,
    ],
    ["Total", None, None, 39004, 72914, 2610, 2300.5, None],
]


def write(name: str, sheets: dict[str, list[list[object]]], first: str = "") -> None:
    """One workbook; ``first``: a line above the headers of every sheet."""
    book = xlsxwriter.Workbook(str(SAMPLES / name))
    book.set_properties({"created": datetime(2026, 11, 1)})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        if first:
            sheet.write_string(0, 0, first)
        for at, row in enumerate(rows, 1 if first else 0):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(
                        at, column, datetime(value.year, value.month, value.day), day
                    )
                elif value == "#N/A":
                    sheet.write_formula(at, column, "=NA()", None, "#N/A")
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write_number(at, column, value)  # type: ignore[arg-type]
    book.close()


def main() -> None:
    linkedin: dict[str, list[list[object]]] = {
        "Metrics": LINKEDIN_METRICS,
        "All posts": LINKEDIN_POSTS,
    }
    write(
        "linkedin_page_en.xlsx",
        linkedin,
        "Aggregated engagement metrics of your page’s posts; figures are lifetime totals",
    )
    write("meta_ads_en.xlsx", {"Raw Data Report": META_ADS_EN})
    write("meta_ads_fr.xlsx", {"Données brutes": META_ADS_FR})
    write("generic_agency_fr.xlsx", {"Notes": [["À faire"], ["Relancer Camille"]], "Posts": AGENCY})
    if "--xls" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    "xls",
                    "--outdir",
                    str(SAMPLES),
                    str(SAMPLES / "linkedin_page_en.xlsx"),
                ],
                check=True,
                timeout=120,
            )


if __name__ == "__main__":
    main()
