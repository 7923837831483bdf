"""What an XK code is: a number that people search for, how serious it is, what it means and what to do."""

from __future__ import annotations

from enum import Enum

from xlkpi.core.texts import Text


class Severity(Enum):
    ERROR = "error"  # the input is refused, nothing is written
    EXCLUDED = "excluded"  # something was left out of a KPI
    WARNING = "warning"  # used as it is, but worth a look
    INFO = "info"  # an assumption or a fact worth knowing


#: The fix of a code that only informs; messages leave it out.
NOTHING_TO_DO = Text("nothing to do", "rien à faire")


class Code(str):
    """A finding's number, such as ``XK301``; a text like any other where it is shown, compared or sorted.

    ``meaning`` and ``fix`` read as a message says them, without capital and full stop; ``texts.sentence`` adds both.
    They stand for every finding of the code; a finding that knows more (a name, a count, a day) has words of its own.
    ``by_reason``: what is found on many rows for one reason is one finding, which names the rows.
    """

    __slots__ = ("by_reason", "fix", "meaning", "severity")

    severity: Severity
    meaning: Text
    fix: Text
    by_reason: bool

    def __new__(
        cls,
        number: str,
        severity: Severity,
        meaning: Text,
        fix: Text = NOTHING_TO_DO,
        by_reason: bool = False,
    ) -> Code:
        code = super().__new__(cls, number)
        code.severity, code.meaning, code.fix, code.by_reason = severity, meaning, fix, by_reason
        return code

    def __getnewargs__(self) -> tuple[str, Severity, Text, Text, bool]:  # type: ignore[override]
        return str(self), self.severity, self.meaning, self.fix, self.by_reason
