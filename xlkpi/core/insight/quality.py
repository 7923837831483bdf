"""Contents, fit, authenticity and sentiment, scored the same way each time; and who the audience is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xlkpi.core.insight.analysis import Audience, InfluencerQuality, Quality, Segment
from xlkpi.core.insight.inputs import CRITERIA, AudienceRow, References, Review
from xlkpi.core.lines import Group
from xlkpi.core.names import fold

_FAMILY_KPI = {"content": "content_quality", "fit": "brand_fit"}


def quality(
    reviews: Sequence[Review],
    groups: Sequence[Group],
    months: Sequence[Group],
    totals: Mapping[str, float | None],
    references: References,
) -> Quality:
    """The scores of everything in scope, and of each influencer.

    A family's score is the weighted mean of its criteria's means; without reviews it is the KPI typed in the workbook.

    Args:
        reviews: of the campaigns in scope.
    """
    by_name: dict[str, list[Review]] = {}
    for review in reviews:
        by_name.setdefault(fold(review.influencer), []).append(review)
    criteria = tuple(
        (c, _mean(r.marks.get(c.id) for r in reviews), references.weight(c)) for c in CRITERIA
    )
    people = tuple(_of_influencer(g, by_name.pop(fold(g.label), []), references) for g in groups)
    unposted = tuple(
        _of_influencer(Group((rs[0].influencer,), 0, {}), rs, references) for rs in by_name.values()
    )
    rights = [r.rights for r in reviews if r.rights is not None]
    return Quality(
        content=_family("content", reviews, references, totals),
        fit=_family("fit", reviews, references, totals),
        criteria=criteria,
        authenticity=totals.get("authenticity"),
        positive=totals.get("positive_sentiment"),
        net=totals.get("net_sentiment"),
        by_month=tuple(
            (g.period, g.values.get("positive_sentiment"), g.posts)
            for g in months
            if g.period is not None
        ),
        by_influencer=people + unposted,
        reusable=totals.get("reusable_content")
        if totals.get("reusable_content") is not None
        else sum(rights) / len(rights)
        if rights
        else None,
    )


def _of_influencer(
    group: Group, reviews: Sequence[Review], references: References
) -> InfluencerQuality:
    untils = [r.rights_until for r in reviews if r.rights and r.rights_until]
    rights = [r.rights for r in reviews if r.rights is not None]
    return InfluencerQuality(
        group.label,
        _family("content", reviews, references, group.values),
        _family("fit", reviews, references, {}),
        group.values.get("authenticity"),
        group.values.get("positive_sentiment"),
        any(rights) if rights else None,
        min(untils, default=None),
    )


def _family(
    family: str,
    reviews: Sequence[Review],
    references: References,
    typed: Mapping[str, float | None],
) -> float | None:
    score = weighted(
        [
            (_mean(r.marks.get(c.id) for r in reviews), references.weight(c))
            for c in CRITERIA
            if c.family == family
        ]
    )
    return typed.get(_FAMILY_KPI[family]) if score is None else score


def weighted(marks: Iterable[tuple[float | None, float]]) -> float | None:
    """The weighted mean of the marks that are known; None where none is, or where they weigh nothing.

    >>> weighted([(4, 2), (1, 1), (None, 5)])
    3.0
    """
    known = [(mark, weight) for mark, weight in marks if mark is not None and weight > 0]
    total = sum(weight for _, weight in known)
    return sum(mark * weight for mark, weight in known) / total if total else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


# -- audience ----------------------------------------------------------------------------------------


def audience(rows: Sequence[AudienceRow], followers: Mapping[str, float]) -> Audience:
    """Each segment's share at the first and the last survey: the mean of the influencers, weighted by their followers.

    An influencer's first and last survey count, whatever the days; where there is one survey there is no change.

    Args:
        rows: of the influencers in scope.
        followers: folded name → followers; an unknown one weighs as the mean of the others.
    """
    names = sorted({fold(r.influencer) for r in rows})
    usual = _mean(followers.get(n) for n in names) or 1.0
    weights = {n: followers.get(n) or usual for n in names}
    days: dict[tuple[str, str], list[date]] = {}
    for r in rows:
        days.setdefault((fold(r.influencer), fold(r.dimension)), []).append(r.day or date.min)
    ends = {key: (min(found), max(found)) for key, found in days.items()}
    segments = []
    shown = dict.fromkeys((r.dimension, r.segment) for r in rows)
    folded: dict[tuple[str, str], tuple[str, str]] = {}
    for dimension, segment in shown:
        folded.setdefault((fold(dimension), fold(segment)), (dimension, segment))
    for key, (dimension, segment) in folded.items():
        own = [r for r in rows if (fold(r.dimension), fold(r.segment)) == key]
        last = _share(own, weights, ends, 1)
        first = (
            _share(own, weights, ends, 0)
            if any(a < b for (_, d), (a, b) in ends.items() if d == key[0])
            else None
        )
        if last is not None:
            segments.append(
                Segment(
                    dimension,
                    segment,
                    first,
                    last,
                    None if first is None else last - first,
                    next((r.in_target for r in own if r.in_target is not None), None),
                )
            )
    dated = [r.day for r in rows if r.day is not None]
    return Audience(
        tuple(segments),
        _in_target(segments),
        len(names),
        min(dated, default=None),
        max(dated, default=None),
    )


def _share(
    rows: Sequence[AudienceRow],
    weights: Mapping[str, float],
    ends: Mapping[tuple[str, str], tuple[date, date]],
    end: int,
) -> float | None:
    """Of the influencers surveyed on this dimension; one without a row for a segment has none of it."""
    dimension = fold(rows[0].dimension)
    surveyed = sum(weights[name] for name, d in ends if d == dimension)
    own = sum(
        r.share * weights[fold(r.influencer)]
        for r in rows
        if (r.day or date.min) == ends[fold(r.influencer), dimension][end]
    )
    return own / surveyed if surveyed else None


def _in_target(segments: Sequence[Segment]) -> float | None:
    """The smallest of the dimensions' shares in the target: who is in the target by age and by country is in both."""
    sums: dict[str, float] = {}
    for s in segments:
        if s.in_target:
            sums[fold(s.dimension)] = sums.get(fold(s.dimension), 0.0) + s.last
    return min(min(sums.values()), 1.0) if sums else None
