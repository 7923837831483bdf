"""The cell functions as xlwings registers them: what a formula in Excel calls, one name each.

Values cross raw (``convert="raw"``): xlwings' own conversion costs 12 µs a cell and turns errors into blanks.
No type hints stand here, because xlwings takes them for converters.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import xlwings as xw

from xlkpi.excel.functions.declared import FUNCTIONS, Function

CATEGORY = "Influence KPI"


def registered(function: Function) -> Callable[..., Any]:
    """The function under its own name, with a signature of its own that xlwings can read."""
    call = function.call

    def cell(*values):  # type: ignore[no-untyped-def]
        result = call(*values)
        # With a raw return xlwings takes the length of whatever comes back: always rows.
        if type(result) is not list:
            return [[result]]
        # A single row goes on by itself, and of a tuple pywin32 makes the result (its first value) and new values of
        # the arguments by reference: a list it is.
        return [list(result[0])] if len(result) == 1 else result

    cell.__name__ = cell.__qualname__ = function.name
    cell.__doc__ = function.help.en
    signature = Signature(
        [
            Parameter(
                a.name,
                Parameter.POSITIONAL_OR_KEYWORD,
                default=None if a.optional else Parameter.empty,
            )
            for a in function.arguments
        ]
    )
    cell.__signature__ = signature  # type: ignore[attr-defined]
    for argument in function.arguments:
        xw.arg(argument.name, convert="raw", doc=argument.help.en)(cell)
    xw.ret(convert="raw")(cell)
    return xw.func(category=CATEGORY)(cell)  # last: the other decorators put the category back


globals().update({function.name: registered(function) for function in FUNCTIONS})
__all__ = ["CATEGORY", *(function.name for function in FUNCTIONS)]  # noqa: PLE0604  one for each row of the catalogue
