"""The exports that are known by name: a module for each network."""
