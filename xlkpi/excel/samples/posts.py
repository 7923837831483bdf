"""The posts of a story, drawn from a random generator: the same in both languages and on every machine.

Reach, price and engagement follow the size of the account: the larger it is, the smaller the share of its followers
that a post reaches, and of these the share that reacts.  The generator is asked in a fixed order: a figure more or
less changes all that follow.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.samples.model import SampleInfluencer, Story, Wave
from xlkpi.excel.workbook import choices

Translate = Callable[[Text], str]

_FORMATS = {
    "Instagram": ("reel", "story", "carousel", "reel", "story", "post"),
    "TikTok": ("video",),
    "YouTube": ("video", "short"),
}
_VIDEOS = ("reel", "video", "short")
#: Of the followers, the share that a post of this kind reaches for an account of 20,000.
_REACHED = {"reel": 0.62, "carousel": 0.36, "post": 0.3, "story": 0.17, "video": 0.75, "short": 0.4}
_REACTS = {"reel": 1.0, "carousel": 1.15, "post": 0.9, "story": 0.55, "video": 1.05, "short": 0.8}
_CLICKS = {"reel": 0.8, "carousel": 0.8, "post": 0.6, "story": 2.6, "video": 1.0, "short": 0.6}
#: What a thousand impressions cost an advertiser there, before the size of the account.
_ASKED = {"Instagram": 8.0, "TikTok": 9.5, "YouTube": 15.0}
_SEEN_AGAIN = {"Instagram": 1.32, "TikTok": 1.22, "YouTube": 1.4}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_"


def promo_code(person: SampleInfluencer) -> str:
    return normalise(person.name).split()[0].upper() + "10"


def yes_or_no(t: Translate, yes: bool) -> str:
    return t(choices.YES_NO["yes" if yes else "no"])


@dataclass(frozen=True, slots=True)
class _Moment:
    """Which of a person's posts it is, and when in the campaign."""

    n: int
    day: date
    elapsed: float  # from 0 to 1


@dataclass(frozen=True, slots=True)
class PostMaker:
    """Makes the posts of one wave."""

    chance: random.Random
    t: Translate
    story: Story
    wave: Wave

    def posts(self, number: int) -> list[dict[str, Any]]:
        """Of everybody, in the order of their days; ``number`` is the wave's in the story."""
        rows = [
            self._post(person, self._moment(n, person.posts[number]))
            for person in self.story.cast
            for n in range(person.posts[number])
        ]
        rows.sort(key=lambda row: (row["date"], row["influencer"]))
        return rows

    def _moment(self, n: int, count: int) -> _Moment:
        elapsed = min((n + self.chance.random()) / count, 0.999)
        day = self.wave.start + timedelta(days=int(elapsed * 7 * self.wave.weeks))
        return _Moment(n, day, elapsed)

    def _post(self, person: SampleInfluencer, moment: _Moment) -> dict[str, Any]:
        kinds = _FORMATS[person.network]
        kind = kinds[moment.n % len(kinds)]
        counted = self._counted(person, kind, moment)
        conversions = self._conversions(counted["clicks"] * self.wave.buys * person.sells)
        comments = self._comments(person, counted["comments"])
        id = self._id(person.network)
        return {
            "post_id": id,
            "date": moment.day,
            "campaign": self.t(self.wave.name),
            "influencer": person.name,
            "network": person.network,
            "format": self.t(choices.FORMATS[kind]),
            "url": f"https://example.com/p/{id}",
            **counted,
            "mentions": self.chance.randint(0, 5),
            **self._sold(conversions),
            "cost": _fee(person),
            "gift_value": self.story.gift if moment.n == 0 else None,
            **comments,
            **self._judged(person, moment, counted["likes"] + counted["comments"]),
            "promo_code": promo_code(person),
            "snapshot_date": moment.day + timedelta(days=28),
            "note": None,
        }

    def _counted(self, person: SampleInfluencer, kind: str, moment: _Moment) -> dict[str, Any]:
        """What the network counts."""
        chance, size = self.chance, _size(person)
        reach = int(person.followers * _REACHED[kind] * size * chance.lognormvariate(0, 0.28))
        impressions = int(reach * _SEEN_AGAIN[person.network] * chance.uniform(0.93, 1.1))
        drift = 1 + self.wave.drift * (moment.elapsed - 0.5)
        luck = chance.lognormvariate(0, 0.18)
        mood = person.warmth * size**2 * _REACTS[kind] * drift * luck
        share = self.wave.clicks * _CLICKS[kind]
        clicks = int(
            impressions * share * person.warmth**0.5 * size * chance.lognormvariate(0, 0.2)
        )
        return {
            "followers": int(person.followers * (0.97 + 0.05 * moment.elapsed)),
            "reach": reach,
            "impressions": impressions,
            "views": int(impressions * 0.97) if kind in _VIDEOS else None,
            "likes": int(reach * 0.046 * mood),
            "comments": int(reach * 0.0034 * mood),
            "shares": int(reach * 0.0036 * mood),
            "saves": int(reach * 0.0047 * mood) if person.network == "Instagram" else None,
            "clicks": clicks,
            "new_followers": int(reach * 0.0011 * mood),
        }

    def _conversions(self, expected: float) -> int | None:
        """A count around what is expected, and never below 0; None where nobody counted."""
        if not self.wave.buys:
            return None
        return max(0, round(self.chance.gauss(expected, expected**0.5)))

    def _comments(self, person: SampleInfluencer, comments: int) -> dict[str, int]:
        """Those that were read, by their tone."""
        read = min(comments, 80)
        share = min(0.97, person.liking * self.chance.uniform(0.94, 1.06))
        positive = min(read, int(read * share + 0.5))
        negative = int((read - positive) * 0.45)
        return {
            "positive_comments": positive,
            "neutral_comments": read - positive - negative,
            "negative_comments": negative,
        }

    def _id(self, network: str) -> str:
        if network == "YouTube":
            return "".join(self.chance.choice(_LETTERS) for _ in range(11))
        return str(self.chance.randint(17 * 10**16, 18 * 10**16 - 1))

    def _sold(self, conversions: int | None) -> dict[str, Any]:
        if conversions is None:
            return dict.fromkeys(("conversions", "leads", "new_customers", "revenue"))
        baskets = (self.chance.uniform(*self.story.basket) for _ in range(conversions))
        return {
            "conversions": conversions,
            "leads": int(conversions * 1.4),
            "new_customers": int(conversions * 0.66),
            "revenue": round(sum(baskets), 2),
        }

    def _judged(
        self, person: SampleInfluencer, moment: _Moment, interactions: int
    ) -> dict[str, Any]:
        """What people or tools say of the post."""
        chance, t = self.chance, self.t
        fakes = int(interactions * person.fakes * chance.uniform(0.8, 1.2))
        told = chance.random() < 0.55 + person.craft / 12
        disclosed = person.answers_rights is not None or moment.n % 4 != 1
        mark = round(min(5.0, max(1.0, chance.gauss(person.craft, 0.35))), 1)
        return {
            "suspicious_interactions": fakes,
            "key_message": yes_or_no(t, told),
            "ad_disclosed": yes_or_no(t, disclosed),
            "content_score": mark,
        }


def _size(person: SampleInfluencer) -> float:
    """1 at 20,000 followers; a large account has less of everything a follower."""
    return float((20_000 / person.followers) ** 0.12)


def _fee(person: SampleInfluencer) -> float:
    """The price of a post: what its usual impressions would cost, and no less than a product and a little more."""
    kinds = _FORMATS[person.network]
    reached = sum(_REACHED[kind] for kind in kinds) / len(kinds) * person.followers * _size(person)
    seen = reached * _SEEN_AGAIN[person.network]
    asked = seen / 1000 * _ASKED[person.network] * person.price / _size(person) ** 0.6
    return float(max(40, round(asked, -1 if asked < 1_000 else -2)))
