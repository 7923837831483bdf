"""Findings as they are noted while a workbook is read; those beyond a number of one kind are only counted."""

from __future__ import annotations

from dataclasses import replace

from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text
from xlkpi.excel.reading.alike import CODES, Alike
from xlkpi.excel.workbook.grid import LONGEST_VALUE

#: So many findings of one kind in one column are listed; the rest is counted in one more.
MAX_LISTED = 50


class Notes:
    def __init__(self) -> None:
        self._listed: list[Finding] = []
        self._more: dict[tuple[str, str], list[Finding]] = {}
        self._alike: dict[tuple[str, Text], Alike] = {}

    def add(self, finding: Finding) -> None:
        """Rows left out are told by reason, of others those beyond MAX_LISTED of one kind in one column are counted."""
        if len(finding.value) > LONGEST_VALUE:
            finding = replace(finding, value=f"{finding.value[:LONGEST_VALUE]}…")
        if finding.code in CODES:
            self._alike.setdefault((finding.code, finding.reason), Alike(len(self._listed))).add(
                finding
            )
            return
        alike = self._more.setdefault((finding.code, finding.header), [])
        alike.append(finding) if len(alike) < MAX_LISTED else alike.append(alike[-1])
        if len(alike) <= MAX_LISTED:
            self._listed.append(finding)

    def findings(self) -> tuple[Finding, ...]:
        """Everything noted, with a line for each kind that was cut short or is told by reason."""
        cut = [
            replace(
                alike[0],
                cell="",
                value="",
                count=len(alike) - MAX_LISTED,
                reason=Text(
                    "{n} more like the ones listed", "{n} de plus comme ceux de la liste"
                ).format(n=len(alike) - MAX_LISTED),
            )
            for alike in self._more.values()
            if len(alike) > MAX_LISTED
        ]
        found = list(self._listed)
        for rows in reversed(
            self._alike.values()
        ):  # from the last on, so that no place before it moves
            found[rows.at : rows.at] = rows.findings()
        return (*found, *cut)
