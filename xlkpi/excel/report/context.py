"""Part 1 of the report: what the campaign set out to do, with whom, and what to remember of it."""

from __future__ import annotations

from xlkpi.core import figures, wording
from xlkpi.core.insight.analysis import Band, Verdict
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.kpi import Stage, Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report.parts import Cell, Page, Row, ids_of, short, upto
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.formats import number_format
from xlkpi.excel.workbook.layout import CONTEXT_TABLES

BRAND = Text("1 · CONTEXT", "1 · CONTEXTE")
_OTHER = Text("Outside the funnel", "Hors tunnel")
_LENGTH = 130  # of a fact: two lines of its cell


def blank(language: Language) -> Page:
    page = Page("context", CONTEXT_TABLES, language)
    page.text("brand", BRAND)
    page.text("palette", "blue_orange")
    page.text(
        "headline",
        Text(
            "Fill Objectives and Posts, then generate the report.",
            "Remplissez Objectifs et Posts, puis générez le rapport.",
        ),
    )
    return page


def context(report: Report, language: Language) -> Page:
    """The blocks of the Context sheet."""
    page = Page("context", CONTEXT_TABLES, language)
    page.text("brand", BRAND)
    page.text("period", wording.period(report, language))
    page.text("title", wording.title(report, language))
    page.text(
        "status",
        f"{wording.STATUS_SIGNS[report.status]} {wording.OVERALL[report.status].in_(language)}",
    )
    page.text("status_id", report.status.value)
    page.text(
        "headline",
        "\n".join(
            filter(None, (wording.headline(report, language), wording.spend_line(report, language)))
        ),
    )
    page.text("palette", report.settings.palette)
    page.plain(
        "facts",
        Text("The campaign", "La campagne")
        if len(report.campaigns) == 1
        else Text("The campaigns", "Les campagnes"),
        _facts(report, language),
    )
    _objectives(page, report)
    page.plain("messages", Text("What to remember", "À retenir"), _messages(report, language))
    page.plain("parts", Text("How this report reads", "Comment lire ce rapport"), _parts(language))
    return page


def _facts(report: Report, language: Language) -> list[Row]:
    context, currency = report.analysis.context, report.settings.currency

    def words(ids: tuple[str, ...], known: dict[str, Text]) -> str:
        return ", ".join(known[id].in_(language) if id in known else id for id in ids)

    def counted(pairs: tuple[tuple[str, int], ...]) -> str:
        unnamed = Text("(unknown)", "(inconnu)").in_(language)
        return ", ".join(f"{name or unnamed} ({n})" for name, n in pairs)

    posts = figures.figure(context.posts, Unit.COUNT, "", language)
    if context.posts_planned:
        planned = figures.figure(context.posts_planned, Unit.COUNT, "", language)
        posts = (
            Text("{n} of {m} planned", "{n} sur {m} prévu{of:|s}")
            .format(n=posts, m=planned, of=context.posts_planned)
            .in_(language)
        )
    spend = report.spend
    budget = figures.figure(context.budget, Unit.MONEY, currency, language)
    if spend.spent is not None:
        said = (
            wording.without_budget(report)
            if context.budget is None
            else Text("{b}, of which {s} spent", "{b}, dont {s} dépensés")
        )
        budget = said.format(
            b=budget, s=figures.figure(spend.spent, Unit.MONEY, currency, language)
        ).in_(language)
    facts = (
        (
            Text("Campaign", "Campagne")
            if len(report.campaigns) == 1
            else Text("Campaigns", "Campagnes"),
            ", ".join(report.campaigns),
        ),
        (Text("Period", "Période"), wording.period(report, language)),
        (
            Text("Objective type", "Type d’objectif"),
            words(context.objective_types, choices.OBJECTIVE_TYPES),
        ),
        (Text("Stage of the campaign", "Avancement"), words(context.statuses, choices.STATUSES)),
        (Text("Networks (posts)", "Réseaux (posts)"), counted(context.networks)),
        (
            Text("Influencers", "Influenceurs"),
            figures.figure(context.influencers, Unit.COUNT, "", language),
        ),
        (
            Text("Tiers (influencers)", "Catégories (influenceurs)"),
            counted(context.tiers) if any(name for name, _ in context.tiers) else "",
        ),
        (Text("Countries", "Pays"), ", ".join(context.countries)),
        (Text("Languages", "Langues"), ", ".join(context.languages)),
        (Text("Themes", "Thématiques"), ", ".join(context.themes)),
        (Text("Posts delivered", "Posts livrés"), posts),
        (Text("Budget", "Budget"), budget),
    )
    return [[label.in_(language), short(said, _LENGTH)] for label, said in facts if said]


def _objectives(page: Page, report: Report) -> None:
    lines, language = report.kpis, page.language
    rows = upto(
        lines,
        lambda line: _objective(line, report, language),
        CONTEXT_TABLES["objectives"].rows,
        language,
        4,
    )
    given = sum(line.target is not None for line in lines)
    sentence = Text(
        "{n} KPI{n:|s}, {g} with a target, {j} with a verdict.",
        "{n} KPI, {g} avec une cible, {j} avec un verdict.",
    )
    page.table(
        "objectives",
        Text("The objectives", "Les objectifs"),
        sentence.format(n=len(lines), g=given, j=len(report.judged))
        if lines
        else Text(
            "No objective yet: give each goal a KPI and a target on Objectives.",
            "Pas encore d’objectif : donnez à chaque but un KPI et une cible dans Objectifs.",
        ),
        (
            Text("KPI", "KPI"),
            Text("What it shows", "Ce qu’il montre"),
            Text("Target", "Cible"),
            Text("Status", "Statut"),
        ),
        rows,
        ids_of([line.variance.status for line in lines], CONTEXT_TABLES["objectives"].rows),
    )


def _objective(line: KpiLine, report: Report, language: Language) -> Row:
    stage = STAGE_WORDS.get(line.kpi.stage, _OTHER) if line.kpi.stage is not Stage.OTHER else _OTHER
    target = Cell(
        "–" if line.target is None else line.target,
        number_format(line.kpi.unit, line.target, report.settings.currency, language),
    )
    return [
        short(line.label.in_(language), 60),
        stage.in_(language),
        target,
        wording.status(line, language),
    ]


def _messages(report: Report, language: Language) -> list[Row]:
    """What a reader with ten seconds takes along: where the funnel is weak, what to do, whom to keep."""
    analysis = report.analysis
    found: list[tuple[Text, Text]] = [(Text("Funnel", "Tunnel"), analysis.funnel.reason)]
    if analysis.problems:
        first = analysis.problems[0]
        label = {
            Band.NOW: Text("Act now", "Agir maintenant"),
            Band.NEXT: Text("Next cycle", "Prochain cycle"),
            Band.MONITOR: Text("Keep an eye on", "À surveiller"),
        }[first.priority.band]
        found.append((label, Text("{m} {a}", "{m} {a}").format(m=first.meaning, a=first.action)))
    strengths = [r for r in analysis.readings if r.good]
    if strengths:
        found.append(
            (
                Text("Strength", "Point fort"),
                Text("{m} {a}", "{m} {a}").format(m=strengths[0].meaning, a=strengths[0].action),
            )
        )
    if analysis.decisions:
        found.append((Text("Influencers", "Influenceurs"), verdicts(report)))
    quality = analysis.quality
    if quality.content is not None or quality.positive is not None:
        parts = []
        if quality.content is not None:
            parts.append(
                Text("content {c} out of 5", "contenus {c} sur 5")
                .format(c=figures.figure(quality.content, Unit.SCORE, "", language))
                .in_(language)
            )
        if quality.positive is not None:
            parts.append(
                Text("{p} positive comments", "{p} de commentaires positifs")
                .format(p=figures.figure(quality.positive, Unit.PERCENT, "", language))
                .in_(language)
            )
        said = ", ".join(parts)
        found.append((Text("Quality", "Qualité"), Text(said, said)))
    return [[label.in_(language), _sentence(said.in_(language))] for label, said in found]


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


def _parts(language: Language) -> list[Row]:
    parts = (
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
    return [[title.in_(language), said.in_(language)] for title, said in parts]
