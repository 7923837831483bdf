"""TikTok Studio: content, whose ids and accounts stand in the links."""

from __future__ import annotations

from xlkpi.core.texts import Text
from xlkpi.intake.exports.platform import Draft, Platform, holding
from xlkpi.intake.links import BY_NAME


def _formats(draft: Draft) -> None:
    """A link says whether it leads to a video or to a series of pictures."""
    urls = draft.column("url")
    draft.values["format"] = [
        None if u is None else "carousel" if "/photo/" in str(u) else "video" for u in urls
    ]


CONTENT = Platform(
    id="tiktok_content",
    name=Text("TikTok content (TikTok Studio)", "Contenu TikTok (TikTok Studio)"),
    network="TikTok",
    needs=("url", "views", "likes|comments|shares"),
    columns=holding(
        url="url",
        day="date",
        count="views likes comments shares bookmarks reach",
        seconds="total_play_time",
    ),
    renamed={"bookmarks": "saves", "total_play_time": "watch_seconds"},
    id_in_url=BY_NAME["TikTok"].id,
    handle_in_url=BY_NAME["TikTok"].handle,
    finish=_formats,
)

PLATFORMS = (CONTENT,)
