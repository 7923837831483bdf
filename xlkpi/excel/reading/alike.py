"""Rows that are left out for one and the same reason: told in one line, however many they are."""

from __future__ import annotations

import re
from dataclasses import replace

from xlkpi.core import codes
from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text

#: A table with a total under every week, or without any campaign, has thousands of them.
CODES = {codes.POST_LEFT_OUT}
_APART = 3  # so few are told one by one
_NAMED = 5  # ranges that the line names
_KEPT = 10_000  # ranges that are kept for machines
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


class Alike:
    """The findings of one code and reason, as they come; ``at`` is their place among the others."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0
        self._few: list[Finding] = []
        self._values: set[str] = (
            set()
        )  # of these, and of the headers, it matters whether there is only one
        self._headers: set[str] = set()
        self._ranges: list[tuple[str, int, int]] = []

    def add(self, finding: Finding) -> None:
        self.count += 1
        if len(self._few) < _APART:
            self._few.append(finding)
        for kept, one in ((self._values, finding.value), (self._headers, finding.header)):
            if len(kept) < 2:
                kept.add(one)
        if (found := _ADDRESS.fullmatch(finding.cell)) is None:
            return
        letters, row = found[1], int(found[2])
        if self._ranges and (last := self._ranges[-1])[0] == letters and last[2] + 1 == row:
            self._ranges[-1] = letters, last[1], row
        elif len(self._ranges) < _KEPT:
            self._ranges.append((letters, row, row))

    def findings(self) -> list[Finding]:
        """A few as they are; more as one that counts them and knows their cells."""
        if self.count <= _APART:
            return self._few
        first = self._few[0]
        cells = tuple(
            f"{letters}{top}" if top == end else f"{letters}{top}:{letters}{end}"
            for letters, top, end in self._ranges
        )
        named = ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")
        reason = Text("{reason} ({en} rows: {cells})", "{reason} ({fr} lignes : {cells})").format(
            reason=first.reason,
            cells=named,
            en=f"{self.count:,}",
            fr=f"{self.count:,}".replace(",", "\u202f"),
        )
        return [
            replace(
                first,
                reason=reason,
                cells=cells,
                count=self.count,
                value=first.value if len(self._values) == 1 else "",
                header=first.header if len(self._headers) == 1 else "",
            )
        ]
