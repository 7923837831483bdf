"""xlkpi doctor: a healthy installation has nothing to do; each planted defect is found, and its line says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.excel.addin.profiles import Registry, python_at
from xlkpi.core.texts import LANGUAGES, Language
from xlkpi.excel.addin import contents, doctor
from xlkpi.excel.addin import install as setup
from xlkpi.excel.addin.doctor import CHECKS, Line, Sign
from xlkpi.excel.addin.machine import Profile

WRONG, ATTENTION, OK = Sign.WRONG, Sign.ATTENTION, Sign.OK
POLICIES = r"Software\Policies\Microsoft\Office\16.0\excel"
PROGRAM = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Options"
ASR = r"Windows Defender Exploit Guard\ASR\Rules"
DEFENDER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
CHILDREN, API_CALLS = "d4f940ab-401b-4efc-aadc-ad5f3c50688a", "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"

#: Puts one defect into a healthy installation; may give another profile.
Plant = Callable[[Profile], Profile | None]


def lines_of(profile: Profile, check: str) -> list[Line]:
    return [line for line in doctor.examine(profile) if line.check == check]


def noted(key: str, **values: object) -> Plant:
    """A registry key with these values."""

    def plant(profile: Profile) -> None:
        assert isinstance(profile.registry, Registry)
        profile.registry[key] = dict(values)

    return plant


def configured(**changes: str | None) -> Plant:
    """Another value for a key of the configuration; None takes the line out."""

    def plant(profile: Profile) -> None:
        pairs = [
            (key, changes.get(key, value)) for key, value in contents.read_configuration(profile)
        ]
        text = "".join(f"{key}={value}\r\n" for key, value in pairs if value is not None)
        profile.configuration.write_bytes(text.encode("utf-16-le"))

    return plant


def copied(where: Callable[[Profile], Path], name: str = "xlkpi.xlam") -> Plant:
    def plant(profile: Profile) -> None:
        where(profile).mkdir(parents=True, exist_ok=True)
        (where(profile) / name).write_bytes(b"copy")

    return plant


def also(*plants: Plant) -> Plant:
    def plant(profile: Profile) -> Profile | None:
        for each in plants:
            profile = each(profile) or profile
        return profile

    return plant


def alternative(profile: Profile) -> Path:
    return profile.home / "startup too"


def dlls_removed(*bits: int) -> Plant:
    def plant(profile: Profile) -> None:
        for each in bits:
            found = profile.dll(each)
            assert found is not None
            found.unlink()

    return plant


def other_python(profile: Profile) -> Profile:
    return replace(profile, python=python_at(profile.prefix / "other" / "python.exe"))


def broken_python(profile: Profile) -> None:
    profile.interpreter.write_text(
        "#!/bin/sh\necho 'ImportError: DLL load failed' >&2\nexit 1\n", encoding="utf-8"
    )


def marked(zone: int) -> Plant:
    return lambda profile: (
        profile.addin.with_name("xlkpi.xlam:Zone.Identifier").write_text(
            f"[ZoneTransfer]\r\nZoneId={zone}\r\nHostUrl=https://example.com/\r\n", encoding="utf-8"
        )
        and None
    )


def disabled(path: str) -> Plant:
    item = b"\x01\0\0\0" + len(path).to_bytes(4, "little") + b"\0\0\0\0" + path.encode("utf-16-le")
    return noted(r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems", A1B2=item)


def policy(where: str, name: str, value: object, hive: str = "HKCU") -> Plant:
    return noted(rf"{hive}\{POLICIES}{where}", **{name: value})


DEFECTS: dict[str, tuple[Plant, str, Sign, str, str]] = {
    # defect: how it is planted, the check that finds it, its sign, what the line says in English and in French
    "store": (
        lambda p: replace(
            p, base=Path("C:/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.12")
        ),
        "python",
        WRONG,
        "Microsoft Store",
        "Microsoft Store",
    ),
    "xlwings version": (
        lambda p: replace(p, xlwings="0.38.0"),
        "xlwings",
        WRONG,
        "0.38.0 is installed, xlkpi needs exactly 0.37.8",
        "0.38.0 est installée",
    ),
    "broken python": (
        broken_python,
        "isolated",
        WRONG,
        "ImportError: DLL load failed",
        "ImportError: DLL load failed",
    ),
    "no dll": (
        dlls_removed(32, 64),
        "dll",
        WRONG,
        "xlwings64-0.37.8.dll, xlwings32-0.37.8.dll is missing",
        "manque",
    ),
    "no dll for this excel": (
        also(
            dlls_removed(32),
            noted(r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration", Platform="x86"),
        ),
        "dll",
        WRONG,
        "xlwings32-0.37.8.dll is missing",
        "xlwings32-0.37.8.dll manque",
    ),
    "no add-in": (lambda p: p.addin.unlink(), "addin", WRONG, "not installed", "non installé"),
    "old add-in": (
        also(lambda p: p.addin.write_bytes(b"old") and None, configured(version="0.0.9")),
        "addin",
        WRONG,
        "version 0.0.9",
        "version 0.0.9",
    ),
    "add-in is a folder": (
        lambda p: p.addin.unlink() or p.addin.mkdir(),
        "addin",
        WRONG,
        "cannot be read",
        "illisible",
    ),
    "no configuration": (
        lambda p: p.configuration.unlink(),
        "configuration",
        WRONG,
        "there is no",
        "il n’y a pas",
    ),
    "no interpreter": (
        configured(interpreter=None),
        "configuration",
        WRONG,
        "incomplete",
        "incomplet",
    ),
    "no dll lines": (
        configured(dll32=None, dll64=None),
        "configuration",
        WRONG,
        "incomplete",
        "incomplet",
    ),
    "empty configuration": (
        lambda p: p.configuration.write_bytes(b"") and None,
        "configuration",
        WRONG,
        "incomplete",
        "incomplet",
    ),
    "interpreter gone": (
        configured(interpreter="/gone/pythonw.exe"),
        "configuration",
        WRONG,
        "/gone/pythonw.exe",
        "n’existe plus",
    ),
    "dll gone": (
        configured(dll64="/gone/xlwings64.dll"),
        "configuration",
        WRONG,
        "/gone/xlwings64.dll",
        "n’existe plus",
    ),
    "old configuration": (
        configured(version="0.0.9"),
        "configuration",
        WRONG,
        "it is from xlkpi 0.0.9",
        "il vient de xlkpi 0.0.9",
    ),
    "dll of another kind came later": (
        configured(dll32=None),
        "configuration",
        WRONG,
        "not what this version writes",
        "n’est pas ce que cette version écrit",
    ),
    "another python": (other_python, "configuration", ATTENTION, "another Python", "autre Python"),
    "copy in AddIns": (copied(lambda p: p.addins), "copies", WRONG, "another copy", "autre copie"),
    "copy in XLSTART": (
        copied(lambda p: p.startup, "xlkpi (1).xlam"),
        "copies",
        WRONG,
        "xlkpi (1).xlam",
        "xlkpi (1).xlam",
    ),
    "copy in the program": (
        lambda p: also(
            noted(PROGRAM, Path=str(alternative(p))), copied(lambda q: alternative(q) / "XLSTART")
        )(p),
        "copies",
        WRONG,
        "startup too/XLSTART/xlkpi.xlam",
        "startup too/XLSTART/xlkpi.xlam",
    ),
    "copy in the alternative folder": (
        lambda p: also(noted(OPTIONS, AltStartup=str(alternative(p))), copied(alternative))(p),
        "copies",
        WRONG,
        "startup too/xlkpi.xlam",
        "startup too/xlkpi.xlam",
    ),
    "ticked copy": (
        noted(OPTIONS, OPEN='/R "C:/Roaming/Downloads/xlkpi.xlam"', OPEN1="/F other.xlam"),
        "copies",
        WRONG,
        "C:/Roaming/Downloads/xlkpi.xlam",
        "C:/Roaming/Downloads/xlkpi.xlam",
    ),
    "ticked copy in AddIns": (
        noted(OPTIONS, OPEN2='"XLKPI.XLAM"'),
        "copies",
        WRONG,
        "AddIns/XLKPI.XLAM",
        "AddIns/XLKPI.XLAM",
    ),
    "xlwings' add-in": (
        copied(lambda p: p.startup, "xlwings.xlam"),
        "copies",
        ATTENTION,
        "takes settings from the workbooks",
        "prend des réglages",
    ),
    "VBA off": (
        noted(r"HKCU\Software\Policies\Microsoft\Office\16.0\Common", VBAOff=1),
        "policies",
        WRONG,
        "turns VBA off",
        "désactive VBA",
    ),
    "no trusted location": (
        policy(r"\security\trusted locations", "AllLocationsDisabled", 1),
        "policies",
        WRONG,
        "trusted locations are disabled",
        "emplacements approuvés sont désactivés",
    ),
    "no trusted location by choice": (
        noted(
            r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations",
            AllLocationsDisabled=1,
        ),
        "policies",
        WRONG,
        "trusted locations are disabled",
        "emplacements approuvés sont désactivés",
    ),
    "no add-ins": (
        policy(r"\security", "DisableAllAddins", 1),
        "policies",
        WRONG,
        "all add-ins are disabled",
        "tous les compléments sont désactivés",
    ),
    "signed add-ins only": (
        policy(r"\security", "RequireAddinSig", 1),
        "policies",
        ATTENTION,
        "must be signed",
        "doivent être signés",
    ),
    "macros off": (
        policy(r"\security", "VBAWarnings", 4),
        "policies",
        ATTENTION,
        "disables unsigned macros",
        "désactive les macros",
    ),
    "macros off for the machine": (
        policy(r"\security", "VBAWarnings", 3, "HKLM"),
        "policies",
        ATTENTION,
        "disables unsigned macros",
        "désactive les macros",
    ),
    "internet macros": (
        policy(r"\security", "blockcontentexecutionfrominternet", 1),
        "policies",
        ATTENTION,
        "from the internet",
        "venus d’Internet",
    ),
    "listed add-ins only": (
        policy(r"\resiliency", "RestrictToList", 1),
        "policies",
        ATTENTION,
        "listed add-ins only",
        "une liste",
    ),
    "blocked by name": (
        policy(r"\resiliency\addinlist", "xlkpi.xlam", "0"),
        "policies",
        WRONG,
        "by its name",
        "par son nom",
    ),
    "rule of a group policy": (
        noted(rf"{DEFENDER}\{ASR}", **{CHILDREN: "1"}),
        "defender",
        WRONG,
        "cannot start Python",
        "ne peut lancer Python",
    ),
    "rule of a device manager": (
        noted(rf"{DEFENDER}\Policy Manager", ASRRules=f"{CHILDREN.upper()}=2|{{{API_CALLS}}}=1"),
        "defender",
        WRONG,
        "cannot load xlwings’ DLL",
        "ne peut charger la DLL",
    ),
    "rule of an administrator": (
        noted(rf"HKLM\Software\Microsoft\Windows Defender\{ASR}", **{CHILDREN: 1}),
        "defender",
        WRONG,
        "cannot start Python",
        "ne peut lancer Python",
    ),
    "rule that warns": (
        noted(rf"{DEFENDER}\{ASR}", **{CHILDREN: "6"}),
        "defender",
        ATTENTION,
        "cannot start Python",
        "ne peut lancer Python",
    ),
    "mark of the web": (
        marked(3),
        "mark",
        WRONG,
        "downloaded from the internet",
        "téléchargé d’Internet",
    ),
    "disabled add-in": (
        disabled(r"c:\users\zoé\appdata\roaming\microsoft\excel\xlstart\xlkpi.xlam"),
        "disabled",
        WRONG,
        "disabled the add-in",
        "désactivé le complément",
    ),
    "something disabled": (
        disabled(r"c:\other.xlam"),
        "disabled",
        ATTENTION,
        "has disabled something",
        "désactivé quelque chose",
    ),
}


@pytest.fixture
def installed(windows: Profile) -> Profile:
    setup.install(windows)
    return windows


def test_a_healthy_installation_has_nothing_to_do(profile):
    setup.install(profile)
    lines = doctor.examine(profile)
    assert [line for line in lines if line.sign is not OK] == []
    assert [line for line in lines if line.fix.en or line.fix.fr] == []
    assert doctor.is_well(lines)
    assert [line.check for line in lines] == [
        c for c in CHECKS if c in {line.check for line in lines}
    ]
    absent = set(CHECKS) - {line.check for line in lines}
    assert absent == (
        {"script"} if profile.windows else {"dll", "policies", "defender", "mark", "disabled"}
    )


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found_and_its_line_says_what_to_do(installed, defect):
    plant, check, sign, english, french = DEFECTS[defect]
    profile = plant(installed) or installed
    (line,) = lines_of(profile, check)
    assert line.sign is sign
    for language, words, fix in zip(
        LANGUAGES, (english, french), (" Fix: ", " Solution\u00a0: "), strict=True
    ):
        told = line.message(language)
        assert words in told.replace("\u00a0", " ")
        assert fix in told
        assert len(line.fix.in_(language)) > 15
        assert told.startswith(
            {WRONG: ("[wrong]", "[à corriger]"), ATTENTION: ("[attention]",) * 2}[sign][
                language == "fr"
            ]
        )


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_alarms_no_other_check(installed, defect):
    """Whoever repairs the one line that is wrong must not be sent elsewhere too."""
    plant, check, sign, *_ = DEFECTS[defect]
    profile = plant(installed) or installed
    others = {line.check for line in doctor.examine(profile) if line.sign is WRONG} - {check}
    assert others <= {
        "no dll": {"configuration"},
        "no dll for this excel": {"configuration"},
        "old add-in": {"configuration"},
    }.get(defect, set())
    assert doctor.is_well(doctor.examine(profile)) is (sign is not WRONG)


def test_every_check_has_a_planted_defect():
    assert {check for _, check, *_ in DEFECTS.values()} == set(CHECKS) - {
        "script",
        "edition",
        "defaults",  # tests/cli/test_defaults.py
    }


def test_a_mac_without_its_applescript_is_told(mac, language):
    setup.install(mac)
    mac.script.write_bytes(b"on another version")
    (line,) = lines_of(mac, "script")
    assert line.sign is WRONG
    assert "xlkpi install" in line.message(language)


def test_installing_repairs_what_doctor_sends_there(installed):
    for defect, (plant, check, *_) in DEFECTS.items():
        if check in ("addin", "configuration") and defect != "add-in is a folder":
            profile = plant(installed) or installed
            assert any("xlkpi install" in line.fix.en for line in lines_of(profile, check)), defect
            setup.install(profile)
            assert {line.sign for line in doctor.examine(profile)} == {OK}, defect
            setup.install(installed)


def test_before_the_installation_doctor_sends_there(profile, language):
    lines = doctor.examine(profile)
    assert not doctor.is_well(lines)
    wrong = {line.check: line for line in lines if line.sign is WRONG}
    assert wrong.keys() == (
        {"addin", "configuration"} if profile.windows else {"addin", "configuration", "script"}
    )
    assert all("xlkpi install" in line.message(language) for line in wrong.values())


def test_problems_come_first(installed):
    installed.addin.unlink()
    copied(lambda p: p.startup, "xlwings.xlam")(installed)
    signs = [line.sign for line in doctor.examine(installed)]
    assert signs == sorted(signs, key=[WRONG, ATTENTION, OK].index)
    assert {*signs} == {WRONG, ATTENTION, OK}


def test_the_python_that_excel_starts_is_the_one_that_is_tried(installed, tmp_path):
    """Another Python may run doctor than the one in the configuration."""
    broken = python_at(tmp_path / "broken" / "pythonw.exe")
    broken.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    configured(interpreter=str(broken))(installed)
    (line,) = lines_of(installed, "isolated")
    assert line.sign is WRONG
    assert "exit code 3" in line.found.en


def test_another_environment_of_the_same_python_is_another_python(mac, tmp_path):
    """On a Mac environments are links to one file."""
    setup.install(mac)
    link = tmp_path / "other" / "python"
    link.parent.mkdir()
    link.symlink_to(mac.python)
    (line,) = lines_of(replace(mac, python=link), "configuration")
    assert line.sign is ATTENTION


def test_our_own_add_in_is_no_other_copy(installed):
    noted(OPTIONS, OPEN=f'"{installed.addin}"', AltStartup=str(installed.startup))(installed)
    assert [line.sign for line in lines_of(installed, "copies")] == [OK]


def test_policies_that_are_off_alarm_nobody(installed):
    for where, name in (
        (r"\security", "VBAWarnings"),
        (r"\security\trusted locations", "AllLocationsDisabled"),
        (r"\security", "blockcontentexecutionfrominternet"),
    ):
        policy(where, name, 0)(installed)
    noted(rf"{DEFENDER}\{ASR}", **{CHILDREN: "2", API_CALLS: "0"})(
        installed
    )  # 2: audit, nothing is blocked
    marked(0)(installed)
    assert {line.sign for line in doctor.examine(installed)} == {OK}


def test_a_stronger_rule_wins(installed):
    noted(rf"HKLM\Software\Microsoft\Windows Defender\{ASR}", **{CHILDREN: "1"})(installed)
    noted(rf"{DEFENDER}\{ASR}", **{CHILDREN: "0"})(installed)
    assert [line.sign for line in lines_of(installed, "defender")] == [OK]


@pytest.mark.parametrize(
    ("locked", "check"),
    [
        (rf"Policies\Microsoft\Windows Defender\{ASR}", "defender"),
        (r"Policy Manager", "defender"),
        (r"Excel\Security", "policies"),
        (r"DisabledItems", "disabled"),
        (r"Excel\Options", "copies"),
        ("Configuration", "dll"),
    ],
)
def test_what_may_not_be_read_is_said(installed, language, locked, check):
    installed.registry.locked = (locked,)
    (line,) = lines_of(installed, check)
    assert line.sign is ATTENTION
    assert ("cannot tell" if language == "en" else "impossible à dire") in line.message(language)
    assert doctor.is_well(doctor.examine(installed))


def test_what_can_be_read_is_said_although_the_rest_cannot(installed):
    installed.registry.locked = (
        rf"HKLM\Software\Microsoft\Windows Defender\{ASR}",
        r"HKLM\Software\Policies\Microsoft\Office\16.0\Common",
    )
    noted(rf"{DEFENDER}\{ASR}", **{CHILDREN: "1"})(installed)
    policy(r"\security", "DisableAllAddins", 1)(installed)
    for check in ("defender", "policies"):
        assert [line.sign for line in lines_of(installed, check)] == [WRONG, ATTENTION]


@pytest.mark.parametrize("value", ["", "x", -1, b"\x00", None, 2**40])
def test_strange_registry_values_are_no_reason_to_fail(installed, value):
    for key in (
        rf"HKCU\{POLICIES}\security",
        OPTIONS,
        rf"{DEFENDER}\{ASR}",
        rf"{DEFENDER}\Policy Manager",
        r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems",
    ):
        installed.registry[key] = dict.fromkeys(
            ("VBAWarnings", "AltStartup", "OPEN", CHILDREN, "ASRRules"), value
        )
    assert doctor.is_well(doctor.examine(installed))


# -- which edition -----------------------------------------------------------------------------------


def edition(profile: Profile, language: Language) -> str:
    (line,) = lines_of(profile, "edition")
    return line.message(language)


def test_windows_is_sent_to_the_add_in(installed, language):
    assert edition(installed, language).startswith(
        "[ok] Edition: the add-in" if language == "en" else "[ok] Édition\u00a0: le complément"
    )


@pytest.mark.parametrize("defect", ["VBA off", "rule of a group policy"])
def test_where_the_add_in_is_blocked_the_lambda_edition_is_named(installed, language, defect):
    DEFECTS[defect][0](installed)
    told = edition(installed, language)
    assert told.startswith("[attention]")
    assert "xlkpi new --edition lambda" in told


def test_a_mac_is_sent_to_the_lambda_edition_for_cells(mac, language):
    assert "xlkpi new --edition lambda" in edition(mac, language)


def test_a_system_without_excel_is_sent_to_the_command_line(mac, language):
    profile = replace(mac, platform="linux")
    assert {line.check for line in doctor.examine(profile)} == {
        "python",
        "xlwings",
        "isolated",
        "defaults",
        "edition",
    }
    assert ("command line" if language == "en" else "ligne de commande") in edition(
        profile, language
    )
    assert doctor.is_well(doctor.examine(profile))


# -- as others see it --------------------------------------------------------------------------------


def test_lines_travel_as_json(installed, language):
    for line in doctor.examine(installed):
        assert json.loads(json.dumps(line.as_json(language))).keys() == {
            "check",
            "sign",
            "found",
            "fix",
            "message",
        }


def test_the_set_up_check_shows_the_same_lines(language, monkeypatch, installed):
    monkeypatch.setattr(Profile, "of_this_machine", classmethod(lambda cls: installed))
    lines = doctor.diagnose(language)
    assert lines == [line.message(language) for line in doctor.examine(installed)]
    assert all(isinstance(line, str) for line in lines)
    assert any(version("xlkpi") in line for line in lines)
