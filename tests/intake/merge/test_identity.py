"""Which post a row is: ids that only count rows name none, and the posts of another file are not overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.intake.exports.made_files import codes_of, read, refused, sheet, written
from tests.intake.merge.made_books import after, codes, export, held, plan
from xlkpi.core.findings import Refused
from xlkpi.intake import links
from xlkpi.intake.cells.idcolumn import is_counting

HEADER = "{id},Creator,Platform,Date,Views,Likes,Cost\n"
MARCH = [("anna", "2026-03-02", 1000), ("bea", "2026-03-05", 2000), ("carl", "2026-03-09", 3000)]
APRIL = [("dora", "2026-04-02", 7000), ("emil", "2026-04-05", 8000), ("fran", "2026-04-09", 9000)]


def month(folder: Path, posts, numbered: str, name: str, id: str = "ID") -> Path:
    rows = [
        f"{numbered.format(n)},{who},Instagram,{day},{views},50,300\n"
        for n, (who, day, views) in enumerate(posts, 1)
    ]
    return written(folder, HEADER.format(id=id) + "".join(rows), name)


@pytest.mark.parametrize("numbered", ["{}", "#{}", "N° {}", "Post {}", "{}.", "00{}"])
def test_row_numbers_are_no_ids_and_both_months_are_kept(tmp_path, numbered):
    march = read(month(tmp_path, MARCH, numbered, "march.csv"))
    april = read(month(tmp_path, APRIL, numbered, "april.csv"))
    for exports in ([march, april], [april, march]):  # in one command
        change, report = plan(exports, held())
        assert sorted(change.added["views"]) == [1000, 2000, 3000, 7000, 8000, 9000]
        assert "post_id" not in change.added
        assert report.total("added") == 6
    book = held()
    for one in (march, april, march):  # one command after the other
        change, report = plan(one, book)
        book = after(book, change)
    assert sorted(book.columns["views"]) == [1000, 2000, 3000, 7000, 8000, 9000]
    assert report.total("unchanged") == 3
    assert any("counts the rows" in d.en and "numérote les lignes" in d.fr for d in march.decisions)


def test_row_numbers_beside_links_leave_the_link(tmp_path):
    text = "ID,Post URL,Views\n1,https://www.tiktok.com/@a/video/7412345678901234567,5\n2,https://www.instagram.com/p/AbCdEf/,6\n"
    export_ = read(written(tmp_path, text))
    assert list(export_.columns["post_id"]) == ["7412345678901234567", None]


def test_row_numbers_with_nothing_beside_them_name_no_post(tmp_path):
    export_ = read(written(tmp_path, "ID,Platform,Views\n1,TikTok,5\n2,TikTok,6\n3,TikTok,8\n"))
    assert (export_.balance.taken, export_.balance.excluded) == (0, 3)
    assert codes_of(export_) == ["XK339"] * 3
    assert "running number" in export_.findings[0].message("en")


def test_ids_of_a_tool_are_kept_where_nothing_else_names_the_post(tmp_path):
    text = "ID,Platform,Views\n48213,TikTok,5\n51877,TikTok,6\n60001,TikTok,8\n"
    assert list(read(written(tmp_path, text)).columns["post_id"]) == ["48213", "51877", "60001"]


@pytest.mark.parametrize(
    "id", ["p1", "17912345678900000", "dQw4w9WgXcQ", "123456789", "IG-1", "2026-03-01", ""]
)
def test_what_a_network_or_a_person_names_is_no_count(id):
    assert not is_counting(id)


@pytest.mark.parametrize("numbered", ["p{}", "IG-{}", "MAR{}"])
def test_an_update_that_would_turn_posts_into_others_is_refused(tmp_path, numbered):
    """Names of one's own that start anew every month: nothing of April may land on the posts of March."""
    march = read(month(tmp_path, MARCH, numbered, "march.csv"))
    april = read(month(tmp_path, APRIL, numbered, "april.csv"))
    change, _ = plan(march, held())
    book = after(held(), change)
    with pytest.raises(Refused) as error:
        plan(april, book)
    [finding] = error.value.findings
    assert (finding.code, finding.sheet) == ("XK143", "april.csv")
    assert "3 of 3" in finding.reason.en
    assert "3 sur 3" in finding.reason.fr


def test_of_two_files_of_one_command_the_one_that_names_others_is_left_out(tmp_path):
    march = read(month(tmp_path, MARCH, "p{}", "march.csv"))
    april = read(month(tmp_path, APRIL, "p{}", "april.csv"))
    change, report = plan([march, april], held())
    assert list(change.added["views"]) == [1000, 2000, 3000]
    assert "XK143" in codes(report)
    assert [one.export.source for one in report.imported] == ["march.csv"]


def test_a_few_posts_may_change_their_day_and_their_influencer(tmp_path):
    march = read(month(tmp_path, MARCH, "p{}", "march.csv"))
    corrected = [("dora", "2026-03-03", 1500), *MARCH[1:]]
    book = after(held(), plan(march, held())[0])
    change, _ = plan(read(month(tmp_path, corrected, "p{}", "march.csv")), book)
    assert change.updates == {5: {"date": date(2026, 3, 3), "views": 1500}}


def test_new_figures_of_the_same_posts_are_an_update_whatever_the_names_say(tmp_path):
    """The workbook says who @anna is."""
    march = read(month(tmp_path, MARCH, "p{}", "march.csv"))
    book = after(held(), plan(march, held())[0])
    later = [(f"@{who.upper()}", day, views + 1) for who, day, views in MARCH]
    _, report = plan(read(month(tmp_path, later, "p{}", "later.csv")), book)
    assert report.total("updated") == 3


def test_a_workbook_with_row_numbers_of_an_earlier_import_is_still_found(tmp_path):
    old = {
        "post_id": "1",
        "date": date(2026, 3, 2),
        "influencer": "anna",
        "network": "Instagram",
        "views": 900,
    }
    change, report = plan(read(month(tmp_path, MARCH, "{}", "march.csv")), held(old))
    assert (report.total("updated"), report.total("added")) == (1, 2)
    assert change.updates[5]["views"] == 1000


# -- two lists side by side -------------------------------------------------------------------------

LINKS = [
    f"https://www.linkedin.com/feed/update/urn:li:activity:720000000000000000{n}" for n in range(4)
]


def test_two_lists_side_by_side_are_refused_with_both_columns(tmp_path):
    rows = [
        ["Post URL", "Reactions", None, "Post URL", "Impressions"],
        [LINKS[0], 5, None, LINKS[1], 500],
        [LINKS[1], 3, None, LINKS[0], 300],
    ]
    finding = refused(sheet(tmp_path, rows))
    assert finding.code == "XK142"
    assert "columns A and D" in finding.message("en")
    assert "colonnes A et D" in finding.message("fr")


@pytest.mark.parametrize(
    ("first", "second", "a", "b"),
    [
        ("Post ID", "Post ID", "p1", "p2"),
        ("Post URL", "Post URL", LINKS[0], LINKS[1]),
        ("Post URL", "Post link", LINKS[0], LINKS[1]),
        ("Lien du post", "Lien de la publication", LINKS[0], LINKS[1]),
    ],
)
def test_lists_side_by_side_are_known_by_what_they_name(tmp_path, first, second, a, b):
    text = f"{first},Likes,{second},Views\n{a},5,{b},500\n{b},3,{a},300\n"
    assert refused(written(tmp_path, text)).code == "XK142"


def test_the_same_link_twice_in_other_spellings_is_one_list(tmp_path):
    text = (
        "Post URL,Likes,Post URL,Views\n"
        "https://youtu.be/aaaaaaaaaa1,5,https://www.youtube.com/watch?v=aaaaaaaaaa1&t=3,500\n"
    )
    assert read(written(tmp_path, text)).balance.taken == 1


def test_a_link_to_a_shop_beside_the_link_to_the_post_is_no_second_list(tmp_path):
    text = (
        "Post URL,Link,Likes\nhttps://www.instagram.com/p/AbCdEf/,https://shop.example/x,5\n"
        "https://www.instagram.com/p/GhIjKl/,https://shop.example/y,6\n"
    )
    assert [str(u)[-7:-1] for u in read(written(tmp_path, text)).columns["url"]] == [
        "AbCdEf",
        "GhIjKl",
    ]


def test_a_post_is_one_whatever_form_its_link_has():
    forms = ("p", "reel", "reels", "tv", "ana/reel", "ana/p")
    urls = [f"https://www.instagram.com/{form}/AbCdEf/?igsh=1" for form in forms]
    assert {links.canonical(url) for url in urls} == {"instagram.com/AbCdEf"}
    assert links.canonical("https://x.com/a/status/1790000000000000000") == links.canonical(
        "https://twitter.com/i/status/1790000000000000000?s=20"
    )


def test_a_tracker_and_the_export_of_the_network_meet_by_the_link():
    book = held(
        {"url": "https://www.instagram.com/ana/reel/AbCdEf/", "cost": 300, "network": "Instagram"}
    )
    row = {
        "post_id": "17900000000000001",
        "url": "https://www.instagram.com/p/AbCdEf/",
        "views": 10,
    }
    change, report = plan(export(row), book)
    assert report.total("updated") == 1
    assert change.updates[5]["post_id"] == "17900000000000001"
