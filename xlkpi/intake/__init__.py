"""The outside world comes in: what a file is, and how numbers and dates are written."""
