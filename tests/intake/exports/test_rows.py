"""Which rows are posts: totals, remarks, headers over again and blank lines are none, in whatever language."""

from __future__ import annotations

import pytest

from tests.intake.exports.made_files import codes_of, read, written

HEADER = "Content,Video title,Video publish time,{more}Views,Watch time (hours),Impressions"
VIDEOS = (
    'aaaaaaaaaa1,One,"Aug 19, 2025",{a}200,5.0,2000',
    'aaaaaaaaaa2,Two,"Aug 20, 2025",{b}100,2.6,1000',
)


def table(*lines: str, duration: bool = False, total: str = "Total,,,{gap}300,7.6,3000") -> str:
    more, a, b, gap = ("Duration,", "400,", "500,", ",") if duration else ("", "", "", "")
    text = [HEADER.format(more=more), *([total.format(gap=gap)] if total else [])]
    text += [video.format(a=a, b=b) for video in VIDEOS]
    return "\n".join([*text, *lines]) + "\n"


FOOTERS = (
    "Showing top 500 results",
    "Affichage des 500 premiers résultats",
    "Die 500 häufigsten Ergebnisse",
    "Se muestran los 500 primeros resultados",
    "Exibindo os 500 principais resultados",
    "上位 500 件の結果を表示",
    "Fin",
)


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("duration", [True, False])
def test_a_footer_is_a_remark_with_and_without_a_column_of_lengths(tmp_path, footer, duration):
    for line in (footer, footer + ",,,,,", f'"{footer}",,,'):
        export = read(written(tmp_path, table(line, duration=duration)))
        assert (export.balance.taken, export.balance.totals, export.balance.excluded) == (2, 2, 0)
        assert list(export.columns["views"]) == [200, 100]
        assert codes_of(export) == []
        assert any(footer in decision.fr for decision in export.decisions)


@pytest.mark.parametrize(
    "word", ["Total", "Totaux", "Gesamt", "Totale", "Łącznie", "Итого", "合計", "Kokku"]
)
def test_a_total_row_is_checked_in_any_language(tmp_path, word):
    """A word that nobody has listed is known by its figures, the sums of the others."""
    export = read(written(tmp_path, table(total=word + ",,,{gap}300,7.6,3000")))
    assert (export.balance.taken, export.balance.totals) == (2, 1)
    assert codes_of(export) == []


@pytest.mark.parametrize("footer", ["", "Showing top 500 results"])
def test_posts_that_the_total_row_counts_and_the_file_lacks_are_told(tmp_path, footer):
    export = read(written(tmp_path, table(footer, total="Total,,,{gap}333,7.6,3000")))
    [finding] = export.findings
    assert (finding.code, finding.header) == ("XK346", "Views")
    assert "333" in finding.reason.en


def test_a_missing_tenth_is_told_of_few_views_and_beside_a_row_that_is_left_out(tmp_path):
    text = "Content,Video title,Views\nTotal,,10\naaaaaaaaaa1,One,5\naaaaaaaaaa2,Two,4\n"
    assert codes_of(read(written(tmp_path, text))) == ["XK346"]
    text = "Content,Video title,Views\nTotal,,10\naaaaaaaaaa1,One,5\n1.2E+10,Two,5\n"
    assert sorted(codes_of(read(written(tmp_path, text)))) == ["XK338", "XK346"]


def test_subtotals_and_averages_are_no_posts(tmp_path):
    text = (
        "Influencer,Date,Network,Views,Likes\n"
        "Ana,2026-03-02,Instagram,100,10\nAna,2026-03-03,Instagram,200,10\nSubtotal Ana,,,300,20\n"
        "Ben,2026-03-02,Instagram,500,10\nSous-total Ben,,,500,10\n,,,,\nMoyenne,,,267,10\nTotal,,,800,30\n"
    )
    export = read(written(tmp_path, text))
    assert list(export.columns["views"]) == [100, 200, 500]
    assert (export.balance.totals, export.balance.blank, codes_of(export)) == (4, 1, [])


def test_a_row_of_sums_without_a_word_is_a_total(tmp_path):
    text = (
        "Post ID,Date,Influencer,Network,Views,Likes\n"
        "p1,2026-03-02,Ana,Instagram,100,10\np2,2026-03-03,Ana,Instagram,200,15\n,,,,300,25\n"
    )
    export = read(written(tmp_path, text))
    assert (export.balance.taken, export.balance.totals, codes_of(export)) == (2, 1, [])


def test_a_post_whose_title_begins_like_a_total_is_a_post(tmp_path):
    text = (
        "Post ID,Title,Date,Influencer,Network,Views\n"
        "p1,Total eclipse,2026-03-02,Total Beauty,Instagram,100\n"
        "p2,Sum 41,2026-03-02,Ana,Instagram,200\n"
    )
    assert read(written(tmp_path, text)).balance.taken == 2


def test_an_id_alone_on_its_line_is_no_remark(tmp_path):
    text = table("aaaaaaaaaa3,,,,,", total="")
    assert read(written(tmp_path, text)).balance.taken == 3


INSTAGRAM = "Post ID,Account username,Permalink,Post type,Views,Likes"


def instagram(*numbers: int) -> list[str]:
    return [
        f"1791234567890000{n},ana,https://www.instagram.com/reel/A{n}/,IG reel,{n}00,{n}"
        for n in numbers
    ]


@pytest.mark.parametrize(
    "again",
    [
        INSTAGRAM,
        INSTAGRAM.upper(),
        "Post ID,Account username,Permalink,Post type,Views,",
        "\n" + INSTAGRAM,
    ],
)
def test_a_header_that_stands_again_is_a_remark(tmp_path, again):
    text = "\n".join([INSTAGRAM, *instagram(1, 2), again, *instagram(3)])
    path = written(tmp_path, text + "\n")
    found = [read(path)] if not again.startswith("\n") else []
    for export in found:
        assert list(export.columns["views"]) == [100, 200, 300]
        assert (export.balance.totals, codes_of(export)) == (1, [])


def test_an_export_pasted_below_with_other_columns_shifts_no_figure(tmp_path):
    other = "Post ID,Account username,Permalink,Post type,Likes,Views"
    text = "\n".join([INSTAGRAM, *instagram(1), other, *instagram(2, 3), INSTAGRAM, *instagram(4)])
    export = read(written(tmp_path, text))
    assert list(export.columns["views"]) == [100, 400]
    [finding] = export.findings
    assert (finding.code, finding.cell, finding.count) == ("XK140", "A4", 2)
    assert (export.balance.totals, export.balance.excluded) == (2, 2)
