"""Writes the generated parts of README.md: the KPI table from the catalogue, the reading rules, the last benchmark.

python tools/readme.py            rewrite them
python tools/readme.py --check    say whether they are current (exit code 1 when not)
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from xlkpi.core import catalogue, wording
from xlkpi.core.insight.facts import Is
from xlkpi.core.insight.rulebook import RULES
from xlkpi.core.kpi import Better, Stage

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BENCHMARK = ROOT / "benchmarks" / "last.md"
STAGES = {
    Stage.VISIBILITY: "Visibility",
    Stage.ENGAGEMENT: "Engagement and traffic",
    Stage.CONVERSION: "Conversion",
    Stage.BUDGET: "Budget",
    Stage.BRAND: "Brand",
    Stage.OTHER: "Outside one campaign (loyalty, e-mail, process)",
}
DIRECTIONS = {Better.HIGHER: "▲", Better.LOWER: "▼", Better.NEUTRAL: "–"}


def kpi_table() -> str:
    """One table a funnel stage; ▲ higher is better, ▼ lower is better, – neither."""
    lines = [f"{len(catalogue.KPIS)} KPIs. ▲ higher is better, ▼ lower is better, – no judgement."]
    for stage, title in STAGES.items():
        lines += [
            "",
            f"**{title}**",
            "",
            "| KPI | En français | Function | Formula | Unit | |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for kpi in catalogue.KPIS:
            if kpi.stage is stage:
                cells = (
                    kpi.label.en,
                    kpi.label.fr,
                    f"`{kpi.function}`" if kpi.function else "–",
                    kpi.formula.en,
                    wording.UNIT_WORDS[kpi.unit].en,
                    DIRECTIONS[kpi.better],
                )
                lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


STATES = {
    Is.LOW: "low",
    Is.HIGH: "high",
    Is.POOR: "mostly bad",
    Is.RISING: "rising",
    Is.FALLING: "falling",
}


def rule_table() -> str:
    """What is seen, what it means, what to do."""
    lines = ["| Seen | Reading | Action | Source |", "| --- | --- | --- | --- |"]
    for rule in RULES:
        seen = " and ".join(
            f"{catalogue.kpi(id).label.en} {STATES[state]}" for id, state in rule.when
        )
        lines.append(f"| {seen} | {rule.meaning.en} | {rule.action.en} | {rule.source} |")
    return "\n".join(lines)


def filled(readme: str) -> str:
    """The README with its generated parts as they should be."""
    benchmark = BENCHMARK.read_text(encoding="utf-8").strip()
    for name, text in (("kpis", kpi_table()), ("rules", rule_table()), ("benchmark", benchmark)):
        start, end = f"<!-- {name}: generated -->", f"<!-- {name}: end -->"
        parts = re.split(f"{re.escape(start)}.*?{re.escape(end)}", readme, flags=re.DOTALL)
        if len(parts) != 2:
            sys.exit(f"README.md: {start} … {end} must be there once")
        readme = f"{start}\n{text}\n{end}".join(parts)
    return readme


def main() -> None:
    before = README.read_text(encoding="utf-8")
    after = filled(before)
    if "--check" in sys.argv[1:]:
        sys.exit(0 if after == before else "README.md is not current: run python tools/readme.py")
    README.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
