"""What a report says in words, in French and English."""

from __future__ import annotations

from xlkpi.core import catalogue, words
from xlkpi.core.figures import (
    coverage,
    day,
    day_of_year,
    figure,
    month,
    shown,
    span,
    target,
    variance,
)
from xlkpi.core.kpi import Better, Unit
from xlkpi.core.lines import Group, KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.core.variance import STATUS_WORDS, Reason, Status

#: Never colour alone: each status has its sign as well as its word.
STATUS_SIGNS: dict[Status, str] = {
    Status.MET: "▲",
    Status.WATCH: "●",
    Status.MISSED: "▼",
    Status.NEUTRAL: "–",
    Status.UNKNOWN: "–",
}
OVERALL: dict[Status, Text] = {
    Status.MET: Text("On target", "Objectifs atteints"),
    Status.WATCH: Text("To watch", "À surveiller"),
    Status.MISSED: Text("Behind", "En retard"),
    Status.NEUTRAL: Text("For information", "Pour information"),
    Status.UNKNOWN: Text("No verdict", "Sans verdict"),
}
#: Over a column or a chart of what groups brought (``report.return_of``).
RETURNS: dict[str, Text] = {
    "roi": words.ROI,
    "emv_ratio": words.short(words.EMV_TO_SPEND),
}


def status(line: KpiLine, language: Language) -> str:
    """Sign and word; where there is no verdict, the reason why."""
    if line.variance.status is Status.UNKNOWN and line.variance.why:
        return f"{STATUS_SIGNS[Status.UNKNOWN]} {line.variance.why.in_(language)}"
    return (
        f"{STATUS_SIGNS[line.variance.status]} {STATUS_WORDS[line.variance.status].in_(language)}"
    )


def overall(status: Status, language: Language) -> str:
    """Sign and word of a whole report, or of a stage of it."""
    return f"{STATUS_SIGNS[status]} {OVERALL[status].in_(language)}"


def without_budget(report: Report) -> Text:
    """Of a spend ``{s}`` that stands without a budget; budgets add up only where each campaign has its own."""
    if len(report.campaigns) > 1:
        return Text(
            "{s} spent, a campaign has no budget", "{s} dépensés, une campagne n’a pas de budget"
        )
    return Text("{s} spent, no budget given", "{s} dépensés, budget non indiqué")


def period(report: Report, language: Language) -> str:
    """The period that the report is on; empty where no post has a date."""
    return "" if report.period is None else span(report.period, language)


def point(group: Group, language: Language, days: int) -> str:
    """A trend point's label: a month when points are months, else the day it starts."""
    assert group.period is not None
    if days > 31:
        return month(group.period, language)
    return day_of_year(group.period.start, language)


def trend_labels(report: Report, language: Language) -> list[str]:
    """Of every trend point: months where all points are months."""
    starts = [g.period.start for g in report.trend if g.period is not None]
    months = len(starts) > 1 and all(day.day == 1 for day in starts)
    days = (starts[-1] - starts[0]).days if months else 0
    return [point(g, language, days) for g in report.trend]


def title(report: Report, language: Language) -> str:
    if len(report.campaigns) > 1:
        return Text("All campaigns", "Toutes les campagnes").in_(language)
    return report.campaigns[0]


def _spread(line: KpiLine) -> float:
    """How far a line is on the good side of its target, as a share of it; for ranking only."""
    share = line.variance.attainment
    if share is None:
        return 0.0 if line.variance.status is Status.MET else -1.0
    if line.upper is not None or line.kpi.judged is Better.HIGHER:
        return share - 1
    return 1 - share


def _is_absurd(line: KpiLine) -> bool:
    """A target ten times exceeded says more of the target than of the campaign."""
    share = line.variance.attainment
    return share is not None and not 0.1 < share < 10


def _distance(line: KpiLine) -> Text:
    """How far it is from its target: the variance, or both figures where there is none."""
    if line.variance.value is not None:
        return Text(*(variance(line, language) for language in LANGUAGES))
    return Text("{a} for {t}", "{a} pour {t}").format(
        a=shown(line.actual, line.kpi.unit, ""), t=target(line, "")
    )


#: Reasons why a target with a figure has no verdict: not enough is known.
_NOT_ENOUGH = (
    Reason.NO_ACTUAL,
    Reason.LOW_COVERAGE,
    Reason.DOUBTFUL_TARGET,
    Reason.IMPOSSIBLE,
    Reason.NOT_ESTABLISHED,
    Reason.UNKNOWN_COST,
    Reason.UNKNOWN_RESULT,
)


def headline(report: Report, language: Language) -> str:
    """The sentence that is read first: how many targets are met, what leads, what is furthest behind."""
    judged = report.judged
    if not judged:
        known = report.totals.get("interactions")
        text = Text(
            "{n} post{n:|s}, {i} interaction{k:|s}; no target to compare with",
            "{n} post{n:|s}, {i} interaction{k:|s} ; aucune cible à comparer",
        )
        return (
            text.format(
                n=report.posts, i=figure(known, Unit.COUNT, "", language), k=known or 0
            ).in_(language)
            + "."
        )
    met = report.count(Status.MET)
    unknown = sum(k.variance.reason in _NOT_ENOUGH for k in report.kpis if k.target is not None)
    if met == len(judged) and unknown:  # a bare "all" would hide those that nobody can judge
        first = Text(
            "{n:The only target with data is|All {n} targets with data are} met",
            "{n:Le seul objectif mesuré est atteint|Les {n} objectifs mesurés sont atteints}",
        )
    elif met == len(judged):
        first = Text(
            "{n:The target is|All {n} targets are} met",
            "{n:L’objectif est atteint|Les {n} objectifs sont atteints}",
        )
    else:
        first = (
            Text("{met} of {n} target{n:|s} met", "{met} objectif{met:|s} sur {n} atteint{met:|s}")
            if met
            else Text(
                "{n:The target is not|None of the {n} targets is} met",
                "{n:L’objectif n’est pas|Aucun des {n} objectifs n’est} atteint",
            )
        )
    parts = [first.format(met=met, n=len(judged)).in_(language)]
    if unknown:
        parts.append(
            Text("{n} without enough data", "{n} sans données suffisantes")
            .format(n=unknown)
            .in_(language)
        )
    ranked = sorted(judged, key=_spread)
    behind = [line for line in ranked if line.variance.status is not Status.MET]
    ahead = [
        line
        for line in reversed(ranked)
        if line.variance.status is Status.MET and line.variance.value and not _is_absurd(line)
    ]
    if behind:
        parts.append(
            Text("furthest behind: {k} ({v})", "le plus en retard : {k} ({v})")
            .format(k=behind[0].label, v=_distance(behind[0]))
            .in_(language)
        )
    if ahead:
        parts.append(
            Text("ahead: {k} ({v})", "en avance : {k} ({v})")
            .format(k=ahead[0].label, v=_distance(ahead[0]))
            .in_(language)
        )
    return Text("; ", " ; ").in_(language).join(parts) + "."


def spend_line(report: Report, language: Language) -> str:
    """Spend and its return in a sentence; empty when no spend is known."""
    spend, currency = report.spend, report.settings.currency
    if spend.spent is None:
        return ""
    money = figure(spend.spent, Unit.MONEY, currency, language)
    parts = [Text("{m} spent", "{m} dépensés").format(m=money).in_(language)]
    if spend.used is not None:
        parts[0] += (
            Text(" ({p} of the budget)", " ({p} du budget)")
            .format(p=figure(spend.used, Unit.PERCENT, currency, language))
            .in_(language)
        )
    if spend.revenue is not None:
        parts.append(
            Text("{m} of revenue", "{m} de chiffre d’affaires")
            .format(m=figure(spend.revenue, Unit.MONEY, currency, language))
            .in_(language)
        )
    if spend.roi is not None:
        sign = "+" if spend.roi > 0 else ""
        parts.append(f"ROI {sign}{figure(spend.roi, Unit.PERCENT, currency, language)}")
    return ", ".join(parts) + "."


def method_lines(report: Report, language: Language) -> list[str]:
    """What stands behind the figures: denominators, interactions, EMV method and date, posts used."""
    lines = (_rate_counted(report), _exposure_counted(report), _emv_counted(report), _rows(report))
    return [f"{line.in_(language)}." for line in lines]


def _rate_counted(report: Report) -> Text:
    settings = report.settings
    known = [c for c in settings.interactions if report.totals.get(c) is not None]
    labels = [catalogue.MEASURES[c].label for c in known or settings.interactions]
    return Text(
        "Engagement rate: interactions ({names}) ÷ {base}, sums over the posts that have both",
        "Taux d’engagement : interactions ({names}) ÷ {base}, sommes sur les posts qui ont les deux",
    ).format(
        names=Text(*(", ".join(label[i].lower() for label in labels) for i in (0, 1))),
        base=Text(*(side.lower() for side in catalogue.MEASURES[settings.denominator].label)),
    )


def _exposure_counted(report: Report) -> Text:
    reach = Text(
        "Reach adds up posts; people reached twice count twice (not de-duplicated)",
        "La portée additionne les posts ; une personne touchée deux fois compte deux fois (non dédupliquée)",
    )
    without = report.counting.without_impressions
    if without:
        return Text(
            "{reach}; impressions only, so without {names}",
            "{reach} ; impressions seules, donc sans {names}",
        ).format(reach=reach, names=", ".join(without))
    posts = report.counting.views_for_impressions
    if not posts:
        return reach
    return Text(
        "{reach}; views stand in for impressions on {n} post{n:|s}",
        "{reach} ; les vues tiennent lieu d’impressions sur {n} post{n:|s}",
    ).format(reach=reach, n=posts)


_EMV_METHODS: dict[str, Text] = {
    "impressions": Text("impressions (or views) × CPM", "impressions (ou vues) × CPM"),
    "interactions": Text("value per interaction", "valeur par interaction"),
    "both": Text(
        "impressions × CPM + value per interaction", "impressions × CPM + valeur par interaction"
    ),
}


def _emv_counted(report: Report) -> Text:
    basis = report.emv
    if not basis.rates:
        return Text(
            "EMV: not computed, no rate in {c}", "EMV : non calculée, pas de barème en {c}"
        ).format(c=basis.currency)
    dated = Text("undated rates", "barème non daté")
    if basis.oldest:
        dated = Text("oldest dated rate {d}", "barème daté le plus ancien : {d}").format(
            d=Text(*(day(basis.oldest, language) for language in LANGUAGES))
        )
    return Text(
        "EMV: {m}, in {c}, {d}, source: {s}", "EMV : {m}, en {c}, {d}, source : {s}"
    ).format(
        m=_EMV_METHODS[basis.method], c=basis.currency, d=dated, s="; ".join(basis.sources) or "–"
    )


def _rows(report: Report) -> Text:
    balance, counting = report.balance, report.counting
    said = [
        Text(
            "Posts: {used} used, {other} of other campaigns or periods, {excluded} excluded, {blank} blank row{blank:|s}",
            "Posts : {used} utilisé{used:|s}, {other} d’autres campagnes ou périodes, {excluded} exclu{excluded:|s}, {blank} "
            "ligne{blank:|s} vide{blank:|s}",
        ).format(
            used=balance.used, other=balance.other, excluded=balance.excluded, blank=balance.blank
        )
    ]
    if counting.spread:
        said.append(
            Text(
                "one cost for several posts is spread by reach, else views, else equally",
                "un coût unique pour plusieurs posts est réparti selon la portée, sinon les vues, sinon à parts égales",
            )
        )
    if counting.gifts:
        said.append(
            Text("spend includes gifts of {m}", "les dépenses comprennent {m} de cadeaux").format(
                m=shown(counting.gifts, Unit.MONEY, report.settings.currency)
            )
        )
    return Text(*(("; ", " ; ")[i].join(text[i] for text in said) for i in (0, 1)))


def summary(report: Report, language: Language) -> str:
    """What is read first, a sentence a line: the targets, then the spend where it is known."""
    sentences = (headline(report, language), spend_line(report, language))
    return "\n".join(filter(None, sentences))


def balance_line(report: Report, language: Language) -> str:
    """Every row of Posts is accounted for."""
    text = Text(
        "{total} row{total:|s} = {used} used + {other} of other campaigns or periods + {excluded} excluded + {blank} blank",
        "{total} ligne{total:|s} = {used} utilisée{used:|s} + {other} d’autres campagnes ou périodes + {excluded} "
        "exclue{excluded:|s} + {blank} vide{blank:|s}",
    )
    balance = report.balance
    return text.format(
        total=balance.total,
        used=balance.used,
        other=balance.other,
        excluded=balance.excluded,
        blank=balance.blank,
    ).in_(language)


#: Below this many characters the KPIs with all their data are named, above it they are counted.
_COVERAGE_LENGTH = 300


def coverage_line(report: Report, language: Language) -> str:
    """Of how many posts each KPI has its data: incomplete ones first, with their figures."""
    counted = [line for line in report.kpis if line.coverage is not None]
    parts = [_incomplete(line).in_(language) for line in counted if (line.coverage or 0) < 1]
    whole = [line.label.in_(language) for line in counted if (line.coverage or 0) >= 1]
    names = ", ".join(whole)
    if len(names) > _COVERAGE_LENGTH:
        names = Text("{n} KPI{n:|s}", "{n} KPI").format(n=len(whole)).in_(language)
    if whole:
        complete = Text("complete for {names}", "complètes pour {names}").format(names=names)
        parts.append(complete.in_(language))
    if not parts:
        return ""
    said = Text("Data of the KPIs: {parts}", "Données des KPI : {parts}")
    return said.format(parts=" · ".join(parts)).in_(language)


def _incomplete(line: KpiLine) -> Text:
    return Text(
        "{k} {n}/{posts} post{posts:|s} ({p})", "{k} {n}/{posts} post{posts:|s} ({p})"
    ).format(
        k=line.label,
        n=round((line.coverage or 0) * line.posts),
        posts=line.posts,
        p=coverage(line),
    )
