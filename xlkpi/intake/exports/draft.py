"""An export while it is read: the table, its rows that are posts, and the values of each column so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Finding, Findings, Place, PlaceAndValue, refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.intake import links
from xlkpi.intake.cells.texts import is_blank, plain_text
from xlkpi.intake.exports.platform import Holds, Names, Platform
from xlkpi.intake.posts import Value
from xlkpi.intake.tables.table import Cell, SourceTable
from xlkpi.ooxml.cells import column_letters

NOTHING = Text("", "")
_LEFT_EMPTY = Text("read as empty", "lue comme vide")


#: Columns that say which post a row is.
_NAMING = ("post_id", "url")


def _post(id: str, cell: Cell) -> str:
    """Which post a cell names, however it spells it."""
    return links.canonical(plain_text(cell)) if id == "url" else plain_text(cell)


def _leads_to_posts(pair: tuple[Cell, Cell]) -> bool:
    return all(links.leads_to_post(plain_text(cell)) for cell in pair)


class ExportDraft:
    """What ``reading.read`` fills step by step; a platform's ``finish`` sees it as ``platform.Draft``."""

    def __init__(
        self, platform: Platform, table: SourceTable, names: Names, today: date, currency: str
    ) -> None:
        self.platform, self.table, self.names = platform, table, names
        self.today, self.currency = today, currency
        self.language: Language = "en" if names.language in (None, "en") else "fr"
        self.snapshot = today
        self.findings = Findings()
        self.findings.extend(table.findings)
        self.decisions: list[Text] = []
        self.values: dict[str, list[Value]] = {}
        self.became = {  # for the report
            **platform.renamed,
            **dict.fromkeys(("account", "account_name", "influencer"), "influencer"),
        }
        self.totals: list[int] = []  # rows that are totals, remarks or headers
        self.sums: list[int] = []  # those of them that sum up all posts
        self.blank = table.blank
        self.lost = 0
        self.at: Sequence[int] = range(len(table.rows))

    # -- places --------------------------------------------------------------------------------------

    def place(self, id: str, i: int) -> Place:
        """Where value ``i`` of a column stands in the source."""
        index = self.names.found[id][0]
        return {
            "sheet": self.table.source,
            "cell": f"{column_letters(index)}{self.table.rows[self.at[i]]}",
            "header": self.table.header[index],
        }

    def header(self, id: str) -> str:
        return self.table.header[self.names.found[id][0]]

    def note(
        self,
        code: Code,
        reason: Text = NOTHING,
        effect: Text = NOTHING,
        fix: Text = NOTHING,
        **place: Unpack[PlaceAndValue],
    ) -> None:
        place.setdefault("sheet", self.table.source)
        self.findings.add(Finding(code, reason, effect, fix, **place))

    # -- rows and cells ------------------------------------------------------------------------------

    @property
    def has_all(self) -> bool:
        """Whether every row of the table is a post."""
        return len(self.at) == len(self.table.rows)

    def column(self, id: str) -> list[Value]:
        """The values of a column, all unknown where the table does not have it."""
        return self.values.get(id) or [None] * len(self.at)

    def drop(self, gone: set[int]) -> None:
        """Leave these posts out; each has a finding."""
        self.lost += len(gone)
        self._keep_others(gone)

    def drop_sums(self, gone: set[int]) -> None:
        """Take rows for what they are: sums of the posts."""
        rows = [self.at[i] for i in sorted(gone)]
        self.totals += rows
        self.sums += rows
        self._keep_others(gone)

    def _keep_others(self, gone: set[int]) -> None:
        kept = [i for i in range(len(self.at)) if i not in gone]
        self.at = [self.at[i] for i in kept]
        self.values = {id: [values[i] for i in kept] for id, values in self.values.items()}

    def cells(self, id: str) -> Sequence[Cell]:
        """The cells of a column, of its first name that is filled where the table has it twice."""
        indexes = self.names.found[id]
        cells = self.taken(indexes[0])
        for other in indexes[1:]:
            second = self.taken(other)
            differ = [
                i
                for i, (a, b) in enumerate(zip(cells, second, strict=True))
                if not is_blank(a) and not is_blank(b) and a != b
            ]
            if differ and id in _NAMING:
                self._refuse_two_lists(id, other, [(cells[i], second[i]) for i in differ])
            if differ:
                self._differing_columns(id, self.table.header[other], differ)
            cells = [b if is_blank(a) else a for a, b in zip(cells, second, strict=True)]
        return cells

    def taken(self, index: int) -> Sequence[Cell]:
        column = self.table.columns[index]
        if any(c == index for c, _ in self.table.wrong):
            column = self._without_errors(index, self._is_words(index))
        return column if self.has_all else [column[i] for i in self.at]

    def _is_words(self, index: int) -> bool:
        """Whether a column is read as text; where figures and days are read, ``#N/A`` is told as none."""
        return any(
            index in self.names.found.get(id, ())
            for id, kind in self.platform.columns.items()
            if kind in (Holds.ID, Holds.TEXT, Holds.URL)
        )

    def _without_errors(self, index: int, words: bool) -> list[Cell]:
        """A column without its errors, which are told: in ``words`` none is a name or an id.

        Of figures and days only those are taken out that read like one: ``1,5`` where a sheet has to hold ``1.5``.
        """
        cells = list(self.table.columns[index])
        for r in sorted(r for c, r in self.table.wrong if c == index):
            shown = str(cells[r])
            if not words and shown.startswith(("#", "=")):
                continue
            cells[r] = None
            place: PlaceAndValue = {
                "value": shown,
                "header": self.table.header[index],
                "cell": f"{column_letters(index)}{self.table.rows[r]}",
            }
            if shown.startswith("="):
                self.note(
                    codes.NEVER_CALCULATED,
                    effect=_LEFT_EMPTY,
                    fix=Text(
                        "open the file in Excel, save it, and import it again",
                        "ouvrez le fichier dans Excel, enregistrez-le et réimportez-le",
                    ),
                    **place,
                )
            else:
                self.note(codes.ERROR_IN_CELL, effect=_LEFT_EMPTY, **place)
        return cells

    def has_cell(self, id: str, i: int) -> bool:
        """Whether row ``i`` has a cell of its own in a column."""
        index = self.names.found.get(id)
        return index is not None and not is_blank(self.table.columns[index[0]][self.at[i]])

    def decided(self, id: str, decision: Text | None) -> None:
        if decision is not None:
            self.decisions.append(
                Text("{header}: {what}", "{header} : {what}").format(
                    header=self.header(id), what=decision
                )
            )

    def _refuse_two_lists(self, id: str, other: int, pairs: Sequence[tuple[Cell, Cell]]) -> None:
        """Two columns that each say which post a row is, and not the same one: their figures would be mixed up."""
        first = self.names.found[id][0]
        a, b = self.table.header[first], self.table.header[other]
        apart = [(x, y) for x, y in pairs if _post(id, x) != _post(id, y)]
        if normalise(a) != normalise(b) and not all(map(_leads_to_posts, apart)):
            return
        if apart:
            raise refuse(
                codes.LISTS_SIDE_BY_SIDE,
                Text(
                    "columns {x} and {y} (“{a}” and “{b}”) name different posts on one row (rows: {n}): these are two "
                    "lists side by side",
                    "les colonnes {x} et {y} (« {a} » et « {b} ») désignent des posts différents sur une même ligne "
                    "(lignes : {n}) : ce sont deux listes côte à côte",
                ).format(x=column_letters(first), y=column_letters(other), a=a, b=b, n=len(apart)),
                sheet=self.table.source,
            )

    def _differing_columns(self, id: str, other: str, differ: Sequence[int]) -> None:
        self.note(
            codes.SAME_FIGURE_DIFFERS,
            Text(
                "“{a}” and “{b}” hold the same figure and differ (rows: {n}); “{a}” was read",
                "« {a} » et « {b} » désignent la même donnée et diffèrent (lignes : {n}) ; « {a} » a été lu",
            ).format(a=self.header(id), b=other, n=len(differ)),
            header=self.header(id),
            cell=self.place(id, differ[0])["cell"],
        )
