"""What an examination of the installation says: one line a check, with its sign and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xlkpi.core.texts import Language, Text


class Sign(Enum):
    OK = "ok"
    ATTENTION = "attention"
    WRONG = "wrong"


_SIGNS = {
    Sign.OK: Text("ok", "ok"),
    Sign.ATTENTION: Text("attention", "attention"),
    Sign.WRONG: Text("wrong", "à corriger"),
}
_NOTHING = Text("", "")

#: What is looked at, in the order in which it is listed.
CHECKS = {
    "python": Text("Python", "Python"),
    "xlwings": Text("xlwings", "xlwings"),
    "isolated": Text("Python started by Excel", "Python lancé par Excel"),
    "dll": Text("xlwings’ DLL", "DLL de xlwings"),
    "addin": Text("Add-in", "Complément"),
    "configuration": Text("Configuration", "Configuration"),
    "script": Text("AppleScript", "AppleScript"),
    "copies": Text("Other add-ins", "Autres compléments"),
    "policies": Text("Office policies", "Stratégies Office"),
    "defender": Text("Microsoft Defender", "Microsoft Defender"),
    "mark": Text("Mark of the internet", "Marque d’Internet"),
    "disabled": Text("Disabled items", "Éléments désactivés"),
    "defaults": Text("Your defaults", "Vos réglages par défaut"),
    "edition": Text("Edition", "Édition"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: what was found and, unless it is well, what to do."""

    check: str
    sign: Sign
    found: Text
    fix: Text = _NOTHING

    def message(self, language: Language) -> str:
        text = Text("[{sign}] {check}: {found}.", "[{sign}] {check} : {found}.")
        if self.fix.en:
            text = Text(f"{text.en} Fix: {{fix}}.", f"{text.fr} Solution : {{fix}}.")
        return text.format(
            sign=_SIGNS[self.sign], check=CHECKS[self.check], found=self.found, fix=self.fix
        ).in_(language)

    def as_json(self, language: Language) -> dict[str, str]:
        return {
            "check": self.check,
            "sign": self.sign.value,
            "found": self.found.in_(language),
            "fix": self.fix.in_(language),
            "message": self.message(language),
        }


def cannot_tell(check: str, error: Exception) -> Line:
    return Line(
        check,
        Sign.ATTENTION,
        Text("cannot tell ({why})", "impossible à dire ({why})").format(why=type(error).__name__),
        Text(
            "if the add-in works, ignore this; else ask your IT department about it",
            "si le complément marche, ignorez cette ligne ; sinon, demandez à votre service informatique",
        ),
    )


INSTALL_AGAIN = Text("quit Excel and run: xlkpi install", "quittez Excel et lancez : xlkpi install")
