"""Examines the Python that serves the add-in: where it comes from, xlwings, its DLLs, and whether it starts alone."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.excel.addin import install as setup
from xlkpi.excel.addin.contents import read_configuration
from xlkpi.excel.addin.diagnosis import Line, Sign
from xlkpi.excel.addin.machine import BITS, Profile


def python(profile: Profile) -> Iterator[Line]:
    if profile.from_the_store:
        yield Line(
            "python", Sign.WRONG, codes.PYTHON_FROM_STORE.meaning, codes.PYTHON_FROM_STORE.fix
        )
    else:
        yield Line(
            "python",
            Sign.OK,
            Text("{version}, {bits}-bit, {path}", "{version}, {bits} bits, {path}").format(
                version=platform.python_version(), bits=profile.bits, path=profile.python
            ),
        )


def xlwings(profile: Profile) -> Iterator[Line]:
    if profile.xlwings == profile.pin:
        yield Line("xlwings", Sign.OK, Text(profile.xlwings, profile.xlwings))
    else:
        yield Line(
            "xlwings",
            Sign.WRONG,
            Text(
                "{found} is installed, xlkpi needs exactly {pin}",
                "la version {found} est installée, xlkpi demande exactement {pin}",
            ).format(found=profile.xlwings, pin=profile.pin),
            _pip(profile, f"xlwings=={profile.pin}"),
        )


def _pip(profile: Profile, what: str) -> Text:
    return Text("run: {command}", "lancez : {command}").format(
        command=f'"{profile.python}" -m pip install {what}'
    )


def isolated(profile: Profile) -> Iterator[Line]:
    """The Python that Excel is told to start, else the one that it would be told."""
    named = Path(dict(read_configuration(profile)).get("interpreter", ""))
    why = profile.can_serve(named if named.is_file() else profile.interpreter)
    if why:
        yield Line("isolated", Sign.WRONG, setup.ALONE.format(why=why), codes.PYTHON_NOT_ALONE.fix)
    else:
        yield Line(
            "isolated", Sign.OK, Text("it loads xlkpi without help", "il charge xlkpi sans aide")
        )


def dll(profile: Profile) -> Iterator[Line]:
    found = [bits for bits in BITS if profile.dll(bits)]
    excel = _bits_of_excel(profile)
    if not found or (excel and excel not in found):
        names = ", ".join(
            f"xlwings{bits}-{profile.pin}.dll" for bits in BITS if bits == excel or not excel
        )
        yield Line(
            "dll",
            Sign.WRONG,
            Text("{names} is missing", "{names} manque").format(names=names),
            _pip(profile, f"--force-reinstall xlwings=={profile.pin}"),
        )
    else:
        kinds = Text(" and ".join(map(str, found)), " et ".join(map(str, found)))
        yield Line(
            "dll",
            Sign.OK,
            Text("{version}, for {kinds}-bit Excel", "{version}, pour Excel {kinds} bits").format(
                version=profile.pin, kinds=kinds
            ),
        )


def _bits_of_excel(profile: Profile) -> int | None:
    """What Office's own installer noted; None where it cannot be known."""
    noted = profile.registry(r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration").get(
        "platform"
    )
    return {"x64": 64, "x86": 32}.get(str(noted).casefold())
