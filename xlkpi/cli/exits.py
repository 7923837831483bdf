"""Exit codes, the same for every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    CLEAN = 0
    EXCLUSIONS = 1  # written, with something left out
    USAGE = 2
    REFUSED = 3  # the input: nothing was written
    NOT_WRITTEN = 4  # the output: the old file is untouched
    BUG = 70
    STOPPED = 130
