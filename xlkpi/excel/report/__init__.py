"""A report in, the values of its blocks out."""
