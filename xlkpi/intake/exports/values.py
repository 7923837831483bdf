"""The columns of a table as values of Posts: figures, days, ids, durations; what is doubtful is told with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xlkpi.core import codes
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.findings import Finding
from xlkpi.core.names import tidy
from xlkpi.core.texts import Text
from xlkpi.intake.cells import columns, quick
from xlkpi.intake.cells.dates import INVISIBLE
from xlkpi.intake.cells.durations import seconds
from xlkpi.intake.cells.texts import is_blank, is_dash, plain_text
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.platform import Holds
from xlkpi.intake.posts import Value
from xlkpi.intake.tables.table import Cell

_LEFT_OUT = Text(
    "left out; a figure that the workbook already has stays",
    "exclu ; un chiffre déjà présent dans le classeur reste",
)
_CELLS_NAMED = 50  # cells that a finding about many names


def convert(draft: ExportDraft) -> None:
    """Read every column that the platform lists and the table has."""
    for id, kind in draft.platform.columns.items():
        if id in draft.names.found:
            if id == "account_name" and None not in draft.values.get("account", [None]):
                continue  # the handle says it for every post
            cells = draft.cells(id)
            target = draft.platform.renamed.get(id, id)
            read = _read(draft, id, kind, cells)
            if read is not None:
                draft.values[target] = (
                    _coalesced(draft.values[target], read) if target in draft.values else read
                )


def _read(draft: ExportDraft, id: str, kind: Holds, cells: Sequence[Cell]) -> list[Value] | None:
    if kind in (Holds.COUNT, Holds.MONEY, Holds.SCORE):
        return _figures(draft, id, cells, kind)
    if kind is Holds.HOURS:
        return [
            round(hours * 3600, 3) if isinstance(hours, float) else None
            for hours in _figures(draft, id, cells, kind)
        ]
    if kind is Holds.SECONDS:
        return _durations(draft, id, cells)
    if kind is Holds.DAY:
        return _days(draft, id, cells)
    if kind is Holds.ID:
        return _ids(draft, id, cells)
    texts = _texts(cells, draft.table.is_text)
    return [*map(_as_link, texts)] if kind is Holds.URL else texts


def _figures(draft: ExportDraft, id: str, cells: Sequence[Cell], kind: Holds) -> list[Value]:
    plain = (
        quick.plain_figures(cells) or _grouped_figures(draft, id, cells, kind)
        if draft.table.is_text
        else None
    )
    if kind is Holds.MONEY and not _is_ours(draft, id):
        return [None] * len(cells)
    if plain is not None:
        return plain
    currency = draft.currency if kind is Holds.MONEY else ""
    read = columns.numbers(
        cells,
        figure=kind in (Holds.COUNT, Holds.MONEY),
        whole=kind is Holds.COUNT,
        currency=currency,
        language=draft.language,
    )
    draft.decided(id, read.decision)
    for i in read.bad:
        _bad_number(draft, id, i, cells[i])
    values: list[Value] = list(read.values)
    if kind is Holds.COUNT:
        _tell_no_counts(draft, id, cells, read.values)
    if kind in (Holds.COUNT, Holds.MONEY) and id != "new_followers":  # which may be lost ones
        _leave_out_negative(draft, id, cells, values)
    return values


def _leave_out_negative(
    draft: ExportDraft, id: str, cells: Sequence[Cell], values: list[Value]
) -> None:
    """A workbook counts nothing below 0 either."""
    for i in [i for i, v in enumerate(values) if isinstance(v, float) and v < 0]:
        values[i] = None
        draft.findings.add(
            Finding(
                codes.IMPORTED_FIGURE_UNREADABLE,
                Text("this is a figure below 0", "c’est un chiffre inférieur à 0"),
                _LEFT_OUT,
                value=_quoted(cells[i]),
                **draft.place(id, i),
            )
        )


def _tell_no_counts(
    draft: ExportDraft, id: str, cells: Sequence[Cell], values: Sequence[float | None]
) -> None:
    """Counts that have decimals: a rate, an average, or a mark that was meant otherwise."""
    wrong = [
        i
        for i, value in enumerate(values)
        if value is not None and abs(value - round(value)) > 1e-6
    ]
    if wrong:
        draft.findings.add(
            Finding(
                codes.COUNT_WITH_DECIMALS,
                Text(
                    "this is no whole number, read as {en} (cells: {n})",
                    "ce n’est pas un nombre entier, lu {fr} (cellules : {n})",
                ).format(
                    en=f"{values[wrong[0]]:.12g}",
                    fr=f"{values[wrong[0]]:.12g}".replace(".", ","),
                    n=len(wrong),
                ),
                value=_quoted(cells[wrong[0]]),
                count=len(wrong),
                cells=tuple(str(draft.place(id, i)["cell"]) for i in wrong[:_CELLS_NAMED]),
                **draft.place(id, wrong[0]),
            )
        )


def _grouped_figures(
    draft: ExportDraft, id: str, cells: Sequence[Cell], kind: Holds
) -> list[Value] | None:
    """Counts that are all grouped by one mark or none, as in Meta's "12,400": a long column is read at once."""
    found = (
        quick.grouped_figures(cells) if kind is Holds.COUNT and len(cells) > quick.LONG else None
    )
    if found is None:
        return None
    values, first = found
    draft.decided(id, columns.numbers([first], whole=True, language=draft.language).decision)
    return values


def _is_ours(draft: ExportDraft, id: str) -> bool:
    """Whether an amount is in the workbook's currency, as far as its header says."""
    said = re.search(r"\(([A-Z]{3})\)\s*$", draft.header(id))
    if not said or not draft.currency or said[1] == draft.currency:
        return True
    draft.note(
        codes.COLUMN_IN_OTHER_CURRENCY,
        Text(
            "this column is in {theirs}, the workbook in {ours}",
            "cette colonne est en {theirs}, le classeur en {ours}",
        ).format(theirs=said[1], ours=draft.currency),
        Text("the column is left out", "la colonne est exclue"),
        Text(
            "export in {ours}, or convert the amounts",
            "exportez en {ours}, ou convertissez les montants",
        ).format(ours=draft.currency),
        header=draft.header(id),
    )
    return False


def _days(draft: ExportDraft, id: str, cells: Sequence[Cell]) -> list[Value]:
    read = quick.days(cells, draft.platform.order, draft.today, draft.table.is_text)
    draft.decided(id, read.decision)
    for i in read.ambiguous:
        _ambiguous_day(draft, id, i, cells[i], read.values[i])
    for i in read.bad:
        draft.findings.add(
            Finding(
                codes.IMPORTED_DATE_UNREADABLE,
                effect=Text(
                    "the post is imported without its date", "le post est importé sans sa date"
                ),
                value=_quoted(cells[i]),
                **draft.place(id, i),
            )
        )
    return list(read.values)


def _ambiguous_day(draft: ExportDraft, id: str, i: int, cell: Cell, day: date | None) -> None:
    """A day that nothing in the column decides: used as it was read, and told cell by cell."""
    if day is None or day.day == day.month:
        return
    is_text = type(cell) is str
    reason = (
        Text(
            "this is a day that could be {other} as well; it was read as {day}",
            "c’est un jour qui pourrait être aussi le {other} ; il a été lu {day}",
        )
        if is_text
        else Text(
            "this is a day that Excel may have turned round, from {other}; it was read as {day}",
            "c’est un jour que le tableur a pu inverser, à partir du {other} ; il a été lu {day}",
        )
    )
    fix = (
        Text(
            "if it is wrong, correct the date in Posts; for a table of your own, a profile says the order of day and month",
            "si c’est faux, corrigez la date dans Posts ; pour un tableau à vous, un profil indique l’ordre jour-mois",
        )
        if is_text
        else codes.DAMAGED_ID.fix
    )
    draft.findings.add(
        Finding(
            codes.IMPORTED_DAY_OR_MONTH,
            reason.format(day=_day_text(day), other=_day_text(date(day.year, day.day, day.month))),
            Text("the post counts on the day that was read", "le post compte au jour lu"),
            fix,
            value=_quoted(cell),
            **draft.place(id, i),
        )
    )


def _ids(draft: ExportDraft, id: str, cells: Sequence[Cell]) -> list[Value]:
    if draft.table.is_text and quick.are_plain_ids(cells):
        return [*cells]
    read = columns.ids(cells)
    damaged = set(read.damaged)
    return [
        None if i in damaged or value is None else value.strip() or None
        for i, value in enumerate(read.values)
    ]


def _durations(draft: ExportDraft, id: str, cells: Sequence[Cell]) -> list[Value]:
    values = [seconds(cell) for cell in cells]
    for i, (value, cell) in enumerate(zip(values, cells, strict=True)):
        if value is None and not is_blank(cell) and not is_dash(cell):
            _bad_number(draft, id, i, cell)
    return list(values)


def _bad_number(draft: ExportDraft, id: str, i: int, cell: Cell) -> None:
    measure = MEASURES.get(draft.platform.renamed.get(id, id))
    effect = _LEFT_OUT if measure else Text("left out", "exclu")
    is_money = draft.platform.columns[id] is Holds.MONEY
    reason, fix = columns.explain(cell, currency=draft.currency if is_money else "")
    code = (
        codes.FIGURE_BECAME_DATE
        if columns.excel_made_a_date(cell)
        else codes.IMPORTED_FIGURE_UNREADABLE
    )
    draft.findings.add(
        Finding(
            code,
            reason,
            effect,
            fix,
            value=_quoted(cell),
            **draft.place(id, i),
        )
    )


def _as_link(text: Value) -> Value:
    """A link without the joiners that a text may have: it is no word."""
    return text.translate(INVISIBLE) if type(text) is str and not text.isascii() else text


def _texts(cells: Sequence[Cell], is_text: bool) -> list[Value]:
    """A column of texts, each as one sees it: what has no width is dropped."""
    if not is_text:
        return [tidy(plain_text(cell)) or None for cell in cells]
    seen = str.strip if all(map(str.isascii, cells)) else tidy  # type: ignore[arg-type]
    texts = [*map(seen, cells)]  # type: ignore[arg-type]
    return [text or None for text in texts] if "" in texts else texts  # type: ignore[return-value]


def _day_text(day: date) -> Text:
    return Text(f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}")


def _quoted(cell: Cell) -> str:
    return plain_text(cell)[:60]


def _coalesced(first: list[Value], second: list[Value]) -> list[Value]:
    return [b if a is None else a for a, b in zip(first, second, strict=True)]
