"""Imported values as cells of Posts, and the figures that its computed columns are made from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from openpyxl.styles.numbers import builtin_format_code, is_date_format

from xlkpi.core.days import number_of
from xlkpi.core.emv import Rate
from xlkpi.core.texts import Language
from xlkpi.excel.posts.table import PostTable
from xlkpi.excel.reading.posts.computed import FIGURES, computed_values
from xlkpi.excel.workbook import choices
from xlkpi.excel.workbook.contract import ColumnKind
from xlkpi.excel.workbook.spellings import format_name, network
from xlkpi.intake.cells.numbers import parse_number
from xlkpi.intake.posts import Value
from xlkpi.ooxml.cells import CellError
from xlkpi.ooxml.columns import CellColumn
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.rows import BLANK, LONGEST_TEXT, Tail, Writer
from xlkpi.ooxml.styles import Styles

#: What the computed columns are made from, beside network and format.
INPUTS = (*FIGURES, "revenue", "cost")
NAMES = ("network", "format")
WORDS = (ColumnKind.ID, ColumnKind.TEXT, ColumnKind.CHOICE, ColumnKind.FLAG)
_CJK_DATES = {*range(27, 37), *range(50, 59)}  # built-in formats that openpyxl has no code for


class PostValues:
    """Writes values in the way of their column: ids as text, dates as dates, choices in the workbook's words."""

    def __init__(self, package: Package, writer: Writer, language: Language) -> None:
        self.package, self.writer, self.language = package, writer, language

    def tails(self, id: str, kind: ColumnKind, values: Sequence[Value]) -> list[Tail]:
        """The cells of one column after their address and style; a blank one for what no cell can hold."""
        if kind in (ColumnKind.CHOICE, ColumnKind.FLAG, ColumnKind.DATE):
            known = {value: self.tail(id, kind, value) for value in set(values)}
            return [known[value] for value in values]
        if kind not in WORDS and all(v is None or type(v) is float for v in values):
            return self.writer.numbers(values)  # type: ignore[arg-type]
        return [self.tail(id, kind, value) for value in values]

    def tail(self, id: str, kind: ColumnKind, value: Value) -> Tail:
        if type(value) is float and kind not in WORDS:
            return self.writer.numbers((value,))[0]
        if value is None or value != value:
            return BLANK
        if isinstance(value, str) or kind in WORDS:
            return self.writer.text(fitting(as_text(id, kind, value, self.language)))
        if isinstance(value, date):
            serial = self.serial(value)
            return BLANK if serial is None else self.writer.number(serial)
        return self.writer.number(value) if math.isfinite(value) else BLANK

    def serial(self, day: date) -> int | None:
        """Excel's number of a day; None before 1 March 1900, whose serials Excel counts wrongly."""
        serial = number_of(day.date() if isinstance(day, datetime) else day) - (
            1462 if self.package.date1904 else 0
        )
        return serial if serial >= (0 if self.package.date1904 else 61) else None

    def faults(self, values: Sequence[Value]) -> Iterator[tuple[int, str]]:
        """Places of values that no cell holds as they are: ``long`` texts, which are cut, and ``lost`` figures."""
        known = {value: fault for value in set(values) if (fault := self.fault(value))}
        if known:
            yield from ((i, known[value]) for i, value in enumerate(values) if value in known)

    def fault(self, value: Value) -> str:
        """The same for one value; "" for one that fits."""
        if type(value) is float:
            return "lost" if value - value != 0 and value == value else ""
        if type(value) is str:
            return "long" if fitting(value) is not value else ""
        return "lost" if isinstance(value, date) and self.serial(value) is None else ""


def as_text(id: str, kind: ColumnKind, value: Value, language: Language) -> str:
    """A value as text, choices in the words of the language."""
    said = (
        value.isoformat()
        if isinstance(value, date)
        else value
        if isinstance(value, str)
        else _figure(value)
    )
    if id != "format" and kind is not ColumnKind.FLAG:
        return said
    words = choices.FORMATS if id == "format" else choices.YES_NO
    chosen = choices.choice(
        words, said if id == "format" else {"1": "yes", "0": "no"}.get(said, said)
    )
    return words[chosen].in_(language) if chosen else said


def fitting(text: str) -> str:
    """A text cut to what a cell can hold, counted in UTF-16 as Excel does."""
    if (
        len(text) <= LONGEST_TEXT // 2
        or len(text) + sum(ch > "\uffff" for ch in text) <= LONGEST_TEXT
    ):
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_TEXT].decode(
        "utf-16-le", "ignore"
    )


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) else repr(float(value))


class Wardrobe:
    """Looks for what is written: dates must look like dates, and ids stay text when someone edits their cell."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles: Styles | None = None
        self._known: dict[tuple[ColumnKind, str], str] = {}

    def for_kind(self, kind: ColumnKind) -> Callable[[str], str] | None:
        """A cell's style attribute → one fit for this kind of value; None when any will do."""
        if kind not in (ColumnKind.DATE, ColumnKind.ID):
            return None
        return lambda style: self._fit(kind, style)

    def _fit(self, kind: ColumnKind, style: str) -> str:
        key = kind, style
        if key not in self._known:
            if self._styles is None:
                self._styles = Styles(self._package)
            number = style.split('"')[1] if style else "0"
            fits = (
                self._is_date(number) if kind is ColumnKind.DATE else self._code(number)[1] == "@"
            )
            # mm-dd-yy is what openpyxl calls the short date in the reader's own order.
            code = "mm-dd-yy" if kind is ColumnKind.DATE else "@"
            self._known[key] = style if fits else f' s="{self._styles.with_format(number, code)}"'
        return self._known[key]

    def _is_date(self, style: str) -> bool:
        id, code = self._code(style)
        return id in _CJK_DATES or is_date_format(code)

    def _code(self, style: str) -> tuple[int, str]:
        """Number format of a style: its id and its code."""
        assert self._styles is not None
        xfs = list(self._styles.xfs)
        id = xfs[int(style)].get("numFmtId", "0") if int(style) < len(xfs) else "0"
        custom = next(
            (
                e.get("formatCode", "")
                for e in self._styles.root.iterfind("{*}numFmts/{*}numFmt")
                if e.get("numFmtId") == id
            ),
            None,
        )
        number = int(id) if id.isdecimal() else 0
        return number, custom if custom is not None else builtin_format_code(number) or ""

    def save(self) -> None:
        if self._styles is not None:
            self._styles.save()


# -- what the computed columns are made from -------------------------------------------------------------


class Computing:
    """The values of the computed columns, from the core, with the settings and rates of the workbook."""

    def __init__(self, posts: PostTable) -> None:
        self.posts = posts
        self.edition = posts.book.edition
        self._settings = posts.book.settings
        self._rates: tuple[Rate, ...] = posts.book.rates()

    def values(self, frame: pd.DataFrame) -> dict[str, list[float | str]]:
        return computed_values(frame, self._settings, self._rates)

    def frames(
        self, more: Sequence[str] = ()
    ) -> Iterator[tuple[NDArray[np.int64], pd.DataFrame, dict[str, CellColumn]]]:
        """Row numbers, inputs, and ``more`` columns as they stand, some thousand rows at a time."""
        posts, at = self.posts, self.posts.grid.columns
        wanted = [id for id in (*INPUTS, *NAMES, *more) if id in at]
        for band in posts.book.cells.columns(
            posts.sheet, [at[id] for id in wanted], posts.header + 1, posts.grid.end
        ):
            cells, length = {id: band.columns[at[id]] for id in wanted}, len(band.rows)
            frame = pd.DataFrame(
                {id: _numbers(cells.get(id), length, self.edition) for id in INPUTS}
            )
            spellings: tuple[Callable[[str], str], ...] = (network, format_name)
            for id, spell in zip(NAMES, spellings, strict=True):
                frame[id] = _names(cells.get(id), length, spell)
            yield band.rows, frame, cells


def given_frame(
    columns: dict[str, Sequence[Value]], length: int, language: Language
) -> pd.DataFrame:
    """Imported columns as inputs."""
    return pd.DataFrame(
        {id: as_input(id, columns.get(id, [None] * length), language) for id in (*INPUTS, *NAMES)}
    )


def as_input(
    id: str, values: Sequence[Value], language: Language
) -> NDArray[np.float64] | NDArray[np.object_]:
    """Imported values of one column as the computed columns need them."""
    if id in NAMES:
        spell = network if id == "network" else lambda said: _format_label(said, language)
        known = {v: spell(v) if isinstance(v, str) and v.strip() else None for v in set(values)}
        names = np.empty(len(values), dtype=object)
        names[:] = [known[v] for v in values]
        return names
    numbers = np.array(
        [v if isinstance(v, (int, float)) else math.nan for v in values], dtype=float
    )
    return np.where(np.isfinite(numbers) & (numbers >= 0), numbers, np.nan)


def _format_label(said: str, language: Language) -> str:
    id = choices.choice(choices.FORMATS, said)
    return format_name(choices.FORMATS[id].in_(language) if id else said.strip())


def _numbers(cells: CellColumn | None, length: int, edition: Language) -> NDArray[np.float64]:
    """A column's figures as the report reads them: text that is a number counts, a negative one does not."""
    if cells is None:
        return np.full(length, np.nan)
    numbers = cells.numbers
    if cells.others is not None:
        numbers = numbers.copy()
        for i in np.flatnonzero(cells.others != None).tolist():  # noqa: E711 - element-wise on an object array
            parsed = (
                parse_number(cells.others[i], edition) if isinstance(cells.others[i], str) else None
            )
            numbers[i] = parsed if isinstance(parsed, float) else np.nan
    return np.where(numbers < 0, np.nan, numbers)


def _names(
    cells: CellColumn | None, length: int, spell: Callable[[str], str]
) -> NDArray[np.object_]:
    if cells is None or cells.others is None:
        return np.full(length, None, dtype=object)
    codes, names = pd.factorize(cells.others)
    spelt = [
        spell(name.strip()) if isinstance(name, str) and name.strip() else None for name in names
    ]
    return np.array([*spelt, None], dtype=object)[codes]


def differs(cells: CellColumn, expected: Sequence[float | str]) -> NDArray[np.bool_]:
    """Where a cached value is not the one computed: figures may differ in their last digits."""
    wrong = np.zeros(len(expected), dtype=bool)
    for i, value in enumerate(expected):
        other = cells.others[i] if cells.others is not None else None
        if isinstance(value, float):
            wrong[i] = other is not None or not math.isclose(
                cells.numbers[i], value, rel_tol=1e-9, abs_tol=1e-12
            )
        elif value == "":
            wrong[i] = not math.isnan(cells.numbers[i]) or not (
                other in (None, "") or other == CellError("")
            )
        else:
            wrong[i] = other != CellError(value)
    return wrong
