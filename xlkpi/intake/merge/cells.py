"""The cells that an import writes: new posts, and what is new of the posts that a workbook holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlkpi.core.findings import Findings
from xlkpi.intake.merge import findings
from xlkpi.intake.merge.existing import ExistingPosts
from xlkpi.intake.merge.identity import InfluencerNames
from xlkpi.intake.posts import DESCRIPTIVE, Export, PostChanges, Value

#: Lifetime counters of a post: a 0 after another figure is one that the export lacks.
_NEVER_ZERO_AGAIN = frozenset(
    [
        "views",
        "impressions",
        "reach",
        "organic_reach",
        "likes",
        "comments",
        "shares",
        "saves",
        "bookmarks",
        "sends",
        "clicks",
        "profile_visits",
        "watch_seconds",
    ]
)


class PostCells:
    """Posts of the workbook (numbers from 0) and new ones (numbers after those), with the cells to be written."""

    def __init__(
        self,
        held: ExistingPosts,
        people: InfluencerNames,
        found: Findings,
        campaign: str,
        *,
        is_said: bool,
    ) -> None:
        self.held, self.people, self.findings, self.campaign = held, people, found, campaign
        self.is_said = is_said  # a person named the campaign
        self.base = len(held.rows)
        self.count = 0  # new posts
        self.updates: dict[int, dict[str, Value]] = {}  # post of the workbook → what to write
        self.added: dict[str, list[Value]] = {}
        self.left_out: set[str] = set()  # columns of updates that the table does not have
        self._unknown: set[tuple[str, str]] = set()

    def new(self) -> int:
        """The number of one more post."""
        self.count += 1
        return self.base + self.count - 1

    def value(self, post: int, id: str) -> Value:
        """What is known of a post: of the workbook, or of this import."""
        columns, n = (
            (self.held.columns, post) if post < self.base else (self.added, post - self.base)
        )
        values = columns.get(id)
        return values[n] if values and n < len(values) else None

    def append(self, export: Export, new: Sequence[tuple[int, int]] | None) -> None:
        """New posts: pairs of the export's row and the post's place among the new ones; None: all, and the first ones."""
        if new is not None and not new:
            return
        names = self._names(export, range(len(export.rows)) if new is None else [i for i, _ in new])
        for id, values in {**export.columns, "influencer": names}.items():
            column = self.column(id)
            if new is None:
                column[:] = values
                continue
            fills_only = id in DESCRIPTIVE
            fell: list[int] = []
            for i, n in new:
                if (value := values[i]) is None or (fills_only and column[n] is not None):
                    continue
                if value == 0 and id in _NEVER_ZERO_AGAIN and _is_more(column[n]):
                    fell.append(i)
                else:
                    column[n] = value
            self._tell_zeros(export, id, fell)
        campaign = self.column("campaign")
        if new is None and "campaign" not in export.columns:
            campaign[:] = [self.campaign or None] * self.count
        else:
            for n in range(self.count) if new is None else (n for _, n in new):
                campaign[n] = campaign[n] or self.campaign or None
        missing = names.count(None) - (0 if new is None else len(names) - len(new))
        if missing:
            self.findings.add(findings.no_account(export, missing))

    def _names(self, export: Export, used: Sequence[int]) -> list[Value]:
        """The influencer of each row that is used: by the account, else the account itself, told once each."""
        networks = export.columns.get("network") or [None] * len(export.rows)
        whose = list(zip(export.accounts, networks, strict=True))
        names: list[Value] = [None] * len(whose)
        known: dict[tuple[str | None, Value], str | None] = {
            (None, network): None for network in {*networks}
        }
        for i in used:
            pair = whose[i]
            if pair not in known:
                known[pair] = self._influencer(str(pair[0]), str(pair[1] or ""), export, i)
            names[i] = known[pair]
        return names

    def column(self, id: str) -> list[Value]:
        column = self.added.setdefault(id, [])
        column.extend([None] * (self.count - len(column)))
        return column

    def update(self, export: Export, old: Sequence[tuple[int, int]]) -> None:
        changed: set[int] = set()
        whole = len(old) > self.base // 8
        for id, values in export.columns.items():
            if id == "snapshot_date" or not old:
                continue
            if id not in self.held.columns:  # written in vain, it would be a change again next time
                self.left_out.add(id)
                continue
            held = self.held.columns[id]
            if whole:
                held = list(held)  # one by one, a column that unpacks its values is slow to ask
            fills_only = id in DESCRIPTIVE
            fell: list[int] = []
            for i, post in old:
                value = values[i]
                if value is None or (held[post] == value and post not in self.updates):
                    continue
                pending = self.updates.get(post)
                before = pending[id] if pending and id in pending else held[post]
                if value == 0 and id in _NEVER_ZERO_AGAIN and _is_more(before):
                    fell.append(i)
                elif (
                    before is None or before == "" or (not fills_only and not _same(before, value))
                ):
                    self.updates.setdefault(post, {})[id] = value
                    changed.add(post)
            self._tell_zeros(export, id, fell)
        self._fill_influencers(export, old, changed)
        if self.is_said:
            self._fill_campaigns(old, changed)
        days = export.columns.get("snapshot_date")
        for i, post in old:
            if post in changed and days and days[i] is not None:
                self.updates[post]["snapshot_date"] = days[i]

    def _fill_campaigns(self, old: Sequence[tuple[int, int]], changed: set[int]) -> None:
        """The campaign that was named, where the workbook names none: what XK332 tells people to import again for."""
        held = self.held.columns.get("campaign")
        if not held:
            return
        for _, post in old:
            if not held[post] and not self.updates.get(post, {}).get("campaign"):
                self.updates.setdefault(post, {})["campaign"] = self.campaign
                changed.add(post)

    def _fill_influencers(
        self, export: Export, old: Sequence[tuple[int, int]], changed: set[int]
    ) -> None:
        """An influencer that is found where the workbook names nobody."""
        held = self.held.columns.get("influencer")
        networks = export.columns.get("network")
        for i, post in old:
            account = export.accounts[i]
            if account and not (held and held[post]):
                name = self.people.find(account, str(networks[i] or "") if networks else "")
                if name:
                    self.updates.setdefault(post, {})["influencer"] = name
                    changed.add(post)

    def _influencer(self, account: str, network: str, export: Export, i: int) -> str:
        name = self.people.find(account, network)
        if name is None and (network, account) not in self._unknown:
            self._unknown.add((network, account))
            self.findings.add(findings.unknown_account(export, i, account))
        return name or account.strip()

    def fill_costs(self, export: Export, targets: list[int | str]) -> None:
        """Spend goes where no cost is known: a cost that is there may be a fee, which must neither go nor be guessed."""
        held = self.held.columns.get("cost")
        for i, (post, value) in enumerate(
            zip(targets, export.columns.get("cost", ()), strict=False)
        ):
            if type(post) is not int:
                self.findings.add(findings.spend_without_post(export, i))
                continue
            is_new = post >= self.base
            before = (
                self.column("cost")[post - self.base] if is_new else held[post] if held else None
            )
            before = self.updates.get(post, {}).get("cost", before)
            if before is not None and before != "":
                if not _same(before, value):
                    targets[i] = "unmatched"
                    self.findings.add(findings.cost_is_known(export, i, before, value))
            elif is_new:
                self.column("cost")[post - self.base] = value
            else:
                self.updates.setdefault(post, {})["cost"] = value

    def _tell_zeros(self, export: Export, id: str, fell: Sequence[int]) -> None:
        if fell:
            self.findings.add(findings.fallen_to_zero(export, id, fell))

    def finish(self) -> None:
        """Forget cells that say what the workbook says: a later export has taken back what an earlier one brought."""
        for post in list(self.updates):
            cells = {
                id: value
                for id, value in self.updates[post].items()
                if not self._says(post, id, value)
            }
            if cells.keys() <= {"snapshot_date"}:
                del self.updates[post]
            else:
                self.updates[post] = cells

    def _says(self, post: int, id: str, value: Value) -> bool:
        held = self.held.columns.get(id)
        return held is not None and held[post] is not None and _same(held[post], value)

    def change(self) -> PostChanges:
        rows = self.held.rows
        added = {id: self.column(id) for id in list(self.added)} if self.count else {}
        return PostChanges(
            {rows[post]: cells for post, cells in sorted(self.updates.items())},
            {id: values for id, values in added.items() if any(v is not None for v in values)},
        )


def _same(a: Value, b: Value) -> bool:
    """Whether a cell says already what an export says."""
    if isinstance(a, float | int) and isinstance(b, float | int):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(a, str) and isinstance(b, str):
        return a.strip() == b.strip()
    return a == b


def _is_more(before: Value) -> bool:
    return isinstance(before, float | int) and before > 0
