"""The merge itself: every row of every export finds its post, and tells what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import repeat

from xlkpi.core.findings import Finding, Findings
from xlkpi.intake import links
from xlkpi.intake.merge import facebook, findings
from xlkpi.intake.merge.cells import PostCells
from xlkpi.intake.merge.existing import ExistingPosts
from xlkpi.intake.merge.identity import Index, InfluencerNames, Keys
from xlkpi.intake.merge.report import OUTCOMES, Imported, ImportReport
from xlkpi.intake.posts import Export, Value

_GROWING = ("views", "impressions", "reach", "likes")  # lifetime counters that hardly ever fall
_FEW = 5  # posts below which a fall says nothing


class Merge:
    """Takes one export after the other; a post has a number, those of the workbook from 0, new ones after them."""

    def __init__(
        self,
        held: ExistingPosts,
        people: InfluencerNames,
        campaign: str,
        today: date,
        *,
        is_said: bool,
    ) -> None:
        self.held, self.people, self.today = held, people, today
        self.findings = Findings()
        self.cells = PostCells(held, people, self.findings, campaign, is_said=is_said)
        self.base = self.cells.base
        self.targets: dict[
            int, list[int | str] | range
        ] = {}  # export → the post of each row, or why it has none
        self.is_last = False  # whether the export at hand is the last one
        self.sources: dict[
            int, tuple[int, str, int]
        ] = {}  # post → export, its kind and row: what last gave its figures
        self.earlier: list[
            tuple[int, int]
        ] = []  # lines of the export at hand that a later one repeats
        self.refused: dict[int, Finding] = {}  # exports that name other posts by the same ids
        self.videos: facebook.FacebookVideos | None = None  # of the export at hand
        self.index = Index()
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
        for n, url in enumerate(self.cells.added.get("url", ())):
            if url:
                self.index.by_url.setdefault(links.canonical(str(url)), self.base + n)

    def take(self, at: int, export: Export) -> None:
        keys = Keys.of(export.columns, export.accounts, len(export.rows), self.people)
        self._index_urls(keys)
        self.earlier = []
        if export.kind == "posts" and self._names_others(at, export, keys):
            return
        self.findings.extend(export.findings)
        is_first = not self._has_posts()
        self.videos = self._facebook_videos(export, keys)
        if not export.is_addition and not self.videos and self.index.has_none_of(keys):
            self._all_new(at, export, keys)
            if is_first:
                self.cells.append(export, None)
                return
        else:
            self._find_targets(at, export, keys)
        if export.is_addition:
            self.cells.fill_costs(export, self.targets[at])  # type: ignore[arg-type]
            return
        counting = [(i, post) for i, post in enumerate(self.targets[at]) if type(post) is int]
        used = [
            *self.earlier,
            *counting,
        ]  # what a later line of the post lacks, an earlier one says
        old = [(i, post) for i, post in used if post < self.base]
        self.cells.append(export, [(i, post - self.base) for i, post in used if post >= self.base])
        self.cells.update(export, old)
        self._tell_fall(export, old)

    def _facebook_videos(self, export: Export, keys: Keys) -> facebook.FacebookVideos | None:
        """The rows whose post stands under the id that another file of Facebook gives it."""
        if export.kind not in (facebook.CONTENT, facebook.VIDEOS) or not self._has_posts():
            return None
        unknown = [i for i in range(len(export.rows)) if self.index.find(keys, i, 0) is None]
        return facebook.find_videos(self.cells, self.people, export, unknown)

    def _has_posts(self) -> bool:
        return bool(self.base or self.cells.count)

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
        then, who = self.cells.value(post, "date"), self.cells.value(post, "influencer")
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
            if post is None and self.videos:
                post = self.videos.found.get(i)
            if export.is_addition:
                targets.append("unmatched" if post is None else post)
                continue
            if post is None and self.videos and i in self.videos.doubtful:
                self.findings.add(findings.doubtful_video(export, i, self.videos.doubtful[i]))
                targets.append("unmatched")
                continue
            if post is None:
                post = self.cells.new()
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
        first = self.base + self.cells.count
        posts = range(first, first + len(keys.ids))
        if not self.is_last:
            self.index.by_id.update(zip(keys.ids, posts, strict=True))  # type: ignore[arg-type]
            self.sources.update(
                zip(posts, zip(repeat(at), repeat(export.kind), range(len(posts))), strict=False)
            )
        self.cells.count += len(posts)
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
        if before[0] == at:
            self.earlier.append((before[2], post))
        self.findings.add(findings.repeated_post(export, i, same_file=before[0] == at))

    def _tell_fall(self, export: Export, old: Sequence[tuple[int, int]]) -> None:
        """Lifetime counters do not fall: an export that lowers most of them is an older one."""
        for id in _GROWING:
            now, before = export.columns.get(id), self.held.columns.get(id)
            if not now or not before:
                continue
            pairs = [(now[i], before[post]) for i, post in old if now[i] != 0]
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
        if any(value is None for value in self.cells.column("campaign")):
            self.findings.add(findings.open_campaign(campaigns))

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
        return ImportReport(
            imported, self.findings.all(), self.cells.campaign, sorted(self.cells.left_out)
        )

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
                count["updated" if post in self.cells.updates else "unchanged"] += 1
            else:
                count["updated" if post in created else "added"] += 1
                created.add(post)
        return count


def _newer(known: Value, day: Value) -> date | None:
    """The day of the figures that the workbook has, where they are newer than those of ``day``."""
    return known if isinstance(known, date) and isinstance(day, date) and day < known else None
