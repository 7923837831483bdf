"""The add-in: its VBA executed by an interpreter, its package read by other programs."""
