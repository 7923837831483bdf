"""Files that are not plain workbooks are refused by their content, each cause with its own code and fix."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.books import edit, parts_of, tiny
from xlkpi.core.findings import Finding, Refused
from xlkpi.core.texts import LANGUAGES
from xlkpi.files import guard
from xlkpi.files.guard import FileKind

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def ole(stream: str) -> bytes:
    """The start of an OLE container with one named stream in its directory."""
    header = OLE + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00" + bytes(480)
    return header.ljust(512, b"\0") + stream.encode("utf-16-le").ljust(128, b"\0") + bytes(4096)


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


BAD_FILES = {
    "empty": (b"", "XK101"),
    "password": (ole("EncryptedPackage"), "XK102"),
    "old xls": (ole("Workbook"), "XK103"),
    "web page": (
        b"\xef\xbb\xbf\n<html><body><table><tr><td>1</td></tr></table></body></html>",
        "XK104",
    ),
    "xml spreadsheet": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XK104",
    ),
    "csv": ("Post ID;Portée\np1;12\n".encode(), "XK105"),
    "csv in utf-16": ("Post ID\tReach\np1\t12\n".encode("utf-16"), "XK105"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "XK123"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "XK123"),
    "prose": (b"Hello there", "XK127"),
    "program": (b"MZ\x90\0\3\0\0\0" + bytes(100), "XK106"),
    "only PK": (b"PK", "XK107"),
    "zip of papers": (zipped(**{"a.txt": b"hello"}), "XK108"),
    "empty zip": (zipped(), "XK108"),
    "word document": (
        zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}),
        "XK122",
    ),
    "binary workbook": (
        zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"\0"}),
        "XK117",
    ),
    "LibreOffice": (
        zipped(
            mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"}
        ),
        "XK118",
    ),
}


def refused(said, code: str) -> None:
    assert said.code == 3, said.err
    assert said.codes == {code}, said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_refused_by_its_content(tmp_path, run, language, name):
    data, code = BAD_FILES[name]
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(data)
    for command in ("report", "check"):
        refused(said := run(command, path, language=language), code)
        assert not said.out
        assert ("Solution" if language == "fr" else "Fix:") in said.err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("old xls", ".xls"),
        ("csv", ".csv"),
        ("web page", ".html"),
        ("LibreOffice", ".ods"),
        ("csv", ""),
        ("binary workbook", ".xlsb"),
    ],
)
def test_honest_extension_gets_the_same_answer(tmp_path, run, name, suffix):
    data, code = BAD_FILES[name]
    path = tmp_path / f"export{suffix}"
    path.write_bytes(data)
    refused(run("report", path), code)
    refused(run("report", path, "-o", tmp_path / "out.xlsx"), code)
    assert list(tmp_path.iterdir()) == [path]


def test_missing_file_and_folder_have_their_own_codes(tmp_path, run, language):
    refused(run("report", tmp_path / "no.xlsx", language=language), "XK115")
    (tmp_path / "folder.xlsx").mkdir()
    refused(run("report", tmp_path / "folder.xlsx", language=language), "XK116")
    refused(run("check", tmp_path / "file" / "deep.xlsx", language=language), "XK115")


def test_missing_file_beside_an_older_report_is_missing(tmp_path, run):
    """The report of last month is still there, the workbook was renamed."""
    tiny(tmp_path / "book-report.xlsx")
    refused(run("report", tmp_path / "book.xlsx"), "XK115")


def test_a_path_through_a_file_is_refused(tmp_path, run):
    (tmp_path / "file").write_text("x")
    said = run("report", tmp_path / "file" / "deep.xlsx")
    assert said.code == 3, said.err


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
def test_truncated_workbook_is_damaged(tmp_path, run, language, share):
    path = tiny(tmp_path / "book.xlsx")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    refused(run("report", path, language=language), "XK107")
    assert list(tmp_path.iterdir()) == [path]


def test_one_wrong_byte_in_any_place_is_never_a_crash(tmp_path, run):
    data = bytearray(tiny(tmp_path / "good.xlsx").read_bytes())
    path = tmp_path / "book.xlsx"
    for at in range(0, len(data), len(data) // 60):
        broken = bytearray(data)
        broken[at] ^= 0x55
        path.write_bytes(broken)
        said = run("check", path)
        assert said.code in (0, 1, 3), f"byte {at}: {said.err}"


def _without(name: str):
    def change(path):
        parts = parts_of(path)
        del parts[name]
        with zipfile.ZipFile(path, "w") as archive:
            for part, data in parts.items():
                archive.writestr(part, data)

    return change


@pytest.mark.parametrize(
    "name",
    [
        "xl/workbook.xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
        "xl/tables/table2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "docProps/app.xml",
    ],
)
def test_missing_parts_are_never_a_crash(tmp_path, run, name):
    path = tiny(tmp_path / "book.xlsx")
    _without(name)(path)
    for command in ("check", "report"):
        said = run(command, path)
        assert said.code in (0, 1, 3), said.err


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY e SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/styles.xml",
        "xl/tables/table1.xml",
    ],
)
def test_entities_are_refused_and_never_expanded(tmp_path, run, part):
    path = tiny(tmp_path / "book.xlsx")
    edit(
        path,
        {
            part: lambda xml: (
                ENTITIES
                + xml.split(b"?>", 1)[1].lstrip().replace(b"<t>Spring</t>", b"<t>&b;&e;</t>")
            )
        },
    )
    said = run("report", path)
    assert said.code == 3, said.out
    assert said.codes <= {"XK112", "XK107"}
    assert "root:" not in said.err + said.out
    assert "aaaaaaaaaa" not in said.err + said.out


def test_zip_bomb_is_refused_at_once(tmp_path, run):
    path = tmp_path / "book.xlsx"
    tiny(path)
    edit(path, {"xl/media/bomb.bin": bytes(200 << 20)})
    started = time.perf_counter()
    refused(run("report", path), "XK109")
    assert time.perf_counter() - started < 1


def test_same_part_twice_is_refused(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/workbook.xml", b"<workbook/>")
    refused(run("report", path), "XK110")


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "xl/../../evil.xml", "..\\evil.xml"]
)
def test_parts_with_unsafe_paths_are_refused(tmp_path, run, name):
    path = tiny(tmp_path / "book.xlsx")
    edit(path, {name: b"x"})
    refused(run("report", path), "XK111")


def test_encrypted_zip_entries_are_a_password(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    data = bytearray(path.read_bytes())
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    refused(run("report", path), "XK102")


def test_twelve_causes_have_their_own_codes():
    assert (
        len(
            {code for _, code in BAD_FILES.values()}
            | {"XK107", "XK109", "XK110", "XK111", "XK112", "XK115", "XK116"}
        )
        >= 12
    )


# -- files to import -------------------------------------------------------------------------------

HERE = Path(__file__).parents[1] / "intake" / "files"
CSV = "Post ID;Portée\np1;12\n"
#: Text that may be imported, in every encoding that networks, Excel and agencies use.
TEXTS = {
    "utf-8": CSV.encode(),
    "utf-8 with its mark": CSV.encode("utf-8-sig"),
    "utf-16": CSV.encode("utf-16"),
    "utf-16 big end first": b"\xfe\xff" + CSV.encode("utf-16-be"),
    "utf-16 without mark": CSV.encode("utf-16-le"),
    "cp1252": CSV.encode("cp1252"),
    "cp1251": "Пост;Охват\np1;12\n".encode("cp1251"),
    "tabs": b"Post ID\tReach\np1\t12\n",
    "sep line": b'sep=,\n"Date","Primary"\n',
    "stray control": CSV.encode() + b"\x08\n",
    "first cell begins with BM": b"BMW,Reach\nx,1\n",
    "bracket": b"[Post],Reach\nx,1\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_in_columns_is_let_through_in_every_encoding(tmp_path, name):
    path = tmp_path / "any.name"
    path.write_bytes(TEXTS[name])
    assert guard.check_export(path) is FileKind.TEXT
    assert guard.check_member(TEXTS[name], "march.zip › a.csv") is FileKind.TEXT


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("plain.xlsx", FileKind.XLSX),
        ("plain.xls", FileKind.XLS),
        ("password.xlsx", FileKind.PASSWORD),
        ("password.xls", FileKind.PASSWORD),
        ("password.ods", FileKind.PASSWORD),
        ("plain.ods", FileKind.OPEN_DOCUMENT),
        ("page.html", FileKind.WEB_PAGE),
        ("spreadsheet2003.xml", FileKind.XML),
    ],
)
def test_files_that_an_office_program_wrote_are_known(name, kind):
    """Written by LibreOffice 25.2; password: secret."""
    assert guard.kind(HERE / name) is kind


def text(start: str) -> bytes:
    return start.encode()


#: What people pick by mistake → its code; every cause has its own sentence.
NO_EXPORTS = {
    "empty": (b"", "XK101"),
    "password": (ole("EncryptedPackage"), "XK102"),
    "web page": (text("<!DOCTYPE html><html><body><table>"), "XK104"),
    "web archive": (text("MIME-Version: 1.0\nContent-Type: multipart/related"), "XK104"),
    "xml": (text('<?xml version="1.0"?><Workbook/>'), "XK104"),
    "program": (b"MZ\x90\0\3\0\0\0" + bytes(100), "XK106"),
    "only PK": (b"PK", "XK107"),
    "half an OLE file": (OLE + bytes(100), "XK107"),
    "binary workbook": (
        zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"\0"}),
        "XK117",
    ),
    "LibreOffice": (
        zipped(
            mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"}
        ),
        "XK118",
    ),
    "Word": (
        zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}),
        "XK122",
    ),
    "old Word": (ole("WordDocument"), "XK122"),
    "rich text": (b"{\\rtf1\\ansi, Hello}", "XK122"),
    "PowerPoint": (
        zipped(**{"[Content_Types].xml": b"<Types/>", "ppt__presentation.xml": b"<p/>"}),
        "XK122",
    ),
    "old PowerPoint": (ole("PowerPoint Document"), "XK122"),
    "Outlook": (ole("__properties_version1.0"), "XK122"),
    "pdf": (b"%PDF-1.7\n", "XK123"),
    "screenshot": (b"\x89PNG\r\n\x1a\n" + bytes(100), "XK123"),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(100), "XK123"),
    "photo of a phone": (b"\0\0\0\x18ftypheic" + bytes(100), "XK123"),
    "video": (b"\0\0\0\x18ftypmp42" + bytes(100), "XK123"),
    "picture of the web": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100), "XK123"),
    "json": (b'{"organic_insights_posts": [1, 2]}', "XK124"),
    "rar": (b"Rar!\x1a\x07\0" + bytes(100), "XK125"),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), "XK125"),
    "Apple Numbers": (zipped(**{"Index__Document.iwa": b"\0"}), "XK126"),
    "Google link": (b'{"url": "https://docs.google.com/open?id=x", "doc_id": "x"}', "XK126"),
    "prose": (b"Dear team\n\nhere are the figures.\n", "XK127"),
    "utf-32": (CSV.encode("utf-32"), "XK128"),
    "empty archive": (zipped(), "XK101"),
    "archive in an archive": (zipped(**{"a.zip": zipped(**{"a.csv": b"a,b"})}), "XK125"),
    "archive under another name": (zipped(**{"a.csv": zipped(**{"a.csv": b"a,b"})}), "XK125"),
}


def refusal(path) -> Finding:
    with pytest.raises(Refused) as caught:
        guard.check_export(path)
    [finding] = caught.value.findings
    return finding


@pytest.mark.parametrize("name", NO_EXPORTS)
def test_what_is_no_export_ends_in_a_sentence_that_says_what_it_is(tmp_path, name):
    data, code = NO_EXPORTS[name]
    path = tmp_path / "Content.csv"
    path.write_bytes(data)
    found = refusal(path)
    assert (found.code, found.sheet) == (code, "Content.csv")
    assert all(found.reason)
    assert all(found.fix)
    if code not in ("XK101", "XK125"):
        with pytest.raises(Refused) as caught:
            guard.check_member(data, "march.zip › Content.csv")
        assert caught.value.findings[0].code == code


def test_every_wrong_kind_has_a_sentence_of_its_own(tmp_path):
    said = {}
    for name in (
        "password",
        "web page",
        "xml",
        "program",
        "only PK",
        "binary workbook",
        "LibreOffice",
        "Word",
        "PowerPoint",
        "Outlook",
        "pdf",
        "screenshot",
        "video",
        "json",
        "rar",
        "Apple Numbers",
        "Google link",
        "prose",
        "utf-32",
    ):
        path = tmp_path / "Content.csv"
        path.write_bytes(NO_EXPORTS[name][0])
        said[name] = refusal(path).reason
    for language in LANGUAGES:
        assert len({text.in_(language) for text in said.values()}) == len(said)


def test_missing_export_and_folder(tmp_path):
    assert refusal(tmp_path / "no.csv").code == "XK115"
    assert refusal(tmp_path).code == "XK116"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path / "pipe.csv").code == "XK116"


def test_twelve_causes_of_no_import_have_at_least_ten_codes():
    """R4."""
    codes = {code for _, code in NO_EXPORTS.values()} | {
        "XK109",
        "XK110",
        "XK111",
        "XK115",
        "XK116",
    }
    assert len(codes) >= 16


# -- archives --------------------------------------------------------------------------------------


def archive(path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED):
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", compression) as file:
        warnings.simplefilter("ignore")
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_an_archive_of_exports_is_let_through_without_what_the_mac_adds(tmp_path):
    path = archive(
        tmp_path / "march.zip",
        {
            "Informations relatives aux tableaux.csv": CSV.encode(),
            "Totaux.csv": CSV.encode(),
            "book.xlsx": tiny(tmp_path / "b.xlsx").read_bytes(),
            "folder/": b"",
            "__MACOSX/._Totaux.csv": b"\0\5",
            ".DS_Store": b"\0",
            "folder/Thumbs.db": b"\0",
        },
    )
    assert guard.check_export(path) is FileKind.ZIP
    assert guard.members(path) == [
        "Informations relatives aux tableaux.csv",
        "Totaux.csv",
        "book.xlsx",
    ]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:\\evil.csv"]
)
def test_members_with_unsafe_paths_are_refused(tmp_path, name):
    assert refusal(archive(tmp_path / "a.zip", {name: CSV.encode()})).code == "XK111"


def test_the_same_member_twice_is_refused(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.csv": CSV.encode(), "A.csv": CSV.encode()})
    assert refusal(path).code == "XK110"


def test_an_encrypted_member_is_a_password(tmp_path):
    path = archive(tmp_path / "a.zip", {"a.csv": CSV.encode()})
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(path).code == "XK102"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_no_network_uses_are_not_unpacked(tmp_path, compression):
    assert (
        refusal(archive(tmp_path / "a.zip", {"a.csv": CSV.encode()}, compression)).code == "XK125"
    )


def test_an_archive_cut_off_or_changed_is_damaged(tmp_path):
    whole = archive(
        tmp_path / "a.zip", {f"{i}.csv": CSV.encode() * 50 for i in range(5)}
    ).read_bytes()
    path = tmp_path / "cut.zip"
    for share in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert refusal(path).code == "XK107"
    for at in range(0, len(whole), 7):
        broken = bytearray(whole)
        broken[at] ^= 0x55
        path.write_bytes(broken)
        with contextlib.suppress(Refused):
            guard.check_export(path)


BOMBS = {
    "one member": {"a.csv": bytes(200 << 20)},
    "six hundred members": {f"{i}.csv": b"a,b" for i in range(600)},
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(tmp_path, name):
    path = archive(tmp_path / "a.zip", BOMBS[name])
    started = time.perf_counter()
    assert refusal(path).code == "XK109"
    assert time.perf_counter() - started < 1


def test_a_list_of_a_million_members_is_refused_before_it_is_read(tmp_path):
    """zipfile would hold each entry in memory: 200 MB for a file of 50."""
    entry = b"PK\x01\x02" + bytes(42)
    listed = entry * 1_000_000
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(listed), 4, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + listed + end)
    tracemalloc.start()
    started = time.perf_counter()
    assert refusal(path).code == "XK109"
    assert time.perf_counter() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


@given(
    st.binary(max_size=3000),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"PK\x05\x06",
            OLE,
            ole("Workbook")[:600],
            b"\xff\xfe",
            b"<?xml ",
            b"{",
            b"%PDF",
        ]
    ),
)
def test_any_bytes_get_a_kind_or_a_refusal(tmp_path_factory, data, start):
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(start + data)
    assert isinstance(guard.kind(path), FileKind)
    with contextlib.suppress(Refused):
        assert guard.check_export(path) in guard.EXPORTS
