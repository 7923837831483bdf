"""The sheet References: EMV rates, benchmarks, ads, tiers, thresholds and weights."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date

from xlkpi.core import catalogue, codes, words
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.checks.benchmarks import divisor
from xlkpi.core.emv import Rate
from xlkpi.core.findings import Finding
from xlkpi.core.insight.inputs import CRITERIA, AdRate, BenchmarkRate, References, Tier
from xlkpi.core.kpi import Unit
from xlkpi.core.names import normalise
from xlkpi.core.texts import Text
from xlkpi.excel.reading.book import Book
from xlkpi.excel.reading.rows import TableRow, table_rows
from xlkpi.excel.workbook import choices, contract, spellings
from xlkpi.excel.workbook.references import SHIPPED_RATES, THRESHOLD_ROWS

#: What paid ads can be compared on.
AD_KPIS = ("cpm", "cpc", "cpe", "cpa", "roi")
_NO_SUCH_VALUE = Text(
    "this is none of the values that xlkpi reads", "ce n’est aucune des valeurs que xlkpi lit"
)
_STANDS_TWICE = Text(
    "this stands twice; the first one counts", "ceci figure deux fois ; la première compte"
)
NOT_USED = Text("this row is not used", "cette ligne n’est pas utilisée")


def kind_of(row: TableRow) -> str | None:
    """Which kind of reference a row is; None where it does not say."""
    return choices.choice(choices.REFERENCE_KINDS, row.name("kind"))


# -- EMV rates ---------------------------------------------------------------------------------------


def read_rates(book: Book) -> tuple[Rate, ...]:
    """EMV rates of the References sheet; the shipped table when the workbook has no such sheet."""
    grid = book.grid(contract.REFERENCES)
    if grid is None or not {"kind", "value"} <= grid.columns.keys():
        return SHIPPED_RATES
    found: list[Rate] = []
    for row in table_rows(book, contract.REFERENCES):
        rate = _rate(row)
        if rate is None:
            continue
        if rate.value < 0 or _has(found, rate):
            book.note(_unusable(row, rate.value))
        else:
            found.append(rate)
    return tuple(found)


def _rate(row: TableRow) -> Rate | None:
    kind = kind_of(row)
    if kind not in ("cpm", "interaction") or "value" not in row:
        return None
    value, network = row.number("value"), row.shown("network").strip()
    if value is None or not network:
        return None
    item = spellings.rate_item(kind, row.shown("item"))
    return Rate(kind, spellings.network(network), item, value, _currency(row), *_source(row))


def _has(rates: Sequence[Rate], one: Rate) -> bool:
    """Whether there is a rate for the same use already."""
    use = (one.kind, one.network, one.item, one.currency)
    return any((r.kind, r.network, r.item, r.currency) == use for r in rates)


def _unusable(row: TableRow, value: float) -> Finding:
    """A rate below 0, or one more for a use that has a rate already."""
    reason = Text("this is a negative rate", "c’est un barème négatif")
    if value >= 0:
        reason = Text(
            "this is a second rate for the same network and use",
            "c’est un second barème pour le même réseau et le même usage",
        )
    return Finding(codes.RATE_UNUSABLE, reason, NOT_USED, value=f"{value:g}", **row.place("value"))


def _currency(row: TableRow) -> str:
    return row.name("currency").upper() or row.book.settings.currency


def _source(row: TableRow) -> tuple[str, date | None]:
    return row.shown("source").strip(), row.day("date")


# -- everything else that a figure is compared with --------------------------------------------------


def read_references(book: Book) -> References:
    """Benchmarks, prices of ads, tiers, thresholds and weights."""
    benchmarks: list[BenchmarkRate] = []
    ads: list[AdRate] = []
    tiers: list[Tier] = []
    named: dict[str, dict[str, float]] = {"threshold": {}, "weight": {}}
    for row in table_rows(book, contract.REFERENCES, "kind", "value"):
        kind = kind_of(row)
        if kind not in ("benchmark", "ads", "tier", *named) or "value" not in row:
            continue
        value = row.number("value", NOT_USED)
        if value is None:
            continue
        if kind == "benchmark":
            benchmarks.append(_benchmark(row, value))
        elif kind == "ads":
            ads += _ad(row, value)
        elif kind == "tier":
            tiers.append(Tier(row.name("item"), value))
        else:
            _named_value(row, value, kind, named[kind])
    ladder = tuple(sorted(tiers, key=lambda tier: tier.followers))
    return References(tuple(benchmarks), tuple(ads), ladder, named["threshold"], named["weight"])


def _benchmark(row: TableRow, value: float) -> BenchmarkRate:
    unit = row.name("unit")
    return BenchmarkRate(
        spellings.network(row.name("network")),
        row.name("item"),
        value,
        numerator(unit),
        divisor(unit) or "",
        *_source(row),
    )


def numerator(unit: str) -> tuple[str, ...]:
    """The interactions that a rate counts, read from words; none when it names none, or has nothing above a ÷.

    >>> numerator("(likes + commentaires) ÷ abonnés")
    ('likes', 'comments')
    >>> numerator("interactions ÷ reach")
    ()
    """
    above = next((unit.partition(sign)[0] for sign in "÷/" if sign in unit), "")
    said = f" {normalise(above)} "
    return tuple(
        m
        for m in choices.INTERACTIONS
        if any(f" {normalise(name)} " in said for name in (m, *MEASURES[m].label))
    )


def _ad(row: TableRow, value: float) -> list[AdRate]:
    kpi = catalogue.find(row.name("item"))
    if kpi is None or kpi.id not in AD_KPIS:
        names = [catalogue.kpi(id).label for id in AD_KPIS]
        reason = Text(
            "ads are not compared on this", "la publicité n’est pas comparée sur ce point"
        )
        fix = Text("write one of: {names}", "écrivez l’un de : {names}").format(
            names=Text(*(", ".join(side) for side in zip(*names, strict=True)))
        )
        _note_unused(row, "item", reason, fix)
        return []
    money = kpi.unit is Unit.MONEY
    if money and value <= 0:
        reason = Text("a cost is above 0", "un coût est supérieur à 0")
        fix = codes.NEGATIVE.fix
        _note_unused(row, "value", reason, fix)
        return []
    currency = _currency(row) if money else ""
    return [AdRate(row.name("network"), kpi.id, value, currency, *_source(row))]


def _named_value(row: TableRow, value: float, kind: str, found: dict[str, float]) -> None:
    """A threshold or a weight: its label, in either language, says which."""
    id = _NAMES[kind].get(normalise(row.name("item")))
    if id is None:
        _note_unused(row, "item", _NO_SUCH_VALUE, _did_you_mean(row.name("item"), kind))
    elif id in found:
        fix = codes.TWO_TARGETS.fix
        _note_unused(row, "item", _STANDS_TWICE, fix)
    elif kind == "weight" and value < 0:
        fix = Text("type 0 to leave the criterion out", "saisissez 0 pour écarter le critère")
        _note_unused(
            row, "value", Text("a weight is 0 or more", "un poids est supérieur ou égal à 0"), fix
        )
    else:
        found[id] = value


def _did_you_mean(said: str, kind: str) -> Text:
    names = _NAMES[kind]
    near = difflib.get_close_matches(normalise(said), names, n=1, cutoff=0.6)
    if not near:
        return Text("take the names of a new workbook", "reprenez les noms d’un nouveau classeur")
    label = _LABELS[kind][names[near[0]]]
    return words.DID_YOU_MEAN.format(n=label)


def _note_unused(row: TableRow, column: str, reason: Text, fix: Text) -> None:
    column = column if column in row.grid.columns else "value"
    row.book.note(
        Finding(
            codes.INPUT_NOT_USED,
            reason,
            NOT_USED,
            fix,
            value=row.shown(column),
            **row.place(column),
        )
    )


_LABELS: dict[str, dict[str, Text]] = {
    "threshold": {id: label for id, (label, *_) in THRESHOLD_ROWS.items()},
    "weight": {criterion.id: criterion.label for criterion in CRITERIA},
}
_NAMES = {
    kind: {normalise(name): id for id, label in labels.items() for name in (id, *label)}
    for kind, labels in _LABELS.items()
}
