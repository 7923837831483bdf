"""R19: more than a hundred defects, each put alone into a workbook that was clean: every one is told, at its very cell.

Every rule is tried in one of four workbooks, by turns; with ``XLKPI_NIGHTLY=1`` in each.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import xlkpi
from tests.helpers.books import Formula
from tests.helpers.planting import Book
from tests.scorecard.scorecard import NIGHTLY
from xlkpi.core import catalogue, codes
from xlkpi.core.assemble.build import build as report_on
from xlkpi.core.findings import Finding, Refused
from xlkpi.core.texts import Language, Text
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.samples.small import sample as worked_example
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.contract import (
    CAMPAIGNS,
    INFLUENCERS,
    OBJECTIVES,
    POSTS,
    REFERENCES,
    SETTINGS,
    ColumnKind,
    Sheet,
)
from xlkpi.excel.workbook.references import REFERENCES as RATES
from xlkpi.ooxml.package import Package

#: The last post of the worked example is out, and no rate of it is a year old yet.
TODAY = date(2026, 5, 12)
Cell = tuple[Sheet, str, int]
Told = tuple[str, str, str]  # code, sheet, cell

FIGURES = [c.id for c in POSTS.columns if c.kind is ColumnKind.COUNT]
MONEY = [c.id for c in POSTS.columns if c.kind is ColumnKind.MONEY]
NAMES = ("influencer", "network", "format")
FLAGS = [c.id for c in POSTS.columns if c.kind is ColumnKind.FLAG]
_AUTUMN = Text("Autumn trail", "Sentier d’automne")
_CAST = (("Ola Brandt", "Instagram"), ("Sami Reyes", "TikTok"), ("Jo Tanaka", "YouTube"))


@dataclass(frozen=True)
class Base:
    """A clean workbook: its file, and what was put into it."""

    name: str
    book: Book
    sample: Sample
    currency: str

    @property
    def posts(self) -> int:
        return len(self.sample.posts)

    def row(self, chance: random.Random) -> int:
        """A row of Posts, none of the first: a defect in the first row would be found by any fool."""
        return chance.randrange(3, self.posts + 2)

    def of(self, row: int, column: str) -> Any:
        return self.sample.posts[row - 2][column]

    def sheet(self, spec: Sheet) -> str:
        return spec.label.in_(self.book.language)

    def t(self, text: Text) -> str:
        return text.in_(self.book.language)


def hikes(language: Language) -> Sample:
    """One campaign in dollars whose rate divides by impressions and whose EMV counts interactions; rounder figures."""
    t = lambda text: text.in_(language)  # noqa: E731
    posts = [
        {
            "post_id": f"hike-{i:03d}",
            "date": date(2026, 2, 2) + timedelta(days=i),
            "campaign": t(_AUTUMN),
            "influencer": name,
            "network": network,
            "format": t(choices.FORMATS["video"]),
            "url": f"https://example.com/{i}",
            "followers": 20_000 + i,
            "reach": 9_000 + 10 * i,
            "impressions": 12_000 + 10 * i,
            "views": 11_000 + i,
            "likes": 400 + i,
            "comments": 40 + i,
            "shares": 30 + i,
            "saves": 20 + i,
            "clicks": 90 + i,
            "new_followers": 3,
            "mentions": 1,
            "conversions": 8,
            "leads": 11,
            "new_customers": 5,
            "revenue": 300.5 + i,
            "cost": 100.0,
            "positive_comments": 30,
            "neutral_comments": 8,
            "negative_comments": 2,
            "suspicious_interactions": 4,
            "key_message": t(choices.YES_NO["yes"]),
            "ad_disclosed": t(choices.YES_NO["yes"]),
            "content_score": 4.0,
            "promo_code": "HIKE",
            "snapshot_date": date(2026, 4, 1),
            "note": None,
        }
        for i in range(24)
        for name, network in [_CAST[i % 3]]
    ]
    goals = (
        ("awareness", "reach", 200_000),
        ("engagement", "engagement_rate", 0.05),
        ("sales", "revenue", 7_000),
        ("conversion", "conversions", 190),
        ("conversion", "cpa", 15.0),
        ("image", "positive_sentiment", 0.7),
    )
    return Sample(
        {
            "language": language,
            "currency": "USD",
            "scope": "campaign",
            "denominator": "impressions",
            "emv_method": "interactions",
        },
        campaigns=[
            {
                "campaign": t(_AUTUMN),
                "objective_type": t(choices.OBJECTIVE_TYPES["sales"]),
                "status": t(choices.STATUSES["results"]),
                "start": date(2026, 2, 1),
                "end": date(2026, 3, 31),
                "budget": 5_000,
            }
        ],
        objectives=[
            {
                "campaign": t(_AUTUMN),
                "objective": t(choices.OBJECTIVE_TYPES[o]),
                "kpi": t(catalogue.kpi(k).label),
                "target": target,
                "review_date": date(2026, 1, 15),
            }
            for o, k, target in goals
        ],
        influencers=[
            {
                "influencer": name,
                "network": network,
                "handle": "@" + name.split()[0].lower(),
                "followers": 20_000,
            }
            for name, network in _CAST
        ],
        posts=posts,
    )


@cache
def bases() -> tuple[Base, ...]:
    found = []
    for language in ("en", "fr"):
        for name, make, currency in (("launch", worked_example, "EUR"), ("hikes", hikes, "USD")):
            made = make(
                language
            )  # whose fees reach what French law says of contracts: that is no defect
            made.settings["french_rules"] = "no"
            found.append(
                Base(f"{name} {language}", Book(build(language, made), language), made, currency)
            )
    return tuple(found)


# -- defects ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Defect:
    code: str
    cells: dict[Cell, Any]
    at: Cell | None = None  # where it must be told; None for a defect of the whole campaign


Maker = Callable[[Base, random.Random], Defect]
MAKERS: list[Maker] = []


def rule(make: Maker) -> Maker:
    MAKERS.append(make)
    return make


def one(code: str, spec: Sheet, column: str, row: int, value: Any) -> Defect:
    return Defect(code, {(spec, column, row): value}, (spec, column, row))


def setting(id: str) -> int:
    return 2 + [s.id for s in choices.SETTING_ROWS].index(id)


def objective(base: Base, kpi: str) -> int:
    label = base.t(catalogue.kpi(kpi).label)
    return 2 + [o["kpi"] for o in base.sample.objectives].index(label)


def rates(base: Base) -> list[int]:
    """The rows of References with the rates that a report on the base uses."""
    kind = "interaction" if base.sample.settings.get("emv_method") == "interactions" else "cpm"
    return [
        row for row, r in enumerate(RATES, start=2) if (r.kind, r.currency) == (kind, base.currency)
    ]


@rule
def words_for_a_figure(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK301",
        POSTS,
        chance.choice(FIGURES),
        base.row(chance),
        chance.choice(["12,3k?", "soon", "1_000", "~300"]),
    )


@rule
def another_currency(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK301",
        POSTS,
        chance.choice(MONEY),
        base.row(chance),
        chance.choice(["£120", "120 CHF", "90 zł"]),
    )


@rule
def another_currency_of_the_budget(base: Base, chance: random.Random) -> Defect:
    return one("XK301", CAMPAIGNS, "budget", 2, "£ 5,000")


@rule
def words_for_a_target(base: Base, chance: random.Random) -> Defect:
    return one("XK301", OBJECTIVES, "target", objective(base, "reach"), "a lot")


@rule
def an_error_for_a_figure(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK302", POSTS, chance.choice(FIGURES + MONEY), base.row(chance), Formula("=1/0", "#DIV/0!")
    )


@rule
def an_error_for_a_name(base: Base, chance: random.Random) -> Defect:
    column = chance.choice(("influencer", "format", "post_id"))
    return one("XK302", POSTS, column, base.row(chance), Formula("=NA()", "#N/A"))


@rule
def an_error_for_a_rate(base: Base, chance: random.Random) -> Defect:
    return one("XK374", REFERENCES, "source", 9, Formula("=X!A1", "#REF!"))


@rule
def an_error_for_an_influencer(base: Base, chance: random.Random) -> Defect:
    return one("XK374", INFLUENCERS, "notes", 3, Formula("=NA()", "#N/A"))


@rule
def a_note_never_calculated(base: Base, chance: random.Random) -> Defect:
    return one("XK375", INFLUENCERS, "notes", 3, Formula("=1+1", None))


@rule
def a_formula_never_calculated(base: Base, chance: random.Random) -> Defect:
    return one("XK303", POSTS, chance.choice(FIGURES), base.row(chance), Formula("=1+1", None))


@rule
def no_date(base: Base, chance: random.Random) -> Defect:
    column = chance.choice(["date", "snapshot_date"])
    return one("XK304", POSTS, column, base.row(chance), chance.choice(["soon", "32/13/2026"]))


@rule
def less_than_nothing(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK305", POSTS, chance.choice(FIGURES + MONEY), base.row(chance), -chance.randint(1, 99)
    )


@rule
def a_totals_row(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK306", POSTS, "post_id", base.posts + 1, chance.choice(["Total", "TOTAUX", "Grand total"])
    )


@rule
def a_post_twice(base: Base, chance: random.Random) -> Defect:
    """The lower row has the newer snapshot, so the upper one is told."""
    lower = base.row(chance)
    upper = lower - 1
    cells: dict[Cell, Any] = {
        (POSTS, "post_id", upper): base.of(lower, "post_id"),
        (POSTS, "network", upper): base.of(lower, "network"),
        (POSTS, "snapshot_date", upper): date(2025, 1, 1),
    }
    return Defect("XK307", cells, (POSTS, "post_id", upper))


@rule
def a_choice_that_is_none(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK308",
        SETTINGS,
        "value",
        setting(chance.choice(["emv_method", "palette", "count_saves"])),
        "perhaps",
    )


@rule
def an_id_that_lost_its_digits(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK309",
        POSTS,
        "post_id",
        base.row(chance),
        chance.choice([1.79053928e17, "1.79E+17", 17905392803030303]),
    )


@rule
def a_rate_without_its_percent_sign(base: Base, chance: random.Random) -> Defect:
    return one("XK310", OBJECTIVES, "target", objective(base, "engagement_rate"), 5)


@rule
def neither_yes_nor_no(base: Base, chance: random.Random) -> Defect:
    return one("XK311", POSTS, chance.choice(FLAGS), base.row(chance), "perhaps")


@rule
def a_figure_stored_as_text(base: Base, chance: random.Random) -> Defect:
    row, column = (
        base.row(chance),
        chance.choice(["reach", "likes", "comments", "clicks", "followers"]),
    )
    return one("XK312", POSTS, column, row, f"{base.of(row, column)}")


@rule
def two_targets_for_one_kpi(base: Base, chance: random.Random) -> Defect:
    row = objective(base, "conversions")
    mine = base.sample.objectives[row - 2]
    twin = next(
        o for o in base.sample.objectives if o is not mine and o["campaign"] == mine["campaign"]
    )
    cells: dict[Cell, Any] = {
        (OBJECTIVES, column, row): twin[column] for column in ("kpi", "target")
    }
    return Defect(
        "XK314", cells, (OBJECTIVES, "kpi", max(row, 2 + base.sample.objectives.index(twin)))
    )


@rule
def a_target_of_no_campaign(base: Base, chance: random.Random) -> Defect:
    return one("XK387", OBJECTIVES, "campaign", chance.randrange(2, 8), "Quite another")


@rule
def a_campaign_with_a_slip_of_the_pen(base: Base, chance: random.Random) -> Defect:
    row = base.row(chance)
    name = base.of(row, "campaign")
    return one("XK315", POSTS, "campaign", row, name[:-2] + name[-1])


@rule
def a_date_that_can_be_two(base: Base, chance: random.Random) -> Defect:
    return one("XK316", POSTS, "snapshot_date", base.row(chance), "03/04/2026")


@rule
def a_rate_twice(base: Base, chance: random.Random) -> Defect:
    first, second = rates(base)[0], rates(base)[-1]
    return Defect(
        "XK317",
        {
            (REFERENCES, "network", second): RATES[first - 2].network,
            (REFERENCES, "item", second): base.t(RATES[first - 2].item),
        },
        (REFERENCES, "value", second),
    )


@rule
def a_tolerance_of_two(base: Base, chance: random.Random) -> Defect:
    return one("XK318", OBJECTIVES, "tolerance", 3, chance.choice([2, -0.5, 30]))


@rule
def reach_over_impressions(base: Base, chance: random.Random) -> Defect:
    row = base.row(chance)
    return one(
        "XK319", POSTS, "reach", row, base.of(row, "impressions") + 1 + chance.randint(0, 9_000)
    )


@rule
def engagement_over_reach(base: Base, chance: random.Random) -> Defect:
    """Too many likes: the figure that they are held against is named."""
    row = base.row(chance)
    bound = base.sample.settings.get("denominator", "reach")
    return Defect("XK320", {(POSTS, "likes", row): base.of(row, bound) + 1}, (POSTS, bound, row))


@rule
def no_mark(base: Base, chance: random.Random) -> Defect:
    return one("XK321", POSTS, "content_score", base.row(chance), chance.choice([0, 0.5, 5.5]))


@rule
def a_day_to_come(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK322", POSTS, "date", base.row(chance), TODAY + timedelta(days=chance.randint(2, 900))
    )


@rule
def outside_the_campaign(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK323",
        POSTS,
        "date",
        base.row(chance),
        date(2025, 1, 1) + timedelta(days=chance.randint(0, 200)),
    )


@rule
def an_influencer_nobody_declared(base: Base, chance: random.Random) -> Defect:
    row = base.row(chance)
    name = base.of(row, "influencer")
    said = chance.choice([name[:-1], f"{name}e", "Anonymous"])
    return one("XK324" if said == "Anonymous" else "XK376", POSTS, "influencer", row, said)


@rule
def a_network_that_is_none(base: Base, chance: random.Random) -> Defect:
    said = chance.choice(["Instagrm", "TikTokk", "Mastodon"])
    code = "XK325" if said == "Mastodon" else "XK377"
    return one(code, POSTS, "network", base.row(chance), said)


@rule
def a_format_with_a_slip(base: Base, chance: random.Random) -> Defect:
    row = base.row(chance)
    name = base.of(row, "format")
    return one("XK326", POSTS, "format", row, f"{name}{name[-1]}")


@rule
def a_kpi_without_objective(base: Base, chance: random.Random) -> Defect:
    return one("XK327", OBJECTIVES, "objective", chance.randrange(2, 8), None)


@rule
def a_kpi_to_be_reviewed(base: Base, chance: random.Random) -> Defect:
    return one("XK388", OBJECTIVES, "review_date", chance.randrange(2, 8), date(2025, 10, 1))


@rule
def a_kpi_that_nobody_reviews(base: Base, chance: random.Random) -> Defect:
    day = chance.choice([date(2025, 1, 1), date(2020, 2, 29)])
    return one("XK328", OBJECTIVES, "review_date", chance.randrange(2, 8), day)


@rule
def likes_alone(base: Base, chance: random.Random) -> Defect:
    others = [c for c in choices.INTERACTIONS if c != "likes"]
    return Defect(
        "XK329", {(POSTS, c, row): None for c in others for row in range(2, base.posts + 2)}
    )


@rule
def half_the_data(base: Base, chance: random.Random) -> Defect:
    return Defect(
        "XK504",
        {(POSTS, "positive_comments", row): None for row in range(2, base.posts + 2, 2)}
        | {(POSTS, "negative_comments", row): None for row in range(2, base.posts + 2, 2)},
    )


@rule
def an_old_rate(base: Base, chance: random.Random) -> Defect:
    return Defect("XK505", {(REFERENCES, "date", rates(base)[0]): date(2024, 1, 1)})


@rule
def a_benchmark_on_another_base(base: Base, chance: random.Random) -> Defect:
    row = chance.choice([2 + i for i, r in enumerate(RATES) if r.kind == "benchmark"])
    return Defect("XK507", {(REFERENCES, "note", row): None}, (REFERENCES, "unit", row))


@rule
def a_campaign_that_ends_before_it_starts(base: Base, chance: random.Random) -> Defect:
    return one("XK508", CAMPAIGNS, "end", 2, base.sample.campaigns[0]["start"] - timedelta(days=3))


@rule
def an_unknown_kpi(base: Base, chance: random.Random) -> Defect:
    return one(
        "XK205",
        OBJECTIVES,
        "kpi",
        chance.randrange(2, 8),
        chance.choice(["Reech rate", "Buzz", "Vibes"]),
    )


@rule
def a_totals_word_in_a_post(base: Base, chance: random.Random) -> Defect:
    """A post with its id and date is one, whatever its format is called."""
    return one("XK396", POSTS, "format", base.row(chance), "Total")


@rule
def a_post_of_nobody(base: Base, chance: random.Random) -> Defect:
    return one("XK397", POSTS, "influencer", base.row(chance), None)


@rule
def two_rows_alike(base: Base, chance: random.Random) -> Defect:
    """Without id and link nobody can tell whether they are one post."""
    lower = base.row(chance)
    upper = lower - 1
    cells: dict[Cell, Any] = {
        (POSTS, column.id, upper): base.of(lower, column.id)
        for column in POSTS.columns
        if column.kind is not ColumnKind.COMPUTED and column.id not in ("post_id", "url")
    }
    for row in (lower, upper):
        cells |= {(POSTS, "post_id", row): None, (POSTS, "url", row): None}
    return Defect("XK398", cells, (POSTS, "influencer", upper))


# -- the run -------------------------------------------------------------------------------------------


#: How a report counts, said once for the whole of it; the sample's Stories have no public likes, so it is said there.
HOW_IT_COUNTS = {"XK510", "XK511"}


def told(data: bytes) -> Counter[Told]:
    """Every finding of a workbook, also of one that is refused."""
    findings: tuple[Finding, ...]
    try:
        with Package(Path("book.xlsx"), data) as package:
            findings = report_on(Workbook(package), TODAY).findings
    except Refused as refused:
        findings = refused.findings
    return Counter((f.code, f.sheet, f.cell) for f in findings if f.code not in HOW_IT_COUNTS)


def planted(all_of_them: bool = NIGHTLY) -> Iterator[tuple[Base, Defect, str]]:
    """Every rule in every workbook, or in one of the four by turns."""
    for b, base in enumerate(bases()):
        for m, make in enumerate(MAKERS):
            if all_of_them or m % len(bases()) == b:
                yield base, make(base, random.Random(f"{base.name} {make.__name__}")), make.__name__


def expected(base: Base, defect: Defect) -> Told:
    if defect.at is None:
        return defect.code, "", ""
    spec, column, row = defect.at
    return defect.code, base.sheet(spec), base.book.address(spec, column, row)


def test_the_clean_workbooks_are_clean():
    assert {base.name: dict(told(base.book.with_cells({}))) for base in bases()} == {
        base.name: {} for base in bases()
    }


def test_every_planted_defect_is_told_at_its_cell_and_nothing_else(figures):
    """All are told; and of all that is told, at least 98 % is the defect itself."""
    missed: list[object] = []
    beside: list[object] = []
    right = 0
    started = time.perf_counter()
    for base, defect, name in planted():
        found, wanted = told(base.book.with_cells(defect.cells)), expected(base, defect)
        right += bool(found[wanted])
        if not found[wanted]:
            missed.append((base.name, name, wanted, dict(found)))
        beside += [(base.name, name, other) for other in found.elements() if other != wanted]
    figures.add("R19", right + len(missed), right, time.perf_counter() - started)
    figures.worst("R19", "findings beside them", len(beside), "")
    assert not missed
    assert right / (right + len(beside)) >= 0.98, beside


def test_there_are_a_hundred_of_them():
    assert len(list(planted(True))) >= 100
    assert {name for *_, name in planted(False)} == {make.__name__ for make in MAKERS}


READERS = (
    "campaigns",
    "posts/cells",
    "posts/leftout",
    "posts/stream",
    "posts/same",
    "settings",
    "tables",
    "values",
)


def test_every_rule_about_a_cell_has_a_defect():
    """Whoever adds a rule adds its defect here."""
    root = Path(xlkpi.__file__).parent
    paths = (
        *(path for path in (root / "core/checks").glob("*.py") if path.stem != "french_rules"),
        *(root / "core/assemble").glob("*.py"),
        root / "excel/workbook/grid.py",
        *(root / "excel/reading" / f"{name}.py" for name in READERS),
    )
    coded = {
        getattr(codes, name)
        for path in paths
        for name in re.findall(r"\bcodes\.([A-Z_]+)", path.read_text(encoding="utf-8"))
    }
    coded = {code for code in coded if code.startswith(("XK3", "XK5"))}
    of_the_whole_report = HOW_IT_COUNTS | {"XK313", "XK501", "XK502", "XK503", "XK506", "XK512"}
    assert coded - of_the_whole_report <= {defect.code for _, defect, _ in planted(True)}
