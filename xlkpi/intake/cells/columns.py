"""What a whole column of an export says: numbers, dates and ids, decided by all its cells and not one by one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from xlkpi.core import codes
from xlkpi.core.texts import Text
from xlkpi.intake.cells.datecolumn import Dates, dates
from xlkpi.intake.cells.dates import MONTHS, unaccented
from xlkpi.intake.cells.idcolumn import Ids, ids
from xlkpi.intake.cells.numbers import (
    EXPONENT,
    Cell,
    Meaning,
    Missing,
    WrittenNumber,
    parse_number,
    reading,
    value,
    written,
)

__all__ = [
    "Cell",
    "Dates",
    "Ids",
    "Numbers",
    "dates",
    "excel_made_a_date",
    "explain",
    "ids",
    "numbers",
]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of figures.  What is no number is None and listed in ``bad``; an empty cell is None and not listed."""

    values: list[float | None]
    bad: list[int]
    cleaned: int  # texts that were read although they are no plain digits: "1 234", "12k"
    decision: Text | None  # how ambiguous figures were read; None when nothing was ambiguous


def numbers(
    cells: Sequence[Cell], *, figure: bool = True, currency: str = "", language: str | None = None
) -> Numbers:
    """A column as numbers.

    ``1,234`` alone is ambiguous.  In this order: another cell of the column shows the decimal mark (``12,5``,
    ``1.234,5``); a ``figure`` (a count or an amount) has no three decimals; the ``language`` of the file writes it so;
    else as in English.  A figure in another ``currency``, and a percentage in a column of figures, is bad.
    Never raises; nothing is imputed.

    >>> numbers(["1,234", "12,5"]).values, numbers(["1,234", "800"]).values
    ([1.234, 12.5], [1234.0, 800.0])
    """
    values: list[float | None] = [None] * len(cells)
    bad: list[int] = []
    cleaned = 0
    column = _Figures(figure, currency, language)
    known: dict[str, float | _Ambiguous | None] = {"": None}
    later: list[tuple[int, _Ambiguous]] = []
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell.isdigit() and cell.isascii() and len(cell) <= 15:
                values[i] = float(cell)
                continue
            if cell not in known:
                known[cell] = column.read(cell)
            said = known[cell]
            if isinstance(said, _Ambiguous):
                later.append((i, said))
            elif said is not None and math.isnan(said):
                bad.append(i)
            elif said is not None:
                values[i] = said
                cleaned += not _is_plain(cell)
        elif isinstance(cell, float | int) and not isinstance(cell, bool) and math.isfinite(cell):
            values[i] = float(cell)
        elif cell is not None:
            bad.append(i)
    decision = column.decide(later, values, bad) if later else None
    cleaned += sum(values[i] is not None for i, _ in later)
    return Numbers(values, sorted(bad) if later else bad, cleaned, decision)


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    text: str
    found: WrittenNumber
    read: Meaning


@dataclass(slots=True)
class _Figures:
    """How one column writes its figures."""

    figure: bool
    currency: str
    language: str | None
    proofs: dict[str, str] = field(
        default_factory=dict
    )  # decimal mark → the first cell that shows it

    def read(self, text: str) -> float | _Ambiguous | None:
        """The number, None for a blank, NaN for what is no number; an ambiguous figure waits for the others."""
        is_negative = text[0] == "-"
        read = reading(text[is_negative:]) if len(text) < 40 else None
        if read and not read.mark:  # digits and marks alone: the usual case
            number: float | None = -float(read.plain) if is_negative else float(read.plain)
        else:
            found = written(text)
            if isinstance(found, Missing):
                return None
            read = reading(found.digits, found.scale != 1) if found else None
            if found is None or read is None:
                return math.nan
            number = self._value(found, read.plain)
            if read.mark and number is not None:
                return _Ambiguous(text, found, read)
        if number is None:
            return math.nan
        # 1.234.567 says that the point groups thousands; that a count beside it has three decimals it does not say.
        if read.decimal and ("." in read.plain or not self.figure):
            self.proofs.setdefault(read.decimal, text)
        return number

    def _value(self, found: WrittenNumber, plain: str) -> float | None:
        return value(found, plain, figure=self.figure, currency=self.currency)

    def decide(
        self, later: Iterable[tuple[int, _Ambiguous]], values: list[float | None], bad: list[int]
    ) -> Text:
        """Fill in the ambiguous figures, and say how they were read."""
        decimal, why = self._decimal_mark()
        first, count = None, 0
        for i, cell in later:
            if decimal is None:
                bad.append(i)
            else:
                values[i] = self._value(
                    cell.found, cell.read.other if cell.read.mark in decimal else cell.read.plain
                )
            first, count = first or (cell, values[i]), count + 1
        assert first is not None
        shown = first[0].text.strip()
        if decimal is None:
            return Text(
                "{n} figure{n:|s} like {en} {n:was|were} left out: {why}",
                "{n} chiffre{n:|s} comme {fr} {n:a été exclu|ont été exclus} : {why}",
            ).format(n=count, en=f'"{shown}"', fr=f"« {shown} »", why=why)
        number = f"{first[1]:.15g}"
        return Text(
            "{en} was read as {value}{more}: {why}", "{fr} a été lu {valeur}{more} : {why}"
        ).format(
            en=f'"{shown}"',
            fr=f"« {shown} »",
            value=number,
            valeur=number.replace(".", ","),
            why=why,
            more=Text(f" ({count} figures like it)", f" ({count} chiffres de ce type)")
            if count > 1
            else "",
        )

    def _decimal_mark(self) -> tuple[str | None, Text]:
        """Decimal marks of the column ("" when they are all thousands, None when it cannot be told), and why."""
        if len(self.proofs) == 1:
            [(mark, proof)] = self.proofs.items()
            return mark, Text(
                "{en} in the same column shows which mark is the decimal one",
                "{fr} dans la même colonne montre quel est le séparateur décimal",
            ).format(en=f'"{proof.strip()}"', fr=f"« {proof.strip()} »")
        if self.figure:
            return "", Text(
                "counts and amounts have no three decimals",
                "un nombre ou un montant n’a pas trois décimales",
            )
        if self.language:
            return (
                (".", Text("the file is in English", "le fichier est en anglais"))
                if self.language == "en"
                else (
                    ",",
                    Text(
                        "the language of the file has a decimal comma",
                        "la langue du fichier a une virgule décimale",
                    ),
                )
            )
        if self.proofs:
            return None, Text(
                "the column writes decimals both ways",
                "la colonne écrit les décimales des deux façons",
            )
        return ".", Text(
            "nothing in the column says otherwise", "rien dans la colonne n’indique le contraire"
        )


_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None


_DAY_AND_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
_SHORT_DATE = re.compile(r"(\d{1,2}|[^\W\d_]{3,9}\.?)[-/. ]+(\d{2,4}|\d{1,2}|[^\W\d_]{3,9}\.?)\.?")


def excel_made_a_date(cell: Cell) -> bool:
    """Whether a cell that should hold a figure is what Excel makes of one: ``1.2`` became 2-Jan or 01/02/2026.

    It does so on opening a CSV whose decimal mark is not that of the computer; the figure cannot be had back.
    """
    if isinstance(cell, date):
        return True
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    text = cell.strip()
    if _DAY_AND_TIME.fullmatch(text):
        return parse_number(text) is None
    short = _SHORT_DATE.fullmatch(text)
    if not short:
        return False
    words = [unaccented(part.rstrip(".")) for part in short.groups()]
    return sum(w in MONTHS for w in words) == 1 and sum(w.isdigit() for w in words) == 1


def explain(cell: Cell, *, figure: bool = True, currency: str = "") -> tuple[Text, Text]:
    """Why a cell that ``numbers`` calls bad is no number, and what to do about it."""
    text = cell.strip() if isinstance(cell, str) else ""
    if excel_made_a_date(cell):
        return codes.FIGURE_BECAME_DATE.meaning, codes.FIGURE_BECAME_DATE.fix
    if EXPONENT.fullmatch(text):
        return (
            Text("Excel shortened this figure", "Excel a abrégé ce chiffre"),
            codes.FIGURE_BECAME_DATE.fix,
        )
    if text.startswith("#"):
        return codes.ERROR_IN_CELL.meaning, codes.ERROR_IN_CELL.fix
    found = written(text) if text else None
    if isinstance(found, WrittenNumber) and found.percent and figure:
        return (
            Text(
                "this is a percentage where a figure is wanted",
                "c’est un pourcentage et non un chiffre",
            ),
            Text("take the column with the figure itself", "prenez la colonne du chiffre lui-même"),
        )
    if (
        isinstance(found, WrittenNumber)
        and found.currencies
        and currency.casefold() not in found.currencies.split()
    ):
        return (
            Text("this amount is not in {currency}", "ce montant n’est pas en {currency}").format(
                currency=currency
            ),
            Text(
                "convert it, or leave the cell empty", "convertissez-le, ou laissez la cellule vide"
            ),
        )
    return codes.NOT_A_NUMBER.meaning, codes.NOT_A_NUMBER.fix
