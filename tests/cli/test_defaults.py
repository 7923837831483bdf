"""A user's own defaults: read from one file, told by doctor, and never in the way of a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xlkpi.cli.speaking import user_language
from xlkpi.files import userdefaults
from xlkpi.files.userdefaults import UserDefaults


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes the file of the defaults for a test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))

    def put(text: str) -> Path:
        place = userdefaults.path()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return place

    return put


def test_no_file_is_no_defaults(write):
    assert userdefaults.read() == UserDefaults()


def test_every_default_is_read(write):
    write(
        'language = "fr"\npalette = "green_red"\ntolerance = 0.1\ncurrency = "usd"\n'
        'deck_template = "/brand/deck.potx"\n'
    )
    assert userdefaults.read() == UserDefaults(
        "fr", "green_red", 0.1, "USD", Path("/brand/deck.potx")
    )


@pytest.mark.parametrize(
    "line",
    [
        'language = "de"',
        'palette = "pink"',
        "tolerance = 5",
        "tolerance = true",
        'currency = "euros"',
        "deck_template = 3",
        'colour = "blue"',
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_others_hold(write, line):
    write(f'{line}\nlanguage = "fr"\n' if "language" not in line else line)
    said = userdefaults.read()
    assert len(said.unusable) == 1
    assert line.split(" ")[0] in said.unusable[0]
    assert said.language == ("fr" if "language" not in line else None)


def test_a_file_that_is_no_toml_is_told(write):
    write("language: fr")
    said = userdefaults.read()
    assert said.language is None
    assert said.unusable[0].startswith("defaults.toml")


def test_the_language_of_the_defaults_stands_between_environment_and_system(write, monkeypatch):
    write('language = "fr"')
    monkeypatch.delenv("XLKPI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert user_language([]) == "fr"
    monkeypatch.setenv("XLKPI_LANG", "en")
    assert user_language([]) == "en"
    assert user_language(["--lang", "fr"]) == "fr"


def test_doctor_shows_the_defaults_and_where_they_are(write, run, language):
    place = write('currency = "USD"\npalette = "pink"\n')
    said = run("doctor", language=language)
    assert str(place) in said.out
    assert "USD" in said.out
    assert "pink" in said.out


def settings_of(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path)["Settings"]
    return {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}


def test_a_new_workbook_starts_with_them(write, run, tmp_path):
    write('currency = "USD"\npalette = "green_red"\ntolerance = 0.1\n')
    assert run("new", tmp_path / "a.xlsx").code == 0
    said = settings_of(tmp_path / "a.xlsx")
    assert (said["Currency"], said["Tolerance"]) == ("USD", 0.1)
    assert "Green" in str(said["Colours"])


def test_currency_of_the_command_beats_the_defaults(write, run, tmp_path):
    write('currency = "USD"\n')
    assert run("new", tmp_path / "a.xlsx", "--currency", "gbp").code == 0
    assert settings_of(tmp_path / "a.xlsx")["Currency"] == "GBP"


@pytest.mark.parametrize("word", ["pounds", "€", "GB", ""])
def test_what_is_no_currency_code_is_refused(write, run, tmp_path, language, word):
    said = run("new", tmp_path / "a.xlsx", f"--currency={word}", language=language)
    assert said.code == 2
    assert "GBP" in said.err
    assert not (tmp_path / "a.xlsx").exists()
