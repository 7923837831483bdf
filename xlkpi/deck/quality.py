"""Slide on what cannot be counted: contents, fit, sentiment, and whom the influencers reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlkpi.core import catalogue, figures, words
from xlkpi.core.insight.analysis import InfluencerQuality, Segment
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.deck import charts
from xlkpi.deck.blocks import Chart, Sentence, SlideBlock, SlideTable, TableCell, place
from xlkpi.deck.charts import Bar, ChartFigures
from xlkpi.deck.layouts import Box
from xlkpi.deck.slide import Deck, Slide
from xlkpi.deck.slidetexts import SlideTexts

#: More than any slide holds: what is longer is not even measured.
_MOST = 12


def quality(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("3. Quality and audience", "3. Qualité et audience"))
    left, right = slide.area.columns(5.2, 4.8, gap=slide.gap)
    place(slide, left, _scores(texts))
    place(slide, right, [_marks(texts), *_audience(texts)])
    texts.notes(
        slide,
        Text(
            "Marks run from 1 to 5, weighted as the References of the workbook say. The audience is the mean of the "
            "influencers, weighted by their followers.",
            "Les notes vont de 1 à 5, pondérées comme le disent les Références du classeur. L’audience est la moyenne "
            "des influenceurs, pondérée par leurs abonnés.",
        ),
    )


def _scores(texts: SlideTexts) -> list[SlideBlock]:
    rows = [(texts.t(label), value) for label, value in _values(texts)]
    known = tuple((label, TableCell(value, bold=True)) for label, value in rows if value != "–")
    missing = ", ".join(label.lower() for label, value in rows if value == "–")
    blocks: list[SlideBlock] = []
    if known:
        header = texts.header(words.INDICATOR, words.VALUE)
        alt = texts.both("Table: quality", "Tableau : qualité")
        blocks.append(SlideTable(header, known, (4, 1.5), frozenset((1,)), alt=alt))
    if missing:
        blocks.append(Sentence(texts.t(_MISSING.format(m=missing))))
    people = _people(texts.report.analysis.quality.by_influencer, texts)
    return [*blocks, people] if people else blocks


_MISSING = Text(
    "Not known, for want of reviews or of comments read: {m}.",
    "Inconnus, faute d’évaluations ou de commentaires lus : {m}.",
)


def _values(texts: SlideTexts) -> list[tuple[Text, str]]:
    """Label and figure, a dash where it is not known."""
    q = texts.report.analysis.quality
    shares = {
        "authenticity": q.authenticity,
        "positive_sentiment": q.positive,
        "net_sentiment": q.net,
        "reusable_content": q.reusable,
    }
    return [
        (words.CONTENT_MARK, _mark(q.content, texts)),
        (words.FIT_MARK, _mark(q.fit, texts)),
        *((catalogue.kpi(id).label, texts.figure(v, Unit.PERCENT)) for id, v in shares.items()),
    ]


def _mark(value: float | None, texts: SlideTexts) -> str:
    return "–" if value is None else f"{texts.figure(value, Unit.SCORE)} / 5"


def _people(people: Sequence[InfluencerQuality], texts: SlideTexts) -> SlideTable | None:
    """One row an influencer; a column that nobody fills is left out."""
    named = [p for p in people if p.influencer]
    columns = [
        (words.CONTENTS, [_mark(p.content, texts) for p in named]),
        (words.FIT, [_mark(p.fit, texts) for p in named]),
        (
            words.AUTHENTIC,
            [texts.figure(p.authenticity, Unit.PERCENT) for p in named],
        ),
        (words.POSITIVE, [texts.figure(p.sentiment, Unit.PERCENT) for p in named]),
        (Text("Re-use", "Réutilisation"), [_rights(p, texts) for p in named]),
    ]
    shown = [(head, cells) for head, cells in columns if any(cell != "–" for cell in cells)]
    if not shown:
        return None
    rows = tuple((p.influencer, *(cells[i] for _, cells in shown)) for i, p in enumerate(named))[
        :_MOST
    ]
    return SlideTable(
        (texts.both("Influencer", "Influenceur"), *(texts.t(head) for head, _ in shown)),
        rows,
        (2.6, *(1.4 for _ in shown)),
        frozenset(range(1, len(shown) + 1)),
        len(named) - len(rows),
        alt=texts.both(
            "Table: quality of each influencer", "Tableau : qualité de chaque influenceur"
        ),
    )


def _rights(person: InfluencerQuality, texts: SlideTexts) -> str:
    if person.rights is None:
        return "–"
    if not person.rights:
        return texts.both("no", "non")
    until = figures.day(person.rights_until, texts.language)
    return texts.both("until {d}", "jusqu’au {d}", d=until) if until else texts.both("yes", "oui")


def _marks(texts: SlideTexts) -> SlideBlock:
    """The criteria that were marked; else how sentiment went by month."""
    q = texts.report.analysis.quality
    marked = [Bar(texts.t(c.label), mark) for c, mark, _ in q.criteria if mark is not None]
    if marked:
        title = texts.both("Marks by criterion, out of 5", "Notes par critère, sur 5")
        alt = charts.described(
            title, [(b.label, texts.figure(b.value, Unit.SCORE)) for b in marked], texts.language
        )
        return Chart(charts.bars(title, marked, "0.0", alt, top=5.5), 0.32)
    months = [
        (figures.month(p, texts.language), share) for p, share, _ in q.by_month if share is not None
    ][-_MOST:]
    if len(months) > 1:
        title = texts.both("Positive sentiment by month", "Sentiment positif par mois")
        alt = charts.described(
            title, [(m, texts.figure(v, Unit.PERCENT)) for m, v in months], texts.language
        )
        names, values = zip(*months, strict=True)
        return Chart(charts.line(title, names, values, texts.format(Unit.PERCENT), alt), 0.28, 0.42)
    return Sentence(
        texts.both(
            "No contents were reviewed, and comments were not read over several months: quality has no chart.",
            "Aucun contenu évalué, ni commentaires lus sur plusieurs mois : la qualité n’a pas de graphique.",
        )
    )


_NO_AUDIENCE = Text(
    "Audience: no survey of the influencers’ audience is in the workbook.",
    "Audience : aucun relevé de l’audience des influenceurs dans le classeur.",
)
_IN_TARGET = Text("{p} of the audience is in the target.", "{p} de l’audience est dans la cible.")
_SMALLER = Text("… and {n} smaller segment{n:|s}", "… et {n} segment{n:|s} plus petit{n:|s}")
_SEGMENTS = 8  # the largest ones


def _audience(texts: SlideTexts) -> list[SlideBlock]:
    audience = texts.report.analysis.audience
    if not audience.segments:
        return [Sentence(texts.t(_NO_AUDIENCE))]
    largest = sorted(audience.segments, key=lambda s: -s.last)[:_SEGMENTS]
    shown = [s for s in audience.segments if s in largest]
    blocks: list[SlideBlock] = []
    if audience.in_target is not None:
        share = texts.figure(audience.in_target, Unit.PERCENT)
        blocks.append(Sentence(texts.t(_IN_TARGET.format(p=share)), bold=True))
    blocks.append(Chart(_audience_chart(shown, texts), 0.3))
    if left := len(audience.segments) - len(shown):
        blocks.append(Sentence(texts.t(_SMALLER.format(n=left))))
    return blocks


def _audience_chart(segments: Sequence[Segment], texts: SlideTexts) -> Callable[[Slide, Box], None]:
    audience = texts.report.analysis.audience
    labels = [f"{s.dimension} {s.segment}" for s in segments]
    title = texts.both(
        "Audience: {n} influencer{n:|s}", "Audience : {n} influenceur{n:|s}", n=audience.influencers
    )
    first, last = (figures.day(day, texts.language) for day in (audience.first, audience.last))
    series: list[tuple[str, list[float | None]]] = [(last, [s.last for s in segments])]
    if any(s.first is not None for s in segments) and first != last:
        series.insert(0, (first, [s.first for s in segments]))
    alt = charts.described(
        title,
        [
            (label, texts.figure(s.last, Unit.PERCENT))
            for label, s in zip(labels, segments, strict=True)
        ],
        texts.language,
    )
    form = charts.percent(texts.language)
    return charts.several(ChartFigures(title, labels, series, form, alt))
