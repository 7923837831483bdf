"""The only place that knows a workbook."""
