"""A lifetime counter does not fall to 0: the figure of before stays, in one command or in two, and it is told."""

from __future__ import annotations

import pytest

from tests.intake.exports.made_files import codes_of, read, written
from tests.intake.merge.made_books import after, codes, export, held, plan

FACEBOOK = "Post ID,Page ID,Page name,Title,Publish time,Permalink,Post type,Date,Views,Reach,Reactions,Comments,Shares\n"


def facebook(folder, name: str, *figures: tuple[int, int]) -> object:
    rows = [
        f"10000000000000{n},100000000000009,Page X,t,03/{n + 10}/2026 12:05,"
        f"https://www.facebook.com/1/posts/10000000000000{n},Photos,Lifetime,{views},{reach},2,0,0\n"
        for n, (views, reach) in enumerate(figures, 1)
    ]
    return read(written(folder, FACEBOOK + "".join(rows), name))


def test_zeros_of_a_later_file_replace_no_views(tmp_path):
    first = facebook(tmp_path, "1.csv", (64, 37), (80, 48))
    zeros = facebook(tmp_path, "2.csv", (0, 37), (0, 50))
    book = after(held(), plan(first, held())[0])
    change, report = plan(zeros, book)
    assert change.updates == {6: {"reach": 50}}
    [finding] = [f for f in report.findings if f.code == "XK144"]
    assert (finding.count, finding.cells) == (2, ("A2", "A3"))
    assert "Views fell to 0 for 2 posts" in finding.reason.en
    assert "Vues : tombé à 0 pour 2 posts" in finding.reason.fr


def test_in_one_command_zeros_replace_no_views_whichever_file_comes_last(tmp_path):
    first = facebook(tmp_path, "1.csv", (64, 37), (80, 48))
    zeros = facebook(tmp_path, "2.csv", (0, 37), (0, 50))
    for exports, told in (([first, zeros], True), ([zeros, first], False)):
        change, report = plan(exports, held())
        assert list(change.added["views"]) == [64, 80]
        assert ("XK144" in codes(report)) == told


def test_in_one_file_a_second_line_with_zeros_replaces_nothing():
    rows = [{"post_id": "17900000000000001", "views": v, "likes": 3} for v in (90, 0)]
    change, report = plan(export(*rows), held())
    assert list(change.added["views"]) == [90]
    assert "XK144" in codes(report)


@pytest.mark.parametrize(
    "counter", ["reach", "impressions", "likes", "comments", "shares", "saves", "clicks"]
)
def test_every_counter_of_a_post_is_kept(counter):
    old = {"post_id": "17900000000000001", "network": "Instagram", "influencer": "Lena Brews"}
    old[counter] = 7
    change, report = plan(export({"post_id": "17900000000000001", counter: 0}), held(old))
    assert not change.updates
    assert codes(report) == ["XK144"]
    assert report.total("unchanged") == 1


@pytest.mark.parametrize("id", ["cost", "revenue", "conversions"])
def test_amounts_and_results_that_a_person_corrects_to_0_are_taken(id):
    old = {"post_id": "p1", "network": "Instagram", "influencer": "Ana", id: 7}
    change, _ = plan(export({"post_id": "p1", id: 0}, kind="posts", account="Ana"), held(old))
    assert change.updates[5][id] == 0


@pytest.mark.parametrize(("before", "now"), [(None, 0), (0, 0), (100, 1)])
def test_a_first_0_and_a_fall_to_something_are_written(before, now):
    old = {"post_id": "17900000000000001", "network": "Instagram", "likes": before}
    change, report = plan(export({"post_id": "17900000000000001", "likes": now}), held(old))
    assert change.updates.get(5, {}).get("likes", before) == now
    assert "XK144" not in codes(report)


# -- no views, and yet people reached ---------------------------------------------------------------


def test_no_views_beside_a_reach_is_told(tmp_path):
    export_ = facebook(tmp_path, "1.csv", (0, 37), (80, 48), (0, 0), (0, 5))
    [finding] = export_.findings
    assert (finding.code, finding.cell, finding.count) == ("XK145", "I2", 2)
    assert finding.cells == ("I2", "I5")
    assert "a reach of 37" in finding.message("en")
    assert "une portée de 37" in finding.message("fr")


@pytest.mark.parametrize(
    "text",
    [
        "Post ID,Reach,Network\np1,30,Instagram\n",  # views unknown are not 0
        "Post ID,Views,Reach,Network\np1,0,0,Instagram\np2,10,8,Instagram\n",
        "Post ID,Views,Reach,Network\np1,0,,Instagram\np2,,8,Instagram\n",
    ],
)
def test_unknown_views_and_no_reach_are_no_contradiction(tmp_path, text):
    assert "XK145" not in codes_of(read(written(tmp_path, text)))


def test_plays_count_as_views_here_too(tmp_path):
    text = (
        "Post ID,Account username,Permalink,Post type,Plays,Reach\n"
        "17912345678900001,ana,https://www.instagram.com/reel/A1/,IG reel,0,12\n"
    )
    export_ = read(written(tmp_path, text))
    assert [(f.code, f.header) for f in export_.findings] == [("XK145", "Plays")]
