"""One French text for one English text, wherever in the package it stands, and the other way round."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import xlkpi
from xlkpi.core import words
from xlkpi.core.texts import Text

PACKAGE = Path(xlkpi.__path__[0])
#: What takes an English and a French text, one after the other → which argument the English one is.
PAIRS = {"Text": 0, "both": 0, "say": 0, "Wrong": 0, "_post": 1, "_campaign": 1, "_helper": 1}
#: English words for two things that French keeps apart.
TWO_THINGS = {
    "leads": "a KPI, and a kind of objective: to win leads",
    "live": "a campaign that runs, and a format of posts",
    "networks": "a fact of the campaign, and with its article within a sentence",
    "sales": "a KPI, and a kind of objective: to sell",
    "share": "a part of the whole, and a post that is passed on",
    "target": "on the sheet Objectives the column Objectif is the kind of objective",
}
#: French words for two things that English keeps apart.
DEUX_CHOSES = {
    "attention": "how grave a finding is, and what the doctor says of a part",
    "commandes": "of a shop, and of the command line",
    "contrôler les données": "a button and its title",
    "c’est un dossier": "of two kinds of files",
    "début": "of an audience, and of a campaign",
    "en cours": "a campaign, and an action",
    "exclu": "a severity, and the effect of a finding",
    "exporter en pdf": "a button and its title",
    "famille": "of criteria, and a theme of influencers",
    "fin": "of an audience, and of a campaign",
    "générer le rapport": "a button and its title",
    "image de marque": "a stage of the funnel: to the point, and in full",
    "la ligne est exclue": "of a table, and of a text file",
    "note": "a mark, and a remark",
    "objectif": "what is aimed at, and how much of it",
    "objectifs atteints": "the verdict of a report, and how many there are",
    "pays": "invariable",
    "stable": "a trend, and a comparison",
    "vérifier l’installation": "a button and its title",
    "à surveiller": "a status, and how urgent a problem is",
    "étape": "of the funnel, and of the instructions",
}


def constant(node: ast.expr | None) -> str | None:
    """A string as it is written; what is filled in is shown by braces."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    """English, French and place of every bilingual text in the package."""
    return tuple(found for path in sorted(PACKAGE.rglob("*.py")) for found in pairs_of(path))


def pairs_of(path: Path) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        named = {k.arg: constant(k.value) for k in node.keywords}
        en, fr = named.get("en"), named.get("fr")
        first = PAIRS.get(ast.unparse(node.func).rpartition(".")[2])
        if first is not None and len(node.args) >= first + 2:
            en, fr = map(constant, node.args[first : first + 2])
        if en and fr:
            yield en, fr, f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"


def plain(text: str) -> str:
    """Capitals, ends of sentences and names of what is filled in make no other text."""
    return re.sub(r"\{[^}]*\}", "{}", text.replace("\u00a0", " ")).casefold().rstrip(" .…")


def worded(text: str) -> bool:
    """Whether there is a word in it: not only places to fill in, nor the name of a file."""
    return any(c.isalpha() for c in text.replace("{}", "")) and not re.fullmatch(r"\w+\.\w+", text)


SHORT = {(plain(short.en), plain(short.fr)) for short in words.SHORT_FORMS.values()}


def meanings(there: int, back: int) -> dict[str, dict[str, list[str]]]:
    """Text in one language → its texts in the other, with their places."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs():
        sides = [plain(side) for side in pair[:2]]
        if worded(sides[there]) and (sides[0], sides[1]) not in SHORT:
            found[sides[there]][sides[back]].append(pair[2])
    return {text: dict(others) for text, others in found.items() if len(others) > 1}


def test_every_english_text_has_one_french_text():
    """The same column was « Maintenant » on a slide and « Actuel » on the sheet that it was made from."""
    assert {en: fr for en, fr in meanings(0, 1).items() if en not in TWO_THINGS} == {}


def test_every_french_text_has_one_english_text():
    assert {fr: en for fr, en in meanings(1, 0).items() if fr not in DEUX_CHOSES} == {}


@pytest.mark.parametrize(("declared", "there"), [(TWO_THINGS, 0), (DEUX_CHOSES, 1)])
def test_what_is_declared_is_still_so(declared, there):
    """A word that has become one again leaves the list."""
    assert declared.keys() <= meanings(there, 1 - there).keys()


def test_the_walk_sees_the_texts_of_every_room():
    assert len(pairs()) > 1_500
    rooms = {place.split("/")[0] for *_, place in pairs()}
    assert {"cli", "core", "deck", "excel", "files", "intake"} <= rooms


@pytest.mark.parametrize("full", words.SHORT_FORMS)
def test_a_short_form_is_shorter_and_stands_nowhere_else(full):
    short = words.short(full)
    assert len(short.fr) < len(full.fr)
    places = [place for en, fr, place in pairs() if Text(en, fr) == short]
    assert [place.split(":")[0] for place in places] == ["core/words.py"]
