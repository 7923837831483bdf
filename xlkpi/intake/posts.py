"""What an import is: posts read from outside, in columns, with everything that was decided or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text

_NOTHING = Text("", "")

#: A value as it goes into Posts: text, number or date; None is unknown and never 0.
Value = str | float | date | None

#: What says which post a row is and how it is described; what a person typed there is kept.
DESCRIPTIVE = (
    "post_id",
    "campaign",
    "influencer",
    "network",
    "format",
    "url",
    "promo_code",
    "note",
)

#: Columns of Posts that an import may fill, as ``excel.contract`` names them: a test compares the two.
COLUMNS = frozenset(
    (
        *DESCRIPTIVE,
        "date",
        "snapshot_date",
        "followers",
        "reach",
        "impressions",
        "views",
        "likes",
        "comments",
        "shares",
        "saves",
        "clicks",
        "new_followers",
        "mentions",
        "conversions",
        "leads",
        "new_customers",
        "revenue",
        "cost",
        "positive_comments",
        "neutral_comments",
        "negative_comments",
        "suspicious_interactions",
        "key_message",
        "ad_disclosed",
        "content_score",
        # Measures that are written where the user's table has a column for them:
        "organic_reach",
        "target_reach",
        "tags",
        "bookmarks",
        "profile_visits",
        "sends",
        "watch_seconds",
        "video_seconds",
        "sessions",
        "new_users",
        "page_views",
        "engaged_sessions",
        "session_seconds",
        "orders",
        "qualified_leads",
        "downloads",
        "sign_ups",
        "quotes",
        "contest_entries",
        "promo_redemptions",
        "qr_scans",
        "positive_mentions",
        "negative_mentions",
        "ugc_posts",
    )
)


_COLUMN_NAMES = {
    "post_id": Text("Post ID", "ID du post"),
    "date": Text("Date", "Date"),
    "url": Text("URL", "URL"),
    "format": Text("Format", "Format"),
    "network": Text("Network", "Réseau"),
    "campaign": Text("Campaign", "Campagne"),
    "influencer": Text("Influencer", "Influenceur"),
    "snapshot_date": Text("Snapshot date", "Date du relevé"),
    "promo_code": Text("Promo code", "Code promo"),
    "note": Text("Note", "Note"),
}


def column_label(id: str) -> Text:
    """What people call a column of Posts."""
    if id in _COLUMN_NAMES:
        return _COLUMN_NAMES[id]
    return MEASURES[id].label if id in MEASURES else Text(id, id)


@dataclass(frozen=True, slots=True)
class RowBalance:
    """Rows of an export: ``read = taken + totals + excluded + blank``."""

    read: int = 0
    taken: int = 0
    totals: int = 0  # total and footer rows, never summed
    excluded: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """One recognised export, its rows as columns of Posts (ids of ``contract.POSTS``), every list equally long."""

    kind: str  # id of the importer: "instagram_content"
    source: str  # what the user knows it by: "march.zip › Content.csv"
    columns: Mapping[str, Sequence[Value]]
    rows: Sequence[int]  # row number of each post in the source
    accounts: Sequence[
        str | None
    ]  # handle or account name of each post, for finding its influencer
    balance: RowBalance
    recognised: Mapping[str, str] = field(
        default_factory=dict
    )  # header of the source → id of the Posts column
    ignored: Sequence[str] = ()  # headers that were not used
    decisions: Sequence[Text] = ()  # how ambiguous numbers and dates were read
    findings: Sequence[Finding] = ()
    name: Text = _NOTHING  # what people call it: "Instagram content (Meta Business Suite)"
    is_addition: bool = (
        False  # ad spend: fills gaps of posts that are there, adds and replaces none
    )

    @property
    def snapshot(self) -> date | None:
        """The day of the figures, one for the whole export."""
        days = self.columns.get("snapshot_date", ())
        return days[0] if days and isinstance(days[0], date) else None


@dataclass(frozen=True, slots=True)
class PostChanges:
    """What is to be written into Posts: cells of rows that are there, and rows to append.

    ``updates``: sheet row → {column id: value}.  ``added``: column id → values, every list equally long.
    A column id that the table does not have is not written; the writer gives it back as left out.
    """

    updates: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    added: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return max((len(values) for values in self.added.values()), default=0)

    @property
    def is_empty(self) -> bool:
        return not self.updates and not self.count
