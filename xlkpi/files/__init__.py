"""What a file is before anyone reads it, and how a file is replaced without losing the old one."""
