"""The files that profiles are kept in: small JSON that people can read and correct."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlkpi.core import codes
from xlkpi.core.findings import Refused, refuse, system_reason
from xlkpi.core.texts import Text
from xlkpi.intake import links
from xlkpi.intake.posts import COLUMNS
from xlkpi.intake.profiles.profile import ColumnProfile

VERSION = 1


def folder() -> Path:
    """Where profiles are kept: the user's own settings, never the folder of a file that somebody sent."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "xlkpi" / "profiles"


def place(said: str) -> Path:
    """The file of a profile that a person names: a path as it is, a bare name in ``folder``."""
    path = Path(said)
    is_bare = path.name == said and not path.suffix and not path.exists()
    return folder() / f"{said}.json" if is_bare else path


def save(profile: ColumnProfile, path: Path) -> None:
    """Write a profile; OSError as the system has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "xlkpi_profile": VERSION,
        "name": profile.name,
        "network": profile.network,
        "dates": profile.order,
        "columns": dict(profile.columns),
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def load(path: Path) -> ColumnProfile:
    """A saved profile; Refused (XK138) for what is none."""
    try:
        if path.stat().st_size > 1 << 20:
            raise _no_profile(path, Text("it is too large", "il est trop volumineux"))
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _no_profile(path, system_reason(error)) from None
    except (ValueError, RecursionError):
        raise _no_profile(path, Text("it is not JSON", "ce n’est pas du JSON")) from None
    problem = _problem(said)
    if problem is not None:
        raise _no_profile(path, problem)
    return ColumnProfile(
        str(said.get("name") or path.stem),
        dict(said["columns"]),
        str(said.get("network") or ""),
        str(said.get("dates") or ""),
        is_settled=True,
    )


def saved(where: Path | None = None) -> list[ColumnProfile]:
    """Every readable profile of the user's folder, by name."""
    return list(_readable(where or folder()))


def _readable(where: Path) -> Iterator[ColumnProfile]:
    try:
        files = sorted(where.glob("*.json"))
    except OSError:
        return
    for file in files:
        try:
            yield load(file)
        except Refused:
            continue


def _problem(said: Any) -> Text | None:
    """What is wrong with the contents of a profile."""
    if (
        not isinstance(said, dict)
        or said.get("xlkpi_profile") != VERSION
        or not isinstance(said.get("columns"), dict)
    ):
        return Text(
            "it lacks “xlkpi_profile” or “columns”", "« xlkpi_profile » ou « columns » y manque"
        )
    unknown = [str(id) for id in said["columns"].values() if id not in COLUMNS]
    if unknown:
        return Text(
            "these are no columns of Posts: {names}",
            "ce ne sont pas des colonnes de Posts : {names}",
        ).format(names=", ".join(unknown)[:160])
    if said.get("dates") not in (None, "", "dmy", "mdy"):
        return Text("“dates” must be “dmy” or “mdy”", "« dates » doit valoir « dmy » ou « mdy »")
    if said.get("network") and links.network_named(str(said["network"])) != said["network"]:
        return Text("this network is not known: {name}", "ce réseau est inconnu : {name}").format(
            name=said["network"]
        )
    return None


def _no_profile(path: Path, why: Text) -> Refused:
    return refuse(
        codes.PROFILE_DOES_NOT_FIT,
        Text("this profile cannot be used: {why}", "ce profil est inutilisable : {why}").format(
            why=why
        ),
        Text(
            "correct it, or delete it and import again",
            "corrigez-le, ou supprimez-le et recommencez l’import",
        ),
        sheet=path.name,
    )
