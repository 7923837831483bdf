"""Numbers in sentences: singular and plural as each language counts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import xlkpi
from xlkpi.core.texts import Text

POSTS = Text("{n} post{n:|s}", "{n} post{n:|s}")


@pytest.mark.parametrize(
    ("n", "en", "fr"),
    [
        (0, "0 posts", "0 post"),
        (1, "1 post", "1 post"),
        (2, "2 posts", "2 posts"),
        (1.5, "1.5 posts", "1.5 post"),
        (-1, "-1 posts", "-1 post"),
        (1.0, "1.0 post", "1.0 post"),
        (21, "21 posts", "21 posts"),
    ],
)
def test_english_has_a_singular_for_one_and_french_for_all_below_two(n, en, fr):
    assert POSTS.format(n=n) == Text(en, fr)


def test_a_whole_clause_may_be_chosen_and_name_the_number():
    said = Text(
        "{n:The target is|All {n} targets are} met",
        "{n:L’objectif est atteint|Les {n} objectifs sont atteints}",
    )
    assert said.format(n=1) == Text("The target is met", "L’objectif est atteint")
    assert said.format(n=3) == Text("All 3 targets are met", "Les 3 objectifs sont atteints")


def test_numbers_keep_their_formats_and_bars_in_other_values_mean_nothing():
    assert Text("{n:,.1f} {t}", "{n:05d}|{t}").format(n=1200, t="a|b") == Text(
        "1,200.0 a|b", "01200|a|b"
    )


#: Words in s that are the same in the singular, and what is never said of less than two.
_INVARIABLE = {"plus", "mois", "mis", "dans", "sans", "others"}
_ALWAYS_MANY = ("{n} KPIs; five to seven", "{n} premiers sont", "{n} months ago")
_CHOICE = re.compile(r"\{\w+:[^{}|]*\|(?:[^{}]|\{\w+\})*\}")
_COUNTED = re.compile(
    r"\{(?:n|count|total|read|taken|used|excluded|blank|more|posts|of|u|d)\} ([^\W\d_]+s)\b[^.{]{0,20}"
)


def test_no_sentence_sets_a_plural_after_a_number_it_does_not_know():
    """A word that ends in s right after a placeholder was a plural that "1" made wrong."""
    found = []
    for path in Path(xlkpi.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found += [
                    f"{path.name}: {hit[0]}"
                    for hit in _COUNTED.finditer(_CHOICE.sub("", node.value))
                    if hit[1] not in _INVARIABLE and not hit[0].startswith(_ALWAYS_MANY)
                ]
    assert found == []
