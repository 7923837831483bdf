"""The workbook's shape, defined once: sheets, tables, headers, settings and defined names, in both languages.

Everything that reads or writes a workbook finds its way by these names, never by position.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.catalogue.measures import CAMPAIGN_MEASURES, FLAG_MEASURES, POST_MEASURES
from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.kpi import Measure
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text

#: Where the cell functions come from: the Excel add-in, or LAMBDA names in the workbook itself.
Edition = Literal["addin", "lambda"]
EDITIONS: tuple[Edition, ...] = ("addin", "lambda")
#: The defined name that tells; a workbook without it is of the add-in edition.
EDITION_NAME = "xlkpi_edition"


class ColumnKind(Enum):
    TEXT = "text"
    ID = "id"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    SCORE = "score"
    NUMBER = "number"  # unit given by the row
    FLAG = "flag"  # yes / no
    CHOICE = "choice"  # from a validation list
    COMPUTED = "computed"  # a formula of the template; never read back


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    label: Text
    kind: ColumnKind
    width: float = 12
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(map(normalise, (self.id, *self.label, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and the table of the same name on it."""

    id: str
    label: Text
    columns: tuple[Column, ...] = ()
    extra: tuple[Column, ...] = ()  # understood when a user adds them, not in the template
    required: tuple[str, ...] = ()  # columns without which there is nothing to report
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(map(normalise, (*self.label, *self.aliases)))

    def column(self, id: str) -> Column:
        return next(c for c in self.columns if c.id == id)


_AMOUNTS = ("revenue", "cost", "gift_value")


def _measure(id: str, kind: ColumnKind = ColumnKind.COUNT, width: float = 13.5) -> Column:
    entry = MEASURES[id]
    return Column(id, entry.label, kind, width, entry.aliases)


def _extra(
    measures: tuple[Measure, ...], shown: tuple[Column, ...], kind: ColumnKind
) -> tuple[Column, ...]:
    known = {c.id for c in shown}
    return tuple(
        _measure(m.id, ColumnKind.MONEY if m.id in _AMOUNTS else kind)
        for m in measures
        if m.id not in known
    )


_CAMPAIGN = Column("campaign", Text("Campaign", "Campagne"), ColumnKind.CHOICE, 24)
_NOTES = Column("notes", Text("Notes", "Notes"), ColumnKind.TEXT, 34)
_INFLUENCER = Column(
    "influencer", Text("Influencer", "Influenceur"), ColumnKind.CHOICE, 20, ("Créateur", "Creator")
)
_NETWORK = Column(
    "network", Text("Network", "Réseau"), ColumnKind.CHOICE, 12, ("Platform", "Plateforme")
)
_PROMO = Column("promo_code", Text("Promo code", "Code promo"), ColumnKind.TEXT, 13)

SETTINGS = Sheet(
    "settings",
    Text("Settings", "Paramètres"),
    (
        Column("setting", Text("Setting", "Paramètre"), ColumnKind.TEXT, 34),
        Column("value", Text("Value", "Valeur"), ColumnKind.NUMBER, 26),
        Column("explanation", Text("Explanation", "Explication"), ColumnKind.TEXT, 90),
    ),
    required=("setting", "value"),
)

CAMPAIGNS = Sheet(
    "campaigns",
    Text("Campaigns", "Campagnes"),
    _campaign_columns := (
        Column("campaign", _CAMPAIGN.label, ColumnKind.TEXT, 26),
        Column("objective_type", Text("Objective type", "Type d’objectif"), ColumnKind.CHOICE, 22),
        Column("status", Text("Status", "Statut"), ColumnKind.CHOICE, 14),
        Column(
            "start", Text("Start", "Début"), ColumnKind.DATE, 12, ("Start date", "Date de début")
        ),
        Column("end", Text("End", "Fin"), ColumnKind.DATE, 12, ("End date", "Date de fin")),
        _measure("budget", ColumnKind.MONEY, 13),
        _measure("target_audience", ColumnKind.COUNT, 15),
        _measure("baseline_sales", ColumnKind.COUNT, 15),
        _NOTES,
    ),
    (
        *_extra(CAMPAIGN_MEASURES, _campaign_columns, ColumnKind.NUMBER),
        Column(
            "advertiser",
            Text("Advertiser", "Annonceur"),
            ColumnKind.TEXT,
            20,
            ("Brand", "Marque", "Client"),
        ),
    ),
    required=("campaign",),
)

OBJECTIVES = Sheet(
    "objectives",
    Text("Objectives", "Objectifs"),
    (
        _CAMPAIGN,
        Column("objective", Text("Objective", "Objectif"), ColumnKind.CHOICE, 22),
        Column("kpi", Text("KPI", "KPI"), ColumnKind.CHOICE, 28, ("Indicateur", "Indicator")),
        Column(
            "target",
            Text("Target", "Cible"),
            ColumnKind.NUMBER,
            14,
            ("Valeur cible", "Target value", "Objectif chiffré"),
        ),
        Column("tolerance", Text("Tolerance", "Tolérance"), ColumnKind.PERCENT, 12),
        Column("review_date", Text("Review date", "Date de révision"), ColumnKind.DATE, 15),
        _NOTES,
    ),
    required=("kpi", "target"),
)

INFLUENCERS = Sheet(
    "influencers",
    Text("Influencers", "Influenceurs"),
    (
        Column("influencer", _INFLUENCER.label, ColumnKind.TEXT, 22),
        _NETWORK,
        Column("handle", Text("Handle", "Pseudo"), ColumnKind.TEXT, 20, ("Compte",)),
        _measure("followers", ColumnKind.COUNT, 12),
        Column("tier", Text("Tier", "Catégorie"), ColumnKind.COMPUTED, 12),
        Column("country", Text("Country", "Pays"), ColumnKind.TEXT, 12),
        Column("language", Text("Language", "Langue"), ColumnKind.TEXT, 12),
        Column("theme", Text("Theme", "Thématique"), ColumnKind.TEXT, 16),
        _PROMO,
        Column("utm_campaign", Text("UTM campaign", "Campagne UTM"), ColumnKind.TEXT, 22),
        _NOTES,
    ),
    required=("influencer",),
)

POSTS = Sheet(
    "posts",
    Text("Posts", "Posts"),
    _post_columns := (
        Column(
            "post_id",
            Text("Post ID", "ID du post"),
            ColumnKind.ID,
            22,
            ("Identifiant de la publication", "ID"),
        ),
        Column(
            "date",
            Text("Date", "Date"),
            ColumnKind.DATE,
            12,
            ("Publish date", "Date de publication"),
        ),
        _CAMPAIGN,
        _INFLUENCER,
        _NETWORK,
        Column("format", Text("Format", "Format"), ColumnKind.CHOICE, 12),
        Column(
            "url",
            Text("URL", "URL"),
            ColumnKind.TEXT,
            22,
            ("Lien", "Link", "Permalink", "Permalien"),
        ),
        *(
            _measure(id, ColumnKind.MONEY if id in _AMOUNTS else ColumnKind.COUNT)
            for id in (
                *(
                    "followers",
                    "reach",
                    "impressions",
                    "views",
                    "likes",
                    "comments",
                    "shares",
                    "saves",
                    "clicks",
                ),
                *(
                    "new_followers",
                    "mentions",
                    "conversions",
                    "leads",
                    "new_customers",
                    "revenue",
                    "cost",
                ),
                *(
                    "positive_comments",
                    "neutral_comments",
                    "negative_comments",
                    "suspicious_interactions",
                ),
            )
        ),
        _measure("key_message", ColumnKind.FLAG),
        _measure("ad_disclosed", ColumnKind.FLAG),
        _measure("content_score", ColumnKind.SCORE),
        _PROMO,
        Column("snapshot_date", Text("Snapshot date", "Date du relevé"), ColumnKind.DATE, 13),
        Column("note", Text("Note", "Note"), ColumnKind.TEXT, 26),
        Column(
            "engagement_rate", Text("Engagement rate", "Taux d’engagement"), ColumnKind.COMPUTED, 12
        ),
        Column("roi", Text("ROI", "ROI"), ColumnKind.COMPUTED, 10),
        Column("emv", Text("EMV", "EMV"), ColumnKind.COMPUTED, 11),
    ),
    (
        *_extra(POST_MEASURES, _post_columns, ColumnKind.COUNT),
        *_extra(FLAG_MEASURES, _post_columns, ColumnKind.FLAG),
        Column(
            "count_row",
            Text("Count this row", "Compter cette ligne"),
            ColumnKind.FLAG,
            14,
            ("Count row", "Compter la ligne", "Ligne à compter"),
        ),
    ),
    required=("likes|comments|shares|reach|impressions|views|clicks|conversions|revenue",),
    aliases=("Publications",),
)

REVIEWS = Sheet(
    "reviews",
    Text("Reviews", "Évaluations"),
    (
        _CAMPAIGN,
        _INFLUENCER,
        *(Column(c.id, c.label, ColumnKind.SCORE, 15) for c in CRITERIA),
        Column("rights", Text("Re-use rights", "Droits de réutilisation"), ColumnKind.FLAG, 14),
        Column("rights_until", Text("Rights until", "Droits jusqu’au"), ColumnKind.DATE, 13),
        _NOTES,
    ),
    required=("influencer",),
)

AUDIENCE = Sheet(
    "audience",
    Text("Audience", "Audience"),
    (
        _INFLUENCER,
        Column(
            "date", Text("Date", "Date"), ColumnKind.DATE, 12, ("Survey date", "Date du relevé")
        ),
        Column("dimension", Text("Dimension", "Dimension"), ColumnKind.CHOICE, 14),
        Column("segment", Text("Segment", "Segment"), ColumnKind.TEXT, 20),
        Column(
            "share",
            Text("Share", "Part"),
            ColumnKind.PERCENT,
            11,
            ("Share of the audience", "Part de l’audience"),
        ),
        Column("in_target", Text("In target", "Dans la cible"), ColumnKind.FLAG, 13),
        _NOTES,
    ),
    required=("influencer", "segment", "share"),
)

REFERENCES = Sheet(
    "references",
    Text("References", "Références"),
    (
        Column("kind", Text("Reference", "Référence"), ColumnKind.CHOICE, 30),
        _NETWORK,
        Column("item", Text("Applies to", "S’applique à"), ColumnKind.TEXT, 44),
        Column("value", Text("Value", "Valeur"), ColumnKind.NUMBER, 12),
        Column("unit", Text("Unit", "Unité"), ColumnKind.TEXT, 30),
        Column("currency", Text("Currency", "Devise"), ColumnKind.TEXT, 10),
        Column("source", Text("Source", "Source"), ColumnKind.TEXT, 52),
        Column("date", Text("Source date", "Date de la source"), ColumnKind.DATE, 16),
        Column("age", Text("Freshness", "Fraîcheur"), ColumnKind.COMPUTED, 22),
        Column("note", Text("Note", "Note"), ColumnKind.TEXT, 62),
    ),
    required=("kind", "value"),
)

DICTIONARY = Sheet(
    "kpi",
    Text("KPI", "KPI"),
    (
        Column("name", Text("KPI", "KPI"), ColumnKind.TEXT, 28),
        Column("function", Text("Excel function", "Fonction Excel"), ColumnKind.TEXT, 24),
        Column("definition", Text("Definition", "Définition"), ColumnKind.TEXT, 52),
        Column("formula", Text("Formula", "Formule"), ColumnKind.TEXT, 40),
        Column("inputs", Text("Data needed", "Données nécessaires"), ColumnKind.TEXT, 32),
        Column("unit", Text("Unit", "Unité"), ColumnKind.TEXT, 12),
        Column("direction", Text("Better when", "Meilleur si"), ColumnKind.TEXT, 13),
        Column("stage", Text("Funnel stage", "Étape du tunnel"), ColumnKind.TEXT, 18),
        Column("objective", Text("Objective", "Objectif"), ColumnKind.TEXT, 30),
        Column("why", Text("Why it matters", "Pourquoi le suivre"), ColumnKind.TEXT, 46),
        Column("how", Text("How to use it", "Comment l’utiliser"), ColumnKind.TEXT, 46),
        Column("source", Text("Source", "Source"), ColumnKind.TEXT, 34),
    ),
)

README = Sheet(
    "readme",
    Text("README", "LISEZ-MOI"),
    (
        Column("step", Text("Step", "Étape"), ColumnKind.TEXT, 8),
        Column("what", Text("What to do", "Que faire"), ColumnKind.TEXT, 86),
        Column("where", Text("Where", "Où"), ColumnKind.TEXT, 24),
    ),
)

#: Parts 1, 3 and 4 of the report: what was meant and with whom, what cannot be counted, what to do.
CONTEXT = Sheet("context", Text("Context", "Contexte"))
ANALYSIS = Sheet("analysis", Text("Analysis", "Analyse"))
DASHBOARD = Sheet("dashboard", Text("Dashboard", "Tableau de bord"))

ACTIONS = Sheet(
    "actions",
    Text("Actions", "Actions"),
    (
        Column("priority", Text("Priority", "Priorité"), ColumnKind.TEXT, 19),
        Column("action", Text("Action", "Action"), ColumnKind.TEXT, 50),
        Column("kpi", Text("KPI", "KPI"), ColumnKind.TEXT, 24),
        Column("campaign", Text("Campaign", "Campagne"), ColumnKind.TEXT, 20),
        Column("why", Text("Why", "Pourquoi"), ColumnKind.TEXT, 44),
        Column("owner", Text("Owner", "Responsable"), ColumnKind.TEXT, 18),
        Column("due", Text("Due", "Échéance"), ColumnKind.DATE, 12),
        Column("state", Text("State", "État"), ColumnKind.CHOICE, 13),
        Column("first", Text("First proposed", "Proposée le"), ColumnKind.DATE, 13),
        Column("key", Text("Key", "Clé"), ColumnKind.ID, 12),
    ),
)

REPORT = Sheet(
    "report",
    Text("Report", "Rapport"),
    (
        Column("kpi", Text("KPI", "KPI"), ColumnKind.TEXT),
        Column("target", Text("Target", "Objectif"), ColumnKind.NUMBER),
        Column("actual", Text("Actual", "Réel"), ColumnKind.NUMBER),
        Column("variance", Text("Variance", "Écart"), ColumnKind.NUMBER),
        Column("status", Text("Status", "Statut"), ColumnKind.TEXT),
        Column("comment", Text("Comment", "Commentaire"), ColumnKind.TEXT),
    ),
)

CHECKS = Sheet(
    "checks",
    Text("Checks", "Contrôles"),
    (
        Column("code", Text("Code", "Code"), ColumnKind.TEXT, 9),
        Column("severity", Text("Severity", "Gravité"), ColumnKind.TEXT, 11),
        Column("place", Text("Where", "Où"), ColumnKind.TEXT, 28),
        Column("value", Text("Value found", "Valeur trouvée"), ColumnKind.TEXT, 20),
        Column("reason", Text("Problem", "Problème"), ColumnKind.TEXT, 46),
        Column("effect", Text("Effect", "Effet"), ColumnKind.TEXT, 40),
        Column("fix", Text("What to do", "Que faire"), ColumnKind.TEXT, 50),
    ),
)

#: In the order of the tabs.
SHEETS: tuple[Sheet, ...] = (
    README,
    SETTINGS,
    CAMPAIGNS,
    OBJECTIVES,
    INFLUENCERS,
    POSTS,
    REVIEWS,
    AUDIENCE,
    CONTEXT,
    REPORT,
    DASHBOARD,
    ANALYSIS,
    ACTIONS,
    CHECKS,
    REFERENCES,
    DICTIONARY,
)
