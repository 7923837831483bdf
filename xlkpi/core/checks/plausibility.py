"""What a figure of a post cannot be, or hardly is, looked at with a marketer's eye, cell by cell."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import narwhals as nw

from xlkpi.core import codes
from xlkpi.core.campaign import Campaign, Settings
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.catalogue.measures import FLAG_MEASURES
from xlkpi.core.checks.declared import Known
from xlkpi.core.codes import Code
from xlkpi.core.days import dated, day_of, number_of
from xlkpi.core.findings import MAX_LISTED, Finding, Place
from xlkpi.core.names import fold, same_name
from xlkpi.core.texts import Text

#: A name is compared with so many declared ones to find the one that was meant.
_COMPARED = 2_000
#: What is known of a post before it is published.
_PLANNED = {"followers", "cost", *(m.id for m in FLAG_MEASURES)}
_SHOWN_TO = ("reach", "impressions", "views")  # people or times that a post was seen

Note = Callable[[Finding], None]
Locate = Callable[[str, int], Place]


@dataclass(slots=True)
class Plausibility:
    """Looks at the frames of posts as they pass: ``row``, ``day``, the labels and one column per measure.

    All posts of the workbook are looked at, whichever of them a report is on.
    """

    note: Note
    locate: Locate  # column id, sheet row → where that cell stands
    settings: Settings
    campaigns: Mapping[str, Campaign]
    known: Known
    today: date
    _declared: dict[str, dict[str, str]] = field(default_factory=dict)
    _strange: dict[str, dict[str, tuple[str, int, int]]] = field(default_factory=dict)
    _interactions: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, names in (
            ("influencer", self.known.influencers),
            ("network", self.known.networks),
            ("format", self.known.formats),
        ):
            of = self.known.names_of
            self._declared[column] = {same_name(name): of.get(name, name) for name in names}

    def look(self, native: Any) -> None:
        frame = nw.from_native(native, eager_only=True)
        self._impossible(frame)
        self._future(frame)
        self._campaigns(frame)
        for column in self._declared:
            self._remember(frame, column)

    def tell(self) -> None:
        """What can only be said after the last frame: one finding for each strange name, and for each poor campaign."""
        for column, found in self._strange.items():
            for name, row, posts in found.values():
                finding = _strange_name(
                    column, name, posts, self._declared[column], self.locate(column, row)
                )
                if finding is not None:
                    self.note(finding)
        for name, known in self._interactions.values():
            if known.pop("likes", 0) and known and not any(known.values()):
                self.note(_likes_only(name))

    def _each(
        self, frame: Any, condition: Any, columns: Sequence[str], finding: Callable[..., Finding]
    ) -> None:
        """Note one finding for each post for which a condition holds; unknown values make it false."""
        found = frame.filter(condition.fill_null(False)).select("row", *columns)
        told = [finding(int(row), *values) for row, *values in found.head(MAX_LISTED).iter_rows()]
        for one in told:
            self.note(one)
        if beyond := len(found) - len(told):
            self.note(told[-1].more(beyond))

    # -- figures -----------------------------------------------------------------------------------

    def _impossible(self, frame: Any) -> None:
        have = set(frame.columns)
        if {"reach", "impressions"} <= have:
            self._each(
                frame,
                nw.col("reach") > nw.col("impressions"),
                ("reach", "impressions"),
                self._reach,
            )
        parts = [c for c in self.settings.interactions if c in have]
        base = next(
            (b for b in (self.settings.denominator, *_SHOWN_TO) if b in _SHOWN_TO and b in have),
            None,
        )
        if parts and base:
            together = nw.sum_horizontal(*(nw.col(c).fill_null(0.0) for c in parts))
            self._each(
                frame.with_columns(together.alias("_interactions")),
                nw.col("_interactions") > nw.col(base),
                ("_interactions", base),
                partial(self._engagement, base),
            )
        if "content_score" in have:
            score = nw.col("content_score")
            self._each(frame, (score < 1) | (score > 5), ("content_score",), self._score)

    def _reach(self, row: int, reach: float, impressions: float) -> Finding:
        return Finding(
            codes.REACH_ABOVE_IMPRESSIONS,
            Text(
                "this is more than the impressions ({n}), and reach cannot be",
                "c’est plus que les impressions ({n}), et la portée ne peut l’être",
            ).format(n=_plain(impressions)),
            _USED,
            value=_plain(reach),
            **self.locate("reach", row),
        )

    def _engagement(self, base: str, row: int, interactions: float, seen: float) -> Finding:
        return Finding(
            codes.INTERACTIONS_ABOVE_REACH,
            Text(
                "this is less than the interactions of the post ({n})",
                "c’est moins que les interactions du post ({n})",
            ).format(n=_plain(interactions)),
            Text(
                "the engagement rate of this post exceeds 100%",
                "le taux d’engagement de ce post dépasse 100\u00a0%",
            )
            if base == self.settings.denominator
            else _USED,
            value=_plain(seen),
            **self.locate(base, row),
        )

    def _score(self, row: int, score: float) -> Finding:
        return Finding(
            codes.SCORE_OUT_OF_RANGE,
            effect=_USED,
            value=_plain(score),
            **self.locate("content_score", row),
        )

    # -- dates and campaigns -----------------------------------------------------------------------

    @property
    def _last_day(self) -> int:
        """Where it is tomorrow already, posts of tomorrow exist."""
        return number_of(self.today) + 1

    def _future(self, frame: Any) -> None:
        """A row with a date to come and no result is a post that is planned."""
        results = [c for c in frame.columns if c in MEASURES and c not in _PLANNED]
        late = frame.filter((nw.col("day") > self._last_day).fill_null(False))
        if len(late) and results:
            published = nw.any_horizontal(
                *(~nw.col(c).is_null() for c in results), ignore_nulls=True
            )
            self._each(
                late,
                published,
                ("day",),
                lambda row, day: Finding(
                    codes.IN_THE_FUTURE,
                    effect=_USED,
                    value=_iso(day),
                    **self.locate("date", row),
                ),
            )

    def _campaigns(self, frame: Any) -> None:
        counted = [c for c in self.settings.interactions if c in frame.columns]
        groups = frame.group_by("campaign").agg(
            nw.col("day").min().alias("_first"),
            nw.col("day").max().alias("_last"),
            *(nw.col(c).count().alias(c) for c in counted),
        )
        for group in groups.rows(named=True):
            name = group["campaign"] or ""
            _, known = self._interactions.setdefault(
                fold(name), (name, dict.fromkeys(self.settings.interactions, 0))
            )
            for c in counted:
                known[c] += int(group[c])
            campaign = self.campaigns.get(fold(name))
            if campaign is not None:
                self._outside(frame, name, campaign, group["_first"], group["_last"])

    def _outside(
        self, frame: Any, name: str, campaign: Campaign, earliest: float, latest: float
    ) -> None:
        start, end = campaign.start, campaign.end
        if start and end and end < start:  # told where the campaign is declared
            return
        first = number_of(start) if start else 0
        last = number_of(end) if end else self._last_day
        if earliest is None or latest is None or not (earliest < first or latest > last):
            return
        outside = (
            (nw.col("campaign") == name)
            & ((nw.col("day") < first) | (nw.col("day") > last))
            & (nw.col("day") <= self._last_day)
        )
        self._each(
            frame,
            outside,
            ("day",),
            lambda row, day: Finding(
                codes.OUTSIDE_CAMPAIGN,
                Text(
                    "this is outside {name} ({start} to {end})",
                    "c’est en dehors de {name} (du {start} au {end})",
                ).format(name=campaign.name, start=dated(start), end=dated(end)),
                _USED,
                value=_iso(day),
                **self.locate("date", row),
            ),
        )

    # -- names -------------------------------------------------------------------------------------

    def _remember(self, frame: Any, column: str) -> None:
        """Names that nobody declared: their first row and how many posts stand under them."""
        declared = self._declared[column]
        if not declared or column not in frame.columns:
            return
        names = (n for n in frame[column].unique().to_list() if isinstance(n, str) and n)
        strange = [n for n in names if same_name(n) not in declared]
        if not strange:
            return
        seen = self._strange.setdefault(column, {})
        groups = (
            frame.filter(nw.col(column).is_in(strange))
            .group_by(column)
            .agg(nw.col("row").min().alias("_first"), nw.len().alias("_posts"))
        )
        for name, first, posts in groups.iter_rows():
            said, row, count = seen.get(same_name(name), (name, int(first), 0))
            seen[same_name(name)] = said, min(row, int(first)), count + int(posts)


_USED = Text("the figure is used as it is", "le chiffre est utilisé tel quel")
_POSTS_UNDER = Text("posts under this name: {n}", "posts sous ce nom : {n}")
#: Column → the code of a name that resembles a declared one, that of one that resembles none, and the effect of both.
_STRANGE: dict[str, tuple[Code, Code | None, Text]] = {
    "influencer": (
        codes.INFLUENCER_MISSPELLED,
        codes.INFLUENCER_NOT_LISTED,
        _POSTS_UNDER,
    ),
    "network": (
        codes.NETWORK_MISSPELLED,
        codes.NETWORK_NOT_KNOWN,
        Text("posts under this name, without EMV: {n}", "posts sous ce nom, sans EMV : {n}"),
    ),
    "format": (codes.FORMAT_MISSPELLED, None, _POSTS_UNDER),
}


def _strange_name(
    column: str, name: str, posts: int, declared: Mapping[str, str], place: Place
) -> Finding | None:
    """A slip of the pen is worth a look, a name of one's own a remark; a format of one's own is nobody's business."""
    near = (
        difflib.get_close_matches(same_name(name), declared, n=1, cutoff=0.8)
        if len(declared) <= _COMPARED
        else []
    )
    misspelled, unknown, effect = _STRANGE[column]
    code = misspelled if near else unknown
    if code is None:
        return None
    fix = code.fix
    if near:
        fix = Text(
            "did you mean {n}? Otherwise leave it", "vouliez-vous dire {n} ? Sinon laissez ainsi"
        ).format(n=declared[near[0]])
    return Finding(code, effect=effect.format(n=posts), fix=fix, value=name, **place)


def _likes_only(campaign: str) -> Finding:
    return Finding(
        codes.ONLY_LIKES,
        Text(
            "{c}: of the interactions only likes are known",
            "{c} : seuls les likes sont connus parmi les interactions",
        ).format(c=campaign),
        Text(
            "its interactions and its engagement rate look lower than they are",
            "ses interactions et son taux d’engagement paraissent plus faibles qu’ils ne sont",
        ),
    )


def _plain(figure: float) -> str:
    return f"{figure:.15g}"


def _iso(day: float) -> str:
    return day_of(day).isoformat()
