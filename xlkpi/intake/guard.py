"""The gate: what a file is by its content, before anything parses it; a refusal is typed and says the fix."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from xlkpi.core.findings import Refused, refuse
from xlkpi.core.texts import Text

MAX_FILE = 300 << 20      # bytes on disk: a full sheet of posts is about 150 MB
MAX_PART = 4 << 30        # bytes of one part once inflated; a full sheet with our formulas is 2.2 GB
MAX_TOTAL = 6 << 30
MAX_RATIO = 200           # inflated ÷ compressed, looked at above GRACE only
GRACE = 8 << 20
MAX_ENTRIES = 5_000

_SAVE_AS = Text(
    "open it in Excel, choose File > Save As > Excel Workbook (.xlsx), and use that file",
    "ouvrez-le dans Excel, choisissez Fichier > Enregistrer sous > Classeur Excel (.xlsx), et utilisez ce fichier",
)
_FRESH_COPY = Text("get a fresh copy of the file", "récupérez une nouvelle copie du fichier")
_NOT_OURS = Text("choose a campaign workbook (.xlsx)", "choisissez un classeur de campagne (.xlsx)")


def check(path: Path) -> None:
    """Raise Refused unless ``path`` is a plain, readable .xlsx or .xlsm container of reasonable size."""
    name = path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except FileNotFoundError:
        raise refuse("XK115", Text("there is no such file", "ce fichier n’existe pas"),
                     Text("check the name and the folder", "vérifiez le nom et le dossier"), sheet=name) from None
    except IsADirectoryError:
        raise refuse("XK116", Text("this is a folder", "c’est un dossier"), _NOT_OURS, sheet=name) from None
    except OSError as error:
        raise refuse("XK116", Text("the file cannot be opened ({why})", "le fichier ne s’ouvre pas ({why})")
                     .format(why=os.strerror(error.errno or 0)),
                     Text("check that you may read it and that it is not locked by another program",
                          "vérifiez vos droits et qu’un autre programme ne le bloque pas"), sheet=name) from None
    if size == 0:
        raise refuse("XK101", Text("the file is empty", "le fichier est vide"), _FRESH_COPY, sheet=name)
    if size > MAX_FILE:
        raise _too_large(name)
    if head[:2] != b"PK":
        raise _not_a_zip(path, name, head)
    _check_zip(path, name)


def _too_large(name: str) -> Refused:
    return refuse(
        "XK109",
        Text("the file unpacks to far more data than a real workbook", "le fichier contient bien plus de données "
             "qu’un vrai classeur"),
        Text("in Excel press Ctrl+End, delete the empty rows and columns before it, save, and try again",
             "dans Excel, faites Ctrl+Fin, supprimez les lignes et colonnes vides avant, enregistrez et recommencez"),
        sheet=name,
    )


def _not_a_zip(path: Path, name: str, head: bytes) -> Refused:
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return _encrypted(name)
        return refuse("XK103", Text("this is an old Excel 97-2003 workbook (.xls)",
                                    "c’est un ancien classeur Excel 97-2003 (.xls)"), _SAVE_AS, sheet=name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        return refuse("XK104", Text("this is a web page with an Excel name", "c’est une page web sous un nom Excel"),
                      _SAVE_AS, sheet=name)
    if start.startswith(b"%pdf"):
        return refuse("XK106", Text("this is a PDF document", "c’est un document PDF"), _NOT_OURS, sheet=name)
    text = b"\0" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if text and any(mark in head for mark in (b",", b";", b"\t")):
        return refuse("XK105", Text("this is a text or CSV file, not a workbook",
                                    "c’est un fichier texte ou CSV, pas un classeur"),
                      Text("paste its rows into the Posts sheet of a campaign workbook",
                           "collez ses lignes dans la feuille Posts d’un classeur de campagne"), sheet=name)
    return refuse("XK106", Text("this is not an Excel workbook", "ce n’est pas un classeur Excel"),
                  _NOT_OURS, sheet=name)


def _encrypted(name: str) -> Refused:
    return refuse(
        "XK102",
        Text("the workbook is protected by a password", "le classeur est protégé par un mot de passe"),
        Text("open it in Excel, remove the password (File > Info > Protect Workbook), save, and try again",
             "ouvrez-le dans Excel, retirez le mot de passe (Fichier > Informations > Protéger le classeur), "
             "enregistrez et recommencez"),
        sheet=name,
    )


def _check_zip(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, OverflowError):
        raise damaged(name) from None
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise _too_large(name)
    if len({n.lower() for n in names}) != len(names):
        raise refuse("XK110", Text("the workbook holds the same part twice", "le classeur contient deux fois la même "
                                   "partie"), _SAVE_AS, sheet=name)
    for entry in entries:
        if entry.flag_bits & 1:
            raise _encrypted(name)
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise refuse("XK111", Text("a part of the workbook has an unsafe path", "une partie du classeur a un "
                                       "chemin dangereux"), _SAVE_AS, sheet=name)
        if entry.file_size > MAX_PART or (
            entry.file_size > GRACE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        ):
            raise _too_large(name)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise _too_large(name)
    if any(n.endswith(".bin") and n.startswith("xl/workbook") for n in names):
        raise refuse("XK117", Text("this is a binary workbook (.xlsb)", "c’est un classeur binaire (.xlsb)"),
                     _SAVE_AS, sheet=name)
    if "content.xml" in names and "mimetype" in names:
        raise refuse("XK118", Text("this is a LibreOffice document", "c’est un document LibreOffice"),
                     _SAVE_AS, sheet=name)
    if "[Content_Types].xml" not in names:
        raise refuse("XK108", Text("this is a zip archive, not a workbook", "c’est une archive zip, pas un classeur"),
                     Text("unpack it and choose the workbook inside",
                          "décompressez-la et choisissez le classeur qu’elle contient"), sheet=name)


def damaged(name: str) -> Refused:
    """A truncated or corrupted file."""
    return refuse(
        "XK107",
        Text("the workbook is damaged or incomplete (a download or a copy was cut off)",
             "le classeur est abîmé ou incomplet (téléchargement ou copie interrompus)"),
        _FRESH_COPY, sheet=name,
    )
