"""The button Import: exports of the networks into the Posts of the open workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlkpi.core.texts import Text
from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.buttons.offers import offer_campaign
from xlkpi.excel.jobs.imports import plan
from xlkpi.excel.live.posts import write_posts

_BECAME = Text(
    "{n} post{n:|s} added, {u} updated, {s} unchanged.",
    "{n} post{n:|s} ajouté{n:|s}, {u} mis à jour, {s} inchangé{s:|s}.",
)
_MORE_IN_TERMINAL = Text(
    "… and {n} more: “xlkpi import” in a terminal lists them.",
    "… et {n} de plus : « xlkpi import » dans un terminal les liste.",
)


def import_posts(desk: Desk, *paths: str) -> None:
    """Bring exports of the networks into Posts, and say what became of every row."""
    files = [Path(path) for path in paths if path]
    if not files:
        return
    campaign = desk.campaign()
    if not campaign.is_campaign:
        return offer_campaign(desk)
    campaign.status.say(Text("reading the exports…", "lecture des exports…"))
    change, report = plan(campaign.source, files, datetime.now().date())
    updated, added = write_posts(campaign, change)
    became = desk.text(_BECAME, n=added, u=updated, s=report.total("unchanged"))
    desk.show(report.findings, became, _MORE_IN_TERMINAL)
