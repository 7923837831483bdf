"""Posts added up: what is known of each, what is missing, and the figures of every group."""
