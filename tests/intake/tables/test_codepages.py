"""A text that is no Unicode: read in the code page in which its words are words, and told where that is no proof."""

from __future__ import annotations

import pytest

from tests.intake.exports.made_files import codes_of, read, written
from xlkpi.intake.tables.codepages import code_page, first_name

HEADER = "Influencer;Network;Date;Views;Likes;Cost\n"
NAMES = {
    "cp1250": [
        "Żółć Święta",
        "Zuzana Dvořáková",
        "Szűcs Őri",
        "Łukasz Michał",
        "Mária Kováčová",
    ],
    "cp1254": ["Ayşe Yıldız", "Gökçe Şahin", "İstanbul Çiğdem"],
    "cp1253": ["Μαρία Παπαδοπούλου", "Γιώργος Νίκου", "Ελένη"],
    "cp1257": ["Žydrūnas Ąžuolas", "Jānis Bērziņš"],
    "gb18030": ["小红书 美妆博主", "王小明"],
    "cp932": ["さくら メイク", "ユーチューブ", "田中美咲"],
    "cp949": ["김민지 뷰티", "홍길동"],
    "big5": ["陳怡君 美妝"],
    "cp1251": ["Дарья"],  # one word is no proof
}
WESTERN = [
    "Hélène Très",
    "José Muñoz",
    "Jürgen Groß",
    "João Gonçalves",
    "Søren Kjær",
    "Œuvre d’été",
    "Ça va",
]


def row(name: str) -> str:
    return f"{HEADER}{name};Instagram;15.11.2025;1000;50;12,5\n"


@pytest.mark.parametrize(
    ("codec", "name"), [(codec, name) for codec, names in NAMES.items() for name in names]
)
def test_a_doubtful_code_page_is_read_and_told_with_the_first_name(tmp_path, codec, name):
    export = read(written(tmp_path, row(name).encode(codec)))
    assert list(export.accounts) == [name]
    assert export.columns["cost"] == [12.5]
    [finding] = export.findings
    assert finding.code == "XK148"
    assert name in finding.message("en")
    assert name in finding.message("fr")
    assert "--encoding" in finding.message("en")
    assert "--encoding" in finding.message("fr")


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("name", WESTERN)
def test_the_code_page_of_western_europe_needs_no_word(tmp_path, name, codec):
    text = row(name).replace("Influencer", "Créateur").replace("Network", "Réseau")
    export = read(written(tmp_path, text.encode(codec)))
    assert list(export.accounts) == [name]
    assert codes_of(export) == []


def test_cyrillic_words_are_proof_enough(tmp_path):
    text = row("Анна Иванова") + "Мария Петрова;TikTok;16.11.2025;10;5;1\n"
    assert codes_of(read(written(tmp_path, text.encode("cp1251")))) == []


@pytest.mark.parametrize("name", ["Gędek", "forêt", "שרה כהן", "Kovács Gergő"])
def test_what_may_be_wrong_is_never_silent(name):
    codec = {"forêt": "cp1252", "שרה כהן": "cp1255"}.get(name, "cp1250")
    assert code_page(row(name).encode(codec)).is_doubtful


def test_a_person_knows_better(tmp_path):
    path = written(tmp_path, row("Gędek").encode("cp1250"))
    for said, name, told in (("", "Gêdek", ["XK148"]), ("cp1250", "Gędek", [])):
        export = read(path, encoding=said)
        assert (list(export.accounts), codes_of(export)) == ([name], told)
        assert any(f"encoding {said or 'Windows-1252'}" == d.en for d in export.decisions)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_never_doubted(tmp_path, codec):
    for names in NAMES.values():
        export = read(written(tmp_path, row(names[0]).encode(codec)))
        assert (list(export.accounts), codes_of(export)) == ([names[0]], [])


def test_the_first_name_is_the_first_cell_with_an_accent():
    assert first_name('a;b\n"x";Žofie Nová;"é"\n') == "Žofie Nová"
    assert first_name("plain") == ""
