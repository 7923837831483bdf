"""A report's figures and verdicts as a slide says them, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.core import figures, wording
from xlkpi.core.insight.analysis import Change, Verdict
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.insight.phrases import CHANGE_WORDS, VERDICT_SIGNS
from xlkpi.core.kpi import Kpi, Unit
from xlkpi.core.lines import KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import Status
from xlkpi.deck.blocks import TableCell
from xlkpi.deck.slide import Slide
from xlkpi.excel.workbook.formats import number_format

_VERDICT_STATUS = {
    Verdict.KEEP: Status.MET,
    Verdict.ADJUST: Status.WATCH,
    Verdict.STOP: Status.MISSED,
}
_JUDGED = (Status.MET, Status.WATCH, Status.MISSED)


@dataclass(frozen=True, slots=True)
class SlideTexts:
    report: Report
    language: Language

    def t(self, text: Text) -> str:
        return text.in_(self.language)

    def header(self, *texts: Text) -> tuple[str, ...]:
        """The first row of a table."""
        return tuple(text.in_(self.language) for text in texts)

    def both(self, en: str, fr: str, **values: object) -> str:
        return Text(en, fr).format(**values).in_(self.language)

    @property
    def currency(self) -> str:
        return self.report.settings.currency

    def figure(self, value: float | None, unit: Unit) -> str:
        return figures.figure(value, unit, self.currency, self.language)

    def of(self, kpi: Kpi, value: float | None) -> str:
        return self.figure(value, kpi.unit)

    def format(self, unit: Unit) -> str:
        """The number format of a chart."""
        return number_format(unit, None, self.currency, self.language)

    def change(self, change: Change) -> str:
        return (
            "–"
            if change.change is None
            else figures.signed(change.change, change.in_points, self.language)
        )

    def status(self, line: KpiLine) -> TableCell:
        status = line.variance.status
        return TableCell(wording.status(line, self.language), status if status in _JUDGED else None)

    def beside(self, status: Status, why_not: Text | None = None) -> TableCell:
        """How a figure stands beside another: sign and word, or the reason why it is not compared."""
        if why_not is not None:
            return TableCell(self.t(why_not))
        return TableCell(
            f"{wording.STATUS_SIGNS[status]} {self.t(CHANGE_WORDS[status])}",
            status if status in _JUDGED else None,
        )

    def decision(self, verdict: Verdict) -> TableCell:
        status = _VERDICT_STATUS.get(verdict)
        return TableCell(f"{VERDICT_SIGNS[verdict]} {self.t(VERDICT_WORDS[verdict])}", status)

    def notes(self, slide: Slide, how: Text, more: Sequence[str] = ()) -> None:
        """Speaker notes: how to read this slide, what belongs to it, and the method of the whole report."""
        method = self.both("Method:", "Méthode :")
        slide.notes(
            [self.t(how), *more, "", method, *wording.method_lines(self.report, self.language)]
        )
