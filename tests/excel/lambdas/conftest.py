"""Workbooks of the LAMBDA edition, as bytes and loaded into an engine that computes them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.excel.lambdas.lambdaengine import Engine
from xlkpi.core.texts import Language
from xlkpi.excel.samples.small import sample
from xlkpi.excel.template.build import build
from xlkpi.excel.workbook.references import REFERENCES

Settings = tuple[tuple[str, Any], ...]


@pytest.fixture(scope="session")
def made() -> Callable[..., bytes]:
    """The bytes of a workbook of this edition, empty or with the worked example under some settings."""

    @cache
    def make(language: Language = "en", example: bool = False, settings: Settings = ()) -> bytes:
        worked = sample(language) if example else None
        if worked is not None:
            worked.settings.update(settings)
        return build(language, worked, "lambda")

    return make


def without_colour_rules(data: bytes) -> bytes:
    """The same workbook for an engine that would compute every rule in every cell down to the last row."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                name,
                re.sub(
                    rb"(?s)<conditionalFormatting .*?</conditionalFormatting>",
                    b"",
                    source.read(name),
                ),
            )
    return out.getvalue()


@pytest.fixture(scope="session")
def engine(
    made: Callable[..., bytes], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Engine]:
    """Such a workbook, loaded and computed."""
    ironcalc = pytest.importorskip(
        "ironcalc", reason="ironcalc, which computes LAMBDA names, is not installed"
    )

    @cache
    def load(language: Language = "en", example: bool = False, settings: Settings = ()) -> Engine:
        path: Path = tmp_path_factory.mktemp("lambda") / "book.xlsx"
        path.write_bytes(without_colour_rules(made(language, example, settings)))
        model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        # The engine knows a table's columns in a cell, not in a name: there the same cells stand by their address.
        sheet = "References" if language == "en" else "'Références'"
        model.update_defined_name(
            "reference_values",
            None,
            "reference_values",
            None,
            f"{sheet}!$A$2:$H${len(REFERENCES) + 1}",
        )
        model.evaluate()
        return Engine(model)

    return load
