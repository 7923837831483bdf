"""xlkpi install and uninstall: the right files with the right bytes, all or none, and no trace afterwards."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.excel.addin.profiles import SYSTEMS, listing, on_windows, python_at
from xlkpi.core.findings import NotWritten, Refused
from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.addin import contents, placing
from xlkpi.excel.addin import install as setup
from xlkpi.excel.addin.machine import Profile
from xlkpi.files import leftovers

ROOT = Path(__file__).resolve().parents[3]


def as_vba_reads(profile: Profile) -> dict[str, str]:
    """Windows: the bytes are the String; macOS: text.  Lines, then the first equals sign."""
    data = profile.configuration.read_bytes()
    text = data.decode("utf-16-le") if profile.windows else data.decode("ascii")
    lines = text.split("\r\n" if profile.windows else "\n")
    assert lines[-1] == "", "the last line is ended too"
    return dict(line.split("=", 1) for line in lines[:-1])


def refusal(profile: Profile) -> str:
    """The code with which an installation is refused; it leaves everything as it was and says what to do."""
    before = listing(profile.home)
    with pytest.raises(Refused) as refused:
        setup.install(profile)
    assert listing(profile.home) == before
    (finding,) = refused.value.findings
    assert all(finding.fix.in_(language) for language in LANGUAGES)
    return finding.code


# -- what is written -------------------------------------------------------------------------------


def test_windows_files_are_where_excel_and_the_add_in_look(windows):
    setup.install(windows)
    roaming = windows.roaming
    assert (roaming / "Microsoft/Excel/XLSTART/xlkpi.xlam").read_bytes() == contents.addin()
    assert (roaming / "xlkpi/xlkpi.conf").is_file()
    assert sorted(p.name for p in windows.home.rglob("*") if p.is_file()) == [
        "xlkpi.conf",
        "xlkpi.xlam",
    ]


def test_mac_files_are_where_excel_and_the_add_in_look(mac):
    setup.install(mac)
    library = mac.home / "Library"
    startup = (
        library
        / "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
    )
    assert (startup / "xlkpi.xlam").read_bytes() == contents.addin()
    assert (library / "Containers/com.microsoft.Excel/Data/xlkpi.conf").is_file()
    script = (library / "Application Scripts/com.microsoft.Excel/xlkpi.applescript").read_bytes()
    assert script == contents.applescript()
    assert b"\r" not in script
    assert sum(p.is_file() for p in mac.home.rglob("*")) == 3


def test_configuration_on_windows_in_a_profile_with_accents_spaces_and_chinese(windows):
    setup.install(windows)
    env = windows.prefix
    read = as_vba_reads(windows)
    assert list(read)[:4] == ["interpreter", "dll64", "dll32", "version"]
    assert read["interpreter"] == str(env / "Scripts" / "pythonw.exe")
    assert read["dll64"] == str(env / "xlwings64-0.37.8.dll")
    assert read["dll32"] == str(env / "xlwings32-0.37.8.dll")
    assert read["version"] == version("xlkpi")
    assert "陈" in read["made"]
    assert not windows.configuration.read_bytes().startswith(b"\xff\xfe"), (
        "VBA would read the mark as a character"
    )


def test_configuration_on_a_mac(mac):
    setup.install(mac)
    read = as_vba_reads(mac)
    assert read["interpreter"] == str(mac.python)
    assert read["version"] == version("xlkpi")
    assert not [key for key in read if key.startswith("dll")]


def test_interpreter_is_the_environments_own_and_absolute(mac, tmp_path):
    """A virtual environment's Python is a link; the file behind it does not know the environment's packages."""
    link = tmp_path / "linked" / "bin" / "python"
    link.parent.mkdir(parents=True)
    link.symlink_to(mac.python)
    setup.install(replace(mac, python=link))
    assert as_vba_reads(mac)["interpreter"] == str(link)
    assert link.is_absolute()


def test_without_pythonw_the_console_python_serves(windows):
    (windows.prefix / "Scripts" / "pythonw.exe").unlink()
    setup.install(windows)
    assert as_vba_reads(windows)["interpreter"] == str(windows.python)


@pytest.mark.parametrize("bits", [32, 64])
def test_the_dll_of_each_bitness_is_named_when_it_is_there(windows, bits):
    """Excel's bitness decides, and Excel is not asked before it runs."""
    windows.dll(96 - bits).unlink()
    setup.install(windows)
    assert [key for key in as_vba_reads(windows) if key.startswith("dll")] == [f"dll{bits}"]


def test_dlls_beside_a_plain_installations_python_are_found(tmp_path):
    """python.org and conda keep python.exe in the environment's folder itself."""
    profile = on_windows(tmp_path)
    env = tmp_path / "conda"
    python_at(env / "pythonw.exe")
    shutil.copy(profile.dll(64), env)
    setup.install(replace(profile, python=python_at(env / "python.exe"), prefix=env))
    assert as_vba_reads(profile)["dll64"] == str(env / "xlwings64-0.37.8.dll")


# -- again, over an old one, and away ----------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(profile, language):
    assert setup.install(profile).changed
    before = listing(profile.home)
    again = setup.install(profile)
    assert listing(profile.home) == before
    assert (again.changed, set(again.unchanged)) == ((), set(profile.targets))
    (said,) = setup.installed_lines(again, language)
    assert ("Nothing to do" if language == "en" else "Rien à faire") in said


def test_an_old_version_is_replaced(profile):
    setup.install(profile)
    profile.addin.write_bytes(b"old")
    profile.configuration.write_bytes(
        "interpreter=C:\\gone\r\nversion=0.0.9\r\n".encode("utf-16-le")
    )
    done = setup.install(profile)
    assert set(done.changed) == {profile.addin, profile.configuration}
    assert profile.addin.read_bytes() == contents.addin()
    assert as_vba_reads(profile)["version"] == version("xlkpi")


def test_another_environment_takes_over(windows, tmp_path):
    setup.install(windows)
    other = tmp_path / "other" / "python.exe"
    python_at(other)
    setup.install(replace(windows, python=other))
    assert as_vba_reads(windows)["interpreter"] == str(other)


@pytest.mark.parametrize(
    "used", [False, True], ids=["Excel has no folders yet", "Excel has its folders"]
)
def test_uninstall_leaves_no_trace(profile, used):
    if used:
        profile.startup.mkdir(parents=True)
        (profile.startup / "PERSONAL.XLSB").write_bytes(b"mine")
    before = listing(profile.home)
    for _ in range(2):  # the second installation must not forget what the first one made
        setup.install(profile)
    assert set(setup.uninstall(profile).changed) == set(profile.targets)
    assert listing(profile.home) == before


def test_an_upgrade_in_between_still_leaves_no_trace(profile):
    before = listing(profile.home)
    setup.install(profile)
    profile.addin.write_bytes(b"old")
    setup.install(profile)
    setup.uninstall(profile)
    assert listing(profile.home) == before


def test_uninstall_keeps_what_a_user_put_into_our_folder(windows):
    setup.install(windows)
    (windows.configuration.parent / "notes.txt").write_text("mine", encoding="utf-8")
    setup.uninstall(windows)
    assert [p.name for p in windows.home.rglob("*") if p.is_file()] == ["notes.txt"]


def test_uninstall_removes_no_folder_that_is_not_above_our_files(windows, tmp_path):
    """The configuration could have been changed by somebody else."""
    setup.install(windows)
    bystander = tmp_path / "empty"
    bystander.mkdir()
    with windows.configuration.open("ab") as file:
        file.write(f"made={bystander}\r\n".encode("utf-16-le"))
    setup.uninstall(windows)
    assert bystander.is_dir()


def test_uninstall_where_nothing_is_installed_says_so(profile, language):
    before = listing(profile.home)
    done = setup.uninstall(replace(profile, excel_runs=lambda: True))
    assert done.changed == ()
    assert listing(profile.home) == before
    (said,) = setup.uninstalled_lines(done, language)
    assert ("not installed" if language == "en" else "n’est pas installé") in said


def test_every_file_that_changed_is_named(profile, language):
    done = setup.install(profile)
    for told in (
        setup.installed_lines(done, language),
        setup.uninstalled_lines(setup.uninstall(profile), language),
    ):
        assert all(any(str(path) in line for line in told) for path in profile.targets)


def test_what_a_killed_run_left_is_swept_and_nothing_else(profile):
    setup.install(profile)
    left = [
        profile.startup.parent / "xlkpi.xlam.ab12_xyz.tmp",
        profile.configuration.parent / "xlkpi.conf.ab12_xyz.tmp",
    ]
    theirs = profile.configuration.parent / "xlkpi.conf.backup.tmp"
    for path in (*left, theirs):
        path.write_bytes(b"half")
    setup.install(profile)
    assert not [path for path in left if path.exists()]
    for path in left:
        path.write_bytes(b"half")
    setup.uninstall(profile)
    assert not [path for path in left if path.exists()]
    assert theirs.exists()


def test_two_installations_at_the_same_moment_leave_each_other_their_files(profile):
    """What a living process has staged stays; a dead one's goes."""
    setup.install(profile)
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    folder = profile.configuration.parent
    living, gone = (
        folder / f"xlkpi.conf.{number}_ab12_xyz.tmp" for number in (os.getpid(), dead.pid)
    )
    for path in (living, gone):
        path.write_bytes(b"half")
    setup.install(profile)
    assert (living.exists(), gone.exists()) == (True, False)
    os.utime(living, (0, 0))
    setup.uninstall(profile)
    assert not living.exists(), "for an hour nobody has written it"


def test_every_staged_file_says_who_writes_it(profile, monkeypatch):
    """Else a second run could not know."""
    seen, stage = [], placing.stage
    monkeypatch.setattr(placing, "stage", lambda *given: seen.append(stage(*given)) or seen[-1])
    setup.install(profile)
    assert seen
    assert all(f".{os.getpid()}_" in path.name for path in seen)


def test_on_windows_what_was_just_written_is_left_alone(tmp_path, monkeypatch):
    """Asking whether the other process lives would end it there."""
    monkeypatch.setattr(leftovers, "os", SimpleNamespace(name="nt"))
    young, old = tmp_path / "a.1_abcd1234.tmp", tmp_path / "a.1_abcd5678.tmp"
    for path in (young, old):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 120,) * 2)
    leftovers.sweep(tmp_path, "a.", ".tmp")
    assert (young.exists(), old.exists()) == (True, False)


def test_nothing_unfinished_ever_stands_in_xlstart(windows, monkeypatch):
    """Excel opens whatever it finds there, so the file appears there whole."""
    seen = set()
    really = os.replace
    monkeypatch.setattr(
        os,
        "replace",
        lambda a, b: (seen.update(p.name for p in windows.startup.iterdir()), really(a, b)),
    )
    setup.install(windows)
    assert seen == set()
    assert [p.name for p in windows.startup.iterdir()] == ["xlkpi.xlam"]


# -- refused, with nothing written -------------------------------------------------------------------


def test_open_excel_refuses_installation(profile):
    assert refusal(replace(profile, excel_runs=lambda: True)) == "XK601"


def test_open_excel_refuses_removal(profile):
    setup.install(profile)
    before = listing(profile.home)
    with pytest.raises(Refused, match="XK601"):
        setup.uninstall(replace(profile, excel_runs=lambda: True))
    assert listing(profile.home) == before


def test_a_mac_where_excel_never_ran_is_refused(mac):
    """A container that Excel did not make itself could keep it from starting."""
    shutil.rmtree(mac.home / "Library")
    assert refusal(mac) == "XK608"


@pytest.mark.parametrize("place", ["base", "python"])
def test_a_python_of_the_microsoft_store_is_refused(windows, place):
    store = windows.home / "AppData" / "Local" / "Microsoft" / "WindowsApps" / "python.exe"
    assert refusal(replace(windows, **{place: store})) == "XK605"


def test_a_missing_dll_is_refused(windows):
    for bits in (32, 64):
        windows.dll(bits).unlink()
    assert refusal(windows) == "XK604"


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without xlkpi."""
    folder = tmp_path_factory.mktemp("bare") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
    return folder / "bin" / "python"


def test_an_environment_without_xlkpi_is_refused(profile, bare_python):
    python_at(profile.interpreter, str(bare_python))
    assert refusal(profile) == "XK602"


def test_a_source_folder_on_pythonpath_is_refused(profile, bare_python, monkeypatch):
    """It works in this terminal and would not in Excel."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    subprocess.run([bare_python, "-c", "import xlkpi.core.texts"], check=True, timeout=60)
    python_at(profile.interpreter, str(bare_python))
    assert refusal(profile) == "XK602"


def test_an_interpreter_that_does_not_start_is_refused(profile):
    profile.interpreter.write_text("not a program", encoding="utf-8")
    assert refusal(profile) == "XK602"


def test_the_proof_runs_without_an_activated_environments_folders(mac, monkeypatch):
    """conda finds its DLLs through PATH when it is activated; Excel has no such PATH."""
    inside = mac.prefix / "Library" / "bin"
    monkeypatch.setenv("PATH", os.pathsep.join([str(inside), os.environ["PATH"]]))
    said = mac.home / "path"
    mac.python.write_text(f'#!/bin/sh\necho "$PATH" >"{said}"\n', encoding="utf-8")
    assert mac.can_serve(mac.python) == ""
    assert str(inside) not in said.read_text()
    assert "/usr/bin" in said.read_text()


def test_this_environment_can_serve_the_add_in():
    here = Profile.of_this_machine()
    assert "xlkpi.excel.udf" in here.serves
    assert here.can_serve(Path(sys.executable)) == ""


# -- paths that Excel is to pass on --------------------------------------------------------------------


def elsewhere(profile: Profile, folder: str) -> Profile:
    """The same profile with its Python in a folder of this name."""
    env = profile.prefix.with_name(folder)
    shutil.copytree(profile.prefix, env)
    return replace(profile, prefix=env, python=env / profile.python.relative_to(profile.prefix))


@pytest.mark.parametrize(
    "folder", ["$(CLSID)", 'a"b', 'x" -c "import os', "two\nlines", "cr\rhere", "tab\there"]
)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_path_that_could_change_the_command_is_refused(tmp_path, system, folder):
    assert refusal(elsewhere(SYSTEMS[system](tmp_path), folder)) == "XK603"


@pytest.mark.parametrize("folder", ["it's", "`id`", "$HOME", "a|b", "back\\slash", "Zoé", "陈"])
def test_a_path_that_applescript_or_its_shell_could_read_otherwise_is_refused(mac, folder):
    assert refusal(elsewhere(mac, folder)) == "XK603"


@pytest.mark.parametrize("folder", ["Zoé & Cie (1)", "O'Brien", "100 % €", "a=b", "$HOME"])
def test_an_ordinary_path_is_written_as_it_is(windows, folder):
    setup.install(elsewhere(windows, folder))
    read = as_vba_reads(windows)
    assert read["interpreter"].endswith(f"/{folder}/Scripts/pythonw.exe")
    assert f"/{folder}/" in read["dll64"]


def test_a_path_outside_the_code_page_gets_its_short_form(windows):
    """CreateProcessA would look for question marks."""
    profile = elsewhere(windows, "陈")
    setup.install(replace(profile, short_path=lambda path: path.replace("陈", "E8F3~1")))
    assert as_vba_reads(profile)["interpreter"].endswith("/E8F3~1/Scripts/pythonw.exe")


def test_a_dll_keeps_its_own_name_and_path(windows):
    """It is loaded by a Unicode function and then found by its name, which a short form would change."""
    profile = elsewhere(windows, "陈")
    setup.install(
        replace(
            profile,
            short_path=lambda path: path.replace("陈", "E8F3~1").replace("xlwings64", "XLWING~1"),
        )
    )
    assert as_vba_reads(profile)["dll64"].endswith("/陈/xlwings64-0.37.8.dll")


def test_a_path_outside_the_code_page_without_short_form_is_refused(windows):
    assert refusal(elsewhere(windows, "陈")) == "XK603"


def test_a_short_form_is_looked_at_as_closely(windows):
    profile = elsewhere(windows, "陈")
    assert (
        refusal(replace(profile, short_path=lambda path: path.replace("陈", "$(CLSID)"))) == "XK603"
    )


@settings(deadline=None)
@given(st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text))
def test_whatever_the_folder_the_configuration_holds_exactly_its_keys(tmp_path_factory, text):
    for make in SYSTEMS.values():
        profile = make(tmp_path_factory.mktemp("any"))
        try:
            spoken = contents.spellable(profile, Path("/somewhere") / text / "python")
        except Refused:
            continue
        end, codec = ("\r\n", "utf-16-le") if profile.windows else ("\n", "ascii")
        profile.configuration.parent.mkdir(parents=True, exist_ok=True)
        profile.configuration.write_bytes(f"interpreter={spoken}{end}".encode(codec))
        assert (
            as_vba_reads(profile)
            == {"interpreter": spoken}
            == dict(contents.read_configuration(profile))
        )
        assert not {'"', "$("} & {spoken[i : i + n] for i in range(len(spoken)) for n in (1, 2)}


# -- folders and disks that do not let us write ----------------------------------------------------------


@pytest.fixture
def open_folder():
    """A folder that another user may enter and write to: root may write everywhere, so tests step down from it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


def as_ordinary_user(folder: Path, locked: Path, act) -> NotWritten:
    """Run ``act`` as somebody who may write below ``folder``, but not in ``locked``."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777)
    locked.chmod(0o555)
    user = os.geteuid()
    before = listing(folder)
    try:
        if user == 0:
            os.seteuid(65534)
        with pytest.raises(NotWritten) as problem:
            act()
    finally:
        os.seteuid(user)
        locked.chmod(0o755)
    assert listing(folder) == before, "not all or nothing"
    assert all(problem.value.finding.fix.in_(language) for language in LANGUAGES)
    return problem.value


@pytest.mark.parametrize(
    ("system", "which"),
    [
        ("windows", ".xlam"),
        ("windows", ".conf"),
        ("mac", ".xlam"),
        ("mac", ".conf"),
        ("mac", ".applescript"),
    ],
)
@pytest.mark.parametrize("old", [False, True], ids=["new", "over an old one"])
def test_a_read_only_folder_leaves_everything_as_it_was(open_folder, system, which, old):
    profile = SYSTEMS[system](open_folder)
    (locked,) = (path.parent for path in profile.targets if path.suffix == which)
    if old:
        setup.install(profile)
        for path in profile.targets:
            path.write_bytes(b"old")
    locked.mkdir(parents=True, exist_ok=True)
    problem = as_ordinary_user(open_folder, locked, lambda: setup.install(profile))
    assert problem.finding.code == "XK606"
    assert str(locked) in problem.finding.place


@pytest.mark.parametrize("system", SYSTEMS)
def test_an_add_in_that_cannot_be_removed_keeps_everything(open_folder, system):
    profile = SYSTEMS[system](open_folder)
    setup.install(profile)
    problem = as_ordinary_user(open_folder, profile.startup, lambda: setup.uninstall(profile))
    assert problem.finding.code == "XK607"


def test_a_file_in_the_place_of_a_folder_is_told(profile):
    profile.startup.parent.mkdir(parents=True, exist_ok=True)
    profile.startup.write_text("in the way", encoding="utf-8")
    before = listing(profile.home)
    with pytest.raises(NotWritten, match="XK606"):
        setup.install(profile)
    assert listing(profile.home) == before


@pytest.mark.parametrize("room", [10, 200, 3000])
def test_a_full_disk_leaves_the_old_version(profile, room):
    setup.install(profile)
    for path in profile.targets:
        path.write_bytes(b"old")
    before = listing(profile.home)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(NotWritten, match="XK606"):
            setup.install(profile)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert listing(profile.home) == before
