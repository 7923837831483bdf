"""Workbooks made for tests: small ones by XlsxWriter, odd ones as raw XML, and a look into what came out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from xlkpi.core.findings import Finding
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.ooxml.cells import SharedStrings, column_letters, read_rows, split_address
from xlkpi.ooxml.package import MAIN, Package

Rows = Sequence[Mapping[str, Any]]

POSTS: Rows = (
    {
        "Post ID": "p1",
        "Date": date(2026, 3, 2),
        "Campaign": "Spring",
        "Influencer": "Ana",
        "Network": "Instagram",
        "Format": "Reel",
        "Reach": 1000,
        "Impressions": 1500,
        "Likes": 80,
        "Comments": 10,
        "Shares": 5,
        "Clicks": 25,
        "Conversions": 4,
        "Revenue": 200,
        "Cost": 100,
    },
    {
        "Post ID": "p2",
        "Date": date(2026, 3, 9),
        "Campaign": "Spring",
        "Influencer": "Ben",
        "Network": "TikTok",
        "Format": "Video",
        "Reach": 3000,
        "Impressions": 4000,
        "Likes": 150,
        "Comments": 20,
        "Shares": 10,
        "Clicks": 40,
        "Conversions": 5,
        "Revenue": 300,
        "Cost": 150,
    },
    {
        "Post ID": "p3",
        "Date": date(2026, 3, 16),
        "Campaign": "Spring",
        "Influencer": "Ana",
        "Network": "Instagram",
        "Format": "Post",
        "Reach": 500,
        "Impressions": 600,
        "Likes": 20,
        "Comments": 2,
        "Shares": 1,
        "Clicks": 5,
        "Conversions": 1,
        "Revenue": 50,
        "Cost": 50,
    },
)
OBJECTIVES: Rows = (
    {"Campaign": "Spring", "KPI": "Reach", "Target": 5000},
    {"Campaign": "Spring", "KPI": "Engagement rate", "Target": 0.05},
    {"Campaign": "Spring", "KPI": "Conversions", "Target": 10},
)


def changed(rows: Rows, index: int, **values: Any) -> list[dict[str, Any]]:
    """The rows with some cells of one row replaced; underscores in names stand for spaces."""
    new = [dict(row) for row in rows]
    new[index] |= {name.replace("_", " "): value for name, value in values.items()}
    return new


#: EMV rates without a date, so that no finding about their age depends on the day of the test.
RATES: Rows = tuple(
    {
        "Reference": "EMV: CPM",
        "Network": network,
        "Value": 10,
        "Currency": "EUR",
        "Source": "a test",
    }
    for network in ("Instagram", "TikTok", "X")
)


class Formula:
    """A formula cell with the value that a spreadsheet left in it; None for one never calculated."""

    def __init__(self, text: str, value: Any) -> None:
        self.text, self.value = text, value


def tiny(
    path: Path,
    posts: Rows | None = POSTS,
    objectives: Rows | None = OBJECTIVES,
    *,
    tables: bool = True,
    totals: bool = False,
    first_row: int = 0,
    first_column: int = 0,
    options: Mapping[str, Any] | None = None,
    extend: Callable[[Any], None] | None = None,
    names: Mapping[str, str] | None = None,
    **sheets: Rows,
) -> Path:
    """A small campaign workbook.

    Args:
        tables: make an Excel table of each sheet's rows.
        totals: the last row of Posts is the totals row of its table.
        names: other names for the sheets; tables keep theirs.
        extend: called with the XlsxWriter workbook before it is closed.
        sheets: further sheets by their name, such as ``Settings=[{"Setting": …, "Value": …}]``.
    """
    book = xlsxwriter.Workbook(
        path,
        {
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            **(options or {}),
        },
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in {
        "Objectives": objectives,
        "Posts": posts,
        "References": RATES,
        **sheets,
    }.items():
        if rows is None:
            continue
        sheet = book.add_worksheet((names or {}).get(name, name))
        headers = list(dict.fromkeys(h for row in rows for h in row)) or [
            "Campaign",
            "KPI",
            "Target",
            "Reach",
        ]
        if tables:
            last_row, last = first_row + max(len(rows), 1), first_column + len(headers) - 1
            total_row = totals and name == "Posts"
            sheet.add_table(
                first_row,
                first_column,
                last_row,
                last,
                {
                    "name": name,
                    "style": None,
                    "total_row": total_row,
                    "columns": [{"header": h} for h in headers],
                },
            )
        for c, header in enumerate(headers, first_column):
            sheet.write_string(first_row, c, header)
            for r, row in enumerate(rows, first_row + 1):
                _put(sheet, r, c, row.get(header), day)
    if extend:
        extend(book)
    book.close()
    return path


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(
            row, column, value.text, None, "" if value.value is None else value.value
        )
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif value is not None:
        sheet.write_number(row, column, value)


# -- raw XML ---------------------------------------------------------------------------------------

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STYLES = (
    "<styleSheet xmlns='{ns}'><fonts count='1'><font/></fonts><fills count='2'><fill><patternFill "
    "patternType='none'/></fill><fill><patternFill patternType='gray125'/></fill></fills><borders count='1'><border/>"
    "</borders><cellStyleXfs count='1'><xf/></cellStyleXfs><cellXfs count='1'><xf xfId='0'/></cellXfs></styleSheet>"
)


def inline(rows: Sequence[Sequence[Any]], first: int = 1) -> str:
    """Plain rows as the inside of ``sheetData``: texts inline, numbers as they are."""
    out = []
    for r, row in enumerate(rows, first):
        cells = []
        for c, value in enumerate(row):
            address = f"{column_letters(c)}{r}"
            if isinstance(value, str):
                cells.append(f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>')
            elif value is not None:
                cells.append(f'<c r="{address}"><v>{value}</v></c>')
        out.append(f'<row r="{r}">{"".join(cells)}</row>')
    return "".join(out)


RAW_OBJECTIVES = inline([["Campaign", "KPI", "Target"], ["Spring", "Reach", 100]])


def raw(
    path: Path,
    posts: str,
    objectives: str = RAW_OBJECTIVES,
    *,
    shared: str | None = None,
    prefix: str = "",
    strict: bool = False,
    workbook_pr: str = "",
    styles: bool = True,
) -> Path:
    """A minimal workbook whose Posts and Objectives are given as the inside of their ``sheetData``.

    With ``prefix`` every element of the sheets and of the workbook is written ``x:row`` instead of ``row``.
    """
    ns, rel = (STRICT_MAIN, _STRICT) if strict else (MAIN, _RELATIONS)

    def part(text: str) -> str:
        if prefix:
            import re

            text = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}:", text).replace(
                "xmlns=", f"xmlns:{prefix}=", 1
            )
        return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text

    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("worksheets/sheet2", "worksheet"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
        if (name != "styles" or styles) and (name != "sharedStrings" or shared is not None)
    )
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{rel}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            1,
        )
        if (kind != "styles" or styles) and (kind != "sharedStrings" or shared is not None)
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"'
        f'/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relations.format(
            f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": part(
            f'<workbook xmlns="{ns}" xmlns:r="{rel}">{workbook_pr}<sheets><sheet name="Objectives" sheetId="1" '
            'r:id="rId1"/><sheet name="Posts" sheetId="2" r:id="rId2"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations.format(links),
        "xl/worksheets/sheet1.xml": part(
            f'<worksheet xmlns="{ns}"><sheetData>{objectives}</sheetData></worksheet>'
        ),
        "xl/worksheets/sheet2.xml": part(
            f'<worksheet xmlns="{ns}"><sheetData>{posts}</sheetData></worksheet>'
        ),
    }
    if styles:
        parts["xl/styles.xml"] = _STYLES.format(ns=ns)
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{ns}">{shared}</sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


# -- looking in ------------------------------------------------------------------------------------


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a workbook, inflated."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cell_of(path: Path, sheet: str, address: str) -> object:
    """What stands in a cell, also in the strict files that openpyxl cannot read; None where it is blank."""
    row, column = split_address(address)
    with Package(path) as package:
        part = next(s.part for s in package.sheets if s.name == sheet)
        return (
            dict(read_rows(package, part, SharedStrings(package), row, row))
            .get(row, {})
            .get(column)
        )


def edit(
    path: Path, changes: Mapping[str, bytes | Callable[[bytes], bytes]], target: Path | None = None
) -> Path:
    """Rewrite a workbook with some parts replaced, changed by a function, or added."""
    parts = parts_of(path)
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    target = target or path
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def posts_of(
    path: Path, campaign: str | None = "Spring"
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The posts that count, as the report would see them, and what was found odd."""
    with Package(path) as package:
        book = Workbook(package)
        stream = book.posts(campaign)
        frames = list(stream)
        older = stream.duplicates()
        if len(older):
            frames = list(book.posts(campaign, without=older))
        frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
        return frame, book.all_findings()
