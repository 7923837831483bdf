"""An awareness campaign in euros: a French oat drink wants to be known.

Every brand and name is made up.
"""

from __future__ import annotations

from datetime import date

from xlkpi.core.texts import Text
from xlkpi.excel.samples.model import Story, Wave, cast

#: Name, network, followers, country, language, theme, posts in each wave; then warmth, sells, price, liking, fakes,
#: craft, in target (see ``Influencer``), and whether rights of re-use are granted.
_CAST = """
Lila Morvan    Instagram   6_400 FR fr green  16 6 3 1.35 1.2  0.7 0.92 0.01 4.5 0.78 yes
Théo Garnac    Instagram   8_900 FR fr food   15 6 3  1.1 1.1  0.7 0.88 0.02 4.1 0.71 yes
Aïcha Benlot   TikTok      7_300 FR fr family 16 5 3 1.25   1 0.75  0.9 0.02 4.2 0.74 yes
Jonas Vercel   Instagram   5_100 BE fr sport  12 0 0 0.85 0.8  0.8 0.43 0.02 3.4  0.6 yes
Clara Delmont  Instagram  18_600 FR fr food   16 7 3  1.3 1.1 0.85 0.91 0.02 4.6 0.76 yes
Samir Oukil    TikTok     32_000 FR fr humour 16 7 3  1.4 0.7  0.8 0.86 0.03   4 0.66 yes
Manon Tessier  Instagram  41_500 FR fr life   14 6 3  0.5 0.9  2.6 0.72 0.05 3.2 0.55 yes
Élise Varenne  Instagram  27_300 CH fr health 14 0 0 1.05   1    1 0.87 0.02   4 0.58 yes
Hugo Lasserre  YouTube    22_400 FR fr green   9 3 2  1.2 1.2  0.9  0.9 0.01 4.4  0.7 yes
Nina Castellan Instagram  74_000 FR fr family 14 6 2    1   1    1 0.85 0.03 3.9 0.69 yes
Rayan Dupré    TikTok    138_000 FR fr food   15 6 3  1.2 0.9 0.85 0.84 0.04 3.8 0.64 yes
Jade Lorient   Instagram 196_000 FR fr life   13 6 2  0.3 0.5    3 0.44 0.55 2.4 0.34   ?
Paul Estève    YouTube   118_000 FR fr food    8 4 2 1.05 1.1    1 0.88 0.02 4.3 0.67 yes
Inaya Roche    TikTok    305_000 FR fr humour 14 5 2    1 0.6  1.3 0.77 0.06 3.5 0.52 yes
Victor Almeras Instagram 620_000 FR fr travel 10 4 1  0.5 0.5  2.3 0.62  0.2 2.9 0.41  no
Solène Arcady  YouTube   540_000 FR fr health  6 3 1 0.95 0.8 1.15 0.86 0.03 4.1 0.57 yes
"""

STORY = Story(
    advertiser="Brin d’Avoine",
    currency="EUR",
    start=31,
    basket=(17, 29),
    gift=45.0,
    cast=cast(_CAST),
    waves=(
        Wave(
            name=Text("Oat mornings", "Matins d’avoine"),
            objective="awareness",
            status="results",
            start=date(2026, 3, 2),
            weeks=13,
            budget=205_000,
            clicks=0.0062,
            buys=0.0,
            drift=0.12,
            goals=(
                ("awareness", "reach", 8_800_000),
                ("awareness", "impressions", 11_500_000),
                ("awareness", "cpm", 13.5),
                ("engagement", "engagement_rate", 0.038),
                ("awareness", "emv_ratio", 1.05),
                ("followers", "new_followers", 6_000),
                ("image", "positive_sentiment", 0.82),
            ),
        ),
        Wave(
            name=Text("Back to oats", "Rentrée d’avoine"),
            objective="awareness",
            status="closed",
            start=date(2025, 9, 8),
            weeks=8,
            budget=85_000,
            clicks=0.0058,
            buys=0.0,
            drift=0.0,
            goals=(
                ("awareness", "reach", 3_600_000),
                ("awareness", "cpm", 12.5),
                ("engagement", "engagement_rate", 0.038),
                ("image", "positive_sentiment", 0.8),
            ),
        ),
        Wave(
            name=Text("Morning code", "Code matin"),
            objective="conversion",
            status="closed",
            start=date(2026, 1, 12),
            weeks=5,
            budget=24_000,
            clicks=0.0125,
            buys=0.034,
            drift=0.0,
            goals=(
                ("conversion", "conversions", 700),
                ("conversion", "cpa", 30.0),
                ("conversion", "roi", 0.1),
            ),
        ),
    ),
    ads=(
        ("Meta Ads", "cpm", 7.9),
        ("Meta Ads", "cpc", 0.62),
        ("Meta Ads", "cpe", 0.19),
        ("TikTok Ads", "cpm", 5.4),
        ("YouTube Ads", "cpm", 9.8),
    ),
    target_audience=6_500_000,
    utm="matins-avoine",
)
