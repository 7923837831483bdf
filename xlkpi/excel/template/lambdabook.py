"""Builds the workbook of the LAMBDA edition: the same sheets, with the cell functions as names in the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import quoteattr

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xlkpi.core import catalogue
from xlkpi.core.kpi import Better
from xlkpi.core.names import normalise
from xlkpi.core.texts import LANGUAGES, Language, Text
from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.template import lambdas
from xlkpi.excel.template.builder import Builder
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.references import REFERENCES

_ABOUT = (
    Text(
        "Edition without add-in: the KPI functions are LAMBDA names of this workbook (Formulas > Name Manager).",
        "Édition sans complément : les fonctions KPI sont des noms LAMBDA du classeur (Formules > Gestionnaire de noms).",
    ),
    Text(
        "It needs Excel 365, Excel 2024 or Excel for the web; LibreOffice shows errors in their place, in Posts only.",
        "Il faut Excel 365, Excel 2024 ou Excel pour le web ; LibreOffice affiche des erreurs à leur place, dans Posts.",
    ),
)


class LambdaBuilder(Builder):
    def cell_functions(self, lists: Worksheet) -> None:
        column = len(choices.OBJECTIVE_TYPES) + 4  # beside what the drop-downs offer
        for name, rows in tables().items():
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value != "" and value is not None:
                        lists.write(r, column + c, value)
            first, last = xl_col_to_name(column), xl_col_to_name(column + len(rows[0]) - 1)
            self.book.define_name(name, f"={lists.get_name()}!${first}$1:${last}${len(rows)}")
            column += len(rows[0]) + 1
        self.book.define_name(contract.EDITION_NAME, '="lambda"')
        for entry in lambdas.names():
            self.book.define_name(entry.name, f"={entry.stored}")

    def formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, look: Format, value: Any
    ) -> None:
        """Excel stores what calls a LAMBDA as a formula that may spill; stored plainly it would show an @."""
        if called(formula):
            sheet.write_dynamic_array_formula(row, column, row, column, formula, look, value)
        else:
            super().formula(sheet, row, column, formula, look, value)

    def about_edition(self) -> tuple[Text, ...]:
        return _ABOUT


_CALL = re.compile(rf"\b({'|'.join(f.name for f in FUNCTIONS)})\(")


def called(formula: str) -> bool:
    """Whether a cell's formula calls one of the names."""
    return bool(_CALL.search(formula))


# -- what the names look up, on the hidden sheet ---------------------------------------------------

_EVERYTHING = sorted(spellings.ALL_FORMATS)
_WAYS = {Better.HIGHER: 1, Better.LOWER: -1, Better.NEUTRAL: 0}


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Names → the rows that they cover."""
    return {
        **{name: list(_unlike(list_).items()) for name, list_ in words().items()},
        "kpi_table": [
            (int(k.unit.in_points), _WAYS[k.judged], *(k.label.in_(lang) for lang in LANGUAGES))
            for k in catalogue.KPIS
        ],
        "shipped_rates": [
            (r.kind, r.network, r.item.en, r.value, "", r.currency)
            for r in REFERENCES
            if r.kind in ("cpm", "interaction")
        ],
    }


def words() -> dict[str, dict[str, str | int]]:
    """Lists of words and what each stands for, by the same functions that read a workbook: IG is Instagram."""
    networks = _forms(*choices.NETWORKS, *spellings.NETWORKS)
    return {
        "words_kind": _choices(choices.REFERENCE_KINDS),
        "words_method": _choices(choices.EMV_METHODS),
        "words_language": {
            form: i
            for i, language in enumerate(LANGUAGES, start=1)
            for form in _forms(language, *choices.LANGUAGE_NAMES[language])
        },
        "words_network": {form: spellings.network(form) for form in networks},
        **_words_of_rates(),
        "words_kpi": {
            form: i
            for i, kpi in enumerate(catalogue.KPIS, start=1)
            for form in _forms(kpi.id, kpi.excel_name, *kpi.label, *kpi.aliases)
            if catalogue.find(form) is kpi
        },
    }


def _words_of_rates() -> dict[str, dict[str, str | int]]:
    """Formats and interactions, as they stand in Posts and in the rates of References."""
    measures = (*choices.INTERACTIONS, "views")
    formats = _forms(*(word for id, text in choices.FORMATS.items() for word in (id, *text)))
    items = _forms(
        *(word for id in measures for word in (id, *catalogue.MEASURES[id].label)),
        *spellings.SINGULAR,
    )
    return {
        "words_format": {form: spellings.format_name(form) for form in formats},
        "words_cpm": {form: spellings.rate_item("cpm", form) for form in (*formats, *_EVERYTHING)},
        "words_interaction": {
            form: meant
            for item in (*items, *_EVERYTHING)
            for form in (item, item.rstrip("s"))
            if (meant := spellings.rate_item("interaction", form)) in ("", *measures)
        },
    }


def _choices(offered: dict[str, Text]) -> dict[str, str | int]:
    return {form: id for id, text in offered.items() for form in _forms(id, *text)}


def _forms(*words: str) -> list[str]:
    """Each word as it is written and as it is folded."""
    return list(dict.fromkeys(form for word in words for form in (word, normalise(word))))


def _unlike(words: dict[str, str | int]) -> dict[str, str | int]:
    """Excel's search does not mind capitals: the first of two words that differ in nothing else is enough."""
    kept: dict[str, str | int] = {}
    for said, meant in words.items():
        kept.setdefault(said.casefold(), meant)
    return kept


# -- what XlsxWriter cannot say --------------------------------------------------------------------

#: A cached error of a formula that may spill: XlsxWriter calls it a text.
_ERROR = re.compile(rb't="str"(><f t="array"[^>]*>[^<]*</f><v>#)')
_COLUMN = re.compile(r"<calculatedColumnFormula>(?=([^<]*))")


def finish(book: bytes, language: Language) -> bytes:
    """Add the help of each name, and tell Excel that a table's column calls functions that may spill."""
    helps = {entry.name: entry.help.in_(language) for entry in lambdas.names()}
    done = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/workbook.xml":
                data = _with_help(data.decode(), helps).encode()
            elif part.filename.startswith("xl/tables/"):
                data = _COLUMN.sub(_as_array, data.decode()).encode()
            elif part.filename.startswith("xl/worksheets/sheet"):
                data = _ERROR.sub(rb't="e"\1', data)
            new.writestr(part, data)
    return done.getvalue()


def _as_array(column: re.Match[str]) -> str:
    return '<calculatedColumnFormula array="1">' if called(column[1]) else column[0]


def _with_help(workbook: str, helps: dict[str, str]) -> str:
    """Excel shows a name's comment while the function is typed."""
    return re.sub(
        r'<definedName name="(\w+)"',
        lambda name: (
            f"{name[0]} comment={quoteattr(helps[name[1]])}" if name[1] in helps else name[0]
        ),
        workbook,
    )
