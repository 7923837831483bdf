"""What a platform's export is, as data: which columns it has, what they become, how its files differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol, Unpack

from xlkpi.core.codes import Code
from xlkpi.core.findings import Findings, Place, PlaceAndValue
from xlkpi.core.texts import Text
from xlkpi.intake.posts import Export, Value
from xlkpi.intake.tables.table import Cell, SourceTable


class Holds(Enum):
    """What a column holds, which says how its cells are read."""

    ID = "id"  # text end to end
    TEXT = "text"
    URL = "url"
    DAY = "day"
    COUNT = "count"  # a whole number
    SCORE = "score"  # a mark or a share, with decimals
    MONEY = "money"  # a currency in its header must be the workbook's
    SECONDS = "seconds"  # 90, 1:30, 0:01:30
    HOURS = "hours"  # becomes seconds


@dataclass(frozen=True, slots=True)
class Names:
    """How a table's headers were matched: column id → its columns, best first."""

    found: Mapping[str, list[int]]
    language: str | None


class Draft(Protocol):
    """An export while it is read, as a platform's ``finish`` sees it: ``draft.ExportDraft``."""

    table: SourceTable
    names: Names
    today: date
    snapshot: date
    findings: Findings
    decisions: list[Text]
    values: dict[str, list[Value]]
    became: dict[str, str]
    at: Sequence[int]

    def place(self, id: str, i: int) -> Place: ...
    def header(self, id: str) -> str: ...
    def column(self, id: str) -> list[Value]: ...
    def cells(self, id: str) -> Sequence[Cell]: ...
    def drop(self, gone: set[int]) -> None: ...
    def note(
        self,
        code: Code,
        reason: Text = ...,
        effect: Text = ...,
        fix: Text = ...,
        **place: Unpack[PlaceAndValue],
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file that is recognised is not imported, and what its user wants instead."""

    code: Code
    reason: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class Platform:
    """One kind of export.

    ``columns``: ids of the kind's section in ``aliases.toml`` → what they hold.  A column whose id is none of Posts
    ("account", "duration") serves ``finish``; one that is not listed is ignored and told.
    """

    id: str  # section of aliases.toml
    name: Text
    needs: tuple[str, ...]  # columns that make it this kind; "post_id|url": one of the two
    network: str = ""
    columns: Mapping[str, Holds] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(
        default_factory=dict
    )  # id in aliases.toml → column of Posts, where they differ
    order: str | None = None  # of day and month in its dates, unless the column proves another one
    id_in_url: str = ""  # pattern of the post's id within its link
    handle_in_url: str = ""  # pattern of the account within it
    id_shape: str = ""  # pattern of every id of the network
    finish: Callable[[Draft], None] | None = None
    refusal: Refusal | None = None
    gives_way: bool = False  # refused only where the generic mapper finds no posts either
    names: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # instead of a section of aliases.toml
    #: Makes one list of a table that holds several side by side; None for a table that is not of this kind.
    reshape: Callable[[SourceTable], SourceTable | None] | None = None
    #: Adds what another table of the file says.
    complete: Callable[[Export, Sequence[SourceTable]], Export] | None = None
    fits: Callable[[SourceTable], bool] | None = None  # what else makes it this kind
    is_addition: bool = False
    key: tuple[str, ...] = (
        "post_id",
        "url",
        "title",
        "date",
        "account",
    )  # what a row is named by, the best first
    is_total: Callable[[Draft, int], bool] | None = (
        None  # whether a table row without a name is a total
    )


def holding(**kinds: str) -> dict[str, Holds]:
    """Columns by what they hold: ``holding(day="date", count="views likes")``."""
    return {id: Holds(kind) for kind, ids in kinds.items() for id in ids.split()}
