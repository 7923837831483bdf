"""A spreadsheet engine that computes LAMBDA names: IronCalc reads the workbook's own file and recalculates it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from xlkpi.excel.functions.declared import FUNCTIONS
from xlkpi.excel.functions.values import ERRORS, is_error

CODES = {name: code for code, name in ERRORS.items()}
CALLS = {f.name: f.call for f in FUNCTIONS}
#: An optional argument that is left out.
OMITTED = object()
#: Columns from one argument to the next, and where the formulas stand.
_BAND, _RESULT = 8, 13 * 8


@dataclass
class Engine:
    """A workbook that is loaded and computed."""

    model: Any

    def sheet(self, name: str) -> int:
        return [s["name"] for s in self.model.get_worksheets_properties()].index(name)

    def value(self, sheet: int, row: int, column: int) -> Any:
        """A cell's value as the Python functions give it; blank and empty text are both None."""
        value = self.model.get_cell_value(sheet, row, column)
        if isinstance(value, str) and "Error" in str(self.model.get_cell_type(sheet, row, column)):
            return CODES.get(value, value)
        return None if value == "" else value

    def calls(
        self, calls: Sequence[tuple[str, Sequence[Any]]], size: tuple[int, int] = (1, 1)
    ) -> Iterator[list[list[Any]]]:
        """The cells that each call fills, as many as ``size`` says, with the arguments in cells of their own."""
        self.model.add_sheet("Try")
        sheet = self.sheet("Try")
        step = (
            max(
                size[0],
                *(len(a) for _, arguments in calls for a in arguments if isinstance(a, tuple)),
                1,
            )
            + 1
        )
        for i, (name, arguments) in enumerate(calls):
            given = [
                self._put(sheet, i * step + 1, j * _BAND + 1, a) for j, a in enumerate(arguments)
            ]
            while given and not given[-1]:
                given.pop()
            self.model.update_cell_with_formula(
                sheet, i * step + 1, _RESULT, f"={name}({','.join(given)})"
            )
        self.model.evaluate()
        for i in range(len(calls)):
            yield [
                [self.value(sheet, i * step + 1 + r, _RESULT + c) for c in range(size[1])]
                for r in range(size[0])
            ]
        self.model.delete_sheet(sheet)

    def _put(self, sheet: int, row: int, column: int, argument: Any) -> str:
        """Write an argument into cells; their address, empty for one that is left out."""
        if argument is OMITTED:
            return ""
        rows = argument if isinstance(argument, tuple) else ((argument,),)
        for r, line in enumerate(rows):
            for c, cell in enumerate(line):
                self._write(sheet, row + r, column + c, cell)
        first = f"{xl_col_to_name(column - 1)}{row}"
        return (
            f"{first}:{xl_col_to_name(column + len(rows[0]) - 2)}{row + len(rows) - 1}"
            if rows is argument
            else first
        )

    def _write(self, sheet: int, row: int, column: int, value: Any) -> None:
        if is_error(value):
            self.model.set_user_input(sheet, row, column, ERRORS[value])
        elif isinstance(value, bool):
            self.model.update_cell_with_bool(sheet, row, column, value)
        elif isinstance(value, str):
            self.model.update_cell_with_text(sheet, row, column, value)
        elif value is not None:
            self.model.update_cell_with_number(sheet, row, column, float(value))

    def differences(
        self, calls: Sequence[tuple[str, Sequence[Any]]], size: tuple[int, int] = (1, 1)
    ) -> list[str]:
        """The calls to which the workbook and the Python function answer differently."""
        found = []
        for (name, arguments), cells in zip(calls, self.calls(calls, size), strict=True):
            answer = CALLS[name](*(None if a is OMITTED else a for a in arguments))
            rows = (
                [list(row) for row in answer] if isinstance(answer, (list, tuple)) else [[answer]]
            )
            wanted = [
                [rows[r][c] if r < len(rows) and c < len(rows[r]) else None for c in range(size[1])]
                for r in range(size[0])
            ]
            if not all(
                same(a, b)
                for line, other in zip(cells, wanted, strict=True)
                for a, b in zip(line, other, strict=True)
            ):
                found.append(
                    f"{name}{tuple(arguments)}: workbook {_shown(cells)}, Python {_shown(wanted)}"
                )
        return found


def same(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return math.isclose(one, two, rel_tol=1e-12, abs_tol=1e-12)
    return (
        (one or None) == (two or None)
        if isinstance(one, str) or isinstance(two, str)
        else one == two
    )


def _shown(cells: list[list[Any]]) -> list[list[Any]]:
    return [[ERRORS.get(c, c) if is_error(c) else c for c in line] for line in cells]
