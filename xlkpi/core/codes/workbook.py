"""The campaign workbook as a whole: its tables, campaigns, objectives, and what reaches beyond it."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

NO_TABLE_OR_SHEET = Code(
    "XK201",
    Severity.ERROR,
    Text("a table or sheet is missing", "il manque un tableau ou une feuille"),
    Text(
        "add it, or start from a new workbook: xlkpi new campaign.xlsx",
        "ajoutez-le, ou partez d’un nouveau classeur : xlkpi new campagne.xlsx",
    ),
)
COLUMN_MISSING = Code(
    "XK202",
    Severity.ERROR,
    Text("a column is missing", "il manque une colonne"),
    Text("add a column with this header", "ajoutez une colonne de ce nom"),
)
NO_POSTS = Code(
    "XK203",
    Severity.ERROR,
    Text("there are no posts to report on", "il n’y a aucun post à analyser"),
    Text(
        "fill the Posts sheet, one row a post, or ask for another campaign or period",
        "remplissez la feuille Posts, une ligne par post, ou demandez une autre campagne ou période",
    ),
)
NO_SUCH_CAMPAIGN = Code(
    "XK204",
    Severity.ERROR,
    Text("there is no campaign of this name", "aucune campagne ne porte ce nom"),
    Text(
        "choose one of the campaigns that the message names",
        "choisissez l’une des campagnes que nomme le message",
    ),
)
UNKNOWN_KPI = Code(
    "XK205",
    Severity.EXCLUDED,
    Text("this is not a known KPI", "ce KPI est inconnu"),
    Text(
        "pick a KPI from the list (xlkpi kpis shows all of them)",
        "choisissez un KPI dans la liste (xlkpi kpis les montre tous)",
    ),
)
PERIOD_WITHOUT_START = Code(
    "XK206",
    Severity.ERROR,
    Text(
        "the settings ask for a period but give no start",
        "les paramètres demandent une période sans en donner le début",
    ),
    Text(
        "fill “Period start”, or choose another “Report on”",
        "remplissez « Début de période », ou choisissez un autre « Rapport sur »",
    ),
)
TWO_COLUMNS_FOR_ONE = Code(
    "XK207",
    Severity.WARNING,
    Text(
        "there are two columns for the same figure; the first one is read",
        "deux colonnes désignent la même donnée ; la première est lue",
    ),
    Text("rename or delete one of them", "renommez ou supprimez l’une d’elles"),
)
NO_TARGET = Code(
    "XK208",
    Severity.WARNING,
    Text(
        "no objective has a target for what is reported on",
        "aucun objectif chiffré pour ce rapport",
    ),
    Text(
        "fill the Objectives sheet: campaign, KPI, target",
        "remplissez la feuille Objectifs : campagne, KPI, cible",
    ),
)
NOT_A_CHOICE = Code(
    "XK308",
    Severity.WARNING,
    Text(
        "this is not one of the choices for this setting",
        "ce n’est pas un choix possible pour ce paramètre",
    ),
    Text("pick a value from the list", "choisissez une valeur dans la liste"),
)
TARGET_IS_FRACTION = Code(
    "XK310",
    Severity.WARNING,
    Text("a rate without % is read as a percentage", "un taux sans % est lu comme un pourcentage"),
    Text("type the target with %, such as 3%", "saisissez la cible avec %, par exemple 3%"),
)
TARGET_IN_DOUBT = Code(
    "XK209",
    Severity.WARNING,
    Text(
        "the unit of this target is in doubt: its KPI is not judged",
        "l’unité de cette cible est douteuse : son KPI n’est pas jugé",
    ),
    Text(
        "type the target in the unit of the KPI, rates with %",
        "saisissez la cible dans l’unité du KPI, les taux avec %",
    ),
)
SHARE_WITHOUT_PERCENT = Code(
    "XK210",
    Severity.WARNING,
    Text(
        "a share without % is read as a percentage", "une part sans % est lue comme un pourcentage"
    ),
    Text("type it with %, such as 40%", "saisissez-la avec %, par exemple 40%"),
)
OBJECTIVE_WITHOUT_CAMPAIGN = Code(
    "XK313",
    Severity.EXCLUDED,
    Text("this objective names no campaign", "cet objectif n’indique pas de campagne"),
    Text("choose its campaign", "choisissez sa campagne"),
)
TWO_TARGETS = Code(
    "XK314",
    Severity.EXCLUDED,
    Text(
        "this KPI has two targets in one campaign; the first one counts",
        "ce KPI a deux cibles dans une campagne ; la première compte",
    ),
    Text("keep one of them", "n’en gardez qu’une"),
)
UNKNOWN_CAMPAIGN = Code(
    "XK315",
    Severity.WARNING,
    Text(
        "this campaign is not declared in Campaigns",
        "cette campagne n’est pas déclarée dans Campagnes",
    ),
    Text("add it to Campaigns, or correct the name", "ajoutez-la à Campagnes, ou corrigez le nom"),
)
RATE_UNUSABLE = Code(
    "XK317",
    Severity.WARNING,
    Text(
        "a rate is negative, or stands twice for the same network and use",
        "un barème est négatif, ou figure deux fois pour le même réseau et le même usage",
    ),
    Text(
        "correct it, or keep one row for each network and use",
        "corrigez-le, ou gardez une ligne par réseau et par usage",
    ),
)
TOLERANCE_OUT_OF_RANGE = Code(
    "XK318",
    Severity.WARNING,
    Text("a tolerance goes from 0% to 100%", "une tolérance va de 0\u00a0% à 100\u00a0%"),
    Text("type it with %, such as 10%", "saisissez-la avec %, par exemple 10\u00a0%"),
)
NO_OBJECTIVE_SERVED = Code(
    "XK327",
    Severity.INFO,
    Text("no KPI says which objective it serves", "aucun KPI ne dit quel objectif il sert"),
    Text("choose the objective, or drop the KPI", "choisissez l’objectif, ou retirez le KPI"),
)
REVIEW_OVERDUE = Code(
    "XK328",
    Severity.WARNING,
    Text(
        "this KPI was last reviewed more than twelve months ago",
        "ce KPI a été révisé il y a plus de douze mois",
    ),
    Text(
        "check that it still serves its objective, then set a new review date",
        "vérifiez que l’objectif est toujours servi, puis mettez une nouvelle date de révision",
    ),
)
LINKED_WORKBOOK = Code(
    "XK360",
    Severity.WARNING,
    Text("the workbook is linked to another file", "le classeur est lié à un autre fichier"),
    Text(
        "in Excel choose Data > Edit Links > Break Link, and save",
        "dans Excel, choisissez Données > Modifier les liens > Rompre le lien, et enregistrez",
    ),
)
MACROS = Code(
    "XK361",
    Severity.INFO,
    Text("the workbook holds macros", "le classeur contient des macros"),
    Text(
        "enable them in Excel only if you know who wrote them",
        "ne les activez dans Excel que si vous en connaissez l’auteur",
    ),
)
DATA_FROM_PROGRAM = Code(
    "XK362",
    Severity.WARNING,
    Text(
        "the workbook asks another program for data (DDE or OLE), a known way to start programs",
        "le classeur demande des données à un autre programme (DDE ou OLE), un moyen connu de lancer des programmes",
    ),
    Text(
        "refuse when Excel asks, and ask the sender for a workbook without it",
        "refusez si Excel le demande, et demandez à l’expéditeur un classeur sans cela",
    ),
)
SETTINGS_SHEET_IGNORED = Code(
    "XK363",
    Severity.INFO,
    Text(
        "this sheet is named like settings or a program of xlwings; it is neither read nor run",
        "cette feuille porte un nom de réglages ou de programme xlwings ; elle n’est ni lue ni exécutée",
    ),
    Text("delete it if you do not know it", "supprimez-la si vous ne la connaissez pas"),
)
LINK_TO_COMPUTER = Code(
    "XK364",
    Severity.WARNING,
    Text(
        "a link, picture or object leads to a file on a computer or on a network",
        "un lien, une image ou un objet mène à un fichier sur un ordinateur ou un réseau",
    ),
    Text(
        "do not click it unless you know it; delete it if you do not need it",
        "ne cliquez dessus que si vous le connaissez ; supprimez-le sinon",
    ),
)
OUTSIDE_DATA = Code(
    "XK365",
    Severity.WARNING,
    Text(
        "the workbook fetches data from elsewhere (a query or a connection)",
        "le classeur va chercher des données ailleurs (requête ou connexion)",
    ),
    Text(
        "in Excel see Data > Queries & Connections",
        "dans Excel, voyez Données > Requêtes et connexions",
    ),
)
TARGETS_IN_NO_REPORT = Code(
    "XK387",
    Severity.INFO,
    Text(
        "this campaign has no posts and is not in Campaigns",
        "cette campagne n’a aucun post et n’est pas dans Campagnes",
    ),
    Text("add it to Campaigns, or correct the name", "ajoutez-la à Campagnes, ou corrigez le nom"),
)
REVIEW_DUE = Code(
    "XK388",
    Severity.INFO,
    Text(
        "this KPI was last reviewed more than six months ago",
        "ce KPI a été révisé il y a plus de six mois",
    ),
    Text(
        "check that it still serves its objective, then set a new review date",
        "vérifiez que l’objectif est toujours servi, puis mettez une nouvelle date de révision",
    ),
)
ENDS_BEFORE_START = Code(
    "XK508",
    Severity.WARNING,
    Text("this is before the campaign starts", "c’est avant le début de la campagne"),
    Text("check both dates", "vérifiez les deux dates"),
)
