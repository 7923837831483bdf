"""The dated values that the product ships: EMV rates, benchmarks, tiers, ads, thresholds, weights.

All are editable on the References sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlkpi.core import catalogue
from xlkpi.core.emv import Rate
from xlkpi.core.insight.inputs import CRITERIA, THRESHOLDS
from xlkpi.core.texts import Text

#: Day on which the values below were last looked up; printed on the README sheet.
REFERENCE_DATE = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Reference:
    """One row of the References sheet."""

    kind: str  # key of choices.REFERENCE_KINDS
    network: str
    item: Text
    value: float | None
    unit: Text
    currency: str
    source: str
    date: date | None
    note: Text
    number_format: str = "0.00"


_NONE = Text("", "")
_ALL = Text("All formats", "Tous les formats")
_PER_THOUSAND = Text("per 1,000 impressions", "pour 1 000 impressions")
_EACH = Text("per interaction", "par interaction")
_CIMS = "CIMS, influencer CPM guide"
_CIMS_DATE = date(2025, 5, 13)
_HERO = "influencer-hero, EMV guide"
_SKEEPERS = "Skeepers (Octoly), EMV help page"
_UNDATED = Text(
    "The page gives no date; looked up in 2026-11.", "Page sans date ; consultée en 2026-11."
)
_TO_FILL = Text(
    "No dated public value found: enter yours with its source.",
    "Aucune valeur publique datée : saisissez la vôtre avec sa source.",
)


def _mid(low: str, high: str, sign: str) -> Text:
    return Text(
        f"Middle of the range {low}–{high} {sign}.", f"Milieu de la fourchette {low}–{high} {sign}."
    )


def _cpm(
    network: str, value: float | None, currency: str, source: str, day: date | None, note: Text
) -> Reference:
    return Reference("cpm", network, _ALL, value, _PER_THOUSAND, currency, source, day, note)


def _each(network: str, item: Text, value: float, currency: str) -> Reference:
    return Reference(
        "interaction", network, item, value, _EACH, currency, _SKEEPERS, None, _UNDATED
    )


_LIKE, _COMMENT, _SHARE = (
    Text("Like", "Like"),
    Text("Comment", "Commentaire"),
    Text("Share", "Partage"),
)
_VIEWS = Text("1000 views", "1000 vues")

_CPMS = (
    _cpm("Instagram", 10.0, "EUR", _CIMS, _CIMS_DATE, _mid("5", "15", "€")),
    _cpm("TikTok", 17.5, "EUR", _CIMS, _CIMS_DATE, _mid("10", "25", "€")),
    _cpm("YouTube", 35.0, "EUR", _CIMS, _CIMS_DATE, _mid("20", "50", "€")),
    _cpm("Facebook", None, "EUR", "", None, _TO_FILL),
    _cpm("X", None, "EUR", "", None, _TO_FILL),
    _cpm("LinkedIn", None, "EUR", "", None, _TO_FILL),
    _cpm("Snapchat", 35.0, "EUR", "inzpire.me, CPM by network", None, _UNDATED),
    _cpm("Instagram", 10.0, "USD", _HERO, None, _mid("5", "15", "$")),
    _cpm("TikTok", 6.5, "USD", _HERO, None, _mid("3", "10", "$")),
    _cpm("YouTube", 20.0, "USD", _HERO, None, _mid("10", "30", "$")),
)
_INTERACTIONS = tuple(
    _each(network, item, value, currency)
    for currency in ("EUR", "USD")
    for network, item, value in (
        ("Instagram", _LIKE, 0.07),
        ("Instagram", _COMMENT, 3.46),
        ("YouTube", _LIKE, 0.08),
        ("YouTube", _COMMENT, 6.99),
        ("TikTok", _LIKE, 0.09),
        ("TikTok", _COMMENT, 3.52),
        ("TikTok", _SHARE, 1.72),
        ("TikTok", _VIEWS, 6.89),
    )
)

_BY_FOLLOWERS = Text("(likes + comments) ÷ followers", "(likes + commentaires) ÷ abonnés")
_HYPE = "HypeAuditor, France, 194,000 accounts (RTBF, 2022-10)"
_HYPE_DATE = date(2022, 8, 1)
_OTHER_BASE = Text(
    "By followers: not to be compared with a rate by reach.",
    "Sur les abonnés : à ne pas comparer à un taux sur la portée.",
)


def _benchmark(network: str, tier: Text, value: float, source: str, day: date) -> Reference:
    return Reference(
        "benchmark", network, tier, value, _BY_FOLLOWERS, "", source, day, _OTHER_BASE, "0.0%"
    )


_BENCHMARKS = (
    _benchmark("Instagram", Text("Nano, 1–5 k", "Nano, 1–5 k"), 0.047, _HYPE, _HYPE_DATE),
    _benchmark("Instagram", Text("Micro, 5–20 k", "Micro, 5–20 k"), 0.023, _HYPE, _HYPE_DATE),
    _benchmark(
        "Instagram", Text("Mid, 20–100 k", "Intermédiaire, 20–100 k"), 0.017, _HYPE, _HYPE_DATE
    ),
    _benchmark(
        "Instagram", Text("All tiers, France", "Toutes catégories, France"), 0.03, _HYPE, _HYPE_DATE
    ),
    _benchmark(
        "Instagram", Text("All tiers, world", "Toutes catégories, monde"), 0.018, _HYPE, _HYPE_DATE
    ),
    _benchmark(
        "TikTok",
        Text("Mega, over 1 M, France", "Méga, plus de 1 M, France"),
        0.1386,
        "HypeAuditor 2022 (Comarketing-News)",
        date(2021, 12, 31),
    ),
)

_TIER_NOTE = Text(
    "Bounds differ between tools: edit them to yours.",
    "Les bornes varient d’un outil à l’autre : adaptez-les.",
)
_TIERS = tuple(
    Reference(
        "tier",
        "",
        item,
        bound,
        Text("followers", "abonnés"),
        "",
        "HypeAuditor bounds from 10 k",
        None,
        _TIER_NOTE,
        "#,##0",
    )
    for item, bound in (
        (Text("Nano", "Nano"), 0),
        (Text("Micro", "Micro"), 10_000),
        (Text("Mid", "Intermédiaire"), 50_000),
        (Text("Macro", "Macro"), 500_000),
        (Text("Mega", "Méga"), 1_000_000),
    )
)
_STATUS = (
    Reference(
        "status",
        "",
        Text("To watch, down to", "À surveiller, jusqu’à"),
        -0.10,
        Text("of the target", "de l’objectif"),
        "",
        "insightsoftware, two-threshold example",
        None,
        Text(
            "The tolerance in Settings (or per objective) is what the report uses.",
            "Le rapport utilise la tolérance de Paramètres (ou celle de l’objectif).",
        ),
        "0%",
    ),
)

_ADS_SOURCE = "unanswered.io, 2026 (ads, not influence)"
_ADS_DATE = date(2026, 1, 1)
_ADS_NOTE = Text(
    "The page gives the year only; put what you pay instead.",
    "La page ne donne que l’année ; mettez plutôt ce que vous payez.",
)
_ADS_TO_FILL = Text(
    "What you pay for ads there, from your ads manager: enter it with its date.",
    "Ce que vous y payez en publicité, d’après votre régie : saisissez-le avec sa date.",
)


def _ad(channel: str, kpi: str, value: float | None, currency: str) -> Reference:
    known = value is not None
    label = catalogue.kpi(kpi).label
    return Reference(
        "ads",
        channel,
        label,
        value,
        catalogue.kpi(kpi).formula,
        currency,
        _ADS_SOURCE if known else "",
        _ADS_DATE if known else None,
        _ADS_NOTE if known else _ADS_TO_FILL,
    )


_ADS = (
    _ad("Meta Ads", "cpm", 8.15, "USD"),
    _ad("TikTok Ads", "cpm", 2.97, "USD"),
    _ad("YouTube Ads", "cpm", 2.16, "USD"),
    *(_ad("Meta Ads", kpi, None, "EUR") for kpi in ("cpm", "cpc", "cpe", "cpa")),
    _ad("TikTok Ads", "cpm", None, "EUR"),
    _ad("YouTube Ads", "cpm", None, "EUR"),
)

_ARTICLE = "KPI report article, 2025"
_WORKING = Text("Working value: edit it to yours.", "Valeur de travail : adaptez-la à la vôtre.")
_PERCENT, _TIMES, _MARK, _COUNT = "0.0%", "0.0", "0.0", "0"
_OF_CAMPAIGN = Text("times the campaign’s own", "fois celui de la campagne")
_OF_CLICKS = Text("conversions ÷ clicks", "conversions ÷ clics")
_OUT_OF_5 = Text("mark from 1 to 5", "note de 1 à 5")
_A_SHARE, _A_RATIO = Text("share", "part"), Text("times", "fois")

#: Threshold id → what the row says, in which unit, its number format and where the value comes from ("" is nowhere).
THRESHOLD_ROWS: dict[str, tuple[Text, Text, str, str]] = {
    "conversion_rate:low": (
        Text("Conversion rate: low up to", "Taux de conversion : faible jusqu’à"),
        _OF_CLICKS,
        _PERCENT,
        _ARTICLE,
    ),
    "open_rate:high": (
        Text("E-mail open rate: high from", "Taux d’ouverture : élevé dès"),
        _A_SHARE,
        _PERCENT,
        _ARTICLE,
    ),
    "frequency:high": (
        Text("Frequency: high from", "Fréquence : élevée dès"),
        _A_RATIO,
        _TIMES,
        "",
    ),
    "emv_ratio:poor": (
        Text("EMV ÷ spend: low below", "EMV ÷ dépenses : faible sous"),
        _A_RATIO,
        _TIMES,
        "",
    ),
    "roi:low": (Text("ROI: low below", "ROI : faible sous"), _A_SHARE, _PERCENT, ""),
    "authenticity:poor": (
        Text("Authenticity: low below", "Authenticité : faible sous"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "content_quality:low": (
        Text("Content quality: low below", "Qualité des contenus : faible sous"),
        _OUT_OF_5,
        _MARK,
        "",
    ),
    "brand_fit:low": (
        Text("Brand fit: low below", "Affinité avec la marque : faible sous"),
        _OUT_OF_5,
        _MARK,
        "",
    ),
    "conversation_share:high": (
        Text(
            "Comments + shares among interactions: high from",
            "Commentaires + partages parmi les interactions : élevé dès",
        ),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "positive_sentiment:poor": (
        Text("Positive sentiment: poor below", "Sentiment positif : mauvais sous"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "trend": (
        Text("Trend: something moves from", "Tendance : il y a mouvement dès"),
        Text("over three months", "sur trois mois"),
        _PERCENT,
        _ARTICLE,
    ),
    "min_posts": (
        Text("Keep or stop: posts needed", "Conserver ou stopper : posts nécessaires"),
        Text("posts", "posts"),
        _COUNT,
        "",
    ),
    "roi:keep": (Text("Keep: ROI from", "Conserver : ROI dès"), _A_SHARE, _PERCENT, ""),
    "roi:stop": (Text("Stop: ROI below", "Stopper : ROI sous"), _A_SHARE, _PERCENT, ""),
    "emv_ratio:keep": (
        Text("Keep: EMV ÷ spend from", "Conserver : EMV ÷ dépenses dès"),
        _A_RATIO,
        _TIMES,
        "",
    ),
    "emv_ratio:stop": (
        Text("Stop: EMV ÷ spend below", "Stopper : EMV ÷ dépenses sous"),
        _A_RATIO,
        _TIMES,
        "",
    ),
    "cost:keep": (
        Text("Keep: CPA or CPM up to", "Conserver : CPA ou CPM jusqu’à"),
        _OF_CAMPAIGN,
        _TIMES,
        "",
    ),
    "cost:stop": (
        Text("Stop: CPA or CPM from", "Stopper : CPA ou CPM dès"),
        _OF_CAMPAIGN,
        _TIMES,
        "",
    ),
    "engagement:keep": (
        Text("Keep: engagement rate from", "Conserver : taux d’engagement dès"),
        _OF_CAMPAIGN,
        _TIMES,
        "",
    ),
    "engagement:stop": (
        Text("Stop: engagement rate below", "Stopper : taux d’engagement sous"),
        _OF_CAMPAIGN,
        _TIMES,
        "",
    ),
    "sentiment:keep": (
        Text("Keep: positive sentiment from", "Conserver : sentiment positif dès"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "sentiment:stop": (
        Text("Stop: positive sentiment below", "Stopper : sentiment positif sous"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "authenticity:keep": (
        Text("Keep: authenticity from", "Conserver : authenticité dès"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
    "authenticity:stop": (
        Text("Stop: authenticity below", "Stopper : authenticité sous"),
        _A_SHARE,
        _PERCENT,
        "",
    ),
}
_THRESHOLDS = tuple(
    Reference(
        "threshold",
        "",
        label,
        THRESHOLDS[id],
        unit,
        "",
        source,
        date(2025, 1, 1) if source else None,
        _NONE if source else _WORKING,
        number_format,
    )
    for id, (label, unit, number_format, source) in THRESHOLD_ROWS.items()
)
_WEIGHTS = tuple(
    Reference(
        "weight",
        "",
        criterion.label,
        criterion.weight,
        Text("weight", "poids"),
        "",
        "",
        None,
        _WORKING,
        "0.0",
    )
    for criterion in CRITERIA
)

#: Rows of the References sheet, tiers together and in rising order (the Tier formula looks them up).
REFERENCES: tuple[Reference, ...] = (
    *_CPMS,
    *_INTERACTIONS,
    *_BENCHMARKS,
    *_TIERS,
    *_STATUS,
    *_ADS,
    *_THRESHOLDS,
    *_WEIGHTS,
)

_ITEM_IDS = {_LIKE: "likes", _COMMENT: "comments", _SHARE: "shares", _VIEWS: "1000 views", _ALL: ""}
SHIPPED_RATES: tuple[Rate, ...] = tuple(
    Rate(r.kind, r.network, _ITEM_IDS[r.item], r.value, r.currency, r.source, r.date)
    for r in (*_CPMS, *_INTERACTIONS)
    if r.value is not None
)
