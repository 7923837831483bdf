"""The collector of findings: it lists some, counts the rest, and loses none."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.core import codes
from xlkpi.core.codes import Severity
from xlkpi.core.findings import LONGEST_VALUE, MAX_LISTED, Finding, Findings, number_of
from xlkpi.core.texts import Text

REASONS = (Text("no day", "sans date"), Text("no name", "sans nom"))

#: A bad cell, a remark about several cells, a row left out, and what another collector has only counted.
found = st.one_of(
    st.builds(
        Finding,
        st.sampled_from([codes.NOT_A_NUMBER, codes.NOT_A_DATE]),
        sheet=st.sampled_from(["Posts", "Reviews"]),
        cell=st.builds("D{}".format, st.integers(2, 99)),
        header=st.sampled_from(["Reach", "Likes"]),
        value=st.text(max_size=3),
    ),
    st.builds(Finding, st.just(codes.FIGURE_STORED_AS_TEXT), count=st.integers(1, 9)),
    st.builds(
        Finding,
        st.just(codes.POST_LEFT_OUT),
        st.sampled_from(REASONS),
        cell=st.builds("C{}".format, st.integers(2, 99)),
    ),
    st.builds(Finding(codes.NOT_A_NUMBER, header="Reach").more, st.integers(1, 900)),
)


def collected(findings: list[Finding], most: int) -> tuple[Finding, ...]:
    collector = Findings(most)
    collector.extend(findings)
    return collector.all()


def counts(findings: tuple[Finding, ...] | list[Finding]) -> Counter[str]:
    """How many were found of each code."""
    total = Counter[str]()
    for finding in findings:
        total[finding.code] += finding.count
    return total


@given(st.lists(found, max_size=60), st.integers(0, 20))
def test_what_is_counted_is_what_was_found(findings, most):
    """In any order and with any cap; this held for no list that went through two collectors."""
    assert counts(collected(findings, most)) == counts(findings)


@given(st.lists(found, max_size=60), st.integers(0, 20), st.integers(0, 20))
def test_a_collector_of_what_a_collector_gave_counts_the_same(findings, most, later):
    halves = [*collected(findings[::2], most), *collected(findings[1::2], most)]
    assert counts(collected(halves, later)) == counts(findings)


@given(st.lists(found, max_size=60), st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_no_count(findings, most, chance):
    shuffled = chance.sample(findings, len(findings))
    assert counts(collected(shuffled, most)) == counts(collected(findings, most))


@given(st.lists(found, max_size=60), st.integers(0, 20))
def test_no_kind_is_listed_beyond_the_cap(findings, most):
    listed = Counter(
        (f.code, f.header)
        for f in collected(findings, most)
        if not f.is_rest and not f.code.by_reason
    )
    assert all(n <= most for n in listed.values())


def bad(row: int, sheet: str = "a.csv") -> Finding:
    return Finding(codes.NOT_A_NUMBER, sheet=sheet, cell=f"E{row}", header="Reach", value="abc")


def test_beyond_fifty_of_one_kind_one_finding_counts_the_rest():
    told = collected([bad(row) for row in range(2, 502)], MAX_LISTED)
    assert [f.cell for f in told[:-1]] == [f"E{row}" for row in range(2, 52)]
    rest = told[-1]
    assert (rest.is_rest, rest.count, rest.cell, rest.value, rest.sheet) == (
        True,
        450,
        "",
        "",
        "a.csv",
    )
    assert rest.message("en") == (
        "a.csv (Reach): 450 more like the ones listed. Fix: type the figure alone, such as 12000, "
        "or leave the cell empty if it is unknown. [XK301]"
    )
    assert "450 de plus comme ceux de la liste" in rest.message("fr")
    assert rest.as_json("en")["count"] == 450
    assert number_of(told, Severity.EXCLUDED) == 500
    assert number_of(told, Severity.WARNING) == 0


def test_a_rest_on_several_sheets_names_none():
    (rest,) = collected([bad(2, "a.csv"), bad(2, "b.csv")], 0)
    assert (rest.sheet, rest.count) == ("", 2)


def test_rows_left_out_for_one_reason_are_one_finding_where_the_first_one_stood():
    rows = [
        Finding(codes.POST_LEFT_OUT, REASONS[0], cell=f"C{row}", header="Date", value=str(row))
        for row in (4, 5, 6, 9)
    ]
    told = collected([bad(2), rows[0], bad(3), *rows[1:]], MAX_LISTED)
    assert [f.cell for f in told] == ["E2", "C4", "E3"]
    together = told[1]
    assert (together.count, together.cells, together.value) == (4, ("C4:C6", "C9"), "")
    assert together.header == "Date"
    assert together.reason == (
        "no day (4 rows: C4:C6, C9)",
        "sans date (4 lignes : C4:C6, C9)",
    )


@pytest.mark.parametrize("length", [LONGEST_VALUE, LONGEST_VALUE + 1, 32_767])
def test_a_long_value_is_cut_once(length):
    once = collected([Finding(codes.NOT_A_NUMBER, value="…" * length)], MAX_LISTED)
    assert len(once[0].value) <= LONGEST_VALUE + 1
    assert collected([*once], MAX_LISTED) == once
