"""What a worked example is made of: rows for the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Records = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows for a worked example, by column id; the empty template has none."""

    settings: dict[str, Any] = field(default_factory=dict)
    campaigns: Records = ()
    objectives: Records = ()
    influencers: Records = ()
    posts: Records = ()
    reviews: Records = ()
    audience: Records = ()
    references: Records = ()  # in place of, or after, those that are shipped
