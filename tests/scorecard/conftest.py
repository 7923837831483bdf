"""The scorecard: promises about hostile files, faults and kills, tried in numbers and counted.

``XLKPI_NIGHTLY=1`` tries the full numbers; without it a smaller share of each runs with the other tests.
``XLKPI_SCORECARD=FILE`` writes the figures that were reached as a Markdown table.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scorecard.elsewhere import Counter
from tests.scorecard.lab import Lab
from tests.scorecard.scorecard import Figures

_FIGURES = pytest.StashKey[Figures]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_FIGURES] = Figures()
    config.pluginmanager.register(Counter(config.stash[_FIGURES]))


def pytest_sessionfinish(session: pytest.Session) -> None:
    target = os.environ.get("XLKPI_SCORECARD")
    if target:
        Path(target).write_text(session.config.stash[_FIGURES].markdown() + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Figures:
    return pytestconfig.stash[_FIGURES]


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    with Lab() as made:
        yield made
