"""Builds the campaign workbook, empty or with a worked example, in French or English.

The same input gives the same bytes: the committed ``workbook_template.xlsx`` is held equal to a fresh build.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue, wording
from xlkpi.core.assemble import STALE_MONTHS
from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.kpi import Better, Stage
from xlkpi.core.texts import Language, Text
from xlkpi.excel.report import parts as render_parts
from xlkpi.excel.report import results as render
from xlkpi.excel.workbook import contract, layout
from xlkpi.excel.workbook.contract import Column, Edition, Kind, Setting, Sheet
from xlkpi.excel.workbook.references import REFERENCE_DATE, REFERENCES, Reference

BLANK_ROWS = 20  # ready-made rows of an empty table; Excel adds more as one types
_VALIDATED = 5_000  # rows that carry validation from the start; it follows the table beyond
_FONT = "Calibri"

# Colours: measured pairs for colour-blind readers (deuteranopia ΔE 27 for the fills, 108 for the bars).
INK, PAPER, BAND, RULE, SOFT = "1F2A37", "FFFFFF", "16324F", "D5DCE4", "F3F6F9"
INPUT_FILL, INPUT_INK = "FFF9E8", "3F3F76"
MET_FILL, MET_INK, MET_BAR = "CFE8F7", "004B76", "0072B2"
MISS_FILL, MISS_INK, MISS_BAR = "FCE0C8", "8A3B00", "D55E00"
WATCH_FILL, WATCH_INK, WATCH_BAR = "EDEDED", "404040", "7A8794"
GREEN_FILL, GREEN_INK, RED_FILL, RED_INK = "C6EFCE", "006100", "FFC7CE", "9C0006"
YELLOW_FILL, YELLOW_INK = "FFEB9C", "9C5700"
# A cell that Checks points at: violet on the cream of input cells (deuteranopia ΔE 35, protanopia 37), with a border
# for those who see no colour.
MARK_FILL, MARK_INK, MARK_BORDER = "D3BFF0", "3D1E6D", "6B3FA0"
_LINK_INK = "0B5CAD"

Records = Sequence[dict[str, Any]]


class Sample:
    """Rows for a worked example, by column id; the empty template has none."""

    def __init__(self, settings: dict[str, Any] | None = None, **tables: Records) -> None:
        self.settings = settings or {}
        self.campaigns: Records = tables.get("campaigns", ())
        self.objectives: Records = tables.get("objectives", ())
        self.influencers: Records = tables.get("influencers", ())
        self.posts: Records = tables.get("posts", ())
        self.reviews: Records = tables.get("reviews", ())
        self.audience: Records = tables.get("audience", ())
        self.references: Records = tables.get(
            "references", ()
        )  # in place of, or after, those that are shipped


def build(language: Language, sample: Sample | None = None, edition: Edition = "addin") -> bytes:
    """The workbook as a file's bytes; the edition ``lambda`` brings its own cell functions."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    # No recalculation on opening: without the add-in it would turn every KPI function into #NAME?.
    book.calc_on_load = False
    book.calc_id = 191029
    book.set_properties(
        {
            "title": Text(
                "Influence campaign KPI workbook", "Classeur KPI de campagne d’influence"
            ).in_(language),
            "author": "xlkpi",
            "comments": f"xlkpi {version('xlkpi')}",
            "created": datetime(2026, 1, 1),
        }
    )
    if edition == "addin":
        _Builder(book, language, sample or Sample()).run()
        book.close()
        return buffer.getvalue()
    from xlkpi.excel.template.lambdabook import LambdaBuilder, finish

    LambdaBuilder(book, language, sample or Sample()).run()
    book.close()
    return finish(buffer.getvalue(), language)


class _Builder:
    def __init__(self, book: Workbook, language: Language, sample: Sample) -> None:
        self.book, self.language, self.sample = book, language, sample
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.currency = str(sample.settings.get("currency", "EUR"))

    def t(self, text: Text) -> str:
        return text.in_(self.language)

    def name(self, sheet: Sheet) -> str:
        return self.t(sheet.label)

    def table_name(self, sheet: Sheet) -> str:
        return self.name(sheet).replace("-", "_")

    def f(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(
                {
                    "font_name": _FONT,
                    "font_size": 11,
                    "font_color": INK,
                    "valign": "vcenter",
                    **properties,
                }
            )
        return self._formats[key]

    def run(self) -> None:
        sheets = {s.id: self.book.add_worksheet(self.name(s)) for s in contract.SHEETS}
        lists = self.book.add_worksheet("Lists" if self.language == "en" else "Listes")
        for sheet in sheets.values():
            sheet.hide_gridlines(2)
            sheet.set_paper(9)
            sheet.set_margins(0.4, 0.4, 0.5, 0.6)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&L&9&A&C&9&F&R&9&P / &N")
        self._lists(lists)
        self._readme(sheets["readme"])
        self._settings(sheets["settings"])
        self._campaigns(sheets["campaigns"])
        self._objectives(sheets["objectives"])
        self._influencers(sheets["influencers"])
        self._posts(sheets["posts"])
        self._reviews(sheets["reviews"])
        self._audience(sheets["audience"])
        self._references(sheets["references"])
        for spec in _MARKED:
            self._highlight(sheets[spec.id], spec)
        self._dictionary(sheets["kpi"])
        self._report(sheets)
        self._checks(sheets["checks"])
        self.cell_functions(lists)
        lists.hide()
        for id, colour in (
            ("readme", BAND),
            *((id, MET_BAR) for id in layout.SHEET_BLOCKS),
            ("objectives", "E0A100"),
            ("posts", "E0A100"),
        ):
            sheets[id].set_tab_color(colour)
        sheets["report" if self.sample.posts else "readme"].activate()

    # -- shared pieces -------------------------------------------------------------------------

    def header(self) -> Format:
        return self.f(
            bold=True, font_color=PAPER, bg_color=BAND, text_wrap=True, border=1, border_color=BAND
        )

    def cell(self, column: Column, computed: bool = False, **more: Any) -> Format:
        """The one look of an input cell, and the one of a computed cell, with the column's number format."""
        formats = {
            Kind.ID: "@",
            Kind.TEXT: "@",
            Kind.DATE: "dd/mm/yyyy",
            Kind.COUNT: "#,##0",
            Kind.MONEY: render_parts.money_format(self.currency, self.language, 2),
            Kind.PERCENT: "0.0%",
            Kind.SCORE: "0.0",
        }
        look = {"border": 1, "border_color": RULE, **more}
        if column.kind in formats and "num_format" not in more:
            look["num_format"] = formats[column.kind]
        if column.kind in (Kind.TEXT, Kind.CHOICE, Kind.ID, Kind.FLAG) or column.id in (
            "tier",
            "age",
        ):
            look["indent"] = 1
        if computed:
            return self.f(bg_color=SOFT, font_color="4A5568", italic=True, **look)
        return self.f(bg_color=INPUT_FILL, font_color=INPUT_INK, locked=False, **look)

    def table(
        self,
        sheet: Worksheet,
        spec: Sheet,
        records: Records,
        formulas: dict[str, str] | None = None,
        cached: dict[str, list[Any]] | None = None,
        rows: int | None = None,
        row0: int = 0,
        freeze: int = 1,
        plain: bool = False,
        autofilter: bool = True,
    ) -> int:
        """Write a table with its header at ``row0``; returns the number of body rows."""
        formulas, cached = formulas or {}, cached or {}
        count = max(len(records), rows or 0, 1)
        columns = []
        for c, column in enumerate(spec.columns):
            computed = column.id in formulas
            look = (
                self.f(text_wrap=True, valign="vcenter", border=1, border_color=RULE)
                if plain
                else None
            )
            look = look or self._body(spec, column, computed)
            entry: dict[str, Any] = {
                "header": self.t(column.label),
                "header_format": self.header(),
                "format": look,
            }
            if computed:
                entry["formula"] = formulas[column.id]
            columns.append(entry)
            sheet.set_column(c, c, column.width)
        sheet.add_table(
            row0,
            0,
            row0 + count,
            len(spec.columns) - 1,
            {
                "name": self.table_name(spec),
                "style": None,
                "columns": columns,
                "autofilter": autofilter,
            },
        )
        for r in range(count):
            record = records[r] if r < len(records) else {}
            for c, column in enumerate(spec.columns):
                look = columns[c]["format"]
                if column.id in formulas:
                    value = (
                        cached.get(column.id, [])[r] if r < len(cached.get(column.id, [])) else ""
                    )
                    self.formula(sheet, row0 + 1 + r, c, columns[c]["formula"], look, value)
                else:
                    self.write(sheet, row0 + 1 + r, c, record.get(column.id), look)
        sheet.set_row(row0, 32)
        sheet.freeze_panes(row0 + 1, freeze)
        sheet.repeat_rows(row0)
        return count

    def formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, look: Format, value: Any
    ) -> None:
        sheet.write_formula(row, column, formula, look, value)

    def cell_functions(self, lists: Worksheet) -> None:
        """Names that bring cell functions with them; none where the add-in has the functions."""

    def about_edition(self) -> tuple[Text, ...]:
        """What the README sheet says about where the cell functions come from."""
        return ()

    def _body(self, spec: Sheet, column: Column, computed: bool) -> Format:
        formats = {
            "engagement_rate": "0.0%",
            "roi": "0.0%",
            "emv": render_parts.money_format(self.currency, self.language),
        }
        if computed:
            return self.cell(column, True, num_format=formats.get(column.id, "General"))
        return self.cell(column)

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, look)
        else:
            sheet.write_number(row, column, value, look)

    def this_row(self, spec: Sheet, *ids: str) -> str:
        """A structured reference to one column, or to a span of them, of the formula's own row."""
        columns = ":".join(f"[{self.t(spec.column(id).label)}]" for id in ids)
        return f"{self.table_name(spec)}[[#This Row],{columns}]"

    def validate(
        self, sheet: Worksheet, spec: Sheet, id: str, rule: dict[str, Any], message: Text
    ) -> None:
        c = next(i for i, column in enumerate(spec.columns) if column.id == id)
        label = self.t(spec.column(id).label)
        sheet.data_validation(
            1,
            c,
            _VALIDATED,
            c,
            {
                "input_title": label[:32],
                "input_message": self.t(message)[:255],
                "error_title": label[:32],
                "error_message": self.t(message)[:255],
                **rule,
            },
        )

    def pick(self, names: Sequence[str]) -> dict[str, Any]:
        """A drop-down that also accepts what is not on it."""
        return {"validate": "list", "source": list(names), "error_type": "information"}

    def from_name(self, name: str) -> dict[str, Any]:
        return {"validate": "list", "source": f"={name}", "error_type": "information"}

    def computed_guard(self, sheet: Worksheet, spec: Sheet, id: str) -> None:
        """Typing over a formula is refused.  (A protected sheet would not let the table grow.)"""
        self.validate(
            sheet,
            spec,
            id,
            {"validate": "custom", "value": "=FALSE", "show_input": False},
            Text(
                "This cell is computed: fill the columns it is made from.",
                "Cette cellule est calculée : remplissez les colonnes dont elle dépend.",
            ),
        )

    # -- sheets --------------------------------------------------------------------------------

    def _lists(self, sheet: Worksheet) -> None:
        """What the drop-downs offer: objective types, and for each the KPIs that suit it."""
        types = list(contract.OBJECTIVE_TYPES.items())
        depth = 0
        for c, (id, label) in enumerate(types, start=1):
            proposed = [self.t(k.label) for k in catalogue.KPIS if id in k.objectives]
            depth = max(depth, len(proposed))
            sheet.write_string(0, c, self.t(label))
            sheet.write_number(1, c, len(proposed))
            for r, name in enumerate(proposed, start=2):
                sheet.write_string(r, c, name)
        for r, kpi in enumerate(catalogue.KPIS):
            sheet.write_string(r, len(types) + 2, self.t(kpi.label))
        name, end = sheet.get_name(), xlsxwriter.utility.xl_col_to_name(len(types))
        column = xlsxwriter.utility.xl_col_to_name(len(types) + 2)
        self.book.define_name("objective_types", f"={name}!$B$1:${end}$1")
        self.book.define_name("kpi_counts", f"={name}!$B$2:${end}$2")
        self.book.define_name("kpi_lists", f"={name}!$B$3:${end}${2 + depth}")
        self.book.define_name("all_kpis", f"={name}!${column}$1:${column}${len(catalogue.KPIS)}")

    def _readme(self, sheet: Worksheet) -> None:
        spec = contract.README
        sheet.write_string(
            0,
            0,
            self.t(Text("Influence campaign KPIs", "KPI de campagnes d’influence")),
            self.f(bold=True, font_size=20, font_color=BAND),
        )
        sheet.write_string(
            1,
            0,
            self.t(
                Text(
                    "Objectives and posts go in, a KPI report comes out. Only Objectives and Posts must be filled.",
                    "Vous saisissez objectifs et posts, le rapport KPI se remplit. Seuls Objectifs et Posts sont obligatoires.",
                )
            ),
            self.f(font_size=12),
        )
        sheet.set_row(0, 34)
        steps = (
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
        records = [
            {"step": str(i), "what": self.t(what), "where": self.name(where)}
            for i, (what, where) in enumerate(steps, start=1)
        ]
        last = 3 + self.table(sheet, spec, records, row0=3, plain=True, freeze=0, autofilter=False)
        for r in range(4, last + 1):
            sheet.set_row(r, 34)
        row = last + 2
        sheet.write_string(
            row,
            0,
            self.t(Text("Colours", "Couleurs")),
            self.f(bold=True, font_size=13, font_color=BAND),
        )
        legend = (
            (
                self.cell(spec.columns[1]),
                Text("You fill these cells.", "Vous remplissez ces cellules."),
            ),
            (
                self.cell(spec.columns[1], True),
                Text("Computed: do not type here.", "Calculé : ne pas saisir."),
            ),
            (
                self.f(bg_color=MET_FILL, font_color=MET_INK, border=1, border_color=RULE),
                Text(
                    "▲ Met: the target is reached, in the direction that is good for this KPI.",
                    "▲ Atteint : la cible est atteinte, dans le sens favorable à ce KPI.",
                ),
            ),
            (
                self.f(bg_color=WATCH_FILL, font_color=WATCH_INK, border=1, border_color=RULE),
                Text(
                    "● To watch: short of the target, within the tolerance.",
                    "● À surveiller : sous la cible, dans la tolérance.",
                ),
            ),
            (
                self.f(bg_color=MISS_FILL, font_color=MISS_INK, border=1, border_color=RULE),
                Text(
                    "▼ Behind: short of the target by more than the tolerance.",
                    "▼ En retard : sous la cible de plus que la tolérance.",
                ),
            ),
            (
                self.f(bg_color=MARK_FILL, font_color=MARK_INK, border=1, border_color=MARK_BORDER),
                Text(
                    "Worth a look: a line of Checks is about this cell.",
                    "À regarder : une ligne de Contrôles porte sur cette cellule.",
                ),
            ),
        )
        for look, text in legend:
            row += 1
            sheet.write_blank(row, 0, None, look)
            sheet.write_string(row, 1, self.t(text))
        row += 2
        for text in (
            Text(
                f"Workbook made by xlkpi {version('xlkpi')}.",
                f"Classeur produit par xlkpi {version('xlkpi')}.",
            ),
            *self.about_edition(),
            Text(
                f"Reference values last looked up on {REFERENCE_DATE:%Y-%m-%d}; each has its own source and date on "
                "the References sheet.",
                f"Valeurs de référence vérifiées le {REFERENCE_DATE:%d/%m/%Y} ; chacune a sa source et sa date dans "
                "la feuille Références.",
            ),
            Text(
                "Sheets with formulas or texts of ours are protected without a password: Review > Unprotect Sheet.",
                "Les feuilles de formules ou de textes sont protégées sans mot de passe : Révision > Ôter la "
                "protection.",
            ),
        ):
            sheet.write_string(row, 0, self.t(text), self.f(font_color="4A5568"))
            row += 1
        sheet.protect()

    def _settings(self, sheet: Worksheet) -> None:
        spec = contract.SETTINGS
        rows = contract.SETTING_ROWS
        records = [{"setting": self.t(s.label), "explanation": self.t(s.explanation)} for s in rows]
        self.table(sheet, spec, records, plain=True, autofilter=False)
        for r, setting in enumerate(rows, start=1):
            self._setting(sheet, r, setting)
            self.book.define_name(f"setting_{setting.id}", f"='{self.name(spec)}'!$B${r + 1}")
            sheet.set_row(r, 20)
        self._helpers(sheet, len(rows) + 3)
        sheet.protect()

    def _setting(self, sheet: Worksheet, row: int, setting: Setting) -> None:
        value = self.sample.settings.get(
            setting.id, self.language if setting.id == "language" else setting.default
        )
        look = self.cell(
            Column(setting.id, setting.label, setting.kind),
            num_format={Kind.PERCENT: "0%", Kind.DATE: "dd/mm/yyyy"}.get(setting.kind, "General"),
            align="left",
        )
        shown = self.t(setting.choices[value]) if setting.choices else value
        self.write(sheet, row, 1, shown, look)
        rule: dict[str, Any] = {
            "input_title": self.t(setting.label)[:32],
            "input_message": self.t(setting.explanation)[:255],
        }
        if setting.choices:
            names = list(dict.fromkeys(self.t(t) for t in setting.choices.values()))
            rule |= {
                "validate": "list",
                "source": names,
                "error_message": self.t(
                    Text("Pick a value from the list.", "Choisissez une valeur de la liste.")
                ),
            }
        elif setting.id == "campaign":
            rule |= self.from_name("campaign_list")
        elif setting.kind is Kind.DATE:
            rule |= {
                "validate": "date",
                "criteria": ">=",
                "value": date(2000, 1, 1),
                "error_message": self.t(Text("Type a date.", "Saisissez une date.")),
            }
        elif setting.kind is Kind.PERCENT:
            rule |= {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": 1,
                "error_message": self.t(
                    Text(
                        "Type a percentage from 0% to 100%.",
                        "Saisissez un pourcentage de 0 % à 100 %.",
                    )
                ),
            }
        else:
            rule |= {
                "validate": "length",
                "criteria": "between",
                "minimum": 3,
                "maximum": 3,
                "error_message": self.t(setting.explanation)[:255],
            }
        sheet.data_validation(row, 1, row, 1, rule)

    def _helpers(self, sheet: Worksheet, row: int) -> None:
        """Numbers that the Posts formulas need from the settings: interaction weights, column of the base."""
        grey = self.f(font_color="9AA5B1", font_size=9)
        sheet.write_string(
            row,
            0,
            self.t(Text("Used by the formulas of Posts", "Utilisé par les formules de Posts")),
            grey,
        )
        yes = self.t(contract.YES_NO["yes"])
        counted = [
            str(self.sample.settings.get(f"count_{c}", "yes")) == "yes"
            for c in contract.INTERACTIONS
        ]
        for i, id in enumerate(contract.INTERACTIONS):
            sheet.write_formula(
                row, 3 + i, f'=IF(setting_count_{id}="{yes}",1,0)', grey, int(counted[i])
            )
        bases = ("followers", "reach", "impressions", "views")
        names = ",".join(f'"{self.t(contract.DENOMINATORS[b])}"' for b in bases)
        base = str(self.sample.settings.get("denominator", "reach"))
        sheet.write_formula(
            row, 8, f"=MATCH(setting_denominator,{{{names}}},0)", grey, bases.index(base) + 1
        )
        where = f"'{self.name(contract.SETTINGS)}'"
        self.book.define_name("interaction_weights", f"={where}!$D${row + 1}:$H${row + 1}")
        self.book.define_name("engagement_base", f"={where}!$I${row + 1}")

    def _campaigns(self, sheet: Worksheet) -> None:
        spec = _with_extras(contract.CAMPAIGNS, self.sample.campaigns)
        self.table(sheet, spec, self.sample.campaigns, rows=5)
        self.book.define_name(
            "campaign_list", f"={self.table_name(spec)}[{self.t(spec.columns[0].label)}]"
        )
        self.validate(
            sheet,
            spec,
            "objective_type",
            self.from_name("objective_types"),
            Text(
                "What the campaign is for; it decides which KPIs are proposed.",
                "Le but de la campagne ; il détermine les KPI proposés.",
            ),
        )
        self.validate(
            sheet,
            spec,
            "status",
            self.pick([self.t(s) for s in contract.STATUSES.values()]),
            Text("Where the campaign stands.", "Où en est la campagne."),
        )
        self._dates(sheet, spec, "start", "end")
        for id in ("budget", "target_audience", "baseline_sales"):
            self._amount(sheet, spec, id)

    def _objectives(self, sheet: Worksheet) -> None:
        spec = contract.OBJECTIVES
        self.table(sheet, spec, self.sample.objectives, rows=10)
        for r, record in enumerate(self.sample.objectives, start=1):
            kpi = catalogue.find(record["kpi"])
            if kpi is not None:
                code = render_parts.number_format(
                    kpi.unit, record["target"], self.currency, self.language
                )
                self.write(
                    sheet, r, 3, record["target"], self.cell(spec.column("target"), num_format=code)
                )
        self.validate(sheet, spec, "campaign", self.from_name("campaign_list"), _CAMPAIGN_HELP)
        self.validate(
            sheet,
            spec,
            "objective",
            self.from_name("objective_types"),
            Text(
                "Choose the objective first: the KPI list then proposes what measures it.",
                "Choisissez d’abord l’objectif : la liste des KPI propose alors ce qui le mesure.",
            ),
        )
        at = "MATCH($B2,objective_types,0)"
        self.validate(
            sheet,
            spec,
            "kpi",
            {
                "validate": "list",
                "error_type": "information",
                "source": f'=IF($B2="",all_kpis,INDEX(kpi_lists,1,{at}):INDEX(kpi_lists,INDEX(kpi_counts,{at}),{at}))',
            },
            Text(
                "A KPI of the list; its name in French or English, its id or its Excel function also work.",
                "Un KPI de la liste ; son nom en français ou en anglais, son id ou sa fonction Excel marchent aussi.",
            ),
        )
        self.validate(
            sheet,
            spec,
            "target",
            {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15},
            Text(
                "The figure to reach. For a rate type it with %: 3.5%.",
                "Le chiffre à atteindre. Pour un taux, saisissez le % : 3,5 %.",
            ),
        )
        self.validate(
            sheet,
            spec,
            "tolerance",
            {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
            Text(
                "Leave empty to use the tolerance of Settings.",
                "Laissez vide pour utiliser la tolérance des Paramètres.",
            ),
        )
        self._dates(sheet, spec, "review_date")

    def _influencers(self, sheet: Worksheet) -> None:
        spec = contract.INFLUENCERS
        followers = self.this_row(spec, "followers")
        formula = f'=IF({followers}="","",LOOKUP({followers},tier_bounds,tier_names))'
        tiers = [r for r in REFERENCES if r.kind == "tier"]

        def tier(count: Any) -> str:
            return (
                "" if not count else self.t([r.item for r in tiers if (r.value or 0) <= count][-1])
            )

        self.table(
            sheet,
            spec,
            self.sample.influencers,
            {"tier": formula},
            {"tier": [tier(r.get("followers")) for r in self.sample.influencers]},
            rows=10,
        )
        self.book.define_name(
            "influencer_list", f"={self.table_name(spec)}[{self.t(spec.columns[0].label)}]"
        )
        self.validate(sheet, spec, "network", self.pick(contract.NETWORKS), _NETWORK_HELP)
        self._amount(sheet, spec, "followers")
        self.computed_guard(sheet, spec, "tier")

    def _posts(self, sheet: Worksheet) -> None:
        spec = _with_extras(contract.POSTS, self.sample.posts)

        def span(first: str, last: str) -> str:
            return self.this_row(spec, first, last)

        def at(id: str) -> str:
            return self.this_row(spec, id)

        counted = span("likes", "clicks")
        empty = f'=IF(COUNT({span("followers", "clicks")})=0,"",'
        rates = "".join(f",{at(id)}" for id in ("impressions", "views", *contract.INTERACTIONS))
        formulas = {
            # No interaction known is not 0 interactions.
            "engagement_rate": f'{empty}ENGAGEMENT_RATE(IF(SUMPRODUCT(interaction_weights*({counted}<>""))=0,"",'
            f"SUMPRODUCT({counted},interaction_weights)),INDEX({span('followers', 'views')},"
            "engagement_base)))",
            "roi": f"{empty}ROI({at('revenue')},{at('cost')}))",
            "emv": f"{empty}EMV({at('network')},{at('format')}{rates},setting_emv_method,"
            f"reference_values,setting_currency))",
        }
        cached = self._cached(self.sample.posts)
        self.table(sheet, spec, self.sample.posts, formulas, cached, rows=BLANK_ROWS)
        self.validate(
            sheet,
            spec,
            "post_id",
            {"validate": "any"},
            Text(
                "The network’s id of the post, as text: long ids lose digits as numbers.",
                "L’identifiant du post sur le réseau, en texte : un long nombre y perd des chiffres.",
            ),
        )
        self.validate(sheet, spec, "campaign", self.from_name("campaign_list"), _CAMPAIGN_HELP)
        self.validate(
            sheet, spec, "influencer", self.from_name("influencer_list"), _INFLUENCER_HELP
        )
        self.validate(sheet, spec, "network", self.pick(contract.NETWORKS), _NETWORK_HELP)
        self.validate(
            sheet,
            spec,
            "format",
            self.pick([self.t(t) for t in contract.FORMATS.values()]),
            Text("Format of the post.", "Format du post."),
        )
        self._dates(sheet, spec, "date", "snapshot_date")
        for column in spec.columns:
            if column.kind in (Kind.COUNT, Kind.MONEY):
                self._amount(sheet, spec, column.id)
            elif column.kind is Kind.FLAG:
                self.validate(
                    sheet,
                    spec,
                    column.id,
                    self._yes_or_no(),
                    Text("Yes or No; empty if unknown.", "Oui ou Non ; vide si inconnu."),
                )
            elif column.kind is Kind.SCORE:
                self.validate(
                    sheet,
                    spec,
                    column.id,
                    _MARK,
                    Text(
                        "A mark from 1 to 5: brand fit, tone, story, creativity, re-use.",
                        "Une note de 1 à 5 : cohérence, ton, récit, créativité, réutilisation.",
                    ),
                )
            elif column.kind is Kind.COMPUTED:
                self.computed_guard(sheet, spec, column.id)
        sheet.fit_to_pages(3, 0)
        sheet.ignore_errors({"number_stored_as_text": f"A2:A{_VALIDATED}"})

    def _reviews(self, sheet: Worksheet) -> None:
        spec = contract.REVIEWS
        self.table(sheet, spec, self.sample.reviews, rows=10, freeze=2)
        self.validate(sheet, spec, "campaign", self.from_name("campaign_list"), _CAMPAIGN_HELP)
        self.validate(
            sheet, spec, "influencer", self.from_name("influencer_list"), _INFLUENCER_HELP
        )
        for criterion in CRITERIA:
            self.validate(sheet, spec, criterion.id, _MARK, _MARKS_OF[criterion.family])
        self.validate(
            sheet,
            spec,
            "rights",
            self._yes_or_no(),
            Text(
                "May the contents be used again, with the author’s permission?",
                "Les contenus peuvent-ils être réutilisés, avec l’accord de leur auteur ?",
            ),
        )
        self._dates(sheet, spec, "rights_until")
        sheet.fit_to_pages(1, 0)

    def _audience(self, sheet: Worksheet) -> None:
        spec = contract.AUDIENCE
        self.table(sheet, spec, self.sample.audience, rows=10)
        self.validate(
            sheet, spec, "influencer", self.from_name("influencer_list"), _INFLUENCER_HELP
        )
        self._dates(sheet, spec, "date")
        self.validate(
            sheet,
            spec,
            "dimension",
            self.pick([self.t(t) for t in contract.DIMENSIONS]),
            Text(
                "What the audience is cut by; the segments of one day add up to 100%.",
                "Ce qui découpe l’audience ; les segments d’un même jour font 100 %.",
            ),
        )
        self.validate(
            sheet,
            spec,
            "share",
            {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
            Text(
                "The segment’s share of the audience, with %: 35%.",
                "La part du segment dans l’audience, avec % : 35 %.",
            ),
        )
        self.validate(
            sheet,
            spec,
            "in_target",
            self._yes_or_no(),
            Text(
                "Is this segment whom you want to reach?",
                "Ce segment est-il celui que vous visez ?",
            ),
        )

    def _yes_or_no(self) -> dict[str, Any]:
        return {"validate": "list", "source": [self.t(t) for t in contract.YES_NO.values()]}

    def _cached(self, posts: Records) -> dict[str, list[Any]]:
        """Values of the computed columns, from the same core as the report."""
        if not posts:
            return {}
        from xlkpi.excel.reading.computed import computed_columns

        return computed_columns(posts, self.sample.settings)

    def _references(self, sheet: Worksheet) -> None:
        spec = contract.REFERENCES
        source = self.this_row(spec, "date")
        words = (
            Text("undated", "sans date"),
            Text("▼ older than 12 months", "▼ plus de 12 mois"),
            Text("● current", "● à jour"),
        )
        undated, stale, current = map(self.t, words)
        formula = (
            f'=IF({source}="","{undated}",IF(EDATE({source},{STALE_MONTHS})<TODAY(),'
            f'"{stale}","{current}"))'
        )

        def age(r: Reference) -> str:
            if r.date is None:
                return undated
            old = (
                REFERENCE_DATE.year - r.date.year
            ) * 12 + REFERENCE_DATE.month - r.date.month >= STALE_MONTHS
            return stale if old else current

        records = [
            {
                "kind": self.t(contract.REFERENCE_KINDS[r.kind]),
                "network": r.network,
                "item": self.t(r.item),
                "value": r.value,
                "unit": self.t(r.unit),
                "currency": r.currency,
                "source": r.source,
                "date": r.date,
                "note": self.t(r.note),
            }
            for r in REFERENCES
        ]
        records, ages = self._with_own(records, [age(r) for r in REFERENCES], current)
        self.table(sheet, spec, records, {"age": formula}, {"age": ages}, freeze=3)
        value = next(i for i, c in enumerate(spec.columns) if c.id == "value")
        for r, reference in enumerate(REFERENCES, start=1):
            look = self.cell(spec.columns[value], num_format=reference.number_format)
            self.write(sheet, r, value, records[r - 1]["value"], look)
        tiers = [i for i, r in enumerate(REFERENCES, start=2) if r.kind == "tier"]
        name = f"'{self.name(spec)}'"
        # Without the Freshness column: it holds TODAY(), and whatever depends on that is recalculated on opening,
        # which would turn EMV into #NAME? where the add-in is missing.
        first, last = self.t(spec.columns[0].label), self.t(spec.column("date").label)
        self.book.define_name("reference_values", f"={self.table_name(spec)}[[{first}]:[{last}]]")
        self.book.define_name("tier_names", f"={name}!$C${tiers[0]}:$C${tiers[-1]}")
        self.book.define_name("tier_bounds", f"={name}!$D${tiers[0]}:$D${tiers[-1]}")
        self.validate(
            sheet,
            spec,
            "kind",
            self.pick([self.t(t) for t in contract.REFERENCE_KINDS.values()]),
            Text("What the value is for.", "À quoi sert la valeur."),
        )
        self.computed_guard(sheet, spec, "age")
        age_column = [c.id for c in spec.columns].index("age")
        sheet.conditional_format(
            1,
            age_column,
            _VALIDATED,
            age_column,
            {
                "type": "text",
                "criteria": "begins with",
                "value": "▼",
                "format": self.book.add_format({"bg_color": MISS_FILL, "font_color": MISS_INK}),
            },
        )

    def _with_own(
        self, shipped: list[dict[str, Any]], ages: list[str], current: str
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """The example's own references take the place of shipped ones for the same use; the others follow."""

        def use(record: dict[str, Any]) -> tuple[Any, ...]:
            return tuple(record[id] for id in ("kind", "network", "item", "currency"))

        own = {use(record): record for record in self.sample.references}
        records = [own.pop(use(record), record) for record in shipped]
        ages = [
            current if new is not old else age
            for new, old, age in zip(records, shipped, ages, strict=True)
        ]
        return [*records, *own.values()], [*ages, *([current] * len(own))]

    def _dictionary(self, sheet: Worksheet) -> None:
        types = contract.OBJECTIVE_TYPES
        records = []
        for kpi in catalogue.KPIS:
            inputs = [
                self.t(catalogue.MEASURES[i].label) for i in kpi.inputs if i in catalogue.MEASURES
            ]
            records.append(
                {
                    "name": self.t(kpi.label),
                    "function": kpi.function,
                    "definition": self.t(kpi.help),
                    "formula": self.t(kpi.formula),
                    "inputs": ", ".join(inputs),
                    "unit": self.t(wording.UNIT_WORDS[kpi.unit]),
                    "direction": self.t(_DIRECTIONS[kpi.better]),
                    "stage": self.t(_STAGES[kpi.stage]),
                    "objective": ", ".join(self.t(types[o]) for o in kpi.objectives),
                    "why": self.t(kpi.why),
                    "how": self.t(kpi.how),
                    "source": kpi.source,
                }
            )
        count = self.table(sheet, contract.DICTIONARY, records, plain=True)
        for r in range(1, count + 1):
            sheet.set_row(r, 62)
        sheet.fit_to_pages(2, 0)
        row = count + 2
        sheet.write_string(
            row,
            0,
            self.t(Text("A good KPI is…", "Un bon KPI est…")),
            self.f(bold=True, font_color=BAND),
        )
        for text in _CRITERIA:
            row += 1
            sheet.write_string(row, 0, f"☐ {self.t(text)}")
        sheet.protect(
            "", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}
        )

    def _dates(self, sheet: Worksheet, spec: Sheet, *ids: str) -> None:
        for id in ids:
            self.validate(
                sheet,
                spec,
                id,
                {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)},
                Text("A date, such as 31/03/2026.", "Une date, par exemple 31/03/2026."),
            )

    def _amount(self, sheet: Worksheet, spec: Sheet, id: str) -> None:
        help = {
            "reach": Text(
                "People reached. Usually not above the impressions; empty if the network does not tell.",
                "Personnes touchées. En général pas plus que les impressions ; vide si non fourni.",
            ),
            "cost": Text(
                "Fee, gifts, production and boost of this post. 0 for a gifted collaboration; empty if unknown.",
                "Honoraires, cadeaux, production et sponsorisation. 0 pour une dotation ; vide si inconnu.",
            ),
        }.get(
            id,
            Text(
                "A figure of 0 or more; leave empty if unknown (empty is not 0).",
                "Un chiffre supérieur ou égal à 0 ; laissez vide si inconnu (vide n’est pas 0).",
            ),
        )
        self.validate(sheet, spec, id, {"validate": "decimal", "criteria": ">=", "value": 0}, help)

    # -- report and checks ---------------------------------------------------------------------

    def _report(self, sheets: dict[str, Worksheet]) -> None:
        from xlkpi.excel.template.actions import draw_actions
        from xlkpi.excel.template.analysis import draw_analysis
        from xlkpi.excel.template.context import draw_context
        from xlkpi.excel.template.dashboard import draw_dashboard
        from xlkpi.excel.template.report import draw_report

        draw_context(self, sheets["context"])
        draw_report(self, sheets["report"])
        draw_dashboard(self, sheets["dashboard"])
        draw_analysis(self, sheets["analysis"])
        draw_actions(self, sheets["actions"])

    def _checks(self, sheet: Worksheet) -> None:
        spec = contract.CHECKS
        blank = render.blank(self.language)
        for c, column in enumerate(spec.columns):
            sheet.set_column(c, c, column.width)
        sheet.write_string(
            0,
            0,
            str(blank.blocks["checks_title"][0][0]),
            self.f(bold=True, font_size=16, font_color=BAND),
        )
        sheet.write_blank(1, 0, None, self.f(font_size=12))
        sheet.merge_range(
            2,
            0,
            2,
            len(spec.columns) - 1,
            "",
            self.f(text_wrap=True, valign="top", font_color="4A5568"),
        )
        sheet.set_row(2, 32)
        look: dict[str, Any] = {
            "text_wrap": True,
            "valign": "top",
            "bottom": 1,
            "bottom_color": RULE,
        }
        bodies = [
            self.f(
                **look,
                **({"font_color": _LINK_INK, "underline": 1} if column.id == "place" else {}),
            )
            for column in spec.columns
        ]
        sheet.add_table(
            3,
            0,
            4,
            len(spec.columns) - 1,
            {
                "name": self.table_name(spec),
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": self.t(c.label), "header_format": self.header(), "format": body}
                    for c, body in zip(spec.columns, bodies, strict=True)
                ],
            },
        )
        for c, body in enumerate(bodies):
            sheet.write_blank(4, c, None, body)
        sheet.set_column("I:I", 24, None, {"hidden": True})
        sheet.write_string(
            "I4", str(blank.blocks["checks_cells"][0][0]), self.f(font_color="9AA5B1", font_size=9)
        )
        sheet.set_row(3, 22)
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        for name, ref in layout.CHECKS_BLOCKS.items():
            self.block_name(name, contract.CHECKS, ref)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _highlight(self, sheet: Worksheet, spec: Sheet) -> None:
        """One rule that marks the cells which Checks lists; deleting it, or the list, takes the marks off.

        It names the table by its id, so that a renamed sheet keeps its marks; the fills that a user gave to cells stay
        below it.  Excel looks at visible cells only, but LibreOffice at all of them, 25 µs each, whenever it opens the
        book: hence no more rows than those that are validated.
        """
        formula = f'=ISNUMBER(MATCH("{spec.id}!"&ADDRESS(ROW(),COLUMN(),4),checks_cells,0))'
        sheet.conditional_format(
            1,
            0,
            _VALIDATED,
            len(spec.columns) + _SPARE_COLUMNS - 1,
            {
                "type": "formula",
                "criteria": formula,
                "format": self.book.add_format(
                    {
                        "bg_color": MARK_FILL,
                        "font_color": MARK_INK,
                        "border": 1,
                        "border_color": MARK_BORDER,
                    }
                ),
            },
        )

    def block_name(self, name: str, spec: Sheet, ref: str) -> None:
        absolute = ":".join(f"${part[0]}${part[1:]}" for part in ref.split(":"))
        self.book.define_name(name, f"='{self.name(spec)}'!{absolute}")


def _with_extras(spec: Sheet, records: Records) -> Sheet:
    """The sheet with the columns that only some workbooks have, at its end, where the example fills them."""
    used = {id for record in records for id in record}
    return replace(spec, columns=(*spec.columns, *(c for c in spec.extra if c.id in used)))


#: Columns beside a table that are marked too: people add some of their own.
_SPARE_COLUMNS = 6
#: Sheets that people fill in.
_MARKED = (
    contract.SETTINGS,
    contract.CAMPAIGNS,
    contract.OBJECTIVES,
    contract.INFLUENCERS,
    contract.POSTS,
    contract.REVIEWS,
    contract.AUDIENCE,
    contract.REFERENCES,
)
_CAMPAIGN_HELP = Text("The campaign, as in Campaigns.", "La campagne, comme dans Campagnes.")
_INFLUENCER_HELP = Text(
    "The influencer, as in Influencers.", "L’influenceur, comme dans Influenceurs."
)
_MARK = {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 5}
_MARKS_OF = {
    "content": Text(
        "The contents, a mark from 1 (poor) to 5 (excellent); empty if not judged.",
        "Les contenus, une note de 1 (faible) à 5 (excellent) ; vide si non évalué.",
    ),
    "fit": Text(
        "The fit with the brand, a mark from 1 (poor) to 5 (excellent); empty if not judged.",
        "L’affinité avec la marque, une note de 1 (faible) à 5 (excellente) ; vide si non évalué.",
    ),
}
_NETWORK_HELP = Text(
    "The network; pick one so that names stay the same.",
    "Le réseau ; choisissez-le dans la liste pour garder les mêmes noms.",
)
_DIRECTIONS = {
    Better.HIGHER: Text("▲ higher", "▲ plus haut"),
    Better.LOWER: Text("▼ lower", "▼ plus bas"),
    Better.NEUTRAL: Text("– neutral", "– neutre"),
}
_STAGES = {
    Stage.VISIBILITY: Text("Visibility", "Visibilité"),
    Stage.ENGAGEMENT: Text("Engagement", "Engagement"),
    Stage.CONVERSION: Text("Conversion", "Conversion"),
    Stage.BUDGET: Text("Budget", "Budget"),
    Stage.BRAND: Text("Brand", "Image de marque"),
    Stage.OTHER: Text("Outside the funnel", "Hors tunnel"),
}
_CRITERIA = (
    Text("clear: everyone reads it the same way", "clair : tout le monde le lit de la même façon"),
    Text(
        "measurable and reliable: its data can be checked",
        "mesurable et fiable : ses données se vérifient",
    ),
    Text(
        "tied to an objective, with a target that is realistic",
        "lié à un objectif, avec une cible réaliste",
    ),
    Text(
        "actionable: you know what you would do if it moved",
        "activable : on sait quoi faire s’il bouge",
    ),
    Text(
        "few: five to seven for a report, three or four for a board",
        "peu nombreux : cinq à sept pour un rapport, trois ou quatre pour une direction",
    ),
    Text("reviewed every 6 to 12 months", "revu tous les 6 à 12 mois"),
)
