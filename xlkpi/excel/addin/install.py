"""Installs the add-in for one user, and removes it without a trace.

Everything that can go wrong is asked first; then all files are staged, then put in place, and when one
of them cannot be, those before it are put back.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import refuse
from xlkpi.core.texts import Language, Text
from xlkpi.excel.addin import placing
from xlkpi.excel.addin.contents import contents, made_before, read_bytes
from xlkpi.excel.addin.machine import Profile
from xlkpi.files.leftovers import sweep


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
    changed = [path for path, data in wanted.items() if read_bytes(path) != data]
    placing.place({path: wanted[path] for path in changed}, _temporaries(profile))
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
    folders = [*made_before(profile), *([profile.configuration.parent] if profile.windows else [])]
    removed = placing.remove(there)
    _sweep(profile)
    placing.remove_empty(folders)
    return Done(tuple(removed))


# -- what must hold before -------------------------------------------------------------------------


def _excel_closed(profile: Profile) -> None:
    if profile.excel_runs():
        raise refuse(
            codes.EXCEL_IS_RUNNING,
        )


def _excel_was_started(profile: Profile) -> None:
    """macOS makes Excel's container itself; one that somebody else made could keep Excel from starting."""
    if profile.mac and not profile.configuration.parent.is_dir():
        raise refuse(
            codes.EXCEL_NEVER_STARTED,
            sheet=str(profile.configuration.parent),
        )


def _not_from_the_store(profile: Profile) -> None:
    if profile.from_the_store:
        raise refuse(codes.PYTHON_FROM_STORE, sheet=str(profile.base))


def _able_to_serve(profile: Profile) -> None:
    if why := profile.can_serve(profile.interpreter):
        raise refuse(codes.PYTHON_NOT_ALONE, ALONE.format(why=why), sheet=str(profile.interpreter))


ALONE = Text(
    "this Python cannot load xlkpi when Excel starts it alone, without your folder and your settings ({why})",
    "ce Python ne peut charger xlkpi quand Excel le lance seul, sans votre dossier ni vos réglages ({why})",
)


def _temporaries(profile: Profile) -> dict[Path, Path]:
    """Where each file is written first: beside it, but never in XLSTART, where Excel would open what a kill left."""
    return {
        path: path.parent.parent if path == profile.addin else path.parent
        for path in profile.targets
    }


def _sweep(profile: Profile) -> None:
    for path, folder in _temporaries(profile).items():
        sweep(folder, f"{path.name}.", ".tmp")


# -- what is said ----------------------------------------------------------------------------------


def installed_lines(done: Done, language: Language) -> list[str]:
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


def uninstalled_lines(done: Done, language: Language) -> list[str]:
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
