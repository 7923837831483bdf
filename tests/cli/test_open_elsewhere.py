"""A workbook that another program has open: nothing is written into it, and the message names the mark that says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import pytest

from tests.helpers.books import tiny
from xlkpi.files import marks


def excel_mark(user: str, size: int = 165) -> bytes:
    """What Excel writes into ``~$NAME``: the name in 54 bytes after its length; newer ones again in UTF-16."""
    narrow = bytes([len(user)]) + user.encode("cp1252").ljust(54)
    return (
        narrow
        if size == 55
        else narrow + len(user).to_bytes(2, "little") + user.ljust(54).encode("utf-16-le")
    )


#: As LibreOffice 25.2 writes them.
LIBREOFFICE = (
    "Zoé\\, agence,zoe,studio,22.11.2026 14:19,file:///home/zoe/.config/libreoffice/4;".encode()
)
MARKS = {
    "excel": ("~${name}", excel_mark("Zoé Martin"), "Excel, Zoé Martin"),
    "excel, short": ("~${name}", excel_mark("Zoé Martin", 55), "Excel, Zoé Martin"),
    "excel, empty": ("~${name}", b"", "Excel"),
    "libreoffice": (
        ".~lock.{name}#",
        LIBREOFFICE,
        "LibreOffice, Zoé, agence, studio, 22.11.2026 14:19",
    ),
    "libreoffice, no name": (
        ".~lock.{name}#",
        b",root,vm,22.11.2026 14:19,file:///p;",
        "LibreOffice, root, vm, 22.11.2026 14:19",
    ),
    "libreoffice, empty": (".~lock.{name}#", b"", "LibreOffice"),
    "libreoffice, odd": (".~lock.{name}#", b"\xff\x1b[2J\\", "LibreOffice"),
}


@pytest.fixture(params=MARKS)
def marked(request):
    """Puts a mark beside a file; answers with the mark and what it tells."""
    name, data, who = MARKS[request.param]

    def put(path):
        mark = path.with_name(name.format(name=path.name))
        mark.write_bytes(data)
        return mark, who

    return put


@pytest.fixture
def excel():
    """Marks a file as Excel does."""
    return lambda path: path.with_name(f"~${path.name}").write_bytes(excel_mark("Ana"))


def test_a_report_into_an_open_workbook_is_refused_and_says_how_to_go_on(
    tmp_path, run, marked, language
):
    path = tiny(tmp_path / "book.xlsx")
    before = path.read_bytes()
    mark, who = marked(path)
    said = run("report", path, "--in-place", language=language)
    assert (said.code, said.codes) == (4, {"XK415"}), said.err
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith(
        "erreur\u00a0: book.xlsx" if language == "fr" else "error: book.xlsx"
    )
    for part in (
        who,
        mark.name,
        "ouvert dans un autre programme" if language == "fr" else "another program has it open",
        "relancez" if language == "fr" else "run the command again",
    ):
        assert part in said.err
    assert "\x1b" not in said.err
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == sorted([mark, path]), "not even a copy"


def test_an_import_into_an_open_workbook_is_refused_before_anything_is_asked(tmp_path, run, excel):
    path, export = tiny(tmp_path / "book.xlsx"), tmp_path / "no such file.csv"
    excel(path)
    said = run("import", export, "--into", path)
    assert (said.code, said.codes) == (4, {"XK415"}), said.err


def test_a_trial_import_reads_an_open_workbook(tmp_path, run, excel):
    path, export = tiny(tmp_path / "book.xlsx"), tmp_path / "posts.csv"
    export.write_text(
        "Post ID,Publish time,Permalink,Reach,Likes,Comments,Shares,Saves\n"
        "17900000000000001,03/20/2026 10:00,https://www.instagram.com/p/A/,100,10,1,1,1\n"
    )
    excel(path)
    assert "XK415" not in run("import", export, "--into", path, "--dry-run").codes


def test_an_open_report_is_not_refreshed_and_the_workbook_may_stay_open(tmp_path, run, excel):
    path, target = tiny(tmp_path / "book.xlsx"), tmp_path / "book-report.xlsx"
    assert run("report", path).code == 0
    before = target.read_bytes()
    excel(target)
    assert (said := run("report", path)).code == 4, said.err
    assert target.read_bytes() == before
    (tmp_path / "~$book-report.xlsx").unlink()
    excel(path)
    said = run("report", path)
    assert said.code == 0, said.err
    assert "XK416" in said.codes, "what is not saved yet is not in the report"


def test_reading_an_open_workbook_is_a_remark_on_the_error_channel(tmp_path, run, excel, language):
    path = tiny(tmp_path / "book.xlsx")
    excel(path)
    said = run("check", path, "--json", language=language)
    assert said.code == 0
    assert said.json["findings"] == []
    assert said.err.count("[XK416]") == 1


def test_a_mark_without_its_file_stops_nothing(tmp_path, run, excel):
    """The program was killed, and the report has been moved away since."""
    excel(tmp_path / "book-report.xlsx")
    assert run("report", tiny(tmp_path / "book.xlsx")).code == 0


def test_only_a_small_plain_file_is_a_mark(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    mark = tmp_path / "~$book.xlsx"
    os.mkfifo(mark)  # reading it would wait for ever
    assert run("report", path, "--in-place").code == 0
    mark.unlink()
    mark.mkdir()
    assert run("report", path, "--in-place").code == 0
    mark.rmdir()
    shutil.copyfile(path, mark)
    assert run("report", path, "--in-place").code == 0


def test_the_mark_is_found_beside_the_file_that_a_link_leads_to(tmp_path, run, excel):
    (tmp_path / "share").mkdir()
    path = tiny(tmp_path / "share" / "book.xlsx")
    (tmp_path / "link.xlsx").symlink_to(path)
    excel(path)
    assert run("report", tmp_path / "link.xlsx", "--in-place").codes == {"XK415"}


def test_a_mark_is_named_once_however_the_workbook_is_called(tmp_path, run, excel, monkeypatch):
    excel(tiny(tmp_path / "book.xlsx"))
    monkeypatch.chdir(tmp_path)
    assert run("report", "book.xlsx", "--in-place").err.count("~$book.xlsx") == 1


def test_a_workbook_opened_while_the_report_is_made_is_not_written(
    tmp_path, run, monkeypatch, excel
):
    from xlkpi.excel.jobs import report as filereport

    path = tiny(tmp_path / "book.xlsx")
    before, render = path.read_bytes(), filereport.render

    def opened_meanwhile(*given):
        excel(path)
        return render(*given)

    monkeypatch.setattr(filereport, "render", opened_meanwhile)
    assert run("report", path, "--in-place").codes == {"XK415"}
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.bak.xlsx")), "a copy of what was not replaced is of no use"


def test_an_open_deck_is_not_replaced_and_nothing_else_is_written(tmp_path, run, excel):
    path = tiny(tmp_path / "book.xlsx")
    (tmp_path / "deck.pptx").write_bytes(b"slides")
    excel(tmp_path / "deck.pptx")
    said = run("report", path, "--pptx", tmp_path / "deck.pptx")
    assert (said.code, said.codes) == (4, {"XK415"})
    assert "PowerPoint, Ana" in said.err
    assert not (tmp_path / "book-report.xlsx").exists()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_mark_of_a_running_libreoffice_is_seen(tmp_path, run):
    path = tiny(tmp_path / "book.xlsx")
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            str(path),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 60
        while not marks._marks(path) and time.monotonic() < end:
            time.sleep(0.2)
        said = run("report", path, "--in-place")
    finally:
        os.killpg(office.pid, 9)
        office.wait()
    assert (said.code, said.codes) == (4, {"XK415"}), said.err
    assert "LibreOffice" in said.err
