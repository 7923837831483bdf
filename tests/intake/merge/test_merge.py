"""Importing replaces and completes, never adds up, never empties; whatever stays open is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.merge.made_books import (
    TODAY,
    after,
    codes,
    export,
    held,
    plan,
)
from xlkpi.core.findings import Refused, Severity
from xlkpi.core.texts import Language, Text, typeset
from xlkpi.intake.merge.plan import ExistingPosts, ImportReport, InfluencerRow
from xlkpi.intake.merge.report import OUTCOMES
from xlkpi.intake.posts import COLUMNS, Export, RowBalance, Value

POST: dict[str, Value] = {
    "post_id": "17900000000000001",
    "url": "https://www.instagram.com/p/A/",
    "date": date(2026, 3, 1),
    "format": "reel",
    "views": 1000,
    "likes": 50,
    "comments": 4,
}
BOOK: dict[str, Value] = {
    **POST,
    "network": "Instagram",
    "campaign": "Spring",
    "influencer": "Lena Brews",
    "snapshot_date": date(2026, 11, 1),
    "cost": 500,
    "note": "typed by hand",
}


# -- new posts --------------------------------------------------------------------------------------


def test_a_new_post_is_added_with_campaign_and_influencer():
    change, report = plan(export(POST))
    assert {id: values[0] for id, values in change.added.items()} == {
        **POST,
        "network": "Instagram",
        "snapshot_date": TODAY,
        "campaign": "Spring",
        "influencer": "Lena Brews",
    }
    assert change.updates == {}
    assert (report.total("added"), codes(report)) == (1, [])


def test_columns_of_new_posts_are_equally_long():
    change, _ = plan(
        [
            export(POST),
            export({"post_id": "2", "reach": 7}, kind="facebook_content", network="Facebook"),
        ]
    )
    assert {len(values) for values in change.added.values()} == {2}
    assert change.count == 2
    assert set(change.added) <= COLUMNS


def test_unknown_stays_empty_and_is_never_zero():
    change, _ = plan(export({**POST, "views": None, "likes": 0}))
    assert "views" not in change.added
    assert change.added["likes"] == [0]


# -- re-import --------------------------------------------------------------------------------------


def test_an_unchanged_file_changes_nothing():
    """A later day alone is no change."""
    change, report = plan(export(POST), held(BOOK))
    assert change.is_empty
    assert (report.total("unchanged"), report.total("updated"), report.total("added")) == (1, 0, 0)


def test_newer_figures_replace_and_are_never_added_up():
    change, report = plan(export({**POST, "views": 1200}), held(BOOK))
    assert change.updates == {5: {"views": 1200, "snapshot_date": TODAY}}
    assert report.total("updated") == 1


def test_an_empty_cell_overwrites_nothing():
    change, _ = plan(export({**POST, "views": None, "likes": 60}), held(BOOK))
    assert change.updates == {5: {"likes": 60, "snapshot_date": TODAY}}


def test_what_a_person_typed_elsewhere_stays():
    change, _ = plan(export({**POST, "views": 1200}), held(BOOK))
    assert not {"cost", "note", "campaign", "influencer"} & set(change.updates[5])


def test_descriptions_are_filled_in_never_replaced():
    book = held({**BOOK, "format": "Carrousel", "influencer": "Léna", "url": None})
    change, _ = plan(export({**POST, "campaign": "Autumn"}), book)
    assert change.updates == {5: {"url": POST["url"], "snapshot_date": TODAY}}


def test_a_column_that_the_table_lacks_is_told_and_is_no_change_for_ever():
    change, report = plan(export({**POST, "bookmarks": 3}), held(BOOK))
    assert change.is_empty
    assert report.left_out == ["bookmarks"]


def test_a_cell_that_holds_text_instead_of_a_figure_is_replaced():
    change, _ = plan(export(POST), held({**BOOK, "views": "1 000"}))
    assert change.updates[5]["views"] == 1000


def test_older_figures_are_not_applied_and_listed():
    change, report = plan(export({**POST, "views": 900}, snapshot=date(2026, 10, 1)), held(BOOK))
    assert change.is_empty
    assert (report.total("older"), codes(report)) == (1, ["XK333"])
    assert report.findings[0].value == "17900000000000001"


def test_figures_without_a_day_in_the_workbook_are_replaced():
    change, _ = plan(export({**POST, "views": 1200}), held({**BOOK, "snapshot_date": None}))
    assert change.updates[5]["views"] == 1200


def test_of_a_post_on_two_rows_the_newest_is_kept_up_to_date():
    book = held(
        {**BOOK, "snapshot_date": date(2026, 11, 5)}, {**BOOK, "snapshot_date": date(2026, 10, 1)}
    )
    change, _ = plan(export({**POST, "views": 1200}), book)
    assert list(change.updates) == [5]


def test_counters_that_fall_for_most_posts_are_told():
    posts = [{"post_id": str(i), "views": 100 - i, "likes": 5} for i in range(10)]
    book = held(
        *(
            {**p, "views": 200, "network": "Instagram", "snapshot_date": date(2026, 11, 1)}
            for p in posts
        )
    )
    _, report = plan(export(*posts), book)
    assert codes(report) == ["XK348"]


# -- which post it is -------------------------------------------------------------------------------


def test_the_same_id_on_another_network_is_another_post():
    change, _ = plan(export(POST, network="Facebook", kind="facebook_content"), held(BOOK))
    assert change.count == 1


@pytest.mark.parametrize("said", ["instagram", "IG", "Insta", None])
def test_the_network_may_be_written_otherwise_or_not_at_all(said: str | None):
    change, _ = plan(export({**POST, "views": 1200}), held({**BOOK, "network": said}))
    assert change.count == 0
    assert change.updates[5]["views"] == 1200


def test_a_post_typed_with_its_link_alone_is_found():
    book = held({"url": "http://instagram.com/p/A?igsh=1", "network": "Instagram", "cost": 300})
    change, report = plan(export(POST), book)
    assert change.count == 0
    assert change.updates[5]["post_id"] == POST["post_id"]
    assert "url" not in change.updates[5]
    assert report.total("updated") == 1


def test_a_row_without_an_id_is_found_by_its_link():
    change, _ = plan(export({**POST, "post_id": None, "views": 1200}), held(BOOK))
    assert (change.count, change.updates[5]["views"]) == (0, 1200)


def test_a_sheet_kept_by_hand_is_found_by_day_and_influencer():
    rows = [{"date": date(2026, 3, d), "views": v} for d, v in ((1, 10), (1, 20), (2, 30))]
    change, _ = plan(export(*rows, account="@LENA.brews"))
    book = after(ExistingPosts(), change)
    change, report = plan(export(*rows, account="Lena Brews"), book, people=[])
    assert change.count == 0 or codes(report)
    change, report = plan(export(*rows, account="@LENA.brews"), book)
    assert change.is_empty
    assert report.total("unchanged") == 3


# -- duplicates -------------------------------------------------------------------------------------


def test_of_a_post_twice_in_a_file_the_last_row_counts_and_is_listed():
    change, report = plan(export(POST, {**POST, "views": 1100}))
    assert change.added["views"] == [1100]
    assert [(f.code, f.severity, f.cell) for f in report.findings] == [
        ("XK334", Severity.WARNING, "A3")
    ]
    assert (report.total("added"), report.total("repeated")) == (1, 1)


def test_of_a_post_in_two_exports_the_newest_counts_whatever_their_order():
    old, new = (
        export(POST, snapshot=date(2026, 11, 1), source="old.csv"),
        export({**POST, "views": 1200}, source="new.csv"),
    )
    for exports in ([old, new], [new, old]):
        change, report = plan(exports)
        assert change.added["views"] == [1200]
        assert change.added["snapshot_date"] == [TODAY]
        assert report.total("added") == 1
        assert report.total("repeated") == 1
        assert [f.sheet for f in report.findings] == ["new.csv"]


def test_two_exports_of_the_same_posts_on_top_of_the_workbook():
    first, second = (
        export({**POST, "views": 1100}, snapshot=date(2026, 11, 10)),
        export({**POST, "views": 1200}),
    )
    change, report = plan([first, second], held(BOOK))
    assert change.updates == {5: {"views": 1200, "snapshot_date": TODAY}}
    assert (report.total("updated"), report.total("repeated")) == (1, 1)


def test_two_kinds_of_export_complete_each_other():
    posts = export(POST)
    tool = export({"url": POST["url"], "reach": 800}, kind="posts")
    change, report = plan([posts, tool])
    assert (change.count, change.added["reach"], change.added["views"]) == (1, [800], [1000])
    assert "XK334" not in codes(report)


# -- who ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "account", ["lena.brews", "@LENA.BREWS", "Lena  brews", "https://www.instagram.com/lena.brews/"]
)
def test_an_influencer_is_found_by_handle_or_name(account: str):
    change, report = plan(export(POST, account=account))
    assert change.added["influencer"] == ["Lena Brews"]
    assert codes(report) == []


def test_an_account_that_nobody_has_is_kept_and_told_once():
    rows = [{**POST, "post_id": str(i), "account": "someone.else"} for i in range(1000, 1004)]
    change, report = plan(export(*rows))
    assert change.added["influencer"] == ["someone.else"] * 4
    assert [(f.code, f.value) for f in report.findings] == [("XK330", "someone.else")]


def test_two_people_with_one_handle_are_not_guessed():
    people = [InfluencerRow("A", "mia", "Instagram"), InfluencerRow("B", "mia", "Instagram")]
    change, report = plan(export(POST, account="mia"), people=people)
    assert change.added["influencer"] == ["mia"]
    assert codes(report) == ["XK330"]


def test_a_handle_counts_on_its_network_first():
    people = [
        InfluencerRow("On TikTok", "mia", "TikTok"),
        InfluencerRow("On Instagram", "mia", "Instagram"),
    ]
    assert plan(export(POST, account="mia"), people=people)[0].added["influencer"] == [
        "On Instagram"
    ]


def test_an_export_that_names_nobody_is_told_once():
    change, report = plan(export(POST, {**POST, "post_id": "2"}, account=None))
    assert "influencer" not in change.added
    assert codes(report) == ["XK331"]
    assert "new posts: 2" in report.findings[0].effect.en


def test_an_influencer_is_filled_in_where_the_workbook_has_none():
    change, _ = plan(export(POST), held({**BOOK, "influencer": None}))
    assert change.updates[5]["influencer"] == "Lena Brews"


# -- campaign ---------------------------------------------------------------------------------------


def test_the_campaign_is_the_one_that_is_named():
    change, report = plan(export(POST), campaign=" spring ", campaigns=["Spring", "Autumn"])
    assert change.added["campaign"] == ["Spring"]
    assert report.campaign == "Spring"


def test_a_campaign_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refused) as refused:
        plan(export(POST), campaign="Sprng", campaigns=["Spring", "Autumn"])
    assert (refused.value.findings[0].code, refused.value.findings[0].value) == ("XK332", "Sprng")
    assert "Spring" in refused.value.findings[0].fix.en


def test_of_two_campaigns_none_is_guessed():
    change, report = plan(export(POST), campaigns=["Spring", "Autumn"])
    assert "campaign" not in change.added
    assert codes(report) == ["XK378"]


def test_importing_again_with_the_campaign_fills_it_in_where_there_is_none():
    book = held({**BOOK, "campaign": None}, {**BOOK, "post_id": "2", "campaign": "Autumn"})
    change, report = plan(
        export(POST, {**POST, "post_id": "2"}),
        book,
        campaign="Spring",
        campaigns=["Spring", "Autumn"],
    )
    assert [cells.get("campaign") for cells in change.updates.values()] == ["Spring"]
    assert (report.total("updated"), report.total("unchanged")) == (1, 1)


def test_the_only_campaign_is_not_written_over_a_blank_one_unless_it_is_named():
    change, _ = plan(export(POST), held({**BOOK, "campaign": None}))
    assert change.is_empty


def test_a_campaign_in_the_file_comes_before_the_common_one():
    change, _ = plan(
        export({**POST, "campaign": "Own"}, {**POST, "post_id": "2"}), campaign="Spring"
    )
    assert change.added["campaign"] == ["Own", "Spring"]


# -- spend ------------------------------------------------------------------------------------------


def ads(cost: float, url: str = "https://www.instagram.com/p/A/?utm_source=ads") -> Export:
    return export(
        {"url": url, "cost": cost},
        kind="meta_ads",
        account=None,
        is_addition=True,
        source="ads.xlsx",
    )


def test_spend_fills_an_empty_cost():
    change, report = plan(ads(120.5), held({**BOOK, "cost": None}))
    assert change.updates == {5: {"cost": 120.5}}
    assert report.total("updated") == 1


def test_spend_never_replaces_a_fee():
    change, report = plan(ads(120.5), held(BOOK))
    assert change.is_empty
    assert [(f.code, f.severity) for f in report.findings] == [("XK347", Severity.EXCLUDED)]
    assert "500" in report.findings[0].reason.en


def test_spend_that_is_there_already_is_no_change():
    change, report = plan(ads(500), held(BOOK))
    assert change.is_empty
    assert codes(report) == []


def test_spend_adds_no_posts():
    change, report = plan(ads(120.5, "https://www.instagram.com/p/Other/"), held(BOOK))
    assert change.is_empty
    assert (report.total("unmatched"), codes(report)) == (1, ["XK347"])


def test_spend_finds_posts_of_the_same_import_in_any_order():
    for exports in ([ads(80), export(POST)], [export(POST), ads(80)]):
        change, report = plan(exports)
        assert (change.count, change.added["cost"]) == (1, [80])
        assert codes(report) == []


# -- texts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+33",
        "-5",
        "@handle",
        "\t=x",
        "\r=x",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_texts_stay_as_they_are(text: str):
    """The writer writes strings; nothing is escaped on the way, and nothing is made a formula."""
    change, _ = plan(export({**POST, "url": text, "promo_code": text}, account=text), people=[])
    assert change.added["promo_code"] == [text]
    assert change.added["url"] == [text]
    assert change.added["influencer"] == [text.strip()]


# -- always ------------------------------------------------------------------------------------------

_posts = st.lists(
    st.fixed_dictionaries(
        {
            "post_id": st.sampled_from(["1", "2", "3", "4"]),
            "views": st.none() | st.integers(0, 50),
            "likes": st.none() | st.integers(0, 50),
            "note": st.none() | st.just("=n"),
            "date": st.none() | st.dates(date(2026, 1, 1), date(2026, 2, 1)),
        }
    ),
    max_size=6,
)
_exports = st.lists(
    st.builds(
        lambda rows, day, kind: export(*rows, snapshot=day, kind=kind),
        _posts,
        st.dates(date(2026, 10, 1), date(2026, 10, 5)),
        st.sampled_from(["instagram_content", "posts"]),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=300, deadline=None)
@given(_exports, _exports)
def test_importing_twice_is_importing_once(first: list[Export], second: list[Export]):
    book = ExistingPosts()
    for exports in (first, second):
        change, report = plan(exports, book)
        before, book = book, after(book, change)
        for one in report.imported:
            assert one.export.balance.taken == sum(getattr(one, o) for o in OUTCOMES)
            assert all(getattr(one, o) >= 0 for o in OUTCOMES)
        assert report.total("added") == change.count
        assert len({*book.columns.get("post_id", ())}) == len(book.rows)
        for id, values in before.columns.items():
            for i, value in enumerate(values):
                assert value is None or book.columns[id][i] is not None
        assert plan(exports, book)[0].is_empty


# -- the report -------------------------------------------------------------------------------------


def report_of_everything() -> ImportReport:
    one = replace(
        export(POST, {**POST, "post_id": "2"}, account="nobody"),
        balance=RowBalance(6, 2, 1, 2, 1),
        recognised={"Vues": "views", "Identifiant": "post_id"},
        ignored=("Description",),
        decisions=(Text("read so", "lu ainsi"),),
        name=Text("Instagram content", "Contenu Instagram"),
    )
    return replace(plan(one)[1], left_out=("bookmarks",))


def test_the_report_tells_rows_columns_decisions_and_findings(language: Language):
    said = report_of_everything().as_text(language)
    if language == "en":
        for part in (
            "posts.csv: Instagram content",
            "6 rows read = 2 posts + 1 total or remark + 2 excluded + 1 blank",
            "2 added, 0 updated, 0 unchanged",
            "Vues → Views",
            "Columns not read: Description",
            "read so",
            "[XK330]",
            "for want of a column in Posts: Bookmarks",
        ):
            assert part in said
    else:
        for part in (
            "6 lignes lues = 2 posts + 1 total ou remarque + 2 exclues + 1 vide",
            "2 ajoutés",
            "Vues → Vues",
            "lu ainsi",
            "Signets",
        ):
            assert part in said
        assert typeset(said) == said


def test_the_report_is_json_for_machines():
    said = json.loads(json.dumps(report_of_everything().as_json("fr")))
    assert said["added"] == 2
    assert said["exports"][0]["rows"] == {
        "read": 6,
        "taken": 2,
        "totals": 1,
        "excluded": 2,
        "blank": 1,
    }
    assert said["exports"][0]["recognised"] == {"Vues": "views", "Identifiant": "post_id"}
    assert said["findings"][0]["code"] == "XK330"
    assert said["left_out"] == ["bookmarks"]


def test_a_report_knows_whether_anything_was_left_out():
    assert not plan(export(POST))[1].has_exclusions
    assert plan(ads(1), held(BOOK))[1].has_exclusions
