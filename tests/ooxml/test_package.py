"""A workbook as a set of parts: what is not touched keeps its bytes, also the compressed ones."""

from __future__ import annotations

import tempfile
import zipfile
import zlib

import pytest

from tests.helpers.books import parts_of, tiny
from xlkpi.ooxml.package import Package


def entries(path) -> dict[str, tuple[bytes, int, bytes]]:
    """Each entry's raw bytes in the archive, its method and its flags."""
    found = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for info in archive.infolist():
            file.seek(info.header_offset + 26)
            name, extra = (int.from_bytes(file.read(2), "little") for _ in range(2))
            file.seek(info.header_offset + 30 + name + extra)
            found[info.filename] = (
                file.read(info.compress_size),
                info.compress_type,
                bytes([info.flag_bits & 0xFF]),
            )
    return found


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"]
)
def test_untouched_entries_keep_their_compressed_bytes(tmp_path, method):
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    parts = parts_of(tiny(tmp_path / "book.xlsx"))
    with zipfile.ZipFile(source, "w", method, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with Package(source) as package:
        package.changed["xl/new.xml"] = b"<new/>"
        package.changed["docProps/app.xml"] = b"<changed/>"
        package.write(target)
    before, after = entries(source), entries(target)
    assert {n: e for n, e in before.items() if n != "docProps/app.xml"} == {
        n: e for n, e in after.items() if n not in ("docProps/app.xml", "xl/new.xml")
    }
    assert parts_of(target) == parts | {"docProps/app.xml": b"<changed/>", "xl/new.xml": b"<new/>"}
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None


def test_entries_with_data_descriptors_are_copied_whole(tmp_path):
    """Streaming writers put sizes behind the data, as Google's and many servers' exports do."""
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    parts = parts_of(tiny(tmp_path / "book.xlsx"))

    class Pipe:
        def __init__(self, file):
            self.file, self.flush = file, file.flush

        def write(self, data):
            return self.file.write(data)

    with (
        source.open("wb") as file,
        zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, data in parts.items():
            archive.writestr(name, data)
    assert all(flags[0] & 8 for *_, flags in entries(source).values())
    with Package(source) as package:
        package.changed["xl/new.xml"] = b"<new/>"
        package.write(target)
    assert parts_of(target) == parts | {"xl/new.xml": b"<new/>"}
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None


def test_a_self_extracting_head_does_not_shift_entries(tmp_path):
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    tiny(source)
    with zipfile.ZipFile(source, "a") as archive:
        archive.comment = b"made by an agency"
    with Package(source) as package:
        package.write(target)
    assert parts_of(target) == parts_of(source)


def test_the_same_changes_give_the_same_file(tmp_path):
    tiny(tmp_path / "in.xlsx")
    for name in ("a", "b"):
        with Package(tmp_path / "in.xlsx") as package:
            package.changed["docProps/app.xml"] = b"<changed/>"
            package.write(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_changed_part_is_read_back_changed(tmp_path):
    """Also as a stream: a sheet that was just added is read like any other."""
    with Package(tiny(tmp_path / "in.xlsx")) as package:
        package.changed["docProps/app.xml"] = package.changed["xl/new.xml"] = b"<changed/>"
        for part in ("docProps/app.xml", "xl/new.xml"):
            assert package.read(part) == b"".join(package.stream(part)) == b"<changed/>"


def test_a_part_that_is_made_anew_is_made_once(tmp_path):
    """Its checksum is asked for before the file is written; a large sheet takes long to make."""
    path, part, made = tiny(tmp_path / "book.xlsx"), "xl/worksheets/sheet1.xml", []

    def longer(pieces):
        made.append(part)
        yield from pieces
        yield b"<!-- more -->"

    with Package(path) as package:
        package.rewrite(part, longer)
        package.crc(part)
        expected = b"".join(package.stream(part))
        made.clear()
        assert package.crc(part) == zlib.crc32(expected)
        package.write(tmp_path / "out.xlsx")
        assert not made
        assert parts_of(tmp_path / "out.xlsx") == parts_of(path) | {part: expected}
        package.rewrite(part, longer)
        package.write(tmp_path / "twice.xlsx")
    assert parts_of(tmp_path / "twice.xlsx")[part] == expected + b"<!-- more -->"


def test_what_was_made_of_a_part_leaves_no_open_file_and_survives_a_full_disk(
    tmp_path, monkeypatch
):
    """On Windows a temporary file stands there for as long as it is open."""
    path, part, opened = tiny(tmp_path / "book.xlsx"), "xl/worksheets/sheet1.xml", []

    class Watched(tempfile.SpooledTemporaryFile):
        full = False

        def __init__(self, *args):
            super().__init__(*args)
            opened.append(self)

        def write(self, data):
            if self.full:
                raise OSError(28, "No space left on device")
            return super().write(data)

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", Watched)
    with Package(path) as package:
        package.rewrite(part, lambda pieces: pieces)
        expected = package.crc(part)
        package.rewrite(part, lambda pieces: pieces)
        assert opened[0].closed
        Watched.full = True
        assert package.crc(part) == expected
        assert opened[1].closed
        package.write(tmp_path / "out.xlsx")
        Watched.full = False
        package.crc(part)
    assert [file.closed for file in opened] == [True, True, True]
    assert parts_of(tmp_path / "out.xlsx") == parts_of(path)
