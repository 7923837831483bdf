"""What a workbook says besides posts and objectives: references, influencers, reviews of contents, audiences."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from xlkpi.core import catalogue
from xlkpi.core.campaign import Rate
from xlkpi.core.catalogue import MEASURES, fold, normalise
from xlkpi.core.checks.plausibility import Benchmark, Known, divisor, same_name, strangers
from xlkpi.core.findings import Finding, Severity
from xlkpi.core.insight.inputs import (
    CRITERIA,
    AdRate,
    AudienceRow,
    BenchmarkRate,
    Influencer,
    Inputs,
    References,
    Review,
    Tier,
)
from xlkpi.core.kpi import Unit
from xlkpi.core.texts import Text
from xlkpi.excel.workbook import contract, spellings
from xlkpi.excel.workbook.contract import Kind, Sheet
from xlkpi.excel.workbook.grid import NO, YES, Grid, bad_cell, name_of, shown
from xlkpi.excel.workbook.references import SHIPPED_RATES, THRESHOLD_ROWS
from xlkpi.ooxml.cells import CellError

if TYPE_CHECKING:
    from xlkpi.excel.reading.workbook import Workbook

Record = Mapping[str, object]

#: What paid ads can be compared on.
AD_KPIS = ("cpm", "cpc", "cpe", "cpa", "roi")
#: The segments of a dimension may miss 100 % by so much: published shares are rounded.
_ROUNDING = 0.03
_NO_RATE = Text("this rate is not used", "ce barème n’est pas utilisé")
_NOT_USED = Text("this row is not used", "cette ligne n’est pas utilisée")
_NO_MARK = Text("this mark is left out", "cette note est exclue")
_TYPE_A_MARK = Text(
    "type a mark from 1 to 5, or leave the cell empty",
    "saisissez une note de 1 à 5, ou laissez vide",
)
_TYPE_A_SHARE = Text("type it with %, such as 35%", "saisissez-la avec %, par exemple 35\u00a0%")
_NO_SHARE = Text("this share is left out", "cette part est exclue")
#: What is lost with a name that is an error.
_LOST = {
    ("campaigns", "campaign"): Text(
        "its dates and figures are left out", "ses dates et ses chiffres sont exclus"
    ),
    ("objectives", "campaign"): Text("this objective is left out", "cet objectif est exclu"),
    **{("references", id): _NO_RATE for id in ("kind", "network", "item", "value", "currency")},
    **{(sheet, "influencer"): _NOT_USED for sheet in ("reviews", "audience")},
}
#: Sheets of which every cell that holds an error is told, whether or not anything reads it.
_SMALL_SHEETS = (
    contract.CAMPAIGNS,
    contract.OBJECTIVES,
    contract.INFLUENCERS,
    contract.REVIEWS,
    contract.AUDIENCE,
    contract.REFERENCES,
)


def read_inputs(book: Workbook) -> Inputs:
    """Everything that an analysis reads besides posts, objectives and rates; what cannot be used becomes a finding."""
    return Inputs(
        references=_references(book),
        influencers=tuple(_influencers(book)),
        reviews=tuple(_reviews(book)),
        audience=_audience(book),
    )


def _records(book: Workbook, spec: Sheet, *needed: str) -> Iterator[tuple[Grid, int, Record]]:
    """Rows of a sheet that has the columns needed; none where it has not, or is not there."""
    grid = book.grid(spec)
    if grid is not None and set(needed) <= grid.columns.keys():
        for row, record in book.records(grid):
            yield grid, row, record


# -- References ------------------------------------------------------------------------------------------


def read_rates(book: Workbook) -> tuple[Rate, ...]:
    """EMV rates of the References sheet; the shipped table when the workbook has no such sheet."""
    grid = book.grid(contract.REFERENCES)
    if grid is None or not {"kind", "value"} <= grid.columns.keys():
        return SHIPPED_RATES
    found: list[Rate] = []
    for row, record in book.records(grid):
        kind = _kind(record)
        if kind not in ("cpm", "interaction") or "value" not in record:
            continue
        value = book.number(grid, "value", row, record["value"])
        network = str(record.get("network", "")).strip()
        if value is None or not network:
            continue
        rate = Rate(
            kind,
            spellings.network(network),
            spellings.rate_item(kind, str(record.get("item", ""))),
            value,
            _currency(book, record),
            *_source(book, grid, row, record),
        )
        if value < 0 or any(
            (r.kind, r.network, r.item, r.currency)
            == (rate.kind, rate.network, rate.item, rate.currency)
            for r in found
        ):
            book.note(
                Finding(
                    "XK317",
                    Severity.WARNING,
                    Text(
                        "a rate is negative, or stands twice for the same use; this row is not used",
                        "un barème est négatif, ou figure deux fois pour le même usage ; cette ligne n’est pas utilisée",
                    ),
                    fix=Text(
                        "keep one row for each network and use",
                        "gardez une ligne par réseau et par usage",
                    ),
                    value=f"{value:g}",
                    **grid.cell("value", row),
                )
            )
            continue
        found.append(rate)
    return tuple(found)


def _references(book: Workbook) -> References:
    benchmarks, ads, tiers = [], [], []
    named: dict[str, dict[str, float]] = {"threshold": {}, "weight": {}}
    for grid, row, record in _records(book, contract.REFERENCES, "kind", "value"):
        kind = _kind(record)
        if kind not in ("benchmark", "ads", "tier", "threshold", "weight") or "value" not in record:
            continue
        value = book.number(grid, "value", row, record["value"], _NOT_USED)
        if value is None:
            continue
        if kind == "benchmark":
            benchmarks.append(_benchmark(book, grid, row, record, value))
        elif kind == "ads":
            ads += _ad(book, grid, row, record, value)
        elif kind == "tier":
            tiers.append(Tier(name_of(record.get("item")), value))
        else:
            _named_value(book, grid, row, record, value, kind, named[kind])
    return References(
        tuple(benchmarks),
        tuple(ads),
        tuple(sorted(tiers, key=lambda tier: tier.followers)),
        named["threshold"],
        named["weight"],
    )


def _kind(record: Record) -> str | None:
    return contract.choice(contract.REFERENCE_KINDS, name_of(record.get("kind")))


def _currency(book: Workbook, record: Record) -> str:
    return name_of(record.get("currency")).upper() or book.settings.currency


def _source(book: Workbook, grid: Grid, row: int, record: Record) -> tuple[str, date | None]:
    return str(record.get("source", "")).strip(), book.day(grid, "date", row, record.get("date"))


def _benchmark(book: Workbook, grid: Grid, row: int, record: Record, value: float) -> BenchmarkRate:
    unit = name_of(record.get("unit"))
    return BenchmarkRate(
        spellings.network(name_of(record.get("network"))),
        name_of(record.get("item")),
        value,
        numerator(unit),
        divisor(unit) or "",
        *_source(book, grid, row, record),
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
        for m in contract.INTERACTIONS
        if any(f" {normalise(name)} " in said for name in (m, *MEASURES[m].label))
    )


def _ad(book: Workbook, grid: Grid, row: int, record: Record, value: float) -> list[AdRate]:
    kpi = catalogue.find(name_of(record.get("item")))
    if kpi is None or kpi.id not in AD_KPIS:
        names = [catalogue.kpi(id).label for id in AD_KPIS]
        _unused(
            book,
            grid,
            row,
            "item",
            record,
            Text("ads are not compared on this", "la publicité n’est pas comparée sur ce point"),
            Text("write one of: {names}", "écrivez l’un de : {names}").format(
                names=Text(*(", ".join(side) for side in zip(*names, strict=True)))
            ),
        )
        return []
    money = kpi.unit is Unit.MONEY
    if money and value <= 0:
        _unused(
            book,
            grid,
            row,
            "value",
            record,
            Text("a cost is above 0", "un coût est supérieur à 0"),
            Text("correct it, or leave the cell empty", "corrigez, ou laissez vide"),
        )
        return []
    return [
        AdRate(
            name_of(record.get("network")),
            kpi.id,
            value,
            _currency(book, record) if money else "",
            *_source(book, grid, row, record),
        )
    ]


def _named_value(
    book: Workbook,
    grid: Grid,
    row: int,
    record: Record,
    value: float,
    kind: str,
    found: dict[str, float],
) -> None:
    """A threshold or a weight: its label, in either language, says which."""
    said, names = name_of(record.get("item")), _NAMES[kind]
    id = names.get(normalise(said))
    if id is None:
        near = difflib.get_close_matches(normalise(said), names, n=1, cutoff=0.6)
        label = _LABELS[kind][names[near[0]]] if near else None
        _unused(
            book,
            grid,
            row,
            "item",
            record,
            Text(
                "this is none of the values that xlkpi reads",
                "ce n’est aucune des valeurs que xlkpi lit",
            ),
            Text("did you mean {n}?", "vouliez-vous dire « {n} » ?").format(n=label)
            if label
            else Text(
                "take the names of a new workbook", "reprenez les noms d’un nouveau classeur"
            ),
        )
    elif id in found:
        _unused(
            book,
            grid,
            row,
            "item",
            record,
            Text(
                "this stands twice; the first one counts",
                "ceci figure deux fois ; la première compte",
            ),
            Text("keep one of them", "n’en gardez qu’une"),
        )
    elif kind == "weight" and value < 0:
        _unused(
            book,
            grid,
            row,
            "value",
            record,
            Text("a weight is 0 or more", "un poids est supérieur ou égal à 0"),
            Text("type 0 to leave the criterion out", "saisissez 0 pour écarter le critère"),
        )
    else:
        found[id] = value


def _unused(
    book: Workbook, grid: Grid, row: int, column: str, record: Record, reason: Text, fix: Text
) -> None:
    column = column if column in grid.columns else "value"
    book.note(
        Finding(
            "XK380",
            Severity.WARNING,
            reason,
            _NOT_USED,
            fix,
            value=shown(record.get(column, "")),
            **grid.cell(column, row),
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


# -- influencers, reviews, audiences ---------------------------------------------------------------------


def _influencers(book: Workbook) -> Iterator[Influencer]:
    for grid, row, record in _records(book, contract.INFLUENCERS, "influencer"):
        name = name_of(record.get("influencer"))
        if not name:
            continue
        followers = book.number(
            grid,
            "followers",
            row,
            record.get("followers"),
            Text("the tier is unknown", "la catégorie est inconnue"),
        )
        yield Influencer(
            name,
            spellings.network(name_of(record.get("network"))),
            name_of(record.get("handle")),
            followers,
            *(name_of(record.get(id)) for id in ("country", "language", "theme")),
        )


def _reviews(book: Workbook) -> Iterator[Review]:
    people, campaigns = _Names(book, "influencer"), _Names(book, "campaign")
    for grid, row, record in _records(book, contract.REVIEWS, "influencer"):
        marks = {
            c.id: mark
            for c in CRITERIA
            if c.id in record
            if (mark := _mark(book, grid, row, c.id, record[c.id])) is not None
        }
        if not people.check(grid, row, record):
            continue
        if "campaign" in grid.columns:
            campaigns.check(grid, row, record)
        yield Review(
            name_of(record.get("campaign")),
            name_of(record["influencer"]),
            marks,
            _yes_no(book, grid, "rights", row, record),
            book.day(grid, "rights_until", row, record.get("rights_until")),
        )


def _mark(book: Workbook, grid: Grid, row: int, column: str, value: object) -> float | None:
    mark = book.number(grid, column, row, value, _NO_MARK, fix=_TYPE_A_MARK)
    if mark is None or 1 <= mark <= 5:
        return mark
    book.note(
        Finding(
            "XK381",
            Severity.EXCLUDED,
            Text("this is not a mark from 1 to 5", "ce n’est pas une note de 1 à 5"),
            _NO_MARK,
            _TYPE_A_MARK,
            value=f"{mark:g}",
            **grid.cell(column, row),
        )
    )
    return None


def _audience(book: Workbook) -> tuple[AudienceRow, ...]:
    people = _Names(book, "influencer")
    rows: list[AudienceRow] = []
    together: dict[tuple[object, ...], tuple[float, Grid, int, str]] = {}
    for grid, row, record in _records(book, contract.AUDIENCE, "influencer", "segment", "share"):
        share = _share(book, grid, row, record)
        if not people.check(grid, row, record) or share is None:
            continue
        found = AudienceRow(
            name_of(record["influencer"]),
            book.day(grid, "date", row, record.get("date")),
            name_of(record.get("dimension")),
            name_of(record.get("segment")),
            share,
            _yes_no(book, grid, "in_target", row, record),
        )
        rows.append(found)
        key = same_name(found.influencer), found.day, fold(found.dimension)
        before, grid, first, _ = together.get(key, (0.0, grid, row, ""))
        together[key] = before + share, grid, first, found.dimension
    for total, grid, row, dimension in together.values():
        if abs(total - 1) > _ROUNDING:
            book.note(_incomplete(grid, row, dimension, total))
    return tuple(rows)


def _share(book: Workbook, grid: Grid, row: int, record: Record) -> float | None:
    share = book.number(grid, "share", row, record.get("share"), _NO_SHARE, fix=_TYPE_A_SHARE)
    if share is None or 0 <= share <= 1:
        return share
    book.note(
        Finding(
            "XK382",
            Severity.EXCLUDED,
            Text("a share goes from 0% to 100%", "une part va de 0\u00a0% à 100\u00a0%"),
            _NO_SHARE,
            _TYPE_A_SHARE,
            value=f"{share:g}",
            **grid.cell("share", row),
        )
    )
    return None


def _incomplete(grid: Grid, row: int, dimension: str, total: float) -> Finding:
    """Shares that miss 100 %: too much is a mistake, too little may be a list of the first countries only."""
    over = total > 1
    return Finding(
        "XK383",
        Severity.WARNING if over else Severity.INFO,
        Text(
            "{d}: the shares of this influencer and day add up to {p}%",
            "{d} : les parts de cet influenceur et de ce jour font {p}\u00a0%",
        ).format(d=dimension or "-", p=f"{total * 100:.0f}"),
        Text("they are used as they are", "elles sont utilisées telles quelles")
        if over
        else Text(
            "the rest of the audience counts as unknown",
            "le reste de l’audience compte comme inconnu",
        ),
        Text("check the shares and their dates", "vérifiez les parts et leurs dates")
        if over
        else Text(
            "add the missing segments, such as “Other”",
            "ajoutez les segments manquants, par exemple « Autres »",
        ),
        **grid.cell("share", row),
    )


def _yes_no(book: Workbook, grid: Grid, column: str, row: int, record: Record) -> bool | None:
    value = record.get(column)
    said = normalise(shown(value)) if value is not None else ""
    if isinstance(value, CellError):
        book.note(bad_cell(grid, column, row, value, Text("left out", "exclu")))
    elif said in YES or said in NO:
        return said in YES
    elif value is not None:
        book.note(
            Finding(
                "XK311",
                Severity.EXCLUDED,
                Text("this is neither yes nor no", "ce n’est ni oui ni non"),
                Text("left out", "exclu"),
                Text("choose Yes or No", "choisissez Oui ou Non"),
                value=shown(value),
                **grid.cell(column, row),
            )
        )
    return None


class _Names:
    """Names that must stand on another sheet: each stranger is told once a sheet."""

    def __init__(self, book: Workbook, column: str) -> None:
        self.book, self.column = book, column
        places: tuple[tuple[Sheet, str], ...] = {
            "influencer": ((contract.INFLUENCERS, "influencer"), (contract.INFLUENCERS, "handle")),
            "campaign": ((contract.CAMPAIGNS, "campaign"), (contract.OBJECTIVES, "campaign")),
        }[column]
        self.declared = {
            same_name(name): name
            for spec, id in places
            for _, _, record in _records(book, spec, id)
            if (name := name_of(record.get(id)))
        }
        self.is_strange = strangers(self.declared)
        self.told: set[str] = set()

    def check(self, grid: Grid, row: int, record: Record) -> bool:
        """Whether there is a name at all; an empty one or a stranger becomes a finding."""
        value = record.get(self.column)
        name = name_of(value)
        if self.is_strange(name) and same_name(name) not in self.told:
            self.told.add(same_name(name))
            self.book.note(self._stranger(grid, row, name))
        if value is None and self.column == "influencer":
            self.book.note(
                Finding(
                    "XK384",
                    Severity.EXCLUDED,
                    Text("this row names no influencer", "cette ligne n’indique pas d’influenceur"),
                    _NOT_USED,
                    Text("choose the influencer", "choisissez l’influenceur"),
                    **grid.cell(self.column, row),
                )
            )
        return bool(name)

    def _stranger(self, grid: Grid, row: int, name: str) -> Finding:
        near = difflib.get_close_matches(same_name(name), self.declared, n=1, cutoff=0.7)
        reason, fix = _STRANGER[self.column]
        if near:
            fix = Text("did you mean {n}?", "vouliez-vous dire {n} ?").format(
                n=self.declared[near[0]]
            )
        return Finding(
            "XK384",
            Severity.WARNING,
            reason,
            Text("the row stands apart from the posts", "la ligne reste à part des posts"),
            fix,
            value=name,
            **grid.cell(self.column, row),
        )


_STRANGER = {
    "influencer": (
        Text("this is not a name on Influencers", "ce n’est pas un nom d’Influenceurs"),
        Text(
            "add it to Influencers, or correct the name",
            "ajoutez-le à Influenceurs, ou corrigez le nom",
        ),
    ),
    "campaign": (
        Text("this is not a campaign of the workbook", "ce n’est pas une campagne du classeur"),
        Text(
            "add it to Campaigns, or correct the name", "ajoutez-la à Campagnes, ou corrigez le nom"
        ),
    ),
}


# -- what the checks compare with ------------------------------------------------------------------------


def read_known(book: Workbook) -> Known:
    """Influencers with their handles, networks, formats and benchmarks.

    Cells of the small tables that hold an error, and that nobody has told so far, are told on the way.
    """
    influencers: list[str] = []
    networks, formats = (
        list(contract.NETWORKS),
        [name for label in contract.FORMATS.values() for name in label],
    )
    benchmarks: list[Benchmark] = []
    told = {(f.sheet, f.cell) for f in (*book.findings, *book.refusals)}
    for spec in _SMALL_SHEETS:
        for grid, row, record in _records(book, spec):
            _tell_errors(book, grid, row, record, told)
            if spec is contract.INFLUENCERS:
                influencers += _filled(record, "influencer", "handle")
            elif spec is contract.REFERENCES:
                kind = _kind(record)
                networks += _filled(record, "network") if kind != "ads" else []
                if kind == "cpm":
                    formats += _filled(record, "item")
                elif kind == "benchmark" and "unit" in record:
                    benchmarks.append(
                        Benchmark(
                            name_of(record["unit"]),
                            name_of(record.get("note")),
                            grid.cell("unit", row),
                        )
                    )
    return Known(influencers, networks, formats, benchmarks)


def _filled(record: Record, *ids: str) -> list[str]:
    return [name for id in ids if (name := name_of(record.get(id)))]


def _tell_errors(
    book: Workbook, grid: Grid, row: int, record: Record, told: Iterable[tuple[str, str]]
) -> None:
    computed = {c.id for c in grid.spec.columns if c.kind is Kind.COMPUTED}
    for id, value in record.items():
        where: Any = grid.cell(id, row)
        if (
            isinstance(value, CellError)
            and id not in computed
            and (where["sheet"], where["cell"]) not in told
        ):
            found = bad_cell(grid, id, row, value, _LOST.get((grid.spec.id, id), Text("", "")))
            book.note(found if found.effect.en else replace(found, severity=Severity.WARNING))
