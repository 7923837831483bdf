"""What the add-in's VBA and ribbon say, by key: the build puts it into the sheet "texts", because VBA stays ASCII."""

from __future__ import annotations

from dataclasses import dataclass

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.excel.functions.declared import FUNCTIONS


@dataclass(frozen=True, slots=True)
class Control:
    """A button or a menu of the ribbon: its label, and the headline and text of its tip."""

    id: str
    label: Text
    tip: Text
    help: Text


_TAB = {
    "xlkpiTab": Text("Influence KPI", "KPI d’influence"),
    "xlkpiCampaign": Text("Campaign", "Campagne"),
    "xlkpiReporting": Text("Report", "Rapport"),
    "xlkpiSupport": Text("Help", "Aide"),
}

_CONTROLS = (
    Control(
        "xlkpiNew",
        Text("New campaign", "Nouvelle campagne"),
        Text("New campaign", "Nouvelle campagne"),
        Text(
            "Makes a campaign workbook, asks where to save it, and opens it.",
            "Crée un classeur de campagne, demande où l’enregistrer et l’ouvre.",
        ),
    ),
    Control(
        "xlkpiNewEnglish",
        Text("In English", "En anglais"),
        Text("Empty, in English", "Vide, en anglais"),
        Text(
            "An empty campaign workbook whose sheets and report are in English.",
            "Un classeur de campagne vide, feuilles et rapport en anglais.",
        ),
    ),
    Control(
        "xlkpiNewFrench",
        Text("In French", "En français"),
        Text("Empty, in French", "Vide, en français"),
        Text(
            "An empty campaign workbook whose sheets and report are in French.",
            "Un classeur de campagne vide, feuilles et rapport en français.",
        ),
    ),
    Control(
        "xlkpiNewEnglishSample",
        Text("Example, in English", "Exemple, en anglais"),
        Text("Worked example, in English", "Exemple rempli, en anglais"),
        Text(
            "A campaign with its objectives, posts and report, to look around in.",
            "Une campagne avec ses objectifs, ses posts et son rapport, pour découvrir.",
        ),
    ),
    Control(
        "xlkpiNewFrenchSample",
        Text("Example, in French", "Exemple, en français"),
        Text("Worked example, in French", "Exemple rempli, en français"),
        Text(
            "A campaign in French with its objectives, posts and report, to look around in.",
            "Une campagne en français avec ses objectifs, ses posts et son rapport, pour découvrir.",
        ),
    ),
    Control(
        "xlkpiImport",
        Text("Import", "Importer"),
        Text("Import posts", "Importer des posts"),
        Text(
            "Brings exports of the networks, or tables of your own, into this campaign: CSV, Excel or ZIP, several at "
            "once.",
            "Ajoute à cette campagne des exports de réseaux ou vos propres tableaux : CSV, Excel ou ZIP, plusieurs à "
            "la fois.",
        ),
    ),
    Control(
        "xlkpiCheck",
        Text("Check data", "Contrôler les données"),
        Text("Check the data", "Contrôler les données"),
        Text(
            "Says everything that is doubtful in this workbook, with its cell and what to do.",
            "Dit tout ce qui est douteux dans ce classeur, avec la cellule et ce qu’il faut faire.",
        ),
    ),
    Control(
        "xlkpiReport",
        Text("Generate report", "Générer le rapport"),
        Text("Generate the report", "Générer le rapport"),
        Text(
            "Fills the Report and Checks sheets of this workbook, for what its settings choose. "
            "Your comments in the report stay.",
            "Remplit les feuilles Rapport et Contrôles de ce classeur, selon ses paramètres. Vos commentaires dans le "
            "rapport restent.",
        ),
    ),
    Control(
        "xlkpiReportMenu",
        Text("More reports", "Autres rapports"),
        Text("Choose the report", "Choisir le rapport"),
        Text("One campaign, all of them, or a period.", "Une campagne, toutes, ou une période."),
    ),
    Control(
        "xlkpiReportThis",
        Text("This campaign", "Cette campagne"),
        Text("This campaign", "Cette campagne"),
        Text(
            "The campaign that Settings name, or the only one there is.",
            "La campagne nommée dans Paramètres, ou la seule qu’il y a.",
        ),
    ),
    Control(
        "xlkpiReportAll",
        Text("All campaigns", "Toutes les campagnes"),
        Text("All campaigns", "Toutes les campagnes"),
        Text(
            "One report over every campaign of this workbook.",
            "Un seul rapport sur toutes les campagnes de ce classeur.",
        ),
    ),
    Control(
        "xlkpiReportPeriod",
        Text("A period…", "Une période…"),
        Text("A period", "Une période"),
        Text(
            "Posts count by their date: a year, a quarter, a month, or from one day to another.",
            "Les posts comptent selon leur date : une année, un trimestre, un mois, ou d’un jour à l’autre.",
        ),
    ),
    Control(
        "xlkpiPdf",
        Text("Export PDF", "Exporter en PDF"),
        Text("Export as PDF", "Exporter en PDF"),
        Text(
            "Writes the Report sheet as a PDF, ready to send.",
            "Écrit la feuille Rapport en PDF, prête à envoyer.",
        ),
    ),
    Control(
        "xlkpiHelp",
        Text("KPI help", "Aide KPI"),
        Text("What a KPI means", "Ce que signifie un KPI"),
        Text(
            "Explains the KPI of the selected cell: definition, formula, source, and how to read it.",
            "Explique le KPI de la cellule choisie : définition, formule, source et lecture.",
        ),
    ),
    Control(
        "xlkpiDoctor",
        Text("Set-up check", "Vérifier l’installation"),
        Text("Check the set-up", "Vérifier l’installation"),
        Text(
            "Examines Python, xlwings and this add-in; each line says what to do.",
            "Examine Python, xlwings et ce complément ; chaque ligne dit quoi faire.",
        ),
    ),
)

_STATUS = {
    "new": Text("making the campaign…", "création de la campagne…"),
    "import": Text("importing…", "importation…"),
    "check": Text("checking the data…", "contrôle des données…"),
    "report": Text("making the report…", "création du rapport…"),
    "pdf": Text("writing the PDF…", "écriture du PDF…"),
    "help": Text("looking up the KPI…", "recherche du KPI…"),
    "doctor": Text("examining the installation…", "examen de l’installation…"),
}

_ASKED = {
    "ask.sample": Text(
        "Start with a worked example?\n\nYes: a campaign with its posts and its report.\n"
        "No: an empty campaign.",
        "Commencer avec un exemple rempli ?\n\nOui : une campagne avec ses posts et son rapport.\n"
        "Non : une campagne vide.",
    ),
    "ask.new": Text("Save the new campaign", "Enregistrer la nouvelle campagne"),
    "ask.new.files": Text("Excel workbook", "Classeur Excel"),
    # The language of the workbook decides, not that of Excel.
    "ask.new.name.en": Text("campaign.xlsx", "campaign.xlsx"),
    "ask.new.name.fr": Text("campagne.xlsx", "campagne.xlsx"),
    "ask.import": Text("Choose the files to import", "Choisissez les fichiers à importer"),
    "ask.import.files": Text("Exports and tables", "Exports et tableaux"),
    "ask.pdf": Text("Save the report as PDF", "Enregistrer le rapport en PDF"),
    "ask.period": Text(
        "Which period? For example 2026, 2026-Q1, 2026-03 or 2026-03-05..2026-04-15",
        "Quelle période ? Par exemple 2026, 2026-T1, 2026-03 ou 2026-03-05..2026-04-15",
    ),
}

#: {detail} is what VBA knows more exactly: a file, a sheet, a reason.
_MESSAGES = {
    codes.PYTHON_NOT_REACHED: Text(
        "Excel cannot reach xlkpi’s Python: quit Excel, run “xlkpi install” in a terminal, then “xlkpi doctor”. "
        "[{code}]\n\n{detail}",
        "Excel ne peut joindre le Python d’xlkpi : quittez Excel, lancez « xlkpi install » dans un terminal, puis "
        "« xlkpi doctor ». [{code}]\n\n{detail}",
    ),
    codes.PYTHON_STOPPED: Text(
        "Python stopped during the work: look whether the result is complete, and press the button again. If it "
        "stops again, run “xlkpi doctor” in a terminal. [{code}]",
        "Python s’est arrêté pendant le travail : regardez si le résultat est complet et appuyez de nouveau sur "
        "le bouton. S’il s’arrête encore, lancez « xlkpi doctor » dans un terminal. [{code}]",
    ),
    codes.SCRIPT_NOT_FOUND: Text(
        "Excel does not find xlkpi.applescript: quit Excel and run “xlkpi install” in a terminal. [{code}]",
        "Excel ne trouve pas xlkpi.applescript : quittez Excel et lancez « xlkpi install » dans un terminal. "
        "[{code}]",
    ),
    codes.SETTINGS_SHEET: Text(
        "This workbook has a sheet “{detail}”, from which other tools take settings or run code, so xlkpi leaves the "
        "workbook alone. If the sheet is yours, rename it and press again; if not, ask who sent it. [{code}]",
        "Ce classeur a une feuille « {detail} », dont d’autres outils tirent des réglages ou du code : xlkpi n’y "
        "touche pas. Si la feuille est la vôtre, renommez-la et recommencez ; sinon, demandez à l’expéditeur. "
        "[{code}]",
    ),
    codes.PYTHON_ERROR: Text(
        "xlkpi’s Python answered with an error; run “xlkpi doctor” in a terminal and tell us what it says. "
        "[{code}]\n\n{detail}",
        "Le Python d’xlkpi a répondu par une erreur ; lancez « xlkpi doctor » dans un terminal et dites-nous ce "
        "qu’il affiche. [{code}]\n\n{detail}",
    ),
    codes.NOT_OPENED: Text(
        "The campaign was written, but Excel could not open it: open it yourself. [{code}]\n\n{detail}",
        "La campagne a été écrite, mais Excel n’a pu l’ouvrir : ouvrez-la vous-même. [{code}]\n\n{detail}",
    ),
    codes.NO_WORKBOOK: Text(
        "There is no workbook in front: open a campaign, or press New campaign. A workbook in Protected View "
        "must first be enabled for editing. [{code}]",
        "Aucun classeur n’est au premier plan : ouvrez une campagne ou cliquez sur Nouvelle campagne. Un classeur "
        "en mode protégé doit d’abord être activé pour modification. [{code}]",
    ),
}

#: Travels inside the file: the empty VBA project that the build starts from is pyOpenVBA's.
_NOTICE = """\
xlkpi: Copyright (c) 2026 The xlkpi authors. The empty VBA project: pyOpenVBA, Copyright (c) 2026 William Smith. Both:

MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the \
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit \
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def texts() -> dict[str, Text]:
    """Every text by its key: controls, messages, and the help of each function and argument for the wizard."""
    said = {"notice": Text(_NOTICE, _NOTICE), **_TAB}
    for control in _CONTROLS:
        said |= {
            control.id: control.label,
            f"{control.id}.tip": control.tip,
            f"{control.id}.help": control.help,
        }
    said |= {
        f"status.{action}": Text("xlkpi: {doing}", "xlkpi : {doing}").format(doing=doing)
        for action, doing in _STATUS.items()
    }
    said |= _ASKED | {
        f"message.{code}": text.format(code=code, detail="{0}") for code, text in _MESSAGES.items()
    }
    names = ",".join(function.name for function in FUNCTIONS)
    said["functions"] = Text(names, names)
    for function in FUNCTIONS:
        said[function.name] = function.help
        said |= {
            f"{function.name}.{n}": argument.help
            for n, argument in enumerate(function.arguments, 1)
        }
    return said
