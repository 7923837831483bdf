"""The README tells what the program does today."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from xlkpi.cli import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPTIONS = [
    (name, option)
    for name, command in cli.commands.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]


def test_generated_parts_are_current():
    """The KPI table is the catalogue's, the benchmark table the last run's."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "readme.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_explained(command: str, option: str):
    section = README.split(f"#### `xlkpi {command}", 1)[1].split("\n#", 1)[0]
    assert f"`{option}" in section


def test_pictures_and_links_lead_somewhere():
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_each_dependency_has_its_reason():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=!~ ]", dependency, maxsplit=1)[0]
        assert f"| {name} |" in README.replace("XlsxWriter", "xlsxwriter").replace("Babel", "babel")
