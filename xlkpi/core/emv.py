"""Earned media value: the dated rates, which of them a method uses, and the prices of a network."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from xlkpi.core.campaign import Settings


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the References sheet that gives an EMV rate."""

    kind: str  # cpm, interaction
    network: str
    item: str  # a format for cpm ("" is every format), an interaction for interaction
    value: float
    currency: str
    source: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class EmvBasis:
    """What stands behind an EMV: the method, the rates used and how old they are."""

    method: str
    currency: str
    rates: tuple[Rate, ...]

    def of(self, networks: Collection[object]) -> EmvBasis:
        """The same with the rates of these networks only."""
        return replace(self, rates=tuple(rate for rate in self.rates if rate.network in networks))

    @property
    def oldest(self) -> date | None:
        return min((rate.date for rate in self.rates if rate.date), default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rate.source for rate in self.rates if rate.source))


def emv_basis(settings: Settings, rates: tuple[Rate, ...]) -> EmvBasis:
    """The rates that the chosen method uses, in the workbook's currency only: currencies are never mixed."""
    kinds = {
        "impressions": ("cpm",),
        "interactions": ("interaction",),
        "both": ("cpm", "interaction"),
    }
    wanted = kinds[settings.emv_method]
    return EmvBasis(
        settings.emv_method,
        settings.currency,
        tuple(
            r for r in rates if r.kind in wanted and r.currency.upper() == settings.currency.upper()
        ),
    )


def emv_prices(
    rates: Iterable[Rate], method: str
) -> tuple[dict[str, float], list[tuple[str, float]]]:
    """The rates of one network as prices: CPM by format ("" for every format), and money for one of each measure.

    A view is an exposure, so where impressions are priced too, views are not priced again.
    """
    cpms: dict[str, float] = {}
    values: list[tuple[str, float]] = []
    for rate in rates:
        if rate.kind == "cpm":
            cpms.setdefault(rate.item, rate.value)
        elif rate.kind == "interaction":
            measure, value = (
                ("views", rate.value / 1000)
                if rate.item == "1000 views"
                else (rate.item, rate.value)
            )
            if not (measure == "views" and method == "both"):
                values.append((measure, value))
    return cpms, values
