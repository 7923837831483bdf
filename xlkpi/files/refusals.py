"""What a person reads when a file is refused: what it is, with its code, and what to do instead."""

from __future__ import annotations

from xlkpi.core.findings import Refused, refuse, system_reason
from xlkpi.core.texts import Text
from xlkpi.files.kinds import Kind

SAVE_AS = Text(
    "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
    "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
)
FRESH_COPY = Text("get a fresh copy of the file", "récupérez une nouvelle copie du fichier")
CHOOSE_WORKBOOK = Text(
    "choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)"
)
CHOOSE_PRESENTATION = Text(
    "choose a PowerPoint presentation or template (.pptx or .potx)",
    "choisissez une présentation ou un modèle PowerPoint (.pptx ou .potx)",
)
CHOOSE_EXPORT = Text(
    "choose the file that the network’s export gave you: .csv, .xlsx, .xls or .zip",
    "choisissez le fichier fourni par l’export du réseau : .csv, .xlsx, .xls ou .zip",
)
_IMPORT = Text(
    'bring it into a campaign workbook: xlkpi import "{name}" --into campaign.xlsx',
    'importez-le dans un classeur de campagne : xlkpi import "{name}" --into campagne.xlsx',
)
_UNPACK = Text(
    "unpack it, and choose the file inside it",
    "décompressez-la, et choisissez le fichier qu’elle contient",
)
_AS_EXCEL = Text(
    "export or download it as Excel (.xlsx) or CSV, and use that file",
    "exportez-le ou téléchargez-le au format Excel (.xlsx) ou CSV, et utilisez ce fichier",
)
_AS_CSV = Text(
    "open it in Excel, choose File > Save As > CSV UTF-8, and use that file",
    "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > CSV UTF-8, et utilisez ce fichier",
)

#: Kind → code, what it is, what to do; no fix: choose the file that is wanted.
_REFUSED: dict[Kind, tuple[str, Text, Text | None]] = {
    Kind.EMPTY: ("XK101", Text("the file is empty", "le fichier est vide"), FRESH_COPY),
    Kind.XLS: (
        "XK103",
        Text(
            "this is an old Excel 97-2003 workbook (.xls)",
            "c’est un ancien classeur Excel 97-2003 (.xls)",
        ),
        SAVE_AS,
    ),
    Kind.WEB_PAGE: (
        "XK104",
        Text(
            "this is a web page, whatever its name says",
            "c’est une page web, quoi que dise son nom",
        ),
        SAVE_AS,
    ),
    Kind.XML: (
        "XK104",
        Text(
            "this is an XML file, whatever its name says",
            "c’est un fichier XML, quoi que dise son nom",
        ),
        SAVE_AS,
    ),
    Kind.TEXT: (
        "XK105",
        Text(
            "this is a text or CSV file, not a workbook",
            "c’est un fichier texte ou CSV, pas un classeur",
        ),
        _IMPORT,
    ),
    Kind.UNKNOWN: (
        "XK106",
        Text(
            "this is not a file that Excel or a network’s export writes",
            "ce n’est pas un fichier qu’Excel ou l’export d’un réseau produit",
        ),
        None,
    ),
    Kind.ZIP: (
        "XK108",
        Text("this is a zip archive, not a workbook", "c’est une archive zip, pas un classeur"),
        Text(
            "unpack it and choose the workbook inside",
            "décompressez-la et choisissez le classeur qu’elle contient",
        ),
    ),
    Kind.XLSB: (
        "XK117",
        Text("this is a binary workbook (.xlsb)", "c’est un classeur binaire (.xlsb)"),
        SAVE_AS,
    ),
    Kind.OPEN_DOCUMENT: (
        "XK118",
        Text("this is a LibreOffice document", "c’est un document LibreOffice"),
        SAVE_AS,
    ),
    Kind.WORD: ("XK122", Text("this is a Word document", "c’est un document Word"), None),
    Kind.POWERPOINT: (
        "XK122",
        Text("this is a PowerPoint presentation", "c’est une présentation PowerPoint"),
        None,
    ),
    Kind.MAIL: (
        "XK122",
        Text("this is an e-mail", "c’est un e-mail"),
        Text(
            "save its attachment, and choose that file",
            "enregistrez sa pièce jointe, et choisissez ce fichier",
        ),
    ),
    Kind.CARDS: (
        "XK122",
        Text("these are addresses or appointments", "ce sont des contacts ou des rendez-vous"),
        None,
    ),
    Kind.LOCK: (
        "XK106",
        Text(
            "this is the mark that Excel puts beside a workbook while it is open",
            "c’est la marque qu’Excel place à côté d’un classeur ouvert",
        ),
        Text(
            "choose the file of the same name without “~$”",
            "choisissez le fichier du même nom sans « ~$ »",
        ),
    ),
    Kind.PDF: (
        "XK123",
        Text(
            "this is a PDF document; figures are not read from it",
            "c’est un document PDF ; les chiffres n’y sont pas lus",
        ),
        None,
    ),
    Kind.PICTURE: (
        "XK123",
        Text(
            "this is a picture; figures are not read from screenshots",
            "c’est une image ; les chiffres ne sont pas lus dans une capture d’écran",
        ),
        None,
    ),
    Kind.VIDEO: ("XK123", Text("this is a video or a sound", "c’est une vidéo ou un son"), None),
    Kind.JSON: (
        "XK124",
        Text("this is JSON data", "ce sont des données JSON"),
        Text(
            "export again and choose CSV instead of JSON",
            "refaites l’export en choisissant CSV plutôt que JSON",
        ),
    ),
    Kind.ARCHIVE: (
        "XK125",
        Text(
            "this is an archive of a kind that is not read",
            "c’est une archive d’un type qui n’est pas lu",
        ),
        _UNPACK,
    ),
    Kind.NUMBERS: (
        "XK126",
        Text(
            "this is a document of Apple Numbers, Pages or Keynote",
            "c’est un document Apple Numbers, Pages ou Keynote",
        ),
        _AS_EXCEL,
    ),
    Kind.LINK: (
        "XK126",
        Text(
            "this is only a link to a file on a web drive",
            "ce n’est qu’un lien vers un fichier en ligne",
        ),
        _AS_EXCEL,
    ),
    Kind.PROSE: (
        "XK127",
        Text("this is a text without columns", "c’est un texte sans colonnes"),
        None,
    ),
    Kind.WIDE: (
        "XK128",
        Text(
            "this text has an encoding that is not read (UTF-32)",
            "ce texte a un encodage qui n’est pas lu (UTF-32)",
        ),
        _AS_CSV,
    ),
}


def refused(found: Kind, name: str, wanted: Text) -> Refused:
    """A file of a kind that is not read; ``wanted`` says which file to choose instead, where nothing else helps."""
    if found is Kind.PASSWORD:
        return encrypted(name)
    if found is Kind.DAMAGED:
        return damaged(name)
    code, reason, fix = _REFUSED[found]
    return refuse(
        code,
        reason,
        (fix or wanted).format(name=name) if fix is _IMPORT else fix or wanted,
        sheet=name,
    )


def too_large(name: str) -> Refused:
    return refuse(
        "XK109",
        Text(
            "the file holds far more data than a real workbook or export",
            "le fichier contient bien plus de données qu’un vrai classeur ou export",
        ),
        Text(
            "in Excel press Ctrl+End, delete the empty rows and columns before it, and save; "
            "of an export, take a shorter period",
            "dans Excel, faites Ctrl+Fin, supprimez les lignes et colonnes vides avant, et enregistrez ; "
            "pour un export, prenez une période plus courte",
        ),
        sheet=name,
    )


def encrypted(name: str) -> Refused:
    return refuse(
        "XK102",
        Text("the file is protected by a password", "le fichier est protégé par un mot de passe"),
        Text(
            "open it in Excel, remove the password (File > Info > Protect Workbook), save, and try again; "
            "an archive: unpack it",
            "ouvrez-le dans Excel, retirez le mot de passe (Fichier > Informations > Protéger le classeur), "
            "enregistrez et recommencez ; une archive : décompressez-la",
        ),
        sheet=name,
    )


def encrypted_presentation(name: str) -> Refused:
    return refuse(
        "XK102",
        Text("the file is protected by a password", "le fichier est protégé par un mot de passe"),
        Text(
            "open it in PowerPoint, remove the password (File > Info > Protect Presentation), and save",
            "ouvrez-le dans PowerPoint, retirez le mot de passe (Fichier > Informations > Protéger la "
            "présentation), et enregistrez",
        ),
        sheet=name,
    )


def no_presentation(name: str) -> Refused:
    return refuse(
        "XK129",
        Text(
            "this is not a PowerPoint presentation or template",
            "ce n’est pas une présentation ni un modèle PowerPoint",
        ),
        CHOOSE_PRESENTATION,
        sheet=name,
    )


def empty_archive(name: str) -> Refused:
    return refuse(
        "XK101", Text("the archive is empty", "l’archive est vide"), FRESH_COPY, sheet=name
    )


def part_twice(name: str, fix: Text) -> Refused:
    return refuse(
        "XK110",
        Text("the file holds the same part twice", "le fichier contient deux fois la même partie"),
        fix,
        sheet=name,
    )


def unsafe_path(name: str, fix: Text) -> Refused:
    return refuse(
        "XK111",
        Text(
            "a part of the file has an unsafe path", "une partie du fichier a un chemin dangereux"
        ),
        fix,
        sheet=name,
    )


def nested(name: str) -> Refused:
    return refuse(
        "XK125",
        Text("this archive holds another archive", "cette archive contient une autre archive"),
        _UNPACK,
        sheet=name,
    )


def has_doctype(name: str) -> Refused:
    return refuse(
        "XK112",
        Text(
            "a part of the workbook declares a DOCTYPE, which Excel never writes (a possible attack)",
            "une partie du classeur déclare un DOCTYPE, ce qu’Excel n’écrit jamais (attaque possible)",
        ),
        Text(
            "ask the sender for a workbook saved by Excel",
            "demandez à l’expéditeur un classeur enregistré par Excel",
        ),
        sheet=name,
    )


def damaged(name: str) -> Refused:
    """A truncated or corrupted file."""
    return refuse(
        "XK107",
        Text(
            "the file is damaged or incomplete (a download or a copy was cut off)",
            "le fichier est abîmé ou incomplet (téléchargement ou copie interrompus)",
        ),
        FRESH_COPY,
        sheet=name,
    )


def not_openable(name: str, errno: int) -> Refused:
    return refuse(
        "XK116",
        Text("the file cannot be opened ({why})", "le fichier ne s’ouvre pas ({why})").format(
            why=system_reason(errno)
            if errno
            else Text("not a plain file", "pas un fichier ordinaire")
        ),
        Text(
            "check that you may read it and that it is not locked by another program",
            "vérifiez vos droits et qu’un autre programme ne le bloque pas",
        ),
        sheet=name,
    )


def no_file(name: str) -> Refused:
    return refuse(
        "XK115",
        Text("there is no such file", "ce fichier n’existe pas"),
        Text("check the name and the folder", "vérifiez le nom et le dossier"),
        sheet=name,
    )


def folder(name: str, wanted: Text) -> Refused:
    return refuse("XK116", Text("this is a folder", "c’est un dossier"), wanted, sheet=name)
