"""What an import changes in Posts: counters are lifetime totals, so a post takes its newest figures, never their sum.

Nothing is lost on the way: an empty cell overwrites nothing, what a person typed in a column that an export does not
carry stays, and what describes a post (campaign, influencer, format, note) is only ever filled in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from itertools import repeat

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings, Refused, refuse
from xlkpi.core.names import fold
from xlkpi.core.texts import Text
from xlkpi.intake import links
from xlkpi.intake.memory import collector_paused
from xlkpi.intake.merge import findings
from xlkpi.intake.merge.identity import Index, InfluencerNames, InfluencerRow, Keys
from xlkpi.intake.merge.report import OUTCOMES, Imported, ImportReport
from xlkpi.intake.posts import DESCRIPTIVE, Export, PostChanges, Value

__all__ = ["ExistingPosts", "ImportReport", "Imported", "InfluencerRow", "plan"]

_GROWING = ("views", "impressions", "reach", "likes")  # lifetime counters that hardly ever fall
_FEW = 5  # posts below which a fall says nothing


@dataclass(frozen=True, slots=True)
class ExistingPosts:
    """The posts that a workbook holds, in columns; a blank cell is None, an id is text."""

    rows: Sequence[int] = ()  # sheet row of each post
    #: Column id → values, as many as rows; every column that the table has, blank ones too.
    columns: Mapping[str, Sequence[Value]] = field(default_factory=dict)


@collector_paused()
def plan(
    exports: Sequence[Export],
    held: ExistingPosts,
    influencers: Sequence[InfluencerRow],
    campaign: str = "",
    today: date | None = None,
    *,
    campaigns: Sequence[str] = (),
    passed_over: Sequence[Finding] = (),
) -> tuple[PostChanges, ImportReport]:
    """What to write so that Posts holds the newest figures of every post.

    A post is known by network and id, else by its link, else (sheets kept by hand) by day, network and influencer.
    Several exports are taken in the order of their days; of one post the newest row counts, the last one of equals.

    Args:
        held: what the workbook holds.
        campaign: of new posts, and of those of the workbook that name none; else the only one of ``campaigns``, for
            new posts alone.
        campaigns: names that the workbook knows.
        today: day of an export that does not say its own.
        passed_over: findings of the files, to stand in the report.

    Raises:
        Refused: XK332, the workbook has no campaign of this name.
    """
    chosen = _campaign(campaign, campaigns)
    merge = _Merge(
        held,
        InfluencerNames(influencers),
        chosen,
        today or date.max,
        is_said=bool(campaign.strip()),
    )
    for finding in passed_over:
        merge.findings.add(finding)
    order = sorted(
        range(len(exports)),
        key=lambda i: (exports[i].is_addition, exports[i].snapshot or today or date.max),
    )
    for at in order:
        merge.is_last = at == order[-1]
        merge.take(at, exports[at])
    if merge.refused and len(merge.refused) == len(exports):
        raise Refused(*merge.refused.values())
    if merge.count and not chosen:
        merge.tell_open_campaign(campaigns)
    merge.finish()
    return merge.change(), merge.report(exports)


def _campaign(said: str, known: Sequence[str]) -> str:
    by_name = {fold(name): name for name in reversed(known)}
    if not said.strip():
        return known[0] if len(by_name) == 1 else ""
    if fold(said) in by_name or not known:
        return by_name.get(fold(said), said.strip())
    near = get_close_matches(fold(said), by_name, n=1)
    names = ", ".join(by_name[n] for n in near) or ", ".join(list(known)[:10])
    raise refuse(
        codes.NO_SUCH_CAMPAIGN_TO_IMPORT,
        fix=Text(
            "choose one that it has ({names}), or add it to Campaigns first",
            "choisissez-en une qu’il contient ({names}), ou ajoutez-la d’abord à Campagnes",
        ).format(names=names),
        value=said,
    )


# -- the merge --------------------------------------------------------------------------------------


class _Merge:
    """Posts of the workbook (numbers from 0) and new ones (numbers after those), with the cells to be written."""

    def __init__(
        self,
        held: ExistingPosts,
        people: InfluencerNames,
        campaign: str,
        today: date,
        *,
        is_said: bool,
    ) -> None:
        self.held, self.people, self.campaign, self.today = held, people, campaign, today
        self.is_said = is_said  # a person named the campaign
        self.base = len(held.rows)
        self.count = 0  # new posts
        self.updates: dict[int, dict[str, Value]] = {}  # post of the workbook → what to write
        self.added: dict[str, list[Value]] = {}
        self.findings = Findings()
        self.left_out: set[str] = set()  # columns of updates that the table does not have
        self.targets: dict[
            int, list[int | str] | range
        ] = {}  # export → the post of each row, or why it has none
        self.is_last = False  # whether the export at hand is the last one
        self.sources: dict[
            int, tuple[int, str, int]
        ] = {}  # post → export, its kind and row: what last gave its figures
        self.refused: dict[int, Finding] = {}  # exports that name other posts by the same ids
        self.index = Index()
        self._unknown: set[tuple[str, str]] = set()
        self._index_held()

    def _index_held(self) -> None:
        self._held_keys: Keys | None = Keys.of(
            self.held.columns,
            self.held.columns.get("influencer") or [None] * self.base,
            self.base,
            self.people,
        )
        snapshots = self.held.columns.get("snapshot_date") or [None] * self.base
        oldest = sorted(
            range(self.base), key=lambda i: s if isinstance(s := snapshots[i], date) else date.min
        )
        for i in (
            oldest
        ):  # of a post on two rows the newest one is kept up to date, as it is the one that counts
            self.index.add(self._held_keys, i, i)

    def _index_urls(self, keys: Keys) -> None:
        """Links of posts that have an id too are looked at only when an export has rows without one."""
        if None not in keys.ids or not any(
            url and key is None for url, key in zip(keys.urls, keys.ids, strict=True)
        ):
            return
        held, self._held_keys = self._held_keys, None
        for i, url in enumerate([*(held.urls if held else ())]):
            if url:
                self.index.by_url.setdefault(links.canonical(str(url)), i)
        for n, url in enumerate(self.added.get("url", ())):
            if url:
                self.index.by_url.setdefault(links.canonical(str(url)), self.base + n)

    # -- one export ----------------------------------------------------------------------------------

    def take(self, at: int, export: Export) -> None:
        keys = Keys.of(export.columns, export.accounts, len(export.rows), self.people)
        self._index_urls(keys)
        if export.kind == "posts" and self._names_others(at, export, keys):
            return
        self.findings.extend(export.findings)
        is_first = not self.base and not self.count
        if not export.is_addition and self.index.has_none_of(keys):
            self._all_new(at, export, keys)
            if is_first:
                self._append(export, None)
                return
        else:
            self._find_targets(at, export, keys)
        if export.is_addition:
            self._fill_costs(export, self.targets[at])  # type: ignore[arg-type]
            return
        used = [(i, post) for i, post in enumerate(self.targets[at]) if type(post) is int]
        old = [(i, post) for i, post in used if post < self.base]
        self._append(export, [(i, post - self.base) for i, post in used if post >= self.base])
        self._update(export, old)
        self._tell_fall(export, old)

    def _names_others(self, at: int, export: Export, keys: Keys) -> bool:
        """Refuse a table whose ids are those of other posts: date and influencer differ for most of them."""
        days = export.columns.get("date")
        if not days:
            return False
        found = [(i, self.index.find(keys, i, 0)) for i, key in enumerate(keys.ids) if key]
        known = [(i, post) for i, post in found if post is not None]
        others = [i for i, post in known if self._is_another(post, days[i], export, i)]
        if len(others) <= 0.5 * len(known):
            return False
        self.refused[at] = findings.other_posts(export, others[0], len(others), len(known))
        self.findings.add(self.refused[at])
        return True

    def _is_another(self, post: int, day: Value, export: Export, i: int) -> bool:
        """Whether row ``i`` is of another day and of somebody else than a post."""
        columns, n = (
            (self.held.columns, post) if post < self.base else (self.added, post - self.base)
        )
        then, who = (
            values[n] if (values := columns.get(id)) and n < len(values) else None
            for id in ("date", "influencer")
        )
        account, networks = export.accounts[i], export.columns.get("network")
        if not (then and who and day and account) or then == day:
            return False
        network = str(networks[i] or "") if networks else ""
        return self.people.one(account, network) != self.people.one(str(who), network)

    def _find_targets(self, at: int, export: Export, keys: Keys) -> None:
        """The post of each row: one of the workbook, one of this import, or a new one."""
        snapshots = self.held.columns.get("snapshot_date") or [None] * self.base
        days = export.columns.get("snapshot_date") or [self.today] * len(export.rows)
        targets: list[int | str] = []
        self.targets[at] = targets
        seen: dict[str, int] = {}
        for i, by_hand in enumerate(keys.by_hand):
            nth = seen.get(by_hand, 0) if by_hand else 0
            if by_hand:
                seen[by_hand] = nth + 1
            post = self.index.find(keys, i, nth)
            if export.is_addition:
                targets.append("unmatched" if post is None else post)
                continue
            if post is None:
                post = self.base + self.count
                self.count += 1
                self.index.add(keys, i, post)
            elif post < self.base and (newer := _newer(snapshots[post], days[i])):
                self.findings.add(findings.older_row(export, i, newer))
                targets.append("older")
                continue
            self._supersede(at, export, i, post)
            self.sources[post] = (at, export.kind, i)
            targets.append(post)

    def _all_new(self, at: int, export: Export, keys: Keys) -> None:
        """The usual first import, at once: posts with an id each, none of them known."""
        first = self.base + self.count
        posts = range(first, first + len(keys.ids))
        if not self.is_last:
            self.index.by_id.update(zip(keys.ids, posts, strict=True))  # type: ignore[arg-type]
            self.sources.update(
                zip(posts, zip(repeat(at), repeat(export.kind), range(len(posts))), strict=False)
            )
        self.count += len(posts)
        self.targets[at] = posts

    def _supersede(self, at: int, export: Export, i: int, post: int) -> None:
        """Tell when a row of this import has given this post its figures already: this one is newer, or further down."""
        before = self.sources.get(post)
        if before is None or before[1] != export.kind:
            return  # two kinds of export complete each other
        targets = self.targets[before[0]]
        if isinstance(targets, range):
            targets = self.targets[before[0]] = list(targets)
        targets[before[2]] = "repeated"
        self.findings.add(findings.repeated_post(export, i, same_file=before[0] == at))

    def _append(self, export: Export, new: Sequence[tuple[int, int]] | None) -> None:
        """New posts: pairs of the export's row and the post's place among the new ones; None: all, and the first ones."""
        if new is not None and not new:
            return
        names = self._names(export, range(len(export.rows)) if new is None else [i for i, _ in new])
        for id, values in {**export.columns, "influencer": names}.items():
            column = self._column(id)
            if new is None:
                column[:] = values
                continue
            fills_only = id in DESCRIPTIVE
            for i, n in new:
                if (value := values[i]) is not None and not (fills_only and column[n] is not None):
                    column[n] = value
        campaign = self._column("campaign")
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

    def _column(self, id: str) -> list[Value]:
        column = self.added.setdefault(id, [])
        column.extend([None] * (self.count - len(column)))
        return column

    def _update(self, export: Export, old: Sequence[tuple[int, int]]) -> None:
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
            for i, post in old:
                value = values[i]
                if value is None or (held[post] == value and post not in self.updates):
                    continue
                pending = self.updates.get(post)
                before = pending[id] if pending and id in pending else held[post]
                if before is None or before == "" or (not fills_only and not _same(before, value)):
                    self.updates.setdefault(post, {})[id] = value
                    changed.add(post)
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

    # -- spend ---------------------------------------------------------------------------------------

    def _fill_costs(self, export: Export, targets: list[int | str]) -> None:
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
                self._column("cost")[post - self.base] if is_new else held[post] if held else None
            )
            before = self.updates.get(post, {}).get("cost", before)
            if before is not None and before != "":
                if not _same(before, value):
                    targets[i] = "unmatched"
                    self.findings.add(findings.cost_is_known(export, i, before, value))
            elif is_new:
                self._column("cost")[post - self.base] = value
            else:
                self.updates.setdefault(post, {})["cost"] = value

    # -- what is said at the end ---------------------------------------------------------------------

    def _tell_fall(self, export: Export, old: Sequence[tuple[int, int]]) -> None:
        """Lifetime counters do not fall: an export that lowers most of them is an older one."""
        for id in _GROWING:
            now, before = export.columns.get(id), self.held.columns.get(id)
            if not now or not before:
                continue
            pairs = [(now[i], before[post]) for i, post in old]
            known = [
                (a, b)
                for a, b in pairs
                if isinstance(a, float | int) and isinstance(b, float | int)
            ]
            fell = sum(a < b for a, b in known)
            if fell >= _FEW and fell > 0.5 * len(known):
                self.findings.add(findings.fallen_figures(export, id, fell, len(known)))
                return

    def tell_open_campaign(self, campaigns: Sequence[str]) -> None:
        if any(value is None for value in self._column("campaign")):
            self.findings.add(findings.open_campaign(campaigns))

    # -- results -------------------------------------------------------------------------------------

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
        added = {id: self._column(id) for id in list(self.added)} if self.count else {}
        return PostChanges(
            {rows[post]: cells for post, cells in sorted(self.updates.items())},
            {id: values for id, values in added.items() if any(v is not None for v in values)},
        )

    def report(self, exports: Sequence[Export]) -> ImportReport:
        created: set[int] = set()
        outcomes = {
            at: self._outcomes(targets, created) for at, targets in self.targets.items()
        }  # as they were taken
        imported = [
            Imported(export, **outcomes[at])
            for at, export in enumerate(exports)
            if at not in self.refused
        ]
        return ImportReport(imported, self.findings.all(), self.campaign, sorted(self.left_out))

    def _outcomes(self, targets: Sequence[int | str], created: set[int]) -> dict[str, int]:
        """How many rows were added, updated …; of two rows that make one new post the first one adds it."""
        count = dict.fromkeys(OUTCOMES, 0)
        if isinstance(targets, range):
            created.update(targets)
            return count | {"added": len(targets)}
        for post in targets:
            if isinstance(post, str):
                count[post] += 1
            elif post < self.base:
                count["updated" if post in self.updates else "unchanged"] += 1
            else:
                count["updated" if post in created else "added"] += 1
                created.add(post)
        return count


def _same(a: Value, b: Value) -> bool:
    """Whether a cell says already what an export says."""
    if isinstance(a, float | int) and isinstance(b, float | int):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(a, str) and isinstance(b, str):
        return a.strip() == b.strip()
    return a == b


def _newer(known: Value, day: Value) -> date | None:
    """The day of the figures that the workbook has, where they are newer than those of ``day``."""
    return known if isinstance(known, date) and isinstance(day, date) and day < known else None
