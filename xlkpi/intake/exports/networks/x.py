"""X: content of the account analytics since 2024, and of Tweet activity before."""

from __future__ import annotations

from xlkpi.core.texts import Text
from xlkpi.intake.exports.platform import Draft, Platform, holding
from xlkpi.intake.links import BY_NAME


def _finish(draft: Draft) -> None:
    if "sends" in draft.names.found:
        draft.decisions.append(
            Text(
                "“{name}” counts posts sent on by message or link; Shares holds the reposts",
                "« {name} » compte les posts envoyés par message ou lien ; Partages contient les reposts",
            ).format(name=draft.header("sends"))
        )


CONTENT = Platform(
    id="x_content",
    name=Text("X posts (account analytics)", "Posts X (statistiques du compte)"),
    network="X",
    needs=("post_id|url", "impressions", "engagements|likes", "description|comments|shares"),
    columns=holding(
        id="post_id",
        url="url",
        day="date",
        count="impressions likes comments shares sends bookmarks clicks new_followers profile_visits",
    ),
    id_in_url=BY_NAME["X"].id,
    handle_in_url=BY_NAME["X"].handle,
    id_shape=r"\d{5,20}",
    finish=_finish,
)

PLATFORMS = (CONTENT,)
