"""A shell completes commands, options and choices."""

from __future__ import annotations

import shutil
import subprocess

import pytest

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.mark.parametrize("shell_name", SHELLS)
def test_each_shell_gets_its_script(run, language, shell_name):
    said = run("completion", shell_name, language=language)
    assert said.code == 0
    assert "_XLKPI_COMPLETE" in said.out


def test_another_shell_is_refused_with_the_choices(run, language):
    said = run("completion", "tcsh", language=language)
    assert said.code == 2
    assert all(name in said.err for name in SHELLS) or language == "fr"


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_accepts_the_script(run):
    said = run("completion", "bash")
    subprocess.run(["bash", "-n"], input=said.out, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "unfinished", "offered"),
    [
        (["xlkpi"], "re", "report"),
        (["xlkpi", "re"], "re", "report"),
        (["xlkpi", "report", "--in"], "--in", "--in-place"),
        (["xlkpi", "completion"], "", "zsh"),
    ],
)
def test_powershell_is_answered(shell, words, unfinished, offered):
    """The script hands over the words so far and the unfinished one; it has not been run in PowerShell."""
    said = shell(
        env={
            "_XLKPI_COMPLETE": "powershell_complete",
            "COMP_WORDS": "\n".join(words),
            "COMP_UNFINISHED": unfinished,
        }
    )
    assert offered in [line.split("\t")[0] for line in said.out.splitlines()]
