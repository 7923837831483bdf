"""Every post by its id, else by its link; a row that could not be found again is left out and told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.intake.cells.texts import plain_text
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.posts import Value


def identify(draft: ExportDraft) -> None:
    """Every post by its id, else by the link; the id within the link mends one that Excel has damaged."""
    ids = draft.values.setdefault("post_id", [None] * len(draft.at))
    if not draft.platform.id_in_url and not draft.platform.id_shape and None not in ids:
        return
    urls = draft.values.get("url", [None] * len(draft.at))
    within = ids_within(draft.platform.id_in_url, urls)
    shape = re.compile(draft.platform.id_shape) if draft.platform.id_shape else None
    mended = 0
    unknown: list[int] = []
    for i, id in enumerate(ids):
        if within[i]:
            mended += id is None and draft.has_cell("post_id", i)
            ids[i] = within[i]
        elif id is None or (shape and not shape.fullmatch(str(id))):
            ids[i] = None
            unknown.append(i)
    if mended:
        draft.decisions.append(
            Text(
                "ids that Excel had damaged were taken from the links: {n}",
                "identifiants abîmés par Excel, repris des liens : {n}",
            ).format(n=mended)
        )
    _without_id(draft, unknown, urls)


def _without_id(draft: ExportDraft, unknown: Iterable[int], urls: Sequence[Value]) -> None:
    gone: set[int] = set()
    for i in unknown:
        is_damaged = draft.has_cell("post_id", i)
        if urls[i]:
            if is_damaged:
                _damaged_id(
                    draft,
                    i,
                    codes.DAMAGED_ID_WITH_LINK,
                    Text(
                        "the post is known by its link instead",
                        "le post est reconnu par son lien",
                    ),
                )
            continue
        if not is_damaged and _is_known_otherwise(draft, i):
            continue
        gone.add(i)
        if is_damaged:
            _damaged_id(
                draft, i, codes.DAMAGED_ID, Text("the row is left out", "la ligne est exclue")
            )
        else:
            _nameless_row(draft, i)
    if gone:
        draft.drop(gone)


def _is_known_otherwise(draft: ExportDraft, i: int) -> bool:
    """Sheets kept by hand know a post by its day and its influencer."""
    days, people = (
        draft.values.get("date"),
        draft.values.get("influencer") or draft.values.get("account"),
    )
    return bool(not draft.platform.network and days and people and days[i] and people[i])


def _damaged_id(draft: ExportDraft, i: int, code: Code, effect: Text) -> None:
    draft.notes.add(
        Finding(
            code,
            Text(
                "this is not an id as {network} writes them: Excel has changed it",
                "ce n’est pas un identifiant comme {network} les écrit : Excel l’a modifié",
            ).format(network=draft.platform.network or Text("networks", "les réseaux")),
            effect,
            value=plain_text(draft.taken(draft.names.found["post_id"][0])[i])[:60],
            **draft.place("post_id", i),
        )
    )


def _nameless_row(draft: ExportDraft, i: int) -> None:
    draft.note(
        codes.ROW_WITHOUT_ID,
        effect=Text(
            "the row is left out: it could not be found again at the next import",
            "la ligne est exclue : elle ne pourrait pas être retrouvée au prochain import",
        ),
        cell=f"A{draft.table.rows[draft.at[i]]}",
    )


def ids_within(pattern: str, urls: Sequence[Value]) -> list[str | None]:
    if not pattern:
        return [None] * len(urls)
    search = re.compile(pattern).search
    return [found[1] if type(url) is str and (found := search(url)) else None for url in urls]
