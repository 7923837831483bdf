"""A campaign held in memory: what a workbook gives to a report, without the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from xlkpi.core import catalogue
from xlkpi.core.campaign import Campaign, Objective, Settings
from xlkpi.core.catalogue.measures import FLAG_MEASURES, POST_MEASURES
from xlkpi.core.checks.declared import Known
from xlkpi.core.days import number_of
from xlkpi.core.emv import Rate
from xlkpi.core.findings import Finding, Place
from xlkpi.core.insight.inputs import Inputs
from xlkpi.core.names import normalise
from xlkpi.core.sums.gaps import PARTS, unread

TEXTS = ("post_id", "campaign", "influencer", "network", "format")
FIGURES = tuple(m.id for m in (*POST_MEASURES, *FLAG_MEASURES))
#: Marks of cells that hold something and no figure.
UNREAD = tuple(unread(part) for part in (*PARTS, "cost"))
MARCH = date(2026, 3, 2)

Post = Mapping[str, Any]


def post(day: date | None = MARCH, **values: Any) -> dict[str, Any]:
    """One post; a figure that is not given is unknown."""
    return {
        "campaign": "Spring",
        "influencer": "Lina",
        "network": "Instagram",
        "format": "Reel",
        "day": None if day is None else float(number_of(day)),
        **values,
    }


def frame(posts: Sequence[Post], columns: Sequence[str] = FIGURES) -> pd.DataFrame:
    """The posts as the reader gives them: figures as floats, NaN where unknown; names as text, None where blank."""
    return pd.DataFrame(
        {
            "row": np.array([p.get("row", 0) for p in posts], dtype=np.int64),
            "day": _floats(posts, "day"),
            **{t: np.array([p.get(t) for p in posts], dtype=object) for t in TEXTS},
            **{c: _floats(posts, c) for c in columns},
            **{c: _floats(posts, c) for c in UNREAD if any(c in p for p in posts)},
        }
    )


def _floats(posts: Sequence[Post], name: str) -> np.ndarray:
    return np.array([np.nan if p.get(name) is None else p[name] for p in posts], dtype=float)


def aim(
    kpi: str, target: float | None, campaign: str = "Spring", tolerance: float | None = None
) -> Objective:
    return Objective(campaign, catalogue.kpi(kpi), target, tolerance, place=("Objectives", "D2"))


@dataclass
class Book:
    """The ``Source`` of a report, from plain lists."""

    rows: Sequence[Post]
    aims: Sequence[Objective] = ()
    settings: Settings = field(default_factory=Settings)
    known: Sequence[Campaign] = (Campaign("Spring"),)
    tariff: Sequence[Rate] = ()
    name: str = "spring"
    size: int = 1000  # posts a frame
    declared: Known = field(default_factory=Known)
    given: Inputs = field(default_factory=Inputs)
    findings: list[Finding] = field(default_factory=list)

    def campaigns(self) -> Mapping[str, Campaign]:
        return {normalise(c.name): c for c in self.known}

    def objectives(self) -> tuple[Objective, ...]:
        return tuple(self.aims)

    def rates(self) -> tuple[Rate, ...]:
        return tuple(self.tariff)

    def known_names(self) -> Known:
        return self.declared

    def inputs(self) -> Inputs:
        return self.given

    def objective_place(self, objective: Objective, column: str) -> Place:
        return Place(
            sheet=objective.place[0], cell=objective.place[1], header=column, table="objectives"
        )

    def posts(self, only_campaign: str | None, without: Any = None) -> Stream:
        rows = [{**p, "row": i} for i, p in enumerate(self.rows, start=2)]
        for row in rows:
            row["campaign"] = row["campaign"] or only_campaign
        return Stream(rows, set(without) if without is not None else set(), self.size)

    def note(self, finding: Finding) -> None:
        self.findings.append(finding)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        return ()

    def unmute(self) -> None:
        pass

    def all_findings(self) -> tuple[Finding, ...]:
        return tuple(self.findings)

    @property
    def codes(self) -> list[str]:
        return [f.code for f in self.findings]


class Stream:
    """Frames of a few posts each; of two rows with one post id the last counts."""

    def __init__(self, rows: list[dict[str, Any]], skipped: set[int], size: int) -> None:
        self.rows = [r for r in rows if r["row"] not in skipped]
        self.size = size
        self.balance = SimpleNamespace(
            total=len(rows), excluded=len(rows) - len(self.rows), blank=0
        )

    def __iter__(self) -> Iterator[pd.DataFrame]:
        columns = [c for c in FIGURES if any(c in r for r in self.rows)]
        for start in range(0, len(self.rows), self.size):
            yield frame(self.rows[start : start + self.size], columns)

    def duplicates(self) -> list[int]:
        last = {r["post_id"]: r["row"] for r in self.rows if r.get("post_id")}
        return [r["row"] for r in self.rows if r.get("post_id") and last[r["post_id"]] != r["row"]]

    def campaign_names(self) -> Mapping[str, str]:
        return {normalise(r["campaign"]): r["campaign"] for r in self.rows if r["campaign"]}

    def campaign_place(self, key: str) -> Place:
        return Place(sheet="Posts", cell="C2", header="Campaign")

    def place(self, column: str, row: int) -> Place:
        return Place(sheet="Posts", cell=f"{column}:{row}", header=column, table="posts")
