"""Reports to make decks from: the worked example's, one in which everything is long and full, and one of nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from pptx import Presentation

from xlkpi.core import catalogue
from xlkpi.core.campaign import Period
from xlkpi.core.insight.analysis import (
    AdLine,
    Audience,
    BenchmarkLine,
    CampaignLine,
    Comparison,
    Segment,
    Verdict,
)
from xlkpi.core.insight.facts import changed
from xlkpi.core.insight.inputs import CRITERIA
from xlkpi.core.report import Report
from xlkpi.core.texts import Language, Text
from xlkpi.core.variance import Status

TODAY = date(2026, 11, 22)
LONG = "Marie-Antoinette de la Rochefoucauld-Montmorency, créatrice de contenus beauté & bien-être "
NASTY = '=HYPERLINK("https://bad.example","x")'


@cache
def example(language: Language) -> Report:
    from xlkpi.core.assemble.build import build
    from xlkpi.excel.reading.workbook import Workbook
    from xlkpi.excel.samples.small import sample
    from xlkpi.excel.template.build import build as workbook
    from xlkpi.ooxml.package import Package

    with Package(
        Path(f"campaign-{language}.xlsx"), workbook(language, sample(language))
    ) as package:
        return build(Workbook(package), TODAY)


@cache
def crowded(language: Language) -> Report:
    """Four times the objectives, readings, influencers; long names everywhere; audience, benchmarks, ads and peers."""
    report = example(language)
    a = report.analysis
    changes = tuple(changed(kpi, 0.05, 0.04, 0.05) for kpi in catalogue.KPIS[:20])
    return replace(
        report,
        campaigns=(LONG * 2,),
        settings=replace(report.settings, palette="green_red"),
        kpis=tuple(replace(k, comment=LONG * 20) for k in report.kpis * 4),
        analysis=replace(
            a,
            context=replace(
                a.context,
                countries=(LONG,) * 9,
                themes=("🌸 fleurs", NASTY, "日本語" * 9),
                posts_planned=45.0,
            ),
            readings=tuple(
                replace(r, action=Text(f"{r.action.en} {i}", f"{r.action.fr} {i}"))
                for i in range(6)
                for r in a.readings
            ),
            decisions=tuple(
                replace(
                    a.decisions[0],
                    influencer=f"{LONG}{i}",
                    posts=i,
                    verdict=list(Verdict)[i % 4],
                    rank=i or None,
                    too_little=Text(LONG * 2, LONG * 2),
                )
                for i in range(40)
            ),
            comparisons=(
                *(replace(c, changes=changes) for c in a.comparisons if c.kind == "previous"),
                *(
                    Comparison(
                        "peers",
                        f"{NASTY}{i}",
                        Text(LONG, LONG),
                        (changed(catalogue.kpi("engagement_rate"), 0.05, 0.03, 0.05),),
                    )
                    for i in range(30)
                ),
            ),
            benchmarks=tuple(
                BenchmarkLine(
                    "Instagram", LONG, 0.02 + i / 500, "reach", 0.05, 0.03, Status.MET, LONG, TODAY
                )
                for i in range(30)
            ),
            ads=(
                AdLine(LONG, catalogue.kpi("cpm"), 14.0, 9.0, 0.5, Status.MISSED, 1e6, LONG, TODAY),
            )
            * 30,
            campaigns=tuple(
                CampaignLine(
                    f"{LONG}{i}",
                    "sales",
                    "live",
                    Period(TODAY, TODAY),
                    i,
                    20,
                    report.by_campaign[0],
                )
                for i in range(20)
            ),
            quality=replace(
                a.quality,
                criteria=tuple((c, 3.5, 1.0) for c in CRITERIA),
                fit=4.0,
                reusable=0.5,
                by_influencer=tuple(
                    replace(q, influencer=LONG, fit=3.0, rights=True, rights_until=TODAY)
                    for q in a.quality.by_influencer * 5
                ),
            ),
            audience=Audience(
                tuple(Segment("Âge", f"{NASTY} {i}", 0.03, 0.04, 0.01, i < 3) for i in range(20)),
                0.12,
                30,
                date(2026, 1, 5),
                TODAY,
            ),
        ),
    )


@cache
def empty(language: Language) -> Report:
    """A workbook in which nearly everything is still to be filled in."""
    report = example(language)
    a = report.analysis
    none = dict.fromkeys(report.totals)
    return replace(
        report,
        period=None,
        kpis=(),
        totals=none,
        trend=(),
        best=(),
        weakest=(),
        by_influencer=(),
        by_network=(),
        spend=replace(
            report.spend, budget=None, spent=None, revenue=None, roi=None, emv=None, emv_ratio=None
        ),
        analysis=replace(
            a,
            readings=(),
            decisions=(),
            comparisons=(),
            benchmarks=(),
            ads=(),
            campaigns=(),
            context=replace(
                a.context,
                objective_types=(),
                statuses=(),
                networks=(),
                influencers=0,
                tiers=(),
                budget=None,
            ),
            funnel=replace(
                a.funnel,
                weakest=None,
                stages=tuple(
                    replace(s, figures=(), lines=(), attainment=None, status=Status.UNKNOWN)
                    for s in a.funnel.stages
                ),
            ),
            quality=replace(
                a.quality,
                content=None,
                authenticity=None,
                positive=None,
                net=None,
                by_month=(),
                by_influencer=(),
            ),
        ),
    )


def opened(data: bytes):
    return Presentation(io.BytesIO(data))


def texts(slide) -> str:
    """Everything that can be read on a slide, charts apart."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def charts(deck):
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
