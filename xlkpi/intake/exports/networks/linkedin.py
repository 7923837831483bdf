"""LinkedIn page content: the sheet "All posts" of an Excel 97-2003 workbook."""

from __future__ import annotations

from xlkpi.core.texts import Text
from xlkpi.intake.exports.formats import read_formats
from xlkpi.intake.exports.platform import Platform, holding
from xlkpi.intake.links import BY_NAME

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

PLATFORMS = (POSTS,)
