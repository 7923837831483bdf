"""What a worked example is made of: rows for the sheets of a workbook, and the story that they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlkpi.core.texts import Text

SampleRows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows for a worked example, by column id; the empty template has none."""

    settings: dict[str, Any] = field(default_factory=dict)
    campaigns: SampleRows = ()
    objectives: SampleRows = ()
    influencers: SampleRows = ()
    posts: SampleRows = ()
    reviews: SampleRows = ()
    audience: SampleRows = ()
    references: SampleRows = ()  # in place of, or after, those that are shipped


# -- the story that a sample is drawn from -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SampleInfluencer:
    """An influencer; factors are multiples of what is usual for an account of this size."""

    name: str
    network: str
    followers: int
    country: str
    language: str
    theme: Text
    posts: tuple[int, int, int]  # in each wave of the story
    warmth: float  # how much people react
    sells: float  # how many of those who click buy
    price: float
    liking: float  # share of comments that are favourable
    fakes: float  # share of interactions that look artificial
    craft: float  # usual mark of the contents
    in_target: float  # share of the audience in the target
    answers_rights: bool | None  # whether contents may be used again; None: was not asked


@dataclass(frozen=True, slots=True)
class Wave:
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
class Story:
    """An advertiser with its influencers and campaigns; the figures come from a generator with a fixed start."""

    advertiser: str
    currency: str
    start: int  # of the generator
    basket: tuple[float, float]  # what a conversion brings
    gift: float  # value of the product that each influencer is given
    cast: tuple[SampleInfluencer, ...]
    waves: tuple[Wave, ...]  # the one to report on first
    ads: tuple[tuple[str, str, float], ...]  # channel, KPI, cost: what this advertiser pays for ads
    target_audience: int
    utm: str


_THEMES = {
    "food": Text("Food", "Cuisine"),
    "family": Text("Family", "Famille"),
    "sport": Text("Sport", "Sport"),
    "green": Text("Eco living", "Écologie"),
    "life": Text("Lifestyle", "Art de vivre"),
    "humour": Text("Humour", "Humour"),
    "travel": Text("Travel", "Voyage"),
    "health": Text("Health", "Santé"),
    "gear": Text("Gear tests", "Tests produit"),
}
_RIGHTS = {"yes": True, "no": False, "?": None}


def cast(table: str) -> tuple[SampleInfluencer, ...]:
    """The people of a table: a line each, columns in the order of ``Influencer``, first and last name two of them.

    >>> cast("Lila Morvan Instagram 6_400 FR fr green 16 6 3 1.35 1.2 0.7 0.92 0.01 4.5 0.78 ?")[0].followers
    6400
    """
    return tuple(_influencer(line.split()) for line in table.strip().splitlines())


def _influencer(cells: list[str]) -> SampleInfluencer:
    first, last, network, followers, country, language, theme, *figures, rights = cells
    one, two, three = map(int, figures[:3])
    warmth, sells, price, liking, fakes, craft, in_target = map(float, figures[3:])
    return SampleInfluencer(
        f"{first} {last}",
        network,
        int(followers),
        country,
        language,
        _THEMES[theme],
        (one, two, three),
        warmth,
        sells,
        price,
        liking,
        fakes,
        craft,
        in_target,
        _RIGHTS[rights],
    )
