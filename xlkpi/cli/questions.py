"""Asks on the terminal which column of an unknown table is which; the answers are kept, and not asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from xlkpi.core.findings import system_reason
from xlkpi.core.texts import Language, Text, quoted, visible
from xlkpi.intake import links
from xlkpi.intake.cells import columns
from xlkpi.intake.posts import COLUMNS, column_label
from xlkpi.intake.profiles import files as profile_files
from xlkpi.intake.profiles import mapping
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables.table import Cell, SourceTable

_LONGEST = 30  # characters of a cell that is shown beside its header
_IGNORE = "-"
_YES_NO = {
    **dict.fromkeys(("y", "yes", "o", "oui"), True),
    **dict.fromkeys(("n", "no", "non"), False),
}


@dataclass(slots=True)
class Questions:
    """Asks for each unknown table once.  ``keep``: whether mappings are written to the user's folder."""

    language: Language
    today: date
    keep: bool = True
    _settled: list[ColumnProfile] = field(default_factory=list)

    def __call__(
        self, table: SourceTable, said: ColumnProfile, is_alone: bool
    ) -> ColumnProfile | None:
        """The mapping that a person gives to a table, or None: it stays as its headers say."""
        known = next((p for p in self._settled if mapping.suits(p, table)), None)
        if known is not None or not self._has_questions(table, said):
            return known
        if not said.is_enough and not (is_alone and self._wants(table)):
            return None
        answered = self._order(table, self._network(table, self._columns(table, said)))
        self._show(answered)
        if not answered.is_enough:
            self._say(
                Text(
                    "This makes no posts: a post needs an ID or a link (or a day and an influencer), and a figure.",
                    "Cela ne fait pas de posts : il faut un identifiant ou un lien (ou une date et un influenceur), "
                    "et un chiffre.",
                )
            )
            return None
        if not self._yes(
            Text("Import with this mapping?", "Importer avec cette correspondance ?"), True
        ):
            raise click.Abort
        kept = self._save(table, replace(answered, is_settled=True))
        self._settled.append(kept)
        return kept

    # -- questions -----------------------------------------------------------------------------------

    def _has_questions(self, table: SourceTable, said: ColumnProfile) -> bool:
        return (
            bool(mapping.unmapped(table, said))
            or self._lacks_network(table, said)
            or bool(self._open_day(table, said))
        )

    def _wants(self, table: SourceTable) -> bool:
        self._say(
            Text(
                "{source} is no export that xlkpi knows; its columns are {names}.",
                "{source} n’est pas un export que xlkpi connaît ; ses colonnes sont {names}.",
            ).format(source=table.source, names=quoted(_shown(h) for h in table.header if h))
        )
        return self._yes(
            Text(
                "Is it a list of posts whose columns you want to name?",
                "Est-ce une liste de posts dont vous voulez nommer les colonnes ?",
            ),
            False,
        )

    def _columns(self, table: SourceTable, said: ColumnProfile) -> ColumnProfile:
        """One question for each column that is not mapped."""
        self._say(
            Text(
                "{source}: which column of Posts is it? Enter leaves a column out, or takes the [name] that is "
                "proposed; - leaves it out; ? lists the names.",
                "{source} : quelle colonne de Posts est-ce ? Entrée l’ignore, ou prend le [nom] proposé ; "
                "- l’ignore ; ? liste les noms.",
            ).format(source=table.source)
        )
        near = mapping.nearly(table, said)
        mapped = dict(said.columns)
        for header in mapping.unmapped(table, said):
            guess = near.get(header)
            id = self._column(
                table, header, guess if guess not in mapped.values() else None, mapped
            )
            if id is not None:
                mapped[header] = id
        return replace(said, columns=mapped)

    def _column(
        self, table: SourceTable, header: str, near: str | None, mapped: dict[str, str]
    ) -> str | None:
        cells = table.columns[table.header.index(header)]
        question = f"  {_shown(header)} ({_examples(cells)})"
        default = self._words(column_label(near)) if near else ""
        while True:
            answer = str(
                click.prompt(question, default=default, show_default=bool(default))
            ).strip()
            if answer in ("", _IGNORE):
                return None
            if answer == "?":
                self._say(quoted((self._words(column_label(id)) for id in sorted(COLUMNS)), 10_000))
                continue
            id = mapping.column_named(answer)
            taken = next((h for h, to in mapped.items() if to == id), None)
            if id is None:
                self._say(
                    Text(
                        "  Posts has no column of this name; ? lists them, - leaves the column out.",
                        "  Posts n’a pas de colonne de ce nom ; ? les liste, - ignore la colonne.",
                    )
                )
            elif taken is not None:
                self._say(
                    Text(
                        "  {name} is read from “{header}” already; - leaves the column out.",
                        "  {name} est déjà lu dans « {header} » ; - ignore la colonne.",
                    ).format(name=column_label(id), header=_shown(taken))
                )
            else:
                return id

    def _lacks_network(self, table: SourceTable, said: ColumnProfile) -> bool:
        """Whether neither a column nor the links say of which network the posts are."""
        if said.network or "network" in said.columns.values():
            return False
        urls = next(
            (table.columns[table.header.index(h)] for h, id in said.columns.items() if id == "url"),
            (),
        )
        return not any(links.network_of(str(url)) for url in urls[:200] if url)

    def _network(self, table: SourceTable, said: ColumnProfile) -> ColumnProfile:
        if not self._lacks_network(table, said):
            return said
        while True:
            answer = str(
                click.prompt(
                    self._words(
                        Text(
                            "  Network of these posts (Enter: it is not one network)",
                            "  Réseau de ces posts (Entrée : ce n’est pas un seul réseau)",
                        )
                    ),
                    default="",
                    show_default=False,
                )
            ).strip()
            network = links.network_named(answer) if answer else ""
            if network is not None:
                return replace(said, network=network)
            self._say(
                Text("  Known are: {names}.", "  Réseaux connus : {names}.").format(
                    names=", ".join(n.name for n in links.NETWORKS)
                )
            )

    def _open_day(self, table: SourceTable, said: ColumnProfile) -> str:
        """A date of the table whose day and month nothing decides; empty where there is none."""
        header = next((h for h, id in said.columns.items() if id == "date"), None)
        if header is None or said.order:
            return ""
        cells = table.columns[table.header.index(header)]
        read = columns.dates(cells, today=self.today)
        return next((str(cells[i]) for i in read.ambiguous if isinstance(cells[i], str)), "")

    def _order(self, table: SourceTable, said: ColumnProfile) -> ColumnProfile:
        shown = self._open_day(table, said)
        if not shown:
            return said
        day_first = self._yes(
            Text("  {day}: is the day first?", "  {day} : le jour vient-il en premier ?").format(
                day=_shown(shown)
            ),
            True,
        )
        return replace(said, order="dmy" if day_first else "mdy")

    # -- the end -------------------------------------------------------------------------------------

    def _show(self, profile: ColumnProfile) -> None:
        self._say(Text("The mapping:", "La correspondance :"))
        for header, id in profile.columns.items():
            click.echo(f"  {_shown(header)} → {self._words(column_label(id))}")
        if profile.network:
            self._say(
                Text("  all posts → {name}", "  tous les posts → {name}").format(
                    name=profile.network
                )
            )

    def _save(self, table: SourceTable, profile: ColumnProfile) -> ColumnProfile:
        """Written under a name that is free; the import goes on when it cannot be."""
        named = replace(profile, name=_free_name(table))
        if not self.keep:
            return named
        path = _file(named.name)
        try:
            profile_files.save(named, path)
        except OSError as error:
            self._say(
                Text(
                    "The mapping cannot be kept ({why}); it will be asked again.",
                    "La correspondance ne peut être gardée ({why}) ; elle sera redemandée.",
                ).format(why=system_reason(error))
            )
        else:
            self._say(
                Text("Kept for next time: {path}", "Gardée pour la prochaine fois : {path}").format(
                    path=str(path)
                )
            )
        return named

    def _yes(self, question: Text, usual: bool) -> bool:
        """A yes or no; Enter is the usual answer."""
        choice = Text("[Y/n]" if usual else "[y/N]", "[O/n]" if usual else "[o/N]")
        while True:
            answer = str(
                click.prompt(
                    f"{self._words(question)} {self._words(choice)}", default="", show_default=False
                )
            )
            said = answer.strip().casefold()
            if said in _YES_NO:
                return _YES_NO[said]
            if not said:
                return usual

    def _say(self, text: Text) -> None:
        click.echo(visible(self._words(text)))

    def _words(self, text: Text) -> str:
        return text.in_(self.language)


def _free_name(table: SourceTable) -> str:
    """After the file, without a character that a file name cannot have on every system."""
    stem = Path(table.source.partition(" › ")[0]).stem
    plain = (
        "".join(c if c.isalnum() or c in " -_" else "-" for c in stem).strip(" -")[:60] or "table"
    )
    names = (plain, *(f"{plain}-{n}" for n in range(2, 1_000)))
    return next((name for name in names if not _file(name).exists()), plain)


def _file(name: str) -> Path:
    return profile_files.folder() / f"{name}.json"


def _examples(cells: Sequence[Cell]) -> str:
    """The first different cells that are filled."""
    found = list(
        dict.fromkeys(_shown(_as_typed(cell)) for cell in cells[:200] if cell not in (None, ""))
    )
    return ", ".join(found[:3])


def _as_typed(cell: Cell) -> str:
    """A whole number of a workbook is a float in its file; nobody typed the “.0”."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _shown(text: str) -> str:
    """A text of a file that somebody sent, fit for a terminal: control characters could move its cursor or worse."""
    plain = " ".join(visible(text).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
