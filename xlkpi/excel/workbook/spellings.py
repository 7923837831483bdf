"""One spelling for what people and platforms write in several ways: networks, formats, what a rate applies to."""

from __future__ import annotations

from functools import lru_cache

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.names import normalise
from xlkpi.excel.workbook import choices

NETWORKS = {
    **{normalise(n): n for n in choices.NETWORKS},
    "ig": "Instagram",
    "insta": "Instagram",
    "fb": "Facebook",
    "meta": "Facebook",
    "yt": "YouTube",
    "you tube": "YouTube",
    "tik tok": "TikTok",
    "twitter": "X",
    "x twitter": "X",
    "snap": "Snapchat",
    "linked in": "LinkedIn",
}
ALL_FORMATS = {"", "all", "tous", "toutes", "tout", "all formats", "tous les formats"}
SINGULAR = {
    "like": "likes",
    "comment": "comments",
    "share": "shares",
    "save": "saves",
    "click": "clicks",
}


def network(said: str) -> str:
    """The network as our lists name it; one that they do not have as it is written."""
    return NETWORKS.get(normalise(said), said.strip())


@lru_cache(maxsize=1024)
def format_name(said: str) -> str:
    """One spelling for a format: ours where we know it, in the language in which it is written."""
    id = choices.choice(choices.FORMATS, said)
    if id is None:
        return said
    label = choices.FORMATS[id]
    return label.fr if said.casefold() == label.fr.casefold() else label.en


def rate_item(kind: str, said: str) -> str:
    """What a rate applies to: a format, an interaction, or everything ("")."""
    text = normalise(said)
    if text in ALL_FORMATS:
        return ""
    if kind == "cpm":
        return format_name(said.strip())
    if "1000" in text:
        return "1000 views"
    for measure in (*choices.INTERACTIONS, "views"):
        label = MEASURES[measure].label
        if text in {
            measure,
            normalise(label.en),
            normalise(label.fr),
            normalise(label.fr).rstrip("s"),
        }:
            return measure
    return SINGULAR.get(text, said.strip())
