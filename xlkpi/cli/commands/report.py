"""``xlkpi report``: the report of a campaign workbook, as workbook, PDF, deck or JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import Command, WrongUsage, command, option, say, spoken
from xlkpi.core.texts import Language, Text
from xlkpi.files import userdefaults

if TYPE_CHECKING:
    from xlkpi.core.campaign import Period
    from xlkpi.deck.write import DeckPlan
    from xlkpi.excel.jobs.report import Request, WrittenReport


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The options of one run."""

    source: Path
    output: Path | None
    in_place: bool
    lang: Language | None
    as_json: bool
    pdf: bool
    pptx: str | None
    pptx_template: Path | None
    open_it: bool
    strict: bool

    @property
    def deck(self) -> bool:
        return self.pptx is not None or self.pptx_template is not None

    @property
    def writes(self) -> bool:
        """Whether a file is asked for; ``--json`` alone only prints."""
        more = self.pdf or self.deck or self.open_it or not self.as_json
        return self.in_place or self.output is not None or more

    @property
    def target(self) -> Path:
        return (
            self.source if self.in_place else self.output or default_target(self.source, self.lang)
        )

    @property
    def beside(self) -> Path:
        """Other files than the workbook stand beside this one."""
        return default_target(self.source, self.lang) if self.in_place else self.target


class _DeckMayStandAlone(Command):
    """``--pptx`` may stand alone: only a word that ends in .pptx is its deck, so that the workbook may come after it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        following = [*args[1:], ""]
        alone = [
            word == "--pptx" and not after.lower().endswith(".pptx")
            for word, after in zip(args, following, strict=False)
        ]
        return super().parse_args(
            ctx, ["--pptx=" if one else word for word, one in zip(args, alone, strict=True)]
        )


@command(
    cls=_DeckMayStandAlone,
    help=Text(
        "Fill the report of a campaign workbook. The workbook itself is not changed unless --in-place is given.",
        "Remplir le rapport d’un classeur de campagne. Le classeur n’est pas modifié, sauf avec --in-place.",
    ),
)
@shared.source
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=Text("FILE", "FICHIER"),
    help=Text(
        "Where to write [default: NAME-report.xlsx beside the workbook].",
        "Où écrire [par défaut : NOM-rapport.xlsx à côté du classeur].",
    ),
)
@option(
    "--in-place",
    is_flag=True,
    help=Text(
        "Fill the workbook itself; a dated copy of it is kept.",
        "Remplir le classeur même ; une copie datée est gardée.",
    ),
)
@shared.campaign
@shared.period
@shared.lang
@shared.json
@option(
    "--pdf",
    is_flag=True,
    help=Text(
        "Also write the report as PDF (by Excel or LibreOffice).",
        "Écrire aussi le rapport en PDF (Excel ou LibreOffice).",
    ),
)
@option(
    "--pptx",
    metavar="[DECK.pptx]",
    help=Text(
        "Also write a PowerPoint deck, by default beside the report.",
        "Écrire aussi une présentation PowerPoint, par défaut à côté du rapport.",
    ),
)
@option(
    "--pptx-template",
    type=click.Path(path_type=Path),
    metavar=Text("FILE", "FICHIER"),
    help=Text(
        "A company’s .pptx or .potx: the deck takes its layouts, fonts, colours and slide size.",
        "Le .pptx ou .potx d’une entreprise : la présentation en prend les dispositions, polices, couleurs et le format.",
    ),
)
@option("--open", "open_it", is_flag=True, help=Text("Open the report.", "Ouvrir le rapport."))
@shared.strict
def report(campaign: str | None, period: str | None, **options: Any) -> int:
    from xlkpi.excel.jobs.report import Request

    wanted = _Wanted(**options)
    if wanted.in_place and wanted.output is not None:
        raise WrongUsage("--in-place and -o exclude each other", "--in-place et -o s’excluent")
    request = Request(campaign, _parse_period(period), wanted.lang)
    return _write(wanted, request) if wanted.writes else _print(wanted, request)


def _print(wanted: _Wanted, request: Request) -> int:
    """The report as JSON alone."""
    from xlkpi.excel.jobs import report as job

    made, language = job.read_report(
        wanted.source, request, datetime.now().date(), shared.progress()
    )
    if wanted.strict:
        job.require_complete(made)
    click.echo(job.as_json(made, language))
    return Exit.EXCLUSIONS if job.excluded(made) else Exit.CLEAN


def _write(wanted: _Wanted, request: Request) -> int:
    from xlkpi.excel.jobs import report as job

    source, target, now = wanted.source, wanted.target, datetime.now()
    if not wanted.in_place:
        if target.exists() and source.exists() and source.samefile(target):
            raise WrongUsage(
                "the report would replace the workbook itself: say --in-place if you mean it",
                "le rapport remplacerait le classeur : ajoutez --in-place si c’est voulu",
            )
        shared.tell_open(source)
    deck = _plan_deck(wanted) if wanted.deck else None
    written = job.write_report(source, target, request, now, shared.progress(), wanted.strict)
    _tell_written(written, wanted.as_json)
    opened = [_write_deck(deck, written, now, wanted.as_json)] if deck else []
    opened += [_write_pdf(wanted, written, now)] if wanted.pdf else []
    if wanted.open_it:
        click.launch(str([*opened, written.path][0]))
    return Exit.EXCLUSIONS if job.excluded(written.report) else Exit.CLEAN


def _tell_written(written: WrittenReport, as_json: bool) -> None:
    if as_json:
        from xlkpi.excel.jobs.report import as_json as as_machines_read

        click.echo(as_machines_read(written.report, written.language))
    else:
        from xlkpi.excel.jobs.terminal import as_text

        click.echo(as_text(written.report, spoken()))
        click.echo()
    shared.tell(written.report.findings, spoken())
    click.echo(say(f"Report: {written.path}", f"Rapport : {written.path}"), err=as_json)
    if written.backup:
        before = say(
            f"The file as it was: {written.backup}", f"Le fichier d’avant : {written.backup}"
        )
        click.echo(before, err=as_json)


def _plan_deck(wanted: _Wanted) -> DeckPlan:
    """What could refuse the deck is asked before the report is written."""
    from xlkpi.deck import write as deckwriter

    target = Path(wanted.pptx) if wanted.pptx else wanted.beside.with_suffix(".pptx")
    if target.suffix.lower() != ".pptx":
        raise WrongUsage(
            f"a deck must end in .pptx, not {target.suffix}",
            f"une présentation doit se terminer par .pptx, pas {target.suffix}",
        )
    return deckwriter.plan(target, wanted.pptx_template or userdefaults.read().deck_template)


def _write_deck(deck: DeckPlan, written: WrittenReport, now: datetime, as_json: bool) -> Path:
    from xlkpi.deck import write as deckwriter

    saved = deckwriter.write(deck, written.report, written.language, now)
    click.echo(say(f"Deck: {deck.target}", f"Présentation : {deck.target}"), err=as_json)
    if saved:
        before = say(f"The deck as it was: {saved}", f"La présentation d’avant : {saved}")
        click.echo(before, err=as_json)
    return deck.target


def _write_pdf(wanted: _Wanted, written: WrittenReport, now: datetime) -> Path:
    from xlkpi.excel.jobs.pdf import export

    printed = wanted.beside.with_suffix(".pdf")
    saved = export(written.path, printed, written.language, now)
    click.echo(say(f"PDF: {printed}", f"PDF : {printed}"), err=wanted.as_json)
    if saved:
        click.echo(pdf_before(saved), err=wanted.as_json)
    return printed


def pdf_before(saved: Path) -> str:
    return say(f"The PDF as it was: {saved}", f"Le PDF d’avant : {saved}")


def default_target(source: Path, lang: Language | None) -> Path:
    words = ("rapport", "report") if (lang or spoken()) == "fr" else ("report", "rapport")
    names = [source.with_name(f"{source.stem}-{word}{source.suffix}") for word in words]
    # A report made in the other language is refreshed where it is: its comments are in it.
    return names[1] if names[1].exists() and not names[0].exists() else names[0]


def _parse_period(text: str | None) -> Period | None:
    if text is None:
        return None
    from xlkpi.core.campaign import parse_period

    try:
        return parse_period(text)
    except ValueError:
        raise WrongUsage(
            f"--period {text}: write 2026, 2026-Q1, 2026-03, or 2026-03-01..2026-04-15",
            f"--period {text} : écrivez 2026, 2026-Q1, 2026-03 ou 2026-03-01..2026-04-15",
        ) from None
