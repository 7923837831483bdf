"""Part 1 of the report: what the campaign set out to do, with whom, and what to remember of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlkpi.core import catalogue, figures, wording, words
from xlkpi.core.insight.analysis import Verdict
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.phrases import BAND_WORDS
from xlkpi.core.kpi import Stage, Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.parts import Page, Row, ids_of, short, upto
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.layout import CONTEXT_TABLES

BRAND = Text("1 · CONTEXT", "1 · CONTEXTE")


def blank(language: Language) -> Page:
    page = Page("context", CONTEXT_TABLES, language)
    page.text("brand", BRAND)
    page.text("palette", "blue_orange")
    page.text("headline", words.EMPTY_PAGE)
    return page


def context(report: Report, language: Language) -> Page:
    """The blocks of the Context sheet."""
    page = blank(language)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    page.text("status", wording.overall(report.status, language))
    page.text("status_id", report.status.value)
    page.text("headline", wording.summary(report, language))
    page.text("palette", report.settings.palette)
    one = len(report.campaigns) == 1
    title = words.THE_CAMPAIGN if one else Text("The campaigns", "Les campagnes")
    page.plain("facts", title, _facts(report, language))
    _objectives(page, report)
    page.plain("messages", Text("What to remember", "À retenir"), _messages(report, language))
    page.plain("parts", Text("How this report reads", "Comment lire ce rapport"), _parts(language))
    return page


# -- facts -----------------------------------------------------------------------------------------

_LENGTH = 130  # of a fact: two lines of its cell
_UNKNOWN = Text("(unknown)", "(inconnu)")


def _facts(report: Report, language: Language) -> list[Row]:
    """What is known of the campaign; what is not has no row."""
    c, one = report.analysis.context, len(report.campaigns) == 1
    tiers = _counted(c.tiers, language) if any(name for name, _ in c.tiers) else ""
    facts = (
        (words.CAMPAIGN if one else Text("Campaigns", "Campagnes"), ", ".join(report.campaigns)),
        (words.PERIOD, wording.period(report, language)),
        (words.OBJECTIVE_TYPE, _choices(c.objective_types, choices.OBJECTIVE_TYPES, language)),
        (
            words.CAMPAIGN_STAGE,
            _choices(c.statuses, choices.STATUSES, language),
        ),
        (Text("Networks (posts)", "Réseaux (posts)"), _counted(c.networks, language)),
        (words.INFLUENCERS, figures.figure(c.influencers, Unit.COUNT, "", language)),
        (Text("Tiers (influencers)", "Catégories (influenceurs)"), tiers),
        (words.COUNTRIES, ", ".join(c.countries)),
        (words.LANGUAGES, ", ".join(c.languages)),
        (words.THEMES, ", ".join(c.themes)),
        (catalogue.kpi("posts").label, _posts(report, language)),
        (words.BUDGET, _budget(report, language)),
    )
    return [[label.in_(language), short(fact, _LENGTH)] for label, fact in facts if fact]


def _choices(ids: Sequence[str], known: Mapping[str, Text], language: Language) -> str:
    return ", ".join(known[id].in_(language) if id in known else id for id in ids)


def _counted(pairs: Sequence[tuple[str, int]], language: Language) -> str:
    return ", ".join(f"{name or _UNKNOWN.in_(language)} ({n})" for name, n in pairs)


def _posts(report: Report, language: Language) -> str:
    context = report.analysis.context
    posts = figures.figure(context.posts, Unit.COUNT, "", language)
    if not context.posts_planned:
        return posts
    planned = figures.figure(context.posts_planned, Unit.COUNT, "", language)
    return words.OF_PLANNED.format(n=posts, m=planned, of=context.posts_planned).in_(language)


def _budget(report: Report, language: Language) -> str:
    planned, spent = report.analysis.context.budget, report.spend.spent
    currency = report.settings.currency
    budget = figures.figure(planned, Unit.MONEY, currency, language)
    if spent is None:
        return budget
    text = Text("{b}, of which {s} spent", "{b}, dont {s} dépensés")
    text = wording.without_budget(report) if planned is None else text
    money = figures.figure(spent, Unit.MONEY, currency, language)
    return text.format(b=budget, s=money).in_(language)


# -- objectives ------------------------------------------------------------------------------------

_OUTSIDE = Text("Outside the funnel", "Hors tunnel")
_COUNTS = Text(
    "{n} KPI{n:|s}, {g} with a target, {j} with a verdict.",
    "{n} KPI, {g} avec un objectif chiffré, {j} avec un verdict.",
)
_NO_OBJECTIVE = Text(
    "No objective yet: give each goal a KPI and a target on Objectives.",
    "Pas encore d’objectif : donnez à chaque but un KPI et une cible dans Objectifs.",
)
_HEADER = (
    words.KPI,
    Text("What it shows", "Ce qu’il montre"),
    words.TARGET,
    words.STATUS,
)


def _objectives(page: Page, report: Report) -> None:
    lines, language, most = report.kpis, page.language, CONTEXT_TABLES["objectives"].rows
    given = sum(line.target is not None for line in lines)
    counts = _COUNTS.format(n=len(lines), g=given, j=len(report.judged))
    page.table(
        "objectives",
        Text("The objectives", "Les objectifs"),
        counts if lines else _NO_OBJECTIVE,
        _HEADER,
        upto(lines, lambda line: _objective(line, report, language), most, language, 4),
        ids_of([line.variance.status for line in lines], most),
    )


def _objective(line: KpiLine, report: Report, language: Language) -> Row:
    stage = _OUTSIDE if line.kpi.stage is Stage.OTHER else STAGE_WORDS.get(line.kpi.stage, _OUTSIDE)
    return [
        short(line.label.in_(language), 60),
        stage.in_(language),
        figures.target(line, report.settings.currency).in_(language),
        wording.status(line, language),
    ]


# -- messages --------------------------------------------------------------------------------------

_MEANING_AND_ACTION = Text("{m} {a}", "{m} {a}")


def _messages(report: Report, language: Language) -> list[Row]:
    """What a reader with ten seconds takes along: where the funnel is weak, what to do, whom to keep."""
    analysis = report.analysis
    found: list[tuple[Text, Text]] = [(Text("Funnel", "Tunnel"), analysis.funnel.reason)]
    strengths = [reading for reading in analysis.readings if reading.good]
    for label, reading in (
        *((BAND_WORDS[one.priority.band], one) for one in analysis.problems[:1]),
        *((Text("Strength", "Point fort"), one) for one in strengths[:1]),
    ):
        found.append((label, _MEANING_AND_ACTION.format(m=reading.meaning, a=reading.action)))
    if analysis.decisions:
        found.append((words.INFLUENCERS, verdicts(report)))
    if quality := _quality(report, language):
        found.append((Text("Quality", "Qualité"), Text(quality, quality)))
    return [[label.in_(language), _sentence(text.in_(language))] for label, text in found]


def _quality(report: Report, language: Language) -> str:
    """The mark of the contents and the share of positive comments, as far as they are known."""
    quality, parts = report.analysis.quality, []
    if quality.content is not None:
        mark = figures.figure(quality.content, Unit.SCORE, "", language)
        parts.append(Text("content {c} out of 5", "contenus {c} sur 5").format(c=mark))
    if quality.positive is not None:
        share = figures.figure(quality.positive, Unit.PERCENT, "", language)
        text = Text("{p} positive comments", "{p} de commentaires positifs")
        parts.append(text.format(p=share))
    return ", ".join(part.in_(language) for part in parts)


def _sentence(text: str) -> str:
    text = short(text[:1].upper() + text[1:], 300)
    return text if text.endswith((".", "…")) else f"{text}."


def verdicts(report: Report) -> Text:
    """How many influencers to keep, adjust and stop."""
    counts = {v: sum(d.verdict is v for d in report.analysis.decisions) for v in Verdict}
    parts = [
        Text("{w} {n}", "{w} {n}").format(w=VERDICT_WORDS[v], n=n) for v, n in counts.items() if n
    ]
    return Text(
        *(joint.join(part[side] for part in parts) for side, joint in enumerate(("; ", " ; ")))
    )


# -- parts of the report ---------------------------------------------------------------------------

_PARTS = (
    (
        Text("1 Context", "1 Contexte"),
        Text(
            "this page: what was meant, with whom, for how much",
            "cette page : ce qui était visé, avec qui, pour combien",
        ),
    ),
    (
        Text("2 Results", "2 Résultats"),
        Text(
            "Report: targets against actuals; Dashboard: the same in charts; Analysis: what they are compared with",
            "Rapport : objectifs et réalisé ; Tableau de bord : les graphiques ; Analyse : les comparaisons",
        ),
    ),
    (
        Text("3 Quality", "3 Qualité"),
        Text(
            "Analysis: content, fit with the brand, sentiment, audience",
            "Analyse : contenus, affinité avec la marque, sentiment, audience",
        ),
    ),
    (
        Text("4 Recommendations", "4 Recommandations"),
        Text(
            "Analysis: the funnel, readings and decisions; Actions: who does what by when",
            "Analyse : tunnel, lectures et décisions ; Actions : qui fait quoi et quand",
        ),
    ),
)


def _parts(language: Language) -> list[Row]:
    return [[title.in_(language), text.in_(language)] for title, text in _PARTS]
