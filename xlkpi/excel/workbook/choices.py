"""What people choose from on the sheets, in both languages: settings, lists of words, and how a choice is read."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core.catalogue import MEASURES
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.workbook.contract import ColumnKind

# -- lists of words ----------------------------------------------------------------------------------

YES_NO = {"yes": Text("Yes", "Oui"), "no": Text("No", "Non")}
SCOPES = {
    "campaign": Text("One campaign", "Une campagne"),
    "all": Text("All campaigns", "Toutes les campagnes"),
    "period": Text("A period", "Une période"),
}
PERIODS = {
    "month": Text("Month", "Mois"),
    "two_months": Text("Two months", "Deux mois"),
    "quarter": Text("Quarter", "Trimestre"),
    "year": Text("Year", "Année"),
    "from_to": Text("From–to", "Du–au"),
}
LANGUAGE_NAMES = {"en": Text("English", "English"), "fr": Text("Français", "Français")}
PALETTES = {
    "blue_orange": Text("Blue / orange", "Bleu / orange"),
    "green_red": Text("Green / red", "Vert / rouge"),
}
EMV_METHODS = {
    "impressions": Text("Impressions × CPM", "Impressions × CPM"),
    "interactions": Text("Value per interaction", "Valeur par interaction"),
    "both": Text("Both: impressions and interactions", "Les deux : impressions et interactions"),
}
DENOMINATORS = {id: MEASURES[id].label for id in ("reach", "impressions", "followers", "views")}
INTERACTIONS = ("likes", "comments", "shares", "saves", "clicks")

OBJECTIVE_TYPES: dict[str, Text] = {
    "awareness": Text("Awareness", "Notoriété"),
    "engagement": Text("Engagement", "Engagement"),
    "conversion": Text("Conversion", "Conversion"),
    "image": Text("Image and reputation", "Image et réputation"),
    "product": Text("Promote a product", "Promouvoir un produit"),
    "new_markets": Text("New markets", "Nouveaux marchés"),
    "followers": Text("Grow followers", "Gagner des abonnés"),
    "participation": Text("Participation", "Participation"),
    "sales": Text("Sales", "Ventes"),
    "leads": Text("Leads", "Génération de leads"),
    "loyalty": Text("Loyalty", "Fidélisation"),
}
STATUSES: dict[str, Text] = {
    "brief": Text("Brief", "Brief"),
    "search": Text("Search", "Recherche"),
    "delivery": Text("Product delivery", "Envoi produits"),
    "live": Text("Live", "En cours"),
    "results": Text("Results", "Résultats"),
    "closed": Text("Closed", "Terminée"),
}
ACTION_STATES: dict[str, Text] = {
    "todo": Text("To do", "À faire"),
    "doing": Text("In progress", "En cours"),
    "done": Text("Done", "Faite"),
    "dropped": Text("Dropped", "Abandonnée"),
}
NETWORKS: tuple[str, ...] = (
    "Instagram",
    "TikTok",
    "YouTube",
    "Facebook",
    "X",
    "LinkedIn",
    "Snapchat",
    "Pinterest",
    "Twitch",
    "Threads",
    "Blog",
)
FORMATS: dict[str, Text] = {
    "post": Text("Post", "Post"),
    "carousel": Text("Carousel", "Carrousel"),
    "reel": Text("Reel", "Reel"),
    "story": Text("Story", "Story"),
    "video": Text("Video", "Vidéo"),
    "short": Text("Short", "Short"),
    "live": Text("Live", "Live"),
    "article": Text("Article", "Article"),
}
REFERENCE_KINDS: dict[str, Text] = {
    "cpm": Text("EMV: CPM", "EMV : CPM"),
    "interaction": Text("EMV: value per interaction", "EMV : valeur par interaction"),
    "benchmark": Text("Engagement benchmark", "Repère d’engagement"),
    "tier": Text("Tier: from followers", "Catégorie : dès (abonnés)"),
    "status": Text("Status threshold", "Seuil de statut"),
    "ads": Text("Paid ads", "Publicité payante"),
    "threshold": Text("Reading threshold", "Seuil de lecture"),
    "weight": Text("Criterion weight", "Poids d’un critère"),
}
#: What an audience is usually cut by; any other word works too.
DIMENSIONS: tuple[Text, ...] = (
    Text("Age", "Âge"),
    Text("Gender", "Genre"),
    Text("Country", "Pays"),
    Text("City", "Ville"),
    Text("Language", "Langue"),
    Text("Interest", "Centre d’intérêt"),
)


def choice(offered: dict[str, Text], said: str) -> str | None:
    """The id of what a person picked or typed, in either language; None when it is not a choice."""
    wanted = normalise(said)
    return next((id for id, text in offered.items() if wanted in map(normalise, (id, *text))), None)


# -- settings ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of Settings; ``choices`` maps ids to what a user picks, in either language."""

    id: str
    label: Text
    default: str | float
    explanation: Text
    choices: dict[str, Text] | None = None
    kind: ColumnKind = ColumnKind.CHOICE


def _yes_no(id: str, label: Text, default: str = "yes") -> Setting:
    return Setting(
        id,
        label,
        default,
        Text("Counted as an interaction.", "Compté comme une interaction."),
        YES_NO,
    )


SETTING_ROWS: tuple[Setting, ...] = (
    Setting(
        "language",
        Text("Report language", "Langue du rapport"),
        "en",
        Text("Language of the report that is filled in.", "Langue du rapport produit."),
        LANGUAGE_NAMES,
    ),
    Setting(
        "currency",
        Text("Currency", "Devise"),
        "EUR",
        Text(
            "Three letters (EUR, USD, GBP…): one currency for the whole workbook.",
            "Trois lettres (EUR, USD, GBP…) : une seule devise pour tout le classeur.",
        ),
        None,
        ColumnKind.TEXT,
    ),
    Setting(
        "scope",
        Text("Report on", "Rapport sur"),
        "campaign",
        Text(
            "One campaign, all campaigns together, or what was published in a period.",
            "Une campagne, toutes les campagnes, ou ce qui a été publié sur une période.",
        ),
        SCOPES,
    ),
    Setting(
        "campaign",
        Text("Campaign", "Campagne"),
        "",
        Text(
            "The campaign to report on; may stay empty while there is only one.",
            "La campagne du rapport ; peut rester vide tant qu’il n’y en a qu’une.",
        ),
        None,
        ColumnKind.TEXT,
    ),
    Setting(
        "period",
        Text("Period", "Période"),
        "quarter",
        Text(
            "Used when “Report on” is “A period”.",
            "Utilisé si « Rapport sur » vaut « Une période ».",
        ),
        PERIODS,
    ),
    Setting(
        "period_start",
        Text("Period start", "Début de période"),
        "",
        Text(
            "Any day of the month, quarter or year; the first day for “From–to” and “Two months”.",
            "Un jour du mois, trimestre ou de l’année ; le premier jour pour « Du–au » et « Deux mois ».",
        ),
        None,
        ColumnKind.DATE,
    ),
    Setting(
        "period_end",
        Text("Period end", "Fin de période"),
        "",
        Text("Last day, only for “From–to”.", "Dernier jour, seulement pour « Du–au »."),
        None,
        ColumnKind.DATE,
    ),
    Setting(
        "denominator",
        Text("Engagement rate divides by", "Taux d’engagement divisé par"),
        "reach",
        Text(
            "Reach is the default; a rate on another base is another rate and must not be compared with it.",
            "La portée par défaut ; un taux sur une autre base est un autre taux, à ne pas comparer.",
        ),
        DENOMINATORS,
    ),
    *(
        _yes_no(
            f"count_{id}",
            Text(
                f"Interactions: {MEASURES[id].label.en.lower()}",
                f"Interactions : {MEASURES[id].label.fr.lower()}",
            ),
        )
        for id in INTERACTIONS
    ),
    Setting(
        "emv_method",
        Text("EMV method", "Méthode d’EMV"),
        "impressions",
        Text(
            "The rates are on the References sheet; the method and their date are printed with every EMV.",
            "Les barèmes sont dans Références ; la méthode et leur date accompagnent chaque EMV.",
        ),
        EMV_METHODS,
    ),
    Setting(
        "tolerance",
        Text("Tolerance", "Tolérance"),
        0.10,
        Text(
            "A shortfall up to this share of the target is “to watch”; beyond it, “behind”.",
            "Un retard jusqu’à cette part de l’objectif est « à surveiller » ; au-delà, « en retard ».",
        ),
        None,
        ColumnKind.PERCENT,
    ),
    Setting(
        "palette",
        Text("Colours", "Couleurs"),
        "blue_orange",
        Text(
            "Blue / orange stays readable for colour-blind readers and in print; charts always use it.",
            "Bleu / orange reste lisible pour les daltoniens et à l’impression ; les graphiques s’y tiennent.",
        ),
        PALETTES,
    ),
    Setting(
        "views_count",
        Text("Views as impressions", "Vues comme impressions"),
        "yes",
        Text(
            "Where a post gives views and no impressions, its views count in CPM, CTR, frequency and EMV.",
            "Quand un post donne des vues sans impressions, ses vues comptent dans CPM, CTR, répétition et EMV.",
        ),
        YES_NO,
    ),
    Setting(
        "gifts_count",
        Text("Gifts in spend", "Cadeaux dans les dépenses"),
        "yes",
        Text(
            "Gifts are part of the spend, at their value where it is given.",
            "Les cadeaux font partie des dépenses, à leur valeur quand elle est donnée.",
        ),
        YES_NO,
    ),
    Setting(
        "french_rules",
        Text("French rules", "Règles françaises"),
        "yes",
        Text(
            "Remarks on advertising mentions and written contracts (law 2023-451); only for a workbook in euros.",
            "Remarques sur la mention publicitaire et le contrat écrit (loi 2023-451) ; classeur en euros seulement.",
        ),
        YES_NO,
    ),
)
