"""Page “Recommendations” of the Analysis sheet: the funnel, what the figures say, and whom to keep."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core import figures, wording, words
from xlkpi.core.insight.analysis import (
    Decision,
    GroupedReading,
    PriorityBand,
    StageReading,
    Verdict,
)
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.phrases import (
    BAND_SIGNS,
    BAND_WORDS,
    EASE_WORDS,
    IMPACT_WORDS,
    STRENGTH,
    URGENCY_WORDS,
    VERDICT_SIGNS,
    names,
)
from xlkpi.core.kpi import Kpi
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import STATUS_WORDS, Status
from xlkpi.excel.report.context import verdicts
from xlkpi.excel.report.parts import Cell, Page, Row, abbreviation, short
from xlkpi.excel.workbook.layout import ANALYSIS_TABLES

_BAND_STATUS = {
    PriorityBand.NOW: Status.MISSED,
    PriorityBand.NEXT: Status.WATCH,
    PriorityBand.MONITOR: Status.NEUTRAL,
}
_VERDICT_STATUS = {
    Verdict.KEEP: Status.MET,
    Verdict.ADJUST: Status.WATCH,
    Verdict.STOP: Status.MISSED,
    Verdict.TOO_LITTLE: Status.NEUTRAL,
}


def recommendations(page: Page, report: Report) -> None:
    _funnel(page, report)
    _readings(page, report)
    _decisions(page, report)


# -- funnel ------------------------------------------------------------------------------------------

_FUNNEL = Text("The funnel: which stage is weakest", "Le tunnel : quelle étape pèche")
_FIGURE = Text("Leading figure", "Chiffre clé")
_FIGURES = 3  # of a stage, a column each
_FUNNEL_HEADER = (
    words.STAGE,
    words.STATUS,
    words.short(words.ATTAINMENT),
    words.OBJECTIVES,
    *[_FIGURE] * _FIGURES,
    Text("", ""),
)


def _funnel(page: Page, report: Report) -> None:
    funnel, language = report.analysis.funnel, page.language
    page.table(
        "funnel",
        _FUNNEL,
        funnel.reason,
        _FUNNEL_HEADER,
        [_stage(s, s.stage is funnel.weakest, report, language) for s in funnel.stages],
        [s.status.value for s in funnel.stages],
    )


def _stage(line: StageReading, weakest: bool, report: Report, language: Language) -> Row:
    met = sum(k.variance.status is Status.MET for k in line.lines)
    shown = [_figure(kpi, value, report, language) for kpi, value in line.figures[:_FIGURES]]
    return [
        STAGE_WORDS[line.stage].in_(language),
        _stage_status(line, language),
        Cell(
            "–" if line.attainment is None else line.attainment,
            "0%" if language == "en" else "0\\ %",
        ),
        f"{met}/{len(line.lines)}" if line.lines else "–",
        *shown,
        *[None] * (_FIGURES - len(shown)),
        Text("◀ weakest stage", "◀ étape la plus faible").in_(language) if weakest else None,
    ]


def _stage_status(line: StageReading, language: Language) -> str:
    word = STATUS_WORDS[line.status] if line.lines else Text("no objective", "sans objectif")
    return f"{wording.STATUS_SIGNS[line.status]} {word.in_(language)}"


def _figure(kpi: Kpi, value: float | None, report: Report, language: Language) -> str:
    figure = figures.figure(value, kpi.unit, report.settings.currency, language)
    return f"{abbreviation(kpi.label.in_(language))} {figure}"


# -- readings ----------------------------------------------------------------------------------------

_READINGS = Text("Readings, the most pressing first", "Lectures, les plus urgentes d’abord")
_NO_READINGS = Text(
    "Nothing stands out: no reading rule applies to these figures.",
    "Rien ne ressort : aucune règle de lecture ne s’applique à ces chiffres.",
)
_ORDER = Text(
    "Impact × urgency × ease gives the order; what to do is followed up on Actions.",
    "Impact × urgence × facilité donne l’ordre ; les suites se tiennent dans Actions.",
)
_READINGS_HEADER = (
    words.WHEN,
    words.KPI,
    Text("Impact · urgency · ease", "Impact · urgence · facilité"),
    words.WHAT_IS_SEEN,
    words.WHAT_IT_MEANS,
    words.WHAT_TO_DO,
)
#: Characters of a reading's KPI and its campaigns together, and of the worst campaign before its figures.
_ABOUT, _WORST = 70, 30


def _readings(page: Page, report: Report) -> None:
    found, most = report.analysis.grouped_readings, ANALYSIS_TABLES["readings"].rows
    if not found:
        page.table("readings", _READINGS, _NO_READINGS)
        return
    sentence = _ORDER
    if len(found) > most:
        sentence = Text("The first {m} of {n}. {s}", "Les {m} premières sur {n}. {s}").format(
            m=most, n=len(found), s=_ORDER
        )
    several = len(report.campaigns) > 1
    page.table(
        "readings",
        _READINGS,
        sentence,
        _READINGS_HEADER,
        [_reading(one, several, page.language) for one in found[:most]],
        [_reading_status(one).value for one in found[:most]],
    )


def _reading_status(grouped: GroupedReading) -> Status:
    return Status.MET if grouped.worst.good else _BAND_STATUS[grouped.worst.priority.band]


def _reading(grouped: GroupedReading, several: bool, language: Language) -> Row:
    """One reading; a report on several campaigns names those it holds for, and the figures are of the worst one."""
    line = grouped.worst
    label, evidence = line.kpi.label.in_(language), line.evidence
    if several and line.campaign:
        label += f" · {names(grouped.campaigns, _ABOUT - 3 - len(label)).in_(language)}"
    if len(grouped.campaigns) > 1:
        evidence = Text("{c}: {e}", "{c} : {e}").format(c=short(line.campaign, _WORST), e=evidence)
    return [
        _when(grouped, language),
        short(label, _ABOUT),
        _priority(grouped, language),
        short(evidence.in_(language), 125),
        short(line.meaning.in_(language) + _where_to_look(grouped, language), 170),
        short(line.action.in_(language), 170),
    ]


def _when(grouped: GroupedReading, language: Language) -> str:
    if grouped.worst.good:
        return f"▲ {STRENGTH.in_(language)}"
    band = grouped.worst.priority.band
    return f"{BAND_SIGNS[band]} {BAND_WORDS[band].in_(language)}"


def _priority(grouped: GroupedReading, language: Language) -> str:
    p = grouped.worst.priority
    three = (IMPACT_WORDS[p.impact], URGENCY_WORDS[p.urgency], EASE_WORDS[p.ease])
    return " · ".join(word.in_(language) for word in three)


def _where_to_look(grouped: GroupedReading, language: Language) -> str:
    causes = grouped.worst.causes.in_(language)
    look = Text(" Where to look: {c}.", " Où chercher : {c}.").in_(language)
    return look.format(c=causes) if causes else ""


# -- decisions ---------------------------------------------------------------------------------------

_DECISIONS = Text(
    "Keep, adjust or stop, by influencer", "Conserver, ajuster ou arrêter, par influenceur"
)
_NOBODY = Text(
    "No influencer is named: fill Influencer on Posts.",
    "Aucun influenceur n’est nommé : remplissez Influenceur dans Posts.",
)
_RANKED = Text(
    "{v}. Ranked by return; never on one indicator alone.",
    "{v}. Classés par retour ; jamais sur un seul indicateur.",
)
_DECISIONS_HEADER = (
    words.INFLUENCER,
    words.NETWORK,
    words.TIER,
    words.POSTS,
    words.DECISION,
    words.BECAUSE,
)


def _decisions(page: Page, report: Report) -> None:
    found, language = report.analysis.decisions, page.language
    if not found:
        page.table("decisions", _DECISIONS, _NOBODY)
        return
    listed, left = _listed(found, ANALYSIS_TABLES["decisions"].rows)
    page.table(
        "decisions",
        _DECISIONS,
        _RANKED.format(v=verdicts(report)),
        _DECISIONS_HEADER,
        [
            *(_decision(d, language) for d in listed),
            *([[words.MORE.format(n=left).in_(language)]] if left else []),
        ],
        [_VERDICT_STATUS[d.verdict].value for d in listed],
    )


def _listed(found: Sequence[Decision], most: int) -> tuple[list[Decision], int]:
    """Those that fit, in their order, and how many do not: an adjustment or a stop is never among these before a keep."""
    if len(found) <= most:
        return list(found), 0
    weight = {Verdict.STOP: 0, Verdict.ADJUST: 1, Verdict.KEEP: 2, Verdict.TOO_LITTLE: 3}
    chosen = sorted(range(len(found)), key=lambda i: (weight[found[i].verdict], i))[: most - 1]
    return [found[i] for i in sorted(chosen)], len(found) - len(chosen)


def _decision(line: Decision, language: Language) -> Row:
    name = line.influencer or words.NAMELESS.in_(language)
    return [
        short(f"{line.rank}. {name}" if line.rank else f"–  {name}", 30),
        line.network or "–",
        line.tier or "–",
        line.posts,
        f"{VERDICT_SIGNS[line.verdict]} {VERDICT_WORDS[line.verdict].in_(language)}",
        short(" · ".join(reason.in_(language) for reason in line.reasons), 290),
    ]
