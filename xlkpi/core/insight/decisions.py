"""Keep, adjust or stop: each influencer judged by several indicators, never by one alone, and ranked by return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core import catalogue
from xlkpi.core.campaign import Settings
from xlkpi.core.insight.analysis import Decision, Verdict
from xlkpi.core.insight.inputs import References
from xlkpi.core.kpi import Better
from xlkpi.core.texts import Text

VERDICT_WORDS: dict[Verdict, Text] = {
    Verdict.KEEP: Text("Keep", "Conserver"),
    Verdict.ADJUST: Text("Adjust", "Ajuster"),
    Verdict.STOP: Text("Stop", "Stopper"),
    Verdict.TOO_LITTLE: Text("Too little data", "Trop peu de données"),
}
#: Two indicators at least must agree, and two must be known for any verdict; the return, where it is known, must be good
#: for somebody to be kept.
_AGREE = 2


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A KPI with two bounds; ``relative`` ones are multiples of the campaign's own value."""

    kpi: str
    threshold: str
    relative: bool = False


_COMMON = (
    _Indicator("engagement_rate", "engagement", relative=True),
    _Indicator("positive_sentiment", "sentiment"),
    _Indicator("authenticity", "authenticity"),
)
#: What is to pay back is judged by its return, what is to be seen by the price and value of being seen.
_SELLING = (_Indicator("roi", "roi"), _Indicator("cpa", "cost", relative=True), *_COMMON)
_SHOWING = (
    _Indicator("emv_ratio", "emv_ratio"),
    _Indicator("cpm", "cost", relative=True),
    *_COMMON,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One influencer's figures."""

    influencer: str
    network: str
    tier: str
    posts: int
    values: Mapping[str, float | None]


def decide(
    candidates: Sequence[Candidate],
    whole: Mapping[str, float | None],
    sells: bool,
    references: References,
    settings: Settings,
) -> tuple[Decision, ...]:
    """A verdict for each influencer, those with the best return first.

    Args:
        whole: the figures of everything in scope, for indicators that are relative to it.
        sells: the objective is conversion, sales or leads; otherwise no return is asked for.
    """
    indicators = _SELLING if sells else _SHOWING
    returns = [("roi", 1), ("cpa", -1)] if sells else [("emv_ratio", 1), ("cpm", -1)]
    ranked = sorted(
        candidates, key=lambda c: [_sort_key(c.values.get(id), sign) for id, sign in returns]
    )
    decisions, place = [], 0
    for one in ranked:
        known = any(one.values.get(id) is not None for id, _ in returns)
        place += known
        decisions.append(
            _decision(one, indicators, whole, place if known else None, references, settings)
        )
    return tuple(sorted(decisions, key=lambda d: d.rank is None))


def _sort_key(value: float | None, sign: int) -> tuple[bool, float]:
    return value is None, -sign * (value or 0.0)


def _decision(
    one: Candidate,
    indicators: Sequence[_Indicator],
    whole: Mapping[str, float | None],
    rank: int | None,
    references: References,
    settings: Settings,
) -> Decision:
    marks = [
        (catalogue.kpi(i.kpi), mark)
        for i in indicators
        if (mark := _mark(i, one, whole, references)) is not None
    ]
    good = sum(mark > 0 for _, mark in marks)
    bad = sum(mark < 0 for _, mark in marks)
    fewest = references.threshold("min_posts") or 0
    too_little = None
    if one.posts < fewest or len(marks) < _AGREE:
        verdict = Verdict.TOO_LITTLE
        too_little = (
            _few_posts(one.posts, int(fewest))
            if one.posts < fewest
            else _few_indicators(len(marks))
        )
    elif bad >= _AGREE and bad > good:
        verdict = Verdict.STOP
    elif (
        good >= _AGREE
        and not bad
        and all(mark > 0 for kpi, mark in marks if kpi.id == indicators[0].kpi)
    ):
        verdict = Verdict.KEEP
    else:
        verdict = Verdict.ADJUST
    values = {i.kpi: one.values.get(i.kpi) for i in indicators}
    telling = tuple(sorted(marks, key=lambda m: -abs(m[1])))
    return Decision(
        one.influencer,
        one.network,
        one.tier,
        one.posts,
        verdict,
        rank,
        telling,
        values,
        settings.currency,
        too_little,
    )


def _mark(
    indicator: _Indicator, one: Candidate, whole: Mapping[str, float | None], references: References
) -> int | None:
    """1 good, −1 bad, 0 between; None where it cannot be told."""
    value, measure = one.values.get(indicator.kpi), catalogue.kpi(indicator.kpi)
    keep, stop = (
        references.threshold(f"{indicator.threshold}:{side}") for side in ("keep", "stop")
    )
    if value is None or keep is None or stop is None:
        return None
    if indicator.relative:
        base = whole.get(indicator.kpi)
        if not base:
            return None
        value = round(value / base, 9)
    sign = -1 if measure.better is Better.LOWER else 1
    return 1 if sign * value >= sign * keep else -1 if sign * value < sign * stop else 0


def _few_posts(posts: int, fewest: int) -> Text:
    return Text("posts: {n}, at least {m} needed", "posts : {n}, il en faut au moins {m}").format(
        n=posts, m=fewest
    )


def _few_indicators(count: int) -> Text:
    return Text(
        "known indicators: {n}, and one alone never decides",
        "indicateurs connus : {n}, et un seul ne décide jamais",
    ).format(n=count)
