"""Every sample goes into a real workbook, comes out of it again as it went in, and changes nothing the second time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.intake.exports.remake import TODAY, samples
from xlkpi.core.findings import Refused
from xlkpi.core.texts import Language
from xlkpi.excel.posts.existing import campaign_names, existing, influencers
from xlkpi.excel.posts.write import save_change
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.intake.exports import loading
from xlkpi.intake.merge import plan as merging
from xlkpi.intake.posts import Export, PostChanges
from xlkpi.ooxml.package import Package


def loaded() -> list[Export]:
    """The exports of all samples that can be imported."""
    found: list[Export] = []
    for path in samples():
        try:
            found += loading.load(path, TODAY, currency="EUR").exports
        except Refused:
            continue
    return found


def plan(book: Path, found: list[Export]) -> tuple[PostChanges, merging.ImportReport]:
    with Package(book) as package:
        workbook = Workbook(package)
        names = campaign_names(workbook)
        return merging.plan(
            found,
            existing(workbook),
            influencers(workbook),
            names[0],
            TODAY,
            campaigns=names,
        )


def test_what_is_imported_twice_stands_there_once(sample: Callable[..., Path], language: Language):
    book, found = sample(language), loaded()
    change, report = plan(book, found)
    assert report.total("added") == change.count > 40
    save_change(book, book, change, None, datetime(2026, 11, 20))
    again, report = plan(book, found)
    assert again.is_empty
    assert report.total("added") == report.total("updated") == 0


def test_values_come_back_as_they_went_in(sample: Callable[..., Path], language: Language):
    book = sample(language)
    change, _ = plan(book, loaded())
    save_change(book, book, change, None, datetime(2026, 11, 20))
    with Package(book) as package:
        after = existing(Workbook(package))
    for id in set(change.added) & set(after.columns):
        assert list(after.columns[id])[-change.count :] == list(change.added[id]), id
