"""Words and signs for what an analysis says; each sign tells without colour what its word tells."""

from __future__ import annotations

from collections.abc import Sequence

from xlkpi.core.insight.analysis import PriorityBand, Verdict
from xlkpi.core.texts import Text, cut
from xlkpi.core.variance import Status

BAND_SIGNS: dict[PriorityBand, str] = {
    PriorityBand.NOW: "●●●",
    PriorityBand.NEXT: "●●○",
    PriorityBand.MONITOR: "●○○",
}
BAND_WORDS: dict[PriorityBand, Text] = {
    PriorityBand.NOW: Text("Act now", "Agir maintenant"),
    PriorityBand.NEXT: Text("Next cycle", "Prochain cycle"),
    PriorityBand.MONITOR: Text("Monitor", "Surveiller"),
}
STRENGTH = Text("Build on it", "À cultiver")
IMPACT_WORDS: dict[int, Text] = {
    3: Text("strong", "fort"),
    2: Text("moderate", "modéré"),
    1: Text("low", "faible"),
}
URGENCY_WORDS: dict[int, Text] = {
    3: Text("immediate", "immédiate"),
    2: Text("next cycle", "prochain cycle"),
    1: Text("to monitor", "à surveiller"),
}
EASE_WORDS: dict[int, Text] = {
    3: Text("easy", "facile"),
    2: Text("needs work", "à optimiser"),
    1: Text("hard", "difficile"),
}
VERDICT_SIGNS: dict[Verdict, str] = {
    Verdict.KEEP: "▲",
    Verdict.ADJUST: "●",
    Verdict.STOP: "▼",
    Verdict.TOO_LITTLE: "–",
}
CHANGE_WORDS: dict[Status, Text] = {
    Status.MET: Text("Better", "Mieux"),
    Status.WATCH: Text("About the same", "Stable"),
    Status.MISSED: Text("Worse", "Moins bien"),
    Status.NEUTRAL: Text("For information", "Pour information"),
    Status.UNKNOWN: Text("Not comparable", "Non comparable"),
}
DRAFT = Text("Draft: ", "Brouillon : ")
#: Before a draft that is remembered for the KPI of another report, because a person deleted it.
DELETED = Text("Deleted draft: ", "Brouillon supprimé : ")


def names(all_of_them: Sequence[str], room: int) -> Text:
    """Names where they fit into so many characters; else the first one, cut if need be, and how many more.

    >>> names(["Spring", "Winter", "Summer"], 12).en
    'Spr… +2 more'
    """
    listed, first, more = ", ".join(all_of_them), all_of_them[0], len(all_of_them) - 1
    if len(listed) <= room:
        return Text(listed, listed)
    others = Text(" +{n} more", " +{n} {n:autre|autres}").format(n=more) if more else ("", "")
    return Text(*(cut(first, room - len(side)) + side for side in others))
