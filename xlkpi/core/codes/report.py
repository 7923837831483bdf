"""The report: what is left out of it or stands in it with a reserve."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

MANY_KPIS = Code(
    "XK501",
    Severity.WARNING,
    Text(
        "a campaign has more KPIs than keep a report readable",
        "une campagne a plus de KPI qu’un rapport lisible n’en supporte",
    ),
    Text("keep the KPIs that lead to a decision", "gardez les KPI qui mènent à une décision"),
)
CAMPAIGNS_TOGETHER = Code(
    "XK502",
    Severity.INFO,
    Text(
        "no campaign is chosen, so all are reported together",
        "aucune campagne n’est choisie : elles sont réunies",
    ),
    Text(
        "choose one in Settings, or with --campaign",
        "choisissez-en une dans Paramètres, ou avec --campaign",
    ),
)
NO_EMV_RATE = Code(
    "XK503",
    Severity.INFO,
    Text("there is no EMV rate for some posts", "il n’y a pas de barème d’EMV pour certains posts"),
    Text(
        "add a rate with its source to References", "ajoutez un barème et sa source dans Références"
    ),
)
PARTIAL_KPI = Code(
    "XK504",
    Severity.WARNING,
    Text(
        "only some of the posts have the data for a KPI",
        "seuls certains posts ont les données d’un KPI",
    ),
    Text("add the missing figures to Posts", "ajoutez les chiffres manquants dans Posts"),
)
OLD_EMV_RATE = Code(
    "XK505",
    Severity.INFO,
    Text("an EMV rate is old", "un barème d’EMV est ancien"),
    Text(
        "check the value and its date on References",
        "vérifiez la valeur et sa date dans Références",
    ),
)
NO_COST = Code(
    "XK506",
    Severity.WARNING,
    Text("no cost is known for some influencers", "aucun coût connu pour certains influenceurs"),
    Text(
        "type their cost on one of their posts, 0 if gifted",
        "saisissez leur coût sur l’un de leurs posts, 0 si dotation",
    ),
)
PART_NOT_GIVEN = Code(
    "XK510",
    Severity.INFO,
    Text(
        "a part of the interactions is given for some networks and formats, and by nobody for others",
        "une partie des interactions est donnée pour certains réseaux et formats, et par personne pour d’autres",
    ),
)
VIEWS_AS_IMPRESSIONS = Code(
    "XK511",
    Severity.INFO,
    Text(
        "views stand in for impressions where a post gives no impressions",
        "les vues tiennent lieu d’impressions quand un post n’en donne pas",
    ),
    Text(
        "set “Views as impressions” to No in Settings to count impressions only",
        "mettez « Vues comme impressions » à Non dans Paramètres pour ne compter que les impressions",
    ),
)
IMPOSSIBLE_RESULT = Code(
    "XK512",
    Severity.WARNING,
    Text("a result cannot be", "un résultat est impossible"),
    Text("check the figures that it is made of", "vérifiez les chiffres dont il est fait"),
)
OTHER_BENCHMARK_BASE = Code(
    "XK507",
    Severity.INFO,
    Text(
        "a benchmark has another base than the engagement rate of the report",
        "un repère a une autre base que le taux d’engagement du rapport",
    ),
    Text(
        "use a benchmark on the same base, or say so in its note",
        "utilisez un repère sur la même base, ou dites-le dans sa note",
    ),
)
