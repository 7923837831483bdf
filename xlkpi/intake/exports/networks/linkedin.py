"""LinkedIn: the sheet "All posts" of a page, and the sheet TOP POSTS of a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake import links
from xlkpi.intake.cells.columns import dates, numbers
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Draft, Platform, holding
from xlkpi.intake.links import BY_NAME
from xlkpi.intake.posts import Export
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import Cell, SourceTable

# Dates are month first: as read by public parsers made for real files, seen 2026-11.
POSTS = Platform(
    id="linkedin_posts",
    name=Text("LinkedIn page posts", "Posts d’une page LinkedIn"),
    network="LinkedIn",
    needs=("url", "impressions", "date|clicks|shares"),
    columns=holding(
        url="url",
        day="date",
        text="format",
        count="impressions views clicks likes comments shares new_followers",
    ),
    order="mdy",
    id_in_url=BY_NAME["LinkedIn"].id,
    finish=read_formats,
)


# -- a person's own statistics ----------------------------------------------------------------------
# R: two workbooks with the sheets DISCOVERY, ENGAGEMENT, TOP POSTS, FOLLOWERS and DEMOGRAPHICS, one of them saved as
# CSV; seen 2026-11.  TOP POSTS holds the 50 posts with most engagements beside the 50 with most impressions.


def _one_list(table: SourceTable) -> SourceTable | None:
    """Two lists of posts side by side as one: joined by the link, what a list lacks unknown."""
    names = headers.aliases("linkedin_personal")
    starts = [i for i, h in enumerate(table.header) if normalise(h) in map(normalise, names["url"])]
    if len(starts) < 2:
        return None
    posts: dict[str, dict[str, Cell]] = {}
    rows: dict[str, int] = {}
    for start, end in pairwise([*starts, len(table.header)]):
        for at, url in enumerate(table.columns[start]):
            if url is None or not str(url).strip():
                continue
            key = links.canonical(str(url))
            rows.setdefault(key, table.rows[at])
            for index in range(start, end):
                cell = table.columns[index][at]
                if table.header[index] and cell not in (None, ""):
                    posts.setdefault(key, {}).setdefault(normalise(table.header[index]), cell)
    shown = {normalise(h): h for h in reversed(table.header) if h}
    return replace(
        table,
        header=tuple(shown[name] for name in dict.fromkeys(map(normalise, table.header)) if name),
        columns=[
            [post.get(name) for post in posts.values()]
            for name in dict.fromkeys(map(normalise, table.header))
            if name
        ],
        rows=list(rows.values()),
        is_text=False,
        facts=(*table.facts, _JOINED.format(n=len(posts))),
    )


_JOINED = Text(
    "lists side by side were joined by their links; a figure that a list lacks is unknown (posts: {n})",
    "les listes côte à côte ont été réunies par leurs liens ; un chiffre absent d’une liste est inconnu (posts : {n})",
)
_FOLLOWERS = re.compile(
    r"(?:total followers|total des abonnés|abonnés|followers)\D*?(\d{1,2}/\d{1,2}/\d{4})\s*:?\s*([\d.,\s]+)",
    re.IGNORECASE,
)


def _with_followers(export: Export, tables: Sequence[SourceTable]) -> Export:
    """Followers, and the day of the figures, as the sheet FOLLOWERS says above its table."""
    for line in (line for table in tables for line in table.title):
        said = _FOLLOWERS.search(line)
        day = dates([said[1]], order="mdy").values[0] if said else None
        count = numbers([said[2]], whole=True).values[0] if said else None
        if day and count:
            columns = {**export.columns, "snapshot_date": [day] * len(export.rows)}
            columns["followers"] = [count] * len(export.rows)
            told = Text(
                "{n} follower{n:|s} on {en}, the day of the figures",
                "{n} abonné{n:|s} au {fr}, jour des chiffres",
            ).format(n=round(count), en=f"{day:%Y-%m-%d}", fr=f"{day:%d/%m/%Y}")
            return replace(export, columns=columns, decisions=(*export.decisions, told))
    return export


def _tell_engagements(draft: Draft) -> None:
    """A sum of reactions, comments, reposts and clicks says none of them."""
    if "engagements" in draft.names.found:
        draft.decisions.append(
            Text(
                "“{name}” is a sum of reactions, comments, reposts and clicks, none of which the file gives: not imported",
                "« {name} » est une somme de réactions, commentaires, republications et clics, que le fichier ne donne "
                "pas séparément : non importé",
            ).format(name=draft.header("engagements"))
        )


PERSONAL = Platform(
    id="linkedin_personal",
    name=Text("LinkedIn posts of a person", "Posts LinkedIn d’une personne"),
    network="LinkedIn",
    needs=("url", "engagements", "impressions"),
    columns=holding(url="url", day="date", count="impressions"),
    order="mdy",
    id_in_url=BY_NAME["LinkedIn"].id,
    reshape=_one_list,
    complete=_with_followers,
    finish=_tell_engagements,
)

PLATFORMS = (POSTS, PERSONAL)
