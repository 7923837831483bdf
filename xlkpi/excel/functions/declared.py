"""The cell functions as data: name, arguments, help in both languages, and what a cell gets back.

A result depends on the arguments alone.  Excel's own errors tell what is wrong: ``#N/A`` unknown,
``#DIV/0!`` divided by zero, ``#VALUE!`` not what was asked for, ``#NUM!`` too large; an error in an argument
comes through unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from xlkpi.core import catalogue
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.kpi import Kpi
from xlkpi.core.texts import Text
from xlkpi.excel.functions import values as cellvalues
from xlkpi.excel.functions.values import VALUE, Raw


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; ``name`` is what the function wizard shows and a legal VBA name."""

    name: str
    help: Text
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function as Excel knows it.

    ``call`` takes raw cell values (float, str, bool, None for blank, an int code for an Excel error; a
    range is a tuple of row tuples) and gives a raw cell value, or a list of row tuples for what spills.
    """

    name: str
    help: Text
    arguments: tuple[Argument, ...]
    call: Callable[..., object]
    kpi: str | None = None  # id of the KPI it computes


def from_module(module: str, name: str, count: int) -> Callable[..., Raw]:
    """A function of a module that is loaded when it is first called: the server's start is what a user waits for.

    A missing argument is blank, and whatever goes wrong is ``#VALUE!``, never a crash.
    """

    def cell(*values: Raw) -> Raw:
        try:
            call = getattr(import_module(f"xlkpi.excel.functions.{module}"), name)
            return call(*values, *(None,) * (count - len(values)))
        except Exception:  # noqa: BLE001  a cell shows an error, never a crash
            return VALUE

    return cell


def of_kpi(kpi: Kpi) -> Callable[..., Raw]:
    """The catalogue's own formula over cells: the figure that the report has for the same sums."""
    compute, count = kpi.compute, len(kpi.arguments)

    def cell(*values: Raw) -> Raw:
        try:
            for value in values:
                if type(value) is not float:
                    break
            else:
                if len(values) == count and (result := compute(*values)) == result:
                    return result + 0.0  # type: ignore[operator]
            return cellvalues.computed(compute, (*values, *(None,) * (count - len(values))))
        except Exception:  # noqa: BLE001  a cell shows an error, never a crash
            return VALUE

    return cell


# -- help texts --------------------------------------------------------------------------------

_COLUMN = Text("a number or a whole column", "un nombre ou une colonne entière")
#: Arguments whose measure's name does not say enough.
_SAID: dict[str, Text] = {
    "spend": Text(
        "What was spent, in your currency: 0 for a gifted collaboration, empty if unknown.",
        "Ce qui a été dépensé, dans votre devise : 0 pour une dotation, vide si inconnu.",
    ),
    "investment": Text(
        "What was invested, in your currency.", "Ce qui a été investi, dans votre devise."
    ),
    "margin": Text(
        "Margin as a share of revenue: 40% or 0.4.",
        "Marge en part du chiffre d’affaires : 40 % ou 0,4.",
    ),
    "interactions": Text(
        "Interactions: likes + comments + shares + saves + clicks, or your own set.",
        "Interactions : likes + commentaires + partages + enregistrements + clics, ou votre choix.",
    ),
    "actual": Text(
        "The result: a number or a whole column.", "Le résultat : un nombre ou une colonne entière."
    ),
    "target": Text(
        "The target: a number or a whole column.", "La cible : un nombre ou une colonne entière."
    ),
    "key_message": Text(
        "How many posts carry the key message.", "Combien de posts portent le message clé."
    ),
    "score": Text("The mark, from 1 to 5.", "La note, de 1 à 5."),
    "scores": Text("The sum of the marks.", "La somme des notes."),
    "posts_scored": Text("How many posts have a mark.", "Combien de posts ont une note."),
    "authentic": Text(
        "Interactions less the suspicious ones.", "Interactions moins les suspectes."
    ),
    "years": Text("How many years a customer stays.", "Combien d’années un client reste."),
}
_LANGUAGE = Argument(
    "language",
    Text("“en” or “fr”; English if left out.", "« en » ou « fr » ; l’anglais par défaut."),
    True,
)
_ACTUAL, _TARGET = Argument("actual", _SAID["actual"]), Argument("target", _SAID["target"])
_KPI = Argument(
    "kpi",
    Text(
        "The KPI: its name in English or French, its id or its Excel function.",
        "Le KPI : son nom en français ou en anglais, son id ou sa fonction Excel.",
    ),
)


def _argument(name: str, measure: str) -> Argument:
    if name in _SAID:
        return Argument(name, _SAID[name])
    return Argument(
        name,
        Text("{label}: {column}.", "{label} : {column}.").format(
            label=MEASURES[measure].label, column=_COLUMN
        ),
    )


def _figure(name: str) -> Argument:
    help = Text("{label}; empty if unknown.", "{label} ; vide si inconnu.").format(
        label=MEASURES[name].label
    )
    return Argument(name, help, optional=name != "impressions")


def _of_catalogue(kpi: Kpi) -> Function:
    arguments = tuple(map(_argument, kpi.arguments, kpi.inputs))
    return Function(kpi.excel_name, kpi.help, arguments, of_kpi(kpi), kpi.id)


def _own(
    name: str, help: Text, module: str, *arguments: Argument, kpi: str | None = None
) -> Function:
    """One that is more than a formula: the function of the same name in ``module``."""
    return Function(name, help, arguments, from_module(module, name.lower(), len(arguments)), kpi)


_EMV = _own(
    "EMV",
    catalogue.kpi("emv").help,
    "emv",
    Argument(
        "network", Text("The network, such as Instagram.", "Le réseau, par exemple Instagram.")
    ),
    Argument(
        "post_format",
        Text(
            "The format, such as Reel; may be empty.",
            "Le format, par exemple Reel ; peut être vide.",
        ),
    ),
    *map(_figure, ("impressions", "views", "likes", "comments", "shares", "saves", "clicks")),
    Argument(
        "method",
        Text(
            "“impressions” (if left out), “interactions” or “both”; the words of Settings will do too.",
            "« impressions » (par défaut), « interactions » ou « both » ; les termes de Paramètres "
            "conviennent aussi.",
        ),
        True,
    ),
    Argument(
        "rates",
        Text(
            "The table of rates, such as the name reference_values; the shipped dated rates if left out.",
            "Le tableau des barèmes, par exemple le nom reference_values ; à défaut, ceux fournis et datés.",
        ),
        True,
    ),
    Argument(
        "currency_code",
        Text(
            "Currency of the rates to use, such as EUR (if left out) or USD.",
            "Devise des barèmes à utiliser, par exemple EUR (par défaut) ou USD.",
        ),
        True,
    ),
    kpi="emv",
)
_OTHERS = (
    _own(
        "KPI_VARIANCE",
        Text(
            "How far a result is from its target: relative for counts and amounts (-0.05 is -5%), in points for rates "
            "(-0.05 is -5 points), as in the report.",
            "Écart d’un résultat à sa cible : relatif pour les volumes et montants (-0,05 vaut -5 %), en points pour "
            "les taux (-0,05 vaut -5 points), comme dans le rapport.",
        ),
        "words",
        _ACTUAL,
        _TARGET,
        _KPI,
    ),
    _own(
        "KPI_STATUS",
        Text(
            "Met, to watch or behind: the report’s verdict on a result, in the direction that is better for the KPI.",
            "Atteint, à surveiller ou en retard : le verdict du rapport sur un résultat, dans le sens favorable au KPI.",
        ),
        "words",
        _ACTUAL,
        _TARGET,
        _KPI,
        _LANGUAGE,
        Argument(
            "tolerance",
            Text(
                "Shortfall still “to watch”, as a share of the target; 10% if left out.",
                "Retard encore « à surveiller », en part de la cible ; 10 % par défaut.",
            ),
            True,
        ),
    ),
    _own(
        "KPI_NAME",
        Text(
            "The name of a KPI in the language you choose.",
            "Le nom d’un KPI dans la langue choisie.",
        ),
        "words",
        _KPI,
        _LANGUAGE,
    ),
    _own(
        "KPI_WHY",
        Text(
            "Says in words why a KPI cell shows an error; empty for a figure.",
            "Dit en clair pourquoi une cellule de KPI affiche une erreur ; vide pour un chiffre.",
        ),
        "words",
        Argument("value", Text("The cell to explain.", "La cellule à expliquer.")),
        _LANGUAGE,
    ),
    _own(
        "TIER",
        Text(
            "The tier of an influencer by followers, from nano to mega; the bounds differ between tools and are yours "
            "to edit.",
            "La catégorie d’un influenceur selon ses abonnés, de nano à méga ; les bornes varient d’un outil à l’autre, "
            "adaptez-les.",
        ),
        "words",
        _argument("followers", "followers"),
        Argument(
            "tiers",
            Text(
                "Names and lower bounds, such as the name reference_values; the shipped tiers if left out.",
                "Noms et bornes basses, par exemple le nom reference_values ; à défaut, celles fournies.",
            ),
            True,
        ),
        _LANGUAGE,
    ),
    _own(
        "UTM_LINK",
        Text(
            "A link that web analytics can attribute: the address with its utm parameters.",
            "Un lien que l’outil d’analyse web saura attribuer : l’adresse avec ses paramètres utm.",
        ),
        "words",
        Argument(
            "url",
            Text(
                "The address to link to, starting with https://.",
                "L’adresse visée, commençant par https://.",
            ),
        ),
        Argument(
            "source",
            Text(
                "utm_source: where the click comes from, such as instagram.",
                "utm_source : d’où vient le clic, par exemple instagram.",
            ),
        ),
        Argument(
            "medium",
            Text(
                "utm_medium: the kind of channel, such as influencer.",
                "utm_medium : le type de canal, par exemple influence.",
            ),
        ),
        Argument(
            "campaign",
            Text(
                "utm_campaign: the campaign, such as spring-2026.",
                "utm_campaign : la campagne, par exemple printemps-2026.",
            ),
        ),
        Argument(
            "content",
            Text(
                "utm_content: which post or influencer; may be empty.",
                "utm_content : quel post ou influenceur ; peut être vide.",
            ),
            True,
        ),
    ),
)

#: In the order of the catalogue, then those for people's own dashboards.
FUNCTIONS: tuple[Function, ...] = (
    *(_EMV if kpi.id == "emv" else _of_catalogue(kpi) for kpi in catalogue.KPIS if kpi.function),
    *_OTHERS,
)
