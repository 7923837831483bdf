"""Files that could not be written, or that were left as they are."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

NOT_WRITTEN = Code(
    "XK401",
    Severity.ERROR,
    Text("the file cannot be written", "le fichier ne peut être écrit"),
    Text(
        "close it in the program that shows it and check your rights, or choose another file or folder",
        "fermez-le dans le programme qui l’affiche et vérifiez vos droits, ou choisissez un autre fichier ou dossier",
    ),
)
DISK_FULL = Code(
    "XK402",
    Severity.ERROR,
    Text("the disk is full", "le disque est plein"),
    Text(
        "free some space, or choose another folder with -o",
        "libérez de la place, ou choisissez un autre dossier avec -o",
    ),
)
NO_SUCH_FOLDER = Code(
    "XK403",
    Severity.ERROR,
    Text("there is no such folder", "ce dossier n’existe pas"),
    Text(
        "create the folder, or choose another one with -o",
        "créez le dossier, ou choisissez-en un autre avec -o",
    ),
)
NO_PDF_PROGRAM = Code(
    "XK404",
    Severity.ERROR,
    Text(
        "a PDF needs Excel or LibreOffice, and neither was found",
        "un PDF demande Excel ou LibreOffice, et aucun n’a été trouvé",
    ),
    Text(
        "install LibreOffice (free, libreoffice.org), or print the Report sheet from Excel",
        "installez LibreOffice (gratuit, libreoffice.org), ou imprimez la feuille Rapport depuis Excel",
    ),
)
OTHER_FILE_KIND = Code(
    "XK405",
    Severity.ERROR,
    Text(
        "the report must keep the kind of file it comes from",
        "le rapport doit garder le type du fichier d’origine",
    ),
    Text(
        "give -o a name with the same ending as the workbook",
        "donnez à -o un nom de même terminaison que le classeur",
    ),
)
PDF_NOT_MADE = Code(
    "XK406",
    Severity.ERROR,
    Text("LibreOffice could not make the PDF", "LibreOffice n’a pas pu produire le PDF"),
    Text(
        "open the workbook in LibreOffice and export the sheets of the report from there",
        "ouvrez le classeur dans LibreOffice et exportez-y les feuilles du rapport",
    ),
)
FILE_NOT_OURS = Code(
    "XK407",
    Severity.ERROR,
    Text(
        "this file exists and was not made by xlkpi",
        "ce fichier existe et n’a pas été créé par xlkpi",
    ),
    Text("choose another name", "choisissez un autre nom"),
)
FILE_EXISTS = Code(
    "XK408",
    Severity.ERROR,
    Text("there is already a file of this name", "un fichier porte déjà ce nom"),
    Text("choose another name", "choisissez un autre nom"),
)
NAME_NOT_XLSX = Code(
    "XK409",
    Severity.ERROR,
    Text("a new workbook must end in .xlsx", "un nouveau classeur doit se terminer par .xlsx"),
    Text("choose a name such as campaign.xlsx", "choisissez un nom comme campagne.xlsx"),
)
REPORT_NOT_FILLED = Code(
    "XK410",
    Severity.ERROR,
    Text(
        "Excel refused to write a part of the report",
        "Excel a refusé d’écrire une partie du rapport",
    ),
    Text(
        "close dialogs and other workbooks, save, and press the button once more",
        "fermez les boîtes de dialogue et les autres classeurs, enregistrez et recommencez",
    ),
)
REPORT_PARTLY_FILLED = Code(
    "XK411",
    Severity.ERROR,
    Text(
        "Excel refused to write a part of the report, and what was there could not all be put back",
        "Excel a refusé d’écrire une partie du rapport, et tout n’a pu être rétabli",
    ),
    Text(
        "close the workbook without saving it, open it again and press the button once more",
        "fermez le classeur sans l’enregistrer, rouvrez-le et recommencez",
    ),
)
SHEET_PROTECTED = Code(
    "XK412",
    Severity.ERROR,
    Text(
        "this sheet is protected with a password", "cette feuille est protégée par un mot de passe"
    ),
    Text(
        "take the protection off (Review > Unprotect Sheet), then press the button again",
        "ôtez la protection (Révision > Ôter la protection de la feuille), puis recommencez",
    ),
)
WORKBOOK_PROTECTED = Code(
    "XK413",
    Severity.ERROR,
    Text(
        "the structure of this workbook is protected, so the other sheets cannot be left out of the PDF",
        "la structure de ce classeur est protégée : impossible de laisser les autres feuilles hors du PDF",
    ),
    Text(
        "take the protection off (Review > Protect Workbook), or print the sheets of the report",
        "ôtez la protection (Révision > Protéger le classeur), ou imprimez la feuille Rapport",
    ),
)
NO_REPORT_YET = Code(
    "XK414",
    Severity.ERROR,
    Text("this workbook has no report yet", "ce classeur n’a pas encore de rapport"),
    Text("press “Generate report” first", "cliquez d’abord sur « Générer le rapport »"),
)
OPEN_ELSEWHERE = Code(
    "XK415",
    Severity.ERROR,
    Text(
        "the file cannot be written, because another program has it open",
        "le fichier ne peut être écrit, car un autre programme l’a ouvert",
    ),
    Text(
        "close it there and run the command again",
        "fermez-le dans ce programme et relancez la commande",
    ),
)
READ_WHILE_OPEN = Code(
    "XK416",
    Severity.INFO,
    Text("another program has the file open", "le fichier est ouvert dans un autre programme"),
    Text(
        "save it there and run the command again",
        "enregistrez-le dans ce programme et relancez la commande",
    ),
)
SAVED_MEANWHILE = Code(
    "XK417",
    Severity.ERROR,
    Text(
        "the file was saved by somebody else while it was read",
        "le fichier a été enregistré par ailleurs pendant sa lecture",
    ),
    Text(
        "run the same command again: it then starts from the newer file",
        "relancez la même commande : elle partira du fichier plus récent",
    ),
)
WRITE_PROTECTED = Code(
    "XK418",
    Severity.ERROR,
    Text("the file is read-only", "le fichier est en lecture seule"),
    Text(
        "take its write protection away, or choose another file with -o",
        "retirez sa protection en écriture, ou choisissez un autre fichier avec -o",
    ),
)
SIGNATURE_LOST = Code(
    "XK419",
    Severity.INFO,
    Text(
        "the workbook is digitally signed, and the signature does not hold for what is written",
        "le classeur est signé numériquement, et la signature ne vaut plus pour ce qui est écrit",
    ),
    Text(
        "sign the written workbook in Excel: File > Info > Protect Workbook > Add a Digital Signature",
        "signez le classeur écrit dans Excel : Fichier > Informations > Protéger le classeur > Ajouter une signature numérique",
    ),
)
