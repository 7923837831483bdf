"""Cells of the input sheets, and figures that contradict each other."""

from xlkpi.core.codes.code import NOTHING_TO_DO, Code, Severity
from xlkpi.core.texts import Text

NOT_A_NUMBER = Code(
    "XK301",
    Severity.EXCLUDED,
    Text("this is not a number", "ce n’est pas un nombre"),
    Text(
        "type the figure alone, such as 12000, or leave the cell empty if it is unknown",
        "saisissez le chiffre seul, par exemple 12000, ou laissez vide s’il est inconnu",
    ),
)
ERROR_IN_CELL = Code(
    "XK302",
    Severity.EXCLUDED,
    Text("this cell holds an error", "cette cellule contient une erreur"),
    Text(
        "correct the formula, or leave the cell empty",
        "corrigez la formule, ou laissez la cellule vide",
    ),
)
NEVER_CALCULATED = Code(
    "XK303",
    Severity.EXCLUDED,
    Text("this formula was never calculated", "cette formule n’a jamais été calculée"),
    Text(
        "open the workbook in Excel, save it, and try again",
        "ouvrez le classeur dans Excel, enregistrez-le et recommencez",
    ),
)
NOT_A_DATE = Code(
    "XK304",
    Severity.EXCLUDED,
    Text("this is not a date", "ce n’est pas une date"),
    Text("type a date such as 2026-03-31", "saisissez une date comme 31/03/2026"),
)
NEGATIVE = Code(
    "XK305",
    Severity.EXCLUDED,
    Text("a count or an amount cannot be negative", "un nombre ou un montant ne peut être négatif"),
    Text("correct it, or leave the cell empty", "corrigez, ou laissez vide"),
)
POST_LEFT_OUT = Code(
    "XK306",
    Severity.EXCLUDED,
    Text(
        "this post lacks what a report needs", "il manque à ce post ce qu’il faut pour un rapport"
    ),
    Text("complete the row, or delete it", "complétez la ligne, ou supprimez-la"),
    by_reason=True,  # a table with a total under every week has thousands of such rows
)
POST_TWICE = Code(
    "XK307",
    Severity.EXCLUDED,
    Text("the same post stands on another row", "le même post figure sur une autre ligne"),
    Text("delete one of the two rows", "supprimez l’une des deux lignes"),
)
ID_DAMAGED_BY_EXCEL = Code(
    "XK309",
    Severity.WARNING,
    Text(
        "Excel kept only 15 digits of this id", "Excel n’a gardé que 15 chiffres de cet identifiant"
    ),
    Text(
        "format the column as Text and paste the id again",
        "mettez la colonne au format Texte et recollez l’identifiant",
    ),
)
NEITHER_YES_NOR_NO = Code(
    "XK311",
    Severity.EXCLUDED,
    Text("this is neither yes nor no", "ce n’est ni oui ni non"),
    Text("choose Yes or No", "choisissez Oui ou Non"),
)
FIGURE_STORED_AS_TEXT = Code(
    "XK312",
    Severity.INFO,
    Text(
        "this is a figure stored as text, read as a number",
        "c’est un chiffre stocké en texte, lu comme un nombre",
    ),
    NOTHING_TO_DO,
)
DAY_OR_MONTH = Code(
    "XK316",
    Severity.WARNING,
    Text("day and month could be the other way round", "jour et mois pourraient être inversés"),
    Text("type it as a date, or as 2026-03-31", "saisissez une vraie date, ou 2026-03-31"),
)
REACH_ABOVE_IMPRESSIONS = Code(
    "XK319",
    Severity.WARNING,
    Text(
        "this is more than the impressions, and reach cannot be",
        "c’est plus que les impressions, et la portée ne peut l’être",
    ),
    Text(
        "check both figures; they may have been swapped",
        "vérifiez les deux chiffres ; ils ont pu être inversés",
    ),
)
INTERACTIONS_ABOVE_REACH = Code(
    "XK320",
    Severity.WARNING,
    Text(
        "this is less than the interactions of the post", "c’est moins que les interactions du post"
    ),
    Text(
        "check the figures, or whether they come from two different days",
        "vérifiez les chiffres, ou s’ils viennent de deux jours différents",
    ),
)
SCORE_OUT_OF_RANGE = Code(
    "XK321",
    Severity.WARNING,
    Text("this is not a mark from 1 to 5", "ce n’est pas une note de 1 à 5"),
    Text("type a mark from 1 to 5", "saisissez une note de 1 à 5"),
)
IN_THE_FUTURE = Code(
    "XK322",
    Severity.WARNING,
    Text("this is in the future", "c’est dans le futur"),
    Text("check day, month and year", "vérifiez le jour, le mois et l’année"),
)
OUTSIDE_CAMPAIGN = Code(
    "XK323",
    Severity.WARNING,
    Text("this is outside the dates of the campaign", "c’est en dehors des dates de la campagne"),
    Text(
        "check the date, the campaign, or its dates on Campaigns",
        "vérifiez la date, la campagne, ou ses dates dans Campagnes",
    ),
)
INFLUENCER_NOT_LISTED = Code(
    "XK324",
    Severity.INFO,
    Text("this is not a name on Influencers", "ce n’est pas un nom d’Influenceurs"),
    Text(
        "add it to Influencers, or correct the name",
        "ajoutez-le à Influenceurs, ou corrigez le nom",
    ),
)
NETWORK_NOT_KNOWN = Code(
    "XK325",
    Severity.INFO,
    Text("this is not a network that xlkpi knows", "ce n’est pas un réseau que xlkpi connaît"),
    Text(
        "choose one from the list of the cell, or add a rate for it to References",
        "choisissez-en un dans la liste de la cellule, ou ajoutez son barème dans Références",
    ),
)
FORMAT_MISSPELLED = Code(
    "XK326",
    Severity.WARNING,
    Text(
        "this is not a format that xlkpi knows, but close to one",
        "ce n’est pas un format que xlkpi connaît, mais proche de l’un d’eux",
    ),
    Text("choose one from the list of the cell", "choisissez-en un dans la liste de la cellule"),
)
ONLY_LIKES = Code(
    "XK329",
    Severity.WARNING,
    Text(
        "of the interactions only likes are known",
        "seuls les likes sont connus parmi les interactions",
    ),
    Text(
        "add comments, shares, saves and clicks to Posts, or set them to No in Settings",
        "ajoutez commentaires, partages, enregistrements et clics dans Posts, ou mettez-les à Non dans Paramètres",
    ),
)
ERROR_IN_UNUSED_CELL = Code(
    "XK374",
    Severity.WARNING,
    Text("this cell holds an error", "cette cellule contient une erreur"),
    Text(
        "correct the formula, or leave the cell empty",
        "corrigez la formule, ou laissez la cellule vide",
    ),
)
UNUSED_CELL_NEVER_CALCULATED = Code(
    "XK375",
    Severity.WARNING,
    Text("this formula was never calculated", "cette formule n’a jamais été calculée"),
    Text(
        "open the workbook in Excel, save it, and try again",
        "ouvrez le classeur dans Excel, enregistrez-le et recommencez",
    ),
)
INFLUENCER_MISSPELLED = Code(
    "XK376",
    Severity.WARNING,
    Text(
        "this is not a name on Influencers, but close to one",
        "ce n’est pas un nom d’Influenceurs, mais proche de l’un d’eux",
    ),
    Text(
        "correct the name, or add it to Influencers",
        "corrigez le nom, ou ajoutez-le à Influenceurs",
    ),
)
NETWORK_MISSPELLED = Code(
    "XK377",
    Severity.WARNING,
    Text(
        "this is not a network that xlkpi knows, but close to one",
        "ce n’est pas un réseau que xlkpi connaît, mais proche de l’un d’eux",
    ),
    Text("choose one from the list of the cell", "choisissez-en un dans la liste de la cellule"),
)
INPUT_NOT_USED = Code(
    "XK380",
    Severity.WARNING,
    Text("this input cannot be used", "cette donnée ne peut être utilisée"),
    Text("correct it as the message says", "corrigez-la comme l’indique le message"),
)
MARK_OUT_OF_RANGE = Code(
    "XK381",
    Severity.EXCLUDED,
    Text("this is not a mark from 1 to 5", "ce n’est pas une note de 1 à 5"),
    Text(
        "type a mark from 1 to 5, or leave the cell empty",
        "saisissez une note de 1 à 5, ou laissez vide",
    ),
)
SHARE_OUT_OF_RANGE = Code(
    "XK382",
    Severity.EXCLUDED,
    Text("a share goes from 0% to 100%", "une part va de 0\u00a0% à 100\u00a0%"),
    Text("type it with %, such as 35%", "saisissez-la avec %, par exemple 35\u00a0%"),
)
SHARES_ABOVE_WHOLE = Code(
    "XK383",
    Severity.WARNING,
    Text(
        "the shares of this influencer and day add up to more than 100%",
        "les parts de cet influenceur et de ce jour dépassent 100\u00a0%",
    ),
    Text("check the shares and their dates", "vérifiez les parts et leurs dates"),
)
ROW_APART_FROM_POSTS = Code(
    "XK384",
    Severity.WARNING,
    Text(
        "this row names an influencer or a campaign that the workbook does not list",
        "cette ligne nomme un influenceur ou une campagne absents du classeur",
    ),
    Text("add the name to its sheet, or correct it", "ajoutez le nom à sa feuille, ou corrigez-le"),
)
AD_NOT_DISCLOSED = Code(
    "XK385",
    Severity.INFO,
    Text(
        "posts are said to carry no mention of advertising",
        "des posts sont déclarés sans mention publicitaire",
    ),
    Text(
        "have the mention added, or correct the column",
        "faites ajouter la mention, ou corrigez la colonne",
    ),
)
WRITTEN_CONTRACT = Code(
    "XK386",
    Severity.INFO,
    Text(
        "costs and gifts of a year call for a written contract",
        "les coûts et cadeaux d’une année demandent un contrat écrit",
    ),
    Text(
        "check that each influencer has a signed contract",
        "vérifiez que chaque influenceur a un contrat signé",
    ),
)
SHARES_BELOW_WHOLE = Code(
    "XK389",
    Severity.INFO,
    Text(
        "the shares of this influencer and day add up to less than 100%",
        "les parts de cet influenceur et de ce jour n’atteignent pas 100\u00a0%",
    ),
    Text(
        "add the missing segments, such as “Other”",
        "ajoutez les segments manquants, par exemple « Autres »",
    ),
)
ROW_WITHOUT_INFLUENCER = Code(
    "XK390",
    Severity.EXCLUDED,
    Text("this row names no influencer", "cette ligne n’indique pas d’influenceur"),
    Text("choose the influencer", "choisissez l’influenceur"),
)
LOOKS_LIKE_A_TOTAL = Code(
    "XK396",
    Severity.WARNING,
    Text(
        "this is what totals look like; the row was counted as a post",
        "c’est l’allure d’un total ; la ligne a été comptée comme un post",
    ),
    Text(
        "if it is a total, delete it, or add a column “Count this row” and type No there",
        "si c’est un total, supprimez-la, ou ajoutez une colonne « Compter cette ligne » et saisissez-y Non",
    ),
)
POST_OF_NOBODY = Code(
    "XK397",
    Severity.WARNING,
    Text("this post names no influencer", "ce post n’indique pas d’influenceur"),
    Text("choose the influencer", "choisissez l’influenceur"),
)
PERHAPS_TWICE = Code(
    "XK398",
    Severity.WARNING,
    Text(
        "this may be the same post as on another row",
        "c’est peut-être le même post qu’une autre ligne",
    ),
    Text(
        "delete one of the two rows, or give each its id or link",
        "supprimez l’une des deux lignes, ou donnez à chacune son ID ou son lien",
    ),
)
