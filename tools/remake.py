"""Remakes every committed file that the code writes: docs/reference, the table of the benchmark, the workbooks to
download, workbook_template.xlsx and macros/Functions.bas.

python tools/remake.py            rewrite what is not current
python tools/remake.py --check    say what is not current (exit code 1)

The examples and their pictures need LibreOffice: examples/render.py makes them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

from xlkpi.cli import cli
from xlkpi.core import catalogue, figures
from xlkpi.core.codes import CODES, Code
from xlkpi.core.findings import SEVERITY_WORDS
from xlkpi.core.insight.facts import Is
from xlkpi.core.insight.funnel import STAGE_WORDS
from xlkpi.core.insight.rulebook import RULES, Rule
from xlkpi.core.kpi import Better, Kpi, Stage
from xlkpi.core.texts import LANGUAGES, Language, Text, sentence
from xlkpi.excel.addin import build as addin
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.choices import Setting
from xlkpi.excel.workbook.contract import Column, ColumnKind, Sheet
from xlkpi.intake.exports import reading
from xlkpi.intake.exports.platform import Platform
from xlkpi.intake.exports.recognition import platforms
from xlkpi.intake.posts import COLUMNS, column_label

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DOWNLOADS: dict[Language, str] = {"en": "xlkpi-campaign.xlsx", "fr": "xlkpi-campagne.xlsx"}
Say = Callable[[str, str], str]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a cell keeps to its line and to its column."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).replace("|", "\\|")


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


# -- KPIs ------------------------------------------------------------------------------------------

STAGES = {
    **STAGE_WORDS,
    Stage.OTHER: Text(
        "Outside one campaign (loyalty, e-mail, process)",
        "Au-delà d’une campagne (fidélité, e-mail, organisation)",
    ),
}
DIRECTIONS = {
    Better.HIGHER: ("▲", Text("higher is better", "plus c’est haut, mieux c’est")),
    Better.LOWER: ("▼", Text("lower is better", "plus c’est bas, mieux c’est")),
    Better.NEUTRAL: ("–", Text("no judgement", "sans jugement")),
}


def kpis(language: Language, say: Say) -> Iterator[str]:
    """All KPIs at a glance, a table a funnel stage; then each with all that the catalogue says."""
    signs = ", ".join(f"{sign} {words.in_(language)}" for sign, words in DIRECTIONS.values())
    yield say("# KPIs", "# Les KPI")
    yield f"{len(catalogue.KPIS)} KPI{say('s', '')}. {signs}."
    yield say(
        "The same list is on the sheet *KPI* of every workbook and in `xlkpi kpis`. On the sheet Objectives a KPI may be "
        "written as its label in either language, as its id or as its function.",
        "La même liste figure dans la feuille *KPI* de chaque classeur et dans `xlkpi kpis`. Dans la feuille Objectifs, un "
        "KPI s’écrit par son libellé, dans une langue ou l’autre, par son identifiant ou par sa fonction.",
    )
    head = Text("KPI|In French|Function|Formula|Unit|", "KPI|En anglais|Fonction|Formule|Unité|")
    for stage, title in STAGES.items():
        yield f"## {title.in_(language)}"
        yield table(
            head.in_(language).split("|"),
            (kpi_row(kpi, language) for kpi in catalogue.KPIS if kpi.stage is stage),
        )
    yield say("## One by one", "## Un par un")
    for kpi in catalogue.KPIS:
        yield from kpi_entry(kpi, language, say)


def kpi_row(kpi: Kpi, language: Language) -> tuple[str, ...]:
    return (
        f"[{kpi.label.in_(language)}](#{kpi.id})",
        kpi.label.in_("fr" if language == "en" else "en"),
        f"`{kpi.function}`" if kpi.function else "–",
        kpi.formula.in_(language),
        figures.UNIT_WORDS[kpi.unit].in_(language),
        DIRECTIONS[kpi.better][0],
    )


def kpi_entry(kpi: Kpi, language: Language, say: Say) -> Iterator[str]:
    yield f'<a id="{kpi.id}"></a>\n\n### {kpi.label.in_(language)}'
    yield kpi.help.in_(language)
    called = f"`={kpi.function}({'; '.join(kpi.arguments)})`" if kpi.function else ""
    measures = (catalogue.MEASURES[name] for name in kpi.inputs if name in catalogue.MEASURES)
    needs = ", ".join(measure.label.in_(language) for measure in measures)
    types = ", ".join(choices.OBJECTIVE_TYPES[id].in_(language) for id in kpi.objectives)
    lines = (
        (say("Formula", "Formule"), kpi.formula.in_(language)),
        (say("Why it matters", "Pourquoi le suivre"), kpi.why.in_(language)),
        (say("How to use it", "Comment l’utiliser"), kpi.how.in_(language)),
        (say("Data needed", "Données nécessaires"), needs),
        (say("Proposed for", "Proposé pour"), types),
        (say("In a cell", "Dans une cellule"), called.replace(";", say(",", ";"))),
        (say("Id", "Identifiant"), f"`{kpi.id}`"),
        ("Source", kpi.source.replace("'", "’")),
    )
    yield listed(((name, said) for name, said in lines if said), say)


def listed(lines: Iterable[tuple[str, str]], say: Say) -> str:
    colon = say(":", "\u00a0:")
    return "\n".join(f"- **{name}**{colon} {said}" for name, said in lines)


# -- reading rules -----------------------------------------------------------------------------------

STATES = {
    Is.LOW: Text("low", "sous l’attendu"),
    Is.HIGH: Text("high", "au-dessus de l’attendu"),
    Is.POOR: Text("mostly bad", "en majorité défavorable"),
    Is.RISING: Text("rising", "en hausse"),
    Is.FALLING: Text("falling", "en baisse"),
}


def rules(language: Language, say: Say) -> Iterator[str]:
    """What is seen, what it means, what to do."""
    yield say("# Reading rules", "# Règles de lecture")
    yield say(
        f"{len(RULES)} rules say what the figures mean together. What *low*, *high* and *rising* are measured by, and how "
        "urgent a reading is, stands in [how the report reads the figures](../explain/readings.md).",
        f"{len(RULES)} règles disent ce que les chiffres signifient ensemble. À quoi se mesurent *sous l’attendu* et *en "
        "hausse*, et comment se décide l’urgence\u00a0: voir [comment le rapport lit les chiffres](../explain/readings.md).",
    )
    head = Text(
        "What is seen|What it means|What to do|Possible causes|Source",
        "Ce que l’on voit|Ce que cela veut dire|Que faire|Causes possibles|Source",
    )
    yield table(head.in_(language).split("|"), (rule_row(rule, language, say) for rule in RULES))


def rule_row(rule: Rule, language: Language, say: Say) -> tuple[str, ...]:
    seen = say(" and ", " et ").join(
        f"{catalogue.kpi(id).label.in_(language)} {STATES[state].in_(language)}"
        for id, state in rule.when
    )
    causes = ", ".join(cause.in_(language) for cause in rule.causes)
    return seen, rule.meaning.in_(language), rule.action.in_(language), causes, rule.source


# -- commands ------------------------------------------------------------------------------------------


def commands(language: Language, say: Say) -> Iterator[str]:
    """Every command with its options."""
    cli.speak(language)
    yield say("# Commands", "# Commandes")
    yield say(
        "`xlkpi --version` shows the version, `-h` or `--help` after any command its help. Exit codes, your defaults and "
        "completion are on [another page](terminal.md).",
        "`xlkpi --version` affiche la version\u00a0; `-h` ou `--help` après une commande affiche son aide. Codes de sortie, "
        "réglages personnels et complétion sont [sur une autre page](terminal.md).",
    )
    for name, command in all_commands(cli, "xlkpi"):
        yield from command_entry(name, command, say)


def all_commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


def command_entry(name: str, command: click.Command, say: Say) -> Iterator[str]:
    ctx = click.Context(command, info_name=name)
    yield f"## `{name}`"
    yield f"{(command.help or '').rstrip('.')}."
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield f"```sh\n{name} {usage}\n```"
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        yield table(
            ("Option", say("What it does", "Ce qu’elle fait")),
            (option_row(option, ctx) for option in options),
        )


def option_row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names, said = option.get_help_record(ctx) or ("", "")
    return f"`{names}`", said


# -- findings --------------------------------------------------------------------------------------

HUNDREDS = {
    "1": Text("Files and exports", "Fichiers et exports"),
    "2": Text("Sheets, columns, campaigns and KPIs", "Feuilles, colonnes, campagnes et KPI"),
    "3": Text("Cells and imports", "Cellules et imports"),
    "4": Text("Writing", "Écriture"),
    "5": Text("The report", "Le rapport"),
    "6": Text("Installing and removing the add-in", "Installation et retrait du complément"),
    "7": Text("The buttons", "Les boutons"),
    "9": Text("The way to Python", "Le chemin vers Python"),
}


def findings(language: Language, say: Say) -> Iterator[str]:
    """Every code with what it means and what to do."""
    yield say("# Findings", "# Constats")
    yield say(
        f"{len(CODES)} codes. A message also says where, what was found, and which KPIs it touches; it may know more than "
        "stands here. [How findings are reported](terminal.md).",
        f"{len(CODES)} codes. Un message dit aussi où, ce qui a été trouvé et quels KPI sont touchés\u00a0; il peut en savoir "
        "plus que cette page. [Comment les constats sont signalés](terminal.md).",
    )
    severities = Text(
        "**error**: the input is refused, nothing is written|**excluded**: something was left out of a KPI|"
        "**warning**: used as it is, but worth a look|**note**: an assumption or a fact worth knowing",
        "**erreur**\u00a0: l’entrée est refusée, rien n’est écrit|**exclu**\u00a0: quelque chose a été laissé hors d’un KPI|"
        "**attention**\u00a0: utilisé tel quel, mais à regarder|**note**\u00a0: une hypothèse ou un fait bon à savoir",
    )
    yield "\n".join(f"- {line}" for line in severities.in_(language).split("|"))
    head = Text("Code|Severity|What it means|What to do", "Code|Gravité|Signification|Que faire")
    for digit, title in HUNDREDS.items():
        yield f"## XK{digit}: {title.in_(language)}"
        codes = (code for number, code in CODES.items() if number.startswith(f"XK{digit}"))
        yield table(head.in_(language).split("|"), (finding_row(code, language) for code in codes))


def finding_row(code: Code, language: Language) -> tuple[str, ...]:
    return (
        f'<a id="{code.lower()}"></a>{code}',
        SEVERITY_WORDS[code.severity].in_(language),
        sentence(code.meaning.in_(language)),
        sentence(code.fix.in_(language)),
    )


# -- platforms -------------------------------------------------------------------------------------------


ALIASES = tomllib.loads((ROOT / "xlkpi/intake/aliases.toml").read_text(encoding="utf-8"))
_TONGUES = {
    "en": Text("English", "anglais"),
    "fr": Text("French", "français"),
    "de": Text("German", "allemand"),
    "es": Text("Spanish", "espagnol"),
    "pt": Text("Portuguese", "portugais"),
}


def platform_page(language: Language, say: Say) -> Iterator[str]:
    """What an import recognises, and what it refuses by name."""
    yield say("# Platforms", "# Plateformes")
    yield say(
        "A file is recognised by the headers of its columns, whatever it is called. A header counts when the whole of it is a "
        "known name; accents, case, spaces and punctuation do not matter.",
        "Un fichier est reconnu à ses en-têtes de colonnes, quel que soit son nom. Un en-tête compte s’il est, en entier, un "
        "nom connu\u00a0; accents, majuscules, espaces et ponctuation sont indifférents.",
    )
    yield say("## Read", "## Ce qui est lu")
    for platform in platforms():
        if platform.refusal is None:
            yield from platform_entry(platform, language, say)
    yield say("## Recognised and refused", "## Ce qui est reconnu et refusé")
    head = Text("Table|What to take instead|Code", "Tableau|Ce qu’il faut prendre à la place|Code")
    yield table(
        head.in_(language).split("|"),
        (
            (
                p.name.in_(language),
                p.refusal.fix.in_(language),
                f"[{p.refusal.code}](findings.md#{p.refusal.code.lower()})",
            )
            for p in platforms()
            if p.refusal is not None
        ),
    )


def platform_entry(platform: Platform, language: Language, say: Say) -> Iterator[str]:
    yield f'<a id="{platform.id}"></a>\n\n### {platform.name.in_(language)}'
    tongues = ", ".join(_TONGUES[tongue].in_(language) for tongue in spoken_by(platform))
    if tongues:
        yield f"{say('Headers in', 'En-têtes en')} {tongues}."
    head = Text(
        "Column of Posts|Its names in the file", "Colonne de Posts|Ses noms dans le fichier"
    )
    yield table(
        head.in_(language).split("|"),
        (
            (column_label(id).in_(language), ", ".join(names))
            for id, names in taken(platform).items()
        ),
    )


def taken(platform: Platform) -> dict[str, list[str]]:
    """Column of Posts → every name that it may have in such a file."""
    found: dict[str, list[str]] = {}
    for id, names in reading.wanted(platform).items():
        column = platform.renamed.get(id, id)
        if column in COLUMNS:
            found[column] = list(dict.fromkeys((*found.get(column, ()), *names)))
    return found


def spoken_by(platform: Platform) -> list[str]:
    """The languages in which a file can have every column that makes it this kind."""
    names = ALIASES.get(platform.id, {})
    needed = [[names[id] for id in need.split("|") if id in names] for need in platform.needs]
    return [t for t in _TONGUES if all(any(t in each for each in either) for either in needed)]


# -- the workbook ------------------------------------------------------------------------------------------

KINDS = {
    ColumnKind.TEXT: Text("text", "texte"),
    ColumnKind.ID: Text("id, as text", "identifiant, en texte"),
    ColumnKind.DATE: Text("date", "date"),
    ColumnKind.COUNT: Text("count", "nombre"),
    ColumnKind.MONEY: Text("amount", "montant"),
    ColumnKind.PERCENT: Text("percent", "pourcentage"),
    ColumnKind.SCORE: Text("mark, 1 to 5", "note de 1 à 5"),
    ColumnKind.NUMBER: Text("number", "nombre"),
    ColumnKind.FLAG: Text("yes or no", "oui ou non"),
    ColumnKind.CHOICE: Text("from a list", "dans une liste"),
    ColumnKind.COMPUTED: Text("computed", "calculée"),
}
INPUTS = (
    contract.CAMPAIGNS,
    contract.OBJECTIVES,
    contract.INFLUENCERS,
    contract.POSTS,
    contract.REVIEWS,
    contract.AUDIENCE,
    contract.REFERENCES,
)


def workbook(language: Language, say: Say) -> Iterator[str]:
    """Settings, then the columns of every sheet that people fill, then the lists they choose from."""
    yield say("# The workbook", "# Le classeur")
    yield say(
        "Sheets and columns are found by their names, in either language, wherever they stand. What each sheet is for: "
        "[the guide](../guide/workbook.md).",
        "Feuilles et colonnes sont retrouvées par leur nom, dans une langue ou l’autre, où qu’elles soient. Le rôle de chaque "
        "feuille\u00a0: [le guide](../guide/workbook.md).",
    )
    yield f"## {contract.SETTINGS.label.in_(language)}"
    head = Text(
        "Setting|Usual value|Choices|What it does", "Paramètre|Valeur d’origine|Choix|Effet"
    )
    yield table(
        head.in_(language).split("|"), (setting_row(s, language) for s in choices.SETTING_ROWS)
    )
    for sheet in INPUTS:
        yield from sheet_entry(sheet, language, say)
    yield say("## Lists", "## Listes")
    lists = {
        Text("Objective types", "Types d’objectif"): choices.OBJECTIVE_TYPES.values(),
        Text("States of a campaign", "Statuts d’une campagne"): choices.STATUSES.values(),
        Text("States of an action", "États d’une action"): choices.ACTION_STATES.values(),
        Text("Formats", "Formats"): choices.FORMATS.values(),
        Text("Kinds of references", "Sortes de références"): choices.REFERENCE_KINDS.values(),
    }
    yield listed(
        [
            (name.in_(language), ", ".join(t.in_(language) for t in texts))
            for name, texts in lists.items()
        ]
        + [(say("Networks", "Réseaux"), ", ".join(choices.NETWORKS))],
        say,
    )


def setting_row(setting: Setting, language: Language) -> tuple[str, ...]:
    offers = setting.choices or {}
    usual = offers[str(setting.default)].in_(language) if offers else str(setting.default)
    if setting.kind is ColumnKind.PERCENT:
        usual = (
            f"{float(setting.default):.0%}"
            if language == "en"
            else f"{float(setting.default) * 100:.0f}\u00a0%"
        )
    offered = ", ".join(text.in_(language) for text in offers.values())
    return (
        setting.label.in_(language),
        usual or "–",
        offered or "–",
        setting.explanation.in_(language),
    )


def sheet_entry(sheet: Sheet, language: Language, say: Say) -> Iterator[str]:
    yield f"## {sheet.label.in_(language)}"
    head = Text(
        "Column|In French|Holds|Other names understood",
        "Colonne|En anglais|Contenu|Autres noms compris",
    )
    names = head.in_(language).split("|")
    yield table(names, (column_row(column, language) for column in sheet.columns))
    if sheet.extra:
        yield say("Understood when you add them:", "Comprises si vous les ajoutez\u00a0:")
        yield table(names, (column_row(column, language) for column in sheet.extra))


def column_row(column: Column, language: Language) -> tuple[str, ...]:
    other = column.label.in_("fr" if language == "en" else "en")
    return (
        column.label.in_(language),
        other,
        KINDS[column.kind].in_(language),
        ", ".join(column.aliases) or "–",
    )


# -- all of it -----------------------------------------------------------------------------------------------

PAGES: dict[str, Callable[[Language, Say], Iterator[str]]] = {
    "reference/commands": commands,
    "reference/findings": findings,
    "reference/kpis": kpis,
    "reference/platforms": platform_page,
    "reference/rules": rules,
    "reference/workbook": workbook,
}
NOTE = "<!-- Written by tools/remake.py: change what it reads, not this page. -->"


def page(name: str, language: Language) -> str:
    """One generated page, whole."""
    paragraphs = PAGES[name](language, lambda en, fr: Text(en, fr).in_(language))
    return "\n\n".join((NOTE, *paragraphs)).rstrip() + "\n"


def benchmark(before: str) -> str:
    """The page of the benchmarks with the last measurement in it."""
    last = (ROOT / "benchmarks" / "last.md").read_text(encoding="utf-8").strip()
    start, end = "<!-- benchmark: generated -->", "<!-- benchmark: end -->"
    parts = re.split(f"{start}.*?{end}", before, flags=re.DOTALL)
    if len(parts) != 2:
        sys.exit(f"docs/trust/benchmarks.md: {start} … {end} must be there once")
    return f"{start}\n{last}\n{end}".join(parts)


def _suffix(language: Language) -> str:
    return ".md" if language == "en" else f".{language}.md"


def wanted() -> dict[Path, bytes]:
    """Every file that is made here, as it should be."""
    texts = {
        DOCS / f"{name}{_suffix(lang)}": page(name, lang) for name in PAGES for lang in LANGUAGES
    }
    path = DOCS / "trust" / "benchmarks.md"
    texts[path] = benchmark(path.read_text(encoding="utf-8"))
    texts[ROOT / "macros" / addin.WRAPPERS] = addin.wrappers()
    books = {
        DOCS / "start" / name: build(lang, edition="lambda") for lang, name in DOWNLOADS.items()
    }
    books[ROOT / "workbook_template.xlsx"] = build("en")
    return {path: text.encode() for path, text in texts.items()} | books


def main() -> None:
    stale = {p: data for p, data in wanted().items() if not p.exists() or p.read_bytes() != data}
    if "--check" in sys.argv[1:]:
        names = ", ".join(sorted(path.relative_to(ROOT).as_posix() for path in stale))
        sys.exit(f"not current: {names}; run python tools/remake.py" if stale else 0)
    for path, data in stale.items():
        path.write_bytes(data)
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
