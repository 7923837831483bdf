"""Two complete examples: an awareness campaign in euros and a conversion campaign in dollars, each after a smaller one
of the same objective and one of another.

Every brand and name is made up.  The figures come from a random generator with a fixed start, so both languages and every
machine get the same posts.  Reach, price and engagement follow the size of the account: the larger it is, the
smaller the share of its followers that a post reaches, and of these the share that reacts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.samples.small import sample as small
from xlkpi.excel.workbook import choices

Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class _Person:
    """Factors are multiples of what is usual for an account of this size; 1 is usual."""

    name: str
    network: str
    followers: int
    country: str
    language: str
    theme: Text
    posts: tuple[int, int, int]  # in each wave of the story
    warmth: float = 1.0  # how much people react
    sells: float = 1.0  # how many of those who click buy
    price: float = 1.0
    liking: float = 0.84  # share of comments that are favourable
    fakes: float = 0.03  # share of interactions that look artificial
    craft: float = 3.9  # usual mark of the contents
    in_target: float = 0.62  # share of the audience in the target
    answers_rights: bool | None = True


@dataclass(frozen=True, slots=True)
class _Wave:
    """One campaign of a story."""

    name: Text
    objective: str
    status: str
    start: date
    weeks: int
    budget: int
    clicks: float  # share of impressions that click, before the factors
    buys: float  # share of clicks that convert; 0 where nobody counted, as when selling is not the aim
    drift: float  # how much engagement changes from the first day to the last
    goals: tuple[tuple[str, str, float], ...]  # objective type, KPI, target


@dataclass(frozen=True, slots=True)
class _Story:
    advertiser: str
    currency: str
    start: int  # of the generator
    basket: tuple[float, float]  # what a conversion brings
    gift: float  # value of the product that each influencer is given
    cast: tuple[_Person, ...]
    waves: tuple[_Wave, ...]  # the one to report on first
    ads: tuple[tuple[str, str, float], ...]  # channel, KPI, cost: what this advertiser pays for ads
    target_audience: int
    utm: str


def awareness(language: Language) -> Sample:
    """A French oat drink wants to be known."""
    return _sample(_OAT, language)


def conversion(language: Language) -> Sample:
    """A maker of running shoes wants to sell."""
    return _sample(_RUN, language)


#: Name → the example in a language.
SAMPLES: dict[str, Callable[[Language], Sample]] = {
    "awareness": awareness,
    "conversion": conversion,
}


def usual(language: Language) -> str:
    """The example for somebody who does not choose."""
    return "awareness" if language == "fr" else "conversion"


def example_of(name: str, language: Language) -> Sample:
    """The example that was asked for: one of these two, the ``usual`` one, or the ``small`` one."""
    return (
        small(language)
        if name == "small"
        else SAMPLES[usual(language) if name == "usual" else name](language)
    )


# -- who and what ----------------------------------------------------------------------------------------

_FOOD, _FAMILY, _SPORT = Text("Food", "Cuisine"), Text("Family", "Famille"), Text("Sport", "Sport")
_GREEN, _LIFE, _HUMOUR = (
    Text("Eco living", "Écologie"),
    Text("Lifestyle", "Art de vivre"),
    Text("Humour", "Humour"),
)
_TRAVEL, _HEALTH, _GEAR = (
    Text("Travel", "Voyage"),
    Text("Health", "Santé"),
    Text("Gear tests", "Tests produit"),
)

_OAT = _Story(
    "Brin d’Avoine",
    "EUR",
    31,
    (17, 29),
    45.0,
    (
        _Person(
            "Lila Morvan",
            "Instagram",
            6_400,
            "FR",
            "fr",
            _GREEN,
            (16, 6, 3),
            1.35,
            1.2,
            0.7,
            0.92,
            0.01,
            4.5,
            0.78,
        ),
        _Person(
            "Théo Garnac",
            "Instagram",
            8_900,
            "FR",
            "fr",
            _FOOD,
            (15, 6, 3),
            1.1,
            1.1,
            0.7,
            0.88,
            0.02,
            4.1,
            0.71,
        ),
        _Person(
            "Aïcha Benlot",
            "TikTok",
            7_300,
            "FR",
            "fr",
            _FAMILY,
            (16, 5, 3),
            1.25,
            1.0,
            0.75,
            0.9,
            0.02,
            4.2,
            0.74,
        ),
        _Person(
            "Jonas Vercel",
            "Instagram",
            5_100,
            "BE",
            "fr",
            _SPORT,
            (12, 0, 0),
            0.85,
            0.8,
            0.8,
            0.43,
            0.02,
            3.4,
            0.6,
        ),
        _Person(
            "Clara Delmont",
            "Instagram",
            18_600,
            "FR",
            "fr",
            _FOOD,
            (16, 7, 3),
            1.3,
            1.1,
            0.85,
            0.91,
            0.02,
            4.6,
            0.76,
        ),
        _Person(
            "Samir Oukil",
            "TikTok",
            32_000,
            "FR",
            "fr",
            _HUMOUR,
            (16, 7, 3),
            1.4,
            0.7,
            0.8,
            0.86,
            0.03,
            4.0,
            0.66,
        ),
        _Person(
            "Manon Tessier",
            "Instagram",
            41_500,
            "FR",
            "fr",
            _LIFE,
            (14, 6, 3),
            0.5,
            0.9,
            2.6,
            0.72,
            0.05,
            3.2,
            0.55,
        ),
        _Person(
            "Élise Varenne",
            "Instagram",
            27_300,
            "CH",
            "fr",
            _HEALTH,
            (14, 0, 0),
            1.05,
            1.0,
            1.0,
            0.87,
            0.02,
            4.0,
            0.58,
        ),
        _Person(
            "Hugo Lasserre",
            "YouTube",
            22_400,
            "FR",
            "fr",
            _GREEN,
            (9, 3, 2),
            1.2,
            1.2,
            0.9,
            0.9,
            0.01,
            4.4,
            0.7,
        ),
        _Person(
            "Nina Castellan",
            "Instagram",
            74_000,
            "FR",
            "fr",
            _FAMILY,
            (14, 6, 2),
            1.0,
            1.0,
            1.0,
            0.85,
            0.03,
            3.9,
            0.69,
        ),
        _Person(
            "Rayan Dupré",
            "TikTok",
            138_000,
            "FR",
            "fr",
            _FOOD,
            (15, 6, 3),
            1.2,
            0.9,
            0.85,
            0.84,
            0.04,
            3.8,
            0.64,
        ),
        _Person(
            "Jade Lorient",
            "Instagram",
            196_000,
            "FR",
            "fr",
            _LIFE,
            (13, 6, 2),
            0.3,
            0.5,
            3.0,
            0.44,
            0.55,
            2.4,
            0.34,
            None,
        ),
        _Person(
            "Paul Estève",
            "YouTube",
            118_000,
            "FR",
            "fr",
            _FOOD,
            (8, 4, 2),
            1.05,
            1.1,
            1.0,
            0.88,
            0.02,
            4.3,
            0.67,
        ),
        _Person(
            "Inaya Roche",
            "TikTok",
            305_000,
            "FR",
            "fr",
            _HUMOUR,
            (14, 5, 2),
            1.0,
            0.6,
            1.3,
            0.77,
            0.06,
            3.5,
            0.52,
        ),
        _Person(
            "Victor Almeras",
            "Instagram",
            620_000,
            "FR",
            "fr",
            _TRAVEL,
            (10, 4, 1),
            0.5,
            0.5,
            2.3,
            0.62,
            0.2,
            2.9,
            0.41,
            False,
        ),
        _Person(
            "Solène Arcady",
            "YouTube",
            540_000,
            "FR",
            "fr",
            _HEALTH,
            (6, 3, 1),
            0.95,
            0.8,
            1.15,
            0.86,
            0.03,
            4.1,
            0.57,
        ),
    ),
    (
        _Wave(
            Text("Oat mornings", "Matins d’avoine"),
            "awareness",
            "results",
            date(2026, 3, 2),
            13,
            205_000,
            0.0062,
            0.0,
            0.12,
            (
                ("awareness", "reach", 8_800_000),
                ("awareness", "impressions", 11_500_000),
                ("awareness", "cpm", 13.5),
                ("engagement", "engagement_rate", 0.038),
                ("awareness", "emv_ratio", 1.05),
                ("followers", "new_followers", 6_000),
                ("image", "positive_sentiment", 0.82),
            ),
        ),
        _Wave(
            Text("Back to oats", "Rentrée d’avoine"),
            "awareness",
            "closed",
            date(2025, 9, 8),
            8,
            85_000,
            0.0058,
            0.0,
            0.0,
            (
                ("awareness", "reach", 3_600_000),
                ("awareness", "cpm", 12.5),
                ("engagement", "engagement_rate", 0.038),
                ("image", "positive_sentiment", 0.8),
            ),
        ),
        _Wave(
            Text("Morning code", "Code matin"),
            "conversion",
            "closed",
            date(2026, 1, 12),
            5,
            24_000,
            0.0125,
            0.034,
            0.0,
            (
                ("conversion", "conversions", 700),
                ("conversion", "cpa", 30.0),
                ("conversion", "roi", 0.1),
            ),
        ),
    ),
    (
        ("Meta Ads", "cpm", 7.9),
        ("Meta Ads", "cpc", 0.62),
        ("Meta Ads", "cpe", 0.19),
        ("TikTok Ads", "cpm", 5.4),
        ("YouTube Ads", "cpm", 9.8),
    ),
    6_500_000,
    "matins-avoine",
)

_RUN = _Story(
    "Northpine",
    "USD",
    47,
    (74, 118),
    120.0,
    (
        _Person(
            "Maya Ellery",
            "Instagram",
            7_800,
            "US",
            "en",
            _SPORT,
            (15, 6, 3),
            1.3,
            1.5,
            0.8,
            0.93,
            0.01,
            4.5,
            0.8,
        ),
        _Person(
            "Ben Okafor",
            "Instagram",
            9_200,
            "US",
            "en",
            _SPORT,
            (15, 6, 3),
            1.15,
            1.4,
            0.8,
            0.9,
            0.02,
            4.2,
            0.77,
        ),
        _Person(
            "Tess Halloran",
            "TikTok",
            6_100,
            "IE",
            "en",
            _HEALTH,
            (15, 5, 2),
            1.2,
            1.1,
            0.85,
            0.9,
            0.02,
            4.1,
            0.66,
        ),
        _Person(
            "Diego Salvat",
            "Instagram",
            4_700,
            "US",
            "en",
            _TRAVEL,
            (12, 0, 3),
            0.9,
            0.8,
            0.9,
            0.85,
            0.02,
            3.6,
            0.61,
        ),
        _Person(
            "Priya Nandal",
            "Instagram",
            21_500,
            "US",
            "en",
            _HEALTH,
            (15, 7, 3),
            1.25,
            1.45,
            0.9,
            0.92,
            0.02,
            4.6,
            0.79,
        ),
        _Person(
            "Cole Brennick",
            "TikTok",
            38_000,
            "US",
            "en",
            _SPORT,
            (15, 7, 3),
            1.2,
            1.2,
            0.9,
            0.87,
            0.03,
            4.0,
            0.72,
        ),
        _Person(
            "Hannah Voss",
            "YouTube",
            29_400,
            "CA",
            "en",
            _GEAR,
            (9, 4, 2),
            1.2,
            1.9,
            0.9,
            0.92,
            0.01,
            4.7,
            0.83,
        ),
        _Person(
            "Jamal Whitby",
            "Instagram",
            44_800,
            "GB",
            "en",
            _LIFE,
            (14, 6, 2),
            0.5,
            0.3,
            2.6,
            0.8,
            0.04,
            3.3,
            0.5,
        ),
        _Person(
            "Rosa Quill",
            "TikTok",
            16_700,
            "US",
            "en",
            _HUMOUR,
            (14, 0, 3),
            1.5,
            0.09,
            0.9,
            0.82,
            0.03,
            3.7,
            0.48,
        ),
        _Person(
            "Owen Strand",
            "Instagram",
            88_000,
            "US",
            "en",
            _SPORT,
            (14, 6, 3),
            1.05,
            1.15,
            1.0,
            0.88,
            0.03,
            4.0,
            0.73,
        ),
        _Person(
            "Lucy Tamsin",
            "TikTok",
            152_000,
            "US",
            "en",
            _LIFE,
            (14, 6, 3),
            1.1,
            0.8,
            0.95,
            0.84,
            0.05,
            3.8,
            0.6,
        ),
        _Person(
            "Mark Delaney",
            "YouTube",
            131_000,
            "US",
            "en",
            _GEAR,
            (8, 4, 1),
            1.1,
            1.7,
            1.0,
            0.9,
            0.02,
            4.5,
            0.81,
        ),
        _Person(
            "Zara Fenwick",
            "Instagram",
            240_000,
            "GB",
            "en",
            _LIFE,
            (13, 5, 2),
            0.32,
            0.25,
            2.4,
            0.45,
            0.6,
            2.3,
            0.31,
            None,
        ),
        _Person(
            "Kai Romero",
            "TikTok",
            410_000,
            "US",
            "en",
            _HUMOUR,
            (13, 4, 2),
            1.0,
            0.45,
            1.15,
            0.74,
            0.07,
            3.4,
            0.44,
        ),
        _Person(
            "Grace Lindell",
            "Instagram",
            575_000,
            "US",
            "en",
            _TRAVEL,
            (9, 3, 3),
            0.65,
            0.3,
            1.9,
            0.66,
            0.12,
            3.0,
            0.42,
            False,
        ),
        _Person(
            "Theo Marsh",
            "YouTube",
            690_000,
            "US",
            "en",
            _SPORT,
            (6, 2, 1),
            0.95,
            1.0,
            1.1,
            0.87,
            0.03,
            4.2,
            0.69,
        ),
    ),
    (
        _Wave(
            Text("Summer miles", "Kilomètres d’été"),
            "conversion",
            "results",
            date(2026, 5, 1),
            13,
            200_000,
            0.0135,
            0.026,
            -0.14,
            (
                ("conversion", "conversions", 2_500),
                ("conversion", "conversion_rate", 0.022),
                ("conversion", "ctr", 0.009),
                ("conversion", "cpa", 60.0),
                ("sales", "roi", 0.6),
                ("engagement", "engagement_rate", 0.042),
                ("image", "positive_sentiment", 0.84),
            ),
        ),
        _Wave(
            Text("Autumn pace", "Allure d’automne"),
            "conversion",
            "closed",
            date(2025, 9, 15),
            8,
            85_000,
            0.0125,
            0.024,
            0.0,
            (
                ("conversion", "conversions", 900),
                ("conversion", "cpa", 70.0),
                ("sales", "roi", 0.4),
                ("engagement", "engagement_rate", 0.04),
            ),
        ),
        _Wave(
            Text("Trail stories", "Histoires de sentiers"),
            "awareness",
            "closed",
            date(2026, 2, 2),
            6,
            48_000,
            0.006,
            0.0,
            0.0,
            (
                ("awareness", "reach", 2_200_000),
                ("awareness", "cpm", 13.0),
                ("engagement", "engagement_rate", 0.042),
            ),
        ),
    ),
    (
        ("Meta Ads", "cpc", 0.95),
        ("Meta Ads", "cpe", 0.24),
        ("Meta Ads", "cpa", 41.0),
        ("Meta Ads", "roi", 1.1),
    ),
    5_400_000,
    "summer-miles",
)


# -- the tables ------------------------------------------------------------------------------------------


def _sample(story: _Story, language: Language) -> Sample:
    def t(text: Text) -> str:
        return text.in_(language)

    chance = random.Random(story.start)
    posts = [row for number in (1, 2, 0) for row in _posts(chance, t, story, number)]
    first = story.waves[0]
    return Sample(
        {
            "language": language,
            "currency": story.currency,
            "scope": "campaign",
            "campaign": t(first.name),
        },
        campaigns=[_campaign(t, story, wave) for wave in story.waves],
        objectives=[
            {
                "campaign": t(wave.name),
                "objective": t(choices.OBJECTIVE_TYPES[objective]),
                "kpi": t(catalogue.kpi(kpi).label),
                "target": target,
                "review_date": date(2026, 10, 1),
            }
            for wave in story.waves
            for objective, kpi, target in wave.goals
        ],
        influencers=[
            {
                "influencer": p.name,
                "network": p.network,
                "handle": _handle(p),
                "followers": p.followers,
                "country": p.country,
                "language": p.language,
                "theme": t(p.theme),
                "promo_code": _code(p),
                "utm_campaign": story.utm,
            }
            for p in story.cast
        ],
        posts=posts,
        reviews=list(_reviews(chance, t, story)),
        audience=list(_audience(chance, t, story)),
        references=[
            {
                "kind": t(choices.REFERENCE_KINDS["ads"]),
                "network": channel,
                "item": t(catalogue.kpi(kpi).label),
                "unit": t(catalogue.kpi(kpi).formula),
                "value": value,
                "currency": story.currency if kpi != "roi" else "",
                "source": t(Text("Ads manager (invented)", "Régie (inventé)")),
                "date": first.start,
                "note": t(
                    Text("An example: put what you pay.", "Un exemple : mettez ce que vous payez.")
                ),
            }
            for channel, kpi, value in story.ads
        ],
    )


def _campaign(t: Say, story: _Story, wave: _Wave) -> dict[str, Any]:
    sells = wave.objective == "conversion"
    return {
        "campaign": t(wave.name),
        "objective_type": t(choices.OBJECTIVE_TYPES[wave.objective]),
        "status": t(choices.STATUSES[wave.status]),
        "start": wave.start,
        "end": wave.start + timedelta(days=7 * wave.weeks - 1),
        "budget": wave.budget,
        "target_audience": story.target_audience,
        "baseline_sales": 200 * wave.weeks if sells else None,
        "notes": None,
        "advertiser": story.advertiser,
    }


def _handle(person: _Person) -> str:
    return "@" + normalise(person.name).replace(" ", ".")


def _code(person: _Person) -> str:
    return normalise(person.name).split()[0].upper() + "10"


# -- posts -----------------------------------------------------------------------------------------------

_FORMATS = {
    "Instagram": ("reel", "story", "carousel", "reel", "story", "post"),
    "TikTok": ("video",),
    "YouTube": ("video", "short"),
}
#: Of the followers, the share that a post of this kind reaches for an account of 20,000.
_REACHED = {"reel": 0.62, "carousel": 0.36, "post": 0.3, "story": 0.17, "video": 0.75, "short": 0.4}
_REACTS = {"reel": 1.0, "carousel": 1.15, "post": 0.9, "story": 0.55, "video": 1.05, "short": 0.8}
_CLICKS = {"reel": 0.8, "carousel": 0.8, "post": 0.6, "story": 2.6, "video": 1.0, "short": 0.6}
#: What a thousand impressions cost an advertiser there, before the size of the account.
_ASKED = {"Instagram": 8.0, "TikTok": 9.5, "YouTube": 15.0}
_SEEN_AGAIN = {"Instagram": 1.32, "TikTok": 1.22, "YouTube": 1.4}


def _posts(chance: random.Random, t: Say, story: _Story, number: int) -> list[dict[str, Any]]:
    wave, rows = story.waves[number], []
    for person in story.cast:
        count = person.posts[number]
        fee = _fee(person)
        for n in range(count):
            elapsed = min((n + chance.random()) / count, 0.999)
            day = wave.start + timedelta(days=int(elapsed * 7 * wave.weeks))
            rows.append(_post(chance, t, story, wave, person, n, day, elapsed, fee))
    rows.sort(key=lambda row: (row["date"], row["influencer"]))
    return rows


def _size(person: _Person) -> float:
    """1 at 20,000 followers; a large account has less of everything a follower."""
    return float((20_000 / person.followers) ** 0.12)


def _fee(person: _Person) -> float:
    """The price of a post: what its usual impressions would cost, and no less than a product and a little more."""
    kinds = _FORMATS[person.network]
    reached = sum(_REACHED[kind] for kind in kinds) / len(kinds) * person.followers * _size(person)
    seen = reached * _SEEN_AGAIN[person.network]
    asked = seen / 1000 * _ASKED[person.network] * person.price / _size(person) ** 0.6
    return float(max(40, round(asked, -1 if asked < 1_000 else -2)))


def _post(
    chance: random.Random,
    t: Say,
    story: _Story,
    wave: _Wave,
    person: _Person,
    n: int,
    day: date,
    elapsed: float,
    fee: float,
) -> dict[str, Any]:
    kinds = _FORMATS[person.network]
    kind = kinds[n % len(kinds)]
    size = _size(person)
    reach = int(person.followers * _REACHED[kind] * size * chance.lognormvariate(0, 0.28))
    impressions = int(reach * _SEEN_AGAIN[person.network] * chance.uniform(0.93, 1.1))
    mood = (
        person.warmth
        * size**2
        * _REACTS[kind]
        * (1 + wave.drift * (elapsed - 0.5))
        * chance.lognormvariate(0, 0.18)
    )
    likes, comments = int(reach * 0.046 * mood), int(reach * 0.0034 * mood)
    clicks = int(
        impressions
        * wave.clicks
        * _CLICKS[kind]
        * person.warmth**0.5
        * size
        * chance.lognormvariate(0, 0.2)
    )
    conversions = _some(chance, clicks * wave.buys * person.sells) if wave.buys else None
    judged = min(comments, 80)
    positive = min(
        judged, int(judged * min(0.97, person.liking * chance.uniform(0.94, 1.06)) + 0.5)
    )
    negative = int((judged - positive) * 0.45)
    video = kind in ("reel", "video", "short")
    id = (
        _video_id(chance)
        if person.network == "YouTube"
        else str(chance.randint(17 * 10**16, 18 * 10**16 - 1))
    )
    return {
        "post_id": id,
        "date": day,
        "campaign": t(wave.name),
        "influencer": person.name,
        "network": person.network,
        "format": t(choices.FORMATS[kind]),
        "url": f"https://example.com/p/{id}",
        "followers": int(person.followers * (0.97 + 0.05 * elapsed)),
        "reach": reach,
        "impressions": impressions,
        "views": int(impressions * 0.97) if video else None,
        "likes": likes,
        "comments": comments,
        "shares": int(reach * 0.0036 * mood),
        "saves": int(reach * 0.0047 * mood) if person.network == "Instagram" else None,
        "clicks": clicks,
        "new_followers": int(reach * 0.0011 * mood),
        "mentions": chance.randint(0, 5),
        **_sold(chance, conversions, story.basket),
        "cost": fee,
        "gift_value": story.gift if n == 0 else None,
        "positive_comments": positive,
        "neutral_comments": judged - positive - negative,
        "negative_comments": negative,
        "suspicious_interactions": int(
            (likes + comments) * person.fakes * chance.uniform(0.8, 1.2)
        ),
        "key_message": _yes_no(t, chance.random() < 0.55 + person.craft / 12),
        "ad_disclosed": _yes_no(t, person.answers_rights is not None or n % 4 != 1),
        "content_score": round(min(5.0, max(1.0, chance.gauss(person.craft, 0.35))), 1),
        "promo_code": _code(person),
        "snapshot_date": day + timedelta(days=28),
        "note": None,
    }


def _sold(
    chance: random.Random, conversions: int | None, basket: tuple[float, float]
) -> dict[str, Any]:
    if conversions is None:
        return dict.fromkeys(("conversions", "leads", "new_customers", "revenue"))
    return {
        "conversions": conversions,
        "leads": int(conversions * 1.4),
        "new_customers": int(conversions * 0.66),
        "revenue": round(sum(chance.uniform(*basket) for _ in range(conversions)), 2),
    }


def _some(chance: random.Random, expected: float) -> int:
    """A count around what is expected, and never below 0."""
    return max(0, round(chance.gauss(expected, expected**0.5)))


def _video_id(chance: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_"
    return "".join(chance.choice(letters) for _ in range(11))


def _yes_no(t: Say, yes: bool) -> str:
    return t(choices.YES_NO["yes" if yes else "no"])


# -- reviews and audiences -------------------------------------------------------------------------------


def _reviews(chance: random.Random, t: Say, story: _Story) -> Iterator[dict[str, Any]]:
    for number in (0, 1):
        wave = story.waves[number]
        for person in story.cast:
            if not person.posts[number]:
                continue
            marks = {
                c.id: min(5, max(1, round(2 * chance.gauss(person.craft, 0.45)) / 2))
                for c in CRITERIA
            }
            rights = None if person.answers_rights is None else _yes_no(t, person.answers_rights)
            yield {
                "campaign": t(wave.name),
                "influencer": person.name,
                **marks,
                "rights": rights,
                "rights_until": wave.start + timedelta(days=365 + 7 * wave.weeks)
                if person.answers_rights
                else None,
            }


_AGES = ("13–17", "18–24", "25–34", "35–44", "45+")
_GENDERS = (Text("Women", "Femmes"), Text("Men", "Hommes"), Text("Not said", "Non précisé"))
_OTHER = Text("Other", "Autres")


def _audience(chance: random.Random, t: Say, story: _Story) -> Iterator[dict[str, Any]]:
    """Each influencer at the beginning and at the end of the campaign; shares move by a point or two."""
    age, gender, country = choices.DIMENSIONS[:3]
    home = ("FR", "BE", "CH") if story.currency == "EUR" else ("US", "GB", "CA")
    wave = story.waves[0]
    last = wave.start + timedelta(days=7 * wave.weeks - 1)
    for person in story.cast:
        young = person.in_target
        women = min(0.8, max(0.3, chance.gauss(0.57, 0.1)))
        for when, moved in ((wave.start, 0.0), (last, chance.uniform(-0.01, 0.03))):
            target = young + moved
            shares = {
                age: _parts(
                    (
                        0.1 * (1 - target),
                        target * 0.4,
                        target * 0.6,
                        0.6 * (1 - target),
                        0.3 * (1 - target),
                    )
                ),
                gender: _parts((women + moved / 2, 0.97 - women - moved / 2, 0.03)),
                country: _parts(
                    (0.86, 0.05, 0.03, 0.06)
                    if person.country == home[0]
                    else (0.34, 0.38, 0.12, 0.16)
                ),
            }
            names = {age: _AGES, gender: tuple(map(t, _GENDERS)), country: (*home, t(_OTHER))}
            aimed = {
                age: _AGES[1:3],
                country: home[:1],
            }  # men and women alike: nobody is aimed at by gender
            for dimension, parts in shares.items():
                for segment, share in zip(names[dimension], parts, strict=True):
                    inside = _yes_no(t, segment in aimed[dimension]) if dimension in aimed else None
                    yield {
                        "influencer": person.name,
                        "date": when,
                        "dimension": t(dimension),
                        "segment": segment,
                        "share": share,
                        "in_target": inside,
                    }


def _parts(shares: tuple[float, ...]) -> list[float]:
    """Shares in tenths of a percent that add up to exactly 1."""
    found = [round(share, 3) for share in shares]
    found[-1] = round(1 - sum(found[:-1]), 3)
    return found
