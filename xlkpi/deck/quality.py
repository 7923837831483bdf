"""Slide on what cannot be counted: contents, fit, sentiment, and whom the influencers reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlkpi.core import catalogue, figures
from xlkpi.core.insight.analysis import InfluencerQuality, Segment
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.deck import charts
from xlkpi.deck.blocks import Block, Cell, Chart, Grid, Say, place
from xlkpi.deck.charts import Bar
from xlkpi.deck.page import Box, Deck, Page
from xlkpi.deck.teller import Teller

#: More than any slide holds: what is longer is not even measured.
_MOST = 12


def quality(deck: Deck, tell: Teller) -> None:
    page = deck.page(tell.both("3. Quality and audience", "3. Qualité et audience"))
    left, right = page.area.columns(5.2, 4.8, gap=page.gap)
    place(page, left, _scores(tell))
    place(page, right, [_marks(tell), *_audience(tell)])
    tell.notes(
        page,
        Text(
            "Marks run from 1 to 5, weighted as the References of the workbook say. The audience is the mean of the "
            "influencers, weighted by their followers.",
            "Les notes vont de 1 à 5, pondérées comme le disent les Références du classeur. L’audience est la moyenne "
            "des influenceurs, pondérée par leurs abonnés.",
        ),
    )


def _scores(tell: Teller) -> list[Block]:
    q = tell.report.analysis.quality
    values = (
        ("content_quality", _mark(q.content, tell)),
        ("brand_fit", _mark(q.fit, tell)),
        *(
            (id, tell.figure(value, Unit.PERCENT))
            for id, value in (
                ("authenticity", q.authenticity),
                ("positive_sentiment", q.positive),
                ("net_sentiment", q.net),
                ("reusable_content", q.reusable),
            )
        ),
    )
    rows = [(catalogue.kpi(id).label, value) for id, value in values]
    known = tuple((tell.t(k), Cell(v, bold=True)) for k, v in rows if v != "–")
    missing = ", ".join(tell.t(k).lower() for k, v in rows if v == "–")
    blocks: list[Block] = []
    if known:
        blocks.append(
            Grid(
                (tell.both("Indicator", "Indicateur"), tell.both("Value", "Valeur")),
                known,
                (4, 1.5),
                frozenset((1,)),
                alt=tell.both("Table: quality", "Tableau : qualité"),
            )
        )
    if missing:
        blocks.append(
            Say(
                tell.both(
                    "Not known, for want of reviews or of comments read: {m}.",
                    "Inconnus, faute d’évaluations ou de commentaires lus : {m}.",
                    m=missing,
                )
            )
        )
    people = _people(q.by_influencer, tell)
    return [*blocks, people] if people else blocks


def _mark(value: float | None, tell: Teller) -> str:
    return "–" if value is None else f"{tell.figure(value, Unit.SCORE)} / 5"


def _people(people: Sequence[InfluencerQuality], tell: Teller) -> Grid | None:
    """One row an influencer; a column that nobody fills is left out."""
    named = [p for p in people if p.influencer]
    columns = [
        (Text("Content", "Contenu"), [_mark(p.content, tell) for p in named]),
        (Text("Fit", "Adéq."), [_mark(p.fit, tell) for p in named]),
        (Text("Authentic", "Authent."), [tell.figure(p.authenticity, Unit.PERCENT) for p in named]),
        (Text("Positive", "Positif"), [tell.figure(p.sentiment, Unit.PERCENT) for p in named]),
        (Text("Re-use", "Réutilisation"), [_rights(p, tell) for p in named]),
    ]
    shown = [(head, cells) for head, cells in columns if any(cell != "–" for cell in cells)]
    if not shown:
        return None
    rows = tuple((p.influencer, *(cells[i] for _, cells in shown)) for i, p in enumerate(named))[
        :_MOST
    ]
    return Grid(
        (tell.both("Influencer", "Influenceur"), *(tell.t(head) for head, _ in shown)),
        rows,
        (2.6, *(1.4 for _ in shown)),
        frozenset(range(1, len(shown) + 1)),
        len(named) - len(rows),
        alt=tell.both(
            "Table: quality of each influencer", "Tableau : qualité de chaque influenceur"
        ),
    )


def _rights(person: InfluencerQuality, tell: Teller) -> str:
    if person.rights is None:
        return "–"
    if not person.rights:
        return tell.both("no", "non")
    until = figures.day(person.rights_until, tell.language)
    return tell.both("until {d}", "jusqu’au {d}", d=until) if until else tell.both("yes", "oui")


def _marks(tell: Teller) -> Block:
    """The criteria that were marked; else how sentiment went by month."""
    q = tell.report.analysis.quality
    marked = [Bar(tell.t(c.label), mark) for c, mark, _ in q.criteria if mark is not None]
    if marked:
        title = tell.both("Marks by criterion, out of 5", "Notes par critère, sur 5")
        alt = charts.told(
            title, [(b.label, tell.figure(b.value, Unit.SCORE)) for b in marked], tell.language
        )
        return Chart(charts.bars(title, marked, "0.0", alt, top=5.5), 0.32)
    months = [
        (figures.month(p, tell.language), share) for p, share, _ in q.by_month if share is not None
    ][-_MOST:]
    if len(months) > 1:
        title = tell.both("Positive sentiment by month", "Sentiment positif par mois")
        alt = charts.told(
            title, [(m, tell.figure(v, Unit.PERCENT)) for m, v in months], tell.language
        )
        names, values = zip(*months, strict=True)
        return Chart(charts.line(title, names, values, tell.format(Unit.PERCENT), alt), 0.28, 0.42)
    return Say(
        tell.both(
            "No contents were reviewed, and comments were not read over several months: quality has no chart.",
            "Aucun contenu évalué, ni commentaires lus sur plusieurs mois : la qualité n’a pas de graphique.",
        )
    )


def _audience(tell: Teller) -> list[Block]:
    audience = tell.report.analysis.audience
    if not audience.segments:
        return [
            Say(
                tell.both(
                    "Audience: no survey of the influencers’ audience is in the workbook.",
                    "Audience : aucun relevé de l’audience des influenceurs dans le classeur.",
                )
            )
        ]
    chosen = sorted(audience.segments, key=lambda s: -s.last)[:8]
    kept = [s for s in audience.segments if s in chosen]
    blocks: list[Block] = [Chart(_audience_chart(kept, tell), 0.3)]
    if audience.in_target is not None:
        blocks.insert(
            0,
            Say(
                tell.both(
                    "{p} of the audience is in the target.",
                    "{p} de l’audience est dans la cible.",
                    p=tell.figure(audience.in_target, Unit.PERCENT),
                ),
                bold=True,
            ),
        )
    if len(audience.segments) > len(kept):
        blocks.append(
            Say(
                tell.both(
                    "… and {n} smaller segment{n:|s}",
                    "… et {n} segment{n:|s} plus petit{n:|s}",
                    n=len(audience.segments) - len(kept),
                )
            )
        )
    return blocks


def _audience_chart(segments: Sequence[Segment], tell: Teller) -> Callable[[Page, Box], None]:
    audience = tell.report.analysis.audience
    labels = [f"{s.dimension} {s.segment}" for s in segments]
    title = tell.both(
        "Audience: {n} influencer{n:|s}", "Audience : {n} influenceur{n:|s}", n=audience.influencers
    )
    first, last = (figures.day(day, tell.language) for day in (audience.first, audience.last))
    series: list[tuple[str, list[float | None]]] = [(last, [s.last for s in segments])]
    if any(s.first is not None for s in segments) and first != last:
        series.insert(0, (first, [s.first for s in segments]))
    alt = charts.told(
        title,
        [
            (label, tell.figure(s.last, Unit.PERCENT))
            for label, s in zip(labels, segments, strict=True)
        ],
        tell.language,
    )
    return charts.several(title, labels, series, charts.percent(tell.language), alt)
