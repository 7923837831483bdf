"""One video of Facebook, in the file of videos and in that of all content: two ids, one post."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.merge.made_books import after, codes, export, held, plan
from xlkpi.intake.posts import Export

DAY = date(2026, 9, 14)
LINK = "https://www.facebook.com/1/posts/{}"


def content(*rows: dict) -> Export:
    rows = tuple({"date": DAY, "format": "video", **row} for row in rows)
    return export(
        *rows, kind="facebook_content", network="Facebook", account="Page X", source="content.csv"
    )


def videos(*rows: dict) -> Export:
    rows = tuple({"date": DAY, "format": "video", **row} for row in rows)
    return export(
        *rows, kind="facebook_videos", network="Facebook", account="Page X", source="videos.csv"
    )


POST = {"post_id": "100000000000001", "url": LINK.format(1), "views": 900, "reach": 500, "likes": 9}
VIDEO = {"post_id": "4300000000000001", "reach": 500, "likes": 9, "watch_seconds": 1234.5}


@pytest.mark.parametrize("order", [(content(POST), videos(VIDEO)), (videos(VIDEO), content(POST))])
def test_both_files_make_one_post_in_one_command(order):
    change, report = plan(list(order), held())
    assert change.count == 1
    assert {id: change.added[id] for id in ("views", "watch_seconds", "url")} == {
        "views": [900],
        "watch_seconds": [1234.5],
        "url": [LINK.format(1)],
    }
    assert (report.total("added"), report.total("updated")) == (1, 1)


@pytest.mark.parametrize("order", ["content first", "videos first"])
def test_both_files_make_one_post_in_two_commands_and_again(order):
    files = [content(POST), videos(VIDEO)]
    book = held()
    for one in (files if order == "content first" else files[::-1]) + files:
        change, report = plan(one, book)
        book = after(book, change)
    assert len(book.rows) == 1
    assert report.total("unchanged") == 1


def test_of_several_posts_of_a_day_the_one_with_the_same_figures_is_it():
    other = {
        "post_id": "100000000000002",
        "url": LINK.format(2),
        "views": 70,
        "reach": 60,
        "likes": 2,
    }
    book = after(held(), plan(content(POST, other), held())[0])
    change, _ = plan(videos({**VIDEO, "reach": 60, "likes": 2, "comments": 3}), book)
    assert {row: cells.get("comments") for row, cells in change.updates.items()} == {6: 3}


def test_a_video_that_may_be_either_of_two_is_told_and_added_to_none():
    other = {
        "post_id": "100000000000002",
        "url": LINK.format(2),
        "views": 70,
        "reach": 60,
        "likes": 2,
    }
    book = after(held(), plan(content(POST, other), held())[0])
    change, report = plan(videos({"post_id": "4300000000000001", "reach": 77}), book)
    assert change.is_empty
    assert "XK147" in codes(report)
    assert report.total("unmatched") == 1


@pytest.mark.parametrize(
    "elsewhere",
    [{"date": date(2026, 9, 15)}, {"format": "post"}, {"account": "Page Y"}],
    ids=["another day", "a photo", "another page"],
)
def test_posts_of_another_day_page_or_kind_are_not_taken_for_it(elsewhere):
    book = after(held(), plan(content({**POST, **elsewhere}), held())[0])
    assert plan(videos(VIDEO), book)[0].count == 1


def test_videos_alone_are_posts():
    change, _ = plan(videos(VIDEO, {**VIDEO, "post_id": "4300000000000002"}), held())
    assert change.added["post_id"] == ["4300000000000001", "4300000000000002"]
