"""Installs the add-in for one user, and removes it without a trace.

Everything that can go wrong is asked first; then all files are staged, then put in place, and when one
of them cannot be, those before it are put back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from xlkpi.core.findings import Finding, NotWritten, Severity, refuse, system_reason
from xlkpi.core.texts import Language, Text
from xlkpi.excel.addin.machine import ADDIN, BITS, SCRIPT, Profile
from xlkpi.files.leftovers import sweep, writer

_NOTHING_DONE = Text(
    "nothing was written, what was there is as it was",
    "rien n’a été écrit, ce qui était là est intact",
)


@dataclass(frozen=True, slots=True)
class Done:
    """What an installation or a removal changed, and what it found as it should be."""

    changed: tuple[Path, ...]
    unchanged: tuple[Path, ...] = ()


def install(profile: Profile) -> Done:
    """Put the add-in, its configuration and, on macOS, its AppleScript in place.

    Raises:
        Refused: Excel runs, or this Python cannot serve it; nothing was written.
        NotWritten: a folder or a file cannot be written; what was there is untouched.
    """
    _excel_closed(profile)
    _excel_was_started(profile)
    _not_from_the_store(profile)
    wanted = contents(profile)
    _able_to_serve(profile)
    _sweep(profile)
    changed = [path for path, data in wanted.items() if _read(path) != data]
    _place({path: wanted[path] for path in changed}, _temporaries(profile))
    return Done(tuple(changed), tuple(path for path in wanted if path not in changed))


def uninstall(profile: Profile) -> Done:
    """Remove what ``install`` wrote, and the folders that it made.

    Raises:
        Refused: Excel runs; nothing was removed.
        NotWritten: a file cannot be removed.
    """
    there = [
        path for path in reversed(profile.targets) if os.path.lexists(path)
    ]  # the one Excel may lock first
    if there:
        _excel_closed(profile)
    folders = [*_made_before(profile), *([profile.configuration.parent] if profile.windows else [])]
    removed: list[Path] = []
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise _not_removed(path, error, removed) from None
        removed.append(path)
    _sweep(profile)
    _remove_empty(folders)
    return Done(tuple(removed))


# -- what is written -------------------------------------------------------------------------------


def contents(profile: Profile) -> dict[Path, bytes]:
    """Every file of an installation with its bytes, the configuration first and the add-in last.

    Raises:
        Refused: a path cannot be written down so that Excel can use it, or a DLL is missing.
    """
    wanted = {profile.configuration: configuration(profile)}
    if profile.script:
        wanted[profile.script] = applescript()
    wanted[profile.addin] = addin()
    return wanted


@cache
def addin() -> bytes:
    """The add-in of this version: shipped in the wheel, built here when xlkpi runs from a clone."""
    shipped = files("xlkpi").joinpath("data", ADDIN)
    if shipped.is_file():
        return shipped.read_bytes()
    from xlkpi.excel.addin.build import build

    return build()


def applescript() -> bytes:
    """The AppleScript of this version, with the line ends of macOS however it was checked out."""
    from xlkpi.excel.addin.build import macros

    return macros().joinpath(SCRIPT).read_bytes().replace(b"\r\n", b"\n")


def configuration(profile: Profile) -> bytes:
    """``key=value`` lines: the Python to start, xlwings' DLLs, the version, and the folders that install made.

    Raises:
        Refused: as for ``contents``.
    """
    values = [("interpreter", spoken(profile, profile.interpreter))]
    if profile.windows:
        # Loaded by a function that knows Unicode, and found again by the file's own name: never in a short form.
        values += [(f"dll{bits}", str(path)) for bits, path in _dlls(profile).items()]
    values.append(("version", version("xlkpi")))
    values += [("made", str(folder)) for folder in _made(profile) if str(folder).isprintable()]
    end, codec = _spelling(profile)
    return "".join(f"{key}={value}{end}" for key, value in values).encode(codec, "surrogatepass")


def read_configuration(profile: Profile) -> list[tuple[str, str]]:
    """The configuration's keys and values as the add-in's VBA reads them; empty when there is none."""
    end, codec = _spelling(profile)
    lines = (_read(profile.configuration) or b"").decode(codec, "replace").split(end)
    return [(key, value) for key, sign, value in (line.partition("=") for line in lines) if sign]


def _spelling(profile: Profile) -> tuple[str, str]:
    """Line end and codec: VBA turns UTF-16 bytes into a String as they are, Excel for Mac reads the file as text."""
    return ("\r\n", "utf-16-le") if profile.windows else ("\n", "utf-8")


def _dlls(profile: Profile) -> dict[int, Path]:
    found = {bits: path for bits in BITS if (path := profile.dll(bits))}
    if not found:
        raise refuse(
            "XK604",
            Text(
                "xlwings’ DLL is missing from this Python",
                "la DLL de xlwings manque dans ce Python",
            ),
            Text(
                f'run: "{profile.python}" -m pip install --force-reinstall xlwings=={profile.pin}',
                f'lancez : "{profile.python}" -m pip install --force-reinstall xlwings=={profile.pin}',
            ),
            sheet=str(profile.prefix),
        )
    return found


def _made(profile: Profile) -> list[Path]:
    """The folders that uninstall may remove: those made now, and those made by the installation before."""
    missing = [folder for folder in _parents(profile) if not folder.exists()]
    return sorted({*missing, *_made_before(profile)})


def _made_before(profile: Profile) -> list[Path]:
    """Only folders above our own files count, whatever the configuration says."""
    allowed = _parents(profile)
    return [
        Path(value)
        for key, value in read_configuration(profile)
        if key == "made" and Path(value) in allowed
    ]


def _parents(profile: Profile) -> list[Path]:
    return [folder for target in profile.targets for folder in target.parents]


def spoken(profile: Profile, path: Path) -> str:
    """A path as Excel can pass it on when it starts Python.

    Windows starts it by a function that knows only the ANSI code page, so a folder outside it is given in its
    short 8.3 form.  A path that could end the quoted command, or that xlwings' DLL would expand, is refused.
    """
    text = str(path)
    if profile.windows and not _encodes(text, profile.code_page):
        text = str(Path(profile.short_path(str(path.parent))) / path.name)
    unusable = r'["\x00-\x1f]|\$\(' if profile.windows else r"""["'`$|\\\x00-\x1f\x7f]"""
    if re.search(unusable, text) or not _encodes(text, profile.code_page):
        raise refuse(
            "XK603",
            Text(
                "Excel cannot start a Python from a folder of this name",
                "Excel ne peut lancer un Python depuis un dossier de ce nom",
            ),
            Text(
                "install xlkpi into a folder whose path has plain letters, digits, spaces, hyphens and dots only, "
                "then run xlkpi install again from there",
                "installez xlkpi dans un dossier dont le chemin n’a que des lettres simples, chiffres, espaces, "
                "tirets et points, puis relancez-y xlkpi install",
            ),
            sheet=str(path),
        )
    return text


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec, "strict")
    except UnicodeEncodeError:
        return False
    return True


# -- what must hold before -------------------------------------------------------------------------


def _excel_closed(profile: Profile) -> None:
    if profile.excel_runs():
        raise refuse(
            "XK601",
            Text(
                "Excel is running, and holds the add-in", "Excel est ouvert et tient le complément"
            ),
            Text(
                "save your work, quit Excel in all its windows, and run the command again",
                "enregistrez votre travail, quittez toutes les fenêtres d’Excel et relancez la commande",
            ),
        )


def _excel_was_started(profile: Profile) -> None:
    """macOS makes Excel's container itself; one that somebody else made could keep Excel from starting."""
    if profile.mac and not profile.configuration.parent.is_dir():
        raise refuse(
            "XK608",
            Text(
                "Excel has never been started on this Mac by this user",
                "Excel n’a jamais été lancé sur ce Mac par cet utilisateur",
            ),
            Text(
                "start Excel once, quit it, and run xlkpi install again",
                "lancez Excel une fois, quittez-le, puis relancez xlkpi install",
            ),
            sheet=str(profile.configuration.parent),
        )


def _not_from_the_store(profile: Profile) -> None:
    if profile.from_the_store:
        raise refuse("XK605", STORE, STORE_FIX, sheet=str(profile.base))


STORE = Text(
    "this Python comes from the Microsoft Store, and Windows hides from Excel the files that it writes",
    "ce Python vient du Microsoft Store, et Windows cache à Excel les fichiers qu’il écrit",
)
STORE_FIX = Text(
    "install Python from python.org, make a new environment with it, and install xlkpi there",
    "installez Python depuis python.org, créez-y un nouvel environnement et installez-y xlkpi",
)


def _able_to_serve(profile: Profile) -> None:
    if why := profile.can_serve(profile.interpreter):
        raise refuse("XK602", ALONE.format(why=why), ALONE_FIX, sheet=str(profile.interpreter))


ALONE = Text(
    "this Python cannot load xlkpi when Excel starts it alone, without your folder and your settings ({why})",
    "ce Python ne peut charger xlkpi quand Excel le lance seul, sans votre dossier ni vos réglages ({why})",
)
ALONE_FIX = Text(
    "install xlkpi into an environment of its own (python -m venv, then pip install without --user and without "
    "PYTHONPATH) and run xlkpi install from there",
    "installez xlkpi dans un environnement à lui (python -m venv, puis pip install sans --user ni PYTHONPATH) et "
    "lancez-y xlkpi install",
)


# -- files -----------------------------------------------------------------------------------------


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _temporaries(profile: Profile) -> dict[Path, Path]:
    """Where each file is written first: beside it, but never in XLSTART, where Excel would open what a kill left."""
    return {
        path: path.parent.parent if path == profile.addin else path.parent
        for path in profile.targets
    }


def _place(wanted: dict[Path, bytes], folders: dict[Path, Path]) -> None:
    """Replace all files or none."""
    new: dict[Path, Path] = {}
    old: dict[Path, Path] = {}
    placed: list[Path] = []
    made: list[Path] = []
    path = Path()
    try:
        for path, data in wanted.items():
            made += [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(path):
                old[path] = _stage(path, path.read_bytes(), folders[path])
                os.utime(old[path], ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
            new[path] = _stage(path, data, folders[path])
        for path, temporary in new.items():
            os.replace(temporary, path)
            placed.append(path)
    except OSError as error:
        for done in placed:
            _put_back(done, old.get(done))
        raise _not_installed(path, error) from None
    finally:
        for temporary in (*new.values(), *old.values()):
            with contextlib.suppress(OSError):
                temporary.unlink()
        _remove_empty(made)


def _stage(path: Path, data: bytes, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.{writer()}", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _put_back(path: Path, old: Path | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            path.unlink()
        else:
            os.replace(old, path)


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove those that are empty, the deepest first."""
    for folder in sorted(set(folders), key=lambda f: len(f.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _sweep(profile: Profile) -> None:
    for path, folder in _temporaries(profile).items():
        sweep(folder, f"{path.name}.", ".tmp")


def _not_installed(path: Path, error: OSError) -> NotWritten:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        reason, fix = (
            Text("the disk is full", "le disque est plein"),
            Text(
                "free some space and run the command again",
                "libérez de la place et relancez la commande",
            ),
        )
    else:
        reason = Text(
            "the file cannot be written ({why})", "le fichier ne peut être écrit ({why})"
        ).format(why=_why(error))
        fix = _RIGHTS
    return NotWritten(Finding("XK606", Severity.ERROR, reason, _NOTHING_DONE, fix, sheet=str(path)))


def _not_removed(path: Path, error: OSError, removed: list[Path]) -> NotWritten:
    names = ", ".join(map(str, removed))
    return NotWritten(
        Finding(
            "XK607",
            Severity.ERROR,
            Text(
                "the file cannot be removed ({why})", "le fichier ne peut être supprimé ({why})"
            ).format(why=_why(error)),
            Text(f"already removed: {names}", f"déjà supprimé : {names}")
            if removed
            else Text("nothing was removed", "rien n’a été supprimé"),
            _RIGHTS,
            sheet=str(path),
        )
    )


def _why(error: OSError) -> Text:
    return system_reason(error)


_RIGHTS = Text(
    "quit Excel, check that you may change this folder (on a Mac: System Settings, Privacy & Security, let the "
    "terminal reach the data of other applications), and run the command again",
    "quittez Excel, vérifiez que vous pouvez modifier ce dossier (sur Mac : Réglages Système, Confidentialité et "
    "sécurité, laissez le terminal accéder aux données d’autres apps), et relancez la commande",
)


# -- what is said ----------------------------------------------------------------------------------


def told_installed(done: Done, language: Language) -> list[str]:
    if not done.changed:
        says = Text(
            "Nothing to do: xlkpi {version} is installed, every file is as it should be.",
            "Rien à faire : xlkpi {version} est installé, chaque fichier est comme il doit être.",
        )
        return [says.format(version=version("xlkpi")).in_(language)]
    written, kept = (
        Text("Written: {path}", "Écrit : {path}"),
        Text("As it was: {path}", "Inchangé : {path}"),
    )
    return [
        *(written.format(path=path).in_(language) for path in done.changed),
        *(kept.format(path=path).in_(language) for path in done.unchanged),
        Text(
            "Start Excel: the tab is called Influence KPI. If something is missing: xlkpi doctor",
            "Ouvrez Excel : l’onglet s’appelle Influence KPI. S’il manque quelque chose : xlkpi doctor",
        ).in_(language),
    ]


def told_uninstalled(done: Done, language: Language) -> list[str]:
    if not done.changed:
        return [
            Text(
                "Nothing to do: the add-in is not installed for this user.",
                "Rien à faire : le complément n’est pas installé pour cet utilisateur.",
            ).in_(language)
        ]
    removed = Text("Removed: {path}", "Supprimé : {path}")
    return [
        *(removed.format(path=path).in_(language) for path in done.changed),
        Text(
            "Your workbooks are as they were. To remove the program too: pip uninstall xlkpi",
            "Vos classeurs sont intacts. Pour supprimer aussi le programme : pip uninstall xlkpi",
        ).in_(language),
    ]


def would_install(language: Language) -> list[str]:
    """What an installation does where Excel exists."""
    return _would(
        Text("On {system} the command writes:", "Sous {system}, la commande écrit :"), language
    )


def would_uninstall(language: Language) -> list[str]:
    return _would(
        Text("On {system} the command removes:", "Sous {system}, la commande supprime :"), language
    )


def _would(heading: Text, language: Language) -> list[str]:
    lines = [
        Text(
            "Excel exists for Windows and macOS, so nothing was done here.",
            "Excel existe pour Windows et macOS : rien n’a été fait ici.",
        ).in_(language)
    ]
    for system, platform in (("Windows", "win32"), ("macOS", "darwin")):
        layout = Profile.elsewhere(platform)
        lines.append(heading.format(system=system).in_(language))
        for path in reversed(layout.targets):
            shown = str(path).replace("/", "\\") if layout.windows else str(path)
            lines += [f"  {shown}", f"    {_PURPOSES[path.suffix].in_(language)}"]
    return [
        *lines,
        Text(
            "Here the command line makes the same reports: xlkpi report",
            "Ici, la ligne de commande fait les mêmes rapports : xlkpi report",
        ).in_(language),
    ]


_PURPOSES = {
    ".xlam": Text(
        "the add-in, in the folder that Excel opens when it starts",
        "le complément, dans le dossier qu’Excel ouvre au démarrage",
    ),
    ".conf": Text(
        "the one configuration: which Python serves, and xlwings’ DLL",
        "la seule configuration : quel Python répond, et la DLL de xlwings",
    ),
    ".applescript": Text("lets Excel start that Python", "permet à Excel de lancer ce Python"),
}


def diagnose(language: Language) -> list[str]:
    """What ``xlkpi doctor`` finds on this machine, as lines; for the Set-up check button."""
    from xlkpi.excel.addin import doctor

    return [line.told(language) for line in doctor.examine(Profile.of_this_machine())]
