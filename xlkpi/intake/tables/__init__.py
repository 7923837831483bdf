"""What a file is: its text and encoding, its tables, the names of their columns."""
