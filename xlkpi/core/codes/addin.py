"""The add-in: installing it, its buttons, and the way from Excel to Python."""

from xlkpi.core.codes.code import Code, Severity
from xlkpi.core.texts import Text

EXCEL_IS_RUNNING = Code(
    "XK601",
    Severity.ERROR,
    Text("Excel is running, and holds the add-in", "Excel est ouvert et tient le complément"),
    Text(
        "save your work, quit Excel in all its windows, and run the command again",
        "enregistrez votre travail, quittez toutes les fenêtres d’Excel et relancez la commande",
    ),
)
PYTHON_NOT_ALONE = Code(
    "XK602",
    Severity.ERROR,
    Text(
        "this Python cannot load xlkpi when Excel starts it alone, without your folder and your settings",
        "ce Python ne peut charger xlkpi quand Excel le lance seul, sans votre dossier ni vos réglages",
    ),
    Text(
        "install xlkpi into an environment of its own (python -m venv, then pip install without --user and without PYTHONPATH) and run xlkpi install from there",
        "installez xlkpi dans un environnement à lui (python -m venv, puis pip install sans --user ni PYTHONPATH) et lancez-y xlkpi install",
    ),
)
UNUSABLE_FOLDER_NAME = Code(
    "XK603",
    Severity.ERROR,
    Text(
        "Excel cannot start a Python from a folder of this name",
        "Excel ne peut lancer un Python depuis un dossier de ce nom",
    ),
    Text(
        "install xlkpi into a folder whose path has plain letters, digits, spaces, hyphens and dots only, then run xlkpi install again from there",
        "installez xlkpi dans un dossier dont le chemin n’a que des lettres simples, chiffres, espaces, tirets et points, puis relancez-y xlkpi install",
    ),
)
DLL_MISSING = Code(
    "XK604",
    Severity.ERROR,
    Text("xlwings’ DLL is missing from this Python", "la DLL de xlwings manque dans ce Python"),
    Text(
        "install xlwings again, in the version that xlkpi wants",
        "réinstallez xlwings, dans la version que demande xlkpi",
    ),
)
PYTHON_FROM_STORE = Code(
    "XK605",
    Severity.ERROR,
    Text(
        "this Python comes from the Microsoft Store, and Windows hides from Excel the files that it writes",
        "ce Python vient du Microsoft Store, et Windows cache à Excel les fichiers qu’il écrit",
    ),
    Text(
        "install Python from python.org, make a new environment with it, and install xlkpi there",
        "installez Python depuis python.org, créez-y un nouvel environnement et installez-y xlkpi",
    ),
)
NOT_INSTALLED = Code(
    "XK606",
    Severity.ERROR,
    Text("the add-in could not be installed", "le complément n’a pu être installé"),
    Text(
        "quit Excel, check that you may change this folder, and run the command again",
        "quittez Excel, vérifiez que vous pouvez modifier ce dossier, et relancez la commande",
    ),
)
NOT_REMOVED = Code(
    "XK607",
    Severity.ERROR,
    Text(
        "a file of the add-in cannot be removed", "un fichier du complément ne peut être supprimé"
    ),
    Text(
        "quit Excel, check that you may change this folder, and run the command again",
        "quittez Excel, vérifiez que vous pouvez modifier ce dossier, et relancez la commande",
    ),
)
EXCEL_NEVER_STARTED = Code(
    "XK608",
    Severity.ERROR,
    Text(
        "Excel has never been started on this Mac by this user",
        "Excel n’a jamais été lancé sur ce Mac par cet utilisateur",
    ),
    Text(
        "start Excel once, quit it, and run xlkpi install again",
        "lancez Excel une fois, quittez-le, puis relancez xlkpi install",
    ),
)
NEVER_SAVED = Code(
    "XK702",
    Severity.ERROR,
    Text(
        "this workbook was never saved on this computer",
        "ce classeur n’a jamais été enregistré sur cet ordinateur",
    ),
    Text("save it, then press again", "enregistrez-le, puis recommencez"),
)
NOT_A_PERIOD = Code(
    "XK703",
    Severity.ERROR,
    Text("this is not a period", "ce n’est pas une période"),
    Text(
        "write a year, a quarter, a month or two days: 2026, 2026-Q1, 2026-03, 2026-03-01..2026-04-15",
        "écrivez une année, un trimestre, un mois ou deux jours : 2026, 2026-T1, 2026-03, 2026-03-01..2026-04-15",
    ),
)
CAMPAIGN_NOT_CHOSEN = Code(
    "XK704",
    Severity.ERROR,
    Text(
        "there are several campaigns, and the settings choose none",
        "il y a plusieurs campagnes, et les paramètres n’en choisissent aucune",
    ),
    Text(
        "choose one under “Campaign” in Settings, or report on all campaigns",
        "choisissez-en une sous « Campagne » dans Paramètres, ou demandez toutes les campagnes",
    ),
)
EXCEL_ERROR = Code(
    "XK706",
    Severity.ERROR,
    Text("Excel answered with an error", "Excel a répondu par une erreur"),
    Text(
        "leave the cell you are typing in, close dialogs, and press again",
        "quittez la cellule en cours de saisie, fermez les boîtes de dialogue et recommencez",
    ),
)
READ_ONLY = Code(
    "XK707",
    Severity.WARNING,
    Text("this workbook is open read-only", "ce classeur est ouvert en lecture seule"),
    Text("save it under another name", "enregistrez-le sous un autre nom"),
)
BUG = Code(
    "XK900",
    Severity.ERROR,
    Text("this is a bug in xlkpi, not your mistake", "c’est un bogue de xlkpi, pas votre faute"),
    Text(
        "run again with XLKPI_DEBUG=1 and send us what it says",
        "relancez avec XLKPI_DEBUG=1 et envoyez-nous ce qui s’affiche",
    ),
)
PYTHON_NOT_REACHED = Code(
    "XK901",
    Severity.ERROR,
    Text("Excel cannot reach xlkpi’s Python", "Excel ne peut joindre le Python d’xlkpi"),
    Text(
        "quit Excel, run “xlkpi install” in a terminal, then “xlkpi doctor”",
        "quittez Excel, lancez « xlkpi install » dans un terminal, puis « xlkpi doctor »",
    ),
)
PYTHON_STOPPED = Code(
    "XK902",
    Severity.ERROR,
    Text("Python stopped during the work", "Python s’est arrêté pendant le travail"),
    Text(
        "look whether the result is complete, and press the button again",
        "regardez si le résultat est complet, et appuyez de nouveau sur le bouton",
    ),
)
SCRIPT_NOT_FOUND = Code(
    "XK903",
    Severity.ERROR,
    Text("Excel does not find xlkpi.applescript", "Excel ne trouve pas xlkpi.applescript"),
    Text(
        "quit Excel and run “xlkpi install” in a terminal",
        "quittez Excel et lancez « xlkpi install » dans un terminal",
    ),
)
SETTINGS_SHEET = Code(
    "XK904",
    Severity.ERROR,
    Text(
        "a sheet of this name holds settings or code for other programs",
        "une feuille de ce nom contient des réglages ou du code pour d’autres programmes",
    ),
    Text(
        "delete the sheet, or ask the sender what it is for",
        "supprimez la feuille, ou demandez à l’expéditeur à quoi elle sert",
    ),
)
PYTHON_ERROR = Code(
    "XK905",
    Severity.ERROR,
    Text("xlkpi’s Python answered with an error", "le Python d’xlkpi a répondu par une erreur"),
    Text(
        "run “xlkpi doctor” in a terminal and tell us what it says",
        "lancez « xlkpi doctor » dans un terminal et dites-nous ce qu’il affiche",
    ),
)
NOT_OPENED = Code(
    "XK906",
    Severity.ERROR,
    Text(
        "the campaign was written, but Excel could not open it",
        "la campagne a été écrite, mais Excel n’a pu l’ouvrir",
    ),
    Text("open it yourself", "ouvrez-la vous-même"),
)
NO_WORKBOOK = Code(
    "XK907",
    Severity.ERROR,
    Text("no workbook is open for editing", "aucun classeur n’est ouvert en modification"),
    Text(
        "open your campaign workbook (in Protected View, click “Enable Editing” first), then press again",
        "ouvrez votre classeur (en mode protégé, cliquez d’abord sur « Activer la modification »), puis recommencez",
    ),
)
NO_PYOPENVBA = Code(
    "XK908",
    Severity.ERROR,
    Text("pyOpenVBA is not installed", "pyOpenVBA n’est pas installé"),
    Text("run: python -m pip install pyopenvba", "lancez : python -m pip install pyopenvba"),
)
