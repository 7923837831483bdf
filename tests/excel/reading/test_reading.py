"""Workbooks of every shape that people and programs make: what counts is read, nothing shifts, nothing vanishes."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.helpers.books import (
    OBJECTIVES,
    POSTS,
    Formula,
    cell_of,
    changed,
    edit,
    inline,
    posts_of,
    raw,
    tiny,
)
from xlkpi.core.campaign import Period

REACH = [1000.0, 3000.0, 500.0]


def codes(findings) -> list[str]:
    return [f.code for f in findings]


def cells(findings, code: str) -> list[str]:
    return [f"{f.sheet}!{f.cell}" for f in findings if f.code == code]


# -- where the table stands --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        ({}, {}),
        ({"first_row": 7, "first_column": 3}, {}),
        ({}, {"Posts": "Data 2026", "Objectives": "What we want"}),
        ({"tables": False}, {}),
        ({"tables": False, "first_row": 7, "first_column": 3}, {}),
        ({"tables": False}, {"Posts": "  posts ", "Objectives": "OBJECTIFS"}),
        ({"tables": False}, {"Posts": "Publications"}),
    ],
    ids=[
        "tables",
        "tables moved",
        "sheets renamed",
        "no tables",
        "header further down",
        "other case and language",
        "alias",
    ],
)
def test_table_is_found_wherever_it_stands(tmp_path, run, shape, names):
    path = tiny(tmp_path / "book.xlsx", names=names, **shape)
    frame, findings = posts_of(path)
    assert frame["reach"].tolist() == REACH
    assert findings == ()
    report = run("report", path, "--json").json
    assert [(k["id"], k["actual"]) for k in report["kpis"]] == [
        ("reach", 4500),
        ("engagement_rate", pytest.approx(368 / 4500)),
        ("conversions", 10),
    ]


def test_lines_above_the_header_are_not_posts(tmp_path):
    rows = [
        ["Campaign report"],
        ["Posts of spring", "by the agency"],
        [],
        ["Post ID", "Reach", "Network"],
        ["p1", 10, "Instagram"],
        ["p2", 20, "TikTok"],
    ]
    frame, findings = posts_of(raw(tmp_path / "book.xlsx", inline(rows)))
    assert frame["reach"].tolist() == [10, 20]
    assert not findings


def test_french_headers_are_read_in_an_english_workbook(tmp_path):
    french = {
        "Post ID": "ID du post",
        "Campaign": "Campagne",
        "Influencer": "Influenceur",
        "Network": "Réseau",
        "Reach": "PORTÉE",
        "Comments": "Commentaires",
        "Shares": "partages",
        "Clicks": "Clics sur lien",
        "Revenue": "Chiffre d’affaires",
        "Cost": "Cout",
    }
    posts = [{french.get(k, k): v for k, v in row.items()} for row in POSTS]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["reach"].tolist() == REACH
    assert frame["revenue"].tolist() == [200, 300, 50]
    assert frame["cost"].tolist() == [100, 150, 50]
    assert not findings


def test_unknown_columns_in_any_order_change_nothing(tmp_path):
    posts = [{"My score": 3, **dict(reversed(row.items())), "Colour": "blue"} for row in POSTS]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["reach"].tolist() == REACH
    assert not findings


def test_two_columns_for_one_figure_are_told(tmp_path):
    posts = [{**row, "Portée": 1} for row in POSTS]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["reach"].tolist() == REACH
    assert codes(findings) == ["XK207"]


def test_hidden_sheets_count(tmp_path):
    def hide(book):
        book.add_worksheet("Front").activate()
        book.get_worksheet_by_name("Posts").hide()

    frame, _ = posts_of(tiny(tmp_path / "book.xlsx", extend=hide))
    assert frame["reach"].tolist() == REACH


# -- how a cell is written -----------------------------------------------------------------------

HEAD = [["Post ID", "Network", "Reach"]]


def raw_posts(tmp_path, body: str, **more):
    return posts_of(raw(tmp_path / "book.xlsx", inline(HEAD) + body, **more))


def test_shared_strings_with_runs_and_phonetics(tmp_path):
    shared = (
        "<si><t>Post ID</t></si><si><r><t>Net</t></r><r><rPr><b/></rPr><t>work</t></r></si>"
        "<si><t>Reach</t><rPh sb='0' eb='1'><t>リーチ</t></rPh></si><si><t xml:space='preserve'> p&amp;1 </t></si>"
        "<si><r><t>Insta</t></r><r><t xml:space='preserve'>gram</t></r><phoneticPr fontId='1'/></si><si/><si><t/></si>"
    )
    body = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c><c r="C2"><v>12</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>5</v></c><c r="B3" t="s"><v>4</v></c><c r="C3" t="s"><v>6</v></c></row>'
    )
    frame, findings = posts_of(raw(tmp_path / "book.xlsx", body, shared=shared))
    assert frame["post_id"].tolist()[0] == "p&1"
    assert frame["network"].tolist() == ["Instagram", "Instagram"]
    assert frame["reach"].tolist()[0] == 12
    assert frame["reach"].isna().tolist() == [False, True]
    assert not findings


def test_cells_and_rows_without_addresses_follow_one_another(tmp_path):
    body = (
        '<row><c t="inlineStr"><is><t>p1</t></is></c><c t="inlineStr"><is><t>TikTok</t></is></c><c><v>5</v></c></row>'
        '<row><c t="inlineStr"><is><t>p2</t></is></c><c/><c><v>7</v></c></row>'
    )
    frame, _ = raw_posts(tmp_path, body)
    assert frame["post_id"].tolist() == ["p1", "p2"]
    assert frame["reach"].tolist() == [5, 7]


def test_indented_xml_is_read(tmp_path):
    body = """
      <row r="2" spans="1:3">
        <c r="A2" t="inlineStr">
          <is>
            <t>p1</t>
          </is>
        </c>
        <c r="C2" s="0">
          <v>5</v>
        </c>
      </row>
      <row r="3">
        <c r="B3" t="str">
          <v>TikTok</v>
        </c>
        <c r="C3">
          <v>7.25</v>
        </c>
      </row>
    """
    frame, _ = raw_posts(tmp_path, body)
    assert frame["post_id"].fillna("").tolist() == ["p1", ""]
    assert frame["reach"].tolist() == [5, 7.25]


@pytest.mark.parametrize(
    "more",
    [{"prefix": "x"}, {"strict": True}, {"prefix": "x", "strict": True}, {"styles": False}],
    ids=["prefixed", "strict", "prefixed strict", "no styles"],
)
def test_the_same_content_in_other_xml_reads_the_same(tmp_path, run, more):
    rows = [*HEAD, ["p1", "Instagram", 40], ["p2", "TikTok", 61.5]]
    path = raw(tmp_path / "book.xlsx", inline(rows), **more)
    frame, findings = posts_of(path)
    assert frame["reach"].tolist() == [40, 61.5]
    assert not findings
    said = run("report", path)
    assert said.code == 0, said.err
    assert cell_of(tmp_path / "book-report.xlsx", "Report", "D7") == 101.5


def test_attributes_in_any_order_and_entities_are_read(tmp_path):
    body = (
        '<row spans="1:3" r="2"><c s="0" t="inlineStr" r="A2"><is><t>a&lt;b&#x27;c&#233;</t></is></c>'
        '<c t="n" r="C2"><v>1.5E3</v></c></row>'
    )
    frame, _ = raw_posts(tmp_path, body)
    assert frame["post_id"].tolist() == ["a<b'cé"]
    assert frame["reach"].tolist() == [1500]


def test_escaped_characters_are_put_back(tmp_path):
    body = '<row r="2"><c r="A2" t="inlineStr"><is><t>a_x005F_b_x0041_</t></is></c><c r="C2"><v>1</v></c></row>'
    assert raw_posts(tmp_path, body)[0]["post_id"].tolist() == ["a_bA"]


def test_1904_workbooks_give_the_same_days(tmp_path):
    frames = [
        posts_of(tiny(tmp_path / f"{flag}.xlsx", options={"date_1904": flag}))[0]
        for flag in (False, True)
    ]
    assert frames[0]["day"].tolist() == frames[1]["day"].tolist()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", 12000),
        ("12 000", 12000),
        ("12\u202f000", 12000),
        ("12,000", 12000),
        ("12k", 12000),
        ("1.1M", 1.1e6),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12 000 €", 12000),
        ("$12,000", 12000),
        ("１２", 12),
        ("\u200e12", 12),
    ],
)
def test_figure_stored_as_text_is_read_and_counted(tmp_path, text, value):
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach=text)))
    assert frame["reach"].tolist() == [1000, value, 500]
    assert codes(findings) == ["XK312"]


def test_french_workbook_reads_the_comma_as_decimal(tmp_path):
    path = tiny(
        tmp_path / "book.xlsx",
        changed(POSTS, 1, Cost="1,25"),
        names={"Objectives": "Objectifs"},
        tables=False,
        Paramètres=[{"Paramètre": "Devise", "Valeur": "EUR"}],
        References=None,
    )
    assert posts_of(path)[0]["cost"].tolist() == [100, 1.25, 50]


@pytest.mark.parametrize("text", ["—", "n/a", "-", "  ", "undefined", "NC"])
def test_written_blank_is_unknown_without_a_finding(tmp_path, text):
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach=text)))
    assert frame["reach"].isna().tolist() == [False, True, False]
    assert not findings


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12,3k?", "XK301"),
        ("soon", "XK301"),
        (True, "XK301"),
        ("TRUE", "XK301"),
        ("1_000", "XK301"),
        (-5, "XK305"),
        ("(500)", "XK305"),
        (Formula("=NA()", "#N/A"), "XK302"),
        (Formula("=1/0", "#DIV/0!"), "XK302"),
        (Formula("=X()", "#NAME?"), "XK302"),
    ],
)
def test_what_is_no_figure_is_left_out_and_named_by_cell(tmp_path, value, code):
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach=value)))
    assert frame["reach"].isna().tolist() == [False, True, False]
    assert cells(findings, code) == ["Posts!G3"]
    assert set(codes(findings)) <= {code, "XK312"}


def test_formula_never_calculated_is_told(tmp_path):
    body = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>p1</t></is></c><c r="B2" t="inlineStr"><is><t>X</t></is></c>'
        '<c r="C2"><f>1+1</f></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>X</t></is></c><c r="C3"><f>1+1</f>'
        '<v></v></c></row><row r="4"><c r="B4" t="inlineStr"><is><t>X</t></is></c><c r="C4" t="str"><f>""</f><v>'
        "</v></c></row>"
    )
    frame, findings = raw_posts(tmp_path, body)
    assert cells(findings, "XK303") == ["Posts!C2", "Posts!C3"]
    assert frame["reach"].isna().all()


def test_calculated_formulas_are_figures(tmp_path):
    frame, findings = posts_of(
        tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Reach=Formula("=3000+1", 3001)))
    )
    assert frame["reach"].tolist() == [1000, 3001, 500]
    assert not findings


def _three_posts(tmp_path, number: str):
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>p{r}</t></is></c><c r="B{r}" t="inlineStr"><is><t>X'
        f'</t></is></c><c r="C{r}"><v>{number}</v></c></row>'
        for r in (2, 3)
    )
    return raw(tmp_path / "book.xlsx", inline(HEAD) + rows + inline([["p4", "X", 5]], 4))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "inf", "nan", "INF", "NaN"])
def test_a_number_that_is_none_is_left_out_and_named(tmp_path, run, number):
    """Excel never writes it; whoever does must not spread infinity over a report, nor a hole without a word."""
    said = run("report", _three_posts(tmp_path, number), "--json")
    assert said.code == 1, said.err
    assert {f["cell"] for f in said.json["findings"] if f["severity"] == "excluded"} == {"C2", "C3"}


def test_a_sum_beyond_all_numbers_is_no_crash(tmp_path, run):
    said = run("report", _three_posts(tmp_path, "1.7e308"), "--json")
    assert said.code in (0, 1, 3), said.err
    assert "Infinity" not in said.out


def test_dates_written_as_text_are_days(tmp_path):
    posts = [
        {**row, "Date": text}
        for row, text in zip(POSTS, ("2026-03-02", "9/3/26", "03/16/2026"), strict=True)
    ]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    days = (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
    assert frame["day"].tolist() == [(d - date(1899, 12, 30)).days for d in days]
    assert codes(findings) == ["XK316"]  # 9/3 could be the third of September


@pytest.mark.parametrize("value", ["soon", 12, 3e9, True, Formula("=NA()", "#N/A")])
def test_what_is_no_date_is_named_and_the_post_still_counts(tmp_path, value):
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", changed(POSTS, 1, Date=value)))
    assert frame["reach"].tolist() == REACH
    assert cells(findings, "XK304") == ["Posts!B3"]


@pytest.mark.parametrize("value", ["Yes", "oui", "x", True, 1, "VRAI"])
def test_yes_in_many_spellings(tmp_path, value):
    posts = [{**row, "Ad disclosed": v} for row, v in zip(POSTS, (value, "No", None), strict=True)]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["ad_disclosed"].tolist()[:2] == [1, 0]
    assert frame["ad_disclosed"].isna().tolist() == [False, False, True]
    assert not findings


def test_neither_yes_nor_no_is_told(tmp_path):
    posts = [{**row, "Ad disclosed": v} for row, v in zip(POSTS, ("perhaps", 7, 0), strict=True)]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["ad_disclosed"].isna().tolist() == [True, True, False]
    assert cells(findings, "XK311") == ["Posts!P2", "Posts!P3"]


# -- rows that are no posts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL", "Totals", "Totaux", "Grand total", "Total général"]
)
@pytest.mark.parametrize("column", ["Post ID", "Campaign"])
def test_totals_row_is_never_summed(tmp_path, word, column):
    total = {column: word, "Reach": 4500, "Likes": 250}
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", [*POSTS, total], tables=False))
    assert frame["reach"].tolist() == REACH
    assert codes(findings) == ["XK306"]


@pytest.mark.parametrize("label", ["Total", "", "All of them"])
def test_totals_row_of_the_excel_table_is_never_summed(tmp_path, label):
    """The table says which row it is: its label is the user's."""
    posts = [
        *POSTS,
        {"Post ID": label or None, "Reach": Formula("=SUBTOTAL(109,Posts[Reach])", 4500)},
    ]
    frame, _ = posts_of(tiny(tmp_path / "book.xlsx", posts, totals=True))
    assert frame["reach"].tolist() == REACH


def test_posts_typed_below_the_table_count(tmp_path):
    """A paste does not always grow the table, and a post must not vanish for that."""

    def below(book):
        for c, value in ((0, "p4"), (4, "X"), (6, 70)):
            book.get_worksheet_by_name("Posts").write(len(POSTS) + 1, c, value)

    frame, _ = posts_of(tiny(tmp_path / "book.xlsx", extend=below))
    assert frame["reach"].tolist() == [*REACH, 70]


def test_remarks_below_the_table_are_left_out_and_told(tmp_path):
    frame, findings = posts_of(
        tiny(tmp_path / "book.xlsx", [*POSTS, {}, {"Post ID": "Source: the agency"}])
    )
    assert frame["reach"].tolist() == REACH
    assert cells(findings, "XK306") == ["Posts!A6"]


def test_another_table_under_ours_is_not_ours(tmp_path, run):
    def add(book):
        for name in ("Posts", "Objectives"):
            sheet = book.get_worksheet_by_name(name)
            rows = [[f"x{r}", 5, "Remark", 9, "Other", 1, 777] for r in range(3)]
            sheet.add_table(9, 0, 12, 6, {"name": f"More{name}", "data": rows})

    path = tiny(tmp_path / "book.xlsx", extend=add)
    assert posts_of(path)[0]["reach"].tolist() == REACH
    assert run("report", path, "--json").code == 0


def test_blank_rows_inside_are_counted_not_reported_on(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx", [POSTS[0], {}, {}, POSTS[1], {"Post ID": " "}, POSTS[2]])
    report = run("report", path, "--json").json
    assert report["rows"] == {"total": 6, "used": 3, "other": 0, "excluded": 0, "blank": 3}
    assert report["findings"] == []


def test_every_row_is_used_other_excluded_or_blank(tmp_path, run):
    posts = [
        *POSTS,
        {},
        {"Post ID": "Total", "Reach": 1},
        {"Campaign": "Winter", "Network": "X", "Reach": 5},
        {**POSTS[0], "Reach": 1001},
        {"Post ID": "remark"},
    ]
    path = tiny(tmp_path / "book.xlsx", posts)
    rows = run("report", path, "--json", "--campaign", "Spring").json["rows"]
    assert rows == {"total": 8, "used": 3, "other": 1, "excluded": 3, "blank": 1}


# -- the same post twice ------------------------------------------------------------------------


def test_newest_snapshot_of_a_post_wins(tmp_path, run):
    posts = [
        {**POSTS[0], "Snapshot date": date(2026, 4, 1), "Reach": 10},
        {**POSTS[0], "Snapshot date": date(2026, 6, 1), "Reach": 30},
        {**POSTS[0], "Snapshot date": date(2026, 5, 1), "Reach": 20},
        POSTS[1],
    ]
    path = tiny(tmp_path / "book.xlsx", posts)
    frame, findings = posts_of(path)
    assert frame["reach"].tolist() == [30, 3000]
    assert cells(findings, "XK307") == ["Posts!A2", "Posts!A4"]
    assert run("report", path, "--json").json["rows"]["excluded"] == 2


def test_of_two_equal_snapshots_the_lower_row_wins(tmp_path):
    frame, _ = posts_of(
        tiny(tmp_path / "book.xlsx", [{**POSTS[0], "Reach": 1}, {**POSTS[0], "Reach": 2}])
    )
    assert frame["reach"].tolist() == [2]


def test_one_id_on_two_networks_is_two_posts(tmp_path):
    frame, findings = posts_of(
        tiny(tmp_path / "book.xlsx", [POSTS[0], {**POSTS[0], "Network": "X"}])
    )
    assert len(frame) == 2
    assert not findings


def test_posts_without_an_id_that_are_alike_both_count_and_are_asked_about(tmp_path):
    frame, findings = posts_of(
        tiny(tmp_path / "book.xlsx", [{**p, "Post ID": None} for p in (POSTS[0], POSTS[0])])
    )
    assert len(frame) == 2
    assert [(f.code, f.cell) for f in findings] == [("XK398", "D2")]


@pytest.mark.parametrize("id", [1234567890123456789, 17841400000000000])
def test_long_id_stored_as_a_number_is_reported_as_damaged(tmp_path, id):
    posts = [{**row, "Post ID": id + i} for i, row in enumerate(POSTS)]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert len(frame) == 3, "rounded ids look alike: no post may be dropped for it"
    assert cells(findings, "XK309") == ["Posts!A2", "Posts!A3", "Posts!A4"]


def test_long_id_as_text_and_short_id_as_number_are_exact(tmp_path):
    posts = [
        {**row, "Post ID": id}
        for row, id in zip(POSTS, ("1234567890123456789", 123456789012345, "007"), strict=True)
    ]
    frame, findings = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["post_id"].tolist() == ["1234567890123456789", "123456789012345", "007"]
    assert not findings


# -- names -------------------------------------------------------------------------------------


def test_names_that_differ_by_case_accents_and_spaces_are_one(tmp_path, run):
    posts = [
        {**row, "Campaign": name, "Influencer": who}
        for row, name, who in zip(
            POSTS, ("Été 2026", "ETE 2026", " été  2026"), ("Inès", "INÈS", "ines "), strict=True
        )
    ]
    objectives = [{**row, "Campaign": "été 2026"} for row in OBJECTIVES]
    path = tiny(tmp_path / "book.xlsx", posts, objectives)
    report = run("report", path, "--json", "--campaign", "ÉTÉ 2026").json
    assert report["rows"]["used"] == 3
    assert len(report["by_campaign"]) == len(report["by_influencer"]) == 1
    assert report["kpis"][0]["actual"] == 4500


def test_networks_are_known_by_their_short_names(tmp_path):
    posts = [
        {**row, "Network": name}
        for row, name in zip(POSTS, ("insta", "Tik Tok", "twitter"), strict=True)
    ]
    assert posts_of(tiny(tmp_path / "book.xlsx", posts))[0]["network"].tolist() == [
        "Instagram",
        "TikTok",
        "X",
    ]


def test_numbers_as_names_stay_names(tmp_path):
    posts = [{**row, "Campaign": 2026, "Influencer": 7} for row in POSTS]
    frame, _ = posts_of(tiny(tmp_path / "book.xlsx", posts))
    assert frame["campaign"].tolist() == ["2026"] * 3
    assert frame["influencer"].tolist() == ["7"] * 3


def test_a_post_of_no_campaign_belongs_to_the_only_one(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx", changed(POSTS, 0, Campaign=None))
    assert run("report", path, "--json").json["rows"]["used"] == 3


def test_a_post_of_no_campaign_is_left_out_when_there_are_several(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        changed(POSTS, 0, Campaign=None),
        [*OBJECTIVES, {"Campaign": "Winter", "KPI": "Reach", "Target": 1}],
    )
    said = run("report", path, "--json", "--campaign", "Spring")
    assert said.code == 1
    assert [(f["code"], f["cell"]) for f in said.json["findings"]] == [
        ("XK306", "C2"),
        ("XK387", "A5"),
    ]


# -- settings and objectives -------------------------------------------------------------------


@pytest.mark.parametrize(
    "kpi",
    [
        "Engagement rate",
        "engagement_rate",
        "ENGAGEMENT_RATE",
        "Taux d’engagement",
        "taux d'engagement",
        " ENGAGEMENT  rate ",
    ],
)
def test_kpi_is_known_by_label_id_and_function(tmp_path, run, kpi):
    path = tiny(
        tmp_path / "book.xlsx", objectives=[{"Campaign": "Spring", "KPI": kpi, "Target": 0.05}]
    )
    assert [k["id"] for k in run("report", path, "--json").json["kpis"]] == ["engagement_rate"]


def test_target_as_text_with_percent_is_a_fraction(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        objectives=[{"Campaign": "Spring", "KPI": "Engagement rate", "Target": "5 %"}],
    )
    assert run("report", path, "--json").json["kpis"][0]["target"] == 0.05


def test_a_rate_typed_without_percent_is_questioned(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        objectives=[{"Campaign": "Spring", "KPI": "Engagement rate", "Target": 3}],
    )
    assert [f["code"] for f in run("report", path, "--json").json["findings"]] == ["XK310"]


def test_settings_are_read_in_either_language(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        Settings=[
            {"Setting": "Taux d’engagement divisé par", "Value": "Impressions"},
            {"Setting": "currency", "Value": "$"},
            {"Setting": "Tolérance", "Value": "20 %"},
            {"Setting": "Interactions: clicks", "Value": "Non"},
            {"Setting": "Report language", "Value": "Français"},
        ],
    )
    report = run("report", path, "--json").json
    assert report["engagement_rate"] == {
        "interactions": ["likes", "comments", "shares", "saves"],
        "denominator": "impressions",
        "reach_deduplicated": False,
    }
    assert (report["currency"], report["language"]) == ("USD", "fr")


def test_a_setting_that_is_no_choice_falls_back_and_is_told(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        Settings=[{"Setting": "Engagement rate divides by", "Value": "Subscribers"}],
    )
    report = run("report", path, "--json").json
    assert report["engagement_rate"]["denominator"] == "reach"
    assert [(f["code"], f["cell"]) for f in report["findings"]] == [("XK308", "B2")]


@pytest.mark.parametrize(
    ("kind", "start", "end", "days"),
    [
        ("Month", date(2026, 3, 9), None, ("2026-03-01", "2026-03-31")),
        ("Trimestre", date(2026, 2, 9), None, ("2026-01-01", "2026-03-31")),
        ("Two months", date(2026, 2, 9), None, ("2026-02-01", "2026-03-31")),
        ("Year", date(2026, 2, 9), None, ("2026-01-01", "2026-12-31")),
        ("From–to", date(2026, 3, 3), date(2026, 3, 10), ("2026-03-03", "2026-03-10")),
    ],
)
def test_period_of_the_settings(tmp_path, run, kind, start, end, days):
    path = tiny(
        tmp_path / "book.xlsx",
        Settings=[
            {"Setting": "Report on", "Value": "A period"},
            {"Setting": "Period", "Value": kind},
            {"Setting": "Period start", "Value": start},
            {"Setting": "Period end", "Value": end},
        ],
    )
    report = run("report", path, "--json").json
    assert (report["period"]["start"], report["period"]["end"]) == days
    inside = [p for p in POSTS if p["Date"] in _Days(*map(date.fromisoformat, days))]
    assert report["rows"]["used"] == len(inside)


class _Days(Period):
    def __contains__(self, day):
        return self.start <= day <= self.end


def test_period_at_the_end_of_the_calendar_is_no_crash(tmp_path, run):
    path = tiny(
        tmp_path / "book.xlsx",
        Settings=[
            {"Setting": "Report on", "Value": "A period"},
            {"Setting": "Period", "Value": "Two months"},
            {"Setting": "Period start", "Value": date(9999, 12, 1)},
        ],
    )
    assert run("report", path, "--json").code == 3


# -- other programs' files -----------------------------------------------------------------------


def test_workbook_saved_by_openpyxl_reads_the_same(tmp_path, run, sample):
    path = sample("fr")
    before = run("report", path, "--json").json
    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    after = run("report", tmp_path / "saved.xlsx", "--json").json
    assert after["kpis"] == before["kpis"]
    assert after["rows"] == before["rows"]


def test_both_editions_of_the_example_give_the_same_figures(run, sample):
    one, other = (
        run("report", sample(lang, f"{lang}.xlsx"), "--json").json for lang in ("en", "fr")
    )
    assert [(k["id"], k["actual"], k["status"]) for k in one["kpis"]] == [
        (k["id"], k["actual"], k["status"]) for k in other["kpis"]
    ]
    assert one["totals"] == other["totals"]


def test_lying_dimensions_change_nothing(tmp_path):
    path = tiny(tmp_path / "book.xlsx", tables=False)
    edit(
        path,
        {
            "xl/worksheets/sheet2.xml": lambda xml: xml.replace(
                b'<dimension ref="A1:O4"/>', b'<dimension ref="A1:A2"/>'
            )
        },
    )
    assert posts_of(path)[0]["reach"].tolist() == REACH
