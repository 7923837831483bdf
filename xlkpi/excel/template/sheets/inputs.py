"""The sheets that people fill in: campaigns, objectives, influencers, posts, reviews, audiences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue
from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.texts import Text
from xlkpi.excel.samples.model import SampleRows
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.tables import Computed, with_extra_columns, write_table
from xlkpi.excel.template.validations import (
    MARK,
    SHARE,
    VALIDATED_ROWS,
    Validations,
    from_name,
)
from xlkpi.excel.workbook import choices, contract
from xlkpi.excel.workbook.contract import Column, ColumnKind, Sheet
from xlkpi.excel.workbook.formats import number_format
from xlkpi.excel.workbook.references import REFERENCES

#: Ready-made rows of an empty table of posts, and of the others; Excel adds more as one types.
_BLANK_POSTS, _BLANK_ROWS, _BLANK_CAMPAIGNS = 20, 10, 5

# -- campaigns and objectives ----------------------------------------------------------------------

_CAMPAIGN_TYPE = Text(
    "What the campaign is for; it decides which KPIs are proposed.",
    "Le but de la campagne ; il détermine les KPI proposés.",
)
_STATUS = Text("Where the campaign stands.", "Où en est la campagne.")
_OBJECTIVE = Text(
    "Choose the objective first: the KPI list then proposes what measures it.",
    "Choisissez d’abord l’objectif : la liste des KPI propose alors ce qui le mesure.",
)
_KPI = Text(
    "A KPI of the list; its name in French or English, its id or its Excel function also work.",
    "Un KPI de la liste ; son nom en français ou en anglais, son id ou sa fonction Excel marchent aussi.",
)
_TARGET = Text(
    "The figure to reach. For a rate type it with %: 3.5%.",
    "Le chiffre à atteindre. Pour un taux, saisissez le % : 3,5 %.",
)
_TOLERANCE = Text(
    "Leave empty to use the tolerance of Settings.",
    "Laissez vide pour utiliser la tolérance des Paramètres.",
)
_ANY_FIGURE = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}


def draw_campaigns(b: Builder, sheet: Worksheet) -> None:
    spec = with_extra_columns(contract.CAMPAIGNS, b.sample.campaigns)
    write_table(b, sheet, spec, b.sample.campaigns, rows=_BLANK_CAMPAIGNS)
    b.book.define_name("campaign_list", f"={b.whole_column(spec)}")
    rules = Validations(b, sheet, spec)
    rules.add("objective_type", from_name("objective_types"), _CAMPAIGN_TYPE)
    rules.choice("status", choices.STATUSES.values(), _STATUS)
    rules.dates("start", "end")
    rules.amounts("budget", "target_audience", "baseline_sales")


def draw_objectives(b: Builder, sheet: Worksheet) -> None:
    spec = contract.OBJECTIVES
    write_table(b, sheet, spec, b.sample.objectives, rows=_BLANK_ROWS)
    for row, record in enumerate(b.sample.objectives, start=1):
        _write_target(b, sheet, row, record)
    rules = Validations(b, sheet, spec)
    rules.campaign()
    rules.add("objective", from_name("objective_types"), _OBJECTIVE)
    rules.add("kpi", _suitable_kpis(), _KPI)
    rules.add("target", _ANY_FIGURE, _TARGET)
    rules.add("tolerance", SHARE, _TOLERANCE)
    rules.dates("review_date")


def _write_target(b: Builder, sheet: Worksheet, row: int, record: dict[str, Any]) -> None:
    """A target as figures of its KPI are written."""
    kpi = catalogue.find(record["kpi"])
    if kpi is not None:
        code = number_format(kpi.unit, record["target"], b.currency, b.language)
        look = b.cell(contract.OBJECTIVES.column("target"), num_format=code)
        b.write(sheet, row, 3, record["target"], look)


def _suitable_kpis() -> dict[str, Any]:
    """A drop-down of the KPIs that suit the row's objective, of all where it has none."""
    at = "MATCH($B2,objective_types,0)"
    suitable = f"INDEX(kpi_lists,1,{at}):INDEX(kpi_lists,INDEX(kpi_counts,{at}),{at})"
    return {
        "validate": "list",
        "error_type": "information",
        "source": f'=IF($B2="",all_kpis,{suitable})',
    }


# -- influencers -----------------------------------------------------------------------------------


def draw_influencers(b: Builder, sheet: Worksheet) -> None:
    spec, people = contract.INFLUENCERS, b.sample.influencers
    followers = b.this_row(spec, "followers")
    computed = Computed(
        {"tier": f'=IF({followers}="","",LOOKUP({followers},tier_bounds,tier_names))'},
        {"tier": [_tier(b, person.get("followers")) for person in people]},
    )
    write_table(b, sheet, spec, people, computed, rows=_BLANK_ROWS)
    b.book.define_name("influencer_list", f"={b.whole_column(spec)}")
    rules = Validations(b, sheet, spec)
    rules.network()
    rules.amounts("followers")
    rules.computed("tier")


def _tier(b: Builder, followers: Any) -> str:
    """What the formula gives."""
    reached = [r for r in REFERENCES if r.kind == "tier" and (r.value or 0) <= (followers or 0)]
    return b.t(reached[-1].item) if followers else ""


# -- posts -----------------------------------------------------------------------------------------

_POST_ID = Text(
    "The network’s id of the post, as text: long ids lose digits as numbers.",
    "L’identifiant du post sur le réseau, en texte : un long nombre y perd des chiffres.",
)
_FORMAT = Text("Format of the post.", "Format du post.")
_FLAG = Text("Yes or No; empty if unknown.", "Oui ou Non ; vide si inconnu.")
_SCORE = Text(
    "A mark from 1 to 5: brand fit, tone, story, creativity, re-use.",
    "Une note de 1 à 5 : cohérence, ton, récit, créativité, réutilisation.",
)


def draw_posts(b: Builder, sheet: Worksheet) -> None:
    spec = with_extra_columns(contract.POSTS, b.sample.posts)
    computed = Computed(_post_formulas(b, spec), _post_values(b, b.sample.posts))
    write_table(b, sheet, spec, b.sample.posts, computed, rows=_BLANK_POSTS)
    rules = Validations(b, sheet, spec)
    rules.add("post_id", {"validate": "any"}, _POST_ID)
    rules.campaign()
    rules.influencer()
    rules.network()
    rules.choice("format", choices.FORMATS.values(), _FORMAT)
    rules.dates("date", "snapshot_date")
    for column in spec.columns:
        _post_rule(rules, column)
    sheet.fit_to_pages(3, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A2:A{VALIDATED_ROWS}"})


def _post_rule(rules: Validations, column: Column) -> None:
    """The rule of a column by what it holds."""
    if column.kind in (ColumnKind.COUNT, ColumnKind.MONEY):
        rules.amounts(column.id)
    elif column.kind is ColumnKind.FLAG:
        rules.yes_or_no(column.id, _FLAG)
    elif column.kind is ColumnKind.SCORE:
        rules.add(column.id, MARK, _SCORE)
    elif column.kind is ColumnKind.COMPUTED:
        rules.computed(column.id)


def _post_formulas(b: Builder, spec: Sheet) -> dict[str, str]:
    def at(*ids: str) -> str:
        return b.this_row(spec, *ids)

    counted = at("likes", "clicks")
    empty = f'=IF(COUNT({at("followers", "clicks")})=0,"",'
    rates = "".join(f",{at(id)}" for id in ("impressions", "views", *choices.INTERACTIONS))
    return {
        # No interaction known is not 0 interactions.
        "engagement_rate": f'{empty}ENGAGEMENT_RATE(IF(SUMPRODUCT(interaction_weights*({counted}<>""))=0,"",'
        f"SUMPRODUCT({counted},interaction_weights)),INDEX({at('followers', 'views')},"
        "engagement_base)))",
        "roi": f"{empty}ROI({at('revenue')},{at('cost')}))",
        "emv": f"{empty}EMV({at('network')},{at('format')}{rates},setting_emv_method,"
        f"reference_values,setting_currency))",
    }


def _post_values(b: Builder, posts: SampleRows) -> dict[str, Sequence[Any]]:
    """Values of the computed columns, from the same core as the report."""
    if not posts:
        return {}
    from xlkpi.excel.reading.posts.computed import computed_columns

    return dict(computed_columns(posts, b.sample.settings))


# -- reviews and audiences -------------------------------------------------------------------------

_MARKS = {
    "content": Text(
        "The contents, a mark from 1 (poor) to 5 (excellent); empty if not judged.",
        "Les contenus, une note de 1 (faible) à 5 (excellent) ; vide si non évalué.",
    ),
    "fit": Text(
        "The fit with the brand, a mark from 1 (poor) to 5 (excellent); empty if not judged.",
        "L’affinité avec la marque, une note de 1 (faible) à 5 (excellente) ; vide si non évalué.",
    ),
}
_RIGHTS = Text(
    "May the contents be used again, with the author’s permission?",
    "Les contenus peuvent-ils être réutilisés, avec l’accord de leur auteur ?",
)
_DIMENSION = Text(
    "What the audience is cut by; the segments of one day add up to 100%.",
    "Ce qui découpe l’audience ; les segments d’un même jour font 100 %.",
)
_SHARE = Text(
    "The segment’s share of the audience, with %: 35%.",
    "La part du segment dans l’audience, avec % : 35 %.",
)
_IN_TARGET = Text(
    "Is this segment whom you want to reach?", "Ce segment est-il celui que vous visez ?"
)


def draw_reviews(b: Builder, sheet: Worksheet) -> None:
    spec = contract.REVIEWS
    write_table(b, sheet, spec, b.sample.reviews, rows=_BLANK_ROWS, freeze=2)
    rules = Validations(b, sheet, spec)
    rules.campaign()
    rules.influencer()
    for criterion in CRITERIA:
        rules.add(criterion.id, MARK, _MARKS[criterion.family])
    rules.yes_or_no("rights", _RIGHTS)
    rules.dates("rights_until")
    sheet.fit_to_pages(1, 0)


def draw_audience(b: Builder, sheet: Worksheet) -> None:
    spec = contract.AUDIENCE
    write_table(b, sheet, spec, b.sample.audience, rows=_BLANK_ROWS)
    rules = Validations(b, sheet, spec)
    rules.influencer()
    rules.dates("date")
    rules.choice("dimension", choices.DIMENSIONS, _DIMENSION)
    rules.add("share", SHARE, _SHARE)
    rules.yes_or_no("in_target", _IN_TARGET)
