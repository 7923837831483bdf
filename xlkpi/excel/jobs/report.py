"""The file door, whole: a campaign workbook in, the same workbook with its report filled out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from xlkpi.core import figures, wording
from xlkpi.core.asjson import as_json as report_json
from xlkpi.core.assemble.build import build
from xlkpi.core.campaign import Period
from xlkpi.core.findings import Finding, NotWritten, Refused, Severity
from xlkpi.core.insight.actions import Action, joined, merge
from xlkpi.core.insight.analysis import Band, Told, once
from xlkpi.core.insight.phrases import names
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.excel.reading.posts.computed import Freshness
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.excel.report import kept
from xlkpi.excel.report.fill import apply
from xlkpi.excel.report.fingerprint import is_untouched, sign
from xlkpi.excel.report.render import render
from xlkpi.excel.template import graft
from xlkpi.excel.workbook.contract import Edition
from xlkpi.files import marks
from xlkpi.files.saving import backed_up, write_bytes
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.save import save

#: Actions that the terminal names.
_ACTIONS = 3
#: Characters that their campaigns may take.
_NAMES = 60


@dataclass(frozen=True, slots=True)
class Request:
    """What to report on and in which language; None leaves it to the workbook's settings."""

    campaign: str | None = None
    period: Period | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Written:
    report: Report
    language: Language
    path: Path
    backup: Path | None = None


Progress = Callable[[int, int], None] | None


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
    report = kept.commented(report, kept.read_comments(package))
    return with_actions(report, kept.read_actions(package), today, language), language


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
) -> Written:
    """Fill the report of ``source`` into ``target``; they may be the same file, which then keeps a dated backup.

    Comments typed in an older report at ``target`` are carried over, and a report there that a person has
    changed is kept as a dated backup.  ``data`` holds a workbook that does not stand at ``source`` yet.

    Raises:
        Refused: the workbook cannot be reported on, or ``strict`` and something was excluded.
        NotWritten: the target cannot be written.
    """
    marks.require_closed(target)  # asked again when it is written: reading may take a while
    with Package(source, data) as package:
        in_place = data is None and target.exists() and source.samefile(target)
        if source.suffix.lower() != target.suffix.lower():
            raise NotWritten(
                Finding(
                    "XK405",
                    Severity.ERROR,
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
        book = Workbook(package)
        book.watch = watch = Freshness(lambda: (book.settings, book.rates()))
        report, language = _read(package, book, request, now.date(), progress)
        if strict and excluded(report):
            raise Refused(*(f for f in report.findings if f.severity is Severity.EXCLUDED))
        graft.ensure_report(package, language)
        comments = kept.read_comments(package)
        edited = False
        if target.exists() and not in_place:
            older, actions, edited = _older(target)
            comments = kept.with_older(comments, older)
            report = with_actions(
                report, joined(kept.read_actions(package), actions), now.date(), language
            )
        report = kept.commented(report, comments)
        apply(package, render(report, language, comments, package.date1904))
        if watch.tell():
            # with NumPy and pandas, which most reports do without
            from xlkpi.excel.posts.calculated import refresh_computed

            refresh_computed(package)
        sign(package)
        with backed_up(target, now, in_place or edited) as saved:
            save(package, target)
    return Written(report, language, target, saved)


def _older(target: Path) -> tuple[kept.Comments, tuple[Action, ...], bool]:
    """Comments and actions of the report that is about to be replaced, and whether a person has changed that file."""
    try:
        with Package(target) as package:
            return (
                kept.read_comments(package),
                kept.read_actions(package),
                not is_untouched(package),
            )
    except Refused:
        raise NotWritten(
            Finding(
                "XK407",
                Severity.ERROR,
                Text(
                    "this file exists and is not a workbook of ours",
                    "ce fichier existe et n’est pas un classeur à nous",
                ),
                Text("it was left as it is", "il a été laissé tel quel"),
                Text("choose another name with -o", "choisissez un autre nom avec -o"),
                sheet=target.name,
            )
        ) from None


def create(
    path: Path,
    language: Language,
    example: str | None = None,
    edition: Edition = "addin",
    settings: Mapping[str, object] | None = None,
) -> None:
    """Write a new campaign workbook: the template, or the worked example of this name with its report filled.

    Args:
        settings: what Settings start with where it is not the usual, by id: ``{"currency": "GBP"}``.

    Raises:
        NotWritten: there is a file of this name, or it cannot be written.
    """
    from xlkpi.excel.samples.model import Sample
    from xlkpi.excel.template.build import build as build_template

    if path.suffix.lower() != ".xlsx":
        raise NotWritten(
            Finding(
                "XK409",
                Severity.ERROR,
                Text(
                    "a new workbook must end in .xlsx",
                    "un nouveau classeur doit se terminer par .xlsx",
                ),
                fix=Text(
                    "choose a name such as campaign.xlsx", "choisissez un nom comme campagne.xlsx"
                ),
                sheet=path.name,
            )
        )
    require_free(path)
    if not example:
        write_bytes(build_template(language, Sample(dict(settings or {})), edition), path)
        return
    from xlkpi.excel.samples.campaigns import example_of

    made = example_of(example, language)
    made = replace(made, settings=made.settings | dict(settings or {}))

    write_report(
        path,
        path,
        Request(language=language),
        datetime.now(),
        data=build_template(language, made, edition),
    )


def require_free(path: Path) -> None:
    """Refuse (NotWritten) to write over a file."""
    if path.exists():
        raise NotWritten(
            Finding(
                "XK408",
                Severity.ERROR,
                Text("there is already a file of this name", "un fichier porte déjà ce nom"),
                Text("it was left as it is", "il a été laissé tel quel"),
                Text("choose another name", "choisissez un autre nom"),
                sheet=str(path),
            )
        )


def excluded(report: Report) -> int:
    """How many findings left something out."""
    return sum(f.severity is Severity.EXCLUDED for f in report.findings)


def as_text(report: Report, language: Language) -> str:
    """The report for the terminal: headline and the KPI table."""
    currency = report.settings.currency
    rows = [
        [
            c.in_(language)
            for c in (
                Text("KPI", "KPI"),
                Text("Target", "Objectif"),
                Text("Actual", "Réel"),
                Text("Variance", "Écart"),
                Text("Data", "Données"),
                Text("Status", "Statut"),
            )
        ]
    ]
    for line in report.kpis:
        rows.append(
            [
                line.label.in_(language),
                figures.figure(line.target, line.kpi.unit, currency, language),
                figures.figure(line.actual, line.kpi.unit, currency, language),
                figures.variance(line, language),
                figures.coverage(line).in_(language),
                wording.status(line, language),
            ]
        )
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = [
        f"{wording.title(report, language)} · {wording.period(report, language)}",
        wording.headline(report, language),
    ]
    if said := wording.spend_line(report, language):
        lines.append(said)
    if report.kpis:
        lines.append("")
        for row in rows:
            cells = [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:5], widths[1:5], strict=True)),
                row[5],
            ]
            lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, *_next_steps(report, language)])


def _next_steps(report: Report, language: Language) -> list[str]:
    """The weakest stage and the most pressing actions."""
    analysis = report.analysis
    lines = ["", analysis.funnel.reason.in_(language)] if analysis.funnel.weakest else []
    pressing = [t for t in once(analysis.problems) if t.worst.priority.band is not Band.MONITOR][
        :_ACTIONS
    ]
    if pressing:
        lines += ["", Text("To do first:", "À faire d’abord :").in_(language)]
        lines += [
            f"  {_about(t, report, language)} – {t.worst.action.in_(language)}" for t in pressing
        ]
    return lines


def _about(told: Told, report: Report, language: Language) -> str:
    """The KPI of a reading, and the campaigns it holds for where the report is on several."""
    label = told.worst.kpi.label.in_(language)
    return (
        f"{label} · {names(told.campaigns, _NAMES).in_(language)}"
        if len(report.campaigns) > 1
        else label
    )


def as_json(report: Report, language: Language) -> str:
    return json.dumps(report_json(report, language), ensure_ascii=False, indent=2, allow_nan=False)


__all__ = [
    "Request",
    "Written",
    "as_json",
    "as_text",
    "create",
    "excluded",
    "read_report",
    "write_report",
]
