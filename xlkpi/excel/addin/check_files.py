"""Examines what an installation wrote, and which other add-ins Excel opens beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from xlkpi.core.texts import Text
from xlkpi.excel.addin import contents
from xlkpi.excel.addin.diagnosis import INSTALL_AGAIN, Line, Sign
from xlkpi.excel.addin.machine import Profile


def addin(profile: Profile) -> Iterator[Line]:
    path = profile.addin
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        found = Text("not installed, there is no {path}", "non installé, il n’y a pas de {path}")
        yield Line("addin", Sign.WRONG, found.format(path=path), INSTALL_AGAIN)
    except OSError:
        found = Text("{path} cannot be read", "{path} est illisible")
        yield Line("addin", Sign.WRONG, found.format(path=path), INSTALL_AGAIN)
    else:
        yield _compared_with_ours(profile, there)


def _compared_with_ours(profile: Profile, there: bytes) -> Line:
    """Whether the add-in that Excel opens is the one of this version."""
    there_digest, our_digest = _digest(there), _digest(contents.addin())
    if there_digest == our_digest:
        found = Text("{version}, {path}", "{version}, {path}")
        return Line("addin", Sign.OK, found.format(version=version("xlkpi"), path=profile.addin))
    found = Text(
        "{path} (version {installed}, SHA-256 {there}...) is not the one of this xlkpi "
        "(version {version}, SHA-256 {ours}...)",
        "{path} (version {installed}, SHA-256 {there}...) n’est pas celui de cet xlkpi "
        "(version {version}, SHA-256 {ours}...)",
    ).format(
        installed=dict(contents.read_configuration(profile)).get("version", "?"),
        there=there_digest[:8],
        version=version("xlkpi"),
        ours=our_digest[:8],
        path=profile.addin,
    )
    return Line("addin", Sign.WRONG, found, INSTALL_AGAIN)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def configuration(profile: Profile) -> Iterator[Line]:
    path = profile.configuration
    values = dict(contents.read_configuration(profile))
    problem = _problem_with_configuration(profile, values)
    if problem is not None:
        found = problem.format(path=path, version=values.get("version", "?"))
        yield Line("configuration", Sign.WRONG, found, INSTALL_AGAIN)
    elif not _is_this(profile, Path(values["interpreter"])):
        yield _another_python(values["interpreter"])
    elif path.read_bytes() != contents.configuration(profile):
        found = Text(
            "{path} is not what this version writes (it is from xlkpi {version})",
            "{path} n’est pas ce que cette version écrit (il vient de xlkpi {version})",
        ).format(path=path, version=values.get("version", "?"))
        yield Line("configuration", Sign.WRONG, found, INSTALL_AGAIN)
    else:
        found = Text("{path} names this Python", "{path} nomme ce Python")
        yield Line("configuration", Sign.OK, found.format(path=path))


def _problem_with_configuration(profile: Profile, values: Mapping[str, str]) -> Text | None:
    """Why Excel cannot use the configuration, whichever Python wrote it."""
    named = {
        key: Path(value)
        for key, value in values.items()
        if key == "interpreter" or key.startswith("dll")
    }
    if not profile.configuration.exists():
        return Text("there is no {path}", "il n’y a pas de {path}")
    if "interpreter" not in named or (profile.windows and len(named) == 1):
        return Text("{path} is incomplete", "{path} est incomplet")
    gone = [str(file) for file in named.values() if not file.is_file()]
    if gone:
        return Text(
            "{path} names what no longer exists: {gone}",
            "{path} nomme ce qui n’existe plus : {gone}",
        ).format(path=profile.configuration, gone=", ".join(gone))
    return None


def _another_python(interpreter: str) -> Line:
    return Line(
        "configuration",
        Sign.ATTENTION,
        Text(
            "Excel starts another Python than this one, {path}",
            "Excel lance un autre Python que celui-ci, {path}",
        ).format(path=Path(interpreter)),
        Text(
            "if this Python is to serve Excel, quit Excel and run: xlkpi install",
            "si c’est ce Python qui doit répondre à Excel, quittez Excel et lancez : xlkpi install",
        ),
    )


def _is_this(profile: Profile, interpreter: Path) -> bool:
    """Short 8.3 paths name the same file on Windows; elsewhere environments are links to one Python."""
    return (
        interpreter.samefile(profile.interpreter)
        if profile.windows
        else interpreter == profile.interpreter
    )


def script(profile: Profile) -> Iterator[Line]:
    if profile.script is None:
        return
    if profile.script.is_file() and profile.script.read_bytes() == contents.applescript():
        yield Line("script", Sign.OK, Text("{path}", "{path}").format(path=profile.script))
    else:
        yield Line(
            "script",
            Sign.WRONG,
            Text(
                "{path} is missing or from another version",
                "{path} manque ou vient d’une autre version",
            ).format(path=profile.script),
            INSTALL_AGAIN,
        )


# -- other add-ins ---------------------------------------------------------------------------------


def copies(profile: Profile) -> Iterator[Line]:
    found = {path for folder in _startup_folders(profile) for path in _addins_in(folder)}
    others = [path for path in sorted(found | _ticked(profile)) if not _same(path, profile.addin)]
    yield from map(_other_addin, others)
    if not others:
        yield Line(
            "copies",
            Sign.OK,
            Text("no other copy of the add-in", "aucune autre copie du complément"),
        )


def _other_addin(path: Path) -> Line:
    if path.name.casefold().startswith("xlkpi"):
        return Line(
            "copies",
            Sign.WRONG,
            Text(
                "another copy of the add-in, {path}", "une autre copie du complément, {path}"
            ).format(path=path),
            Text(
                "quit Excel and delete this file, or untick it under File, Options, Add-ins",
                "quittez Excel et supprimez ce fichier, ou décochez-le dans Fichier, Options, Compléments",
            ),
        )
    return Line(
        "copies",
        Sign.ATTENTION,
        Text(
            "xlwings’ own add-in, {path}, takes settings from the workbooks you open",
            "le complément de xlwings, {path}, prend des réglages dans les classeurs que vous ouvrez",
        ).format(path=path),
        Text(
            "xlkpi does not need it; if nothing else of yours does, remove it",
            "xlkpi n’en a pas besoin ; si rien d’autre ne s’en sert chez vous, supprimez-le",
        ),
    )


def _addins_in(folder: Path) -> Iterator[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        return
    for path in files:
        name = path.name.casefold()
        if path.suffix.casefold() in (".xlam", ".xla") and (
            name.startswith("xlkpi") or name == "xlwings.xlam"
        ):
            yield path


def _startup_folders(profile: Profile) -> Iterator[Path]:
    yield from (profile.startup, profile.addins, *profile.for_everyone)
    if profile.windows:
        options = profile.registry(r"HKCU\Software\Microsoft\Office\16.0\Excel\Options")
        if folder := options.get("altstartup"):
            yield Path(str(folder))
        program = profile.registry(
            r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
        ).get("path")
        if program:
            yield Path(str(program)) / "XLSTART"


def _ticked(profile: Profile) -> set[Path]:
    """Add-ins that Excel opens because somebody ticked them: values OPEN, OPEN1, OPEN2 ..."""
    if not profile.windows:
        return set()
    options = profile.registry(r"HKCU\Software\Microsoft\Office\16.0\Excel\Options")
    opened = [str(value) for name, value in options.items() if name.startswith("open")]
    paths = [Path(re.sub(r"^\s*/[A-Z]\s+", "", text).strip().strip('"')) for text in opened]
    paths = [path if path.parent.name else profile.addins / path for path in paths]
    return {path for path in paths if path.name.casefold().startswith(("xlkpi", "xlwings.xlam"))}


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return str(one).casefold() == str(other).casefold()
