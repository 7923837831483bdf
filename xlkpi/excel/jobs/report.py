"""A report on a closed workbook, whole: a campaign workbook in, the same workbook with its report filled out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from xlkpi.core import codes
from xlkpi.core.asjson import as_json as report_json
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Period
from xlkpi.core.findings import Finding, NotWritten, Refused, Severity, number_of
from xlkpi.core.insight.actions import Action, joined, merge
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.reading.posts.computed import Freshness
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report import comments as typed
from xlkpi.excel.report.fill import apply
from xlkpi.excel.report.fingerprint import is_untouched, sign
from xlkpi.excel.report.render import render
from xlkpi.excel.template.missing_sheets import add_missing_sheets
from xlkpi.files import marks
from xlkpi.files.saving import backed_up
from xlkpi.files.seen import SeenFile
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.save import save

Progress = Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class Request:
    """What to report on and in which language; None leaves it to the workbook's settings."""

    campaign: str | None = None
    period: Period | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that was written, where, and the dated copy of what stood there."""

    report: Report
    language: Language
    path: Path
    backup: Path | None = None


def read_report(
    source: Path, request: Request, today: date, progress: Progress = None
) -> tuple[Report, Language]:
    """The report of a workbook, with the comments it holds; nothing is written."""
    with Package(source) as package:
        return _read(package, Workbook(package), request, today, progress)


def _read(
    package: Package, book: Workbook, request: Request, today: date, progress: Progress
) -> tuple[Report, Language]:
    package.progress = progress
    report = build(book, today, request.campaign, request.period)
    language = request.language or book.language
    report = typed.with_comments(report, typed.read_comments(package))
    return with_actions(report, typed.read_actions(package), today, language), language


def with_actions(
    report: Report, before: Sequence[Action], today: date, language: Language
) -> Report:
    """The report with its list of actions: what it proposes, and what people made of the list as it stood."""
    return replace(
        report, actions=merge(report.analysis.problems, report.campaigns, before, today, language)
    )


def write_report(
    source: Path,
    target: Path,
    request: Request,
    now: datetime,
    progress: Progress = None,
    strict: bool = False,
    data: bytes | None = None,
) -> WrittenReport:
    """Fill the report of ``source`` into ``target``; they may be the same file, which then keeps a dated backup.

    Comments typed in an older report at ``target`` are carried over, and a report there that a person has
    changed is kept as a dated backup.  ``data`` holds a workbook that does not stand at ``source`` yet.

    Raises:
        Refused: the workbook cannot be reported on, or ``strict`` and something was excluded.
        NotWritten: the target cannot be written.
    """
    marks.require_closed(target)  # asked again when it is written: reading may take a while
    seen = SeenFile.of(target)
    with Package(source, data) as package:
        in_place = data is None and target.exists() and source.samefile(target)
        _require_same_kind(source, target)
        book = Workbook(package)
        book.watch = watch = Freshness(lambda: (book.settings, book.rates()))
        report, language = _read(package, book, request, now.date(), progress)
        if strict:
            require_complete(report)
        older = _read_older(target) if target.exists() and not in_place else _OlderReport()
        report = _fill(package, report, language, older, now.date())
        if watch.tell():
            # loaded here: a tenth of a second that most reports do without
            from xlkpi.excel.posts.calculated import refresh_computed

            refresh_computed(package)
        sign(package)
        with backed_up(target, now, in_place or older.edited) as saved:
            save(package, target, seen)
    return WrittenReport(report, language, target, saved)


def require_complete(report: Report) -> None:
    """Refuse a report that leaves anything out."""
    if excluded(report):
        raise Refused(*(f for f in report.findings if f.severity is Severity.EXCLUDED))


def excluded(report: Report) -> int:
    """How many things were left out."""
    return number_of(report.findings, Severity.EXCLUDED)


def as_json(report: Report, language: Language) -> str:
    return json.dumps(report_json(report, language), ensure_ascii=False, indent=2, allow_nan=False)


# -- steps of writing ----------------------------------------------------------------------------


def _require_same_kind(source: Path, target: Path) -> None:
    if source.suffix.lower() != target.suffix.lower():
        raise NotWritten(
            Finding(
                codes.OTHER_FILE_KIND,
                Text(
                    "the report must keep the kind of file it comes from ({s})",
                    "le rapport doit garder le type du fichier d’origine ({s})",
                ).format(s=source.suffix),
                fix=Text("give -o a name that ends in {s}", "donnez à -o un nom en {s}").format(
                    s=source.suffix
                ),
                sheet=target.name,
            )
        )


@dataclass(frozen=True, slots=True)
class _OlderReport:
    """What people made of the report that is about to be replaced; nothing where there is none."""

    comments: typed.Comments = field(default_factory=dict)
    actions: tuple[Action, ...] | None = None
    edited: bool = False  # a person has changed the file


def _read_older(target: Path) -> _OlderReport:
    try:
        with Package(target) as package:
            return _OlderReport(
                typed.read_comments(package), typed.read_actions(package), not is_untouched(package)
            )
    except Refused:
        raise NotWritten(
            Finding(
                codes.FILE_NOT_OURS,
                Text(
                    "this file exists and is not a workbook of ours",
                    "ce fichier existe et n’est pas un classeur à nous",
                ),
                Text("it was left as it is", "il a été laissé tel quel"),
                Text("choose another name with -o", "choisissez un autre nom avec -o"),
                sheet=target.name,
            )
        ) from None


def _fill(
    package: Package, report: Report, language: Language, older: _OlderReport, today: date
) -> Report:
    """Put the report into the workbook, with what people made of earlier ones; the report as it stands there."""
    add_missing_sheets(package, language)
    comments = typed.with_older(typed.read_comments(package), older.comments)
    if older.actions is not None:
        actions = joined(typed.read_actions(package), older.actions)
        report = with_actions(report, actions, today, language)
    report = typed.with_comments(report, comments)
    apply(package, render(report, language, comments, package.date1904))
    return report
