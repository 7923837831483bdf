"""What several commands take and say: their options, findings on the error channel, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from xlkpi.cli.speaking import Command, argument, option, say, spoken
from xlkpi.core.texts import LANGUAGES, Language, Text, visible

lang = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=Text("Language of what is written and said.", "Langue de ce qui est écrit et dit."),
)
json = option(
    "--json",
    "as_json",
    is_flag=True,
    help=Text(
        "Print everything as JSON, for machines.", "Afficher tout en JSON, pour les machines."
    ),
)
strict = option(
    "--strict",
    is_flag=True,
    help=Text(
        "Refuse the workbook when anything would be left out.",
        "Refuser le classeur si quoi que ce soit serait exclu.",
    ),
)
campaign = option(
    "--campaign",
    metavar=Text("NAME", "NOM"),
    help=Text("Report on this campaign.", "Rapport sur cette campagne."),
)
period = option(
    "--period",
    metavar="2026-Q1|2026-03|2026|FROM..TO",
    help=Text(
        "Report on what was published in this period.",
        "Rapport sur ce qui a été publié sur cette période.",
    ),
)
#: The workbook that a command works on.
source = argument("source", metavar=Text("WORKBOOK", "CLASSEUR"), type=click.Path(path_type=Path))

#: Names of the worked examples; ``usual`` is the one for the language.
EXAMPLES = ("awareness", "conversion", "small")
USUAL = "usual"


class WithSample(Command):
    """``--sample`` may stand alone: the word after it belongs to it only where it names an example."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = [
            f"{arg}={USUAL}" if arg == "--sample" and after not in EXAMPLES else arg
            for arg, after in pairwise([*args, ""])
        ]
        return super().parse_args(ctx, named)


sample = option(
    "--sample",
    type=click.Choice((*EXAMPLES, USUAL)),
    metavar="[awareness|conversion|small]",
    help=Text(
        "With a worked example and its report: an awareness or a conversion campaign of 200 posts, or a small one; alone, "
        "the one for your language.",
        "Avec un exemple et son rapport : une campagne de notoriété ou de conversion de 200 posts, ou une petite ; seul, "
        "celui de votre langue.",
    ),
)


def progress() -> Callable[[int, int], None] | None:
    """A progress bar on the terminal, for books that take longer than a moment to read."""
    if not sys.stderr.isatty():
        return None
    bar: Any = None

    def show(done: int, size: int) -> None:
        nonlocal bar
        if bar is None:
            bar = click.progressbar(length=size, label=say("Reading", "Lecture"), file=sys.stderr)
        bar.update(done - bar.pos)
        if done >= size:
            bar.render_finish()
            bar = None

    return show


def tell(findings: Sequence[Any], language: Language) -> None:
    """Findings on the error channel: problems first, one line each."""
    from xlkpi.core.findings import by_severity

    for finding in by_severity(findings):
        mark = ":" if language == "en" else "\u00a0:"
        click.echo(visible(f"{finding.word(language)}{mark} {finding.message(language)}"), err=True)


def tell_open(source: Path) -> None:
    """Say that a workbook which is only read is open elsewhere."""
    from xlkpi.files import marks

    if finding := marks.unsaved(source):
        tell([finding], spoken())
