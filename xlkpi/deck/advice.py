"""Slides on what to do: readings with when and impact, and keep, adjust or stop for each influencer."""

from __future__ import annotations

from xlkpi.core import wording
from xlkpi.core.insight.analysis import Decision, Told, Verdict
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


def recommendations(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(texts.both("4. Recommendations", "4. Recommandations"))
    readings = texts.report.analysis.told
    if readings:
        header = tuple(
            texts.t(h)
            for h in (
                Text("When", "Quand"),
                Text("What is seen", "Constat"),
                Text("What it means", "Lecture"),
                Text("What to do", "Action"),
            )
        )
        rows = tuple(_reading(r, texts) for r in readings[:_MOST])
        place(
            slide,
            slide.area,
            [
                SlideTable(
                    header,
                    rows,
                    (1.7, 3.6, 3.4, 3.8),
                    hidden=len(readings) - len(rows),
                    most=4,
                    alt=texts.both(
                        "Table: recommendations, the most pressing first",
                        "Tableau : recommandations, les plus pressantes d’abord",
                    ),
                )
            ],
        )
    else:
        place(
            slide,
            slide.area,
            [
                Sentence(
                    texts.both(
                        "No reading rule applies: there are no objectives, or too few figures to compare with them.",
                        "Aucune règle de lecture ne s’applique : pas d’objectifs, ou trop peu de chiffres à leur comparer.",
                    )
                )
            ],
        )
    sources = ", ".join(dict.fromkeys(r.worst.source for r in readings))
    texts.notes(
        slide,
        Text(
            "The order is impact × urgency × ease. Each reading says the figures it comes from; strengths stand last.",
            "L’ordre est impact × urgence × facilité. Chaque lecture donne les chiffres dont elle vient ; les points forts "
            "sont à la fin.",
        ),
        [texts.both("Sources of the rules: {s}.", "Sources des règles : {s}.", s=sources)]
        if sources
        else (),
    )


def _reading(told: Told, texts: SlideTexts) -> tuple[TableCell | str, ...]:
    reading = told.worst
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
        seen = f"{texts.t(names(told.campaigns, _NAMES))} – {seen}"
    return TableCell(when, bold=True), seen, texts.t(reading.meaning), texts.t(reading.action)


def decisions(deck: Deck, texts: SlideTexts) -> None:
    slide = deck.slide(
        texts.both("4. Recommendations: influencers", "4. Recommandations : influenceurs")
    )
    found = texts.report.analysis.decisions
    if found:
        counts = [(v, sum(d.verdict is v for d in found)) for v in Verdict]
        colon = texts.both(": ", " : ")
        room = under_lead(
            slide, " · ".join(f"{texts.t(VERDICT_WORDS[v])}{colon}{n}" for v, n in counts if n)
        )
        header = tuple(
            texts.t(h)
            for h in (
                Text("Rank", "Rang"),
                Text("Influencer", "Influenceur"),
                Text("Posts", "Posts"),
                Text("Decision", "Décision"),
                Text("Because", "Parce que"),
            )
        )
        chosen = sorted(found, key=lambda d: _ORDER.index(d.verdict))[:_MOST]
        rows = tuple(_decision(d, texts) for d in chosen)
        place(
            slide,
            room,
            [
                SlideTable(
                    header,
                    rows,
                    (0.7, 3, 0.8, 2, 6.4),
                    frozenset((0, 2)),
                    len(found) - len(rows),
                    alt=texts.both(
                        "Table: keep, adjust or stop, for each influencer",
                        "Tableau : conserver, ajuster ou stopper, pour chaque influenceur",
                    ),
                )
            ],
        )
    else:
        place(
            slide,
            slide.area,
            [
                Sentence(
                    texts.both(
                        "No post names its influencer, so there is nobody to decide on.",
                        "Aucun post ne nomme son influenceur : personne sur qui décider.",
                    )
                )
            ],
        )
    texts.notes(
        slide,
        Text(
            "Several indicators decide, never one alone: two must agree. The rank is by return (ROI, or EMV to spend where the "
            "campaign is not to sell).",
            "Plusieurs indicateurs décident, jamais un seul : deux doivent concorder. Le rang suit le retour (ROI, ou EMV sur "
            "dépenses si la campagne ne vise pas la vente).",
        ),
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
