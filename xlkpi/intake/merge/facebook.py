"""Facebook gives one video two ids, in the file of its videos and in that of all content: they meet by day and page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlkpi.intake import links
from xlkpi.intake.merge.cells import PostCells
from xlkpi.intake.merge.identity import InfluencerNames, network_key
from xlkpi.intake.posts import Export, Value

CONTENT, VIDEOS = "facebook_content", "facebook_videos"
_MOVING = (None, "", "video", "reel", "live", "short")
#: Figures that both files have.
_COMPARED = ("reach", "likes", "comments", "shares")


@dataclass(slots=True)
class FacebookVideos:
    """What posts rows of one of the two files are, of those that the other file has brought."""

    found: Mapping[int, int] = field(default_factory=dict)  # row → post
    doubtful: Mapping[int, int] = field(default_factory=dict)  # row → how many posts it may be


def find_videos(
    cells: PostCells, people: InfluencerNames, export: Export, rows: Iterable[int]
) -> FacebookVideos:
    """The posts of ``rows``, whose ids nobody has: by link, else by day and page, told apart by their figures."""
    known = _Known(cells, people, has_links=export.kind == VIDEOS)
    found: dict[int, int] = {}
    doubtful: dict[int, int] = {}
    for i in rows:
        said = {id: values[i] for id, values in export.columns.items()}
        url = str(said.get("url") or "")
        if url and links.canonical(url) in known.by_url:
            found[i] = known.by_url[links.canonical(url)]
            continue
        near = known.near(said.get("date"), people.one(str(export.accounts[i] or ""), "Facebook"))
        if said.get("format") not in _MOVING or not near:
            continue
        alike = _most_alike(cells, near, said)
        if len(alike) == 1:
            found[i] = alike[0]
        else:
            doubtful[i] = len(near)
    return FacebookVideos(found, doubtful)


class _Known:
    """Posts of Facebook that may be videos, of the file that has links to its posts or of the one that has none."""

    def __init__(self, cells: PostCells, people: InfluencerNames, *, has_links: bool) -> None:
        self.by_url: dict[str, int] = {}
        self._by_day: dict[tuple[Value, str], list[int]] = {}
        for post in range(cells.base + cells.count):
            if network_key(cells.value(post, "network")) != "facebook":
                continue
            url = cells.value(post, "url")
            if url:
                self.by_url.setdefault(links.canonical(str(url)), post)
            if bool(url) == has_links and cells.value(post, "format") in _MOVING:
                page = people.one(str(cells.value(post, "influencer") or ""), "Facebook")
                self._by_day.setdefault((cells.value(post, "date"), page), []).append(post)

    def near(self, day: Value, page: str) -> list[int]:
        return self._by_day.get((day, page), []) if day and page else []


def _most_alike(cells: PostCells, posts: list[int], said: Mapping[str, Value]) -> list[int]:
    """Those of several posts that share most figures with a row."""
    if len(posts) == 1:
        return posts
    same = {
        post: sum(
            said.get(id) is not None and said[id] == cells.value(post, id) for id in _COMPARED
        )
        for post in posts
    }
    most = max(same.values())
    return [post for post in posts if same[post] == most] if most else posts
