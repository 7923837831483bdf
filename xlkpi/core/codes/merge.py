"""Imported posts on their way into the Posts sheet."""

from xlkpi.core.codes.code import NOTHING_TO_DO, Code, Severity
from xlkpi.core.texts import Text

UNKNOWN_ACCOUNT = Code(
    "XK330",
    Severity.WARNING,
    Text(
        "this is no handle or name of the sheet Influencers",
        "ce n’est ni un pseudo ni un nom de la feuille Influenceurs",
    ),
    Text(
        "add the handle to Influencers, then correct the column Influencer of the new posts",
        "ajoutez le pseudo dans Influenceurs, puis corrigez la colonne Influenceur des nouveaux posts",
    ),
)
INFLUENCER_NOT_SAID = Code(
    "XK331",
    Severity.WARNING,
    Text(
        "this export does not say whose posts these are",
        "cet export ne dit pas de qui sont ces posts",
    ),
    Text(
        "fill in the column Influencer of the new posts",
        "remplissez la colonne Influenceur des nouveaux posts",
    ),
)
NO_SUCH_CAMPAIGN_TO_IMPORT = Code(
    "XK332",
    Severity.ERROR,
    Text("this is not a campaign of the workbook", "ce n’est pas une campagne du classeur"),
    Text(
        "choose one that it has, or add it to Campaigns first",
        "choisissez-en une qu’il contient, ou ajoutez-la d’abord à Campagnes",
    ),
)
OLDER_FIGURES = Code(
    "XK333",
    Severity.WARNING,
    Text(
        "this is a post of which the workbook has newer figures",
        "c’est un post dont le classeur a des chiffres plus récents",
    ),
    Text("import the newest export", "importez l’export le plus récent"),
)
POST_TWICE_IN_FILE = Code(
    "XK334",
    Severity.WARNING,
    Text(
        "this is a post that stands twice in what is imported; this row, the later one, counts",
        "c’est un post en double dans ce qui est importé ; cette ligne, la plus récente, compte",
    ),
    Text(
        "check that the later row has the right figures",
        "vérifiez que la ligne la plus récente a les bons chiffres",
    ),
)
AD_SPEND_NOT_ADDED = Code(
    "XK347",
    Severity.EXCLUDED,
    Text(
        "ad spend was not added to the cost of a post",
        "une dépense publicitaire n’a pas été ajoutée au coût d’un post",
    ),
    Text(
        "type it in the column Cost of the post that was promoted, if it is not in it",
        "saisissez-la dans la colonne Coût du post promu, si elle n’y est pas",
    ),
)
TOTALS_FELL = Code(
    "XK348",
    Severity.WARNING,
    Text(
        "a total fell for many posts, which it hardly ever does: this may be an older export",
        "un total a baissé pour de nombreux posts, ce qu’il ne fait presque jamais : cet export est peut-être plus ancien",
    ),
    Text(
        "if it is older, keep your previous workbook, or import the newest export again",
        "s’il est plus ancien, gardez votre classeur précédent, ou réimportez l’export le plus récent",
    ),
)
NO_ROOM_FOR_POSTS = Code(
    "XK350",
    Severity.ERROR,
    Text(
        "the sheet has no room for so many posts",
        "la feuille n’a pas la place pour autant de posts",
    ),
    Text(
        "start a new workbook for them, or delete posts of past campaigns",
        "ouvrez un nouveau classeur pour eux, ou supprimez des posts de campagnes passées",
    ),
)
SOMETHING_BELOW_POSTS = Code(
    "XK351",
    Severity.ERROR,
    Text(
        "something stands below the table of posts",
        "il y a quelque chose sous le tableau des posts",
    ),
    Text("move it aside, then import again", "déplacez-le, puis réimportez"),
)
NO_HEADER_ROW = Code(
    "XK352",
    Severity.ERROR,
    Text(
        "the table of posts has no header row", "le tableau des posts n’a pas de ligne d’en-têtes"
    ),
    Text(
        "in Excel tick Table Design > Header Row, save, and import again",
        "dans Excel, cochez Création de tableau > Ligne d’en-tête, enregistrez et réimportez",
    ),
)
FORMULA_KEPT = Code(
    "XK353",
    Severity.EXCLUDED,
    Text(
        "this cell holds a formula, which was kept",
        "cette cellule contient une formule, qui a été conservée",
    ),
    Text(
        "delete the formula and import again if you want the platform’s figure",
        "supprimez la formule puis réimportez pour obtenir le chiffre de la plateforme",
    ),
)
TOTALS_ROW_NAMED = Code(
    "XK354",
    Severity.ERROR,
    Text(
        "this formula names the totals row of Posts, which has to move down",
        "cette formule désigne la ligne de total de Posts, qui doit descendre",
    ),
    Text(
        "remove the total (Table Design > Total Row), import, and put it back; or name the column instead of an address",
        "retirez le total (Création de tableau > Ligne Total), importez, puis remettez-le ; ou désignez la colonne plutôt qu’une adresse",
    ),
)
FILTER_ON_POSTS = Code(
    "XK355",
    Severity.INFO,
    Text(
        "a filter is set on Posts; the new rows are shown whatever it says",
        "un filtre est actif sur Posts ; les nouvelles lignes sont affichées quoi qu’il dise",
    ),
    Text("in Excel choose Data > Reapply", "dans Excel, choisissez Données > Réappliquer"),
)
TEXT_CUT = Code(
    "XK356",
    Severity.WARNING,
    Text(
        "Excel holds 32,767 characters in a cell; this text was cut there",
        "Excel accepte 32 767 caractères par cellule ; ce texte a été coupé",
    ),
    Text("shorten the text, if its end matters", "raccourcissez le texte, si sa fin compte"),
)
OWN_FORMULAS_KEPT = Code(
    "XK357",
    Severity.INFO,
    Text(
        "formulas of your own were kept; Excel computes them when it opens the file",
        "vos propres formules ont été conservées ; Excel les calcule à l’ouverture du fichier",
    ),
    NOTHING_TO_DO,
)
ADDRESS_STOPS_SHORT = Code(
    "XK358",
    Severity.WARNING,
    Text(
        "this formula or chart names rows of Posts by address and stops before the new ones",
        "cette formule ou ce graphique désigne des lignes de Posts par adresse et s’arrête avant les nouvelles",
    ),
    Text("name the column instead of its cells", "désignez la colonne plutôt que ses cellules"),
)
VALUE_FITS_NO_CELL = Code(
    "XK359",
    Severity.EXCLUDED,
    Text("no cell can hold this value", "aucune cellule ne peut contenir cette valeur"),
    Text("correct it in the export, or type it", "corrigez-la dans l’export, ou saisissez-la"),
)
POSTS_NOT_IN_TABLE = Code(
    "XK373",
    Severity.ERROR,
    Text("the posts do not stand in an Excel table", "les posts ne sont pas dans un tableau Excel"),
    Text(
        "select them and press Ctrl+T, or import into the closed file: xlkpi import",
        "sélectionnez-les et faites Ctrl+T, ou importez dans le fichier fermé : xlkpi import",
    ),
)
CAMPAIGN_NOT_SAID = Code(
    "XK378",
    Severity.WARNING,
    Text(
        "it is not said to which campaign the new posts belong",
        "il n’est pas dit à quelle campagne appartiennent les nouveaux posts",
    ),
    Text(
        "import again with --campaign, or fill in the column Campaign",
        "réimportez avec --campaign, ou remplissez la colonne Campagne",
    ),
)
POST_IN_TWO_FILES = Code(
    "XK379",
    Severity.INFO,
    Text(
        "this is a post that stands twice in what is imported; this row, the later one, counts",
        "c’est un post en double dans ce qui est importé ; cette ligne, la plus récente, compte",
    ),
    NOTHING_TO_DO,
)
