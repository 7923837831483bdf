"""YouTube Studio: the table of videos from the advanced mode."""

from __future__ import annotations

import re

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.intake.exports.platform import Draft, Platform, Refusal, holding
from xlkpi.intake.exports.rows import TOTALS
from xlkpi.intake.tables import headers
from xlkpi.intake.tables.table import SourceTable

VIDEO_ID = r"[A-Za-z0-9_-]{11}"
#: A Short lasts three minutes at most: a longer video is none.  Source: YouTube Help, since 2024-10-15.
LONGEST_SHORT = 180

_ANOTHER_TABLE = Text(
    "in YouTube Studio, Analytics > Advanced mode, choose the tab “Content”, then export",
    "dans YouTube Studio, Analyses > Mode avancé, choisissez l’onglet « Contenu », puis exportez",
)


def _finish(draft: Draft) -> None:
    if any(normalise(h) in ("date", "datum", "fecha", "data") for h in draft.table.header):
        raise refuse(
            codes.FIGURES_BY_DAY,
            Text(
                "this table has the figures of each video by day, not its totals",
                "ce tableau donne les chiffres de chaque vidéo jour par jour, et non ses totaux",
            ),
            Text(
                "choose “Table data” from the same ZIP, or the whole ZIP",
                "choisissez « Informations relatives aux tableaux » dans le même ZIP, ou le ZIP entier",
            ),
            sheet=draft.table.source,
        )
    ids = draft.column("post_id")
    draft.values["url"] = [
        f"https://www.youtube.com/watch?v={id}" if id and re.fullmatch(VIDEO_ID, str(id)) else None
        for id in ids
    ]
    if draft.names.found.get("impressions"):
        draft.decisions.append(
            Text(
                "Impressions: YouTube counts thumbnails shown, not videos played",
                "Impressions : YouTube compte les miniatures affichées, pas les vidéos lues",
            )
        )
    _formats(draft)


def _formats(draft: Draft) -> None:
    """Video where the length proves it; a Short is told apart by nothing in the file, so the cell stays empty."""
    lengths = draft.column("duration")
    short = sum(isinstance(s, float) and s <= LONGEST_SHORT for s in lengths)
    draft.values["format"] = [
        "video" if isinstance(s, float) and s > LONGEST_SHORT else None for s in lengths
    ]
    if short:
        draft.decisions.append(
            Text(
                "videos of three minutes or less may be Shorts, which the file does not say; Format stays empty: {n}",
                "les vidéos de trois minutes ou moins peuvent être des Shorts, ce que le fichier ne dit pas ; Format reste "
                "vide : {n}",
            ).format(n=short)
        )


def _is_other_table(table: SourceTable) -> bool:
    """Another table of the same file name: its first column says by what it is divided."""
    first = normalise(table.header[0]) if table.header else ""
    named = headers.match(table.header, headers.aliases("youtube_table"))
    return (
        first in map(normalise, headers.aliases("youtube_other")["by"])
        and "post_id" not in named
        and ("watch_hours" in named or "average_watch" in named or "engaged_views" in named)
    )


def _has_ids(table: SourceTable) -> bool:
    """Whether the first column that could hold videos does: “Content” is a word of every agency's sheet too."""
    at = headers.match(table.header, {"post_id": headers.aliases("youtube_table")["post_id"]}).get(
        "post_id"
    )
    said = [str(cell).strip() for cell in table.columns[at] if cell][:200] if at is not None else []
    ids = [text for text in said if normalise(text) not in TOTALS]
    return not ids or any(re.fullmatch(VIDEO_ID, id) for id in ids)


TABLE = Platform(
    id="youtube_table",
    name=Text("YouTube videos (YouTube Studio)", "Vidéos YouTube (YouTube Studio)"),
    network="YouTube",
    needs=(
        "post_id",
        "views",
        "title|date|duration|watch_hours|average_watch|impressions|engaged_views",
    ),
    columns=holding(
        id="post_id",
        day="date",
        seconds="duration",
        hours="watch_hours",
        count="views new_followers impressions likes comments shares reach",
    ),
    renamed={"watch_hours": "watch_seconds"},
    id_shape=VIDEO_ID,
    finish=_finish,
    fits=_has_ids,
)

OTHER = Platform(
    id="youtube_other",
    name=Text("another YouTube Studio table", "un autre tableau de YouTube Studio"),
    needs=("by",),
    fits=_is_other_table,
    refusal=Refusal(
        codes.OTHER_TABLE_OF_NETWORK,
        Text(
            "this YouTube table divides the channel’s figures by “{first}”; it lists no videos",
            "ce tableau YouTube répartit les chiffres de la chaîne par « {first} » ; il ne liste pas de vidéos",
        ),
        _ANOTHER_TABLE,
    ),
)

PLATFORMS = (TABLE, OTHER)
