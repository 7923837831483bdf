"""What a workbook says besides posts and objectives: references, influencers, reviews of contents, audiences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.insight.inputs import CRITERIA, AudienceRow, Influencer, Inputs, Review
from xlkpi.core.names import fold, same_name
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.known import DeclaredNames
from xlkpi.excel.reading.rates import read_references
from xlkpi.excel.reading.rows import TableRow, table_rows
from xlkpi.excel.workbook import contract, spellings

#: The segments of a dimension may miss 100 % by so much: published shares are rounded.
_ROUNDING = 0.03
_NO_MARK = Text("this mark is left out", "cette note est exclue")
_NO_SHARE = Text("this share is left out", "cette part est exclue")


def read_inputs(book: Book) -> Inputs:
    """Everything that an analysis reads besides posts, objectives and rates; what cannot be used becomes a finding."""
    return Inputs(
        references=read_references(book),
        influencers=tuple(_influencers(book)),
        reviews=tuple(_reviews(book)),
        audience=_audience(book),
    )


# -- influencers -------------------------------------------------------------------------------------


def _influencers(book: Book) -> Iterator[Influencer]:
    unknown = Text("the tier is unknown", "la catégorie est inconnue")
    for row in table_rows(book, contract.INFLUENCERS, "influencer"):
        if name := row.name("influencer"):
            yield Influencer(
                name,
                spellings.network(row.name("network")),
                row.name("handle"),
                row.number("followers", unknown),
                *(row.name(id) for id in ("country", "language", "theme")),
            )


# -- reviews -----------------------------------------------------------------------------------------


def _reviews(book: Book) -> Iterator[Review]:
    people, campaigns = DeclaredNames(book, "influencer"), DeclaredNames(book, "campaign")
    for row in table_rows(book, contract.REVIEWS, "influencer"):
        marks = {c.id: _mark(row, c.id) for c in CRITERIA}
        if not people.check(row):
            continue
        if "campaign" in row.grid.columns:
            campaigns.check(row)
        yield Review(
            row.name("campaign"),
            people.named(row),
            {id: mark for id, mark in marks.items() if mark is not None},
            row.yes_no("rights"),
            row.day("rights_until"),
        )


def _mark(row: TableRow, column: str) -> float | None:
    mark = row.number(column, _NO_MARK, fix=codes.MARK_OUT_OF_RANGE.fix)
    if mark is None or 1 <= mark <= 5:
        return mark
    row.book.note(
        Finding(
            codes.MARK_OUT_OF_RANGE,
            effect=_NO_MARK,
            value=f"{mark:g}",
            **row.place(column),
        )
    )
    return None


# -- audiences ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Dimension:
    """The shares of one influencer, day and dimension, added up; ``first`` is the row that names it first."""

    first: TableRow
    label: str = ""
    total: float = 0.0


def _audience(book: Book) -> tuple[AudienceRow, ...]:
    people = DeclaredNames(book, "influencer")
    found: list[AudienceRow] = []
    together: dict[tuple[object, ...], _Dimension] = {}
    for row in table_rows(book, contract.AUDIENCE, "influencer", "segment", "share"):
        share = _share(row)
        if not people.check(row) or share is None:
            continue
        one = _audience_row(row, people.named(row), share)
        found.append(one)
        key = same_name(one.influencer), one.day, fold(one.dimension)
        dimension = together.setdefault(key, _Dimension(row))
        dimension.label = one.dimension
        dimension.total += share
    for dimension in together.values():
        if abs(dimension.total - 1) > _ROUNDING:
            book.note(_incomplete(dimension.first, dimension.label, dimension.total))
    return tuple(found)


def _audience_row(row: TableRow, name: str, share: float) -> AudienceRow:
    return AudienceRow(
        name,
        row.day("date"),
        row.name("dimension"),
        row.name("segment"),
        share,
        row.yes_no("in_target"),
    )


def _share(row: TableRow) -> float | None:
    share = row.number("share", _NO_SHARE, fix=codes.SHARE_OUT_OF_RANGE.fix)
    if share is None or 0 <= share <= 1:
        return share
    row.book.note(
        Finding(
            codes.SHARE_OUT_OF_RANGE,
            effect=_NO_SHARE,
            value=f"{share:g}",
            **row.place("share"),
        )
    )
    return None


def _incomplete(row: TableRow, dimension: str, total: float) -> Finding:
    """Shares that miss 100 %: too much is a mistake, too little may be a list of the first countries only."""
    effect = Text(
        "the rest of the audience counts as unknown", "le reste de l’audience compte comme inconnu"
    )
    if total > 1:
        effect = Text("they are used as they are", "elles sont utilisées telles quelles")
    return Finding(
        codes.SHARES_ABOVE_WHOLE if total > 1 else codes.SHARES_BELOW_WHOLE,
        Text(
            "{d}: the shares of this influencer and day add up to {p}%",
            "{d} : les parts de cet influenceur et de ce jour font {p}\u00a0%",
        ).format(d=dimension or "-", p=f"{total * 100:.0f}"),
        effect,
        **row.place("share"),
    )
