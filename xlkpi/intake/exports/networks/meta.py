"""Meta Business Suite: content of Instagram and Facebook, and Ads Manager's spend."""

from __future__ import annotations

import re
from datetime import date

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Text
from xlkpi.intake import links
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Draft, Platform, holding
from xlkpi.intake.posts import Value
from xlkpi.intake.tables.table import Cell

# Values: "Publish time" is month first even below French headers, "Date" says "Lifetime"; as read by three public
# parsers made for real files, seen 2026-11.


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (
        type(cell) is str and bool(re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", cell))
    )


def _lifetime_only(draft: Draft) -> None:
    """Refuse the daily edition of the file: a post stands in it once for every day, and its counters are not totals."""
    period = draft.cells("period") if "period" in draft.names.found else ()
    days = {said for said in {*period} if _is_day(said)}
    if days and sum(said in days for said in period) > 0.5 * len(period):
        raise refuse(
            codes.FIGURES_BY_DAY,
            Text(
                "this export has the figures of each post by day, not its totals",
                "cet export donne les chiffres de chaque post jour par jour, et non ses totaux",
            ),
            Text(
                "in Meta Business Suite, export again and choose “Lifetime” instead of “Daily”",
                "dans Meta Business Suite, refaites l’export en choisissant « Global » plutôt que « Par jour »",
            ),
            sheet=draft.table.source,
            header=draft.header("period"),
        )


_ID_IN_COMMENT = re.compile(r"\d{10,25}")


def _ids_in_comments(draft: Draft) -> None:
    """A row whose metadata Meta could not give has its figures all the same, and its id in *Data comment*."""
    ids, comments = draft.column("post_id"), draft.column("data_comment")
    mended = 0
    for i, (id, comment) in enumerate(zip(ids, comments, strict=True)):
        if id is None and comment and (found := _ID_IN_COMMENT.search(str(comment))):
            ids[i] = found[0]
            mended += 1
    if not mended:
        return
    draft.values["post_id"] = ids
    for id in ("account", "account_name"):
        own = [name for name in {*draft.column(id)} if name]
        if len(own) == 1:  # the file of one account
            draft.values[id] = [*own] * len(ids)
    draft.decisions.append(
        Text(
            "posts without metadata, known by the id in “{name}”; their date and format stay empty: {n}",
            "posts sans métadonnées, reconnus par l’identifiant dans « {name} » ; leur date et leur format restent vides : {n}",
        ).format(name=draft.header("data_comment"), n=mended)
    )


def _instagram(draft: Draft) -> None:
    _lifetime_only(draft)
    _ids_in_comments(draft)
    if any(value is not None for value in draft.values.get("replies", ())):
        draft.decisions.append(
            Text(
                "replies to stories are counted as comments",
                "les réponses aux stories comptent comme des commentaires",
            )
        )
    replies = draft.values.pop("replies", None)
    if replies is not None:
        draft.became["replies"] = "comments"
        comments = draft.values.get("comments", [None] * len(replies))
        draft.values["comments"] = [
            r if c is None else c for c, r in zip(comments, replies, strict=True)
        ]
    read_formats(draft)


def _facebook(draft: Draft) -> None:
    _lifetime_only(draft)
    _ids_in_comments(draft)
    read_formats(draft)
    formats, urls = draft.values.get("format"), draft.values.get("url")
    if formats and urls:  # since 2026 the type of a reel says "Videos"; its link still tells
        draft.values["format"] = [
            "reel" if f == "video" and "/reel/" in str(u) else f
            for f, u in zip(formats, urls, strict=True)
        ]
    if "clicks" not in draft.values and "total_clicks" in draft.values:
        draft.values["clicks"] = draft.values["total_clicks"]
        draft.became["total_clicks"] = "clicks"
        draft.decisions.append(
            Text(
                "the file has no link clicks: “{name}”, which counts every click on the post, was taken",
                "le fichier n’a pas de clics sur un lien : « {name} », qui compte tous les clics sur le post, a été repris",
            ).format(name=draft.header("total_clicks"))
        )


INSTAGRAM = Platform(
    id="instagram_content",
    name=Text("Instagram content (Meta Business Suite)", "Contenu Instagram (Meta Business Suite)"),
    network="Instagram",
    needs=("post_id", "account|account_id|url", "views|reach|likes|impressions|plays"),
    columns=holding(
        id="post_id",
        url="url",
        day="date",
        text="format account account_name data_comment",
        count="views plays impressions reach likes shares comments saves new_followers replies clicks profile_visits",
    ),
    renamed={"plays": "views"},
    order="mdy",
    finish=_instagram,
)

FACEBOOK = Platform(
    id="facebook_content",
    name=Text("Facebook content (Meta Business Suite)", "Contenu Facebook (Meta Business Suite)"),
    network="Facebook",
    needs=("post_id", "account_id|account_name|total_clicks", "views|reach|likes|impressions"),
    columns=holding(
        id="post_id",
        url="url",
        day="date",
        text="format account_name data_comment",
        seconds="watch_seconds",
        count="views impressions reach organic_reach likes comments shares clicks total_clicks",
    ),
    order="mdy",
    finish=_facebook,
)


def _videos(draft: Draft) -> None:
    _lifetime_only(draft)
    _ids_in_comments(draft)
    draft.values["format"] = ["video"] * len(draft.at)
    draft.decisions.append(
        Text(
            "this file gives no views, and plays of three seconds are another measure: Views stays empty",
            "ce fichier ne donne pas les vues, et les lectures de trois secondes sont une autre mesure : Vues reste vide",
        )
    )


#: The file of videos alone, of more than 200 columns; its ids are not those of the file of all content.
VIDEOS = Platform(
    id="facebook_videos",
    name=Text("Facebook videos (Meta Business Suite)", "Vidéos Facebook (Meta Business Suite)"),
    network="Facebook",
    needs=("post_id", "account_id|account_name", "reach|likes|watch_seconds"),
    columns=holding(
        id="post_id",
        day="date",
        text="account_name data_comment",
        seconds="watch_seconds",
        count="reach likes comments shares",
    ),
    order="mdy",
    finish=_videos,
)


# -- Ads Manager ------------------------------------------------------------------------------------

_POST_LINKS = {
    "Instagram": re.compile(r"instagram\.com/(?:[^/]+/)?(?:p|reel|reels|tv|stories)/"),
    "Facebook": re.compile(r"facebook\.com/.*(?:posts/|videos/|reel/|story_fbid=|photo)"),
}


def _network_of(url: Value) -> str | None:
    return next((n for n, link in _POST_LINKS.items() if url and link.search(str(url))), None)


def _ads(draft: Draft) -> None:
    """Spend goes to the post whose link the row has; other rows are told, with their amounts, by campaign and ad."""
    costs = draft.values.get("cost") or [None] * len(draft.at)
    urls = draft.values.get("url") or [None] * len(draft.at)
    networks = [_network_of(url) for url in urls]
    days = [d for d in draft.values.pop("end", []) if d is not None]
    if days:
        draft.snapshot = min(max(days), draft.today)  # type: ignore[assignment]
    by_url: dict[str, float] = {}
    first: dict[str, int] = {}
    gone = set()
    for i, (cost, url, network) in enumerate(zip(costs, urls, networks, strict=True)):
        if network and isinstance(cost, float):
            key = links.canonical(str(url))
            by_url[key] = by_url.get(key, 0.0) + cost
            gone |= {i} if key in first else set()
            first.setdefault(key, i)
        else:
            gone.add(i)
    keys = [links.canonical(str(url)) if url else "" for url in urls]
    _tell_unassigned(draft, costs, [i for i in sorted(gone) if keys[i] not in first])
    merged = sum(keys[i] in first for i in gone)
    if merged:
        draft.decisions.append(
            Text(
                "several ads promote one post; their spend was added up (rows joined: {n})",
                "plusieurs publicités promeuvent un même post ; leurs dépenses ont été additionnées (lignes réunies : {n})",
            ).format(n=merged)
        )
    draft.values["network"] = list(networks)
    draft.values["cost"] = [
        None if i in gone else round(by_url[key], 2) for i, key in enumerate(keys)
    ]
    draft.drop(gone)


def _tell_unassigned(draft: Draft, costs: list[Value], rows: list[int]) -> None:
    """One finding for each campaign and ad with the spend that no post could be found for."""
    names = [draft.values.get(id) or [None] * len(costs) for id in ("ad_campaign", "ad_set", "ad")]
    spent: dict[str, tuple[float, int]] = {}
    for i in rows:
        label = " › ".join(str(name[i]) for name in names if name[i]) or "?"
        cost = costs[i]
        amount, where = spent.get(label, (0.0, i))
        spent[label] = (amount + (cost if isinstance(cost, float) else 0.0), where)
    for label, (amount, i) in spent.items():
        if not amount:
            continue
        draft.note(
            codes.AD_SPEND_NOT_ADDED,
            Text(
                "this is an ad or a campaign that cost {amount}; the file does not say for which post",
                "c’est une publicité ou une campagne qui a coûté {amount} ; le fichier ne dit pas pour quel post",
            ).format(
                amount=Text(
                    f"{amount:,.2f}", f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")
                )
            ),
            Text(
                "not in Posts; Cost and what is computed from it lack it",
                "absent de Posts ; il manque au coût et à ce qui en dépend",
            ),
            Text(
                "type it in the column Cost of the post that was promoted, shared out if there are several; or add a row "
                "to Posts for the ads, with campaign, network and cost",
                "saisissez-le dans la colonne Coût du post promu, réparti s’il y en a plusieurs ; ou ajoutez à Posts une "
                "ligne pour les publicités, avec campagne, réseau et coût",
            ),
            value=label[:80],
            cell=draft.place("cost", i)["cell"],
            header=draft.header("cost"),
        )


def _has_no_name(draft: Draft, row: int) -> bool:
    """Ads Manager's grand total is a row without names."""
    found = draft.names.found
    named = [found[id][0] for id in ("campaign", "ad_set", "ad", "url") if id in found]
    return not any(draft.table.columns[index][row] for index in named)


ADS = Platform(
    id="meta_ads",
    name=Text("Meta Ads Manager", "Gestionnaire de publicités Meta"),
    needs=("cost", "campaign|ad|ad_set"),
    columns=holding(money="cost", url="url", text="campaign ad_set ad", day="end"),
    renamed={"campaign": "ad_campaign"},
    finish=_ads,
    is_addition=True,
    key=("campaign", "ad_set", "ad"),
    is_total=_has_no_name,
)

PLATFORMS = (INSTAGRAM, FACEBOOK, VIDEOS, ADS)
