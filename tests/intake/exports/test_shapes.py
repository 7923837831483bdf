"""Exports of odd shapes: two lists beside each other, rows without metadata, months in another language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.intake.exports.made_files import TODAY, codes_of, read, refused, written
from xlkpi.intake.exports import loading
from xlkpi.intake.posts import Export

POST = "https://www.linkedin.com/feed/update/urn:li:activity:72000000000000000{}"


def statistics(
    path: Path, *rows: list[object], followers: str = "Total followers on 8/5/2024:"
) -> Path:
    """A workbook as LinkedIn makes it for a person."""
    book = Workbook()
    book.active.title = "DISCOVERY"
    book.active.append(["Overall Performance", "8/7/2023 - 8/5/2024"])
    book.active.append(["Impressions", "900"])
    sheets = {
        "ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["9/18/2023", "2", "0"]],
        "TOP POSTS": [
            ["Maximum of 50 posts available to include in this list"],
            [],
            [
                "Post URL",
                "Post publish date",
                "Engagements",
                None,
                "Post URL",
                "Post publish date",
                "Impressions",
            ],
            *rows,
        ],
        "FOLLOWERS": [[followers, "782"], [], ["Date", "New followers"], ["8/7/2023", "3"]],
        "DEMOGRAPHICS": [
            ["Top Demographics", "Value", "Percentage"],
            ["Job titles", "Analyst", "0.12"],
        ],
    }
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def personal(path: Path) -> Export:
    [export] = loading.load(path, TODAY).exports
    assert export.kind == "linkedin_personal"
    return export


def by_id(export: Export, id: str) -> dict[str, object]:
    return dict(zip(export.columns["post_id"], export.columns[id], strict=True))


def test_two_lists_of_posts_are_joined_by_the_id_in_each_link(tmp_path):
    path = statistics(
        tmp_path / "me.xlsx",
        [POST.format("01"), "6/7/2024", "146", None, POST.format("02"), "7/17/2024", "500"],
        [POST.format("02"), "7/17/2024", "110", None, POST.format("03"), "5/1/2024", "300"],
        [POST.format("03"), "5/1/2024", "90", None, POST.format("01"), "6/7/2024", "100"],
    )
    export = personal(path)
    ids = [f"72000000000000000{n}" for n in ("01", "02", "03")]
    assert by_id(export, "impressions") == dict(zip(ids, (100, 500, 300), strict=True))
    assert by_id(export, "date")[ids[1]] == date(2024, 7, 17)
    assert "likes" not in export.columns  # Engagements is a sum


def test_the_followers_and_their_day_come_from_their_own_sheet(tmp_path):
    row = [POST.format("01"), "6/7/2024", "146", None, POST.format("01"), "6/7/2024", "500"]
    export = personal(statistics(tmp_path / "me.xlsx", row))
    assert export.columns["followers"] == [782]
    assert export.snapshot == date(2024, 8, 5)
    without = personal(statistics(tmp_path / "other.xlsx", row, followers="Followers"))
    assert "followers" not in without.columns


def test_a_post_of_one_list_alone_keeps_the_other_figure_unknown(tmp_path):
    path = statistics(
        tmp_path / "me.xlsx",
        [POST.format("01"), "6/7/2024", "146", None, POST.format("02"), "7/17/2024", "500"],
        [POST.format("03"), "5/1/2024", "90"],
    )
    impressions = by_id(personal(path), "impressions")
    assert impressions == {
        "7200000000000000001": None,
        "7200000000000000002": 500,
        "7200000000000000003": None,
    }


def test_one_post_under_two_forms_of_its_link_is_one_post(tmp_path):
    text = (
        "Post URL,Post Publish Date,Engagements,,Post URL,Post Publish Date,Impressions\n"
        "https://www.linkedin.com/posts/me_a-share-7200000000000000001-aaaa,6/19/2026,22,,"
        "https://linkedin.com/feed/update/urn:li:share:7200000000000000001?x=1,6/19/2026,7132\n"
    )
    export = read(written(tmp_path, text))
    assert (export.columns["impressions"], export.balance.taken) == ([7132], 1)


def test_lists_of_another_network_side_by_side_are_still_refused(tmp_path):
    text = (
        "Post URL,Engagements,,Post URL,Impressions\n"
        "https://www.instagram.com/p/AbCdE1/,22,,https://www.instagram.com/p/AbCdE2/,500\n"
    )
    assert refused(written(tmp_path, text)).code == "XK142"


# -- rows without metadata --------------------------------------------------------------------------

COMMENTS = [
    "An error occurred while computing metadata for content with ID 18000000000000002.",
    "Une erreur s’est produite pour le contenu dont l’ID est 18000000000000002",
    "18000000000000002: metadata not available",
]
INSTAGRAM = (
    "Post ID,Account username,Permalink,Post type,Data comment,Date,Views,Reach\n"
    "18000000000000001,brand.x,https://www.instagram.com/reel/AAAAAAAAAA1/,IG reel,,Lifetime,3000,2100\n"
)
FACEBOOK = (
    "Post ID,Page ID,Page name,Permalink,Post type,Data comment,Date,Views,Reach\n"
    "18000000000000001,1,Brand X,https://www.facebook.com/1/posts/18000000000000001,Photos,,Lifetime,3000,2100\n"
)


@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize("head", [INSTAGRAM, FACEBOOK], ids=["instagram", "facebook"])
def test_a_row_whose_metadata_failed_is_known_by_its_comment(tmp_path, head, comment):
    before = "," * head.splitlines()[0].split(",").index("Data comment")
    export = read(written(tmp_path, f"{head}{before}{comment},Lifetime,6700,3400\n"))
    assert list(export.columns["post_id"]) == ["18000000000000001", "18000000000000002"]
    assert list(export.columns["views"]) == [3000, 6700]
    assert len({*export.accounts}) == 1
    assert codes_of(export) == []


def test_of_a_file_of_several_accounts_such_a_row_has_none(tmp_path):
    other = "18000000000000003,brand.y,https://www.instagram.com/reel/AAAAAAAAAA3/,IG reel,,Lifetime,1,1\n"
    export = read(written(tmp_path, f"{INSTAGRAM}{other},,,,{COMMENTS[0]},Lifetime,6700,3400\n"))
    assert list(export.accounts) == ["brand.x", "brand.y", None]


def test_a_comment_without_an_id_leaves_the_row_out(tmp_path):
    export = read(written(tmp_path, f"{INSTAGRAM},,,,No data,Lifetime,6700,3400\n"))
    assert (export.balance.taken, codes_of(export)) == (1, ["XK339"])


# -- months and accents -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("8 de marzo", date(2026, 3, 8)),
        ("12 de dic", date(2025, 12, 12)),
        ("3 août", date(2026, 8, 3)),
        ("5. Mai", date(2026, 5, 5)),
        ("1 de setembro", date(2026, 9, 1)),
        ("8 de marzo de 2025", date(2025, 3, 8)),
    ],
)
def test_english_headers_stand_over_months_of_any_language(tmp_path, said, day):
    text = (
        "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
        f"x,one,https://www.tiktok.com/@x/video/,{said},5,1,1,100\n"
    )
    assert list(read(written(tmp_path, text)).columns["date"]) == [day]


def test_accents_encoded_twice_are_put_right_where_the_names_of_columns_have_none(tmp_path):
    twice = "Café été, 😀 ok".encode().decode("cp1252", "replace")
    text = f"Post ID,Network,Influencer,Date,Views\np1,X,{twice.split(',')[0]},2026-01-01,5\n"
    assert list(read(written(tmp_path, text)).accounts) == ["Café été"]


@pytest.mark.parametrize("name", ["Café", "Zoë Â", "Ærø Ã la carte", "日本"])
def test_accents_that_are_right_stay(tmp_path, name):
    text = f"Post ID,Network,Influencer,Date,Views\np1,X,{name},2026-01-01,5\n"
    assert list(read(written(tmp_path, text)).accounts) == [name]
