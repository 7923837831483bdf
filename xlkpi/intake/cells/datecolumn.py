"""A whole column of an export as days: what one cell leaves open, the others decide."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from xlkpi.core.days import serial_date
from xlkpi.core.texts import Text
from xlkpi.intake.cells.dates import YEARS, Open, Yearless, read
from xlkpi.intake.cells.numbers import MISSING, Cell, written


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of days.  ``ambiguous``: day and month could be the other way round; the value is the day first."""

    values: list[date | None]
    bad: list[int]
    ambiguous: list[int]
    decision: (
        Text | None
    )  # how day and month, or missing years, were read; None when nothing was open


_ORDER_WORDS = {
    "dmy": Text("day first", "jour d’abord"),
    "mdy": Text("month first", "mois d’abord"),
}


def dates(cells: Sequence[Cell], *, order: str | None = None, today: date | None = None) -> Dates:
    """A column as days; times and zones are left out, the day counts as written.

    ``03/04/2026`` alone is ambiguous.  In this order: a part over 12 anywhere in the column shows which one is the day
    (cells that contradict the others are bad); 03.04.2026 is day first; ``order`` ("dmy" or "mdy") is the rule of the
    platform; only one order leaves no day after ``today``; else the cells are listed as ambiguous and read day first,
    as in our workbooks.  Days without a year are the last ones up to ``today``, and a series stays in order over New
    Year; without ``today`` they are bad.  Numbers are Excel's days (of 1904 workbooks: add 1462 before).
    Never raises.

    >>> dates(["04/03/2026", "04/28/2026"]).values
    [datetime.date(2026, 4, 3), datetime.date(2026, 4, 28)]
    """
    known: dict[str, date | Open | Yearless | None] = {}
    found = [_read_day(cell, known) for cell in cells]
    values: list[date | None] = [f if type(f) is date else None for f in found]
    bad = [
        i
        for i, (cell, f) in enumerate(zip(cells, found, strict=True))
        if f is None and not _is_blank(cell)
    ]
    said = []
    opened = [(i, f) for i, f in enumerate(found) if type(f) is Open]
    ambiguous: list[int] = []
    if opened:
        counted = Counter(f for _, f in opened)
        chosen = _choose_order(counted, order, today)
        days_of = {f: f.in_order(chosen.order) for f in counted}
        doubtful = set() if chosen.is_sure else {f for f in counted if f.is_ambiguous}
        for i, f in opened:
            values[i] = days_of[f]
        bad += [i for i, f in opened if days_of[f] is None]
        ambiguous += [i for i, f in opened if f in doubtful and days_of[f]] if doubtful else []
        said += (
            [chosen.why] if any(f.is_ambiguous for f in counted) or len(chosen.proofs) > 1 else []
        )
        swapped = _swapped_by_excel(cells, values, counted)
        ambiguous += swapped
        said += [_SWAPPED] if swapped else []
    yearless = [(i, f) for i, f in enumerate(found) if type(f) is Yearless]
    if yearless:
        days = _with_years([f for _, f in yearless], today) if today else None
        for at, (i, _) in enumerate(yearless):
            if days is None or days[at] is None:
                bad.append(i)
            else:
                values[i] = days[at]
        said += [_years_text([d for d in days if d])] if days and any(days) else []
    return Dates(values, sorted(set(bad)), sorted(set(ambiguous)), _joined(said))


def _read_day(
    cell: Cell, known: dict[str, date | Open | Yearless | None]
) -> date | Open | Yearless | None:
    if isinstance(cell, str):
        if cell not in known:
            known[cell] = _day_of_text(cell)
        return known[cell]
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or not math.isfinite(cell):
        return None
    day = serial_date(cell) if cell < 1e6 else None
    if day is not None:
        return day if day.year in YEARS else None
    return read(f"{cell:.0f}") if cell == int(cell) and cell < 1e9 else None


_SERIAL = re.compile(r"[3-6][0-9]{4}(?:[.,][0-9]+)?")
_SERIAL_YEARS = range(
    2004, 2070
)  # a date cell saved as CSV in format General; networks are not older


def _day_of_text(text: str) -> date | Open | Yearless | None:
    found = read(text)
    if found is None and _SERIAL.fullmatch(text.strip()):
        day = serial_date(float(text.strip().replace(",", ".")))
        return day if day and day.year in _SERIAL_YEARS else None
    return found


def _is_blank(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not cell or written(cell) is MISSING
    return cell is None


@dataclass(frozen=True, slots=True)
class _Order:
    order: str
    is_sure: bool
    why: Text
    proofs: tuple[str, ...] = ()


def _choose_order(counted: Counter[Open], order: str | None, today: date | None) -> _Order:
    """Which order a column follows, and how that is known."""
    proving: dict[str, list[Open]] = {"dmy": [], "mdy": []}
    for f in counted:
        if len(f.orders) == 1:
            proving[f.orders[0]].append(f)
    ranked = sorted(proving, key=lambda o: (-sum(counted[f] for f in proving[o]), o != order, o))
    proofs = tuple(o for o in ranked if proving[o])
    best = ranked[0]
    if proofs:
        proof = _shown(proving[best][0])
        if len(proofs) == 1:
            return _Order(
                best,
                True,
                Text(
                    "dates were read {order}, as {proof} shows",
                    "dates lues {order}, comme le montre {proof}",
                ).format(order=_ORDER_WORDS[best], proof=proof),
                proofs,
            )
        return _Order(
            best,
            False,
            Text(
                "dates were read {order}, as most of them show ({proof}); {other} contradicts it",
                "dates lues {order}, comme la plupart le montrent ({proof}) ; {other} dit le contraire",
            ).format(order=_ORDER_WORDS[best], proof=proof, other=_shown(proving[ranked[1]][0])),
            proofs,
        )
    open_ones = [f for f in counted if f.is_ambiguous]
    if open_ones and all(f.dotted for f in open_ones):
        return _Order(
            "dmy",
            True,
            Text("dates with dots were read day first", "dates à points lues jour d’abord"),
        )
    if order in _ORDER_WORDS:
        return _Order(
            order,
            True,
            Text(
                "dates were read {order}, as this platform writes them",
                "dates lues {order}, comme cette plateforme les écrit",
            ).format(order=_ORDER_WORDS[order]),
        )
    if today:
        past = [
            o for o in ("dmy", "mdy") if all((f.in_order(o) or today) <= today for f in open_ones)
        ]
        if len(past) == 1:
            return _Order(
                past[0],
                True,
                Text(
                    "dates were read {order}: the other way round some would lie in the future",
                    "dates lues {order} : dans l’autre sens, certaines seraient dans le futur",
                ).format(order=_ORDER_WORDS[past[0]]),
            )
    return _Order(
        "dmy",
        False,
        Text(
            "day and month could be the other way round: dates were read day first",
            "jour et mois pourraient être inversés : dates lues jour d’abord",
        ),
    )


def _shown(found: Open) -> str:
    mark = "." if found.dotted else "/"
    return f"{found.first:02d}{mark}{found.second:02d}{mark}{found.year}"


_SWAPPED = Text(
    "some dates may have been turned round when the file was opened in Excel (day and month)",
    "certaines dates ont pu être inversées à l’ouverture dans Excel (jour et mois)",
)


def _swapped_by_excel(
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


def _with_years(days: Sequence[Yearless], today: date) -> list[date | None]:
    """The years of days that have none: the last such days up to ``today``, in the order in which they stand."""
    steps = [_step(a, b) for a, b in pairwise(days)]
    for forward in (True, False):
        signed = steps if forward else [-s for s in steps]
        plain = all((a <= b) if forward else (a >= b) for a, b in pairwise(days))
        if all(0 <= s <= _LONGEST_STEP for s in signed) or (plain and len(days) > 2):
            series = list(reversed(days)) if forward else list(days)
            ordered = _backwards(series, today)
            return list(reversed(ordered)) if forward else ordered
    return [_last(day, today) for day in days]


_LONGEST_STEP = 45  # days between two lines of a series; posts in no order jump further


def _step(a: Yearless, b: Yearless) -> int:
    """Days from ``a`` to ``b`` by the shorter way round the year."""
    apart = (date(2024, b.month, b.day) - date(2024, a.month, a.day)).days
    return (apart + 183) % 366 - 183


def _backwards(series: Sequence[Yearless], today: date) -> list[date | None]:
    """Days of a series from the last one back, each not after the one before it."""
    found: list[date | None] = []
    limit = today
    for day in series:
        latest = _last(day, limit)
        found.append(latest)
        limit = latest or limit
    return found


def _last(day: Yearless, limit: date) -> date | None:
    """The last such day up to ``limit``; 29 February waits for its leap year."""
    for year in range(limit.year, limit.year - 9, -1):
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            continue
        if found <= limit:
            return found
    return None


def _years_text(days: Sequence[date]) -> Text:
    first, last = min(days), max(days)
    return Text(
        "dates without a year were read as {a} to {b}", "dates sans année lues du {c} au {d}"
    ).format(a=first.isoformat(), b=last.isoformat(), c=f"{first:%d/%m/%Y}", d=f"{last:%d/%m/%Y}")


def _joined(said: Sequence[Text]) -> Text | None:
    if not said:
        return None
    return Text("; ".join(t.en for t in said), " ; ".join(t.fr for t in said))
