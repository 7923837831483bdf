"""Imports: what of several files, rows and posts cannot be taken as it stands."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

OTHER_COLUMN_ORDER = Code(
    "XK140",
    Severity.EXCLUDED,
    Text(
        "from here on the columns stand in another order: another export was pasted below",
        "à partir d’ici, les colonnes sont dans un autre ordre : un autre export a été collé dessous",
    ),
    Text(
        "import each export as a file of its own",
        "importez chaque export dans un fichier séparé",
    ),
)
FILE_FAILED = Code(
    "XK141",
    Severity.ERROR,
    Text(
        "xlkpi failed while it read this file: this is a fault of xlkpi",
        "xlkpi a échoué à la lecture de ce fichier : c’est un défaut de xlkpi",
    ),
    Text(
        "import the file alone with XLKPI_DEBUG=1 for the details to send us",
        "importez ce fichier seul avec XLKPI_DEBUG=1 pour les détails à nous envoyer",
    ),
)
LISTS_SIDE_BY_SIDE = Code(
    "XK142",
    Severity.ERROR,
    Text(
        "two columns name different posts on one row: these are two lists side by side",
        "deux colonnes désignent des posts différents sur une même ligne : ce sont deux listes côte à côte",
    ),
    Text(
        "put each list on a sheet of its own, and import again",
        "mettez chaque liste sur sa propre feuille, et réimportez",
    ),
)
OTHER_POSTS_SAME_IDS = Code(
    "XK143",
    Severity.ERROR,
    Text(
        "the ids of this file are those of other posts: date and influencer differ for most of them",
        "les identifiants de ce fichier sont ceux d’autres posts : date et influenceur diffèrent pour la plupart",
    ),
    Text(
        "rename or empty the column of ids: posts are known by their link too, or by day, influencer and network",
        "renommez ou videz la colonne des identifiants : les posts sont aussi reconnus par leur lien, ou par date, influenceur et réseau",
    ),
)
FELL_TO_ZERO = Code(
    "XK144",
    Severity.WARNING,
    Text(
        "a total fell to 0, which it does not do by itself; the figure of before was kept",
        "un total est tombé à 0, ce qu’il ne fait pas de lui-même ; le chiffre d’avant a été conservé",
    ),
    Text(
        "export again with this figure; if it is really 0, type it in Posts",
        "refaites l’export avec ce chiffre ; s’il est vraiment 0, saisissez-le dans Posts",
    ),
)
NO_VIEWS_BESIDE_REACH = Code(
    "XK145",
    Severity.WARNING,
    Text(
        "no views beside people who were reached",
        "aucune vue alors que des personnes ont été touchées",
    ),
    Text(
        "export again; if the network gives no views, empty these cells in Posts",
        "refaites l’export ; si le réseau ne donne pas les vues, videz ces cellules dans Posts",
    ),
)
COUNT_WITH_DECIMALS = Code(
    "XK146",
    Severity.WARNING,
    Text("this count is no whole number", "ce nombre n’est pas entier"),
    Text(
        "check whether the column holds a rate or an average, or whether a mark groups thousands, and correct it in Posts",
        "vérifiez si la colonne contient un taux ou une moyenne, ou si un séparateur groupe des milliers, et corrigez dans Posts",
    ),
)
ONE_OF_SEVERAL_VIDEOS = Code(
    "XK147",
    Severity.EXCLUDED,
    Text(
        "this is a video that may be any of several posts of its page and day",
        "c’est une vidéo qui peut être l’un de plusieurs posts de sa Page ce jour-là",
    ),
    Text(
        "import the file of all content of the Page, which has the links, and type what is missing",
        "importez le fichier de tout le contenu de la Page, qui a les liens, et saisissez ce qui manque",
    ),
)
DOUBTFUL_ENCODING = Code(
    "XK148",
    Severity.WARNING,
    Text(
        "in which encoding this text was saved is not certain",
        "l’encodage dans lequel ce texte a été enregistré n’est pas certain",
    ),
    Text(
        "if names are wrong, import again with --encoding, such as cp1250 or gbk, or save the file as “CSV UTF-8”",
        "si des noms sont faux, réimportez avec --encoding, par exemple cp1250 ou gbk, ou enregistrez le fichier en « CSV UTF-8 »",
    ),
)
TOO_MANY_COLUMNS = Code(
    "XK149",
    Severity.ERROR,
    Text(
        "this table has more columns than an Excel sheet (16,384)",
        "ce tableau a plus de colonnes qu’une feuille Excel (16 384)",
    ),
    Text(
        "choose the file that the network’s export gave you, or export again with fewer columns",
        "choisissez le fichier fourni par l’export du réseau, ou refaites l’export avec moins de colonnes",
    ),
)
