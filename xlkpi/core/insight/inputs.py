"""What a workbook adds to its posts for an analysis, as plain values: references, influencers, reviews, audience."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core.texts import Text


@dataclass(frozen=True, slots=True)
class BenchmarkRate:
    """A published engagement rate, with the base it divides by: only a rate on the same base is compared with it."""

    network: str
    label: str  # tier, country or whatever the row says
    value: float  # a fraction
    numerator: tuple[
        str, ...
    ]  # measures that count as interactions there; () is the workbook's own set
    base: str  # followers, reach, impressions, views; "" where the row does not say
    source: str = ""
    date: date | None = None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Followers from, and below, that the label names in figures; None where it names none.

        >>> BenchmarkRate("Instagram", "Micro, 5–20 k", 0.023, (), "followers").bounds
        (5000.0, 20000.0)
        >>> BenchmarkRate("TikTok", "Méga, plus de 1 M, France", 0.14, (), "followers").bounds
        (1000000.0, inf)
        """
        between = re.search(rf"{_FIGURE}\s*[–-]\s*{_FIGURE}", self.label)
        if between:
            low, unit, high, last = between.groups()
            return _amount(low, unit or last), _amount(high, last)
        over = re.search(
            rf"(?:over|above|more than|plus de|au-delà de|>)\s*{_FIGURE}", self.label, re.IGNORECASE
        )
        if over:
            return _amount(*over.groups()), math.inf
        under = re.search(
            rf"(?:under|below|less than|moins de|<)\s*{_FIGURE}", self.label, re.IGNORECASE
        )
        return (0.0, _amount(*under.groups())) if under else None


_FIGURE = r"(\d+(?:[.,]\d+)?)\s*([kKmM])?"


def _amount(figure: str, unit: str | None) -> float:
    return float(figure.replace(",", ".")) * {"k": 1e3, "m": 1e6}.get((unit or "").lower(), 1.0)


@dataclass(frozen=True, slots=True)
class AdRate:
    """What paid ads cost or return: the channel with which the campaign's spend is compared."""

    channel: str
    kpi: str  # id: cpm, cpc, cpe, cpa, roi
    value: float
    currency: str  # "" for a rate
    source: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """Influencers from so many followers on, until the next tier begins."""

    label: str
    followers: float


@dataclass(frozen=True, slots=True)
class Influencer:
    name: str
    network: str = ""
    handle: str = ""
    followers: float | None = None
    country: str = ""
    language: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Marks from 1 to 5 that a person gave to an influencer's contents in a campaign, or to the fit with the brand."""

    campaign: str
    influencer: str
    marks: Mapping[str, float]  # criterion id → mark
    rights: bool | None = None  # may the contents be used again
    rights_until: date | None = None


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """A share of an influencer's audience on a day."""

    influencer: str
    day: date | None
    dimension: str  # age, gender, country … in the user's words
    segment: str
    share: float  # a fraction
    in_target: bool | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    label: Text
    weight: float
    family: str  # content, fit


#: What makes a good content (coherence, re-use, brand value; tone, storytelling, creativity: La Maison de l'Influence,
#: indicators of a campaign) and a good fit (what they say, their style, their past engagements: Metricool, 15 KPI,
#: 2025-09-16).  Equal weights: neither article gives any; editable on References.
CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "coherence", Text("Consistent with the brand", "Cohérence avec la marque"), 1.0, "content"
    ),
    Criterion("reuse", Text("Re-usable", "Réutilisable"), 1.0, "content"),
    Criterion("brand_value", Text("Value for the brand", "Valeur de marque"), 1.0, "content"),
    Criterion("tone", Text("Tone", "Ton"), 1.0, "content"),
    Criterion("storytelling", Text("Storytelling", "Storytelling"), 1.0, "content"),
    Criterion("creativity", Text("Creativity", "Créativité"), 1.0, "content"),
    Criterion("stances", Text("What they say", "Prises de parole"), 1.0, "fit"),
    Criterion("style", Text("Style", "Style de contenu"), 1.0, "fit"),
    Criterion("past", Text("Past engagements", "Engagements passés"), 1.0, "fit"),
)

#: Threshold id → its value where the workbook gives none; each stands on References with its source.
THRESHOLDS: dict[str, float] = {
    "conversion_rate:low": 0.01,
    "open_rate:high": 0.25,
    "frequency:high": 4.0,
    "emv_ratio:poor": 1.0,
    "roi:low": 0.0,
    "authenticity:poor": 0.70,
    "content_quality:low": 3.0,
    "brand_fit:low": 3.0,
    "conversation_share:high": 0.20,
    "positive_sentiment:poor": 0.50,  # a majority of the reactions is not favourable
    "trend": 0.05,
    "min_posts": 2,
    "roi:keep": 0.0,
    "roi:stop": -0.5,
    "emv_ratio:keep": 1.0,
    "emv_ratio:stop": 0.5,
    "cost:keep": 1.0,  # CPA or CPM, as a multiple of the campaign's own
    "cost:stop": 2.0,
    "engagement:keep": 1.0,  # as a multiple of the campaign's own
    "engagement:stop": 0.5,
    "sentiment:keep": 0.70,
    "sentiment:stop": 0.50,
    "authenticity:keep": 0.85,
    "authenticity:stop": 0.70,
}


@dataclass(frozen=True, slots=True)
class References:
    """The editable values on the References sheet."""

    benchmarks: tuple[BenchmarkRate, ...] = ()
    ads: tuple[AdRate, ...] = ()
    tiers: tuple[Tier, ...] = ()  # by rising bound
    thresholds: Mapping[str, float] = field(
        default_factory=dict
    )  # id → value; THRESHOLDS fills the gaps
    weights: Mapping[str, float] = field(
        default_factory=dict
    )  # criterion id → weight; CRITERIA fills the gaps

    def threshold(self, id: str) -> float | None:
        return self.thresholds.get(id, THRESHOLDS.get(id))

    def weight(self, criterion: Criterion) -> float:
        return self.weights.get(criterion.id, criterion.weight)

    def tier_of(self, followers: float | None) -> str:
        """The label of the tier; empty where followers or tiers are unknown."""
        if followers is None:
            return ""
        return next((t.label for t in reversed(self.tiers) if followers >= t.followers), "")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything but posts, objectives and rates that an analysis reads."""

    references: References = field(default_factory=References)
    influencers: tuple[Influencer, ...] = ()
    reviews: tuple[Review, ...] = ()
    audience: tuple[AudienceRow, ...] = ()
