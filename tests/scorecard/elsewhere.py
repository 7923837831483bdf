"""Rules whose tests stand beside what they test: how many of their cases passed, counted from outside."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.scorecard.scorecard import NIGHTLY, Figures

MACROS, INTAKE, FUNCTIONS = "tests/macros/", "tests/intake/", "tests/excel/functions/"


@dataclass(frozen=True)
class Elsewhere:
    """``cases``: how many each test of that name tries."""

    rule: str
    start: str  # of a test's id
    cases: int = 1


#: The first whose beginning fits counts a test.
TESTS = (
    Elsewhere("R4", "tests/files/test_guard.py::test_twelve_causes_have_their_own_codes", 12),
    Elsewhere("R9", f"{MACROS}test_vba_holes.py::test_no_planted_module_is_imported", 40),
    Elsewhere("R9", f"{MACROS}test_vba_holes.py::test_no_planted_configuration_is_read"),
    Elsewhere("R15", f"{INTAKE}test_spellings.py::"),
    Elsewhere(
        "R15", f"{INTAKE}test_whole_columns.py::test_a_thousand_ids_are_exact_or_listed", 1_001
    ),
    Elsewhere("R15", f"{INTAKE}test_whole_columns.py::"),
    Elsewhere(
        "R17",
        f"{FUNCTIONS}test_random_arguments.py::test_a_cell_never_shows_a_crash",
        20_000 if NIGHTLY else 250,
    ),
    Elsewhere(
        "R17",
        f"{FUNCTIONS}test_random_arguments.py::test_nor_does_it_through_the_server",
        200 if NIGHTLY else 20,
    ),
    Elsewhere(
        "R18", "tests/excel/live/test_three_doors.py::test_cell_button_and_command_line_agree"
    ),
    Elsewhere("R22", f"{MACROS}test_vba_package.py::test_two_builds_are_the_same_bytes"),
    Elsewhere("R22", f"{MACROS}test_vba_package.py::test_a_build_elsewhere_is_the_same_bytes"),
    Elsewhere(
        "R23",
        f"{MACROS}test_vba_cells.py::test_cells_come_back_within_three_seconds_each_of_a_hundred_times",
        100,
    ),
)


class Counter:
    """A plugin of pytest that adds these tests to the figures."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" or report.skipped:
            return
        found = next((test for test in TESTS if report.nodeid.startswith(test.start)), None)
        if found is not None:
            self._figures.add(
                found.rule, found.cases, found.cases if report.passed else 0, report.duration
            )


def places() -> list[str]:
    """What pytest has to be given so that all of them run."""
    return sorted({test.start.partition("::")[0] for test in TESTS})


if __name__ == "__main__":
    print(*places())
