"""Two complete examples: an awareness campaign in euros and a conversion campaign in dollars, each after a smaller one
of the same objective and one of another.

Every brand and name is made up.  The figures come from a random generator with a fixed start, so both languages and every
machine get the same posts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.excel.samples import awareness, conversion
from xlkpi.excel.samples.model import Sample, SampleInfluencer, Story, Wave
from xlkpi.excel.samples.people import audiences, reviews
from xlkpi.excel.samples.posts import PostMaker, Translate, promo_code
from xlkpi.excel.samples.small import sample as small
from xlkpi.excel.workbook import choices

_STORIES = {"awareness": awareness.STORY, "conversion": conversion.STORY}
#: Name → the example in a language.
SAMPLES: dict[str, Callable[[Language], Sample]] = {
    "awareness": lambda language: _sample(_STORIES["awareness"], language),
    "conversion": lambda language: _sample(_STORIES["conversion"], language),
}
_REVIEW_DATE = date(2026, 10, 1)


def usual(language: Language) -> str:
    """The example for somebody who does not choose."""
    return "awareness" if language == "fr" else "conversion"


def example_of(name: str, language: Language) -> Sample:
    """The example that was asked for: one of these two, the ``usual`` one, or the ``small`` one."""
    if name == "small":
        return small(language)
    return SAMPLES[usual(language) if name == "usual" else name](language)


def _sample(story: Story, language: Language) -> Sample:
    def t(text: Text) -> str:
        return text.in_(language)

    chance, first = random.Random(story.start), story.waves[0]
    posts = [
        row
        for number in (1, 2, 0)
        for row in PostMaker(chance, t, story, story.waves[number]).posts(number)
    ]
    return Sample(
        {
            "language": language,
            "currency": story.currency,
            "scope": "campaign",
            "campaign": t(first.name),
        },
        campaigns=[_campaign(t, story, wave) for wave in story.waves],
        objectives=[row for wave in story.waves for row in _objectives(t, wave)],
        influencers=[_influencer(t, story, person) for person in story.cast],
        posts=posts,
        reviews=list(reviews(chance, t, story)),
        audience=list(audiences(chance, t, story)),
        references=_ads(t, story),
    )


def _campaign(t: Translate, story: Story, wave: Wave) -> dict[str, Any]:
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


def _objectives(t: Translate, wave: Wave) -> Sequence[dict[str, Any]]:
    return [
        {
            "campaign": t(wave.name),
            "objective": t(choices.OBJECTIVE_TYPES[objective]),
            "kpi": t(catalogue.kpi(kpi).label),
            "target": target,
            "review_date": _REVIEW_DATE,
        }
        for objective, kpi, target in wave.goals
    ]


def _influencer(t: Translate, story: Story, person: SampleInfluencer) -> dict[str, Any]:
    return {
        "influencer": person.name,
        "network": person.network,
        "handle": "@" + normalise(person.name).replace(" ", "."),
        "followers": person.followers,
        "country": person.country,
        "language": person.language,
        "theme": t(person.theme),
        "promo_code": promo_code(person),
        "utm_campaign": story.utm,
    }


_SOURCE = Text("Ads manager (invented)", "Régie (inventé)")
_NOTE = Text("An example: put what you pay.", "Un exemple : mettez ce que vous payez.")


def _ads(t: Translate, story: Story) -> Sequence[dict[str, Any]]:
    """What the advertiser pays for ads elsewhere, as rows of References."""
    return [
        {
            "kind": t(choices.REFERENCE_KINDS["ads"]),
            "network": channel,
            "item": t(catalogue.kpi(kpi).label),
            "unit": t(catalogue.kpi(kpi).formula),
            "value": value,
            "currency": story.currency if kpi != "roi" else "",
            "source": t(_SOURCE),
            "date": story.waves[0].start,
            "note": t(_NOTE),
        }
        for channel, kpi, value in story.ads
    ]
