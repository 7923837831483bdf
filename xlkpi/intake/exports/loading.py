"""A file that someone sent → its exports: tables recognised, mapped or refused by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Refused, refuse
from xlkpi.core.texts import Text, quoted
from xlkpi.intake.exports import reading
from xlkpi.intake.exports.networks import elsewhere
from xlkpi.intake.exports.platform import Platform
from xlkpi.intake.exports.recognition import Recognised, fits_table, nearest, platforms, recognise
from xlkpi.intake.memory import collector_paused
from xlkpi.intake.posts import Export
from xlkpi.intake.profiles import mapping
from xlkpi.intake.profiles import reading as by_profile
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables.contents import contents_of
from xlkpi.intake.tables.table import SourceTable

__all__ = ["Ask", "Loaded", "load", "read"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: its exports, and what in it was passed over."""

    exports: tuple[Export, ...]
    passed_over: tuple[Finding, ...] = ()


#: Asks a person which column is which: the table, what its headers say, whether the file holds nothing else.
Ask = Callable[[SourceTable, ColumnProfile, bool], ColumnProfile | None]


def read(
    table: SourceTable,
    today: date,
    *,
    currency: str = "",
    profile: ColumnProfile | None = None,
    saved: Sequence[ColumnProfile] = (),
    ask: Ask | None = None,
    is_alone: bool = True,
) -> Export:
    """The posts of one table.

    ``profile``: the mapping that the user names, before all else; ``saved``: the mappings kept from earlier imports.
    ``currency``: the workbook's, three letters; amounts in another one are left out.  ``ask`` is called for a table
    that is no known export and that no saved mapping fits.

    Raises:
        Refused: XK130 not a table that is known, XK131 figures by day, XK132 another table of the network, XK134 not
            imported yet, XK138 the profile does not fit, XK139 a campaign workbook.
    """
    if profile is not None:
        return by_profile.read(table, profile, today, currency)
    known = recognise(table)
    if known is not None and known.platform.refusal is None:
        return reading.read(known.platform, known.table, known.names, today, currency)
    if known is None or known.platform.gives_way:
        kept = next((p for p in saved if mapping.suits(p, table)), None)
        if kept is None:
            said = mapping.by_names(table)
            kept = said if said.is_enough else None
            if ask is not None and (said.is_enough or known is None):
                kept = ask(table, said, is_alone) or kept
        if kept is not None and (known is None or kept.has_identity):
            return by_profile.read(table, kept, today, currency)
    if known is None:
        names = reading.match(elsewhere.DAILY, table)
        known = (
            Recognised(elsewhere.DAILY, names, table)
            if fits_table(elsewhere.DAILY, table, names)
            else None
        )
    if known is None:
        raise _unknown(table)
    raise _told_apart(known.platform, table)


@collector_paused()
def load(
    path: Path,
    today: date,
    *,
    currency: str = "",
    profile: ColumnProfile | None = None,
    saved: Sequence[ColumnProfile] = (),
    ask: Ask | None = None,
    encoding: str = "",
) -> Loaded:
    """Every export in a file; tables of other kinds in it are passed over and told.

    ``encoding``: of a text that is no Unicode, where a person says it.

    Raises:
        Refused: the guard's and the tables' reasons, or those of ``read`` when no table of the file can be imported.
    """
    contents = contents_of(path, encoding)
    exports: list[Export] = []
    refused: list[Finding] = []
    for table in contents.tables:
        try:
            exports.append(
                read(
                    table,
                    today,
                    currency=currency,
                    profile=profile,
                    saved=saved,
                    ask=ask,
                    is_alone=len(contents.tables) == 1,
                )
            )
        except Refused as error:
            refused += error.findings
    if any(finding.code == codes.CAMPAIGN_WORKBOOK for finding in refused):
        raise Refused(
            next(finding for finding in refused if finding.code == codes.CAMPAIGN_WORKBOOK)
        )
    if not exports:
        raise Refused(_most_telling(refused))
    exports = [_completed(export, contents.tables) for export in exports]
    return Loaded(tuple(exports), (*contents.passed_over, *map(_passed_over, refused)))


def _completed(export: Export, found: Sequence[SourceTable]) -> Export:
    """An export with what the other tables of its file say about it."""
    complete = next((p.complete for p in platforms() if p.id == export.kind), None)
    return complete(export, found) if complete else export


def _most_telling(refused: Sequence[Finding]) -> Finding:
    """One sentence for a file of several tables that cannot be imported: the first whose kind is known, else the first."""
    first = next(
        (finding for finding in refused if finding.code != codes.UNKNOWN_EXPORT), refused[0]
    )
    others = len(refused) - 1
    if not others:
        return first
    more = Text(
        "; the other tables of the file list no posts either ({n})",
        " ; les autres tableaux du fichier ne listent pas de posts non plus ({n})",
    ).format(n=others)
    return replace(first, reason=Text(first.reason.en + more.en, first.reason.fr + more.fr))


def _passed_over(finding: Finding) -> Finding:
    return Finding(
        codes.PART_NOT_IMPORTED,
        Text("not imported: {why}", "non importé : {why}").format(why=finding.reason),
        sheet=finding.sheet,
    )


def _told_apart(platform: Platform, table: SourceTable) -> Refused:
    refusal = platform.refusal
    assert refusal is not None
    first = table.header[0] if table.header else ""
    return refuse(refusal.code, refusal.reason.format(first=first), refusal.fix, sheet=table.source)


def _unknown(table: SourceTable) -> Refused:
    """Not an export that is known: its first headers, and what the nearest kind would have beside them."""
    fix = codes.UNKNOWN_EXPORT.fix
    if table.is_text and table.excluded > len(
        table.rows
    ):  # lines of prose with a comma here and there
        return refuse(
            codes.TEXT_WITHOUT_COLUMNS,
            sheet=table.source,
        )
    near = nearest(table)
    if near is not None:
        fix = Text(
            "if it should be {name}, this is missing: {missing}; export it again with all columns, or where a column "
            "has another name, give a mapping with --profile",
            "si ce doit être {name}, il manque : {missing} ; refaites l’export avec toutes les colonnes ou, si une "
            "colonne porte un autre nom, donnez une correspondance avec --profile",
        ).format(name=near[0].name, missing=near[1])
    return refuse(
        codes.UNKNOWN_EXPORT,
        Text(
            "this is not an export that xlkpi knows; its columns are {names}",
            "ce n’est pas un export que xlkpi connaît ; ses colonnes sont {names}",
        ).format(names=quoted(h for h in table.header if h)),
        fix,
        sheet=table.source,
    )
