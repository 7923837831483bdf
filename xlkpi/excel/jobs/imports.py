"""An import, whole: exports of the networks in, their posts in the workbook's Posts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlkpi.core import codes
from xlkpi.core.findings import Finding, NotWritten, Refused, Severity, system_reason
from xlkpi.core.texts import Text
from xlkpi.excel.posts.existing import campaign_names, existing, influencers
from xlkpi.excel.posts.write import save_change
from xlkpi.excel.reading.workbook import Workbook
from xlkpi.files import marks
from xlkpi.files.seen import SeenFile
from xlkpi.intake.exports import loading, recognition
from xlkpi.intake.memory import collector_paused
from xlkpi.intake.merge import plan as merging
from xlkpi.intake.merge.report import ImportReport
from xlkpi.intake.posts import Export, PostChanges
from xlkpi.intake.profiles import files as profile_files
from xlkpi.intake.profiles import mapping as profile_mapping
from xlkpi.intake.profiles.profile import ColumnProfile
from xlkpi.intake.tables import contents
from xlkpi.ooxml.package import Package

_FIRST_YEAR = 2005  # no network has figures from before; a file dated earlier comes from a clock that was not set

#: How often an import starts anew from a workbook that somebody saved meanwhile.
_TRIES = 3
#: What a fault of ours ends in: it may take the one file with it, never the others.
_FAULTS = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError)

Progress = Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says beside the files."""

    campaign: str = ""  # of the new posts; else the only one of the workbook
    #: Name or path of a mapping for tables that xlkpi does not know by itself; written when it is not there.
    profile: str = ""
    encoding: str = ""  # of texts that are no Unicode


_USUAL = ImportOptions()


@dataclass(frozen=True, slots=True)
class ImportDone:
    """``path`` is None when nothing was to be written, or nothing should be."""

    report: ImportReport
    path: Path | None = None
    backup: Path | None = None


@collector_paused()
def import_files(
    files: Sequence[Path],
    into: Path,
    now: datetime,
    options: ImportOptions = _USUAL,
    *,
    dry_run: bool = False,
    progress: Progress = None,
    ask: loading.Ask | None = None,
) -> ImportDone:
    """Bring exports into the Posts of a closed workbook, which keeps a dated backup.

    Args:
        ask: asks a person for the columns of such a table, where there is one to ask.

    Raises:
        Refused: a file is no export, or the workbook cannot take the posts; nothing was written.
        NotWritten: the workbook cannot be written; it is as it was.
    """
    for left in reversed(range(1 if dry_run or ask else _TRIES)):
        seen = SeenFile.of(into)
        if not dry_run:
            marks.require_closed(into)
        with Package(into) as package:
            change, report = plan(
                Workbook(package),
                files,
                now.date(),
                options,
                save_profile=not dry_run,
                ask=ask,
            )
        if dry_run:
            return ImportDone(report)
        try:
            return _write(change, report, into, now, progress, seen)
        except NotWritten as error:
            if error.finding.code != codes.SAVED_MEANWHILE or not left:
                raise  # else the import starts anew from the newer file
    raise AssertionError


def _write(
    change: PostChanges,
    report: ImportReport,
    into: Path,
    now: datetime,
    progress: Progress,
    seen: SeenFile | None,
) -> ImportDone:
    saved = save_change(into, into, change, None, now, progress, seen)
    written = saved.written
    report = replace(
        report,
        left_out=tuple(dict.fromkeys((*report.left_out, *written.left_out))),
        findings=(*report.findings, *written.findings),
    )
    changed = written.updated or written.added
    return ImportDone(report, saved.path if changed else None, saved.backup)


def plan(
    book: Workbook,
    files: Sequence[Path],
    today: date,
    options: ImportOptions = _USUAL,
    *,
    save_profile: bool = False,
    ask: loading.Ask | None = None,
) -> tuple[PostChanges, ImportReport]:
    """What the exports change in a workbook, open or closed; nothing is written but a new profile.

    Raises:
        Refused: every finding of every file that is no export.
    """
    mapping = _mapping(options.profile)
    found, passed_over = _load(
        files,
        today,
        currency=book.settings.currency,
        profile=mapping,
        saved=profile_files.saved(),
        ask=ask,
        encoding=options.encoding,
    )
    names = campaign_names(book)
    change, report = merging.plan(
        found,
        existing(book),
        influencers(book),
        options.campaign,
        today,
        campaigns=names,
        passed_over=passed_over,
    )
    if options.profile and mapping is None and save_profile:
        new = _save_profile(profile_files.place(options.profile), files)
        report = replace(report, findings=(*report.findings, new))
    return change, report


# -- reading the files ---------------------------------------------------------------------------


def _load(files: Sequence[Path], today: date, **how: Any) -> tuple[list[Export], list[Finding]]:
    """Every export of the files, and what was passed over in them; Refused when no file holds one.

    Args:
        how: what ``loading.load`` takes beside file and day.
    """
    found: list[Export] = []
    passed_over: list[Finding] = []
    # of two exports of one day the one downloaded last counts
    for file in sorted(files, key=_written):
        try:
            loaded = loading.load(file, today, **how)
        except Refused as error:
            passed_over += error.findings
        except _FAULTS:
            if len(files) == 1:
                raise
            passed_over.append(Finding(codes.FILE_FAILED, sheet=file.name))
        else:
            found += (_dated(export, file, today) for export in loaded.exports)
            passed_over += loaded.passed_over
    if not found:
        raise Refused(*(f for f in passed_over if f.severity is Severity.ERROR))
    return found, passed_over


def _written(file: Path) -> float:
    """When a file was last written; one that cannot be asked is refused later, by name."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _dated(export: Export, file: Path, today: date) -> Export:
    """An export that does not say its day has that of its file, which is never older than its figures: an old file
    imported late would lower the figures of a newer one.
    """
    says_its_day = "snapshot_date" in export.recognised.values() or export.snapshot != today
    day = None if export.is_addition or says_its_day else _day_of(file)
    if day is None or not _newest(export) <= day < today or day.year < _FIRST_YEAR:
        return export
    decision = Text(
        "figures of {en}, the day the file was saved",
        "chiffres du {fr}, jour où le fichier a été enregistré",
    )
    return replace(
        export,
        columns={**export.columns, "snapshot_date": [day] * len(export.rows)},
        decisions=(*export.decisions, decision.format(en=f"{day:%Y-%m-%d}", fr=f"{day:%d/%m/%Y}")),
    )


def _day_of(file: Path) -> date | None:
    """The day on which a file was last written, where its time is one."""
    try:
        return date.fromtimestamp(_written(file))
    except (OverflowError, OSError, ValueError):
        return None


def _newest(export: Export) -> date:
    """The day of its newest post.  A file that seems older tells nothing: archives give their members any date."""
    days = (day for day in export.columns.get("date", ()) if isinstance(day, date))
    return max(days, default=date.min)


# -- profiles ------------------------------------------------------------------------------------


def _mapping(profile: str) -> ColumnProfile | None:
    """The mapping that was asked for, where there is one already."""
    if not profile or not profile_files.place(profile).exists():
        return None
    return profile_files.load(profile_files.place(profile))


def _save_profile(path: Path, files: Sequence[Path]) -> Finding:
    """Write the mapping that the headers of the first unknown table gave, for a person to correct and use again."""
    mapping = _first_proposed(files)
    if mapping is None:
        return Finding(
            codes.PROFILE_NOT_NEEDED,
            sheet=str(path),
        )
    try:
        profile_files.save(replace(mapping, name=path.stem), path)
    except OSError as error:
        raise _profile_not_written(path, error) from error
    return Finding(
        codes.PROFILE_WRITTEN,
        sheet=str(path),
    )


def _first_proposed(files: Sequence[Path]) -> ColumnProfile | None:
    for file in files:
        for table in contents.read(file):
            mapping = profile_mapping.proposed(table)
            if recognition.recognise(table) is None and mapping is not None:
                return mapping
    return None


def _profile_not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(
        Finding(
            codes.PROFILE_NOT_WRITTEN,
            Text(
                "the profile cannot be written ({why})",
                "le profil ne peut être écrit ({why})",
            ).format(why=system_reason(error)),
            sheet=str(path),
        )
    )
