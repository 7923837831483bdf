"""The report for a notebook: every block of it as rows, and as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from xlkpi.core.texts import Language

if TYPE_CHECKING:
    import pandas as pd

    from xlkpi.core.campaign import Period


class ReportBlock(Sequence[Mapping[str, Any]]):
    """One block of a report: a sequence of rows; ``to_frame()`` makes a DataFrame of them.

    Ratios and variances are fractions (3.4 % is ``0.034``), money is in the workbook's currency, and what is unknown
    is None (NaN in the frame), never 0.
    """

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> ReportBlock: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, Any] | ReportBlock:
        return ReportBlock(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"Block({list(self._rows)!r})"

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame, one column for each key."""
        import pandas as pd

        return pd.DataFrame(list(self._rows))


class CampaignReport(Mapping[str, Any]):
    """What ``xlkpi report --json`` prints, key by key: ``report["kpis"]`` or ``report.kpis``."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = {key: _block(value) for key, value in said.items()}

    def __getitem__(self, key: str) -> Any:
        return self._said[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_said"][name]
        except KeyError:
            raise AttributeError(
                f"the report has no block {name!r}; it has {self.blocks}"
            ) from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._said]

    @property
    def blocks(self) -> list[str]:
        """The names of the blocks that ``to_frame`` takes."""
        return [key for key, value in self._said.items() if isinstance(value, ReportBlock)]

    def to_frame(self, block: str = "kpis") -> pd.DataFrame:
        """A block as a pandas DataFrame.

        Raises:
            KeyError: there is no block of this name; ``blocks`` lists them.
        """
        if block not in self.blocks:
            raise KeyError(f"{block!r} is no block of the report; it has {self.blocks}")
        frame: pd.DataFrame = self._said[block].to_frame()
        return frame


def _block(value: Any) -> Any:
    """A list of rows, or one row, is a block; anything else stays what it is."""
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return ReportBlock(value)
    return value


def report(
    path: str | Path,
    campaign: str | None = None,
    period: str | Period | None = None,
    language: Language | None = None,
) -> CampaignReport:
    """The report of a campaign workbook; nothing is written.

    Args:
        path: an .xlsx or .xlsm campaign workbook.
        campaign: the campaign to report on; default: what the workbook's Settings say.
        period: ``"2026"``, ``"2026-Q1"``, ``"2026-03"``, ``"2026-03-01..2026-04-15"``, or a ``Period``.
        language: of the sentences, ``"en"`` or ``"fr"``; default: the workbook's own.

    Raises:
        xlkpi.core.findings.Refused: the workbook cannot be read; its findings say why and what to do.
        ValueError: the period cannot be understood.

    The same figures as in a cell, behind the button and on the command line: see ``docs/explain``.
    """
    from xlkpi.core.asjson import as_json
    from xlkpi.core.campaign import parse_period
    from xlkpi.excel.jobs.report import Request, read_report

    span = parse_period(period) if isinstance(period, str) else period
    made, spoken = read_report(Path(path), Request(campaign, span, language), date.today())
    return CampaignReport(as_json(made, spoken))
