"""Which rows of a table are posts: not the blank ones, the totals, the remarks, the header over again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress, pairwise

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text, quoted
from xlkpi.intake.cells.texts import is_blank, plain_text
from xlkpi.intake.exports.draft import ExportDraft
from xlkpi.intake.exports.platform import Holds
from xlkpi.intake.tables.table import Cell

#: First cells of total rows, in the languages of the networks' interfaces.
TOTALS = frozenset(
    (
        *("total", "totals", "grand total", "sum", "all"),
        *("totaux", "total general", "total global", "somme"),
        *("gesamt", "gesamtsumme", "summe", "insgesamt"),
        *("totales", "suma", "totais", "total geral", "soma", "totale", "totali", "totaal"),
        *(
            "toplam",
            "razem",
            "lacznie",
            "łącznie",
            "suma",
            "celkem",
            "summa",
            "yhteensa",
            "osszesen",
        ),
        *("итого", "всего", "合計", "总计", "总和", "總計", "합계", "총계", "المجموع", "الاجمالي"),
    )
)
#: How the first cell of a row that sums up some of the others begins: "Subtotal Sophie", « Moyenne ».
_SUMMING_UP = re.compile(
    r"(?:(?:sub|sous) ?totals?|total(?:s|es)?|totaux|totais|gesamt|(?:zwischen)?summe|somme|suma|soma|sum|"
    r"averages?|moyennes?|durchschnitt|promedio|media|mean|mittelwert)(?: |$)"
)
_SUMMING_STARTS = {*"tsgzamdp", *(word[0] for word in TOTALS)}
#: How a blank cell or the word for a total may begin; "" begins with "".
_SUSPECT = frozenset(
    ("", " ", "\t", "\u00a0", "\u202f", *(c for s in _SUMMING_STARTS for c in (s, s.upper())))
)
_REMARKS_SHOWN = 3


def sort_rows(draft: ExportDraft) -> None:
    """Tell posts from blank rows, total rows, remarks and headers that stand again."""
    kept = bytearray(b"\1") * len(draft.table.rows)
    remarks: list[str] = []
    turns: list[tuple[int, bool]] = []  # headers that stand again, and whether in this order
    for i in sorted({*_without_name(draft), *_lone_cells(draft), *_labels_for_figures(draft)}):
        filled = [cell for column in draft.table.columns if not is_blank(cell := column[i])]
        kept[i] = False
        if not filled:
            draft.blank += 1
            continue
        if _is_remark(draft, filled):
            remarks.append(plain_text(filled[0]))
        elif _is_total(draft, i, filled):
            draft.sums += [i] if is_total(filled[0]) else []
        elif (again := _header_again(draft, i)) is not None:
            turns.append((i, again))
        else:
            kept[i] = True
            continue
        draft.totals.append(i)
    for first, last in _in_another_order(turns, len(kept)):
        _leave_out(draft, kept, first, last)
    if not all(kept):
        draft.at = list(compress(range(len(kept)), kept))
    if remarks:
        _tell_remarks(draft, remarks)


# -- rows worth a look ------------------------------------------------------------------------------


def _key_column(draft: ExportDraft) -> int:
    for id in draft.platform.key:
        if id in draft.names.found:
            return draft.names.found[id][0]
    return min(indexes[0] for indexes in draft.names.found.values())


def _without_name(draft: ExportDraft) -> Iterable[int]:
    """Rows that name no post, or whose name begins like a word for a total."""
    key = draft.table.columns[_key_column(draft)]
    if draft.table.is_text and not {cell[:1] for cell in key} & _SUSPECT:  # type: ignore[index]
        return ()
    return [
        i
        for i, cell in enumerate(key)
        if cell is None
        or (
            type(cell) is str
            and cell[:1] in _SUSPECT
            and (is_blank(cell) or is_total(cell) or _sums_up(cell))
        )
    ]


def _lone_cells(draft: ExportDraft) -> Iterable[int]:
    """Rows that are blank in the column that is blank least often: a remark leaves all but one column blank."""
    key = _key_column(draft)
    fullest: list[Cell] | None = None
    fewest = len(draft.table.rows) + 1
    for index in (indexes[0] for indexes in draft.names.found.values() if indexes[0] != key):
        column = draft.table.columns[index]
        blanks = _blanks(column, draft.table.is_text)
        if not blanks:
            return ()
        if blanks < fewest:
            fullest, fewest = column, blanks
    if fullest is None:
        return ()
    return [i for i, cell in enumerate(fullest) if is_blank(cell)]


def _blanks(column: list[Cell], is_text: bool) -> int:
    if is_text and "".join(column).isascii():  # type: ignore[arg-type]
        return column.count("")
    return sum(map(is_blank, column))


def _labels_for_figures(draft: ExportDraft) -> Iterable[int]:
    """Rows with words where figures stand, as in a header that is repeated."""
    for id, holds in draft.platform.columns.items():
        if holds in (Holds.COUNT, Holds.MONEY) and id in draft.names.found:
            column = draft.table.columns[draft.names.found[id][0]]
            if draft.table.is_text and "".join(column).isdigit():  # type: ignore[arg-type]
                return ()
            return [i for i, cell in enumerate(column) if type(cell) is str and cell[:1].isalpha()]
    return ()


# -- what they are ----------------------------------------------------------------------------------


def _is_remark(draft: ExportDraft, filled: Sequence[Cell]) -> bool:
    """A text on a line of its own, below or among the posts; one word with a figure in it may be an id."""
    if len(filled) != 1 or type(filled[0]) is not str or len(draft.table.header) < 3:
        return False
    text = filled[0].strip()
    if " " in text:
        return True
    shape = draft.platform.id_shape
    return not any(c.isdigit() or c == "/" for c in text) and not (
        shape and re.fullmatch(shape, text)
    )


def _is_total(draft: ExportDraft, i: int, filled: Sequence[Cell]) -> bool:
    if is_total(filled[0]) or (draft.platform.is_total and draft.platform.is_total(draft, i)):
        return True
    named = [
        draft.table.columns[index][i]
        for id in ("post_id", "url", "date")
        for index in draft.names.found.get(id, ())
    ]
    named = [cell for cell in named if not is_blank(cell)]
    return bool(named and is_total(named[0])) or (not named and _sums_up(filled[0]))


def _header_again(draft: ExportDraft, i: int) -> bool | None:
    """Whether the names of the columns stand in row ``i`` once more, in their order; None: no such names."""
    said = [normalise(plain_text(column[i])) for column in draft.table.columns]
    names = [normalise(name) for name in draft.table.header]
    filled = [text for text in said if text]
    if len(filled) < 2 or sum(text in names for text in filled) < 0.8 * len(filled):
        return None
    return all(a == b for a, b in zip(said, names, strict=True) if a and a in names)


def _in_another_order(turns: Sequence[tuple[int, bool]], end: int) -> Iterable[tuple[int, int]]:
    """The rows below each header that names the columns in another order, up to the next header."""
    for (i, is_same), (after, _) in pairwise([*turns, (end, True)]):
        if not is_same:
            yield i + 1, after


def _leave_out(draft: ExportDraft, kept: bytearray, first: int, last: int) -> None:
    """Rows whose figures stand in other columns than the header of the table says."""
    gone = [i for i in range(first, last) if kept[i]]
    for i in gone:
        kept[i] = False
    if not gone:
        return
    draft.lost += len(gone)
    draft.findings.add(
        Finding(
            codes.OTHER_COLUMN_ORDER,
            effect=Text("these rows are left out: {n}", "ces lignes sont exclues : {n}").format(
                n=len(gone)
            ),
            sheet=draft.table.source,
            cell=f"A{draft.table.rows[gone[0]]}",
            count=len(gone),
        )
    )


def is_total(cell: Cell) -> bool:
    return type(cell) is str and len(cell) < 24 and normalise(cell) in TOTALS


def _sums_up(cell: Cell) -> bool:
    return type(cell) is str and bool(_SUMMING_UP.match(normalise(cell[:60])))


def _tell_remarks(draft: ExportDraft, remarks: Sequence[str]) -> None:
    told = Text(
        "lines that are remarks and no posts: {n} ({names})",
        "lignes qui sont des remarques et non des posts : {n} ({names})",
    )
    draft.decisions.append(
        told.format(n=len(remarks), names=quoted(r[:60] for r in remarks[:_REMARKS_SHOWN]))
    )
