"""What the figures mean: funnel, readings, priorities, decisions, comparisons, quality and audience."""
