"""Actions that people follow up: what an analysis proposes, joined with what stood on the list before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2s

from xlkpi.core.insight.analysis import Reading
from xlkpi.core.insight.phrases import BAND_SIGNS, BAND_WORDS
from xlkpi.core.names import fold
from xlkpi.core.texts import Language, Text

#: More than these, per campaign, are no list that anybody works off.
MOST = 10
#: Ids of the states; what else a person types into the column is kept as it is.
TODO, DOING, DONE, DROPPED = "todo", "doing", "done", "dropped"
NO_LONGER = Text("No longer signalled", "N’est plus signalée")
#: The texts that a report proposes and a person may put differently.
_PROPOSED = ("priority", "action", "kpi", "campaign", "why")


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the list, as it is read; texts are in the language of the report that wrote them."""

    action: str
    priority: str = ""
    kpi: str = ""
    campaign: str = ""
    why: str = ""
    owner: str = ""
    due: date | str | None = None  # a person may write "after Easter"
    state: str = TODO  # an id, or what a person typed
    first: date | str | None = None  # when it was first proposed
    key: str = ""  # of the reading that proposed it; empty for a person's own row
    marks: str = ""  # what the proposed texts were, so that an edited one is known

    @property
    def closed(self) -> bool:
        return self.state in (DONE, DROPPED)

    @property
    def edited(self) -> frozenset[str]:
        """The proposed texts that a person has changed since."""
        marks = self.marks.split(".")
        if len(marks) != len(_PROPOSED):
            return frozenset(_PROPOSED)
        return frozenset(
            name
            for name, mark in zip(_PROPOSED, marks, strict=True)
            if _mark(getattr(self, name)) != mark
        )

    @property
    def touched(self) -> bool:
        """Whether a person has made it theirs: assigned, dated, started, or put differently."""
        return bool(self.owner or self.due or self.state != TODO or self.edited)


def _mark(text: str) -> str:
    return blake2s(" ".join(text.split()).encode(), digest_size=3).hexdigest()


def marks(action: Action) -> str:
    """The marks of a row's texts as they stand."""
    return ".".join(_mark(getattr(action, name)) for name in _PROPOSED)


def merge(
    problems: Iterable[Reading],
    campaigns: Sequence[str],
    before: Sequence[Action],
    today: date,
    language: Language,
) -> tuple[Action, ...]:
    """The list of this report: its proposals, with all that people made of earlier ones.

    A person's own rows and those of campaigns that are not in this report stay.  Proposals that nothing calls for any
    more go, unless a person touched them: these stay and say so.  What is done or dropped stands last.

    Args:
        problems: readings of this report, the most pressing first.
        campaigns: those in this report, as they are written.
        before: the rows of the list as it stands.
    """
    proposals = {_folded(p.key): p for p in _top(problems)}
    here = {fold(name) for name in (*campaigns, *(p.campaign for p in proposals.values()))}
    known: dict[str, Action] = {}
    others: list[Action] = []
    for row in before:
        key = _folded(row.key)
        if not row.key:
            others.append(row)
        elif key in known:
            others.append(replace(row, key="", marks=""))  # a copied row is its owner's
        elif key in proposals:
            known[key] = row
        elif fold(row.key.split("|")[0]) not in here:
            others.append(row)
        elif row.touched:
            others.append(_unsignalled(row, language))
    rows = [
        _refreshed(_proposed(p, today, language), known.get(key)) for key, p in proposals.items()
    ]
    return tuple(sorted((*rows, *others), key=lambda row: row.closed))


def joined(source: Sequence[Action], older: Sequence[Action]) -> tuple[Action, ...]:
    """The list of a workbook and that of its earlier report as one: what a person touched wins, the report's first."""

    def name(row: Action) -> tuple[str, str, str]:
        return (_folded(row.key), "", "") if row.key else ("", fold(row.campaign), fold(row.action))

    known = {name(row): row for row in older}
    others = []
    for row in source:
        same = known.get(name(row))
        if same is None:
            others.append(row)
        elif row.touched and not same.touched:
            known[name(row)] = row
    return (*(known[name(row)] if row.key else row for row in older), *others)


def _folded(key: str) -> str:
    """A campaign's name may change its case; the ids behind it do not."""
    campaign, bar, rest = key.partition("|")
    return f"{fold(campaign)}{bar}{rest}"


def _top(problems: Iterable[Reading]) -> list[Reading]:
    counts: dict[str, int] = {}
    found = []
    for reading in problems:
        counts[reading.campaign] = counts.get(reading.campaign, 0) + 1
        if counts[reading.campaign] <= MOST:
            found.append(reading)
    return found


def _proposed(reading: Reading, today: date, language: Language) -> Action:
    band = reading.priority.band
    row = Action(
        priority=f"{BAND_SIGNS[band]} {BAND_WORDS[band].in_(language)}",
        action=reading.action.in_(language),
        kpi=reading.kpi.label.in_(language),
        campaign=reading.campaign,
        why=reading.evidence.in_(language),
        first=today,
        key=reading.key,
    )
    return replace(row, marks=marks(row))


def _refreshed(new: Action, old: Action | None) -> Action:
    """A proposal with what a person made of it: their words instead of ours, their owner, date and state."""
    if old is None:
        return new
    theirs: Mapping[str, str] = {
        name: getattr(old, name) for name in old.edited if getattr(old, name)
    }
    return replace(
        new, owner=old.owner, due=old.due, state=old.state, first=old.first or new.first, **theirs
    )


def _unsignalled(row: Action, language: Language) -> Action:
    """A touched row that nothing calls for any more; its own texts stay."""
    if "priority" in row.edited and row.priority not in NO_LONGER:
        return row
    said = replace(row, priority=NO_LONGER.in_(language))
    return replace(
        said, marks=".".join([_mark(said.priority), *row.marks.split(".")[1:]]) if row.marks else ""
    )
