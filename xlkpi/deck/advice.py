"""Slides on what to do: readings with when and impact, and keep, adjust or stop for each influencer."""

from __future__ import annotations

from xlkpi.core import wording, words
from xlkpi.core.insight.analysis import Decision, GroupedReading, Verdict
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.phrases import BAND_WORDS, IMPACT_WORDS, STRENGTH, names
from xlkpi.core.texts import Text
from xlkpi.core.variance import Status
from xlkpi.deck.blocks import Sentence, SlideTable, TableCell, place, under_lead
from xlkpi.deck.slide import Deck
from xlkpi.deck.slidetexts import SlideTexts

#: More than any slide holds: what is longer is not even measured.
_MOST = 12
#: Characters for the campaigns that a reading holds for.
_NAMES = 60
#: What asks for a change is shown first, and is not what a short table leaves out.
_ORDER = (Verdict.STOP, Verdict.ADJUST, Verdict.KEEP, Verdict.TOO_LITTLE)


_READINGS_HEADER = (
    words.WHEN,
    words.WHAT_IS_SEEN,
    words.WHAT_IT_MEANS,
    words.WHAT_TO_DO,
)
_READINGS_ALT = Text(
    "Table: recommendations, the most pressing first",
    "Tableau : recommandations, les plus pressantes d’abord",
)
_NO_READINGS = Text(
    "No reading rule applies: there are no objectives, or too few figures to compare with them.",
    "Aucune règle de lecture ne s’applique : pas d’objectifs, ou trop peu de chiffres à leur comparer.",
)
_READINGS_NOTES = Text(
    "The order is impact × urgency × ease. Each reading says the figures it comes from; strengths stand last.",
    "L’ordre est impact × urgence × facilité. Chaque lecture donne les chiffres dont elle vient ; les points forts "
    "sont à la fin.",
)
_SOURCES = Text("Sources of the rules: {s}.", "Sources des règles : {s}.")


def recommendations(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("4. Recommendations", "4. Recommandations"))
    readings = texts.report.analysis.grouped_readings
    place(slide, slide.area, [_readings(texts) if readings else Sentence(texts.t(_NO_READINGS))])
    sources = ", ".join(dict.fromkeys(r.worst.source for r in readings))
    texts.notes(slide, _READINGS_NOTES, [texts.t(_SOURCES.format(s=sources))] if sources else ())


def _readings(texts: SlideTexts) -> SlideTable:
    readings = texts.report.analysis.grouped_readings
    rows = tuple(_reading(r, texts) for r in readings[:_MOST])
    return SlideTable(
        texts.header(*_READINGS_HEADER),
        rows,
        (1.7, 3.6, 3.4, 3.8),
        hidden=len(readings) - len(rows),
        most=4,
        alt=texts.t(_READINGS_ALT),
    )


def _reading(grouped: GroupedReading, texts: SlideTexts) -> tuple[TableCell | str, ...]:
    reading = grouped.worst
    if reading.good:
        when = f"{wording.STATUS_SIGNS[Status.MET]} " + texts.t(STRENGTH)
    else:
        when = texts.both(
            "{w}, {i} impact",
            "{w}, impact {i}",
            w=BAND_WORDS[reading.priority.band],
            i=IMPACT_WORDS[reading.priority.impact],
        )
    seen = texts.t(reading.evidence)
    if len(texts.report.campaigns) > 1:
        seen = f"{texts.t(names(grouped.campaigns, _NAMES))} – {seen}"
    return TableCell(when, bold=True), seen, texts.t(reading.meaning), texts.t(reading.action)


_DECISIONS_HEADER = (
    Text("Rank", "Rang"),
    words.INFLUENCER,
    words.POSTS,
    words.DECISION,
    words.BECAUSE,
)
_DECISIONS_ALT = Text(
    "Table: keep, adjust or stop, for each influencer",
    "Tableau : conserver, ajuster ou stopper, pour chaque influenceur",
)
_NOBODY = Text(
    "No post names its influencer, so there is nobody to decide on.",
    "Aucun post ne nomme son influenceur : personne sur qui décider.",
)
_DECISIONS_NOTES = Text(
    "Several indicators decide, never one alone: two must agree. The rank is by return (ROI, or EMV to spend where the "
    "campaign is not to sell).",
    "Plusieurs indicateurs décident, jamais un seul : deux doivent concorder. Le rang suit le retour (ROI, ou EMV sur "
    "dépenses si la campagne ne vise pas la vente).",
)


def decisions(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(
        texts.both("4. Recommendations: influencers", "4. Recommandations : influenceurs")
    )
    if texts.report.analysis.decisions:
        place(slide, under_lead(slide, _counts(texts)), [_decisions(texts)])
    else:
        place(slide, slide.area, [Sentence(texts.t(_NOBODY))])
    texts.notes(slide, _DECISIONS_NOTES)


def _counts(texts: SlideTexts) -> str:
    """How many influencers to keep, adjust and stop."""
    found = texts.report.analysis.decisions
    counts = [(verdict, sum(d.verdict is verdict for d in found)) for verdict in Verdict]
    colon = texts.t(words.COLON)
    return " · ".join(f"{texts.t(VERDICT_WORDS[v])}{colon}{n}" for v, n in counts if n)


def _decisions(texts: SlideTexts) -> SlideTable:
    found = texts.report.analysis.decisions
    chosen = sorted(found, key=lambda d: _ORDER.index(d.verdict))[:_MOST]
    return SlideTable(
        texts.header(*_DECISIONS_HEADER),
        tuple(_decision(d, texts) for d in chosen),
        (0.7, 3, 0.8, 2, 6.4),
        frozenset((0, 2)),
        len(found) - len(chosen),
        alt=texts.t(_DECISIONS_ALT),
    )


def _decision(decision: Decision, texts: SlideTexts) -> tuple[TableCell | str, ...]:
    who = " · ".join(filter(None, (decision.influencer, decision.network, decision.tier)))
    # A sign stays with its word: the space after it does not break.
    because = " · ".join(texts.t(reason).replace(" ", "\u00a0", 1) for reason in decision.reasons)
    return (
        str(decision.rank or "–"),
        who,
        str(decision.posts),
        texts.decision(decision.verdict),
        because,
    )
