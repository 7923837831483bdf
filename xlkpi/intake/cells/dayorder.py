"""Which part of a date in figures is the day: what all cells of a column decide together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.texts import Text
from xlkpi.intake.cells.dates import Open
from xlkpi.intake.cells.numbers import Cell

_ORDER_WORDS = {
    "dmy": Text("day first", "jour d’abord"),
    "mdy": Text("month first", "mois d’abord"),
}


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How a column writes day and month."""

    order: str
    is_sure: bool
    why: Text
    proofs: tuple[str, ...] = ()


def choose_order(counted: Counter[Open], order: str | None, today: date | None) -> DayOrder:
    """Which order a column follows, and how that is known: the surest reason first."""
    open_ones = [f for f in counted if f.is_ambiguous]
    return (
        _proved(counted, order)
        or _dotted(open_ones)
        or _of_the_platform(order)
        or _not_in_the_future(open_ones, today)
        or DayOrder("dmy", False, _COULD_BE_EITHER)
    )


_COULD_BE_EITHER = Text(
    "day and month could be the other way round: dates were read day first",
    "jour et mois pourraient être inversés : dates lues jour d’abord",
)


def _proved(counted: Counter[Open], order: str | None) -> DayOrder | None:
    """A part over 12 shows which one is the day; where both are shown, most of the cells decide."""
    proving: dict[str, list[Open]] = {"dmy": [], "mdy": []}
    for f in counted:
        if len(f.orders) == 1:
            proving[f.orders[0]].append(f)
    ranked = sorted(proving, key=lambda o: (-sum(counted[f] for f in proving[o]), o != order, o))
    best, other = ranked
    if not proving[best]:
        return None
    proof = _shown(proving[best][0])
    if proving[other]:
        why = Text(
            "dates were read {order}, as most of them show ({proof}); {other} contradicts it",
            "dates lues {order}, comme la plupart le montrent ({proof}) ; {other} dit le contraire",
        ).format(order=_ORDER_WORDS[best], proof=proof, other=_shown(proving[other][0]))
        return DayOrder(best, False, why, (best, other))
    why = Text(
        "dates were read {order}, as {proof} shows",
        "dates lues {order}, comme le montre {proof}",
    ).format(order=_ORDER_WORDS[best], proof=proof)
    return DayOrder(best, True, why, (best,))


def _dotted(open_ones: Sequence[Open]) -> DayOrder | None:
    if not open_ones or not all(f.dotted for f in open_ones):
        return None
    why = Text("dates with dots were read day first", "dates à points lues jour d’abord")
    return DayOrder("dmy", True, why)


def _of_the_platform(order: str | None) -> DayOrder | None:
    if order not in _ORDER_WORDS:
        return None
    why = Text(
        "dates were read {order}, as this platform writes them",
        "dates lues {order}, comme cette plateforme les écrit",
    )
    return DayOrder(order, True, why.format(order=_ORDER_WORDS[order]))


def _not_in_the_future(open_ones: Sequence[Open], today: date | None) -> DayOrder | None:
    if not today:
        return None
    past = [
        order
        for order in _ORDER_WORDS
        if all((f.in_order(order) or today) <= today for f in open_ones)
    ]
    if len(past) != 1:
        return None
    why = Text(
        "dates were read {order}: the other way round some would lie in the future",
        "dates lues {order} : dans l’autre sens, certaines seraient dans le futur",
    )
    return DayOrder(past[0], True, why.format(order=_ORDER_WORDS[past[0]]))


def _shown(found: Open) -> str:
    mark = "." if found.dotted else "/"
    return f"{found.first:02d}{mark}{found.second:02d}{mark}{found.year}"


SWAPPED = Text(
    "some dates may have been turned round when the file was opened in Excel (day and month)",
    "certaines dates ont pu être inversées à l’ouverture dans Excel (jour et mois)",
)


def swapped_by_excel(
    cells: Sequence[Cell], values: Sequence[date | None], texts: Iterable[Open]
) -> list[int]:
    """Real dates beside texts that are none for Excel, all days up to 12: it has read day and month the wrong way.

    Excel set to the other order makes real dates of 03/04 (turned round) and leaves 28/04 as text.
    """
    real = [
        i
        for i, cell in enumerate(cells)
        if cell is not None and not isinstance(cell, str | bool) and values[i]
    ]
    if not real or any(len(f.orders) != 1 for f in texts):
        return []
    return real if all(values[i].day <= 12 for i in real) else []  # type: ignore[union-attr]
