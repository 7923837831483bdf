"""What a merge tells: a finding for each kind of row that does not simply become a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlkpi.core import codes
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.intake.merge.report import amount_text
from xlkpi.intake.posts import Export, Value

_CELLS_NAMED = 50


def repeated_post(export: Export, i: int, *, same_file: bool) -> Finding:
    """A post that stands twice in what is imported; the later row counts."""
    return Finding(
        codes.POST_TWICE_IN_FILE if same_file else codes.POST_IN_TWO_FILES,
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=_id_of(export, i),
    )


def other_posts(export: Export, i: int, others: int, known: int) -> Finding:
    """The ids of a table are those of other posts; nothing of it is imported."""
    return Finding(
        codes.OTHER_POSTS_SAME_IDS,
        Text(
            "the ids of this file are those of other posts: date and influencer differ for {n} of {of}",
            "les identifiants de ce fichier sont ceux d’autres posts : date et influenceur diffèrent pour {n} sur {of}",
        ).format(n=others, of=known),
        Text("nothing of this file is imported", "rien de ce fichier n’est importé"),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=_id_of(export, i),
    )


def older_row(export: Export, i: int, known: date) -> Finding:
    """The workbook has newer figures of this post."""
    return Finding(
        codes.OLDER_FIGURES,
        Text(
            "this is a post of which the workbook has newer figures, of {en}",
            "c’est un post dont le classeur a des chiffres plus récents, du {fr}",
        ).format(en=f"{known:%Y-%m-%d}", fr=f"{known:%d/%m/%Y}"),
        Text("this row changes nothing", "cette ligne ne change rien"),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=_id_of(export, i),
    )


def doubtful_video(export: Export, i: int, posts: int) -> Finding:
    """A video of Facebook that may be one of several posts of its day."""
    return Finding(
        codes.ONE_OF_SEVERAL_VIDEOS,
        Text(
            "this is a video that may be any of {n} post{n:|s} of its page and day; its id is in no other file",
            "c’est une vidéo qui peut être l’un des {n} post{n:|s} de sa Page ce jour-là ; son identifiant n’est dans aucun autre fichier",
        ).format(n=posts),
        Text("this row changes nothing", "cette ligne ne change rien"),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=_id_of(export, i),
    )


def fallen_figures(export: Export, id: str, fell: int, known: int) -> Finding:
    """Most posts have less of a counter than the workbook says."""
    label = MEASURES[id].label
    return Finding(
        codes.TOTALS_FELL,
        Text(
            "{name} fell for {n} of {of} post{of:|s}; a total hardly ever falls: this may be an older export",
            "{name} a baissé pour {n} post{n:|s} sur {of} ; un total ne baisse presque jamais : cet export est "
            "peut-être plus ancien",
        ).format(name=label, n=fell, of=known),
        Text(
            "the figures of this file replaced the others",
            "les chiffres de ce fichier ont remplacé les autres",
        ),
        sheet=export.source,
    )


def fallen_to_zero(export: Export, id: str, rows: Sequence[int]) -> Finding:
    """Posts whose counter an export gives as 0 after it was more."""
    return Finding(
        codes.FELL_TO_ZERO,
        Text(
            "{name} fell to 0 for {n} post{n:|s}; a total does not do so by itself",
            "{name} : tombé à 0 pour {n} post{n:|s} ; un total ne fait pas cela de lui-même",
        ).format(name=MEASURES[id].label, n=len(rows)),
        Text("the figure of before was kept", "le chiffre d’avant a été conservé"),
        sheet=export.source,
        cell=f"A{export.rows[rows[0]]}",
        count=len(rows),
        cells=tuple(f"A{export.rows[i]}" for i in rows[:_CELLS_NAMED]),
    )


def unknown_account(export: Export, i: int, account: str) -> Finding:
    """An account that nobody on the sheet Influencers has."""
    return Finding(
        codes.UNKNOWN_ACCOUNT,
        effect=Text(
            "the posts carry the account as it is; figures by influencer may be split",
            "les posts portent le compte tel quel ; les chiffres par influenceur peuvent être séparés",
        ),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=account,
    )


def no_account(export: Export, count: int) -> Finding:
    """New posts of an export that names no account."""
    return Finding(
        codes.INFLUENCER_NOT_SAID,
        effect=Text(
            "Influencer stays empty (new posts: {n})",
            "Influenceur reste vide (nouveaux posts : {n})",
        ).format(n=count),
        sheet=export.source,
    )


def open_campaign(campaigns: Sequence[str]) -> Finding:
    """New posts of a workbook that has several campaigns, or none."""
    names = ", ".join(list(campaigns)[:10])
    return Finding(
        codes.CAMPAIGN_NOT_SAID,
        effect=Text(
            "Campaign stays empty, and a report on one campaign leaves them out",
            "Campagne reste vide, et le rapport d’une campagne les exclut",
        ),
        fix=Text(
            "import again with --campaign{en}, or fill in the column Campaign",
            "réimportez avec --campaign{fr}, ou remplissez la colonne Campagne",
        ).format(en=f" ({names})" if names else "", fr=f" ({names})" if names else ""),
    )


def cost_is_known(export: Export, i: int, before: Value, value: Value) -> Finding:
    """Spend on a post that has a cost already."""
    return Finding(
        codes.AD_SPEND_NOT_ADDED,
        Text(
            "ad spend {value}: the post has the cost {before} already, which may be a fee",
            "dépense publicitaire {value} : le post a déjà le coût {before}, qui peut être une rémunération",
        ).format(value=amount_text(value), before=amount_text(before)),
        Text("the cost stays as it is", "le coût reste tel quel"),
        Text(
            "add the spend to the cost in Posts, if it is not in it",
            "ajoutez la dépense au coût dans Posts, si elle n’y est pas",
        ),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
    )


def spend_without_post(export: Export, i: int) -> Finding:
    """Spend on a post that the workbook does not have."""
    costs, urls = export.columns.get("cost"), export.columns.get("url")
    return Finding(
        codes.AD_SPEND_NOT_ADDED,
        Text(
            "this is a promoted post that the workbook does not have; ad spend {value}",
            "c’est un post promu absent du classeur ; dépense publicitaire {value}",
        ).format(value=amount_text(costs[i] if costs else None)),
        Text(
            "not in Posts; Cost and what is computed from it lack it",
            "absent de Posts ; il manque au coût et à ce qui en dépend",
        ),
        Text(
            "import the network’s content export first, then this file again",
            "importez d’abord l’export de contenu du réseau, puis ce fichier à nouveau",
        ),
        sheet=export.source,
        cell=f"A{export.rows[i]}",
        value=str(urls[i])[:80] if urls else "",
    )


def _id_of(export: Export, i: int) -> str:
    """The id of a row, or what stands in its place, for a finding."""
    return next(
        (
            str(values[i])
            for id in ("post_id", "url")
            if (values := export.columns.get(id)) and values[i]
        ),
        "",
    )
