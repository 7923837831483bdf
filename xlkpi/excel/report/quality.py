"""Page “Quality” of the Analysis sheet: contents, fit, sentiment, and whom the influencers reach."""

from __future__ import annotations

from xlkpi.core import catalogue, figures, wording, words
from xlkpi.core.campaign import Period
from xlkpi.core.insight.analysis import Audience, InfluencerQuality, Segment
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import Group, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.parts import (
    GROUP_FIGURES,
    Cell,
    Page,
    Row,
    change,
    group_cells,
    short,
    shown,
    upto,
)
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.layout import ANALYSIS_TABLES


def quality(page: Page, report: Report) -> None:
    """Marks, scores, sentiment by month, influencers, tiers, audience."""
    _criteria(page, report)
    _scores(page, report)
    _months(page, report)
    _influencers(page, report)
    _tiers(page, report)
    _audience(page, report)


def _yes_or_no(answer: bool | None, language: Language) -> str:
    return "–" if answer is None else choices.YES_NO["yes" if answer else "no"].in_(language)


# -- marks and scores --------------------------------------------------------------------------------

_CRITERIA = Text("Contents and fit, marked from 1 to 5", "Contenus et affinité, notés de 1 à 5")
_NO_MARKS = Text(
    "No marks yet: mark contents and fit on Reviews.",
    "Pas encore de notes : notez contenus et affinité dans Évaluations.",
)
_CRITERIA_HEADER = (
    Text("Criterion", "Critère"),
    Text("Part of", "Famille"),
    Text("Mark", "Note"),
    Text("Weight", "Poids"),
    Text("Out of 5", "Sur 5"),
)
_FAMILIES = {"content": Text("content", "contenus"), "fit": Text("fit", "affinité")}


def _criteria(page: Page, report: Report) -> None:
    criteria, language = report.analysis.quality.criteria, page.language
    if all(mark is None for _, mark, _ in criteria):
        page.table("criteria", _CRITERIA, _NO_MARKS)
        return
    rows: list[Row] = [
        [
            criterion.label.in_(language),
            _FAMILIES[criterion.family].in_(language),
            shown(mark, Unit.SCORE, "", language),
            Cell(weight, "General"),
            dots(mark),
        ]
        for criterion, mark, weight in criteria
    ]
    page.table("criteria", _CRITERIA, None, _CRITERIA_HEADER, rows)


def dots(mark: float | None) -> str:
    """A mark as dots, which read without colour.

    >>> dots(3.6)
    '●●●●○'
    """
    full = 0 if mark is None else min(max(int(mark + 0.5), 0), 5)
    return "" if mark is None else "●" * full + "○" * (5 - full)


_SCORES = Text("In figures", "En chiffres")
_NO_SCORES = Text(
    "Nothing known: fill Reviews, or the comment counts on Posts.",
    "Rien de connu : remplissez Évaluations, ou les commentaires dans Posts.",
)
_SCORES_HEADER = (words.INDICATOR, words.VALUE)

_IN_TARGET = Text("Audience in the target", "Audience dans la cible")


def _scores(page: Page, report: Report) -> None:
    quality, audience, language = report.analysis.quality, report.analysis.audience, page.language
    scores = {
        "authenticity": quality.authenticity,
        "positive_sentiment": quality.positive,
        "net_sentiment": quality.net,
        "reusable_content": quality.reusable,
    }
    kpis = [(catalogue.kpi(id), value) for id, value in scores.items()]
    known = [
        (words.CONTENT_MARK, quality.content, Unit.SCORE),
        (words.FIT_MARK, quality.fit, Unit.SCORE),
        *((kpi.label, value, kpi.unit) for kpi, value in kpis),
        (_IN_TARGET, audience.in_target, Unit.PERCENT),
    ]
    rows: list[Row] = [
        [label.in_(language), shown(value, unit, "", language)]
        for label, value, unit in known
        if value is not None
    ]
    page.table("scores", _SCORES, None if rows else _NO_SCORES, _SCORES_HEADER, rows)


_NO_COMMENTS = Text("Fill the comment counts on Posts.", "Saisissez les commentaires dans Posts.")
_MONTHS_HEADER = (Text("Month", "Mois"), words.POSITIVE, words.POSTS)


def _months(page: Page, report: Report) -> None:
    language, most = page.language, ANALYSIS_TABLES["months"].rows
    known = [month for month in report.analysis.quality.by_month if month[1] is not None]
    rows: list[Row] = [
        [figures.month(period, language), shown(share, Unit.PERCENT, "", language), posts]
        for period, share, posts in known[-most:]
    ]
    title = catalogue.kpi("positive_sentiment").label
    page.table("months", title, None if rows else _NO_COMMENTS, _MONTHS_HEADER, rows)


# -- influencers and tiers ---------------------------------------------------------------------------

_INFLUENCERS = Text("Quality by influencer", "Qualité par influenceur")
_NO_INFLUENCERS = Text(
    "Nothing known by influencer: fill Reviews, or the comment counts on Posts.",
    "Rien de connu par influenceur : remplissez Évaluations, ou les commentaires dans Posts.",
)
_INFLUENCERS_HEADER = (
    words.INFLUENCER,
    words.CONTENTS,
    words.FIT,
    words.AUTHENTIC,
    words.POSITIVE,
    Text("Re-use rights", "Droits de réutilisation"),
)


def _influencers(page: Page, report: Report) -> None:
    spec, language = ANALYSIS_TABLES["influencers"], page.language
    lines = [line for line in report.analysis.quality.by_influencer if _known(line)]
    page.table(
        "influencers",
        _INFLUENCERS,
        None if lines else _NO_INFLUENCERS,
        _INFLUENCERS_HEADER,
        upto(lines, lambda line: _influencer(line, language), spec.rows, language, len(spec.spans)),
    )


def _known(line: InfluencerQuality) -> bool:
    known = (line.content, line.fit, line.authenticity, line.sentiment, line.rights)
    return any(value is not None for value in known)


def _influencer(line: InfluencerQuality, language: Language) -> Row:
    return [
        short(line.influencer, 30),
        *(shown(v, Unit.SCORE, "", language) for v in (line.content, line.fit)),
        *(shown(v, Unit.PERCENT, "", language) for v in (line.authenticity, line.sentiment)),
        _rights(line, language),
    ]


def _rights(line: InfluencerQuality, language: Language) -> str:
    if line.rights and line.rights_until:
        until = Text("yes, until {d}", "oui, jusqu’au {d}").in_(language)
        return until.format(d=figures.day(line.rights_until, language))
    return _yes_or_no(line.rights, language)


_TIERS = Text("By tier of influencers", "Par catégorie d’influenceurs")
_NO_TIERS = Text("Fill Followers on Influencers.", "Remplissez Abonnés dans Influenceurs.")


def _tiers(page: Page, report: Report) -> None:
    spec, language, groups = ANALYSIS_TABLES["tiers"], page.language, report.analysis.by_tier
    gain = return_of(groups)

    def row(group: Group) -> Row:
        return [
            short(group.label or words.NAMELESS.in_(language), 24),
            group.posts,
            *group_cells(group, (*GROUP_FIGURES, gain), report, language),
        ]

    page.table(
        "tiers",
        _TIERS,
        None if groups else _NO_TIERS,
        (
            words.TIER,
            words.POSTS,
            words.REACH,
            words.short(words.ENGAGEMENT_RATE),
            words.SPENT,
            wording.RETURNS[gain],
        ),
        upto(groups, row, spec.rows, language, len(spec.spans)),
    )


# -- audience ----------------------------------------------------------------------------------------

_AUDIENCE = Text("Audience and how it changes", "Audience et son évolution")
_NO_AUDIENCE = Text(
    "No audience known: fill shares by age, gender or country on Audience.",
    "Aucune audience connue : saisissez les parts par âge, genre ou pays dans Audience.",
)
_AUDIENCE_HEADER = (
    Text("Dimension", "Dimension"),
    Text("Segment", "Segment"),
    Text("First", "Début"),
    Text("Last", "Fin"),
    words.CHANGE,
    Text("In target", "Dans la cible"),
)


def _audience(page: Page, report: Report) -> None:
    """The segments in two halves, side by side."""
    audience, language = report.analysis.audience, page.language
    if not audience.segments:
        page.table("audience", _AUDIENCE, _NO_AUDIENCE)
        page.table("audience_more", None, None)
        return
    size = ANALYSIS_TABLES["audience"].rows
    rows = upto(audience.segments, lambda s: _segment(s, language), 2 * size, language, 6)
    page.table("audience", _AUDIENCE, _of_whom(audience, language), _AUDIENCE_HEADER, rows[:size])
    page.table("audience_more", None, None, _AUDIENCE_HEADER, rows[size:])


def _of_whom(audience: Audience, language: Language) -> Text:
    """Of how many influencers the audience is known, and when it was looked at."""
    first, last = audience.first, audience.last
    dates = figures.span(Period(first or last, last), language) if last else ""
    sentence = (
        Text("Known for {n} influencer{n:|s}: {d}.", "Connue pour {n} influenceur{n:|s} : {d}.")
        if dates
        else Text("Known for {n} influencer{n:|s}.", "Connue pour {n} influenceur{n:|s}.")
    )
    return sentence.format(n=audience.influencers, d=dates)


def _segment(line: Segment, language: Language) -> Row:
    return [
        short(line.dimension, 26),
        short(line.segment, 26),
        shown(line.first, Unit.PERCENT, "", language),
        shown(line.last, Unit.PERCENT, "", language),
        change(line.change, True, language),
        _yes_or_no(line.in_target, language),
    ]
