"""R14: a row of a CSV with a cell too many or too few is filled up where that is sure, else left out and told; never shifted."""

from __future__ import annotations

import csv
import io
import random
import time
from collections import Counter
from datetime import date
from pathlib import Path

from tests.scorecard.lab import chance
from tests.scorecard.scorecard import times
from xlkpi.core.findings import Refused
from xlkpi.intake.exports import loading
from xlkpi.intake.posts import Export

TODAY = date(2026, 11, 22)
#: Column → (its id, where its figures begin).  No two columns have a figure in common, so a shifted one shows.
FIGURES = {
    "Reach": ("reach", 9_000_000),
    "Impressions": ("impressions", 8_000_000),
    "Likes": ("likes", 700_000),
    "Comments": ("comments", 60_000),
    "Shares": ("shares", 50_000),
    "Saves": ("saves", 40_000),
    "Cost": ("cost", 3_000),
}
TEXTS = {
    "Post ID": ("post_id", "id"),
    "Influencer": ("influencer", "who"),
    "Campaign": ("campaign", "camp"),
    "Promo code": ("promo_code", "promo"),
}


def table(dice: random.Random) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a sheet of posts; a cell says which column and row it belongs to."""
    header = [
        "Post ID",
        "Influencer",
        *dice.sample([*list(TEXTS)[2:], *FIGURES], dice.randint(3, 8)),
    ]
    if not set(header) & set(FIGURES):
        header.append("Reach")
    height = dice.choice((3, 5, 12, 40))
    gaps = dice.choice((0, 0.1, 0.4))
    rows = []
    for r in range(height):
        rows.append(
            [
                f"{TEXTS[name][1]}-{r}" if name in TEXTS else f"{FIGURES[name][1] + r}"
                for name in header
            ]
        )
        for c in range(1, len(header)):
            if dice.random() < gaps:
                rows[-1][c] = ""
    return header, rows


def damaged(row: list[str], dice: random.Random) -> list[str]:
    """A row with cells too many or too few, in one of the ways in which that comes about."""
    row, at = list(row), dice.randrange(1, len(row))
    kind = dice.choice(("lost", "lost", "end", "ends", "more", "more", "empty", "comma", "tail"))
    if kind == "lost":  # a cell is gone, what follows moves to the left
        del row[at]
    elif kind == "end":
        del row[-1]
    elif kind == "ends":  # the line was cut
        del row[at:]
    elif kind == "more":  # a cell that is no one's: what follows moves to the right
        row.insert(at, dice.choice(("x", "7", "12,5")))
    elif kind == "empty":
        row.insert(at, "")
    elif kind == "comma":  # a text with a separator, and no quotation marks
        row[at : at + 1] = [row[at][:2], row[at][2:]]
    else:
        row += [""] * dice.randint(1, 3)
    return row


def written(path: Path, header: list[str], rows: list[list[str]], separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([header, *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def wrong(export: Export, header: list[str], rows: list[list[str]], whole: set[int]) -> list[str]:
    """What stands in a column or a row where it does not belong, and rows that are gone without a word."""
    found: list[str] = []
    told = {"".join(filter(str.isdigit, f.cell)) for f in export.findings if f.cell}
    for place, number in enumerate(export.rows):
        r = number - 2
        for name, (id, start) in FIGURES.items():
            value = export.columns.get(id, [None] * len(export.rows))[place]
            if value is not None and value != start + r and str(number) not in told:
                found.append(f"row {number}: {name} is {value}")
            if (
                r in whole
                and name in header
                and (value is None) != (rows[r][header.index(name)] == "")
            ):
                found.append(f"row {number}: {name} of a whole row is {value}")
        if r in whole and export.columns["post_id"][place] != rows[r][0]:
            found.append(f"row {number}: {export.columns['post_id'][place]}")
    gone = {r + 2 for r in range(len(rows))} - set(export.rows)
    found += [f"row {number} is gone" for number in gone if str(number) not in told]
    found += [f"row {number} was whole and is left out" for number in gone if number - 2 in whole]
    balance = export.balance
    if (
        balance.read != balance.taken + balance.totals + balance.excluded + balance.blank
        or balance.read != len(rows)
    ):
        found.append(f"{balance} of {len(rows)} rows")
    return found


def test_a_ragged_row_is_never_read_shifted_without_a_word(tmp_path, figures):
    count, bad, outcomes = times(10_000, 60), [], Counter[str]()
    path, started = tmp_path / "posts.csv", time.perf_counter()
    for number in range(count):
        dice = chance("ragged", number)
        header, rows = table(dice)
        ragged = dice.sample(range(len(rows)), max(1, len(rows) * dice.choice((1, 3)) // 10))
        broken = [damaged(row, dice) if r in ragged else row for r, row in enumerate(rows)]
        written(path, header, broken, dice.choice(",;\t"))
        whole = {r for r in range(len(rows)) if r not in ragged}
        try:
            (export,) = loading.load(path, TODAY, currency="EUR").exports
        except Refused as refused:
            outcomes["refused"] += 1
            if len(rows) > 2:
                bad.append((number, [str(refused.findings)]))
            continue
        outcomes["told"] += sum(f.code in ("XK340", "XK341") for f in export.findings)
        if found := wrong(export, header, rows, whole):
            bad.append((number, found))
    figures.add("R14", count, count - len(bad), time.perf_counter() - started)
    assert not bad, f"{len(bad)} of {count}: {bad[:3]}"
    assert outcomes["told"] > count / 2, outcomes
    assert outcomes["refused"] < count / 10, outcomes
