"""A conversion campaign in dollars: a maker of running shoes wants to sell.

Every brand and name is made up.
"""

from __future__ import annotations

from datetime import date

from xlkpi.core.texts import Text
from xlkpi.excel.samples.model import Story, Wave, cast

#: Name, network, followers, country, language, theme, posts in each wave; then warmth, sells, price, liking, fakes,
#: craft, in target (see ``Influencer``), and whether rights of re-use are granted.
_CAST = """
Maya Ellery   Instagram   7_800 US en sport  15 6 3  1.3  1.5  0.8 0.93 0.01 4.5  0.8 yes
Ben Okafor    Instagram   9_200 US en sport  15 6 3 1.15  1.4  0.8  0.9 0.02 4.2 0.77 yes
Tess Halloran TikTok      6_100 IE en health 15 5 2  1.2  1.1 0.85  0.9 0.02 4.1 0.66 yes
Diego Salvat  Instagram   4_700 US en travel 12 0 3  0.9  0.8  0.9 0.85 0.02 3.6 0.61 yes
Priya Nandal  Instagram  21_500 US en health 15 7 3 1.25 1.45  0.9 0.92 0.02 4.6 0.79 yes
Cole Brennick TikTok     38_000 US en sport  15 7 3  1.2  1.2  0.9 0.87 0.03   4 0.72 yes
Hannah Voss   YouTube    29_400 CA en gear    9 4 2  1.2  1.9  0.9 0.92 0.01 4.7 0.83 yes
Jamal Whitby  Instagram  44_800 GB en life   14 6 2  0.5  0.3  2.6  0.8 0.04 3.3  0.5 yes
Rosa Quill    TikTok     16_700 US en humour 14 0 3  1.5 0.09  0.9 0.82 0.03 3.7 0.48 yes
Owen Strand   Instagram  88_000 US en sport  14 6 3 1.05 1.15    1 0.88 0.03   4 0.73 yes
Lucy Tamsin   TikTok    152_000 US en life   14 6 3  1.1  0.8 0.95 0.84 0.05 3.8  0.6 yes
Mark Delaney  YouTube   131_000 US en gear    8 4 1  1.1  1.7    1  0.9 0.02 4.5 0.81 yes
Zara Fenwick  Instagram 240_000 GB en life   13 5 2 0.32 0.25  2.4 0.45  0.6 2.3 0.31   ?
Kai Romero    TikTok    410_000 US en humour 13 4 2    1 0.45 1.15 0.74 0.07 3.4 0.44 yes
Grace Lindell Instagram 575_000 US en travel  9 3 3 0.65  0.3  1.9 0.66 0.12   3 0.42  no
Theo Marsh    YouTube   690_000 US en sport   6 2 1 0.95    1  1.1 0.87 0.03 4.2 0.69 yes
"""

STORY = Story(
    advertiser="Northpine",
    currency="USD",
    start=47,
    basket=(74, 118),
    gift=120.0,
    cast=cast(_CAST),
    waves=(
        Wave(
            name=Text("Summer miles", "Kilomètres d’été"),
            objective="conversion",
            status="results",
            start=date(2026, 5, 1),
            weeks=13,
            budget=200_000,
            clicks=0.0135,
            buys=0.026,
            drift=-0.14,
            goals=(
                ("conversion", "conversions", 2_500),
                ("conversion", "conversion_rate", 0.022),
                ("conversion", "ctr", 0.009),
                ("conversion", "cpa", 60.0),
                ("sales", "roi", 0.6),
                ("engagement", "engagement_rate", 0.042),
                ("image", "positive_sentiment", 0.84),
            ),
        ),
        Wave(
            name=Text("Autumn pace", "Allure d’automne"),
            objective="conversion",
            status="closed",
            start=date(2025, 9, 15),
            weeks=8,
            budget=85_000,
            clicks=0.0125,
            buys=0.024,
            drift=0.0,
            goals=(
                ("conversion", "conversions", 900),
                ("conversion", "cpa", 70.0),
                ("sales", "roi", 0.4),
                ("engagement", "engagement_rate", 0.04),
            ),
        ),
        Wave(
            name=Text("Trail stories", "Histoires de sentiers"),
            objective="awareness",
            status="closed",
            start=date(2026, 2, 2),
            weeks=6,
            budget=48_000,
            clicks=0.006,
            buys=0.0,
            drift=0.0,
            goals=(
                ("awareness", "reach", 2_200_000),
                ("awareness", "cpm", 13.0),
                ("engagement", "engagement_rate", 0.042),
            ),
        ),
    ),
    ads=(
        ("Meta Ads", "cpc", 0.95),
        ("Meta Ads", "cpe", 0.24),
        ("Meta Ads", "cpa", 41.0),
        ("Meta Ads", "roi", 1.1),
    ),
    target_audience=5_400_000,
    utm="summer-miles",
)
