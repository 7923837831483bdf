"""A whole column of an export as numbers: which mark is the decimal one, its cells decide together."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlkpi.core.texts import Text
from xlkpi.intake.cells.numbers import (
    Cell,
    Meaning,
    Missing,
    WrittenNumber,
    reading,
    value,
    written,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of figures.  What is no number is None and listed in ``bad``; an empty cell is None and not listed."""

    values: list[float | None]
    bad: list[int]
    cleaned: int  # texts that were read although they are no plain digits: "1 234", "12k"
    decision: Text | None  # how ambiguous figures were read; None when nothing was ambiguous


def numbers(
    cells: Sequence[Cell],
    *,
    figure: bool = True,
    whole: bool = False,
    currency: str = "",
    language: str | None = None,
) -> Numbers:
    """A column as numbers.

    ``1,234`` alone is ambiguous.  In this order: a count is ``whole``, so its marks group thousands; another cell of
    the column shows the decimal mark (``12,5``, ``1.234,5``; not ``1.2K``, which is rounded); a ``figure`` (a count or
    an amount) has no three decimals; the ``language`` of the file writes it so; else as in English.  A figure in
    another ``currency``, and a percentage in a column of figures, is bad.  Never raises; nothing is imputed.

    >>> numbers(["1,234", "12,5"]).values, numbers(["1,234", "800"]).values
    ([1.234, 12.5], [1234.0, 800.0])
    >>> numbers(["1.2K", "8.500"]).values
    [1200.0, 8500.0]
    """
    column = _Figures(figure, whole, currency, language)
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            column.add_text(i, cell)
        elif isinstance(cell, float | int) and not isinstance(cell, bool) and math.isfinite(cell):
            column.values.append(float(cell))
        else:
            column.values.append(None)
            column.bad += [] if cell is None else [i]
    decision = column.decide() if column.open else None
    cleaned = column.cleaned + sum(column.values[i] is not None for i, _ in column.open)
    return Numbers(column.values, sorted(column.bad), cleaned, decision)


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    text: str
    found: WrittenNumber
    read: Meaning


@dataclass(slots=True)
class _Figures:
    """How one column writes its figures."""

    figure: bool
    whole: bool
    currency: str
    language: str | None
    values: list[float | None] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    cleaned: int = 0
    open: list[tuple[int, _Ambiguous]] = field(default_factory=list)  # what the others decide
    known: dict[str, float | _Ambiguous | None] = field(default_factory=lambda: {"": None})
    proofs: dict[str, str] = field(
        default_factory=dict
    )  # decimal mark → the first cell that shows it

    def add_text(self, i: int, cell: str) -> None:
        if cell.isdigit() and cell.isascii() and len(cell) <= 15:
            self.values.append(float(cell))
            return
        if cell not in self.known:
            self.known[cell] = self.read(cell)
        said = self.known[cell]
        if isinstance(said, _Ambiguous):
            self.open.append((i, said))
            self.values.append(None)
        elif said is not None and math.isnan(said):
            self.bad.append(i)
            self.values.append(None)
        else:
            self.values.append(said)
            self.cleaned += said is not None and not _is_plain(cell)

    def read(self, text: str) -> float | _Ambiguous | None:
        """The number, None for a blank, NaN for what is no number; an ambiguous figure waits for the others."""
        is_negative = text[0] == "-"
        read = reading(text[is_negative:]) if len(text) < 40 else None
        is_scaled = False
        if read and not read.mark:  # digits and marks alone: the usual case
            number: float | None = -float(read.plain) if is_negative else float(read.plain)
        else:
            found = written(text)
            if isinstance(found, Missing):
                return None
            is_scaled = found is not None and found.scale != 1
            read = reading(found.digits, is_scaled) if found else None
            if found is None or read is None:
                return math.nan
            number = self._value(found, read.plain)
            if read.mark and number is not None:
                return _Ambiguous(text, found, read)
        if number is None:
            return math.nan
        # 1.234.567 says that the point groups thousands; that a count beside it has three decimals it does not say.
        if read.decimal and not is_scaled and ("." in read.plain or not self.figure):
            self.proofs.setdefault(read.decimal, text)
        return number

    def _value(self, found: WrittenNumber, plain: str) -> float | None:
        return value(found, plain, figure=self.figure, currency=self.currency)

    def decide(self) -> Text:
        """Fill in the ambiguous figures, and say how they were read."""
        decimal, why = self._decimal_mark()
        for i, cell in self.open:
            if decimal is None:
                self.bad.append(i)
            else:
                plain = cell.read.other if cell.read.mark in decimal else cell.read.plain
                self.values[i] = self._value(cell.found, plain)
        first, example = self.open[0]
        return _told(example.text.strip(), self.values[first], len(self.open), why)

    def _decimal_mark(self) -> tuple[str | None, Text]:
        """Decimal marks of the column ("" when they are all thousands, None when it cannot be told), and why."""
        if self.whole:
            return "", _NO_DECIMALS
        if len(self.proofs) == 1:
            [(mark, proof)] = self.proofs.items()
            return mark, _AS_SHOWN.format(en=f'"{proof.strip()}"', fr=f"« {proof.strip()} »")
        if self.figure:
            return "", _NO_THREE_DECIMALS
        if self.language:
            return (".", _IN_ENGLISH) if self.language == "en" else (",", _COMMA_LANGUAGE)
        return (None, _BOTH_WAYS) if self.proofs else (".", _NOTHING_SAYS)


_NO_DECIMALS = Text("a count has no decimals", "un nombre entier n’a pas de décimales")
_AS_SHOWN = Text(
    "{en} in the same column shows which mark is the decimal one",
    "{fr} dans la même colonne montre quel est le séparateur décimal",
)
_NO_THREE_DECIMALS = Text(
    "counts and amounts have no three decimals", "un nombre ou un montant n’a pas trois décimales"
)
_IN_ENGLISH = Text("the file is in English", "le fichier est en anglais")
_COMMA_LANGUAGE = Text(
    "the language of the file has a decimal comma", "la langue du fichier a une virgule décimale"
)
_BOTH_WAYS = Text(
    "the column writes decimals both ways", "la colonne écrit les décimales des deux façons"
)
_NOTHING_SAYS = Text(
    "nothing in the column says otherwise", "rien dans la colonne n’indique le contraire"
)


def _told(shown: str, read: float | None, count: int, why: Text) -> Text:
    """How the ambiguous figures of a column were read, by the first of them."""
    if read is None:
        return Text(
            "{n} figure{n:|s} like {en} {n:was|were} left out: {why}",
            "{n} chiffre{n:|s} comme {fr} {n:a été exclu|ont été exclus} : {why}",
        ).format(n=count, en=f'"{shown}"', fr=f"« {shown} »", why=why)
    number = f"{read:.15g}"
    more = Text(f" ({count} figures like it)", f" ({count} chiffres de ce type)")
    return Text(
        "{en} was read as {value}{more}: {why}", "{fr} a été lu {valeur}{more} : {why}"
    ).format(
        en=f'"{shown}"',
        fr=f"« {shown} »",
        value=number,
        valeur=number.replace(".", ","),
        why=why,
        more=more if count > 1 else "",
    )


_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None
