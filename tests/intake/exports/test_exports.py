"""Every sample of every platform lands as its golden twin says; each quirk of a platform has a test of its own."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.exports.remake import SAMPLES, TODAY, golden, samples
from xlkpi.core.findings import Finding, Refused, Severity
from xlkpi.core.texts import LANGUAGES, Language, typeset
from xlkpi.excel.workbook import choices, contract
from xlkpi.intake import links
from xlkpi.intake.cells import columns, durations, quick
from xlkpi.intake.exports import formats, loading, reading
from xlkpi.intake.exports.platform import Holds
from xlkpi.intake.exports.recognition import platforms
from xlkpi.intake.posts import COLUMNS, DESCRIPTIVE, Export
from xlkpi.intake.profiles import files as profile_files
from xlkpi.intake.profiles import mapping
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.profiles.reading import HOLDS
from xlkpi.intake.tables import contents, headers
from xlkpi.intake.tables.table import Cell, SourceTable

each_sample = pytest.mark.parametrize("path", samples(), ids=lambda p: p.name)


def load(name: str | Path) -> Export:
    """The one export of a sample."""
    [export] = loading.load(SAMPLES / name, TODAY, currency="EUR").exports
    return export


def refusal(path: Path) -> list[Finding]:
    with pytest.raises(Refused) as refused:
        loading.load(path, TODAY, currency="EUR")
    return list(refused.value.findings)


def posts(export: Export) -> dict[object, dict[str, object]]:
    """Post id (or link) → the values of its row."""
    names = list(export.columns)
    rows = [
        dict(zip(names, row, strict=True)) for row in zip(*export.columns.values(), strict=True)
    ]
    return {row.get("post_id") or row.get("url"): row for row in rows}


# -- golden twins, balance, contract ---------------------------------------------------------------


@each_sample
def test_each_sample_reads_as_its_golden_twins_say(path: Path):
    twins = {p.name: p.read_text(encoding="utf-8") for p in SAMPLES.glob(f"{path.name}.expected.*")}
    assert golden(path) == twins


@each_sample
def test_every_row_is_accounted_for(path: Path):
    try:
        loaded = loading.load(path, TODAY)
    except Refused:
        return
    for export in loaded.exports:
        balance = export.balance
        assert balance.read == balance.taken + balance.totals + balance.excluded + balance.blank
        assert balance.taken == len(export.rows) == len(export.accounts)
        assert all(len(values) == balance.taken for values in export.columns.values())


@each_sample
def test_what_is_said_is_said_in_both_languages(path: Path):
    try:
        loaded = loading.load(path, TODAY, currency="EUR")
        findings = [*loaded.passed_over, *(f for e in loaded.exports for f in e.findings)]
        texts = [t for e in loaded.exports for t in (e.name, *e.decisions)]
    except Refused as refused:
        findings, texts = list(refused.findings), []
    texts += [t for f in findings for t in (f.reason, f.effect, f.fix)]
    assert all(bool(t.en) == bool(t.fr) for t in texts)
    assert not [t for t in texts if "{" in t.en + t.fr]


def test_columns_are_those_of_the_posts_sheet():
    known = {
        c.id
        for c in (*contract.POSTS.columns, *contract.POSTS.extra)
        if c.kind is not contract.ColumnKind.COMPUTED
    }
    assert known >= COLUMNS
    assert set(DESCRIPTIVE) <= COLUMNS


@pytest.mark.parametrize("platform", platforms(), ids=lambda p: p.id)
def test_a_platform_names_only_columns_that_its_headers_define(platform):
    defined = set(reading.wanted(platform))
    assert set(platform.columns) <= defined
    assert set(platform.renamed) <= set(platform.columns)
    assert {id for wanted in platform.needs for id in wanted.split("|")} <= defined
    assert (platform.refusal is None) == bool(platform.columns)


def test_formats_and_networks_are_those_of_the_workbook():
    assert {format for _, format in formats.WORDS} <= set(choices.FORMATS)
    assert {n.name for n in links.NETWORKS} == set(choices.NETWORKS)


#: Languages that each kind is promised in; TikTok and LinkedIn have no French headers of their own.
PROMISED = {
    "instagram_content": "en fr de",
    "facebook_content": "en fr",
    "tiktok_content": "en es pt",
    "youtube_table": "en fr de",
    "x_content": "en fr",
    "linkedin_posts": "en",
    "meta_ads": "en fr",
    "generic_agency": "fr de es pt",
    "generic": "en",
}


@pytest.mark.parametrize(
    ("kind", "language"), [(k, lang) for k, langs in PROMISED.items() for lang in langs.split()]
)
def test_every_promised_language_has_a_sample(kind: str, language: str):
    start = "linkedin_page" if kind == "linkedin_posts" else kind
    assert [p for p in samples() if p.name.startswith(start) and f"_{language}" in p.stem]


# -- recognised by header ---------------------------------------------------------------------------

CSVS = [
    p
    for p in samples()
    if p.suffix == ".csv"
    and (SAMPLES / f"{p.name}.expected.csv").exists()
    and not (SAMPLES / f"{p.name}.expected.txt").read_text(encoding="utf-8").startswith("refused")
]


@pytest.mark.parametrize("path", CSVS, ids=lambda p: p.name)
def test_the_name_of_the_file_does_not_matter(path: Path, tmp_path: Path):
    renamed = tmp_path / "Facebook export (3).txt"
    renamed.write_bytes(path.read_bytes())
    [export] = loading.load(renamed, TODAY, currency="EUR").exports
    assert (export.kind, export.columns) == (load(path).kind, load(path).columns)


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in CSVS
        if "resaved" not in p.name
        and "notice" not in p.name
        and "cp1252" not in p.name
        and "mojibake" not in p.name
        and "personal" not in p.name  # two lists side by side
    ],
    ids=lambda p: p.name,
)
def test_the_order_of_the_columns_does_not_matter(path: Path, tmp_path: Path):
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    order = list(range(len(rows[0])))
    random.Random(4).shuffle(order)
    shuffled = tmp_path / "shuffled.csv"
    with shuffled.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([row[i] for i in order] for row in rows)
    [export] = loading.load(shuffled, TODAY, currency="EUR").exports
    assert dict(export.columns) == dict(load(path).columns)


def test_more_columns_than_known_do_not_hide_a_platform(tmp_path: Path):
    """Meta's files have 18 to 227 columns."""
    rows = list(
        csv.reader(
            io.StringIO(
                (SAMPLES / "instagram_content_en.csv").read_text(encoding="utf-8-sig"), newline=""
            )
        )
    )
    wide = [
        [*rows[0], *(f"Negative feedback {i}" for i in range(200))],
        *([*row, *["0"] * 200] for row in rows[1:]),
    ]
    path = tmp_path / "wide.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(wide)
    [export] = loading.load(path, TODAY).exports
    assert export.columns == load("instagram_content_en.csv").columns
    assert len(export.ignored) > 200


@pytest.mark.parametrize(
    ("header", "row", "network"),
    [
        ("Post ID,Likes", "x1,2", None),
        (
            "Post ID,Date,Influencer,Network,Views,Likes,Comments,Saves",
            "p1,2026-03-01,Ana,TikTok,9,5,2,1",
            "TikTok",
        ),
        (
            "Post ID,Permalink,Views,Likes",
            "1,https://www.tiktok.com/@a/video/7589999999999999930,5,6",
            "TikTok",
        ),
        ("Post ID,Account username,Platform,Likes", "x1,ana,YouTube,2", "YouTube"),
        ("Post ID,Post text,Network,Impressions,Likes", "x1,hello,LinkedIn,4,5", "LinkedIn"),
        ("Video link,Views,Likes", "https://youtu.be/abcdefghijk,4,5", "YouTube"),
    ],
)
def test_a_sheet_that_uses_a_networks_column_names_is_not_taken_for_its_export(
    header, row, network, tmp_path
):
    """An agency's sheet says "Post ID" and "Likes" too: its posts must not all become Instagram's."""
    path = tmp_path / "agency.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    [export] = loading.load(path, TODAY).exports
    assert export.kind == "posts"
    assert export.columns.get("network", [None])[0] == network


def test_content_of_a_sheet_is_no_youtube_video(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("Content,Views,Impressions\nSpring reel,40,50\n", encoding="utf-8")
    assert refusal(path)[0].code == "XK130"


def test_an_export_whose_columns_have_other_names_is_offered_a_mapping(tmp_path):
    """TikTok in French: exporting it again gives the same names again."""
    path = tmp_path / "tiktok.csv"
    path.write_text(
        "Titre de la vidéo;Lien de la vidéo;Date de publication;Vues totales;J'aime totaux;Commentaires totaux;"
        "Partages totaux\nDéballage;https://www.tiktok.com/@a/video/7412345678901234567;2026-09-18;900;12;1;2\n",
        encoding="utf-8",
    )
    fix = refusal(path)[0].fix
    assert "TikTok" in fix.fr
    assert "--profile" in fix.en
    assert "--profile" in fix.fr


# -- Instagram and Facebook -------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Network", "Plateforme", "Réseau social"])
def test_a_sheet_that_names_each_network_is_no_networks_own_export(header: str, tmp_path: Path):
    """Its columns may be all of Instagram's; its posts on TikTok must not become posts on Instagram."""
    path = tmp_path / "agency.csv"
    path.write_text(
        f"Post ID,{header},Influencer,Date,Views,Reach,Likes,Saves\n"
        "a1,TikTok,Ana,2026-03-05,100,90,8,1\na2,Instagram,Ben,2026-03-06,200,180,9,2\n",
        encoding="utf-8",
    )
    (export,) = loading.load(path, TODAY).exports
    assert list(export.columns["network"]) == ["TikTok", "Instagram"]
    assert list(export.columns["date"]) == [date(2026, 3, 5), date(2026, 3, 6)]
    assert export.recognised["Influencer"] == "influencer"
    assert export.ignored == ()


def test_month_comes_first_even_below_french_headers():
    assert list(load("instagram_content_fr.csv").columns["date"]) == [
        date(2026, 9, 3),
        date(2026, 9, 14),
        date(2026, 10, 2),
    ]


def test_day_comes_first_where_the_column_proves_it():
    assert list(load("instagram_content_fr_day_first.csv").columns["date"]) == [
        date(2026, 9, 3),
        date(2026, 9, 28),
    ]


def test_lifetime_is_no_date():
    export = load("instagram_content_de.csv")
    assert "Datum" in export.ignored
    assert list(export.columns["date"]) == [date(2026, 7, 19), date(2026, 8, 2)]


def test_figures_by_day_are_refused_not_taken_for_totals():
    [finding] = refusal(SAMPLES / "instagram_content_daily.csv")
    assert finding.code == "XK131"
    assert "Lifetime" in finding.fix.en


def test_ids_are_text_to_the_last_digit():
    assert load("instagram_content_fr.csv").columns["post_id"][1] == "179234567890123456"


def test_views_follow_impressions_and_plays_without_mixing_them():
    old = load("instagram_content_en_before_views.csv").columns
    assert (list(old["views"]), list(old["impressions"])) == ([5120, None], [None, 2210])
    assert "impressions" not in load("instagram_content_en.csv").columns


def test_quoted_thousands_and_every_kind_of_space_are_read():
    assert load("instagram_content_en.csv").columns["views"][0] == 12_400
    assert list(load("instagram_content_fr.csv").columns["views"]) == [48_210, 15_204, 7_004]


def test_dashes_and_undefined_are_unknown_not_zero():
    story = posts(load("instagram_content_en.csv"))["18012340000000017"]
    assert (story["likes"], story["new_followers"], story["saves"], story["shares"]) == (
        None,
        None,
        None,
        3,
    )
    assert posts(load("instagram_content_en.csv"))["17855501234567890"]["likes"] == 0


def test_stories_bring_replies_visits_and_clicks():
    story = posts(load("instagram_stories_fr.csv"))["18034567890123456"]
    assert (story["comments"], story["profile_visits"], story["clicks"], story["format"]) == (
        14,
        31,
        96,
        "story",
    )


def test_columns_of_two_languages_complete_each_other():
    export = load("instagram_content_bilingual.csv")
    assert list(export.columns["views"]) == [500, 720, 90]
    assert list(export.columns["format"]) == ["reel", "post", "post"]
    assert [f.code for f in export.findings] == ["XK345"]


def test_lines_that_excel_made_one_cell_are_split_again():
    export = load("instagram_content_resaved_by_excel.csv")
    assert list(export.columns["saves"]) == [2, 3, 4]
    assert "XK344" in {f.code for f in export.findings}


def test_a_number_that_excel_turned_into_a_date_is_left_out_with_its_fix():
    export = load("instagram_content_excel_dates.csv")
    found = [f for f in export.findings if f.code == "XK337"]
    assert [f.cell for f in found] == ["L2", "N2"]
    assert export.columns["views"][0] is None


def test_an_id_that_excel_damaged_never_matches_a_post():
    export = load("instagram_content_excel_dates.csv")
    assert list(export.columns["post_id"]) == ["17923450000000001", None]
    assert [(f.cell, f.code, f.severity) for f in export.findings if "an id as" in f.reason.en] == [
        ("A3", "XK368", Severity.WARNING),
        ("A4", "XK338", Severity.EXCLUDED),
    ]


def test_three_second_views_are_not_views():
    export = load("facebook_content_fr.csv")
    assert list(export.columns["views"]) == [18_204, 2_100, 5_000]
    assert "Vues de vidéo de 3 secondes de Publications organiques" in export.ignored


def test_reactions_are_likes_and_their_sum_with_comments_is_not():
    post = posts(load("facebook_content_en.csv"))["122100000000000011"]
    assert (post["likes"], post["comments"], post["shares"]) == (640, 101, 60)


def test_paid_and_organic_reach_stay_apart():
    post = posts(load("facebook_content_en.csv"))["122100000000000011"]
    assert (post["reach"], post["organic_reach"]) == (18_500, 12_000)


def test_a_reel_that_facebook_calls_a_video_is_told_by_its_link():
    assert list(load("facebook_content_fr.csv").columns["format"]) == ["reel", "post", "video"]


def test_link_clicks_come_before_all_clicks():
    assert posts(load("facebook_content_en.csv"))["122100000000000011"]["clicks"] == 202
    french = load("facebook_content_fr.csv")
    assert french.columns["clicks"][0] == 302
    assert any("Total des clics" in d.fr for d in french.decisions)


# -- TikTok -----------------------------------------------------------------------------------------


def test_the_id_and_the_account_stand_in_the_link():
    export = load("tiktok_content_en.csv")
    assert list(export.columns["post_id"]) == [
        "7512345678901234567",
        "7512345678901234999",
        "7512345678901235111",
    ]
    assert set(export.accounts) == {"theo.runs"}
    assert export.columns["format"][2] == "carousel"


def test_shortened_figures_are_read():
    assert list(load("tiktok_content_en.csv").columns["likes"]) == [1200, 310, 88]


def test_play_time_is_read_as_a_clock_or_in_seconds():
    assert list(load("tiktok_content_en.csv").columns["watch_seconds"]) == [750, 3600, None]


def test_portuguese_thousands_have_points():
    assert list(load("tiktok_content_pt.csv").columns["views"]) == [98_765, 12_300]


def test_days_without_a_year_run_over_new_year():
    assert list(load("tiktok_content_fr_no_year.csv").columns["date"]) == [
        date(2026, 1, 2),
        date(2025, 12, 31),
        date(2025, 12, 19),
    ]


def test_an_overview_by_day_is_told_apart():
    [finding] = refusal(SAMPLES / "tiktok_overview_no_year.csv")
    assert finding.code == "XK131"
    assert "TikTok" in finding.reason.en
    assert "TikTok" in finding.reason.fr


# -- YouTube ----------------------------------------------------------------------------------------


def test_the_total_row_is_never_a_video():
    for name in (
        "youtube_table_en.csv",
        "youtube_table_fr_narrow_spaces.csv",
        "youtube_table_de.csv",
    ):
        export = load(name)
        assert export.balance.totals == 1
        assert not any("otal" in str(id) or "esamt" in str(id) for id in export.columns["post_id"])


def test_the_total_row_is_a_check_sum(tmp_path: Path):
    text = (SAMPLES / "youtube_table_en.csv").read_text(encoding="utf-8").replace("15420", "915420")
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    [finding] = [f for f in loading.load(path, TODAY).exports[0].findings if f.code == "XK346"]
    assert (finding.cell, finding.header) == ("J2", "Views")


def test_an_id_after_a_space_keeps_its_dash():
    assert list(load("youtube_table_en.csv").columns["post_id"]) == [
        "aB3_dE6-gH9",
        "-pQr5TuV7wX",
        "_Zz0123456-",
    ]
    assert load("youtube_table_fr_semicolon_notice.csv").columns["post_id"][0] == "-Abc_def12X"


def test_the_notice_above_the_header_is_passed_over():
    assert list(load("youtube_table_fr_semicolon_notice.csv").columns["views"]) == [1234, 99]


def test_french_figures_are_read_both_ways():
    assert list(load("youtube_table_fr_narrow_spaces.csv").columns["watch_seconds"]) == [
        98.25 * 3600,
        1106.25 * 3600,
    ]
    assert list(load("youtube_table_fr_dots.csv").columns["watch_seconds"]) == [
        310.75 * 3600,
        30.5 * 3600,
    ]


def test_views_are_all_views_not_the_engaged_ones():
    assert list(load("youtube_table_fr_narrow_spaces.csv").columns["views"]) == [7646, 36_885]
    assert list(load("youtube_table_fr_dots.csv").columns["views"]) == [12_045, 1204]


def test_lost_subscribers_are_negative():
    assert load("youtube_table_fr_dots.csv").columns["new_followers"][1] == -2


def test_a_short_is_not_guessed_and_a_long_video_is_one():
    assert list(load("youtube_table_en.csv").columns["format"]) == [None, "video", None]


def test_another_table_of_the_same_name_is_refused_by_name():
    [finding] = refusal(SAMPLES / "youtube_geography_en.csv")
    assert finding.code == "XK132"
    assert "Geography" in finding.reason.fr


def archive(path: Path, **members: str) -> Path:
    """A ZIP as downloaded: member name → sample."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, sample in members.items():
            file.write(SAMPLES / sample, member)
    return path


@pytest.mark.parametrize(
    "members",
    [
        {
            "Table data.csv": "youtube_table_en.csv",
            "Chart data.csv": "youtube_chart_en.csv",
            "Totals.csv": "youtube_totals_en.csv",
        },
        {
            "Informations relatives aux tableaux.csv": "youtube_table_fr_narrow_spaces.csv",
            "Totaux.csv": "youtube_totals_en.csv",
        },
        {
            "Données du tableau.csv": "youtube_table_fr_dots.csv",
            "Données du graphique.csv": "youtube_chart_en.csv",
        },
        {"Tabellendaten.csv": "youtube_table_de.csv", "Gesamtwerte.csv": "youtube_totals_en.csv"},
    ],
    ids=["en", "fr", "fr2", "de"],
)
def test_the_zip_is_read_as_downloaded(members: dict[str, str], tmp_path: Path):
    path = archive(tmp_path / "Contenu 2026-10-05.zip", **members)
    loaded = loading.load(path, TODAY)
    [export] = loaded.exports
    table, sample = next(iter(members.items()))
    assert export.columns == load(sample).columns
    assert export.source == f"{path.name} › {table}"
    assert [f.code for f in loaded.passed_over] == ["XK349"] * (len(members) - 1)


def test_tiktoks_zip_gives_its_content_and_names_the_rest(tmp_path: Path):
    path = archive(
        tmp_path / "t.zip",
        **{
            "Content.csv": "tiktok_content_en.csv",
            "Overview.csv": "tiktok_overview_no_year.csv",
            "FollowerHistory.csv": "tiktok_follower_history_en.csv",
            "FollowerGender.csv": "tiktok_gender_en.csv",
        },
    )
    loaded = loading.load(path, TODAY)
    assert [e.kind for e in loaded.exports] == ["tiktok_content"]
    assert [f.sheet.split(" › ")[1] for f in loaded.passed_over] == [
        "Overview.csv",
        "FollowerHistory.csv",
        "FollowerGender.csv",
    ]


# -- X and LinkedIn ---------------------------------------------------------------------------------


def test_nineteen_digits_stay_nineteen_digits():
    assert list(load("x_content_en.csv").columns["post_id"]) == [
        "1912345678901234567",
        "1912345678901234999",
        "1912345678901235001",
    ]


def test_texts_that_look_like_formulas_disturb_nothing():
    """They start with @, =, - and +; only the account and the link are taken from such a row."""
    export = load("x_content_en.csv")
    assert export.balance.taken == 3
    assert set(export.accounts) == {"lenabrews"}
    assert not any(
        str(v).startswith(("=", "@", "+")) for values in export.columns.values() for v in values
    )


def test_reposts_are_shares_and_what_x_calls_shares_are_sends():
    post = posts(load("x_content_en.csv"))["1912345678901234567"]
    assert (post["shares"], post["sends"], post["comments"], post["bookmarks"], post["clicks"]) == (
        22,
        3,
        14,
        12,
        55,
    )


def test_a_damaged_id_is_taken_from_the_link_or_the_row_is_left_out():
    export = load("x_content_damaged_ids.csv")
    assert list(export.columns["post_id"]) == ["1912345678901234567", "1912345678901234999"]
    assert [(f.code, f.cell) for f in export.findings] == [("XK338", "A4")]


def test_tweets_of_before_are_posts_of_x():
    export = load("x_tweets_legacy_en.csv")
    assert (
        export.columns["network"][0],
        export.columns["shares"][0],
        export.columns["likes"][0],
    ) == ("X", 9, 51)


def test_likes_that_x_called_favorites_are_likes():
    assert load("x_tweets_legacy_en.csv").columns["likes"][0] == 51
    assert load("x_tweets_legacy_en_likes.csv").columns["likes"][0] == 33


def test_linkedins_views_of_2023_are_views(tmp_path: Path):
    path = tmp_path / "posts.csv"
    path.write_text(
        "Post title,Post link,Created date,Impressions,Views (Excluding offsite video views),Clicks\n"
        "A,https://www.linkedin.com/feed/update/urn:li:activity:7140000000000000051,09/28/2023,50,12,3\n"
    )
    assert load(path).columns["views"] == [12]


def test_linkedins_old_workbook_reads_like_the_new_one():
    """Row 1 describes, row 2 has the headers; the sheet Metrics is told apart."""
    assert load("linkedin_page_en.xls").columns == load("linkedin_page_en.xlsx").columns
    loaded = loading.load(SAMPLES / "linkedin_page_en.xls", TODAY)
    assert [f.sheet for f in loaded.passed_over] == ["linkedin_page_en.xls › Metrics"]


# -- Ads Manager ------------------------------------------------------------------------------------


def test_spend_goes_to_the_promoted_post_once():
    export = load("meta_ads_en.xlsx")
    assert export.is_addition
    assert list(export.columns["cost"]) == [800.5]
    assert export.snapshot == date(2026, 9, 30)


def test_the_grand_total_is_no_spend():
    assert load("meta_ads_en.xlsx").balance.totals == load("meta_ads_fr.xlsx").balance.totals == 1


def test_spend_without_a_post_is_told_with_its_amount_and_what_to_do():
    export = load("meta_ads_fr.xlsx")
    assert [(f.code, f.value, f.cell) for f in export.findings] == [
        ("XK347", "Rentrée poireaux", "G2"),
        ("XK347", "Notoriété", "G3"),
    ]
    assert "812,40" in export.findings[0].reason.fr


def test_spend_in_another_currency_is_left_out():
    [export] = loading.load(SAMPLES / "meta_ads_fr.xlsx", TODAY, currency="USD").exports
    assert export.balance.taken == 0
    assert [f.code for f in export.findings] == ["XK393"]


# -- the generic mapper -----------------------------------------------------------------------------


def test_a_tool_without_fixed_headers_is_mapped_by_its_names():
    export = load("generic_metricool_en.csv")
    assert list(export.columns["network"]) == ["Instagram", "TikTok", "X"]
    assert list(export.columns["post_id"]) == [None, "7480000000000000041", "1900000000000000041"]
    assert "Engagement" in export.ignored


def test_an_agencys_sheet_is_known_by_day_and_influencer():
    export = load("generic_agency_fr_cp1252.csv")
    assert list(export.accounts) == ["Camille Crème", "Léa bouge", "Léa bouge"]
    assert list(export.columns["cost"]) == [1500, 800, 0]
    assert [(f.code, f.cell, f.value) for f in export.findings if f.code != "XK136"] == [
        ("XK335", "F6", "bientôt")
    ]


def test_an_error_in_a_cell_is_told_not_read_as_empty():
    assert ("XK335", "D7", "#N/A") in [
        (f.code, f.cell, f.value) for f in load("generic_agency_fr.xlsx").findings
    ]


def test_a_slip_in_a_header_is_told_not_taken():
    export = load("generic_agency_fr.xlsx")
    [finding] = [f for f in export.findings if f.code == "XK136" and f.header]
    assert finding.header == "Cmmentaires"
    assert "comments" not in export.columns


def test_columns_that_nothing_names_are_listed_until_a_person_has_settled_the_mapping():
    [finding] = [f for f in load("generic_metricool_en.csv").findings if f.code == "XK136"]
    assert "“Caption”, “Engagement”" in finding.reason.en
    table = contents.read(SAMPLES / "generic_metricool_en.csv")[0]
    settled = replace(mapping.by_names(table), is_settled=True)
    [export] = loading.load(SAMPLES / "generic_metricool_en.csv", TODAY, saved=[settled]).exports
    assert [f for f in export.findings if f.code == "XK136"] == []


def test_days_that_nothing_decides_are_listed_cell_by_cell():
    export = load("generic_agency_fr_ambiguous_days.csv")
    assert [(f.code, f.cell, f.value) for f in export.findings] == [
        ("XK366", "B2", "03/04/2026"),
        ("XK366", "B4", "06/04/2026"),
    ]
    assert all("2026-04" in f.reason.en and "/04/2026" in f.reason.fr for f in export.findings)
    assert list(export.columns["date"])[::2] == [date(2026, 4, 3), date(2026, 4, 6)]


def test_days_that_a_spreadsheet_may_have_turned_round_are_listed():
    """Excel makes 03/04 a day, of the wrong month, and leaves 28/04, which it cannot read, as text."""
    cells: list[Cell] = [date(2026, 3, 4), "28/04/2026", date(2026, 5, 5)]
    table = SourceTable(
        "t.xlsx",
        ("Lien", "Date", "Likes"),
        [[f"https://youtu.be/abcdefghij{i}" for i in range(3)], cells, [1.0, 2.0, 3.0]],
        [2, 3, 4],
    )
    export = loading.read(table, TODAY)
    assert [(f.code, f.cell) for f in export.findings] == [("XK366", "B2")]
    assert "2026-04-03" in export.findings[0].reason.en


def test_a_networks_own_order_of_day_and_month_leaves_nothing_open():
    assert "XK366" not in {f.code for f in load("instagram_content_fr.csv").findings}


def test_the_influencer_of_a_generic_table_is_told_as_read():
    export = load("generic_agency_fr_ambiguous_days.csv")
    assert export.recognised["Influenceur"] == "influencer"
    assert "Influenceur" not in export.ignored


@pytest.mark.parametrize(
    ("header", "id"),
    [
        ("network", "network"),
        ("platform", "network"),
        ("post id", "post_id"),
        ("type", "format"),
        ("permalink", "url"),
        ("url", "url"),
        ("date", "date"),
        ("published", "date"),
        ("reach", "reach"),
        ("impressions", "impressions"),
        ("views", "views"),
        ("plays", "views"),
        ("likes", "likes"),
        ("comments", "comments"),
        ("saves", "saves"),
        ("saved", "saves"),
        ("shares", "shares"),
        ("new followers", "new_followers"),
        ("Cost (EUR)", "cost"),
        ("Revenue (CHF)", "revenue"),
        # Rates and returns are computed here and never taken: a tool's ROI may be revenue divided by spend.
        ("engagement", None),
        ("interactions", None),
        ("Engagement rate", None),
        ("ROI", None),
        ("Revenue ROI", None),
        ("Cost CPM", None),
        ("EMV", None),
        ("ROAS", None),
        ("Est. reach", None),
    ],
)
def test_columns_of_tools_are_known_by_their_usual_names_and_rates_are_not_taken(
    header: str, id: str | None
):
    assert mapping.column_named(header) == id


def test_a_workbook_of_several_sheets_gives_its_posts_and_names_the_rest(tmp_path: Path):
    """Tools for influencer marketing write a summary, the influencers, the posts and the shop below one roof."""
    path = tmp_path / "campaign report.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in {
            "Page 1": [["Campaign", "Spring"], ["Influencers", 2], ["EMV", 1200]],
            "Influencers": [
                ["Username", "Platform", "Followers", "ER"],
                ["ana", "Instagram", 12_000, 0.031],
            ],
            "Media": [
                ["Post link", "Username", "Published", "Views", "Likes", "ER", "EMV"],
                [
                    "https://www.instagram.com/reel/DBme0000001/",
                    "ana",
                    "2026-09-14",
                    5100,
                    230,
                    0.045,
                    310,
                ],
            ],
            "E-commerce": [["Promo code", "Orders", "Revenue"], ["ANA10", 4, 210.5]],
        }.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    loaded = loading.load(path, TODAY)
    [export] = loaded.exports
    assert (export.source, export.columns["views"]) == ("campaign report.xlsx › Media", [5100])
    assert {f.sheet.rpartition(" › ")[2] for f in loaded.passed_over} == {
        "Page 1",
        "Influencers",
        "E-commerce",
    }


def test_the_shorthand_of_french_agencies_is_read(tmp_path: Path):
    path = tmp_path / "suivi.csv"
    path.write_text(
        "Lien;Mise en ligne;Touchés uniques;Nb vues;Nb likes;Coms;Honoraires HT;CA code promo\n"
        "https://www.instagram.com/p/A;13/04/2026;18 400;26 100;1 350;88;1 200 €;2 310,50 €\n",
        encoding="utf-8",
    )
    [post] = posts(loading.load(path, TODAY).exports[0]).values()
    assert {id: post[id] for id in ("reach", "views", "likes", "comments", "cost", "revenue")} == {
        "reach": 18400,
        "views": 26100,
        "likes": 1350,
        "comments": 88,
        "cost": 1200,
        "revenue": 2310.5,
    }


def test_a_profile_is_kept_and_used_again(tmp_path: Path):
    path = tmp_path / "tool.csv"
    path.write_text(
        "Ref;Jour;Qui;Audience vue;Coeurs\nhttps://youtu.be/abcdefghijk;03/04/2026;Lea;1 200;30\n",
        encoding="utf-8",
    )
    assert refusal(path)[0].code == "XK130"
    profile = ColumnProfile(
        "tool",
        {
            "Ref": "url",
            "Jour": "date",
            "Qui": "influencer",
            "Audience vue": "reach",
            "Coeurs": "likes",
        },
        order="mdy",
    )
    profile_files.save(profile, tmp_path / "profiles" / "tool.json")
    assert profile_files.load(tmp_path / "profiles" / "tool.json") == profile
    for known in ({"profile": profile}, {"saved": profile_files.saved(tmp_path / "profiles")}):
        [export] = loading.load(path, TODAY, **known).exports
        assert posts(export)["abcdefghijk"] | {"snapshot_date": None} == {
            "post_id": "abcdefghijk",
            "url": "https://youtu.be/abcdefghijk",
            "date": date(2026, 3, 4),
            "reach": 1200,
            "likes": 30,
            "network": "YouTube",
            "snapshot_date": None,
        }
        assert list(export.accounts) == ["Lea"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"xlkpi_profile": 1}',
        '{"xlkpi_profile": 1, "columns": {"A": "roi"}}',
        "not json",
        "[" * 5000,
        '{"xlkpi_profile": 1, "columns": {"A": "likes"}, "dates": "ymd"}',
        '{"xlkpi_profile": 1, "columns": {}, "network": "Minitel"}',
    ],
)
def test_a_broken_profile_is_refused_with_its_reason(text: str, tmp_path: Path):
    path = tmp_path / "p.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        profile_files.load(path)
    assert refused.value.findings[0].code == "XK138"
    assert profile_files.saved(tmp_path) == []


def test_a_profile_that_does_not_fit_says_what_is_missing():
    profile = ColumnProfile("x", {"Nope": "url", "Likes": "likes"})
    with pytest.raises(Refused) as refused:
        loading.load(SAMPLES / "instagram_content_en.csv", TODAY, profile=profile)
    assert refused.value.findings[0].code == "XK138"
    assert "Nope" in refused.value.findings[0].reason.en


# -- wrong files, dropped in by mistake -------------------------------------------------------------

WRONG = {
    "meta_series_en_utf16.csv": ("XK131", "Meta account", "compte Meta"),
    "meta_series_fr_utf16.csv": ("XK131", "Meta account", "compte Meta"),
    "meta_audience_en_utf16.csv": ("XK132", "audience", "audience"),
    "tiktok_follower_history_en.csv": ("XK131", "TikTok", "TikTok"),
    "tiktok_gender_en.csv": ("XK132", "audience", "audience"),
    "youtube_chart_en.csv": ("XK131", "each video by day", "chaque vidéo jour par jour"),
    "youtube_totals_en.csv": ("XK131", "by day", "par jour"),
    "tiktok_viewers_en.csv": ("XK131", "TikTok’s viewer history", "spectateurs TikTok"),
    "tiktok_territories_en.csv": ("XK132", "audience", "audience"),
    "x_overview_en.csv": ("XK131", "X’s account overview", "compte X"),
    "ga4_traffic_en.csv": ("XK134", "Google Analytics", "Google Analytics"),
    "ga4_acquisition_fr_resaved.csv": ("XK134", "Google Analytics", "Google Analytics"),
    "shopify_orders_en.csv": ("XK134", "Shopify order export", "commandes Shopify"),
    "shopify_discounts_en.csv": ("XK134", "Shopify discount export", "réductions Shopify"),
    "customers_fr.csv": ("XK130", "list of people", "liste de personnes"),
    "analyst_notes_en.csv": ("XK130", "“What we saw”", "« What we saw »"),
    "stock_list_en.csv": ("XK130", "“SKU”", "« SKU »"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_ends_in_a_sentence_that_says_what_it_is(name: str):
    code, english, french = WRONG[name]
    for finding in refusal(SAMPLES / name):
        assert finding.code == code
        assert english in finding.reason.en
        assert typeset(french) in finding.reason.in_("fr")
        assert finding.fix.en
        assert finding.severity is Severity.ERROR


def test_nothing_of_a_list_of_people_is_repeated():
    said = " ".join(
        f.message(lang) for f in refusal(SAMPLES / "customers_fr.csv") for lang in LANGUAGES
    )
    assert "example.org" not in said
    assert "Anne" not in said


def test_a_campaign_workbook_is_no_export(sample: Callable[..., Path], language: Language):
    [finding] = refusal(sample(language))
    assert finding.code == "XK139"


def test_the_nearest_kind_is_named_with_what_it_lacks(tmp_path: Path):
    path = tmp_path / "cut.csv"
    path.write_text(
        "Publish time,Post type,Shares,Saves,Duration (sec)\n03/28/2026,IG reel,1,2,3\n",
        encoding="utf-8",
    )
    [finding] = refusal(path)
    assert finding.code == "XK130"
    assert "Instagram content" in finding.fix.en
    assert "Post ID" in finding.fix.en


def test_a_zip_without_an_export_says_so(tmp_path: Path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("beach.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
        file.writestr("notes.txt", "nothing here")
    [finding] = refusal(path)
    assert finding.code == "XK135"
    assert "beach.png: this is a picture" in finding.reason.en
    assert "notes.txt : c’est un texte" in finding.reason.fr.replace("\u00a0", " ")


def test_a_zip_of_holiday_pictures_is_one_sentence_however_many_there_are(tmp_path: Path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as file:
        for i in range(60):
            file.writestr(f"IMG_{i:04}.jpg", b"\xff\xd8\xff\xe0" + bytes(50))
    [finding] = refusal(path)
    assert "IMG_0000.jpg, IMG_0001.jpg, IMG_0002.jpg and 57 more" in finding.reason.en


def test_an_export_without_rows_is_told(tmp_path: Path):
    path = tmp_path / "empty.csv"
    path.write_text(
        (SAMPLES / "instagram_content_en.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        + "\n"
    )
    [export] = loading.load(path, TODAY).exports
    assert export.balance.read == 0
    assert [f.code for f in export.findings] == ["XK137"]


# -- cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:12", 12),
        ("1:02:03", 3723),
        ("12", 12),
        ("9.4", 9.4),
        ("1,5", 1.5),
        ("1m 30s", 90),
        ("2 h 5 min", 7500),
        ("", None),
        ("soon", None),
        ("1:2:3:4", None),
        (90.0, 90),
    ],
)
def test_durations_are_read_in_seconds(text: str, seconds: float | None):
    assert durations.seconds(text) == seconds


_number = st.integers(0, 10**7) | st.integers(0, 10**18)
_figure = st.one_of(
    _number.map(str),
    *(
        st.integers(0, 10**7).map(lambda n, m=mark: f"{n:,}".replace(",", m))
        for mark in ",. \u202f"
    ),
    st.sampled_from(
        ["", "0.001", "000,123", "1,23", "12.5", "1.2k", "-5", "—", "1 234,5", "x", "1,234\n5"]
    ),
)
_id = st.one_of(
    _number.map(str),
    st.integers(10**14, 10**15 - 1).map(lambda n: f"{n}000"),
    st.sampled_from(["", "1E+17", "x", "1.0"]),
)
_date = st.dates(date(2019, 1, 1), date(2027, 1, 1))
_day = st.one_of(
    *(
        _date.map(lambda d, f=form: f"{d:{f}}")
        for form in ("%d/%m/%Y", "%m/%d/%Y", "%m/%d/%Y 10:00", "%Y-%m-%dT10:00:00", "%d.%m.%Y")
    ),
    st.sampled_from(["", "00/00/2020", "13/13/2020", "soon", "2026-02-30"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_figure, min_size=1, max_size=12))
def test_quick_figures_are_the_careful_ones(cells: list[str]):
    careful = columns.numbers(cells)
    for quickly in (quick.plain_figures(cells), (quick.grouped_figures(cells) or (None,))[0]):
        assert quickly is None or (quickly == careful.values and not careful.bad)


@settings(max_examples=300, deadline=None)
@given(st.lists(_id, min_size=1, max_size=12))
def test_quick_ids_are_the_careful_ones(cells: list[str]):
    assert not quick.are_plain_ids(cells) or columns.ids(cells).values == cells


@settings(max_examples=300, deadline=None)
@given(st.lists(_day, min_size=1, max_size=6), st.sampled_from(["mdy", "dmy", None]))
def test_quick_days_are_the_careful_ones(cells: list[str], order: str | None):
    cells = cells * 5
    assert quick.days(cells, order, TODAY, True) == columns.dates(cells, order=order, today=TODAY)


@pytest.mark.parametrize("mark", [",", ".", " ", "\u00a0", "\u202f"])
def test_long_columns_are_read_like_short_ones(
    mark: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Grouped thousands are read at once there, and a cell that is none sends the column the careful way."""
    rng = random.Random(3)
    for odd in ("", "12", "1.2K", f"1{mark}234\n5", "x", f"1{mark}23", "12,5"):
        cells = [
            f"{rng.randrange(1, 999)}{mark}{rng.randrange(1000):03}" if i % 3 else str(i)
            for i in range(40)
        ] + [odd]
        path = tmp_path / "t.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [
                    ("Post ID", "Page name", "Views"),
                    *((f"{i}", "p", c) for i, c in enumerate(cells)),
                ]
            )
        read = {}
        for long in (10, 1000):
            monkeypatch.setattr(quick, "LONG", long)
            [export] = loading.load(path, TODAY).exports
            read[long] = (export.columns["views"], [f.code for f in export.findings])
        assert read[10] == read[1000]


def test_links_to_one_post_are_one():
    same = [
        "https://www.instagram.com/p/AbC/",
        "instagram.com/p/AbC?igsh=1",
        "http://m.instagram.com/p/AbC/#x",
    ]
    assert len({links.canonical(url) for url in same}) == 1
    assert links.canonical("https://www.youtube.com/watch?v=aaaaaaaaaaa&t=3") != links.canonical(
        "https://www.youtube.com/watch?v=bbbbbbbbbbb"
    )
    assert links.canonical("https://[broken/p") == "https://[broken/p"


def test_every_kind_of_column_is_used_somewhere():
    of_platforms = {kind for p in platforms() for kind in p.columns.values()}
    assert of_platforms | set(HOLDS.values()) == set(Holds)


def test_kinds_stand_in_the_table_of_aliases():
    for platform in platforms():
        if not platform.names:
            assert headers.aliases(platform.id)
