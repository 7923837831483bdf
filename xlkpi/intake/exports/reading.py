"""One table of a recognised kind → an Export: cells read by column, doubtful ones left out with their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Unpack

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding, Place, PlaceAndValue, Severity
from xlkpi.core.names import normalise
from xlkpi.core.texts import Language, Text
from xlkpi.intake.cells import columns, quick
from xlkpi.intake.exports.platform import Holds, Platform
from xlkpi.intake.notes import Notes, column_letters
from xlkpi.intake.posts import COLUMNS, Export, RowBalance, Value
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import Cell, SourceTable

#: First cells of total rows, EN FR DE ES PT.
TOTALS = frozenset(
    (
        "total",
        "totals",
        "grand total",
        "totaux",
        "total general",
        "total global",
        "gesamt",
        "gesamtsumme",
        "summe",
        "totales",
        "totais",
        "total geral",
        "somme",
        "sum",
    )
)
#: How a blank cell or the word for a total may begin; "" begins with "".
_SUSPECT = frozenset(
    ("", " ", "\t", "\u00a0", "\u202f", *(c for word in TOTALS for c in (word[0], word[0].upper())))
)
_NOTHING = Text("", "")
_LEFT_EMPTY = Text("read as empty", "lue comme vide")
#: Figures whose rows add up to the total row; reach and followers do not.
_ADDITIVE = ("views", "likes", "comments", "shares", "cost")


@dataclass(frozen=True, slots=True)
class Names:
    """How a table's headers were matched: column id → its columns, best first."""

    found: Mapping[str, list[int]]
    language: str | None


class Reading:
    """An export while it is read: the table, its rows that are posts, and the values of each column so far."""

    def __init__(
        self, platform: Platform, table: SourceTable, names: Names, today: date, currency: str
    ) -> None:
        self.platform, self.table, self.names = platform, table, names
        self.today, self.currency = today, currency
        self.language: Language = "en" if names.language in (None, "en") else "fr"
        self.snapshot = today
        self.notes = Notes()
        self.notes.extend(table.findings)
        self.decisions: list[Text] = []
        self.values: dict[str, list[Value]] = {}
        self.became = {  # for the report
            **platform.renamed,
            **dict.fromkeys(("account", "account_name", "influencer"), "influencer"),
        }
        self.totals: list[int] = []
        self.blank = 0
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
        code: str,
        severity: Severity,
        reason: Text,
        effect: Text = _NOTHING,
        fix: Text = _NOTHING,
        **place: Unpack[PlaceAndValue],
    ) -> None:
        place.setdefault("sheet", self.table.source)
        self.notes.add(Finding(code, severity, reason, effect, fix, **place))

    # -- rows ----------------------------------------------------------------------------------------

    def sort_rows(self) -> None:
        """Tell posts from blank rows, total rows and footers."""
        key = self.table.columns[self._key_column()]
        if self.table.is_text and not {cell[:1] for cell in key} & _SUSPECT:  # type: ignore[index]
            return
        kept = bytearray(b"\1") * len(key)
        for i in [
            i
            for i, cell in enumerate(key)
            if cell is None or (type(cell) is str and cell[:1] in _SUSPECT)
        ]:
            cell = key[i]
            if _is_blank(cell) or is_total(cell):
                kept[i] = not self._passed_over(i, cell)
        if not all(kept):
            self.at = list(compress(range(len(kept)), kept))

    def _key_column(self) -> int:
        for id in self.platform.key:
            if id in self.names.found:
                return self.names.found[id][0]
        return min(indexes[0] for indexes in self.names.found.values())

    def _passed_over(self, i: int, key: Cell) -> bool:
        """Whether row ``i`` is no post; which kind of row it is, is counted."""
        row = [column[i] for column in self.table.columns]
        filled = [cell for cell in row if not _is_blank(cell)]
        if not filled:
            self.blank += 1
        elif (
            is_total(filled[0])
            or is_total(key)
            or (self.platform.is_total is not None and self.platform.is_total(self, i))
            or self._is_footer(filled)
            or (len(row) > 2 and [_text(c) for c in row] == list(self.table.header))
        ):
            self.totals.append(i)
        else:
            return False
        return True

    def _is_footer(self, filled: list[Cell]) -> bool:
        """A remark on a line of its own, below or among the posts."""
        return (
            len(filled) == 1
            and type(filled[0]) is str
            and len(self.table.header) > 2
            and " " in filled[0].strip()
        )

    # -- columns -------------------------------------------------------------------------------------

    def convert(self) -> None:
        """Read every column that the platform lists and the table has."""
        for id, kind in self.platform.columns.items():
            if id in self.names.found:
                if id == "account_name" and None not in self.values.get("account", [None]):
                    continue  # the handle says it for every post
                cells = self.cells(id)
                target = self.platform.renamed.get(id, id)
                read = self._read(id, kind, cells)
                if read is not None:
                    self.values[target] = (
                        _coalesced(self.values[target], read) if target in self.values else read
                    )

    def cells(self, id: str) -> Sequence[Cell]:
        """The cells of a column, of its first name that is filled where the table has it twice."""
        indexes = self.names.found[id]
        cells = self._taken(indexes[0])
        for other in indexes[1:]:
            second = self._taken(other)
            differ = [
                i
                for i, (a, b) in enumerate(zip(cells, second, strict=True))
                if not _is_blank(a) and not _is_blank(b) and a != b
            ]
            if differ:
                self._differing_columns(id, self.table.header[other], differ)
            cells = [b if _is_blank(a) else a for a, b in zip(cells, second, strict=True)]
        return cells

    def _taken(self, index: int) -> Sequence[Cell]:
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
            place = {
                "value": shown,
                "header": self.table.header[index],
                "cell": f"{column_letters(index)}{self.table.rows[r]}",
            }
            if shown.startswith("="):
                self.note(
                    "XK303",
                    Severity.EXCLUDED,
                    Text(
                        "this formula was never calculated", "cette formule n’a jamais été calculée"
                    ),
                    _LEFT_EMPTY,
                    Text(
                        "open the file in Excel, save it, and import it again",
                        "ouvrez le fichier dans Excel, enregistrez-le et réimportez-le",
                    ),
                    **place,
                )
            else:
                self.note(
                    "XK302",
                    Severity.EXCLUDED,
                    Text("this cell holds an error", "cette cellule contient une erreur"),
                    _LEFT_EMPTY,
                    Text(
                        "correct the formula, or leave the cell empty",
                        "corrigez la formule, ou laissez la cellule vide",
                    ),
                    **place,
                )
        return cells

    @property
    def has_all(self) -> bool:
        """Whether every row of the table is a post."""
        return len(self.at) == len(self.table.rows)

    def _read(self, id: str, kind: Holds, cells: Sequence[Cell]) -> list[Value] | None:
        if kind in (Holds.COUNT, Holds.MONEY):
            return self._figures(id, cells, kind)
        if kind is Holds.HOURS:
            return [
                round(hours * 3600, 3) if isinstance(hours, float) else None
                for hours in self._figures(id, cells, kind)
            ]
        if kind is Holds.SECONDS:
            return self._durations(id, cells)
        if kind is Holds.DAY:
            return self._days(id, cells)
        if kind is Holds.ID:
            return self._ids(id, cells)
        return _texts(cells, self.table.is_text)

    def _figures(self, id: str, cells: Sequence[Cell], kind: Holds) -> list[Value]:
        plain = (
            quick.plain_figures(cells) or self._grouped_figures(id, cells, kind)
            if self.table.is_text
            else None
        )
        if kind is Holds.MONEY and not self._is_ours(id):
            return [None] * len(cells)
        if plain is not None:
            return plain
        currency = self.currency if kind is Holds.MONEY else ""
        read = columns.numbers(
            cells, figure=kind is not Holds.HOURS, currency=currency, language=self.language
        )
        self._decided(id, read.decision)
        for i in read.bad:
            self._bad_number(id, i, cells[i])
        return list(read.values)

    def _grouped_figures(self, id: str, cells: Sequence[Cell], kind: Holds) -> list[Value] | None:
        """Counts that are all grouped by one mark or none, as in Meta's "12,400": a long column is read at once."""
        found = (
            quick.grouped_figures(cells)
            if kind is Holds.COUNT and len(cells) > quick.LONG
            else None
        )
        if found is None:
            return None
        values, first = found
        self._decided(id, columns.numbers([first], language=self.language).decision)
        return values

    def _is_ours(self, id: str) -> bool:
        """Whether an amount is in the workbook's currency, as far as its header says."""
        said = re.search(r"\(([A-Z]{3})\)\s*$", self.header(id))
        if not said or not self.currency or said[1] == self.currency:
            return True
        self.note(
            "XK345",
            Severity.EXCLUDED,
            Text(
                "this column is in {theirs}, the workbook in {ours}",
                "cette colonne est en {theirs}, le classeur en {ours}",
            ).format(theirs=said[1], ours=self.currency),
            Text("the column is left out", "la colonne est exclue"),
            Text(
                "export in {ours}, or convert the amounts",
                "exportez en {ours}, ou convertissez les montants",
            ).format(ours=self.currency),
            header=self.header(id),
        )
        return False

    def _days(self, id: str, cells: Sequence[Cell]) -> list[Value]:
        read = quick.days(cells, self.platform.order, self.today, self.table.is_text)
        self._decided(id, read.decision)
        for i in read.ambiguous:
            self._ambiguous_day(id, i, cells[i], read.values[i])
        for i in read.bad:
            self.notes.add(
                Finding(
                    "XK336",
                    Severity.EXCLUDED,
                    Text("this is not a date", "ce n’est pas une date"),
                    Text(
                        "the post is imported without its date", "le post est importé sans sa date"
                    ),
                    Text("type the date in the workbook", "saisissez la date dans le classeur"),
                    value=_quoted(cells[i]),
                    **self.place(id, i),
                )
            )
        return list(read.values)

    def _ambiguous_day(self, id: str, i: int, cell: Cell, day: date | None) -> None:
        """A day that nothing in the column decides: used as it was read, and told cell by cell."""
        if day is None or day.day == day.month:
            return
        is_text = type(cell) is str
        reason = (
            Text(
                "this is a day that could be {other} as well; it was read as {day}",
                "c’est un jour qui pourrait être aussi le {other} ; il a été lu {day}",
            )
            if is_text
            else Text(
                "this is a day that Excel may have turned round, from {other}; it was read as {day}",
                "c’est un jour que le tableur a pu inverser, à partir du {other} ; il a été lu {day}",
            )
        )
        fix = (
            Text(
                "if it is wrong, correct the date in Posts; for a table of your own, a profile says the order of day and month",
                "si c’est faux, corrigez la date dans Posts ; pour un tableau à vous, un profil indique l’ordre jour-mois",
            )
            if is_text
            else Text(
                "import the file as it was downloaded, without opening and saving it in Excel first",
                "importez le fichier tel que téléchargé, sans l’ouvrir et l’enregistrer dans Excel",
            )
        )
        self.notes.add(
            Finding(
                "XK366",
                Severity.WARNING,
                reason.format(
                    day=_day_text(day), other=_day_text(date(day.year, day.day, day.month))
                ),
                Text("the post counts on the day that was read", "le post compte au jour lu"),
                fix,
                value=_quoted(cell),
                **self.place(id, i),
            )
        )

    def _ids(self, id: str, cells: Sequence[Cell]) -> list[Value]:
        if self.table.is_text and quick.are_plain_ids(cells):
            return [*cells]
        read = columns.ids(cells)
        damaged = set(read.damaged)
        return [
            None if i in damaged or value is None else value.strip() or None
            for i, value in enumerate(read.values)
        ]

    def _durations(self, id: str, cells: Sequence[Cell]) -> list[Value]:
        values = [seconds(cell) for cell in cells]
        for i, (value, cell) in enumerate(zip(values, cells, strict=True)):
            if value is None and not _is_blank(cell) and not _is_dash(cell):
                self._bad_number(id, i, cell)
        return list(values)

    def _decided(self, id: str, decision: Text | None) -> None:
        if decision is not None:
            self.decisions.append(
                Text("{header}: {what}", "{header} : {what}").format(
                    header=self.header(id), what=decision
                )
            )

    # -- findings ------------------------------------------------------------------------------------

    def _bad_number(self, id: str, i: int, cell: Cell) -> None:
        measure = MEASURES.get(self.platform.renamed.get(id, id))
        effect = (
            Text(
                "left out; a figure that the workbook already has stays",
                "exclu ; un chiffre déjà présent dans le classeur reste",
            )
            if measure
            else Text("left out", "exclu")
        )
        is_money = self.platform.columns[id] is Holds.MONEY
        reason, fix = columns.explain(cell, currency=self.currency if is_money else "")
        code = "XK337" if columns.excel_made_a_date(cell) else "XK335"
        self.notes.add(
            Finding(
                code,
                Severity.EXCLUDED,
                reason,
                effect,
                fix,
                value=_quoted(cell),
                **self.place(id, i),
            )
        )

    def _differing_columns(self, id: str, other: str, differ: Sequence[int]) -> None:
        self.note(
            "XK345",
            Severity.WARNING,
            Text(
                "“{a}” and “{b}” hold the same figure and differ (rows: {n}); “{a}” was read",
                "« {a} » et « {b} » désignent la même donnée et diffèrent (lignes : {n}) ; « {a} » a été lu",
            ).format(a=self.header(id), b=other, n=len(differ)),
            header=self.header(id),
            cell=self.place(id, differ[0])["cell"],
        )

    # -- identity ------------------------------------------------------------------------------------

    def identify(self) -> None:
        """Every post by its id, else by the link; the id within the link mends one that Excel has damaged."""
        ids = self.values.setdefault("post_id", [None] * len(self.at))
        if not self.platform.id_in_url and not self.platform.id_shape and None not in ids:
            return
        urls = self.values.get("url", [None] * len(self.at))
        within = _ids_within(self.platform.id_in_url, urls)
        shape = re.compile(self.platform.id_shape) if self.platform.id_shape else None
        mended = 0
        unknown: list[int] = []
        for i, id in enumerate(ids):
            if within[i]:
                mended += id is None and self._has_cell("post_id", i)
                ids[i] = within[i]
            elif id is None or (shape and not shape.fullmatch(str(id))):
                ids[i] = None
                unknown.append(i)
        if mended:
            self.decisions.append(
                Text(
                    "ids that Excel had damaged were taken from the links: {n}",
                    "identifiants abîmés par Excel, repris des liens : {n}",
                ).format(n=mended)
            )
        self._without_id(unknown, urls)

    def _has_cell(self, id: str, i: int) -> bool:
        return id in self.names.found and not _is_blank(self._taken(self.names.found[id][0])[i])

    def _without_id(self, unknown: Iterable[int], urls: Sequence[Value]) -> None:
        gone: set[int] = set()
        for i in unknown:
            is_damaged = self._has_cell("post_id", i)
            if urls[i]:
                if is_damaged:
                    self._damaged_id(
                        i,
                        Severity.WARNING,
                        Text(
                            "the post is known by its link instead",
                            "le post est reconnu par son lien",
                        ),
                    )
                continue
            if not is_damaged and self._is_known_otherwise(i):
                continue
            gone.add(i)
            if is_damaged:
                self._damaged_id(
                    i, Severity.EXCLUDED, Text("the row is left out", "la ligne est exclue")
                )
            else:
                self._nameless_row(i)
        if gone:
            self.drop(gone)

    def _is_known_otherwise(self, i: int) -> bool:
        """Sheets kept by hand know a post by its day and its influencer."""
        days, people = (
            self.values.get("date"),
            self.values.get("influencer") or self.values.get("account"),
        )
        return bool(not self.platform.network and days and people and days[i] and people[i])

    def _damaged_id(self, i: int, severity: Severity, effect: Text) -> None:
        self.notes.add(
            Finding(
                "XK338",
                severity,
                Text(
                    "this is not an id as {network} writes them: Excel has changed it",
                    "ce n’est pas un identifiant comme {network} les écrit : Excel l’a modifié",
                ).format(network=self.platform.network or Text("networks", "les réseaux")),
                effect,
                Text(
                    "import the file as it was downloaded, without opening and saving it in Excel first",
                    "importez le fichier tel que téléchargé, sans l’ouvrir et l’enregistrer dans Excel",
                ),
                value=_quoted(self._taken(self.names.found["post_id"][0])[i]),
                **self.place("post_id", i),
            )
        )

    def _nameless_row(self, i: int) -> None:
        self.note(
            "XK339",
            Severity.EXCLUDED,
            Text("this row has neither an id nor a link", "cette ligne n’a ni identifiant ni lien"),
            Text(
                "the row is left out: it could not be found again at the next import",
                "la ligne est exclue : elle ne pourrait pas être retrouvée au prochain import",
            ),
            Text("type the post in the workbook", "saisissez le post dans le classeur"),
            cell=f"A{self.table.rows[self.at[i]]}",
        )

    def drop(self, gone: set[int]) -> None:
        """Leave these posts out; each has a finding."""
        self.lost += len(gone)
        kept = [i for i in range(len(self.at)) if i not in gone]
        self.at = [self.at[i] for i in kept]
        self.values = {id: [values[i] for i in kept] for id, values in self.values.items()}

    # -- the end -------------------------------------------------------------------------------------

    def check_totals(self) -> None:
        """The total row as a check sum: rows that do not add up to it are not all of the posts."""
        if self.lost or self.table.excluded:
            return
        for row in self.totals:
            for id in _ADDITIVE:
                if id in self.names.found and self.platform.columns.get(id) in (
                    Holds.COUNT,
                    Holds.MONEY,
                ):
                    cell = self.table.columns[self.names.found[id][0]][row]
                    said = columns.numbers([cell], language=self.language).values[0]
                    summed = sum(v for v in self.values.get(id, ()) if isinstance(v, float | int))
                    if said and abs(summed - said) > max(0.005 * said, 1):
                        self._wrong_total(id, row, said, summed)

    def _wrong_total(self, id: str, row: int, said: float, summed: float) -> None:
        index = self.names.found[id][0]
        self.note(
            "XK346",
            Severity.WARNING,
            Text(
                "the total row says {said}, the posts add up to {summed}",
                "la ligne de total indique {said}, la somme des posts est {summed}",
            ).format(said=f"{said:.12g}", summed=f"{summed:.12g}"),
            Text("the total row is not imported", "la ligne de total n’est pas importée"),
            Text(
                "the export may hold only part of the posts (YouTube writes 500 at most): export again in shorter periods",
                "l’export peut ne contenir qu’une partie des posts (YouTube en écrit 500 au plus) : refaites-le par "
                "périodes plus courtes",
            ),
            header=self.table.header[index],
            cell=f"{column_letters(index)}{self.table.rows[row]}",
        )

    def export(self) -> Export:
        count = len(self.at)
        accounts = self.values.get("account") or self.values.get("account_name") or [None] * count
        kept: dict[str, Sequence[Value]] = {
            id: values
            for id, values in self.values.items()
            if id in COLUMNS and any(v is not None for v in values)
        }
        if count:
            if self.platform.network:
                kept["network"] = [self.platform.network] * count
            kept.setdefault("snapshot_date", [self.snapshot] * count)
        used = {
            self.table.header[i]: self.became.get(id, id)
            for id, indexes in self.names.found.items()
            if id in self.platform.columns
            for i in indexes
        }
        used = {header: id for header, id in used.items() if id in COLUMNS}
        lost = self.lost + self.table.excluded
        if not count and not lost:
            self.note(
                "XK137",
                Severity.WARNING,
                Text("this export has no rows", "cet export n’a aucune ligne"),
                fix=Text(
                    "choose a longer period, and export again",
                    "choisissez une période plus longue, et refaites l’export",
                ),
            )
        return Export(
            kind=self.platform.id,
            source=self.table.source,
            name=self.platform.name,
            columns=kept,
            rows=self.table.rows if self.has_all else [self.table.rows[i] for i in self.at],
            accounts=accounts,  # type: ignore[arg-type]
            balance=RowBalance(
                len(self.table.rows) + self.table.excluded,
                count,
                len(self.totals),
                lost,
                self.blank,
            ),
            recognised=used,
            ignored=tuple(h for h in self.table.header if h and h not in used),
            decisions=(*self.table.facts, *self.decisions),
            findings=self.notes.all(),
            is_addition=self.platform.is_addition,
        )


def read(
    platform: Platform, table: SourceTable, names: Names, today: date, currency: str = ""
) -> Export:
    """The posts of a table of this kind."""
    reading = Reading(platform, table, names, today, currency)
    reading.sort_rows()
    reading.convert()
    if platform.finish is not None:
        platform.finish(reading)
    reading.identify()
    reading.check_totals()
    if platform.handle_in_url and "account" not in reading.values:
        reading.values["account"] = list(
            _ids_within(platform.handle_in_url, reading.values.get("url", []))
        )
    return reading.export()


def wanted(platform: Platform) -> Mapping[str, Sequence[str]]:
    """Column id → the names that its header may have."""
    return platform.names or headers.aliases(platform.id)


def match(platform: Platform, table: SourceTable) -> Names:
    """The columns of a table that have one of the kind's names."""
    language = None if platform.names else headers.language(table.header, platform.id)
    return Names(headers.candidates(table.header, wanted(platform)), language)


# -- cells ------------------------------------------------------------------------------------------


def is_total(cell: Cell) -> bool:
    return type(cell) is str and len(cell) < 24 and normalise(cell) in TOTALS


def _is_blank(cell: Cell) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())


def _is_dash(cell: Cell) -> bool:
    return type(cell) is str and cell.strip().casefold() in (
        "-",
        "--",
        "—",
        "–",
        "undefined",
        "n/a",
        "na",
    )


def _texts(cells: Sequence[Cell], is_text: bool) -> list[Value]:
    if is_text:
        stripped = [*map(str.strip, cells)]  # type: ignore[arg-type]
        return [text or None for text in stripped] if "" in stripped else stripped  # type: ignore[return-value]
    return [_text(cell) or None for cell in cells]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return (
        cell.strip() if type(cell) is str else f"{cell:.15g}" if type(cell) is float else str(cell)
    )


def _day_text(day: date) -> Text:
    return Text(f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}")


def _quoted(cell: Cell) -> str:
    return _text(cell)[:60]


def _coalesced(first: list[Value], second: list[Value]) -> list[Value]:
    return [b if a is None else a for a, b in zip(first, second, strict=True)]


def _ids_within(pattern: str, urls: Sequence[Value]) -> list[str | None]:
    if not pattern:
        return [None] * len(urls)
    search = re.compile(pattern).search
    return [found[1] if type(url) is str and (found := search(url)) else None for url in urls]


_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,4}):(\d{2}(?:\.\d+)?)")
_UNITS = re.compile(
    r"(?:(\d+)\s*h(?:ours?|eures?)?\s*)?(?:(\d+)\s*m(?:in)?\s*)?(?:(\d+(?:[.,]\d+)?)\s*s(?:ec)?)?",
    re.I,
)


def seconds(cell: Cell) -> float | None:
    """A duration in seconds: 90, ``1:30``, ``0:01:30``, ``1m 30s``; None for what is none.

    >>> seconds("0:12"), seconds("1:02:03"), seconds("1,5")
    (12.0, 3723.0, 1.5)
    """
    if type(cell) is float:
        return cell
    text = _text(cell)
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        return float(clock[1] or 0) * 3600 + float(clock[2]) * 60 + float(clock[3])
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return float(text.replace(",", "."))
    if (units := _UNITS.fullmatch(text)) and any(units.groups()):
        return sum(
            float((part or "0").replace(",", ".")) * size
            for part, size in zip(units.groups(), (3600, 60, 1), strict=True)
        )
    return None
