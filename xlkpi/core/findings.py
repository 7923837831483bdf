"""How a problem is told: one Finding for Excel and the command line, in French and English."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

from xlkpi.core.codes import DISK_FULL
from xlkpi.core.codes.code import NOTHING_TO_DO, Code
from xlkpi.core.codes.code import Severity as Severity
from xlkpi.core.texts import Language, Text, sentence

SEVERITY_WORDS = {
    Severity.ERROR: Text("error", "erreur"),
    Severity.EXCLUDED: Text("excluded", "exclu"),
    Severity.WARNING: Text("warning", "attention"),
    Severity.INFO: Text("note", "note"),
}

_NOTHING = Text("", "")
#: The beginning of a reason whose place a quoted value can take.
_SUBJECT = re.compile(r"^(?:this (?=is )|ce (?=n’est )|c’(?=est ))")


class Place(TypedDict, total=False):
    """Where a finding points: keyword arguments of Finding."""

    sheet: str
    cell: str
    header: str
    table: str


class PlaceAndValue(Place, total=False):
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: where, what was found, why it is one, which KPIs it touches, what to do.

    ``cell`` is an A1 address on ``sheet``; both are empty for a problem of the whole file.  ``table`` is the id of
    the input table that the cell belongs to: a sheet may be renamed, and has another name in each language.
    Without a reason or a fix it has those of its code.
    A finding about many places counts them; ``cells`` are those places then, such as ``C2:C40``, and ``cell`` the first.
    ``is_rest``: it stands for as many more as it counts, beyond those of its kind that are listed.
    """

    code: Code
    reason: Text = _NOTHING
    effect: Text = _NOTHING
    fix: Text = _NOTHING
    sheet: str = ""
    cell: str = ""
    header: str = ""
    value: str = ""
    table: str = ""
    count: int = 1
    cells: tuple[str, ...] = ()
    is_rest: bool = False

    def __post_init__(self) -> None:
        if self.reason == _NOTHING:
            object.__setattr__(self, "reason", self.code.meaning)
        if self.fix == _NOTHING and self.code.fix != NOTHING_TO_DO:
            object.__setattr__(self, "fix", self.code.fix)

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def place(self) -> str:
        where = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{where} ({self.header})" if where and self.header else where

    def message(self, language: Language) -> str:
        """One line: ``Posts!D14 (Reach): "12,3k?" is not a number. Effect: … Fix: … [XK301]``."""
        fr = language == "fr"
        colon = "\u00a0: " if fr else ": "
        quoted = f"«\u00a0{self.value}\u00a0»" if fr else f'"{self.value}"'
        text = self.reason.in_(language)
        if self.value:  # "12k?" is not a number, rather than: this is not a number
            goes_on = _SUBJECT.sub("", text)
            text = f"{quoted} {goes_on}" if goes_on != text else f"{quoted}{colon}{text}"
        parts = [f"{self.place}{colon}{text}." if self.place else sentence(text)]
        for label, said in (
            (Text("Effect", "Effet"), self.effect),
            (Text("Fix", "Solution"), self.fix),
        ):
            if said.in_(language):
                parts.append(f"{label.in_(language)}{colon}{said.in_(language).removesuffix('.')}.")
        return f"{' '.join(parts)} [{self.code}]"

    def more(self, count: int) -> Finding:
        """So many more of its kind, in one finding without their cells and values."""
        reason = Text("{n} more like the ones listed", "{n} de plus comme ceux de la liste")
        return replace(
            self,
            reason=reason.format(n=count),
            cell="",
            value="",
            count=count,
            cells=(),
            is_rest=True,
        )

    def addresses(self, most: int) -> list[str]:
        """The first cells it is about, each by itself."""
        found = [] if self.cells or not self.cell else [self.cell]
        for cells in self.cells:
            first, _, last = cells.partition(":")
            letters = first.rstrip("0123456789")
            top, end = (int(cell.removeprefix(letters)) for cell in (first, last or first))
            found += [
                f"{letters}{row}" for row in range(top, min(end, top + most - len(found) - 1) + 1)
            ]
        return found

    def word(self, language: Language) -> str:
        return SEVERITY_WORDS[self.severity].in_(language)

    def as_json(self, language: Language) -> dict[str, object]:
        return {
            "code": str(self.code),
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "cells": list(self.cells or ((self.cell,) if self.cell else ())),
            "count": self.count,
            "header": self.header,
            "value": self.value,
            "reason": self.reason.in_(language),
            "effect": self.effect.in_(language),
            "fix": self.fix.in_(language),
            "message": self.message(language),
        }


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Problems first, remarks last; within a severity as they were found."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def number_of(findings: Iterable[Finding], *severities: Severity) -> int:
    """How many things were found, those that are only counted included."""
    return sum(finding.count for finding in findings if finding.severity in severities)


# -- a list that does not grow with what is read ---------------------------------------------------

MAX_LISTED = 50  # findings of one kind that are listed one by one
LONGEST_VALUE = 200  # characters of a cell that a finding quotes
_APART = 3  # rows left out for one reason that are listed one by one
_NAMED = 5  # runs of rows that a finding names in its reason
_KEPT = 10_000  # runs of rows that it keeps for machines
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


class Findings:
    """Findings as they come; a kind, which is a code in a column, is listed up to a number, and the rest counted.

    Of a code that goes ``by_reason``, one finding stands for all rows that share a reason.  What a collector gives may
    go through another one: the sum of the counts is always the number of what was found.
    """

    def __init__(self, most: int = MAX_LISTED) -> None:
        self._most = most
        self._listed: list[Finding | SameReason] = []
        self._kinds: dict[tuple[str, str], _Kind] = {}
        self._reasons: dict[tuple[str, Text], SameReason] = {}

    def add(self, finding: Finding) -> None:
        """Take one more; its value is cut where it is too long to read."""
        if len(finding.value) > LONGEST_VALUE:
            finding = replace(finding, value=f"{finding.value[:LONGEST_VALUE]}…")
        if finding.code.by_reason and finding.count == 1 and not finding.is_rest:
            self._add_row(finding)
            return
        kind = self._kinds.setdefault((finding.code, finding.header), _Kind())
        if finding.is_rest or kind.listed == self._most:
            kind.count(finding)
        else:
            kind.listed += 1
            self._listed.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def all(self) -> tuple[Finding, ...]:
        """Those that are listed, as they came, then one for the rest of each kind that has one."""
        found: list[Finding] = []
        for one in self._listed:
            found += one.findings() if isinstance(one, SameReason) else (one,)
        return (*found, *(rest for kind in self._kinds.values() for rest in kind.rest()))

    def _add_row(self, finding: Finding) -> None:
        same = self._reasons.get((finding.code, finding.reason))
        if same is None:
            same = self._reasons[finding.code, finding.reason] = SameReason()
            self._listed.append(same)
        same.add(finding)


@dataclass(slots=True)
class _Kind:
    """How many of a kind are listed, and the rest of it."""

    listed: int = 0
    more: int = 0
    first: Finding | None = None

    def count(self, finding: Finding) -> None:
        """One that is not listed; the rest has a sheet as long as all of it stands on one."""
        self.more += finding.count
        if self.first is None:
            self.first = finding
        elif self.first.sheet != finding.sheet:
            self.first = replace(self.first, sheet="", table="")

    def rest(self) -> tuple[Finding, ...]:
        return () if self.first is None else (self.first.more(self.more),)


@dataclass(slots=True)
class SameReason:
    """Rows that are left out for one reason: a few as they are, more as one finding that counts them."""

    count: int = 0
    few: list[Finding] = field(default_factory=list)
    #: Of the values and of the headers it matters whether there is only one.
    values: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    runs: list[tuple[str, int, int]] = field(default_factory=list)  # column, first row, last row

    def add(self, finding: Finding) -> None:
        self.count += 1
        if len(self.few) < _APART:
            self.few.append(finding)
        for said, one in ((self.values, finding.value), (self.headers, finding.header)):
            if len(said) < 2:
                said.add(one)
        if (found := _ADDRESS.fullmatch(finding.cell)) is None:
            return
        letters, row = found[1], int(found[2])
        if self.runs and (last := self.runs[-1])[0] == letters and last[2] + 1 == row:
            self.runs[-1] = letters, last[1], row
        elif len(self.runs) < _KEPT:
            self.runs.append((letters, row, row))

    def findings(self) -> list[Finding]:
        if self.count <= _APART:
            return self.few
        first = self.few[0]
        cells = tuple(
            f"{letters}{top}" if top == end else f"{letters}{top}:{letters}{end}"
            for letters, top, end in self.runs
        )
        return [
            replace(
                first,
                reason=self._reason(first.reason, cells),
                cells=cells,
                count=self.count,
                value=first.value if len(self.values) == 1 else "",
                header=first.header if len(self.headers) == 1 else "",
            )
        ]

    def _reason(self, reason: Text, cells: tuple[str, ...]) -> Text:
        """The reason, with the number of rows and the first runs of them."""
        return Text("{reason} ({en} rows: {cells})", "{reason} ({fr} lignes : {cells})").format(
            reason=reason,
            cells=", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else ""),
            en=f"{self.count:,}",
            fr=f"{self.count:,}".replace(",", "\u202f"),
        )


# -- exceptions ------------------------------------------------------------------------------------


class Refused(Exception):
    """The input cannot be reported on; carries every finding that says why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(" / ".join(f.message("en") for f in findings))
        self.findings = findings


class NotWritten(Exception):
    """The output could not be written; what was there before is untouched."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message("en"))
        self.finding = finding


def refuse(
    code: Code, reason: Text = _NOTHING, fix: Text = _NOTHING, **where: Unpack[PlaceAndValue]
) -> Refused:
    """The usual refusal: one finding, whose code is an error."""
    return Refused(Finding(code, reason, fix=fix, **where))


#: What systems answer when they refuse a file; ``os.strerror`` says it in English only.
_SYSTEM_WORDS = {
    errno.EACCES: Text(
        "access is denied, or another program has it open",
        "accès refusé, ou ouvert dans un autre programme",
    ),
    errno.EPERM: Text("access is denied", "accès refusé"),
    errno.EBUSY: Text("another program has it open", "ouvert dans un autre programme"),
    errno.ENOENT: Text("it is not there", "il n’existe pas"),
    errno.ENOTDIR: Text(
        "a part of its path is no folder", "une partie du chemin n’est pas un dossier"
    ),
    errno.EISDIR: Text("it is a folder", "c’est un dossier"),
    errno.ENAMETOOLONG: Text("its name is too long", "son nom est trop long"),
    errno.ENOSPC: DISK_FULL.meaning,
    errno.EDQUOT: Text(
        "your quota on this disk is used up", "votre quota sur ce disque est épuisé"
    ),
    errno.EROFS: Text("the disk is read-only", "le disque est en lecture seule"),
    errno.EIO: Text(
        "the disk or the network drive does not answer",
        "le disque ou le lecteur réseau ne répond pas",
    ),
    errno.EMFILE: Text("too many files are open", "trop de fichiers sont ouverts"),
}


def system_reason(error: OSError | int) -> Text:
    """Why the system refuses a file; a number where it has no words here."""
    number = error if isinstance(error, int) else error.errno or 0
    return _SYSTEM_WORDS.get(number, Text(f"system error {number}", f"erreur système {number}"))
