"""Numbers in what is told: one in the singular, and long lists counted to the last finding, wherever they are read."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook

from tests.helpers.books import POSTS, changed, tiny

ONE = POSTS[:1]
CASES = {
    "no target": {"objectives": []},
    "no figures": {"posts": changed(ONE, 0, Reach=None, Network="Snapchat", Likes=None)},
    "much known": {
        "Campaigns": [{"Campaign": "Spring", "Posts planned": 1, "Objective type": "Awareness"}],
        "Audience": [
            {
                "Influencer": "Ana",
                "Date": "2026-03-02",
                "Dimension": "Age",
                "Segment": str(n),
                "Share": 0.1,
            }
            for n in range(9)
        ],
    },
}
#: « 0 mis à jour » and the like: no plural.
_INVARIABLE = {"mis", "dans", "sans", "plus"}


def plurals(text: str, language: str) -> list[str]:
    """Words in s after a 1, in French after a 0 too."""
    one = "1" if language == "en" else "[01]"
    return [
        hit[0]
        for hit in re.finditer(rf"(?<![\d.,:/−+-]){one}\s([^\W\d_]+s)\b", text)
        if hit[1] not in _INVARIABLE
    ]


@pytest.mark.parametrize("case", CASES)
def test_one_is_never_followed_by_a_plural(tmp_path, run, language, case):
    from pptx import Presentation

    path = tiny(tmp_path / "book.xlsx", **{"posts": ONE, **CASES[case]})
    said = run(
        "report",
        path,
        "-o",
        tmp_path / "out.xlsx",
        "--pptx",
        tmp_path / "out.pptx",
        language=language,
    )
    assert said.code in (0, 1), said.err
    texts = [said.out, said.err]
    texts += [
        str(cell)
        for sheet in load_workbook(tmp_path / "out.xlsx")
        for row in sheet.values
        for cell in row
        if cell
    ]
    for slide in Presentation(tmp_path / "out.pptx").slides:
        texts += [node.text or "" for node in slide._element.iter("{*}t")]
        texts.append(slide.notes_slide.notes_text_frame.text)
    assert [hit for text in texts for hit in plurals(text, language)] == []


def test_an_import_of_one_post_is_told_in_the_singular(tmp_path, run, language):
    export = tmp_path / "posts.csv"
    export.write_text(
        "Post ID,Publish time,Permalink,Reach,Likes,Comments,Shares,Saves\n"
        "17900000000000001,03/20/2026 10:00,https://www.instagram.com/p/A/,100,10,1,1,1\n"
    )
    said = run(
        "import", export, "--into", tiny(tmp_path / "book.xlsx"), "--dry-run", language=language
    )
    assert {
        "en": "1 row read = 1 post + 0 totals and remarks + 0 excluded + 0 blank",
        "fr": "1 ligne lue = 1 post + 0 total ou remarque + 0 exclue + 0 vide",
    }[language] in said.out
    assert plurals(said.out + said.err, language) == []


# -- long lists --------------------------------------------------------------------------------------

BAD = 500
MORE = {"en": "450 more like the ones listed", "fr": "450 de plus comme ceux de la liste"}


def test_an_import_counts_every_bad_cell(tmp_path, run, language):
    """The list of the file was counted, and then counted as one in the list of the import."""
    export = tmp_path / "bad.csv"
    rows = [f"p{n},2026-03-01,Instagram,Ana,abc{n},10" for n in range(BAD)]
    export.write_text("\n".join(["Post ID,Date,Network,Influencer,Reach,Likes", *rows]))
    book = tiny(tmp_path / "book.xlsx")
    command = ("import", export, "--into", book, "--dry-run")
    bad = [
        f
        for f in run(*command, "--json", language=language).json["findings"]
        if f["code"] == "XK335"
    ]
    assert [f["count"] for f in bad] == [*[1] * 50, 450]
    assert MORE[language] in bad[-1]["message"]
    said = run(*command, language=language)
    assert said.out.count("[XK335]") == 51
    assert MORE[language] in said.out


def test_two_bad_exports_are_counted_together(tmp_path, run):
    exports = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file in exports:
        rows = [f"{file.stem}{n},2026-03-01,Instagram,Ana,abc{n},10" for n in range(BAD)]
        file.write_text("\n".join(["Post ID,Date,Network,Influencer,Reach,Likes", *rows]))
    book = tiny(tmp_path / "book.xlsx")
    said = run("import", *exports, "--into", book, "--dry-run", "--json")
    bad = [f["count"] for f in said.json["findings"] if f["code"] == "XK335"]
    assert (len(bad), sum(bad)) == (51, 2 * BAD)


def test_a_report_counts_every_bad_cell(tmp_path, run, language):
    posts = [{**POSTS[0], "Post ID": f"p{n}", "Reach": f"abc{n}"} for n in range(BAD)]
    book = tiny(tmp_path / "book.xlsx", posts=posts)
    out = tmp_path / "out.xlsx"
    said = run("report", book, "-o", out, "--json", language=language)
    bad = [f for f in said.json["findings"] if f["code"] == "XK301"]
    assert [f["count"] for f in bad] == [*[1] * 50, 450]
    cells = [str(cell) for row in load_workbook(out)["Checks"].values for cell in row]
    assert any(MORE["en"] in cell for cell in cells), "the sheet speaks the workbook’s language"
    assert MORE[language] in run("check", book, language=language).err
