"""``xlkpi demo``: a sample campaign and its report, to see it work."""

from __future__ import annotations

from pathlib import Path

import click

from xlkpi.cli.commands import report, shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import WrongUsage, argument, command, say, spoken
from xlkpi.core.texts import Language, Text


@command(
    cls=shared.WithSample,
    help=Text(
        "Make a sample campaign, report on it, and say where the files are.",
        "Créer une campagne d’exemple, faire son rapport, et dire où sont les fichiers.",
    ),
)
@argument(
    "folder", required=False, type=click.Path(path_type=Path), metavar=Text("[FOLDER]", "[DOSSIER]")
)
@shared.lang
@shared.sample
def demo(folder: Path | None, lang: Language | None, sample: str | None) -> int:
    from datetime import datetime

    from xlkpi.core.findings import NotWritten
    from xlkpi.excel.jobs import report as job
    from xlkpi.excel.jobs.new import require_free
    from xlkpi.excel.jobs.pdf import export
    from xlkpi.excel.jobs.terminal import as_text

    language = lang or spoken()
    folder = folder or _new_folder(Path("xlkpi-demo"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongUsage(f"{folder} cannot be created", f"{folder} ne peut être créé") from None
    book = folder / say("campaign.xlsx", "campagne.xlsx")
    target = report.default_target(book, language)
    require_free(book)
    require_free(target)
    from xlkpi.excel.samples.campaigns import example_of
    from xlkpi.excel.template.build import build
    from xlkpi.files.saving import write_bytes

    write_bytes(build(language, example_of(sample or shared.USUAL, language)), book)
    now = datetime.now()
    written = job.write_report(book, target, job.Request(language=language), now)
    click.echo(as_text(written.report, language))
    click.echo()
    click.echo(say(f"Campaign: {book}", f"Campagne : {book}"))
    click.echo(say(f"Report:   {target}", f"Rapport :  {target}"))
    try:
        saved = export(target, target.with_suffix(".pdf"), language, now)
        click.echo(
            say(
                f"PDF:      {target.with_suffix('.pdf')}",
                f"PDF :      {target.with_suffix('.pdf')}",
            )
        )
        if saved:
            click.echo(report.pdf_before(saved))
    except NotWritten as problem:
        click.echo(
            say("PDF:      not made. ", "PDF :      pas produit. ")
            + problem.finding.fix.in_(spoken())
        )
    return Exit.CLEAN


def _new_folder(wanted: Path) -> Path:
    """A folder that does not exist yet: nothing is written over."""
    return next(
        p for p in (wanted, *(Path(f"{wanted}-{n}") for n in range(2, 1_000))) if not p.exists()
    )
