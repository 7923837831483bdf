"""Whatever a person drops on `xlkpi import` by mistake ends in one sentence: what it is, and what to do instead."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

INTAKE = Path(__file__).parents[1] / "intake"
SAMPLES, FILES = INTAKE / "exports" / "samples", INTAKE / "files"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
JPEG, PNG = b"\xff\xd8\xff\xe0" + bytes(60), b"\x89PNG\r\n\x1a\n" + bytes(60)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


#: File name → its bytes (None: the file of that name among the tests' own), code, a word of the sentence EN and FR.
WRONG: dict[str, tuple[bytes | None, str, str, str]] = {
    # documents, pictures, mails
    "brief.docx": (
        zipped(**{"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"}),
        "XK122",
        "Word",
        "Word",
    ),
    "brief.rtf": (b"{\\rtf1\\ansi hello}", "XK122", "Word", "Word"),
    "deck.pptx": (
        zipped(**{"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"}),
        "XK122",
        "PowerPoint",
        "PowerPoint",
    ),
    "report.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "XK123", "PDF", "PDF"),
    "screen.png": (PNG, "XK123", "picture", "image"),
    "screen.jpg": (JPEG, "XK123", "picture", "image"),
    "screen.heic": (b"\0\0\0\x18ftypheic" + bytes(60), "XK123", "picture", "image"),
    "logo.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>',
        "XK123",
        "picture",
        "image",
    ),
    "reel.mp4": (b"\0\0\0\x18ftypisom" + bytes(60), "XK123", "video", "vidéo"),
    "figures.eml": (
        b"From: a@example.org\nTo: b@example.org\nSubject: figures\n\nHello, here they are.\n",
        "XK122",
        "e-mail",
        "e-mail",
    ),
    "contact.vcf": (
        b"BEGIN:VCARD\nVERSION:3.0\nN:Example;Jane;;;\nEND:VCARD\n",
        "XK122",
        "addresses",
        "contacts",
    ),
    "letter.txt": (
        b"Dear all,\n\nplease find, as agreed, the figures of March.\nBest, Ana\n",
        "XK127",
        "text",
        "texte",
    ),
    "program.exe": (b"MZ\x90\0\3\0\0\0" + bytes(200), "XK106", "not a file that Excel", "qu’Excel"),
    # not quite workbooks
    "export.xls": ((FILES / "page.html").read_bytes(), "XK104", "web page", "page web"),
    "spreadsheet2003.xml": (None, "XK104", "XML", "XML"),
    "password.xlsx": (None, "XK102", "password", "mot de passe"),
    "password.xls": (None, "XK102", "password", "mot de passe"),
    "plain.ods": (None, "XK118", "LibreOffice", "LibreOffice"),
    "book.xlsb": (
        zipped(**{"[Content_Types].xml": TYPES, "xl/workbook.bin": b"\0"}),
        "XK117",
        "binary",
        "binaire",
    ),
    "book.numbers": (zipped(**{"Index/Document.iwa": b"x"}), "XK126", "Numbers", "Numbers"),
    "cut.xlsx": ((FILES / "plain.xlsx").read_bytes()[:3000], "XK107", "damaged", "abîmé"),
    "~$export.xlsx": (b"\x03Ana" + bytes(161), "XK106", "while it is open", "classeur ouvert"),
    "sheet.gsheet": (
        b'{"url": "https://docs.google.com/x", "doc_id": "a"}',
        "XK126",
        "link",
        "lien",
    ),
    # archives
    "photos.zip": (
        zipped(**{"a.jpg": JPEG, "b.png": PNG, "DCIM/c.jpg": JPEG}),
        "XK135",
        "a.jpg, b.png, DCIM/c.jpg",
        "a.jpg, b.png, DCIM/c.jpg",
    ),
    "daily.zip": (
        zipped(
            **{
                "Chart data.csv": (SAMPLES / "youtube_chart_en.csv").read_bytes(),
                "Totals.csv": (SAMPLES / "youtube_totals_en.csv").read_bytes(),
            }
        ),
        "XK131",
        "by day",
        "jour",
    ),
    "nested.zip": (
        zipped(**{"a.zip": zipped(**{"a.csv": b"a,b\n1,2\n"})}),
        "XK125",
        "archive",
        "archive",
    ),
    "empty.zip": (zipped(), "XK101", "empty", "vide"),
    "packed.csv.gz": (b"\x1f\x8b" + bytes(50), "XK125", "archive", "archive"),
    # nothing in it
    "empty.csv": (b"", "XK101", "empty", "vide"),
    "blank.csv": (b"\xef\xbb\xbf \n\n\t\n", "XK101", "empty", "vide"),
    "commas.csv": (b",,,,\n,,,,\n", "XK133", "no table", "pas de tableau"),
    # tables of other kinds
    "data.json": (b'{"organic_insights_posts": [{"a": 1}]}', "XK124", "JSON", "JSON"),
    "list.json": (b"[1, 2, 3]", "XK124", "JSON", "JSON"),
    "customers.xls": (None, "XK130", "list of people", "liste de personnes"),
    "customers_fr.csv": (None, "XK130", "list of people", "liste de personnes"),
    "analyst_notes_en.csv": (None, "XK130", "What we saw", "What we saw"),
    "influencers.csv": (
        b"Username,Platform,Followers,Avg Likes\nana,Instagram,12000,300\n",
        "XK132",
        "list of influencers",
        "liste d’influenceurs",
    ),
    "ga4_traffic_en.csv": (None, "XK134", "Google Analytics", "Google Analytics"),
    "ga4_acquisition_fr_resaved.csv": (None, "XK134", "Google Analytics", "Google Analytics"),
    "shopify_orders_en.csv": (None, "XK134", "Shopify order", "commandes Shopify"),
    "shopify_discounts_en.csv": (None, "XK134", "Shopify discount", "réductions Shopify"),
    # other tables of the same networks
    "meta_series_en_utf16.csv": (None, "XK131", "Meta account", "compte Meta"),
    "meta_audience_en_utf16.csv": (None, "XK132", "audience", "audience"),
    "tiktok_overview_no_year.csv": (None, "XK131", "TikTok’s overview", "vue d’ensemble de TikTok"),
    "youtube_chart_en.csv": (None, "XK131", "by day", "jour par jour"),
    "youtube_totals_en.csv": (None, "XK131", "by day", "par jour"),
    "youtube_geography_en.csv": (None, "XK132", "Geography", "Geography"),
    "x_overview_en.csv": (None, "XK131", "X’s account overview", "compte X"),
}


def one_sentence(said, code: str, name: str) -> str:
    """The one line about the file; nothing was written, and nothing else is said."""
    assert said.code == 3, said.err
    assert not said.out
    told, nothing = said.err.splitlines()
    assert nothing in ("Nothing was written.", "Rien n’a été écrit.")
    assert told.endswith(f"[{code}]")
    assert name in told
    assert "Fix: " in told or "Solution\u00a0: " in told
    return told


@pytest.fixture
def drop(run, sample, tmp_path, language) -> Callable[[Path], object]:
    """Imports a file into the worked example, which must be left as it was."""

    def import_it(file: Path):
        book = sample(language)
        before = hashlib.sha256(book.read_bytes()).hexdigest()
        said = run("import", file, "--into", book, language=language)
        assert hashlib.sha256(book.read_bytes()).hexdigest() == before
        assert not list(tmp_path.glob("*.bak*"))
        return said

    return import_it


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_ends_in_one_sentence(drop, tmp_path, language, name):
    data, code, english, french = WRONG[name]
    path = tmp_path / name
    source = next((folder / name for folder in (SAMPLES, FILES) if (folder / name).exists()), path)
    path.write_bytes(source.read_bytes() if data is None else data)
    told = one_sentence(drop(path), code, name)
    assert (french if language == "fr" else english) in told.replace("\u00a0", " ")


def test_a_folder_and_a_missing_file_end_in_one_sentence(drop, tmp_path):
    (tmp_path / "march").mkdir()
    one_sentence(drop(tmp_path / "march"), "XK116", "march")
    one_sentence(drop(tmp_path / "no.csv"), "XK115", "no.csv")


@pytest.mark.parametrize("of_language", ["en", "fr"])
def test_a_campaign_workbook_among_the_exports_ends_in_one_sentence(
    drop, tmp_path, template, language, of_language
):
    path = tmp_path / "winter.xlsx"
    path.write_bytes(template(of_language))
    told = one_sentence(drop(path), "XK139", "winter.xlsx")
    assert ("classeur de campagne" if language == "fr" else "campaign workbook") in told


def test_a_file_that_another_program_locks_ends_in_one_sentence(
    drop, tmp_path, language, monkeypatch
):
    path = tmp_path / "open.csv"
    path.write_bytes((SAMPLES / "instagram_content_en.csv").read_bytes())
    opened = Path.open

    def locked(self: Path, *arguments, **more):
        if self.name == path.name:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **more)

    monkeypatch.setattr(Path, "open", locked)
    told = one_sentence(drop(path), "XK116", "open.csv")
    assert ("accès refusé" if language == "fr" else "access is denied") in told


def test_several_wrong_files_are_told_in_one_go(drop, run, sample, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.json").write_bytes(b"[1, 2]")
    said = run("import", tmp_path / "a.pdf", tmp_path / "b.json", "--into", sample())
    assert said.code == 3
    assert [line.split(":")[1].strip() for line in said.err.splitlines()[:2]] == ["a.pdf", "b.json"]
