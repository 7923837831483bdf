"""The Excel add-in: built from text, installed, looked at and removed."""
