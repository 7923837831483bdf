"""What is told of one post, one influencer, one row: in the singular, on the terminal, in the workbook and on the slides."""

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
