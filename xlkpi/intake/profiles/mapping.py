"""The mapping that a table's own headers give, and what in it a person should look at."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from xlkpi.core import codes
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text, quoted
from xlkpi.intake import links
from xlkpi.intake.posts import COLUMNS, column_label
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import Cell, SourceTable

_LOOKED_AT = 200  # rows that tell what a column holds


def by_names(table: SourceTable) -> ColumnProfile:
    """The mapping that the table's own headers give."""
    found = headers.candidates(table.header, known_names())
    columns = {table.header[indexes[0]]: id for id, indexes in found.items()}
    for index in found.get("url", ())[1:]:
        if _leads_to_posts(table.columns[index]):  # a second list, or links of another form
            columns[table.header[index]] = "url"
    return ColumnProfile(table.source, columns)


def _leads_to_posts(cells: Sequence[Cell]) -> bool:
    said = [str(cell) for cell in cells[:_LOOKED_AT] if cell]
    return sum(map(links.leads_to_post, said)) > 0.5 * len(said)


def proposed(table: SourceTable) -> ColumnProfile | None:
    """The same; None when it does not make posts."""
    profile = by_names(table)
    return profile if profile.is_enough else None


def open_points(table: SourceTable, profile: ColumnProfile) -> tuple[Finding, ...]:
    """What a person should look at in a mapping that nobody has settled: the columns that are not read."""
    if profile.is_settled:
        return ()
    near = nearly(table, profile)
    rest = [header for header in unmapped(table, profile) if header not in near]
    fix = Text(
        "name it as in Posts, or map it in the profile",
        "nommez-la comme dans Posts, ou associez-la dans le profil",
    )
    points = [
        Finding(
            codes.COLUMN_NOT_READ,
            Text(
                "this column is not read; it may be {name}",
                "cette colonne n’est pas lue ; c’est peut-être {name}",
            ).format(name=column_label(id)),
            fix=fix,
            sheet=table.source,
            header=header,
        )
        for header, id in near.items()
    ]
    if rest:
        points.append(
            Finding(
                codes.COLUMN_NOT_READ,
                Text("columns that are not read: {names}", "colonnes non lues : {names}").format(
                    names=quoted(rest)
                ),
                sheet=table.source,
            )
        )
    return tuple(points)


def unmapped(table: SourceTable, profile: ColumnProfile) -> list[str]:
    """Headers without a column of Posts, above cells that are filled; of two alike the first."""
    return [
        h
        for h in dict.fromkeys(table.header)
        if h
        and h not in profile.columns
        and any(cell not in (None, "") for cell in table.columns[table.header.index(h)])
    ]


def nearly(table: SourceTable, profile: ColumnProfile) -> dict[str, str]:
    """Header that nothing matched → the column that it may mean: nearly a name of ours, or one within a group."""
    wanted = known_names()
    near = {index: id for index, (id, _) in headers.suggestions(table.header, wanted).items()}
    for index, header in enumerate(table.header):
        if "›" in header and header not in profile.columns:
            found = headers.match([header.rpartition("›")[2]], wanted)
            near |= {index: next(iter(found))} if found else {}
    return {
        table.header[index]: id
        for index, id in sorted(near.items())
        if table.header[index] not in profile.columns
    }


def suits(profile: ColumnProfile, table: SourceTable) -> bool:
    """Whether a table has every column of a profile."""
    said = {normalise(h) for h in table.header}
    return bool(profile.columns) and all(normalise(h) in said for h in profile.columns)


@cache
def known_names() -> Mapping[str, Sequence[str]]:
    """Column id → every name that it may have in a sheet that people keep."""
    names = {
        id: [name for spelled in languages.values() for name in spelled]
        for id, languages in _table().items()
    }
    for id, measure in MEASURES.items():
        if id in COLUMNS:
            names.setdefault(id, []).extend((*measure.label, *measure.aliases))
    return names


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    data: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
        files("xlkpi.intake").joinpath("aliases_posts.toml").read_text(encoding="utf-8")
    )
    return data["posts"]


def language(table: SourceTable) -> str | None:
    """Language that most of the headers are written in; None when two have as many."""
    said = {normalise(h) for h in table.header}
    votes = Counter(
        tongue
        for languages in _table().values()
        for tongue, names in languages.items()
        for name in names
        if normalise(name) in said
    )
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def column_named(said: str) -> str | None:
    """The column of Posts that a person means by a word, in any of the languages.

    >>> column_named("Portée"), column_named("Horoscope")
    ('reach', None)
    """
    return next(iter(headers.match([said], known_names())), None)
