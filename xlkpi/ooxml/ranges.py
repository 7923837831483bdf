"""Ranges that stand before and after the rows of a sheet: its extent, validations, conditional formats and the like."""

from __future__ import annotations

import re
from collections.abc import Callable

_ATTRIBUTE = rb"""(?:[^"'>]|"[^"]*"|'[^']*')*?"""
_RANGED = re.compile(
    rb"(<(?:\w+:)?(?:conditionalFormatting|dataValidation|ignoredError|protectedRange)\b"
    + _ATTRIBUTE
    + rb"""\bsqref=["'])([^"']*)(["'])"""
)
_EXTENDED = re.compile(
    rb"<(\w+:)(conditionalFormatting|dataValidation)\b(?:[^<]++|<(?!/?\1\2\b))*+</\1\2>"
)
_SQREF = re.compile(rb"(<(?:\w+:)?sqref>)([^<]*)(</)")


def stretch(tail: bytes, change: Callable[[str], str]) -> bytes:
    """Apply ``change`` to the ranges of validations, conditional formats and the like that follow the rows."""

    def ranges(match: re.Match[bytes]) -> bytes:
        said = b" ".join(change(one).encode() for one in match[2].decode().split())
        return match[1] + said + match[3]

    tail = _RANGED.sub(ranges, tail)
    return _EXTENDED.sub(lambda block: _SQREF.sub(ranges, block[0]), tail)


def stretch_dimension(head: bytes, change: Callable[[str], str]) -> bytes:
    """The extent that the sheet gives for itself."""
    return re.sub(
        rb'(<(?:\w+:)?dimension\b[^>]*?\bref=["\'])([^"\']*)(["\'])',
        lambda m: m[1] + change(m[2].decode()).encode() + m[3],
        head,
        count=1,
    )
