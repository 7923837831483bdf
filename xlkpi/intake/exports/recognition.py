"""Which kind of export a table is, by its headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from xlkpi.core.texts import Text, quoted
from xlkpi.intake import links
from xlkpi.intake.exports import reading
from xlkpi.intake.exports.platform import Names, Platform
from xlkpi.intake.profiles.mapping import known_names
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import Cell, SourceTable

_MODULES = ("meta", "tiktok", "youtube", "x", "linkedin", "elsewhere")


@cache
def platforms() -> tuple[Platform, ...]:
    """Every kind of table that is known by name."""
    modules = [import_module(f"xlkpi.intake.exports.networks.{name}") for name in _MODULES]
    return tuple(platform for module in modules for platform in module.PLATFORMS)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table is, which of its columns is which, and the table as its kind reads it."""

    platform: Platform
    names: Names
    table: SourceTable


def recognise(table: SourceTable) -> Recognised | None:
    """The kind of a table by its headers: the one that knows most of its columns; None when none fits."""
    best: Recognised | None = None
    for platform in platforms():
        one = platform.reshape(table) if platform.reshape else table
        if one is None:
            continue
        names = reading.match(platform, one)
        if fits_table(platform, one, names) and (
            best is None or len(names.found) > len(best.names.found)
        ):
            best = Recognised(platform, names, one)
    return best


def fits_table(platform: Platform, table: SourceTable, names: Names) -> bool:
    if missing_columns(platform, names):
        return False
    return (platform.fits is None or platform.fits(table)) and not _is_elsewhere(
        platform, table, names
    )


def missing_columns(platform: Platform, names: Names) -> list[str]:
    """What of the columns that make this kind a table lacks."""
    return [
        wanted
        for wanted in platform.needs
        if not any(id in names.found for id in wanted.split("|"))
    ]


#: Rows that are looked at for the network that they name.
_LOOKED_AT = 200


def _is_elsewhere(platform: Platform, table: SourceTable, names: Names) -> bool:
    """Whether the table says itself that its posts are of another network: an agency's sheet has Meta's column names
    over posts of TikTok.
    """
    if not platform.network or platform.refusal is not None:
        return False
    said = headers.match(table.header, {"network": known_names()["network"]})
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


def _start(table: SourceTable, index: int | None) -> Sequence[Cell]:
    return [] if index is None else table.columns[index][:_LOOKED_AT]


def nearest(table: SourceTable) -> tuple[Platform, Text] | None:
    """The kind that shares most columns with a table, at least three, and what it would need besides."""
    best: tuple[int, Platform, Names] | None = None
    for platform in platforms():
        names = reading.match(platform, table)
        if (
            platform.refusal is None
            and len(names.found) >= 3
            and missing_columns(platform, names)
            and (best is None or len(names.found) > best[0])
        ):
            best = (len(names.found), platform, names)
    if best is None:
        return None
    _, platform, names = best
    missing = missing_columns(platform, names)
    known = reading.wanted(platform)
    return platform, quoted(known[wanted.split("|")[0]][0] for wanted in missing)
