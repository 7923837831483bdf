"""The tables of a file that someone sent: text in any encoding, workbooks, archives; nothing shifts columns silently.

A platform's CSV is rarely the CSV of the textbooks: it is UTF-16, has a `sep=` line, findings above the header, a second
table below, captions with line breaks; or somebody opened it in Excel and saved it again.  What was assumed is a
fact of the table; what does not fit is left out with a finding.
"""

from __future__ import annotations

import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings, Refused, refuse
from xlkpi.core.texts import Text
from xlkpi.files import guard, refusals
from xlkpi.files.kinds import FileKind
from xlkpi.intake.cells.texts import is_blank
from xlkpi.intake.memory import collector_paused
from xlkpi.intake.tables.blocks import (
    Rows,
    blanks_of,
    blocks_of,
    filled,
    header_row,
    names_of,
)
from xlkpi.intake.tables.delimited import records_of
from xlkpi.intake.tables.encoding import as_utf8, is_mojibake, shows_mojibake, undo_mojibake
from xlkpi.intake.tables.ragged import squared
from xlkpi.intake.tables.table import Cell, Contents, SourceTable
from xlkpi.ooxml import received as sheets
from xlkpi.ooxml.received import ErrorCell, ReceivedGrid


def read(path: Path) -> list[SourceTable]:
    """Every table in the file.

    Raises:
        Refused: the guard's reasons; XK133 when there is no table in it; XK135 when no file of a ZIP can be read.
    """
    return contents_of(path).tables


@collector_paused()
def contents_of(path: Path, encoding: str = "") -> Contents:
    """Every table in the file and, for a ZIP, a finding for each member that is none; Refused as for ``read``."""
    kind = guard.check_export(path)
    if kind is FileKind.ZIP:
        return _archive(path, encoding)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusals.not_openable(path.name, error.errno or 0) from None
    found = _contents(data, path.name, kind, encoding)
    if not found.tables:
        raise no_table(path.name)
    return found


def of_bytes(data: bytes, source: str, kind: FileKind) -> list[SourceTable]:
    """The tables of one file that the guard has let through as ``kind``."""
    return _contents(data, source, kind).tables


_BARE = Text("there is no table on this sheet", "cette feuille n’a pas de tableau")


def _contents(data: bytes, source: str, kind: FileKind, encoding: str = "") -> Contents:
    if kind is FileKind.TEXT:
        return Contents(_text(data, source, encoding))
    grids = (
        sheets.read_xlsx(data, source) if kind is FileKind.XLSX else sheets.read_xls(data, source)
    )
    tables, bare = [], []
    for grid in grids:
        found = _sheet(grid, f"{source} › {grid.name}")
        tables += found
        if grid.rows and not found:
            bare.append(_unread(f"{source} › {grid.name}", _BARE))
    return Contents(tables, tuple(bare))


def no_table(name: str) -> Refused:
    return refuse(
        codes.NO_TABLE,
        sheet=name,
    )


# -- archives ---------------------------------------------------------------------------------------


def _archive(path: Path, encoding: str) -> Contents:
    tables: list[SourceTable] = []
    passed: list[Finding] = []
    reasons: list[Finding] = []  # of each file that is no table
    with zipfile.ZipFile(path) as archive:
        for member in guard.members(path):
            source = f"{path.name} › {member}"
            try:
                data = archive.read(member)
                found = _contents(data, source, guard.check_member(data, source), encoding)
            except Refused as refused:
                reasons.append(refused.findings[0])
                passed.append(_unread(source, refused.findings[0].reason))
                continue
            except (
                zipfile.BadZipFile,
                zlib.error,
                EOFError,
                NotImplementedError,
                RuntimeError,
                OSError,
            ):
                raise refusals.damaged(path.name) from None
            tables += found.tables
            passed += found.passed_over
            if not found.tables:
                reasons += no_table(source).findings
                passed.append(_unread(source, no_table(source).findings[0].reason))
    if not tables:
        raise Refused(_nothing_inside(path.name, reasons))
    return Contents(tables, tuple(passed))


def _unread(source: str, reason: Text) -> Finding:
    return Finding(
        codes.PART_NOT_IMPORTED,
        Text("not imported: {why}", "non importé : {why}").format(why=reason),
        sheet=source,
    )


def _nothing_inside(name: str, reasons: Sequence[Finding]) -> Finding:
    """One sentence for all that is in an archive, alike ones together."""
    alike: dict[Text, list[str]] = {}
    for finding in reasons:
        alike.setdefault(finding.reason, []).append(finding.sheet.rpartition(" › ")[2])
    told = [
        Text("{files}: {why}", "{files} : {why}").format(files=_some(names), why=why)
        for why, names in alike.items()
    ]
    inside = Text(*["; ".join(t.in_(lang) for t in told[:4]) for lang in ("en", "fr")])
    reason = codes.NOTHING_IN_ARCHIVE.meaning
    if told:
        reason = Text(f"{reason.en} ({inside.en})", f"{reason.fr} ({inside.fr})")
    return Finding(
        codes.NOTHING_IN_ARCHIVE,
        reason,
        sheet=name,
    )


def _some(names: Sequence[str]) -> Text:
    """``a.png, b.png, c.png + 40``: the first names, the others counted."""
    shown = ", ".join(names[:3])
    more = len(names) - 3
    return (
        Text("{s} and {n} more", "{s} et {n} de plus").format(s=shown, n=more)
        if more > 0
        else Text(shown, shown)
    )


# -- text -------------------------------------------------------------------------------------------


def _text(data: bytes, source: str, encoding: str = "") -> list[SourceTable]:
    findings = Findings()
    data, facts = as_utf8(data, source, findings, encoding)
    found = _csv(data, source, facts, findings)
    names = (name for table in found for name in table.header)
    if not is_mojibake(data) and not any(map(shows_mojibake, names)):
        return found
    findings = Findings()
    findings.add(
        Finding(
            codes.CHARACTERS_PUT_RIGHT,
            Text(
                "accents had been saved in the wrong encoding (“Ã©” for “é”); they were put right",
                "les accents avaient été enregistrés dans le mauvais encodage (« Ã© » pour « é ») ; ils ont été rétablis",
            ),
            sheet=source,
        )
    )
    return _csv(undo_mojibake(data.decode("utf-8", "replace")).encode(), source, facts, findings)


def _csv(data: bytes, source: str, facts: list[Text], findings: Findings) -> list[SourceTable]:
    """The tables of a text in UTF-8."""
    read = records_of(data, source, findings)
    return _tables(
        read.rows,
        read.numbers,
        source,
        (*facts, read.fact),
        findings,
        addressed=False,
        broken=read.broken,
    )


# -- sheets -----------------------------------------------------------------------------------------


def _sheet(grid: ReceivedGrid, source: str) -> list[SourceTable]:
    facts: tuple[Text, ...] = ()
    if grid.hidden:
        facts = (
            Text(
                "hidden rows, read like the others: {n}",
                "lignes masquées, lues comme les autres : {n}",
            ).format(n=grid.hidden),
        )
    return _tables(grid.rows, grid.numbers, source, facts, Findings(), addressed=True)


# -- rows to tables ---------------------------------------------------------------------------------


def _tables(
    rows: Rows,
    numbers: Sequence[int],
    source: str,
    facts: tuple[Text, ...],
    findings: Findings,
    *,
    addressed: bool,
    broken: Sequence[int] = (),
) -> list[SourceTable]:
    """The tables that stand in these rows one below the other.

    ``addressed``: cells know their column, as in a workbook, so that a cell to the right of the table shifts nothing.
    """
    found: list[SourceTable] = []
    blanks = blanks_of(rows)
    blocks = list(blocks_of(rows, blanks))
    for i, (first, end) in enumerate(blocks):
        own = (
            Findings() if found else findings
        )  # what is said of the file stands with its first table
        header = header_row(rows, first, end)
        if header is None:
            continue
        last = numbers[end - 1]
        lost = [
            n for n in broken if numbers[header] < n <= last or (i == len(blocks) - 1 and n > last)
        ]
        table = _table(rows, numbers, header, end, blanks, source, own, addressed)
        wrong = _plain(table.columns) if addressed else frozenset()
        title = tuple(
            " ".join(str(c) for c in row if not is_blank(c))
            for row in rows[first:header]
            if filled(row)
        )
        found.append(
            SourceTable(
                source if not found else f"{source} ({len(found) + 1})",
                table.header,
                table.columns,
                table.rows,
                facts,
                own.all(),
                title,
                numbers[header],
                table.excluded + len(lost),
                table.blank,
                not addressed,
                wrong,
            )
        )
    return found


def _plain(columns: list[list[Cell]]) -> frozenset[tuple[int, int]]:
    """Where errors stand; in the columns they become their text."""
    found = [
        (c, r)
        for c, column in enumerate(columns)
        for r, cell in enumerate(column)
        if type(cell) is ErrorCell
    ]
    for c, r in found:
        columns[c][r] = str(columns[c][r])
    return frozenset(found)


@dataclass(slots=True)
class _Body:
    header: tuple[str, ...]
    columns: list[list[Cell]]
    rows: list[int]
    excluded: int
    blank: int


def _explains(source: str, row: int) -> Finding:
    return Finding(
        codes.EXPLAINING_LINE,
        sheet=source,
        cell=f"A{row}",
    )


def _table(
    rows: Rows,
    numbers: Sequence[int],
    at: int,
    end: int,
    blanks: Sequence[int],
    source: str,
    findings: Findings,
    addressed: bool,
) -> _Body:
    """The columns below the header at ``at``, rows that do not fit it left out or filled up."""
    header, start = names_of(rows, at, end)
    if start > at + 1:
        findings.add(_explains(source, numbers[at + 1]))
    raw_width = len(rows[at])
    while header and not header[-1]:
        header.pop()
    width = len(header)
    data, own = _without(blanks, rows, numbers, start, end)
    blank = end - start - len(data)
    if {*map(len, data)} - {width}:
        data, own, lost = squared(data, own, header, raw_width, source, findings, addressed)
    else:
        lost = 0
    columns = [list(c) for c in zip(*data, strict=True)] if data else [[] for _ in header]
    return _Body(tuple(header), columns, own, lost, blank)


def _without(
    blanks: Sequence[int], rows: Rows, numbers: Sequence[int], start: int, end: int
) -> tuple[Rows, list[int]]:
    """The rows of a table and their numbers, its blank lines left out."""
    inside = blanks[bisect_left(blanks, start) : bisect_left(blanks, end)]
    if not inside:
        return rows[start:end], list(numbers[start:end])
    kept = bytearray(b"\1") * (end - start)
    for blank in inside:
        kept[blank - start] = 0
    return list(compress(rows[start:end], kept)), list(compress(numbers[start:end], kept))
