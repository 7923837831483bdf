"""Any table of posts: its columns mapped by what they are called, the mapping kept as a profile for next time.

For tools without an export of fixed shape (Metricool, HypeAuditor, Modash) and for an agency's own sheet.  A column
counts when its whole header is a name of a column of Posts, in five languages; a header that is only near is told,
never taken.  A profile is a small JSON file that people can read and correct.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding, Refused, Severity, refuse, system_reason
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake import headers
from xlkpi.intake.exports import links, reading
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Kind, Platform
from xlkpi.intake.exports.reading import Reading
from xlkpi.intake.importreport import column_label
from xlkpi.intake.notes import quoted
from xlkpi.intake.posts import COLUMNS, Export
from xlkpi.intake.tables import Table

VERSION = 1
#: What makes a row a post that can be found again.
_IDENTITY = ("post_id", "url")
#: Columns of Posts that say nothing about how a post did.
_NO_FIGURES = {
    "post_id",
    "date",
    "campaign",
    "influencer",
    "network",
    "format",
    "url",
    "promo_code",
    "snapshot_date",
    "note",
    "key_message",
    "ad_disclosed",
    "followers",
}
_KINDS = {
    **dict.fromkeys(
        (
            "campaign",
            "influencer",
            "network",
            "format",
            "promo_code",
            "note",
            "key_message",
            "ad_disclosed",
        ),
        Kind.TEXT,
    ),
    "post_id": Kind.ID,
    "url": Kind.URL,
    "date": Kind.DAY,
    "snapshot_date": Kind.DAY,
    "revenue": Kind.MONEY,
    "cost": Kind.MONEY,
    **dict.fromkeys(("watch_seconds", "video_seconds", "session_seconds"), Kind.SECONDS),
}
_FLAGS = {"key_message", "ad_disclosed"}
_YES_NO = {
    **dict.fromkeys(
        ("yes", "oui", "ja", "si", "sim", "y", "o", "true", "vrai", "x", "1", "ok"), "yes"
    ),
    **dict.fromkeys(("no", "non", "nein", "nao", "n", "false", "faux", "0"), "no"),
}
_NAME = Text("posts by a mapping of columns", "posts par correspondance de colonnes")


@dataclass(frozen=True, slots=True)
class Profile:
    """Which header of a table is which column of Posts."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)  # header as written → column id
    network: str = ""  # of every row, where no column says it
    order: str = ""  # of day and month: "dmy", "mdy", or as the column shows
    is_settled: bool = field(
        default=False, compare=False
    )  # a person has looked at it: nothing of it is open

    @property
    def has_identity(self) -> bool:
        """Whether a row names its post by an id or a link."""
        return not set(_IDENTITY).isdisjoint(self.columns.values())

    @property
    def is_enough(self) -> bool:
        """Whether rows can be told apart and say at least one figure."""
        ids = set(self.columns.values())
        return bool(self.has_identity or {"date", "influencer"} <= ids) and bool(ids - _NO_FIGURES)


# -- mapping ----------------------------------------------------------------------------------------


def by_names(table: Table) -> Profile:
    """The mapping that the table's own headers give."""
    found = headers.match(table.header, known_names())
    return Profile(table.source, {table.header[index]: id for id, index in found.items()})


def proposed(table: Table) -> Profile | None:
    """The same; None when it does not make posts."""
    profile = by_names(table)
    return profile if profile.is_enough else None


def open_points(table: Table, profile: Profile) -> tuple[Finding, ...]:
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
            "XK136",
            Severity.INFO,
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
                "XK136",
                Severity.INFO,
                Text("columns that are not read: {names}", "colonnes non lues : {names}").format(
                    names=quoted(rest)
                ),
                fix=Text(
                    "to read one, name it as in Posts, or map it: import with --profile NAME, then correct the file that "
                    "is written",
                    "pour en lire une, nommez-la comme dans Posts, ou associez-la : importez avec --profile "
                    "NOM, puis corrigez le fichier écrit",
                ),
                sheet=table.source,
            )
        )
    return tuple(points)


def unmapped(table: Table, profile: Profile) -> list[str]:
    """Headers without a column of Posts, above cells that are filled; of two alike the first."""
    return [
        h
        for h in dict.fromkeys(table.header)
        if h
        and h not in profile.columns
        and any(cell not in (None, "") for cell in table.columns[table.header.index(h)])
    ]


def nearly(table: Table, profile: Profile) -> dict[str, str]:
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


def suits(profile: Profile, table: Table) -> bool:
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


def _language(table: Table) -> str | None:
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


# -- reading ----------------------------------------------------------------------------------------


def read(table: Table, profile: Profile, today: date, currency: str = "") -> Export:
    """The posts of a table by a profile; Refused (XK138) when the table does not have its columns."""
    said = {normalise(h) for h in table.header}
    missing = [h for h in profile.columns if normalise(h) not in said]
    if missing or not profile.is_enough:
        raise _does_not_fit(table, profile, missing)
    platform = Platform(
        id="posts",
        name=_NAME,
        needs=(),
        network="",
        order=profile.order or None,
        finish=_Finish(profile),
        names={
            id: tuple(h for h, to in profile.columns.items() if to == id)
            for id in profile.columns.values()
        },
        columns={id: _KINDS.get(id, Kind.COUNT) for id in profile.columns.values()},
        renamed={"influencer": "account"},
    )
    names = reading.Names(headers.candidates(table.header, platform.names), _language(table))
    return reading.read(platform, table, names, today, currency)


@dataclass(frozen=True, slots=True)
class _Finish:
    """Network, id and format of each row."""

    profile: Profile

    def __call__(self, reading: Reading) -> None:
        reading.notes.extend(open_points(reading.table, self.profile))
        urls = reading.values.get("url") or [None] * len(reading.at)
        said = reading.values.get("network") or [None] * len(reading.at)
        known = {word: links.network_named(str(word)) for word in set(said) if word}
        networks = [known.get(word) if word else None for word in said]
        networks = [
            n or (links.network_of(str(url)) if url else None) or self.profile.network or None
            for n, url in zip(networks, urls, strict=True)
        ]
        self._tell_networks(reading, {str(w) for w, n in known.items() if n is None}, networks)
        reading.values["network"] = list(networks)
        ids = reading.values.get("post_id") or [None] * len(reading.at)
        reading.values["post_id"] = [
            id or (links.id_within(n, str(url)) if url else None)
            for id, n, url in zip(ids, networks, urls, strict=True)
        ]
        accounts = reading.values.get("account") or [None] * len(reading.at)
        reading.values["account"] = [
            who or (links.handle_within(n, str(url)) if url else None)
            for who, n, url in zip(accounts, networks, urls, strict=True)
        ]
        read_formats(reading)
        for flag in _FLAGS & reading.values.keys():
            reading.values[flag] = [
                _YES_NO.get(normalise(str(said))) if said else None for said in reading.values[flag]
            ]

    @staticmethod
    def _tell_networks(reading: Reading, unknown: set[str], networks: Sequence[str | None]) -> None:
        for word in sorted(unknown)[:10]:
            reading.note(
                "XK349",
                Severity.INFO,
                Text("this is no network that is known", "ce n’est pas un réseau connu"),
                fix=Text(
                    "pick the network in the workbook", "choisissez le réseau dans le classeur"
                ),
                value=word,
                header=reading.header("network"),
            )
        nowhere = sum(n is None for n in networks)
        if nowhere and not unknown:
            reading.note(
                "XK349",
                Severity.WARNING,
                Text(
                    "rows that do not say their network: {n}",
                    "lignes qui n’indiquent pas leur réseau : {n}",
                ).format(n=nowhere),
                Text("left out of figures by network", "exclu des chiffres par réseau"),
                Text(
                    "add a column Network, or name it in the profile",
                    "ajoutez une colonne Réseau, ou indiquez-le dans le profil",
                ),
            )


def _does_not_fit(table: Table, profile: Profile, missing: list[str]) -> Refused:
    if missing:
        reason = Text(
            "the profile {name} wants columns that this table lacks: {missing}",
            "le profil {name} demande des colonnes absentes de ce tableau : {missing}",
        )
    else:
        reason = Text(
            "the profile {name} maps neither an id or link, nor day and influencer, with a figure beside them",
            "le profil {name} n’associe ni identifiant ou lien, ni date et influenceur, avec un chiffre",
        )
    return refuse(
        "XK138",
        reason.format(name=profile.name, missing=quoted(missing)),
        Text(
            "correct the profile, or leave --profile out",
            "corrigez le profil, ou retirez --profile",
        ),
        sheet=table.source,
    )


# -- files ------------------------------------------------------------------------------------------


def folder() -> Path:
    """Where profiles are kept: the user's own settings, never the folder of a file that somebody sent."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "xlkpi" / "profiles"


def place(said: str) -> Path:
    """The file of a profile that a person names: a path as it is, a bare name in ``folder``."""
    path = Path(said)
    is_bare = path.name == said and not path.suffix and not path.exists()
    return folder() / f"{said}.json" if is_bare else path


def save(profile: Profile, path: Path) -> None:
    """Write a profile; OSError as the system has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "xlkpi_profile": VERSION,
        "name": profile.name,
        "network": profile.network,
        "dates": profile.order,
        "columns": dict(profile.columns),
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def load(path: Path) -> Profile:
    """A saved profile; Refused (XK138) for what is none."""
    try:
        if path.stat().st_size > 1 << 20:
            raise _no_profile(path, Text("it is too large", "il est trop volumineux"))
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _no_profile(path, system_reason(error)) from None
    except (ValueError, RecursionError):
        raise _no_profile(path, Text("it is not JSON", "ce n’est pas du JSON")) from None
    problem = _problem(said)
    if problem is not None:
        raise _no_profile(path, problem)
    return Profile(
        str(said.get("name") or path.stem),
        dict(said["columns"]),
        str(said.get("network") or ""),
        str(said.get("dates") or ""),
        is_settled=True,
    )


def saved(where: Path | None = None) -> list[Profile]:
    """Every readable profile of the user's folder, by name."""
    return list(_readable(where or folder()))


def _readable(where: Path) -> Iterator[Profile]:
    try:
        files = sorted(where.glob("*.json"))
    except OSError:
        return
    for file in files:
        try:
            yield load(file)
        except Refused:
            continue


def _problem(said: Any) -> Text | None:
    """What is wrong with the contents of a profile."""
    if (
        not isinstance(said, dict)
        or said.get("xlkpi_profile") != VERSION
        or not isinstance(said.get("columns"), dict)
    ):
        return Text(
            "it lacks “xlkpi_profile” or “columns”", "« xlkpi_profile » ou « columns » y manque"
        )
    unknown = [str(id) for id in said["columns"].values() if id not in COLUMNS]
    if unknown:
        return Text(
            "these are no columns of Posts: {names}",
            "ce ne sont pas des colonnes de Posts : {names}",
        ).format(names=", ".join(unknown)[:160])
    if said.get("dates") not in (None, "", "dmy", "mdy"):
        return Text("“dates” must be “dmy” or “mdy”", "« dates » doit valoir « dmy » ou « mdy »")
    if said.get("network") and links.network_named(str(said["network"])) != said["network"]:
        return Text("this network is not known: {name}", "ce réseau est inconnu : {name}").format(
            name=said["network"]
        )
    return None


def _no_profile(path: Path, why: Text) -> Refused:
    return refuse(
        "XK138",
        Text("this profile cannot be used: {why}", "ce profil est inutilisable : {why}").format(
            why=why
        ),
        Text(
            "correct it, or delete it and import again",
            "corrigez-le, ou supprimez-le et recommencez l’import",
        ),
        sheet=path.name,
    )
