"""Numbers written out in bytes, read many at once: eight characters are one 64-bit word, and NumPy counts in words.

With ``package``, ``rows`` and ``columns`` it is level with readers written in Rust at a third of their memory; without it
nothing else breaks: ``float`` gives the same numbers, one at a time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

#: Up to here an integer and a power of ten divide to the correctly rounded double.
MAX_DIGITS = 15
_POWERS = 10.0 ** np.arange(17)
_WORD = 8
_LOW_BITS, _HIGH_BITS = np.uint64(0x7F7F_7F7F_7F7F_7F7F), np.uint64(0x8080_8080_8080_8080)
_TO_CARRY = np.uint64(0x7676_7676_7676_7676)  # makes the high bit of a byte that holds ten or more
_ONE, _BYTE = np.uint64(1), np.uint64(8)
#: Joins neighbours into pairs, pairs into fours, fours into eight: a factor, a shift, and what is kept.
_JOINS = tuple(
    (np.uint64(10**n * 2 ** (8 * n) + 1), np.uint64(8 * n), np.uint64(kept))
    for n, kept in ((1, 0x00FF_00FF_00FF_00FF), (2, 0x0000_FFFF_0000_FFFF), (4, 0xFFFF_FFFF))
)


def word(text: bytes) -> np.uint64:
    """Up to eight characters as they stand in a word: the first one lowest."""
    return np.uint64(int.from_bytes(text, "little"))


_NOUGHTS, _POINTS, _QUOTES = (word(char * _WORD) for char in (b"0", b".", b'"'))


def words_of(data: bytes) -> Words:
    """The word that begins at each position of ``data``, up to the last whole one."""
    return np.ndarray(len(data) - _WORD + 1, dtype="<u8", buffer=data, strides=(1,))


def decimals(
    words: Words, begin: NDArray[np.int64], end: NDArray[np.int64], where: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read ``-123.45`` between ``begin`` and ``end``; the second array says where that was the whole truth.

    Args:
        begin, end: positions, ``end`` beyond the sixteenth.
        where: the ones to read; of the others nothing is said but that they are not exact.
    """
    negative = (words[begin] & 0xFF) == ord("-")
    length = end - begin - negative
    exact = where & (length > 0) & (length <= 2 * _WORD)
    low = _last(words[end - _WORD], length)
    high = np.zeros_like(low)
    long = np.flatnonzero(exact & (length > _WORD))
    high[long] = _last(words[end[long] - 2 * _WORD], length[long] - _WORD)
    after = np.zeros(len(begin), dtype=np.int64)  # digits after the point
    at, below, above = _first(low, _POINTS ^ _NOUGHTS)
    low[at] = low[at] & above | (low[at] & below) << 8 | high[at] >> 56
    high[at] <<= 8
    after[at] = _WORD - 1 - _size(below)
    pointed = np.zeros(len(begin), dtype=bool)
    pointed[at] = True
    long = long[~pointed[long]]
    at, below, above = _first(high[long], _POINTS ^ _NOUGHTS)
    at = long[at]
    high[at] = high[at] & above | (high[at] & below) << 8
    after[at] = 2 * _WORD - 1 - _size(below)
    pointed[at] = True
    exact &= (
        _are_digits(low) & _are_digits(high) & (length - pointed <= MAX_DIGITS) & (length > pointed)
    )
    value = (_figure(high) * 100_000_000 + _figure(low)) / _POWERS[after]
    return np.where(negative, -value, value), exact


def quoted(words: Words, begin: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Whole numbers of up to seven digits, from ``begin`` to a quotation mark; and where there is such a number."""
    found = words[begin]
    at, below, _ = _first(found, _QUOTES)
    sizes = np.zeros(len(begin), dtype=np.int64)
    sizes[at] = _size(below)
    digits = _last(found << ((_WORD - np.maximum(sizes, 1)) * 8).astype(np.uint64), sizes)
    return _figure(digits).astype(np.int64), (sizes > 0) & _are_digits(digits)


def _last(found: Words, count: NDArray[np.int64]) -> Words:
    """The last ``count`` characters of words (all eight where it is more) as digits, after nothing but noughts."""
    spare = (np.clip(_WORD - count, 0, _WORD - 1) * 8).astype(np.uint64)
    digits: Words = (found ^ _NOUGHTS) >> spare << spare
    return digits


def _first(found: Words, char: np.uint64) -> tuple[NDArray[np.int64], Words, Words]:
    """Which words have this character; of those, the bits below the first one, and the bits above it."""
    other = found ^ char
    marks = ~(
        (other & _LOW_BITS) + _LOW_BITS | other | _LOW_BITS
    )  # the high bit of each byte that is the character
    at = np.flatnonzero(marks)
    through = marks[at] ^ marks[at] - _ONE
    return at, through >> _BYTE, ~through


def _size(below: Words) -> NDArray[np.int64]:
    """How many characters so many bits are."""
    return np.bitwise_count(below).astype(np.int64) // 8


def _are_digits(found: Words) -> NDArray[np.bool_]:
    mark: NDArray[np.bool_] = (found + _TO_CARRY | found) & _HIGH_BITS == 0
    return mark


def _figure(digits: Words) -> Words:
    """Eight digits as a number."""
    for factor, shift, kept in _JOINS:
        digits = digits * factor >> shift & kept
    return digits
