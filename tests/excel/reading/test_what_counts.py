"""What counts as a post: totals of every kind are left out and told, and no post is left out for looking like one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.helpers.books import Formula, posts_of, tiny
from xlkpi.core.findings import Finding
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.workbook import contract

Row = dict[str, Any]
FIGURES = ("Reach", "Likes", "Comments", "Cost")
PEOPLE = ("Ana Lopez", "Ben Carter", "Chloé Diaz")
#: Which columns a table has besides its figures: people keep their posts in many ways.
TABLES = {
    "everything": ("Post ID", "Date", "Influencer", "Network", "URL"),
    "no ids": ("Date", "Influencer", "Network"),
    "no dates": ("Post ID", "Influencer", "Network"),
    "names only": ("Influencer",),
}


def honest(columns: Sequence[str]) -> list[Row]:
    """Nine posts of three people, three each, none of whose figures are sums of others."""
    posts = []
    for n in range(9):
        network = ("Instagram", "TikTok", "YouTube")[n % 3]
        row: Row = {
            "Post ID": f"p{n}",
            "Date": date(2026, 3, 1) + timedelta(days=3 * n),
            "Influencer": PEOPLE[n // 3],
            "Network": network,
            "URL": f"https://www.instagram.com/p/C8x{n}ab/",
            "Reach": 1013 + 977 * n + 131 * n * n,
            "Likes": 53 + 19 * n + n * n,
            "Comments": 7 + 3 * ((n * 5) % 7),
            "Cost": 100 + 37 * n if n % 2 == 0 else None,
        }
        posts.append({id: row[id] for id in (*columns, *FIGURES)})
    return posts


def added(rows: Sequence[Row]) -> Row:
    return {id: sum(row[id] or 0 for row in rows) for id in FIGURES}


def mean(rows: Sequence[Row]) -> Row:
    return {id: round(sum(row[id] or 0 for row in rows) / len(rows)) for id in FIGURES[:3]}


def in_language(rows: Sequence[Row], language: str) -> list[Row]:
    """The same rows under the headers of a language."""
    if language == "en":
        return [*rows]
    columns = (*contract.POSTS.columns, *contract.POSTS.extra)
    french = {c.label.en: c.label.fr for c in columns}
    return [{french.get(id, id): value for id, value in row.items()} for row in rows]


def read(
    path: Path, rows: Sequence[Row], language: str = "en", **more: Any
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    return posts_of(tiny(path, in_language(rows, language), objectives=None, **more))


def left_out(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.code == "XK306"]


each_table = pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
each_language = pytest.mark.parametrize("language", LANGUAGES)

# -- totals ------------------------------------------------------------------------------------------

#: Each makes a row of the posts above it and of all posts.
TOTALS: dict[str, Callable[[list[Row], list[Row]], Row]] = {
    "a word": lambda above, all: {"Influencer": "Total", **added(above)},
    "a word, and figures of another day": lambda above, all: {"Influencer": "TOTAL", "Reach": 77},
    "a French word": lambda above, all: {"Influencer": "Sous-total Léa", **added(above[-3:])},
    "a subtotal of one person": lambda above, all: {"Influencer": "Subtotal Ana", "Reach": 1234},
    "no label": lambda above, all: added(above),
    "with its campaign": lambda above, all: {"Campaign": "Spring", **added(above)},
    "a running total": lambda above, all: {"Influencer": "Running total", **added(above)},
    "an average": lambda above, all: {"Influencer": "Average", **mean(above)},
    "une moyenne": lambda above, all: {"Influencer": "Moyenne par post", **mean(above)},
    "of all posts": lambda above, all: {"Influencer": "Grand total", **added(all)},
    "the header again": lambda above, all: {
        id: id for id in ("Influencer", "Network", "Date", *FIGURES)
    },
}


@each_language
@each_table
@pytest.mark.parametrize("make", TOTALS.values(), ids=TOTALS)
@pytest.mark.parametrize("place", ["below", "in the middle"])
def test_a_total_is_left_out_and_told(tmp_path, columns, make, place, language):
    posts = honest(columns)
    at = len(posts) if place == "below" else 6
    total = make(posts[:at], posts)
    if set(total) - {"Influencer", "Campaign", *FIGURES} and len(columns) == 1:
        total = {id: value for id, value in total.items() if id in (*columns, *FIGURES)}
    if make is TOTALS["the header again"] and language == "fr":
        total = {id: in_language([{id: 1}], "fr")[0].popitem()[0] for id in total}
    frame, findings = read(tmp_path / "book.xlsx", [*posts[:at], total, *posts[at:]], language)
    assert frame["reach"].sum() == added(posts)["Reach"]
    assert len(frame) == 9
    (told,) = left_out(findings)
    assert told.cell.endswith(str(at + 2))
    assert not [f for f in findings if f.cell.endswith(str(at + 2)) and f is not told]


@each_table
def test_a_totals_row_of_formulas_is_one_whatever_it_shows(tmp_path, columns):
    """A filter, or a figure stored as text, makes SUBTOTAL show less than the rows add up to."""
    posts = honest(columns)
    letters = {id: chr(ord("A") + len(columns) + n) for n, id in enumerate(FIGURES)}
    total = {
        id: Formula(f"=SUBTOTAL(109,{letters[id]}2:{letters[id]}10)", 17 + n)
        for n, id in enumerate(FIGURES)
    }
    named = {"Influencer": "Ana Lopez", "Network": "Instagram", "Date": date(2026, 3, 31)}
    total |= {id: value for id, value in named.items() if id in columns}
    frame, findings = read(tmp_path / "book.xlsx", [*posts, total])
    assert len(frame) == 9
    (told,) = left_out(findings)
    assert "formulas" in told.reason.en


def test_subtotals_of_each_person_and_their_total_are_left_out(tmp_path):
    posts = honest(TABLES["no ids"])
    rows: list[Row] = []
    for n in range(3):
        group = posts[3 * n : 3 * n + 3]
        rows += [*group, {"Influencer": PEOPLE[n], **added(group)}]
    frame, findings = read(tmp_path / "book.xlsx", [*rows, added(posts)])
    assert len(frame) == 9
    assert sum(f.count for f in left_out(findings)) == 4


def test_cumulated_rows_below_each_week_are_left_out(tmp_path):
    posts = honest(TABLES["no ids"])
    rows = [*posts[:3], added(posts[:3]), *posts[3:6], added(posts[:6]), *posts[6:], added(posts)]
    frame, _ = read(tmp_path / "book.xlsx", rows)
    assert frame["reach"].tolist() == [p["Reach"] for p in posts]


def test_what_is_left_out_is_told_with_what_it_weighs(tmp_path):
    posts = honest(TABLES["no ids"])
    _, findings = read(tmp_path / "book.xlsx", [*posts, added(posts)])
    (told,) = left_out(findings)
    whole = added(posts)
    assert f"reach {whole['Reach']:,}" in told.effect.en
    assert f"cost €{whole['Cost']:,}" in told.effect.en
    assert f"portée {whole['Reach']:,}".replace(",", "\u202f") in told.effect.fr


# -- the last word -----------------------------------------------------------------------------------


@each_language
def test_the_column_count_this_row_keeps_a_row(tmp_path, language):
    posts = honest(TABLES["no ids"])
    kept = {**added(posts), "Count this row": "Yes" if language == "en" else "Oui"}
    frame, findings = read(tmp_path / "book.xlsx", [*posts, kept], language)
    assert len(frame) == 10
    assert not left_out(findings)


@each_language
def test_the_column_count_this_row_leaves_a_row_out(tmp_path, language):
    posts = honest(TABLES["everything"])
    posts[4]["Count this row"] = "No" if language == "en" else "Non"
    frame, findings = read(tmp_path / "book.xlsx", posts, language)
    assert len(frame) == 8
    (told,) = left_out(findings)
    assert told.header == ("Count this row" if language == "en" else "Compter cette ligne")


def test_yes_down_the_whole_column_makes_no_posts_of_blank_rows(tmp_path):
    rows = [{**row, "Count this row": "Yes"} for row in (*honest(TABLES["no ids"]), {}, {})]
    frame, findings = read(tmp_path / "book.xlsx", rows)
    assert len(frame) == 9
    assert not left_out(findings)


def test_a_post_that_stands_twice_counts_twice_when_both_rows_say_so(tmp_path):
    posts = honest(TABLES["everything"])
    rows = [{**row, "Count this row": "Yes"} for row in (posts[0], posts[0])]
    frame, findings = read(tmp_path / "book.xlsx", rows)
    assert len(frame) == 2
    assert not [f for f in findings if f.code == "XK307"]


# -- posts that look like totals ---------------------------------------------------------------------


@each_table
def test_a_post_whose_figures_are_those_of_two_others_is_kept(tmp_path, columns):
    posts = honest(columns)
    posts[2] |= added(posts[:2])
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


@each_table
@pytest.mark.parametrize(
    "name", ["Total Fitness", "Sum Ting", "Average Joe", "Totally Ana", "Ensemble", "Media", "Max"]
)
def test_a_name_with_such_a_word_is_a_name(tmp_path, columns, name):
    posts = honest(columns)
    posts[3]["Influencer"] = name
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


@pytest.mark.parametrize("name", ["Total", "Sum", "Moyenne"])
def test_a_declared_name_is_never_a_word_for_a_total(tmp_path, name):
    posts = honest(TABLES["names only"])
    posts[3]["Influencer"] = name
    people = [{"Influencer": name, "Handle": "@it"}]
    frame, findings = read(tmp_path / "book.xlsx", posts, Influencers=people)
    assert len(frame) == 9
    assert not left_out(findings)


def test_a_campaign_called_total_keeps_its_posts(tmp_path):
    posts = [{"Campaign": "Total", **row} for row in honest(TABLES["no ids"])]
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


def test_a_post_called_total_with_its_date_and_network_counts_and_is_asked_about(tmp_path):
    posts = honest(TABLES["everything"])
    posts[3]["Influencer"] = "Total"
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert [(f.code, f.cell) for f in findings] == [("XK396", "C5")]


def test_a_table_of_figures_alone_has_posts(tmp_path):
    """Nobody named a post anywhere: then a nameless row is as good as any."""
    frame, findings = read(tmp_path / "book.xlsx", honest(()))
    assert len(frame) == 9
    assert not left_out(findings)


def test_a_post_without_date_is_a_post(tmp_path):
    posts = honest(TABLES["no ids"])
    posts[4]["Date"] = None
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


def test_a_figure_that_is_a_formula_does_not_make_a_total(tmp_path):
    posts = honest(TABLES["no ids"])
    posts[3]["Cost"] = Formula("=SUM(200,50)", 250)
    posts[4]["Likes"] = Formula("=E6+F6", 91)
    posts[5]["Reach"] = Formula("=SUM(D2:D3)", 4321)
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


def test_two_equal_posts_in_a_row_are_no_total(tmp_path):
    posts = honest(TABLES["no ids"])
    posts[1] |= {id: posts[0][id] for id in FIGURES}
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    assert not left_out(findings)


# -- posts of nobody ---------------------------------------------------------------------------------


def test_posts_without_influencer_count_and_are_told_with_their_weight(tmp_path):
    posts = honest(TABLES["no ids"])
    for row in (posts[2], posts[6]):
        row["Influencer"] = None
    frame, findings = read(tmp_path / "book.xlsx", posts)
    assert len(frame) == 9
    told = [f for f in findings if f.code == "XK397"]
    assert [f.cell for f in told] == ["B4", "B8"]
    assert f"reach {posts[2]['Reach']:,}" in told[0].effect.en


def test_where_nobody_is_named_no_name_is_missed(tmp_path):
    posts = [{**row, "Influencer": None} for row in honest(TABLES["no ids"])]
    _, findings = read(tmp_path / "book.xlsx", posts)
    assert not [f for f in findings if f.code == "XK397"]


def test_posts_without_campaign_are_told_with_their_weight(tmp_path):
    posts = [{"Campaign": "Spring", **row} for row in honest(TABLES["no ids"])]
    for row in posts[:5]:
        row["Campaign"] = None
    path = tiny(tmp_path / "book.xlsx", posts, objectives=None)
    _, findings = posts_of(path, None)
    (told,) = left_out(findings)
    assert told.count == 5
    assert f"reach {added(posts[:5])['Reach']:,}" in told.effect.en
