"""What people and surveys say in a story: reviews of the influencers, and their audiences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.texts import Text
from xlkpi.excel.samples.model import SampleInfluencer, Story
from xlkpi.excel.samples.posts import Translate, yes_or_no
from xlkpi.excel.workbook import choices

# -- reviews -------------------------------------------------------------------------------------------


def reviews(chance: random.Random, t: Translate, story: Story) -> Iterator[dict[str, Any]]:
    """Of everybody who published, for the campaign to report on and the one before."""
    for number in (0, 1):
        wave = story.waves[number]
        until = wave.start + timedelta(days=365 + 7 * wave.weeks)
        for person in story.cast:
            if not person.posts[number]:
                continue
            marks = {criterion.id: _mark(chance, person) for criterion in CRITERIA}
            granted = person.answers_rights
            yield {
                "campaign": t(wave.name),
                "influencer": person.name,
                **marks,
                "rights": None if granted is None else yes_or_no(t, granted),
                "rights_until": until if granted else None,
            }


def _mark(chance: random.Random, person: SampleInfluencer) -> float:
    """From 1 to 5, by halves."""
    return min(5, max(1, round(2 * chance.gauss(person.craft, 0.45)) / 2))


# -- audiences -----------------------------------------------------------------------------------------

_AGES = ("13–17", "18–24", "25–34", "35–44", "45+")
_GENDERS = (Text("Women", "Femmes"), Text("Men", "Hommes"), Text("Not said", "Non précisé"))
_OTHER = Text("Other", "Autres")
_AGE, _GENDER, _COUNTRY = choices.DIMENSIONS[:3]
#: Shares of the countries in the audience of somebody at home in the first of them, and of others.
_AT_HOME, _ABROAD = (0.86, 0.05, 0.03, 0.06), (0.34, 0.38, 0.12, 0.16)


def audiences(chance: random.Random, t: Translate, story: Story) -> Iterator[dict[str, Any]]:
    """Each influencer at the beginning and at the end of the campaign; shares move by a point or two."""
    home = ("FR", "BE", "CH") if story.currency == "EUR" else ("US", "GB", "CA")
    wave = story.waves[0]
    last = wave.start + timedelta(days=7 * wave.weeks - 1)
    segments = {_AGE: _AGES, _GENDER: tuple(map(t, _GENDERS)), _COUNTRY: (*home, t(_OTHER))}
    for person in story.cast:
        women = min(0.8, max(0.3, chance.gauss(0.57, 0.1)))
        countries = _AT_HOME if person.country == home[0] else _ABROAD
        for when, moved in ((wave.start, 0.0), (last, chance.uniform(-0.01, 0.03))):
            shares = {
                _AGE: _ages(person.in_target + moved),
                _GENDER: _parts((women + moved / 2, 0.97 - women - moved / 2, 0.03)),
                _COUNTRY: _parts(countries),
            }
            for dimension, names in segments.items():
                for segment, share in zip(names, shares[dimension], strict=True):
                    yield {
                        "influencer": person.name,
                        "date": when,
                        "dimension": t(dimension),
                        "segment": segment,
                        "share": share,
                        "in_target": _in_target(t, dimension, segment, home[0]),
                    }


def _ages(target: float) -> list[float]:
    """Shares of the ages, of which the second and the third are aimed at."""
    rest = 1 - target
    return _parts((0.1 * rest, target * 0.4, target * 0.6, 0.6 * rest, 0.3 * rest))


def _in_target(t: Translate, dimension: Text, segment: str, home: str) -> str | None:
    """Men and women alike: nobody is aimed at by gender."""
    aimed = {_AGE: _AGES[1:3], _COUNTRY: (home,)}
    return yes_or_no(t, segment in aimed[dimension]) if dimension in aimed else None


def _parts(shares: tuple[float, ...]) -> list[float]:
    """Shares in tenths of a percent that add up to exactly 1."""
    found = [round(share, 3) for share in shares]
    found[-1] = round(1 - sum(found[:-1]), 3)
    return found
