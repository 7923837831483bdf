"""``xlkpi new``: an empty campaign workbook, or a worked example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import Wrong, argument, command, option, say, spoken
from xlkpi.core.texts import Language, Text

if TYPE_CHECKING:
    from xlkpi.excel.workbook.contract import Edition


@command(
    cls=shared.WithSample,
    help=Text("Write a new campaign workbook.", "Créer un classeur de campagne."),
)
@argument("path", metavar=Text("PATH", "CHEMIN"), type=click.Path(path_type=Path))
@shared.lang
@shared.sample
@option(
    "--edition",
    type=click.Choice(("addin", "lambda")),
    default="addin",
    help=Text(
        "Where the cell functions come from: the Excel add-in (default), or the workbook itself, without anything to install "
        "(Excel 365, 2024 or web).",
        "D’où viennent les fonctions de cellule : du complément Excel (par défaut), ou du classeur lui-même, sans rien "
        "installer (Excel 365, 2024 ou web).",
    ),
)
def new(path: Path, lang: Language | None, sample: str | None, edition: Edition) -> int:
    path = path if path.suffix else path.with_suffix(".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise Wrong(
            f"a new workbook must end in .xlsx, not {path.suffix}",
            f"un nouveau classeur doit se terminer par .xlsx, pas {path.suffix}",
        )
    from xlkpi.excel.jobs import report as filereport

    filereport.create(path, lang or spoken(), sample, edition)
    click.echo(say(f"Written: {path}", f"Créé : {path}"))
    if not sample:
        click.echo(
            say(
                f"Fill Objectives and Posts, save, then: xlkpi report {path}",
                f"Remplissez Objectifs et Posts, enregistrez, puis : xlkpi report {path}",
            )
        )
    return Exit.CLEAN
