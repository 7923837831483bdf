"""What a person reads when a file is refused: what it is, with its code, and what to do instead."""

from __future__ import annotations

from xlkpi.core import codes
from xlkpi.core.codes import Code
from xlkpi.core.findings import Refused, refuse, system_reason
from xlkpi.core.texts import Text
from xlkpi.files.kinds import FileKind

SAVE_AS, FRESH_COPY = codes.OLD_EXCEL.fix, codes.DAMAGED_FILE.fix
CHOOSE_WORKBOOK = Text(
    "choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)"
)
CHOOSE_PRESENTATION = codes.NO_PRESENTATION.fix
CHOOSE_EXPORT = Text(
    "choose the file that the network’s export gave you: .csv, .xlsx, .xls or .zip",
    "choisissez le fichier fourni par l’export du réseau : .csv, .xlsx, .xls ou .zip",
)

_CODES: dict[FileKind, Code] = {
    FileKind.EMPTY: codes.FILE_EMPTY,
    FileKind.XLS: codes.OLD_EXCEL,
    FileKind.WEB_PAGE: codes.WEB_PAGE,
    FileKind.XML: codes.WEB_PAGE,
    FileKind.TEXT: codes.TEXT_FILE,
    FileKind.UNKNOWN: codes.UNKNOWN_FILE,
    FileKind.ZIP: codes.ZIP_ARCHIVE,
    FileKind.XLSB: codes.BINARY_WORKBOOK,
    FileKind.OPEN_DOCUMENT: codes.LIBREOFFICE_DOCUMENT,
    FileKind.WORD: codes.OTHER_DOCUMENT,
    FileKind.POWERPOINT: codes.OTHER_DOCUMENT,
    FileKind.MAIL: codes.OTHER_DOCUMENT,
    FileKind.CARDS: codes.OTHER_DOCUMENT,
    FileKind.LOCK: codes.UNKNOWN_FILE,
    FileKind.PDF: codes.NOT_A_TABLE_FILE,
    FileKind.PICTURE: codes.NOT_A_TABLE_FILE,
    FileKind.VIDEO: codes.NOT_A_TABLE_FILE,
    FileKind.JSON: codes.JSON_DATA,
    FileKind.ARCHIVE: codes.OTHER_ARCHIVE,
    FileKind.NUMBERS: codes.NOT_EXPORTED_FILE,
    FileKind.LINK: codes.NOT_EXPORTED_FILE,
    FileKind.PROSE: codes.TEXT_WITHOUT_COLUMNS,
    FileKind.WIDE: codes.UNREADABLE_ENCODING,
}
#: What a file is, where its code stands for several kinds.
_REASONS = {
    FileKind.WEB_PAGE: Text(
        "this is a web page, whatever its name says", "c’est une page web, quoi que dise son nom"
    ),
    FileKind.XML: Text(
        "this is an XML file, whatever its name says", "c’est un fichier XML, quoi que dise son nom"
    ),
    FileKind.WORD: Text("this is a Word document", "c’est un document Word"),
    FileKind.POWERPOINT: Text(
        "this is a PowerPoint presentation", "c’est une présentation PowerPoint"
    ),
    FileKind.MAIL: Text("this is an e-mail", "c’est un e-mail"),
    FileKind.CARDS: Text(
        "these are addresses or appointments", "ce sont des contacts ou des rendez-vous"
    ),
    FileKind.LOCK: Text(
        "this is the mark that Excel puts beside a workbook while it is open",
        "c’est la marque qu’Excel place à côté d’un classeur ouvert",
    ),
    FileKind.PDF: Text(
        "this is a PDF document; figures are not read from it",
        "c’est un document PDF ; les chiffres n’y sont pas lus",
    ),
    FileKind.PICTURE: Text(
        "this is a picture; figures are not read from screenshots",
        "c’est une image ; les chiffres ne sont pas lus dans une capture d’écran",
    ),
    FileKind.VIDEO: Text("this is a video or a sound", "c’est une vidéo ou un son"),
    FileKind.ARCHIVE: Text(
        "this is an archive of a kind that is not read",
        "c’est une archive d’un type qui n’est pas lu",
    ),
    FileKind.NUMBERS: Text(
        "this is a document of Apple Numbers, Pages or Keynote",
        "c’est un document Apple Numbers, Pages ou Keynote",
    ),
    FileKind.LINK: Text(
        "this is only a link to a file on a web drive",
        "ce n’est qu’un lien vers un fichier en ligne",
    ),
}
#: What to do, where it is not what the code says.
_FIXES = {
    FileKind.TEXT: Text(
        'bring it into a campaign workbook: xlkpi import "{name}" --into campaign.xlsx',
        'importez-le dans un classeur de campagne : xlkpi import "{name}" --into campagne.xlsx',
    ),
    FileKind.MAIL: Text(
        "save its attachment, and choose that file",
        "enregistrez sa pièce jointe, et choisissez ce fichier",
    ),
    FileKind.LOCK: Text(
        "choose the file of the same name without “~$”",
        "choisissez le fichier du même nom sans « ~$ »",
    ),
}
#: Nothing can be done with these: another file is wanted.
_OF_NO_USE = {
    FileKind.UNKNOWN,
    FileKind.WORD,
    FileKind.POWERPOINT,
    FileKind.CARDS,
    FileKind.PDF,
    FileKind.PICTURE,
    FileKind.VIDEO,
    FileKind.PROSE,
}


def refused(found: FileKind, name: str, wanted: Text) -> Refused:
    """A file of a kind that is not read; ``wanted`` says which file to choose instead, where nothing else helps."""
    if found is FileKind.PASSWORD:
        return encrypted(name)
    if found is FileKind.DAMAGED:
        return damaged(name)
    code = _CODES[found]
    fix = wanted if found in _OF_NO_USE else _FIXES.get(found, code.fix)
    if found is FileKind.TEXT:
        fix = fix.format(name=name)
    return refuse(code, _REASONS.get(found, code.meaning), fix, sheet=name)


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
