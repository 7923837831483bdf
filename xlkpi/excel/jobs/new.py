"""A new campaign workbook: the template, or a worked example with its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten
from xlkpi.core.texts import Language, Text
from xlkpi.excel.jobs.report import Request, write_report
from xlkpi.excel.samples.model import Sample
from xlkpi.excel.workbook.contract import Edition
from xlkpi.files.saving import write_bytes


def create(
    path: Path,
    language: Language,
    example: str | None = None,
    edition: Edition = "addin",
    settings: Mapping[str, object] | None = None,
) -> None:
    """Write a new campaign workbook: the template, or the worked example of this name with its report filled.

    Args:
        settings: what Settings start with where it is not the usual, by id: ``{"currency": "GBP"}``.

    Raises:
        NotWritten: there is a file of this name, or it cannot be written.
    """
    from xlkpi.excel.template.build import build

    _require_xlsx(path)
    require_free(path)
    book = build(language, _sample(example, language, dict(settings or {})), edition)
    if example:
        write_report(path, path, Request(language=language), datetime.now(), data=book)
    else:
        write_bytes(book, path)


def _sample(example: str | None, language: Language, settings: dict[str, object]) -> Sample:
    if not example:
        return Sample(settings)
    from xlkpi.excel.samples.campaigns import example_of

    made = example_of(example, language)
    return replace(made, settings=made.settings | settings)


def _require_xlsx(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise NotWritten(
            Finding(
                codes.NAME_NOT_XLSX,
                sheet=path.name,
            )
        )


def require_free(path: Path) -> None:
    """Refuse (NotWritten) to write over a file."""
    if path.exists():
        raise NotWritten(
            Finding(
                codes.FILE_EXISTS,
                effect=Text("it was left as it is", "il a été laissé tel quel"),
                sheet=str(path),
            )
        )
