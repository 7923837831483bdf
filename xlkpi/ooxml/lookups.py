"""What is rarely asked of a sheet and takes a pass over its XML: merged areas, and formulas that add up rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.core.checks.totals import adds_up
from xlkpi.ooxml.cells import Band, bands, cut, split_address, split_range, unescape
from xlkpi.ooxml.package import Package

#: First row, first column, last row, last column; columns from 0.
Area = tuple[int, int, int, int]

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref\s*=\s*["\']([A-Za-z0-9:]+)["\']')
_MOST = 100_000  # merged areas that are looked at
_LONGEST = 8_192  # characters of a formula, Excel's own limit
_BEFORE = 2_048  # bytes between the start of a cell and its formula
#: The beginning of a formula that may add up rows; most formulas of a sheet do not begin so.
_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b([^<>]*)>(\s*+[=+]*+(?:\s*+(?:ROUND|ROUNDUP|ROUNDDOWN|IFERROR|INT|ABS|_xlfn\.\w+)\()*+\s*+"
    rb"(?:SUM|SUMIFS?|SUBTOTAL|AGGREGATE|AVERAGE|AVERAGEIFS?|MEDIAN|MAX|MIN)\([^<]*"
    rb"|\s*+[=+]*+\$?[A-Za-z]{1,3}\$?\d+\s*+\+[^<]*)<"
)
_CELL = re.compile(rb'\br\s*=\s*["\']([A-Z]{1,3})([0-9]{1,7})["\']')
_SHARED = re.compile(rb'\bsi\s*=\s*["\'](\d+)["\']')
_FOLLOWER = re.compile(rb"<(?:\w+:)?f\b([^<>]*?)/>")


def merged_areas(package: Package, part: str) -> list[Area]:
    """The merged areas of a sheet, as they stand behind its rows."""
    pieces = (p for p in cut(package.stream(part), package.path.name) if not isinstance(p, Band))
    found: list[Area] = []
    for ref in _MERGED.findall(b"".join(pieces))[:_MOST]:
        try:
            found.append(split_range(ref.decode()))
        except ValueError:
            continue
    return found


def adding_cells(package: Package, part: str) -> set[tuple[int, int]]:
    """Row and column of the cells whose formulas add up, or average, other rows of their own column."""
    shared: set[bytes] = set()
    return {cell for band in bands(package, part) for cell in _adding_in(band.text, shared)}


def _adding_in(text: bytes, shared: set[bytes]) -> Iterator[tuple[int, int]]:
    """``shared``: numbers of shared formulas that add up; those that follow one say no more than its number."""
    for found in _FORMULA.finditer(text):
        address = _address(text, found.start())
        formula = unescape(found[2][:_LONGEST].decode("utf-8", "replace"))
        if address and adds_up(formula, *address):
            shared.update(_SHARED.findall(found[1]))
            yield _place(*address)
    if shared:
        for found in _FOLLOWER.finditer(text):
            number = _SHARED.search(found[1])
            address = _address(text, found.start()) if number and number[1] in shared else None
            if address:
                yield _place(*address)


def _address(text: bytes, at: int) -> tuple[str, int] | None:
    """Column letters and row of the cell that a formula stands in."""
    first = max(0, at - _BEFORE)
    start = max(text.rfind(b"<c ", first, at), text.rfind(b":c ", first, at))
    found = _CELL.search(text, start, at) if start >= 0 else None
    return (found[1].decode(), int(found[2])) if found else None


def _place(letters: str, row: int) -> tuple[int, int]:
    return split_address(f"{letters}{row}")
