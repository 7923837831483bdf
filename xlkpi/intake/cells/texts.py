"""Cells as texts."""

from __future__ import annotations

from xlkpi.core.names import tidy
from xlkpi.intake.cells.numbers import Cell


def is_blank(cell: Cell) -> bool:
    """Whether nothing is seen in a cell: spaces, and characters without width, are nothing."""
    return cell is None or (
        type(cell) is str and not (cell.strip() if cell.isascii() else tidy(cell))
    )


def is_dash(cell: Cell) -> bool:
    return type(cell) is str and cell.strip().casefold() in (
        "-",
        "--",
        "—",
        "–",
        "undefined",
        "n/a",
        "na",
    )


def plain_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return (
        cell.strip() if type(cell) is str else f"{cell:.15g}" if type(cell) is float else str(cell)
    )
