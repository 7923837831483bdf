"""Posts tables made by chance, whose balance and sums are known because they are written down while they are made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from tests.helpers import books
from tests.scorecard.lab import chance

#: Header → KPI whose total is the column's sum.
FIGURES = {
    "Reach": "reach",
    "Impressions": "impressions",
    "Views": "views",
    "Likes": "likes",
    "Comments": "comments",
    "Shares": "shares",
    "Conversions": "conversions",
    "Revenue": "revenue",
    "Cost": "spend",
}
HEADERS = (
    "Post ID",
    "Date",
    "Campaign",
    "Influencer",
    "Network",
    *FIGURES,
    "Snapshot date",
    "Note",
)
_MONEY = {"Revenue", "Cost"}
_EPOCH = date(1899, 12, 30)


@dataclass
class Wanted:
    """What a report on the campaign Spring must say of a table."""

    used: int = 0
    other: int = 0
    excluded: int = 0
    blank: int = 0
    sums: dict[str, Fraction] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)


@dataclass
class _Post:
    row: int
    campaign: str
    key: tuple[str, str] | None
    snapshot: int
    figures: dict[str, Fraction | None]


def table(number: int) -> tuple[str, Wanted]:
    """The rows of a Posts sheet as XML, and what is to come out; the same for a number every time."""
    dice = chance("table", number)
    lines, posts, wanted = [books.inline([HEADERS])], [], Wanted()
    row, last = 1, 1
    for _ in range(dice.choice((1, 3, 10, 30, 120))):
        row += 1
        kind = dice.choices(
            ("post", "other", "again", "totals", "remark", "nameless", "gap", "empty", "spaces"),
            (60, 10, 8, 3, 3, 3, 5, 4, 4),
        )[0]
        if kind in ("gap", "empty", "spaces"):
            lines.append(
                {
                    "gap": "",
                    "empty": f'<row r="{row}"/>',
                    "spaces": _line(row, {"Post ID": "  ", "Reach": " ", "Network": ""}),
                }[kind]
            )
            continue
        last = row
        if kind == "totals":
            lines.append(
                _line(
                    row,
                    {
                        dice.choice(("Post ID", "Campaign", "Network")): dice.choice(
                            ("Total", "TOTAUX", "Grand total")
                        ),
                        "Reach": 10**9,
                        "Revenue": 10**6,
                    },
                )
            )
            wanted.excluded += 1
        elif kind == "remark":
            lines.append(_line(row, {"Post ID": "to be checked with the agency"}))
            wanted.excluded += 1
        else:
            post, cells = _post(dice, row, kind, posts)
            lines.append(_line(row, cells))
            if post.campaign:
                posts.append(post)
            else:
                wanted.excluded += 1
    wanted.blank = last - 1 - len(posts) - wanted.excluded
    _settle(posts, wanted)
    return "".join(lines), wanted


def _post(
    dice: random.Random, row: int, kind: str, posts: list[_Post]
) -> tuple[_Post, dict[str, Any]]:
    campaign = {"other": "Winter", "nameless": ""}.get(kind, "Spring")
    model = dice.choice(posts) if kind == "again" and posts else None
    key = (
        model.key
        if model
        else (f"p{row}", dice.choice(("Instagram", "TikTok", "X")))
        if dice.random() < 0.9
        else None
    )
    snapshot = dice.choice((0, 46_100, 46_110, 46_120))
    cells: dict[str, Any] = {
        "Post ID": key[0] if key else None,
        "Network": key[1] if key else "YouTube",
        "Campaign": campaign or None,
        "Influencer": dice.choice(("Ana", "Ben", None)),
        "Snapshot date": snapshot or None,
        "Note": dice.choice((None, "=1+1")),
        "Date": (date(2026, 3, 1) + timedelta(days=dice.randrange(40)) - _EPOCH).days,
    }
    figures: dict[str, Fraction | None] = {}
    for header in FIGURES:
        figures[header], cells[header] = _figure(dice, header in _MONEY)
    return _Post(row, campaign, key, snapshot or -1, figures), cells


def _figure(dice: random.Random, money: bool) -> tuple[Fraction | None, Any]:
    """What a cell is worth, and how it is written: as a number, as text, wrong, or not at all."""
    count = dice.choice((0, dice.randrange(100), dice.randrange(10**5), dice.randrange(10**8)))
    value = Fraction(count) if not money else Fraction(count, 100)
    plain = f"{float(value):.2f}" if money else str(count)
    how = dice.choices(
        ("number", "text", "grouped", "blank", "error", "oops", "negative", "uncalculated"),
        (60, 8, 8, 12, 3, 3, 3, 3),
    )[0]
    if how == "number":
        return value, float(plain) if money else count
    if how == "text":
        return value, plain
    if how == "grouped":
        whole, _, cents = plain.partition(".")
        return value, f"{int(whole):,}".replace(",", "\u202f") + (f",{cents}" if cents else "")
    return None, {
        "blank": None,
        "error": _Raw('t="e"', "<v>#N/A</v>"),
        "oops": "12k?",
        "negative": -1 - count,
        "uncalculated": _Raw("", "<f>1+1</f>"),
    }[how]


@dataclass(frozen=True)
class _Raw:
    attributes: str
    inside: str


def _line(row: int, cells: dict[str, Any]) -> str:
    out = []
    for column, header in enumerate(HEADERS):
        value = cells.get(header)
        address = f"{chr(65 + column)}{row}"
        if isinstance(value, _Raw):
            out.append(f'<c r="{address}" {value.attributes}>{value.inside}</c>')
        elif isinstance(value, str):
            out.append(
                f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            )
        elif value is not None:
            out.append(f'<c r="{address}"><v>{value}</v></c>')
    return f'<row r="{row}">{"".join(out)}</row>'


def _settle(posts: list[_Post], wanted: Wanted) -> None:
    """Of posts that stand twice the newest counts, of equally new ones the lower one."""
    newest: dict[tuple[str, str], _Post] = {}
    for post in posts:
        if post.key:
            older = newest.get(post.key)
            if older is None or (post.snapshot, post.row) > (older.snapshot, older.row):
                newest[post.key] = post
    for post in posts:
        if post.key and newest[post.key] is not post:
            wanted.excluded += 1
        elif post.campaign == "Winter":
            wanted.other += 1
        else:
            wanted.used += 1
            for header, value in post.figures.items():
                if value is not None:
                    wanted.sums[header] = wanted.sums.get(header, Fraction(0)) + value
                    wanted.known[header] = wanted.known.get(header, 0) + 1


OBJECTIVES = books.inline(
    [["Campaign", "KPI", "Target"], ["Spring", "Reach", 100], ["Winter", "Reach", 100]]
)


def batch(first: int, last: int, folder: str) -> list[tuple[int, str]]:
    """Report on tables ``first`` to ``last``: [number, what differs] of each that does not reconcile."""
    return list(_differences(first, last, Path(folder)))


def _differences(first: int, last: int, folder: Path) -> Iterator[tuple[int, str]]:
    from xlkpi.core.findings import Refused
    from xlkpi.excel.jobs.report import Request, read_report

    path = folder / f"{first}.xlsx"
    for number in range(first, last):
        xml, wanted = table(number)
        books.raw(path, xml, OBJECTIVES)
        try:
            report = read_report(path, Request(campaign="Spring"), date(2026, 5, 1))[0]
        except Refused as refused:
            if wanted.used or {f.code for f in refused.findings if f.severity.value == "error"} != {
                "XK203"
            }:
                yield number, f"refused: {refused}"
            continue
        found = report.balance
        if (found.used, found.other, found.excluded, found.blank, found.total) != (
            wanted.used,
            wanted.other,
            wanted.excluded,
            wanted.blank,
            wanted.used + wanted.other + wanted.excluded + wanted.blank,
        ):
            yield number, f"{found} is not {wanted}"
        for header, kpi in FIGURES.items():
            total, sum_ = report.totals[kpi], wanted.sums.get(header)
            if (total is None) != (sum_ is None) or (
                total is not None
                and sum_ is not None
                and round(Fraction(total) * 100) != sum_ * 100
            ):
                yield number, f"{header}: {total} is not {sum_}"


def every_error(path: Path, language: str) -> dict[tuple[str, str], str]:
    """The worked example with an error or a formula never calculated in each input column: place → what stands there."""
    import re

    from xlkpi.excel.reading.workbook import Workbook
    from xlkpi.excel.samples.small import sample
    from xlkpi.excel.template.build import build
    from xlkpi.excel.workbook import contract
    from xlkpi.excel.workbook.contract import ColumnKind
    from xlkpi.ooxml.cells import column_letters
    from xlkpi.ooxml.package import Package

    path.write_bytes(build(language, sample(language)))  # type: ignore[arg-type]
    wrong: dict[tuple[str, str], str] = {}
    changes: dict[str, Any] = {}
    with Package(path) as package:
        book = Workbook(package)
        for spec in (
            contract.POSTS,
            contract.OBJECTIVES,
            contract.CAMPAIGNS,
            contract.INFLUENCERS,
            contract.SETTINGS,
        ):
            grid = book.require(spec)
            places: dict[str, str] = {}
            inputs = [
                c
                for c in spec.columns
                if c.kind is not ColumnKind.COMPUTED
                and c.id in grid.columns
                and c.id not in ("setting", "explanation")
            ]
            filled = [row for row, _ in book.records(grid)]
            for n, column in enumerate(inputs):
                for k in range(len(ERRORS) if spec is contract.POSTS else 1):
                    row = filled[(n * 7 + k) % len(filled)]
                    places[f"{column_letters(grid.columns[column.id])}{row}"] = ERRORS[
                        (n + k) % len(ERRORS)
                    ]
            wrong |= {(grid.sheet.name, place): error for place, error in places.items()}
            xml = package.read(grid.sheet.part).decode()
            for place, error in places.items():
                inside = "<f>1+1</f>" if not error else f"<v>{error}</v>"
                new = rf'<c r="{place}"\1{" " if not error else chr(32) + "t=" + chr(34) + "e" + chr(34)}>{inside}</c>'
                xml, count = re.subn(
                    rf'<c r="{place}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)', new, xml
                )
                if not count:
                    wrong.pop((grid.sheet.name, place))
            changes[grid.sheet.part] = xml.encode()
    books.edit(path, changes)
    return wrong


#: Excel's errors, newer ones included; the empty one is a formula that was never calculated.
ERRORS = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "",
)
