"""The posts that a workbook holds, as an import sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlkpi.intake.posts import Value


@dataclass(frozen=True, slots=True)
class ExistingPosts:
    """The posts that a workbook holds, in columns; a blank cell is None, an id is text."""

    rows: Sequence[int] = ()  # sheet row of each post
    #: Column id → values, as many as rows; every column that the table has, blank ones too.
    columns: Mapping[str, Sequence[Value]] = field(default_factory=dict)
