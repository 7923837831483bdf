"""The optional input sheets of an open workbook are read as those of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlkpi.excel.live.book import OpenCells
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.samples.campaigns import SAMPLES
from xlkpi.excel.template.build import build
from xlkpi.ooxml.package import Package


@pytest.mark.parametrize(("name", "language"), [("awareness", "fr"), ("conversion", "en")])
def test_reviews_audience_and_references_are_the_same_through_both_doors(
    tmp_path: Path, opened, name, language
):
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(build(language, SAMPLES[name](language)))
    with Package(path) as package:
        closed = Workbook(package).inputs()
    assert Workbook(OpenCells(opened(path))).inputs() == closed
    assert closed.reviews
    assert closed.audience
    assert closed.influencers
    assert len(closed.references.ads) > 3
