"""CSV as people send it → records: delimiter by evidence, broken quotes contained, re-saved lines split again."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlkpi.core import codes
from xlkpi.core.findings import Finding, Findings, refuse
from xlkpi.core.texts import Text
from xlkpi.ooxml.cells import LAST_COLUMN

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 1 << 18
_LONGEST_RECORD = (
    200  # lines that one quoted caption may have where the quotes of the file are broken
)


class Records(NamedTuple):
    """The records of a CSV text."""

    rows: list[list[str]]
    numbers: Sequence[int]  # of each row, as Excel would show it
    broken: list[int]  # row numbers of lines that were left out, each with a finding
    fact: Text  # how columns are separated


def records_of(data: bytes, source: str, findings: Findings) -> Records:
    """Read a CSV text in UTF-8; what was assumed or left out goes to ``findings``."""
    data, said = _separator_line(data)
    sample = "".join(
        data[:_SAMPLE_BYTES].decode("utf-8", "replace").splitlines(keepends=True)[:_SAMPLE_LINES]
    )
    delimiter, is_wrapped = _dialect(sample, said)
    if is_wrapped:
        data = _unwrap(data.decode("utf-8", "replace")).encode()
        findings.add(_split_again(source))
    _refuse_too_wide(max(line.count(delimiter) for line in (sample.splitlines() or [""])), source)
    rows, broken = _records(data, delimiter)
    _refuse_too_wide(max(map(len, rows), default=0), source)
    for number, line in broken:
        findings.add(_broken_quotes(source, number, line))
    lost = [number for number, _ in broken]
    fact = Text("columns separated by {en}", "colonnes séparées par {fr}").format(
        **_NAMES[delimiter]
    )
    return Records(rows, _numbers_without(len(rows), lost), lost, fact)


def _refuse_too_wide(columns: int, source: str) -> None:
    if columns > LAST_COLUMN:
        raise refuse(codes.TOO_MANY_COLUMNS, sheet=source)


_NAMES = {
    ",": {"en": "commas", "fr": "des virgules"},
    ";": {"en": "semicolons", "fr": "des points-virgules"},
    "\t": {"en": "tabs", "fr": "des tabulations"},
    "|": {"en": "vertical bars", "fr": "des barres verticales"},
}


def _numbers_without(count: int, missing: Sequence[int]) -> Sequence[int]:
    """Row numbers of ``count`` records when the rows ``missing`` are not among them."""
    if not missing:
        return range(1, count + 1)
    gone = set(missing)
    return [n for n in range(1, count + len(gone) + 1) if n not in gone][:count]


def _separator_line(data: bytes) -> tuple[bytes, str]:
    """The text without a first line ``sep=;``, which Excel does not count as a row, and the character it names."""
    match = re.match(rb'"?sep=(.)"?[ ,;\t|]*(?:\r\n|\n|\r|$)', data, re.I)
    return (data[match.end() :], match[1].decode("utf-8", "replace")) if match else (data, "")


# -- delimiter --------------------------------------------------------------------------------------


def _dialect(sample: str, said: str) -> tuple[str, bool]:
    """The delimiter that gives most columns on most lines, and whether each line is one quoted cell that hides them."""
    found = {(d, False): _consistency(sample, d) for d in DELIMITERS}
    if '"' in sample:
        unwrapped = _unwrap(sample)
        if unwrapped != sample:
            found |= {(d, True): _consistency(unwrapped, d) for d in DELIMITERS}
    if said in DELIMITERS and said and found[said, False][0] > 0:
        return said, False
    top = min(
        first for score, first in found.values()
    )  # the header has every column: captions have commas
    best = max(
        found,
        key=lambda key: (
            found[key][0] * (2 if found[key][1] == top else 1) * (0.95 if key[1] else 1)
        ),
    )
    return best if found[best][0] else (",", False)


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of the lines that have the most common number of columns, times how many these are; and the first such line.

    Columns that are empty on every line do not count, nor do lines on which this delimiter tears quotation marks apart.
    """
    try:
        records = [
            r for r in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(r)
        ]
    except csv.Error:
        records = [r for line in sample.splitlines() for r in _lenient(line, delimiter)]
    whole = [r if not any(c.count('"') % 2 for c in r) else [] for r in records]
    widths = Counter(len(r) for r in whole)
    width = max((w for w in widths if w > 1), key=lambda w: (widths[w], w), default=0)
    filled = {i for r in whole if len(r) == width for i, cell in enumerate(r) if cell.strip()}
    if len(filled) < 2:
        return 0.0, len(records)
    first = next(i for i, r in enumerate(whole) if len(r) == width)
    return widths[width] / len(records) * math.log2(1 + max(filled)), first


def _lenient(line: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return [[line]]


_WRAPPED_LINE = re.compile(r'^"((?:[^"\r\n]|"")*)"[;,\t|]*(?=\r?$)', re.M)


def _unwrap(text: str) -> str:
    """``"a,""b"",c"`` on each line → ``a,"b",c``."""
    return _WRAPPED_LINE.sub(lambda m: m[1].replace('""', '"'), text)


def _records(data: bytes, delimiter: str) -> tuple[list[list[str]], list[tuple[int, str]]]:
    """The records of a CSV text in UTF-8, and the rows whose quotes are broken: row number and text."""
    try:
        return list(csv.reader(_lines(data), delimiter=delimiter, strict=True)), []
    except csv.Error:
        return _careful_records(data, delimiter)


def _lines(data: bytes) -> Iterable[str]:
    """Lines as they end in the file; one by one, a text with a single emoji in it takes a quarter of the memory."""
    return io.TextIOWrapper(io.BytesIO(data), "utf-8", "replace", newline="")


def _careful_records(data: bytes, delimiter: str) -> tuple[list[list[str]], list[tuple[int, str]]]:
    """The same where a quotation mark is missing or too many: such a line is left out and takes no other with it.

    A reader that goes on would swallow the lines up to the next quotation mark and put their figures on this post.
    """
    lines = list(_lines(data))
    records: list[list[str]] = []
    broken: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        record, used = _one_record(lines, at, delimiter)
        if record is None:
            broken.append((len(records) + len(broken) + 1, lines[at].strip()))
        else:
            records.append(record)
        at += used
    return records, broken


def _one_record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The record that begins on this line, None when its quotes are broken; and how many lines it has."""
    reader = csv.reader(lines[at : at + _LONGEST_RECORD], delimiter=delimiter, strict=True)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return None, 1


# -- findings ---------------------------------------------------------------------------------------


def _split_again(source: str) -> Finding:
    return Finding(
        codes.LINES_SPLIT_AGAIN,
        sheet=source,
    )


def _broken_quotes(source: str, row: int, line: str) -> Finding:
    return Finding(
        codes.STRAY_QUOTATION_MARK,
        effect=Text("the line is left out", "la ligne est exclue"),
        sheet=source,
        cell=f"A{row}",
        value=line[:60],
    )
