"""Whole jobs on closed workbooks: new, report, import, PDF."""
