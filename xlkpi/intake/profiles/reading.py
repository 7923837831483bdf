"""The posts of a table by a profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlkpi.core.findings import Refused, Severity, refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake import links
from xlkpi.intake.exports import reading
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Holds, Platform
from xlkpi.intake.exports.reading import Reading
from xlkpi.intake.notes import quoted
from xlkpi.intake.posts import Export
from xlkpi.intake.profiles.mapping import language, open_points
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import SourceTable

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
        Holds.TEXT,
    ),
    "post_id": Holds.ID,
    "url": Holds.URL,
    "date": Holds.DAY,
    "snapshot_date": Holds.DAY,
    "revenue": Holds.MONEY,
    "cost": Holds.MONEY,
    **dict.fromkeys(("watch_seconds", "video_seconds", "session_seconds"), Holds.SECONDS),
}
_FLAGS = {"key_message", "ad_disclosed"}
_YES_NO = {
    **dict.fromkeys(
        ("yes", "oui", "ja", "si", "sim", "y", "o", "true", "vrai", "x", "1", "ok"), "yes"
    ),
    **dict.fromkeys(("no", "non", "nein", "nao", "n", "false", "faux", "0"), "no"),
}
_NAME = Text("posts by a mapping of columns", "posts par correspondance de colonnes")


def read(table: SourceTable, profile: ColumnProfile, today: date, currency: str = "") -> Export:
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
        columns={id: _KINDS.get(id, Holds.COUNT) for id in profile.columns.values()},
        renamed={"influencer": "account"},
    )
    names = reading.Names(headers.candidates(table.header, platform.names), language(table))
    return reading.read(platform, table, names, today, currency)


@dataclass(frozen=True, slots=True)
class _Finish:
    """Network, id and format of each row."""

    profile: ColumnProfile

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


def _does_not_fit(table: SourceTable, profile: ColumnProfile, missing: list[str]) -> Refused:
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
