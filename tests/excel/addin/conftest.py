"""The profiles of profiles.py as fixtures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.excel.addin.profiles import SYSTEMS, on_mac, on_windows
from xlkpi.excel.addin.machine import Profile

if (
    sys.platform == "win32"
):  # the profiles' Python is a shell script, so that any system can start it
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def windows(tmp_path: Path) -> Profile:
    return on_windows(tmp_path)


@pytest.fixture
def mac(tmp_path: Path) -> Profile:
    return on_mac(tmp_path)


@pytest.fixture(params=SYSTEMS)
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Profile:
    return SYSTEMS[request.param](tmp_path)
