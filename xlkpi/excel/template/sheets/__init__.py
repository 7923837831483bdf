"""The sheets of the template, a module each: how they look, what they ask for, where the report writes."""
