"""Builds the Excel add-in while a wheel is made, so that nobody who installs xlkpi has to."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AddinHook(BuildHookInterface):
    """Puts ``xlkpi.xlam`` into the wheel, built from the sources at hand; an editable install builds it when asked."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        sys.path.insert(0, self.root)
        try:
            from xlkpi.excel.addin import build as addin

            path = Path(self.folder.name, "xlkpi.xlam")
            path.write_bytes(addin.build(Path(self.root, "macros")))
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][str(path)] = "xlkpi/data/xlkpi.xlam"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
