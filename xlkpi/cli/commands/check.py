"""``xlkpi check``: the findings of a workbook, and nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import command, say, spoken
from xlkpi.core.texts import Language, Text


@command(
    help=Text(
        "Check a workbook without writing anything.", "Contrôler un classeur sans rien écrire."
    )
)
@shared.source
@shared.lang
@shared.json
@shared.strict
def check(source: Path, lang: Language | None, as_json: bool, strict: bool) -> int:
    from datetime import date

    from xlkpi.core import asjson, wording
    from xlkpi.excel.jobs import report as job

    shared.tell_open(source)
    made, language = job.read_report(
        source, job.Request(language=lang), date.today(), shared.progress()
    )
    if as_json:
        import json

        data = asjson.as_json(made, language)
        click.echo(
            json.dumps(
                {"rows": data["rows"], "findings": data["findings"]}, ensure_ascii=False, indent=2
            )
        )
    else:
        click.echo(wording.balance_line(made, spoken()))
        shared.tell(made.findings, spoken())
        if not made.findings:
            click.echo(say("Nothing to report.", "Rien à signaler."))
    if job.excluded(made):
        return Exit.REFUSED if strict else Exit.EXCLUSIONS
    return Exit.CLEAN
