"""The command line.  Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xlkpi.core.texts import LANGUAGES, Language, Text, visible

if TYPE_CHECKING:
    from xlkpi.deck.write import Plan as DeckPlan
    from xlkpi.excel.workbook.contract import Edition

# Exit codes, the same for every command.
CLEAN, EXCLUSIONS, USAGE, REFUSED, NOT_WRITTEN, BUG = 0, 1, 2, 3, 4, 70


def user_language(arguments: Sequence[str] | None = None) -> Language:
    """``--lang`` on the command line, else XLKPI_LANG, else what the system speaks."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for i, word in enumerate(given):
        value = (
            word.partition("=")[2]
            if word.startswith("--lang=")
            else given[i + 1]
            if (word == "--lang" and i + 1 < len(given))
            else ""
        )
        if value in LANGUAGES:
            return value
    for name in ("XLKPI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return "fr" if value.lower().startswith("fr") else "en"
    if sys.platform == "win32":
        import ctypes

        return "fr" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x0C else "en"
    return "en"


LANGUAGE: Language = user_language()


def say(en: str, fr: str) -> str:
    return Text(en, fr).in_(LANGUAGE)


class _Speaking:
    """click's own headings and messages in the user's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), say("Usage: ", "Usage : "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("Options"):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("Show this help.", "Afficher cette aide.")
        return option

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]  # type: ignore[attr-defined]
        with formatter.section(say("Commands", "Commandes")):
            formatter.write_dl(rows)


class _Command(_Speaking, click.Command):
    pass


class _Report(_Command):
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


class _Group(_Speaking, click.Group):
    command_class = _Command


@click.group(
    cls=_Group,
    subcommand_metavar=say("COMMAND [ARGS]...", "COMMANDE [ARGS]..."),
    help=say(
        "Influencer-marketing KPI reports from an Excel workbook, without Excel.",
        "Rapports KPI de marketing d’influence à partir d’un classeur Excel, sans Excel.",
    ),
    epilog=say("Start with: xlkpi demo", "Pour commencer : xlkpi demo"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _, value: _version(ctx) if value else None,
    help=say("Show the version.", "Afficher la version."),
)
def cli() -> None:
    pass


def _version(ctx: click.Context) -> None:
    from importlib.metadata import version

    click.echo(f"xlkpi {version('xlkpi')}")
    ctx.exit(CLEAN)


_lang = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help=say("Language of what is written and said.", "Langue de ce qui est écrit et dit."),
)
_json = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=say(
        "Print everything as JSON, for machines.", "Afficher tout en JSON, pour les machines."
    ),
)
_strict = click.option(
    "--strict",
    is_flag=True,
    help=say(
        "Refuse the workbook when anything would be left out.",
        "Refuser le classeur si quoi que ce soit serait exclu.",
    ),
)
_campaign = click.option(
    "--campaign",
    metavar=say("NAME", "NOM"),
    help=say("Report on this campaign.", "Rapport sur cette campagne."),
)
_period = click.option(
    "--period",
    metavar="2026-Q1|2026-03|2026|FROM..TO",
    help=say(
        "Report on what was published in this period.",
        "Rapport sur ce qui a été publié sur cette période.",
    ),
)
_source = click.argument(
    "source", metavar=say("WORKBOOK", "CLASSEUR"), type=click.Path(path_type=Path)
)


#: Names of the worked examples; ``usual`` is the one for the language.
_EXAMPLES = ("awareness", "conversion", "small")
_USUAL = "usual"


class _WithSample(_Command):
    """``--sample`` may stand alone: the word after it belongs to it only where it names an example."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = [
            f"{arg}={_USUAL}" if arg == "--sample" and after not in _EXAMPLES else arg
            for arg, after in pairwise([*args, ""])
        ]
        return super().parse_args(ctx, named)


_sample = click.option(
    "--sample",
    type=click.Choice((*_EXAMPLES, _USUAL)),
    metavar="[awareness|conversion|small]",
    help=say(
        "With a worked example and its report: an awareness or a conversion campaign of 200 posts, or a small one; alone, "
        "the one for your language.",
        "Avec un exemple et son rapport : une campagne de notoriété ou de conversion de 200 posts, ou une petite ; seul, "
        "celui de votre langue.",
    ),
)


@cli.command(
    cls=_WithSample, help=say("Write a new campaign workbook.", "Créer un classeur de campagne.")
)
@click.argument("path", metavar=say("PATH", "CHEMIN"), type=click.Path(path_type=Path))
@_lang
@_sample
@click.option(
    "--edition",
    type=click.Choice(("addin", "lambda")),
    default="addin",
    help=say(
        "Where the cell functions come from: the Excel add-in (default), or the workbook itself, without anything to install "
        "(Excel 365, 2024 or web).",
        "D’où viennent les fonctions de cellule : du complément Excel (par défaut), ou du classeur lui-même, sans rien "
        "installer (Excel 365, 2024 ou web).",
    ),
)
def new(path: Path, lang: Language | None, sample: str | None, edition: Edition) -> int:
    path = path if path.suffix else path.with_suffix(".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(
            say(
                f"a new workbook must end in .xlsx, not {path.suffix}",
                f"un nouveau classeur doit se terminer par .xlsx, pas {path.suffix}",
            )
        )
    from xlkpi.excel.jobs import report as filereport

    filereport.create(path, lang or LANGUAGE, sample, edition)
    click.echo(say(f"Written: {path}", f"Créé : {path}"))
    if not sample:
        click.echo(
            say(
                f"Fill Objectives and Posts, save, then: xlkpi report {path}",
                f"Remplissez Objectifs et Posts, enregistrez, puis : xlkpi report {path}",
            )
        )
    return CLEAN


@cli.command(
    name="import",
    help=say(
        "Bring exports of the networks (CSV, Excel, ZIP) into the Posts of a workbook; a dated copy of it is kept.",
        "Importer des exports des réseaux (CSV, Excel, ZIP) dans Posts ; une copie datée du classeur est gardée.",
    ),
)
@click.argument(
    "files",
    metavar=say("FILE...", "FICHIER..."),
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--into",
    required=True,
    metavar=say("WORKBOOK", "CLASSEUR"),
    type=click.Path(path_type=Path),
    help=say("The campaign workbook.", "Le classeur de campagne."),
)
@click.option(
    "--campaign",
    default="",
    metavar=say("NAME", "NOM"),
    help=say("Campaign of the new posts.", "Campagne des nouveaux posts."),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say(
        "Say what would change and write nothing.", "Dire ce qui changerait, sans rien écrire."
    ),
)
@click.option(
    "--profile",
    default="",
    metavar=say("NAME|FILE", "NOM|FICHIER"),
    help=say(
        "Column mapping for a table that xlkpi does not know; written when it is not there yet.",
        "Correspondance des colonnes d’un tableau inconnu de xlkpi ; écrite si elle n’existe pas encore.",
    ),
)
@_lang
@_json
def import_(
    files: tuple[Path, ...],
    into: Path,
    campaign: str,
    dry_run: bool,
    profile: str,
    lang: Language | None,
    as_json: bool,
) -> int:
    from datetime import datetime

    from xlkpi.excel.jobs.imports import import_files

    language, now = lang or LANGUAGE, datetime.now()
    ask = None
    if not profile and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from xlkpi.questions import Questions

        ask = Questions(language, now.date(), keep=not dry_run)
    done = import_files(
        files,
        into,
        now,
        campaign=campaign,
        profile=profile,
        dry_run=dry_run,
        progress=_progress(),
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
    return EXCLUSIONS if done.report.has_exclusions else CLEAN


@cli.command(
    cls=_Report,
    help=say(
        "Fill the report of a campaign workbook. The workbook itself is not changed unless --in-place is given.",
        "Remplir le rapport d’un classeur de campagne. Le classeur n’est pas modifié, sauf avec --in-place.",
    ),
)
@_source
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=say("FILE", "FICHIER"),
    help=say(
        "Where to write [default: NAME-report.xlsx beside the workbook].",
        "Où écrire [par défaut : NOM-rapport.xlsx à côté du classeur].",
    ),
)
@click.option(
    "--in-place",
    is_flag=True,
    help=say(
        "Fill the workbook itself; a dated copy of it is kept.",
        "Remplir le classeur même ; une copie datée est gardée.",
    ),
)
@_campaign
@_period
@_lang
@_json
@click.option(
    "--pdf",
    is_flag=True,
    help=say(
        "Also write the report as PDF (by Excel or LibreOffice).",
        "Écrire aussi le rapport en PDF (Excel ou LibreOffice).",
    ),
)
@click.option(
    "--pptx",
    metavar="[DECK.pptx]",
    help=say(
        "Also write a PowerPoint deck, by default beside the report.",
        "Écrire aussi une présentation PowerPoint, par défaut à côté du rapport.",
    ),
)
@click.option(
    "--pptx-template",
    type=click.Path(path_type=Path),
    metavar=say("FILE", "FICHIER"),
    help=say(
        "A company’s .pptx or .potx: the deck takes its layouts, fonts, colours and slide size.",
        "Le .pptx ou .potx d’une entreprise : la présentation en prend les dispositions, polices, couleurs et le format.",
    ),
)
@click.option("--open", "open_it", is_flag=True, help=say("Open the report.", "Ouvrir le rapport."))
@_strict
def report(
    source: Path,
    output: Path | None,
    in_place: bool,
    campaign: str | None,
    period: str | None,
    lang: Language | None,
    as_json: bool,
    pdf: bool,
    pptx: str | None,
    pptx_template: Path | None,
    open_it: bool,
    strict: bool,
) -> int:
    from datetime import datetime

    from xlkpi.core.findings import Refused
    from xlkpi.excel.jobs import report as filereport

    request = filereport.Request(campaign, _parse_period(period), lang)
    now = datetime.now()
    if in_place and output is not None:
        raise click.UsageError(
            say("--in-place and -o exclude each other", "--in-place et -o s’excluent")
        )
    wants_deck = pptx is not None or pptx_template is not None
    writes = in_place or output is not None or pdf or wants_deck or open_it or not as_json
    if not writes:
        made, language = filereport.read_report(source, request, now.date(), _progress())
        if strict and filereport.excluded(made):
            raise Refused(*(f for f in made.findings if f.severity.value == "excluded"))
        click.echo(filereport.as_json(made, language))
        return EXCLUSIONS if filereport.excluded(made) else CLEAN
    target = source if in_place else output or _default_target(source, lang)
    if not in_place and target.exists() and source.exists() and source.samefile(target):
        raise click.UsageError(
            say(
                "the report would replace the workbook itself: say --in-place if you mean it",
                "le rapport remplacerait le classeur : ajoutez --in-place si c’est voulu",
            )
        )
    beside = (
        _default_target(source, lang) if in_place else target
    )  # other files than the workbook stand beside it
    deck = _plan_deck(pptx or "", beside, pptx_template) if wants_deck else None
    if not in_place:
        _tell_open(source)
    written = filereport.write_report(source, target, request, now, _progress(), strict)
    if as_json:
        click.echo(filereport.as_json(written.report, written.language))
    else:
        click.echo(filereport.as_text(written.report, LANGUAGE))
        click.echo()
    _tell(written.report.findings, LANGUAGE)
    click.echo(say(f"Report: {written.path}", f"Rapport : {written.path}"), err=as_json)
    if written.backup:
        click.echo(
            say(f"The file as it was: {written.backup}", f"Le fichier d’avant : {written.backup}"),
            err=as_json,
        )
    opened = written.path
    if deck:
        from xlkpi.deck import write as deckwriter

        opened, saved = deck.target, deckwriter.write(deck, written.report, written.language, now)
        click.echo(say(f"Deck: {opened}", f"Présentation : {opened}"), err=as_json)
        if saved:
            click.echo(
                say(f"The deck as it was: {saved}", f"La présentation d’avant : {saved}"),
                err=as_json,
            )
    if pdf:
        from xlkpi.excel.jobs.pdf import export

        printed = beside.with_suffix(".pdf")
        saved = export(written.path, printed, written.language, now)
        opened = opened if deck else printed
        click.echo(say(f"PDF: {printed}", f"PDF : {printed}"), err=as_json)
        if saved:
            click.echo(_pdf_before(saved), err=as_json)
    if open_it:
        click.launch(str(opened))
    return EXCLUSIONS if filereport.excluded(written.report) else CLEAN


def _pdf_before(saved: Path) -> str:
    return say(f"The PDF as it was: {saved}", f"Le PDF d’avant : {saved}")


def _plan_deck(name: str, beside: Path, template: Path | None) -> DeckPlan:
    """What could refuse the deck is asked before the report is written."""
    from xlkpi.deck import write as deckwriter

    target = Path(name) if name else beside.with_suffix(".pptx")
    if target.suffix.lower() != ".pptx":
        raise click.UsageError(
            say(
                f"a deck must end in .pptx, not {target.suffix}",
                f"une présentation doit se terminer par .pptx, pas {target.suffix}",
            )
        )
    return deckwriter.plan(target, template)


def _default_target(source: Path, lang: Language | None) -> Path:
    words = ("rapport", "report") if (lang or LANGUAGE) == "fr" else ("report", "rapport")
    names = [source.with_name(f"{source.stem}-{word}{source.suffix}") for word in words]
    # A report made in the other language is refreshed where it is: its comments are in it.
    return names[1] if names[1].exists() and not names[0].exists() else names[0]


def _parse_period(text: str | None) -> Any:
    if text is None:
        return None
    from xlkpi.core.campaign import parse_period

    try:
        return parse_period(text)
    except ValueError:
        raise click.UsageError(
            say(
                f"--period {text}: write 2026, 2026-Q1, 2026-03, or 2026-03-01..2026-04-15",
                f"--period {text} : écrivez 2026, 2026-Q1, 2026-03 ou 2026-03-01..2026-04-15",
            )
        ) from None


def _progress() -> Callable[[int, int], None] | None:
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


def _tell(findings: Sequence[Any], language: Language) -> None:
    """Findings on the error channel: problems first, one line each."""
    from xlkpi.core.findings import by_severity

    for finding in by_severity(findings):
        mark = ":" if language == "en" else "\u00a0:"
        click.echo(visible(f"{finding.word(language)}{mark} {finding.message(language)}"), err=True)


def _tell_open(source: Path) -> None:
    """Say that a workbook which is only read is open elsewhere."""
    from xlkpi.files import marks

    if finding := marks.unsaved(source):
        _tell([finding], LANGUAGE)


@cli.command(
    help=say(
        "Check a workbook without writing anything.", "Contrôler un classeur sans rien écrire."
    )
)
@_source
@_lang
@_json
@_strict
def check(source: Path, lang: Language | None, as_json: bool, strict: bool) -> int:
    from datetime import date

    from xlkpi.core import asjson
    from xlkpi.excel.jobs import report as filereport
    from xlkpi.excel.report import results as render

    _tell_open(source)
    made, language = filereport.read_report(
        source, filereport.Request(language=lang), date.today(), _progress()
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
        click.echo(str(render.checks(made, LANGUAGE)["checks_balance"][0][0]))
        _tell(made.findings, LANGUAGE)
        if not made.findings:
            click.echo(say("Nothing to report.", "Rien à signaler."))
    if filereport.excluded(made):
        return REFUSED if strict else EXCLUSIONS
    return CLEAN


@cli.command(
    help=say(
        "The KPI dictionary; with a name, all about one KPI.",
        "Le dictionnaire des KPI ; avec un nom, tout sur un KPI.",
    )
)
@click.argument("name", required=False, metavar=say("[KPI]", "[KPI]"))
@_lang
@_json
def kpis(name: str | None, lang: Language | None, as_json: bool) -> int:
    from xlkpi.core import catalogue, figures

    language = lang or LANGUAGE
    chosen = list(catalogue.KPIS)
    if name:
        found = catalogue.find(name)
        if found is None:
            near = catalogue.suggest(name)
            raise click.UsageError(
                say(f"{name} is not a known KPI", f"{name} n’est pas un KPI connu")
                + (
                    ""
                    if near is None
                    else say(
                        f"; did you mean {near.label.en}?",
                        f" ; vouliez-vous dire {near.label.fr} ?",
                    )
                )
            )
        chosen = [found]
    if as_json:
        import json

        click.echo(
            json.dumps(
                [
                    {
                        "id": k.id,
                        "function": k.function,
                        "label": k.label.in_(language),
                        "definition": k.help.in_(language),
                        "formula": k.formula.in_(language),
                        "unit": k.unit.value,
                        "better": k.better.value,
                        "stage": k.stage.value,
                        "objectives": list(k.objectives),
                        "why": k.why.in_(language),
                        "how": k.how.in_(language),
                        "source": k.source,
                    }
                    for k in chosen
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return CLEAN
    if name:
        k = chosen[0]
        for heading, text in (
            ("", k.label.in_(language) + (f"  ({k.function})" if k.function else "")),
            ("", k.help.in_(language)),
            (say("Formula", "Formule"), k.formula.in_(language)),
            (say("Unit", "Unité"), figures.UNIT_WORDS[k.unit].in_(language)),
            (say("Why it matters", "Pourquoi"), k.why.in_(language)),
            (say("How to use it", "Comment l’utiliser"), k.how.in_(language)),
            ("Source", k.source),
        ):
            click.echo(f"{heading}{':' if LANGUAGE == 'en' else ' :'} {text}" if heading else text)
        return CLEAN
    width = max(len(k.label.in_(language)) for k in chosen)
    name_width = max(len(k.function) for k in chosen)
    for k in chosen:
        click.echo(
            f"{k.label.in_(language).ljust(width)}  {k.function.ljust(name_width)}  {k.formula.in_(language)}"
        )
    return CLEAN


@cli.command(
    cls=_WithSample,
    help=say(
        "Make a sample campaign, report on it, and say where the files are.",
        "Créer une campagne d’exemple, faire son rapport, et dire où sont les fichiers.",
    ),
)
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path), metavar=say("[FOLDER]", "[DOSSIER]")
)
@_lang
@_sample
def demo(folder: Path | None, lang: Language | None, sample: str | None) -> int:
    from datetime import datetime

    from xlkpi.core.findings import NotWritten
    from xlkpi.excel.jobs import report as filereport
    from xlkpi.excel.jobs.pdf import export

    language = lang or LANGUAGE
    folder = folder or _new_folder(Path("xlkpi-demo"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise click.UsageError(
            say(f"{folder} cannot be created", f"{folder} ne peut être créé")
        ) from None
    book = folder / say("campaign.xlsx", "campagne.xlsx")
    target = _default_target(book, language)
    filereport.require_free(book)
    filereport.require_free(target)
    from xlkpi.excel.samples.campaigns import example_of
    from xlkpi.excel.template.build import build
    from xlkpi.files.saving import write_bytes

    write_bytes(build(language, example_of(sample or _USUAL, language)), book)
    now = datetime.now()
    written = filereport.write_report(book, target, filereport.Request(language=language), now)
    click.echo(filereport.as_text(written.report, language))
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
            click.echo(_pdf_before(saved))
    except NotWritten as problem:
        click.echo(
            say("PDF:      not made. ", "PDF :      pas produit. ")
            + problem.finding.fix.in_(LANGUAGE)
        )
    return CLEAN


def _new_folder(wanted: Path) -> Path:
    """A folder that does not exist yet: nothing is written over."""
    return next(
        p for p in (wanted, *(Path(f"{wanted}-{n}") for n in range(2, 1_000))) if not p.exists()
    )


@cli.command(
    help=say(
        "Install the Excel add-in for this user (Windows, macOS).",
        "Installer le complément Excel pour cet utilisateur (Windows, macOS).",
    )
)
@_lang
def install(lang: Language | None) -> int:
    from xlkpi.excel.addin import install as setup
    from xlkpi.excel.addin.machine import Profile

    language, profile = lang or LANGUAGE, Profile.of_this_machine()
    click.echo(
        "\n".join(
            setup.told_installed(setup.install(profile), language)
            if profile.has_excel
            else setup.would_install(language)
        )
    )
    return CLEAN


@cli.command(
    help=say(
        "Remove the Excel add-in and everything that came with it.",
        "Supprimer le complément Excel et tout ce qui est venu avec lui.",
    )
)
@_lang
def uninstall(lang: Language | None) -> int:
    from xlkpi.excel.addin import install as setup
    from xlkpi.excel.addin.machine import Profile

    language, profile = lang or LANGUAGE, Profile.of_this_machine()
    click.echo(
        "\n".join(
            setup.told_uninstalled(setup.uninstall(profile), language)
            if profile.has_excel
            else setup.would_uninstall(language)
        )
    )
    return CLEAN


@cli.command(
    help=say(
        "Examine the installation; each line says what to do.",
        "Examiner l’installation ; chaque ligne dit quoi faire.",
    )
)
@_lang
@_json
def doctor(lang: Language | None, as_json: bool) -> int:
    from xlkpi.excel.addin import doctor as physician
    from xlkpi.excel.addin.machine import Profile

    language = lang or LANGUAGE
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
        click.echo("\n".join(line.told(language) for line in lines))
    return CLEAN if well else EXCLUSIONS


@cli.group(
    cls=_Group,
    subcommand_metavar=say("COMMAND [ARGS]...", "COMMANDE [ARGS]..."),
    help=say(
        "For developers: the Excel add-in itself.",
        "Pour les développeurs : le complément Excel lui-même.",
    ),
)
def addin() -> None:
    pass


@addin.command(
    help=say(
        "Build the add-in from its sources.", "Construire le complément à partir de ses sources."
    )
)
@click.argument(
    "path", default="xlkpi.xlam", metavar=say("[PATH]", "[CHEMIN]"), type=click.Path(path_type=Path)
)
@_lang
def build(path: Path, lang: Language | None) -> int:
    if path.suffix.lower() != ".xlam":  # an add-in replaces an add-in, never a workbook
        raise click.UsageError(
            say(
                f"an add-in must end in .xlam, not {path.suffix}",
                f"un complément doit se terminer par .xlam, pas {path.suffix}",
            )
        )
    from xlkpi.excel.addin import build as builder

    builder.write(path)
    click.echo(say(f"Written: {path}", f"Créé : {path}"))
    return CLEAN


def _usage(error: click.UsageError) -> str:
    """click's complaint in the user's language."""
    if LANGUAGE == "fr":
        if isinstance(error, click.NoSuchOption):
            return f"option inconnue : {error.option_name}"
        if isinstance(error, click.MissingParameter):
            named = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return f"il manque {named}"
        if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
            kind = error.param.type
            choices = " ou ".join(map(str, kind.choices)) if isinstance(kind, click.Choice) else ""
            return f"valeur incorrecte pour {'/'.join(error.param.opts)}" + (
                f" : choisissez {choices}" if choices else ""
            )
        if isinstance(error, click.BadOptionUsage):
            wanted = (
                "ne prend pas de valeur"
                if "does not take" in error.message
                else "demande une valeur"
            )
            return f"l’option {error.option_name} {wanted}"
        if "No such command" in error.message:
            return f"commande inconnue : {error.message.split(chr(39))[1]}"
        if "unexpected extra argument" in error.message:
            return f"en trop : {error.message.partition('(')[2].rstrip(').')}"
    return error.format_message()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a user's mistake never shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # a file or a pipe gets UTF-8, a terminal what it understands
            stream.reconfigure(
                errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"})
            )
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="xlkpi",
            standalone_mode=False,
        )
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return CLEAN
    except click.UsageError as error:
        click.echo(f"xlkpi: {_usage(error)}", err=True)
        where = error.ctx.command_path if error.ctx else "xlkpi"
        click.echo(say(f"Help: {where} --help", f"Aide : {where} --help"), err=True)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("Stopped.", "Interrompu."), err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception as error:
        return _problem(error)


def _problem(error: Exception) -> int:
    from xlkpi.core.findings import NotWritten, Refused, system_reason

    if isinstance(error, Refused):
        _tell(error.findings, LANGUAGE)
        click.echo(say("Nothing was written.", "Rien n’a été écrit."), err=True)
        return REFUSED
    if isinstance(error, NotWritten):
        _tell([error.finding], LANGUAGE)
        return NOT_WRITTEN
    if os.environ.get("XLKPI_DEBUG"):
        raise error
    if isinstance(
        error, OSError
    ):  # a name too long, a folder that may not be searched, a drive that went away
        why = system_reason(error)
        click.echo(
            say(
                f"error: {error.filename or ''}: the system refuses this file or folder ({why.en}). "
                "Fix: check its name and your rights, or choose another one. [XK401]",
                f"erreur : {error.filename or ''} : le système refuse ce fichier ou ce dossier ({why.fr}). "
                "Solution : vérifiez son nom et vos droits, ou choisissez-en un autre. [XK401]",
            ),
            err=True,
        )
        return NOT_WRITTEN
    click.echo(
        say(
            f"This is a bug in xlkpi ({type(error).__name__}), not your mistake. Nothing was overwritten. "
            "Run again with XLKPI_DEBUG=1 for the details to send us. [XK900]",
            f"C’est un bogue de xlkpi ({type(error).__name__}), pas votre faute. Rien n’a été écrasé. "
            "Relancez avec XLKPI_DEBUG=1 pour les détails à nous envoyer. [XK900]",
        ),
        err=True,
    )
    return BUG
