"""The live door, unmodified, in a real LibreOffice through an engine for xlwings."""
