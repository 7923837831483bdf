"""Every post by its id, else by its link; a row that could not be found again is left out and told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.intake.cells.idcolumn import is_counting
from xlkpi.intake.cells.texts import plain_text
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.totals import is_sum
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


def _without_id(draft: ExportDraft, unknown: Sequence[int], urls: Sequence[Value]) -> None:
    """Posts without an id that can be used: known by their link, or by day and influencer, or left out."""
    nameless = [i for i in unknown if not urls[i] and not _is_known_otherwise(draft, i)]
    sums = {i for i in nameless if is_sum(draft, i)}
    for i in unknown:
        if urls[i] and _has_id(draft, i):
            _damaged_id(draft, i, codes.DAMAGED_ID_WITH_LINK, _KNOWN_BY_LINK)
    gone = {*nameless} - sums
    for i in sorted(gone):
        if _has_id(draft, i):
            _damaged_id(draft, i, codes.DAMAGED_ID, _LEFT_OUT)
        else:
            _nameless_row(draft, i)
    if gone or sums:
        kept = [i for i in range(len(draft.at)) if i not in sums]
        draft.drop_sums(sums)
        draft.drop({n for n, i in enumerate(kept) if i in gone})


_KNOWN_BY_LINK = Text("the post is known by its link instead", "le post est reconnu par son lien")
_LEFT_OUT = Text("the row is left out", "la ligne est exclue")


def _is_known_otherwise(draft: ExportDraft, i: int) -> bool:
    """Sheets kept by hand know a post by its day and its influencer."""
    if draft.platform.network or _has_id(draft, i):
        return False
    days, people = draft.column("date"), draft.values.get("influencer") or draft.column("account")
    return bool(days[i] and people[i])


def _has_id(draft: ExportDraft, i: int) -> bool:
    """Whether a row says an id, be it a damaged one; a number that counts the rows is none."""
    return draft.has_cell("post_id", i) and not is_counting(_said_id(draft, i))


def _said_id(draft: ExportDraft, i: int) -> str:
    index = draft.names.found["post_id"][0]
    return plain_text(draft.table.columns[index][draft.at[i]])


def _damaged_id(draft: ExportDraft, i: int, code: Code, effect: Text) -> None:
    said = _said_id(draft, i)[:60]
    reason = Text(
        "this is not an id as {network} writes them",
        "ce n’est pas un identifiant comme {network} les écrit",
    )
    if any(c.isdigit() for c in said) or said.startswith("#"):
        reason = Text(reason.en + ": Excel has changed it", reason.fr + " : Excel l’a modifié")
    draft.findings.add(
        Finding(
            code,
            reason.format(network=draft.platform.network or Text("networks", "les réseaux")),
            effect,
            value=said,
            **draft.place("post_id", i),
        )
    )


def _nameless_row(draft: ExportDraft, i: int) -> None:
    said = _said_id(draft, i) if draft.has_cell("post_id", i) else ""
    draft.note(
        codes.ROW_WITHOUT_ID,
        Text(
            "this is a running number and no id of a post; there is no link, and no day with an influencer either",
            "c’est un numéro de ligne et non un identifiant de post ; il n’y a pas non plus de lien, ni de date avec un "
            "influenceur",
        )
        if said
        else codes.ROW_WITHOUT_ID.meaning,
        value=said,
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
