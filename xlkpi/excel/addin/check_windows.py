"""Examines what keeps an add-in from running on Windows: policies, Defender's rules, marks that Windows and Excel leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlkpi.core.texts import Text
from xlkpi.excel.addin.diagnosis import Line, Sign, cannot_tell
from xlkpi.excel.addin.machine import ADDIN, Profile

# -- what a company forbids ------------------------------------------------------------------------

_IT = Text(
    "ask your IT department to allow it, or use the workbook that needs no add-in: "
    "xlkpi new --edition lambda",
    "demandez à votre service informatique de l’autoriser, ou prenez le classeur sans complément : "
    "xlkpi new --edition lambda",
)
_OFFICE = r"Software\Policies\Microsoft\Office"
_SECURITY = rf"{_OFFICE}\16.0\Excel\Security"
_OWN_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
_RESILIENCY = rf"{_OFFICE}\16.0\Excel\Resiliency"


def _number(profile: Profile, keys: tuple[str, ...], name: str) -> int | None:
    """The first value of this name, the machine's before the user's."""
    for key in keys:
        for hive in ("HKLM", "HKCU"):
            value = str(profile.registry(f"{hive}\\{key}").get(name, ""))
            if value.lstrip("-").isdigit():
                return int(value)
    return None


@dataclass(frozen=True, slots=True)
class _Policy:
    """A registry value that keeps the add-in from running, or may."""

    keys: tuple[str, ...]
    name: str
    when: tuple[int, ...]
    sign: Sign
    found: Text
    fix: Text = _IT


_POLICIES = (
    _Policy(
        (rf"{_OFFICE}\16.0\Common", rf"{_OFFICE}\Common"),
        "vbaoff",
        (1,),
        Sign.WRONG,
        Text(
            "a policy turns VBA off in all of Office",
            "une stratégie désactive VBA dans tout Office",
        ),
    ),
    _Policy(
        (rf"{_SECURITY}\Trusted Locations", rf"{_OWN_SECURITY}\Trusted Locations"),
        "alllocationsdisabled",
        (1,),
        Sign.WRONG,
        Text(
            "all trusted locations are disabled, XLSTART among them, and Excel may block the add-in’s macros",
            "tous les emplacements approuvés sont désactivés, XLSTART compris, et Excel peut bloquer les macros du "
            "complément",
        ),
    ),
    _Policy(
        (_SECURITY, _OWN_SECURITY),
        "disablealladdins",
        (1,),
        Sign.WRONG,
        Text(
            "all add-ins are disabled in Excel’s Trust Center",
            "tous les compléments sont désactivés dans le Centre de gestion de la confidentialité d’Excel",
        ),
    ),
    _Policy(
        (_SECURITY, _OWN_SECURITY),
        "requireaddinsig",
        (1,),
        Sign.ATTENTION,
        Text(
            "add-ins must be signed by a trusted publisher, and ours is not signed",
            "les compléments doivent être signés par un éditeur approuvé, et le nôtre n’est pas signé",
        ),
    ),
    _Policy(
        (_SECURITY,),
        "vbawarnings",
        (3, 4),
        Sign.ATTENTION,
        Text(
            "a policy disables unsigned macros; files in XLSTART are exempt as long as it stays a trusted location",
            "une stratégie désactive les macros non signées ; les fichiers de XLSTART en sont dispensés tant que ce "
            "dossier reste un emplacement approuvé",
        ),
        Text(
            "if the tab Influence KPI does not show, {it}",
            "si l’onglet Influence KPI n’apparaît pas, {it}",
        ).format(it=_IT),
    ),
    _Policy(
        (_SECURITY,),
        "blockcontentexecutionfrominternet",
        (1,),
        Sign.ATTENTION,
        Text(
            "a policy blocks macros in files from the internet; an add-in that xlkpi install wrote is not one",
            "une stratégie bloque les macros des fichiers venus d’Internet ; un complément écrit par xlkpi install "
            "n’en est pas un",
        ),
        Text(
            "install with xlkpi install, never by copying a downloaded xlkpi.xlam",
            "installez avec xlkpi install, jamais en copiant un xlkpi.xlam téléchargé",
        ),
    ),
    _Policy(
        (_RESILIENCY,),
        "restricttolist",
        (1,),
        Sign.ATTENTION,
        Text(
            "a policy allows listed add-ins only",
            "une stratégie n’autorise que les compléments d’une liste",
        ),
    ),
    _Policy(
        (rf"{_RESILIENCY}\addinlist",),
        ADDIN,
        (0,),
        Sign.WRONG,
        Text(
            "a policy blocks this add-in by its name",
            "une stratégie bloque ce complément par son nom",
        ),
    ),
)


def policies(profile: Profile) -> Iterator[Line]:
    lines: list[Line] = []
    unread: OSError | None = None
    for policy in _POLICIES:
        try:
            if _number(profile, policy.keys, policy.name) in policy.when:
                lines.append(Line("policies", policy.sign, policy.found, policy.fix))
        except OSError as error:
            unread = error
    yield from lines
    if unread:
        yield cannot_tell("policies", unread)
    elif not lines:
        yield Line(
            "policies",
            Sign.OK,
            Text(
                "no Office policy found that blocks the add-in",
                "aucune stratégie Office trouvée qui bloque le complément",
            ),
        )


#: Microsoft Defender's attack surface reduction rules that concern an add-in (Microsoft's rules reference, 2025).
_RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": Text(
        "Office may not start other programs: the add-in cannot start Python",
        "Office ne peut lancer d’autres programmes : le complément ne peut lancer Python",
    ),
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": Text(
        "Office macros may not call Windows: the add-in cannot load xlwings’ DLL",
        "les macros Office ne peuvent appeler Windows : le complément ne peut charger la DLL de xlwings",
    ),
}
_DEFENDER = r"HKLM\Software\Policies\Microsoft\Windows Defender"
_BLOCK, _WARN = "1", "6"


def defender(profile: Profile) -> Iterator[Line]:
    states, unread = _rules(profile)
    for rule, means in _RULES.items():
        state = states.get(rule)
        if state in (_BLOCK, _WARN):
            yield Line("defender", Sign.WRONG if state == _BLOCK else Sign.ATTENTION, means, _IT)
    if unread:
        yield cannot_tell("defender", unread)
    elif not any(states.get(rule) in (_BLOCK, _WARN) for rule in _RULES):
        yield Line(
            "defender",
            Sign.OK,
            Text(
                "no rule found that blocks the add-in",
                "aucune règle trouvée qui bloque le complément",
            ),
        )


def _rules(profile: Profile) -> tuple[dict[str, str], OSError | None]:
    """The state of each rule by its GUID, and why one of the places could not be read.

    A group policy has a value per rule, a device manager one list, and an administrator's own setting a third place.
    """
    states: dict[str, str] = {}
    unread = None
    guard = r"Windows Defender Exploit Guard\ASR\Rules"
    local = rf"HKLM\Software\Microsoft\Windows Defender\{guard}"
    for key in (
        local,
        rf"{_DEFENDER}\Policy Manager",
        rf"{_DEFENDER}\{guard}",
    ):  # each stronger than those before
        try:
            values = profile.registry(key)
        except OSError as error:
            unread = error
            continue
        listed = [entry.partition("=") for entry in str(values.get("asrrules", "")).split("|")]
        pairs = [(name, str(value)) for name, value in values.items()] + [
            (name, value) for name, _, value in listed
        ]
        states |= {name.strip().strip("{}").casefold(): value.strip() for name, value in pairs}
    return states, unread


# -- marks that Windows and Excel leave ------------------------------------------------------------


def mark(profile: Profile) -> Iterator[Line]:
    """The stream in which Windows notes that a file came from the internet."""
    if _zone(profile.addin) in ("3", "4"):
        yield Line(
            "mark",
            Sign.WRONG,
            Text(
                "the add-in is marked as downloaded from the internet, so Excel blocks it",
                "le complément est marqué comme téléchargé d’Internet : Excel le bloque",
            ),
            Text(
                "run xlkpi uninstall, then xlkpi install: the file it writes has no mark",
                "lancez xlkpi uninstall, puis xlkpi install : le fichier qu’il écrit n’a pas cette marque",
            ),
        )
    elif profile.addin.exists():
        found = Text(
            "the add-in carries no mark of the internet",
            "le complément ne porte pas de marque d’Internet",
        )
        yield Line("mark", Sign.OK, found)


def _zone(file: Path) -> str:
    try:
        text = Path(f"{file}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return text.partition("ZoneId=")[2].strip()[:1]


_ENABLE = Text(
    "in Excel: File, Options, Add-ins, Manage: Disabled Items, Go, choose it, Enable",
    "dans Excel : Fichier, Options, Compléments, Gérer : Éléments désactivés, Atteindre, choisissez-le, Activer",
)


def disabled(profile: Profile) -> Iterator[Line]:
    """Excel disables what it believes made it crash; each item is binary with the path in UTF-16."""
    items = profile.registry(r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems")
    name = ADDIN.encode("utf-16-le")
    if any(
        name in bytes(value).lower()
        for value in items.values()
        if isinstance(value, bytes | bytearray)
    ):
        found = Text(
            "Excel has disabled the add-in after a crash",
            "Excel a désactivé le complément après un plantage",
        )
        yield Line("disabled", Sign.WRONG, found, _ENABLE)
    elif items:
        found = Text(
            "Excel has disabled something, this add-in not by name",
            "Excel a désactivé quelque chose, sans nommer ce complément",
        )
        yield Line("disabled", Sign.ATTENTION, found, _ENABLE)
    else:
        found = Text("Excel has disabled nothing", "Excel n’a rien désactivé")
        yield Line("disabled", Sign.OK, found)
