"""What stands in a block: cells with their number formats, and the formats themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from xlkpi.core import catalogue, words
from xlkpi.core.kpi import Unit
from xlkpi.core.lines import Group
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import Status
from xlkpi.excel.workbook.formats import POINTS, RELATIVE, number_format
from xlkpi.excel.workbook.layout import Table

T = TypeVar("T")


class Cell(NamedTuple):
    """A value and, where the block does not fix it, its number format."""

    value: str | float | None
    format: str | None = None


class Link(NamedTuple):
    """A place in the same workbook that a cell leads to."""

    sheet: str
    cell: str

    @property
    def location(self) -> str:
        """As Excel stores it: ``'My posts'!D14``."""
        name = self.sheet.replace("'", "''")
        return f"'{name}'!{self.cell}"


Row = Sequence[Cell | str | float | None]
#: By row and column of a block, counted from 0.
Links = Mapping[tuple[int, int], Link]


@dataclass(frozen=True, slots=True)
class Fill:
    """All that is written: defined name → rows, and the rows of a block that stay out of sight."""

    blocks: Mapping[str, Sequence[Row]]
    hidden: Mapping[
        str, int
    ]  # block → how many of its last rows are hidden (charts skip hidden rows)
    second_page: bool  # the second block of KPIs is in use
    links: Mapping[str, Links] = field(
        default_factory=dict
    )  # block → its links; those of before are taken off


def shown(value: float | None, unit: Unit, currency: str, language: Language) -> Cell:
    """A figure, or a dash where it is unknown."""
    return Cell("–" if value is None else value, number_format(unit, value, currency, language))


#: What is shown of every group, before what it brought.
GROUP_FIGURES = ("reach", "engagement_rate", "spend")


def group_cells(group: Group, ids: Iterable[str], report: Report, language: Language) -> list[Cell]:
    """KPIs of a group, each as its unit is written."""
    return [
        shown(group.values.get(id), catalogue.kpi(id).unit, report.settings.currency, language)
        for id in ids
    ]


def change(value: float | None, in_points: bool, language: Language) -> Cell:
    """A variance: points or relative, always with its sign."""
    if value is None:
        return Cell("–", "General")
    return Cell(value * 100 if in_points else value, POINTS if in_points else RELATIVE[language])


def short(text: str, length: int) -> str:
    """A text cut at a word where it would not fit its cells."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut).rstrip(" ,;:·") + "…"


def abbreviation(label: str) -> str:
    """“Cost per acquisition (CPA)” → “CPA”, where a label brings its abbreviation along.

    >>> abbreviation("Cost per acquisition (CPA)"), abbreviation("Reach")
    ('CPA', 'Reach')
    """
    inside = label.rpartition("(")[2].removesuffix(")") if label.endswith(")") else ""
    return inside if inside.isupper() else label


class Page:
    """Collects what is written on one sheet of tables."""

    def __init__(self, prefix: str, tables: Mapping[str, Table], language: Language) -> None:
        self.prefix, self.tables, self.language = prefix, tables, language
        self.blocks: dict[str, Sequence[Row]] = {}
        self._used: dict[str, int] = {}
        self._hidden: dict[str, int] = {}

    def hide(self, name: str, rows: int) -> None:
        """Keep the last rows of a block out of sight: charts skip hidden rows."""
        self._hidden[f"{self.prefix}_{name}"] = rows

    def rows(self, name: str, rows: Sequence[Row]) -> None:
        """A block as it stands."""
        self.blocks[f"{self.prefix}_{name}"] = rows

    def text(self, name: str, text: Text | str | None) -> None:
        """A block of one cell."""
        self.rows(name, [[text.in_(self.language) if isinstance(text, Text) else text]])

    def table(
        self,
        name: str,
        title: Text | None,
        sentence: Text | str | None,
        header: Sequence[Text] = (),
        rows: Sequence[Row] = (),
        ids: Sequence[str] = (),
    ) -> None:
        """A block of rows; without rows its header is left out too, and the sentence stands alone."""
        spec = self.tables[name]
        assert len(rows) <= spec.rows, name
        assert not spec.plain, name
        self.text(f"section_{name}", title or "")
        self.text(name, sentence)
        if rows:
            head = [text.in_(self.language) for text in header]
            table = [spread(row, spec.spans) for row in (head, *rows)]
            self.rows(name, [*self.blocks[f"{self.prefix}_{name}"], *table])
        if spec.ids:
            self.rows(f"{name}_ids", [[None], [None], *([id] for id in ids)])
        self._used[name] = 2 + len(rows) if rows else 1

    def plain(self, name: str, title: Text, rows: Sequence[Row]) -> None:
        """A block of rows without header."""
        spec = self.tables[name]
        assert spec.plain, name
        self.text(f"section_{name}", title)
        self.rows(name, [spread(row, spec.spans) for row in rows])
        self._used[name] = max(len(rows), 1)

    @property
    def hidden(self) -> dict[str, int]:
        """Rows that no table needs, by the first of the tables that stand side by side."""
        by_top: dict[int, list[str]] = {}
        for name in self._used:
            by_top.setdefault(self.tables[name].top, []).append(name)
        return self._hidden | {
            f"{self.prefix}_{names[0]}": self.tables[names[0]].height
            - max(self._used[n] for n in names)
            for names in by_top.values()
        }


def spread(values: Row, spans: Sequence[int]) -> Row:
    """Values at the first of the cells that their columns span."""
    cells: list[Cell | str | float | None] = []
    for value, span in zip(values, spans, strict=False):
        cells += [value, *[None] * (span - 1)]
    return cells


def ids_of(statuses: Sequence[Status], most: int) -> list[str]:
    """The status ids beside the rows that ``upto`` leaves."""
    return [s.value for s in (statuses if len(statuses) <= most else statuses[: most - 1])]


def upto(
    items: Sequence[T], row: Callable[[T], Row], most: int, language: Language, width: int = 1
) -> list[Row]:
    """The rows of the first items, and in place of the last one that fits how many more there are."""
    if len(items) <= most:
        return [row(item) for item in items]
    more = words.MORE.format(n=len(items) - most + 1).in_(language)
    return [*(row(item) for item in items[: most - 1]), [more, *[None] * (width - 1)]]
