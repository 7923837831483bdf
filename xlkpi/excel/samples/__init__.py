"""Invented campaigns that show what a report looks like."""
