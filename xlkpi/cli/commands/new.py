"""``xlkpi new``: an empty campaign workbook, or a worked example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import WrongUsage, argument, command, option, say, spoken
from xlkpi.core.texts import Language, Text
from xlkpi.files import userdefaults

if TYPE_CHECKING:
    from xlkpi.excel.workbook.contract import Edition


def _currency(ctx: click.Context, _: click.Parameter, said: str | None) -> str | None:
    if said is None:
        return None
    if code := userdefaults.currency_code(said):
        return code
    raise WrongUsage(
        f"--currency {said}: type its three-letter code, such as EUR, GBP or USD",
        f"--currency {said} : tapez son code à trois lettres, par exemple EUR, GBP ou USD",
        ctx,
    )


def _settings(currency: str | None, sample: str | None) -> dict[str, object]:
    """What the Settings of a new workbook start with: the user's defaults; an example keeps its own."""
    mine = userdefaults.read()
    said = {"palette": mine.palette, "tolerance": mine.tolerance}
    said["currency"] = currency or (None if sample else mine.currency)
    return {key: value for key, value in said.items() if value is not None}


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
@option(
    "--currency",
    metavar=Text("CODE", "CODE"),
    callback=_currency,
    help=Text(
        "Currency of the new workbook, such as GBP [default: yours, else EUR].",
        "Devise du nouveau classeur, par exemple GBP [par défaut : la vôtre, sinon EUR].",
    ),
)
def new(
    path: Path, lang: Language | None, sample: str | None, edition: Edition, currency: str | None
) -> int:
    path = path if path.suffix else path.with_suffix(".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise WrongUsage(
            f"a new workbook must end in .xlsx, not {path.suffix}",
            f"un nouveau classeur doit se terminer par .xlsx, pas {path.suffix}",
        )
    if currency and sample:
        raise WrongUsage(
            "an example keeps its own currency: --currency goes with an empty workbook",
            "un exemple garde sa devise : --currency va avec un classeur vide",
        )
    from xlkpi.excel.jobs.new import create

    create(path, lang or spoken(), sample, edition, _settings(currency, sample))
    click.echo(say(f"Written: {path}", f"Écrit : {path}"))
    if not sample:
        click.echo(
            say(
                f"Fill Objectives and Posts, save, then: xlkpi report {path}",
                f"Remplissez Objectifs et Posts, enregistrez, puis : xlkpi report {path}",
            )
        )
    return Exit.CLEAN
