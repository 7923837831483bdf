"""The names that a workbook declares: what other sheets, and the checks of posts, compare theirs with."""

from __future__ import annotations

import difflib

from xlkpi.core import codes, words
from xlkpi.core.checks.declared import Benchmark, Known, strangers
from xlkpi.core.findings import Finding
from xlkpi.core.names import People, same_name
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.rates import NOT_USED, kind_of
from xlkpi.excel.reading.rows import TableRow, table_rows
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.contract import ColumnKind, Sheet
from xlkpi.excel.workbook.grid import bad_cell
from xlkpi.ooxml.cells import CellError


def people_of(book: Book) -> People:
    """The influencers of the sheet, by name and handle."""
    return People(
        (row.name("influencer"), row.name("handle"), spellings.network(row.name("network")))
        for row in table_rows(book, contract.INFLUENCERS)
    )


# -- names on other sheets ---------------------------------------------------------------------------

#: Where the names of a column are declared.
_DECLARED: dict[str, tuple[tuple[Sheet, str], ...]] = {
    "influencer": ((contract.INFLUENCERS, "influencer"), (contract.INFLUENCERS, "handle")),
    "campaign": ((contract.CAMPAIGNS, "campaign"), (contract.OBJECTIVES, "campaign")),
}
_STRANGER = {
    "influencer": (codes.INFLUENCER_NOT_LISTED.meaning, codes.INFLUENCER_NOT_LISTED.fix),
    "campaign": (codes.NO_SUCH_CAMPAIGN_TO_IMPORT.meaning, codes.UNKNOWN_CAMPAIGN.fix),
}


class DeclaredNames:
    """Names that must stand on another sheet: each stranger is told once a sheet."""

    def __init__(self, book: Book, column: str) -> None:
        self.column = column
        self.people = people_of(book)
        self.declared = {
            same_name(name): (row.name(column) if spec is contract.INFLUENCERS else "") or name
            for spec, id in _DECLARED[column]
            for row in table_rows(book, spec, id)
            if (name := row.name(id))
        }
        self.is_strange = strangers(self.declared)
        self.seen: set[str] = set()

    def check(self, row: TableRow) -> bool:
        """Whether there is a name at all; an empty one or a stranger becomes a finding."""
        name = row.name(self.column)
        if self.is_strange(name) and same_name(name) not in self.seen:
            self.seen.add(same_name(name))
            row.book.note(self._stranger(row, name))
        if self.column == "influencer" and self.column not in row:
            row.book.note(self._nameless(row))
        return bool(name)

    def named(self, row: TableRow) -> str:
        """The name as it is declared; as it is typed where it is not."""
        name = row.name(self.column)
        return self.people.find(name) or name if self.column == "influencer" else name

    def _nameless(self, row: TableRow) -> Finding:
        return Finding(
            codes.ROW_WITHOUT_INFLUENCER,
            effect=NOT_USED,
            **row.place(self.column),
        )

    def _stranger(self, row: TableRow, name: str) -> Finding:
        near = difflib.get_close_matches(same_name(name), self.declared, n=1, cutoff=0.7)
        reason, fix = _STRANGER[self.column]
        if near:
            fix = words.DID_YOU_MEAN.format(n=self.declared[near[0]])
        return Finding(
            codes.ROW_APART_FROM_POSTS,
            reason,
            Text("the row stands apart from the posts", "la ligne reste à part des posts"),
            fix,
            value=name,
            **row.place(self.column),
        )


# -- what the checks of posts compare with -----------------------------------------------------------

_NO_RATE = Text("this rate is not used", "ce barème n’est pas utilisé")
#: What is lost with a name that is an error.
_LOST = {
    ("campaigns", "campaign"): Text(
        "its dates and figures are left out", "ses dates et ses chiffres sont exclus"
    ),
    ("objectives", "campaign"): Text("this objective is left out", "cet objectif est exclu"),
    **{("references", id): _NO_RATE for id in ("kind", "network", "item", "value", "currency")},
    **{(sheet, "influencer"): NOT_USED for sheet in ("reviews", "audience")},
}
#: Sheets of which every cell that holds an error is told, whether or not anything reads it.
_SMALL_SHEETS = (
    contract.CAMPAIGNS,
    contract.OBJECTIVES,
    contract.INFLUENCERS,
    contract.REVIEWS,
    contract.AUDIENCE,
    contract.REFERENCES,
)


def read_known(book: Book) -> Known:
    """Influencers with their handles, networks, formats and benchmarks.

    Cells of the small tables that hold an error, and that no finding is about so far, are told on the way.
    """
    for spec in _SMALL_SHEETS:
        for row in table_rows(book, spec):
            _tell_errors(row)
    influencers = [
        name
        for row in table_rows(book, contract.INFLUENCERS)
        for name in _filled(row, "influencer", "handle")
    ]
    networks = list(choices.NETWORKS)
    formats = [name for label in choices.FORMATS.values() for name in label]
    benchmarks: list[Benchmark] = []
    for row in table_rows(book, contract.REFERENCES):
        kind = kind_of(row)
        networks += _filled(row, "network") if kind != "ads" else []
        formats += _filled(row, "item") if kind == "cpm" else []
        if kind == "benchmark" and "unit" in row:
            benchmarks.append(Benchmark(row.name("unit"), row.name("note"), row.place("unit")))
    return Known(influencers, networks, formats, benchmarks, _owners(book))


def _owners(book: Book) -> dict[str, str]:
    """Handle → the name beside it."""
    rows = table_rows(book, contract.INFLUENCERS)
    return {row.name("handle"): row.name("influencer") for row in rows if row.name("influencer")}


def _filled(row: TableRow, *ids: str) -> list[str]:
    return [name for id in ids if (name := row.name(id))]


def _tell_errors(row: TableRow) -> None:
    computed = {c.id for c in row.grid.spec.columns if c.kind is ColumnKind.COMPUTED}
    for id, value in row.record.items():
        if not isinstance(value, CellError) or id in computed:
            continue
        where = row.place(id)
        if (where["sheet"], where["cell"]) not in row.book.noted:
            effect = _LOST.get((row.grid.spec.id, id), Text("", ""))
            row.book.note(bad_cell(row.grid, id, row.row, value, effect))
