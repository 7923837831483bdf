"""Campaigns drawn by lot for the three doors, and their sums added up the plain way.

``made(n)`` is always the same campaign.  It stands in a file for the command line (``as_sample``) and is typed
into an open workbook (``type_in``); ``cells`` gives what a person would hand to each KPI function.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlwings as xw

from tests.core.plain import Plain
from tests.excel.live import calc
from xlkpi.core import catalogue
from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi, Unit
from xlkpi.core.texts import LANGUAGES, Language
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.references import SHIPPED_RATES

MOST_POSTS = 60
NETWORKS = ("Instagram", "TikTok", "YouTube", "LinkedIn")
COUNTS = (
    "followers",
    "reach",
    "impressions",
    "views",
    "likes",
    "comments",
    "shares",
    "saves",
    "clicks",
    "new_followers",
    "mentions",
    "conversions",
    "leads",
    "new_customers",
    "positive_comments",
    "neutral_comments",
    "negative_comments",
    "suspicious_interactions",
)
Record = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """One campaign workbook as plain values, by column id."""

    number: int
    language: Language
    settings: Record
    campaigns: list[Record]
    objectives: list[Record]
    posts: list[Record]


def made(number: int) -> Drawn:
    chance = random.Random(f"campaign {number}")
    language = LANGUAGES[number % 2]
    names = [f"Launch {number}", "Été 2026", "Re-run (b)"][: chance.randint(1, 3)]
    settings: Record = {
        "language": language,
        "currency": chance.choice(("EUR", "USD")),
        "scope": chance.choice(("campaign", "campaign", "all")),
        "campaign": chance.choice(names),
        "denominator": chance.choice(tuple(choices.DENOMINATORS)),
        "emv_method": chance.choice(tuple(choices.EMV_METHODS)),
        "tolerance": chance.choice((0.05, 0.1, 0.25)),
        **{
            f"count_{name}": chance.choice(("yes", "yes", "yes", "no"))
            for name in choices.INTERACTIONS
        },
    }
    count = chance.choice((1, 2, MOST_POSTS, chance.randint(3, MOST_POSTS)))
    posts = [_post(chance, chance.choice(names), i, language) for i in range(count)]
    posts[0]["campaign"] = settings["campaign"]  # else there would be nothing to report on
    figures = {"budget": 35_000.5, "target_audience": 2_500_000, "baseline_sales": 190}
    campaigns = [
        {
            "campaign": name,
            "start": date(2026, 3, 2),
            "end": date(2026, 5, 10),
            **{id: value for id, value in figures.items() if chance.random() < 0.7},
        }
        for name in names
    ]
    return Drawn(number, language, settings, campaigns, _objectives(chance, names, language), posts)


def _post(chance: random.Random, campaign: str, i: int, language: Language) -> Record:
    """A post with figures of any size, some unknown, some 0: a collaboration can be gifted, a network can keep quiet."""

    def figure(most: float) -> float | None:
        return (
            None
            if chance.random() < 0.2
            else 0
            if chance.random() < 0.05
            else chance.randint(1, int(most))
        )

    reach = figure(10 ** chance.randint(2, 6))
    size = reach or 1_000
    post: Record = {id: figure(size) for id in COUNTS}
    post |= {
        "post_id": f"p{i}",
        "date": date(2026, 3, 2) + timedelta(days=chance.randint(0, 69)),
        "campaign": campaign,
        "influencer": f"Influencer {chance.randint(1, 5)}",
        "network": chance.choice(NETWORKS),
        "format": chance.choice(list(choices.FORMATS.values())).in_(language),
        "reach": reach,
        "revenue": None if chance.random() < 0.2 else round(chance.uniform(0, 5_000), 2),
        "cost": chance.choice((None, 0, 350, round(chance.uniform(1, 3_000), 2))),
        "content_score": None if chance.random() < 0.3 else round(chance.uniform(1, 5), 1),
    }
    for id in ("key_message", "ad_disclosed"):
        post[id] = (
            None
            if chance.random() < 0.3
            else choices.YES_NO[chance.choice(("yes", "no"))].in_(language)
        )
    return post


def _objectives(chance: random.Random, names: list[str], language: Language) -> list[Record]:
    kpis = [
        kpi
        for kpi in catalogue.KPIS
        if set(kpi.inputs) <= {*COUNTS, "interactions", "revenue", "cost", "emv", "posts"}
    ]
    return [
        {
            "campaign": name,
            "kpi": kpi.label.in_(language),
            "target": 0.05 if kpi.unit is Unit.PERCENT else 1_234.5,
        }
        for name in names
        for kpi in chance.sample(kpis, chance.randint(1, 6))
    ]


# -- for the file and for the open workbook --------------------------------------------------------


def as_sample(drawn: Drawn) -> Sample:
    return Sample(
        drawn.settings, campaigns=drawn.campaigns, objectives=drawn.objectives, posts=drawn.posts
    )


def type_in(book: xw.Book, drawn: Drawn) -> None:
    """Write the campaign over the one that stood in the tables of an open workbook."""
    for spec, records, height in (
        (contract.CAMPAIGNS, drawn.campaigns, 4),
        (contract.OBJECTIVES, drawn.objectives, 20),
        (contract.POSTS, drawn.posts, MOST_POSTS),
    ):
        columns = [c for c in spec.columns if c.kind is not contract.ColumnKind.COMPUTED]
        blank = [[None] * len(columns)] * (height - len(records))
        calc.enter(
            book,
            spec.label.in_(drawn.language),
            "A2",
            [*([_typed(record.get(c.id)) for c in columns] for record in records), *blank],
        )
    sheet = contract.SETTINGS.label.in_(drawn.language)
    values = [[_shown(setting, drawn)] for setting in choices.SETTING_ROWS]
    calc.enter(book, sheet, "B2", values)


def _typed(value: Any) -> Any:
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value


def _shown(setting: choices.Setting, drawn: Drawn) -> Any:
    value = drawn.settings.get(setting.id, setting.default)
    return (
        setting.choices[value].in_(drawn.language)
        if setting.choices
        else value
        if value != ""
        else None
    )


# -- what a person hands to the functions ----------------------------------------------------------


def in_scope(drawn: Drawn) -> list[Record]:
    whole = drawn.settings["scope"] == "all"
    return [post for post in drawn.posts if whole or post["campaign"] == drawn.settings["campaign"]]


def cells(drawn: Drawn, kpis: Mapping[str, Kpi]) -> Iterator[tuple[str, list[float | None]]]:
    """KPI id → its arguments, added up over the posts in plain Python (``tests/core/plain.py``)."""
    posts = in_scope(drawn)
    campaigns = [c for c in drawn.campaigns if any(p["campaign"] == c["campaign"] for p in posts)]
    plain = Plain(
        [_with_derived(post, drawn) | {"row": row} for row, post in enumerate(posts)],
        _choices(drawn),
        SHIPPED_RATES,
        campaigns[0] if len(campaigns) == 1 else {},
    )
    rows = set(range(len(posts)))
    for kpi in kpis.values():
        names = plain.inputs(kpi)
        if not set(names) <= MEASURES.keys():
            continue
        if any(MEASURES[name].per_campaign for name in names) and len(campaigns) > 1:
            continue  # which of them add up is the report's business
        if all(MEASURES[n].per_campaign or n in plain.posts[0] for n in names):
            yield kpi.id, plain.sums(kpi, rows)


def _choices(drawn: Drawn) -> Settings:
    said = drawn.settings
    counted = tuple(n for n in choices.INTERACTIONS if said[f"count_{n}"] == "yes")
    return Settings(
        currency=said["currency"],
        denominator=said["denominator"],
        interactions=counted or tuple(choices.INTERACTIONS),
        emv_method=said["emv_method"],
    )


def _with_derived(post: Record, drawn: Drawn) -> Record:
    """The post as the report has it: words as numbers, its format as the list's own word."""
    flags = {
        id: None if post[id] is None else float(post[id] in choices.YES_NO["yes"])
        for id in ("key_message", "ad_disclosed")
    }
    format = next(f.en for f in choices.FORMATS.values() if post["format"] in f)
    return {**post, **flags, "format": format, "posts": 1.0}


def emv_arguments(drawn: Drawn) -> list[Any]:
    """The columns of the posts in scope, as ``EMV(Posts[Network], …)`` gets them."""
    names = ("network", "format", "impressions", "views", *choices.INTERACTIONS)
    columns = [tuple((_number(post[name]),) for post in in_scope(drawn)) for name in names]
    method = choices.EMV_METHODS[drawn.settings["emv_method"]].in_(drawn.language)
    return [*columns, method, None, drawn.settings["currency"]]


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, int) else value
