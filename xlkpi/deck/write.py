"""Put a deck in its place: everything that could refuse it is asked before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.deck import company
from xlkpi.deck.build import build, is_ours
from xlkpi.files import guard, marks
from xlkpi.files.saving import backed_up, write_bytes

_FIX = Text(
    "close it in PowerPoint, check the folder and your rights, or choose another name: --pptx DECK.pptx",
    "fermez-le dans PowerPoint, vérifiez le dossier et vos droits, ou choisissez un autre nom : --pptx DECK.pptx",
)


@dataclass(frozen=True, slots=True)
class DeckPlan:
    """Where a deck will stand and what it will look like; ``edited``: a person has changed the deck that is there."""

    target: Path
    template: bytes | None
    edited: bool


def plan(target: Path, template: Path | None) -> DeckPlan:
    """Read the template and look at what stands where the deck will.

    Raises:
        Refused: the template is none, or cannot be used.
        NotWritten: there is a file that is not a deck of ours.
    """
    look = company.read(template) if template is not None else None
    if not target.exists():
        return DeckPlan(target, look, False)
    if template is not None and target.samefile(template):
        raise _not_ours(target)
    marks.require_closed(target)
    try:
        guard.check_presentation(target)
        ours = is_ours(target.read_bytes(), target.name)
    except Exception:  # noqa: BLE001  whatever it is, it is no deck of ours
        raise _not_ours(target) from None
    if ours is None:
        raise _not_ours(target)
    return DeckPlan(target, look, not ours)


def write(planned: DeckPlan, report: Report, language: Language, now: datetime) -> Path | None:
    """Write the deck; the dated copy of an edited deck that it replaces, or None.

    Raises:
        NotWritten: it cannot be written; what was there before is untouched.
    """
    data = build(report, language, now.date(), planned.template)
    try:
        with backed_up(planned.target, now, planned.edited and planned.target.exists()) as saved:
            write_bytes(data, planned.target)
    except NotWritten as problem:
        raise NotWritten(
            replace(
                problem.finding,
                fix=_FIX,
                effect=Text(
                    "the report was written, the deck was not",
                    "le rapport a été écrit, pas la présentation",
                ),
            )
        ) from None
    return saved


def _not_ours(target: Path) -> NotWritten:
    return NotWritten(
        Finding(
            codes.FILE_NOT_OURS,
            Text(
                "this file exists and is not a deck of ours",
                "ce fichier existe et n’est pas une présentation à nous",
            ),
            Text(
                "it was left as it is, and nothing was written",
                "il a été laissé tel quel, et rien n’a été écrit",
            ),
            Text(
                "choose another name: --pptx DECK.pptx",
                "choisissez un autre nom : --pptx DECK.pptx",
            ),
            sheet=target.name,
        )
    )
