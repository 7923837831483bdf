"""Who is who and which post is which: influencers by handle or name, posts by id, link, or day and influencer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlkpi.core.names import fold, same_name, tidy
from xlkpi.intake import links
from xlkpi.intake.cells.idcolumn import LONGEST_COUNT, is_counting
from xlkpi.intake.posts import Value


@dataclass(frozen=True, slots=True)
class InfluencerRow:
    """A row of the sheet Influencers."""

    name: str
    handle: str = ""
    network: str = ""


class InfluencerNames:
    """Influencers by handle and by name."""

    def __init__(self, influencers: Sequence[InfluencerRow]) -> None:
        self._known: dict[tuple[str, str], set[str]] = {}
        for one in influencers:
            network = network_key(one.network)
            for said in (one.handle, one.name):
                if key := same_name(said):
                    for where in {network, "*"}:
                        self._known.setdefault((where, key), set()).add(one.name or one.handle)

    def find(self, account: str, network: str) -> str | None:
        """The influencer of an account; None when nobody, or more than one, has this handle or name."""
        for where in (network_key(network), "", "*"):
            names = self._known.get((where, same_name(account)), set())
            if len(names) == 1:
                return next(iter(names))
        return None

    def one(self, account: str, network: str) -> str:
        """The same word for all names of one person."""
        return same_name(self.find(account, network) or account)


def network_key(said: Value) -> str:
    """A network's name folded; "" for none."""
    text = str(said or "").strip()
    return fold(links.network_named(text) or text)


# -- posts ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keys:
    """What each post is known by, in columns: network and id, else link, else what a person would look for."""

    ids: list[str | None]  # "instagram\n178…"
    urls: Sequence[Value]
    by_hand: list[str | None]  # network, day and influencer; None where an id or a link says it
    bare_ids: Sequence[Value]

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Sequence[Value]],
        accounts: Sequence[Value],
        count: int,
        people: InfluencerNames,
    ) -> Keys:
        nothing: Sequence[Value] = [None] * count
        networks, ids, urls = (columns.get(id) or nothing for id in ("network", "post_id", "url"))
        days = columns.get("date") or nothing
        start = {network: network_key(network) + "\n" for network in {*networks}}
        keys = [
            start[network] + (id if id.isascii() else tidy(id)) if type(id) is str and id else None
            for network, id in zip(networks, ids, strict=True)
        ]
        by_hand: list[str | None] = [None] * count
        for i in _known_by_hand(keys, ids):
            if not urls[i] and days[i] and accounts[i]:
                by_hand[i] = (
                    f"{start[networks[i]]}{days[i]}\n{people.one(str(accounts[i]), str(networks[i] or ''))}"
                )
        return cls(keys, urls, by_hand, ids)


def _known_by_hand(keys: Sequence[str | None], ids: Sequence[Value]) -> Iterable[int]:
    """Posts without an id, or with a number that only counts rows."""
    if None not in keys and all(len(key or "") >= LONGEST_COUNT for key in keys):
        return ()
    return [i for i, key in enumerate(keys) if key is None or is_counting(str(ids[i]))]


class Index:
    """Posts by what they are known by: a number each, for those of the workbook and for the new ones."""

    def __init__(self) -> None:
        self.by_id: dict[str, int] = {}
        self.by_url: dict[str, int] = {}
        self._by_hand: dict[str, list[int]] = {}
        self._nowhere: dict[str, int] = {}  # ids of rows that do not name their network

    def find(self, keys: Keys, i: int, nth: int) -> int | None:
        key, url, by_hand = keys.ids[i], keys.urls[i], keys.by_hand[i]
        found = self.by_id.get(key) if key else None
        if found is None and key and self._nowhere:
            found = self._nowhere.get(str(keys.bare_ids[i]))
        if found is None and url and self.by_url:
            found = self.by_url.get(links.canonical(str(url)))
        if found is None and by_hand and not key:
            posts = self._by_hand.get(by_hand, ())
            found = posts[nth] if nth < len(posts) else None
        return found

    def has_none_of(self, keys: Keys) -> bool:
        """Whether every row has an id, another one each, and no post has one of them."""
        if (
            None in keys.ids
            or self.by_url
            or self._nowhere
            or any(key[0] == "\n" for key in keys.ids[:1] if key)
        ):
            return False
        return self.by_id.keys().isdisjoint(keys.ids) and len({*keys.ids}) == len(keys.ids)

    def add(self, keys: Keys, i: int, post: int) -> None:
        key, by_hand = keys.ids[i], keys.by_hand[i]
        if key:
            self.by_id[key] = post
            if key[0] == "\n":
                self._nowhere[str(keys.bare_ids[i])] = post
        elif keys.urls[i]:
            self.by_url[links.canonical(str(keys.urls[i]))] = post
        if by_hand:
            self._by_hand.setdefault(by_hand, []).append(post)
