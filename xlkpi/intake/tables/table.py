"""A table of a file: its header, its columns, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.ooxml.received import Cell

__all__ = ["Cell", "Contents", "SourceTable"]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One table of a file, in columns."""

    source: str  # what a user knows it by: "march.zip › Content.csv", "posts.xlsx › All posts"
    header: tuple[str, ...]  # as written
    columns: list[list[Cell]]  # one list per header; cells of text files are str, "" among them
    rows: list[int]  # row number of each row in the source, as Excel would show it
    facts: tuple[Text, ...] = ()  # encoding, delimiter, lines that were passed over
    findings: tuple[Finding, ...] = ()
    title: tuple[str, ...] = ()  # the lines above the header
    header_row: int = 1
    excluded: int = 0  # rows left out here, each with a finding
    blank: int = 0  # blank lines among the rows, which are left out
    is_text: bool = False  # every cell is a str
    wrong: frozenset[tuple[int, int]] = (
        frozenset()
    )  # column and index of cells that hold an error, shown as their text


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of a file, and what in it could not be read as one."""

    tables: list[SourceTable]
    passed_over: tuple[Finding, ...] = ()
