"""Comparisons, quality and recommendations: the Analysis sheet, three printed pages."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core import catalogue, figures, wording
from xlkpi.core.insight.analysis import (
    AdLine,
    Band,
    BenchmarkLine,
    CampaignLine,
    Change,
    Comparison,
    Decision,
    InfluencerQuality,
    Segment,
    StageReading,
    Told,
    Verdict,
)
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.phrases import (
    BAND_SIGNS,
    BAND_WORDS,
    CHANGE_WORDS,
    EASE_WORDS,
    IMPACT_WORDS,
    STRENGTH,
    URGENCY_WORDS,
    VERDICT_SIGNS,
    names,
)
from xlkpi.core.kpi import Kpi, Unit
from xlkpi.core.lines import Group, return_of
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report.context import verdicts
from xlkpi.excel.report.parts import (
    GROUP_FIGURES,
    NAMELESS,
    Cell,
    Page,
    Row,
    change,
    group_cells,
    ids_of,
    short,
    shown,
    upto,
)
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.layout import ANALYSIS_TABLES

BRAND = Text("2 TO 4 · ANALYSIS", "2 À 4 · ANALYSE")
PAGES = {
    "compared": Text("2 · Results compared", "2 · Résultats comparés"),
    "quality": Text("3 · Quality", "3 · Qualité"),
    "recommendations": Text("4 · Recommendations", "4 · Recommandations"),
}
_BAND_STATUS = {Band.NOW: Status.MISSED, Band.NEXT: Status.WATCH, Band.MONITOR: Status.NEUTRAL}
_VERDICT_STATUS = {
    Verdict.KEEP: Status.MET,
    Verdict.ADJUST: Status.WATCH,
    Verdict.STOP: Status.MISSED,
    Verdict.TOO_LITTLE: Status.NEUTRAL,
}
_KPI, _CHANGE, _VERDICT = Text("KPI", "KPI"), Text("Change", "Écart"), Text("Reading", "Lecture")
_NOW, _BEFORE = Text("Now", "Actuel"), Text("Before", "Avant")
_SOURCE = Text("Source", "Source")
_INFLUENCER, _NETWORK = Text("Influencer", "Influenceur"), Text("Network", "Réseau")
_POSTS, _REACH = Text("Posts", "Posts"), Text("Reach", "Portée")
_RATE, _SPENT, _ROI = Text("Eng. rate", "Taux d’eng."), Text("Spent", "Dépensé"), Text("ROI", "ROI")


def blank(language: Language) -> Page:
    page = Page("analysis", ANALYSIS_TABLES, language)
    page.text("brand", BRAND)
    page.text("palette", "blue_orange")
    for name, title in PAGES.items():
        page.text(f"page_{name}", title)
    return page


def analysis(report: Report, language: Language) -> Page:
    """The blocks of the Analysis sheet."""
    page = blank(language)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    page.text("palette", report.settings.palette)
    _compared(page, report)
    _quality(page, report)
    _recommendations(page, report)
    return page


# -- 2: results compared -----------------------------------------------------------------------------


def _compared(page: Page, report: Report) -> None:
    found = report.analysis.comparisons
    _changes(
        page,
        report,
        "previous",
        Text("Against what came before", "Face à ce qui précède"),
        Text(
            "Nothing earlier to compare with: keep earlier campaigns and their posts in this workbook.",
            "Rien d’antérieur à comparer : gardez les campagnes passées et leurs posts dans ce classeur.",
        ),
    )
    _changes(
        page,
        report,
        "trend",
        Text("Trend over three months", "Tendance sur trois mois"),
        Text(
            "A trend needs dated posts over three months.",
            "Une tendance demande des posts datés sur trois mois.",
        ),
    )
    _peers(page, report, [c for c in found if c.kind == "peers"])
    _benchmarks(page, report)
    _ads(page, report)
    _campaigns(page, report)


def _changes(page: Page, report: Report, kind: str, title: Text, nothing: Text) -> None:
    """One comparison: the first that compares, else the first that says why not."""
    found = [c for c in report.analysis.comparisons if c.kind == kind]
    known = next((c for c in found if c.changes), found[0] if found else None)
    if known is None or not known.changes:
        page.table(kind, title, known.why_not if known and known.why_not else nothing)
        return
    rows = upto(
        known.changes,
        lambda c: _change(c, report, page.language),
        ANALYSIS_TABLES[kind].rows,
        page.language,
        5,
    )
    page.table(
        kind,
        title,
        _said(known, len(found) > 1),
        (_KPI, _NOW, _BEFORE, _CHANGE, _VERDICT),
        rows,
        ids_of([c.status for c in known.changes], ANALYSIS_TABLES[kind].rows),
    )


def _said(comparison: Comparison, several: bool) -> Text:
    """What a comparison is made with, and what it says."""
    parts = [comparison.against, *([comparison.reading] if comparison.reading else [])]
    sides = [". ".join(part[side].rstrip(".") for part in parts) + "." for side in (0, 1)]
    if several and comparison.subject:
        sides = [f"{comparison.subject}: {sides[0]}", f"{comparison.subject} : {sides[1]}"]
    return Text(*(short(side[:1].upper() + side[1:], 120) for side in sides))


def _change(line: Change, report: Report, language: Language) -> Row:
    currency = report.settings.currency
    return [
        short(line.kpi.label.in_(language), 42),
        shown(line.now, line.kpi.unit, currency, language),
        shown(line.before, line.kpi.unit, currency, language),
        change(line.change, line.in_points, language),
        f"{wording.STATUS_SIGNS[line.status]} {CHANGE_WORDS[line.status].in_(language)}",
    ]


def _peers(page: Page, report: Report, found: Sequence[Comparison]) -> None:
    """Each influencer beside those of the same tier and network, a column per KPI."""
    title = Text(
        "Influencers against their peers (same tier and network)",
        "Influenceurs face à leurs pairs (même catégorie et même réseau)",
    )
    spec, language = ANALYSIS_TABLES["peers"], page.language
    if not any(c.changes for c in found):
        why = next((c.why_not for c in found if c.why_not), None)
        page.table(
            "peers",
            title,
            why
            or Text(
                "Peers need three influencers of one network and tier, each with Network and Followers on Influencers.",
                "Il faut trois influenceurs du même réseau et de la même catégorie, chacun avec Réseau et Abonnés dans "
                "Influenceurs.",
            ),
        )
        return
    kpis = list(dict.fromkeys(c.kpi.id for comparison in found for c in comparison.changes))[
        : len(spec.spans) - 2
    ]
    found = [*(c for c in found if c.changes), *(c for c in found if not c.changes)]
    page.table(
        "peers",
        title,
        Text(
            "Difference from the peers’ figure; the sign in front says whether it is good.",
            "Écart au chiffre des pairs ; le signe placé devant dit s’il est favorable.",
        ),
        (
            _INFLUENCER,
            Text("Compared with", "Comparé à"),
            *(catalogue.kpi(id).label for id in kpis),
        ),
        upto(found, lambda c: _peer(c, kpis, language), spec.rows, language, len(spec.spans)),
    )


def _peer(comparison: Comparison, kpis: Sequence[str], language: Language) -> Row:
    against = (
        comparison.against
        if comparison.changes or comparison.why_not is None
        else comparison.why_not
    )
    changes = {c.kpi.id: c for c in comparison.changes}
    return [
        short(comparison.subject, 30),
        short(against.in_(language), 78),
        *(_gap(changes.get(id), language) for id in kpis),
    ]


def _gap(line: Change | None, language: Language) -> str:
    if line is None or line.change is None:
        return "–"
    figure = figures.signed(line.change, line.in_points, language)
    return (
        f"{wording.STATUS_SIGNS[line.status]} {figure}"
        if line.status is not Status.NEUTRAL
        else figure
    )


def _benchmarks(page: Page, report: Report) -> None:
    title = Text("Against published benchmarks", "Face aux repères publiés")
    lines, spec, language = report.analysis.benchmarks, ANALYSIS_TABLES["benchmarks"], page.language
    if not lines:
        page.table(
            "benchmarks",
            title,
            Text(
                "No published rate for these networks: add “Engagement benchmark” rows on References.",
                "Aucun taux publié pour ces réseaux : ajoutez des lignes « Repère d’engagement » dans Références.",
            ),
        )
        return
    compared = [b for b in lines if b.why_not is None]
    said = Text(
        "Engagement rates, each on the base of its source.",
        "Taux d’engagement, chacun sur la base de sa source.",
    )
    page.table(
        "benchmarks",
        title,
        _with_others(
            said if compared else None,
            [(f"{b.network} {b.label}".strip(), b.why_not) for b in lines if b.why_not],
        ),
        (
            _NETWORK,
            Text("Benchmark", "Repère"),
            Text("Campaign", "Campagne"),
            Text("Published", "Publié"),
            _CHANGE,
            _VERDICT,
            Text("Divided by", "Divisé par"),
            _SOURCE,
        ),
        upto(compared, lambda b: _benchmark(b, language), spec.rows, language, len(spec.spans)),
        ids_of([b.status for b in compared], spec.rows),
    )


def _benchmark(line: BenchmarkLine, language: Language) -> Row:
    base = (
        catalogue.MEASURES[line.base].label.in_(language)
        if line.base in catalogue.MEASURES
        else line.base or "–"
    )
    return [
        line.network,
        short(line.label, 40),
        shown(line.actual, Unit.PERCENT, "", language),
        shown(line.value, Unit.PERCENT, "", language),
        change(line.gap, True, language),
        f"{wording.STATUS_SIGNS[line.status]} {CHANGE_WORDS[line.status].in_(language)}",
        base,
        _sourced(line, language),
    ]


def _sourced(line: BenchmarkLine | AdLine, language: Language) -> str:
    return short(", ".join(filter(None, (line.source, figures.day(line.date, language)))), 90)


def _with_others(said: Text | None, others: Sequence[tuple[str, Text]]) -> Text | None:
    """The sentence of a table, and what is not compared there with the reason, once for each reason."""
    if not others:
        return said
    by_reason: dict[Text, list[str]] = {}
    for name, why in others:
        by_reason.setdefault(why, []).append(name)
    parts = [
        Text("Not compared ({w}): {n}", "Non comparés ({w}) : {n}").format(
            n=", ".join(dict.fromkeys(names)), w=why
        )
        for why, names in by_reason.items()
    ]  # the reason first: a long list of names is cut off at its end
    whole = [*([said] if said else []), *parts]
    return Text(
        *(short(". ".join(part[side].rstrip(".") for part in whole) + ".", 230) for side in (0, 1))
    )


def _ads(page: Page, report: Report) -> None:
    title = Text(
        "Against paid ads for the same spend", "Face à la publicité payante, à budget égal"
    )
    lines, spec, language = report.analysis.ads, ANALYSIS_TABLES["ads"], page.language
    if not lines:
        page.table(
            "ads",
            title,
            Text(
                "No reference of paid ads: add “Paid ads” rows (CPM, CPC, CPA …) on References.",
                "Aucune référence publicitaire : ajoutez des lignes « Publicité payante » (CPM, CPC, CPA…) dans Références.",
            ),
        )
        return
    compared = [a for a in lines if a.why_not is None]
    spent = figures.figure(report.spend.spent, Unit.MONEY, report.settings.currency, language)
    page.table(
        "ads",
        title,
        _with_others(
            Text(
                "What {s} would have bought elsewhere.", "Ce que {s} auraient acheté ailleurs."
            ).format(s=spent)
            if compared and report.spend.spent is not None
            else None,
            [(f"{a.channel} {_brief(a.kpi.label.en)}", a.why_not) for a in lines if a.why_not],
        ),
        (
            Text("Channel", "Canal"),
            _KPI,
            Text("Campaign", "Campagne"),
            Text("Paid ads", "Publicité"),
            _CHANGE,
            _VERDICT,
            Text("Would buy", "Achèterait"),
            _SOURCE,
        ),
        upto(compared, lambda a: _ad(a, report, language), spec.rows, language, len(spec.spans)),
        ids_of([a.status for a in compared], spec.rows),
    )


def _ad(line: AdLine, report: Report, language: Language) -> Row:
    unit, currency = line.kpi.unit, report.settings.currency
    bought = shown(
        line.bought, Unit.MONEY if line.kpi.id == "roi" else Unit.COUNT, currency, language
    )
    return [
        line.channel,
        short(line.kpi.label.in_(language), 40),
        shown(line.actual, unit, currency, language),
        shown(line.reference, unit, currency, language),
        change(line.change, unit.in_points, language),
        f"{wording.STATUS_SIGNS[line.status]} {CHANGE_WORDS[line.status].in_(language)}",
        bought,
        _sourced(line, language),
    ]


def _campaigns(page: Page, report: Report) -> None:
    title = Text("All campaigns in one view", "Toutes les campagnes d’un coup d’œil")
    lines, spec, language = report.analysis.campaigns, ANALYSIS_TABLES["campaigns"], page.language
    if len(lines) < 2:
        page.table(
            "campaigns",
            title,
            Text(
                "One campaign in this report; choose “All campaigns” in Settings to see them side by side.",
                "Une seule campagne dans ce rapport ; choisissez « Toutes les campagnes » dans Paramètres pour les voir "
                "côte à côte.",
            ),
        )
        return
    page.table(
        "campaigns",
        title,
        Text(
            "Only campaigns with the same objective type are to be compared.",
            "Ne se comparent que des campagnes du même type d’objectif.",
        ),
        (
            Text("Campaign", "Campagne"),
            Text("Objective type", "Type d’objectif"),
            Text("Period", "Période"),
            Text("Stage", "Avancement"),
            Text("Met", "Atteints"),
            _POSTS,
            _REACH,
            _RATE,
            _SPENT,
            _ROI,
            Text("EMV", "EMV"),
        ),
        upto(lines, lambda c: _campaign(c, report, language), spec.rows, language, len(spec.spans)),
    )


def _campaign(line: CampaignLine, report: Report, language: Language) -> Row:
    types, statuses = choices.OBJECTIVE_TYPES, choices.STATUSES
    period = (
        " – ".join(
            dict.fromkeys(figures.day(d, language) for d in (line.period.start, line.period.end))
        )
        if line.period
        else "–"
    )
    return [
        short(line.campaign, 30),
        types[line.objective_type].in_(language) if line.objective_type in types else "–",
        period,
        statuses[line.status].in_(language) if line.status in statuses else "–",
        f"{line.met}/{line.judged}" if line.judged else "–",
        line.group.posts,
        *group_cells(line.group, (*GROUP_FIGURES, "roi", "emv"), report, language),
    ]


# -- 3: quality ------------------------------------------------------------------------------------


def _quality(page: Page, report: Report) -> None:
    quality, language = report.analysis.quality, page.language
    marked = [c for c in quality.criteria if c[1] is not None]
    page.table(
        "criteria",
        Text("Contents and fit, marked from 1 to 5", "Contenus et affinité, notés de 1 à 5"),
        None
        if marked
        else Text(
            "No marks yet: mark contents and fit on Reviews.",
            "Pas encore de notes : notez contenus et affinité dans Évaluations.",
        ),
        (
            Text("Criterion", "Critère"),
            Text("Part of", "Famille"),
            Text("Mark", "Note"),
            Text("Weight", "Poids"),
            Text("Out of 5", "Sur 5"),
        ),
        [
            [
                c.label.in_(language),
                _FAMILIES[c.family].in_(language),
                shown(mark, Unit.SCORE, "", language),
                Cell(weight, "General"),
                dots(mark),
            ]
            for c, mark, weight in quality.criteria
        ]
        if marked
        else (),
    )
    _scores(page, report)
    months = [m for m in quality.by_month if m[1] is not None][-ANALYSIS_TABLES["months"].rows :]
    page.table(
        "months",
        Text("Positive sentiment", "Sentiment positif"),
        None
        if months
        else Text("Fill the comment counts on Posts.", "Saisissez les commentaires dans Posts."),
        (Text("Month", "Mois"), Text("Positive", "Positif"), _POSTS),
        [
            [figures.month(period, language), shown(share, Unit.PERCENT, "", language), posts]
            for period, share, posts in months
        ],
    )
    _by_influencer(page, report)
    _tiers(page, report)
    _audience(page, report)


_FAMILIES = {"content": Text("content", "contenus"), "fit": Text("fit", "affinité")}


def dots(mark: float | None) -> str:
    """A mark as dots, which read without colour.

    >>> dots(3.6)
    '●●●●○'
    """
    full = 0 if mark is None else min(max(int(mark + 0.5), 0), 5)
    return "" if mark is None else "●" * full + "○" * (5 - full)


def _scores(page: Page, report: Report) -> None:
    quality, audience, language = report.analysis.quality, report.analysis.audience, page.language
    figures = (
        (Text("Content score", "Note des contenus"), quality.content, Unit.SCORE),
        (Text("Fit with the brand", "Affinité avec la marque"), quality.fit, Unit.SCORE),
        (Text("Perceived authenticity", "Authenticité perçue"), quality.authenticity, Unit.PERCENT),
        (Text("Positive sentiment", "Sentiment positif"), quality.positive, Unit.PERCENT),
        (Text("Net sentiment", "Sentiment net"), quality.net, Unit.PERCENT),
        (Text("Re-usable contents", "Contenus réutilisables"), quality.reusable, Unit.PERCENT),
        (
            Text("Audience in the target", "Audience dans la cible"),
            audience.in_target,
            Unit.PERCENT,
        ),
    )
    rows: list[Row] = [
        [label.in_(language), shown(value, unit, "", language)]
        for label, value, unit in figures
        if value is not None
    ]
    page.table(
        "scores",
        Text("In figures", "En chiffres"),
        None
        if rows
        else Text(
            "Nothing known: fill Reviews, or the comment counts on Posts.",
            "Rien de connu : remplissez Évaluations, ou les commentaires dans Posts.",
        ),
        (Text("Indicator", "Indicateur"), Text("Value", "Valeur")),
        rows,
    )


def _by_influencer(page: Page, report: Report) -> None:
    spec, language = ANALYSIS_TABLES["influencers"], page.language
    lines = [
        line
        for line in report.analysis.quality.by_influencer
        if any(
            v is not None
            for v in (line.content, line.fit, line.authenticity, line.sentiment, line.rights)
        )
    ]
    page.table(
        "influencers",
        Text("Quality by influencer", "Qualité par influenceur"),
        None
        if lines
        else Text(
            "Nothing known by influencer: fill Reviews, or the comment counts on Posts.",
            "Rien de connu par influenceur : remplissez Évaluations, ou les commentaires dans Posts.",
        ),
        (
            _INFLUENCER,
            Text("Content", "Contenus"),
            Text("Fit", "Affinité"),
            Text("Authentic", "Authenticité"),
            Text("Positive", "Positif"),
            Text("Re-use rights", "Droits de réutilisation"),
        ),
        upto(lines, lambda line: _influencer(line, language), spec.rows, language, len(spec.spans)),
    )


def _influencer(line: InfluencerQuality, language: Language) -> Row:
    rights = (
        "–" if line.rights is None else choices.YES_NO["yes" if line.rights else "no"].in_(language)
    )
    if line.rights and line.rights_until:
        rights = (
            Text("yes, until {d}", "oui, jusqu’au {d}")
            .in_(language)
            .format(d=figures.day(line.rights_until, language))
        )
    return [
        short(line.influencer, 30),
        *(shown(v, Unit.SCORE, "", language) for v in (line.content, line.fit)),
        *(shown(v, Unit.PERCENT, "", language) for v in (line.authenticity, line.sentiment)),
        rights,
    ]


def _tiers(page: Page, report: Report) -> None:
    spec, language, groups = ANALYSIS_TABLES["tiers"], page.language, report.analysis.by_tier
    gain = return_of(groups)

    def row(group: Group) -> Row:
        return [
            short(group.label or NAMELESS.in_(language), 24),
            group.posts,
            *group_cells(group, (*GROUP_FIGURES, gain), report, language),
        ]

    page.table(
        "tiers",
        Text("By tier of influencers", "Par catégorie d’influenceurs"),
        None
        if groups
        else Text("Fill Followers on Influencers.", "Remplissez Abonnés dans Influenceurs."),
        (Text("Tier", "Catégorie"), _POSTS, _REACH, _RATE, _SPENT, wording.RETURNS[gain]),
        upto(groups, row, spec.rows, language, len(spec.spans)),
    )


def _audience(page: Page, report: Report) -> None:
    audience, language = report.analysis.audience, page.language
    title = Text("Audience and how it changes", "Audience et son évolution")
    if not audience.segments:
        page.table(
            "audience",
            title,
            Text(
                "No audience known: fill shares by age, gender or country on Audience.",
                "Aucune audience connue : saisissez les parts par âge, genre ou pays dans "
                "Audience.",
            ),
        )
        page.table("audience_more", None, None)
        return
    size = ANALYSIS_TABLES["audience"].rows
    rows = upto(audience.segments, lambda s: _segment(s, language), 2 * size, language, 6)
    header = (
        Text("Dimension", "Dimension"),
        Text("Segment", "Segment"),
        Text("First", "Début"),
        Text("Last", "Fin"),
        _CHANGE,
        Text("In target", "Dans la cible"),
    )
    dates = " – ".join(
        dict.fromkeys(
            filter(None, (figures.day(d, language) for d in (audience.first, audience.last)))
        )
    )
    said = (
        Text("Known for {n} influencer{n:|s}: {d}.", "Connue pour {n} influenceur{n:|s} : {d}.")
        if dates
        else Text("Known for {n} influencer{n:|s}.", "Connue pour {n} influenceur{n:|s}.")
    )
    page.table("audience", title, said.format(n=audience.influencers, d=dates), header, rows[:size])
    page.table("audience_more", None, None, header, rows[size:])


def _segment(line: Segment, language: Language) -> Row:
    target = (
        "–"
        if line.in_target is None
        else choices.YES_NO["yes" if line.in_target else "no"].in_(language)
    )
    return [
        short(line.dimension, 26),
        short(line.segment, 26),
        shown(line.first, Unit.PERCENT, "", language),
        shown(line.last, Unit.PERCENT, "", language),
        change(line.change, True, language),
        target,
    ]


# -- 4: recommendations -----------------------------------------------------------------------------


def _recommendations(page: Page, report: Report) -> None:
    _funnel(page, report)
    _readings(page, report)
    _decisions(page, report)


def _funnel(page: Page, report: Report) -> None:
    funnel, language = report.analysis.funnel, page.language
    figure = Text("Leading figure", "Chiffre clé")
    page.table(
        "funnel",
        Text("The funnel: which stage is weakest", "Le tunnel : quelle étape pêche"),
        funnel.reason,
        (
            Text("Stage", "Étape"),
            Text("Status", "Statut"),
            Text("Attained", "Atteint"),
            Text("Met", "Objectifs"),
            figure,
            figure,
            figure,
            Text("", ""),
        ),
        [_stage(s, s.stage is funnel.weakest, report, language) for s in funnel.stages],
        [s.status.value for s in funnel.stages],
    )


def _stage(line: StageReading, weakest: bool, report: Report, language: Language) -> Row:
    met = sum(k.variance.status is Status.MET for k in line.lines)
    said = f"{wording.STATUS_SIGNS[line.status]} " + (
        STATUS_WORDS[line.status].in_(language)
        if line.lines
        else Text("no objective", "sans objectif").in_(language)
    )
    return [
        STAGE_WORDS[line.stage].in_(language),
        said,
        Cell(
            "–" if line.attainment is None else line.attainment,
            "0%" if language == "en" else "0\\ %",
        ),
        f"{met}/{len(line.lines)}" if line.lines else "–",
        *(
            [
                *(_figure(kpi, value, report, language) for kpi, value in line.figures),
                None,
                None,
                None,
            ][:3]
        ),
        Text("◀ weakest stage", "◀ étape la plus faible").in_(language) if weakest else None,
    ]


def _figure(kpi: Kpi, value: float | None, report: Report, language: Language) -> str:
    return f"{_brief(kpi.label.in_(language))} {figures.figure(value, kpi.unit, report.settings.currency, language)}"


def _brief(label: str) -> str:
    """“Cost per acquisition (CPA)” → “CPA”, where a label brings its abbreviation along."""
    inside = label.rpartition("(")[2].removesuffix(")") if label.endswith(")") else ""
    return inside if inside.isupper() else label


def _readings(page: Page, report: Report) -> None:
    found, spec, language = report.analysis.told, ANALYSIS_TABLES["readings"], page.language
    title = Text("Readings, the most pressing first", "Lectures, les plus urgentes d’abord")
    if not found:
        page.table(
            "readings",
            title,
            Text(
                "Nothing stands out: no reading rule applies to these figures.",
                "Rien ne ressort : aucune règle de lecture ne s’applique à ces chiffres.",
            ),
        )
        return
    top = found[: spec.rows]
    said = Text(
        "Impact × urgency × ease gives the order; what to do is followed up on Actions.",
        "Impact × urgence × facilité donne l’ordre ; les suites se tiennent dans Actions.",
    )
    if len(found) > spec.rows:
        said = Text("The first {m} of {n}. {s}", "Les {m} premières sur {n}. {s}").format(
            m=spec.rows, n=len(found), s=said
        )
    page.table(
        "readings",
        title,
        said,
        (
            Text("When", "Quand"),
            _KPI,
            Text("Impact · urgency · ease", "Impact · urgence · facilité"),
            Text("What is seen", "Ce que l’on voit"),
            Text("What it means", "Ce que cela veut dire"),
            Text("What to do", "Que faire"),
        ),
        [_reading(r, len(report.campaigns) > 1, language) for r in top],
        [
            Status.MET.value if t.worst.good else _BAND_STATUS[t.worst.priority.band].value
            for t in top
        ],
    )


#: Characters of a reading's KPI and its campaigns together, and of the worst campaign before its figures.
_ABOUT, _WORST = 70, 30


def _reading(told: Told, several: bool, language: Language) -> Row:
    """One reading; a report on several campaigns names those it holds for, and the figures are of the worst one."""
    line = told.worst
    p = line.priority
    when = (
        f"▲ {STRENGTH.in_(language)}"
        if line.good
        else f"{BAND_SIGNS[p.band]} {BAND_WORDS[p.band].in_(language)}"
    )
    three = " · ".join(
        words[n].in_(language)
        for words, n in ((IMPACT_WORDS, p.impact), (URGENCY_WORDS, p.urgency), (EASE_WORDS, p.ease))
    )
    label, evidence = line.kpi.label.in_(language), line.evidence
    if several and line.campaign:
        label += f" · {names(told.campaigns, _ABOUT - 3 - len(label)).in_(language)}"
    if len(told.campaigns) > 1:
        evidence = Text("{c}: {e}", "{c} : {e}").format(c=short(line.campaign, _WORST), e=evidence)
    causes = line.causes.in_(language)
    look = (
        Text(" Where to look: {c}.", " Où chercher : {c}.").in_(language).format(c=causes)
        if causes
        else ""
    )
    return [
        when,
        short(label, _ABOUT),
        three,
        short(evidence.in_(language), 125),
        short(line.meaning.in_(language) + look, 170),
        short(line.action.in_(language), 170),
    ]


def _decisions(page: Page, report: Report) -> None:
    found, spec, language = report.analysis.decisions, ANALYSIS_TABLES["decisions"], page.language
    title = Text(
        "Keep, adjust or stop, by influencer", "Conserver, ajuster ou arrêter, par influenceur"
    )
    if not found:
        page.table(
            "decisions",
            title,
            Text(
                "No influencer is named: fill Influencer on Posts.",
                "Aucun influenceur n’est nommé : remplissez Influenceur dans Posts.",
            ),
        )
        return
    listed, left = _telling(found, spec.rows)
    page.table(
        "decisions",
        title,
        Text(
            "{v}. Ranked by return; never on one indicator alone.",
            "{v}. Classés par retour ; jamais sur un seul indicateur.",
        ).format(v=verdicts(report)),
        (
            _INFLUENCER,
            _NETWORK,
            Text("Tier", "Catégorie"),
            _POSTS,
            Text("Decision", "Décision"),
            Text("Because", "Parce que"),
        ),
        [
            *(_decision(d, language) for d in listed),
            *([[_MORE.format(n=left).in_(language)]] if left else []),
        ],
        [_VERDICT_STATUS[d.verdict].value for d in listed],
    )


_MORE = Text("… and {n} more", "… et {n} de plus")


def _telling(found: Sequence[Decision], most: int) -> tuple[list[Decision], int]:
    """Those that fit, in their order, and how many do not: an adjustment or a stop is never among these before a keep."""
    if len(found) <= most:
        return list(found), 0
    weight = {Verdict.STOP: 0, Verdict.ADJUST: 1, Verdict.KEEP: 2, Verdict.TOO_LITTLE: 3}
    chosen = sorted(range(len(found)), key=lambda i: (weight[found[i].verdict], i))[: most - 1]
    return [found[i] for i in sorted(chosen)], len(found) - len(chosen)


def _decision(line: Decision, language: Language) -> Row:
    name = line.influencer or NAMELESS.in_(language)
    return [
        short(f"{line.rank}. {name}" if line.rank else f"–  {name}", 30),
        line.network or "–",
        line.tier or "–",
        line.posts,
        f"{VERDICT_SIGNS[line.verdict]} {VERDICT_WORDS[line.verdict].in_(language)}",
        short(" · ".join(reason.in_(language) for reason in line.reasons), 290),
    ]
