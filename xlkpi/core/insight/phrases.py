"""Words and signs for what an analysis says; each sign tells without colour what its word tells."""

from __future__ import annotations

from xlkpi.core.insight.analysis import Band, Verdict
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status

BAND_SIGNS: dict[Band, str] = {Band.NOW: "●●●", Band.NEXT: "●●○", Band.MONITOR: "●○○"}
BAND_WORDS: dict[Band, Text] = {
    Band.NOW: Text("Act now", "Agir maintenant"),
    Band.NEXT: Text("Next cycle", "Prochain cycle"),
    Band.MONITOR: Text("Monitor", "Surveiller"),
}
STRENGTH = Text("Build on it", "À cultiver")
IMPACT_WORDS: dict[int, Text] = {
    3: Text("strong", "fort"), 2: Text("moderate", "modéré"), 1: Text("low", "faible"),
}
URGENCY_WORDS: dict[int, Text] = {
    3: Text("immediate", "immédiate"), 2: Text("next cycle", "prochain cycle"), 1: Text("to monitor", "à surveiller"),
}
EASE_WORDS: dict[int, Text] = {
    3: Text("easy", "facile"), 2: Text("needs work", "à optimiser"), 1: Text("hard", "difficile"),
}
VERDICT_SIGNS: dict[Verdict, str] = {
    Verdict.KEEP: "▲", Verdict.ADJUST: "●", Verdict.STOP: "▼", Verdict.TOO_LITTLE: "–",
}
CHANGE_WORDS: dict[Status, Text] = {
    Status.MET: Text("Better", "Mieux"),
    Status.WATCH: Text("About the same", "Stable"),
    Status.MISSED: Text("Worse", "Moins bien"),
    Status.NEUTRAL: Text("For information", "Pour information"),
    Status.UNKNOWN: Text("Not comparable", "Non comparable"),
}
DRAFT = Text("Draft: ", "Brouillon : ")
