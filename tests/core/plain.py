"""The KPIs of a report in plain Python, one post at a time: what the sums of the core are held against.

Nothing here is shared with the core but the catalogue's data and the names of the formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlkpi.core.campaign import Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.emv import Rate
from xlkpi.core.kpi import Kpi

FORMULAS: dict[str, Callable[..., float]] = {
    "total": lambda a: a,
    "ratio": lambda a, b: a / b,
    "per_thousand": lambda a, b: a / b * 1000,
    "difference": lambda a, b: a - b,
    "growth": lambda a, b: (a - b) / b,
    "roi": lambda a, b: (a - b) / b,
    "profit_roi": lambda a, m, b: (a * m - b) / b,
    "share_of": lambda a, b: a / (a + b),
    "share_positive": lambda p, o, n: p / (p + o + n),
    "net_sentiment": lambda p, o, n: (p - n) / (p + o + n),
    "retention": lambda e, n, s: (e - n) / s,
    "complement": lambda a, b: 1 - a / b,
    "clv": lambda a, b, c, d: a * b * c * d,
}
PARTS = ("likes", "comments", "shares", "saves", "clicks")
SHARES = {
    "likes_in_interactions": ("likes",),
    "comments_in_interactions": ("comments",),
    "shares_in_interactions": ("shares",),
    "conversation_share": ("comments", "shares"),
}
#: What a cost is paid for, as far as a post may lack it.
PAID_FOR = ("exposures", "impressions", "views", "clicks", "emv", "interactions")

Post = dict[str, Any]


def added(values: Sequence[float | None]) -> float | None:
    """The sum of what is known; unknown when nothing is."""
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def first(*values: float | None) -> float | None:
    return next((v for v in values if v is not None), None)


class Plain:
    """The posts of a report, and its KPIs over any of them."""

    def __init__(
        self,
        posts: Sequence[Post],
        choices: Settings,
        rates: Sequence[Rate] = (),
        campaign: dict[str, float] | None = None,
    ) -> None:
        self.choices, self.rates, self.campaign = choices, rates, campaign or {}
        self.given: dict[Any, set[str]] = {}
        for p in posts:
            own = self.given.setdefault(self._place(p), set())
            own |= {part for part in PARTS if p.get(part) is not None}
        for p in posts:  # likes of a Story that not all Stories have
            if p["format"] == "Story" and p.get("likes") is None:
                self.given[self._place(p)].discard("likes")
        self.posts = [self._derived(p) for p in posts]
        self.people: dict[Any, list[Post]] = {}
        for p in self.posts:
            self.people.setdefault(self._collaboration(p), []).append(p)
        for own in self.people.values():
            self._spread(own)
        paid = [p for own in self.people.values() if self._known(own, "cost") for p in own]
        self.usual = sum(p["share_of_cost"] for p in paid) / len(paid) if paid else 0.0

    @staticmethod
    def _place(p: Post) -> Any:
        return p["network"], p["format"]

    def _collaboration(self, p: Post) -> Any:
        if p["influencer"] is None:
            return p["campaign"], None, p["cost"] is None
        return p["campaign"], p["influencer"]

    # -- one post --------------------------------------------------------------------------------------

    def _derived(self, raw: Post) -> Post:
        p = {m: raw.get(m) for m in MEASURES} | {
            k: raw.get(k) for k in ("campaign", "influencer", "network", "format", "day", "row")
        }
        given = self.given[self._place(p)]
        if "likes" not in given and p["format"] == "Story":
            p["counted_likes"] = None
        counted = [
            p[c] for c in self.choices.interactions if not (c == "likes" and "counted_likes" in p)
        ]
        p["posts"] = 1
        p["interactions"] = added(counted) if added(counted) is not None else None
        wanted = [part for part in self.choices.interactions if part in given]
        p["complete"] = bool(wanted) and all(p[part] is not None for part in wanted)
        p["conversations"] = added([p["comments"], p["shares"]])
        views = p["views"] if self.choices.views_count else None
        p["exposures"] = first(p["impressions"], views)
        for name in ("key_message", "content_score", "followers", "reusable"):
            p[f"{name}_known"] = None if p[name] is None else 1
        p["reusable_posts"] = p["reusable"]
        suspicious = p["suspicious_interactions"]
        both = p["interactions"] is not None and suspicious is not None
        p["authentic_interactions"] = p["interactions"] - suspicious if both else None
        p["emv"] = self._emv(raw, p["exposures"])
        if self.choices.gifts_count:
            p["cost"] = added([raw.get("cost"), raw.get("gift_value")])
        p["weight"] = first(p["reach"], p["views"])
        return p

    def _emv(self, p: Post, shown: float | None) -> float | None:
        rates = [
            r
            for r in self.rates
            if r.network == p["network"] and r.currency == self.choices.currency
        ]
        parts: list[float | None] = []
        if self.choices.emv_method in ("impressions", "both"):
            own = [r.value for r in rates if r.kind == "cpm" and r.item == p["format"]]
            general = [r.value for r in rates if r.kind == "cpm" and r.item == ""]
            if own or general:
                parts.append(None if shown is None else shown * (own or general)[0] / 1000)
        if self.choices.emv_method in ("interactions", "both"):
            for r in rates:
                if r.kind == "interaction" and r.item == "1000 views":
                    if self.choices.emv_method == "interactions":
                        views = p.get("views")
                        parts.append(None if views is None else views * r.value / 1000)
                elif r.kind == "interaction":
                    count = p.get(r.item)
                    parts.append(None if count is None else count * r.value)
        return added(parts)

    # -- one collaboration -----------------------------------------------------------------------------

    def _spread(self, own: list[Post]) -> None:
        """A cost that not every post has is spread by reach or views, else equally."""
        if own[0]["influencer"] is None or all(p["cost"] is not None for p in own):
            for p in own:
                p["share_of_cost"] = p["cost"] or 0.0
            return
        whole = sum(p["cost"] or 0.0 for p in own)
        weights = [p["weight"] for p in own]
        if any(w is None for w in weights) or not sum(weights):
            weights = [1] * len(own)
        for p, weight in zip(own, weights, strict=True):
            p["share_of_cost"] = whole * weight / sum(weights)

    def _known(self, own: Sequence[Post], name: str) -> bool:
        if name == "followers":
            return any(self.followers(p) is not None for p in own)
        if name == "interactions":
            return any(p["interactions"] is not None and p["complete"] for p in own)
        return any(p[name] is not None for p in own)

    def followers(self, p: Post) -> float | None:
        """The mean of what the posts of an influencer on a network say."""
        account = p["influencer"], p["network"]
        said = [
            q["followers"]
            for q in self.posts
            if (q["influencer"], q["network"]) == account and q["followers"] is not None
        ]
        return sum(said) / len(said) if said else None

    # -- KPIs --------------------------------------------------------------------------------------------

    def inputs(self, kpi: Kpi) -> tuple[str, ...]:
        if kpi.id == "engagement_rate":
            return "interactions", self.choices.denominator
        if self.choices.views_count and len(kpi.inputs) > 1:
            return tuple("exposures" if n == "impressions" else n for n in kpi.inputs)
        return kpi.inputs

    def members(self, rows: set[int]) -> list[Post]:
        return [p for p in self.posts if p["row"] in rows]

    def value(self, kpi: Kpi, rows: set[int]) -> float | None:
        """The KPI of the posts that stand in some rows."""
        found = self.sums(kpi, rows)
        if any(v is None for v in found):
            return None
        try:
            return FORMULAS[kpi.compute.__name__](*found)
        except ZeroDivisionError:
            return None

    def sums(self, kpi: Kpi, rows: set[int]) -> list[float | None]:
        """What a KPI is computed from; nothing for a ratio with money that most of the money is left out of."""
        posts, names = self.members(rows), self.inputs(kpi)
        own = [n for n in names if not MEASURES[n].per_campaign]
        booked = [n for n in own if MEASURES[n].booked]
        if booked and len(own) > 1:
            covered = self.coverage(kpi, rows)
            if covered is not None and round(covered, 12) < 0.5:
                return [None for _ in names]
        found: dict[str, float | None] = dict(self.campaign)
        if kpi.id in SHARES:
            found |= self._share(SHARES[kpi.id], names, posts)
        elif booked and len(own) > 1:
            found |= self._money(own, posts, rows)
        elif len(own) > 1:
            posts = [p for p in posts if self._has_all(p, own)]
            found |= {n: added([p[n] for p in posts]) for n in own}
        elif own == ["cost"]:
            known = any(p["cost"] is not None for q in posts for p in self._with(q))
            found["cost"] = sum(p["share_of_cost"] for p in posts) if known else None
        else:
            found |= {n: added([p[n] for p in posts]) for n in own}
        return [found.get(n) for n in names]

    def _with(self, p: Post) -> list[Post]:
        return self.people[self._collaboration_of(p)]

    def _collaboration_of(self, p: Post) -> Any:
        return next(key for key, own in self.people.items() if any(q is p for q in own))

    def _has_all(self, p: Post, names: Sequence[str]) -> bool:
        counts = {"interactions", "authentic_interactions"} & set(names)
        return all(p[n] is not None for n in names) and (not counts or p["complete"])

    def _share(
        self, parts: Sequence[str], names: Sequence[str], posts: Sequence[Post]
    ) -> dict[str, float | None]:
        if not set(parts) <= set(self.choices.interactions):
            return {names[0]: None, names[1]: None}
        whole = [p for p in posts if p["complete"] and p["interactions"] is not None]
        given = [
            p[part]
            for p in whole
            for part in parts
            if not (part == "likes" and "counted_likes" in p)
        ]
        seen = [p[part] for p in whole for part in parts]
        top = None if added(seen) is None else (added(given) or 0.0)
        return {names[0]: top, names[1]: added([p["interactions"] for p in whole])}

    def _entering(self, names: Sequence[str], rows: set[int]) -> list[list[Post]]:
        """The collaborations whose parts are all known, and known of these posts."""
        return [
            own
            for own in self.people.values()
            if all(self._known(own, n) for n in names)
            and all(
                n == "cost" or not MEASURES[n].booked or self._is_placed(own, n, rows)
                for n in names
            )
        ]

    def _is_placed(self, own: Sequence[Post], name: str, rows: set[int]) -> bool:
        """Results that only some posts have are the collaboration's: no group has its part of them."""
        inside = {p["row"] in rows for p in own}
        nobody = own[0]["influencer"] is None
        return len(inside) == 1 or nobody or all(p[name] is not None for p in own)

    def _is_paid(self, p: Post, paid_for: str) -> bool:
        """Whether the cost of a post stays where something is paid for."""
        if paid_for == "followers":
            return self.followers(p) is not None
        if paid_for not in PAID_FOR:
            return True
        if not any(q[paid_for] is not None for q in self.posts if self._place(q) == self._place(p)):
            return True
        if paid_for == "interactions":
            return p["complete"]
        return p[paid_for] is not None

    def _money(
        self, names: Sequence[str], posts: Sequence[Post], rows: set[int]
    ) -> dict[str, float | None]:
        inside = [p for own in self._entering(names, rows) for p in own if p["row"] in rows]
        paid_for = next((n for n in names if not MEASURES[n].booked), "")
        if paid_for and not any(self._known([p], paid_for) for p in inside):
            return dict.fromkeys(names)
        found: dict[str, float | None] = {}
        for n in names:
            if n == "cost":
                paid = [p for p in inside if self._is_paid(p, paid_for)]
                found[n] = sum(p["share_of_cost"] for p in paid) if inside else None
            elif n == "followers":
                accounts = {(p["influencer"], p["network"]): self.followers(p) for p in inside}
                found[n] = added(list(accounts.values()))
            elif n == "interactions":
                found[n] = added([p[n] if p["complete"] else None for p in inside])
            else:
                found[n] = sum(p[n] or 0.0 for p in inside) if inside else None
        return found

    def coverage(self, kpi: Kpi, rows: set[int]) -> float | None:
        """Share of the posts, or of the money or the results, that enters."""
        posts, names = self.members(rows), self.inputs(kpi)
        own = [n for n in names if not MEASURES[n].per_campaign]
        if not own:
            return None
        if own == ["cost"]:
            known = [p for p in posts if self._known(self._with(p), "cost")]
            return len(known) / len(posts)
        if any(MEASURES[n].booked for n in own):
            return self._money_coverage(own, posts, rows) if len(own) > 1 else None
        if kpi.id in SHARES:
            if not set(SHARES[kpi.id]) <= set(self.choices.interactions):
                return 0.0
            return sum(p["complete"] and p["interactions"] is not None for p in posts) / len(posts)
        expected = [
            p for p in posts if all(n not in PARTS or n in self.given[self._place(p)] for n in own)
        ]
        if not expected:
            return None
        return sum(self._has_all(p, own) for p in expected) / len(expected)

    def _is_asked(self, p: Post, paid_for: str) -> bool:
        """Who counts impressions only leaves out the networks and formats that give none."""
        if paid_for != "impressions":
            return True
        gives = {self._place(q) for q in self.posts if q["impressions"] is not None}
        return any(self._place(q) in gives for q in self._with(p))

    def _money_coverage(
        self, names: Sequence[str], posts: Sequence[Post], rows: set[int]
    ) -> float | None:
        entering = self._entering(names, rows)
        inside = [p for own in entering for p in own if p["row"] in rows]
        paid_for = next((n for n in names if not MEASURES[n].booked), "")
        shares = []
        if "cost" not in names:
            of = sum(p[names[0]] or 0.0 for p in posts)
            if of:
                shares.append(sum(p[names[0]] or 0.0 for p in inside) / of)
        elif self.usual:
            paid = [p for p in inside if self._is_paid(p, paid_for)]
            asked = [p for p in posts if self._is_asked(p, paid_for)]
            known = [p for p in asked if self._known(self._with(p), "cost")]
            of = sum(p["share_of_cost"] for p in known)
            of += self.usual * (len(asked) - len(known))
            if of:
                shares.append(sum(p["share_of_cost"] for p in paid) / of)
        elif asked := [p for p in posts if self._is_asked(p, paid_for)]:
            shares.append(len(inside) / len(asked))
        if paid_for == "clicks":
            expected = [p for p in posts if "clicks" in self.given[self._place(p)]]
            if expected:
                shares.append(sum(p["clicks"] is not None for p in expected) / len(expected))
        return min(shares, default=None)
