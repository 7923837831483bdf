"""Exports: which table a file holds, and how its rows, columns and cells are read."""

from xlkpi.core.codes.code import NOTHING_TO_DO, Code, Severity
from xlkpi.core.texts import Text

UNKNOWN_EXPORT = Code(
    "XK130",
    Severity.ERROR,
    Text("this is not an export that xlkpi knows", "ce n’est pas un export que xlkpi connaît"),
    Text(
        "choose the file that the network’s export gave you; for a sheet of your own, name its columns as in Posts (post ID or URL, then figures), or give a mapping with --profile",
        "choisissez le fichier fourni par l’export du réseau ; pour une feuille à vous, nommez ses colonnes comme dans Posts (ID du post ou URL, puis les chiffres), ou donnez une correspondance avec --profile",
    ),
)
FIGURES_BY_DAY = Code(
    "XK131",
    Severity.ERROR,
    Text(
        "this export has the figures day by day, not the totals of each post",
        "cet export donne les chiffres jour par jour, et non les totaux de chaque post",
    ),
    Text(
        "export again and choose totals (“Lifetime”, the table of contents) instead of daily figures",
        "refaites l’export en choisissant les totaux (« Global », le tableau des contenus) plutôt que les chiffres par jour",
    ),
)
OTHER_TABLE_OF_NETWORK = Code(
    "XK132",
    Severity.ERROR,
    Text(
        "this is another table of the network; it lists no posts",
        "c’est un autre tableau du réseau ; il ne liste pas de posts",
    ),
    Text(
        "choose the export that has one line per post",
        "choisissez l’export qui a une ligne par post",
    ),
)
NO_TABLE = Code(
    "XK133",
    Severity.ERROR,
    Text(
        "there is no table in this file: no line of column names above figures",
        "ce fichier ne contient pas de tableau : aucune ligne de noms de colonnes au-dessus de chiffres",
    ),
    Text(
        "choose the file that the network’s export gave you, with its first line",
        "choisissez le fichier fourni par l’export du réseau, avec sa première ligne",
    ),
)
NOT_IMPORTED_YET = Code(
    "XK134",
    Severity.ERROR,
    Text(
        "xlkpi knows this export and does not import it yet",
        "xlkpi connaît cet export et ne l’importe pas encore",
    ),
    Text(
        "type its totals in the columns of Posts that the message names",
        "saisissez ses totaux dans les colonnes de Posts que nomme le message",
    ),
)
NOTHING_IN_ARCHIVE = Code(
    "XK135",
    Severity.ERROR,
    Text(
        "no file in this archive can be imported",
        "aucun fichier de cette archive ne peut être importé",
    ),
    Text(
        "choose the archive as the network gave it, or the file inside it that lists the posts",
        "choisissez l’archive telle que le réseau l’a fournie, ou le fichier qui liste les posts",
    ),
)
COLUMN_NOT_READ = Code(
    "XK136",
    Severity.INFO,
    Text("columns of this table are not read", "des colonnes de ce tableau ne sont pas lues"),
    Text(
        "to read one, name it as in Posts, or map it: import with --profile NAME, then correct the file that is written",
        "pour en lire une, nommez-la comme dans Posts, ou associez-la : importez avec --profile NOM, puis corrigez le fichier écrit",
    ),
)
NO_ROWS = Code(
    "XK137",
    Severity.WARNING,
    Text("this export has no rows", "cet export n’a aucune ligne"),
    Text(
        "choose a longer period, and export again",
        "choisissez une période plus longue, et refaites l’export",
    ),
)
PROFILE_DOES_NOT_FIT = Code(
    "XK138",
    Severity.ERROR,
    Text(
        "the mapping of columns (profile) cannot be used for this table",
        "la correspondance des colonnes (profil) est inutilisable pour ce tableau",
    ),
    Text("correct the profile, or leave --profile out", "corrigez le profil, ou retirez --profile"),
)
CAMPAIGN_WORKBOOK = Code(
    "XK139",
    Severity.ERROR,
    Text(
        "this is a campaign workbook, not an export of a network",
        "c’est un classeur de campagne, pas l’export d’un réseau",
    ),
    Text(
        "to report on it: xlkpi report; to bring its posts over, copy the rows of its Posts sheet",
        "pour son rapport : xlkpi report ; pour reprendre ses posts, copiez les lignes de sa feuille Posts",
    ),
)
IMPORTED_FIGURE_UNREADABLE = Code(
    "XK335",
    Severity.EXCLUDED,
    Text("this figure cannot be read", "ce chiffre ne peut être lu"),
    Text(
        "type the figure in the workbook, or correct it in the export and import again",
        "saisissez le chiffre dans le classeur, ou corrigez-le dans l’export et réimportez",
    ),
)
IMPORTED_DATE_UNREADABLE = Code(
    "XK336",
    Severity.EXCLUDED,
    Text("this is not a date", "ce n’est pas une date"),
    Text("type the date in the workbook", "saisissez la date dans le classeur"),
)
FIGURE_BECAME_DATE = Code(
    "XK337",
    Severity.EXCLUDED,
    Text("Excel turned this figure into a date", "Excel a transformé ce chiffre en date"),
    Text(
        "export again, and import the file without opening it in Excel first",
        "refaites l’export, et importez le fichier sans l’ouvrir dans Excel",
    ),
)
DAMAGED_ID = Code(
    "XK338",
    Severity.EXCLUDED,
    Text(
        "this is not an id as the network writes them: Excel has changed it",
        "ce n’est pas un identifiant comme le réseau les écrit : Excel l’a modifié",
    ),
    Text(
        "import the file as it was downloaded, without opening and saving it in Excel first",
        "importez le fichier tel que téléchargé, sans l’ouvrir et l’enregistrer dans Excel",
    ),
)
ROW_WITHOUT_ID = Code(
    "XK339",
    Severity.EXCLUDED,
    Text("this row has neither an id nor a link", "cette ligne n’a ni identifiant ni lien"),
    Text("type the post in the workbook", "saisissez le post dans le classeur"),
)
RAGGED_ROW_LEFT_OUT = Code(
    "XK340",
    Severity.EXCLUDED,
    Text(
        "this row has more or fewer cells than the header, and which figure belongs to which column cannot be told",
        "cette ligne a plus ou moins de cellules que l’en-tête, et on ne peut dire quel chiffre va dans quelle colonne",
    ),
    Text(
        "download the file again, or complete the row",
        "téléchargez à nouveau le fichier, ou complétez la ligne",
    ),
)
RAGGED_ROW_READ = Code(
    "XK341",
    Severity.WARNING,
    Text(
        "this row has more or fewer cells than the header, and nothing was shifted",
        "cette ligne a plus ou moins de cellules que l’en-tête, et rien n’a été décalé",
    ),
    Text("check the figures of this row", "vérifiez les chiffres de cette ligne"),
)
STRAY_QUOTATION_MARK = Code(
    "XK342",
    Severity.EXCLUDED,
    Text(
        "this is a line with a quotation mark missing or too many: its columns cannot be told apart",
        "c’est une ligne où un guillemet manque ou est en trop : ses colonnes ne peuvent pas être distinguées",
    ),
    Text(
        "download the file again, or import it as .xlsx",
        "téléchargez à nouveau le fichier, ou importez-le en .xlsx",
    ),
)
CHARACTERS_PUT_RIGHT = Code(
    "XK343",
    Severity.INFO,
    Text("characters of this file were put right", "des caractères de ce fichier ont été rétablis"),
    NOTHING_TO_DO,
)
LINES_SPLIT_AGAIN = Code(
    "XK344",
    Severity.INFO,
    Text(
        "each line of this file was one cell in quotes, as when Excel saves a file that it did not split; the lines were split again",
        "chaque ligne de ce fichier était une seule cellule entre guillemets, comme quand Excel enregistre un fichier qu’il n’a pas découpé ; les lignes ont été redécoupées",
    ),
    NOTHING_TO_DO,
)
SAME_FIGURE_DIFFERS = Code(
    "XK345",
    Severity.WARNING,
    Text(
        "two columns hold the same figure and differ; the first one was read",
        "deux colonnes désignent la même donnée et diffèrent ; la première a été lue",
    ),
    Text(
        "delete the column that is wrong, and import again",
        "supprimez la colonne fausse, et réimportez",
    ),
)
TOTAL_DIFFERS = Code(
    "XK346",
    Severity.WARNING,
    Text(
        "the total row and the sum of the posts differ",
        "la ligne de total et la somme des posts diffèrent",
    ),
    Text(
        "export again in shorter periods: the export may hold only part of the posts (YouTube writes 500 at most)",
        "refaites l’export par périodes plus courtes : il peut ne contenir qu’une partie des posts (YouTube en écrit 500 au plus)",
    ),
)
PART_NOT_IMPORTED = Code(
    "XK349",
    Severity.INFO,
    Text("a part of this file is not imported", "une partie de ce fichier n’est pas importée"),
    NOTHING_TO_DO,
)
IMPORTED_DAY_OR_MONTH = Code(
    "XK366",
    Severity.WARNING,
    Text(
        "day and month could be the other way round in this export",
        "jour et mois pourraient être inversés dans cet export",
    ),
    Text("if it is wrong, correct the date in Posts", "si c’est faux, corrigez la date dans Posts"),
)
CHARACTERS_LOST = Code(
    "XK367",
    Severity.WARNING,
    Text("characters of this file cannot be read", "des caractères de ce fichier sont illisibles"),
    Text(
        "if names look wrong, download the file again",
        "si des noms sont faux, téléchargez à nouveau le fichier",
    ),
)
DAMAGED_ID_WITH_LINK = Code(
    "XK368",
    Severity.WARNING,
    Text(
        "this is not an id as the network writes them: Excel has changed it, and the link stands in for it",
        "ce n’est pas un identifiant comme le réseau les écrit : Excel l’a modifié, et le lien le remplace",
    ),
    Text(
        "import the file as it was downloaded, without opening and saving it in Excel first",
        "importez le fichier tel que téléchargé, sans l’ouvrir et l’enregistrer dans Excel",
    ),
)
ROWS_WITHOUT_NETWORK = Code(
    "XK369",
    Severity.WARNING,
    Text("rows do not say their network", "des lignes n’indiquent pas leur réseau"),
    Text(
        "add a column Network, or name it in the profile",
        "ajoutez une colonne Réseau, ou indiquez-le dans le profil",
    ),
)
PROFILE_NOT_WRITTEN = Code(
    "XK370",
    Severity.ERROR,
    Text("the profile cannot be written", "le profil ne peut être écrit"),
    Text("choose another place with --profile", "choisissez un autre emplacement avec --profile"),
)
PROFILE_WRITTEN = Code(
    "XK371",
    Severity.INFO,
    Text(
        "the mapping of columns was written here; correct it with a text editor if need be",
        "la correspondance des colonnes a été écrite ici ; corrigez-la au besoin avec un éditeur de texte",
    ),
    NOTHING_TO_DO,
)
PROFILE_NOT_NEEDED = Code(
    "XK372",
    Severity.INFO,
    Text(
        "no profile was needed: xlkpi knows these exports",
        "aucun profil nécessaire : xlkpi connaît ces exports",
    ),
    NOTHING_TO_DO,
)
CELLS_BESIDE_COLUMNS = Code(
    "XK391",
    Severity.INFO,
    Text(
        "cells to the right of the named columns were not read",
        "les cellules à droite des colonnes nommées n’ont pas été lues",
    ),
    Text(
        "give their columns a name, if they matter",
        "donnez un nom à leurs colonnes, si elles comptent",
    ),
)
EXPLAINING_LINE = Code(
    "XK392",
    Severity.INFO,
    Text(
        "this line explains the names of the columns, and was not read as a row",
        "cette ligne explique les noms des colonnes, et n’a pas été lue comme une ligne de données",
    ),
    Text("if it is a post, add a figure to it", "si c’est un post, ajoutez-y un chiffre"),
)
COLUMN_IN_OTHER_CURRENCY = Code(
    "XK393",
    Severity.EXCLUDED,
    Text(
        "this column is in another currency than the workbook",
        "cette colonne est dans une autre devise que le classeur",
    ),
    Text(
        "export in the workbook’s currency, or convert the amounts",
        "exportez dans la devise du classeur, ou convertissez les montants",
    ),
)
UNKNOWN_POST_TYPES = Code(
    "XK394",
    Severity.INFO,
    Text(
        "types of post are not known, and Format stays empty there",
        "des types de post sont inconnus, et Format y reste vide",
    ),
    Text("choose the format in the workbook", "choisissez le format dans le classeur"),
)
UNKNOWN_NETWORK_IN_EXPORT = Code(
    "XK395",
    Severity.INFO,
    Text("this is no network that is known", "ce n’est pas un réseau connu"),
    Text("pick the network in the workbook", "choisissez le réseau dans le classeur"),
)
