"""Sheets and packages of Office Open XML: read in bands, rewritten part by part, everything else kept."""
