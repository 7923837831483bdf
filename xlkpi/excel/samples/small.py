"""A worked example: one invented campaign of a spring skin-care launch, and a small one before it to compare with.

Every name is made up.  The figures are drawn once from a seeded generator, so both languages and every
machine get the same campaign.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.samples.posts import Translate
from xlkpi.excel.workbook import choices

_SPRING = Text("Spring glow", "Éclat de printemps")
_WINTER = Text("Winter care", "Soin d’hiver")

_THEMES = {
    "beauty": Text("Beauty", "Beauté"),
    "life": Text("Lifestyle", "Art de vivre"),
    "skin": Text("Skin care", "Soins"),
    "grooming": Text("Grooming", "Soin homme"),
    "green": Text("Eco living", "Écologie"),
    "wellness": Text("Wellness", "Bien-être"),
}
_SPRING_POSTS, _WINTER_POSTS = 0, 1


@dataclass(frozen=True, slots=True)
class _CastMember:
    name: str
    network: str
    handle: str
    followers: int
    country: str
    language: str
    theme: str
    posts: tuple[int, int]  # in spring and in winter
    fee: float  # of a post
    pull: float  # how much people react


_CAST = (
    _CastMember(
        "Léa Montval", "Instagram", "@lea.montval", 86_000, "FR", "fr", "beauty", (7, 2), 900, 1.15
    ),
    _CastMember(
        "Noé Carlin", "TikTok", "@noecarlin", 142_000, "FR", "fr", "life", (6, 2), 1100, 1.35
    ),
    _CastMember(
        "Maya Osei", "Instagram", "@maya.osei", 24_500, "GB", "en", "skin", (6, 2), 350, 1.6
    ),
    _CastMember(
        "Inès Duvallon",
        "YouTube",
        "@inesduvallon",
        310_000,
        "FR",
        "fr",
        "beauty",
        (4, 1),
        3200,
        0.8,
    ),
    _CastMember(
        "Tom Haverley", "TikTok", "@tomhaverley", 58_000, "GB", "en", "grooming", (6, 1), 520, 0.9
    ),
    _CastMember(
        "Camille Brisson",
        "Instagram",
        "@camillebrisson",
        9_400,
        "FR",
        "fr",
        "green",
        (6, 1),
        0,
        1.9,
    ),
    _CastMember(
        "Priya Lindqvist",
        "Instagram",
        "@priyalindqvist",
        47_000,
        "SE",
        "en",
        "wellness",
        (5, 1),
        610,
        0.55,
    ),
)
_FORMATS = {
    "Instagram": ("reel", "carousel", "story", "post"),
    "TikTok": ("video",),
    "YouTube": ("video", "short"),
}


#: Of the followers, the share that a post of this kind reaches.
_REACHED = {
    "reel": 0.55,
    "video": 0.6,
    "short": 0.35,
    "carousel": 0.34,
    "story": 0.14,
    "post": 0.28,
}
_VIDEOS = ("reel", "video", "short")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_"


def sample(language: Language) -> Sample:
    """The worked example in one language; the figures are the same in both."""

    def t(text: Text) -> str:
        return text.in_(language)

    chance = random.Random(2026)
    winter = _SmallPostMaker(chance, t, _WINTER, date(2025, 11, 17), weeks=5, appetite=0.8)
    spring = _SmallPostMaker(chance, t, _SPRING, date(2026, 3, 2), weeks=10, appetite=1.0)
    return Sample(
        {"language": language, "currency": "EUR", "scope": "campaign", "campaign": t(_SPRING)},
        campaigns=_campaigns(t),
        objectives=[*_objectives(t, _SPRING, 1.0), *_objectives(t, _WINTER, 0.2)],
        influencers=[_influencer(t, person) for person in _CAST],
        posts=[*winter.posts(_WINTER_POSTS), *spring.posts(_SPRING_POSTS)],
    )


def _campaigns(t: Translate) -> list[dict[str, Any]]:
    both = {
        "objective_type": t(choices.OBJECTIVE_TYPES["awareness"]),
        "target_audience": 2_500_000,
    }
    return [
        {
            **both,
            "campaign": t(_SPRING),
            "status": t(choices.STATUSES["results"]),
            "start": date(2026, 3, 2),
            "end": date(2026, 5, 10),
            "budget": 35_000,
            "baseline_sales": 1_900,
            "notes": t(Text("Launch of the day cream.", "Lancement de la crème de jour.")),
        },
        {
            **both,
            "campaign": t(_WINTER),
            "status": t(choices.STATUSES["closed"]),
            "start": date(2025, 11, 17),
            "end": date(2025, 12, 21),
            "budget": 9_000,
            "baseline_sales": 900,
            "notes": None,
        },
    ]


def _objectives(t: Translate, campaign: Text, size: float) -> list[dict[str, Any]]:
    goals = (
        ("awareness", "reach", round(1_500_000 * size, -3)),
        ("awareness", "impressions", round(2_400_000 * size, -3)),
        ("engagement", "engagement_rate", 0.05),
        ("conversion", "conversions", round(1_100 * size)),
        ("conversion", "cpa", 38.0),
        ("image", "positive_sentiment", 0.85),
    )
    return [
        {
            "campaign": t(campaign),
            "objective": t(choices.OBJECTIVE_TYPES[objective]),
            "kpi": t(catalogue.kpi(kpi).label),
            "target": target,
            "review_date": date(2026, 12, 1),
        }
        for objective, kpi, target in goals
    ]


def _influencer(t: Translate, person: _CastMember) -> dict[str, Any]:
    return {
        "influencer": person.name,
        "network": person.network,
        "handle": person.handle,
        "followers": person.followers,
        "country": person.country,
        "language": person.language,
        "theme": t(_THEMES[person.theme]),
        "promo_code": _code(person.name),
        "utm_campaign": "spring-glow",
    }


def _code(name: str) -> str:
    return normalise(name).split()[0].upper() + "10"


# -- posts ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _SmallPostMaker:
    """Makes the posts of one campaign; the generator is asked in a fixed order."""

    chance: random.Random
    t: Translate
    campaign: Text
    start: date
    weeks: int
    appetite: float

    def posts(self, season: int) -> list[dict[str, Any]]:
        rows = []
        for person in _CAST:
            count = person.posts[season]
            for n in range(count):
                days = int((n + self.chance.random()) * 7 * self.weeks / count)
                rows.append(self._post(person, n, self.start + timedelta(days=days)))
        rows.sort(key=lambda row: (row["date"], row["influencer"]))
        return rows

    def _post(self, person: _CastMember, n: int, day: date) -> dict[str, Any]:
        kinds, pull = _FORMATS[person.network], person.pull * self.appetite
        kind = kinds[n % len(kinds)]
        counted = self._counted(person, kind, pull)
        conversions = int(counted["clicks"] * self.chance.uniform(0.03, 0.07))
        comments = self._comments(counted["comments"], pull)
        id = self._id(person.network)
        return {
            "post_id": id,
            "date": day,
            "campaign": self.t(self.campaign),
            "influencer": person.name,
            "network": person.network,
            "format": self.t(choices.FORMATS[kind]),
            "url": f"https://example.com/p/{id}",
            **counted,
            "mentions": self.chance.randint(0, 6),
            **self._sold(conversions),
            "cost": float(person.fee),
            **comments,
            **self._judged(counted["likes"]),
            "promo_code": _code(person.name),
            "snapshot_date": day + timedelta(days=28),
            "note": None,
        }

    def _counted(self, person: _CastMember, kind: str, pull: float) -> dict[str, Any]:
        """What the network counts."""
        reach = int(person.followers * _REACHED[kind] * self.chance.uniform(0.75, 1.3))
        impressions = int(reach * self.chance.uniform(1.25, 1.6))
        warmth = pull * self.chance.uniform(0.75, 1.3)
        return {
            "followers": person.followers,
            "reach": reach,
            "impressions": impressions,
            "views": int(impressions * 0.98) if kind in _VIDEOS else None,
            "likes": int(reach * 0.033 * warmth),
            "comments": int(reach * 0.0034 * warmth),
            "shares": int(reach * 0.0042 * warmth),
            "saves": int(reach * 0.0058 * warmth) if person.network == "Instagram" else None,
            "clicks": int(impressions * 0.0085 * warmth),
            "new_followers": int(reach * 0.0011 * warmth),
        }

    def _comments(self, comments: int, pull: float) -> dict[str, int]:
        """Those that were read, by their tone."""
        read = min(comments, 60)
        positive = int(read * min(0.97, 0.74 + 0.08 * pull * self.chance.uniform(0.8, 1.2)))
        negative = int((read - positive) * 0.4)
        return {
            "positive_comments": positive,
            "neutral_comments": read - positive - negative,
            "negative_comments": negative,
        }

    def _id(self, network: str) -> str:
        if network != "YouTube":
            return str(self.chance.randint(17 * 10**16, 18 * 10**16 - 1))
        return "".join(self.chance.choice(_LETTERS) for _ in range(11))

    def _sold(self, conversions: int) -> dict[str, Any]:
        return {
            "conversions": conversions,
            "leads": int(conversions * 1.7),
            "new_customers": int(conversions * 0.62),
            "revenue": round(conversions * self.chance.uniform(41, 58), 2),
        }

    def _judged(self, likes: int) -> dict[str, Any]:
        """What people or tools say of the post."""
        yes, no = (self.t(choices.YES_NO[id]) for id in ("yes", "no"))
        return {
            "suspicious_interactions": int(likes * self.chance.uniform(0.005, 0.03)),
            "key_message": yes if self.chance.random() < 0.8 else no,
            "ad_disclosed": yes,
            "content_score": round(self.chance.uniform(3.0, 5.0), 1),
        }
