"""A worked example: one invented campaign of a spring skin-care launch, and a small one before it to compare with.

Every name is made up.  The figures are drawn once from a seeded generator, so both languages and every
machine get the same campaign.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.workbook import choices

_SPRING = Text("Spring glow", "Éclat de printemps")
_WINTER = Text("Winter care", "Soin d’hiver")

# influencer, network, handle, followers, country, language, theme, posts in spring, in winter, fee a post, pull
_CAST = (
    (
        "Léa Montval",
        "Instagram",
        "@lea.montval",
        86_000,
        "FR",
        "fr",
        Text("Beauty", "Beauté"),
        7,
        2,
        900,
        1.15,
    ),
    (
        "Noé Carlin",
        "TikTok",
        "@noecarlin",
        142_000,
        "FR",
        "fr",
        Text("Lifestyle", "Art de vivre"),
        6,
        2,
        1100,
        1.35,
    ),
    (
        "Maya Osei",
        "Instagram",
        "@maya.osei",
        24_500,
        "GB",
        "en",
        Text("Skin care", "Soins"),
        6,
        2,
        350,
        1.6,
    ),
    (
        "Inès Duvallon",
        "YouTube",
        "@inesduvallon",
        310_000,
        "FR",
        "fr",
        Text("Beauty", "Beauté"),
        4,
        1,
        3200,
        0.8,
    ),
    (
        "Tom Haverley",
        "TikTok",
        "@tomhaverley",
        58_000,
        "GB",
        "en",
        Text("Grooming", "Soin homme"),
        6,
        1,
        520,
        0.9,
    ),
    (
        "Camille Brisson",
        "Instagram",
        "@camillebrisson",
        9_400,
        "FR",
        "fr",
        Text("Eco living", "Écologie"),
        6,
        1,
        0,
        1.9,
    ),
    (
        "Priya Lindqvist",
        "Instagram",
        "@priyalindqvist",
        47_000,
        "SE",
        "en",
        Text("Wellness", "Bien-être"),
        5,
        1,
        610,
        0.55,
    ),
)
_FORMATS = {
    "Instagram": ("reel", "carousel", "story", "post"),
    "TikTok": ("video",),
    "YouTube": ("video", "short"),
}


def sample(language: Language) -> Sample:
    """The worked example in one language; the figures are the same in both."""

    def t(text: Text) -> str:
        return text.in_(language)

    chance = random.Random(2026)
    posts = [
        *_campaign(chance, t, _WINTER, date(2025, 11, 17), 5, column=8, appetite=0.8),
        *_campaign(chance, t, _SPRING, date(2026, 3, 2), 10, column=7, appetite=1.0),
    ]
    return Sample(
        {"language": language, "currency": "EUR", "scope": "campaign", "campaign": t(_SPRING)},
        campaigns=[
            {
                "campaign": t(_SPRING),
                "objective_type": t(choices.OBJECTIVE_TYPES["awareness"]),
                "status": t(choices.STATUSES["results"]),
                "start": date(2026, 3, 2),
                "end": date(2026, 5, 10),
                "budget": 35_000,
                "target_audience": 2_500_000,
                "baseline_sales": 1_900,
                "notes": t(Text("Launch of the day cream.", "Lancement de la crème de jour.")),
            },
            {
                "campaign": t(_WINTER),
                "objective_type": t(choices.OBJECTIVE_TYPES["awareness"]),
                "status": t(choices.STATUSES["closed"]),
                "start": date(2025, 11, 17),
                "end": date(2025, 12, 21),
                "budget": 9_000,
                "target_audience": 2_500_000,
                "baseline_sales": 900,
                "notes": None,
            },
        ],
        objectives=[*_objectives(t, _SPRING, 1.0), *_objectives(t, _WINTER, 0.2)],
        influencers=[
            {
                "influencer": name,
                "network": network,
                "handle": handle,
                "followers": followers,
                "country": country,
                "language": spoken,
                "theme": t(theme),
                "promo_code": _code(name),
                "utm_campaign": "spring-glow",
            }
            for name, network, handle, followers, country, spoken, theme, *_ in _CAST
        ],
        posts=posts,
    )


def _objectives(t: Any, campaign: Text, size: float) -> list[dict[str, Any]]:
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


def _code(name: str) -> str:
    return normalise(name).split()[0].upper() + "10"


def _campaign(
    chance: random.Random,
    t: Any,
    campaign: Text,
    start: date,
    weeks: int,
    column: int,
    appetite: float,
) -> list[dict[str, Any]]:
    rows = []
    for member in _CAST:
        name, network, _, followers, *_ = member
        count, fee, pull = (
            (member[7] if column == 7 else member[8]),
            float(member[9]),
            float(member[10]),
        )
        for n in range(count):
            day = start + timedelta(days=int((n + chance.random()) * 7 * weeks / max(count, 1)))
            rows.append(
                _post(chance, t, campaign, name, network, followers, fee, pull * appetite, day, n)
            )
    rows.sort(key=lambda r: (r["date"], r["influencer"]))
    return rows


def _post(
    chance: random.Random,
    t: Any,
    campaign: Text,
    name: str,
    network: str,
    followers: int,
    fee: float,
    pull: float,
    day: date,
    n: int,
) -> dict[str, Any]:
    kinds = _FORMATS[network]
    kind = kinds[n % len(kinds)]
    spread = {
        "reel": 0.55,
        "video": 0.6,
        "short": 0.35,
        "carousel": 0.34,
        "story": 0.14,
        "post": 0.28,
    }[kind]
    reach = int(followers * spread * chance.uniform(0.75, 1.3))
    impressions = int(reach * chance.uniform(1.25, 1.6))
    warmth = pull * chance.uniform(0.75, 1.3)
    likes = int(reach * 0.033 * warmth)
    clicks = int(impressions * 0.0085 * warmth)
    conversions = int(clicks * chance.uniform(0.03, 0.07))
    comments = int(reach * 0.0034 * warmth)
    classified = min(comments, 60)
    positive = int(classified * min(0.97, 0.74 + 0.08 * pull * chance.uniform(0.8, 1.2)))
    negative = int((classified - positive) * 0.4)
    id = (
        str(chance.randint(17 * 10**16, 18 * 10**16 - 1))
        if network != "YouTube"
        else _video_id(chance)
    )
    video = kind in ("reel", "video", "short")
    return {
        "post_id": id,
        "date": day,
        "campaign": t(campaign),
        "influencer": name,
        "network": network,
        "format": t(choices.FORMATS[kind]),
        "url": f"https://example.com/p/{id}",
        "followers": followers,
        "reach": reach,
        "impressions": impressions,
        "views": int(impressions * 0.98) if video else None,
        "likes": likes,
        "comments": comments,
        "shares": int(reach * 0.0042 * warmth),
        "saves": int(reach * 0.0058 * warmth) if network == "Instagram" else None,
        "clicks": clicks,
        "new_followers": int(reach * 0.0011 * warmth),
        "mentions": chance.randint(0, 6),
        "conversions": conversions,
        "leads": int(conversions * 1.7),
        "new_customers": int(conversions * 0.62),
        "revenue": round(conversions * chance.uniform(41, 58), 2),
        "cost": fee,
        "positive_comments": positive,
        "neutral_comments": classified - positive - negative,
        "negative_comments": negative,
        "suspicious_interactions": int(likes * chance.uniform(0.005, 0.03)),
        "key_message": t(choices.YES_NO["yes" if chance.random() < 0.8 else "no"]),
        "ad_disclosed": t(choices.YES_NO["yes"]),
        "content_score": round(chance.uniform(3.0, 5.0), 1),
        "promo_code": _code(name),
        "snapshot_date": day + timedelta(days=28),
        "note": None,
    }


def _video_id(chance: random.Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_"
    return "".join(chance.choice(letters) for _ in range(11))
