"""The LAMBDA edition gives the numbers, words and errors of the Python functions: both compute the same cells."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.excel.lambdas.lambdaengine import CODES, OMITTED, Engine
from xlkpi.core import catalogue
from xlkpi.core.names import normalise
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.template import lambdas
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.references import REFERENCES

NA, DIV0, VALUE = CODES["#N/A"], CODES["#DIV/0!"], CODES["#VALUE!"]
ODD = (None, "", "  ", "abc", "12", True, False, NA, DIV0, VALUE)
OF_KPIS = [f for f in FUNCTIONS if f.name not in lambdas.OWN]


def column(*cells):
    return tuple((cell,) for cell in cells)


@pytest.fixture(scope="module")
def book(engine) -> Engine:
    return engine()


# -- functions that compute a KPI ------------------------------------------------------------------


@pytest.mark.parametrize("function", OF_KPIS, ids=lambda f: f.name)
def test_kpi_function_answers_as_in_python(book, function):
    """Figures, zeros, blanks, texts, TRUE and errors in every place."""
    count = len(function.arguments)
    draw = random.Random(function.name)
    figures = [
        tuple(draw.choice((0.0, 1.0, -2.5, 1e-9, 340.0, 98_765.4321, 3e12)) for _ in range(count))
        for _ in range(20)
    ]
    cells = (5.0, 0.0, *ODD) if count == 1 else (5.0, 0.0, None, "abc", True, NA, DIV0)
    grid = list(itertools.product(cells, repeat=count))
    arguments = figures + (grid if len(grid) < 150 else draw.sample(grid, 150))
    assert book.differences([(function.name, a) for a in arguments]) == []


@pytest.mark.parametrize(
    "name", ["ENGAGEMENT_RATE", "ROI", "PROFIT_ROI", "NET_SENTIMENT", "BRAND_FIT", "BOUNCE_RATE"]
)
def test_kpi_function_spills_over_columns(book, name):
    """Scalars, columns, rows and rectangles pair up as in Excel; beyond the shorter of two stands #N/A.

    Three arguments of three unlike shapes are left out: Excel pairs them two by two, so which of two errors
    stands in a cell that lies beyond one of them is not ours to choose.
    """
    shapes = (
        column(5.0, 0.0, None, "abc", DIV0, True),
        column(1.0, 2.0, 0.0, NA, 3.0, ""),
        column(7.0, 8.0),
        ((1.0, 2.0, 0.0),),
        ((1.0, 2.0), (3.0, 0.0), (None, "x")),
        2.0,
        0.0,
        None,
        NA,
    )
    count = next(len(f.arguments) for f in FUNCTIONS if f.name == name)
    shapes = shapes if count < 3 else (*shapes[:3], *shapes[5:])
    chosen = [
        a for a in itertools.product(shapes, repeat=count) if any(isinstance(x, tuple) for x in a)
    ]
    chosen = random.Random(name).sample(chosen, min(len(chosen), 60))
    assert book.differences([(name, a) for a in chosen], (7, 4)) == []


# -- target against actual, names, explanations ----------------------------------------------------

FIGURES = (950_000.0, 1e6, 0.042, 0.0, -3.0, None, "x", True, DIV0)
KINDS = ("reach", "engagement_rate", "cpa", "frequency", None, "nope", 5.0, NA)


def test_variance_answers_as_in_python(book):
    assert (
        book.differences([("KPI_VARIANCE", a) for a in itertools.product(FIGURES, FIGURES, KINDS)])
        == []
    )


def test_status_answers_as_in_python(book):
    every = list(
        itertools.product(
            FIGURES,
            FIGURES,
            KINDS,
            (OMITTED, "fr", "English", "", "xx", 5.0, NA),
            (OMITTED, None, 0.01, 0.0, -1.0, "x", DIV0),
        )
    )
    judged = list(
        itertools.product(
            (950_000.0, 1e6, 1.2e6),
            (1e6, -1e6),
            ("reach", "cpa", "engagement_rate"),
            (OMITTED, "fr"),
            (OMITTED, 0.5),
        )
    )
    chosen = [*judged, *random.Random(7).sample(every, 250)]
    assert book.differences([("KPI_STATUS", a) for a in chosen]) == []


def test_every_spelling_of_every_kpi_is_known(book):
    """Labels in both languages, id, Excel name and aliases; capitals, accents and punctuation do not count."""
    names = [name for k in catalogue.KPIS for name in (k.id, k.excel_name, *k.label, *k.aliases)]
    draw = random.Random(3)
    names += [
        f" {draw.choice((n.upper(), n.lower(), n.replace(' ', '-') + '?', n.replace(' ', chr(160))))} "
        for n in names
    ]
    assert (
        book.differences(
            [("KPI_NAME", (name, draw.choice((OMITTED, "en", "fr")))) for name in names]
        )
        == []
    )


def test_name_refuses_what_python_refuses(book):
    languages = (OMITTED, None, "FR", "Français", "xx", 5.0, True, NA, DIV0)
    assert (
        book.differences(
            [("KPI_NAME", a) for a in itertools.product((*ODD, 5.0, "reach"), languages)]
        )
        == []
    )


def test_words_are_folded_as_in_python(book):
    known = [name for k in catalogue.KPIS for name in (*k.label, *k.aliases)]
    words = [
        *known,
        "  Été—à l’envers ",
        "Ça_va?",
        "ÀÉÎÖÛ",
        "a.b,c;d:e",
        "100 % (brut)",
        "x/y\\z",
        "«mot»",
    ]
    folded = [cells[0][0] for cells in book.calls([("KPI_FOLD", (word,)) for word in words])]
    assert folded == [normalise(word) for word in words]


def test_every_error_is_explained_as_in_python(book):
    errors = ("#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#REF!", "#NAME?", "#NULL!")
    values = (5.0, "abc", None, True, *(CODES[name] for name in errors))
    assert (
        book.differences(
            [("KPI_WHY", a) for a in itertools.product(values, (OMITTED, "fr", "xx", NA))]
        )
        == []
    )


def test_words_spill_over_columns(book):
    some = column(5.0, 0.0, None, "abc", DIV0, True)
    kpis, languages = (
        column("reach", "cpa", "engagement_rate", None, "nope", 5.0),
        column("fr", "en", None, "xx", NA),
    )
    calls = [
        ("KPI_VARIANCE", a) for a in itertools.product((some, 2.0), (some, 4.0), (kpis, "reach"))
    ]
    calls += [
        ("KPI_STATUS", a)
        for a in itertools.product((some, 2.0), (4.0,), (kpis, "cpa"), (languages, "fr"), (0.5,))
    ]
    calls += [("KPI_NAME", a) for a in itertools.product((kpis, "roi"), (languages, OMITTED))]
    calls += [("KPI_WHY", a) for a in itertools.product((some, NA), (languages, OMITTED))]
    assert book.differences(calls, (7, 2)) == []


# -- tiers and links -------------------------------------------------------------------------------


def test_tier_answers_as_in_python(book):
    tables = (
        OMITTED,
        None,
        5.0,
        "x",
        DIV0,
        (("Small", 0.0), ("Big", 1000.0), ("Mid", 100.0), ("Same", 100.0)),
        (("Small", 10.0), (None, None), ("B", None)),
        (("Small", 10.0), (5.0, 20.0)),
        (("Small", 10.0), (NA, 20.0)),
        (("a", "b", "c"),) * 2,
        (
            ("Tier: from followers", None, "Petit", 0.0),
            ("EMV: CPM", "X", "zz", 5.0),
            ("catégorie : dès (abonnés)", None, " Grand ", 500.0),
        ),
        (("foo", None, "Petit", 0.0), ("bar", "X", "zz", 5.0)),
    )
    followers = (0.0, 100.0, 9_999.0, 10_000.0, 5e6, -1.0, None, "x", NA)
    calls = list(itertools.product(followers, tables, (OMITTED, "fr", "xx", NA)))
    assert book.differences([("TIER", a) for a in calls]) == []
    assert (
        book.differences(
            [("TIER", (column(5.0, 20_000.0, None, "x"), t)) for t in tables[:6]], (5, 2)
        )
        == []
    )


URLS = (
    "https://a.com",
    "https://a.com/",
    "HTTP://A.com/x?y=1&&z=2#frag",
    "https://a.com?utm_source=old&UTM_Medium=x&q=é",
    "https://a.com/?utm_content=zz#",
    "http://",
    "https:///x",
    "ftp://a.com",
    "a.com",
    "https://u:p@a.com:80/x",
    "https://u@:80/",
    "https://@/",
    " https://a.com/a ",
    "https://a.com/a b",
    None,
    "",
    5.0,
    True,
    NA,
    "https://a.com#f?x=1",
    "https://a.com?",
    "http:foo//bar",
    "https://a.com/p?a=b?c=d",
    "//a.com",
    "https://a.com?x#y#z",
)
WORDS = (
    "instagram",
    None,
    "été 2026 & co",
    "a/b?c=d+e%f~g-h_i.j",
    2026.0,
    0.5,
    True,
    "  x  y ",
    DIV0,
    "日本",
    "😀 ok",
)


def test_link_answers_as_in_python(book):
    calls = [
        (url, "instagram", "influencer", "spring", c)
        for url in URLS
        for c in (OMITTED, "c1", None, True, NA)
    ]
    calls += [("https://a.com", a, b, "spring", "é") for a in WORDS for b in WORDS]
    assert book.differences([("UTM_LINK", a) for a in calls]) == []


def test_links_spill_over_columns(book):
    urls = column("https://a.com", "https://b.com/x?utm_source=z#f", "bad", None, 5.0, NA)
    calls = itertools.product(
        (urls, "https://c.d"),
        (column("é", "b", None), "ig"),
        ("m",),
        ((("x", "y"),), "s"),
        (OMITTED, column("1", None, True)),
    )
    assert book.differences([("UTM_LINK", a) for a in calls], (7, 3)) == []


# -- EMV -------------------------------------------------------------------------------------------


def _references(language):
    """The References sheet's first columns, as ``reference_values`` names them."""
    return tuple(
        (
            choices.REFERENCE_KINDS[r.kind].in_(language),
            r.network or None,
            r.item.in_(language) or None,
            None if r.value is None else float(r.value),
            r.unit.in_(language),
            r.currency or None,
        )
        for r in REFERENCES
    )


#: Rows that people write: other spellings, blanks, texts and errors for figures, a rate twice, a negative one.
WRITTEN = (
    ("EMV: CPM", "IG", "Reel", 12.0, None, "EUR"),
    ("cpm", "insta", "All formats", -5.0, None, "EUR"),
    ("EMV : CPM", "Instagram", None, 9.0, None, None),
    ("interaction", "tik tok", "Likes", 0.5, None, "eur "),
    ("EMV: value per interaction", "TikTok", "per 1000 views", 4.0, None, "EUR"),
    ("EMV: value per interaction", "TikTok", "Views", 0.01, None, "EUR"),
    ("interaction", "TikTok", "impressions", 0.001, None, "EUR"),
    ("EMV: CPM", "MyNet", "Blog post", 3.0, None, "EUR"),
    ("EMV: CPM", "YouTube", "", "abc", None, "EUR"),
    ("EMV: CPM", "Facebook", "Story", NA, None, "EUR"),
    ("EMV: CPM", "Facebook", "Reel", 5.0, None, "EUR"),
    ("benchmark", "X", "zz", "abc", None, None),
    ("EMV: CPM", "X", "Post", True, None, "EUR"),
    ("EMV: CPM", None, "Post", 5.0, None, "EUR"),
    ("EMV: CPM", "Pinterest", "Vidéo", 8.0, None, "EUR"),
    ("EMV: CPM", "Instagram", "", 99.0, None, "EUR"),
)
TABLES = (
    OMITTED,
    _references("en"),
    _references("fr"),
    WRITTEN,
    (("EMV: CPM", "Instagram", "Reel"),) * 2,
    (("EMV: CPM", "Instagram", "Reel", 7.0), ("EMV: CPM", "Instagram", "", 6.0)),
    (("EMV: CPM", "Instagram", DIV0, 7.0), ("EMV: CPM", NA, "", 6.0)),
    None,
    "x",
    NA,
)
NETWORKS = (
    "Instagram",
    "TikTok",
    "YouTube",
    "instagram",
    "IG",
    "Facebook",
    "X",
    "MyNet",
    "mynet",
    " Snapchat ",
    None,
    5.0,
    True,
    NA,
    "Tik-Tok",
)
FORMATS = (
    "Reel",
    "reel",
    "Story",
    None,
    "Video",
    "vidéo",
    "Carrousel",
    "All formats",
    "Blog post",
    5.0,
    "Post",
)
METHODS = (
    OMITTED,
    None,
    "Impressions × CPM",
    "Value per interaction",
    "Both: impressions and interactions",
    "both",
    "Les deux : impressions et interactions",
    "INTERACTIONS",
    "nope",
    5.0,
    DIV0,
)
CURRENCIES = (OMITTED, None, "EUR", "usd ", "GBP", 5.0)


def test_emv_answers_as_in_python(book):
    draw = random.Random(2026)

    def figure():
        return draw.choice(
            (None, None, 0.0, 1000.0, 25_000.0, 12.5, "", OMITTED)
            if draw.random() < 0.97
            else ("abc", True, NA, VALUE)
        )

    calls = [
        (
            draw.choice(NETWORKS[:6] if draw.random() < 0.6 else NETWORKS),
            draw.choice(FORMATS),
            draw.choice((None, 1000.0, 12.5)),
            *(figure() for _ in range(6)),
            draw.choice(METHODS[:8] if draw.random() < 0.8 else METHODS),
            draw.choice(TABLES[:4] if draw.random() < 0.7 else TABLES),
            draw.choice(CURRENCIES),
        )
        for _ in range(300)
    ]
    assert book.differences([("EMV", a) for a in calls]) == []


def test_emv_spills_over_columns(book):
    networks = column("Instagram", "TikTok", None, "ig", 5.0, NA)
    calls = [
        (n, f, i, v, likes)
        for n in (networks, "Instagram")
        for f in ("Reel", column("Story", None, "Reel"))
        for i in (column(1000.0, None, "x", 5.0), 1000.0, ((1.0, 2.0),))
        for v in (OMITTED, 5.0)
        for likes in (OMITTED, 1.0)
    ]
    tiktok = (
        "TikTok",
        "Video",
        column(1000.0, None, 5.0),
        7.0,
        column(1.0, 2.0, None),
        *(OMITTED,) * 4,
    )
    calls += [
        (*tiktok, method, OMITTED, money)
        for method in ("both", column("interactions", "impressions", "x"))
        for money in (OMITTED, (("EUR", "USD"),))
    ]
    assert book.differences([("EMV", a) for a in calls], (7, 3)) == []
