"""Files that are not plain workbooks are refused by their content, each cause with its own code and fix."""

from __future__ import annotations

import io
import time
import warnings
import zipfile

import pytest
from books import edit, parts_of, tiny

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
    "web page": (b"\xef\xbb\xbf\n<html><body><table><tr><td>1</td></tr></table></body></html>", "XK104"),
    "xml spreadsheet": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XK104"),
    "csv": ("Post ID;Portée\np1;12\n".encode(), "XK105"),
    "csv in utf-16": ("Post ID\tReach\np1\t12\n".encode("utf-16"), "XK105"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "XK106"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "XK106"),
    "prose": (b"Hello there", "XK106"),
    "only PK": (b"PK", "XK107"),
    "zip of papers": (zipped(**{"a.txt": b"hello"}), "XK108"),
    "empty zip": (zipped(), "XK108"),
    "word document": (zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}), "XK108"),
    "binary workbook": (zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b"\0"}), "XK117"),
    "LibreOffice": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<x/>"}),
                    "XK118"),
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


@pytest.mark.parametrize(("name", "suffix"), [("old xls", ".xls"), ("csv", ".csv"), ("web page", ".html"),
                                              ("LibreOffice", ".ods"), ("csv", ""), ("binary workbook", ".xlsb")])
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


@pytest.mark.parametrize("name", ["xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml",
                                  "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/tables/table2.xml",
                                  "xl/worksheets/_rels/sheet2.xml.rels", "docProps/app.xml"])
def test_missing_parts_are_never_a_crash(tmp_path, run, name):
    path = tiny(tmp_path / "book.xlsx")
    _without(name)(path)
    for command in ("check", "report"):
        said = run(command, path)
        assert said.code in (0, 1, 3), said.err


ENTITIES = (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY e SYSTEM "file:///etc/passwd">]>')


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml",
                                  "xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/tables/table1.xml"])
def test_entities_are_refused_and_never_expanded(tmp_path, run, part):
    path = tiny(tmp_path / "book.xlsx")
    edit(path, {part: lambda xml: ENTITIES + xml.split(b"?>", 1)[1].lstrip().replace(b"<t>Spring</t>", b"<t>&b;&e;</t>")})
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


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl/../../evil.xml", "..\\evil.xml"])
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
    assert len({code for _, code in BAD_FILES.values()} | {"XK107", "XK109", "XK110", "XK111", "XK112", "XK115",
                                                           "XK116"}) >= 12
