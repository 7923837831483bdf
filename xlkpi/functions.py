"""The KPI formulas for Python: ``xlkpi.functions.engagement_rate(340, 10_000)``.

One function for each formula of the catalogue that Excel has as a cell function, under its name in small letters, with the arguments of the cell
function in their order: numbers, NumPy arrays or pandas columns in, a float or an array out.  NaN is "not measurable":
a zero or unknown denominator, or any unknown part.  Pass a campaign's *sums* for the campaign's rate.
``dir(xlkpi.functions)`` lists them, ``help(xlkpi.functions.roi)`` has definition, formula and source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlkpi.core import catalogue
from xlkpi.core.kpi import Kpi


def _public(kpi: Kpi) -> Callable[..., Any]:
    def function(*values: Any) -> Any:
        if len(values) != len(kpi.arguments):
            wanted = ", ".join(kpi.arguments)
            raise TypeError(f"{function.__name__}({wanted}) takes {len(kpi.arguments)} arguments")
        return kpi.compute(*values)

    function.__name__ = function.__qualname__ = kpi.excel_name.lower()
    function.__module__ = __name__
    function.__doc__ = (
        f"{kpi.help.en}\n\n{function.__name__}({', '.join(kpi.arguments)})\n\n"
        f"Formula: {kpi.formula.en}\nUnit: {kpi.unit.value}\nSource: {kpi.source}"
    )
    return function


#: EMV is more than a formula: it needs the rates of a workbook, and stands in every block of its report.
_FUNCTIONS = {
    kpi.function.lower(): _public(kpi) for kpi in catalogue.KPIS if kpi.function and kpi.id != "emv"
}
__all__ = list(_FUNCTIONS)


def __getattr__(name: str) -> Callable[..., Any]:
    try:
        return _FUNCTIONS[name]
    except KeyError:
        raise AttributeError(f"xlkpi.functions has no {name!r}") from None


def __dir__() -> list[str]:
    return __all__
