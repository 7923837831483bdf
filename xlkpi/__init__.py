"""xlkpi: influencer-marketing KPI reporting that lives in Excel.

For a notebook::

    import xlkpi

    report = xlkpi.report("campaign.xlsx")
    report.to_frame()                      # the KPIs as a pandas DataFrame
    report.by_influencer.to_frame()        # any other block
    xlkpi.functions.engagement_rate(340, 10_000)
    [kpi.label.en for kpi in xlkpi.KPIS]

Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlkpi import functions
    from xlkpi.api import CampaignReport, report
    from xlkpi.core.catalogue import KPIS

    __version__: str

__all__ = ["KPIS", "CampaignReport", "__version__", "functions", "report"]

_WHERE = {
    "KPIS": "xlkpi.core.catalogue",
    "CampaignReport": "xlkpi.api",
    "report": "xlkpi.api",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("xlkpi")
    if name == "functions":
        return import_module("xlkpi.functions")
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'xlkpi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
