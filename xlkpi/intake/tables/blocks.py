"""Where tables begin and end among the rows of a file or sheet, and what their columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from xlkpi.intake.cells.texts import is_blank
from xlkpi.ooxml.received import Cell

Rows = Sequence[Sequence[Cell]]
_DATA = re.compile(r"[-+(€$£~]?\s?\d[\d\s.,:/'’%€$£()–—+TZkKmM-]*")
_HEADER_ROWS = 40  # a header stands this near to the top of its block
_LONGEST_LABEL = 200


def blanks_of(rows: Rows) -> list[int]:
    """The blank lines; one of zeros is none."""
    return [i for i, row in enumerate(rows) if not (row and (row[0] or any(row) or 0 in row))]


def blocks_of(rows: Rows, blanks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each of the stacked tables begins and ends, blank lines at the edges left out.

    A blank line parts two tables when column names or a comment follow it; posts always have a figure or a date.
    """
    first, end = _next_filled(rows, 0), len(rows)
    while end and not filled(rows[end - 1]):
        end -= 1
    commented = first < end and _is_comment(rows[first])
    starts = [first]
    for blank, after in _gaps(rows, blanks, first, end):
        if _begins_table(rows, after, end, commented) and any(
            _is_header_like(row) for row in rows[starts[-1] : blank] if not _is_comment(row)
        ):  # else only notes so far: they stand above this header
            starts.append(after)
    if commented:
        starts = sorted({*starts, *_comment_starts(rows, first, end)})
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        while stop > start and not filled(rows[stop - 1]):
            stop -= 1
        if start < stop:
            yield start, stop


def _gaps(rows: Rows, blanks: Sequence[int], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Each run of blank lines between the first and the last filled one, and the line after it."""
    after = first
    for blank in blanks:
        if after <= blank < end:
            after = _next_filled(rows, blank)
            if after < end:
                yield blank, after


def _comment_starts(rows: Rows, first: int, end: int) -> list[int]:
    """In a file with comment lines: every comment below a line that is none starts a table."""
    marked = [i for i in range(first, end) if rows[i] and _is_comment(rows[i])]
    return [i for i in marked if i > first and filled(rows[i - 1]) and not _is_comment(rows[i - 1])]


def _begins_table(rows: Rows, at: int, end: int, commented: bool) -> bool:
    if commented and _is_comment(rows[at]):
        # Comments above the same header belong to it: a table must lie between two blocks of them.
        return any(
            _is_header_like(rows[i])
            for i in range(max(0, at - _HEADER_ROWS), at)
            if not _is_comment(rows[i])
        )
    if not is_label(next(cell for cell in rows[at] if not is_blank(cell))):
        return False  # as nearly always: a post
    if _is_header_like(rows[at], strict=True):
        return True
    one = filled(rows[at])
    below = at + 1
    return (
        len(one) == 1
        and is_label(one[0])
        and below < end
        and bool(rows[below])
        and _is_header_like(rows[below], strict=True)
    )


def _next_filled(rows: Rows, at: int) -> int:
    while at < len(rows) and not (rows[at] and any(not is_blank(cell) for cell in rows[at])):
        at += 1
    return at


def filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_blank(cell)]


def _is_comment(row: Sequence[Cell]) -> bool:
    """``# ---``, ``# Start date: 20260501``: lines that Google Analytics writes around its tables; not a column « # »."""
    first = row[0] if row else None
    return (
        type(first) is str
        and bool(re.match(r"#( |-|$)", first))
        and not (first.strip() == "#" and len(filled(row)) > 1)
    )


def is_label(cell: Cell) -> bool:
    """Whether a cell can be a column name: short text that is no figure and no date."""
    return type(cell) is str and len(cell) <= _LONGEST_LABEL and not _DATA.fullmatch(cell.strip())


def _is_header_like(row: Sequence[Cell], strict: bool = False) -> bool:
    cells = filled(row)
    labels = sum(map(is_label, cells))
    return labels >= 2 and labels >= (1.0 if strict else 0.8) * len(cells)


def header_row(rows: Rows, first: int, end: int) -> int | None:
    """The first row of a block that looks like column names and is as wide as what stands below it."""
    for at in range(first, min(end, first + _HEADER_ROWS)):
        if _is_comment(rows[at]) or not _is_header_like(rows[at]):
            continue
        below = [len(filled(row)) for row in rows[at + 1 : min(end, at + 21)]]
        if len(filled(rows[at])) >= 0.6 * max(below, default=0):
            return at
    return None


# -- names ------------------------------------------------------------------------------------------


def names_of(rows: Rows, at: int, end: int) -> tuple[list[str], int]:
    """Column names, and where the data begins: below a header of one line or two."""
    header = [_label(c) for c in rows[at]]
    if at + 1 < end and _is_second_header(rows, at, end):
        below = [_label(c) for c in rows[at + 1]]
        if _repeats(header) > _repeats(below):
            return _joined(header, below), at + 2
        return header, at + 2
    above = rows[at - 1] if at else ()
    if _repeats(header) and len(filled(above)) >= 2 and all(map(is_label, filled(above))):
        return _joined([_label(c) for c in above], header), at + 1
    return header, at + 1


def _label(cell: Cell) -> str:
    return "" if cell is None else f"{cell:g}" if type(cell) is float else str(cell).strip()


def _repeats(names: list[str]) -> int:
    given = [n.casefold() for n in names if n]
    return len(given) - len(set(given))


def _joined(groups: list[str], names: list[str]) -> list[str]:
    """Two lines of names as one: a name that repeats takes that of its group, which a merged cell writes once."""
    width = max(len(groups), len(names))
    groups, names = [*groups, *[""] * (width - len(groups))], [*names, *[""] * (width - len(names))]
    often = Counter(n.casefold() for n in names)
    group, joined = "", []
    for over, name in zip(groups, names, strict=True):
        group = over or group
        joined.append(
            f"{group} › {name}" if name and often[name.casefold()] > 1 and group else name or over
        )
    return joined


def _is_second_header(rows: Rows, at: int, end: int) -> bool:
    """Whether the row below the header explains it: text in most columns in which the rows below it hold figures.

    A post without any figure, and texts on its left, is no such row; nor does a row that has slipped show where figures are.
    """
    second, width = rows[at + 1], len(rows[at])
    cells = filled(second)
    if len(cells) < 2 or not all(
        is_label(c) or (type(c) is str and len(c) > _LONGEST_LABEL) for c in cells
    ):
        return False
    if len(cells) < 0.5 * len(filled(rows[at])) or len(second) > width:
        return False
    below = [
        row
        for row in rows[at + 2 : min(end, at + 22)]
        if len(filled(row)) > 1 and len(row) <= width
    ]
    figures = [i for i in range(width) if _holds_figures([row[i] for row in below if i < len(row)])]
    explained = sum(i < len(second) and not is_blank(second[i]) for i in figures)
    return explained > 0.5 * len(figures)


def _holds_figures(cells: Sequence[Cell]) -> bool:
    given = filled(cells)
    return sum(type(c) is float or (type(c) is str and is_figure(c)) for c in given) > 0.5 * len(
        given
    )


def is_figure(text: str) -> bool:
    return bool(_DATA.fullmatch(text.strip()))
