"""Formulas that follow when rows are added below them, and which formulas of Posts are our own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.formula.translate import Translator

from xlkpi.core.names import normalise
from xlkpi.ooxml.cells import column_index, unescape
from xlkpi.ooxml.rows import escaped

_A1 = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_CELLS = re.compile(r"(\$?[A-Za-z]{1,3}\$?)(\d{1,7})(?::(\$?[A-Za-z]{1,3}\$?)(\d{1,7}))?")


class Formula:
    """The formula of one cell, to be written in other rows of its column."""

    def __init__(self, text: str, row: int) -> None:
        """``text`` as it stands in ``row``, without the equals sign and not escaped.

        Raises:
            ValueError: it cannot be taken apart.
        """
        self.row = row
        self._parts: list[tuple[str, bool]] = []  # text, and whether it moves along
        for token in tokens(text):
            moves = _moves(token)
            if self._parts and not moves and not self._parts[-1][1]:
                self._parts[-1] = (self._parts[-1][0] + token.value, False)
            else:
                self._parts.append((token.value, moves))
        self._fixed = escaped(text) if not any(moves for _, moves in self._parts) else None

    @property
    def moves(self) -> bool:
        return self._fixed is None

    def at(self, row: int) -> str:
        """The formula for another row, escaped for XML."""
        if self._fixed is not None:
            return self._fixed
        by = row - self.row
        return escaped(
            "".join(
                Translator.translate_range(part, by, 0) if moves else part
                for part, moves in self._parts
            )
        )


def tokens(formula: str) -> list[Token]:
    """The parts of a formula; joined they are the formula again.

    Raises:
        ValueError: brackets or quotes that do not close.
    """
    try:
        return list(Tokenizer(f"={formula}").items)
    except (TokenizerError, IndexError) as error:
        raise ValueError(formula) from error


def _is_a1(text: str) -> bool:
    """Whether a reference names cells by address; a structured one, such as ``Posts[Reach]``, does not."""
    return "[" not in text.rsplit("!", 1)[-1] and bool(_A1.search(text.rsplit("!", 1)[-1]))


def _moves(token: Token) -> bool:
    if (
        token.type != Token.OPERAND
        or token.subtype != Token.RANGE
        or "[" in token.value.rsplit("!", 1)[-1]
    ):
        return False
    return bool(Translator.translate_range(token.value, 1, 0) != token.value)


def own_row_moved(formula: str, row: int, by: int, last: int) -> str:
    """A totals formula moved down ``by`` rows: its own row moves, ranges that ended above it reach the new rows.

    Args:
        last: the last data row before the rows were added.
    """
    out = []
    for token in tokens(formula):
        text = token.value
        if (
            token.type == Token.OPERAND
            and token.subtype == Token.RANGE
            and _is_a1(text)
            and "!" not in text
        ):
            text = _CELLS.sub(lambda m: _moved_cells(m, row, by, last), text)
        out.append(text)
    return "".join(out)


def _moved_cells(match: re.Match[str], row: int, by: int, last: int) -> str:
    top = int(match[2])
    first = f"{match[1]}{top + by if top >= row else top}"
    if match[3] is None:
        return first
    bottom = int(match[4])
    bottom = (
        bottom + by if bottom >= row else row + by - 1 if last <= bottom and top <= last else bottom
    )
    return f"{first}:{match[3]}{bottom}"


def cells_named(formula: str, sheet: str | None) -> Iterator[tuple[int, int, int, int]]:
    """Ranges that a formula gives by address on a sheet: top, left column, bottom, right column.

    Args:
        sheet: the name that must stand before the address; None for formulas on the sheet itself.
    """
    try:
        found = tokens(formula)
    except ValueError:
        return
    for token in found:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            continue
        before, mark, address = token.value.rpartition("!")
        if mark and before.strip("'").replace("''", "'").casefold() != (sheet or "").casefold():
            continue
        if (not mark and sheet is not None) or "[" in address:
            continue
        match = _CELLS.fullmatch(address)
        if match:
            top, left = int(match[2]), column_index(match[1].replace("$", "").upper())
            bottom = int(match[4] or top)
            right = column_index((match[3] or match[1]).replace("$", "").upper())
            yield min(top, bottom), min(left, right), max(top, bottom), max(left, right)


# -- our own formulas ------------------------------------------------------------------------------------

_HAS_FIGURES = 'if(count({followers}:{clicks})=0,"",'
_PAID = "{impressions},{views},{likes},{comments},{shares},{saves},{clicks}"
#: What the template writes, by column ids; a test holds it equal to the template.
OURS = {
    "engagement_rate": _HAS_FIGURES
    + 'engagement_rate(if(sumproduct(interaction_weights*({likes}:{clicks}<>""))=0,"",'
    "sumproduct({likes}:{clicks},interaction_weights)),"
    "index({followers}:{views},engagement_base)))",
    "roi": _HAS_FIGURES + "roi({revenue},{cost}))",
    "emv": _HAS_FIGURES
    + "emv({network},{format},"
    + _PAID
    + ",setting_emv_method,reference_values,setting_currency))",
}
#: The columns between the two ends of the spans above, in their order.
SPAN = (
    "followers",
    "reach",
    "impressions",
    "views",
    "likes",
    "comments",
    "shares",
    "saves",
    "clicks",
)
_THIS_ROW = re.compile(
    r"[\w.\\]*\[\[#This Row\],\[((?:[^\[\]']|'.)+)\](?::\[((?:[^\[\]']|'.)+)\])?\]"
)
_ADD_IN = re.compile(r"(?:'[^']*'|\[\d+\]|_xll\.|_xlfn\.|[\w.]+\.xlam)!?(?=[A-Za-z_]+\()")


class OwnFormulas:
    """Tells whether a formula of Posts is the template's own, whose value our core may compute.

    The template's formulas count whichever language the headers are in, and also when another program has written the
    references as addresses.  A formula that a user has changed is the user's.
    """

    def __init__(self, columns: Mapping[str, int], headers: Mapping[str, str]) -> None:
        self._ids = {normalise(header): id for id, header in headers.items()}
        self._at = {index: id for id, index in columns.items()}
        indexes = [columns.get(id, -1) for id in SPAN]
        self._in_order = indexes[0] >= 0 and indexes == list(
            range(indexes[0], indexes[0] + len(SPAN))
        )
        self._known: dict[tuple[str, str], bool] = {}

    def is_ours(self, column: str, raw: str, row: int) -> bool:
        """``raw``: the text of the formula element, still escaped."""
        if not self._in_order or column not in OURS:
            return False
        if "#This Row" in raw:  # the same in every row
            key = (column, raw)
            if key not in self._known:
                if len(self._known) > 1_000:
                    self._known.clear()
                self._known[key] = self._canonical(raw, row) == OURS[column]
            return self._known[key]
        return self._canonical(raw, row) == OURS[column]

    def _canonical(self, raw: str, row: int) -> str:
        text = _THIS_ROW.sub(
            lambda m: self._named(m[1]) + (f":{self._named(m[2])}" if m[2] else ""), unescape(raw)
        )
        text = _A1.sub(lambda m: self._addressed(m, row), text)
        return re.sub(r"\s", "", _ADD_IN.sub("", text)).casefold()

    def _named(self, header: str) -> str:
        return "{" + self._ids.get(normalise(re.sub(r"'(.)", r"\1", header)), "?") + "}"

    def _addressed(self, match: re.Match[str], row: int) -> str:
        id = self._at.get(column_index(match[2].upper())) if int(match[4]) == row else None
        return "{" + id + "}" if id else match[0]
