"""Exports of the networks: recognised by their headers, read into columns of Posts.

**A new platform** is one small module here and one section in ``intake/aliases.toml``:

1. ``aliases.toml``: ``[myapp_posts.views]`` with the header's names per language, for every column, with a comment on
   where they were seen and when.
2. ``myapp.py``: a ``Platform`` with that section's id, the columns that make a table this kind (``needs``), what each
   column holds (``columns``), and where its files differ: order of day and month, ids within links, a ``finish``
   function for what only this platform does.  ``PLATFORMS = (POSTS,)`` at its end.
3. Its name in ``_MODULES`` below.
4. ``tests/intake/exports/``: an invented sample ``myapp_posts_en.csv`` in every language and with every quirk; its twin
   ``….expected.csv`` is made by ``python -m tests.intake.exports.remake`` and read before it is kept.

A table whose kind is known but is no list of posts is refused by name (``elsewhere``); any other table goes to the
generic mapper (``intake/profiles``); what that does not understand is refused with its headers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi.core.findings import Finding, Refused, Severity, refuse
from xlkpi.core.texts import Text
from xlkpi.intake import headers, tables
from xlkpi.intake.exports import elsewhere, links, reading
from xlkpi.intake.exports.platform import Platform
from xlkpi.intake.exports.reading import Names
from xlkpi.intake.notes import quoted
from xlkpi.intake.posts import Export
from xlkpi.intake.tables import Table

if TYPE_CHECKING:
    from xlkpi.intake.profiles import Profile

__all__ = ["Loaded", "Recognised", "load", "platforms", "read", "recognise"]

_MODULES = ("meta", "tiktok", "youtube", "x", "linkedin", "elsewhere")


@cache
def platforms() -> tuple[Platform, ...]:
    """Every kind of table that is known by name."""
    modules = [import_module(f"xlkpi.intake.exports.{name}") for name in _MODULES]
    return tuple(platform for module in modules for platform in module.PLATFORMS)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table is, and which of its columns is which."""

    platform: Platform
    names: Names


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: its exports, and what in it was passed over."""

    exports: tuple[Export, ...]
    passed_over: tuple[Finding, ...] = ()


def recognise(table: Table) -> Recognised | None:
    """The kind of a table by its headers: the one that knows most of its columns; None when none fits."""
    best: Recognised | None = None
    for platform in platforms():
        names = reading.match(platform, table)
        if _fits(platform, table, names) and (
            best is None or len(names.found) > len(best.names.found)
        ):
            best = Recognised(platform, names)
    return best


def _fits(platform: Platform, table: Table, names: Names) -> bool:
    if _missing(platform, names):
        return False
    return (platform.fits is None or platform.fits(table)) and not _is_elsewhere(
        platform, table, names
    )


def _missing(platform: Platform, names: Names) -> list[str]:
    """What of the columns that make this kind a table lacks."""
    return [
        wanted
        for wanted in platform.needs
        if not any(id in names.found for id in wanted.split("|"))
    ]


#: Rows that are looked at for the network that they name.
_LOOKED_AT = 200


def _is_elsewhere(platform: Platform, table: Table, names: Names) -> bool:
    """Whether the table says itself that its posts are of another network: an agency's sheet has Meta's column names
    over posts of TikTok."""
    if not platform.network or platform.refusal is not None:
        return False
    from xlkpi.intake import profiles

    said = headers.match(table.header, {"network": profiles.known_names()["network"]})
    named = [links.network_named(str(cell)) for cell in _start(table, said.get("network")) if cell]
    led = [
        links.network_of(str(cell))
        for cell in _start(table, names.found.get("url", [None])[0])
        if cell
    ]
    return any(
        sum(n not in (None, platform.network) for n in found)
        > 0.5 * sum(n is not None for n in found)
        for found in (named, led)
    )


def _start(table: Table, index: int | None) -> Sequence[tables.Cell]:
    return [] if index is None else table.columns[index][:_LOOKED_AT]


#: Asks a person which column is which: the table, what its headers say, whether the file holds nothing else.
Ask = Callable[[Table, "Profile", bool], "Profile | None"]


def read(
    table: Table,
    today: date,
    *,
    currency: str = "",
    profile: Profile | None = None,
    saved: Sequence[Profile] = (),
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
    from xlkpi.intake import profiles  # which reads by ``exports.reading``

    if profile is not None:
        return profiles.read(table, profile, today, currency)
    known = recognise(table)
    if known is not None and known.platform.refusal is None:
        return reading.read(known.platform, table, known.names, today, currency)
    if known is None or known.platform.gives_way:
        kept = next((p for p in saved if profiles.suits(p, table)), None)
        if kept is None:
            said = profiles.by_names(table)
            kept = said if said.is_enough else None
            if ask is not None and (said.is_enough or known is None):
                kept = ask(table, said, is_alone) or kept
        if kept is not None and (known is None or kept.has_identity):
            return profiles.read(table, kept, today, currency)
    if known is None:
        names = reading.match(elsewhere.DAILY, table)
        known = Recognised(elsewhere.DAILY, names) if _fits(elsewhere.DAILY, table, names) else None
    if known is None:
        raise _unknown(table)
    raise _told_apart(known.platform, table)


@tables.collector_paused()
def load(
    path: Path,
    today: date,
    *,
    currency: str = "",
    profile: Profile | None = None,
    saved: Sequence[Profile] = (),
    ask: Ask | None = None,
) -> Loaded:
    """Every export in a file; tables of other kinds in it are passed over and told.

    Raises:
        Refused: the guard's and the tables' reasons, or those of ``read`` when no table of the file can be imported.
    """
    contents = tables.contents(path)
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
    if any(finding.code == "XK139" for finding in refused):
        raise Refused(next(finding for finding in refused if finding.code == "XK139"))
    if not exports:
        raise Refused(_most_telling(refused))
    return Loaded(tuple(exports), (*contents.passed_over, *map(_passed_over, refused)))


def _most_telling(refused: Sequence[Finding]) -> Finding:
    """One sentence for a file of several tables that cannot be imported: the first whose kind is known, else the first."""
    first = next((finding for finding in refused if finding.code != "XK130"), refused[0])
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
        "XK349",
        Severity.INFO,
        Text("not imported: {why}", "non importé : {why}").format(why=finding.reason),
        sheet=finding.sheet,
    )


def _told_apart(platform: Platform, table: Table) -> Refused:
    refusal = platform.refusal
    assert refusal is not None
    first = table.header[0] if table.header else ""
    return refuse(refusal.code, refusal.reason.format(first=first), refusal.fix, sheet=table.source)


def _unknown(table: Table) -> Refused:
    """Not an export that is known: its first headers, and what the nearest kind would have beside them."""
    fix = Text(
        "choose the file that the network’s export gave you; for a sheet of your own, name its columns as in Posts "
        "(post ID or URL, then figures), or give a mapping with --profile",
        "choisissez le fichier fourni par l’export du réseau ; pour une feuille à vous, nommez ses colonnes comme "
        "dans Posts (ID du post ou URL, puis les chiffres), ou donnez une correspondance avec --profile",
    )
    if table.is_text and table.excluded > len(
        table.rows
    ):  # lines of prose with a comma here and there
        return refuse(
            "XK127",
            Text("this is a text without columns", "c’est un texte sans colonnes"),
            Text(
                "choose the file that the network’s export gave you",
                "choisissez le fichier fourni par l’export du réseau",
            ),
            sheet=table.source,
        )
    near = _nearest(table)
    if near is not None:
        fix = Text(
            "if it should be {name}, this is missing: {missing}; export it again with all columns, or where a column "
            "has another name, give a mapping with --profile",
            "si ce doit être {name}, il manque : {missing} ; refaites l’export avec toutes les colonnes ou, si une "
            "colonne porte un autre nom, donnez une correspondance avec --profile",
        ).format(name=near[0].name, missing=near[1])
    return refuse(
        "XK130",
        Text(
            "this is not an export that xlkpi knows; its columns are {names}",
            "ce n’est pas un export que xlkpi connaît ; ses colonnes sont {names}",
        ).format(names=quoted(h for h in table.header if h)),
        fix,
        sheet=table.source,
    )


def _nearest(table: Table) -> tuple[Platform, Text] | None:
    """The kind that shares most columns with a table, at least three, and what it would need besides."""
    best: tuple[int, Platform, Names] | None = None
    for platform in platforms():
        names = reading.match(platform, table)
        if (
            platform.refusal is None
            and len(names.found) >= 3
            and _missing(platform, names)
            and (best is None or len(names.found) > best[0])
        ):
            best = (len(names.found), platform, names)
    if best is None:
        return None
    _, platform, names = best
    missing = _missing(platform, names)
    known = reading.wanted(platform)
    return platform, quoted(known[wanted.split("|")[0]][0] for wanted in missing)
