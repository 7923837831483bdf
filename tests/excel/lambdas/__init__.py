"""The LAMBDA edition, computed by an independent engine."""
