"""The command line.  Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from xlkpi.cli.commands import check, completion, demo, excel, imports, kpis, new, report, shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import CommandGroup, complaint, option, say, spoken
from xlkpi.core import codes
from xlkpi.core.texts import Text


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"xlkpi {version('xlkpi')}")
        ctx.exit(Exit.CLEAN)


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=Text(
        "Influencer-marketing KPI reports from an Excel workbook, without Excel.",
        "Rapports KPI de marketing d’influence à partir d’un classeur Excel, sans Excel.",
    ),
    epilog=Text("Start with: xlkpi demo", "Pour commencer : xlkpi demo"),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=Text("Show the version.", "Afficher la version."),
)
def cli() -> None:
    pass


for _command in (
    new.new,
    imports.import_,
    report.report,
    check.check,
    kpis.kpis,
    demo.demo,
    excel.install,
    excel.uninstall,
    excel.doctor,
    completion.completion,
    excel.addin,
):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a user's mistake never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a file or a pipe gets UTF-8, a terminal what it understands
            encoding = {} if stream.isatty() else {"encoding": "utf-8"}
            stream.reconfigure(errors="replace", **encoding)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command in this process; its exit code."""
    given = list(arguments) if arguments is not None else None
    try:
        result = cli.main(args=given, prog_name="xlkpi", standalone_mode=False)
        return result if isinstance(result, int) else Exit.CLEAN
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Exit.CLEAN
    except click.UsageError as error:
        click.echo(f"xlkpi: {complaint(error)}", err=True)
        where = error.ctx.command_path if error.ctx else "xlkpi"
        click.echo(say(f"Help: {where} --help", f"Aide : {where} --help"), err=True)
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("Stopped.", "Interrompu."), err=True)
        return Exit.STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except Exception as error:  # noqa: BLE001  no traceback reaches a user
        return _problem(error)


def _problem(error: Exception) -> int:
    """Say what went wrong; which exit code says it too."""
    from xlkpi.core.findings import NotWritten, Refused

    if isinstance(error, Refused):
        shared.tell(error.findings, spoken())
        click.echo(say("Nothing was written.", "Rien n’a été écrit."), err=True)
        return Exit.REFUSED
    if isinstance(error, NotWritten):
        shared.tell([error.finding], spoken())
        return Exit.NOT_WRITTEN
    if os.environ.get("XLKPI_DEBUG"):
        raise error
    click.echo(_system_says(error) if isinstance(error, OSError) else _bug(error), err=True)
    return Exit.NOT_WRITTEN if isinstance(error, OSError) else Exit.BUG


def _system_says(error: OSError) -> str:
    """A name too long, a folder that may not be searched, a drive that went away."""
    from xlkpi.core.findings import system_reason

    why = system_reason(error)
    return say(
        f"error: {error.filename or ''}: the system refuses this file or folder ({why.en}). "
        f"Fix: check its name and your rights, or choose another one. [{codes.NOT_WRITTEN}]",
        f"erreur : {error.filename or ''} : le système refuse ce fichier ou ce dossier ({why.fr}). "
        f"Solution : vérifiez son nom et vos droits, ou choisissez-en un autre. [{codes.NOT_WRITTEN}]",
    )


def _bug(error: Exception) -> str:
    return say(
        f"This is a bug in xlkpi ({type(error).__name__}), not your mistake. Nothing was overwritten. "
        f"Run again with XLKPI_DEBUG=1 for the details to send us. [{codes.BUG}]",
        f"C’est un bogue de xlkpi ({type(error).__name__}), pas votre faute. Rien n’a été écrasé. "
        f"Relancez avec XLKPI_DEBUG=1 pour les détails à nous envoyer. [{codes.BUG}]",
    )
