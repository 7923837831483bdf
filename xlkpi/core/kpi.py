"""What a KPI and a measure are: the vocabulary in which the catalogue is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from xlkpi.core.texts import Text


class Unit(Enum):
    """How a value is shown, and therefore how a variance is told."""

    COUNT = "count"  # 12 345
    MONEY = "money"  # in the workbook's currency
    PERCENT = "percent"  # stored as a fraction: 4.2 % is 0.042
    TIMES = "times"  # a multiple, such as 1.8 ×
    SCORE = "score"  # a mark on a 1-5 scale
    SECONDS = "seconds"  # a duration
    HOURS = "hours"

    @property
    def in_points(self) -> bool:
        """Rates are compared in percentage points, everything else in relative percent (KPI report article, 2025)."""
        return self is Unit.PERCENT


class Better(Enum):
    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"  # never coloured


class Stage(Enum):
    """Funnel stage (Metricool, 15 KPI, 2025-09-16), with the two cross-funnel families and 'other'."""

    VISIBILITY = "visibility"
    ENGAGEMENT = "engagement"
    CONVERSION = "conversion"
    BUDGET = "budget"
    BRAND = "brand"
    OTHER = "other"  # loyalty, e-mail, process: outside one influencer campaign


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity that a workbook can hold: a column of Posts, or of Campaigns when ``per_campaign``."""

    id: str
    label: Text
    per_campaign: bool = False
    booked: bool = (
        False  # booked per collaboration, not per post: campaign totals, never post by post
    )
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """One row of the catalogue; cells, report, dictionary sheet, command line and documents all read it.

    ``inputs`` names measures.  For a campaign each is summed over the posts first and ``compute``
    gets the sums, in this order: a rate of a campaign is a ratio of sums, never a mean of rates.
    """

    id: str  # snake_case English, as in JSON
    excel_name: str  # cell function; never a built-in, never letters followed by digits only
    label: Text
    help: Text  # definition in one or two sentences; Excel's wizard cuts at 255 characters
    formula: Text  # words and ÷ × − + signs, for the dictionary
    unit: Unit
    better: Better
    stage: Stage
    inputs: tuple[str, ...]
    compute: Callable[..., object]
    why: Text  # why it matters
    how: Text  # how to use it
    source: str
    objectives: tuple[str, ...] = ()  # ids of objective types that propose it
    aliases: tuple[str, ...] = ()  # other spellings accepted in Objectives
    parameters: tuple[str, ...] = field(
        default=()
    )  # names of the cell function's arguments; default: inputs
    #: False for a count or an amount that is already a sum: a cell function would give it back.
    has_function: bool = True
    #: Neutral beside other figures, and judged against its target: a plan that is not to be exceeded.
    is_ceiling: bool = False

    @property
    def function(self) -> str:
        """Name of its cell function; empty where it has none."""
        return self.excel_name if self.has_function else ""

    @property
    def judged(self) -> Better:
        """The direction in which it is judged against a target."""
        return Better.LOWER if self.is_ceiling else self.better

    @property
    def arguments(self) -> tuple[str, ...]:
        return self.parameters or self.inputs
