"""Numbers read eight characters at a time are the numbers that stand there."""

from __future__ import annotations

import math
import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from xlkpi.ooxml.digits import MAX_DIGITS, decimals, quoted, words_of

written = st.one_of(
    st.integers(-(10**18), 10**18).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.text("0123456789.-", max_size=18),
    st.text(max_size=9),
)


@settings(max_examples=400)
@given(st.lists(written, max_size=30))
def test_a_number_is_read_exactly_or_said_not_to_be(texts):
    """Digits with at most one point, fifteen of them at most and sixteen characters; everything else is not claimed."""
    data, begin, end = bytearray(b" " * 24), [], []
    for text in texts:
        begin.append(len(data))
        data += text.encode()
        end.append(len(data))
        data += b"<"
    values, exact = decimals(
        words_of(bytes(data) + b"\0" * 8),
        np.array(begin, dtype=np.int64),
        np.array(end, dtype=np.int64),
        np.ones(len(texts), dtype=bool),
    )
    for text, value, sure in zip(texts, values.tolist(), exact.tolist(), strict=True):
        digits = sum(c.isdigit() for c in text)
        plain = (
            bool(re.fullmatch(r"-?([0-9]+\.?[0-9]*|\.[0-9]+)", text))
            and len(text.lstrip("-")) <= MAX_DIGITS + 1
        )
        assert sure == (plain and digits <= MAX_DIGITS), text
        if sure:
            assert (value, math.copysign(1, value)) == (float(text), -1 if text[0] == "-" else 1)


def test_only_what_is_asked_for_is_read():
    words = words_of(b" " * 16 + b"12 34" + b"\0" * 8)
    _, exact = decimals(words, np.array([16, 19]), np.array([18, 21]), np.array([False, True]))
    assert exact.tolist() == [False, True]


@given(
    st.lists(
        st.one_of(st.integers(0, 10**9).map(str), st.text("0123456789x.", max_size=9)), max_size=20
    )
)
def test_row_numbers_end_at_their_quotation_mark(texts):
    data, begin = bytearray(), []
    for text in texts:
        begin.append(len(data))
        data += text.encode() + b'"'
    numbers, sure = quoted(words_of(bytes(data) + b"\0" * 8), np.array(begin, dtype=np.int64))
    for text, number, known in zip(texts, numbers.tolist(), sure.tolist(), strict=True):
        assert known == bool(re.fullmatch("[0-9]{1,7}", text)), text
        assert not known or number == int(text)
