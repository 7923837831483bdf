"""Rows of Posts that no KPI counts: told by reason, with how many they are and what they weigh."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from xlkpi.core import codes, figures
from xlkpi.core.codes import Code
from xlkpi.core.findings import Finding, SameReason
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.grid import Grid

_LEFT_OUT = Text("left out of every KPI", "exclu de tous les KPI")
#: What a row weighs: how many people or times it was seen, the first of these that is known, and its cost.
_SEEN = {
    "reach": Text("reach {n}", "portée {n}"),
    "impressions": Text("impressions {n}", "impressions {n}"),
    "views": Text("views {n}", "vues {n}"),
}
_COST = Text("cost {n}", "coût {n}")
WEIGHED = (*_SEEN, "cost")


@dataclass(frozen=True, slots=True)
class RowReason:
    """Why rows are left out, or looked at twice; ``effect`` is what that means for the report."""

    code: Code
    said: Text
    fix: Text
    effect: Text = _LEFT_OUT


@dataclass(slots=True)
class _Rows:
    """The rows of one reason, and what they weigh together."""

    same: SameReason = field(default_factory=SameReason)
    weights: dict[str, float] = field(default_factory=dict)


class LeftOut:
    """Collects rows while the posts are read, and tells them reason by reason."""

    def __init__(self, grid: Grid, currency: str) -> None:
        self.grid, self.currency = grid, currency
        self._rows: dict[RowReason, _Rows] = {}

    def add(
        self, reason: RowReason, column: str, row: int, value: str, weights: Mapping[str, float]
    ) -> None:
        rows = self._rows.setdefault(reason, _Rows())
        for id, weight in weights.items():
            rows.weights[id] = rows.weights.get(id, 0.0) + weight
        effect = weighed(reason.effect, weights, self.currency)
        place = self.grid.cell(column, row)
        rows.same.add(Finding(reason.code, reason.said, effect, reason.fix, value=value, **place))

    def tell(self, note: Callable[[Finding], None]) -> None:
        """Everything collected so far, which is forgotten then."""
        for finding in self._findings():
            note(finding)
        self._rows.clear()

    def _findings(self) -> Iterator[Finding]:
        for reason, rows in self._rows.items():
            effect = weighed(reason.effect, rows.weights, self.currency)
            for finding in rows.same.findings():
                yield replace(finding, effect=effect) if finding.count > 1 else finding


def weighed(effect: Text, weights: Mapping[str, float], currency: str) -> Text:
    """An effect with the reach, or what else is known, and the cost that it is about.

    >>> weighed(Text("left out", "exclu"), {"reach": 1200.0, "views": 5.0, "cost": 90.0}, "EUR").en
    'left out: reach 1,200, cost €90.00'
    """
    parts = [
        _SEEN[id].format(n=figures.shown(weights[id], Unit.COUNT, ""))
        for id in _SEEN
        if weights.get(id)
    ][:1]
    if weights.get("cost"):
        parts.append(_COST.format(n=figures.shown(weights["cost"], Unit.MONEY, currency)))
    if not parts:
        return effect
    weight = Text(*(", ".join(side) for side in zip(*parts, strict=True)))
    return Text("{effect}: {weight}", "{effect} : {weight}").format(effect=effect, weight=weight)


# -- reasons -----------------------------------------------------------------------------------------

_KEEP = Text(
    "delete the row; if it is a post after all, add a column “Count this row” and type Yes there",
    "supprimez la ligne ; si c’est bien un post, ajoutez une colonne « Compter cette ligne » et saisissez-y Oui",
)
TOTAL = RowReason(
    codes.POST_LEFT_OUT, Text("this is a totals row", "c’est une ligne de total"), _KEEP
)
TOTAL_BY_FORMULA = RowReason(
    codes.POST_LEFT_OUT,
    Text(
        "this is a totals row: its formulas add up other rows",
        "c’est une ligne de total : ses formules additionnent d’autres lignes",
    ),
    _KEEP,
)
TOTAL_BY_FIGURES = RowReason(
    codes.POST_LEFT_OUT,
    Text(
        "this is a totals row: its figures are the sums or means of rows above",
        "c’est une ligne de total : ses chiffres sont la somme ou la moyenne de lignes au-dessus",
    ),
    _KEEP,
)
NAMELESS_FIGURES = RowReason(
    codes.POST_LEFT_OUT,
    Text(
        "this row has figures but no id, date, influencer, network or link: it is taken for a total",
        "cette ligne a des chiffres mais ni ID, ni date, ni influenceur, ni réseau, ni lien : elle passe pour un total",
    ),
    _KEEP,
)
HEADER = RowReason(
    codes.POST_LEFT_OUT,
    Text("this is the header row again", "c’est de nouveau la ligne d’en-têtes"),
    Text("delete the row", "supprimez la ligne"),
)
NOT_COUNTED = RowReason(
    codes.POST_LEFT_OUT,
    Text("“Count this row” says No", "« Compter cette ligne » dit Non"),
    Text("type Yes there to count it", "saisissez-y Oui pour la compter"),
)
REMARK = RowReason(
    codes.POST_LEFT_OUT,
    Text(
        "this row has no date, no network and no figures: it is not a post",
        "cette ligne n’a ni date, ni réseau, ni chiffres : ce n’est pas un post",
    ),
    Text("move remarks to the Note column", "déplacez les remarques dans la colonne Note"),
)
NO_CAMPAIGN = RowReason(
    codes.POST_LEFT_OUT,
    Text("this post names no campaign", "ce post n’indique pas de campagne"),
    codes.OBJECTIVE_WITHOUT_CAMPAIGN.fix,
)
NO_INFLUENCER = RowReason(
    codes.POST_OF_NOBODY,
    codes.POST_OF_NOBODY.meaning,
    codes.POST_OF_NOBODY.fix,
    Text("it counts, but for nobody", "il compte, mais pour personne"),
)
LOOKS_LIKE_A_TOTAL = RowReason(
    codes.LOOKS_LIKE_A_TOTAL,
    codes.LOOKS_LIKE_A_TOTAL.meaning,
    codes.LOOKS_LIKE_A_TOTAL.fix,
    Text("counted in every KPI", "comptée dans tous les KPI"),
)


def total(named: bool, by_formula: bool, by_figures: bool) -> RowReason:
    """Why a row is taken for a total: the plainest of its signs."""
    if named:
        return TOTAL
    if by_formula:
        return TOTAL_BY_FORMULA
    return TOTAL_BY_FIGURES if by_figures else NAMELESS_FIGURES
