"""A campaign workbook opened for reading: campaigns, objectives, rates, and the posts as a stream of frames."""

from __future__ import annotations

import contextlib
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xlkpi.core.campaign import Campaign, Objective
from xlkpi.core.checks.declared import Known
from xlkpi.core.emv import Rate
from xlkpi.core.findings import Finding, Place, Refused
from xlkpi.core.insight.inputs import Inputs
from xlkpi.core.names import fold
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.campaigns import Objectives, read_campaigns, read_objectives
from xlkpi.excel.reading.cells import WorkbookCells
from xlkpi.excel.reading.inputs import read_inputs
from xlkpi.excel.reading.known import people_of, read_known
from xlkpi.excel.reading.posts.cells import Declared
from xlkpi.excel.reading.posts.stream import PostStream, Watch
from xlkpi.excel.reading.rates import read_rates
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.foreign import foreign
from xlkpi.ooxml.cells import split_address
from xlkpi.ooxml.package import Package


class Workbook(Book):
    """Answers every question of a report, each once; what makes a report impossible raises Refused."""

    def __init__(self, book: Package | WorkbookCells) -> None:
        super().__init__(book)
        self.watch: Watch | None = None  # looks at the computed columns as the posts are read
        for finding in foreign(book) if isinstance(book, Package) else ():
            self.notes_of("file").add(finding)

    # -- campaigns and objectives --------------------------------------------------------------

    def campaigns(self) -> dict[str, Campaign]:
        """Campaigns by folded name, in the order of the sheet."""
        return dict(self._campaigns)

    @cached_property
    def _campaigns(self) -> dict[str, Campaign]:
        with self.answering(contract.CAMPAIGNS.id):
            return read_campaigns(self)

    def objectives(self) -> tuple[Objective, ...]:
        """Every row of Objectives whose KPI is in the catalogue; the others are told."""
        return self._objectives.rows

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """Where not one KPI of Objectives is known, why: told once the posts are read."""
        return self._objectives.unknown

    @cached_property
    def _objectives(self) -> Objectives:
        with self.answering(contract.OBJECTIVES.id):
            return read_objectives(self)

    def objective_place(self, objective: Objective, column: str) -> Place:
        """Another cell of an objective's row; its KPI's where the workbook has no such column."""
        grid = self.require(contract.OBJECTIVES)
        row = split_address(objective.place[1])[0]
        return grid.cell(column if column in grid.columns else "kpi", row)

    # -- besides posts and objectives ----------------------------------------------------------

    def rates(self) -> tuple[Rate, ...]:
        """EMV rates of the References sheet; the shipped table when the workbook has no such sheet."""
        return self._rates

    @cached_property
    def _rates(self) -> tuple[Rate, ...]:
        with self.answering("rates"):
            return read_rates(self)

    def inputs(self) -> Inputs:
        """References, influencers, reviews and audiences."""
        return self._inputs

    @cached_property
    def _inputs(self) -> Inputs:
        with self.answering("inputs"):
            return read_inputs(self)

    def known_names(self) -> Known:
        """Influencers with their handles, networks, formats and benchmarks."""
        return self._known

    @cached_property
    def _known(self) -> Known:
        """Read after every other small table: those say better than this what is wrong with a cell."""
        self.campaigns()
        with contextlib.suppress(Refused):
            self.noted.update((f.sheet, f.cell) for f in self.refusals)
        self.rates()
        self.inputs()
        with self.answering("known"):
            return read_known(self)

    # -- posts ---------------------------------------------------------------------------------

    @cached_property
    def _declared(self) -> Declared:
        campaigns = set(self.campaigns())
        with contextlib.suppress(Refused):
            campaigns |= {fold(o.campaign) for o in self.objectives()}
        return Declared(people_of(self), campaigns)

    def posts(
        self, only_campaign: str | None, without: NDArray[np.int64] | None = None
    ) -> PostStream:
        """The posts as a stream of pandas frames.

        Args:
            only_campaign: the campaign of posts that name none, when the workbook has just one.
            without: sheet rows to leave out, on a second reading; what is odd has been noted on the first.
        """
        grid = self.require(contract.POSTS)
        self._question = "after posts"
        if without is not None:
            return PostStream(self, grid, only_campaign, self._declared, without=without)
        note = self.notes_anew("post rows").add
        return PostStream(self, grid, only_campaign, self._declared, note, self.watch)
