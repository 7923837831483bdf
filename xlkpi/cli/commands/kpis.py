"""``xlkpi kpis``: the dictionary, or all about one KPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xlkpi.cli.commands import shared
from xlkpi.cli.exits import Exit
from xlkpi.cli.speaking import WrongUsage, argument, command, say, spoken
from xlkpi.core.texts import Language, Text

if TYPE_CHECKING:
    from xlkpi.core.kpi import Kpi


@command(
    help=Text(
        "The KPI dictionary; with a name, all about one KPI.",
        "Le dictionnaire des KPI ; avec un nom, tout sur un KPI.",
    )
)
@argument("name", required=False, metavar=Text("[KPI]", "[KPI]"))
@shared.lang
@shared.json
def kpis(name: str | None, lang: Language | None, as_json: bool) -> int:
    from xlkpi.core import catalogue

    language = lang or spoken()
    chosen = [_named(name)] if name else list(catalogue.KPIS)
    if as_json:
        import json

        rows = [_as_json(kpi, language) for kpi in chosen]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_all_about(chosen[0], language) if name else _table(chosen, language)))
    return Exit.CLEAN


def _named(name: str) -> Kpi:
    from xlkpi.core import catalogue

    found = catalogue.find(name)
    if found is not None:
        return found
    near = catalogue.suggest(name)
    en, fr = f"{name} is not a known KPI", f"{name} n’est pas un KPI connu"
    if near is not None:
        en += f"; did you mean {near.label.en}?"
        fr += f" ; vouliez-vous dire {near.label.fr} ?"
    raise WrongUsage(en, fr)


def _as_json(kpi: Kpi, language: Language) -> dict[str, object]:
    return {
        "id": kpi.id,
        "function": kpi.function,
        "label": kpi.label.in_(language),
        "definition": kpi.help.in_(language),
        "formula": kpi.formula.in_(language),
        "unit": kpi.unit.value,
        "better": kpi.better.value,
        "stage": kpi.stage.value,
        "objectives": list(kpi.objectives),
        "why": kpi.why.in_(language),
        "how": kpi.how.in_(language),
        "source": kpi.source,
    }


def _all_about(kpi: Kpi, language: Language) -> list[str]:
    from xlkpi.core import figures

    mark = ":" if spoken() == "en" else "\u00a0:"
    headed = (
        (say("Formula", "Formule"), kpi.formula),
        (say("Unit", "Unité"), figures.UNIT_WORDS[kpi.unit]),
        (say("Why it matters", "Pourquoi le suivre"), kpi.why),
        (say("How to use it", "Comment l’utiliser"), kpi.how),
    )
    title = kpi.label.in_(language) + (f"  ({kpi.function})" if kpi.function else "")
    lines = [f"{heading}{mark} {text.in_(language)}" for heading, text in headed]
    return [title, kpi.help.in_(language), *lines, f"Source{mark} {kpi.source}"]


def _table(chosen: list[Kpi], language: Language) -> list[str]:
    width = max(len(k.label.in_(language)) for k in chosen)
    functions = max(len(k.function) for k in chosen)
    return [
        f"{k.label.in_(language).ljust(width)}  {k.function.ljust(functions)}  {k.formula.in_(language)}"
        for k in chosen
    ]
