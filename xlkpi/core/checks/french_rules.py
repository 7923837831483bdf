"""Two French rules that the figures of a workbook touch, as remarks with their reference; never legal advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import narwhals as nw

from xlkpi.core import codes, figures
from xlkpi.core.campaign import Campaign, Settings
from xlkpi.core.checks.plausibility import Locate, Note
from xlkpi.core.days import day_of, number_of
from xlkpi.core.findings import Finding
from xlkpi.core.kpi import Unit
from xlkpi.core.names import fold, same_name
from xlkpi.core.texts import LANGUAGES, Text

#: From this sum of fees and gifts on, excl. tax, a contract is in writing (decree 2025-1137), and since that day.
CONTRACT_EUROS = 1_000.0
CONTRACT_SINCE = date(2026, 1, 1)
_NAMED = 10
_CURRENCY = "EUR"

Person = tuple[str, str, int, str]  # influencer, advertiser, year, objective


@dataclass(slots=True)
class FrenchRules:
    """Looks at the frames of posts as they pass, of all campaigns; a year's fees do not stop at a report's scope.

    A workbook in another currency than the euro is not looked at: its posts are hardly under French law.
    """

    settings: Settings
    campaigns: Mapping[str, Campaign]  # by folded name
    _hidden: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # name, posts, first row
    _paid: dict[Person, tuple[str, float]] = field(default_factory=dict)  # name, amount

    @property
    def apply(self) -> bool:
        return self.settings.french_rules and self.settings.currency.upper() == _CURRENCY

    def look(self, native: Any) -> None:
        """Take a frame in; frames of a second reading belong to a second FrenchRules."""
        if not self.apply:
            return
        frame = nw.from_native(native, eager_only=True)
        have = set(frame.columns)
        if {"influencer", "ad_disclosed"} <= have:
            self._undisclosed(frame)
        if {"influencer", "day"} <= have and have & {"cost", "gift_value"}:
            self._fees(frame, [c for c in ("cost", "gift_value") if c in have])

    def _undisclosed(self, frame: Any) -> None:
        found = frame.select("row", "influencer", "ad_disclosed").filter(
            (nw.col("ad_disclosed") == 0).fill_null(False)
        )
        if not len(found):
            return
        for name, posts, row in (
            found.group_by("influencer")
            .agg(nw.len().alias("posts"), nw.col("row").min())
            .iter_rows()
        ):
            said = name if isinstance(name, str) else ""
            known, count, first = self._hidden.get(same_name(said), (said, 0, int(row)))
            self._hidden[same_name(said)] = known, count + int(posts), min(first, int(row))

    def _fees(self, frame: Any, columns: Sequence[str]) -> None:
        since = number_of(CONTRACT_SINCE)
        recent = frame.select("influencer", "campaign", "day", *columns).filter(
            (nw.col("day") >= since).fill_null(False)
        )
        if not len(recent):
            return
        years = sorted({day_of(day).year for day in recent["day"].unique().to_list()})
        for year in years:
            first, last = number_of(date(year, 1, 1)), number_of(date(year, 12, 31))
            of_year = (
                recent
                if len(years) == 1
                else recent.filter((nw.col("day") >= first) & (nw.col("day") <= last))
            )
            groups = of_year.group_by("campaign", "influencer").agg(
                *(nw.col(c).sum() for c in columns)
            )
            for campaign, name, *amounts in groups.iter_rows():
                if isinstance(name, str) and name:
                    self._add(campaign if isinstance(campaign, str) else "", name, year, amounts)

    def _add(self, campaign: str, name: str, year: int, amounts: Sequence[float | None]) -> None:
        declared = self.campaigns.get(fold(campaign), Campaign(campaign))
        key = same_name(name), fold(declared.advertiser), year, declared.objective_type
        known, sum_ = self._paid.get(key, (name, 0.0))
        self._paid[key] = known, sum_ + sum(a for a in amounts if a is not None and a == a)

    # -- what there is to say ------------------------------------------------------------------------

    def tell(self, note: Note, locate: Locate) -> None:
        """One remark a rule at most, with the names it is about."""
        if self._hidden:
            note(self._told_hidden(locate))
        reached = {person: paid for person, paid in self._paid.items() if paid[1] >= CONTRACT_EUROS}
        if reached:
            note(_told_paid(reached))

    def _told_hidden(self, locate: Locate) -> Finding:
        people = sorted(self._hidden.values(), key=lambda known: (-known[1], known[0]))
        return Finding(
            codes.AD_NOT_DISCLOSED,
            Text(
                "posts said to carry no mention of advertising: {names}",
                "posts déclarés sans mention publicitaire : {names}",
            ).format(
                names=_names(
                    len(people),
                    [Text(*[f"{name or '–'} ({posts})"] * 2) for name, posts, _ in people[:_NAMED]],
                )
            ),
            Text(
                "a commercial post carries “Publicité” or “Collaboration commerciale” (French law 2023-451 of 9 June "
                "2023); this is not legal advice",
                "une publication commerciale porte « Publicité » ou « Collaboration commerciale » (loi 2023-451 du "
                "9 juin 2023) ; ceci n’est pas un conseil juridique",
            ),
            _fix(codes.AD_NOT_DISCLOSED.fix),
            **locate("ad_disclosed", min(row for *_, row in people)),
        )


def _told_paid(reached: Mapping[Person, tuple[str, float]]) -> Finding:
    people = sorted(
        ((name, person[2], amount) for person, (name, amount) in reached.items()),
        key=lambda p: (-p[2], p[0]),
    )
    return Finding(
        codes.WRITTEN_CONTRACT,
        Text(
            "costs and gifts of {limit} or more in a year, for one advertiser and one objective: {names}",
            "{limit} ou plus de coûts et de cadeaux sur un an, pour un même annonceur et un même objectif : {names}",
        ).format(
            limit=_euros(CONTRACT_EUROS),
            names=_names(
                len(people),
                [
                    Text("{name} ({amount} in {year})", "{name} ({amount} en {year})").format(
                        name=name, amount=_euros(amount), year=year
                    )
                    for name, year, amount in people[:_NAMED]
                ],
            ),
        ),
        Text(
            "from this sum of fees and gifts on, excl. tax, the contract is in writing since 1 January 2026 (French law "
            "2023-451 of 9 June 2023, art. 8; decree 2025-1137); this is not legal advice",
            "à partir de ce montant d’honoraires et de cadeaux, hors taxes, le contrat est écrit depuis le 1er janvier "
            "2026 (loi 2023-451 du 9 juin 2023, art. 8 ; décret 2025-1137) ; ceci n’est pas un conseil juridique",
        ),
        _fix(
            Text("check that each has a signed contract", "vérifiez que chacun a un contrat signé")
        ),
    )


def _fix(text: Text) -> Text:
    return Text(
        "{t}; set “French rules” to No in Settings where they do not apply",
        "{t} ; mettez « Règles françaises » à Non dans Paramètres si elles ne s’appliquent pas",
    ).format(t=text)


def _names(count: int, first: Sequence[Text]) -> Text:
    more = count - len(first)
    listed = Text(*(", ".join(side) for side in zip(*first, strict=True)))
    return (
        listed
        if more <= 0
        else Text("{l} and {n} more", "{l} et {n} de plus").format(l=listed, n=more)
    )


def _euros(amount: float) -> Text:
    return Text(
        *(figures.figure(amount, Unit.MONEY, _CURRENCY, language) for language in LANGUAGES)
    )
