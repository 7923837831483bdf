"""Files that are refused before a cell of them is read."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

FILE_EMPTY = Code(
    "XK101",
    Severity.ERROR,
    Text("the file is empty", "le fichier est vide"),
    Text("get a fresh copy of the file", "récupérez une nouvelle copie du fichier"),
)
PASSWORD = Code(
    "XK102",
    Severity.ERROR,
    Text("the file is protected by a password", "le fichier est protégé par un mot de passe"),
    Text(
        "open it in the program that wrote it, remove the password, save, and try again",
        "ouvrez-le dans le programme qui l’a écrit, retirez le mot de passe, enregistrez et recommencez",
    ),
)
OLD_EXCEL = Code(
    "XK103",
    Severity.ERROR,
    Text(
        "this is an old Excel 97-2003 workbook (.xls)",
        "c’est un ancien classeur Excel 97-2003 (.xls)",
    ),
    Text(
        "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
        "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
    ),
)
WEB_PAGE = Code(
    "XK104",
    Severity.ERROR,
    Text(
        "this is a web page or an XML file, whatever its name says",
        "c’est une page web ou un fichier XML, quoi que dise son nom",
    ),
    Text(
        "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
        "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
    ),
)
TEXT_FILE = Code(
    "XK105",
    Severity.ERROR,
    Text(
        "this is a text or CSV file, not a workbook",
        "c’est un fichier texte ou CSV, pas un classeur",
    ),
    Text(
        "bring it into a campaign workbook: xlkpi import FILE.csv --into campaign.xlsx",
        "importez-le dans un classeur de campagne : xlkpi import FICHIER.csv --into campagne.xlsx",
    ),
)
UNKNOWN_FILE = Code(
    "XK106",
    Severity.ERROR,
    Text(
        "this is not a file that Excel or a network’s export writes",
        "ce n’est pas un fichier qu’Excel ou l’export d’un réseau produit",
    ),
    Text(
        "choose the file that the network’s export gave you, or your campaign workbook (.xlsx)",
        "choisissez le fichier fourni par l’export du réseau, ou votre classeur de campagne (.xlsx)",
    ),
)
DAMAGED_FILE = Code(
    "XK107",
    Severity.ERROR,
    Text(
        "the file is damaged or incomplete (a download or a copy was cut off)",
        "le fichier est abîmé ou incomplet (téléchargement ou copie interrompus)",
    ),
    Text("get a fresh copy of the file", "récupérez une nouvelle copie du fichier"),
)
ZIP_ARCHIVE = Code(
    "XK108",
    Severity.ERROR,
    Text("this is a zip archive, not a workbook", "c’est une archive zip, pas un classeur"),
    Text(
        "unpack it and choose the workbook inside",
        "décompressez-la et choisissez le classeur qu’elle contient",
    ),
)
TOO_LARGE = Code(
    "XK109",
    Severity.ERROR,
    Text(
        "the file holds far more data than a real workbook or export",
        "le fichier contient bien plus de données qu’un vrai classeur ou export",
    ),
    Text(
        "in Excel press Ctrl+End, delete the empty rows and columns before it, and save; of an export, take a shorter period",
        "dans Excel, faites Ctrl+Fin, supprimez les lignes et colonnes vides avant, et enregistrez ; pour un export, prenez une période plus courte",
    ),
)
PART_TWICE = Code(
    "XK110",
    Severity.ERROR,
    Text("the file holds the same part twice", "le fichier contient deux fois la même partie"),
    Text(
        "ask the sender for a file saved by Excel, or download the export again",
        "demandez à l’expéditeur un fichier enregistré par Excel, ou téléchargez à nouveau l’export",
    ),
)
UNSAFE_PATH = Code(
    "XK111",
    Severity.ERROR,
    Text("a part of the file has an unsafe path", "une partie du fichier a un chemin dangereux"),
    Text(
        "ask the sender for a file saved by Excel, or download the export again",
        "demandez à l’expéditeur un fichier enregistré par Excel, ou téléchargez à nouveau l’export",
    ),
)
DOCTYPE = Code(
    "XK112",
    Severity.ERROR,
    Text(
        "a part of the file declares a DOCTYPE, which Office never writes (a possible attack)",
        "une partie du fichier déclare un DOCTYPE, ce qu’Office n’écrit jamais (attaque possible)",
    ),
    Text(
        "ask the sender for a file saved by Excel or PowerPoint",
        "demandez à l’expéditeur un fichier enregistré par Excel ou PowerPoint",
    ),
)
NO_SUCH_FILE = Code(
    "XK115",
    Severity.ERROR,
    Text("there is no such file", "ce fichier n’existe pas"),
    Text("check the name and the folder", "vérifiez le nom et le dossier"),
)
CANNOT_OPEN = Code(
    "XK116",
    Severity.ERROR,
    Text("the file cannot be opened", "le fichier ne s’ouvre pas"),
    Text(
        "check that you may read it and that it is not locked by another program",
        "vérifiez vos droits et qu’un autre programme ne le bloque pas",
    ),
)
BINARY_WORKBOOK = Code(
    "XK117",
    Severity.ERROR,
    Text("this is a binary workbook (.xlsb)", "c’est un classeur binaire (.xlsb)"),
    Text(
        "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
        "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
    ),
)
LIBREOFFICE_DOCUMENT = Code(
    "XK118",
    Severity.ERROR,
    Text("this is a LibreOffice document", "c’est un document LibreOffice"),
    Text(
        "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
        "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
    ),
)
OTHER_DOCUMENT = Code(
    "XK122",
    Severity.ERROR,
    Text(
        "this is a document of another program: Word, PowerPoint, e-mail or address book",
        "c’est un document d’un autre programme : Word, PowerPoint, messagerie ou carnet d’adresses",
    ),
    Text(
        "choose the file that the network’s export gave you, or your campaign workbook (.xlsx)",
        "choisissez le fichier fourni par l’export du réseau, ou votre classeur de campagne (.xlsx)",
    ),
)
NOT_A_TABLE_FILE = Code(
    "XK123",
    Severity.ERROR,
    Text(
        "this is a PDF, a picture, a video or a sound; figures are not read from it",
        "c’est un PDF, une image, une vidéo ou un son ; les chiffres n’y sont pas lus",
    ),
    Text(
        "choose the file that the network’s export gave you, or your campaign workbook (.xlsx)",
        "choisissez le fichier fourni par l’export du réseau, ou votre classeur de campagne (.xlsx)",
    ),
)
JSON_DATA = Code(
    "XK124",
    Severity.ERROR,
    Text("this is JSON data", "ce sont des données JSON"),
    Text(
        "export again and choose CSV instead of JSON",
        "refaites l’export en choisissant CSV plutôt que JSON",
    ),
)
OTHER_ARCHIVE = Code(
    "XK125",
    Severity.ERROR,
    Text(
        "this is an archive that is not read: of another kind than zip, or with an archive inside",
        "c’est une archive qui n’est pas lue : d’un autre type que zip, ou contenant une archive",
    ),
    Text(
        "unpack it, and choose the file inside it",
        "décompressez-la, et choisissez le fichier qu’elle contient",
    ),
)
NOT_EXPORTED_FILE = Code(
    "XK126",
    Severity.ERROR,
    Text(
        "this is a document of Apple Numbers, Pages or Keynote, or only a link to a file on a web drive",
        "c’est un document Apple Numbers, Pages ou Keynote, ou seulement un lien vers un fichier en ligne",
    ),
    Text(
        "export or download it as Excel (.xlsx) or CSV, and use that file",
        "exportez-le ou téléchargez-le au format Excel (.xlsx) ou CSV, et utilisez ce fichier",
    ),
)
TEXT_WITHOUT_COLUMNS = Code(
    "XK127",
    Severity.ERROR,
    Text("this is a text without columns", "c’est un texte sans colonnes"),
    Text(
        "choose the file that the network’s export gave you",
        "choisissez le fichier fourni par l’export du réseau",
    ),
)
UNREADABLE_ENCODING = Code(
    "XK128",
    Severity.ERROR,
    Text(
        "this text has an encoding that is not read (UTF-32)",
        "ce texte a un encodage qui n’est pas lu (UTF-32)",
    ),
    Text(
        "open it in Excel, choose File > Save As > CSV UTF-8, and use that file",
        "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > CSV UTF-8, et utilisez ce fichier",
    ),
)
NO_PRESENTATION = Code(
    "XK129",
    Severity.ERROR,
    Text(
        "this is not a PowerPoint presentation or template that slides can be made from",
        "ce n’est pas une présentation ni un modèle PowerPoint dont on puisse tirer des diapositives",
    ),
    Text(
        "choose a PowerPoint presentation or template (.pptx or .potx)",
        "choisissez une présentation ou un modèle PowerPoint (.pptx ou .potx)",
    ),
)
