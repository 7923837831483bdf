"""A report for machines: ratios and variances as fractions, ids in snake_case English, dates in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xlkpi.core.campaign import Period
from xlkpi.core.insight.actions import Action
from xlkpi.core.insight.analysis import Analysis, Change, Comparison, Decision, Reading
from xlkpi.core.insight.decisions import VERDICT_WORDS
from xlkpi.core.lines import Group, KpiLine
from xlkpi.core.report import Report
from xlkpi.core.texts import Language
from xlkpi.core.wording import headline


def as_json(report: Report, language: Language) -> dict[str, Any]:
    """The whole report; sentences in ``language``."""

    def groups(found: tuple[Group, ...], *names: str) -> list[dict[str, Any]]:
        rows = []
        for group in found:
            row: dict[str, Any] = dict(zip(names, group.key, strict=True))
            row |= {"label": group.label, "posts": group.posts, **group.values}
            rows.append(row)
        return rows

    return {
        "campaigns": list(report.campaigns),
        "scope": report.settings.scope,
        "period": _period_json(report),
        "language": language,
        "currency": report.settings.currency,
        "status": report.status.value,
        "headline": headline(report, language),
        "kpis": [
            _line_json(line, language) | {"draft": _draft(report, line, language)}
            for line in report.kpis
        ],
        "totals": {
            "posts": report.posts,
            **{k: v for k, v in report.totals.items() if k != "posts"},
            "budget": report.spend.budget,
        },
        "by_campaign": groups(report.by_campaign, "campaign"),
        "by_influencer": groups(report.by_influencer, "influencer"),
        "by_network": groups(report.by_network, "network"),
        "by_format": groups(report.by_format, "network", "format"),
        "by_period": [
            {**row, "period": row["period"][:7]} for row in groups(report.by_period, "period")
        ],
        "best_posts": [_post_json(p) for p in report.best],
        "weakest_posts": [_post_json(p) for p in report.weakest],
        "emv": {
            "method": report.emv.method,
            "currency": report.emv.currency,
            "oldest_rate": report.emv.oldest.isoformat() if report.emv.oldest else None,
            "rates": [
                {
                    "kind": r.kind,
                    "network": r.network,
                    "item": r.item,
                    "value": r.value,
                    "source": r.source,
                    "date": r.date.isoformat() if r.date else None,
                }
                for r in report.emv.rates
            ],
        },
        "engagement_rate": {
            "interactions": list(report.settings.interactions),
            "denominator": report.settings.denominator,
            "reach_deduplicated": False,
        },
        "counting": _counting(report),
        "rows": {
            "total": report.balance.total,
            "used": report.balance.used,
            "other": report.balance.other,
            "excluded": report.balance.excluded,
            "blank": report.balance.blank,
        },
        **_analysis(report.analysis, language),
        "actions": [_action(row) for row in report.actions],
        "findings": [finding.as_json(language) for finding in report.findings],
    }


def _counting(report: Report) -> dict[str, Any]:
    counting = report.counting
    return {
        "not_given": [
            {"network": network, "format": format, "parts": list(parts)}
            for network, format, parts in counting.not_given
        ],
        "views_for_impressions": counting.views_for_impressions,
        "costs_spread": counting.spread,
        "gifts_in_spend": counting.gifts,
    }


def _period_json(report: Report) -> Mapping[str, str] | None:
    if report.period is None:
        return None
    return _days(report.period)


def _days(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _line_json(line: KpiLine, language: Language) -> dict[str, Any]:
    why = line.variance.why
    return {
        "id": line.kpi.id,
        "label": line.kpi.label.in_(language),
        "campaign": line.campaign,
        "unit": line.kpi.unit.value,
        "better": line.kpi.better.value,
        "target": line.target,
        "target_to": line.upper,
        "actual": line.actual,
        "variance": line.variance.value,
        "variance_kind": line.variance.kind,
        "attainment": line.variance.attainment,
        "status": line.variance.status.value,
        "reason": why.in_(language) if why else None,
        "coverage": line.coverage,
        "comment": line.comment,
    }


def _draft(report: Report, line: KpiLine, language: Language) -> str | None:
    said = report.analysis.draft(line)
    return said.in_(language) if said else None


def _action(row: Action) -> dict[str, Any]:
    def day(value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    return {
        "priority": row.priority,
        "action": row.action,
        "kpi": row.kpi,
        "campaign": row.campaign,
        "why": row.why,
        "owner": row.owner,
        "due": day(row.due),
        "state": row.state,
        "first_proposed": day(row.first),
        "key": row.key,
    }


def _post_json(post: Any) -> dict[str, Any]:
    return {
        "row": post.row,
        "post_id": post.post_id,
        "date": post.day.isoformat() if post.day else None,
        "influencer": post.influencer,
        "network": post.network,
        "format": post.format,
        "engagement_rate": post.engagement_rate,
        "interactions": post.interactions,
    }


# -- analysis ------------------------------------------------------------------------------------


def _analysis(a: Analysis, language: Language) -> dict[str, Any]:
    """Each block of the analysis under its own name."""
    return {
        "context": {
            "objective_types": list(a.context.objective_types),
            "statuses": list(a.context.statuses),
            "networks": [{"network": name, "posts": posts} for name, posts in a.context.networks],
            "influencers": a.context.influencers,
            "tiers": [{"tier": tier, "influencers": count} for tier, count in a.context.tiers],
            "countries": list(a.context.countries),
            "languages": list(a.context.languages),
            "themes": list(a.context.themes),
            "posts": a.context.posts,
            "posts_planned": a.context.posts_planned,
            "budget": a.context.budget,
        },
        "funnel": {
            "stages": [
                {
                    "stage": s.stage.value,
                    "attainment": s.attainment,
                    "status": s.status.value,
                    "figures": {kpi.id: value for kpi, value in s.figures},
                }
                for s in a.funnel.stages
            ],
            "weakest": a.funnel.weakest.value if a.funnel.weakest else None,
            "reason": a.funnel.reason.in_(language),
        },
        "recommendations": [_reading(r, language) for r in a.readings],
        "priorities": [
            {
                "rule": r.rule,
                "kpi": r.kpi.id,
                "campaign": r.campaign,
                "impact": r.priority.impact,
                "urgency": r.priority.urgency,
                "ease": r.priority.ease,
                "score": r.priority.score,
                "when": r.priority.band.value,
            }
            for r in a.problems
        ],
        "decisions": [_decision(d, language) for d in a.decisions],
        "comparisons": [_comparison(c, language) for c in a.comparisons],
        "benchmarks": [
            {
                "network": b.network,
                "label": b.label,
                "value": b.value,
                "base": b.base or None,
                "actual": b.actual,
                "gap": b.gap,
                "status": b.status.value,
                "source": b.source,
                "date": b.date.isoformat() if b.date else None,
                "why_not": b.why_not.in_(language) if b.why_not else None,
            }
            for b in a.benchmarks
        ],
        "paid_ads": [
            {
                "channel": ad.channel,
                "kpi": ad.kpi.id,
                "actual": ad.actual,
                "reference": ad.reference,
                "change": ad.change,
                "status": ad.status.value,
                "bought": ad.bought,
                "source": ad.source,
                "date": ad.date.isoformat() if ad.date else None,
                "why_not": ad.why_not.in_(language) if ad.why_not else None,
            }
            for ad in a.ads
        ],
        "all_campaigns": [
            {
                "campaign": c.campaign,
                "objective_type": c.objective_type or None,
                "status": c.status or None,
                "period": _days(c.period) if c.period else None,
                "targets_met": c.met,
                "targets_judged": c.judged,
            }
            for c in a.campaigns
        ],
        "by_tier": [{"tier": g.label, "posts": g.posts, **g.values} for g in a.by_tier],
        "quality": {
            "content": a.quality.content,
            "brand_fit": a.quality.fit,
            "authenticity": a.quality.authenticity,
            "positive_sentiment": a.quality.positive,
            "net_sentiment": a.quality.net,
            "reusable": a.quality.reusable,
            "criteria": [
                {"criterion": c.id, "score": score, "weight": weight}
                for c, score, weight in a.quality.criteria
            ],
            "by_period": [
                {"period": p.start.isoformat()[:7], "positive_sentiment": share, "posts": posts}
                for p, share, posts in a.quality.by_month
            ],
            "by_influencer": [
                {
                    "influencer": q.influencer,
                    "content": q.content,
                    "brand_fit": q.fit,
                    "authenticity": q.authenticity,
                    "positive_sentiment": q.sentiment,
                    "rights": q.rights,
                    "rights_until": q.rights_until.isoformat() if q.rights_until else None,
                }
                for q in a.quality.by_influencer
            ],
        },
        "audience": {
            "influencers": a.audience.influencers,
            "in_target": a.audience.in_target,
            "segments": [
                {
                    "dimension": s.dimension,
                    "segment": s.segment,
                    "first": s.first,
                    "last": s.last,
                    "change": s.change,
                    "in_target": s.in_target,
                }
                for s in a.audience.segments
            ],
        },
    }


def _reading(r: Reading, language: Language) -> dict[str, Any]:
    return {
        "rule": r.rule,
        "campaign": r.campaign,
        "kpi": r.kpi.id,
        "strength": r.good,
        "evidence": r.evidence.in_(language),
        "reading": r.meaning.in_(language),
        "action": r.action.in_(language),
        "look_at": r.causes.in_(language),
        "when": r.priority.band.value,
        "source": r.source,
    }


def _decision(d: Decision, language: Language) -> dict[str, Any]:
    return {
        "influencer": d.influencer,
        "network": d.network,
        "tier": d.tier or None,
        "posts": d.posts,
        "rank": d.rank,
        "decision": d.verdict.value,
        "label": VERDICT_WORDS[d.verdict].in_(language),
        "reasons": [reason.in_(language) for reason in d.reasons],
        **d.values,
    }


def _comparison(c: Comparison, language: Language) -> dict[str, Any]:
    return {
        "kind": c.kind,
        "subject": c.subject,
        "against": c.against.in_(language),
        "why_not": c.why_not.in_(language) if c.why_not else None,
        "reading": c.reading.in_(language) if c.reading else None,
        "changes": [_change(change) for change in c.changes],
    }


def _change(c: Change) -> dict[str, Any]:
    return {
        "kpi": c.kpi.id,
        "now": c.now,
        "before": c.before,
        "change": c.change,
        "change_kind": "points" if c.in_points else "relative",
        "status": c.status.value,
    }
