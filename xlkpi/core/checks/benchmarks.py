"""Reference rates that divide by something else than the rate that has a target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from xlkpi.core import codes
from xlkpi.core.campaign import Objective, Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.checks.declared import Benchmark
from xlkpi.core.findings import Finding
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text

#: What a rate may divide by, besides followers: people or times that a post was seen.
_SHOWN_TO = ("reach", "impressions", "views")


def benchmarks(
    found: Iterable[Benchmark], rows: Iterable[Objective], settings: Settings
) -> Iterator[Finding]:
    """Benchmarks that divide by something else than the engagement rate that has a target.

    One remark for each other base; none where the row's own note names the base it has.
    """
    if not any(row.kpi.id == "engagement_rate" for row in rows):
        return
    others: dict[str, list[Benchmark]] = {}
    for benchmark in found:
        base = divisor(benchmark.unit)
        if base and base != settings.denominator and base not in _bases(benchmark.note):
            others.setdefault(base, []).append(benchmark)
    for base, group in others.items():
        said = (
            Text(
                "this benchmark divides by {b}, the engagement rate here by {o}",
                "ce repère divise par {b}, le taux d’engagement ici par {o}",
            )
            if len(group) == 1
            else Text(
                "this and {more} more benchmark{more:|s} divide by {b}, the engagement rate here by {o}",
                "ce repère et {more} de plus divisent par {b}, le taux d’engagement ici par {o}",
            )
        )
        yield Finding(
            codes.OTHER_BENCHMARK_BASE,
            said.format(more=len(group) - 1, b=_lower(base), o=_lower(settings.denominator)),
            Text("the two rates cannot be compared", "les deux taux ne sont pas comparables"),
            **group[0].place,
        )


def divisor(unit: str) -> str | None:
    """The measure that a rate divides by, read from words; None when they do not say.

    >>> divisor("(likes + comments) ÷ followers")
    'followers'
    >>> divisor("engagement par abonné")
    'followers'
    """
    return next(iter(_bases(re.split("[÷/]", unit)[-1])), None)


def _bases(words: str) -> list[str]:
    """The possible denominators that are named."""
    said = f" {normalise(words)} "
    return [
        base for base, names in _base_names().items() if any(f" {name} " in said for name in names)
    ]


@cache
def _base_names() -> dict[str, set[str]]:
    """Denominator → how it may be called, in the singular too."""
    found = {}
    for base in ("followers", *_SHOWN_TO):
        measure = MEASURES[base]
        names = {normalise(name) for name in (base, *measure.label, *measure.aliases)}
        found[base] = names | {name.removesuffix("s") for name in names}
    return found


def _lower(measure: str) -> Text:
    return Text(*(side.lower() for side in MEASURES[measure].label))
