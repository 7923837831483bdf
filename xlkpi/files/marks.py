"""Whether another program has a file open, by the marks that Excel, PowerPoint and LibreOffice leave beside it.

Windows refuses to replace such a file; Linux and macOS do not, and the next save there would undo what was written.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Text

_LARGEST = 1_024  # bytes; Excel writes 55 or 165, LibreOffice a line of text
_LONGEST = 60  # characters of a name to show
_CLOSE_IT = Text(
    "close it there and run the command again; if it is open nowhere any more, delete the mark that was left "
    "beside it, a hidden file: {marks}",
    "fermez-le dans ce programme et relancez la commande ; s’il n’est plus ouvert nulle part, supprimez la "
    "marque restée à côté, un fichier caché : {marks}",
)


def require_closed(target: Path) -> None:
    """Refuse to replace a file that another program has open.

    A mark may outlive a program that was killed, so the finding names it.

    Raises:
        NotWritten: there is such a mark beside the file.
    """
    marks = _marks(target)
    if marks and target.exists():
        raise _open_elsewhere(target, marks)


def _open_elsewhere(target: Path, marks: list[Path]) -> NotWritten:
    names = ", ".join(dict.fromkeys(mark.name for mark in marks))
    return NotWritten(
        Finding(
            codes.OPEN_ELSEWHERE,
            Text(
                "the file cannot be written (another program has it open: {who})",
                "le fichier ne peut être écrit (ouvert dans un autre programme : {who})",
            ).format(who=_who(marks[0])),
            Text(
                "nothing was written, the old file is as it was; the next save in that program would undo the change",
                "rien n’a été écrit, l’ancien fichier est intact ; le prochain enregistrement dans ce programme effacerait "
                "le changement",
            ),
            _CLOSE_IT.format(marks=names),
            sheet=target.name,
        )
    )


def unsaved(source: Path) -> Finding | None:
    """What to know of a workbook that is only read while another program has it open."""
    marks = _marks(source)
    if not marks:
        return None
    return Finding(
        codes.READ_WHILE_OPEN,
        Text("another program has it open: {who}", "ouvert dans un autre programme : {who}").format(
            who=_who(marks[0])
        ),
        Text(
            "changes that are not saved yet are not in these figures",
            "les changements pas encore enregistrés ne sont pas dans ces chiffres",
        ),
        sheet=source.name,
    )


def _marks(path: Path) -> list[Path]:
    """Marks beside a file, and beside the one that a link leads to."""
    places = dict.fromkeys((path, Path(os.path.realpath(path))))
    return [
        mark
        for at in places
        for name in (f"~${at.name}", f".~lock.{at.name}#")
        if _is_mark(mark := at.with_name(name))
    ]


def _is_mark(path: Path) -> bool:
    try:
        status = path.lstat()
    except (OSError, ValueError):  # a name too long for the system has no mark
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST


def _who(mark: Path) -> str:
    """The program, and what the mark tells of the person: ``LibreOffice, Anna, her-computer, 22.11.2026 14:19``."""
    try:
        data = mark.read_bytes()[:_LARGEST]
    except OSError:  # held by its program
        data = b""
    if mark.name.startswith("~$"):
        words = [
            "PowerPoint" if mark.suffix.lower() in (".pptx", ".potx") else "Excel",
            _office_user(data),
        ]
    else:
        words = ["LibreOffice", *_libreoffice_words(data)]
    return ", ".join(shown for word in words if (shown := _shown(word)))


def _office_user(data: bytes) -> str:
    """A byte with the length and the name in 54 bytes; then, in newer programs, both again in UTF-16."""
    if len(data) >= 165:
        return data[57 : 57 + 2 * min(data[55], 54)].decode("utf-16-le", "replace")
    return data[1 : 1 + min(data[0], 54)].decode("cp1252", "replace") if data else ""


def _libreoffice_words(data: bytes) -> list[str]:
    """The user's name, else the login, then computer and time, of ``name,login,computer,time,profile;``.

    A backslash stands before what is meant literally.
    """
    line = data.decode("utf-8", "replace").rstrip(";\n")
    fields = [
        re.sub(r"\\(.)", r"\1", field) for field in re.findall(r"((?:[^,\\]|\\.)*)(?:,|$)", line)
    ]
    name, login, *rest = [*fields, "", ""][: max(len(fields), 2)]
    return [name or login, *rest[:2]]


def _shown(word: str) -> str:
    return "".join(c for c in word if c.isprintable()).strip()[:_LONGEST]
