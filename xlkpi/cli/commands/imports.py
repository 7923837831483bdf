"""``xlkpi import``: exports of the networks into Posts."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import argument, command, option, say, spoken
from xlkpi.core.texts import Language, Text, visible


def _known_encoding(context: click.Context, parameter: click.Parameter, said: str) -> str:
    """The name that Python has for an encoding."""
    try:
        "a".encode(said or "utf-8")
    except (LookupError, ValueError):
        raise click.BadParameter(
            say(
                f"“{said}” is no encoding that is known; write cp1250, gbk, shift_jis …",
                f"« {said} » n’est pas un encodage connu ; écrivez cp1250, gbk, shift_jis…",
            ),
            context,
            parameter,
        ) from None
    return codecs.lookup(said).name if said else ""


@command(
    name="import",
    help=Text(
        "Bring exports of the networks (CSV, Excel, ZIP) into the Posts of a workbook; a dated copy of it is kept.",
        "Importer des exports des réseaux (CSV, Excel, ZIP) dans Posts ; une copie datée du classeur est gardée.",
    ),
)
@argument(
    "files",
    metavar=Text("FILE...", "FICHIER..."),
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@option(
    "--into",
    required=True,
    metavar=Text("WORKBOOK", "CLASSEUR"),
    type=click.Path(path_type=Path),
    help=Text("The campaign workbook.", "Le classeur de campagne."),
)
@option(
    "--campaign",
    default="",
    metavar=Text("NAME", "NOM"),
    help=Text("Campaign of the new posts.", "Campagne des nouveaux posts."),
)
@option(
    "--dry-run",
    is_flag=True,
    help=Text(
        "Say what would change and write nothing.", "Dire ce qui changerait, sans rien écrire."
    ),
)
@option(
    "--profile",
    default="",
    metavar=Text("NAME|FILE", "NOM|FICHIER"),
    help=Text(
        "Column mapping for a table that xlkpi does not know; written when it is not there yet.",
        "Correspondance des colonnes d’un tableau inconnu de xlkpi ; écrite si elle n’existe pas encore.",
    ),
)
@option(
    "--encoding",
    default="",
    metavar=Text("NAME", "NOM"),
    callback=_known_encoding,
    help=Text(
        "Code page of texts that are no Unicode, such as cp1250 or gbk.",
        "Page de codes des textes qui ne sont pas en Unicode, par exemple cp1250 ou gbk.",
    ),
)
@shared.lang
@shared.json
def import_(
    files: tuple[Path, ...],
    into: Path,
    campaign: str,
    dry_run: bool,
    profile: str,
    encoding: str,
    lang: Language | None,
    as_json: bool,
) -> int:
    from datetime import datetime

    from xlkpi.excel.jobs.imports import ImportOptions, import_files

    language, now = lang or spoken(), datetime.now()
    ask = None
    if not profile and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from xlkpi.cli.questions import Questions

        ask = Questions(language, now.date(), keep=not dry_run)
    done = import_files(
        files,
        into,
        now,
        ImportOptions(campaign, profile, encoding),
        dry_run=dry_run,
        progress=shared.progress(),
        ask=ask,
    )
    if as_json:
        import json

        said = {
            **done.report.as_json(language),
            "written": str(done.path) if done.path else None,
            "backup": str(done.backup) if done.backup else None,
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo(visible(done.report.as_text(language)), nl=False)
        if done.path:
            click.echo(say(f"Written: {done.path}", f"Écrit : {done.path}"))
            if done.backup:
                click.echo(
                    say(
                        f"The workbook as it was: {done.backup}",
                        f"Le classeur d’avant : {done.backup}",
                    )
                )
        elif dry_run:
            click.echo(
                say(
                    "Nothing was written: this was a trial (--dry-run).",
                    "Rien n’a été écrit : c’était un essai (--dry-run).",
                )
            )
        else:
            click.echo(say("Nothing changed.", "Rien n’a changé."))
    return Exit.EXCLUSIONS if done.report.has_exclusions else Exit.CLEAN
