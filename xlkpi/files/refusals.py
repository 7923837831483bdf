"""What a person reads when a file is refused: what it is, with its code, and what to do instead."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Refused, refuse, system_reason
from xlkpi.core.texts import Text
from xlkpi.files.kinds import FileKind

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
_REFUSED: dict[FileKind, tuple[Code, Text, Text | None]] = {
    FileKind.EMPTY: (
        codes.FILE_EMPTY,
        Text("the file is empty", "le fichier est vide"),
        FRESH_COPY,
    ),
    FileKind.XLS: (
        codes.OLD_EXCEL,
        Text(
            "this is an old Excel 97-2003 workbook (.xls)",
            "c’est un ancien classeur Excel 97-2003 (.xls)",
        ),
        SAVE_AS,
    ),
    FileKind.WEB_PAGE: (
        codes.WEB_PAGE,
        Text(
            "this is a web page, whatever its name says",
            "c’est une page web, quoi que dise son nom",
        ),
        SAVE_AS,
    ),
    FileKind.XML: (
        codes.WEB_PAGE,
        Text(
            "this is an XML file, whatever its name says",
            "c’est un fichier XML, quoi que dise son nom",
        ),
        SAVE_AS,
    ),
    FileKind.TEXT: (
        codes.TEXT_FILE,
        Text(
            "this is a text or CSV file, not a workbook",
            "c’est un fichier texte ou CSV, pas un classeur",
        ),
        _IMPORT,
    ),
    FileKind.UNKNOWN: (
        codes.UNKNOWN_FILE,
        Text(
            "this is not a file that Excel or a network’s export writes",
            "ce n’est pas un fichier qu’Excel ou l’export d’un réseau produit",
        ),
        None,
    ),
    FileKind.ZIP: (
        codes.ZIP_ARCHIVE,
        Text("this is a zip archive, not a workbook", "c’est une archive zip, pas un classeur"),
        Text(
            "unpack it and choose the workbook inside",
            "décompressez-la et choisissez le classeur qu’elle contient",
        ),
    ),
    FileKind.XLSB: (
        codes.BINARY_WORKBOOK,
        Text("this is a binary workbook (.xlsb)", "c’est un classeur binaire (.xlsb)"),
        SAVE_AS,
    ),
    FileKind.OPEN_DOCUMENT: (
        codes.LIBREOFFICE_DOCUMENT,
        Text("this is a LibreOffice document", "c’est un document LibreOffice"),
        SAVE_AS,
    ),
    FileKind.WORD: (
        codes.OTHER_DOCUMENT,
        Text("this is a Word document", "c’est un document Word"),
        None,
    ),
    FileKind.POWERPOINT: (
        codes.OTHER_DOCUMENT,
        Text("this is a PowerPoint presentation", "c’est une présentation PowerPoint"),
        None,
    ),
    FileKind.MAIL: (
        codes.OTHER_DOCUMENT,
        Text("this is an e-mail", "c’est un e-mail"),
        Text(
            "save its attachment, and choose that file",
            "enregistrez sa pièce jointe, et choisissez ce fichier",
        ),
    ),
    FileKind.CARDS: (
        codes.OTHER_DOCUMENT,
        Text("these are addresses or appointments", "ce sont des contacts ou des rendez-vous"),
        None,
    ),
    FileKind.LOCK: (
        codes.UNKNOWN_FILE,
        Text(
            "this is the mark that Excel puts beside a workbook while it is open",
            "c’est la marque qu’Excel place à côté d’un classeur ouvert",
        ),
        Text(
            "choose the file of the same name without “~$”",
            "choisissez le fichier du même nom sans « ~$ »",
        ),
    ),
    FileKind.PDF: (
        codes.NOT_A_TABLE_FILE,
        Text(
            "this is a PDF document; figures are not read from it",
            "c’est un document PDF ; les chiffres n’y sont pas lus",
        ),
        None,
    ),
    FileKind.PICTURE: (
        codes.NOT_A_TABLE_FILE,
        Text(
            "this is a picture; figures are not read from screenshots",
            "c’est une image ; les chiffres ne sont pas lus dans une capture d’écran",
        ),
        None,
    ),
    FileKind.VIDEO: (
        codes.NOT_A_TABLE_FILE,
        Text("this is a video or a sound", "c’est une vidéo ou un son"),
        None,
    ),
    FileKind.JSON: (
        codes.JSON_DATA,
        Text("this is JSON data", "ce sont des données JSON"),
        Text(
            "export again and choose CSV instead of JSON",
            "refaites l’export en choisissant CSV plutôt que JSON",
        ),
    ),
    FileKind.ARCHIVE: (
        codes.OTHER_ARCHIVE,
        Text(
            "this is an archive of a kind that is not read",
            "c’est une archive d’un type qui n’est pas lu",
        ),
        _UNPACK,
    ),
    FileKind.NUMBERS: (
        codes.NOT_EXPORTED_FILE,
        Text(
            "this is a document of Apple Numbers, Pages or Keynote",
            "c’est un document Apple Numbers, Pages ou Keynote",
        ),
        _AS_EXCEL,
    ),
    FileKind.LINK: (
        codes.NOT_EXPORTED_FILE,
        Text(
            "this is only a link to a file on a web drive",
            "ce n’est qu’un lien vers un fichier en ligne",
        ),
        _AS_EXCEL,
    ),
    FileKind.PROSE: (
        codes.TEXT_WITHOUT_COLUMNS,
        Text("this is a text without columns", "c’est un texte sans colonnes"),
        None,
    ),
    FileKind.WIDE: (
        codes.UNREADABLE_ENCODING,
        Text(
            "this text has an encoding that is not read (UTF-32)",
            "ce texte a un encodage qui n’est pas lu (UTF-32)",
        ),
        _AS_CSV,
    ),
}


def refused(found: FileKind, name: str, wanted: Text) -> Refused:
    """A file of a kind that is not read; ``wanted`` says which file to choose instead, where nothing else helps."""
    if found is FileKind.PASSWORD:
        return encrypted(name)
    if found is FileKind.DAMAGED:
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
        codes.TOO_LARGE,
        sheet=name,
    )


def encrypted(name: str) -> Refused:
    return refuse(
        codes.PASSWORD,
        fix=Text(
            "open it in Excel, remove the password (File > Info > Protect Workbook), save, and try again; "
            "an archive: unpack it",
            "ouvrez-le dans Excel, retirez le mot de passe (Fichier > Informations > Protéger le classeur), "
            "enregistrez et recommencez ; une archive : décompressez-la",
        ),
        sheet=name,
    )


def encrypted_presentation(name: str) -> Refused:
    return refuse(
        codes.PASSWORD,
        fix=Text(
            "open it in PowerPoint, remove the password (File > Info > Protect Presentation), and save",
            "ouvrez-le dans PowerPoint, retirez le mot de passe (Fichier > Informations > Protéger la "
            "présentation), et enregistrez",
        ),
        sheet=name,
    )


def no_presentation(name: str) -> Refused:
    return refuse(
        codes.NO_PRESENTATION,
        Text(
            "this is not a PowerPoint presentation or template",
            "ce n’est pas une présentation ni un modèle PowerPoint",
        ),
        sheet=name,
    )


def empty_archive(name: str) -> Refused:
    return refuse(codes.FILE_EMPTY, Text("the archive is empty", "l’archive est vide"), sheet=name)


def part_twice(name: str, fix: Text) -> Refused:
    return refuse(
        codes.PART_TWICE,
        fix=fix,
        sheet=name,
    )


def unsafe_path(name: str, fix: Text) -> Refused:
    return refuse(
        codes.UNSAFE_PATH,
        fix=fix,
        sheet=name,
    )


def nested(name: str) -> Refused:
    return refuse(
        codes.OTHER_ARCHIVE,
        Text("this archive holds another archive", "cette archive contient une autre archive"),
        sheet=name,
    )


def has_doctype(name: str) -> Refused:
    return refuse(
        codes.DOCTYPE,
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
        codes.DAMAGED_FILE,
        sheet=name,
    )


def not_openable(name: str, errno: int) -> Refused:
    return refuse(
        codes.CANNOT_OPEN,
        Text("the file cannot be opened ({why})", "le fichier ne s’ouvre pas ({why})").format(
            why=system_reason(errno)
            if errno
            else Text("not a plain file", "pas un fichier ordinaire")
        ),
        sheet=name,
    )


def no_file(name: str) -> Refused:
    return refuse(
        codes.NO_SUCH_FILE,
        sheet=name,
    )


def folder(name: str, wanted: Text) -> Refused:
    return refuse(
        codes.CANNOT_OPEN, Text("this is a folder", "c’est un dossier"), wanted, sheet=name
    )
