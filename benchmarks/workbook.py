"""Makes campaign workbooks of any size, part by part as Excel writes them, without holding the posts in memory.

The empty template is the mould: its Posts sheet is filled with rows in the styles of its own first row, texts go
into the shared strings (every post has its own id and address), the Posts table is stretched over the rows.

    python benchmarks/workbook.py 10000 book.xlsx [--formulas]
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from xlkpi.excel.reading.posts.computed import computed_columns
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import contract

NETWORKS = (
    ("Instagram", "Reel"),
    ("Instagram", "Story"),
    ("Instagram", "Carousel"),
    ("TikTok", "Video"),
    ("YouTube", "Video"),
    ("YouTube", "Short"),
)
INFLUENCERS = 500
EPOCH = date(1899, 12, 30)
FIRST_DAY = date(2026, 1, 1)


def posts(count: int) -> Iterator[dict[str, Any]]:
    """Invented posts with every column filled; the same for every run."""
    chance = random.Random(2026)
    for i in range(count):
        network, kind = NETWORKS[i % len(NETWORKS)]
        reach = chance.randint(1_000, 90_000)
        impressions = reach + chance.randint(0, reach)
        likes, comments = reach // chance.randint(15, 40), reach // chance.randint(150, 400)
        clicks = impressions // chance.randint(100, 300)
        conversions = clicks // 20
        day = FIRST_DAY + timedelta(days=i % 90)
        id = f"{17_900_000_000_000_000 + i * 7 + chance.randint(0, 6)}"
        yield {
            "post_id": id,
            "date": (day - EPOCH).days,
            "campaign": "Spring",
            "influencer": f"Creator {i % INFLUENCERS}",
            "network": network,
            "format": kind,
            "url": f"https://example.com/p/{id}",
            "followers": 10_000 + (i % INFLUENCERS) * 331,
            "reach": reach,
            "impressions": impressions,
            "views": impressions - impressions // 9,
            "likes": likes,
            "comments": comments,
            "shares": reach // 300,
            "saves": reach // 250,
            "clicks": clicks,
            "new_followers": reach // 900,
            "mentions": i % 7,
            "conversions": conversions,
            "leads": conversions * 2,
            "new_customers": conversions // 2,
            "revenue": round(conversions * chance.uniform(40, 60), 2),
            "cost": round(chance.uniform(20, 900), 2),
            "positive_comments": comments * 7 // 10,
            "neutral_comments": comments * 2 // 10,
            "negative_comments": comments // 10,
            "suspicious_interactions": likes // 80,
            "key_message": "Yes" if i % 4 else "No",
            "ad_disclosed": "Yes",
            "content_score": 3 + i % 21 / 10,
            "promo_code": f"CODE{i % INFLUENCERS}",
            "snapshot_date": (day - EPOCH).days + 28,
            "note": f"note {i % 1_000}",
        }


def mould(count: int) -> bytes:
    """The template with a campaign and six objectives, sized to the number of posts."""
    targets = (
        ("reach", 45_000 * count),
        ("impressions", 66_000 * count),
        ("engagement_rate", 0.06),
        ("conversions", 20 * count),
        ("cpa", 25),
        ("positive_sentiment", 0.7),
    )
    return build(
        "en",
        Sample(
            {"language": "en", "campaign": "Spring"},
            campaigns=[
                {
                    "campaign": "Spring",
                    "start": FIRST_DAY,
                    "end": date(2026, 3, 31),
                    "budget": 500 * count,
                }
            ],
            objectives=[
                {"campaign": "Spring", "kpi": kpi, "target": target} for kpi, target in targets
            ],
        ),
    )


class Strings:
    """The shared strings, added to as rows are written, spooled to a file of its own."""

    def __init__(self, part: str, spool: Path) -> None:
        self.count, self.unique = (
            int(re.search(rf'{name}="(\d+)"', part).group(1))  # type: ignore[union-attr]
            for name in ("count", "uniqueCount")
        )
        self.old = part[part.index("<si>") : part.rindex("</sst>")]
        self.head = part[: part.index("<si>")]
        self.known: dict[str, int] = {}
        self.spool = spool.open("w", encoding="utf-8")

    def index(self, text: str, once: bool) -> int:
        """The number of a text; ``once`` says that it does not come again and need not be remembered."""
        self.count += 1
        found = None if once else self.known.get(text)
        if found is None:
            found = self.unique
            self.unique += 1
            self.spool.write(f"<si><t>{text}</t></si>")
            if not once:
                self.known[text] = found
        return found


def write(count: int, target: Path, formulas: bool = False) -> None:
    """Write a workbook of ``count`` posts; ``formulas`` fills the three computed columns too, as Excel would."""
    source = zipfile.ZipFile(io.BytesIO(mould(count)))
    sheet_part = f"xl/worksheets/sheet{1 + [s.id for s in contract.SHEETS].index('posts')}.xml"
    sheet = source.read(sheet_part).decode()
    start, end = sheet.index('<row r="2"'), sheet.index("</sheetData>")
    styles = re.findall(r'<c r="([A-Z]+)2" s="(\d+)"(?:/>|><f>(.*?)</f>)', sheet[start:end])
    ids = [c.id for c in contract.POSTS.columns]
    table_part = next(
        n
        for n in source.namelist()
        if n.startswith("xl/tables/") and b'name="Posts"' in source.read(n)
    )
    last, rows = styles[-1][0], count + 1
    spool = target.with_suffix(".strings")
    strings = Strings(source.read("xl/sharedStrings.xml").decode(), spool)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name in source.namelist():
            if name == table_part:
                text = re.sub(
                    rf'ref="A1:{last}\d+"', f'ref="A1:{last}{rows}"', source.read(name).decode()
                )
                book.writestr(name, text)
            elif name not in (sheet_part, "xl/sharedStrings.xml"):
                book.writestr(name, source.read(name))
        with book.open(sheet_part, "w", force_zip64=True) as out:
            head = re.sub(
                r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}{rows}"/>', sheet[:start]
            )
            out.write(head.encode())
            for n, post in enumerate(
                _with_results(posts(count)) if formulas else posts(count), start=2
            ):
                out.write(_row(n, post, ids, styles, strings).encode())
            out.write(sheet[end:].encode())
        strings.spool.close()
        with (
            book.open("xl/sharedStrings.xml", "w", force_zip64=True) as out,
            spool.open("rb") as added,
        ):
            out.write(
                re.sub(
                    r'count="\d+" uniqueCount="\d+"',
                    f'count="{strings.count}" uniqueCount="{strings.unique}"',
                    strings.head,
                ).encode()
            )
            out.write(strings.old.encode())
            while block := added.read(1 << 20):
                out.write(block)
            out.write(b"</sst>")
    spool.unlink()


def _with_results(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Posts with their computed columns, as a spreadsheet saves them: stale ones would be another measurement."""
    while chunk := list(islice(rows, 5_000)):
        results = computed_columns(chunk, {})
        for i, post in enumerate(chunk):
            yield post | {id: values[i] for id, values in results.items()}


def _row(
    n: int,
    post: dict[str, Any],
    ids: list[str],
    styles: list[tuple[str, str, str]],
    strings: Strings,
) -> str:
    cells = []
    for id, (letters, style, formula) in zip(ids, styles, strict=True):
        value = post.get(id)
        if formula:
            if value is not None:
                cells.append(
                    f'<c r="{letters}{n}" s="{style}"><f>{formula}</f><v>{value!r}</v></c>'
                )
        elif isinstance(value, str):
            cells.append(
                f'<c r="{letters}{n}" s="{style}" t="s"><v>{strings.index(value, id in ("post_id", "url"))}'
                "</v></c>"
            )
        else:
            cells.append(f'<c r="{letters}{n}" s="{style}"><v>{value}</v></c>')
    return f'<row r="{n}" spans="1:{len(ids)}">{"".join(cells)}</row>'


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("target", type=Path)
    parser.add_argument("--formulas", action="store_true")
    asked = parser.parse_args()
    write(asked.count, asked.target, asked.formulas)
