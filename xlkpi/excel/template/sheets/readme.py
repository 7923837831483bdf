"""The README sheet: five steps, what the colours mean, where the reference values come from."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlkpi.core.texts import Text
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.template.tables import write_table
from xlkpi.excel.workbook import contract
from xlkpi.excel.workbook.contract import Sheet
from xlkpi.excel.workbook.palette import (
    BAND,
    COMPUTED_INK,
    MARK_BORDER,
    MARK_FILL,
    MARK_INK,
    MET,
    MISSED,
    RULE,
    WATCH,
    VerdictColours,
)
from xlkpi.excel.workbook.references import REFERENCE_DATE

_TITLE = Text("Influence campaign KPIs", "KPI de campagnes d’influence")
_PURPOSE = Text(
    "Objectives and posts go in, a KPI report comes out. Only Objectives and Posts must be filled.",
    "Vous saisissez objectifs et posts, le rapport KPI se remplit. Seuls Objectifs et Posts sont obligatoires.",
)
_STEPS: tuple[tuple[Text, Sheet], ...] = (
    (
        Text(
            "Set the currency and what to report on (or keep what stands there).",
            "Choisissez la devise et ce que couvre le rapport (ou gardez ce qui est prévu).",
        ),
        contract.SETTINGS,
    ),
    (
        Text(
            "Name the campaign with its dates and budget, then give each objective a KPI and a target: five to "
            "seven in all.",
            "Nommez la campagne, ses dates et son budget, puis donnez à chaque objectif un KPI et une cible : "
            "cinq à sept en tout.",
        ),
        contract.OBJECTIVES,
    ),
    (
        Text(
            "Enter the posts, one row each, or paste them from an export. Leave a cell empty when you do not "
            "know: empty is not zero.",
            "Saisissez les posts, un par ligne, ou collez-les depuis un export. Laissez vide ce que vous ignorez : "
            "vide n’est pas zéro.",
        ),
        contract.POSTS,
    ),
    (
        Text(
            "Press “Generate report” on the “Influence KPI” tab. Without the add-in: save, then on the command line "
            "xlkpi report file.xlsx",
            "Cliquez sur « Générer le rapport » dans l’onglet « KPI d’influence ». Sans le complément : enregistrez, "
            "puis en ligne de commande xlkpi report fichier.xlsx",
        ),
        contract.REPORT,
    ),
    (
        Text(
            "Read the checks, write your comments beside the KPIs: they stay at every refresh.",
            "Lisez les contrôles, écrivez vos commentaires à côté des KPI : ils restent à chaque mise à jour.",
        ),
        contract.CHECKS,
    ),
)
_COLOURS = Text("Colours", "Couleurs")
_YOURS = Text("You fill these cells.", "Vous remplissez ces cellules.")
_OURS = Text("Computed: do not type here.", "Calculé : ne pas saisir.")
_MET = Text(
    "▲ Met: the target is reached, in the direction that is good for this KPI.",
    "▲ Atteint : la cible est atteinte, dans le sens favorable à ce KPI.",
)
_WATCH = Text(
    "● To watch: short of the target, within the tolerance.",
    "● À surveiller : sous la cible, dans la tolérance.",
)
_MISSED = Text(
    "▼ Behind: short of the target by more than the tolerance.",
    "▼ En retard : sous la cible de plus que la tolérance.",
)
_MARKED = Text(
    "Worth a look: a line of Checks is about this cell.",
    "À regarder : une ligne de Contrôles porte sur cette cellule.",
)
_REFERENCES = Text(
    f"Reference values last looked up on {REFERENCE_DATE:%Y-%m-%d}; each has its own source and date on "
    "the References sheet.",
    f"Valeurs de référence vérifiées le {REFERENCE_DATE:%d/%m/%Y} ; chacune a sa source et sa date dans "
    "la feuille Références.",
)
_PROTECTED = Text(
    "Sheets with formulas or texts of ours are protected without a password: Review > Unprotect Sheet.",
    "Les feuilles de formules ou de textes sont protégées sans mot de passe : Révision > Ôter la "
    "protection.",
)


def draw_readme(b: Builder, sheet: Worksheet) -> None:
    b.say(sheet, 0, 0, _TITLE, bold=True, font_size=20, font_color=BAND)
    b.say(sheet, 1, 0, _PURPOSE, font_size=12)
    sheet.set_row(0, 34)
    row = _legend(b, sheet, _steps(b, sheet) + 2)
    _about(b, sheet, row + 2)
    sheet.protect()


def _steps(b: Builder, sheet: Worksheet) -> int:
    """The steps, each with the sheet that it is done on; the last row."""
    records = [
        {"step": str(i), "what": b.t(what), "where": b.name(where)}
        for i, (what, where) in enumerate(_STEPS, start=1)
    ]
    count = write_table(
        b, sheet, contract.README, records, row0=3, plain=True, freeze=0, autofilter=False
    )
    for r in range(4, 4 + count):
        sheet.set_row(r, 34)
    return 3 + count


def _legend(b: Builder, sheet: Worksheet, row: int) -> int:
    """What each colour means; the last row."""
    b.say(sheet, row, 0, _COLOURS, bold=True, font_size=13, font_color=BAND)
    what = contract.README.columns[1]
    legend = (
        (b.cell(what), _YOURS),
        (b.cell(what, True), _OURS),
        (_verdict(b, MET), _MET),
        (_verdict(b, WATCH), _WATCH),
        (_verdict(b, MISSED), _MISSED),
        (b.f(bg_color=MARK_FILL, font_color=MARK_INK, border=1, border_color=MARK_BORDER), _MARKED),
    )
    for look, text in legend:
        row += 1
        sheet.write_blank(row, 0, None, look)
        sheet.write_string(row, 1, b.t(text))
    return row


def _verdict(b: Builder, colours: VerdictColours) -> Format:
    return b.f(bg_color=colours.fill, font_color=colours.text, border=1, border_color=RULE)


def _about(b: Builder, sheet: Worksheet, row: int) -> None:
    made: dict[str, Any] = {"v": version("xlkpi")}
    maker = Text("Workbook made by xlkpi {v}.", "Classeur produit par xlkpi {v}.").format(**made)
    for text in (maker, *b.about_edition(), _REFERENCES, _PROTECTED):
        b.say(sheet, row, 0, text, font_color=COMPUTED_INK)
        row += 1
