"""Applies the reading rules to a campaign, ranks what they say, and speaks of every objective that is behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xlkpi.core.campaign import Campaign
from xlkpi.core.insight.analysis import Priority, Reading
from xlkpi.core.insight.facts import Facts, Is, Seen
from xlkpi.core.insight.rulebook import BUDGET, CHANNEL, CONTENT, NEEDS_WORK, RULES, SEASON, Rule
from xlkpi.core.kpi import Better, Stage
from xlkpi.core.lines import KpiLine
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status

#: A gap beyond twice the tolerance is strong (a CPA that explodes), beyond the tolerance moderate, else low.
_STRONG = 2.0
#: What costs money or reputation every day cannot wait for the next cycle.
_URGENT_STAGES = {Stage.CONVERSION, Stage.BUDGET, Stage.BRAND}
_BEHIND = Rule(
    "behind",
    (),
    Text("Behind its objective.", "En retard sur l’objectif."),
    Text(
        "Find the reason: channel, content, budget or season?",
        "Cherchez la raison : canal, contenu, budget ou saisonnalité ?",
    ),
    (CHANNEL, CONTENT, BUDGET, SEASON),
    NEEDS_WORK,
    "KPI report article, 2025",
)


def read(facts: Facts, campaign: Campaign, today: date) -> tuple[Reading, ...]:
    """The readings of one campaign, the most pressing first, strengths last.

    A rule of several conditions says more than one of them alone, so it stands in for the simpler rules about its KPI;
    so does one that finds a figure bad whatever was planned.
    """
    found = [(rule, seen) for rule in RULES if (seen := applies(rule, facts)) is not None]
    best: dict[str, int] = {}
    for rule, seen in found:
        if not rule.good:
            best[seen[0].kpi.id] = max(_weight(rule), best.get(seen[0].kpi.id, 0))
    kept = [(r, s) for r, s in found if r.good or _weight(r) >= best.get(s[0].kpi.id, 0)]
    kept += [
        (_BEHIND, (seen,)) for seen in _unread(facts, {s[0].kpi.id for r, s in kept if not r.good})
    ]
    readings = [_reading(rule, seen, facts, campaign, today) for rule, seen in kept]
    return tuple({(r.kpi.id, r.action.en): r for r in reversed(ranked(readings))}.values())[::-1]


def ranked(readings: Iterable[Reading]) -> list[Reading]:
    """The most pressing first; strengths last."""
    return sorted(readings, key=lambda r: (r.good, -r.priority.score, -r.priority.impact))


def _weight(rule: Rule) -> int:
    """How much a rule says: by its conditions, and by being bad whatever was planned."""
    return len(rule.when) + any(state is Is.POOR for _, state in rule.when)


def applies(rule: Rule, facts: Facts) -> tuple[Seen, ...] | None:
    """What was seen for each condition of a rule; None where one does not hold."""
    seen = []
    for id, state in rule.when:
        one = facts.see(id, state)
        if one is None:
            return None
        seen.append(one)
    return tuple(seen)


def _unread(facts: Facts, read_already: set[str]) -> Iterator[Seen]:
    """Objectives that are behind and that no rule speaks of."""
    for id, line in facts.lines.items():
        if id in read_already or line.variance.status not in (Status.WATCH, Status.MISSED):
            continue
        sides = (Is.HIGH, Is.LOW) if line.upper is not None else (_wrong_side(line),)
        seen = next(filter(None, (facts.see(id, side) for side in sides)), None)
        if seen is not None:
            yield seen


def _wrong_side(line: KpiLine) -> Is:
    return Is.HIGH if line.kpi.judged is Better.LOWER else Is.LOW


def _reading(
    rule: Rule, seen: tuple[Seen, ...], facts: Facts, campaign: Campaign, today: date
) -> Reading:
    first = seen[0]
    comma = Text("; ", " ; ")
    evidence = Text(*(comma[i].join(one.evidence[i] for one in seen) for i in (0, 1)))
    causes = Text(*(", ".join(cause[i] for cause in rule.causes) for i in (0, 1)))
    return Reading(
        rule.id,
        facts.campaign,
        first.kpi,
        rule.good,
        evidence,
        rule.meaning,
        rule.action,
        causes,
        _strength() if rule.good else priority(first, facts, campaign, rule.ease, today),
        rule.source,
        0.0 if rule.good else first.gap,
    )


def _strength() -> Priority:
    """What goes well is built on in the next cycle."""
    return Priority(1, 2, 3)


def priority(seen: Seen, facts: Facts, campaign: Campaign, ease: int, today: date) -> Priority:
    """Impact by the size of the gap and by what the campaign is for; urgency by what waiting costs."""
    line = seen.line
    tolerance = facts.settings.tolerance if line is None else line.tolerance
    impact = 3 if seen.gap > _STRONG * tolerance else 2 if seen.gap > tolerance else 1
    if line is None:
        impact = min(impact, 2)  # no objective says that it matters
    elif impact == 2 and campaign.objective_type in seen.kpi.objectives:
        impact = 3
    if impact == 1 or seen.gap <= tolerance:
        return Priority(impact, 1, ease)
    running = campaign.end is None or today <= campaign.end
    strong = seen.gap > _STRONG * tolerance
    urgent = line is not None and (
        (strong and seen.kpi.stage in _URGENT_STAGES) or (running and strong)
    )
    return Priority(impact, 3 if urgent else 2, ease)
