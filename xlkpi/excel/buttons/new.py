"""The button New campaign: a workbook of its own, beside the one that is open."""

from __future__ import annotations

import sys
from pathlib import Path

from xlkpi.excel.buttons.desk import Desk
from xlkpi.excel.buttons.offers import open_new
from xlkpi.excel.jobs.new import create


def new_campaign(desk: Desk, path: str, language: str = "en", example: str = "") -> None:
    """Write a new campaign workbook and open it; on Windows the VBA that waits for this does the opening."""
    if not path:
        return
    target = Path(path) if Path(path).suffix else Path(f"{path}.xlsx")
    create(target, "fr" if language == "fr" else "en", "usual" if example == "sample" else None)
    if sys.platform != "win32":
        open_new(desk, target)
