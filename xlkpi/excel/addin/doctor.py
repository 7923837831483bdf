"""Looks at an installation and says, line by line, what is well, what deserves a look, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlkpi.core.texts import Language, Text
from xlkpi.excel.addin import check_defaults, check_files, check_python, check_windows
from xlkpi.excel.addin.diagnosis import CHECKS, Line, Sign, cannot_tell
from xlkpi.excel.addin.machine import Profile

_Check = Callable[[Profile], Iterator[Line]]
_EVERYWHERE: dict[str, _Check] = {
    "python": check_python.python,
    "xlwings": check_python.xlwings,
    "isolated": check_python.isolated,
    "defaults": check_defaults.defaults,
}
_WITH_EXCEL: dict[str, _Check] = {
    "addin": check_files.addin,
    "configuration": check_files.configuration,
    "script": check_files.script,
    "copies": check_files.copies,
}
_ON_WINDOWS: dict[str, _Check] = {
    "dll": check_python.dll,
    "policies": check_windows.policies,
    "defender": check_windows.defender,
    "mark": check_windows.mark,
    "disabled": check_windows.disabled,
}


def diagnose(language: Language) -> list[str]:
    """What ``xlkpi doctor`` finds on this machine, as lines; for the Set-up check button."""
    return [line.message(language) for line in examine(Profile.of_this_machine())]


def examine(profile: Profile) -> list[Line]:
    """Every check that this system allows, problems first.  It never fails: what cannot be found out is said."""
    lines: list[Line] = []
    checks = (
        _EVERYWHERE
        | (_WITH_EXCEL if profile.has_excel else {})
        | (_ON_WINDOWS if profile.windows else {})
    )
    for name, check in checks.items():
        try:
            lines += check(profile)
        except Exception as error:  # noqa: BLE001  a doctor that falls ill helps nobody; the other lines still do
            lines.append(cannot_tell(name, error))
    lines.append(_edition(profile, lines))
    signs, names = [Sign.WRONG, Sign.ATTENTION, Sign.OK], list(CHECKS)
    return sorted(lines, key=lambda line: (signs.index(line.sign), names.index(line.check)))


def is_well(lines: list[Line]) -> bool:
    return all(line.sign is not Sign.WRONG for line in lines)


# -- which edition ---------------------------------------------------------------------------------


_LAMBDA = Text(
    "the workbook whose functions need no add-in (Excel 365 or 2024, Mac, web): xlkpi new --edition lambda",
    "le classeur dont les fonctions se passent de complément (Excel 365 ou 2024, Mac, web) : xlkpi new "
    "--edition lambda",
)
_ADDIN = Text(
    "the add-in; for a colleague who cannot install it, {lamb}",
    "le complément ; pour un collègue qui ne peut l’installer, {lamb}",
)
_ON_A_MAC = Text(
    "on a Mac the add-in brings the buttons; for functions in cells, {lamb}",
    "sur Mac, le complément apporte les boutons ; pour les fonctions en cellule, {lamb}",
)
_WITHOUT_EXCEL = Text(
    "there is no Excel for this system, the command line makes the same reports; for others, {lamb}",
    "il n’y a pas d’Excel pour ce système, la ligne de commande fait les mêmes rapports ; pour "
    "d’autres, {lamb}",
)


def _edition(profile: Profile, lines: list[Line]) -> Line:
    """Which of the two editions of the workbook fits here."""
    blocked = any(
        line.check in ("policies", "defender") and line.sign is Sign.WRONG for line in lines
    )
    if profile.windows and blocked:
        return Line(
            "edition",
            Sign.ATTENTION,
            Text("the add-in is blocked here", "le complément est bloqué ici"),
            Text("use {lamb}", "prenez {lamb}").format(lamb=_LAMBDA),
        )
    fits = _ADDIN if profile.windows else _ON_A_MAC if profile.mac else _WITHOUT_EXCEL
    return Line("edition", Sign.OK, fits.format(lamb=_LAMBDA))
