"""Looks at an installation and says, line by line, what is well, what deserves a look, what is wrong, and what to do."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import version
from pathlib import Path

from xlkpi.core.texts import Language, Text
from xlkpi.excel.addin import install as setup
from xlkpi.excel.addin.machine import ADDIN, BITS, Profile


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

#: What is looked at, in the order in which it is told.
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
    "edition": Text("Edition", "Édition"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: what was found and, unless it is well, what to do."""

    check: str
    sign: Sign
    found: Text
    fix: Text = _NOTHING

    def told(self, language: Language) -> str:
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
            "message": self.told(language),
        }


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
        except Exception as error:  # a doctor that falls ill helps nobody; the other lines still do
            lines.append(_cannot_tell(name, error))
    lines.append(_edition(profile, lines))
    signs, names = [Sign.WRONG, Sign.ATTENTION, Sign.OK], list(CHECKS)
    return sorted(lines, key=lambda line: (signs.index(line.sign), names.index(line.check)))


def is_well(lines: list[Line]) -> bool:
    return all(line.sign is not Sign.WRONG for line in lines)


def _cannot_tell(check: str, error: Exception) -> Line:
    return Line(
        check,
        Sign.ATTENTION,
        Text("cannot tell ({why})", "impossible à dire ({why})").format(why=type(error).__name__),
        Text(
            "if the add-in works, ignore this; else ask your IT department about it",
            "si le complément marche, ignorez cette ligne ; sinon, demandez à votre service informatique",
        ),
    )


_REPEAT = Text("quit Excel and run: xlkpi install", "quittez Excel et lancez : xlkpi install")


# -- Python ----------------------------------------------------------------------------------------


def _python(profile: Profile) -> Iterator[Line]:
    if profile.from_the_store:
        yield Line("python", Sign.WRONG, setup.STORE, setup.STORE_FIX)
    else:
        yield Line(
            "python",
            Sign.OK,
            Text("{version}, {bits}-bit, {path}", "{version}, {bits} bits, {path}").format(
                version=platform.python_version(), bits=profile.bits, path=profile.python
            ),
        )


def _xlwings(profile: Profile) -> Iterator[Line]:
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


def _isolated(profile: Profile) -> Iterator[Line]:
    """The Python that Excel is told to start, else the one that it would be told."""
    named = Path(dict(setup.read_configuration(profile)).get("interpreter", ""))
    why = profile.can_serve(named if named.is_file() else profile.interpreter)
    if why:
        yield Line("isolated", Sign.WRONG, setup.ALONE.format(why=why), setup.ALONE_FIX)
    else:
        yield Line(
            "isolated", Sign.OK, Text("it loads xlkpi without help", "il charge xlkpi sans aide")
        )


def _dll(profile: Profile) -> Iterator[Line]:
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


# -- what install wrote ----------------------------------------------------------------------------


def _addin(profile: Profile) -> Iterator[Line]:
    path, ours = profile.addin, setup.addin()
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        yield Line(
            "addin",
            Sign.WRONG,
            Text(
                "not installed, there is no {path}", "non installé, il n’y a pas de {path}"
            ).format(path=path),
            _REPEAT,
        )
        return
    except OSError:
        yield Line(
            "addin",
            Sign.WRONG,
            Text("{path} cannot be read", "{path} est illisible").format(path=path),
            _REPEAT,
        )
        return
    installed = dict(setup.read_configuration(profile)).get("version", "?")
    if _digest(there) == _digest(ours):
        yield Line(
            "addin",
            Sign.OK,
            Text("{version}, {path}", "{version}, {path}").format(
                version=version("xlkpi"), path=path
            ),
        )
    else:
        yield Line(
            "addin",
            Sign.WRONG,
            Text(
                "{path} (version {installed}, SHA-256 {there}...) is not the one of this xlkpi "
                "(version {version}, SHA-256 {ours}...)",
                "{path} (version {installed}, SHA-256 {there}...) n’est pas celui de cet xlkpi "
                "(version {version}, SHA-256 {ours}...)",
            ).format(
                installed=installed,
                there=_digest(there)[:8],
                version=version("xlkpi"),
                ours=_digest(ours)[:8],
                path=path,
            ),
            _REPEAT,
        )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _configuration(profile: Profile) -> Iterator[Line]:
    path = profile.configuration
    values = dict(setup.read_configuration(profile))
    named = {
        key: Path(value)
        for key, value in values.items()
        if key == "interpreter" or key.startswith("dll")
    }
    gone = [str(file) for file in named.values() if not file.is_file()]
    if not path.exists():
        problem = Text("there is no {path}", "il n’y a pas de {path}")
    elif "interpreter" not in named or (profile.windows and len(named) == 1):
        problem = Text("{path} is incomplete", "{path} est incomplet")
    elif gone:
        problem = Text(
            "{path} names what no longer exists: {gone}",
            "{path} nomme ce qui n’existe plus : {gone}",
        )
    elif not _is_this(profile, named["interpreter"]):
        yield Line(
            "configuration",
            Sign.ATTENTION,
            Text(
                "Excel starts another Python than this one, {path}",
                "Excel lance un autre Python que celui-ci, {path}",
            ).format(path=named["interpreter"]),
            Text(
                "if this Python is to serve Excel, quit Excel and run: xlkpi install",
                "si c’est ce Python qui doit répondre à Excel, quittez Excel et lancez : xlkpi install",
            ),
        )
        return
    elif path.read_bytes() != setup.configuration(profile):
        problem = Text(
            "{path} is not what this version writes (it is from xlkpi {version})",
            "{path} n’est pas ce que cette version écrit (il vient de xlkpi {version})",
        )
    else:
        yield Line(
            "configuration",
            Sign.OK,
            Text("{path} names this Python", "{path} nomme ce Python").format(path=path),
        )
        return
    yield Line(
        "configuration",
        Sign.WRONG,
        problem.format(path=path, gone=", ".join(gone), version=values.get("version", "?")),
        _REPEAT,
    )


def _is_this(profile: Profile, interpreter: Path) -> bool:
    """Short 8.3 paths name the same file on Windows; elsewhere environments are links to one Python."""
    return (
        interpreter.samefile(profile.interpreter)
        if profile.windows
        else interpreter == profile.interpreter
    )


def _script(profile: Profile) -> Iterator[Line]:
    if profile.script is None:
        return
    if profile.script.is_file() and profile.script.read_bytes() == setup.applescript():
        yield Line("script", Sign.OK, Text("{path}", "{path}").format(path=profile.script))
    else:
        yield Line(
            "script",
            Sign.WRONG,
            Text(
                "{path} is missing or from another version",
                "{path} manque ou vient d’une autre version",
            ).format(path=profile.script),
            _REPEAT,
        )


# -- other add-ins ---------------------------------------------------------------------------------


def _copies(profile: Profile) -> Iterator[Line]:
    found = sorted(
        {path for folder in _startup_folders(profile) for path in _addins_in(folder)}
        | _ticked(profile)
    )
    for path in found:
        if _same(path, profile.addin):
            continue
        if path.name.casefold().startswith("xlkpi"):
            yield Line(
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
        else:
            yield Line(
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
    if not found or all(_same(path, profile.addin) for path in found):
        yield Line(
            "copies",
            Sign.OK,
            Text("no other copy of the add-in", "aucune autre copie du complément"),
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


def _policies(profile: Profile) -> Iterator[Line]:
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
        yield _cannot_tell("policies", unread)
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


def _defender(profile: Profile) -> Iterator[Line]:
    states, unread = _rules(profile)
    for rule, means in _RULES.items():
        state = states.get(rule)
        if state in (_BLOCK, _WARN):
            yield Line("defender", Sign.WRONG if state == _BLOCK else Sign.ATTENTION, means, _IT)
    if unread:
        yield _cannot_tell("defender", unread)
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


def _mark(profile: Profile) -> Iterator[Line]:
    """The stream in which Windows notes that a file came from the internet."""
    try:
        text = Path(f"{profile.addin}:Zone.Identifier").read_text(
            encoding="utf-8", errors="replace"
        )
    except OSError:
        text = ""
    zone = text.partition("ZoneId=")[2].strip()[:1]
    if zone in ("3", "4"):
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
        yield Line(
            "mark",
            Sign.OK,
            Text(
                "the add-in carries no mark of the internet",
                "le complément ne porte pas de marque d’Internet",
            ),
        )


def _disabled(profile: Profile) -> Iterator[Line]:
    """Excel disables what it believes made it crash; each item is binary with the path in UTF-16."""
    items = profile.registry(r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems")
    name = ADDIN.encode("utf-16-le")
    ours = any(
        name in bytes(value).lower()
        for value in items.values()
        if isinstance(value, bytes | bytearray)
    )
    fix = Text(
        "in Excel: File, Options, Add-ins, Manage: Disabled Items, Go, choose it, Enable",
        "dans Excel : Fichier, Options, Compléments, Gérer : Éléments désactivés, Atteindre, choisissez-le, Activer",
    )
    if ours:
        yield Line(
            "disabled",
            Sign.WRONG,
            Text(
                "Excel has disabled the add-in after a crash",
                "Excel a désactivé le complément après un plantage",
            ),
            fix,
        )
    elif items:
        yield Line(
            "disabled",
            Sign.ATTENTION,
            Text(
                "Excel has disabled something, this add-in not by name",
                "Excel a désactivé quelque chose, sans nommer ce complément",
            ),
            fix,
        )
    else:
        yield Line(
            "disabled", Sign.OK, Text("Excel has disabled nothing", "Excel n’a rien désactivé")
        )


# -- which edition ---------------------------------------------------------------------------------


def _edition(profile: Profile, lines: list[Line]) -> Line:
    """Which of the two editions of the workbook fits here."""
    blocked = any(
        line.check in ("policies", "defender") and line.sign is Sign.WRONG for line in lines
    )
    lamb = Text(
        "the workbook whose functions need no add-in (Excel 365 or 2024, Mac, web): xlkpi new --edition lambda",
        "le classeur dont les fonctions se passent de complément (Excel 365 ou 2024, Mac, web) : xlkpi new "
        "--edition lambda",
    )
    if profile.windows and not blocked:
        return Line(
            "edition",
            Sign.OK,
            Text(
                "the add-in; for a colleague who cannot install it, {lamb}",
                "le complément ; pour un collègue qui ne peut l’installer, {lamb}",
            ).format(lamb=lamb),
        )
    if profile.mac:
        return Line(
            "edition",
            Sign.OK,
            Text(
                "on a Mac the add-in brings the buttons; for functions in cells, {lamb}",
                "sur Mac, le complément apporte les boutons ; pour les fonctions en cellule, {lamb}",
            ).format(lamb=lamb),
        )
    if profile.windows:
        return Line(
            "edition",
            Sign.ATTENTION,
            Text("the add-in is blocked here", "le complément est bloqué ici"),
            Text("use {lamb}", "prenez {lamb}").format(lamb=lamb),
        )
    return Line(
        "edition",
        Sign.OK,
        Text(
            "there is no Excel for this system, the command line makes the same reports; for others, {lamb}",
            "il n’y a pas d’Excel pour ce système, la ligne de commande fait les mêmes rapports ; pour "
            "d’autres, {lamb}",
        ).format(lamb=lamb),
    )


_Check = Callable[[Profile], Iterator[Line]]
_EVERYWHERE: dict[str, _Check] = {"python": _python, "xlwings": _xlwings, "isolated": _isolated}
_WITH_EXCEL: dict[str, _Check] = {
    "addin": _addin,
    "configuration": _configuration,
    "script": _script,
    "copies": _copies,
}
_ON_WINDOWS: dict[str, _Check] = {
    "dll": _dll,
    "policies": _policies,
    "defender": _defender,
    "mark": _mark,
    "disabled": _disabled,
}
