"""The posts of a table by a profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from xlkpi.core import codes
from xlkpi.core.findings import Refused, refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text, quoted
from xlkpi.intake import links
from xlkpi.intake.cells.idcolumn import are_running, is_counting
from xlkpi.intake.exports import reading
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Draft, Holds, Names, Platform
from xlkpi.intake.posts import Export, Value
from xlkpi.intake.profiles.mapping import language, open_points
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import SourceTable

HOLDS = {
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
    "content_score": Holds.SCORE,
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
        finish=partial(_finish, profile=profile),
        names={
            id: tuple(h for h, to in profile.columns.items() if to == id)
            for id in profile.columns.values()
        },
        columns={id: HOLDS.get(id, Holds.COUNT) for id in profile.columns.values()},
        renamed={"influencer": "account"},
    )
    names = Names(headers.candidates(table.header, platform.names), language(table))
    return reading.read(platform, table, names, today, currency)


def _finish(draft: Draft, profile: ColumnProfile) -> None:
    """Network, id, account and format of each row, as the columns say them or else the link."""
    draft.findings.extend(open_points(draft.table, profile))
    urls = draft.column("url")
    networks = _networks(draft, urls, profile.network)
    draft.values["network"] = [*networks]
    draft.values["account"] = _or_in_link(draft, "account", networks, urls, links.handle_within)
    _leave_out_counting(draft, urls)
    draft.values["post_id"] = _or_in_link(draft, "post_id", networks, urls, links.id_within)
    read_formats(draft)
    for flag in _FLAGS & draft.values.keys():
        draft.values[flag] = [
            _YES_NO.get(normalise(str(said))) if said else None for said in draft.values[flag]
        ]


def _leave_out_counting(draft: Draft, urls: Sequence[Value]) -> None:
    """Numbers that only count the rows name no post: the next file counts from 1 again."""
    ids = draft.column("post_id")
    counting = [i for i, id in enumerate(ids) if id and is_counting(str(id))]
    if not counting:
        return
    days, accounts = draft.column("date"), draft.column("account")
    is_running = are_running([str(ids[i]) for i in counting])
    gone = {i for i in counting if is_running or urls[i] or (days[i] and accounts[i])}
    draft.values["post_id"] = [None if i in gone else id for i, id in enumerate(ids)]
    if gone:
        draft.decisions.append(
            Text(
                "“{name}” counts the rows and names no post: posts are known by their link, or by day, influencer and "
                "network",
                "« {name} » numérote les lignes et ne désigne pas de post : les posts sont reconnus par leur lien, ou par "
                "date, influenceur et réseau",
            ).format(name=draft.header("post_id"))
        )


def _networks(draft: Draft, urls: Sequence[Value], usual: str) -> list[str | None]:
    """The network of each row: as its column says it, else of its link, else ``usual``; what is not known is told."""
    said = draft.column("network")
    known = {word: links.network_named(str(word)) for word in set(said) if word}
    networks = [
        (known.get(word) if word else None)
        or (links.network_of(str(url)) if url else None)
        or usual
        or None
        for word, url in zip(said, urls, strict=True)
    ]
    unknown = sorted(str(word) for word, network in known.items() if network is None)
    for word in unknown[:10]:
        _tell_unknown_network(draft, word)
    named = zip(*(draft.column(id) for id in ("post_id", "url", "date", "account")), strict=True)
    nowhere = sum(
        network is None and any(name) for network, name in zip(networks, named, strict=True)
    )
    if nowhere and not unknown:
        _tell_no_network(draft, nowhere)
    return networks


def _or_in_link(
    draft: Draft,
    id: str,
    networks: Sequence[str | None],
    urls: Sequence[Value],
    within: Callable[[str | None, str], str | None],
) -> list[Value]:
    """A column of texts; where a cell is empty, what the link says."""
    return [
        said or (within(network, str(url)) if url else None)
        for said, network, url in zip(draft.column(id), networks, urls, strict=True)
    ]


def _tell_unknown_network(draft: Draft, word: str) -> None:
    draft.note(
        codes.UNKNOWN_NETWORK_IN_EXPORT,
        value=word,
        header=draft.header("network"),
    )


def _tell_no_network(draft: Draft, count: int) -> None:
    draft.note(
        codes.ROWS_WITHOUT_NETWORK,
        Text(
            "rows that do not say their network: {n}",
            "lignes qui n’indiquent pas leur réseau : {n}",
        ).format(n=count),
        Text("left out of figures by network", "exclu des chiffres par réseau"),
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
        codes.PROFILE_DOES_NOT_FIT,
        reason.format(name=profile.name, missing=quoted(missing)),
        sheet=table.source,
    )
