"""Findings as they collect while something is read: every kind is listed, long lists are cut and counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlkpi.core.findings import Finding
from xlkpi.core.texts import Text

#: So many findings of one kind in one column are listed; the rest is counted in one more.
MAX_LISTED = 50


class ImportNotes:
    """A list of findings that does not grow with the file."""

    def __init__(self) -> None:
        self._listed: list[Finding] = []
        self._alike: dict[tuple[str, str], int] = {}
        self._last: dict[tuple[str, str], Finding] = {}

    def add(self, finding: Finding) -> None:
        """Keep a finding; beyond MAX_LISTED of one kind in one column it is only counted."""
        key = (finding.code, finding.header)
        self._alike[key] = self._alike.get(key, 0) + 1
        self._last[key] = finding
        if self._alike[key] <= MAX_LISTED:
            self._listed.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def all(self) -> tuple[Finding, ...]:
        """Everything noted, with a line for each kind that was cut short."""
        cut = [
            replace(
                self._last[key],
                cell="",
                value="",
                reason=Text(
                    "{n} more like the ones listed", "{n} de plus comme ceux de la liste"
                ).format(n=count - MAX_LISTED),
            )
            for key, count in self._alike.items()
            if count > MAX_LISTED
        ]
        return (*self._listed, *cut)


def quoted(names: Iterable[str], longest: int = 160) -> Text:
    """Names in the quotation marks of each language, cut where they become too long to read."""
    names = list(names)
    return Text(
        *[", ".join(form.format(name) for name in names)[:longest] for form in ("“{}”", "« {} »")]
    )


def column_letters(index: int) -> str:
    """``0`` → A, ``26`` → AA: how Excel shows the column of a file that is opened in it."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
