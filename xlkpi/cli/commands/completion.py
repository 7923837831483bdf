"""``xlkpi completion``: the script that lets a shell complete commands, options and choices."""

from __future__ import annotations

import os

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import argument, command
from xlkpi.core.texts import Language, Text

SHELLS = ("bash", "zsh", "fish", "powershell")


class _PowerShell(ShellComplete):
    """PowerShell, which click does not know: words and the unfinished one come in the environment."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($unfinished, $line, $position)
    $env:COMP_WORDS = ($line.CommandElements | ForEach-Object { $_.Extent.Text }) -join "`n"
    $env:COMP_UNFINISHED = $unfinished
    $env:%(complete_var)s = "powershell_complete"
    & %(prog_name)s | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if (-not $help) { $help = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_UNFINISHED, Env:%(complete_var)s
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        words = os.environ["COMP_WORDS"].splitlines()[1:]
        unfinished = os.environ["COMP_UNFINISHED"]
        return (words[:-1] if unfinished and words else words), unfinished

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{item.help or ''}"


add_completion_class(_PowerShell)


@command(
    help=Text(
        "Print the script that completes xlkpi’s commands in a shell.",
        "Afficher le script qui complète les commandes de xlkpi dans un shell.",
    )
)
@argument("shell", metavar="|".join(SHELLS), type=click.Choice(SHELLS))
@shared.lang
@click.pass_context
def completion(ctx: click.Context, shell: str, lang: Language | None) -> int:
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(ctx.find_root().command, {}, "xlkpi", "_XLKPI_COMPLETE")
    click.echo(script.source_template % script.source_vars())
    return Exit.CLEAN
