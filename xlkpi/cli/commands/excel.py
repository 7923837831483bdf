"""The Excel add-in: ``install``, ``uninstall``, ``doctor``, and ``addin build`` for developers."""

from __future__ import annotations

from pathlib import Path

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import CommandGroup, WrongUsage, argument, command, say, spoken
from xlkpi.core.texts import Language, Text


@command(
    help=Text(
        "Install the Excel add-in for this user (Windows, macOS).",
        "Installer le complément Excel pour cet utilisateur (Windows, macOS).",
    )
)
@shared.lang
def install(lang: Language | None) -> int:
    from xlkpi.excel.addin import install as setup
    from xlkpi.excel.addin.machine import Profile

    language, profile = lang or spoken(), Profile.of_this_machine()
    click.echo(
        "\n".join(
            setup.installed_lines(setup.install(profile), language)
            if profile.has_excel
            else setup.would_install(language)
        )
    )
    return Exit.CLEAN


@command(
    help=Text(
        "Remove the Excel add-in and everything that came with it.",
        "Supprimer le complément Excel et tout ce qui est venu avec lui.",
    )
)
@shared.lang
def uninstall(lang: Language | None) -> int:
    from xlkpi.excel.addin import install as setup
    from xlkpi.excel.addin.machine import Profile

    language, profile = lang or spoken(), Profile.of_this_machine()
    click.echo(
        "\n".join(
            setup.uninstalled_lines(setup.uninstall(profile), language)
            if profile.has_excel
            else setup.would_uninstall(language)
        )
    )
    return Exit.CLEAN


@command(
    help=Text(
        "Examine the installation; each line says what to do.",
        "Examiner l’installation ; chaque ligne dit quoi faire.",
    )
)
@shared.lang
@shared.json
def doctor(lang: Language | None, as_json: bool) -> int:
    from xlkpi.excel.addin import doctor as physician
    from xlkpi.excel.addin.machine import Profile

    language = lang or spoken()
    lines = physician.examine(Profile.of_this_machine())
    well = physician.is_well(lines)
    if as_json:
        import json

        click.echo(
            json.dumps(
                {"well": well, "lines": [line.as_json(language) for line in lines]},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        click.echo("\n".join(line.message(language) for line in lines))
    return Exit.CLEAN if well else Exit.EXCLUSIONS


@click.group(
    cls=CommandGroup,
    help=Text(
        "For developers: the Excel add-in itself.",
        "Pour les développeurs : le complément Excel lui-même.",
    ),
)
def addin() -> None:
    pass


@command(
    help=Text(
        "Build the add-in from its sources.", "Construire le complément à partir de ses sources."
    )
)
@argument(
    "path",
    default="xlkpi.xlam",
    metavar=Text("[PATH]", "[CHEMIN]"),
    type=click.Path(path_type=Path),
)
@shared.lang
def build(path: Path, lang: Language | None) -> int:
    if path.suffix.lower() != ".xlam":  # an add-in replaces an add-in, never a workbook
        raise WrongUsage(
            f"an add-in must end in .xlam, not {path.suffix}",
            f"un complément doit se terminer par .xlam, pas {path.suffix}",
        )
    from xlkpi.excel.addin import build as builder

    builder.write(path)
    click.echo(say(f"Written: {path}", f"Écrit : {path}"))
    return Exit.CLEAN


addin.add_command(build)
