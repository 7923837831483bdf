"""Blank lines and blank columns cost no more than they weigh, and what nobody sees distinguishes nothing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from tests.intake.exports.made_files import TODAY, codes_of, read, refused, sheet, written
from tests.intake.merge.made_books import after, export, held, plan
from xlkpi.intake.exports import loading
from xlkpi.intake.merge.plan import InfluencerRow

HEADER = "Post ID,Account username,Permalink,Post type,Views,Reach,Likes\n"
BLANK = 32_000


def rows(first: int, last: int) -> str:
    return "".join(
        f"{17912345678900000 + i},ana,https://www.instagram.com/reel/A{i}/,IG reel,10,9,8\n"
        for i in range(first, last)
    )


PLACES = {
    "before": "\n" * BLANK + HEADER + rows(0, 4000),
    "inside": HEADER + rows(0, 2000) + "\n" * BLANK + rows(2000, 4000),
    "after": HEADER + rows(0, 4000) + "\n" * BLANK,
    "scattered": HEADER + "".join(rows(i, i + 1) + "\n" * 8 for i in range(4000)),
    "two runs": HEADER + rows(0, 1) + "\n" * (BLANK // 2) + rows(1, 4000) + "\n" * (BLANK // 2),
}


def seconds(path) -> float:
    start = time.process_time()
    loading.load(path, TODAY)
    return time.process_time() - start


@pytest.mark.parametrize("where", PLACES)
def test_blank_lines_take_no_more_than_their_share(tmp_path, where):
    plain = written(tmp_path, HEADER + rows(0, 4000), "plain.csv")
    blank = written(tmp_path, PLACES[where], "blank.csv")
    assert read(blank).columns == read(plain).columns
    bar = (
        4 if where == "scattered" else 2
    )  # eight blank lines after each row: three times was measured
    best, own = (min(seconds(path) for _ in range(5)) for path in (blank, plain))
    assert best < bar * own + 0.02


def test_blank_lines_are_counted(tmp_path):
    balance = read(written(tmp_path, HEADER + rows(0, 2) + "\n,,,,,,\n \n" + rows(2, 3))).balance
    assert (balance.read, balance.taken, balance.blank) == (6, 3, 3)


def test_a_line_of_zeros_is_not_blank(tmp_path):
    path = sheet(tmp_path, [["Views", "Post ID", "Network"], [0, "p1", "X"], [0, None, None]])
    balance = read(path).balance
    assert (balance.taken, balance.excluded, balance.blank) == (1, 1, 0)


@pytest.mark.parametrize("columns", [20_000, 100_000])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_table_wider_than_a_sheet_is_refused_at_once(tmp_path, columns, quoted):
    cells = [f'"c{i}"' if quoted else f"c{i}" for i in range(columns)]
    path = written(tmp_path, ",".join(cells) + "\n" + ",".join(["1"] * columns) + "\n")
    start = time.process_time()
    assert refused(path).code == "XK149"
    assert time.process_time() - start < 1


# -- what nobody sees -------------------------------------------------------------------------------

UNSEEN = [
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2060, 0x2065)),
    "\ufeff",
    "\u00ad",
]
ANA = InfluencerRow("Ana Lopez", "@ana", "Instagram")


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_an_unseen_mark_distinguishes_no_post_person_network_or_column(tmp_path, mark):
    plain = "Post ID,Influencer,Network,URL,Views\np1,@ana,Instagram,https://www.instagram.com/p/AbCdE/,5\n"
    marked = (
        f"Post{mark} ID,Influencer,{mark}Network,URL,Vi{mark}ews\n"
        f"{mark}p1,@a{mark}na,Insta{mark}gram,{mark}https://www.instagram.com/p/AbCdE/,{mark}5\n"
    )
    one, other = read(written(tmp_path, plain, "a.csv")), read(written(tmp_path, marked, "b.csv"))
    assert other.columns == one.columns
    book = after(held(), plan(one, held(), people=[ANA])[0])
    assert book.columns["influencer"] == ["Ana Lopez"]
    change, report = plan(other, book, people=[ANA])
    assert (change.is_empty, report.total("unchanged")) == (True, 1)


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u202a", "\u2060", "\ufeff"])
def test_an_unseen_mark_in_the_workbook_distinguishes_nothing_either(mark):
    old = {
        "post_id": f"p1{mark}",
        "network": f"{mark}Instagram",
        "influencer": f"Ana{mark} Lopez",
        "views": 4,
    }
    by_hand = {
        "date": date(2026, 3, 1),
        "network": "TikTok",
        "influencer": f"{mark}Ana Lopez",
        "views": 4,
    }
    rows = (
        {"post_id": "p1", "network": "Instagram", "views": 4},
        {"date": date(2026, 3, 1), "network": "TikTok", "views": 4},
    )
    new = export(*rows, kind="posts", account="Ana Lopez")
    _, report = plan(new, held(old, by_hand), people=[InfluencerRow(f"Ana{mark} Lopez")])
    assert report.total("added") == 0


def test_a_line_of_nothing_but_unseen_marks_is_blank(tmp_path):
    text = HEADER + rows(0, 1) + "\u200b,\u200e,,,\ufeff,,\n" + rows(1, 2)
    export_ = read(written(tmp_path, text))
    assert (export_.balance.blank, codes_of(export_)) == (1, [])
