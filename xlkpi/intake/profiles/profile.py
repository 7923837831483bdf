"""Which header of a table is which column of Posts: a mapping that a person may have settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What makes a row a post that can be found again.
_IDENTITY = ("post_id", "url")
#: Columns of Posts that say nothing about how a post did.
_NO_FIGURES = {
    "post_id",
    "date",
    "campaign",
    "influencer",
    "network",
    "format",
    "url",
    "promo_code",
    "snapshot_date",
    "note",
    "key_message",
    "ad_disclosed",
    "followers",
}


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Which header of a table is which column of Posts."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)  # header as written → column id
    network: str = ""  # of every row, where no column says it
    order: str = ""  # of day and month: "dmy", "mdy", or as the column shows
    is_settled: bool = field(
        default=False, compare=False
    )  # a person has looked at it: nothing of it is open

    @property
    def has_identity(self) -> bool:
        """Whether a row names its post by an id or a link."""
        return not set(_IDENTITY).isdisjoint(self.columns.values())

    @property
    def is_enough(self) -> bool:
        """Whether rows can be told apart and say at least one figure."""
        ids = set(self.columns.values())
        return bool(self.has_identity or {"date", "influencer"} <= ids) and bool(ids - _NO_FIGURES)
