"""What the cells of a column accept, and the help that Excel shows beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.contract import Sheet

#: Rows that carry validation from the start; it follows the table beyond.
VALIDATED_ROWS = 5_000
#: Rules; a list of names is offered, and what is not on it is accepted too.
MARK = {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 5}
SHARE = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
DATE = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
_AMOUNT = {"validate": "decimal", "criteria": ">=", "value": 0}
_REFUSE = {"validate": "custom", "value": "=FALSE", "show_input": False}

CAMPAIGN_HELP = Text("The campaign, as in Campaigns.", "La campagne, comme dans Campagnes.")
INFLUENCER_HELP = Text(
    "The influencer, as in Influencers.", "L’influenceur, comme dans Influenceurs."
)
NETWORK_HELP = Text(
    "The network; pick one so that names stay the same.",
    "Le réseau ; choisissez-le dans la liste pour garder les mêmes noms.",
)
_DATE_HELP = Text("A date, such as 31/03/2026.", "Une date, par exemple 31/03/2026.")
_COMPUTED_HELP = Text(
    "This cell is computed: fill the columns it is made from.",
    "Cette cellule est calculée : remplissez les colonnes dont elle dépend.",
)
_AMOUNT_HELP = Text(
    "A figure of 0 or more; leave empty if unknown (empty is not 0).",
    "Un chiffre supérieur ou égal à 0 ; laissez vide si inconnu (vide n’est pas 0).",
)
_HELP_OF_AMOUNTS = {
    "reach": Text(
        "People reached. Usually not above the impressions; empty if the network does not tell.",
        "Personnes touchées. En général pas plus que les impressions ; vide si non fourni.",
    ),
    "cost": Text(
        "Fee, gifts, production and boost of this post. 0 for a gifted collaboration; empty if unknown.",
        "Honoraires, cadeaux, production et sponsorisation. 0 pour une dotation ; vide si inconnu.",
    ),
}


def pick(names: Iterable[str]) -> dict[str, Any]:
    """A drop-down that also accepts what is not on it."""
    return {"validate": "list", "source": list(names), "error_type": "information"}


def from_name(name: str) -> dict[str, Any]:
    """The same, with what stands under a defined name."""
    return {"validate": "list", "source": f"={name}", "error_type": "information"}


def described(b: Builder, title: Text, message: Text) -> dict[str, Any]:
    """Title and message that Excel shows beside the cell; it cuts them at 32 and 255 characters."""
    return {"input_title": b.t(title)[:32], "input_message": b.t(message)[:255]}


class Validations:
    """The rules of one sheet's columns."""

    def __init__(self, b: Builder, sheet: Worksheet, spec: Sheet) -> None:
        self.b, self.sheet, self.spec = b, sheet, spec
        self._at = {column.id: i for i, column in enumerate(spec.columns)}

    def add(self, id: str, rule: dict[str, Any], message: Text) -> None:
        """A rule for a column; the message is its help and its refusal."""
        at, label = self._at[id], self.spec.column(id).label
        help = described(self.b, label, message)
        error = {"error_title": help["input_title"], "error_message": help["input_message"]}
        self.sheet.data_validation(1, at, VALIDATED_ROWS, at, {**help, **error, **rule})

    def campaign(self) -> None:
        self.add("campaign", from_name("campaign_list"), CAMPAIGN_HELP)

    def influencer(self) -> None:
        self.add("influencer", from_name("influencer_list"), INFLUENCER_HELP)

    def network(self) -> None:
        self.add("network", pick(choices.NETWORKS), NETWORK_HELP)

    def choice(self, id: str, texts: Iterable[Text], message: Text) -> None:
        self.add(id, pick([self.b.t(text) for text in texts]), message)

    def yes_or_no(self, id: str, message: Text) -> None:
        answers = [self.b.t(text) for text in choices.YES_NO.values()]
        self.add(id, {"validate": "list", "source": answers}, message)

    def dates(self, *ids: str) -> None:
        for id in ids:
            self.add(id, DATE, _DATE_HELP)

    def amounts(self, *ids: str) -> None:
        for id in ids:
            self.add(id, _AMOUNT, _HELP_OF_AMOUNTS.get(id, _AMOUNT_HELP))

    def computed(self, id: str) -> None:
        """Typing over a formula is refused.  (A protected sheet would not let the table grow.)"""
        self.add(id, _REFUSE, _COMPUTED_HELP)
