"""The arithmetic and the wording of a report: no file, no Excel, no clock, no machine locale."""
