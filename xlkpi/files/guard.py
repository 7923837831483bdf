"""The gate: what a file is by its content, before anything parses it; a refusal is typed and says the fix."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xlkpi.core.findings import Refused, refuse, system_reason
from xlkpi.core.texts import Text
from xlkpi.files import kinds
from xlkpi.files.kinds import EXPORTS, Kind

MAX_FILE = 300 << 20  # bytes on disk: a full sheet of posts is about 150 MB
MAX_PART = 4 << 30  # bytes of one part once inflated; a full sheet with our formulas is 2.2 GB
MAX_TOTAL = 6 << 30
MAX_RATIO = 200  # inflated ÷ compressed, looked at above GRACE only
GRACE = 8 << 20
MAX_ENTRIES = 5_000
MAX_MEMBERS = 500  # files in a ZIP of exports; networks send one to a dozen
MAX_UNPACKED = 1 << 30  # bytes of all of them
MAX_MARKUP = (
    64 << 20
)  # bytes of a presentation's XML, held in memory as trees; a company's template has 1 to 5 MB
_MAX_DIRECTORY = (
    4 << 20
)  # bytes of a ZIP's list of contents: 5,000 entries with long names fit three times
_HEAD = 1 << 16

_SAVE_AS = Text(
    "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
    "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
)
_FRESH_COPY = Text("get a fresh copy of the file", "récupérez une nouvelle copie du fichier")
_NOT_OURS = Text("choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)")
_NO_DECK = Text(
    "choose a PowerPoint presentation or template (.pptx or .potx)",
    "choisissez une présentation ou un modèle PowerPoint (.pptx ou .potx)",
)
_NO_EXPORT = Text(
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
    Kind.EMPTY: ("XK101", Text("the file is empty", "le fichier est vide"), _FRESH_COPY),
    Kind.XLS: (
        "XK103",
        Text(
            "this is an old Excel 97-2003 workbook (.xls)",
            "c’est un ancien classeur Excel 97-2003 (.xls)",
        ),
        _SAVE_AS,
    ),
    Kind.WEB_PAGE: (
        "XK104",
        Text(
            "this is a web page, whatever its name says",
            "c’est une page web, quoi que dise son nom",
        ),
        _SAVE_AS,
    ),
    Kind.XML: (
        "XK104",
        Text(
            "this is an XML file, whatever its name says",
            "c’est un fichier XML, quoi que dise son nom",
        ),
        _SAVE_AS,
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
        _SAVE_AS,
    ),
    Kind.OPEN_DOCUMENT: (
        "XK118",
        Text("this is a LibreOffice document", "c’est un document LibreOffice"),
        _SAVE_AS,
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

_JUNK = ("__macosx/", "thumbs.db", "desktop.ini")


def check(path: Path) -> None:
    """Raise Refused unless ``path`` is a plain, readable .xlsx or .xlsm container of reasonable size."""
    with _opened(path, _NOT_OURS) as file:
        found = _kind(file, path.name)
        if found is not Kind.XLSX:
            raise _refused(found, path.name, _NOT_OURS)
        _check_parts(_entries(file, path.name), path.name, MAX_ENTRIES, MAX_PART, MAX_TOTAL)


def check_presentation(path: Path) -> None:
    """Raise Refused unless ``path`` is a plain PowerPoint presentation or template of reasonable size."""
    name = path.name
    with _opened(path, _NO_DECK) as file:
        found = _kind(file, name)
        if found is Kind.PASSWORD:
            raise refuse(
                "XK102",
                Text(
                    "the file is protected by a password",
                    "le fichier est protégé par un mot de passe",
                ),
                Text(
                    "open it in PowerPoint, remove the password (File > Info > Protect Presentation), and save",
                    "ouvrez-le dans PowerPoint, retirez le mot de passe (Fichier > Informations > Protéger la "
                    "présentation), et enregistrez",
                ),
                sheet=name,
            )
        if found in (Kind.EMPTY, Kind.DAMAGED):
            raise _refused(found, name, _NO_DECK)
        file.seek(0)
        if found is not Kind.POWERPOINT or file.read(2) != b"PK":
            raise refuse(
                "XK129",
                Text(
                    "this is not a PowerPoint presentation or template",
                    "ce n’est pas une présentation ni un modèle PowerPoint",
                ),
                _NO_DECK,
                sheet=name,
            )
        entries = _entries(file, name)
        _check_parts(entries, name, MAX_ENTRIES, MAX_FILE, MAX_UNPACKED)
        if (
            sum(e.file_size for e in entries if e.filename.lower().endswith((".xml", ".rels")))
            > MAX_MARKUP
        ):
            raise too_large(name)


def check_export(path: Path) -> Kind:
    """XLSX, XLS, ZIP or TEXT; anything else, and anything hostile in them, raises Refused."""
    with _opened(path, _NO_EXPORT) as file:
        return _check_export(file, path.name)


def check_member(data: bytes, name: str) -> Kind:
    """The same for a file out of a ZIP, ``data`` being all of it: XLSX, XLS or TEXT."""
    found = _check_export(io.BytesIO(data), name) if data else Kind.EMPTY
    if found not in EXPORTS - {Kind.ZIP}:
        raise _nested(name) if found is Kind.ZIP else _refused(found, name, _NO_EXPORT)
    return found


def members(path: Path) -> list[str]:
    """Names of the files in a ZIP that ``check_export`` has let through, without what the Mac and Windows add."""
    with zipfile.ZipFile(path) as archive:
        return [
            e.filename for e in archive.infolist() if not e.is_dir() and not _is_junk(e.filename)
        ]


def kind(path: Path) -> Kind:
    """What ``path`` is by its content; Refused only if it cannot be opened or is too large to be looked at."""
    with _opened(path, _NO_EXPORT) as file:
        return _kind(file, path.name)


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
        _FRESH_COPY,
        sheet=name,
    )


# -- opening ---------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path, wanted: Text) -> Iterator[BinaryIO]:
    """The file, open, not too large; a file that cannot be opened is refused."""
    name = path.name
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, a device read for ever
            raise _not_openable(name, 0)
        file = path.open("rb")
    except FileNotFoundError:
        raise refuse(
            "XK115",
            Text("there is no such file", "ce fichier n’existe pas"),
            Text("check the name and the folder", "vérifiez le nom et le dossier"),
            sheet=name,
        ) from None
    except IsADirectoryError:
        raise refuse(
            "XK116", Text("this is a folder", "c’est un dossier"), wanted, sheet=name
        ) from None
    except OSError as error:
        raise _not_openable(name, error.errno or 0) from None
    with file:
        if status.st_size > MAX_FILE:
            raise too_large(name)
        try:
            yield file
        except OSError as error:
            raise _not_openable(name, error.errno or 0) from None


def _not_openable(name: str, errno: int) -> Refused:
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


# -- refusals --------------------------------------------------------------------------------------


def _refused(found: Kind, name: str, wanted: Text) -> Refused:
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


def _nested(name: str) -> Refused:
    return refuse(
        "XK125",
        Text("this archive holds another archive", "cette archive contient une autre archive"),
        _UNPACK,
        sheet=name,
    )


# -- what it is ------------------------------------------------------------------------------------


def _kind(file: BinaryIO, name: str) -> Kind:
    head = file.read(_HEAD)
    if not head:
        return Kind.EMPTY
    if name.startswith("~$") and len(head) < 1024:
        return Kind.LOCK
    if head[:2] != b"PK":
        return kinds.of_start(head, file)
    try:
        return kinds.of_zip({entry.filename for entry in _entries(file, name)})
    except Refused as refused:
        if refused.findings[0].code != "XK107":
            raise
        return Kind.DAMAGED


# -- ZIP containers --------------------------------------------------------------------------------


def _check_export(file: BinaryIO, name: str) -> Kind:
    found = _kind(file, name)
    if found not in EXPORTS:
        raise _refused(found, name, _NO_EXPORT)
    if found is Kind.XLSX:
        _check_parts(_entries(file, name), name, MAX_ENTRIES, MAX_PART, MAX_TOTAL)
    if found is Kind.ZIP:
        entries = _entries(file, name)
        if not entries:
            raise refuse(
                "XK101", Text("the archive is empty", "l’archive est vide"), _FRESH_COPY, sheet=name
            )
        _check_parts(entries, name, MAX_MEMBERS, MAX_FILE, MAX_UNPACKED)
        _refuse_nested(file, entries, name)
    return found


def _entries(file: BinaryIO, name: str) -> list[zipfile.ZipInfo]:
    """The list of contents of a ZIP, unless it is longer than any honest one."""
    size, offset = _directory(file)
    if size is None or size > offset:
        raise damaged(name)
    if size > _MAX_DIRECTORY:
        raise too_large(name)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        EOFError,
        OverflowError,
        struct.error,
        OSError,
    ):
        raise damaged(name) from None


def _directory(file: BinaryIO) -> tuple[int | None, int]:
    """Bytes of a ZIP's list of contents and where its end record stands; None without such a record.

    Asked before zipfile reads the list: it would hold millions of entries in memory.
    Source: APPNOTE.TXT 6.3.10, 4.3.14 and 4.3.16.
    """
    end = file.seek(0, io.SEEK_END)
    start = file.seek(max(end - (1 << 16) - 22, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return None, end
    size: int = struct.unpack_from("<I", tail, at + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if size == 0xFFFFFFFF and wide >= 0 and at - wide >= 56:
        size = struct.unpack_from("<Q", tail, wide + 40)[0]
    return size, start + at


def _check_parts(
    entries: list[zipfile.ZipInfo], name: str, most: int, largest: int, total: int
) -> None:
    names = [entry.filename for entry in entries]
    fix = _SAVE_AS if "[Content_Types].xml" in names else _FRESH_COPY
    if len(entries) > most:
        raise too_large(name)
    if len({n.lower() for n in names}) != len(names):
        raise refuse(
            "XK110",
            Text(
                "the file holds the same part twice", "le fichier contient deux fois la même partie"
            ),
            fix,
            sheet=name,
        )
    for entry in entries:
        if entry.flag_bits & 1:
            raise encrypted(name)
        if _is_unsafe(entry.filename):
            raise refuse(
                "XK111",
                Text(
                    "a part of the file has an unsafe path",
                    "une partie du fichier a un chemin dangereux",
                ),
                fix,
                sheet=name,
            )
        if entry.file_size > largest or (
            entry.file_size > GRACE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        ):
            raise too_large(name)
    if sum(entry.file_size for entry in entries) > total:
        raise too_large(name)


def _is_unsafe(part: str) -> bool:
    """Whether unpacking it would write beside the folder that was meant."""
    return (
        part.startswith(("/", "\\"))
        or ".." in part.replace("\\", "/").split("/")
        or part[1:2] == ":"
    )


def _is_junk(part: str) -> bool:
    lower = part.lower()
    return (
        lower.startswith(_JUNK[0])
        or lower.rsplit("/", 1)[-1].startswith(".")
        or lower.rsplit("/", 1)[-1] in _JUNK
    )


def _refuse_nested(file: BinaryIO, entries: list[zipfile.ZipInfo], name: str) -> None:
    """A ZIP in a ZIP hides its size; workbooks, which are ZIPs too, are looked at when they are unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in entries:
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise _refused(Kind.ARCHIVE, name, _NO_EXPORT)
                if entry.is_dir() or _is_junk(entry.filename):
                    continue
                with archive.open(entry) as member:
                    head = member.read(8)
                is_book = entry.filename.lower().endswith((".xlsx", ".xlsm"))
                if kinds.is_packed(head) or (head[:2] == b"PK" and not is_book):
                    raise _nested(name)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
        struct.error,
        ValueError,
        OSError,
    ):
        raise damaged(name) from None
