"""The core: catalogue, formulas, sums, variances, periods and the report, without any file."""
