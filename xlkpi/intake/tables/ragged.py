"""Rows that are shorter or longer than their header: filled up where that is sure, else left out, never read shifted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings
from xlkpi.core.texts import Text
from xlkpi.intake.cells.texts import is_blank
from xlkpi.intake.tables.blocks import Rows, filled, is_figure
from xlkpi.ooxml.received import Cell


def squared(
    data: Rows,
    numbers: list[int],
    header: list[str],
    raw_width: int,
    source: str,
    findings: Findings,
    addressed: bool,
) -> tuple[Rows, list[int], int]:
    """Rows of exactly the header's width; a row that may have slipped is left out rather than read shifted."""
    width = len(header)
    full = [row for row in data if len(row) == width]
    fits = _shape_test(full, width)
    lengths = {len(row) for row in data if any(row) or 0 in row}
    usual = (
        lengths.pop() if len(lengths) == 1 else raw_width
    )  # a separator at the end of every line shifts nothing
    square: list[Sequence[Cell]] = []
    kept: list[int] = []
    lost = 0
    beside = 0
    for row, number in zip(data, numbers, strict=True):
        if len(row) == width:
            square.append(row)
        elif not row or not (any(row) or 0 in row):
            square.append(_blank_row(width, addressed))
        elif len(row) > width:
            surplus = filled(row[width:])
            if not addressed and (
                (surplus and len(row) > raw_width) or (len(row) != usual and not fits(row[:width]))
            ):
                findings.add(_long_row(source, number, width, len(row)))
                lost += 1
                continue
            if not addressed and len(row) != usual:
                findings.add(_padded_row(source, number, width, len(row)))
            beside += bool(surplus)
            square.append(row[:width])
        elif addressed:
            square.append([*row, *[None] * (width - len(row))])
        elif _is_remark(row) or fits(row):
            if not _is_remark(row):
                findings.add(_short_row(source, number, width, len(row), header[len(row) :]))
            square.append([*row, *[""] * (width - len(row))])
        else:
            findings.add(_slipped_row(source, number, width, len(row)))
            lost += 1
            continue
        kept.append(number)
    if beside:
        findings.add(
            Finding(
                codes.CELLS_BESIDE_COLUMNS,
                Text(
                    "cells to the right of the named columns were not read (rows: {n})",
                    "les cellules à droite des colonnes nommées n’ont pas été lues (lignes : {n})",
                ).format(n=beside),
                sheet=source,
            )
        )
    return square, kept, lost


def _is_remark(row: Sequence[Cell]) -> bool:
    """A line that holds one text and no figure; one word with a figure in it may be an id."""
    alone = filled(row)
    if len(alone) != 1 or is_blank(row[0]):
        return not alone
    words = str(alone[0]).split()
    return len(words) > 1 or not any(c.isdigit() for c in words[0])


def _blank_row(width: int, addressed: bool) -> list[Cell]:
    return [None if addressed else ""] * width


def _shape_test(full: Rows, width: int) -> Callable[[Sequence[Cell]], bool]:
    """Whether a row that is too short lost only cells at its end.

    It did when its cells are of the kind of their columns, and when each column that it lacks is empty on some
    complete row too: programs drop empty cells at the end of a line, not figures.
    """
    sample = full[:1000]
    optional = [any(is_blank(row[i]) for row in sample) for i in range(width)]
    shapes = [
        Counter(_shape(row[i]) for row in sample if not is_blank(row[i])) for i in range(width)
    ]
    usual = [
        c.most_common(1)[0][0] if c and c.most_common(1)[0][1] >= 0.9 * c.total() else ""
        for c in shapes
    ]

    def fits(row: Sequence[Cell]) -> bool:
        if not all(optional[len(row) :]):
            return False
        return all(
            is_blank(c) or usual[i] in ("", "text") or _shape(c) == usual[i]
            for i, c in enumerate(row)
        )

    return fits


_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T,].*)?|\d{1,4}[-/.]\d{1,2}")


def _shape(cell: Cell) -> str:
    text = str(cell).strip()
    return "day" if _DAY.fullmatch(text) else "figure" if is_figure(text) else "text"


def _padded_row(source: str, row: int, width: int, found: int) -> Finding:
    return Finding(
        codes.RAGGED_ROW_READ,
        Text(
            "this row has {n} cell{n:|s} and the header {width}; the last ones are empty and were dropped",
            "cette ligne a {n} cellule{n:|s} et l’en-tête {width} ; les dernières sont vides et ont été ignorées",
        ).format(n=found, width=width),
        sheet=source,
        cell=f"A{row}",
    )


def _long_row(source: str, row: int, width: int, found: int) -> Finding:
    return Finding(
        codes.RAGGED_ROW_LEFT_OUT,
        Text(
            "this row has {n} cell{n:|s} and the header {width}: a separator too many has shifted its columns",
            "cette ligne a {n} cellule{n:|s} et l’en-tête {width} : un séparateur en trop a décalé ses colonnes",
        ).format(n=found, width=width),
        Text("the row is left out", "la ligne est exclue"),
        Text(
            "put the text that holds the separator in quotation marks, or download the file again",
            "mettez entre guillemets le texte qui contient le séparateur, ou téléchargez à nouveau le fichier",
        ),
        sheet=source,
        cell=f"A{row}",
    )


def _short_row(source: str, row: int, width: int, found: int, lacking: list[str]) -> Finding:
    names = ", ".join(name for name in lacking if name)
    return Finding(
        codes.RAGGED_ROW_READ,
        Text(
            "this row ends after {n} of {width} cell{width:|s}; the rest was read as empty: {names}",
            "cette ligne s’arrête après {n} cellule{n:|s} sur {width} ; le reste est lu comme vide : {names}",
        ).format(n=found, width=width, names=names),
        sheet=source,
        cell=f"A{row}",
    )


def _slipped_row(source: str, row: int, width: int, found: int) -> Finding:
    return Finding(
        codes.RAGGED_ROW_LEFT_OUT,
        Text(
            "this row has {n} cell{n:|s} and the header {width}: which ones are missing cannot be told",
            "cette ligne a {n} cellule{n:|s} et l’en-tête {width} : on ne peut pas dire lesquelles manquent",
        ).format(n=found, width=width),
        Text(
            "the row is left out, so that no figure lands in another column",
            "la ligne est exclue, pour qu’aucun chiffre n’arrive dans une autre colonne",
        ),
        sheet=source,
        cell=f"A{row}",
    )
