"""What a workbook is asked first, and how often, changes nothing of what is found in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from tests.helpers.books import OBJECTIVES, POSTS, Formula, changed, tiny
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.ooxml.package import Package


def read_posts(book: Workbook) -> None:
    stream = book.posts("Spring")
    list(stream)
    if len(older := stream.duplicates()):
        list(book.posts("Spring", without=older))


QUESTIONS: dict[str, Callable[[Workbook], object]] = {
    "settings": lambda book: book.settings,
    "campaigns": Workbook.campaigns,
    "objectives": Workbook.objectives,
    "rates": Workbook.rates,
    "inputs": Workbook.inputs,
    "known": Workbook.known_names,
    "posts": read_posts,
}
#: Bad cells on every sheet, more than are listed in the column that two questions read, and one post twice.
RATES = [
    {"Reference": kind, "Network": "Instagram", "Applies to": "Reel", "Value": "?", "Unit": "x"}
    for kind in ("EMV: CPM", "Engagement benchmark") * 60
]
SHEETS = {
    "Settings": [{"Setting": "Colours", "Value": "pink"}],
    "Campaigns": [
        {
            "Campaign": "Spring",
            "Budget": "much",
            "Start": "soon",
            "Notes": Formula("=1/0", "#DIV/0!"),
        }
    ],
    "Influencers": [{"Influencer": "Ana", "Network": "insta", "Followers": "many"}],
    "Reviews": [{"Campaign": "Sprong", "Influencer": "Anna", "Tone": 7}],
    "References": RATES,
}
DIRTY = [*changed(changed(POSTS, 0, Reach="a lot"), 1, Date="soon"), POSTS[0]]


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    targets = changed(OBJECTIVES, 0, Target="all", Tolerance=4)
    return tiny(tmp_path_factory.mktemp("book") / "b.xlsx", DIRTY, targets, **SHEETS)


def found(path: Path, order: tuple[str, ...]) -> tuple[object, ...]:
    with Package(path) as package:
        book = Workbook(package)
        for question in order:
            QUESTIONS[question](book)
        return book.all_findings()


def test_every_question_finds_something(path):
    codes = {f.code for f in found(path, tuple(QUESTIONS))}
    assert codes >= {"XK301", "XK304", "XK307", "XK308", "XK318", "XK374", "XK384"}


def test_any_order_gives_the_same_findings(path):
    expected = found(path, tuple(QUESTIONS))
    orders = Random(5).sample(list(permutations(QUESTIONS)), 24)
    assert all(found(path, order) == expected for order in (*orders, tuple(reversed(QUESTIONS))))


def test_a_question_asked_again_finds_nothing_more(path):
    once = found(path, tuple(QUESTIONS))
    assert found(path, (*QUESTIONS, *reversed(QUESTIONS))) == once


def test_a_workbook_whose_objectives_are_missing_still_names_its_influencers(tmp_path):
    """Only the report needs objectives; what is known of names does not."""
    book = tiny(tmp_path / "b.xlsx", objectives=None, Influencers=[{"Influencer": "Ana"}])
    with Package(book) as package:
        assert list(Workbook(package).known_names().influencers) == ["Ana"]
