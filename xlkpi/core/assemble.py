"""Posts, objectives and campaigns of a source → a Report."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Protocol

import narwhals as nw

from xlkpi.core import catalogue
from xlkpi.core.aggregate import BASES, Sums, Tally
from xlkpi.core.campaign import Campaign, Objective, Period, Settings, add_months
from xlkpi.core.catalogue import MEASURES
from xlkpi.core.checks import plausibility as checks
from xlkpi.core.checks.french_rules import FrenchRules
from xlkpi.core.days import day_of, number_of
from xlkpi.core.emv import EmvBasis, Rate, emv_basis
from xlkpi.core.findings import Finding, Place, Refused, Severity, refuse
from xlkpi.core.groups import groups_of, measurable, values_of_one
from xlkpi.core.insight.analyse import analyse
from xlkpi.core.insight.gather import Gathered, material
from xlkpi.core.insight.inputs import Inputs
from xlkpi.core.kpi import Kpi
from xlkpi.core.lines import MAX_KPIS, MIN_COVERAGE, Balance, Group, KpiLine, PostLine, Spend
from xlkpi.core.names import fold
from xlkpi.core.report import Report
from xlkpi.core.texts import Text
from xlkpi.core.variance import Reason, Status, Variance, compare

MAX_POINTS = 12
#: A reference value older than this is flagged.
STALE_MONTHS = 12


class Posts(Protocol):
    """The posts of a source: frames to iterate over, then how many rows were what."""

    balance: Any

    def __iter__(self) -> Iterator[Any]: ...
    def duplicates(self) -> Any: ...
    def campaign_names(self) -> Mapping[str, str]: ...
    def campaign_place(self, key: str) -> Place: ...
    def place(self, column: str, row: int) -> Place: ...


class Source(Protocol):
    """What a workbook, open or closed, gives to a report."""

    @property
    def settings(self) -> Settings: ...
    @property
    def name(self) -> str: ...
    def campaigns(self) -> Mapping[str, Campaign]: ...
    def objectives(self) -> tuple[Objective, ...]: ...
    def rates(self) -> tuple[Rate, ...]: ...
    def known_names(self) -> checks.Known: ...
    def inputs(self) -> Inputs: ...
    def objective_place(self, objective: Objective, column: str) -> Place: ...
    def posts(self, only_campaign: str | None, without: Any = None) -> Posts: ...
    def note(self, finding: Finding) -> None: ...
    @property
    def refusals(self) -> tuple[Finding, ...]: ...
    def all_findings(self) -> tuple[Finding, ...]: ...


@dataclass(slots=True)
class _Draft:
    """A report in the making: what was asked for and what has been added up."""

    settings: Settings
    campaigns: dict[str, Campaign]
    objectives: list[Objective]
    tally: Tally
    rest: Tally  # posts out of scope, by campaign and day: what a report may be compared with
    wanted: set[str] | None  # normalised names in scope; None for all
    extents: dict[str, Period] = field(default_factory=dict)
    used: int = 0
    other: int = 0


def build(
    source: Source, today: date, campaign: str | None = None, period: Period | None = None
) -> Report:
    """Read a source and report on it.

    Args:
        source: a campaign workbook.
        today: for what depends on the calendar; the core has no clock.
        campaign: report on this one, whatever the settings say.
        period: report on what was published in this period, of the campaign chosen here or in the settings, else of all.

    Raises:
        Refused: no posts, an unknown campaign or KPI, a missing table.
    """
    settings = source.settings
    if campaign is not None:
        settings = replace(settings, scope="campaign", campaign=campaign, period=None)
    if period is not None:
        kept = "" if settings.scope == "all" else settings.campaign
        settings = replace(settings, scope="period", period=period, campaign=campaign or kept)
    elif settings.scope != "period":
        settings = replace(settings, period=None)
    if settings.scope == "period" and settings.period is None:
        raise refuse(
            "XK206",
            Text(
                "the settings ask for a period but give no start",
                "les paramètres demandent une période sans en donner le début",
            ),
            Text(
                "fill “Period start”, or choose another “Report on”",
                "remplissez « Début de période », ou choisissez un autre « Rapport sur »",
            ),
        )
    campaigns = dict(source.campaigns())
    stated = dict(campaigns)
    objectives = list(source.objectives())
    for objective in objectives:
        if objective.campaign:
            campaigns.setdefault(fold(objective.campaign), Campaign(objective.campaign))
    only = next(iter(campaigns.values())).name if len(campaigns) == 1 else None
    if not campaigns:
        only = source.name
    basis = emv_basis(settings, source.rates())
    known = source.known_names()
    for finding in (
        *checks.objectives(objectives, campaigns, source.objective_place, today),
        *checks.benchmarks(known.benchmarks, objectives, settings),
    ):
        source.note(finding)
    posts = source.posts(only)
    sense = checks.Plausibility(source.note, posts.place, settings, campaigns, known, today)
    rules = FrenchRules(settings, campaigns)

    def look(native: Any) -> None:
        sense.look(native)
        rules.look(native)

    draft = _add_up(posts, settings, campaigns, objectives, basis, only, look)
    sense.tell()
    older = posts.duplicates()
    if len(older):
        posts = source.posts(only, without=older)
        rules = FrenchRules(settings, campaigns)
        draft = _add_up(posts, settings, campaigns, objectives, basis, only, rules.look)
    rules.tell(source.note, posts.place)
    if source.refusals:
        raise Refused(*source.refusals, *source.all_findings())
    declared = dict(campaigns)
    for key, name in posts.campaign_names().items():
        if declared and key not in declared:
            source.note(_undeclared(name, posts.campaign_place(key), declared))
        campaigns.setdefault(key, Campaign(name))
        stated.setdefault(key, Campaign(name))
    for finding in _targets_of_nothing(objectives, stated, source.objective_place):
        source.note(finding)
    _check_scope(source, draft, campaigns, posts)
    return _assemble(source, draft, basis, posts, only, today, known)


def _add_up(
    posts: Posts,
    settings: Settings,
    campaigns: dict[str, Campaign],
    objectives: list[Objective],
    basis: EmvBasis,
    only: str | None,
    look: Callable[[Any], None] | None = None,
) -> _Draft:
    wanted: set[str] | None = None
    if settings.campaign and settings.scope in ("campaign", "period"):
        wanted = {fold(settings.campaign)}
    elif settings.scope == "campaign" and only is not None:
        wanted = {fold(only)} if campaigns else None
    draft = _Draft(
        settings,
        campaigns,
        objectives,
        Tally(settings, basis),
        Tally(settings, basis, best=0, bases=BASES[1:]),
        wanted,
    )
    for native in posts:
        if look is not None:
            look(native)
        frame = nw.from_native(native)
        for row in (
            frame.group_by("campaign")
            .agg(nw.col("day").min().alias("first"), nw.col("day").max().alias("last"))
            .rows(named=True)
        ):
            if row["first"] is not None and row["first"] == row["first"]:
                _widen(
                    draft.extents,
                    row["campaign"],
                    Period(day_of(row["first"]), day_of(row["last"])),
                )
        inside, outside = _in_scope(frame, draft)
        draft.used += len(inside)
        draft.other += len(outside)
        for some, tally in ((inside, draft.tally), (outside, draft.rest)):
            if len(some):
                tally.add(nw.to_native(some))
    return draft


def _widen(extents: dict[str, Period], name: str, found: Period) -> None:
    key = fold(name or "")
    known = extents.get(key, found)
    extents[key] = Period(min(known.start, found.start), max(known.end, found.end))


def _in_scope(frame: Any, draft: _Draft) -> tuple[Any, Any]:
    """The posts that are reported on, and the others."""
    if draft.wanted is None and draft.settings.period is None:
        return frame, frame.head(0)
    inside = nw.lit(True)
    if draft.wanted is not None:
        names = [
            n
            for n in frame["campaign"].unique().to_list()
            if n is not None and fold(n) in draft.wanted
        ]
        inside = nw.col("campaign").is_in(names)
    if draft.settings.period is not None:
        period = draft.settings.period
        inside = inside & (
            (nw.col("day") >= number_of(period.start)) & (nw.col("day") <= number_of(period.end))
        ).fill_null(False)
    marked = frame.with_columns(inside.alias("_inside"))
    return tuple(marked.filter(nw.col("_inside") == side).drop("_inside") for side in (True, False))


def _check_scope(
    source: Source, draft: _Draft, campaigns: dict[str, Campaign], posts: Posts
) -> None:
    """Refuse what cannot be reported on, with the names that could."""
    names = ", ".join(c.name for c in campaigns.values())
    if draft.wanted is not None and not draft.wanted & campaigns.keys():
        raise refuse(
            "XK204",
            Text("there is no campaign of this name", "aucune campagne ne porte ce nom"),
            Text("choose one of: {names}", "choisissez parmi : {names}").format(names=names or "-"),
            value=draft.settings.campaign,
        )
    if draft.used:
        return
    if draft.other:
        raise refuse(
            "XK203",
            Text(
                "no post belongs to this campaign and period",
                "aucun post n’appartient à cette campagne et à cette période",
            ),
            Text(
                "check the Campaign and Date columns of Posts, or ask for another period",
                "vérifiez les colonnes Campagne et Date de Posts, ou demandez une autre période",
            ),
        )
    raise refuse(
        "XK203",
        Text("there are no posts to report on", "il n’y a aucun post à analyser"),
        Text(
            "fill the Posts sheet, one row a post",
            "remplissez la feuille Posts, une ligne par post",
        ),
    )


# -- assembling --------------------------------------------------------------------------------


def _assemble(
    source: Source,
    draft: _Draft,
    basis: EmvBasis,
    posts: Posts,
    only: str | None,
    today: date,
    known: checks.Known,
) -> Report:
    tally, settings = draft.tally, draft.settings
    collaborations = tally.groups("collaboration")
    by_name: dict[str, Sums] = {}
    for (name,), sums in tally.groups("campaign").items():
        key = fold(name or "")
        by_name[key] = by_name[key] + sums if key in by_name else sums
    _costless(source, collaborations)
    in_scope = [c for k, c in draft.campaigns.items() if k in by_name] or [
        Campaign(only or source.name)
    ]
    total = tally.total()
    together = _campaign_measures(in_scope)
    months, trend = _periods(tally, settings)
    lines = _lines(source, draft, by_name, in_scope, only)
    days = [k[0] for k in tally.groups("day") if k[0] is not None]
    extent = Period(day_of(min(days)), day_of(max(days))) if days else None
    values = values_of_one(total, settings, together)
    _advise(source, draft, lines, basis, today, known)
    for line in lines:
        if line.partial or line.variance.reason is Reason.LOW_COVERAGE:
            source.note(_coverage_finding(line, by_name[fold(line.campaign)], settings))
    counted = posts.balance
    groups = {
        d: groups_of(tally, d, settings) for d in ("campaign", "influencer", "network", "format")
    }
    gathered = Gathered(
        settings,
        today,
        in_scope,
        draft.campaigns,
        draft.extents,
        tuple(lines),
        together,
        source.inputs(),
    )
    analysis = analyse(material(gathered, tally, draft.rest, by_name, groups, months))
    return Report(
        campaigns=tuple(c.name for c in in_scope),
        settings=settings,
        period=settings.period or extent,
        kpis=tuple(lines),
        totals=MappingProxyType(
            {k.id: total.value(k, settings, together) for k in catalogue.KPIS if measurable(k)}
        ),
        posts=total.posts,
        spend=Spend(
            together.get("budget"),
            values["spend"],
            values["revenue"],
            values["emv"],
            values["roi"],
            values["emv_ratio"],
        ),
        by_campaign=groups["campaign"],
        by_influencer=groups["influencer"],
        by_network=groups["network"],
        by_format=groups["format"],
        by_period=months,
        trend=trend,
        best=tuple(map(_post, tally.best_posts())),
        weakest=tuple(map(_post, tally.weakest_posts())),
        emv=_rates_used(basis, tally),
        balance=Balance(counted.total, draft.used, draft.other, counted.excluded, counted.blank),
        analysis=analysis,
        findings=source.all_findings(),
    )


def _cost_coverage(name: str, collaborations: Mapping[tuple[Any, ...], Sums]) -> float | None:
    """Share of a campaign's posts whose cost is known: a fee on one post covers all of an influencer's."""
    own = [sums for key, sums in collaborations.items() if fold(key[0] or "") == fold(name)]
    posts = sum(sums.posts for sums in own)
    return sum(sums.posts for sums in own if sums.known.get("cost")) / posts if posts else None


def _campaign_measures(campaigns: Iterable[Campaign]) -> dict[str, float]:
    """Campaign figures of everything in scope: amounts add up only when every campaign has them."""
    rows = [c.measures for c in campaigns]
    if len(rows) == 1:
        return dict(rows[0])
    addable = ("budget", "baseline_sales", "period_sales", "posts_planned")
    return {m: sum(r[m] for r in rows) for m in addable if all(m in r for r in rows)}


def _lines(
    source: Source,
    draft: _Draft,
    by_name: dict[str, Sums],
    in_scope: list[Campaign],
    only: str | None,
) -> list[KpiLine]:
    lines: list[KpiLine] = []
    seen: set[str] = set()
    several = len(in_scope) > 1
    for objective in draft.objectives:
        name = objective.campaign or (
            only if only is not None else in_scope[0].name if not several else ""
        )
        key = fold(name)
        if not name:
            source.note(
                Finding(
                    "XK313",
                    Severity.EXCLUDED,
                    Text(
                        "this objective names no campaign", "cet objectif n’indique pas de campagne"
                    ),
                    Text("left out of the report", "exclu du rapport"),
                    Text("choose its campaign", "choisissez sa campagne"),
                    sheet=objective.place[0],
                    cell=objective.place[1],
                    table="objectives",
                    value=objective.kpi.label.en,
                )
            )
            continue
        if key not in (by_name if draft.wanted is None else draft.wanted):
            continue
        line = _line(objective, name, by_name.get(key, Sums(0, {}, {}, {}, {})), draft, several)
        if line.key in seen:
            source.note(
                Finding(
                    "XK314",
                    Severity.EXCLUDED,
                    Text(
                        "this KPI has two targets in one campaign; the first one counts",
                        "ce KPI a deux cibles dans une campagne ; la première compte",
                    ),
                    fix=Text("keep one of them", "n’en gardez qu’une"),
                    sheet=objective.place[0],
                    cell=objective.place[1],
                    table="objectives",
                    value=objective.kpi.label.en,
                )
            )
            continue
        seen.add(line.key)
        lines.append(line)
    return lines


def _line(objective: Objective, name: str, sums: Sums, draft: _Draft, several: bool) -> KpiLine:
    settings, kpi = draft.settings, objective.kpi
    campaign = draft.campaigns.get(fold(name), Campaign(name))
    actual = sums.value(kpi, settings, campaign.measures) if measurable(kpi) else None
    coverage = sums.coverage(kpi, settings) if measurable(kpi) else None
    if "cost" in kpi.inputs:
        known = _cost_coverage(name, draft.tally.groups("collaboration"))
        coverage = min((c for c in (coverage, known) if c is not None), default=None)
    low = actual is not None and coverage is not None and coverage < MIN_COVERAGE
    tolerance = settings.tolerance if objective.tolerance is None else objective.tolerance
    variance = compare(None if low else actual, objective.target, kpi.unit, kpi.better, tolerance)
    if low and variance.reason is Reason.NO_ACTUAL:
        variance = replace(variance, reason=Reason.LOW_COVERAGE)
    elif (
        settings.period is not None
        and not kpi.unit.in_points
        and _is_sum(kpi)
        and variance.value is not None
    ):
        extent = draft.extents.get(fold(name))
        start, end = (
            campaign.start or (extent and extent.start),
            campaign.end or (extent and extent.end),
        )
        if start and end and Period(start, end) not in settings.period:
            variance = Variance(
                None, False, variance.attainment, Status.UNKNOWN, Reason.PARTIAL_PERIOD
            )
    return KpiLine(
        name,
        kpi,
        objective.target,
        None if low else actual,
        variance,
        coverage,
        label_campaign=several,
        posts=sums.posts,
        tolerance=tolerance,
    )


def _is_sum(kpi: Kpi) -> bool:
    """A count or an amount grows with the days it covers; a ratio does not."""
    return len(kpi.inputs) == 1


def _periods(tally: Tally, settings: Settings) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Months, and the finest of day, week and month that gives at most MAX_POINTS points."""
    days = {day_of(k[0]): sums for k, sums in tally.groups("day").items() if k[0] is not None}
    if not days:
        return (), ()
    months = _rolled(days, lambda d: d.replace(day=1), settings)
    span = (max(days) - min(days)).days + 1
    if span <= MAX_POINTS:
        return months, _rolled(days, lambda d: d, settings)
    weeks = _rolled(days, lambda d: d - timedelta(days=d.weekday()), settings)
    if (weeks[-1].period.start - weeks[0].period.start).days // 7 < MAX_POINTS:  # type: ignore[union-attr]
        return months, weeks
    return months, months[-MAX_POINTS:]


def _rolled(
    days: Mapping[date, Sums], start_of: Callable[[date], date], settings: Settings
) -> tuple[Group, ...]:
    found: dict[date, Sums] = {}
    last: dict[date, date] = {}
    for day in sorted(days):
        start = start_of(day)
        found[start] = found[start] + days[day] if start in found else days[day]
        last[start] = day
    return tuple(
        Group(
            (start.isoformat(),),
            sums.posts,
            values_of_one(sums, settings),
            Period(start, last[start]),
        )
        for start, sums in found.items()
    )


def _post(row: Mapping[str, Any]) -> PostLine:
    def text(name: str) -> str:
        value = row.get(name)
        return value if isinstance(value, str) else ""

    day = row.get("day")
    return PostLine(
        row=int(row["row"]) if row.get("row") is not None else 0,
        post_id=text("post_id"),
        day=day_of(day) if day is not None and day == day else None,
        influencer=text("influencer"),
        network=text("network"),
        format=text("format"),
        engagement_rate=float(row["engagement_rate"]),
        interactions=float(row["interactions"]),
    )


def _rates_used(basis: EmvBasis, tally: Tally) -> EmvBasis:
    return basis.of({key[0] for key in tally.groups("network")})


# -- advice ------------------------------------------------------------------------------------


def _costless(source: Source, collaborations: Mapping[tuple[Any, ...], Sums]) -> None:
    """Results of influencers whose cost is unknown make every return look better than it is."""
    without = [
        key
        for key, sums in collaborations.items()
        if key[1] is not None
        and "cost" not in sums.totals
        and (sums.totals.get("revenue") or sums.totals.get("conversions"))
    ]
    several = (
        len({fold(key[0] or "") for key in collaborations}) > 1
    )  # paid in one campaign, unknown in another
    names = sorted(
        {f"{key[1]} ({key[0]})" if several and key[0] else str(key[1]) for key in without}
    )
    if names and any("cost" in sums.totals for sums in collaborations.values()):
        source.note(
            Finding(
                "XK506",
                Severity.WARNING,
                Text("no cost is known for {names}", "aucun coût connu pour {names}").format(
                    names=", ".join(names[:10])
                ),
                Text(
                    "ROI, CPA and the other costs look better than they are",
                    "le ROI, le CPA et les autres coûts paraissent meilleurs qu’ils ne sont",
                ),
                Text(
                    "type their cost on one of their posts, 0 if gifted",
                    "saisissez leur coût sur l’un de leurs posts, 0 si dotation",
                ),
            )
        )


def _advise(
    source: Source,
    draft: _Draft,
    lines: list[KpiLine],
    basis: EmvBasis,
    today: date,
    known: checks.Known,
) -> None:
    if not lines:
        source.note(
            Finding(
                "XK208",
                Severity.WARNING,
                Text(
                    "no objective has a target for what is reported on",
                    "aucun objectif chiffré pour ce rapport",
                ),
                Text(
                    "the report shows figures without a verdict",
                    "le rapport montre des chiffres sans verdict",
                ),
                Text(
                    "fill the Objectives sheet: campaign, KPI, target",
                    "remplissez la feuille Objectifs : campagne, KPI, cible",
                ),
            )
        )
    for name in dict.fromkeys(line.campaign for line in lines):
        count = sum(line.campaign == name for line in lines)
        if count > MAX_KPIS:
            source.note(
                Finding(
                    "XK501",
                    Severity.WARNING,
                    Text(
                        "{name} has {n} KPIs; five to seven keep a report readable",
                        "{name} a {n} KPI ; cinq à sept gardent un rapport lisible",
                    ).format(name=name, n=count),
                    Text(
                        "the first {n} stand in the summary, the others below it",
                        "les {n} premiers sont dans la synthèse, les autres en dessous",
                    ).format(n=MAX_KPIS),
                    Text(
                        "keep the KPIs that lead to a decision",
                        "gardez les KPI qui mènent à une décision",
                    ),
                )
            )
    if draft.settings.scope == "campaign" and draft.wanted is None and len(draft.campaigns) > 1:
        source.note(
            Finding(
                "XK502",
                Severity.INFO,
                Text(
                    "no campaign is chosen, so all {n} are reported together",
                    "aucune campagne n’est choisie : les {n} sont réunies",
                ).format(n=len(draft.campaigns)),
                fix=Text(
                    "choose one in Settings, or with --campaign",
                    "choisissez-en une dans Paramètres, ou avec --campaign",
                ),
            )
        )
    oldest = _rates_used(basis, draft.tally).oldest
    if (
        oldest is not None
        and add_months(oldest, STALE_MONTHS).replace(day=min(oldest.day, 28)) < today
    ):
        source.note(
            Finding(
                "XK505",
                Severity.INFO,
                Text(
                    "an EMV rate dates from {day}, more than {n} months ago",
                    "un barème d’EMV date du {day}, il y a plus de {n} mois",
                ).format(day=Text(oldest.isoformat(), f"{oldest:%d/%m/%Y}"), n=STALE_MONTHS),
                Text("EMV uses it all the same", "l’EMV l’utilise tout de même"),
                Text(
                    "check the value and its date on References",
                    "vérifiez la valeur et sa date dans Références",
                ),
            )
        )
    rated = {rate.network for rate in basis.rates}
    told = checks.strangers(known.networks)  # a name that is no network is told where it stands
    without = {
        key[0] or "-": sums.posts
        for key, sums in draft.tally.groups("network").items()
        if key[0] not in rated and not told(key[0] or "")
    }
    if without:
        source.note(
            Finding(
                "XK503",
                Severity.INFO,
                Text(
                    "no EMV rate in {currency} for {names}",
                    "pas de barème d’EMV en {currency} pour {names}",
                ).format(currency=basis.currency, names=", ".join(sorted(without)[:10])),
                Text(
                    "{n} post{n: is|s are} left out of EMV",
                    "{n} post{n: est exclu|s sont exclus} de l’EMV",
                ).format(n=sum(without.values())),
                Text(
                    "add a rate with its source to References",
                    "ajoutez un barème et sa source dans Références",
                ),
            )
        )


def _undeclared(name: str, place: Place, declared: Mapping[str, Campaign]) -> Finding:
    """A post's campaign that nobody declared: a slip of the pen makes posts vanish from a report."""
    near = difflib.get_close_matches(fold(name), declared, n=1, cutoff=0.6)
    fix = Text(
        "add it to Campaigns, or correct the name", "ajoutez-la à Campagnes, ou corrigez le nom"
    )
    if near:
        fix = Text(
            "did you mean {c}? Otherwise add it to Campaigns",
            "vouliez-vous dire {c} ? Sinon ajoutez-la à Campagnes",
        ).format(c=declared[near[0]].name)
    return Finding(
        "XK315",
        Severity.WARNING,
        Text(
            "this campaign is neither in Campaigns nor in Objectives",
            "cette campagne n’est ni dans Campagnes ni dans Objectifs",
        ),
        Text(
            "its posts have no target and stand apart from the other campaigns",
            "ses posts n’ont pas de cible et sont à part des autres campagnes",
        ),
        fix,
        value=name,
        **place,
    )


def _targets_of_nothing(
    objectives: Iterable[Objective],
    known: Mapping[str, Campaign],
    place: Callable[[Objective, str], Place],
) -> Iterator[Finding]:
    """Objectives of a campaign that is nowhere else, told once a campaign: no report shows them."""
    for key, objective in {
        fold(o.campaign): o for o in reversed(list(objectives)) if o.campaign
    }.items():
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
        yield Finding(
            "XK315",
            Severity.WARNING if near else Severity.INFO,
            Text(
                "this campaign has no posts and is not in Campaigns",
                "cette campagne n’a aucun post et n’est pas dans Campagnes",
            ),
            Text("its targets are in no report", "ses cibles ne sont dans aucun rapport"),
            Text(
                "did you mean {c}? Otherwise add it to Campaigns",
                "vouliez-vous dire {c} ? Sinon ajoutez-la à Campagnes",
            ).format(c=known[near[0]].name)
            if near
            else Text(
                "add it to Campaigns, or correct the name",
                "ajoutez-la à Campagnes, ou corrigez le nom",
            ),
            value=objective.campaign,
            **place(objective, "campaign"),
        )


def _coverage_finding(line: KpiLine, sums: Sums, settings: Settings) -> Finding:
    share = line.coverage or 0
    reason = Text("{en}: no post has the data", "{fr} : aucun post n’a les données")
    if share:
        reason = Text(
            "{en}: only {p}% of the posts have the data",
            "{fr} : seuls {p}\u00a0% des posts ont les données",
        )
    return Finding(
        "XK504",
        Severity.WARNING,
        reason.format(en=line.label.en, fr=line.label.fr, p=int(share * 100)),
        Text(
            "it is shown as partial" if share >= MIN_COVERAGE else "it is not shown",
            "il est affiché comme partiel" if share >= MIN_COVERAGE else "il n’est pas affiché",
        ),
        _gaps(line.kpi, sums, settings),
    )


#: What people fill in for a figure that is derived from several columns, or from one that says yes or no.
_MADE_OF = {
    "conversations": ("comments", "shares"),
    "emv": ("impressions", "views"),
    "key_message_known": ("key_message",),
    "content_score_known": ("content_score",),
    "followers_known": ("followers",),
    "reusable_known": ("reusable",),
    "reusable_posts": ("reusable",),
}


def _gaps(kpi: Kpi, sums: Sums, settings: Settings) -> Text:
    """Which columns of Posts to complete, with how many posts have them."""
    made_of = {
        **_MADE_OF,
        "interactions": settings.interactions,
        "authentic_interactions": (*settings.interactions, "suspicious_interactions"),
    }
    names: dict[Text, None] = {}
    for id in settings.inputs(kpi):
        known = sums.known.get(id, 0)
        if id == "cost":
            names[
                Text("Cost (one figure per collaboration)", "Coût (un chiffre par collaboration)")
            ] = None
        elif not (MEASURES[id].per_campaign or MEASURES[id].booked or known >= sums.posts):
            for column in made_of.get(id, (id,)):
                count = Text("{name} ({n}/{of} post{of:|s})", "{name} ({n}/{of} post{of:|s})")
                names[
                    count.format(
                        name=MEASURES[column].label, n=sums.known.get(column, 0), of=sums.posts
                    )
                ] = None
    return Text("complete on Posts: {names}", "complétez dans Posts : {names}").format(
        names=Text(", ".join(n.en for n in names), ", ".join(n.fr for n in names))
    )
