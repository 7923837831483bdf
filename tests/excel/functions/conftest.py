"""The functions as they are called, straight from Python and through xlwings' Windows server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.excel.functions.com import Com
from xlkpi.excel.functions.declared import FUNCTIONS

_CALLS = {function.name: function.call for function in FUNCTIONS}


@pytest.fixture(scope="session")
def com() -> Iterator[Com]:
    with Com() as server:
        yield server


@pytest.fixture(scope="session")
def cell() -> Callable[..., Any]:
    """What a cell gets: ``cell("ROI", 15_000.0, 10_000.0)``."""
    return lambda name, *values: _CALLS[name](*values)
